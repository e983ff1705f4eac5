"""Statements made shorter by what others tell exactly, so that few unknowns hang together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is left of a row's terms once sums that are told exactly are taken off; ``sources`` are all rows in it.

    What is left was ``divisor`` times the ``terms``.
    """

    row: int
    terms: Mapping[int, int]
    divisor: int
    sources: tuple[int, ...]
    is_exact: bool


class Reduction:
    """Rows without the sums that other rows tell exactly: of a total whose parts are shown but for two, these two.

    Both systems have the same solutions, for each step takes one equation from another row. Shorter rows go first.
    """

    def __init__(
        self, rows: Mapping[int, Mapping[int, int]], least: NDArray[np.float64], greatest: NDArray[np.float64]
    ) -> None:
        # By its lowest unknown, each set of unknowns whose sum is told, as bits, and the rows that tell it.
        self._known: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        self.rows: list[Reduced] = []
        for row, terms in rows.items():
            if greatest[row] == 0 and min(terms.values()) > 0:
                for column in terms:
                    self._learn([column], (row,))
        for row in sorted(rows, key=lambda row: len(rows[row])):
            self._reduce(row, rows[row], is_exact=bool(least[row] == greatest[row]))

    def reduced(self, columns: Iterable[int]) -> tuple[list[int], tuple[int, ...]]:
        """What is left of a sum of unknowns, and the rows that tell the rest."""
        ordered = sorted(columns)
        left = sum(1 << column for column in ordered)
        sources: list[int] = []
        for column in ordered:
            for known, rows in self._known.get(column, ()):
                if known & left == known:
                    left ^= known
                    sources += rows
        return [column for column in ordered if left >> column & 1], tuple(dict.fromkeys(sources))

    def _reduce(self, row: int, terms: Mapping[int, int], *, is_exact: bool) -> None:
        terms, sources = self._without_base(terms)
        left: dict[int, int] = {}
        for times in dict.fromkeys(terms.values()):
            kept, rows = self.reduced(column for column in terms if terms[column] == times)
            left |= dict.fromkeys(kept, times)
            sources += rows
        if not left:
            return
        told = tuple(dict.fromkeys([row, *sources]))
        divisor = gcd(*left.values())
        shorter = {column: times // divisor for column, times in left.items()}
        self.rows.append(Reduced(row, shorter, divisor, told, is_exact))
        if is_exact and {*shorter.values()} == {1}:
            self._learn(list(shorter), told)

    def _without_base(self, terms: Mapping[int, int]) -> tuple[Mapping[int, int], list[int]]:
        """A share of a base that is told exactly, as what it tells of the part."""
        least = min(terms.values())
        if least > 0:
            return terms, []
        left, sources = self.reduced(terms)
        if left:
            return terms, []
        return {column: times - least for column, times in terms.items() if times > least}, [*sources]

    def _learn(self, columns: list[int], sources: tuple[int, ...]) -> None:
        self._known.setdefault(min(columns), []).append((sum(1 << column for column in columns), sources))
