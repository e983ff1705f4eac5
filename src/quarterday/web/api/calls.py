"""The calls. What each answers is decided by the same rules as the pages."""

import math
import re
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Query
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.operation import Operation

import quarterday
from quarterday.commentary.draft import write
from quarterday.domain.area import key_of, slug
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code, read_period
from quarterday.editions.analyse import Analysis
from quarterday.editions.archive import DOCUMENT, Heading, Kept
from quarterday.editions.figures import ALWAYS, figures_held_for
from quarterday.editions.home import Home
from quarterday.editions.now import quarter_now
from quarterday.editions.rights import edition_visible_to, editions_visible_to
from quarterday.people.rules import Viewer, partnerships_read_by
from quarterday.people.tokens import Scope
from quarterday.plan import models
from quarterday.plan.selectors import plan_get
from quarterday.web.api import answers
from quarterday.web.api.access import ByToken, PerMinute

Thing = TypeVar("Thing")

_QUARTER: Final = re.compile(r"(\d{4})-(\d{2})-(q[1-4])")


class Api(NinjaAPI):
    """Calls go by the names of their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """What a call is called in the description."""
        return operation.view_func.__name__


api = Api(
    title="Quarterday",
    version=quarterday.__version__,
    description="The figures, findings, editions and plans of community safety partnerships.",
    docs_url=None,  # ours is quarterday.web.views.api
    urls_namespace="api",
    throttle=PerMinute(),
)


def _good_for(scope: Scope, *, anyone: bool = False) -> dict[str, Any]:
    """Who may call, in the call's declaration and in its description."""
    security: list[dict[str, list[str]]] = [{"ByToken": []}, *([{}] if anyone else [])]
    return {"auth": ByToken(scope, anyone=anyone), "openapi_extra": {"x-scope": scope.value, "security": security}}


_FAULTS = {400: answers.Faults, 401: answers.Faults, 403: answers.Faults, 404: answers.Faults, 429: answers.Faults}


@api.get("/figures", response={200: answers.Figures, **_FAULTS}, by_alias=True, **_good_for(Scope.FIGURES))
def figures(request: HttpRequest, wanted: Query[answers.FiguresWanted]) -> dict[str, Any]:
    """The figures held of a measure, in an area: of your partnerships' areas, and of their peers what they measure."""
    found = figures_held_for(
        _viewer(request),
        _home().warehouse(),
        measure=wanted.measure,
        area=wanted.area,
        within=_time(wanted.first, wanted.last),
        rolling=wanted.rolling,
    )
    return _part(request, wanted, "figures", found, _figure)


@api.get("/partnerships", response={200: answers.Partnerships, **_FAULTS}, **_good_for(Scope.PLAN))
def partnerships(request: HttpRequest, wanted: Query[answers.Page]) -> dict[str, Any]:
    """The partnerships that you read."""
    return _part(request, wanted, "partnerships", list(partnerships_read_by(_viewer(request))), _partnership)


@api.get("/partnerships/{partnership}/plan", response={200: dict[str, Any], **_FAULTS}, **_good_for(Scope.PLAN))
def plan(request: HttpRequest, partnership: answers.Slug) -> dict[str, Any]:
    """The plan of a partnership, with the keys that a plan file has; those that hold their defaults are left out."""
    held = _read(request, partnership)
    return plan_get(partnership=held.name).model_dump(mode="json", exclude_defaults=True)


@api.get(
    "/partnerships/{partnership}/quarters/{quarter}/findings",
    **_good_for(Scope.FINDINGS),
    response={200: answers.Findings, **_FAULTS},
)
def findings(
    request: HttpRequest,
    partnership: answers.Slug,
    quarter: answers.QuarterSlug,
    wanted: Query[answers.FindingsWanted],
) -> dict[str, Any]:
    """What the figures held show of a quarter, each finding with its method, as they and the plan are now."""
    now = quarter_now(_home(), _read(request, partnership), _quarter(quarter))
    found = [
        (analysis, finding)
        for name, analysis in now.analyses.items()
        if not wanted.measure or key_of(name) == key_of(wanted.measure)
        for finding in analysis.findings
    ]
    if not found:
        raise HttpError(404, f"no measure {wanted.measure!r} is in the plan; there are {', '.join(now.analyses)}.")
    return _part(request, wanted, "findings", found, _finding)


@api.get("/editions", response={200: answers.Editions, **_FAULTS}, **_good_for(Scope.EDITIONS, anyone=True))
def editions(request: HttpRequest, wanted: Query[answers.Page]) -> dict[str, Any]:
    """The editions that you may open: without a token, those that were published for anyone."""
    visible = editions_visible_to(_viewer(request), _home().editions)
    found = [(kept, heading) for kept, heading in visible if heading is not None]
    return _part(request, wanted, "editions", found, _edition)


@api.get(
    "/editions/{partnership}/{quarter}",
    **_good_for(Scope.EDITIONS, anyone=True),
    response={200: dict[str, Any], **_FAULTS},
    url_name="edition",
)
def edition(request: HttpRequest, partnership: answers.Slug, quarter: answers.QuarterSlug) -> HttpResponse:
    """The document of an edition, byte for byte as it is kept."""
    try:
        kept = edition_visible_to(_viewer(request), _home().editions, partnership=partnership, quarter=quarter)
    except InputError:
        raise HttpError(404, f"no edition of {partnership} for {quarter} is here for you to open.") from None
    return HttpResponse((kept.folder / DOCUMENT).read_bytes(), content_type="application/json")


def nothing(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 - the address, which is not repeated
    """What is asked for at an address that is none."""
    return _refusal(request, 404, ["there is no such call; see the page of the API for those that there are."])


def _viewer(request: HttpRequest) -> Viewer:
    return request.user  # as ByToken has set it


def _home() -> Home:
    return Home(settings.QUARTERDAY_HOME, engine=settings.QUARTERDAY_ENGINE)


def _read(request: HttpRequest, name: str) -> models.Partnership:
    for partnership in partnerships_read_by(_viewer(request)):
        if slug(partnership.short_name) == name:
            return partnership
    raise HttpError(404, f"no partnership {name!r} is here for you to read; see the call partnerships.")


def _time(first: str, last: str) -> Period:
    """From the start of the one to the end of the other."""
    start, end = (read_period(text) if text else ALWAYS for text in (first, last))
    if end.last < start.first:
        raise InputError(f"from is {first}, and to is {last}; the time must not end before it begins.")
    return Period.run(start, end)


def _quarter(name: str) -> Period:
    found = _QUARTER.fullmatch(name)
    if not found:
        raise HttpError(404, f"{name!r} is no quarter; wanted one such as 2011-12-q4.")
    return read_code(f"{found[1]}/{found[2]} {found[3]}")


def _part(
    request: HttpRequest,
    wanted: answers.Page,
    name: str,
    things: Sequence[Thing],
    as_data: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """The part of a list that is wanted, with the address of what follows."""
    end = wanted.offset + wanted.limit
    query = request.GET.copy()
    query["offset"] = str(end)
    following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}") if end < len(things) else ""
    return {name: [as_data(thing) for thing in things[wanted.offset : end]], "total": len(things), "next": following}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure,
        "area": figure.area,
        "period": figure.period.code,
        "value": figure.value,
        "status": [status.mark for status in figure.statuses],
        "note": figure.note,
        "releases": list(figure.releases),
        "parts": [part.code for part in figure.parts],
    }


def _finding(found: tuple[Analysis, Any]) -> dict[str, Any]:
    analysis, finding = found
    sentence = "" if finding.unavailable else write(analysis.measure, finding).text
    return finding.as_json() | {"sentence": sentence}


def _edition(found: tuple[Kept, Heading]) -> dict[str, Any]:
    kept, heading = found
    return {
        "partnership": heading.partnership,
        "quarter": heading.quarter_code,
        "version": heading.version,
        "state": kept.state,
        "marking": heading.marking,
        "built_at": heading.built_at,
        "document": reverse("api:edition", args=[kept.folder.parent.name, kept.folder.name]),
    }


def _partnership(row: models.Partnership) -> dict[str, Any]:
    return {"name": row.name, "short_name": row.short_name, "county": row.county, "slug": slug(row.short_name)}


# --- What is wrong, as sentences


def _refusal(request: HttpRequest, status: int, faults: Sequence[str]) -> HttpResponse:
    return api.create_response(request, {"faults": list(faults)}, status=status)


@api.exception_handler(InputError)
def _wrong(request: HttpRequest, error: InputError) -> HttpResponse:
    return _refusal(request, 400, error.faults)


@api.exception_handler(ValidationError)
def _misfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _refusal(request, 400, [_sentence(fault) for fault in error.errors])


def _sentence(fault: dict[str, Any]) -> str:
    said = str(fault["msg"])
    return f"{fault['loc'][-1]} is not as wanted: {said[:1].lower()}{said[1:]}. See the page of the API."


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    response = _refusal(request, error.status_code, [error.message])
    if error.status_code == 401:  # noqa: PLR2004 - not signed in
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Throttled)
def _too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    wait = math.ceil(error.wait or 1)
    response = _refusal(
        request, 429, [f"{settings.QUARTERDAY_API_CALLS} calls a minute are answered; go on in {wait} seconds."]
    )
    response["Retry-After"] = str(wait)
    return response


@api.exception_handler(Http404)
def _missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _refusal(request, 404, ["there is nothing there for you."])


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def _away(request: HttpRequest, _error: Exception) -> HttpResponse:
    return _refusal(request, 503, ["the database does not answer at the moment; try again in a few seconds."])
