"""Averages and rates against figures: so many a month, week or day, so many per head."""

import re

from quarterday.commentary.case import YEAR, Case, Judged, contradicted, shown, supported, unknown
from quarterday.commentary.held import (
    PER_THOUSAND,
    POPULATION,
    is_count,
    stems,
)
from quarterday.commentary.judge_change import foreign_noun, target_of
from quarterday.commentary.rounding import fits, rounds_to
from quarterday.commentary.wording import number
from quarterday.domain.claim import Amount, Claim
from quarterday.domain.period import Period

WEEKS = 52
_FEWEST_TO_AVERAGE = 3


def judge_average(case: Case, claim: Claim) -> Judged:
    """So many a month, week or day."""
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    amount = claim.stated.amount
    if not is_count(measure) or amount is None or (foreign := _foreign_average(claim, measure)):
        return unknown("no figures to average are given")
    del foreign
    if claim.stated.earlier is not None:
        return _two_averages(case, claim, measure, area)
    if _MORE.search(claim.quote.lower()):
        return _more_on_average(case, claim, amount, measure, area)
    alone = len(case.figures.periods(measure, area)) < _FEWEST_TO_AVERAGE
    if alone and case.now_of(measure, area).months <= claim.stated.of and claim.scope.period is None:
        return unknown("no longer time to average over is given")
    times = claim.scope.periods or ((claim.scope.period,) if claim.scope.period else (None,))
    seen = []
    for when in times:
        period = case.period_of(when, measure=measure, area=area)
        if period is not None and period.months <= claim.stated.of and not claim.scope.periods:
            period = _longer(case, measure, area, unit=claim.stated.of) or period
        if period is not None and claim.stated.word.endswith(" from") and not claim.scope.periods:
            period = period.shift(-YEAR)  # "up from 22"
        period = _so_far(case, measure, area, period, unit=claim.stated.of)
        value = _average_over(case, measure, area, period, unit=claim.stated.of) if period else None
        if period is None or value is None:
            return unknown(
                f"no figure of {case.name(measure)} for {period.for_sentence() if period else 'that time'} is given"
            )
        seen.append((period, value))
    computed = "; ".join(f"{shown(value)} in {period.for_sentence()}" for period, value in seen)
    if claim.stated.word == "at least":
        low = [value for _, value in _rolling_averages(case, measure, area)] or [value for _, value in seen]
        return (
            supported(computed)
            if min(low) >= amount.value
            else contradicted(computed, f"The figures say otherwise: the lowest is {shown(min(low))}.")
        )
    if all(fits(amount, value) for _, value in seen):
        if claim.stated.word.endswith(" from"):
            return _turned(case, claim, measure, area, seen=seen[0], computed=computed)
        return supported(computed)
    return contradicted(computed, f"The figures say otherwise: the total over the number of months gives {computed}.")


def _longer(case: Case, measure: str, area: str, *, unit: int) -> Period | None:
    """The time of the report where the month of another claim is no time to average over."""
    now = case.now_of(measure, area)
    return now if now.months > unit else None


def _so_far(case: Case, measure: str, area: str, period: Period | None, *, unit: int) -> Period | None:
    """The year so far in place of the last month alone, over which there is nothing to average."""
    end = case.about.as_at
    if period is None or period.months > max(unit, 1) or unit < 1 or period != case.now_of(measure, area):
        return period
    year = Period.ending(end, (end.last - 3) % YEAR + 1)
    return year if case.value(measure, area, year) is not None else period


_MORE = re.compile(r"(?<!\bor )\b(?:more|fewer|less|extra|additional|higher|lower)\b(?! than)")


def _more_on_average(case: Case, claim: Claim, amount: Amount, measure: str, area: str) -> Judged:
    """So many more or fewer a month than before."""
    pair = case.pair(claim, measure=measure, area=area)
    if isinstance(pair, str):
        return unknown(pair)
    units = [_average_over(case, measure, area, when, unit=claim.stated.of) for when in (pair.before, pair.present)]
    if units[0] is None or units[1] is None:
        return unknown("the totals to average are not given")
    said = f"{shown(units[0])} then, {shown(units[1])} now"
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    ok = fits(amount, units[1] - units[0]) and (sign is None or sign * (units[1] - units[0]) > 0)
    return supported(said) if ok else unknown(f"it is not clear what is compared; the figures give {said}")


def _turned(case: Case, claim: Claim, measure: str, area: str, *, seen: tuple[Period, float], computed: str) -> Judged:
    now = case.now_of(measure, area)
    later = _average_over(case, measure, area, now, unit=claim.stated.of)
    sign = 1 if claim.stated.word.startswith("up") else -1
    if later is None or now == seen[0] or (later - seen[1]) * sign > 0:
        return supported(computed)
    return contradicted(computed, f"The figures say otherwise: {shown(seen[1])} then, {shown(later)} now.")


# What a theft is said to do: "1,467 bicycles, or some four taken every day".
_TAKEN = frozenset(("taken", "stolen"))


def _foreign_average(claim: Claim, measure: str) -> str:
    beside = claim.scope.subject[: claim.scope.subject.index("|")] if "|" in claim.scope.subject else ()
    if beside and _TAKEN.issuperset(beside) and "theft" in stems(measure):
        return ""
    return foreign_noun(claim, measure) or (
        "x" if set(claim.scope.also) & {"reclassification"} or "extra" in claim.quote or "point" in claim.quote else ""
    )


def _rolling_averages(case: Case, measure: str, area: str) -> list[tuple[Period, float]]:
    """The averages of the rolling years that end within the last one."""
    years = [(period, case.value(measure, area, period)) for period in case.figures.periods(measure, area)]
    from_ = case.about.as_at.last - YEAR
    return [
        (period, value / YEAR)
        for period, value in years
        if value is not None and period.months == YEAR and period.last > from_
    ]


def _two_averages(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    now, before = case.times(claim.scope, measure=measure, area=area)
    unit = 1
    later, earlier = (_average_over(case, measure, area, when, unit=unit) if when else None for when in (now, before))
    if later is None or earlier is None or claim.stated.amount is None or claim.stated.earlier is None:
        return unknown("the totals to average are not given")
    computed = f"{shown(earlier)} then, {shown(later)} now"
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if (
        fits(claim.stated.amount, later)
        and fits(claim.stated.earlier, earlier)
        and (sign is None or sign * (later - earlier) > 0)
    ):
        return supported(computed)
    return contradicted(computed, f"The figures say otherwise: {computed}.")


def _average_over(case: Case, measure: str, area: str, period: Period | None, *, unit: int) -> float | None:
    """The total over the number of months, weeks (52 a year) or days."""
    total = case.value(measure, area, period) if period else None
    if total is None or period is None:
        return None
    if unit == -7:  # noqa: PLR2004
        return total / (WEEKS * period.months / YEAR)
    if unit == -1:
        return total / (365 * period.months / YEAR)
    return total / (period.months / max(unit, 1))


def judge_rate(case: Case, claim: Claim) -> Judged:
    """So many per head."""
    amount = claim.stated.amount
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    plain = measure.removesuffix(" rate")
    period = case.period_of(claim.scope.period, measure=measure, area=area)
    value = case.figures.rate(plain, area, period) if period else None
    value = (
        value
        if value is not None
        else (case.value(measure, area, period) if measure.endswith(" rate") and period else None)
    )
    if value is None or amount is None or period is None:
        return unknown(f"no rate and no population for {case.name(measure)} is given")
    if claim.stated.form == "one in":
        value = PER_THOUSAND / value if value else 0.0
    value = value * claim.stated.of / PER_THOUSAND if claim.stated.of else value
    computed = f"{number(value, places=2)} per {claim.stated.of or PER_THOUSAND:,} in {period.for_sentence()}"
    if fits(amount, value):
        return supported(computed)
    return contradicted(
        computed, f"The figures say otherwise: {computed}. {_rate_mistake(case, amount, plain, area, period)}".strip()
    )


def _rate_mistake(case: Case, amount: Amount, measure: str, area: str, period: Period) -> str:
    count = case.value(measure, area, period)
    if not count:
        return ""
    for when, figure in case.figures.periods(POPULATION, area).items():
        if figure.value and rounds_to(amount, count / figure.value * PER_THOUSAND):
            return f"It was divided by the population of {when.for_sentence()}."
    people = case.figures.population(area, period)
    if people and rounds_to(amount, count / people * 100):
        return "That is per 100 people."
    before = case.figures.rate(measure, area, period.shift(-YEAR))
    return "That is the rate of the year before." if before is not None and rounds_to(amount, before) else ""
