"""Rates, proportions and their limits."""

import numpy as np
import pytest
from scipy.special import bdtr, gammaln, pdtr

from quarterday.domain.faults import InputError
from quarterday.statistics.rates import byar_limits, exact_limits, proportion, rate, wilson_limits
from quarterday.statistics.result import as_json


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(16, 9.1, 26.0), (73, 57.2, 91.8), (79, 62.5, 98.5), (84, 67.0, 104.0), (180, 154.7, 208.3), (573, 527.0, 621.9)],
)
def test_a_rate_has_byars_limits(count: int, lower: float, upper: float) -> None:
    """Counts of the reference report, by the formula of APHO Technical Briefing 3."""
    found = rate(count, 1000)
    assert (found.value, round(found.lower, 1), round(found.upper, 1)) == (count, lower, upper)


def test_a_small_count_has_exact_limits() -> None:
    """One event among 100: PHEindicatormethods' own example."""
    found = rate(1, 100, multiplier=100)
    assert (found.value, found.lower, found.upper) == pytest.approx((1, 0.0253178, 5.5716434))


def test_exact_limits_stand_where_the_tails_hold_half_of_the_rest_each() -> None:
    events = np.arange(1, 60)
    lower, upper = exact_limits(events, confidence=0.95)
    assert 1 - pdtr(events - 1, lower) == pytest.approx(0.025)
    assert pdtr(events, upper) == pytest.approx(0.025)


def test_no_event_has_a_rate_of_nought_with_an_upper_limit() -> None:
    found = rate(0, 1000)
    assert (found.value, found.lower) == (0, 0)
    assert found.upper == pytest.approx(3.688879)  # -log(0.025)


def test_byars_limits_are_wider_at_a_higher_confidence() -> None:
    usual, wide = rate(65, 100, multiplier=100), rate(65, 100, multiplier=100, confidence=0.998)
    assert wide.lower < usual.lower < usual.upper < wide.upper


def test_byars_limit_of_a_count_too_small_for_it_is_not_below_nought() -> None:
    lower, _ = byar_limits([0, 1], confidence=0.998, exact_below=0)
    assert list(lower) == [0, 0]


def test_a_proportion_has_wilsons_limits() -> None:
    """18 of 20: R's binom.confint, as in statsmodels' tests."""
    found = proportion(18, 20)
    assert (found.value, found.lower, found.upper) == pytest.approx((0.9, 0.6989663547715128, 0.972133518786232))


@pytest.mark.parametrize("count", [0, 38])
def test_a_proportions_limits_stay_between_nought_and_one(count: int) -> None:
    found = proportion(count, 38)
    assert (found.lower == 0, found.upper == 1) == (count == 0, count == 38)


def test_arrays_give_what_single_values_give() -> None:
    counts, populations = [0, 7, 84], [900, 1200, 84_214]
    found = rate(counts, populations)
    alone = [rate(count, population) for count, population in zip(counts, populations, strict=True)]
    assert found.value.tolist() == [each.value for each in alone]
    assert found.lower.tolist() == pytest.approx([each.lower for each in alone], rel=1e-14)
    assert found.upper.tolist() == pytest.approx([each.upper for each in alone], rel=1e-14)


def test_one_population_serves_many_counts() -> None:
    assert rate([1, 2], 1000).value.tolist() == [1, 2]


def test_what_is_missing_has_no_rate_and_spoils_no_other() -> None:
    assert rate(None, 100).value is None
    assert rate([4, None, 6], [1000, 1000, None]).value.tolist() == [4, None, None]
    assert rate(np.ma.masked_array([4, 5], mask=[False, True]), 1000).upper.tolist()[1] is None


def test_a_rate_turns_into_json_with_its_method() -> None:
    found = as_json(rate([4, None], 1000))
    assert found["value"] == [4, None]
    assert found["method"]["options"] == {"multiplier": 1000, "confidence": 0.95, "exact_below": 10}


@pytest.mark.parametrize(
    ("count", "population", "message"),
    [
        (-1, 100, "a count of -1 came; wanted a whole number, not negative"),
        (1.5, 100, "a count of 1.5 came"),
        (float("nan"), 100, "a count of nan came; .* what is missing is None"),
        (float("inf"), 100, "a count of inf came"),
        (5, 0, "a population of 0 came; wanted at least one"),
        (5, 99.5, "a population of 99.5 came"),
        ([1, 2, -3], 100, r"a count of -3 came at place 3 of \(3,\)"),
        ([1, 2, 3], [10, 10], "do not go with"),
        ([], [], "no count came"),
        ("five", 100, "no number came: 'five'"),
        (True, 100, "no number came"),
        ([[1, 2], [3]], 100, "not of one length"),
    ],
)
def test_what_can_be_no_rate_is_refused(count: object, population: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        rate(count, population)  # type: ignore[call-overload]


def test_more_than_all_is_no_proportion() -> None:
    with pytest.raises(InputError, match="a count of 5 came; wanted no more than its total"):
        proportion(5, 4)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(InputError, match=r"such as 0\.95"):
        rate(5, 100, confidence=confidence)


@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_a_rates_limits_hold_the_truth_as_often_as_they_say(confidence: float) -> None:
    """Summed over all counts, not simulated: no mean from 0.05 to 300 is held less often."""
    counts, means = np.arange(600), np.geomspace(0.05, 300, 2000)
    lower, upper = byar_limits(counts, confidence=confidence)
    chance = np.exp(counts * np.log(means[:, None]) - means[:, None] - gammaln(counts + 1))
    held = (chance * ((lower <= means[:, None]) & (means[:, None] <= upper))).sum(1)
    assert held.min() >= confidence


def test_wilsons_limits_hold_the_truth_on_average_as_often_as_they_say() -> None:
    """Over all proportions from 1 to 99 per cent of 100, summed over all counts; Wilson's limits promise no more."""
    counts, shares = np.arange(101), np.linspace(0.01, 0.99, 981)
    lower, upper = wilson_limits(counts, 100)
    to_each = bdtr(counts, 100, shares[:, None])
    chance = np.diff(to_each, axis=1, prepend=0)
    held = (chance * ((lower <= shares[:, None]) & (shares[:, None] <= upper))).sum(1)
    assert held.mean() > 0.945
