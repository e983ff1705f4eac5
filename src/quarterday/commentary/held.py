"""The figures that a comment is judged on: which measure and place its words mean, and what is held of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from quarterday.commentary.derived import KSI, killed_or_seriously_injured
from quarterday.commentary.lexicon import EMPTY_WORDS, LETTERS
from quarterday.commentary.places import is_county
from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period

PER_THOUSAND = 1000
POPULATION = "population"
_RATE = " rate"
_PER_CENT = "(%)"
_TARGET = " target"
_TARGET_CHANGE = " target (% change)"
_BASELINE = " baseline"
_ATTRIBUTES = (_TARGET_CHANGE, _TARGET, _BASELINE)

# Words that name a thing that is counted, so that another measure is meant where the measure's own name lacks them.
_KINDS = (
    "burglar", "robber", "theft", "thief", "shoplift", "vehicle", "violen", "assault", "sexual", "rape", "drug",
    "damage", "arson", "firearm", "fire", "homicide", "murder", "weapon", "knife", "gun", "fraud", "cyber", "hate",
    "racial", "racist", "domestic", "asb", "antisocial", "anti-social", "nuisance", "harass", "stalk", "bicycle",
    "cycle", "bike", "pickpocket", "cannabis", "detect", "sanction", "satisf", "confiden", "unemploy", "cleanl",
    "victimis", "arrest", "charg", "convict", "reoffend", "offender", "referral", "call", "collision", "casualt",
    "kidnap", "public-order", "disorder", "alcohol", "litter", "graffiti", "noise", "fly-tip", "flytip", "truan",
    "exclusion", "admission", "marac", "outcome", "phone", "motorbike", "entrant", "warrant", "traffick", "injur",
    "death", "wound", "blackmail", "modern-slavery", "slavery", "exploitation", "missing", "mental-health", "ward",
    "indicators", "possession", "acquisitive", "dwelling", "residential", "commercial", "person", "complaint",
    "interferen", "tamper", "trespass", "begging", "vandal", "scam", "insurance", "attendance", "search", "caution",
    "custod", "penalt", "prosecut", "break-in", "seizure",
    "accident", "sighting", "metal", "livestock", "speeding", "perception", "fear",
)  # fmt: skip
_SAME_KIND = {
    "thief": "theft", "antisocial": "asb", "anti-social": "asb", "bike": "bicycle", "cycle": "bicycle",
    "racist": "racial", "racism": "racial", "race": "racial", "racially": "racial", "religion": "religious",
    "religious": "religious", "religiously": "religious", "faith": "religious", "trans": "transgender",
    "disabled": "disability",
    "homes": "dwelling", "home": "dwelling", "house": "dwelling", "houses": "dwelling", "dwellings": "dwelling",
    "residential": "dwelling", "domestic-burglary": "dwelling", "violent": "violen",
    "tnos": "notifiable", "tno": "notifiable",
    "phones": "phone", "mobile": "phone", "sd": "detect", "murder": "homicid", "sac": "acquisitive",
    "dv": "domestic", "da": "domestic",
    "felt": "feel",
    "vwi": "injur", "stealing": "theft", "thefts": "theft", "gun": "firearm", "guns": "firearm", "knives": "knife",
    "break-in": "burglar", "children": "child", "childhood": "child", "youths": "youth", "muggings": "robber",
    "mugging": "robber", "killings": "homicid", "stabbings": "knife", "cars": "vehicle", "car": "vehicle",
    "vap": "violen", "flytips": "fly-tip", "fly-tips": "fly-tip", "scams": "fraud", "custody": "custod",
    "killed": "death", "lives": "death",
    "fatalities": "death", "fatality": "death", "fatal": "death", "dealing": "traffick",
}  # fmt: skip
# The plain word for what a narrower measure counts: "33 thefts" of shoplifting, "44 fires" of arson.
_PLAINER = {
    "theft": frozenset(("shoplift", "bicycle", "vehicle", "pickpocket", "phone", "person")),
    "fire": frozenset(("arson",)),
    "violen": frozenset(("injur", "assault", "wound", "domestic")),
    "assault": frozenset(("injur", "wound", "violen")),
    "victim": frozenset(("domestic", "repeat", "satisf")),
}
# What is counted in other words: "slight injuries" of slight casualties.
_ALIKE = {
    "casualt": frozenset(("injur", "death")),
    "ksi": frozenset(("injur", "death", "casualt")),
    "homicid": frozenset(("death",)),
    "traffick": frozenset(("drug",)),
    "custod": frozenset(("sentenc",)),
    "attend": frozenset(("attendance",)),
    "victim": frozenset(("victimis",)),
    "response": frozenset(("attendance",)),
}
_TOTALS = ("total", "all crime", "all recorded crime", "overall crime", "notifiable", "all offences")
_TOO_PLAIN = frozenset((
    "offence", "crime", "incident", "report", "total", "recorded", "number", "all", "of", "the", "and", "or", "in",
    "other", "per", "rate", "with", "by", "at", "from", "to", "for", "a",
))  # fmt: skip
_PEOPLE = frozenset(("child", "youth"))
# Words of what was done about a thing: they make another measure of it, where its name has none of them.
_DONE_ABOUT = frozenset((
    "detect", "satisf", "confiden", "arrest", "charg", "convict", "outcome", "caution", "penalt", "prosecut",
    "perception", "fear", "victimis", "admission",
))  # fmt: skip
# Words that only say that a thing was counted, where the thing itself is named beside them.
_COUNTED_AS = frozenset(("call", "person", "complaint", "accident", "warrant"))
# Of these people call in: "calls" beside no other noun are the measure's.
_CALLED_IN = frozenset(("asb", "fire", "arson", "nuisance", "noise", "disorder", "domestic"))
_CONTRASTS = (
    ("with", "without"), ("dwelling", "non-dwelling"), ("domestic", "non-domestic"), ("business", "residential"),
    ("commercial", "residential"), ("business", "dwelling"), ("commercial", "dwelling"), ("primary", "secondary"),
    ("accidental", "deliberate"), ("personal", "business"), ("serious", "slight"), ("fatal", "slight"),
    ("male", "female"), ("day", "dark"), ("daytime", "dark"), ("daylight", "dark"), ("from-vehicle", "of-vehicle"),
    ("adult", "youth"), ("distraction", "dwelling"),
)  # fmt: skip


_OF_VEHICLES = re.compile(r"\bthefts? (?P<how>from|of) (?:a |an |the |unattended |motor )*(?:vehicle|car)")


def vehicle_tags(told: str) -> frozenset[str]:
    """Whether a text speaks of thefts of vehicles or from them, which are two measures."""
    return frozenset(f"{found['how']}-vehicle" for found in _OF_VEHICLES.finditer(told))


@lru_cache(8192)
def stem(word: str) -> str:
    """The word without the endings that two forms of it differ in."""
    plain = word.strip("'\"").removesuffix("'s").removesuffix("'")
    if " " in plain and plain.endswith(("vehicle", "vehicles", "car", "cars")):
        return "vehicle"
    if plain in _SAME_KIND:
        return _SAME_KIND[plain]
    if plain.startswith("against "):
        return "person"
    for kind in _KINDS:
        if plain.startswith(kind):
            return _SAME_KIND.get(kind, kind)
    if plain.endswith("ies"):
        return plain[:-3] + "y"
    for ending in ("ations", "ation", "ed", "ing", "s" if plain.endswith(("les", "ses")) else "es", "s"):
        if plain.endswith(ending) and len(plain) - len(ending) > 3:  # noqa: PLR2004
            bare = plain[: -len(ending)]
            doubled = ending in {"ed", "ing"} and bare[-1] == bare[-2] and bare[-1] in "bdgmnpt"
            return bare[:-1] if doubled else bare  # "tipping" is of tips
    return plain


@lru_cache(8192)
def _kind_of(word: str) -> str:
    plain = word.strip("'\"").removesuffix("'s")
    if plain in _SAME_KIND:
        return "" if _SAME_KIND[plain] in _PEOPLE else _SAME_KIND[plain]
    found = next((kind for kind in _KINDS if plain.startswith(kind)), "")
    return _SAME_KIND.get(found, found)


def counts(word: str) -> bool:
    """Whether a word names a kind of thing that is counted."""
    return bool(_kind_of(word))


def canonical(found: set[str]) -> set[str]:
    """A domestic burglary is one of a dwelling; theft from shops is shoplifting; violence is against the person."""
    if "burglar" in found and "domestic" in found:
        found = (found - {"domestic"}) | {"dwelling"}
    if "shop" in found and "theft" in found:
        found = (found - {"shop", "theft"}) | {"shoplift"}
    if "burglar" in found and "vehicle" in found:
        found = (found - {"burglar"}) | {"theft"}
    if {"violen", "person"} <= found:  # "violence" alone means it, and no kind of it
        found = found - {"person", "against"}
    if "death" in found and found & {"injur", "injury", "serious", "seriously"}:
        found = (found - {"death", "injur", "injury", "serious", "seriously", "road"}) | {"ksi"}
    return found


@lru_cache(4096)
def stems(name: str) -> frozenset[str]:
    """The telling words of a measure's name."""
    words = re.findall(r"[a-z]+(?:[-'][a-z]+)*", key_of(name).replace("anti-social behaviour", "asb"))
    found = canonical({stem(word) for word in words}) - _TOO_PLAIN
    return frozenset(found | vehicle_tags(key_of(name)) | ({"total"} if is_total(name) else set()))


@lru_cache(4096)
def is_total(name: str) -> bool:
    """Whether a measure counts all crime."""
    key = key_of(name)
    return key == "recorded crime" or any(key.startswith(total) for total in _TOTALS) or "notifiable" in key


# What people call an area whose name is another.
_OF_LONDON = frozenset(("mps", "metropolitan police", "metropolitan police service"))
CALLED = dict.fromkeys(("met", "capital", "london"), _OF_LONDON)
# What names no place of its own in front of another: "England" of England and Wales, "North" of a part.
_NO_HEADS = frozenset(("england", "great britain", "north", "south", "east", "west", "mid", "central"))
# "The Met", and not what was met; London, and not the City of London or a road of that name.
_SPELT_CALLED = {
    "met": "(?<=the )met",
    "capital": "(?<=the )capital(?! (?:programme|budget|bid|fund|grant|project|works|cost|scheme|receipt|spend))",
    "london": (
        r"(?<!city of )(?<!(?:west|east) )(?<!(?:north|south|inner|outer) )london(?:-wide)?"
        r"(?! (?:borough|road|street|bridge|fire|ambulance|council|plan|assembly|city))"
    ),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a comment is about: a measure, an area, which way is better, the last month of the report, and its peers."""

    measure: str
    area: str
    better: Polarity
    as_at: Period
    peer_group: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """The measure that words mean: its key, or empty where it is not given; ``sure`` where the words name it."""

    key: str
    sure: bool = True


class Figures:
    """Figures by measure and area, made once for many comments on them."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._by: dict[tuple[str, str], dict[Period, Figure]] = {}
        self.names: dict[str, str] = {}
        self.areas: dict[str, str] = {}
        for figure in figures:
            measure, area = key_of(figure.measure), key_of(figure.area)
            self.names.setdefault(measure, figure.measure)
            self.areas.setdefault(area, figure.area)
            self._by.setdefault((measure, area), {})[figure.period] = figure
        sums = killed_or_seriously_injured(self._by)
        self._by |= sums
        self.derived = frozenset(measure for measure, _ in sums)
        self.names |= dict.fromkeys(self.derived, "KSI casualties")
        # What is found to be the present period, by measure, area and the report's last month.
        self.present: dict[tuple[str, str, int], Period] = {}
        self._holdings: dict[tuple[str, str], Holding] = {}
        # By the months as plain numbers: a period that is hashed and compared costs more than all else here.
        self._totals: dict[tuple[str, str, int, int], float | None] = {}

    def holding(self, measure: str, area: str) -> Holding | None:
        """All that is held of a measure in an area, both as keys."""
        given = self._by.get((measure, area))
        if given is None:
            return None
        if (measure, area) not in self._holdings:
            self._holdings[measure, area] = Holding(self.names[measure], self.areas[area], given)
        return self._holdings[measure, area]

    def periods(self, measure: str, area: str) -> Mapping[Period, Figure]:
        """The figures of a measure in an area as they came in."""
        return self._by.get((measure, area), {})

    def value(self, measure: str, area: str, period: Period) -> float | None:
        """The value over a period: as given, or as it follows from other totals where the measure is a count."""
        key = (measure, area, period.first, period.months)
        if key not in self._totals:
            self._totals[key] = self._value(measure, area, period)
        return self._totals[key]

    def _value(self, measure: str, area: str, period: Period) -> float | None:
        given = self._by.get((measure, area), {}).get(period)
        if given is not None:
            return given.value
        if measure.endswith(_RATE) and (measure, area) not in self._by:
            return self.rate(measure.removesuffix(_RATE), area, period)
        holding = self.holding(measure, area)
        if holding is None or not is_count(measure):
            return None
        return holding.total(period).value

    def population(self, area: str, period: Period) -> float | None:
        """The latest population that is not after the period."""
        known = [
            (when.last, figure.value)
            for when, figure in self.periods(POPULATION, area).items()
            if figure.value is not None
        ]
        before = [pair for pair in known if pair[0] <= period.last]
        return max(before)[1] if before else None

    def rate(self, measure: str, area: str, period: Period) -> float | None:
        """Per 1,000 people: as given, or worked out from a count and the population."""
        rates = self._by.get((measure if measure.endswith(_RATE) else measure + _RATE, area), {})
        if period in rates or measure.endswith(_RATE):
            return rates[period].value if period in rates else None
        count, people = self.value(measure, area, period), self.population(area, period)
        return count / people * PER_THOUSAND if count is not None and people else None

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The keys of what is measured, without targets, baselines and population."""
        return tuple(
            key for key in self.names if key != POPULATION and key not in self.derived and not key.endswith(_ATTRIBUTES)
        )

    def derived_named(self, words: Sequence[str]) -> str:
        """The key of what follows from other figures, where it is what the words name; else empty."""
        return KSI if KSI in self.derived and not {"ksi", "ksis", "ksi's"}.isdisjoint(words) else ""

    @cached_property
    def headed(self) -> Mapping[str, str]:
        """The areas that their first name tells from all others: "Telford" of Telford and Wrekin, and no county."""
        heads = {area: area.split(" and ")[0] for area in self.areas if " and " in area}
        firsts = [area.split(" ")[0] for area in self.areas]
        return {
            head: area
            for area, head in heads.items()
            if head not in _NO_HEADS
            and head not in LETTERS
            and not is_county(head)
            and firsts.count(head.split(" ")[0]) == 1
        }

    def names_of_others(self, own: str) -> re.Pattern[str] | None:
        """What finds the names of the areas besides ``own``."""
        others = tuple(sorted((area for area in self.areas if area != key_of(own)), key=len, reverse=True))
        others += tuple(head for head, area in self.headed.items() if area != key_of(own))
        others += tuple(name for name, areas in CALLED.items() if not areas.isdisjoint(others))
        return _names_pattern(others) if others else None


@lru_cache(1024)
def _names_pattern(others: tuple[str, ...]) -> re.Pattern[str]:
    spelt = (_SPELT_CALLED.get(name) or re.escape(name).replace(r"\ and\ ", r"\ (?:and|&)\ ") for name in others)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spelt)})(?:'s?)?(?![\w-])")


def is_count(measure: str) -> bool:
    """Whether values of a measure may be added up."""
    return not (
        measure.endswith((_RATE, *_ATTRIBUTES)) or _PER_CENT in measure or "score" in measure or "average" in measure
    )


def is_per_cent(measure: str) -> bool:
    """Whether a measure is itself a percentage."""
    return _PER_CENT in measure


def meant_by(words: Sequence[str], *, own: str, figures: Figures) -> Meant:
    """The measure that the subject of a claim means; that of the comment where the words name no other.

    Words before "|" stand beside the number and go before the clause's own subject.
    """
    return _meant(tuple(words), own, figures.measures)


@lru_cache(8192)
def _meant(words: tuple[str, ...], own: str, measures: tuple[str, ...]) -> Meant:
    if "|" in words:
        cut = words.index("|")
        beside = _meant(words[:cut], own, measures)
        if beside.key != own or not beside.sure or _names_own(words[:cut], own):
            return beside
        words = words[cut + 1 :]
    said = canonical({stem(word) for word in words if word not in EMPTY_WORDS or word in {"total", "overall"}}) - {
        "rate"
    }
    said |= vehicle_tags(" ".join(words))
    public_order = {"public-order"} if {"public", "order"} <= set(words) and "order" not in stems(own) else set()
    kinds = public_order | canonical(
        {_kind_of(word) for word in words} | ({"shop"} if {"shop", "shops"} & set(words) else set())
    ) - {
        "",
        "shop",
    }
    if "anti-social" in words and "behaviour" in words:
        said.add("asb")
    own_stems = stems(own)
    if words and words[-1] == "population" and set(words[:-1]) <= EMPTY_WORDS and "population" not in own:
        return Meant("")  # the people grew in number, and not what is counted
    if _all_crime(words) and not is_total(own) and not (said & own_stems):
        total = next((key for key in measures if is_total(key)), "")
        return Meant(total) if total else Meant(own, sure=False)
    best = _best(said, own, measures)
    if _contradicts(words, best):
        return Meant("")
    if best and best != own:
        apart = kinds & _DONE_ABOUT and not stems(best) & _DONE_ABOUT
        return Meant("" if apart else best)
    if len(said & own_stems) > 1:
        return Meant(own)
    missing = kinds - {stem(part) for part in own_stems} - {_kind_of(part) for part in own_stems} - own_stems
    missing = {kind for kind in missing if not (own_stems & _PLAINER.get(kind, frozenset()) and said <= {kind})}
    missing = missing - alike(own_stems)
    if is_total(own) and "rate" in words:
        missing -= {"victimis"}  # so the rate of all crime is called
    if "asb" in own_stems & said:
        missing -= _COUNTED_AS
    if own_stems & _CALLED_IN:
        missing -= {"call"}
    if _head_of(words) in missing - _COUNTED_AS - _PLAINER.keys():
        return Meant("")
    if missing and not _covers(said, own_stems):
        return Meant("")
    if missing & {
        "burglar",
        "robber",
        "shoplift",
        "bicycle",
        "asb",
        "arson",
        "homicid",
        "drug",
        "public-order",
    } - own_stems and not is_total(own):
        return Meant("")
    if missing & (_DONE_ABOUT | {"call", "ward", "phone"}) - own_stems:
        return Meant("")
    return Meant(own, sure=not missing)


def alike(name: frozenset[str]) -> frozenset[str]:
    """The kinds that a measure's name may be told by in other words: an attendance for a response."""
    as_arson = frozenset(("arson",)) if {"deliberate", "fire"} <= name else frozenset()
    return as_arson.union(*(_ALIKE[kind] for kind in name & _ALIKE.keys()))


def is_plainer(word: str, measure: str) -> bool:
    """Whether a word is the plain one for what a narrower measure counts: "31 fires a month" of arson."""
    return not _PLAINER.get(stem(word), frozenset()).isdisjoint(stems(measure))


def _head_of(words: Sequence[str]) -> str:
    """The kind of the last thing that words name, which is what they count: injuries of "fire injuries"."""
    told = [word for word in words if word not in EMPTY_WORDS]
    return _kind_of(told[-1]) if told and "of" not in words else ""


def _names_own(words: Sequence[str], own: str) -> bool:
    return bool({stem(word) for word in words} & stems(own))


def _covers(said: frozenset[str] | set[str], own: frozenset[str]) -> bool:
    """Whether words name a measure by its kind, though with more words than its name has."""
    return len(said & own - {"total"}) >= 1


def _contradicts(words: Sequence[str], measure: str) -> bool:
    """Whether words say "without" where the measure says "with", and the like."""
    said = set(words) | vehicle_tags(" ".join(words))
    name = set(re.findall(r"[a-z-]+", measure)) | vehicle_tags(measure)
    for one, other in _CONTRASTS:
        if (one in said and one not in name and other in name) or (other in said and other not in name and one in name):
            return True
    return False


def _all_crime(words: Sequence[str]) -> bool:
    told = [word for word in words if word not in EMPTY_WORDS or word in {"crime", "total", "crimes", "overall"}]
    plain = {word for word in told if not word.startswith(("offence", "level"))}
    return (
        bool(plain)
        and plain <= {"crime", "total", "overall", "all", "recorded", "crimes", "notifiable"}
        and bool(plain & {"crime", "crimes", "notifiable"})
    )


def _best(said: set[str], own: str, measures: tuple[str, ...]) -> str:
    """The measure whose name shares most with what is said; the comment's own where none shares more."""
    rate = "rate" in said
    scored = [(_score(said, key), key == own, key.endswith(_RATE) is rate, key) for key in measures]
    scored = [row for row in scored if row[0] > 0]
    if not scored:
        return own
    best = max(scored)
    own_score = _score(said, own)
    return best[3] if best[0] > own_score else own


def _score(said: set[str], key: str) -> float:
    name = stems(key)
    shared = len(said & name)
    return shared - 0.1 * len(name - said) - (0.0 if shared else 1.0) if shared else 0.0
