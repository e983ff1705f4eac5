"""What is known of the published data is found in them: rows without a place, revisions, fraud and lockdown."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.commentary import quality as find
from quarterday.commentary.quality_draft import write_quality
from quarterday.domain.finding import Finding
from quarterday.domain.period import Period
from quarterday.editions.home import Home
from quarterday.editions.quality import Quality, quality_of, quality_report
from quarterday.sources.home_office_forces import read_home_office_forces
from quarterday.sources.met_police import read_met_police
from quarterday.sources.police_uk import read_police_uk
from quarterday.warehouse.base import Warehouse

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def met(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, dict[str, Quality]]:
    warehouse = Home(tmp_path_factory.mktemp("met")).warehouse()
    found = {}
    for vintage in ("2025-02", "2026-02"):
        landing = warehouse.land(read_met_police(shared_data / "met-police" / vintage), loaded_at=NOON)
        found[vintage] = quality_report(warehouse, landing.release, landing.revisions)
    return warehouse, found


def police(path: Path, home: Path) -> Quality:
    warehouse = Home(home).warehouse()
    landing = warehouse.land_rows(read_police_uk(path), loaded_at=NOON)
    return quality_report(warehouse, landing.release, landing.revisions)


def of_kind(found: Quality, kind: str, measure: str = "") -> list[Finding]:
    return [finding for finding in found.findings if finding.kind == kind and finding.measure.startswith(measure)]


def test_leicestershires_rows_without_a_place_swing_and_are_a_doubt(shared_data: Path, tmp_path: Path) -> None:
    found = police(shared_data / "police-uk" / "leicestershire-2019-12-to-2022-10.zip", tmp_path)
    [location] = of_kind(found, find.LOCATION)
    assert location.verdict == find.DOUBTFUL
    assert found.sentences[1:3] == (
        (
            "Street rows: 301,838. Not counted, as they repeat an earlier one: 10 (under 0.1%). Counted for the force "
            "and for no district: 7,463 (2.5%) without a place, 583 (0.2%) in other areas."
        ),
        (
            "Street rows without a place, Leicestershire (force): 7,463 of 301,838 (2.5%), from 0.2% in February 2021 "
            "to 14.2% in March 2020; 13 of 35 months lie more than 2 points from the usual 0.7%; the figures of its "
            "districts move with them."
        ),
    )
    assert not of_kind(found, find.MISSING)


def test_west_mercias_rows_have_places_and_five_months_tell_no_jump(shared_data: Path, tmp_path: Path) -> None:
    found = police(shared_data / "police-uk" / "west-mercia-2018-10-to-2019-02.zip", tmp_path)
    [location], [jump] = of_kind(found, find.LOCATION), of_kind(found, find.JUMP)
    assert (location.verdict, location.values["without a place"], location.values["rows"]) == ("", 167, 50_984)
    assert jump.unavailable == "it takes 18 months, and there are 5"


@pytest.mark.parametrize("vintage", ["2025-02", "2026-02"])
def test_fraud_that_moved_in_2013_is_the_widest_jump(met: tuple[Warehouse, dict[str, Quality]], vintage: str) -> None:
    widest = of_kind(met[1][vintage], find.JUMP)[0]
    assert widest.measure == "Fraud and forgery (Met Police)"
    assert widest.verdict in {"falls", "goes to nought", "ends"}
    assert widest.periods[0] == Period.month(2013, 2)
    assert widest.values["series"] >= 30


@pytest.mark.parametrize("vintage", ["2025-02", "2026-02"])
@pytest.mark.parametrize("group", ["Theft", "Burglary", "Robbery"])
def test_the_lockdown_is_a_fall_of_which_nobody_says_what_made_it(
    met: tuple[Warehouse, dict[str, Quality]], vintage: str, group: str
) -> None:
    falls = [finding for finding in of_kind(met[1][vintage], find.JUMP, f"{group} (") if finding.verdict == "falls"]
    [lockdown] = [fall for fall in falls if fall.values["series"] > 3 and fall.periods[0] == Period.month(2020, 3)]
    assert lockdown.area == "Westminster"
    assert "it looks like a change in recording or in what happened" in write_quality([lockdown])[0]


def test_an_area_that_is_no_longer_counted_is_told_as_one(met: tuple[Warehouse, dict[str, Quality]]) -> None:
    """In the later vintage the airports' offences stop with February 2024, whatever their kind."""
    said = met[1]["2026-02"].sentences
    assert any(
        sentence.startswith("London Heathrow and London City Airports: 11 of 12 measures go to nought in March 2024")
        for sentence in said
    )


def test_the_later_vintages_revisions_are_told_at_the_load_and_afterwards(
    met: tuple[Warehouse, dict[str, Quality]],
) -> None:
    warehouse, found = met
    [revised] = of_kind(found["2026-02"], find.REVISED)
    assert revised.values == {"figures": 48_955, "marks alone": 0, "came or went": 0}
    assert quality_of(warehouse) == found["2026-02"]
    assert of_kind(found["2025-02"], find.REVISED) == []


def test_rolling_years_are_not_looked_at_for_jumps(shared_data: Path, tmp_path: Path) -> None:
    warehouse = Home(tmp_path).warehouse()
    warehouse.land(read_home_office_forces(shared_data / "home-office" / "rec-crime-pfa.csv"), loaded_at=NOON)
    found = quality_of(warehouse)
    assert not of_kind(found, find.JUMP)
    ended = [finding.measure for finding in of_kind(found, find.ENDS_EARLY)]
    assert ended == ["Fraud offences (Home Office)"]
