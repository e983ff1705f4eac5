"""A printed number is read as a person reads it, and what could be two things as nothing."""

import pytest

from quarterday.commentary.printed_numbers import Mark, PrintedNumber, read_change, read_printed, shown, without_marks


@pytest.mark.parametrize(
    ("text", "value", "unit", "half"),
    [
        ("73", 73, "", 0.5),
        ("1,234", 1234, "", 0.5),
        ("1 234", 1234, "", 0.5),
        ("1\u00a0234\u00a0567", 1234567, "", 0.5),
        ("1,234*", 1234, "", 0.5),
        ("73¹", 73, "", 0.5),
        ("73 [r]", 73, "", 0.5),
        ("73 (p)", 73, "", 0.5),
        ("-18", -18, "", 0.5),
        ("−18", -18, "", 0.5),
        ("+18", 18, "", 0.5),
        ("9.1%", 9.1, "%", 0.05),
        ("-5 %", -5, "%", 0.5),
        ("2.5 pp", 2.5, "pp", 0.05),
        ("3 percentage points", 3, "pp", 0.5),
        ("3.3k", 3300, "", 50),
        ("£5,000", 5000, "£", 0.5),
        ("▲ 5%", 5, "%", 0.5),
        ("▼5%", -5, "%", 0.5),
        ("5% ↓", -5, "%", 0.5),
    ],
)
def test_a_number_has_its_value_unit_and_precision(text: str, value: float, unit: str, half: float) -> None:
    number = read_printed(text)
    assert isinstance(number, PrintedNumber)
    assert (number.value, number.unit, number.half) == (value, unit, pytest.approx(half))


@pytest.mark.parametrize("text", ["[x]", "[z] not yet formulated", "N/A", "n/a", "-", "–", "..", "*", "¹", "TBC"])
def test_what_stands_in_a_numbers_place_is_a_mark(text: str) -> None:
    assert isinstance(read_printed(text), Mark)


@pytest.mark.parametrize(
    "text", ["", "(5)", "1,23", "1.234.567", "45 (9.1%)", "21of32", "Theft", "Q1", "5" * 41, "1e5", "٢٠١١"]
)
def test_what_may_be_two_things_is_read_as_nothing(text: str) -> None:
    assert read_printed(text) is None


def test_only_whole_numbers_without_a_unit_are_exact() -> None:
    exact = {
        text: found.is_exact
        for text in ("73", "73.0", "73%", "3k")
        if isinstance(found := read_printed(text), PrintedNumber)
    }
    assert exact == {"73": True, "73.0": False, "73%": False, "3k": False}


def test_a_name_loses_the_marks_at_its_end() -> None:
    assert without_marks("Theft (p) ¹ *") == "Theft"
    assert without_marks("Theft (other)") == "Theft (other)"


def test_a_number_for_a_sentence_has_a_real_minus_and_no_minus_nought() -> None:
    assert [shown(-1234.0), shown(-0.04, decimals=1, unit="%"), shown(12.25, decimals=1)] == ["−1,234", "0.0%", "12.2"]


@pytest.mark.parametrize("text", ["#" * 40 + "x", "*" * 40 + "x", " *" * 5_000 + "x", "[p]" * 40 + "x"])
def test_marks_without_end_are_looked_at_once(text: str) -> None:
    assert without_marks(text) == text.strip()


def test_a_number_in_brackets_is_a_fall_in_a_column_of_changes() -> None:
    read = [read_change(text) for text in ("(5)", "(5.1%)", "(5.1)%", "5")]
    assert [number.value for number in read if isinstance(number, PrintedNumber)] == [-5, -5.1, -5.1, 5]
    assert read_printed("(5)") is None
