"""Which months stand out against the same month of the year before, and which together make up the change."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.statistics.change import (
    DISPERSION_FREEDOM,
    SIGNIFICANCE,
    Change,
    compare_all,
    dispersion_of,
    freedom_of,
    holm,
)
from quarterday.statistics.result import Method

# A third of the year. A change that takes more months is spread over the year, and naming them tells nothing.
MOST_MONTHS_NAMED = 4


@dataclass(frozen=True, slots=True)
class MonthChange:
    """One month against the same month a year before; ``adjusted_p`` allows for all that were looked at (Holm)."""

    month: Period
    change: Change
    adjusted_p: float
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Months:
    """The months known in both years, in order; ``missing`` are the others.

    ``making_up`` are the fewest months whose differences together come to the whole change or more, in order; empty
    where ``why_none`` says why. That is arithmetic and no test: some months always make up a change.
    """

    months: tuple[MonthChange, ...]
    missing: tuple[Period, ...]
    making_up: tuple[Period, ...]
    why_none: str
    method: Method

    @property
    def standing_out(self) -> tuple[MonthChange, ...]:
        """Those that differ by more than chance gives, all looked at together."""
        return tuple(month for month in self.months if month.stands_out)


def months_that_stand_out(
    earlier: Sequence[float | None],
    later: Sequence[float | None],
    *,
    periods: Sequence[Period],
    significance: float = SIGNIFICANCE,
    dispersion: float | Sequence[float] = 1.0,
    freedom: int = DISPERSION_FREEDOM,
    most_named: int = MOST_MONTHS_NAMED,
) -> Months:
    """Each month of the later year against the same month of the earlier one, by the exact test of ``change.compare``.

    ``periods`` are the months of ``later``, in order, twelve at most; ``earlier`` holds the same months a year before.
    A missing month is ``None``; it is left out of both years, and named. Probabilities are adjusted for the months
    looked at together (Holm 1979). ``dispersion`` widens the test where counts come in clusters; it is one for all
    months, or one for each, as ``dispersions_of_the_others`` gives them.
    """
    _check(earlier, later, periods)
    widening = [dispersion] * len(periods) if isinstance(dispersion, int | float) else dispersion
    both = zip(periods, earlier, later, widening, strict=True)
    known = [(month, old, new, wide) for month, old, new, wide in both if old is not None and new is not None]
    changes = compare_all(
        [old for _, old, _, _ in known],
        [new for _, _, new, _ in known],
        dispersion=[wide for *_, wide in known] or 1.0,
        freedom=freedom,
    )
    adjusted = holm([change.p for change in changes if change.p is not None])
    months = tuple(
        MonthChange(month, change, p, p < significance)
        for (month, *_), change, p in zip(known, changes, adjusted, strict=True)
    )
    making_up, why_none = _making_up(months, most_named)
    return Months(
        months=months,
        missing=tuple(month for month in periods if month not in {entry.month for entry in months}),
        making_up=making_up,
        why_none=why_none,
        method=Method(
            "each month against the same month a year before",
            "Przyborowski and Wilenski 1940; Holm 1979, Scandinavian Journal of Statistics 6",
            {"significance": significance, "dispersion": max(widening), "most_named": most_named},
        ),
    )


def dispersions_of_the_others(earlier: Sequence[float], later: Sequence[float]) -> tuple[tuple[float, ...], int]:
    """For each month how much more than chance the other months vary, and the freedom that tells it.

    A month that is far out would widen its own test so much that none could ever stand out: with eleven degrees of
    freedom its distance is at most their root (as with residuals that are studentised internally; Cook and Weisberg
    1982, Residuals and Influence in Regression).
    """
    others = [([*earlier[:at], *earlier[at + 1 :]], [*later[:at], *later[at + 1 :]]) for at in range(len(earlier))]
    return tuple(dispersion_of(years) for years in others), max(1, min(map(freedom_of, others), default=1))


def _making_up(months: Sequence[MonthChange], most_named: int) -> tuple[tuple[Period, ...], str]:
    """The largest differences of the change's own sign until they come to the whole; of equal ones all or none."""
    whole = sum(entry.change.difference for entry in months)
    if not whole:
        return (), "there is no change to make up"
    same_way = [entry for entry in months if entry.change.difference * whole > 0]
    named: list[MonthChange] = []
    for size in sorted({abs(entry.change.difference) for entry in same_way}, reverse=True):
        if abs(sum(entry.change.difference for entry in named)) >= abs(whole):
            break
        named += [entry for entry in same_way if abs(entry.change.difference) == size]
    if len(named) > most_named:
        return (), f"the change is spread over more than {most_named} months"
    return tuple(sorted(entry.month for entry in named)), ""


def _check(earlier: Sequence[float | None], later: Sequence[float | None], periods: Sequence[Period]) -> None:
    if not len(earlier) == len(later) == len(periods):
        raise InputError(
            f"{len(earlier)} earlier months stand against {len(later)} later ones, with {len(periods)} periods; "
            "wanted as many of each, None where one is missing."
        )
    if not 1 <= len(periods) <= 12:  # noqa: PLR2004 - a year
        raise InputError(f"{len(periods)} months came; wanted one to twelve, so that the two years share none.")
    odd = next((period for period in periods if period.months != 1), None)
    if odd is not None:
        raise InputError(f"months are compared with months; {odd.for_sentence()} is {odd.months} of them.")
    if any(later_one.first <= earlier_one.first for earlier_one, later_one in pairwise(periods)):
        raise InputError("the months are not in order, or one came twice; wanted each once, in order.")
    if periods[-1].first - periods[0].first >= 12:  # noqa: PLR2004 - a year
        raise InputError(
            f"{periods[0].for_sentence()} and {periods[-1].for_sentence()} lie a year apart or more; wanted the months "
            "of one year, so that the two years share none."
        )
