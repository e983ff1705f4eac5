"""A share is found in any order of its parts; a filler changes nothing; what is not given is never called wrong."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

YES, NO, UNKNOWN = "supported", "contradicted", "not_checkable"
MARCH = Period.month(2019, 3)
FIGURES = [
    Figure(measure, area, read_code(year), float(value))
    for measure, area, values in (
        ("Violence against the person", "Penarth", (1128, 1283)),
        ("Violence with injury", "Penarth", (541, 574)),
        ("Violence without injury", "Penarth", (587, 709)),
        ("All crime", "Penarth", (6881, 7314)),
        ("Robbery", "Penarth", (188, 156)),
        ("Violence against the person", "Castle", (248, 337)),
        ("Violence against the person", "Abbey", (203, 248)),
    )
    for year, value in zip(("2017/18", "2018/19"), values, strict=True)
]


def verdicts(text: str) -> list[str]:
    about = Subject("Violence against the person", "Penarth", Polarity.LOWER, MARCH)
    return [item.verdict.value for item in check_comment(text, about=about, figures=FIGURES)]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Violence made up {} of all crime.", "17.5%", "24.1%"),
        ("Of all crime, {} was violence.", "17.5%", "24.1%"),
        ("As a proportion of total crime, violence was {}.", "17.5%", "24.1%"),
        ("Violence as a share of all crime was {}.", "17.5 per cent", "13.2 per cent"),
        ("{} of violent offences were violence with injury.", "44.7%", "50.9%"),  # of the year before
        ("Violence with injury (574, or {} of violence) needs attention.", "44.7%", "31.4%"),
        ("{} of the increase in total crime was violence.", "35.8%", "17.5%"),
        ("Of the rise in total crime, {} came from violence.", "35.8%", "17.5%"),
        ("Violence contributed {} of the rise in all crime.", "over a third", "two thirds"),
        ("Castle ward had {} of violence.", "26.3%", "19.3%"),
        ("Roughly {} of violent offences take place in Castle ward.", "a quarter", "half"),
        ("The share of violent crime in Castle ward was {}.", "26.3%", "19.3%"),
        ("Of violent crime, {} occurred in Abbey.", "19.3%", "26.3%"),
        ("248 of the violent offences ({}) were in Abbey ward.", "19.3%", "26.3%"),
        ("Fewer than {} crimes were violence.", "one in five", "one in nine"),
    ],
)
def test_a_share_is_judged_by_the_part_and_the_whole_that_are_named(text: str, right: str, wrong: str) -> None:
    assert YES in verdicts(text.format(right))
    assert NO not in verdicts(text.format(right))
    assert NO in verdicts(text.format(wrong))


@pytest.mark.parametrize(
    "text",
    [
        "As a whole, violence {}.",
        "In the year as a whole, violence {}.",
        "As Members will be aware, violence {}.",
        "It should be borne in mind that violence {}.",
        "As expected, violence {}.",
        "The Chief Constable confirmed that violence {}.",
        "The Cabinet Member for Communities reported that violence {}.",
        "The Scrutiny Committee noted that violence {}.",
        "The longer run shows that violence {}.",
        "Violence once more {}.",
        "Violence {} in the wake of the pandemic.",
        "Violence {}, in the view of the analyst.",
        "Violence {}, as previously reported.",
        "Violence {} (see chart 3).",
        "Violence {}, reflecting better recording.",
        "Violence {}, despite the best efforts of the team.",
        "Violence {}, in spite of cuts.",
        "Robbery fell by 17.0% and violence against the person nonetheless {}.",
    ],
)
def test_words_that_name_nothing_change_no_verdict(text: str) -> None:
    assert verdicts(text.format("rose by 13.7%"))[-1] == YES
    assert NO not in verdicts(text.format("rose by 13.7%"))
    assert verdicts(text.format("rose by 18.8%"))[-1] == NO


@pytest.mark.parametrize(
    "text",
    [
        "In Tenby, violence fell by 12%.",
        "On Saturdays, violence fell by 12%.",
        "Among those aged under 18, violence fell by 12%.",
        "In the residents' survey, violence fell by 12%.",
        "Violence rose by 13.7%, while Tenby saw a drop of 12%.",
        "There was a 12% fall in violent offences on bank holidays.",
        "There was a 12% fall in violence against NHS staff.",
        "Violent offences in Castle Street fell by 12%.",
        "Knife-enabled violence fell.",
        "Elderly victims fell.",
        "Violence rose by 13.7% (with arrests for violence down 12%).",
        "Women made up 31% of violent offences.",
        "Tenby, which stood at 22% of all crime, needs attention.",
        "48% of the rise in all crime was knife-enabled violence.",
        "48% of the rise in all crime is down to better recording.",
    ],
)
def test_what_is_told_of_something_not_given_is_not_held_against_the_text(text: str) -> None:
    assert NO not in verdicts(text)
    assert UNKNOWN in verdicts(text)
