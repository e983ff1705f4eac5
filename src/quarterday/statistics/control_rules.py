"""The run rules of control charts: each says, point by point, whether something other than chance shows there.

Every rule takes arrays whose last axis is time, so that one series and all partnerships' series are the same work. The
answer is 1 where the rule is met upwards, -1 where downwards, 0 elsewhere. A missing value is NaN: it meets no rule and
ends every run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product
from typing import cast

import numpy as np
from numpy.typing import NDArray

from quarterday.domain.faults import InputError

Floats = NDArray[np.float64]
Signs = NDArray[np.int8]
Truths = NDArray[np.bool_]

# NHSRplotthedots and NHS Making Data Count: seven points, for the run on one side as for the trend.
RUN_LENGTH = 7
_OF_THREE, _TWO = 3, 2


class Rule(StrEnum):
    """A pattern that chance seldom gives."""

    BURST = "more in one month than chance gives"
    OUTSIDE = "outside the limits"
    TREND = "a run of rising or falling points"
    TWO_OF_THREE = "two of three points near a limit"
    SHIFT = "a run of points on one side of the centre"


# NHSRplotthedots' order (its rule for one month's burst is ours and comes first).
NHS_PRECEDENCE = (Rule.BURST, Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force, the first to be named first, and how many points make a run; a rule left out is not asked."""

    precedence: tuple[Rule, ...] = NHS_PRECEDENCE
    shift_length: int = RUN_LENGTH
    trend_length: int = RUN_LENGTH

    def __post_init__(self) -> None:
        """Runs have two points at least."""
        if min(self.shift_length, self.trend_length) < 2:  # noqa: PLR2004 - one point is no run
            raise InputError(
                f"a run of {self.shift_length} or a trend of {self.trend_length} points came; each is of 2 or more."
            )


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that a point meets, and whether upwards: above the centre, or rising."""

    rule: Rule
    up: bool


def outside(values: Floats, lower: Floats, upper: Floats) -> Signs:
    """Points beyond a limit; one that lies on it is within."""
    return _signed(values > upper, values < lower)


def shift(side: Signs, *, length: int = RUN_LENGTH) -> Signs:
    """All points of each run of so many or more on one side of the centre; a point on it ends a run."""
    return _signed(_in_run(side > 0, length), _in_run(side < 0, length))


def trend(values: Floats, *, length: int = RUN_LENGTH) -> Signs:
    """All points of each run of so many or more of which each is above, or each below, the one before.

    A point that ends one run and begins another belongs to the later.
    """
    if values.shape[-1] < length:
        return np.zeros(values.shape, np.int8)
    steps = np.diff(values, axis=-1)
    runs = _signed(_in_run(steps > 0, length - 1), _in_run(steps < 0, length - 1))
    edge = np.zeros((*runs.shape[:-1], 1), np.int8)
    from_here, to_here = np.concatenate([runs, edge], axis=-1), np.concatenate([edge, runs], axis=-1)
    return np.where(from_here != 0, from_here, to_here)


def two_of_three(near: Truths, side: Signs, *, whole: bool = False) -> Signs:
    """Points near a limit of which two are among three in a row that all lie on that side.

    ``near`` is beyond two thirds of the way from centre to limit and not outside. ``whole`` marks the third point, too.
    """
    found = _signed(_two_of_three(near & (side > 0), side > 0), _two_of_three(near & (side < 0), side < 0))
    return found if whole else np.where(near, found, np.int8(0))


def signals_of(found: Sequence[tuple[Rule, Signs]]) -> list[list[tuple[Signal, ...]]]:
    """For each row and point, the signals that it meets, in the order in which the rules come."""
    table = _combinations(tuple(rule for rule, _ in found))
    codes = np.zeros(found[0][1].shape, np.int64)
    for _, signs in found:
        codes = 3 * codes + signs % 3
    rows = cast("list[list[int]]", codes.tolist())
    return [[table[code] for code in row] for row in rows]


@cache
def _combinations(rules: tuple[Rule, ...]) -> list[tuple[Signal, ...]]:
    """All that a point can meet, numbered by the signs of the rules as digits: 0, 1, and 2 for -1."""
    ways = [[(), (Signal(rule, up=True),), (Signal(rule, up=False),)] for rule in rules]
    return [tuple(signal for part in parts for signal in part) for parts in product(*ways)]


def _two_of_three(near: Truths, on_side: Truths) -> Truths:
    if near.shape[-1] < _OF_THREE:
        return np.zeros(near.shape, np.bool_)
    ends = (_within(near, _OF_THREE) >= _TWO) & (_within(on_side, _OF_THREE) == _OF_THREE)
    return _spread(ends, _OF_THREE)


def _in_run(hits: Truths, length: int) -> Truths:
    """Whether each place is in a run of hits of that length."""
    if hits.shape[-1] < length:
        return np.zeros(hits.shape, np.bool_)
    return _spread(_within(hits, length) == length, length)


def _within(hits: Truths, length: int) -> NDArray[np.int64]:
    """How many hits each stretch of that length holds."""
    counted = np.zeros((*hits.shape[:-1], hits.shape[-1] + 1), np.int64)
    np.cumsum(hits, axis=-1, out=counted[..., 1:])
    return counted[..., length:] - counted[..., :-length]


def _spread(stretches: Truths, length: int) -> Truths:
    """The places that the marked stretches of that length cover."""
    edge = np.zeros((*stretches.shape[:-1], length - 1), np.bool_)
    return _within(np.concatenate([edge, stretches, edge], axis=-1), length) > 0


def _signed(up: Truths, down: Truths) -> Signs:
    return up.astype(np.int8) - down.astype(np.int8)
