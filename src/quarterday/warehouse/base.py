"""The promise of every warehouse: what comes in, what is kept, what can be asked."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, Self

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.domain.source import Source


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
class Release:
    """One load that landed. Its figures never change; ``figures`` is how many there are.

    The same bytes read by the same reader have the same ``id``. ``loaded_at`` and ``withdrawn_at`` are written as
    ISO 8601 has it; the second is empty while the release stands.
    """

    id: str
    source: Source
    reader: str
    loaded_at: str
    figures: int
    covered: Period
    notes: tuple[str, ...]
    withdrawn_at: str = ""

    @classmethod
    def of(cls, intake: Intake, *, loaded_at: datetime) -> Self:
        """The release that ``intake`` makes."""
        hashes = sorted(file.sha256 for file in intake.source.files)
        digest = hashlib.sha256("\n".join((intake.reader, *hashes)).encode()).hexdigest()
        return cls(
            id=f"{intake.reader.replace(' ', '-')}-{digest[:12]}",
            source=intake.source,
            reader=intake.reader,
            loaded_at=loaded_at.isoformat(timespec="seconds"),
            figures=len(intake.figures),
            covered=intake.covered,
            notes=intake.notes,
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


class Warehouse(Protocol):
    """Keeps figures with the release that they came from.

    For one measure, area and period the release that landed last has the word. Measures and areas are found
    by name as ``key_of`` compares names, and spelt as the latest release that holds them spells them.
    """

    def land(self, intake: Intake, *, loaded_at: datetime) -> Landing:
        """Keep all of ``intake``, or change nothing and raise ``InputError``."""

    def withdraw(self, release_id: str, *, withdrawn_at: datetime) -> Release:
        """Let a release no longer count: what it revised stands again. Its part is kept; loading it again undoes it."""

    def releases(self) -> tuple[Release, ...]:
        """Every release held, the withdrawn ones too, in the order in which they landed."""

    def measures(self) -> tuple[str, ...]:
        """The names of the measures of which figures are held, sorted."""

    def holding(self, measure: str, area: str) -> Holding:
        """All figures of one measure in one area; none where nothing is held."""

    def holdings(self, measure: str) -> dict[str, Holding]:
        """The holding of each area that has figures of the measure, by the area's key, sorted."""
