"""Whether what seems wrong in somebody's words is surely said of the row's own figures.

A false accusation costs more than a miss, and a report speaks of much that its tables do not hold.
"""

import re
from itertools import combinations

from quarterday.commentary.printed_remarks import Remark
from quarterday.domain.claim import CheckedClaim, Claim, ClaimKind
from quarterday.domain.period import MONTH_NAMES

# What a sentence that names a measure can only say of it; a number in a paragraph may count something else.
_OF_A_CHANGE = frozenset({
    ClaimKind.DIRECTION, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.FROM_TO, ClaimKind.TREND,
})  # fmt: skip
_NEAR = 2.0  # times: a level that is farther from every figure of the measure is of something else
_BEFORE = 60  # characters before a claim that may say what it is of
_MONTH = rf"(?:{'|'.join(name[:3] for name in MONTH_NAMES)})[a-z]*"
_A_MONTH = re.compile(rf"\b{_MONTH}\.? ?(?:'?\d{{2}}|(?:19|20)\d\d)\b", re.IGNORECASE)
_A_RUN = re.compile(
    r"(?:months?|year|quarter|date|period|up)(?:,| has| have)? (?:to|ending|ended|until)(?: the)?(?: end of)? "
    rf"{_MONTH}[^.;,]*|\b{_MONTH}[^.;,]{{0,10}} ?(?:-|–|to) ?{_MONTH}[^.;,]*",
    re.IGNORECASE,
)
_A_QUARTER = re.compile(r"\bq[1-4]\b|\bquarter\b", re.IGNORECASE)
_OF_TWO_NUMBERS = frozenset({ClaimKind.PERCENT_CHANGE, ClaimKind.DIFFERENCE})
_A_COUNT = re.compile(r"(?<![\w./'%-])\d{1,3}(?:,\d{3})+(?![\w%/])|(?<![\w./'%,-])\d+(?:\.\d+)?(?![\w%/,.]*[\w%/])")
_MOST_BESIDE = 12  # numbers of a sentence
_ELSEWHERE = re.compile(
    r"\b(?:national(?:ly)?|regional(?:ly)?|county-?wide|force-?wide|elsewhere|england|wales"
    r"|(?:the|our) (?:region|force|county)"
    r"|over (?:the )?(?:last |past |previous )?\w+ years|decade|since (?:19|20)\d\d|long(?:er)?[ -]term)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;](?:\s|$)|\n")


def doubt_of(remark: Remark, checked: CheckedClaim) -> str:
    """Why a claim that seems wrong may be of something else; empty where it is surely of the measure."""
    claim = checked.claim
    quote = claim.quote.casefold()
    if not any(map(str.isalpha, quote)) and "%" not in quote:
        return "it is a number alone"
    if claim.kind is ClaimKind.DIRECTION and " " not in quote:
        return "it is one word, whose number stands elsewhere"
    if remark.in_prose and claim.kind not in _OF_A_CHANGE:
        return "the sentence may count something else"
    if "range" in f"{remark.text[max(claim.start - _BEFORE, 0) : claim.start]}{quote}".casefold():
        return "it is an end of a range"
    if claim.kind is ClaimKind.LEVEL and (quote.startswith("of ") or not _comes_near(remark, claim)):
        return "no figure of the measure comes near it"
    if claim.stated.earlier is not None and _both_stand_in_the_row(remark, claim):
        return "both numbers stand in the row, for other times than those that were read"
    sentence = _sentence(remark.text, claim)
    if remark.in_prose and _ELSEWHERE.search(sentence):
        return "the sentence speaks of another place, or of a longer time"
    if claim.kind in _OF_TWO_NUMBERS and _fits_numbers_beside(sentence, claim):
        return "it fits two numbers that stand beside it"
    if _A_MONTH.search(_A_RUN.sub("", sentence)) and not _has_periods_of(remark, months=1):
        return "a month is named, and the table has no months"
    if _A_QUARTER.search(sentence) and not _has_periods_of(remark, months=3):
        return "a quarter is named, and the table has no quarters"
    return ""


def _fits_numbers_beside(sentence: str, claim: Claim) -> bool:
    """Whether a change is that between two numbers of its own sentence, which say of what times it is."""
    amount = claim.stated.amount
    if amount is None:
        return False
    beside = [float(found[0].replace(",", "")) for found in _A_COUNT.finditer(sentence)][:_MOST_BESIDE]
    changes = [(abs(later - earlier), earlier) for earlier, later in combinations(beside, 2) if earlier]
    if claim.kind is ClaimKind.PERCENT_CHANGE:
        changes = [(100 * change / earlier, earlier) for change, earlier in changes]
    return any(abs(change - abs(amount.value)) <= amount.step / 2 and change for change, _ in changes)


def _comes_near(remark: Remark, claim: Claim) -> bool:
    if claim.stated.amount is None:
        return True
    stated = claim.stated.amount.value
    return any(value / _NEAR <= stated <= value * _NEAR for value in _numbers(remark))


def _both_stand_in_the_row(remark: Remark, claim: Claim) -> bool:
    wanted = [amount.value for amount in (claim.stated.earlier, claim.stated.amount) if amount is not None]
    coming = iter(_numbers(remark))
    return all(value in coming for value in wanted)


def _numbers(remark: Remark) -> list[float]:
    """The figures of the measure, in the order of their columns."""
    rows = [row for row in remark.table.rows if row.name == remark.measure]
    numbers = (row.number(column) for row in rows for column in remark.table.dated)
    return [number.value for number in numbers if number is not None]


def _has_periods_of(remark: Remark, *, months: int) -> bool:
    return any(column.period.months == months for column in remark.table.dated if column.period)


def _sentence(text: str, claim: Claim) -> str:
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= claim.start), default=0)
    end = min((end for end in ends if end >= claim.end), default=len(text))
    return text[start:end]
