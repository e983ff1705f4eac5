"""The sheets of a workbook, .xlsx or .ods, as rows of cells.

calamine reads .xlsx. It unpacks what it is handed and lays out every cell between the first and the last of a sheet,
empty or not, so both are measured first.
"""

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, partial

import python_calamine

from quarterday.domain.faults import InputError
from quarterday.sources.cells import column_number
from quarterday.sources.files import InputFile
from quarterday.sources.opendocument import MOST_CELLS, Cell, Row, rows_of, tables_of, whole_tags

MOST_UNPACKED = 2 * 1024 * 1024 * 1024  # bytes; six years of the Home Office's counts by partnership are 1.4 GB
MOST_OF_A_PART = 256 * 1024 * 1024  # bytes, in .xlsx; the largest part is a sheet, and a year of those counts 90 MB
MOST_TEXT = 1024 * 1024 * 1024  # bytes, in the cells of one sheet
_CHUNK = 1024 * 1024
_SHARED_TEXTS = "xl/sharedStrings.xml"
_END_OF_SHARED_TEXT = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si/>")
_SHARING_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})\s*<""")
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_PLACED_TAG = re.compile(rb"""<(?:\w+:)?(row|c)\b(?:[^>]*?\br\s*=\s*["']\s*([A-Za-z]*)([0-9]+))?""")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The ``names`` of all sheets, in order; ``rows`` reads the one of a name, when it is asked to.

    Rows have their number, from 1, and their cells from column A on. Those that hold nothing are passed over, and
    empty cells at the end of a row may be left out.
    """

    names: tuple[str, ...]
    rows: Callable[[str], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every row from row 1 on, with its cells from column A on; ``others`` names the sheets left alone."""

    name: str
    rows: Sequence[Sequence[Cell]]
    others: tuple[str, ...]


def open_workbook(file: InputFile) -> Workbook:
    """The sheets of a workbook of the kind .xlsx or .ods, of bounded size; any other file is a fault."""
    if not file.is_workbook:
        raise _other_kind(file)
    with _damage_told(file.name):
        archive = zipfile.ZipFile(io.BytesIO(file.data))
        _refuse_oversized(archive, file=file)
        workbook = (_opendocument if _is_opendocument(archive, file=file) else _excel)(archive, file=file)
    if not workbook.names:
        raise InputError(f"{file.name}: there is no sheet in it; where it has a password, save it without.")
    return workbook


def read_sheet(file: InputFile, *, preferred: str) -> Sheet:
    """The sheet called ``preferred``, else the first one."""
    workbook = open_workbook(file)
    name = next((name for name in workbook.names if name.casefold() == preferred.casefold()), workbook.names[0])
    rows = list(workbook.rows(name))
    width, height = max((len(cells) for _, cells in rows), default=0), rows[-1][0] if rows else 0
    if width * height > MOST_CELLS:
        raise _too_wide(file, cells=width * height)
    laid_out: list[list[Cell]] = [[""] * width for _ in range(height)]
    for number, cells in rows:
        laid_out[number - 1][: len(cells)] = cells
    return Sheet(name, laid_out, tuple(other for other in workbook.names if other != name))


def _is_opendocument(archive: zipfile.ZipFile, *, file: InputFile) -> bool:
    """Whether it is .ods, else .xlsx; a text document has tables too, and .xlsb is another format."""
    kinds = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}.intersection(archive.namelist())
    if kinds == {"content.xml"}:
        with archive.open("mimetype") as kind:
            if kind.read(len(_SPREADSHEET)) == _SPREADSHEET:
                return True
    if kinds != {"xl/workbook.xml"}:
        raise _other_kind(file)
    return False


def _other_kind(file: InputFile) -> InputError:
    return InputError(f"{file.name} is no workbook of the kind .xlsx or .ods; save it as one, or as CSV UTF-8.")


def _too_wide(file: InputFile, *, cells: int) -> InputError:
    return InputError(
        f"{file.name}: a sheet spans {cells:,} cells, most of them empty; wanted at most {MOST_CELLS:,}. Delete the "
        "empty rows and columns behind the table."
    )


@contextmanager
def _damage_told(place: str) -> Iterator[None]:
    """A damaged archive fails in as many ways as it can be damaged: each is a fault of the file at ``place``."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"{place}: the workbook is damaged ({error}); save it anew as .xlsx or .ods.") from error


def _refuse_oversized(archive: zipfile.ZipFile, *, file: InputFile) -> None:
    """Refuse what would unpack to too much, before anything but zipfile unpacks it."""
    parts = archive.infolist()
    if len({part.filename for part in parts}) < len(parts):
        raise ValueError("a part stands in it twice")
    unpacked = 0
    for part in parts:
        for chunk in _chunks(archive, part):
            unpacked += len(chunk)
            if unpacked > MOST_UNPACKED:
                size = f"{MOST_UNPACKED / 1024 / 1024:g} MB"
                raise InputError(f"{file.name} unpacks to more than {size}; save only the sheet that is wanted.")


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """All that the part unpacks to. Where its header states less, zipfile would stop there, and others would not."""
    unbounded = copy(part)
    unbounded.file_size = sys.maxsize
    with archive.open(unbounded) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _opendocument(archive: zipfile.ZipFile, *, file: InputFile) -> Workbook:
    tables = tables_of(whole_tags(_chunks(archive, archive.getinfo("content.xml"))))
    return Workbook(tuple(tables), partial(_opendocument_rows, archive, tables, file.name))


def _opendocument_rows(
    archive: zipfile.ZipFile, tables: dict[str, tuple[int, int]], file_name: str, name: str
) -> Iterator[Row]:
    place = f"{file_name}, sheet {name!r}"
    start, end = tables[name]
    with _damage_told(place), archive.open("content.xml") as stream:
        stream.seek(start)
        sizes = (min(_CHUNK, end - at) for at in range(start, end, _CHUNK))
        yield from rows_of(map(stream.read, sizes), place=place)


def _excel(archive: zipfile.ZipFile, *, file: InputFile) -> Workbook:
    lengths = _lengths_of_shared_texts(archive, file=file)
    for part in archive.infolist():
        if (cells := _cells_spanned(whole_tags(_part_of_excel(archive, part, file=file)))) > MOST_CELLS:
            raise _too_wide(file, cells=cells)
        if cells * max(lengths, default=0) > MOST_TEXT:
            _refuse_repeated_text(archive, part, lengths=lengths, file=file)
    workbook = python_calamine.load_workbook(io.BytesIO(file.data))
    return Workbook(tuple(workbook.sheet_names), partial(_excel_rows, workbook, file.name))


def _lengths_of_shared_texts(archive: zipfile.ZipFile, *, file: InputFile) -> list[int]:
    """At most how long each text is that cells share, in bytes: calamine gives every cell a copy of its own."""
    if _SHARED_TEXTS not in archive.namelist():
        return []
    content = b"".join(_part_of_excel(archive, archive.getinfo(_SHARED_TEXTS), file=file))
    ends = [found.end() for found in _END_OF_SHARED_TEXT.finditer(content)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _refuse_repeated_text(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, lengths: Sequence[int], file: InputFile
) -> None:
    """Refuse a sheet whose cells repeat long texts until they fill the memory."""
    content = b"".join(_part_of_excel(archive, part, file=file))
    places = (int(found[1]) for found in _SHARING_CELL.finditer(content))
    if sum(lengths[place] for place in places if place < len(lengths)) > MOST_TEXT:
        size = f"{MOST_TEXT / 1024 / 1024:g} MB"
        raise InputError(f"{file.name}: the cells of a sheet repeat texts of more than {size} in all; shorten them.")


def _part_of_excel(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, file: InputFile) -> Iterator[bytes]:
    unpacked = 0
    for chunk in _chunks(archive, part):
        unpacked += len(chunk)
        if unpacked > MOST_OF_A_PART:
            size = f"{MOST_OF_A_PART / 1024 / 1024:g} MB"
            raise InputError(f"{file.name}: {part.filename} unpacks to more than {size}; save fewer rows in a sheet.")
        yield chunk


def _excel_rows(workbook: python_calamine.CalamineWorkbook, file_name: str, name: str) -> Iterator[Row]:
    with _damage_told(f"{file_name}, sheet {name!r}"):
        sheet = workbook.get_sheet_by_name(name)
        # Its rows begin with row 1, their cells with the first column that holds something.
        _, empty_columns = sheet.start or (0, 0)
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if any(cell != "" for cell in cells):
                yield number, [*[""] * empty_columns, *cells]


_number_of = lru_cache(column_number)


def _cells_spanned(windows: Iterable[bytes]) -> int:
    """How many cells lie between the first and the last of a sheet; a row or cell may leave out its place."""
    row = column = last_row = last_column = 0
    for window in windows:
        tags = _PLACED_TAG.findall(window)
        if all(number for _, _, number in tags):  # as programs write them: then only the last is one to count on from
            last_row = max(last_row, *map(int, {number for _, _, number in tags}), 0)
            last_column = max(
                last_column, *(_number_of(letters.decode()) for letters in {place for _, place, _ in tags}), 0
            )
            tags = tags[-1:]
        for tag, letters, number in tags:
            if tag == b"row":
                row, column = int(number) if number else row + 1, 0
            elif number:
                row, column = int(number), _number_of(letters.decode())
            else:
                column += 1
            last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row * last_column
