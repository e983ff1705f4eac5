"""Opening what a person hands over: a file of bounded size as the bytes that are hashed, or as rows of cells."""

import csv
import hashlib
import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quarterday.domain.faults import InputError
from quarterday.domain.source import SourceFile
from quarterday.sources.faults import Faults

MOST_BYTES = 64 * 1024 * 1024
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
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError(f"{path} is a folder; name the file in it.")
        if not stat.S_ISREG(mode):
            raise InputError(f"{path} is a device or a pipe; save what it gives as a file, and name that.")
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}; check the name and the folder.") from error
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise InputError(f"{str(path)!r} cannot be read ({error}); make it readable, then try again.") from error
    if len(data) > most_bytes:
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
    reader = csv.reader(io.StringIO(read_text(file), newline=""), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        faults.add(
            f"{file.name}, row {number + 1}: the cells cannot be told apart ({error}). Check the quotation marks: "
            "a cell with a comma stands between two, and one inside a cell is written twice."
        )


def _line(file: InputFile, position: int) -> str:
    number = file.data.count(b"\n", 0, position) + 1
    return f"{file.name}, line {number}"


def _in_windows(byte: int) -> str:
    try:
        letter = bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return ""
    return f" (in the older Windows-1252 it is {letter!r})"
