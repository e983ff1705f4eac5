"""Where a published table has its periods, its measures and its areas, and what stands about them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.period import Kind, Period
from quarterday.domain.period_reading import read_period, readings_of
from quarterday.sources.cells import column_letters
from quarterday.sources.faults import Faults
from quarterday.sources.grid import SHEET, Grid, GridCell, Line, turned
from quarterday.sources.table_marks import is_number, is_word, without_marks

NAME_HEADINGS = frozenset({"measure", "measures", "indicator", "indicators", "offence", "offences", "crime type"})
AREA_HEADINGS = frozenset(
    {"area", "areas", "district", "borough", "local authority", "csp", "partnership", "ward", "police force"}
)
_NAMES_A_COLUMN = NAME_HEADINGS | AREA_HEADINGS
TIME_HEADINGS = frozenset({"", "period", "month", "quarter", "year", "financial year", "calendar year"})
# Columns that people put beside figures. A heading that begins with one of these words counts too.
ASIDES = (
    "change", "% change", "percentage change", "per cent change", "difference", "% difference", "variance", "+/-",
    "comment", "comments", "commentary", "note", "notes", "rag", "status", "trend", "direction of travel", "dot",
    "rank", "target", "baseline", "total", "totals", "grand total", "average", "ytd", "year to date",
)  # fmt: skip
TOTALS = frozenset({"total", "totals", "grand total", "overall total", "sum"})
MOST_TITLES = 40  # rows above the periods
_MOST_NAMED = 20
_MOST_COLUMNS_BEFORE = 3  # the column of the periods, where they stand down
_FIRST_YEAR, _LAST_YEAR = 1900, 2100  # four digits beyond these are a number, not a year
_FIRST_OF_MONTH = re.compile(r"01/(?P<month>\d\d)/(?P<year>\d{4})|(?P<year2>\d{4})-(?P<month2>\d\d)-01(?: 00:00:00)?")

HOW_TO_LAY_OUT = (
    "wanted measures down and periods across, such as 2011/12, April 2012 or Apr '11 - Mar '12 in one row, with a "
    "comma between cells where it is a CSV file"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A table with its periods across; one that had them down was turned, each cell still with its own place.

    ``periods`` are by their position in a line, as are ``name`` and ``area``; an ``area`` is none where the table
    has no column for it. ``prose`` is what stands below the table or between its rows, without a value.
    """

    header: Line
    titles: tuple[Line, ...]
    body: tuple[Line, ...]
    prose: tuple[Line, ...]
    periods: dict[int, Period]
    name: int
    area: int | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The lines of a table that has its periods across."""

    titles: tuple[Line, ...]
    header: Line
    below: tuple[Line, ...]
    prose: tuple[Line, ...] = ()


def find_layout(grid: Grid, *, faults: Faults) -> Layout:
    """The layout of the table that the grid holds, noting each heading at fault.

    Raises ``InputError`` where there are no periods, or no one way to read the headings.
    """
    parts = _parts(grid)
    columns = {at: cell for at, cell in enumerate(parts.header) if period_readings(cell)}
    below = [(line, any(line[at].text for at in columns)) for line in parts.below]
    body = tuple(line for line, holds_value in below if holds_value)
    prose = (*(line for line, holds_value in below if not holds_value), *parts.prose)
    _refuse_headings_below(body, columns=columns, place=grid.place)
    name, area, left_out = _roles(parts.header, body, columns=columns, place=grid.place, faults=faults)
    filled = {at: cell for at, cell in columns.items() if any(line[at].text for line in body)}
    periods = _periods(filled, place=grid.place, faults=faults)
    notes = (*left_out, *_empty(columns, filled))
    return Layout(parts.header, parts.titles, body, prose, periods, name, area, notes)


def period_readings(cell: GridCell) -> tuple[Period, ...]:
    """Every period that a heading may mean; none where it is something else.

    A date stands for its month where it is the first day of one, which is how a spreadsheet keeps ``Apr 2012``.
    """
    if isinstance(day := cell.content, date):
        is_month = day.day == 1 and _FIRST_YEAR <= day.year <= _LAST_YEAR
        return (Period.month(day.year, day.month),) if is_month else ()
    return _readings(without_marks(cell.text))


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[Period, ...]:
    if not any(map(str.isdecimal, text)):
        return ()
    if found := _FIRST_OF_MONTH.fullmatch(text):
        text = f"{found['month'] or found['month2']}/{found['year'] or found['year2']}"
    if text.isdecimal() and not _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR:
        return ()
    return readings_of(text)


def _is_plain(cell: GridCell) -> bool:
    """Whether a period is written as nothing but digits, as a number is."""
    return without_marks(cell.text).isdecimal()


def is_no_measure(name: str) -> bool:
    """Whether a name is that of a total, or of something beside figures."""
    return key_of(without_marks(name)) in {*TOTALS, *ASIDES}


def first_few(names: Sequence[str], *, between: str = ", ") -> str:
    """The names as one text, and how many there are beyond those that a person would read."""
    more = f" and {len(names) - _MOST_NAMED:,} others" if len(names) > _MOST_NAMED else ""
    return between.join(names[:_MOST_NAMED]) + more


def _heading(cell: GridCell) -> str:
    return key_of(without_marks(cell.text).rstrip(":"))


# --- which row, or which column, holds the periods


def _parts(grid: Grid) -> _Parts:
    across = _line_of_periods(grid)
    if across is not None:
        _refuse_rows_of_other_length(grid, header=across)
        return _Parts(grid.lines[:across], grid.lines[across], grid.lines[across + 1 :])
    down = _column_of_periods(grid)
    if down is None:
        others = first_few(grid.others)
        hint = f" Of the other sheets, {others}, call the wanted one {SHEET!r}." if others else ""
        raise InputError(f"{grid.place}: there is no row of periods; {HOW_TO_LAY_OUT}.{hint}")
    return _turned_parts(grid, column=down[0], first=down[1])


def _turned_parts(grid: Grid, *, column: int, first: int) -> _Parts:
    """A table that has its periods down a ``column``, the first of them in the line ``first``."""
    header = grid.lines[max(first - 1, 0)]
    if first == 0 or not any(cell.text for cell in header[column + 1 :]):
        raise InputError(
            f"{grid.place}: periods stand down column {column_letters(column + 1)} and nothing above the first of them "
            f"names the measures; {HOW_TO_LAY_OUT}."
        )
    _refuse_rows_of_other_length(grid, header=first - 1)
    if area := next((cell for cell in header if _heading(cell) in AREA_HEADINGS), None):
        raise InputError(
            f"{grid.place}, {area.place}: there are areas beside periods that stand down, which is not read; "
            f"{HOW_TO_LAY_OUT}."
        )
    table: list[Line] = [header[column:]]
    prose: list[Line] = []
    for line in grid.lines[first:]:
        holds = period_readings(line[column]) or any(cell.text for cell in line[column + 1 :])
        (table if holds else prose).append(line[column:] if holds else line)
    across, *below = (line for line in turned(table) if any(cell.text for cell in line))
    return _Parts(grid.lines[: first - 1], across, tuple(below), tuple(prose))


def _line_of_periods(grid: Grid) -> int | None:
    """The row of the periods: of those that a known heading begins the one with the most, else of all.

    Where all its periods are plain digits, which numbers may be too, a row counts only if all else in it is text.
    """
    found: dict[int, tuple[bool, int]] = {}
    named: list[int] = []
    for at, line in enumerate(grid.lines[:MOST_TITLES]):
        periods = [cell for cell in line[1:] if period_readings(cell)]
        spelt = any(not _is_plain(cell) for cell in periods)
        numbers = [cell for cell in line[1:] if is_number(cell) and not period_readings(cell)]
        if periods and not period_readings(line[0]) and (spelt or not numbers):
            found[at] = (spelt, len(periods))
            named += [at] if _heading(line[0]) in _NAMES_A_COLUMN or (not spelt and not line[0].text) else []
    if not found:
        return None
    first = min(found)
    chosen = max(named or found, key=lambda at: found[at])
    if not named and (chosen != first or (len(found) > 1 and not found[chosen][0])):
        other = next(at for at in found if at != chosen)
        rows = " and ".join(str(grid.lines[at][0].row) for at in sorted((chosen, other)))
        raise InputError(
            f"{grid.place}, rows {rows}: both may hold the periods; write 'Measure' above the names of the measures, "
            "in the row of the periods."
        )
    _refuse_table_above(grid, first=first, header=chosen)
    return chosen


def _column_of_periods(grid: Grid) -> tuple[int, int] | None:
    """The column with the most periods, from 0, and the first line that has one."""
    found: dict[int, tuple[int, int]] = {}
    for column, line in enumerate(turned(grid.lines)[:_MOST_COLUMNS_BEFORE]):
        at = [position for position, cell in enumerate(line) if period_readings(cell)]
        if not at:
            continue
        others = [cell for cell in line[at[0] : at[-1]] if not period_readings(cell)]
        heading = _heading(line[at[0] - 1]) if at[0] else ""
        if any(not _is_plain(line[position]) for position in at) or (not others and heading in TIME_HEADINGS):
            found[column] = (len(at), at[0])
    if not found:
        return None
    column = max(found, key=lambda column: found[column][0])
    return column, found[column][1]


def _refuse_rows_of_other_length(grid: Grid, *, header: int) -> None:
    """In a CSV file a comma too many or too few moves all that follows it under another heading."""
    faults = Faults()
    for line, width in list(zip(grid.lines, grid.widths, strict=False))[header + 1 :]:
        if width != grid.widths[header] and sum(bool(cell.text) for cell in line) > 1:
            faults.add(
                f"{grid.place}, row {line[0].row}: there are {width} cells; wanted {grid.widths[header]}, as in row "
                f"{grid.lines[header][0].row}. A cell with a comma in it stands in quotation marks."
            )
    faults.refuse_any()


def _refuse_table_above(grid: Grid, *, first: int, header: int) -> None:
    for line in grid.lines[first + 1 : header]:
        if any(is_number(cell) for cell in line[1:]):
            rows = f"rows {grid.lines[first][0].row} and {grid.lines[header][0].row}"
            raise InputError(
                f"{grid.place}, {rows}: both hold periods, with numbers between them; keep one table in a sheet."
            )


def _refuse_headings_below(body: Sequence[Line], *, columns: dict[int, GridCell], place: str) -> None:
    """Refuse headings where numbers are wanted: a second row of them, or those of a second table."""
    header = next(iter(columns.values())).row
    for number, line in enumerate(body):
        heading = _heading_in(line, columns=columns, first=number == 0)
        if heading is not None:
            raise InputError(
                f"{place}, {heading.place}: {heading.shown} is a heading, below those of row {header}. Where headings "
                "take two rows write them in one, such as Q1 2011/12, and keep one table in a sheet."
            )
        down = next(cell for cell in line if cell.text)
        if period_readings(down) and not _is_plain(down):
            raise InputError(f"{place}, {down.place}: there are periods down as well as across; {HOW_TO_LAY_OUT}.")


def _heading_in(line: Line, *, columns: dict[int, GridCell], first: bool) -> GridCell | None:
    """The cell that makes a line one of headings: a period, a word known as one, the same cells as above.

    In the ``first`` line any words below every period do.
    """
    if _heading(line[0]) in NAME_HEADINGS:
        return line[0]
    under = [line[at] for at in columns if line[at].text]
    same = all(line[at].text == cell.text for at, cell in columns.items())
    if same or (first and all(map(is_word, under))):
        return under[0]
    return next((cell for cell in under if period_readings(cell) and not _is_plain(cell)), None)


# --- what each column is for


def _roles(
    header: Line, body: Sequence[Line], *, columns: dict[int, GridCell], place: str, faults: Faults
) -> tuple[int, int | None, list[str]]:
    """Where the measures and the areas stand, and what to say of the columns that are left out."""
    others = [at for at in range(len(header)) if at not in columns and _in_use(at, header, body)]
    names = [at for at in others if _heading(header[at]) in NAME_HEADINGS]
    areas = [at for at in others if _heading(header[at]) in AREA_HEADINGS]
    if not names:
        first = min(columns)
        names = [at for at in others if at < first and at not in areas and not _is_aside(header[at])]
    for wanted, found in (("measures", names), ("areas", areas)):
        if len(found) > 1 or (not found and wanted == "measures"):
            cells = [f"{header[at].place} ({header[at].shown})" for at in found]
            raise InputError(
                f"{place}: {first_few(cells, between=' and ') or 'no column'} may name the {wanted}; wanted one. Write "
                f"{'Measure' if wanted == 'measures' else 'Area'!r} above that one and nothing like it above another."
            )
    rest = [at for at in others if at not in (*names, *areas)]
    left_out = list(_left_out(rest, header, body, place=place, faults=faults))
    return names[0], areas[0] if areas else None, left_out


def _in_use(at: int, header: Line, body: Sequence[Line]) -> bool:
    return bool(header[at].text) or any(line[at].text for line in body)


def _is_aside(heading: GridCell) -> bool:
    words = _heading(heading)
    return any(words == aside or words.startswith(f"{aside} ") for aside in ASIDES)


def _left_out(rest: Sequence[int], header: Line, body: Sequence[Line], *, place: str, faults: Faults) -> Iterator[str]:
    for at in rest:
        number = next((line[at] for line in body if is_number(line[at])), None)
        if number is not None and not _is_aside(header[at]):
            came = f"{header[at].shown}, which is no period, heads" if header[at].text else "an empty cell heads"
            faults.add(
                f"{place}, {header[at].place}: {came} numbers such as {number.text[:20]} in {number.place}; write the "
                "period there, such as 2011/12 or April 2012, or delete them."
            )
        yield f"Left out: {header[at].shown if header[at].text else 'what has no heading'} in {header[at].place}."


def _empty(columns: dict[int, GridCell], filled: dict[int, GridCell]) -> Iterator[str]:
    empty = [cell.text for at, cell in columns.items() if at not in filled]
    if empty:
        yield f"No figure at all is given for {first_few(empty)}."


# --- which periods are meant


def _periods(columns: dict[int, GridCell], *, place: str, faults: Faults) -> dict[int, Period]:
    meant = _kind_meant(list(columns.values()))
    periods: dict[int, Period] = {}
    met: set[Period] = set()
    for at, cell in columns.items():
        readings = period_readings(cell)
        if len(readings) > 1 and meant is not None:
            readings = tuple(period for period in readings if period.kind is meant)
        with faults.at(f"{place}, {cell.place}"):
            period = readings[0] if len(readings) == 1 else read_period(without_marks(cell.text))
            if period in met:
                raise InputError(f"{period.for_table()} stands there twice; keep one, or write the one that is meant.")
            met.add(period)
            periods[at] = period
    return periods


def _kind_meant(cells: Sequence[GridCell]) -> Kind | None:
    """The one kind of period that every heading can be read as in one way; none where there are several or none."""
    kinds = [[period.kind for period in period_readings(cell)] for cell in cells]
    fitting = [kind for kind in Kind if all(found.count(kind) == 1 for found in kinds)]
    return fitting[0] if len(fitting) == 1 else None
