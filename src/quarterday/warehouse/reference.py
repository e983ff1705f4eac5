"""The law: a warehouse in plain Python, slow and obvious, that the fast ones must agree with to the last unit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.warehouse.base import Intake, Landing, Release, Revision, Trial

Key = tuple[str, str, Period]


class ReferenceWarehouse:
    """Keeps every release in memory, in the order in which they landed."""

    def __init__(self) -> None:
        self._landed: list[tuple[Release, tuple[Figure, ...]]] = []

    def land(self, intake: Intake, *, loaded_at: datetime) -> Landing:
        """Keep all of ``intake``."""
        release = Release.of(intake, loaded_at=loaded_at)
        latest = [held for held, _ in self._standing()][-1:]
        if [held.id for held in latest] == [release.id]:
            return Landing(latest[0], already_held=True)
        figures = tuple(replace(figure, value=_real(figure.value), releases=(release.id,)) for figure in intake.figures)
        landing = self._compared(release, figures)
        self._landed = [(held, kept) for held, kept in self._landed if held.id != release.id]
        self._landed.append((release, figures))
        return landing

    def would_land(self, intake: Intake, *, loaded_at: datetime, drafts: Path) -> Trial:  # noqa: ARG002 - needs none
        """What ``land`` would do: done in a copy."""
        tried = ReferenceWarehouse()
        tried._landed = list(self._landed)
        return Trial(tried.land(intake, loaded_at=loaded_at))

    def _compared(self, release: Release, figures: tuple[Figure, ...]) -> Landing:
        before = {key: self._spelt(figure) for key, figure in self._held().items()}
        again = [figure for figure in figures if _key(figure) in before]
        pairs = ((before[_key(figure)], figure) for figure in sorted(again, key=_key))
        revisions = tuple(Revision(old, new) for old, new in pairs if _said(old) != _said(new))
        return Landing(release, len(figures) - len(again), len(again) - len(revisions), revisions)

    def withdraw(self, release_id: str, *, withdrawn_at: datetime) -> Release:
        """Let a release no longer count."""
        for place, (release, figures) in enumerate(self._landed):
            if release.id == release_id and not release.withdrawn_at:
                withdrawn = replace(release, withdrawn_at=withdrawn_at.isoformat(timespec="seconds"))
                self._landed[place] = (withdrawn, figures)
                return withdrawn
        raise InputError(f"{release_id!r} is no release that stands.")

    def releases(self) -> tuple[Release, ...]:
        """Every release held."""
        return tuple(release for release, _ in self._landed)

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

    def _standing(self) -> Iterator[tuple[Release, tuple[Figure, ...]]]:
        return ((release, figures) for release, figures in self._landed if not release.withdrawn_at)

    def _held(self) -> dict[Key, Figure]:
        """Of each measure, area and period the figure of the latest release."""
        return {_key(figure): figure for _, figures in self._standing() for figure in figures}

    def _spelt(self, figure: Figure) -> Figure:
        """The figure under the names that the latest release with them uses; the first in order, where it uses two."""
        measure, area = figure.measure, figure.area
        for _, figures in self._standing():
            measures = sorted({other.measure for other in figures if key_of(other.measure) == key_of(measure)})
            areas = sorted({other.area for other in figures if key_of(other.area) == key_of(area)})
            measure, area = (measures or [measure])[0], (areas or [area])[0]
        return replace(figure, measure=measure, area=area)


def _key(figure: Figure) -> Key:
    return key_of(figure.measure), key_of(figure.area), figure.period


def _said(figure: Figure) -> tuple[object, ...]:
    """What a revision is told by: value and marks."""
    return figure.value, figure.statuses


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)
