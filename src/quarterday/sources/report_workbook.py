"""A report as a workbook: each sheet's rows as tables, and rows of one text as paragraphs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from quarterday.domain.period import MONTH_NAMES
from quarterday.domain.printed import PrintedCell, PrintedReport
from quarterday.sources.cells import column_letters
from quarterday.sources.files import InputFile
from quarterday.sources.grid import Row, refuse_unworked, text_of
from quarterday.sources.opendocument import Cell, PerCent
from quarterday.sources.report_parts import ReportParts, damage_told, tidy
from quarterday.sources.report_per_cents import Shown, per_cents_of
from quarterday.sources.workbook import open_workbook

_SIGNIFICANT = 12  # digits of a number: what lies beyond is how machines keep it


def read_workbook_report(file: InputFile) -> PrintedReport:
    """The blocks of an .xlsx or .ods file, sheet by sheet; formulas that were never worked out are a fault."""
    parts = ReportParts(file.name)
    with damage_told(file.name, kind="workbook"):
        workbook = open_workbook(file)
        refuse_unworked(file)
        per_cents = per_cents_of(file)
        for name in workbook.names:
            parts.add_passage(name, f"sheet {name}", is_heading=True)
            for run in _runs(_as_shown(workbook.rows(name), per_cents.get(name, {}))):
                _add(run, parts, sheet=name)
    return parts.report()


def _as_shown(rows: Iterator[Row], per_cents: Shown) -> Iterator[Row]:
    """The rows, their numbers that are shown in per cent so."""
    for number, cells in rows:
        yield (
            number,
            [
                PerCent(content, decimals=per_cents[number, at])
                if (number, at) in per_cents and isinstance(content, float)
                else content
                for at, content in enumerate(cells)
            ],
        )


@dataclass(slots=True)
class _Run:
    """Rows that follow each other without an empty one between."""

    rows: list[Row] = field(default_factory=list)

    @property
    def columns(self) -> set[int]:
        return {at for _, cells in self.rows for at, cell in enumerate(cells) if shown(cell)}


def _runs(rows: Iterator[Row]) -> Iterator[_Run]:
    """The rows between empty ones; rows of one cell above or below a table stand by themselves."""
    run, last = _Run(), 0
    for number, cells in rows:
        if not any(map(shown, cells)):
            continue
        alone = sum(bool(shown(cell)) for cell in cells) == 1
        was_alone = bool(run.rows) and len(run.columns) == 1
        if run.rows and (number != last + 1 or was_alone != alone) and not (alone and number == last + 1):
            yield run
            run = _Run()
        run.rows.append((number, cells))
        last = number
    if run.rows:
        yield run


def _add(run: _Run, parts: ReportParts, *, sheet: str) -> None:
    place = f"sheet {sheet}"
    if len(run.columns) == 1:
        for number, cells in run.rows:
            parts.add_passage(" ".join(map(shown, cells)), f"{place}, row {number}")
        return
    first, last = min(run.columns), max(run.columns)
    rows = [[_cell(cells, at, f"{place}, row {number}") for at in range(first, last + 1)] for number, cells in run.rows]
    parts.add_placed(rows, f"{place}, rows {run.rows[0][0]} to {run.rows[-1][0]}")


def _cell(cells: Sequence[Cell], at: int, place: str) -> PrintedCell:
    content = cells[at] if at < len(cells) else ""
    return PrintedCell(tidy(shown(content)), f"{place}, column {column_letters(at + 1)}")


def shown(content: Cell) -> str:
    """The cell as text; a date that is the first of a month is that month, which is how programs keep ``Apr 2012``."""
    if isinstance(content, date):
        return f"{MONTH_NAMES[content.month - 1]} {content.year}" if content.day == 1 else text_of(content)
    if isinstance(content, bool):
        return "Yes" if content else "No"
    if isinstance(content, PerCent):
        return f"{100 * content:.{content.decimals}f}%"
    if isinstance(content, float) and not content.is_integer():
        return f"{content:.{_SIGNIFICANT}g}"
    return text_of(content)
