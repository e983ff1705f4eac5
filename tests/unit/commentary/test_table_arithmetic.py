"""What columns and totals say is worked out anew: a mistake is named, and nothing that may be right is called wrong."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.commentary.printed_tables import figures_of
from quarterday.commentary.table_arithmetic import check_changes, check_shares
from quarterday.commentary.table_totals import check_cumulative, check_totals, compare_tables
from quarterday.domain.checked_report import ReportFinding
from quarterday.domain.claim import Verdict
from tests.unit.commentary.printed import read

Rows = Sequence[Sequence[str]]
HEAD = ["Measure", "2010/11", "2011/12"]


def wrong(findings: Iterable[ReportFinding]) -> list[str]:
    return [finding.quote for finding in findings if finding.verdict is Verdict.CONTRADICTED]


def why(findings: Iterable[ReportFinding]) -> str:
    return " ".join(finding.why for finding in findings if finding.verdict is Verdict.CONTRADICTED)


def changes(heading: str, *cells: str, head: Sequence[str] = HEAD) -> list[ReportFinding]:
    """Burglary 400 to 380, robbery 50 to 55, violence 1,200 to 1,290, arson 36 to 45, with a last column."""
    counts = (("400", "380"), ("50", "55"), ("1,200", "1,290"), ("36", "45"))
    names = ("Burglary", "Robbery", "Violence", "Arson")
    rows = [[name, *pair, cell] for name, pair, cell in zip(names, counts, cells, strict=False)]
    return list(check_changes(read([[*head, heading], *rows])))


def test_right_changes_are_supported() -> None:
    assert [finding.verdict for finding in changes("Change", "-20", "+5", "90", "9")] == [Verdict.SUPPORTED] * 4
    assert [finding.verdict for finding in changes("% change", "-5%", "10.0%", "7.5", "25")] == [Verdict.SUPPORTED] * 4


@pytest.mark.parametrize(
    ("heading", "cells", "quote", "said"),
    [
        ("Change", ("-20", "5", "90", "-9"), "-9", "its sign is the wrong way round"),
        ("Change", ("-20", "5", "1,290", "9"), "1,290", "one of the two numbers"),
        ("% change", ("-5%", "9.1%", "7.5%", "25%"), "9.1%", "a per cent of the later number"),
        ("% change", ("-5%", "5%", "7.5%", "25%"), "5%", "the change in numbers, not in per cent"),
        ("% change", ("-5%", "10%", "5.7%", "25%"), "5.7%", "Two of its digits"),
        ("% change", ("-5%", "10%", "14.7%", "25%"), "14.7%", "is 7.5%"),
    ],
)
def test_a_wrong_change_is_named_with_the_right_one(
    heading: str, cells: tuple[str, ...], quote: str, said: str
) -> None:
    found = changes(heading, *cells)
    assert wrong(found) == [quote]
    assert said in why(found)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Change", ("20", "5", "90", "9")),  # sizes without a sign
        ("% change", ("-5%", "10%", "7%", "25%")),  # a tie may go either way
        ("% change", ("-5%", "10%", "8%", "25%")),
        ("% change", ("-0.05", "0.1", "0.075", "0.25")),  # as a spreadsheet keeps them
        ("Change", ("3", "8", "-2", "11")),  # against something that is not in the table
        ("% change", ("12%", "10%", "3%", "8%")),
        ("Change", ("▼ 20", "▲ 5", "▲ 90", "▲ 9")),
        ("Change", ("-", "N/A", "*", "9")),
        ("Rank", ("1", "2", "3", "4")),
    ],
)
def test_what_may_be_right_is_not_accused(heading: str, cells: tuple[str, ...]) -> None:
    assert wrong(changes(heading, *cells)) == []


def test_which_counts_a_change_compares_is_told_by_the_cells() -> None:
    rows = [["Theft", "90", "100", "110", "20"], ["Arson", "10", "12", "11", "1"], ["Fraud", "5", "9", "7", "3"]]
    found = list(check_changes(read([["Measure", "2009/10", "2010/11", "2011/12", "Change"], *rows])))
    assert wrong(found) == ["3"]
    assert "7 − 5 is 2: 2011/12 against 2009/10" in why(found)


def test_later_years_may_stand_first() -> None:
    head = ["Measure", "2011/12", "2010/11"]
    assert wrong(changes("Change", "20", "-5", "-90", "9", head=head)) == ["9"]


def test_rounded_counts_leave_room() -> None:
    rows = [
        [name, str(100 * at), str(100 * at + 50), cell]
        for at, (name, cell) in enumerate(zip("ABCDE", ("54", "46", "50", "51", "49"), strict=True), 1)
    ]
    assert wrong(check_changes(read([[*HEAD, "Change"], *rows]))) == []


def test_points_called_per_cent_are_named_where_the_column_is_in_per_cent() -> None:
    rows = [
        ["Theft", "100", "110", "10.0%"],
        ["Arson", "50", "40", "-20.0%"],
        ["Fraud", "8", "10", "25.0%"],
        ["Detection", "20%", "25%", "5.0%"],
    ]
    found = list(check_changes(read([[*HEAD, "% change"], *rows])))
    assert wrong(found) == ["5.0%"]
    assert "in percentage points, not in per cent" in why(found)


@given(counts=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=1, max_size=8))
def test_changes_that_are_worked_out_are_never_accused(counts: list[tuple[int, int]]) -> None:
    rows = [
        [f"Measure {at}", f"{a:,}", f"{b:,}", f"{b - a:+,}", f"{100 * (b - a) / a:.1f}%" if a else "N/A"]
        for at, (a, b) in enumerate(counts)
    ]
    total = [sum(a for a, _ in counts), sum(b for _, b in counts)]
    table = read([[*HEAD, "Change", "% change"], *rows, ["Total", *map(str, total), str(total[1] - total[0]), "-"]])
    assert wrong([*check_changes(table), *check_totals(table), *check_shares(table), *check_cumulative(table)]) == []


# --- shares and totals


def test_a_share_that_is_not_its_part_of_the_total_is_found() -> None:
    rows = [
        ["Theft", "50", "50%"],
        ["Arson", "30", "33%"],
        ["Fraud", "15", "15%"],
        ["Arms", "5", "5%"],
        ["Total", "100", "100%"],
    ]
    found = list(check_shares(read([["Measure", "2011/12", "% of total"], *rows])))
    assert wrong(found) == ["33%"]
    assert "30 of 100" in why(found)


def test_shares_of_something_else_are_left_alone() -> None:
    rows = [["Theft", "50", "12%"], ["Arson", "30", "33%"], ["Fraud", "15", "15%"], ["Total", "95", ""]]
    assert wrong(check_shares(read([["Measure", "2011/12", "% of total"], *rows]))) == []


def test_a_total_is_held_against_its_parts_where_another_shows_which_they_are() -> None:
    rows = [["Theft", "10", "12"], ["Arson", "5", "6"], ["Total", "15", "19"]]
    found = list(check_totals(read([HEAD, *rows])))
    assert wrong(found) == ["19"]
    assert "add up to 18" in why(found)


@pytest.mark.parametrize(
    "rows",
    [
        [["Theft", "10", "12"], ["of which bicycles", "3", "4"], ["Total", "11", "13"]],  # a part of a part
        [["Theft", "10", "12"], ["Arson", "5", "N/A"], ["Total", "15", "20"]],  # a part is not given
        [["Theft", "10", "12"], ["Total", "15", "19"]],  # other rows are not printed
        [["Total", "15", "19"], ["Theft", "10", "12"]],
    ],
)
def test_a_total_whose_parts_are_not_known_is_left_alone(rows: Rows) -> None:
    assert wrong(check_totals(read([HEAD, *rows]))) == []


def test_totals_of_parts_are_told_apart() -> None:
    rows = [
        ["Theft", "1", "2"], ["Arson", "3", "4"], ["Total property", "4", "6"],
        ["Rape", "5", "6"], ["Assault", "7", "8"], ["Total persons", "12", "15"], ["Grand total", "16", "20"],
    ]  # fmt: skip
    assert wrong(check_totals(read([HEAD, *rows]))) == ["15"]


def test_a_column_of_totals_and_a_year_of_its_quarters_are_added_up() -> None:
    head = ["Measure", "Q1 2011/12", "Q2 2011/12", "Q3 2011/12", "Q4 2011/12", "2011/12"]
    rows = [["Theft", "1", "2", "3", "4", "10"], ["Arson", "1", "1", "1", "1", "5"], ["Fraud", "2", "2", "2", "2", "8"]]
    assert wrong(check_totals(read([head, *rows]))) == ["5"]
    assert wrong(check_totals(read([[*head[:-1], "Total"], *rows]))) == ["5"]


def test_people_and_what_is_there_at_one_time_are_not_added_up() -> None:
    head = ["Measure", "Q1 2011/12", "Q2 2011/12", "Q3 2011/12", "Q4 2011/12", "2011/12"]
    rows = [
        ["Theft", "1", "2", "3", "4", "10"], ["Arson", "2", "2", "2", "2", "8"],
        ["Repeat victims", "5", "5", "5", "5", "16"], ["Offenders managed", "20", "21", "20", "22", "22"],
        ["Referrals in hand", "30", "31", "30", "33", "33"],
    ]  # fmt: skip
    assert wrong(check_totals(read([head, *rows]))) == []


def test_rolling_years_are_never_added_up() -> None:
    head = ["Measure", "Jan '10 - Dec '10", "Apr '10 - Mar '11", "Total"]
    assert wrong(check_totals(read([head, ["Theft", "10", "12", "30"], ["Arson", "5", "6", "11"]]))) == []


# --- cumulative counts


def test_a_count_through_the_year_cannot_fall() -> None:
    head = ["Measure", "Apr - Jun 2011", "Apr - Sep 2011", "Apr - Dec 2011"]
    found = list(check_cumulative(read([head, ["Theft", "10", "21", "19"], ["Detection rate", "30", "29", "28"]])))
    assert wrong(found) == ["19"]


def test_a_row_that_says_that_it_counts_through_the_year_cannot_fall_either() -> None:
    head = ["Measure", "Q1 2011/12", "Q2 2011/12", "Q3 2011/12", "Q1 2012/13"]
    rows = [["Theft (cumulative)", "10", "21", "19", "4"], ["Arson", "5", "4", "3", "2"]]
    assert wrong(check_cumulative(read([head, *rows]))) == ["19"]


# --- two tables


def compared(first: Rows, second: Rows) -> tuple[list[str], int]:
    tables = [read(first, place="table 1"), read(second, place="table 2")]
    contradicted, doubtful = compare_tables([(table, figures_of(table, area="Here")) for table in tables])
    return wrong(contradicted), len(doubtful)


ONE = [HEAD, ["Theft", "10", "12"], ["Arson", "5", "6"]]


def test_two_tables_that_print_a_figure_differently_are_told() -> None:
    assert compared(ONE, [HEAD, ["Theft", "10", "13"], ["Arson", "5", "6"]]) == (["13"], 0)


def test_tables_of_other_areas_are_not_compared() -> None:
    assert compared(ONE, [HEAD, ["Theft", "20", "25"], ["Arson", "8", "9"]]) == ([], 0)


def test_a_difference_beside_little_agreement_is_only_worth_a_look() -> None:
    assert compared(ONE, [HEAD, ["Theft", "10", "13"], ["Fraud", "5", "6"]]) == ([], 1)
