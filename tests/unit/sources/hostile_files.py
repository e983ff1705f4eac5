"""Every reader with a small good file of its own, and what people and programs can make of such a file."""

import csv
import io
import math
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from quarterday.domain.faults import InputError
from quarterday.editions.home import Home
from quarterday.editions.load import READERS, load_figures
from quarterday.editions.load_rows import load_geography
from quarterday.sources.geography import read_geography
from quarterday.warehouse.base import Intake, Lookup
from tests.unit.sources.conftest import opendocument_of, workbook_of

Rows = Sequence[Sequence[object]]
Place = tuple[int, int]  # a row and a column, both from 0

Read = Intake | Lookup

LOADED_AT = datetime(2026, 5, 1, tzinfo=UTC)
READ: Mapping[str, Callable[..., Read]] = {**READERS, "geography": read_geography}
CSV, XLSX, ODS = "csv", "xlsx", "ods"
MAP = """format = 1
columns = { date = "Date", offence = "What", place = "Where", reference = "Ref" }
markers = { DA = { column = "DA", yes = ["Y"] } }
measures = [{ name = "Theft", offences = ["Theft"], no_marker = ["DA"] }, { name = "All" }]
"""
HISTORICAL = "MajorText,MinorText,LookUp_BoroughName,201301,201302\nTheft,Bicycle theft,Barnet,1,2\n"


@dataclass(frozen=True)
class Door:
    """A reader under its name in ``READ``, the kinds of file that it reads, and a table that it reads.

    ``number`` and ``name`` are cells of the table: one where a count is wanted, if the table has such, and one where
    the name of a measure, an area or an offence is. ``beside`` are the files that the reader needs with the table's;
    one that takes a ``folder`` finds the table in it.
    """

    reader: str
    rows: Rows
    name: Place
    number: Place | None = None
    kinds: tuple[str, ...] = (CSV, XLSX, ODS)
    sheet: str = "data"
    beside: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    folder: bool = False

    def file(self, kind: str, *, rows: Rows | None = None) -> bytes:
        """The table, or another in its place, as a file of the kind."""
        return table_file(kind, self.rows if rows is None else rows, sheet=self.sheet)

    def lay(self, folder: Path, data: bytes) -> tuple[Path, dict[str, str | Path]]:
        """Lay the file and those beside it in the folder; the path to load, and what the reader is told besides."""
        for name, text in self.beside.items():
            (folder / name).write_text(text, "utf-8")
        (folder / "table.csv").write_bytes(data)
        told = {what: folder / name if name in self.beside else name for what, name in self.told.items()}
        return (folder if self.folder else folder / "table.csv"), told

    def read(self, folder: Path, data: bytes) -> Read:
        """What the reader makes of the file, laid in the folder."""
        path, told = self.lay(folder, data)
        return READ[self.reader](path, **told)

    def load(self, home: Home, path: Path, **told: str | Path) -> None:
        """Load what lies at the path into the workspace, as the terminal does."""
        if self.reader in READERS:
            load_figures(home, self.reader, path, loaded_at=LOADED_AT, **told)
        else:
            load_geography(home, path, loaded_at=LOADED_AT)


RETURN: Rows = [["Area", "Redditch", None], ["Measure", "April 2012", "May 2012"], ["Theft", 12, 13], ["Arson", 2, 3]]
DOORS = [
    Door(
        "figures",
        [["measure", "area", "period", "value", "status", "note"], ["Theft", "Redditch", "2012-03", 12, "[p]", "a, b"],
         ["Arson", "Redditch", "2012-03", 3, None, None]],
        name=(1, 0), number=(1, 3), kinds=(CSV,),
    ),
    Door(
        "met-police",
        [["MajorText", "MinorText", "BoroughName", "201303", "201304"], ["THEFT", "Other theft", "Barnet", 30, 40],
         ["ROBBERY", "Robbery", "Barnet", 3, 4]],
        name=(1, 2), number=(1, 3), kinds=(CSV,), beside={"before.csv": HISTORICAL}, folder=True,
    ),
    Door("population", [["area", 2011, 2021], ["Redditch", 84214, 87036], ["Wyre Forest", 97975, 101607]],
         name=(1, 0), number=(1, 1)),
    Door(
        "extract",
        [["Date", "What", "Where", "Ref", "DA"], ["2024-04-03", "Theft", "Abbey", "a1", "Y"],
         ["2024-05-03", "Arson", "Central", "a2", None]],
        name=(1, 1), beside={"map.toml": MAP}, told={"map_path": "map.toml"},
    ),
    Door(
        "home-office-csp",
        [["Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Description", "Offence Group",
          "Offence Subgroup", "Offence Code", "Offence Count"],
         ["2024/25", 1, "Kent", "Medway", "Shoplifting", "Theft offences", "Shoplifting", 46, 30],
         ["2024/25", 2, "Kent", "Unassigned Kent", "Possession", "Possession", "Possession", "10A", -7]],
        name=(1, 3), number=(1, 8), kinds=(XLSX, ODS), sheet="2024_25",
    ),
    Door(
        "home-office-forces",
        [["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"],
         ["31-12-2017", "Kent", "South East", "Robbery", 5], ["31/03/2018", "Kent", "South East", "Robbery", 6]],
        name=(1, 1), number=(1, 4), kinds=(CSV,),
    ),
    Door(
        "geography",
        [["WD24CD", "WD24NM", "LAD24CD", "LAD24NM"], ["E05010000", "Abbey", "E07000236", "Redditch"],
         ["E05010001", "Central", "E07000236", "Redditch"]],
        name=(1, 1),
    ),
    Door("monthly-return", RETURN, name=(2, 0), number=(2, 1)),
    Door("published-table", RETURN[1:], name=(1, 0), number=(1, 1), told={"area": "Redditch"}),
]  # fmt: skip
KINDS = [(door, kind) for door in DOORS for kind in door.kinds]


def name_of(value: object) -> str:
    """What pytest calls a door or a case."""
    return value.reader if isinstance(value, Door) else str(getattr(value, "name", value))


def table_file(kind: str, rows: Rows, *, sheet: str = "data") -> bytes:
    if kind == CSV:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        return text.getvalue().encode()
    return (workbook_of if kind == XLSX else opendocument_of)({sheet: rows})


def with_cell(rows: Rows, place: Place, cell: object) -> Rows:
    changed = [list(row) for row in rows]
    changed[place[0]][place[1]] = cell
    return changed


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else method)
    return file.getvalue()


def main_part(kind: str) -> str:
    """The part that holds the cells."""
    return "xl/worksheets/sheet1.xml" if kind == XLSX else "content.xml"


def changed_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(data)
    parts[part] = change(parts[part])
    return repacked(parts)


def outcome(door: Door, folder: Path, data: bytes) -> Read | tuple[str, ...]:
    """What a read comes to, or the faults."""
    try:
        return door.read(folder, data)
    except InputError as error:
        return error.faults


def read_twice(door: Door, folder: Path, data: bytes) -> Read | tuple[str, ...]:
    """What a read comes to, twice the same: whole figures, or faults that name a file."""
    first = outcome(door, folder, data)
    if isinstance(first, Intake):
        assert all(figure.value is None or math.isfinite(figure.value) for figure in first.figures)
        assert all(figure.measure and figure.area for figure in first.figures)
    elif isinstance(first, Lookup):
        assert first.links
    else:
        assert first
        named = ("table.csv", folder.name, *door.beside)
        assert all(any(name in fault for name in named) or " more; mend these" in fault for fault in first), first
    assert outcome(door, folder, data) == first
    return first
