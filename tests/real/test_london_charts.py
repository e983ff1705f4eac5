"""The charts of a London borough, from the police's own tables."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from quarterday.statistics import control
from tests.conftest import ROOT, Program

LONDON = ROOT / "src" / "quarterday" / "examples" / "london" / "plan.toml"
BOROUGH = "Camden"


@pytest.fixture(scope="module")
def folder(shared_data: Path, program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of quarter 4 of 2024/25."""
    home = tmp_path_factory.mktemp("london")
    people = shared_data / "geography" / "london-borough-population-1801-to-2021.xlsx"
    for command in (
        ["load", "plan", LONDON],
        ["load", "met-police", shared_data / "met-police" / "2026-02"],
        ["load", "population", people],
        ["build", "--partnership", f"{BOROUGH} Community Safety Partnership", "--quarter", "2024/25 Q4",
         "--format", "html,json"],
    ):  # fmt: skip
        done = program("--home", home, *command)
        assert done.returncode == 0, done.stderr
    return home / "editions" / "camden" / "2024-25-q4"


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, Any]]:
    document = json.loads((folder / "edition.json").read_text("utf-8"))
    found: list[dict[str, Any]] = document["priorities"][0]["measures"]["rows"]
    return found


def counted(tables: Path) -> dict[tuple[str, str], int]:
    """The borough's offences of each group in each month, added up from the raw rows."""
    totals: dict[tuple[str, str], int] = {}
    for file in tables.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column, value in row.items():
                    if row["BoroughName"] == BOROUGH and column.isdigit():
                        key = row["MajorText"].casefold(), f"{column[:4]}-{column[4:]}"
                        totals[key] = totals.get(key, 0) + int(value)
    return totals


def test_every_point_is_the_sum_of_the_raw_rows_of_its_month(rows: list[dict[str, Any]], shared_data: Path) -> None:
    raw = counted(shared_data / "met-police" / "2026-02")
    for row in rows:
        points = row["control"]["points"]
        assert len(points) == 60
        made = {(row["measure"].casefold(), point["month"]): point["value"] for point in points}
        assert made == {key: raw[key] for key in made}


def test_what_is_flagged_is_what_the_statistics_flag(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        points = row["control"]["points"]
        expected = control.chart([point["value"] for point in points])
        assert [bool(point["signals"]) for point in points] == [bool(signals) for signals in expected.signals]
        (limits,) = row["control"]["limits"]
        assert (limits["centre"], limits["upper"]) == (expected.centre[0], expected.upper[0])


def test_every_measure_has_its_32_peers_in_order_and_one_is_the_borough(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        places = row["ranked"]["places"]
        assert [place["rank"] for place in places] == list(range(1, 33))
        assert [place["rate"] for place in places] == sorted(place["rate"] for place in places)
        assert [place["area"] for place in places if place["own"]] == [BOROUGH]
        assert all(place["rank_lower"] <= place["rank"] <= place["rank_upper"] for place in places)


def test_the_picture_of_peers_and_the_computed_standing_agree(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        (standing,) = [standing for standing in row["standings"] if standing["basis"] == "computed"]
        (own,) = [place for place in row["ranked"]["places"] if place["own"]]
        assert (own["rank"], own["rate"]) == (standing["rank"], pytest.approx(standing["rate"]))


def test_each_of_the_three_charts_of_a_measure_is_drawn(folder: Path, rows: list[dict[str, Any]]) -> None:
    pictures = [picture for row in rows for picture in (row["chart"], row["control"]["chart"], row["ranked"]["chart"])]
    names = {picture["name"] for picture in pictures}
    assert {file.stem for file in (folder / "charts").glob("*.svg")} == names
    assert len(names) == 33
