"""Control charts against other people's test suites: the sets of shared/vectors, at the tolerances of its README."""

import csv
import json
from typing import Any

import numpy as np
import pytest

from quarterday.domain.measure import Polarity
from quarterday.statistics.control import Chart, assurance, chart
from quarterday.statistics.control_limits import SCREEN_LIMIT, Kind, Ranges, average_range, limits_of
from quarterday.statistics.control_rules import NHS_PRECEDENCE, Rule, outside, shift, trend, two_of_three
from tests.real.conftest import SHARED, present

# qicharts2 takes Montgomery's 3 / 1.128 itself.
EXACT_SCALE = 3 / 1.128
POLARITIES = {"increase": Polarity.HIGHER, "decrease": Polarity.LOWER, "neutral": Polarity.NEITHER}
WORDS = {1: "upper", -1: "lower", 0: "none"}
Case = dict[str, Any]


def read(name: str) -> Any:  # noqa: ANN401 - whatever the set holds
    return json.loads(present(SHARED / "vectors" / name, "the vectors are").read_text("utf-8"))


def table(name: str) -> list[dict[str, str]]:
    path = present(SHARED / "vectors" / "qicharts2" / "csv" / name, "the vectors are")
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def column(rows: list[dict[str, str]], name: str) -> list[float | None]:
    return [float(row[name]) if row[name] else None for row in rows]


def signs(values: list[float]) -> np.ndarray[Any, Any]:
    return np.array([values], np.int8)


# --- NHSRplotthedots


def test_xmr_limits_are_those_of_nhsrplotthedots_with_and_without_screening() -> None:
    """Set NHSRplotthedots/xmr_cases.json; upstream prints seven digits, so each case states its own tolerance."""
    checked = 0
    for case in read("NHSRplotthedots/xmr_cases.json"):
        drawn = chart(case["values"], kind="xmr", screen=case["screen_outliers"])
        found = {"mean": drawn.centre[0], "lpl": drawn.lower[0], "upl": drawn.upper[0]}
        for name in found.keys() & case["expected"].keys():
            tolerance = {"rel": case["tol_rel"]} if "tol_rel" in case else {"abs": case["tol_abs"][name]}
            assert found[name] == pytest.approx(case["expected"][name], **tolerance), (case["id"], name)
            checked += 1
    assert checked == 21


def test_points_are_flagged_where_nhsrplotthedots_flags_them() -> None:
    """Set NHSRplotthedots/xmr_cases.json: what its documents say of whole series."""
    cases = {case["id"]: case for case in read("NHSRplotthedots/xmr_cases.json")}
    drawn = {name: chart(case["values"], kind="xmr", screen=case["screen_outliers"]) for name, case in cases.items()}
    assert not drawn["facet0_first10"].flagged
    assert not drawn["facet1_last10"].flagged
    [high] = drawn["deviations_screened"].flagged
    assert (high.place, high.signals[0].rule, high.signals[0].up) == (4, Rule.OUTSIDE, True)
    assert drawn["two_in_three_opposite_sides"].signals[-2:] == ((), ())
    latest = drawn["readme_RQM_breaches"].latest
    assert latest is not None
    assert latest.signals == ()
    breaches = drawn["readme_RQM_breaches"]
    assert assurance(breaches, target=1200, better=Polarity.LOWER) == "inconsistent"
    runs = [point for point in drawn["vignette_RRK_shift"].flagged if Rule.SHIFT in {s.rule for s in point.signals}]
    assert len(runs) == 8


def test_seven_on_one_side_and_seven_in_a_trend_are_flagged_as_nhsrplotthedots_does() -> None:
    """Set NHSRplotthedots/rule_cases.json, exact. Upstream flags the run's end first and fills back; ours is filled."""
    cases = read("NHSRplotthedots/rule_cases.json")
    for case in cases["seven_one_side_flag(sign_vs_mean) -> flag at 7th and later"]:
        filled = shift(signs(case["in"]))[0]
        assert [bool(sign) for sign in filled] == filled_back(case["out"])
    for case in cases["part_of_seven(flags) -> back-filled to the 7 points"]:
        assert filled_back(case["in"]) == [bool(flag) for flag in case["out"]]
    for case in cases["seven_point_trend(values) -> +1/-1 at the 7th point"]:
        found = trend(np.array([case["in"]], float))[0]
        assert [bool(sign) for sign in found] == filled_back(case["out"])
        assert set(found.tolist()) - {0} == set(case["out"]) - {0}


def filled_back(ends: list[int]) -> list[bool]:
    """A run of seven from its end."""
    return [any(ends[at : at + 7]) for at in range(len(ends))]


def test_two_of_three_are_those_of_nhsrplotthedots() -> None:
    """Set NHSRplotthedots/rule_cases.json, exact."""
    for case in read("NHSRplotthedots/rule_cases.json")["two_in_three(close_to_limits, side_of_mean)"]:
        found = two_of_three(np.array([case["close"]], bool), signs(case["side"]), whole=True)[0]
        assert [abs(int(sign)) for sign in found] == case["out"]


def test_the_order_of_rules_is_that_of_nhsrplotthedots() -> None:
    """Set NHSRplotthedots/rule_cases.json, exact."""
    names = {
        "outside limits": Rule.OUTSIDE,
        "7 point trend": Rule.TREND,
        "2 in 3": Rule.TWO_OF_THREE,
        "7 points one side": Rule.SHIFT,
    }
    order = read("NHSRplotthedots/rule_cases.json")["precedence"]["order"]
    assert tuple(names[name] for name in order) == NHS_PRECEDENCE[1:]


def test_assurance_and_trial_limits_are_those_of_nhsrplotthedots() -> None:
    """Set NHSRplotthedots/rule_cases.json, exact; a chart with such limits is made of values about their middle.

    The threshold for trial limits is upstream's shipped default, 13.
    """
    cases = read("NHSRplotthedots/rule_cases.json")
    for case in cases["assurance(lpl,upl,target,direction)"]:
        found = assurance(
            limited(case["lpl"], case["upl"]), target=case["target"], better=POLARITIES[case["direction"]]
        )
        assert found == (case["out"] and case["out"].removeprefix("consistent_"))
    assert "13" in cases["short_group_note"]
    assert chart([1, 2, 3] * 4, kind="xmr").trial
    assert not chart([1, 2, 3] * 4 + [1], kind="xmr").trial


def limited(lower: float, upper: float) -> Chart:
    """A chart with these limits."""
    middle, step = (lower + upper) / 2, (upper - lower) / 2 / 2.66
    drawn = chart([middle - step / 2, middle + step / 2] * 8, kind="xmr")
    assert (drawn.lower[-1], drawn.upper[-1]) == (pytest.approx(lower), pytest.approx(upper))
    return drawn


# --- PowerBI-SPC


@pytest.mark.parametrize(
    ("name", "kind", "multiplier"),
    [
        ("c", "c", 1),
        ("g", "g", 1),
        ("i", "xmr", 1),
        ("p", "p", 100),
        ("pprime", "p'", 100),
        ("t", "t", 1),
        ("u", "u", 10000),
        ("uprime", "u'", 1),
    ],
)
def test_limits_are_those_of_powerbi_spc(name: str, kind: str, multiplier: float) -> None:
    """Set PowerBI-SPC/control_limits.json, to the decimal places it gives; its 95% lines are at two of three errors."""
    case = read("PowerBI-SPC/control_limits.json")["charts"][name]
    counts, denominators = case["inputs"]["numerators"], case["inputs"].get("denominators")
    groups = case["inputs"].get("groupings", [1] * len(counts))
    drawn = chart(
        counts,
        kind=kind,
        denominators=denominators,
        rebase_at={groups.index(2): "a new group"} if 2 in groups else {},
        xmr_scale=EXACT_SCALE,
        screen=name == "t",
    )
    for line, found in (("ul99", drawn.upper), ("ll99", drawn.lower)):
        compare(case, line, [float(value or 0) * multiplier for value in found])
    if 2 in groups or kind == "xmr":
        return
    row = np.array([counts], float)
    limits = limits_of(
        Kind(kind),
        row,
        np.array([denominators or [1.0] * len(counts)], float),
        basis=np.ones(row.shape, bool),
        ranges=Ranges(EXACT_SCALE, screen=name == "t"),
        floor=np.zeros((1, 1)),
    )
    compare(case, "ul95", (limits.near_upper[0] * multiplier).tolist())
    compare(case, "ll95", (np.maximum(limits.near_lower[0], 0) * multiplier).tolist())


def compare(case: Case, line: str, found: list[float]) -> None:
    """Upstream draws one point more than a g or t chart has gaps; it is left out."""
    expected = case["expected"][line][: len(found)]
    assert found == pytest.approx(expected, abs=0.51 * 10 ** -case["decimal_places"][line]), line


def test_moving_ranges_are_those_of_powerbi_spc_and_qicharts2() -> None:
    """Sets PowerBI-SPC/control_limits.json (mr) and qicharts2/cases.json (mr): what screening is worked out from."""
    case = read("PowerBI-SPC/control_limits.json")["charts"]["mr"]
    rates = np.array([case["inputs"]["numerators"]], float) / np.array([case["inputs"]["denominators"]], float)
    limit = SCREEN_LIMIT * average_range(rates, np.ones(rates.shape, bool))[0, 0]
    assert limit == pytest.approx(case["expected"]["ul99"][0], abs=0.00005)
    costs = np.array([column(table("input_tbl_06.07.csv"), "cost")], float)[:, :20]
    [centre], [upper] = (
        {row["cl"] for row in table("expected_ex_6.5_4.csv")},
        {row["ucl"] for row in table("expected_ex_6.5_4.csv")},
    )
    average = average_range(costs, np.ones(costs.shape, bool))[0, 0]
    assert average == pytest.approx(float(centre), rel=1e-9)
    assert average * SCREEN_LIMIT == pytest.approx(float(upper), rel=1e-9)


@pytest.mark.parametrize("rule", ["shift", "trend", "twoInThree", "astronomical"])
def test_rules_are_met_where_powerbi_spc_meets_them(rule: str) -> None:
    """Set PowerBI-SPC/outlier_rules.json, exact, point by point.

    Its two of three ask nothing of the third point, ours that it lie on the same side: the cases' third points do, of a
    centre near that side.
    """
    for case in read("PowerBI-SPC/outlier_rules.json")["rules"][rule]:
        found = met(rule, case) if case["val"] else []
        assert [WORDS[int(sign)] for sign in found] == case["expected"], case["name"]


def met(rule: str, case: Case) -> list[int]:
    values = np.array([case["val"]], float)
    if rule == "shift":
        return list(shift(np.sign(values - case["targets"]).astype(np.int8), length=case["n"])[0])
    if rule == "trend":
        return list(trend(values, length=case["n"])[0])
    if rule == "astronomical":
        return list(outside(values, np.array([case["ll99"]]), np.array([case["ul99"]]))[0])
    low, high = np.array([case["ll95"]]), np.array([case["ul95"]])
    near = (values < low) | (values > high)
    towards = 0.4 if np.count_nonzero(values > high) else 0.6
    side = np.sign(values - (low + towards * (high - low))).astype(np.int8)
    return list(two_of_three(near, side, whole=case["highlight_series"])[0])


# --- qicharts2


@pytest.mark.parametrize("name", ["ex_6.5_3", "ex_7.1_5", "tbl_7.4_1", "ex_7.3_3", "ex_7.4_1", "ex_7.5_1", "ex_7.6_1"])
def test_textbook_charts_are_those_of_qicharts2(name: str) -> None:
    """Set qicharts2/cases.json at 1e-9: Montgomery's examples, with freezing, points left out, and parts.

    Its xbar and s charts are of samples; no figure here is one.
    """
    [case] = [case for case in read("qicharts2/cases.json")["cases"] if case["expected"] == f"expected_{name}.csv"]
    inputs, expected = table(case["input"]), table(case["expected"])
    drawn = chart(
        column(inputs, case["y"]),
        kind={"i": "xmr"}.get(case["chart"], case["chart"]),
        denominators=column(inputs, case["n"]) if "n" in case else None,
        baseline=case.get("freeze"),
        left_out={place - 1: "a cause was found" for place in case.get("exclude", [])},
        rebase_at={case["part"]: "a new machine"} if "part" in case else {},
        xmr_scale=EXACT_SCALE,
    )
    scale = case.get("multiply", 1)
    for line, found in (("y", drawn.values), ("cl", drawn.centre), ("lcl", drawn.lower), ("ucl", drawn.upper)):
        assert [scale * float(value or 0) for value in found] == pytest.approx(
            [float(row[line]) for row in expected], rel=1e-9, abs=1e-12
        ), line
    flagged = [Rule.OUTSIDE in {signal.rule for signal in signals} for signals in drawn.signals]
    assert flagged == [row["sigma.signal"] == "True" for row in expected]


@pytest.mark.parametrize(
    ("number", "facets", "along"),
    [
        (1, [], "month"),
        (2, ["infection"], "month"),
        (3, ["hospital", "infection"], "month"),
        (4, ["infection"], "hospital"),
    ],
)
def test_infection_rates_are_those_of_qicharts2(number: int, facets: list[str], along: str) -> None:
    """Set qicharts2/cases.json at 1e-9: u charts of infections along months or hospitals; limits on average."""
    rows = table("input_hospital_infections.csv")
    if along == "hospital":
        rows = [row for row in rows if row["month"] >= "2016-07-01"]
    for summary in table(f"expected_hai_{number}.csv"):
        names = {facet: summary[f"facet{at + 1}"] for at, facet in enumerate(facets)}
        some = [row for row in rows if all(row[facet] == name for facet, name in names.items())]
        points = sorted({row[along] for row in some})
        counts, days = (
            [sum(float(row[column]) for row in some if row[along] == point) for point in points]
            for column in ("n", "days")
        )
        drawn = chart(counts, kind="u", denominators=days)
        scale = 10000 if along == "hospital" else 1
        for line, found in (("CL", drawn.centre), ("aLCL", drawn.lower), ("aUCL", drawn.upper)):
            average = scale * np.mean(np.array(found, float))
            assert average == pytest.approx(float(summary[line]), rel=1e-9, abs=1e-15), (names, line)
        outliers = [point for point in drawn.flagged if Rule.OUTSIDE in {signal.rule for signal in point.signals}]
        assert bool(outliers) == bool(int(summary["sigma.signal"]))
