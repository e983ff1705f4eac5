"""From figures to findings: what they show, before any words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quarterday.domain.figure import Holding
from quarterday.domain.finding import Finding, Strength
from quarterday.domain.measure import Measure
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.statistics import change, peers, share
from quarterday.statistics.counts import is_count

CHANGE = "change on last year"
QUARTERS = "quarters against a year before"
AVERAGES = "monthly average by financial year"
STANDING = "standing"

QUARTERS_SHOWN = 4
SMALLEST_GROUP = 2  # a place among one says nothing


def find_change(measure: Measure, holding: Holding, period: Period) -> Finding:
    """This period against the same months a year before: a rolling year and the one before share no month."""
    before = period.shift(-12)
    earlier, later = holding.total(before), holding.total(period)
    finding = Finding(
        kind=CHANGE,
        measure=measure.name,
        area=holding.area,
        periods=(before, period),
        method="conditional test of two counts",
        caveats=_caveats(measure, holding, before, period),
    )
    gap = next((figure for figure in (earlier, later) if figure.value is None), None)
    if gap is not None:
        return replace(finding, unavailable=f"no total for {gap.period.for_sentence()}: {gap.note}")
    months = _months_that_add_up(holding, before, period)
    dispersion = change.dispersion_of(months) if months else 1.0
    freedom = change.freedom_of(months) if months else change.DISPERSION_FREEDOM
    if is_count(earlier.known) and is_count(later.known):
        result = change.compare(earlier.known, later.known, dispersion=dispersion, freedom=freedom)
    else:
        result = change.compare_values(earlier.known, later.known)
    values: dict[str, float] = {"earlier": result.earlier, "later": result.later, "difference": result.difference}
    if result.per_cent is not None:
        values["per_cent"] = result.per_cent
    if result.p is None:
        return replace(finding, values=values, verdict=measure.polarity.verdict(result.difference), method="difference")
    return replace(
        finding,
        values=values | {"dispersion": dispersion},
        verdict=measure.polarity.verdict(result.difference),
        p=result.p,
        strength=Strength.NO_CLEAR_CHANGE if result.p >= change.SIGNIFICANCE else Strength.LIKELY,
    )


def _caveats(measure: Measure, holding: Holding, *periods: Period) -> tuple[str, ...]:
    """What a reader must know of a comparison of ``periods``, as sentences: breaks between them, totals in doubt."""
    first, last = min(period.first for period in periods), max(period.last for period in periods)
    crossed = [item.reason for item in measure.breaks_between(periods[0], periods[-1])]
    crossed += [
        figure.note or f"one is marked in {period.for_sentence()}"
        for period, figure in holding.figures.items()
        if Status.BREAK in figure.statuses and first < period.first <= last
    ]
    said = [f"It crosses a break in the series: {reason.rstrip('.')}." for reason in dict.fromkeys(crossed)]
    return (*said, *(f"{doubt}." for period in periods if (doubt := holding.disagreement(period))))


def _months_that_add_up(holding: Holding, *periods: Period) -> list[list[float]]:
    """The months of each of ``periods``; none where one is not known, or they do not make up the totals compared."""
    years = [[holding.figures.get(month) for month in period] for period in periods]
    known = [[figure.value for figure in year if figure and figure.value is not None] for year in years]
    complete = all(
        len(values) == period.months and sum(values) == holding.total(period).value
        for values, period in zip(known, periods, strict=True)
    )
    return known if complete and all(is_count(value) for values in known for value in values) else []


def strengthen(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same changes, with those that stand after allowing for all that were looked at together called clear."""
    tested = [finding for finding in findings if finding.p is not None]
    adjusted = iter(change.holm([finding.p for finding in tested if finding.p is not None]))
    return tuple(
        finding
        if finding.p is None or next(adjusted) >= change.SIGNIFICANCE
        else replace(finding, strength=Strength.CLEAR)
        for finding in findings
    )


def find_quarters(measure: Measure, holding: Holding, rolling_years: Sequence[Period]) -> Finding:
    """The latest four quarters, each against the same quarter a year before; rolling years are enough for it."""
    needed = rolling_years[-(QUARTERS_SHOWN + 1) :]
    figures = [holding.total(period) for period in needed]
    quarters = tuple(Period(period.last - 2, 3) for period in needed[1:])
    finding = Finding(QUARTERS, measure.name, holding.area, quarters, method="differences of rolling totals")
    gap = next((figure for figure in figures if figure.value is None), None)
    if gap is not None:
        return replace(finding, unavailable=gap.note)
    differences = change.quarters_from_rolling([figure.known for figure in figures])
    values = {quarter.code: difference for quarter, difference in zip(quarters, differences, strict=True)}
    return replace(finding, values=values, caveats=_caveats(measure, holding, *needed))


def find_averages(measure: Measure, holding: Holding, years: Sequence[Period]) -> Finding:
    """The average a month in each financial year that has a total."""
    totals = [holding.total(year) for year in years]
    known = [figure for figure in totals if figure.value is not None]
    values = {figure.period.code: share.monthly_average(figure.known, figure.period.months) for figure in known}
    return Finding(
        AVERAGES,
        measure.name,
        holding.area,
        tuple(figure.period for figure in known),
        caveats=_caveats(measure, holding, *(figure.period for figure in known)) if known else (),
        method="total over months",
        values=values,
        unavailable="" if known else "no financial year has a total",
    )


def find_standing(
    measure: Measure,
    *,
    area: str,
    period: Period,
    counts: Mapping[str, float],
    populations: Mapping[str, float],
) -> Finding:
    """The place by rate per 1,000 residents among the areas that have both a count and a population."""
    finding = Finding(STANDING, measure.name, area, (period,), method="rank of rates per 1,000 residents, 1 = lowest")
    members = [member for member in counts if member in populations]
    if area not in members or len(members) < SMALLEST_GROUP:
        return replace(finding, unavailable=f"no rate for {area} and some peer in {period.for_sentence()}")
    rates = {member: peers.rate(counts[member], populations[member]) for member in members}
    places = dict(zip(rates, peers.ranks(list(rates.values())), strict=True))
    tied = sum(place == places[area] for place in places.values()) - 1
    return replace(
        finding,
        values={
            "rate": rates[area],
            "rank": places[area],
            "of": len(members),
            "tied_with": tied,
            "average_rate": peers.group_average(list(rates.values())),
        },
    )
