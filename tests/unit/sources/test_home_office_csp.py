"""The Home Office's workbook by partnership, of the newest layout and of older ones, makes quarterly figures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.sources.home_office_csp import read_home_office_csp
from quarterday.sources.home_office_csp_sheet import RENAMED
from quarterday.warehouse.base import Intake

Rows = list[list[object]]
Sheets = dict[str, Rows]
Make = Callable[..., bytes]
Read = Callable[[Sheets], Intake]

NEW = ["Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Description", "Offence Group",
       "Offence Subgroup", "Offence Code", "Offence Count"]  # fmt: skip
OLD = [*NEW[:2], "Force Name", *NEW[3:8], "Number of Offences"]
Q1, Q2, Q3, Q4 = Period.financial_year(2024).each(3)

SHOPLIFTING = ["Shoplifting", "Theft offences", "Shoplifting", 46.0]
BICYCLES = ["Theft or unauthorised taking of a pedal cycle", "Theft offences", "Bicycle theft", 44.0]
WEAPONS = ["Possession of weapons", "Possession of weapons offences", "Possession of weapons offences", "10A"]


def row(
    place: str, offence: Rows | list[object], count: object, quarter: object = 1, year: str = "2024/25"
) -> list[object]:
    force = place.removeprefix("Unassigned ") if place.startswith("Unassigned") else "Kent"
    return [year, quarter, force, place, *offence, count]


def year_of(code: str) -> Rows:
    """A sheet with shoplifting in Medway in each of four quarters."""
    return [NEW, *(row("Medway", SHOPLIFTING, 10, quarter, code) for quarter in (1, 2, 3, 4))]


GOOD: Sheets = {
    "Cover": [["Police recorded crime by Community Safety Partnership"]],
    "Notes": [["Kent: some offences of Medway are under Unassigned Kent"]],
    "2024_25": [
        NEW,
        row("Medway", SHOPLIFTING, 30),
        row("Medway", BICYCLES, 4),
        row("Medway", WEAPONS, 7),
        row("Swale", SHOPLIFTING, 20),
        row("Unassigned Kent", SHOPLIFTING, 5),
        row("Medway", SHOPLIFTING, 31, 2),
    ],
}


@pytest.fixture(params=["xlsx", "ods"])
def read(request: pytest.FixtureRequest, tmp_path: Path, workbook: Make, opendocument: Make) -> Read:
    """Read sheets from a workbook of either kind."""
    make = workbook if request.param == "xlsx" else opendocument

    def of(sheets: Sheets) -> Intake:
        path = tmp_path / f"prc-csp.{request.param}"
        path.write_bytes(make(sheets))
        return read_home_office_csp(path)

    return of


def values(intake: Intake, offence: str, area: str = "Medway") -> dict[Period, float | None]:
    measure = f"{offence} (Home Office)"
    return {
        figure.period: figure.value for figure in intake.figures if (figure.measure, figure.area) == (measure, area)
    }


def faults_of(read: Read, sheets: Sheets) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(sheets)
    return [fault.replace(".xlsx", "").replace(".ods", "") for fault in caught.value.faults]


def with_cell(column: str, cell: object) -> Sheets:
    """The good workbook with one cell of its first row replaced."""
    rows = [list(cells) for cells in GOOD["2024_25"]]
    rows[1][NEW.index(column)] = cell
    return {"2024_25": rows}


def test_a_figure_is_what_its_rows_add_up_to_in_the_financial_quarter(read: Read) -> None:
    intake = read(GOOD)
    assert Figure("Theft offences (Home Office)", "Medway", Q1, 34.0) in intake.figures
    assert values(intake, "Theft offences: Shoplifting") == {Q1: 30, Q2: 31}
    assert [month.code for month in Q1] == ["2024-04", "2024-05", "2024-06"]
    assert intake.source.title == "Recorded crime by community safety partnership, 2024/25"
    assert (intake.source.publisher, intake.reader) == ("Home Office", "home-office-csp 2")


def test_each_offence_is_once_in_its_group_and_at_most_once_in_a_subgroup(read: Read) -> None:
    medway = {
        figure.measure: figure.value for figure in read(GOOD).figures if (figure.area, figure.period) == ("Medway", Q1)
    }
    assert medway == {
        "Theft offences (Home Office)": 34,
        "Theft offences: Shoplifting (Home Office)": 30,
        "Theft offences: Bicycle theft (Home Office)": 4,
        "Possession of weapons offences (Home Office)": 7,
    }


def test_a_group_that_is_called_as_a_subgroup_is_refused(read: Read) -> None:
    odd = ["Other", "Theft offences: Shoplifting", "Theft offences: Shoplifting", "x"]
    [fault] = faults_of(read, {"2024_25": [*GOOD["2024_25"], row("Swale", odd, 1)]})
    assert "'theft offences: shoplifting' is both a group of offences and a subgroup" in fault


@pytest.mark.parametrize("name", ["2002-03", "2002_03", "2002-2003", " 2002_03 "])
def test_older_sheets_and_their_columns_are_read_alike(read: Read, name: str) -> None:
    rows = [OLD, row("Medway", SHOPLIFTING, 30, "Q1", "2002/03"), row("Medway", SHOPLIFTING, "1,031", "2", "2002-03")]
    year = Period.financial_year(2002)
    assert values(read({name: rows}), "Theft offences") == {year.each(3)[0]: 30, year.each(3)[1]: 1031}


def test_columns_are_found_by_their_names_and_others_left_alone(read: Read) -> None:
    turned = [[*reversed(cells), "E22000160"] for cells in GOOD["2024_25"]]
    turned[0][-1] = "CSP code"
    intake = read({"2024_25": turned})
    assert intake.figures == read({"2024_25": GOOD["2024_25"]}).figures
    assert "2024/25: the column 'CSP code' was left alone." in intake.notes


@pytest.mark.parametrize("old", RENAMED)
def test_a_renamed_offence_counts_under_its_newest_name(read: Read, old: str) -> None:
    older = ["x", old, old, 1]
    newer = ["x", RENAMED[old], RENAMED[old], 1]
    intake = read({
        "2015_16": [NEW, row("Medway", older, 3, 1, "2015/16")],
        "2016_17": [NEW, row("Medway", newer, 4, 1, "2016/17")],
    })  # fmt: skip
    assert list(values(intake, RENAMED[old]).values()) == [3, 4]
    assert f"{old} counts as {RENAMED[old]}." in intake.notes


def test_letter_case_and_spaces_do_not_make_another_offence_or_area(read: Read) -> None:
    rows = [*GOOD["2024_25"], row("MEDWAY ", ["Other", "Theft  Offences", "Other theft offences", 49], 2)]
    figures = [figure for figure in read({"2024_25": rows}).figures if figure.period == Q1]
    assert sum(figure.value == 36 for figure in figures) == 1


def test_no_row_is_a_true_zero_where_area_and_offence_have_rows_in_the_quarter(read: Read) -> None:
    intake = read(GOOD)
    assert values(intake, "Possession of weapons offences", "Swale")[Q1] == 0
    assert values(intake, "Theft offences: Bicycle theft", "Unassigned Kent")[Q1] == 0
    assert any("figures are zero" in note for note in intake.notes)


def test_no_row_is_missing_where_the_area_or_the_offence_has_none_in_the_quarter(read: Read) -> None:
    intake = read(GOOD)
    gaps = {
        (figure.measure, figure.area): figure.note
        for figure in intake.figures
        if figure.period == Q2 and figure.value is None
    }
    assert gaps["Theft offences (Home Office)", "Swale"] == "the sheet 2024_25 has no row for Swale in this quarter"
    assert gaps["Possession of weapons offences (Home Office)", "Medway"] == (
        "the sheet 2024_25 has no row for Possession of weapons offences in this quarter"
    )
    assert "Q2 2024/25: not available, since there is no row: Swale, Unassigned Kent." in intake.notes


def test_half_a_year_is_never_shown_as_a_year(read: Read) -> None:
    intake = read(GOOD)
    theft = "Theft offences (Home Office)"
    medway = [figure for figure in intake.figures if (figure.measure, figure.area) == (theft, "Medway")]
    held = Holding(theft, "Medway", {figure.period: figure for figure in medway})
    assert set(held.figures) == {Q1, Q2}
    assert held.total(Period.financial_year(2024)).value is None
    assert "2024/25: no rows for Q3 and Q4, so the year is not whole and has no total." in intake.notes


def test_four_quarters_make_the_year(read: Read) -> None:
    intake = read({"2023_24": year_of("2023/24")})
    theft = "Theft offences (Home Office)"
    held = {figure.period: figure for figure in intake.figures if figure.measure == theft}
    assert Holding(theft, "Medway", held).total(Period.financial_year(2023)).value == 40
    assert not [note for note in intake.notes if "no rows" in note]


def test_a_year_without_a_sheet_between_two_is_said(read: Read) -> None:
    intake = read({"2024_25": year_of("2024/25"), "2022_23": year_of("2022/23")})
    assert "2023/24 has no sheet." in intake.notes
    assert len({figure.period for figure in intake.figures}) == 8


def test_what_is_not_in_every_year_is_said(read: Read) -> None:
    changed = [[("Kent Coast" if cell == "Medway" else cell) for cell in cells] for cells in year_of("2024/25")]
    notes = read({"2023_24": year_of("2023/24"), "2024_25": changed}).notes
    assert "Only in 2024/25: Kent Coast." in notes
    assert "Only in 2023/24: Medway." in notes


def test_of_very_many_names_only_the_first_are_said(read: Read) -> None:
    changed = [NEW, *(row(f"Place {number:03d}", SHOPLIFTING, 1) for number in range(200))]
    notes = read({"2024_25": changed, "2023_24": year_of("2023/24")}).notes
    [said] = [note for note in notes if note.startswith("Only in 2024/25")]
    assert said.startswith("Only in 2024/25: Place 000, Place 001, ")
    assert said.endswith(", Place 099 and 100 others.")


def test_more_figures_than_anybody_reads_are_never_made(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quarterday.sources.home_office_csp.MOST_FIGURES", 24)
    assert len(read(GOOD).figures) == 24
    monkeypatch.setattr("quarterday.sources.home_office_csp.MOST_FIGURES", 23)
    [fault] = faults_of(read, GOOD)
    assert fault == (
        "prc-csp: the areas, the offences and the quarters of its sheets would be 24 figures; wanted at most 23. The "
        "sheet '2024_25' has 3 areas and 4 groups and subgroups of offences; look whether they are such, and fetch "
        "the file anew."
    )


def test_offences_in_no_partnership_are_areas_of_their_own_and_their_share_is_said(read: Read) -> None:
    intake = read(GOOD)
    assert values(intake, "Theft offences", "Unassigned Kent")[Q1] == 5
    assert (
        "2024/25: 5 of 97 offences (5.2%) are in no partnership: Unassigned Kent 5, 5.2% of those in Kent."
        in intake.notes
    )


def test_the_share_is_also_that_of_the_force(read: Read) -> None:
    rows = [NEW, row("Medway", SHOPLIFTING, 90), row("Unassigned Essex", SHOPLIFTING, 10)]
    notes = read({"2024_25": rows}).notes
    assert (
        "2024/25: 10 of 100 offences (10.0%) are in no partnership: Unassigned Essex 10, 100.0% of those in Essex."
        in notes
    )


def test_a_count_below_zero_is_kept_and_said_with_its_row(read: Read) -> None:
    intake = read(with_cell("Offence Count", -3))
    assert values(intake, "Theft offences: Shoplifting")[Q1] == -3
    assert "2024/25: below zero, as published, in row 2." in intake.notes


def test_an_area_under_two_forces_is_added_up_and_said(read: Read) -> None:
    intake = read({"2024_25": [*GOOD["2024_25"], ["2024/25", 1, "Essex", "Medway", *SHOPLIFTING, 1]]})
    assert values(intake, "Theft offences: Shoplifting")[Q1] == 31
    assert "2024/25: Medway stands under Essex and Kent; its offences were added up." in intake.notes


def test_sheets_of_no_year_are_left_alone_and_named(read: Read) -> None:
    notes = read(GOOD | {"2024_26": [["x"]]}).notes
    assert [note.split(" was left alone")[0] for note in notes if "was left alone" in note] == [
        "The sheet 'Cover'",
        "The sheet 'Notes'",
        "The sheet '2024_26'",
    ]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("Financial Year", "2023/24", "column A (Financial Year): '2023/24' stands in the sheet of 2024/25; wanted"),
        ("Financial Year", None, "column A (Financial Year): '' stands in the sheet of 2024/25"),
        ("Financial Year", 2024, "column A (Financial Year): '2024' stands in the sheet of 2024/25"),
        ("Financial Quarter", 5, "column B (Financial Quarter): '5' is no financial quarter; wanted 1 to 4"),
        ("Financial Quarter", 1.5, "column B (Financial Quarter): '1.5' is no financial quarter"),
        ("Financial Quarter", True, "column B (Financial Quarter): 'True' is no financial quarter"),
        ("Police Force", None, "column C (Police Force): the cell is empty"),
        ("CSP Name", "  ", "column D (CSP Name): the cell is empty"),
        ("Offence Group", None, "column F (Offence Group): the cell is empty"),
        ("Offence Subgroup", None, "column G (Offence Subgroup): the cell is empty"),
        ("Offence Count", None, "column I (Offence Count): the cell is empty; wanted a whole number"),
        ("Offence Count", 1.5, "column I (Offence Count): 1.5 is no count; wanted a whole number"),
        ("Offence Count", "..", "column I (Offence Count): '..' is no count"),
        ("Offence Count", True, "column I (Offence Count): True is no count"),
        ("Offence Count", 1e300, "column I (Offence Count): 1e+300 is no count"),
    ],
)  # fmt: skip
def test_a_cell_at_fault_is_named_with_its_sheet(read: Read, column: str, cell: object, told: str) -> None:
    [fault] = faults_of(read, with_cell(column, cell))
    assert fault.startswith(f"prc-csp, sheet '2024_25', row 2, {told}")


def test_a_row_that_stands_there_twice_is_refused(read: Read) -> None:
    [fault] = faults_of(read, {"2024_25": [*GOOD["2024_25"], row("medway", SHOPLIFTING, 99)]})
    assert "sheet '2024_25', rows 2 and 8: 1, Kent, medway, Shoplifting, Theft offences" in fault


def test_a_second_row_of_column_names_is_refused(read: Read) -> None:
    faults = faults_of(read, {"2024_25": [NEW, *GOOD["2024_25"]]})
    assert faults[0].startswith("prc-csp, sheet '2024_25', row 2, column A (Financial Year): 'Financial Year' stands")


def test_swapped_columns_are_refused(read: Read) -> None:
    swapped = [NEW, *([*cells[:3], *reversed(cells[3:])] for cells in GOOD["2024_25"][1:])]
    faults = faults_of(read, {"2024_25": swapped})
    assert "row 2, column I (Offence Count): 'Medway' is no count" in faults[0]


def test_the_faults_of_all_sheets_are_named_at_once(read: Read) -> None:
    broken = [NEW, row("Medway", SHOPLIFTING, "?", 9, "2023/24")]
    faults = faults_of(read, with_cell("Offence Count", "?") | {"2023_24": broken, "2022_23": [["Year"]]})
    assert [fault.split(":")[0] for fault in faults] == [
        "prc-csp, sheet '2022_23', row 1",
        *["prc-csp, sheet '2022_23', row 1"] * 8,
        "prc-csp, sheet '2023_24', row 2, column B (Financial Quarter)",
        "prc-csp, sheet '2023_24', row 2, column I (Offence Count)",
        "prc-csp, sheet '2023_24'",
        "prc-csp, sheet '2024_25', row 2, column I (Offence Count)",
    ]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ([*NEW[:3], "District", *NEW[4:]], "row 1: there is no column 'CSP Name'; the columns are Financial Year"),
        ([*NEW[:2], "Force", *NEW[3:]], "row 1: there is no column 'Police Force' or 'Force Name'"),
        ([*NEW[:8], "Offences"], "row 1: there is no column 'Offence Count' or 'Number of Offences'"),
        ([*NEW, "Number of Offences"], "row 1: columns I and J are both the Offence Count; keep one"),
    ],
)
def test_a_sheet_of_other_columns_is_refused(read: Read, header: list[object], told: str) -> None:
    assert told in faults_of(read, {"2024_25": [header, *GOOD["2024_25"][1:]]})[0]


@pytest.mark.parametrize("rows", [[], [NEW]], ids=["nothing", "only names"])
def test_a_sheet_without_rows_is_refused(read: Read, rows: Rows) -> None:
    assert "sheet '2024_25'" in faults_of(read, {"2024_25": rows})[0]


def test_two_sheets_of_one_year_are_refused(read: Read) -> None:
    [fault] = faults_of(read, {"2024_25": year_of("2024/25"), "2024-25": year_of("2024/25")})
    assert fault == "prc-csp: the sheets '2024_25' and '2024-25' are of one year; keep one."


def test_a_workbook_without_a_year_is_refused(read: Read) -> None:
    [fault] = faults_of(read, {"Notes": [["x"]], "Table 1": [NEW]})
    assert fault.startswith(
        "prc-csp: no sheet is called by a financial year, such as 2024_25; the sheets are Notes, Table 1."
    )


def test_of_very_many_sheets_only_the_first_are_named(read: Read) -> None:
    others: Sheets = {f"s{number}": [["x"]] for number in range(300)}
    [fault] = faults_of(read, others)
    assert "the sheets are s0, s1, s2, s3, s4, s5, s6, s7, s8, s9 and 290 others. Load the" in fault
    notes = read(others | {"2024_25": year_of("2024/25")}).notes
    assert [note for note in notes if "left alone" in note][9:] == [
        "The sheet 's9' was left alone; what it says of the figures is for you to read.",
        "290 more of its sheets were left alone.",
    ]


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "prc-csp.csv"
    path.write_text("Financial Year,Financial Quarter\n2024/25,1\n")
    with pytest.raises(InputError, match=r"prc-csp\.csv is no workbook of the kind \.xlsx or \.ods"):
        read_home_office_csp(path)


def test_the_same_file_gives_the_same_figures_in_the_same_order(read: Read) -> None:
    areas = [figure.area for figure in read(GOOD).figures if figure.period == Q1]
    assert areas == sorted(areas)
