"""Projects from quarter to quarter: what happened, what is next, who leads, what they count.

Each function is one change, which the trail keeps with who made it. Errors throughout: a quarter that cannot be
written, a text that no plan file could hold, something that somebody else changed meanwhile.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max, Model, QuerySet

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.plan.choices import ActionState
from quarterday.plan.entered import entered
from quarterday.plan.entries import ActionEntry, ProjectEntry, ProjectFigureEntry, UpdateEntry
from quarterday.plan.meanwhile import mark_of, refuse_changed
from quarterday.plan.models import (
    Action,
    Agency,
    Measure,
    Priority,
    Project,
    ProjectFigure,
    ProjectLead,
    ProjectMeasure,
    Update,
    UpdateRequest,
    changing,
)
from quarterday.plan.write_editions import edition_open

Row = TypeVar("Row", bound=Model)
By = AbstractBaseUser | None


def project_add(priority: Priority, quarter: Period, *, name: str, leads: Sequence[Agency], by: By) -> Project:
    """A new project, the last of its priority."""
    entry = entered(ProjectEntry, name=name)
    with _writing(priority, quarter, by=by, why=f"Project added: {entry.name}."):
        held = Project.objects.filter(partnership=priority.partnership).values_list("name", flat=True)
        if key_of(entry.name) in map(key_of, held):
            raise InputError(f"{entry.name!r} is the name of a project already; open that one, or choose another name.")
        project = Project.objects.create(
            partnership=priority.partnership, priority=priority, name=entry.name, place=last_place(priority.projects)
        )
        for place, agency in enumerate(leads):
            ProjectLead.objects.create(project=project, agency=agency, place=place)
    return project


def update_add(project: Project, quarter: Period, *, when: str, text: str, author: str, by: By) -> Update:
    """A dated note of something that happened."""
    entry = entered(UpdateEntry, when=when, text=text, author=author)
    with _writing(project, quarter, by=by, why=f"Update of {project.name}."):
        return Update.objects.create(project=project, place=last_place(project.updates), **dict(entry))


def update_change(update: Update, quarter: Period, *, when: str, text: str, seen: str, by: By) -> Update:
    """Say it in other words; the author stays."""
    entry = entered(UpdateEntry, when=when, text=text, author=update.author)
    with _writing(update.project, quarter, by=by, why=f"Update of {update.project.name} reworded."):
        held = _held_still(Update, update)
        refuse_changed(mark_of([held]), seen, now=held.text)
        return _saved(held, dict(entry))


def is_of_quarter(update: Update, quarter: Period) -> bool:
    """Whether an update belongs to a quarter's report: it names a month of it, or of the next."""
    return update.period.overlaps(Period.run(quarter, quarter.shift(quarter.months)))


def wrote(person: AbstractBaseUser, update: Update) -> bool:
    """Whether it was this person who added the update."""
    first = Update.history.filter(id=update.pk, history_type="+").select_related("change").first()  # type: ignore[attr-defined]
    return first is not None and first.change.by_id == person.pk


def action_add(project: Project, quarter: Period, *, text: str, when: str, lead: Agency | None, by: By) -> Action:
    """Something that somebody will do; ``when`` is a date label, empty where none was agreed."""
    entry = entered(ActionEntry, text=text, when=when)
    with _writing(project, quarter, by=by, why=f"Action of {project.name} added."):
        return _action_add(project, entry, lead)


def _action_add(project: Project, entry: ActionEntry, lead: Agency | None) -> Action:
    place = last_place(project.actions)
    return Action.objects.create(
        project=project, place=place, text=entry.text, when=entry.when, state=entry.state, lead=lead
    )


def action_change(
    action: Action,
    quarter: Period,
    *,
    text: str,
    when: str,
    lead: Agency | None,
    state: str,
    outcome: str,
    seen: str,
    by: By,
) -> Action:
    """Change an action, or end it. Errors: one that was done or dropped, without what came of it."""
    entry = entered(
        ActionEntry, text=text, when=when, window=None if when else action.window, state=state, outcome=outcome
    )
    refuse_unsaid(entry.state, entry.outcome)
    with _writing(action.project, quarter, by=by, why=f"Action of {action.project.name}: {entry.state}."):
        held = _held_still(Action, action)
        refuse_changed(mark_of([held]), seen, now=described(held))
        return _saved(held, {**dict(entry), "lead": lead})


def refuse_unsaid(state: str, outcome: str) -> None:
    """An action does not end without a word of what came of it."""
    if state != ActionState.OPEN and not outcome.strip():
        raise InputError(f"outcome: nothing came; say in a line what came of it, since the action is {state}.")


def described(action: Action) -> str:
    """The action as one reads it in a line."""
    return f"{action.text} ({': '.join(filter(None, [action.state, action.outcome]))})"


def figure_add(
    project: Project, quarter: Period, *, name: str, period: str, value: float | None, status: str, note: str, by: By
) -> ProjectFigure:
    """A count of the project's own, or the reason why there is none. Errors: a count of that time is held already."""
    entry = entered(ProjectFigureEntry, name=name, period=period, value=value, status=status, note=note)
    with _writing(project, quarter, by=by, why=f"Count of {project.name} added."):
        for held in project.figures.all():
            if (key_of(held.name), held.period) == (key_of(entry.name), entry.period):
                raise InputError(f"{held} is held already; change that one.")
        return ProjectFigure.objects.create(project=project, place=last_place(project.figures), **dict(entry))


def figure_change(
    figure: ProjectFigure, quarter: Period, *, value: float | None, status: str, note: str, seen: str, by: By
) -> ProjectFigure:
    """Another count of the same thing and time."""
    entry = entered(ProjectFigureEntry, name=figure.name, period=figure.period, value=value, status=status, note=note)
    with _writing(figure.project, quarter, by=by, why=f"Count of {figure.project.name} changed."):
        held = _held_still(ProjectFigure, figure)
        refuse_changed(mark_of([held]), seen, now=str(held))
        return _saved(held, dict(entry))


def leads_change(
    project: Project, quarter: Period, *, emails: Mapping[Agency, str], measures: Collection[Measure], seen: str, by: By
) -> None:
    """Who leads the project, in order, with the address to ask or none, and the measures that it is meant to move.

    Whoever was asked in this quarter, has not answered and leads no longer, is no longer asked.
    """
    _refuse_no_address(emails.values())
    with _writing(project, quarter, by=by, why=f"Leads and measures of {project.name}."):
        now = "; ".join(f"{lead.agency} {lead.email}".strip() for lead in project.lead_rows.all()) or "nobody leads it"
        refuse_changed(mark_of_leads(project), seen, now=now)
        _rows_keep(
            ProjectLead.objects.filter(project=project),
            {agency.pk: {"project": project, "agency": agency, "email": email} for agency, email in emails.items()},
            key="agency_id",
        )
        _rows_keep(
            ProjectMeasure.objects.filter(project=project),
            {measure.pk: {"project": project, "measure": measure} for measure in measures},
            key="measure_id",
        )
        asked = UpdateRequest.objects.filter(project=project, quarter=quarter, answered_at=None)
        leading = {email.lower() for email in emails.values()}
        for request in asked:
            if request.email.lower() not in leading:
                request.delete()


def mark_of_leads(project: Project) -> str:
    """Who leads a project and what it is meant to move, as it is now."""
    return f"{mark_of(project.lead_rows.all())}/{mark_of(project.measure_rows.all())}"


def _refuse_no_address(emails: Iterable[str]) -> None:
    for email in filter(None, emails):
        try:
            validate_email(email)
        except ValidationError:
            raise InputError(f"{email!r} is no e-mail address; write one such as name@council.example.") from None


def _rows_keep(rows: QuerySet[Any], wanted: Mapping[int, Mapping[str, Any]], *, key: str) -> None:
    """One row for each that is wanted, in order; the others go."""
    held = {getattr(row, key): row for row in rows}
    for gone in held.keys() - wanted.keys():
        held[gone].delete()
    for place, (identity, columns) in enumerate(wanted.items()):
        row = held.get(identity) or rows.model()
        _saved(row, {**columns, "place": place})


@contextmanager
def _writing(row: Project | Priority, quarter: Period, *, by: By, why: str) -> Iterator[None]:
    """One change of a partnership's projects, while the quarter's edition can be written."""
    with transaction.atomic():
        edition_open(row.partnership, quarter)
        with changing(by=by, why=why, partnership=row.partnership):
            yield


def _held_still(model: type[Row], row: Row) -> Row:
    """The row as it is now, and stays until the transaction ends."""
    try:
        return model._default_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001 - Django's name for it
    except model.DoesNotExist:  # type: ignore[attr-defined]
        raise InputError("somebody else removed this meanwhile; go back to the page of the project.") from None


def _saved(row: Row, columns: Mapping[str, Any]) -> Row:
    """The row with these columns, written where any of them is another now."""
    is_new = row.pk is None
    changed = [name for name, value in columns.items() if is_new or getattr(row, name) != value]
    for name in changed:
        setattr(row, name, columns[name])
    if changed:
        row.save()
    return row


def last_place(rows: Any) -> int:  # noqa: ANN401 - a manager of any table
    """The place after the last of a list."""
    last = rows.aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1
