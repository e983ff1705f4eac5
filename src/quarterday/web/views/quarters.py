"""A quarter's way to print: begun, submitted, reviewed, signed, published, corrected."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions import sign_off
from quarterday.editions.archive import kept_version
from quarterday.editions.home import Home
from quarterday.editions.now import quarter_now
from quarterday.editions.review import Item, Topic, Weight, review_of
from quarterday.editions.state import next_step, updates_owed
from quarterday.people.rules import READ, REVIEW, SIGN, WRITE, may
from quarterday.plan.choices import FROZEN, EditionState, EditionStep
from quarterday.plan.models import Edition, Measure, Partnership
from quarterday.plan.write_editions import edition_due, quarter_of, quarter_open
from quarterday.report.document import Chart, Document
from quarterday.report.html import to_fragment
from quarterday.web.forms_quarters import AcknowledgeForm, BeginForm, CorrectionForm, DueForm, ReturnForm
from quarterday.web.proof import proved_again
from quarterday.web.tasks.building import build_draft
from quarterday.web.views.doors import partnership_page, quarter_page, signed_in

_QUARTERS_OFFERED: Final = 4
_MONTHS: Final = 3  # of a quarter
# Where an item of the checklist is put right: a page of the one thing where it is about one, or of all of them.
_PLACES: Final = {
    Topic.COMMENT: ("comment", "measures"),
    Topic.FIGURES: ("measure", "measures"),
    Topic.PROJECT: ("project", "projects"),
    Topic.COUNTYWIDE: ("countywide", "countywide"),
    Topic.HIGHLIGHTS: ("highlights", "highlights"),
    Topic.PLAN: ("measures", "measures"),
}
_DONE: Final = {
    EditionStep.SUBMITTED: "Submitted. A manager reviews it next.",
    EditionStep.REVIEWED: "Reviewed. A signatory signs it next.",
    EditionStep.RETURNED: "Returned. Whoever writes the edition sees what is to be changed.",
    EditionStep.SIGNED: "Signed, and frozen. A manager publishes it next.",
    EditionStep.PUBLISHED: "Published.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@partnership_page(WRITE)
def begin(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Begin a quarter that has not been begun."""
    quarters = quarters_to_begin(partnership)
    form = BeginForm(data=request.POST or None, quarters=quarters, initial={"quarter": slug(quarters[0].code)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        quarter = next(each for each in quarters if slug(each.code) == said["quarter"])
        try:
            edition = quarter_open(partnership, quarter, by=signed_in(request), due=said["due"])
            carried = edition.highlights.count()
            messages.success(
                request, f"{quarter.name} was begun. Carried over from before: {carried} highlights and issues."
            )
        except InputError as error:
            _say(request, error)
        return HttpResponseRedirect(reverse("quarter", args=[slug(partnership.short_name), said["quarter"]]))
    return render(request, "quarters/begin.html", {"partnership": partnership, "form": form})


@require_safe
@quarter_page(READ)
def quarter(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """The checklist, the steps taken, and the steps that the viewer may take."""
    is_open = edition.state not in FROZEN
    found = review_of(home(), edition, today=_today()) if is_open else None
    names = names_of(partnership, edition)
    writes = may(request.user, WRITE, partnership)
    groups = [
        {"weight": weight, "lines": [_line(item, names, may_acknowledge=writes) for item in found.of(weight)]}
        for weight in Weight
    ] if found else []  # fmt: skip
    earlier = Edition.objects.filter(partnership=partnership, quarter=edition.quarter).exclude(pk=edition.pk)
    shown = {
        **_of(partnership, edition),
        "groups": groups,
        "is_open": is_open,
        "built": _built(edition),
        "next": next_step(edition),
        "owed": updates_owed(edition, _today()) if is_open else (),
        "buttons": list(_buttons(request, edition)),
        "writes": writes,
        "steps": edition.steps.select_related("by"),
        "earlier": earlier.order_by("-version").prefetch_related("steps__by"),
    }
    return render(request, "quarters/quarter.html", shown)


@require_safe
@quarter_page(READ)
def preview(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """The edition as it would be signed now."""
    try:
        now = quarter_now(home(), partnership, quarter_of(edition))
    except InputError as error:
        _say(request, error)
        return _back(partnership, edition)
    addresses = _chart_addresses(now.document, partnership, names_of(partnership, edition))

    def picture(shown: Chart) -> str:
        return addresses[shown.name]

    fragment = mark_safe(to_fragment(now.document, picture=picture))  # noqa: S308 - written by our own template, which escapes
    shown = {**_of(partnership, edition), "document": now.document, "fragment": fragment}
    return render(request, "quarters/preview.html", shown)


@require_POST
@quarter_page(WRITE)
def build(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Have the draft written in every format, for those who read it before it is signed."""
    if edition.state in FROZEN:
        messages.error(request, f"Version {edition.version} is {edition.state}, and never changes.")
    else:
        build_draft.enqueue(edition.pk)
        messages.success(request, "The draft's files are being made; they are on this page in a few seconds.")
    return _back(partnership, edition)


@require_POST
@quarter_page(WRITE)
def submit(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Hand the draft over for review."""
    return _taken(
        request, partnership, edition, EditionStep.SUBMITTED, lambda: _checked(request, edition, sign_off.submit)
    )


@require_POST
@quarter_page(REVIEW)
def review(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Say that the edition may be signed."""
    return _taken(
        request, partnership, edition, EditionStep.REVIEWED, lambda: _checked(request, edition, sign_off.review)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@quarter_page(REVIEW)
def send_back(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Return the edition, and say what is to be changed."""
    form = ReturnForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        return _taken(
            request,
            partnership,
            edition,
            EditionStep.RETURNED,
            lambda: sign_off.send_back(edition, by=signed_in(request), note=note),
        )
    return render(request, "quarters/return.html", {**_of(partnership, edition), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@quarter_page(SIGN)
@proved_again
def sign(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """What is signed, and sign it."""
    person = signed_in(request)
    if request.method == "POST":
        return _taken(
            request, partnership, edition, EditionStep.SIGNED, lambda: _checked(request, edition, sign_off.sign)
        )
    found = review_of(home(), edition, today=_today())
    shown = {
        **_of(partnership, edition),
        "why_not": sign_off.why_not(edition, EditionStep.SIGNED, by=person),
        "blocks": found.blocks,
        "decided": found.of(Weight.DECIDED),
        "looks": found.of(Weight.LOOK),
    }
    return render(request, "quarters/sign.html", shown)


@require_POST
@quarter_page(REVIEW)
@proved_again
def publish(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Let readers have what was signed."""
    return _taken(
        request,
        partnership,
        edition,
        EditionStep.PUBLISHED,
        lambda: sign_off.publish(home(), edition, by=signed_in(request)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@quarter_page(REVIEW)
def correct(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Begin a correction, and say what is corrected."""
    form = CorrectionForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = sign_off.begin_correction(edition, by=signed_in(request), reason=form.cleaned_data["reason"])
            messages.success(
                request, f"Version {fresh.version} was begun, with the texts of version {edition.version}."
            )
        except InputError as error:
            _say(request, error)
        return _back(partnership, edition)
    return render(request, "quarters/correct.html", {**_of(partnership, edition), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@quarter_page(WRITE)
def acknowledge(request: HttpRequest, partnership: Partnership, edition: Edition, item: str) -> HttpResponse:
    """Say why the edition may go on without a figure."""
    blocks = review_of(home(), edition, today=_today()).blocks
    about = next((each.text for each in blocks if each.can_acknowledge and _key_of(each) == item), None)
    if about is None:
        messages.info(request, "That is no longer missing, or is missing otherwise.")
        return _back(partnership, edition)
    form = AcknowledgeForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_off.acknowledge(
                home(), edition, about, by=signed_in(request), at=timezone.now(), why=form.cleaned_data["why"]
            )
            messages.success(request, "Acknowledged. Your reason is kept.")
        except InputError as error:
            _say(request, error)
        return _back(partnership, edition)
    return render(request, "quarters/acknowledge.html", {**_of(partnership, edition), "form": form, "about": about})


@require_http_methods(["GET", "HEAD", "POST"])
@quarter_page(WRITE)
def due(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Say by when the edition is wanted."""
    form = DueForm(data=request.POST or None, initial={"due": edition.due})
    if request.method == "POST" and form.is_valid():
        try:
            edition_due(edition, form.cleaned_data["due"], by=signed_in(request))
            messages.success(request, "The day was changed.")
        except InputError as error:
            _say(request, error)
        return _back(partnership, edition)
    return render(request, "quarters/due.html", {**_of(partnership, edition), "form": form})


def quarters_to_begin(partnership: Partnership) -> list[Period]:
    """The quarters that ended last and were not begun, the latest first, and the one after the latest that was.

    Where all of them were begun, the one that is under way.
    """
    begun = {quarter_of(edition) for edition in Edition.objects.filter(partnership=partnership)}
    running = last_quarter().shift(_MONTHS)
    offered = {running.shift(-_MONTHS * back) for back in range(1, _QUARTERS_OFFERED + 1)}
    if begun and (following := max(begun).shift(_MONTHS)) < running:
        offered.add(following)
    return sorted(offered - begun, reverse=True) or [running]


def last_quarter() -> Period:
    """The quarter of the financial year that ended last."""
    today = _today()
    month = Period.month(today.year, today.month)
    ends = (month.shift(-back) for back in range(1, 4))
    return next(quarter for end in ends if (quarter := Period.ending(end, 3)).is_quarter)


def home() -> Home:
    """The workspace."""
    return Home(Path(settings.QUARTERDAY_HOME), engine=settings.QUARTERDAY_ENGINE)


def names_of(partnership: Partnership, edition: Edition) -> list[str]:
    """The partnership and the quarter as addresses have them."""
    return [slug(partnership.short_name), slug(quarter_of(edition).code)]


def _of(partnership: Partnership, edition: Edition) -> dict[str, Any]:
    """What every page of a quarter shows."""
    name, quarter = names_of(partnership, edition)
    return {
        "partnership": partnership,
        "edition": edition,
        "quarter": quarter_of(edition),
        "slug": name,
        "quarter_slug": quarter,
        "address": reverse("quarter", args=[name, quarter]),
    }


def _built(edition: Edition) -> dict[str, Any] | None:
    """The draft's files as they were made last, where they were."""
    name, quarter = edition.partnership.short_name, quarter_of(edition).code
    try:
        kept = kept_version(home().editions, name, quarter, version=edition.version)
        built_at = datetime.fromisoformat(kept.document().built_at)
    except (InputError, ValueError):
        return None
    return {"address": reverse("edition", args=[kept.folder.parent.name, kept.folder.name]), "at": built_at}


def _line(item: Item, names: list[str], *, may_acknowledge: bool) -> dict[str, Any]:
    one, every = _PLACES[item.topic]
    address = reverse(one, args=[*names, item.key]) if item.key else reverse(every, args=names)
    acknowledge = (
        reverse("acknowledge", args=[*names, _key_of(item)]) if item.can_acknowledge and may_acknowledge else ""
    )
    return {"item": item, "address": address, "acknowledge": acknowledge}


def _key_of(item: Item) -> str:
    return hashlib.sha256(item.text.encode()).hexdigest()[:16]


def _buttons(request: HttpRequest, edition: Edition) -> Iterator[dict[str, Any]]:
    """The steps that the viewer's role may take, each with why it cannot be taken now, where it cannot."""
    person, partnership = signed_in(request), edition.partnership
    names = names_of(partnership, edition)
    offered = (
        (EditionStep.SUBMITTED, "submit", "Submit for review", True),
        (EditionStep.REVIEWED, "review", "Mark as reviewed", True),
        (EditionStep.RETURNED, "return", "Return it", False),
        (EditionStep.SIGNED, "sign", "Sign", False),
        (EditionStep.PUBLISHED, "publish", "Publish", True),
    )
    for step, name, words, is_form in offered:
        if not may(request.user, sign_off.RIGHT_TO[step], partnership):
            continue
        why_not = sign_off.why_not(edition, step, by=person)
        if not why_not or (step == EditionStep.SIGNED and edition.state == EditionState.IN_REVIEW):
            yield {"words": words, "address": reverse(name, args=names), "is_form": is_form, "why_not": why_not}
    if edition.state in FROZEN and may(request.user, REVIEW, partnership):
        yield {
            "words": "Begin a correction",
            "address": reverse("correct", args=names),
            "is_form": False,
            "why_not": "",
        }


def _checked(request: HttpRequest, edition: Edition, take: Callable[..., Edition]) -> Edition:
    return take(home(), edition, by=signed_in(request), at=timezone.now())


def _taken(
    request: HttpRequest,
    partnership: Partnership,
    edition: Edition,
    step: EditionStep,
    take: Callable[[], Edition],
) -> HttpResponse:
    """Take the step, say how it went, and go back to the quarter's page."""
    try:
        take()
        messages.success(request, _DONE[step])
    except InputError as error:
        _say(request, error)
    return _back(partnership, edition)


def _back(partnership: Partnership, edition: Edition) -> HttpResponse:
    return HttpResponseRedirect(reverse("quarter", args=names_of(partnership, edition)))


def _say(request: HttpRequest, error: InputError) -> None:
    for fault in error.faults:
        messages.error(request, fault[:1].upper() + fault[1:])


def _chart_addresses(document: Document, partnership: Partnership, names: list[str]) -> dict[str, str]:
    """The address of each picture by its name: those of the measures' own pages."""
    keys = dict(Measure.objects.filter(partnership=partnership).values_list("name", "pk"))
    return {
        picture.name: reverse("measure-chart", args=[*names, keys[row.measure], picture.name])
        for table in document.measure_tables
        for row in table.rows
        for picture in (row.chart, row.control.chart, *([row.ranked.chart] if row.ranked else []))
    }


def _today() -> date:
    return timezone.localdate()
