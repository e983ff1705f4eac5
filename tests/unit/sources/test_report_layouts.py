"""What is easily lost on the way from a file to its tables: shading, per cents that are formats, notes, .ods."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from quarterday.domain.printed import Passage, PrintedReport, PrintedTable
from quarterday.editions.check_report import check_report
from quarterday.sources.report_files import read_report

HEAD = "<tr><th>Type</th><th>2010/11</th><th>2011/12</th><th>Change</th></tr>"
ROWS = "".join(
    f"<tr><td>{name}</td><td>{a}</td><td>{b}</td><td>{b - a}</td></tr>"
    for name, a, b in (("Theft", 400, 380), ("Arson", 50, 55), ("Fraud", 120, 129), ("Robbery", 36, 45))
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def table_of(report: PrintedReport) -> list[list[str]]:
    (table,) = (block for block in report.blocks if isinstance(block, PrintedTable))
    return [[cell.text for cell in row] for row in table.rows]


def pdf(folder: Path, body: str, style: str) -> PrintedReport:
    import weasyprint

    path = folder / "report.pdf"
    page = f"<!doctype html><style>@page {{size: A4}} td, th {{padding: 4px}} {style}</style>{body}"
    path.write_bytes(weasyprint.HTML(string=page).write_pdf())
    return read_report(path)


BANDS = "table {border-collapse: collapse; width: 100%} tr:nth-child(even) {background: #eee} th {background: #036}"
LINES = "table {border-collapse: collapse; width: 100%} td, th {border-bottom: 1px solid}"


@pytest.mark.parametrize("style", [BANDS, LINES])
def test_rows_of_a_pdf_that_are_shaded_or_underlined_keep_their_columns(style: str, tmp_path: Path) -> None:
    rows = table_of(pdf(tmp_path, f"<p>Crime in the town.</p><table>{HEAD}{ROWS}</table>", style))
    assert rows[0] == ["Type", "2010/11", "2011/12", "Change"]
    assert rows[1] == ["Theft", "400", "380", "-20"]
    assert len(rows) == 5


@pytest.mark.parametrize("style", [BANDS, LINES])
def test_headings_of_a_pdf_over_several_columns_stand_over_them(style: str, tmp_path: Path) -> None:
    head = "<tr><th rowspan=2>Area</th><th colspan=2>Theft</th><th colspan=2>Arson</th></tr>"
    years = "<tr><th>2010/11</th><th>2011/12</th><th>2010/11</th><th>2011/12</th></tr>"
    rows = "".join(f"<tr><td>{name}</td><td>10</td><td>12</td><td>3</td><td>4</td></tr>" for name in ("Abbey", "Lodge"))
    read = table_of(pdf(tmp_path, f"<table>{head}{years}{rows}</table>", style))
    assert read[1][-4:] == ["2010/11", "2011/12", "2010/11", "2011/12"]
    assert read[2] == ["Abbey", "10", "12", "3", "4"]


def test_a_number_that_a_workbook_shows_in_per_cent_is_read_so(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet, shown = workbook.add_worksheet("A & B"), workbook.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["Measure", "2010/11", "2011/12"])
        sheet.write_string(1, 0, "Detection")
        sheet.write_row(1, 1, [0.28, 0.2661], shown)
    assert table_of(read_report(path))[1] == ["Detection", "28.0%", "26.6%"]


def ods(folder: Path, rows: list[list[str | float]]) -> Path:
    def cell(content: str | float) -> str:
        if isinstance(content, str) and content.endswith("%"):
            kind = f'office:value-type="percentage" office:value="{float(content[:-1]) / 100}"'
        elif isinstance(content, str):
            kind = 'office:value-type="string"'
        else:
            kind = f'office:value-type="float" office:value="{content}"'
        return f"<table:table-cell {kind}><text:p>{content}</text:p></table:table-cell>"

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    path = folder / "report.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr(
            "content.xml",
            f'<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="Crime">{body}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def test_a_whole_report_may_be_an_ods_workbook(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [
        ["Measure", "2010/11", "2011/12", "% change", "Comments"],
        ["Theft", 400, 380, "-5.0%", "Worse than last year."],
        ["Arson", 50, 55, "10.0%", ""],
        ["Fraud", 120, 129, "5.7%", ""],
    ]
    report = check_report(ods(tmp_path, rows))
    assert [finding.quote for finding in report.contradicted] == ["Worse than last year", "5.7%"]


def test_heads_feet_and_footnotes_of_a_word_file_are_read_once(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Theft fell.")
    document.sections[0].header.paragraphs[0].text = "Area: Exampleton"
    document.sections[0].footer.paragraphs[0].text = "Provisional"
    document.add_section()
    file = io.BytesIO()
    document.save(file)
    path = tmp_path / "report.docx"
    path.write_bytes(file.getvalue())
    said = [(block.text, block.place) for block in read_report(path).blocks if isinstance(block, Passage)]
    assert said[0] == ("Area: Exampleton", "head of the page 1")
    assert said[-1] == ("Provisional", "foot of the page 1")
    assert len(said) == 3
