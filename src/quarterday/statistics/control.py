"""Control charts: whether a month is more than the ups and downs that a series always has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quarterday.domain.faults import InputError
from quarterday.domain.measure import Polarity
from quarterday.statistics.control_drawing import LEAST_POINTS, Column, Part, Plan, Stretch, drawn
from quarterday.statistics.control_kinds import Choice, choices
from quarterday.statistics.control_limits import (
    IS_OF_COUNTS,
    IS_PROPORTION,
    MAY_HAVE_DENOMINATORS,
    NEEDS_DENOMINATORS,
    XMR_SCALE,
    Kind,
    Ranges,
)
from quarterday.statistics.control_rules import Floats, Rules, Signal
from quarterday.statistics.result import Method

AUTO = "auto"
DEFAULT_RULES = Rules()
_NO_REASONS: Mapping[int, str] = {}


class Assurance(StrEnum):
    """Whether a process as it stands will meet a target: always, never, or as chance has it."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class Point:
    """A point by its place in the series, from 0; its value, ``None`` if missing; and its signals, the first first."""

    place: int
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A control chart in columns, one entry a point.

    ``places`` are those of the series, from 0. They are all of it, but for a g chart of monthly counts: that one has a
    point for each month with an event, whose value is how many months without went before, and one for the last month
    if events are still awaited; ``of_gaps`` says so, and there a high value means fewer events.
    """

    kind: Kind
    why: str
    of_gaps: bool
    length: int
    places: tuple[int, ...]
    values: Column
    centre: Column
    lower: Column
    upper: Column
    signals: tuple[tuple[Signal, ...], ...]
    stretches: tuple[Stretch, ...]
    method: Method

    @property
    def points(self) -> tuple[Point, ...]:
        """The chart's points in order."""
        return tuple(self._point(at) for at in range(len(self.places)))

    @property
    def flagged(self) -> tuple[Point, ...]:
        """The points that meet a rule."""
        return tuple(self._point(at) for at, signals in enumerate(self.signals) if signals)

    @property
    def latest(self) -> Point | None:
        """The point of the series' last month; none if that month is missing."""
        if not self.places or self.places[-1] != self.length - 1:
            return None
        last = self._point(len(self.places) - 1)
        return last if self.of_gaps or last.value is not None else None

    @property
    def trial(self) -> bool:
        """Whether the latest limits rest on too few points."""
        return self.stretches[-1].trial

    def _point(self, at: int) -> Point:
        return Point(
            self.places[at], self.values[at], self.centre[at], self.lower[at], self.upper[at], self.signals[at]
        )


def chart(
    values: Sequence[float | None],
    *,
    kind: Kind | str = AUTO,
    denominators: Sequence[float | None] | None = None,
    rebase_at: Mapping[int, str] | Sequence[int] = (),
    left_out: Mapping[int, str] = _NO_REASONS,
    baseline: int | None = None,
    screen: bool = False,
    xmr_scale: float = XMR_SCALE,
    rules: Rules = DEFAULT_RULES,
) -> Chart:
    """The control chart of a series: centre, limits, and which points show more than chance.

    ``values`` are in order of time, a missing one ``None``: it stays a gap, ends every run and takes part in nothing.
    They are monthly counts or other monthly values; numbers between events for kind ``g``, times between for ``t``.
    ``auto`` chooses the kind from monthly values (``choose_kind``). ``denominators`` are what each count is out of.

    ``rebase_at`` gives each place, from 0, at which limits begin anew, with its reason; ``left_out`` likewise each
    point that limits are not to rest on; ``baseline`` the number of first points that a stretch's limits rest on.
    ``screen`` leaves moving ranges of 3.267 times their average out, as NHSRplotthedots does and Excel's tool does not.
    A series that never changes has no signals. Fewer than 13 points make trial limits.
    """
    counts = _numbers(values, "values")[None, :]
    exposure = None if denominators is None else _numbers(denominators, "denominators")[None, :]
    _check_denominators(counts, exposure)
    length = counts.shape[1]
    reasons = {0: ""} | _reasons(rebase_at, length, "rebased")
    basis = np.ones(counts.shape, np.bool_)
    basis[:, list(_reasons(left_out, length, "drawn without a point"))] = False
    if baseline is not None and baseline < 2:  # noqa: PLR2004 - two points have one difference
        raise InputError(f"limits were asked to rest on the first {baseline} points; they need 2 or more.")
    starts = sorted(reasons)
    choice = _chosen(kind, counts, exposure, last_start=starts[-1])[0]
    exposure = exposure if choice.kind in MAY_HAVE_DENOMINATORS else None
    _check(choice.kind, counts, exposure)
    plan = Plan(choice.kind, str(kind) == AUTO, Ranges(xmr_scale, screen), rules, baseline)
    parts: list[Part] = []
    for start, stop in pairwise([*starts, length]):
        part = slice(start, stop)
        divisor = None if exposure is None else exposure[:, part]
        parts += drawn(counts[:, part], divisor, basis[:, part], plan, start=start, reason=reasons[start])
    return _joined(choice, plan, parts, length)


def charts(
    matrix: ArrayLike,
    *,
    kind: Kind | str = AUTO,
    denominators: ArrayLike | None = None,
    screen: bool = False,
    xmr_scale: float = XMR_SCALE,
    rules: Rules = DEFAULT_RULES,
) -> tuple[Chart, ...]:
    """The chart of each row, all at once; as ``chart`` gives it, but a missing value is NaN and nothing is rebased."""
    counts = _matrix(matrix, "values")
    exposure = None if denominators is None else _matrix(denominators, "denominators")
    _check_denominators(counts, exposure)
    chosen = _chosen(kind, counts, exposure, last_start=0)
    made: list[Chart | None] = [None] * len(counts)
    for one in sorted({choice.kind for choice in chosen}):
        rows = [at for at, choice in enumerate(chosen) if choice.kind is one]
        divisor = None if exposure is None or one not in MAY_HAVE_DENOMINATORS else exposure[rows]
        _check(one, counts[rows], divisor)
        plan = Plan(one, str(kind) == AUTO, Ranges(xmr_scale, screen), rules, None)
        basis = np.ones((len(rows), counts.shape[1]), np.bool_)
        for at, part in zip(rows, drawn(counts[rows], divisor, basis, plan, start=0, reason=""), strict=True):
            made[at] = _joined(chosen[at], plan, [part], counts.shape[1])
    return tuple(done for done in made if done is not None)


def choose_kind(values: Sequence[float | None], *, denominators: Sequence[float | None] | None = None) -> Choice:
    """The chart that a run of monthly values asks for, with the reason in a sentence.

    Under 1.3 a month events are charted by the months between them (g), from there on by their counts: c, or u where
    there are ``denominators``, while they vary as chance has it, u' where they vary more, XmR from a mean of 5. Values
    that are not whole are no counts and get an XmR chart. A t chart needs the dates of events and p the number that
    each count is a part of, which no series tells: they are asked for by name.
    """
    counts = _numbers(values, "values")[None, :]
    exposure = None if denominators is None else _numbers(denominators, "denominators")[None, :]
    _check_denominators(counts, exposure)
    return _chosen(AUTO, counts, exposure, last_start=0)[0]


def assurance(made: Chart, *, target: float | None, better: Polarity) -> Assurance | None:
    """Whether the process, as its latest limits have it, will meet a target; none without target or polarity.

    There is none either on a chart of gaps, whose limits are months and not counts, nor without limits.
    A target within the limits, or on one, is met or missed as chance has it (NHS Making Data Count).
    """
    lower, upper = (column[-1] if column else None for column in (made.lower, made.upper))
    if target is None or better is Polarity.NEITHER or made.of_gaps or lower is None or upper is None:
        return None
    if lower <= target <= upper:
        return Assurance.INCONSISTENT
    return Assurance.PASS if (target < lower) is (better is Polarity.HIGHER) else Assurance.FAIL


def _joined(choice: Choice, plan: Plan, parts: Sequence[Part], length: int) -> Chart:
    """One chart of its stretches."""
    columns = [tuple(value for part in parts for value in part.columns[at]) for at in range(4)]
    return Chart(
        kind=choice.kind,
        why=choice.why,
        of_gaps=plan.of_gaps,
        length=length,
        places=tuple(place for part in parts for place in part.places),
        values=columns[0],
        centre=columns[1],
        lower=columns[2],
        upper=columns[3],
        signals=tuple(signals for part in parts for signals in part.signals),
        stretches=tuple(part.stretch for part in parts),
        method=plan.method,
    )


def _chosen(kind: Kind | str, counts: Floats, exposure: Floats | None, *, last_start: int) -> list[Choice]:
    """The kind asked for, or the one that the latest stretch asks for if it is long enough to tell."""
    if str(kind) != AUTO:
        asked = _kind(kind)
        if exposure is not None and asked not in MAY_HAVE_DENOMINATORS:
            raise InputError(f"denominators came for a {asked} chart, which has none.")
        if exposure is None and asked in NEEDS_DENOMINATORS:
            raise InputError(f"a {asked} chart needs denominators: what each count is out of; none came.")
        return [Choice(asked, "It was asked for.")] * len(counts)
    if np.any(counts < 0):
        row, at = np.argwhere(counts < 0)[0].tolist()
        raise InputError(
            f"{_which(counts, row, at)} is {counts[row, at]:g}; a count is not negative. Mend it, or chart values that "
            "can be negative, such as differences, with kind='xmr'."
        )
    start = last_start if counts.shape[1] - last_start >= LEAST_POINTS else 0
    divisor = np.ones(counts.shape) if exposure is None else exposure
    return choices(counts[:, start:], divisor[:, start:], with_denominators=exposure is not None)


def _kind(kind: Kind | str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        names = ", ".join([AUTO, *Kind])
        raise InputError(f"a control chart of kind {str(kind)!r} was asked for; the kinds are {names}.") from None


def _numbers(values: Sequence[float | None], what: str) -> Floats:
    """A run of numbers as an array, in which a missing one becomes NaN."""
    for at, value in enumerate(values):
        if value is not None and not (isinstance(value, Real) and isfinite(value)):
            raise InputError(
                f"{what}: number {at + 1} of {len(values)} is {value}; a missing value is None, and all others are "
                "finite numbers."
            )
    if not len(values):
        raise InputError(f"{what}: none came; a control chart needs a run of monthly values.")
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _matrix(values: ArrayLike, what: str) -> Floats:
    matrix = np.asarray(values, np.float64)
    if matrix.ndim not in {1, 2} or not matrix.size or np.any(np.isinf(matrix)):
        raise InputError(
            f"{what} of shape {matrix.shape} came, or with infinite ones; wanted a row a series and a column a month, "
            "of finite numbers, NaN if missing."
        )
    return np.atleast_2d(matrix)


def _check_denominators(counts: Floats, exposure: Floats | None) -> None:
    """Whether there is one for each value, and it can be divided by."""
    if exposure is None:
        return
    if exposure.shape != counts.shape:
        raise InputError(f"{exposure.size} denominators came for {counts.size} values; wanted one for each.")
    _refuse(exposure, exposure <= 0, "a denominator is more than 0, or missing", "denominator")


def _check(kind: Kind, counts: Floats, exposure: Floats | None) -> None:
    """Whether values can be what the kind of chart is of."""
    if kind is not Kind.XMR:
        _refuse(counts, counts < 0, f"a {kind} chart is of counts or of times, which are not negative")
    if kind in IS_OF_COUNTS:
        _refuse(counts, np.floor(counts) < counts, f"a {kind} chart is of counts, which are whole")
    if kind in IS_PROPORTION and exposure is not None:
        _refuse(counts, counts > exposure, f"a {kind} chart is of parts, and none is more than its whole")


def _refuse(rows: Floats, bad: NDArray[np.bool_], rule: str, what: str = "value") -> None:
    if bad.any():
        row, at = np.argwhere(bad)[0].tolist()
        raise InputError(f"{_which(rows, row, at, what)} is {rows[row, at]:g}; {rule}.")


def _which(rows: Floats, row: int, at: int, what: str = "value") -> str:
    series = f"series {row + 1}, " if len(rows) > 1 else ""
    return f"{series}{what} {at + 1} of {rows.shape[1]}"


def _reasons(places: Mapping[int, str] | Sequence[int], length: int, done: str) -> dict[int, str]:
    """Places with their reasons, each of which there must be."""
    if not isinstance(places, Mapping):
        if places:
            raise InputError(
                f"a chart is {done} only for a reason: give each of {list(places)} with it, as {{place: reason}}."
            )
        return {}
    for place, reason in places.items():
        if not 0 <= place < length:
            raise InputError(f"a chart of {length} values was to be {done} at {place}; places are 0 to {length - 1}.")
        if not reason.strip():
            raise InputError(f"a chart is {done} at {place} only for a reason; none came.")
    return dict(places)
