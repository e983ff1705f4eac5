"""Projects of a quarter: what happened, what is next, who leads, what they count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
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
from quarterday.domain.period import Period
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
from quarterday.web.views.doors import quarter_page, signed_in

_READ_OR_WRITE = ("GET", "HEAD", "POST")


@dataclass(frozen=True)
class _Here:
    """Who writes which project, in which quarter."""

    request: HttpRequest
    partnership: Partnership
    edition: Edition
    project: Project

    @property
    def quarter(self) -> Period:
        """The quarter that the edition is of."""
        return quarter_of(self.edition)

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return signed_in(self.request)


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
        project_add(said["priority"], quarter_of(edition), name=said["name"], leads=leads, by=signed_in(request))

    if request.method == "POST" and keep(form, write):
        messages.success(request, "The project was added.")
        return back_to("projects", partnership, edition)
    shown = {"form": form, "heading": "Add a project", "button": "Add the project"}
    return render(request, "projects/form.html", place_of(partnership, edition) | shown)


def _project_page(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for those who speak for the project in the address."""

    @require_http_methods(_READ_OR_WRITE)
    @quarter_page(LEAD)
    @wraps(page)
    def guarded(
        request: HttpRequest, partnership: Partnership, edition: Edition, project: int, **others: int
    ) -> HttpResponse:
        held = _project(partnership, project)
        if not _may_write(request, held):
            raise PermissionDenied
        return page(_Here(request, partnership, edition, held), **others)

    return guarded


@_project_page
def add_update(here: _Here) -> HttpResponse:
    """A new note of what happened."""
    form = UpdateForm(data=here.request.POST or None, initial={"when": here.quarter.name})

    def write(said: dict[str, Any]) -> None:
        by = here.person
        update_add(here.project, here.quarter, when=said["when"], text=said["text"], author=by.full_name, by=by)

    return _written(here, form, write, heading="Add an update", told="The update was kept.")


@_project_page
def change_update(here: _Here, update: int) -> HttpResponse:
    """Other words for a note of this quarter: one's own, or any for those who write the report."""
    row = get_object_or_404(Update, pk=update, project=here.project)
    if not _may_reword(here.request, row, here.edition):
        raise PermissionDenied
    initial = {"when": row.when, "text": row.text, "seen": mark_of([row])}
    form = UpdateForm(data=here.request.POST or None, initial=initial)

    def write(said: dict[str, Any]) -> None:
        update_change(row, here.quarter, when=said["when"], text=said["text"], seen=said["seen"], by=here.person)

    return _written(here, form, write, heading="Change an update", told="The update was changed.", row=row)


@_project_page
def add_action(here: _Here) -> HttpResponse:
    """Something new to be done."""
    form = NewActionForm(data=here.request.POST or None, partnership=here.partnership)

    def write(said: dict[str, Any]) -> None:
        action_add(here.project, here.quarter, text=said["text"], when=said["when"], lead=said["lead"], by=here.person)

    return _written(here, form, write, heading="Add an action", told="The action was kept.")


@_project_page
def change_action(here: _Here, action: int) -> HttpResponse:
    """How an action stands, by when it is wanted, and who will do it."""
    row = get_object_or_404(Action, pk=action, project=here.project)
    initial = {name: getattr(row, name) for name in ("text", "when", "lead", "state", "outcome")}
    initial["seen"] = mark_of([row])
    form = ActionForm(data=here.request.POST or None, partnership=here.partnership, initial=initial)

    def write(said: dict[str, Any]) -> None:
        action_change(row, here.quarter, **said, by=here.person)

    return _written(here, form, write, heading="Change an action", told="The action was changed.", row=row)


@_project_page
def add_figure(here: _Here) -> HttpResponse:
    """Another count of the project's own."""
    form = FigureForm(data=here.request.POST or None)

    def write(said: dict[str, Any]) -> None:
        count = {name: said[name] for name in ("name", "period", "value", "status", "note")}
        figure_add(here.project, here.quarter, **count, by=here.person)

    return _written(here, form, write, heading="Add a count", told="The count was kept.")


@_project_page
def change_figure(here: _Here, figure: int) -> HttpResponse:
    """Another number for the same thing and time."""
    row = get_object_or_404(ProjectFigure, pk=figure, project=here.project)
    initial = {name: getattr(row, name) for name in ("name", "value", "status", "note")}
    initial |= {"period": row.months.code, "seen": mark_of([row])}
    form = FigureForm(data=here.request.POST or None, initial=initial, is_new=False)

    def write(said: dict[str, Any]) -> None:
        count = {name: said[name] for name in ("value", "status", "note", "seen")}
        figure_change(row, here.quarter, **count, by=here.person)

    heading = f"{row.name}, {row.months.for_sentence()}"
    return _written(here, form, write, heading=heading, told="The count was changed.", row=row)


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
            by=signed_in(request),
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


def _may_write(request: HttpRequest, project: Project) -> bool:
    return projects_spoken_for(request.user, project.partnership).filter(pk=project.pk).exists()


def _may_reword(request: HttpRequest, update: Update, edition: Edition) -> bool:
    """Whether it is a note of this quarter, and one's own or that of a report which one writes."""
    if not is_of_quarter(update, quarter_of(edition)):
        return False
    person = signed_in(request)
    return may(person, WRITE, edition.partnership) or wrote(person, update)
