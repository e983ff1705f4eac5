"""What a reader can see to be out of date, without any figure."""

import re
from dataclasses import dataclass

from quarterday.commentary.when import WHEN, periods_of, read_when
from quarterday.domain.claim import WhenKind
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
