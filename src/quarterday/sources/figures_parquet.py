"""Figures as a Parquet file, with the columns of figures.csv."""

from collections.abc import Sequence
from pathlib import Path

from quarterday.domain.figure import Figure
from quarterday.warehouse.duckdb_engine import DuckDBEngine

COLUMNS = {
    "measure": "varchar", "area": "varchar", "period": "varchar", "value": "double", "status": "varchar",
    "note": "varchar",
}  # fmt: skip


def write_figures_parquet(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures in their order; a value that is missing is null, and its mark and reason say why."""
    rows = [
        (
            figure.measure,
            figure.area,
            figure.period.code,
            figure.value,
            "".join(status.mark for status in figure.statuses),
            figure.note,
        )
        for figure in figures
    ]
    engine = DuckDBEngine(path.parent)
    engine.table("figures", COLUMNS, rows)
    engine.write("select * from figures", path)
    engine.close()
