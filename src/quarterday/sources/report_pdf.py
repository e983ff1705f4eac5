"""A report in PDF: its pages' texts and tables, told from where letters and ruled lines stand."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quarterday.domain.faults import InputError
from quarterday.domain.printed import PrintedCell, PrintedReport
from quarterday.sources.files import InputFile
from quarterday.sources.report_parts import ReportParts, Spanning, tidy
from quarterday.sources.report_pdf_layout import Cell, FoundTable, TextLine, Word, paragraphs_of, unwrapped
from quarterday.sources.report_pdf_pages import MOST_SECONDS

_PAGES = "quarterday.sources.report_pdf_pages"
_LONGEST_SHOWN = 200
_EDGE = 0.09  # of a page's height: where heads and feet of pages stand
_SAME_CUT = 5.0  # points
_LARGE = 1.15  # of the letters that most of the text is in: a heading


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    height: float
    lines: tuple[TextLine, ...]
    tables: tuple[FoundTable, ...]


def read_pdf(file: InputFile) -> PrintedReport:
    """The blocks of a .pdf file that holds text; one with a password, or of pictures, is an ``InputError``."""
    pages = [_page(number, content) for number, content in enumerate(_contents(file), start=1)]
    parts = ReportParts(file.name)
    _add_pages(_without_heads(pages), parts)
    return parts.report()


def _contents(file: InputFile) -> list[dict]:
    """What the other program says of the pages: it is ended where it takes too long."""
    command = [sys.executable, "-I", "-m", _PAGES]
    try:
        done = subprocess.run(  # noqa: S603 - a module of our own
            command, input=file.data, capture_output=True, timeout=2 * MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_long(file) from error
    if done.returncode:
        raise _too_long(file)
    answer = json.loads(done.stdout)
    if said := answer.get("too_much"):
        raise InputError(f"{file.name}: {said}.")
    if said := answer.get("damage"):
        came = " ".join(said.split())[:_LONGEST_SHOWN]
        hint = "save it without its password" if "assword" in came else "open it, print it to PDF anew, and check that"
        raise InputError(f"{file.name}: this PDF cannot be read ({came}); {hint}.")
    return answer["pages"]


def _too_long(file: InputFile) -> InputError:
    return InputError(
        f"{file.name}: this PDF takes over {MOST_SECONDS} seconds or too much memory to read; print it to PDF anew, "
        "and check that."
    )


def _page(number: int, content: dict) -> _Page:
    lines = tuple(TextLine((Word(*line),)) for line in content["lines"])
    return _Page(number, content["height"], lines, tuple(_table(**table) for table in content["tables"]))


def _table(*, rows: list, cuts: list[float], top: float, bottom: float) -> FoundTable:
    return FoundTable(tuple(tuple(Cell(**cell) for cell in row) for row in rows), tuple(cuts), top, bottom)


def _without_heads(pages: Sequence[_Page]) -> list[_Page]:
    """The pages without what stands at the edge of several of them, but for its numbers."""
    met = Counter(text for page in pages for text in {_shape(line) for line in page.lines if _at_edge(line, page)})
    return [
        _Page(
            page.number,
            page.height,
            tuple(line for line in page.lines if not (_at_edge(line, page) and met[_shape(line)] > 1)),
            page.tables,
        )
        for page in pages
    ]


def _shape(line: TextLine) -> str:
    return re.sub(r"\d+", "0", line.text)


def _at_edge(line: TextLine, page: _Page) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


def _add_pages(pages: Sequence[_Page], parts: ReportParts) -> None:
    sizes = Counter(round(line.size) for page in pages for line in page.lines for _ in line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    waiting: list[list[PrintedCell]] = []
    cuts: tuple[float, ...] = ()
    place = ""
    for page in pages:
        number = paragraphs = 0
        for block in _in_order(page):
            if isinstance(block, FoundTable):
                number += 1
                rows = _placed(block, f"page {page.number}, table {number}")
                if waiting and _continues(cuts, block, first=number == 1 and paragraphs == 0):
                    waiting += rows[1:] if _texts(rows[0]) == _texts(waiting[0]) else rows
                    continue
                parts.add_placed(waiting, place)
                waiting, cuts, place = rows, block.cuts, f"page {page.number}, table {number}"
            else:
                parts.add_placed(waiting, place)
                waiting = []
                paragraphs += 1
                is_heading = block[0].size >= _LARGE * usual
                parts.add_passage(
                    unwrapped(block), f"page {page.number}, paragraph {paragraphs}", is_heading=is_heading
                )
    parts.add_placed(waiting, place)


def _in_order(page: _Page) -> list[FoundTable | list[TextLine]]:
    """Tables and the paragraphs between them, from top to bottom."""
    blocks: list[FoundTable | list[TextLine]] = list(page.tables)
    edges = [float("-inf"), *(table.top for table in page.tables), float("inf")]
    for top, bottom in pairwise(edges):
        blocks += paragraphs_of([line for line in page.lines if top <= line.top < bottom])
    return sorted(blocks, key=lambda block: block.top if isinstance(block, FoundTable) else block[0].top)


def _placed(table: FoundTable, place: str) -> list[list[PrintedCell]]:
    """The table's cells at every position; ``ReportParts`` lays merged ones out."""
    laid_out = ReportParts(place)
    return [
        list(row)
        for row in laid_out.lay_out(
            [[Spanning(tidy(c.text), c.columns, c.rows) for c in row] for row in table.rows], place
        )
    ]


def _continues(cuts: Sequence[float], table: FoundTable, *, first: bool) -> bool:
    """Whether a table is the rest of the one at the end of the page before: its columns part at the same places."""
    return (
        first
        and len(cuts) == len(table.cuts)
        and all(abs(a - b) <= _SAME_CUT for a, b in zip(cuts, table.cuts, strict=True))
    )


def _texts(row: Sequence[PrintedCell]) -> list[str]:
    return [cell.text for cell in row]
