"""What an edition prints, as far as a reader reasons from it: counts, ratios, and the marks in their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import floor, gcd

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.status import Status

# Counts under it are hidden: the usual "under 5". Fingertips flags 1 to 5, UK LLC under 10; docs/methods/disclosure.md.
THRESHOLD = 5
Unknown = tuple[str, str, Period]


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One count of a table: of a measure, in an area, over a period."""

    measure: str
    area: str
    period: Period

    def for_sentence(self) -> str:
        """The cell as messages name it."""
        return f"{self.measure}, {self.area}, {self.period.for_sentence()}"


@dataclass(frozen=True, slots=True)
class Count:
    """How many were counted in a cell, before anything is hidden."""

    cell: Cell
    count: int

    def __post_init__(self) -> None:
        """Refuse what is no number of events."""
        whole = isinstance(self.count, int) and not isinstance(self.count, bool)
        if not whole or self.count < 0:
            raise InputError(
                f"{self.cell.for_sentence()}: {self.count!r} is no count; wanted a whole number from 0 on."
            )


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate, a share or an average that is to be printed: ``multiplier`` times a cell's count over its base.

    ``base`` is another cell, as for a share, or a number that anyone may know, such as the residents of a rate or the
    months of an average. It is printed to so many ``decimals``, rounded half up.
    """

    cell: Cell
    base: Cell | int
    multiplier: int = 100
    decimals: int = 1

    def __post_init__(self) -> None:
        """Refuse a ratio to nothing."""
        bad_base = not isinstance(self.base, Cell) and (not isinstance(self.base, int) or self.base < 1)
        if bad_base or self.multiplier < 1 or self.decimals < 0:
            raise InputError(
                f"{self.cell.for_sentence()}: {self.multiplier} times it over {self.base!r}, to {self.decimals} "
                "decimals, is no ratio; wanted a cell or a whole number from 1 on as its base, a multiplier from 1 on "
                "and no fewer than 0 decimals."
            )

    def printed(self, count: int, base: int) -> str:
        """The ratio of two counts, as a reader sees it."""
        scale = 10**self.decimals
        scaled = floor(Fraction(self.multiplier * scale * count, base) + Fraction(1, 2))
        whole, rest = divmod(scaled, scale)
        return f"{whole}.{rest:0{self.decimals}d}" if self.decimals else str(whole)


@dataclass(frozen=True, slots=True)
class Rule:
    """How an audience is shown small counts.

    Counts from 1 up to ``threshold``, itself left out, are hidden, and noughts where ``hides_zero`` says so; others are
    rounded to a multiple of ``base``. ``secondary`` hides further cells, so that none that is hidden can be worked out.
    """

    audience: str
    threshold: int = THRESHOLD
    hides_zero: bool = False
    base: int = 1
    secondary: bool = True

    def __post_init__(self) -> None:
        """Refuse a threshold or a base that is none."""
        if self.threshold < 1 or self.base < 1:
            raise InputError(
                f"{self.audience}: a threshold of {self.threshold} and rounding to {self.base} are no rule; both are "
                "1 or more, and 1 hides and rounds nothing."
            )

    def is_small(self, count: int) -> bool:
        """Whether the audience may not see the count."""
        return self.hides_zero if count == 0 else count < self.threshold

    @property
    def least_hidden(self) -> int:
        """The smallest count that may stand behind ``[c]``: noughts that are shown never do, and readers know it."""
        return 0 if self.hides_zero else 1

    @property
    def options(self) -> dict[str, str | int | float | bool | None]:
        """The options in force, by name."""
        return {
            "audience": self.audience,
            "threshold": self.threshold,
            "hides zero": self.hides_zero,
            "rounded to": self.base,
            "secondary suppression": self.secondary,
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in a cell: a count, rounded as its edition's rule has it, or ``[c]`` or ``[low]`` in its place."""

    cell: Cell
    value: int | None
    status: Status | None = None

    def __post_init__(self) -> None:
        """Refuse a gap without its mark, a mark beside a number, and what is no count."""
        marked = self.status in {Status.CONFIDENTIAL, Status.LOW}
        if (self.value is None) != marked or (self.status is not None and not marked):
            raise InputError(
                f"{self.cell.for_sentence()}: {self.value!r} with the status {self.status} cannot be printed; wanted a "
                "count, or [c] or [low] in its place."
            )
        if self.value is not None:
            Count(self.cell, self.value)

    @property
    def is_hidden(self) -> bool:
        """Whether the count is confidential."""
        return self.status is Status.CONFIDENTIAL


@dataclass(frozen=True, slots=True)
class ShownRatio:
    """What stands where a ratio is printed: its digits, such as ``9.1``; ``None`` where ``[c]`` hides it."""

    cell: Cell
    base: Cell | int
    multiplier: int
    printed: str | None


@dataclass(frozen=True, slots=True)
class Published:
    """What an edition, or any other publication, tells one audience.

    ``guarded`` holds cells that it does not print and must not give away either, such as months beneath its quarters.
    """

    name: str
    rule: Rule
    counts: tuple[Shown, ...]
    ratios: tuple[ShownRatio, ...] = ()
    guarded: tuple[Cell, ...] = ()

    @property
    def cells(self) -> set[Cell]:
        """Every cell that it speaks of."""
        bases = {ratio.base for ratio in self.ratios if isinstance(ratio.base, Cell)}
        return {shown.cell for shown in self.counts} | {ratio.cell for ratio in self.ratios} | bases | {*self.guarded}

    @property
    def hidden(self) -> set[Cell]:
        """Every cell that it keeps from its readers."""
        return {shown.cell for shown in self.counts if shown.is_hidden} | {*self.guarded}


@dataclass(frozen=True, slots=True)
class Nesting:
    """Which areas make up which, and which measures: by the name of each whole, the names of its parts.

    The parts of a whole share nothing and leave nothing out; a part that is never printed has a name here all the same.
    """

    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a whole without parts, inside itself, or holding a part twice."""
        for nested in (self.areas, self.measures):
            for whole in nested:
                _smallest_parts(whole, nested)


def _smallest_parts(name: str, nested: Mapping[str, tuple[str, ...]], inside: tuple[str, ...] = ()) -> tuple[str, ...]:
    if name in inside:
        raise InputError(f"{name} is made up of itself; the parts of a whole must be smaller than it.")
    if name not in nested:
        return (name,)
    parts = tuple(last for part in nested[name] for last in _smallest_parts(part, nested, (*inside, name)))
    if not parts or len({*parts}) < len(parts):
        raise InputError(f"the parts of {name} are {', '.join(parts) or 'none'}; wanted each part once.")
    return parts


class Layout:
    """The smallest pieces that all the cells of some publications are sums of.

    Periods that overlap are cut wherever one of them starts or ends, so that rolling years a quarter apart are sums of
    quarters; areas and measures are parted as far as they nest.
    """

    def __init__(self, cells: Iterable[Cell], nesting: Nesting) -> None:
        self._nesting = nesting
        ends: dict[tuple[str, str], set[int]] = {}
        for cell in cells:
            for pair in self._pairs(cell):
                ends.setdefault(pair, set()).update((cell.period.first, cell.period.last + 1))
        self._pieces = {
            pair: [Period(start, stop - start) for start, stop in pairwise(sorted(found))]
            for pair, found in ends.items()
        }

    def pieces(self, cell: Cell) -> tuple[Unknown, ...]:
        """What the cell is the sum of."""
        return tuple(
            (measure, area, piece)
            for measure, area in self._pairs(cell)
            for piece in self._pieces[measure, area]
            if piece in cell.period
        )

    def _pairs(self, cell: Cell) -> list[tuple[str, str]]:
        areas = _smallest_parts(cell.area, self._nesting.areas)
        return [(measure, area) for measure in _smallest_parts(cell.measure, self._nesting.measures) for area in areas]


@dataclass(frozen=True, slots=True)
class Statement:
    """What readers know: a sum of unknown counts, each times a whole number, lies from ``least`` to ``greatest``."""

    terms: Mapping[Unknown, int]
    least: int | None
    greatest: int | None


def count_statement(shown: Shown, *, rule: Rule, layout: Layout) -> Statement:
    """What a printed cell tells."""
    least, greatest = told_by(shown, rule=rule)
    return Statement(dict.fromkeys(layout.pieces(shown.cell), 1), least, greatest)


def told_by(shown: Shown, *, rule: Rule) -> tuple[int, int | None]:
    """The least and the greatest count that is printed so; what the rule would have hidden is left out."""
    if shown.is_hidden:
        return rule.least_hidden, None
    if shown.value is None:
        return max(1, rule.threshold), (rule.base - 1) // 2
    if shown.value == 0:
        return 0, 0
    least, greatest = shown.value - rule.base // 2, shown.value + (rule.base - 1) // 2
    return (max(least, rule.threshold) if greatest >= rule.threshold and rule.base > 1 else least), greatest


def rounded(count: int, *, base: int) -> int:
    """The nearest multiple of ``base``, half up; the same count is rounded alike wherever it stands."""
    return (2 * count + base) // (2 * base) * base


def ratio_statements(shown: ShownRatio, *, layout: Layout) -> tuple[Statement, ...]:
    """What a printed ratio tells of the counts it was rounded from, half up."""
    if shown.printed is None:
        return ()
    unit = _unit_of(shown)
    digits = Fraction(shown.printed) / unit
    low, high = (digits - Fraction(1, 2)) * unit / shown.multiplier, (digits + Fraction(1, 2)) * unit / shown.multiplier
    pieces = dict.fromkeys(layout.pieces(shown.cell), 1)
    if isinstance(shown.base, int):
        return (Statement(pieces, max(0, -floor(-low * shown.base)), -floor(-high * shown.base) - 1),)
    base = layout.pieces(shown.base)
    # The base is a divisor, so it is known not to be nought.
    above, below = _against(pieces, base, low), _against(pieces, base, high)
    return (
        Statement(above, 0, None),
        Statement(below, None, -gcd(*below.values())),
        Statement(dict.fromkeys(base, 1), 1, None),
    )


def _against(pieces: Mapping[Unknown, int], base: Iterable[Unknown], share: Fraction) -> dict[Unknown, int]:
    """The terms of a count less a share of its base, in whole numbers."""
    terms = {piece: share.denominator * times for piece, times in pieces.items()}
    for piece in base:
        terms[piece] = terms.get(piece, 0) - share.numerator
    return {piece: times for piece, times in terms.items() if times}


def _unit_of(shown: ShownRatio) -> Fraction:
    try:
        Fraction(shown.printed or "")
    except ValueError:
        raise InputError(
            f"{shown.cell.for_sentence()}: {shown.printed!r} is no ratio; wanted digits as printed, such as 9.1."
        ) from None
    _, _, decimals = (shown.printed or "").partition(".")
    return Fraction(1, 10 ** len(decimals))
