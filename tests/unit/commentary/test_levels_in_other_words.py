"""Levels, rates, averages and pairs of numbers, however they are told, are judged of their own place and time."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

YES, NO, UNKNOWN = "supported", "contradicted", "not_checkable"
MARCH = Period.month(2019, 3)
GROUP = ("Alder", "Briar", "Clover")
YEARS = ("2016/17", "2017/18", "2018/19")
VALUES = {
    ("Robbery", "Alder"): (510, 446, 640), ("Robbery", "Briar"): (702, 655, 618),
    ("Burglary", "Alder"): (840, 905, 772), ("Robbery", "Elmshire"): (4210, 4530, 4152),
    ("Population", "Alder"): (80_000, 80_000, 80_000), ("Population", "Briar"): (120_000, 120_000, 120_000),
}  # fmt: skip
MONTHS = (38, 44, 47, 52, 61, 58, 55, 57, 63, 59, 54, 52)
FIGURES = [
    *(
        Figure(name, area, read_code(year), float(value))
        for (name, area), values in VALUES.items()
        for year, value in zip(YEARS, values, strict=True)
    ),
    *(Figure("Robbery", "Alder", Period.month(2018, 4).shift(at), float(value)) for at, value in enumerate(MONTHS)),
]


def verdicts(text: str) -> list[str]:
    about = Subject("Robbery", "Alder", Polarity.LOWER, MARCH, GROUP)
    return [item.verdict.value for item in check_comment(text, about=about, figures=FIGURES)]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("This time last year, 446 robberies were recorded.", YES),
        ("This time last year, 464 robberies were recorded.", NO),
        ("Ten years ago, there were 631 robberies.", UNKNOWN),
        ("The picture is mixed: in 2009/10, there were 631 robberies.", UNKNOWN),
        ("There were 4,210 robberies in Elmshire as a whole the year before last.", YES),
        ("There were 446 robberies here a year earlier and 640 in the latest year.", YES),
        ("Robbery in Briar the year before - 655 crimes.", YES),
        ("640 was the total for robbery in 2018/19.", YES),
        ("682 was the total for arson in 2018/19.", UNKNOWN),
        ("618 was the count for robbery in Briar over the past year.", YES),
        ("The figures put robbery at 604.", NO),
        ("The group looked at robbery, which closed on 640.", YES),
        ("The group looked at robbery, which closed on 604.", NO),
        ("At year end, 640 robberies had been recorded.", YES),
        ("Robbery stands at 446.", NO),
        ("There were c.640 robberies, or ~640.", YES),
    ],
)
def test_a_level_is_one_of_the_time_that_is_told_with_it(text: str, verdict: str) -> None:
    assert set(verdicts(text)) == {verdict}


@pytest.mark.parametrize(
    "text",
    [
        "Robbery in Thornwick, at 7.3 per 1,000 head of population, is being watched.",
        "Robbery rate in the town centre: 6.86 for every 1,000 residents.",
        "Robbery in Thornwick is on the agenda, with 681 robberies recorded this year.",
        "Robbery in Market ward (58 a month) was discussed.",
        "The total of robberies in Thornwick is 900; it was 464 in the previous year.",
        "There was discussion of robbery in Thornwick, which has risen from 464 in 2017/18 to 604 in 2018/19.",
        "The group looked at arson, which finished at 604.",
    ],
)
def test_what_is_told_of_another_place_or_thing_is_never_called_wrong(text: str) -> None:
    assert NO not in verdicts(text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Per 1,000 residents there were 8.0 robberies.", YES),
        ("There were 8.6 robbery offences per thousand residents.", NO),
        ("Just over 5 robberies /1,000 pop were recorded in Briar.", YES),
        ("In 2012/13, the rate of robbery was equivalent to 7.2 per 1,000 people.", UNKNOWN),
        ("Robbery rate in 2017/18: 5.6 per 1,000.", YES),
        ("Expressed per 10,000 people the figure is 80.0.", YES),
        ("Robbery: 8.0 in every 1,000 residents were victims.", YES),
        ("The volume of robbery in 2017/18 works out at 6.5 per 1,000.", NO),
    ],
)
def test_a_rate_is_one_of_the_time_and_place_told_before_it(text: str, verdict: str) -> None:
    assert verdicts(text) == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("A typical month saw 53 robberies.", YES),
        ("A typical month saw 63 robberies.", NO),
        ("In a typical week there were 12 robberies.", YES),
        ("53 is the monthly average for robbery.", YES),
        ("Burglary fell, and the monthly mean for robbery came to 53.", YES),
        ("Robbery averaged 53 p/m.", YES),
        ("Per month, the average stands at 53.", YES),
        ("There were 53 robberies a month between April 2018 and March 2019.", YES),
        ("Monthly mean for robbery the year prior: 37.", YES),
        ("Monthly mean for robbery the year prior: 53.", NO),
    ],
)
def test_an_average_is_known_in_any_order_of_its_parts(text: str, verdict: str) -> None:
    assert verdicts(text)[-1] == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Robbery rose from 38 in April to 52 by July.", YES),
        ("Robbery rose from 38 in April to 61 by July.", NO),
        ("Robbery climbed to 52 robberies in July from 38 in April.", YES),
        ("The 446 robberies of 2017/18 had become 640 by 2018/19.", YES),
        ("The 640 robberies of 2017/18 had become 446 by 2018/19.", NO),
        ("Robbery fell from 510 back in 2016/17 to 446 the following year.", YES),
        ("Robbery fell from 510 in 2016/17 to 446 a year later.", YES),
        ("Robbery in Briar swung from 655 in the previous year to 618 now.", YES),
        ("Robbery was 640, as against 510 back in 2016/17.", YES),
    ],
)
def test_both_times_of_a_pair_bind(text: str, verdict: str) -> None:
    assert set(verdicts(text)) == {verdict}
