"""Comparing two counts, and what rolling totals still say about the quarters underneath."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from quarterday.domain.faults import InputError
from quarterday.statistics import conditional
from quarterday.statistics.conditional import Tails
from quarterday.statistics.counts import LEAST_BASE_FOR_PER_CENT, is_count
from quarterday.statistics.result import Method

# A change is called one when chance alone would give it less often than this.
SIGNIFICANCE = 0.05
# The limits of a rate ratio hold it so often; they leave out 1 exactly when the test passes.
CONFIDENCE = 0.95
# Two years of twelve months tell the dispersion by as many degrees of freedom.
DISPERSION_FREEDOM = 11

_SOURCE = "Przyborowski and Wilenski 1940, Biometrika 31; limits of Clopper and Pearson 1934, Biometrika 26"
_WIDENED = "; widened as in McCullagh and Nelder 1989"


@dataclass(frozen=True, slots=True)
class Change:
    """From ``earlier`` to ``later``, as they were given.

    ``difference`` is from what the earlier rate would have given over the later exposure: with equal exposures, from
    the earlier value itself. ``per_cent`` is of the same; it is ``None`` where ``why_no_per_cent`` says why there is
    none. ``ratio`` is the later rate over the earlier one, ``lower`` and ``upper`` its limits: what is infinite, or
    nought over nought, is ``None``. ``p`` is two-sided. Values that are no counts have no ratio, limits or ``p``.
    """

    earlier: float
    later: float
    difference: float
    per_cent: float | None
    why_no_per_cent: str
    p: float | None
    ratio: float | None
    lower: float | None
    upper: float | None
    method: Method


def compare(
    earlier: float,
    later: float,
    *,
    earlier_exposure: float = 1.0,
    later_exposure: float = 1.0,
    dispersion: float = 1.0,
    freedom: int = DISPERSION_FREEDOM,
    confidence: float = CONFIDENCE,
    least_base: float = LEAST_BASE_FOR_PER_CENT,
    tails: Tails = Tails.EQUAL,
) -> Change:
    """Two counts over periods that share no month.

    An exposure is what a count is over, such as residents, or days where one year is a leap year; only the ratio of
    the two matters. Were the rates equal, the later count would be binomial (Przyborowski and Wilenski 1940), which
    gives an exact probability and exact limits where events come singly. Where they come in clusters, ``dispersion``
    (1 or more) says how much more than chance counts vary, as told by so many degrees of ``freedom``; then a
    quasi-Poisson test is made as well (McCullagh and Nelder 1989), and the larger probability and the wider limits of
    the two are given. Limits leave out 1 exactly when ``p`` is under ``1 - confidence``. What is no count is refused:
    for it is ``compare_values``.
    """
    return compare_all(
        [earlier],
        [later],
        earlier_exposure=earlier_exposure,
        later_exposure=later_exposure,
        dispersion=dispersion,
        freedom=freedom,
        confidence=confidence,
        least_base=least_base,
        tails=tails,
    )[0]


def compare_all(
    earlier: Sequence[float],
    later: Sequence[float],
    *,
    earlier_exposure: npt.ArrayLike = 1.0,
    later_exposure: npt.ArrayLike = 1.0,
    dispersion: npt.ArrayLike = 1.0,
    freedom: npt.ArrayLike = DISPERSION_FREEDOM,
    confidence: float = CONFIDENCE,
    least_base: float = LEAST_BASE_FOR_PER_CENT,
    tails: Tails = Tails.EQUAL,
) -> tuple[Change, ...]:
    """``compare`` for many pairs at once, in the order given; exposures and dispersions are for each, or for all."""
    first, second = _counts(earlier, "an earlier"), _counts(later, "a later")
    if first.shape != second.shape:
        raise InputError(f"{first.size} earlier counts stand against {second.size} later ones; wanted as many of each.")
    before, after = _above_nought(earlier_exposure, "exposure"), _above_nought(later_exposure, "exposure")
    widening = np.broadcast_to(_dispersions(dispersion), first.shape)
    free = np.broadcast_to(np.asarray(freedom, dtype=float), first.shape)
    if ((widening > 1) & ~(free >= 1)).any():
        raise InputError(f"a dispersion told by {free.min():g} degrees of freedom is none; wanted one or more.")
    share = np.broadcast_to(after / (before + after), first.shape)
    chance = _chance(first, second, share, dispersion=widening, freedom=free, tails=tails)
    tail = (1 - _checked_confidence(confidence)) / 2
    limits = _limits(first, second, tail, dispersion=widening, freedom=free, tails=tails)
    times = np.broadcast_to(after / before, first.shape)
    per = _odds(second, first) / times
    lower, upper = (_odds(chances, 1 - chances) / times for chances in limits)
    method = _method(
        dispersion, confidence=confidence, least_base=least_base, tails=tails, exposed=bool((times != 1).any())
    )
    expected = np.where(times == 1, first, first * after / before)
    rows = zip(
        earlier, later, expected.tolist(), chance.tolist(), _or_none(per), _or_none(lower), _or_none(upper), strict=True
    )
    return tuple(
        Change(
            earlier=old,
            later=new,
            difference=new - (old if old == same else same),
            per_cent=None if (why := _why_no_per_cent(old, least_base)) else 100 * (new - same) / same,
            why_no_per_cent=why,
            p=p,
            ratio=ratio,
            lower=least,
            upper=greatest,
            method=method,
        )
        for old, new, same, p, ratio, least, greatest in rows
    )  # fmt: skip


def compare_values(earlier: float, later: float, *, least_base: float = LEAST_BASE_FOR_PER_CENT) -> Change:
    """Two values that are no counts, such as rates, averages or scores: the difference and per cent, and no test."""
    if not (math.isfinite(earlier) and math.isfinite(later)):
        raise InputError(f"{earlier:g} against {later:g} is no comparison; wanted two numbers.")
    why = _why_no_per_cent(earlier, least_base)
    return Change(
        earlier=earlier,
        later=later,
        difference=later - earlier,
        per_cent=None if why else 100 * (later - earlier) / earlier,
        why_no_per_cent=why,
        p=None,
        ratio=None,
        lower=None,
        upper=None,
        method=Method("difference", "arithmetic", {"least_base": least_base}),
    )


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
    wrong = next((p for p in p_values if not 0 <= p <= 1), None)
    if wrong is not None:
        raise InputError(f"{wrong:g} is no probability; wanted one between 0 and 1.")
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
    if not all(math.isfinite(total) for total in totals):
        raise InputError("a rolling total is missing, so what its quarters changed by is not known.")
    return tuple(later - earlier for earlier, later in pairwise(totals))


def _chance(
    first: conditional.Floats,
    second: conditional.Floats,
    share: conditional.Floats,
    *,
    dispersion: conditional.Floats,
    freedom: conditional.Floats,
    tails: Tails,
) -> conditional.Floats:
    if tails is Tails.EQUAL:
        exact = conditional.exact_chance(first, second, share)
    else:
        pairs = zip(first.tolist(), second.tolist(), share.tolist(), strict=True)
        exact = np.array([conditional.least_likely_chance(*pair) for pair in pairs])
    if (dispersion == 1).all():
        return exact
    wide = conditional.widened_chance(first, second, share, dispersion=dispersion, freedom=np.maximum(freedom, 1))
    return np.where(dispersion == 1, exact, np.maximum(exact, wide))


def _limits(
    first: conditional.Floats,
    second: conditional.Floats,
    tail: float,
    *,
    dispersion: conditional.Floats,
    freedom: conditional.Floats,
    tails: Tails,
) -> tuple[conditional.Floats, conditional.Floats]:
    """The chances, of an event to fall into the later period, that the same test does not refuse."""
    if tails is Tails.EQUAL:
        lower, upper = conditional.exact_limits(first, second, tail)
    else:
        pairs = zip(first.tolist(), second.tolist(), strict=True)
        lower, upper = np.array([conditional.least_likely_limits(*pair, tail) for pair in pairs]).reshape(-1, 2).T
    if (dispersion == 1).all():
        return lower, upper
    least, greatest = conditional.widened_limits(
        first, second, tail, dispersion=dispersion, freedom=np.maximum(freedom, 1)
    )
    wide = (dispersion > 1) & (first + second > 0)
    return np.where(wide, np.minimum(lower, least), lower), np.where(wide, np.maximum(upper, greatest), upper)


def _odds(part: conditional.Floats, rest: conditional.Floats) -> conditional.Floats:
    """One over the other; NaN where there is nothing to divide by, or next to nothing that rounding left."""
    return np.where(rest > 0, np.maximum(part, 0) / np.where(rest > 0, rest, 1.0), np.nan)


def _or_none(numbers: conditional.Floats) -> list[float | None]:
    return [number if math.isfinite(number) else None for number in numbers.tolist()]


def _why_no_per_cent(base: float, least_base: float) -> str:
    if base < least_base:
        return f"the base is under {least_base:g}"
    return "the base is nought" if base == 0 else ""


def _method(dispersion: npt.ArrayLike, *, confidence: float, least_base: float, tails: Tails, exposed: bool) -> Method:
    widened = bool((np.asarray(dispersion) > 1).any())
    return Method(
        "conditional test of two counts" + (", widened for over-dispersion" if widened else ""),
        _SOURCE + (_WIDENED if widened else ""),
        {
            "confidence": confidence,
            "least_base": least_base,
            "tails": tails.value,
            "exposure": "as given" if exposed else "equal",
            "dispersion": float(np.max(dispersion)),
        },
    )


def _counts(values: Sequence[float], which: str) -> conditional.Floats:
    numbers = np.asarray(values, dtype=float)
    wrong = ~np.isfinite(numbers) | (numbers < 0) | (numbers != np.floor(numbers))
    if wrong.any():
        raise InputError(f"{which} count of {numbers[wrong][0]:g} is none; wanted a whole number, 0 or more.")
    return numbers


def _above_nought(values: npt.ArrayLike, what: str) -> conditional.Floats:
    numbers = np.asarray(values, dtype=float)
    wrong = ~(np.isfinite(numbers) & (numbers > 0))
    if wrong.any():
        raise InputError(
            f"an {what} of {np.atleast_1d(numbers)[np.atleast_1d(wrong)][0]:g} is none; wanted one above 0."
        )
    return numbers


def _dispersions(values: npt.ArrayLike) -> conditional.Floats:
    numbers = np.asarray(values, dtype=float)
    wrong = ~(np.isfinite(numbers) & (numbers >= 1))
    if wrong.any():
        least = np.atleast_1d(numbers)[np.atleast_1d(wrong)][0]
        raise InputError(f"a dispersion of {least:g} is none; counts vary by chance at least, so it is 1 or more.")
    return numbers


def _checked_confidence(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise InputError(f"a confidence of {confidence:g} is none; wanted one between 0 and 1, such as 0.95.")
    return confidence
