"""What a careful reader can work out: the least and the greatest value that statements leave to a sum of counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from quarterday.statistics.disclosure_program import SLACK, Answer, Program, Real, Whole, sparse
from quarterday.statistics.disclosure_reduction import Reduction
from quarterday.statistics.disclosure_tables import Statement, Unknown

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# A count that may be so much larger than it is, is bounded by nothing that readers would call a bound.
FAR = 1_000_000
# Tables sought at first, each with many counts at once far from what they are; what these leave open is looked into.
SPREADS = 1
# Two directions are one where they differ by less: they come from sums of ones.
SAME = 1e-9


class Statements:
    """All that may be told: row after row, bounds on sums of unknown counts, which are whole and from 0 on."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        unknowns = dict.fromkeys(unknown for statement in statements for unknown in statement.terms)
        self.column = {unknown: at for at, unknown in enumerate(unknowns)}
        self.rows = [
            {self.column[unknown]: times for unknown, times in statement.terms.items()} for statement in statements
        ]
        self.least = np.array([-np.inf if each.least is None else each.least for each in statements])
        self.greatest = np.array([np.inf if each.greatest is None else each.greatest for each in statements])

    @cached_property
    def matrix(self) -> "csr_array[Any, tuple[int, int]]":
        """The rows as a sparse matrix."""
        return sparse(self.rows, len(self.column))

    def contradiction(self, in_force: NDArray[np.bool_]) -> tuple[int, ...]:
        """Rows that no table of counts can meet all at once, none of which can be spared; none where there are none."""
        found = self._clash(np.flatnonzero(in_force))
        return tuple(_needed(found, lambda rows: bool(self._clash(np.array(rows, dtype=np.int64)))))

    def _clash(self, rows: Whole) -> list[int]:
        """The rows that stand in each other's way where the sum of all departures is least (Farkas)."""
        if not len(rows):
            return []
        matters = Program(self.matrix[rows], self.least[rows], self.greatest[rows]).departures()
        return [int(row) for row in rows[matters]]


def _needed(rows: Sequence[int], suffices: Callable[[Sequence[int]], bool]) -> list[int]:
    """Of rows that suffice, some that still do and of which none can be spared."""
    kept = list(rows)
    for row in rows:
        fewer = [other for other in kept if other != row]
        if suffices(fewer):
            kept = fewer
    return kept


@dataclass(frozen=True, slots=True)
class Reach:
    """The least and the greatest value of a sum, each had by a whole table; ``None`` where nothing bounds it."""

    least: int
    greatest: int | None

    def has(self, room: int) -> bool:
        """Whether they lie at least so far apart."""
        return self.greatest is None or self.greatest - self.least >= room


class Reader:
    """One who knows the statements in force, and tables of counts that meet them all.

    What is called possible is so in one of these tables, each checked in whole numbers; what is called impossible is so
    by linear programming, whose bounds are never too narrow. ``tables`` must hold one that meets the statements; those
    that do not are dropped.
    """

    def __init__(self, statements: Statements, in_force: NDArray[np.bool_], tables: Whole) -> None:
        self._all, self.in_force = statements, in_force
        rows = np.flatnonzero(in_force)
        sums = statements.matrix[rows] @ tables.T
        met = (sums >= statements.least[rows, None]) & (sums <= statements.greatest[rows, None])
        self.tables = tables[met.all(axis=0)]

    def told(self, in_force: NDArray[np.bool_]) -> "Reader":
        """The reader of other statements of the same system."""
        return Reader(self._all, in_force, self.tables)

    def columns(self, unknowns: Iterable[Unknown]) -> Whole:
        """The places of a cell's pieces."""
        return np.array([self._all.column[unknown] for unknown in unknowns], dtype=np.int64)

    def without_room(self, sums: Sequence[Whole], room: int, *, one_a_group: bool = False) -> list[int]:
        """The places of those sums that cannot have two values so far apart.

        With ``one_a_group``, at least one wherever sums that hang together hold any.
        """
        lacking: list[int] = []
        pending = self._without_known_room(sums, range(len(sums)), room)
        if len(pending) > 1:
            self._spread([sums[at] for at in pending], room)
        while pending := self._without_known_room(sums, pending, room):
            looked_into, parts = self._apart(sums, pending)
            self._extremes(parts, sign=1)
            least = [int(self.tables[:, sums[at]].sum(axis=1).min()) for at in looked_into]
            caps = [value + room - part.known for value, part in zip(least, parts, strict=True)]
            self._extremes(parts, sign=-1, caps=caps)
            found = self._without_known_room(sums, looked_into, room)
            lacking += found
            pending = [at for at in pending if at not in looked_into]
            if found and one_a_group:
                done = {lead for at in found for lead in self.leaders(sums[at], reduced=True)}
                pending = [at for at in pending if done.isdisjoint(self.leaders(sums[at], reduced=True))]
        return sorted(lacking)

    def reaches(self, sums: Sequence[Whole], floors: Sequence[int]) -> list[Reach]:
        """The least and the greatest value of each sum, none of which can be below its floor."""
        self._reach_out(sums, range(len(sums)), sign=-1)
        above = [at for at, columns in enumerate(sums) if self.tables[:, columns].sum(axis=1).min() > floors[at]]
        self._reach_out(sums, above, sign=1)
        return [self._known_reach(columns) for columns in sums]

    def _reach_out(self, sums: Sequence[Whole], places: Iterable[int], *, sign: int) -> None:
        pending = list(places)
        while pending:
            looked_into, parts = self._apart(sums, pending)
            caps = [part.value(self.tables[0]) + FAR for part in parts]
            self._extremes(parts, sign=sign, caps=caps if sign < 0 else None)
            pending = [at for at in pending if at not in looked_into]

    def giving_away(self, sums: Sequence[Whole], room: int) -> list[tuple[int, ...]]:
        """For each sum without so much room, rows that alone leave it so little."""
        found: dict[int, tuple[int, ...]] = {}
        pending = list(range(len(sums)))
        while pending:
            looked_into, parts = self._apart(sums, pending)
            low = self._extremes(parts, sign=1)
            high = self._extremes(parts, sign=-1, caps=[part.value(self.tables[0]) + FAR for part in parts])
            for at, part in zip(looked_into, parts, strict=True):
                is_near = not part.columns or high.value(part) - low.value(part) < room - SLACK
                found[at] = self._sources(part, low.binding | high.binding if is_near else {*part.rows})
            pending = [at for at in pending if at not in looked_into]
        return [found[at] for at in range(len(sums))]

    def fewest(self, columns: Whole, rows: Sequence[int], room: int) -> tuple[int, ...]:
        """Of rows that alone leave a sum too little room, some that do, and of which none can be spared."""
        return tuple(_needed(rows, lambda fewer: bool(self._alone(fewer).without_room([columns], room))))

    def _sources(self, part: "_Part", binding: set[int]) -> tuple[int, ...]:
        """The rows behind some reduced rows, or all of them where only whole counts leave no room."""
        reduced = self._reduction.rows
        rows = [*part.sources, *(source for at in part.rows if at in binding for source in reduced[at].sources)]
        return tuple(dict.fromkeys(rows))

    def leaders(self, columns: Whole, *, reduced: bool = False) -> set[int]:
        """Which groups of unknowns a sum reaches into; ``reduced``, once what is known of it is taken off."""
        left = self._reduction.reduced(columns.tolist())[0] if reduced else columns.tolist()
        return {self._leader(column) for column in left}

    def near(self, in_force: NDArray[np.bool_], sums: Sequence[Whole]) -> "tuple[Reader, list[Whole]]":
        """The reader of more statements, and those of some sums that these may bear upon.

        For their sake it leaves out all that hangs together neither with them nor with the new statements.
        """
        new = np.flatnonzero(in_force & ~self.in_force)
        parts = [self._part(np.array(columns, dtype=np.int64)) for row in new for columns in self._alike(int(row))]
        around = {column for part in parts for column in part.columns}
        found = [(columns, self._part(columns)) for columns in sums]
        close = [(columns, part) for columns, part in found if not around.isdisjoint(part.columns)]
        kept = in_force & ~self.in_force
        for part in (*parts, *(part for _, part in close)):
            kept[[*part.sources, *(source for at in part.rows for source in self._reduction.rows[at].sources)]] = True
        return self.told(kept & in_force), [columns for columns, _ in close]

    def _alike(self, row: int) -> list[list[int]]:
        """The unknowns of a row, those together that it takes as many times."""
        terms = self._all.rows[row]
        return [[column for column in terms if terms[column] == times] for times in {*terms.values()}]

    def ties(self, sums: Sequence[Whole]) -> NDArray[np.bool_]:
        """Which of some sums, once told, would tell which others, by adding and taking away alone."""
        tied = np.zeros((len(sums), len(sums)), dtype=bool)
        free = [self._reduction.reduced(columns.tolist())[0] for columns in sums]
        groups: dict[int, list[int]] = {}
        for at, columns in enumerate(free):
            for lead in {self._leader(column) for column in columns}:
                groups.setdefault(lead, []).append(at)
        for members in groups.values():
            # A sum over several groups is tied to no other within one of them.
            alone = [at for at in members if len({self._leader(column) for column in free[at]}) == 1]
            if len(alone) > 1:
                tied[np.ix_(alone, alone)] = self._tied([free[at] for at in alone])
        return tied

    def _tied(self, sums: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
        part = self._part(np.array(sums[0], dtype=np.int64))
        place = {column: at for at, column in enumerate(part.columns)}
        exact = [row for row in (self._reduction.rows[at] for at in part.rows) if row.is_exact]
        known, wanted = np.zeros((len(exact), len(place))), np.zeros((len(sums), len(place)))
        for at, row in enumerate(exact):
            known[at, [place[column] for column in row.terms]] = [*row.terms.values()]
        for at, columns in enumerate(sums):
            wanted[at, [place[column] for column in columns]] = 1
        left = wanted - wanted @ known.T @ np.linalg.pinv(known @ known.T, rcond=SAME, hermitian=True) @ known
        lengths = np.linalg.norm(left, axis=1)
        same = np.abs(left @ left.T) >= np.outer(lengths, lengths) * (1 - SAME)
        return np.asarray(same & (lengths > SAME)[:, None] & ~np.eye(len(sums), dtype=bool))

    def _alone(self, rows: Sequence[int]) -> "Reader":
        in_force = np.zeros_like(self.in_force)
        in_force[list(rows)] = True
        return Reader(self._all, in_force, self.tables[:1])

    def _without_known_room(self, sums: Sequence[Whole], places: Iterable[int], room: int) -> list[int]:
        found = ((at, self.tables[:, sums[at]].sum(axis=1)) for at in places)
        return [at for at, values in found if values.max() - values.min() < room]

    def _known_reach(self, columns: Whole) -> Reach:
        values = self.tables[:, columns].sum(axis=1)
        least, greatest = int(values.min()), int(values.max())
        return Reach(least, None if greatest >= int(values[0]) + FAR else greatest)

    def _apart(self, sums: Sequence[Whole], places: Sequence[int]) -> tuple[list[int], list["_Part"]]:
        """As many of some sums as hang together with none of the others taken."""
        taken: dict[int, _Part] = {}
        seen: set[int] = set()
        for at in places:
            part = self._part(sums[at])
            if seen.isdisjoint(part.columns):
                seen |= {*part.columns}
                taken[at] = part
        return [*taken], [*taken.values()]

    @cached_property
    def _reduction(self) -> Reduction:
        rows = np.flatnonzero(self.in_force).tolist()
        return Reduction({row: self._all.rows[row] for row in rows}, self._all.least, self._all.greatest)

    @cached_property
    def _parts(self) -> tuple[dict[int, int], dict[int, "tuple[list[int], list[int]]"]]:
        """For each unknown its leader, and for each leader the reduced rows and the unknowns that hang together."""
        lead: dict[int, int] = {}

        def leader(column: int) -> int:
            while lead[column] != column:
                lead[column] = lead[lead[column]]
                column = lead[column]
            return column

        for row in self._reduction.rows:
            columns = list(row.terms)
            for column in columns:
                lead.setdefault(column, column)
                lead[leader(column)] = leader(columns[0])
        parts: dict[int, tuple[list[int], list[int]]] = {}
        for column in lead:
            parts.setdefault(leader(column), ([], []))[1].append(column)
        for at, row in enumerate(self._reduction.rows):
            parts[leader(next(iter(row.terms)))][0].append(at)
        return {column: leader(column) for column in lead}, parts

    def _leader(self, column: int) -> int:
        return self._parts[0].get(column, column)

    def _part(self, columns: Whole) -> "_Part":
        """What is left of a sum once all that is known of it is taken off, and all that hangs together with that."""
        left, sources = self._reduction.reduced(columns.tolist())
        leaders = dict.fromkeys(self._leader(column) for column in left)
        found = [self._parts[1].get(lead, ([], [lead])) for lead in leaders]
        known = int(self.tables[0][columns].sum() - self.tables[0][left].sum())
        return _Part(
            [row for rows, _ in found for row in rows],
            [column for _, columns in found for column in columns],
            left,
            sources,
            known,
        )

    def _spread(self, sums: Sequence[Whole], room: int) -> None:
        """Find tables in which some of the sums are larger and others smaller, by the toss of a seeded coin."""
        parts = [part for part in map(self._part, sums) if part.columns]
        if not parts:
            return
        joint = _joined(list({tuple(sorted(part.columns)): part for part in parts}.values()))
        program, place = self._program(joint), {column: at for at, column in enumerate(joint.columns)}
        members = [[place[column] for column in part.left] for part in parts]
        program = program.capped(members, [part.value(self.tables[0]) + room for part in parts])
        coin = np.random.default_rng(0)
        for _ in range(SPREADS):
            objective = np.zeros(len(joint.columns))
            for columns, sign in zip(members, coin.choice([-1.0, 1.0], len(members)), strict=True):
                objective[columns] += sign
            for each in (objective, -objective):
                self._keep(joint, program, program.best(each))

    def _keep(self, part: "_Part", program: Program, answer: Answer | None) -> bool:
        """Note a table of whole counts, as far as it is one; whether all of it is."""
        if answer is None:
            return False
        counts, table = np.rint(answer.counts).astype(np.int64), self.tables[0].copy()
        known = table[part.columns]
        broken = {
            int(column) for row in np.flatnonzero(~program.met(counts)) for column in program.columns_of(int(row))
        }
        lost = {self._leader(part.columns[at]) for at in broken}
        kept = np.array([self._leader(column) not in lost for column in part.columns])
        table[part.columns] = np.where(kept, counts, known)
        self.tables = np.vstack([self.tables, table])
        return not lost

    def _extremes(self, parts: Sequence["_Part"], *, sign: int, caps: Sequence[int] | None = None) -> "_Ends":
        """Find tables with the least (``sign`` -1: greatest) values of what is left of sums that lie apart.

        The greatest are sought up to their ``caps``.
        """
        joint = _joined([part for part in parts if part.columns])
        if not joint.columns:
            return _Ends({}, set())
        place = {column: at for at, column in enumerate(joint.columns)}
        members = [[place[column] for column in part.left] for part in parts if part.columns]
        program = self._program(joint)
        if caps is not None:
            limits = [cap for cap, part in zip(caps, parts, strict=True) if part.columns]
            program = program.capped(members, limits)
        objective = np.zeros(len(place))
        objective[[at for columns in members for at in columns]] = sign
        answer = program.best(objective)
        if answer is None:
            return _Ends({}, set())
        if not self._keep(joint, program, answer) or not _is_best(answer, objective, members):
            self._branch(joint, program, objective)
        counts = dict(zip(joint.columns, answer.counts.tolist(), strict=True))
        return _Ends(counts, {joint.rows[at] for at in answer.binding if at < len(joint.rows)})

    def _branch(self, part: "_Part", program: Program, objective: Real) -> None:
        counts = program.whole(objective)
        if counts is not None:
            table = self.tables[0].copy()
            table[part.columns] = counts
            self.tables = np.vstack([self.tables, table])

    def _program(self, part: "_Part") -> Program:
        place = {column: at for at, column in enumerate(part.columns)}
        reduced = [self._reduction.rows[at] for at in part.rows]
        rows = [{place[column]: times for column, times in row.terms.items()} for row in reduced]
        matrix, whole = sparse(rows, len(place)), np.array([row.row for row in reduced], dtype=np.int64)
        divisor = np.array([row.divisor for row in reduced], dtype=np.int64)
        table = self.tables[0]
        known = self._all.matrix[whole] @ table - divisor * (matrix @ table[part.columns])
        least, greatest = self._all.least[whole] - known, self._all.greatest[whole] - known
        return Program(matrix, np.ceil(least / divisor), np.floor(greatest / divisor))


@dataclass(frozen=True, slots=True)
class _Part:
    """Reduced rows and unknowns that hang together with what is ``left`` of a sum; the rest of it is ``known``.

    ``sources`` are the rows that tell the rest.
    """

    rows: list[int]
    columns: list[int]
    left: list[int]
    sources: tuple[int, ...]
    known: int

    def value(self, table: Whole) -> int:
        """What is left of the sum, in a table."""
        return int(table[self.left].sum())


@dataclass(frozen=True, slots=True)
class _Ends:
    """Counts, in fractions, at which sums end, and the reduced rows that keep them from going further."""

    counts: dict[int, float]
    binding: set[int]

    def value(self, part: _Part) -> float:
        """What is left of a sum there."""
        return sum(self.counts.get(column, 0.0) for column in part.left)


def _joined(parts: Sequence[_Part]) -> _Part:
    """Parts that lie apart, as one."""
    return _Part(
        list(dict.fromkeys(row for part in parts for row in part.rows)),
        list(dict.fromkeys(column for part in parts for column in part.columns)),
        [],
        (),
        0,
    )


def _is_best(answer: Answer, objective: Real, members: Sequence[Sequence[int]]) -> bool:
    """Whether no whole table can be better than the rounded one, sum by sum."""
    rounded = np.rint(answer.counts)
    return all(
        objective[columns] @ rounded[columns] <= objective[columns] @ answer.counts[columns] + 1 - SLACK
        for columns in members
    )


def first_table(statements: Statements, in_force: NDArray[np.bool_]) -> Whole | None:
    """A table of whole counts that meets every statement in force; ``None`` where there is none."""
    rows = np.flatnonzero(in_force)
    program = Program(statements.matrix[rows], statements.least[rows], statements.greatest[rows])
    anything = np.zeros(len(statements.column))
    answer = program.best(anything)
    if answer is None:
        return None
    table = np.rint(answer.counts).astype(np.int64)
    return table if program.met(table).all() else program.whole(anything)
