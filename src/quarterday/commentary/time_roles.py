"""Whether a time of a sentence is the one spoken of or the one compared with."""

import re

from quarterday.commentary.rule import Found
from quarterday.commentary.tokens import Sentence
from quarterday.commentary.when import is_ago
from quarterday.domain.claim import When, WhenKind

_PAST = {WhenKind.YEAR_BEFORE, WhenKind.PREVIOUS_QUARTER, WhenKind.PREVIOUS_MONTH, WhenKind.SAME_MONTHS_OF}
# How a code may end right before a time: "double those of", "back to the level of", "lower than in".
_TIMES_OF = re.compile("k[wN]{0,3}[Oi]$")
_BACK_TO = re.compile("[we]t[SwKeOi]{0,4}$")
# "Lower than in", "below the level of", "higher than it had been in", "worse than that of".
_COMPARED = re.compile(r"[oahxV][iwNOnS]{0,4}$|h(?:[wK]w?)?e{0,2}[iO]?$|V[wKve]{0,4}[iO]?$")
# "Than was seen in", "on the position in", "on where it stood in", "against a lower number in".
COMPARED_AT_LENGTH = re.compile(r"(?:h[iwKeNOSRU]{0,6}|[oa][KwR]{0,2}e?w?[iO]?|[aF][UD][wNSR]{0,2}[iO]?|[UDud]F)$")
_AND_THEN = re.compile(r"[oah]i?HPA$")
_LEVELS = frozenset(
    ("level", "levels", "figure", "figures", "total", "position", "outturn", "baseline", "base", "count")
)
# Words that lead back to an earlier level.
RETURNED = frozenset(["returned", "returning", "returns", "back", "reverted", "reverting"])


def pair_times(sentence: Sentence, item: Found) -> tuple[When | None, When | None]:
    """The times of the later and of the earlier number of a pair."""
    code = sentence.code
    last = item.last + 2 if code[item.last + 1 : item.last + 2] in {"P", "M"} else item.last + 1
    numbers = [at for at in range(item.first, last) if code[at] in "n%f"]
    if len(numbers) < 2:  # noqa: PLR2004
        return None, None
    first, second = numbers[:2]
    later_first = sentence.values[first] == item.stated.amount and sentence.values[second] != item.stated.amount
    one, two = (
        next(
            (sentence.values[at] for at in range(*ends) if code[at] in "PM" and not _is_length(sentence.values[at])),
            None,
        )
        for ends in ((first, second), (second, last))
    )
    between = code.startswith("iPAP", second + 1)
    if between:
        one, two = sentence.values[second + 2], sentence.values[second + 4]
    later, earlier = (one, two) if later_first else (two, one)
    return later if isinstance(later, When) else None, earlier if isinstance(earlier, When) else None


def _is_length(when: object) -> bool:
    """Whether a time is a length, and not one of the two: "from 488 to 435 between the two years"."""
    return isinstance(when, When) and when.kind is WhenKind.SPAN and not is_ago(when)


def role(sentence: Sentence, at: int) -> str:
    """Whether a time is the one spoken of or the one compared with."""
    code = sentence.code
    when = sentence.values[at]
    before = code[max(0, at - 3) : at]
    if at and (sentence.words[at - 1] == "off" or _TIMES_OF.search(code, max(0, at - 5), at)):
        return "against"  # "22% off its 2010 peak", "almost double those of 2009"
    if code[at - 1 : at] == "i" and at > 1 and code[at - 2] in "%pn" and sentence.words[at - 1] == "under":
        return "against"  # "5.5% under R12 to Jan-23"
    if (
        code[max(0, at - 4) : at].endswith("A")
        and code.endswith("iPA", 0, at)
        and "between" in sentence.words[max(0, at - 4) : at]
    ):
        return "period"
    if code[at + 1 : at + 3] == "AP" and at and sentence.words[at - 1] == "between":
        return "against"
    if isinstance(when, When) and when.kind is WhenKind.CURRENT:
        return "period"
    if (back := _BACK_TO.search(code, max(0, at - 6), at)) and sentence.words[back.start()] in RETURNED:
        return "against"
    if COMPARED_AT_LENGTH.search(code, max(0, at - 7), at):
        return "against"
    if _COMPARED.search(code, max(0, at - 5), at) or (before.endswith("F") and code[at + 1 : at + 2] == "t"):
        return "against"
    if isinstance(when, When) and (when.kind in _PAST or when.kind is WhenKind.SPAN):
        return "against"
    if _AND_THEN.search(code, max(0, at - 7), at):
        return "against"  # "compared with both the preceding quarter and Quarter 1 of 2010/11"
    if code[at + 1 : at + 2] == "w" and sentence.words[at + 1] in {"baseline", "equivalent"}:
        return "against"
    if code[at - 1 : at] == "F" and code[at + 1 : at + 2] in {"S", "w"} and sentence.words[at + 1] in _LEVELS:
        return "against"  # "a gain of 1,200 from the 2016/17 level"
    return "period"
