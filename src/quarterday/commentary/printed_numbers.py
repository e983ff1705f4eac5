"""What a printed cell says where a number may stand: a number with its unit, a mark in its place, or words."""

import re
from dataclasses import dataclass
from functools import lru_cache

from quarterday.domain.area import key_of

LONGEST_NUMBER = 40  # characters
_MARKS_IN_PLACE = frozenset({
    "n/a", "na", "n.a.", "n\\a", "#n/a", "not applicable", "..", "…", "...", "not available", "not yet available",
    "nya", "no data", "awaiting data", "awaiting information", "data not available", "not known", "unknown", "tbc",
    "-", "–", "—", "--", "*", "**", ".", ":", "~", "x", "?", "nil return", "suppressed", "no survey", "low",
})  # fmt: skip
_STATUS = re.compile(r"\[(?:\w{1,4}|note ?\d{1,2})\]", re.IGNORECASE)
# What may stand behind a number and is no part of it: raised digits, stars, daggers, [p], (p), (r).
_BEHIND = re.compile(
    r"(?:\s*(?:[⁰¹²³⁴-⁹]|\*|[†‡§#]|\[(?:\w{1,4}|note ?\d{1,2})\]|\((?:p|r|e|b|u)\)))++$", re.IGNORECASE
)
_LONGEST_MARKS = 60  # characters of a text's end that are looked at
_ARROWS = {
    "▲": 1, "△": 1, "↑": 1, "⇑": 1, "↗": 1, "▼": -1, "▽": -1, "↓": -1, "⇓": -1, "↘": -1,
    "►": 0, "→": 0, "↔": 0, "⇔": 0, "=": 0,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)\s?(?P<money>[£$€]?)"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?P<thousands>k|m)?\s?(?P<unit>%|per cent|percent|pct|pp|ppts?|% ?pts?|%? ?points|percentage points)?",
    re.IGNORECASE | re.ASCII,
)
_IN_BRACKETS = re.compile(r"\((?P<inner>\d[^()]*)\)(?P<unit>%?)")
_POINTS = ("pp", "pt", "point")
_SCALES = {"": 1, "k": 1_000, "m": 1_000_000}


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as it is printed, with so many ``decimals``. ``unit`` is empty, ``%``, ``pp`` or ``£``.

    ``half`` is half a unit of its last place; ``is_exact`` tells whole numbers without a unit, which counts are;
    ``signed`` whether a sign or an arrow is there.
    """

    value: float
    half: float
    decimals: int = 0
    unit: str = ""
    is_exact: bool = True
    signed: bool = False


class Mark(str):
    """A mark that stands in the place of a number."""

    __slots__ = ()


@lru_cache(maxsize=16384)
def read_printed(text: str) -> PrintedNumber | Mark | None:
    """The number that a cell shows, or the mark in its place; none where it shows words, two numbers or nothing.

    ``(5)`` may be minus five or a footnote, and ``1,23`` may be anything: these are read as nothing.
    """
    if not text or len(text) > LONGEST_NUMBER:
        return None
    if key_of(text) in _MARKS_IN_PLACE or _STATUS.match(text):
        return Mark(text)
    plain = re.sub(r"[\u00a0\u2009\u202f]", " ", re.sub(r"[\u2010-\u2015\u2212]", "-", text))
    plain = _BEHIND.sub("", plain).strip()
    if not plain:
        return Mark(text)
    arrow, plain = _arrow(plain)
    found = _NUMBER.fullmatch(plain)
    return _number(found, arrow=arrow) if found else None


def read_change(text: str) -> PrintedNumber | Mark | None:
    """The same in a column of changes, where ``(5)`` and ``(5.1%)`` are falls as accountants write them."""
    inner = _IN_BRACKETS.fullmatch(text.strip())
    found = read_printed(f"-{inner['inner']}{inner['unit']}" if inner else text)
    return read_printed(text) if found is None else found


def _arrow(text: str) -> tuple[int | None, str]:
    """The direction of an arrow at one end of the text, and the text without it."""
    for end, rest in ((text[:1], text[1:]), (text[-1:], text[:-1])):
        if end in _ARROWS and len(text) > 1:
            return _ARROWS[end], rest.strip()
    return None, text


def _number(found: re.Match[str], *, arrow: int | None) -> PrintedNumber:
    decimals, thousands = found["decimals"] or "", (found["thousands"] or "").lower()
    value = float(found["whole"].replace(",", "").replace(" ", "") + decimals) * _SCALES[thousands]
    negative = found["sign"] == "-" or (not found["sign"] and arrow == -1)
    unit = (found["unit"] or "").lower()
    unit = "pp" if any(word in unit for word in _POINTS) else "%" if unit else "£" if found["money"] else ""
    places = max(len(decimals) - 1, 0)
    half = 0.5 * _SCALES[thousands] * 10.0**-places
    is_exact = not (decimals or thousands or unit)
    return PrintedNumber(
        -value if negative else value, half, places, unit, is_exact, bool(found["sign"]) or bool(arrow)
    )


def without_marks(text: str) -> str:
    """A heading or a name without the marks of footnotes at its end."""
    return (text[:-_LONGEST_MARKS] + _BEHIND.sub("", text[-_LONGEST_MARKS:])).strip()


def shown(value: float, *, decimals: int = 0, unit: str = "") -> str:
    """A number for a sentence, with thousands parted by commas and a real minus."""
    digits = f"{abs(value):,.{decimals}f}"
    return f"−{digits}{unit}" if value < 0 and digits.strip("0.,") else f"{digits}{unit}"
