"""From a figure that was counted back to its rows."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quarterday.domain.area import key_of
from quarterday.domain.period import Period
from quarterday.domain.places import PlacesKnown
from quarterday.warehouse.base import Counting, RowPart, SourceRow
from quarterday.warehouse.counting import Counted, Kept, areas_of, count_rows
from quarterday.warehouse.engine import Engine

_ROWS = """
select
    rows_in.dataset, rows_in.month, rows_in.part_row, rows_in.id, rows_in.lsoa_name, rows_in.category,
    rows_in.outcome, rows_in.location, repeats.part_row is not null
from rows_in
left join located on located.lsoa = rows_in.lsoa
left join repeats
    on repeats.dataset = rows_in.dataset and repeats.month = rows_in.month and repeats.part_row = rows_in.part_row
join wanted_cells
    on wanted_cells.dataset = rows_in.dataset and wanted_cells.month = rows_in.month
    and wanted_cells.force = rows_in.force and wanted_cells.district = coalesce(located.district, '')
    and wanted_cells.category = rows_in.category
order by rows_in.month, rows_in.dataset, rows_in.part_row
"""
_CELL = {"dataset": "varchar", "month": "integer", "force": "varchar", "district": "varchar", "category": "varchar"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The figure whose rows are asked for."""

    measure: str
    area: str
    periods: tuple[Period, ...]


def rows_behind(
    engine: Engine,
    parts: Sequence[tuple[RowPart, Path]],
    wanted: Wanted,
    *,
    places: PlacesKnown,
    counting: Counting,
    kept: Kept | None,
) -> Iterator[SourceRow]:
    """The rows of ``parts`` that a figure counts, and those that it would if they were no repeats, as they stand."""
    counted = count_rows(engine, [path for _, path in parts], places=places, counting=counting, kept=kept)
    cells = engine.rows("select dataset, month, force, district, category from counts")
    within = set(_districts_within(counted, wanted, places=places, counting=counting))
    engine.table("wanted_cells", _CELL, list(_wanted(cells, wanted, within=within, counting=counting)))
    held = {(part.dataset, part.month): part for part, _ in parts}
    for dataset, month, place, identity, lsoa, category, outcome, location, repeat in engine.rows(_ROWS):
        file, row = held[dataset, month].file_of(place)
        yield SourceRow(
            file=file.name,
            row=row + 1,  # below the header
            month=Period(month, 1),
            id=identity.hex() if identity else "",
            place=lsoa or "",
            category=category,
            outcome=outcome or "",
            location=location or "",
            repeat=repeat,
        )


def _districts_within(
    counted: Counted, wanted: Wanted, *, places: PlacesKnown, counting: Counting
) -> Iterator[tuple[str, str]]:
    """The force and district of every cell that lies in the figure's area."""
    area = key_of(wanted.area)
    yield from ((force, district) for force, district, _, key in areas_of(counted.force_of, places) if key == area)
    for cell in counted.cells:
        if key_of(counting.force_area(cell.force)) == area:
            yield cell.force, cell.district


def _wanted(
    cells: Iterable[tuple[Any, ...]], wanted: Wanted, *, within: Collection[tuple[str, str]], counting: Counting
) -> Iterator[tuple[Any, ...]]:
    """The cells that the figure adds up."""
    measure = key_of(wanted.measure)
    months = {month.first for period in wanted.periods for month in period}
    for dataset, month, force, district, category in cells:
        is_there = month in months and (force, district) in within
        if is_there and measure in map(key_of, counting.measures_of(dataset, category)):
            yield dataset, month, force, district, category
