"""Drawing a stretch of control charts: one set of limits, its points, and the rules that they meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from quarterday.statistics.control_limits import IS_OF_COUNTS, SOURCES, Kind, Limits, Ranges, limits_of, middle_of
from quarterday.statistics.control_rare import gaps_of, rare_limits, rare_signals
from quarterday.statistics.control_rules import (
    Floats,
    Rule,
    Rules,
    Signal,
    Signs,
    Truths,
    outside,
    shift,
    signals_of,
    trend,
    two_of_three,
)
from quarterday.statistics.result import Method, Option

# NHSRplotthedots' default; NHS England asks for 12 or more.
LEAST_POINTS = 13
Column = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Places ``start`` up to ``stop`` that share one set of limits; ``reason`` says why it was begun.

    ``known`` points make its limits; fewer than 13 make *trial* limits. Runs are counted about ``middle``, the
    median, on charts of counts, and about the centre where it is ``None``. ``most_in_a_month`` is how many rare events
    one month may hold by chance.
    """

    start: int
    stop: int
    reason: str
    known: int
    trial: bool
    middle: float | None = None
    most_in_a_month: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for all stretches of a chart."""

    kind: Kind
    chosen: bool
    ranges: Ranges
    rules: Rules
    baseline: int | None

    @property
    def of_gaps(self) -> bool:
        """Whether monthly counts are drawn as the months between events."""
        return self.chosen and self.kind is Kind.G

    @property
    def method(self) -> Method:
        """The kind of chart, its source, and the options in force."""
        options: dict[str, Option] = {
            "kind": self.kind.value,
            "chosen by the data": self.chosen,
            "moving ranges screened": self.ranges.screen,
            "xmr scale": self.ranges.scale,
            "run length": self.rules.shift_length,
            "trend length": self.rules.trend_length,
            "rules": "; ".join(rule.value for rule in self.rules.precedence),
            "limits rest on the first": self.baseline,
        }
        return Method(f"{self.kind.value} control chart", SOURCES[self.kind], options)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch and its columns."""

    stretch: Stretch
    places: Sequence[int]
    columns: tuple[Column, Column, Column, Column]
    signals: Sequence[tuple[Signal, ...]]


def drawn(counts: Floats, exposure: Floats | None, basis: Truths, plan: Plan, *, start: int, reason: str) -> list[Part]:
    """A stretch of each row."""
    used = basis.copy()
    if plan.baseline is not None:
        used[:, plan.baseline :] = False
    if plan.of_gaps:
        return [_rare(row, base, plan, start, reason) for row, base in zip(counts, used, strict=True)]
    divisor = np.ones(counts.shape) if exposure is None else exposure
    values = counts / divisor
    of_counts = _of_counts(counts, plan)
    floor = np.where(of_counts, 0.0, -np.inf)
    limits = limits_of(plan.kind, counts, divisor, basis=used, ranges=plan.ranges, floor=floor)
    middle = np.where(of_counts, middle_of(values, used), limits.centre[:, :1])
    found = signals_of(_found(values, limits, middle, basis, plan.rules))
    known = np.count_nonzero(used & ~np.isnan(values), axis=1).tolist()
    columns = [columns_of(column) for column in (values, limits.centre, limits.lower, limits.upper)]
    middles = columns_of(middle)
    return [
        Part(
            Stretch(
                start=start,
                stop=start + counts.shape[1],
                reason=reason,
                known=known[row],
                trial=known[row] < LEAST_POINTS,
                middle=middles[row][0] if of_counts[row, 0] else None,
            ),
            range(start, start + counts.shape[1]),
            (columns[0][row], columns[1][row], columns[2][row], columns[3][row]),
            found[row],
        )
        for row in range(len(counts))
    ]


def _of_counts(counts: Floats, plan: Plan) -> Truths:
    """Whether each row holds counts, so that no limit is under 0 and runs are about the median: counts are skew."""
    whole = np.all((np.floor(counts) == counts) | np.isnan(counts), axis=1, keepdims=True)
    return np.asarray(np.full(whole.shape, plan.kind in IS_OF_COUNTS) | (whole & plan.chosen))


def _found(values: Floats, limits: Limits, middle: Floats, basis: Truths, rules: Rules) -> list[tuple[Rule, Signs]]:
    """Where each rule is met; a point left out of the limits can lie outside them, and is in no run."""
    changes = (np.fmax.reduce(values, axis=1) > np.fmin.reduce(values, axis=1))[:, None] if values.size else np.array(0)
    in_runs = np.where(basis & changes, values, np.nan)
    side = np.nan_to_num(np.sign(in_runs - middle)).astype(np.int8)
    beyond = outside(np.where(changes, values, np.nan), limits.lower, limits.upper)
    near = ((in_runs > limits.near_upper) | (in_runs < limits.near_lower)) & (beyond == 0)
    found = {
        Rule.OUTSIDE: beyond,
        Rule.TREND: trend(in_runs, length=rules.trend_length),
        Rule.TWO_OF_THREE: two_of_three(near, side),
        Rule.SHIFT: shift(side, length=rules.shift_length),
    }
    return [(rule, found[rule]) for rule in rules.precedence if rule in found]


def _rare(counts: Floats, basis: Truths, plan: Plan, start: int, reason: str) -> Part:
    """A stretch of one row by the months between events."""
    gaps, limits = gaps_of(counts), rare_limits(counts, basis)
    number = gaps.places.size
    known = int(np.count_nonzero(~np.isnan(gaps.months))) - gaps.is_open
    constant = not np.any(counts[~np.isnan(counts)] != np.fmax.reduce(counts)) if number else True
    found = [((),) * number] if constant else signals_of(rare_signals(gaps, limits, plan.rules))
    middle = middle_of(gaps.months[None, : number - gaps.is_open], np.ones((1, number - gaps.is_open), np.bool_))
    lines = np.array([[limits.centre], [0.0], [limits.upper]]).repeat(number, axis=1)
    columns = columns_of(np.vstack([gaps.months, lines]))
    stretch = Stretch(
        start=start,
        stop=start + counts.size,
        reason=reason,
        known=known,
        trial=known < LEAST_POINTS,
        middle=columns_of(middle)[0][0] if known else None,
        most_in_a_month=columns_of(np.array([[limits.most_in_a_month]]))[0][0],
    )
    places = (gaps.places + start).tolist()
    return Part(stretch, places, (columns[0], columns[1], columns[2], columns[3]), found[0])


def columns_of(rows: Floats) -> list[Column]:
    """Rows of numbers, in which NaN is none."""
    missing = cast("list[bool]", np.isnan(rows).any(axis=1).tolist())
    numbers = cast("list[list[float]]", rows.tolist())
    return [
        tuple(None if value != value else value for value in row) if gaps else tuple(row)  # noqa: PLR0124 - NaN
        for row, gaps in zip(numbers, missing, strict=True)
    ]
