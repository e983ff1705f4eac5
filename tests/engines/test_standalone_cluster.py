"""A real standalone cluster, of a master and two workers, counts and compares as the law does."""

from itertools import cycle
from pathlib import Path

import pytest

from quarterday.domain.places import Places
from quarterday.sources.police_uk_files import STREET
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.duckdb_engine import DuckDBEngine
from quarterday.warehouse.engine import Engine, Step, steps
from quarterday.warehouse.engines import engine_at
from quarterday.warehouse.reference_counting import Law, Row
from quarterday.warehouse.rolling import Rolling, rolling_table
from tests.engines.made_figures import COLUMN_TYPES
from tests.engines.made_rows import FIRST, LINKS, count_parts, write_parts

pytestmark = pytest.mark.spark

LANDED = """
select place, measure, measure_key, area, area_key, first_month, months, value, status, note, 'rows' as release
from figures
union all
select 1 as place, others.* from others
"""
ASKED = Rolling(1, residents="Residents", wholes={"Burglary (police.uk)": "All crime (police.uk)"}, window=3)


def made_rows() -> list[Row]:
    """Fifteen months of two thousand rows each, of which some stand there again."""
    places = cycle([("E01000003", "Redditch 003C"), ("E01000004", "Bromsgrove 004D"), (None, None)])
    kinds = cycle(["Burglary", "Burglary", "Anti-social behaviour", "Drugs", "Robbery"])
    return [
        Row(STREET, FIRST + month, "West Mercia Police", (number * 13 % 25_000).to_bytes(32), *place, kind)
        for month in range(15)
        for number, place, kind in zip(range(month * 1_900, month * 1_900 + 2_000), places, kinds, strict=False)
    ]


def from_rows_to_table(engine: Engine, parts: list[Path]) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The figures and the rolling table, in one session."""
    count_parts(engine, parts, parts[0].parent, links=LINKS[5:7])
    residents = ("Residents", "residents", "Redditch", "redditch", FIRST, 1, 84_214.0, "", "", "made")
    engine.table("others", COLUMN_TYPES, [residents])
    engine.run([Step("landed", LANDED, kept=False), *steps("newest")])
    rolling_table(engine, ASKED)
    return (
        engine.rows("select measure, area, first_month, value from figures order by measure, area, first_month"),
        engine.rows("select * from rolling order by measure, area, month"),
    )


def test_a_cluster_counts_and_compares_as_duckdb_and_the_law_do(cluster: str, tmp_path: Path) -> None:
    rows = made_rows()
    parts = write_parts(rows, tmp_path)
    engine = engine_at(cluster)(tmp_path)
    figures, table = from_rows_to_table(engine, parts)
    engine.write("select measure, area, month, total from rolling order by total desc, area, month", tmp_path / "out")
    engine.close()
    here = DuckDBEngine(tmp_path)
    assert (figures, table) == from_rows_to_table(here, parts)
    here.parts("written", [tmp_path / "out"])
    written = here.rows("select total from written order by part_row")
    rated = here.rows("select count(rate) from rolling where area = 'Redditch'")
    here.close()
    law = Law(rows, Places(LINKS[5:7]), PoliceCounting())
    assert figures == sorted((f.measure, f.area, f.period.first, f.value) for f in law.figures)
    assert written == sorted(((row[3],) for row in table), reverse=True)
    assert rated != [(0,)]
