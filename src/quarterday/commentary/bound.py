"""Whether words bind what a number is of so firmly that it may be held against them."""

import re
from collections.abc import Sequence

from quarterday.commentary.around import (
    Around,
    ahead,
    aside,
    compared_with_more,
    distance,
    ends_range,
    in_turn,
    limits,
    long_ago,
    other_method,
    other_target,
    planned,
    survey,
    tally,
    target_told,
    the_one_before,
    wider,
)
from quarterday.commentary.case import Case
from quarterday.commentary.held import counts, is_total, stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.readings import OF_TIME, is_named
from quarterday.commentary.when import MONTH
from quarterday.domain.claim import Claim, ClaimKind

_MONTH = re.compile(MONTH)
_PARTS_OF_YEAR = (1, 3)
_STANDS = {ClaimKind.LEVEL, ClaimKind.AVERAGE, ClaimKind.DIFFERENCE, ClaimKind.FROM_TO}
_MEASURED = {
    ClaimKind.LEVEL, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENTAGE_POINTS, ClaimKind.FROM_TO,
    ClaimKind.TREND, ClaimKind.DIRECTION, ClaimKind.MULTIPLE, ClaimKind.AVERAGE,
}  # fmt: skip
_THEN_OF = re.compile(r"^\W*(?:in|of|for|among|amongst)\s+((?:[a-z][a-z'-]*\s*){1,4})")
_WORDS = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_PLAIN = frozenset((
    "comparison", "terms", "fact", "line", "respect", "context", "response", "relation", "addition", "turn",
    "order", "course", "rolling", "rolling-year", "note", "financial", "calendar", "spring", "summer", "autumn",
    "winter", "christmas", "easter", "half", "first", "second", "report", "them", "us", "our", "my", "me",
    "comparator", "corresponding", "same", "ytd", "r", "q", "volume", "raw", "real", "percentage", "unit",
    "recent", "past", "current", "each", "every", "previous", "latest", "preceding", "prior", "series", "table",
    "set", "update", "updates", "shown", "given", "row", "one", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "eleven", "twelve", "third", "fourth", "fifth", "tenth", "dozen", "hundred", "basis",
    "ending", "to", "date", "both", "all", "which", "what", "whom", "place", "part", "partnership", "division",
))  # fmt: skip


def left_open(case: Case, claim: Claim, words: Around) -> str:
    """Why the words leave open what is meant; empty where they bind it."""
    if claim.kind is not ClaimKind.PROJECTION and ahead(words) and claim.kind is not ClaimKind.TARGET:
        return "the clause speaks of what may come"
    if limits(words) and claim.kind in _STANDS | {ClaimKind.EXTREME}:
        return "no limits are given"
    if long_ago(words) and claim.kind is not ClaimKind.TREND:
        return "the time meant has no months"
    if claim.kind in _STANDS and claim.stated.form != "target value" and planned(words):
        return "it is not clear which target is meant"
    if (claim.kind is ClaimKind.TARGET or claim.stated.form == "target value") and _other_target(case, words):
        return "it is not clear which target is meant"
    if claim.kind is ClaimKind.LEVEL and tally(words):
        return "the months are not all given"
    if claim.kind is ClaimKind.LEVEL and distance(words):
        return "it is not clear how far from what is meant"
    if claim.kind in OF_TIME and the_one_before(words):
        return "it is not clear which months are meant"
    if claim.kind is ClaimKind.PROJECTION and other_method(words):
        return "the method is another than a straight line"
    if claim.kind is ClaimKind.MULTIPLE and any(_is_other(case, area, words.before) for area in case.figures.areas):
        return "it is not clear which of the two is the larger"
    if claim.kind in {ClaimKind.TREND, ClaimKind.DIRECTION} and in_turn(words):
        return "it is not clear which months are meant"
    if claim.kind in OF_TIME and "respectively" in words.sentence and claim.kind is not ClaimKind.LEVEL:
        return "it is not clear which of them is meant"
    if (place := _names_other_area(case, claim, words)) and claim.kind in OF_TIME:
        return f"it is not clear whether {place} is meant"
    if (place := wider(words)) and place.split()[-1] not in case.area and not _among_peers(case, claim, place):
        return f"no figures are given for what is told {place}"
    if (source := survey(words)) and source not in case.own:
        return f"no figures of the {source} are given"
    if claim.kind in _STANDS and ends_range(words):
        return "it is not clear what the range is of"
    if claim.kind is ClaimKind.PROJECTION and claim.stated.form != "projected" and planned(words):
        return "it is not clear what is projected beside the target"
    if claim.kind in OF_TIME and compared_with_more(words):
        return "it is not clear what is compared with"
    if claim.kind is ClaimKind.EXTREME and claim.scope.months and not _has_months(case):
        return "no months are given"
    if claim.kind in OF_TIME and aside(words):
        return "it is not clear which months are compared"
    return _of_something_else(case, claim, words)


def _is_other(case: Case, area: str, told: str) -> bool:
    return area != case.area and is_named(case, area, told)


def _other_target(case: Case, words: Around) -> bool:
    """Whether a target besides the one that is held is told, with its number."""
    held = case.figures.periods(f"{case.own} target", case.area).values()
    told = target_told(words)
    return other_target(words) and told is not None and all(figure.value != told for figure in held)


def _names_other_area(case: Case, claim: Claim, words: Around) -> str:
    """Another area that the clause names, where the claim was not read as of it."""
    if claim.scope.group:
        return ""
    others = (area for area in case.figures.areas if area != case.area)
    return next((case.place(area) for area in others if is_named(case, area, words.clause)), "")


def _has_months(case: Case) -> bool:
    return any(period.months in _PARTS_OF_YEAR for period in case.figures.periods(case.own, case.area))


def _among_peers(case: Case, claim: Claim, place: str) -> bool:
    """Whether a rank or a position in the region is one in the group whose figures are given."""
    if claim.kind is ClaimKind.RANK and claim.stated.form == "first":
        return True  # whoever is first there is first here too
    if claim.kind is ClaimKind.PEER_POSITION:
        return any(case.area_named(word) for word in claim.scope.group) or bool(case.peers)
    return bool(case.peers) and claim.kind is ClaimKind.RANK and place.startswith("in the")


def _of_something_else(case: Case, claim: Claim, words: Around) -> str:
    """Another thing that the words name after the claim: "a sharp reduction in street drinking"."""
    if claim.kind not in _MEASURED:
        return ""
    after = _THEN_OF.match(_unfinished(words))
    told = _foreign(case, claim, _WORDS.findall(after[1])) if after else []
    told = told or _foreign_subject(case, claim)
    return f"no figures of {' '.join(told)!r} are given" if told else ""


def _foreign_subject(case: Case, claim: Claim) -> list[str]:
    """The words of a subject that names something besides the measure and not the whole of its name."""
    said = {stem(word) for word in claim.scope.subject}
    measure = case.measure_of(claim.scope)[0] or case.own
    if stems(measure) <= said or is_total(measure):
        return []
    telling = [word for word in claim.scope.subject if word != "|" and not said & stems(measure)]
    told = [word for word in _foreign(case, claim, telling) if not word.endswith("ed") and word not in _SAYING]
    return told if len(told) > 1 or any(counts(word) for word in told) else []


_SAYING = frozenset((
    "show", "shows", "showing", "equates", "equate", "equating", "should", "council", "council's", "service",
    "team", "officers", "staff", "members", "partners", "hit", "stretch", "half-year", "long-term", "short-term",
    "long", "short", "term", "together", "categories", "category", "members'", "analyst", "chart", "graph",
    "appendix", "paragraph", "section", "shops", "street", "streets", "community", "safety", "police",
    "neighbourhood", "i", "e", "g", "etc", "say", "says", "told",
))  # fmt: skip


def _unfinished(words: Around) -> str:
    """What follows a claim, with the last words of its quotation where they already begin it: "reduction in street"."""
    found = re.search(r" (?:in|of|for|among) [a-z' -]+$", words.quote)
    return f"{found[0] if found else ''}{words.after}"


def _foreign(case: Case, claim: Claim, told: Sequence[str]) -> list[str]:
    """The words that name neither the measure, nor a place, nor a time, nor anything plain."""
    measure = case.measure_of(claim.scope)[0] or case.own
    known = stems(measure) | stems(case.own)
    names = set(case.area.split()) | {part for area in case.figures.areas for part in area.split()}
    kept = [word for word in told if word not in PLAIN_NOUNS and word not in LETTERS and not _MONTH.fullmatch(word)]
    if any(stem(word) in known for word in told):
        return []
    return [word for word in kept if word.removesuffix("'s") not in names and word not in _PLAIN]
