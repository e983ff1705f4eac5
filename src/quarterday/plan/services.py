"""Writing plans to the database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.plan import models
from quarterday.plan.entries import Entry, MeasureEntry, PartnershipEntry, Plan, ProjectEntry

Row = TypeVar("Row", bound=Model)
OneEntry = TypeVar("OneEntry", bound=Entry)

_PARTS = ("areas", "agencies", "peer_groups", "priorities", "countywide", "editions")


def plans_replace(plans: Iterable[Plan]) -> None:
    """Write every plan or, where one of them cannot be written, none."""
    with transaction.atomic():
        for plan in plans:
            plan_replace(plan)


def plan_replace(plan: Plan) -> None:
    """Make this the whole plan of the partnership of its name; nothing changes where it cannot be written.

    A name that another partnership has, as its full or its short one, is an error.
    """
    with transaction.atomic():
        _refuse_taken_names(plan.partnership)
        partnership = _emptied_partnership(plan.partnership)
        agencies = _agencies_write(plan, partnership)
        groups = _peer_groups_write(plan, partnership)
        priorities = _rows_insert(models.Priority, plan.priorities, partnership=partnership)
        measures = _measures_write(plan, priorities, groups=groups)
        projects = _projects_write(plan, priorities, agencies=agencies, measures=measures)
        _countywide_write(plan, partnership)
        _editions_write(plan, partnership, measures=measures, projects=projects)


def _refuse_taken_names(entry: PartnershipEntry) -> None:
    wanted = {key_of(entry.name), key_of(entry.short_name)}
    for names in models.Partnership.objects.exclude(name=entry.name).values_list("name", "short_name"):
        if taken := [name for name in names if key_of(name) in wanted]:
            raise InputError(
                f"{entry.name} ({entry.short_name}): {taken[0]!r} is the name of a partnership that is held already, "
                f"{names[0]} ({names[1]}); choose another name, or write that one's name exactly to replace its plan."
            )


def _emptied_partnership(entry: PartnershipEntry) -> models.Partnership:
    columns = _columns(models.Partnership, entry)
    partnership, _ = models.Partnership.objects.update_or_create(columns, name=entry.name)
    for part in _PARTS:
        getattr(partnership, part).all().delete()
    _rows_insert(models.PartnershipArea, entry.areas, partnership=partnership)
    return partnership


def _agencies_write(plan: Plan, partnership: models.Partnership) -> dict[str, models.Agency]:
    rows = _rows_insert(models.Agency, plan.agencies, partnership=partnership)
    agencies = {row.short_name: row for row in rows}
    for row, entry in zip(rows, plan.agencies, strict=True):
        row.part_of = agencies.get(entry.part_of)
    models.Agency.objects.bulk_update(rows, ["part_of"])
    return agencies


def _peer_groups_write(plan: Plan, partnership: models.Partnership) -> dict[tuple[str, str], models.PeerGroup]:
    rows = _rows_insert(models.PeerGroup, plan.peer_groups, partnership=partnership)
    return {(row.name, row.version): row for row in rows}


def _measures_write(
    plan: Plan, priorities: Sequence[models.Priority], *, groups: Mapping[tuple[str, str], models.PeerGroup]
) -> dict[str, models.Measure]:
    measures = {}
    for priority, held in zip(priorities, plan.priorities, strict=True):
        rows = _rows_insert(models.Measure, held.measures, partnership=priority.partnership, priority=priority)
        for row, entry in zip(rows, held.measures, strict=True):
            _measure_parts_write(entry, row, groups=groups)
            measures[entry.name] = row
    return measures


def _measure_parts_write(
    entry: MeasureEntry, measure: models.Measure, *, groups: Mapping[tuple[str, str], models.PeerGroup]
) -> None:
    caveats = enumerate(entry.caveats)
    models.Caveat.objects.bulk_create(models.Caveat(measure=measure, place=place, text=text) for place, text in caveats)
    _rows_insert(models.Break, entry.breaks, measure=measure)
    _rows_insert(models.Target, entry.targets, measure=measure)
    _rows_insert(models.Baseline, entry.baselines, measure=measure)
    _rows_insert(
        models.QuotedStanding,
        entry.standings,
        measure=measure,
        links=lambda standing: {"group": groups[standing.group, standing.version]},
    )


def _projects_write(
    plan: Plan,
    priorities: Sequence[models.Priority],
    *,
    agencies: Mapping[str, models.Agency],
    measures: Mapping[str, models.Measure],
) -> dict[str, models.Project]:
    projects = {}
    for priority, held in zip(priorities, plan.priorities, strict=True):
        rows = _rows_insert(models.Project, held.projects, partnership=priority.partnership, priority=priority)
        for row, entry in zip(rows, held.projects, strict=True):
            _project_parts_write(entry, row, agencies=agencies, measures=measures)
            projects[entry.name] = row
    return projects


def _project_parts_write(
    entry: ProjectEntry,
    project: models.Project,
    *,
    agencies: Mapping[str, models.Agency],
    measures: Mapping[str, models.Measure],
) -> None:
    models.ProjectLead.objects.bulk_create(
        models.ProjectLead(project=project, place=place, agency=agencies[name])
        for place, name in enumerate(entry.leads)
    )
    models.ProjectMeasure.objects.bulk_create(
        models.ProjectMeasure(project=project, place=place, measure=measures[name])
        for place, name in enumerate(entry.measures)
    )
    _rows_insert(models.Update, entry.updates, project=project)
    _rows_insert(models.Action, entry.actions, project=project)
    _rows_insert(models.ProjectFigure, entry.figures, project=project)


def _countywide_write(plan: Plan, partnership: models.Partnership) -> None:
    rows = _rows_insert(models.CountywidePriority, plan.countywide, partnership=partnership)
    models.CountywideCell.objects.bulk_create(
        models.CountywideCell(row=row, column=column, **{**dict(cell), "status": cell.status or ""})
        for row, entry in zip(rows, plan.countywide, strict=True)
        for column, cell in entry.cells.items()
    )


def _editions_write(
    plan: Plan,
    partnership: models.Partnership,
    *,
    measures: Mapping[str, models.Measure],
    projects: Mapping[str, models.Project],
) -> None:
    rows = _rows_insert(models.Edition, plan.editions, partnership=partnership)
    for edition, entry in zip(rows, plan.editions, strict=True):
        _rows_insert(
            models.Comment,
            entry.comments,
            edition=edition,
            links=lambda comment: {"measure": measures[comment.measure]},
        )
        _rows_insert(
            models.Highlight,
            entry.highlights,
            edition=edition,
            links=lambda item: {"project": projects.get(item.project), "measure": measures.get(item.measure)},
        )


def _rows_insert(
    model: type[Row],
    entries: Sequence[OneEntry],
    *,
    links: Callable[[OneEntry], dict[str, Model | None]] = lambda _: {},
    **owner: Model,
) -> list[Row]:
    """One row an entry, in order, each belonging to ``owner`` and pointing where ``links`` says."""
    return model._default_manager.bulk_create(  # noqa: SLF001 - Django's name for it
        model(place=place, **owner, **links(entry), **_columns(model, entry)) for place, entry in enumerate(entries)
    )


def _columns(model: type[Model], entry: Entry) -> dict[str, Any]:
    """What the entry says under the names of the table's own columns; tables that lie within become JSON."""
    columns = {field.name for field in model._meta.concrete_fields if not field.is_relation}  # noqa: SLF001 - documented
    return {key: _stored(value) for key, value in entry if key in columns}


def _stored(value: object) -> object:
    if isinstance(value, tuple):
        return [item.model_dump() if isinstance(item, Entry) else item for item in value]
    return value
