"""A sheet of an OpenDocument workbook as rows of cells, read from its XML piece by piece.

Nothing is laid out that a sheet only claims to hold: a row or cell that is repeated a million times counts as a
million before it is written down, and empty ones at the end of a row or of a sheet are never written down at all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from html import unescape
from typing import Self, TypeAlias
from xml.parsers import expat

from quarterday.domain.faults import InputError
from quarterday.sources.cells import column_letters

MOST_CELLS = 5_000_000  # of a sheet
MOST_ELEMENTS = 5 * MOST_CELLS  # of a sheet: a cell has a paragraph in it, and seldom more
LONGEST_CELL = 32_767  # characters: the most that a spreadsheet program keeps
_DEEPEST = 64  # elements within elements
_LONGEST_TAG = 64 * 1024  # bytes
_LONGEST_SHOWN = 60  # characters

# A text, empty where the cell is; a number, always a float; or a date, a time, a duration, true or false.
Cell: TypeAlias = object
Row: TypeAlias = tuple[int, list[Cell]]


class PerCent(float):
    """A share of one that the sheet shows in per cent, with so many ``decimals``."""

    __slots__ = ("decimals",)
    decimals: int

    def __new__(cls, value: float, *, decimals: int) -> Self:
        """The share itself, as a number."""
        number = super().__new__(cls, value)
        number.decimals = decimals
        return number


# The prefixes are those that every office program writes.
_TABLE = re.compile(rb"<table:table\s[^>]*>|</table:table>")
_NAME = re.compile(rb"""\btable:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELLS = {"table:table-cell", "table:covered-table-cell"}
_REPEATED = "table:number-columns-repeated"
_SPACES = {"text:tab": "\t", "text:line-break": "\n"}
_NUMBERS = {"float", "percentage", "currency"}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_SHOWN_DECIMALS = re.compile(r"\d[.,](\d{1,6})\s*%", re.ASCII)
_TIMES = re.compile(r"0*[1-9]\d{0,17}", re.ASCII)


def whole_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, parted so that no tag is cut in two."""
    kept = b""
    for chunk in chunks:
        window = kept + chunk
        begun = window.rfind(b"<")
        cut = len(window) if begun < 0 or b">" in window[begun:] else begun
        kept = window[cut:]
        if len(kept) > _LONGEST_TAG:
            raise ValueError("a tag has no end")
        yield window[:cut]
    yield kept


def tables_of(windows: Iterable[bytes]) -> dict[str, tuple[int, int]]:
    """Where each sheet begins and ends in the XML, by the sheet's name, in order."""
    tables: dict[str, tuple[int, int]] = {}
    before = start = depth = 0
    name = ""
    for window in windows:
        for tag in _TABLE.finditer(window):
            if not tag[0].startswith(b"</"):
                if depth == 0:
                    start, name = before + tag.start(), _name(tag[0])
                if depth == 0 and name in tables:
                    raise ValueError(f"two sheets are called {name[:_LONGEST_SHOWN]!r}")
                depth += 1
            if tag[0].endswith(b"/>") or tag[0].startswith(b"</"):
                depth -= 1
                if depth == 0:
                    tables[name] = start, before + tag.end()
        before += len(window)
    return tables


def _name(tag: bytes) -> str:
    found = _NAME.search(tag)
    return unescape((found[1] or found[2] or b"").decode("utf-8")) if found else ""


def rows_of(chunks: Iterable[bytes], *, place: str) -> Iterator[Row]:
    """Each row of the one table that ``chunks`` make up, with its number from 1; rows that hold nothing are left out.

    Cells begin with column A, and end with the last one that holds something. What holds more than ``MOST_CELLS`` is
    a fault at ``place``.
    """
    table = _Table(place)
    for chunk in chunks:
        table.parser.Parse(chunk)
        yield from table.take()
    table.parser.Parse(b"", True)  # noqa: FBT003 - it takes no names: this is the end


class _Table:
    """What the parser has met so far of one table. It is called for every tag, so common cells take a short way."""

    def __init__(self, place: str) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._write
        self._place = place
        self._depth = self._elements = 0
        self._ready: list[tuple[int, int, list[Cell]]] = []  # the first number, how often, and the cells
        self._laid_out = 0  # cells
        self._number = 1
        self._in_row = False
        self._row: list[Cell] = []
        self._row_repeated = 1
        self._empty = 0  # cells since the last one that holds something
        self._cell: dict[str, str] = {}
        self._paragraph_depth = 0
        self._text = ""
        self._in_text = False

    def take(self) -> Iterator[Row]:
        """The rows that have ended since this was last asked."""
        self._refuse_over(self._laid_out + len(self._row))
        if self._elements > MOST_ELEMENTS:
            raise InputError(
                f"{self._place} is made of more than {MOST_ELEMENTS:,} elements; save it anew, without formatting."
            )
        ready, self._ready = self._ready, []
        for first, repeated, cells in ready:
            for number in range(first, first + repeated):
                yield number, cells

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"{tag[:_LONGEST_SHOWN]} lies more than {_DEEPEST} elements deep")
        self._elements += 1
        if tag in _CELLS:
            if self._paragraph_depth:
                raise ValueError("a cell lies in a cell")
            self._cell, self._text, self._paragraph_depth = attributes, "", self._depth + 1
        elif tag == "text:p":
            # A comment on the cell has paragraphs too, and they lie deeper.
            self._in_text = self._depth == self._paragraph_depth
            if self._text:
                self._write("\n")
        elif tag == "table:table-row":
            self._in_row, self._row, self._empty = True, [], 0
            self._row_repeated = _times(attributes.get("table:number-rows-repeated", "1"))
        elif tag == "text:s":
            self._write(" " * min(int(attributes.get("text:c", 1)), LONGEST_CELL + 1))
        elif tag in _SPACES:
            self._write(_SPACES[tag])

    def _write(self, text: str) -> None:
        if self._in_text:
            self._text += text
            if len(self._text) > LONGEST_CELL:
                row = f"{self._place}, row {self._number}"
                raise InputError(f"{row}: a cell holds more than {LONGEST_CELL:,} characters; shorten it.")

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag in _CELLS:
            self._paragraph_depth = 0
            value = self._value()
            if self._empty or value == "" or _REPEATED in self._cell:
                self._add(value, repeated=_times(self._cell.get(_REPEATED, "1")))
            else:
                self._row.append(value)
        elif tag == "text:p":
            self._in_text = False
        elif tag == "table:table-row":
            if not self._in_row:
                raise ValueError("a row lies in a row")
            self._in_row = False
            if self._row:
                self._laid_out += len(self._row) * self._row_repeated
                self._refuse_over(self._laid_out)
                self._ready.append((self._number, self._row_repeated, self._row))
            self._number += self._row_repeated

    def _add(self, value: Cell, *, repeated: int) -> None:
        if value == "":
            self._empty += repeated
            return
        self._refuse_over(self._laid_out + len(self._row) + self._empty + repeated)
        self._row += [""] * self._empty + [value] * repeated
        self._empty = 0

    def _value(self) -> Cell:
        try:
            return _value(self._cell, self._text)
        except (KeyError, ValueError, OverflowError):
            column = column_letters(len(self._row) + self._empty + 1)
            kind = self._cell.get("office:value-type", "")[:_LONGEST_SHOWN]
            raise InputError(
                f"{self._place}, row {self._number}, column {column}: the cell is kept as {kind!r}, and what it holds "
                "is none; write it anew."
            ) from None

    def _refuse_over(self, cells: int) -> None:
        if cells > MOST_CELLS:
            raise InputError(
                f"{self._place} spans {cells:,} cells or more; wanted at most {MOST_CELLS:,}. Delete what is repeated "
                "beside and below the table."
            )


def _value(cell: Mapping[str, str], text: str) -> Cell:
    """What the cell holds: by its type where it has one, since what it shows may be rounded."""
    kind = cell.get("calcext:value-type") or cell.get("office:value-type")  # the former tells errors from numbers
    if kind in _NUMBERS:
        number = _number(cell["office:value"])
        return PerCent(number, decimals=_decimals(text)) if kind == "percentage" else number
    if kind == "boolean":
        return cell["office:boolean-value"] == "true"
    if kind == "date":
        written = cell["office:date-value"]
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    return cell.get("office:string-value") or text


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):  # Python reads more: 1_000, nan, digits of other scripts
        raise ValueError(text)
    return float(text)


def _decimals(text: str) -> int:
    """How many decimals a cell shows."""
    found = _SHOWN_DECIMALS.search(text)
    return len(found[1]) if found else 0


def _times(text: str) -> int:
    """How often something is repeated: less than once would take away what stands there."""
    if not _TIMES.fullmatch(text):
        raise ValueError(f"invalid literal for a number of times: {text[:_LONGEST_SHOWN]!r}")
    return int(text)
