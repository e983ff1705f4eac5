"""The links of a look-up as a part, written and read by DuckDB."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from quarterday.domain.places import Kind, Link, Place
from quarterday.warehouse.duckdb_engine import DuckDBEngine

_PLACE = {"kind": "varchar", "code": "varchar", "name": "varchar", "year": "integer"}
_WIDTH = len(_PLACE)
_LINKS = """
select
    place.kind, place.code, place.name, place.year, within.kind as within_kind, within.code as within_code,
    within.name as within_name, within.year as within_year
from links
join places as place on place.number = links.place
join places as within on within.number = links.within
order by links.number
"""
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
    """Write ``links``. Places are few beside them, so that each is handed over once."""
    places = {id(place): place for link in links for place in (link.place, link.within)}
    numbers = {identity: number for number, identity in enumerate(places)}
    with closing(DuckDBEngine(part.parent)) as engine:
        engine.table(
            "places",
            {"number": "integer", **_PLACE},
            [(number, *_cells(place)) for number, place in enumerate(places.values())],
        )
        engine.table(
            "links",
            {"number": "integer", "place": "integer", "within": "integer"},
            [(number, numbers[id(link.place)], numbers[id(link.within)]) for number, link in enumerate(links)],
        )
        engine.write(_LINKS, part)


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
