"""How sure a rank is: the ranks that resampled counts would have given."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri, ndtri

from quarterday.domain.faults import InputError
from quarterday.statistics.funnel import places_of
from quarterday.statistics.rates import BoolArray, FloatArray, share_of

IntArray = npt.NDArray[np.intp]
Resample = Literal["shrunken", "counts"]

# Drawn evenly, as they are, so many give the ends about as well as a thousand drawn freely (docs/methods/standing.md).
RESAMPLES = 400
# Any number would do; it is fixed so that the same counts give the same interval.
SEED = 1836
# How often a scatter is greater than one that is taken to be great by chance.
_OFTEN_EXCEEDED = 0.1
# What is drawn at once, in numbers: as much as stays near the processor.
_DRAWN_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ranking:
    """How ranks' intervals are had.

    ``shrunken`` draws each area's rate from what its count says, and what the others say of how far areas lie apart:
    where they hardly differ, a rank says next to nothing, and its interval shows it (Goldstein and Spiegelhalter,
    Journal of the Royal Statistical Society A 159, 1996). ``counts`` is the plain Poisson bootstrap, which then is too
    narrow.
    """

    confidence: float = 0.95
    resample: Resample = "shrunken"
    resamples: int = RESAMPLES
    seed: int = SEED

    def __post_init__(self) -> None:
        share_of(self.confidence)
        if self.resamples * (1 - self.confidence) < 2:  # noqa: PLR2004 - one at each end
            raise InputError(
                f"{self.resamples} resamples hold no {self.confidence:.1%} interval;"
                f" wanted at least {2 / (1 - self.confidence):.0f}."
            )


RANKING = Ranking()


def rank_intervals(
    counts: FloatArray, totals: FloatArray, own: IntArray, *, missing: BoolArray, proportions: bool, ranking: Ranking
) -> tuple[IntArray, IntArray]:
    """The lowest and highest rank that the members ``own`` of each row may have among its columns.

    A row is a group, and its answer does not depend on the rows beside it. Members that are missing are passed over.
    """
    groups, members = counts.shape
    step = max(1, _DRAWN_AT_ONCE // (members * ranking.resamples))
    ends = np.empty((2, *own.shape), np.intp)
    normal = _normal_scores(members, ranking)
    room = np.empty((*normal.shape, min(step, groups)), np.float32)
    for start in range(0, groups, step):
        rows = slice(start, start + step)
        of_rows = counts[rows], totals[rows], missing[rows]
        if ranking.resample == "shrunken":
            drawn = _shrunken(*of_rows, normal, room[..., : len(of_rows[0])], proportions=proportions)
        else:
            drawn = _resampled(*of_rows, proportions=proportions, ranking=ranking)
        for column in range(own.shape[1]):
            ends[:, rows, column] = _ends(drawn, own[rows, column], ranking)
    values = np.where(missing, np.nan, counts / totals)
    rank = places_of(np.take_along_axis(values, own, axis=1), values)[0] + 1
    return np.minimum(ends[0], rank), np.maximum(ends[1], rank)


def _normal_scores(members: int, ranking: Ranking) -> npt.NDArray[np.float32]:
    """As many for each member, evenly over the distribution and in random order, so that few do for many.

    A Latin hypercube: McKay, Beckman and Conover, Technometrics 21 (1979). The same serve every group.
    """
    evenly = ndtri((np.arange(ranking.resamples) + 0.5) / ranking.resamples)
    ordered = np.tile(evenly.astype(np.float32), (members, 1))
    return np.random.default_rng(ranking.seed).permuted(ordered, axis=1)


def _shrunken(
    counts: FloatArray,
    totals: FloatArray,
    missing: BoolArray,
    normal: npt.NDArray[np.float32],
    room: npt.NDArray[np.float32],
    *,
    proportions: bool,
) -> npt.NDArray[np.floating]:
    """Draws for each member, resample and group, on the scale where chance is as wide for every rate, over tau.

    On it a count's root, or a proportion's arcsine, is normal with variance 1/4 over the total. With tau 0 all members
    are drawn alike. ``room`` is where the draws are put.
    """
    root = np.sqrt(counts / totals)
    value = np.arcsin(root) if proportions else root
    chance = np.where(missing, np.inf, 1 / (4 * totals))
    tau2 = _between(value, 1 / chance)
    weight = 1 / (chance + tau2)
    middle = np.sqrt(tau2) * weight * (value - _mean(value, weight))
    width = 1 / np.sqrt(1 + 4 * totals * tau2)
    np.multiply(normal[:, :, None], np.where(missing, 0, width).astype(np.float32).T[:, None], out=room)
    room += np.where(missing, np.inf, middle).astype(np.float32).T[:, None]
    return room


def _between(value: FloatArray, weight: FloatArray) -> FloatArray:
    """The variance between the members of each row beyond that of chance, as little as it may well be.

    The moment estimate of DerSimonian and Laird, Controlled Clinical Trials 7 (1986), from the scatter at the lower end
    of its 80% interval: a few members tell little of it, and too much would make the ranks look surer than they are.
    """
    total = weight.sum(1, keepdims=True)
    scatter = (weight * (value - _mean(value, weight)) ** 2).sum(1, keepdims=True)
    room = total - (weight**2).sum(1, keepdims=True) / np.where(total > 0, total, 1)
    freedom = (weight > 0).sum(1, keepdims=True) - 1
    least = scatter * freedom / chdtri(np.maximum(1, freedom), _OFTEN_EXCEEDED)
    return np.asarray(np.maximum(0, least - freedom) / np.where(room > 0, room, 1))


def _mean(value: FloatArray, weight: FloatArray) -> FloatArray:
    total = weight.sum(1, keepdims=True)
    return np.asarray((weight * value).sum(1, keepdims=True) / np.where(total > 0, total, 1))


def _resampled(
    counts: FloatArray, totals: FloatArray, missing: BoolArray, *, proportions: bool, ranking: Ranking
) -> npt.NDArray[np.floating]:
    """Each member's count drawn anew round itself; each group from the same seed."""
    drawn = np.full((counts.shape[1], ranking.resamples, counts.shape[0]), np.inf)
    for row, (count, total, no) in enumerate(zip(counts, totals, missing, strict=True)):
        random, size = np.random.default_rng(ranking.seed), (ranking.resamples, int((~no).sum()))
        share = count[~no] / total[~no]
        new = random.binomial(total[~no].astype(int), share, size) if proportions else random.poisson(count[~no], size)
        drawn[~no, :, row] = (new / total[~no]).T
    return drawn


def _ends(drawn: npt.NDArray[np.floating], own: IntArray, ranking: Ranking) -> tuple[IntArray, IntArray]:
    """The ranks between which the middle share of the draws lies, of one member of each group."""
    small = np.uint8 if len(drawn) < np.iinfo(np.uint8).max else np.uint16
    of_own = drawn[own, :, np.arange(len(own))].T
    below = np.add.reduce((drawn < of_own).view(np.uint8), axis=0, dtype=small)
    left_out = int(ranking.resamples * (1 - ranking.confidence) / 2 + 1e-9)  # at each end, and no more
    lowest = _least_with(below, left_out + 1, members=len(drawn))
    return lowest + 1, _least_with(below, ranking.resamples - left_out, members=len(drawn)) + 1


def _least_with(below: npt.NDArray[np.unsignedinteger], draws: int, *, members: int) -> IntArray:
    """For each column the least number that so many draws do not exceed, by halving."""
    least, most = np.zeros(below.shape[1], np.intp), np.full(below.shape[1], members - 1)
    for _ in range((members - 1).bit_length()):
        middle = (least + most) // 2
        enough = np.add.reduce(below <= middle.astype(below.dtype), axis=0, dtype=np.intp) >= draws
        least, most = np.where(enough, least, middle + 1), np.where(enough, middle, most)
    return least
