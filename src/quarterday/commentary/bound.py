"""Whether words bind what a number is of so firmly that it may be held against them."""

import re

from quarterday.commentary.around import Around
from quarterday.commentary.case import Case
from quarterday.commentary.caution import Caution
from quarterday.commentary.cautions_counted import OF_WHAT_IS_COUNTED, own_subject
from quarterday.commentary.cautions_planned import OF_WHAT_IS_PLANNED
from quarterday.commentary.cautions_standing import OF_STANDING
from quarterday.commentary.cautions_when import OF_WHEN
from quarterday.commentary.cautions_where import OF_WHERE
from quarterday.commentary.foreign import WORDS, foreign_subject, is_known, of_some
from quarterday.commentary.held import counts, is_total, stem, stems
from quarterday.commentary.lexicon import EMPTY_WORDS
from quarterday.domain.claim import Claim, ClaimKind

CAUTIONS = (*OF_WHAT_IS_PLANNED, *OF_STANDING, *OF_WHERE, *OF_WHEN, *OF_WHAT_IS_COUNTED)
_FOR_KIND: dict[ClaimKind, tuple[Caution, ...]] = {
    kind: tuple(caution for caution in CAUTIONS if kind in caution.kinds) for kind in ClaimKind
}


def left_open(case: Case, claim: Claim, words: Around) -> str:
    """Why the words leave open what is meant; empty where they bind it."""
    for caution in _FOR_KIND[claim.kind]:
        if found := caution.holds(case, claim, words):
            return caution.reason.format(found)
    return ""


# These hold even of a number that is exactly a figure, or that a slip explains.
OF_OTHERS = frozenset(
    (
        "a question",
        "what may come",
        "what would have been",
        "another area",
        "some of it",
        "a wider place",
        "another source",
        "limits",
        "a peak without months",
        "a part of the year",
        "some hours",
        "under a heading",
        "per other things",
        "theirs beside ours",
        "here against there",
        "about another thing",
        "a range",
    )
)


def may_be_of_others(case: Case, claim: Claim, words: Around) -> bool:
    """Whether the words speak of another place or source, or of what is no fact."""
    return any(caution.name in OF_OTHERS and caution.holds(case, claim, words) for caution in _FOR_KIND[claim.kind])


# "Each month was lower than last year for vehicle crime."
_OF_WHAT_AFTER = re.compile(r"^(?: faster| slower)? (?:for|in) (?:the )?(?P<what>[a-z-]+(?: [a-z-]+)?)\W*$")
_PARTS = frozenset(("centre", "centres", "estate", "estates", "wards", "hotspots"))
_TOLD_AFTER = {ClaimKind.DIRECTION, ClaimKind.TREND, ClaimKind.NAMED_MONTHS, ClaimKind.TARGET}


def _is_another(case: Case, claim: Claim, word: str) -> bool:
    """Whether a word is for things that are counted, and not for those of the measure."""
    own = stems(case.measure_of(claim.scope)[0] or case.own) | stems(case.own)
    return counts(word) and word not in EMPTY_WORDS and stem(word) not in own and not is_total(case.own)


_SAID_AFTER = 40
_PART_BEFORE = re.compile(
    r"\b(?:from|of|among|amongst|involving|against|at) (?:the |our |those |these )?"
    r"(?P<part>[a-z][a-z-]+(?: [a-z][a-z-]+)?)"
    r" (?:[a-z]+ ){0,4}$"
)
_ELSEWHERE_AFTER = re.compile(
    r"^\W*(?:now |also |still |being |seen |in evidence ){0,3}(?:in|across|at|around) "
    r"(?:the |our |some |certain |parts of )*"
    r"(?:north|south|east|west|centre|central|neighbouring|surrounding|adjoining|rural|urban|outlying|other|some"
    r"|certain|town centre|city centre)\b"
)
_ALONGSIDE = re.compile(
    r"^\W*(?:in (?:line|step|tandem) with|alongside|as (?:has|have|did)) (?:the |that of |our )?(?P<what>[a-z-]+)"
)
_AMONG_OTHERS = re.compile(
    r"\b(?:only|one of (?:the )?few) (?:[a-z]+ ){1,4}(?:still |to |that (?:is|has) |which (?:is|has) )?$"
    r"|\b(?:fastest|slowest)[ -]$"
)


def restricted(case: Case, claim: Claim, words: Around) -> str:
    """Why a word of change is not of the whole measure, though it would fit; empty where it is."""
    if claim.kind is ClaimKind.TARGET and (other := own_subject(case, claim, words)):
        return f"no figures of {other} are given"
    of_what = _OF_WHAT_AFTER.match(words.after) if claim.kind in _TOLD_AFTER else None
    told = of_what["what"].split() if of_what else []
    if of_what and (not is_known(case, claim, told[0]) or told[-1] in _PARTS or _is_another(case, claim, told[0])):
        return f"no figures of {of_what['what']!r} are given"
    if claim.scope.group or claim.kind not in {ClaimKind.DIRECTION, ClaimKind.TREND, ClaimKind.NAMED_MONTHS}:
        return ""
    if _ELSEWHERE_AFTER.search(words.after) or _AMONG_OTHERS.search(words.before):
        return "no figures of the others are given"
    if some := of_some(case, words):
        return f"no figures of {some!r} are given"
    alongside = _ALONGSIDE.search(words.after)
    if alongside and not is_known(case, claim, alongside["what"]):
        return f"no figures of {alongside['what']!r} are given"
    before = words.clause[: max(0, words.clause.find(words.quote))]
    if {stem(word) for word in WORDS.findall(words.quote + words.after[:_SAID_AFTER])} & stems(case.own):
        return ""
    part = _PART_BEFORE.search(before)
    told = [word for word in part["part"].split() if not is_known(case, claim, word)] if part else []
    told = told or [word for word in foreign_subject(case, claim) if word in before]
    named = repr(" ".join(told)) if told else own_subject(case, claim, words)
    return f"no figures of {named} are given" if named else ""
