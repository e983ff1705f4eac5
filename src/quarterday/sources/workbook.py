"""The sheets of a workbook, .xlsx or .ods, as rows of cells.

calamine reads .xlsx. It unpacks what it is handed and lays out every cell between the first and the last of a sheet,
empty or not, so both are measured first.
"""

import io
import re
import sys
import zipfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

import python_calamine

from quarterday.domain.faults import InputError
from quarterday.sources.cells import column_number
from quarterday.sources.files import InputFile
from quarterday.sources.opendocument import MOST_CELLS, Row, rows_of, tables_of, whole_tags

MOST_UNPACKED = 2 * 1024 * 1024 * 1024  # bytes; six years of the Home Office's counts by partnership are 1.4 GB
MOST_OF_A_PART = 256 * 1024 * 1024  # bytes, in .xlsx; the largest part is a sheet, and a year of those counts 90 MB
MOST_TEXT = 1024 * 1024 * 1024  # bytes, in the cells of one sheet
MOST_PARTS = 10_000  # of the archive: a sheet has one, and a picture or a chart some
MOST_SHEETS = 10_000  # what LibreOffice has at most
_CHUNK = 1024 * 1024
_LONGEST_SHOWN = 200  # characters of what another library says of a damage
_ODD_TAG = re.compile(rb"""<(?![^<>"']*(?:"[^"<>]*"[^<>"']*|'[^'<>]*'[^<>"']*)*>)""")
_SHARED_TEXT = re.compile(rb"""<(?:[^\s<>/:"'=]+:)?si(?=[\s/>])""")
# What a cell holds where it is digits, which may be the place of a text, and nothing where it may be anything.
_CELL_VALUE = re.compile(rb"""<(?:[^\s<>/:"'=]+:)?v(?:\s[^<>]*)?>\s*(?:\+?0*([0-9]{1,9})\s*<|[^<]*&)""")
_ZIPPED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others are unpacked at one go, however large
_DIRECTORY_ENTRY = b"PK\x01\x02"
_SHARED_TEXTS = "sharedstrings.xml"  # calamine finds it in any letter case
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
# A row or a cell with its place, where it is written as programs write it.
_PLACED_TAG = re.compile(rb"""<(row|c|[^\s<>/:"'=]+:(?:row|c))(?=[\s/>])(?: r=["']([A-Za-z]{0,9})([0-9]{1,9})["'])?""")
# And however it is written: an attribute before it may hold a '>', or be called x-r.
_ANY_PLACE = re.compile(rb"""\br\s*=\s*["']?\s*([A-Za-z]{0,9})([0-9]{1,9})""")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The ``names`` of all sheets, in order; ``rows`` reads the one of a name, when it is asked to.

    Rows have their number, from 1, and their cells from column A on. Those that hold nothing are passed over, and
    empty cells at the end of a row may be left out.
    """

    names: tuple[str, ...]
    rows: Callable[[str], Iterator[Row]]


def open_workbook(file: InputFile) -> Workbook:
    """The sheets of a workbook of the kind .xlsx or .ods, of bounded size; any other file is a fault."""
    if not file.is_workbook:
        raise _other_kind(file)
    with _damage_told(file.name):
        if (parts := file.data.count(_DIRECTORY_ENTRY)) > MOST_PARTS:
            raise ValueError(f"it has {parts:,} parts, and no workbook has over {MOST_PARTS:,}")
        archive = zipfile.ZipFile(io.BytesIO(file.data))
        _refuse_oversized(archive, file=file)
        workbook = (_opendocument if _is_opendocument(archive, file=file) else _excel)(archive, file=file)
    if not workbook.names:
        raise InputError(f"{file.name}: there is no sheet in it; where it has a password, save it without.")
    if len(set(workbook.names)) < len(workbook.names):
        raise InputError(f"{file.name}: two sheets have one name; rename one of them.")
    if len(workbook.names) > MOST_SHEETS:
        raise InputError(
            f"{file.name}: there are {len(workbook.names):,} sheets; wanted at most {MOST_SHEETS:,}. Save only the one "
            "that is wanted."
        )
    return workbook


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
        came = str(error)[:_LONGEST_SHOWN]
        raise InputError(f"{place}: the workbook is damaged ({came}); save it anew as .xlsx or .ods.") from error


def _refuse_oversized(archive: zipfile.ZipFile, *, file: InputFile) -> None:
    """Refuse what would unpack to too much, before anything but zipfile unpacks it."""
    parts = archive.infolist()
    if len({part.filename for part in parts}) < len(parts):
        raise ValueError("a part stands in it twice")
    if any(part.compress_type not in _ZIPPED for part in parts):
        raise ValueError("a part is packed in a way that no spreadsheet program reads")
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
    longest = max(lengths, default=0)
    for part in archive.infolist():
        if (cells := _cells_spanned(whole_tags(_part_of_excel(archive, part, file=file)))) > MOST_CELLS:
            raise _too_wide(file, cells=cells)
        if cells * longest > MOST_TEXT:
            _refuse_repeated_text(archive, part, lengths=lengths, file=file)
    workbook = python_calamine.load_workbook(io.BytesIO(file.data))
    return Workbook(tuple(workbook.sheet_names), partial(_excel_rows, workbook, file.name))


def _lengths_of_shared_texts(archive: zipfile.ZipFile, *, file: InputFile) -> Sequence[int]:
    """At most how long each text is that cells share, in bytes: calamine gives every cell a copy of its own."""
    lengths = array("L")
    for part in archive.infolist():
        if part.filename.lower().endswith(_SHARED_TEXTS):
            if lengths:
                raise ValueError("there are two tables of texts")
            for window in _plain_tags(_part_of_excel(archive, part, file=file)):
                starts = [*(found.start() for found in _SHARED_TEXT.finditer(window)), len(window)]
                if lengths:
                    lengths[-1] += starts[0]
                lengths.extend(end - start for start, end in pairwise(starts))
                if len(lengths) > MOST_CELLS:
                    raise InputError(f"{file.name}: there are more than {MOST_CELLS:,} texts in it; save fewer rows.")
    return lengths


def _refuse_repeated_text(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, lengths: Sequence[int], file: InputFile
) -> None:
    """Refuse a sheet whose cells repeat long texts until they fill the memory; a number counts as a text's place."""
    repeated, longest = 0, max(lengths)
    for window in _plain_tags(_part_of_excel(archive, part, file=file)):
        for place in _CELL_VALUE.findall(window):
            repeated += longest if not place else lengths[int(place)] if int(place) < len(lengths) else 0
        if repeated > MOST_TEXT:
            size = f"{MOST_TEXT / 1024 / 1024:g} MB in all"
            raise InputError(f"{file.name}: the cells of a sheet repeat texts of more than {size}; shorten them.")


def _plain_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """As ``whole_tags``, of XML in which each ``<`` begins a tag, as programs write it."""
    for window in whole_tags(chunks):
        if b"<!" in window or _ODD_TAG.search(window):
            raise ValueError("it holds XML that no spreadsheet program writes")
        yield window


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
    """At least how many cells lie between the first and the last of a sheet; a row or cell may leave out its place."""
    row = column = last_row = last_column = 0
    placed = True
    for window in windows:
        tags = _PLACED_TAG.findall(window)
        placed = placed and all(number for _, _, number in tags)
        places = tags if placed else [(b"", *place) for place in _ANY_PLACE.findall(window)]
        last_row = max(last_row, *map(int, {number for _, _, number in places}), 0)
        columns = {letters for _, letters, _ in places}
        last_column = max(last_column, *(_number_of(letters.decode()) for letters in columns), 0)
        for tag, letters, number in tags[-1:] if placed else tags:  # where all are placed none is counted on from
            if tag.endswith(b"row"):
                row, column = int(number) if number else row + 1, 0
            elif number:
                row, column = int(number), _number_of(letters.decode())
            else:
                column += 1
            last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row * last_column
