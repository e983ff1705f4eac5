"""A change of level for good is found at its month; seasons, chance, spikes and missing months are none."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from quarterday.statistics.jumps import LEAST_MONTHS, MOST_CHANCE, YEAR, Turn, jumps_of
from tests.conftest import ROOT

SEASON = [20, 21, 24, 27, 30, 32, 33, 32, 29, 26, 23, 21]
TWO_YEARS = [*SEASON, *SEASON]
UNEVENLY_MORE = [21, 55, 22, 24, 42, 22]


def found(months: list[float | None]) -> list[tuple[Turn, int]]:
    return [(jump.turn, jump.at) for jump in jumps_of(months)]


def poisson_series(
    mean: float, *, months: int, seed: int, step: float = 1.0, at: int = 0, yearly: float = 1.0
) -> list[float]:
    """Counts by chance about a mean with its season and its trend, and from a month on about another."""
    means = [
        mean * (1 + math.sin(2 * math.pi * month / YEAR) / 4) * yearly ** (month / YEAR) * (step if month >= at else 1)
        for month in range(months)
    ]
    return [float(count) for count in poisson.rvs(means, random_state=seed)]


@pytest.mark.parametrize("months", [[], [5.0], [5, 5, 5, 50, 50, 50], [5] * 8 + [50] * 9])
def test_too_few_months_have_no_jumps(months: list[float | None]) -> None:
    assert len(months) < LEAST_MONTHS
    assert jumps_of(months) == ()


def test_eighteen_months_are_enough() -> None:
    assert found([10] * 12 + [40] * 6) == [(Turn.RISES, 12)]


@pytest.mark.parametrize("months", [[None] * 30, [0] * 30, [7] * 30, TWO_YEARS, [*TWO_YEARS, *SEASON]])
def test_what_stays_as_it_is_has_no_jumps(months: list[float | None]) -> None:
    assert jumps_of(months) == ()


def test_a_rise_is_found_at_its_month_with_its_levels() -> None:
    [jump] = jumps_of([*SEASON, *(2 * count for count in SEASON)])
    assert (jump.turn, jump.at) == (Turn.RISES, 12)
    assert (jump.before, jump.after) == (sum(SEASON) / 12, sum(SEASON) / 6)
    assert jump.p < MOST_CHANCE


def test_a_fall_is_the_same_backwards() -> None:
    rise = [*SEASON, *(2 * count for count in SEASON), *(2 * count for count in SEASON)]
    assert found(rise) == [(Turn.RISES, 12)]
    assert found(rise[::-1]) == [(Turn.FALLS, 24)]


def test_a_jump_out_of_season_is_found_at_its_month() -> None:
    months = [count * (3 if at >= 17 else 1) for at, count in enumerate([*TWO_YEARS, *SEASON])]
    assert found(months) == [(Turn.RISES, 17)]


def test_a_jump_that_the_season_hides_is_found_at_its_month() -> None:
    season = [40] * 6 + [20] * 6
    months = [count * (2 if at >= 18 else 1) for at, count in enumerate(season * 3)]
    assert months[17] == months[18]
    assert found(months) == [(Turn.RISES, 18)]


def test_two_jumps_more_than_a_year_apart_are_two() -> None:
    assert found([20] * 18 + [60] * 18 + [20] * 18) == [(Turn.RISES, 18), (Turn.FALLS, 36)]


@pytest.mark.parametrize(
    "months",
    [
        [20] * 15 + [200] + [20] * 14,  # a spike
        [20] * 15 + [60] * 3 + [20] * 12,  # a bad quarter
        [20] * 15 + [29] * 15,  # by less than half as much again
        [2] * 15 + [4] * 15,  # within chance
        [20] * 24 + [80] * 9 + [18] * 3,  # for nine months
        [math.floor(40 * 0.97**month) for month in range(60)],  # a steady fall by three in ten a year
        [20] * 12 + [32] * 12 + [51] * 12 + [82] * 12,  # as far each year
    ],
)
def test_what_is_no_level_for_good_or_no_jump_is_left_alone(months: list[float | None]) -> None:
    assert jumps_of(months) == ()


def test_counts_that_swing_more_than_chance_need_a_greater_jump() -> None:
    assert sum(UNEVENLY_MORE) == 31 * 6
    assert found([20] * 12 + [31] * 12) == [(Turn.RISES, 12)]
    assert found([20] * 12 + UNEVENLY_MORE * 2) == []


def test_missing_months_are_not_taken_for_noughts() -> None:
    assert found([20] * 12 + [None] * 3 + [20] * 12) == []
    assert found([20] * 12 + [None] * 12) == []
    assert found([20] * 10 + [None, None] + [60] * 12) == [(Turn.RISES, 12)]


def test_a_series_that_goes_to_nought_for_good_ends_there() -> None:
    [end] = jumps_of([5] * 12 + [0] * 6)
    assert (end.turn, end.at, end.before, end.after) == (Turn.ENDS, 12, 5, 0)


def test_a_series_that_starts_from_nought_begins_there() -> None:
    [beginning] = jumps_of([0] * 6 + [None] + [5] * 12)
    assert (beginning.turn, beginning.at, beginning.before, beginning.after) == (Turn.BEGINS, 7, 0, 5)


def test_a_few_noughts_or_noughts_after_little_are_no_end() -> None:
    assert found([5] * 12 + [0] * 5) == []
    assert found([1, 0, 1, 0, 1, 0] * 2 + [0] * 12) == []


def test_what_is_no_count_has_no_jumps() -> None:
    assert found([1.5] * 12 + [80.5] * 12) == []
    assert found([-10] * 12 + [80] * 12) == []


@given(st.lists(st.none() | st.integers(0, 50), max_size=40))
def test_any_counts_are_answered_with_months_that_are_there(months: list[float | None]) -> None:
    for jump in jumps_of(months):
        assert months[jump.at] is not None
        assert 0 < jump.at < len(months)
        assert (jump.after > jump.before) == (jump.turn in {Turn.RISES, Turn.BEGINS})
        assert 0 <= jump.p < MOST_CHANCE


def test_chance_alone_gives_a_jump_in_fewer_than_one_series_of_a_hundred() -> None:
    """Ten years of seasonal counts by chance; docs/methods/jumps.md states what more of them give."""
    false = [
        bool(jumps_of(poisson_series(mean, months=120, seed=seed)))
        for mean in (1, 3, 10, 30, 100)
        for seed in range(100)
    ]
    assert sum(false) < len(false) / 100


def test_a_steep_trend_is_seldom_taken_for_a_jump_where_counts_are_large() -> None:
    false = [bool(jumps_of(poisson_series(1_000, months=120, seed=seed, yearly=0.7))) for seed in range(50)]
    assert sum(false) < len(false) / 5


def test_a_level_that_doubles_is_found_within_two_months() -> None:
    hits = [
        any(abs(jump.at - 60) <= 2 for jump in jumps_of(poisson_series(30, months=120, seed=seed, step=2, at=60)))
        for seed in range(50)
    ]
    assert sum(hits) >= 45


def test_the_worked_example_of_the_manual_is_what_is_computed() -> None:
    text = (ROOT / "docs" / "methods" / "jumps.md").read_text("utf-8")
    counts = [float(cell) for row in re.findall(r"^\| 20\d\d \|(.*)\|$", text, re.MULTILINE) for cell in row.split("|")]
    [jump] = jumps_of(counts)
    assert f"{jump.turn} in {['January', 'February', 'March', 'April', 'May', 'June'][jump.at - 12]}" in text
    assert f"from {jump.before:.1f} to {jump.after:.1f} a month" in text
