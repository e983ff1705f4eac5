"""Comparing two counts, and what rolling totals still say about the quarters underneath."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scipy.special import bdtr, stdtr

from quarterday.domain.faults import InputError

# A per cent of a small base says more than the counts do: under it, the number alone is given.
# The convention usually quoted for published percentages; an option of the house, see docs/methods/change.md.
LEAST_BASE_FOR_PER_CENT = 50
# A change is called one when chance alone would give it less often than this.
SIGNIFICANCE = 0.05
# Two years of twelve months tell the dispersion by as many degrees of freedom.
DISPERSION_FREEDOM = 11


@dataclass(frozen=True, slots=True)
class Change:
    """``per_cent`` is of the earlier value; it is ``None`` where ``why_no_per_cent`` says why there is none.

    ``p`` is ``None`` where the values are no counts, for which there is no test here.
    """

    earlier: float
    later: float
    difference: float
    per_cent: float | None
    why_no_per_cent: str
    p: float | None


def compare(earlier: float, later: float, *, dispersion: float = 1.0, freedom: int = DISPERSION_FREEDOM) -> Change:
    """Two values over disjoint periods of equal length.

    Counts are tested. ``p`` is two-sided: were there no change, the later count would be binomial, with an even chance
    for each of the events of both periods (Przyborowski and Wilenski 1940). It is exact where events come singly. Where
    they come in clusters, ``dispersion`` (1 or more) says how much more than chance counts vary, as told by so many
    degrees of ``freedom``; then a quasi-Poisson test is made as well (McCullagh and Nelder 1989), and the larger
    probability of the two is given. A value that is not whole, or is negative, is no count.
    """
    if not dispersion >= 1:
        raise InputError(f"a dispersion of {dispersion} is none; counts vary by chance at least, so it is 1 or more.")
    why_no_per_cent = "" if earlier >= LEAST_BASE_FOR_PER_CENT else f"the base is under {LEAST_BASE_FOR_PER_CENT}"
    return Change(
        earlier=earlier,
        later=later,
        difference=later - earlier,
        per_cent=None if why_no_per_cent else 100 * (later - earlier) / earlier,
        why_no_per_cent=why_no_per_cent,
        p=_chance(earlier, later, dispersion, freedom) if is_count(earlier) and is_count(later) else None,
    )


def is_count(value: float) -> bool:
    """Whether it can be a number of events: whole, and not negative."""
    return value >= 0 and float(value).is_integer()


def _chance(first: float, second: float, dispersion: float, freedom: int) -> float:
    """With even chances both tails are alike, so the exact probability is twice that of at most the smaller count."""
    if first == second:
        return 1.0
    exact = 2 * float(bdtr(int(min(first, second)), int(first + second), 0.5))
    if dispersion == 1:
        return min(1.0, exact)
    distance = abs(second - first) / math.sqrt(dispersion * (first + second))
    return min(1.0, max(exact, 2 * float(stdtr(freedom, -distance))))


def dispersion_of(years: Sequence[Sequence[float]]) -> float:
    """How much more than chance the months vary, once each year has its level and each month of the year its season.

    ``years`` holds two or more runs of the same months, such as twelve each. The answer is Pearson's chi-squared over
    its degrees of freedom (the quasi-Poisson phi; McCullagh and Nelder 1989), and never below 1. Months of the year
    that hold nothing in any year say nothing.
    """
    if len(years) < 2 or len({len(year) for year in years}) > 1:  # noqa: PLR2004 - one year has nothing to vary from
        raise InputError("a dispersion needs two or more runs of the same months.")
    if not all(is_count(month) for year in years for month in year):
        raise InputError("a dispersion is of counts, which are whole and not negative.")
    seasons, levels = [sum(months) for months in zip(*years, strict=True)], [sum(year) for year in years]
    total, freedom = sum(levels), freedom_of(years)
    if freedom < 1:
        return 1.0
    expected = [[level * season / total for season in seasons] for level in levels]
    cells = (
        (month, mean)
        for year, means in zip(years, expected, strict=True)
        for month, mean in zip(year, means, strict=True)
    )
    return max(1.0, float(sum((month - mean) ** 2 / mean for month, mean in cells if mean)) / freedom)


def freedom_of(years: Sequence[Sequence[float]]) -> int:
    """The degrees of freedom that tell ``dispersion_of`` the same runs; years and months without a count tell none."""
    levels = sum(1 for year in years if sum(year))
    seasons = sum(1 for months in zip(*years, strict=True) if sum(months))
    return (levels - 1) * (seasons - 1) if levels and seasons else 0


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Each probability adjusted for how many were looked at together, in the order given (Holm 1979)."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted = [1.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(order):
        largest = max(largest, (len(p_values) - rank) * p_values[place])
        adjusted[place] = min(1.0, largest)
    return tuple(adjusted)


def quarters_from_rolling(totals: Sequence[float]) -> tuple[float, ...]:
    """What each quarter changed by against the same quarter a year before, from rolling years a quarter apart.

    R(t) - R(t-1) = Q(t) - Q(t-4) exactly, so ``n`` totals give ``n - 1`` differences. They overlap, so nothing more
    can be had from them: no quarter's own count, and no trend test.
    """
    return tuple(later - earlier for earlier, later in pairwise(totals))
