"""Figures for one edition out of the warehouse: the partnership's own, and its peers' where it has some."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quarterday.domain.area import Area, key_of
from quarterday.domain.figure import Figure, Holding, combined
from quarterday.domain.period import Period
from quarterday.warehouse.base import Warehouse

COLUMNS = 8
MONTHS_BETWEEN_COLUMNS = 3


def rolling_columns(quarter: Period, *, window: int) -> tuple[Period, ...]:
    """The eight windows of a measures table, three months apart, the last ending with ``quarter``."""
    latest = Period.ending(quarter, window)
    return tuple(latest.shift(-MONTHS_BETWEEN_COLUMNS * back) for back in reversed(range(COLUMNS)))


@dataclass(frozen=True)
class Gatherer:
    """Fetches each measure once for all areas, and each total once, however many editions are built."""

    warehouse: Warehouse
    _holdings: dict[str, dict[str, Holding]] = field(default_factory=dict)
    _totals: dict[tuple[str, str, Period], Figure] = field(default_factory=dict)

    def holding(self, measure: str, areas: Sequence[Area], *, name: str) -> Holding:
        """What is held of a measure in an area made of ``areas``, under the name ``name``."""
        return combined([self.held_in(measure, area) for area in areas], area=name)

    def total(self, measure: str, area: str, period: Period) -> Figure:
        """The total of a measure in one area, by the area's name."""
        key = (measure, area, period)
        if key not in self._totals:
            self._totals[key] = self.held_in(measure, Area(area)).total(period)
        return self._totals[key]

    def latest_before(self, measure: str, area: str, period: Period) -> Figure | None:
        """The latest figure of a time that ended no later than ``period`` does: the denominator to use."""
        figures = self.held_in(measure, Area(area)).figures.values()
        usable = [figure for figure in figures if figure.value is not None and figure.period.last <= period.last]
        return max(usable, key=lambda figure: figure.period.last, default=None)

    def held_in(self, measure: str, area: Area) -> Holding:
        """What is held of a measure in one area, under its code or its name; each figure says under which."""
        if measure not in self._holdings:
            self._holdings[measure] = self.warehouse.holdings(measure)
        held = self._holdings[measure]
        found = [held[key_of(called)] for called in (area.code, area.name) if called and key_of(called) in held]
        figures = {period: figure for holding in found for period, figure in holding.figures.items()}
        return Holding(found[-1].measure if found else measure, area.name, figures)
