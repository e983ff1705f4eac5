"""How good a password is, as it is typed: by what it will be judged by when it is sent, and by its length."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from quarterday.people.models import Person

LONG: Final = 20  # characters, about those of four words that have nothing to do with each other
VARIED: Final = 8  # different characters among them

_REPEATED: Final = "It would be taken, but has few different characters. Four words at random are harder to guess."
_SHORT: Final = (
    f"It would be taken. With {LONG} characters or more, such as four words at random, it is harder to guess."
)


class Strength(StrEnum):
    """What a password is worth, in words."""

    REFUSED = "Too easy to guess"
    FAIR = "Good enough"
    STRONG = "Strong"


@dataclass(frozen=True)
class Judged:
    """What a password is worth, and why, each reason in a sentence."""

    strength: Strength
    reasons: tuple[str, ...] = ()


def judge_password(password: str, person: Person | None) -> Judged:
    """Judge a password that was not sent yet; what resembles the name or address is seen where it is known whose."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        return Judged(Strength.REFUSED, tuple(error.messages))
    if len(set(password)) < VARIED:
        return Judged(Strength.FAIR, (_REPEATED,))
    return Judged(Strength.STRONG) if len(password) >= LONG else Judged(Strength.FAIR, (_SHORT,))
