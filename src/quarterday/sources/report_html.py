"""A report as a web page: headings, paragraphs, lists and tables, as a reader sees them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quarterday.domain.faults import InputError
from quarterday.domain.printed import PrintedReport
from quarterday.sources.files import InputFile
from quarterday.sources.report_parts import DEEPEST, MOST_COLUMNS, ReportParts, Spanning, damage_told, decoded, raised

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_LOOKED_AT = 4096  # bytes in which a page says how its letters are written
_MOST_ROWS_SPANNED = 1_000
_UNSEEN = {
    "script", "style", "template", "noscript", "svg", "math", "head", "iframe", "object", "select", "textarea",
    "button", "audio", "video", "canvas",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {
    "html", "body", "div", "p", "section", "article", "main", "header", "footer", "nav", "aside", "ul", "ol", "li",
    "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "address", "form", "fieldset", "details", "summary",
    "hr", "table", "center",
}  # fmt: skip
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(file: InputFile) -> PrintedReport:
    """The blocks of a page; nothing that it refers to is fetched, and nothing in it is run."""
    parts = ReportParts(file.name)
    with damage_told(file.name, kind="web page"):
        from lxml import etree

        parser = etree.HTMLParser(
            no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
        )
        root = etree.fromstring(_text_of(file.data).encode("utf-8", "replace"), parser)
        if root is not None:
            _Walk(parts).block(root)
    return parts.report()


def _text_of(data: bytes) -> str:
    """The page's text: as its mark or its head says, else as a text."""
    named = _CHARSET.search(data[:_LOOKED_AT])
    return decoded(data, named=named[1].decode("ascii") if named else "")


class _Walk:
    """A walk through the page: text is gathered until a block begins or ends."""

    def __init__(self, parts: ReportParts) -> None:
        self._parts = parts
        self._text: list[str] = []
        self._paragraphs = self._tables = 0

    def block(self, element: "Element", *, depth: int = 0) -> None:
        """All that the element holds."""
        if depth > 2 * DEEPEST:
            raise InputError(f"{self._parts.name}: its parts lie in each other over {2 * DEEPEST} deep; save it anew.")
        is_heading = element.tag in _HEADINGS
        self._text.append(element.text or "")
        for child in element.iterchildren():
            if not isinstance(child.tag, str) or _is_unseen(child):
                pass
            elif child.tag == "table":
                self._end_paragraph(is_heading=is_heading)
                self._table(child, depth=depth)
            elif child.tag in _BLOCKS:
                self._end_paragraph(is_heading=is_heading)
                self.block(child, depth=depth + 1)
                self._end_paragraph(is_heading=child.tag in _HEADINGS)
            elif any(inner.tag in _BLOCKS for inner in child.iter("*")):
                self.block(child, depth=depth + 1)
            else:
                self._text += _inline(child, depth=depth)
            self._text.append(child.tail or "")
        if depth == 0:
            self._end_paragraph()

    def _end_paragraph(self, *, is_heading: bool = False) -> None:
        text = "".join(self._text)
        self._text.clear()
        if text.strip():
            self._paragraphs += 1
            self._parts.add_passage(_flowed(text), f"paragraph {self._paragraphs}", is_heading=is_heading)

    def _table(self, table: "Element", *, depth: int) -> None:
        self._tables += 1
        caption = table.find("caption")
        words = _flowed("".join(_inline(caption, depth=depth))) if caption is not None else ""
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        self._parts.add_table([list(_cells(row, depth=depth)) for row in rows], f"table {self._tables}", caption=words)
        for inner in table.iter("table"):
            if inner is not table and next(inner.iterancestors("table"), None) is table:
                self._table(inner, depth=depth + 1)


def _cells(row: "Element", *, depth: int) -> Iterator[Spanning]:
    for cell in row.iterchildren("td", "th"):
        if not _is_unseen(cell):
            text = _flowed("".join(_inline(cell, depth=depth)))
            yield Spanning(
                text, _span(cell.get("colspan"), most=MOST_COLUMNS), _span(cell.get("rowspan"), most=_MOST_ROWS_SPANNED)
            )


def _span(text: str | None, *, most: int) -> int:
    digits = re.match(r"\s*(\d{1,6})", text or "", re.ASCII)
    return min(max(int(digits[1]), 1), most) if digits else 1


def _is_unseen(element: "Element") -> bool:
    hidden = element.get("hidden") is not None or _NOT_SHOWN.search(element.get("style") or "")
    return element.tag in _UNSEEN or bool(hidden)


# A line break of the source is a space, one of the page a line break.
_BREAK = "\N{LINE SEPARATOR}"


def _flowed(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split(_BREAK))


def _inline(element: "Element", *, depth: int) -> list[str]:
    """The text in an element, with a line break where a block begins or ends in it; an inner table is left out."""
    if depth > 2 * DEEPEST:
        raise ValueError(f"its parts lie in each other over {2 * DEEPEST} deep")
    if element.tag == "br":
        return [_BREAK]
    pieces = [element.text or ""]
    for child in element.iterchildren():
        if isinstance(child.tag, str) and child.tag != "table" and not _is_unseen(child):
            pieces += _inline(child, depth=depth + 1)
        pieces.append(child.tail or "")
    if element.tag == "sup":
        return [raised("".join(pieces))]
    return [_BREAK, *pieces, _BREAK] if element.tag in _BLOCKS else pieces
