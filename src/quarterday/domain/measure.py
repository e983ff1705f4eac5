"""What is counted, where from, per what, and which way is better: data, not code."""

from dataclasses import dataclass
from enum import StrEnum

from quarterday.domain.area import key_of
from quarterday.domain.period import Period


class Polarity(StrEnum):
    """Which way is better: a decision of the partnership that belongs to the measure."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"

    def verdict(self, difference: float) -> str:
        """The word for a change of ``difference``: better or worse, or higher or lower where neither is better."""
        if difference == 0:
            return "unchanged"
        if self is Polarity.NEITHER:
            return "higher" if difference > 0 else "lower"
        return "better" if (difference < 0) == (self is Polarity.LOWER) else "worse"


@dataclass(frozen=True, slots=True)
class Break:
    """A month from which figures are not comparable with those before it, and why."""

    month: Period
    reason: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted. ``counted_as`` is what files of figures call it; ``window`` is in months.

    ``caveats`` go wherever the measure goes. ``polarity_note`` says what a reader should know of the choice.
    """

    name: str
    unit: str
    unit_singular: str
    polarity: Polarity
    source: str
    definition: str = ""
    counted_as: str = ""
    window: int = 12
    polarity_note: str = ""
    caveats: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def key(self) -> str:
        """The name under which its figures are kept."""
        return key_of(self.counted_as or self.name)

    def count_of(self, number: float) -> str:
        """The unit in the number that agrees with ``number``."""
        return self.unit_singular if abs(number) == 1 else self.unit

    def breaks_between(self, earlier: Period, later: Period) -> tuple[Break, ...]:
        """The breaks that stand between some month of ``earlier`` and some month of ``later``."""
        start, end = min(earlier.first, later.first), max(earlier.last, later.last)
        return tuple(item for item in self.breaks if start < item.month.first <= end)
