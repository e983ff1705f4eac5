"""A part of a whole, and a total spread over its months."""

import math
from dataclasses import dataclass

from quarterday.domain.faults import InputError
from quarterday.statistics.result import Method

_SOURCE = "docs/methods/share.md"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a count is of, in the words that its source has for it."""

    area: str
    period: str
    release: str

    def __str__(self) -> str:
        """As an error says it."""
        return f"{self.area}, {self.period}, of release {self.release}"


@dataclass(frozen=True, slots=True)
class ShareChange:
    """How a share moved, in points, and its part and whole in per cent of what they were; ``None`` of nought.

    ``whole_moved_more``: the share says more of its whole than of its part, and a reader must be told.
    """

    earlier: float
    later: float
    points: float
    part_per_cent: float | None
    whole_per_cent: float
    whole_moved_more: bool
    method: Method


def share(part: float, whole: float, *, part_of: Basis | None = None, whole_of: Basis | None = None) -> float:
    """``part`` as a per cent of ``whole``; both of the same area, period and release.

    Where both say what they are of, it must be the same.
    """
    if part_of is not None and whole_of is not None and part_of != whole_of:
        raise InputError(
            f"the part is of {part_of}, and the whole of {whole_of}; a share is of one area, period and release."
        )
    if not (math.isfinite(whole) and whole > 0 and 0 <= part <= whole):
        raise InputError(
            f"{part:g} of {whole:g} is no share; the part must lie between nought and a whole above nought."
        )
    return 100 * part / whole


def share_change(earlier: tuple[float, float], later: tuple[float, float]) -> ShareChange:
    """How the share moved between two periods, each a part and its whole, and which of the two moved it.

    They are compared as ratios, so that doubling is as far as halving: a whole that falls from 6,000 to 5,000 has moved
    more than a part that rises from 84 to 86.
    """
    before, after = share(*earlier), share(*later)
    (old_part, old_whole), (new_part, new_whole) = earlier, later
    return ShareChange(
        earlier=before,
        later=after,
        points=after - before,
        part_per_cent=100 * (new_part - old_part) / old_part if old_part else None,
        whole_per_cent=100 * (new_whole - old_whole) / old_whole,
        whole_moved_more=_distance(old_whole, new_whole) > _distance(old_part, new_part),
        method=Method("Change of a share, and of what it is of", _SOURCE),
    )


def implied_whole(part: float, per_cent: float, *, step: float = 0.1) -> tuple[float, float | None]:
    """The least and the greatest whole of which ``part`` is so many per cent, as rounded to a multiple of ``step``.

    ``None``: there is no greatest. A part that is negative, or a per cent outside 0 to 100, is an error.
    """
    least, most = max(0.0, per_cent - step / 2), min(100.0, per_cent + step / 2)
    if not (math.isfinite(part) and part >= 0 and least <= most and most > 0):
        raise InputError(
            f"{part:g} printed as {per_cent:g}% is no share;"
            " wanted a count, not negative, and a per cent from 0 to 100."
        )
    return 100 * part / most, 100 * part / least if least > 0 else None


def monthly_average(total: float, months: int) -> float:
    """The average a month, unrounded, of a total over ``months`` months."""
    if months < 1:
        raise InputError(f"an average over {months} months is none; wanted at least one month.")
    return total / months


def _distance(old: float, new: float) -> float:
    """How far, as ratios go; from nought or to it is further than any."""
    if old == new:
        return 0.0
    return abs(math.log(new / old)) if old and new else math.inf
