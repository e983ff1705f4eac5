"""How a measure stands against what was agreed."""

from dataclasses import dataclass, replace

from quarterday.commentary.find import breaks_crossed, told_by
from quarterday.commentary.find_over_time import months_of
from quarterday.domain.figure import Holding
from quarterday.domain.finding import Finding, Kind, Limits, Strength
from quarterday.domain.measure import Measure, Polarity
from quarterday.domain.period import Period
from quarterday.statistics import targets
from quarterday.statistics.change import CONFIDENCE
from quarterday.statistics.counts import is_count
from quarterday.statistics.targets import State

_STRENGTHS = {State.LIKELY: Strength.LIKELY, State.UNLIKELY: Strength.LIKELY, State.UNCERTAIN: Strength.NO_CLEAR_CHANGE}


@dataclass(frozen=True, slots=True)
class Target:
    """The value to reach in ``period``; a miss by no more than ``tolerance``, in the same terms, is a near one."""

    value: float
    period: Period
    tolerance: float = 0.0


def find_target(measure: Measure, holding: Holding, target: Target, *, last: Period) -> Finding:
    """The state of a target: met or missed once its period is over by ``last``; where it is heading before that."""
    finding = Finding(Kind.TARGET, measure.name, holding.area, (target.period,), method="value against target")
    if measure.polarity is Polarity.NEITHER:
        return replace(finding, unavailable="neither way is agreed to be better for this measure")
    crossed = breaks_crossed(measure, holding, target.period)
    if crossed:
        return replace(finding, unavailable=f"its period crosses a break in the series: {crossed[0].rstrip('.')}")
    projection = _projection(measure, holding, target.period, last=last)
    value = holding.total(target.period).value if target.period.last <= last.last else None
    if target.period.last <= last.last and value is None:
        note = holding.total(target.period).note
        return replace(finding, unavailable=f"no total for {target.period.for_sentence()}: {note}")
    judged = targets.judge(
        target.value,
        value,
        polarity=measure.polarity,
        projection=projection if value is None else None,
        tolerance=min(0.99, target.tolerance / abs(target.value)) if target.value else 0,
    )
    if judged.state is State.NOT_KNOWN:
        return replace(told_by(finding, judged.method), unavailable=f"it is not known yet: {judged.why}")
    numbers = {"target": judged.target, "value": judged.value, "gap": judged.gap, "chance": judged.chance}
    heading = value is None and projection is not None and judged.chance is not None
    return replace(
        told_by(finding, judged.method),
        values={name: number for name, number in numbers.items() if number is not None},
        limits={"value": _limits(projection)} if heading and projection else {},
        labels={
            "state": judged.state.value,
            "letter": judged.letter,
            "value": "projected" if heading else "so far" if value is None else "final",
        },
        strength=_STRENGTHS.get(judged.state, Strength.CLEAR),
    )


def _limits(projection: targets.Projection) -> Limits:
    return Limits(projection.lower, projection.upper, CONFIDENCE)


def _projection(measure: Measure, holding: Holding, period: Period, *, last: Period) -> targets.Projection | None:
    """From the months known by ``last``, on the later side of the last break; none where they are no counts."""
    months = months_of(measure, holding, last=last).since_the_last_break()
    if not months.known or not all(map(is_count, months.known)):
        return None
    return targets.project(months.values, periods=months.periods, period=period)
