"""The steps on DuckDB."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import duckdb

from quarterday.warehouse.dialect import DUCKDB
from quarterday.warehouse.engine import Step

# A text in quotation marks is never null, and may run over several lines.
_READ = """
select * from read_csv(
    '{path}', columns = {{{columns}}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    new_line = '\\n', allow_quoted_nulls = false, parallel = false
)
"""


class DuckDBEngine:
    """An ``Engine`` in memory; what does not fit goes to ``spill``, a folder that the caller removes."""

    def __init__(self, spill: Path, *, memory: str = "700MB") -> None:
        self._spill = spill
        self._connection = duckdb.connect(
            config={
                # Up to 1.5 a join with a single ID finds no row of a Parquet file in which many have none
                # (duckdb/duckdb#24994: the comparison that it pushes into the reader is wrong for bytes).
                "disabled_optimizers": "join_filter_pushdown",
                # Where an extension is missing, DuckDB would fetch it from the network.
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "memory_limit": memory,
                "temp_directory": str(spill),
                "preserve_insertion_order": False,
            }
        )
        for function in DUCKDB.functions:
            self._connection.execute(function)

    def parts(self, name: str, paths: Sequence[Path]) -> None:
        """Make a view of Parquet parts, with ``part_row``."""
        files = ", ".join(f"'{quoted(path)}'" for path in paths)
        self._connection.execute(
            f"create view {name} as select *, {DUCKDB.row_in_file} as part_row from read_parquet([{files}])"
        )

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Make a small table of ``rows``."""
        typed = ", ".join(f"{column}: '{DUCKDB.types[kind]}'" for column, kind in columns.items())
        # A text file is the one way in that is quick: for each value handed over DuckDB looks whether there is pandas.
        with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=self._spill, suffix=".csv") as file:
            file.writelines(_lines(rows, columns.values()))
            file.flush()
            self._connection.execute(f"create table {name} as {_READ.format(path=quoted(file.name), columns=typed)}")

    def run(self, steps: Sequence[Step]) -> None:
        """Make each step a table where it is kept, else a view."""
        for step in steps:
            self._connection.execute(statement_of(step))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a ``select`` answers."""
        return self._connection.execute(query).fetchall()

    def write(self, query: str, part: Path) -> None:
        """Write what a ``select`` answers as one Parquet file; several may be written at once."""
        self._connection.cursor().execute(f"copy ({query}) to '{quoted(part)}' (format parquet, preserve_order true)")

    def close(self) -> None:
        """Let go of everything."""
        self._connection.close()


def statement_of(step: Step) -> str:
    """What makes a step selectable by its name."""
    return f"create {'table' if step.kept else 'view'} {step.name} as\n{step.text}"


def _lines(rows: Sequence[Sequence[Any]], kinds: Iterable[str]) -> Iterator[str]:
    """The rows as lines of the text file; hardly a column has cells that must be looked at one by one."""
    columns: list[Sequence[Any]] = []
    cells: list[str] = []
    for values, kind in zip(zip(*rows, strict=True), kinds, strict=False):
        is_text = kind == "varchar"
        if None in values or (is_text and '"' in "".join(values)):
            columns.append(["" if value is None else _quoted(value) if is_text else repr(value) for value in values])
            cells.append("%s")
        else:
            columns.append(values)
            cells.append('"%s"' if is_text else "%r")
    return map((",".join(cells) + "\n").__mod__, zip(*columns, strict=True))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def quoted(path: Path | str) -> str:
    """The path as it stands between single quotation marks in SQL."""
    return str(path).replace("'", "''")
