"""Columns are called what a spreadsheet program calls them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.sources.cells import column_letters, column_number


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA"), (16384, "XFD")])
def test_columns_are_called_by_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters


@given(number=st.integers(1, 10**6))
def test_letters_name_one_column(number: int) -> None:
    assert column_number(column_letters(number).lower()) == number
