"""Both vintages of the Met's tables: every count is the sum of its published rows, and what was revised is shown."""

import csv
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.sources.met_police import read_met_police
from quarterday.warehouse.base import Intake, Landing
from quarterday.warehouse.duckdb import DuckDBWarehouse

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
APRIL_2010 = Period.month(2010, 4)
AIRPORTS = "London Heathrow and London City Airports"
VINTAGES = ["2025-02", "2026-02"]


@pytest.fixture(scope="module")
def intakes(shared_data: Path) -> dict[str, Intake]:
    return {vintage: read_met_police(shared_data / "met-police" / vintage) for vintage in VINTAGES}


@pytest.fixture(scope="module")
def landed(
    intakes: dict[str, Intake], tmp_path_factory: pytest.TempPathFactory
) -> tuple[DuckDBWarehouse, dict[str, Landing], dict[str, float]]:
    """Both vintages, in order; and what Westminster had in April 2010, all groups, after each."""
    warehouse = DuckDBWarehouse(tmp_path_factory.mktemp("met") / "warehouse")
    landings, westminster = {}, {}
    for vintage, intake in intakes.items():
        landings[vintage] = warehouse.land(intake, loaded_at=NOON)
        groups = {figure.measure for figure in intake.figures}
        totals = [warehouse.holding(group, "Westminster").total(APRIL_2010).known for group in groups]
        westminster[vintage] = sum(totals)
    return warehouse, landings, westminster


def published(folder: Path) -> dict[tuple[str, str], int]:
    """All offences by borough and month, summed here from the rows as they stand."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                borough = row.get("BoroughName") or row["LookUp_BoroughName"]
                for column, cell in row.items():
                    if column.isdigit():
                        counts[borough, f"{column[:4]}-{column[4:]}"] += int(cell)
    return counts


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_borough_and_month_adds_up_to_its_published_rows(
    shared_data: Path, intakes: dict[str, Intake], vintage: str
) -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for figure in intakes[vintage].figures:
        sums[figure.area, figure.period.code] += figure.known
    assert sums == published(shared_data / "met-police" / vintage)


@pytest.mark.parametrize(("vintage", "others"), [("2025-02", {AIRPORTS}), ("2026-02", {AIRPORTS, "Unknown"})])
def test_there_are_32_boroughs_the_airports_and_later_unknown(
    intakes: dict[str, Intake], vintage: str, others: set[str]
) -> None:
    areas = {figure.area for figure in intakes[vintage].figures}
    assert others < areas
    assert len(areas - others) == 32


@pytest.mark.parametrize(("vintage", "last"), [("2025-02", Period.month(2023, 7)), ("2026-02", Period.month(2025, 11))])
def test_the_months_run_from_april_2010_without_a_gap(intakes: dict[str, Intake], vintage: str, last: Period) -> None:
    assert {figure.period for figure in intakes[vintage].figures} == set(Period.run(APRIL_2010, last))


def test_westminster_april_2010_is_revised_from_5319_to_5126(
    landed: tuple[DuckDBWarehouse, dict[str, Landing], dict[str, float]],
) -> None:
    _, landings, westminster = landed
    assert westminster == {"2025-02": 5319, "2026-02": 5126}
    revisions = [
        revision
        for revision in landings["2026-02"].revisions
        if (revision.new.area, revision.new.period) == ("Westminster", APRIL_2010)
    ]
    assert sum(revision.new.known - revision.old.known for revision in revisions) == 5126 - 5319


def test_a_later_vintage_is_new_unchanged_and_revised_figures_and_nothing_else(
    intakes: dict[str, Intake], landed: tuple[DuckDBWarehouse, dict[str, Landing], dict[str, float]]
) -> None:
    _, landings, _ = landed
    first, second = landings["2025-02"], landings["2026-02"]
    assert (first.new, first.unchanged, first.revised) == (len(intakes["2025-02"].figures), 0, 0)
    assert second.new + second.unchanged + second.revised == len(intakes["2026-02"].figures)
    assert second.revised > 10_000


def test_the_airports_have_no_fraud_and_it_is_a_true_zero(intakes: dict[str, Intake]) -> None:
    fraud = [
        figure
        for figure in intakes["2026-02"].figures
        if (figure.measure, figure.area) == ("Fraud and forgery (Met Police)", AIRPORTS)
    ]
    assert {figure.value for figure in fraud} == {0}
    assert any(note.startswith("Fraud and forgery") and AIRPORTS in note for note in intakes["2026-02"].notes)


def test_fraud_breaks_in_february_2013_and_a_rolling_year_over_it_carries_the_mark(
    landed: tuple[DuckDBWarehouse, dict[str, Landing], dict[str, float]],
) -> None:
    warehouse, _, _ = landed
    fraud = warehouse.holding("Fraud and forgery (Met Police)", "Westminster")
    assert fraud.total(Period.financial_year(2012)).statuses == (Status.BREAK,)
    assert fraud.total(Period.financial_year(2013)).statuses == ()


def test_no_figure_is_missing(intakes: dict[str, Intake]) -> None:
    assert all(figure.value is not None for intake in intakes.values() for figure in intake.figures)
