"""What a text denies, or only hopes for: it claims no figure."""

from quarterday.commentary.rule import Found
from quarterday.commentary.tokens import Sentence

_NOT = frozenset((
    "not", "no", "never", "neither", "nor", "isn't", "wasn't", "didn't", "hasn't", "haven't", "doesn't", "don't",
    "aren't", "weren't", "unless", "might", "could",
))  # fmt: skip
_HOPED = frozenset((
    "hoped", "hope", "hopes", "hoping", "aim", "aims", "aimed", "wanted", "want", "wants", "intended", "intends",
))  # fmt: skip
_DENIALS = _NOT | _HOPED


def is_denied(sentence: Sentence, item: Found, start: int) -> bool:
    """Whether the words of its clause, from ``start``, deny a claim; what is hoped for is what a target is."""
    words = _NOT if item.stated.form == "target value" else _DENIALS
    first = max(start - 1, 0, item.first - 4, sentence.code.rfind("(", 0, item.first) + 1)
    told = (sentence.words[at] in words and sentence.words[at + 1] != "only" for at in range(first, item.first))
    return any(told) or sentence.code[item.last + 1 : item.last + 3] == "i!"  # "fell below 35 in no month"
