"""The default warehouse: parts are Parquet, written and read by DuckDB."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.domain.status import read_statuses
from quarterday.warehouse.base import Intake, Landing, Release, Revision, keys_of
from quarterday.warehouse.store import PATIENCE, Store

_COLUMNS = (
    "measure varchar, measure_key varchar, area varchar, area_key varchar, "
    "first_month integer, months integer, value double, status varchar, note varchar"
)
_CREATE_LANDED = f"create table landed (place integer, release varchar, {_COLUMNS})"
_ADD_PART = "insert into landed by name select ? as place, ? as release, * from read_parquet(?)"
_CREATE_CAME = f"create temp table came ({_COLUMNS})"
# A note may run over several lines, so the file is read by one thread; only a value may be missing.
_READ_ROWS = r"""
copy came from ? (
    format csv, header false, auto_detect false, parallel false, new_line '\n', delimiter ',', quote '"', escape '"',
    force_not_null (measure, measure_key, area, area_key, status, note)
)
"""
_WRITE_PART = "copy (select * from came order by measure_key, area_key, first_month, months) to ? (format parquet)"
_COUNT_AGAIN = "select count(*) from came join held using (measure_key, area_key, first_month, months)"
_FETCH = (
    "select measure, area, first_month, months, value, status, note, release from held "
    "where measure_key = ? and (area_key = ? or ?) order by area_key, first_month, months"
)
_WIDTH = 8  # columns of a figure, as they are fetched


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What one manifest holds, in memory; several threads may ask at once."""

    manifest: str
    releases: tuple[Release, ...]
    connection: duckdb.DuckDBPyConnection

    def figures(self, measure_key: str, area_key: str | None = None) -> list[Figure]:
        """The figures of one measure, in one area or in all, area by area."""
        cursor = self.connection.cursor()  # a connection answers one thread at a time, and mixes the answers of two
        return _figures(cursor.execute(_FETCH, [measure_key, area_key, area_key is None]).fetchall())


class DuckDBWarehouse:
    """A ``Warehouse`` in a folder: one whole state is read, from any thread or process, while another is written."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        """Nothing is read or made yet; ``patience`` is how many seconds a load waits for another one."""
        self._store = Store(folder, patience=patience)
        self._latest: _Snapshot | None = None

    def land(self, intake: Intake, *, loaded_at: datetime) -> Landing:
        """Keep all of ``intake``, or change nothing and raise ``InputError``."""
        release = Release.of(intake, loaded_at=loaded_at)
        with self._store.writing(f"loading {intake.source.title}"):
            standing = [held for held in self._store.releases(self._store.current()) if not held.withdrawn_at]
            if standing and standing[-1].id == release.id:
                return Landing(standing[-1], already_held=True)
            try:
                return self._add(intake, release)
            except duckdb.Error as error:
                raise InputError(f"{intake.source.title}: {error} Nothing was changed; try again.") from error

    def withdraw(self, release_id: str, *, withdrawn_at: datetime) -> Release:
        """Let a release no longer count: what it revised stands again. Its part is kept; loading it again undoes it."""
        with self._store.writing(f"withdrawing {release_id}"):
            held = self._store.releases(self._store.current())
            standing = [release.id for release in held if not release.withdrawn_at]
            if release_id not in standing:
                known = ", ".join(standing) or "none"
                raise InputError(f"{release_id!r} is no release that stands; those that do: {known}.")
            at = withdrawn_at.isoformat(timespec="seconds")
            after = [replace(release, withdrawn_at=at) if release.id == release_id else release for release in held]
            self._store.commit_releases(after)
        return next(release for release in after if release.id == release_id)

    def releases(self) -> tuple[Release, ...]:
        """Every release held, the withdrawn ones too, in the order in which they landed."""
        return self._store.releases(self._store.current())

    def measures(self) -> tuple[str, ...]:
        """The names of the measures of which figures are held, sorted."""
        cursor = self._snapshot().connection.cursor()
        return tuple(
            name for (name,) in cursor.execute("select distinct measure from held order by measure").fetchall()
        )

    def holding(self, measure: str, area: str) -> Holding:
        """All figures of one measure in one area; none where nothing is held."""
        figures = self._snapshot().figures(key_of(measure), key_of(area))
        return _holding(figures) if figures else Holding(measure, area, {})

    def holdings(self, measure: str) -> dict[str, Holding]:
        """The holding of each area that has figures of the measure, by the area's key, sorted."""
        by_area = groupby(self._snapshot().figures(key_of(measure)), key=lambda figure: figure.area)
        return {key_of(area): _holding(list(figures)) for area, figures in by_area}

    def _snapshot(self) -> _Snapshot:
        manifest, latest = self._store.current(), self._latest
        if latest is None or latest.manifest != manifest:
            latest = self._latest = self._opened(manifest)
        return latest

    def _opened(self, manifest: str) -> _Snapshot:
        releases = self._store.releases(manifest)
        self._store.refuse_damaged(manifest)
        # Where an extension is missing, DuckDB would fetch it from the network.
        connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
        connection.execute(_CREATE_LANDED)
        for place, release in enumerate(release for release in releases if not release.withdrawn_at):
            part = self._store.part(release.id)
            try:
                connection.execute(_ADD_PART, [place, release.id, str(part)])
            except duckdb.Error as error:
                raise InputError(f"{part} is damaged or missing; restore the folder from a backup.") from error
        connection.execute(f"create table held as {_sql('held')}")
        connection.execute("drop table landed")
        return _Snapshot(manifest, releases, connection)

    def _add(self, intake: Intake, release: Release) -> Landing:
        cursor = self._snapshot().connection.cursor()
        rows, part = self._store.draft("rows.csv"), self._store.draft(f"{release.id}.parquet")
        _write_rows(intake.figures, rows)
        cursor.execute(_CREATE_CAME)
        cursor.execute(_READ_ROWS, [str(rows)])
        rows.unlink()
        cursor.execute(_WRITE_PART, [str(part)])
        [(again,)] = cursor.execute(_COUNT_AGAIN).fetchall()
        revised = cursor.execute(_sql("revised")).fetchall()
        self._store.commit(release, part)
        old = _figures(row[:_WIDTH] for row in revised)
        new = _figures((*row[_WIDTH:], release.id) for row in revised)
        return Landing(
            release,
            new=release.figures - again,
            unchanged=again - len(revised),
            revisions=tuple(map(Revision, old, new)),
        )


@cache
def _sql(name: str) -> str:
    return files("quarterday.warehouse").joinpath("sql", f"{name}.sql").read_text("utf-8")


def _write_rows(figures: Sequence[Figure], path: Path) -> None:
    """Write a CSV, texts in quotes: the one way from Python that each version of DuckDB takes quickly."""
    measures = keys_of(figure.measure for figure in figures)
    areas = keys_of(figure.area for figure in figures)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(
            (
                figure.measure,
                measures[figure.measure],
                figure.area,
                areas[figure.area],
                figure.period.first,
                figure.period.months,
                figure.value,
                "".join(status.mark for status in figure.statuses),
                figure.note,
            )
            for figure in figures
        )


_period = cache(Period)
_statuses = cache(read_statuses)


def _figures(rows: Iterable[Sequence[Any]]) -> list[Figure]:
    return [
        Figure(measure, area, _period(first, months), value, _statuses(marks), note, (release,))
        for measure, area, first, months, value, marks, note, release in rows
    ]


def _holding(figures: Sequence[Figure]) -> Holding:
    """The figures of one measure in one area, of which there is at least one."""
    return Holding(figures[0].measure, figures[0].area, {figure.period: figure for figure in figures})
