"""A published table: measures down and periods across, as people lay it out. Rules: docs/reference/sources.md."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.source import Source, SourceFile
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile, open_file
from quarterday.sources.grid import Grid, GridCell, Line, read_grid
from quarterday.sources.table_layout import AREA_HEADINGS, Layout, find_layout, first_few, is_no_measure
from quarterday.sources.table_marks import (
    LONGEST_NAME,
    Footnotes,
    Marked,
    Value,
    footnote_of,
    read_marked,
    read_value,
    unguarded,
)
from quarterday.warehouse.base import Intake

READER = "published-table 1"
_CELLS_NAMED = 5
_ROWS_NAMED = 20
_MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose layout is known, with what its figures have in common."""

    grid: Grid
    layout: Layout
    footnotes: Footnotes
    area: str

    @property
    def lines(self) -> Iterator[Line]:
        """The lines that hold a measure."""
        return (line for line in self.layout.body if not is_no_measure(line[self.layout.name].text))


def read_published_table(path: Path, *, area: str = "") -> Intake:
    """One figure a cell, from a CSV file or a workbook's sheet called data, else its first.

    The area is that of the table's own column, else of a row above the periods that begins with ``Area``, else
    ``area``. A row without any number or mark is left out, and a note says so. Raises ``InputError`` with the
    faults of the whole table.
    """
    return read_table(open_file(path), area=area, reader=READER)


def read_table(file: InputFile, *, area: str = "", reader: str, every_row: bool = False) -> Intake:
    """The same for a ``reader`` of another name; with ``every_row`` a row without any number or mark is a fault."""
    faults = Faults()
    grid = read_grid(file, faults=faults)
    faults.refuse_any()
    layout = find_layout(grid, faults=faults)
    table = _Table(grid, layout, dict(_footnotes(layout.prose)), _area(layout, area=area, place=grid.place))
    figures = _figures(table, faults=faults)
    if every_row and figures:
        _refuse_empty_rows(table, faults=faults)
    if not figures and not faults.number:
        faults.add(f"{grid.place}: there is no number below the periods; fill the table in.")
    faults.refuse_any()
    source = Source(file.name, "", "", (file.as_source, *_given_as_source(area)))
    return Intake(source, reader, tuple(figures.values()), tuple(_first(list(_notes(table, figures)))))


def _area(layout: Layout, *, area: str, place: str) -> str:
    """The area of the whole table; empty where a column names one for each row."""
    given, named = area.strip(), dict(_areas_above(layout))
    if layout.area is not None:
        heading = layout.header[layout.area]
        named = {heading.place: f"a column {heading.shown}"}
    others = [f"{name!r} in {where}" for where, name in named.items() if key_of(name) != key_of(given)]
    if given and others:
        raise InputError(
            f"{place}: the area {given!r} was given, and the table has {others[0]}; leave out the one that is wrong."
        )
    if len({key_of(name) for name in named.values()}) > 1:
        raise InputError(f"{place}: the rows above the periods name several areas: {', '.join(others)}; keep one.")
    if not given and not named:
        raise InputError(
            f"{place}: nothing says which area the table is of; write a row above the periods with Area in its first "
            "cell and the name in its second, or a column Area, or name the area when you load the table."
        )
    if layout.area is not None:
        return ""
    return given or unguarded(next(iter(named.values())))


def _given_as_source(area: str) -> Iterator[SourceFile]:
    """An area given by hand, so that the same file loaded for another area is another release."""
    if area.strip():
        name = f"area given: {area.strip()}"
        yield SourceFile(name, hashlib.sha256(name.encode()).hexdigest())


def _areas_above(layout: Layout) -> Iterator[tuple[str, str]]:
    """Where the rows above the periods name an area, and its name."""
    for line in layout.titles:
        cells = [cell for cell in line if cell.text]
        head, _, tail = cells[0].text.partition(":")
        words = [text for text in (tail.strip(), *(cell.text for cell in cells[1:])) if text]
        if key_of(head) in AREA_HEADINGS and len(words) == 1:
            yield f"row {cells[0].row}", words[0]


def _footnotes(prose: Iterable[Line]) -> Iterator[tuple[str, str]]:
    for line in prose:
        found = footnote_of(_words(line))
        if found:
            yield found


def _words(line: Line) -> str:
    return " ".join(cell.text for cell in line if cell.text)


# --- figures


def _figures(table: _Table, *, faults: Faults) -> dict[GridCell, Figure]:
    """Each figure by the cell that it was read from."""
    layout, figures = table.layout, dict[GridCell, Figure]()
    rows: dict[tuple[str, str], GridCell] = {}
    headings = {at: read_marked(layout.header[at].text, footnotes=table.footnotes) for at in layout.periods}
    for line in table.lines:
        names = _names(line, table=table, faults=faults)
        if names is None:
            continue
        measure, area = names
        cell = line[layout.name]
        earlier = rows.setdefault((key_of(measure.text), key_of(area)), cell)
        if earlier is not cell:
            faults.add(
                f"{table.grid.place}, {earlier.place} and {cell.place}: {measure.text}, {area} stands there twice; "
                "keep one, or write what tells them apart."
            )
            continue
        for at, period in layout.periods.items():
            with faults.at(f"{table.grid.place}, {line[at].place} ({period.for_table()})"):
                value = _value(line[at], table=table)
                marks = (measure, headings[at], value)
                statuses = tuple(dict.fromkeys(status for item in marks for status in item.statuses))
                note = " ".join(dict.fromkeys(note for item in marks for note in item.notes))
                figures[line[at]] = Figure(
                    measure.text,
                    area,
                    period,
                    value.number,
                    statuses,
                    note,
                    origin=f"{table.grid.place}, {line[at].place}",
                )
    return figures


def _names(line: Line, *, table: _Table, faults: Faults) -> tuple[Marked, str] | None:
    """The measure and the area of a line; none where one is missing."""
    found_before = faults.number
    cell = line[table.layout.name]
    measure = Marked("")
    with faults.at(f"{table.grid.place}, {cell.place}"):
        measure = read_marked(unguarded(" ".join(cell.text.split())), footnotes=table.footnotes)
        if not measure.text:
            raise InputError("the measure has no name; write it, or clear the row.")
    area = table.area
    if table.layout.area is not None:
        area = unguarded(" ".join(line[table.layout.area].text.split()))
        if not area:
            place = f"{table.grid.place}, {line[table.layout.area].place}"
            faults.add(f"{place}: the area has no name; write it in every row.")
    return (measure, area) if faults.number == found_before else None


def _refuse_empty_rows(table: _Table, *, faults: Faults) -> None:
    for line in table.layout.prose:
        if not footnote_of(_words(line)):
            cell = next(cell for cell in line if cell.text)
            faults.add(
                f"{table.grid.place}, {cell.place}: there is no figure at all for {cell.shown}; write 0 where nothing "
                "was counted, or a mark and the reason, such as: [x] the return did not come."
            )


def _value(cell: GridCell, *, table: _Table) -> Value:
    if table.grid.raised and isinstance(cell.content, str) and cell.text[-1:].isdigit():
        raise InputError(
            f"{cell.shown} is kept as text in a workbook that has raised characters, so that its last digit may be "
            "the mark of a footnote; write the number as a number."
        )
    return read_value(cell, footnotes=table.footnotes)


# --- what a person should know


def _first(notes: Sequence[str]) -> Iterator[str]:
    yield from notes[:_MOST_NOTES]
    if (more := len(notes) - _MOST_NOTES) > 0:
        yield f"There are {more:,} more notes of this kind; look at the table itself."


def _notes(table: _Table, figures: Mapping[GridCell, Figure]) -> Iterator[str]:
    layout = table.layout
    periods = list(layout.periods.values())
    yield f"The first period was read as {periods[0].for_table()}, the last as {periods[-1].for_table()}."
    yield from (f"The sheet {name!r} was not read." for name in table.grid.others)
    steps = {later.first - earlier.first for earlier, later in pairwise(periods)}
    if all(period.months == 1 for period in periods) and len(steps) == 1 and (step := steps.pop()) > 1:
        yield f"The headings name months, {step} apart: each figure is read as that of one month."
    yield from layout.notes
    no_measures = [name for line in layout.body if is_no_measure(name := line[layout.name].text)]
    if no_measures:
        yield f"Left out, since these name no measure: {first_few(no_measures)}."
    yield from (_said(line, footnotes=table.footnotes) for line in layout.prose[:_ROWS_NAMED])
    if (more := len(layout.prose) - _ROWS_NAMED) > 0:
        yield f"{more:,} more rows were left out, since they hold no figure."
    if table.grid.raised:
        yield "The workbook has raised characters, which are read as plain ones: look at names that end with a digit."
    below = [cell for cell, figure in figures.items() if figure.value is not None and figure.value < 0]
    if below:
        yield f"Below zero, which a change may be but no count can: the numbers in {_places(below)}."


def _said(line: Line, *, footnotes: Footnotes) -> str:
    words, row = _words(line), next(cell for cell in line if cell.text).row
    footnote = footnote_of(words)
    if footnote and footnote[0] in footnotes:
        return f"Footnote {footnote[0]}: {footnote[1]}"
    return f"Row {row} was left out, since it holds no figure: {words[:LONGEST_NAME]!r}."


def _places(cells: Sequence[GridCell]) -> str:
    named = "; ".join(cell.place for cell in cells[:_CELLS_NAMED])
    return f"{named} and others" if len(cells) > _CELLS_NAMED else named
