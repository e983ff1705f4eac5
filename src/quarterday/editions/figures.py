"""The figures held that somebody may see."""

from collections.abc import Iterator

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.editions.trace import figures_of
from quarterday.people.rules import Viewer, figures_visible_to
from quarterday.warehouse.base import Warehouse

ALWAYS = Period.run(Period.month(1500, 1), Period.month(9999, 12))


def figures_held_for(
    viewer: Viewer,
    warehouse: Warehouse,
    *,
    measure: str = "",
    area: str = "",
    within: Period = ALWAYS,
    rolling: int | None = None,
) -> list[Figure]:
    """As ``figures_held``, of what this viewer may see. What they may not is not there for them.

    Errors: neither measure nor area is named.
    """
    if not measure and not area:
        raise InputError("neither a measure nor an area came; name one of them, or both.")
    may_see = figures_visible_to(viewer)
    held = (holding for holding in _holdings(warehouse, measure, area) if may_see(holding.measure, holding.area))
    return [figure for holding in held for figure in figures_of(holding, within=within, rolling=rolling)]


def _holdings(warehouse: Warehouse, measure: str, area: str) -> Iterator[Holding]:
    for name in [measure] if measure else warehouse.measures():
        if not area:
            yield from warehouse.holdings(name).values()
        elif (holding := warehouse.holding(name, area)).figures:
            yield holding
