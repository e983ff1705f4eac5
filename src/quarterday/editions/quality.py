"""What a person should know of a load before resting anything on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quarterday.commentary import quality as find
from quarterday.commentary.quality_draft import write_quality
from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Line
from quarterday.domain.finding import Finding
from quarterday.domain.period import Period
from quarterday.editions.home import COUNTING
from quarterday.sources.police_uk_files import OUTCOMES, STOPS, STREET
from quarterday.warehouse.base import Release, ReleaseKind, Revision, Warehouse

_KINDS = ("in all", "repeated", "without a place", "in other areas")


@dataclass(frozen=True)
class Quality:
    """What was found of a release, and the same in sentences."""

    release: Release
    findings: tuple[Finding, ...]
    sentences: tuple[str, ...]


def quality_of(warehouse: Warehouse, name: str = "") -> Quality:
    """The quality of a release by its name, or of the latest that stands and holds figures.

    What it revised is told by what the releases before it hold, as they are counted today; those withdrawn since are
    taken never to have been there.
    """
    release = _release(warehouse, name)
    return quality_report(warehouse, release, _revisions(warehouse, release))


def quality_report(warehouse: Warehouse, release: Release, revisions: Iterable[Revision]) -> Quality:
    """The quality of a release of figures or rows that is held, which revised what is given."""
    return quality_of_lines(warehouse.lines_in(release.id), release, revisions)


def quality_of_lines(lines: Sequence[Line], release: Release, revisions: Iterable[Revision]) -> Quality:
    """The quality of a release that holds these figures, whether it has landed or might."""
    names = _tally_names(release)
    tallies = tuple(_tallies(lines, names))
    told_apart = {key_of(measure) for by_kind in names.values() for measure in by_kind}
    counts = [line for line in lines if key_of(line.measure) not in told_apart]
    findings = (
        find.find_came(lines, release.covered),
        *find.find_not_counted(tallies),
        *find.find_location(tallies),
        *find.find_missing(counts),
        *find.find_late(counts),
        *find.find_early(counts),
        *find.find_revised([(revision.old, revision.new) for revision in revisions]),
        *find.find_jumps(counts),
    )
    return Quality(release, findings, write_quality(findings))


def _release(warehouse: Warehouse, name: str) -> Release:
    held = {release.id: release for release in warehouse.releases() if release.kind is not ReleaseKind.LOOKUP}
    if name in held:
        return held[name]
    standing = [release for release in held.values() if not release.withdrawn_at]
    if name or not standing:
        raise InputError(
            f"{name!r} is no release of figures; those held: {', '.join(held) or 'none'}."
            if name
            else "no release of figures is held; load some first."
        )
    return standing[-1]


def _tally_names(release: Release) -> Mapping[str, Mapping[str, str]]:
    """For each dataset of rows, what its tallies are called as measures, with the kind of each."""
    if release.kind is not ReleaseKind.ROWS:
        return {}
    counting = COUNTING[release.reader.split()[0]]
    return {
        dataset: {counting.tally_measure(dataset, kind): kind for kind in _KINDS}
        for dataset in (STREET, OUTCOMES, STOPS)
    }


def _tallies(lines: Sequence[Line], names: Mapping[str, Mapping[str, str]]) -> Iterator[find.Tally]:
    held = {(line.measure, line.area): line for line in lines}
    for dataset, kinds in names.items():
        measures = {kind: measure for measure, kind in kinds.items()}
        for (measure, area), rows in held.items():
            if measure != measures["in all"]:
                continue
            parts = [held.get((measures[kind], area)) for kind in _KINDS]
            values = [tuple(value or 0.0 for value in part.values) if part else () for part in parts]
            yield find.Tally(dataset, area, rows.firsts, *values)


def _revisions(warehouse: Warehouse, release: Release) -> Iterator[Revision]:
    """What came otherwise in an earlier release, the latest of those that stand."""
    earlier: dict[tuple[str, str, Period], Figure] = {}
    for before in warehouse.releases():
        if before.id == release.id:
            break
        comparable = before.kind is not ReleaseKind.LOOKUP and not before.withdrawn_at
        if comparable and before.covered.overlaps(release.covered):
            earlier |= {_identity(figure): figure for figure in warehouse.figures_in(before.id)}
    if earlier:
        for figure in warehouse.figures_in(release.id):
            old = earlier.get(_identity(figure))
            if old is not None and (old.value, set(old.statuses)) != (figure.value, set(figure.statuses)):
                yield Revision(old, figure)


def _identity(figure: Figure) -> tuple[str, str, Period]:
    return key_of(figure.measure), key_of(figure.area), figure.period
