"""Leads are asked for updates; what they say comes in by a link, without signing in."""

from datetime import date
from typing import Any

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.editions.asking import Outcome, ask, default_due, request_of
from quarterday.people.rules import WRITE
from quarterday.plan.models import Edition, Partnership, Project, Update, UpdateRequest
from quarterday.plan.write_editions import quarter_of
from quarterday.plan.write_requests import (
    OPEN_AFTER,
    Answer,
    actions_to_decide,
    answer_give,
    answer_held,
    leads_to_ask,
    mark_of_question,
    quarter_of_request,
    refuse_ended,
    reminders_change,
    requests_of,
    updates_ask,
)
from quarterday.web.forms_projects import AnswerForm, AskForm, RemindersForm, keep
from quarterday.web.views.doors import partnership_page, quarter_page, signed_in
from quarterday.web.views.projects import back_to, place_of

_READ_OR_WRITE = ("GET", "HEAD", "POST")


@require_http_methods(_READ_OR_WRITE)
@quarter_page(WRITE)
def ask_for_updates(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Who will be asked, who was, and by when; and they are asked."""
    quarter, today = quarter_of(edition), timezone.localdate()
    form = AskForm(data=request.POST or None, initial={"due": default_due(edition.due, today=today)})
    asked: list[UpdateRequest] = []

    def write(said: dict[str, Any]) -> None:
        asked.extend(updates_ask(partnership, quarter, due=said["due"], today=today, by=signed_in(request)))

    if request.method == "POST" and keep(form, write):
        _tell(request, len(asked), ask(asked, today=today))
        return back_to("ask", partnership, edition)
    without = Project.objects.filter(partnership=partnership).exclude(lead_rows__email__gt="")
    shown = {
        "form": form,
        "to_ask": leads_to_ask(partnership, quarter),
        "asked": requests_of(partnership, quarter),
        "without": without.distinct(),
        "is_printed": settings.EMAIL_BACKEND.endswith("console.EmailBackend"),
    }
    return render(request, "projects/ask.html", place_of(partnership, edition) | shown)


def _tell(request: HttpRequest, asked: int, outcome: Outcome) -> None:
    """What came of asking."""
    if outcome.failed:
        messages.error(
            request,
            f"No e-mail could be sent to {', '.join(outcome.failed)}. It is tried again every day, with the reminders.",
        )
    if asked and not outcome.failed:
        letters = "1 e-mail" if outcome.left == 1 else f"{outcome.left} e-mails"
        messages.success(request, f"Asked: {letters} sent, for {asked} {'project' if asked == 1 else 'projects'}.")
    if not asked:
        messages.success(request, "Everybody who has an address was asked before; the day was kept.")


@require_http_methods(_READ_OR_WRITE)
@partnership_page(WRITE)
def reminders(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """On which days whoever has not answered is reminded."""
    form = RemindersForm(data=request.POST or None, initial={"days": ", ".join(map(str, partnership.reminders))})

    def write(said: dict[str, Any]) -> None:
        reminders_change(partnership, said["days"], by=signed_in(request))

    if request.method == "POST" and keep(form, write):
        messages.success(request, "The days of reminders were kept.")
        return HttpResponseRedirect(reverse("reminders", args=[slug(partnership.short_name)]))
    return render(request, "projects/reminders.html", {"form": form, "partnership": partnership})


@require_http_methods(_READ_OR_WRITE)
@never_cache
def update(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link: for one project, without a session. Looking at it changes nothing."""
    today = timezone.localdate()
    asked = None
    try:
        asked = request_of(token)
        if asked is None:
            return _private(render(request, "updates/refused.html", {"is_ours": False}, status=404))
        refuse_ended(asked, today=today)
    except InputError as error:
        shown = {"is_ours": True, "why": error.faults[0], "asked": asked}
        return _private(render(request, "updates/refused.html", shown, status=410))
    if request.method == "POST" and not consume(request, action="update_link", key=str(asked.pk)):
        return _private(render(request, "updates/too_often.html", status=429))
    return _private(_question(request, asked, today))


def _question(request: HttpRequest, asked: UpdateRequest, today: date) -> HttpResponse:
    held = answer_held(asked)
    form = _answer_form(request, asked, held)

    def write(said: dict[str, Any]) -> None:
        answer_give(asked, form.answer(), seen=said["seen"], at=timezone.now(), today=today)

    if request.method == "POST" and keep(form, write, mark=lambda: _mark(asked)):
        return HttpResponseRedirect(request.path)
    shown = {
        "asked": asked,
        "project": asked.project,
        "quarter": quarter_of_request(asked),
        "ends": asked.due + OPEN_AFTER,
        "held": held,
        "form": form,
        "last": _last_said(asked),
    }
    wants_form = held is None or request.method == "POST" or "change" in request.GET
    return render(request, "updates/question.html" if wants_form else "updates/thanks.html", shown)


def _answer_form(request: HttpRequest, asked: UpdateRequest, held: Answer | None) -> AnswerForm:
    """The form of what there is to decide now."""
    return AnswerForm(
        data=request.POST or None,
        actions=actions_to_decide(asked),
        quarter=quarter_of_request(asked),
        held=held,
        initial={"seen": mark_of_question(asked)},
    )


def _mark(asked: UpdateRequest) -> str:
    asked.refresh_from_db()
    return mark_of_question(asked)


def _last_said(asked: UpdateRequest) -> Update | None:
    """The last note of the project that is not this answer's own."""
    return asked.project.updates.exclude(pk=asked.kept.get("update")).order_by("place").last()


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a key: no other site hears it, nobody keeps the page, and no search engine lists it."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "strict-origin"  # not stricter: forms of a page without an origin are refused
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
