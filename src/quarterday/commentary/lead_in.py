"""What leads up to a clause: "After falls in 2012 and 2013, …" tells the times of those falls only."""

import re

from quarterday.commentary.tokens import Sentence

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
