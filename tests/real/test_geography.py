"""The look-up of districts, partnerships and forces of 2024, and the small areas seen in police.uk's files."""

from pathlib import Path

import pytest

from quarterday.domain.places import Places
from quarterday.sources.geography import read_geography
from quarterday.warehouse.base import Lookup


@pytest.fixture(scope="module")
def districts(shared_data: Path) -> Lookup:
    return read_geography(shared_data / "geography" / "lad24_csp24_pfa24_lookup.csv")


@pytest.fixture(scope="module")
def small_areas(shared_data: Path) -> Lookup:
    return read_geography(shared_data / "geography" / "lsoa11_seen_in_police_uk_with_lad_name.csv")


@pytest.fixture(scope="module")
def places(districts: Lookup, small_areas: Lookup) -> Places:
    return Places(districts.links + small_areas.links)


def test_every_district_partnership_and_force_is_there(districts: Lookup) -> None:
    assert districts.notes == ("318 districts of 2024, 314 partnerships of 2024, 43 forces of 2024.",)


def test_every_small_area_has_a_district(places: Places, small_areas: Lookup) -> None:
    assert small_areas.notes[0] == "26,928 LSOAs of 2011, 348 districts."
    found = places.district_of_lsoa()
    assert len(found) == 26928
    assert (found["E01000001"], found["W01001958"]) == ("City of London", "Swansea")


def test_every_district_has_one_of_43_forces(places: Places) -> None:
    forces = places.force_of_district()
    assert len(forces) == 318
    assert len(set(forces.values())) == 43
    assert forces["Redditch"] == "West Mercia (force)"
    assert forces["City of London"] == "City of London (force)"
    assert forces["Torridge"] == "Devon and Cornwall (force)"


def test_each_partnership_is_made_of_whole_districts_or_cannot_be_counted(places: Places) -> None:
    made, not_counted = places.partnerships(), places.uncountable()
    assert (len(made), len(not_counted), set(made) & set(not_counted)) == (293, 21, set())
    assert made["North Worcestershire"] == ("Bromsgrove", "Redditch", "Wyre Forest")
    assert made["Leicester"] == ("Leicester",)


def test_the_four_partnerships_of_buckinghamshire_cannot_be_counted(places: Places) -> None:
    of_buckinghamshire = {name for name, why in places.uncountable().items() if why.startswith("Buckinghamshire holds")}
    assert of_buckinghamshire == {"Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe"}


def test_partnerships_that_are_not_the_district_of_their_name_are_told_apart(places: Places) -> None:
    assert places.partnerships()["North Devon (CSP)"] == ("North Devon", "Torridge")
    assert {name for name in places.uncountable() if name.endswith("(CSP)")} == {"Dorset (CSP)"}
