"""The made-up archives of the benchmarks have the shape of police.uk's, and are the same each time."""

import csv
import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from bench.country import FORCES, LSOAS, districts, write_geography, write_peers, write_residents
from bench.police_uk import TYPES, write_archive
from quarterday.domain.places import Kind
from quarterday.sources.geography import read_geography
from quarterday.sources.population import read_population

JANUARY = 2025 * 12
SCALE = 0.02  # about 10,000 rows a month
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "two-months.zip"
    write_archive(path, months=[JANUARY, JANUARY + 1], scale=SCALE)
    return path


@pytest.fixture(scope="module")
def members(archive: Path) -> dict[str, Rows]:
    """The rows of each member of the archive, by its name."""
    with zipfile.ZipFile(archive) as opened:
        return {name: list(csv.DictReader(io.StringIO(opened.read(name).decode()))) for name in opened.namelist()}


@pytest.fixture(scope="module")
def rows(members: dict[str, Rows]) -> Rows:
    return [row for content in members.values() for row in content]


@pytest.fixture(scope="module")
def force_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The force of each LSOA, from the look-up as it is written."""
    path = tmp_path_factory.mktemp("geography") / "geography.csv"
    write_geography(path)
    with path.open(newline="") as file:
        return {row["LSOA21CD"]: row["PFA24NM"] for row in csv.DictReader(file)}


def test_there_is_a_file_for_each_force_and_month(members: dict[str, Rows]) -> None:
    slugs = [force[0] for force in FORCES]
    assert list(members) == [f"{month}/{month}-{slug}-street.csv" for month in ("2025-01", "2025-02") for slug in slugs]
    assert all(members.values())


def test_the_columns_are_those_of_police_uk(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        heads = {opened.read(name).split(b"\n")[0] for name in opened.namelist()}
    wanted = (
        b"Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
        b"Crime type,Last outcome category,Context"
    )
    assert heads == {wanted}


def test_every_row_is_of_its_files_month_and_force(members: dict[str, Rows]) -> None:
    names = {slug: name for slug, name, *_ in FORCES}
    for member, content in members.items():
        slug = member.removesuffix("-street.csv")[16:]
        found = {(row["Month"], row["Reported by"], row["Falls within"], row["Context"]) for row in content}
        assert found == {(member[:7], names[slug], names[slug], "")}


def test_anti_social_behaviour_alone_has_no_id_and_no_outcome(rows: Rows) -> None:
    for row in rows:
        crime = row["Crime type"] != "Anti-social behaviour"
        assert len(row["Crime ID"]) == 64 * crime
        assert bool(row["Last outcome category"]) == crime
    assert {row["Crime type"] for row in rows} == set(TYPES)


def test_rows_and_bytes_are_as_many_as_those_of_real_files(archive: Path, rows: Rows) -> None:
    assert len(rows) == pytest.approx(6_500_000 * SCALE / 6, rel=0.1)
    with zipfile.ZipFile(archive) as opened:
        assert sum(member.file_size for member in opened.infolist()) / len(rows) == pytest.approx(225, abs=10)


def test_one_to_three_rows_in_a_hundred_have_no_place(rows: Rows) -> None:
    lost = [row for row in rows if not row["LSOA code"]]
    assert 0.01 < len(lost) / len(rows) < 0.03
    assert {(row["Location"], row["Longitude"], row["LSOA name"]) for row in lost} == {("No Location", "", "")}


def test_some_ids_come_again_in_another_place_or_month(rows: Rows) -> None:
    places = defaultdict(set)
    months = defaultdict(set)
    for row in rows:
        if row["Crime ID"]:
            places[row["Crime ID"]].add((row["Month"], row["Longitude"]))
            months[row["Crime ID"]].add(row["Month"])
    in_two_months = sum(len(found) > 1 for found in months.values())
    in_two_places = sum(len(found) > 1 for found in places.values()) - in_two_months
    assert 0 < in_two_places < 0.01 * len(rows)
    assert 0 < in_two_months < 0.01 * len(rows)


def test_a_crime_that_comes_again_has_its_place_and_a_newer_outcome(rows: Rows) -> None:
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in rows:
        if row["Crime ID"]:
            found[row["Crime ID"]][row["Month"]] = row
    again = [(months["2025-01"], months["2025-02"]) for months in found.values() if len(months) > 1]
    assert again
    changing = {"Month", "Last outcome category"}
    for earlier, later in again:
        assert {key for key in earlier if earlier[key] != later[key]} == changing
        assert earlier["Last outcome category"] == "Under investigation"


def test_a_forces_file_holds_some_of_other_areas(members: dict[str, Rows], force_of: dict[str, str]) -> None:
    own = {slug: area for slug, _, area, _ in FORCES}
    elsewhere = Counter(
        force_of[row["LSOA code"]] == own[member.removesuffix("-street.csv")[16:]]
        for member, content in members.items()
        for row in content
        if row["LSOA code"]
    )
    assert 0 < elsewhere[False] < 0.02 * elsewhere[True]


def test_the_same_seed_gives_the_same_bytes_and_another_others(archive: Path, tmp_path: Path) -> None:
    def written(seed: int) -> str:
        path = tmp_path / f"{seed}.zip"
        write_archive(path, months=[JANUARY, JANUARY + 1], scale=SCALE, seed=seed)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    assert written(1) == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert written(2) != written(1)


def test_a_month_is_the_same_in_an_archive_of_its_own(members: dict[str, Rows], tmp_path: Path) -> None:
    write_archive(tmp_path / "month.zip", months=[JANUARY + 1], scale=SCALE)
    with zipfile.ZipFile(tmp_path / "month.zip") as opened:
        found = opened.read("2025-02/2025-02-gwent-street.csv").decode()
    assert list(csv.DictReader(io.StringIO(found))) == members["2025-02/2025-02-gwent-street.csv"]


def test_the_country_is_as_large_as_england_and_wales(force_of: dict[str, str]) -> None:
    assert len(FORCES) == 43
    assert len({district.name for district in districts()}) == len(districts()) == 330
    assert len(force_of) == LSOAS == 35_000
    assert set(force_of.values()) == {force[2] for force in FORCES}


def test_each_partnership_has_a_group_of_fifteen_that_holds_itself(tmp_path: Path) -> None:
    write_peers(tmp_path / "peers.csv")
    groups = defaultdict(set)
    with (tmp_path / "peers.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            groups[row["area"]].add(row["member"])
    assert set(groups) == {district.name for district in districts()}
    assert all(area in group and len(group) == 15 for area, group in groups.items())


def test_the_file_of_residents_is_one_that_the_program_reads(tmp_path: Path) -> None:
    write_residents(tmp_path / "residents.csv")
    figures = read_population(tmp_path / "residents.csv").figures
    assert len(figures) == 330 * 11
    assert min(figure.value or 0 for figure in figures) > 5_000


@pytest.mark.parametrize("moved", [0, 100])
def test_the_look_up_is_one_that_the_program_reads(tmp_path: Path, moved: int) -> None:
    write_geography(tmp_path / "geography.csv", moved=moved)
    links = read_geography(tmp_path / "geography.csv").links
    assert len({link.place.code for link in links if link.place.kind is Kind.LSOA}) == 35_000
