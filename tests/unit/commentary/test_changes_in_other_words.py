"""A change is read in all its words, beside the time that they name, and of nothing else than they name."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

YES, NO, UNKNOWN = "supported", "contradicted", "not_checkable"
YEARS = ("2015/16", "2016/17", "2017/18", "2018/19")
GIVEN = {
    ("Burglary", "Tamworth"): (610, 540, 480, 552),
    ("Robbery", "Tamworth"): (40, 52, 60, 30),
    ("Burglary", "Lichfield"): (1200, 350, 400, 1204),
}
FIGURES = [
    Figure(measure, area, read_code(year), float(value))
    for (measure, area), values in GIVEN.items()
    for year, value in zip(YEARS, values, strict=True)
]


def verdicts(text: str) -> list[str]:
    about = Subject("Burglary", "Tamworth", Polarity.LOWER, Period.month(2019, 3), ("Tamworth", "Lichfield"))
    return [item.verdict.value for item in check_comment(text, about=about, figures=FIGURES)]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Burglary is lower than was recorded in 2015/16.", YES),
        ("Burglary is lower than was recorded in 2017/18.", NO),
        ("Burglary is higher than back in 2016/17.", YES),
        ("Fewer burglaries were logged than the level recorded in 2015/16.", YES),
        ("Burglary now exceeds its level of a year earlier.", YES),
        ("Burglary remains under where it was in 2017/18.", NO),
        ("Burglary has overtaken what was recorded last year.", YES),
        ("Burglary is up on where it stood in 2017/18.", YES),
        ("Burglary posted a contraction on 2015/16.", YES),
        ("A rise in burglary was recorded.", YES),
        ("A fall in burglary was recorded.", NO),
    ],
)
def test_a_direction_is_beside_the_time_it_names(text: str, verdict: str) -> None:
    assert verdicts(text) == [verdict]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Burglary was 552, compared with a lower number in 2017/18.", [YES, YES]),
        ("Burglary was 552, compared with a higher number in 2017/18.", [YES, NO]),
        ("Burglary rose on last year and in 2018/19 robbery has halved against 2017/18.", [YES, YES]),
        ("Burglary stood at 552, down 10% over the 2015/16 figure.", [YES, YES]),
    ],
)
def test_what_was_higher_then_is_lower_now(text: str, wanted: list[str]) -> None:
    assert verdicts(text) == wanted


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The rise in burglary in Tamworth came to 72 offences.", YES),
        ("The rise in burglary in Tamworth equates to 27 offences.", NO),
        ("A fall of 30 offences has been recorded in robbery on 2017/18.", YES),
        ("There was a fall of 30 in the number of robberies.", YES),
        ("Lichfield's burglaries are three times the number in 2017/18.", YES),
        ("Robbery is half of what was seen in 2017/18.", YES),
        ("There were half as many robberies as in 2017/18.", YES),
    ],
)
def test_a_change_is_of_what_its_words_name(text: str, verdict: str) -> None:
    assert verdicts(text) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Lichfield recorded a 201% rise, Tenby a 3% rise.",
        "Newcastle's burglaries were reduced on last year; this is a fall of 32%.",
        "A hike of 110 offences has been recorded in drug offences on 2017/18.",
        "Stafford closed the year 701 higher than the 2017/18 total.",
        "The attrition rate rose by 4.9% on last year.",
        "Redditch ticked up by 6.4% from the previous year.",
    ],
)
def test_what_is_told_of_a_place_or_measure_not_given_is_not_called_wrong(text: str) -> None:
    assert NO not in verdicts(text)
