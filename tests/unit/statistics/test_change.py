"""Two counts compared."""

import json
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln, xlogy

from quarterday.domain.faults import InputError
from quarterday.statistics.change import (
    SIGNIFICANCE,
    Change,
    compare,
    compare_all,
    compare_values,
    dispersion_of,
    freedom_of,
    holm,
    quarters_from_rolling,
)
from quarterday.statistics.conditional import Tails, exact_chance
from quarterday.statistics.result import as_json


@pytest.mark.parametrize(
    ("earlier", "later", "p"),
    [
        (198, 180, 0.38193),  # harassment offences of the reference report, and so on down its first table
        (23, 16, 0.33678),
        (73, 79, 0.68521),
        (59, 84, 0.04437),
        (581, 573, 0.83675),
    ],
)
def test_the_probability_is_that_of_the_exact_binomial_test(earlier: int, later: int, p: float) -> None:
    """Values from R's binom.test(later, earlier + later)."""
    assert compare(earlier, later).p == pytest.approx(p, abs=5e-6)


def test_a_fall_has_its_number_and_its_per_cent_of_the_earlier_count() -> None:
    change = compare(198, 180)
    assert change.difference == -18
    assert change.per_cent == pytest.approx(-9.0909, abs=1e-4)


def test_no_per_cent_is_given_of_a_small_base() -> None:
    change = compare(23, 16)
    assert change.per_cent is None
    assert change.why_no_per_cent == "the base is under 50"


def test_no_per_cent_is_given_of_nought() -> None:
    assert compare(0, 3).per_cent is None


@pytest.mark.parametrize("value", [-1, 1.5])
def test_what_is_no_count_is_compared_and_not_tested(value: float) -> None:
    change = compare_values(value, 3)
    assert (change.difference, change.p, change.ratio, change.lower) == (3 - value, None, None, None)


@pytest.mark.parametrize("value", [-1, 1.5, math.nan, math.inf])
def test_what_is_no_count_is_not_tested_as_one(value: float) -> None:
    with pytest.raises(InputError, match="wanted a whole number, 0 or more"):
        compare(value, 3)
    with pytest.raises(InputError, match="later count"):
        compare(3, value)


def test_a_number_that_is_none_is_not_compared() -> None:
    with pytest.raises(InputError, match="wanted two numbers"):
        compare_values(math.nan, 3)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"earlier_exposure": 0.0}, "exposure of 0 is none"),
        ({"later_exposure": math.nan}, "exposure of nan is none"),
        ({"confidence": 95.0}, "between 0 and 1"),
        ({"dispersion": 2.0, "freedom": 0}, "0 degrees of freedom"),
        ({"dispersion": math.nan}, "1 or more"),
    ],
)
def test_an_option_out_of_bounds_is_refused(options: dict[str, float], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        compare(59, 84, **options)  # type: ignore[arg-type]


def test_unpaired_counts_are_refused() -> None:
    with pytest.raises(InputError, match="2 earlier counts stand against 1 later"):
        compare_all([1, 2], [3])


def test_the_rate_ratio_has_the_exact_limits() -> None:
    """Clopper and Pearson's limits of 84 in 143 (scipy.stats.binomtest), each over what is left of 1."""
    change = compare(59, 84)
    assert (change.ratio, change.lower, change.upper) == pytest.approx((84 / 59, 1.00850, 2.02128), abs=5e-5)


def test_a_longer_later_period_is_allowed_for() -> None:
    """Twelve months of 10 a month against six of 10 a month: nothing has changed."""
    change = compare(60, 120, earlier_exposure=6, later_exposure=12)
    assert (change.difference, change.per_cent, change.ratio, change.p) == (0, 0, 1, 1)
    assert change.method.options["exposure"] == "as given"


def test_a_leap_years_day_counts_as_exposure() -> None:
    plain, leap = compare(365, 366), compare(365, 366, earlier_exposure=365, later_exposure=366)
    assert (plain.difference, leap.difference) == (1, 0)
    assert leap.ratio == pytest.approx(1)


def test_only_the_ratio_of_exposures_matters() -> None:
    one = compare(30, 60, earlier_exposure=2, later_exposure=3)
    other = compare(30, 60, earlier_exposure=200_000, later_exposure=300_000)
    assert (one.p, one.ratio, one.lower, one.upper) == pytest.approx((other.p, other.ratio, other.lower, other.upper))


@pytest.mark.parametrize(
    ("earlier", "later", "ratio", "lower", "upper"),
    [(0, 0, None, 0.0, None), (0, 5, None, 0.9142, None), (5, 0, 0.0, 0.0, 1.0938)],
)
def test_what_is_infinite_is_none(
    earlier: int, later: int, ratio: float | None, lower: float, upper: float | None
) -> None:
    """Clopper and Pearson: with 5 of 5, the least chance is 0.025 to the power of a fifth, 0.47818."""
    change = compare(earlier, later)
    assert change.ratio == ratio
    assert change.lower == pytest.approx(lower, abs=0.005)
    assert change.upper == (None if upper is None else pytest.approx(upper, abs=0.005))
    assert as_json(change)["ratio"] == ratio


def test_nought_against_nought_is_no_change() -> None:
    assert compare(0, 0).p == 1


def test_the_least_base_of_a_per_cent_is_an_option() -> None:
    assert compare(23, 16, least_base=20).per_cent == pytest.approx(-30.4348, abs=1e-4)
    assert compare(0, 3, least_base=0).why_no_per_cent == "the base is nought"


@given(
    st.integers(0, 400),
    st.integers(0, 400),
    st.sampled_from([1.0, 2.5, 10.0]),
    st.sampled_from([0.8, 0.95, 0.998]),
    st.sampled_from([0.5, 1.0, 3.0]),
)
def test_the_limits_leave_out_one_exactly_when_the_test_passes(
    earlier: int, later: int, dispersion: float, confidence: float, exposure: float
) -> None:
    change = compare(earlier, later, dispersion=dispersion, confidence=confidence, later_exposure=exposure)
    leaves_out = (change.lower or 0) > 1 or (change.upper is not None and change.upper < 1)
    assert change.p is not None
    assert leaves_out == (change.p < 1 - confidence) or change.p == pytest.approx(1 - confidence)


@given(st.integers(0, 300), st.integers(0, 300))
def test_with_equal_exposures_both_ways_of_counting_tails_agree(earlier: int, later: int) -> None:
    least_likely = compare(earlier, later, tails=Tails.LEAST_LIKELY)
    assert least_likely.p == pytest.approx(compare(earlier, later).p, rel=1e-6)


def test_many_pairs_give_what_each_gives_alone() -> None:
    pairs, phis = [(198, 180), (23, 16), (59, 84)], [1.0, 2.0, 1.5]
    together = compare_all([a for a, _ in pairs], [b for _, b in pairs], dispersion=phis)
    for change, (earlier, later), phi in zip(together, pairs, phis, strict=True):
        alone = compare(earlier, later, dispersion=phi)
        assert (change.p, change.lower, change.upper) == (alone.p, alone.lower, alone.upper)


def test_no_pairs_give_no_changes() -> None:
    assert compare_all([], []) == ()


def test_the_exact_test_never_alarms_more_often_than_it_says() -> None:
    """Worked out and not drawn: all pairs of counts, weighed by their Poisson chances, for means from 0.3 to 100."""
    for mean in (0.3, 1, 2, 3, 5, 10, 20, 50, 100):
        counts = np.arange(int(mean + 12 * math.sqrt(mean) + 12))
        chance = np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1))
        earlier, later = (grid.ravel() for grid in np.meshgrid(counts, counts))
        passed = exact_chance(earlier, later) < SIGNIFICANCE
        assert (chance[earlier] * chance[later] * passed).sum() <= SIGNIFICANCE, mean


@pytest.mark.parametrize("ratio", [0.5, 1.0, 1.3])
def test_the_limits_hold_the_true_ratio(ratio: float) -> None:
    """Poisson counts of means from 1 to 200, 4,000 pairs of each, seed 2; the standard error is 0.35%."""
    generator = np.random.default_rng(2)
    for mean in (1, 5, 20, 200):
        earlier, later = generator.poisson(mean, 4000), generator.poisson(mean * ratio, 4000)
        assert coverage(compare_all(earlier.tolist(), later.tolist()), ratio) >= 0.94, mean


@pytest.mark.parametrize("dispersion", [1.5, 3.0])
def test_the_widened_limits_hold_the_true_ratio_of_clustered_months(dispersion: float) -> None:
    """Months of mean 10 and 50 that vary more than chance (negative binomial), later ones a fifth fewer; seed 3."""
    generator = np.random.default_rng(3)
    for mean in (10, 50):
        means = np.array([[mean], [0.8 * mean]])
        months = clustered(generator, means, dispersion)
        phis = [dispersion_of(pair) for pair in months.tolist()]
        changes = compare_all(months[:, 0].sum(1).tolist(), months[:, 1].sum(1).tolist(), dispersion=phis)
        assert coverage(changes, 0.8) >= 0.94, mean


def clustered(generator: np.random.Generator, means: np.ndarray, dispersion: float) -> np.ndarray:
    """Three thousand pairs of years whose months vary ``dispersion`` times as much as chance."""
    return generator.poisson((dispersion - 1) * generator.gamma(means / (dispersion - 1), size=(3000, 2, 12)))


def coverage(changes: Sequence[Change], ratio: float) -> float:
    held = [(change.lower or 0) <= ratio <= (math.inf if change.upper is None else change.upper) for change in changes]
    return sum(held) / len(held)


def test_a_change_says_its_method_and_turns_into_json() -> None:
    change = as_json(compare(59, 84, dispersion=2.0))
    assert change["method"]["name"] == "conditional test of two counts, widened for over-dispersion"
    assert change["method"]["options"]["confidence"] == 0.95
    assert json.loads(json.dumps(change))["later"] == 84


def test_holm_takes_probabilities_only() -> None:
    with pytest.raises(InputError, match="no probability"):
        holm([0.2, 1.2])
    with pytest.raises(InputError, match="no probability"):
        holm([math.nan])


def test_a_missing_rolling_year_says_nothing_of_its_quarters() -> None:
    with pytest.raises(InputError, match="a rolling total is missing"):
        quarters_from_rolling([198, math.nan, 204])


def test_a_dispersion_is_of_counts() -> None:
    with pytest.raises(InputError, match="counts, which are whole and not negative"):
        dispersion_of([[1.5, 2], [3, 4]])


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_the_test_does_not_care_which_year_came_first(one: int, other: int) -> None:
    assert compare(one, other).p == pytest.approx(compare(other, one).p)
    assert 0 <= (compare(one, other).p or 0) <= 1


def test_holm_multiplies_the_smallest_by_all_and_never_falls() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))


def test_none_of_the_reference_reports_changes_stands_among_five_looks() -> None:
    pairs = [(198, 180), (23, 16), (73, 79), (59, 84), (581, 573)]
    assert min(holm([compare(*pair).p or 0 for pair in pairs])) > 0.05


def test_each_quarter_against_a_year_before_is_recovered_from_rolling_years() -> None:
    assert quarters_from_rolling([198, 209, 204, 190, 180]) == (11, -5, -14, -10)


@given(st.lists(st.integers(0, 1000), min_size=8, max_size=20))
def test_the_recovered_differences_are_exact(quarters: list[int]) -> None:
    rolling = [sum(quarters[at : at + 4]) for at in range(len(quarters) - 3)]
    expected = [quarters[at + 4] - quarters[at] for at in range(len(quarters) - 4)]
    assert list(quarters_from_rolling(rolling)) == expected


def test_months_that_vary_as_chance_would_have_no_dispersion_beyond_it() -> None:
    assert dispersion_of([[10, 12, 9, 11], [11, 10, 10, 12]]) == 1.0


def test_months_that_swing_have_a_dispersion_above_chance() -> None:
    """A two-way table of 4 by 2: chi-squared 40.0 on 3 degrees of freedom."""
    assert dispersion_of([[30, 10, 30, 10], [10, 30, 10, 30]]) == pytest.approx(40 / 3)


def test_a_season_alone_is_no_dispersion() -> None:
    assert dispersion_of([[10, 100, 20, 50], [20, 200, 40, 100]]) == 1.0


def test_a_series_of_noughts_has_no_dispersion() -> None:
    assert dispersion_of([[0, 0, 0], [0, 0, 0]]) == 1.0


def test_one_year_has_no_dispersion_to_speak_of() -> None:
    with pytest.raises(InputError, match="two or more runs of the same months"):
        dispersion_of([[1, 2, 3]])


def test_a_widened_test_is_the_quasi_poisson_one_on_eleven_degrees_of_freedom() -> None:
    """Here z = 100 / sqrt(4 * 2100) = 1.0911; twice the upper tail of Student's t on 11 is 0.2985."""
    assert compare(1000, 1100, dispersion=4).p == pytest.approx(0.2985, abs=1e-4)


def test_the_widened_test_keeps_its_level_on_clustered_months() -> None:
    """Months of mean 50 that vary three times as much as chance, 4,000 pairs of years without any change, seed 1."""
    generator = np.random.default_rng(1)
    shape = 50 / (3 - 1)
    months = generator.poisson(generator.gamma(shape, 50 / shape, size=(4000, 2, 12)))
    alarms = sum(
        (
            compare(
                int(earlier.sum()), int(later.sum()), dispersion=dispersion_of([earlier.tolist(), later.tolist()])
            ).p
            or 0
        )
        < SIGNIFICANCE
        for earlier, later in months
    )
    assert alarms / 4000 <= 0.06


def test_a_dispersion_below_chance_is_refused() -> None:
    with pytest.raises(InputError, match="1 or more"):
        compare(10, 20, dispersion=0.5)


@given(st.integers(0, 3000), st.integers(0, 3000), st.floats(1, 50))
def test_dispersion_never_makes_a_change_look_surer(earlier: int, later: int, dispersion: float) -> None:
    wide, exact = compare(earlier, later, dispersion=dispersion).p, compare(earlier, later).p
    assert wide is not None
    assert exact is not None
    assert wide >= exact - 1e-12


def test_the_degrees_of_freedom_are_those_of_the_months_that_count() -> None:
    assert freedom_of([[1] * 12, [2] * 12]) == 11
    assert freedom_of([[5, 6, 7], [8, 9, 4]]) == 2
    assert freedom_of([[5, 0, 7], [8, 0, 4]]) == 1
    assert freedom_of([[0, 0], [0, 0]]) == 0
