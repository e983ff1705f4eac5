"""Months as whole numbers, and the runs of whole months that figures are counted over."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Self

from quarterday.domain.faults import InputError

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
FINANCIAL_YEAR_STARTS = 4  # April
_EARLIEST_FINANCIAL_MONTH = 1500 * 12 + FINANCIAL_YEAR_STARTS - 1  # the year before has no spelling
# A two-digit year is read as 1970 to 2069; tables write any other year in full.
FIRST_SHORT_YEAR = 1970
LAST_SHORT_YEAR = 2069


class Kind(StrEnum):
    """The sorts of period that people have a word for."""

    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial year"
    CALENDAR_YEAR = "calendar year"
    RUN = "run of months"


def month_number(year: int, month: int) -> int:
    """The month as a whole number, so that neighbours differ by one; ``month`` is 1 to 12."""
    if not (1 <= month <= 12 and 1500 <= year <= 9999):
        raise InputError(
            f"month {month} of year {year} does not exist; wanted a month of 1 to 12 and a year from 1500 on."
        )
    return year * 12 + month - 1


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A first month, as a whole number, and a number of whole months."""

    first: int
    months: int

    def __post_init__(self) -> None:
        """Refuse a period of no months."""
        if self.months < 1:
            raise InputError(
                f"a period of {self.months} months is none; its last month must not come before its first."
            )

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """One month."""
        return cls(month_number(year, month), 1)

    @classmethod
    def calendar_year(cls, year: int) -> Self:
        """January to December."""
        return cls(month_number(year, 1), 12)

    @classmethod
    def financial_year(cls, starting: int) -> Self:
        """April of the year ``starting`` to March of the next."""
        return cls(month_number(starting, FINANCIAL_YEAR_STARTS), 12)

    @classmethod
    def financial_quarter(cls, starting: int, quarter: int) -> Self:
        """Quarter 1 (April to June) to 4 (January to March) of the financial year ``starting``."""
        if not 1 <= quarter <= 4:
            raise InputError(f"quarter {quarter} does not exist; wanted 1 to 4.")
        return cls(month_number(starting, FINANCIAL_YEAR_STARTS) + 3 * (quarter - 1), 3)

    @classmethod
    def run(cls, first: "Period", last: "Period") -> Self:
        """From the first month of ``first`` to the last month of ``last``."""
        return cls(first.first, last.last - first.first + 1)

    @classmethod
    def ending(cls, last: "Period", months: int) -> Self:
        """The ``months`` months that end with ``last``: twelve make the rolling year."""
        return cls(last.last - months + 1, months)

    @property
    def last(self) -> int:
        """The last month, as a whole number."""
        return self.first + self.months - 1

    @property
    def kind(self) -> Kind:
        """What sort of period it is, by its months alone."""
        if self.months == 1:
            return Kind.MONTH
        if self.is_financial_year:
            return Kind.FINANCIAL_YEAR
        if self.is_calendar_year:
            return Kind.CALENDAR_YEAR
        return Kind.QUARTER if self.is_quarter else Kind.RUN

    @property
    def is_financial_year(self) -> bool:
        """Whether it is April to March."""
        return self.months == 12 and self.first % 12 == FINANCIAL_YEAR_STARTS - 1

    @property
    def is_quarter(self) -> bool:
        """Whether it is three months that start with January, April, July or October."""
        return self.months == 3 and self.first % 3 == 0

    @property
    def is_calendar_year(self) -> bool:
        """Whether it is January to December."""
        return self.months == 12 and self.first % 12 == 0

    def __iter__(self) -> Iterator["Period"]:
        """Each month, in order."""
        return (Period(number, 1) for number in range(self.first, self.last + 1))

    def __contains__(self, other: "Period") -> bool:
        """Whether every month of ``other`` is one of these."""
        return self.first <= other.first and other.last <= self.last

    def shift(self, months: int) -> "Period":
        """The same number of months, so many later (or earlier, where negative)."""
        return Period(self.first + months, self.months)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a month."""
        return self.first <= other.last and other.first <= self.last

    def each(self, months: int) -> tuple["Period", ...]:
        """The parts of ``months`` months, in order; the whole must be a multiple of them."""
        if self.months % months:
            raise InputError(f"{self.for_sentence()} cannot be parted into runs of {months} months.")
        return tuple(Period(start, months) for start in range(self.first, self.last + 1, months))

    @property
    def code(self) -> str:
        """The spelling for files: ``2012-03``, ``2011/12``, ``2011/12 Q4`` or ``2011-04/2012-03``."""
        if self.months == 1:
            return _iso(self.first)
        if self.is_financial_year:
            return _financial_year_text(self.first)
        if self.is_quarter and self.first >= _EARLIEST_FINANCIAL_MONTH:
            return f"{_financial_year_text(self.first)} Q{_financial_quarter_of(self.first)}"
        return f"{_iso(self.first)}/{_iso(self.last)}"

    @property
    def name(self) -> str:
        """The name people call it by: ``Q4 2011/12``, ``2011/12``, else as in a sentence."""
        if self.is_quarter:
            return f"Q{_financial_quarter_of(self.first)} {_financial_year_text(self.first)}"
        return self.for_sentence()

    def for_table(self) -> str:
        """The one way that tables write it: ``Mar '12``, ``Apr '11 - Mar '12``."""
        if self.months == 1:
            return _short(self.first)
        return f"{_short(self.first)} - {_short(self.last)}"

    def for_sentence(self) -> str:
        """The one way that sentences write it: ``March 2012``, ``2011/12``, ``the 12 months to June 2011``."""
        return _in_sentence(self.first, self.months)


@lru_cache(4096)
def _in_sentence(first: int, months: int) -> str:
    period = Period(first, months)
    if months == 1:
        return _long(first)
    if period.is_financial_year:
        return _financial_year_text(first)
    if months == 12:
        return f"the 12 months to {_long(period.last)}"
    if first // 12 == period.last // 12:
        return f"{MONTH_NAMES[first % 12]} to {_long(period.last)}"
    return f"{_long(first)} to {_long(period.last)}"


def _iso(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _long(number: int) -> str:
    return f"{MONTH_NAMES[number % 12]} {number // 12}"


def _short(number: int) -> str:
    year = number // 12
    shown = f"'{year % 100:02d}" if FIRST_SHORT_YEAR <= year <= LAST_SHORT_YEAR else f"{year}"
    return f"{SHORT_MONTHS[number % 12]} {shown}"


def _financial_year_text(number: int) -> str:
    """The financial year that the month ``number`` lies in."""
    starting = (number - FINANCIAL_YEAR_STARTS + 1) // 12
    return f"{starting}/{(starting + 1) % 100:02d}"


def _financial_quarter_of(number: int) -> int:
    return (number - FINANCIAL_YEAR_STARTS + 1) % 12 // 3 + 1


@dataclass(frozen=True, slots=True)
class Step:
    """One known total on the way to a wanted one: added where ``sign`` is 1, taken away where it is -1."""

    sign: int
    period: Period


class Derivations:
    """How totals over any period follow from totals over the known ones.

    A total is the difference between two running sums: the one after its last month, less the one before its first.
    So each known period joins two month ends, and a wanted total follows exactly when a path of known ones joins its
    own two ends. Rolling years a quarter apart join only month ends that lie a whole number of years apart, which is
    why no single quarter follows from them.
    """

    def __init__(self, known: Iterable[Period]) -> None:
        self._ways: dict[int, list[tuple[int, Step]]] = {}
        for period in sorted(known):
            before, after = period.first, period.last + 1
            self._ways.setdefault(before, []).append((after, Step(1, period)))
            self._ways.setdefault(after, []).append((before, Step(-1, period)))

    def of(self, wanted: Period) -> tuple[Step, ...] | None:
        """The fewest known totals that make up the wanted one; ``None`` where it does not follow.

        Totals that add up to it go before any that are taken away, for a difference carries the errors of both.
        """
        return self._path(wanted, {1}) or self._path(wanted, {1, -1})

    def parts_of(self, wanted: Period) -> tuple[Step, ...] | None:
        """Shorter known totals that add up to the wanted one; ``None`` where there are none."""
        return self._path(wanted, {1}, besides=wanted)

    def _path(
        self, wanted: Period, signs: Collection[int], *, besides: Period | None = None
    ) -> tuple[Step, ...] | None:
        start, goal = wanted.first, wanted.last + 1
        came_by: dict[int, tuple[int, Step] | None] = {start: None}
        queue = deque([start])
        while queue and goal not in came_by:
            here = queue.popleft()
            for there, step in self._ways.get(here, ()):
                if there not in came_by and step.sign in signs and step.period != besides:
                    came_by[there] = (here, step)
                    queue.append(there)
        if goal not in came_by:
            return None
        return tuple(reversed(list(_steps_back(goal, came_by))))


def _steps_back(goal: int, came_by: dict[int, tuple[int, Step] | None]) -> Iterator[Step]:
    link = came_by[goal]
    while link is not None:
        here, step = link
        yield step
        link = came_by[here]
