"""``figures.csv``: one figure a row, for whatever a partnership counts. Rules: docs/reference/figures-file.md."""

import csv
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure
from quarterday.domain.period_reading import read_code
from quarterday.domain.source import Source
from quarterday.domain.status import read_statuses
from quarterday.sources.cells import column_letters, read_number, refuse_failure
from quarterday.sources.faults import Faults
from quarterday.sources.files import open_file, read_rows
from quarterday.sources.table_marks import guarded
from quarterday.warehouse.base import Intake

READER = "figures 1"
REQUIRED = ("measure", "area", "period", "value")
COLUMNS = (*REQUIRED, "status", "note")
_BELOW_ZERO_SHOWN = 5

_read_period = lru_cache(read_code)


def read_figures(path: Path) -> Intake:
    """The figures of a file with the columns measure, area, period, value and, where wanted, status and note.

    An empty value needs a status that stands in a number's place, and a note that says why. Raises
    ``InputError`` with the faults of the whole file.
    """
    file, faults = open_file(path), Faults()
    rows = read_rows(file, faults=faults)
    row, header = next(rows, (1, []))
    columns = _columns(header, place=f"{file.name}, row {row}", faults=faults)
    faults.refuse_any()
    figures: dict[int, Figure] = {}
    for number, cells in rows:
        place = f"{file.name}, row {number}"
        figure = _figure(cells, columns=columns, place=place, faults=faults)
        if figure is not None:
            figures[number] = figure
    _refuse_twice(figures, name=file.name, faults=faults)
    if not figures and not faults.number:
        faults.add(f"{file.name}: there is no row below the names of the columns; write one figure a row.")
    faults.refuse_any()
    source = Source(file.name, "", "", (file.as_source,))
    return Intake(source, READER, tuple(figures.values()), _notes(figures))


def write_figures(figures: Iterable[Figure], target: Path | TextIO, *, to_look_at: bool = False) -> None:
    """Write a file that ``read_figures`` reads as the same figures, less their releases and parts.

    Texts are written as they are, also where a spreadsheet program would take one for a formula: the file is
    data. In a file ``to_look_at`` they are written so that no such program does. A ``TextIO`` must leave line ends
    alone (``newline=""``).
    """
    if isinstance(target, Path):
        with target.open("w", encoding="utf-8", newline="") as file:
            write_figures(figures, file, to_look_at=to_look_at)
        return
    text = guarded if to_look_at else str
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    writer.writerows(
        (
            text(figure.measure),
            text(figure.area),
            figure.period.code,
            "" if figure.value is None else _digits(figure.value),
            "".join(status.mark for status in figure.statuses),
            text(figure.note),
        )
        for figure in figures
    )


def _columns(header: Sequence[str], *, place: str, faults: Faults) -> list[str]:
    columns = [name.casefold() for name in header]
    wanted = f"wanted {', '.join(REQUIRED)} and, if you like, status and note"
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t|"):
        faults.add(f"{place}: {header[0]!r} is one cell; {wanted}. Save the file with commas between cells.")
        return columns
    for name in REQUIRED:
        if name not in columns:
            faults.add(f"{place}: there is no column {name!r}; {wanted}. Name the columns in the first row.")
    for number, name in enumerate(columns, start=1):
        if name not in COLUMNS:
            faults.add(
                f"{place}, column {column_letters(number)}: {header[number - 1]!r} is no column of such a file; "
                f"{wanted}. Rename or remove it."
            )
    for name, times in Counter(columns).items():
        if name in COLUMNS and times > 1:
            faults.add(f"{place}: the column {name!r} stands there {times} times; keep one.")
    return columns


def _figure(cells: Sequence[str], *, columns: Sequence[str], place: str, faults: Faults) -> Figure | None:
    if len(cells) != len(columns):
        faults.add(
            f"{place}: there are {len(cells)} cells; wanted {len(columns)}, one for each column. "
            "A cell with a comma in it stands in quotation marks."
        )
        return None
    cell = dict(zip(columns, cells, strict=True))
    found_before = faults.number
    for name in ("measure", "area"):
        if not cell[name]:
            faults.add(f"{place}, column {name}: the cell is empty; write the {name}'s name.")
        with faults.at(f"{place}, column {name}"):
            refuse_failure(cell[name])
    with faults.at(f"{place}, column period"):
        period = _read_period(cell["period"])
    with faults.at(f"{place}, column value"):
        value = read_number(cell["value"]) if cell["value"] else None
    with faults.at(f"{place}, column status"):
        statuses = read_statuses(cell.get("status", ""))
    if faults.number == found_before:
        with faults.at(place):
            note = cell.get("note", "")
            return Figure(cell["measure"], cell["area"], period, value, statuses, note, origin=place)
    return None


def _refuse_twice(figures: Mapping[int, Figure], *, name: str, faults: Faults) -> None:
    rows: dict[Hashable, int] = {}
    for number, figure in figures.items():
        first = rows.setdefault((key_of(figure.measure), key_of(figure.area), figure.period), number)
        if first != number:
            faults.add(
                f"{name}, rows {first} and {number}: {figure.measure}, {figure.area}, {figure.period.code} "
                "stands there twice; keep one row."
            )


def _notes(figures: Mapping[int, Figure]) -> tuple[str, ...]:
    below = [number for number, figure in figures.items() if figure.value is not None and figure.value < 0]
    if not below:
        return ()
    rows = ", ".join(map(str, below[:_BELOW_ZERO_SHOWN]))
    more = " and others" if len(below) > _BELOW_ZERO_SHOWN else ""
    return (f"Below zero, which a change may be but no count can: the values in row {rows}{more}.",)


def _digits(value: float) -> str:
    """The shortest digits that are read back as the same number, without an exponent."""
    return f"{value:.0f}" if float(value).is_integer() else f"{Decimal(repr(value)):f}"
