"""The shapes of tables of residents, known by their headings: where such a table keeps areas, years and people."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.sources.cells import column_letters
from quarterday.sources.faults import Faults
from quarterday.sources.grid import text_of
from quarterday.sources.opendocument import Cell

Row = tuple[int, Sequence[Cell]]

# Headings, the better ones first, as ``_plain`` has them: letter case, hyphens and underlines do not matter.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "geography name", "area name", "area names", "lad name", "la name", "local authority name",
        "local authority", "district", "borough", "name", "area", "geography",
    ),
    "code": (
        "geography code", "area code", "area codes", "lad code", "la code", "local authority code", "code",
        "mnemonic", "administrative geography",
    ),
    "date": ("date name", "mid year", "year", "date", "time", "calendar years"),
    "people": ("obs value", "value", "population", "persons", "v4 0", "all ages"),
    "sex": ("sex name", "gender name", "sex", "gender"),
    "age": ("age name", "c age name", "age", "age group", "single year of age"),
    "measure": ("measures name",),
}  # fmt: skip
ALL_AGES = "all ages"
# What stands in a row of all people, in columns that tell one row of people from another.
WHOLE: Mapping[str, frozenset[str]] = {
    "sex": frozenset({"all", "all persons", "persons", "total", "all people", "both", "both sexes"}),
    "age": frozenset({"all", "all ages", "total", "all persons"}),
    "measure": frozenset({"value"}),
}
_OF_A_YEAR: Mapping[str, re.Pattern[str]] = {
    "name": re.compile(r"lad\d\dnm|laname\d\d", re.ASCII),
    "code": re.compile(r"lad\d\dcd|ladcode\d\d", re.ASCII),
}
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_MID_YEAR = re.compile(r"(?:mid[- ]?(?:year[- ]?)?)?([12]\d{3})(?:-06-30)?", re.ASCII | re.IGNORECASE)
_PEOPLE_OF_YEAR = re.compile(r"population ?(?:mid ?(?:year ?)?)?([12]\d{3})", re.ASCII)
_TITLE_YEAR = re.compile(r"\bmid[- ]?(?:year )?([12]\d{3})\b", re.ASCII | re.IGNORECASE)
# Titles of tables that are of some people only: "Males by single year of age"; and rows above, "Sex: Males".
_SEX = re.compile(r"\b(fe)?males?\b", re.ASCII | re.IGNORECASE)
_EVERYBODY = re.compile(r"\b(persons|people|total)\b", re.ASCII | re.IGNORECASE)
_CHOSEN = re.compile(r"(age|sex|gender)\s*[:|][\s:|]*(.+)", re.ASCII | re.IGNORECASE)

_key = lru_cache(key_of)


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a table keeps what; columns by their position from 0.

    ``people`` are the columns of numbers, with the year of each, or ``None`` where the row's ``year`` column says it.
    ``whole`` are the columns that must say that the row is of all people, with their heading and such words.
    ``others`` are the headings left alone. ``headed`` are all columns that have a heading, where nothing may stand in
    another one.
    """

    row: int
    headings: tuple[str, ...]
    area: int
    people: Mapping[int, Period | None]
    year: int | None = None
    whole: Mapping[int, tuple[str, frozenset[str]]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    headed: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """How many columns have a heading, or an empty one between or before them."""
        return len(self.headings)

    @property
    def needed(self) -> int:
        """How many cells a row has at the least."""
        return max(self.area, self.year or 0, *self.whole, *self.people) + 1

    @property
    def is_bare(self) -> bool:
        """Whether there are areas and years only, so that a row may end before or after its last year."""
        return bool(self.headed)

    def stray(self, cells: Sequence[Cell]) -> list[int]:
        """Where something stands without a heading, and must not."""
        return [at for at, cell in enumerate(cells) if self.headed and at not in self.headed and text_of(cell)]

    def is_headings(self, cells: Sequence[Cell]) -> bool:
        """Whether the row repeats the headings: all those of people, and that of the areas or several of people."""
        if len(cells) < self.needed or not all(self._is_heading(cells[at], at=at) for at in self.people):
            return False
        return len(self.people) > 1 or self._is_heading(cells[self.area], at=self.area)

    def _is_heading(self, cell: Cell, *, at: int) -> bool:
        return _key(text_of(cell)) == _key(self.headings[at])

    def is_remark(self, cells: Sequence[Cell]) -> bool:
        """Whether the row is a remark below the table: one text, left of the column of areas."""
        held = [position for position, cell in enumerate(cells) if text_of(cell)]
        return len(held) == 1 and held[0] < self.area and isinstance(cells[held[0]], str)

    def part(self, cells: Sequence[Cell]) -> str:
        """The heading of the column by which the row is of some people only; empty where it is of all."""
        for position, (heading, words) in self.whole.items():
            if _key(text_of(cells[position])) not in words:
                return heading
        return ""


def read_year(cell: Cell) -> Period:
    """The year of a cell such as 2021, mid-2021 or 2021-06-30, the day that mid-year estimates are of."""
    found = _MID_YEAR.fullmatch(text_of(cell))
    if found is None:
        raise InputError(f"{text_of(cell)!r} is no year; wanted one such as 2021 or mid-2021.")
    return Period.calendar_year(int(found[1]))


def find_shape(head: Sequence[Row], *, sheet: str, place: str, faults: Faults) -> Shape:
    """The shape that the first rows of a table show; one that nothing else fits has years across."""
    for number, cells in head:
        headings = _Headings(number, tuple(map(text_of, cells)))
        above = (" | ".join(filter(None, map(text_of, row))) for earlier, row in head if earlier < number)
        titles = [sheet, *above]
        with faults.at(f"{place}, row {number}"):
            shape = (
                _one_row_a_year(headings)
                or _named_columns(headings)
                or _estimates(headings, titles=titles)
                or _years_below_titles(headings, place=place, faults=faults)
            )
            if shape:
                _refuse_some_people(titles)
                return shape
        faults.refuse_any()
    headings = _Headings(head[0][0], tuple(map(text_of, head[0][1])))
    return _years_across(headings, area=0, beside=(), place=place, faults=faults)


@dataclass(frozen=True, slots=True)
class _Headings:
    """A row of a table, looked at as one of headings."""

    row: int
    texts: tuple[str, ...]

    def find(self, role: str) -> int | None:
        """Where the best heading of the role stands, the first time."""
        plain = [_plain(text) for text in self.texts]
        best = next((plain.index(heading) for heading in HEADINGS[role] if heading in plain), None)
        if best is None and role in _OF_A_YEAR:
            best = next((at for at, text in enumerate(plain) if _OF_A_YEAR[role].fullmatch(text)), None)
        return best

    @property
    def area(self) -> int | None:
        """Where the names of areas stand, else their codes."""
        name = self.find("name")
        return self.find("code") if name is None else name

    @property
    def whole(self) -> dict[int, tuple[str, frozenset[str]]]:
        """The columns that may tell some people from others."""
        found = ((self.find(role), words) for role, words in WHOLE.items())
        return {at: (self.texts[at], words) for at, words in found if at is not None}

    def shape(self, *, area: int, people: Mapping[int, Period | None], year: int | None = None) -> Shape:
        """The shape of a table in which other columns than these are left alone."""
        read = {area, year, self.find("code"), *people, *self.whole}
        others = tuple(text for at, text in enumerate(self.texts) if text and at not in read)
        return Shape(self.row, self.texts, area, people, year, self.whole, others)


def _plain(heading: str) -> str:
    return key_of(re.sub(r"[-_]", " ", heading))


def _one_row_a_year(headings: _Headings) -> Shape | None:
    """Each row one area and year, as Nomis and the ONS's data service write them."""
    area, year, people = headings.area, headings.find("date"), headings.find("people")
    if area is None or year is None or people is None:
        return None
    _refuse_doubled(headings, (area, year, people))
    return headings.shape(area=area, people={people: None}, year=year)


def _refuse_doubled(headings: _Headings, positions: Iterable[int]) -> None:
    plain = [_plain(text) for text in headings.texts]
    for at in positions:
        if plain.count(plain[at]) > 1:
            raise InputError(f"the heading {headings.texts[at]!r} stands there twice; keep one.")


def _named_columns(headings: _Headings) -> Shape | None:
    """Each row one area, with columns such as ``population_mid2017``."""
    found = ((at, _PEOPLE_OF_YEAR.fullmatch(_plain(text))) for at, text in enumerate(headings.texts))
    people: dict[int, Period | None] = {at: Period.calendar_year(int(year[1])) for at, year in found if year}
    area = headings.area
    if area is None or not people:
        return None
    _refuse_doubled(headings, (area, *people))
    return headings.shape(area=area, people=people)


def _estimates(headings: _Headings, *, titles: Sequence[str]) -> Shape | None:
    """The ONS's mid-year estimates: each row one area, all ages and then each; the title says the year."""
    area, plain = headings.area, [_plain(text) for text in headings.texts]
    if area is None or ALL_AGES not in plain:
        return None
    years = {year for title in titles for year in _TITLE_YEAR.findall(title)}
    years = years or {title for title in titles[:1] if _YEAR.fullmatch(title)}
    if len(years) != 1:
        came = f"the years {', '.join(sorted(years))}" if years else "no year"
        raise InputError(
            f"the sheet's name and the rows above the headings name {came}; wanted the one that the table is of, "
            "such as mid-2023."
        )
    _refuse_doubled(headings, (area, plain.index(ALL_AGES)))
    return headings.shape(area=area, people={plain.index(ALL_AGES): Period.calendar_year(int(years.pop()))})


def _years_below_titles(headings: _Headings, *, place: str, faults: Faults) -> Shape | None:
    """Areas down and years across, under a heading for the areas that is known for one."""
    beside = {at for role in ("name", "code") if (at := headings.find(role)) is not None}
    area = headings.area
    if area is None or 0 not in beside or not any(map(_YEAR.fullmatch, headings.texts)):
        return None
    return _years_across(headings, area=area, beside=beside, place=place, faults=faults)


def _years_across(headings: _Headings, *, area: int, beside: Iterable[int], place: str, faults: Faults) -> Shape:
    """Areas down and years across; each heading but those of ``area`` and ``beside`` is a year."""
    where = f"{place}, row {headings.row}"
    years: dict[int, Period | None] = {}
    for at, text in enumerate(headings.texts):
        if at == area or at in beside or not text:
            continue
        with faults.at(f"{where}, column {column_letters(at + 1)}"):
            if not _YEAR.fullmatch(text):
                raise InputError(f"{text!r} is no year; wanted each year once, as 2021.")
            year = Period.calendar_year(int(text))
            if year in years.values():
                raise InputError(f"{text!r} stands there twice; wanted each year once, as 2021.")
            years[at] = year
    if not years:
        faults.add(f"{where}: there is no year; wanted a heading for the areas, then one year a column.")
    headed = frozenset({area} | {at for at, text in enumerate(headings.texts) if text})
    return Shape(headings.row, headings.texts, area, years, headed=headed)


def _refuse_some_people(titles: Iterable[str]) -> None:
    for title in titles:
        chosen = _CHOSEN.fullmatch(title)
        is_some = chosen and key_of(chosen[2]) not in WHOLE["age"] | WHOLE["sex"]
        if is_some or (_SEX.search(title) and not _EVERYBODY.search(title)):
            raise InputError(f"the table is of some people only, since {title!r} stands above it; wanted all people.")
