"""What is said of every time, or of one alone: "6th of the six all year", "only in July were there more"."""

import re
from collections.abc import Callable
from dataclasses import replace

from quarterday.commentary.around import Around
from quarterday.commentary.case import YEAR, Case, Judged, contradicted, supported
from quarterday.commentary.readings import stated_when
from quarterday.commentary.when import MONTH, month_of
from quarterday.domain.claim import Claim, ClaimKind, Verdict
from quarterday.domain.period import MONTH_NAMES, Period

_ALL_ALONG = re.compile(
    r"\b(?:all year|(?:all )?through(?:out)? the (?:year|period)|throughout(?=[.,;]|$)"
    r"|(?:in|at) (?:each|every)(?: one)?(?: of)? (?:the |these )?(?:\w+ )?(?:periods?|quarters?|refresh\w*|updates?))\b"
)
_PLACED = {ClaimKind.RANK, ClaimKind.PEER_POSITION}
_MOVED = {ClaimKind.DIRECTION, ClaimKind.NAMED_MONTHS}
_ONLY = re.compile(
    rf"\bonly (?:in |during |for )?(?:the months? of )?(?P<months>{MONTH}(?:(?:, | and |, and ){MONTH})*)(?! \d)"
    rf"|\b(?P<after>{MONTH}(?:(?:, | and |, and ){MONTH})*) (?:was|were|being|is) the only (?:\w+ )?months?\b"
)
_MONTHS = re.compile(MONTH)


def not_all_along(case: Case, claim: Claim, words: Around, judge: Callable[[Case, Claim], Judged]) -> Judged | None:
    """Contradicted where a place is right now and was another at a time that the words speak of as well."""
    if claim.kind not in _PLACED or not _ALL_ALONG.search(words.quote + words.after[:45]):
        return None
    key = f"{case.own.removesuffix(' rate')} rate"
    measure = key if case.figures.periods(key, case.area) else case.own
    now = case.now_of(measure, case.area)
    for period in sorted(case.figures.periods(measure, case.area)):
        if period.months != now.months or period.last <= now.last - YEAR or period.last > now.last:
            continue
        then = judge(case, _at(claim, period))
        if then.verdict is Verdict.CONTRADICTED:
            return contradicted(then.computed, f"It was not so in {period.for_sentence()}: {then.computed}.")
    return None


def _at(claim: Claim, period: Period) -> Claim:
    return replace(claim, scope=replace(claim.scope, period=stated_when(period), against=None))


def only_then(case: Case, claim: Claim, words: Around) -> Judged | None:
    """Judged by all the months of the year, where the words say of some that only these moved so."""
    found = _ONLY.search(words.sentence) if claim.kind in _MOVED and "only" in words.sentence else None
    sign = case.sign_of(claim.stated.way) if claim.stated.way is not None else None
    measure, sure = case.measure_of(claim.scope)
    if found is None or sign is None or claim.scope.group or not measure or not sure:
        return None
    named = {month_of(one[0]) for one in _MONTHS.finditer(found["months"] or found["after"])}
    moved: dict[int, float] = {}
    for month in Period.ending(case.about.as_at, YEAR):
        later, earlier = (case.value(measure, case.area, when) for when in (month, month.shift(-YEAR)))
        if later is None or earlier is None:
            return None
        moved[month.first % YEAR + 1] = later - earlier
    so = [number for number, change in moved.items() if change * sign > 0]
    said = ", ".join(f"{MONTH_NAMES[number - 1]} {moved[number]:+g}" for number in so) or "none"
    return supported(said) if set(so) == named else contradicted(said, f"The figures say otherwise: {said}.")
