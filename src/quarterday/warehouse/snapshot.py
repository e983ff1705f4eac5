"""The figures that count at one moment, in memory."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import duckdb

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.warehouse.base import Landing, Release, ReleaseKind, Revision
from quarterday.warehouse.duckdb_engine import statement_of
from quarterday.warehouse.engine import steps
from quarterday.warehouse.figure_parts import COLUMNS, figures_of
from quarterday.warehouse.store import Store

_CREATE_LANDED = f"create table landed (place integer, release varchar, {COLUMNS})"
_ADD_PART = (
    "insert into landed by name select ? as place, ? as release, measure, measure_key, area, area_key, first_month, "
    "months, value, status, note from read_parquet(?) where first_month between ? and ?"
)
_COUNT_AGAIN = "select count(*) from came join held using (measure_key, area_key, first_month, months)"
_FETCH = (
    "select measure, area, first_month, months, value, status, note, release from held "
    "where measure_key = ? and (area_key = ? or ?) order by area_key, first_month, months"
)
_WIDTH = 8  # columns of a figure, as they are fetched
_ALWAYS = Period.run(Period.month(1500, 1), Period.month(9999, 12))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one manifest holds, in memory; several threads may ask at once."""

    manifest: str
    releases: tuple[Release, ...]
    connection: duckdb.DuckDBPyConnection

    def figures(self, measure_key: str, area_key: str | None = None) -> list[Figure]:
        """The figures of one measure, in one area or in all, area by area."""
        cursor = self.connection.cursor()  # a connection answers one thread at a time, and mixes the answers of two
        return figures_of(cursor.execute(_FETCH, [measure_key, area_key, area_key is None]).fetchall())


def opened(store: Store, manifest: str, *, within: Period = _ALWAYS) -> Snapshot:
    """The figures that ``manifest`` names, of periods that begin ``within`` these months."""
    releases, held = store.releases(manifest), store.held(manifest)
    store.refuse_damaged(manifest)
    # Where an extension is missing, DuckDB would fetch it from the network.
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    connection.execute(_CREATE_LANDED)
    for place, release in enumerate(releases):
        if release.withdrawn_at or release.kind is ReleaseKind.LOOKUP or not release.covered.overlaps(within):
            continue
        part = store.part(held[release.id])
        try:
            connection.execute(_ADD_PART, [place, release.id, str(part), within.first, within.last])
        except duckdb.Error as error:
            raise InputError(f"{part} is damaged or missing; restore the folder from a backup.") from error
    for step in steps("newest"):
        connection.execute(statement_of(step))
    connection.execute(f"create table held as {_sql('held')}")
    connection.execute("drop table landed")
    return Snapshot(manifest, releases, connection)


def compared(cursor: duckdb.DuckDBPyConnection, release: Release) -> Landing:
    """What a release about to land changes: ``came`` are its figures, ``held`` those before it; see revised.sql."""
    [(again,)] = cursor.execute(_COUNT_AGAIN).fetchall()
    revised = cursor.execute(_sql("revised")).fetchall()
    old = figures_of(row[:_WIDTH] for row in revised)
    new = figures_of((*row[_WIDTH:], release.id) for row in revised)
    return Landing(
        release,
        new=release.figures - again,
        unchanged=again - len(revised),
        revisions=tuple(map(Revision, old, new)),
    )


@cache
def _sql(name: str) -> str:
    return files("quarterday.warehouse").joinpath("sql", f"{name}.sql").read_text("utf-8")
