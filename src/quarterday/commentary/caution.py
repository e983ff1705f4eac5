"""What a caution is: words that leave open what a claim is of, so that it may not be held against the figures."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from quarterday.commentary.around import Around
from quarterday.commentary.case import Case
from quarterday.domain.claim import Claim, ClaimKind

Holds = Callable[[Case, Claim, Around], bool | str]
Stretch = Literal["sentence", "clause", "before", "after", "quote"]

ALL = frozenset(ClaimKind)
CHANGED = frozenset((ClaimKind.PERCENT_CHANGE, ClaimKind.DIFFERENCE, ClaimKind.PERCENTAGE_POINTS))
COMPARES = CHANGED | {ClaimKind.FROM_TO, ClaimKind.MULTIPLE, ClaimKind.TREND, ClaimKind.DIRECTION}
STANDS = frozenset((ClaimKind.LEVEL, ClaimKind.AVERAGE, ClaimKind.DIFFERENCE, ClaimKind.FROM_TO))
OF_TIME = CHANGED | {
    ClaimKind.LEVEL, ClaimKind.FROM_TO, ClaimKind.MULTIPLE, ClaimKind.AVERAGE, ClaimKind.RATE,
}  # fmt: skip
MEASURED = COMPARES | {ClaimKind.LEVEL, ClaimKind.AVERAGE}


@dataclass(frozen=True, slots=True)
class Caution:
    """What leaves open claims of some ``kinds``, the reason to give, and a text that has such a claim.

    What it ``holds`` of, where that is told in words, stands in the reason's place ``{}``.
    """

    name: str
    kinds: frozenset[ClaimKind]
    holds: Holds
    reason: str
    example: str


def kinds(*of: ClaimKind) -> frozenset[ClaimKind]:
    """The kinds of claim that a caution is for."""
    return frozenset(of)


def told(stretch: Stretch, pattern: str) -> Holds:
    """Whether a pattern is found in one stretch of the words around a claim."""
    part: Callable[[Around], str] = attrgetter(stretch)
    search = re.compile(pattern).search
    return lambda _case, _claim, words: search(part(words)) is not None


def tells(word: Callable[[Around], bool]) -> Holds:
    """Whether something holds of the words around a claim, whatever the figures are."""
    return lambda _case, _claim, words: word(words)
