"""The rows behind a figure as a CSV file."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from quarterday.sources.table_marks import guarded
from quarterday.warehouse.base import SourceRow

COLUMNS = ("file", "row", "month", "id", "place", "category", "outcome", "location", "counted")


def write_source_rows(rows: Iterable[SourceRow], target: Path | TextIO) -> None:
    """Write each row with the file and the row in it where it stands; ``counted`` is no for a repeat.

    Texts are written so that no spreadsheet program takes one for a formula: people look at this file with one. A
    ``TextIO`` must leave line ends alone (``newline=""``).
    """
    if isinstance(target, Path):
        with target.open("w", encoding="utf-8", newline="") as file:
            write_source_rows(rows, file)
        return
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for row in rows:
        texts = map(guarded, (row.id, row.place, row.category, row.outcome, row.location))
        writer.writerow((guarded(row.file), row.row, row.month.code, *texts, "no" if row.repeat else "yes"))
