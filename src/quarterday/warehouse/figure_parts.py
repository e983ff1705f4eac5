"""A part of figures: written from figures, and read as figures again. DuckDB does both."""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from quarterday.domain.figure import Figure, Holding, Line
from quarterday.domain.period import Period
from quarterday.domain.status import read_statuses
from quarterday.warehouse.base import keys_of

COLUMNS = (
    "measure varchar, measure_key varchar, area varchar, area_key varchar, "
    "first_month integer, months integer, value double, status varchar, note varchar"
)
_CREATE_CAME = f"create temp table came ({COLUMNS}, origin varchar)"
# A note may run over several lines, so the file is read by one thread; only a value may be missing.
_READ_ROWS = r"""
copy came from ? (
    format csv, header false, auto_detect false, parallel false, new_line '\n', delimiter ',', quote '"', escape '"',
    force_not_null (measure, measure_key, area, area_key, status, note, origin)
)
"""
_WRITE_PART = "copy (select * from came order by measure_key, area_key, first_month, months) to ? (format parquet)"
_EXTENT = "select count(*), min(first_month), max(first_month + months - 1) from read_parquet(?)"
_FIGURES_IN = (
    "select measure, area, first_month, months, value, status, note, ? as release from read_parquet(?) "
    "order by measure_key, area_key, first_month, months"
)
_LINES_IN = (
    "select any_value(measure), any_value(area), months, list(first_month order by first_month), "
    "list(value order by first_month) from read_parquet(?) "
    "group by measure_key, area_key, months order by measure_key, area_key, months"
)
_ORIGINS_IN = "select first_month, months, origin from read_parquet(?) where measure_key = ? and area_key = ?"
_HAS_ORIGINS = "select count(*) from parquet_schema(?) where name = 'origin'"


def write_part(connection: duckdb.DuckDBPyConnection, figures: Sequence[Figure], part: Path) -> None:
    """Write the figures as a part, and leave them in the connection's table ``came``."""
    rows = part.with_suffix(".csv")
    _write_rows(figures, rows)
    connection.execute(_CREATE_CAME)
    connection.execute(_READ_ROWS, [str(rows)])
    rows.unlink()
    connection.execute(_WRITE_PART, [str(part)])


def figures_in(part: Path, *, release_id: str) -> tuple[Figure, ...]:
    """The figures of a part, in order of measure, area and period."""
    with duckdb.connect() as connection:
        return tuple(figures_of(connection.execute(_FIGURES_IN, [release_id, str(part)]).fetchall()))


def lines_in(part: Path) -> tuple[Line, ...]:
    """The figures of a part, those of a measure and area over periods of one length in a row each."""
    with duckdb.connect() as connection:
        rows = connection.execute(_LINES_IN, [str(part)]).fetchall()
    return tuple(
        Line(measure, area, months, tuple(firsts), tuple(values)) for measure, area, months, firsts, values in rows
    )


def origins_in(part: Path, *, measure_key: str, area_key: str) -> dict[Period, str]:
    """Where in their files the figures of a measure in an area stand; empty of those that no reader said it of."""
    with duckdb.connect() as connection:
        if connection.execute(_HAS_ORIGINS, [str(part)]).fetchall() == [(0,)]:
            return {}
        rows = connection.execute(_ORIGINS_IN, [str(part), measure_key, area_key]).fetchall()
    return {_period(first, months): origin for first, months, origin in rows if origin}


def extent_of(part: Path) -> tuple[int, Period]:
    """How many figures a part holds, and the months that they cover."""
    with duckdb.connect() as connection:
        [(number, first, last)] = connection.execute(_EXTENT, [str(part)]).fetchall()
    return number, Period(first, last - first + 1)


def _write_rows(figures: Sequence[Figure], path: Path) -> None:
    """Write a CSV, texts in quotes: the one way from Python that each version of DuckDB takes quickly."""
    measures = keys_of(figure.measure for figure in figures)
    areas = keys_of(figure.area for figure in figures)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(
            (
                figure.measure,
                measures[figure.measure],
                figure.area,
                areas[figure.area],
                figure.period.first,
                figure.period.months,
                figure.value,
                "".join(status.mark for status in figure.statuses),
                figure.note,
                figure.origin,
            )
            for figure in figures
        )


_period = cache(Period)
_statuses = cache(read_statuses)


def figures_of(rows: Iterable[Sequence[Any]]) -> list[Figure]:
    """Figures out of rows of measure, area, first month, months, value, marks, note and release."""
    return [
        Figure(measure, area, _period(first, months), value, _statuses(marks), note, (release,))
        for measure, area, first, months, value, marks, note, release in rows
    ]


def holding_of(figures: Sequence[Figure]) -> Holding:
    """The figures of one measure in one area, of which there is at least one."""
    return Holding(figures[0].measure, figures[0].area, {figure.period: figure for figure in figures})
