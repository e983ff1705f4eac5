"""The workbook of London's residents since 1801."""

from pathlib import Path

import pytest

from quarterday.domain.period import Period
from quarterday.sources.population import read_population
from quarterday.warehouse.base import Intake

YEAR = Period.calendar_year(2021)


@pytest.fixture(scope="module")
def intake(shared_data: Path) -> Intake:
    return read_population(shared_data / "geography" / "london-borough-population-1801-to-2021.xlsx")


def residents(intake: Intake, area: str, year: Period = YEAR) -> float | None:
    [figure] = [figure for figure in intake.figures if (figure.area, figure.period) == (area, year)]
    return figure.value


def test_camden_had_210136_residents_in_2021(intake: Intake) -> None:
    assert residents(intake, "Camden") == 210136


def test_a_cell_with_the_noise_of_a_fraction_is_whole_people(intake: Intake) -> None:
    assert all(float(figure.known).is_integer() for figure in intake.figures)


def test_the_boroughs_and_the_city_make_greater_london(intake: Intake) -> None:
    totals = {"Greater London", "Central London", "Rest of Inner London", "Outer London"}
    areas = {figure.area for figure in intake.figures} - totals
    assert len(areas) == 33
    assert sum(residents(intake, area) or 0 for area in areas) == pytest.approx(8799727, abs=5)


def test_every_area_has_each_year_from_1801(intake: Intake) -> None:
    years = {figure.period.first // 12 for figure in intake.figures}
    assert (len(years), min(years), max(years)) == (23, 1801, 2021)
    assert len(intake.figures) == 37 * 23


def test_the_sheet_of_sources_was_not_read_and_this_is_said(intake: Intake) -> None:
    assert intake.notes == ("The sheet 'metadata' was not read.",)


def test_residents_by_district_of_mid_2017_are_read(shared_data: Path) -> None:
    intake = read_population(shared_data / "geography" / "lad_population_mid2017_from_lsoa.csv")
    assert len(intake.figures) == 32
    assert residents(intake, "Redditch", Period.calendar_year(2017)) == 85204
    assert intake.notes == ("Columns left alone: 'force', 'lsoa_count_seen'.",)
