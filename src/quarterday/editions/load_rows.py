"""Bringing in rows and look-ups of places, for which no plan is asked."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quarterday.domain.period import Period
from quarterday.editions.home import Home
from quarterday.sources.geography import read_geography
from quarterday.sources.police_uk import read_police_uk
from quarterday.warehouse.base import Landing, Release


@dataclass(frozen=True)
class Loaded:
    """What a load did, and what in it looks like a slip."""

    landing: Landing
    doubts: tuple[str, ...]


def load_police_uk(
    home: Home,
    path: Path,
    *,
    loaded_at: datetime,
    forces: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Land the rows of a police.uk archive, and the figures that are counted of them."""
    warehouse = home.warehouse()
    landing = warehouse.land_rows(read_police_uk(path, forces=forces, progress=progress), loaded_at=loaded_at)
    return Loaded(landing, tuple(overtaken(landing, warehouse.releases())))


def load_geography(home: Home, path: Path, *, loaded_at: datetime) -> Loaded:
    """Land a look-up of places, and count the rows held by all of them; what they leave unclear is a doubt."""
    warehouse = home.warehouse()
    with _no_search_for_circles():
        landing = warehouse.land_lookup(read_geography(path), loaded_at=loaded_at)
    return Loaded(landing, warehouse.places().unclear())


@contextmanager
def _no_search_for_circles() -> Iterator[None]:
    """Keep Python from looking through all objects for circles meanwhile.

    A country's places are a million small objects that hold none: to look takes a fifth of the time and frees nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def overtaken(landing: Landing, releases: Iterable[Release]) -> Iterator[str]:
    """Whether an older table has just taken the word from a newer one of its kind, whichever version read that."""
    release = landing.release
    kind = release.reader.split()[0]
    newer = [
        held
        for held in releases
        if held.reader.split()[0] == kind and not held.withdrawn_at and held.covered.last > release.covered.last
    ]
    if landing.revised and newer:
        ends = (Period(held.covered.last, 1).for_sentence() for held in (release, newer[-1]))
        yield (
            "This release ends with {}, earlier than one already held, which ends with {}; where both have a figure "
            "this one now counts. If that was not meant: quarterday withdraw {}".format(*ends, release.id)
        )
