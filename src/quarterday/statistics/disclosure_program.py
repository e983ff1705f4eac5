"""A linear program over whole counts, solved by SciPy's HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
# HiGHS meets its constraints to 1e-7; bounds on whole numbers are far coarser.
SLACK = 1e-6
# A table of whole counts is found at once or, with awkward ratios, by branching; a cell for which that takes longer is
# not shown to be safe.
MOST_BRANCHES = 2_000


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an objective is least: fractions of counts, and the rows that alone keep it from being less."""

    counts: Real
    binding: tuple[int, ...]


class Program:
    """Bounds on sums of counts, to be optimised over."""

    def __init__(self, matrix: "csr_array[Any, tuple[int, int]]", least: Real, greatest: Real) -> None:
        self.matrix, self.least, self.greatest = matrix, least, greatest
        self._equal = np.flatnonzero(least == greatest)
        self._below = np.flatnonzero((least < greatest) & np.isfinite(greatest))
        self._above = np.flatnonzero((least < greatest) & np.isfinite(least))

    def best(self, objective: Real) -> Answer | None:
        """The least value of the objective, which is bounded; ``None`` where nothing meets the bounds."""
        from scipy.optimize import linprog  # noqa: PLC0415 - costly to import, and most editions hide nothing

        found = linprog(objective, **self._limits(), method="highs")
        return None if found.x is None else Answer(found.x, self._binding(found))

    def whole(self, objective: Real) -> Whole | None:
        """The table of whole counts that is best; ``None`` where none is found."""
        from scipy.optimize import LinearConstraint, milp  # noqa: PLC0415 - as above

        limits = LinearConstraint(self.matrix.astype(np.float64), self.least, self.greatest)
        everywhere = np.ones(len(objective), dtype=np.int64)
        found = milp(objective, constraints=limits, integrality=everywhere, options={"node_limit": MOST_BRANCHES})
        if found.x is None:
            return None
        table = np.rint(found.x).astype(np.int64)
        return table if self.met(table).all() and (table >= 0).all() else None

    def met(self, table: Whole) -> NDArray[np.bool_]:
        """Which rows a table meets, in whole numbers."""
        sums = self.matrix @ table
        return np.asarray((sums >= self.least) & (sums <= self.greatest))

    def columns_of(self, row: int) -> list[int]:
        """The unknowns of a row."""
        start, stop = self.matrix.indptr[row : row + 2]
        return [int(column) for column in self.matrix.indices[start:stop]]

    def capped(self, sums: Sequence[Sequence[int]], caps: Sequence[int]) -> "Program":
        """The same with a row more for each of some sums, which reaches at most its cap."""
        from scipy.sparse import vstack  # noqa: PLC0415 - as above

        rows = sparse([dict.fromkeys(columns, 1) for columns in sums], self.matrix.shape[1])
        matrix = vstack([self.matrix, rows], format="csr")
        least = np.append(self.least, np.full(len(caps), -np.inf))
        return Program(matrix, least, np.append(self.greatest, np.array(caps, dtype=np.float64)))

    def departures(self) -> NDArray[np.bool_]:
        """The rows that matter where the sum of all departures from them is least; none where there need be none."""
        from scipy.sparse import hstack, identity  # noqa: PLC0415 - as above

        number, unknowns = self.matrix.shape
        spare = identity(number, format="csr")
        wider = Program(hstack([self.matrix, spare, -spare], format="csr"), self.least, self.greatest)
        found = wider.best(np.repeat([0.0, 1.0], [unknowns, 2 * number]))
        matters = np.zeros(number, dtype=bool)
        if found is not None and found.counts[unknowns:].sum() > SLACK:
            matters[list(found.binding)] = True
        return matters

    def _limits(self) -> dict[str, Any]:
        from scipy.sparse import vstack  # noqa: PLC0415 - as above

        matrix = self.matrix.astype(np.float64)
        limits: dict[str, Any] = {}
        if len(self._equal):
            limits |= {"A_eq": matrix[self._equal], "b_eq": self.least[self._equal]}
        if len(self._below) or len(self._above):
            limits["A_ub"] = vstack([matrix[self._below], -matrix[self._above]], format="csr")
            limits["b_ub"] = np.concatenate([self.greatest[self._below], -self.least[self._above]])
        return limits

    def _binding(self, found: Any) -> tuple[int, ...]:  # noqa: ANN401 - SciPy's result has no public type
        rows = np.concatenate([self._equal, self._below, self._above])
        prices = np.concatenate([found.eqlin.marginals, found.ineqlin.marginals])
        return tuple(dict.fromkeys(int(row) for row in rows[np.abs(prices) > SLACK]))


def sparse(rows: Sequence[dict[int, int]], width: int) -> "csr_array[Any, tuple[int, int]]":
    """Rows of times by column, as a sparse matrix."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - as above

    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    times = np.array([times for row in rows for times in row.values()], dtype=np.int64)
    return csr_array((times, columns, starts), shape=(len(rows), width))
