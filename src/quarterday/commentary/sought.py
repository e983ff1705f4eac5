"""What the words for an aim say: what somebody set, sought, or was to reach, and no change that came about."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import WAYS, Found, amount_at, each_letter, signed_way
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated

_Match = re.Match[str]


def set_target(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "The partnership set itself a 3% cut": a target that is told, and no change that came about."""
    if not _SETS & set(sentence.words[max(0, match.start() - 3) : match.end()]):
        return
    at = match.start("q")
    way = next((WAYS[sentence.code[where]] for where in each_letter(sentence, match, "udUD")), None)
    amount = amount_at(sentence, at)
    stated = Stated(way=signed_way(amount, way), amount=amount, form="target value")
    yield Found(ClaimKind.LEVEL, min(match.start("way"), at), match.end() - 1, stated)


SOUGHT = frozenset(("sought", "wanted", "needed", "required", "demanded", "planned", "aimed", "asked", "hoped"))


def sought(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "A fall of 4% where 5% was wanted"."""
    if sentence.words[match.end() - 1] in SOUGHT:
        stated = Stated(amount=amount_at(sentence, match.start()), form="target value")
        yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, stated)


def to_be(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Were to be brought down 40%": a plan, and no change that came about."""
    if "be" in sentence.words[match.start() : match.start("way")]:
        amount, way = amount_at(sentence, match.start("q")), WAYS[sentence.code[match.start("way")]]
        stated = Stated(way=signed_way(amount, way), amount=amount, form="target value")
        yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, stated)


_SETS = frozenset((
    "set", "sets", "pledged", "pledge", "committed", "commits", "aim", "aims", "aimed", "sought", "seeks", "undertook",
    "promised", "agreed", "tasked", "mandated", "wanted", "asked", "sought", "aspired", "vowed",
))  # fmt: skip
