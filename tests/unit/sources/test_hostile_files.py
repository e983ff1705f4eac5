"""A hostile, broken or merely odd file is read right, or it is refused and nothing changes: for every reader.

Each case is a line: its name, what is made of a reader's good file, and what the fault says.
"""

import io
import json
import os
import re
import signal
import struct
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from quarterday.domain.faults import InputError
from quarterday.editions.home import Home
from quarterday.plan.plan_file import read_plans
from quarterday.sources.cells import column_letters
from quarterday.sources.extract import read_extract
from quarterday.sources.figures_csv import read_figures
from quarterday.warehouse.base import Intake
from tests.unit.sources.conftest import cell_xml, table_cell
from tests.unit.sources.hostile_files import (
    CSV,
    DOORS,
    LOADED_AT,
    MAP,
    ODS,
    XLSX,
    Door,
    changed_part,
    main_part,
    name_of,
    parts_of,
    read_twice,
    repacked,
    with_cell,
)

ROOT = Path(__file__).resolve().parents[3]
LONGEST = 20  # seconds that any case may take
BY_NAME = {door.reader: door for door in DOORS}
OF_TEXT = [door for door in DOORS if CSV in door.kinds]
OF_WORKBOOKS = [(door, kind) for door in DOORS for kind in door.kinds if kind != CSV]
OF_NUMBERS = [(door, kind) for door in DOORS if door.number for kind in door.kinds]


class TooLongError(BaseException):
    """No ``Exception``, so that no reader takes it for a damaged file."""


@dataclass(frozen=True)
class Case:
    """A good file made hostile, and what the fault then says; nothing where the file is read as the good one is."""

    name: str
    make: Callable[[bytes], bytes]
    told: str = ""


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A workspace that holds a release."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "figures.csv").write_text("measure,area,period,value\nTheft,Redditch,2012-01,5\n")
    home = Home(folder)
    home.warehouse().land(read_figures(folder / "figures.csv"), loaded_at=LOADED_AT)
    return home


@dataclass(frozen=True)
class Check:
    """What a case comes to in a workspace."""

    home: Home
    folder: Path

    def refused(self, door: Door, data: bytes, told: str) -> InputError:
        path, besides = self.laid(door, data)
        return self.refused_at(door, path, told, **besides)

    def refused_at(self, door: Door, path: Path, told: str, **besides: str | Path) -> InputError:
        """Refused with what is told, while the workspace holds what it held."""
        held = self.home.warehouse().releases()
        with pytest.raises(InputError, match=told) as caught:
            door.load(self.home, path, **besides)
        assert self.home.warehouse().releases() == held
        return caught.value

    def laid(self, door: Door, data: bytes) -> tuple[Path, dict[str, str | Path]]:
        return door.lay(self.folder, data)

    def same(self, door: Door, data: bytes, good: bytes) -> None:
        """Read as the good file is."""
        read, wanted = read_twice(door, self.folder, data), read_twice(door, self.folder, good)
        assert not isinstance(read, tuple), read
        assert not isinstance(wanted, tuple)
        what = "links" if door.reader == "geography" else "figures"
        assert getattr(read, what) == getattr(wanted, what)

    def case(self, door: Door, case: Case, good: bytes) -> None:
        if case.told:
            self.refused(door, case.make(good), case.told)
        else:
            self.same(door, case.make(good), good)


@pytest.fixture
def check(home: Home, tmp_path: Path) -> Check:
    return Check(home, tmp_path)


# --- what lies at the path


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 1024**3)


def loop(path: Path) -> None:
    path.symlink_to(path)


PATHS: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "a line of 10 GB": (sparse, r"table\.csv is larger than [\d,]+ MB, the most that is read; split it"),
    "a link to itself": (loop, r"table\.csv' cannot be read \(.*Too many levels of symbolic links"),
    "a link to nothing": (lambda path: path.symlink_to("gone"), r"There is no file .*table\.csv; check the name"),
    "a link to a device": (lambda path: path.symlink_to("/dev/zero"), r"table\.csv is a device or a pipe; save what"),
    "a pipe": (os.mkfifo, r"table\.csv is a device or a pipe; save what it gives as a file"),
    "a folder": (Path.mkdir, r"table\.csv is a folder; name the file in it"),
}


@pytest.mark.parametrize("what", PATHS)
@pytest.mark.parametrize("door", DOORS, ids=name_of)
def test_what_is_no_file_of_a_size_is_refused_and_never_waited_for(door: Door, what: str, check: Check) -> None:
    make, told = PATHS[what]
    path, besides = check.laid(door, b"")
    (check.folder / "table.csv").unlink()
    make(check.folder / "table.csv")
    check.refused_at(door, path, told, **besides)


def test_a_link_to_a_file_is_read_as_the_file(check: Check, tmp_path: Path) -> None:
    door = BY_NAME["figures"]
    (tmp_path / "elsewhere").write_bytes(door.file(CSV))
    (tmp_path / "link.csv").symlink_to("elsewhere")
    assert read_figures(tmp_path / "link.csv").source.title == "link.csv"
    assert len(check.home.warehouse().releases()) == 1


# --- the bytes of a text


def half(good: bytes) -> bytes:
    """Cut off within a cell in quotation marks."""
    return good + b'"Theft'


REMARKS = {"population", "published-table"}  # below such a table a row of one cell is a remark
NOTHING = r"table\.csv|none\), wanted|have the column MajorText"  # the Met's folder has two files
TEXTS = [
    Case("a byte-order mark", lambda good: b"\xef\xbb\xbf" + good),
    Case("mixed line ends", lambda good: good.replace(b"\r\n", b"\n", 1)),
    Case("line feeds", lambda good: good.replace(b"\r\n", b"\n")),
    Case("empty rows", lambda good: b"\r\n\n \r\n" + good + b"\r\n" * 5000),
    Case("no line end at the end", lambda good: good.rstrip(b"\r\n")),
    Case("a NUL", lambda good: good[:9] + b"\0" + good[9:], r"table\.csv, line 1: there is a NUL"),
    Case("UTF-16", lambda good: good.decode().encode("utf-16"), r"table\.csv is saved as UTF-16"),
    Case("UTF-16 without a mark", lambda good: good.decode().encode("utf-16-le"), r"line 1: there is a NUL"),
    Case("Windows-1252", lambda good: good + b"\x96,1\n", r"line \d: the byte 0x96 is not UTF-8 \(in .* it is '–'\)"),
    Case("half a file", half, r"table\.csv, row \d: the cells cannot be told apart \(unexpected end of data\)"),
    Case("a quotation mark in a cell", lambda good: good + b'"a"b,1\n', r"row \d: the cells cannot be told apart"),
    Case("a million empty columns", lambda good: good + b"," * 10**6, r"row \d: there are more than 65,536 commas"),
    Case("a row of lines", lambda good: good + b'"\n",' * 10**5, r"row \d: there are more than 65,536 commas"),
    Case("a line of 3 MB", lambda good: good + b"x" * 3_000_000, r"(row|line) \d(: the cells cannot| has no end)"),
    Case("nothing", lambda _: b"", NOTHING),
    Case("a mark and nothing", lambda _: b"\xef\xbb\xbf", NOTHING),
    Case("tabs", lambda good: good.replace(b",", b"\t"), NOTHING),
]


@pytest.mark.parametrize("case", TEXTS, ids=name_of)
@pytest.mark.parametrize("door", OF_TEXT, ids=name_of)
def test_a_text_is_read_right_or_refused(door: Door, case: Case, check: Check) -> None:
    check.case(door, case, door.file(CSV))


@pytest.mark.parametrize("door", OF_TEXT, ids=name_of)
def test_rows_that_end_as_on_an_old_macintosh_are_read_or_refused(door: Door, check: Check) -> None:
    good = door.file(CSV)
    old = good.replace(b"\r\n", b"\r")
    if door.reader == "extract":  # its lines are read one at a time
        check.refused(door, old, r"table\.csv, row 1: the cells cannot be told apart \(new-line character")
    else:
        check.same(door, old, good)


@pytest.mark.parametrize("door", [door for door in OF_TEXT if door.reader not in REMARKS], ids=name_of)
def test_a_last_row_without_its_end_is_refused(door: Door, check: Check) -> None:
    told = rf"row {len(door.rows) + 1}.*(there are 1 cells|there is no figure at all)"
    check.refused(door, door.file(CSV) + b"Theft", told)


def test_more_rows_than_any_such_file_has_are_refused(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quarterday.sources.files.MOST_ROWS", 1000)
    door = BY_NAME["figures"]
    check.refused(door, door.file(CSV) + b"\n" * 1000, r"table\.csv: there are more than 1,000 rows")


# --- rows and columns that are not where they were


TABLES: Mapping[str, tuple[Callable[[list[list[object]]], object], str]] = {
    "two rows of headings": (lambda rows: rows.insert(0, rows[0]), r"row [23]"),
    "a column twice": (lambda rows: [row.extend(row[-1:]) for row in rows], "column|twice|stands"),
    "no headings": (lambda rows: rows.pop(0), "row|column"),
    "every row twice": (lambda rows: rows.extend(rows[1:]), "twice|already"),
}
# A reference that comes again is counted once, and so is a link of places.
TWICE_IS_ONCE = {"extract", "geography"}


@pytest.mark.parametrize("what", TABLES)
@pytest.mark.parametrize(("door", "kind"), [(door, door.kinds[0]) for door in DOORS], ids=name_of)
def test_a_table_that_is_not_as_its_headings_say_is_refused(door: Door, kind: str, what: str, check: Check) -> None:
    change, told = TABLES[what]
    rows = [list(row) for row in door.rows]
    top, table = [row for row in rows if row[0] == "Area"], [row for row in rows if row[0] != "Area"]
    change(table)
    data = door.file(kind, rows=[*top, *table])
    if door.reader in TWICE_IS_ONCE and what == "every row twice":
        assert not isinstance(read_twice(door, check.folder, data), tuple)
    else:
        check.refused(door, data, told)


# --- one cell

NO_NUMBERS: Mapping[str, object] = {
    "400 digits": "9" * 400,
    "beyond any number": "1e309",
    "not a number": "NaN",
    "infinity": "Infinity",
    "less than infinity": "-inf",
    "Arabic-Indic digits": "\u0662\u0660\u0661\u0662",
    "full-width digits": "\uff11\uff12",
    "raised digits": "¹²",
    "parted by underlines": "1_000",
    "hexadecimal": "0x10",
    "two points": "1.2.3",
    "a formula": "=1+1",
    "a command": "=cmd|' /C calc'!A0",
    "a link": '=HYPERLINK("http://example.org","5")',
    "an error": "#REF!",
    "another error": "#DIV/0!",
    "a date": "2012-04-01",
    "money": "£5",
    "digits turned round": "\u202e12",
    "sixty stars and a letter": "*" * 60 + "x",
    "sixty raised digits and a letter": "¹" * 60 + "x",
    "a truth value": True,
    "a day": date(2012, 4, 1),
    "the first day": date(1, 1, 1),
    "a number kept too large": 1e300,
}


@pytest.mark.parametrize("what", NO_NUMBERS)
@pytest.mark.parametrize(("door", "kind"), OF_NUMBERS, ids=name_of)
def test_a_cell_that_is_no_number_of_anything_is_refused_with_its_row(
    door: Door, kind: str, what: str, check: Check
) -> None:
    row, column = door.number or (0, 0)
    data = door.file(kind, rows=with_cell(door.rows, (row, column), NO_NUMBERS[what]))
    heading = {"figures": "value"}.get(door.reader, column_letters(column + 1))
    error = check.refused(door, data, rf"row {row + 1}, column {heading}\b")
    sheet = "" if kind == CSV else f", sheet {door.sheet!r}"
    assert all(fault.startswith(f"table.csv{sheet}") for fault in error.faults)
    assert all(len(fault) < 700 for fault in error.faults)


@pytest.mark.parametrize(("door", "kind"), OF_NUMBERS, ids=name_of)
def test_nought_has_no_sign(door: Door, kind: str, check: Check) -> None:
    assert door.number is not None
    for cell in ("-0", -0.0):
        read = read_twice(door, check.folder, door.file(kind, rows=with_cell(door.rows, door.number, cell)))
        if isinstance(read, tuple):
            assert door.reader in {"met-police", "population", "home-office-forces"}  # no sign, or no fraction
            assert all("row 2, column" in fault for fault in read)
        else:
            assert "-0.0" not in [repr(figure.value) for figure in read.figures]


NAMES = {
    "turned round": "\u202etfehT",
    "control characters": "The\x07ft\x1b[31m",
    "a formula": "=cmd|' /C calc'!A0",
    "a link": '=HYPERLINK("http://example.org")',
    "mark-up": "<script>[red]&amp;",
    "a path": "../../etc/passwd",
    "a line break": "The\nft",
    "a very long name": "x" * 30_000,
    "sixty stars and a letter": "*" * 60 + "x",
}


@pytest.mark.parametrize("what", NAMES)
@pytest.mark.parametrize(("door", "kind"), [(door, door.kinds[0]) for door in DOORS], ids=name_of)
def test_a_name_is_kept_as_it_stands_or_refused(door: Door, kind: str, what: str, check: Check) -> None:
    read = read_twice(door, check.folder, door.file(kind, rows=with_cell(door.rows, door.name, NAMES[what])))
    if isinstance(read, tuple):
        row = door.name[0] + 1
        assert any(f"row {row}" in fault or "damaged" in fault for fault in read), read
        assert all(len(fault) < 1000 for fault in read)
    elif door.reader not in {"extract", "geography"}:  # they keep no such name in a figure
        held = {name for figure in read.figures for name in (figure.measure, figure.area)}
        plain = " ".join(NAMES[what].split())
        assert any(name in {NAMES[what], plain, f"{NAMES[what]} (force)"} for name in held), held


@pytest.mark.parametrize("failure", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "Err:508"])
@pytest.mark.parametrize("reader", ["figures", "published-table", "monthly-return", "extract"])
def test_what_a_failed_formula_leaves_is_no_name(reader: str, failure: str, check: Check) -> None:
    door = BY_NAME[reader]
    told = rf"row {door.name[0] + 1}, column .*: '{re.escape(failure)}' says that a formula failed; mend it"
    check.refused(door, door.file(CSV, rows=with_cell(door.rows, door.name, failure)), told)


# --- the archive that a workbook is


def with_parts(**parts: bytes) -> Callable[[bytes], bytes]:
    return lambda good: repacked({**parts_of(good), **parts})


def packed(method: int) -> Callable[[bytes], bytes]:
    return lambda good: repacked(parts_of(good), method=method)


def encrypted(good: bytes) -> bytes:
    """Say of each part that it has a password."""
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := good.find(signature, at + 1)) >= 0:
            good = good[: at + flags] + b"\x01" + good[at + flags + 1 :]
    return good


def overlapping(good: bytes) -> bytes:
    """Let the directory lead to the first part for every name."""
    at = -1
    while (at := good.find(b"PK\x01\x02", at + 1)) >= 0:
        good = good[: at + 42] + struct.pack("<L", 0) + good[at + 46 :]
    return good


def nested(good: bytes) -> bytes:
    """Lay a zip within a zip, ten deep, beside the table."""
    inner = b"\0" * 10**6
    for _ in range(10):
        inner = repacked({"a.zip": inner, "b.zip": inner})
    return repacked({**parts_of(good), "xl/embedded.zip": inner})


def many(good: bytes) -> bytes:
    return repacked({**parts_of(good), **{f"part{number}": b"" for number in range(10_001)}})


ARCHIVES = [
    Case("paths out of the folder", with_parts(**{"../../evil.xml": b"<a/>", "/evil": b"", "C:\\evil": b""})),
    Case("names that nobody can see", with_parts(**{"a\x01\u202eb.xml": b"<a/>"})),
    Case("zips in zips", nested),
    Case("a folder", with_parts(**{"xl/empty/": b""})),
    Case("ten thousand parts", many, r"table\.csv: the workbook is damaged \(it has 10,0\d\d parts"),
    Case("packed with bzip2", packed(zipfile.ZIP_BZIP2), "packed in a way that no spreadsheet program reads"),
    Case("packed with LZMA", packed(zipfile.ZIP_LZMA), "packed in a way that no spreadsheet program reads"),
    Case("a password", encrypted, r"table\.csv: the workbook is damaged \(.*encrypted"),
    Case("parts that overlap", overlapping, r"table\.csv: the workbook is damaged"),
    Case("half a file", lambda good: good[: len(good) // 2], r"the workbook is damaged \(File is not a zip"),
    Case("the end cut off", lambda good: good[:-5], r"table\.csv: the workbook is damaged"),
    Case("no parts", lambda _: repacked({"a": b""}), r"table\.csv is no workbook of the kind \.xlsx or \.ods"),
    Case("a signature", lambda _: b"PK\x03\x04" + b"\0" * 99, r"table\.csv: the workbook is damaged"),
]  # fmt: skip


@pytest.mark.parametrize("case", ARCHIVES, ids=name_of)
@pytest.mark.parametrize(("door", "kind"), OF_WORKBOOKS, ids=name_of)
def test_an_archive_is_read_right_or_refused(door: Door, kind: str, case: Case, check: Check) -> None:
    before = set(check.folder.parent.rglob("evil*"))
    check.case(door, case, door.file(kind))
    assert set(check.folder.parent.rglob("evil*")) == before


@pytest.mark.parametrize("door", [door for door in DOORS if door.kinds == (CSV,)], ids=name_of)
def test_a_workbook_where_a_text_is_wanted_is_refused(door: Door, check: Check) -> None:
    data = BY_NAME["population"].file(XLSX)
    told = r"table\.csv is a spreadsheet; wanted a CSV file"
    check.refused(door, data, told)


# --- the XML in a workbook

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))


def declared(declaration: str, entity: str) -> Callable[[bytes], bytes]:
    """Declare an entity, and let the first text of the sheet stand for it."""

    def declare(part: bytes) -> bytes:
        text = re.sub(r"(<(?:t|text:p)>)[^<]*", rf"\g<1>&{entity};", part.decode(), count=1)
        head, found, rest = text.rpartition("?>") if text.startswith("<?xml") else ("", "", text)
        return f"{head}{found}<!DOCTYPE x [{declaration}]>{rest}".encode()

    return declare


def in_sheet(kind: str, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda good: changed_part(good, main_part(kind), change)


@pytest.mark.parametrize(("door", "kind"), OF_WORKBOOKS, ids=name_of)
def test_entities_are_never_followed_nor_multiplied(door: Door, kind: str, check: Check) -> None:
    secret = check.folder / "secret"
    secret.write_text("SECRET")
    for declaration, entity in (
        (LAUGHS, "l11"),
        (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "x"),
        (f'<!ENTITY % x SYSTEM "{secret.as_uri()}">%x;', "x"),
    ):
        data = in_sheet(kind, declared(declaration, entity))(door.file(kind))
        read = read_twice(door, check.folder, data)
        assert "SECRET" not in repr(read)
        assert "hahaha" not in repr(read)


def test_a_table_made_of_endless_elements_is_refused(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quarterday.sources.opendocument.MOST_ELEMENTS", 1000)
    door = BY_NAME["population"]
    data = in_sheet(ODS, lambda part: part.replace(b"</table:table>", b"<a/>" * 1000 + b"</table:table>"))
    check.refused(door, data(door.file(ODS)), r"table\.csv, sheet 'data' is made of more than 1,000 elements")


DEEP = {XLSX: b"<a>" * 200_000 + b"</a>" * 200_000, ODS: b"<text:a>" * 200_000 + b"</text:a>" * 200_000}


@pytest.mark.parametrize(("door", "kind"), OF_WORKBOOKS, ids=name_of)
def test_xml_that_is_very_deep_is_passed_over_or_refused(door: Door, kind: str, check: Check) -> None:
    row = {XLSX: b"</row>", ODS: b"</table:table-row>"}[kind]
    data = in_sheet(kind, lambda part: part.replace(row, DEEP[kind] + row, 1))(door.file(kind))
    if kind == XLSX:
        check.same(door, data, door.file(kind))
    else:
        told = rf"table\.csv, sheet '{door.sheet}': the workbook is damaged \(.* more than 64 elements deep"
        check.refused(door, data, told)


FAR = {
    "plainly": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "behind a sign of a tag's end": '<row a=">" r="1048576"><c a=">" r="XFD1048576"><v>1</v></c></row>',
    "behind a place that is none": '<row x-r="1" r="1048576"><c x-r="A1" r="XFD1048576"><v>1</v></c></row>',
    "with another prefix": '<x-y:row r="1048576"><x-y:c r="XFD1048576"><v>1</v></x-y:c></x-y:row>',
    "with spaces": '<row\nr = "1048576"><c\tr = "XFD1048576" ><v>1</v></c></row>',
}


@pytest.mark.parametrize("how", FAR)
@pytest.mark.parametrize("door", [door for door in DOORS if XLSX in door.kinds], ids=name_of)
def test_a_cell_in_the_far_corner_is_seen_however_its_place_is_written(door: Door, how: str, check: Check) -> None:
    far = FAR[how].encode() + b"</sheetData>"
    data = in_sheet(XLSX, lambda part: part.replace(b"</sheetData>", far))(door.file(XLSX))
    check.refused(door, data, r"table\.csv: a sheet spans 17,179,869,184 cells, most of them empty")


@pytest.mark.parametrize("tags", ["<c" * 300_000, "<c " * 300_000, "<row r" * 200_000, '<c r="A1" ' * 99_999])
def test_tags_without_an_end_take_no_time(tags: str, check: Check, workbook: Callable[..., bytes]) -> None:
    check.refused(BY_NAME["published-table"], workbook({"data": []}, sheet_data=tags), r"table\.csv")


TIMES = ["-1", "0", "1_0", " 2", "\u0662", "1e3", "", "9" * 400]


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("what", ["table:number-rows-repeated", "table:number-columns-repeated"])
def test_what_is_repeated_less_than_once_takes_nothing_away(
    times: str, what: str, check: Check, opendocument: Callable[..., bytes]
) -> None:
    cells = [table_cell("x"), table_cell("y")]
    row, cell = (f' {what}="{times}"' if part in what else "" for part in ("rows", "columns"))
    repeated = f"<table:table-row{row}>{cells[0].replace('<table:table-cell', f'<table:table-cell{cell}')}{cells[1]}"
    data = opendocument({"data": []}, sheet_data=f"{repeated}</table:table-row>")
    check.refused(BY_NAME["published-table"], data, r"table\.csv, sheet 'data': the workbook is damaged \(invalid")


@pytest.mark.parametrize(
    "inner",
    [
        "<table:table><table:table-row><table:table-cell/></table:table-row></table:table>",
        "<table:table><table:table-row/></table:table>",
        "<table:table-cell/>",
    ],
)
def test_a_table_in_a_cell_of_a_table_is_refused(inner: str, check: Check, opendocument: Callable[..., bytes]) -> None:
    row = f"<table:table-row>{table_cell('a')}<table:table-cell>{inner}</table:table-cell></table:table-row>"
    data = opendocument({"data": []}, sheet_data=row)
    check.refused(BY_NAME["published-table"], data, r"table\.csv, sheet 'data': the workbook is damaged")


CELLS_OF_NO_KIND = [
    ('office:value-type="float" office:value="nan"', "float"),
    ('office:value-type="float" office:value="1_000"', "float"),
    ('office:value-type="float" office:value="\u0662"', "float"),
    ('office:value-type="percentage"', "percentage"),
    ('office:value-type="date" office:date-value="0000-01-01"', "date"),
    ('office:value-type="date" office:date-value="99999-12-31"', "date"),
    ('office:value-type="date" office:date-value="2012-02-30T25:00:00"', "date"),
    ('office:value-type="boolean"', "boolean"),
]


@pytest.mark.parametrize(("cell", "kind"), CELLS_OF_NO_KIND)
def test_a_cell_that_is_not_what_it_says_is_named(
    cell: str, kind: str, check: Check, opendocument: Callable[..., bytes]
) -> None:
    row = f'<table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell {cell}/>'
    data = opendocument({"data": []}, sheet_data=f"<table:table-row/>{row}</table:table-row>")
    told = rf"table\.csv, sheet 'data', row 2, column C: the cell is kept as '{kind}', and what it holds is none"
    check.refused(BY_NAME["published-table"], data, told)


@pytest.mark.parametrize("number", ["NaN", "INF", "1e309", "-1e309"])
@pytest.mark.parametrize("door", [door for door in DOORS if XLSX in door.kinds and door.number], ids=name_of)
def test_no_number_beyond_all_is_one_in_excel(door: Door, number: str, check: Check) -> None:
    row, column = door.number or (0, 0)
    marked = door.file(XLSX, rows=with_cell(door.rows, (row, column), 987654321))
    data = in_sheet(XLSX, lambda part: part.replace(b"987654321", number.encode()))(marked)
    check.refused(door, data, rf"sheet '{door.sheet}', row {row + 1}, column {column_letters(column + 1)}\b")


@pytest.mark.parametrize("day", ["0000-00-00", "99999-12-31", "2012-02-30", "-1", "2958466", "-40634", "1e300"])
def test_a_day_that_no_calendar_has_is_refused_or_text(day: str, check: Check, workbook: Callable[..., bytes]) -> None:
    for kind in ("d", "n"):
        row = f'<row r="2">{cell_xml("A2", "Theft")}<c r="B2" t="{kind}" s="1"><v>{day}</v></c></row>'
        head = f'<row r="1">{cell_xml("A1", "Measure")}{cell_xml("B1", "2011/12")}</row>'
        data = with_parts(**{"xl/styles.xml": DATES})(workbook({"data": []}, sheet_data=head + row))
        read = read_twice(BY_NAME["published-table"], check.folder, data)
        if isinstance(read, tuple):
            assert "row 2, column B" in read[0] or "damaged" in read[0], read
        else:
            assert [figure.value for figure in read.figures] == [float(day)]


DATES = b"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2">
<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""


# --- sheets


@pytest.mark.parametrize("kind", [XLSX, ODS])
def test_sheets_without_number_are_refused(
    kind: str, check: Check, opendocument: Callable[..., bytes], workbook: Callable[..., bytes]
) -> None:
    data = workbook({"data": [[1]]})
    sheet = b'<sheet name="%d" sheetId="1" r:id="rId1"/>'
    sheets = b"".join(sheet % number for number in range(100_000)) + b"</sheets>"
    data = changed_part(data, "xl/workbook.xml", lambda part: part.replace(b"</sheets>", sheets))
    if kind == ODS:
        data = opendocument({str(number): [] for number in range(100_000)})
    check.refused(BY_NAME["population"], data, r"table\.csv: there are 100,00\d sheets; wanted at most 10,000")


@pytest.mark.parametrize(("door", "kind"), OF_WORKBOOKS, ids=name_of)
def test_two_sheets_of_one_name_are_refused(door: Door, kind: str, check: Check) -> None:
    change = {
        XLSX: ("xl/workbook.xml", rb"(<sheet .*?/>)"),
        ODS: ("content.xml", rb"(<table:table .*</table:table>)"),
    }[kind]
    data = changed_part(door.file(kind), change[0], lambda part: re.sub(change[1], rb"\1\1", part, count=1))
    check.refused(door, data, r"table\.csv.*two sheets (have one name|are called)")


def test_the_name_of_a_sheet_is_told_so_that_it_can_be_seen(check: Check, opendocument: Callable[..., bytes]) -> None:
    error = check.refused(BY_NAME["published-table"], opendocument({"\u202ecod\u200b": [["a"]]}), r"table\.csv, sheet")
    assert str(error).isprintable()


def test_a_hidden_sheet_is_no_secret(check: Check, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as book:
        for name in ("old", "new"):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(BY_NAME["population"].rows):
                sheet.write_row(row, 0, cells)
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
        book.worksheets()[0].hide()
    read = read_twice(BY_NAME["population"], check.folder, (tmp_path / "made.xlsx").read_bytes())
    assert "The sheet 'new' was not read." in read.notes


# --- formulas, merged cells and what else only a spreadsheet program makes

Fill = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]


def made(tmp_path: Path, rows: Sequence[Sequence[object]], fill: Fill) -> bytes:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx", {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("data")
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
        fill(book, sheet)
    return (tmp_path / "made.xlsx").read_bytes()


WORKED_OUT: Mapping[str, str] = {
    "a sum": "=B3+1",
    "a command": "=cmd|' /C calc'!A0",
    "a link": '=HYPERLINK("http://example.org","12")',
    "another workbook": "='[C:\\other.xlsx]Sheet1'!A1",
    "a live source": '=DDE("soffice","x","y")',
    "the web": '=WEBSERVICE("http://example.org")',
}


@pytest.mark.parametrize("what", WORKED_OUT)
def test_a_formula_is_never_worked_out_here_but_read_as_it_was(what: str, check: Check, tmp_path: Path) -> None:
    door = BY_NAME["published-table"]
    data = made(tmp_path, door.rows, lambda _, sheet: sheet.write_formula("B2", WORKED_OUT[what], None, 12))
    check.same(door, data, door.file(XLSX))


@pytest.mark.parametrize("reader", ["published-table", "monthly-return", "extract"])
def test_a_formula_that_nobody_worked_out_is_refused_with_its_cell(reader: str, check: Check) -> None:
    door = BY_NAME[reader]
    cell = b'<c r="E3"><f>VLOOKUP(A3,X:Y,2,0)</f></c></row></sheetData>'
    data = in_sheet(XLSX, lambda part: part.replace(b"</row></sheetData>", cell))(door.file(XLSX))
    check.refused(door, data, r"table\.csv: a formula in cell E3 has never been worked out")


def test_a_marker_whose_formula_failed_does_not_pass_for_no(check: Check) -> None:
    door = BY_NAME["extract"]
    cell = b'<c r="E3" t="e"><f>VLOOKUP(A3,X:Y,2,0)</f><v>#N/A</v></c></row></sheetData>'
    data = in_sheet(XLSX, lambda part: part.replace(b"</row></sheetData>", cell))(door.file(XLSX))
    check.refused(door, data, r"table\.csv: a formula in cell E3 failed")
    for kind in (CSV, ODS):
        data = door.file(kind, rows=with_cell(door.rows, (2, 4), "#N/A"))
        check.refused(door, data, r"row 3, column 'DA': '#N/A' says that a formula failed")


def test_merged_numbers_are_not_taken_for_those_of_two_columns(check: Check, tmp_path: Path) -> None:
    door = BY_NAME["published-table"]
    data = made(tmp_path, door.rows, lambda book, sheet: sheet.merge_range("B2:C2", 12, book.add_format()))
    check.refused(door, data, r"sheet 'data', row 2, column C .*: the cell is empty")


def test_merged_headings_are_not_guessed(check: Check, tmp_path: Path) -> None:
    door = BY_NAME["published-table"]
    data = made(tmp_path, door.rows, lambda book, sheet: sheet.merge_range("B1:C1", "2011/12", book.add_format()))
    check.refused(door, data, r"sheet 'data', row 1, column C: an empty cell heads numbers such as 13")


def test_a_month_kept_as_a_number_of_days_is_no_heading(check: Check) -> None:
    door = BY_NAME["published-table"]
    told = r"sheet 'data', row 1, column C: '41030', which is no period, heads numbers"
    check.refused(door, door.file(XLSX, rows=with_cell(door.rows, (0, 2), 41030)), told)


@pytest.mark.parametrize(
    "day",
    [
        45385,
        "45386",
        "31/02/2024",
        "0000-01-01",
        "99999-12-31",
        "\u0662\u0660\u0662\u0664-\u0660\u0664-\u0660\u0663",
        True,
    ],
)
@pytest.mark.parametrize("kind", [CSV, XLSX, ODS])
def test_a_date_of_an_extract_is_never_guessed(day: object, kind: str, check: Check) -> None:
    door = BY_NAME["extract"]
    if day == "\u0662\u0660\u0662\u0664-\u0660\u0664-\u0660\u0663":  # the same date in other digits
        read = read_twice(door, check.folder, door.file(kind, rows=with_cell(door.rows, (1, 0), day)))
        assert isinstance(read, tuple) or read.figures[0].period.for_sentence() == "April 2024"
        return
    check.refused(door, door.file(kind, rows=with_cell(door.rows, (1, 0), day)), r"row 2, column 'Date': .* is no date")


# --- the map of an extract, and a plan

MAPS: Mapping[str, tuple[bytes, str]] = {
    "a key of 30,000 parts": (b"a." * 30_000 + b"a = 1", r"map\.toml, line 1: a key has over 50 parts"),
    "such a key in quotation marks": (b"[" + b'"a \\" b".' * 30_000 + b"a]", r"line 1: a key has over 50 parts"),
    "such a key in others": (b"x = 1\n" + b"'a b' . " * 30_000 + b"a = 1", r"line 2: a key has over 50 parts"),
    "a text of escaped quotation marks": (
        MAP.replace("Theft", r"\"" * 200_000).encode() + b"x", r"map\.toml: the map is not valid TOML"
    ),
    "lists in lists": (b"a = " + b"[" * 100_000, r"map\.toml: the map (holds what none needs|is not valid TOML)"),
    "tables in tables": (b"a = " + b"{a=" * 100_000, r"map\.toml: the map (holds what none needs|is not valid TOML)"),
    "400 digits": (b"format = " + b"9" * 400, r"map\.toml: format: "),
    "5,000 digits": (b"format = " + b"9" * 5000, r"map\.toml: the map holds what none needs"),
    "not a number": (b"format = nan", r"map\.toml: format: wanted the line 'format = 1'"),
    "2 MB": (b"#" * 2_000_000, r"map\.toml is larger than 1 MB"),
    "20,000 measures of one name": (
        MAP.replace("[{ name", "[" + '{name="All"},' * 20_000 + "{ name").encode(),
        r"map\.toml: measures\[2\]\.name: 'All' stands there twice",
    ),
    "30,000 areas": (
        MAP.encode() + b"[areas]\n" + b"".join(b'"a %d" = "A"\n"A  %d" = "A"\n' % (n, n) for n in range(15_000)),
        r"map\.toml: areas: 'a 0' stands there twice",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MAPS)
def test_a_map_made_to_take_for_ever_is_refused_at_once(what: str, check: Check) -> None:
    door = BY_NAME["extract"]
    data, told = MAPS[what]
    path, besides = check.laid(door, door.file(CSV))
    (check.folder / "map.toml").write_bytes(data)
    check.refused_at(door, path, told, **besides)


def test_more_figures_than_anybody_reads_are_never_made(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quarterday.sources.extract.MOST_FIGURES", 7)
    door = BY_NAME["extract"]
    told = r"table\.csv: the measures of the map, in 2 areas over 2 months, would be 8 figures; wanted at most 7"
    check.refused(door, door.file(CSV), told)


def test_rows_that_have_nothing_in_common_take_no_longer_than_others(check: Check) -> None:
    door = BY_NAME["home-office-forces"]
    rows = [[f"31-12-{2000 + n % 7000}", f"Force {n}", "South East", "Robbery", 1] for n in range(40_000)]
    read = door.read(check.folder, door.file(CSV, rows=[door.rows[0], *rows]))
    assert isinstance(read, Intake)
    assert any("12 months to December 2000; and 279,959,997 others." in note for note in read.notes)


def test_areas_and_offences_without_number_are_refused_before_they_are_multiplied(check: Check) -> None:
    door = BY_NAME["home-office-csp"]
    rows = [["2024/25", 1 + n % 4, "Kent", f"Place {n}", "x", f"Group {n}", f"Group {n}", "1", 1] for n in range(2000)]
    told = r"would be 16,000,000 figures; wanted at most 2,000,000\. The sheet '2024_25' has 2,000 areas and 2,000"
    check.refused(door, door.file(XLSX, rows=[door.rows[0], *rows]), told)


def test_places_in_one_file_and_months_in_the_other_are_refused_before_they_are_multiplied(check: Check) -> None:
    door = BY_NAME["met-police"]
    many = "".join(f"Theft,Theft,Place {n},1\n" for n in range(5000))
    months = [f"{year}{month:02d}" for year in range(2000, 2100) for month in range(1, 13)]
    after = f"MajorText,MinorText,BoroughName,{','.join(months)}\nTheft,Theft,Barnet{',1' * len(months)}\n"
    path, besides = check.laid(door, after.encode())
    (path / "before.csv").write_text(f"MajorText,MinorText,BoroughName,199912\n{many}")
    told = r"before\.csv and table\.csv: 5,001 areas, 1,201 months and 1 of the major groups would be 6,006,201"
    check.refused_at(door, path, told, **besides)


@pytest.mark.parametrize("what", ["a line of 10 GB", "a link to itself", "a link to a device", "a pipe", "a folder"])
def test_a_plan_that_is_no_file_is_refused(what: str, tmp_path: Path) -> None:
    PATHS[what][0](tmp_path / "plan.toml")
    with pytest.raises(InputError, match=r"plan\.toml: the file (cannot be read|has more than)"):
        read_plans(tmp_path / "plan.toml")


# --- memory

READ_MEASURED = """
import json, resource, sys
import django
django.setup()
from pathlib import Path
from quarterday.domain.faults import InputError
from quarterday.editions.load import READERS
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    READERS[sys.argv[1]](Path(sys.argv[2]))
    told = ""
except InputError as error:
    told = str(error)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"told": told, "megabytes": (peak - before) / 1024}))
"""


def measured(reader: str, path: Path) -> tuple[str, float]:
    """What a reader of its own process says of the file, and the memory that it takes for it, in MB."""
    command = [sys.executable, "-c", textwrap.dedent(READ_MEASURED), reader, str(path)]
    around = os.environ | {"DJANGO_SETTINGS_MODULE": "quarterday.web.settings"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=around, timeout=60, check=True)
    came = json.loads(done.stdout)
    return came["told"], came["megabytes"]


def swollen(good: bytes, part: str, *, piece: bytes, megabytes: int) -> bytes:
    """The workbook with a part that unpacks to very much."""
    file = io.BytesIO()
    block = piece * (1024 * 1024 // len(piece))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts_of(good).items():
            if name != part:
                archive.writestr(name, content)
        with archive.open(part, "w", force_zip64=True) as stream:
            stream.write(b"<a>")
            for _ in range(megabytes):
                stream.write(block)
    return file.getvalue()


SWOLLEN = {
    "1 GB of noughts in a sheet": (XLSX, main_part(XLSX), b"\0", 1024, r"sheet1\.xml unpacks to more than 256 MB"),
    "500 MB of noughts in a table": (ODS, main_part(ODS), b"\0", 500, "there is no sheet in it"),
    "50 million shared texts": (XLSX, "xl/sharedStrings.xml", b"<si/>", 240, "there are more than 5,000,000 texts"),
}


@pytest.mark.parametrize("what", SWOLLEN)
def test_a_small_file_never_fills_the_memory(what: str, tmp_path: Path) -> None:
    kind, part, piece, megabytes, told = SWOLLEN[what]
    signal.alarm(90)
    data = swollen(BY_NAME["population"].file(kind), part, piece=piece, megabytes=megabytes)
    assert len(data) < 20 * 1024 * 1024
    (tmp_path / "table.csv").write_bytes(data)
    said, taken = measured("population", tmp_path / "table.csv")
    assert re.search(told, said), said
    assert taken < 200


TEXTS_OF_60_MB = {
    "commas": (lambda: b"a" + b"," * 60_000_000, "there are more than 65,536 commas"),
    "one cell": (lambda: b'"' + b"x" * 60_000_000, "field larger than field limit"),
}


@pytest.mark.parametrize("what", TEXTS_OF_60_MB)
def test_a_text_takes_some_times_its_size_at_most(what: str, tmp_path: Path) -> None:
    make, told = TEXTS_OF_60_MB[what]
    (tmp_path / "table.csv").write_bytes(make())
    said, taken = measured("figures", tmp_path / "table.csv")
    assert told in said
    assert taken < 500


def test_a_shared_text_is_not_copied_for_each_cell_whatever_its_part_is_called(
    check: Check, workbook: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quarterday.sources.workbook.MOST_TEXT", 1_000_000)
    for cell in (
        '<c r="A{}" t = "s"><v>0</v></c>',
        '<c r="A{}" t="s"><f/><v >+000 </v></c>',
        '<c r="A{}" t="s"><v>&#48;</v></c>',
    ):
        rows = "".join(f'<row r="{row}">{cell.format(row)}</row>' for row in range(1, 201))
        texts = {"xl/SharedStrings.xml": b"<sst><si ><t>" + b"x" * 9_000 + b"</t></si></sst>"}
        data = with_parts(**texts)(workbook({"data": []}, sheet_data=rows))
        check.refused(BY_NAME["population"], data, "the cells of a sheet repeat texts of more than")


def test_texts_behind_a_comment_or_an_odd_tag_are_refused(check: Check, workbook: Callable[..., bytes]) -> None:
    for texts in (b"<sst><!-- <si> --><si/></sst>", b"<sst><si a='> <si '/></sst>", b"<sst><si a='<si '/></sst>"):
        data = with_parts(**{"xl/sharedStrings.xml": texts})(workbook({"data": [[1]]}))
        check.refused(BY_NAME["population"], data, "it holds XML that no spreadsheet program writes")


def test_an_extract_is_as_bounded_as_any_other_text(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "extract.csv").write_bytes(BY_NAME["extract"].file(CSV) + b'"\n",' * 10**6)
    with pytest.raises(InputError, match=r"extract\.csv, row 4: there are more than 65,536 commas"):
        read_extract(tmp_path / "extract.csv", map_path=tmp_path / "map.toml")
