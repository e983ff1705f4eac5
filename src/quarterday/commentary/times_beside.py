"""What a time beside a claim is to it: its own, or the one that it is set beside."""

import re

from quarterday.commentary.around import Around
from quarterday.commentary.when import WHEN, read_when
from quarterday.domain.claim import When, WhenKind

_LEADS = re.compile(r"\W*(?:and |but |while )?(?:in |during )?(?:the )?$")


def is_its_own(when: When, words: Around) -> bool:
    """Whether a time is the change's own: "last year it fell by 33", "more in 2013/14 (33) than in 2012/13 (24)"."""
    if not when.words:
        return False
    led, found, _ = words.clause.partition(when.words)
    return (bool(found) and _LEADS.match(led) is not None) or words.before.endswith(f"in {when.words} (")


_THAN_THEN = re.compile(
    r"\b(?:than|below|above|under|over|from|on) (?:that (?:of|in|for) |when [a-z ]{1,25}? in"
    rf" |(?:the )?(?:level|figure|total|number) (?:of|in|for) )(?P<time>{WHEN})(?![a-z0-9])"
)


def than_then(words: Around) -> When | None:
    """The stated time of the number that is compared with: "14 below that of 2009/10"."""
    found = _THAN_THEN.search(words.quote + words.after[:60])
    when = read_when(found["time"]) if found else None
    return when if when is not None and when.kind is WhenKind.STATED else None


_SET_BESIDE = ("under", "below", "above", "over", "on", "than", "from", "against", "v", "vs", "versus")


def is_set_beside(words: Around, when: When) -> bool:
    """Whether a time of the sentence is one that something is compared with: "rose 4.2% on 2013/14"."""
    before = words.sentence[: max(words.sentence.find(when.words), 0)].removesuffix("the ").split()
    return bool(before) and before[-1] in _SET_BESIDE


def is_compared_with(words: Around, when: When) -> bool:
    """Whether a stated time is what the number is set beside: "5.5% under the year to June"."""
    told = words.quote + words.after[: len(when.words) + 20]
    at = told.find(when.words) if when.kind is WhenKind.STATED and when.words else -1
    before = told[: max(at, 0)].removesuffix("the ").split()
    return bool(before) and before[-1] in _SET_BESIDE
