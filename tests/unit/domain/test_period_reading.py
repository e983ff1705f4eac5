"""Reading periods as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.faults import InputError
from quarterday.domain.period import Kind, Period
from quarterday.domain.period_reading import read_code, read_period, readings_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jul '09 - Jun '10", "2009-07/2010-06"),
        ("Oct ' 09 - Sept '10", "2009-10/2010-09"),
        ("Apr '11 - Mar '12", "2011/12"),
        ("Apr ’11 – Mar ’12", "2011/12"),
        ("2011/12", "2011/12"),
        ("FY2003/04", "2003/04"),
        ("FY11/12", "2011/12"),
        ("2010/2011", "2010/11"),
        ("2012-13", "2012/13"),
        ("Q4 2011/12", "2011/12 Q4"),
        ("Q4 201112", "2011/12 Q4"),
        ("2011/12 Q4", "2011/12 Q4"),
        ("Q1 2023-24", "2023/24 Q1"),
        ("quarter three 2011/12", "2011/12 Q3"),
        ("fourth quarter of 2011/12", "2011/12 Q4"),
        ("12 months to March 2012", "2011/12"),
        ("twelve months ending 31 March 2012", "2011/12"),
        ("year ending March 2012", "2011/12"),
        ("12m to Apr-15", "2014-05/2015-04"),
        ("R12 to Mar 2012", "2011/12"),
        ("rolling year to October 2012", "2011-11/2012-10"),
        ("three months to July 2012", "2012-05/2012-07"),
        ("FYTD to October 2012", "2012-04/2012-10"),
        ("Dec 11 – Mar 2012", "2011-12/2012-03"),
        ("2011 to Mar 2012", "2011-01/2012-03"),
        ("June – July 2012", "2012-06/2012-07"),
        ("Oct - Mar 2012", "2011-10/2012-03"),
        ("1 April 2011 to 31 March 2012", "2011/12"),
        ("May & Jun 2012", "2012-05/2012-06"),
        ("Feb & Mar 2012", "2012-02/2012-03"),
        ("2010/11 & 2011/12", "2010-04/2012-03"),
        ("2011-12 to 2012-13", "2011-04/2013-03"),
        ("from April 2011 to March 2012", "2011/12"),
        ("End 2012", "2012/13 Q3"),
        ("Sept 2011", "2011-09"),
        ("2012", "2012-01/2012-12"),
        ("2012-03", "2012-03"),
        ("2011-04/2012-03", "2011/12"),
    ],
)
def test_every_spelling_of_the_reports_is_read(text: str, code: str) -> None:
    assert read_period(text).code == code


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("201112", "April 2011 to March 2012 or December 2011"),
        ("200809", "April 2008 to March 2009 or September 2008"),
        ("2011-12", "April 2011 to March 2012 or December 2011"),
        ("11/12", "April 2011 to March 2012 or November 2012"),
        ("2011-2012", "January 2011 to December 2012 or April 2011 to March 2012"),
        (
            "Q4 2012",
            "January 2012 to March 2012 or October 2012 to December 2012 or January 2013 to March 2013",
        ),
        ("YTD to Oct 2012", "January 2012 to October 2012 or April 2012 to October 2012"),
    ],
)
def test_a_text_that_may_mean_two_periods_is_refused_with_its_readings(text: str, readings: str) -> None:
    with pytest.raises(InputError) as refused:
        read_period(text)
    assert readings in str(refused.value)


@pytest.mark.parametrize("text", ["201112", "2011-12", "200809"])
def test_a_financial_year_is_read_where_one_is_meant(text: str) -> None:
    assert read_period(text, meant=Kind.FINANCIAL_YEAR).is_financial_year


def test_a_month_is_read_where_one_is_meant() -> None:
    assert read_period("201112", meant=Kind.MONTH) == Period.month(2011, 12)


@pytest.mark.parametrize(
    "text",
    [
        "July",
        "last year",
        "Nov 2011 meeting",
        "13/2012",
        "2011/13",
        "Mar 2012 - Jan 2012",
        "July, October and February 2012",
        "from April 2011",
        "March 2011 to 2012",
        "1112",
        "Mar 2102",
    ],
)
def test_a_text_that_names_no_run_of_whole_months_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="cannot be read as whole months of a stated year"):
        read_period(text)


def test_an_empty_text_is_refused_with_an_example() -> None:
    with pytest.raises(InputError, match=r"write it such as 'March 2012'"):
        read_period("  ")


def test_a_file_means_a_month_where_people_may_mean_a_financial_year() -> None:
    assert read_code("2011-12") == Period.month(2011, 12)


@pytest.mark.parametrize("code", ["2011/13", "2012-13", "2011/12 Q5", "2012-05/2012-04", "March 2012", "", "12/2011"])
def test_a_file_must_spell_a_period_as_the_manual_says(code: str) -> None:
    with pytest.raises(InputError, match="is no period"):
        read_code(code)


in_tables = st.builds(Period, st.integers(1970 * 12, 2069 * 12 - 200), st.integers(1, 200))
anywhere = st.builds(Period, st.integers(1900 * 12, 2084 * 12), st.integers(1, 200))


@given(anywhere)
def test_what_a_file_spells_is_read_back(period: Period) -> None:
    assert read_code(period.code) == period


@given(in_tables)
def test_what_a_table_writes_is_read_back(period: Period) -> None:
    assert period in readings_of(period.for_table())
    assert read_period(period.for_table()) == period


@given(anywhere)
def test_what_a_sentence_writes_is_read_back(period: Period) -> None:
    assert read_period(period.for_sentence(), meant=period.kind) == period


@given(anywhere)
def test_the_name_of_a_period_is_read_back(period: Period) -> None:
    assert read_period(period.name, meant=period.kind) == period


@given(st.text(alphabet="0123456789JanFebQquarte -/'&to,–12 months", max_size=90))
def test_any_text_is_read_or_refused_plainly(text: str) -> None:
    with suppress(InputError):
        assert read_period(text).months >= 1
