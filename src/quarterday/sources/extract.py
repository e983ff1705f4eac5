"""A local extract: one row an offence, counted as its map says. Rules: docs/reference/sources.md."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, missing
from quarterday.domain.period import Period
from quarterday.domain.source import Source
from quarterday.sources.extract_count import Key, Tally, count_rows
from quarterday.sources.extract_map import MOST_BYTES as MOST_BYTES_OF_MAP
from quarterday.sources.extract_map import ExtractMap, in_words, is_called, read_map
from quarterday.sources.faults import Faults
from quarterday.sources.files import MOST_BYTES, InputFile, open_file
from quarterday.warehouse.base import Intake

READER = "extract 1"
MOST_BYTES_OF_EXTRACT = 8 * MOST_BYTES  # held at once; a million rows of a dozen columns have some 100 MB
MOST_MONTHS = 480  # from the first date to the last: more is a date typed wrong
MOST_AREAS = 1_000  # more are addresses or the like, and are not to be kept
MOST_FIGURES = 1_000_000  # measures by areas by months
_NAMED = 5
_MONTHS_NAMED = 12


@dataclass(frozen=True, slots=True)
class _Extract:
    """An extract that was read by its map: the months that it covers, and what was counted in them."""

    file: InputFile
    map_file: InputFile
    map: ExtractMap
    tally: Tally
    covered: Period
    counts: Mapping[Key, int]


def read_extract(path: Path, *, map_path: Path) -> Intake:
    """One figure a measure of the map, area and month covered. Only the columns that the map names are looked at.

    The months from the first date to the last are covered, or those that the map states. In a covered month that has
    any row, what has none is a true zero. A month without a row is not available, unless the map states its months.
    Raises ``InputError`` with the faults of the whole extract, or of its map.
    """
    return _intake(_read(path, map_path=map_path))


def describe_extract(path: Path, *, map_path: Path) -> tuple[str, ...]:
    """What ``read_extract`` would make of the same files, in sentences; it raises the same faults."""
    extract = _read(path, map_path=map_path)
    intake = _intake(extract)
    gaps = sum(figure.value is None for figure in intake.figures)
    months = extract.covered.for_sentence()
    return (
        *_columns_in_words(extract.map),
        *(_measure_in_words(at, extract=extract) for at in range(len(extract.map.measures))),
        f"It would load {len(intake.figures):,} figures of {months}, {gaps:,} of them without a number.",
        *intake.notes,
    )


def _read(path: Path, *, map_path: Path) -> _Extract:
    map_file = open_file(map_path, most_bytes=MOST_BYTES_OF_MAP)
    extract_map = read_map(map_file)
    file = open_file(path, most_bytes=MOST_BYTES_OF_EXTRACT)
    tally = count_rows(file, extract_map=extract_map, faults=Faults())
    covered = extract_map.covered or Period(min(tally.months), max(tally.months) - min(tally.months) + 1)
    counts = {key: count for key, count in tally.counts.items() if covered.first <= key[0] <= covered.last}
    extract = _Extract(file, map_file, extract_map, tally, covered, counts)
    _refuse_beyond_reason(extract)
    return extract


def _refuse_beyond_reason(extract: _Extract) -> None:
    """Refuse what comes of a date typed wrong, or of another column than that of the place."""
    tally, faults = extract.tally, Faults()
    if extract.covered.months > MOST_MONTHS:
        faults.add(
            f"{extract.file.name}: the dates run from {in_words(tally.first)} to {in_words(tally.last)}; wanted at "
            f"most {MOST_MONTHS // 12} years. Correct the dates, or state fewer months in the map as covered."
        )
    areas = len(_areas(extract))
    if areas > MOST_AREAS:
        faults.add(
            f"{extract.file.name}, column {extract.map.columns.place!r}: there are {areas:,} different places; wanted "
            f"at most {MOST_AREAS:,}, such as districts or wards. Name another column in the map, or list its areas."
        )
    if (figures := len(extract.map.measures) * areas * extract.covered.months) > MOST_FIGURES:
        faults.add(
            f"{extract.file.name}: the measures of the map, in {areas:,} areas over {extract.covered.months:,} months, "
            f"would be {figures:,} figures; wanted at most {MOST_FIGURES:,}. State fewer measures, areas or months."
        )
    faults.refuse_any()


def _intake(extract: _Extract) -> Intake:
    figures = tuple(_figures(extract))
    if not figures:
        raise InputError(
            f"{extract.file.name}: no row of {extract.covered.for_sentence()} is in an area of the map; correct the "
            "areas or the months that it states."
        )
    # The map makes the figures as much as the extract does: with another one it is another release.
    source = Source(extract.file.name, "", "", (extract.file.as_source, extract.map_file.as_source))
    return Intake(source, READER, figures, tuple(_notes(extract)))


# --- from counts to figures


def _figures(extract: _Extract) -> Iterator[Figure]:
    totals: Counter[tuple[int, str, int]] = Counter()
    for (number, area, measures), count in extract.counts.items():
        if area:
            totals.update({(at, area, number): count for at in measures})
    for at, measure in enumerate(extract.map.measures):
        for area in _areas(extract):
            for month in extract.covered:
                if extract.map.covers or month.first in extract.tally.months:
                    origin = f"{extract.file.name}, its rows of {month.code} that the map counts"
                    yield Figure(measure.name, area, month, float(totals[at, area, month.first]), origin=origin)
                else:
                    reason = f"{extract.file.name} has no row of {month.for_sentence()}"
                    yield missing(measure.name, area, month, reason)


def _areas(extract: _Extract) -> list[str]:
    """The areas with any row in the months covered, also where no measure counts it."""
    return sorted({area for _, area, _ in extract.counts if area})


# --- what a person should know


def _notes(extract: _Extract) -> Iterator[str]:
    tally = extract.tally
    yield f"Rows read: {tally.rows:,}, with dates from {in_words(tally.first)} to {in_words(tally.last)}."
    if tally.repeated:
        yield (
            f"Rows that repeat a reference: {tally.repeated:,}; the first row of each was counted. Of another month, "
            f"area or measure than that: {tally.differing:,}."
        )
    if tally.without_reference:
        yield f"Rows without a reference: {tally.without_reference:,}; each was counted."
    yield from _months(extract)
    yield from _places(extract)
    yield from _filters(extract)


def _months(extract: _Extract) -> Iterator[str]:
    tally, covered = extract.tally, extract.covered
    gaps = [month.for_sentence() for month in covered if month.first not in tally.months]
    more = f" and {len(gaps) - _MONTHS_NAMED} more" if len(gaps) > _MONTHS_NAMED else ""
    named = ", ".join(gaps[:_MONTHS_NAMED]) + more
    if gaps and extract.map.covers:
        yield f"Without any row: {named}. Nought, since the map says that these months are covered."
    elif gaps:
        yield f"Without any row: {named}. Not available; where nothing happened, state in the map what is covered."
    if not extract.map.covers:
        ends = (Period(number, 1).for_sentence() for number in (covered.first, covered.last))
        yield f"May not be whole: {' and '.join(dict.fromkeys(ends))}. State in the map which months are covered."
    elif beyond := sum(tally.counts.values()) - sum(extract.counts.values()):
        yield f"Of other months than {covered.for_sentence()}, and not counted: {_share(beyond, tally.counts)}."


def _places(extract: _Extract) -> Iterator[str]:
    """The rows that are in no area, as a share, and how the share moves: it moves each trend with it."""
    for area_of_row, what in (("", "Without a place"), (None, "Outside the areas of the map")):
        found: Counter[int] = Counter()
        whole: Counter[int] = Counter()
        for (month, area, _), count in extract.counts.items():
            whole[month] += count
            found[month] += count if area == area_of_row else 0
        if number := found.total():
            shares = sorted((found[month] / whole[month], month) for month in whole)
            least, most = (
                f"{share:.1%} in {Period(month, 1).for_sentence()}" for share, month in (shares[0], shares[-1])
            )
            yield f"{what}, and not counted: {_share(number, extract.counts)}, from {least} to {most}."
    absent = sorted(set(extract.map.areas.values()) - set(_areas(extract)))
    if absent:
        yield f"Without any row: {', '.join(absent)}. No figure was made there, not even nought."


def _filters(extract: _Extract) -> Iterator[str]:
    """Names in the map that no row has, which may be typed wrong, and offences that no measure counts."""
    for at, measure in enumerate(extract.map.measures):
        met = extract.tally.offences
        unmet = [name for name in measure.offences_named if not any(is_called(offence, name) for offence in met)]
        if unmet:
            yield f"{measure.name}: no row has the offence {' or '.join(map(repr, unmet))}; look at its spelling."
        if not any(at in counted for _, area, counted in extract.counts if area):
            yield f"{measure.name}: no row was counted."
    idle = sum(count for (_, area, counted), count in extract.counts.items() if area and not counted)
    if idle:
        yield f"Of no measure: {_share(idle, extract.counts)}."


def _share(number: int, counts: Mapping[Key, int]) -> str:
    whole = sum(counts.values())
    return f"{number:,} of {whole:,} rows ({number / whole:.1%})"


# --- what would be done


def _columns_in_words(extract_map: ExtractMap) -> Iterator[str]:
    columns = extract_map.columns
    yield f"Column {columns.date!r} is the date, written {' or '.join(extract_map.dates)} or kept as a date."
    yield f"Column {columns.offence!r} is the offence."
    if columns.place:
        areas = sorted(set(extract_map.areas.values()))
        where = f"{len(extract_map.areas)} values of it lie in {', '.join(areas)}" if areas else "each value is an area"
        yield f"Column {columns.place!r} is the place: {where}."
    else:
        yield f"Every row is in {extract_map.area}."
    if columns.reference:
        yield f"Column {columns.reference!r} is the reference: rows with the same one are counted once."
    for name, marker in extract_map.markers.items():
        no = f", no where {' or '.join(map(repr, marker.no))}" if marker.no else ", else no"
        yield f"Column {marker.column!r} is the marker {name}: yes where {' or '.join(map(repr, marker.yes))}{no}."
    yield "No other column is looked at."


def _measure_in_words(at: int, *, extract: _Extract) -> str:
    counts: Counter[str] = Counter()
    for (_, area, measures), count in extract.counts.items():
        if area and at in measures:
            counts[area] += count
    by_area = ", ".join(f"{area} {count:,}" for area, count in counts.most_common(_NAMED))
    more = f" and {len(counts) - _NAMED} more areas" if len(counts) > _NAMED else ""
    measure = extract.map.measures[at]
    return f"{measure.name}: {measure.in_words()}; {counts.total():,} in all{by_area and f', {by_area}{more}'}."
