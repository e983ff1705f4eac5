"""What the figures show, as findings: values with their limits, and a reason where there is nothing to state."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.commentary.find import find_averages, find_change, find_quarters, strengthen
from quarterday.commentary.find_over_time import MONTHS_LOOKED_AT, chart_of, find_control, find_months, find_trend
from quarterday.commentary.find_peers import find_quoted, find_standing, positions_of
from quarterday.commentary.find_revisions import find_revisions
from quarterday.commentary.find_share import find_share
from quarterday.commentary.find_target import Target, find_target
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.finding import Finding, Kind, Strength
from quarterday.domain.measure import Break, Measure, Polarity
from quarterday.domain.period import Period
from quarterday.statistics.change import compare
from tests.unit.commentary.made_series import HOLDINGS, MEASURES, QUARTER, YEAR, measure, months, totals

BREAK = (Break(Period.month(2011, 6), "A new recording system."),)
FALLING = [round(40 * 0.98**month) for month in range(60)]
TWO_YEARS = [15, 17, 16, 28, 18, 16, 27, 15, 14, 13, 12, 19, 16, 18, 17, 9, 17, 16, 12, 14, 15, 13, 13, 20]


def test_a_change_has_a_rate_ratio_with_its_limits() -> None:
    finding = find_change(measure(), totals((59, 0, 0, 0, 84)), YEAR)
    expected = compare(59, 84)
    assert finding.values["ratio"] == expected.ratio
    assert (finding.limits["ratio"].lower, finding.limits["ratio"].upper) == (expected.lower, expected.upper)
    assert finding.options["confidence"] == finding.limits["ratio"].confidence == 0.95
    assert "Przyborowski" in finding.source


def test_a_month_that_differs_by_more_than_chance_stands_out_and_others_do_not() -> None:
    out, making_up = find_months(measure(), months(TWO_YEARS), YEAR)
    assert out.values == {"2011-07": -19}
    assert (out.periods, out.strength) == ((Period.month(2011, 7),), Strength.LIKELY)
    assert making_up.values == {"2011-07": -19, "2011-10": -15}


def test_years_on_two_sides_of_a_break_are_not_compared_month_by_month() -> None:
    out, making_up = find_months(measure(breaks=BREAK), months(TWO_YEARS), YEAR)
    assert out.unavailable == "the two years lie on two sides of a break: A new recording system"
    assert making_up.unavailable == out.unavailable


def test_a_month_that_is_missing_is_left_out_and_named() -> None:
    out, _ = find_months(measure(), months([*TWO_YEARS[:-1], None]), YEAR)
    assert out.caveats == ("March 2012 is not known in both years.",)


def test_rolling_totals_have_no_chart_no_months_and_no_trend_and_say_why() -> None:
    held = totals((141, 167, 183, 198, 209, 204, 190, 180))
    charted = chart_of(measure(), held, last=QUARTER)
    found = [find_control(measure(), held, charted), *find_months(measure(), held, YEAR)]
    found.append(find_trend(measure(), held, last=QUARTER))
    assert {finding.unavailable for finding in found} == {
        "no single month is known, and rolling totals share most of their months"
    }


def test_limits_begin_anew_where_the_series_breaks() -> None:
    charted = chart_of(
        measure(breaks=BREAK), months([20] * 20 + [40, 41, 39, 40, 42, 41, 40, 39, 41, 40]), last=QUARTER
    )
    assert charted.chart is not None
    assert [stretch.reason for stretch in charted.chart.stretches] == ["", "A new recording system."]


def test_months_that_are_all_marked_as_a_break_break_the_series_once() -> None:
    held = months([20 + month % 3 for month in range(30)], marked=20)
    charted = chart_of(measure(), held, last=QUARTER)
    assert charted.chart is not None
    assert [stretch.start for stretch in charted.chart.stretches] == [0, 20]


def test_a_chart_is_of_the_five_latest_years() -> None:
    charted = chart_of(measure(), months([20 + month % 5 for month in range(90)]), last=QUARTER)
    assert len(charted.months) == MONTHS_LOOKED_AT
    assert charted.months[-1] == Period.month(2012, 3)


def test_the_latest_month_outside_its_limits_is_said_with_the_rule() -> None:
    held = months([*(20 + month % 5 for month in range(29)), 90])
    finding = find_control(measure(), held, chart_of(measure(), held, last=QUARTER))
    assert (finding.labels["rule"], finding.labels["way"], finding.verdict) == ("outside the limits", "high", "worse")
    assert finding.values["value"] == 90 > finding.values["upper"]


def test_a_latest_month_that_is_missing_has_no_verdict() -> None:
    held = months([*(20 + month % 5 for month in range(29)), None])
    assert find_control(measure(), held, chart_of(measure(), held, last=QUARTER)).unavailable == (
        "March 2012 is not known"
    )


def test_a_missing_month_has_its_mark_on_the_chart() -> None:
    values: list[float | None] = [20 + month % 5 for month in range(30)]
    values[7] = None
    assert chart_of(measure(), months(values), last=QUARTER).marks == {7: "[x]"}


def test_a_trend_is_of_months_and_has_its_limits() -> None:
    finding = find_trend(measure(), months(FALLING), last=QUARTER)
    assert (finding.labels["direction"], finding.labels["unit"], finding.verdict) == ("falling", "per cent", "better")
    limits = finding.limits["annual"]
    assert limits.lower is not None
    assert limits.upper is not None
    assert limits.lower < finding.values["annual"] < limits.upper < 0
    assert finding.periods == (Period.run(Period.month(2007, 4), Period.month(2012, 3)),)


def test_a_trend_goes_through_no_break() -> None:
    finding = find_trend(measure(breaks=BREAK), months(FALLING), last=QUARTER)
    assert finding.unavailable == "10 months are known, and a trend needs 24 or more"
    assert finding.periods[0].first == Period.month(2011, 6).first


def test_five_financial_years_tell_a_trend_where_no_month_is_known() -> None:
    finding = find_trend(measure(), totals((621, 599, 556, 535, 447), step=12), last=QUARTER)
    assert (finding.labels["direction"], finding.labels["unit"]) == ("falling", "a year")
    assert "Fingertips" in finding.source


def test_a_standing_has_its_place_its_interval_and_its_position() -> None:
    positions = positions_of({"Barnet": 5, "Brent": 9, "Camden": 7}, dict.fromkeys(("Barnet", "Brent", "Camden"), 1000))
    finding = find_standing(measure(), area="Brent", period=YEAR, positions=positions, group="London", version="2025")
    assert (finding.values["rank"], finding.values["of"], finding.values["rate"]) == (3, 3, 9)
    assert (finding.limits["rank"].lower, finding.limits["rank"].upper) == (1, 3)
    assert finding.labels == {
        "position": "in line with the average", "scale": "1 = lowest", "group": "London", "version": "2025",
    }  # fmt: skip
    assert set(finding.limits) == {"rank", "rate at 95.0%", "rate at 99.8%"}


def test_a_member_without_residents_is_not_ranked() -> None:
    positions = positions_of({"Barnet": 5, "Brent": 9, "Camden": 2}, {"Brent": 1000, "Camden": 1000})
    finding = find_standing(measure(), area="Brent", period=YEAR, positions=positions)
    assert (finding.values["rank"], finding.values["of"]) == (2, 2)


def test_areas_of_one_rate_share_the_better_place() -> None:
    positions = positions_of({"A": 5, "B": 5, "C": 9}, dict.fromkeys("ABC", 1000))
    finding = find_standing(measure(), area="B", period=YEAR, positions=positions)
    assert (finding.values["rank"], finding.values["tied_with"]) == (1, 1)


def test_an_area_that_is_no_member_has_no_standing() -> None:
    positions = positions_of({"A": 5, "B": 5}, dict.fromkeys("AB", 1000))
    assert find_standing(measure(), area="Z", period=YEAR, positions=positions).unavailable
    assert positions_of({"A": 5}, {"A": 1000}) is None


def test_a_share_says_when_the_total_moved_more() -> None:
    held, whole = totals((84, 0, 0, 0, 86)), totals((6000, 0, 0, 0, 5000))
    finding = find_share(measure(), held, whole, YEAR, whole_name="all crime")
    assert (finding.values["share"], finding.values["earlier_share"]) == (1.72, 1.4)
    assert finding.labels == {"whole": "all crime", "moved": "the total more than its part"}


def test_a_part_above_its_total_is_no_share() -> None:
    found = find_share(measure(), totals((9,)), totals((5,)), YEAR, whole_name="all crime")
    assert found.unavailable == "9 of 5 is no share"


def test_a_part_and_a_total_of_different_releases_have_no_share() -> None:
    part, whole = (
        Holding("H", "R", {YEAR: Figure("H", "R", YEAR, value, releases=(release,))})
        for value, release in ((5, "a"), (9, "b"))
    )
    found = find_share(measure(), part, whole, YEAR, whole_name="all crime")
    assert found.unavailable == "the part and the whole came in different releases"


@pytest.mark.parametrize(
    ("target", "state", "letter"),
    [
        (Target(573, YEAR), "met", "G"),
        (Target(560, YEAR, tolerance=13), "missed, within tolerance", "A"),
        (Target(560, YEAR, tolerance=12), "missed", "R"),
    ],
)
def test_a_target_is_judged_once_its_period_is_over(target: Target, state: str, letter: str) -> None:
    finding = find_target(measure(), totals((573,)), target, last=QUARTER)
    assert (finding.labels["state"], finding.labels["letter"], finding.labels["value"]) == (state, letter, "final")


def test_a_target_is_judged_by_where_its_months_are_heading_while_it_runs() -> None:
    running = Period.financial_year(2012)
    held = months([20 + month % 3 for month in range(42)], last=Period.month(2012, 9))
    finding = find_target(measure(), held, Target(400, running), last=Period.financial_quarter(2012, 2))
    assert (finding.labels["state"], finding.labels["value"]) == ("likely to be met", "projected")
    limits = finding.limits["value"]
    assert limits.lower is not None
    assert limits.upper is not None
    assert limits.lower <= finding.values["value"] <= limits.upper


@pytest.mark.parametrize(
    ("which", "held", "why"),
    [
        (measure(Polarity.NEITHER), totals((5,)), "neither way is agreed to be better for this measure"),
        (measure(), totals(()), "no total for 2011/12: no figures are held"),
        (measure(breaks=BREAK), totals((5,)), "its period crosses a break in the series: A new recording system"),
    ],
)
def test_a_target_that_cannot_be_judged_says_why(which: Measure, held: Holding, why: str) -> None:
    assert find_target(which, held, Target(9, YEAR), last=QUARTER).unavailable == why


def test_a_target_that_runs_without_months_is_not_known_yet() -> None:
    found = find_target(measure(), totals((9,)), Target(9, Period.financial_year(2012)), last=QUARTER)
    assert found.unavailable == "it is not known yet: the period is not over"


def test_totals_that_moved_since_the_last_edition_are_listed() -> None:
    before = YEAR.shift(-3)
    finding = find_revisions(
        measure(), area="R", printed={before: 190, YEAR: 9, YEAR.shift(-6): None}, now={before: 192, YEAR: 9},
        edition="the edition of Q3 2011/12",
    )  # fmt: skip
    assert finding.values == {"compared": 3, "revised": 1, f"{before.code} was": 190, f"{before.code} is": 192}
    assert finding.periods == (before,)


def test_only_what_was_more_than_chance_is_made_clear() -> None:
    found = [
        Finding(Kind.TREND, "", "", (), "", p=p, strength=strength)
        for p, strength in ((0.001, Strength.LIKELY), (0.002, Strength.NO_CLEAR_CHANGE), (None, Strength.UNTESTED))
    ]
    assert [finding.strength for finding in strengthen(found)] == [
        Strength.CLEAR, Strength.NO_CLEAR_CHANGE, Strength.UNTESTED,
    ]  # fmt: skip


def every_finding(which: Measure, held: Holding) -> list[Finding]:
    """Each kind that one series has."""
    years = [YEAR.shift(-12), YEAR]
    targets = [find_target(which, held, Target(30, period, 2), last=QUARTER) for period in (YEAR, YEAR.shift(6))]
    printed = {YEAR: 5.0, YEAR.shift(-3): None}
    now = {period: held.total(period).value for period in printed}
    return [
        find_change(which, held, YEAR),
        targets[0],
        *find_months(which, held, YEAR),
        find_control(which, held, chart_of(which, held, last=QUARTER)),
        find_trend(which, held, last=QUARTER),
        find_quarters(which, held, [YEAR.shift(-3 * back) for back in reversed(range(8))]),
        find_averages(which, held, years),
        find_share(which, held, held, YEAR, whole_name="all crime"),
        find_quoted(
            which,
            area="R",
            period=YEAR,
            rank=3,
            of=15,
            position="in line",
            group="G",
            version="latest",
            source="iQuanta",
        ),
        find_revisions(which, area="R", printed=printed, now=now, edition="the edition of Q3 2011/12"),
    ]


@settings(max_examples=300)
@given(MEASURES, HOLDINGS)
def test_whatever_is_held_gives_findings_or_reasons_and_plain_json(which: Measure, held: Holding) -> None:
    for finding in every_finding(which, held):
        written = json.dumps(finding.as_json(), allow_nan=False)
        assert finding.values or finding.unavailable or finding.kind == Kind.MONTHS, written
        assert set(finding.limits) <= {"ratio", "annual", "value"}
        if finding.unavailable:
            assert not finding.values, written
            assert not finding.unavailable.endswith("."), written
        else:
            assert finding.method, written


@settings(max_examples=100)
@given(
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 10**6), min_size=1, max_size=8),
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 10**6), min_size=1, max_size=8),
)
def test_any_counts_and_residents_give_a_standing_or_a_reason(counts: dict[str, int], people: dict[str, int]) -> None:
    finding = find_standing(measure(), area="A", period=YEAR, positions=positions_of(counts, people))
    json.dumps(finding.as_json(), allow_nan=False)
    assert finding.unavailable or 1 <= finding.values["rank"] <= finding.values["of"]
