"""What one cell of a table says."""

import re

from quarterday.domain.faults import InputError

# Whole numbers beyond 2**53 would not be kept exactly.
LARGEST_NUMBER = 10**15
# What spreadsheet programs write where a formula fails.
_FAILED = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}", re.ASCII)
_NUMBER = re.compile(r"-?(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?", re.ASCII)


def read_number(text: str) -> float:
    """The number that digits write, with a decimal point, and thousands parted by commas or not.

    All else is refused: ``1,23`` and ``1.234.567`` could be read two ways, and ``5%``, ``£5``, ``1e5`` and
    ``nan`` say something other than a number of what is counted.
    """
    if not _NUMBER.fullmatch(text):
        raise InputError(
            f"{text!r} is no plain number; write digits, such as 1234, 1,234 or 12.5, without a sign for money or "
            "per cent. Where there is no number leave the cell empty and say why."
        )
    number = float(text.replace(",", ""))
    if abs(number) > LARGEST_NUMBER:
        raise InputError(
            f"the number {text[:30]!r} is beyond {LARGEST_NUMBER:,}; no count of a partnership comes near. Correct it."
        )
    return number or 0.0  # of -0 too, which nobody counts


def refuse_failure(text: str) -> None:
    """Raise ``InputError`` where the text is no name or word, but what a spreadsheet program writes of a failure."""
    if _FAILED.fullmatch(text):
        raise InputError(f"{text!r} says that a formula failed; mend it in the spreadsheet program, and save anew.")


def column_letters(number: int) -> str:
    """What a spreadsheet program calls the column ``number``, from 1: A to Z, then AA and on."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """The number, from 1, of the column that a spreadsheet program calls ``letters``."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
