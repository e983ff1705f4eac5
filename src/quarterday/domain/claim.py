"""A statement about figures that stands in a person's text, and what the figures say of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from quarterday.domain.period import Period


class ClaimKind(StrEnum):
    """What sort of statement it is."""

    DIRECTION = "direction"
    DIFFERENCE = "difference"
    PERCENT_CHANGE = "percent_change"
    PERCENTAGE_POINTS = "percentage_points"
    LEVEL = "level"
    FROM_TO = "from_to"
    RANK = "rank"
    PEER_POSITION = "peer_position"
    AVERAGE = "average"
    SHARE = "share"
    EXTREME = "extreme"
    NAMED_MONTHS = "named_months"
    TARGET = "target"
    TREND = "trend"
    RATE = "rate"
    PROJECTION = "projection"
    MULTIPLE = "multiple"


class Verdict(StrEnum):
    """What the figures say of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not_checkable"


class Way(StrEnum):
    """Which way something is said to have gone, or to lie."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    SAME = "the same"


class Loose(StrEnum):
    """How loosely a number is said."""

    EXACT = ""
    OVER = "over"
    UNDER = "under"
    NEARLY = "nearly"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"


class Unit(StrEnum):
    """What a number counts."""

    COUNT = "count"
    PER_CENT = "per cent"
    POINTS = "percentage points"
    PLACE = "place"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it was written: ``step`` is one unit of its last significant digit, a tenth for 9.1.

    ``signed`` says whether a sign was written; ``fraction`` whether it was a word such as "a third", whose ``value``
    is then in per cent.
    """

    value: float
    step: float = 1.0
    unit: Unit = Unit.COUNT
    loose: Loose = Loose.EXACT
    signed: bool = False
    fraction: bool = False


class WhenKind(StrEnum):
    """How a text says what time it speaks of."""

    STATED = "stated"
    CURRENT = "current"
    MONTH_OF_YEAR = "month without its year"
    YEAR_BEFORE = "the same months a year before"
    SAME_MONTHS_OF = "the same months of a stated year"
    PREVIOUS_QUARTER = "the previous quarter"
    PREVIOUS_MONTH = "the previous month"
    SPAN = "a number of years"


@dataclass(frozen=True, slots=True)
class When:
    """The time that a text speaks of: ``periods`` where it states one (several where its words have readings).

    ``first`` and ``last`` are month numbers from 1, for months named without their year; ``months`` a length.
    """

    kind: WhenKind
    periods: tuple[Period, ...] = ()
    first: int = 0
    last: int = 0
    months: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a claim states, as one value.

    ``amount`` is its number and ``earlier`` the number it starts from; ``way`` the direction said; ``form`` what the
    judge of its kind must know besides; ``scale``, ``of`` and ``month`` belong to ranks, groups and months.
    """

    way: Way | None = None
    amount: Amount | None = None
    earlier: Amount | None = None
    form: str = ""
    word: str = ""
    scale: str = ""
    of: int = 0
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a claim is about: the words of what is counted, the group or place compared with, and the times.

    ``subject`` is empty where the text goes on about what it is about as a whole. ``whole`` is what a share is of, and
    ``also`` holds the other words of the clause, in which its part may be named; ``months`` are those named there.
    ``denied`` says that a "not" stands before it; ``is_open`` that the words leave open what the number is of, so that
    it may be found right and is never called wrong.
    """

    subject: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    period: When | None = None
    against: When | None = None
    whole: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    periods: tuple[When, ...] = ()
    denied: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about figures: its kind, its words, their place in the text, what they state and of what."""

    kind: ClaimKind
    quote: str
    start: int
    end: int
    stated: Stated
    scope: Scope = field(default_factory=Scope)
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdict, what it states, what the figures say, and why, as a sentence for the reader."""

    claim: Claim
    verdict: Verdict
    stated: str
    computed: str
    why: str
