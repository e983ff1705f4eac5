"""What stands in a number's place, or beside it: the Analysis Function's shorthand.

Source: Government Analysis Function, "Symbols in tables: definitions and help", January 2022.
"""

from enum import Enum

from quarterday.domain.faults import InputError


class Status(Enum):
    """A mark with its meaning; ``replaces_number`` tells those that stand where a number would."""

    NOT_AVAILABLE = ("x", "not available", True)
    NOT_APPLICABLE = ("z", "not applicable (N/A)", True)
    CONFIDENTIAL = ("c", "confidential", True)
    LOW = ("low", "rounds to zero", True)
    PROVISIONAL = ("p", "provisional", False)
    REVISED = ("r", "revised", False)
    ESTIMATED = ("e", "estimated", False)
    BREAK = ("b", "break in series", False)
    UNRELIABLE = ("u", "low reliability", False)

    def __init__(self, letter: str, meaning: str, replaces_number: bool) -> None:  # noqa: FBT001 - a column of the table above
        self.letter = letter
        self.meaning = meaning
        self.replaces_number = replaces_number

    @property
    def mark(self) -> str:
        """The shorthand as printed, such as ``[x]``."""
        return f"[{self.letter}]"


_BY_LETTER = {status.letter: status for status in Status}


def read_statuses(text: str) -> tuple[Status, ...]:
    """Read shorthand such as ``[r][e]``, ``r e`` or an empty text; several marks may stand together."""
    letters = text.replace("[", " ").replace("]", " ").replace(",", " ").split()
    unknown = [letter for letter in letters if letter.lower() not in _BY_LETTER]
    if unknown:
        wanted = ", ".join(f"{status.mark} {status.meaning}" for status in Status)
        raise InputError(f"status {text!r} holds {unknown[0]!r}, which is no known mark; use one of {wanted}.")
    return tuple(dict.fromkeys(_BY_LETTER[letter.lower()] for letter in letters))
