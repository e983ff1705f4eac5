"""The county's priorities in one quarter."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quarterday.domain.faults import InputError
from quarterday.people.rules import READ, WRITE, may
from quarterday.plan.choices import FROZEN
from quarterday.plan.models import CountywidePriority, Edition, Partnership
from quarterday.plan.models.quarters import CELL_COLUMNS
from quarterday.plan.write_countywide import (
    mark_of_row,
    row_add,
    row_change,
    row_remove,
    rows_carry,
    rows_of_quarter,
    rows_to_carry,
)
from quarterday.plan.write_editions import quarter_of
from quarterday.web.forms_projects import CountywideForm, keep
from quarterday.web.views.doors import quarter_page, signed_in
from quarterday.web.views.projects import back_to, place_of

_READ_OR_WRITE = ("GET", "HEAD", "POST")


@require_safe
@quarter_page(READ)
def countywide(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """The table, and what the quarter before has besides."""
    quarter = quarter_of(edition)
    rows = []
    for row in rows_of_quarter(partnership, quarter):
        cells = {cell.column: cell for cell in row.cells.all()}
        rows.append((row, [cells[column] for column in CELL_COLUMNS]))
    shown = {
        "rows": rows,
        "to_carry": rows_to_carry(partnership, quarter),
        "before": quarter.shift(-quarter.months),
        "writes": may(request.user, WRITE, partnership) and edition.state not in FROZEN,
    }
    return render(request, "countywide/countywide.html", place_of(partnership, edition) | shown)


@require_http_methods(_READ_OR_WRITE)
@quarter_page(WRITE)
def add_row(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """A new row."""
    form = CountywideForm(data=request.POST or None)

    def write(said: dict[str, Any]) -> None:
        row_add(
            partnership, quarter_of(edition), priority=said["priority"], cells=form.cells(), comment=said["comment"],
            by=signed_in(request),
        )  # fmt: skip

    if request.method == "POST" and keep(form, write):
        messages.success(request, "The row was added.")
        return back_to("countywide", partnership, edition)
    return render(request, "countywide/row.html", place_of(partnership, edition) | {"form": form})


@require_POST
@quarter_page(WRITE)
def carry(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """Take over the rows of the quarter before."""
    try:
        carried = rows_carry(partnership, quarter_of(edition), by=signed_in(request))
        messages.success(request, f"Rows carried over: {len(carried)}. Look at each: they say what was true before.")
    except InputError as error:
        messages.error(request, " ".join(error.faults))
    return back_to("countywide", partnership, edition)


@require_http_methods(_READ_OR_WRITE)
@quarter_page(WRITE)
def change_row(request: HttpRequest, partnership: Partnership, edition: Edition, row: int) -> HttpResponse:
    """Another cell or comment."""
    held = _row(partnership, edition, row)
    form = CountywideForm(data=request.POST or None, row=held, initial={"seen": mark_of_row(held)})

    def write(said: dict[str, Any]) -> None:
        row_change(
            held, quarter_of(edition), cells=form.cells(), comment=said["comment"], seen=said["seen"],
            by=signed_in(request),
        )  # fmt: skip

    if request.method == "POST" and keep(form, write, mark=lambda: mark_of_row(held)):
        messages.success(request, f"{held.priority}: kept.")
        return back_to("countywide", partnership, edition)
    return render(request, "countywide/row.html", place_of(partnership, edition) | {"form": form, "row": held})


@require_http_methods(_READ_OR_WRITE)
@quarter_page(WRITE)
def remove_row(request: HttpRequest, partnership: Partnership, edition: Edition, row: int) -> HttpResponse:
    """Ask whether a row is to go, and remove it."""
    held = _row(partnership, edition, row)
    if request.method == "POST":
        try:
            row_remove(held, quarter_of(edition), by=signed_in(request))
            messages.success(request, f"{held.priority}: removed.")
        except InputError as error:
            messages.error(request, " ".join(error.faults))
        return back_to("countywide", partnership, edition)
    return render(request, "countywide/remove.html", place_of(partnership, edition) | {"row": held})


def _row(partnership: Partnership, edition: Edition, key: int) -> CountywidePriority:
    return get_object_or_404(CountywidePriority, pk=key, partnership=partnership, quarter=edition.quarter)
