"""The links of a look-up as a part, written and read by DuckDB."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from quarterday.domain.places import Kind, Link, Place
from quarterday.warehouse.duckdb_engine import DuckDBEngine

_PLACE = {"kind": "varchar", "code": "varchar", "name": "varchar", "year": "integer"}
_WIDTH = len(_PLACE)
_COLUMNS = _PLACE | {f"within_{column}": kind for column, kind in _PLACE.items()}
_NOT_AGAIN = """
select links.* exclude (part_row)
from links
anti join later
    on later.kind = links.kind and later.code = links.code and later.name = links.name
    and later.within_kind = links.within_kind and later.within_code = links.within_code
    and later.within_name = links.within_name and coalesce(later.year, 0) = coalesce(links.year, 0)
    and coalesce(later.within_year, 0) = coalesce(links.within_year, 0)
order by links.part_row
"""


def write_links(links: Sequence[Link], part: Path) -> None:
    """Write ``links``, in their order."""
    rows = [(number, *_cells(link.place), *_cells(link.within)) for number, link in enumerate(links)]
    with closing(DuckDBEngine(part.parent)) as engine:
        engine.table("links", {"number": "integer", **_COLUMNS}, rows)
        engine.write(f"select {', '.join(_COLUMNS)} from links order by number", part)  # noqa: S608


def read_links(part: Path, *, later: Sequence[Path] = ()) -> Iterator[Link]:
    """The links of a part but for those that stand in ``later`` parts again; a place of several links is one object.

    Look-ups of one publisher are mostly alike, and every link costs time.
    """
    with closing(DuckDBEngine(part.parent)) as engine:
        engine.parts("links", [part])
        if later:
            engine.parts("later", later)
        rows = engine.rows(_NOT_AGAIN if later else "select * exclude (part_row) from links order by part_row")
    places: dict[tuple[Any, ...], Place] = {}
    for row in rows:
        for cells in (row[:_WIDTH], row[_WIDTH:]):
            if cells not in places:
                kind, *called = cells
                places[cells] = Place(Kind(kind), *called)
        yield Link(places[row[:_WIDTH]], places[row[_WIDTH:]])


def _cells(place: Place) -> tuple[str, str, str, int | None]:
    return place.kind.value, place.code, place.name, place.year
