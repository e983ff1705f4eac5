"""The Metropolitan Police Service's recorded crime by borough, offence and month: two files a vintage."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, missing
from quarterday.domain.period import Period
from quarterday.domain.source import Source
from quarterday.domain.status import Status
from quarterday.sources.faults import Faults
from quarterday.sources.files import open_file, read_rows
from quarterday.sources.met_police_table import FRAUD, GROUPS, Table, is_table, read_table
from quarterday.warehouse.base import Intake

READER = "met-police 2"
PUBLISHER = "Metropolitan Police Service"
PUBLICATION = "Met Police"

# In each vintage the counts of fraud fall from some 2,500 a month to 300 in this one, and to next to none after it.
FRAUD_MOVED = Period.month(2013, 2)
FRAUD_NOTE = "Recording of fraud moved to a national body in 2013; counts before and after cannot be compared."
LICENCE_NOTE = "The files state no licence; check the publisher's before anything made from them is published."
MOST_FIGURES = 1_000_000  # groups by areas by months; a vintage has some 80,000
_FILES_OF_A_VINTAGE = 2
_AREAS_NAMED = 3
_LACKING_NAMED = 10  # areas that one of the files does not have


def read_met_police(folder: Path) -> Intake:
    """Monthly figures of each major offence group in each area, from both files of one vintage in ``folder``.

    The two are found by their first rows, whatever they are called. Areas are the boroughs and, as published, the
    airports and ``Unknown``. Minor groups, which differ between the files, are added up to the major group; a major
    group that was renamed counts under one name. The measure of a group is called ``Theft (Met Police)``, for other
    publications count under the same words.

    Where a file has rows for the group and rows for the area, but none for both, the months that it covers are true
    zeros. Where it has no row for the group, or none for the area, they are not available. Raises ``InputError``
    with the faults of both files.
    """
    faults = Faults()
    tables, others = _tables(folder, faults)
    earlier, later = sorted(tables, key=lambda table: table.covered)
    if later.covered.first != earlier.covered.last + 1:
        how = "overlap" if earlier.covered.overlaps(later.covered) else "leave a gap"
        raise InputError(
            f"{earlier.file.name} covers {earlier.covered.for_sentence()} and {later.file.name} "
            f"{later.covered.for_sentence()}: they {how}. Put both files of one vintage in a folder of their own."
        )
    covered = Period.run(earlier.covered, later.covered)
    _refuse_too_many((earlier, later), covered=covered)
    source = Source(
        title=f"Recorded crime by borough, {covered.for_sentence()}",
        publisher=PUBLISHER,
        licence="",
        files=(earlier.file, later.file),
    )
    return Intake(source, READER, tuple(_figures((earlier, later))), tuple(_notes((earlier, later), others)))


def _tables(folder: Path, faults: Faults) -> tuple[list[Table], list[str]]:
    """The two tables, and the names of other CSV files beside them."""
    found, others = [], []
    for path in _csv_files(folder):
        file = open_file(path)
        rows = read_rows(file, faults=faults)
        first = next(rows, (1, []))
        if is_table(first[1]):
            found.append((file, first, rows))
        else:
            others.append(file.name)
    faults.refuse_any()
    if len(found) != _FILES_OF_A_VINTAGE:
        names = ", ".join(file.name for file, _, _ in found) or "none"
        raise InputError(
            f"{folder}: of its CSV files {len(found)} have the column MajorText ({names}); wanted two, the historical "
            "one and the one of the most recent 24 months. Put both files of one vintage in a folder of their own."
        )
    tables = [read_table(file, first, rows, faults=faults) for file, first, rows in found]
    faults.refuse_any()
    return [table for table in tables if table is not None], others


def _csv_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    except (OSError, ValueError) as error:
        raise InputError(
            f"{str(folder)!r} cannot be looked into ({error}); name the folder that holds both files of a vintage."
        ) from error


def _refuse_too_many(tables: Sequence[Table], *, covered: Period) -> None:
    """Refuse rows of so many areas that a figure of each in each month is beyond reason."""
    areas, groups = len(_areas(tables)), len(_published(tables))
    if (number := groups * areas * covered.months) > MOST_FIGURES:
        names = " and ".join(table.file.name for table in tables)
        raise InputError(
            f"{names}: {areas:,} areas, {covered.months:,} months and {groups} of the major groups would be {number:,} "
            f"figures; wanted at most {MOST_FIGURES:,}. Look whether the areas are boroughs, and fetch the files anew."
        )


def _published(tables: Sequence[Table]) -> list[str]:
    """The groups of which either file has a row."""
    return [group for group in GROUPS if any(group in table.offences for table in tables)]


def _figures(tables: Sequence[Table]) -> Iterator[Figure]:
    for group in _published(tables):
        for key, area in sorted(_areas(tables).items()):
            for table in tables:
                yield from _series(table, group, key, area)


def _areas(tables: Sequence[Table]) -> dict[str, str]:
    return {key: area for table in tables for key, area in table.areas.items()}


def _series(table: Table, group: str, key: str, area: str) -> Iterator[Figure]:
    measure = f"{group} ({PUBLICATION})"
    has_group, has_area = group in table.offences, key in table.areas
    if not (has_group and has_area):
        reason = f"{table.file.name} has no row for {area if has_group else group}"
        return (missing(measure, area, month, reason) for month in table.covered)
    counts = table.counts.get((group, key)) or [0] * table.covered.months
    origin = f"{table.file.name}, the rows of {area} and {group}, added up"
    figures = (
        Figure(measure, area, month, float(count), origin=f"{origin}, column {month.code.replace('-', '')}")
        for month, count in zip(table.covered, counts, strict=True)
    )
    return map(_with_break, figures) if group == FRAUD else figures


def _with_break(fraud: Figure) -> Figure:
    if fraud.period != FRAUD_MOVED:
        return fraud
    return replace(fraud, statuses=(Status.BREAK,), note=FRAUD_NOTE)


def _notes(tables: Sequence[Table], others: Sequence[str]) -> Iterator[str]:
    """What a person should know: what was added, renamed, taken for zero, not to be compared or left out."""
    rows, areas = sum(table.rows for table in tables), _areas(tables)
    yield f"{rows:,} rows for {len(areas)} areas were added up to major groups."
    unplaced = sum(sum(counts) for table in tables for (_, key), counts in table.counts.items() if key == "unknown")
    if unplaced:
        yield f"{unplaced:,} offences stand under Unknown, in no borough."
    majors = {(major, group) for table in tables for group, pairs in table.offences.items() for major, _ in pairs}
    yield from (f"{major} counts as {group}." for major, group in sorted(majors) if key_of(major) != key_of(group))
    for group in GROUPS:
        yield from _differences(group, *tables)
        for table in tables:
            yield from _gaps(group, table)
    for table in tables:
        yield from _lacking(table, areas)
    if any(FRAUD in table.offences and FRAUD_MOVED in table.covered for table in tables):
        yield FRAUD_NOTE
    yield from (f"{name} was left alone: it has no column MajorText." for name in others)
    yield LICENCE_NOTE


def _lacking(table: Table, areas: Mapping[str, str]) -> Iterator[str]:
    keys, months = sorted(areas.keys() - table.areas.keys()), table.covered.for_sentence()
    for key in keys[:_LACKING_NAMED]:
        yield f"{areas[key]}, {months}: not available, since {table.file.name} lacks it."
    if (more := len(keys) - _LACKING_NAMED) > 0:
        yield f"{more:,} more areas, {months}: not available, since {table.file.name} lacks them."


def _differences(group: str, earlier: Table, later: Table) -> Iterator[str]:
    before, after = ({key_of(minor): minor for _, minor in table.offences.get(group, ())} for table in (earlier, later))
    ended = ", ".join(sorted(before[key] for key in before.keys() - after.keys())) or "none"
    begun = ", ".join(sorted(after[key] for key in after.keys() - before.keys())) or "none"
    if before and after and before.keys() != after.keys():
        month = Period(later.covered.first, 1).for_sentence()
        yield f"{group}: minor groups only before {month}: {ended}; only from then on: {begun}."


def _gaps(group: str, table: Table) -> Iterator[str]:
    absent = sorted(table.areas[key] for key in table.areas if (group, key) not in table.counts)
    named = ", ".join(absent) if len(absent) <= _AREAS_NAMED else f"{len(absent)} areas"
    months = table.covered.for_sentence()
    if group not in table.offences:
        yield f"{group}, {months}: not available, since {table.file.name} lacks it."
    elif absent:
        yield f"{group}, {months}: zero in {named}, since {table.file.name} has rows only for the other areas."
