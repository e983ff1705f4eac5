"""How often a chart flags the latest month where nothing has changed, and where something has."""

import numpy as np
import pytest

from quarterday.statistics.control import Chart, charts
from quarterday.statistics.control_rules import Floats

MEANS = (0.3, 0.6, 1, 1.3, 2, 3, 4.9, 6, 10, 20, 50)
LENGTHS = (24, 36, 60)
SERIES = 250
AT_MOST = 0.03
# Three standard errors of a share of 3% in so many series.
TOLERANCE = 3 * (AT_MOST * (1 - AT_MOST) / SERIES) ** 0.5


def drawn(mean: float, *, months: int, seed: int, dispersion: float = 1.0, season: float = 0.0) -> Floats:
    """Stable series: counts by chance about a mean, with its season, Poisson or more dispersed."""
    chance = np.random.default_rng(seed)
    phases = (np.arange(months) + chance.integers(0, 12, (SERIES, 1))) / 12
    means = mean * (1 + season * np.sin(2 * np.pi * phases))
    if dispersion == 1:
        return chance.poisson(means).astype(float)
    return chance.negative_binomial(means / (dispersion - 1), 1 / dispersion).astype(float)


def flags_latest(made: Chart) -> bool:
    return made.latest is not None and bool(made.latest.signals)


def share_flagged(matrix: Floats) -> float:
    return float(np.mean([flags_latest(made) for made in charts(matrix)]))


@pytest.mark.parametrize(("dispersion", "season"), [(1.0, 0.0), (1.5, 0.0), (2.0, 0.0), (1.0, 0.1)])
def test_stable_series_flag_the_latest_month_at_most_three_times_in_a_hundred(dispersion: float, season: float) -> None:
    """From 0.3 to 50 a month and 24 to 60 months: 3% in all, and in each mean and length within its tolerance."""
    shares = [
        share_flagged(drawn(mean, months=months, seed=at, dispersion=dispersion, season=season))
        for at, (mean, months) in enumerate((mean, months) for mean in MEANS for months in LENGTHS)
    ]
    assert max(shares) <= AT_MOST + TOLERANCE
    assert np.mean(shares) <= AT_MOST


@pytest.mark.parametrize(("mean", "times", "at_least"), [(5, 3, 0.65), (10, 3, 0.9), (20, 2, 0.7), (50, 2, 0.98)])
def test_one_month_far_above_is_found(mean: float, times: float, at_least: float) -> None:
    """In series of 36 months; docs/methods/control.md states the power."""
    series = drawn(mean, months=36, seed=7)
    series[:, -1] = np.random.default_rng(8).poisson(times * mean, SERIES)
    assert share_flagged(series) >= at_least


@pytest.mark.parametrize(("mean", "at_least"), [(2, 0.5), (5, 0.85), (10, 0.97), (50, 0.99)])
def test_a_level_that_doubles_is_found_within_eight_months(mean: float, at_least: float) -> None:
    series = drawn(mean, months=36, seed=9)
    series[:, -8:] = np.random.default_rng(10).poisson(2 * mean, (SERIES, 8))
    found = [any(point.place >= 28 for point in made.flagged) for made in charts(series)]
    assert np.mean(found) >= at_least
