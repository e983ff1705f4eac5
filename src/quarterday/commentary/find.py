"""From figures to findings: how a measure changed, before any words. Months, peers and the rest stand beside."""

from collections.abc import Sequence
from dataclasses import replace

from quarterday.domain.figure import Figure, Holding
from quarterday.domain.finding import Finding, Kind, Limits, Strength
from quarterday.domain.measure import Measure, Polarity
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.statistics import change, share
from quarterday.statistics.counts import is_count
from quarterday.statistics.result import Method

QUARTERS_SHOWN = 4
ROLLING = Method("differences of rolling totals", "arithmetic: R(t) − R(t−1) = Q(t) − Q(t−4)")
AVERAGE = Method("total over months", "arithmetic")


def told_by(finding: Finding, method: Method) -> Finding:
    """The finding with the rule that gave it, its source, and the options in force."""
    return replace(finding, method=method.name, source=method.source, options=method.options)


def find_change(measure: Measure, holding: Holding, period: Period) -> Finding:
    """This period against the same months a year before: a rolling year and the one before share no month."""
    before = period.shift(-12)
    earlier, later = holding.total(before), holding.total(period)
    finding = Finding(
        kind=Kind.CHANGE,
        measure=measure.name,
        area=holding.area,
        periods=(before, period),
        method="conditional test of two counts",
        caveats=caveats_of(measure, holding, before, period),
    )
    gap = next((figure for figure in (earlier, later) if figure.value is None), None)
    if gap is not None:
        return replace(finding, unavailable=f"no total for {gap.period.for_sentence()}: {gap.note}")
    dispersion, freedom = _dispersion(holding, before, period)
    result = _compared(earlier, later, dispersion=dispersion, freedom=freedom)
    values = {"earlier": result.earlier, "later": result.later, "difference": result.difference}
    told = {"per_cent": result.per_cent, "ratio": result.ratio}
    found = replace(
        told_by(finding, result.method),
        values=values | {name: value for name, value in told.items() if value is not None},
        verdict=measure.polarity.verdict(result.difference),
        labels={"reading": measure.polarity_note} if _has_readings(measure, result.difference) else {},
    )
    if result.p is None:
        return found
    return replace(
        found,
        values={**found.values, "dispersion": dispersion},
        options={**found.options, "significance": change.SIGNIFICANCE},
        limits={"ratio": Limits(result.lower, result.upper, change.CONFIDENCE)} if result.ratio is not None else {},
        p=result.p,
        strength=Strength.NO_CLEAR_CHANGE if result.p >= change.SIGNIFICANCE else Strength.LIKELY,
    )


def _compared(earlier: Figure, later: Figure, *, dispersion: float, freedom: int) -> change.Change:
    if is_count(earlier.known) and is_count(later.known):
        return change.compare(earlier.known, later.known, dispersion=dispersion, freedom=freedom)
    return change.compare_values(earlier.known, later.known)


def _has_readings(measure: Measure, difference: float) -> bool:
    return bool(difference and measure.polarity is Polarity.NEITHER and measure.polarity_note)


def _dispersion(holding: Holding, before: Period, period: Period) -> tuple[float, int]:
    """How much more than chance the months of two periods vary, and the freedom that tells it; 1 where unknown."""
    months = months_that_add_up(holding, before, period)
    if not months:
        return 1.0, change.DISPERSION_FREEDOM
    return change.dispersion_of(months), change.freedom_of(months)


def months_that_add_up(holding: Holding, *periods: Period) -> list[list[float]]:
    """The months of each of ``periods``; none where one is not known, or they do not make up the totals compared."""
    years = [[holding.figures.get(month) for month in period] for period in periods]
    known = [[figure.value for figure in year if figure and figure.value is not None] for year in years]
    complete = all(
        len(values) == period.months and sum(values) == holding.total(period).value
        for values, period in zip(known, periods, strict=True)
    )
    return known if complete and all(is_count(value) for values in known for value in values) else []


def caveats_of(measure: Measure, holding: Holding, *periods: Period) -> tuple[str, ...]:
    """What a reader must know of a comparison of ``periods``, as sentences: breaks between them, totals in doubt."""
    crossed = breaks_crossed(measure, holding, *periods)
    said = [f"It crosses a break in the series: {reason.rstrip('.')}." for reason in crossed]
    return (*said, *(f"{doubt}." for period in periods if (doubt := holding.disagreement(period))))


def breaks_crossed(measure: Measure, holding: Holding, *periods: Period) -> tuple[str, ...]:
    """The reason of each break, declared or marked on a figure, that stands between some months of ``periods``."""
    first, last = min(period.first for period in periods), max(period.last for period in periods)
    crossed = [item.reason for item in measure.breaks_between(periods[0], periods[-1])]
    crossed += [
        figure.note or f"one is marked in {period.for_sentence()}"
        for period, figure in holding.figures.items()
        if Status.BREAK in figure.statuses and first < period.first <= last
    ]
    return tuple(dict.fromkeys(crossed))


def strengthen(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same, with those that stand after allowing for all that were looked at together called clear (Holm)."""
    tested = [finding for finding in findings if finding.p is not None]
    adjusted = iter(change.holm([finding.p for finding in tested if finding.p is not None]))
    return tuple(
        replace(finding, strength=Strength.CLEAR)
        if finding.p is not None
        and next(adjusted) < change.SIGNIFICANCE
        and finding.strength is not Strength.NO_CLEAR_CHANGE
        else finding
        for finding in findings
    )


def find_quarters(measure: Measure, holding: Holding, rolling_years: Sequence[Period]) -> Finding:
    """The latest four quarters, each against the same quarter a year before; rolling years are enough for it."""
    needed = rolling_years[-(QUARTERS_SHOWN + 1) :]
    figures = [holding.total(period) for period in needed]
    quarters = tuple(Period(period.last - 2, 3) for period in needed[1:])
    finding = told_by(Finding(Kind.QUARTERS, measure.name, holding.area, quarters, method=""), ROLLING)
    gap = next((figure for figure in figures if figure.value is None), None)
    if gap is not None:
        return replace(finding, unavailable=gap.note)
    differences = change.quarters_from_rolling([figure.known for figure in figures])
    values = {quarter.code: difference for quarter, difference in zip(quarters, differences, strict=True)}
    return replace(finding, values=values, caveats=caveats_of(measure, holding, *needed))


def find_averages(measure: Measure, holding: Holding, years: Sequence[Period]) -> Finding:
    """The average a month in each financial year that has a total."""
    totals = [holding.total(year) for year in years]
    known = [figure for figure in totals if figure.value is not None]
    periods = tuple(figure.period for figure in known)
    return replace(
        told_by(Finding(Kind.AVERAGES, measure.name, holding.area, periods, method=""), AVERAGE),
        values={figure.period.code: share.monthly_average(figure.known, figure.period.months) for figure in known},
        caveats=caveats_of(measure, holding, *periods) if known else (),
        unavailable="" if known else "no financial year has a total",
    )
