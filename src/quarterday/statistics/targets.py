"""How a count stands against its target: now that the period is over, or where it is heading while it runs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import betainc, stdtrit

from quarterday.domain.faults import InputError
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.statistics import seasonal
from quarterday.statistics.change import CONFIDENCE
from quarterday.statistics.result import Method

YEAR = 12
# A fraction of the target: within it, a miss is a near one. Local practice is 5% (docs/methods/targets.md).
TOLERANCE = 0.05
# The words of the IPCC's guidance note on uncertainty (Mastrandrea and others 2010): likely is 66% or more.
LIKELY = 0.66
# Two years of months tell a level for each month of the year, and a slope.
LEAST_MONTHS = 24
# A negative binomial count with next to no over-dispersion is a Poisson one; so little of it is kept.
_LEAST_EXCESS = 1e-6


class State(StrEnum):
    """How it stands, in a word; colour is never the only cue, so there is a letter too."""

    MET = "met"
    NEARLY_MET = "missed, within tolerance"
    MISSED = "missed"
    LIKELY = "likely to be met"
    UNCERTAIN = "as likely as not to be met"
    UNLIKELY = "unlikely to be met"
    NOT_KNOWN = "not known yet"
    NO_TARGET = "no target"

    @property
    def letter(self) -> str:
        """G, A, R, or a dash where there is nothing to judge."""
        return _LETTERS[self]


_LETTERS = {
    State.MET: "G",
    State.LIKELY: "G",
    State.NEARLY_MET: "A",
    State.UNCERTAIN: "A",
    State.MISSED: "R",
    State.UNLIKELY: "R",
    State.NOT_KNOWN: "–",
    State.NO_TARGET: "–",
}


@dataclass(frozen=True, slots=True)
class Projection:
    """The total that a period is heading for, with its limits, or the reason in ``why_not``.

    ``so_far`` is what the ``months_known`` hold; the other months are projected. ``mean`` and ``variance`` are those of
    the projected part.
    """

    period: Period
    so_far: float
    months_known: int
    total: float | None
    lower: float | None
    upper: float | None
    mean: float | None
    variance: float | None
    dispersion: float | None
    why_not: str
    method: Method

    def chance_of_at_most(self, total: float) -> float | None:
        """The probability that the period's total comes to no more than this; ``None`` without a projection."""
        if self.mean is None or self.variance is None:
            return None
        return _at_most(math.floor(total - self.so_far), self.mean, self.variance)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``gap`` is how far the value, or the projected total, lies on the wrong side of the target; else it is negative.

    ``value`` is what the gap is of. ``chance`` is the probability of meeting the target, where that is a projection.
    """

    state: State
    letter: str
    target: float | None
    value: float | None
    gap: float | None
    chance: float | None
    why: str
    method: Method

    @property
    def words(self) -> str:
        """The state, and by how much a target was missed."""
        if self.gap is None or self.state not in {State.MISSED, State.NEARLY_MET}:
            return self.state.value
        within = ", within tolerance" if self.state is State.NEARLY_MET else ""
        return f"missed by {self.gap:,.{0 if float(self.gap).is_integer() else 1}f}{within}"


def project(
    values: Sequence[float | None], *, periods: Sequence[Period], period: Period, confidence: float = CONFIDENCE
) -> Projection:
    """What the months of ``period`` will come to, from its known months and the seasonal trend of all known months.

    ``values`` are counts of the months ``periods``, in order; a missing one is ``None``, or left out, and is projected
    where it lies in ``period``. Each unknown month is expected at the level of its month of the year, grown at the
    series' own rate (``seasonal.fit``). The limits allow for three things: counts vary ``dispersion`` times as much as
    chance, the levels and the growth are estimates, and so is the dispersion (Student's t). Where some month of the
    year was never counted, one level serves the whole year. Without two years of months, or where one end holds all
    counts, there is no projection, and the reason is given.
    """
    counts = _by_month(values, periods)
    wanted = [month.first for month in period]
    known = [counts[month] for month in wanted if month in counts]
    if not 0 < confidence < 1:
        raise InputError(f"a confidence of {confidence:g} is none; wanted one between 0 and 1, such as 0.95.")
    method = Method(
        "projection from the seasonal trend",
        "quasi-Poisson: McCullagh and Nelder 1989; negative binomial limits",
        {"confidence": confidence},
    )
    so_far, missing = float(sum(known)), [month for month in wanted if month not in counts]
    if not missing:
        return Projection(period, so_far, len(known), so_far, so_far, so_far, 0.0, 0.0, None, "", method)
    used = {month: count for month, count in counts.items() if month <= wanted[-1]}
    why_not, mean, variance, dispersion = _expected(used, missing, confidence)
    if why_not:
        return Projection(period, so_far, len(known), None, None, None, None, None, None, why_not, method)
    tail = (1 - confidence) / 2
    return Projection(
        period=period,
        so_far=so_far,
        months_known=len(known),
        total=so_far + mean,
        lower=so_far + _quantile(tail, mean, variance),
        upper=so_far + _quantile(1 - tail, mean, variance),
        mean=mean,
        variance=variance,
        dispersion=dispersion,
        why_not="",
        method=method,
    )


def judge(
    target: float | None,
    value: float | None = None,
    *,
    polarity: Polarity,
    projection: Projection | None = None,
    tolerance: float = TOLERANCE,
    likely: float = LIKELY,
) -> Judgement:
    """How it stands against ``target``: by ``value`` once the period is over, by ``projection`` while it runs.

    A target is met at the value itself. A miss by no more than ``tolerance``, a fraction of the target, is a near one.
    While the period runs, a target is likely to be met where the chance is ``likely`` or more, and unlikely where it
    is ``1 - likely`` or less; a count that has passed its target already has met it, or missed it, whatever comes (a
    near miss is told at the end only). ``polarity`` says which way is better; without one there is no target.
    """
    _check_options(target, value, polarity, tolerance, likely)
    options = {"tolerance": tolerance, "likely": likely, "polarity": polarity.value}
    if projection is not None and value is None and projection.months_known == projection.period.months:
        value = projection.so_far
    over = Method("value against target", "the partnership's target and tolerance", options)
    if target is None:
        return _judgement(State.NO_TARGET, over)
    if value is not None:
        gap = _gap(value, target, polarity)
        return _judgement(_state_of(gap, target, tolerance), over, target=target, value=value, gap=gap)
    running = Method("chance of meeting the target", "IPCC guidance note on uncertainty (2010)", options)
    if projection is None:
        return _judgement(State.NOT_KNOWN, running, target=target, why="the period is not over")
    passed = _passed(projection, target, polarity)
    if passed is not None:
        gap = _gap(projection.so_far, target, polarity)
        return _judgement(
            passed, running, target=target, value=projection.so_far, gap=gap, why="passed before the period is over"
        )
    at_most = projection.chance_of_at_most(target if polarity is Polarity.LOWER else math.ceil(target) - 1)
    if at_most is None or projection.total is None:
        return _judgement(State.NOT_KNOWN, running, target=target, why=projection.why_not)
    chance = at_most if polarity is Polarity.LOWER else 1 - at_most
    return _judgement(
        State.LIKELY if chance >= likely else State.UNLIKELY if chance <= 1 - likely else State.UNCERTAIN,
        running,
        target=target,
        value=projection.total,
        gap=_gap(projection.total, target, polarity),
        chance=chance,
    )


def _judgement(
    state: State,
    method: Method,
    *,
    target: float | None = None,
    value: float | None = None,
    gap: float | None = None,
    chance: float | None = None,
    why: str = "",
) -> Judgement:
    return Judgement(state, state.letter, target, value, gap, chance, why, method)


def _gap(value: float, target: float, polarity: Polarity) -> float:
    return value - target if polarity is Polarity.LOWER else target - value


def _state_of(gap: float, target: float, tolerance: float) -> State:
    if gap <= 0:
        return State.MET
    return State.NEARLY_MET if gap <= tolerance * abs(target) else State.MISSED


def _passed(projection: Projection, target: float, polarity: Polarity) -> State | None:
    """What is decided before the period is over, as a count can only grow."""
    if polarity is Polarity.LOWER:
        return State.MISSED if projection.so_far > target else None
    return State.MET if projection.so_far >= target else None


def _check_options(
    target: float | None, value: float | None, polarity: Polarity, tolerance: float, likely: float
) -> None:
    numbers = {"target": target, "value": value}
    wrong = next((name for name, number in numbers.items() if number is not None and not math.isfinite(number)), "")
    if wrong:
        raise InputError(f"a {wrong} of {numbers[wrong]} is none; wanted a number, or None where there is none.")
    if target is not None and polarity is Polarity.NEITHER:
        raise InputError("neither way is better for this measure, so it can have no target; give its polarity.")
    if not 0 <= tolerance < 1:
        raise InputError(f"a tolerance of {tolerance:g} is none; wanted a fraction of the target, such as 0.05.")
    if not 0.5 < likely < 1:  # noqa: PLR2004 - an even chance
        raise InputError(f"what is likely at {likely:g} is not; wanted a chance above 0.5 and under 1.")


def _by_month(values: Sequence[float | None], periods: Sequence[Period]) -> dict[int, float]:
    """The known counts by month."""
    if len(values) != len(periods):
        raise InputError(f"{len(values)} counts came with {len(periods)} periods; wanted one each.")
    odd = next((period for period in periods if period.months != 1), None)
    if odd is not None:
        raise InputError(f"a projection is from months; {odd.for_sentence()} is {odd.months} of them.")
    if len(set(periods)) < len(periods):
        raise InputError("a month came twice; wanted each once.")
    return {month.first: value for month, value in zip(periods, values, strict=True) if value is not None}


def _expected(counts: dict[int, float], missing: Sequence[int], confidence: float) -> tuple[str, float, float, float]:
    """Why there is no projection, or nothing; and the mean, variance and dispersion of the missing months together."""
    if len(counts) < LEAST_MONTHS:
        return f"{len(counts)} months are known, and a projection needs {LEAST_MONTHS} or more", 0, 0, 0
    first, last = min(counts), max(*counts, *missing)
    run = [counts.get(month) for month in range(first, last + 1)]
    rows, over = seasonal.checked([run])
    # A month of the year in which nothing was ever counted has no level of its own.
    seasons = YEAR if seasonal.in_years(rows, YEAR).sum(axis=(0, 1)).all() else 1
    grid, known = seasonal.in_years(rows, seasons), seasonal.in_years(over, seasons)
    fitted = seasonal.fit(grid, known)
    if fitted.freedom[0] < 1 or not fitted.has_slope[0]:
        return "the months known do not tell a trend", 0, 0, 0
    at = [(month - first) % seasons for month in missing]
    totals, centres, variance = fitted.totals[0][at], fitted.centres[0][at], float(fitted.variance[0])
    years = fitted.years[[(month - first) // seasons for month in missing]]
    slope, dispersion = float(fitted.slope[0]), float(fitted.dispersion[0])
    spaces = (known[0] * np.exp(slope * fitted.years)[:, None]).sum(axis=0)[at]
    means = totals * np.exp(slope * years) / spaces
    # Months of one level share its error, so their means are added before it is squared.
    held = np.array([means[np.equal(at, season)].sum() for season in set(at)])
    levels = dispersion * (held**2 / np.array([fitted.totals[0][season] for season in set(at)])).sum()
    growth = (means * (years - centres)).sum() ** 2 * variance
    normal, student = stdtrit([math.inf, float(fitted.freedom[0])], 1 - (1 - confidence) / 2)
    mean = float(means.sum())
    return "", mean, float((student / normal) ** 2 * (dispersion * mean + levels + growth)), dispersion


def _at_most(count: float, mean: float, variance: float) -> float:
    """The probability of no more than ``count``, of a negative binomial count of this mean and variance."""
    if count < 0:
        return 0.0
    if mean == 0:
        return 1.0
    excess = max(variance - mean, _LEAST_EXCESS * mean)
    return float(betainc(mean**2 / excess, count + 1, mean / (mean + excess)))


def _quantile(chance: float, mean: float, variance: float) -> float:
    """The least count that is not passed with this probability."""
    low, high = -1.0, 1.0
    while _at_most(high, mean, variance) < chance:
        high *= 2
    while high - low > 1:
        middle = math.floor((low + high) / 2)
        low, high = (low, middle) if _at_most(middle, mean, variance) >= chance else (middle, high)
    return high
