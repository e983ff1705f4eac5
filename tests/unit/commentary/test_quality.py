"""What is found of a load, and the sentences that it is told in."""

from collections.abc import Sequence

from quarterday.commentary import quality
from quarterday.commentary.quality import Tally
from quarterday.commentary.quality_draft import write_quality
from quarterday.domain.figure import Figure, Line, missing
from quarterday.domain.finding import Finding
from quarterday.domain.period import Period

JANUARY = Period.month(2020, 1).first
UP = [20.0] * 12 + [60.0] * 12
FLAT = [20.0] * 24
END = [20.0] * 12 + [0.0] * 12


def line(
    values: Sequence[float | None], *, measure: str = "Theft", area: str = "Redditch", start: int = 0, months: int = 1
) -> Line:
    """A series of periods in a row from a month of 2020 on."""
    firsts = tuple(JANUARY + start + months * place for place in range(len(values)))
    return Line(measure, area, months, firsts, tuple(values))


def without(series: Line, *places: int) -> Line:
    kept = [place for place in range(len(series.firsts)) if place not in places]
    return Line(
        series.measure,
        series.area,
        series.months,
        tuple(series.firsts[place] for place in kept),
        tuple(series.values[place] for place in kept),
    )


def tally(unplaced: Sequence[float], *, rows: float = 1_000, area: str = "West Mercia (force)") -> Tally:
    months = tuple(range(JANUARY, JANUARY + len(unplaced)))
    of_rows = tuple(rows for _ in months)
    return Tally(
        "street", area, months, of_rows, tuple(1.0 for _ in months), tuple(unplaced), tuple(2.0 for _ in months)
    )


def revision(old: float | None, new: float | None, area: str = "Redditch") -> tuple[Figure, Figure]:
    month = Period.month(2020, 3)
    first, second = (
        missing("Theft", area, month, "not yet known") if value is None else Figure("Theft", area, month, value)
        for value in (old, new)
    )
    return first, second


def told(*findings: Finding) -> list[str]:
    return list(write_quality(findings))


def test_what_came_is_counted_with_the_months_of_which_there_is_a_figure() -> None:
    lines = [
        line(FLAT),
        without(line(FLAT, area="Bromsgrove"), 3),
        line([5, 6], measure="Residents", months=12, start=24),
    ]
    finding = quality.find_came(lines, Period(JANUARY, 60))
    assert told(finding) == ["Came: 49 figures: 2 measures, 2 areas, January 2020 to December 2024 (48 months)."]
    assert told(quality.find_came([line([3])], Period(JANUARY, 1))) == [
        "Came: 1 figure: Theft, Redditch, January 2020 (1 month)."
    ]


def test_rows_that_are_not_counted_are_told_with_their_share() -> None:
    two = [tally([10, 30]), tally([0, 0], area="Kent (force)")]
    assert told(*quality.find_not_counted(two)) == [
        (
            "Street rows: 4,000. Not counted, as they repeat an earlier one: 4 (0.1%). Counted for the force and for "
            "no district: 40 (1.0%) without a place, 8 (0.2%) in other areas."
        )
    ]


def test_rows_without_places_have_no_share_of_them() -> None:
    stops = Tally("stop-and-search", "Kent (force)", (JANUARY,), (10_000.0,), (1.0,), (), ())
    assert told(*quality.find_not_counted([stops])) == [
        "Stop-and-search rows: 10,000. Not counted, as they repeat an earlier one: 1 (under 0.1%)."
    ]
    assert quality.find_location([stops]) == ()


def test_a_steady_small_share_without_a_place_is_no_doubt() -> None:
    [finding] = quality.find_location([tally([10, 12, 29])])
    assert finding.verdict == ""
    assert told(finding) == [
        (
            "Street rows without a place, West Mercia (force): 51 of 3,000 (1.7%), from 1.0% in January 2020 to 2.9% "
            "in March 2020."
        )
    ]


def test_a_month_more_than_two_points_from_the_usual_is_a_doubt() -> None:
    [finding] = quality.find_location([tally([10, 12, 33])])
    assert finding.verdict == quality.DOUBTFUL
    assert told(finding)[0].endswith(
        "; 1 of 3 months lies more than 2 points from the usual 1.2%; the figures of its districts move with them."
    )


def test_a_large_share_is_a_doubt_however_steady() -> None:
    findings = [quality.find_location([tally([share] * 3)])[0] for share in (50, 51)]
    assert [finding.verdict for finding in findings] == ["", quality.DOUBTFUL]


def test_the_share_of_few_rows_is_not_told_month_by_month() -> None:
    [finding] = quality.find_location([tally([1, 30, 2], rows=499)])
    assert (finding.periods, finding.verdict) == ((), "")
    assert told(finding) == ["Street rows without a place, West Mercia (force): 33 of 1,497 (2.2%)."]


def test_forces_stand_worst_first_and_the_rest_is_counted() -> None:
    forces = [tally([10, 10 + swing], area=f"Force {swing}") for swing in range(12)]
    found = quality.find_location(forces)
    assert [finding.area for finding in found[:2]] == ["Force 11", "Force 10"]
    assert told(*found)[8:] == ["Forces with rows without a place: 4 more."]


def test_a_month_that_no_series_has_is_missing_in_the_whole_load() -> None:
    lines = [without(line(FLAT, area=area), 3, 4, 9) for area in ("Redditch", "Bromsgrove")]
    assert told(*quality.find_missing(lines)) == [
        "Missing, which is not nought: April to May 2020 and October 2020, in the whole load."
    ]


def test_series_that_lack_the_same_months_are_told_together_the_most_first() -> None:
    whole = [line(FLAT, measure=measure, area="Bromsgrove") for measure in ("Theft", "Robbery")]
    lacking = [without(line(FLAT, measure=measure), 5) for measure in ("Theft", "Robbery")]
    marked = line([20, None, 20, *FLAT[3:]], area="Wychavon")
    assert told(*quality.find_missing([marked, *whole, *lacking])) == [
        "Missing, which is not nought: June 2020, 2 measures, Redditch.",
        "Missing, which is not nought: February 2020, Theft, Wychavon.",
    ]


def test_a_nought_is_not_missing() -> None:
    assert quality.find_missing([line([0.0] * 24), line(FLAT, area="Bromsgrove")]) == ()


def test_a_series_without_any_value_lacks_all() -> None:
    [finding] = quality.find_missing([line(FLAT), line([None] * 24, area="Bromsgrove")])
    assert (finding.area, finding.values["periods"]) == ("Bromsgrove", 24)


def test_long_periods_are_missing_only_where_others_have_them() -> None:
    decades = [
        Line("Residents", area, 12, firsts, (1.0,) * len(firsts))
        for area, firsts in (("Barnet", (JANUARY - 240, JANUARY - 120, JANUARY)), ("Brent", (JANUARY - 240, JANUARY)))
    ]
    assert told(*quality.find_missing(decades)) == [
        "Missing, which is not nought: the 12 months to December 2010, Residents, Brent."
    ]


def test_areas_and_measures_that_begin_late_or_end_early_are_told_once() -> None:
    lines = [
        line(FLAT),
        line(FLAT, measure="Robbery"),
        line(FLAT[2:], start=2, area="Kent (force)"),
        line(FLAT[2:], start=2, measure="Robbery", area="Kent (force)"),
        line(FLAT[:12], measure="Fraud"),
        line([None, None, None, *FLAT[3:12]], measure="Fraud", area="Kent (force)"),
    ]
    assert told(*quality.find_late(lines)) == [
        "Kent (force): begins only with March 2020.",
        "Fraud, Kent (force): begins only with April 2020.",
    ]
    assert told(*quality.find_early(lines)) == ["Fraud ends with December 2020 in 2 of 2 areas, such as Redditch."]


def test_revisions_are_counted_and_the_largest_shown_with_both_values() -> None:
    pairs = [revision(1_000, 900), revision(60, 90, "Bromsgrove"), revision(1, 5), revision(None, 7), revision(8, 8)]
    assert told(*quality.find_revised(pairs)) == [
        "Revised: 5 figures, March 2020; in 1 of them a number came or went; 1 of them in marks alone.",
        "Revised by most: Theft, Redditch, March 2020, from 1,000 to 900 (10.0%).",
        (
            "Revised by most of what it was, of figures of at least 50: Theft, Bromsgrove, March 2020, from 60 "
            "to 90 (50.0%)."
        ),
    ]
    assert told(*quality.find_revised([])) == []


def test_a_jump_is_told_without_saying_what_made_it() -> None:
    said = told(*quality.find_jumps([line(UP), line(FLAT, area="Bromsgrove")]))
    assert said == [
        (
            "Theft, Redditch: rises in January 2021, from 20.0 to 60.0 a month; it looks like a change in recording or "
            "in what happened."
        )
    ]


def test_areas_that_jump_together_are_one_finding_of_the_measure() -> None:
    later = [20.0] * 13 + [70.0] * 11
    lines = [line(UP), line(later, area="Bromsgrove"), line(FLAT, area="Wychavon")]
    assert told(*quality.find_jumps(lines)) == [
        (
            "Theft rises between January 2021 and February 2021 in 2 of 3 areas, most in Bromsgrove, from 20.0 to 70.0 "
            "a month; it looks like a change in recording or in what happened."
        )
    ]


def test_measures_that_jump_together_are_one_finding_of_the_area() -> None:
    lines = [line(values, measure=measure) for measure, values in (("Theft", END), ("Robbery", END), ("Fraud", FLAT))]
    assert told(*quality.find_jumps(lines)) == [
        (
            "Redditch: 2 of 3 measures go to nought in January 2021, most Theft, from 20.0 to none a month; it looks "
            "like a change in recording or in what happened."
        )
    ]


def test_what_most_series_share_comes_first() -> None:
    lines = [
        line([200.0] * 12 + [900.0] * 12, measure="Robbery"),
        *(line(FLAT, measure="Robbery", area=f"Area {place}") for place in range(3)),
        *(line(UP, area=f"Area {place}") for place in range(3)),
        *(line(FLAT, measure=f"Measure {place}", area=area) for place in range(3) for area in ("Redditch", "Area 0")),
        *(line(FLAT, measure=f"Measure {place}", area=area) for place in range(3) for area in ("Area 1", "Area 2")),
    ]
    assert [finding.measure for finding in quality.find_jumps(lines)] == ["Theft", "Robbery"]


def test_a_jump_next_to_missing_months_is_found_at_its_own_month() -> None:
    [finding] = quality.find_jumps([without(line(UP), 3, 15)])
    assert finding.periods == (Period.month(2021, 1),)


def test_months_too_few_to_tell_are_said_so_and_rolling_years_are_passed_over() -> None:
    assert told(*quality.find_jumps([line(FLAT[:5])])) == [
        "Jumps in level were not looked for: it takes 18 months, and there are 5."
    ]
    rolling = Line("Theft", "Kent (force)", 12, tuple(range(JANUARY, JANUARY + 90, 3)), (10.0,) * 15 + (900.0,) * 15)
    assert quality.find_jumps([rolling]) == ()


def test_a_force_without_rows_has_no_share() -> None:
    assert quality.find_location([tally([0, 0], rows=0)]) == ()
