"""A country of the size of England and Wales; all but the names of its forces is made up."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np

LSOAS = 35_000
PEERS = 15  # members of a group, the area itself included
FIRST_YEAR, LAST_YEAR = 2016, 2026  # of the residents

# As police.uk writes it in a file's name and in its rows, as the ONS writes it, and how many districts it has here.
FORCES = (
    ("avon-and-somerset", "Avon and Somerset Constabulary", "Avon and Somerset", 5),
    ("bedfordshire", "Bedfordshire Police", "Bedfordshire", 3),
    ("cambridgeshire", "Cambridgeshire Constabulary", "Cambridgeshire", 6),
    ("cheshire", "Cheshire Constabulary", "Cheshire", 4),
    ("city-of-london", "City of London Police", "London, City of", 1),
    ("cleveland", "Cleveland Police", "Cleveland", 4),
    ("cumbria", "Cumbria Constabulary", "Cumbria", 5),
    ("derbyshire", "Derbyshire Constabulary", "Derbyshire", 9),
    ("devon-and-cornwall", "Devon & Cornwall Police", "Devon & Cornwall", 12),
    ("dorset", "Dorset Police", "Dorset", 2),
    ("durham", "Durham Constabulary", "Durham", 2),
    ("dyfed-powys", "Dyfed-Powys Police", "Dyfed-Powys", 4),
    ("essex", "Essex Police", "Essex", 14),
    ("gloucestershire", "Gloucestershire Constabulary", "Gloucestershire", 6),
    ("greater-manchester", "Greater Manchester Police", "Greater Manchester", 10),
    ("gwent", "Gwent Police", "Gwent", 5),
    ("hampshire", "Hampshire Constabulary", "Hampshire", 14),
    ("hertfordshire", "Hertfordshire Constabulary", "Hertfordshire", 10),
    ("humberside", "Humberside Police", "Humberside", 4),
    ("kent", "Kent Police", "Kent", 13),
    ("lancashire", "Lancashire Constabulary", "Lancashire", 14),
    ("leicestershire", "Leicestershire Police", "Leicestershire", 9),
    ("lincolnshire", "Lincolnshire Police", "Lincolnshire", 6),
    ("merseyside", "Merseyside Police", "Merseyside", 5),
    ("metropolitan", "Metropolitan Police Service", "Metropolitan Police", 32),
    ("norfolk", "Norfolk Constabulary", "Norfolk", 7),
    ("north-wales", "North Wales Police", "North Wales", 6),
    ("north-yorkshire", "North Yorkshire Police", "North Yorkshire", 5),
    ("northamptonshire", "Northamptonshire Police", "Northamptonshire", 5),
    ("northumbria", "Northumbria Police", "Northumbria", 6),
    ("nottinghamshire", "Nottinghamshire Police", "Nottinghamshire", 8),
    ("south-wales", "South Wales Police", "South Wales", 7),
    ("south-yorkshire", "South Yorkshire Police", "South Yorkshire", 4),
    ("staffordshire", "Staffordshire Police", "Staffordshire", 9),
    ("suffolk", "Suffolk Constabulary", "Suffolk", 6),
    ("surrey", "Surrey Police", "Surrey", 11),
    ("sussex", "Sussex Police", "Sussex", 13),
    ("thames-valley", "Thames Valley Police", "Thames Valley", 16),
    ("warwickshire", "Warwickshire Police", "Warwickshire", 5),
    ("west-mercia", "West Mercia Police", "West Mercia", 9),
    ("west-midlands", "West Midlands Police", "West Midlands", 7),
    ("west-yorkshire", "West Yorkshire Police", "West Yorkshire", 5),
    ("wiltshire", "Wiltshire Police", "Wiltshire", 2),
)
_WELSH = {"Dyfed-Powys", "Gwent", "North Wales", "South Wales"}

_STARTS = (
    "Alder", "Barrow", "Clay", "Dun", "Elm", "Fern", "Gorse", "Heron", "Ivel", "Kestrel", "Lark", "Marl",
    "Nether", "Osier", "Pear", "Rook", "Sedge", "Thorn", "Umber", "Vetch", "Willow", "Yarrow",
)  # fmt: skip
_ENDS = (
    "bourne", "bridge", "bury", "combe", "dale", "den", "ford", "ham", "hurst", "leigh", "mere", "mouth", "stead",
    "ton", "wick",
)  # fmt: skip
_PEOPLE = 1_680  # residents of an LSOA, about
_SMALLEST = 6  # LSOAs of a district


@dataclass(frozen=True)
class District:
    """A district, which here is a partnership of the same name too, and the LSOAs that it has."""

    code: str
    partnership: str
    name: str
    force: int
    lsoas: range


@cache
def districts() -> tuple[District, ...]:
    """All districts, force by force; the LSOAs of each stand side by side. The same at each call."""
    forces = [number for number, force in enumerate(FORCES) for _ in range(force[3])]
    names = [start + end for start, end in product(_STARTS, _ENDS)]
    stream = np.random.default_rng(len(names))
    stream.shuffle(names)
    ends = np.cumsum(_sizes(stream.lognormal(0, 0.55, len(names)))).tolist()
    starts = [0, *ends[:-1]]
    return tuple(
        District(*_codes(force, number), name, force, range(first, last))
        for number, (name, force, first, last) in enumerate(zip(names, forces, starts, ends, strict=True), start=1)
    )


def lsoas_of(district: District) -> Iterable[tuple[str, str]]:
    """The code and name of each LSOA, such as E01000012 and Elmham 003B."""
    for place, number in enumerate(district.lsoas):
        yield f"{_nation(district.force)}01{number + 1:06}", f"{district.name} {place // 5 + 1:03}{'ABCDE'[place % 5]}"


def write_geography(path: Path, *, moved: int = 0) -> None:
    """The look-up, one row an LSOA; the first ``moved`` of them lie in the last district, as after a change."""
    header = ("LSOA21CD", "LSOA21NM", "LAD24CD", "LAD24NM", "CSP24CD", "CSP24NM", "PFA24NM")
    last = districts()[-1]
    rows = []
    for district in districts():
        for number, (code, name) in zip(district.lsoas, lsoas_of(district), strict=True):
            here = last if number < moved else district
            force = FORCES[here.force][2]
            rows.append((code, name, here.code, here.name, here.partnership, here.name, force))
    _write(path, header, rows)


def write_residents(path: Path) -> None:
    """Partnerships down, years across, which ``quarterday load population`` reads; they grow or shrink a little."""
    stream = np.random.default_rng(LAST_YEAR)
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    growth = stream.normal(1.006, 0.004, len(districts()))
    _write(
        path,
        ("area", *years),
        (
            (district.name, *(round(len(district.lsoas) * _PEOPLE * yearly ** (year - FIRST_YEAR)) for year in years))
            for district, yearly in zip(districts(), growth.tolist(), strict=True)
        ),
    )


def write_peers(path: Path) -> None:
    """Each partnership and the members of its group: itself, and those nearest to it in size."""
    ordered = sorted(districts(), key=lambda district: (len(district.lsoas), district.name))
    rows = []
    for place, district in enumerate(ordered):
        first = min(max(place - PEERS // 2, 0), len(ordered) - PEERS)
        rows += [(district.name, member.name) for member in ordered[first : first + PEERS]]
    _write(path, ("area", "member"), sorted(rows))


def _codes(force: int, number: int) -> tuple[str, str]:
    """Of a district and of its partnership, which have other beginnings in Wales."""
    district, partnership = ("W06", "W14") if _nation(force) == "W" else ("E07", "E22")
    return f"{district}{number:06}", f"{partnership}{number:06}"


def _nation(force: int) -> str:
    return "W" if FORCES[force][2] in _WELSH else "E"


def _sizes(weights: np.ndarray) -> np.ndarray:
    """Whole numbers in proportion to ``weights``, none too small, that add up to ``LSOAS``."""
    sizes = np.maximum((weights / weights.sum() * LSOAS).astype(int), _SMALLEST)
    sizes[sizes.argmax()] += LSOAS - sizes.sum()
    return sizes


def _write(path: Path, header: Sequence[object], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
