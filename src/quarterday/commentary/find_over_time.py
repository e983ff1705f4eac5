"""From a run of months to what they show: charts, trends, and months that stand out. Never from rolling totals."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from quarterday.commentary.find import breaks_crossed, months_that_add_up, told_by
from quarterday.domain.figure import Holding
from quarterday.domain.finding import Finding, Kind, Limits, Strength
from quarterday.domain.measure import Measure
from quarterday.domain.period import FINANCIAL_YEAR_STARTS, Period
from quarterday.domain.status import Status
from quarterday.statistics import control, trend
from quarterday.statistics.change import CONFIDENCE, DISPERSION_FREEDOM
from quarterday.statistics.control_limits import Kind as ChartKind
from quarterday.statistics.control_rules import Rule
from quarterday.statistics.counts import is_count
from quarterday.statistics.months import dispersions_of_the_others, months_that_stand_out

YEAR = 12
# Five years: long enough to know the ups and downs, short enough that they are those of today.
MONTHS_LOOKED_AT = 60
# Limits of fewer rest on next to nothing: five or six are the least that are of use (NHS Making Data Count).
LEAST_MONTHS_CHARTED = 6
ONLY_ROLLING = "no single month is known, and rolling totals share most of their months"


@dataclass(frozen=True, slots=True)
class Charted:
    """The control chart of ``months``, one a place; or ``None``, and ``why_not``.

    ``marks`` are what stands in the place of a missing month, such as ``[c]``, by its place.
    """

    chart: control.Chart | None
    months: tuple[Period, ...] = ()
    why_not: str = ""
    marks: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Months:
    """A run of months in order, ``None`` where one is missing, and each place at which the series breaks, with why."""

    periods: tuple[Period, ...]
    values: tuple[float | None, ...]
    breaks: dict[int, str]

    @property
    def known(self) -> tuple[float, ...]:
        """The values that are known."""
        return tuple(value for value in self.values if value is not None)

    def since_the_last_break(self) -> "Months":
        """The months on the later side of the latest break, for a trend goes through none."""
        start = max(self.breaks, default=0)
        return Months(self.periods[start:], self.values[start:], {})


def months_of(measure: Measure, holding: Holding, *, last: Period) -> Months:
    """The months held, of the five years that end with ``last``, from the first that is known on."""
    window = list(Period.ending(last, MONTHS_LOOKED_AT))
    known = [month for month in window if _value(holding, month) is not None]
    periods = tuple(month for month in window if known and month >= known[0])
    return Months(periods, tuple(_value(holding, month) for month in periods), _breaks(measure, holding, periods))


def _value(holding: Holding, month: Period) -> float | None:
    figure = holding.figures.get(month)
    return figure.value if figure else None


def _breaks(measure: Measure, holding: Holding, periods: tuple[Period, ...]) -> dict[int, str]:
    """Where a break in the series begins: not at the first month, nor where the month before is marked as well."""
    declared = {item.month: item.reason for item in measure.breaks}
    reasons = [declared.get(month) or _marked(holding, month) for month in periods]
    return {
        at: reason
        for at, (month, reason) in enumerate(zip(periods, reasons, strict=True))
        if at and reason and (month in declared or not reasons[at - 1])
    }


def _marked(holding: Holding, month: Period) -> str:
    figure = holding.figures.get(month)
    if figure is None or Status.BREAK not in figure.statuses:
        return ""
    return figure.note or f"a break is marked in {month.for_sentence()}"


def chart_of(measure: Measure, holding: Holding, *, last: Period) -> Charted:
    """The control chart of the months; its limits begin anew where the series breaks."""
    months = months_of(measure, holding, last=last)
    if not months.known:
        return Charted(None, why_not=ONLY_ROLLING if holding.figures else "no figures are held")
    if len(months.known) < LEAST_MONTHS_CHARTED:
        return Charted(None, why_not=f"{len(months.known)} months are known, and a chart needs {LEAST_MONTHS_CHARTED}")
    kind = ChartKind.XMR if min(months.known) < 0 else control.AUTO
    made = control.chart(months.values, kind=kind, rebase_at=months.breaks)
    return Charted(made, months.periods, marks=_marks(holding, months.periods))


def _marks(holding: Holding, periods: tuple[Period, ...]) -> dict[int, str]:
    figures = {at: holding.figures.get(month) for at, month in enumerate(periods)}
    missing = {at: figure for at, figure in figures.items() if figure is None or figure.value is None}
    return {
        at: "".join(status.mark for status in (figure.statuses if figure else (Status.NOT_AVAILABLE,)))
        for at, figure in missing.items()
    }


def find_control(measure: Measure, holding: Holding, charted: Charted) -> Finding:
    """The latest month among the ups and downs that the series always has."""
    finding = Finding(Kind.CONTROL, measure.name, holding.area, charted.months[-1:], method="control chart")
    if charted.chart is None:
        return replace(finding, unavailable=charted.why_not)
    finding = told_by(finding, charted.chart.method)
    latest = charted.chart.latest
    if latest is None:
        return replace(finding, unavailable=f"{charted.months[-1].for_sentence()} is not known")
    if latest.upper is None and not latest.signals:
        return replace(finding, unavailable="there are too few months, or months with any, for limits")
    numbers = {"value": latest.value, "centre": latest.centre, "lower": latest.lower, "upper": latest.upper}
    labels = {
        "chart": charted.chart.kind.value,
        "of": "months without any" if charted.chart.of_gaps else "counts",
        "since": charted.months[0].code,
    }
    found = replace(
        finding,
        values={name: value for name, value in numbers.items() if value is not None},
        labels=labels | ({"limits": "trial"} if charted.chart.trial else {}),
        strength=Strength.NO_CLEAR_CHANGE,
    )
    if not latest.signals:
        return found
    first = latest.signals[0]
    fewer = charted.chart.of_gaps and first.rule is not Rule.BURST
    return replace(
        found,
        labels={**found.labels, "rule": first.rule.value, "way": "high" if first.up else "low"},
        verdict=measure.polarity.verdict(1 if first.up is not fewer else -1),
        strength=Strength.LIKELY,
    )


def find_months(measure: Measure, holding: Holding, period: Period) -> tuple[Finding, Finding]:
    """The months that stand out against the same month a year before, and those that together make up the change.

    A year that lies on both sides of a break is not looked at.
    """
    before, months = period.shift(-YEAR), list(period)
    out = Finding(Kind.MONTHS, measure.name, holding.area, (), method="each month against the same month a year before")
    making_up = replace(out, kind=Kind.MAKING_UP)
    earlier, later = ([_value(holding, month) for month in year] for year in (before, period))
    why = _why_no_months(measure, holding, before, period)
    if why:
        return replace(out, unavailable=why), replace(making_up, unavailable=why)
    dispersion, freedom = _dispersions(holding, before, period)
    found = months_that_stand_out(earlier, later, periods=months, dispersion=dispersion, freedom=freedom)
    differences = {entry.month: entry.change.difference for entry in found.months}
    standing_out = tuple(entry.month for entry in found.standing_out)
    return (
        replace(
            told_by(out, found.method),
            periods=standing_out,
            values={month.code: differences[month] for month in standing_out},
            p=min(entry.adjusted_p for entry in found.months),
            strength=Strength.LIKELY if standing_out else Strength.NO_CLEAR_CHANGE,
            caveats=tuple(f"{month.for_sentence()} is not known in both years." for month in found.missing),
        ),
        replace(
            told_by(making_up, found.method),
            method="the fewest months whose differences make up the change",
            source="arithmetic",
            options={"most_named": found.method.options["most_named"]},
            periods=found.making_up,
            values={month.code: differences[month] for month in found.making_up},
            unavailable=found.why_none,
        ),
    )


def _dispersions(holding: Holding, before: Period, period: Period) -> tuple[tuple[float, ...] | float, int]:
    """For each month that of the others; 1 where the months do not tell it."""
    known = months_that_add_up(holding, before, period)
    return dispersions_of_the_others(*known) if known else (1.0, DISPERSION_FREEDOM)


def _why_no_months(measure: Measure, holding: Holding, before: Period, period: Period) -> str:
    pairs = zip(before, period, strict=True)
    both = [(_value(holding, old), _value(holding, new)) for old, new in pairs]
    known = [value for pair in both if None not in pair for value in pair if value is not None]
    if period.months > YEAR:
        return "the two periods share months"
    if not known:
        return ONLY_ROLLING if holding.figures else "no figures are held"
    if not all(map(is_count, known)):
        return "the monthly values are no counts, so there is nothing to test"
    crossed = breaks_crossed(measure, holding, before, period)
    return f"the two years lie on two sides of a break: {crossed[0].rstrip('.')}" if crossed else ""


def find_trend(measure: Measure, holding: Holding, *, last: Period) -> Finding:
    """Whether the months rise or fall over five years at most; else the financial years, where five are known."""
    months = months_of(measure, holding, last=last)
    if months.known:
        months = months.since_the_last_break()
        return _trend(measure, holding, months.periods, months.values)
    years = _five_financial_years(last)
    totals = [holding.total(year) for year in years]
    if any(figure.value is None for figure in totals):
        return _no_trend(measure, holding, years, ONLY_ROLLING if holding.figures else "no figures are held")
    crossed = breaks_crossed(measure, holding, *years)
    if crossed:
        return _no_trend(measure, holding, years, f"five years cross a break: {crossed[0].rstrip('.')}")
    return _trend(measure, holding, years, tuple(figure.value for figure in totals))


def _trend(
    measure: Measure, holding: Holding, periods: tuple[Period, ...], values: tuple[float | None, ...]
) -> Finding:
    if not all(is_count(value) for value in values if value is not None):
        return _no_trend(measure, holding, periods, "the values are no counts, so there is nothing to test")
    if not any(value is not None for value in values):
        return _no_trend(measure, holding, periods, "no month is known since the last break in the series")
    found = trend.trend(values, periods=periods)
    if found.annual is None or found.p is None:
        why = found.why_not or "the change is too steep to be told"
        return told_by(_no_trend(measure, holding, periods, why), found.method)
    is_trend = found.direction in {trend.Direction.RISING, trend.Direction.FALLING}
    return replace(
        told_by(_no_trend(measure, holding, periods, ""), found.method),
        values={"annual": found.annual, "used": found.used},
        limits={"annual": Limits(found.lower, found.upper, CONFIDENCE)},
        labels={"direction": found.direction.value, "unit": found.unit},
        verdict=measure.polarity.verdict(found.annual) if is_trend else "",
        p=found.p,
        strength=Strength.LIKELY if is_trend else Strength.NO_CLEAR_CHANGE,
    )


def _no_trend(measure: Measure, holding: Holding, periods: tuple[Period, ...], why: str) -> Finding:
    span = (Period.run(periods[0], periods[-1]),)
    return Finding(Kind.TREND, measure.name, holding.area, span, method="trend", unavailable=why)


def _five_financial_years(last: Period) -> tuple[Period, ...]:
    """The latest five that have ended with ``last``."""
    ended = (last.last + 1 - (FINANCIAL_YEAR_STARTS - 1)) // YEAR  # the year in which the latest one ended
    return tuple(Period.financial_year(ended - back) for back in reversed(range(1, trend.YEARS_TESTED + 1)))
