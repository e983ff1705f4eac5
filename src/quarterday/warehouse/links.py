"""The links of a look-up as a part, written and read by DuckDB."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path

import duckdb

from quarterday.domain.places import Kind, Link, Place
from quarterday.warehouse.duckdb_engine import DuckDBEngine

_PLACE = {"kind": "varchar", "code": "varchar", "name": "varchar", "year": "integer"}
_COLUMNS = _PLACE | {f"within_{name}": kind for name, kind in _PLACE.items()}


def write_links(links: Iterable[Link], part: Path) -> None:
    """Write ``links``."""
    engine = DuckDBEngine(part.parent)
    engine.table("links", _COLUMNS, [(*astuple(link.place), *astuple(link.within)) for link in links])
    engine.write("select * from links", part)
    engine.close()


def read_links(part: Path) -> Iterator[Link]:
    """The links of a part."""
    with duckdb.connect() as connection:
        rows = connection.execute("select * from read_parquet(?)", [str(part)]).fetchall()
    for kind, code, name, year, within_kind, within_code, within_name, within_year in rows:
        yield Link(Place(Kind(kind), code, name, year), Place(Kind(within_kind), within_code, within_name, within_year))
