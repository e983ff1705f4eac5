"""The words in which the engines differ; all the rest of a step is one text for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from quarterday.warehouse.engine import Step


@dataclass(frozen=True, slots=True)
class Dialect:
    """One engine's words.

    ``types`` are those of columns, by the name that ``Engine`` gives them. ``row_in_file`` is the place of a row in its
    Parquet file, from 0. ``keep`` and ``name`` are the statements that make a step of which {step} is the name and
    {text} the ``select``: one that is worked out once and kept, and one that is worked out wherever it is used.
    """

    types: Mapping[str, str]
    row_in_file: str
    keep: tuple[str, ...]
    name: tuple[str, ...]

    def columns(self, columns: Mapping[str, str]) -> str:
        """The columns of a table with their types, as a statement has them."""
        return ", ".join(f"{column} {self.types[kind]}" for column, kind in columns.items())

    def statements(self, step: Step) -> tuple[str, ...]:
        """What makes a step."""
        return tuple(words.format(step=step.name, text=step.text) for words in (self.keep if step.kept else self.name))


DUCKDB = Dialect(
    types={"varchar": "varchar", "integer": "integer", "bigint": "bigint", "double": "double", "boolean": "boolean"},
    row_in_file="file_row_number",
    keep=("create table {step} as\n{text}",),
    name=("create view {step} as\n{text}",),
)
SPARK = Dialect(
    types={"varchar": "string", "integer": "int", "bigint": "bigint", "double": "double", "boolean": "boolean"},
    row_in_file="_metadata.row_index",
    keep=("create temporary view {step} as\n{text}", "cache lazy table {step}"),
    name=("create temporary view {step} as\n{text}",),
)
