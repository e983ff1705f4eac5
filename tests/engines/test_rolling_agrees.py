"""Every engine makes the rolling table that the law makes, and an edition would show: bit for bit."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quarterday.domain.figure import Figure, Holding, missing
from quarterday.domain.period import Period
from quarterday.statistics.change import compare
from quarterday.statistics.counts import LEAST_BASE_FOR_PER_CENT
from quarterday.statistics.peers import ranks, rate
from quarterday.statistics.share import share
from quarterday.warehouse.duckdb_engine import DuckDBEngine
from quarterday.warehouse.engine import Engine
from quarterday.warehouse.reference_rolling import RollingRow
from quarterday.warehouse.rolling import Rolling
from tests.engines.made_figures import Case, cases, rolled_by, rolled_by_law, together

Maker = Callable[[Path], Engine]
YEARS = Period.run(Period.month(2010, 4), Period.month(2012, 3))


def rolled(maker: Maker, case: Case) -> list[RollingRow]:
    with TemporaryDirectory() as folder:
        engine = maker(Path(folder))
        try:
            return rolled_by(engine, case)
        finally:
            engine.close()


@settings(max_examples=60)
@given(cases())
def test_duckdb_rolls_as_the_law_does(case: Case) -> None:
    assert rolled(DuckDBEngine, case) == rolled_by_law(case)


@pytest.mark.spark
@settings(max_examples=1, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(made=st.lists(cases(windows=[3]), min_size=10, max_size=10))
def test_spark_rolls_as_the_law_does(spark: Maker, made: list[Case]) -> None:
    case = together(made)
    assert rolled(spark, case) == rolled_by_law(case)


def two_years(measure: str, area: str, *values: float) -> list[Figure]:
    return [Figure(measure, area, month, values[number % len(values)]) for number, month in enumerate(YEARS)]


def test_a_row_is_what_the_statistics_of_an_edition_say() -> None:
    """The steps of an engine may not ask the floor above them, so it is asked here."""
    counts = {"Redditch": (7.0, 11.0, 30.0), "Bromsgrove": (2.0, 5.0, 1.0), "Wyre Forest": (20.0, 3.0, 9.0)}
    people = {"Redditch": 84_214.0, "Bromsgrove": 93_637.0, "Wyre Forest": 97_975.0}
    figures = [figure for area, values in counts.items() for figure in two_years("Theft", area, *values)]
    figures += [figure for area in counts for figure in two_years("All crime", area, 100.0)]
    figures += [Figure("Residents", area, Period.calendar_year(2010), number) for area, number in people.items()]
    asked = Rolling(
        LEAST_BASE_FOR_PER_CENT, residents="Residents", wholes={"Theft": "All crime"}, peers={"Redditch": list(counts)}
    )
    [row] = [
        row
        for row in rolled(DuckDBEngine, Case(tuple(figures), asked))
        if (row.measure, row.area, row.month) == ("Theft", "Redditch", YEARS.last)
    ]
    totals = {area: 4 * sum(values) for area, values in counts.items()}
    change = compare(row.total_year_before or 0, row.total)
    rates = [rate(totals[area], people[area]) for area in counts]
    assert row.total == totals["Redditch"]
    assert (row.change, row.change_percent) == (change.difference, change.per_cent)
    assert row.share_percent == share(totals["Redditch"], 1200)
    assert (row.rate, row.rank, row.members) == (rates[0], ranks(rates)[0], 3)


def test_months_are_added_up_from_the_earliest_to_the_last() -> None:
    """Added in another order, these differ in their last bit."""
    figures = two_years("Theft", "Redditch", 0.1, 0.7, 1e15, 0.3, -1e15, 1 / 3)
    for row in rolled(DuckDBEngine, Case(tuple(figures), Rolling(50))):
        total = 0.0
        for figure in figures[row.month - YEARS.first - 11 : row.month - YEARS.first + 1]:
            total += figure.known
        assert row.total == total


def test_a_base_under_the_least_has_no_per_cent() -> None:
    figures = tuple(two_years("Theft", "Redditch", 4.0))
    [under] = [row for row in rolled(DuckDBEngine, Case(figures, Rolling(50))) if row.change is not None]
    [over] = [row for row in rolled(DuckDBEngine, Case(figures, Rolling(48))) if row.change is not None]
    assert (under.change_percent, over.change_percent) == (None, 0)


def test_a_window_with_a_missing_month_or_one_without_a_number_has_no_row() -> None:
    whole = two_years("Theft", "Redditch", 4.0)
    without = [figure for figure in whole if figure.period != Period.month(2011, 1)]
    marked = [*without, missing("Theft", "Redditch", Period.month(2011, 1), "late")]
    ends = [[row.month for row in rolled(DuckDBEngine, Case(tuple(held), Rolling(50)))] for held in (without, marked)]
    after_it = [Period.month(2012, number).first for number in (1, 2, 3)]
    assert ends == [after_it, after_it]
    assert len(rolled(DuckDBEngine, Case(tuple(whole), Rolling(50)))) == 13


def test_totals_that_follow_from_others_are_those_of_the_holding() -> None:
    """A rolling year that came in, and the months on which it moves, give the next ones."""
    year = Period.financial_year(2010)
    figures = (Figure("Theft", "Redditch", year, 120.0), *two_years("Theft", "Redditch", 9.0)[:1])
    figures += (Figure("Theft", "Redditch", Period.month(2011, 4), 11.0),)
    rows = rolled(DuckDBEngine, Case(figures, Rolling(50)))
    holding = Holding("Theft", "Redditch", {figure.period: figure for figure in figures})
    assert [(row.month, row.total) for row in rows] == [(year.last, 120), (year.last + 1, 122)]
    assert holding.total(year.shift(1)).value == 122


def test_of_two_releases_the_later_is_rolled_where_they_meet_and_each_where_they_do_not() -> None:
    later = two_years("Theft", "Redditch", 9.0)[12:]
    earlier = [figure for figure in two_years("Theft", "REDDITCH", 4.0) if figure.period.first < YEARS.first + 14]
    held = (*earlier[:12], *later)
    rows = rolled(DuckDBEngine, Case(tuple(later), Rolling(50), tuple(earlier)))
    assert [row.total for row in rows] == [row.total for row in rolled_by_law(Case(held, Rolling(50)))]
    assert {row.area for row in rows} == {"Redditch"}


def test_nothing_held_makes_an_empty_table() -> None:
    assert rolled(DuckDBEngine, Case((), Rolling(50))) == []


def last_row(figures: list[Figure], asked: Rolling) -> RollingRow:
    """The last row, on which DuckDB and the law agree."""
    case = Case(tuple(figures), asked)
    rows = rolled(DuckDBEngine, case)
    assert rows == rolled_by_law(case)
    return rows[-1]


def test_none_among_residents_is_a_rate_of_nought_and_less_than_none_is_no_rate() -> None:
    residents = Figure("Residents", "Redditch", Period.calendar_year(2010), 1000)
    asked = Rolling(50, residents="Residents")
    assert last_row([residents, *two_years("Theft", "Redditch", 0)], asked).rate == 0
    assert last_row([residents, *two_years("Theft", "Redditch", -1)], asked).rate is None


def test_of_residents_at_one_time_those_of_the_longer_count_and_the_latest_ones_even_if_none() -> None:
    year, month = Period.calendar_year(2010), Period.month(2010, 12)
    counts = two_years("Theft", "Redditch", 1)
    asked = Rolling(50, residents="Residents")
    together_ = [Figure("Residents", "Redditch", year, 1000), Figure("Residents", "Redditch", month, 2000)]
    assert last_row([*counts, *together_], asked).rate == 12
    gone = Figure("Residents", "Redditch", year.shift(12), 0)
    assert last_row([*counts, *together_, gone], asked).rate is None
    to_come = Figure("Residents", "Redditch", year.shift(24), 5)
    assert last_row([*counts, *together_, to_come], asked).rate == 12


def test_a_place_is_one_among_two_or_more_of_which_the_area_is_one() -> None:
    figures = [figure for area in ("Bromsgrove", "Redditch") for figure in two_years("Theft", area, 1)]
    figures += [Figure("Residents", area, Period.calendar_year(2010), 1000) for area in ("Bromsgrove", "Redditch")]
    for members, standing in (
        (["Redditch"], (None, None)),
        (["Redditch", "Wyre Forest"], (None, None)),
        (["Bromsgrove"], (None, None)),
        (["REDDITCH", "Bromsgrove"], (1, 2)),
    ):
        row = last_row(figures, Rolling(50, residents="Residents", peers={"Redditch": members}))
        assert (row.area, row.rank, row.members) == ("Redditch", *standing)
