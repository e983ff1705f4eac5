"""Funnels: how far from the average is far."""

import numpy as np
import pytest
from scipy.special import gammaincc

from quarterday.domain.faults import InputError
from quarterday.statistics.funnel import (
    Spreading,
    poisson_limits,
    proportion_limits,
    scores,
    spread_limits,
    spread_of,
)
from quarterday.statistics.rates import exact_limits, wilson_limits

AS_PUBLISHED = Spreading(scale="log", trim="none", corrected=False)


@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_a_count_is_outside_the_poisson_funnel_where_its_exact_interval_leaves_out_what_is_expected(
    confidence: float,
) -> None:
    counts = np.arange(200)[:, None]
    expected = np.geomspace(0.1, 180, 300)
    lower, upper = poisson_limits(expected, confidence=confidence)
    least, most = exact_limits(counts, confidence=confidence)
    assert np.array_equal(counts < lower, most < expected)
    assert np.array_equal(counts > upper, least > expected)


def test_the_poisson_funnel_has_no_lower_limit_where_no_event_is_likely_enough() -> None:
    lower, upper = poisson_limits([0, 0.5, 3.6, 3.7], confidence=0.95)
    assert list(lower[:3]) == [0, 0, 0]
    assert lower[3] > 0
    assert gammaincc(upper[1], 0.5) == pytest.approx(0.975)  # the Poisson distribution, drawn out between whole counts


def test_a_proportion_is_outside_where_wilsons_interval_leaves_out_the_average() -> None:
    counts, totals, average = np.arange(81), 80, 0.3
    lower, upper = proportion_limits(average, totals, confidence=0.95)
    least, most = wilson_limits(counts, totals)
    assert np.array_equal(counts / totals < lower, most < average)
    assert np.array_equal(counts / totals > upper, least > average)


def test_phi_of_standardised_ratios_is_as_published() -> None:
    """FunnelPlotR's own test: six trusts, log scale."""
    counts = np.array([100.0, 150, 180, 80, 120, 225])
    expected = np.array([108.0, 112, 165, 95, 100, 220])
    z, variance = scores(counts, expected, np.array(1.0), scale="log")
    assert float(spread_of(z, variance, spreading=AS_PUBLISHED).phi) == pytest.approx(2.948033, abs=5e-7)


def test_areas_that_differ_by_chance_alone_have_no_variance_between_them() -> None:
    z, variance = np.array([-0.5, 0.1, 0.4, -0.2]), np.full(4, 0.01)
    assert float(spread_of(z, variance).tau2) == 0


def test_what_winsorising_takes_from_normal_scores_is_given_back() -> None:
    z = np.random.default_rng(4).normal(0, 3, (200, 330))
    phi = spread_of(z, np.ones_like(z)).phi
    assert float(phi.mean()) == pytest.approx(9, abs=0.1)
    truncated = spread_of(z, np.ones_like(z), spreading=Spreading(trim="truncate")).phi
    assert float(truncated.mean()) == pytest.approx(9, abs=0.2)


def test_winsorising_pulls_the_ends_in_to_rs_seventh_quantiles() -> None:
    """Of 0 to 10 the 10 per cent quantiles are 1 and 9."""
    z = np.arange(11.0)
    plain = Spreading(corrected=False)
    assert float(spread_of(z, np.ones(11), spreading=plain).phi) == pytest.approx(
        (1 + 285 - 81 + 2 * 81 - 81 + 81) / 11
    )


def test_truncating_leaves_the_first_and_last_groups_out() -> None:
    z = np.arange(11.0)  # ranks 1 and 11 of 12 parts
    phi = spread_of(z, np.ones(11), spreading=Spreading(trim="truncate", corrected=False)).phi
    assert float(phi) == pytest.approx(sum(value**2 for value in range(1, 10)) / 9)


def test_a_member_that_is_not_there_counts_for_nothing() -> None:
    z, variance = np.array([1.5, -2.0, 0.5, 3.0, -1.0]), np.array([0.1, 0.2, 0.1, 0.3, 0.1])
    without = spread_of(z, variance)
    with_gap = spread_of(np.append(z, np.nan), np.append(variance, 0.1))
    assert (float(with_gap.phi), float(with_gap.tau2)) == pytest.approx((float(without.phi), float(without.tau2)))


@pytest.mark.parametrize("scale", ["sqrt", "log", "arcsine"])
def test_limits_are_back_on_the_scale_of_rates(scale: str) -> None:
    """Whatever lies on a limit is 1.96 standard errors, widened by the areas' spread, from the average."""
    totals, average, tau2 = np.array([2000.0]), np.array([0.1]), np.array([0.002])
    for bound in spread_limits(totals, average, tau2, scale=scale, confidence=0.95):  # type: ignore[arg-type]
        z, variance = scores(bound * totals, totals, average, scale=scale)  # type: ignore[arg-type]
        widened = z * np.sqrt(variance) / np.sqrt(variance + tau2)
        assert abs(float(widened[0])) == pytest.approx(1.959964, abs=1e-6)


def test_a_count_of_nought_has_no_logarithm() -> None:
    with pytest.raises(InputError, match='take scale="sqrt"'):
        scores(np.array([0.0, 3]), np.array([10.0, 10]), np.array(0.15), scale="log")


def test_a_half_of_the_areas_cannot_be_held_back_at_each_end() -> None:
    with pytest.raises(InputError, match="under a half"):
        Spreading(trim_share=0.5)
