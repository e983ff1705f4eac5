"""A printed table is read as it is laid out, and one that cannot be read is said to be so."""

import pytest

from quarterday.commentary.printed_columns import Role
from quarterday.commentary.printed_tables import ALL_CRIME, Unread, figures_of, read_table, subject_of
from tests.unit.commentary.printed import printed, read


def figures(rows: list[list[str]], *, caption: str = "") -> dict[tuple[str, str, str], float]:
    return {
        (held.measure, held.area, held.period.code): held.known
        for held in figures_of(read(rows, caption=caption), area="Here")
    }


def test_each_number_is_a_figure_that_knows_its_cell() -> None:
    table = read([["Measure", "2010/11", "2011/12"], ["Theft ¹", "1,200*", "N/A"], ["Arson", "5", "6"]])
    held = figures_of(table, area="Here")
    assert [(figure.measure, figure.period.code, figure.known, figure.origin) for figure in held] == [
        ("Theft", "2010/11", 1200, "table 1, row 2, column 2"),
        ("Arson", "2010/11", 5, "table 1, row 3, column 2"),
        ("Arson", "2011/12", 6, "table 1, row 3, column 3"),
    ]


def test_headings_of_two_rows_are_read_together() -> None:
    rows = [["", "2010/11", "", "2011/12", ""], ["Measure", "Q3", "Q4", "Q1", "Q2"], ["Theft", "1", "2", "3", "4"]]
    assert list(figures(rows)) == [
        ("Theft", "Here", f"20{year} Q{q}") for year, q in (("10/11", 3), ("10/11", 4), ("11/12", 1), ("11/12", 2))
    ]


def test_a_title_above_the_headings_is_no_heading() -> None:
    rows = [
        ["Partnership Priority", "", "Protecting Communities Q4 201112", ""],
        ["Measure", "2010/11", "2011/12", "Comments"],
        ["Theft", "1", "2", "x"],
    ]
    assert [column.role for column in read(rows).columns] == [Role.NAME, Role.VALUE, Role.VALUE, Role.COMMENT]


def test_periods_that_stand_down_are_turned() -> None:
    rows = [["Year", "Theft", "Arson"], ["2010/11", "10", "1"], ["2011/12", "12", "2"]]
    assert figures(rows) == {
        ("Theft", "Here", "2010/11"): 10, ("Theft", "Here", "2011/12"): 12,
        ("Arson", "Here", "2010/11"): 1, ("Arson", "Here", "2011/12"): 2,
    }  # fmt: skip


def test_rows_may_be_areas() -> None:
    rows = [["District", "2010/11", "2011/12"], ["Redditch", "10", "12"], ["Wyre Forest", "20", "22"]]
    assert figures(rows, caption="Table 4: Burglary")["Burglary", "Wyre Forest", "2011/12"] == 22


def test_groups_of_columns_in_a_table_by_area_are_measures() -> None:
    rows = [
        ["", "Theft", "Theft", "Arson", "Arson"],
        ["Area", "2010/11", "2011/12", "2010/11", "2011/12"],
        ["Redditch", "1", "2", "3", "4"],
    ]
    assert figures(rows)["Arson", "Redditch", "2011/12"] == 4


def test_headings_that_are_repeated_are_no_rows_and_others_begin_a_table() -> None:
    head, other = ["Measure", "2010/11", "2011/12"], ["Measure", "2011/12", "2012/13"]
    first, second = read_table(
        printed([head, ["Theft", "1", "2"], head, ["Arson", "3", "4"], other, ["Fraud", "5", "6"]])
    )
    assert not isinstance(first, Unread)
    assert not isinstance(second, Unread)
    assert [row.name for row in first.rows] == ["Theft", "Arson"]
    assert [row.name for row in second.rows] == ["Fraud"]


def test_a_row_in_per_cent_is_a_measure_in_per_cent() -> None:
    assert list(figures([["Measure", "2010/11", "2011/12"], ["Detection", "20%", "22%"]])) == [
        ("Detection (%)", "Here", "2010/11"),
        ("Detection (%)", "Here", "2011/12"),
    ]


def test_the_whole_of_crime_has_one_name() -> None:
    assert {
        measure for measure, _, _ in figures([["Measure", "2010/11", "2011/12"], ["Total recorded crime", "9", "8"]])
    } == {ALL_CRIME}


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Change", Role.CHANGE), ("+/-", Role.CHANGE), ("% change", Role.PER_CENT), ("Change (%)", Role.PER_CENT),
        ("% of total", Role.SHARE), ("Total", Role.TOTAL), ("Rank", Role.OTHER), ("Target 2011/12", Role.TARGET),
        ("Rate per 1,000", Role.RATE), ("RAG", Role.OTHER), ("Average", Role.OTHER), ("%", Role.OTHER),
    ],
)  # fmt: skip
def test_a_column_is_known_by_the_words_above_it(heading: str, role: Role) -> None:
    table = read([["Measure", "2010/11", "2011/12", heading], ["Theft", "1", "2", "1"], ["Arson", "3", "4", "1"]])
    assert table.columns[3].role is role


def test_this_year_and_last_are_those_that_the_text_above_names() -> None:
    rows = [["Crime type", "This YTD", "Last YTD", "Change", "%"], ["Theft", "90", "100", "-10", "-10%"]]
    held = figures(rows, caption="Table 7: year to date, April to December 2011")
    assert held == {("Theft", "Here", "2011-04/2011-12"): 90, ("Theft", "Here", "2010-04/2010-12"): 100}
    assert figures(rows, caption="Table 7: year to date") == {}
    assert read(rows).notes == ("no period can be told for what is headed This YTD; Last YTD",)


def test_a_per_cent_beside_a_change_is_that_of_the_change() -> None:
    table = read([["Measure", "2010/11", "2011/12", "Change", "%"], ["Theft", "100", "90", "-10", "-10%"]])
    assert table.columns[4].role is Role.PER_CENT


def test_no_number_below_a_change_or_a_rank_is_a_figure() -> None:
    rows = [["Measure", "2010/11", "2011/12", "Change", "Rank"], ["Theft", "1", "2", "1", "15"]]
    assert set(figures(rows).values()) == {1, 2}


def test_a_comment_is_about_its_row_and_about_none_where_several_are_meant() -> None:
    plain = read([["Measure", "2010/11", "2011/12", "Comments"], ["Theft", "1", "2", "x"]])
    grouped = read(
        [
            ["", "Redditch", "Redditch", "Wyre", "Wyre"],
            ["Measure", "2010/11", "2011/12", "2010/11", "2011/12"],
            ["Theft", "1", "2", "3", "4"],
        ]
    )
    assert subject_of(plain, plain.rows[0]) == "Theft"
    assert subject_of(grouped, grouped.rows[0]) == ""


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["Theft", "1", "2"], ["Arson", "3", "4"]], "no row of headings"),
        ([["2010/11", "2011/12"], ["1", "2"]], "no column names"),
        ([["Year", "April", "May"], ["2010/11", "1", "2"], ["2010/11", "3", "4"]], "years down and months across"),
    ],
)
def test_a_table_that_cannot_be_read_is_said_to_be_so(rows: list[list[str]], why: str) -> None:
    (unread,) = read_table(printed(rows))
    assert isinstance(unread, Unread)
    assert why in unread.why


def test_a_table_without_numbers_is_passed_over() -> None:
    assert read_table(printed([["Project", "Lead"], ["Workshops", "Police, Mar 2012"]])) == ()
