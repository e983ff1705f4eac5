"""Claims against figures: supported, contradicted with the arithmetic, or not checkable and why.

A false accusation costs far more than a miss: where it is not clear what a text means, the claim is not checkable.
"""

import re
from collections.abc import Callable, Sequence

from quarterday.commentary.case import Case, Judged, unknown
from quarterday.commentary.company import is_other_half
from quarterday.commentary.held import Figures, Subject
from quarterday.commentary.judge_average import judge_average, judge_rate
from quarterday.commentary.judge_change import (
    is_sure,
    judge_change,
    judge_direction,
    judge_from_to,
    judge_level,
    judge_multiple,
)
from quarterday.commentary.judge_peers import judge_peer_position, judge_rank
from quarterday.commentary.judge_plan import judge_projection, judge_target, names_target
from quarterday.commentary.judge_share import judge_share
from quarterday.commentary.judge_time import judge_extreme, judge_named_months, judge_trend
from quarterday.commentary.named import names_another
from quarterday.commentary.read import read_claims
from quarterday.commentary.weigh import weighed
from quarterday.domain.claim import Amount, CheckedClaim, Claim, ClaimKind, Stated, Unit, Verdict
from quarterday.domain.figure import Figure

__all__ = ["CheckedClaim", "Figures", "Subject", "Verdict", "check_comment"]

_JUDGES: dict[ClaimKind, Callable[[Case, Claim], Judged]] = {
    ClaimKind.DIRECTION: judge_direction,
    ClaimKind.DIFFERENCE: judge_change,
    ClaimKind.PERCENT_CHANGE: judge_change,
    ClaimKind.PERCENTAGE_POINTS: judge_change,
    ClaimKind.LEVEL: judge_level,
    ClaimKind.FROM_TO: judge_from_to,
    ClaimKind.RANK: judge_rank,
    ClaimKind.PEER_POSITION: judge_peer_position,
    ClaimKind.AVERAGE: judge_average,
    ClaimKind.SHARE: judge_share,
    ClaimKind.EXTREME: judge_extreme,
    ClaimKind.NAMED_MONTHS: judge_named_months,
    ClaimKind.TARGET: judge_target,
    ClaimKind.TREND: judge_trend,
    ClaimKind.RATE: judge_rate,
    ClaimKind.PROJECTION: judge_projection,
    ClaimKind.MULTIPLE: judge_multiple,
}


MOST_WEIGHED = 250  # no comment makes more claims; of what comes after them, none is held against the text
NEAR = 8  # so many claims before one may tell the time that it is about
# What a text denies is not what it claims, and what it claims in its place is seldom plain.
_DENIED = unknown("the text denies it")
_LEFT_OPEN = unknown("the text leaves open what this is a figure of")
# The highest of so many times, whatever else the rule left open.
_OF_TIMES = re.compile(r"\b(?:month|quarter|year|point|figure|total|level|reading|q[1-4])\b")
# "Q1 was the busiest quarter" may be of this year's quarters or of all that are known.
_QUARTER_OF_A_YEAR = re.compile(
    r"^(?:q[1-4]|quarter \w+|the \w+ quarter) .*\bquarter$|\bof the (?:quarter|term|three months)\b"
)
_OF_PEERS = {ClaimKind.RANK, ClaimKind.PEER_POSITION}
_OF_PARTS = {ClaimKind.SHARE, ClaimKind.EXTREME, ClaimKind.TREND, ClaimKind.AVERAGE, ClaimKind.RATE, ClaimKind.RANK}
_DENIED_APART = {ClaimKind.TARGET, ClaimKind.PROJECTION, ClaimKind.EXTREME}


def check_comment(text: str, *, about: Subject, figures: Sequence[Figure] | Figures) -> tuple[CheckedClaim, ...]:
    """Every claim in ``text`` with its verdict, in order.

    ``figures`` are all that may be used; made into ``Figures`` once, they serve many comments quickly.
    """
    held = figures if isinstance(figures, Figures) else Figures(figures)
    claims = read_claims(text, as_at=about.as_at, names=held.names_of_others(about.area))
    case = Case(about, held)
    checked = [
        _checked(case, claim, text if at < MOST_WEIGHED else "", claims[max(0, at - NEAR) : at])
        for at, claim in enumerate(claims)
    ]
    near = (checked[max(0, at - NEAR) : at + NEAR] for at in range(min(len(checked), MOST_WEIGHED)))
    beside = [_in_company(case, one, text, others) for one, others in zip(checked, near, strict=False)]
    return (*beside, *checked[MOST_WEIGHED:])


def _in_company(case: Case, checked: CheckedClaim, text: str, near: Sequence[CheckedClaim]) -> CheckedClaim:
    """A claim that was left open is held against the figures where the other half of its change is right."""
    claim = checked.claim
    if checked.why != _LEFT_OPEN.why or not is_other_half(case, claim, text, near):
        return checked
    judged = _JUDGES[claim.kind](case, claim)
    return checked if judged.verdict is not Verdict.CONTRADICTED else _with(claim, judged)


def _checked(case: Case, claim: Claim, text: str, beside: Sequence[Claim]) -> CheckedClaim:
    denied = claim.scope.denied and claim.kind not in _DENIED_APART
    judged = _DENIED if denied else weighed(case, claim, _judged(case, claim), text=text, beside=beside, judge=_judged)
    return _with(claim, judged)


def _with(claim: Claim, judged: Judged) -> CheckedClaim:
    return CheckedClaim(claim, judged.verdict, in_words(claim.stated), judged.computed, " ".join(judged.why.split()))


def _judged(case: Case, claim: Claim) -> Judged:
    judged = _JUDGES[claim.kind](case, claim)
    return _LEFT_OPEN if judged.verdict is Verdict.CONTRADICTED and _is_open(case, claim) else judged


def _is_open(case: Case, claim: Claim) -> bool:
    """Whether the rule or the words leave open what the number is of, so that it is not held against the text."""
    if claim.kind in _OF_PEERS and not case.measure_of(claim.scope)[0]:
        return True
    quote = claim.quote.lower()
    of_times = _OF_TIMES.search(quote) and not _QUARTER_OF_A_YEAR.search(quote)
    is_open = claim.scope.is_open and not (claim.kind is ClaimKind.EXTREME and of_times)
    is_open = is_open and not names_target(case, claim)
    centre = "centre" in claim.scope.subject and claim.kind not in {ClaimKind.RATE, ClaimKind.AVERAGE}
    of_part = claim.kind in _OF_PARTS and not centre and not is_sure(case, claim)
    return is_open or of_part or names_another(case, claim)


def in_words(stated: Stated) -> str:
    """What a claim states, for a reader of the list."""
    parts = [stated.way.value if stated.way else "", _amount(stated.earlier), _amount(stated.amount)]
    joined = " to ".join(part for part in parts[1:] if part)
    return " ".join(part for part in (parts[0], joined) if part) or stated.form


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return ""
    unit = {Unit.PER_CENT: "%", Unit.POINTS: " points", Unit.TIMES: " times"}.get(amount.unit, "")
    loose = f"{amount.loose.value} " if amount.loose.value else ""
    return f"{loose}{amount.value:,.10g}{unit}"
