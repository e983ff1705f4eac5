"""Months as whole numbers, and what follows from what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.faults import InputError
from quarterday.domain.period import Derivations, Period, Step

JAN_2012 = Period.month(2012, 1)
YEAR_2011_12 = Period.financial_year(2011)


def test_the_last_quarter_of_a_financial_year_is_january_to_march() -> None:
    assert Period.financial_quarter(2011, 4) == Period(JAN_2012.first, 3)


def test_a_rolling_year_is_the_twelve_months_that_end_with_a_month() -> None:
    assert Period.ending(Period.month(2012, 3), 12) == YEAR_2011_12


def test_shifting_by_twelve_months_gives_the_same_months_of_another_year() -> None:
    assert YEAR_2011_12.shift(-12) == Period.financial_year(2010)


def test_a_period_is_parted_into_its_months_in_order() -> None:
    assert [month.code for month in Period.financial_quarter(2011, 4)] == ["2012-01", "2012-02", "2012-03"]


def test_a_year_cannot_be_parted_into_runs_that_do_not_fit() -> None:
    with pytest.raises(InputError, match="cannot be parted into runs of 5 months"):
        YEAR_2011_12.each(5)


def test_periods_overlap_when_they_share_a_month() -> None:
    assert YEAR_2011_12.overlaps(YEAR_2011_12.shift(11))
    assert not YEAR_2011_12.overlaps(YEAR_2011_12.shift(12))


@pytest.mark.parametrize(
    ("period", "code", "table", "sentence"),
    [
        (Period.month(2012, 3), "2012-03", "Mar '12", "March 2012"),
        (Period.financial_year(2011), "2011/12", "Apr '11 - Mar '12", "2011/12"),
        (Period.financial_year(1999), "1999/00", "Apr '99 - Mar '00", "1999/00"),
        (Period.financial_quarter(2011, 1), "2011/12 Q1", "Apr '11 - Jun '11", "April to June 2011"),
        (
            Period(JAN_2012.first - 1, 4),
            "2011-12/2012-03",
            "Dec '11 - Mar '12",
            "December 2011 to March 2012",
        ),
        (
            Period(JAN_2012.first - 27, 12),
            "2009-10/2010-09",
            "Oct '09 - Sept '10",
            "the 12 months to September 2010",
        ),
        (
            Period.calendar_year(1961),
            "1961-01/1961-12",
            "Jan 1961 - Dec 1961",
            "the 12 months to December 1961",
        ),
    ],
)
def test_a_period_is_written_one_way_for_each_use(period: Period, code: str, table: str, sentence: str) -> None:
    assert (period.code, period.for_table(), period.for_sentence()) == (code, table, sentence)


@pytest.mark.parametrize("months", [0, -3])
def test_a_period_without_months_is_refused(months: int) -> None:
    with pytest.raises(InputError, match="its last month must not come before its first"):
        Period(JAN_2012.first, months)


def test_months_that_make_up_a_period_are_added() -> None:
    quarter = Period.financial_quarter(2011, 4)
    assert Derivations(set(quarter)).of(quarter) == tuple(Step(1, month) for month in quarter)


def test_a_month_follows_from_a_year_to_date_less_the_one_before() -> None:
    to_march, to_february = YEAR_2011_12, Period(YEAR_2011_12.first, 11)
    steps = Derivations({to_march, to_february}).of(Period.month(2012, 3))
    assert steps is not None
    assert set(steps) == {Step(1, to_march), Step(-1, to_february)}


def test_no_quarter_follows_from_rolling_years_a_quarter_apart() -> None:
    rolling = {YEAR_2011_12.shift(-3 * back) for back in range(8)}
    assert Derivations(rolling).of(Period.financial_quarter(2011, 4)) is None


def test_a_window_with_a_missing_month_does_not_follow() -> None:
    months = set(YEAR_2011_12) - {JAN_2012}
    assert Derivations(months).of(YEAR_2011_12) is None


runs = st.builds(Period, st.integers(24_000, 24_030), st.integers(1, 14))


@given(wanted=runs, known=st.sets(runs, max_size=12))
def test_what_is_derived_holds_whatever_the_months_hold(wanted: Period, known: set[Period]) -> None:
    counts = {month: 7 * month + month % 5 for month in range(23_990, 24_060)}

    def total(period: Period) -> int:
        return sum(counts[month] for month in range(period.first, period.last + 1))

    steps = Derivations(known).of(wanted)
    assert steps is None or sum(step.sign * total(step.period) for step in steps) == total(wanted)
