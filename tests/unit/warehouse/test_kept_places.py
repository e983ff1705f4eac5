"""What look-ups say is kept beside them: never believed when damaged, never needed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.places import Kind, Link, Place, Places
from quarterday.domain.source import Source, SourceFile
from quarterday.warehouse.base import Lookup
from quarterday.warehouse.duckdb import DuckDBWarehouse
from quarterday.warehouse.kept_places import KeptPlaces, answers_of, kept_places

PLACES = Places(
    (
        Link(Place(Kind.LSOA, "E01000001", "", 2021), Place(Kind.DISTRICT, "", "Redditch", 2024)),
        Link(Place(Kind.DISTRICT, "", "Redditch", 2024), Place(Kind.CSP, "", "North Worcestershire", 2024)),
        Link(Place(Kind.DISTRICT, "", "Bromsgrove", 2024), Place(Kind.CSP, "", "North Worcestershire", 2024)),
        Link(Place(Kind.DISTRICT, "", "Redditch", 2024), Place(Kind.FORCE, "", "West Mercia", 2024)),
    )
)


def not_asked() -> KeptPlaces:
    raise AssertionError("worked out again")


def test_answers_that_are_kept_are_those_that_were_worked_out(tmp_path: Path) -> None:
    first = kept_places(tmp_path / "cache", ["a"], worked_out=lambda: answers_of(PLACES))
    again = kept_places(tmp_path / "cache", ["a"], worked_out=not_asked)
    for places in (first, again):
        assert dict(places.district_of_lsoa()) == dict(PLACES.district_of_lsoa())
        assert dict(places.successor_of()) == dict(PLACES.successor_of())
        assert dict(places.force_of_district()) == dict(PLACES.force_of_district())
        assert {name: tuple(members) for name, members in places.partnerships().items()} == PLACES.partnerships()


def test_other_look_ups_or_another_order_are_worked_out_anew(tmp_path: Path) -> None:
    kept_places(tmp_path, ["a", "b"], worked_out=lambda: answers_of(PLACES))
    for lookups in (["b", "a"], ["a"]):
        with pytest.raises(AssertionError, match="worked out again"):
            kept_places(tmp_path, lookups, worked_out=not_asked)


@pytest.mark.parametrize("damage", [b"", b"no JSON", b"0\n{}"])
def test_answers_that_were_damaged_are_worked_out_anew(tmp_path: Path, damage: bytes) -> None:
    kept_places(tmp_path, ["a"], worked_out=lambda: answers_of(PLACES))
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(damage)
    places = kept_places(tmp_path, ["a"], worked_out=lambda: answers_of(PLACES))
    assert dict(places.district_of_lsoa()) == {"E01000001": "Redditch"}


def test_one_letter_changed_is_not_believed(tmp_path: Path) -> None:
    kept_places(tmp_path, ["a"], worked_out=lambda: answers_of(PLACES))
    (kept,) = tmp_path.iterdir()
    kept.write_text(kept.read_text("utf-8").replace("Redditch", "Redditcb"), "utf-8")
    places = kept_places(tmp_path, ["a"], worked_out=lambda: answers_of(PLACES))
    assert dict(places.district_of_lsoa()) == {"E01000001": "Redditch"}


def test_where_nothing_can_be_written_it_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    places = kept_places(tmp_path / "file" / "cache", ["a"], worked_out=lambda: answers_of(PLACES))
    assert dict(places.district_of_lsoa()) == {"E01000001": "Redditch"}


def test_a_look_up_that_was_damaged_is_named_and_nothing_is_counted_by_it(tmp_path: Path) -> None:
    warehouse = DuckDBWarehouse(tmp_path)
    source = Source("Look-up", "", "", (SourceFile("places.csv", "1"),))
    warehouse.land_lookup(Lookup(source, "geography 1", PLACES.links), loaded_at=datetime(2026, 4, 20, tzinfo=UTC))
    (part,) = (tmp_path / "parts").iterdir()
    damaged = bytearray(part.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    part.write_bytes(damaged)
    with pytest.raises(InputError, match="its content has changed since it landed"):
        warehouse.places()


def of_poole(year: int, *partnerships: str) -> Lookup:
    """A look-up that puts Poole into partnerships."""
    poole = Place(Kind.DISTRICT, "", "Poole", year)
    links = tuple(Link(poole, Place(Kind.CSP, "", name, year)) for name in partnerships)
    return Lookup(Source(f"Look-up of {year}", "", "", (SourceFile(f"{year}.csv", str(year)),)), "geography 1", links)


def test_what_is_unclear_is_told_of_all_look_ups_together_and_before_one_lands_as_after(tmp_path: Path) -> None:
    warehouse = DuckDBWarehouse(tmp_path)
    split, whole = of_poole(2020, "Poole", "Dorset"), of_poole(2024, "Poole")
    told = []
    for day, lookup in enumerate((split, whole, split), 1):
        before = warehouse.places_with(lookup).unclear()
        warehouse.land_lookup(lookup, loaded_at=datetime(2026, 4, day, tzinfo=UTC))
        assert before == warehouse.places().unclear()
        told.append(before)
    assert told == [Places(split.links).unclear(), (), ()]  # the newer one says where Poole lies, whichever comes last
    assert told[0] != ()
