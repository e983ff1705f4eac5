"""Opening what a person hands over: a file of bounded size as the bytes that are hashed, or as rows of cells."""

import csv
import hashlib
import io
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quarterday.domain.faults import InputError
from quarterday.domain.source import SourceFile
from quarterday.sources.faults import Faults

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 10_000_000  # of a CSV file; the largest of a million crimes a year has a tenth of them
MOST_COMMAS = 65_536  # of a row; a spreadsheet program has a quarter as many columns
_ZIP = b"PK\x03\x04"  # what .xlsx and .ods begin with
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS = "In a spreadsheet program choose File, Save as, 'CSV UTF-8 (comma delimited)'."


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file's bytes, and its name without folders, which is what faults call it."""

    name: str
    data: bytes

    @property
    def is_workbook(self) -> bool:
        """Whether the bytes are those of a spreadsheet, whatever the name says."""
        return self.data.startswith(_ZIP)

    @property
    def as_source(self) -> SourceFile:
        """The file's name and hash."""
        return SourceFile(self.name, hashlib.sha256(self.data).hexdigest())


def open_file(path: Path, *, most_bytes: int = MOST_BYTES) -> InputFile:
    """The file at ``path``; a folder, a missing or unreadable file and one over ``most_bytes`` are faults."""
    try:
        known = path.stat()
        if stat.S_ISDIR(known.st_mode):
            raise InputError(f"{path} is a folder; name the file in it.")
        if not stat.S_ISREG(known.st_mode):
            raise InputError(f"{path} is a device or a pipe; save what it gives as a file, and name that.")
        too_large = known.st_size > most_bytes
        if not too_large:
            with path.open("rb") as file:
                data = file.read(most_bytes + 1)
            too_large = len(data) > most_bytes  # it may have grown
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}; check the name and the folder.") from error
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise InputError(f"{str(path)!r} cannot be read ({error}); make it readable, then try again.") from error
    if too_large:
        size = f"{most_bytes / 1024 / 1024:g} MB"
        raise InputError(f"{path.name} is larger than {size}, the most that is read; split it into parts.")
    # A name that is not UTF-8 could not be kept.
    return InputFile(os.fsencode(path.name).decode("utf-8", "replace"), data)


def read_text(file: InputFile) -> str:
    """The file's text, which must be UTF-8, with or without a byte-order mark."""
    if file.is_workbook:
        raise InputError(f"{file.name} is a spreadsheet; wanted a CSV file. {_SAVE_AS}")
    if file.data.startswith(_UTF_16):
        raise InputError(f"{file.name} is saved as UTF-16 ('Unicode text'); wanted UTF-8. {_SAVE_AS}")
    if b"\0" in file.data:
        place = _line(file, file.data.index(0))
        raise InputError(f"{place}: there is a NUL, which no text holds; the file is damaged or no CSV. {_SAVE_AS}")
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte, place = file.data[error.start], _line(file, error.start)
        raise InputError(f"{place}: the byte {byte:#04x} is not UTF-8{_in_windows(byte)}. {_SAVE_AS}") from error


def read_rows(file: InputFile, *, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Each row of a CSV file with its number, from 1; rows without a text in any cell are passed over.

    The cells have no white space about them. The rows end with a fault where quotation marks do not pair up or
    a cell is endless, since all that follows would be read wrong.
    """
    for number, row in cells_of(io.StringIO(read_text(file), newline=""), name=file.name, faults=faults):
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield number, cells


def cells_of(lines: Iterable[str], *, name: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Each row of the CSV file called ``name`` as it stands, with its number; the rows end as ``read_rows`` says.

    More rows than ``MOST_ROWS``, or one with more commas than ``MOST_COMMAS``, is an ``InputError``.
    """
    rows = _Rows(lines, name=name)
    try:
        for row in csv.reader(rows, strict=True):
            rows.end_row()
            yield rows.read, row
    except csv.Error as error:
        faults.add(
            f"{name}, row {rows.read + 1}: the cells cannot be told apart ({error}). Check the quotation marks: "
            "a cell with a comma stands between two, and one inside a cell is written twice."
        )


class _Rows:
    """The lines of a file, measured before cells are made of them; ``read`` rows have ended so far."""

    def __init__(self, lines: Iterable[str], *, name: str) -> None:
        self.read = self._commas = 0
        self._lines = iter(lines)
        self._name = name

    def __iter__(self) -> "_Rows":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._commas += line.count(",")
        if self._commas > MOST_COMMAS:
            raise InputError(
                f"{self._name}, row {self.read + 1}: there are more than {MOST_COMMAS:,} commas; delete the empty "
                "columns behind the table, and end each row with a line break."
            )
        if self.read >= MOST_ROWS:
            raise InputError(f"{self._name}: there are more than {MOST_ROWS:,} rows; delete empty ones, or split it.")
        return line

    def end_row(self) -> None:
        """A row has been made of the lines since the last one."""
        self.read += 1
        self._commas = 0


def _line(file: InputFile, position: int) -> str:
    number = file.data.count(b"\n", 0, position) + 1
    return f"{file.name}, line {number}"


def _in_windows(byte: int) -> str:
    try:
        letter = bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return ""
    return f" (in the older Windows-1252 it is {letter!r})"
