"""A control chart draws the right limits, flags what chance seldom gives, and says which rule and why."""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.faults import InputError
from quarterday.domain.measure import Polarity
from quarterday.statistics.control import LEAST_POINTS, Chart, assurance, chart, charts, choose_kind
from quarterday.statistics.control_limits import Kind
from quarterday.statistics.control_rules import Rule, Rules, Signal
from quarterday.statistics.result import as_json
from tests.conftest import ROOT

# NHSRplotthedots, vignette "deviations": one high point, with and without screening.
DEVIATIONS = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# Montgomery, Introduction to Statistical Quality Control (6th ed.), table 7.8: flaws in samples of circuit boards.
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
LEVEL = [19, 22, 18, 21, 20, 23, 19, 20, 22, 18, 21, 19]


def rules_of(made: Chart) -> dict[int, tuple[str, ...]]:
    """By place, the rules met, with the way they point."""
    return {
        point.place: tuple(f"{s.rule.name} {'up' if s.up else 'down'}" for s in point.signals) for point in made.flagged
    }


# --- limits


def test_xmr_limits_are_the_mean_and_2_66_times_the_average_moving_range() -> None:
    made = chart(DEVIATIONS, kind="xmr")
    assert (made.centre[0], made.lower[0], made.upper[0]) == pytest.approx((1.94, -3.06, 6.95), abs=0.005)
    assert rules_of(made) == {4: ("OUTSIDE up",)}


def test_screening_leaves_the_outlying_ranges_out_only_when_asked() -> None:
    made = chart(DEVIATIONS, kind="xmr", screen=True)
    assert (made.centre[0], made.lower[0], made.upper[0]) == pytest.approx((1.94, -0.72, 4.6), abs=0.005)
    assert made.method.options["moving ranges screened"] is True


def test_screening_never_leaves_limits_without_width() -> None:
    made = chart([1, 1, 1, 1, 2], kind="xmr", screen=True)
    assert rules_of(made) == {4: ("OUTSIDE up",)}


def test_c_limits_are_those_of_montgomerys_boards() -> None:
    left_out = {5: "a new inspector", 19: "a fault in the temperature control"}
    made = chart(BOARDS, kind="c", left_out=left_out)
    assert (made.centre[0], made.lower[0], made.upper[0]) == pytest.approx((19.67, 6.36, 32.97), abs=0.005)
    assert [point.place for point in made.flagged if point.signals[0].rule is Rule.OUTSIDE] == [5, 19]


def test_u_limits_follow_each_months_denominator() -> None:
    made = chart([14, 12, 20, 11], kind="u", denominators=[10, 8, 13, 10])
    assert made.centre[0] == pytest.approx(57 / 41)
    assert made.upper[2] == pytest.approx(57 / 41 + 3 * (57 / 41 / 13) ** 0.5)
    assert made.upper[1] > made.upper[0] > made.upper[2]  # type: ignore[operator]


def test_laneys_limits_are_the_plain_ones_widened_by_what_neighbours_vary_more_than_chance() -> None:
    counts, people = [40, 90, 35, 80, 50, 95], [1000] * 6
    plain, widened = (chart(counts, kind=kind, denominators=people) for kind in ("u", "u'"))
    centre = 65 / 1000
    scores = [(count / 1000 - centre) / (centre / 1000) ** 0.5 for count in counts]
    factor = sum(abs(a - b) for a, b in pairwise(scores)) / 5 / 1.128
    assert factor > 1
    assert widened.upper[0] - centre == pytest.approx(factor * (plain.upper[0] - centre))  # type: ignore[operator]


def test_proportions_stay_between_nought_and_one() -> None:
    made = chart([9, 10, 8, 10], kind="p", denominators=[10] * 4)
    assert made.upper[0] == 1
    assert min(made.lower) > 0  # type: ignore[type-var]


def test_g_and_t_charts_are_of_what_lies_between_events() -> None:
    between = chart([23, 39, 15, 34, 1], kind="g")
    assert (between.centre[0], between.lower[0]) == (22.4, 0)
    assert between.upper[0] == pytest.approx(22.4 + 3 * (22.4 * 23.4) ** 0.5)
    assert not between.of_gaps
    times = chart([286, 948, 536, 124, 816, 729, 4, 143, 431, 8], kind="t")
    assert times.lower[0] == 0
    assert times.centre[0] < np.mean([286, 948, 536, 124, 816, 729, 4, 143, 431, 8])  # type: ignore[operator]


# --- rules


def test_seven_points_on_one_side_are_flagged_and_six_are_not() -> None:
    low, high = [12, 8] * 10, [16, 15, 17, 15, 16, 15]
    settled = Rules(precedence=(Rule.SHIFT,))
    assert rules_of(chart([*low, *high], kind="xmr", baseline=20, rules=settled)) == {}
    assert sorted(rules_of(chart([*low, *high, 15], kind="xmr", baseline=20, rules=settled))) == list(range(20, 27))


def test_a_trend_of_seven_is_flagged_from_its_first_point() -> None:
    made = chart([15, 11, 14, 10, 11, 12, 13, 14, 15, 16, 12], kind="xmr", rules=Rules(precedence=(Rule.TREND,)))
    assert rules_of(made) == dict.fromkeys(range(3, 10), ("TREND up",))


def test_two_of_three_near_a_limit_are_flagged_if_the_third_is_on_their_side() -> None:
    first = [8, 12] * 10  # limits 0 to 20 or so: near is beyond 17
    near = chart([*first, 18, 11, 18], kind="xmr", baseline=20)
    assert near.upper[0] == pytest.approx(10 + 2.66 * 4)
    assert rules_of(near) == {20: ("TWO_OF_THREE up",), 22: ("TWO_OF_THREE up",)}
    assert rules_of(chart([*first, 18, 9, 18], kind="xmr", baseline=20)) == {}


def test_a_point_names_every_rule_it_meets_in_the_order_in_force() -> None:
    values = [*[8, 12] * 10, 11, 12, 13, 14, 15, 16, 30]
    nhs = chart(values, kind="xmr", baseline=20)
    assert nhs.signals[-1] == (Signal(Rule.OUTSIDE, up=True), Signal(Rule.TREND, up=True), Signal(Rule.SHIFT, up=True))
    ours = chart(values, kind="xmr", baseline=20, rules=Rules(precedence=(Rule.SHIFT, Rule.OUTSIDE)))
    assert ours.signals[-1] == (Signal(Rule.SHIFT, up=True), Signal(Rule.OUTSIDE, up=True))
    assert "a run of points on one side" in str(ours.method.options["rules"])


def test_longer_runs_can_be_asked_for() -> None:
    values = [*[12, 8] * 10, *[13] * 8]
    assert rules_of(chart(values, kind="xmr", baseline=20))
    assert not rules_of(chart(values, kind="xmr", baseline=20, rules=Rules(shift_length=9)))


@pytest.mark.parametrize("value", [0, 1, 7, 0.1, 7.1 / 3])
@pytest.mark.parametrize("kind", ["auto", "xmr", "t"])
def test_a_constant_series_is_never_flagged(kind: str, value: float) -> None:
    for length in (1, 2, 12, 60):
        assert chart([value] * length, kind=kind).flagged == ()
        assert chart([value, None] * length, kind=kind).flagged == ()


def test_a_constant_rate_is_never_flagged() -> None:
    assert chart([1, 2] * 12, kind="u", denominators=[3, 6] * 12).flagged == ()


# --- missing months


def test_a_missing_month_stays_a_gap_and_is_never_nought() -> None:
    with_gap, without = chart([*LEVEL, None, *LEVEL]), chart(LEVEL * 2)
    assert with_gap.values[12] is None
    assert with_gap.signals[12] == ()
    assert with_gap.centre[0] == without.centre[0]
    assert with_gap.stretches[0].known == 24


def test_a_missing_month_ends_a_run() -> None:
    values = [*[12, 8] * 10, 13, 14, 13, None, 14, 13, 14, 13]
    assert chart(values, kind="xmr", baseline=20).flagged == ()


def test_moving_ranges_are_of_neighbouring_months_only() -> None:
    made = chart([10, None, 30, 31, 30, 31], kind="xmr")
    assert made.upper[0] - made.centre[0] == pytest.approx(2.66)  # type: ignore[operator]


def test_a_missing_denominator_makes_the_month_a_gap() -> None:
    made = chart([4, 5, 6], kind="u", denominators=[10, None, 10])
    assert made.values == (0.4, None, 0.6)
    assert made.centre[0] == pytest.approx(0.5)


def test_the_latest_point_is_that_of_the_last_month_or_none() -> None:
    assert chart([*LEVEL, None]).latest is None
    latest = chart([*LEVEL, 60]).latest
    assert latest is not None
    assert (latest.place, latest.value, latest.signals[0].rule) == (12, 60, Rule.OUTSIDE)


# --- stretches


def test_limits_begin_anew_where_a_person_gives_a_reason() -> None:
    made = chart([*LEVEL, *(3 * value for value in LEVEL)], rebase_at={12: "a new recording system"})
    assert [(part.start, part.stop, part.reason) for part in made.stretches] == [
        (0, 12, ""),
        (12, 24, "a new recording system"),
    ]
    assert made.centre[12] == pytest.approx(3 * made.centre[11])  # type: ignore[operator]
    assert made.flagged == ()
    assert chart([*LEVEL, *(3 * value for value in LEVEL)]).flagged


@pytest.mark.parametrize("rebase_at", [[12], (12,), {12: " "}, {24: "late"}, {-1: "early"}])
def test_nothing_is_rebased_without_a_reason_or_outside_the_series(
    rebase_at: Mapping[int, str] | Sequence[int],
) -> None:
    with pytest.raises(InputError, match=r"reason|places are 0 to 23"):
        chart(LEVEL * 2, rebase_at=rebase_at)


def test_fewer_than_thirteen_points_make_trial_limits() -> None:
    assert chart(LEVEL[:12]).trial
    assert not chart([*LEVEL, 20]).trial
    assert LEAST_POINTS == 13
    assert [part.trial for part in chart([*LEVEL, 20, 60], rebase_at={13: "moved"}).stretches] == [False, True]
    assert chart([*LEVEL, None]).trial


# --- the kind of chart


@pytest.mark.parametrize(
    ("values", "kind", "why"),
    [
        ([0, 1, 0, 0, 2, 0] * 6, Kind.G, "average 0.50 a month, under 1.3"),
        ([2, 3, 1, 2, 4, 2] * 6, Kind.C, "vary as chance gives"),
        ([0, 9, 0, 8, 0, 1] * 6, Kind.U_PRIME, "vary more than chance gives"),
        (LEVEL * 3, Kind.XMR, "5 or more"),
        ([1.5, 2.5] * 12, Kind.XMR, "no counts"),
        ([0] * 24, Kind.C, "Nothing was counted"),
        ([None] * 4, Kind.XMR, "No month is known"),
    ],
)
def test_the_kind_is_chosen_by_the_data_with_its_reason(values: list[float | None], kind: Kind, why: str) -> None:
    choice = choose_kind(values)
    assert choice.kind is kind
    assert why in choice.why
    assert choice.why.endswith(".")
    made = chart(values)
    assert (made.kind, made.why) == (choice.kind, choice.why)
    assert made.method.options["chosen by the data"] is True


def test_counts_with_denominators_ask_for_a_u_chart() -> None:
    assert choose_kind([2, 3, 1, 2, 4, 2] * 6, denominators=[30, 31] * 18).kind is Kind.U


def test_a_level_that_moved_once_is_not_taken_for_over_dispersion() -> None:
    assert choose_kind([1, 2] * 12 + [4, 5] * 12).kind is Kind.C


def test_runs_are_counted_about_the_median_of_counts_and_about_the_mean_where_asked_for_by_name() -> None:
    skew = [*[5, 4, 5, 6] * 6, 30, 30, *[6, 5, 5, 6, 5, 6, 5]]
    assert chart(skew).stretches[0].middle == 5
    assert Rule.SHIFT not in {signal.rule for signals in chart(skew).signals for signal in signals}
    assert chart(skew, kind="xmr").stretches[0].middle is None
    assert Rule.SHIFT in {signal.rule for signals in chart(skew, kind="xmr").signals for signal in signals}


def test_counts_that_are_charted_by_choice_have_no_limit_under_nought() -> None:
    values = [0, 14, 1, 13, 0, 15] * 4
    assert set(chart(values).lower) == {0.0}
    assert chart(values, kind="xmr").lower[0] < 0  # type: ignore[operator]


# --- rare events


def test_rare_events_are_charted_by_the_months_without_one_before_them() -> None:
    made = chart([0, 1, 0, 0, 2, 0, 0, 0, 1, 0])
    assert made.of_gaps
    assert made.places == (1, 4, 8, 9)
    assert made.values == (None, 2, 3, 1)  # before the first nobody knows; the last is still open
    assert made.centre[0] == pytest.approx(7 / 3)


def test_a_gap_across_a_missing_month_is_not_known() -> None:
    assert chart([1, 0, None, 0, 1, 0, 0, 1]).values == (None, None, 2)


def test_a_month_with_more_than_chance_gives_is_flagged_at_once() -> None:
    made = chart([0, 1, 0, 0, 1, 0] * 5 + [5])
    assert made.latest is not None
    assert made.latest.signals[0] == Signal(Rule.BURST, up=True)
    assert made.stretches[0].most_in_a_month == 4


def test_a_long_quiet_is_flagged_while_it_lasts() -> None:
    made = chart([1, 0, 1, 1, 0, 1] * 6 + [0] * 14)
    assert made.latest is not None
    assert made.latest.value == 14
    assert made.latest.signals[0] == Signal(Rule.OUTSIDE, up=True)


def test_events_that_come_closer_and_closer_are_flagged() -> None:
    gaps = [9, 8, 9, 7, 6, 5, 4, 3, 2, 1]
    made = chart([count for gap in gaps for count in [*[0] * gap, 1]])
    assert {"TREND down"} <= {rule for rules in rules_of(made).values() for rule in rules}


# --- assurance


@pytest.mark.parametrize(
    ("target", "better", "answer"),
    [
        (40, Polarity.LOWER, "pass"),
        (40, Polarity.HIGHER, "fail"),
        (5, Polarity.LOWER, "fail"),
        (5, Polarity.HIGHER, "pass"),
        (20, Polarity.LOWER, "inconsistent"),
        (40, Polarity.NEITHER, None),
        (None, Polarity.LOWER, None),
    ],
)
def test_a_target_beyond_the_limits_is_always_or_never_met(
    target: float | None, better: Polarity, answer: str | None
) -> None:
    assert assurance(chart(LEVEL * 2), target=target, better=better) == answer


# --- many at once, results, refusals


def test_all_series_at_once_are_charted_as_each_alone() -> None:
    chance = np.random.default_rng(20)
    matrix = chance.poisson(chance.choice([0.3, 0.8, 2, 4, 8, 60], (60, 1)), (60, 48)).astype(float)
    matrix[chance.random(matrix.shape) < 0.05] = np.nan
    matrix[0], matrix[1] = 3, np.nan
    alone = [chart([None if np.isnan(value) else value for value in row]) for row in matrix]
    assert charts(matrix) == tuple(alone)
    assert {made.kind for made in alone} == {Kind.G, Kind.C, Kind.U_PRIME, Kind.XMR}


def test_rates_at_once_are_charted_as_each_alone() -> None:
    counts = np.random.default_rng(21).poisson([[3.0], [30.0]], (2, 36)).astype(float)
    days = np.tile([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], (2, 3)).astype(float)
    alone = tuple(chart(list(row), denominators=list(day)) for row, day in zip(counts, days, strict=True))
    assert charts(counts, denominators=days) == alone


@given(st.lists(st.none() | st.integers(0, 30) | st.floats(0, 1e6), min_size=1, max_size=50))
def test_any_series_has_a_chart_that_turns_into_json(values: list[float | None]) -> None:
    made = chart(values)
    written = json.loads(json.dumps(as_json(made), allow_nan=False))
    assert written["method"]["source"]
    for point in made.points:
        lines = (point.lower, point.centre, point.upper)
        assert None in lines or list(lines) == sorted(lines)  # type: ignore[type-var]
    assert len(made.points) == len(made.places) == len(made.signals)


@pytest.mark.parametrize(
    ("values", "options", "says"),
    [
        ([], {}, "none came"),
        ([1, float("nan")], {}, "number 2 of 2 is nan"),
        ([1, float("inf")], {}, "finite"),
        (["a"], {}, "number 1 of 1 is a"),
        ([3, -1], {}, "value 2 of 2 is -1; a count is not negative"),
        ([3, -1], {"kind": "c"}, "not negative"),
        ([3, 1.5], {"kind": "c"}, "which are whole"),
        ([3, 4], {"kind": "z"}, "the kinds are auto, xmr"),
        ([3, 4], {"kind": "u"}, "needs denominators"),
        ([3, 4], {"kind": "c", "denominators": [1, 1]}, "which has none"),
        ([3, 4], {"kind": "u", "denominators": [1]}, "1 denominators came for 2"),
        ([3, 4], {"denominators": [1, 0]}, "denominator 2 of 2 is 0"),
        ([3, 4], {"kind": "p", "denominators": [5, 3]}, "none is more than its whole"),
        ([3, 4], {"baseline": 1}, "2 or more"),
        ([3, 4], {"left_out": {0: ""}}, "only for a reason"),
    ],
)
def test_what_no_chart_can_be_of_is_refused_in_words(
    values: list[float], options: dict[str, object], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        chart(values, **options)  # type: ignore[arg-type]


def test_a_matrix_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="a row a series"):
        charts(np.zeros((2, 2, 2)))
    with pytest.raises(InputError, match="series 2, value 1 of 2 is -1"):
        charts([[1, 2], [-1, 2]])
    with pytest.raises(InputError, match="2 or more"):
        Rules(shift_length=1)


# --- the manual


def test_the_worked_examples_of_the_manual_are_what_is_computed() -> None:
    text = (ROOT / "docs" / "methods" / "control.md").read_text("utf-8")
    rows = re.findall(r"^\| (Burglary|Robbery) \|(.*)\|$", text, re.MULTILINE)
    often, rare = (chart([float(cell) for cell in cells.split("|")]) for _, cells in rows)
    assert often.kind is Kind.XMR
    assert f"average {often.centre[0]:.1f}, with limits at {often.lower[0]:.1f} and {often.upper[0]:.1f}" in text
    assert rules_of(often) == {17: ("OUTSIDE up",)}
    assert rare.of_gaps
    assert f"{rare.centre[0]:.1f} months without" in text
    assert f"limit of {rare.upper[0]:.0f} months" in text
    assert f"more than {rare.stretches[0].most_in_a_month:.0f} in one month" in text
    assert rules_of(rare) == {17: ("BURST up",)}
