"""Funnels and positions against other people's test suites."""

import csv
import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from quarterday.statistics.funnel import (
    Spreading,
    poisson_limits,
    proportion_limits,
    scores,
    spread_limits,
    spread_of,
)
from quarterday.statistics.peers import Label, positions
from quarterday.statistics.ranking import Ranking
from quarterday.statistics.rates import exact_limits
from tests.real.conftest import SHARED, present

BISECTED = 1e-4  # upstream halves until near; the tolerance that the sets' README gives for its limits
AS_PHE = {
    Label.WELL_BELOW: "Low (0.001)",
    Label.BELOW: "Low (0.025)",
    Label.IN_LINE: "Not significant",
    Label.ABOVE: "High (0.025)",
    Label.WELL_ABOVE: "High (0.001)",
}
QUICK = Ranking(resamples=40)
Floats = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def vectors() -> Path:
    """The reference numbers."""
    return present(SHARED / "vectors", "the reference numbers are")


def columns(path: Path) -> dict[str, list[str]]:
    with path.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    return {name: [row[name] for row in rows] for name in rows[0]}


def numbers(texts: list[str]) -> Floats:
    return np.array([float(text) for text in texts])


def labels(values: Floats, inner: tuple[Floats, Floats], outer: tuple[Floats, Floats]) -> list[str]:
    side = sum((values > upper).astype(int) - (values < lower) for lower, upper in (inner, outer))
    return [AS_PHE[[*Label][place + 2]] for place in np.asarray(side)]


@pytest.mark.parametrize("without_nought", [False, True])
def test_areas_rates_are_labelled_as_phes(vectors: Path, *, without_nought: bool) -> None:
    """PHEindicatormethods, testdata_funnel_rate_dsr_inputs, the crude rates: every label."""
    table = columns(vectors / "PHEindicatormethods" / "testdata_funnel_rate_dsr_inputs.csv")
    kept = np.array([not (without_nought and count == "0") for count in table["count"]])
    counts, residents = numbers(table["count"])[kept], numbers(table["pop"])[kept]
    found = positions(counts, residents, average="weighted", overdispersion=False, ranking=QUICK)
    name = "crude_per_100000_without_0" if without_nought else "crude_per_100000_with_0"
    assert [AS_PHE[label] for label in found.label] == np.array(table[name])[kept].tolist()


def test_standardised_rates_are_labelled_as_phes(vectors: Path) -> None:
    """PHEindicatormethods, testdata_funnel_rate_dsr_inputs: every label, by the residents that each rate implies."""
    table = columns(vectors / "PHEindicatormethods" / "testdata_funnel_rate_dsr_inputs.csv")
    kept = np.array([rate != "NA" for rate in table["rate_dsr"]])
    counts = numbers(table["count"])[kept]
    residents = 100_000 * counts / numbers(np.array(table["rate_dsr"])[kept].tolist())
    expected = residents * counts.sum() / residents.sum()
    limits = [poisson_limits(expected, confidence=level) for level in (0.95, 0.998)]
    assert labels(counts, *limits) == np.array(table["dsr_per_100000_with_0"])[kept].tolist()


def test_ratios_are_labelled_as_phes(vectors: Path) -> None:
    """PHEindicatormethods, testdata_funnel_ratio_inputs: every label."""
    table = columns(vectors / "PHEindicatormethods" / "testdata_funnel_ratio_inputs.csv")
    observed, expected = numbers(table["obs"]), numbers(table["expected"])
    limits = [poisson_limits(expected, confidence=level) for level in (0.95, 0.998)]
    assert labels(observed, *limits) == table["significance"]


def test_proportions_are_labelled_as_phes(vectors: Path) -> None:
    """PHEindicatormethods, testdata_funnel_prop_inputs: every label; its numerators are fractions."""
    table = columns(vectors / "PHEindicatormethods" / "testdata_funnel_prop_inputs.csv")
    counts, totals = numbers(table["numerator"]), numbers(table["denominator"])
    average = counts.sum() / totals.sum()
    limits = [proportion_limits(average, totals, confidence=level) for level in (0.95, 0.998)]
    assert labels(counts / totals, *limits) == table["significance"]


@pytest.mark.parametrize("name", ["prop_outputs", "prop_outputs_with_axis_variation"])
def test_the_lines_of_the_proportions_funnel_are_phes(vectors: Path, name: str) -> None:
    """PHEindicatormethods, testdata_funnel_prop_outputs, at 1e-4 relative; the file has six decimals of per cents."""
    table = columns(vectors / "PHEindicatormethods" / f"testdata_funnel_{name}.csv")
    totals, average = numbers(table["Population"]), numbers(table["Baseline"]) / 100
    for level, code in ((0.95, "2s0025"), (0.998, "3s0001")):
        lower, upper = proportion_limits(average, totals, confidence=level)
        assert 100 * lower == pytest.approx(numbers(table[f"Lower{code}limit"]), rel=BISECTED)
        assert 100 * upper == pytest.approx(numbers(table[f"Upper{code}limit"]), rel=BISECTED)


def test_the_lines_of_the_ratios_funnel_are_phes(vectors: Path) -> None:
    """PHEindicatormethods, testdata_funnel_ratio_outputs, at 1e-4: its events lie on our limits of what it expects."""
    table = columns(vectors / "PHEindicatormethods" / "testdata_funnel_ratio_outputs.csv")
    events = numbers(table["Observed_events"])
    for level, code in ((0.95, "2s"), (0.998, "3s")):
        for place, side in enumerate(("lower", "upper")):
            expected = numbers(table[f"{side}_{code}_exp_events"])
            limit = poisson_limits(expected, confidence=level)[place]
            assert limit == pytest.approx(events, rel=BISECTED)
            assert 100 * limit / expected == pytest.approx(numbers(table[f"{side}_{code}_isr"]), rel=BISECTED)


@pytest.mark.parametrize("name", ["rate_outputs", "rate_outputs_2", "rate_outputs_3"])
def test_the_lines_of_the_rates_funnel_are_phes(vectors: Path, name: str) -> None:
    """PHEindicatormethods, testdata_funnel_rate_outputs, three sets, at 1e-4."""
    table = columns(vectors / "PHEindicatormethods" / f"testdata_funnel_{name}.csv")
    events, average = numbers(table["Events"]), numbers(table["baseline"]) / 100_000
    for level, code in ((0.95, "2s"), (0.998, "3s")):
        for place, side in enumerate(("lower", "upper")):
            rate = numbers(table[f"{side}_{code}_limit"]) / 100_000
            limit = poisson_limits(events / rate * average, confidence=level)[place]
            assert limit == pytest.approx(events, rel=BISECTED)


def test_phi_is_funnelplotrs(vectors: Path) -> None:
    """FunnelPlotR/cases.json, phi_SHMI, to its six decimals: log scale, truncated at a tenth, of six."""
    case = json.loads((vectors / "FunnelPlotR" / "cases.json").read_text("utf-8"))["phi_SHMI"]
    z, variance = scores(np.array(case["num"], float), np.array(case["denom"], float), np.array(1.0), scale="log")
    spreading = Spreading(scale="log", trim="truncate", trim_share=case["trim_by"], corrected=False)
    assert float(spread_of(z, variance, spreading=spreading).phi) == pytest.approx(case["phi"], abs=5e-7)


def test_as_many_providers_are_outliers_as_in_funnelplotrs_example(vectors: Path) -> None:
    """FunnelPlotR/medpar.csv and cases.json: 25 of 54 outside its plain limits at 99.8%, 9 with over-dispersion."""
    case = json.loads((vectors / "FunnelPlotR" / "cases.json").read_text("utf-8"))["medpar"]
    observed, expected = stays(vectors / "FunnelPlotR" / "medpar.csv")
    assert len(observed) == case["n_points"]
    lower, upper = exact_limits(expected, confidence=0.998)  # its plain limits: the interval of a count as expected
    assert np.sum((observed < lower) | (observed > upper)) == case["outliers_99.8_unadjusted"]
    z, variance = scores(observed, expected, np.array(1.0), scale="log")
    spread = spread_of(z, variance, spreading=Spreading(scale="log", trim="truncate", corrected=False))
    lower, upper = spread_limits(expected, np.array(1.0), spread.tau2, scale="log", confidence=0.998)
    outside = (observed / expected < lower) | (observed / expected > upper)
    assert np.sum(outside) == case["outliers_99.8_overdispersion_adjusted_SHMI_trim10pc"]


def stays(path: Path) -> tuple[Floats, Floats]:
    """Days observed and expected by provider, by the model whose coefficients the set's description prints."""
    observed: Counter[str] = Counter()
    expected: dict[str, float] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            linear = 2.26875 - 0.07637 * int(row["hmo"]) - 0.24574 * int(row["died"]) - 0.02141 * int(row["age80"])
            linear += {"1": 0.0, "2": 0.24921, "3": 0.74869}[row["type"]]
            observed[row["provnum"]] += int(row["los"])
            expected[row["provnum"]] = expected.get(row["provnum"], 0.0) + math.exp(linear)
    return np.array([float(observed[name]) for name in expected]), np.array([*expected.values()])
