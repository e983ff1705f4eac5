"""Look-ups of places: found by the names of their columns, and every fault of the file named at once."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.faults import InputError
from quarterday.domain.places import Kind, Link, Place
from quarterday.sources.geography import read_geography
from quarterday.warehouse.base import Lookup

Rows = list[list[str]]
GOOD: Rows = [
    ["LSOA21CD", "LSOA21NM", "WD24CD", "WD24NM", "LAD24CD", "LAD24NM", "ObjectId"],
    ["E01032187", "Redditch 007A", "E05012879", "Abbey", "E07000236", "Redditch", "1"],
    ["E01032188", "Redditch 007B", "E05012879", "Abbey", "E07000236", "Redditch", "2"],
    ["W01000001", "Isle of Anglesey 001A", "W05001491", "Abbey", "W06000001", "Isle of Anglesey", "3"],
]
FORCES: Rows = [
    ["LAD24CD", "LAD24NM", "CSP24CD", "CSP24NM", "PFA24NM"],
    ["E07000236", "Redditch", "E22000368", "North Worcestershire", "West Mercia"],
]
FORCES_OF_ALL: Rows = [["PFA24NM"], ["West Mercia"]]
ABBEY = Place(Kind.WARD, "E05012879", "Abbey", 2024)
REDDITCH = Place(Kind.DISTRICT, "E07000236", "Redditch", 2024)


def csv_of(rows: Rows) -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)


def lookup_of(rows: Rows) -> Lookup:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lookup.csv"
        path.write_text(csv_of(rows), "utf-8")
        return read_geography(path)


def faults_of(rows: Rows) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        lookup_of(rows)
    return caught.value.faults


def changed(row: int, column: int, cell: str) -> Rows:
    rows = [list(cells) for cells in GOOD]
    rows[row][column] = cell
    return rows


def test_each_place_lies_in_every_larger_one_of_its_row_and_no_link_comes_twice() -> None:
    links = lookup_of(GOOD).links
    first = Place(Kind.LSOA, "E01032187", "Redditch 007A", 2021)
    assert set(links) >= {Link(first, ABBEY), Link(first, REDDITCH), Link(ABBEY, REDDITCH)}
    assert len(links) == len(set(links)) == 3 + 2 + 3


def test_partnerships_and_forces_hold_districts_and_so_small_areas_only_through_them() -> None:
    rows = [[*row, *more] for row, more in zip(GOOD[:2], FORCES_OF_ALL, strict=True)]
    links = lookup_of(rows).links
    assert {link.place.kind for link in links if link.within.kind is Kind.FORCE} == {Kind.DISTRICT}
    assert {link.within.kind for link in links if link.place.kind is Kind.LSOA} == {Kind.WARD, Kind.DISTRICT}


def test_partnerships_lie_in_forces_and_a_force_may_have_a_name_only() -> None:
    csp, force = Place(Kind.CSP, "E22000368", "North Worcestershire", 2024), Place(Kind.FORCE, "", "West Mercia", 2024)
    assert set(lookup_of(FORCES).links) == {Link(REDDITCH, csp), Link(REDDITCH, force), Link(csp, force)}


@given(st.permutations(range(7)))
@settings(max_examples=50)
def test_the_order_of_the_columns_means_nothing(order: list[int]) -> None:
    assert lookup_of([[row[at] for at in order] for row in GOOD]).links == lookup_of(GOOD).links


def test_of_two_places_of_one_kind_the_older_lies_in_the_newer() -> None:
    rows = [["LSOA21CD", "CHGIND", "LSOA11CD"], ["E01000002", "S", "E01000001"]]
    old, new = Place(Kind.LSOA, "E01000001", "", 2011), Place(Kind.LSOA, "E01000002", "", 2021)
    assert lookup_of(rows).links == (Link(old, new),)


@pytest.mark.parametrize(("heading", "year"), [("LAD79NM", 2079), ("lad00nm", 2000), ("LAD98NM", 1998)])
def test_two_digits_are_a_year_from_1980_to_2079(heading: str, year: int) -> None:
    [link] = lookup_of([["LSOA11CD", heading], ["E01000001", "Redditch"]]).links
    assert link.within.year == year


def test_the_districts_in_names_of_small_areas_are_of_no_year() -> None:
    rows = [["LSOA11CD", "LSOA11NM", "LAD name (LSOA name minus suffix)"], ["E01000001", "Bristol 001A", "Bristol"]]
    [link] = lookup_of(rows).links
    assert link.within == Place(Kind.DISTRICT, "", "Bristol", None)


def test_what_was_read_and_what_was_left_alone_is_said() -> None:
    assert lookup_of(GOOD).notes == (
        "3 LSOAs of 2021, 2 wards of 2024, 2 districts of 2024.",
        "The column 'ObjectId' was left alone.",
    )


def test_wards_without_codes_are_left_alone_since_many_have_one_name() -> None:
    lookup = lookup_of([[row[at] for at in (0, 3, 5)] for row in GOOD])
    assert {link.within.kind for link in lookup.links} == {Kind.DISTRICT}
    assert "The column 'WD24NM' was left alone." in lookup.notes


def test_forces_without_districts_are_left_alone_since_they_are_made_of_them() -> None:
    rows = [[*row[:4], *more] for row, more in zip(GOOD[:2], FORCES_OF_ALL, strict=True)]
    assert {link.within.kind for link in lookup_of(rows).links} == {Kind.WARD}
    assert lookup_of(rows).notes == ("1 LSOAs of 2021, 1 wards of 2024.", "The column 'PFA24NM' was left alone.")


@pytest.mark.parametrize("kind", ["workbook", "opendocument"])
def test_a_workbook_is_read_like_a_csv_file(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    make = request.getfixturevalue(kind)
    (tmp_path / "lookup").write_bytes(make({"Notes": [["x"]], "data": GOOD}))
    lookup = read_geography(tmp_path / "lookup")
    assert lookup.links == lookup_of(GOOD).links
    assert lookup.notes[-1] == "The sheet 'Notes' was not read."


def test_the_file_is_known_by_its_hash() -> None:
    [file] = lookup_of(GOOD).source.files
    assert (file.name, len(file.sha256)) == ("lookup.csv", 64)


@pytest.mark.parametrize(
    ("row", "column", "cell", "told"),
    [
        (1, 0, "", "row 2, column A (LSOA21CD): the cell is empty"),
        (1, 5, "", "row 2, column F (LAD24NM): the cell is empty"),
        (1, 0, "E0103218", "row 2, column A (LSOA21CD): 'E0103218' is no code of LSOAs; wanted E01 or W01"),
        (1, 4, "E01032187", "row 2, column E (LAD24CD): 'E01032187' is no code of districts"),
        (2, 5, "Wyre", "row 3, column F (LAD24NM): E07000236 is called 'Wyre', and in row 2 'Redditch'"),
        (2, 4, "E07000237", "row 3, column E (LAD24CD): 'Redditch' has the code E07000237, and in row 2 E07000236"),
        (0, 1, "LSOA21CD", "row 1, columns A and B: both are called 'LSOA21CD'; keep one"),
    ],
)
def test_a_cell_at_fault_is_named(row: int, column: int, cell: str, told: str) -> None:
    [fault] = faults_of(changed(row, column, cell))
    assert fault.startswith(f"lookup.csv, {told}")


def test_all_faults_are_named_at_once() -> None:
    rows = changed(1, 0, "")
    rows[2], rows[3][4] = rows[2][:-1], "?"
    assert [fault.split(":")[0] for fault in faults_of(rows)] == [
        "lookup.csv, row 2, column A (LSOA21CD)",
        "lookup.csv, row 3",
        "lookup.csv, row 4, column E (LAD24CD)",
    ]


def test_a_row_with_another_number_of_cells_is_a_fault() -> None:
    [fault] = faults_of([*GOOD, ["E01032189", "Bristol", " City of 001A", "E05012879", "Abbey", "E07000236", "x", "4"]])
    assert fault == "lookup.csv, row 5: there are 8 cells; wanted 7, as in the first row."


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["area", "2021"], ["Redditch", "87036"]], "the columns are area, 2021; wanted two kinds or years of place"),
        ([["LAD24CD", "LAD24NM"], ["E07000236", "Redditch"]], "wanted two kinds or years of place at least"),
        ([[""]], "the columns are none"),
        ([["LSOA21CD", "PFA24NM"], ["E01032187", "West Mercia"]], "partnerships and forces beside districts"),
        ([["CSP24NM", "PFA24NM"], ["North Worcestershire", "West Mercia"]], "partnerships and forces beside districts"),
        (GOOD[:1], "there is no row below the names of the columns"),
    ],
    ids=["no look-up", "one kind", "nothing", "no district", "neither", "no rows"],
)
def test_a_file_that_links_nothing_is_refused(rows: Rows, told: str) -> None:
    assert told in faults_of(rows)[0]


def test_codes_of_scotland_are_not_looked_into() -> None:
    assert lookup_of([["LAD22CD", "LAD23CD"], ["S12000049", "S12000050"]]).links


@given(
    start=st.integers(0, 400),
    length=st.integers(0, 12),
    into=st.sampled_from(["", '"', ",", "\n", "\0", "E", "LAD23CD"]) | st.text(max_size=4),
)
@settings(max_examples=150)
def test_a_touched_look_up_raises_nothing_but_faults(start: int, length: int, into: str) -> None:
    good = csv_of(GOOD)
    with TemporaryDirectory() as folder, suppress(InputError):
        path = Path(folder) / "lookup.csv"
        path.write_text(good[:start] + into + good[start + length :], "utf-8", errors="replace")
        read_geography(path)
