"""The law of counting: from rows to figures in plain Python, slow and obvious."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import duckdb

from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.places import Places, district_in
from quarterday.warehouse.base import Counting
from quarterday.warehouse.counting import LEAST_SHARE, TALLIES
from quarterday.warehouse.duckdb_engine import quoted


@dataclass(frozen=True, slots=True)
class Row:
    """One offence, outcome or stop, as a ``RowPart`` has it; what is empty in the file is ``None``."""

    dataset: str
    month: int
    force: str
    id: bytes | None
    lsoa: str | None
    lsoa_name: str | None
    category: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How many rows there are of a sort, and how many of them are repeats; without a place the district is empty."""

    dataset: str
    month: int
    force: str
    district: str
    category: str
    rows: int
    repeats: int


@dataclass(frozen=True)
class Law:
    """What must be counted of ``rows``, which stand in the order of their files within each month."""

    rows: Sequence[Row]
    places: Places
    counting: Counting

    @cached_property
    def repeats(self) -> list[Row]:
        """Every appearance of an offence's ID in one force after its first; the earliest month has the first."""
        seen, again = set(), []
        for row in sorted(self.rows, key=lambda row: row.month):
            if row.dataset != "street" or row.id is None:
                continue
            if (row.force, row.id) in seen:
                again.append(row)
            seen.add((row.force, row.id))
        return again

    @cached_property
    def cells(self) -> list[Cell]:
        """How many rows there are of each sort, and how many of them are repeats, in order."""
        rows = Counter(map(self._cell, self.rows))
        repeats = Counter(map(self._cell, self.repeats))
        return [Cell(*key, number, repeats[key]) for key, number in sorted(rows.items())]

    @cached_property
    def force_of(self) -> dict[str, str]:
        """The force of each district that has figures: as a look-up has it, else that of most of its rows."""
        forces = sorted({row.force for row in self.rows})
        told = self.places.force_of_district()
        found = {
            district: force
            for district, area in told.items()
            for force in forces
            if key_of(self.counting.force_area(force)) == key_of(area)
        }
        placed = [cell for cell in self.cells if cell.district]
        for district in {cell.district for cell in placed} - set(told):
            here = {force: _rows(placed, force=force, district=district) for force in forces}
            most = max(forces, key=lambda force: here[force])  # the first in order, where two have as many
            if here[most] >= LEAST_SHARE * _rows(placed, force=most):
                found[district] = most
        return found

    @property
    def figures(self) -> list[Figure]:
        """The figure of each measure, area and month, in the order of their keys."""
        found = [
            Figure(measure, area, Period(month, 1), float(self._count(dataset, measure, month, force, districts)))
            for dataset, force, month in sorted({(row.dataset, row.force, row.month) for row in self.rows})
            for measure in self._measures(dataset, force, month)
            for area, districts in self._areas(dataset, force)
        ]
        return sorted(found, key=lambda figure: (key_of(figure.measure), key_of(figure.area), figure.period))

    @property
    def tallies(self) -> Iterator[Figure]:
        """What a person should know of the rows of each force and month: see ``TALLIES``."""
        for dataset, force, month in sorted({(row.dataset, row.force, row.month) for row in self.rows}):
            cells = [cell for cell in self.cells if (cell.dataset, cell.force, cell.month) == (dataset, force, month)]
            elsewhere = [cell for cell in cells if cell.district and self.force_of.get(cell.district) != force]
            counts = (
                sum(cell.rows for cell in cells),
                sum(cell.repeats for cell in cells),
                sum(cell.rows for cell in elsewhere),
                sum(cell.rows for cell in cells if not cell.district),
            )
            for kind, count in zip(TALLIES, counts, strict=True):
                if self.counting.has_places(dataset) or kind in TALLIES[:2]:
                    measure, area = self.counting.tally_measure(dataset, kind), self.counting.force_area(force)
                    yield Figure(measure, area, Period(month, 1), float(count))

    def _cell(self, row: Row) -> tuple[str, int, str, str, str]:
        district = "" if row.lsoa is None else self._districts[row.lsoa]
        return row.dataset, row.month, row.force, district, row.category

    @cached_property
    def _districts(self) -> dict[str, str]:
        """The district of each LSOA, as the look-ups have it, else after the LSOA's latest name."""
        looked_up, successors = self.places.district_of_lsoa(), self.places.successor_of()
        found = {}
        for row in sorted(self.rows, key=lambda row: (row.month, row.lsoa_name or "")):
            if row.lsoa is not None:
                called_after = district_in(row.lsoa_name or row.lsoa)
                now = successors.get(key_of(called_after), called_after)
                found[row.lsoa] = looked_up.get(row.lsoa) or now
        return {lsoa: self._spelt(district, set(found.values())) for lsoa, district in found.items()}

    def _spelt(self, district: str, others: set[str]) -> str:
        """The one spelling that a district has: as look-ups of forces have it, else as others, else as the rows do.

        Of several in any of these the last in order counts.
        """
        ways = (self.places.force_of_district(), self.places.district_of_lsoa().values(), others)
        same = ([name for name in names if key_of(name) == key_of(district)] for names in ways)
        return max(next(names for names in same if names))

    def _count(self, dataset: str, measure: str, month: int, force: str, districts: set[str] | None) -> int:
        """The rows that count for a measure, less repeats; in all places, and in none, where no districts are given."""
        return sum(
            cell.rows - cell.repeats
            for cell in self.cells
            if (cell.dataset, cell.month, cell.force) == (dataset, month, force)
            and key_of(measure) in map(key_of, self.counting.measures_of(dataset, cell.category))
            and (districts is None or cell.district in districts)
        )

    def _measures(self, dataset: str, force: str, month: int) -> list[str]:
        """The measures that a force counted in a month; one that is spelt in several ways as the last in order."""
        rows = [row for row in self.rows if (row.dataset, row.force) == (dataset, force)]
        months: dict[str, list[int]] = {}
        spelt: dict[str, str] = {}
        for category in sorted({row.category for row in rows}):
            seen = [row.month for row in rows if row.category == category]
            used = self.counting.used(dataset, category)
            for measure in self.counting.measures_of(dataset, category):
                months.setdefault(key_of(measure), []).extend(used or seen)
                spelt[key_of(measure)] = measure
        return [spelt[key] for key, there in months.items() if min(there) <= month <= max(there)]

    def _areas(self, dataset: str, force: str) -> Iterator[tuple[str, set[str] | None]]:
        """Each area of a force with the districts that make it up; none for the force, which is made of all rows."""
        yield self.counting.force_area(force), None
        if not self.counting.has_places(dataset):
            return
        for area in {*self.force_of, *self._partnerships}:
            districts = self._districts_of(area)
            if districts and {self.force_of[district] for district in districts} == {force}:
                yield area, districts

    @cached_property
    def _partnerships(self) -> Mapping[str, Sequence[str]]:
        return self.places.partnerships()

    def _districts_of(self, area: str) -> set[str]:
        """The districts that make up an area of that name; none where it cannot be made up of whole ones of one force.

        A partnership that is called as a district is one area with it, spelt as the district.
        """
        keys = {key_of(district): district for district in self.force_of}
        own = {keys[key_of(area)]} if key_of(area) in keys else set()
        if own and area not in own:
            return set()
        members = {
            key_of(member)
            for partnership, members in self._partnerships.items()
            for member in members
            if key_of(partnership) == key_of(area)
        }
        every = own | {keys[key] for key in members if key in keys}
        is_whole = members <= set(keys) and len({self.force_of[district] for district in every}) == 1
        return every if is_whole else own


def rows_of_csv(path: Path, dataset: str) -> Iterator[Row]:
    """The rows of one file of police.uk's street-level crimes or outcomes."""
    column = "Crime type" if dataset == "street" else "Outcome type"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year, month = row["Month"].split("-")
            yield Row(
                dataset=dataset,
                month=Period.month(int(year), int(month)).first,
                force=row["Reported by"],
                id=bytes.fromhex(row["Crime ID"]) or None,
                lsoa=row["LSOA code"] or None,
                lsoa_name=row["LSOA name"] or None,
                category=row[column],
            )


def rows_of_part(part: Path) -> Iterator[Row]:
    """The rows of a ``RowPart``, in their order."""
    columns = ", ".join(field.name for field in fields(Row))
    with duckdb.connect(config={"threads": 1}) as connection:
        found = connection.execute(f"select {columns} from read_parquet('{quoted(part)}')").fetchall()  # noqa: S608
    return (Row(*row) for row in found)


def _rows(cells: Iterable[Cell], *, force: str, district: str = "") -> int:
    """The rows of a force, in one district or in all."""
    return sum(cell.rows for cell in cells if cell.force == force and district in {"", cell.district})
