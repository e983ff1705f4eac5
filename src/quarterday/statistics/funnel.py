"""How far from an average chance, and the differences that there always are between areas, may put an area."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, pdtrik

from quarterday.domain.faults import InputError
from quarterday.statistics.rates import FloatArray, normal_score, share_of

Scale = Literal["sqrt", "log", "arcsine"]
Trim = Literal["winsorise", "truncate", "none"]

# What is held back at each end before the spread is measured, so that outliers do not hide themselves
# (Spiegelhalter, Statistics in Medicine 24, 2005; FunnelPlotR).
TRIM_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Spreading:
    """How the areas' usual spread is measured: the options of ``scores`` and ``spread_of``.

    ``trim``: ``winsorise`` pulls the ends in to the quantiles of ``trim_share``; ``truncate`` leaves them out, as the
    SHMI does. Either makes areas without an outlier look more alike than they are, for normal scores by a third in phi
    or more; ``corrected`` makes good for it. Spiegelhalter (2005) and FunnelPlotR do not.
    """

    scale: Literal["sqrt", "log"] = "sqrt"
    trim: Trim = "winsorise"
    trim_share: float = TRIM_SHARE
    corrected: bool = True

    def __post_init__(self) -> None:
        if not 0 < self.trim_share < 0.5:  # noqa: PLR2004 - two halves are all there is
            raise InputError(f"{self.trim_share} cannot be held back at each end; wanted a share under a half.")


SPREADING = Spreading()


@dataclass(frozen=True, slots=True)
class Spread:
    """How scores vary: ``phi`` is their mean square, 1 if by chance alone; ``tau2`` is the variance between areas."""

    phi: FloatArray
    tau2: FloatArray


def poisson_limits(expected: npt.ArrayLike, *, confidence: float) -> tuple[FloatArray, FloatArray]:
    """The counts under and above which chance puts at most half of the rest each, where ``expected`` are.

    A count is outside exactly where its exact interval leaves the expected one out; between whole counts the limits are
    drawn out, as in PHEindicatormethods. Where even no event is not that unlikely, the lower limit is 0.
    """
    mean, tail = np.asarray(expected, float), (1 - share_of(confidence)) / 2
    known = np.where(mean > 0, mean, 1)
    lower, upper = pdtrik(tail, known), pdtrik(1 - tail, known) + 1
    lower = np.where(np.exp(-known) >= tail, 0, np.maximum(lower, 0))
    return np.where(mean > 0, lower, 0), np.where(mean > 0, upper, 0)


def proportion_limits(
    average: npt.ArrayLike, totals: npt.ArrayLike, *, confidence: float
) -> tuple[FloatArray, FloatArray]:
    """The proportions outside of which Wilson's interval leaves the average out, between 0 and 1."""
    centre = np.asarray(average, float)
    width = normal_score(confidence) * np.sqrt(centre * (1 - centre) / np.asarray(totals, float))
    return np.maximum(0, centre - width), np.minimum(1, centre + width)


def scores(
    counts: FloatArray, totals: FloatArray, average: FloatArray, *, scale: Scale
) -> tuple[FloatArray, FloatArray]:
    """How many standard errors each count lies from the average a head, on a scale; and the error's square.

    ``sqrt`` is that of the CQC's and ``log`` that of the SHMI's funnel, both of the ratio to the expected count;
    ``arcsine`` is that of proportions (as in FunnelPlotR). Where nothing is expected, nothing is said: 0. A count of
    nought has no logarithm: an error.
    """
    expected = totals * average
    there = expected > 0
    likely = np.where(there, expected, 1)
    if scale == "arcsine":
        distance, variance = np.arcsin(np.sqrt(counts / totals)) - np.arcsin(np.sqrt(average)), 1 / (4 * totals)
    elif scale == "sqrt":
        distance, variance = np.sqrt(counts / likely) - 1, 1 / (4 * likely)
    elif np.any(counts == 0):
        raise InputError('a count of 0 has no logarithm; for counts such as these take scale="sqrt".')
    else:
        distance, variance = np.log(counts / likely), 1 / likely
    return np.where(there, distance / np.sqrt(variance), 0), np.where(there, variance, np.inf)


def spread_limits(
    totals: FloatArray, average: FloatArray, tau2: FloatArray, *, scale: Scale, confidence: float
) -> tuple[FloatArray, FloatArray]:
    """The rates a head outside of which neither chance nor the areas' usual spread is likely to put one."""
    expected, z = totals * average, normal_score(confidence)
    likely = np.where(expected > 0, expected, 1)
    if scale == "arcsine":
        middle, width = np.arcsin(np.sqrt(average)), z * np.sqrt(1 / (4 * totals) + tau2)
        bounds = (np.clip(middle + way * width, 0, np.pi / 2) for way in (-1, 1))
        lower, upper = (np.sin(bound) ** 2 for bound in bounds)
    elif scale == "sqrt":
        width = z * np.sqrt(1 / (4 * likely) + tau2)
        lower, upper = average * np.maximum(0, 1 - width) ** 2, average * (1 + width) ** 2
    else:
        width = z * np.sqrt(1 / likely + tau2)
        lower, upper = average * np.exp(-width), average * np.exp(width)
    return np.where(expected > 0, lower, 0), np.where(expected > 0, upper, 0)


def spread_of(z: FloatArray, variance: FloatArray, *, spreading: Spreading = SPREADING) -> Spread:
    """How the scores along the last axis vary, each with its standard error's square; NaN where no member is.

    ``tau2`` is the moment estimate that FunnelPlotR and the SHMI take, 0 where chance alone explains the scores.
    """
    if spreading.trim == "winsorise":
        z = _winsorised(z, spreading.trim_share)
    elif spreading.trim == "truncate":
        z = np.where(_is_inner(z, spreading.trim_share), z, np.nan)
    there = ~np.isnan(z)
    number = np.maximum(1, there.sum(-1))
    phi = np.where(there, z**2, 0).sum(-1) / number
    if spreading.corrected:
        phi /= _normal_phi(spreading.trim, spreading.trim_share)
    weight = np.where(there, 1 / variance, 0)
    total = weight.sum(-1)
    room = total - (weight**2).sum(-1) / np.where(total > 0, total, 1)
    tau2 = np.maximum(0, number * phi - (number - 1)) / np.where(room > 0, room, 1)
    return Spread(phi, np.where(room > 0, tau2, 0))


def _winsorised(z: FloatArray, share: float) -> FloatArray:
    ordered, number = np.sort(z, axis=-1), (~np.isnan(z)).sum(-1, keepdims=True)
    least, most = (_quantile(ordered, number, part) for part in (share, 1 - share))
    return np.clip(z, least, most)


def _quantile(ordered: FloatArray, number: npt.NDArray[np.intp], share: float) -> FloatArray:
    """R's seventh kind, of as many as there are in each row; NaN comes last."""
    place = np.maximum(0, number - 1) * share
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, np.maximum(0, number - 1))
    low, high = (np.take_along_axis(ordered, at, axis=-1) for at in (below, above))
    return np.asarray(low + (place - below) * (high - low))


def _is_inner(z: FloatArray, share: float) -> npt.NDArray[np.bool_]:
    """Whether a score is neither in the first nor in the last of the groups that ``share`` makes (SHMI)."""
    groups = 1 / share
    below, alike = places_of(z, z)
    number = (~np.isnan(z)).sum(-1, keepdims=True)
    group = np.floor((below + (alike + 1) / 2) * groups / (number + 1))
    return np.asarray((group > 0) & (group < groups - 1))


def places_of(values: FloatArray, among: FloatArray) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """For each value how many along the last axis of ``among`` are less, and how many are equal, itself included."""
    below = np.zeros(values.shape, np.intp)
    alike = np.zeros(values.shape, np.intp)
    for place in range(among.shape[-1]):
        other = among[..., place, None]
        below += other < values
        alike += other == values
    return below, alike


def _normal_phi(trim: Trim, share: float) -> float:
    """What trimming leaves of the mean square of normal scores, which is 1."""
    end = -float(ndtri(share))
    inner = (1 - 2 * share) - 2 * end * float(np.exp(-(end**2) / 2)) / float(np.sqrt(2 * np.pi))
    return {"winsorise": inner + 2 * share * end**2, "truncate": inner / (1 - 2 * share), "none": 1.0}[trim]
