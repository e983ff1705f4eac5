"""Editions from the police.uk archive: nine of Leicestershire, and Redditch from five months."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Program

LEICESTERSHIRE = ROOT / "src" / "quarterday" / "examples" / "leicestershire" / "plan.toml"
YEAR = [*(f"2021-{month}" for month in (10, 11, 12)), *(f"2022-0{month}" for month in range(1, 10))]
REDDITCH = """
format = 1
[partnership]
name = "Redditch Community Safety Partnership"
short_name = "Redditch"
areas = [{ name = "Redditch" }]
[[priorities]]
name = "Burglary"
[[priorities.measures]]
name = "Burglary"
counted_as = "Burglary (police.uk)"
unit = "offences"
unit_singular = "offence"
definition = "Burglary in Redditch."
source = "West Mercia Police, published at data.police.uk"
polarity = "lower"
window = 3
"""


@pytest.fixture(scope="module")
def editions(
    shared_data: Path, program: Program, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """Nine editions of quarter 2 of 2022/23."""
    home = tmp_path_factory.mktemp("leicestershire")
    for command in (
        ["load", "plan", LEICESTERSHIRE],
        ["load", "police-uk", shared_data / "police-uk" / "leicestershire-2019-12-to-2022-10.zip"],
        ["load", "population", shared_data / "geography" / "lad_population_mid2017_from_lsoa.csv"],
        ["build", "--all", "--quarter", "2022/23 Q2", "--format", "json"],
    ):
        done = program("--home", home, *command)
        assert done.returncode == 0, done.stderr
    documents = (json.loads(file.read_text("utf-8")) for file in home.glob("editions/*/2022-23-q2/edition.json"))
    return {document["short_name"]: document for document in documents}


def rows(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["measure"]: row for row in document["priorities"][0]["measures"]["rows"]}


def test_there_is_an_edition_for_each_of_the_nine_partnerships(editions: dict[str, dict[str, Any]]) -> None:
    assert len(editions) == 9


def test_every_total_is_the_sum_of_independent_counts(editions: dict[str, dict[str, Any]], shared_data: Path) -> None:
    with (shared_data / "expected" / "leicestershire_lad_month_crimetype_counts.csv").open(encoding="utf-8") as file:
        expected: dict[tuple[str, str], int] = {}
        for row in csv.DictReader(file):
            if row["month"] in YEAR:
                key = row["lad_name"], row["crime_type"]
                expected[key] = expected.get(key, 0) + int(row["count"])
    made = {
        (district, measure): row["figures"][-1]["value"]
        for district, document in editions.items()
        for measure, row in rows(document).items()
        if measure != "All crime"
    }
    assert len(made) == 9 * 12
    # The expected counts hold the few repeats; tests/real/test_police_uk.py explains each of those.
    less = {key: expected[key] - value for key, value in made.items() if value != expected[key]}
    assert sum(less.values()) <= 10
    assert set(less.values()) <= {1}


def test_each_measure_ranks_every_partnership_once_among_nine(editions: dict[str, dict[str, Any]]) -> None:
    places: dict[str, list[int]] = {}
    for document in editions.values():
        for measure, row in rows(document).items():
            (standing,) = row["standings"]
            places.setdefault(measure, []).append(standing["rank"])
    assert {tuple(sorted(found)) for found in places.values()} == {tuple(range(1, 10))}


def test_redditch_has_an_edition_from_five_months_and_says_what_is_missing(
    shared_data: Path, program: Program, tmp_path: Path
) -> None:
    (tmp_path / "plan.toml").write_text(REDDITCH, "utf-8")
    for command in (
        ["load", "plan", tmp_path / "plan.toml"],
        ["load", "police-uk", shared_data / "police-uk" / "west-mercia-2018-10-to-2019-02.zip"],
        ["build", "--partnership", "Redditch", "--quarter", "2018/19 Q3", "--format", "json"],
    ):
        done = program("--home", tmp_path / "home", *command)
        assert done.returncode == 0, done.stderr
    (file,) = tmp_path.glob("home/editions/*/2018-19-q3/edition.json")
    *before, last = rows(json.loads(file.read_text("utf-8")))["Burglary"]["figures"]
    with (shared_data / "expected" / "west-mercia_lad_month_crimetype_counts.csv").open(encoding="utf-8") as counts:
        expected = sum(
            int(row["count"])
            for row in csv.DictReader(counts)
            if (row["lad_name"], row["crime_type"]) == ("Redditch", "Burglary") and row["month"] <= "2018-12"
        )
    assert last["value"] == expected
    assert [figure["value"] for figure in before] == [None] * 7
    assert all(figure["marks"] == ["[x]"] for figure in before)
