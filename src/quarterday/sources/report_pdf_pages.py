"""The lines and tables of a PDF's pages: a program of its own, so that no page can harm its caller.

Reads the file from standard input and writes JSON. PDFium, which reads the pages, is not Python: what a page does to
it stays in this process, whose memory and time are bounded, those of laying out too.
"""

import ctypes
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from quarterday.sources.report_pdf_layout import PageLayout, layout_of

MOST_PAGES = 300
MOST_GLYPHS = 2_000_000
MOST_RULES = 20_000  # of a page: a drawing has more than any table
MOST_SECONDS = 30
MOST_MEMORY = 2 * 1024 * 1024 * 1024  # bytes of addresses; PDFium itself takes a tenth
_STRAIGHT = 0.6  # points by which a line may lean
_SHORTEST = 4.0  # points
_MOST_OF_A_PAGE = 0.5
_NOT_TEXT = {"\ufffe", "\0"}


class TooMuch(Exception):  # noqa: N818 - it is told as a sentence
    """There is more in the file than is read."""


def pages_of(data: bytes) -> list[dict[str, object]]:
    """For each page its size, its glyphs and its straight lines.

    A glyph is letter, left, top, right, bottom and size; a line x0, y0, x1, y1. Places are in points,
    from the page's top left corner. Raises ``TooMuch``, and whatever damage leads to.
    """
    import pypdfium2

    pages: list[dict[str, object]] = []
    glyphs = 0
    with pypdfium2.PdfDocument(data) as document:
        if len(document) > MOST_PAGES:
            raise TooMuch(f"there are {len(document):,} pages; check at most {MOST_PAGES:,} at a time")
        for page in document:
            width, height = page.get_size()
            letters = list(_glyphs(page, height=height, most=MOST_GLYPHS - glyphs))
            glyphs += len(letters)
            rules = list(_rules(page, width=width, height=height))
            pages.append({"width": width, "height": height, "glyphs": letters, "rules": rules})
            page.close()
    return pages


def _glyphs(page: object, *, height: float, most: int) -> Iterator[tuple[str, float, float, float, float, float]]:
    from pypdfium2 import raw

    text = page.get_textpage()  # type: ignore[attr-defined] # the library carries no types
    number = text.count_chars()
    if number > most:
        raise TooMuch(f"there are more than {MOST_GLYPHS:,} letters; check some of its pages alone")
    box = raw.FS_RECTF()
    for at in range(number):
        letter = chr(raw.FPDFText_GetUnicode(text, at))
        if letter in _NOT_TEXT or not raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box)):
            continue
        size = raw.FPDFText_GetFontSize(text, at)
        top, bottom = height - box.top, height - box.bottom
        yield letter, *(round(place, 2) for place in (box.left, top, box.right, bottom, size))
    text.close()


def _rules(page: object, *, width: float, height: float) -> Iterator[tuple[float, float, float, float]]:
    from pypdfium2 import raw

    number = 0
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):  # type: ignore[attr-defined]
        left, bottom, right, top = drawn.get_bounds()
        if right - left > _MOST_OF_A_PAGE * width and top - bottom > _MOST_OF_A_PAGE * height:
            continue  # what lies behind the page's text
        matrix = drawn.get_matrix()
        for start, end in _segments(drawn):
            number += 1
            if number > MOST_RULES:
                return
            (x0, y0), (x1, y1) = matrix.on_point(*start), matrix.on_point(*end)
            level, upright = abs(y0 - y1) <= _STRAIGHT, abs(x0 - x1) <= _STRAIGHT
            if level != upright and max(abs(x0 - x1), abs(y0 - y1)) >= _SHORTEST:
                yield (
                    round(min(x0, x1), 2), round(height - max(y0, y1), 2),
                    round(max(x0, x1), 2), round(height - min(y0, y1), 2),
                )  # fmt: skip


def _segments(drawn: object) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path, in its own measure."""
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = None
    for at in range(min(raw.FPDFPath_CountSegments(drawn), MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(drawn, at)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = (x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield last, here
        last = here
        if raw.FPDFPathSegment_GetClose(segment) and first is not None and first != here:
            yield here, first
            last = first


def _bound_process() -> None:
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - no other system has it

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def laid_out(data: bytes) -> list[dict[str, object]]:
    """For each page its height, its lines (text, left, top, right, bottom, size) and its tables, as plain data."""
    return [_plain(layout_of(**page)) for page in pages_of(data)]  # type: ignore[arg-type] # they are its arguments


def _plain(layout: PageLayout) -> dict[str, object]:
    lines = [(line.text, line.left, line.top, line.words[-1].right, line.bottom, line.size) for line in layout.lines]
    return {"height": layout.height, "lines": lines, "tables": [asdict(table) for table in layout.tables]}


def main() -> None:
    """Write the pages, or in their place what was wrong, as one JSON object."""
    _bound_process()
    try:
        answer: dict[str, object] = {"pages": laid_out(sys.stdin.buffer.read())}
    except TooMuch as error:
        answer = {"too_much": str(error)}
    except Exception as error:  # noqa: BLE001 - as many kinds as there are ways to damage a PDF
        answer = {"damage": str(error) or type(error).__name__}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
