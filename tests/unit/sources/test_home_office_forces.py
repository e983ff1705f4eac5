"""Rolling years by force come in as published: never added up, and what cannot be compared is marked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.sources.home_office_forces import FRAUD_NOTE, read_home_office_forces
from quarterday.warehouse.base import Intake

HEADER = "12 months ending,PFA,Region,Offence,Rolling year total number of offences\n"
ROWS = """\
31-03-2017,Kent,South East,Domestic burglary,4521
31-03-2017,Kent,South East,Residential burglary,0
30-06-2017,Kent,South East,Domestic burglary,3578
30-06-2017,Kent,South East,Residential burglary,1929
31-03-2018,Kent,South East,Domestic burglary,0
31-03-2018,Kent,South East,Residential burglary,8434
31-03-2018,Kent,South East,Robbery,1200
31-03-2018,CIFAS,Fraud: CIFAS,CIFAS,276997
"""
Read = Callable[[str], Intake]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def of(rows: str, *, header: str = HEADER) -> Intake:
        path = tmp_path / "forces.csv"
        path.write_text(header + rows, "utf-8")
        return read_home_office_forces(path)

    return of


def rolling_year(year: int, month: int) -> Period:
    return Period.ending(Period.month(year, month), 12)


def statuses(intake: Intake, offence: str) -> dict[Period, tuple[Status, ...]]:
    measure = f"{offence} (Home Office)"
    return {figure.period: figure.statuses for figure in intake.figures if figure.measure == measure}


def faults_of(read: Read, rows: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(rows)
    return list(caught.value.faults)


def test_each_row_is_a_figure_of_the_12_months_that_end_with_its_date(read: Read) -> None:
    intake = read(ROWS)
    assert len(intake.figures) == 8
    assert intake.figures[6] == Figure("Robbery (Home Office)", "Kent (force)", rolling_year(2018, 3), 1200.0)
    assert (intake.reader, intake.source.publisher) == ("home-office-forces 2", "Home Office")
    assert intake.source.title == "Recorded crime by police force, rolling years ending March 2017 to March 2018"


def test_either_spelling_of_dates_gives_the_same_figures(read: Read) -> None:
    assert read(ROWS.replace("-", "/")).figures == read(ROWS).figures


def test_columns_are_found_by_their_names(read: Read) -> None:
    header = "Offence,PFA,Rolling year total number of offences,12 months ending,Region,ONS code\n"
    intake = read("Robbery,Kent,1200,31-03-2018,South East,E23\n", header=header)
    assert intake.figures == (Figure("Robbery (Home Office)", "Kent (force)", rolling_year(2018, 3), 1200.0),)
    assert "The column 'ONS code' was left alone." in intake.notes


def test_30_december_is_read_as_the_end_of_december_and_this_is_said(read: Read) -> None:
    intake = read("30-12-2017,Kent,South East,Robbery,1100\n")
    assert [figure.period for figure in intake.figures] == [Period.calendar_year(2017)]
    assert "30-12-2017 is read as the end of December 2017; rows with it: 1." in intake.notes


def test_a_total_below_zero_is_kept_and_said_with_its_row(read: Read) -> None:
    intake = read(ROWS + "31-03-2018,Kent,South East,Fraud offences,-12\n")
    assert intake.figures[-1].value == -12
    assert "Fraud offences: below zero, as published, in row 10." in intake.notes


def test_a_reclassified_offence_is_marked_wherever_its_name_was_not_in_use(read: Read) -> None:
    intake = read("31-03-2016,Kent,South East,Domestic burglary,4400\n" + ROWS)
    assert statuses(intake, "Domestic burglary") == {
        rolling_year(2016, 3): (),
        rolling_year(2017, 3): (),
        rolling_year(2017, 6): (Status.BREAK,),
        rolling_year(2018, 3): (Status.BREAK,),
    }
    assert statuses(intake, "Residential burglary") == {
        rolling_year(2017, 3): (Status.BREAK,),
        rolling_year(2017, 6): (Status.BREAK,),
        rolling_year(2018, 3): (),
    }
    assert statuses(intake, "Robbery") == {rolling_year(2018, 3): ()}
    assert any(note.startswith("From April 2017 Domestic burglary is counted as Residential") for note in intake.notes)


@pytest.mark.parametrize("dates", [("31-03-2017",), ("30-06-2017", "31-03-2018")], ids=["before", "after"])
def test_where_the_file_does_not_show_the_change_nothing_is_marked(read: Read, dates: tuple[str, ...]) -> None:
    rows = "".join(f"{row}\n" for row in ROWS.splitlines() if row.startswith(dates))
    assert {figure.statuses for figure in read(rows).figures} == {()}


def test_no_quarter_and_no_part_of_a_year_follows_from_rolling_years(read: Read) -> None:
    ends = ["31-03-2016", "30-06-2016", "30-09-2016", "31-12-2016", "31-03-2017", "30-06-2017"]
    figures = read("".join(f"{end},Kent,South East,Robbery,{1000 + n}\n" for n, end in enumerate(ends))).figures
    robbery = Holding("Robbery (Home Office)", "Kent (force)", {figure.period: figure for figure in figures})
    for wanted in (Period.financial_quarter(2016, 1), Period.month(2016, 6), Period(rolling_year(2017, 3).first, 18)):
        assert robbery.total(wanted).value is None


def test_two_years_follow_only_from_two_that_meet(read: Read) -> None:
    two_years = Period(rolling_year(2017, 3).first, 24)
    meeting = read("31-03-2017,Kent,South East,Robbery,10\n31-03-2018,Kent,South East,Robbery,7\n").figures
    overlapping = read("30-06-2017,Kent,South East,Robbery,10\n31-03-2018,Kent,South East,Robbery,7\n").figures
    assert (
        Holding("Robbery (Home Office)", "Kent (force)", {figure.period: figure for figure in meeting})
        .total(two_years)
        .value
        == 17
    )
    assert (
        Holding("Robbery (Home Office)", "Kent (force)", {figure.period: figure for figure in overlapping})
        .total(two_years)
        .value
        is None
    )


def test_a_force_is_not_taken_for_a_partnership_of_its_name(read: Read) -> None:
    assert {figure.area for figure in read(ROWS).figures} == {"Kent (force)", "CIFAS"}


def test_national_bodies_that_stand_as_forces_are_named(read: Read) -> None:
    assert "National bodies stand there as forces: CIFAS." in read(ROWS).notes


def test_fraud_that_moved_to_a_national_body_is_said(read: Read) -> None:
    fraud = "31-03-2013,Kent,R,Fraud offences,9\n31-03-2013,Action Fraud,R,Action Fraud,9\n"
    assert FRAUD_NOTE in read(fraud).notes
    assert FRAUD_NOTE not in read(ROWS).notes


def test_an_offence_that_is_not_there_throughout_is_said(read: Read) -> None:
    assert "CIFAS: only rolling years ending March 2018." in read(ROWS).notes


def test_a_row_that_is_not_there_is_missing_and_not_zero(read: Read) -> None:
    rows = "".join(
        f"{end},{force},R,Robbery,5\n" for end in ("31-03-2017", "31-03-2018") for force in ("Kent", "Essex")
    )
    intake = read(rows.replace("31-03-2018,Essex,R,Robbery,5\n", ""))
    assert len(intake.figures) == 3
    assert "Robbery: not available, since there is no row: Essex, 12 months to March 2018." in intake.notes


def test_of_many_gaps_the_first_are_named_and_all_are_counted(read: Read) -> None:
    years = range(2001, 2021)
    rows = "".join(f"31-12-{year},Force {year},South,Robbery,1\n31-12-{year},Kent,South,Robbery,1\n" for year in years)
    assert (
        "Robbery: not available, since there is no row: Force 2002, 12 months to December 2001; Force 2003, 12 months "
        "to December 2001; Force 2004, 12 months to December 2001; and 377 others."
    ) in read(rows).notes


def test_nought_is_never_below_nought(read: Read) -> None:
    [figure] = read("31-03-2018,Kent,South East,Robbery,-0\n").figures
    assert repr(figure.value) == "0.0"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("30-06-2017,Kent,South East,Dom", "29-06-2017,Kent,South East,Dom",
         "forces.csv, row 4, column A (12 months ending): '29-06-2017' does not end a month; wanted its last day, 30"),
        ("30-06-2017,Kent,South East,Dom", "31-06-2017,Kent,South East,Dom", "'31-06-2017' does not end a month"),
        ("30-06-2017,Kent,South East,Dom", "28-02-2016,Kent,South East,Dom", "wanted its last day, 29"),
        ("30-06-2017,Kent,South East,Dom", "31-13-2017,Kent,South East,Dom", "month 13 of year 2017 does not exist"),
        ("30-06-2017,Kent,South East,Dom", "06/30/2017,Kent,South East,Dom", "month 30 of year 2017 does not exist"),
        ("30-06-2017,Kent,South East,Dom", "30-06/2017,Kent,South East,Dom", "'30-06/2017' is no date; wanted"),
        ("30-06-2017,Kent,South East,Dom", "Jun-17,Kent,South East,Dom", "'Jun-17' is no date; wanted the last day"),
        (",3578", ",3578.5", "row 4, column E (Rolling year total number of offences): '3578.5' is no count"),
        (",3578", ",", "column E (Rolling year total number of offences): the cell is empty; wanted a whole number"),
        (",3578", ",--3578", "'--3578' is no count"),
        (",3578", ",٣", "'٣' is no count"),
        (",3578", ",1e3", "'1e3' is no count"),
        (",3578", "", "row 4: there are 4 cells; wanted 5, as in the first row"),
        ("Kent,South East,Robbery", ",South East,Robbery", "row 8, column B (PFA): the cell is empty"),
        ("Kent,South East,Robbery", "Kent,,Robbery", "row 8, column C (Region): the cell is empty"),
        ("Kent,South East,Robbery", "Kent,England,Robbery", "rows 2 and 8: Kent stands in the regions South East"),
        ("Robbery", "residential  BURGLARY", "rows 7 and 8: residential  BURGLARY, Kent, 12 months to March"),
        ("Robbery", '"Robbery', "row 8: the cells cannot be told apart"),
    ],
)  # fmt: skip
def test_a_cell_at_fault_is_named(read: Read, old: str, new: str, told: str) -> None:
    assert old in ROWS
    assert told in faults_of(read, ROWS.replace(old, new, 1))[0]


def test_the_two_spellings_of_one_period_are_twice_the_same(read: Read) -> None:
    [fault] = faults_of(read, "30-12-2017,Kent,South East,Robbery,5\n31/12/2017,Kent,South East,Robbery,5\n")
    assert "rows 2 and 3: Robbery, Kent, 12 months to December 2017 stands there twice" in fault


def test_all_faults_are_named_at_once(read: Read) -> None:
    faults = faults_of(read, ROWS.replace("4521", "x").replace("30-06-2017", "1-6-2017"))
    assert [fault.split(",")[1].strip() for fault in faults] == ["row 2", "row 4", "row 5"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (HEADER.replace("PFA", "Force"), "row 1: there is no column 'PFA'; the columns are 12 months ending, Force"),
        (HEADER.replace("Region", "PFA"), "row 1: columns B and C are both the PFA; keep one."),
        ("", "there is no column '12 months ending'"),
    ],
    ids=["another name", "twice", "no header"],
)  # fmt: skip
def test_a_table_of_other_columns_is_refused(read: Callable[..., Intake], header: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read(ROWS, header=header)
    assert told in str(caught.value)


def test_a_file_without_rows_is_refused(read: Read) -> None:
    assert faults_of(read, "") == ["forces.csv: there is no row below the names of the columns; fetch the file anew."]
