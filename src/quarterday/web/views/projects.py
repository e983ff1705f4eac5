"""Projects of a quarter: what happened, what is next, who leads, what they count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quarterday.domain.area import slug
from quarterday.editions.stale_work import stale_in
from quarterday.people.models import Person
from quarterday.people.rules import LEAD, READ, WRITE, may, projects_spoken_for
from quarterday.plan.choices import FROZEN, ActionState
from quarterday.plan.meanwhile import mark_of
from quarterday.plan.models import Action, Edition, Partnership, Project, ProjectFigure, Update, UpdateRequest
from quarterday.plan.write_editions import quarter_of
from quarterday.plan.write_projects import (
    action_add,
    action_change,
    figure_add,
    figure_change,
    is_of_quarter,
    leads_change,
    mark_of_leads,
    project_add,
    update_add,
    update_change,
    wrote,
)
from quarterday.plan.write_requests import project_requests, requests_of
from quarterday.web.forms_projects import (
    ActionForm,
    FigureForm,
    LeadsForm,
    NewActionForm,
    ProjectForm,
    UpdateForm,
    keep,
)
from quarterday.web.views.doors import quarter_page

_READ_OR_WRITE = ("GET", "HEAD", "POST")


@dataclass(frozen=True)
class _Here:
    """Who writes which project, in which quarter."""

    request: HttpRequest
    partnership: Partnership
    edition: Edition
    project: Project


def place_of(partnership: Partnership, edition: Edition) -> dict[str, Any]:
    """What every page of a quarter is told: where it is, and whether anything can be written there."""
    return {
        "partnership": partnership,
        "slug": slug(partnership.short_name),
        "edition": edition,
        "quarter": quarter_of(edition),
        "quarter_slug": slug(quarter_of(edition).code),
        "is_frozen": edition.state in FROZEN,
    }


def person_of(request: HttpRequest) -> Person:
    """Who is signed in, as the page's door has made sure."""
    return request.user  # type: ignore[return-value]


def back_to(page: str, partnership: Partnership, edition: Edition, *keys: int) -> HttpResponseRedirect:
    """On to a page of the quarter, after something was written."""
    names = [slug(partnership.short_name), slug(quarter_of(edition).code)]
    return HttpResponseRedirect(reverse(page, args=[*names, *keys]))


@require_safe
@quarter_page(READ)
def projects(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Every project by its priority: its leads, its last update, its actions, and who was asked."""
    quarter = quarter_of(edition)
    asked: dict[int, list[UpdateRequest]] = {}
    for each in requests_of(partnership, quarter):
        asked.setdefault(each.project_id, []).append(each)
    held = Project.objects.filter(partnership=partnership).prefetch_related("lead_rows__agency", "updates", "actions")
    rows: dict[int, list[dict[str, Any]]] = {}
    for project in held:
        actions = list(project.actions.all())
        rows.setdefault(project.priority_id, []).append(
            {
                "project": project,
                "leads": project.lead_rows.all(),
                "last": max(project.updates.all(), key=lambda update: update.place, default=None),
                "open": sum(action.state == ActionState.OPEN for action in actions),
                "overdue": sum(action.is_overdue(quarter) for action in actions),
                "asked": asked.get(project.pk, []),
            }
        )
    tables = [(priority, rows.get(priority.pk, [])) for priority in partnership.priorities.all()]
    shown = {"tables": tables, "writes": may(request.user, WRITE, partnership)}
    return render(request, "projects/projects.html", place_of(partnership, edition) | shown)


@require_safe
@quarter_page(READ)
def project(request: HttpRequest, partnership: Partnership, edition: Edition, project: int) -> HttpResponse:
    """One project."""
    held = _project(partnership, project)
    quarter = quarter_of(edition)
    may_write = _may_write(request, held) and edition.state not in FROZEN
    updates, actions = list(held.updates.all()), list(held.actions.select_related("lead"))
    stale = stale_in({update.pk: update.text for update in updates[-1:]}, quarter)
    stale_actions = stale_in(
        {action.pk: action.text for action in actions if action.state == ActionState.OPEN}, quarter
    )
    shown = {
        "project": held,
        "leads": held.lead_rows.select_related("agency"),
        "measures": [tie.measure for tie in held.measure_rows.select_related("measure")],
        "updates": [
            (update, stale.get(update.pk, ()), may_write and _may_reword(request, update, edition))
            for update in reversed(updates)
        ],
        "actions": [
            (action, action.is_overdue(quarter), stale_actions.get(action.pk, ())) for action in _open_first(actions)
        ],
        "figures": held.figures.all(),
        "asked": project_requests(held, quarter),
        "may_write": may_write,
        "writes": may(request.user, WRITE, partnership) and edition.state not in FROZEN,
    }
    return render(request, "projects/project.html", place_of(partnership, edition) | shown)


def _open_first(actions: Iterable[Action]) -> list[Action]:
    return sorted(actions, key=lambda action: action.state != ActionState.OPEN)


@require_http_methods(_READ_OR_WRITE)
@quarter_page(WRITE)
def add_project(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """A new project."""
    form = ProjectForm(data=request.POST or None, partnership=partnership)

    def write(said: dict[str, Any]) -> None:
        leads = [said["lead"]] if said["lead"] else []
        project_add(said["priority"], quarter_of(edition), name=said["name"], leads=leads, by=person_of(request))

    if request.method == "POST" and keep(form, write):
        messages.success(request, "The project was added.")
        return back_to("projects", partnership, edition)
    shown = {"form": form, "heading": "Add a project", "button": "Add the project"}
    return render(request, "projects/form.html", place_of(partnership, edition) | shown)


@require_http_methods(_READ_OR_WRITE)
@quarter_page(LEAD)
def add_update(request: HttpRequest, partnership: Partnership, edition: Edition, project: int) -> HttpResponse:
    """A new note of what happened."""
    here = _here_to_write(request, partnership, edition, project)
    held = here.project
    quarter = quarter_of(edition)
    form = UpdateForm(data=request.POST or None, initial={"when": quarter.name})
    by = person_of(request)

    def write(said: dict[str, Any]) -> None:
        update_add(held, quarter, when=said["when"], text=said["text"], author=by.full_name, by=by)

    return _written(here, form, write, heading="Add an update", told="The update was kept.")


@require_http_methods(_READ_OR_WRITE)
@quarter_page(LEAD)
def change_update(
    request: HttpRequest, partnership: Partnership, edition: Edition, project: int, update: int
) -> HttpResponse:
    """Other words for a note of this quarter: one's own, or any for those who write the report."""
    here = _here_to_write(request, partnership, edition, project)
    held = here.project
    row = get_object_or_404(Update, pk=update, project=held)
    if not _may_reword(request, row, edition):
        raise PermissionDenied
    form = UpdateForm(data=request.POST or None, initial={"when": row.when, "text": row.text, "seen": mark_of([row])})

    def write(said: dict[str, Any]) -> None:
        update_change(
            row, quarter_of(edition), when=said["when"], text=said["text"], seen=said["seen"], by=person_of(request)
        )

    return _written(
        here,
        form,
        write,
        heading="Change an update",
        told="The update was changed.",
        row=row,
    )


@require_http_methods(_READ_OR_WRITE)
@quarter_page(LEAD)
def add_action(request: HttpRequest, partnership: Partnership, edition: Edition, project: int) -> HttpResponse:
    """Something new to be done."""
    here = _here_to_write(request, partnership, edition, project)
    held = here.project
    form = NewActionForm(data=request.POST or None, partnership=partnership)

    def write(said: dict[str, Any]) -> None:
        action_add(
            held, quarter_of(edition), text=said["text"], when=said["when"], lead=said["lead"], by=person_of(request)
        )

    return _written(here, form, write, heading="Add an action", told="The action was kept.")


@require_http_methods(_READ_OR_WRITE)
@quarter_page(LEAD)
def change_action(
    request: HttpRequest, partnership: Partnership, edition: Edition, project: int, action: int
) -> HttpResponse:
    """How an action stands, by when it is wanted, and who will do it."""
    here = _here_to_write(request, partnership, edition, project)
    held = here.project
    row = get_object_or_404(Action, pk=action, project=held)
    initial = {name: getattr(row, name) for name in ("text", "when", "lead", "state", "outcome")}
    form = ActionForm(data=request.POST or None, partnership=partnership, initial={**initial, "seen": mark_of([row])})

    def write(said: dict[str, Any]) -> None:
        action_change(row, quarter_of(edition), **said, by=person_of(request))

    return _written(
        here,
        form,
        write,
        heading="Change an action",
        told="The action was changed.",
        row=row,
    )


@require_http_methods(_READ_OR_WRITE)
@quarter_page(LEAD)
def add_figure(request: HttpRequest, partnership: Partnership, edition: Edition, project: int) -> HttpResponse:
    """Another count of the project's own."""
    here = _here_to_write(request, partnership, edition, project)
    held = here.project
    form = FigureForm(data=request.POST or None)

    def write(said: dict[str, Any]) -> None:
        count = {name: said[name] for name in ("name", "period", "value", "status", "note")}
        figure_add(held, quarter_of(edition), **count, by=person_of(request))

    return _written(here, form, write, heading="Add a count", told="The count was kept.")


@require_http_methods(_READ_OR_WRITE)
@quarter_page(LEAD)
def change_figure(
    request: HttpRequest, partnership: Partnership, edition: Edition, project: int, figure: int
) -> HttpResponse:
    """Another number for the same thing and time."""
    here = _here_to_write(request, partnership, edition, project)
    held = here.project
    row = get_object_or_404(ProjectFigure, pk=figure, project=held)
    initial = {name: getattr(row, name) for name in ("name", "value", "status", "note")}
    initial |= {"period": row.months.code, "seen": mark_of([row])}
    form = FigureForm(data=request.POST or None, initial=initial, is_new=False)

    def write(said: dict[str, Any]) -> None:
        count = {name: said[name] for name in ("value", "status", "note", "seen")}
        figure_change(row, quarter_of(edition), **count, by=person_of(request))

    return _written(
        here,
        form,
        write,
        heading=f"{row.name}, {row.months.for_sentence()}",
        told="The count was changed.",
        row=row,
    )


@require_http_methods(_READ_OR_WRITE)
@quarter_page(WRITE)
def leads(request: HttpRequest, partnership: Partnership, edition: Edition, project: int) -> HttpResponse:
    """Who leads, with the address to ask, and the measures that the project is meant to move."""
    held = _project(partnership, project)
    form = LeadsForm(
        data=request.POST or None, project=held, partnership=partnership, initial={"seen": mark_of_leads(held)}
    )

    def write(said: dict[str, Any]) -> None:
        leads_change(
            held,
            quarter_of(edition),
            emails=form.emails(),
            measures=form.moved(),
            seen=said["seen"],
            by=person_of(request),
        )

    if request.method == "POST" and keep(form, write, mark=lambda: mark_of_leads(held)):
        messages.success(request, "Leads and measures were kept.")
        return back_to("project", partnership, edition, held.pk)
    return render(request, "projects/leads.html", place_of(partnership, edition) | {"form": form, "project": held})


def _written(
    here: _Here,
    form: forms.Form,
    write: Callable[[dict[str, Any]], object],
    *,
    heading: str,
    told: str,
    row: Model | None = None,
) -> HttpResponse:
    """Keep what was sent and go back to the project; or show the form, with what is wrong with it.

    ``row`` is what is changed, where it is there already.
    """
    mark = (lambda: mark_of([row])) if row else None
    if here.request.method == "POST" and keep(form, write, mark=mark):
        messages.success(here.request, told)
        return back_to("project", here.partnership, here.edition, here.project.pk)
    shown = {"form": form, "project": here.project, "heading": heading, "button": "Save"}
    return render(here.request, "projects/form.html", place_of(here.partnership, here.edition) | shown)


def _project(partnership: Partnership, key: int) -> Project:
    return get_object_or_404(Project, pk=key, partnership=partnership)


def _here_to_write(request: HttpRequest, partnership: Partnership, edition: Edition, key: int) -> _Here:
    """The project, for those who speak for it."""
    held = _project(partnership, key)
    if not _may_write(request, held):
        raise PermissionDenied
    return _Here(request, partnership, edition, held)


def _may_write(request: HttpRequest, project: Project) -> bool:
    return projects_spoken_for(request.user, project.partnership).filter(pk=project.pk).exists()


def _may_reword(request: HttpRequest, update: Update, edition: Edition) -> bool:
    """Whether it is a note of this quarter, and one's own or that of a report which one writes."""
    if not is_of_quarter(update, quarter_of(edition)):
        return False
    person = person_of(request)
    return may(person, WRITE, edition.partnership) or wrote(person, update)
