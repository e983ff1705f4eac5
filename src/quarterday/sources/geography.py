"""Look-ups of places, as the ONS publishes them: one row for each place and those in which it lies."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from operator import itemgetter
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.places import LIES_IN, Kind, Link, Place
from quarterday.domain.source import Source
from quarterday.sources.cells import column_letters
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile, open_file, read_rows
from quarterday.sources.grid import text_of, wanted_sheet
from quarterday.warehouse.base import Lookup

READER = "geography 1"
KINDS = {"LSOA": Kind.LSOA, "WD": Kind.WARD, "LAD": Kind.DISTRICT, "CSP": Kind.CSP, "PFA": Kind.FORCE}
_COLUMN = re.compile(rf"({'|'.join(KINDS)})(\d\d)(CD|NM)", re.ASCII | re.IGNORECASE)
# The names of districts that stand in those of LSOAs: of no certain year.
_DISTRICTS_OF_NO_YEAR = {"lad name", "lad name (lsoa name minus suffix)"}
_FIRST_OF_LAST_CENTURY = 80  # LAD79 would be of 2079, LAD80 of 1980
# How the codes of England and Wales begin; those of other countries are not looked into.
_CODES_BEGIN = {
    Kind.LSOA: ("E01", "W01"),
    Kind.WARD: ("E05", "W05"),
    Kind.DISTRICT: ("E06", "E07", "E08", "E09", "W06"),
    Kind.CSP: ("E22", "W14"),
    Kind.FORCE: ("E23", "W15"),
}
_CODE = {
    kind: re.compile(rf"(?:{'|'.join(begin)})\d{{6}}|[A-DF-VX-Z]\d{{8}}", re.ASCII)
    for kind, begin in _CODES_BEGIN.items()
}
_CALLED = {
    Kind.LSOA: "LSOAs",
    Kind.WARD: "wards",
    Kind.DISTRICT: "districts",
    Kind.CSP: "partnerships",
    Kind.FORCE: "forces",
}
_ONE_NAME_ONE_PLACE = (Kind.DISTRICT, Kind.CSP, Kind.FORCE)

Row = tuple[int, Sequence[str]]


@dataclass(slots=True)
class _Column:
    """The one or two columns that name the places of a kind and year, and the places met there so far."""

    kind: Kind
    year: int | None
    at: dict[str, int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    places: dict[tuple[str, ...], Place] = field(default_factory=dict)
    _first: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, int]:
        """Smaller places come before those in which they lie, and earlier years before later ones."""
        return list(Kind).index(self.kind), self.year or 0

    def read(self, cells: tuple[str, ...], *, number: int, where: str, faults: Faults) -> Place | None:
        """The place that the row of that number names by the cells of ``at``, or ``None`` and faults."""
        if (place := self.places.get(cells)) is not None:
            return place
        called = dict(zip(self.at, cells, strict=True))
        code, name = called.get("CD", ""), called.get("NM", "")
        told = list(self._faults(code, name, number))
        for part, fault in told:
            column = f"column {column_letters(self.at[part] + 1)} ({self.headings[part]})"
            faults.add(f"{where}, row {number}, {column}: {fault}")
        if told:
            return None
        place = self.places[cells] = Place(self.kind, code, name, self.year)
        return place

    def _faults(self, code: str, name: str, number: int) -> Iterator[tuple[str, str]]:
        empty = [part for part in self.at if not (code if part == "CD" else name)]
        if empty:
            yield from ((part, "the cell is empty; fetch the file anew.") for part in empty)
            return
        if code and not _CODE[self.kind].fullmatch(code):
            begin = " or ".join(_CODES_BEGIN[self.kind])
            yield "CD", f"{code!r} is no code of {_CALLED[self.kind]}; wanted {begin} and six digits more."
            return
        if not code or not name:
            return
        earlier, row = self._first.setdefault(("CD", code), (name, number))
        if earlier != name and key_of(earlier) != key_of(name):
            yield "NM", f"{code} is called {name!r}, and in row {row} {earlier!r}; wanted one name a code."
        if self.kind in _ONE_NAME_ONE_PLACE:
            earlier, row = self._first.setdefault(("NM", key_of(name)), (code, number))
            if earlier != code:
                yield "CD", f"{name!r} has the code {code}, and in row {row} {earlier}; wanted one code a name."

    @property
    def note(self) -> str:
        """How many places there are."""
        year = f" of {self.year}" if self.year else ""
        return f"{len(self.places):,} {_CALLED[self.kind]}{year}"


def read_geography(path: Path) -> Lookup:
    """The links of a look-up, none twice: each place of a row lies in the larger ones, and later ones of its kind.

    Those of ``LIES_IN`` are kept: which force a small area is in follows from its district.

    The file, .csv, .xlsx or .ods, is read by the names of its columns, such as ``LSOA21CD``, ``WD24NM``, ``LAD24CD``,
    ``CSP24NM`` and ``PFA24NM``, in any order: a kind of place, the last two digits of its year, and CD for code or NM
    for name, of which either may be left out. Other columns are left alone, and named; so are wards without codes, for
    many have one name, and partnerships and forces without districts. Of a workbook the sheet called data is read, else
    the first. Raises ``InputError`` with the faults of the whole file.
    """
    file, faults = open_file(path), Faults()
    where, rows, others = _table(file, faults)
    number, header = next(rows, (1, ()))
    faults.refuse_any()
    columns = _columns(header, where=f"{where}, row {number}", faults=faults)
    faults.refuse_any()
    whole = _whole_rows(rows, width=len(header), pad=file.is_workbook, where=where, faults=faults)
    links = _links(whole, columns=columns, where=where, faults=faults)
    if not links and not faults.number:
        faults.add(f"{where}: there is no row below the names of the columns; fetch the file anew.")
    faults.refuse_any()
    notes = (
        f"{', '.join(column.note for column in columns)}.",
        *(f"The column {heading!r} was left alone." for heading in _others(header, columns=columns)),
        *(f"The sheet {other!r} was not read." for other in others),
    )
    return Lookup(Source(file.name, "", "", (file.as_source,)), READER, links, notes)


def _table(file: InputFile, faults: Faults) -> tuple[str, Iterator[Row], tuple[str, ...]]:
    """Where the table stands, its rows that hold something, and the sheets that are not read."""
    if not file.is_workbook:
        return file.name, read_rows(file, faults=faults), ()
    sheet = wanted_sheet(file)
    rows = ((number, [text_of(cell) for cell in cells]) for number, cells in sheet.rows)
    return sheet.place, (row for row in rows if any(row[1])), sheet.others


def _meaning(heading: str) -> tuple[Kind, int | None, str] | None:
    """The kind and year of the places, and whether their code or name stands below, as ``CD`` or ``NM``."""
    if key_of(heading) in _DISTRICTS_OF_NO_YEAR:
        return Kind.DISTRICT, None, "NM"
    found = _COLUMN.fullmatch(heading)
    if found is None:
        return None
    year = int(found[2])
    return KINDS[found[1].upper()], year + (1900 if year >= _FIRST_OF_LAST_CENTURY else 2000), found[3].upper()


def _columns(header: Sequence[str], *, where: str, faults: Faults) -> list[_Column]:
    """What is read, in the order of ``_Column.order``, so that the order of the columns means nothing."""
    found: dict[tuple[Kind, int | None], _Column] = {}
    for position, heading in enumerate(header):
        meaning = _meaning(heading)
        if meaning is None:
            continue
        kind, year, part = meaning
        column = found.setdefault((kind, year), _Column(kind, year))
        if part in column.at:
            letters = f"{column_letters(column.at[part] + 1)} and {column_letters(position + 1)}"
            faults.add(f"{where}, columns {letters}: both are called {heading!r}; keep one.")
        column.at[part], column.headings[part] = position, heading
    read = [column for column in found.values() if _says_something(column, beside=[kind for kind, _ in found])]
    if len(read) < 2:  # noqa: PLR2004 - a place, and one in which it lies
        came = ", ".join(filter(None, header)) or "none"
        faults.add(
            f"{where}: the columns are {came}; wanted two kinds or years of place at least, such as LSOA21CD and "
            f"LAD24NM, from {', '.join(KINDS)}, each with two digits of the year and CD or NM; wards with "
            "CD, partnerships and forces beside districts."
        )
    return sorted(read, key=lambda column: column.order)


def _says_something(column: _Column, *, beside: Collection[Kind]) -> bool:
    """Whether a column is read: many wards have one name, and partnerships and forces are made of districts."""
    if column.kind is Kind.WARD:
        return "CD" in column.at
    return column.kind not in {Kind.CSP, Kind.FORCE} or Kind.DISTRICT in beside


def _others(header: Sequence[str], *, columns: Iterable[_Column]) -> list[str]:
    read = {position for column in columns for position in column.at.values()}
    return [heading for position, heading in enumerate(header) if heading and position not in read]


def _whole_rows(rows: Iterable[Row], *, width: int, pad: bool, where: str, faults: Faults) -> Iterator[Row]:
    """The rows with a cell for each heading; a workbook's rows have no ends, so that ``pad`` mends them."""
    for number, cells in rows:
        if pad:
            padded = [*cells, *[""] * (width - len(cells))]
            yield number, padded
        elif len(cells) == width:
            yield number, cells
        else:
            faults.add(f"{where}, row {number}: there are {len(cells)} cells; wanted {width}, as in the first row.")


def _links(rows: Iterable[Row], *, columns: Sequence[_Column], where: str, faults: Faults) -> tuple[Link, ...]:
    cuts = list(pairwise(accumulate((len(column.at) for column in columns), initial=0)))
    [(smallest, first), *others] = [(column, slice(*cut)) for column, cut in zip(columns, cuts, strict=True)]
    pick = itemgetter(*(position for column in columns for position in column.at.values()))
    # A look-up of small places says the same of the larger ones of their rows many times.
    read: dict[tuple[str, ...], list[Place]] = {}
    found: dict[tuple[int, int], Link] = {}

    def link(place: Place, larger: Iterable[Place]) -> None:
        for within in larger:
            # A column has one object a place, so that places need no comparing.
            if (id(place), id(within)) not in found:
                found[id(place), id(within)] = Link(place, within)

    for number, cells in rows:
        told = pick(cells)
        place = smallest.read(told[first], number=number, where=where, faults=faults)
        rest = told[first.stop :]
        larger = read.get(rest)
        if larger is None:
            places = [column.read(told[span], number=number, where=where, faults=faults) for column, span in others]
            larger = [place for place in places if place is not None]
            for at, one in enumerate(larger, start=1):
                link(one, _that_hold(one.kind, larger[at:]))
            larger = _that_hold(smallest.kind, larger)
            if None not in places:
                read[rest] = larger
        if place is not None:
            link(place, larger)
    return tuple(found.values())


def _that_hold(kind: Kind, larger: Iterable[Place]) -> list[Place]:
    """Those of the larger places of a row of which it is kept that a place of the kind lies in them."""
    return [place for place in larger if place.kind in LIES_IN[kind]]
