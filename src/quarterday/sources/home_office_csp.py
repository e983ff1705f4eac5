"""The Home Office's police recorded crime by community safety partnership: a workbook, one sheet a financial year."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, missing
from quarterday.domain.period import Period
from quarterday.domain.source import Source
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile, open_file
from quarterday.sources.home_office_columns import LICENCE_NOTE, PUBLISHER, qualified
from quarterday.sources.home_office_csp_sheet import RENAMED, Table, read_table
from quarterday.sources.workbook import open_workbook
from quarterday.warehouse.base import Intake

READER = "home-office-csp 2"
MOST_BYTES = 256 * 1024 * 1024  # ten years in one .xlsx are some 80 MB
MOST_FIGURES = 2_000_000  # measures by areas by quarters; thirty years of 320 partnerships and 50 measures
_YEAR = re.compile(r"([12]\d{3})[-_](?:\d\d)?(\d\d)", re.ASCII)
_NAMED = 3  # of several areas
_ROWS_NAMED = 10
_SHEETS_NAMED = 10
_LONGEST = 100  # names that are not in every year; a change of what offences are called has some twenty


def read_home_office_csp(path: Path) -> Intake:
    """One figure for each offence group and subgroup, in each partnership, in each financial quarter.

    A sheet that is called by a financial year, ``2024_25`` or ``2002-03``, is read; any other is left alone. Areas are
    the partnerships as they are called there, and ``Unassigned`` of a force. A measure is an offence group,
    ``Theft offences``, or one of its subgroups, ``Theft offences: Shoplifting``, with ``(Home Office)`` behind it; a
    subgroup that is called as its group is the group. Every offence is counted in its group, so a subgroup is never to
    be added to one.

    Where a sheet has rows for an area in a quarter, and rows for an offence in that quarter, but none for both, the
    figure is a true zero. Where it has none for the area, or none for the offence, in a quarter for which it has
    others, the figure is not available. Of a quarter without any row, and of an area or an offence that a year's
    sheet does not name, there is no figure. Counts below zero are kept.

    Raises ``InputError`` with the faults of all sheets.
    """
    file, faults = open_file(path, most_bytes=MOST_BYTES), Faults()
    workbook = open_workbook(file)
    years = _years(workbook.names, file=file)
    tables = []
    for year, sheet in sorted(years.items()):
        place = f"{file.name}, sheet {sheet!r}"
        table = read_table(workbook.rows(sheet), sheet=sheet, year=year, place=place, faults=faults)
        tables += [table] if table else []
    faults.refuse_any()
    _refuse_too_many(tables, file=file)
    covered = Period.run(tables[0].year, tables[-1].year)
    title = f"Recorded crime by community safety partnership, {covered.for_sentence()}"
    figures = tuple(figure for table in tables for figure in _figures(table))
    left_alone = [name for name in workbook.names if name not in years.values()]
    source = Source(title, PUBLISHER, "", (file.as_source,))
    return Intake(source, READER, figures, tuple(_notes(tables, left_alone)))


def _years(names: Sequence[str], *, file: InputFile) -> dict[Period, str]:
    """The sheet of each financial year."""
    years: dict[Period, str] = {}
    for name in names:
        found = _YEAR.fullmatch(name.strip())
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            continue
        first = years.setdefault(Period.financial_year(int(found[1])), name)
        if first != name:
            raise InputError(f"{file.name}: the sheets {first!r} and {name!r} are of one year; keep one.")
    if not years:
        raise InputError(
            f"{file.name}: no sheet is called by a financial year, such as 2024_25; the sheets are "
            f"{_first_few(names, most=_SHEETS_NAMED)}. Load the workbook of crime by Community Safety Partnership as "
            "it was published."
        )
    return years


def _refuse_too_many(tables: Sequence[Table], *, file: InputFile) -> None:
    """Refuse rows of so many areas and offences that a figure of each of both is beyond reason."""
    number = sum(len(_present(table)) * len(table.areas) * len(table.measures) for table in tables)
    if number > MOST_FIGURES:
        largest = max(tables, key=lambda table: len(table.areas) * len(table.measures))
        raise InputError(
            f"{file.name}: the areas, the offences and the quarters of its sheets would be {number:,} figures; wanted "
            f"at most {MOST_FIGURES:,}. The sheet {largest.sheet!r} has {len(largest.areas):,} areas and "
            f"{len(largest.measures):,} groups and subgroups of offences; look whether they are such, and fetch the "
            "file anew."
        )


def _figures(table: Table) -> Iterator[Figure]:
    names = {key: qualified(measure) for key, measure in table.measures.items()}
    for quarter, (areas, measures) in sorted(_present(table).items()):
        for area_key, area in table.areas.items():
            for key, measure in table.measures.items():
                if area_key in areas and key in measures:
                    count = float(table.counts.get((quarter, area_key, key), 0))
                    origin = f"sheet {table.sheet!r}, the rows of {area} and {measure}, added up"
                    yield Figure(names[key], area, quarter, count, origin=origin)
                else:
                    reason = f"the sheet {table.sheet} has no row for {measure if area_key in areas else area}"
                    yield missing(names[key], area, quarter, f"{reason} in this quarter")


def _present(table: Table) -> dict[Period, tuple[set[str], set[str]]]:
    """The keys of the areas and of the measures that have a row in each quarter."""
    present: dict[Period, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for quarter, area, measure in table.counts:
        areas, measures = present[quarter]
        areas.add(area)
        measures.add(measure)
    return present


def _notes(tables: Sequence[Table], left_alone: Sequence[str]) -> Iterator[str]:
    """What a person should know: what was added up, what is in no partnership, what is missing or left alone."""
    groups = {key for table in tables for key in table.groups}
    subgroups = {key for table in tables for key in table.measures} - groups
    areas = {key for table in tables for key in table.areas}
    yield (
        f"{sum(table.rows for table in tables):,} rows of {len(areas):,} areas were added up to {len(groups)} offence "
        f"groups and {len(subgroups)} subgroups. A subgroup's offences are in its group: never add the two."
    )
    for table in tables:
        yield from _unassigned(table)
        yield from _gaps(table)
        yield from _oddities(table)
    for earlier, later in pairwise(tables):
        for year in range(earlier.year.first + 12, later.year.first, 12):
            yield f"{Period(year, 12).code} has no sheet."
    yield from _not_in_every_year(tables)
    pairs = {name for table in tables for pair in table.pairs for name in pair}
    yield from (f"{old} counts as {new}." for old, new in RENAMED.items() if key_of(old) in map(key_of, pairs))
    for name in left_alone[:_SHEETS_NAMED]:
        yield f"The sheet {name!r} was left alone; what it says of the figures is for you to read."
    if (more := len(left_alone) - _SHEETS_NAMED) > 0:
        yield f"{more:,} more of its sheets were left alone."
    yield LICENCE_NOTE


def _unassigned(table: Table) -> Iterator[str]:
    """How many of the year's offences are in no partnership's figures, and whose they are."""
    totals: dict[str, int] = defaultdict(int)
    for (_, area, measure), count in table.counts.items():
        if measure in table.groups:
            totals[area] += count
    unassigned = [area for area in totals if area.startswith("unassigned")]
    if not unassigned:
        return
    of_force: dict[str, int] = defaultdict(int)
    for area, total in totals.items():
        of_force[_forces_of(table, area)] += total
    shares = {area: _share(totals[area], of_force[_forces_of(table, area)]) for area in unassigned}
    largest = sorted(unassigned, key=lambda area: (-shares[area], area))
    named = [
        f"{table.areas[area]} {totals[area]:,}, {shares[area]:.1%} of those in {_forces_of(table, area)}"
        for area in largest
    ]
    in_none, whole = sum(totals[area] for area in unassigned), sum(totals.values())
    yield (
        f"{table.year.code}: {in_none:,} of {whole:,} offences ({_share(in_none, whole):.1%}) are in no partnership: "
        f"{_first_few(named, between='; ')}."
    )


def _forces_of(table: Table, area: str) -> str:
    return " and ".join(sorted(table.forces[area]))


def _share(part: int, whole: int) -> float:
    return part / whole if whole > 0 else 0.0


def _gaps(table: Table) -> Iterator[str]:
    """Quarters without any row, and quarters without a row for an area or an offence that the sheet has elsewhere."""
    present = _present(table)
    absent = [quarter.name.split()[0] for quarter in table.year.each(3) if quarter not in present]
    if absent:
        yield f"{table.year.code}: no rows for {' and '.join(absent)}, so the year is not whole and has no total."
    for quarter, (areas, measures) in sorted(present.items()):
        for names, there in ((table.areas, areas), (table.measures, measures)):
            if gone := [name for key, name in sorted(names.items()) if key not in there]:
                yield f"{quarter.name}: not available, since there is no row: {_first_few(gone)}."
    zeros = sum(len(areas) * len(measures) for areas, measures in present.values()) - len(table.counts)
    if zeros:
        yield f"{table.year.code}: {zeros:,} figures are zero, since the area and the offence have rows, but not both."


def _oddities(table: Table) -> Iterator[str]:
    if table.below_zero:
        rows = _first_few([str(number) for number in table.below_zero], most=_ROWS_NAMED)
        yield f"{table.year.code}: below zero, as published, in row {rows}."
    for key, area in sorted(table.areas.items()):
        if len(table.forces[key]) > 1:
            yield f"{table.year.code}: {area} stands under {_forces_of(table, key)}; its offences were added up."
    yield from (f"{table.year.code}: the column {name!r} was left alone." for name in table.others)


def _not_in_every_year(tables: Sequence[Table]) -> Iterator[str]:
    """Partnerships that merged or were renamed, and offences that were classified otherwise."""
    for names_of in (lambda table: table.areas, lambda table: table.measures):
        names = {key: name for table in tables for key, name in names_of(table).items()}
        years: dict[str, list[str]] = defaultdict(list)
        for table in tables:
            for key in names_of(table):
                years[key].append(table.year.code)
        by_years: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for key, name in sorted(names.items()):
            by_years[tuple(years[key])].append(name)
        for those_years, those in by_years.items():
            if len(those_years) < len(tables):
                yield f"Only in {', '.join(those_years)}: {_first_few(those, most=_LONGEST)}."


def _first_few(names: Sequence[str], *, most: int = _NAMED, between: str = ", ") -> str:
    more = f" and {len(names) - most:,} others" if len(names) > most else ""
    return between.join(names[:most]) + more
