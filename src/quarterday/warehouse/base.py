"""The promise of every warehouse: what comes in, what is kept, what can be asked."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, Self

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding, Line
from quarterday.domain.period import Period
from quarterday.domain.places import Link, PlacesKnown
from quarterday.domain.source import Source
from quarterday.warehouse.rolling import Rolling


def keys_of(names: Iterable[str]) -> dict[str, str]:
    """Each name with the key that it is compared by, worked out once a name."""
    return {name: key_of(name) for name in set(names)}


@dataclass(frozen=True, slots=True)
class Intake:
    """What a reader made of its files: figures, and the sentences that a person should know about them.

    ``reader`` is the reader's name and version, such as ``met-police 1``. An intake holds at least one
    figure, and no two of one measure, area and period.
    """

    source: Source
    reader: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an intake without files or figures, and two figures of one measure, area and period."""
        if not self.source.files:
            raise ValueError("an intake names the files that it was read from: they tell its release from others.")
        if not self.figures:
            raise InputError(f"{self.source.title}: there are no figures in it; nothing was loaded.")
        measures = keys_of(figure.measure for figure in self.figures)
        areas = keys_of(figure.area for figure in self.figures)
        seen: set[tuple[str, str, int, int]] = set()
        for figure in self.figures:
            key = measures[figure.measure], areas[figure.area], figure.period.first, figure.period.months
            if key in seen:
                raise InputError(
                    f"{self.source.title}: {figure.measure}, {figure.area}, {figure.period.for_table()} "
                    "stands there twice; keep one figure."
                )
            seen.add(key)

    @property
    def covered(self) -> Period:
        """From the first month that any figure covers to the last."""
        first = min(figure.period.first for figure in self.figures)
        return Period(first, max(figure.period.last for figure in self.figures) - first + 1)


@dataclass(frozen=True, slots=True)
class RowFile:
    """One file of rows: its name without folders, the force that its name states, and how many rows it holds."""

    name: str
    force: str
    rows: int


@dataclass(frozen=True, slots=True)
class RowPart:
    """The rows of one dataset and month, file after file in the order in which they stood.

    ``part`` is the Parquet file's name. Its columns are ``dataset``, ``month`` (as ``Period.first``), ``force`` (as the
    rows have it), ``id`` (bytes), ``lsoa``, ``lsoa_name``, ``category``, ``outcome``, ``longitude``, ``latitude`` and
    ``location``; what is empty in the file is null. Parts without files hold what was found of a release's rows: see
    ``quarterday.warehouse.counting.Kept``.
    """

    part: str
    dataset: str
    month: int
    files: tuple[RowFile, ...]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(file.rows for file in self.files)

    def file_of(self, row: int) -> tuple[RowFile, int]:
        """The file that a row of the part, counted from 0, came from, and its place among the file's rows, from 1."""
        for file in self.files:
            if row < file.rows:
                return file, row + 1
            row -= file.rows
        raise IndexError(row)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row that a figure counts, or would if it were no ``repeat``: where it stands in its file, and what it says.

    ``row`` counts the file's rows from 1, the header included; what the file leaves empty is empty.
    """

    file: str
    row: int
    month: Period
    id: str
    place: str
    category: str
    outcome: str
    location: str
    repeat: bool


class Counting(Protocol):
    """What is counted of the rows of a publisher."""

    def measures_of(self, dataset: str, category: str) -> tuple[str, ...]:
        """The measures that a row counts for."""

    def used(self, dataset: str, category: str) -> tuple[int, int] | None:
        """The first and the last month in which the publisher uses a category; None where its rows must tell.

        In a month in which it is used and has no row it was counted, and there was none.
        """

    def has_places(self, dataset: str) -> bool:
        """Whether its rows say in which LSOA they lie."""

    def tally_measure(self, dataset: str, kind: str) -> str:
        """What the rows of a dataset that are ``in all``, ``repeated`` and so on are called as a measure."""

    def force_area(self, force: str) -> str:
        """What the area of all that a force reported is called."""


class Rows(Protocol):
    """What a reader of rows offers: where they come from, and a way to write them as parts.

    What the reader was told, such as the forces to read, makes another release of the same files.
    """

    @property
    def source(self) -> Source:
        """What was published, and the files that a person named."""

    @property
    def reader(self) -> str:
        """The reader's name and version."""

    @property
    def told(self) -> str:
        """What the reader was told besides its files; empty where nothing."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know."""

    def write(self, folder: Path) -> Iterator[RowPart]:
        """Write the parts into ``folder``, one at a time; raises ``InputError`` with the faults of every file."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a reader made of a look-up: which places lie in which; at least one link."""

    source: Source
    reader: str
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()

    @property
    def covered(self) -> Period:
        """The years whose boundaries are meant, from the first to the last."""
        years = [place.year for link in self.links for place in (link.place, link.within) if place.year]
        return Period.run(*(Period.calendar_year(year(years)) for year in (min, max))) if years else _NO_YEAR


_NO_YEAR = Period.calendar_year(1900)


class ReleaseKind(StrEnum):
    """What a release is made of: figures as they came, rows of which figures are counts, or a look-up of places."""

    FIGURES = "figures"
    ROWS = "rows"
    LOOKUP = "look-up"


def release_id(reader: str, source: Source, *, told: str = "") -> str:
    """What tells a release from others: its reader, what that was told, and the bytes of its files."""
    hashes = sorted(file.sha256 for file in source.files)
    digest = hashlib.sha256("\n".join((reader, *([told] if told else []), *hashes)).encode()).hexdigest()
    return f"{reader.replace(' ', '-')}-{digest[:12]}"


@dataclass(frozen=True, slots=True)
class Release:
    """One load that landed. What came never changes; ``figures`` is how many there are of it, or links of a look-up.

    The same bytes read by the same reader, told the same, have the same ``id``. ``loaded_at`` and ``withdrawn_at`` are
    written as ISO 8601 has it; the second is empty while the release stands.
    """

    id: str
    source: Source
    reader: str
    loaded_at: str
    figures: int
    covered: Period
    notes: tuple[str, ...]
    kind: ReleaseKind = ReleaseKind.FIGURES
    withdrawn_at: str = ""

    @classmethod
    def of(cls, intake: Intake, *, loaded_at: datetime) -> Self:
        """The release that ``intake`` makes."""
        return cls(
            id=release_id(intake.reader, intake.source),
            source=intake.source,
            reader=intake.reader,
            loaded_at=loaded_at.isoformat(timespec="seconds"),
            figures=len(intake.figures),
            covered=intake.covered,
            notes=intake.notes,
        )

    @classmethod
    def of_rows(cls, rows: Rows, *, loaded_at: datetime, figures: int, covered: Period) -> Self:
        """The release that ``rows`` make, of which so many figures were counted."""
        return cls(
            id=release_id(rows.reader, rows.source, told=rows.told),
            source=rows.source,
            reader=rows.reader,
            loaded_at=loaded_at.isoformat(timespec="seconds"),
            figures=figures,
            covered=covered,
            notes=rows.notes,
            kind=ReleaseKind.ROWS,
        )

    @classmethod
    def of_lookup(cls, lookup: Lookup, *, loaded_at: datetime) -> Self:
        """The release that ``lookup`` makes."""
        return cls(
            id=release_id(lookup.reader, lookup.source),
            source=lookup.source,
            reader=lookup.reader,
            loaded_at=loaded_at.isoformat(timespec="seconds"),
            figures=len(lookup.links),
            covered=lookup.covered,
            notes=lookup.notes,
            kind=ReleaseKind.LOOKUP,
        )


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that the warehouse held, and the one that now stands in its place."""

    old: Figure
    new: Figure


@dataclass(frozen=True, slots=True)
class Landing:
    """What a load did: how many figures are new, how many came again as they stood, which ones were revised.

    A figure is revised where its value or its marks differ from those held; a name spelt otherwise or another
    note is no revision. Where the release is the latest already nothing changes, and the counts are nought.
    """

    release: Release
    new: int = 0
    unchanged: int = 0
    revisions: tuple[Revision, ...] = field(default=(), repr=False)
    already_held: bool = False

    @property
    def revised(self) -> int:
        """How many figures were revised."""
        return len(self.revisions)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a load would do, and the figures that it would bring, as ``Warehouse.lines_in`` gives those of a release."""

    landing: Landing
    lines: tuple[Line, ...] = field(default=(), repr=False)


class Warehouse(Protocol):
    """Keeps figures with the release that they came from.

    For one measure, area and period the release that landed last has the word. Measures and areas are found
    by name as ``key_of`` compares names, and spelt as the latest release that holds them spells them.
    """

    def held_still(self) -> Self:
        """The same as it is now: what it says of releases, measures and holdings stays, whatever lands meanwhile."""

    def land(self, intake: Intake, *, loaded_at: datetime) -> Landing:
        """Keep all of ``intake``, or change nothing and raise ``InputError``."""

    def land_rows(self, rows: Rows, *, loaded_at: datetime) -> Landing:
        """Keep all of ``rows`` and the figures that are counted of them, or change nothing and raise ``InputError``."""

    def would_land(self, intake: Intake, *, loaded_at: datetime, drafts: Path) -> Trial:
        """What ``land`` would do now, and nothing done; ``drafts`` is a folder for what is worked out on the way."""

    def would_land_rows(self, rows: Rows, *, loaded_at: datetime, drafts: Path) -> Trial:
        """What ``land_rows`` would do now, and nothing done; raises ``InputError`` as that does."""

    def land_lookup(self, lookup: Lookup, *, loaded_at: datetime) -> Landing:
        """Keep a look-up of places, by which rows are counted, those that are held already, too."""

    def places(self) -> PlacesKnown:
        """What the look-ups that stand say."""

    def places_with(self, lookup: Lookup) -> PlacesKnown:
        """What they would say with one more."""

    def withdraw(self, release_id: str, *, withdrawn_at: datetime) -> Release:
        """Let a release no longer count: what it revised stands again. Its part is kept; loading it again undoes it."""

    def releases(self) -> tuple[Release, ...]:
        """Every release held, the withdrawn ones too, in the order in which they landed."""

    def rows_behind(
        self, release_id: str, *, measure: str, area: str, periods: tuple[Period, ...]
    ) -> tuple[SourceRow, ...]:
        """The rows of a release that its figures over ``periods`` count; none of a release that came as figures."""

    def lines_in(self, release_id: str) -> tuple[Line, ...]:
        """The figures of one release as ``figures_in`` gives them, in a row each: quicker where there are very many."""

    def origins(self, release_id: str, *, measure: str, area: str) -> dict[Period, str]:
        """Where in their files a release's figures of a measure in an area stand, by period, where a reader said it."""

    def figures_in(self, release_id: str) -> tuple[Figure, ...]:
        """The figures of one release, also of one withdrawn or revised since; raises ``InputError`` for none such."""

    def write_rolling(self, ask: Callable[[tuple[str, ...]], Rolling], out: Path) -> int:
        """Write the rolling table of all that is held, in order of measure, area and month; how many rows it has.

        ``ask`` is told the measures that are held.
        """

    def measures(self) -> tuple[str, ...]:
        """The names of the measures of which figures are held, sorted."""

    def holding(self, measure: str, area: str) -> Holding:
        """All figures of one measure in one area; none where nothing is held."""

    def holdings(self, measure: str) -> dict[str, Holding]:
        """The holding of each area that has figures of the measure, by the area's key, sorted."""
