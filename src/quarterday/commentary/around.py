"""The words around a claim: what they leave open, so that a number may not be held against the text."""

import re
from dataclasses import dataclass

from quarterday.commentary.when import MONTH
from quarterday.domain.claim import Claim

_SENTENCE_ENDS = re.compile(r"[.!?](?=\s|$)|[\n;•]")
_CLAUSE_ENDS = re.compile(
    r",(?!\d)|[():]|\s[-\u2013\u2014]\s"
    r"|\b(?:but|while|whilst|whereas|although|though|which|hence|and(?= (?:the|a|an|was|is|has|now)\b))\b"
)

_FAR = 500  # nobody's sentence is longer, and the time stays in proportion to the length


@dataclass(frozen=True, slots=True)
class Around:
    """The sentence and the clause of a claim, in lower case, and what stands before and after it."""

    sentence: str
    clause: str
    before: str
    after: str
    quote: str


def around(text: str, claim: Claim) -> Around:
    """The words around ``claim`` in the ``text`` that it was read from."""
    start, end = _between(
        _SENTENCE_ENDS, text, claim, low=max(0, claim.start - _FAR), high=min(len(text), claim.end + _FAR)
    )
    first, last = _between(_CLAUSE_ENDS, text, claim, low=start, high=end)
    return Around(
        text[start:end].lower(),
        text[first:last].lower(),
        text[start : claim.start].lower(),
        text[claim.end : end].lower(),
        claim.quote.lower(),
    )


def _between(marks: re.Pattern[str], text: str, claim: Claim, *, low: int, high: int) -> tuple[int, int]:
    """The stretch between the marks nearest before and after a claim."""
    before = [mark.end() for mark in marks.finditer(text, low, claim.start)]
    after = marks.search(text, claim.end, high)
    return (before[-1] if before else low), (after.start() if after else high)


_AHEAD = re.compile(
    r"\b(?:expect\w*|forecast\w*|predict\w*|model(?:s|l?ed|l?ing)?|anticipat\w*|project(?:ed|ion|ions|ing)"
    r"|hop(?:e|es|ed|ing)|need(?:s|ed)?|returns? to|fear(?:s|ed|ing)?|worst[ -]case"
    r"|likely|would|could|may (?:be|have|see|reach|well|rise|fall|still|not|yet|even)|might|should"
    r"|straight-line|on course|heading for|set to|next (?:year|quarter|month)|if)\b"
)
_PLANNED = re.compile(
    r"\b(?:target\w*|stretch|ceiling|goal|threshold|trajectory|lpsa|psa|laa|allowance|afford|tolerance"
    r"|milestone|baseline|required)\b"
)
_LIMITS = re.compile(
    r"\b(?:limits?|range[sd]?|ranging|usual|usually|normal|normally|band|bands|by chance|confidence|bounds?)\b"
)
_LONG_AGO = re.compile(
    r"\b(?:pre-?(?:pandemic|covid|lockdown)|before (?:the pandemic|covid|lockdown)|historic(?:al|ally)?"
    r"|(?:all-time|record) (?:high|low)"
    r"|peaked? (?:at|of)|long[- ](?:term|run)|lta|previously|once|originally|at one (?:time|point|stage)"
    r"|in its first)\b"
)
_WIDER = re.compile(
    r"\b(?:nationally|regionally|county-?wide|force-?wide|"
    r"britain|england|wales|uk|nationwide"
    r"|(?:in|across|for) the (?:county|force|region|country|rest|bcu)|the (?:west|east|north|south)(?! of)"
    r"|national(?:ly)? (?:rate|figure|average|total|picture|rise|fall|increase|reduction))\b"
)
_BEGINS = re.compile(
    r"^\W*(?:since|compared (?:with|to)|against|versus|vs|than|relative to|set beside|from|over|on)\b"
    r"(?! (?:top|average|track|course|target))"
)
_COMPARED = re.compile(r"\b(?:against|compared|versus|vs|than|relative)\b")
_TIMES_SAID = re.compile(
    r"\d|\b(?:years?|quarters?|months?|weeks?|time|period|last|previous|prior|before"
    r"|average|mean|peers?|group)\b"
)
_RANGE = re.compile(r"\d\s?[-\u2013]\s?$")
_ASIDE = re.compile(r"\b(?:against|compared (?:with|to)|relative to|than in|unlike) [^,]*,? ?(?:where|when)\b[^,]*$")
_ELSEWHERE_COUNTED = re.compile(
    r"\b(?:surveys?|polls?|questionnaires?|consultations?|perceptions?"
    r"|self-report\w*|anecdotal\w*|focus groups?)\b"
)
_OTHER_TARGET = re.compile(
    r"\b(?:stretch|interim|original|local|internal|national|county-?wide|revised|aspirational|minimum)\b"
)
_TALLY = re.compile(r"\bof the (?:last |past |previous |latest )?[\w-]+ (?:months|weeks|days|quarters|years)\b")
_IN_TURN = re.compile(
    rf"\bthen\b|\b(?:from|between|until|up to) (?:\w+ ){{0,2}}(?:{MONTH}|q[1-4]|spring|summer|autumn|winter)\b"
)


def other_target(words: Around) -> bool:
    """Whether a target besides the one that is held may be meant: a stretch target, an interim one."""
    return _OTHER_TARGET.search(words.sentence) is not None


def target_told(words: Around) -> float | None:
    """The number of the target that the sentence tells."""
    found = re.search(r"\b(?:target|ceiling|goal|threshold)\b(?: \w+){0,2} (\d[\d,]*(?:\.\d+)?)", words.sentence)
    return float(found[1].replace(",", "")) if found else None


_SIDE_AFTER = re.compile(
    r"^\s*(?:short of|below|above|under|over|ahead of|behind|adrift|inside|outside|off|better than|worse than)\b"
)
_ONE_BEFORE = re.compile(r"\b(?:the one before|before that|(?:quarter|month|year) before that)\b")
_IF = re.compile(
    r"\bif\b(?! (?:the |this |that |these |our |current |present |it )*(?:rate|trend|pace|level|pattern|current"
    r"|present|performance|continue|maintain|numbers?|volumes?|figures?|offences|offending|months?))"
)
_SHORTER = re.compile(
    r"\b(?:next|this|the|coming|following|march|june|september|december) (?:quarter|month|week|weekend)\b"
)


def distance(words: Around) -> bool:
    """Whether the number is a distance from another: "34 short of the 90 allowed"."""
    return _SIDE_AFTER.search(words.after) is not None


def the_one_before(words: Around) -> bool:
    """Whether the clause goes back a step further than the times that are read."""
    return _ONE_BEFORE.search(words.clause) is not None


def other_method(words: Around) -> bool:
    """Whether a projection is by another way than a straight line to the year's end."""
    return _IF.search(words.sentence) is not None or _SHORTER.search(words.clause) is not None


def tally(words: Around) -> bool:
    """Whether what stands before is a tally of a window: "of the twelve months, nine …"."""
    return _TALLY.search(words.before) is not None


def in_turn(words: Around) -> bool:
    """Whether the clause tells of a part of the time only: "rose until July, then fell"."""
    return _IN_TURN.search(words.clause) is not None or (
        re.search(r"\b(?:then|before|until|after)\W*$", words.before) is not None
        or re.match(r"\W*(?:then|before|until)\b", words.after) is not None
    )


def ahead(words: Around) -> bool:
    """Whether the clause, or what leads up to it, speaks of what may come."""
    return _AHEAD.search(words.clause) is not None or _AHEAD.search(words.before.rpartition(":")[0]) is not None


def planned(words: Around) -> bool:
    """Whether the clause speaks of a target or a baseline."""
    return _PLANNED.search(words.clause) is not None


def limits(words: Around) -> bool:
    """Whether the clause speaks of the limits within which numbers usually lie."""
    return _LIMITS.search(words.clause) is not None


def long_ago(words: Around) -> bool:
    """Whether the clause speaks of a time that has no months."""
    return _LONG_AGO.search(words.clause) is not None


def wider(words: Around) -> str:
    """The words for a wider or another place in the clause."""
    at = words.clause.find(words.quote)
    told = words.clause[: at + len(words.quote)] + _COMPARED.split(words.clause[at + len(words.quote) :])[0]
    found = _WIDER.search(told)
    return found[0] if found else ""


def compared_with_more(words: Around) -> bool:
    """Whether the clause goes on to say what is compared, in words that name no number and no time."""
    found = _BEGINS.search(words.after)
    told = re.split(r"[,;:()]", words.after[found.end() :])[0] if found else ""
    return found is not None and not _TIMES_SAID.search(told.replace("before the", ""))


def aside(words: Around) -> bool:
    """Whether the words before tell of a time that is set beside: "against the year to September, where …"."""
    return _ASIDE.search(words.before) is not None


def survey(words: Around) -> str:
    """The word for another source of numbers in the clause."""
    found = _ELSEWHERE_COUNTED.search(words.clause)
    return found[0] if found else ""


def ends_range(words: Around) -> bool:
    """Whether the number is the second end of a range that is written with a dash: "flats 1-40"."""
    return _RANGE.search(words.before) is not None
