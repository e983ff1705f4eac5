"""The rows of an extract counted by month, area and the measures that they count for."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.period import month_number
from quarterday.sources.cells import refuse_failure
from quarterday.sources.extract_map import ExtractMap, Marker
from quarterday.sources.extract_rows import ExtractCell, extract_rows
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile
from quarterday.sources.grid import text_of

_REMEMBERED = 65_536  # different cells of a column whose meaning is not worked out anew

# A month as a whole number, the area (empty where the row has no place, none outside the areas), and the positions of
# the measures that the row counts for.
Key = tuple[int, str | None, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the rows come to. ``months`` are those with any row, ``offences`` the keys of the names that were met.

    Of the rows with one reference only the first is in ``counts``; ``repeated`` are the others, and ``differing`` those
    of them whose month, area or measures are not the first one's.
    """

    rows: int
    counts: Mapping[Key, int]
    months: frozenset[int]
    first: date
    last: date
    offences: frozenset[str]
    repeated: int
    differing: int
    without_reference: int


def count_rows(file: InputFile, *, extract_map: ExtractMap, faults: Faults) -> Tally:
    """Count every row that the map reads; those with a cell at fault are noted, and then the load is refused."""
    counting = _Counting(extract_map)
    for number, cells in extract_rows(file, columns=counting.columns, faults=faults):
        try:
            counting.add(cells)
        except InputError:
            counting.tell_faults(cells, place=f"{file.name}, row {number}", faults=faults)
    if not counting.rows and not faults.number:
        faults.add(f"{file.name}: there is no row that can be counted; write one offence a row, below the columns.")
    faults.refuse_any()
    return counting.tally()


class _Counting:
    """Counts rows. A row repeats what others hold, so what cells mean is worked out once and remembered."""

    def __init__(self, extract_map: ExtractMap) -> None:
        named, markers = extract_map.columns, extract_map.markers.values()
        self.columns = [named.date, named.offence, *(marker.column for marker in markers)]
        self._what = slice(1, len(self.columns))  # the offence and the markers
        self._place = len(self.columns) if named.place else None
        self.columns += [named.place] if named.place else []
        self._reference = len(self.columns) if named.reference else None
        self.columns += [named.reference] if named.reference else []
        self.rows = 0
        self._map = extract_map
        self._day = lru_cache(_REMEMBERED)(self._read_day)
        self._measures = lru_cache(_REMEMBERED)(self._read_measures)
        self._area = lru_cache(_REMEMBERED)(self._read_area)
        self._counts: Counter[Key] = Counter()
        self._keys: dict[Key, Key] = {}  # one object for each: a million references may lead to them
        self._key_of_reference: dict[str, Key] = {}
        self._offences: set[str] = set()
        self._spelt: dict[str, str] = {}  # each area as it was spelt first, by its key
        self._days: set[date] = set()
        self._repeated = self._differing = self._without_reference = 0

    def add(self, cells: Sequence[ExtractCell]) -> None:
        """Count a row; one with a cell at fault raises ``InputError`` and is not counted."""
        day, month = self._day(cells[0])
        area = self._map.area if self._place is None else self._area(cells[self._place])
        key = (month, area, self._measures(cells[self._what]))
        key = self._keys.setdefault(key, key)
        self.rows += 1
        self._days.add(day)
        if self._reference is None or self._is_new(text_of(cells[self._reference]), key):
            self._counts[key] += 1

    def tell_faults(self, cells: Sequence[ExtractCell], *, place: str, faults: Faults) -> None:
        """Note each cell of a row that is at fault."""
        markers = (partial(_says_yes, marker) for marker in self._map.markers.values())
        place_reader = [] if self._place is None else [self._read_area]
        readers: list[Callable[[ExtractCell], object]] = [self._read_day, _offence, *markers, *place_reader]
        for column, cell, read in zip(self.columns, cells, readers, strict=False):  # a reference is never at fault
            with faults.at(f"{place}, column {column!r}"):
                read(cell)

    def tally(self) -> Tally:
        """What all rows so far come to."""
        return Tally(
            rows=self.rows,
            counts=self._counts,
            months=frozenset(month for month, _, _ in self._keys),
            first=min(self._days),
            last=max(self._days),
            offences=frozenset(self._offences),
            repeated=self._repeated,
            differing=self._differing,
            without_reference=self._without_reference,
        )

    def _is_new(self, reference: str, key: Key) -> bool:
        """Whether no row before had this reference; a row without one stands for itself."""
        if not reference:
            self._without_reference += 1
            return True
        before = self._key_of_reference.get(reference)
        if before is None:
            self._key_of_reference[reference] = key
            return True
        self._repeated += 1
        self._differing += before is not key
        return False

    def _read_day(self, cell: ExtractCell) -> tuple[date, int]:
        day = cell if isinstance(cell, date) else self._map.date_of(text_of(cell))
        return day, month_number(day.year, day.month)

    def _read_area(self, cell: ExtractCell) -> str | None:
        area = self._map.area_of(_word(cell))
        return self._spelt.setdefault(key_of(area), area) if area else area

    def _read_measures(self, cells: Sequence[ExtractCell]) -> tuple[int, ...]:
        offence = _offence(cells[0])
        self._offences.add(key_of(offence))
        markers = zip(self._map.markers.items(), cells[1:], strict=True)
        marked = frozenset(name for (name, marker), cell in markers if _says_yes(marker, cell))
        return tuple(at for at, measure in enumerate(self._map.measures) if measure.counts(offence, marked))


def _word(cell: ExtractCell) -> str:
    text = text_of(cell)
    refuse_failure(text)
    return text


def _offence(cell: ExtractCell) -> str:
    text = _word(cell)
    if not text:
        raise InputError("the offence is empty; write it, or delete the row.")
    return text


def _says_yes(marker: Marker, cell: ExtractCell) -> bool:
    return marker.says_yes(_word(cell))
