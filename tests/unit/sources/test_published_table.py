"""A table as people lay it out is read the one way that it can be, or every doubt is named with its cell."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.sources import grid
from quarterday.sources.published_table import read_published_table
from quarterday.sources.table_layout import AREA_HEADINGS
from quarterday.sources.table_marks import STATUS_OF_WORD, UNCLEAR
from quarterday.warehouse.base import Intake

MANUAL = Path(__file__).parents[3] / "docs" / "reference" / "sources.md"

Rows = list[list[object]]
Read = Callable[..., Intake]

# The table of the Redditch report for Q4 2011/12, less some of its columns.
REPORT: Rows = [
    ["Partnership Priority", None, "Protecting Communities Q4 201112", None, None],
    ["Measures", "Jul '09 - Jun '10", "Oct ' 09 - Sept '10", "Apr '11 - Mar '12", "Comments"],
    ["Harassment offences", 141, 167, 1180, "Better than last year"],
    ["Crimes with domestic abuse interest marker ¹", 539, 558, 573, "Worse than last year"],
    [None, None, None, None, "than the year before"],
    ["¹ Consistent use of the markers is required.", None, None, None, None],
    ["Source: police", None, None, None, None],
]


def as_csv(rows: Rows) -> str:
    def cell(content: object) -> str:
        text = "" if content is None else str(content).replace('"', '""')
        return f'"{text}"'

    return "".join(",".join(map(cell, row)) + "\n" for row in rows)


@pytest.fixture(params=["csv", "xlsx", "ods"])
def read(
    request: pytest.FixtureRequest, tmp_path: Path, workbook: Callable[..., bytes], opendocument: Callable[..., bytes]
) -> Read:
    """Read a table, once as a CSV file and once as a workbook of each kind."""

    def of(rows: Rows, *, area: str = "Redditch") -> Intake:
        path = tmp_path / f"table.{request.param}"
        if request.param == "csv":
            path.write_text(as_csv(rows), "utf-8")
        else:
            path.write_bytes((workbook if request.param == "xlsx" else opendocument)({"data": rows}))
        return read_published_table(path, area=area)

    return of


@pytest.fixture
def read_csv(tmp_path: Path) -> Callable[..., Intake]:
    def of(text: str, *, area: str = "Redditch") -> Intake:
        path = tmp_path / "table.csv"
        path.write_text(text, "utf-8")
        return read_published_table(path, area=area)

    return of


def faults_of(read: Read, rows: Rows | str, **given: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(rows, **given)
    return [re.sub(r"\.(csv|(xlsx|ods), sheet 'data')", "", fault) for fault in caught.value.faults]


def values(intake: Intake, measure: str = "Theft") -> list[float | None]:
    return [figure.value for figure in intake.figures if figure.measure == measure]


def codes(intake: Intake) -> list[str]:
    return list(dict.fromkeys(figure.period.code for figure in intake.figures))


def only(intake: Intake) -> Figure:
    [figure] = intake.figures
    return figure


# --- layout


def test_a_report_of_2012_is_read_as_it_was_printed(read: Read) -> None:
    intake = read(REPORT)
    assert codes(intake) == ["2009-07/2010-06", "2009-10/2010-09", "2011/12"]
    assert values(intake, "Harassment offences") == [141, 167, 1180]
    assert values(intake, "Crimes with domestic abuse interest marker") == [539, 558, 573]
    assert {figure.area for figure in intake.figures} == {"Redditch"}
    assert intake.notes == (
        "The first period was read as Jul '09 - Jun '10, the last as Apr '11 - Mar '12.",
        "Left out: 'Comments' in row 2, column E.",
        "Row 5 was left out, since it holds no figure: 'than the year before'.",
        "Footnote 1: Consistent use of the markers is required.",
        "Row 7 was left out, since it holds no figure: 'Source: police'.",
    )


def test_a_footnote_goes_with_each_figure_that_it_marks(read: Read) -> None:
    notes = {figure.measure: figure.note for figure in read(REPORT).figures}
    assert notes == {
        "Harassment offences": "",
        "Crimes with domestic abuse interest marker": "Consistent use of the markers is required.",
    }


@pytest.mark.parametrize("name", ["Measure", "MEASURES ", "Crime", None])
def test_the_measures_stand_in_the_one_column_left_of_the_periods(read: Read, name: str | None) -> None:
    assert values(read([[name, "2010/11", "2011/12"], ["Theft", 5, 6]])) == [5, 6]


def test_another_column_left_of_the_measures_is_left_out_and_said(read: Read) -> None:
    intake = read([["Priority", "Measure", "2011/12"], ["Safer homes", "Theft", 6]])
    assert (values(intake), intake.notes[1:]) == ([6], ("Left out: 'Priority' in row 1, column A.",))


def test_two_columns_that_may_name_the_measures_are_refused(read: Read) -> None:
    [fault] = faults_of(read, [["Theme", "Crime", "2011/12"], ["Homes", "Theft", 6]])
    assert fault.startswith("table: row 1, column A ('Theme') and row 1, column B ('Crime') may name the measures")


def test_columns_and_rows_that_are_no_period_or_measure_are_left_out_and_said(read: Read) -> None:
    intake = read(
        [
            ["Measure", "2010/11", "2011/12", "Change", "% change on last year", "RAG", "Comments", None],
            ["Theft", 5, 6, 1, 20.0, "R", "more", "aside"],
            ["Total", 5, 6, 1, 20.0, "R", None, None],
        ]
    )
    assert values(intake) == [5, 6]
    assert values(intake, "Total") == []
    assert [note for note in intake.notes if note.startswith("Left out")] == [
        "Left out: 'Change' in row 1, column D.",
        "Left out: '% change on last year' in row 1, column E.",
        "Left out: 'RAG' in row 1, column F.",
        "Left out: 'Comments' in row 1, column G.",
        "Left out: what has no heading in row 1, column H.",
        "Left out, since these name no measure: Total.",
    ]


def test_numbers_under_another_heading_are_refused(read: Read) -> None:
    rows: Rows = [["Measure", "2011/12", "Rate", None], ["Theft", 5, 2.5, 7]]
    assert [fault.split("; write")[0] for fault in faults_of(read, rows)] == [
        "table, row 1, column C: 'Rate', which is no period, heads numbers such as 2.5 in row 2, column C",
        "table, row 1, column D: an empty cell heads numbers such as 7 in row 2, column D",
    ]


@pytest.mark.parametrize("name", ["Total", "GRAND TOTAL", "% change", "Comments"])
def test_rows_that_name_no_measure_are_left_out_whichever_way_the_table_lies(read: Read, name: str) -> None:
    for rows in (
        [["Measure", "2011/12"], ["Theft", 5], [name, 6]],
        [["Year", "Theft", name], ["2011/12", 5, 6]],
    ):
        intake = read(rows)
        assert (values(intake), values(intake, name)) == ([5], [])
        assert f"Left out, since these name no measure: {name}." in intake.notes


def test_an_area_may_have_a_column(read: Read) -> None:
    rows: Rows = [["District", "Measure", "2011/12"], ["Redditch", "Theft", 5], ["Wyre Forest", "Theft", 6]]
    figures = read(rows, area="").figures
    assert [(figure.area, figure.value) for figure in figures] == [("Redditch", 5), ("Wyre Forest", 6)]


@pytest.mark.parametrize("top", [["Area", "Wyre Forest"], ["Area:", "Wyre Forest"], ["Area: Wyre Forest", None]])
def test_an_area_may_stand_above_the_periods(read: Read, top: list[object]) -> None:
    assert only(read([top, ["Measure", "2011/12"], ["Theft", 5]], area="")).area == "Wyre Forest"


@pytest.mark.parametrize(
    ("rows", "area", "told"),
    [
        ([["Measure", "2011/12"], ["Theft", 5]], "", "nothing says which area the table is of"),
        ([["Area", "Wyre Forest"], ["Measure", "2011/12"], ["Theft", 5]], "Redditch", "the table has 'Wyre Forest' in"),
        (
            [["Area", "Measure", "2011/12"], ["Redditch", "Theft", 5]],
            "Redditch",
            "the table has \"a column 'Area'\" in",
        ),
        (
            [["Area", "a"], ["District", "b"], ["Measure", "2011/12"], ["Theft", 5]],
            "",
            "name several areas: 'a' in row",
        ),
        (
            [["Area", "Measure", "2011/12"], [None, "Theft", 5]],
            "",
            "row 2, column A: the area has no name; write it in",
        ),
        ([["Area", "District", "Measure", "2011/12"], ["a", "b", "Theft", 5]], "", "may name the areas; wanted one"),
    ],
    ids=["none", "another above", "a column too", "two above", "an empty cell", "two columns"],
)
def test_a_doubtful_area_is_refused(read: Read, rows: Rows, area: str, told: str) -> None:
    assert told in faults_of(read, rows, area=area)[0]


def test_the_same_file_given_for_another_area_is_another_release(read: Read) -> None:
    rows: Rows = [["Measure", "2011/12"], ["Theft", 5]]
    one, other = (read(rows, area=area).source.files for area in ("Redditch", "Wyre Forest"))
    assert one[0] == other[0]
    assert (one[1].name, one[1].sha256 == other[1].sha256) == ("area given: Redditch", False)


def test_a_table_with_periods_down_is_read_as_one_with_periods_across(read: Read) -> None:
    rows: Rows = [
        ["Offences, all of the district", None, None],
        ["Month", "Theft", "Arson ¹"],
        ["Apr 2011", 5, 50],
        ["May 2011", 6, None],
        ["Total", 11, 110],
        ["¹ By the fire service", None, None],
    ]
    assert "row 4, column C (May '11): the cell is empty" in faults_of(read, rows)[0]
    rows[3][2] = 60
    intake = read(rows)
    assert (values(intake), values(intake, "Arson")) == ([5, 6], [50, 60])
    assert (codes(intake), intake.figures[2].note) == (["2011-04", "2011-05"], "By the fire service")
    assert "Left out: 'Total' in row 5, column A." in intake.notes


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["Month", "Area", "Theft"], ["Apr 2011", "Redditch", 5]], "row 1, column B: there are areas beside periods"),
        ([["Apr 2011", 5], ["May 2011", 6]], "down column A and nothing above the first of them names the measures"),
        ([["Year", "2010/11"], ["Apr 2011", 5]], "row 2, column A: there are periods down as well as across"),
        ([["Measure", "This year"], ["Theft", 5]], "there is no row of periods; wanted measures down"),
        ([["Theft", 5]], "there is no row of periods; wanted measures down"),
        ([], "there is no row of periods; wanted measures down"),
    ],
    ids=["areas", "no heading", "both ways", "no period", "no heading at all", "nothing"],
)
def test_a_layout_that_is_not_read_is_refused_plainly(read: Read, rows: Rows, told: str) -> None:
    [fault] = faults_of(read, rows)
    assert told in fault


@pytest.mark.parametrize(
    "rows",
    [
        [["Measure", "2010/11", None], [None, "Number", "Rate"], ["Theft", 1, 2]],
        [["Measure", "2010/11", None], [None, "Q1", "Q2"], ["Theft", 1, 2]],
        [["Measure", "2010", None], ["Theft", "Jan", "Feb"], ["Theft", 1, 2]],
        [["Measure", "2023"], ["Crime", "2023"], ["Theft", "2011"]],
        [["Measure", "2023/24"], ["Theft", 5], ["Measure", "2023/24"], ["Arson", 6]],
        [["Measure", "2023/24"], ["Theft", 5], ["Crime", "2024/25"], ["Arson", 6]],
    ],
    ids=["number and rate", "quarters", "months", "twice", "again below", "another below"],
)
def test_two_rows_of_headings_are_refused(read: Read, rows: Rows) -> None:
    [fault] = faults_of(read, rows)
    assert "is a heading, below those of row 1. Where headings take two rows write them in one" in fault


def test_a_year_above_the_years_is_no_second_row_of_headings(read: Read) -> None:
    intake = read([["Year", 2024], ["Measures", 2023], ["Theft", 11]])
    assert (codes(intake), values(intake)) == (["2023-01/2023-12"], [11])


def test_a_period_in_a_remark_is_no_heading(read: Read) -> None:
    rows: Rows = [["Crime", 2019, "Comments"], ["Theft", 2011, "Mar 2012"], ["Arson", 7, None]]
    assert "rows 1 and 2: both may hold the periods" in faults_of(read, rows)[0]
    rows[0][0] = "Measure"
    assert (codes(read(rows)), values(read(rows))) == (["2019-01/2019-12"], [2011])


def test_a_title_with_more_periods_than_the_table_does_not_take_its_place(read: Read) -> None:
    rows: Rows = [["From", "2010/11", "to", "2012/13"], ["Measure", "2012/13", None, None], ["Theft", 5, None, None]]
    assert (codes(read(rows)), values(read(rows))) == (["2012/13"], [5])


def test_two_tables_one_below_the_other_are_refused(read: Read) -> None:
    rows: Rows = [["Crime", "2023/24", None], ["Theft", 5, None], ["Measure", "2023/24", "2024/25"], ["Arson", 6, 7]]
    assert "rows 1 and 3: both hold periods, with numbers between them" in faults_of(read, rows)[0]


def test_years_that_may_be_numbers_are_not_guessed(read: Read) -> None:
    assert (
        "rows 1 and 2: both may hold the periods; write 'Measure'"
        in faults_of(read, [["Crime", 2019], ["Theft", 2011]])[0]
    )
    assert values(read([["Measure", 2019], ["Theft", 2011]])) == [2011]
    assert values(read([["Crime", 2019, 2020], ["Theft", 2011, 300]])) == [2011, 300]


@pytest.mark.parametrize("row", ["Theft,1,234", "Theft,1,234,5"])
def test_thousands_without_quotation_marks_never_move_cells(read_csv: Read, row: str) -> None:
    [fault] = faults_of(read_csv, f"Measure,2010/11,2011/12,Comments,RAG\n{row}\n")
    assert fault.startswith(f"table, row 2: there are {row.count(',') + 1} cells; wanted 5, as in row 1")


# --- periods


@pytest.mark.parametrize(
    ("headings", "wanted"),
    [
        (["2010/11", "2011/12"], ["2010/11", "2011/12"]),
        (["201112", "201213"], ["2011/12", "2012/13"]),
        (["2010/11", "201112"], ["2010/11", "2011/12"]),
        (["Nov 2011", "2011-12"], ["2011-11", "2011-12"]),
        (["201111", "201112"], ["2011-11", "2011-12"]),
        (["Q3 2011/12", "Q4 201112"], ["2011/12 Q3", "2011/12 Q4"]),
        (["Mar-12", "Apr-12"], ["2012-03", "2012-04"]),
        (["12 months to Dec 2011", "12 months\nto Mar 2012"], ["2011-01/2011-12", "2011/12"]),
        (["01/03/2012", "01/04/2012"], ["2012-03", "2012-04"]),
        (["2012-03-01", "2012-04-01 00:00:00"], ["2012-03", "2012-04"]),
        ([2011, 2012], ["2011-01/2011-12", "2012-01/2012-12"]),
    ],
)
def test_periods_are_read_in_any_spelling(read: Read, headings: list[object], wanted: list[str]) -> None:
    intake = read([["Measure", *headings], ["Theft", 5, 6]])
    assert codes(intake) == wanted


def test_what_the_first_and_the_last_period_were_read_as_is_said(read: Read) -> None:
    assert read([["Measure", "201112", "201213"], ["Theft", 5, 6]]).notes == (
        "The first period was read as Apr '11 - Mar '12, the last as Apr '12 - Mar '13.",
    )


def test_spellings_that_the_row_leaves_open_are_refused_with_their_readings(read: Read) -> None:
    faults = faults_of(read, [["Measure", "201112", "200910"], ["Theft", 5, 6]])
    assert [fault.partition(";")[0] for fault in faults] == [
        "table, row 1, column B: the period '201112' can be read as April 2011 to March 2012 or December 2011",
        "table, row 1, column C: the period '200910' can be read as April 2009 to March 2010 or October 2009",
    ]


def test_a_period_that_stands_there_twice_is_refused(read: Read) -> None:
    [fault] = faults_of(read, [["Measure", "2011/12", "Apr '11 - Mar '12"], ["Theft", 5, 6]])
    assert fault.startswith("table, row 1, column C: Apr '11 - Mar '12 stands there twice")


def test_dates_as_headings_are_months_where_they_are_the_first_of_one(
    tmp_path: Path, workbook: Callable[..., bytes]
) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook({"data": [["Measure", date(2012, 3, 1), date(2012, 4, 1)], ["Theft", 5, 6]]}))
    assert codes(read_published_table(path, area="Redditch")) == ["2012-03", "2012-04"]
    path.write_bytes(workbook({"data": [["Measure", date(2012, 3, 1), date(2012, 4, 30)], ["Theft", 5, 6]]}))
    with pytest.raises(InputError, match=r"column C: '2012-04-30', which is no period, heads numbers such as 6"):
        read_published_table(path, area="Redditch")


def test_months_that_stand_apart_are_said_to_be_read_as_single_months(read: Read) -> None:
    intake = read([["Measure", "Jun 2011", "Sep 2011", "Dec 2011"], ["Theft", 5, 6, 7]])
    assert intake.notes[1:] == ("The headings name months, 3 apart: each figure is read as that of one month.",)


def test_a_period_without_any_figure_is_left_out_and_said(read: Read) -> None:
    intake = read([["Measure", "Apr 2011", "May 2011"], ["Theft", 5, None], ["Arson", 6, None]])
    assert (codes(intake), intake.notes[1:]) == (["2011-04"], ("No figure at all is given for May 2011.",))


def test_a_status_beside_a_period_or_a_measure_is_that_of_its_figures(read: Read) -> None:
    intake = read([["Measure", "2010/11", "2011/12 [p]"], ["Theft [r]", 5, 6], ["Arson", 7, 8]])
    assert ["".join(status.mark for status in figure.statuses) for figure in intake.figures] == [
        "[r]",
        "[r][p]",
        "",
        "[p]",
    ]


# --- cells


@pytest.mark.parametrize(
    ("cell", "value"),
    [(5, 5), (0, 0), ("7", 7), ("1,234", 1234), (12.5, 12.5), ("12.5 ", 12.5), (-3, -3), (20112012, 20112012)],
)
def test_a_number_may_be_kept_as_text_and_have_its_thousands_parted(read: Read, cell: object, value: float) -> None:
    assert only(read([["Measure", "2011/12"], ["Theft", cell]])).value == value


X, Z, C, P, R = (
    Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.CONFIDENTIAL, Status.PROVISIONAL, Status.REVISED,
)  # fmt: skip
NO_REASON = "Marked {} in the table, without a reason."


@pytest.mark.parametrize(
    ("cell", "value", "statuses", "note"),
    [
        ("12 [p]", 12, (P,), ""),
        ("1,012[p][R]", 1012, (P, R), ""),
        ("12 [p] some of March is to come", 12, (P,), "some of March is to come"),
        ("[x] the return did not come", None, (X,), "the return did not come"),
        ("[x]", None, (X,), NO_REASON.format("[x]")),
        ("[z]", None, (Z,), NO_REASON.format("[z]")),
        ("[C]", None, (C,), "Fewer than five"),
        ("N/A", None, (Z,), "The table says 'N/A'."),
        ("n/a", None, (Z,), "The table says 'n/a'."),
        ("..", None, (X,), "The table says '..'."),
        ("Awaiting information", None, (X,), "The table says 'Awaiting information'."),
        ("12¹", 12, (), "From May on"),
        ("12 [1]", 12, (), "From May on"),
        ("12 (a)", 12, (), "By hand"),
        ("12*", 12, (), "Marked * in the table, which has no such footnote."),
        ("12 [9]", 12, (), "Marked [9] in the table, which has no such footnote."),
        ("[1]", None, (X,), "From May on"),
        ("(a)", None, (X,), "By hand"),
    ],
)
def test_marks_in_a_cell_are_kept(
    read: Read, cell: str, value: float | None, statuses: tuple[Status, ...], note: str
) -> None:
    footnotes: Rows = [["1. From May on", None], ["(a) By hand", None], ["[c] = Fewer than five", None]]
    figure = only(read([["Measure", "2011/12"], ["Theft", cell], *footnotes]))
    assert (figure.value, figure.statuses, figure.note) == (value, statuses, note)


@pytest.mark.parametrize("cell", ["-", "–", "*", ".", ":", "x"])
def test_what_publishers_use_in_several_ways_is_refused_as_unclear(read: Read, cell: str) -> None:
    [fault] = faults_of(read, [["Measure", "2010/11", "2011/12"], ["Theft", 5, cell]])
    assert fault == (
        f"table, row 2, column C (Apr '11 - Mar '12): {cell!r} may stand for nought, for a number that is not known or "
        "for one that is withheld; write 0, or a mark and the reason, such as: [x] the return did not come."
    )


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (None, "the cell is empty; write the number, 0 where nothing was counted, or a mark and the reason"),
        ("five", "'five' is no number; write digits"),
        ("5%", "'5%' is no number; write digits"),
        ("£5", "'£5' is no number; write digits"),
        ("1,23", "'1,23' is no number; write digits"),
        ("(5)", "'(5)' is no number; write digits"),
        ("5 6", "'5 6' is no number; write digits"),
        ("[c] 12", "'[c] 12' is no number; write digits"),
        (10**16, "'10000000000000000' is no number"),
        ("12 [c]", "12 stands beside [c], which replaces a number; keep one"),
        ("[p]", "there is no value; give the status that stands in its place"),
        ("¹", "the cell holds nothing but '¹', and the table has no such footnote"),
    ],
)
def test_a_cell_at_fault_is_named(read: Read, cell: object, told: str) -> None:
    [fault] = faults_of(read, [["Measure", "2010/11", "2011/12"], ["Arson", 1, 2], ["Theft", 5, cell]])
    assert fault.startswith("table, row 3, column C (Apr '11 - Mar '12): ")
    assert told in fault


def test_all_faults_are_named_at_once(read: Read) -> None:
    rows: Rows = [["Measure", "2010/11", "2011/12"], ["Theft", "?", None], [None, 5, 6], ["Arson", "-", 7]]
    assert [fault.split(":")[0].split(" (")[0] for fault in faults_of(read, rows)] == [
        "table, row 2, column B",
        "table, row 2, column C",
        "table, row 3, column A",
        "table, row 4, column B",
    ]


@pytest.mark.parametrize("name", ["Theft", "THEFT ¹", "theft*"])
def test_a_measure_that_stands_there_twice_is_refused(read: Read, name: str) -> None:
    [fault] = faults_of(read, [["Measure", "2011/12"], ["Theft", 5], [name, 6]])
    assert fault.startswith("table, row 2, column A and row 3, column A: ")
    assert "stands there twice" in fault


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Theft*", "Theft"), ("Theft [note 2]", "Theft"), ("Theft (a)", "Theft (a)"), ("Theft (1)", "Theft"),
     ("Theft of\n vehicles", "Theft of vehicles"), ("'=Theft", "=Theft"), ("S18 wounding", "S18 wounding")],
)  # fmt: skip
def test_marks_are_no_part_of_a_name_and_brackets_only_where_there_is_such_a_footnote(
    read: Read, name: str, kept: str
) -> None:
    assert only(read([["Measure", "2011/12"], [name, 5], ["1 Only by day", None]])).measure == kept


def test_values_below_zero_are_accepted_and_said(read: Read) -> None:
    assert read([["Measure", "2011/12"], ["Net change", -5]]).notes[1:] == (
        "Below zero, which a change may be but no count can: the numbers in row 2, column B.",
    )


def test_a_table_without_a_number_is_refused(read: Read) -> None:
    assert faults_of(read, [["Measure", "2011/12"], ["Theft", None]]) == [
        "table: there is no number below the periods; fill the table in."
    ]


# --- any table that is laid out as the manual says

NAMES = st.lists(
    st.text("abcdefgh XYZ-&é", min_size=2, max_size=12).map(lambda text: f"M{' '.join(text.split())}m"),
    min_size=1, max_size=4, unique_by=key_of,
)  # fmt: skip
MONTH = st.integers(Period.month(1990, 1).first, Period.month(2060, 1).first)
PERIODS = st.integers(1, 13).flatmap(
    lambda months: st.lists(MONTH.map(lambda first: Period(first, months)), min_size=1, max_size=5, unique=True)
)
NUMBER = st.integers(0, 10**6).map(str) | st.integers(1000, 10**6).map(lambda number: f"{number:,}")
GAP = st.sampled_from(["[x] not sent", "N/A", "[c]"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[Rows, list[tuple[str, Period, float | None]]]:
    """A table with titles, columns and rows about it that are no figures, and the figures that it holds."""
    names, periods = draw(NAMES), draw(PERIODS)
    cells = [[draw(NUMBER | GAP) for _ in periods] for _ in names]
    rows = [["Measure", *(period.for_table() for period in periods)]]
    rows += [[name, *values] for name, values in zip(names, cells, strict=True)]
    figures = [
        (name, period, float(cell.replace(",", "")) if cell[0].isdigit() else None)
        for name, values in zip(names, cells, strict=True)
        for period, cell in zip(periods, values, strict=True)
    ]
    if draw(st.booleans()):
        rows = [[*row, aside] for row, aside in zip(rows, ["% change", *["-5.5"] * len(names)], strict=True)]
    if draw(st.booleans()):
        rows.insert(draw(st.integers(1, len(rows))), ["A heading", *[""] * (len(rows[0]) - 1)])
    if draw(st.booleans()):
        rows.append(["Total", *["1"] * (len(rows[0]) - 1)])
    if draw(st.booleans()) and not any("heading" in row[0] for row in rows):
        rows = [["Month", *rows[0][1:]], *rows[1:]]
        rows = [list(column) for column in zip(*rows, strict=True)]
    titles = [["Protecting Communities Q4 201112"], ["", "a", "subtitle"]][: draw(st.integers(0, 2))]
    width = len(rows[0])
    return [*([*title, *[""] * width][: max(width, 3)] for title in titles), *rows], figures


@given(drawn=tables())
@settings(max_examples=200)
def test_what_is_laid_out_as_the_manual_says_is_read_as_it_stands(
    drawn: tuple[Rows, list[tuple[str, Period, float | None]]],
) -> None:
    rows, figures = drawn
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(as_csv(rows), "utf-8")
        intake = read_published_table(path, area="Redditch")
    assert [(figure.measure, figure.period, figure.value) for figure in intake.figures] == figures


# --- what only a workbook has


def from_workbook(tmp_path: Path, fill: Callable[[xlsxwriter.Workbook, object], None]) -> Intake:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, ["Measure", "2010/11", "2011/12"])
        sheet.write_row(1, 0, ["Theft", 5, 6])
        fill(book, sheet)
    return read_published_table(path, area="Redditch")


def test_a_formula_is_read_as_what_it_was_worked_out_to_be(tmp_path: Path) -> None:
    intake = from_workbook(tmp_path, lambda _, sheet: sheet.write_formula("C2", "=B2+1", None, 6))
    assert values(intake) == [5, 6]


def test_a_formula_without_its_value_is_a_fault_in_an_opendocument_too(
    tmp_path: Path, opendocument: Callable[..., bytes]
) -> None:
    path = tmp_path / "table.ods"
    row = '<table:table-row><table:table-cell table:formula="of:=[.A1]*2"/></table:table-row>'
    path.write_bytes(opendocument({"data": []}, sheet_data=row))
    with pytest.raises(InputError, match=r"table\.ods: a formula has never been worked out"):
        read_published_table(path)


@pytest.mark.parametrize("row", [2, 9])
def test_a_formula_that_was_never_worked_out_is_a_fault(
    tmp_path: Path, workbook: Callable[..., bytes], row: int
) -> None:
    path = tmp_path / "table.xlsx"
    table = '<row r="1"><c r="B1" t="inlineStr"><is><t>2011/12</t></is></c></row>'
    path.write_bytes(workbook({"data": []}, sheet_data=f'{table}<row r="{row}"><c r="C{row}"><f>A1*2</f></c></row>'))
    with pytest.raises(InputError, match=rf"table\.xlsx: a formula in cell C{row} has never been worked out"):
        read_published_table(path)


def test_an_error_in_a_cell_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"row 2, column C \(Apr '11 - Mar '12\): the cell is empty"):
        from_workbook(
            tmp_path,
            lambda _, sheet: (
                sheet.write_formula("C2", "=1/0", None, "#DIV/0!"),
                sheet.write_row(2, 0, ["Arson", 7, 8]),
            ),
        )


def test_a_raised_mark_is_never_read_as_a_digit(tmp_path: Path) -> None:
    def raised(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_rich_string("C2", "12", "3", book.add_format({"font_script": 1}), "1")

    with pytest.raises(
        InputError, match=r"column C .*: '1231' is kept as text in a workbook that has raised characters"
    ):
        from_workbook(tmp_path, raised)


def test_a_raised_mark_elsewhere_in_the_workbook_is_said(tmp_path: Path) -> None:
    def raised(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_rich_string("A9", "1", "st note", book.add_format({"font_script": 1}), "2")

    intake = from_workbook(tmp_path, raised)
    assert values(intake) == [5, 6]
    assert intake.notes[-1].startswith("The workbook has raised characters, which are read as plain ones")


@pytest.mark.parametrize("cell", [True, date(2011, 4, 1)], ids=["truth value", "date"])
def test_a_cell_of_another_kind_is_a_fault(tmp_path: Path, workbook: Callable[..., bytes], cell: object) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook({"data": [["Measure", "2010/11", "2011/12"], ["Theft", 5, 6], ["Arson", 7, cell]]}))
    with pytest.raises(InputError, match=r"row 3, column C.*: '(True|2011-04-01)' is (no number|a heading)"):
        read_published_table(path, area="Redditch")


def test_the_other_sheets_are_named(tmp_path: Path, workbook: Callable[..., bytes]) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook({"Cover": [["A report"]], "Data": [["Measure", "2011/12"], ["Theft", 5]]}))
    assert read_published_table(path, area="Redditch").notes[1:] == ("The sheet 'Cover' was not read.",)
    path.write_bytes(workbook({"Cover": [["A report"]], "Table 1": [["Measure", "2011/12"], ["Theft", 5]]}))
    with pytest.raises(InputError, match="Of the other sheets, Table 1, call the wanted one 'data'"):
        read_published_table(path, area="Redditch")


def test_a_million_empty_rows_below_the_table_are_passed_over(tmp_path: Path, workbook: Callable[..., bytes]) -> None:
    path = tmp_path / "table.xlsx"
    table = '<row r="1"><c r="B1" t="inlineStr"><is><t>2011/12</t></is></c></row>'
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>Theft</t></is></c><c r="B2"><v>5</v></c></row>'
    end = '<row r="1048576"><c r="A1048576"/></row>'
    path.write_bytes(workbook({"data": []}, sheet_data=table + row + end))
    assert values(read_published_table(path, area="Redditch")) == [5]


def test_a_table_of_too_many_cells_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_CELLS", 5)
    [fault] = faults_of(read, [["Measure", "2011/12"], ["Theft", 5], ["Arson", 6]])
    assert "the table spans more than 5 cells" in fault


def test_the_intake_names_file_hash_and_reader(read: Read) -> None:
    intake = read(REPORT)
    assert intake.reader == "published-table 1"
    assert len(intake.source.files[0].sha256) == 64


def test_the_manuals_example_loads(read_csv: Read) -> None:
    section = MANUAL.read_text("utf-8").split("## A published table\n")[1].split("\n## ")[0]
    [example] = [block.split("```")[0] for block in section.split("```csv\n")[1:]]
    intake = read_csv(example)
    shown = [line for line in section.splitlines() if line.startswith("| ") and "---" not in line and "`" in line]
    figures = {f"{figure.measure}, {figure.period.code}": figure for figure in intake.figures}
    for line in shown:
        written, read_as = (cell.strip() for cell in line.strip("|").split("|"))
        name, value = read_as.removesuffix("`").removeprefix("`").split(": ")
        figure = figures.pop(name)
        marks = "".join(status.mark for status in figure.statuses)
        assert (f"{figure.value:g}" if figure.value is not None else "") + marks == value, written
    assert figures == {}


def test_the_manual_names_every_word_that_stands_for_something() -> None:
    manual = " ".join(MANUAL.read_text("utf-8").casefold().split())
    words = {*STATUS_OF_WORD, *UNCLEAR, *AREA_HEADINGS} - {"–", "—", "**", "areas"}
    assert [word for word in words if f"`{word}`" not in manual] == []
