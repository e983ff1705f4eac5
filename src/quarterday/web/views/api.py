"""The page that tells people of the API: every call, from the same description that programs read."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quarterday.web.api.calls import api


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every call: what it answers, and what it is told."""
    described = api.get_openapi_schema()
    shown = {"calls": list(_calls(described)), "a_minute": settings.QUARTERDAY_API_CALLS}
    return render(request, "api/api.html", shown)


def _calls(described: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for address, methods in described["paths"].items():
        call = methods["get"]
        yield {
            "address": address,
            "name": call["operationId"],
            "answers": call["description"],
            "scope": call["x-scope"],
            "for_anyone": {} in call["security"],
            "told": [_told(parameter) for parameter in call.get("parameters", ())],
        }


def _told(parameter: Mapping[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    default = schema.get("default")
    return {
        "name": parameter["name"],
        "meaning": schema.get("description", ""),
        "default": "" if default is None else default,
        "most": schema.get("maximum") or next((each.get("maximum") for each in schema.get("anyOf", ())), ""),
    }
