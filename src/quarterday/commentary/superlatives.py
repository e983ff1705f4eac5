"""Which end a superlative names, and the scale that words rank by."""

import re

from quarterday.commentary.lexicon import LETTERS
from quarterday.domain.claim import Way

_HIGH = frozenset((
    "peaked", "highest", "most", "largest", "biggest", "greatest", "high", "peak", "record", "steepest", "busiest",
    "sharpest", "highs", "fastest", "peaking", "peaks", "heaviest", "strongest",
))  # fmt: skip


_LOW = frozenset(
    [
        "trough",
        "troughs",
        "troughed",
        "nadir",
        "lowest",
        "fewest",
        "smallest",
        "least",
        "low",
        "quietest",
        "lows",
        "slowest",
        "calmest",
        "lightest",
    ]
)


def superlative(word: str) -> Way | None:
    """Which end a superlative names."""
    if word in _HIGH:
        return Way.UP
    if word in _LOW:
        return Way.DOWN
    return _ENDS_OF_WORTH.get(word)


_ENDS_OF_WORTH = {
    "best": Way.BETTER, "worst": Way.WORSE, "weakest": Way.WORSE, "poorest": Way.WORSE, "safest": Way.BETTER,
}  # fmt: skip


_PER_CENT_CHANGE = re.compile(
    r"\b(?:percentage|per cent|proportion\w*) "
    r"(?:increase|rise|fall|reduction|decrease|drop|cut|change|growth|decline|terms)"
)
# What tells of a change besides the nouns of rising and falling.
_CHANGES = frozenset(("change", "changes", "improvement", "improvements", "deterioration"))


def scale_of(words: str) -> str:
    """The scale that words name: a change, a rate, a number; empty where they name none."""
    if _PER_CENT_CHANGE.search(words):
        return "per cent change"
    if any(word in _CHANGES or LETTERS.get(word, " ")[0] in "ud" for word in words.split()):
        return "change"
    if re.search(r"\b(?:rate|rates|per|population)\b", words):
        return "rate"
    if re.search(r"\b(?:fewer|more) (?:[a-z-]+ ){0,3}[a-z]+s than\b", words):
        return "number"
    if re.search(
        r"\b(?:numbers?|volumes?|counts?|total|totals|offences|burglaries|robberies|crimes|incidents)\b", words
    ):
        return "number"
    return ""
