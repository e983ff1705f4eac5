"""Printed tables made of texts."""

from collections.abc import Sequence

from quarterday.commentary.printed_tables import ReadTable, read_table
from quarterday.domain.printed import PrintedCell, PrintedTable


def printed(rows: Sequence[Sequence[str]], *, place: str = "table 1", caption: str = "") -> PrintedTable:
    """A table whose cells have their row and column, from 1, as their place."""
    width = max(map(len, rows))
    cells = tuple(
        tuple(
            PrintedCell(row[at] if at < len(row) else "", f"{place}, row {number}, column {at + 1}")
            for at in range(width)
        )
        for number, row in enumerate(rows, start=1)
    )
    return PrintedTable(cells, place, caption)


def read(rows: Sequence[Sequence[str]], *, place: str = "table 1", caption: str = "") -> ReadTable:
    """The one table that the rows hold."""
    (table,) = read_table(printed(rows, place=place, caption=caption))
    assert isinstance(table, ReadTable), table
    return table
