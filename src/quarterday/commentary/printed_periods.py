"""Which periods the headings of a printed table name, a heading of two rows or three read as one."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

from quarterday.commentary.printed_numbers import without_marks
from quarterday.domain.period import MONTH_NAMES, Kind, Period
from quarterday.domain.period_reading import LONGEST_TEXT, readings_of

_FIRST_YEAR, _LAST_YEAR = 1990, 2060  # of a report
_FEWEST_EVEN = 3  # periods: two are always evenly apart
_MOST_WORDS = 12
_MOST_WAYS = 4096
_YEAR = 12  # months
_MONTH = re.compile(rf"({'|'.join(name[:3] for name in MONTH_NAMES)})[a-z]*\.?", re.IGNORECASE)
_SPEAKS_OF_TIME = re.compile(
    rf"\b(?:{'|'.join(name[:3] for name in MONTH_NAMES)})[a-z]*\b"
    r"|month|quarter|\bq[1-4]\b|\bytd\b|to date|week|rolling",
    re.IGNORECASE,
)
# What says of a year only that it is whole.
_WHOLE_YEAR = re.compile(
    r"(?:rolling )?(?:12|twelve)[- ]months?(?: (?:to|ending|ended) (?:the )?(?:end of )?march)?"
    r"|april (?:to|[-–]) march",
    re.IGNORECASE,
)

Readings = tuple[Period, ...]


@lru_cache(maxsize=16384)
def readings_in(text: str) -> tuple[Readings, str]:
    """Every period that a heading may name, and the words beside it; the longest run of words that is one counts."""
    plain = without_marks(text.replace("\n", " "))
    if not any(map(str.isdigit, plain)) or len(plain) > 2 * LONGEST_TEXT:
        return (), plain
    words = plain.split()
    if len(words) > _MOST_WORDS:
        return (), plain
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length]).strip("()[],;:")
            if found := _plausible(part):
                return found, " ".join([*words[:start], *words[start + length :]]).strip(" -–:,()")
    return (), plain


def _plausible(text: str) -> Readings:
    if not any(map(str.isdigit, text)) or len(text) > LONGEST_TEXT:
        return ()
    if text.isdecimal() and not (len(text) in {4, 6} and _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR):
        return ()
    return readings_of(text)


def is_a_period(text: str) -> bool:
    """Whether a cell names a period and nothing else."""
    found, rest = readings_in(text)
    return bool(found) and not rest


def is_a_month(text: str) -> bool:
    """Whether a cell names a month without its year."""
    return bool(_MONTH.fullmatch(without_marks(text)))


def is_a_spelt_period(text: str) -> bool:
    """The same, and no number could be meant."""
    return is_a_period(text) and not without_marks(text).isdecimal()


def readings_of_heading(parts: Sequence[str]) -> tuple[Readings, tuple[str, ...]]:
    """The readings of a heading whose ``parts`` stand one below another, and the words that are no part of a period.

    ``Q1`` below ``2010/11`` is a quarter of that year, ``April`` below it a month of it. A year below words that
    speak of a part of it, and that cannot be read with them, is no period.
    """
    leaf, uppers = parts[-1], list(reversed(parts[:-1]))
    alone, rest = readings_in(leaf)
    is_year = bool(alone) and all(period.months == _YEAR for period in alone) and not rest
    if alone and not is_year:
        return alone, (*(readings_in(part)[1] for part in parts[:-1]), rest)
    for at, upper in enumerate(uppers):
        if found := _together(upper, leaf):
            others = [part for number, part in enumerate(uppers) if number != at]
            return found, tuple(reversed(others))
    if is_year and any(_SPEAKS_OF_TIME.search(_WHOLE_YEAR.sub("", upper)) for upper in uppers):
        return (), tuple(parts)
    if alone:
        return alone, tuple(parts[:-1])
    for upper in uppers:
        found, words = readings_in(upper)
        if found and not _SPEAKS_OF_TIME.search(leaf):
            return found, tuple(words if part == upper else part for part in parts)
    return (), tuple(parts)


def _together(upper: str, leaf: str) -> Readings:
    """What two parts of a heading say together and neither says alone."""
    for name, whole in ((leaf, upper), (upper, leaf)):
        month = _MONTH.fullmatch(without_marks(name))
        years, beside = readings_in(whole)
        if month and not beside and (years := tuple(year for year in years if year.kind is Kind.FINANCIAL_YEAR)):
            number = next(at for at, known in enumerate(MONTH_NAMES) if known[:3].lower() == month[1].lower())
            return tuple(Period(held.first, 1) for year in years for held in year if held.first % 12 == number)
    for text in (f"{leaf} {upper}", f"{upper} {leaf}"):
        found, rest = readings_in(text)
        alone = {*readings_in(upper)[0], *readings_in(leaf)[0]}
        if found and not rest and not set(found) & alone:
            return found
    return ()


def settle(readings: Sequence[Readings]) -> tuple[Period, ...] | None:
    """The one period that each heading means, told by its neighbours; none where they do not tell.

    Periods that follow each other without a gap go before any even step, and that before anything else.
    """
    if all(len(found) == 1 for found in readings):
        return tuple(found[0] for found in readings)
    ways = list(_ways(readings))
    for holds in (_follow_on, _step_evenly):
        fitting = [way for way in ways if holds(way)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return None
    return None


def _ways(readings: Sequence[Readings]) -> Iterator[tuple[Period, ...]]:
    kinds = {period.months for found in readings for period in found}
    for months in sorted(kinds):
        choices = [tuple(period for period in found if period.months == months) for found in readings]
        number = 1
        for choice in choices:
            number *= len(choice)
        if 0 < number <= _MOST_WAYS:
            yield from product(*choices)


def _follow_on(way: Sequence[Period]) -> bool:
    return len(way) > 1 and all(later.first == earlier.last + 1 for earlier, later in pairwise(way))


def _step_evenly(way: Sequence[Period]) -> bool:
    steps = {later.first - earlier.first for earlier, later in pairwise(way)}
    return len(way) >= _FEWEST_EVEN and len(steps) == 1 and steps != {0}
