"""The door of every page of a partnership: who may not know of it finds nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from quarterday.domain.area import slug
from quarterday.people.models import Person
from quarterday.people.rules import ADMINISTER, may, partnerships_visible_to
from quarterday.plan.models import Edition, Partnership
from quarterday.plan.write_editions import quarter_of
from quarterday.web import security_log

Page = Callable[..., HttpResponse]


def partnership_page(do: str) -> Callable[[Page], Page]:
    """A page for those who may ``do`` that in the partnership whose slug stands in the address."""

    def guard(page: Page) -> Page:
        @wraps(page)
        @login_required
        def guarded(request: HttpRequest, partnership: str, **others: Any) -> HttpResponse:  # noqa: ANN401 - of the address
            found = _visible(request, partnership)
            if not may(request.user, do, found):
                raise PermissionDenied
            security_log.read(request)
            return page(request, found, **others)

        return guarded

    return guard


def administration_page(page: Page) -> Page:
    """A page for administrators."""

    @wraps(page)
    @login_required
    def guarded(request: HttpRequest, **others: Any) -> HttpResponse:  # noqa: ANN401 - of the address
        if not may(request.user, ADMINISTER):
            raise PermissionDenied
        return page(request, **others)

    return guarded


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in, as a page's door has made sure."""
    return request.user  # type: ignore[return-value]


def quarter_page(do: str) -> Callable[[Page], Page]:
    """A page of a quarter that was begun, which is given the latest version of its edition."""

    def guard(page: Page) -> Page:
        @wraps(page)
        @partnership_page(do)
        def guarded(request: HttpRequest, partnership: Partnership, quarter: str, **others: Any) -> HttpResponse:  # noqa: ANN401 - of the address
            return page(request, partnership, _latest_version(partnership, quarter), **others)

        return guarded

    return guard


def _latest_version(partnership: Partnership, quarter: str) -> Edition:
    for edition in Edition.objects.filter(partnership=partnership).order_by("-version"):
        if slug(quarter_of(edition).code) == quarter:
            return edition
    raise Http404


def _visible(request: HttpRequest, name: str) -> Partnership:
    for partnership in partnerships_visible_to(request.user):
        if slug(partnership.short_name) == name:
            return partnership
    raise Http404
