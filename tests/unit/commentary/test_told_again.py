"""What goes on about something told before is judged as that was; what stands beside a run or a part limits it."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

MARCH = Period.ending(Period.financial_year(2023), 1)
NOVEMBER = read_code("2023-11")
PLACES = ("Alder", "Birch", "Cedar", "Damson")
YEARS = {"2020/21": 2240.0, "2021/22": 2105.0, "2022/23": 1990.0, "2023/24": 2030.0}
QUARTERS = {"2023/24 Q1": 201.0, "2023/24 Q2": 214.0, "2023/24 Q3": 233.0, "2023/24 Q4": 260.0}
WAVERING = {"2023/24 Q1": 230.0, "2023/24 Q2": 214.0, "2023/24 Q3": 233.0, "2023/24 Q4": 220.0}
MONTHS = {f"{2022 + (at + 3) // 12}-{(at + 3) % 12 + 1:02}": 30.0 + at + at // 12 for at in range(24)}
PARTS = {"Repeat robbery": {"2022/23": 597.0, "2023/24": 812.0}}
RISES = {"Alder": (200, 214), "Birch": (400, 440), "Cedar": (300, 290), "Damson": (500, 470)}


def verdicts(text: str, values: dict[str, float], *, as_at: Period = MARCH, measure: str = "Robbery") -> list[str]:
    """The verdicts on a comment about one place, in order."""
    figures = [Figure(measure, "Alder", read_code(when), value) for when, value in values.items()]
    figures += [Figure(name, "Alder", read_code(when), v) for name, known in PARTS.items() for when, v in known.items()]
    about = Subject(measure, "Alder", Polarity.LOWER, as_at, ())
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


def among(text: str) -> list[str]:
    """The verdicts on a comment about one of four places."""
    figures = [
        Figure("Robbery", place, read_code(year), float(value))
        for place, values in RISES.items()
        for year, value in zip(("2022/23", "2023/24"), values, strict=True)
    ]
    about = Subject("Robbery", "Alder", Polarity.LOWER, MARCH, PLACES)
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


YES, NO, OPEN = "supported", "contradicted", "not_checkable"


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("This is the third consecutive quarter in which robbery has increased.", QUARTERS, [YES]),
        ("It is the third quarter in a row that robbery has fallen.", QUARTERS, [NO]),
        ("This makes three quarters in a row of rising robbery.", QUARTERS, [YES]),
        ("Robbery has risen in each successive quarter.", WAVERING, [NO]),
        ("Robbery is up, after falls in each of the two years before.", YEARS, [YES, YES]),
        ("There had been a fall in each of the previous two years.", YEARS, [YES]),
        ("Robbery has fallen in every year since 2020/21, with one exception.", YEARS, [YES]),
        ("Robbery has fallen in every year bar one.", YEARS, [YES]),
        ("Robbery fell every year, with the exception of the last.", YEARS, [OPEN]),
    ],
)
def test_a_run_is_judged_with_what_stands_beside_it(text: str, values: dict[str, float], wanted: list[str]) -> None:
    assert verdicts(text, values) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Every month was higher than in 2022/23.", [YES]),
        ("Every month was lower than in 2022/23.", [NO]),
        ("No month was lower than in 2022/23.", [YES]),
        ("Every month was higher than the same month last year.", [YES]),
        ("Every quarter was lower than the same quarter of 2022/23.", [NO]),
        ("Every quarter was lower than the same quarter of 2019/20.", [OPEN]),
        ("No month of 2023/24 fell below 43.", [YES]),
        ("No month of 2023/24 fell below 45.", [NO]),
        ("No month went above 50.", [NO]),
        ("Robbery fell below 45 in no month of 2023/24.", [OPEN]),
    ],
)
def test_each_month_is_set_beside_its_own_of_a_year_before(text: str, wanted: list[str]) -> None:
    assert verdicts(text, MONTHS) == wanted


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("The monthly average stood at 169, compared with 166 the year before.", YEARS, [YES, YES]),
        ("Robbery averaged 169 a month against 177 before.", YEARS, [YES, NO]),
        ("The monthly average was 169, compared with 48 in Derby.", YEARS, [YES, OPEN]),
        ("Repeat robbery accounted for 40% of the 2,030, against 30% previously.", YEARS, [YES, YES]),
        ("Repeat robbery accounted for 40% of the 2,030, up from 36%.", YEARS, [YES, NO]),
        ("Robbery rose by 2.0%, compared with 9% the year before.", YEARS, [YES, NO]),
        ("Robbery rose by 40 after a fall of 115 in 2022/23.", YEARS, [YES, YES]),
    ],
)
def test_the_same_is_told_of_the_time_before(text: str, values: dict[str, float], wanted: list[str]) -> None:
    assert verdicts(text, values) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery is on course for about 545, below last year's 588.", [YES, YES]),
        ("Robbery is on course for 546, 42 fewer than last year.", [YES, YES]),
        ("Robbery is on course for 546, an increase on 2022/23.", [YES, NO]),
    ],
)
def test_what_a_projection_is_compared_with_is_beside_the_projection(text: str, wanted: list[str]) -> None:
    assert verdicts(text, {"2022/23": 588.0, "2023-04/2023-11": 364.0}, as_at=NOVEMBER) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery stood 40 (2.0%) above 2022/23.", [YES, YES]),
        ("There were 50 (2.0%) more than in 2022/23.", [NO, YES]),
        ("Robbery +40 (+2.0%).", [YES, YES]),
        ("There was a 2.0% increase, i.e. 35 offences.", [YES, NO]),
    ],
)
def test_a_change_in_both_units_is_two_claims(text: str, wanted: list[str]) -> None:
    assert verdicts(text, YEARS) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Robbery with a weapon rose whilst those without a weapon fell by 210.",
        "Robbery with a weapon rose and those at night fell by 210.",
        "There were 210 fewer robberies without a weapon.",
    ],
)
def test_the_other_part_is_not_the_measure(text: str) -> None:
    values = {"2022/23": 1990.0, "2023/24": 2030.0}
    assert NO not in verdicts(text, values, measure="Robbery with a weapon")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two of the four rose.", [YES]),
        ("Two of the four districts rose; at 7.0% Alder's was the largest of them.", [YES, YES, NO]),
        ("Of the four districts, two rose and two fell.", [YES, YES]),
        ("Robbery rose by 7.0%, worse than Elm Valley.", [YES, OPEN]),
        ("Two of the four fell by 9%.", [OPEN, OPEN]),
    ],
)
def test_members_that_moved_are_counted_and_no_change_of_the_place(text: str, wanted: list[str]) -> None:
    assert among(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery rose by 7.0%, twice the rise in Birch.", NO),
        ("Robbery rose by 7.0%, 0.7 times the rise in Birch.", YES),
        ("Alder has just over half the level of Birch.", OPEN),
    ],
)
def test_times_another_place_is_of_its_change_where_that_is_said(text: str, wanted: str) -> None:
    assert among(text)[-1] == wanted
