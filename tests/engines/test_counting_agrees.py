"""Rows are counted alike by every engine: as the law does it, in plain Python."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quarterday.sources.police_uk_files import STREET
from quarterday.warehouse.duckdb_engine import DuckDBEngine
from quarterday.warehouse.engine import Engine
from quarterday.warehouse.reference_counting import Row
from tests.engines.made_rows import FIRST, FORCES, Case, cases, said_by, said_by_law, together


def agreed(engine: Callable[[Path], Engine], case: Case) -> None:
    with TemporaryDirectory() as folder:
        made = engine(Path(folder))
        try:
            assert said_by(made, case, Path(folder)) == said_by_law(case)
        finally:
            made.close()


@settings(max_examples=60)
@given(cases)
def test_duckdb_counts_as_the_law_does(case: Case) -> None:
    agreed(DuckDBEngine, case)


@pytest.mark.spark
@settings(max_examples=1, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(made=st.lists(cases, min_size=12, max_size=12))
def test_spark_counts_as_the_law_does(spark: Callable[[Path], Engine], made: list[Case]) -> None:
    agreed(spark, together(made))


def test_a_single_repeated_id_among_many_rows_without_one_is_found() -> None:
    """DuckDB before 2.0 loses it where it looks for it in the Parquet file, as it likes to."""
    row = Row(STREET, FIRST, FORCES[0], None, None, None, "Burglary")
    case = Case((*[row] * 9, *[replace(row, id=b"\x80" * 32)] * 2), ())
    agreed(DuckDBEngine, case)
    assert [cell.repeats for cell in case.law().cells] == [1]
