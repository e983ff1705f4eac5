"""A value of a measure, for an area, over a period, from a source, with a status. Every number anywhere is one."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from quarterday.domain.faults import InputError
from quarterday.domain.period import Derivations, Period
from quarterday.domain.status import Status


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or the mark that stands in its place with the reason why.

    ``value`` is ``None`` exactly when a status that replaces the number is among ``statuses``; then ``note`` gives the
    reason. ``releases`` names the loads that it came from; ``parts`` the periods whose totals it was worked out from,
    empty where it came in as it stands. ``origin`` says where in its file a reader found it, as a person would: it
    tells no two figures apart, and is kept with the release alone.
    """

    measure: str
    area: str
    period: Period
    value: float | None
    statuses: tuple[Status, ...] = ()
    note: str = ""
    releases: tuple[str, ...] = ()
    parts: tuple[Period, ...] = ()
    origin: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse a number beside a mark that replaces it, and a gap without a mark or a reason."""
        replaced = any(status.replaces_number for status in self.statuses)
        if self.value is not None and not math.isfinite(self.value):
            raise InputError(f"{self._named()}: {self.value} is no number; leave the value empty and give a status.")
        if self.value is None and not replaced:
            raise InputError(
                f"{self._named()}: there is no value; give the status that stands in its place, such as [x]."
            )
        if self.value is None and not self.note:
            raise InputError(f"{self._named()}: there is no value and no reason; say in the note why it is missing.")
        if self.value is not None and replaced:
            marks = "".join(status.mark for status in self.statuses)
            raise InputError(
                f"{self._named()}: {self.value:g} stands beside {marks}, which replaces a number; keep one."
            )

    def _named(self) -> str:
        return f"{self.measure}, {self.area}, {self.period.for_table()}"

    @property
    def known(self) -> float:
        """The number; a missing one is an error, so that it is never taken for zero."""
        if self.value is None:
            raise InputError(f"{self._named()} has no value ({self.note}), so nothing can be worked out from it.")
        return self.value


def missing(measure: str, area: str, period: Period, reason: str) -> Figure:
    """A figure that is not available, with the reason."""
    return Figure(measure, area, period, None, (Status.NOT_AVAILABLE,), reason)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one measure and area, evenly stepped: a period without a number holds a marked figure."""

    figures: tuple[Figure, ...]

    def __post_init__(self) -> None:
        """Refuse a mixture, a gap and a period given twice."""
        if not self.figures:
            raise InputError("a series needs at least one figure.")
        starts = [figure.period.first for figure in self.figures]
        steps = {later - earlier for earlier, later in pairwise(starts)}
        kinds = {(figure.measure, figure.area, figure.period.months) for figure in self.figures}
        if len(kinds) > 1 or len(steps) > 1 or min(steps, default=1) < 1:
            periods = ", ".join(figure.period.for_table() for figure in self.figures[:4])
            raise InputError(
                f"{self.figures[0].measure}: a series holds one measure, one area and periods of one length, "
                f"evenly stepped; these start with {periods}."
            )

    @property
    def last(self) -> Figure:
        """The latest figure."""
        return self.figures[-1]


@dataclass(frozen=True, slots=True)
class Line:
    """What one release holds of a measure in an area over periods of ``months`` months, by their first months in order.

    A value is ``None`` where a mark stands in its place.
    """

    measure: str
    area: str
    months: int
    firsts: tuple[int, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Holding:
    """All that is known of one measure in one area: figures by period, overlapping or not."""

    measure: str
    area: str
    figures: Mapping[Period, Figure]

    def total(self, period: Period) -> Figure:
        """The count over ``period``: as it came in, else as it follows exactly from other totals, else missing.

        A window with a missing month has no total.
        """
        given = self.figures.get(period)
        if given is not None:
            return given
        hidden = next((known for known in self._confidential if known in period), None)
        if hidden is not None:
            why = f"{hidden.for_sentence()} is confidential"
            return Figure(self.measure, self.area, period, None, (Status.CONFIDENTIAL,), why)
        steps = self._derivations.of(period)
        if steps is None:
            return missing(self.measure, self.area, period, self._why_missing(period))
        used = [self.figures[step.period] for step in steps]
        value = sum(step.sign * figure.known for step, figure in zip(steps, used, strict=True))
        if value < 0 <= min(figure.known for figure in used):
            return missing(self.measure, self.area, period, "the totals held contradict each other")
        statuses = tuple(dict.fromkeys(status for figure in used for status in figure.statuses))
        parts = tuple(step.period for step in steps)
        return Figure(self.measure, self.area, period, value, statuses, releases=_releases(used), parts=parts)

    def disagreement(self, period: Period) -> str:
        """How a total that came in differs from the shorter ones that make it up; empty where it does not."""
        given, steps = self.figures.get(period), self._derivations.parts_of(period)
        if given is None or given.value is None or steps is None:
            return ""
        added = sum(self.figures[step.period].known for step in steps)
        if added == given.value:
            return ""
        parts = f"{len(steps)} shorter periods"
        return f"{period.for_sentence()} came in as {given.value:,.10g}, but {parts} held add up to {added:,.10g}"

    def over(self, periods: Iterable[Period]) -> Series:
        """The totals over each of ``periods``."""
        return Series(tuple(self.total(period) for period in periods))

    @cached_property
    def _confidential(self) -> tuple[Period, ...]:
        """What no total worked out here may give away."""
        return tuple(period for period, figure in self.figures.items() if Status.CONFIDENTIAL in figure.statuses)

    @cached_property
    def _derivations(self) -> Derivations:
        return Derivations(period for period, figure in self.figures.items() if figure.value is not None)

    def _why_missing(self, period: Period) -> str:
        if not self.figures:
            return "no figures are held"
        for month in period:
            gap = self.figures.get(month)
            if gap is not None and gap.value is None:
                return f"{month.for_sentence()}: {gap.note}"
        covered = {month for known in self.figures if known.months == 1 for month in known}
        absent = [month for month in period if month not in covered]
        if covered and absent and len(absent) < period.months:
            return f"no figure for {absent[0].for_sentence()}"
        return f"the figures held do not make up {period.for_sentence()}"


def combined(holdings: Sequence[Holding], *, area: str) -> Holding:
    """What is held of an area made of several: over each period the sum of all, missing where it is missing in any."""
    if len(holdings) == 1:
        named = {period: replace(figure, area=area) for period, figure in holdings[0].figures.items()}
        return Holding(holdings[0].measure, area, named)
    periods = dict.fromkeys(period for holding in holdings for period in holding.figures)
    figures = {period: _added([holding.total(period) for holding in holdings], area=area) for period in periods}
    return Holding(holdings[0].measure, area, figures)


def _added(figures: Sequence[Figure], *, area: str) -> Figure:
    first = figures[0]
    gap = next((figure for figure in figures if figure.value is None), None)
    if gap is not None:
        return replace(gap, area=area, note=f"{gap.area}: {gap.note}")
    statuses = tuple(dict.fromkeys(status for figure in figures for status in figure.statuses))
    total = sum(figure.known for figure in figures)
    return Figure(first.measure, area, first.period, total, statuses, releases=_releases(figures))


def _releases(figures: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for figure in figures for name in figure.releases))
