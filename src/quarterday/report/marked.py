"""A checked report for a person: a list in plain text, data, or a copy of the report with its claims marked."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from quarterday.domain.checked_report import CheckedReport, Finding, ReportFinding
from quarterday.domain.claim import Verdict
from quarterday.domain.printed import PrintedCell, PrintedTable

_WORDS = {
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.SUPPORTED: "Supported",
    Verdict.NOT_CHECKABLE: "Cannot be checked",
}
_SIGNS = {Verdict.CONTRADICTED: "✗", Verdict.SUPPORTED: "✓", Verdict.NOT_CHECKABLE: "?"}
_ORDER = (Verdict.CONTRADICTED, Verdict.NOT_CHECKABLE, Verdict.SUPPORTED)
_ARITHMETIC = frozenset(Finding)
_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, and the number of the finding that it carries, from 1; 0 where it carries none."""

    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell as the page lays it out: once, over so many columns and rows."""

    cell: PrintedCell
    columns: int
    rows: int


def to_text(checked: CheckedReport) -> str:
    """What a person should act on first; then what is supported, and why the rest cannot be checked."""
    return "\n".join(_text(checked)) + "\n"


def as_data(checked: CheckedReport) -> dict[str, object]:
    """The same as data, every finding with its place in the text."""
    return {
        "report": checked.report.name,
        "counted": dict(checked.counted),
        "findings": [asdict(finding) for finding in checked.findings],
        "worth_a_look": [asdict(finding) for finding in checked.to_look_at],
        "assumptions": list(checked.assumptions),
        "unread": list(checked.unread),
        "notes": list(checked.report.notes),
    }


def to_marked_html(checked: CheckedReport) -> str:
    """A copy of the report as one page that needs nothing else; all that the report says is escaped."""
    ordered = [finding for verdict in _ORDER for finding in checked.of(verdict)]
    numbers = {id(finding): number for number, finding in enumerate(ordered, start=1)}
    by_place: dict[str, list[ReportFinding]] = {}
    for finding in checked.findings:
        by_place.setdefault(finding.place, []).append(finding)

    def segments(text: str, place: str) -> list[Segment]:
        return list(_segments(text, [(finding, numbers[id(finding)]) for finding in by_place.get(place, ())]))

    style = "".join(files("quarterday.report").joinpath("templates", name).read_text("utf-8") for name in _STYLES)
    return (
        _environment()
        .get_template("marked.html.jinja")
        .render(
            checked=checked,
            numbered=list(enumerate(ordered, start=1)),
            segments=segments,
            laid_out=_laid_out,
            is_table=lambda block: isinstance(block, PrintedTable),
            summary=_summary(checked),
            words=_WORDS,
            signs=_SIGNS,
            style=Markup(style),  # noqa: S704 - our own style sheets
        )
    )


_STYLES = ("page.css", "edition.css", "marked.css")


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("quarterday.report"), autoescape=True, undefined=StrictUndefined)


def _segments(text: str, findings: Sequence[tuple[ReportFinding, int]]) -> Iterator[Segment]:
    """The text cut at the findings in it; of two that overlap the first is marked."""
    at = 0
    for finding, number in sorted(findings, key=lambda item: item[0].start):
        if finding.start < at or finding.end <= finding.start:
            continue
        yield Segment(text[at : finding.start])
        yield Segment(text[finding.start : finding.end], number)
        at = finding.end
    yield Segment(text[at:])


def _laid_out(table: PrintedTable) -> list[list[PlacedCell]]:
    """Each cell in the row in which it begins; a merged one with how far it reaches."""
    rows: list[list[PlacedCell]] = []
    met: set[str] = set()
    for number, row in enumerate(table.rows):
        line = []
        for cell, run in groupby(row):
            columns = len(list(run))
            if cell.text and cell.place in met:
                continue
            met.add(cell.place)
            down = 1
            while cell.text and number + down < len(table.rows) and cell in table.rows[number + down]:
                down += 1
            line += [PlacedCell(cell, columns, down)] if cell.text else [PlacedCell(cell, 1, 1)] * columns
        rows.append(line)
    return rows


# --- plain text


def _text(checked: CheckedReport) -> Iterator[str]:
    yield _summary(checked)
    for finding in checked.contradicted:
        yield ""
        yield f"CONTRADICTED  {_where(finding)}"
        yield f"  {_quoted(finding)}"
        yield f"  {finding.why}"
    if checked.to_look_at:
        yield ""
        yield "Worth a look:"
        yield from (f"  {finding.place}: {_quoted(finding)} {finding.why}" for finding in checked.to_look_at)
    supported = [finding for finding in checked.of(Verdict.SUPPORTED) if finding.kind not in _ARITHMETIC]
    if supported:
        yield ""
        yield "Supported:"
        for place, found in groupby(supported, key=_where):
            yield f"  {place}: {', '.join(map(_quoted, found))}"
    open_ones = checked.of(Verdict.NOT_CHECKABLE)
    if open_ones:
        yield ""
        yield "Cannot be checked:"
        for place, group in groupby(open_ones, key=_where):
            yield f"  {place}:"
            yield from (f"    {_quoted(finding)} {_reason(finding)}" for finding in group)
    for sentence in (*checked.assumptions, *checked.unread, *checked.report.notes):
        yield ""
        yield sentence


def _summary(checked: CheckedReport) -> str:
    counted = checked.counted
    looked = ", ".join(f"{number:,} {_one(what) if number == 1 else what}" for what, number in counted.items())
    sums = sum(finding.kind in _ARITHMETIC for finding in checked.of(Verdict.SUPPORTED))
    claims = len(checked.of(Verdict.SUPPORTED)) - sums
    return (
        f"{checked.report.name}: {looked}. {len(checked.contradicted)} contradicted; supported: {claims} in words, "
        f"{sums} in tables; {len(checked.of(Verdict.NOT_CHECKABLE))} cannot be checked."
    )


def _one(what: str) -> str:
    return what.replace("cells", "cell").removesuffix("s") if what != "cells of arithmetic" else "cell of arithmetic"


def _reason(finding: ReportFinding) -> str:
    """Why a claim cannot be checked, below a heading that says that it cannot."""
    why = finding.why.removeprefix("This cannot be checked: ")
    return f"{why[:1].upper()}{why[1:]}"


def _where(finding: ReportFinding) -> str:
    return f"{finding.place} ({finding.measure})" if finding.measure else finding.place


def _quoted(finding: ReportFinding) -> str:
    quote = " ".join(finding.quote.split())
    return f"“{quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE] + '…'}”"
