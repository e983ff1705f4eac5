"""What fire services, boroughs and youth teams write beside their figures is judged as it is meant."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

YES, NO, OPEN = "supported", "contradicted", "not_checkable"
MARCH = read_code("2019-03")
YEARS = {"2016/17": 500.0, "2017/18": 400.0, "2018/19": 300.0}
HALVES = {"2017-04/2017-09": 240.0, "2018-04/2018-09": 300.0}
QUARTERS = {"2017/18 Q4": 90.0, "2017/18 Q3": 95.0, "2018/19 Q4": 100.0, "2018/19 Q3": 110.0}


def verdicts(
    text: str,
    values: dict[str, float],
    *,
    measure: str = "Robbery",
    as_at: Period = MARCH,
    better: Polarity = Polarity.LOWER,
    beside: dict[str, dict[str, float]] | None = None,
) -> list[str]:
    """The verdicts on a comment about one place, in order."""
    known = {measure: values, **(beside or {})}
    figures = [Figure(name, "Alder", read_code(when), v) for name, told in known.items() for when, v in told.items()]
    about = Subject(measure, "Alder", better, as_at, ())
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery has exceeded the 20% reduction sought by the Mayor.", [YES]),
        ("Robbery has beaten the 20% cut asked of us.", [YES]),
        ("The 20% reduction wanted of us was exceeded.", [YES]),
        ("Robbery is 25% down on the year before, short of the Mayor's 20% target.", [YES, NO]),
    ],
)
def test_a_reduction_that_somebody_sought_is_the_target(text: str, wanted: list[str]) -> None:
    assert verdicts(text, YEARS, beside={"Robbery target (% change)": {"2018/19": -20.0}}) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery was below the standard of 320.", [YES]),
        ("Robbery is 20 below profile (300 against 320).", [YES, YES]),
        ("Robbery came in at 300, missing the 320 target by 20.", [YES, NO]),
        ("Robbery is 120 lower than in 2017/18 and under the 320 goal.", [NO, YES]),
    ],
)
def test_a_target_that_is_held_is_known_by_its_number(text: str, wanted: list[str]) -> None:
    assert verdicts(text, YEARS, beside={"Robbery target": {"2018/19": 320.0}}) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery is 100 below where it stood in March 2018.", [YES]),
        ("Robbery is 120 below where it stood last March.", [NO]),
        ("Robbery has more than halved in a single year.", [NO]),
        ("It has been a year of change, taking robbery 100 under the 2017/18 total.", [YES]),
        ("Robbery has come in over 90 offences lower than in 2017/18, a fall of 28%.", [YES, NO]),
        ("Robbery has gone the wrong way.", [NO]),
        ("Robbery has moved the right way.", [YES]),
        ("Robbery slumped.", [YES]),
        ("Robbery shows an unbroken decline since 2016/17.", [YES]),
        ("There were 300 robberies, i.e. three quarters of the previous level.", [YES, YES]),
        ("Robbery was at a three-year low of 300 in 2018/19.", [YES]),
        ("Robbery is better than last year and standing at 400.", [YES, NO]),
        ("400 robberies were recorded in 2018/19.", [NO]),
        ("Somebody was robbed roughly once a day during 2018/19.", [OPEN]),
        ("Robbery shows an unbroken decline over the three years.", [YES]),
        ("Robbery improved from the year before.", [YES]),
        ("Robbery worsened from last year.", [NO]),
        ("The 300 robberies, as reported to the Cabinet on 17 July, are a fall of 120.", [YES, NO]),
    ],
)
def test_a_change_is_held_against_the_time_that_is_told(text: str, wanted: list[str]) -> None:
    assert verdicts(text, YEARS) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery is up 25% on the first half of last year.", [YES]),
        ("Robbery is 60 higher than in the first half of the previous year.", [YES]),
        ("Robbery is up 40% on the first half of last year.", [NO]),
    ],
)
def test_the_half_of_a_year_before_is_one_time(text: str, wanted: list[str]) -> None:
    assert verdicts(text, HALVES, as_at=read_code("2018-09")) == wanted


def test_two_times_that_are_compared_with_are_told_with_one_word() -> None:
    told = "Robbery fell compared with both the preceding quarter and Quarter 4 of 2017/18."
    assert verdicts(told, QUARTERS) == [YES, NO]


@pytest.mark.parametrize(
    ("text", "measure", "wanted"),
    [
        ("Arson is down by 100.", "Deliberate primary fires", [YES]),
        (
            "Arson incidents: 2017/18 - 400; 2018/19 - 300. That is a drop of a third.",
            "Deliberate primary fires",
            [YES, YES, NO],
        ),
        ("An average of 31 fires a month in 2018/19.", "Arson", [NO]),
        ("In all 300 lives were lost.", "Fire fatalities", [YES]),
        ("Discarded needles halved.", "Needle finds", [NO]),
        ("The BOCU's robbery is down by 120.", "Robbery", [NO]),
    ],
)
def test_a_measure_is_known_by_what_people_call_it(text: str, measure: str, wanted: list[str]) -> None:
    assert verdicts(text, YEARS, measure=measure) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The victimisation rate works out at 3.0 per 1,000 residents.", [YES]),
        ("A victimisation rate of 3.5 per 1,000 residents is shown.", [NO]),
    ],
)
def test_the_rate_of_all_crime_is_that_of_victimisation(text: str, wanted: list[str]) -> None:
    people = {"Population": {"2018/19": 100_000.0}}
    assert verdicts(text, YEARS, measure="All crime", beside=people) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Robbery fell by 100, unlike in Cedar.",
        "Robbery fell by 100 and bettered the metropolitan average.",
        "At 300, robbery was the same as in Cedar.",
        "At 300, robbery is outside the upper warning limit.",
        "At 300, robbery is well under that of the other districts.",
        "Robbery was 300 in 2018/19; Alder is the only Dale division to have achieved a reduction.",
    ],
)
def test_what_is_said_of_other_places_is_found_and_left_open(text: str) -> None:
    assert verdicts(text, YEARS) == [YES, OPEN]


def among(text: str) -> list[str]:
    """The verdicts on a comment about one of four places."""
    known = {"Alder": (200, 214), "Birch": (400, 440), "Cedar": (300, 290), "Damson": (500, 470)}
    figures = [
        Figure("Reoffending (%)", place, read_code(year), value / 10)
        for place, values in known.items()
        for year, value in zip(("2017/18", "2018/19"), values, strict=True)
    ]
    about = Subject("Reoffending (%)", "Birch", Polarity.LOWER, MARCH, tuple(known))
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Birch was one of two areas to see an increase.", [YES]),
        ("Birch was one of three counties to see an increase.", [NO]),
        ("Birch is 3rd of the four, a place better than the year before.", [YES, NO]),
        ("Birch is 3rd of the four, a position worse than last year.", [YES, NO]),
        ("Birch has the largest rise of all.", [YES]),
        ("Birch is 3rd of 4, slipping from 2nd the year before.", [YES, NO]),
        ("Birch is 3rd of 4, no change from 3rd.", [YES, YES]),
        ("Birch is 3rd of 4, up from 4th.", [YES, NO]),
        ("Birch is third lowest in Family Group 2.", [YES]),
        ("Birch is 12th of 43 nationally, up from 15th.", [OPEN, OPEN]),
    ],
)
def test_a_place_among_others_is_counted(text: str, wanted: list[str]) -> None:
    assert among(text) == wanted
