"""The quality of a load, from its files to its sentences."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.commentary import quality as find
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.editions.home import Home
from quarterday.editions.quality import quality_of, quality_report
from quarterday.sources.police_uk import read_police_uk
from quarterday.warehouse.base import Intake, Warehouse
from tests.made_archive import crime, streets

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Home(tmp_path).warehouse()


def intake(counts: Sequence[float]) -> Intake:
    """A monthly return that starts with January 2020."""
    january = Period.month(2020, 1)
    figures = tuple(Figure("Theft", "Redditch", january.shift(month), count) for month, count in enumerate(counts))
    file = SourceFile("return.csv", hashlib.sha256(repr(figures).encode()).hexdigest())
    return Intake(Source("Monthly return", "Exampleton Council", "", (file,)), "made 1", figures)


def test_what_a_load_revised_is_told_then_and_later_alike(warehouse: Warehouse) -> None:
    first = warehouse.land(intake([10, 11, 12]), loaded_at=NOON).release
    landing = warehouse.land(intake([10, 14, 12, 13]), loaded_at=NOON)
    then = quality_report(warehouse, landing.release, landing.revisions)
    assert then == quality_of(warehouse)
    assert "Revised by most: Theft, Redditch, February 2020, from 11 to 14." in then.sentences
    assert not any("Revised" in sentence for sentence in quality_of(warehouse, first.id).sentences)


def test_a_release_that_was_withdrawn_is_not_the_latest_and_revises_nothing(warehouse: Warehouse) -> None:
    first = warehouse.land(intake([10, 11]), loaded_at=NOON).release
    second = warehouse.land(intake([10, 12]), loaded_at=NOON).release
    warehouse.withdraw(second.id, withdrawn_at=NOON)
    assert quality_of(warehouse).release.id == first.id
    third = warehouse.land(intake([10, 13]), loaded_at=NOON).release
    assert any("from 11 to 13" in sentence for sentence in quality_of(warehouse, third.id).sentences)


def test_rows_that_no_district_has_are_told_and_are_no_series_of_their_own(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    rows = [crime("2020-01", word="a"), crime("2020-01", word="b"), crime("2020-01", lsoa="", word="c")]
    archive = streets(tmp_path / "police.zip", {"2020-01": rows, "2020-02": [crime("2020-02", word="a")]})
    landing = warehouse.land_rows(read_police_uk(archive), loaded_at=NOON)
    found = quality_report(warehouse, landing.release, landing.revisions)
    [counted] = [finding for finding in found.findings if finding.kind == find.NOT_COUNTED]
    assert counted.values == {"rows": 4, "repeated": 1, "without a place": 1, "in other areas": 0}
    [location] = [finding for finding in found.findings if finding.kind == find.LOCATION]
    assert (location.area, location.values["share"]) == ("West Mercia (force)", 25)


def test_tallies_of_rows_are_no_measures_that_jump(warehouse: Warehouse, tmp_path: Path) -> None:
    months = [month.code for month in Period(Period.month(2020, 1).first, 24)]
    rows = {month: [crime(month, lsoa="")] * (5 if month < "2021" else 30) for month in months}
    landing = warehouse.land_rows(read_police_uk(streets(tmp_path / "police.zip", rows)), loaded_at=NOON)
    found = quality_report(warehouse, landing.release, landing.revisions)
    [jump] = [finding for finding in found.findings if finding.kind == find.JUMP]
    assert (jump.area, jump.values["series"], jump.values["of measures"]) == ("West Mercia (force)", 2, 2)
    assert jump.periods == (Period.month(2021, 1),)


def test_a_month_without_a_file_is_missing(warehouse: Warehouse, tmp_path: Path) -> None:
    months = {month: [crime(month, word=month)] for month in ("2020-01", "2020-03")}
    landing = warehouse.land_rows(read_police_uk(streets(tmp_path / "police.zip", months)), loaded_at=NOON)
    found = quality_report(warehouse, landing.release, landing.revisions)
    assert "Missing, which is not nought: February 2020, in the whole load." in found.sentences


def test_a_name_that_is_no_release_is_answered_with_those_that_are(warehouse: Warehouse) -> None:
    with pytest.raises(InputError, match="no release of figures is held; load some first"):
        quality_of(warehouse)
    held = warehouse.land(intake([10]), loaded_at=NOON).release
    with pytest.raises(InputError, match=f"'nix' is no release of figures; those held: {held.id}"):
        quality_of(warehouse, "nix")
