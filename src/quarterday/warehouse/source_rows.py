"""From a figure that was counted back to its rows."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quarterday.domain.area import key_of
from quarterday.domain.period import Period
from quarterday.domain.places import PlacesKnown
from quarterday.warehouse.base import Counting, RowPart, SourceRow
from quarterday.warehouse.counting import Kept, areas_of, count_rows
from quarterday.warehouse.engine import Engine

_ROWS = """
select
    rows_in.dataset, rows_in.month, rows_in.part_row, rows_in.id, rows_in.lsoa_name, rows_in.category,
    rows_in.outcome, rows_in.location, repeats.repeated_row is not null
from rows_in
left join looked_up on looked_up.lsoa = rows_in.lsoa
left join named_after on named_after.lsoa = rows_in.lsoa
left join districts on districts.number = coalesce(looked_up.district, named_after.district)
left join repeats_kept as repeats
    on repeats.dataset = rows_in.dataset and repeats.month = rows_in.month and repeats.repeated_row = rows_in.part_row
join wanted_cells
    on wanted_cells.dataset = rows_in.dataset and wanted_cells.month = rows_in.month
    and wanted_cells.force = rows_in.force and wanted_cells.district = coalesce(districts.district, '')
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
    kept: Kept,
) -> Iterator[SourceRow]:
    """The rows of ``parts`` that a figure counts, and those that it would if they were no repeats, as they stand."""
    [force_of] = count_rows(engine, [kept], places=places, counting=counting)
    engine.parts("rows_in", [path for _, path in parts])
    engine.parts("repeats_kept", [kept.repeats])
    cells = engine.rows("select dataset, month, force, district, category from counts")
    within = {(force, district) for force, district, _, key in areas_of(force_of, places) if key == key_of(wanted.area)}
    within |= {
        (force, district)
        for _, _, force, district, _ in cells
        if key_of(counting.force_area(force)) == key_of(wanted.area)
    }
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
