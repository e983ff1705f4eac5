"""A workbook that would fill the memory is refused before it is unpacked; a damaged one is named."""

import io
import zipfile
from collections.abc import Callable

import pytest

from quarterday.domain.faults import InputError
from quarterday.sources import workbook as workbooks
from quarterday.sources.files import InputFile
from quarterday.sources.workbook import read_sheet

Make = Callable[..., bytes]


def sheet_of(data: bytes) -> workbooks.Sheet:
    return read_sheet(InputFile("residents.xlsx", data), preferred="data")


def test_rows_and_columns_keep_their_places(workbook: Make) -> None:
    sheet = sheet_of(workbook({"data": [[None], [None, "a"], [None, 5]]}))
    assert sheet.rows == [["", ""], ["", "a"], ["", 5.0]]


def test_without_a_sheet_of_the_preferred_name_the_first_is_read(workbook: Make) -> None:
    sheet = sheet_of(workbook({"First": [[1]], "Second": [[2]]}))
    assert (sheet.name, sheet.rows, sheet.others) == ("First", [[1.0]], ("Second",))


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
        sheet_of(workbook({"data": []}, sheet_data=sheet_data))


def test_a_workbook_that_unpacks_to_too_much_is_refused(workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1024 * 1024)
    bomb = workbook({"data": []}, sheet_data="<row/>" * 1_000_000)
    assert len(bomb) < 50_000
    with pytest.raises(InputError, match=r"residents\.xlsx unpacks to more than 1 MB; save only the sheet"):
        sheet_of(bomb)


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin"])
def test_another_kind_of_workbook_is_refused(workbook: Make, name: str) -> None:
    file = io.BytesIO(workbook({"data": [[1]]}))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(InputError, match=r"is no workbook of the kind \.xlsx; save it as one"):
        sheet_of(file.getvalue())


def test_half_a_workbook_is_refused(workbook: Make) -> None:
    whole = workbook({"data": [[1]]})
    with pytest.raises(InputError, match=r"residents\.xlsx: the workbook is damaged .*; save it anew as \.xlsx"):
        sheet_of(whole[: len(whole) // 2])
