"""A report as slides: the texts and tables of each slide, from its top to its bottom."""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from quarterday.domain.faults import InputError
from quarterday.domain.printed import PrintedReport
from quarterday.sources.files import InputFile
from quarterday.sources.report_parts import DEEPEST, ReportParts, Spanning, damage_told, raised, refuse_oversized

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table
    from pptx.text.text import _Paragraph

MOST_SLIDES = 1_000
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read_pptx(file: InputFile) -> PrintedReport:
    """The blocks of a .pptx file; notes, charts and hidden slides are not among them."""
    parts = ReportParts(file.name)
    with damage_told(file.name, kind="presentation"):
        refuse_oversized(file)
        import pptx

        slides = pptx.Presentation(io.BytesIO(file.data)).slides
        if len(slides) > MOST_SLIDES:
            raise InputError(f"{file.name}: there are {len(slides):,} slides; check at most {MOST_SLIDES:,} at a time.")
        for number, slide in enumerate(slides, start=1):
            if slide.element.get("show") != "0":
                _slide(slide, parts, number=number)
    return parts.report()


def _slide(slide: "Slide", parts: ReportParts, *, number: int) -> None:
    title = slide.shapes.title
    texts = tables = 0
    for shape in sorted(_flat(slide.shapes), key=lambda shape: (shape.top or 0, shape.left or 0)):
        if shape.has_text_frame:
            is_heading = title is not None and shape.shape_id == title.shape_id
            for paragraph in shape.text_frame.paragraphs:  # type: ignore[attr-defined] # it was asked for
                texts += 1
                parts.add_passage(_text(paragraph), f"slide {number}, text {texts}", is_heading=is_heading)
        elif getattr(shape, "has_table", False):
            tables += 1
            parts.add_table(_rows(shape.table), f"slide {number}, table {tables}")  # type: ignore[attr-defined]


def _flat(shapes: "Iterable[BaseShape]", *, depth: int = 0) -> "Iterator[BaseShape]":
    if depth > DEEPEST:
        raise ValueError("groups lie in groups without end")
    for shape in shapes:
        inner = getattr(shape, "shapes", None)
        if inner is None:
            yield shape
        else:
            yield from _flat(inner, depth=depth + 1)


def _rows(table: "Table") -> Iterator[list[Spanning]]:
    for row in table.rows:
        yield [
            Spanning(
                "\n".join(_text(paragraph) for paragraph in cell.text_frame.paragraphs),
                cell.span_width if cell.is_merge_origin else 1,
                cell.span_height if cell.is_merge_origin else 1,
            )
            for cell in row.cells
            if not cell.is_spanned
        ]


def _text(paragraph: "_Paragraph") -> str:
    pieces = []
    for run in paragraph._p.iterchildren():  # noqa: SLF001 - only the elements tell raised digits, line breaks and fields
        if run.tag == f"{_DRAWING}br":
            pieces.append("\n")
        text = "".join(piece.text or "" for piece in run.iter(f"{_DRAWING}t"))
        properties = run.find(f"{_DRAWING}rPr")
        is_raised = properties is not None and int(properties.get("baseline") or 0) > 0
        pieces.append(raised(text) if is_raised else text)
    return "".join(pieces)
