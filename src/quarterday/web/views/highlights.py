"""Highlights and issues for the board: raised, decided, carried forward, closed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from quarterday.people.rules import READ, WRITE, may
from quarterday.plan.choices import FROZEN
from quarterday.plan.meanwhile import mark_of
from quarterday.plan.models import Edition, Highlight, Partnership
from quarterday.plan.write_editions import quarter_of
from quarterday.plan.write_highlights import (
    Said,
    are_words_fixed,
    highlight_change,
    highlight_raise,
    highlights_of,
    raised_in,
)
from quarterday.web.forms_projects import HighlightChangeForm, HighlightForm, keep
from quarterday.web.views.doors import quarter_page, signed_in
from quarterday.web.views.projects import back_to, place_of

_READ_OR_WRITE = ("GET", "HEAD", "POST")


@require_safe
@quarter_page(READ)
def highlights(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Those of this quarter, and what earlier ones left open."""
    rows = [(row, raised_in(row)) for row in highlights_of(partnership, quarter_of(edition))]
    shown = {"rows": rows, "writes": may(request.user, WRITE, partnership) and edition.state not in FROZEN}
    return render(request, "highlights/highlights.html", place_of(partnership, edition) | shown)


@require_http_methods(_READ_OR_WRITE)
@quarter_page(WRITE)
def raise_highlight(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """A new one."""
    form = HighlightForm(data=request.POST or None, partnership=partnership)

    def write(said: dict[str, Any]) -> None:
        highlight_raise(partnership, quarter_of(edition), _said(form, said), by=signed_in(request))

    if request.method == "POST" and keep(form, write):
        messages.success(request, f"The {form.cleaned_data['kind']} was raised.")
        return back_to("highlights", partnership, edition)
    return render(request, "highlights/raise.html", place_of(partnership, edition) | {"form": form})


@require_http_methods(_READ_OR_WRITE)
@quarter_page(WRITE)
def change_highlight(request: HttpRequest, partnership: Partnership, edition: Edition, highlight: int) -> HttpResponse:
    """Other words, what the board decided, or that it is closed."""
    held = _highlight(partnership, edition, highlight)
    words_fixed = are_words_fixed(held, edition)
    about = f"project-{held.project_id}" if held.project_id else f"measure-{held.measure_id}" if held.measure_id else ""
    initial = {name: getattr(held, name) for name in ("kind", "text", "decision", "state")}
    form = HighlightChangeForm(
        data=request.POST or None,
        partnership=partnership,
        words_fixed=words_fixed,
        initial={**initial, "about": about, "seen": mark_of([held])},
    )

    def write(said: dict[str, Any]) -> None:
        highlight_change(held, quarter_of(edition), _said(form, said), seen=said["seen"], by=signed_in(request))

    if request.method == "POST" and keep(form, write, mark=lambda: mark_of([held])):
        messages.success(request, "It was kept.")
        return back_to("highlights", partnership, edition)
    shown = {"form": form, "highlight": held, "words_fixed": words_fixed, "raised": raised_in(held)}
    return render(request, "highlights/change.html", place_of(partnership, edition) | shown)


def _said(form: HighlightForm, said: dict[str, Any]) -> Said:
    return Said(
        kind=said["kind"],
        text=said["text"],
        project=form.projects.get(said["about"]),
        measure=form.measures.get(said["about"]),
        **{name: said[name] for name in ("state", "decision") if name in said},
    )


def _highlight(partnership: Partnership, edition: Edition, key: int) -> Highlight:
    """One of those that the quarter's page shows."""
    for row in highlights_of(partnership, quarter_of(edition)):
        if row.pk == key:
            return row
    raise Http404
