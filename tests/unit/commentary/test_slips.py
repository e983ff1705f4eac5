"""A slip that explains a number is named, and closes what the words leave open."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

MARCH = Period.ending(Period.financial_year(2023), 1)


def why(text: str, *, measure: str = "Robbery", then: float = 1312, now: float = 1134) -> list[str]:
    """The reasons of what is contradicted."""
    figures = [
        Figure(measure, "Westham", read_code(year), value) for year, value in (("2022/23", then), ("2023/24", now))
    ]
    about = Subject(measure, "Westham", Polarity.LOWER, MARCH, ())
    return [item.why for item in check_comment(text, about=about, figures=figures) if item.verdict == "contradicted"]


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("Operation Utah ran for 6 weeks. Robbery is down 15.7% on the year.", "of the later value"),
        ("Robbery fell in the town's busiest months, by 187 in all.", "in another order"),
        ("Robbery ended on 1,143 after a quiet winter in street markets.", "in another order"),
    ],
)
def test_a_number_that_a_slip_explains_is_of_these_figures(text: str, slip: str) -> None:
    found = why(text)
    assert len(found) == 1
    assert slip in found[0]


def test_points_told_as_per_cent_are_named_whatever_stands_beside() -> None:
    found = why("Satisfaction with follow-up was 4.6% higher.", measure="Satisfaction (%)", then=61.4, now=66.0)
    assert len(found) == 1
    assert "percentage points" in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "Across the region robbery is down 15.7%.",
        "Robbery could fall by 15.7%.",
        "Was robbery down 15.7%?",
        "Robbery was not down 15.7%.",
        "Business robbery is down 16.9%.",
    ],
)
def test_a_slip_is_no_reason_where_another_place_or_no_fact_is_told(text: str) -> None:
    assert why(text) == []


def supported(text: str) -> list[str]:
    figures = [
        Figure("Robbery", "Westham", read_code(year), value) for year, value in (("2022/23", 1312), ("2023/24", 1134))
    ]
    about = Subject("Robbery", "Westham", Polarity.LOWER, MARCH, ())
    return [
        item.claim.quote for item in check_comment(text, about=about, figures=figures) if item.verdict == "supported"
    ]


@pytest.mark.parametrize(
    "text",
    ["Street crime is 13.6% better.", "Muggings and the like: 1,134 this time.", "Personal thefts are down 178."],
)
def test_a_number_that_is_exactly_a_figure_is_of_it_though_the_words_are_others(text: str) -> None:
    assert len(supported(text)) == 1


@pytest.mark.parametrize(
    "text", ["Retail theft is 14% better.", "Street crime is 13.6% worse.", "Across the region it is down 13.6%."]
)
def test_a_number_that_others_would_fit_as_well_is_not_taken_for_a_figure(text: str) -> None:
    assert supported(text) == []


@pytest.mark.parametrize("text", ["Robbery: 1,712 reports in 2023/24.", "In 2023/24 there were 760 robberies."])
def test_a_number_far_from_the_figure_that_no_slip_explains_is_not_held_against_the_text(text: str) -> None:
    assert why(text) == []


def test_a_number_near_the_figure_is() -> None:
    assert len(why("In 2023/24 there were 1,170 robberies.")) == 1


def test_a_number_with_a_sign_is_a_change() -> None:
    assert supported("Robbery 2023/24: -178.") == ["-178"]
