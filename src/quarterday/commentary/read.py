"""From a person's sentences to the claims in them, each with its exact place.

One rule a form of claim. The first is the verdict against last year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIRECTION = "direction"

_VERDICT = re.compile(
    r"\b(?P<word>better|worse|higher|lower)\s+than\s+(?:(?:at\s+)?(?:this|the\s+same)\s+time\s+|in\s+)?"
    r"(?:last|(?:the\s+)?previous)\s+year\b",
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
        yield Claim(DIRECTION, found[0], found.start(), found.end(), found["word"].lower())
