"""From a person's sentences to the claims in them, each with its exact place and what it states.

The forms of claims stand beside, in ``rules_*.py``: here is the order in which they are tried. A rule takes the tokens
that it reads, and no later rule reads them again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from quarterday.commentary import (
    rules_aside,
    rules_average,
    rules_change,
    rules_counted,
    rules_exceeded,
    rules_extremes,
    rules_left_over,
    rules_level,
    rules_limits,
    rules_months,
    rules_multiples,
    rules_open,
    rules_outpaced,
    rules_peers,
    rules_projections,
    rules_rows,
    rules_time,
)
from quarterday.commentary.onward import placed_onward
from quarterday.commentary.rule import Found, Rule
from quarterday.commentary.scope import Reading
from quarterday.commentary.tokens import Sentence, sentences_of
from quarterday.domain.claim import Claim
from quarterday.domain.period import Period

RULES: tuple[Rule, ...] = (
    *rules_limits.LIMITS,
    *rules_level.SHARES[1:3],
    *rules_rows.RUNS_IN_WHICH,
    *rules_time.TRENDS[:1],
    *rules_counted.COUNTED,
    *rules_multiples.FRACTIONS,
    *rules_left_over.AVERAGES_OVER_YEARS,
    *rules_extremes.EXTREMES,
    *rules_outpaced.OUTPACED,
    *rules_months.LARGEST,
    *rules_peers.PEERS_FIRST,
    *rules_aside.SAME_MONTHS,
    *rules_months.MONTHS,
    *rules_time.EXTREMES,
    *rules_projections.PROJECTIONS[::-1],
    *rules_exceeded.EXCEEDED,
    *rules_level.TARGETS,
    *rules_average.RATES[1:3],
    *rules_level.SHARES[:1],
    *rules_change.FROM_TO,
    *rules_average.RATES[:1],
    *rules_average.RATES[3:],
    *rules_average.AVERAGES,
    *rules_level.SHARES[3:],
    *rules_multiples.MULTIPLES,
    *rules_rows.RUNS,
    *rules_rows.IN_BOTH_UNITS,
    *rules_rows.RESPECTIVELY,
    *rules_change.CHANGES[:1],
    *rules_time.TRENDS[1:],
    *rules_change.CHANGES[1:],
    *rules_open.STILL_CHANGES,
    *rules_change.CHANGES_THEN,
    *rules_level.BASES,
    *rules_rows.BOTH,
    *rules_change.DIRECTIONS,
    *rules_level.LEVELS,
    *rules_time.LEFT_OVER,
    *rules_left_over.SHARES_THAT_MOVE,
    *rules_aside.ASIDE,
    *rules_open.OPEN,
    *rules_left_over.LEFT_OVER,
)
_BITS = {letter: 1 << place for place, letter in enumerate(sorted({letter for rule in RULES for letter in rule.needs}))}


def _bits(letters: Iterable[str]) -> int:
    """Letters as one number, so that most rules are passed over at the cost of one comparison."""
    return sum(_BITS.get(letter, 0) for letter in letters)


_TRIED = tuple((_bits(frozenset(rule.needs)), rule.pattern.search, rule) for rule in RULES)
TAKEN = "#"
MARKS = ",:;=-/("  # no quotation starts or ends with one


def read_claims(text: str, *, as_at: Period | None = None, names: re.Pattern[str] | None = None) -> tuple[Claim, ...]:
    """The claims in ``text``, in order; they do not overlap.

    ``as_at`` is the report's last month, where it is known; ``names`` finds the names of other places, so that they
    are known from other words.
    """
    claims: list[Claim] = []
    reading, told = Reading(as_at), None
    for sentence in sentences_of(text, names=names):
        told = placed_onward(sentence, told)
        found = () if _explains_colours(sentence) else tuple(_found_in(sentence))
        reading.begin(sentence, tuple(item for _, item in found))
        for name, item in found:
            claims.append(_claim(text, sentence, item, name, reading))
        reading.end()
    return tuple(claims)


_COLOURS = re.compile(
    r"\b(?:red|amber|green)\b"
    r" (?:is|are|means|denotes|indicates|where|if|when|=|up to|over|above|within|more|less|under)"
    r"(?: \w+){0,3} (?:within|over|more than|up to|above|less than|under|adrift|\d)[^;]*%"
    r"|\b(?:shaded|coloured|colour-coded) (?:red|amber|green)\b"
)


def _explains_colours(sentence: Sentence) -> bool:
    """Whether a sentence says from where on a result is shown red or amber, which is no claim."""
    return "red" in sentence.words and _COLOURS.search(" ".join(sentence.words)) is not None


def _found_in(sentence: Sentence) -> list[tuple[str, Found]]:
    """What the rules find, in the order of the text."""
    code = sentence.code
    present = _bits(set(code))
    taken: list[tuple[str, Found]] = []
    for needed, search, rule in _TRIED:
        if not needed & present:
            continue
        at = 0
        while at < len(code) and (match := search(code, at)):
            at = max(match.end(), at + 1)
            if match.start() == match.end():
                continue
            made = [item for item in _made(rule, sentence, match) if TAKEN not in code[item.first : item.last + 1]]
            for item in made:
                taken.append((rule.name, item))
                code = code[: item.first] + TAKEN * (item.last + 1 - item.first) + code[item.last + 1 :]
    return sorted(taken, key=lambda pair: pair[1].first)


def _made(rule: Rule, sentence: Sentence, match: re.Match[str]) -> Iterator[Found]:
    for item in rule.build(sentence, match):
        first, last = item.first, item.last
        while first < last and sentence.code[first] in MARKS:
            first += 1
        while last > first and sentence.code[last] in MARKS:
            last -= 1
        if first <= last:
            yield replace(item, first=first, last=last)


def _claim(text: str, sentence: Sentence, item: Found, name: str, reading: Reading) -> Claim:
    start, end = sentence.starts[item.first], sentence.ends[item.last]
    return Claim(item.kind, text[start:end], start, end, item.stated, reading.scope_of(item), name)
