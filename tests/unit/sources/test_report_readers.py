"""Reports of every format are read as a person sees them, and anything else is refused in a sentence."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.printed import Passage, PrintedReport, PrintedTable
from quarterday.sources import report_pdf_pages
from quarterday.sources.files import InputFile
from quarterday.sources.report_files import read_report
from quarterday.sources.report_html import read_html
from quarterday.sources.report_parts import raised
from quarterday.sources.report_text import read_text_report
from tests.made_report import FORMATS, HEADINGS, ROWS, as_docx, as_pptx
from tests.unit.sources.conftest import workbook_of


def texts(report: PrintedReport) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in block.rows]
        for block in report.blocks
        if isinstance(block, PrintedTable)
    ]


def passages(report: PrintedReport) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Passage)]


def html(text: str) -> PrintedReport:
    return read_html(InputFile("page.html", text.encode()))


def text(written: str) -> PrintedReport:
    return read_text_report(InputFile("report.txt", written.encode()))


def laid(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_the_same_table(name: str, tmp_path: Path) -> None:
    tables = texts(read_report(laid(tmp_path, name, FORMATS[name]())))
    plain = [[cell.replace(",", "") for cell in row] for row in tables[0]]
    assert plain == [[cell.replace(",", "") for cell in row] for row in (HEADINGS, *ROWS)]


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_is_told_by_the_bytes_and_not_by_the_name(name: str, tmp_path: Path) -> None:
    assert len(texts(read_report(laid(tmp_path, "report.dat", FORMATS[name]())))) == 2


def test_each_place_is_one_that_a_person_finds(tmp_path: Path) -> None:
    places = {
        name: {cell.place for block in report.blocks if isinstance(block, PrintedTable) for cell in block.cells()}
        for name in FORMATS
        for report in [read_report(laid(tmp_path, name, FORMATS[name]()))]
    }
    assert "line 7, column 2" in places["report.txt"]
    assert "table 1, row 3, column 2" in places["report.docx"]
    assert "slide 1, table 1, row 3, column 2" in places["report.pptx"]
    assert "sheet Sheet 1, row 6, column B" in places["report.xlsx"]
    assert "page 1, table 1, row 3, column 2" in places["report.pdf"]


# --- merged cells and marks


def test_a_merged_cell_stands_wherever_it_covers() -> None:
    report = html(
        "<table><tr><th rowspan=2>Measure<th colspan=2>2010/11<tr><th>Q1<th>Q2<tr><td>Theft<td>1<td>2</table>"
    )
    assert texts(report) == [[["Measure", "2010/11", "2010/11"], ["Measure", "Q1", "Q2"], ["Theft", "1", "2"]]]


def test_merged_cells_of_word_and_powerpoint_are_laid_out_alike(tmp_path: Path) -> None:
    import docx
    import pptx
    from pptx.util import Inches

    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Measure"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2010/11"
    table.cell(2, 1).text = "5"
    word = io.BytesIO()
    document.save(word)
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    grid = slide.shapes.add_table(3, 3, 0, 0, Inches(5), Inches(2)).table
    grid.cell(0, 0).merge(grid.cell(1, 0))
    grid.cell(0, 1).merge(grid.cell(0, 2))
    grid.cell(0, 0).text, grid.cell(0, 1).text, grid.cell(2, 1).text = "Measure", "2010/11", "5"
    slides = io.BytesIO()
    presentation.save(slides)
    wanted = [[["Measure", "2010/11", "2010/11"], ["Measure", "", ""], ["", "5", ""]]]
    assert texts(read_report(laid(tmp_path, "a.docx", word.getvalue()))) == wanted
    assert texts(read_report(laid(tmp_path, "a.pptx", slides.getvalue()))) == wanted


def test_a_raised_digit_is_no_part_of_a_number(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph("73")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" on the 2")
    paragraph.add_run("nd").font.superscript = True
    file = io.BytesIO()
    document.save(file)
    assert passages(read_report(laid(tmp_path, "a.docx", file.getvalue()))) == ["73¹ on the 2nd"]
    assert passages(html("<p>73<sup>1</sup> on the 2<sup>nd</sup>")) == ["73¹ on the 2nd"]
    assert raised("Footnote 12") == "¹²"


def test_a_raised_digit_of_a_page_is_told_by_its_size_and_height(tmp_path: Path) -> None:
    import weasyprint

    style = "td, th {border: 1px solid; padding: 3px} table {border-collapse: collapse}"
    page = f"<style>{style}</style><table><tr><th>A<th>2011/12<tr><td>Theft<td>73<sup>1</sup></table>"
    report = read_report(laid(tmp_path, "a.pdf", weasyprint.HTML(string=page).write_pdf()))
    assert texts(report) == [[["A", "2011/12"], ["Theft", "73¹"]]]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOX = (
    '<w:p xmlns:w="{w}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
    "<mc:Choice><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


DELETED = '<w:p xmlns:w="{w}"><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>here</w:t></w:r></w:p>'
HELD = '<w:sdt xmlns:w="{w}"><w:sdtContent><w:p><w:r><w:t>held</w:t></w:r></w:p></w:sdtContent></w:sdt>'
FIELD = '<w:p xmlns:w="{w}"><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>'


@pytest.mark.parametrize(
    ("body", "wanted"), [(DELETED, ["here"]), (HELD, ["held"]), (FIELD, ["a\nb"]), (BOX, ["boxed"])]
)
def test_a_word_file_is_read_as_it_is_shown(body: str, wanted: list[str], tmp_path: Path) -> None:
    import docx
    from lxml import etree

    document = docx.Document()
    document.element.body.insert(0, etree.fromstring(body.format(w=WORD)))
    file = io.BytesIO()
    document.save(file)
    assert passages(read_report(laid(tmp_path, "a.docx", file.getvalue()))) == wanted


# --- text


def test_lines_with_tabs_are_a_table_and_others_paragraphs() -> None:
    report = text("Title\n\nA\t2011/12\nTheft\t5\n\nNote one\nand two.\n")
    assert texts(report) == [[["A", "2011/12"], ["Theft", "5"]]]
    assert passages(report) == ["Title", "Note one\nand two."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_however_its_letters_are_written(encoding: str) -> None:
    assert passages(read_text_report(InputFile("a.txt", "£5 – café".encode(encoding)))) == ["£5 – café"]


def test_a_table_in_markdown_is_read_without_its_rule() -> None:
    report = text("# Crime\n| A | B \\| C |\n|:--|--:|\n| **x** | 1<sup>2</sup> |\n")
    assert texts(report) == [[["A", "B | C"], ["x", "1²"]]]
    assert report.blocks[0] == Passage("Crime", "line 1", is_heading=True)


# --- pages of the web


def test_what_a_reader_does_not_see_is_not_read() -> None:
    report = html(
        "<title>no</title><script>no</script><p hidden>no</p><p style='display: none'>no</p><p>yes<!--no--></p>"
    )
    assert passages(report) == ["yes"]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [("<meta charset=windows-1252>", "cp1252"), ("", "utf-8"), ("", "cp1252"), ("<meta charset=nonsense>", "utf-8")],
)
def test_letters_are_read_however_they_are_written(head: str, encoding: str) -> None:
    assert passages(read_html(InputFile("a.html", f"{head}<p>£5 – café</p>".encode(encoding)))) == ["£5 – café"]


def test_nothing_that_a_page_refers_to_is_fetched(tmp_path: Path) -> None:
    secret = laid(tmp_path, "secret.txt", b"secret")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><p>&x;<img src="{secret.as_uri()}"><p>there'
    assert "secret" not in " ".join(passages(html(page)))


# --- workbooks


def test_each_sheet_is_read_and_rows_of_one_cell_are_paragraphs(tmp_path: Path) -> None:
    rows = [["Crime in Exampleton"], ["Measure", "2011/12"], ["Theft", 5], [], ["A note"]]
    report = read_report(laid(tmp_path, "a.xlsx", workbook_of({"One": rows, "Two": rows})))
    assert texts(report) == 2 * [[["Measure", "2011/12"], ["Theft", "5"]]]
    assert passages(report) == ["One", "Crime in Exampleton", "A note", "Two", "Crime in Exampleton", "A note"]


# --- pages on paper


def test_a_table_that_goes_on_over_a_page_is_one_and_its_headings_stand_once(tmp_path: Path) -> None:
    import weasyprint

    rows = "".join(f"<tr><td>Measure {number}<td>{number}<td>{number + 1}" for number in range(90))
    style = "td, th {border: 1px solid; padding: 4px} table {border-collapse: collapse}"
    page = f"<style>{style}</style><table><thead><tr><th>Measure<th>2010/11<th>2011/12<tbody>{rows}</table>"
    (table,) = texts(read_report(laid(tmp_path, "long.pdf", weasyprint.HTML(string=page).write_pdf())))
    assert [row[0] for row in table] == ["Measure", *(f"Measure {number}" for number in range(90))]


def test_a_table_without_ruled_lines_is_told_by_how_its_words_stand(tmp_path: Path) -> None:
    import weasyprint

    rows = "".join(
        f"<tr><td>{name}<td>{number}<td>{number + 5}" for number, name in enumerate(["Theft", "Arson", "Fraud"], 400)
    )
    style = "<style>td, th {padding: 4px 20px; text-align: left}</style>"
    page = f"{style}<p>Some words that stand above.</p><table><tr><th>Measure<th>2010/11<th>2011/12{rows}</table>"
    (table,) = texts(read_report(laid(tmp_path, "plain.pdf", weasyprint.HTML(string=page).write_pdf())))
    assert table == [
        ["Measure", "2010/11", "2011/12"],
        ["Theft", "400", "405"],
        ["Arson", "401", "406"],
        ["Fraud", "402", "407"],
    ]


def test_a_page_of_more_letters_than_are_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_pdf_pages, "MOST_GLYPHS", 10)
    with pytest.raises(report_pdf_pages.TooMuch, match="more than 10 letters"):
        report_pdf_pages.pages_of(FORMATS["report.pdf"]())


# --- refused


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BOMB = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b"\n\n", "there is no text in it"),
        ("a.txt", b"a\0b", "is no text"),
        ("a.doc", b"\xd0\xcf\x11\xe0rest", "an older format of Office, or has a password"),
        ("a.docx", b"PK\x03\x04rest", "damaged"),
        ("a.zip", zipped({"hello.txt": b"hello"}), "is no report that is read; wanted .docx"),
        ("a.docx", zipped({"word/document.xml": b"<w/>"}), "this Word file is damaged"),
        ("a.pptx", zipped({"ppt/presentation.xml": b"<p/>"}), "this presentation is damaged"),
        ("a.docx", zipped({"word/document.xml": b"<w>" + b" " * 40_000_000 + b"</w>"}), "unpacks to far more"),
        ("a.docx", zipped({**parts_of(as_docx()), "word/document.xml": BOMB}), "a document type"),
        ("a.pptx", zipped({**parts_of(as_pptx()), "ppt/presentation.xml": BOMB}), "a document type"),
        ("a.xlsx", zipped({"xl/workbook.xml": b"<w/>"}), "damaged"),
        ("a.pdf", b"%PDF-1.7\nnothing", "this PDF cannot be read"),
        ("a.html", b"<html></html>", "there is no text in it"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_a_sentence(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_report(laid(tmp_path, name, data))
    assert words in str(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "ul><li"])
def test_a_page_that_is_nested_without_end_is_read_or_refused(tag: str) -> None:
    with suppress(InputError):
        assert html(f"<{tag}>" * 5000 + "text").blocks


def test_a_cell_that_claims_to_cover_a_million_columns_covers_as_many_as_are_read() -> None:
    with pytest.raises(InputError, match="split the table"):
        html("<table><tr><td colspan=1000>a<td colspan=1000>b</table>")


def test_tables_beyond_all_measure_are_refused() -> None:
    with pytest.raises(InputError, match="span more than 200,000 cells"):
        html("<table>" + "<tr><td colspan=900>a" * 300 + "</table>")
