"""One sheet of the Home Office's workbook of crime by partnership: a financial year's offences, counted by quarter."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.sources.cells import read_number
from quarterday.sources.faults import Faults
from quarterday.sources.home_office_columns import Columns, find_columns
from quarterday.sources.opendocument import Cell, Row

# What the sheets call each column: first the newest ones, then those of 2002/03 and after.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "year": ("Financial Year",),
    "quarter": ("Financial Quarter",),
    "force": ("Police Force", "Force Name"),
    "area": ("CSP Name",),
    "offence": ("Offence Description",),
    "group": ("Offence Group",),
    "subgroup": ("Offence Subgroup",),
    "code": ("Offence Code",),
    "count": ("Offence Count", "Number of Offences"),
}
_TEXTS = tuple(role for role in COLUMNS if role != "count")
_NEVER_EMPTY = ("force", "area", "group", "subgroup")
# The names that other years' sheets give to the same offences, each with the newest one.
RENAMED: Mapping[str, str] = {
    "Miscellaneous crimes against society": "Miscellaneous crimes",
    "Rape offences": "Rape",
    "All other theft offences": "Other theft offences",
}
_NEWEST = {key_of(old): new for old, new in RENAMED.items()}
_MOST = 1_000_000_000  # offences in a row

_key = lru_cache(maxsize=65536)(key_of)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's counts added up by quarter, area and measure; ``counts`` has the keys of the latter two.

    ``areas`` and ``measures`` are the names by key; ``groups`` the keys of the measures that are groups, the others
    being subgroups; ``forces`` the forces under which each area stands; ``pairs`` the names of group and subgroup as
    published; ``below_zero`` the rows with such a count; ``others`` the columns left alone.
    """

    sheet: str
    year: Period
    rows: int
    counts: Mapping[tuple[Period, str, str], int]
    areas: Mapping[str, str]
    measures: Mapping[str, str]
    groups: Collection[str]
    forces: Mapping[str, Collection[str]]
    pairs: Collection[tuple[str, str]]
    below_zero: Sequence[int]
    others: Sequence[str]


class _Offences(NamedTuple):
    """A row without fault."""

    number: int
    quarter: Period
    force: str
    area: str
    group: str
    subgroup: str
    total: int


def read_table(rows: Iterator[Row], *, sheet: str, year: Period, place: str, faults: Faults) -> Table | None:
    """The table of a sheet of the financial ``year``, noting each cell at fault; none where its columns are."""
    number, cells = next(rows, (1, []))
    header = [_text(cell) for cell in cells]
    columns = None
    with faults.at(f"{place}, row {number}"):
        columns = find_columns(header, spellings=COLUMNS)
    if columns is None:
        return None
    offences = list(_offences(rows, columns=columns, width=len(header), year=year, place=place, faults=faults))
    if not offences:
        faults.add(f"{place}: no row below the names of the columns can be read; fetch the file anew.")
    pairs = {(row.group, row.subgroup) for row in offences}
    _refuse_confusion(pairs, place=place, faults=faults)
    places = {(row.area, row.force) for row in offences}
    return Table(
        sheet=sheet,
        year=year,
        rows=len(offences),
        counts=_added_up(offences),
        areas={_key(area): area for area, _ in sorted(places)},
        measures={_key(measure): measure for pair in sorted(pairs) for measure in measures_of(*pair)},
        groups={_key(measures_of(*pair)[0]) for pair in pairs},
        forces=_forces(places),
        pairs=pairs,
        below_zero=[row.number for row in offences if row.total < 0],
        others=columns.others,
    )


def _offences(
    rows: Iterator[Row], *, columns: Columns, width: int, year: Period, place: str, faults: Faults
) -> Iterator[_Offences]:
    positions, count_position = [columns.positions[role] for role in _TEXTS], columns.positions["count"]
    years, quarters = _spellings(year), _quarters(year)
    numbers: dict[tuple[str, ...], int] = {}
    for number, short in rows:
        cells = [*short, *[""] * (width - len(short))]
        texts = [_text(cells[position]) for position in positions]
        written_year, written_quarter, force, area, _, group, subgroup, _ = texts
        quarter, count = quarters.get(written_quarter.upper()), _count(cells[count_position])
        if written_year not in years or quarter is None or count is None or not (force and area and group and subgroup):
            for role, what in _what_is_wrong(dict(zip(_TEXTS, texts, strict=True)), cells[count_position], year):
                faults.add(f"{place}, row {number}, {columns.called(role)}: {what}")
            continue
        first = numbers.setdefault(tuple(map(_key, texts)), number)
        if first != number:
            faults.add(f"{place}, rows {first} and {number}: {', '.join(texts[1:])} stands there twice; keep one row.")
        yield _Offences(number, quarter, force, area, group, subgroup, count)


def _added_up(offences: Sequence[_Offences]) -> dict[tuple[Period, str, str], int]:
    counts: dict[tuple[Period, str, str], int] = defaultdict(int)
    for row in offences:
        for measure in measures_of(row.group, row.subgroup):
            counts[row.quarter, _key(row.area), _key(measure)] += row.total
    return counts


@lru_cache(maxsize=1024)
def measures_of(group: str, subgroup: str) -> tuple[str, ...]:
    """The measures that a row counts towards: its group and, where it has another name, its subgroup.

    A subgroup is named behind its group, ``Theft offences: Shoplifting``, so that it is not taken for a group.
    """
    group, subgroup = (_NEWEST.get(_key(name), name) for name in (group, subgroup))
    return (group,) if _key(group) == _key(subgroup) else (group, f"{group}: {subgroup}")


@lru_cache(maxsize=65536, typed=True)
def _text(cell: Cell) -> str:
    """The cell's text without needless white space; workbooks keep the code 29 as 29.0."""
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return " ".join(str(cell).split())


def _spellings(year: Period) -> set[str]:
    starting = year.first // 12
    return {
        f"{starting}{between}{ending}"
        for between in "/-_"
        for ending in (f"{starting + 1}", f"{(starting + 1) % 100:02d}")
    }


def _quarters(year: Period) -> dict[str, Period]:
    quarters = {str(number): quarter for number, quarter in enumerate(year.each(3), start=1)}
    return quarters | {f"Q{number}": quarter for number, quarter in quarters.items()}


def _count(cell: Cell) -> int | None:
    """The whole number that the cell holds; none where it holds anything else."""
    if isinstance(cell, str):
        try:
            cell = read_number(cell.strip())
        except InputError:
            return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _MOST:
        return int(cell)
    return None


def _what_is_wrong(row: Mapping[str, str], count: Cell, year: Period) -> Iterator[tuple[str, str]]:
    """The column of each cell at fault, by its role, and what it wants."""
    if row["year"] not in _spellings(year):
        yield "year", f"{row['year']!r} stands in the sheet of {year.code}; wanted that year. Fetch the file anew."
    if row["quarter"].upper() not in _quarters(year):
        yield "quarter", f"{row['quarter']!r} is no financial quarter; wanted 1 to 4. Fetch the file anew."
    yield from ((role, "the cell is empty; fetch the file anew.") for role in _NEVER_EMPTY if not row[role])
    if _count(count) is None:
        what = "the cell is empty" if count == "" else f"{count!r} is no count"
        yield "count", f"{what}; wanted a whole number. Fetch the file anew."


def _refuse_confusion(pairs: Collection[tuple[str, str]], *, place: str, faults: Faults) -> None:
    """Refuse a group that is called as a subgroup of another is: their offences would be added up."""
    measures = [measures_of(*pair) for pair in pairs]
    groups, subgroups = {_key(names[0]) for names in measures}, {_key(name) for names in measures for name in names[1:]}
    for key in sorted(groups & subgroups):
        faults.add(f"{place}: {key!r} is both a group of offences and a subgroup; rename one of them.")


def _forces(places: Collection[tuple[str, str]]) -> dict[str, set[str]]:
    forces: dict[str, set[str]] = defaultdict(set)
    for area, force in places:
        forces[_key(area)].add(force)
    return forces
