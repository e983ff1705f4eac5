"""A table as cells that know their place, from a CSV file or from a sheet of a workbook."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.sources.cells import column_letters
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile, read_rows
from quarterday.sources.opendocument import Cell
from quarterday.sources.workbook import open_workbook

SHEET = "data"
MOST_CELLS = 200_000
_LONGEST_SHOWN = 60  # characters
_LOOKED_AT = 16 * 1024 * 1024  # bytes of a part of a workbook at a time
_OVERLAP = 64 * 1024  # bytes that are looked at twice, so that no formula is cut in two
# A cell whose formula nobody has worked out: in .xlsx nothing stands between the formula's end and the cell's, in .ods
# the cell has no type.
_NOT_WORKED_OUT = re.compile(
    rb"<(?:\w+:)?c\b[^<>]*>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*</(?:\w+:)?c>"
    rb"|<table:table-cell\b(?=[^<>]*>)(?![^<>]*value-type)[^<>]*table:formula"
)
# One whose formula failed; it is read as empty.
_FAILED = re.compile(rb"""<(?:\w+:)?c\b(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*>""")
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]+[0-9]+)""")
_RAISED = re.compile(rb"""(?:\bvertAlign\s+val|text-position)\s*=\s*["']super""")


@dataclass(frozen=True, slots=True)
class GridCell:
    """What one cell holds, and where it stands, both numbers from 1."""

    row: int
    column: int
    content: Cell

    @property
    def text(self) -> str:
        """The content as text; see ``text_of``."""
        return text_of(self.content)

    @property
    def shown(self) -> str:
        """The text as faults quote it: cut where it is long."""
        return repr(self.text if len(self.text) <= _LONGEST_SHOWN else f"{self.text[:_LONGEST_SHOWN]}…")

    @property
    def place(self) -> str:
        """Where a spreadsheet program shows it."""
        return f"row {self.row}, column {column_letters(self.column)}"


Line = Sequence[GridCell]
Row = tuple[int, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that hold something, all of one length, and what faults call the place where they stand.

    ``widths`` are the numbers of cells that the rows of a CSV file have; none for a workbook, whose rows have no
    ends. ``raised`` says whether the workbook has raised characters: they are read as plain ones. ``others`` names
    the sheets that were not read.
    """

    place: str
    lines: tuple[Line, ...]
    widths: tuple[int, ...] = ()
    raised: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedSheet:
    """A workbook's sheet: what faults call it, its rows that hold something, and the names of the other sheets."""

    place: str
    rows: Iterator[Row]
    others: tuple[str, ...]


def text_of(content: Cell) -> str:
    """The text without white space about it; 2011.0, as workbooks keep whole numbers, is ``2011``."""
    if isinstance(content, float):
        return f"{content:.0f}" if content.is_integer() else repr(content)
    if isinstance(content, datetime):
        return content.date().isoformat()
    return content.isoformat() if isinstance(content, date) else str(content).strip()


def read_grid(file: InputFile, *, faults: Faults) -> Grid:
    """The rows of a CSV file, or of a workbook's sheet called data, else of its first."""
    if not file.is_workbook:
        rows = _bounded(read_rows(file, faults=faults), place=file.name)
        return Grid(file.name, _lines(rows), widths=tuple(len(cells) for _, cells in rows))
    sheet = wanted_sheet(file)
    rows = _bounded(sheet.rows, place=sheet.place)
    refuse_unworked(file)
    return Grid(sheet.place, _lines(rows), raised=_has_raised(file), others=sheet.others)


def wanted_sheet(file: InputFile) -> WantedSheet:
    """The sheet called data, else the first one."""
    workbook = open_workbook(file)
    name = next((name for name in workbook.names if key_of(name) == SHEET), workbook.names[0])
    others = tuple(other for other in workbook.names if other != name)
    return WantedSheet(f"{file.name}, sheet {name!r}", workbook.rows(name), others)


def turned(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Columns as rows, each cell still with its own place."""
    return tuple(zip(*lines, strict=True))


def _bounded(rows: Iterable[Row], *, place: str) -> list[Row]:
    kept: list[Row] = []
    width = 0
    for row in rows:
        if not any(map(text_of, row[1])):
            continue
        kept.append(row)
        width = max(width, len(row[1]))
        if width * len(kept) > MOST_CELLS:
            raise InputError(
                f"{place}: the table spans more than {MOST_CELLS:,} cells, which none that people lay out does. Delete "
                "what lies about it, or split it."
            )
    return kept


def _lines(rows: Sequence[Row]) -> tuple[Line, ...]:
    width = max((len(cells) for _, cells in rows), default=0)
    return tuple(
        tuple(
            GridCell(number, column, content)
            for column, content in enumerate([*cells, *[""] * (width - len(cells))], start=1)
        )
        for number, cells in rows
    )


def refuse_unworked(file: InputFile, *, failed: bool = False) -> None:
    """Refuse formulas that nobody worked out, since they are read as empty; with ``failed`` also those that failed."""
    kinds = [(_NOT_WORKED_OUT, "has never been worked out"), *([(_FAILED, "failed")] if failed else [])]
    faults = Faults()
    for _, piece in _pieces(file):
        for pattern, what in kinds:
            if found := pattern.search(piece):
                place = _PLACE.search(found[0])
                where = f" in cell {place[1].decode()}" if place else ""
                faults.add(
                    f"{file.name}: a formula{where} {what}, so there is no number to read. Open the workbook in a "
                    "spreadsheet program, see to it, and save it there."
                )
    faults.refuse_any()


def _has_raised(file: InputFile) -> bool:
    return any(_RAISED.search(piece) for name, piece in _pieces(file) if not name.endswith("styles.xml"))


def _pieces(file: InputFile) -> Iterator[tuple[str, bytes]]:
    """The workbook's parts piece by piece, each with the end of the one before."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            for name in archive.namelist():
                with archive.open(name) as part:
                    before = b""
                    for piece in iter(partial(part.read, _LOOKED_AT), b""):
                        yield name, before + piece
                        before = piece[-_OVERLAP:]
    except Exception as error:  # as many kinds as there are ways to damage an archive
        raise InputError(f"{file.name}: the workbook is damaged ({error}); save it anew.") from error
