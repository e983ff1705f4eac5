"""What a load would do is what it then does; trying it changes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.sources.police_uk import read_police_uk
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.base import Intake
from quarterday.warehouse.duckdb import DuckDBWarehouse
from tests.made_archive import crime, streets

NOON = datetime(2012, 4, 16, 12, tzinfo=UTC)
MARCH = Period.month(2012, 3)

Made = Callable[..., Intake]


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    (tmp_path / "drafts").mkdir()
    return tmp_path / "drafts"


@pytest.fixture
def police(tmp_path: Path) -> DuckDBWarehouse:
    """A warehouse that holds May 2024, with two burglaries in Redditch."""
    warehouse = DuckDBWarehouse(tmp_path / "police", counting={"police-uk": PoliceCounting()})
    rows = {"2024-05": [crime("2024-05", word="one"), crime("2024-05", word="two")]}
    warehouse.land_rows(read_police_uk(streets(tmp_path / "may.zip", rows)), loaded_at=NOON)
    return warehouse


def test_figures_are_compared_as_they_will_be_and_none_lands(
    warehouse: DuckDBWarehouse, made: Made, drafts: Path
) -> None:
    warehouse.land(made(Figure("Theft", "Redditch", MARCH, 5)), loaded_at=NOON)
    later = made(Figure("Theft", "Redditch", MARCH, 6), Figure("Theft", "Wyre Forest", MARCH, 1))
    trial = warehouse.would_land(later, loaded_at=NOON, drafts=drafts)
    assert len(warehouse.releases()) == 1
    assert [(line.measure, line.area, line.values) for line in trial.lines] == [
        ("Theft", "Redditch", (6,)),
        ("Theft", "Wyre Forest", (1,)),
    ]
    assert warehouse.land(later, loaded_at=NOON) == trial.landing


def test_what_is_the_latest_already_would_change_nothing(warehouse: DuckDBWarehouse, made: Made, drafts: Path) -> None:
    intake = made(Figure("Theft", "Redditch", MARCH, 5))
    warehouse.land(intake, loaded_at=NOON)
    assert warehouse.would_land(intake, loaded_at=NOON, drafts=drafts).landing.already_held


def test_rows_are_counted_and_compared_as_they_will_be_and_none_lands(
    police: DuckDBWarehouse, drafts: Path, tmp_path: Path
) -> None:
    rows = {
        "2024-05": [crime("2024-05", word="one"), crime("2024-05", word="two"), crime("2024-05", word="three")],
        "2024-06": [crime("2024-06", word="four")],
    }
    archive = streets(tmp_path / "june.zip", rows)
    trial = police.would_land_rows(read_police_uk(archive), loaded_at=NOON, drafts=drafts)
    burglary = next(line for line in trial.lines if (line.measure, line.area) == ("Burglary (police.uk)", "Redditch"))
    assert (burglary.values, len(police.releases())) == ((3, 1), 1)
    assert trial.landing.revised > 0
    assert police.land_rows(read_police_uk(archive), loaded_at=NOON) == trial.landing


def test_rows_at_fault_are_refused_as_they_would_be(police: DuckDBWarehouse, drafts: Path, tmp_path: Path) -> None:
    archive = streets(tmp_path / "bad.zip", {"2024-06": [crime("2024-05")]})
    with pytest.raises(InputError, match="2024-06"):
        police.would_land_rows(read_police_uk(archive), loaded_at=NOON, drafts=drafts)
