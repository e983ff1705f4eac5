"""Reading plans from the database."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.plan import models
from quarterday.plan.entries import (
    ActionEntry,
    AgencyEntry,
    AreaEntry,
    BaselineEntry,
    BreakEntry,
    CellEntry,
    CommentEntry,
    CountywideEntry,
    EditionEntry,
    Entry,
    HighlightEntry,
    MeasureEntry,
    OverrideEntry,
    PartnershipEntry,
    PeerGroupEntry,
    Plan,
    PriorityEntry,
    ProjectEntry,
    ProjectFigureEntry,
    StandingEntry,
    TargetEntry,
    UpdateEntry,
)

OneEntry = TypeVar("OneEntry", bound=Entry)

# Every table under a partnership: one query each, however many rows there are.
_TABLES = (
    "areas",
    "agencies__part_of",
    "peer_groups",
    "priorities__measures__caveats",
    "priorities__measures__breaks",
    "priorities__measures__targets",
    "priorities__measures__baselines",
    "priorities__measures__standings__group",
    "priorities__projects__lead_rows__agency",
    "priorities__projects__measure_rows__measure",
    "priorities__projects__updates",
    "priorities__projects__actions__lead",
    "priorities__projects__figures",
    "countywide__cells",
    "editions__comments__measure",
    "editions__comments__overrides",
    "editions__highlights__project",
    "editions__highlights__measure",
    "editions__highlights__carried_from__edition",
)


@dataclass(frozen=True)
class PlannedNames:
    """The keys of what the plans held call measures and areas."""

    measures: frozenset[str]
    areas: frozenset[str]


def planned_names() -> PlannedNames:
    """Every name under which a plan looks for figures, or says that it leaves some out."""
    measures = models.Measure.objects.values_list("name", "counted_as", "population")
    groups = models.PeerGroup.objects.values_list("members", "left_out")
    areas = {name for row in models.PartnershipArea.objects.values_list("name", "code") for name in row}
    areas |= {name for members, _ in groups for name in members}
    areas |= {item["area"] for _, left_out in groups for item in left_out}
    keys = {key_of(counted_as or name) for name, counted_as, _ in measures}
    keys |= {key_of(population) for _, _, population in measures if population}
    return PlannedNames(frozenset(keys), frozenset(map(key_of, areas)))


def partnership_names() -> tuple[str, ...]:
    """The full names of the partnerships that have a plan, in alphabetical order."""
    return tuple(models.Partnership.objects.values_list("name", flat=True))


def partnership_row(name: str) -> models.Partnership:
    """The row of the partnership that goes by this name or short name; letter case does not matter."""
    return models.Partnership.objects.get(pk=_partnership_key(name))


def plan_get(*, partnership: str) -> Plan:
    """The plan of the partnership that goes by this name or short name; letter case does not matter."""
    row = models.Partnership.objects.prefetch_related(*_TABLES).get(pk=_partnership_key(partnership))
    return Plan(
        partnership=_entry(PartnershipEntry, row, areas=_entries(AreaEntry, row.areas)),
        agencies=tuple(_agency(agency) for agency in row.agencies.all()),
        peer_groups=_entries(PeerGroupEntry, row.peer_groups),
        priorities=tuple(_priority(priority) for priority in row.priorities.all()),
        countywide=tuple(_countywide(priority) for priority in row.countywide.all()),
        editions=tuple(edition_entry(edition) for edition in row.editions.all()),
    )


def _partnership_key(name: str) -> int:
    held = models.Partnership.objects.values_list("pk", "name", "short_name")
    for key, *names in held:
        if key_of(name) in map(key_of, names):
            return key
    known = ", ".join(repr(short_name) for _, _, short_name in held)
    hint = f"wanted one of {known}" if known else "none is held yet: load its plan first"
    raise InputError(f"{name!r} came, but no partnership of that name is held; {hint}.")


def _agency(row: models.Agency) -> AgencyEntry:
    return _entry(AgencyEntry, row, part_of=row.part_of.short_name if row.part_of else "")


def _priority(row: models.Priority) -> PriorityEntry:
    measures = tuple(_measure(measure) for measure in row.measures.all())
    projects = tuple(_project(project) for project in row.projects.all())
    return _entry(PriorityEntry, row, measures=measures, projects=projects)


def _measure(row: models.Measure) -> MeasureEntry:
    return _entry(
        MeasureEntry,
        row,
        caveats=tuple(caveat.text for caveat in row.caveats.all()),
        breaks=_entries(BreakEntry, row.breaks),
        targets=_entries(TargetEntry, row.targets),
        baselines=_entries(BaselineEntry, row.baselines),
        standings=tuple(
            _entry(StandingEntry, standing, group=standing.group.name, version=standing.group.version)
            for standing in row.standings.all()
        ),
    )


def _project(row: models.Project) -> ProjectEntry:
    return _entry(
        ProjectEntry,
        row,
        leads=tuple(lead.agency.short_name for lead in row.lead_rows.all()),
        measures=tuple(tie.measure.name for tie in row.measure_rows.all()),
        updates=_entries(UpdateEntry, row.updates),
        actions=tuple(
            _entry(ActionEntry, action, lead=action.lead.short_name if action.lead else "")
            for action in row.actions.all()
        ),
        figures=_entries(ProjectFigureEntry, row.figures),
    )


def _countywide(row: models.CountywidePriority) -> CountywideEntry:
    cells = {cell.column: _entry(CellEntry, cell) for cell in row.cells.all()}
    return _entry(CountywideEntry, row, **cells)


def edition_entry(row: models.Edition) -> EditionEntry:
    """One version of an edition, as a plan has it."""
    comments = tuple(
        _entry(
            CommentEntry,
            comment,
            measure=comment.measure.name,
            overrides=_entries(OverrideEntry, comment.overrides),
        )
        for comment in row.comments.all()
    )
    highlights = tuple(
        _entry(
            HighlightEntry,
            highlight,
            project=highlight.project.name if highlight.project else "",
            measure=highlight.measure.name if highlight.measure else "",
            carried_from=highlight.carried_from.edition.quarter if highlight.carried_from else None,
        )
        for highlight in row.highlights.all()
    )
    return _entry(EditionEntry, row, comments=comments, highlights=highlights)


def _entries(kind: type[OneEntry], rows: Any) -> tuple[OneEntry, ...]:  # noqa: ANN401 - a manager of any table
    return tuple(_entry(kind, row) for row in rows.all())


def _entry(kind: type[OneEntry], row: Model, **parts: object) -> OneEntry:
    """The entry whose plain keys are columns of ``row``; what holds nothing is left out, as a file leaves it out."""
    columns = {key: getattr(row, key) for key in kind.model_fields if key not in parts}
    return kind(**{key: value for key, value in (columns | parts).items() if value not in ("", None)})
