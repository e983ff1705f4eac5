"""A sheet of an Excel workbook as rows of cells, read by calamine."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import python_calamine

from quarterday.domain.faults import InputError
from quarterday.sources.cells import column_number
from quarterday.sources.files import InputFile

MOST_UNPACKED = 256 * 1024 * 1024  # bytes
MOST_CELLS = 5_000_000
_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)")
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")

# A text, empty where the cell is; a number, always a float; or a date, a time, a duration, true or false.
Cell: TypeAlias = object


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every row from row 1 on, with its cells from column A on; ``others`` names the sheets left alone."""

    name: str
    rows: Sequence[Sequence[Cell]]
    others: tuple[str, ...]


def read_sheet(file: InputFile, *, preferred: str) -> Sheet:
    """The sheet called ``preferred``, else the first one."""
    try:
        _refuse_oversized(file)
        workbook = python_calamine.load_workbook(io.BytesIO(file.data))
        names = workbook.sheet_names
        name = next((name for name in names if name.casefold() == preferred.casefold()), names[0])
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except InputError:
        raise
    except Exception as error:
        # A damaged archive fails in as many ways as it can be damaged.
        raise InputError(f"{file.name}: the workbook is damaged ({error}); save it anew as .xlsx.") from error
    return Sheet(name, rows, tuple(other for other in names if other != name))


def _refuse_oversized(file: InputFile) -> None:
    """Refuse what would fill the memory, before calamine unpacks it and lays out every cell, empty or not."""
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names or names & {"xl/workbook.bin", "content.xml"}:
            raise InputError(f"{file.name} is no workbook of the kind .xlsx; save it as one, or as CSV UTF-8.")
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            size = f"{MOST_UNPACKED / 1024 / 1024:g} MB"
            raise InputError(f"{file.name} unpacks to more than {size}; save only the sheet that is wanted.")
        for name in sorted(names):
            if (cells := _cells_spanned(archive.read(name))) > MOST_CELLS:
                raise InputError(
                    f"{file.name}: a sheet spans {cells:,} cells, most of them empty; wanted at most "
                    f"{MOST_CELLS:,}. Delete the empty rows and columns behind the table."
                )


def _cells_spanned(xml: bytes) -> int:
    """How many cells lie between the first and the last of a sheet; a row or cell may leave out its place."""
    row = column = last_row = last_column = 0
    for tag, attributes in _TAG.findall(xml):
        place = _PLACE.search(attributes)
        if tag == b"row":
            row, column = int(place[2]) if place else row + 1, 0
        else:
            column = column_number(place[1].decode()) if place else column + 1
            row = int(place[2]) if place else row
        last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row * last_column
