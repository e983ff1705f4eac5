"""What a reader can see to be out of date or at odds with itself, without any other figure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quarterday.commentary.when import WHEN, periods_of, read_when
from quarterday.commentary.wording import number
from quarterday.domain.claim import CheckedClaim, ClaimKind, WhenKind
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period

_FUTURE = re.compile(
    r"\b(?:will|shall|is to|are to|is due to|are due to|plans? to|planned|scheduled)(?: [a-z]+){1,3} "
    rf"(?:in|for|during|by|until|from) (?:{WHEN})(?![a-z0-9])"
)


@dataclass(frozen=True, slots=True)
class Stale:
    """Words that speak of what is past as to come: their place, and why."""

    quote: str
    start: int
    end: int
    why: str


def find_stale(text: str, *, as_at: Period) -> tuple[Stale, ...]:
    """What is said to come in a time that had ended by ``as_at``, the report's last month."""
    found = []
    for match in _FUTURE.finditer(text.lower()):
        words = next(value for value in match.groupdict().values() if value)
        when = read_when(words)
        if when is None or when.kind is not WhenKind.STATED:
            continue
        period = periods_of(when, now=as_at)[-1]
        if period.last <= as_at.last:
            why = f"{period.for_sentence()} had ended by {as_at.for_sentence()}; say what came of it."
            found.append(Stale(text[match.start() : match.end()], match.start(), match.end(), why))
    return tuple(found)


def find_falling_totals(figures: Iterable[Figure]) -> tuple[str, ...]:
    """Counts of a year so far that are less than at an earlier month of the same year, each as a sentence."""
    runs: dict[tuple[str, str, int], list[Figure]] = {}
    for figure in figures:
        if figure.value is not None:
            runs.setdefault((figure.measure, figure.area, figure.period.first), []).append(figure)
    return tuple(
        f"{later.measure}, {later.area}: {number(later.known)} in {later.period.for_sentence()} is less than "
        f"{number(earlier.known)} in {earlier.period.for_sentence()}, a part of it; a count so far cannot fall."
        for run in runs.values()
        for earlier, later in pairwise(sorted(run, key=lambda figure: figure.period.months))
        if later.known < earlier.known
    )


def find_other_totals(checked: Sequence[CheckedClaim]) -> tuple[str, ...]:
    """Two numbers that a text gives for one time of one thing, each pair as a sentence."""
    seen: dict[str, CheckedClaim] = {}
    found = []
    for item in checked:
        if item.claim.kind is not ClaimKind.LEVEL or item.claim.stated.amount is None or not item.computed:
            continue
        first = seen.setdefault(item.computed, item)
        stated, amount = first.claim.stated.amount, item.claim.stated.amount
        if stated is not None and abs(stated.value - amount.value) > (stated.step + amount.step) / 2:
            found.append(f"“{first.claim.quote}” and “{item.claim.quote}” give two numbers for one figure.")
    return tuple(found)
