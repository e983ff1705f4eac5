"""Residents by area and year, from tables of several shapes, in a workbook or a CSV file."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source
from quarterday.sources.cells import LARGEST_NUMBER, column_letters, read_number
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile, open_file, read_rows
from quarterday.sources.grid import text_of
from quarterday.sources.opendocument import Cell
from quarterday.sources.population_shapes import Row, Shape, find_shape, read_year
from quarterday.sources.workbook import open_workbook
from quarterday.warehouse.base import Intake

READER = "population 1"
MEASURE = "Population"
# The sheets that are read before others: our own, those of all persons, those of a year.
SHEETS = (r"data", r".*\bpersons", r"mid[- ]?[12]\d{3}.*")
_LOOKED_AT = 30  # rows, for the headings
_MOST_NAMED = 4  # columns left alone, or sheets
_NOISE = 1e-6  # workbooks keep whole people as 260379.00000000003

_key = lru_cache(key_of)


@dataclass(frozen=True, slots=True)
class _Table:
    """Where a table stands, its rows that hold something, and the names of its sheet and of those not read."""

    place: str
    rows: Iterator[Row]
    sheet: str = ""
    others: tuple[str, ...] = ()


def read_population(path: Path) -> Intake:
    """One figure an area and year: the residents in the calendar year, or at the middle of it.

    The headings tell the shape: areas down and years across; one row an area and year, as Nomis writes it; a column
    such as ``population_mid2017``; or the ONS's mid-year estimates with all ages and each. Rows of one sex or of some
    ages are left out. Where an area has a name and a code, it is called by its name. Totals, such as those of a
    region, are areas like any other. An empty cell is a fault: what is missing must not pass for nobody. Raises
    ``InputError`` with the faults of the whole file.
    """
    file, faults = open_file(path), Faults()
    table = _table(file, faults)
    head = list(islice(table.rows, _LOOKED_AT))
    faults.refuse_any()
    if not head:
        raise InputError(f"{table.place} is empty; wanted areas down and years across.")
    shape = find_shape(head, sheet=table.sheet, place=table.place, faults=faults)
    below: Iterable[Row] = chain((row for row in head if row[0] > shape.row), table.rows)
    if file.is_workbook:
        below = _padded(below, width=shape.width)
    left_out: Counter[str] = Counter()
    figures = list(_figures(below, shape=shape, place=table.place, faults=faults, left_out=left_out))
    if not figures and not faults.number:
        faults.add(f"{table.place}: {_why_none(left_out)}")
    faults.refuse_any()
    notes = (*_notes(shape, left_out), *_sheets_not_read(table.others))
    return Intake(Source(file.name, "", "", (file.as_source,)), READER, tuple(figures), notes)


def _table(file: InputFile, faults: Faults) -> _Table:
    if not file.is_workbook:
        return _Table(file.name, read_rows(file, faults=faults))
    workbook = open_workbook(file)
    wanted = (name for sheet in SHEETS for name in workbook.names if re.fullmatch(sheet, key_of(name)))
    name = next(wanted, workbook.names[0])
    rows = (row for row in workbook.rows(name) if any(map(text_of, row[1])))
    others = tuple(other for other in workbook.names if other != name)
    return _Table(f"{file.name}, sheet {name!r}", rows, name, others)


def _padded(rows: Iterable[Row], *, width: int) -> Iterator[Row]:
    """A workbook's rows have no ends, and may leave out empty cells there."""
    return ((number, [*cells, *[""] * (width - len(cells))]) for number, cells in rows)


def _figures(
    rows: Iterable[Row], *, shape: Shape, place: str, faults: Faults, left_out: Counter[str]
) -> Iterator[Figure]:
    first: dict[tuple[str, Period | None], int] = {}
    for row, cells in rows:
        where = f"{place}, row {row}"
        if shape.is_headings(cells):
            faults.add(f"{where}: the headings of row {shape.row} stand there again; keep one row of them.")
        elif shape.is_remark(cells):
            left_out[""] += 1
        elif len(cells) < shape.needed or not (shape.is_bare or len(cells) == shape.width):
            faults.add(f"{where}: there are {len(cells)} cells; wanted {shape.width}, as in the row of the headings.")
        elif part := shape.part(cells):
            left_out[part] += 1
        else:
            area, year = _area_and_year(cells, shape=shape, where=where, faults=faults)
            earlier = first.setdefault((_key(area), year), row)
            if area and earlier != row:
                stands = f"{area!r}, {year.first // 12}," if year else repr(area)
                faults.add(f"{place}, rows {earlier} and {row}: {stands} stands there twice; keep one.")
            yield from _figures_of(cells, area=area, year=year, shape=shape, where=where, faults=faults)
            for at in shape.stray(cells):
                column = f"{where}, column {column_letters(at + 1)}"
                faults.add(f"{column}: {cells[at]!r} has no year above it; write one, or clear the column.")


def _area_and_year(cells: Sequence[Cell], *, shape: Shape, where: str, faults: Faults) -> tuple[str, Period | None]:
    area = text_of(cells[shape.area])
    if not area:
        faults.add(
            f"{where}, column {column_letters(shape.area + 1)}: the area has no name; write it, or clear the row."
        )
    if shape.year is None:
        return area, None
    with faults.at(f"{where}, column {column_letters(shape.year + 1)}"):
        return area, read_year(cells[shape.year])
    return area, None


def _figures_of(
    cells: Sequence[Cell], *, area: str, year: Period | None, shape: Shape, where: str, faults: Faults
) -> Iterator[Figure]:
    for at, of_column in shape.people.items():
        period = of_column or year
        if period is not None:
            column = f"{where}, column {column_letters(at + 1)}"
            with faults.at(f"{column} ({period.first // 12})"):
                yield Figure(MEASURE, area, period, _people(cells[at]), origin=column)


def _people(cell: Cell) -> float:
    text = cell.strip() if isinstance(cell, str) else cell
    if text == "":
        raise InputError("the cell is empty; write the number of people, or leave the area or the year out.")
    number = read_number(text) if isinstance(text, str) else text
    if not isinstance(number, float) or not math.isfinite(number):
        raise InputError(f"{cell!r} is no number of people; write digits.")
    if number < 0 or abs(number - round(number)) > _NOISE:
        raise InputError(f"{cell!r} is no number of whole people; wanted 0 or more, without a fraction.")
    if number > LARGEST_NUMBER:
        raise InputError(f"{cell!r} is beyond {LARGEST_NUMBER:,}; no place has so many people. Correct it.")
    return float(round(number))


def _why_none(left_out: Counter[str]) -> str:
    if parts := [heading for heading in left_out if heading]:
        named = " and ".join(map(repr, parts))
        return f"no row is of all people; wanted such rows, with 'All ages' and 'Total' or the like under {named}."
    return "there is no area below the years; write one a row."


def _notes(shape: Shape, left_out: Counter[str]) -> Iterator[str]:
    for heading, rows in left_out.items():
        if heading:
            yield f"Rows left out, since by their column {heading!r} they are not of all people: {rows:,}."
        else:
            yield f"Rows with a text only were passed over: {rows:,}."
    if shape.others:
        more = len(shape.others) - _MOST_NAMED
        named = ", ".join(map(repr, shape.others[:_MOST_NAMED]))
        yield f"Columns left alone: {named}{f' and {more} more' if more > 0 else ''}."


def _sheets_not_read(names: Sequence[str]) -> Iterator[str]:
    yield from (f"The sheet {name!r} was not read." for name in names[:_MOST_NAMED])
    if (more := len(names) - _MOST_NAMED) > 0:
        yield f"{more:,} more {'sheet was' if more == 1 else 'sheets were'} not read."
