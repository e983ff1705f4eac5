"""What a load would do, in words for whoever decides about it: nothing lands here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from quarterday.domain.figure import Figure, Line
from quarterday.domain.period import Period
from quarterday.editions.home import Home
from quarterday.editions.load import READERS, unplanned
from quarterday.editions.load_kinds import GEOGRAPHY, POLICE_UK
from quarterday.editions.quality import quality_of_lines
from quarterday.sources.geography import read_geography
from quarterday.sources.police_uk import read_police_uk
from quarterday.warehouse.base import Landing, Release, ReleaseKind, Revision, Trial, release_id

MOST_REVISIONS = 20  # of measures and areas, that are listed one by one
MOST_MONTHS = 24  # that are listed one by one

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was read of a file before anything landed. Counts are of figures, or of links of a look-up.

    ``after`` is the release that was the latest when this was worked out, empty for none.
    """

    release: str
    title: str
    publisher: str
    figures: int
    is_lookup: bool = False
    already_held: bool = False
    covered: str = ""
    measures: int = 0
    areas: tuple[str, ...] = ()
    new: int = 0
    unchanged: int = 0
    revised: int = 0
    revisions: tuple[dict[str, Any], ...] = ()
    more_revisions: int = 0
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    after: str = field(default="")

    def as_data(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def find(
    home: Home, kind: str, path: Path, *, told: dict[str, Any], drafts: Path, now: datetime, progress: Progress
) -> Found:
    """Read ``path`` and compare it with what is held. Errors: every fault of the file.

    ``told`` is what the reader must know besides; ``drafts`` an empty folder for what is worked out on the way.
    """
    if kind == GEOGRAPHY:
        return _of_lookup(home, path)
    releases = home.warehouse().releases()  # before all else: what lands meanwhile makes this out of date
    if kind == POLICE_UK:
        trial = home.warehouse().would_land_rows(read_police_uk(path, progress=progress), loaded_at=now, drafts=drafts)
        return _of_trial(trial, releases, ())
    intake = READERS[kind](path, **told)
    trial = home.warehouse().would_land(intake, loaded_at=now, drafts=drafts)
    return _of_trial(trial, releases, unplanned(intake.figures))


def _of_lookup(home: Home, path: Path) -> Found:
    lookup, warehouse = read_geography(path), home.warehouse()
    identity, releases = release_id(lookup.reader, lookup.source), warehouse.releases()
    standing = [held.id for held in releases if not held.withdrawn_at]
    return Found(
        release=identity,
        title=lookup.source.title,
        publisher=lookup.source.publisher,
        figures=len(lookup.links),
        new=len(lookup.links),
        is_lookup=True,
        already_held=standing[-1:] == [identity],
        notes=lookup.notes,
        doubts=warehouse.places_with(lookup).unclear(),
        after=latest(releases),
    )


def _of_trial(trial: Trial, releases: Sequence[Release], doubts: Iterable[str]) -> Found:
    landing, release = trial.landing, trial.landing.release
    groups, more = _grouped(landing)
    return Found(
        release=release.id,
        title=release.source.title,
        publisher=release.source.publisher,
        figures=release.figures,
        already_held=landing.already_held,
        covered=release.covered.for_sentence(),
        measures=len({line.measure for line in trial.lines}),
        areas=tuple(sorted({line.area for line in trial.lines})),
        new=landing.new,
        unchanged=landing.unchanged,
        revised=landing.revised,
        revisions=groups,
        more_revisions=more,
        missing=tuple(_missing(trial.lines, release, releases)),
        notes=release.notes,
        quality=quality_of_lines(trial.lines, release, landing.revisions).sentences if trial.lines else (),
        doubts=(*_overtaking(landing, releases), *doubts),
        after=latest(releases),
    )


def latest(releases: Sequence[Release]) -> str:
    """What tells whether anything landed, or was withdrawn, since."""
    return " ".join(
        (f"{len(releases)}", *(f"{held.id} {held.loaded_at} {held.withdrawn_at}" for held in releases[-1:]))
    )


def _grouped(landing: Landing) -> tuple[tuple[dict[str, Any], ...], int]:
    """The revisions by measure and area, those with most first: how many there are, and the largest in words."""
    groups: dict[tuple[str, str], list[Revision]] = defaultdict(list)
    for revision in landing.revisions:
        groups[revision.new.measure, revision.new.area].append(revision)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    listed = tuple(
        {"measure": measure, "area": area, "number": len(group), "largest": _largest(group)}
        for (measure, area), group in ordered[:MOST_REVISIONS]
    )
    return listed, max(0, len(ordered) - MOST_REVISIONS)


def _largest(group: Sequence[Revision]) -> str:
    revision = max(group, key=_size)
    return f"{revision.new.period.for_sentence()}: {_shown(revision.old)} before, {_shown(revision.new)} now"


def _size(revision: Revision) -> float:
    """How far a figure moved; one that came or went moved further than any."""
    old, new = revision.old.value, revision.new.value
    return float("inf") if old is None or new is None else abs(new - old)


def _shown(figure: Figure) -> str:
    number = "" if figure.value is None else f"{figure.value:,.10g}"
    return " ".join((*([number] if number else []), *(status.mark for status in figure.statuses)))


def _missing(lines: Sequence[Line], release: Release, releases: Sequence[Release]) -> Iterator[str]:
    """Months of which there is no figure at all: between those that came, and between these and the last held."""
    months = {first for line in lines if line.months == 1 for first, value in _values(line) if value is not None}
    if months:
        gaps = [month for month in range(min(months), max(months)) if month not in months]
        named = ", ".join(Period(month, 1).for_sentence() for month in gaps[:MOST_MONTHS])
        if gaps:
            more = f" and {len(gaps) - MOST_MONTHS} more" if len(gaps) > MOST_MONTHS else ""
            yield f"The file has no figure of {named}{more}."
    before = [held.covered.last for held in _of_its_kind(release, releases)]
    if before and max(before) + 1 < release.covered.first:
        gap = Period(max(before) + 1, release.covered.first - max(before) - 1)
        yield f"Between what is held of this kind and this file, {gap.for_sentence()} is missing."


def _overtaking(landing: Landing, releases: Sequence[Release]) -> Iterator[str]:
    """Whether an older table would take the word from a newer one of its kind."""
    ends = [held.covered.last for held in _of_its_kind(landing.release, releases)]
    if landing.revised and max(ends, default=0) > landing.release.covered.last:
        here, there = (Period(end, 1).for_sentence() for end in (landing.release.covered.last, max(ends)))
        yield (
            f"This file ends with {here}, earlier than one already held, which ends with {there}; where both have a "
            "figure this one would count."
        )


def _of_its_kind(release: Release, releases: Iterable[Release]) -> Iterator[Release]:
    """The releases that stand and were read by the same reader, in whichever version."""
    kind = release.reader.split()[0]
    for held in releases:
        if held.kind is not ReleaseKind.LOOKUP and not held.withdrawn_at and held.reader.split()[0] == kind:
            yield held


def _values(line: Line) -> Iterator[tuple[int, float | None]]:
    return zip(line.firsts, line.values, strict=True)
