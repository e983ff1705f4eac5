"""What a clause tells of something else, or in another unit, is not taken for the measure's own number."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

MARCH, OCTOBER = Period.month(2019, 3), Period.month(2018, 10)
YES, NO = "supported", "contradicted"
GROUP = ("Alder", "Briar", "Clover", "Dock")
Row = tuple[str, str, str, float]
THEFT: tuple[Row, ...] = (
    ("Vehicle crime", "Alder", "2017/18", 212), ("Vehicle crime", "Alder", "2018/19", 183),
    ("Population", "Alder", "2017/18", 104_500), ("Population", "Alder", "2018/19", 104_800),
    ("All crime", "Alder", "2017/18", 2100), ("All crime", "Alder", "2018/19", 2050),
)  # fmt: skip
RATES: tuple[Row, ...] = tuple(
    ("Nuisance rate", area, year, rate)
    for year, rates in (("2017/18", (31.4, 30.2, 29.8, 34.0)), ("2018/19", (28.1, 30.6, 29.5, 33.4)))
    for area, rate in zip(GROUP, rates, strict=True)
)
MONTHS: tuple[Row, ...] = tuple(
    ("Arson", "Alder", f"2018-{month:02}", value)
    for month, value in zip(range(4, 11), (31, 28, 35, 30, 27, 33, 40), strict=True)
)  # fmt: skip
QUARTERS: tuple[Row, ...] = (
    ("Fires", "Alder", "2017/18 Q4", 642), ("Fires", "Alder", "2018/19 Q3", 571), ("Fires", "Alder", "2018/19 Q4", 588),
)  # fmt: skip


def verdicts(
    text: str, rows: tuple[Row, ...], measure: str, group: tuple[str, ...] = (), end: Period = MARCH
) -> list[str]:
    figures = [Figure(name, area, read_code(period), float(value)) for name, area, period, value in rows]
    about = Subject(measure, "Alder", Polarity.LOWER, end, group)
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    "text",
    [
        "Vehicle crime is down on last year and the refuge places target has slipped.",
        "Vehicle crime went from 212 to 183, and badger offences from 8 to 14.",
        "Vehicle crime was down by 29 and damage to vehicles up slightly.",
        "Vehicle crime fell, and four a week were taken at the station.",
        "Vehicle crime made up 9% of crime; over half was organised-gang.",
    ],
)
def test_what_has_a_subject_a_place_or_a_sort_of_its_own_is_not_called_wrong(text: str) -> None:
    assert NO not in verdicts(text, THEFT, "Vehicle crime")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Vehicle crime fell by 14% and the rate per 1,000 by 13.9%.", YES),
        ("Vehicle crime fell by 14% and the rate per 1,000 by 21.4%.", NO),
        ("A large decrease on last year, of 29 offences.", YES),
    ],
)
def test_a_change_is_of_what_stands_right_before_it(text: str, verdict: str) -> None:
    assert verdicts(text, THEFT, "Vehicle crime")[-1] == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Alder ranks 1st of 4, a gain of two places on 2017/18.", YES),
        ("Alder ranks 1st of 4, a gain of three places on 2017/18.", NO),
        ("The nuisance rate fell, a greater fall than in any other member of the group.", YES),
        ("The nuisance rate fell, a smaller fall than in any other member of the group.", NO),
    ],
)
def test_places_gained_and_falls_beside_others_are_counted_in_the_group(text: str, verdict: str) -> None:
    assert verdicts(text, RATES, "Nuisance rate", GROUP)[-1] == verdict


def test_an_average_so_far_is_over_the_months_so_far() -> None:
    text = "Arson has averaged {} offences a month so far this year."
    assert verdicts(text.format(32), MONTHS, "Arson", end=OCTOBER) == [YES]
    assert verdicts(text.format(45), MONTHS, "Arson", end=OCTOBER) == [NO]


def test_a_year_after_the_one_that_runs_has_no_straight_line() -> None:
    assert NO not in verdicts("The unit expects a fall to 300 in 2019/20.", MONTHS, "Arson", end=OCTOBER)


def test_a_third_quarter_is_the_lowest_of_third_quarters() -> None:
    assert verdicts("This is the lowest fourth quarter for a decade.", QUARTERS, "Fires") == ["not_checkable"]


PLACES: tuple[Row, ...] = (
    ("Robbery", "Alder", "2017/18", 120), ("Robbery", "Alder", "2018/19", 150), ("Robbery", "Briar", "2017/18", 100),
    ("Robbery", "Briar", "2018/19", 130), ("Robbery", "Clover", "2017/18", 200), ("Robbery", "Clover", "2018/19", 190),
    ("Robbery target", "Alder", "2018/19", 140), ("Population", "Alder", "2018/19", 100_000),
    ("Population", "Briar", "2018/19", 50_000), ("Population", "Clover", "2018/19", 300_000),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Alder had more robberies than Briar.", YES),
        ("Alder had fewer robberies than Briar.", NO),
        ("Robbery was 40 short of Clover.", YES),
        ("Robbery was 60 short of Clover.", NO),
        ("Robbery rose by less than in Briar.", YES),
        ("Robbery rose by more than in Briar.", NO),
        ("Robbery is high, with one district recording more offences.", YES),
        ("Robbery is high, with two districts recording more offences.", NO),
        ("Alder was one of only two areas where robbery rose.", YES),
        ("Alder was one of only three areas where robbery rose.", NO),
        ("The increase of 25% was the largest of the group.", NO),
        ("Robbery rose by 25%, or 30 offences.", YES),
        ("Robbery rose by 30%, or 25 offences.", NO),
        ("Offences are 10 over the 2019 target.", YES),
        ("Offences are 30 over the 2019 target.", NO),
    ],
)
def test_what_stands_beside_a_number_tells_what_it_is_held_against(text: str, verdict: str) -> None:
    assert verdicts(text, PLACES, "Robbery", GROUP[:3])[-1] == verdict


@pytest.mark.parametrize(("did", "verdict"), [("achieved", NO), ("missed", YES)])
def test_a_target_that_is_met_or_missed_is_told_with_its_number(did: str, verdict: str) -> None:
    assert verdicts(f"The force has {did} its 140 target.", PLACES, "Robbery", GROUP[:3]) == [verdict, YES]


@pytest.mark.parametrize(
    "text",
    [
        "Robbery was 12 short of Briar in January.",
        "Alder had more knifepoint robberies than Clover.",
        "Alder is one of three districts where robbery rose last month.",
        "Robbery rose by 25%, the solved rate by 3%.",
        "Robbery missed its 10% reduction target.",
        "We finished 4 over the 2015 target.",
        "The rise of 30 and the rate per 1,000 residents aged under 18 by 12%.",
        "Alder was 60 short of its own record.",
    ],
)
def test_another_time_part_or_target_is_not_held_against_the_text(text: str) -> None:
    assert NO not in verdicts(text, PLACES, "Robbery", GROUP[:3])


ROLLING: tuple[Row, ...] = tuple(
    ("Hoaxes", "Alder", f"{start}/{end}", value)
    for start, end, value in (
        ("2016-04", "2017-03", 97), ("2017-04", "2018-03", 104), ("2017-10", "2018-09", 121),
        ("2018-04", "2019-03", 126),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The rolling figure peaked at 121 in Oct '17 - Sep '18.", NO),
        ("Hoaxes peaked at 140.", "not_checkable"),
        ("Calls went up by 21%, or 22, and the sprinkler programme is behind plan.", "not_checkable"),
        ("The board met twice under the new rules. Hoaxes: 126 against 104.", YES),
        ("Hoaxes rose 21.2% on 2017/18 and are 7.2% above 2016/17.", NO),
        ("There were 22 more hoaxes than last year, which is a better position.", NO),
        ("There were 22 more hoaxes than last year, which is a worse position.", YES),
    ],
)
def test_a_peak_a_colon_and_a_relative_clause_tell_what_is_meant(text: str, verdict: str) -> None:
    assert verdicts(text, ROLLING, "Hoaxes")[-1] == verdict


def test_fewer_thefts_from_vehicles_is_no_comparison_with_vehicles() -> None:
    rows: tuple[Row, ...] = (
        ("Theft from motor vehicle", "Alder", "2017/18", 188), ("Theft from motor vehicle", "Alder", "2018/19", 164),
    )  # fmt: skip
    assert verdicts("There were 24 fewer thefts from vehicles.", rows, "Theft from motor vehicle") == [YES]
    assert verdicts("There were 42 fewer thefts from vehicles.", rows, "Theft from motor vehicle") == [NO]


def test_as_many_offences_are_counted_and_the_greater_of_a_name_is_another_place() -> None:
    assert verdicts("Alder has half as many offences as Clover.", PLACES, "Robbery", GROUP[:3]) != [NO]
    told = verdicts("The rate is below the Greater Briar average.", PLACES, "Robbery", ("Alder", "Briar", "Clover"))
    assert told[-1] == YES


@pytest.mark.parametrize(
    "text",
    [
        "Robbery costs fell by 12%.",
        "Robberies on Fridays fell by 9.",
        "There were 12 robberies a week reported to the bus company.",
        "Robbery was down 12% in the final quarter.",
        "Over the summer robbery fell by a third.",
        "Robbery was down 4% on the month.",
        "Robbery rose over the year but was down 12% between January and March.",
        "The plan is for robbery to fall to 120.",
        "Robbery is worse than the 2% fall expected.",
        "Robbery has risen by a quarter, driven by a 60% rise in the town centre.",
        "This is the highest figure in a generation.",
        "Robbery is 12% below the average for the time of year.",
    ],
)
def test_what_a_name_describes_and_a_part_of_the_year_are_not_the_whole_year_of_the_measure(text: str) -> None:
    assert NO not in verdicts(text, PLACES, "Robbery", GROUP[:3])
