"""Rows of the shape of police.uk's archive, as many as one wants, and the same bytes each time.

    python -m bench.police_uk FOLDER --years 2016 2025 --scale 0.1

What real files do, these do: crimes without a place, other areas' LSOAs, and IDs that come again in another month or
in another place. About 225 bytes a row, and a fourth of that when zipped.
"""

import argparse
import os
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, repeat
from pathlib import Path

import numpy as np

from bench.country import FORCES, districts, lsoas_of, write_geography, write_peers, write_residents

ROWS = 6_500_000  # a year, at full size
SEED = 1
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
TYPES = {  # shares of all, between what Leicestershire's and West Mercia's files hold
    "Anti-social behaviour": 0.180,
    "Bicycle theft": 0.012,
    "Burglary": 0.045,
    "Criminal damage and arson": 0.085,
    "Drugs": 0.030,
    "Other crime": 0.018,
    "Other theft": 0.075,
    "Possession of weapons": 0.008,
    "Public order": 0.078,
    "Robbery": 0.011,
    "Shoplifting": 0.065,
    "Theft from the person": 0.018,
    "Vehicle crime": 0.062,
    "Violence and sexual offences": 0.313,
}
OUTCOMES = {  # of a crime; anti-social behaviour has none
    "Under investigation": 0.060,
    "Unable to prosecute suspect": 0.390,
    "Investigation complete; no suspect identified": 0.360,
    "Local resolution": 0.040,
    "Court result unavailable": 0.045,
    "Status update unavailable": 0.030,
    "Awaiting court outcome": 0.020,
    "Formal action is not in the public interest": 0.015,
    "Action to be taken by another organisation": 0.015,
    "Further investigation is not in the public interest": 0.010,
    "Offender given a caution": 0.010,
    "Offender sent to prison": 0.005,
}
_SEASONS = (0.95, 0.90, 1.00, 0.98, 1.04, 1.05, 1.08, 1.04, 1.00, 1.03, 0.98, 0.95)  # January first
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every member of an archive, so that its bytes do not change
_POINTS = 8  # map points of an LSOA, to which crimes are moved
_ELSEWHERE = 0.004  # share of a force's rows that lie in its neighbour
_TWICE = 0.002  # and of those whose ID stands in another place too
_AGAIN = 0.003  # and of those that the next month's file has again, with a newer outcome
_NAMES = (
    "Albert", "Alma", "Beech", "Castle", "Church", "Clifton", "Duke", "Elm", "George", "Grange", "High", "Hill",
    "King", "Lime", "Manor", "Mill", "Oak", "Park",
)  # fmt: skip
_KINDS = (
    "Avenue", "Close", "Court", "Crescent", "Drive", "Gardens", "Grove", "Lane", "Place", "Road", "Street",
    "Terrace", "View", "Way",
)  # fmt: skip
_SPOTS = ("Parking Area", "Supermarket", "Shopping Area", "Petrol Station", "Sports/Recreation Area", "Nightclub")
_CORNERS = ("A13, {} {}", "M6, {} {}")  # a place whose name holds a comma, and so stands in quotes
_STAYS_OPEN = 0


@dataclass(frozen=True)
class Rows:
    """Rows of one file: an ID, a point and a tail each. A tail is a type and an outcome, as one number."""

    ids: np.ndarray
    points: np.ndarray
    tails: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, chosen: np.ndarray) -> "Rows":
        """Some of the rows, in the order of ``chosen``."""
        return Rows(self.ids[chosen], self.points[chosen], self.tails[chosen])


@dataclass(frozen=True)
class Ground:
    """Every map point of the country, force by force, then one more that is no place.

    ``reach`` says how much crime there is up to and with a point, over that of all; ``ends`` where the points of each
    force end.
    """

    texts: np.ndarray
    reach: np.ndarray
    ends: tuple[int, ...]

    def share(self, force: int) -> float:
        """How much of all crime is the force's."""
        return float(self._until(force) - self._until(force - 1))

    def points(self, force: int, uniform: np.ndarray) -> np.ndarray:
        """Points of a force, busy ones more often: one for each number between 0 and 1."""
        low, high = self._until(force - 1), self._until(force)
        found = np.searchsorted(self.reach, low + uniform * (high - low), side="right")
        return np.clip(found, self.ends[force - 1] if force else 0, self.ends[force] - 1)

    def _until(self, force: int) -> float:
        return self.reach[self.ends[force] - 1] if force >= 0 else 0.0


@cache
def ground() -> Ground:
    """The points; the same at each call."""
    stream = np.random.default_rng(len(FORCES))
    lsoas = [f"{code},{name}" for district in districts() for code, name in lsoas_of(district)]
    texts = [
        f"{east:.6f},{north:.6f},{street},{lsoa}"
        for lsoa, places in zip(lsoas, _places(stream, len(lsoas)), strict=True)
        for east, north, street in places
    ]
    ends = {district.force: district.lsoas.stop * _POINTS for district in districts()}
    busy = stream.lognormal(0, 1.1, len(texts))
    nowhere = ",,No Location,,"
    return Ground(np.array([*texts, nowhere], dtype=object), np.cumsum(busy) / busy.sum(), tuple(ends.values()))


def write_archive(path: Path, *, months: Iterable[int], scale: float = 1.0, seed: int = SEED) -> None:
    """One zip of every force's file for each month; a month is its number from January of the year 0.

    It appears under its name when it is whole.
    """
    draft = path.with_suffix(".part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for month in months:
            for force, (slug, *_) in enumerate(FORCES):
                name = f"{month_text(month)}/{month_text(month)}-{slug}-street.csv"
                member = zipfile.ZipInfo(name, _MOMENT)
                member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
                archive.writestr(member, file_text(force, month, scale=scale, seed=seed))
    draft.replace(path)


def write_year(year: int, *, folder: Path, scale: float = 1.0, seed: int = SEED) -> Path:
    """The archive of one year; one that is there already is not made again."""
    path = folder / f"{year}.zip"
    if not path.exists():
        write_archive(path, months=range(year * 12, year * 12 + 12), scale=scale, seed=seed)
    return path


def write_years(folder: Path, *, years: Iterable[int], scale: float = 1.0, seed: int = SEED) -> list[Path]:
    """One archive a year, on all processors."""
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        return list(workers.map(partial(write_year, folder=folder, scale=scale, seed=seed), years))


def file_text(force: int, month: int, *, scale: float = 1.0, seed: int = SEED) -> str:
    """A force's file for a month, in the order of its LSOAs, with those of no place last."""
    rows = _file_rows(force, month, scale=scale, seed=seed)
    rows = rows[np.argsort(rows.points, kind="stable")]
    name = FORCES[force][1]
    pieces = zip(
        rows.ids.tolist(),
        repeat(f",{month_text(month)},{name},{name},"),
        ground().texts[rows.points].tolist(),
        _tails()[rows.tails].tolist(),
        strict=False,
    )
    return HEADER + "".join(chain.from_iterable(pieces))


def month_text(month: int) -> str:
    """A month as 2024-06."""
    return f"{month // 12}-{month % 12 + 1:02}"


def _file_rows(force: int, month: int, *, scale: float, seed: int) -> Rows:
    stream = np.random.default_rng((seed, month, force))
    expected = _expected(force, month, scale=scale) * (1 - _TWICE - 2 * _AGAIN)
    fresh = _fresh(stream, force, max(1, stream.poisson(expected)))
    elsewhere = fresh[stream.random(len(fresh)) < _TWICE]
    moved = Rows(elsewhere.ids, ground().points(force, stream.random(len(elsewhere))), elsewhere.tails)
    open_now = _lasting(force, month, scale=scale, seed=seed)
    was_open = _lasting(force, month - 1, scale=scale, seed=seed)
    closed = Rows(was_open.ids, was_open.points, was_open.tails + stream.integers(1, len(OUTCOMES), len(was_open)))
    parts = [fresh, moved, open_now, closed]
    return Rows(
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.tails for part in parts]),
    )


def _expected(force: int, month: int, *, scale: float) -> float:
    return ROWS / 12 * scale * ground().share(force) * _SEASONS[month % 12]


def _fresh(stream: np.random.Generator, force: int, count: int) -> Rows:
    """Crimes that this file alone has, some of them in the next force, some nowhere."""
    points = ground().points(force, stream.random(count))
    abroad = stream.random(count) < _ELSEWHERE
    points[abroad] = ground().points((force + 1) % len(FORCES), stream.random(abroad.sum()))
    lost = 0.002 + 0.03 * np.random.default_rng(force).random()  # forces differ in this
    points[stream.random(count) < lost] = len(ground().texts) - 1
    types = _chosen(stream, TYPES, count)
    ids = _ids(stream, count)
    ids[types == 0] = ""
    return Rows(ids, points, types * len(OUTCOMES) + _chosen(stream, OUTCOMES, count))


def _lasting(force: int, month: int, *, scale: float, seed: int) -> Rows:
    """Crimes of a month that the next month's file will have again; open as yet."""
    stream = np.random.default_rng((seed, month, force, 1))
    count = round(_expected(force, month, scale=scale) * _AGAIN)
    types = stream.integers(1, len(TYPES), count)
    return Rows(_ids(stream, count), ground().points(force, stream.random(count)), types * len(OUTCOMES) + _STAYS_OPEN)


def _ids(stream: np.random.Generator, count: int) -> np.ndarray:
    digits = stream.bytes(32 * count).hex()
    return np.array([digits[place : place + 64] for place in range(0, 64 * count, 64)], dtype=object)


def _chosen(stream: np.random.Generator, shares: dict[str, float], count: int) -> np.ndarray:
    bounds = np.cumsum(list(shares.values()))
    return np.searchsorted(bounds / bounds[-1], stream.random(count), side="right")


@cache
def _tails() -> np.ndarray:
    """What follows the place: type, outcome and an empty context."""
    texts = [f",{crime},{outcome if number else ''},\n" for number, crime in enumerate(TYPES) for outcome in OUTCOMES]
    return np.array(texts, dtype=object)


def _places(stream: np.random.Generator, lsoas: int) -> Iterator[list[tuple[float, float, str]]]:
    """For each LSOA its points: degrees east and north, and what the place is called."""
    middles = stream.uniform((-5.2, 50.2), (1.6, 55.7), (lsoas, 1, 2))
    degrees = (middles + stream.normal(0, 0.004, (lsoas, _POINTS, 2))).tolist()
    streets = stream.integers(0, (len(_NAMES), len(_KINDS), 40), (lsoas, _POINTS, 3)).tolist()
    for places, names in zip(degrees, streets, strict=True):
        yield [(east, north, _street(*chosen)) for (east, north), chosen in zip(places, names, strict=True)]


def _street(name: int, kind: int, odd: int) -> str:
    """Nearly always a street; where ``odd`` is low, another kind of place."""
    if odd < len(_SPOTS):
        return f"On or near {_SPOTS[odd]}"
    if odd == len(_SPOTS):
        return f'"On or near {_CORNERS[name % 2].format(_NAMES[name], _KINDS[kind])}"'
    return f"On or near {_NAMES[name]} {_KINDS[kind]}"


def main() -> None:
    """Write archives and the tables that go with them into a folder."""
    parser = argparse.ArgumentParser(prog="python -m bench.police_uk", description="Write made-up archives.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--years", type=int, nargs=2, default=(2025, 2025), metavar=("FIRST", "LAST"))
    parser.add_argument("--scale", type=float, default=1.0, help=f"1 is {ROWS:,} rows a year")
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    write_geography(chosen.folder / "geography.csv")
    write_residents(chosen.folder / "residents.csv")
    write_peers(chosen.folder / "peers.csv")
    first, last = chosen.years
    write_years(chosen.folder, years=range(first, last + 1), scale=chosen.scale, seed=chosen.seed)


if __name__ == "__main__":
    main()
