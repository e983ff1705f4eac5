"""Every mistake in a plan file is told at once: the key, what came, what was wanted, what to do."""

import pytest

from tests.unit.plan.plan_files import faults_after


def test_a_misspelt_key_is_named_with_the_likely_one() -> None:
    (fault,) = faults_after(("unit_singular", "unit_singuler"))
    assert fault == (
        "priorities[1].measures[1].unit_singuler, of 'Harassment offences': "
        "there is no such key; did you mean 'unit_singular'?"
    )


def test_an_unknown_key_is_answered_with_the_known_ones() -> None:
    (fault,) = faults_after(("[partnership]", "[partnership]\nmotto = 'x'"))
    assert fault == (
        "partnership.motto, of 'Redditch': there is no such key; "
        "the keys here are name, short_name, county, marking, areas."
    )


def test_a_missing_key_is_named() -> None:
    (fault,) = faults_after(('polarity = "lower"\npeer_group', "peer_group"))
    assert fault == (
        "priorities[1].measures[1].polarity, of 'Harassment offences': nothing came, but a plan needs this key; add it."
    )


def test_a_word_outside_a_closed_list_is_answered_with_the_list() -> None:
    (fault,) = faults_after(('"lower"', '"better"'))
    assert fault.endswith("'better' came; wanted 'lower', 'higher' or 'neither'.")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"Youth Offending Service"', "5", "the number 5 came; wanted text in quotes."),
        ("size = 15", 'size = "15"', "'15' came; wanted a whole number without quotes."),
        ("size = 15", "size = true", "true came; wanted a whole number without quotes."),
        ("size = 15", "size = 0", "the number 0 came; wanted 1 or more."),
        ("size = 15", "size = 9999999", "the number 9999999 came; wanted 1000000 or less."),
        ("size = 15", "size = 15\nincludes_area = 1", "the number 1 came; wanted true or false, without quotes."),
        ('["RAHP"]', '"RAHP"', "'RAHP' came; wanted a list in [brackets], or tables under [[double brackets]]."),
        ("value = 23", "value = nan", "the number nan came; wanted a number from"),
        ("value = 23", "value = 0x" + "f" * 5000, "a number beyond 1,000,000,000,000,000 came; wanted a number from"),
        ("value = 23", "value = true", "true came; wanted a number without quotes"),
        ("value = 23", 'value = "23"', "'23' came; wanted a number without quotes, such as 17."),
        ('"2010/11", value', "2010, value", "the number 2010 came; wanted a period as text in quotes"),
        ('"2010/11", value', "2010-04-01, value", "the date or time 2010-04-01 came; wanted a period as text"),
        ('"2010/11", value', '"2010/13", value', "'2010/13' is no period; wanted a month 2012-03"),
        ('"2011/12 Q4"', '"2011/12"', "'2011/12' is no quarter; wanted a financial quarter"),
        ('when = "Aug 2011"', 'when = "201112"', "can be read as April 2011 to March 2012 or December 2011"),
        ('when = "Aug 2011"', 'when = "soon"', "'soon' cannot be read as whole months of a stated year"),
        ('"Youth Offending Service"', '" "', "an empty text came; write the text, or leave the key out"),
        ('"Youth Offending Service"', '"a\\nb"', r"'a\nb' holds a tab or a line break; write it in one line"),
        ('"Youth Offending Service"', f'"{"a" * 201}"', "has 201 characters; shorten it to at most 200."),
        ('code = "E07000236"', 'since = "2012-04-01"', "'2012-04-01' came; wanted a date without quotes"),
        (
            'areas = [{ name = "Redditch", code = "E07000236" }]',
            "areas = []",
            "an empty list came; wanted at least one",
        ),
        ("areas = [{", "areas = [5, {", "the number 5 came; wanted a table of keys."),
    ],
)
def test_a_wrong_value_is_told_with_what_was_wanted(before: str, after: str, said: str) -> None:
    assert said in faults_after((before, after))[0]


def test_all_faults_are_told_at_once_whatever_their_kind() -> None:
    faults = faults_after(
        ('"lower"', '"better"'),
        ('["Police", "YOS", "CST"]', '["Polise", "YOS", "CST"]'),
        ("rank = 15", "rank = 16"),
        ("county =", "country ="),
    )
    assert len(faults) == 4
    assert any("no agency of this plan has that name; did you mean 'Police'?" in fault for fault in faults)


def test_a_long_value_is_shown_shortened() -> None:
    (fault,) = faults_after(('when = "Aug 2011"', f'when = "{"a" * 100_000}"'))
    assert len(fault) < 300


def test_a_long_key_is_shown_shortened() -> None:
    (fault,) = faults_after(("county =", "a" * 100_000 + " ="))
    assert len(fault) < 300
