"""Events too rare for a chart of monthly counts: the months without one between the months with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc

from quarterday.statistics.control_limits import middle_of
from quarterday.statistics.control_rules import Floats, Rule, Rules, Signs, Truths, outside, shift, trend, two_of_three

# What a normal distribution holds beyond three, and beyond two, standard errors on one side; Benneyan 2001 sets limits
# for gaps by their own distribution at such chances, as they are too skew for standard errors.
BEYOND_LIMIT = 0.00135
BEYOND_NEAR = 0.02275


@dataclass(frozen=True, slots=True)
class Gaps:
    """One point for each month with an event, and one for the months since the last if the series ends without.

    ``months`` is how many without one went before, NaN where that is not known: at the start and after a missing month.
    """

    places: NDArray[np.int64]
    months: Floats
    events: Floats
    is_open: bool


@dataclass(frozen=True, slots=True)
class RareLimits:
    """The average gap, how long a gap may be and how many events a month may hold by chance; NaN where unknown."""

    centre: float
    near: float
    upper: float
    most_in_a_month: float


def gaps_of(counts: Floats) -> Gaps:
    """The gaps of a run of monthly counts, in which NaN is a missing month."""
    held, missing = np.flatnonzero(counts > 0), np.cumsum(np.isnan(counts))
    known = np.flatnonzero(~np.isnan(counts))
    is_open = bool(held.size and known[-1] > held[-1])
    places = np.append(held, known[-1]) if is_open else held
    before = np.concatenate([[-1], held])[: places.size]
    months = (places - before - 1).astype(np.float64)
    if is_open:
        months[-1] += 1  # the last month is itself without
    unknown = (before < 0) | (missing[places] > missing[np.maximum(before, 0)])
    return Gaps(places, np.where(unknown, np.nan, months), counts[places], is_open)


def rare_limits(counts: Floats, basis: Truths) -> RareLimits:
    """What chance gives where months have an event, or none, independently: gaps are geometric, counts Poisson."""
    used = counts[basis & ~np.isnan(counts)]
    with_event = np.count_nonzero(used)
    if with_event in {0, used.size}:
        return RareLimits(np.nan, np.nan, np.nan, _most(float(used.mean())) if used.size else np.nan)
    without = 1 - with_event / used.size
    near, upper = (np.ceil(np.log(chance) / np.log(without)) - 1 for chance in (BEYOND_NEAR, BEYOND_LIMIT))
    return RareLimits((used.size - with_event) / with_event, near, upper, _most(float(used.mean())))


def rare_signals(gaps: Gaps, limits: RareLimits, rules: Rules) -> list[tuple[Rule, Signs]]:
    """Where each rule is met. A gap that is still open can show that it is long, never that it is short."""
    months = gaps.months[None, :]
    closed = np.ones(months.shape, np.bool_)
    closed[:, -1:] = not gaps.is_open
    middle = middle_of(months, closed)
    settled = months.copy()
    if gaps.is_open and months.size > 1 and not months[0, -1] > max(middle[0, 0], months[0, -2]):
        settled[0, -1] = np.nan
    side = np.nan_to_num(np.sign(settled - middle)).astype(np.int8)
    near = (settled > limits.near) & ~(settled > limits.upper)
    found = {
        Rule.BURST: (gaps.events > limits.most_in_a_month)[None, :].astype(np.int8),
        Rule.OUTSIDE: outside(months, np.zeros(months.shape), np.full(months.shape, limits.upper)),
        Rule.TREND: trend(settled, length=rules.trend_length),
        Rule.TWO_OF_THREE: two_of_three(near, side),
        Rule.SHIFT: shift(side, length=rules.shift_length),
    }
    return [(rule, found[rule]) for rule in rules.precedence]


def _most(mean: float) -> float:
    """The largest count that Poisson chance gives more often than a point outside three standard errors."""
    counts = np.arange(1, 60)
    return float(np.count_nonzero(gammainc(counts, mean) > BEYOND_LIMIT)) if mean else 0.0
