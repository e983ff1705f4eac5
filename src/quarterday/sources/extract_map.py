"""The map of a local extract: which column says what, and what is counted. Keys: docs/reference/sources.md."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.period import MONTH_NAMES, Period
from quarterday.domain.period_reading import read_code
from quarterday.sources.files import InputFile, read_text
from quarterday.sources.toml_keys import MOST_PARTS, line_of_deep_key

MOST_BYTES = 1024 * 1024  # a map that lists a thousand wards has some 30,000
_DATE_PARTS = {"DD": r"(?P<day>\d{1,2})", "MM": r"(?P<month>\d{1,2})", "YYYY": r"(?P<year>\d{4})"}
_TIME_OF_DAY = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
# What each of pydantic's own refusals wanted.
_WANTED = {
    "missing": "nothing came, but a map needs this key; add it",
    "extra_forbidden": "there is no such key; look for it in the manual's list",
    "string_type": "wanted text in quotes",
    "tuple_type": "wanted a list in [brackets]",
    "dict_type": "wanted a table of keys",
    "model_type": "wanted a table of keys",
    "too_short": "wanted one or more",
    "literal_error": "wanted the line 'format = 1' at the top",
}


def _one_line(name: str) -> str:
    if not name.strip():
        raise ValueError("an empty text names nothing; write a name, or leave the key out")
    return " ".join(name.split())


def _way_to_write(dates: str) -> str:
    if sorted(re.findall("[A-Za-z]+", dates)) != sorted(_DATE_PARTS):
        raise ValueError(
            f"{dates!r} is no way to write a date; wanted DD, MM and YYYY once each with marks between, as in "
            "DD/MM/YYYY. A time of day behind the date is passed over by itself"
        )
    return dates


def _code(period: str) -> str:
    try:
        read_code(period)
    except InputError as error:
        raise ValueError(str(error).rstrip(".")) from None
    return period


Name = Annotated[str, AfterValidator(_one_line)]
Names = Annotated[tuple[Name, ...], Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Entry):
    """The names of the columns that are read, beside those of the markers."""

    date: Name
    offence: Name
    place: Name = ""
    reference: Name = ""


class Marker(_Entry):
    """A column with the values that mean yes. With ``no`` any other value is a fault; without it all others mean no."""

    column: Name
    yes: Names
    no: tuple[str, ...] | None = None

    def says_yes(self, value: str) -> bool:
        """Whether the value means yes, in any letter case."""
        if key_of(value) in map(key_of, self.yes):
            return True
        if self.no is not None and key_of(value) not in map(key_of, self.no):
            wanted = ", ".join(map(repr, (*self.yes, *self.no)))
            raise InputError(f"{value!r} is no value that the map names; wanted one of {wanted}.")
        return False


class MeasureFilter(_Entry):
    """A measure, and which rows it counts: those that pass every key given.

    An offence that ends with ``*`` stands for all that begin so. ``any_marker``, ``all_markers`` and ``no_marker``
    are names of markers: one of them at least says yes, each does, none does.
    """

    name: Name
    offences: Names | None = None
    not_offences: Names | None = None
    any_marker: Names | None = None
    all_markers: Names | None = None
    no_marker: Names | None = None

    def counts(self, offence: str, marked: frozenset[str]) -> bool:
        """Whether a row of this offence, whose markers ``marked`` say yes, is counted."""
        return (
            (self.offences is None or any(is_called(offence, name) for name in self.offences))
            and (self.not_offences is None or not any(is_called(offence, name) for name in self.not_offences))
            and (self.any_marker is None or not marked.isdisjoint(self.any_marker))
            and (self.all_markers is None or marked.issuperset(self.all_markers))
            and (self.no_marker is None or marked.isdisjoint(self.no_marker))
        )

    @property
    def offences_named(self) -> Names:
        """Every offence that it names."""
        return (*(self.offences or ()), *(self.not_offences or ()))

    @property
    def markers_named(self) -> Names:
        """Every marker that it names."""
        return (*(self.any_marker or ()), *(self.all_markers or ()), *(self.no_marker or ()))

    def in_words(self) -> str:
        """Which rows it counts."""
        wanted = (
            ("the offence is {}", " or ", self.offences),
            ("the offence is not {}", " or ", self.not_offences),
            ("the marker {} says yes", " or ", self.any_marker),
            ("the marker {} says yes", " and ", self.all_markers),
            ("the marker {} does not say yes", " or ", self.no_marker),
        )
        parts = [words.format(joined.join(names)) for words, joined, names in wanted if names]
        return f"rows where {', and '.join(parts)}" if parts else "every row"


def is_called(offence: str, name: str) -> bool:
    """Whether the name is the offence's, or ends with ``*`` and the offence begins so."""
    wanted = key_of(name)
    return key_of(offence).startswith(wanted[:-1]) if wanted.endswith("*") else key_of(offence) == wanted


class ExtractMap(_Entry):
    """The whole map. ``areas`` leads from the values of the column for the place to names of areas.

    Without ``areas`` each value is an area's name; where there is no such column, ``area`` is that of every row.
    """

    format: Literal[1]
    columns: Columns
    dates: Annotated[tuple[Annotated[str, AfterValidator(_way_to_write)], ...], Field(min_length=1)] = ("YYYY-MM-DD",)
    covers: Annotated[str, AfterValidator(_code)] | None = None
    area: Name = ""
    areas: dict[Name, Name] = {}
    markers: dict[Name, Marker] = {}
    measures: Annotated[tuple[MeasureFilter, ...], Field(min_length=1)]

    @property
    def covered(self) -> Period | None:
        """The months that the extract is said to cover; none where the map does not say."""
        return read_code(self.covers) if self.covers else None

    @cached_property
    def _area_by_key(self) -> dict[str, str]:
        return {key_of(value): area for value, area in self.areas.items()}

    @cached_property
    def _date_patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(
            re.compile(re.sub("DD|MM|YYYY", lambda part: _DATE_PARTS[part[0]], re.escape(dates)) + _TIME_OF_DAY)
            for dates in self.dates
        )

    def date_of(self, text: str) -> date:
        """The one date that the text can be, in any of the ways that the map states."""
        found = {day for pattern in self._date_patterns if (day := _matched(pattern, text))}
        if len(found) == 1:
            return found.pop()
        if not text:
            raise InputError("the date is empty; write it, or delete the row.")
        ways = " or ".join(self.dates)
        if found:
            days = " or ".join(map(in_words, sorted(found)))
            raise InputError(f"{text!r} may be {days}, written {ways}; keep the one way in the map that is meant.")
        raise InputError(f"{text!r} is no date written {ways}; correct it, or state in the map how dates are written.")

    def area_of(self, value: str) -> str | None:
        """The area that a value of the column for the place means: none outside the areas, empty where it is empty."""
        if not self.columns.place:
            return self.area
        return self._area_by_key.get(key_of(value)) if value and self.areas else " ".join(value.split())


def in_words(day: date) -> str:
    """The day as sentences write it."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _matched(pattern: re.Pattern[str], text: str) -> date | None:
    found = pattern.fullmatch(text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:  # the 31st of February
        return None


def read_map(file: InputFile) -> ExtractMap:
    """The map that a file holds, or everything that is wrong with it."""
    text = read_text(file)
    if line := line_of_deep_key(text):
        raise InputError(f"{file.name}, line {line}: a key has over {MOST_PARTS} parts; no key of a map has over two.")
    try:
        extract_map = ExtractMap.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file.name}: the map is not valid TOML: {error}. Correct it there.") from None
    except ValidationError as error:
        sentences = (_sentence(detail) for detail in error.errors(include_url=False))
        raise InputError(*(f"{file.name}: {sentence}." for sentence in sentences)) from None
    except (RecursionError, ValueError):  # a list in a list in a list; a number of thousands of digits
        raise InputError(f"{file.name}: the map holds what none needs; see the manual for one that is whole.") from None
    faults = [f"{file.name}: {sentence}" for sentence in _disagreements(extract_map)]
    if faults:
        raise InputError(*faults)
    return extract_map


def _sentence(detail: ErrorDetails) -> str:
    keys = "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in detail["loc"]).removeprefix(".")
    if detail["type"] == "value_error":
        return f"{keys}: {detail['ctx']['error']}"
    return f"{keys}: {_WANTED.get(detail['type'], detail['msg'])}"


def _disagreements(extract_map: ExtractMap) -> Iterator[str]:
    if bool(extract_map.columns.place) == bool(extract_map.area):
        yield "wanted either columns.place, which says each row's place, or area, the one of every row; write one."
    if extract_map.areas and extract_map.area:
        yield "areas lead from the values of a column, and there is area for every row; remove one of the two."
    first: dict[str, int] = {}
    for at, measure in enumerate(extract_map.measures, start=1):
        if first.setdefault(key_of(measure.name), at) != at:
            yield f"measures[{at}].name: {measure.name!r} stands there twice; keep one."
        for name in measure.markers_named:
            if name not in extract_map.markers:
                known = ", ".join(map(repr, extract_map.markers)) or "none"
                yield f"measures[{at}]: there is no marker {name!r}; wanted one of those under markers: {known}."
    values = Counter(key_of(value) for value in extract_map.areas)
    yield from (f"areas: {value!r} stands there twice; keep one." for value in values.elements() if values[value] > 1)
