"""The links of a look-up as a part, written and read by DuckDB."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from quarterday.domain.places import Kind, Link, Place
from quarterday.warehouse.duckdb_engine import DuckDBEngine

_PLACE = {"kind": "varchar", "code": "varchar", "name": "varchar", "year": "integer"}
_COLUMNS = _PLACE | {f"within_{name}": kind for name, kind in _PLACE.items()}
_WIDTH = len(_PLACE)


def write_links(links: Iterable[Link], part: Path) -> None:
    """Write ``links``."""
    with closing(DuckDBEngine(part.parent)) as engine:
        engine.table("links", _COLUMNS, [(*_cells(link.place), *_cells(link.within)) for link in links])
        engine.write("select * from links", part)


def read_links(part: Path) -> Iterator[Link]:
    """The links of a part; a place that stands in several is one object."""
    with duckdb.connect() as connection:
        rows = connection.execute("select * from read_parquet(?)", [str(part)]).fetchall()
    places: dict[tuple[Any, ...], Place] = {}
    for row in rows:
        for cells in (row[:_WIDTH], row[_WIDTH:]):
            if cells not in places:
                kind, *called = cells
                places[cells] = Place(Kind(kind), *called)
        yield Link(places[row[:_WIDTH]], places[row[_WIDTH:]])


def _cells(place: Place) -> tuple[str, str, str, int | None]:
    return place.kind.value, place.code, place.name, place.year
