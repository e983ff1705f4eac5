"""Places and what lies in what: small areas, wards, districts, partnerships and forces, as look-ups tell it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Protocol

from quarterday.domain.area import key_of

# What some look-ups call a force otherwise than the Home Office's tables do.
_FORCE_NAMES: Mapping[str, str] = {"london, city of": "City of London"}
# Small areas are called after the district in which they lay when they were made: "Aylesbury Vale 001A".
_SMALL_AREA = re.compile(r"(.+)\s+\d{3}[A-Z]+", re.ASCII)

_key = lru_cache(4096)(key_of)
_Told = tuple[tuple[int, str], ...]  # districts, each with the year of the look-up that says so


class Kind(StrEnum):
    """The sorts of place that look-ups name, the smallest first."""

    LSOA = "lsoa"
    WARD = "ward"
    DISTRICT = "district"
    CSP = "csp"
    FORCE = "force"


LIES_IN: Mapping[Kind, frozenset[Kind]] = {
    Kind.LSOA: frozenset({Kind.LSOA, Kind.WARD, Kind.DISTRICT}),
    Kind.WARD: frozenset({Kind.WARD, Kind.DISTRICT}),
    Kind.DISTRICT: frozenset({Kind.DISTRICT, Kind.CSP, Kind.FORCE}),
    Kind.CSP: frozenset({Kind.CSP, Kind.FORCE}),
    Kind.FORCE: frozenset({Kind.FORCE}),
}
"""The kinds of place of which it is asked whether one lies in them: partnerships and forces are made of districts."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as one look-up has it: its ONS code or its name may be empty, not both.

    ``year`` is the year whose boundaries are meant, ``None`` where the look-up does not say.
    """

    kind: Kind
    code: str
    name: str
    year: int | None

    def __post_init__(self) -> None:
        """Refuse a place that is called nothing."""
        if not self.code and not self.name:
            raise ValueError(f"a {self.kind} needs a code or a name.")


@dataclass(frozen=True, slots=True)
class Link:
    """One row of a look-up: ``place`` lies, wholly or in part, in ``within``.

    Of two places of one kind, ``within`` is the one of the later year.
    """

    place: Place
    within: Place


class PlacesKnown(Protocol):
    """What those who count by place ask; ``Places`` says what each answer means."""

    def district_of_lsoa(self) -> Mapping[str, str]:
        """The present district of each LSOA, by its code."""

    def successor_of(self) -> Mapping[str, str]:
        """The present district that holds the whole of an old one, by the ``key_of`` the old one's name."""

    def force_of_district(self) -> Mapping[str, str]:
        """The area of the force that polices each district."""

    def partnerships(self) -> Mapping[str, tuple[str, ...]]:
        """The districts that make up each partnership which is made of whole ones."""

    def unclear(self) -> tuple[str, ...]:
        """A sentence for each old district that cannot be carried on, and each partnership that cannot be counted."""


@dataclass(frozen=True)
class Places:
    """What the links of all look-ups held say together.

    Of two look-ups that disagree the one of the later year counts, and one without a year before none. Names are the
    same where ``key_of`` says so. Keys of the mappings are names and codes as the look-ups write them.
    """

    links: tuple[Link, ...]

    def district_of_lsoa(self) -> Mapping[str, str]:
        """The present district of each LSOA, by its code; codes of 2011 and of 2021 stand side by side.

        An LSOA that no look-up puts in a district has that of the LSOAs which it came from or was made into, where
        they lie in one. One that lies in several districts has none, unless an older look-up puts it in one.
        """
        successors = self.successor_of()
        return {code: successors.get(_key(name), name) for code, (_, name) in self._districts.items()}

    def successor_of(self) -> Mapping[str, str]:
        """The present district that holds the whole of an old one, by the ``key_of`` the old one's name."""
        return {key: became[0] for key, became in self._became.items() if len(became) == 1}

    def split_districts(self) -> Mapping[str, str]:
        """Why an old district has no successor, by its name: what it held lies in several present ones."""
        return {
            self._shown[key]: f"{self._shown[key]} lies in {_listed(became)} today, so its figures cannot be carried "
            "into one district."
            for key, became in self._became.items()
            if len(became) > 1
        }

    def force_of_district(self) -> Mapping[str, str]:
        """The area of the force that polices each district, present or old, such as ``Dorset (force)``."""
        newest: dict[str, Link] = {}
        for link in self._between(Kind.DISTRICT, Kind.FORCE):
            held = newest.setdefault(_key(self._name(link.place)), link)
            if _year(link.within) > _year(held.within):
                newest[_key(self._name(link.place))] = link
        return {self._name(link.place): force_area(self._name(link.within)) for link in newest.values()}

    def partnerships(self) -> Mapping[str, tuple[str, ...]]:
        """The districts that make up each partnership which is made of whole ones, as of the newest look-up.

        A partnership that has the name of a district and is not that district alone is called ``North Devon (CSP)``.
        """
        return {
            self._csp_area(csp): tuple(districts)
            for csp, districts in self._districts_of_csp.items()
            if not self._shared(districts)
        }

    def uncountable(self) -> Mapping[str, str]:
        """Why a partnership cannot be counted by districts, as of the newest look-up, by the name of its area."""
        return {
            self._csp_area(csp): " ".join(self._shared(districts))
            for csp, districts in self._districts_of_csp.items()
            if self._shared(districts)
        }

    def unclear(self) -> tuple[str, ...]:
        """Why old districts have no successor, and why partnerships cannot be counted, each sentence once."""
        return tuple(dict.fromkeys((*self.split_districts().values(), *self.uncountable().values())))

    def wards(self) -> Mapping[str, tuple[str, ...]]:
        """The wards in which each LSOA lies as of its newest look-up, by its code; empty where none names wards.

        Many wards have one name, so that each is called with its district, ``Abbey (Redditch)``, or with its code
        where no look-up says the district.
        """
        links = sorted(self._between(Kind.WARD, Kind.DISTRICT), key=lambda link: _year(link.within))
        districts = {link.place.code: self._name(link.within) for link in links}
        found: dict[str, dict[int, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for link in self._between(Kind.LSOA, Kind.WARD):
            ward = link.within
            area = f"{self._name(ward)} ({districts.get(ward.code, ward.code)})"
            found[link.place.code][_year(ward)][area] = None
        return {code: tuple(years[max(years)]) for code, years in found.items() if code}

    @cached_property
    def _by_kinds(self) -> Mapping[tuple[Kind, Kind], list[Link]]:
        found: dict[tuple[Kind, Kind], list[Link]] = defaultdict(list)
        for link in self.links:
            found[link.place.kind, link.within.kind].append(link)
        return found

    def _between(self, kind: Kind, within: Kind) -> Sequence[Link]:
        return self._by_kinds.get((kind, within), ())

    @cached_property
    def _places(self) -> tuple[Place, ...]:
        """Every place once. A whole country's are too many to compare them by Python's own way of doing so."""
        found = {
            (id(place.kind), place.code, place.name, place.year): place
            for link in self.links
            for place in (link.place, link.within)
        }
        return tuple(found.values())

    @cached_property
    def _newest_of_code(self) -> Mapping[str, Place]:
        """The newest place with a name that has the code."""
        named = sorted((place for place in self._places if place.code and place.name), key=_year)
        return {place.code: place for place in named}

    def _name(self, place: Place) -> str:
        newest = self._newest_of_code.get(place.code)
        return place.name or (newest.name if newest else place.code)

    @cached_property
    def _districts(self) -> Mapping[str, tuple[int, str]]:
        """The district of each LSOA as of its newest look-up, and the year of that."""
        told: dict[int, _Told] = {}  # by the district: a whole country's LSOAs lie in a few hundred
        own: dict[str, _Told] = {}
        for link in self._between(Kind.LSOA, Kind.DISTRICT):
            district, code = link.within, link.place.code
            its = told.get(id(district)) or told.setdefault(id(district), ((_year(district), self._name(district)),))
            if code:
                own[code] = own[code] + its if code in own else its
        inherited: dict[str, _Told] = {}
        for link in self._between(Kind.LSOA, Kind.LSOA):
            for code, other in ((link.place.code, link.within.code), (link.within.code, link.place.code)):
                inherited[code] = inherited.get(code, ()) + own.get(other, ())
        found = {code: _newest_sure(own.get(code, ()), inherited.get(code, ())) for code in (inherited | own) if code}
        return {code: newest for code, newest in found.items() if newest}

    @cached_property
    def _became(self) -> Mapping[str, tuple[str, ...]]:
        """The newest districts that hold what each old one held, by the key of its name."""
        onward: dict[str, set[str]] = {}
        for key, years in self._told.items():
            newest = years[max(years)]
            if key not in map(_key, newest):  # else it is a district to this day, that lost a part at the most
                onward[key] = newest
        ends = {key: tuple(sorted(_ends(key, onward=onward))) for key in onward}
        return {key: names for key, names in ends.items() if names}

    @cached_property
    def _told(self) -> Mapping[str, Mapping[int, set[str]]]:
        """All districts that an older name leads to, by its key and the year of the look-up."""
        told: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for key, lies_in in self._of_small_areas.items():
            # A look-up that has few of them, as one of a neighbour, says nothing of the whole district.
            [(most, _)] = Counter(sorted((year for year, _ in lies_in), reverse=True)).most_common(1)
            told[key][most] |= {name for year, name in lies_in if year == most}
        for link in self._between(Kind.DISTRICT, Kind.DISTRICT):
            told[_key(self._name(link.place))][_year(link.within)].add(self._name(link.within))
        for place in self._places:
            newest = self._newest_of_code.get(place.code)
            if place.kind is Kind.DISTRICT and place.name and newest and _year(newest) > _year(place):
                told[_key(place.name)][_year(newest)].add(newest.name)
        return told

    @cached_property
    def _of_small_areas(self) -> Mapping[str, list[tuple[int, str]]]:
        """Where each LSOA that carries a district's name lies now, by the key of that name."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for place in self._places:
            if place.kind is Kind.LSOA and place.code in self._districts and (old := _SMALL_AREA.fullmatch(place.name)):
                found[_key(old[1])].append(self._districts[place.code])
        return found

    @cached_property
    def _shown(self) -> Mapping[str, str]:
        """How a district's name is written, by its key."""
        small = (_SMALL_AREA.fullmatch(place.name) for place in self._places if place.kind is Kind.LSOA)
        shown = {_key(found[1]): found[1] for found in small if found}
        return shown | {
            _key(self._name(place)): self._name(place) for place in self._places if place.kind is Kind.DISTRICT
        }

    @cached_property
    def _csps(self) -> Sequence[tuple[str, str]]:
        """Each district and a partnership that lies in it, wholly or in part, in the newest look-up that has both."""
        links = self._between(Kind.DISTRICT, Kind.CSP)
        newest = max((_year(link.within) for link in links), default=0)
        written: dict[str, str] = {}
        pairs: dict[tuple[str, str], None] = {}
        for link in links:
            if _year(link.within) == newest:
                district, csp = self._name(link.place), self._name(link.within)
                pairs[written.setdefault(_key(district), district), written.setdefault(_key(csp), csp)] = None
        return tuple(pairs)

    @cached_property
    def _districts_of_csp(self) -> Mapping[str, list[str]]:
        return _grouped((csp, district) for district, csp in self._csps)

    @cached_property
    def _csps_of_district(self) -> Mapping[str, list[str]]:
        return _grouped(self._csps)

    def _shared(self, districts: Iterable[str]) -> list[str]:
        """A sentence for each of the districts that holds several partnerships."""
        return [
            f"{district} holds {len(csps)} partnerships ({'; '.join(csps)}), so counts by district cannot tell them "
            "apart."
            for district in districts
            if len(csps := self._csps_of_district[district]) > 1
        ]

    def _csp_area(self, csp: str) -> str:
        districts = self._districts_of_csp[csp]
        is_that_district = districts == [csp] and not self._shared(districts)
        named_like_one = csp in self._csps_of_district
        return f"{csp} (CSP)" if named_like_one and not is_that_district else csp


def district_in(lsoa_name: str) -> str:
    """The district that an LSOA is called after, "Redditch 010B"; the whole name where it is called otherwise."""
    found = _SMALL_AREA.fullmatch(lsoa_name)
    return found[1] if found else lsoa_name


def force_area(name: str) -> str:
    """The area that a force's figures are held for, ``Dorset (force)``, whichever way a publisher writes the force."""
    plain = " ".join(name.replace("&", " and ").split())
    return f"{_FORCE_NAMES.get(_key(plain), plain)} (force)"


def _year(place: Place) -> int:
    return place.year or 0


@lru_cache(4096)
def _newest_sure(own: _Told, inherited: _Told) -> tuple[int, str] | None:
    """The newest year in which there is one name only, and that name; what an LSOA has of its own comes first."""
    years: dict[int, set[str]] = defaultdict(set)
    for year, name in (*own, *(told for told in inherited if told[0] not in {year for year, _ in own})):
        years[year].add(name)
    sure = {year: min(names) for year, names in years.items() if len(names) == 1 or len(set(map(_key, names))) == 1}
    return max(sure.items()) if sure else None


def _ends(key: str, *, onward: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The names at which all ways onward end."""
    seen, to_follow = {key}, [key]
    while to_follow:
        for name in sorted(onward[to_follow.pop()]):
            if _key(name) in seen:
                continue
            seen.add(_key(name))
            if _key(name) in onward:
                to_follow.append(_key(name))
            else:
                yield name


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found


def _listed(names: Sequence[str]) -> str:
    return f"{'; '.join(names[:-1])} and {names[-1]}"
