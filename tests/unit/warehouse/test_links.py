"""The links of a look-up come back as they were written, and each where it stands last."""

from pathlib import Path

from quarterday.domain.places import Kind, Link, Place
from quarterday.warehouse.links import read_links, write_links

REDDITCH = Place(Kind.DISTRICT, "E07000236", "Redditch", 2024)
OF_NO_YEAR = Place(Kind.DISTRICT, "", 'The "Vale", old', None)
SMALL = [Place(Kind.LSOA, f"E0100000{number}", f"Redditch 00{number}A", 2021) for number in range(3)]
LINKS = [Link(SMALL[2], REDDITCH), Link(SMALL[0], REDDITCH), Link(SMALL[1], OF_NO_YEAR), Link(OF_NO_YEAR, REDDITCH)]


def test_links_come_back_in_their_order_with_each_place_once(tmp_path: Path) -> None:
    write_links(LINKS, tmp_path / "links.parquet")
    back = list(read_links(tmp_path / "links.parquet"))
    assert back == LINKS
    assert back[0].within is back[1].within


def test_what_later_look_ups_say_again_is_left_to_them(tmp_path: Path) -> None:
    for name, links in (("first", LINKS), ("second", LINKS[1:2]), ("third", LINKS[2:3])):
        write_links(links, tmp_path / name)
    later = [tmp_path / "second", tmp_path / "third"]
    assert list(read_links(tmp_path / "first", later=later)) == [LINKS[0], LINKS[3]]
    assert list(read_links(tmp_path / "second", later=later[1:])) == LINKS[1:2]


def test_a_place_of_no_year_is_not_that_of_a_year(tmp_path: Path) -> None:
    write_links(LINKS[2:3], tmp_path / "first")
    write_links([Link(SMALL[1], Place(Kind.DISTRICT, "", OF_NO_YEAR.name, 2011))], tmp_path / "second")
    assert list(read_links(tmp_path / "first", later=[tmp_path / "second"])) == LINKS[2:3]
