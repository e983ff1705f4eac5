"""Figures: a gap is never a zero, and a total is never made of less than its parts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.area import Area
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding, Series, combined, missing
from quarterday.domain.period import Period
from quarterday.domain.status import Status, read_statuses

YEAR = Period.financial_year(2011)
MARCH = Period.month(2012, 3)


def months_of(values: dict[Period, float | None], area: str = "Redditch") -> Holding:
    figures = {
        month: missing("Theft", area, month, "the return did not come")
        if value is None
        else Figure("Theft", area, month, value)
        for month, value in values.items()
    }
    return Holding("Theft", area, figures)


def test_a_missing_value_needs_a_mark() -> None:
    with pytest.raises(InputError, match=r"give the status that stands in its place, such as \[x\]"):
        Figure("Theft", "Redditch", MARCH, None)


def test_a_missing_value_needs_a_reason() -> None:
    with pytest.raises(InputError, match="say in the note why it is missing"):
        Figure("Theft", "Redditch", MARCH, None, (Status.NOT_AVAILABLE,))


def test_a_number_cannot_stand_beside_a_mark_that_replaces_it() -> None:
    with pytest.raises(InputError, match=r"5 stands beside \[c\], which replaces a number"):
        Figure("Theft", "Redditch", MARCH, 5, (Status.CONFIDENTIAL,))


def test_a_number_can_be_provisional_and_revised_at_once() -> None:
    assert Figure("Theft", "Redditch", MARCH, 5, (Status.PROVISIONAL, Status.REVISED)).known == 5


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_no_value(value: float) -> None:
    with pytest.raises(InputError, match="is no number"):
        Figure("Theft", "Redditch", MARCH, value)


def test_nothing_can_be_worked_out_from_a_missing_value() -> None:
    with pytest.raises(InputError, match="the return did not come"):
        _ = missing("Theft", "Redditch", MARCH, "the return did not come").known


def test_a_window_with_a_missing_month_has_no_total_and_says_which_month() -> None:
    holding = months_of(dict.fromkeys(YEAR, 5) | {MARCH: None})
    total = holding.total(YEAR)
    assert total.value is None
    assert total.note == "March 2012: the return did not come"


def test_a_month_that_never_came_is_named() -> None:
    holding = months_of({month: 5 for month in YEAR if month != MARCH})
    assert holding.total(YEAR).note == "no figure for March 2012"


def test_a_month_of_none_counts_as_nought() -> None:
    assert months_of(dict.fromkeys(YEAR, 0)).total(YEAR).value == 0


def test_a_total_that_came_in_is_taken_as_it_stands() -> None:
    given = Figure("Theft", "Redditch", YEAR, 61)
    holding = Holding("Theft", "Redditch", {YEAR: given} | dict(months_of(dict.fromkeys(YEAR, 5)).figures))
    assert holding.total(YEAR) is given


def test_a_total_carries_the_marks_of_its_parts() -> None:
    parts = {month: Figure("Theft", "Redditch", month, 1) for month in YEAR}
    parts[MARCH] = Figure("Theft", "Redditch", MARCH, 1, (Status.PROVISIONAL,))
    assert Holding("Theft", "Redditch", parts).total(YEAR).statuses == (Status.PROVISIONAL,)


def test_a_series_shows_its_gaps() -> None:
    series = months_of({MARCH: 4}).over([MARCH.shift(-1), MARCH])
    assert [figure.value for figure in series.figures] == [None, 4]


def test_a_series_does_not_skip_a_period() -> None:
    figures = [Figure("Theft", "Redditch", MARCH.shift(shift), 1) for shift in (0, 1, 3)]
    with pytest.raises(InputError, match="evenly stepped"):
        Series(tuple(figures))


def test_an_area_of_two_districts_has_the_sum_of_both() -> None:
    both = combined([months_of({MARCH: 4}), months_of({MARCH: 3}, "Bromsgrove")], area="North")
    assert both.total(MARCH).value == 7


def test_an_area_lacks_what_one_of_its_districts_lacks() -> None:
    both = combined([months_of({MARCH: 4}), months_of({MARCH: None}, "Bromsgrove")], area="North")
    assert both.total(MARCH).value is None
    assert both.total(MARCH).note == "Bromsgrove: the return did not come"


@given(st.lists(st.integers(0, 10**9), min_size=12, max_size=12))
def test_a_rolling_year_is_the_sum_of_its_months(values: list[int]) -> None:
    holding = months_of(dict(zip(YEAR, values, strict=True)))
    assert Decimal(holding.total(YEAR).known) == sum(values)


def test_marks_are_read_with_or_without_brackets() -> None:
    assert read_statuses("[r][e]") == read_statuses("r e") == (Status.REVISED, Status.ESTIMATED)


def test_an_unknown_mark_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"\[x\] not available"):
        read_statuses("[q]")


@pytest.mark.parametrize("text", ["Redditch", " REDDITCH ", "e07000236"])
def test_an_area_is_known_by_name_and_by_code(text: str) -> None:
    assert Area("Redditch", "E07000236").is_called(text)


def test_an_area_without_a_code_is_not_called_nothing() -> None:
    assert not Area("Redditch").is_called("")


def test_a_total_that_is_worked_out_gives_no_confidential_month_away() -> None:
    hidden = Figure("Theft", "Redditch", MARCH, None, (Status.CONFIDENTIAL,), "fewer than five")
    figures = {month: Figure("Theft", "Redditch", month, 10) for month in YEAR} | {MARCH: hidden}
    whole = Figure("Theft", "Redditch", YEAR, 123)
    quarter = Holding("Theft", "Redditch", figures | {YEAR: whole}).total(Period.financial_quarter(2011, 4))
    assert (quarter.value, quarter.statuses) == (None, (Status.CONFIDENTIAL,))


def test_totals_that_contradict_each_other_give_no_count_below_nought() -> None:
    year, to_february = Figure("Theft", "R", YEAR, 95), Figure("Theft", "R", Period(YEAR.first, 11), 100)
    march = Holding("Theft", "R", {figure.period: figure for figure in (year, to_february)}).total(MARCH)
    assert (march.value, march.note) == (None, "the totals held contradict each other")


def test_the_sum_of_its_months_goes_before_a_difference_of_longer_totals() -> None:
    months = {month: Figure("Theft", "R", month, 10) for month in YEAR}
    two_years = Figure("Theft", "R", Period(YEAR.first - 12, 24), 1000)
    before = Figure("Theft", "R", YEAR.shift(-12), 100)
    holding = Holding("Theft", "R", months | {two_years.period: two_years, before.period: before})
    assert holding.total(YEAR).value == 120


def test_names_that_are_encoded_otherwise_are_one_name() -> None:
    assert Area("Ynys M\u00f4n").is_called("ynys mo\u0302n")
