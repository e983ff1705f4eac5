"""A report as plain text: paragraphs, and tables with tabs between their cells or as Markdown writes them."""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from quarterday.domain.faults import InputError
from quarterday.domain.printed import PrintedCell, PrintedReport
from quarterday.sources.files import InputFile
from quarterday.sources.report_parts import ReportParts, decoded, raised, tidy

_RAISED = re.compile(r"<sup>([^<>]{0,20})</sup>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:i|b|u|em|strong|sub|sup|span|small|p|br)\s*/?>", re.IGNORECASE)
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"#{1,6}\s+(?P<text>.*?)\s*#*")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|\*|__)(?=\S)([^*_\n]{1,200})(?<=\S)\1(?![\w*])")

_Line = tuple[int, str]  # its number, from 1, and its text


def read_text_report(file: InputFile) -> PrintedReport:
    """The blocks of a text: lines with tabs are rows of a table, as are those of a table in Markdown."""
    parts = ReportParts(file.name)
    text = decoded(file.data)
    if "\0" in text:
        raise InputError(
            f"{file.name} is no text; wanted a report, such as .txt with tabs between the cells of a table."
        )
    lines = list(enumerate(text.splitlines(), start=1))
    for kind, group in groupby(lines, key=_kind):
        run = list(group)
        if kind == "tabs":
            _table(parts, [(number, text.split("\t")) for number, text in run])
        elif kind == "bars" and len(run) > 1 and any(_is_rule(text) for _, text in run):
            _table(parts, [(number, _barred(text)) for number, text in run if not _is_rule(text)])
        elif kind != "blank":
            _paragraphs(parts, run)
    return parts.report()


def _kind(line: _Line) -> str:
    _, text = line
    if not text.strip():
        return "blank"
    if "\t" in text.strip() or text.startswith("\t") or text.rstrip(" ").endswith("\t"):
        return "tabs"
    return "bars" if "|" in text else "prose"


def _is_rule(text: str) -> bool:
    return "-" in text and bool(_RULE.fullmatch(text))


def _barred(text: str) -> list[str]:
    inner = text.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.replace("\\|", "|") for cell in _BAR.split(inner)]


def _table(parts: ReportParts, rows: Sequence[tuple[int, list[str]]]) -> None:
    place = f"lines {rows[0][0]} to {rows[-1][0]}" if len(rows) > 1 else f"line {rows[0][0]}"
    placed = [
        [
            PrintedCell(tidy(_plain(cell)), f"line {number}, column {column}")
            for column, cell in enumerate(cells, start=1)
        ]
        for number, cells in rows
    ]
    parts.add_placed(placed, f"the table in {place}")


def _paragraphs(parts: ReportParts, run: Sequence[_Line]) -> None:
    """Lines that follow each other are one paragraph; a heading of Markdown stands by itself."""
    for (number, text), is_heading in _joined(run):
        parts.add_passage(_plain(text), f"line {number}", is_heading=is_heading)


def _joined(run: Sequence[_Line]) -> Iterator[tuple[_Line, bool]]:
    gathered: list[_Line] = []
    for number, text in run:
        heading = _HEADING.fullmatch(text)
        if heading and gathered:
            yield (gathered[0][0], "\n".join(line for _, line in gathered)), False
            gathered = []
        if heading:
            yield (number, heading["text"]), True
        else:
            gathered.append((number, text))
    if gathered:
        yield (gathered[0][0], "\n".join(line for _, line in gathered)), False


def _plain(text: str) -> str:
    """The text without the marks that make letters slanted or heavy."""
    text = _RAISED.sub(lambda found: raised(found[1]), text)
    return html.unescape(_EMPHASIS.sub(r"\2", _TAG.sub("", text)))
