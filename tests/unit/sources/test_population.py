"""Residents: areas down, years across; every cell is a whole number of people, or a fault."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.sources.population import read_population
from quarterday.warehouse.base import Intake

Rows = list[list[object]]
Read = Callable[..., Intake]
GOOD: Rows = [["area", 2011, 2021], ["Redditch", 84214, 87036], ["Wyre Forest", 97975, 101607]]


@pytest.fixture(params=["csv", "xlsx", "ods"])
def read(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    workbook: Callable[..., bytes],
    opendocument: Callable[..., bytes],
) -> Read:
    """Read a table, once as a CSV file and once as a workbook of either kind."""

    def of(rows: Rows) -> Intake:
        path = tmp_path / f"residents.{request.param}"
        if request.param == "csv":
            lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
            path.write_text("\n".join(lines), "utf-8")
        else:
            make = workbook if request.param == "xlsx" else opendocument
            path.write_bytes(make({"data": rows}))
        return read_population(path)

    return of


def faults_of(read: Read, rows: Rows) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(rows)
    return [re.sub(r"\.(csv|(xlsx|ods), sheet 'data')", "", fault) for fault in caught.value.faults]


def test_each_cell_is_a_figure_of_its_calendar_year(read: Read) -> None:
    figures = read(GOOD).figures
    assert len(figures) == 4
    assert figures[1] == Figure("Population", "Redditch", Period.calendar_year(2021), 87036.0)


def test_empty_rows_and_columns_are_passed_over(read: Read) -> None:
    spaced = [[*row, None] for row in [GOOD[0], [None, None, None], *GOOD[1:]]]
    assert read(spaced).figures == read(GOOD).figures


@pytest.mark.parametrize(
    ("row", "column", "cell", "told"),
    [
        (1, 1, "n/a", "row 2, column B (2011): 'n/a' is no plain number"),
        (1, 1, "n.a.", "row 2, column B (2011): 'n.a.' is no plain number"),
        (2, 2, None, "row 3, column C (2021): the cell is empty; write the number of people"),
        (2, 2, -5, "is no number of whole people; wanted 0 or more, without a fraction"),
        (2, 2, 5.5, "is no number of whole people; wanted 0 or more, without a fraction"),
        (1, 0, None, "row 2, column A: the area has no name"),
        (2, 0, "REDDITCH", "rows 2 and 3: 'REDDITCH' stands there twice; keep one"),
        (0, 1, "mid-2011", "row 1, column B: 'mid-2011' is no year; wanted each year once, as 2021"),
        (0, 2, 2011, "stands there twice; wanted each year once"),
        (0, 1, 20.5, "is no year; wanted each year once"),
    ],
)
def test_a_cell_at_fault_is_named(read: Read, row: int, column: int, cell: object, told: str) -> None:
    rows = [list(cells) for cells in GOOD]
    rows[row][column] = cell
    faults = faults_of(read, rows)
    assert faults[0].startswith("residents, row")
    assert told in faults[0]


def test_all_faults_are_named_at_once(read: Read) -> None:
    faults = faults_of(read, [["area", 2011, 2021], ["Redditch", "?", None], ["Wyre Forest", 5.5, 101607]])
    assert [fault.split(":")[0] for fault in faults] == [
        "residents, row 2, column B (2011)",
        "residents, row 2, column C (2021)",
        "residents, row 3, column B (2011)",
    ]


def test_a_number_without_a_year_above_it_is_a_fault(read: Read) -> None:
    [fault] = faults_of(read, [["area", 2011, None], ["Redditch", 84214, 87036]])
    assert fault.startswith("residents, row 2, column C")
    assert "has no year above it" in fault


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["area"], ["Redditch"]], "row 1: there is no year"),
        ([["area", 2011]], "there is no area below the years"),
        ([[None]], "is empty; wanted areas down and years across"),
    ],
    ids=["no year", "no area", "nothing"],
)
def test_a_table_without_years_or_areas_is_refused(read: Read, rows: Rows, told: str) -> None:
    assert told in faults_of(read, rows)[0]


@pytest.mark.parametrize(
    "again", [["area", 2011, 2021], ["Area", "2011", " 2021"], ["district", 2011, 2021], [None, 2011, 2021]]
)
def test_a_second_row_of_headings_is_no_area(read: Read, again: list[object]) -> None:
    told = ["residents, row 3: the headings of row 1 stand there again; keep one row of them."]
    assert faults_of(read, [*GOOD[:2], again, GOOD[2]]) == told
    assert faults_of(read, [["area", 2011], ["Redditch", 84214], ["area", 2011]]) == told


def test_headings_that_stand_there_again_do_not_pass_for_a_row_of_some_people(read: Read) -> None:
    rows: Rows = [["name", "sex", "year", "persons"], ["Redditch", "all", 2021, 87036]]
    assert len(read(rows).figures) == 1
    [fault] = faults_of(read, [*rows, rows[0]])
    assert fault == "residents, row 3: the headings of row 1 stand there again; keep one row of them."


def test_so_many_people_as_the_year_has_in_its_number_are_read(read: Read) -> None:
    assert [figure.value for figure in read([["area", 2011], ["Abbey", 2011], ["Area 2", 12]]).figures] == [2011, 12]
    assert [figure.value for figure in read([["area", 2011, 2021], ["Abbey", 2011, 2022]]).figures] == [2011, 2022]


def test_the_noise_of_binary_fractions_is_no_fraction_of_a_person(read: Read) -> None:
    assert read([["area", 2021], ["Wandsworth", 260379.00000000003]]).figures[0].value == 260379


def test_the_sheet_called_data_is_read_and_the_others_are_named(tmp_path: Path, workbook: Callable[..., bytes]) -> None:
    path = tmp_path / "residents.xlsx"
    path.write_bytes(workbook({"notes": [["Persons present"]], "Data": GOOD}))
    intake = read_population(path)
    assert len(intake.figures) == 4
    assert intake.notes == ("The sheet 'notes' was not read.",)


def test_of_very_many_sheets_only_the_first_are_named(tmp_path: Path, workbook: Callable[..., bytes]) -> None:
    (tmp_path / "residents.xlsx").write_bytes(workbook({"data": GOOD, **{f"s{number}": [] for number in range(500)}}))
    notes = read_population(tmp_path / "residents.xlsx").notes
    assert [note for note in notes if "not read" in note] == [
        *(f"The sheet 's{number}' was not read." for number in range(4)),
        "496 more sheets were not read.",
    ]


def test_a_workbook_may_not_hold_more_people_than_any_number_is(tmp_path: Path, workbook: Callable[..., bytes]) -> None:
    path = tmp_path / "residents.xlsx"
    path.write_bytes(workbook({"data": [GOOD[0], ["Redditch", 1e16, 1e15], ["Wyre Forest", 97975, 1e300]]}))
    with pytest.raises(InputError) as caught:
        read_population(path)
    assert [fault.split(", ", 2)[2] for fault in caught.value.faults] == [
        "row 2, column B (2011): 1e+16 is beyond 1,000,000,000,000,000; no place has so many people. Correct it.",
        "row 3, column C (2021): 1e+300 is beyond 1,000,000,000,000,000; no place has so many people. Correct it.",
    ]


@pytest.mark.parametrize("cell", [True, date(2021, 3, 21)], ids=["truth value", "date"])
def test_a_cell_of_another_kind_is_a_fault(tmp_path: Path, workbook: Callable[..., bytes], cell: object) -> None:
    path = tmp_path / "residents.xlsx"
    path.write_bytes(workbook({"data": [["area", 2021], ["Redditch", cell]]}))
    with pytest.raises(InputError, match=r"sheet 'data', row 2, column B \(2021\): .* is no number of people"):
        read_population(path)
