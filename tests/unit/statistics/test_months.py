"""Months that stand out, and months that make up the change."""

import json

import numpy as np
import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.statistics.months import Months, dispersions_of_the_others, months_that_stand_out
from quarterday.statistics.result import as_json

YEAR = tuple(Period.financial_year(2011))
EARLIER = [15, 17, 16, 28, 18, 16, 27, 15, 14, 13, 12, 19]
LATER = [16, 18, 17, 9, 17, 16, 12, 14, 15, 13, 13, 20]


def months_of(earlier: list[int | None], later: list[int | None]) -> Months:
    return months_that_stand_out(earlier, later, periods=YEAR[: len(later)])


def names(periods: tuple[Period, ...]) -> list[str]:
    return [period.for_sentence() for period in periods]


def test_a_month_stands_out_when_it_passes_among_all_that_were_looked_at() -> None:
    """July: 9 in 37 is as uneven as 0.00256 with an even chance; times twelve, 0.0307 (R's binom.test)."""
    found = months_of(EARLIER, LATER)
    assert names(tuple(entry.month for entry in found.standing_out)) == ["July 2011"]
    july = found.months[3]
    assert july.change.p == pytest.approx(0.002565, abs=5e-6)
    assert july.adjusted_p == pytest.approx(12 * 0.002565, abs=5e-5)
    assert found.months[6].change.p == pytest.approx(0.02370, abs=5e-5)
    assert not found.months[6].stands_out


def test_the_fewest_months_that_come_to_the_whole_change_make_it_up() -> None:
    found = months_of(EARLIER, LATER)
    assert sum(entry.change.difference for entry in found.months) == -30
    assert names(found.making_up) == ["July 2011", "October 2011"]


def test_months_that_go_the_other_way_make_up_nothing() -> None:
    found = months_of([10, 10, 10], [10, 4, 13])
    assert names(found.making_up) == ["May 2011"]


def test_of_equal_months_all_are_named_or_none() -> None:
    assert names(months_of([10, 10, 10, 10], [7, 7, 12, 10]).making_up) == ["April 2011", "May 2011"]


def test_a_change_spread_over_the_year_is_made_up_by_no_few_months() -> None:
    found = months_of([10] * 12, [8] * 12)
    assert (found.making_up, found.why_none) == ((), "the change is spread over more than 4 months")


def test_no_change_has_nothing_to_make_it_up() -> None:
    assert months_of([10, 8], [8, 10]).why_none == "there is no change to make up"


def test_a_missing_month_is_left_out_and_named() -> None:
    found = months_of([10, None, 10], [12, 9, None])
    assert names(found.missing) == ["May 2011", "June 2011"]
    assert [entry.month for entry in found.months] == [YEAR[0]]
    assert found.months[0].adjusted_p == found.months[0].change.p


def test_no_known_month_stands_out() -> None:
    found = months_of([None, 3], [4, None])
    assert (found.months, found.making_up, len(found.missing)) == ((), (), 2)


def test_months_that_vary_more_than_chance_need_more_to_stand_out() -> None:
    assert months_that_stand_out(EARLIER, LATER, periods=YEAR, dispersion=2).standing_out == ()


def test_some_month_stands_out_by_chance_in_one_year_of_twenty_at_most() -> None:
    """2,000 pairs of years without any change, months of mean 10, seed 1."""
    draws = np.random.default_rng(1).poisson(10, size=(2000, 2, 12)).tolist()
    alarms = sum(bool(months_of(earlier, later).standing_out) for earlier, later in draws)
    assert alarms / 2000 <= 0.05


@pytest.mark.parametrize(
    ("later", "periods", "complaint"),
    [
        ([1], YEAR[:2], "2 earlier months stand against 1 later"),
        ([1, 2], (YEAR[1], YEAR[0]), "not in order"),
        ([1, 2], (YEAR[0], YEAR[0]), "not in order"),
        ([1, 2], (YEAR[0], YEAR[0].shift(12)), "a year apart or more"),
        ([1, 2], (Period.financial_year(2011), YEAR[0]), "2011/12 is 12 of them"),
        ([1, -2], YEAR[:2], "wanted a whole number, 0 or more"),
        ([1, float("nan")], YEAR[:2], "wanted a whole number, 0 or more"),
    ],
)
def test_what_is_no_pair_of_years_is_refused(later: list[float], periods: tuple[Period, ...], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        months_that_stand_out([1, 2], later, periods=periods)


def test_no_months_are_refused() -> None:
    with pytest.raises(InputError, match="0 months came"):
        months_that_stand_out([], [], periods=[])


def test_the_result_says_its_method_and_turns_into_json() -> None:
    written = json.loads(json.dumps(as_json(months_of(EARLIER, LATER))))
    assert written["method"]["options"] == {"significance": 0.05, "dispersion": 1.0, "most_named": 4}
    assert written["months"][3]["stands_out"] is True


def clustered_years(rng: np.random.Generator) -> list[list[int]]:
    """Two years of 60 a month that vary twice as much as chance."""
    return rng.negative_binomial(60, 0.5, (2, 12)).tolist()


def test_a_month_far_out_does_not_hide_behind_its_own_dispersion() -> None:
    rng = np.random.default_rng(3)
    found = 0
    for earlier, later in (clustered_years(rng) for _ in range(200)):
        later[3] = 3 * earlier[3]
        wide, freedom = dispersions_of_the_others(earlier, later)
        months = months_that_stand_out(earlier, later, periods=YEAR, dispersion=wide, freedom=freedom)
        found += YEAR[3] in [month.month for month in months.standing_out]
    assert found / 200 >= 0.8


def test_clustered_years_without_a_change_seldom_have_a_month_that_stands_out() -> None:
    rng = np.random.default_rng(4)
    alarms = 0
    for earlier, later in (clustered_years(rng) for _ in range(2000)):
        wide, freedom = dispersions_of_the_others(earlier, later)
        months = months_that_stand_out(earlier, later, periods=YEAR, dispersion=wide, freedom=freedom)
        alarms += bool(months.standing_out)
    assert alarms / 2000 <= 0.08
