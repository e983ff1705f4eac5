"""What the audit passes, no other solver recovers: every table is tried, or other equations branched and bounded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp

from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.statistics.disclosure import audit, mark
from quarterday.statistics.disclosure_tables import Cell, Count, Nesting, Published, Ratio, Rule, Shown

YEAR = Period.financial_year(2011)
AREAS, MEASURES = ("North", "South", "East"), ("Arson", "Theft", "Fraud")
NESTED = Nesting(areas={"County": AREAS}, measures={"Crime": MEASURES})
QUARTERS = [Period.financial_quarter(2010 + at // 4, at % 4 + 1) for at in range(12)]
Table = Mapping[Cell, int]
RULES = [Rule("public"), Rule("public", hides_zero=True), Rule("public", threshold=3)]


def with_totals(inner: NDArray[np.int64]) -> dict[Cell, int]:
    """Measures by areas, with both totals."""
    wide = np.pad(inner, (0, 1))
    wide[-1], wide[:, -1] = wide.sum(axis=0), wide.sum(axis=1)
    wide[-1, -1] = inner.sum()
    return {
        Cell(measure, area, YEAR): int(wide[row, column])
        for row, measure in enumerate((*MEASURES, "Crime"))
        for column, area in enumerate((*AREAS, "County"))
    }


def published(table: Table, hidden: set[Cell], rule: Rule, *, name: str = "Q4") -> Published:
    return Published(
        name,
        rule,
        tuple(
            Shown(cell, None, Status.CONFIDENTIAL) if cell in hidden else Shown(cell, value)
            for cell, value in table.items()
        ),
    )


def every_value(table: Table, hidden: Sequence[Cell], rule: Rule) -> NDArray[np.int64]:
    """All values of hidden inner cells that leave every total as it is, found by trying each."""
    most = [min(table[Cell("Crime", cell.area, YEAR)], table[Cell(cell.measure, "County", YEAR)]) for cell in hidden]
    tried = np.indices([value + 1 for value in most]).reshape(len(hidden), -1).T
    keeps = (tried >= rule.least_hidden).all(axis=1)
    for name in (*MEASURES, *AREAS):
        members = [at for at, cell in enumerate(hidden) if name in {cell.measure, cell.area}]
        keeps &= tried[:, members].sum(axis=1) == sum(table[hidden[at]] for at in members)
    return tried[keeps]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("rule", RULES[:2])
def test_the_audit_finds_the_very_bounds_that_trying_every_table_finds(seed: int, rule: Rule) -> None:
    random = np.random.default_rng(seed)
    table = with_totals(random.integers(rule.least_hidden, 7, size=(3, 3)))
    inner = [cell for cell in table if cell.area != "County" and cell.measure != "Crime"]
    hidden = [inner[at] for at in sorted(random.choice(9, size=random.integers(2, 6), replace=False))]
    possible = every_value(table, hidden, rule)
    found = {
        each.cell: each
        for each in audit(published(table, {*hidden}, rule), nesting=NESTED).hidden
        if each.cell in hidden
    }
    for at, cell in enumerate(hidden):
        least, greatest = possible[:, at].min(), possible[:, at].max()
        assert (found[cell].least, found[cell].greatest) == (least, greatest)
        assert found[cell].is_safe == (greatest - least >= rule.threshold)


def edition(random: np.random.Generator, *, level: float) -> tuple[NDArray[np.int64], list[Count]]:
    """Eight rolling years of three measures in three areas, the county and all crime, from eleven quarters."""
    quarters = random.poisson(level * random.lognormal(0, 1, size=(3, 3, 1)), size=(3, 3, 11))
    return quarters, rolling_counts(quarters)


def rolling_counts(quarters: NDArray[np.int64], columns: Sequence[int] = range(8)) -> list[Count]:
    return [
        Count(Cell(measure, area, Period(QUARTERS[at].first, 12)), int(quarters[row, column][..., at : at + 4].sum()))
        for row, measure in [*enumerate(MEASURES), (slice(None), "Crime")]
        for column, area in [*enumerate(AREAS), (slice(None), "County")]
        for at in columns
    ]


def equations(publications: Sequence[Published]) -> Iterator[tuple[NDArray[np.float64], float, float]]:
    """What is printed as rows over the cube of measures, areas and quarters, written down anew for the other solver."""
    for each in publications:
        for shown in each.counts:
            row = cube_of(shown.cell)
            low, high = (each.rule.least_hidden, np.inf) if shown.is_hidden else (shown.value, shown.value)
            yield row, float(low or 0), float(high or 0)


def cube_of(cell: Cell) -> NDArray[np.float64]:
    cube = np.zeros((3, 3, 12))
    rows = range(3) if cell.measure == "Crime" else [MEASURES.index(cell.measure)]
    columns = range(3) if cell.area == "County" else [AREAS.index(cell.area)]
    when = [at for at, quarter in enumerate(QUARTERS) if quarter in cell.period]
    cube[np.ix_(rows, columns, when)] = 1
    return cube.ravel()


def room_left(publications: Sequence[Published], cell: Cell, *, enough: int) -> float:
    """By branch and bound, how far apart two values of a cell can lie, as far as it matters."""
    rows, least, greatest = (np.array(each) for each in zip(*equations(publications), strict=True))
    wanted = cube_of(cell)
    low = milp(wanted, constraints=LinearConstraint(rows, least, greatest), integrality=np.ones(len(wanted)))
    capped = LinearConstraint(
        np.vstack([rows, wanted]), np.append(least, 0), np.append(greatest, round(low.fun) + enough)
    )
    high = milp(-wanted, constraints=capped, integrality=np.ones(len(wanted)))
    return round(-high.fun) - round(low.fun)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rule", RULES)
def test_no_cell_of_a_marked_edition_is_recovered_by_branch_and_bound(seed: int, rule: Rule) -> None:
    _, counts = edition(np.random.default_rng(seed), level=3)
    marked = mark(counts, rule=rule, edition="Q4", nesting=NESTED)
    assert marked.audit.passes
    assert {*marked.small} >= {count.cell for count in counts if 0 < count.count < rule.threshold}
    hidden = [each.cell for each in marked.published.counts if each.is_hidden]
    for cell in hidden[:: max(1, len(hidden) // 12)]:
        assert room_left([marked.published], cell, enough=rule.threshold) >= rule.threshold


@pytest.mark.parametrize("seed", range(4))
def test_none_of_the_cells_hidden_for_the_others_could_be_shown_by_itself(seed: int) -> None:
    rule = Rule("public")
    random = np.random.default_rng(seed)
    table = with_totals(random.poisson(6, size=(3, 3)))
    counts = [Count(cell, value) for cell, value in table.items()]
    marked = mark(counts, rule=rule, edition="Q4", nesting=NESTED)
    hidden = {*marked.small, *marked.secondary}
    assert marked.audit.passes
    for cell in marked.secondary:
        assert not audit(published(table, hidden - {cell}, rule), nesting=NESTED).passes


@pytest.mark.parametrize("seed", range(3))
def test_editions_in_turn_keep_what_each_of_them_hid(seed: int) -> None:
    """Each prints the latest quarter and the rolling year, so each can be taken from the last."""
    rule = Rule("public")
    random = np.random.default_rng(100 + seed)
    quarters = random.poisson(random.uniform(2, 20, size=(3, 3, 1)), size=(3, 3, 8))
    earlier: list[Published] = []
    for at in range(3, 8):
        own = [
            Count(Cell(measure, area, QUARTERS[at]), int(quarters[row, column, at]))
            for row, measure in enumerate(MEASURES)
            for column, area in enumerate(AREAS)
        ]
        marked = mark(
            [*own, *rolling_counts(quarters, [at - 3])],
            rule=rule,
            edition=f"edition {at}",
            earlier=earlier,
            nesting=NESTED,
        )
        assert marked.audit.passes
        earlier.append(marked.published)
    hidden = sorted({cell for each in earlier for cell in each.hidden})
    for cell in hidden[:: max(1, len(hidden) // 8)]:
        assert room_left(earlier, cell, enough=rule.threshold) >= rule.threshold


@pytest.mark.parametrize("seed", range(40))
def test_a_quarter_planted_for_differencing_is_always_found(seed: int) -> None:
    """Edition one hides one quarter of four; edition two prints rolling years."""
    random = np.random.default_rng(seed)
    quarters = random.integers(5, 60, size=8)
    hidden = int(random.integers(4, 8))
    quarters[hidden] = random.integers(1, 5)
    cells = [Cell("Arson", "North", quarter) for quarter in QUARTERS]
    first = published(
        {cells[at]: int(quarters[at]) for at in (*range(hidden - 3, hidden), hidden)},
        {cells[hidden]},
        Rule("public"),
        name="one",
    )
    years = {
        Cell("Arson", "North", Period(QUARTERS[at].first, 12)): int(quarters[at : at + 4].sum()) for at in range(5)
    }
    found = audit(published(years, set(), Rule("public"), name="two"), earlier=[first])
    (leak,) = found.failures
    assert (leak.cell, leak.least, leak.greatest) == (cells[hidden], quarters[hidden], quarters[hidden])
    assert {given.edition for given in leak.given_away_by} == {"one", "two"}


@pytest.mark.parametrize("seed", range(20))
def test_a_leak_planted_in_a_marked_edition_is_always_found(seed: int) -> None:
    """One cell that protects others is shown, as by a careless hand."""
    random = np.random.default_rng(1000 + seed)
    table = with_totals(random.poisson(8, size=(3, 3)))
    marked = mark(
        [Count(cell, value) for cell, value in table.items()], rule=Rule("public"), edition="Q4", nesting=NESTED
    )
    shown = marked.secondary or (Cell("Crime", "County", YEAR),)
    planted = shown[random.integers(len(shown))]
    hidden = {*marked.small, *marked.secondary} - {planted}
    assert audit(published(table, hidden, Rule("public")), nesting=NESTED).passes == (not marked.secondary)


@pytest.mark.parametrize("seed", range(3))
def test_shares_and_rounded_counts_are_allowed_for(seed: int) -> None:
    rule = Rule("public", base=5)
    random = np.random.default_rng(seed)
    table = with_totals(random.poisson(6, size=(3, 3)))
    ratios = [
        Ratio(cell, replace(cell, area="County"))
        for cell in table
        if cell.area != "County" and table[replace(cell, area="County")]
    ]
    marked = mark(
        [Count(cell, value) for cell, value in table.items()], ratios, rule=rule, edition="Q4", nesting=NESTED
    )
    assert marked.audit.passes
    stand = {ratio.cell for ratio in marked.published.ratios if ratio.printed is not None}
    assert stand.isdisjoint(each.cell for each in marked.published.counts if each.is_hidden)
