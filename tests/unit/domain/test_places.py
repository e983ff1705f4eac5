"""What look-ups say together: present districts of small areas, old districts, forces, partnerships and wards."""

import pytest

from quarterday.domain.places import Kind, Link, Place, Places, force_area


def lsoa(number: int, name: str = "", year: int = 2021) -> Place:
    return Place(Kind.LSOA, f"E01{number:06d}", name, year)


def district(name: str, year: int | None = 2024, code: str = "") -> Place:
    return Place(Kind.DISTRICT, code, name, year)


def csp(name: str, year: int = 2024) -> Place:
    return Place(Kind.CSP, "", name, year)


def force(name: str, year: int = 2024) -> Place:
    return Place(Kind.FORCE, "", name, year)


def ward(number: int, name: str, year: int = 2024) -> Place:
    return Place(Kind.WARD, f"E05{number:06d}", name, year)


def places(*pairs: tuple[Place, Place]) -> Places:
    return Places(tuple(Link(place, within) for place, within in pairs))


def test_a_place_is_called_something() -> None:
    with pytest.raises(ValueError, match="a district needs a code or a name"):
        district("")


# --- the district of a small area


@pytest.mark.parametrize("order", [1, -1], ids=["older first", "newer first"])
def test_the_newest_look_up_says_where_a_small_area_lies(order: int) -> None:
    pairs = [(lsoa(1), district("Gateshead", 2011)), (lsoa(1), district("Northumberland", 2024))]
    assert places(*pairs[::order]).district_of_lsoa() == {"E01000001": "Northumberland"}


def test_a_look_up_without_a_year_is_the_oldest() -> None:
    pairs = [(lsoa(1), district("Bristol", None)), (lsoa(1), district("Bristol, City of", 2015))]
    assert places(*pairs).district_of_lsoa() == {"E01000001": "Bristol, City of"}


def test_codes_of_2011_and_of_2021_stand_side_by_side_and_inherit_from_each_other() -> None:
    old, new, newer, newest = lsoa(1, year=2011), lsoa(2), lsoa(3), lsoa(4)
    known = places((old, new), (old, newer), (new, district("Redditch")), (newest, district("Wyre Forest")))
    assert known.district_of_lsoa() == {
        "E01000001": "Redditch",
        "E01000002": "Redditch",
        "E01000004": "Wyre Forest",
    }
    assert places((old, new), (old, district("Redditch"))).district_of_lsoa()["E01000002"] == "Redditch"


def test_what_a_look_up_says_of_the_code_itself_beats_what_it_inherits() -> None:
    old, new = lsoa(1, year=2011), lsoa(2)
    known = places((old, new), (old, district("Bromsgrove")), (new, district("Redditch")))
    assert known.district_of_lsoa() == {"E01000001": "Bromsgrove", "E01000002": "Redditch"}


def test_a_small_area_over_two_districts_has_none_unless_an_older_look_up_settles_it() -> None:
    over_two = [(lsoa(1), district("Bromsgrove")), (lsoa(1), district("Redditch"))]
    assert places(*over_two).district_of_lsoa() == {}
    assert places(*over_two, (lsoa(1), district("Redditch", 2011))).district_of_lsoa() == {"E01000001": "Redditch"}


# --- old districts


def test_an_old_district_in_the_names_of_small_areas_is_carried_into_the_one_that_holds_them() -> None:
    bucks = district("Buckinghamshire", code="E06000060")
    known = places(
        (lsoa(1, "Aylesbury Vale 001A"), bucks), (lsoa(2, "Wycombe 001A"), bucks), (lsoa(3, "Slough 1"), bucks)
    )
    assert known.successor_of() == {"aylesbury vale": "Buckinghamshire", "wycombe": "Buckinghamshire"}


def test_a_small_area_that_only_an_old_look_up_knows_lies_in_the_successor() -> None:
    known = places(
        (lsoa(1, "Craven 001A"), district("North Yorkshire")),
        (lsoa(2, "Craven 001B", year=2011), district("Craven", None)),
        (lsoa(3, "Craven 001C"), district("North Yorkshire")),
    )
    assert known.successor_of() == {"craven": "North Yorkshire"}
    assert set(known.district_of_lsoa().values()) == {"North Yorkshire"}


@pytest.mark.parametrize("year", [2024, 2025], ids=["one look-up", "a newer one of the neighbour"])
def test_a_district_that_lost_a_small_area_to_a_neighbour_is_no_old_one(year: int) -> None:
    known = places(
        (lsoa(1, "St Albans 001A"), district("St Albans")),
        (lsoa(2, "St Albans 001B"), district("St Albans")),
        (lsoa(3, "St Albans 001C"), district("Welwyn Hatfield", year)),
    )
    assert (known.successor_of(), known.split_districts()) == ({}, {})


def test_look_ups_from_districts_to_districts_are_followed_to_the_end() -> None:
    known = places(
        (district("St Edmundsbury", 2018), district("West Suffolk", 2019)),
        (district("West Suffolk", 2019), district("Suffolk", 2028)),
        (district("Ipswich", 2019), district("Ipswich", 2028)),
    )
    assert known.successor_of() == {"st edmundsbury": "Suffolk", "west suffolk": "Suffolk"}


def test_one_code_under_a_new_name_is_the_same_district() -> None:
    code = "E07000112"
    known = places(
        (district("Shepway", 2017, code), force("Kent")), (district("Folkestone and Hythe", 2024, code), force("Kent"))
    )
    assert known.successor_of() == {"shepway": "Folkestone and Hythe"}


def test_a_split_district_has_no_successor_and_this_is_said() -> None:
    known = places((district("Old"), district("East", 2030)), (district("Old"), district("West", 2030)))
    assert known.successor_of() == {}
    assert known.split_districts() == {
        "Old": "Old lies in East and West today, so its figures cannot be carried into one district."
    }


def test_names_that_lead_in_a_circle_have_no_successor() -> None:
    known = places((district("A", 2000), district("B", 2001)), (district("B", 2001), district("A", 2002)))
    assert known.successor_of() == {}


# --- forces


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Dorset", "Dorset (force)"),
        ("Devon & Cornwall", "Devon and Cornwall (force)"),
        ("Devon and Cornwall", "Devon and Cornwall (force)"),
        ("London, City of", "City of London (force)"),
        ("City of London", "City of London (force)"),
    ],
)
def test_a_force_has_one_area_whichever_way_it_is_written(name: str, area: str) -> None:
    assert force_area(name) == area


def test_the_newest_look_up_says_which_force_polices_a_district() -> None:
    known = places(
        (district("Redditch", 2024), force("West Mercia")), (district("REDDITCH", 2010), force("Mercia", 2010))
    )
    assert known.force_of_district() == {"Redditch": "West Mercia (force)"}


# --- partnerships


def test_a_partnership_is_made_of_whole_districts() -> None:
    members = "Bromsgrove", "Redditch", "Wyre Forest"
    pairs = [(district(name), csp("North Worcestershire")) for name in members]
    assert places(*pairs, (district("Hull"), csp("Hull"))).partnerships() == {
        "North Worcestershire": members,
        "Hull": ("Hull",),
    }


def test_a_partnership_with_the_name_of_a_district_that_is_another_place_is_told_apart() -> None:
    known = places((district("North Devon"), csp("North Devon")), (district("Torridge"), csp("North Devon")))
    assert known.partnerships() == {"North Devon (CSP)": ("North Devon", "Torridge")}


def test_partnerships_that_share_a_district_cannot_be_counted_and_this_is_said() -> None:
    known = places(
        (district("Bournemouth and Poole"), csp("Poole")),
        (district("Bournemouth and Poole"), csp("Dorset")),
        (district("Dorset"), csp("Dorset")),
        (district("Redditch"), csp("Redditch")),
    )
    why = "Bournemouth and Poole holds 2 partnerships (Poole; Dorset), so counts by district cannot tell them apart."
    assert known.uncountable() == {"Poole": why, "Dorset (CSP)": why}
    assert known.partnerships() == {"Redditch": ("Redditch",)}


def test_only_the_newest_look_up_says_what_partnerships_there_are() -> None:
    known = places(
        (district("Craven", 2022), csp("Craven", 2022)), (district("North Yorkshire"), csp("North Yorkshire"))
    )
    assert known.partnerships() == {"North Yorkshire": ("North Yorkshire",)}


def test_letter_case_tells_no_two_districts_apart() -> None:
    known = places(
        (district("Redditch"), csp("Redditch")), (district("REDDITCH"), csp("Other")), (district("X"), csp("OTHER"))
    )
    assert set(known.uncountable()) == {"Redditch (CSP)", "Other"}


# --- wards


def test_wards_of_one_name_are_told_apart_by_their_districts() -> None:
    known = places(
        (lsoa(1), ward(1, "Abbey")), (lsoa(2), ward(2, "Abbey")), (lsoa(3), ward(3, "Arden")),
        (ward(1, "Abbey"), district("Redditch")), (ward(2, "Abbey"), district("Barking and Dagenham")),
    )  # fmt: skip
    assert known.wards() == {
        "E01000001": ("Abbey (Redditch)",),
        "E01000002": ("Abbey (Barking and Dagenham)",),
        "E01000003": ("Arden (E05000003)",),
    }


def test_the_newest_wards_count_and_there_may_be_several() -> None:
    newest = [(lsoa(1), ward(1, "Abbey")), (lsoa(1), ward(2, "Arden"))]
    assert places((lsoa(1), ward(9, "Old", 2011)), *newest).wards() == {
        "E01000001": ("Abbey (E05000001)", "Arden (E05000002)")
    }
    assert places((lsoa(1), district("Redditch"))).wards() == {}
