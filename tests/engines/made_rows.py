"""Rows of an archive, and look-ups of places, made up for tests: every oddity of the real ones, close together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import duckdb
from hypothesis import strategies as st

from quarterday.domain.period import Period
from quarterday.domain.places import Kind, Link, Place, Places
from quarterday.sources.police_uk_files import OUTCOMES, STOPS, STREET
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.counting import Kept, count_rows, keep
from quarterday.warehouse.engine import Engine
from quarterday.warehouse.reference_counting import Law, Row

# The publisher's types of crime changed between April and May 2013.
FIRST = Period.month(2013, 2).first
FORCES = ("Thames Valley Police", "West Mercia Police")
_CATEGORIES = {
    STREET: (
        "Anti-social behaviour", "Burglary", "Violent crime", "Violence and sexual offences", "A type nobody knows",
    ),
    OUTCOMES: ("Offender given a caution", "OFFENDER GIVEN A CAUTION"),
    STOPS: ("Controlled drugs", "Object not stated"),
}  # fmt: skip
# Districts that were merged, renamed, spelt otherwise or are a code only.
_NAMES = {
    "E01000001": ("Aylesbury Vale 001A", "Buckinghamshire 001A"),
    "E01000002": ("Wycombe 002B", "Buckinghamshire 002B"),
    "E01000003": ("Redditch 003C", "REDDITCH 003C"),
    "E01000004": ("Bromsgrove 004D",),
    "E01000005": (None, "The Vale"),
}


def _place(kind: Kind, name: str, year: int | None = 2021, code: str = "") -> Place:
    return Place(kind, code, name, year)


def _link(kind: Kind, name: str, within_kind: Kind, within: str, *, year: int | None = 2021, code: str = "") -> Link:
    return Link(_place(kind, name, year, code), _place(within_kind, within, year))


LINKS = (
    _link(Kind.LSOA, "Aylesbury Vale 001A", Kind.DISTRICT, "Buckinghamshire", code="E01000001"),
    _link(Kind.LSOA, "Wycombe 002B", Kind.DISTRICT, "Buckinghamshire", code="E01000002"),
    _link(Kind.LSOA, "Redditch 003C", Kind.DISTRICT, "redditch", code="E01000003"),
    _link(Kind.LSOA, "Bromsgrove 004D", Kind.DISTRICT, "Bromsgrove", year=2011, code="E01000004"),
    Link(_place(Kind.DISTRICT, "Bromsgrove", 2011), _place(Kind.DISTRICT, "North Worcestershire", 2023)),
    _link(Kind.DISTRICT, "Bromsgrove", Kind.CSP, "North Worcestershire"),
    _link(Kind.DISTRICT, "Redditch", Kind.CSP, "North Worcestershire"),
    _link(Kind.DISTRICT, "Buckinghamshire", Kind.CSP, "Buckinghamshire"),
    _link(Kind.DISTRICT, "Wycombe", Kind.CSP, "Chilterns"),
    _link(Kind.DISTRICT, "Redditch", Kind.FORCE, "West Mercia"),
    _link(Kind.DISTRICT, "Buckinghamshire", Kind.FORCE, "Thames Valley"),
    _link(Kind.DISTRICT, "Wycombe", Kind.FORCE, "Thames Valley"),
    _link(Kind.DISTRICT, "Bromsgrove", Kind.FORCE, "Dorset"),
)


@dataclass(frozen=True)
class Case:
    """The rows of an archive in the order of its files, and what the look-ups say."""

    rows: tuple[Row, ...]
    links: tuple[Link, ...]

    def law(self) -> Law:
        """What must come out."""
        return Law(self.rows, Places(self.links), PoliceCounting())


@st.composite
def _rows(draw: st.DrawFn) -> Row:
    dataset = draw(st.sampled_from([STREET, STREET, STREET, OUTCOMES, STOPS]))
    placed = dataset != STOPS
    lsoa = draw(st.sampled_from([None, *_NAMES])) if placed else None
    return Row(
        dataset=dataset,
        month=FIRST + draw(st.integers(0, 5)),
        force=draw(st.sampled_from(FORCES)),
        id=draw(st.sampled_from([None, b"\x00" * 32, b"\x01" * 32, b"\x80" * 32])) if placed else None,
        lsoa=lsoa,
        lsoa_name=draw(st.sampled_from(_NAMES[lsoa])) if lsoa else None,
        category=draw(st.sampled_from(_CATEGORIES[dataset])),
    )


def _in_files(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (row.dataset, row.month)))


# Few links are soon tried; where there are many, one look-up contradicts another.
_links = (st.sets(st.sampled_from(LINKS)) | st.sets(st.sampled_from(LINKS), min_size=6)).map(tuple)
archives = st.lists(_rows(), min_size=1, max_size=30).map(_in_files)
cases = st.builds(Case, archives, _links)


def together(made: Sequence[Case]) -> Case:
    """Several cases as one, in which no force, place or offence is that of another: one query answers for them all."""
    rows = [_apart(row, number) for number, case in enumerate(made) for row in case.rows]
    links = [_link_apart(link, number) for number, case in enumerate(made) for link in case.links]
    return Case(_in_files(rows), tuple(links))


def _apart(row: Row, number: int) -> Row:
    return replace(
        row,
        force=f"{row.force} {number}",
        lsoa=row.lsoa and f"{row.lsoa}-{number}",
        lsoa_name=row.lsoa_name and f"{number} {row.lsoa_name}",
    )


def _link_apart(link: Link, number: int) -> Link:
    def apart(place: Place) -> Place:
        name = f"{place.name} Police {number}" if place.kind is Kind.FORCE else f"{number} {place.name}"
        return replace(place, name=name, code=place.code and f"{place.code}-{number}")

    return Link(apart(link.place), apart(link.within))


def write_parts(rows: Sequence[Row], folder: Path) -> list[Path]:
    """The rows as a release keeps them: one Parquet file a dataset and month."""
    parts = []
    with duckdb.connect() as connection:
        for (dataset, month), group in groupby(rows, key=lambda row: (row.dataset, row.month)):
            part = folder / f"{dataset}-{month}.parquet"
            connection.execute(
                "create or replace table rows_in (dataset varchar, month integer, force varchar, id blob, "
                "lsoa varchar, lsoa_name varchar, category varchar)"
            )
            connection.executemany(
                "insert into rows_in values (?, ?, ?, ?, ?, ?, ?)",
                [(row.dataset, row.month, row.force, row.id, row.lsoa, row.lsoa_name, row.category) for row in group],
            )
            connection.execute(f"copy rows_in to '{str(part).replace(chr(39), chr(39) * 2)}' (format parquet)")
            parts.append(part)
    return parts


def count_parts(engine: Engine, parts: Sequence[Path], folder: Path, *, links: Sequence[Link]) -> dict[str, str]:
    """Count the rows of one release as a warehouse does; the force of each district that has figures."""
    kept = Kept(*(folder / name for name in Kept.files()))
    keep(engine, parts, kept)
    [force_of] = count_rows(engine, [kept], places=Places(tuple(links)), counting=PoliceCounting())
    return force_of


@dataclass(frozen=True)
class Said:
    """All that counting answers, in an order of its own."""

    cells: list[tuple[object, ...]]
    force_of: dict[str, str]
    repeats: list[tuple[object, ...]]
    figures: list[tuple[object, ...]]


def said_by(engine: Engine, case: Case, folder: Path) -> Said:
    """What an engine says of a case."""
    parts = write_parts(case.rows, folder)
    force_of = count_parts(engine, parts, folder, links=case.links)
    return Said(
        cells=engine.rows(
            "select dataset, month, force, district, category, rows_counted, rows_repeated from counts "
            "order by dataset, month, force, district, category"
        ),
        force_of=force_of,
        repeats=engine.rows(
            "select month, part_row, force, category from repeated_rows order by month, part_row, force, category"
        ),
        figures=engine.rows(
            "select measure, area, first_month, months, value, status, note from figures "
            "order by measure, area, first_month, value"
        ),
    )


def said_by_law(case: Case) -> Said:
    """What the law says of it."""
    law = case.law()
    by_part = groupby(case.rows, key=lambda row: (row.dataset, row.month))
    place = {id(row): number for _, rows in by_part for number, row in enumerate(rows)}
    return Said(
        cells=[(c.dataset, c.month, c.force, c.district, c.category, c.rows, c.repeats) for c in law.cells],
        force_of=law.force_of,
        repeats=sorted((row.month, place[id(row)], row.force, row.category) for row in law.repeats),
        figures=sorted(
            (figure.measure, figure.area, figure.period.first, figure.period.months, figure.value, "", "")
            for figure in law.figures
        ),
    )
