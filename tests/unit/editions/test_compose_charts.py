"""What the pictures of a measure say is what the statistics said."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quarterday.domain.measure import Measure, Polarity
from quarterday.domain.period import Period
from quarterday.editions.analyse import Analysis
from quarterday.editions.compose_charts import control_chart, ranked_chart
from quarterday.plan.entries import MeasureEntry, PeerGroupEntry
from quarterday.report.chart_control import draw_control
from quarterday.report.document import ControlChart, RankedChart
from quarterday.statistics import control, peers

START = Period.month(2023, 4)
STEADY = (41, 38, 45, 36, 43, 40, 37, 44, 39, 42, 46, 38, 41, 35, 43, 40, 39, 42)
ROBBERY = (0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 5)
THEFT = Measure("Theft", "thefts", "theft", Polarity.LOWER, "Police")
ENTRY = MeasureEntry(name="Theft", unit="thefts", definition="Thefts.", source="Police", polarity=Polarity.LOWER)
GROUP = PeerGroupEntry(name="Woods", version="2024", size=4, source="Nobody", members=("Ash", "Beech", "Cedar", "Elm"))
YEAR = Period.financial_year(2024)


def analysis(**parts: object) -> Analysis:
    """Of a measure of which nothing is known, but for what is given."""
    none: dict[str, object] = {
        "entry": ENTRY, "measure": THEFT, "group": None, "columns": (YEAR,), "figures": (), "findings": (), "used": (),
        "notes": (),
    }  # fmt: skip
    return Analysis(**(none | parts))  # type: ignore[arg-type]


def charted(
    values: Sequence[float | None],
    *,
    rebase_at: Mapping[int, str] | None = None,
    marks: Mapping[int, str] | None = None,
) -> ControlChart:
    made = control.chart(values, rebase_at=rebase_at or {})
    months = tuple(START.shift(at) for at in range(len(values)))
    return control_chart(analysis(chart=made, months=months, month_marks=marks or {}), name="1-theft-months")


def ranked(counts: Mapping[str, float], *, member: str = "Beech") -> RankedChart:
    people = [50_000.0] * len(counts)
    positions = peers.positions(list(counts.values()), people, areas=tuple(counts))
    made = ranked_chart(analysis(positions=positions, member=member, group=GROUP), name="1-theft-peers")
    assert made is not None
    return made


def test_a_steady_series_is_within_its_usual_range_since_it_began() -> None:
    made = charted(STEADY)
    assert made.chart.title == "Theft: within its usual range since April 2023"
    assert made.chart.alt.endswith("No point is flagged.")
    assert (made.flags, made.remarks) == ((), ())


def test_the_points_and_limits_are_those_of_the_statistics() -> None:
    expected, made = control.chart(STEADY), charted(STEADY)
    assert [point.value for point in made.points] == list(expected.values)
    (limits,) = made.limits
    assert (limits.centre, limits.lower, limits.upper) == (expected.centre[0], expected.lower[0], expected.upper[0])
    assert limits.text == "April 2023 to September 2024: average 40.5, limits 27.5 and 53.5."


def test_a_flagged_point_is_told_in_the_title_the_description_and_the_list_of_flags() -> None:
    made = charted((*STEADY[:-1], 68))
    assert made.chart.title == "Theft: unusually high in September 2024"
    assert made.flags == ("September 2024, 68: above the upper limit.",)
    assert made.flags[0] in made.chart.alt
    assert (made.points[-1].signals, made.points[-1].way) == (("above the upper limit",), "up")


def test_flagged_points_that_follow_each_other_are_one_flag_with_every_rule_they_meet() -> None:
    made = charted((*STEADY, *(60, 61, 60, 62, 59, 60, 61, 60)))
    (flag,) = made.flags[-1:]
    assert flag.startswith("October 2024 to May 2025: ")
    assert {"above the upper limit", "in a run of points above the centre"} <= set(flag[26:-1].split("; "))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((*STEADY[:-2], 68, 40), "back within its usual range in September 2024"),
        ((*STEADY[:9], 68, *STEADY[10:]), "within its usual range since February 2024"),
        ((*STEADY[:-1], None), "no verdict, for September 2024 is not known"),
        ((*STEADY[:8],), "within its usual range since April 2023, on trial limits"),
        ((0,) * 14, "none counted since April 2023"),
        ((*STEADY[:9], 34, 35, 36, 38, 40, 42, 44, 46), "rising for 8 months to August 2024"),
        ((*STEADY[:14], 45, 46, 45, 47, 45, 46, 45), "above the usual for 7 months to December 2024"),
    ],
)  # fmt: skip
def test_a_title_says_how_the_latest_month_stands(values: Sequence[float | None], words: str) -> None:
    assert charted(values).chart.title == f"Theft: {words}"


def test_a_missing_month_is_a_gap_that_is_named() -> None:
    made = charted((*STEADY[:5], None, *STEADY[6:]), marks={5: "[c]"})
    assert (made.points[5].value, made.points[5].text) == (None, "[c]")
    assert made.remarks == ("Without a figure, so a gap: Sept '23.",)


def test_limits_that_begin_anew_say_from_when_and_why() -> None:
    made = charted((*STEADY, *(value * 2 for value in STEADY)), rebase_at={18: "counting changed."})
    assert made.remarks == ("Limits begin anew in October 2024: counting changed.",)
    assert [limits.start for limits in made.limits] == [0, 18]
    assert made.limits[1].centre == pytest.approx(2 * (made.limits[0].centre or 0))


def test_trial_limits_say_on_how_many_points_they_rest() -> None:
    assert charted(STEADY[:8]).limits[0].text.endswith("; trial limits, for they rest on 8 points.")


def test_rare_events_are_charted_by_the_months_between_and_a_burst_is_told() -> None:
    made = charted(ROBBERY)
    assert made.of_gaps
    assert made.counted == "Months without any thefts before each month with some"
    assert [point.place for point in made.points] == [1, 5, 7, 12, 15, 17]
    assert made.chart.title == "Theft: more in September 2024 than chance gives, on trial limits"
    assert made.flags == ("September 2024, 1 months without: more in one month than chance gives.",)
    assert "High means longer without any, so fewer." in made.remarks
    assert "upper limit 16; more than 4 in one month are more than chance gives" in made.limits[0].text


def test_a_count_that_cannot_fall_below_nought_has_no_lower_limit() -> None:
    (limits,) = charted((2, 3, 1, 4, 2, 3, 2, 1, 3, 2, 4, 2, 3, 2)).limits
    assert limits.lower is None
    assert "no lower limit" in limits.text


def test_the_method_names_its_options_its_source_and_why_it_was_chosen() -> None:
    method = charted(STEADY).method
    assert method is not None
    assert (method.name, method.options["run length"]) == ("XmR control chart", "7")
    assert method.text == control.chart(STEADY).why
    assert "Making Data Count" in method.source


@given(
    values=st.lists(st.none() | st.integers(0, 3) | st.integers(0, 900), min_size=6, max_size=60),
    rebased=st.sets(st.integers(1, 59), max_size=3),
)
def test_every_series_has_a_chart_that_can_be_drawn_and_marks_what_is_flagged(
    values: list[int | None], rebased: set[int]
) -> None:
    assume(any(value is not None for value in values))
    made = charted(values, rebase_at={place: "a change" for place in rebased if place < len(values)})
    picture = draw_control(made)
    assert "nan" not in picture
    assert picture.count("<polygon") == sum(1 for point in made.points if point.way and point.value is not None)
    assert bool(made.flags) == any(point.way for point in made.points)


def test_where_months_are_not_known_the_reason_stands_in_the_place_of_a_chart() -> None:
    made = control_chart(analysis(why_no_chart="only rolling totals are known"), name="1-theft-months")
    assert not made.chart.drawn
    assert made.chart.alt == "There is no control chart of Theft: only rolling totals are known."


def test_areas_stand_in_the_order_of_their_rates_and_the_area_itself_is_marked() -> None:
    made = ranked({"Ash": 300, "Beech": 100, "Cedar": 200, "Elm": 150})
    assert [(place.area, place.text, place.rank) for place in made.places] == [
        ("Beech", "2.0", 1), ("Elm", "3.0", 2), ("Cedar", "4.0", 3), ("Ash", "6.0", 4)
    ]  # fmt: skip
    assert [place.area for place in made.places if place.own] == ["Beech"]
    assert made.chart.title == "Theft: 1st of 4 (1 = lowest), in line with the average"
    assert "Beech: 2.0, in line with the average; place 1, between 1 and 1 at 95% confidence." in made.chart.alt


def test_each_area_has_its_own_limits_position_and_interval_of_ranks() -> None:
    counts = {"Ash": 300, "Beech": 100, "Cedar": 200, "Elm": 150}
    expected = peers.positions(list(counts.values()), [50_000] * 4, areas=tuple(counts)).at("Elm")
    (elm,) = [place for place in ranked(counts).places if place.area == "Elm"]
    assert [(limit.name, limit.lower, limit.upper) for limit in elm.limits] == [
        (name, limit.lower, limit.upper) for name, limit in zip(("95%", "99.8%"), expected.limits, strict=True)
    ]
    assert (elm.rank_lower, elm.rank_upper, elm.position) == (expected.rank_lower, expected.rank_upper, expected.label)


def test_areas_that_tie_share_their_place_and_it_is_said() -> None:
    made = ranked({"Ash": 100, "Beech": 100, "Cedar": 200, "Elm": 150})
    assert [place.place.split()[0] for place in made.places] == ["1=", "1=", "3", "4"]
    assert made.places[0].own
    assert "Areas with = share their place." in made.remarks


def test_rates_under_one_are_told_apart_by_two_decimals() -> None:
    assert [place.text for place in ranked({"Ash": 11, "Beech": 12, "Cedar": 13, "Elm": 9}).places] == [
        "0.18", "0.22", "0.24", "0.26"
    ]  # fmt: skip


def test_a_partnership_that_is_no_member_has_a_picture_without_a_place() -> None:
    made = ranked({"Ash": 300, "Beech": 100, "Cedar": 200}, member="")
    assert made.chart.title == "Theft: the rates of 3 areas"
    assert not any(place.own for place in made.places)


def test_without_a_peer_group_there_is_no_picture_of_peers() -> None:
    assert ranked_chart(analysis(), name="1-theft-peers") is None
