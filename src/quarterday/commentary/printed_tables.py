"""What a printed table says: which rows are headings, what each column is for, which measure each row holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from quarterday.commentary.printed_columns import (
    AREA_HEADINGS,
    NAME_HEADINGS,
    Column,
    Role,
    columns_of,
    dated_by,
    heading_parts,
    name_column,
    settled,
    with_spans,
)
from quarterday.commentary.printed_numbers import Mark, PrintedNumber, read_change, read_printed, without_marks
from quarterday.commentary.printed_periods import is_a_month, is_a_period, is_a_spelt_period
from quarterday.commentary.printed_polarity import stated_polarity
from quarterday.commentary.printed_years import unrolled
from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.printed import PrintedCell, PrintedRow, PrintedTable

MOST_HEADINGS = 8  # rows of headings
_FEW = 2  # texts of a title that stands in the first row, such as what it is and its quarter
_MOSTLY = 0.6  # of the first column, which then holds periods
LONGEST_NAME = 160  # characters of a measure's name
ALL_CRIME = "All crime"
_ALL_CRIME = re.compile(r"(?:all|total|overall)(?: (?:recorded|police recorded|notifiable))? (?:crimes?|offences)")
TOTALS = frozenset({"total", "totals", "grand total", "overall total", "sum", "overall", "all"})


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the body: the measure and the area that it holds, empty where it names none, and all its cells.

    ``better`` is which way is better, where the row says so.
    """

    name: str
    area: str
    label: PrintedCell
    cells: PrintedRow
    better: Polarity | None = None

    def number(self, column: Column) -> PrintedNumber | None:
        """The number in a column; none where there is none, or where it is in pounds."""
        read = read_change if column.role in {Role.CHANGE, Role.PER_CENT} else read_printed
        found = read(self.cells[column.at].text)
        return found if isinstance(found, PrintedNumber) and found.unit != "£" else None


@dataclass(frozen=True)
class ReadTable:
    """A table that was read: its columns in order and the rows below its headings."""

    table: PrintedTable
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    context: str
    by_area: bool = False
    turned: bool = False
    notes: tuple[str, ...] = field(default=())

    def columns_of(self, *roles: Role) -> tuple[Column, ...]:
        """The columns that are for one of ``roles``."""
        return tuple(column for column in self.columns if column.role in roles)

    @cached_property
    def values(self) -> tuple[Column, ...]:
        """The columns of values."""
        return self.columns_of(Role.VALUE)

    @cached_property
    def dated(self) -> tuple[Column, ...]:
        """The columns of values whose period is known."""
        return tuple(column for column in self.values if column.period is not None)

    @cached_property
    def as_at(self) -> Period | None:
        """The last period, of the length that most columns have where several end together."""
        periods = [column.period for column in self.dated if column.period is not None]
        lengths = [period.months for period in periods]
        return max(periods, key=lambda period: (period.last, lengths.count(period.months), period.months), default=None)

    @cached_property
    def in_per_cent(self) -> frozenset[str]:
        """The places of the names of rows that are all in per cent."""
        units = {
            row.label.place: {number.unit for column in self.dated if (number := row.number(column)) is not None}
            for row in self.rows
        }
        return frozenset(place for place, held in units.items() if held == {"%"})

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The words that group columns of values, where there are any."""
        return tuple(dict.fromkeys(column.group for column in self.dated if column.group))

    def comments_of(self, row: TableRow) -> Iterator[PrintedCell]:
        """The cells of a row that hold what a person wrote."""
        for column in self.columns_of(Role.COMMENT):
            if row.cells[column.at].text:
                yield row.cells[column.at]


@dataclass(frozen=True, slots=True)
class Unread:
    """A table that holds numbers and was not read, and why."""

    table: PrintedTable
    why: str


def read_table(table: PrintedTable, *, context: str = "") -> tuple[ReadTable | Unread, ...]:
    """The tables that stand in a printed one, each with its own headings; nothing where it holds no numbers."""
    parts = (_read_part(part, context=context) for beside in _side_by_side(table) for part in _parts(beside))
    return tuple(part for part in parts if part is not None)


def figures_of(table: ReadTable, *, area: str) -> tuple[Figure, ...]:
    """A figure for each number below a period, with its cell's place as its origin.

    A row all in per cent is a measure whose name ends in ``(%)``; the rows of a table by area are of the measure that
    its headings group. A group of columns beside others makes a measure of its own.
    """
    figures: list[Figure] = []
    met: set[tuple[str, str, Period]] = set()
    for row in table.rows:
        for column in (*table.dated, *_besides(table)):
            number, period = row.number(column), column.period or table.as_at
            if number is None or period is None:
                continue
            figure = Figure(
                measure_of(table, row, column),
                row.area or area,
                period,
                number.value,
                origin=row.cells[column.at].place,
            )
            if (key := (key_of(figure.measure), key_of(figure.area), period)) not in met:
                met.add(key)
                figures.append(figure)
    return tuple(figures)


def _besides(table: ReadTable) -> Iterator[Column]:
    """A column of rates or targets that is the only one of its sort, which then belongs to the last period."""
    for role in (Role.TARGET, Role.RATE):
        columns = table.columns_of(role)
        if len(columns) == 1:
            yield columns[0]


def measure_of(table: ReadTable, row: TableRow, column: Column) -> str:
    """The name of the measure that a cell counts."""
    grouped = column.group and (len(table.groups) > 1 or table.by_area)
    name = (column.group or table.context or row.name) if table.by_area else row.name
    if grouped and not table.by_area:
        name = f"{row.name}, {column.group}"
    if column.role is Role.RATE or column.is_rate:
        return f"{name} rate"
    if column.role is Role.TARGET:
        return f"{name} target"
    return f"{name} (%)" if row.label.place in table.in_per_cent else name


def subject_of(table: ReadTable, row: TableRow) -> str:
    """The measure that a comment in the row is about; empty where it may be several."""
    names = {measure_of(table, row, column) for column in table.dated if row.number(column) is not None}
    return names.pop() if len(names) == 1 else ""


# --- tables in a table


def _side_by_side(table: PrintedTable) -> Iterator[PrintedTable]:
    """The tables that an empty column parts: what follows it begins with names, and goes on with numbers."""
    empty = [at for at in range(table.width) if not any(row[at].text for row in table.rows)]
    starts = [at + 1 for at in empty if at + 2 < table.width and _names_its_rows(table.rows, at + 1)]
    for start, end in pairwise([0, *starts, table.width]):
        yield PrintedTable(tuple(row[start:end] for row in table.rows), table.place, table.caption)


def _names_its_rows(rows: Sequence[PrintedRow], at: int) -> bool:
    """Whether words stand in a column, and a number to the right of most of them."""
    named = [row for row in rows if any(map(str.isalpha, row[at].text)) and not is_a_period(row[at].text)]
    numbered = [row for row in named if isinstance(read_printed(row[at + 1].text), PrintedNumber)]
    return len(numbered) > 1 and len(numbered) >= _MOSTLY * (len(named) - 1)


def _parts(table: PrintedTable) -> Iterator[PrintedTable]:
    """The table cut at each row of headings that differs from the ones before; those that are repeated are left out."""
    rows: list[PrintedRow] = []
    heads: set[tuple[str, ...]] = set()
    for row in table.rows:
        texts = tuple(cell.text for cell in row)
        if texts in heads:
            continue
        if _is_heading(row):
            if any(_holds_number(held) for held in rows):
                yield PrintedTable(tuple(rows), table.place, table.caption)
                rows, heads = _titles_at_end(rows), set()
            heads.add(texts)
        rows.append(row)
    yield PrintedTable(tuple(rows), table.place, table.caption)


def _titles_at_end(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The last rows that hold no number: titles of the table that begins below them."""
    at = len(rows)
    while at and not _holds_number(rows[at - 1]):
        at -= 1
    return list(rows[at:])


def _is_heading(row: PrintedRow) -> bool:
    return sum(is_a_spelt_period(cell.text) for cell in dict.fromkeys(row[1:])) > 1


def _holds_number(row: PrintedRow) -> bool:
    return any(isinstance(read_printed(cell.text), PrintedNumber) and not is_a_period(cell.text) for cell in row[1:])


def _read_part(table: PrintedTable, *, context: str) -> ReadTable | Unread | None:
    if not any(_holds_number(row) for row in table.rows):
        return None
    height = _headings_in(table.rows)
    if found := unrolled(table, height, title=_caption((), table, context)):
        return _with_note(_lay_out(found.table, 2, context=context, turned=True), found.left)
    if _periods_down(table, height):
        if sum(is_a_month(cell.text) for row in table.rows[:height] for cell in row[1:]) > 1:
            return Unread(table, "it has years down and months across, and which year is which cannot be told")
        down = _without_blank(table.rows[max(height - 1, 0) :])
        turned = PrintedTable(tuple(zip(*down, strict=True)), table.place, table.caption)
        return _lay_out(turned, 1, context=context, turned=True)
    return _lay_out(table, height, context=context, turned=False)


def _with_note(read: ReadTable | Unread, left: Sequence[str]) -> ReadTable | Unread:
    if isinstance(read, Unread) or not left:
        return read
    return replace(read, notes=(*read.notes, f"only its years were read, not {'; '.join(left)}"))


def _without_blank(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    return [row for row in rows if any(cell.text for cell in row)]


def _headings_in(rows: Sequence[PrintedRow]) -> int:
    """How many rows stand above the first that holds values."""
    for number, row in enumerate(rows[:MOST_HEADINGS]):
        cells = [read_printed(cell.text) for cell in row[1:]]
        numbers = [cell.text for cell, found in zip(row[1:], cells, strict=True) if isinstance(found, PrintedNumber)]
        years = bool(numbers) and all(is_a_period(text) for text in numbers)
        label = key_of(without_marks(row[0].text))
        is_years = years and (not label or label in NAME_HEADINGS | AREA_HEADINGS or number == 0)
        if (numbers and not is_years) or (number and any(isinstance(found, Mark) for found in cells)):
            return number
    return min(len(rows), MOST_HEADINGS)


def _periods_down(table: PrintedTable, height: int) -> bool:
    """Whether periods stand down the first column and none across."""
    across = sum(is_a_period(cell.text) for row in table.rows[:height] for cell in row[1:])
    down = [row[0].text for row in table.rows[height:] if row[0].text]
    periods = sum(is_a_period(text) for text in down)
    spelt = sum(is_a_spelt_period(text) for text in down)
    return across == 0 and periods > 1 and periods >= _MOSTLY * len(down) and (spelt > 0 or periods == len(down))


# --- columns


def _lay_out(table: PrintedTable, height: int, *, context: str, turned: bool) -> ReadTable | Unread:
    if not 0 < height < len(table.rows):
        return Unread(table, "it has no row of headings above its numbers")
    body = _without_blank(table.rows[height:])
    titles, head = _without_titles(table.rows[:height])
    head = with_spans(head)
    words = [heading_parts(head, at) for at in range(table.width)]
    columns = columns_of(words, body)
    name = name_column(columns, words, body)
    if name is None:
        return Unread(table, "no column names what is counted")
    columns = settled(columns)
    for text in (*reversed(titles), table.caption, context):
        columns = dated_by(columns, text)
    area = next((c.at for c in columns if c.at != name and key_of(c.heading) in AREA_HEADINGS), None)
    by_area = key_of(without_marks(columns[name].heading)) in AREA_HEADINGS
    if by_area:
        area = name
    columns = _rates_as_values(columns)
    final = tuple(
        replace(column, role=Role.NAME if column.at == name else Role.AREA if column.at == area else column.role)
        for column in columns
    )
    rows = tuple(_rows(body, name=name, area=area, by_area=by_area))
    caption = _caption(titles, table, context)
    undated = [column.heading for column in final if column.role is Role.VALUE and not column.period and column.heading]
    notes = (f"no period can be told for what is headed {'; '.join(undated)}",) if undated else ()
    return ReadTable(table, final, rows, caption, by_area, turned, notes)


def _rates_as_values(columns: Sequence[Column]) -> list[Column]:
    """Where a table counts nothing and holds rates of several periods, these are its values."""
    rates = [column for column in columns if column.role is Role.RATE and column.period]
    if len(rates) < _FEW or any(column.role is Role.VALUE and column.period for column in columns):
        return list(columns)
    return [replace(column, role=Role.VALUE, is_rate=True) if column in rates else column for column in columns]


def _caption(titles: Sequence[str], table: PrintedTable, context: str) -> str:
    text = table.caption or (titles[-1] if titles else "") or context
    return re.sub(r"^(?:table|figure|chart)\s*\d*[a-z]?\s*[:.–-]?\s*", "", text, flags=re.IGNORECASE).strip()[
        :LONGEST_NAME
    ]


def _without_titles(head: Sequence[PrintedRow]) -> tuple[list[str], list[PrintedRow]]:
    """Rows above the headings that hold one text or are of the whole table, and the rows of headings themselves."""
    titles: list[str] = []
    kept = list(head)
    while len(kept) > 1:
        texts = {cell.text for cell in kept[0] if cell.text}
        periods = [cell for cell in dict.fromkeys(kept[0][1:]) if is_a_period(cell.text)]
        filled = sum(bool(cell.text) for cell in kept[0])
        below = sum(bool(cell.text) for cell in kept[1])
        if len(texts) == 1 or (not periods and filled <= _FEW and below > _FEW + 1):
            titles.append(" ".join(dict.fromkeys(cell.text for cell in kept.pop(0) if cell.text)))
            continue
        break
    return titles, kept


# --- rows


def _rows(body: Sequence[PrintedRow], *, name: int, area: int | None, by_area: bool) -> Iterator[TableRow]:
    for row in body:
        label = row[name]
        text = without_marks(" ".join(label.text.split())).rstrip(":")
        if not text or len(text) > LONGEST_NAME:
            continue
        place = without_marks(" ".join(row[area].text.split())) if area is not None else ""
        measure, better = stated_polarity(text) or (text, None)
        yield TableRow("" if by_area else _measure(measure), place, label, row, better)


def _measure(name: str) -> str:
    """The name as it stands; the whole of crime, which shares are of, under the one name that it has."""
    return ALL_CRIME if _ALL_CRIME.fullmatch(key_of(name)) else name


def is_total(row: TableRow) -> bool:
    """Whether a row's name says that it adds others up."""
    words = key_of(row.name or row.area)
    return words in TOTALS or words.startswith(("total ", "grand total")) or row.name == ALL_CRIME
