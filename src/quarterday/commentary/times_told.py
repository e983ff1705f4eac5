"""The times that a sentence has told, for a claim that names none of its own."""

import re
from collections.abc import Sequence

from quarterday.commentary.rule import Found
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import When, WhenKind

_TIME = re.compile("[PM]")


def span_before(sentence: Sentence, item: Found) -> When | None:
    """The years over which a number went from one to another: "in each of the last two years, from 78 to 82"."""
    if _TIME.search(sentence.code, item.last + 1):
        return None
    told = [when for at, when in enumerate(sentence.values[: item.first]) if sentence.code[at] in "PM"]
    only = told[0] if len(told) == 1 else None
    return only if isinstance(only, When) and only.kind is WhenKind.SPAN else None


def two_told(levels: Sequence[When]) -> tuple[When, When] | None:
    """As in "In 2008 there were 1,507, in 2012 716, down by half": the later and the earlier of two stated times."""
    stated = sorted((when for when in levels if when.periods), key=lambda when: when.periods[0].last)
    two = len(stated) == len(levels) == 2 and stated[0].periods[0].last < stated[1].periods[0].last  # noqa: PLR2004
    return (stated[1], stated[0]) if two else None


def tells_year_before(sentence: Sentence) -> bool:
    """Whether the sentence names the year before."""
    return any(word.endswith("year before") for word in sentence.words)


def month_before(sentence: Sentence, before: int) -> When | None:
    """The month that the sentence has named last: "November was the peak, with 52"."""
    for at in range(before - 1, -1, -1):
        when = sentence.values[at]
        if sentence.code[at] in "MP" and isinstance(when, When):
            one = when.months == 1 or (bool(when.periods) and when.periods[0].months == 1)
            return when if one and when.kind in {WhenKind.MONTH_OF_YEAR, WhenKind.STATED} else None
    return None
