"""Measures of a quarter as the figures held have them now: the list, each of them, and where each number comes from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from quarterday.commentary.methods import methods_of
from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code
from quarterday.editions.comments import state_of
from quarterday.editions.home import Home
from quarterday.editions.now import Now, quarter_now
from quarterday.editions.trace import Trace
from quarterday.people.rules import READ, WRITE, may
from quarterday.plan.choices import FROZEN
from quarterday.plan.models import Edition, Measure, Partnership
from quarterday.plan.write_editions import quarter_of
from quarterday.report.chart import pictures_of
from quarterday.report.chart_sparkline import sparkline
from quarterday.report.document import Chart, MeasureRow, MeasureTable
from quarterday.report.html import to_pictures
from quarterday.sources.figures_csv import write_figures
from quarterday.sources.source_rows_csv import write_source_rows
from quarterday.web.views.doors import Page, quarter_page

_ROWS_ON_A_PAGE = 50
_LONGEST_PERIOD = 240  # months; a total of any that is asked for is worked out month by month


@dataclass(frozen=True)
class Here:
    """A measure in a quarter, as a page of it is asked for."""

    partnership: Partnership
    edition: Edition
    measure: Measure
    now: Now

    @property
    def names(self) -> list[str]:
        """The partnership and the quarter as addresses have them."""
        return names_of(self.partnership, self.edition)

    def address(self, page: str, **others: str) -> str:
        """The address of one of the measure's pages."""
        kwargs = dict(zip(("partnership", "quarter"), self.names, strict=True)) | {"measure": self.measure.pk} | others
        return reverse(page, kwargs=kwargs)

    def source(self, page: str, period: str) -> str:
        """The address of a page on where a total comes from, by its period's code."""
        return f"{self.address(page)}?{urlencode({'period': period})}"

    @property
    def row(self) -> tuple[MeasureTable, MeasureRow]:
        """The measure's row in the document, with its table."""
        return self.now.row(self.measure.name)

    @property
    def shown(self) -> dict[str, Any]:
        """What every page of a measure shows."""
        return {
            "partnership": self.partnership,
            "quarter": quarter_of(self.edition),
            "measure": self.measure,
            "caveats": self.now.analyses[self.measure.name].measure.caveats,
            "list_address": reverse("measures", args=self.names),
            "address": self.address("measure"),
        }


def measure_page(do: str) -> Callable[[Page], Page]:
    """A page of one measure of a quarter that was begun; where nothing can be worked out, the list says why."""

    def guard(page: Page) -> Page:
        @wraps(page)
        @quarter_page(do)
        def guarded(  # noqa: ANN202 - HttpResponse, as the door has it
            request: HttpRequest,
            partnership: Partnership,
            edition: Edition,
            measure: int,
            **others: Any,  # noqa: ANN401 - of the address
        ):
            held = get_object_or_404(Measure, pk=measure, partnership=partnership)
            try:
                now = quarter_now(Home(settings.QUARTERDAY_HOME), partnership, quarter_of(edition))
            except InputError as error:
                messages.error(request, " ".join(error.faults))
                return HttpResponseRedirect(reverse("measures", args=names_of(partnership, edition)))
            if held.name not in now.analyses:
                raise Http404
            return page(request, Here(partnership, edition, held, now), **others)

        return guarded

    return guard


def names_of(partnership: Partnership, edition: Edition) -> list[str]:
    """The partnership and the quarter as addresses have them."""
    return [slug(partnership.short_name), slug(quarter_of(edition).code)]


@require_safe
@quarter_page(READ)
def measure_list(request: HttpRequest, partnership: Partnership, edition: Edition) -> HttpResponse:
    """The measures of each priority, with the verdict on each and the state of its comment."""
    shown = {
        "partnership": partnership,
        "edition": edition,
        "quarter": quarter_of(edition),
        "frozen": edition.state in FROZEN,
        "writes": may(request.user, WRITE, partnership) and edition.state not in FROZEN,
    }
    try:
        now = quarter_now(Home(settings.QUARTERDAY_HOME), partnership, quarter_of(edition))
    except InputError as error:
        return render(request, "measures/list.html", {**shown, "faults": error.faults})
    keys = dict(Measure.objects.filter(partnership=partnership).values_list("name", "pk"))
    priorities = [
        {
            "name": priority.name,
            "table": priority.measures,
            "rows": list(_rows(priority.measures, keys, names_of(partnership, edition))),
        }
        for priority in now.document.priorities
        if priority.measures
    ]
    return render(request, "measures/list.html", {**shown, "priorities": priorities})


def _rows(table: MeasureTable, keys: dict[str, int], names: list[str]) -> Iterator[dict[str, Any]]:
    for row in table.rows:
        if row.measure in keys:
            args = [*names, keys[row.measure]]
            yield {
                "row": row,
                "sparkline": _picture(sparkline([cell.value for cell in row.figures])),
                "verdict": row.findings[0].sentence,
                "state": state_of(row),
                "blocks": bool(row.comment and row.comment.contradictions),
                "address": reverse("measure", args=args),
                "comment": reverse("comment", args=args),
            }


@require_safe
@measure_page(READ)
def measure(request: HttpRequest, here: Here) -> HttpResponse:
    """One measure: its totals, pictures, findings, and all that was agreed about it."""
    table, row = here.row
    analysis = here.now.analyses[here.measure.name]

    def picture(chart: Chart) -> str:
        return here.address("measure-chart", name=chart.name)

    totals = [
        {"column": column, "cell": cell, "source": here.source("measure-source", column.period)}
        for column, cell in zip(table.columns, row.figures, strict=True)
    ]
    may_write = may(request.user, WRITE, here.partnership) and here.edition.state not in FROZEN
    shown = {
        **here.shown,
        "row": row,
        "totals": totals,
        "pictures": _picture(to_pictures(table, row, picture=picture)),
        "breaks": analysis.measure.breaks,
        "notes": analysis.notes,
        "methods": methods_of(analysis.findings),
        "releases": _releases(here.now, [name for figure in analysis.used for name in figure.releases]),
        "state": state_of(row),
        "comment_address": here.address("comment") if may_write else "",
        "figures_address": here.address("measure-figures"),
    }
    return render(request, "measures/measure.html", shown)


def _releases(now: Now, names: list[str]) -> list[Any]:
    wanted = set(names)
    return [release for release in now.warehouse.releases() if release.id in wanted]


def _picture(written: str) -> str:
    return mark_safe(written)  # noqa: S308 - written by our own templates and drawings, which escape


@require_safe
@measure_page(READ)
def chart(_request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """A picture of the measure."""
    drawn = dict(pictures_of(*here.row))
    if name not in drawn:
        raise Http404
    return HttpResponse(drawn[name], content_type="image/svg+xml")


@require_safe
@measure_page(READ)
def figures(_request: HttpRequest, here: Here) -> HttpResponse:
    """Every figure held of the measure, as a file to look at in a spreadsheet program."""
    holding, file = here.now.analyses[here.measure.name].holding, StringIO(newline="")
    held = holding.figures.values() if holding else ()
    write_figures(sorted(held, key=lambda each: (each.period.last, each.period.months)), file, to_look_at=True)
    return _file(file, f"{'-'.join(here.names)}-{slug(here.measure.name)}.csv")


@require_safe
@measure_page(READ)
def source(request: HttpRequest, here: Here) -> HttpResponse:
    """Where a total comes from: the figures that it was worked out from, their files, and the rows counted."""
    period = _period(request)
    traces = here.now.trace(here.measure.name, period)
    rows = [row for trace in traces for row in trace.rows]
    shown = {
        **here.shown,
        "period": period,
        "traces": [_trace(here, trace) for trace in traces],
        "releases": list(dict.fromkeys(release for trace in traces for release in trace.releases)),
        "rows": len(rows),
        "page": Paginator(rows, _ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "rows_address": here.source("measure-rows", period.code),
    }
    return render(request, "measures/source.html", shown)


def _trace(here: Here, trace: Trace) -> dict[str, Any]:
    parts = [
        {
            "figure": part,
            "origin": trace.origins.get(part.period, ""),
            "address": here.source("measure-source", part.period.code) if trace.figure.parts else "",
        }
        for part in trace.parts
    ]
    return {"figure": trace.figure, "parts": parts, "added": bool(trace.figure.parts)}


@require_safe
@measure_page(READ)
def rows(request: HttpRequest, here: Here) -> HttpResponse:
    """The rows behind a total, as a file to look at in a spreadsheet program."""
    period, file = _period(request), StringIO(newline="")
    write_source_rows((row for trace in here.now.trace(here.measure.name, period) for row in trace.rows), file)
    return _file(file, f"{'-'.join(here.names)}-{slug(here.measure.name)}-{slug(period.code)}-rows.csv")


def _period(request: HttpRequest) -> Period:
    try:
        period = read_code(request.GET.get("period", ""))
    except InputError as error:
        raise Http404(str(error)) from None
    if period.months > _LONGEST_PERIOD:
        raise Http404
    return period


def _file(content: StringIO, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
