"""Rates, and the places that areas take by them."""

from bisect import bisect_left
from collections.abc import Sequence

from quarterday.domain.faults import InputError


def rate(count: float, population: float, *, multiplier: int = 1000) -> float:
    """``count`` per ``multiplier`` residents, unrounded."""
    if population <= 0 or count < 0:
        raise InputError(
            f"{count:g} among {population:g} residents is no rate; wanted a count and at least one resident."
        )
    return multiplier * count / population


def ranks(rates: Sequence[float]) -> tuple[int, ...]:
    """The place of each, in the order given: 1 is the lowest, and ties share the better place."""
    in_order = sorted(rates)
    return tuple(bisect_left(in_order, value) + 1 for value in rates)


def group_average(rates: Sequence[float]) -> float:
    """The plain mean of the members' rates, the area itself included (HMIC's practice)."""
    if not rates:
        raise InputError("a group without members has no average.")
    return sum(rates) / len(rates)
