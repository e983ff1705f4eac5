"""Figures come out as they went in; the latest release has the word; what it changed is listed."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding, Series, missing
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.warehouse.base import Intake
from quarterday.warehouse.duckdb import DuckDBWarehouse

NOON = datetime(2012, 4, 16, 12, tzinfo=UTC)
FEBRUARY, MARCH = Period.month(2012, 2), Period.month(2012, 3)

Made = Callable[..., Intake]


def theft(value: float, month: Period = MARCH, *, area: str = "Redditch", measure: str = "Theft") -> Figure:
    return Figure(measure, area, month, value)


def values(holding: Holding) -> dict[str, float | None]:
    return {period.code: figure.value for period, figure in holding.figures.items()}


def test_what_landed_is_held_with_its_release(warehouse: DuckDBWarehouse, made: Made) -> None:
    landing = warehouse.land(made(theft(5)), loaded_at=NOON)
    [figure] = warehouse.holding("Theft", "Redditch").figures.values()
    assert figure == Figure("Theft", "Redditch", MARCH, 5.0, releases=(landing.release.id,))


def test_a_landing_counts_new_unchanged_and_revised_figures(warehouse: DuckDBWarehouse, made: Made) -> None:
    first = warehouse.land(made(theft(5, FEBRUARY), theft(6)), loaded_at=NOON)
    second = warehouse.land(made(theft(5, FEBRUARY), theft(7), theft(1, area="Wyre Forest")), loaded_at=NOON)
    assert (first.new, first.unchanged, first.revised) == (2, 0, 0)
    assert (second.new, second.unchanged, second.revised) == (1, 1, 1)


def test_a_revision_shows_the_old_figure_and_the_new_one_with_their_releases(
    warehouse: DuckDBWarehouse, made: Made
) -> None:
    first = warehouse.land(made(theft(6)), loaded_at=NOON)
    second = warehouse.land(made(theft(7)), loaded_at=NOON)
    [revision] = second.revisions
    assert (revision.old.value, revision.old.releases) == (6, (first.release.id,))
    assert (revision.new.value, revision.new.releases) == (7, (second.release.id,))


def test_a_number_that_goes_missing_is_a_revision(warehouse: DuckDBWarehouse, made: Made) -> None:
    warehouse.land(made(theft(6)), loaded_at=NOON)
    landing = warehouse.land(made(missing("Theft", "Redditch", MARCH, "withdrawn")), loaded_at=NOON)
    assert [(revision.old.value, revision.new.value) for revision in landing.revisions] == [(6, None)]
    assert warehouse.holding("Theft", "Redditch").figures[MARCH].note == "withdrawn"


def test_a_mark_that_falls_away_is_a_revision_and_another_note_is_none(warehouse: DuckDBWarehouse, made: Made) -> None:
    provisional = Figure("Theft", "Redditch", MARCH, 6, (Status.PROVISIONAL,))
    warehouse.land(made(provisional), loaded_at=NOON)
    assert warehouse.land(made(theft(6)), loaded_at=NOON).revised == 1
    noted = Figure("Theft", "Redditch", MARCH, 6, note="counted by hand")
    assert warehouse.land(made(noted), loaded_at=NOON).unchanged == 1


def test_the_same_bytes_by_the_same_reader_change_nothing(warehouse: DuckDBWarehouse, made: Made) -> None:
    first = warehouse.land(made(theft(6), content="a"), loaded_at=NOON)
    again = warehouse.land(made(theft(6), content="a"), loaded_at=NOON.replace(year=2013))
    assert again.already_held
    assert (again.release, again.new, again.unchanged, again.revised) == (first.release, 0, 0, 0)
    assert len(warehouse.releases()) == 1


def test_a_good_file_loaded_again_takes_the_word_back_from_a_bad_one(warehouse: DuckDBWarehouse, made: Made) -> None:
    warehouse.land(made(theft(6), content="good"), loaded_at=NOON)
    bad = warehouse.land(made(theft(999), content="bad"), loaded_at=NOON)
    again = warehouse.land(made(theft(6), content="good"), loaded_at=NOON)
    assert (again.already_held, again.revised) == (False, 1)
    assert values(warehouse.holding("Theft", "Redditch")) == {"2012-03": 6}
    assert [release.id for release in warehouse.releases()] == [bad.release.id, again.release.id]


def test_the_same_bytes_by_a_newer_reader_land_again(warehouse: DuckDBWarehouse, made: Made) -> None:
    warehouse.land(made(theft(6), content="a"), loaded_at=NOON)
    assert warehouse.land(made(theft(7), content="a", reader="made 2"), loaded_at=NOON).revised == 1


def test_releases_are_listed_as_they_landed(warehouse: DuckDBWarehouse, made: Made) -> None:
    landings = [warehouse.land(made(theft(value)), loaded_at=NOON) for value in (5, 6, 7)]
    assert warehouse.releases() == tuple(landing.release for landing in landings)
    assert DuckDBWarehouse(warehouse._store.folder).releases() == warehouse.releases()  # noqa: SLF001 - another process
    assert warehouse.releases()[0].notes == ("one row was left out",)


def test_a_measure_is_found_and_spelt_as_the_latest_release_spells_it(warehouse: DuckDBWarehouse, made: Made) -> None:
    warehouse.land(made(theft(5, FEBRUARY, measure="THEFT", area="REDDITCH")), loaded_at=NOON)
    warehouse.land(made(theft(6, measure="Theft", area="Redditch")), loaded_at=NOON)
    holding = warehouse.holding("theft ", "redditch")
    assert (holding.measure, holding.area) == ("Theft", "Redditch")
    assert len(Series(tuple(holding.figures.values())).figures) == 2


def test_the_holdings_of_a_measure_are_those_of_each_area_by_its_key(warehouse: DuckDBWarehouse, made: Made) -> None:
    areas = ("Wyre Forest", "Redditch", "Bromsgrove")
    warehouse.land(made(*(theft(5, area=area) for area in areas), theft(1, measure="Robbery")), loaded_at=NOON)
    holdings = warehouse.holdings("THEFT")
    assert list(holdings) == ["bromsgrove", "redditch", "wyre forest"]
    assert holdings["redditch"] == warehouse.holding("Theft", "Redditch")


def test_periods_of_different_lengths_are_held_side_by_side(warehouse: DuckDBWarehouse, made: Made) -> None:
    year = Period.financial_year(2011)
    warehouse.land(made(theft(6), theft(60, year), theft(7, Period(MARCH.first, 2))), loaded_at=NOON)
    assert values(warehouse.holding("Theft", "Redditch")) == {"2011/12": 60, "2012-03": 6, "2012-03/2012-04": 7}


def test_where_nothing_is_held_there_is_nothing_and_no_folder_is_made(warehouse: DuckDBWarehouse) -> None:
    assert warehouse.holding("Theft", "Redditch") == Holding("Theft", "Redditch", {})
    assert warehouse.holdings("Theft") == {}
    assert warehouse.releases() == ()
    assert not warehouse._store.folder.exists()  # noqa: SLF001 - reading makes nothing


def test_another_process_reads_what_landed_meanwhile(warehouse: DuckDBWarehouse, made: Made, tmp_path: Path) -> None:
    reader = DuckDBWarehouse(tmp_path / "warehouse")
    assert reader.holdings("Theft") == {}
    warehouse.land(made(theft(5)), loaded_at=NOON)
    assert values(reader.holding("Theft", "Redditch")) == {"2012-03": 5}
    warehouse.land(made(theft(6)), loaded_at=NOON)
    assert values(reader.holding("Theft", "Redditch")) == {"2012-03": 6}


def test_threads_that_read_while_releases_land_see_whole_ones(warehouse: DuckDBWarehouse, made: Made) -> None:
    def release(value: int) -> Intake:
        return made(*(theft(value, month) for month in Period.financial_year(2011)))

    warehouse.land(release(0), loaded_at=NOON)
    seen: list[set[float | None]] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            figures = warehouse.holdings("Theft")["redditch"].figures.values()
            seen.append({figure.value for figure in figures} if len(figures) == 12 else {None})

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for value in (1, 2, 3):
        warehouse.land(release(value), loaded_at=NOON)
    done.set()
    for reader in readers:
        reader.join()
    assert len(seen) >= 3
    assert all(len(values) == 1 and None not in values for values in seen)


def test_a_folder_may_have_any_name(tmp_path: Path, made: Made) -> None:
    warehouse = DuckDBWarehouse(tmp_path / "it's [our] *data*")
    warehouse.land(made(theft(5)), loaded_at=NOON)
    assert values(warehouse.holding("Theft", "Redditch")) == {"2012-03": 5}


def test_a_missing_part_is_named(warehouse: DuckDBWarehouse, made: Made, tmp_path: Path) -> None:
    release = warehouse.land(made(theft(5)), loaded_at=NOON).release
    (tmp_path / "warehouse" / "parts" / f"{release.id}.00000001.parquet").unlink()
    named = rf"{release.id}\.00000001\.parquet is damaged or missing .*; restore the folder"
    with pytest.raises(InputError, match=named):
        warehouse.holdings("Theft")


def test_what_a_withdrawn_release_revised_stands_again(warehouse: DuckDBWarehouse, made: Made) -> None:
    first = warehouse.land(made(theft(5)), loaded_at=NOON)
    second = warehouse.land(made(theft(7)), loaded_at=NOON)
    withdrawn = warehouse.withdraw(second.release.id, withdrawn_at=NOON)
    assert [held.value for held in warehouse.holding("Theft", "Redditch").figures.values()] == [5]
    assert [release.id for release in warehouse.releases()] == [first.release.id, withdrawn.id]


def test_a_release_that_does_not_stand_cannot_be_withdrawn(warehouse: DuckDBWarehouse, made: Made) -> None:
    landed = warehouse.land(made(theft(5)), loaded_at=NOON)
    warehouse.withdraw(landed.release.id, withdrawn_at=NOON)
    with pytest.raises(InputError, match="is no release that stands; those that do: none"):
        warehouse.withdraw(landed.release.id, withdrawn_at=NOON)


def test_a_withdrawn_release_that_is_loaded_again_counts_as_the_latest(warehouse: DuckDBWarehouse, made: Made) -> None:
    landed = warehouse.land(made(theft(5)), loaded_at=NOON)
    warehouse.withdraw(landed.release.id, withdrawn_at=NOON)
    warehouse.land(made(theft(7)), loaded_at=NOON)
    again = warehouse.land(made(theft(5)), loaded_at=NOON)
    assert (again.already_held, again.revised) == (False, 1)
    assert [held.value for held in warehouse.holding("Theft", "Redditch").figures.values()] == [5]


def test_a_part_whose_bits_flipped_is_told_and_not_read(warehouse: DuckDBWarehouse, made: Made, tmp_path: Path) -> None:
    warehouse.land(made(theft(5)), loaded_at=NOON)
    (part,) = (tmp_path / "warehouse" / "parts").iterdir()
    content = bytearray(part.read_bytes())
    content[len(content) // 3] ^= 1
    part.write_bytes(content)
    with pytest.raises(InputError, match="its content has changed since it landed"):
        DuckDBWarehouse(tmp_path / "warehouse").holding("Theft", "Redditch")


def test_damage_is_still_told_after_another_release_has_landed(
    warehouse: DuckDBWarehouse, made: Made, tmp_path: Path
) -> None:
    """The hash of a part is taken as it lands, and not from what the damage left."""
    warehouse.land(made(theft(5)), loaded_at=NOON)
    (part,) = (tmp_path / "warehouse" / "parts").iterdir()
    warehouse.holding("Theft", "Redditch")
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    warehouse.land(made(theft(1, area="Wyre Forest")), loaded_at=NOON)
    with pytest.raises(InputError, match="its content has changed since it landed"):
        DuckDBWarehouse(tmp_path / "warehouse").holding("Theft", "Redditch")


def test_a_reader_may_hold_what_it_reads_still_while_another_release_lands(
    warehouse: DuckDBWarehouse, made: Made
) -> None:
    warehouse.land(made(theft(5), content="first"), loaded_at=NOON)
    still = warehouse.held_still()
    warehouse.land(made(theft(7), content="second"), loaded_at=NOON)
    assert [figure.value for figure in still.holding("Theft", "Redditch").figures.values()] == [5]
    assert len(still.releases()) == 1
    assert [figure.value for figure in warehouse.holding("Theft", "Redditch").figures.values()] == [7]
