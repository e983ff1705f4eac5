"""Numbers told in the order of the things that they are of: "burglary and robbery fell by 4% and 9% respectively"."""

import re
from dataclasses import replace

from quarterday.commentary.around import Around
from quarterday.commentary.case import Case
from quarterday.commentary.held import counts, stem, stems
from quarterday.commentary.lexicon import PLAIN_SUBJECTS
from quarterday.domain.claim import Claim, ClaimKind

_NUMBER = re.compile(r"(?<![\w.,])[+\u2212-]?\d[\d,]*(?:\.\d+)?")
_TWO_AND_TWO = re.compile(r"[a-z] and [a-z][^,;:\d]*\d[\d,.]*(?:%| per cent)? and (?:by |to )?\d")
_TOTAL = re.compile(r"\b(?:all|total|overall) (?:recorded )?crime\b|\bcrime overall\b")
_AND = re.compile(r", (?:and )?| and ")
_BY = re.compile(r", (?:by|at|to|from) $")
_WORDS = re.compile(r"[a-z]+(?:[-'][a-z]+)*")


def in_order(case: Case, claim: Claim, words: Around) -> Claim | None:
    """The claim of the measure that stands in its number's place; ``None`` where they are not as many."""
    told, found, _ = words.sentence.partition(" respectively")
    if claim.stated.amount is None or not (found or (told.count(" and ") > 1 and _TWO_AND_TWO.search(told))):
        return None
    numbers = [number.start() for number in _NUMBER.finditer(told)]
    if not found and len(numbers) != 2:  # noqa: PLR2004
        return None
    at = [place for place, start in enumerate(numbers) if len(words.before) <= start < len(words.before + words.quote)]
    head = _BY.sub("", told[: numbers[0]]) if numbers else ""
    things = _AND.split(head)[-len(numbers) :] if len(numbers) > 1 else []
    if len(at) != 1 or len(things) != len(numbers):
        return None
    measures = [_named(case, thing) for thing in things]
    if sum(map(bool, measures)) < 2 or not measures[at[0]]:  # noqa: PLR2004
        return None
    subject = tuple(case.name(measures[at[0]]).lower().split())
    return replace(claim, scope=replace(claim.scope, subject=subject, is_open=False))


_BOTH = re.compile(
    r"(?:^\W*|[,;:] |\b(?:but|while|with|although|and) )(?:both )?(?P<things>[a-z'-]+(?: [a-z'-]+){0,3}"
    r"(?:, [a-z '-]{3,40}){0,3} and [a-z'-]+(?: [a-z'-]+){0,3}?)"
    r"(?: (?:are|were|have|had|been|both|all|also|now|each))* $"
)
_MOVES = {ClaimKind.DIRECTION, ClaimKind.TREND}
_NEAR = 120


def of_both(case: Case, claim: Claim, words: Around) -> list[Claim]:
    """The claim of each of the measures that are told as one: "burglary and robbery both fell"; else none."""
    near = words.before[-_NEAR:] if claim.kind in _MOVES else ""
    found = _BOTH.search(near) if " and " in near else None
    things = _AND.split(found["things"]) if found else []
    subjects = [_subject(case, thing) for thing in things]
    if len(set(subjects)) < 2 or not all(subjects):  # noqa: PLR2004
        return []
    return [replace(claim, scope=replace(claim.scope, subject=subject)) for subject in subjects]


def _subject(case: Case, thing: str) -> tuple[str, ...]:
    """The name of the measure that alone is told, or the words for a thing of which no figures are given."""
    words = [word for word in _WORDS.findall(thing) if word not in PLAIN_SUBJECTS or word == "crime"]
    measure = _named(case, thing)
    if measure and {stem(word) for word in words if word != "crime"} <= stems(measure):
        return tuple(case.name(measure).lower().split())
    another = not measure and (any(counts(word) for word in words) or "public order" in thing)
    return tuple(words) if another else ()


def _named(case: Case, thing: str) -> str:
    """The one measure whose whole name is told; empty where none or several are."""
    said = {stem(word) for word in _WORDS.findall(thing)} | ({"total"} if _TOTAL.search(thing) else set())
    named = [key for key in case.figures.measures if stems(key) and stems(key) <= said]
    if named:
        return max(named, key=lambda key: len(stems(key)))
    begun = [key for key in case.figures.measures if key.startswith(thing.strip()) and said <= stems(key)]
    return begun[0] if len(begun) == 1 else ""
