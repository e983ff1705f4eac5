"""Every engine against the reference, on loads that were made up: equal to the last unit."""

import hashlib
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.figure import Figure, missing
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.domain.status import Status
from quarterday.warehouse.base import Intake, Warehouse
from quarterday.warehouse.duckdb import DuckDBWarehouse
from quarterday.warehouse.reference import ReferenceWarehouse

NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)
# Names that differ in letter case and white space only are one name.
measures = st.sampled_from(["Theft", "THEFT", " theft ", "Burglary", "Straßenraub", "STRASSENRAUB"])
areas = st.sampled_from(["Redditch", "redditch", "Wyre  Forest", "Wyre Forest", 'A "quoted", one'])
periods = st.builds(Period, st.integers(24_144, 24_150), st.sampled_from([1, 3, 12]))
notes = st.sampled_from(["", "a note", 'two\nlines, "quoted"', "=1+1", "null", "NULL"])
values = st.one_of(st.integers(0, 10**9), st.floats(-1e9, 1e9, allow_nan=False))
beside = st.lists(st.sampled_from([Status.PROVISIONAL, Status.REVISED, Status.BREAK]), unique=True, max_size=2)

known = st.builds(
    lambda measure, area, period, value, marks, note: Figure(measure, area, period, value, tuple(marks), note),
    measures, areas, periods, values, beside, notes,
)  # fmt: skip
gaps = st.builds(missing, measures, areas, periods, st.sampled_from(["no return came", "late,\nthen lost"]))


def identity(figure: Figure) -> tuple[str, str, Period]:
    return " ".join(figure.measure.split()).casefold(), " ".join(figure.area.split()).casefold(), figure.period


loads = st.lists(st.one_of(known, gaps), min_size=1, max_size=12, unique_by=identity)
# A load, the same load again, or the withdrawal of the load at a place.
steps = st.lists(st.one_of(loads, st.integers(0, 3)), min_size=1, max_size=5)


def intake(figures: list[Figure]) -> Intake:
    digest = hashlib.sha256(repr(figures).encode()).hexdigest()
    return Intake(Source("Made", "", "", (SourceFile("made.csv", digest),)), "made 1", tuple(figures))


def said(warehouse: Warehouse) -> list[object]:
    """All that a warehouse answers."""
    found = warehouse.measures()
    held = [(measure, dict(warehouse.holdings(measure))) for measure in found]
    return [
        warehouse.releases(),
        found,
        [(m, a, h.measure, h.area, dict(h.figures)) for m, by in held for a, h in by.items()],
    ]


@settings(max_examples=25)
@given(steps)
def test_duckdb_answers_as_the_reference_does(made: list[list[Figure] | int]) -> None:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as drafts:
        engines: list[Warehouse] = [ReferenceWarehouse(), DuckDBWarehouse(Path(folder))]
        for step in made:
            if isinstance(step, int):
                standing = [release.id for release in engines[0].releases() if not release.withdrawn_at]
                for engine in engines if step < len(standing) else ():
                    engine.withdraw(standing[step], withdrawn_at=NOON)
            else:
                tried, fast_tried = (
                    engine.would_land(intake(step), loaded_at=NOON, drafts=Path(drafts)).landing for engine in engines
                )
                reference, fast = (engine.land(intake(step), loaded_at=NOON) for engine in engines)
                assert fast == reference == tried == fast_tried
        reference_said, fast_said = map(said, engines)
        assert fast_said == reference_said
