"""Editions: the list and each of them, for those who may open it."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from quarterday.domain.faults import InputError
from quarterday.editions.archive import Kept
from quarterday.editions.home import Home
from quarterday.editions.rights import edition_visible_to, editions_visible_to
from quarterday.people.rules import Owner
from quarterday.report.document import Chart, Document
from quarterday.report.html import edition_style as style_of_edition
from quarterday.report.html import to_fragment

_ENDINGS = {"html": "Web page", "pdf": "PDF", "json": "JSON"}


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """Every edition that the viewer may open."""
    editions, damaged = [], []
    for kept, document in editions_visible_to(request.user, archive()):
        if document is None:
            damaged.append(f"{kept.folder.parent.name}, {kept.folder.name}")
        else:
            editions.append({"document": document, "address": _address(kept), "files": _files(kept)})
    is_owner = isinstance(request.user, Owner)
    return render(request, "editions.html", {"editions": editions, "damaged": damaged, "is_owner": is_owner})


@require_safe
def edition(request: HttpRequest, partnership: str, quarter: str) -> HttpResponse:
    """One edition."""
    kept, document = _visible(request, partnership, quarter)

    def picture(shown: Chart) -> str:
        return reverse("chart", args=[partnership, quarter, shown.name])

    fragment = mark_safe(to_fragment(document, picture=picture))  # noqa: S308 - written by our own template, which escapes
    return render(request, "edition.html", {"document": document, "fragment": fragment, "files": _files(kept)})


@require_safe
def chart(request: HttpRequest, partnership: str, quarter: str, name: str) -> HttpResponse:
    """The picture of one measure."""
    kept, _ = _visible(request, partnership, quarter)
    try:
        return HttpResponse(kept.chart(name), content_type="image/svg+xml")
    except FileNotFoundError:
        raise Http404 from None


@require_safe
def download(request: HttpRequest, partnership: str, quarter: str, ending: str) -> FileResponse:
    """The edition as one file."""
    kept, _ = _visible(request, partnership, quarter)
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


def _visible(request: HttpRequest, partnership: str, quarter: str) -> tuple[Kept, Document]:
    try:
        return edition_visible_to(request.user, archive(), partnership=partnership, quarter=quarter)
    except InputError as error:
        raise Http404(str(error)) from None


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
