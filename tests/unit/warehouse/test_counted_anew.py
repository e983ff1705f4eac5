"""When a look-up lands or is withdrawn, all rows that are held are counted by those that then stand."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.places import Kind, Link, Place
from quarterday.domain.source import Source, SourceFile
from quarterday.sources.police_uk import read_police_uk
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.base import Lookup
from quarterday.warehouse.duckdb import DuckDBWarehouse
from tests.made_archive import LSOAS, crime, streets

AT = datetime(2026, 4, 20, tzinfo=UTC)
MERGED = Lookup(
    Source("Look-up", "ONS", "OGL", (SourceFile("look-up.csv", "0" * 64),)),
    "geography 1",
    tuple(
        Link(Place(Kind.LSOA, LSOAS[name], name, 2021), Place(Kind.DISTRICT, "", "North Worcestershire", 2024))
        for name in ("Redditch 001A", "Bromsgrove 002B")
    ),
)


@pytest.fixture
def warehouse(tmp_path: Path) -> DuckDBWarehouse:
    """Two releases of rows, of a month each, in both of which a crime is there twice."""
    made = DuckDBWarehouse(tmp_path / "warehouse", counting={"police-uk": PoliceCounting()})
    for month in ("2024-05", "2024-06"):
        twice = [crime(month, word="one"), crime(month, word="one")]
        rows = [*twice, crime(month, lsoa="Bromsgrove 002B"), crime(month, lsoa="Wyre Forest 003C"), crime(month)]
        made.land_rows(read_police_uk(streets(tmp_path / f"{month}.zip", {month: rows})), loaded_at=AT)
    return made


def burglary(warehouse: DuckDBWarehouse) -> dict[str, list[float | None]]:
    """The counts of each district, month by month."""
    held = warehouse.holdings("Burglary (police.uk)").values()
    return {
        one.area: [figure.value for figure in one.figures.values()] for one in held if not one.area.endswith("(force)")
    }


BY_NAME = {"Bromsgrove": [1, 1], "Redditch": [2, 2], "Wyre Forest": [1, 1]}
BY_LOOKUP = {"North Worcestershire": [3, 3], "Wyre Forest": [1, 1]}


def test_a_look_up_moves_the_rows_of_every_release_and_its_withdrawal_moves_them_back(
    warehouse: DuckDBWarehouse,
) -> None:
    assert burglary(warehouse) == BY_NAME
    landed = warehouse.land_lookup(MERGED, loaded_at=AT)
    assert burglary(warehouse) == BY_LOOKUP
    warehouse.withdraw(landed.release.id, withdrawn_at=AT)
    assert burglary(warehouse) == BY_NAME


def test_rows_that_an_earlier_version_kept_are_counted_anew_as_well(warehouse: DuckDBWarehouse, tmp_path: Path) -> None:
    """It did not keep how many rows there are in each small area."""
    [manifest] = (tmp_path / "warehouse" / "manifests").glob("00000002.json")
    held = json.loads(manifest.read_text("utf-8"))
    for parts in held["parts"].values():
        parts["rows"] = [rows for rows in parts["rows"] if rows["part"]["part"] != "by_lsoa.parquet"]
    manifest.write_text(json.dumps(held), "utf-8")
    warehouse.land_lookup(MERGED, loaded_at=AT)
    assert burglary(warehouse) == BY_LOOKUP


def test_a_release_shows_its_figures_as_they_are_counted_today(warehouse: DuckDBWarehouse) -> None:
    first = warehouse.releases()[0].id
    warehouse.land_lookup(MERGED, loaded_at=AT)
    districts = {figure.area for figure in warehouse.figures_in(first)}
    assert districts == {"North Worcestershire", "West Mercia (force)", "Wyre Forest"}
