"""The words in which the engines differ; all the rest of a step is one text for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """One engine's words.

    ``types`` are those of columns, by the name that ``Engine`` gives them. ``row_in_file`` is the place of a row in its
    Parquet file, from 0. ``functions`` are the statements that make those which steps call and SQL has no word for:
    ``hash_of``, a whole number that follows from some bytes, and is the same in one engine only.
    """

    types: Mapping[str, str]
    row_in_file: str
    functions: tuple[str, ...]

    def columns(self, columns: Mapping[str, str]) -> str:
        """The columns of a table with their types, as a statement has them."""
        return ", ".join(f"{column} {self.types[kind]}" for column, kind in columns.items())


DUCKDB = Dialect(
    types={"varchar": "varchar", "integer": "integer", "bigint": "bigint", "double": "double", "boolean": "boolean"},
    row_in_file="file_row_number",
    functions=("create macro hash_of(bytes) as hash(bytes)",),
)
SPARK = Dialect(
    types={"varchar": "string", "integer": "int", "bigint": "bigint", "double": "double", "boolean": "boolean"},
    row_in_file="_metadata.row_index",
    functions=("create temporary function hash_of(bytes binary) returns bigint return xxhash64(bytes)",),
)
