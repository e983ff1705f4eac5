"""Numbers told in the order of the things that they are of: "burglary and robbery fell by 4% and 9% respectively"."""

import re
from dataclasses import replace

from quarterday.commentary.around import Around
from quarterday.commentary.case import Case
from quarterday.commentary.held import stem, stems
from quarterday.domain.claim import Claim

_NUMBER = re.compile(r"(?<![\w.,])[+\u2212-]?\d[\d,]*(?:\.\d+)?")
_AND = re.compile(r", (?:and )?| and ")
_WORDS = re.compile(r"[a-z]+(?:[-'][a-z]+)*")


def in_order(case: Case, claim: Claim, words: Around) -> Claim | None:
    """The claim of the measure that stands in its number's place; ``None`` where they are not as many."""
    told, found, _ = words.sentence.partition(" respectively")
    if not found or claim.stated.amount is None:
        return None
    numbers = [number.start() for number in _NUMBER.finditer(told)]
    at = [place for place, start in enumerate(numbers) if len(words.before) <= start < len(words.before + words.quote)]
    things = _AND.split(told[: numbers[0]])[-len(numbers) :] if len(numbers) > 1 else []
    if len(at) != 1 or len(things) != len(numbers):
        return None
    measures = [_named(case, thing) for thing in things]
    if sum(map(bool, measures)) < 2 or not measures[at[0]]:  # noqa: PLR2004
        return None
    subject = tuple(case.name(measures[at[0]]).lower().split())
    return replace(claim, scope=replace(claim.scope, subject=subject, is_open=False))


def _named(case: Case, thing: str) -> str:
    """The one measure whose whole name is told; empty where none or several are."""
    said = {stem(word) for word in _WORDS.findall(thing)}
    named = [key for key in case.figures.measures if stems(key) and stems(key) <= said]
    return max(named, key=lambda key: len(stems(key))) if named else ""
