"""Editions: the list and each of them, for those who may open it."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from allauth.core.ratelimit import consume
from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from quarterday.domain.faults import InputError
from quarterday.editions.archive import SEAL, Kept, kept_versions
from quarterday.editions.home import Home
from quarterday.editions.rights import (
    edition_visible_to,
    editions_visible_to,
    paper_of,
    verified_for,
    versions_visible_to,
)
from quarterday.editions.seal import seal_in
from quarterday.editions.verify import Verified, claim_of
from quarterday.editions.versions import differences, reason_of
from quarterday.people.rules import Owner, is_for_anyone
from quarterday.report.document import Chart, Document
from quarterday.report.html import edition_style as style_of_edition
from quarterday.report.html import to_fragment
from quarterday.web import security_log
from quarterday.web.forms_quarters import VerifyForm
from quarterday.web.hashing import hashes_a_file

_ON_A_PAGE = 50
_ENDINGS = {"html": "Web page", "pdf": "PDF", "json": "JSON"}


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """Every edition that the viewer may open."""
    visible = list(editions_visible_to(request.user, archive()))
    damaged = [f"{kept.folder.parent.name}, {kept.folder.name}" for kept, heading in visible if heading is None]
    page = Paginator([each for each in visible if each[1]], _ON_A_PAGE).get_page(request.GET.get("page"))
    editions = [
        {"document": heading, "state": kept.state, "address": _address(kept), "files": _files(kept)}
        for kept, heading in page
    ]
    is_owner = isinstance(request.user, Owner)
    shown = {"editions": editions, "page": page, "damaged": damaged, "is_owner": is_owner}
    return render(request, "editions.html", shown)


@require_safe
def edition(request: HttpRequest, partnership: str, quarter: str) -> HttpResponse:
    """One edition."""
    kept = _visible(request, partnership, quarter)
    heading = kept.heading()
    fragment = _fragment(kept, kept.written, kept.state, partnership, quarter)
    return render(
        request,
        "edition.html",
        {
            "document": heading,
            "fragment": mark_safe(fragment),  # noqa: S308 - written by our own template, which escapes
            "files": _files(kept),
            "state": kept.state,
            "hash": _hash(kept),
            "names": [partnership, quarter],
            "versions": _versions(request, partnership, quarter, heading.version),
        },
    )


@require_safe
def edition_version(request: HttpRequest, partnership: str, quarter: str, version: int) -> HttpResponse:
    """Lead to a version of an edition, wherever it is by now."""
    kept, _ = _version(request, partnership, quarter, version)
    return HttpResponseRedirect(_address(kept))


@require_safe
def compare(request: HttpRequest, partnership: str, quarter: str, before: int, after: int) -> HttpResponse:
    """What one version says otherwise than another."""
    _, old = _version(request, partnership, quarter, before)
    kept, new = _version(request, partnership, quarter, after)
    shown = {
        "before": old,
        "after": new,
        "address": _address(kept),
        "reason": reason_of(new),
        "differences": differences(old, new),
    }
    return render(request, "compare.html", shown)


@require_safe
def seal(request: HttpRequest, partnership: str, quarter: str) -> FileResponse:
    """The seal of an edition that was signed: what each of its files was then."""
    kept = _visible(request, partnership, quarter)
    if not kept.is_sealed:
        raise Http404
    name = f"{partnership}-{quarter}-version-{kept.heading().version}-seal.json"
    return FileResponse((kept.folder / SEAL).open("rb"), as_attachment=True, filename=name)


@require_http_methods(["GET", "HEAD", "POST"])
@hashes_a_file
def verify(request: HttpRequest, *, refused: str) -> HttpResponse:
    """Say which edition a file or a hash is of, and whether it is as it was signed."""
    sent = request.method == "POST"
    if sent and not consume(request, action="verify"):
        return render(request, "verify_too_often.html", status=429)
    form = VerifyForm(data=request.POST if sent else None, files=request.FILES if sent else None)
    found = None
    if sent:
        if refused:
            form.errors.pop("__all__", None)
            form.add_error("file", refused)
        elif form.is_valid():
            found = _verified(request, form)
    address = _address(found.kept) if found and found.kept else ""
    return render(request, "verify.html", {"form": form, "found": found, "address": address})


@require_safe
def chart(request: HttpRequest, partnership: str, quarter: str, name: str) -> HttpResponse:
    """The picture of one measure."""
    kept = _visible(request, partnership, quarter)
    try:
        return HttpResponse(kept.chart(name), content_type="image/svg+xml")
    except FileNotFoundError:
        raise Http404 from None


@require_safe
def download(request: HttpRequest, partnership: str, quarter: str, ending: str) -> FileResponse:
    """The edition as one file."""
    kept = _visible(request, partnership, quarter)
    file = kept.folder / f"edition.{ending}"
    if ending not in _ENDINGS or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), as_attachment=True, filename=f"{partnership}-{quarter}.{ending}")


@require_safe
def edition_style(_request: HttpRequest) -> HttpResponse:
    """The style sheet of editions, which the room of reports keeps beside its templates."""
    return HttpResponse(style_of_edition(), content_type="text/css")


def archive() -> Path:
    """Where this workspace keeps its editions."""
    return Home(settings.QUARTERDAY_HOME).editions


@lru_cache(maxsize=1024)
def _fragment(kept: Kept, _written: int, state: str, partnership: str, quarter: str) -> str:
    """The edition as part of a page, made once for as long as it is not written again; 32 kB each."""

    def picture(shown: Chart) -> str:
        return reverse("chart", args=[partnership, quarter, shown.name])

    # What was signed says so of itself; how far it has come since stands beside it.
    return to_fragment(replace(kept.document(), state=state), picture=picture)


def _visible(request: HttpRequest, partnership: str, quarter: str) -> Kept:
    try:
        kept = edition_visible_to(request.user, archive(), partnership=partnership, quarter=quarter)
    except InputError as error:
        raise Http404(str(error)) from None
    if not is_for_anyone(paper_of(kept)):
        security_log.read(request)
    return kept


def _verified(request: HttpRequest, form: VerifyForm) -> Verified | None:
    """What was found; nothing where the form says what is wrong with it."""
    sent = form.hashed
    digest = sent.digest if sent else form.cleaned_data["digest"]
    try:
        return verified_for(
            request.user,
            archive(),
            digest,
            called=str(sent.name) if sent else "",
            claims=claim_of(sent.beginning) if sent else "",
        )
    except InputError as error:
        for fault in error.faults:
            form.add_error("digest", fault)
        return None


def _version(request: HttpRequest, partnership: str, quarter: str, version: int) -> tuple[Kept, Document]:
    for kept, document in versions_visible_to(request.user, archive(), partnership=partnership, quarter=quarter):
        if document.version == version:
            if not is_for_anyone(paper_of(kept)):
                security_log.read(request)
            return kept, document
    raise Http404


def _versions(request: HttpRequest, partnership: str, quarter: str, shown: int) -> list[dict[str, Any]]:
    """The other versions of an edition, each with the address at which the two are compared."""
    if len(list(kept_versions(archive(), partnership, quarter))) == 1:
        return []
    found = versions_visible_to(request.user, archive(), partnership=partnership, quarter=quarter)
    return [
        {
            "version": document.version,
            "state": kept.state,
            "address": _address(kept),
            "compare": reverse("compare", args=[partnership, quarter, *sorted((document.version, shown))]),
        }
        for kept, document in found
        if document.version != shown
    ]


def _hash(kept: Kept) -> str:
    try:
        sealed = seal_in(kept.folder)
    except InputError:
        return ""
    return sealed.hash if sealed else ""


def _address(kept: Kept) -> str:
    return reverse("edition", args=[kept.folder.parent.name, kept.folder.name])


def _files(kept: Kept) -> list[dict[str, str]]:
    """The formats that the edition was written in, with their addresses."""
    names = [kept.folder.parent.name, kept.folder.name]
    return [
        {"name": name, "address": reverse("download", args=[*names, ending])}
        for ending, name in _ENDINGS.items()
        if (kept.folder / f"edition.{ending}").is_file()
    ]
