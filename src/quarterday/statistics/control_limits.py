"""Centre and limits of control charts, by kind; all series of a matrix at once.

Rows are series, the last axis is time, NaN is a missing value. ``basis`` says which points the limits are worked out
from; they are drawn for every point.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from quarterday.statistics.control_rules import Floats, Truths

# Shewhart 1931: three standard errors; the lines within, for two points of three, lie at two thirds of that.
SIGMAS = 3.0
NEAR = 2 / 3
# Wheeler's rounded 3 / 1.128; NHSRplotthedots and NHS Making Data Count.
XMR_SCALE = 2.66
# The expected range of two values from a normal distribution, in standard deviations (d2 in Montgomery's tables).
RANGE_OF_TWO = 1.128
# A moving range of so many times the average is screened out: D4 for two values; NHSRplotthedots' default, not Excel's.
SCREEN_LIMIT = 3.267
# Nelson 1994: times between rare events, so raised, are near enough to normal.
T_POWER = 1 / 3.6


class Kind(StrEnum):
    """A control chart, by what it plots and how its limits are had."""

    XMR = "xmr"
    C = "c"
    U = "u"
    U_PRIME = "u'"
    P = "p"
    P_PRIME = "p'"
    G = "g"
    T = "t"


IS_OF_COUNTS = {Kind.C, Kind.U, Kind.U_PRIME, Kind.P, Kind.P_PRIME, Kind.G}
IS_PROPORTION = {Kind.P, Kind.P_PRIME}
NEEDS_DENOMINATORS = {Kind.U, Kind.U_PRIME, Kind.P, Kind.P_PRIME}
MAY_HAVE_DENOMINATORS = NEEDS_DENOMINATORS | {Kind.XMR}

# Whose formulas these are.
SOURCES: Mapping[Kind, str] = {
    Kind.XMR: "NHS England, Making Data Count; NHSRplotthedots; Wheeler 1993",
    Kind.C: "Montgomery, Introduction to Statistical Quality Control",
    Kind.U: "Montgomery, Introduction to Statistical Quality Control",
    Kind.U_PRIME: "Laney 2002, Quality Engineering 14(4)",
    Kind.P: "Montgomery, Introduction to Statistical Quality Control",
    Kind.P_PRIME: "Laney 2002, Quality Engineering 14(4)",
    Kind.G: "Benneyan 2001, Health Care Management Science 4(4)",
    Kind.T: "Nelson 1994, Journal of Quality Technology 26(3); Montgomery",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """For each point: the centre, the limits, and the lines at two thirds of the way to them."""

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats


@dataclass(frozen=True, slots=True)
class Ranges:
    """How moving ranges become limits: the scale of an XmR chart, and whether outlying ranges are screened out."""

    scale: float = XMR_SCALE
    screen: bool = False


def limits_of(
    kind: Kind, counts: Floats, denominators: Floats, *, basis: Truths, ranges: Ranges, floor: Floats
) -> Limits:
    """Centre and limits by the formula of a kind; no limit lies below ``floor``, nor a proportion's above 1.

    Where there are no denominators, they are 1. A g chart's "counts" are the numbers between events, a t chart's the
    times between them.
    """
    values = counts / denominators
    if kind is Kind.T:
        return _of_times(values, basis, ranges)
    if kind is Kind.XMR:
        centre = _mean(values, basis)
        reach = ranges.scale * average_range(values, basis, screen=ranges.screen)
    else:
        known = basis & ~np.isnan(values)
        centre = _ratio(_sum(counts, known), _sum(denominators, known))
        reach = SIGMAS * _sigma(kind, centre, denominators)
        if kind in {Kind.U_PRIME, Kind.P_PRIME}:
            reach = reach * _between(values, centre, reach / SIGMAS, basis, screen=ranges.screen)
    return _around(centre, reach, values.shape, floor=floor, ceiling=1.0 if kind in IS_PROPORTION else math.inf)


def average_range(values: Floats, basis: Truths, *, screen: bool = False) -> Floats:
    """Each row's average difference of neighbours, both known; screened once, and never down to nothing."""
    moves = np.abs(np.diff(values, axis=-1))
    used = basis[..., 1:] & basis[..., :-1] & ~np.isnan(moves)
    average = _mean(moves, used)
    if not screen:
        return average
    screened = _mean(moves, used & (moves < SCREEN_LIMIT * average))
    # What leaves no movement at all would make every point an outlier.
    return np.where(screened > 0, screened, average)


def middle_of(values: Floats, basis: Truths) -> Floats:
    """Each row's median, NaN where nothing is known."""
    if not values.shape[-1]:
        return np.full((*values.shape[:-1], 1), np.nan)
    ordered = np.sort(np.where(basis, values, np.nan), axis=-1)  # NaN comes last
    known = np.count_nonzero(~np.isnan(ordered), axis=-1, keepdims=True)
    low, high = np.maximum(known - 1, 0) // 2, np.minimum(known // 2, values.shape[-1] - 1)
    return np.asarray((np.take_along_axis(ordered, low, -1) + np.take_along_axis(ordered, high, -1)) / 2)


def _of_times(values: Floats, basis: Truths, ranges: Ranges) -> Limits:
    """An XmR chart of the times, raised so as to be nearly normal, and its lines brought back."""
    raised = values**T_POWER
    centre, reach = _mean(raised, basis), ranges.scale * average_range(raised, basis, screen=ranges.screen)
    lines = (centre, centre - reach, centre + reach, centre - NEAR * reach, centre + NEAR * reach)
    back = [np.broadcast_to(np.maximum(line, 0) ** (1 / T_POWER), values.shape) for line in lines]
    return Limits(*back)


def _sigma(kind: Kind, centre: Floats, denominators: Floats) -> Floats:
    """The standard error that chance alone gives."""
    if kind is Kind.G:
        return np.sqrt(centre * (centre + 1)) * np.ones_like(denominators)
    if kind in IS_PROPORTION:
        return np.sqrt(np.maximum(centre * (1 - centre), 0) / denominators)
    return np.sqrt(centre / denominators)


def _between(values: Floats, centre: Floats, sigma: Floats, basis: Truths, *, screen: bool) -> Floats:
    """How much more than chance neighbouring points vary: Laney's sigma z."""
    scores = np.divide(values - centre, sigma, out=np.zeros(values.shape), where=sigma > 0)
    scores[np.isnan(values)] = np.nan
    return average_range(scores, basis, screen=screen) / RANGE_OF_TWO


def _around(centre: Floats, reach: Floats, shape: tuple[int, ...], *, floor: Floats, ceiling: float) -> Limits:
    lines = (
        centre,
        np.maximum(centre - reach, floor),
        np.minimum(centre + reach, ceiling),
        centre - NEAR * reach,
        centre + NEAR * reach,
    )
    return Limits(*(np.broadcast_to(line, shape) for line in lines))


def _sum(values: Floats, where: Truths) -> Floats:
    return np.asarray(np.sum(values, axis=-1, keepdims=True, where=where & ~np.isnan(values)))


def _mean(values: Floats, where: Truths) -> Floats:
    known = where & ~np.isnan(values)
    return _ratio(_sum(values, where), np.count_nonzero(known, axis=-1, keepdims=True).astype(np.float64))


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))
