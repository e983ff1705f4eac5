"""Cautions about what is no plain fact: plans and targets, forecasts, questions, and what might have been."""

import re

from quarterday.commentary.around import Around, ahead, planned, set_as_plan
from quarterday.commentary.case import Case
from quarterday.commentary.caution import ALL, CHANGED, OF_TIME, STANDS, Caution, kinds, tells, told
from quarterday.commentary.foreign import PLAIN, is_month
from quarterday.commentary.held import stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.domain.claim import Claim, ClaimKind

_TO_DO = re.compile(r"(?:^|[,;:] ?|\bin order )\W*to (?:\w+ ){1,2}$")


def _to_do(words: Around) -> bool:
    return _TO_DO.search(f"{words.before}{words.quote.split(' ')[0]} ") is not None


_WITHIN = re.compile(r"\b(?:inside|within|in under) \S+ (?:second|minute|hour|day|week|working day)s?\b")
_FOR = re.compile(r"^ for (?:all |the |its |our )?(?P<whom>[a-z-]+)")
_TARGET_SAID = re.compile(r"\b(?:target|ceiling|goal|threshold)$")


_OF_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:[/-]\d\d(?:\d\d)?)? (?:target|ceiling|goal|threshold)\b")


def _other_aim(case: Case, _claim: Claim, words: Around) -> bool:
    """Whether a target is how soon something is done, of a year of which none is held, or that of something else."""
    if _WITHIN.search(words.clause):
        return True
    year = _OF_YEAR.search(words.quote)
    held = case.figures.periods(f"{case.own} target", case.area)
    if year and all(int(year[1]) not in {period.first // 12, period.last // 12} for period in held):
        return True
    found = _FOR.match(words.after)
    if found is None or not _TARGET_SAID.search(words.quote):
        return False
    whom = found["whom"]
    plain = whom in PLAIN_NOUNS or whom in PLAIN or is_month(whom) or whom in case.area
    return not plain and stem(whom) not in stems(case.own)


_OTHER_TARGET = re.compile(
    r"\b(?:stretch|interim|original|local|internal|national|county-?wide|revised|aspirational|minimum)\b"
)
_TARGET_TOLD = re.compile(r"\b(?:target|ceiling|goal|threshold)\b(?: \w+){0,2} (\d[\d,]*(?:\.\d+)?)")


def _other_target(case: Case, claim: Claim, words: Around) -> bool:
    """Whether a target besides the one that is held is told, with its number."""
    if claim.kind is not ClaimKind.TARGET and claim.stated.form != "target value":
        return False
    found = _TARGET_TOLD.search(words.sentence)
    if found is None or not _OTHER_TARGET.search(words.sentence):
        return False
    number = float(found[1].replace(",", ""))
    held = case.figures.periods(f"{case.own} target", case.area).values()
    return all(figure.value != number for figure in held)


def _beside_plan(_case: Case, claim: Claim, words: Around) -> bool:
    return claim.stated.form != "target value" and planned(words)


def _projected_beside_plan(_case: Case, claim: Claim, words: Around) -> bool:
    return claim.stated.form != "projected" and planned(words) and not _ON_TRAJECTORY.search(words.sentence)


# The trajectory that a straight line goes on along, and none that was planned.
_ON_TRAJECTORY = re.compile(r"\b(?:on|at) (?:the |its |this |our )?(?:current|present|existing|this) trajectory\b")


_IF = re.compile(
    r"\bif\b(?! (?:the |this |that |these |our |current |present |it )*(?:[a-z]+-(?:month|quarter|year) )?"
    r"(?:rate|trend|pace|level|pattern|current"
    r"|present|performance|continue|maintain|numbers?|volumes?|figures?|offences|offending|months?))"
)
_SAME_AGAIN = re.compile(
    r"\b(?:same again|repeat(?:s|ed|ing)?|match(?:es|ed|ing)?|seasonal\w*"
    r"|last year's (?:pattern|profile|final))\b"
)
_SHORTER = re.compile(
    r"\b(?:next|this|the|coming|following|march|june|september|december) (?:quarter|month|week|weekend)\b"
)


def _other_method(words: Around) -> bool:
    return (
        _IF.search(words.sentence) is not None
        or _SAME_AGAIN.search(words.sentence) is not None
        or _SHORTER.search(words.clause) is not None
    )


_WHICH_TARGET = "it is not clear which target is meant"
OF_WHAT_IS_PLANNED = (
    Caution(
        "what it is measured against", kinds(ClaimKind.LEVEL), told(
            "before",
            r"\b(?:over|above|below|under|against|exceed\w*|missed|beat|short of|ahead of|within|inside|outside)"
            r" (?:its|the|our|a|an) (?:(?!figure|level|total|number|count)[a-z-]+ ){1,4}$",
        ),
        "it is not clear what the number is measured against",
        "Robbery came within the agreed band of 58.",
    ),
    Caution(
        "a question", ALL, lambda _case, _claim, words: words.asks,
        "the text asks it",
        "Did robbery fall by 30?",
    ),
    Caution(
        "what would have been", OF_TIME, told("sentence", r"^\W*(?:had|were|should) .*\bwould\b"),
        "it is not clear which months are meant",
        "Had robbery fallen by 8%, there would have been 190.",
    ),
    Caution(
        "what would meet a target", kinds(ClaimKind.TARGET), tells(_to_do),
        "the text tells what would meet the target",
        "In order to get below target robbery has to fall.",
    ),
    Caution(
        "others' estimate", kinds(ClaimKind.PROJECTION), told(
            "before", r"\b[a-z]{3,} (?:has |have |had )?(?:estimated|estimates|found|reported|reckons?) $",
        ),
        "what others estimate is not given",
        "HMICFRS estimated that more than 9,000 robberies a year go unrecorded.",
    ),
    Caution(
        "times a plan", kinds(ClaimKind.MULTIPLE), tells(planned),
        _WHICH_TARGET,
        "Robbery is double the target.",
    ),
    Caution(
        "an average allowed", kinds(ClaimKind.AVERAGE), told(
            "sentence", r"\b(?:afford\w*|allow\w*|needed|required|to (?:hit|meet|reach|stay))\b",
        ),
        _WHICH_TARGET,
        "Robbery can average 19 a month and stay there, which is allowed.",
    ),
    Caution(
        "another aim", kinds(ClaimKind.TARGET), _other_aim,
        _WHICH_TARGET,
        "Robbery is above the target for adults.",
    ),
    Caution(
        "what somebody set out to reach", CHANGED, tells(set_as_plan),
        _WHICH_TARGET,
        "The partnership aimed for a cut of 3% in robbery.",
    ),
    Caution(
        "a change that is a target", CHANGED, told("after", r"^\W*(?:[a-z]+ )?(?:target|aim|goal|ambition)\b"),
        _WHICH_TARGET,
        "Robbery missed its 10% reduction target.",
    ),
    Caution(
        "what may come", ALL - {ClaimKind.PROJECTION, ClaimKind.TARGET}, tells(ahead),
        "the clause speaks of what may come",
        "Robbery should have fallen to 110.",
    ),
    Caution(
        "a plan", STANDS | kinds(ClaimKind.PERCENTAGE_POINTS), _beside_plan,
        _WHICH_TARGET,
        "The baseline for robbery was 190.",
    ),
    Caution(
        "another target", ALL, _other_target,
        _WHICH_TARGET,
        "Robbery missed the stretch target of 100.",
    ),
    Caution(
        "another method", kinds(ClaimKind.PROJECTION), tells(_other_method),
        "the method is another than a straight line",
        "If the summer repeats itself, robbery is projected to reach 190.",
    ),
    Caution(
        "projected beside a plan", kinds(ClaimKind.PROJECTION), _projected_beside_plan,
        "it is not clear what is projected beside the target",
        "Robbery is on course for 190 against a target of 120.",
    ),
)  # fmt: skip
