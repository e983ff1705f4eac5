"""Figures, rows and look-ups that land and are withdrawn, one after the other: every engine as the reference has it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.places import Link
from quarterday.domain.source import Source, SourceFile
from quarterday.sources.police_uk_files import STREET
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.base import Landing, Lookup, RowFile, RowPart, Warehouse
from quarterday.warehouse.duckdb import DuckDBWarehouse
from quarterday.warehouse.engine import Engine
from quarterday.warehouse.reference import ReferenceWarehouse
from quarterday.warehouse.reference_counting import Row
from tests.engines.made_rows import FIRST, FORCES, LINKS, archives, write_parts
from tests.engines.test_engines_agree import intake, loads, said

NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)
COUNTING = {"police-uk": PoliceCounting()}


@dataclass(frozen=True)
class Archive:
    """Rows as a reader offers them."""

    rows: tuple[Row, ...]
    reader = "police-uk 1"
    told = ""
    notes = ()

    @property
    def source(self) -> Source:
        return made_of(self.rows)

    def write(self, folder: Path) -> Iterator[RowPart]:
        for path in write_parts(self.rows, folder):
            dataset, month = path.stem.rsplit("-", 1)
            number = sum((row.dataset, row.month) == (dataset, int(month)) for row in self.rows)
            yield RowPart(path.name, dataset, int(month), (RowFile("made.csv", "", number),))


def made_of(content: object) -> Source:
    return Source("Made", "", "", (SourceFile("made.csv", hashlib.sha256(repr(content).encode()).hexdigest()),))


def look_up(links: Iterable[Link]) -> Lookup:
    in_order = tuple(sorted(links, key=repr))
    return Lookup(made_of(in_order), "geography 1", in_order)


lookups = st.sets(st.sampled_from(LINKS), min_size=1).map(look_up)
# What lands, or the withdrawal of the release at a place among those that stand.
steps = st.lists(
    loads.map(intake) | archives.map(Archive) | archives.map(Archive) | lookups | lookups | st.integers(0, 3),
    min_size=2,
    max_size=6,
)


def take(warehouse: Warehouse, step: object, drafts: Path) -> Landing | None:
    """One step; what would land is what lands."""
    if isinstance(step, int):
        standing = [release.id for release in warehouse.releases() if not release.withdrawn_at]
        if step < len(standing):
            warehouse.withdraw(standing[step], withdrawn_at=NOON)
        return None
    if isinstance(step, Lookup):
        return warehouse.land_lookup(step, loaded_at=NOON)
    if isinstance(step, Archive):
        with TemporaryDirectory(dir=drafts) as folder:
            tried = warehouse.would_land_rows(step, loaded_at=NOON, drafts=Path(folder)).landing
        landed = warehouse.land_rows(step, loaded_at=NOON)
        assert landed == tried
        return landed
    return warehouse.land(step, loaded_at=NOON)


@settings(max_examples=12)
@given(steps)
def test_duckdb_lands_counts_and_counts_anew_as_the_reference_does(made: list[object]) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as drafts:
        reference = ReferenceWarehouse(counting=COUNTING)
        warehouse = DuckDBWarehouse(Path(folder), counting=COUNTING)
        for step in made:
            assert take(warehouse, step, Path(drafts)) == take(reference, step, Path(drafts))
        assert said(warehouse) == said(reference)


def burglaries(month: int, *lsoas: str) -> Archive:
    return Archive(tuple(Row(STREET, month, FORCES[1], None, lsoa, None, "Burglary") for lsoa in lsoas))


@pytest.mark.spark
def test_spark_counts_every_release_anew_as_the_reference_does(spark: Callable[[Path], Engine], tmp_path: Path) -> None:
    made = [burglaries(FIRST, "E01000003", "E01000004"), burglaries(FIRST + 1, "E01000003")]
    reference = ReferenceWarehouse(counting=COUNTING)
    for warehouse in (reference, DuckDBWarehouse(tmp_path, counting=COUNTING)):
        for archive in made:
            warehouse.land_rows(archive, loaded_at=NOON)
    before = said(reference)
    by_spark = DuckDBWarehouse(tmp_path, counting=COUNTING, engine=spark)
    for warehouse in (reference, by_spark):
        warehouse.land_lookup(look_up(LINKS), loaded_at=NOON)
    assert said(by_spark) == said(reference) != before
