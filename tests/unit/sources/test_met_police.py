"""Two halves of one vintage make monthly figures of each major group, and say what was done to them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.sources.met_police import FRAUD_NOTE, LICENCE_NOTE, read_met_police
from quarterday.warehouse.base import Intake

HISTORICAL = """\
MajorText,MinorText,LookUp_BoroughName,201301,201302
Theft,Bicycle Theft,Barnet,1,2
Theft,Other Theft,Barnet,10,20
Theft,Other Theft,Camden,5,6
Historical Fraud and Forgery,Historical Fraud and Forgery,Barnet,7,3
"""
RECENT = """\
MajorText,MinorText,BoroughName,201303,201304
THEFT,OTHER THEFT,Barnet,30,40
THEFT,SHOPLIFTING,Camden,8,9
THEFT,OTHER THEFT,Unknown,2,0
"""

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def of(**texts: str) -> Path:
        for name, text in texts.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        return tmp_path

    return of


@pytest.fixture
def intake(folder: Folder) -> Intake:
    return read_met_police(folder(recent=RECENT, historical=HISTORICAL))


def series(intake: Intake, group: str, area: str) -> list[float | None]:
    return [
        figure.value for figure in intake.figures if (figure.measure, figure.area) == (f"{group} (Met Police)", area)
    ]


def faults_of(place: Path) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        read_met_police(place)
    return caught.value.faults


def test_minor_groups_are_added_up_over_both_files(intake: Intake) -> None:
    assert series(intake, "Theft", "Barnet") == [11, 22, 30, 40]
    assert series(intake, "Theft", "Camden") == [5, 6, 8, 9]


def test_figures_are_monthly_and_of_the_groups_in_sentence_case_with_the_publication_behind(intake: Intake) -> None:
    assert {figure.measure for figure in intake.figures} == {"Theft (Met Police)", "Fraud and forgery (Met Police)"}
    assert {figure.period for figure in intake.figures} == set(Period(Period.month(2013, 1).first, 4))


def test_no_row_beside_rows_for_others_is_a_true_zero(intake: Intake) -> None:
    assert series(intake, "Fraud and forgery", "Camden")[:2] == [0, 0]
    note = "zero in Camden, since historical.csv has rows only for the other areas."
    assert f"Fraud and forgery, January to February 2013: {note}" in intake.notes


def test_months_of_a_file_without_any_row_for_the_group_are_not_available(intake: Intake) -> None:
    fraud = "Fraud and forgery (Met Police)"
    later = [figure for figure in intake.figures if (figure.measure, figure.area) == (fraud, "Barnet")][2:]
    assert [figure.statuses for figure in later] == [(Status.NOT_AVAILABLE,)] * 2
    assert later[0].note == "recent.csv has no row for Fraud and forgery"
    assert "Fraud and forgery, March to April 2013: not available, since recent.csv lacks it." in intake.notes


def test_months_of_a_file_without_any_row_for_the_area_are_not_available(intake: Intake) -> None:
    assert series(intake, "Theft", "Unknown") == [None, None, 2, 0]
    assert "Unknown, January to February 2013: not available, since historical.csv lacks it." in intake.notes


def test_of_very_many_areas_without_a_row_the_first_are_named(folder: Folder) -> None:
    more = "".join(f"Theft,Other Theft,Place {number:02d},1,1\n" for number in range(30))
    notes = read_met_police(folder(recent=RECENT + more, historical=HISTORICAL)).notes
    assert "Place 09, January to February 2013: not available, since historical.csv lacks it." in notes
    assert "21 more areas, January to February 2013: not available, since historical.csv lacks them." in notes
    assert not [note for note in notes if note.startswith("Place 10")]


def test_more_figures_than_anybody_reads_are_never_made(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder(recent=RECENT, historical=HISTORICAL)
    monkeypatch.setattr("quarterday.sources.met_police.MOST_FIGURES", 24)
    assert len(read_met_police(place).figures) == 24
    monkeypatch.setattr("quarterday.sources.met_police.MOST_FIGURES", 23)
    [fault] = faults_of(place)
    assert fault == (
        "historical.csv and recent.csv: 3 areas, 4 months and 2 of the major groups would be 24 figures; wanted at "
        "most 23. Look whether the areas are boroughs, and fetch the files anew."
    )


def test_the_month_in_which_fraud_moved_away_is_marked_as_a_break(intake: Intake) -> None:
    marked = [figure for figure in intake.figures if figure.statuses == (Status.BREAK,)]
    assert {(figure.measure, figure.period.code, figure.note) for figure in marked} == {
        ("Fraud and forgery (Met Police)", "2013-02", FRAUD_NOTE)
    }
    assert FRAUD_NOTE in intake.notes


def test_what_was_done_is_said(intake: Intake) -> None:
    assert "7 rows for 3 areas were added up to major groups." in intake.notes
    assert "2 offences stand under Unknown, in no borough." in intake.notes
    assert "Historical Fraud and Forgery counts as Fraud and forgery." in intake.notes
    assert "Theft: minor groups only before March 2013: Bicycle Theft; only from then on: SHOPLIFTING." in intake.notes
    assert intake.notes[-1] == LICENCE_NOTE


def test_other_names_of_fraud_are_one_group(folder: Folder) -> None:
    both = RECENT + "FRAUD AND FORGERY,FRAUD AND FORGERY,Barnet,1,2\nNFIB FRAUD,NFIB,Barnet,10,20\n"
    assert series(read_met_police(folder(a=HISTORICAL, b=both)), "Fraud and forgery", "Barnet") == [7, 3, 11, 22]


def test_the_source_is_the_publishers_with_both_files_and_no_licence(intake: Intake) -> None:
    source = intake.source
    assert source.title == "Recorded crime by borough, January to April 2013"
    assert (source.publisher, source.licence) == ("Metropolitan Police Service", "")
    assert [file.name for file in source.files] == ["historical.csv", "recent.csv"]


def test_text_columns_may_stand_in_another_order(folder: Folder) -> None:
    turned = "BoroughName,MajorText,MinorText,201303,201304\nBarnet,THEFT,OTHER THEFT,30,40\n"
    assert series(read_met_police(folder(a=HISTORICAL, b=turned)), "Theft", "Barnet") == [11, 22, 30, 40]


def test_other_csv_files_are_left_alone_and_named(folder: Folder) -> None:
    intake = read_met_police(folder(a=HISTORICAL, b=RECENT, wards="WardName,201303\nAbbey,5\n"))
    assert "wards.csv was left alone: it has no column MajorText." in intake.notes


def test_a_folder_without_both_files_is_told_what_is_wanted(folder: Folder) -> None:
    [fault] = faults_of(folder(a=HISTORICAL))
    assert "of its CSV files 1 have the column MajorText (a.csv); wanted two" in fault


def test_a_folder_with_two_vintages_is_refused(folder: Folder) -> None:
    [fault] = faults_of(folder(a=HISTORICAL, b=RECENT, c=RECENT))
    assert "3 have the column MajorText (a.csv, b.csv, c.csv)" in fault


def test_a_file_or_nothing_in_the_folders_place_is_refused(folder: Folder) -> None:
    place = folder(a=HISTORICAL)
    for path in (place / "a.csv", place / "missing", Path("a\0")):
        assert "name the folder that holds both files" in faults_of(path)[0]


@pytest.mark.parametrize(
    ("months", "how"), [("201302,201303", "they overlap"), ("201304,201305", "they leave a gap")], ids=["same", "gap"]
)
def test_halves_that_do_not_follow_one_another_are_refused(folder: Folder, months: str, how: str) -> None:
    [fault] = faults_of(folder(a=HISTORICAL, b=RECENT.replace("201303,201304", months)))
    assert "a.csv covers January to February 2013 and b.csv" in fault
    assert how in fault


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",30,40", ",30,x", "b.csv, row 2, column E (201304): 'x' is no count; wanted a whole number, 0 or more"),
        (",30,40", ",-3,40", "b.csv, row 2, column D (201303): '-3' is no count"),
        (",30,40", ",30,4.5", "'4.5' is no count"),
        (",30,40", ",30,4e1", "'4e1' is no count"),
        (",30,40", ",30,1_0", "'1_0' is no count"),
        (",30,40", ",30,٤", "'٤' is no count"),
        (",30,40", f",30,{'9' * 10}", "'9999999999' is no count"),
        (",30,40", ",30,", "b.csv, row 2, column E (201304): the cell is empty; wanted a whole number"),
        (",30,40", ",30", "b.csv, row 2: there are 4 cells; wanted 5, as in row 1"),
        (",30,40", ",30,40,50", "b.csv, row 2: there are 6 cells; wanted 5, as in row 1"),
        ("THEFT,SHOPLIFTING", "TEHFT,SHOPLIFTING", "b.csv, row 3, column MajorText: 'TEHFT' is no major group"),
        ("THEFT,SHOPLIFTING", "THEFT,", "b.csv, row 3, column MinorText: the cell is empty"),
        (",Camden", ",", "b.csv, row 3, column BoroughName: the cell is empty"),
        ("SHOPLIFTING,Camden", "Other theft,BARNET", "row 3: THEFT, Other theft, BARNET stands in row 2 already"),
        ("201304", "201305", "b.csv, row 1, column E: '201305' stands where 201304 was wanted"),
        ("201303", "201313", "b.csv, row 1, column D: month 13 of year 2013 does not exist"),
        ("201303,", "March,", "b.csv, row 1, column D: wanted a month, such as 202403"),
        ("BoroughName", "Ward", "b.csv, row 1: the columns begin with MajorText, MinorText, Ward, 201303; wanted"),
        ("THEFT,OTHER THEFT,Barnet", '"THEFT,OTHER THEFT,Barnet', "b.csv, row 2: the cells cannot be told apart"),
    ],
)  # fmt: skip
def test_a_cell_at_fault_is_named(folder: Folder, old: str, new: str, told: str) -> None:
    assert old in RECENT
    assert told in faults_of(folder(a=HISTORICAL, b=RECENT.replace(old, new, 1)))[0]


def test_the_faults_of_both_files_are_named_at_once(folder: Folder) -> None:
    faults = faults_of(folder(a=HISTORICAL.replace(",5,6", ",5,x"), b=RECENT.replace(",30,40", ",?,?")))
    assert [fault.split(" (")[0] for fault in faults] == [
        "a.csv, row 4, column E",
        "b.csv, row 2, column D",
        "b.csv, row 2, column E",
    ]


def test_a_file_without_rows_is_refused(folder: Folder) -> None:
    [fault] = faults_of(folder(a=HISTORICAL, b=RECENT.splitlines()[0]))
    assert fault == "b.csv: there is no row below the names of the columns; fetch the file anew."
