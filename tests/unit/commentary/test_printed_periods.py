"""The headings of a printed table name their periods, and those that could be two are told by their neighbours."""

import pytest

from quarterday.commentary.printed_periods import is_a_period, readings_in, readings_of_heading, settle


def codes(*headings: tuple[str, ...]) -> list[str] | None:
    periods = settle([readings_of_heading(parts)[0] for parts in headings])
    return None if periods is None else [period.code for period in periods]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("Jul '09 - Jun '10",), "2009-07/2010-06"),
        (("Oct ' 09 - Sept '10",), "2009-10/2010-09"),
        (("2010/11", "Q1"), "2010/11 Q1"),
        (("Q1", "2010/11"), "2010/11 Q1"),
        (("2010/11", "April"), "2010-04"),
        (("April", "2010/11"), "2010-04"),
        (("12 months to March", "2010/11"), "2010/11"),
        (("2010/11", "Jan"), "2011-01"),
        (("12 months to March", "2012"), "2011/12"),
        (("Apr - Jun", "2011"), "2011/12 Q1"),
        (("Number of offences 2011/12",), "2011/12"),
        (("12 months to April 2015¹",), "2014-05/2015-04"),
        (("Burglary", "2011/12"), "2011/12"),
        (("2011/12", "Actual"), "2011/12"),
    ],
)
def test_a_heading_is_read_with_what_stands_above_it(parts: tuple[str, ...], code: str) -> None:
    assert codes(parts) == [code]


def test_a_heading_that_may_be_two_things_is_told_by_its_neighbours() -> None:
    assert codes(("200910",), ("201011",), ("201112",)) == ["2009/10", "2010/11", "2011/12"]
    assert codes(("201010",), ("201011",), ("201012",)) == ["2010-10", "2010-11", "2010-12"]


def test_headings_that_nothing_tells_are_not_guessed() -> None:
    assert codes(("Q1 2011",)) is None
    assert codes(("YTD to June", "2011"), ("YTD to June", "2012")) is None
    assert codes(("YTD", "2010/11"), ("YTD", "2011/12")) is None


@pytest.mark.parametrize("text", ["1,975", "141", "Theft", "Rank of 15", "", "Section 27", "2102"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert not is_a_period(text)


def test_the_words_beside_a_period_are_kept() -> None:
    assert readings_in("Burglary 2011/12")[1] == "Burglary"
