"""A report as somebody printed it: paragraphs and tables in order, each with its place as a person would say it."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a heading; line breaks in ``text`` are those that the writer made."""

    text: str
    place: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """What a cell shows, as text; a raised digit is one of ``¹²³``, so that it is no part of a number."""

    text: str
    place: str


PrintedRow = tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Rows of one length; a merged cell is one cell that stands at each position that it covers."""

    rows: tuple[PrintedRow, ...]
    place: str
    caption: str = ""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def cells(self) -> Iterator[PrintedCell]:
        """Each cell once, row by row."""
        return iter(dict.fromkeys(cell for row in self.rows for cell in row))


Block = Passage | PrintedTable


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """The file's name, its blocks in order, and what a person should know of how it was read."""

    name: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
