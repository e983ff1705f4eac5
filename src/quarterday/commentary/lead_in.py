"""What leads up to a clause: "After falls in 2012 and 2013, …" tells the times of those falls only."""

import re

from quarterday.commentary.rule import Found
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import When, WhenKind

_LED = re.compile(
    r"(?:(?<=[,;])|^)(?P<lead>[wKi])[wg]{0,2}[ud]{1,2}(?:[iO]{1,2}[NHw]{0,2})?P(?:,P)*(?:,?A[cg]?i?P)?(?!%)"
)
_LEADS = frozenset(("after", "following", "despite", "notwithstanding", "reversing", "undoing", "unlike"))


def led_up_to(sentence: Sentence, item_first: int) -> range:
    """The tokens of a lead-in that stands before a claim and tells times of its own; else none."""
    if _LEADS.isdisjoint(sentence.words):
        return range(0)
    for found in _LED.finditer(sentence.code, 0, item_first):
        if sentence.words[found.start("lead")] in _LEADS and found.end() <= item_first:
            return range(found.start(), found.end())
    return range(0)


def span_before(sentence: Sentence, item: Found) -> When | None:
    """The years over which a number went from one to another: "in each of the last two years, from 78 to 82"."""
    if "P" in (after := sentence.code[item.last + 1 :]) or "M" in after:
        return None
    told = [when for at, when in enumerate(sentence.values[: item.first]) if sentence.code[at] in "PM"]
    only = told[0] if len(told) == 1 else None
    return only if isinstance(only, When) and only.kind is WhenKind.SPAN else None


def month_before(sentence: Sentence, before: int) -> When | None:
    """The month that the sentence has named last: "November was the peak, with 52"."""
    for at in range(before - 1, -1, -1):
        when = sentence.values[at]
        if sentence.code[at] in "MP" and isinstance(when, When):
            one = when.months == 1 or (bool(when.periods) and when.periods[0].months == 1)
            return when if one and when.kind in {WhenKind.MONTH_OF_YEAR, WhenKind.STATED} else None
    return None
