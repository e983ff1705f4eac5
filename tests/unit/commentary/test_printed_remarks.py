"""A comment is tied to its row, and a sentence to the one measure that it names."""

from quarterday.commentary.printed_remarks import remarks_beside, remarks_in_prose
from quarterday.domain.printed import Passage
from tests.unit.commentary.printed import read

TABLE = read([
    ["Measure", "2010/11", "2011/12", "Comments"],
    ["Robbery", "50", "55", "Up by 5."],
    ["Robbery of business property", "5", "6", ""],
    ["Harassment offences", "10", "9", "Down."],
])  # fmt: skip
NAMED = {row.name: TABLE for row in TABLE.rows}


def said(*texts: str) -> list[tuple[str, str]]:
    passages = [Passage(text, f"paragraph {number}") for number, text in enumerate(texts, start=1)]
    return [(remark.measure, remark.text.strip()) for remark in remarks_in_prose(passages, NAMED, area="Here")]


def test_a_comment_cell_is_about_its_row() -> None:
    found = [(remark.measure, remark.text, remark.place) for remark in remarks_beside(TABLE, area="Here")]
    assert found == [
        ("Robbery", "Up by 5.", "table 1, row 2, column 4"),
        ("Harassment offences", "Down.", "table 1, row 4, column 4"),
    ]


def test_a_sentence_is_about_the_measure_that_it_names_and_the_longest_name_counts() -> None:
    assert said("Robbery of business property rose by 1. Harassment fell by 1.") == [
        ("Robbery of business property", "Robbery of business property rose by 1."),
        ("Harassment offences", "Harassment fell by 1."),
    ]


def test_a_sentence_that_points_back_goes_on_about_the_same_and_others_do_not() -> None:
    assert said("Robbery rose. It is up by 5. The budget fell by 9%.") == [("Robbery", "Robbery rose. It is up by 5.")]


def test_a_sentence_that_names_two_measures_or_none_is_about_no_one() -> None:
    assert said("Robbery and harassment rose by 5.", "Cold weather was blamed.", "Table 1: Robbery rose by 5.") == []


def test_the_words_of_another_are_no_statement_of_the_report() -> None:
    assert said("Robbery was said to be “worse than last year”.") == [
        ("Robbery", f"Robbery was said to be {' ' * 22}.")
    ]


def test_a_remark_knows_where_in_its_paragraph_it_begins() -> None:
    (remark,) = remarks_in_prose([Passage("All is well. Robbery rose.", "paragraph 1")], NAMED, area="Here")
    assert (remark.start, remark.text) == (13, "Robbery rose.")
