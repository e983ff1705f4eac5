"""Shares of one whole that two sentences give: each says how large the whole is, and they must say the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quarterday.commentary.printed_numbers import shown
from quarterday.domain.claim import CheckedClaim, ClaimKind, Loose, Unit
from quarterday.domain.period import Period
from quarterday.statistics.share import implied_whole

_WHOLE = frozenset({"all", "total", "the", "overall", "recorded", "crime", "crimes", "offences", "of", "in"})
_OF_ALL_CRIME = re.compile(
    r"\D{0,20}[\d.]+ ?(?:%|per ?cent) of (?:all|total|the total|overall)(?: recorded)? (?:crimes?|offences)",
    re.IGNORECASE,
)
_ROUNDING = 0.005  # of a total: the part may be printed rounded, too


@dataclass(frozen=True, slots=True)
class ImpliedTotal:
    """The whole of which ``part`` is said to be a share: between ``low`` and ``high``, for one period and area."""

    quote: str
    part: float
    low: float
    high: float
    whole: tuple[str, ...]
    period: Period
    area: str

    def agrees_with(self, other: "ImpliedTotal") -> bool:
        """Whether one whole fits both."""
        return self.low <= other.high and other.low <= self.high

    def __str__(self) -> str:
        return f"{shown(self.part)} as “{self.quote}” is of {shown(self.low)} to {shown(self.high)}"


def implied_total(claim: CheckedClaim, *, part: float, period: Period, area: str) -> ImpliedTotal | None:
    """What a share of all crime says of the whole, where it is plain that it is of ``part`` in ``period``."""
    stated, scope = claim.claim.stated, claim.claim.scope
    amount = stated.amount
    words = tuple(sorted({word.casefold() for word in scope.whole} - _WHOLE))
    if claim.claim.kind is not ClaimKind.SHARE or amount is None or not scope.whole or words:
        return None
    if not _OF_ALL_CRIME.fullmatch(claim.claim.quote):
        return None
    plain = amount.unit is Unit.PER_CENT and amount.loose is Loose.EXACT and not amount.fraction and not amount.signed
    if not plain or stated.earlier is not None or scope.period is not None or scope.against is not None:
        return None
    if part <= 0 or not 0 <= amount.value <= 100:  # noqa: PLR2004 - per cent
        return None
    low, high = implied_whole(part, amount.value, step=amount.step)
    if high is None:
        return None
    return ImpliedTotal(claim.claim.quote, part, low * (1 - _ROUNDING), high * (1 + _ROUNDING), words, period, area)


def at_odds(totals: Sequence[ImpliedTotal]) -> dict[int, str]:
    """By its place in ``totals``, each that no whole makes fit with the one that fits most others, and why."""
    found: dict[int, str] = {}
    for key in dict.fromkeys((total.whole, total.period, total.area) for total in totals):
        group = [at for at, total in enumerate(totals) if (total.whole, total.period, total.area) == key]
        first = max(group, key=lambda at: sum(totals[at].agrees_with(totals[other]) for other in group))
        for at in group:
            if not totals[at].agrees_with(totals[first]):
                found[at] = f"{totals[at]}; {totals[first]}. Both are said to be of one total."
    return found
