"""One comment beside its figures: which measure, place and times a claim means, and their values."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from quarterday.commentary.held import CALLED, Figures, Subject, is_count, is_per_cent, meant_by
from quarterday.commentary.places import is_county
from quarterday.commentary.scope import OWN_PLACE
from quarterday.commentary.when import periods_of
from quarterday.commentary.wording import number
from quarterday.domain.area import key_of
from quarterday.domain.claim import Claim, ClaimKind, Scope, Verdict, Way, When, WhenKind
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period

YEAR = 12
PLACES_SHOWN = 2
_RELATIVE = {WhenKind.PREVIOUS_QUARTER, WhenKind.YEAR_BEFORE, WhenKind.PREVIOUS_MONTH, WhenKind.SAME_MONTHS_OF}
# Of these more is better, whatever the measure of the comment is.
_MORE_IS_BETTER = ("satisf", "confiden", "detect", "positive", "solved", "resolved", "charge")
_SAME_MONTH = re.compile(r"(?:the )?(?:same|corresponding|equivalent) month\b")
_ENDS = re.compile(r"(?:between|from) ")
_PART_OF_YEAR = re.compile(r"q[1-4]|quarter|half")
_WIDER = frozenset(
    (
        "force",
        "county",
        "constabulary",
        "bcu",
        "neighbour",
        "neighbours",
        "rest of",
        "the rest of",
        "region",
        "partnership",
    )
)
_WIDER_NAMES = ("force", "county", "region", "partnership", "bcu")
# The members of the group counted as one, and those besides the comment's own area.
TOGETHER, OTHERS = "the group together", "the others together"
_NATION = frozenset(("england", "and", "&", "wales", "national", "uk", "country", "great", "britain", "the", "average"))
_OWN_AREA = frozenset(("areas", "comparator", *OWN_PLACE))


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, what the figures say, and why."""

    verdict: Verdict
    computed: str = ""
    why: str = ""


def supported(computed: str, why: str = "") -> Judged:
    """The figures show it."""
    return Judged(Verdict.SUPPORTED, computed, why or f"The figures show it: {computed}.")


def contradicted(computed: str, why: str) -> Judged:
    """The figures show that it is not so."""
    return Judged(Verdict.CONTRADICTED, computed, why)


def unknown(missing: str) -> Judged:
    """What is needed is not given."""
    return Judged(Verdict.NOT_CHECKABLE, "", f"This cannot be checked: {missing}.")


def shown(value: float) -> str:
    """A number for the reader of a reason."""
    return number(round(value, PLACES_SHOWN)) if abs(value) < 1000 else number(round(value, 1))  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values to compare: of which measure, where, when."""

    earlier: float
    later: float
    before: Period
    present: Period
    measure: str
    area: str
    assumed: bool = False  # whether the earlier time is only the one that is given, and not the year before

    @property
    def difference(self) -> float:
        """Later less earlier, without the dust of binary fractions."""
        return round(self.later - self.earlier, 9)

    @property
    def per_cent(self) -> float | None:
        """The change in per cent of the earlier value; none from nought."""
        return 100 * self.difference / self.earlier if self.earlier else None

    @property
    def words(self) -> str:
        """Both values with their times."""
        times = self.before.for_sentence(), self.present.for_sentence()
        return f"{shown(self.earlier)} in {times[0]}, {shown(self.later)} in {times[1]}"


class Case:
    """A comment's subject with the figures, and what the words of a scope mean among them."""

    def __init__(self, about: Subject, figures: Figures) -> None:
        self.about = about
        self.figures = figures
        self.own = key_of(about.measure)
        self.area = key_of(about.area)
        self.peers = tuple(key_of(name) for name in about.peer_group)
        self._meant: dict[tuple[str, ...], tuple[str, bool]] = {}

    @cached_property
    def present(self) -> Period:
        """The period that the comment speaks of where it names none."""
        return self.now_of(self.own, self.area)

    def now_of(self, measure: str, area: str) -> Period:
        """The longest period up to a year that ends with the report's and is known, a year before too if it can be."""
        if area in {TOGETHER, OTHERS}:
            return self.now_of(measure, self.area)
        key = (measure, area, self.about.as_at.last)
        if key not in self.figures.present:
            self.figures.present[key] = self._find_now(measure, area)
        return self.figures.present[key]

    def _find_now(self, measure: str, area: str) -> Period:
        end = self.about.as_at
        given = self.figures.periods(measure, area) or self.figures.periods(measure.removesuffix(" rate"), area)
        lengths = sorted(
            {period.months for period in given if period.last == end.last and period.months <= YEAR}, reverse=True
        )
        candidates = [Period.ending(end, months) for months in lengths]
        if YEAR not in lengths and is_count(measure) and 1 in lengths:
            candidates.insert(0, Period.ending(end, YEAR))
        for period in candidates:
            if (
                self.value(measure, area, period) is not None
                and self.value(measure, area, period.shift(-YEAR)) is not None
            ):
                return period
        known = [period for period in candidates if self.value(measure, area, period) is not None]
        if known:
            return known[0]
        return Period.ending(end, max((period.months for period in given if period.months <= YEAR), default=YEAR))

    def value(self, measure: str, area: str, period: Period) -> float | None:
        """The value over a period, ``None`` where it is not known."""
        if area in {TOGETHER, OTHERS}:
            return self._together(measure, period, without=self.area if area == OTHERS else "")
        return self.figures.value(measure, area, period)

    def _together(self, measure: str, period: Period, *, without: str) -> float | None:
        """The sum over the group, where every member's count is known."""
        members = [peer for peer in self.peers if peer != without]
        values = [self.figures.value(measure, peer, period) for peer in members]
        known = [value for value in values if value is not None]
        return sum(known) if known and len(known) == len(members) and is_count(measure) else None

    def name(self, measure: str) -> str:
        """A measure as people write it."""
        return self.figures.names.get(measure, measure)

    def place(self, area: str) -> str:
        """An area as people write it."""
        return self.figures.areas.get(area, area)

    def measure_of(self, scope: Scope) -> tuple[str, bool]:
        """The measure meant (empty where no figures of it are given), and whether the words leave no doubt."""
        if scope.subject not in self._meant:
            self._meant[scope.subject] = self._meaning(scope.subject)
        return self._meant[scope.subject]

    def _meaning(self, subject: tuple[str, ...]) -> tuple[str, bool]:
        if derived := self.figures.derived_named(subject):
            return derived, True
        meant = meant_by(subject, own=self.own, figures=self.figures)
        key = meant.key
        if key and "rate" in subject and not key.endswith(" rate") and not is_per_cent(key):
            rate = f"{key} rate"
            key = rate if rate in self.figures.names or self.figures.population(self.area, self.about.as_at) else key
        return key, meant.sure

    def area_of(self, group: tuple[str, ...]) -> str | None:
        """The area that words name, the comment's own where they name none; ``None`` where it has no figures."""
        own = set(self.area.split()) | {"the"}
        group = tuple(word for word in group if word not in self.own and not set(word.split()) <= own)
        named = [area for word in group if (area := self.area_named(word))]
        if named:
            return named[0]
        return None if [word for word in group if not self.is_own_place(word)] else self.area

    def is_own_place(self, word: str) -> bool:
        """Whether a word for a place can only mean the comment's own: of a county "the county" is said."""
        kind = word.removesuffix("'s").replace("-", "").removesuffix("wide")
        return word in _OWN_AREA or (kind == "county" and is_county(self.area))

    def area_named(self, word: str) -> str:
        """The key of an area as the text writes it, empty where there is none."""
        if word in {TOGETHER, OTHERS}:
            return word
        plain = word.replace(" & ", " and ").removesuffix("'s").removesuffix("'").removesuffix("-wide")
        if plain not in self.figures.areas:
            plain = next((area for area in CALLED.get(plain, ()) if area in self.figures.areas), plain)
            plain = self.figures.headed.get(plain, plain)
        return plain if plain in self.figures.areas else self._wider_area(plain)

    def _wider_area(self, word: str) -> str:
        """The one other area that is not in the group, where "the force" or "the county" can only mean it."""
        others = [area for area in self.figures.areas if area != self.area and area not in self.peers]
        nations = [area for area in others if _NATION.issuperset(area.split())]
        if word in {"national", "nationally"} and len(nations) == 1:
            return nations[0]
        if len(others) != 1 or word.replace("-", "").removesuffix("wide") not in _WIDER:
            return ""
        told, other = word.replace("-", "").removesuffix("wide"), others[0]
        if self._is_smaller(other):
            return ""
        another = told in _WIDER_NAMES and any(name in other.split() for name in _WIDER_NAMES if name != told)
        return "" if another or _NATION.issuperset(other.split()) else other

    def _is_smaller(self, area: str) -> bool:
        """Whether less is counted in an area than in the comment's own, so that it is no wider place."""
        values = [self.value(self.own, place, self.present) for place in (area, self.area)]
        return is_count(self.own) and values[0] is not None and values[1] is not None and values[0] < values[1]

    def period_of(self, when: When | None, *, measure: str, area: str, now: Period | None = None) -> Period | None:
        """The period that a phrase means, for this measure; the one in hand where there is no phrase."""
        base = now or self.now_of(measure, area)
        if when is None:
            return base
        if when.kind is WhenKind.CURRENT and when.months > 0 and when.months != base.months:
            base = self._known(measure, area, (Period.ending(self.about.as_at, when.months), base)) or base
        if when.kind is WhenKind.CURRENT and when.months < 0:
            return self._to_date(when, measure, area, base)
        if (
            when.kind in {WhenKind.PREVIOUS_QUARTER, WhenKind.YEAR_BEFORE, WhenKind.SAME_MONTHS_OF}
            and 0 < when.months != base.months
            and now is None
        ):
            shorter = Period.ending(self.about.as_at, when.months)
            base = shorter if self.value(measure, area, shorter) is not None else base
        readings = list(periods_of(when, now=base))
        # A month or quarter may stand for the rolling year that ends with it.
        ends = [
            Period.ending(Period(reading.last, 1), base.months) for reading in readings if self._is_stage(reading, base)
        ]
        # A calendar year beside financial years, or a financial year beside others, is no other period.
        # A year of which only the months of the report are given is those months.
        within = [base for reading in readings if reading.first <= base.first and base.last <= reading.last]
        parts = self._only_part(measure, area, readings, base)
        return self._known(measure, area, (*readings, *ends, *within, *parts)) or (readings[0] if readings else None)

    def _only_part(self, measure: str, area: str, readings: list[Period], base: Period) -> list[Period]:
        """The one period as long as the present one that is given of a longer time: "the winter of 2021-22"."""
        if base in readings or not readings or readings[0].months <= base.months:
            return []
        first, last = readings[0].first, readings[0].last
        given = self.figures.periods(measure, area)
        inside = [when for when in given if when.months == base.months and first <= when.first and when.last <= last]
        return inside if len(inside) == 1 else []

    def _is_stage(self, reading: Period, base: Period) -> bool:
        """Whether a month or quarter is the one that the report ends with."""
        return reading.months < base.months and (self.about.as_at.last - reading.last) % YEAR == 0

    def _to_date(self, when: When, measure: str, area: str, base: Period) -> Period | None:
        if "rolling" in when.words:
            return self._known(measure, area, (Period.ending(self.about.as_at, YEAR), base))
        months = (self.about.as_at.last - 3) % YEAR + 1
        return self._known(measure, area, (Period.ending(self.about.as_at, months), base))

    def _known(self, measure: str, area: str, periods: tuple[Period, ...]) -> Period | None:
        return next((period for period in periods if self.value(measure, area, period) is not None), None)

    def pair(self, claim: Claim, *, measure: str, area: str) -> Pair | str:
        """The two values that a change compares; a sentence of what is missing where they are not both known."""
        now, before = self.times(claim.scope, measure=measure, area=area)
        assumed = False
        if claim.scope.against is None and now is not None and self._lacks(measure, area, before):
            only = self.only_before(measure, area, now, whole=claim.kind is ClaimKind.FROM_TO)
            before, assumed = only or before, only is not None
        against, period = claim.scope.against, claim.scope.period
        if (
            against is not None
            and against.kind is WhenKind.SPAN
            and now is not None
            and self._lacks(measure, area, before)
        ):
            before = now.shift(min(now.months, YEAR) - against.months)  # of eight years, the first is seven before
        if period is not None and period.kind is WhenKind.MONTH_OF_YEAR and now is not None and now.months > 1:
            ends = Period(now.first, 1), Period(now.last, 1)
            if self._lacks(measure, area, before) and not any(self._lacks(measure, area, month) for month in ends):
                before, now = ends
        if period is not None and now is not None and _ENDS.match(period.words) and self._lacks(measure, area, now):
            months = self.now_of(measure, area).months
            before, now = (Period.ending(Period(end, 1), months) for end in (now.first, now.last))
        pair = self.pair_of(measure, area, before=before, now=now)
        return replace(pair, assumed=True) if assumed and isinstance(pair, Pair) else pair

    def _lacks(self, measure: str, area: str, period: Period | None) -> bool:
        return (
            period is not None
            and self.value(measure, area, period) is None
            and not self.figures.periods(f"{measure} baseline", area)
        )

    def only_before(self, measure: str, area: str, now: Period, *, whole: bool) -> Period | None:
        """Without figures of a year before, the one earlier time that is given; of a whole run, its first."""
        given = self.figures.periods(measure, area)
        earlier = sorted(period for period in given if period.months == now.months and period.last < now.last)
        return earlier[0] if len(earlier) == 1 or (whole and earlier) else None

    def pair_of(self, measure: str, area: str, *, before: Period | None, now: Period | None) -> Pair | str:
        """The values of two periods; a sentence of what is missing where they are not both known."""
        if before is None or now is None or before == now:
            return f"it is not clear which months of {self.name(measure)} are meant"
        later, earlier = self.value(measure, area, now), self.value(measure, area, before)
        if earlier is None:
            earlier = self.value(f"{measure} baseline", area, before) or self._only_baseline(measure, area)
        for value, period in ((later, now), (earlier, before)):
            if value is None:
                return f"no figure of {self.name(measure)}, {self.place(area)}, for {period.for_sentence()} is given"
        if later is None or earlier is None:
            return "a figure is not given"
        if before.months != now.months and self.value(measure, area, before) is not None:
            return f"{before.for_sentence()} and {now.for_sentence()} are not as long as each other"
        return Pair(earlier, later, before, now, measure, area)

    def _only_baseline(self, measure: str, area: str) -> float | None:
        """The one baseline that is given, from which a change counts where no year before is given."""
        given = list(self.figures.periods(f"{measure} baseline", area).values())
        return given[0].value if len(given) == 1 else None

    def times(self, scope: Scope, *, measure: str, area: str) -> tuple[Period | None, Period | None]:
        """The period spoken of and the one compared with: the same months a year before, unless the text says."""
        period, against = scope.period, scope.against
        if period is not None and period.kind in {WhenKind.YEAR_BEFORE, WhenKind.PREVIOUS_QUARTER} and against is None:
            period, against = None, period
        now = self.period_of(period, measure=measure, area=area)
        if now is None:
            return None, None
        if against is None:
            return now, now.shift(-YEAR)
        if period is None and against.kind in _RELATIVE:
            now = self._as_long(against, now, measure=measure, area=area)
        before = self.period_of(against, measure=measure, area=area, now=now)
        if before is not None and period is None and before.months != now.months and before.months <= YEAR:
            alike = Period.ending(self.about.as_at, before.months)
            now = alike if self.value(measure, area, alike) is not None else now
        same = before == now and not _PART_OF_YEAR.search(against.words)
        return now, now.shift(-YEAR) if same else before

    def _as_long(self, against: When, now: Period, *, measure: str, area: str) -> Period:
        """The present period of the length that is compared with, where figures of that length are given."""
        of_month = against.kind is WhenKind.PREVIOUS_MONTH or _SAME_MONTH.match(against.words)
        months = 1 if of_month else against.months
        if months <= 0 or months == now.months:
            return now
        alike = Period.ending(self.about.as_at, months)
        back = -months if against.kind in {WhenKind.PREVIOUS_QUARTER, WhenKind.PREVIOUS_MONTH} else -YEAR
        known = (
            self.value(measure, area, alike) is not None and self.value(measure, area, alike.shift(back)) is not None
        )
        return alike if known or alike in self.figures.periods(measure, area) else now

    def better_of(self, measure: str) -> Polarity:
        """Which way is better: as agreed for the comment's measure, and as the name says for another."""
        if measure.removesuffix(" rate") == self.own.removesuffix(" rate") or self.about.better is Polarity.NEITHER:
            return self.about.better
        return Polarity.HIGHER if any(part in measure for part in _MORE_IS_BETTER) else Polarity.LOWER

    def sign_of(self, way: Way, *, measure: str = "") -> int | None:
        """1 for up, -1 for down, 0 for the same; ``None`` for better and worse where neither is agreed."""
        better = self.better_of(measure or self.own)
        match way:
            case Way.UP:
                return 1
            case Way.DOWN:
                return -1
            case Way.SAME:
                return 0
        if better is Polarity.NEITHER:
            return None
        up_is_better = better is Polarity.HIGHER
        return 1 if (way is Way.BETTER) is up_is_better else -1

    @property
    def no_direction(self) -> Judged:
        """What is said where better and worse mean nothing."""
        return unknown(f"neither direction is agreed to be better for {self.name(self.own)}")
