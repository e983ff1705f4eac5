"""The comment on a measure: written beside the draft, checked while it is, and saved with who wrote it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quarterday.domain.faults import InputError
from quarterday.editions.comments import (
    Checked,
    check,
    comment_write,
    counted,
    key_of_claim,
    key_of_words,
    verdict_of,
)
from quarterday.people.rules import WRITE
from quarterday.plan.models import Measure
from quarterday.plan.write_comments import LONGEST, LONGEST_REASON, OvertakenError, Written, comment_written
from quarterday.plan.write_editions import edition_open, quarter_of
from quarterday.web.forms_comments import REASON, CommentForm, reasons_in
from quarterday.web.views.doors import signed_in
from quarterday.web.views.measures import Here, measure_page

_WORDS = {
    "contradicted": ("✗", "Contradicted", "govuk-tag--red"),
    "overridden": ("!", "Overridden", "govuk-tag--yellow"),
    "not checkable": ("?", "Cannot be checked", "govuk-tag--grey"),
    "supported": ("✓", "Supported", "govuk-tag--green"),
}
_LEFT_TO_SAY = "This cannot be checked: "


@require_http_methods(["GET", "HEAD", "POST"])
@measure_page(WRITE)
def comment(request: HttpRequest, here: Here) -> HttpResponse:
    """The draft beside the person's own text; POST saves it."""
    if request.method == "POST":
        return _saved(request, here)
    held = comment_written(here.edition, here.measure)
    form = _form(here, initial={"text": held.text, "began": held.digest})
    return _page(request, here, form, text=held.text, given=_given(held))


@require_POST
@measure_page(WRITE)
def comment_check(request: HttpRequest, here: Here) -> HttpResponse:
    """The text checked and nothing saved: the marks alone for a page that asks as somebody types, else a whole page."""
    posted = request.POST.copy()
    text = posted.get("text", "").replace("\r\n", "\n")
    if request.htmx:  # type: ignore[attr-defined]  # its middleware gives it
        return render(request, "measures/check.html", _marks(here, text, reasons_in(posted)) | {"is_part": True})
    if posted.get("do") == "draft":
        text = posted["text"] = _with_draft(text, here.row[1].drafted)
    form = _form(here, initial={"text": text, "began": posted.get("began", "")})
    return _page(request, here, form, text=text, given=reasons_in(posted))


def _saved(request: HttpRequest, here: Here) -> HttpResponse:
    form, given, theirs = _form(here, data=request.POST), reasons_in(request.POST), None
    if form.is_valid():
        said = form.cleaned_data
        try:
            checked, changed = comment_write(
                here.now,
                here.edition,
                here.measure,
                said["text"],
                given=given,
                began=said["began"],
                by=signed_in(request),
            )
        except OvertakenError as error:
            theirs = error.held
            form = _form(here, data=_begun_anew(request.POST, theirs))
            given = _given(theirs) | {key: why for key, why in given.items() if why.strip()}
            form.add_error(None, " ".join(error.faults))
        except InputError as error:
            for fault in error.faults:
                form.add_error(None, fault)
        else:
            _tell(request, checked, changed=changed)
            return HttpResponseRedirect(here.address("comment"))
    text = request.POST.get("text", "").replace("\r\n", "\n")
    return _page(request, here, form, text=text, given=given, theirs=theirs)


def _begun_anew(posted: QueryDict, theirs: Written) -> QueryDict:
    """The form as it was sent, but begun with the text that somebody else saved: it is shown, so it may be replaced."""
    again = posted.copy()
    again["began"] = theirs.digest
    return again


def _tell(request: HttpRequest, checked: Checked, *, changed: bool) -> None:
    done = ("Comment saved." if checked.text else "Comment removed.") if changed else "Nothing was changed."
    blocking = len(checked.blocking)
    if not blocking:
        messages.success(request, done)
        return
    claims = "1 claim is" if blocking == 1 else f"{blocking} claims are"
    messages.warning(
        request, f"{done} It blocks sign-off: {claims} contradicted, without a reason to keep what is said."
    )


def _with_draft(text: str, drafted: str) -> str:
    """The draft after what was written already, so that nothing is lost; once."""
    if drafted in text:
        return text
    return f"{text.rstrip()}\n\n{drafted}" if text.strip() else drafted


def _given(held: Written) -> dict[str, str]:
    return {key_of_words(quote): why for quote, why in held.reasons.items()}


def _form(here: Here, **options: Any) -> CommentForm:  # noqa: ANN401 - Django's options
    return CommentForm(check_address=here.address("comment-check"), **options)


def _page(
    request: HttpRequest,
    here: Here,
    form: CommentForm,
    *,
    text: str,
    given: Mapping[str, str],
    theirs: Written | None = None,
) -> HttpResponse:
    table, row = here.row
    shown = {
        **here.shown,
        "form": form,
        "row": row,
        "latest": zip(table.columns, row.figures, strict=True),
        "theirs": theirs,
        "faults": _closed(here),
        "save_address": here.address("comment"),
        "check_address": here.address("comment-check"),
        "neighbours": _neighbours(here),
        **_marks(here, text, given),
    }
    return render(request, "measures/comment.html", shown)


def _closed(here: Here) -> tuple[str, ...]:
    """Why nothing can be written, where nothing can."""
    try:
        edition_open(here.partnership, quarter_of(here.edition))
    except InputError as error:
        return error.faults
    return ()


def _neighbours(here: Here) -> list[dict[str, str]]:
    """The comments before this one and after it."""
    keys = dict(Measure.objects.filter(partnership=here.partnership).values_list("name", "pk"))
    names = [row.measure for table in here.now.document.measure_tables for row in table.rows if row.measure in keys]
    at = names.index(here.measure.name)
    beside = [("Previous", names[at - 1] if at else ""), ("Next", names[at + 1] if at + 1 < len(names) else "")]
    return [
        {"words": words, "name": name, "address": reverse("comment", args=[*here.names, keys[name]])}
        for words, name in beside
        if name
    ]


def _marks(here: Here, text: str, given: Mapping[str, str]) -> dict[str, Any]:
    """What the check says of a text: a sentence, the text with its claims marked, and each claim with its reason."""
    if len(text) > LONGEST:
        return {"summary": f"Not checked: the text has {len(text):,} characters; shorten it to at most {LONGEST:,}."}
    checked = check(here.now, here.measure.name, text, given)
    claims = [_claim(number, claim, given) for number, claim in enumerate(checked.marked, start=1)]
    asked: set[str] = set()
    for claim in claims:  # the same words twice need one reason
        claim["asks"] = claim["is_contradicted"] and claim["key"] not in asked
        asked.add(claim["key"])
    return {
        "summary": _summary(checked),
        "blocks": bool(checked.blocking),
        "segments": [(words, claims[number - 1] if number else None) for words, number in checked.segments()],
        "claims": claims,
        "longest_reason": LONGEST_REASON,
    }


def _claim(number: int, claim: Any, given: Mapping[str, str]) -> dict[str, Any]:  # noqa: ANN401 - a checked quote
    sign, words, colour = _WORDS[verdict_of(claim)]
    key = key_of_claim(claim)
    why = claim.why.removeprefix(_LEFT_TO_SAY)
    return {
        "number": number, "quote": claim.quote, "verdict": verdict_of(claim).replace(" ", "-"), "sign": sign,
        "words": words, "colour": colour, "why": why[:1].upper() + why[1:], "key": key, "name": f"{REASON}{key}",
        "is_contradicted": claim.verdict == "contradicted", "reason": given.get(key, ""), "asks": False,
    }  # fmt: skip


def _summary(checked: Checked) -> str:
    if not checked.text.strip():
        return "Nothing is written yet."
    if not checked.claims:
        return "No claim about figures was found in this text."
    number = len(checked.claims)
    said = f"{number:,} {'claim' if number == 1 else 'claims'}: {counted(checked.claims)}."
    if more := number - len(checked.marked):
        said += f" {len(checked.marked)} of them are marked below; there {'is' if more == 1 else 'are'} {more:,} more."
    return f"{said} What is contradicted blocks sign-off." if checked.blocking else said
