"""Given both of two counts, how likely the later one is, and which rate ratios it allows.

The later count is then binomial: of both counts together, each event fell into the later period with a chance that
follows from the two exposures and the rate ratio (Przyborowski and Wilenski 1940). ``share`` is that chance where the
rates are equal. Every function takes single counts or arrays of them, and trusts them: ``change`` checks.
"""

from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincinv, betaln, expit, logit, stdtr, stdtrit

Floats: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = float | Floats
# Halvings after which a limit stands to the last digit.
_HALVINGS = 60
# Two splits count as equally likely when they differ by rounding only: R's binom.test allows as much.
_ROUNDING = 1e-7


class Tails(StrEnum):
    """What is as uneven as the split seen: twice the smaller tail, or every split that is no likelier (R's way).

    With equal exposures the two give the same probability. Only twice the smaller tail always agrees with its limits
    (Fay 2010, R Journal 2(1)).
    """

    EQUAL = "equal"
    LEAST_LIKELY = "least likely"


def at_most(later: Numbers, earlier: Numbers, share: Numbers) -> Floats:
    """The chance of a later count no greater than this one."""
    return np.asarray(betainc(earlier, np.add(later, 1.0), np.subtract(1.0, share)), dtype=np.float64)


def exact_chance(earlier: Numbers, later: Numbers, share: Numbers = 0.5) -> Floats:
    """The two-sided probability of a split at least as uneven, as twice the smaller tail and at most 1."""
    at_least = at_most(earlier, later, np.subtract(1, share))
    return np.asarray(np.minimum(1.0, 2 * np.minimum(at_most(later, earlier, share), at_least)))


def exact_limits(earlier: Numbers, later: Numbers, tail: float) -> tuple[Floats, Floats]:
    """The chances for which either tail has the probability ``tail`` (Clopper and Pearson 1934)."""
    first, second = np.asarray(earlier, dtype=float), np.asarray(later, dtype=float)
    lower = np.where(second > 0, betaincinv(np.maximum(second, 1), first + 1, tail), 0.0)
    upper = np.where(first > 0, betaincinv(second + 1, np.maximum(first, 1), 1 - tail), 1.0)
    return lower, upper


def widened_chance(
    earlier: Numbers,
    later: Numbers,
    share: Numbers,
    *,
    dispersion: Numbers,
    freedom: Numbers,
) -> Floats:
    """The same probability were counts to vary ``dispersion`` times as much as chance: Student's t (quasi-Poisson)."""
    total, part = np.add(earlier, later), np.asarray(share, dtype=float)
    variance = np.multiply(dispersion, total) * part * (1 - part)
    distance = np.abs(later - total * part) / np.sqrt(np.where(variance > 0, variance, 1.0))
    return np.asarray(2 * stdtr(freedom, -distance), dtype=float)


def widened_limits(
    earlier: Numbers,
    later: Numbers,
    tail: float,
    *,
    dispersion: Numbers,
    freedom: Numbers,
) -> tuple[Floats, Floats]:
    """The chances that ``widened_chance`` does not refuse: Wilson's limits with t in the place of z, widened."""
    total = np.add(earlier, later).astype(float)
    wide = np.square(stdtrit(freedom, 1 - tail)) * dispersion
    middle = (np.asarray(later) + wide / 2) / (total + wide)
    variance = np.multiply(earlier, later) / np.where(total > 0, total, 1.0) + wide / 4
    half = np.sqrt(wide * variance) / (total + wide)
    return np.where(np.equal(later, 0), 0.0, middle - half), np.where(np.equal(earlier, 0), 1.0, middle + half)


def least_likely_chance(earlier: float, later: float, share: float) -> float:
    """The probability of every split that is no likelier than the one seen, as R's binom.test and poisson.test have it.

    As many splits are weighed as there are events, so it is for one pair of counts, not for arrays.
    """
    total = earlier + later
    splits = np.arange(total + 1)
    log_chance = splits * logit(share) - betaln(splits + 1, total - splits + 1)
    seen = float(log_chance[int(later)])
    chance = np.exp(log_chance - log_chance.max())
    return float(chance[log_chance <= seen + _ROUNDING].sum() / chance.sum())


def least_likely_limits(earlier: float, later: float, tail: float) -> tuple[float, float]:
    """The least and the greatest chance that ``least_likely_chance`` does not refuse at twice ``tail``."""
    return _least_not_refused(earlier, later, 2 * tail), 1 - _least_not_refused(later, earlier, 2 * tail)


def _least_not_refused(earlier: float, later: float, level: float) -> float:
    """The least chance under which the splits no likelier than this one reach the level.

    As the chance grows, so does the upper tail; and one split after the other of the lower tail becomes no likelier
    than this one, at chances that can be written down. Between two of them the probability is smooth.
    """
    if later == 0:
        return 0.0
    total, below = earlier + later, np.arange(later)
    joins = (betaln(later + 1, earlier + 1) - betaln(below + 1, total - below + 1)) / (later - below)
    edges, joined = np.concatenate([[0.0], expit(joins), [1.0]]), np.arange(-1, later)
    at_start, at_end = (_both_tails(total, later, joined, ends) for ends in (edges[:-1], edges[1:]))
    place = int(np.argmax((at_start > level) | (at_end > level)))
    if at_start[place] > level:
        return float(edges[place])
    refused, kept = edges[place], edges[place + 1]
    for _ in range(_HALVINGS):
        middle = (refused + kept) / 2
        if _both_tails(total, later, joined[place], middle) > level:
            kept = middle
        else:
            refused = middle
    return float(kept)


def _both_tails(total: float, later: float, joined: Numbers, share: Numbers) -> Floats:
    """The chance of ``later`` or more, or of ``joined`` or fewer; -1 is none."""
    upper = at_most(total - later, later, np.subtract(1, share))
    lower = at_most(np.maximum(joined, 0), np.subtract(total, np.maximum(joined, 0)), share)
    return upper + np.where(np.asarray(joined) >= 0, lower, 0.0)
