"""Which of the figures a number is of, where the sentence tells it elsewhere than right before the number."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

Rows = dict[str, float]
YEARS: Rows = {"2019/20": 5210, "2020/21": 4870, "2021/22": 4930, "2022/23": 5120}
RATES: Rows = {"2019/20": 61.3, "2020/21": 57.0, "2021/22": 57.4, "2022/23": 56.9}
THEFT: Rows = {"2021/22": 1400, "2022/23": 1476}
MONTHS: Rows = {
    f"2022-{month:02d}": value for month, value in zip(range(4, 13), (60, 58, 63, 71, 44, 52, 66, 83, 70), strict=True)
} | {"2023-01": 61, "2023-02": 55, "2023-03": 57}
ROLLING: Rows = {
    "2021-10/2022-09": 710, "2022-01/2022-12": 694, "2022-04/2023-03": 688, "2022-07/2023-06": 693,
    "2022-10/2023-09": 701,
}  # fmt: skip


def verdicts(text: str, rows: Rows, *, extra: dict[str, Rows] | None = None) -> list[str]:
    given = {"All crime": rows} | (extra or {})
    figures = [
        Figure(measure, "Westham", read_code(period), value)
        for measure, values in given.items()
        for period, value in values.items()
    ]
    last = max(figure.period.last for figure in figures)
    about = Subject("All crime", "Westham", Polarity.LOWER, Period(last, 1))
    return [item.verdict for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A growing town meant the rate per 1,000 dropped 0.9%.", ["supported"]),
        ("The rate per 1,000 came down 0.9% even though the count went up 3.9%.", ["supported", "supported"]),
        ("The rate came down 0.9% while the number of offences rose 3.9%.", ["supported", "supported"]),
        ("A growing town meant the rate per 1,000 dropped 3.9%.", ["contradicted"]),
    ],
)
def test_a_change_of_the_rate_and_one_of_the_count_are_told_apart(text: str, said: list[str]) -> None:
    assert verdicts(text, YEARS, extra={"All crime rate": RATES}) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Of the extra offences, 40% were thefts.", ["supported"]),
        ("Of the additional offences recorded in 2022/23, 40% were thefts.", ["supported"]),
        ("Of the year's increase, 28.8% were thefts.", ["contradicted"]),
    ],
)
def test_a_share_of_a_change_is_one_though_its_whole_is_told_first(text: str, said: list[str]) -> None:
    assert verdicts(text, YEARS, extra={"Theft": THEFT}) == said


def test_the_month_that_the_next_clause_speaks_of_is_no_peak() -> None:
    text = "Crime peaked at 83 in November, and August was the quietest month of the year."
    assert verdicts(text, MONTHS) == ["supported", "supported"]


def test_a_peak_that_is_spoken_of_is_not_the_latest_total() -> None:
    assert "contradicted" not in verdicts("The rolling total is 9 under its peak.", ROLLING)


@pytest.mark.parametrize(("way", "said"), [("upwards", "supported"), ("down", "contradicted")])
def test_the_last_steps_are_each_judged(way: str, said: str) -> None:
    assert verdicts(f"The last two quarters have each pushed the total {way}.", ROLLING) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Crime rose 3.9%; Easthampton went from 4,120 to 4,050.",
        "Crime rose 3.9%, while Easthampton saw a fall of 4%.",
        "Position in the family group: 8th, no change.",
        "Worse: the rate is above the average of its group.",
    ],
)
def test_what_is_told_of_others_is_not_held_against_the_figures(text: str) -> None:
    assert "contradicted" not in verdicts(text, YEARS)


def test_a_run_is_broken_by_a_time_that_is_not_given() -> None:
    rows = {"2022-10/2022-12": 366, "2023-04/2023-06": 304, "2023-07/2023-09": 311, "2023-10/2023-12": 352}
    assert verdicts("A third consecutive quarterly increase.", rows) == ["not_checkable"]
    assert verdicts("A second consecutive quarterly increase.", rows) == ["supported"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Crime ended on 5,120, having been 4,930.", "supported"),
        ("Crime fell to 2020/21; it rose in 2021/22 and is again higher than in 2020/21.", "supported"),
    ],
)
def test_the_time_of_a_clause_is_its_own(text: str, said: str) -> None:
    assert set(verdicts(text, YEARS)) == {said}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The rolling total is higher than at Q4.", "supported"),
        ("The rolling total is 8 higher than at Q1.", "supported"),
        ("The rolling total is 13 higher than at Q1.", "contradicted"),
    ],
)
def test_a_rolling_total_is_set_beside_that_of_the_quarter_told(text: str, said: str) -> None:
    assert verdicts(text, ROLLING) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The peak months were July, August and November.", "contradicted"),
        ("Half of them fell in the peak months of July, August and November.", "contradicted"),
        ("November 2022, with 83, was the worst month of the year.", "supported"),
        ("July 2022, with 71, was the worst month of the year.", "contradicted"),
    ],
)
def test_peak_months_are_the_highest(text: str, said: str) -> None:
    assert said in verdicts(text, MONTHS)


@pytest.mark.parametrize(
    "text",
    [
        "40% of the extra offences were thefts, up 76.",
        "Crime is up 190 and habitual offenders number 64.",
        "The inspectorate estimated that more than 9,000 crimes a year go unrecorded.",
        "There have been rises in both of the last two years.",
        "From a base of just 4,930, crime grew by 190.",
        "The rate came down 0.9% although recorded offences went up by 3.9%.",
    ],
)
def test_what_is_true_or_of_something_else_is_not_called_wrong(text: str) -> None:
    assert "contradicted" not in verdicts(text, YEARS, extra={"All crime rate": RATES, "Theft": THEFT})
