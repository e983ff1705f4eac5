"""No bytes at all, and no file that was good before somebody touched it, make anything but figures or faults.

Each test makes the same examples on every run.
"""

import math
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterday.domain.faults import InputError
from quarterday.editions.home import Home
from quarterday.editions.load_rows import load_police_uk
from quarterday.sources import opendocument as opendocuments
from quarterday.sources.files import InputFile
from quarterday.sources.workbook import open_workbook
from tests.made_archive import STOPS, crime, stop, written, zipped
from tests.unit.sources.hostile_files import (
    DOORS,
    KINDS,
    LOADED_AT,
    MAP,
    READ,
    XLSX,
    Door,
    Rows,
    name_of,
    parts_of,
    read_twice,
    repacked,
)

EXTRACT = next(door for door in DOORS if door.reader == "extract")
PUBLISHED = next(door for door in DOORS if door.reader == "published-table")


def examples(number: int) -> settings:
    """So many examples, the same ones each time; none may take ten seconds."""
    return settings(
        max_examples=number,
        deadline=timedelta(seconds=10),
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("touched")


def test_every_reader_is_here() -> None:
    assert {door.reader for door in DOORS} == READ.keys()


@pytest.mark.parametrize(("door", "kind"), KINDS, ids=name_of)
def test_what_is_touched_below_was_good(door: Door, kind: str, folder: Path) -> None:
    read = read_twice(door, folder, door.file(kind))
    assert not isinstance(read, tuple), read


# --- bytes

TOKENS = [
    b"",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"-",
    b"9" * 5000,
    b"\xef\xbb\xbf",
    b"=",
    b"<",
    b"/",
    b"a" * 40,
    b"*" * 60 + b"x",
    b">",
    b"&",
    b"'",
    "\u202e\u0662\u0660\u0661\u0661".encode(),
    b"#REF!",
    b"1e309",
]


@st.composite
def touched(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file in which bits were turned, and stretches were replaced, repeated, moved or cut off."""
    data = good
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 12)))
        stretch = data[start:end]
        match draw(st.sampled_from(["replace", "bit", "repeat", "move", "cut"])):
            case "replace":
                stretch = draw(st.sampled_from(TOKENS) | st.binary(max_size=6))
            case "bit":
                stretch = bytes([stretch[0] ^ 1 << draw(st.integers(0, 7)), *stretch[1:]]) if stretch else b""
            case "repeat":
                stretch *= draw(st.integers(2, 4))
            case "move":
                other = draw(st.integers(0, start))
                data, stretch = data[:other] + stretch + data[other:], stretch[:1]
            case "cut":
                data, stretch = data[:start] if draw(st.booleans()) else data[end:], b""
        data = data[:start] + stretch + data[end:]
    return data


@pytest.mark.parametrize("door", DOORS, ids=name_of)
@given(data=st.binary(max_size=400) | st.binary(max_size=100).map(lambda tail: b"PK\x03\x04" + tail))
@examples(50)
def test_any_bytes(door: Door, folder: Path, data: bytes) -> None:
    read_twice(door, folder, data)


@pytest.mark.parametrize(("door", "kind"), KINDS, ids=name_of)
@given(data=st.data())
@examples(60)
def test_a_touched_file(door: Door, kind: str, folder: Path, data: st.DataObject) -> None:
    read_twice(door, folder, data.draw(touched(door.file(kind))))


@pytest.mark.parametrize(("door", "kind"), [(door, kind) for door, kind in KINDS if kind != "csv"], ids=name_of)
@given(data=st.data())
@examples(70)
def test_a_touched_part_of_a_workbook(door: Door, kind: str, folder: Path, data: st.DataObject) -> None:
    parts = parts_of(door.file(kind))
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = data.draw(touched(parts[name]))
    read_twice(door, folder, repacked(parts))


@given(extract=st.just(EXTRACT.file("csv")) | touched(EXTRACT.file("csv")), extract_map=touched(MAP.encode()))
@examples(200)
def test_a_touched_map(folder: Path, extract: bytes, extract_map: bytes) -> None:
    path, _ = EXTRACT.lay(folder, extract)
    map_path = folder / "touched.toml"
    map_path.write_bytes(extract_map)
    with suppress(InputError):
        READ["extract"](path, map_path=map_path)


# --- the police.uk archive, which is landed a row at a time

JANUARY = "2019-01-west-mercia-street.csv"
CRIMES = written([crime("2019-01", word="a"), crime("2019-01", "Drugs", word="b"), crime("2019-01", lsoa="")]).encode()
STOPPED = written([stop("2019-01-03", "Firearms")], STOPS).encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def archive(folder: Path) -> bytes:
    """A small zip with two months."""
    files = {JANUARY: CRIMES, "2019-02-west-mercia-stop-and-search.csv": STOPPED.replace(b"2019-01", b"2019-02")}
    return zipped(folder / "good.zip", files).read_bytes()


def landed(home: Home, path: Path) -> str | tuple[str, ...]:
    """The release that a load comes to, or the faults; with faults nothing that is held has changed."""
    held = home.warehouse().releases()
    try:
        return load_police_uk(home, path, loaded_at=LOADED_AT).landing.release.id
    except InputError as error:
        assert home.warehouse().releases() == held
        return error.faults


def landed_twice(home: Home, path: Path, data: bytes) -> str | tuple[str, ...]:
    """What a load comes to, twice the same: a release of whole figures, or faults that name a file."""
    path.write_bytes(data)
    first = landed(home, path)
    if isinstance(first, str):
        figures = home.warehouse().figures_in(first)
        assert all(figure.measure and figure.area and math.isfinite(figure.known) for figure in figures)
    else:
        assert first
        named = (path.name, "-street.csv", "-outcomes.csv", "-stop-and-search.csv", " more; mend these")
        assert all(any(name in fault for name in named) for fault in first), first
    assert landed(home, path) == first
    return first


def test_the_archive_that_is_touched_below_was_good(home: Home, folder: Path, archive: bytes) -> None:
    for name, data in ((JANUARY, CRIMES), ("a.zip", archive)):
        assert isinstance(landed_twice(home, folder / name, data), str)


@pytest.mark.parametrize("name", [JANUARY, "a.zip"])
@given(data=st.binary(max_size=400) | st.binary(max_size=100).map(lambda tail: b"PK\x03\x04" + tail))
@examples(40)
def test_any_bytes_for_an_archive(home: Home, folder: Path, name: str, data: bytes) -> None:
    landed_twice(home, folder / name, data)


@pytest.mark.parametrize("good", [CRIMES, STOPPED], ids=["street", "stops"])
@given(data=st.data())
@examples(40)
def test_a_touched_file_of_an_archive(home: Home, folder: Path, good: bytes, data: st.DataObject) -> None:
    name = JANUARY if good == CRIMES else JANUARY.replace("street", "stop-and-search")
    landed_twice(home, folder / name, data.draw(touched(good)))


@given(data=st.data())
@examples(150)
def test_a_touched_archive(home: Home, folder: Path, archive: bytes, data: st.DataObject) -> None:
    landed_twice(home, folder / "a.zip", data.draw(touched(archive)))


# --- rows and cells

CELLS = st.sampled_from(
    ["", "Measure", "Area", "Theft", "Apr 2011", "201112", "2011", "Total", "Change", "¹", "(a) x", "*", "-", "[x]",
     "#REF!", "=cmd|' /C calc'!A0", "-0", "1e309", "NaN", "9" * 400, "a\nb", "*" * 60 + "x",
     "\u0662\u0660\u0661\u0661", "\u202etfeht",
     "31/02/2024", "0000-01-01", "99999-12-31", None, True, 0, -0.0, 1e15, 1e300, 0.1, 40634, 2958466,
     date(2012, 4, 1), date(1, 1, 1), date(9999, 12, 31)]
) | st.text(max_size=3)  # fmt: skip


@st.composite
def shuffled(draw: st.DrawFn, good: Rows) -> Rows:
    """A good table of which rows, columns or cells were left out, repeated, swapped or replaced."""
    rows = [list(row) for row in good]
    for _ in range(draw(st.integers(1, 3))):
        if not rows or not rows[0]:
            break
        row, other = (draw(st.integers(0, len(rows) - 1)) for _ in range(2))
        column, beside = (draw(st.integers(0, len(rows[0]) - 1)) for _ in range(2))
        match draw(st.sampled_from(["cell", "cell", "row", "rows", "twice", "columns", "column", "short"])):
            case "cell":
                rows[row][column : column + 1] = [draw(CELLS)]
            case "row":
                del rows[row]
            case "rows":
                rows[row], rows[other] = rows[other], rows[row]
            case "twice":
                rows.insert(other, list(rows[row]))
            case "columns":
                rows = [_swapped(cells, column, beside) for cells in rows]
            case "column":
                rows = [[*cells[:column], *cells[column + 1 :]] for cells in rows]
            case "short":
                del rows[row][column:]
    return rows


def _swapped(cells: list[object], one: int, other: int) -> list[object]:
    whole = [*cells, *[None] * (max(one, other) + 1 - len(cells))]
    whole[one], whole[other] = whole[other], whole[one]
    return whole


@pytest.mark.parametrize(("door", "kind"), KINDS, ids=name_of)
@given(data=st.data())
@examples(60)
def test_a_table_whose_cells_were_moved_or_replaced(door: Door, kind: str, folder: Path, data: st.DataObject) -> None:
    read_twice(door, folder, door.file(kind, rows=data.draw(shuffled(door.rows))))


@given(rows=st.lists(st.lists(CELLS | st.integers(0, 3000), max_size=5), max_size=6))
@examples(150)
def test_a_workbook_of_any_headings_marks_and_numbers(folder: Path, rows: Rows) -> None:
    read_twice(PUBLISHED, folder, PUBLISHED.file(XLSX, rows=rows))


@given(columns=st.integers(-5, 10**9), rows=st.integers(-5, 10**9), cell=st.sampled_from(["", "<text:p>1</text:p>"]))
@examples(100)
def test_an_opendocument_never_lays_out_more_cells_than_are_allowed(
    opendocument: Callable[..., bytes], columns: int, rows: int, cell: str
) -> None:
    repeated = f'<table:table-cell table:number-columns-repeated="{columns}">{cell}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{repeated}'
    data = opendocument({"data": []}, sheet_data=f"{row}<table:table-cell>{cell}</table:table-cell></table:table-row>")
    with pytest.MonkeyPatch.context() as patch, suppress(InputError):
        patch.setattr(opendocuments, "MOST_CELLS", 1000)
        laid_out = [cells for _, cells in open_workbook(InputFile("file.ods", data)).rows("data")]
        assert sum(map(len, laid_out)) <= 1000
