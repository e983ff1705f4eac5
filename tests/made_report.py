"""One quarterly report with known mistakes, made in every format that is read, with the libraries that people use."""

import io
from collections.abc import Callable, Mapping, Sequence
from html import escape

import xlsxwriter

TITLE = "Safer Exampleton: performance report, Q4 2011/12"
AREA = "Area: Exampleton"
CAPTION = "Table 1: recorded crime in Exampleton"
HEADINGS = ("Measure", "2010/11", "2011/12", "Change", "% change", "% of total", "Comments")
ROWS: tuple[tuple[str, ...], ...] = (
    ("Burglary", "400", "380", "-20", "-5.0%", "21.5%", "Better than last year, by 20 offences (5.0%)."),
    ("Robbery", "50", "55", "5", "9.1%", "3.1%", "Worse than last year, an increase of 5 offences from 50 to 55."),
    ("Violence", "1,200", "1,290", "90", "7.5%", "72.9%", "Better than last year."),
    ("Arson", "36", "45", "-9", "25.0%", "2.5%", "An increase of 9 offences."),
    ("Total", "1,686", "1,790", "104", "6.2%", "100%", ""),
)
CUMULATIVE_HEADINGS = ("Measure", "Apr - Jun 2011", "Apr - Sep 2011", "Apr - Dec 2011", "Apr 2011 - Mar 2012")
CUMULATIVE: tuple[tuple[str, ...], ...] = (
    ("Burglary", "95", "190", "180", "380"),
    ("Robbery", "12", "25", "40", "55"),
    ("Violence", "300", "620", "930", "1,290"),
    ("Arson", "10", "20", "30", "44"),
)
PROSE = "Robbery rose by 10.0% on last year. Cold weather was blamed."

# What each format must come to: what stands there, and the kind of mistake. 1,790 should be 1,770; 9.1% is of the
# later count; -9 has the wrong sign; 180 is below 190; 44 is 45 in the first table; violence rose.
WRONG = {
    ("9.1%", "a column of changes in per cent"),
    ("-9", "a column of changes"),
    ("1,790", "a total"),
    ("180", "a cumulative count"),
    ("44", "two tables"),
    ("Better than last year", "direction"),
}

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
TABLES: tuple[tuple[str, Table], ...] = (
    (CAPTION, (HEADINGS, ROWS)),
    ("Table 2: the year so far", (CUMULATIVE_HEADINGS, CUMULATIVE)),
)


def as_text() -> bytes:
    parts = [TITLE, AREA]
    for caption, (headings, rows) in TABLES:
        parts += [caption, "\n".join("\t".join(row) for row in (headings, *rows))]
    return "\n\n".join([*parts, PROSE]).encode()


def as_markdown() -> bytes:
    parts = [f"# {TITLE}", AREA]
    for caption, (headings, rows) in TABLES:
        lines = [headings, ["---"] * len(headings), *rows]
        parts += [caption, "\n".join(f"| {' | '.join(row)} |" for row in lines)]
    return "\n\n".join([*parts, PROSE]).encode()


def page(style: str = "") -> str:
    parts = [f"<!doctype html><style>{style}</style><title>x</title><h1>{escape(TITLE)}</h1><p>{AREA}</p>"]
    for caption, (headings, rows) in TABLES:
        head = "".join(f"<th>{escape(cell)}</th>" for cell in headings)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        parts.append(f"<p>{caption}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    return "".join([*parts, f"<p>{PROSE}</p>"])


def as_html() -> bytes:
    return page().encode()


GRID = "@page {size: A4 landscape} td, th {border: 1px solid; padding: 3px} table {border-collapse: collapse}"
LINES = (
    "@page {size: A4 landscape} td, th {border-bottom: 1px solid; padding: 3px} "
    "table {border-collapse: collapse; width: 100%}"
)


def as_pdf(style: str = GRID) -> bytes:
    import weasyprint

    return weasyprint.HTML(string=page(style)).write_pdf()


def as_pdf_with_level_lines() -> bytes:
    return as_pdf(LINES)


def as_docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph(AREA)
    for caption, (headings, rows) in TABLES:
        document.add_paragraph(caption)
        table = document.add_table(len(rows) + 1, len(headings))
        for line, row in zip(table.rows, (headings, *rows), strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text
    document.add_paragraph(PROSE)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_pptx() -> bytes:
    import pptx
    from pptx.util import Inches, Pt

    presentation = pptx.Presentation()
    for caption, (headings, rows) in TABLES:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = caption.partition(": ")[2]
        box = slide.shapes.add_textbox(Inches(0.5), Inches(6.5), Inches(8), Inches(0.5))
        box.text_frame.text = PROSE if headings is HEADINGS else AREA
        shape = slide.shapes.add_table(len(rows) + 1, len(headings), Inches(0.5), Inches(1.5), Inches(9), Pt(200))
        for at, row in enumerate((headings, *rows)):
            for column, text in enumerate(row):
                shape.table.cell(at, column).text = text
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def as_xlsx() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        for number, (caption, (headings, rows)) in enumerate(TABLES):
            sheet = workbook.add_worksheet(f"Sheet {number + 1}")
            sheet.write(0, 0, caption)
            sheet.write(1, 0, AREA)
            for at, row in enumerate((headings, *rows), start=3):
                for column, text in enumerate(row):
                    sheet.write(at, column, _kept(text) if at > 3 else text)
            sheet.write(len(rows) + 6, 0, PROSE if number == 0 else "")
    return file.getvalue()


def _kept(text: str) -> str | float:
    """A number as a spreadsheet keeps it; one in per cent stays a text, as where somebody typed it so."""
    plain = text.replace(",", "")
    return float(plain) if plain.lstrip("-").isdecimal() else text


FORMATS: Mapping[str, Callable[[], bytes]] = {
    "report.txt": as_text,
    "report.md": as_markdown,
    "report.html": as_html,
    "report.docx": as_docx,
    "report.pptx": as_pptx,
    "report.xlsx": as_xlsx,
    "report.pdf": as_pdf,
    "lines.pdf": as_pdf_with_level_lines,
}
