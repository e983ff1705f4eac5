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


def test_the_noise_of_binary_fractions_is_no_fraction_of_a_person(read: Read) -> None:
    assert read([["area", 2021], ["Wandsworth", 260379.00000000003]]).figures[0].value == 260379


def test_the_sheet_called_data_is_read_and_the_others_are_named(tmp_path: Path, workbook: Callable[..., bytes]) -> None:
    path = tmp_path / "residents.xlsx"
    path.write_bytes(workbook({"notes": [["Persons present"]], "Data": GOOD}))
    intake = read_population(path)
    assert len(intake.figures) == 4
    assert intake.notes == ("The sheet 'notes' was not read.",)


@pytest.mark.parametrize("cell", [True, date(2021, 3, 21)], ids=["truth value", "date"])
def test_a_cell_of_another_kind_is_a_fault(tmp_path: Path, workbook: Callable[..., bytes], cell: object) -> None:
    path = tmp_path / "residents.xlsx"
    path.write_bytes(workbook({"data": [["area", 2021], ["Redditch", cell]]}))
    with pytest.raises(InputError, match=r"sheet 'data', row 2, column B \(2021\): .* is no number of people"):
        read_population(path)
