"""From the rows of a release to its monthly figures."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.places import PlacesKnown, district_in
from quarterday.warehouse.base import Counting
from quarterday.warehouse.engine import Engine, Step, steps

LEAST_SHARE = 0.005
"""Of a force's rows with a place. Where no look-up says whose a district is, it is that of the force that holds most
of its rows, if they are so much of the force's; the few others stand there because points on the map are moved."""

TALLIES = ("in all", "repeated", "in other areas", "without a place")
"""What a person should know of a force's rows, month by month; the last two only where rows have places."""

_KEPT = {
    "repeats": "select dataset, month, part_row as repeated_row, force, lsoa, category from repeated_rows",
    "sorts": "select dataset, force, category, sort from rows_sorted",
    "names": "select lsoa, lsoa_name, month from lsoas_named",
    # In this order they are a quarter smaller, and a look-up finds the districts of many at once.
    "counts": "select * from by_lsoa order by lsoa, sort",
}
_RELEASES = {"counts": "counted_lsoas", "sorts": "kept_sorts", "names": "kept_names"}
_RELEASE = "select {place} as place, {part}_{place}.* from {part}_{place}"
_LSOAS = {"lsoa": "varchar", "district": "integer"}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is found of a release's rows when they come, as Parquet parts: it does not change with the look-ups.

    ``repeats`` are the rows that are not counted. The others are what is counted of: see count_by_lsoa.sql.
    """

    repeats: Path
    sorts: Path
    names: Path
    counts: Path

    @classmethod
    def files(cls) -> tuple[str, ...]:
        """The name of the file of each part."""
        return tuple(f"{part.name}.parquet" for part in fields(cls))


@dataclass(frozen=True, slots=True)
class Category:
    """What the rows of a dataset and force are sorted by, with the first and the last month in which one is of it.

    ``place`` is that of the release among those that are counted, and ``reporter`` the number of the force in it.
    """

    place: int
    reporter: int
    sort: int
    dataset: str
    force: str
    name: str
    first_month: int
    last_month: int


def keep(engine: Engine, parts: Sequence[Path], kept: Kept) -> None:
    """Write what is ``kept`` of the rows of Parquet ``parts``."""
    engine.parts("rows_in", parts)
    engine.run((*steps("find_repeats"), *steps("count_by_lsoa")))
    for part, query in _KEPT.items():
        engine.write(query, getattr(kept, part))


def count_rows(
    engine: Engine, releases: Sequence[Kept], *, places: PlacesKnown, counting: Counting
) -> list[dict[str, str]]:
    """Make the steps ``figures`` and ``tallies`` in ``engine``: a figure a measure, area and month.

    The place of a release in their order is a column of the steps. The answer is, of each release, the force to which
    each district belongs that has figures. A district has figures from the files of that force, and from no other's, so
    that they do not depend on which other files happen to be there. Months that these files do not hold have none.
    """
    for part, step in _RELEASES.items():
        for place, kept in enumerate(releases):
            engine.parts(f"{part}_{place}", [getattr(kept, part)])
        every = "\nunion all\n".join(_RELEASE.format(part=part, place=place) for place in range(len(releases)))
        engine.run([Step(step, every, kept=False)])
    looked_up = districts_looked_up(places)
    numbers = {district: number for number, district in enumerate(sorted(set(looked_up.values())))}
    engine.table("looked_up", _LSOAS, [(lsoa, numbers[district]) for lsoa, district in looked_up.items()])
    engine.run(steps("count_rows"))
    named = _named_after(engine.rows("select place, stranger, stranger_name, month from strangers"), places)
    for _, _, district in named:
        numbers.setdefault(district, len(numbers))
    engine.table(
        "named_after",
        {"place": "integer", **_LSOAS},
        [(place, lsoa, numbers[district]) for place, lsoa, district in named],
    )
    engine.table(
        "districts",
        {"number": "integer", "district": "varchar"},
        [(number, district) for district, number in numbers.items()],
    )
    engine.run(steps("count_cells"))
    rows = engine.rows("select place, force, district, number from rows_of_districts")
    categories = [Category(*row) for row in engine.rows("select * from categories")]
    force_of = [
        force_of_districts(
            {category.force for category in categories if category.place == place},
            [(force, district, number) for its_place, force, district, number in rows if its_place == place],
            places=places,
            counting=counting,
        )
        for place in range(len(releases))
    ]
    _tables(engine, categories, force_of, numbers=numbers, places=places, counting=counting)
    engine.run(steps("figure_counts"))
    return force_of


def districts_looked_up(places: PlacesKnown) -> dict[str, str]:
    """The district of each LSOA that a look-up knows. One that is spelt in several ways is one: see ``_spelt``."""
    looked_up, spelt = places.district_of_lsoa(), _spelt(places)
    return {lsoa: spelt[key_of(district)] for lsoa, district in looked_up.items()}


def districts_named_after(spellings: Iterable[tuple[str, str | None, int]], places: PlacesKnown) -> dict[str, str]:
    """The district of each LSOA that no look-up knows: the one that it is called after, "Redditch 010B".

    ``spellings`` are the names under which an LSOA stands, each with the last month in which it does; the latest
    counts. A district that was merged is carried forward where a look-up says into which. One that is spelt in several
    ways is one: as the look-ups spell it, else as the last in order.
    """
    successors = places.successor_of()
    found: dict[str, str] = {}
    for lsoa, name, _ in sorted(spellings, key=lambda spelling: (spelling[2], spelling[1] or "")):
        district = district_in(name or lsoa)
        found[lsoa] = successors.get(key_of(district), district)
    if not found:
        return {}
    spelt = {key_of(name): name for name in sorted(set(found.values()))} | _spelt(places)
    return {lsoa: spelt[key_of(district)] for lsoa, district in found.items()}


def _spelt(places: PlacesKnown) -> dict[str, str]:
    """The one spelling of each district in the look-ups, by its key: that of forces', else the last in order."""
    names = (*sorted(set(places.district_of_lsoa().values())), *places.force_of_district())
    return {key_of(name): name for name in names}


def _named_after(
    strangers: Sequence[tuple[int, str, str | None, int]], places: PlacesKnown
) -> list[tuple[int, str, str]]:
    """Place, LSOA and district of each LSOA that no look-up knows, in each release by the names that it has there."""
    by_place: dict[int, list[tuple[str, str | None, int]]] = defaultdict(list)
    for place, lsoa, name, month in strangers:
        by_place[place].append((lsoa, name, month))
    return [
        (place, lsoa, district)
        for place, spellings in sorted(by_place.items())
        for lsoa, district in districts_named_after(spellings, places).items()
    ]


def force_of_districts(
    reporters: Collection[str], rows: Iterable[tuple[str, str, int]], *, places: PlacesKnown, counting: Counting
) -> dict[str, str]:
    """The force, as the rows call it, of each district that has figures: by a look-up, else by most of the rows.

    ``reporters`` are all forces of a release, and ``rows`` how many a force has in a district.
    """
    by_district: dict[str, Counter[str]] = defaultdict(Counter)
    placed: Counter[str] = Counter()
    for force, district, number in rows:
        by_district[district][force] += number
        placed[force] += number
    forces = {key_of(counting.force_area(force)): force for force in reporters}
    found = {
        district: forces[key_of(area)]
        for district, area in places.force_of_district().items()
        if key_of(area) in forces
    }
    known = {key_of(district) for district in places.force_of_district()}
    for district, by_force in by_district.items():
        most = min(by_force, key=lambda force: (-by_force[force], force))
        if key_of(district) not in known and by_force[most] >= LEAST_SHARE * placed[most]:
            found[district] = most
    return found


def _tables(
    engine: Engine,
    categories: Sequence[Category],
    force_of: Sequence[Mapping[str, str]],
    *,
    numbers: Mapping[str, int],
    places: PlacesKnown,
    counting: Counting,
) -> None:
    """Make the tables of figure_counts.sql."""
    reporters = sorted({(category.place, category.force, category.reporter) for category in categories})
    number_of = {(place, force): reporter for place, force, reporter in reporters}
    areas: dict[tuple[int, str], tuple[int, int, int, str, str, bool]] = {}
    within: list[tuple[int, int, int]] = []
    for place, force, reporter in reporters:
        area = counting.force_area(force)
        areas[reporter, key_of(area)] = (len(areas), place, reporter, area, key_of(area), True)
    for place, forces in enumerate(force_of):
        for force, district, area, key in areas_of(forces, places):
            reporter = number_of[place, force]
            row = areas.setdefault((reporter, key), (len(areas), place, reporter, area, key, False))
            if district in numbers:
                within.append((reporter, numbers[district], row[0]))
    engine.table(
        "areas",
        {
            "number": "integer",
            "place": "integer",
            "reporter": "integer",
            "area": "varchar",
            "area_key": "varchar",
            "is_force": "boolean",
        },
        list(areas.values()),
    )
    engine.table("areas_of_districts", {"reporter": "integer", "district": "integer", "area": "integer"}, within)
    measures, counted_as = _measures(categories, counting)
    engine.table(
        "measures",
        {
            "number": "integer",
            "dataset": "varchar",
            "reporter": "integer",
            "measure": "varchar",
            "measure_key": "varchar",
            "first_month": "integer",
            "last_month": "integer",
            "by_district": "boolean",
        },
        measures,
    )
    engine.table("counted_as", {"sort": "integer", "measure": "integer"}, counted_as)
    engine.table(
        "tally_measures",
        {"dataset": "varchar", "kind": "varchar", "measure": "varchar", "measure_key": "varchar"},
        [
            (dataset, kind, counting.tally_measure(dataset, kind), key_of(counting.tally_measure(dataset, kind)))
            for dataset in sorted({category.dataset for category in categories})
            for kind in (TALLIES if counting.has_places(dataset) else TALLIES[:2])
        ],
    )


def areas_of(force_of: Mapping[str, str], places: PlacesKnown) -> Iterator[tuple[str, str, str, str]]:
    """Force, district, area and the area's key: each district itself, and the partnership that it is a part of.

    A partnership that is called as a district of its force is one area with it; as one of another force, it is none.
    """
    for district, force in force_of.items():
        yield force, district, district, key_of(district)
    by_key = {key_of(district): (district, force) for district, force in force_of.items()}
    for partnership, members in places.partnerships().items():
        keys = {key_of(member) for member in members}
        if keys == {key_of(partnership)} or not keys <= by_key.keys():
            continue
        forces = {by_key[key][1] for key in keys}
        area, its_force = by_key.get(key_of(partnership), (partnership, min(forces)))
        if forces == {its_force}:
            for key in keys - {key_of(partnership)}:
                yield its_force, by_key[key][0], area, key_of(area)


def _measures(
    categories: Iterable[Category], counting: Counting
) -> tuple[list[tuple[int, str, int, str, str, int, int, bool]], list[tuple[int, int]]]:
    """Each measure in each force, numbered, with the months in which it was counted; and the measures of each sort.

    A force that has no row of a category does not count it. One that has counts it in every month in which the
    publisher is known to use it, else from the first month to the last in which the force has a row of it.
    """
    numbers: dict[tuple[str, int, str], int] = {}
    spans: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    spelt: dict[tuple[str, int, str], str] = {}
    counted_as: set[tuple[int, int]] = set()
    for category in sorted(categories, key=lambda category: category.name):
        used = counting.used(category.dataset, category.name) or (category.first_month, category.last_month)
        for measure in counting.measures_of(category.dataset, category.name):
            key = category.dataset, category.reporter, key_of(measure)
            spans[key] += used
            spelt[key] = measure
            counted_as.add((category.sort, numbers.setdefault(key, len(numbers))))
    measures = [
        (number, *key[:2], spelt[key], key[2], min(spans[key]), max(spans[key]), counting.has_places(key[0]))
        for key, number in numbers.items()
    ]
    return measures, sorted(counted_as)
