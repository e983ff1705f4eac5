"""Rates and proportions against other people's test suites."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from quarterday.statistics.rates import byar_limits, exact_limits, proportion, rate, wilson_limits
from tests.real.conftest import SHARED, present

PHE = 1e-12  # the tolerance that the sets' README gives for PHEindicatormethods
STATSMODELS = 1e-8


@pytest.fixture(scope="module")
def vectors() -> Path:
    """The reference numbers."""
    return present(SHARED / "vectors", "the reference numbers are")


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as lines:
        yield from csv.DictReader(lines)


def number(text: str) -> float | None:
    return float(text) if text not in {"", "NA"} else None


def whole(text: str) -> int | None:
    return int(text) if text not in {"", "NA"} else None


def test_limits_of_counts_and_proportions_are_phes(vectors: Path) -> None:
    """PHEindicatormethods/Byars_Wilson, at 1e-12: Byar's for every count, and Wilson's, of fractions too."""
    for row in rows(vectors / "PHEindicatormethods" / "Byars_Wilson" / "testdata_B_W.csv"):
        x, confidence = float(row["x"]), float(row["confidence"].strip("%")) / 100
        if row["method"] == "Wilson":
            lower, upper = wilson_limits(x, float(row["n"]), confidence=confidence)
        else:
            lower, upper = byar_limits(x, confidence=confidence, exact_below=0)
        # Where the approximation has no lower limit, ours is 0.
        assert float(lower) == pytest.approx(number(row["lowercl"]) or 0, rel=PHE)
        assert float(upper) == pytest.approx(float(row["uppercl"]), rel=PHE)


@pytest.mark.parametrize("name", ["Rate", "Rate_g"])
def test_rates_are_phes(vectors: Path, name: str) -> None:
    """PHEindicatormethods/Rate, single and grouped, at 1e-12; what is missing there is missing here."""
    for row in rows(vectors / "PHEindicatormethods" / "Rate" / f"testdata_{name}.csv"):
        for confidence, lower, upper in limits_of(row):
            found = rate(
                whole(row["Numerator"]),
                whole(row["Denominator"]),
                multiplier=float(row["multiplier"]),
                confidence=confidence,
            )
            same(found, number(row["value"]), lower, upper)


@pytest.mark.parametrize("name", ["Prop", "Prop_g"])
def test_proportions_are_phes(vectors: Path, name: str) -> None:
    """PHEindicatormethods/Proportion, single and grouped, at 1e-12."""
    for row in rows(vectors / "PHEindicatormethods" / "Proportion" / f"testdata_{name}.csv"):
        for confidence, lower, upper in limits_of(row):
            found = proportion(whole(row["Numerator"]), whole(row["Denominator"]), confidence=confidence)
            wanted = (number(row["value"]), lower, upper)
            same(found, *(None if value is None else value / float(row["multiplier"]) for value in wanted))


def limits_of(row: dict[str, str]) -> list[tuple[float, float | None, float | None]]:
    if "lowercl" in row:
        return [(0.95, number(row["lowercl"]), number(row["uppercl"]))]
    return [
        (0.95, number(row["lower95_0cl"]), number(row["upper95_0cl"])),
        (0.998, number(row["lower99_8cl"]), number(row["upper99_8cl"])),
    ]


def same(found: Any, value: float | None, lower: float | None, upper: float | None) -> None:  # noqa: ANN401
    for mine, theirs in ((found.value, value), (found.lower, lower), (found.upper, upper)):
        assert mine == (None if theirs is None else pytest.approx(theirs, rel=PHE))


def test_wilsons_and_exact_limits_are_those_of_statsmodels(vectors: Path) -> None:
    """statsmodels/cases.json: proportion_ci_95, wilson_extra and poisson_rate_ci_95 (exact), at 1e-8."""
    cases = json.loads((vectors / "statsmodels" / "cases.json").read_text("utf-8"))
    for case in [*cases["proportion_ci_95"], *cases["wilson_extra"]]:
        found = proportion(case["count"], case["n"])
        if "wilson" in case:
            assert [found.lower, found.upper] == pytest.approx(case["wilson"], abs=STATSMODELS)
        assert 0 <= found.lower <= found.upper <= 1
    for case in cases["poisson_rate_ci_95"]:
        lower, upper = exact_limits(case["count"], confidence=0.95)
        assert [float(lower) / case["exposure"], float(upper) / case["exposure"]] == pytest.approx(
            case["exact"], abs=STATSMODELS
        )


def test_exact_limits_are_the_poisson_limits_of_funnelplotr(vectors: Path) -> None:
    """FunnelPlotR/cases.json, poisson_limits, to its decimals: they are the intervals of such a count, over it."""
    case = json.loads((vectors / "FunnelPlotR" / "cases.json").read_text("utf-8"))["poisson_limits"]
    expected = np.array(case["expected_events"], float)
    for level, confidence in (("95", 0.95), ("998", 0.998)):
        lower, upper = exact_limits(expected, confidence=confidence)
        assert (lower / expected).tolist() == pytest.approx(case[f"ll{level}"], abs=0.5 * 10 ** -case["decimals"]["ll"])
        assert (upper / expected).tolist() == pytest.approx(case[f"ul{level}"], abs=0.5 * 10 ** -case["decimals"]["ul"])
