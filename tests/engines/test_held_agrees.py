"""Which figure is held, under which name, and what was revised: every engine says what the reference says."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.domain.status import read_statuses
from quarterday.warehouse.base import Intake
from quarterday.warehouse.duckdb_engine import DuckDBEngine
from quarterday.warehouse.engine import Engine
from quarterday.warehouse.reference import ReferenceWarehouse
from tests.engines.made_figures import COLUMN_TYPES, held_rows, landed
from tests.engines.test_engines_agree import NOON, loads

Maker = Callable[[Path], Engine]
_ONE = ["measure", "area", "first_month", "months", "value", "status", "note", "release"]


def sql(name: str) -> str:
    return files("quarterday.warehouse").joinpath("sql", f"{name}.sql").read_text("utf-8")


def figure_of(measure: str, area: str, first: int, months: int, value: float | None, *rest: str) -> Figure:
    status, note, release = rest
    return Figure(measure, area, Period(first, months), value, read_statuses(status), note, (release,))


def held_by(maker: Maker, made: Sequence[list[Figure]]) -> list[Figure]:
    """The figures held after all loads, by the texts of newest.sql and held.sql."""
    rows = answer(maker, lambda engine: landed(engine, made), "held")
    return [figure_of(row[0], row[2], *row[4:]) for row in rows]  # without the keys


def revised_by(maker: Maker, held: Sequence[Figure], came: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Each figure held that the ones that came revise, beside its successor, by the text of revised.sql."""
    held_rows_ = [(*row[:-1], figure.releases[0]) for figure, row in zip(held, held_rows(held), strict=True)]

    def tables(engine: Engine) -> None:
        engine.table("held", COLUMN_TYPES, held_rows_)
        engine.table("came", COLUMN_TYPES, held_rows(came))

    rows = answer(maker, tables, "revised")
    return [(figure_of(*row[: len(_ONE)]), figure_of(*row[len(_ONE) :], "came")) for row in rows]


def answer(maker: Maker, prepare: Callable[[Engine], None], name: str) -> list[tuple]:
    with TemporaryDirectory() as folder:
        engine = maker(Path(folder))
        try:
            prepare(engine)
            return engine.rows(sql(name))
        finally:
            engine.close()


def law(made: Sequence[list[Figure]]) -> tuple[ReferenceWarehouse, dict[str, str]]:
    """The reference with all loads landed, and the releases as the tables above name them."""
    reference, names = ReferenceWarehouse(), {}
    for place, figures in enumerate(made):
        intake = Intake(Source("Made", "", "", (SourceFile("made.csv", str(place)),)), "made 1", tuple(figures))
        names[reference.land(intake, loaded_at=NOON).release.id] = f"made-{place}"
    return reference, names


def agreed(maker: Maker, made: Sequence[list[Figure]], came: list[Figure]) -> None:
    reference, names = law(made)
    held = [
        replace(figure, releases=(names[figure.releases[0]],))
        for measure in reference.measures()
        for holding in reference.holdings(measure).values()
        for figure in holding.figures.values()
    ]
    found = held_by(maker, made)
    assert sorted(found, key=identity) == sorted(held, key=identity)
    intake = Intake(Source("Made", "", "", (SourceFile("came.csv", "came"),)), "made 1", tuple(came))
    revisions = [
        (replace(revision.old, releases=(names[revision.old.releases[0]],)), replace(revision.new, releases=("came",)))
        for revision in reference.land(intake, loaded_at=NOON).revisions
    ]
    assert revised_by(maker, found, came) == revisions


def identity(figure: Figure) -> tuple[str, str, Period]:
    return key_of(figure.measure), key_of(figure.area), figure.period


many = partial(st.lists, loads, max_size=6)


@settings(max_examples=25)
@given(made=many(min_size=1), came=loads)
def test_duckdb_holds_and_revises_as_the_reference_does(made: list[list[Figure]], came: list[Figure]) -> None:
    agreed(DuckDBEngine, made, came)


@pytest.mark.spark
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(made=many(min_size=6), came=loads)
def test_spark_holds_and_revises_as_the_reference_does(
    spark: Maker, made: list[list[Figure]], came: list[Figure]
) -> None:
    agreed(spark, made, came)
