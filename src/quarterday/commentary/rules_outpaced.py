"""The forms in which a change is denied to be as large as another place's: "London is not falling as fast"."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import WAYS, Found, Rule, rule
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated

_Match = re.Match[str]
_SIZES = frozenset((
    "quickly", "fast", "rapidly", "much", "far", "steeply", "sharply", "strongly", "large", "great", "big", "steep",
    "sharp", "marked", "pronounced", "deep", "substantially", "significantly",
))  # fmt: skip
_MATCHES = frozenset(("match", "matched", "matching", "equal", "equalled"))


def _not_as_much(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "London is not coming down as quickly as here", "the fall was not as large as Kent's"."""
    size = match.start("size")
    if sentence.words[size] in _SIZES and sentence.words[size - 1] == "as":
        yield from _smaller(sentence, match)


def _not_matched(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "The force could not match our reduction", "failed to match London's fall"."""
    denies = match["failed"] is None or sentence.words[match.start("failed")] in {"failed", "unable", "fails"}
    if denies and sentence.words[match.start("matches")] in _MATCHES:
        yield from _smaller(sentence, match)


def _smaller(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """The claim that one place's change is the smaller: the other place's where the clause names that first."""
    told = match.groupdict()
    move = match.start("move" if told["move"] else "moved")
    there = next((match.start(name) for name in ("there", "where") if told.get(name)), -1)
    beyond = [at for at in range(max(there, match.start()) + 1, match.end()) if sentence.code[at] == "G"]
    groups = tuple(sentence.words[at] for at in (there, *beyond) if at >= 0)
    stated = Stated(way=WAYS[sentence.code[move]], form="not as much", word="there" if there >= 0 else "here")
    if groups:
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=groups)


OUTPACED: tuple[Rule, ...] = (
    rule(
        "not as much",
        r"(?:(?P<there>G)|(?P<moved>[ud])(?:i(?P<where>G))?)?[we]{0,3}!(?(moved)|e?w?(?P<move>[UDud]))i(?P<size>[wg])(?:[iK]i?G)?",
        _not_as_much,
        needs="!",
        examples=(
            ("The county is not coming down as quickly as here.", "county is not coming down as quickly"),
            ("Theft is not falling as fast as in the county.", "is not falling as fast as in the county"),
            ("The fall was not as large as the county's.", "fall was not as large as the county's"),
        ),
    ),
    rule(
        "could not match it",
        r"(?P<there>G)?[we]{0,3}(?:!|(?P<failed>w)t)(?P<matches>[Yw])[wN]{0,2}G?(?P<move>[ud])(?:iG)?",
        _not_matched,
        needs="Yw!",
        examples=(
            ("The county could not match our reduction.", "county could not match our reduction"),
            ("Theft fell, but failed to match the county's fall.", "failed to match the county's fall"),
        ),
    ),
)
