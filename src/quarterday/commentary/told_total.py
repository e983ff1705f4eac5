"""What goes on about a number the text has just told: "would close on 1,352, 5% fewer than in 2009/10"."""

import re
from collections.abc import Sequence

from quarterday.commentary.around import Around
from quarterday.commentary.case import YEAR, Case, Judged, contradicted, shown, supported
from quarterday.commentary.rounding import fits
from quarterday.domain.claim import Claim, ClaimKind, Unit, WhenKind


def against_total_told(case: Case, claim: Claim, beside: Sequence[Claim]) -> Judged | None:
    """Judged by the total told right before and the figure of the year that is named; ``None`` without either."""
    told = beside[-1] if beside and beside[-1].kind is ClaimKind.PROJECTION else None
    total, amount, against = told.stated.amount if told else None, claim.stated.amount, claim.scope.against
    if claim.kind is not ClaimKind.PROJECTION or told is None or told.stated.form != "total" or claim.scope.group:
        return None
    if total is None or amount is None or against is None or against.kind is not WhenKind.STATED:
        return None
    measure, sure = case.measure_of(told.scope)
    then = case.period_of(against, measure=measure, area=case.area) if measure and sure else None
    base = case.value(measure, case.area, then) if then is not None and then.months == YEAR else None
    sign = case.sign_of(claim.stated.way) if claim.stated.way is not None else None
    if not base or not sign:
        return None
    change = total.value - base
    true = 100 * change / base if amount.unit is Unit.PER_CENT else change
    said = f"{shown(total.value)} against {shown(base)} ({100 * change / base:+.1f}%)"
    right = change * sign > 0 and fits(amount, true)
    return supported(said) if right else contradicted(said, f"The numbers told say otherwise: {said}.")


_GOES_ON = re.compile(
    r"(?:,|\() ?(?:which (?:is|was|represents|makes up|equates to|amounts to)|representing|making up|equivalent to"
    r"|equating to|or)?(?: only| just)? ?$"
)


def share_of_told(case: Case, claim: Claim, words: Around, beside: Sequence[Claim]) -> Judged | None:
    """The share that a number told right before is of the comment's whole: "318 crimes, more than a quarter of all"."""
    told, amount = (beside[-1] if beside else None), claim.stated.amount
    if claim.kind is not ClaimKind.SHARE or told is None or told.kind is not ClaimKind.LEVEL or amount is None:
        return None
    if claim.stated.form != "share" or not _GOES_ON.search(words.before) or not _OF_ALL.search(words.quote):
        return None
    number = told.stated.amount
    now = case.now_of(case.own, case.area)
    whole = case.value(case.own, case.area, now)
    given = [case.value(key, case.area, now) for key in case.figures.measures if key != case.own]
    if number is None or not whole or number.value not in given or number.value >= whole:
        return None
    share = 100 * number.value / whole
    said = f"{shown(number.value)} of {shown(whole)} is {share:.1f}%"
    return supported(said) if fits(amount, share) else contradicted(said, f"The figures say otherwise: {said}.")


_OF_ALL = re.compile(r"\bof (?:the total|all|the whole|the overall total|the (?:year|quarter|month)'s total)\b")
