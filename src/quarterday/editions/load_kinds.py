"""What a file that is to be loaded may be: told by a person, or by the file itself where only one thing is possible."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.sources.files import open_file
from quarterday.sources.grid import text_of
from quarterday.sources.home_office_csp import MOST_BYTES
from quarterday.sources.workbook import open_workbook

POLICE_UK: Final = "police-uk"
GEOGRAPHY: Final = "geography"
MET_POLICE: Final = "met-police"
EXTRACT: Final = "extract"

KINDS: Final[Mapping[str, str]] = {
    "monthly-return": "a partner's monthly return",
    "figures": "a list of figures: measure, area, period, value",
    "published-table": "a table as reports have it: measures down, periods across",
    EXTRACT: "a local extract, one row an offence, with its map",
    POLICE_UK: "an archive of data.police.uk",
    MET_POLICE: "the two halves of the Met Police's table of crime by borough",
    "home-office-csp": "the Home Office's workbook of crime by community safety partnership",
    "home-office-forces": "the Home Office's rolling years of crime by police force",
    "population": "residents by area and year",
    GEOGRAPHY: "a look-up of places",
}
"""What can be loaded, as people are asked for it."""

FOR_ALL: Final = frozenset({"population", GEOGRAPHY})
"""What every partnership of the workspace is counted by."""

_LOOKED_AT = 1_000_000  # characters of a CSV file whose first row is wanted
_ROWS = 3
_MEMBER = re.compile(r"(.*/)?\d{4}-\d\d-.+-(street|outcomes|stop-and-search)\.csv")
_YEAR = re.compile(r"\d{4}[_-]\d\d")
_PLACE = re.compile(r"(lsoa|wd|lad|csp|pfa)\d\d(cd|nm)")
_PEOPLE = re.compile(r"population[ _]?(mid[ _]?(year)?[ _]?)?[12]\d{3}")


@dataclass(frozen=True)
class _Glimpse:
    """What tells kinds of files apart: the cells of the first rows as keys, or the names in a zip or workbook."""

    rows: tuple[tuple[str, ...], ...] = ()
    sheets: tuple[str, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def header(self) -> frozenset[str]:
        """The first row."""
        return frozenset(self.rows[0]) if self.rows else frozenset()


def kind_of(path: Path) -> str:
    """The kind of a file, or of a folder with the two halves of one. Errors: it might be several, or none."""
    if path.is_dir():
        return MET_POLICE
    seen = _look(path)
    fitting = [kind for kind, fits in _SIGNS.items() if fits(seen)]
    if len(fitting) == 1:
        return fitting[0]
    raise InputError(
        f"{path.name}: its first rows and its sheets do not tell what it is; choose what it is, and have it read again."
    )


def _look(path: Path) -> _Glimpse:
    if not zipfile.is_zipfile(path):
        return _Glimpse(rows=tuple(_first_rows(path)))
    with zipfile.ZipFile(path) as opened:
        names = tuple(opened.namelist())
    if not {"[Content_Types].xml", "mimetype"} & set(names):
        return _Glimpse(members=names)
    workbook = open_workbook(open_file(path, most_bytes=MOST_BYTES))
    sheets = tuple(map(key_of, workbook.names))
    if any(map(_YEAR.fullmatch, sheets)):
        return _Glimpse(sheets=sheets)  # whose sheets are too large to be read for a glimpse
    rows = islice(workbook.rows(workbook.names[0]), _ROWS)
    return _Glimpse(rows=tuple(tuple(key_of(text_of(cell)) for cell in cells) for _, cells in rows), sheets=sheets)


def _first_rows(path: Path) -> Iterator[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        text = file.read(_LOOKED_AT)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""))):
            if number == _ROWS:
                return
            yield tuple(map(key_of, cells))
    except csv.Error:
        return


def _are_places(seen: _Glimpse) -> bool:
    found = {match[1] for cell in seen.header if (match := _PLACE.fullmatch(cell))}
    return len(found) > 1 and not any(map(_PEOPLE.fullmatch, seen.header))


def _are_residents(seen: _Glimpse) -> bool:
    from_nomis = {"date_name", "geography_name", "obs_value"} <= seen.header
    return from_nomis or any(map(_PEOPLE.fullmatch, seen.header)) or any("mid-20" in sheet for sheet in seen.sheets)


def _is_return(seen: _Glimpse) -> bool:
    firsts = [row[0] if row else "" for row in seen.rows]
    return len(firsts) == _ROWS and firsts[::2] == ["area", "measure"] and firsts[1].startswith("write one number")


_SIGNS: Mapping[str, Callable[[_Glimpse], bool]] = {
    "figures": lambda seen: {"measure", "area", "period", "value"} <= seen.header,
    "monthly-return": _is_return,
    MET_POLICE: lambda seen: "majortext" in seen.header,
    "home-office-forces": lambda seen: {"12 months ending", "pfa"} <= seen.header,
    "home-office-csp": lambda seen: any(map(_YEAR.fullmatch, seen.sheets)),
    "population": _are_residents,
    GEOGRAPHY: _are_places,
    POLICE_UK: lambda seen: (
        any(map(_MEMBER.fullmatch, seen.members)) or "crime id" in seen.header or "object of search" in seen.header
    ),
}
