"""An edition for every London borough, from the police's own tables, in one call."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Program

LONDON = ROOT / "src" / "quarterday" / "examples" / "london" / "plan.toml"
YEAR = [f"{number // 12}{number % 12 + 1:02d}" for number in range(2024 * 12 + 3, 2025 * 12 + 3)]


@pytest.fixture(scope="module")
def london(shared_data: Path, program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with 32 editions of quarter 4 of 2024/25."""
    home = tmp_path_factory.mktemp("london")
    people = shared_data / "geography" / "london-borough-population-1801-to-2021.xlsx"
    for command in (
        ["load", "plan", LONDON],
        ["load", "met-police", shared_data / "met-police" / "2026-02"],
        ["load", "population", people],
        ["build", "--all", "--quarter", "2024/25 Q4", "--format", "html,json"],
    ):
        done = program("--home", home, *command)
        assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def editions(london: Path) -> dict[str, dict[str, Any]]:
    documents = (json.loads(file.read_text("utf-8")) for file in london.glob("editions/*/2024-25-q4/edition.json"))
    return {document["short_name"]: document for document in documents}


def rows(editions: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for borough, document in editions.items():
        for row in document["priorities"][0]["measures"]["rows"]:
            yield borough, row


def counted(folder: Path) -> dict[tuple[str, str], int]:
    """Each borough's offences of each group in the 12 months to March 2025, added up from the raw rows."""
    totals: dict[tuple[str, str], int] = {}
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                key = row["BoroughName"], row["MajorText"].casefold()
                totals[key] = totals.get(key, 0) + sum(int(row[month]) for month in YEAR if month in row)
    return totals


def test_there_is_an_edition_for_each_of_the_32_boroughs(editions: dict[str, dict[str, Any]]) -> None:
    assert len(editions) == 32
    assert not {"Unknown", "London Heathrow and London City Airports"} & set(editions)


def test_every_total_is_the_sum_of_the_raw_rows(editions: dict[str, dict[str, Any]], shared_data: Path) -> None:
    raw = counted(shared_data / "met-police" / "2026-02")
    made = {(borough, row["measure"].casefold()): row["figures"][-1]["value"] for borough, row in rows(editions)}
    assert len(made) == 32 * 11
    assert {key: raw[key] for key in made} == made


def test_readers_see_the_plans_names_and_not_those_of_the_figures(london: Path) -> None:
    pages = [file.read_text("utf-8") for file in london.glob("editions/*/2024-25-q4/edition.*")]
    assert len(pages) == 64
    assert not any("(Met Police)" in page for page in pages)


def test_the_year_is_compared_with_the_one_before_and_shares_no_month(editions: dict[str, dict[str, Any]]) -> None:
    assert {tuple(row["findings"][0]["periods"]) for _, row in rows(editions)} == {("2023/24", "2024/25")}
    for _, row in rows(editions):
        change = row["findings"][0]["values"]
        assert (change["earlier"], change["later"]) == (row["figures"][3]["value"], row["figures"][7]["value"])


def test_each_measure_ranks_every_borough_once_among_32(editions: dict[str, dict[str, Any]]) -> None:
    places: dict[str, list[int]] = {}
    for _, row in rows(editions):
        (standing,) = row["standings"]
        assert (standing["basis"], standing["of"]) == ("computed", 32)
        places.setdefault(row["measure"], []).append(standing["rank"])
    assert {tuple(sorted(found)) for found in places.values()} == {tuple(range(1, 33))}


def test_the_lowest_rate_ranks_first(editions: dict[str, dict[str, Any]]) -> None:
    by_measure: dict[str, list[tuple[float, int]]] = {}
    for _, row in rows(editions):
        by_measure.setdefault(row["measure"], []).append((row["standings"][0]["rate"], row["standings"][0]["rank"]))
    assert all([rank for _, rank in sorted(found)] == list(range(1, 33)) for found in by_measure.values())


def test_what_is_left_out_is_said_in_every_edition(editions: dict[str, dict[str, Any]]) -> None:
    for document in editions.values():
        said = " ".join(document["notes"])
        assert "Left out of the comparison with London boroughs: Unknown." in said
        assert "London boroughs: London Heathrow and London City Airports." in said


def test_every_edition_names_the_files_it_came_from(editions: dict[str, dict[str, Any]]) -> None:
    names = {name for document in editions.values() for source in document["sources"] for name in source["files"]}
    assert names == {
        "MPS Borough Level Crime (Historical).csv",
        "MPS Borough Level Crime (most recent 24 months).csv",
        "london-borough-population-1801-to-2021.xlsx",
    }
