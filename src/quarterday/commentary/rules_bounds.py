"""The forms of the bounds of a run: between so many and so many, no month above so many."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, at_letter, each_letter, rule
from quarterday.commentary.rules_level import position_way
from quarterday.commentary.run_words import is_beside_year
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Loose, Stated, Way

_Match = re.Match[str]
_RANGED = frozenset((
    "ranged", "varied", "ranging", "fluctuated", "between", "varying", "fluctuating", "oscillated", "hovered", "swung",
    "moved", "alternated", "bounced",
))  # fmt: skip


_SWINGS = frozenset(("swung", "moved"))
_MOVED_BY = re.compile("[UDud][gw]?b?[bOi]$")


def _ranged(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if _MOVED_BY.search(sentence.code, 0, match.start() + 1):
        return  # "has fallen by between 20 and 40 in each year"
    low, high = each_letter(sentence, match, "n")[:2]
    first = match.start()
    is_own = sentence.words[first] == "range" and sentence.code[first + 1] == "e" and sentence.code[:first] == ""
    if not is_own and sentence.words[first] not in _RANGED:
        return
    if sentence.words[first] in _SWINGS and "F" in match[0] and "P" in match[0]:
        return  # "swung from 45 last year to 38"
    stated = Stated(amount=amount_at(sentence, high), earlier=amount_at(sentence, low), form="range")
    yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated)


_PASSED = frozenset(("passed", "passes", "reached", "reaches", "hit", "hits", "topped", "broke", "cleared", "touched"))


def _no_month_above(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "No month of 2015/16 passed 60", "no month saw fewer than 20", "each month stayed below 60"."""
    at = match.start("q")
    amount, told = amount_at(sentence, at), sentence.words[match.start() : at]
    side = _LOOSE_SIDES.get(amount.loose)
    if "V" in match[0]:
        side = position_way(sentence.words[at_letter(sentence, match, "V")])
    elif than := _THAN.search(match[0]):
        side = Way.DOWN if than[0][0] == "D" else Way.UP
    elif side is None and not _PASSED.isdisjoint(told):
        side = Way.UP
    of_each = sentence.words[match.start()].startswith(("each", "every", "all"))
    if "!" not in match[0] and not of_each:
        return
    if of_each and side is not None:
        side = Way.DOWN if side is Way.UP else Way.UP
    if side in {Way.UP, Way.DOWN}:
        stated = Stated(way=side, amount=amount, form="no month")
        yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated)


def none_beyond(sentence: Sentence, match: _Match) -> Found | None:
    """As in "No month was lower than in 2020/21": each is as high as a year before, or higher."""
    unit = sentence.words[match.start() + 1].rstrip("s")
    if "x" in match[0] or not is_beside_year(sentence, match, unit):
        return None
    way = _OTHER_WAY[WAYS[sentence.code[match.start("way")]]]
    stated = Stated(way=way, form="run", scale=unit, word="year before")
    return Found(ClaimKind.TREND, match.start(), match.end() - 1, stated)


_OTHER_WAY = {Way.UP: Way.DOWN, Way.DOWN: Way.UP, Way.BETTER: Way.WORSE, Way.WORSE: Way.BETTER}
_THAN = re.compile("[DU]h")
_LOOSE_SIDES = {Loose.OVER: Way.UP, Loose.AT_LEAST: Way.UP, Loose.UNDER: Way.DOWN, Loose.AT_MOST: Way.DOWN}


BOUNDS: tuple[Rule, ...] = (
    rule(
        "between so many and so many",
        r"w?ini?[MP]?An(?:iM)?|we?Fni?[MP]?(?:U?t)?n(?:i[MP])?",
        _ranged,
        needs="n",
        examples=(
            ("Monthly counts ranged between 8 in February and 20.", "ranged between 8 in February and 20"),
            ("The range was from 27 in August up to 55.", "range was from 27 in August up to 55"),
        ),
    ),
    rule(
        "no month was above so many",
        r"(?:!m|j[wN]{1,2}!|Hm|j(?=[weDU]))(?:[iO]P)?[wNegDU]{0,3}[Vh]?(?P<q>n)N?",
        _no_month_above,
        needs="!Hj",
        examples=(
            ("No month exceeded 80 offences.", "No month exceeded 80 offences"),
            ("No month of 2015/16 passed 60.", "No month of 2015/16 passed 60"),
            ("No month of 2015/16 fell below 35.", "No month of 2015/16 fell below 35"),
        ),
    ),
)
