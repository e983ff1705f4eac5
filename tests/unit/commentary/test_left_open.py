"""What a comment says of something else, of another time or of a part is never held against its figures."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

ROWS = (
    *(("Robbery", "Westham", year, value) for year, value in (("2021/22", 150), ("2022/23", 137), ("2023/24", 129))),
    ("All crime", "Westham", "2022/23", 1740), ("All crime", "Westham", "2023/24", 1680),
    ("Population", "Westham", "2023/24", 40_000),
    ("Robbery", "Eastham", "2022/23", 90), ("Robbery", "Eastham", "2023/24", 84),
)  # fmt: skip
ABOUT = Subject("Robbery", "Westham", Polarity.LOWER, Period.ending(Period.financial_year(2023), 1), ())


def contradicted(text: str) -> list[str]:
    figures = [Figure(measure, area, read_code(period), value) for measure, area, period, value in ROWS]
    return [
        item.claim.quote for item in check_comment(text, about=ABOUT, figures=figures) if item.verdict == "contradicted"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Business robbery rose by 14%.",
        "Attempted robbery accounted for a fifth of the total.",
        "Officer numbers increased by 31 to 206.",
        "Travel times to robberies improved from 41 to 37 minutes.",
        "Since the launch of the new patrols, robbery has fallen by 30%.",
        "Robbery fell by 30% in the two busiest parks.",
        "79% of residents feel safe in the town.",
        "The five-year average is 140.",
        "One victim was robbed three times.",
        "Last year's fall of 13 was larger.",
        "Across the region, robbery fell by 11%.",
        "December and January were the worst months of the quarter.",
        "A reduction target of 12 was agreed.",
        "October brought a spike of 21 robberies.",
        "By the end of December there had been 90 robberies, 12 fewer than at the same point in 2022.",
        "Nine months in, robberies stood at 90.",
        "Robbery in April and May was down 7 on the same two months of 2022.",
        "Unsolved robberies fell by 4%.",
        "Robbery has gone from 150 to 137, 141 and now 129.",
    ],
)
def test_what_is_of_something_else_is_not_called_wrong(text: str) -> None:
    assert contradicted(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Robbery fell by 18 offences.", "fell by 18 offences"),
        ("Over two years the fall is 31.", "fall is 31"),
        ("In 2021/22 there were 150; there are now 12 fewer.", "12 fewer"),
        ("Robbery is up from 137 in 2022/23.", "up from 137 in 2022/23"),
        ("One in eight crimes was a robbery.", "One in eight crimes"),
    ],
)
def test_what_is_of_the_figures_and_not_so_is_called_wrong(text: str, quote: str) -> None:
    assert contradicted(text) == [quote]
