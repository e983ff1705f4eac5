"""Asking what is held, and where a number comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from quarterday.domain.area import Area
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.editions.gather import Gatherer
from quarterday.warehouse.base import Release, Warehouse


@dataclass(frozen=True)
class Trace:
    """A figure, the figures that it was worked out from (itself, where it came in), and the releases they came in."""

    figure: Figure
    parts: tuple[Figure, ...]
    releases: tuple[Release, ...]


def figures_held(
    warehouse: Warehouse, *, measure: str, area: str, within: Period | None = None, rolling: int | None = None
) -> tuple[Figure, ...]:
    """The figures of a measure in an area that end in ``within``, as they came in.

    With ``rolling``, the total over so many months to the end of each of them instead, missing ones with their reason.
    """
    holding = _holding(warehouse, measure, area)
    kept = [
        figure
        for figure in holding.figures.values()
        if within is None or within.first <= figure.period.last <= within.last
    ]
    kept.sort(key=lambda figure: (figure.period.last, figure.period.months))
    if rolling is None:
        return tuple(kept)
    ends = dict.fromkeys(figure.period.last for figure in kept)
    return tuple(holding.total(Period(end - rolling + 1, rolling)) for end in ends)


def trace(warehouse: Warehouse, *, measure: str, area: str, period: Period) -> Trace:
    """Where the total over ``period`` comes from."""
    holding = _holding(warehouse, measure, area)
    figure = holding.total(period)
    parts = tuple(holding.figures[part] for part in figure.parts) or (figure,)
    names = {name for part in parts for name in part.releases}
    return Trace(figure, parts, tuple(release for release in warehouse.releases() if release.id in names))


def _holding(warehouse: Warehouse, measure: str, area: str) -> Holding:
    holding = Gatherer(warehouse).holding(measure, [Area(area)], name=area)
    if not holding.figures:
        raise InputError(_nothing_held(warehouse, measure, area))
    return holding


def _nothing_held(warehouse: Warehouse, measure: str, area: str) -> str:
    """Which of the two names is not known, and what is."""
    areas = sorted(holding.area for holding in warehouse.holdings(measure).values())
    if areas:
        return f"no figures of {measure!r} are held for {area!r}; held are those for {_some(areas)}."
    return f"no figures of a measure {measure!r} are held; held are {_some(warehouse.measures())}."


def _some(names: Sequence[str], most: int = 40) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more if names else "none at all"
