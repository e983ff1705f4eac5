"""The rows of an extract, one at a time, with the mapped columns only: nothing else of a row leaves this module."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from operator import itemgetter

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile, cells_of, read_text
from quarterday.sources.grid import refuse_unworked, text_of, wanted_sheet
from quarterday.sources.opendocument import Cell

LONGEST_LINE = 1024 * 1024  # bytes

# A date where a workbook keeps it as one, else a text without white space about it.
ExtractCell = str | date


def extract_rows(
    file: InputFile, *, columns: Sequence[str], faults: Faults
) -> Iterator[tuple[int, tuple[ExtractCell, ...]]]:
    """Each row that holds something, with its number from 1 and its cells in the ``columns``, of which two are needed.

    The first row names the columns. A row with another number of cells than it is a fault, since its cells may stand
    under the wrong names. Faults never repeat what stands in a row: it may be anything.
    """
    rows = _workbook_rows(file) if file.is_workbook else _csv_rows(file, faults=faults)
    top, header = next(rows, (1, []))
    faults.refuse_any()
    wanted = itemgetter(*_positions(header, columns=columns, place=f"{file.name}, row {top}"))
    width = len(header)
    for number, cells in rows:
        if len(cells) == width:
            yield number, wanted(cells)
        else:
            faults.add(
                f"{file.name}, row {number}: there are {len(cells)} cells; wanted {width}, as in row {top}. A cell "
                "with a comma or a line break in it stands in quotation marks."
            )


def _positions(header: Sequence[Cell], *, columns: Sequence[str], place: str) -> list[int]:
    keys = [key_of(text_of(cell)) for cell in header]
    faults = Faults()
    for name in dict.fromkeys(columns):
        times = keys.count(key_of(name))
        if times != 1:
            came = f"the column {name!r} stands there {times} times" if times else f"there is no column {name!r}"
            faults.add(f"{place}: {came}; wanted it once, since the map names it. Correct the map or the first row.")
    faults.refuse_any()
    return [keys.index(key_of(name)) for name in columns]


def _workbook_rows(file: InputFile) -> Iterator[tuple[int, list[ExtractCell]]]:
    """The rows of the sheet, each as long as the first: a workbook's rows have no ends."""
    refuse_unworked(file, failed=True)
    width = 0
    for number, cells in wanted_sheet(file).rows:
        row = list(map(_cell, cells))
        width = width or len(row)
        yield number, [*row, *[""] * (width - len(row))]


def _cell(cell: Cell) -> ExtractCell:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else text_of(cell)


def _csv_rows(file: InputFile, *, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    for number, row in cells_of(_lines(file), name=file.name, faults=faults):
        if "".join(row).strip():
            yield number, row


def _lines(file: InputFile) -> Iterator[str]:
    """The lines one at a time, since a text in one piece takes several times the memory of its bytes."""
    for number, line in enumerate(iter(partial(io.BytesIO(file.data).readline, LONGEST_LINE + 1), b""), start=1):
        if len(line) > LONGEST_LINE:
            raise InputError(f"{file.name}, line {number} has no end; wanted a line break behind each row.")
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            read_text(file)  # says what is wrong, and where
        yield text
