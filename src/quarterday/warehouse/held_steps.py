"""All figures that are held, as a step of an engine."""

from collections.abc import Sequence
from pathlib import Path

from quarterday.warehouse.engine import Engine, Step, steps

_PART = (
    "select cast({place} as integer) as place, '{release}' as release, measure, measure_key, area, area_key, "
    "first_month, months, value, status, note from part_{place}"
)


def hold(engine: Engine, parts: Sequence[tuple[str, Path]]) -> None:
    """Make the steps of newest.sql out of the parts of releases, by their ids, in the order in which they landed."""
    for place, (_, part) in enumerate(parts):
        engine.parts(f"part_{place}", [part])
    landed = "\nunion all\n".join(
        _PART.format(place=place, release=release) for place, (release, _) in enumerate(parts)
    )
    engine.run([Step("landed", landed, kept=False), *steps("newest")])
