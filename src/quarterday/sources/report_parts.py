"""What every reader of whole reports has in common: bounds, damage told as a fault, and merged cells laid out."""

import codecs
import io
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass

from quarterday.domain.faults import InputError
from quarterday.domain.printed import Block, Passage, PrintedCell, PrintedReport, PrintedTable
from quarterday.sources.files import InputFile

MOST_CELLS = 200_000  # of all tables of a report
MOST_BLOCKS = 50_000  # paragraphs and tables; a page has some twenty
MOST_CHARACTERS = 5_000_000  # two thousand pages of prose
MOST_COLUMNS = 1_000
DEEPEST = 100  # blocks within blocks
_MOST_UNPACKED = 512 * 1024 * 1024  # bytes of all parts, pictures too
_MOST_OF_A_PART = 32 * 1024 * 1024  # bytes of one XML part: it is held whole as a tree
_MOST_PARTS = 10_000
_CHUNK = 1024 * 1024
_ZIPPED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DIRECTORY_ENTRY = b"PK\x01\x02"
_LONGEST_SHOWN = 200  # characters of what a library says of a damage
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ADDRESS = re.compile(r"<[^<>]* at 0x[0-9a-f]+>")  # of an object, which says nothing and differs every time
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_MARK = re.compile(r"[\d,; ]*\d[\d,; ]*|[*†‡§]+")
# What XML and terminals do not hold, and characters that turn the direction of text round.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Spanning:
    """A cell that covers so many columns and rows from its place on."""

    text: str
    columns: int = 1
    rows: int = 1


class ReportParts:
    """The blocks of a report as they are met, refused where there are more than a person would print."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.notes: list[str] = []
        self._blocks: list[Block] = []
        self._cells = self._characters = 0

    def add_passage(self, text: str, place: str, *, is_heading: bool = False) -> None:
        """Note a paragraph; one without any text is passed over."""
        if plain := tidy(text):
            self._count(characters=len(plain))
            self._blocks.append(Passage(plain, place, is_heading))

    def add_table(self, rows: Iterable[Sequence[Spanning]], place: str, *, caption: str = "") -> None:
        """Note a table given as the cells that begin in each row; empty rows and columns at its end are left out."""
        self.add_placed(self.lay_out(rows, place), place, caption=caption)

    def add_placed(self, rows: Sequence[Sequence[PrintedCell]], place: str, *, caption: str = "") -> None:
        """Note a table whose cells have their places; rows that are shorter than others end with empty cells."""
        kept = [row for row in rows if any(cell.text for cell in row)]
        width = max((at + 1 for row in kept for at, cell in enumerate(row) if cell.text), default=0)
        if not width:
            return
        self._count(cells=width * len(kept), characters=sum(len(cell.text) for row in kept for cell in row))
        filled = tuple((*row[:width], *(PrintedCell("", place) for _ in range(width - len(row)))) for row in kept)
        self._blocks.append(PrintedTable(filled, place, tidy(caption)))

    def report(self) -> PrintedReport:
        """All that was met; nothing at all is an ``InputError``."""
        if not self._blocks:
            raise InputError(
                f"{self.name}: there is no text in it. Where it holds pictures of pages, have their text recognised "
                "first."
            )
        return PrintedReport(self.name, tuple(self._blocks), tuple(self.notes))

    def lay_out(self, rows: Iterable[Sequence[Spanning]], place: str) -> list[list[PrintedCell]]:
        """Every position of each row, those that a merged cell covers too."""
        laid_out: list[list[PrintedCell]] = []
        hanging: dict[int, tuple[PrintedCell, int]] = {}  # by column: a cell from above, and its rows that are left
        for number, row in enumerate(rows, start=1):
            line: list[PrintedCell] = []
            for spanning in row:
                self._hang(line, hanging)
                cell = PrintedCell(tidy(spanning.text), f"{place}, row {number}, column {len(line) + 1}")
                for _ in range(min(max(spanning.columns, 1), MOST_COLUMNS)):
                    if spanning.rows > 1:
                        hanging[len(line)] = (cell, spanning.rows - 1)
                    line.append(cell)
                if len(line) > MOST_COLUMNS:
                    raise InputError(f"{self.name}, {place}: a row has over {MOST_COLUMNS:,} cells; split the table.")
            self._hang(line, hanging)
            laid_out.append(line)
            if len(laid_out) * max(map(len, laid_out[-1:]), default=0) > MOST_CELLS:
                self._count(cells=MOST_CELLS + 1)
        return laid_out

    @staticmethod
    def _hang(line: list[PrintedCell], hanging: dict[int, tuple[PrintedCell, int]]) -> None:
        while len(line) in hanging:
            cell, left = hanging.pop(len(line))
            if left > 1:
                hanging[len(line)] = (cell, left - 1)
            line.append(cell)

    def _count(self, *, cells: int = 0, characters: int = 0) -> None:
        self._cells += cells
        self._characters += characters
        if self._cells > MOST_CELLS:
            raise InputError(f"{self.name}: its tables span more than {MOST_CELLS:,} cells; check a part of it alone.")
        if self._characters > MOST_CHARACTERS or len(self._blocks) >= MOST_BLOCKS:
            raise InputError(
                f"{self.name}: there is more text than in two thousand pages, and no report is as long; check a part "
                "of it alone."
            )


def tidy(text: str) -> str:
    """The text with one space between words and none about its lines, without characters that nobody sees."""
    lines = (" ".join(line.split()) for line in _CONTROL.sub("", text).replace("\r\n", "\n").splitlines())
    return "\n".join(line for line in lines if line)


def decoded(data: bytes, *, named: str = "") -> str:
    """The text of a file: as its mark says, as ``named``, as UTF-8, else as older Windows programs write it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in (named or "utf-8", "utf-8", "cp1252"):
        with suppress(UnicodeDecodeError, LookupError):
            return data.decode(encoding)
    return data.decode("latin-1")


def raised(text: str) -> str:
    """Raised text: a footnote's number as raised digits, and all else, such as the end of ``2nd``, as it stands."""
    mark = text.strip().removeprefix("Footnote").strip("[]() ")
    return mark.translate(_RAISED) if _RAISED_MARK.fullmatch(mark) else text


@contextmanager
def damage_told(name: str, *, kind: str) -> Iterator[None]:
    """A damaged file fails in as many ways as it can be damaged: each is a fault of the file called ``name``."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        came = " ".join(_ADDRESS.sub("it", str(error)).split())[:_LONGEST_SHOWN] or type(error).__name__
        raise InputError(f"{name}: this {kind} is damaged ({came}); open it, save it anew, and check that.") from error


def refuse_oversized(file: InputFile) -> None:
    """Refuse a zip that unpacks to more than a report holds, whatever its directory states; damage raises anything."""
    if file.data.count(_DIRECTORY_ENTRY) > _MOST_PARTS:
        raise InputError(f"{file.name}: it has over {_MOST_PARTS:,} parts, and no report has; save it anew.")
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        parts = archive.infolist()
        if len({part.filename for part in parts}) < len(parts):
            raise ValueError("a part stands in it twice")
        if any(part.compress_type not in _ZIPPED for part in parts):
            raise ValueError("a part is packed in a way that no office program reads")
        unpacked = 0
        for part in parts:
            is_xml = part.filename.lower().endswith((".xml", ".rels"))
            size = _unpacked_size(archive, part, is_xml=is_xml)
            unpacked += size
            if unpacked > _MOST_UNPACKED or (is_xml and size > _MOST_OF_A_PART):
                raise InputError(f"{file.name}: it unpacks to far more than a report holds; save it anew, or in parts.")


def _unpacked_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, is_xml: bool) -> int:
    """How much the part unpacks to, up to just over what is allowed; its header may state less."""
    unbounded = copy(part)
    unbounded.file_size = sys.maxsize
    size = 0
    with archive.open(unbounded) as stream:
        while size <= _MOST_UNPACKED and (chunk := stream.read(_CHUNK)):
            if is_xml and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
                raise ValueError("it holds a document type, which no office program writes")
            size += len(chunk)
    return size
