"""Five real months, counted by the law in plain Python out of the CSV files, and by the engine out of the parts."""

import zipfile
from dataclasses import astuple
from pathlib import Path

from quarterday.domain.places import Places
from quarterday.sources.police_uk import read_police_uk
from quarterday.sources.police_uk_files import STREET
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.duckdb_engine import DuckDBEngine
from quarterday.warehouse.reference_counting import Law, rows_of_csv
from tests.engines.made_rows import count_parts


def test_the_engine_counts_a_real_archive_as_the_law_does(shared_data: Path, tmp_path: Path) -> None:
    archive = shared_data / "police-uk" / "west-mercia-2018-10-to-2019-02.zip"
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "csv")
    paths = sorted(tmp_path.joinpath("csv").rglob("*-street.csv"))
    law = Law([row for path in paths for row in rows_of_csv(path, STREET)], Places(()), PoliceCounting())
    parts = tmp_path / "parts"
    parts.mkdir()
    engine = DuckDBEngine(tmp_path)
    written = [parts / part.part for part in read_police_uk(archive).write(parts) if part.dataset == STREET]
    force_of = count_parts(engine, written, tmp_path, links=())
    cells = engine.rows(
        "select dataset, month, force, district, category, rows_counted, rows_repeated from counts "
        "order by dataset, month, force, district, category"
    )
    figures = engine.rows("select measure, area, first_month, value from figures order by measure, area, first_month")
    engine.close()
    assert len(law.repeats) > 0
    assert cells == [astuple(cell) for cell in law.cells]
    assert force_of == law.force_of
    assert figures == sorted((f.measure, f.area, f.period.first, f.value) for f in law.figures)
