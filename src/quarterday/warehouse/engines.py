"""The engines by their addresses."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from quarterday.warehouse.duckdb_engine import DuckDBEngine
from quarterday.warehouse.engine import Engine
from quarterday.warehouse.spark_engine import SparkEngine, refuse_unreachable


def engine_at(address: str) -> Callable[[Path], Engine]:
    """What makes an engine, given a folder for what does not fit into memory.

    ``address`` is ``duckdb``, ``local[2]`` or ``local[*]`` for Spark on this machine, or a cluster's
    ``spark://host:7077``. Raises ``InputError`` for another one, and where Spark cannot be had there.
    """
    if address == "duckdb":
        return DuckDBEngine
    refuse_unreachable(address)
    return partial(SparkEngine, address)
