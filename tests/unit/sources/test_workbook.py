"""A workbook that would fill the memory is refused before it is unpacked; a damaged one is named."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest

from quarterday.domain.faults import InputError
from quarterday.sources import opendocument as opendocuments
from quarterday.sources import workbook as workbooks
from quarterday.sources.files import InputFile
from quarterday.sources.workbook import open_workbook

Make = Callable[..., bytes]
NOON = datetime(2023, 3, 31, 12)  # noqa: DTZ001 - a cell has no time zone
SHEETS: dict[str, list[list[object]]] = {
    "Notes": [["Updated: 1 May 2025"]],
    "2023_24": [["count", "when"], [5, date(2023, 3, 31)]],
    "A & <B>": [],
}


def rows_of(data: bytes, name: str = "data") -> list[tuple[int, list[object]]]:
    return list(open_workbook(InputFile("counts.ods", data)).rows(name))


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The archive with the content of some parts replaced, and new ones behind."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return file.getvalue()


def understated(data: bytes, part: str) -> bytes:
    """The archive whose headers say that the part unpacks to one byte."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo(part).file_size
    return data.replace(struct.pack("<L", size), struct.pack("<L", 1))


@pytest.fixture(params=["xlsx", "ods"])
def make(request: pytest.FixtureRequest, workbook: Make, opendocument: Make) -> Make:
    """Make a workbook of either kind."""
    return workbook if request.param == "xlsx" else opendocument


def test_the_names_of_all_sheets_are_known_and_each_is_read_by_its_own(make: Make) -> None:
    book = open_workbook(InputFile("counts", make(SHEETS)))
    assert book.names == ("Notes", "2023_24", "A & <B>")
    read = [list(book.rows(name)) for name in reversed(book.names)]
    assert read == [
        [],
        [(1, ["count", "when"]), (2, [5.0, date(2023, 3, 31)])],
        [(1, ["Updated: 1 May 2025"])],
    ]


def test_a_sheet_is_not_read_before_it_is_asked_for(opendocument: Make) -> None:
    data = opendocument({"good": [["a"]], "bad": [["b"]]})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    book = open_workbook(
        InputFile("counts.ods", repacked(data, **{"content.xml": content.replace(b"b</text:p>", b"b")}))
    )
    assert list(book.rows("good")) == [(1, ["a"])]
    with pytest.raises(InputError, match=r"counts\.ods, sheet 'bad': the workbook is damaged \(mismatched tag"):
        list(book.rows("bad"))


def test_pieces_that_cut_tags_and_letters_in_two_are_read_alike(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make({"Übersicht & <B>": [["café", None, 5], [None], ["–"]], "2": [["b"]]})
    whole = open_workbook(InputFile("counts", data))
    monkeypatch.setattr(workbooks, "_CHUNK", 7)
    pieces = open_workbook(InputFile("counts", data))
    assert pieces.names == whole.names == ("Übersicht & <B>", "2")
    for name in whole.names:
        assert list(pieces.rows(name)) == list(whole.rows(name)) != []


def test_rows_that_hold_nothing_are_passed_over_and_counted(make: Make) -> None:
    book = open_workbook(InputFile("counts", make({"data": [["a"], [None], [None, ""], [None, None, "b"]]})))
    assert [(number, list(cells)[:3]) for number, cells in book.rows("data")] in (
        [(1, ["a"]), (4, ["", "", "b"])],
        [(1, ["a", "", ""]), (4, ["", "", "b"])],
    )


@pytest.mark.parametrize(
    "sheet_data",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c><v>1</v></c><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1048575"/><row><c><v>1</v></c><c r="xfd1048576"><v>1</v></c></row>',
        '<row r="1000000"><c><v>1</v></c></row><row>' + "<c><v>1</v></c>" * 6 + "</row>",
    ],
    ids=["two corners", "other quotation marks", "no places", "cells without places"],
)
def test_a_sheet_that_spans_millions_of_empty_cells_is_refused(workbook: Make, sheet_data: str) -> None:
    with pytest.raises(InputError, match=r"a sheet spans [\d,]+ cells, most of them empty; wanted at most 5,000,000"):
        rows_of(workbook({"data": []}, sheet_data=sheet_data))


ONE = "<text:p>1</text:p></table:table-cell>"
MANY_COLUMNS = '<table:table-cell table:number-columns-repeated="99999999"'
MANY_ROWS = '<table:table-row table:number-rows-repeated="99999999"'


@pytest.mark.parametrize(
    "sheet_data",
    [
        f"<table:table-row>{MANY_COLUMNS}>{ONE}</table:table-row>",
        f"{MANY_ROWS}><table:table-cell>{ONE}</table:table-row>",
        f"<table:table-row>{MANY_COLUMNS}/><table:table-cell>{ONE}</table:table-row>",
        f"{MANY_ROWS.replace('99999999', '2000')}>{MANY_COLUMNS.replace('99999999', '2501')}>{ONE}</table:table-row>",
    ],
    ids=["columns", "rows", "empty columns before the last", "rows of columns"],
)
def test_cells_repeated_by_the_million_are_refused(opendocument: Make, sheet_data: str) -> None:
    told = r"counts\.ods, sheet 'data' spans [\d,]+ cells or more; wanted at most 5,000,000"
    with pytest.raises(InputError, match=told):
        rows_of(opendocument({"data": []}, sheet_data=sheet_data))


def test_a_sheet_of_two_far_corners_is_not_laid_out(opendocument: Make) -> None:
    one = '<table:table-cell office:value-type="float" office:value="1"/>'
    far = (
        f'<table:table-row>{one}</table:table-row><table:table-row table:number-rows-repeated="9999999"/>'
        f'<table:table-row><table:table-cell table:number-columns-repeated="999"/>{one}</table:table-row>'
    )
    data = opendocument({"data": []}, sheet_data=far)
    assert [(number, len(cells)) for number, cells in rows_of(data)] == [(1, 1), (10_000_001, 1000)]


def test_a_million_empty_rows_and_columns_behind_the_table_cost_nothing(opendocument: Make) -> None:
    behind = '<table:table-cell table:number-columns-repeated="16383"/>'
    table = f"<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>{behind}</table:table-row>"
    below = f'<table:table-row table:number-rows-repeated="1048575">{behind}</table:table-row>'
    assert rows_of(opendocument({"data": []}, sheet_data=table + below)) == [(1, ["a"])]


def test_what_is_repeated_counts_as_often(opendocument: Make) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="7"/>'
        "<table:covered-table-cell/><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
    )
    cells = ["", "", 7.0, 7.0, 7.0, "", "b"]
    assert rows_of(opendocument({"data": []}, sheet_data=row)) == [(1, cells), (2, cells)]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('office:value-type="percentage" office:value="0.125"><text:p>13%</text:p>', 0.125),
        ('office:value-type="currency" office:value="1234.5"><text:p>£1,234.50</text:p>', 1234.5),
        ('office:value-type="boolean" office:boolean-value="false"><text:p>FALSE</text:p>', False),
        ('office:value-type="date" office:date-value="2023-03-31T12:00:00"><text:p/>', NOON),
        ('office:value-type="string"><text:p>two</text:p><text:p>lines</text:p>', "two\nlines"),
        ('office:value-type="string"><text:p>a<text:s text:c="2"/>b<text:tab/>c</text:p>', "a  b\tc"),
        ('office:value-type="string"><text:p>a<text:line-break/>b</text:p>', "a\nb"),
        ('office:value-type="string"><text:p>Fish <text:span>&amp;</text:span> chips</text:p>', "Fish & chips"),
        ('office:value-type="string" office:string-value="whole"><text:p>wh</text:p>', "whole"),
        ("><office:annotation><text:p>a comment</text:p></office:annotation><text:p>5</text:p>", "5"),
        ('office:value-type="float" office:value="0" calcext:value-type="error"><text:p>#REF!</text:p>', "#REF!"),
    ],
)  # fmt: skip
def test_a_cell_is_read_by_its_type(opendocument: Make, cell: str, read: object) -> None:
    row = f"<table:table-row><table:table-cell {cell}</table:table-cell></table:table-row>"
    assert rows_of(opendocument({"data": []}, sheet_data=row)) == [(1, [read])]


def test_a_workbook_that_unpacks_to_too_much_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1024 * 1024)
    bomb = make({"data": []}, sheet_data="<row/>" * 1_000_000)
    assert len(bomb) < 50_000
    with pytest.raises(InputError, match=r"counts\.ods unpacks to more than 1 MB; save only the sheet"):
        rows_of(bomb)


@pytest.mark.parametrize(("kind", "part"), [("workbook", "xl/worksheets/sheet1.xml"), ("opendocument", "content.xml")])
def test_a_size_that_the_header_understates_is_not_believed(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, kind: str, part: str
) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1024 * 1024)
    honest = request.getfixturevalue(kind)({"data": []}, sheet_data="<row/>" * 1_000_001)
    bomb = understated(honest, part)
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        assert archive.getinfo(part).file_size == 1
    with pytest.raises(InputError, match=r"counts\.ods unpacks to more than 1 MB"):
        rows_of(bomb)


def test_one_part_of_excel_that_unpacks_to_too_much_is_refused(workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_OF_A_PART", 1024 * 1024)
    bomb = repacked(workbook({"data": [[1]]}), **{"xl/sharedStrings.xml": b"<si/>" * 500_000})
    with pytest.raises(InputError, match=r"counts\.ods: xl/sharedStrings\.xml unpacks to more than 1 MB"):
        rows_of(bomb)


@pytest.mark.parametrize(
    ("sheet_data", "told"),
    [
        ("<a>" * 100 + "</a>" * 100, "lies more than 64 elements deep"),
        ("<table:table-row>" * 100 + "</table:table-row>" * 100, "lies more than 64 elements deep"),
        (f'<table:table-row table:style-name="{"x" * 3_000_000}"/>', "a tag has no end"),
        (f"<table:table-row><table:table-cell><text:p>{'x' * 40_000}", "row 1: a cell holds more than 32,767"),
        ('<table:table-row><table:table-cell><text:p><text:s text:c="999999999"/>', "a cell holds more than 32,767"),
        ("<table:table-row>&undeclared;</table:table-row>", "undefined entity"),
        ('<table:table-row table:number-rows-repeated="many"/>', "the workbook is damaged (invalid literal"),
    ],
    ids=["depth", "depth of rows", "endless tag", "endless cell", "endless space", "entity", "no number"],
)  # fmt: skip
def test_xml_made_to_fill_the_memory_is_refused(opendocument: Make, sheet_data: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        rows_of(opendocument({"data": []}, sheet_data=sheet_data))
    assert told in str(caught.value)


def test_the_most_cells_of_a_sheet_are_the_same_for_both_kinds() -> None:
    assert workbooks.MOST_CELLS == opendocuments.MOST_CELLS


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin"])
def test_another_kind_of_workbook_is_refused(workbook: Make, name: str) -> None:
    with pytest.raises(InputError, match=r"is no workbook of the kind \.xlsx or \.ods; save it as one"):
        rows_of(repacked(workbook({"data": [[1]]}), **{name: b"x"}))


def test_a_text_document_is_no_workbook(opendocument: Make) -> None:
    text = repacked(opendocument({"data": [[1]]}), mimetype=b"application/vnd.oasis.opendocument.text")
    with pytest.raises(InputError, match=r"is no workbook of the kind \.xlsx or \.ods"):
        rows_of(text)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_is_no_archive_is_no_workbook(data: bytes) -> None:
    with pytest.raises(InputError, match=r"counts\.ods is no workbook of the kind \.xlsx or \.ods"):
        rows_of(data)


def test_a_workbook_without_a_sheet_is_refused(make: Make) -> None:
    with pytest.raises(InputError, match=r"counts\.ods: there is no sheet in it"):
        rows_of(make({}))


def test_a_part_that_stands_there_twice_is_damage(workbook: Make) -> None:
    file = io.BytesIO(workbook({"data": [[1]]}))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", "x")
    with pytest.raises(InputError, match=r"the workbook is damaged \(a part stands in it twice\)"):
        rows_of(file.getvalue())


def test_half_a_workbook_is_refused(make: Make) -> None:
    whole = make({"data": [[1]]})
    with pytest.raises(InputError, match=r"counts\.ods: the workbook is damaged .*; save it anew as \.xlsx"):
        rows_of(whole[: len(whole) // 2])


def test_a_text_that_very_many_cells_share_is_not_copied_for_each(
    workbook: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quarterday.sources.workbook.MOST_TEXT", 1_000_000)
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 201))
    data = io.BytesIO(workbook({"data": []}, sheet_data=cells))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{'é' * 5_000}</t></si></sst>")
    with pytest.raises(InputError, match="the cells of a sheet repeat texts of more than"):
        rows_of(data.getvalue())
