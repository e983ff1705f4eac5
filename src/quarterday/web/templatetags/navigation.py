"""The pages of a partnership, as its navigation lists them: those only that the viewer may open."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

from quarterday.domain.area import slug
from quarterday.people.rules import HISTORY, MANAGE, READ, rights_of
from quarterday.plan.models import Edition, Partnership

register = template.Library()


@dataclass(frozen=True)
class _Page:
    """A page: its words, what one must be allowed to open it, its name among the addresses, and whether of a quarter.

    ``also`` are the names of pages that lie within it.
    """

    words: str
    do: str
    name: str
    of_quarter: bool = False
    also: frozenset[str] = frozenset()


# In the order in which a quarter goes.
_PAGES = (
    _Page(
        "Quarter",
        READ,
        "quarter",
        of_quarter=True,
        also=frozenset({"preview", "due", "return", "sign", "correct", "acknowledge"}),
    ),
    _Page("Load data", READ, "loads", also=frozenset({"new-load", "load", "withdraw-load"})),
    _Page(
        "Measures",
        READ,
        "measures",
        of_quarter=True,
        also=frozenset({"measure", "measure-source", "comment", "comment-check"}),
    ),
    _Page("Plan", READ, "plan", also=frozenset({"bring-plan", "plan-file"})),
    _Page(
        "Projects",
        READ,
        "projects",
        of_quarter=True,
        also=frozenset(
            {
                "project",
                "project-add",
                "project-leads",
                "ask",
                "reminders",
                "update-add",
                "update-change",
                "action-add",
                "action-change",
                "figure-add",
                "figure-change",
            }
        ),
    ),
    _Page(
        "Countywide",
        READ,
        "countywide",
        of_quarter=True,
        also=frozenset({"countywide-add", "countywide-row", "countywide-remove"}),
    ),
    _Page("Highlights", READ, "highlights", of_quarter=True, also=frozenset({"highlight-add", "highlight"})),
    _Page("History", HISTORY, "history", also=frozenset({"change"})),
    _Page("People", MANAGE, "people", also=frozenset({"end-role"})),
)


@register.inclusion_tag("partnership_nav.html", takes_context=True)
def partnership_nav(context: dict[str, Any], partnership: Partnership) -> dict[str, Any]:
    """The pages of a partnership for whoever looks; those of a quarter are of the one in the address, or the latest."""
    request = context["request"]
    here = request.resolver_match
    quarter = here.kwargs.get("quarter") or _latest_quarter(partnership)
    name, may_here = slug(partnership.short_name), rights_of(request.user)
    pages = [
        {
            "words": page.words,
            "address": reverse(page.name, args=[name, quarter] if page.of_quarter else [name]),
            "current": "page" if here.url_name == page.name else "true" if here.url_name in page.also else "",
        }
        for page in _PAGES
        if (quarter or not page.of_quarter) and may_here(page.do, partnership)
    ]
    return {"partnership": partnership, "pages": pages}


def _latest_quarter(partnership: Partnership) -> str:
    edition = Edition.objects.filter(partnership=partnership).order_by("-quarter", "-version").first()
    return slug(edition.quarter.code) if edition else ""  # type: ignore[attr-defined]  # a column that holds a period
