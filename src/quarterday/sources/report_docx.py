"""A report in Word's format: paragraphs, headings, text boxes and tables, in the order in which they stand."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quarterday.domain.faults import InputError
from quarterday.domain.printed import PrintedReport
from quarterday.sources.files import InputFile
from quarterday.sources.report_parts import (
    DEEPEST,
    MOST_COLUMNS,
    ReportParts,
    Spanning,
    damage_told,
    raised,
    refuse_oversized,
)

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEAD, _FOOT, _NOTE = "head of the page", "foot of the page", "footnote"
_BESIDE = {"header": _HEAD, "footer": _FOOT, "footnotes": _NOTE, "endnotes": _NOTE}
_HEADINGS = ("heading", "title", "subtitle")
# What is not shown on the page: deleted text, the code of a field, a drawing's own text (which is read by itself).
_UNSEEN = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr", _ALTERNATIVE}


def read_docx(file: InputFile) -> PrintedReport:
    """The blocks of a .docx file, heads of pages first, feet and footnotes last; deleted text is not among them."""
    parts = ReportParts(file.name)
    with damage_told(file.name, kind="Word file"):
        refuse_oversized(file)
        import docx

        document = docx.Document(io.BytesIO(file.data))
        headings = {style.style_id for style in document.styles if (style.name or "").casefold().startswith(_HEADINGS)}
        walk = _Walk(parts, frozenset(headings))
        beside = dict(_beside(document))
        walk.apart([text for text, place in beside.items() if place == _HEAD], _HEAD)
        walk.body(document.element.body)
        walk.apart([text for text, place in beside.items() if place == _FOOT], _FOOT)
        walk.apart([text for text, place in beside.items() if place == _NOTE], _NOTE)
    return parts.report()


def _beside(document: "Document") -> Iterator[tuple[str, str]]:
    """The texts that stand beside the pages' own, and where; one that stands on every page is one."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in _BESIDE and not relation.is_external:
            root = _tree(relation.target_part.blob)
            notes = root.iterfind(f"{_W}{kind[:-1]}") if _BESIDE[kind] == _NOTE else iter((root,))
            for note in notes:
                if note.get(f"{_W}type") in {None, "normal"}:
                    yield "\n".join(_text(paragraph) for paragraph in note.iter(f"{_W}p")), _BESIDE[kind]


def _tree(data: bytes) -> "Element":
    """A part of the file as a tree, in which nothing is looked up."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


@dataclass(slots=True)
class _Walk:
    """A walk through the file, and how many paragraphs and tables were met."""

    parts: ReportParts
    headings: frozenset[str]
    paragraphs: int = 0
    tables: int = 0

    def body(self, container: "Element", *, depth: int = 0) -> None:
        if depth > DEEPEST:
            raise InputError(f"{self.parts.name}: tables or boxes lie in each other over {DEEPEST} deep; save it anew.")
        for child in container.iterchildren():
            if child.tag == f"{_W}p":
                self._paragraph(child, depth=depth)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth=depth)
            elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"}:
                self.body(child, depth=depth + 1)

    def apart(self, texts: Sequence[str], place: str) -> None:
        """Note texts that stand beside the pages' own."""
        for number, text in enumerate(texts, start=1):
            self.parts.add_passage(text, f"{place} {number}")

    def _paragraph(self, paragraph: "Element", *, depth: int) -> None:
        self.paragraphs += 1
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        is_heading = style is not None and style.get(f"{_W}val") in self.headings
        self.parts.add_passage(_text(paragraph), f"paragraph {self.paragraphs}", is_heading=is_heading)
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(above.tag == _ALTERNATIVE for above in box.iterancestors()):
                self.body(box, depth=depth + 1)

    def _table(self, table: "Element", *, depth: int) -> None:
        self.tables += 1
        place = f"table {self.tables}"
        self.parts.add_table(_rows(table), place, caption=_caption(table))
        for inner in table.iterfind(f"{_W}tr/{_W}tc/{_W}tbl"):
            self._table(inner, depth=depth + 1)


def _caption(table: "Element") -> str:
    caption = table.find(f"{_W}tblPr/{_W}tblCaption")
    return "" if caption is None else caption.get(f"{_W}val") or ""


def _rows(table: "Element") -> list[list[Spanning]]:
    """The cells that begin in each row; one that is merged downwards is continued by empty ones below."""
    grid = [list(_cells(row)) for row in _inside(table, "tr")]
    starts = [dict(_with_columns(row)) for row in grid]
    rows: list[list[Spanning]] = []
    for number, row in enumerate(grid):
        line = []
        for column, (text, columns, merged) in _with_columns(row):
            if merged == "continue" and number:
                continue
            below = 1
            while merged and number + below < len(starts) and _continues(starts[number + below].get(column)):
                below += 1
            line.append(Spanning(text, columns, below))
        rows.append(line)
    return rows


_Cell = tuple[str, int, str]  # its text, how many columns it covers, and whether it is merged downwards


def _continues(cell: _Cell | None) -> bool:
    return cell is not None and cell[2] == "continue"


def _with_columns(row: list[_Cell]) -> Iterator[tuple[int, _Cell]]:
    column = 0
    for cell in row:
        yield column, cell
        column += cell[1]


def _cells(row: "Element") -> Iterator[_Cell]:
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    if before is not None and (columns := _number(before)):
        yield "", columns, ""
    for cell in _inside(row, "tc"):
        span, merged = cell.find(f"{_W}tcPr/{_W}gridSpan"), cell.find(f"{_W}tcPr/{_W}vMerge")
        text = "\n".join(_text(paragraph) for paragraph in _inside(cell, "p"))
        down = "" if merged is None else merged.get(f"{_W}val") or "continue"
        yield text, max(_number(span), 1) if span is not None else 1, down


def _number(element: "Element") -> int:
    return min(int(element.get(f"{_W}val") or 0), MOST_COLUMNS)


def _inside(container: "Element", name: str) -> Iterator["Element"]:
    """The parts of a table, row or cell, those in content controls too."""
    for child in container.iterchildren():
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _inside(child, name)


def _text(paragraph: "Element") -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: "Element") -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in _UNSEEN:
            continue
        if child.tag == f"{_W}r":
            text = "".join(_pieces(child))
            align = child.find(f"{_W}rPr/{_W}vertAlign")
            is_raised = align is not None and align.get(f"{_W}val") == "superscript"
            yield raised(text) if is_raised else text
        elif child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif child.tag in {f"{_W}noBreakHyphen", f"{_W}softHyphen"}:
            yield "-" if child.tag == f"{_W}noBreakHyphen" else ""
        else:
            yield from _pieces(child)
