"""Rates, and the places that areas take by them."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from quarterday.domain.faults import InputError
from quarterday.statistics.funnel import (
    SPREADING,
    Scale,
    Spreading,
    places_of,
    poisson_limits,
    proportion_limits,
    scores,
    spread_limits,
    spread_of,
)
from quarterday.statistics.ranking import RANKING, IntArray, Ranking, rank_intervals
from quarterday.statistics.rates import PER_RESIDENTS, BoolArray, FloatArray, Numbers, given, pairs_of, share_of
from quarterday.statistics.result import Method

Item = TypeVar("Item", bound=np.generic)
Average = Literal["mean", "weighted"]
Kind = Literal["rate", "proportion"]

# The usual two of a funnel plot (Spiegelhalter, Statistics in Medicine 24, 2005).
CONFIDENCE = (0.95, 0.998)
# Fewer have no places.
LEAST_MEMBERS = 2
PER_CENT = 100
# Members worked on at once: a country's months do not have to fit into memory many times over.
_AT_ONCE = 1_000_000


class Label(StrEnum):
    """Where an area lies: outside the first limits, or the second too, or within."""

    WELL_BELOW = "well below the average"
    BELOW = "below the average"
    IN_LINE = "in line with the average"
    ABOVE = "above the average"
    WELL_ABOVE = "well above the average"


_LABELS = np.array([*Label], dtype=object)


@dataclass(frozen=True, slots=True)
class Limits:
    """What lies outside is unlikely, at this confidence, for an area that differs no more than areas do."""

    confidence: float
    lower: Any
    upper: Any


@dataclass(frozen=True, slots=True)
class Position:
    """One area among its group; what is ``None`` cannot be said. ``rank`` 1 is the lowest rate, of ``of``."""

    area: str
    rate: float | None
    average: float | None
    difference: float | None
    per_cent: float | None
    limits: tuple[Limits, ...]
    label: Label | None
    rank: int | None
    of: int
    tied: bool | None
    rank_lower: int | None
    rank_upper: int | None
    phi: float | None
    tau2: float | None
    method: Method


@dataclass(frozen=True, slots=True)
class Positions:
    """Areas among their groups: arrays whose last axis is ``areas``, and those before it as in the counts.

    ``difference`` is from the average, and ``per_cent`` of it. ``average``, ``of``, ``phi`` and ``tau2`` are of the
    group: one for all areas, or with several groups one for each. What cannot be said is masked.
    """

    areas: tuple[str, ...]
    rate: FloatArray
    average: Any
    difference: FloatArray
    per_cent: FloatArray
    limits: tuple[Limits, ...]
    label: npt.NDArray[np.object_]
    rank: IntArray
    of: Any
    tied: BoolArray
    rank_lower: IntArray
    rank_upper: IntArray
    phi: Any
    tau2: Any
    method: Method

    def at(self, area: str, *before: int) -> Position:
        """The position of one area, in plain values; ``before`` says of which month and so on, if there are several.

        An area that is not among those compared is an error.
        """
        if area not in self.areas:
            raise InputError(_not_among(area, self.areas))
        place = self.areas.index(area)
        of_area = {name: _plain(getattr(self, name), (*before, place)) for name in _OF_AREAS}
        same = np.ndim(self.average) < np.ndim(self.rate)
        of_group = {name: _plain(getattr(self, name), before if same else (*before, place)) for name in _OF_GROUPS}
        limits = tuple(
            Limits(each.confidence, _plain(each.lower, (*before, place)), _plain(each.upper, (*before, place)))
            for each in self.limits
        )
        return Position(area=area, limits=limits, method=self.method, **of_area, **of_group)


_OF_AREAS = ("rate", "difference", "per_cent", "label", "rank", "tied", "rank_lower", "rank_upper")
_OF_GROUPS = ("average", "of", "phi", "tau2")
_Tables = dict[str, npt.NDArray[Any]]


def positions(
    counts: Numbers,
    populations: Numbers,
    *,
    areas: Sequence[str] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    average: Average = "mean",
    overdispersion: bool = True,
    confidence: Sequence[float] = CONFIDENCE,
    kind: Kind = "rate",
    multiplier: float | None = None,
    spreading: Spreading = SPREADING,
    ranking: Ranking = RANKING,
) -> Positions:
    """Each area's place among its peers, and whether it lies further from their average than areas usually do.

    The last axis of ``counts`` is areas, named by ``areas``; any axes before it are months, measures and so on, each
    with its own answer. Without ``groups`` the areas are one group, and each gets its position. ``groups`` holds the
    members, itself included, of each area that gets one; membership need not be mutual.

    ``average``: the plain mean of the members' rates, the area included (HMIC), or their counts over their residents.
    ``overdispersion``: the limits allow for the areas' usual spread (Spiegelhalter 2005; ``spreading`` holds the
    options); without it for chance alone (Poisson, or Wilson's for ``kind="proportion"``, as in PHEindicatormethods).
    ``confidence``: of one pair of limits or two, the narrower first. Rates are per ``multiplier``: by default 1,000
    residents, and 100 for proportions. Ranks: 1 is the lowest, and ties share the better one; ``ranking`` holds the
    options of their intervals.

    A member whose count or residents are missing (``None`` or masked) is passed over; with fewer than two left nothing
    can be said, which for one group is an error. So is a group that leaves out the area itself, or names one that did
    not come.
    """
    events, totals, missing = pairs_of(counts, populations, within=kind == "proportion")
    if events.ndim == 0:
        raise InputError("one area came; wanted a group of two or more, the area itself among them.")
    names = _names(areas, events.shape[-1])
    before, asked = events.shape[:-1], tuple(groups) if groups is not None else names
    series = math.prod(before)
    found: _Tables = {}
    rule = _Rule(average, overdispersion, _levels(confidence), kind, spreading, ranking)
    for place, own, members in _by_size(names, groups):
        for rows in _portions(series, members.size):
            counted, among = (_gathered(table, rows, members) for table in (events, totals))
            absent = _gathered(missing, rows, members)
            answer = _among_peers(counted, among, absent, np.tile(own, (len(absent) // len(own), 1)), rule)
            for name, values in answer.items():
                table = found.setdefault(name, np.empty((series, len(asked)), values.dtype))
                table[rows, place] = values.reshape(-1, len(place))
    if not before and groups is None and np.all(found["silent"]):
        raise InputError("fewer than two areas came with both a count and residents; wanted two or more to compare.")
    per = multiplier or (PER_CENT if kind == "proportion" else PER_RESIDENTS)
    return _positions(found, asked, before, per, rule, one_group=groups is None)


@dataclass(frozen=True, slots=True)
class _Rule:
    """The options, checked."""

    average: Average
    overdispersion: bool
    levels: tuple[float, ...]
    kind: Kind
    spreading: Spreading
    ranking: Ranking

    @property
    def scale(self) -> Scale:
        return "arcsine" if self.kind == "proportion" else self.spreading.scale

    def method(self, multiplier: float) -> Method:
        """What the result says of how it was had."""
        spread, ranks = self.spreading, self.ranking
        limits = "with over-dispersion" if self.overdispersion else "for chance alone"
        return Method(
            f"Funnel {limits}, and ranks by resampling",
            "Spiegelhalter (2005); PHEindicatormethods; FunnelPlotR; Goldstein and Spiegelhalter (1996)",
            {
                "average": self.average,
                "overdispersion": self.overdispersion,
                "confidence": ", ".join(f"{level:.1%}" for level in self.levels),
                "kind": self.kind,
                "multiplier": multiplier,
                "scale": self.scale,
                "trim": spread.trim,
                "trim_share": spread.trim_share,
                "corrected": spread.corrected,
                "rank_confidence": ranks.confidence,
                "resample": ranks.resample,
                "resamples": ranks.resamples,
                "seed": ranks.seed,
            },
        )


def _among_peers(counts: FloatArray, totals: FloatArray, missing: BoolArray, own: IntArray, rule: _Rule) -> _Tables:
    """What is said of the members ``own`` of each row, a group; what is of the group stands with each of them."""
    heads, number = np.where(missing, np.nan, counts / totals), (~missing).sum(1)
    average = _average(counts, totals, missing, rule.average)
    z, variance = scores(np.where(missing, totals, counts), totals, average[:, None], scale=rule.scale)
    spread = spread_of(np.where(missing, np.nan, z), variance, spreading=rule.spreading)
    rate, among = np.take_along_axis(heads, own, axis=1), np.take_along_axis(totals, own, axis=1)
    limits = [_limits(average[:, None], among, spread.tau2[:, None], level, rule) for level in rule.levels]
    below, alike = places_of(rate, heads)
    lowest, highest = rank_intervals(
        counts, totals, own, missing=missing, proportions=rule.kind == "proportion", ranking=rule.ranking
    )
    of_group = {"average": average, "of": number, "phi": spread.phi, "tau2": spread.tau2}
    return {
        "silent": np.isnan(rate) | (number[:, None] < LEAST_MEMBERS),
        "rate": rate,
        "side": sum((rate > upper).astype(np.int8) - (rate < lower).astype(np.int8) for lower, upper in limits),
        "rank": below + 1,
        "tied": alike > 1,
        "rank_lower": lowest,
        "rank_upper": highest,
        **{f"lower {level}": lower for level, (lower, _) in zip(rule.levels, limits, strict=True)},
        **{f"upper {level}": upper for level, (_, upper) in zip(rule.levels, limits, strict=True)},
        **{name: np.broadcast_to(values[:, None], own.shape) for name, values in of_group.items()},
    }


def _average(counts: FloatArray, totals: FloatArray, missing: BoolArray, average: Average) -> FloatArray:
    """A head; 0 of a group without members."""
    if average == "weighted":
        residents = np.where(missing, 0, totals).sum(1)
        return np.asarray(counts.sum(1) / np.maximum(residents, 1))
    return np.asarray((counts / totals).sum(1) / np.maximum((~missing).sum(1), 1))


def _limits(
    average: FloatArray, totals: FloatArray, tau2: FloatArray, level: float, rule: _Rule
) -> tuple[FloatArray, FloatArray]:
    if rule.overdispersion:
        return spread_limits(totals, average, tau2, scale=rule.scale, confidence=level)
    if rule.kind == "proportion":
        return proportion_limits(average, totals, confidence=level)
    lower, upper = poisson_limits(totals * average, confidence=level)
    return lower / totals, upper / totals


def _positions(
    found: _Tables, areas: tuple[str, ...], before: tuple[int, ...], per: float, rule: _Rule, *, one_group: bool
) -> Positions:
    """The tables in the shape that the counts came in, and the rates per so many."""
    shape, silent = (*before, len(areas)), found["silent"]

    def shown(values: npt.NDArray[Any], unsaid: BoolArray = silent) -> npt.NDArray[Any]:
        masked: npt.NDArray[Any] = given(values.reshape(shape), unsaid.reshape(shape))
        return masked

    def of_group(values: npt.NDArray[Any]) -> Any:  # noqa: ANN401  # one value or an array of them
        silent_group = found["of"] < LEAST_MEMBERS
        if not one_group:
            return shown(values, silent_group)
        return given(values[:, 0].reshape(before), silent_group[:, 0].reshape(before))

    rate, average = found["rate"], found["average"]
    return Positions(
        areas=areas,
        rate=shown(per * rate),
        average=of_group(per * average),
        difference=shown(per * (rate - average)),
        per_cent=shown(PER_CENT * (rate - average) / np.where(average > 0, average, 1), silent | (average == 0)),
        limits=tuple(
            Limits(level, shown(per * found[f"lower {level}"]), shown(per * found[f"upper {level}"]))
            for level in rule.levels
        ),
        label=shown(_LABELS[found["side"] + len(_LABELS) // 2]),
        rank=shown(found["rank"]),
        of=of_group(found["of"]),
        tied=shown(found["tied"]),
        rank_lower=shown(found["rank_lower"]),
        rank_upper=shown(found["rank_upper"]),
        phi=of_group(found["phi"]),
        tau2=of_group(found["tau2"]),
        method=rule.method(per),
    )


def _names(areas: Sequence[str] | None, number: int) -> tuple[str, ...]:
    names = tuple(areas) if areas is not None else tuple(str(place + 1) for place in range(number))
    if len(names) != number or len(set(names)) != number:
        raise InputError(
            f"{len(set(names))} areas' names came for the counts of {number}; wanted one for each, and none twice."
        )
    return names


def _levels(confidence: Sequence[float]) -> tuple[float, ...]:
    levels = tuple(share_of(level) for level in confidence)
    if len(levels) not in {1, 2} or list(levels) != sorted(set(levels)):
        raise InputError(f"limits at {list(levels)} came; wanted one confidence, or two with the smaller first.")
    return levels


def _by_size(
    names: tuple[str, ...], groups: Mapping[str, Sequence[str]] | None
) -> Iterator[tuple[IntArray, IntArray, IntArray]]:
    """The groups of each size: where their answers go, which members get one, and the members' columns."""
    if groups is None:
        every = np.arange(len(names))
        yield every, every[None], every[None]
        return
    columns = {name: column for column, name in enumerate(names)}
    _check_groups(groups, columns)
    sizes = np.array([len(members) for members in groups.values()])
    for size in np.unique(sizes):
        alike = [(place, area) for place, area in enumerate(groups) if sizes[place] == size]
        own = np.array([[list(groups[area]).index(area)] for _, area in alike])
        members = np.array([[columns[member] for member in groups[area]] for _, area in alike])
        yield np.array([place for place, _ in alike]), own, members


def _check_groups(groups: Mapping[str, Sequence[str]], columns: Mapping[str, int]) -> None:
    faults = [] if groups else ["no peer group came; wanted at least one."]
    for area, members in groups.items():
        unknown = sorted(set(members) - set(columns))
        if area not in members:
            faults.append(_not_among(area, members))
        elif len(members) != len(set(members)):
            faults.append(f"the peer group of {area} names a member twice; wanted each once.")
        elif len(members) < LEAST_MEMBERS:
            faults.append(f"the peer group of {area} has no other member; wanted two areas or more.")
        elif unknown:
            faults.append(f"the peer group of {area} names {', '.join(unknown)}, for which no counts came; add them.")
    if faults:
        raise InputError(*faults)


def _not_among(area: str, members: Sequence[str]) -> str:
    return (
        f"{area} is not among its peer group ({', '.join(members)});"
        " a position is had among a group with the area in it, so add it."
    )


def _gathered(table: npt.NDArray[Item], rows: slice, members: IntArray) -> npt.NDArray[Item]:
    """A row for each series and group, with the members' columns in it."""
    flat = table.reshape(-1, table.shape[-1])
    return flat[rows][:, members].reshape(-1, members.shape[1])


def _portions(rows: int, members: int) -> Iterator[slice]:
    step = max(1, _AT_ONCE // members)
    return (slice(start, start + step) for start in range(0, rows, step))


def _plain(values: Any, place: tuple[int, ...]) -> Any:  # noqa: ANN401  # whatever the table holds
    value = values[place] if place else values
    if value is np.ma.masked:
        return None
    return value.item() if isinstance(value, np.generic) else value


def rate(count: float, population: float, *, multiplier: int = 1000) -> float:
    """``count`` per ``multiplier`` residents, unrounded."""
    if population <= 0 or count < 0:
        raise InputError(
            f"{count:g} among {population:g} residents is no rate; wanted a count and at least one resident."
        )
    return multiplier * count / population


def ranks(rates: Sequence[float]) -> tuple[int, ...]:
    """The place of each, in the order given: 1 is the lowest, and ties share the better place."""
    in_order = sorted(rates)
    return tuple(bisect_left(in_order, value) + 1 for value in rates)
