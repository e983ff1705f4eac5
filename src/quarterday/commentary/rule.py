"""What a rule is: a named pattern over the letters of a sentence, what it makes of a match, and its examples."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Self

from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Stated, Unit, Way

WAYS = {"U": Way.UP, "u": Way.UP, "D": Way.DOWN, "d": Way.DOWN, "B": Way.BETTER, "W": Way.WORSE, "S": Way.SAME}
KINDS_OF_CHANGE = {
    Unit.COUNT: ClaimKind.DIFFERENCE,
    Unit.PER_CENT: ClaimKind.PERCENT_CHANGE,
    Unit.POINTS: ClaimKind.PERCENTAGE_POINTS,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A claim by its first and last token; ``group`` where the rule itself knows the place that is compared with.

    ``is_open`` where the words leave open what the number is of: it may be found right, and is never called wrong.
    """

    kind: ClaimKind
    first: int
    last: int
    stated: Stated
    group: tuple[str, ...] | None = None
    subject: tuple[str, ...] | None = None
    is_open: bool = False

    def stating(self, *, word: str) -> Self:
        """The same, with a word for the judge."""
        return replace(self, stated=replace(self.stated, word=word))


Build = Callable[[Sentence, re.Match[str]], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A form that claims have. ``pattern`` reads letters; each example is a text, and the words found in it.

    ``needs`` are letters of which one must occur, so that most sentences are passed over quickly.
    """

    name: str
    pattern: re.Pattern[str]
    build: Build
    needs: str
    examples: tuple[tuple[str, str], ...]


def rule(name: str, pattern: str, build: Build, *, needs: str, examples: Iterable[tuple[str, str]]) -> Rule:
    """A rule whose pattern is written with ``Q`` for any quantity... in angle brackets: ``<Q>``, ``<MOVE>``."""
    spelt = pattern.replace("<Q>", "[n%pf]").replace("<MOVE>", "[UDud]").replace("<WAY>", "[UDudBW]")
    return Rule(name, re.compile(spelt), build, needs, tuple(examples))


def amount_at(sentence: Sentence, at: int) -> Amount:
    """The amount of the token ``at``."""
    value = sentence.values[at]
    if isinstance(value, Amount):
        return value
    return Amount(0.0)


def at_letter(sentence: Sentence, match: re.Match[str], letters: str) -> int:
    """The first token of the match that has one of ``letters``, or -1."""
    return next((at for at in range(match.start(), match.end()) if sentence.code[at] in letters), -1)


def each_letter(sentence: Sentence, match: re.Match[str], letters: str) -> list[int]:
    """All the tokens of the match that have one of ``letters``."""
    return [at for at in range(match.start(), match.end()) if sentence.code[at] in letters]


def way_near(sentence: Sentence, at: int) -> Way | None:
    """The direction that belongs to the quantity ``at``: the one said last before it, else the next after it."""
    code = sentence.code
    for back in range(at - 1, -1, -1):
        if code[back] in WAYS and code[back] != "S":
            return WAYS[code[back]]
        if code[back] in ";:" and back < at - 1 and any(letter in WAYS for letter in code[at : at + 4]):
            break
    for ahead in range(at + 1, min(at + 6, len(code))):
        if code[ahead] == ";":
            break
        if code[ahead] in WAYS and code[ahead] != "S":
            return WAYS[code[ahead]]
    return None


def signed_way(amount: Amount, way: Way | None) -> Way | None:
    """The direction said, else that of the sign."""
    if way is not None or not amount.signed:
        return way
    return Way.DOWN if amount.value < 0 else Way.UP


def change_of(sentence: Sentence, at: int, *, first: int, last: int, way: Way | None) -> Found:
    """A claim of a change by the quantity ``at``."""
    amount = amount_at(sentence, at)
    way = signed_way(amount, way)
    return Found(KINDS_OF_CHANGE.get(amount.unit, ClaimKind.DIFFERENCE), first, last, Stated(way=way, amount=amount))


def words_between(sentence: Sentence, first: int, last: int) -> tuple[str, ...]:
    """The words of the tokens ``first`` to ``last``, both included."""
    return tuple(sentence.words[max(0, first) : last + 1])
