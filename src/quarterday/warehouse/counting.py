"""From the rows of a release to its monthly figures."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.places import PlacesKnown, district_in
from quarterday.warehouse.base import Counting
from quarterday.warehouse.engine import Engine, Step, steps

LEAST_SHARE = 0.005
"""Of a force's rows with a place. Where no look-up says whose a district is, it is that of the force that holds most
of its rows, if they are so much of the force's; the few others stand there because points on the map are moved."""

_LOOKED_UP = {"lsoa": "varchar", "district": "varchar"}
_KEPT = {
    "repeats": "select dataset, month, part_row as repeated_row, force, lsoa, category from repeated_rows",
    "spellings": "select lsoa, lsoa_name, month from spellings",
}
_REPEATED_ROWS = "select dataset, month, repeated_row as part_row, force, lsoa, category from repeats_kept"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is found of a release's rows when they come, as Parquet parts: it does not change with the look-ups.

    ``repeats`` are the rows that are not counted, ``spellings`` the names under which LSOAs stand.
    """

    repeats: Path
    spellings: Path


@dataclass(frozen=True, slots=True)
class Cell:
    """How many rows there are of a dataset, month, force and district, and how many of them are repeats.

    The district of rows without a place is empty.
    """

    dataset: str
    month: int
    force: str
    district: str
    rows: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Category:
    """What the rows of a dataset and force are sorted by, with the first and the last month in which one is of it."""

    dataset: str
    force: str
    name: str
    first_month: int
    last_month: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: every cell, and the force to which each district belongs that has figures."""

    cells: tuple[Cell, ...]
    force_of: Mapping[str, str]


def count_rows(
    engine: Engine,
    parts: Sequence[Path],
    *,
    places: PlacesKnown,
    counting: Counting,
    looked_up: Path | None = None,
    kept: Kept | None = None,
) -> Counted:
    """Make the step ``figures`` in ``engine`` out of the rows of Parquet ``parts``: a figure a measure, area and month.

    A district has figures from the files of the force that it belongs to, and from no other's, so that they do not
    depend on which other files happen to be there. Months that these files do not hold have none. ``looked_up`` is what
    ``write_looked_up`` wrote for the same places. ``kept`` is what ``keep`` wrote when the rows came; without it it is
    looked for.
    """
    engine.parts("rows_in", parts)
    if kept is None:
        engine.run((*steps("find_repeats"), *steps("find_spellings")))
    else:
        engine.parts("repeats_kept", [kept.repeats])
        engine.run([Step("repeated_rows", _REPEATED_ROWS, kept=False)])
        engine.parts("spellings", [kept.spellings])
    if looked_up is None:
        engine.table("looked_up", _LOOKED_UP, sorted(districts_looked_up(places).items()))
    else:
        engine.parts("looked_up", [looked_up])
    engine.run(steps("find_strangers"))
    strangers = engine.rows("select lsoa, lsoa_name, month from strangers")
    engine.table("named_after", _LOOKED_UP, sorted(districts_named_after(strangers, places).items()))
    engine.run(steps("count_rows"))
    cells = tuple(Cell(*row) for row in engine.rows("select * from cells_of_districts"))
    counted = Counted(cells, force_of_districts(cells, places=places, counting=counting))
    categories = [Category(*row) for row in engine.rows("select * from categories")]
    _tables(engine, counted, categories, places=places, counting=counting)
    engine.run(steps("figure_counts"))
    return counted


def keep(engine: Engine, kept: Kept) -> None:
    """Write what ``count_rows`` has found of rows that it was told nothing of."""
    engine.write(_KEPT["repeats"], kept.repeats)
    engine.write(_KEPT["spellings"], kept.spellings)


def write_looked_up(engine: Engine, places: PlacesKnown, part: Path) -> None:
    """Write the districts of ``districts_looked_up`` as a part, for those who count several releases by them."""
    engine.table("looked_up", _LOOKED_UP, sorted(districts_looked_up(places).items()))
    engine.write("select * from looked_up", part)


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


def force_of_districts(cells: Iterable[Cell], *, places: PlacesKnown, counting: Counting) -> dict[str, str]:
    """The force, as the rows call it, of each district that has figures: by a look-up, else by most of the rows."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    placed: Counter[str] = Counter()
    for cell in cells:
        if cell.district:
            rows[cell.district][cell.force] += cell.rows
            placed[cell.force] += cell.rows
    forces = {key_of(counting.force_area(force)): force for force in {cell.force for cell in cells}}
    found = {
        district: forces[key_of(area)]
        for district, area in places.force_of_district().items()
        if key_of(area) in forces
    }
    known = {key_of(district) for district in places.force_of_district()}
    for district, by_force in rows.items():
        most = min(by_force, key=lambda force: (-by_force[force], force))
        if key_of(district) not in known and by_force[most] >= LEAST_SHARE * placed[most]:
            found[district] = most
    return found


def _tables(
    engine: Engine, counted: Counted, categories: Sequence[Category], *, places: PlacesKnown, counting: Counting
) -> None:
    engine.table(
        "areas",
        {"force": "varchar", "district": "varchar", "area": "varchar", "area_key": "varchar"},
        sorted(areas_of(counted.force_of, places)),
    )
    forces = sorted({category.force for category in categories})
    engine.table(
        "forces",
        {"force": "varchar", "area": "varchar", "area_key": "varchar"},
        [(force, counting.force_area(force), key_of(counting.force_area(force))) for force in forces],
    )
    engine.table(
        "counted_as",
        {"dataset": "varchar", "category": "varchar", "measure_key": "varchar"},
        [
            (dataset, category, key_of(measure))
            for dataset, category in sorted({(category.dataset, category.name) for category in categories})
            for measure in counting.measures_of(dataset, category)
        ],
    )
    engine.table(
        "measures",
        {
            "dataset": "varchar",
            "force": "varchar",
            "measure": "varchar",
            "measure_key": "varchar",
            "first_month": "integer",
            "last_month": "integer",
            "by_district": "boolean",
        },
        sorted(_measures(categories, counting)),
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
) -> Iterator[tuple[str, str, str, str, int, int, bool]]:
    """Each measure in each force, with the months in which it was counted.

    A force that has no row of a category does not count it. One that has counts it in every month in which the
    publisher is known to use it, else from the first month to the last in which the force has a row of it.
    """
    spans: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    spelt: dict[tuple[str, str, str], str] = {}
    for category in sorted(categories, key=lambda category: category.name):
        used = counting.used(category.dataset, category.name) or (category.first_month, category.last_month)
        for measure in counting.measures_of(category.dataset, category.name):
            spans[category.dataset, category.force, key_of(measure)] += used
            spelt[category.dataset, category.force, key_of(measure)] = measure
    for (dataset, force, key), months in spans.items():
        by_district = counting.has_places(dataset)
        yield dataset, force, spelt[dataset, force, key], key, min(months), max(months), by_district
