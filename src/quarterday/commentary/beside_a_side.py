"""What the forms of a number beside a side say: "1.3% over 2005/06", and of one that only counts moves."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.rule import Found, amount_at, change_of
from quarterday.commentary.tokens import Sentence
from quarterday.commentary.when import is_ago
from quarterday.domain.claim import Unit, Way, When, WhenKind

_Match = re.Match[str]
BELOW = frozenset(("below", "beneath", "under", "underneath", "short of", "shy of", "behind"))


def above_or_below(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """So much above or below a time or another number."""
    way = Way.DOWN if sentence.words[match.start("way")] in BELOW else Way.UP
    if "v" in sentence.code[match.end() - 1 : match.end() + 3] or not _says_side(sentence, match):
        return
    found = change_of(sentence, match.start("q"), first=match.start("q"), last=match.end() - 1, way=way)
    beside = sentence.code[match.end() : match.end() + 6]
    told = [when for when in sentence.values[match.start() : match.end()] if isinstance(when, When)]
    if any(when.kind is WhenKind.SPAN and not is_ago(when) for when in told):
        found = replace(found, is_open=True)  # "8.3% above the three-year baseline"
    if "P" not in match[0] and (
        _OF_LINES.match(beside) or "J" in beside or not _USUAL.isdisjoint(sentence.words[match.end() : match.end() + 4])
    ):
        found = replace(found, is_open=True)  # "9% above what was expected"
    yield found.stating(word="it") if sentence.words[match.end() : match.end() + 1] == ["it"] else found


_OF_LINES = re.compile("ww(?:[,;)]|$)")  # "40 below the centre line"
_USUAL = frozenset(("usual", "normal", "typical", "seasonal", "budget", "capacity", "needed", "hoped", "planned"))


def _says_side(sentence: Sentence, match: _Match) -> bool:
    """Whether "over" compares, as in "1.3% over 2005/06", and does not say when, as in "4 over the year"."""
    at = match.start("way")
    if sentence.code[at] == "V":
        return True
    when, amount = sentence.values[at + 1], amount_at(sentence, match.start("q"))
    stated = isinstance(when, When) and when.kind is WhenKind.STATED
    return stated and amount.unit is not Unit.COUNT and sentence.words[at] in {"over", "under"}


def counts_moves(sentence: Sentence, at: int, way_at: int) -> bool:
    """Whether a number says how often something rose or fell, and not by how much."""
    told = sentence.code[way_at] in "ud" and way_at == at + 1 and sentence.code[at] == "n"
    return told and (sentence.words[at] == "one" or sentence.words[way_at] in _MOVES_COUNTED)


_MOVES_COUNTED = frozenset(("rises", "falls", "increases", "decreases", "reductions", "drops", "declines", "spikes"))
