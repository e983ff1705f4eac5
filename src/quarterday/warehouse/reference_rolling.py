"""The law of the rolling table, in plain Python, slow and obvious."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.warehouse.rolling import Rolling


@dataclass(frozen=True, slots=True)
class RollingRow:
    """A row of the rolling table; its fields are its columns."""

    measure: str
    area: str
    month: int
    total: float
    total_year_before: float | None
    change: float | None
    change_percent: float | None
    share_percent: float | None
    rate: float | None
    rank: int | None
    members: int | None


class RollingLaw:
    """What must stand in the rolling table of ``figures``, of which no two have one measure, area and period."""

    def __init__(self, figures: Iterable[Figure], asked: Rolling) -> None:
        self._asked = asked
        self._wholes = {key_of(measure): key_of(whole) for measure, whole in asked.wholes.items()}
        self._peers = {key_of(area): set(map(key_of, members)) for area, members in asked.peers.items()}
        held: dict[tuple[str, str], dict[Period, Figure]] = {}
        for figure in sorted(figures, key=lambda figure: figure.period):
            held.setdefault((key_of(figure.measure), key_of(figure.area)), {})[figure.period] = figure
        self._held = {
            key: Holding(next(iter(found.values())).measure, next(iter(found.values())).area, found)
            for key, found in held.items()
        }

    def rows(self) -> list[RollingRow]:
        """Every row, in the order of measures, areas and months."""
        return sorted(self._rows(), key=lambda row: (row.measure, row.area, row.month))

    def _rows(self) -> Iterator[RollingRow]:
        for (measure, area), holding in self._held.items():
            if measure == key_of(self._asked.residents):
                continue
            months = [month.first for period in holding.figures for month in period]
            for month in range(min(months), max(months) + 1):
                if self._asked.quarter_ends and month % 12 not in {2, 5, 8, 11}:  # March, June, September, December
                    continue
                total = self._total(measure, area, month)
                if total is not None:
                    yield self._row(holding, month, total)

    def _row(self, holding: Holding, month: int, total: float) -> RollingRow:
        measure, area = key_of(holding.measure), key_of(holding.area)
        before = self._total(measure, area, month - 12)
        whole = self._total(self._wholes.get(measure, ""), area, month)
        change = None if before is None else total - before
        has_base = before is not None and before >= self._asked.least_base
        has_share = whole is not None and whole > 0 and 0 <= total <= whole
        rank, members = self._standing(measure, area, month)
        return RollingRow(
            measure=holding.measure,
            area=holding.area,
            month=month,
            total=total,
            total_year_before=before,
            change=change,
            change_percent=100 * change / before if has_base and change is not None and before is not None else None,
            share_percent=100 * total / whole if has_share and whole is not None else None,
            rate=self._rate(measure, area, month),
            rank=rank,
            members=members,
        )

    def _total(self, measure: str, area: str, month: int) -> float | None:
        """The total of the window that ends with ``month``."""
        holding = self._held.get((measure, area))
        if holding is None or measure == key_of(self._asked.residents):
            return None
        return holding.total(Period(month - self._asked.window + 1, self._asked.window)).value

    def _rate(self, measure: str, area: str, month: int) -> float | None:
        total, residents = self._total(measure, area, month), self._residents(area, month)
        if total is None or residents is None or total < 0 or residents <= 0:
            return None
        return 1000 * total / residents

    def _residents(self, area: str, month: int) -> float | None:
        """The latest figure of a time that ended no later; of two that ended together, the longer one."""
        holding = self._held.get((key_of(self._asked.residents), area))
        figures = holding.figures.values() if holding else ()
        usable = [figure for figure in figures if figure.value is not None and figure.period.last <= month]
        latest = max(usable, key=lambda figure: (figure.period.last, figure.period.months), default=None)
        return latest.value if latest else None

    def _standing(self, measure: str, area: str, month: int) -> tuple[int | None, int | None]:
        """The area's place in its group by rate, and the number of members that have one."""
        members = self._peers.get(area, set())
        rates = {member: self._rate(measure, member, month) for member in members}
        known = {member: rate for member, rate in rates.items() if rate is not None}
        if area not in known or len(known) == 1:
            return None, None
        return 1 + sum(1 for rate in known.values() if rate < known[area]), len(known)
