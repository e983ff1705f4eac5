"""Residents by area and year: areas down, years across, in a workbook or a CSV file."""

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source
from quarterday.sources.cells import column_letters, read_number
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile, open_file, read_rows
from quarterday.sources.workbook import Cell, read_sheet
from quarterday.warehouse.base import Intake

READER = "population 1"
MEASURE = "Population"
SHEET = "data"
_YEAR = re.compile(r"([12]\d{3})(\.0)?", re.ASCII)  # workbooks keep 2021 as 2021.0
_NOISE = 1e-6  # and whole people as 260379.00000000003

Rows = Sequence[tuple[int, Sequence[Cell]]]


def read_population(path: Path) -> Intake:
    """One figure a cell: the residents of the row's area in the calendar year that heads the column.

    A workbook, .xlsx or .ods, is read from its sheet called data, else from its first. The first row holds a
    heading for the areas and then the years; empty rows are passed over; totals, such as those of a region, are
    areas like any other. An empty cell is a fault: what is missing must not pass for nobody. Raises ``InputError``
    with the faults of the whole file.
    """
    file, faults = open_file(path), Faults()
    place, rows, notes = _table(file, faults)
    faults.refuse_any()
    if not rows:
        raise InputError(f"{place} is empty; wanted areas down and years across.")
    years = _years(rows[0][1], place=f"{place}, row {rows[0][0]}", faults=faults)
    figures = _figures(rows[1:], years=years, place=place, faults=faults)
    _refuse_twice(rows[1:], place=place, faults=faults)
    if len(rows) == 1:
        faults.add(f"{place}: there is no area below the years; write one a row.")
    faults.refuse_any()
    return Intake(Source(file.name, "", "", (file.as_source,)), READER, tuple(figures), notes)


def _table(file: InputFile, faults: Faults) -> tuple[str, Rows, tuple[str, ...]]:
    """Where the table stands, its rows with their numbers, and what a person should know."""
    if not file.is_workbook:
        return file.name, list(read_rows(file, faults=faults)), ()
    sheet = read_sheet(file, preferred=SHEET)
    rows = [(number, cells) for number, cells in enumerate(sheet.rows, start=1) if any(map(_holds, cells))]
    notes = [f"The sheet {other!r} was not read." for other in sheet.others]
    return f"{file.name}, sheet {sheet.name!r}", rows, tuple(notes)


def _holds(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


def _years(header: Sequence[Cell], *, place: str, faults: Faults) -> dict[int, Period]:
    """The year of each column, by the column's number from 1."""
    years: dict[int, Period] = {}
    for number, cell in enumerate(header[1:], start=2):
        found = _YEAR.fullmatch(str(cell).strip())
        year = Period.calendar_year(int(found[1])) if found else None
        if year is not None and year not in years.values():
            years[number] = year
        elif _holds(cell):
            what = "stands there twice" if year else "is no year"
            faults.add(f"{place}, column {column_letters(number)}: {cell!r} {what}; wanted each year once, as 2021.")
    if not years:
        faults.add(f"{place}: there is no year; wanted a heading for the areas, then one year a column.")
    return years


def _figures(rows: Rows, *, years: Mapping[int, Period], place: str, faults: Faults) -> list[Figure]:
    figures = []
    for row, cells in rows:
        area = str(cells[0]).strip()
        if not area:
            faults.add(f"{place}, row {row}, column A: the area has no name; write it, or clear the row.")
        if len(cells) <= max(years, default=0) - 1:
            faults.add(f"{place}, row {row}: there are {len(cells)} cells; wanted one for each year.")
            continue
        for number, cell in enumerate(cells[1:], start=2):
            column = f"{place}, row {row}, column {column_letters(number)}"
            with faults.at(f"{column} ({years[number].first // 12})" if number in years else column):
                if number in years:
                    figures.append(Figure(MEASURE, area, years[number], _people(cell)))
                elif _holds(cell):
                    raise InputError(f"{cell!r} has no year above it; write one, or clear the column.")
    return figures


def _people(cell: Cell) -> float:
    number = read_number(cell.strip()) if isinstance(cell, str) and _holds(cell) else cell
    if not _holds(cell):
        raise InputError("the cell is empty; write the number of people, or leave the area or the year out.")
    if not isinstance(number, float) or not math.isfinite(number):
        raise InputError(f"{cell!r} is no number of people; write digits.")
    if number < 0 or abs(number - round(number)) > _NOISE:
        raise InputError(f"{cell!r} is no number of whole people; wanted 0 or more, without a fraction.")
    return float(round(number))


def _refuse_twice(rows: Rows, *, place: str, faults: Faults) -> None:
    first: dict[str, int] = {}
    for row, cells in rows:
        earlier = first.setdefault(key_of(str(cells[0])), row)
        if earlier != row:
            faults.add(f"{place}, rows {earlier} and {row}: {cells[0]!r} stands there twice; keep one.")
