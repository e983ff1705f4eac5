"""The default warehouse: parts are Parquet, written and read by DuckDB."""

import copy
import csv
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import duckdb

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding, Line
from quarterday.domain.period import Period
from quarterday.domain.places import Link, Places, PlacesKnown
from quarterday.warehouse.base import (
    Counting,
    Intake,
    Landing,
    Lookup,
    Release,
    ReleaseKind,
    RowPart,
    Rows,
    SourceRow,
    Trial,
    release_id,
)
from quarterday.warehouse.counting import Kept, count_rows, keep
from quarterday.warehouse.duckdb_engine import DuckDBEngine, quoted
from quarterday.warehouse.engine import Engine
from quarterday.warehouse.figure_parts import (
    extent_of,
    figures_in,
    holding_of,
    lines_in,
    origins_in,
    write_part,
)
from quarterday.warehouse.held_steps import hold
from quarterday.warehouse.kept_places import KeptPlaces, answers_of, kept_places
from quarterday.warehouse.links import read_links, write_links
from quarterday.warehouse.rolling import Rolling, rolling_table
from quarterday.warehouse.snapshot import Snapshot, compared, opened
from quarterday.warehouse.source_rows import Wanted, rows_behind
from quarterday.warehouse.store import PATIENCE, HeldParts, Store

_CAME_AS_PART = "create temp view came as select * from read_parquet('{part}')"
_ROLLING_COLUMNS = (
    "measure", "area", "month", "total", "total_year_before", "change", "change_percent", "share_percent", "rate",
    "rank", "members",
)  # fmt: skip
_ROLLING = (
    "select rolling.measure, rolling.area, months.code as month, rolling.total, rolling.total_year_before, "
    "rolling.change, rolling.change_percent, rolling.share_percent, rolling.rate, rolling.rank, rolling.members "
    "from rolling join months on months.month = rolling.month order by rolling.cell"
)
_EVERY_FIGURE = "(select * from figures union all select * from tallies) as every_figure"
_COUNTED_FIGURES = (
    f"select measure, measure_key, area, area_key, first_month, months, value, status, note from {_EVERY_FIGURE} "  # noqa: S608
    "where place = {place} order by measure_order, area_order, first_month, months"
)
_HOW_MANY = f"select place, count(*) from {_EVERY_FIGURE} group by place"  # noqa: S608


@dataclass(frozen=True, slots=True)
class _Counted:
    """Drafts of a release that came as rows, and what it does where it lands."""

    landing: Landing
    figures: Path
    rows: tuple[tuple[RowPart, Path], ...]


class DuckDBWarehouse:
    """A ``Warehouse`` in a folder: one whole state is read, from any thread or process, while another is written."""

    def __init__(
        self,
        folder: Path,
        *,
        patience: float = PATIENCE,
        counting: Mapping[str, Counting] | None = None,
        engine: Callable[[Path], Engine] = DuckDBEngine,
    ) -> None:
        """Nothing is read or made yet; ``patience`` is how many seconds a load waits for another one.

        ``counting`` says what is counted of the rows of each reader, by its name without the version. ``engine`` counts
        them; it is given a folder for what does not fit into memory.
        """
        self._store = Store(folder, patience=patience)
        self._counting = counting or {}
        self._engine = engine
        self._latest: Snapshot | None = None
        self._still = False

    def held_still(self) -> Self:
        """The same as it is now: what it says of releases, measures and holdings stays, whatever lands meanwhile."""
        still = copy.copy(self)
        still._latest, still._still = self._snapshot(), True  # noqa: SLF001  # its own kind
        return still

    def land(self, intake: Intake, *, loaded_at: datetime) -> Landing:
        """Keep all of ``intake``, or change nothing and raise ``InputError``."""
        release = Release.of(intake, loaded_at=loaded_at)
        with self._store.writing(f"loading {intake.source.title}"), _told_of(intake.source.title):
            if (held := self._already(release.id)) is not None:
                return Landing(held, already_held=True)
            cursor = self._snapshot().connection.cursor()
            part = self._store.draft(f"{release.id}.parquet")
            write_part(cursor, intake.figures, part)
            landing = compared(cursor, release)
            self._store.commit(release, part)
        return landing

    def land_rows(self, rows: Rows, *, loaded_at: datetime) -> Landing:
        """Keep all of ``rows`` and what is counted of them, or change nothing and raise ``InputError``."""
        identity = release_id(rows.reader, rows.source, told=rows.told)
        with self._store.writing(f"loading {rows.source.title}"), _told_of(rows.source.title):
            if (held := self._already(identity)) is not None:
                return Landing(held, already_held=True)
            folder = self._store.draft(identity)
            folder.mkdir()
            counted = self._count(rows, folder, loaded_at=loaded_at)
            self._store.commit(counted.landing.release, counted.figures, rows=counted.rows)
        return counted.landing

    def would_land(self, intake: Intake, *, loaded_at: datetime, drafts: Path) -> Trial:
        """What ``land`` would do now."""
        release = Release.of(intake, loaded_at=loaded_at)
        with _told_of(intake.source.title):
            if (held := self._already(release.id)) is not None:
                return Trial(Landing(held, already_held=True))
            cursor = self._snapshot().connection.cursor()
            part = drafts / "figures.parquet"
            write_part(cursor, intake.figures, part)
            return Trial(compared(cursor, release), lines_in(part))

    def would_land_rows(self, rows: Rows, *, loaded_at: datetime, drafts: Path) -> Trial:
        """What ``land_rows`` would do now."""
        with _told_of(rows.source.title):
            if (held := self._already(release_id(rows.reader, rows.source, told=rows.told))) is not None:
                return Trial(Landing(held, already_held=True))
            counted = self._count(rows, drafts, loaded_at=loaded_at)
            return Trial(counted.landing, lines_in(counted.figures))

    def _count(self, rows: Rows, folder: Path, *, loaded_at: datetime) -> _Counted:
        """Write the rows, and what is counted of them, into ``folder``, and compare that with what is held."""
        parts = [(part, folder / part.part) for part in rows.write(folder)]
        figures = folder / "figures.parquet"
        with closing(self._engine(folder)) as engine:
            kept = _found(engine, [path for _, path in parts], folder)
            count_rows(engine, [kept], places=self.places(), counting=self._counting_of(rows.reader))
            engine.write(_COUNTED_FIGURES.format(place=0), figures)
        number, covered = extent_of(figures)
        release = Release.of_rows(rows, loaded_at=loaded_at, figures=number, covered=covered)
        # Only the months that came can differ, so that a month costs a month however many are held.
        with opened(self._store, self._store.current(), within=covered).connection as connection:
            connection.execute(_CAME_AS_PART.format(part=quoted(figures)))
            landing = compared(connection, release)
        also = [(RowPart(name, name, covered.first, ()), folder / name) for name in Kept.files()]
        return _Counted(landing, figures, (*parts, *also))

    def land_lookup(self, lookup: Lookup, *, loaded_at: datetime) -> Landing:
        """Keep a look-up of places, and count all rows anew by it."""
        release = Release.of_lookup(lookup, loaded_at=loaded_at)
        with self._store.writing(f"loading {lookup.source.title}"), _told_of(lookup.source.title):
            if (held := self._already(release.id)) is not None:
                return Landing(held, already_held=True)
            part = self._store.draft("links.parquet")
            before = [self._store.part(held) for identity, held in self._lookups().items() if identity != release.id]
            write_links(lookup.links, part)
            places = answers_of(Places((*_links_of(before, later=[part]), *lookup.links)))
            self._store.commit(release, part, counted_anew=self._counted_anew(places))
            self._kept_places(self._lookups(), worked_out=lambda: places)  # so that loads of rows need not
        return Landing(release, new=release.figures)

    def _already(self, identity: str) -> Release | None:
        """The release, where it is the latest of those that stand."""
        standing = [held for held in self._store.releases(self._store.current()) if not held.withdrawn_at]
        return standing[-1] if standing and standing[-1].id == identity else None

    def _counting_of(self, reader: str) -> Counting:
        return self._counting[reader.partition(" ")[0]]

    def _counted_anew(self, places: PlacesKnown) -> dict[Release, Path]:
        """All rows held, counted by ``places``: the release as it is then, and the draft of its figures."""
        manifest = self._store.current()
        held = self._store.held(manifest)
        counted = [release for release in self._store.releases(manifest) if release.kind is ReleaseKind.ROWS]
        by_reader: dict[Counting, list[Release]] = defaultdict(list)
        for release in counted:
            by_reader[self._counting_of(release.reader)].append(release)
        drafts = self._store.draft("")
        anew: dict[Release, Path] = {}
        for counting, releases in by_reader.items():
            kept = [self._kept_of(held[release.id], drafts / release.id) for release in releases]
            with closing(self._engine(drafts)) as engine:
                count_rows(engine, kept, places=places, counting=counting)
                numbers = dict(engine.rows(_HOW_MANY))
                figures = [drafts / f"{release.id}.parquet" for release in releases]
                queries = [_COUNTED_FIGURES.format(place=place) for place in range(len(releases))]
                with ThreadPoolExecutor() as pool:
                    list(pool.map(engine.write, queries, figures))
            for place, release in enumerate(releases):
                anew[replace(release, figures=numbers[place])] = figures[place]
        return anew

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
            withdrawn = next(release for release in after if release.id == release_id)
            anew = {}
            if withdrawn.kind is ReleaseKind.LOOKUP:
                others = {lookup: held for lookup, held in self._lookups().items() if lookup != release_id}
                anew = self._counted_anew(self._places_of(others))
            self._store.commit_releases(after, counted_anew=anew)
        return withdrawn

    def releases(self) -> tuple[Release, ...]:
        """Every release held, the withdrawn ones too, in the order in which they landed."""
        return self._latest.releases if self._still and self._latest else self._store.releases(self._store.current())

    def rows_behind(
        self, release_id: str, *, measure: str, area: str, periods: tuple[Period, ...]
    ) -> tuple[SourceRow, ...]:
        """The rows of a release that its figures over ``periods`` count; none of a release that came as figures."""
        manifest = self._store.current()
        reader = next((held.reader for held in self._store.releases(manifest) if held.id == release_id), "")
        held = self._store.held(manifest).get(release_id)
        if held is None or not held.rows:
            return ()
        wanted = Wanted(measure, area, periods)
        with TemporaryDirectory() as spill, closing(self._engine(Path(spill))) as engine:
            counting, kept = self._counting_of(reader), self._kept_of(held, Path(spill))
            parts = self._rows_of(held)
            return tuple(rows_behind(engine, parts, wanted, places=self.places(), counting=counting, kept=kept))

    def _rows_of(self, held: HeldParts) -> list[tuple[RowPart, Path]]:
        """The parts of a release's rows, all as they were when they landed."""
        rows = [part for part in held.rows if part.part.files]
        with ThreadPoolExecutor() as pool:  # each is read to its end, to see that it is what it was
            return [(part.part, path) for part, path in zip(rows, pool.map(self._store.rows_part, rows), strict=True)]

    def _kept_of(self, held: HeldParts, drafts: Path) -> Kept:
        """What was found of a release's rows when they landed.

        Earlier versions of the program did not keep all of it: then it is looked for again, and written to ``drafts``.
        """
        found = {part.part.part: part for part in held.rows if not part.part.files}
        if set(Kept.files()) <= found.keys():
            with ThreadPoolExecutor() as pool:
                return Kept(*pool.map(lambda name: self._store.rows_part(found[name]), Kept.files()))
        drafts.mkdir(exist_ok=True)
        with closing(self._engine(drafts)) as engine:
            return _found(engine, [path for _, path in self._rows_of(held)], drafts)

    def figures_in(self, release_id: str) -> tuple[Figure, ...]:
        """The figures of one release, also of one withdrawn or revised since."""
        return figures_in(self._part_of_figures(release_id), release_id=release_id)

    def lines_in(self, release_id: str) -> tuple[Line, ...]:
        """The figures of one release, in a row each."""
        return lines_in(self._part_of_figures(release_id))

    def origins(self, release_id: str, *, measure: str, area: str) -> dict[Period, str]:
        """Where in their files a release's figures of a measure in an area stand, by period."""
        return origins_in(self._part_of_figures(release_id), measure_key=key_of(measure), area_key=key_of(area))

    def _part_of_figures(self, release_id: str) -> Path:
        manifest = self._store.current()
        kinds = {release.id: release.kind for release in self._store.releases(manifest)}
        if kinds.get(release_id, ReleaseKind.LOOKUP) is ReleaseKind.LOOKUP:
            raise InputError(f"{release_id!r} is no release of figures; those held: {', '.join(kinds) or 'none'}.")
        self._store.refuse_damaged(manifest)
        return self._store.part(self._store.held(manifest)[release_id])

    def write_rolling(self, ask: Callable[[tuple[str, ...]], Rolling], out: Path) -> int:
        """Write the rolling table of all that is held, in order of measure, area and month; how many rows it has.

        ``ask`` is told the measures that are held.
        """
        manifest = self._store.current()
        self._store.refuse_damaged(manifest)
        held = self._store.held(manifest)
        standing = [
            (release.id, self._store.part(held[release.id]))
            for release in self._store.releases(manifest)
            if not release.withdrawn_at and release.kind is not ReleaseKind.LOOKUP
        ]
        if not standing:
            raise InputError("no figures are held; load some with quarterday load.")
        with TemporaryDirectory() as spill, closing(self._engine(Path(spill))) as engine:
            hold(engine, standing)
            measures = tuple(name for (name,) in engine.rows("select measure from measures_named order by measure"))
            rolling_table(engine, ask(measures))
            [(rows, first, last)] = engine.rows("select count(*), min(month), max(month) from rated")
            months = [(month, Period(month, 1).code) for month in range(first or 0, (last or -1) + 1)]
            engine.table("months", {"month": "integer", "code": "varchar"}, months)
            if out.suffix.lower() == ".csv":
                _write_csv(out, engine.rows(_ROLLING))
            else:
                engine.write(_ROLLING, Path(spill, "rolling.parquet"))
                shutil.move(Path(spill, "rolling.parquet"), out)
        return int(rows)

    def measures(self) -> tuple[str, ...]:
        """The names of the measures of which figures are held, sorted."""
        cursor = self._snapshot().connection.cursor()
        return tuple(
            name for (name,) in cursor.execute("select distinct measure from held order by measure").fetchall()
        )

    def holding(self, measure: str, area: str) -> Holding:
        """All figures of one measure in one area; none where nothing is held."""
        figures = self._snapshot().figures(key_of(measure), key_of(area))
        return holding_of(figures) if figures else Holding(measure, area, {})

    def holdings(self, measure: str) -> dict[str, Holding]:
        """The holding of each area that has figures of the measure, by the area's key, sorted."""
        by_area = groupby(self._snapshot().figures(key_of(measure)), key=lambda figure: figure.area)
        return {key_of(area): holding_of(list(figures)) for area, figures in by_area}

    def places(self) -> PlacesKnown:
        """What the look-ups that stand say."""
        return self._places_of(self._lookups())

    def places_with(self, lookup: Lookup) -> PlacesKnown:
        """What the look-ups that stand would say with one more."""
        held = [self._store.part(part) for part in self._lookups().values()]
        return Places((*_links_of(held), *lookup.links))

    def _lookups(self) -> dict[str, HeldParts]:
        """The look-ups that stand, by the release's id, in the order in which they landed."""
        manifest = self._store.current()
        self._store.refuse_damaged(manifest)  # a look-up that lies makes every count lie
        held = self._store.held(manifest)
        standing = (release for release in self._store.releases(manifest) if not release.withdrawn_at)
        return {release.id: held[release.id] for release in standing if release.kind is ReleaseKind.LOOKUP}

    def _places_of(self, lookups: Mapping[str, HeldParts]) -> PlacesKnown:
        def worked_out() -> KeptPlaces:
            return answers_of(Places(tuple(_links_of([self._store.part(held) for held in lookups.values()]))))

        return self._kept_places(lookups, worked_out=worked_out) if lookups else Places(())

    def _kept_places(self, lookups: Mapping[str, HeldParts], *, worked_out: Callable[[], KeptPlaces]) -> KeptPlaces:
        hashes = [held.sha256 for held in lookups.values()]
        return kept_places(self._store.folder / "cache", hashes, worked_out=worked_out)

    def _snapshot(self) -> Snapshot:
        if self._still and self._latest is not None:
            return self._latest
        manifest, latest = self._store.current(), self._latest
        while latest is None or latest.manifest != manifest:
            try:
                latest = self._latest = opened(self._store, manifest)
            except InputError:
                # Another process may have replaced a part meanwhile; where nobody did, it is lost.
                if manifest == (manifest := self._store.current()):
                    raise
        return latest


def _links_of(lookups: Sequence[Path], *, later: Sequence[Path] = ()) -> Iterator[Link]:
    """The links of parts, each where it stands last; without those of ``later`` parts."""
    for number, part in enumerate(lookups, start=1):
        yield from read_links(part, later=[*lookups[number:], *later])


def _found(engine: Engine, parts: Sequence[Path], folder: Path) -> Kept:
    """What is kept of rows, written into ``folder``."""
    kept = Kept(*(folder / name for name in Kept.files()))
    keep(engine, parts, kept)
    return kept


@contextmanager
def _told_of(title: str) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise InputError(f"{title}: {error} Nothing was changed; try again.") from error


def _write_csv(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((_ROLLING_COLUMNS, *rows))
