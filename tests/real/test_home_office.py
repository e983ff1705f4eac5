"""The Home Office's rolling years by force: two files that spell their dates otherwise are one table."""

import csv
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.sources.home_office_forces import NATIONAL_BODIES, RECLASSIFIED, read_home_office_forces
from quarterday.warehouse.base import Intake
from quarterday.warehouse.duckdb import DuckDBWarehouse
from tests.conftest import Program

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEICESTERSHIRE = """
format = 1
[partnership]
name = "Safer Leicestershire"
short_name = "Leicestershire"
areas = [{ name = "Leicestershire (force)" }]
[[priorities]]
name = "Robbery"
[[priorities.measures]]
name = "Robbery"
counted_as = "Robbery (Home Office)"
unit = "offences"
unit_singular = "offence"
definition = "Robbery recorded by Leicestershire Police."
source = "Home Office: police recorded crime by police force area"
polarity = "lower"
"""


@pytest.fixture(scope="module")
def published(shared_data: Path) -> Path:
    return shared_data / "home-office" / "rec-crime-pfa.csv"


@pytest.fixture(scope="module")
def intake(published: Path) -> Intake:
    return read_home_office_forces(published)


@pytest.fixture(scope="module")
def holdings(intake: Intake) -> dict[tuple[str, str], Holding]:
    figures: dict[tuple[str, str], dict[Period, Figure]] = {}
    for figure in intake.figures:
        figures.setdefault((figure.measure, figure.area), {})[figure.period] = figure
    return {key: Holding(*key, held) for key, held in figures.items()}


def test_both_spellings_of_dates_give_the_same_figures(intake: Intake, published: Path) -> None:
    slashes = read_home_office_forces(published.with_name("rec-crime-pfa.slash-dates.csv"))
    assert slashes.figures == intake.figures
    assert len(intake.figures) == 46_469


def test_every_figure_is_its_row_and_nothing_was_added(intake: Intake, published: Path) -> None:
    with published.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    totals = [float(row["Rolling year total number of offences"]) for row in rows]
    assert [figure.value for figure in intake.figures] == totals
    assert {figure.period.months for figure in intake.figures} == {12}


def test_there_are_43_forces_and_4_national_bodies_each_in_one_region(intake: Intake, published: Path) -> None:
    areas = {figure.area for figure in intake.figures}
    assert areas >= set(NATIONAL_BODIES)
    forces = areas - set(NATIONAL_BODIES)
    assert len(forces) == 43
    assert all(force.endswith(" (force)") for force in forces)
    with published.open(encoding="utf-8", newline="") as file:
        regions = {(row["PFA"], row["Region"]) for row in csv.DictReader(file)}
    assert len(regions) == 47


def test_no_force_is_the_total_of_others(holdings: dict[tuple[str, str], Holding]) -> None:
    year = Period.financial_year(2017)
    robbery = {
        area: holding.total(year).known
        for (measure, area), holding in holdings.items()
        if measure == "Robbery (Home Office)"
    }
    assert max(robbery, key=lambda area: robbery[area]) == "Metropolitan Police (force)"
    assert all(count < sum(robbery.values()) / 2 for count in robbery.values())


def test_the_52_periods_end_with_a_quarter_and_december_2017_is_one_of_them(intake: Intake) -> None:
    periods = {figure.period for figure in intake.figures}
    assert len(periods) == 52
    assert {period.last % 3 for period in periods} == {2}
    assert Period.calendar_year(2017) in periods
    assert "30-12-2017 is read as the end of December 2017; rows with it: 927." in intake.notes


def test_25_totals_are_below_zero_and_said_with_their_rows(intake: Intake) -> None:
    below = {number for number, figure in enumerate(intake.figures, start=2) if figure.known < 0}
    said = [note for note in intake.notes if "below zero" in note]
    named = {int(number) for note in said for number in note.split(" in row ")[1].rstrip(".").split(", ")}
    assert named == below
    assert len(below) == 25


def test_burglary_is_reclassified_from_april_2017_and_marked(intake: Intake) -> None:
    marked = [figure for figure in intake.figures if Status.BREAK in figure.statuses]
    april = Period.month(2017, 4).first
    old, new = ({f"{name} (Home Office)" for name in names} for names in (RECLASSIFIED, RECLASSIFIED.values()))
    assert {figure.measure for figure in marked} == old | new
    assert all(figure.period.last >= april for figure in marked if figure.measure in old)
    assert all(figure.period.first < april for figure in marked if figure.measure in new)
    unmarked = [figure for figure in intake.figures if figure.measure in old and not figure.statuses]
    assert max(figure.period.last for figure in unmarked) == april - 1


def test_no_quarter_follows_in_any_force(holdings: dict[tuple[str, str], Holding]) -> None:
    robbery = [holding for (measure, _), holding in holdings.items() if measure == "Robbery (Home Office)"]
    for quarter in Period.financial_year(2015).each(3):
        assert {holding.total(quarter).value for holding in robbery} == {None}


def test_two_years_are_the_sum_of_two_that_meet(holdings: dict[tuple[str, str], Holding]) -> None:
    robbery = holdings["Robbery (Home Office)", "West Mercia (force)"]
    later, earlier = Period.financial_year(2017), Period.financial_year(2016)
    two = robbery.total(Period.run(earlier, later))
    assert two.value == robbery.figures[earlier].known + robbery.figures[later].known
    assert two.parts == (earlier, later)
    assert robbery.total(Period(earlier.first, 18)).value is None


def test_the_table_lands_and_a_file_cut_short_changes_nothing(intake: Intake, published: Path, tmp_path: Path) -> None:
    warehouse = DuckDBWarehouse(tmp_path / "warehouse")
    landing = warehouse.land(intake, loaded_at=NOON)
    assert (landing.new, landing.revised) == (46_469, 0)
    half = tmp_path / "half.csv"
    shutil.copy(published, half)
    half.write_bytes(half.read_bytes()[:1_000_003])
    with pytest.raises(InputError, match=r"half\.csv, row \d+"):
        read_home_office_forces(half)
    assert len(warehouse.releases()) == 1


def test_an_edition_is_built_from_the_rolling_years_of_a_force(
    shared_data: Path, program: Program, tmp_path: Path
) -> None:
    (tmp_path / "plan.toml").write_text(LEICESTERSHIRE, "utf-8")
    for command in (
        ["load", "plan", tmp_path / "plan.toml"],
        ["load", "home-office-forces", shared_data / "home-office" / "rec-crime-pfa.csv"],
        ["build", "--all", "--quarter", "2018/19 Q3", "--format", "json"],
    ):
        done = program("--home", tmp_path / "home", *command)
        assert done.returncode == 0, done.stderr
    (file,) = tmp_path.glob("home/editions/*/2018-19-q3/edition.json")
    [row] = json.loads(file.read_text("utf-8"))["priorities"][0]["measures"]["rows"]
    with (shared_data / "home-office" / "rec-crime-pfa.csv").open(encoding="utf-8-sig", newline="") as table:
        published = [
            float(total)
            for ending, force, _, offence, total in csv.reader(table)
            if (force, offence) == ("Leicestershire", "Robbery") and ending.endswith(("2017", "2018"))
        ]
    assert [figure["value"] for figure in row["figures"]] == published
