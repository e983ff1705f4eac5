"""Comments drafted from the published figures of London and Leicestershire, and the findings behind them."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Program

EXAMPLES = ROOT / "src" / "quarterday" / "examples"
CAMDEN = {
    "Burglary": (
        "Worse than last year: up 54 offences (2.4%), from 2,278 to 2,332. This is within the range of chance: no "
        "clear change. There is a clear trend of +5.3% a year since April 2020. Ranked 31st of 32 (1 = lowest) in "
        "London boroughs (2024/25): 11.1 per 1,000 residents, unusually far above the group average of 6.0."
    ),
    "Possession of weapons": (
        "Lower than last year: down 36 offences (20.5%), from 176 to 140. This is likely more than chance, but not"
        " clear among all measures. Ranked 18th of 32 (1 = lowest) in London boroughs (2024/25), or 15th to 26th "
        "by chance: 0.67 per 1,000 residents, above the group average of 0.61, but not unusually. The count "
        "follows police activity: more searches find more weapons. A rise is neither better nor worse."
    ),
    "Theft": (
        "Worse than last year: up 2,447 offences (12.6%), from 19,445 to 21,892. This is beyond the range of "
        "chance: a clear change. March 2025 had 1,730 offences, above the usual monthly range of 889.5 to 1,630.6."
        " There is a clear trend of +28.5% a year since April 2020. The monthly average was 1,620.4 in 2023/24 and"
        " 1,824.3 in 2024/25."
    ),
}
CHARNWOOD = {
    "Violence and sexual offences": (
        "Higher than last year: up 751 offences (14.6%), from 5,140 to 5,891. This is beyond the range of chance: "
        "a clear change. October 2021 (up 172) stood out against the same month a year before. The months to "
        "September 2022 stay above the usual level for longer than chance gives. Many offences are not reported. A"
        " rise may mean more offences or more trust in reporting, so it is neither better nor worse."
    ),
    "Robbery": (
        "Better than last year: down 6 offences (7.2%), from 83 to 77. This is within the range of chance: no "
        "clear change. Ranked 8th of 9 (1 = lowest) in Leicestershire and Rutland (2022), or 6th to 8th by chance:"
        " 0.43 per 1,000 residents, above the group average of 0.41, but not unusually."
    ),
}


def built(home: Path, program: Program, *commands: list[str | Path]) -> dict[str, dict[str, Any]]:
    """The rows of the edition that the commands build, by measure."""
    for command in commands:
        done = program("--home", home, *command)
        assert done.returncode == 0, done.stderr
    (edition,) = home.glob("editions/*/*/edition.json")
    document = json.loads(edition.read_text("utf-8"))
    return {row["measure"]: row for row in document["priorities"][0]["measures"]["rows"]}


@pytest.fixture(scope="module")
def camden(shared_data: Path, program: Program, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Quarter 4 of 2024/25."""
    return built(
        tmp_path_factory.mktemp("camden"),
        program,
        ["load", "plan", EXAMPLES / "london" / "plan.toml"],
        ["load", "met-police", shared_data / "met-police" / "2026-02"],
        ["load", "population", shared_data / "geography" / "london-borough-population-1801-to-2021.xlsx"],
        ["build", "--partnership", "Camden", "--quarter", "2024/25 Q4", "--format", "json"],
    )


@pytest.fixture(scope="module")
def charnwood(
    shared_data: Path, program: Program, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """Quarter 2 of 2022/23."""
    return built(
        tmp_path_factory.mktemp("charnwood"),
        program,
        ["load", "plan", EXAMPLES / "leicestershire" / "plan.toml"],
        ["load", "police-uk", shared_data / "police-uk" / "leicestershire-2019-12-to-2022-10.zip"],
        ["load", "population", shared_data / "geography" / "lad_population_mid2017_from_lsoa.csv"],
        ["build", "--partnership", "Charnwood", "--quarter", "2022/23 Q2", "--format", "json"],
    )


@pytest.mark.parametrize("measure", CAMDEN)
def test_a_boroughs_comment_is_what_its_figures_carry(camden: dict[str, dict[str, Any]], measure: str) -> None:
    assert camden[measure]["drafted"] == CAMDEN[measure]


@pytest.mark.parametrize("measure", CHARNWOOD)
def test_a_districts_comment_is_what_its_figures_carry(charnwood: dict[str, dict[str, Any]], measure: str) -> None:
    assert charnwood[measure]["drafted"] == CHARNWOOD[measure]


def finding(row: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(found for found in row["findings"] if found["kind"] == kind)


def test_each_quarters_change_is_that_of_the_raw_rows(camden: dict[str, dict[str, Any]], shared_data: Path) -> None:
    months: dict[str, int] = {}
    for file in (shared_data / "met-police" / "2026-02").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if (row["BoroughName"], row["MajorText"].casefold()) == ("Camden", "burglary"):
                    for month, count in row.items():
                        months[month] = months.get(month, 0) + int(count) if month.isdigit() else 0
    first = sum(months[f"2024{month:02d}"] - months[f"2023{month:02d}"] for month in (4, 5, 6))
    assert finding(camden["Burglary"], "quarters against a year before")["values"]["2024/25 Q1"] == first


def test_shares_of_the_types_of_crime_are_of_all_crime(charnwood: dict[str, dict[str, Any]]) -> None:
    shares = {
        name: finding(row, "share of total")["values"]["share"]
        for name, row in charnwood.items()
        if any(found["kind"] == "share of total" for found in row["findings"])
    }
    assert "Anti-social behaviour" not in shares
    assert "All crime" not in shares
    whole = charnwood["All crime"]["figures"][-1]["value"]
    assert shares["Robbery"] == pytest.approx(100 * charnwood["Robbery"]["figures"][-1]["value"] / whole)


def test_every_comment_is_about_sixty_words_at_most(
    camden: dict[str, dict[str, Any]], charnwood: dict[str, dict[str, Any]]
) -> None:
    for row in (*camden.values(), *charnwood.values()):
        said = [item["text"] for item in row["sentences"] if item["finding"] not in {"caveat", "reading"}]
        assert len(" ".join(said).split()) <= 60
