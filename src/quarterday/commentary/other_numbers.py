"""What a number may be besides a figure of the measure: a target, a share, an average, one of a list, the people."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quarterday.commentary.around import (
    Around,
    adds_up,
    averaged,
    change_before,
    distance,
    planned,
    set_as_plan,
    to_be_done,
)
from quarterday.commentary.case import YEAR, Case, Judged, contradicted, shown, supported
from quarterday.commentary.held import is_count, is_per_cent, is_total, stem, stems
from quarterday.commentary.judge_plan import projected
from quarterday.commentary.readings import is_bare, is_listed, is_named, measures_named
from quarterday.commentary.rounding import fits
from quarterday.commentary.when import MONTH, WHEN, month_of, periods_of, read_when
from quarterday.domain.claim import Amount, Claim, ClaimKind, Loose, Unit, When, WhenKind
from quarterday.domain.period import Period

_MONTH = re.compile(MONTH)
_TARGET = re.compile(r"\b(?:target|stretch|expectation|standard|profile|ambition|ceiling|threshold|goal)\b")
_SOUGHT = re.compile(r" (?:that (?:is|was) )?(?:sought|required|asked for|agreed|aimed for|needed|promised)\b")
_NOUN_AFTER = re.compile(r"\W*([a-z]+)")
_TOGETHER = re.compile(r"\b(?:together|combined)\b")
_AVERAGE = re.compile(r"\b(?:average|averag\w+|mean)\b")
_LISTED = {ClaimKind.LEVEL, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE}
_SHARES = {ClaimKind.LEVEL, ClaimKind.PERCENT_CHANGE, ClaimKind.SHARE}
_SHARE_SAID = re.compile(
    r"\b(?:of|share|proportion|"
    r"percentage|account\w*|compris\w*|represent\w*|detect\w*|solved|cleared|rate|made up|makes? up)\b"
)
_SUMS = {ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.LEVEL, ClaimKind.SHARE}
_TELLING = 20  # a number from here on hardly equals a figure by chance
_YEAR_AGO = re.compile(r"\b(?:year ago|last year|year before|previous year|year earlier)\b")


_FROM_ANOTHER = {WhenKind.YEAR_BEFORE, WhenKind.PREVIOUS_QUARTER, WhenKind.PREVIOUS_MONTH}


def as_another_number(case: Case, claim: Claim, words: Around) -> Judged | None:
    """The first other number of the figures that the claim's is, where its words allow that."""
    if claim.stated.amount is None:
        return None
    tried = (
        _as_share,
        _as_margin,
        _as_population,
        _as_planned,
        _as_distance,
        _as_listed,
        _as_another_time,
        _as_rate_of,
        _as_average_change,
        _as_sum,
        _as_average,
        _so_far,
        _on_the_way,
        _as_two_places,
    )
    return next((found for read in tried if (found := read(case, claim, words, claim.stated.amount))), None)


def _as_planned(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """A number that a clause about a target gives is the target, or a twelfth of it."""
    if claim.kind not in {ClaimKind.LEVEL, ClaimKind.AVERAGE, ClaimKind.PERCENT_CHANGE}:
        return None
    if not planned(words) and not _TARGET.search(words.before + words.after[:20]) and not _is_asked(claim, words):
        return None
    for suffix in (" target", " target (% change)", " baseline"):
        for period, figure in case.figures.periods(case.own + suffix, case.area).items():
            value = figure.value
            if value is not None and claim.kind is ClaimKind.AVERAGE:
                value = value / max(1, period.months / max(1, claim.stated.of))
            if value is not None and _fits_plan(amount, value):
                return supported(f"the {suffix.strip()} for {period.for_sentence()} is {shown(value)}")
    return None


def _is_asked(claim: Claim, words: Around) -> bool:
    if claim.kind is ClaimKind.LEVEL:
        return _ASKS.search(words.before) is not None
    asked = to_be_done(words) or set_as_plan(words) or _SOUGHT.match(words.after) is not None
    return claim.kind is ClaimKind.PERCENT_CHANGE and asked


_ASKS = re.compile(
    r"\b(?:asks?|asked|stipulate[ds]?|specify|specifies|specified|expect(?:s|ed)?|wants?|wanted|requires?|required|calls?|called)"
    r" (?:us |for |that |at least |a |of |to |reach |be |is |rate |level |minimum ){0,4}$"
)


def _fits_plan(amount: Amount, value: float) -> bool:
    exact = replace(amount, loose=Loose.EXACT) if amount.loose in {Loose.AT_MOST, Loose.AT_LEAST} else amount
    return fits(exact, value)


def _as_share(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """A percentage is the share of one measure that is held in another, the comment's own among them."""
    if (
        claim.kind not in _SHARES
        or amount.unit is not Unit.PER_CENT
        or amount.signed
        or claim.stated.form == "of the change"
    ):
        return None
    if (amount.step >= 1 and not _SHARE_SAID.search(words.sentence)) or (
        claim.kind is ClaimKind.PERCENT_CHANGE and (change_before(words) or not is_bare(words))
    ):
        return None
    back = -YEAR if _YEAR_AGO.search(words.clause) else 0
    times = dict.fromkeys((case.now_of(case.own, case.area), Period.ending(case.about.as_at, YEAR)))
    for period, (part, whole) in itertools.product(times, _parts_and_wholes(case)):
        one, other = (case.value(measure, area, period.shift(back)) for measure, area in (part, whole))
        if one is not None and other and one < other and fits(amount, 100 * one / other):
            return supported(f"{shown(one)} of {shown(other)} is {shown(100 * one / other)}%")
    return None


def _parts_and_wholes(case: Case) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """What the comment is about beside each other measure here, and beside each other place."""
    own = (case.own, case.area)
    for measure in case.figures.measures:
        if measure != case.own and is_count(measure) and is_count(case.own):
            yield own, (measure, case.area)
            yield (measure, case.area), own
    for area in case.figures.areas:
        if area != case.area and area not in case.peers and is_count(case.own):
            yield own, (case.own, area)


def _as_margin(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """So far from the target at the year's end: "set to finish 37 the right side of its target"."""
    if claim.kind is not ClaimKind.PROJECTION or not planned(words):
        return None
    ends = projected(case, case.own, case.area) if is_count(case.own) else None
    found = case.figures.periods(f"{case.own} target", case.area)
    target = next((figure.value for period, figure in found.items() if ends and period == ends[1]), None)
    if ends is None or target is None:
        return None
    said = f"{ends[2]}, against a target of {shown(target)}"
    return supported(said) if fits(amount, round(ends[0]) - target) else None


_APART = re.compile(r"\b(?:above|below|over|under|short|inside|outside|ahead|behind|adrift)\b")


def _as_distance(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """So far from the target as things stand: "34 short of the 90 allowed"."""
    given = case.figures.periods(f"{case.own} target", case.area)
    if not given:
        return None
    now = case.value(case.own, case.area, case.now_of(case.own, case.area))
    of_plan = planned(words) or _TARGET.search(words.before) is not None
    apart = distance(words) or (of_plan and _APART.search(words.before + words.quote) is not None)
    if claim.kind not in {ClaimKind.LEVEL, ClaimKind.DIFFERENCE} or now is None or not apart:
        return None
    targets = [figure.value for figure in given.values()]
    right = next((target for target in targets if target is not None and fits(amount, now - target)), None)
    return supported(f"{shown(now)} against a target of {shown(right)}") if right is not None else None


def _as_population(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """The people, where the words beside the number say so."""
    if claim.kind is not ClaimKind.LEVEL or "population" not in f"{words.before[-30:]}{words.quote}{words.after[:30]}":
        return None
    people = case.figures.population(case.area, case.present)
    return supported(f"the population is {shown(people)}") if people and fits(amount, people) else None


def _as_listed(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """A number of a sequence is the figure of one of its periods, or one of its yearly changes: "131, 118, 109"."""
    if claim.kind not in _LISTED or amount.signed:
        return None
    figures = sorted(case.figures.periods(case.own, case.area).items())
    given = [(period, figure.value) for period, figure in figures if figure.value is not None]
    numbers = {float(word.replace(",", "")) for word in _NUMBERS.findall(words.sentence)}
    if "respectively" in words.sentence and claim.kind is ClaimKind.DIFFERENCE:
        steps = [(later[0], later[1] - earlier[1]) for earlier, later in itertools.pairwise(given)]
        return _one_of(case, [step for step in steps if abs(step[1]) in numbers], amount, fewest=2)
    seen = [pair for pair in given if pair[1] in numbers]
    if claim.kind is ClaimKind.PERCENT_CHANGE and not is_per_cent(case.own):
        return None
    return _one_of(case, seen, amount, fewest=2 if is_listed(words) else 3)


_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TIME_BESIDE = re.compile(rf"(?:{WHEN})(?![a-z0-9])")
_AFTER = re.compile(r"\W{0,3}(?:(?:in|for|during|by|at|of) (?:the )?)?")
_BEFORE = re.compile(r"\W{0,3}(?:(?:was|were|had|saw|there were|total|figure|count) )?\W*$")


def _as_another_time(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """One of two numbers in a sentence that are two times' figures, where no time stands beside it: "71% (was 64%)"."""
    if claim.kind is not ClaimKind.LEVEL or claim.stated.form not in {"level", "base"} or amount.signed:
        return None
    given = [(period, figure.value) for period, figure in case.figures.periods(case.own, case.area).items()]
    right = [(period, value) for period, value in given if value is not None and fits(amount, value)]
    told = {float(word.replace(",", "")) for word in _NUMBERS.findall(words.near)} - {amount.value}
    others = [period for period, value in given if value in told]
    if len(right) != 1 or not others:
        return None
    beside = time_beside(words) or _time_of_clause(words)
    if beside is not None:
        meant = case.period_of(beside, measure=case.own, area=case.area)
        if meant != right[0][0] and not _may_be(beside, right[0][0], others):
            return None
    return supported(f"{case.name(case.own)}, {right[0][0].for_sentence()}: {shown(right[0][1])}")


def _may_be(when: When, period: Period, others: Sequence[Period]) -> bool:
    """Whether a time that counts from another one told is the period."""
    return when.kind in _FROM_ANOTHER and any(period in periods_of(when, now=other) for other in others)


_NOW = re.compile(r"\b(?:now|currently|today|presently)\b")


def _time_of_clause(words: Around) -> When | None:
    """The time of the only number in a clause: "twelve months ago it stood at 419", "it is now 455"."""
    clause = words.clause.strip()
    if len(_NUMBERS.findall(clause)) != 1:
        return None
    if _NOW.search(words.quote):
        return read_when("this year")
    led = _TIME_BESIDE.match(clause)
    return read_when(led[0]) if led else None


def time_beside(words: Around) -> When | None:
    """The time inside a quotation, right behind it, or right before it."""
    inside = _TIME_BESIDE.search(words.quote)
    if inside:
        return read_when(inside[0])
    start = _AFTER.match(words.after)
    after = _TIME_BESIDE.match(words.after, start.end() if start else 0)
    if after:
        return read_when(after[0])
    head = _BEFORE.sub("", words.before[-60:])
    before = [found for found in _TIME_BESIDE.finditer(head) if found.end() == len(head)]
    return read_when(before[0][0]) if before else None


def _as_rate_of(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """So many for each so many of another thing that is counted: "11.3 per 10,000 dwellings"."""
    noun = _NOUN_AFTER.match(words.after)
    if claim.kind is not ClaimKind.RATE or noun is None or not is_count(case.own):
        return None
    now = case.now_of(case.own, case.area)
    others = [key for key in case.figures.names if key != case.own and stems(key) == {stem(noun[1])}]
    values = [
        figure.value for key in others for figure in case.figures.periods(key, case.area).values() if figure.value
    ]
    own = case.value(case.own, case.area, now)
    if len(values) != 1 or own is None:
        return None
    rate = own / values[0] * (claim.stated.of or 1000)
    said = f"{shown(own)} for {shown(values[0])} {noun[1]} is {shown(rate)} per {claim.stated.of or 1000:,}"
    return supported(said) if fits(amount, rate) else contradicted(said, f"The figures say otherwise: {said}.")


def _as_sum(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """The sum of the measures that the sentence names, or of their changes, where it adds them up."""
    of_all = claim.kind is ClaimKind.SHARE
    if not adds_up(words) or claim.kind not in _SUMS:
        return None
    now = case.now_of(case.own, case.area)
    named = [key for key in measures_named(case, words) if is_count(key) and not (of_all and is_total(key))]
    pairs = [case.pair_of(key, case.area, before=now.shift(-YEAR), now=now) for key in named]
    known = [pair for pair in pairs if not isinstance(pair, str)]
    if len(known) < 2 or len(known) < len(named):  # noqa: PLR2004
        return None
    later, earlier = sum(pair.later for pair in known), sum(pair.earlier for pair in known)
    if of_all:
        total = next((case.value(key, case.area, now) for key in case.figures.measures if is_total(key)), None)
        right = bool(total) and total is not None and fits(amount, 100 * later / total)
        return supported(f"together {shown(later)} of {shown(total or 0)}") if right else None
    value = later if claim.kind is ClaimKind.LEVEL else later - earlier
    if amount.unit is Unit.PER_CENT:
        value = 100 * value / earlier if earlier else 0.0
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    right = fits(amount, value) and (claim.kind is ClaimKind.LEVEL or sign is None or sign * value > 0)
    said = f"together {shown(earlier)}, then {shown(later)}"
    if not right and claim.kind is ClaimKind.DIFFERENCE and _TOGETHER.search(words.clause):
        return contradicted(said, f"The figures say otherwise: {said}.")
    return supported(said) if right else None


def _as_average_change(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """The change in the monthly or weekly average, where the sentence speaks of one: "two fewer than in 2016"."""
    if claim.kind is not ClaimKind.DIFFERENCE or not averaged(words):
        return None
    pair = case.pair(claim, measure=case.own, area=case.area)
    if isinstance(pair, str) or not is_count(case.own):
        return None
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if sign is not None and sign * pair.difference <= 0:
        return None
    units = (pair.present.months, pair.present.months / YEAR * 52, pair.present.months / YEAR * 365)
    right = next((pair.difference / unit for unit in units if fits(amount, pair.difference / unit)), None)
    return supported(f"{pair.words}, {shown(right)} on average") if right is not None else None


_STAGE = re.compile(
    rf"\b(?:so far|to date|cumulative\w*|by (?:christmas|easter|then|that point|(?:the )?(?:end|middle) of)"
    rf"|half[- ]?way|with (?:a|one|two|three|four|five|six|\d) (?:months?|quarters?) (?:to go|left|remaining)"
    rf"|(?:by|at|to) (?:the (?:end|close) of )?(?:{MONTH}|q[1-4])|(?:same|this) (?:point|stage))\b"
)


def _so_far(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """The total from April to a month of the year, or its change on the year before: "with a month to go, 544"."""
    of_change = claim.kind is ClaimKind.DIFFERENCE
    if not (of_change or claim.kind is ClaimKind.LEVEL) or amount.value < _TELLING or not _STAGE.search(words.sentence):
        return None
    begun = case.about.as_at.last - (case.about.as_at.last - 3) % YEAR
    for end in range(begun, case.about.as_at.last + 1):
        period = Period(begun, end - begun + 1)
        now, before = (case.value(case.own, case.area, when) for when in (period, period.shift(-YEAR)))
        value = now if not of_change or now is None else (None if before is None else now - before)
        sign = case.sign_of(claim.stated.way) if of_change and claim.stated.way else None
        if value is not None and fits(amount, value) and (sign is None or sign * value > 0):
            return supported(f"{case.name(case.own)}, {period.for_sentence()}: {shown(now or 0)}")
    return None


_GOES_ON = re.compile(
    r"^[^.;]{0,30}?\b(?:and|but|before|then|only to)\b[^.;]{0,40}?\b(?:since|then|later|subsequently|afterwards|now"
    r"|before|falling|dropping|rising|climbing|back|again)\b"
)


def _on_the_way(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """A figure passed on the way to the present one: "that rose to 655 and has since dropped to 590"."""
    before = re.search(r"\b(?:before|and) $", words.before)
    if claim.kind is not ClaimKind.LEVEL or claim.stated.form != "to" or claim.scope.period is not None or before:
        return None
    measure = case.measure_of(claim.scope)[0] or case.own
    months = case.now_of(measure, case.area).months
    given = case.figures.periods(measure, case.area).items()
    right = [(when, one.value) for when, one in given if when.months == months and _fits_exactly(amount, one.value)]
    if len(right) != 1 or right[0][1] is None or not _GOES_ON.search(words.after):
        return None
    return supported(f"{case.name(measure)}, {right[0][0].for_sentence()}: {shown(right[0][1])}")


def _as_two_places(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """Two numbers that are two places' figures: "burglary in Dover overtook Ashford's: 720 against 590"."""
    other = claim.stated.earlier
    if claim.kind is not ClaimKind.FROM_TO or other is None:
        return None
    now = case.now_of(case.own, case.area)
    here = case.value(case.own, case.area, now)
    for area in case.figures.areas:
        there = case.value(case.own, area, now)
        if here is None or there is None or area == case.area or not is_named(case, area, words.near):
            continue
        if (fits(amount, here) and fits(other, there)) or (fits(amount, there) and fits(other, here)):
            return supported(f"{shown(here)} here, {shown(there)} in {case.place(area)}")
    return None


def _fits_exactly(amount: Amount, value: float | None) -> bool:
    """Whether a number that is not loosely told is the value."""
    return value is not None and amount.loose is Loose.EXACT and fits(amount, value)


def _one_of(case: Case, seen: list[tuple[Period, float]], amount: Amount, *, fewest: int) -> Judged | None:
    right = next((pair for pair in seen if fits(amount, pair[1])), None)
    if right is None or len({value for _, value in seen}) < fewest:
        return None
    return supported(f"{case.name(case.own)}, {right[0].for_sentence()}: {shown(right[1])}")


def _as_average(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """An average over the years before, or over the months that the sentence names."""
    if amount is None or not is_count(case.own) or not _AVERAGE.search(words.clause):
        return None
    if months := _over_months(case, claim, words, amount):
        return months
    now = case.now_of(case.own, case.area)
    given = case.figures.periods(case.own, case.area)
    same = [
        figure.value
        for period, figure in sorted(given.items())
        if figure.value is not None
        and period.months == now.months
        and period.last < now.last
        and (now.last - period.last) % YEAR == 0
    ]
    own = case.value(case.own, case.area, now)
    if len(same) < 2:  # noqa: PLR2004
        return None
    mean = sum(same) / len(same)
    said = f"the mean of the {len(same)} before is {shown(mean)}"
    if amount.unit is Unit.PER_CENT and own is not None and mean:
        return supported(said) if fits(amount, 100 * (own - mean) / mean) else None
    return supported(said) if fits(amount, mean) else None


def _over_months(case: Case, claim: Claim, words: Around, amount: Amount) -> Judged | None:
    """The average of the months that the sentence names, the latest of each."""
    end = case.about.as_at.last
    named = [month_of(word) for word in _MONTH.findall(words.sentence)]
    months = [Period.ending(Period(end - (end - (month - 1)) % YEAR, 1), 1) for month in named]
    values = [case.value(case.own, case.area, month) for month in months]
    known = [value for value in values if value is not None]
    if len(months) < 2 or len(known) < len(months):  # noqa: PLR2004
        return None
    units = {-7: 52 / 12, -1: 365 / 12}.get(claim.stated.of, 1 / max(1, claim.stated.of)) * len(months)
    said = f"{shown(sum(known))} over the {len(months)} months is {shown(sum(known) / units)}"
    return supported(said) if fits(amount, sum(known) / units) else None
