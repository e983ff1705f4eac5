"""Which control chart a series asks for, and why."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from quarterday.statistics.control_limits import RANGE_OF_TWO, Kind, average_range
from quarterday.statistics.control_rules import Floats

# Under it most months of a c chart are 0 or 1, and it has no lower limit: docs/methods/control.md.
LEAST_MEAN_FOR_COUNTS = 1.3
# From it on counts are near enough to normal for an XmR chart: docs/methods/control.md.
LEAST_MEAN_FOR_XMR = 5.0
# Counts vary more than chance gives where the index of dispersion would be as large less often than this (Fisher 1950).
DISPERSION_SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of chart, and the reason in a sentence."""

    kind: Kind
    why: str


def choices(counts: Floats, denominators: Floats, *, with_denominators: bool) -> list[Choice]:
    """The chart for each row of monthly counts, in which NaN is a missing month; ``denominators`` are 1 where none."""
    known = ~np.isnan(counts / denominators)
    number = np.count_nonzero(known, axis=1)
    mean = np.divide(np.sum(counts, axis=1, where=known), number, out=np.zeros(len(counts)), where=number > 0)
    whole = np.all((np.floor(counts) == counts) | ~known, axis=1)
    varied = _varies_more_than_chance(counts, denominators)
    rows = zip(number.tolist(), mean.tolist(), whole.tolist(), varied.tolist(), strict=True)
    return [_choice(*row, with_denominators) for row in rows]


def _choice(number: int, mean: float, whole: bool, varied: bool, with_denominators: bool) -> Choice:  # noqa: FBT001
    if not number:
        return Choice(Kind.XMR, "No month is known, so nothing is drawn but the gaps.")
    if not whole:
        return Choice(Kind.XMR, "The values are not whole, so they are no counts; an XmR chart asks for none.")
    if not mean:
        return Choice(Kind.C, "Nothing was counted in any month, so there is nothing to tell apart.")
    average = f"The counts average {mean:.2f} a month"
    if mean < LEAST_MEAN_FOR_COUNTS:
        return Choice(Kind.G, f"{average}, under {LEAST_MEAN_FOR_COUNTS}: too rare, so the months between are charted.")
    if mean >= LEAST_MEAN_FOR_XMR:
        return Choice(Kind.XMR, f"{average}, {LEAST_MEAN_FOR_XMR:g} or more, which is enough for an XmR chart.")
    if varied:
        return Choice(
            Kind.U_PRIME, f"{average} and vary more than chance gives, so limits are widened by how much more."
        )
    why = f"{average}, from {LEAST_MEAN_FOR_COUNTS} to {LEAST_MEAN_FOR_XMR:g}, and vary as chance gives."
    return Choice(Kind.U if with_denominators else Kind.C, why)


def _varies_more_than_chance(counts: Floats, denominators: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether both all the months and neighbouring ones do: a level that moved once is no over-dispersion."""
    known = ~np.isnan(counts / denominators)
    total = np.sum(counts, axis=1, keepdims=True, where=known)
    exposure = np.sum(denominators, axis=1, keepdims=True, where=known)
    expected = np.divide(total * denominators, exposure, out=np.ones(counts.shape), where=(exposure > 0) & (total > 0))
    squares = np.sum((counts - expected) ** 2 / expected, axis=1, where=known)
    freedom = np.maximum(np.count_nonzero(known, axis=1) - 1, 0)
    scores = np.where(known, (counts - expected) / np.sqrt(expected), np.nan)
    between = average_range(scores, known)[:, 0] / RANGE_OF_TWO
    return np.asarray((chdtrc(freedom, squares) < DISPERSION_SIGNIFICANCE) & (between > 1))
