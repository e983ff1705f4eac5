"""From a person's sentences to the claims in them, each with its exact place.

One rule a form of claim. The first is the verdict against last year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIRECTION = "direction"

# A verdict is read only where it begins a sentence and its period ends there: elsewhere it may be denied ("not better
# than last year"), hoped for, of another area or of a part of the year, and a false accusation costs more than a miss.
_VERDICT = re.compile(
    r"(?:^\s*|[.;:!?]\s+|\n\s*)"
    r"(?P<claim>(?P<word>better|worse|higher|lower)\s+than\s+"
    r"(?:(?:at\s+)?(?:this|the\s+same)\s+time\s+|in\s+)?(?:(?:the\s+)?(?:last|previous)\s+year|the\s+year\s+before))"
    r"(?=\s*(?:$|[.,;:()]|by\s+\d|showing\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about figures: its kind, its words, their place in the text, and what they state."""

    kind: str
    quote: str
    start: int
    end: int
    stated: str


def read_claims(text: str) -> tuple[Claim, ...]:
    """The claims in ``text``, in order; they do not overlap."""
    return tuple(_verdicts(text))


def _verdicts(text: str) -> Iterator[Claim]:
    """``Worse than last year``, ``better than this time last year``."""
    for found in _VERDICT.finditer(text):
        yield Claim(DIRECTION, found["claim"], *found.span("claim"), found["word"].lower())
