"""Whatever lands: a dictionary is the law that the warehouse follows."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.domain.status import Status
from quarterday.warehouse.base import Intake
from quarterday.warehouse.duckdb import DuckDBWarehouse

NOON = datetime(2012, 4, 16, 12, tzinfo=UTC)
NAMES = st.sampled_from(["Theft", "THEFT", " theft", "Hate crime", 'say "no", never', "vols à l'étalage"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PERIODS = st.builds(Period, st.integers(24120, 24124), st.sampled_from([1, 3, 12]))
BESIDE = st.lists(st.sampled_from([status for status in Status if not status.replaces_number]), unique=True, max_size=2)
REPLACING = st.sampled_from([status for status in Status if status.replaces_number])
NUMBERS = st.tuples(st.floats(allow_nan=False, allow_infinity=False), BESIDE.map(tuple), TEXTS)
GAPS = st.tuples(st.none(), st.tuples(REPLACING), TEXTS.filter(bool))


def identity(figure: Figure) -> tuple[str, str, Period]:
    return key_of(figure.measure), key_of(figure.area), figure.period


FIGURES = st.builds(
    lambda measure, area, period, rest: Figure(measure, area, period, *rest), NAMES, NAMES, PERIODS, NUMBERS | GAPS
)
RELEASES = st.lists(st.lists(FIGURES, min_size=1, max_size=6, unique_by=identity), min_size=1, max_size=3)


def content(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.statuses, figure.note, figure.releases


def land_all(warehouse: DuckDBWarehouse, releases: Iterable[list[Figure]]) -> dict[tuple[str, str, Period], Figure]:
    """Land each release, and say what must be held in the end."""
    expected: dict[tuple[str, str, Period], Figure] = {}
    for number, figures in enumerate(releases):
        source = Source("made", "", "", (SourceFile("made", str(number)),))
        landing = warehouse.land(Intake(source, "made 1", tuple(figures)), loaded_at=NOON)
        known = [figure for figure in figures if identity(figure) in expected]
        revised = [
            figure for figure in known if (figure.value, figure.statuses) != content(expected[identity(figure)])[:2]
        ]
        assert (landing.new, landing.revised) == (len(figures) - len(known), len(revised))
        for figure in figures:
            expected[identity(figure)] = Figure(
                figure.measure,
                figure.area,
                figure.period,
                figure.value,
                figure.statuses,
                figure.note,
                (landing.release.id,),
            )
    return expected


@given(releases=RELEASES)
@settings(max_examples=20)
def test_whatever_lands_is_held_as_it_came_and_the_latest_has_the_word(releases: list[list[Figure]]) -> None:
    with TemporaryDirectory() as folder:
        warehouse = DuckDBWarehouse(Path(folder))
        expected = land_all(warehouse, releases)
        held = {
            identity(figure): content(figure)
            for measure in {measure for measure, _, _ in expected}
            for holding in warehouse.holdings(measure).values()
            for figure in holding.figures.values()
        }
        assert held == {key: content(figure) for key, figure in expected.items()}
