"""What stands beside a claim: a change told in number and in per cent is one, and each half shows of what it is."""

import re
from collections.abc import Sequence

from quarterday.commentary.around import around
from quarterday.commentary.bound import may_be_of_others
from quarterday.commentary.case import Case, Pair
from quarterday.commentary.elsewhere import counted_beside, named_elsewhere
from quarterday.domain.claim import CheckedClaim, Claim, ClaimKind, Unit, Verdict

_HALVES = {ClaimKind.DIFFERENCE: ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENT_CHANGE: ClaimKind.DIFFERENCE}
# A number that goes on about the change, and not one beside the name of another thing.
_IN_OTHER_WORDS = re.compile(r"\b(?:of|by|or|equal to|equivalent to|equating to|representing) (?:just |only |some )?$")


def is_other_half(case: Case, claim: Claim, text: str, checked: Sequence[CheckedClaim]) -> bool:
    """Whether the sentence tells the same change rightly in the other unit, and no other number in this one."""
    if claim.kind not in _HALVES or claim.scope.denied:
        return False
    words = around(text, claim)
    start = claim.start - len(words.before)
    near = [one for one in checked if start <= one.claim.start < claim.end + len(words.after) and one.claim != claim]
    right = [one.claim for one in near if one.verdict is Verdict.SUPPORTED]
    halves = [
        other for other in right if other.kind is _HALVES[claim.kind] and _pair(case, other) == _pair(case, claim)
    ]
    same = [one for one in near if one.claim.stated.amount is not None and _unit(one.claim) is _unit(claim)]
    if len(halves) != 1 or same or not isinstance(_pair(case, claim), Pair):
        return False
    if not _IN_OTHER_WORDS.search(words.before) or may_be_of_others(case, claim, words):
        return False
    return not counted_beside(case, claim, words) and not named_elsewhere(case, claim, text)


def _unit(claim: Claim) -> Unit | None:
    return claim.stated.amount.unit if claim.stated.amount is not None else None


def _pair(case: Case, claim: Claim) -> Pair | str:
    """The two values that a change compares."""
    measure, area = case.measure_of(claim.scope)[0], case.area_of(claim.scope.group)
    return case.pair(claim, measure=measure, area=area) if measure and area else ""
