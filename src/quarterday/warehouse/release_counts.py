"""The part of figures of a release that came as rows."""

from collections.abc import Sequence
from pathlib import Path

from quarterday.domain.places import PlacesKnown
from quarterday.warehouse.base import Counting
from quarterday.warehouse.counting import Kept, count_rows
from quarterday.warehouse.engine import Engine
from quarterday.warehouse.tallies import COLUMNS, tallies

_FIGURES = (
    "select measure, measure_key, area, area_key, first_month, months, value, status, note from figures "
    "union all select measure, measure_key, area, area_key, first_month, months, value, status, note from tallies "
    "order by measure_key, area_key, first_month, months"
)


def count_release(
    engine: Engine,
    parts: Sequence[Path],
    figures: Path,
    *,
    places: PlacesKnown,
    counting: Counting,
    looked_up: Path | None = None,
    kept: Kept | None = None,
) -> None:
    """Write the ``figures`` that are counted of the rows of ``parts``, and the tallies of these: see ``count_rows``."""
    counted = count_rows(engine, parts, places=places, counting=counting, looked_up=looked_up, kept=kept)
    engine.table("tallies", COLUMNS, list(tallies(counted, counting)))
    engine.write(_FIGURES, figures)
