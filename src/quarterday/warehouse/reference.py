"""The law: a warehouse in plain Python, slow and obvious, that the fast ones must agree with to the last unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.domain.places import Link, Places
from quarterday.warehouse.base import (
    Counting,
    Intake,
    Landing,
    Lookup,
    Release,
    ReleaseKind,
    Revision,
    Rows,
    Trial,
    release_id,
)
from quarterday.warehouse.reference_counting import Law, Row, rows_of_part

Key = tuple[str, str, Period]


@dataclass(frozen=True)
class _Landed:
    """A release and what came: figures, rows of which they are counted, or links."""

    release: Release
    figures: tuple[Figure, ...] = ()
    rows: tuple[Row, ...] = ()
    links: tuple[Link, ...] = ()


class ReferenceWarehouse:
    """Keeps every release in memory, in the order in which they landed."""

    def __init__(self, *, counting: Mapping[str, Counting] | None = None) -> None:
        """Nothing is held yet; ``counting`` says what is counted of the rows of each reader, by its name."""
        self._landed: list[_Landed] = []
        self._counting = counting or {}

    def land(self, intake: Intake, *, loaded_at: datetime) -> Landing:
        """Keep all of ``intake``."""
        release = Release.of(intake, loaded_at=loaded_at)
        figures = tuple(replace(figure, value=_real(figure.value), releases=(release.id,)) for figure in intake.figures)
        return self._already(release.id) or self._land(_Landed(release, figures))

    def land_rows(self, rows: Rows, *, loaded_at: datetime) -> Landing:
        """Keep all of ``rows``, and what is counted of them."""
        identity = release_id(rows.reader, rows.source, told=rows.told)
        if (already := self._already(identity)) is not None:
            return already
        with TemporaryDirectory() as folder:
            came = tuple(row for part in rows.write(Path(folder)) for row in rows_of_part(Path(folder, part.part)))
        figures = self._counted(came, reader=rows.reader, identity=identity)
        first, last = (end(figure.period.first for figure in figures) for end in (min, max))
        covered = Period(first, last - first + 1)
        release = Release.of_rows(rows, loaded_at=loaded_at, figures=len(figures), covered=covered)
        return self._land(_Landed(release, figures, came))

    def land_lookup(self, lookup: Lookup, *, loaded_at: datetime) -> Landing:
        """Keep a look-up of places, and count all rows anew by it."""
        release = Release.of_lookup(lookup, loaded_at=loaded_at)
        if (already := self._already(release.id)) is not None:
            return already
        self._land(_Landed(release, links=lookup.links))
        self._count_anew()
        return Landing(release, new=release.figures)

    def would_land(self, intake: Intake, *, loaded_at: datetime, drafts: Path) -> Trial:  # noqa: ARG002 - needs none
        """What ``land`` would do: done in a copy."""
        return Trial(self._copied().land(intake, loaded_at=loaded_at))

    def would_land_rows(self, rows: Rows, *, loaded_at: datetime, drafts: Path) -> Trial:  # noqa: ARG002 - needs none
        """What ``land_rows`` would do: done in a copy."""
        return Trial(self._copied().land_rows(rows, loaded_at=loaded_at))

    def _copied(self) -> "ReferenceWarehouse":
        tried = ReferenceWarehouse(counting=self._counting)
        tried._landed = list(self._landed)
        return tried

    def _already(self, identity: str) -> Landing | None:
        """What landing the latest release once more does."""
        latest = [held.release for held in self._standing()][-1:]
        return Landing(latest[0], already_held=True) if [held.id for held in latest] == [identity] else None

    def _land(self, landed: _Landed) -> Landing:
        landing = self._compared(landed.release, landed.figures)
        self._landed = [held for held in self._landed if held.release.id != landed.release.id]
        self._landed.append(landed)
        return landing

    def _compared(self, release: Release, figures: tuple[Figure, ...]) -> Landing:
        before = {key: self._spelt(figure) for key, figure in self._held().items()}
        again = [figure for figure in figures if _key(figure) in before]
        pairs = ((before[_key(figure)], figure) for figure in sorted(again, key=_key))
        revisions = tuple(Revision(old, new) for old, new in pairs if _said(old) != _said(new))
        return Landing(release, len(figures) - len(again), len(again) - len(revisions), revisions)

    def places(self) -> Places:
        """What the look-ups that stand say; of a link that several have, the last one counts."""
        links = [link for held in self._standing() for link in held.links]
        return Places(tuple(link for at, link in enumerate(links) if link not in links[at + 1 :]))

    def _counted(self, rows: tuple[Row, ...], *, reader: str, identity: str) -> tuple[Figure, ...]:
        law = Law(rows, self.places(), self._counting[reader.partition(" ")[0]])
        return tuple(replace(figure, releases=(identity,)) for figure in (*law.figures, *law.tallies))

    def _count_anew(self) -> None:
        """Count the rows of every release, of those withdrawn as well, by the look-ups that now stand."""
        for at, held in enumerate(self._landed):
            if held.release.kind is ReleaseKind.ROWS:
                figures = self._counted(held.rows, reader=held.release.reader, identity=held.release.id)
                release = replace(held.release, figures=len(figures))
                self._landed[at] = replace(held, release=release, figures=figures)

    def withdraw(self, release_id: str, *, withdrawn_at: datetime) -> Release:
        """Let a release no longer count."""
        for at, held in enumerate(self._landed):
            if held.release.id == release_id and not held.release.withdrawn_at:
                withdrawn = replace(held.release, withdrawn_at=withdrawn_at.isoformat(timespec="seconds"))
                self._landed[at] = replace(held, release=withdrawn)
                if withdrawn.kind is ReleaseKind.LOOKUP:
                    self._count_anew()
                return withdrawn
        raise InputError(f"{release_id!r} is no release that stands.")

    def releases(self) -> tuple[Release, ...]:
        """Every release held."""
        return tuple(held.release for held in self._landed)

    def measures(self) -> tuple[str, ...]:
        """The names of the measures held, sorted."""
        return tuple(sorted({self._spelt(figure).measure for figure in self._held().values()}))

    def holding(self, measure: str, area: str) -> Holding:
        """All figures of one measure in one area."""
        return self.holdings(measure).get(key_of(area), Holding(measure, area, {}))

    def holdings(self, measure: str) -> dict[str, Holding]:
        """The holding of each area that has figures of the measure."""
        found: dict[str, dict[Period, Figure]] = {}
        for (measure_key, area_key, period), figure in sorted(self._held().items()):
            if measure_key == key_of(measure):
                found.setdefault(area_key, {})[period] = self._spelt(figure)
        firsts = {area: next(iter(figures.values())) for area, figures in found.items()}
        return {area: Holding(firsts[area].measure, firsts[area].area, figures) for area, figures in found.items()}

    def _standing(self) -> Iterator[_Landed]:
        return (held for held in self._landed if not held.release.withdrawn_at)

    def _held(self) -> dict[Key, Figure]:
        """Of each measure, area and period the figure of the latest release."""
        return {_key(figure): figure for held in self._standing() for figure in held.figures}

    def _spelt(self, figure: Figure) -> Figure:
        """The figure under the names that the latest release with them uses; the first in order, where it uses two."""
        measure, area = figure.measure, figure.area
        for held in self._standing():
            measures = sorted({other.measure for other in held.figures if key_of(other.measure) == key_of(measure)})
            areas = sorted({other.area for other in held.figures if key_of(other.area) == key_of(area)})
            measure, area = (measures or [measure])[0], (areas or [area])[0]
        return replace(figure, measure=measure, area=area)


def _key(figure: Figure) -> Key:
    return key_of(figure.measure), key_of(figure.area), figure.period


def _said(figure: Figure) -> tuple[object, ...]:
    """What a revision is told by: value and marks."""
    return figure.value, figure.statuses


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)
