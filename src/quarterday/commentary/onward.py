"""Times that count on from one told before: "402 in 2016/17 and 371 the following year"."""

import re
from dataclasses import replace

from quarterday.commentary.tokens import Sentence
from quarterday.commentary.when import ONWARD, length_of
from quarterday.domain.claim import When, WhenKind

_YEAR, _QUARTER = 12, 3
_ONWARD = re.compile(ONWARD)


def placed_onward(sentence: Sentence, told: When | None) -> When | None:
    """Give each time of ``sentence`` that counts on from another the months that it means; the time told last.

    ``told`` is the one told last before the sentence. Where none is stated the words mean no months that are known.
    """
    for at, value in enumerate(sentence.values):
        if not isinstance(value, When) or sentence.code[at] != "P" or value.kind is not WhenKind.STATED:
            continue
        onward = not value.periods and _ONWARD.fullmatch(value.words)
        when = _after(told, value.words) if onward and told is not None else value
        sentence.values[at] = when
        told = when if when.periods else told
    return told


def _after(told: When, words: str) -> When:
    """So many years, quarters or months after ``told``, of the same length."""
    if "year" in words:
        step, fitting = _YEAR * length_of(words), told.periods
    elif "12" in words or "twelve" in words:
        step, fitting = _YEAR, told.periods
    else:
        unit = _QUARTER if "quarter" in words else 1
        step, fitting = unit * length_of(words), tuple(period for period in told.periods if period.months == unit)
    return replace(told, periods=tuple(period.shift(step) for period in fitting), words=words)
