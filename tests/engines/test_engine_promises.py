"""What every engine does with tables, parts and steps; the same tests for each."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from quarterday.domain.faults import InputError
from quarterday.warehouse.engine import Engine, Step
from quarterday.warehouse.engines import engine_at
from tests.engines.conftest import HERE


@pytest.fixture(params=["duckdb", pytest.param(HERE, marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    spill = tmp_path / "spill"
    spill.mkdir()
    made = engine_at(request.param)(spill)
    yield made
    made.close()


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Two files of three rows each, in a folder whose name means something to a file system or to SQL."""
    folder = tmp_path / "it's [our] *data* {here}"
    folder.mkdir()
    paths = [folder / "a.parquet", folder / "b.parquet"]
    for number, path in enumerate(paths):
        rows = duckdb.sql(
            "select ? * 10 + i as place, '\\xFF'::blob as id, null::varchar as lsoa from range(3) t(i)", params=[number]
        )
        rows.write_parquet(str(path))
    return paths


def test_a_row_knows_its_place_in_its_part(engine: Engine, parts: list[Path]) -> None:
    engine.parts("rows_in", parts)
    rows = engine.rows("select place, part_row, id, lsoa from rows_in order by place")
    assert rows == [(10 * part + row, row, b"\xff", None) for part in range(2) for row in range(3)]
    assert all(type(row[2]) is bytes for row in rows)


def test_a_table_holds_what_it_was_given(engine: Engine) -> None:
    columns = {"a": "varchar", "b": "integer", "c": "bigint", "d": "double", "e": "boolean"}
    rows = [("two\nlines, 'quoted'", 1, 2**40, 0.1, True), (None, None, None, None, None), ("", 0, 0, 5, False)]
    engine.table("given", columns, rows)
    engine.table("nothing", columns, [])
    assert engine.rows("select * from given order by b nulls first") == [rows[1], rows[2], rows[0]]
    assert engine.rows("select * from nothing") == []


def test_steps_select_from_the_steps_before_them(engine: Engine) -> None:
    engine.table("given", {"a": "integer"}, [(1,), (2,), (3,)])
    steps = [
        Step("kept", "-- a remark\nselect a * 2 as b from given", kept=True),
        Step("named", "select b + 1 as c from kept", kept=False),
    ]
    engine.run(steps)
    assert engine.rows("select c from named order by c") == [(3,), (5,), (7,)]


def test_what_is_written_is_one_file_in_the_order_that_was_stated(engine: Engine, tmp_path: Path) -> None:
    numbers = [(number * 7_919 % 10_007,) for number in range(10_007)]
    engine.table("given", {"a": "integer"}, numbers)
    part = tmp_path / "out [1].parquet"
    engine.write("select a, cast(a as double) as b from given order by a desc", part)
    written = duckdb.execute("select a, b from read_parquet(?)", [str(part).replace("[", "[[]")]).fetchall()
    assert written == [(number, float(number)) for number in reversed(range(10_007))]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out [1].parquet", "spill"]
    assert list(tmp_path.joinpath("spill").iterdir()) == []


def test_an_address_that_is_none_is_refused() -> None:
    for address in ("sparks", "local", "local[0]", "spark://", "spark://host", "spark://host:7077,other"):
        with pytest.raises(InputError, match=r"wanted local\[2\] or spark://host:7077"):
            engine_at(address)
