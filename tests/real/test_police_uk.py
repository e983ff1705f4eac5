"""The police.uk archives that were fetched: every count against counts made independently, every repeat explained."""

import csv
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code
from quarterday.domain.places import district_in
from quarterday.sources.police_uk import read_police_uk
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.base import SourceRow
from quarterday.warehouse.duckdb import DuckDBWarehouse

NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)
ELSEWHERE = {"(no location)": "without a place", "(outside force area)": "in other areas"}
FORCES = {
    "leicestershire": ("leicestershire-2019-12-to-2022-10", "Leicestershire (force)"),
    "west-mercia": ("west-mercia-2018-10-to-2019-02", "West Mercia (force)"),
}


class Loaded:
    """One archive in a warehouse of its own, and the counts that were made of it by other means."""

    def __init__(self, force: str, data: Path, folder: Path) -> None:
        archive, self.area = FORCES[force]
        self.warehouse = DuckDBWarehouse(folder, counting={"police-uk": PoliceCounting()})
        rows = read_police_uk(data / "police-uk" / f"{archive}.zip")
        self.release = self.warehouse.land_rows(rows, loaded_at=NOON).release
        figures = self.warehouse.figures_in(self.release.id)
        self.figures = {(figure.measure, figure.area, figure.period): figure.known for figure in figures}
        with (data / "expected" / f"{force}_lad_month_crimetype_counts.csv").open(encoding="utf-8") as file:
            self.expected = [
                (read_code(row["month"]), row["lad_name"], row["crime_type"], int(row["count"]))
                for row in csv.DictReader(file)
            ]

    @property
    def months(self) -> tuple[Period, ...]:
        return tuple(self.release.covered)

    def repeats(self, measure: str, area: str) -> list[SourceRow]:
        behind = self.warehouse.rows_behind(self.release.id, measure=measure, area=area, periods=self.months)
        return [row for row in behind if row.repeat]


@pytest.fixture(scope="module", params=list(FORCES))
def loaded(request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return Loaded(request.param, shared_data, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def leicestershire(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return Loaded("leicestershire", shared_data, tmp_path_factory.mktemp("alone"))


def test_every_count_is_that_of_the_rows_less_the_repeats(loaded: Loaded) -> None:
    districts = {area for _, area, _, _ in loaded.expected} - set(ELSEWHERE)
    repeats = Counter(
        (row.month, district, row.category)
        for row in loaded.repeats("All crime (police.uk)", loaded.area)
        if (district := district_in(row.place)) in districts
    )
    expected = {
        (f"{kind} (police.uk)", district, month): count - repeats[month, district, kind]
        for month, district, kind, count in loaded.expected
        if district in districts
    }
    held = {key: value for key, value in loaded.figures.items() if key[1] in districts and value}
    crimes = {key: value for key, value in held.items() if key[0] != "All crime (police.uk)"}
    assert crimes == expected


def test_what_stands_in_no_district_is_counted_beside(loaded: Loaded) -> None:
    for stood, kind in ELSEWHERE.items():
        expected: Counter[Period] = Counter()
        for month, place, _, count in loaded.expected:
            expected[month] += count if place == stood else 0
        measure = f"Street rows {kind} (police.uk)"
        assert {month: loaded.figures[measure, loaded.area, month] for month in loaded.months} == expected


def test_leicestershire_is_nine_partnerships_over_35_months_with_none_missing(leicestershire: Loaded) -> None:
    areas = {area for _, area, _ in leicestershire.figures} - {leicestershire.area}
    assert areas == {
        "Blaby", "Charnwood", "Harborough", "Hinckley and Bosworth", "Leicester", "Melton", "North West Leicestershire",
        "Oadby and Wigston", "Rutland",
    }  # fmt: skip
    assert len(leicestershire.months) == 35
    for area in areas:
        months = {month for measure, held, month in leicestershire.figures if (measure, held) == (BURGLARY, area)}
        assert months == set(leicestershire.months)


BURGLARY = "Burglary (police.uk)"


def test_each_repeat_in_leicestershire_is_a_crime_that_an_earlier_month_holds(leicestershire: Loaded) -> None:
    behind = leicestershire.warehouse.rows_behind(
        leicestershire.release.id,
        measure="All crime (police.uk)",
        area=leicestershire.area,
        periods=leicestershire.months,
    )
    repeats = [row for row in behind if row.repeat]
    first = {row.id: row for row in behind if not row.repeat}
    assert len(repeats) == 10
    assert len({row.id for row in repeats}) == 8
    assert all(first[row.id].month.first < row.month.first for row in repeats)
    assert all((first[row.id].category, first[row.id].place) == (row.category, row.place) for row in repeats)


def test_redditch_has_five_months_and_the_one_repeat_in_west_mercia_is_within_a_month(
    shared_data: Path, tmp_path: Path
) -> None:
    loaded = Loaded("west-mercia", shared_data, tmp_path)
    redditch = [month for measure, area, month in loaded.figures if (measure, area) == (BURGLARY, "Redditch")]
    assert len(redditch) == 5
    [repeat] = loaded.repeats("All crime (police.uk)", loaded.area)
    behind = loaded.warehouse.rows_behind(
        loaded.release.id, measure="All crime (police.uk)", area=loaded.area, periods=(repeat.month,)
    )
    alike = [row for row in behind if row.id == repeat.id]
    assert [row.repeat for row in alike] == [False, True]
    assert alike[0].place != alike[1].place


def test_a_row_that_a_figure_is_traced_to_stands_there_in_the_file(leicestershire: Loaded, shared_data: Path) -> None:

    month = leicestershire.months[3]
    rows = leicestershire.warehouse.rows_behind(
        leicestershire.release.id, measure="Robbery (police.uk)", area="Charnwood", periods=(month,)
    )
    with zipfile.ZipFile(shared_data / "police-uk" / f"{FORCES['leicestershire'][0]}.zip") as archive:
        text = archive.read(f"{month.code}/{month.code}-leicestershire-street.csv").decode()
    lines = text.splitlines()
    assert len(rows) == leicestershire.figures["Robbery (police.uk)", "Charnwood", month] > 0
    for row in rows:
        assert lines[row.row - 1].startswith(f"{row.id},{month.code},Leicestershire Police,")
        assert f",{row.place},Robbery," in lines[row.row - 1]


def test_months_that_are_loaded_one_at_a_time_give_the_same_figures(shared_data: Path, tmp_path: Path) -> None:

    whole = Loaded("west-mercia", shared_data, tmp_path / "whole")
    alone = DuckDBWarehouse(tmp_path / "alone", counting={"police-uk": PoliceCounting()})
    with zipfile.ZipFile(shared_data / "police-uk" / f"{FORCES['west-mercia'][0]}.zip") as archive:
        archive.extractall(tmp_path / "files")
    for folder in sorted((tmp_path / "files").iterdir()):
        alone.land_rows(read_police_uk(folder), loaded_at=NOON)
    assert len(alone.releases()) == 5
    assert dict(_held(alone, "Redditch")) == dict(_held(whole.warehouse, "Redditch"))


def _held(warehouse: DuckDBWarehouse, area: str) -> Iterator[tuple[tuple[str, Period], float | None]]:
    for measure in warehouse.measures():
        for period, figure in warehouse.holding(measure, area).figures.items():
            yield (measure, period), figure.value
