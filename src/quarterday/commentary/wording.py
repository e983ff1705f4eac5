"""The house's words, and the one way to write a number for a reader: it is rounded here and nowhere else."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from quarterday.domain.finding import Strength

MOST_PLACES = 3
MINUS = "\N{MINUS SIGN}"
# What may be said of a change, by how strong a wording its test supports.
BEYOND_CHANCE: Mapping[Strength, str] = {
    Strength.NO_CLEAR_CHANGE: "This is within the range of chance: no clear change.",
    Strength.LIKELY: "This is likely more than chance, but not clear among all measures.",
    Strength.CLEAR: "This is beyond the range of chance: a clear change.",
    Strength.UNTESTED: "",
}
# And of a trend, where there is one.
A_TREND: Mapping[Strength, str] = {Strength.LIKELY: "a likely trend", Strength.CLEAR: "a clear trend"}
# And of how far an area lies from the average of its group: what stands before that, and what after.
FAR: Mapping[Strength, tuple[str, str]] = {
    Strength.NO_CLEAR_CHANGE: ("", ", but not unusually"),
    Strength.LIKELY: ("unusually far ", ""),
    Strength.CLEAR: ("exceptionally far ", ""),
}


@lru_cache(4096)
def number(value: float, *, places: int | None = None) -> str:
    """``1,234`` or ``48.4``: rounded half up, with a comma for thousands and a true minus sign.

    Where ``places`` does not say how many decimals, there are as many as it has, up to three.
    """
    if places is None:
        places = max(
            0, min(MOST_PLACES, -int(Decimal(repr(round(value, MOST_PLACES))).normalize().as_tuple().exponent))
        )
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".replace("-", MINUS) if rounded else f"{abs(rounded):f}"


def per_cent(value: float, *, places: int = 1) -> str:
    """``9.1%``, without its sign: the words beside it say up or down."""
    return f"{number(abs(value), places=places)}%"


def ordinal(place: int) -> str:
    """``1st``, ``2nd``, ``15th``."""
    ending = "th" if place % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def moved(difference: float) -> str:
    """``up 6``, ``down 18`` or ``no change``."""
    if difference == 0:
        return "no change"
    return f"{'up' if difference > 0 else 'down'} {number(abs(difference))}"


def signed(difference: float) -> str:
    """``+11``, ``−5`` or ``0``."""
    return f"{'+' if difference > 0 else ''}{number(difference)}"


def listed(items: list[str]) -> str:
    """``a, b and c``."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def capitalised(sentence: str) -> str:
    """The sentence with its first letter large and the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
