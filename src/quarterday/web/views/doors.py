"""The door of every page of a partnership: who may not know of it finds nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from quarterday.domain.area import slug
from quarterday.people.rules import may, partnerships_visible_to
from quarterday.plan.models import Partnership

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
            return page(request, found, **others)

        return guarded

    return guard


def _visible(request: HttpRequest, name: str) -> Partnership:
    for partnership in partnerships_visible_to(request.user):
        if slug(partnership.short_name) == name:
            return partnership
    raise Http404
