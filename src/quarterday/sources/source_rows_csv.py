"""The rows behind a figure as a CSV file."""

import csv
from collections.abc import Iterable
from pathlib import Path

from quarterday.warehouse.base import SourceRow

COLUMNS = ("file", "row", "month", "id", "place", "category", "outcome", "location", "counted")


def write_source_rows(rows: Iterable[SourceRow], path: Path) -> None:
    """Write each row with the file and the row in it where it stands; ``counted`` is no for a repeat."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            texts = (row.id, row.place, row.category, row.outcome, row.location)
            writer.writerow((row.file, row.row, row.month.code, *map(_plain, texts), "no" if row.repeat else "yes"))


def _plain(text: str) -> str:
    """The text so that no spreadsheet program takes it for a formula: people look at this file with one."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
