"""Changes and levels against figures."""

import re

from quarterday.commentary.case import (
    OTHERS,
    TOGETHER,
    YEAR,
    Case,
    Judged,
    Pair,
    contradicted,
    shown,
    supported,
    unknown,
)
from quarterday.commentary.held import (
    canonical,
    is_count,
    is_per_cent,
    is_plainer,
    stem,
    stems,
)
from quarterday.commentary.lexicon import EMPTY_WORDS
from quarterday.commentary.rounding import fits, rounds_to, times_fit
from quarterday.commentary.slips import of_change, of_level
from quarterday.commentary.wording import number
from quarterday.domain.claim import Amount, Claim, ClaimKind, Unit, Verdict, Way
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period

# Words that pick out a part of what is counted: its number is not the measure's.
_PARTS = (
    "centre", "youth", "alcohol", "drug", "repeat", "weekend", "night", "online", "school", "young", "juvenile",
    "female", "male", "distraction", "aggravated", "attempted", "artifice",
    "women", "older", "elderly", "licensed", "student", "tourist", "estate", "park", "non-",
    "shed", "garage", "business", "commercial", "residential", "farm", "rural", "catalytic", "moped", "taxi", "hotel",
    "church", "parcel", "doorstep", "outbuilding", "caravan", "bogus", "garden", "hospital", "prison",
)  # fmt: skip
# What a measure counts by its nature, though its name does not say so.
_BY_NATURE = {
    "non-dwelling": ("shed", "garage", "outbuilding", "garden", "business", "commercial", "farm"),
    "admission": ("hospital",),
    "attendance": ("hospital",),
}
FEW = 20  # a change of more than so many, told beside rates, is one of counts
# A number further than this from the true one, which no slip explains, is most likely of another thing.
LIKELY_TIMES = 1.3
BY_CHANCE = 10  # a smaller number equals a change too easily
_SUBSETS = frozenset((
    "involving", "amongst", "among", "weekends", "weekend", "overnight", "night-time", "daytime", "under-reporting",
    "unrecorded", "backlog", "nationally", "locally-resolved", "excluding", "including", "except", "elsewhere",
    "anticipated", "predicted", "estimated", "lockdown", "peak", "not", "never", "combined", "expected", "separate",
))  # fmt: skip


def target_of(case: Case, claim: Claim) -> tuple[str, str] | Judged:
    """The measure and area that a claim is about, or why it cannot be checked."""
    measure, _ = case.measure_of(claim.scope)
    if not measure:
        words = " ".join(word for word in claim.scope.subject if word != "|")
        return unknown(f"no figures of {words!r} are given")
    area = case.area_of(claim.scope.group)
    if area is None:
        return unknown(f"no figures of {' '.join(claim.scope.group)} are given")
    if measure not in case.figures.names and case.figures.periods(f"{measure} rate", area):
        measure = f"{measure} rate"
    given = case.figures.periods(measure, area) or case.figures.periods(measure.removesuffix(" rate"), area)
    if area not in {case.area, TOGETHER, OTHERS} and not given:
        return unknown(f"no figures of {case.name(measure)} are given for {case.place(area)}")
    return measure, area


def is_sure(case: Case, claim: Claim) -> bool:
    """Whether a difference between words and figures may be held against the words."""
    own = stems(case.own) | stems(case.measure_of(claim.scope)[0] or case.own)
    told = set(claim.scope.also) | set(claim.scope.subject)
    told -= {"except"} if claim.stated.months else set()  # "every month except May"
    justice = "justice" in claim.scope.subject  # the youth justice system is no part of those who enter it
    natural = tuple(word for name, group in _BY_NATURE.items() if name in case.own for word in group)
    part = not justice and any(
        word.startswith(_PARTS)
        and not (natural and word.startswith(natural))
        and stem(word) not in own
        and word not in case.own
        for word in claim.scope.subject
    )
    return case.measure_of(claim.scope)[1] and not told & (_SUBSETS - set(case.own.split())) and not part


def judge_direction(case: Case, claim: Claim) -> Judged:
    """Up, down, better, worse, the same."""
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    if claim.stated.form == "than change":
        return _than_change(case, claim, *target)
    if claim.stated.form == "faster":
        return _faster(case, claim, *target)
    pair = case.pair(claim, measure=target[0], area=target[1])
    if isinstance(pair, str):
        return unknown(pair)
    way = claim.stated.way
    if way is None:
        return unknown("no direction is said")
    if way in {Way.BETTER, Way.WORSE} and case.about.better is Polarity.NEITHER:
        return case.no_direction
    judged = direction_of(case, way, pair)
    if judged.verdict is Verdict.CONTRADICTED and target[1] != case.area and way in {Way.BETTER, Way.WORSE}:
        return _better_than_here(case, claim, way, pair)
    doubtful = way in {Way.BETTER, Way.WORSE} and _is_of_something_else(claim, target[0])
    if judged.verdict is Verdict.CONTRADICTED and (doubtful or "only" in claim.scope.also):
        return unknown("it is not clear what is said to be better or worse")
    return judged


def _better_than_here(case: Case, claim: Claim, way: Way, there: Pair) -> Judged:
    """As in "London did better", with a smaller rise than here; what else may be meant is left open."""
    here = case.pair(claim, measure=there.measure, area=case.area)
    if isinstance(here, str) or here.per_cent is None or there.per_cent is None:
        return unknown("it is not clear what is said to be better or worse")
    ahead = (there.per_cent - here.per_cent) * (case.sign_of(way, measure=there.measure) or 0)
    said = f"{there.per_cent:+.1f}% in {case.place(there.area)}, {here.per_cent:+.1f}% here"
    return supported(said) if ahead > 0 else unknown("it is not clear what is said to be better or worse")


def direction_of(case: Case, way: Way, pair: Pair) -> Judged:
    """Whether two values moved the way that is said."""
    wanted = case.sign_of(way, measure=pair.measure)
    if wanted is None:
        return case.no_direction
    sign = (pair.difference > 0) - (pair.difference < 0)
    if sign == wanted:
        return supported(pair.words)
    rule = f" For this measure {case.about.better.value} is better." if way in {Way.BETTER, Way.WORSE} else ""
    return contradicted(pair.words, f"The figures say otherwise: {pair.words}, {_moved(pair)}.{rule}")


def _is_of_something_else(claim: Claim, measure: str) -> bool:
    """Whether a subject names neither the measure nor anything plain, such as "performance"."""
    told = [word for word in claim.scope.subject if word not in PLAIN_NOUNS and word != "|"]
    return bool(told) and not {stem(word) for word in told} & stems(measure)


def _than_change(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    """Better than a change that the text goes on to state."""
    pair = case.pair_of(measure, area, before=case.now_of(measure, area).shift(-YEAR), now=case.now_of(measure, area))
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if isinstance(pair, str) or pair.per_cent is None or claim.stated.earlier is None:
        return unknown("the change is not given")
    if sign is None:
        return case.no_direction
    said = f"{pair.per_cent:+.1f}% against {claim.stated.earlier.value:g}%"
    if (pair.per_cent - claim.stated.earlier.value) * sign > 0:
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _moved(pair: Pair) -> str:
    if pair.difference == 0:
        return "no change"
    return f"{'a rise' if pair.difference > 0 else 'a fall'} of {shown(abs(pair.difference))}"


def _faster(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    other, own = case.pair(claim, measure=measure, area=area), case.pair(claim, measure=case.own, area=case.area)
    if isinstance(other, str) or isinstance(own, str) or other.per_cent is None or own.per_cent is None:
        return unknown("the two changes are not both given")
    said = f"{case.name(measure)} {other.per_cent:+.1f}%, {case.name(case.own)} {own.per_cent:+.1f}%"
    if measure == case.own:
        return unknown("it is not clear which changes are compared")
    wanted = case.sign_of(claim.stated.way or Way.UP) or 0
    if wanted * other.per_cent > wanted * own.per_cent and wanted * other.per_cent > 0:
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def judge_change(case: Case, claim: Claim) -> Judged:
    """A change by so many, so much per cent or so many points."""
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    amount, way = claim.stated.amount, claim.stated.way
    if amount is None:
        return unknown("no number is said")
    if measure.endswith(" rate") and not case.own.endswith(" rate") and amount.unit is Unit.COUNT and amount.step >= 1:
        measure = measure.removesuffix(" rate")
    if measure.endswith(" rate") and amount.unit is Unit.COUNT and amount.step >= 1 and amount.value > FEW:
        return unknown("the counts behind the rates are not given")
    pair = case.pair(claim, measure=measure, area=area)
    if isinstance(pair, str):
        return unknown(pair)
    true = _true_change(case, amount, pair)
    if isinstance(true, Judged):
        return true
    value, computed = true
    own_sign = _wanted_sign(case, amount, way, measure=measure)
    if own_sign is None and way is not None:
        return case.no_direction
    right_way = (
        own_sign is None
        or own_sign == (pair.difference > 0) - (pair.difference < 0)
        or (amount.value == 0 and pair.difference == 0)
    )
    if right_way and fits(amount, value):
        return supported(computed)
    if not is_sure(case, claim) or (own_sign is None and not amount.signed):
        return unknown(f"it is not clear what the number is compared with; the figures give {computed}")
    slip = of_change(case, amount, pair) if right_way else "The direction is the other one."
    return contradicted(computed, f"The figures say otherwise: {computed}. {slip}".strip())


def _wanted_sign(case: Case, amount: Amount, way: Way | None, *, measure: str) -> int | None:
    if way is not None:
        return case.sign_of(way, measure=measure)
    if amount.signed:
        return 1 if amount.value > 0 else -1 if amount.value < 0 else 0
    return None


def _true_change(case: Case, amount: Amount, pair: Pair) -> tuple[float, str] | Judged:
    if amount.unit is Unit.PER_CENT:
        if pair.per_cent is None:
            return unknown("a change from nought has no per cent")
        sum_ = f"{shown(abs(pair.difference))} of {shown(pair.earlier)} is {number(abs(pair.per_cent), places=2)}%"
        return pair.per_cent, f"{pair.words}, {_moved(pair)}; {sum_}"
    if amount.unit is Unit.POINTS and not is_per_cent(pair.measure) and is_count(pair.measure):
        return unknown(f"{case.name(pair.measure)} is no percentage, so it cannot change by points")
    return pair.difference, f"{pair.words}, {_moved(pair)}"


def _change_there(case: Case, claim: Claim, measure: str, area: str) -> Judged | None:
    """Another place's change, told without a word for it: "here it rose by 29%; London saw 19%"."""
    pair, amount = case.pair(claim, measure=measure, area=area), claim.stated.amount
    if isinstance(pair, str) or pair.per_cent is None or amount is None:
        return None
    fitting = fits(amount, pair.per_cent) or (not amount.signed and fits(amount, -pair.per_cent))
    return supported(f"{pair.words} in {case.place(area)}, {pair.per_cent:+.1f}%") if fitting else None


def judge_level(case: Case, claim: Claim) -> Judged:
    """A number that stands, a target's value, or which side of a number it lies."""
    if claim.stated.form == "target value":
        return _target_value(case, claim)
    if claim.stated.form == "side":
        return _side(case, claim)
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    amount = claim.stated.amount
    if amount is None:
        return unknown("no number is said")
    if amount.unit is Unit.PER_CENT and not is_per_cent(measure):
        if area != case.area and (change := _change_there(case, claim, measure, area)):
            return change
        return unknown(f"what {number(amount.value)}% is of is not given")
    foreign = foreign_noun(claim, measure)
    if foreign:
        return unknown(f"no figures of {foreign!r} are given")
    if amount.step < 1 and is_count(measure) and not _has_decimals(case, measure, area):
        rate = f"{measure} rate"
        if case.value(rate, area, case.now_of(rate, area)) is None:
            return unknown(f"{case.name(measure)} is counted in whole numbers, and no rate is given")
        measure = rate
    period = _level_period(case, claim, measure=measure, area=area)
    value = case.value(measure, area, period) if period else None
    if period is None or value is None:
        return unknown(
            f"no figure of {case.name(measure)} for {period.for_sentence() if period else 'that time'} is given"
        )
    computed = f"{case.name(measure)}, {period.for_sentence()}: {shown(value)}"
    before = case.value(measure, area, period.shift(-YEAR))
    if amount.signed and before is not None and fits(amount, value - before):
        return supported(f"{computed}, {shown(before)} a year before")  # "October +14, November -9"
    if not fits(amount, value):
        if not is_sure(case, claim) or not _likely_the_same(
            case, amount, value, measure=measure, area=area, period=period
        ):
            return unknown(f"it is not clear what is counted; the figures give {computed}")
        return contradicted(
            computed,
            f"The figures say otherwise: {computed}. {of_level(case, amount, measure=measure, area=area)}".strip(),
        )
    return _moved_to(case, claim, measure=measure, area=area, computed=computed, period=period)


def _has_decimals(case: Case, measure: str, area: str) -> bool:
    """Whether some figure of a measure is no whole number, so that it is no count."""
    return any(
        figure.value is not None and figure.value % 1 != 0 for figure in case.figures.periods(measure, area).values()
    )


def _likely_the_same(case: Case, amount: Amount, value: float, *, measure: str, area: str, period: Period) -> bool:
    """Whether a wrong number is of this measure at all: of its size, or another number of it."""
    low, high = sorted((abs(amount.value), abs(value)))
    if high <= LIKELY_TIMES * low or of_level(case, amount, measure=measure, area=area):
        return True
    before = case.value(measure, area, period.shift(-YEAR))
    return before is not None and abs(amount.value) >= BY_CHANCE and rounds_to(amount, value - before)


def _moved_to(case: Case, claim: Claim, *, measure: str, area: str, computed: str, period: Period) -> Judged:
    """A level that is right, reached in the direction said."""
    way = claim.stated.way
    if way is None or claim.stated.form == "base" or claim.scope.period is not None:
        return supported(computed)
    now, before = case.times(claim.scope, measure=measure, area=area)
    earlier, later = (case.value(measure, area, when) if when else None for when in (before, now))
    sign = case.sign_of(way)
    if earlier is None or later is None or sign is None or now != period or (later - earlier) * sign >= 0:
        return supported(computed)
    return contradicted(
        computed, f"The number is right, but before it was {shown(earlier)}, so the direction is the other one."
    )


def foreign_noun(claim: Claim, measure: str) -> str:
    """The noun beside a number, where it names another thing than the measure."""
    subject = claim.scope.subject
    beside = subject[: subject.index("|")] if "|" in subject else ()
    told = [word for word in beside if stem(word) not in stems(measure) and word not in PLAIN_NOUNS]
    told = [word for word in told if not is_plainer(word, measure)]
    named = canonical({stem(word) for word in beside}) & stems(measure)
    return " ".join(told) if told and not named else ""


PLAIN_NOUNS = EMPTY_WORDS | frozenset((
    "were", "was", "reported", "recorded", "logged", "committed", "year", "years", "last", "same", "equivalent",
    "calls", "cases", "victims", "thefts", "reports", "said", "noted", "result", "occurred", "received", "made",
    "seen", "base", "only", "just", "now", "ended", "end", "close", "mark", "on-going", "so", "far", "which",
    "actual", "case", "total's", "stood", "saw", "before", "earlier", "previously", "prior", "ago", "then",
))  # fmt: skip


def _level_period(case: Case, claim: Claim, *, measure: str, area: str) -> Period | None:
    if claim.stated.form == "base" and claim.scope.period is None:
        return case.times(claim.scope, measure=measure, area=area)[1]
    if claim.scope.period is None and claim.scope.against is not None and claim.stated.form == "base":
        return case.times(claim.scope, measure=measure, area=area)[1]
    return case.period_of(claim.scope.period, measure=measure, area=area)


def _target_value(case: Case, claim: Claim) -> Judged:
    amount = claim.stated.amount
    if case.area_of(claim.scope.group) != case.area:
        return unknown(f"no target of {' '.join(claim.scope.group)} is given")
    for suffix in (" target (% change)", " target"):
        known = case.figures.periods(case.own + suffix, case.area)
        values = [
            (period, figure.value)
            for period, figure in known.items()
            if figure.value is not None and period.last == case.about.as_at.last
        ]
        values = values or [(period, figure.value) for period, figure in known.items() if figure.value is not None]
        if not values or amount is None:
            continue
        if suffix == " target" and amount.unit is Unit.PER_CENT and not is_per_cent(case.own):
            continue
        period, value = values[-1]
        if suffix != " target" and amount.unit is Unit.COUNT and not amount.signed and claim.stated.way is None:
            return unknown("the target is given as a change in per cent")
        computed = f"the target for {period.for_sentence()} is {shown(value)}{'%' if 'change' in suffix else ''}"
        sign = case.sign_of(claim.stated.way) if claim.stated.way in {Way.UP, Way.DOWN} else None
        if fits(amount, value) and (sign is None or suffix == " target" or sign * value >= 0):
            return supported(computed)
        return contradicted(computed, f"The figures say otherwise: {computed}.")
    return unknown("no target is given")


def _side(case: Case, claim: Claim) -> Judged:
    """Above or below a number or the number of another time."""
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    told = claim.stated.earlier
    if told is not None and told.step < 1 and is_count(measure) and not _has_decimals(case, measure, area):
        measure = f"{measure} rate"  # "fewer than the 31.6 of the year before"
    when = claim.scope.against or claim.scope.period
    period = case.period_of(when, measure=measure, area=area) if when else None
    both = claim.scope.period is not None and claim.scope.against is not None
    now = case.period_of(claim.scope.period, measure=measure, area=area) if both else None
    if both and now is None:
        return unknown("the figure compared with is not given")
    now = now or case.now_of(measure, area)
    if both and period is not None and period.months != now.months:
        return unknown("it is not clear which months are compared")
    if period is not None and period.months != now.months:
        now = Period.ending(case.about.as_at, period.months)
    value, then = case.value(measure, area, now), case.value(measure, area, period) if period else None
    stated = claim.stated.earlier
    if stated is not None and stated.unit is Unit.PER_CENT and not is_per_cent(measure):
        return unknown("it is not clear which changes are compared")
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if value is None or sign is None or (then is None and (when is not None or stated is None)):
        return unknown("the figure compared with is not given")
    if period == now:
        return unknown("it is not clear which months are compared")
    if stated is not None and then is not None and not fits(stated, then):
        return contradicted(
            shown(then), f"The figure for {period.for_sentence() if period else 'then'} is {shown(then)}."
        )
    bound = then if then is not None else stated.value if stated else 0.0
    computed = f"{shown(value)} against {shown(bound)}"
    if (value - bound) * sign > 0:
        return supported(computed)
    return contradicted(computed, f"The figures say otherwise: {computed}.")


def judge_from_to(case: Case, claim: Claim) -> Judged:
    """From one number to another."""
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    later, earlier = claim.stated.amount, claim.stated.earlier
    if re.search(r"\b(?:per|for every) (?:1,?000|thousand|100,?000)", claim.quote) and not measure.endswith(" rate"):
        measure = f"{measure} rate"
    units = {amount.unit for amount in (later, earlier) if amount is not None}
    if Unit.PER_CENT in units and not is_per_cent(measure):
        return unknown(f"no percentages for {case.name(measure)} are given")
    if "|" in claim.scope.subject and foreign_noun(claim, measure) and earlier is not None and later is None:
        return unknown(f"no figures of {foreign_noun(claim, measure)!r} are given")
    pair = case.pair(claim, measure=measure, area=area)
    if isinstance(pair, str):
        return unknown(pair)
    wrong = [
        (amount, value)
        for amount, value in ((earlier, pair.earlier), (later, pair.later))
        if amount is not None and not fits(amount, value)
    ]
    sign = case.sign_of(claim.stated.way, measure=measure) if claim.stated.way else None
    if not wrong and (sign is None or sign * pair.difference > 0 or (sign == 0 and pair.difference == 0)):
        return supported(pair.words)
    if not is_sure(case, claim):
        return unknown(f"it is not clear what is counted; the figures give {pair.words}")
    swapped = earlier is not None and later is not None and fits(earlier, pair.later) and fits(later, pair.earlier)
    named = " The two are the wrong way round." if swapped else "" if wrong else " The direction is the other one."
    return contradicted(pair.words, f"The figures say otherwise: {pair.words}.{named}")


def judge_multiple(case: Case, claim: Claim) -> Judged:
    """So many times as much."""
    amount = claim.stated.amount
    if amount is not None and claim.stated.word != "over time" and (place := _other_place(case, claim)):
        return times_of_place(case, claim, amount, place)
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    if amount is None:
        return unknown("no number is said")
    if claim.stated.form == "of the rate of change":
        return _rate_of_change(case, amount, *target)
    pair = case.pair(claim, measure=target[0], area=target[1])
    if isinstance(pair, str):
        pair = _times_of_then(case, claim, *target)
    if isinstance(pair, str):
        return unknown(pair)
    if not pair.earlier:
        return unknown("a change from nought has no multiple")
    times = pair.later / pair.earlier
    computed = f"{pair.words}: {times:.2f} times"
    if times_fit(amount, times):
        return supported(computed)
    if not is_sure(case, claim):
        return unknown("it is not clear what is compared")
    return contradicted(computed, f"The figures say otherwise: {computed}.")


_AS_MANY = re.compile(r"\bas many (?:offences|crimes|incidents)\b")


def _other_place(case: Case, claim: Claim) -> str:
    """The other place that a multiple is of: "three times those in Daventry"."""
    named = (case.area_named(word) for word in claim.scope.group)
    return next((area for area in named if area and area != case.area), "")


def times_of_place(case: Case, claim: Claim, amount: Amount, place: str) -> Judged:
    """By rate, or by what is itself a rate; by number where no people are given."""
    measure, sure = case.measure_of(claim.scope)
    plain = measure.removesuffix(" rate")
    now = case.now_of(measure, case.area)
    rates = [case.figures.rate(plain, area, now) for area in (case.area, place)]
    values = [case.value(plain, area, now) for area in (case.area, place)]
    by_number = None in rates or (_AS_MANY.search(claim.quote.lower()) is not None and None not in values)
    own, theirs = values if by_number else rates
    if not measure or own is None or not theirs:
        return unknown(f"no figures of {case.place(place)} are given")
    said = f"{shown(own)} against {shown(theirs)} in {case.place(place)}: {own / theirs:.2f} times"
    of_whole = amount.fraction and amount.unit is Unit.PER_CENT
    if fits(amount, 100 * own / theirs) if of_whole else times_fit(amount, own / theirs):
        return supported(said)
    return (
        contradicted(said, f"The figures say otherwise: {said}.")
        if sure
        else unknown("it is not clear what is compared")
    )


def _times_of_then(case: Case, claim: Claim, measure: str, area: str) -> Pair | str:
    """As in "Twice the level of 2016/17": the time named is the one compared with."""
    now = case.now_of(measure, area)
    then = case.period_of(claim.scope.period, measure=measure, area=area)
    if then is None or then.last >= now.last:
        return "the figure compared with is not given"
    return case.pair_of(measure, area, before=then, now=now)


def _rate_of_change(case: Case, amount: Amount, measure: str, area: str) -> Judged:
    changes = _changes_by_length(case, measure, area)
    if len(changes) < 2:  # noqa: PLR2004
        return unknown("two rates of change are not given")
    earlier, later = changes[-2], changes[-1]
    if not earlier.per_cent or later.per_cent is None:
        return unknown("two rates of change are not given")
    ends = earlier.present.for_sentence(), later.present.for_sentence()
    computed = f"{earlier.per_cent:+.1f}% to {ends[0]}, {later.per_cent:+.1f}% to {ends[1]}"
    if times_fit(amount, later.per_cent / earlier.per_cent):
        return supported(computed)
    return contradicted(computed, f"The figures say otherwise: {computed}.")


def _changes_by_length(case: Case, measure: str, area: str) -> list[Pair]:
    """The changes on a year before of the year so far at its several stages, else of each period given, in order."""
    found = []
    for now in sorted(case.figures.periods(measure, area), key=lambda period: (period.last, period.months)):
        pair = case.pair_of(measure, area, before=now.shift(-YEAR), now=now)
        if not isinstance(pair, str):
            found.append(pair)
    return found


def changes_so_far(case: Case, measure: str, area: str) -> list[Pair]:
    """The changes on a year before at each time given, earliest first."""
    return _changes_by_length(case, measure, area)


KINDS = (ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENTAGE_POINTS)
