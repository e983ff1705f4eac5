"""The fit that trends and projections share: counts that grow by a rate a year, each season of the year at its level.

Quasi-Poisson with a log link: the mean of season ``m`` in year ``y`` is exposure times ``exp(level of m + slope y)``,
and counts vary ``dispersion`` times as much as chance (McCullagh and Nelder 1989). Given the slope, a season's level
is its total over its exposures, so only the slope is sought: the scoring steps are those of iteratively reweighted
least squares with the levels taken out, and all series of one length take them together.

The dispersion weighs each squared residual alike, not by its mean as Pearson's does: where some months vary more than
others, as clustered counts do in their high season, that is what the slope and a sum of months vary by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from quarterday.domain.faults import InputError

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Whole: TypeAlias = npt.NDArray[np.int64]
Many: TypeAlias = npt.NDArray[Any] | Sequence[Sequence[float | None]]

# A step this small moves no printed figure; a step of e in a year is as far as one goes at a time.
_SMALL_STEP = 1e-10
_LONGEST_STEP = 1.0
_MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Fit:
    """One entry a series; ``variance`` is the slope's, dispersion included.

    ``totals`` and ``centres`` are each season's count, and the average year that its fitted counts fall in, by series
    and season. Where ``has_slope`` is false there is no finite slope: nothing was counted, or one end holds it all.
    """

    slope: Floats
    variance: Floats
    dispersion: Floats
    freedom: Whole
    has_slope: Flags
    totals: Floats
    centres: Floats
    years: Floats


def fit(counts: Floats, exposures: Floats) -> Fit:
    """Fit each series of ``counts``, by series, year and season; an exposure of nought marks what is not known."""
    known = exposures > 0
    held = np.where(known, counts, 0.0)
    years = np.arange(counts.shape[1]) - (counts.shape[1] - 1) / 2
    totals = held.sum(axis=1)
    has_slope = _has_slope(held, known, years)
    slope = _slope(held, exposures, years, totals, has_slope=has_slope)
    _, centres, information = _moments(slope, exposures, years, totals)
    _, dispersion = departure(slope, held, exposures)
    variance = dispersion / np.where(information > 0, information, 1.0)
    return Fit(slope, variance, dispersion, _freedom(known, totals), has_slope, totals, centres, years)


def departure(slope: Floats, counts: Floats, exposures: Floats) -> tuple[Floats, Floats]:
    """How far each series departs from a given slope: the score in standard errors, and the dispersion in them.

    A score test: the standard error is that of the given slope. What the departure itself adds to the residuals is
    taken off them, as in the analysis of variance, and the dispersion is never below 1.
    """
    known = exposures > 0
    held = np.where(known, counts, 0.0)
    years = np.arange(counts.shape[1]) - (counts.shape[1] - 1) / 2
    totals = held.sum(axis=1)
    weights, centres, information = _moments(slope, exposures, years, totals)
    score = (held * years[:, None]).sum(axis=(1, 2)) - (totals * centres).sum(axis=1)
    squared = score**2 / np.where(information > 0, information, 1.0)
    residuals = ((held - totals[:, None, :] * weights) ** 2).sum(axis=(1, 2))
    cells, freedom = _cells(known, totals), np.maximum(_freedom(known, totals), 1)
    everything = totals.sum(axis=1)
    spread = residuals * cells / np.where(everything > 0, everything, 1.0)
    dispersion = np.maximum(1.0, (spread - squared) / freedom)
    return np.sign(score) * np.sqrt(squared / dispersion), dispersion


def in_years(values: Floats, seasons: int) -> Floats:
    """Rows of one length, each laid out in years of so many seasons; what is missing at the end is nought."""
    years = -(-values.shape[1] // seasons)
    padded = np.zeros((values.shape[0], years * seasons))
    padded[:, : values.shape[1]] = values
    return padded.reshape(-1, years, seasons)


def checked(counts: Many, exposures: npt.ArrayLike | None = None) -> tuple[Floats, Floats]:
    """Counts and exposures as rows of one length, the exposures nought where a count is missing.

    A missing count is ``None``, or masked in an array. Its exposure is not looked at.
    """
    rows, known = _known(counts)
    try:
        over = np.broadcast_to(np.asarray(1.0 if exposures is None else exposures, dtype=float), rows.shape)
    except ValueError:
        raise InputError(
            f"counts came in a shape of {rows.shape}, and exposures in another; wanted the same."
        ) from None
    _refuse(rows[known], over[known])
    return np.where(known, rows, 0.0), np.where(known, over, 0.0)


def _known(counts: Many) -> tuple[Floats, Flags]:
    if isinstance(counts, np.ndarray):
        known = ~np.ma.getmaskarray(counts)
        rows = np.asarray(np.ma.getdata(counts), dtype=float)
    else:
        if len({len(row) for row in counts}) > 1:
            raise InputError(
                "the series are of several lengths; wanted as many periods of each, None where one is missing."
            )
        known = np.array([[value is not None for value in row] for row in counts], dtype=bool)
        rows = np.array([[0.0 if value is None else value for value in row] for row in counts], dtype=float)
    if rows.ndim != 2 or not rows.size:  # noqa: PLR2004 - series by periods
        raise InputError(f"counts came in a shape of {rows.shape}; wanted a row a series, of one or more periods.")
    return rows, known


def _refuse(counts: Floats, exposures: Floats) -> None:
    wrong = ~np.isfinite(counts) | (counts < 0) | (counts != np.floor(counts))
    if wrong.any():
        raise InputError(
            f"a count of {counts[wrong][0]:g} is none; wanted a whole number, 0 or more, or None where it is missing."
        )
    wrong = ~(np.isfinite(exposures) & (exposures > 0))
    if wrong.any():
        raise InputError(f"an exposure of {exposures[wrong][0]:g} is none; wanted one above 0 for every known count.")


def _has_slope(held: Floats, known: Flags, years: Floats) -> Flags:
    """Whether some season's counts do not all fall in its first known year, and some not all in its last."""
    far = 2 * len(years)
    first = np.where(known, years[:, None], far).min(axis=1, keepdims=True)
    last = np.where(known, years[:, None], -far).max(axis=1, keepdims=True)
    place = years[None, :, None]
    after, before = (held * (place > first)).any(axis=(1, 2)), (held * (place < last)).any(axis=(1, 2))
    return np.asarray(after & before)


def _slope(held: Floats, exposures: Floats, years: Floats, totals: Floats, *, has_slope: Flags) -> Floats:
    slope = np.zeros(len(held))
    moving = np.flatnonzero(has_slope)
    sums = (held * years[:, None]).sum(axis=(1, 2))
    for _ in range(_MOST_STEPS):
        _, centres, information = _moments(slope[moving], exposures[moving], years, totals[moving])
        score = sums[moving] - (totals[moving] * centres).sum(axis=1)
        step = np.clip(score / information, -_LONGEST_STEP, _LONGEST_STEP)
        slope[moving] += step
        moving = moving[np.abs(step) > _SMALL_STEP]
        if not moving.size:
            break
    return slope


def _moments(slope: Floats, exposures: Floats, years: Floats, totals: Floats) -> tuple[Floats, Floats, Floats]:
    """How a season's count is spread over the years, its average year, and what all seasons tell of the slope."""
    raw = exposures * np.exp(slope[:, None] * years)[:, :, None]
    sums = raw.sum(axis=1, keepdims=True)
    weights = raw / np.where(sums > 0, sums, 1.0)
    centres = np.einsum("sym,y->sm", weights, years)
    spread = np.einsum("sym,y->sm", weights, years**2) - centres**2
    return weights, centres, np.asarray((totals * spread).sum(axis=1))


def _cells(known: Flags, totals: Floats) -> Whole:
    """Known periods of the seasons that hold a count; the others tell nothing."""
    return np.asarray((known & (totals > 0)[:, None, :]).sum(axis=(1, 2)))


def _freedom(known: Flags, totals: Floats) -> Whole:
    """Periods that tell something, less a level for each season and the slope."""
    return np.asarray(_cells(known, totals) - (totals > 0).sum(axis=1) - 1)
