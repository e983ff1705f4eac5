"""Whether counts rise or fall from year to year, tested on periods that do not overlap, and on no others."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, chdtri, stdtr, stdtrit

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.statistics import seasonal
from quarterday.statistics.change import CONFIDENCE, SIGNIFICANCE
from quarterday.statistics.rates import byar_limits
from quarterday.statistics.result import Method
from quarterday.statistics.seasonal import Fit, Floats, Many

YEAR = 12  # months
# One year cannot tell a slope from the levels of its months.
LEAST_YEARS = 2
# Fingertips' trend markers: the last five years, at 99.8%. See the technical guidance on trend markers.
YEARS_TESTED = 5
YEARS_SIGNIFICANCE = 0.002
# The limits of 95% stand so many standard errors apart: Fingertips writes 3.92.
_STANDARD_ERRORS_APART = 3.92
# A slope beyond this a year, on the log scale, is no limit that anyone can use: a thousandfold in a year.
_STEEPEST = math.log(1000)
# A limit is found when the test is this near to refusing it; it seldom takes ten steps.
_SMALL_EXCESS = 1e-9
_MOST_STEPS = 60

_MONTHLY = Method(
    "quasi-Poisson trend with a level for each month of the year",
    "McCullagh and Nelder 1989; score test",
)
_YEARLY = Method("recent trend over five years", "Fingertips, Public Health Technical Guidance, Trend markers")


class Direction(StrEnum):
    """What a trend may be called; the last where there is none to call."""

    RISING = "rising"
    FALLING = "falling"
    NO_CLEAR_TREND = "no clear trend"
    CANNOT_BE_TESTED = "cannot be tested"


class Kind(StrEnum):
    """Runs of periods that follow each other without overlap."""

    MONTHS = "months"
    QUARTERS = "quarters"
    FINANCIAL_YEARS = "financial years"
    CALENDAR_YEARS = "calendar years"

    @property
    def months(self) -> int:
        """How many months one period has."""
        return {Kind.MONTHS: 1, Kind.QUARTERS: 3}.get(self, YEAR)


@dataclass(frozen=True, slots=True)
class Trend:
    """``annual`` is the change a year, with its limits, in ``unit``.

    That is per cent of the level for months and quarters, and for years so many more a year (of the rate, where there
    are exposures). ``why_not`` is the reason where it cannot be tested; then there are no numbers. ``why_no_trend``
    says what kept a significant slope from being called a trend. ``used`` is how many periods it rests on.
    """

    direction: Direction
    annual: float | None
    lower: float | None
    upper: float | None
    unit: str
    p: float | None
    dispersion: float | None
    freedom: int | None
    used: int
    why_not: str
    why_no_trend: str
    method: Method


def trend(
    values: Sequence[float | None],
    *,
    periods: Sequence[Period] = (),
    kind: Kind | str = "",
    exposures: Sequence[float] | float | None = None,
    confidence: float = CONFIDENCE,
    significance: float | None = None,
    dispersion: float = 1.0,
) -> Trend:
    """The trend of one series of counts, or *cannot be tested* with the reason.

    Give the ``periods``, or the ``kind`` of the run: ``months``, ``quarters``, ``financial years`` or ``calendar
    years`` that follow each other. Overlapping periods, such as rolling years, are an error: they share most of their
    months, so that any movement looks like a trend. A missing count is ``None``, or a period left out; it is never
    taken for nought.

    Months and quarters: ``trends``. Years: Fingertips' rule on the last five. There ``significance`` is 0.002 unless
    given, and ``dispersion`` (1 or more) widens the limits of each year's count; with months it is told by the series.
    """
    known_kind, counts, over = _in_order(values, periods, kind, exposures)
    if dispersion < 1 or (dispersion > 1 and known_kind.months < YEAR):
        wanted = "1 or more, and of years only; months tell their own"
        raise InputError(f"a dispersion of {dispersion:g} came for a trend of {known_kind.value}; wanted {wanted}.")
    if known_kind.months < YEAR:
        level = SIGNIFICANCE if significance is None else significance
        rows = None if over is None else [over]
        return trends([counts], kind=known_kind, exposures=rows, confidence=confidence, significance=level)[0]
    level = YEARS_SIGNIFICANCE if significance is None else significance
    return _years_trend(counts, over, confidence=confidence, significance=level, dispersion=dispersion)


def trends(
    counts: Many,
    *,
    kind: Kind | str = Kind.MONTHS,
    exposures: npt.ArrayLike | None = None,
    confidence: float = CONFIDENCE,
    significance: float = SIGNIFICANCE,
) -> tuple[Trend, ...]:
    """The trend of each of many series of months, or quarters, of one length, in the order given.

    A row a series; a missing count is ``None``, or masked in an array. ``exposures`` (residents, days) are of the same
    shape, or of one row. The mean of a count is its exposure times a level for each month of the year times a growth a
    year; counts vary ``dispersion`` times as much as chance, as the series itself tells, never below 1 (quasi-Poisson;
    McCullagh and Nelder 1989). ``p`` is of the score test against no growth, by Student's t. The limits are of the
    growths that the same test does not refuse, so they leave out 0 exactly when ``p`` is under ``1 - confidence``. It
    takes two years of months at least, and counts at both ends.
    """
    run = _kind_of(kind)
    if run.months == YEAR:
        raise InputError(f"{run.value} have no seasons; wanted months or quarters.")
    seasons = YEAR // run.months
    rows, over = seasonal.checked(counts, exposures)
    grid, spaces = seasonal.in_years(rows, seasons), seasonal.in_years(over, seasons)
    method = _method(_MONTHLY, confidence=confidence, significance=significance, kind=run.value)
    fitted = seasonal.fit(grid, spaces)
    used = (spaces > 0).sum(axis=(1, 2))
    reasons = [
        _why_not(number, run, held=held, has_slope=slope, freedom=free)
        for number, held, slope, free in zip(
            used.tolist(), (grid.sum(axis=(1, 2)) > 0).tolist(), fitted.has_slope.tolist(), fitted.freedom.tolist(),
            strict=True,
        )
    ]  # fmt: skip
    numbers = _tested(fitted, grid, spaces, np.array([not why for why in reasons]), confidence)
    return tuple(
        _none(why, number, method)
        if why
        else Trend(
            direction=_direction(slope, p < significance),
            annual=_per_cent(slope),
            lower=_per_cent(lower),
            upper=_per_cent(upper),
            unit="per cent",
            p=p,
            dispersion=spread,
            freedom=free,
            used=number,
            why_not="",
            why_no_trend="",
            method=method,
        )
        for why, number, slope, p, lower, upper, spread, free in zip(
            reasons, used.tolist(), fitted.slope.tolist(), *numbers, fitted.dispersion.tolist(),
            fitted.freedom.tolist(), strict=True,
        )
    )  # fmt: skip


def _tested(
    fitted: Fit, grid: Floats, spaces: Floats, testable: seasonal.Flags, confidence: float
) -> tuple[list[float], list[float], list[float]]:
    """The probability of each series, and the limits of its slope; 1 and 0 for those that are not tested."""
    p, lower, upper = np.ones(len(grid)), np.zeros(len(grid)), np.zeros(len(grid))
    at = np.flatnonzero(testable)
    if at.size:
        freedom = fitted.freedom[at].astype(float)
        distance, _ = seasonal.departure(np.zeros(at.size), grid[at], spaces[at])
        p[at] = 2 * stdtr(freedom, -np.abs(distance))
        furthest = np.asarray(stdtrit(freedom, 1 - (1 - confidence) / 2), dtype=np.float64)
        sides, both = np.repeat([-1.0, 1.0], at.size), np.tile(at, 2)
        limits = _limits(sides, fitted=fitted, at=both, grid=grid, spaces=spaces, furthest=np.tile(furthest, 2))
        lower[at], upper[at] = limits.reshape(2, -1)
    return p.tolist(), lower.tolist(), upper.tolist()


def _limits(side: Floats, *, fitted: Fit, at: seasonal.Whole, grid: Floats, spaces: Floats, furthest: Floats) -> Floats:
    """The slopes from which series depart by as much as the test allows, each on its ``side``, -1 or 1 of the fitted.

    Infinite beyond the steepest.
    """

    def excess(slope: Floats, which: seasonal.Whole) -> Floats:
        return np.abs(seasonal.departure(slope, grid[at[which]], spaces[at[which]])[0]) - furthest[which]

    kept, refused = fitted.slope[at].copy(), fitted.slope[at].copy()
    below, above = -furthest, -furthest.copy()
    step = side * np.minimum(1.2 * furthest * np.sqrt(fitted.variance[at]), _STEEPEST)
    short = np.arange(at.size)
    while short.size:
        refused[short] += step[short]
        above[short] = excess(refused[short], short)
        short = short[(above[short] < 0) & (np.abs(refused[short]) < _STEEPEST)]
    limit = np.where(above < 0, side * np.inf, refused)
    moving = np.flatnonzero(above > 0)
    for _ in range(_MOST_STEPS):
        if not moving.size:
            break
        low, high = below[moving], above[moving]
        middle = refused[moving] - high * (refused[moving] - kept[moving]) / (high - low)
        found = excess(middle, moving)
        inside = found < 0
        # The end that stays is given half its weight, or it would stay for ever (the Illinois rule).
        above[moving], below[moving] = np.where(inside, high / 2, found), np.where(inside, found, low / 2)
        kept[moving], refused[moving] = (
            np.where(inside, middle, kept[moving]),
            np.where(inside, refused[moving], middle),
        )
        limit[moving] = middle
        moving = moving[np.abs(found) > _SMALL_EXCESS]
    return np.asarray(limit)


def _years_trend(
    counts: Sequence[float | None],
    exposures: Sequence[float] | None,
    *,
    confidence: float,
    significance: float,
    dispersion: float,
) -> Trend:
    """Fingertips' rule: the weighted slope of the last five years, which must not turn when any one is left out."""
    method = _method(_YEARLY, confidence=confidence, significance=significance, dispersion=dispersion)
    rows, over = seasonal.checked([counts], None if exposures is None else [exposures])
    last, spaces = rows[0, -YEARS_TESTED:], over[0, -YEARS_TESTED:]
    used = int((spaces > 0).sum())
    if len(counts) < YEARS_TESTED or used < YEARS_TESTED:
        why = f"{used} of the last {YEARS_TESTED} years are known, and the rule needs all of them"
        return _none(why, used, method)
    lower, upper = byar_limits(last)
    weights = 1 / (dispersion * ((upper - lower) / spaces / _STANDARD_ERRORS_APART) ** 2)
    slope, variance = _weighted_slope(last / spaces, weights)
    others = [
        _weighted_slope(last / spaces, np.where(np.arange(YEARS_TESTED) == out, 0, weights))[0]
        for out in range(YEARS_TESTED)
    ]
    p = float(chdtrc(1, slope**2 / variance))
    turns = p < significance and any(other * slope <= 0 for other in others)
    half = math.sqrt(float(chdtri(1, 1 - confidence)) * variance)
    return Trend(
        direction=_direction(slope, p < significance and not turns),
        annual=slope,
        lower=slope - half,
        upper=slope + half,
        unit="a year",
        p=p,
        dispersion=dispersion,
        freedom=None,
        used=used,
        why_not="",
        why_no_trend="without one of the five years the slope turns" if turns else "",
        method=method,
    )


def _weighted_slope(values: Floats, weights: Floats) -> tuple[float, float]:
    """The slope of the weighted straight line through the values, and its variance."""
    times = np.arange(1.0, len(values) + 1)
    total, middle = weights.sum(), (weights * times).sum() / weights.sum()
    spread = (weights * (times - middle) ** 2).sum()
    slope = (weights * (times - middle) * (values - (weights * values).sum() / total)).sum() / spread
    return float(slope), float(1 / spread)


def _why_not(used: int, run: Kind, *, held: bool, has_slope: bool, freedom: int) -> str:
    least = LEAST_YEARS * YEAR // run.months
    if used < least:
        return f"{used} {run.value} are known, and a trend needs {least} or more"
    if not held:
        return "nothing was counted"
    if not has_slope:
        return "one end of the series holds all that was counted"
    return "" if freedom >= 1 else "too few months of the year hold what was counted"


def _none(why: str, used: int, method: Method) -> Trend:
    return Trend(Direction.CANNOT_BE_TESTED, None, None, None, "", None, None, None, used, why, "", method)


def _direction(slope: float, is_trend: bool) -> Direction:  # noqa: FBT001 - a verdict
    if not is_trend:
        return Direction.NO_CLEAR_TREND
    return Direction.RISING if slope > 0 else Direction.FALLING


def _per_cent(slope: float) -> float | None:
    """On the scale of per cents; what is beyond bounds is ``None``, but nothing falls by more than all."""
    if slope == -math.inf:
        return -100.0
    return None if slope == math.inf else 100 * math.expm1(slope)


def _method(base: Method, **options: float | str) -> Method:
    for name in ("confidence", "significance"):
        if not 0 < float(options[name]) < 1:
            raise InputError(f"a {name} of {options[name]} is none; wanted one between 0 and 1.")
    return Method(base.name, base.source, options)


def _in_order(
    values: Sequence[float | None],
    periods: Sequence[Period],
    kind: Kind | str,
    exposures: Sequence[float] | float | None,
) -> tuple[Kind, list[float | None], list[float] | None]:
    """What sort of run it is, and each count of it in turn with its exposure; periods left out are missing counts."""
    if not values:
        raise InputError("a trend of no periods is none; wanted their counts.")
    over = None if exposures is None else np.broadcast_to(np.asarray(exposures, dtype=float), len(values)).tolist()
    if bool(periods) == bool(kind):
        raise InputError("a trend needs to know its periods; give `periods`, or the `kind` of the run, and not both.")
    if not periods:
        return _kind_of(kind), list(values), over
    if len(periods) != len(values):
        raise InputError(f"{len(values)} counts came with {len(periods)} periods; wanted one each.")
    run = _kind_of_periods(periods)
    places = [(period.first - periods[0].first) // run.months for period in periods]
    counts: list[float | None] = [None] * (places[-1] + 1)
    spaces = None if over is None else [1.0] * len(counts)
    for place, value, at in zip(places, values, range(len(values)), strict=True):
        counts[place] = value
        if spaces is not None and over is not None:
            spaces[place] = over[at]
    return run, counts, spaces


def _kind_of(kind: Kind | str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        kinds = ", ".join(known.value for known in Kind)
        why = " Rolling periods overlap, so that any movement looks like a trend." if "rolling" in kind else ""
        raise InputError(f'a trend of "{kind}" is none; wanted one of {kinds}.{why}') from None


def _kind_of_periods(periods: Sequence[Period]) -> Kind:
    first = periods[0]
    odd = next((period for period in periods if period.months != first.months), None)
    if odd is not None:
        raise InputError(
            f"a trend is of periods of one length; {first.for_sentence()} and {odd.for_sentence()} differ in theirs."
        )
    for earlier, later in pairwise(periods):
        if later.first <= earlier.first:
            raise InputError(
                f"a trend is of periods in order, each once; {later.for_sentence()} comes after "
                f"{earlier.for_sentence()}."
            )
        if earlier.overlaps(later):
            shared = earlier.last - later.first + 1
            raise InputError(
                f"a trend is of periods that do not overlap; {earlier.for_sentence()} and {later.for_sentence()} share "
                f"{shared} months, so that any movement looks like a trend. Give the months underneath, the quarters, "
                "or financial years."
            )
    lengths = {1: Kind.MONTHS, 3: Kind.QUARTERS}
    if first.months in lengths:
        run = lengths[first.months]
    elif all(period.is_financial_year for period in periods):
        run = Kind.FINANCIAL_YEARS
    elif first.months == YEAR:
        run = Kind.CALENDAR_YEARS
    else:
        raise InputError(f"a trend is of months, quarters or years; {first.for_sentence()} is {first.months} months.")
    off = next((period for period in periods if (period.first - first.first) % run.months), None)
    if off is not None:
        raise InputError(
            f"a trend is of periods evenly stepped; {first.for_sentence()} and {off.for_sentence()} are not."
        )
    return run
