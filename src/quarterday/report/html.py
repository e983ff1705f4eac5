"""The document as a web page: one file that needs nothing else, or the part that goes inside another page."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from quarterday.domain.period import FINANCIAL_YEAR_STARTS, SHORT_MONTHS, Period
from quarterday.report.chart_csv import control_csv, ranked_csv, totals_csv
from quarterday.report.document import (
    Chart,
    CheckedQuote,
    Comment,
    ControlChart,
    ControlPoint,
    Document,
    DraftedSentence,
    FindingEntry,
    MeasureRow,
    MeasureTable,
    Span,
)

# From April to March, as the years in which the figures of months are shown.
MONTHS_OF_A_YEAR = (*SHORT_MONTHS[FINANCIAL_YEAR_STARTS - 1 :], *SHORT_MONTHS[: FINANCIAL_YEAR_STARTS - 1])


def to_html(document: Document, charts: Mapping[str, str], *, on_paper: bool = False) -> str:
    """The whole page as one file; ``charts`` holds an SVG for each chart's name.

    ``on_paper`` leaves out what nobody can open there: the figures of peers, which their picture prints, and files.
    """
    style = "".join(_template_text(name) for name in ("page.css", "edition.css", "print.css"))
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            document=document,
            picture=lambda chart: _data_address(charts[chart.name]),
            on_paper=on_paper,
            style=Markup(style),  # noqa: S704 - our own style sheets
        )
    )


def to_fragment(document: Document, *, picture: Callable[[Chart], str]) -> str:
    """The edition alone, for a page that brings its own head; ``picture`` gives the address of a chart."""
    return _environment().get_template("edition.html.jinja").render(document=document, picture=picture, on_paper=False)


def to_pictures(table: MeasureTable, row: MeasureRow, *, picture: Callable[[Chart], str]) -> str:
    """The pictures of one measure with the figures behind each, for a page that brings its own head and headings."""
    return _environment().get_template("measure.html.jinja").render(table=table, row=row, picture=picture)


def edition_style() -> str:
    """The style sheet that the fragment needs."""
    return _template_text("edition.css")


def _template_text(name: str) -> str:
    return files("quarterday.report").joinpath("templates", name).read_text("utf-8")


def _data_address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("quarterday.report"), autoescape=True, undefined=StrictUndefined)
    environment.filters["unbroken"] = _unbroken
    environment.filters["month"] = _month
    environment.globals.update(
        segments=_segments, numbers=_numbers, years=_years, months_of_a_year=MONTHS_OF_A_YEAR,
        control_file=lambda control: _file_address(control_csv(control)),
        ranked_file=lambda ranked: _file_address(ranked_csv(ranked)),
        totals_file=lambda table, row: _file_address(totals_csv(table, row)),
    )  # fmt: skip
    return environment


def _unbroken(label: str) -> str:
    """A column label that breaks into lines after its dash and nowhere else."""
    return label.replace(" ", "\N{NO-BREAK SPACE}").replace("-\N{NO-BREAK SPACE}", "- ")


def _segments(comment: Comment) -> Iterator[tuple[str, CheckedQuote | None]]:
    """The comment cut at the claims that the figures contradict."""
    place = 0
    for claim in comment.contradicted:
        yield comment.text[place : claim.start], None
        yield comment.text[claim.start : claim.end], claim
        place = claim.end
    yield comment.text[place:], None


def _numbers(row: MeasureRow, sentence: DraftedSentence) -> Iterator[tuple[str, Span | None, float | None]]:
    """The sentence cut at its numbers, each with where it comes from and what it is before it was rounded."""
    values = {(finding.kind, name): value for finding in row.findings for name, value in _values_of(finding).items()}
    place = 0
    for span in sentence.spans:
        yield sentence.text[place : span.start], None, None
        yield sentence.text[span.start : span.end], span, values.get((span.finding, span.value))
        place = span.end
    yield sentence.text[place:], None, None


def _values_of(finding: FindingEntry) -> dict[str, float | None]:
    """The finding's numbers by their names; a limit is called ``limits.rate.lower``."""
    ends = {
        f"limits.{name}.{end}": getattr(limits, end)
        for name, limits in finding.limits.items()
        for end in ("lower", "upper")
    }
    return {**finding.values, **ends}


def _month(code: str) -> str:
    """``Mar '12``, of a month's code."""
    return _month_of(code).for_table()


def _month_of(code: str) -> Period:
    year, month = code.split("-")
    return Period.month(int(year), int(month))


def _years(control: ControlChart) -> Iterator[tuple[str, list[ControlPoint | None]]]:
    """The points by financial years, twelve to each; ``None`` where the chart has none."""
    first = _month_of(control.first).first
    points = {first + point.place: point for point in control.points}
    start = first - (first - FINANCIAL_YEAR_STARTS + 1) % len(MONTHS_OF_A_YEAR)
    for april in range(start, first + control.months, len(MONTHS_OF_A_YEAR)):
        year = Period(april, len(MONTHS_OF_A_YEAR))
        yield year.code, [points.get(month.first) for month in year]


def _file_address(content: str) -> str:
    """A small file that the page carries in the link itself, so that it goes wherever the page goes."""
    return f"data:text/csv;charset=utf-8,{quote(content, safe=',')}"
