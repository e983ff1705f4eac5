"""Writing plans to the database: rows are changed where they stand, and every change is kept with who and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model, ProtectedError

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.plan import models
from quarterday.plan.entries import (
    CommentEntry,
    Entry,
    HighlightEntry,
    MeasureEntry,
    PartnershipEntry,
    Plan,
    ProjectEntry,
)
from quarterday.plan.keeping import Columns, Keeper
from quarterday.plan.steps_taken import with_steps_taken

Row = TypeVar("Row", bound=Model)
Groups = Mapping[tuple[str, str], models.PeerGroup]


def plans_replace(plans: Iterable[Plan], *, by: AbstractBaseUser | None, why: str) -> None:
    """Write every plan or, where one of them cannot be written, none."""
    with transaction.atomic():
        for plan in plans:
            plan_replace(plan, by=by, why=why)


def plan_replace(plan: Plan, *, by: AbstractBaseUser | None, why: str) -> None:
    """Make this the whole plan of the partnership of its name; nothing changes where it cannot be written.

    What is named as before keeps its row, and so whatever points at it. ``by`` is ``None`` at the terminal. Errors: a
    name that another partnership has, as its full or its short one; something left out that people's roles need; in a
    browser, an area of another partnership.
    """
    try:
        with transaction.atomic():
            _refuse_taken_names(plan.partnership)
            if by is not None and (taken := list(areas_of_others(plan.partnership))):
                raise InputError(*(f"{plan.partnership.short_name}: {fault}" for fault in taken))
            _plan_write(plan, by=by, why=why)
    except ProtectedError as error:
        raise InputError(*_still_needed(plan, error)) from None


def _still_needed(plan: Plan, error: ProtectedError) -> Iterator[str]:
    for row in sorted(error.protected_objects, key=str):
        yield (
            f"{plan.partnership.short_name}: the plan leaves out what is still needed by {row}. "
            "End that first, or put it back into the plan."
        )


def _plan_write(plan: Plan, *, by: AbstractBaseUser | None, why: str) -> None:
    partnership = models.Partnership.objects.filter(name=plan.partnership.name).first()
    is_new = partnership is None
    plan = with_steps_taken(plan, partnership, in_browser=by is not None)
    partnership = partnership or _bare_partnership(plan.partnership)
    with models.changing(by=by, why=why, partnership=partnership):
        if is_new:
            models.Partnership.history.bulk_history_create([partnership])  # type: ignore[attr-defined]
        _partnership_update(partnership, plan.partnership)
        keeper = Keeper(partnership)
        _areas_write(plan, keeper)
        agencies = _agencies_write(plan, keeper)
        groups = _peer_groups_write(plan, keeper)
        priorities = _listed(models.Priority, plan.priorities, keeper, known_by=("name",))
        measures = _measures_write(plan, priorities, keeper, groups=groups)
        projects = _projects_write(plan, priorities, keeper, agencies=agencies, measures=measures)
        _countywide_write(plan, keeper)
        _editions_write(plan, keeper, measures=measures, projects=projects)
        keeper.remove_the_rest()


def _refuse_taken_names(entry: PartnershipEntry) -> None:
    wanted = {key_of(entry.name), key_of(entry.short_name)}
    for names in models.Partnership.objects.exclude(name=entry.name).values_list("name", "short_name"):
        if taken := [name for name in names if key_of(name) in wanted]:
            raise InputError(
                f"{entry.name} ({entry.short_name}): {taken[0]!r} is the name of a partnership that is held already, "
                f"{names[0]} ({names[1]}); choose another name, or write that one's name exactly to replace its plan."
            )


def areas_of_others(entry: PartnershipEntry) -> Iterator[str]:
    """A sentence for each area that the plan would add although another partnership has it, or goes by its name."""
    owners: dict[str, str] = {}
    own: set[str] = set()
    for partnership in models.Partnership.objects.prefetch_related("areas"):
        keys = {key_of(name) for area in partnership.areas.all() for name in (area.name, area.code) if name}
        if partnership.name == entry.name:
            own = keys
        else:
            names = {key_of(partnership.name), key_of(partnership.short_name)}
            owners |= dict.fromkeys(keys | names, partnership.name)
    for area in entry.areas:
        new = {key_of(name) for name in (area.name, area.code) if name} - own
        if theirs := sorted({owners[key] for key in new & owners.keys()}):
            yield (
                f"the area {area.name!r} is, by its name or code, one of {' and '.join(theirs)}; whose an area is "
                "decides who sees and loads its figures, so it is changed at the terminal only. Leave it out, or ask "
                "whoever runs the program to load the plan there."
            )


def _bare_partnership(entry: PartnershipEntry) -> models.Partnership:
    """A new partnership, of which the trail knows nothing yet: the change that makes it points at it."""
    return models.Partnership.objects.bulk_create([models.Partnership(**_columns(models.Partnership, entry))])[0]


def _partnership_update(partnership: models.Partnership, entry: PartnershipEntry) -> None:
    columns = _columns(models.Partnership, entry)
    if any(getattr(partnership, name) != value for name, value in columns.items()):
        for name, value in columns.items():
            setattr(partnership, name, value)
        partnership.save()


def _areas_write(plan: Plan, keeper: Keeper) -> None:
    _listed(models.PartnershipArea, plan.partnership.areas, keeper, known_by=("name",))


def _agencies_write(plan: Plan, keeper: Keeper) -> dict[str, models.Agency]:
    rows = _listed(models.Agency, plan.agencies, keeper, known_by=("short_name",))
    agencies = {row.short_name: row for row in rows}
    for row, entry in zip(rows, plan.agencies, strict=True):
        whole = agencies.get(entry.part_of)
        if row.part_of_id != (whole and whole.pk):
            row.part_of = whole
            row.save()
    return agencies


def _peer_groups_write(plan: Plan, keeper: Keeper) -> dict[tuple[str, str], models.PeerGroup]:
    rows = _listed(models.PeerGroup, plan.peer_groups, keeper, known_by=("name", "version"))
    return {(row.name, row.version): row for row in rows}


def _measures_write(
    plan: Plan, priorities: Sequence[models.Priority], keeper: Keeper, *, groups: Groups
) -> dict[str, models.Measure]:
    wanted = [
        {"priority": priority, **columns}
        for priority, entry in zip(priorities, plan.priorities, strict=True)
        for columns in _wanted(models.Measure, entry.measures, partnership=keeper.partnership)
    ]
    rows = keeper.keep(models.Measure, wanted, known_by=("name",))
    entries = [entry for priority in plan.priorities for entry in priority.measures]
    _measure_parts_write(list(zip(rows, entries, strict=True)), keeper, groups=groups)
    return {row.name: row for row in rows}


def _measure_parts_write(
    measures: Sequence[tuple[models.Measure, MeasureEntry]], keeper: Keeper, *, groups: Groups
) -> None:
    def keep(model: type[Model], wanted: Iterable[Columns], *known_by: str) -> None:
        keeper.keep(model, list(wanted), known_by=("measure", *known_by), within="measure__partnership")

    def parts(model: type[Model], name: str) -> Iterator[dict[str, Any]]:
        return (columns for row, entry in measures for columns in _wanted(model, getattr(entry, name), measure=row))

    caveats = [
        {"measure": row, "place": place, "text": text}
        for row, entry in measures
        for place, text in enumerate(entry.caveats)
    ]
    keep(models.Caveat, caveats, "text")
    keep(models.Break, parts(models.Break, "breaks"), "month")
    keep(models.Target, parts(models.Target, "targets"), "period", "kind")
    keep(models.Baseline, parts(models.Baseline, "baselines"), "period")
    standings = [standing for _, entry in measures for standing in entry.standings]
    keep(
        models.QuotedStanding,
        [
            {**columns, "group": groups[standing.group, standing.version]}
            for columns, standing in zip(parts(models.QuotedStanding, "standings"), standings, strict=True)
        ],
        "group",
        "period",
    )


def _projects_write(
    plan: Plan,
    priorities: Sequence[models.Priority],
    keeper: Keeper,
    *,
    agencies: Mapping[str, models.Agency],
    measures: Mapping[str, models.Measure],
) -> dict[str, models.Project]:
    wanted = [
        {"priority": priority, **columns}
        for priority, entry in zip(priorities, plan.priorities, strict=True)
        for columns in _wanted(models.Project, entry.projects, partnership=keeper.partnership)
    ]
    rows = keeper.keep(models.Project, wanted, known_by=("name",))
    entries = [entry for priority in plan.priorities for entry in priority.projects]
    _project_parts_write(list(zip(rows, entries, strict=True)), keeper, agencies=agencies, measures=measures)
    return {row.name: row for row in rows}


def _project_parts_write(
    projects: Sequence[tuple[models.Project, ProjectEntry]],
    keeper: Keeper,
    *,
    agencies: Mapping[str, models.Agency],
    measures: Mapping[str, models.Measure],
) -> None:
    def keep(model: type[Model], wanted: Iterable[Columns], *known_by: str) -> None:
        keeper.keep(model, list(wanted), known_by=("project", *known_by), within="project__partnership")

    def parts(model: type[Model], name: str) -> Iterator[dict[str, Any]]:
        return (columns for row, entry in projects for columns in _wanted(model, getattr(entry, name), project=row))

    keep(
        models.ProjectLead,
        [
            {"project": row, "place": place, "agency": agencies[name]}
            for row, entry in projects
            for place, name in enumerate(entry.leads)
        ],
        "agency",
    )
    keep(
        models.ProjectMeasure,
        [
            {"project": row, "place": place, "measure": measures[name]}
            for row, entry in projects
            for place, name in enumerate(entry.measures)
        ],
        "measure",
    )
    keep(models.Update, parts(models.Update, "updates"), "when")
    leads = [agencies.get(action.lead) for _, entry in projects for action in entry.actions]
    keep(
        models.Action,
        [{**columns, "lead": lead} for columns, lead in zip(parts(models.Action, "actions"), leads, strict=True)],
        "text",
    )
    keep(models.ProjectFigure, parts(models.ProjectFigure, "figures"), "name", "period")


def _countywide_write(plan: Plan, keeper: Keeper) -> None:
    rows = _listed(models.CountywidePriority, plan.countywide, keeper, known_by=("quarter", "priority"))
    cells = [
        {"row": row, "column": column, **dict(cell), "status": cell.status or ""}
        for row, entry in zip(rows, plan.countywide, strict=True)
        for column, cell in entry.cells.items()
    ]
    keeper.keep(models.CountywideCell, cells, known_by=("row", "column"), within="row__partnership")


def _editions_write(
    plan: Plan,
    keeper: Keeper,
    *,
    measures: Mapping[str, models.Measure],
    projects: Mapping[str, models.Project],
) -> None:
    rows = _listed(models.Edition, plan.editions, keeper, known_by=("quarter", "version"))
    editions = list(zip(rows, plan.editions, strict=True))
    comments = [
        {**columns, "measure": measures[entry.measure]}
        for row, edition in editions
        for columns, entry in zip(_wanted(models.Comment, edition.comments, edition=row), edition.comments, strict=True)
    ]
    comment_rows = keeper.keep(models.Comment, comments, known_by=("edition", "measure"), within="edition__partnership")
    entries = [entry for edition in plan.editions for entry in edition.comments]
    _overrides_write(list(zip(comment_rows, entries, strict=True)), keeper)
    highlights = [
        {**columns, "project": projects.get(entry.project), "measure": measures.get(entry.measure)}
        for row, edition in editions
        for columns, entry in zip(
            _wanted(models.Highlight, edition.highlights, edition=row), edition.highlights, strict=True
        )
    ]
    kept = keeper.keep(
        models.Highlight, highlights, known_by=("edition", "kind", "text"), within="edition__partnership"
    )
    _carry(kept, [entry for _, edition in editions for entry in edition.highlights])


def _carry(rows: Sequence[models.Highlight], entries: Sequence[HighlightEntry]) -> None:
    """Let each that was carried forward point at the one it was carried from: of several versions, the last."""
    by_version = sorted(rows, key=lambda row: row.edition.version)
    held = {(str(row.edition.quarter), row.kind, row.text): row for row in by_version}
    for row, entry in zip(rows, entries, strict=True):
        before = held[str(entry.carried_from), entry.kind, entry.text] if entry.carried_from else None
        if row.carried_from_id != (before and before.pk):
            row.carried_from = before
            row.save()


def _overrides_write(comments: Sequence[tuple[models.Comment, CommentEntry]], keeper: Keeper) -> None:
    wanted = [columns for row, entry in comments for columns in _wanted(models.Override, entry.overrides, comment=row)]
    keeper.keep(models.Override, wanted, known_by=("comment", "quote"), within="comment__edition__partnership")


def _listed(model: type[Row], entries: Sequence[Entry], keeper: Keeper, *, known_by: Sequence[str]) -> list[Row]:
    """The rows of a list that belongs to the partnership itself."""
    return keeper.keep(model, list(_wanted(model, entries, partnership=keeper.partnership)), known_by=known_by)


def _wanted(model: type[Model], entries: Sequence[Entry], **owner: Model) -> Iterator[dict[str, Any]]:
    """The columns of one row an entry, in order, each belonging to ``owner``."""
    for place, entry in enumerate(entries):
        yield {"place": place, **owner, **_columns(model, entry)}


def _columns(model: type[Model], entry: Entry) -> dict[str, Any]:
    """What the entry says under the names of the table's own columns; tables that lie within become JSON."""
    columns = {field.name for field in model._meta.concrete_fields if not field.is_relation}  # noqa: SLF001 - documented
    return {key: _stored(value) for key, value in entry if key in columns}


def _stored(value: object) -> object:
    if isinstance(value, tuple):
        return [item.model_dump() if isinstance(item, Entry) else item for item in value]
    return value
