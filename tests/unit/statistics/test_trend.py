"""Trends are tested on periods that do not overlap, and on nothing else."""

import json
import time
from collections.abc import Sequence

import numpy as np
import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.statistics.change import SIGNIFICANCE
from quarterday.statistics.result import as_json
from quarterday.statistics.trend import Direction, Trend, trend, trends

SEASON = 1 + 0.4 * np.sin(np.arange(12) / 12 * 2 * np.pi)
FALLING = [12, 9, 10, 14, 15, 17, 20, 18, 15, 13, 11, 12, 11, 8, 9, 12, 14, 15, 18, 16, 13, 12, 9, 10,
           9, 7, 8, 11, 12, 13, 15, 14, 11, 10, 8, 9]  # fmt: skip


def months_from(year: int, number: int) -> tuple[Period, ...]:
    first = Period.month(year, 4)
    return tuple(first.shift(step) for step in range(number))


def series(
    generator: np.random.Generator,
    *,
    years: int,
    mean: float,
    dispersion: float = 1,
    growth: float = 0,
    many: int = 4000,
) -> np.ndarray:
    """Months with a season of 40% up and down, that vary so many times as much as chance (negative binomial)."""
    time_in_years = np.arange(12 * years) / 12 - years / 2
    means = np.tile(SEASON * mean, years) * np.exp(growth * time_in_years)
    if dispersion == 1:
        return generator.poisson(means, size=(many, 12 * years))
    shape = mean / (dispersion - 1)
    return generator.poisson(generator.gamma(shape, means / shape, size=(many, 12 * years)))


def share_that_pass(found: Sequence[Trend]) -> float:
    return sum(one.p is not None and one.p < SIGNIFICANCE for one in found) / len(found)


def fitted_by_hand(counts: Sequence[float], exposures: Sequence[float] | None = None) -> float:
    """The slope a year by reweighted least squares on a full table of thirteen columns."""
    known = np.array([place for place, count in enumerate(counts) if count is not None])
    held = np.array([counts[place] for place in known], dtype=float)
    over = np.ones(len(known)) if exposures is None else np.array(exposures, dtype=float)[known]
    table = np.zeros((len(known), 13))
    table[np.arange(len(known)), known % 12] = 1
    table[:, 12] = known // 12
    weights = np.append(np.full(12, np.log(held.sum() / over.sum())), 0.0)
    for _ in range(50):
        means = over * np.exp(table @ weights)
        wanted = table @ weights + (held - means) / means
        weights = np.linalg.solve(table.T @ (table * means[:, None]), table.T @ (means * wanted))
    return float(weights[12])


def test_the_change_a_year_is_that_of_the_quasi_poisson_fit() -> None:
    found = trend(FALLING, kind="months")
    assert found.annual == pytest.approx(100 * np.expm1(fitted_by_hand(FALLING)), abs=1e-9)
    assert found.direction is Direction.FALLING
    assert (found.unit, found.used, found.freedom, found.why_not) == ("per cent", 36, 23, "")


def test_missing_months_are_left_out_and_never_taken_for_nought() -> None:
    counts = [None if place in {3, 17, 30} else count for place, count in enumerate(FALLING)]
    found = trend(counts, kind="months")
    assert found.annual == pytest.approx(100 * np.expm1(fitted_by_hand(counts)), abs=1e-9)
    assert (found.used, found.freedom) == (33, 20)


def test_a_month_left_out_of_the_periods_is_a_missing_one() -> None:
    periods = months_from(2009, 36)
    kept = [place for place in range(36) if place not in {3, 17, 30}]
    found = trend([FALLING[place] for place in kept], periods=[periods[place] for place in kept])
    counts = [None if place in {3, 17, 30} else count for place, count in enumerate(FALLING)]
    assert found == trend(counts, kind="months")


def test_exposures_are_allowed_for() -> None:
    residents = [100_000 * 1.05 ** (place // 12) for place in range(36)]
    found = trend(FALLING, kind="months", exposures=residents)
    assert found.annual == pytest.approx(100 * np.expm1(fitted_by_hand(FALLING, residents)), abs=1e-9)


def test_a_growth_by_a_tenth_a_year_without_noise_is_found_to_the_digit() -> None:
    level = [1000, 2000, 3000, 4000, 5000, 6000, 6000, 5000, 4000, 3000, 2000, 1000]
    counts = [count * 11**year * 10 ** (4 - year) for year in range(5) for count in level]
    found = trend(counts, kind="months")
    assert found.annual == pytest.approx(10)
    assert found.dispersion == 1


def test_quarters_are_tested_with_a_level_for_each() -> None:
    quarters = [62, 100, 92, 68, 44, 75, 66, 50, 31, 52, 48, 37]
    starts = [Period.financial_quarter(2009 + step // 4, step % 4 + 1) for step in range(12)]
    found = trend(quarters, periods=starts)
    assert found == trend(quarters, kind="quarters")
    assert (found.direction, found.freedom) == (Direction.FALLING, 7)


def test_rolling_years_are_refused_by_their_periods() -> None:
    """The harassment row of the reference report: eight columns, three months apart."""
    totals = [215, 207, 203, 198, 209, 204, 190, 180]
    columns = [Period.ending(Period.month(2010, 6).shift(3 * step), 12) for step in range(8)]
    with pytest.raises(
        InputError, match=r"the 12 months to June 2010 and the 12 months to September 2010 share 9 months"
    ):
        trend(totals, periods=columns)


def test_rolling_years_are_refused_by_their_name() -> None:
    with pytest.raises(InputError, match='"rolling years" is none; wanted one of months, quarters, financial years'):
        trend([215, 207, 203, 198, 209, 204, 190, 180], kind="rolling years")
    with pytest.raises(InputError, match="Rolling periods overlap"):
        trends([[215, 207, 203]], kind="rolling years")


def test_plain_numbers_without_a_kind_are_refused() -> None:
    with pytest.raises(InputError, match="needs to know its periods"):
        trend(FALLING)


@pytest.mark.parametrize(
    ("periods", "complaint"),
    [
        ([Period.month(2011, 4), Period.financial_year(2012)], "periods of one length"),
        ([Period.month(2011, 4), Period.month(2011, 3)], "in order, each once"),
        ([Period.month(2011, 4), Period.month(2011, 4)], "in order, each once"),
        ([Period(24000, 6), Period(24006, 6)], "months, quarters or years"),
        ([Period(24000, 3), Period(24004, 3)], "evenly stepped"),
        ([Period.month(2011, 4)], "2 counts came with 1 periods"),
    ],
)
def test_mixed_up_periods_are_refused(periods: list[Period], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        trend([5, 6], periods=periods)


@pytest.mark.parametrize("count", [-1, 1.5, float("nan"), float("inf")])
def test_what_is_no_count_is_refused(count: float) -> None:
    with pytest.raises(InputError, match="wanted a whole number, 0 or more"):
        trend([*FALLING, count], kind="months")


def test_options_out_of_bounds_are_refused() -> None:
    with pytest.raises(InputError, match="a confidence of 95 is none"):
        trend(FALLING, kind="months", confidence=95)
    with pytest.raises(InputError, match="an exposure of 0 is none"):
        trend(FALLING, kind="months", exposures=0)
    with pytest.raises(InputError, match="have no seasons"):
        trends([[1, 2, 3, 4, 5]], kind="financial years")
    with pytest.raises(InputError, match="months tell their own"):
        trend(FALLING, kind="months", dispersion=2)
    with pytest.raises(InputError, match="of no periods"):
        trend([], kind="months")
    with pytest.raises(InputError, match="several lengths"):
        trends([[1, 2], [3]])
    with pytest.raises(InputError, match="exposures in another"):
        trends([[1, 2]], exposures=[[1, 2, 3]])
    with pytest.raises(InputError, match="wanted a row a series"):
        trends(np.array([1, 2, 3]))


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (FALLING[:23], "23 months are known, and a trend needs 24 or more"),
        ([*FALLING[:20], *[None] * 10, 4, 5, 6], "23 months are known"),
        ([0] * 36, "nothing was counted"),
        ([5] * 12 + [0] * 24, "one end of the series holds all that was counted"),
        ([5, *[0] * 11, 4, *[0] * 11], "too few months of the year hold what was counted"),
    ],
)
def test_what_cannot_be_tested_says_why(counts: list[int | None], reason: str) -> None:
    found = trend(counts, kind="months")
    assert found.direction is Direction.CANNOT_BE_TESTED
    assert reason in found.why_not
    assert (found.annual, found.p) == (None, None)


def test_many_series_give_what_each_gives_alone() -> None:
    counts = series(np.random.default_rng(5), years=4, mean=3, dispersion=2, many=20)
    for together, row in zip(trends(counts), counts.tolist(), strict=True):
        alone = trend(row, kind="months")
        assert (together.p, together.lower, together.upper) == pytest.approx((alone.p, alone.lower, alone.upper))


def test_masked_months_are_missing_ones() -> None:
    hidden = np.ma.masked_equal(np.array([[*FALLING[:10], 99, *FALLING[11:]]]), 99)
    assert trends(hidden)[0] == trend([*FALLING[:10], None, *FALLING[11:]], kind="months")


def test_the_limits_leave_out_nought_exactly_when_the_test_passes() -> None:
    for mean in (0.3, 2, 20):
        for found in trends(series(np.random.default_rng(6), years=3, mean=mean, growth=-0.2, many=500)):
            if found.p is not None and found.lower is not None:
                leaves_out = found.lower > 0 or (found.upper is not None and found.upper < 0)
                assert leaves_out == (found.p < SIGNIFICANCE)


@pytest.mark.parametrize("years", [2, 3, 6])
def test_the_trend_test_keeps_its_level_on_seasonal_clustered_months(years: int) -> None:
    """2,000 series without a trend of each mean and dispersion, seed 7; 5%, and three standard errors of 0.49% more."""
    generator = np.random.default_rng(7)
    for mean, dispersion in [(0.3, 1), (0.3, 3), (1, 6), (3, 3), (20, 1.5), (20, 6)]:
        counts = series(generator, years=years, mean=mean, dispersion=dispersion, many=2000)
        assert share_that_pass(trends(counts)) <= 0.05 + 3 * 0.0049, (mean, dispersion)


@pytest.mark.parametrize(
    ("years", "mean", "dispersion", "growth", "power"),
    [
        (3, 50, 1, -0.15, 0.95),
        (5, 10, 1, -0.15, 0.95),
        (5, 10, 3, -0.15, 0.7),
        (10, 3, 3, -0.15, 0.95),
        (10, 20, 2, 0.05, 0.85),
    ],
)
def test_the_trend_test_finds_trends(years: int, mean: float, dispersion: float, growth: float, power: float) -> None:
    counts = series(np.random.default_rng(8), years=years, mean=mean, dispersion=dispersion, growth=growth, many=1000)
    assert share_that_pass(trends(counts)) >= power


def test_the_limits_hold_the_true_growth() -> None:
    """2,000 series of each kind that fall by 14% a year, seed 9; the standard error is 0.5%."""
    generator = np.random.default_rng(9)
    for years, mean, dispersion in [(2, 20, 3), (3, 3, 1), (5, 1, 3), (10, 20, 1.5)]:
        counts = series(generator, years=years, mean=mean, dispersion=dispersion, growth=-0.15, many=2000)
        found = [one for one in trends(counts) if one.lower is not None]
        true = 100 * np.expm1(-0.15)
        held = sum(one.lower <= true <= (np.inf if one.upper is None else one.upper) for one in found)  # type: ignore[operator]
        assert held / len(found) >= 0.94, (years, mean, dispersion)


def test_every_series_of_the_country_is_tested_in_seconds() -> None:
    """330 partnerships, 16 measures, 120 months: 1 s of computing where it was measured."""
    counts = series(np.random.default_rng(10), years=10, mean=20, many=330 * 16)
    started = time.process_time()
    assert len(trends(counts)) == 5280
    assert time.process_time() - started < 8


RATES_OF_CRIME = [(621, 3454), (599, 3195), (556, 3256), (535, 3227), (447, 3121)]


def test_five_years_that_fall_are_a_falling_trend() -> None:
    """Crude rates of the first case of Fingertips' own tests (WhenUsingTrendMarkerCalculator): decreasing."""
    counts, residents = zip(*RATES_OF_CRIME, strict=True)
    found = trend(counts, kind="financial years", exposures=residents)
    assert found.direction is Direction.FALLING
    assert found.unit == "a year"


def test_the_slope_of_years_is_that_of_weighted_least_squares() -> None:
    """Limits of PHE's Byar, 3.92 standard errors apart, and NumPy's weighted straight line."""
    counts = np.array([621, 599, 556, 535, 447])
    lower = counts * (1 - 1 / (9 * counts) - 1.959964 / (3 * np.sqrt(counts))) ** 3
    more = counts + 1
    upper = more * (1 - 1 / (9 * more) + 1.959964 / (3 * np.sqrt(more))) ** 3
    line, spread = np.polyfit(np.arange(5), counts, 1, w=3.92 / (upper - lower), cov="unscaled")
    found = trend(counts.tolist(), kind="financial years", confidence=0.95)
    assert found.annual == pytest.approx(line[0], abs=1e-4)
    assert found.upper == pytest.approx(line[0] + 1.959964 * np.sqrt(spread[0, 0]), abs=1e-4)


def test_a_slope_that_one_year_alone_makes_is_no_trend() -> None:
    found = trend([100, 101, 100, 99, 200], kind="financial years")
    assert found.p is not None
    assert found.p < 0.002
    assert (found.direction, found.why_no_trend) == (
        Direction.NO_CLEAR_TREND,
        "without one of the five years the slope turns",
    )


def test_years_are_tested_on_the_last_five() -> None:
    years = [Period.financial_year(2010 + step) for step in range(7)]
    longer = trend([9, 9, 621, 599, 556, 535, 447], periods=years)
    assert longer == trend([621, 599, 556, 535, 447], kind="financial years")


def test_years_that_vary_more_than_chance_need_more_to_be_a_trend() -> None:
    plain = trend([621, 599, 556, 535, 447], kind="financial years")
    wide = trend([621, 599, 556, 535, 447], kind="financial years", dispersion=4)
    assert plain.direction is Direction.FALLING
    assert wide.direction is Direction.NO_CLEAR_TREND
    with pytest.raises(InputError, match="1 or more"):
        trend([621, 599, 556, 535, 447], kind="financial years", dispersion=0.5)


@pytest.mark.parametrize("counts", [[621, 599, 556, 535], [621, 599, None, 556, 535, 447]])
def test_years_with_a_gap_or_too_few_cannot_be_tested(counts: list[int | None]) -> None:
    found = trend(counts, kind="financial years")
    assert found.direction is Direction.CANNOT_BE_TESTED
    assert found.why_not == "4 of the last 5 years are known, and the rule needs all of them"


def test_a_trend_of_years_is_seldom_found_where_there_is_none() -> None:
    """Poisson years of mean 10 and 500, 3,000 series each, seed 11: 0.2%, and three standard errors of 0.08% more."""
    generator = np.random.default_rng(11)
    for mean in (10, 500):
        counts = generator.poisson(mean, size=(3000, 5)).tolist()
        found = [trend(row, kind="calendar years").direction for row in counts]
        assert sum(one is not Direction.NO_CLEAR_TREND for one in found) / 3000 <= 0.002 + 3 * 0.0008


def test_a_trend_says_its_method_and_turns_into_json() -> None:
    for found in (trend(FALLING, kind="months"), trend([0] * 36, kind="months"), trend([5] * 5, kind="calendar years")):
        written = json.loads(json.dumps(as_json(found)))
        assert written["method"]["options"]["confidence"] == 0.95
        assert written["direction"] in {"falling", "cannot be tested", "no clear trend"}
