"""Small counts kept from an audience that may not see them, and proof that what it does see does not give them away."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from quarterday.domain.faults import InputError
from quarterday.domain.status import Status
from quarterday.statistics.disclosure_program import Whole
from quarterday.statistics.disclosure_reader import Reader, Statements, first_table
from quarterday.statistics.disclosure_tables import (
    Cell,
    Count,
    Layout,
    Nesting,
    Published,
    Ratio,
    Rule,
    Shown,
    ShownRatio,
    Statement,
    count_statement,
    ratio_statements,
    rounded,
    told_by,
)
from quarterday.statistics.result import Method

NAMED = 6  # of the figures that contradict each other
SOURCE = (
    "Fischetti and Salazar (2001), Management Science 47: the auditor's problem by linear programming; "
    "UK LLC guidebook, statistical disclosure control: hidden cells must not be derivable from totals"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """One thing that an edition tells of a cell: a count, a mark or a ratio."""

    edition: str
    cell: Cell
    says: str

    def for_sentence(self) -> str:
        """As messages name it."""
        return f"{self.cell.for_sentence()}: {self.says} ({self.edition})"


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """How near a reader can come to a hidden count: from ``least`` to ``greatest``, ``None`` where nothing bounds it.

    Where that is nearer than the threshold, ``is_safe`` is false and ``given_away_by`` names what is printed that alone
    tells so much; none of it could be spared.
    """

    cell: Cell
    least: int
    greatest: int | None
    is_safe: bool
    given_away_by: tuple[Printed, ...] = ()

    def for_sentence(self) -> str:
        """As messages say it."""
        reach = f"{self.least} or more" if self.greatest is None else f"{self.least} to {self.greatest}"
        if self.least == self.greatest:
            reach = f"{self.least}"
        if self.is_safe:
            return f"{self.cell.for_sentence()}: hidden, and no more can be worked out than that it is {reach}."
        given = "; ".join(printed.for_sentence() for printed in self.given_away_by)
        return f"{self.cell.for_sentence()}: hidden, but it can be worked out to be {reach}, from {given}."


@dataclass(frozen=True, slots=True)
class Audit:
    """What a reader of these publications can work out of each hidden cell."""

    hidden: tuple[HiddenCell, ...]
    method: Method

    @property
    def failures(self) -> tuple[HiddenCell, ...]:
        """The cells that are given away: while there is one, the edition must not be published."""
        return tuple(cell for cell in self.hidden if not cell.is_safe)

    @property
    def passes(self) -> bool:
        """Whether no cell is given away."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Marked:
    """What may be printed, and the audit of it; unless that passes, publish nothing.

    ``small`` are the cells that the rule hides, ``secondary`` those hidden to protect them. Neither list is for
    readers.
    """

    published: Published
    small: tuple[Cell, ...]
    secondary: tuple[Cell, ...]
    audit: Audit
    method: Method


def audit(published: Published, *, earlier: Sequence[Published] = (), nesting: Nesting | None = None) -> Audit:
    """How near a reader of an edition and of ``earlier`` publications can come to each hidden cell.

    A reader adds and subtracts all that is printed: counts, totals over areas, measures and periods that overlap,
    rounded counts, rates and shares, marks (``[c]`` is no nought where noughts are shown). The least and the greatest
    value of each hidden cell follow by linear programming, and each is one that a whole table of counts has. A cell is
    safe where they lie at least the edition's threshold apart. Cells hidden in an earlier publication are audited
    unless this edition prints them. A small count that is printed plainly is a failure, too.

    A figure revised since an earlier publication contradicts it: hand over the revised value there. Raises
    ``InputError`` where what is printed contradicts itself.
    """
    nested = nesting or Nesting()
    publications = (*earlier, published)
    layout = Layout((cell for each in publications for cell in each.cells), nested)
    told = [pair for each in publications for pair in _told(each, layout)]
    bare = tuple(_bare(shown, published) for shown in published.counts if _is_bare(shown, published.rule))
    targets = _targets(publications)
    found: list[HiddenCell] = []
    if targets:
        reader = _reader(Statements([statement for _, statement in told]), [printed for printed, _ in told])
        found += _hidden(targets, reader, layout, told, room=_room(publications), floors=_floors(targets, publications))
    return Audit((*bare, *found), _method("audit by linear programming", published.rule))


def mark(
    counts: Sequence[Count],
    ratios: Sequence[Ratio] = (),
    *,
    rule: Rule,
    edition: str,
    unprinted: Sequence[Count] = (),
    earlier: Sequence[Published] = (),
    nesting: Nesting | None = None,
) -> Marked:
    """What of an edition may be printed for an audience: small counts hidden, and as few others as it takes.

    A hidden count is the mark ``[c]``, never a number; one that is shown is rounded, and ``[low]`` where that leaves
    nothing. A ratio stands only where its counts do. ``unprinted`` are counts that the edition does not print: where
    small they are guarded as well, and the counts behind a ratio may be among them.

    Secondary suppression hides, one at a time, the smallest count of those that give a hidden cell away, until none is;
    then it shows again, largest first, each that need not be hidden. So none of those hidden could be shown by itself
    without giving a hidden cell away. Noughts that the rule shows stay. Where earlier publications alone give a cell
    away, nothing that is done here helps, and the audit says so.
    """
    nested = nesting or Nesting()
    known = _by_cell((*counts, *unprinted))
    draft = _Draft(tuple(counts), tuple(ratios), rule, edition, tuple(unprinted), known)
    small = frozenset(count.cell for count in counts if rule.is_small(count.count))
    withheld = _Withheld(small)
    if rule.secondary and (small or draft.guarded or any(each.hidden for each in earlier)):
        withheld = _Search(draft, small, earlier, nested).withheld()
    published = draft.published(withheld)
    return Marked(
        published,
        tuple(count.cell for count in counts if count.cell in small),
        tuple(count.cell for count in counts if count.cell in withheld.cells - small),
        audit(published, earlier=earlier, nesting=nested),
        _method("small counts hidden, with secondary suppression" if rule.secondary else "small counts hidden", rule),
    )


def _method(name: str, rule: Rule) -> Method:
    return Method(name, SOURCE, rule.options)


def _told(published: Published, layout: Layout) -> list[tuple[Printed, Statement]]:
    """Everything that a publication says, and what follows from it."""
    told = [
        (Printed(published.name, shown.cell, _says(shown)), count_statement(shown, rule=published.rule, layout=layout))
        for shown in published.counts
    ]
    for ratio in published.ratios:
        printed = Printed(published.name, ratio.cell, _ratio_says(ratio))
        told += [(printed, statement) for statement in ratio_statements(ratio, layout=layout)]
    # That a cell is audited at all gives it a place among the unknowns.
    told += [
        (Printed(published.name, cell, "not printed"), Statement(dict.fromkeys(layout.pieces(cell), 1), 0, None))
        for cell in published.guarded
    ]
    return told


def _says(shown: Shown) -> str:
    return f"{shown.value:,}" if shown.status is None else shown.status.mark


def _ratio_says(ratio: ShownRatio) -> str:
    base = ratio.base.for_sentence() if isinstance(ratio.base, Cell) else f"{ratio.base:,}"
    return f"{ratio.printed} for each {ratio.multiplier:,} of {base}"


def _is_bare(shown: Shown, rule: Rule) -> bool:
    """Whether what is printed can only be a count that the rule hides."""
    greatest = told_by(shown, rule=rule)[1]
    return shown.value is not None and greatest is not None and rule.is_small(greatest)


def _bare(shown: Shown, published: Published) -> HiddenCell:
    least, greatest = told_by(shown, rule=published.rule)
    return HiddenCell(
        shown.cell, least, greatest, is_safe=False, given_away_by=(Printed(published.name, shown.cell, _says(shown)),)
    )


def _room(publications: Iterable[Published]) -> int:
    """How far apart the values that a hidden cell may have must reach: the largest threshold that was promised."""
    return max(each.rule.threshold for each in publications)


def _targets(publications: Sequence[Published]) -> tuple[Cell, ...]:
    """The cells to audit, the edition's own first: all hidden ones but those that it prints and that are not small."""
    published = publications[-1]
    shown = {each.cell: told_by(each, rule=published.rule)[1] for each in published.counts if not each.is_hidden}
    hidden = [
        cell
        for each in reversed(publications)
        for cell in sorted(each.hidden)
        if cell not in shown or each.rule.is_small(shown[cell] or 0)
    ]
    return tuple(dict.fromkeys(hidden))


def _floors(cells: Sequence[Cell], publications: Sequence[Published]) -> list[int]:
    """The least count that may stand behind each cell's marks."""
    marks = [
        ({shown.cell for shown in each.counts if shown.is_hidden}, each.rule.least_hidden) for each in publications
    ]
    return [max((least for marked, least in marks if cell in marked), default=0) for cell in cells]


def _reader(statements: Statements, printed: Sequence[Printed], in_force: NDArray[np.bool_] | None = None) -> Reader:
    """The reader of what is printed; it is an error where no counts could be behind it."""
    rows = np.ones(len(printed), dtype=bool) if in_force is None else in_force
    table = first_table(statements, rows)
    if table is None:
        raise _contradiction([printed[row] for row in statements.contradiction(rows)])
    return Reader(statements, rows, table[None, :])


def _contradiction(printed: Sequence[Printed]) -> InputError:
    clash = list(dict.fromkeys(each.for_sentence() for each in printed))
    more = [f"and {len(clash) - NAMED} more"] if len(clash) > NAMED else []
    named = "; ".join([*clash[:NAMED], *more]) or "what is printed"
    return InputError(
        f"no counts can be behind all of these: {named}. Wanted figures that agree; hand over a figure that was "
        "revised at its revised value, in earlier editions too."
    )


def _hidden(
    cells: Sequence[Cell],
    reader: Reader,
    layout: Layout,
    told: Sequence[tuple[Printed, Statement]],
    *,
    room: int,
    floors: Sequence[int],
) -> Iterable[HiddenCell]:
    sums = [reader.columns(layout.pieces(cell)) for cell in cells]
    reaches = reader.reaches(sums, floors)
    lacking = [at for at, reach in enumerate(reaches) if not reach.has(room)]
    rows = dict(zip(lacking, reader.giving_away([sums[at] for at in lacking], room), strict=True))
    for at, (cell, reach) in enumerate(zip(cells, reaches, strict=True)):
        needed = sorted(reader.fewest(sums[at], rows[at], room)) if at in rows else ()
        given = tuple(dict.fromkeys(told[row][0] for row in needed))
        yield HiddenCell(cell, reach.least, reach.greatest, is_safe=at not in rows, given_away_by=given)


def _by_cell(counts: Iterable[Count]) -> dict[Cell, int]:
    """The count of each cell; a cell that is given twice is an error."""
    given = list(counts)
    twice = [cell for cell, times in Counter(count.cell for count in given).items() if times > 1]
    if twice:
        raise InputError(
            *(f"{cell.for_sentence()} is given more than once; hand each cell over once." for cell in twice)
        )
    return {count.cell: count.count for count in given}


@dataclass(frozen=True, slots=True)
class _Withheld:
    """What is not printed: cells, and ratios by their places."""

    cells: frozenset[Cell]
    ratios: frozenset[int] = frozenset()

    def without(self, items: Iterable[Cell | int]) -> "_Withheld":
        """All but some items."""
        return _Withheld(self.cells - {*items}, self.ratios - {*items})


@dataclass(frozen=True, slots=True)
class _Draft:
    """An edition before anything is hidden."""

    counts: tuple[Count, ...]
    ratios: tuple[Ratio, ...]
    rule: Rule
    edition: str
    unprinted: tuple[Count, ...]
    known: dict[Cell, int]

    def published(self, withheld: _Withheld) -> Published:
        """The edition without what is withheld."""
        counts = tuple(self.shown(count, is_hidden=count.cell in withheld.cells) for count in self.counts)
        ratios = tuple(
            self.shown_ratio(ratio, is_hidden=self.hides(place, withheld)) for place, ratio in enumerate(self.ratios)
        )
        return Published(self.edition, self.rule, counts, ratios, self.guarded)

    @property
    def guarded(self) -> tuple[Cell, ...]:
        """The small counts that are not printed."""
        return tuple(count.cell for count in self.unprinted if self.rule.is_small(count.count))

    def hides(self, place: int, withheld: _Withheld) -> bool:
        """Whether a ratio, or a cell that it is made of, is withheld."""
        ratio = self.ratios[place]
        made_of = {ratio.cell, ratio.base}
        return place in withheld.ratios or not made_of.isdisjoint(withheld.cells | {*self.guarded})

    def shown(self, count: Count, *, is_hidden: bool) -> Shown:
        """The count as the rule prints it."""
        if is_hidden:
            return Shown(count.cell, None, Status.CONFIDENTIAL)
        value = rounded(count.count, base=self.rule.base)
        return Shown(count.cell, None, Status.LOW) if count.count and not value else Shown(count.cell, value)

    def shown_ratio(self, ratio: Ratio, *, is_hidden: bool) -> ShownRatio:
        """The ratio as it is printed, from counts before rounding."""
        if is_hidden:
            return ShownRatio(ratio.cell, ratio.base, ratio.multiplier, None)
        base = ratio.base if isinstance(ratio.base, int) else self._count(ratio.base)
        if base == 0:
            raise InputError(f"{ratio.cell.for_sentence()}: a ratio to nought is none; leave it out.")
        return ShownRatio(ratio.cell, ratio.base, ratio.multiplier, ratio.printed(self._count(ratio.cell), base))

    def _count(self, cell: Cell) -> int:
        if cell not in self.known:
            raise InputError(
                f"{cell.for_sentence()}: a ratio is made of it, but there is no count; hand it over with the counts "
                "printed, or with those that are not."
            )
        return self.known[cell]


@dataclass(frozen=True, slots=True)
class _Row:
    """A statement, and which cell or ratio of the draft makes it; neither where it is in force anyhow."""

    printed: Printed
    statement: Statement
    cell: Cell | None = None
    ratio: int | None = None
    while_hidden: bool = False
    is_true: bool = False


class _Search:
    """Looks for the cells to hide, beside those that are small."""

    def __init__(self, draft: _Draft, small: frozenset[Cell], earlier: Sequence[Published], nesting: Nesting) -> None:
        self._draft, self._small = draft, small
        everything = draft.published(_Withheld(frozenset()))
        self._room = _room((*earlier, everything))
        cells = [cell for each in (*earlier, everything) for cell in each.cells] + [*draft.known]
        self._layout = Layout(cells, nesting)
        self._rows = [
            *(_Row(printed, statement) for each in earlier for printed, statement in _told(each, self._layout)),
            *self._rows_of_counts(),
            *self._rows_of_ratios(everything),
        ]
        self._statements = Statements([row.statement for row in self._rows])
        now = {count.cell: count.count for count in draft.counts}
        self._others = [
            *draft.guarded,
            *(
                cell
                for each in earlier
                for cell in sorted(each.hidden)
                if cell not in now or each.rule.is_small(now[cell])
            ),
        ]
        self._lost: set[Cell] = set()

    def withheld(self) -> _Withheld:
        """What to withhold, so that no hidden cell is given away."""
        truth = np.array([not row.while_hidden for row in self._rows])
        first = _reader(self._statements, [row.printed for row in self._rows], truth)
        start = _Withheld(self._small)
        more, reader = self._hide(start, first.told(self._in_force(start)))
        return self._show_again(more, reader)

    def _rows_of_counts(self) -> Iterable[_Row]:
        draft = self._draft
        for count in draft.counts:
            for is_hidden in (True,) if draft.rule.is_small(count.count) else (False, True):
                shown = draft.shown(count, is_hidden=is_hidden)
                statement = count_statement(shown, rule=draft.rule, layout=self._layout)
                printed = Printed(draft.edition, count.cell, _says(shown))
                yield _Row(printed, statement, cell=count.cell, while_hidden=is_hidden)
        for count in (*draft.counts, *draft.unprinted):
            pieces = dict.fromkeys(self._layout.pieces(count.cell), 1)
            printed = Printed(draft.edition, count.cell, f"{count.count:,}")
            yield _Row(printed, Statement(pieces, count.count, count.count), is_true=True)

    def _rows_of_ratios(self, everything: Published) -> Iterable[_Row]:
        for place, ratio in enumerate(everything.ratios):
            printed = Printed(everything.name, ratio.cell, _ratio_says(ratio))
            for statement in ratio_statements(ratio, layout=self._layout):
                yield _Row(printed, statement, ratio=place)

    def _in_force(self, withheld: _Withheld) -> NDArray[np.bool_]:
        """Which rows a reader is told."""
        hidden = {place for place in range(len(self._draft.ratios)) if self._draft.hides(place, withheld)}
        return np.array([
            not row.is_true
            and row.ratio not in hidden
            and (row.cell is None or row.while_hidden == (row.cell in withheld.cells))
            for row in self._rows
        ])  # fmt: skip

    def _targets(self, withheld: _Withheld) -> list[Cell]:
        own = [count.cell for count in self._draft.counts if count.cell in withheld.cells]
        return [cell for cell in dict.fromkeys([*own, *self._others]) if cell not in self._lost]

    def _hide(self, withheld: _Withheld, reader: Reader) -> tuple[_Withheld, Reader]:
        """Hide more until each cell is safe; hiding never makes another less so."""
        safe: set[Cell] = set()
        while pending := [cell for cell in self._targets(withheld) if cell not in safe]:
            sums = self._sums(pending, reader)
            lacking = reader.without_room(sums, self._room)
            safe |= {cell for at, cell in enumerate(pending) if at not in lacking}
            rows = reader.giving_away([sums[at] for at in lacking], self._room)
            for at, told in zip(lacking, rows, strict=True):
                withheld = self._more(pending[at], told, withheld)
            reader = reader.told(self._in_force(withheld))
        return withheld, reader

    def _sums(self, cells: Iterable[Cell], reader: Reader) -> list[Whole]:
        return [reader.columns(self._layout.pieces(cell)) for cell in cells]

    def _more(self, cell: Cell, rows: Sequence[int], withheld: _Withheld) -> _Withheld:
        """Withhold the least of what gives a cell away, unless something of that is withheld by now."""
        told = [self._rows[row] for row in rows]
        ratios = {row.ratio for row in told if row.ratio is not None}
        cells = {row.cell for row in told if row.cell is not None and self._may_hide(row)}
        if not ratios | cells:
            self._lost.add(cell)
        elif ratios.isdisjoint(withheld.ratios) and cells.isdisjoint(withheld.cells):
            return self._one_more(ratios, cells, withheld)
        return withheld

    def _one_more(self, ratios: set[int], cells: set[Cell], withheld: _Withheld) -> _Withheld:
        """Ratios tell least beside their counts; then the smallest count."""
        if ratios:
            return replace(withheld, ratios=withheld.ratios | {min(ratios)})
        return replace(withheld, cells=withheld.cells | {min(cells, key=self._cost)})

    def _may_hide(self, row: _Row) -> bool:
        """Not a nought, as readers know of the rule that it never hides those that are shown."""
        return row.cell is not None and not row.while_hidden and self._draft.known[row.cell] > 0

    def _cost(self, cell: Cell) -> tuple[int, int, Cell]:
        return self._draft.known[cell], cell.period.months, cell

    def _show_again(self, withheld: _Withheld, reader: Reader) -> _Withheld:
        """Show what need not be withheld, largest count first, until nothing more can be shown."""
        kept, rest = withheld, self._withheld_for_others(withheld)
        needed = self._needed(kept, reader)
        while rest:
            tried = self._apart([item for item in rest if item not in needed], reader)
            in_danger = self._in_danger(kept.without(tried), reader)
            shown = {item for item, around in tried.items() if around.isdisjoint(in_danger)}
            rest = [item for item in rest if item not in tried and item not in needed]
            if shown:
                kept = kept.without(shown)
                reader = reader.told(self._in_force(kept))
        return kept if kept == withheld else self._show_again(kept, reader)

    def _apart(self, items: Iterable[Cell | int], reader: Reader) -> dict[Cell | int, set[int]]:
        """As many items as bear upon nothing in common, and the groups of unknowns that each bears upon."""
        taken: dict[Cell | int, set[int]] = {}
        seen: set[int] = set()
        for item in items:
            ratios = [
                ratio
                for place, ratio in enumerate(self._draft.ratios)
                if item == place or (isinstance(item, Cell) and item in {ratio.cell, ratio.base})
            ]
            cells = {cell for ratio in ratios for cell in (ratio.cell, ratio.base) if isinstance(cell, Cell)}
            around = reader.leaders(
                np.concatenate(self._sums(cells | ({item} if isinstance(item, Cell) else set()), reader))
            )
            if seen.isdisjoint(around):
                seen |= around
                taken[item] = around
        return taken

    def _needed(self, withheld: _Withheld, reader: Reader) -> set[Cell | int]:
        """The cells that, shown exactly, would tell another hidden one by adding and taking away alone."""
        if self._draft.rule.base > 1:
            return set()
        targets = self._targets(withheld)
        ties = reader.ties(self._sums(targets, reader))
        return {targets[at] for at in np.flatnonzero(ties.any(axis=1))}

    def _in_danger(self, fewer: _Withheld, reader: Reader) -> set[int]:
        """The groups of unknowns in which a cell is given away once less is withheld."""
        trial, near = reader.near(self._in_force(fewer), self._sums(self._targets(fewer), reader))
        lacking = trial.without_room(near, self._room, one_a_group=True)
        return {lead for at in lacking for lead in reader.leaders(near[at], reduced=True)}

    def _withheld_for_others(self, withheld: _Withheld) -> list[Cell | int]:
        """What might be shown again, the largest counts first."""
        cells = sorted(withheld.cells - self._small, key=self._cost, reverse=True)
        return [*cells, *sorted(withheld.ratios)]
