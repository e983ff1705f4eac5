"""A claim is judged as what the words beside it make of it, and what they leave open is left so."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

ROWS = (
    *(("Robbery", "Westham", year, value) for year, value in (("2020/21", 602), ("2021/22", 571), ("2022/23", 588))),
    ("Robbery", "Westham", "2023/24", 624),
    ("All crime", "Westham", "2022/23", 5880), ("All crime", "Westham", "2023/24", 6800),
    ("Burglary", "Westham", "2022/23", 200), ("Burglary", "Westham", "2023/24", 190),
    ("Robbery", "Eastham", "2022/23", 90), ("Robbery", "Eastham", "2023/24", 84),
)  # fmt: skip
ABOUT = Subject("Robbery", "Westham", Polarity.LOWER, Period.ending(Period.financial_year(2023), 1), ())


def verdicts(text: str) -> list[tuple[str, str]]:
    figures = [Figure(measure, area, read_code(period), value) for measure, area, period, value in ROWS]
    return [(item.claim.quote, item.verdict) for item in check_comment(text, about=ABOUT, figures=figures)]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The weekly figure was 12.", "supported"),
        ("The weekly figure was 15.", "contradicted"),
        ("As a proportion of all crime robbery has fallen to 9.2%.", "supported"),
        ("As a proportion of all crime robbery has risen to 12.4%.", "contradicted"),
        ("The cut of 4.1% did much good.", "contradicted"),
        ("Robbery has risen at every refresh.", "contradicted"),
        ("Robbery has risen for the second year running.", "supported"),
        ("Robbery has risen for the third year running.", "contradicted"),
        ("Levels are identical to last year.", "contradicted"),
        ("Robbery is 4% under 2022/23.", "contradicted"),
        ("Across the year to March there were 24 fewer robberies.", "contradicted"),
    ],
)
def test_the_words_beside_a_claim_tell_what_kind_it_is(text: str, verdict: str) -> None:
    assert [said for _, said in verdicts(text)] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Robbery rose by 6%, with motorcyclists down by a fifth.",
        "Things are worse than in the neighbouring authority, which has seen a decrease.",
        "Three wards generate between them 44% of robberies.",
        "Fewer than one in ten were robbed twice.",
        "Half-term weeks were the busiest.",
        "Robbery is over its quarter one profile of 58.",
        "Robbery fell in two consecutive months to a low of 37 in August.",
        "The dip two years ago was welcome.",
    ],
)
def test_what_another_did_or_what_has_no_figures_is_not_called_wrong(text: str) -> None:
    assert "contradicted" not in [said for _, said in verdicts(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Robbery and burglary moved by +6.1% and -5.0% respectively.", ["supported", "supported"]),
        ("Robbery and burglary moved by -5.0% and +6.1% respectively.", ["contradicted", "contradicted"]),
        ("Robbery fell in both Westham and Eastham.", ["contradicted", "supported"]),
    ],
)
def test_what_is_told_of_several_holds_of_each_in_its_place(text: str, said: list[str]) -> None:
    assert [verdict for _, verdict in verdicts(text)] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20% were detected, five points better than the 15% of the year before.", "supported"),
        ("20% were detected, nine points better than the 15% of the year before.", "contradicted"),
    ],
)
def test_points_between_two_shares_are_those_of_the_one_share_that_is_held(text: str, said: str) -> None:
    rows = (("Robbery", 1120, 1060), ("Robbery detections", 168, 212))
    figures = [
        Figure(measure, "Westham", read_code(year), value)
        for measure, *values in rows
        for year, value in zip(("2022/23", "2023/24"), values, strict=True)
    ]
    points = [item for item in check_comment(text, about=ABOUT, figures=figures) if "points" in item.claim.quote]
    assert [item.verdict for item in points] == [said]


def test_the_other_half_of_a_change_shows_what_a_number_is_of() -> None:
    text = "The service had 36 more robberies to deal with, a rise in demand of over {}%."
    assert [said for _, said in verdicts(text.format(6))] == ["supported", "supported"]
    assert [said for _, said in verdicts(text.format(9))] == ["supported", "contradicted"]
