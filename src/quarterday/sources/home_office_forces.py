"""The Home Office's police recorded crime by force: one rolling year of one offence in one force a row."""

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source
from quarterday.domain.status import Status
from quarterday.sources.faults import Faults
from quarterday.sources.files import open_file, read_rows
from quarterday.sources.home_office_columns import LICENCE_NOTE, PUBLISHER, Columns, find_columns, qualified
from quarterday.warehouse.base import Intake

READER = "home-office-forces 2"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ending": ("12 months ending",),
    "force": ("PFA",),
    "region": ("Region",),
    "offence": ("Offence",),
    "total": ("Rolling year total number of offences",),
}

# They stand in the table as forces do, and police no area of their own.
NATIONAL_BODIES = ("Action Fraud", "British Transport Police", "CIFAS", "UK Finance")
_BODIES = {key_of(name) for name in NATIONAL_BODIES}
# Offences whose counts moved, from a certain month on, to an offence of another name and definition.
RECLASSIFIED: Mapping[str, str] = {
    "Domestic burglary": "Residential burglary",
    "Non-domestic burglary": "Non-residential burglary",
}
_DATE = re.compile(r"(\d{2})([-/])(\d{2})\2(\d{4})", re.ASCII)
_SLIP = ("30-12-", "30/12/")  # how the one date in the published table begins that ends no month
_TOTAL = re.compile(r"-?\d{1,9}", re.ASCII)
FRAUD_NOTE = (
    "From 2011 to 2013 the recording of fraud moved from forces to Action Fraud; their Fraud offences end there."
)
_ROWS_NAMED = 30
_GAPS_NAMED = 3

_key = lru_cache(key_of)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    ending: str
    period: Period
    force: str
    region: str
    offence: str
    total: float


@dataclass(frozen=True, slots=True)
class _Change:
    """From the month numbered ``first`` on, what was counted as ``old`` is counted as ``new``."""

    old: str
    new: str
    first: int

    def touches(self, offence: str, period: Period) -> bool:
        """Whether the offence's name was not in use in every month of ``period``."""
        is_old, is_new = _key(offence) == _key(self.old), _key(offence) == _key(self.new)
        return (is_old and period.last >= self.first) or (is_new and period.first < self.first)

    @property
    def note(self) -> str:
        month = Period(self.first, 1).for_sentence()
        return f"From {month} {self.old} is counted as {self.new}; counts before and after cannot be compared."


def read_home_office_forces(path: Path) -> Intake:
    """One figure a row: an offence in a force, over the 12 months that end with the stated date.

    Figures are rolling years as published, also those below zero, and none is added to another. The file writes
    zeros, so a row that is not there is not available, and no figure is made of it. A date is written 31-03-2018 or
    31/03/2018 and ends a month; 30 December is read as the end of December.

    The measure of an offence is called ``Robbery (Home Office)``, for other publications count under the same words.
    The area of a force is called ``Dorset (force)``, for a partnership may be called Dorset and be another place. The
    national bodies that stand in the table as forces keep their names.

    Where an offence was reclassified, ``[b]`` marks every figure whose 12 months lie, in whole or in part, where its
    name was not in use: before the change for the new name, after it for the old one. The file itself dates the
    change: to the month after the last rolling year in which the new name counts nothing in any force.

    Raises ``InputError`` with the faults of the whole file.
    """
    file, faults = open_file(path), Faults()
    table = read_rows(file, faults=faults)
    number, header = next(table, (1, []))
    with faults.at(f"{file.name}, row {number}"):
        columns = find_columns(header, spellings=COLUMNS)
    faults.refuse_any()
    rows = list(_rows(table, columns=columns, width=len(header), name=file.name, faults=faults))
    _refuse_twice(rows, name=file.name, faults=faults)
    _refuse_two_regions(rows, name=file.name, faults=faults)
    if not rows and not faults.number:
        faults.add(f"{file.name}: there is no row below the names of the columns; fetch the file anew.")
    faults.refuse_any()
    changes = list(_changes(rows))
    source = Source(f"Recorded crime by police force, rolling years {_span(rows)}", PUBLISHER, "", (file.as_source,))
    figures = tuple(_figure(row, changes, origin=f"{file.name}, row {row.number}") for row in rows)
    return Intake(source, READER, figures, tuple(_notes(rows, changes, columns.others)))


def _rows(
    table: Iterable[tuple[int, Sequence[str]]], *, columns: Columns, width: int, name: str, faults: Faults
) -> Iterator[_Row]:
    at = columns.positions
    for number, cells in table:
        place = f"{name}, row {number}"
        if len(cells) != width:
            faults.add(f"{place}: there are {len(cells)} cells; wanted {width}, as in the first row.")
            continue
        faults_before = faults.number
        for role in ("force", "region", "offence"):
            if not cells[at[role]]:
                faults.add(f"{place}, {columns.called(role)}: the cell is empty; fetch the file anew.")
        with faults.at(f"{place}, {columns.called('ending')}"):
            period = _rolling_year(cells[at["ending"]])
        with faults.at(f"{place}, {columns.called('total')}"):
            total = _total(cells[at["total"]])
        if faults.number == faults_before:
            force, region, offence = (cells[at[role]] for role in ("force", "region", "offence"))
            yield _Row(number, cells[at["ending"]], period, force, region, offence, total)


@lru_cache
def _rolling_year(ending: str) -> Period:
    found = _DATE.fullmatch(ending)
    if not found:
        raise InputError(f"{ending!r} is no date; wanted the last day of a month, such as 31-03-2018 or 31/03/2018.")
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    period = Period.ending(Period.month(year, month), 12)
    last_day = calendar.monthrange(year, month)[1]
    if day != last_day and not ending.startswith(_SLIP):
        raise InputError(
            f"{ending!r} does not end a month; wanted its last day, {last_day}. Fetch the file anew, for a rolling "
            "year is of whole months."
        )
    return period


def _total(text: str) -> float:
    if not _TOTAL.fullmatch(text):
        what = f"{text!r} is no count" if text else "the cell is empty"
        raise InputError(f"{what}; wanted a whole number. Fetch the file anew.")
    return float(text) or 0.0  # of -0 too


def _refuse_twice(rows: Sequence[_Row], *, name: str, faults: Faults) -> None:
    numbers: dict[tuple[str, str, Period], int] = {}
    for row in rows:
        first = numbers.setdefault((_key(row.offence), _key(row.force), row.period), row.number)
        if first != row.number:
            faults.add(
                f"{name}, rows {first} and {row.number}: {row.offence}, {row.force}, {_ending(row.period)} stands "
                "there twice; keep one row."
            )


def _refuse_two_regions(rows: Sequence[_Row], *, name: str, faults: Faults) -> None:
    """A force under two regions would be two forces, or a region's total."""
    regions: dict[str, _Row] = {}
    for row in rows:
        first = regions.setdefault(_key(row.force), row)
        if _key(first.region) != _key(row.region):
            faults.add(
                f"{name}, rows {first.number} and {row.number}: {row.force} stands in the regions {first.region} and "
                f"{row.region}; wanted one. Fetch the file anew."
            )


def _changes(rows: Sequence[_Row]) -> Iterator[_Change]:
    """The reclassifications that the file shows: a rolling year without, then one with a count of the new name."""
    for old, new in RECLASSIFIED.items():
        counted: dict[Period, bool] = defaultdict(bool)
        for row in rows:
            if _key(row.offence) == _key(new):
                counted[row.period] |= row.total != 0
        for before, after in pairwise(sorted(counted)):
            if counted[after] and not counted[before]:
                yield _Change(old, new, before.last + 1)
                break


def _figure(row: _Row, changes: Sequence[_Change], *, origin: str) -> Figure:
    measure, area = qualified(row.offence), _area(row.force)
    change = next((change for change in changes if change.touches(row.offence, row.period)), None)
    if change is None:
        return Figure(measure, area, row.period, row.total, origin=origin)
    return Figure(measure, area, row.period, row.total, (Status.BREAK,), change.note, origin=origin)


def _area(force: str) -> str:
    return force if _key(force) in _BODIES else f"{force} (force)"


def _notes(rows: Sequence[_Row], changes: Sequence[_Change], others: Sequence[str]) -> Iterator[str]:
    """What a person should know: what the figures are, what was read otherwise than written, what not to compare."""
    whole = _span(rows)
    offences, forces = {_key(row.offence) for row in rows}, {_key(row.force) for row in rows}
    yield (
        f"{len(rows):,} rolling years of {len(offences)} offences in {len(forces)} forces, {whole}. They "
        "overlap: they are not to be added up over time, and no quarter follows from them."
    )
    yield f"The area of a force is called as in {_area(rows[0].force)}, since a partnership may have the same name."
    if bodies := [body for body in NATIONAL_BODIES if _key(body) in forces]:
        yield f"National bodies stand there as forces: {', '.join(bodies)}."
    slips = Counter((row.ending, row.period) for row in rows if row.ending.startswith(_SLIP))
    for (ending, period), number in slips.items():
        month = Period(period.last, 1).for_sentence()
        yield f"{ending} is read as the end of {month}; rows with it: {number:,}."
    for of_one in _by_offence(rows):
        yield from _below_zero(of_one)
        yield from _gaps(of_one)
        if (span := _span(of_one)) != whole:
            yield f"{of_one[-1].offence}: only rolling years {span}."
    if {"fraud offences", "action fraud"} <= offences:
        yield FRAUD_NOTE
    for change in changes:
        yield f"{change.note} [b] marks the figures of either name that reach where it was not in use."
    yield from (f"The column {name!r} was left alone." for name in others)
    yield LICENCE_NOTE


def _by_offence(rows: Sequence[_Row]) -> Iterable[list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[_key(row.offence)].append(row)
    return found.values()


def _below_zero(rows: Sequence[_Row]) -> Iterator[str]:
    below = [str(row.number) for row in rows if row.total < 0]
    if below:
        more = " and others" if len(below) > _ROWS_NAMED else ""
        yield f"{rows[0].offence}: below zero, as published, in row {', '.join(below[:_ROWS_NAMED])}{more}."


def _gaps(rows: Sequence[_Row]) -> Iterator[str]:
    """The rolling years for which other forces have a row of the offence, and a force that has rows of it has none."""
    forces = {_key(row.force): row.force for row in rows}
    held = {(row.period, _key(row.force)) for row in rows}
    periods = sorted({period for period, _ in held})
    if number := len(periods) * len(forces) - len(held):  # of which, where nearly all is a gap, there may be millions
        gaps = ((period, key) for period in periods for key in forces if (period, key) not in held)
        named = (f"{forces[key]}, {_ending(period)}" for period, key in islice(gaps, _GAPS_NAMED))
        more = f"; and {number - _GAPS_NAMED:,} others" if number > _GAPS_NAMED else ""
        yield f"{rows[0].offence}: not available, since there is no row: {'; '.join(named)}{more}."


def _ending(period: Period) -> str:
    return f"12 months to {Period(period.last, 1).for_sentence()}"


def _span(rows: Iterable[_Row]) -> str:
    """Which rolling years the rows are, by the month that ends the first of them and the last."""
    lasts = {row.period.last for row in rows}
    first, last = (Period(number, 1).for_sentence() for number in (min(lasts), max(lasts)))
    return f"ending {first}" if first == last else f"ending {first} to {last}"
