"""The other ways in which the words of a claim may be read: another measure, place, time or kind of number.

What a text names in so many words binds; what it leaves out may be any of the things that the figures hold.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from quarterday.commentary.around import (
    Around,
    ahead,
    compared_with_more,
    follows,
    from_the_start,
    gives,
    told_of_earlier,
)
from quarterday.commentary.case import OTHERS, TOGETHER, YEAR, Case
from quarterday.commentary.held import counts, is_per_cent, is_total, stem, stems, vehicle_tags
from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.other_kinds import MOVE_AFTER, MOVED_BY, PROJECTS, in_other_kind, way_of
from quarterday.commentary.place_beside import place_beside
from quarterday.commentary.rule import signed_way
from quarterday.commentary.times_beside import is_compared_with, is_its_own, is_set_beside, than_then
from quarterday.commentary.when import MONTH, WHEN, one_month, periods_of, read_when
from quarterday.domain.claim import Claim, ClaimKind, Unit, Way, When, WhenKind
from quarterday.domain.period import Period

OF_TIME = {
    ClaimKind.LEVEL,
    ClaimKind.DIFFERENCE,
    ClaimKind.PERCENT_CHANGE,
    ClaimKind.PERCENTAGE_POINTS,
    ClaimKind.FROM_TO,
    ClaimKind.MULTIPLE,
    ClaimKind.AVERAGE,
    ClaimKind.RATE,
}
CHANGES = {ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENTAGE_POINTS}
_MOVES = re.compile(
    r"\b(?:up|down|rose|fell|rise|fall|more|fewer|less|higher|lower|incr\w+|decr\w+|reduc\w+|dropp?\w*|by"
    r"|grew|cut)\b|[+\u2212-]"
)
_MOVED = re.compile(
    r"\b(?:up|down|rose|fell|ris\w+|fall\w*|more|fewer|less|higher|lower|\w*cr(?:ease|ept)\w*|reduc\w+|drop\w*|grew"
    r"|cut)\b"
)
_PER = re.compile(r"\W?(?:a|per|each|every) (month|week|day|quarter)\b")
_WORDS = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_LETTERS_ALONE = re.compile(r"[a-z]+")
_MONTH = re.compile(MONTH)
_MARK = re.compile(r"[,;:()]")
_COMMA = re.compile(r"[,;]")
_COLON = re.compile(r"[:;]")
_FROM = re.compile(r"\bfrom (?:\w+ )?$")
_CRIME = re.compile(r"\bcrimes?\b")
_ALL_CRIME = re.compile(r"\b(?:all|total|overall) (?:recorded )?crime $")
_WHERE = re.compile(r"\b(?:where|when)\b[^,]*$")
_A_QUARTER = re.compile(r"q[1-4]|quarter")
_SAME_STAGE = re.compile(r"\bsame (?:stage|point|time|period)\b|\bat this (?:stage|point)\b")
_BETWEEN_QUARTERS = re.compile(r"\bbetween\b.*\b(?:quarters|q[1-4] and q[1-4])\b")
_COMPARED_BEFORE = re.compile(r"\b(?:than|against|with|to)\b[^,]*$")
_THAT = re.compile(r"\s*that\b")
_BASE = re.compile(r"\bbase(?:line)?(?: year)?\b")
_UNITS = {"month": 1, "week": -7, "day": -1, "quarter": 3}
_SHORT = 3
_MOST_NAMED = 20  # no sentence names more measures
QUARTER = 3
_PLACE_WORDS = frozenset((
    "police", "council", "ward", "north", "south", "east", "west", "rest", "area", "division", "district",
    "borough", "city", "county", "town", "force", "central", "national", "centre", "constabulary", "england",
    "wales",
))  # fmt: skip
_TELLING = 20  # a number from here on hardly equals a figure by chance
_GROUPS = frozenset(
    ("boroughs", "districts", "wards", "divisions", "forces", "areas", "peers", "group", "county", "councils")
)
# What a report may call the place that it is about.
_OURSELVES = frozenset(
    ("force", "force's", "constabulary", "county's", "comparator", "family", "partnership", "borough's")
)
BARE = re.compile(r"^\W*(?:[\d,.]+\W*(?:%|per ?cent)?|(?:one|two|three) in (?:\w+|\d+))$")


def readings(case: Case, claim: Claim, words: Around, beside: Sequence[Claim]) -> Iterator[Claim]:
    """The same words about another measure, place or time that the sentence names, or as another kind of number."""
    for kind in _kinds(case, claim, words):
        yield from _about_others(case, kind, words)
        if kind.kind in OF_TIME:
            yield from _at_other_times(case, kind, words, beside)


_OF_THEN = re.compile(r"\bof (?:its|the|their|our) (?:19|20)\d\d")


def _kinds(case: Case, claim: Claim, words: Around) -> Iterator[Claim]:
    yield claim
    stated, amount = claim.stated, claim.stated.amount
    if amount is None or stated.earlier is not None:
        return
    if claim.kind is ClaimKind.LEVEL and _is_change_told(words):
        yield replace(claim, kind=ClaimKind.DIFFERENCE, stated=replace(stated, form="", way=None))
    if claim.kind is ClaimKind.PERCENT_CHANGE and amount.fraction and is_bare(words):
        yield replace(claim, kind=ClaimKind.SHARE, stated=replace(stated, form="share", way=None))
    if claim.kind is ClaimKind.PROJECTION and (is_bare(words) or "months' " in words.quote):
        so_far = Period.ending(case.about.as_at, (case.about.as_at.last - 3) % YEAR + 1)
        level = replace(claim, kind=ClaimKind.LEVEL, stated=replace(stated, form="level", way=None))
        yield replace(level, scope=replace(claim.scope, period=stated_when(so_far), against=None))
    if claim.kind in {ClaimKind.RATE, ClaimKind.LEVEL} and case.peers and "average" in words.sentence:
        yield replace(claim, kind=ClaimKind.PEER_POSITION, stated=replace(stated, form="gap", way=None))
    if claim.kind is ClaimKind.SHARE and claim.scope.period is not None and _OF_THEN.search(words.quote):
        scope = replace(claim.scope, period=None, against=claim.scope.period, whole=())
        yield replace(claim, kind=ClaimKind.PERCENT_CHANGE, stated=replace(stated, form=""), scope=scope)
    if claim.kind is ClaimKind.RATE and MOVED_BY.search(words.before):
        rate = tuple(f"{case.name(case.own).removesuffix(' rate')} rate".lower().split())
        yield replace(
            claim, kind=ClaimKind.DIFFERENCE, stated=replace(stated, form=""), scope=replace(claim.scope, subject=rate)
        )
    of_change = _OF_CHANGE.search(words.before + ("of " if words.quote.startswith("of ") else ""))
    if claim.kind is ClaimKind.LEVEL and (_ADDED.match(words.after) or _CHANGE_WAS.search(words.before) or of_change):
        yield replace(claim, kind=ClaimKind.DIFFERENCE, stated=replace(stated, form="", way=None))
    if claim.kind in CHANGES and stated.way in _OTHER_WAY and _then_had(words):
        scope = replace(claim.scope, period=None, against=claim.scope.period or claim.scope.against)
        yield replace(claim, stated=replace(stated, way=_OTHER_WAY[stated.way]), scope=scope)
    if claim.kind is ClaimKind.LEVEL and MOVED_BY.search(words.before + words.quote.partition(" ")[0]):
        yield replace(claim, kind=ClaimKind.DIFFERENCE, stated=replace(stated, form=""))
    if claim.kind is ClaimKind.AVERAGE and _FROM.search(words.before):
        before = stated_when(case.now_of(case.own, case.area).shift(-YEAR))
        yield replace(claim, scope=replace(claim.scope, period=before, against=None, periods=()))
    if claim.kind is ClaimKind.LEVEL and stated.form == "base" and is_bare(words):
        yield replace(
            claim, stated=replace(stated, form="level"), scope=replace(claim.scope, period=None, against=None)
        )
    if claim.kind in CHANGES and amount.signed and not _MOVED.search(words.clause):
        yield replace(claim, stated=replace(stated, way=signed_way(amount, None)))  # its own sign, no clause's before
    if claim.kind in CHANGES and stated.way in {Way.BETTER, Way.WORSE} and is_bare(words):
        yield replace(claim, stated=replace(stated, way=None))  # what is better or worse is told elsewhere
    if claim.kind in CHANGES and PROJECTS.search(words.sentence):
        projected = replace(claim, kind=ClaimKind.PROJECTION, stated=replace(stated, form="change"))
        yield replace(projected, scope=replace(claim.scope, period=None, against=None))
    if claim.kind in CHANGES and not amount.signed and is_bare(words):
        level = replace(claim, kind=ClaimKind.LEVEL, stated=replace(stated, form="level", way=None))
        yield level
        if claim.scope.against is not None:
            yield replace(level, scope=replace(claim.scope, period=claim.scope.against, against=None))
        if words.before.rstrip().endswith("("):
            before = stated_when(case.now_of(case.own, case.area).shift(-YEAR))
            yield replace(level, scope=replace(claim.scope, period=before, against=None))
    if claim.kind in CHANGES and (moved := MOVE_AFTER.match(words.after)):
        yield replace(claim, stated=replace(stated, way=way_of(moved[1])))
    if claim.kind is ClaimKind.PROJECTION and (per := _PER.match(words.after)):
        yield replace(
            claim, kind=ClaimKind.AVERAGE, stated=replace(stated, form="average", of=_UNITS[per[1]], way=None)
        )
    if claim.kind is ClaimKind.LEVEL and ahead(words):
        yield replace(claim, kind=ClaimKind.PROJECTION, stated=replace(stated, form="total", way=None))
    if claim.kind is ClaimKind.SHARE and is_per_cent(case.own) and amount.unit is Unit.PER_CENT:
        when = claim.scope.period or claim.scope.against
        level = replace(claim, kind=ClaimKind.LEVEL, stated=replace(stated, form="level", way=None))
        yield replace(level, scope=replace(claim.scope, period=when, against=None, subject=()))
    if claim.kind is ClaimKind.RANK and " behind" in words.sentence:
        yield replace(claim, stated=replace(stated, form="from the highest"))


_ADDED = re.compile(r" (?:were|was|have been|had been) (?:added|taken off|knocked off|shed)\b")
_CHANGE_WAS = re.compile(
    r"\b(?:rise|fall|increase|decrease|reduction|growth|drop|decline|change)"
    r" (?:was|is|has been|being) [a-z ]{3,30},? ?(?:at )?$"
)
# "Fell by 163, of which 126 were thefts from vehicles", "saw a rise, of 65 offences".
_OF_CHANGE = re.compile(
    r"\b(?:fell|rose|down|up|fewer|more|reduced|grew|dropped|increased|reduction|fall|rise|increase|drop|decrease)\b"
    r"[^.;]{0,60}, of which (?:[^.;]{0,60} and )?$|\b(?:rise|fall|increase|decrease|reduction|drop|decline)s?, of $"
)
_OTHER_WAY = {Way.UP: Way.DOWN, Way.DOWN: Way.UP}
# "The same three months of 2020 had thirteen more": the earlier time is what had more.
_HAD = re.compile(r" (?:had|saw|brought|recorded|produced) (?:some |about |around )?$")
_ENDS_WITH_TIME = re.compile(rf"(?:{WHEN})$")


def _then_had(words: Around) -> bool:
    had = _HAD.search(words.before)
    return had is not None and _ENDS_WITH_TIME.search(words.before[max(0, had.start() - 50) : had.start()]) is not None


_CHANGE_TOLD = re.compile(
    r"\b(?:reduction|decrease|fall|drop|decline|cut|rise|increase|growth|change|grew|grown|rose|fell|dropped|up|down"
    r"|more|fewer)\b"
)


def _is_change_told(words: Around) -> bool:
    """Whether a number is set beside a change told before, or is a part of it: "grew by 60, against 150 for fraud"."""
    beside = words.quote.startswith(("against", "compared", "versus", "v ", "vs"))
    return (beside or gives(words)) and _CHANGE_TOLD.search(words.before) is not None


_LIST = re.compile(
    r"\d[\d,.]*%?\)?\W{1,3}(?:(?:and|then|to|now|year \d|in|last|this|ago|the|a|before|through|year)\W{1,3}){0,5}$"
)
_LIST_GOES_ON = re.compile(r"\W{0,3}(?:(?:and|then|to|now|last|this|year)\W{1,3}){0,4}(?:year \d: )?\d")


def is_listed(words: Around) -> bool:
    """Whether a number stands in a row of numbers: "131, 118, 109"."""
    return BARE.match(words.quote) is not None and (
        _LIST.search(words.before) is not None or _LIST_GOES_ON.match(words.after) is not None
    )


@lru_cache(256)
def _said(told: str) -> frozenset[str]:
    """The stems of the words of a sentence."""
    return frozenset(stem(word) for word in _WORDS.findall(told)) | vehicle_tags(told)


def measures_named(case: Case, words: Around) -> list[str]:
    """The measures that a sentence names in full."""
    said = _said(words.sentence)
    return [key for key in case.figures.measures if stems(key) and stems(key) <= said]


def is_bare(words: Around) -> bool:
    """Whether a number stands alone, with no word of a change at its side."""
    if BARE.match(words.quote) and words.before.endswith("(") and words.after.startswith(")"):
        return True
    return bool(BARE.match(words.quote)) and not _MOVES.search(words.before[-12:] + words.after[:10])


def _about_others(case: Case, claim: Claim, words: Around) -> Iterator[Claim]:
    yield claim
    said = _said(words.sentence)
    named = 0
    meant = case.measure_of(claim.scope)[0]
    for measure in case.figures.measures if meant and not _is_bound_to(meant, claim, words) else ():
        name = stems(measure)
        total = is_total(measure) and _CRIME.search(words.clause)
        apart = name - stems(case.own) if stems(case.own) else frozenset()
        if measure != case.own and (total or (name and name <= said) or (apart and apart <= said and name & said)):
            named += 1
            if named > _MOST_NAMED:
                break
            yield replace(claim, scope=replace(claim.scope, subject=tuple(case.name(measure).lower().split())))
    if _is_telling(claim) and _names_no_count(case, claim):
        yield replace(claim, scope=replace(claim.scope, subject=()))
    if claim.scope.group and all(
        words.before.endswith(f"{case.area} ") or word in _GROUPS or (word in _OURSELVES and _is_telling(claim))
        for word in claim.scope.group
    ):
        yield replace(claim, scope=replace(claim.scope, group=()))
    if claim.kind in OF_TIME and not claim.scope.group:
        for area in case.figures.areas:
            if area != case.area and is_named(case, area, words.sentence):
                yield replace(claim, scope=replace(claim.scope, group=(area,)))


def _is_bound_to(meant: str, claim: Claim, words: Around) -> bool:
    """Whether a number's own clause names its measure in full: "theft of vehicles came down 14%"."""
    name = stems(meant)
    if len(name) < 2 or "|" in claim.scope.subject:  # noqa: PLR2004
        return False
    return name <= _said(words.clause[: words.clause.find(words.quote)])


def is_named(case: Case, area: str, told: str) -> bool:
    """Whether a text names another area, in full or by the word that tells it from the comment's own."""
    if area in told:
        return True
    parts = [part for part in area.split() if len(part) > _SHORT and part not in _PLACE_WORDS and part not in case.area]
    return any(re.search(rf"\b{re.escape(part)}\b", told) for part in parts)


def _names_no_count(case: Case, claim: Claim) -> bool:
    """Whether the words beside a number, which name no measure that is held, name nothing else either."""
    told = [word for word in claim.scope.subject if word != "|"]
    beside = claim.scope.subject[: claim.scope.subject.index("|")] if "|" in claim.scope.subject else ()
    if not case.measure_of(claim.scope)[0]:
        return not any(counts(word) for word in told)
    return bool(beside) and not any(counts(word) or LETTERS.get(word, ("", None))[0] == "N" for word in beside)


def _is_telling(claim: Claim) -> bool:
    """Whether a number is so precise that it equals a figure only if it is that figure."""
    numbers = [amount for amount in (claim.stated.amount, claim.stated.earlier) if amount is not None]
    return any(not amount.fraction and (abs(amount.value) >= _TELLING or amount.step < 1) for amount in numbers)


def _at_other_times(case: Case, claim: Claim, words: Around, beside: Sequence[Claim]) -> Iterator[Claim]:
    scope = claim.scope
    apart = scope.against is not None and _is_apart(scope.against, words)
    if scope.period is not None and not _is_bound(scope.period, words):
        yield replace(claim, scope=replace(scope, period=None))
        if apart:
            yield replace(claim, scope=replace(scope, period=None, against=None))
    if apart:
        yield replace(claim, scope=replace(scope, against=None))
    if claim.kind in CHANGES and _IN_THE_LAST.match(words.after):
        yield replace(claim, scope=replace(scope, period=None, against=None))
    if claim.kind in CHANGES and scope.against is not None and is_its_own(scope.against, words):
        then = case.period_of(scope.against, measure=case.own, area=case.area)
        when = stated_when(then) if then is not None else None
        yield replace(claim, scope=replace(scope, period=when, against=None, is_open=False))
    if scope.against is not None and _WHERE.search(words.before):
        yield replace(claim, scope=replace(scope, period=scope.against, against=None))
    if claim.kind in CHANGES and scope.period is not None and _LATEST.search(words.clause):
        yield replace(claim, scope=replace(scope, period=None, against=scope.period))
    if claim.kind is ClaimKind.FROM_TO and claim.stated.earlier and (first := first_given(case)):
        yield replace(claim, scope=replace(scope, period=None, against=stated_when(first)))
    if claim.kind is ClaimKind.LEVEL and (_LAST.search(words.quote) or _LAST_AFTER.match(words.after)):
        before = case.now_of(case.own, case.area).shift(-YEAR)
        yield replace(claim, scope=replace(scope, period=stated_when(before), against=None))
    yield from _quarters(case, claim, words)
    yield from _ends_told(case, claim, words)
    yield from lengths_told(case, claim, words)
    if claim.kind in CHANGES:
        for one, two in _stages_told(case, claim, words):
            yield replace(claim, scope=replace(scope, period=stated_when(two), against=stated_when(one)))
    if claim.kind is ClaimKind.FROM_TO and (pair := _pair_told(case, claim, words)):
        yield replace(claim, scope=replace(scope, period=stated_when(pair[1]), against=stated_when(pair[0])))
    if scope.period is None:
        for when in _whens(words.sentence):
            if scope.against is None or not is_set_beside(words, when):
                yield replace(claim, scope=replace(scope, period=when))
            since = f"since {when.words}" in words.sentence
            if scope.against is None and claim.kind in CHANGES and (since or is_set_beside(words, when)):
                yield replace(claim, scope=replace(scope, against=when))  # "up by 25, or 36%, since 2016/17"
    if (year := _year_of_parts(case, claim)) is not None:
        yield replace(claim, scope=replace(scope, period=year))
    for period, against in _months_told(case, claim, words):
        yield replace(claim, scope=replace(scope, period=period, against=against))
    if claim.kind in CHANGES | {ClaimKind.MULTIPLE} and (scope.against is None or follows(words)):
        for one, two in _pairs_told(case, beside, words):
            yield replace(claim, scope=replace(scope, period=stated_when(two), against=stated_when(one)))
    if claim.kind in CHANGES and scope.period is None and scope.against and scope.against.kind is WhenKind.STATED:
        for told in _periods_told(case, words):
            yield replace(claim, scope=replace(scope, period=stated_when(told)))
    if scope.against is None and not compared_with_more(words) and (pair := only_two(case)):
        yield replace(claim, scope=replace(scope, period=stated_when(pair[1]), against=stated_when(pair[0])))
    if (
        scope.period is None
        and (scope.against is None or scope.against.kind in _BEFORE)
        and claim.kind is not ClaimKind.AVERAGE
    ):
        for when in _times_named(beside, claim, words):
            yield replace(claim, scope=replace(scope, period=when))


def _year_of_parts(case: Case, claim: Claim) -> When | None:
    """The year that ends with the report, where quarters are given and the text names no time: "down 111 (3.6%)"."""
    year = Period.ending(case.about.as_at, YEAR)
    measure = case.measure_of(claim.scope)[0] or case.own
    area = case.area_of(claim.scope.group)
    if claim.scope.period is not None or area is None or not case.now_of(measure, area).months < YEAR:
        return None
    return stated_when(year) if case.value(measure, area, year) is not None else None


def _months_told(case: Case, claim: Claim, words: Around) -> Iterator[tuple[When, When]]:
    """A month that the sentence names, beside the same one of the year before or of the year that is stated."""
    against = claim.scope.against
    if claim.kind not in CHANGES | {ClaimKind.FROM_TO} or against is None:
        return
    for name in dict.fromkeys(_MONTH.findall(words.sentence)):
        month = case.period_of(one_month(name), measure=case.own, area=case.area)
        if month is None:
            continue
        if against.kind in {WhenKind.SAME_MONTHS_OF, WhenKind.YEAR_BEFORE}:
            yield stated_when(month), stated_when(periods_of(against, now=month)[0])
        elif against.kind is WhenKind.STATED and any((month.last - one.last) % YEAR == 0 for one in against.periods):
            yield stated_when(month), against


_IN_THE_LAST = re.compile(r" in the (?:last|latest|most recent)(?: of them| one| year)?(?:[,.;)]|$)")
_LAST_AFTER = re.compile(r" last(?:[,.;)]|$)")
_LAST = re.compile(r"\b(?:last|previous|prior)\b")
_LATEST = re.compile(r"\b(?:latest|current|now|present|most recent|this year's)\b")
_BEFORE = {WhenKind.YEAR_BEFORE, WhenKind.PREVIOUS_MONTH, WhenKind.PREVIOUS_QUARTER}
_BACK = {WhenKind.PREVIOUS_QUARTER: 3, WhenKind.PREVIOUS_MONTH: 1}


def _quarters(case: Case, claim: Claim, words: Around) -> Iterator[Claim]:
    """Quarters of calendar years; and "the last quarter" as the one that has just ended."""
    scope, period = claim.scope, claim.scope.period
    if period is None:
        return
    meant = [Period.ending(case.about.as_at, _BACK[period.kind])] if period.kind in _BACK else []
    read = case.period_of(period, measure=case.own, area=case.area)
    months = read.months if read is not None else 0
    of_quarter = months == QUARTER and _A_QUARTER.search(period.words) is not None
    if read is not None and (of_quarter or (months == 2 * QUARTER and "half" in period.words)):
        meant += [read.shift(back) for back in (-QUARTER, YEAR - QUARTER)]
    if read is not None and months == 1 and f"end of {period.words}" in words.sentence:
        meant += [Period.ending(read, (read.last - 3) % YEAR + 1), Period.ending(read, YEAR)]
    if read is not None and months in {1, QUARTER} and case.value(case.own, case.area, read) is None:
        meant.append(Period.ending(read, (read.last - 3) % YEAR + 1))  # "23% up at the end of June": in the year so far
    yield from (replace(claim, scope=replace(scope, period=stated_when(one))) for one in meant)


_LENGTHS_TOLD = {
    6: re.compile(r"\bhalf[ -]year\b|\bsix months\b|\b(?:first|second) half\b"),
    9: re.compile(r"\bnine months\b|\bthree quarters\b"),
    12: re.compile(
        r"\brolling (?:year|12|twelve)\b|\b(?:12|twelve)[ -]months?\b|\bannual(?:ly)?\b|\bthe (?:full )?year\b|\br12\b"
    ),
    3: re.compile(r"\bquarter(?:ly)?\b|\bqtr\w*\b|\bq[1-4]\b|\bthree months\b"),
    1: re.compile(r"\bmonth\b|\bthe month\b"),
}


def lengths_told(case: Case, claim: Claim, words: Around) -> Iterator[Claim]:
    """At the time of the length that the sentence tells, which ends with the report: "the half-year total is 51"."""
    if claim.scope.period is not None and claim.scope.period.kind is WhenKind.STATED:
        return
    now = case.now_of(case.own, case.area)
    for months, told in _LENGTHS_TOLD.items():
        if months != now.months and told.search(words.sentence):
            alike = stated_when(Period.ending(case.about.as_at, months))
            yield replace(claim, scope=replace(claim.scope, period=alike))
            if claim.scope.against is None:
                yield replace(claim, scope=replace(claim.scope, period=alike, against=None))


def _stages_told(case: Case, claim: Claim, words: Around) -> Iterator[tuple[Period, Period]]:
    """The year so far whose figure is told, and the same stage of the year before or of the year that is named."""
    numbers = {float(told.replace(",", "")) for told in _NUMBER.findall(words.sentence)}
    same = _SAME_STAGE.search(words.sentence) is not None
    against = claim.scope.against
    for period, figure in case.figures.periods(case.own, case.area).items():
        if period.last != case.about.as_at.last or not (same or figure.value in numbers):
            continue
        yield period.shift(-YEAR), period
        for year in against.periods if against is not None else ():
            back = -(-(period.last - year.last) // YEAR)
            if back > 0:
                yield period.shift(-YEAR * back), period


def _pair_told(case: Case, claim: Claim, words: Around) -> tuple[Period, Period] | None:
    """Two times before the present one, whose figure is told too: "from 78.4 to 81.2 and back to 79.0"."""
    earlier, later = claim.stated.earlier, claim.stated.amount
    numbers = {float(told.replace(",", "")) for told in _NUMBER.findall(words.near)}
    now = case.now_of(case.own, case.area)
    if earlier is None or later is None or case.value(case.own, case.area, now) not in numbers:
        return None
    run = sorted(period for period in case.figures.periods(case.own, case.area) if period.months == now.months)
    run = [period for period in run if period != now or claim.scope.against is None]
    values = {period: case.value(case.own, case.area, period) for period in run}
    ends = ((one, two) for one, two in pairwise(run) if (values[one], values[two]) == (earlier.value, later.value))
    return next(ends, None)


_STEP = re.compile(
    r"\b(?P<unit>month|quarter|week)[ -](?:on|to|by|over)[ -](?P=unit)\b|\bon the (?P<on>month|quarter)\b"
)


def _ends_told(case: Case, claim: Claim, words: Around) -> Iterator[Claim]:
    """From the first month named to the last; and the step from one month, or quarter, to the next."""
    scope, period = claim.scope, claim.scope.period
    if claim.kind not in CHANGES | {ClaimKind.MULTIPLE, ClaimKind.FROM_TO}:
        return
    for when in (period, scope.against):
        if when is not None and when.kind is WhenKind.MONTH_OF_YEAR and when.months > 1:
            read = case.period_of(when, measure=case.own, area=case.area)
            if read is not None and read.months > 1:
                ends = stated_when(Period(read.first, 1)), stated_when(Period(read.last, 1))
                yield replace(claim, scope=replace(scope, against=ends[0], period=ends[1]))
    if _BETWEEN_QUARTERS.search(words.clause):
        now = Period.ending(case.about.as_at, QUARTER)
        yield replace(claim, scope=replace(scope, period=stated_when(now), against=stated_when(now.shift(-QUARTER))))
    if step := _STEP.search(words.clause):
        months = {"month": 1, "quarter": 3}.get(step["unit"] or step["on"], 0)
        if months:
            now = Period.ending(case.about.as_at, months)
            yield replace(claim, scope=replace(scope, period=stated_when(now), against=stated_when(now.shift(-months))))
    against = case.period_of(scope.against, measure=case.own, area=case.area) if scope.against is not None else None
    same_months = {WhenKind.SAME_MONTHS_OF, WhenKind.YEAR_BEFORE}
    is_quarter = scope.against is not None and scope.against.kind not in same_months
    if scope.against is not None and against is not None and is_quarter and _A_QUARTER.search(scope.against.words):
        for back in (0,) if scope.against.kind is WhenKind.PREVIOUS_QUARTER else (0, -QUARTER, YEAR - QUARTER):
            shifted = stated_when(against.shift(back))
            yield replace(claim, scope=replace(scope, against=shifted))
            now = Period.ending(case.about.as_at, QUARTER)
            yield replace(claim, scope=replace(scope, period=stated_when(now), against=shifted))


_COMPARED_WITH = re.compile(r"\b(?:identical to|same as|than|compared (?:with|to)|similar to|equal to) $")


def _is_bound(when: When, words: Around) -> bool:
    """Whether a time stands in the claim or right beside it."""
    before = _COMMA.split(words.before[-len(when.words) - 8 :])[-1]
    if when.words and words.clause.lstrip().startswith(when.words):
        return True
    if _COMPARED_WITH.search(words.before.rstrip().removesuffix(when.words)):
        return False
    near = f"{before} {words.quote} {words.after[: len(when.words) + 8]}"
    return not when.words or when.words in near


def without_carried(claim: Claim, words: Around) -> Claim | None:
    """The claim without a time that an earlier clause or a bracket told; ``None`` where it has none."""
    scope = claim.scope
    period = scope.period if scope.period is None or _is_bound(scope.period, words) else None
    return replace(claim, scope=replace(scope, period=period)) if period is not scope.period else None


_WHEN = re.compile(rf"(?<![a-z0-9'])(?:{WHEN})(?![a-z0-9])")


@lru_cache(256)
def _whens(told: str) -> tuple[When, ...]:
    """The times that a sentence names."""
    read = (read_when(found[0]) for found in _WHEN.finditer(told))
    kinds = {WhenKind.STATED, WhenKind.MONTH_OF_YEAR}
    return tuple(when for when in read if when is not None and when.kind in kinds and when.months != 1)


def _is_apart(when: When, words: Around) -> bool:
    """Whether a time stands in brackets, or in another sentence."""
    at = words.sentence.find(when.words)
    return at < 0 or "(" in words.sentence[max(0, at - 2) : at]


def stated_when(period: Period) -> When:
    """The period, as a text would state it."""
    return When(WhenKind.STATED, (period,), months=period.months)


_NEAR = 200  # what stands farther before a claim is not beside it; the time stays in proportion to the length
_WHICH = re.compile(r"(?<![a-z'-])(?P<who>(?:[a-z'-]+ ){0,3}[a-z'-]+),? (?:which|who|where|whose)\b[^,;]*$")


def _which_place(case: Case, words: Around) -> str:
    """The place that a relative clause goes on about: "worse than the force, which saw a fall of 3.3%"."""
    found = _WHICH.search(words.before[-_NEAR:])
    told = found["who"].split() if found else []
    for start in range(len(told)):
        area = case.area_named(" ".join(told[start:]))
        if area and area != case.area:
            return area
    return told[-1] if told and told[-1] in _GROUPS | _OURSELVES else ""


_PLURAL_GROUPS = frozenset(
    ("boroughs", "districts", "wards", "divisions", "forces", "areas", "councils", "partnerships")
)


def _is_among(claim: Claim, words: Around) -> bool:
    """Whether the group is only the one that a place is among: "the biggest fall of the six districts (82 fewer)"."""
    if not (_PLURAL_GROUPS | _OURSELVES).issuperset(claim.scope.group) or _OURSELVES.issuperset(claim.scope.group):
        return False
    return all(
        re.search(rf"\b(?:of|in|than|among|across) (?:[a-z'-]+ ){{0,4}}{re.escape(word)}\b", words.sentence)
        for word in claim.scope.group
    )


def _is_own_per_cent(case: Case, claim: Claim, words: Around) -> bool:
    """Whether a percentage is the measure itself, named by what it is the percentage of: "78% of callers satisfied"."""
    amount = claim.stated.amount
    if amount is None or amount.unit is not Unit.PER_CENT or amount.fraction or not is_per_cent(case.own):
        return False
    said = {stem(word) for word in _LETTERS_ALONE.findall(words.quote + words.after[:40])}
    return bool(said & stems(case.own)) and case.measure_of(claim.scope)[0] in {case.own, ""}


_IN_FRONT = re.compile(r"(?<![a-z])((?:[a-z]+(?:[-'][a-z]+)*(?: |: $)){1,4})\(?$")


def _in_front(case: Case, words: Around) -> str:
    """The one measure named right in front of the bracket that a number stands in: "shoplifting (-6)"."""
    found = _IN_FRONT.search(words.before[-_NEAR:]) if words.before.endswith(("(", ": ")) else None
    said = _said(found[1]) if found else frozenset()
    if found and _ALL_CRIME.search(found[1]):
        return next((key for key in case.figures.measures if is_total(key)), "")
    named = [key for key in case.figures.measures if stems(key) and stems(key) <= said]
    return named[0] if len(named) == 1 else ""


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_OF_OWN_TIMES = re.compile(r"\b(?:quarterly|monthly|annual|yearly|quarter|month|year|since|ever|on record)\b")


def _told_before(case: Case, words: Around) -> Period | None:
    """The one time whose figure is told right before: "2013 was no different: 44 fires, the highest of the four"."""
    head = _COLON.split(words.before)[-1]
    numbers = [float(told.replace(",", "")) for told in _NUMBER.findall(_MONTH.split(head)[-1])]
    given = case.figures.periods(case.own, case.area).items()
    seen = [period for period, figure in given if numbers and figure.value == numbers[-1]]
    now = case.now_of(case.own, case.area)
    return seen[0] if len(seen) == 1 and seen[0].months == now.months else None


def _is_of_own_times(case: Case, claim: Claim) -> bool:
    """Whether a superlative is among the measure's own times, and not among places: "the highest quarterly total"."""
    ranked = claim.kind is ClaimKind.RANK and claim.stated.form == "first" and not claim.scope.group
    return ranked and not case.peers and _OF_OWN_TIMES.search(claim.quote.lower()) is not None


_ONE_TIME = re.compile(rf"(?<![a-z0-9'])(?P<time>{WHEN}|(?P<month>{MONTH}))(?![a-z0-9])")


def _two_times(case: Case, claim: Claim) -> tuple[When, When] | None:
    """The earlier and the later time inside a quotation that gives two numbers with a time each."""
    if claim.stated.amount is None or claim.stated.earlier is None:
        return None
    found = list(_ONE_TIME.finditer(claim.quote.lower()))
    whens = [one_month(one[0]) if one["month"] else read_when(one["time"]) for one in found]
    base = Period.ending(case.about.as_at, 1)
    read = [(periods[-1].last, when) for when in whens if when and (periods := periods_of(when, now=base))]
    if len(read) != 2 or len(whens) != 2 or read[0][0] == read[1][0]:  # noqa: PLR2004
        return None
    earlier, later = sorted(read, key=lambda pair: pair[0])
    return earlier[1], later[1]


_TOGETHER = re.compile(
    r"\b(?P<other>other )?(?:\w+ )?(?:districts|boroughs|wards|divisions|areas|forces|authorities|sectors|services"
    r"|neighbourhoods|councils|towns|group|members)(?: of the group)? (?:\w+ ){0,2}"
    r"(?:together|combined|collectively|in total|as a whole|between them)\b"
)
_OF_GROUP = OF_TIME | {ClaimKind.DIRECTION}


def _together(claim: Claim, words: Around) -> str:
    """The members of a group counted as one, where they are what is spoken of: "the eight districts together fell"."""
    if claim.kind not in _OF_GROUP and claim.stated.form != "so many areas":
        return ""
    told = list(_TOGETHER.finditer(words.clause[: words.clause.find(words.quote) + len(words.quote)]))
    if not told or _COMPARED_BEFORE.search(words.clause[: told[-1].start()]):
        return ""
    return OTHERS if told[-1]["other"] else TOGETHER


_EASES = re.compile(r"\b(?:eas(?:es|ed|ing)|slow(?:s|ed|ing)|moderat(?:es|ed|ing)|cool(?:s|ed|ing))\b")
_GROWTH = re.compile(r"\b(?:growth|upward|pressure|rate of|rises?|increases?|escalation|surge|decline|fall)\b")
_TIME_AFTER = re.compile(rf"\W?(?:in|for|during) (?:the )?(?P<time>{MONTH}(?: \d{{4}})?)(?![a-z0-9])")


def _time_after(words: Around) -> When | None:
    """The month right after a number: "to 26 in June"."""
    found = _TIME_AFTER.match(words.after)
    if found is None or _MONTH.search(words.quote):
        return None
    return read_when(found["time"]) or one_month(found["time"])


def first_given(case: Case) -> Period | None:
    """The first of the periods that are as long as the present one."""
    now = case.now_of(case.own, case.area)
    given = [period for period in case.figures.periods(case.own, case.area) if period.months == now.months]
    return min(given, default=None)


_HERE = re.compile(r"\b(?:here|locally)\b")
_ON_THE = re.compile(r"\b(?:on|over) the (?P<unit>quarter|month|year) \($")
_ON_THE_STEP = {"quarter": "the previous quarter", "month": "the previous month", "year": "the previous year"}
_ON_QUARTER = re.compile(
    r"^ (?:on|against|than|v|vs|from|than in|compared (?:with|to)) (?P<quarter>q[1-4])\b(?! ?(?:of )?(?:19|20))"
)
_THAN_MONTH = re.compile(rf"\s*(?:than|on|against|from|compared (?:with|to))(?: in| that of)? ({MONTH})\b(?! \d)")


_AMONG = re.compile(r"\b(?:average|mean|group|peers?|family|norm|county|force|national\w*)\b")
_SINCE = re.compile(r" (?:ever )?since\b")
_FROM_A_BASE = re.compile(r"\b(?:from|on|off) an? (?:very )?(?:low |small )?base(?:line)? $")
_WAS_THEN = re.compile(r"\b(?:was|were|stood) then (?:on |at )?$")
_A_YEAR_EARLIER = re.compile(r"\b(?:twelve months|12 months|a year|the year) (?:earlier|before|previously|ago)$")
_OWN_PLACES = frozenset(
    ("our", "the borough", "the district", "the town", "the city", "the county", "the partnership", "the force")
)
_WHICH_OWN = re.compile(
    r".*\b(?:than|of|match|as|to|with) (?P<who>(?:the )?[a-z-]+(?: [a-z-]+)?(?:'s)?)(?: [a-z -]{1,40})?"
    r", (?:which|where)\b[^,;]*$"
)
_OWN_PLACE_IS = re.compile(
    r"\b(?:our|the) (?:borough|district|town|city|county|partnership)"
    r" (?:is|was|comes?|came|ranks|ranked|stands|lies|sits)$"
)
_ON_THEN = re.compile(rf", (?:on|against|compared (?:with|to)) (?P<when>{WHEN})(?![a-z0-9])")
_AT_QUARTER = re.compile(r"^[^.;]*\b(?:than|against|on|since|from) (?:\w+ ){0,3}?at (?:the end of )?(?:q|quarter )")
_HAVING = re.compile(r"\bhaving (?:been |stood at |totalled )?$")
_AS_OF_NOW = re.compile(r"\b(?:is|are|remains?|stands?) (?:now|again|still|once (?:more|again)|currently) $")
_OTHER_GOES_ON = re.compile(r", (?:only |with )?[a-z' -]{3,30} (?:being|having|alone)\b")
_YEARS_AGO = re.compile(r" (?P<many>one|two|three|four|five) years? ago\b")
_OF_THE_CHANGE = re.compile(
    r"\bof (?:that|this|the|its|our)(?: [a-z]+'s)? (?:overall |total |net )?"
    r"(?:growth|rise|increase|fall|reduction|drop|decrease|decline|change)$"
    r"|\bof (?:the|these|those) [\d,]+ (?:additional|extra|further|more|new)\b"
)


def _total_at_quarter(case: Case, claim: Claim, words: Around) -> Period | None:
    """The rolling total that is meant by its last quarter, where none is given of the quarter: "higher than at Q3"."""
    against = claim.scope.against
    if against is None or against.months != QUARTER or not _AT_QUARTER.search(words.quote + words.after):
        return None
    quarter = case.period_of(against, measure=case.own, area=case.area)
    if quarter is None or case.value(case.own, case.area, quarter) is not None:
        return None
    return Period.ending(quarter, case.now_of(case.own, case.area).months)


def told_beside(case: Case, claim: Claim, words: Around) -> Claim | None:
    """The claim with what the words beside it say it is of, or compared with: a base year, another place."""
    parts = (_of_its_kind, _of_its_clause, _of_which_thing, _beside_which_time)
    return next((told for part in parts if (told := part(case, claim, words))), None)


def _of_its_kind(case: Case, claim: Claim, words: Around) -> Claim | None:
    """What the words beside a claim make of it: another kind, or one of a place beside."""
    scope = claim.scope
    if scope.group and _HERE.search(words.clause) and claim.kind in OF_TIME | {ClaimKind.DIRECTION}:
        return replace(claim, scope=replace(scope, group=()))
    if claim.kind is ClaimKind.TREND and claim.stated.form == "run" and scope.period and _SINCE.match(words.after):
        return replace(claim, quote=f"{claim.quote} since")
    if claim.kind in {ClaimKind.TREND, ClaimKind.DIRECTION} and (ago := _YEARS_AGO.match(words.after)):
        years = ("one", "two", "three", "four", "five").index(ago["many"]) + 1
        then = stated_when(case.now_of(case.own, case.area).shift(-YEAR * years))
        return replace(claim, scope=replace(scope, period=then, against=None))
    if claim.kind is ClaimKind.PEER_POSITION and claim.stated.form == "gap" and not _AMONG.search(words.sentence):
        return replace(claim, kind=ClaimKind.DIFFERENCE, stated=replace(claim.stated, form="", way=None))
    if claim.kind is ClaimKind.SHARE and claim.stated.amount is None and is_per_cent(case.own):
        stated = replace(claim.stated, form="from", way=None)  # "up from 67.3%", of a measure in per cent
        return replace(claim, kind=ClaimKind.FROM_TO, stated=stated, scope=replace(scope, subject=()))
    if other := in_other_kind(case, claim, words):
        return other
    if claim.kind in CHANGES and (place := place_beside(case, claim, words)):
        return replace(claim, scope=replace(scope, group=(place,), is_open=False))
    if (
        claim.kind in CHANGES
        and scope.against is None
        and scope.period is not None
        and is_compared_with(words, scope.period)
    ):
        return replace(claim, scope=replace(scope, period=None, against=scope.period))
    if claim.kind is ClaimKind.EXTREME and case.peers and scope.group and _OURSELVES.issuperset(scope.group):
        ranked = replace(claim.stated, form="first", of=0)
        return replace(claim, kind=ClaimKind.RANK, stated=ranked, scope=replace(scope, group=()))
    if claim.kind is ClaimKind.SHARE and claim.stated.form == "share" and _OF_THE_CHANGE.search(words.quote):
        return replace(claim, stated=replace(claim.stated, form="of the change"))
    return None


def _of_its_clause(case: Case, claim: Claim, words: Around) -> Claim | None:
    """The time and the place that a claim's own clause tells, where another clause's were taken for them."""
    scope = claim.scope
    if claim.kind is ClaimKind.LEVEL and scope.period is None and _HAVING.search(words.before):
        return replace(claim, scope=replace(scope, period=stated_when(case.now_of(case.own, case.area).shift(-YEAR))))
    if claim.kind is ClaimKind.LEVEL and scope.period is None and _FROM_A_BASE.search(words.before):
        return replace(claim, scope=replace(scope, period=stated_when(case.now_of(case.own, case.area).shift(-YEAR))))
    if claim.kind is ClaimKind.SHARE and scope.against is not None and _WAS_THEN.search(words.before):
        return replace(claim, scope=replace(scope, period=scope.against, against=None))
    if claim.kind is ClaimKind.SHARE and _A_YEAR_EARLIER.search(words.quote):
        return replace(claim, scope=replace(scope, period=stated_when(case.now_of(case.own, case.area).shift(-YEAR))))
    own = _WHICH_OWN.match(words.before[-_NEAR:]) if claim.kind in CHANGES and scope.group else None
    if own and own["who"].removesuffix("'s") in {*_OWN_PLACES, case.area}:
        return replace(claim, scope=replace(scope, group=(), subject=()))
    stale = scope.period is not None and scope.period.kind is WhenKind.STATED and scope.period.words not in words.quote
    if stale and scope.against and claim.kind in CHANGES | {ClaimKind.DIRECTION} and _AS_OF_NOW.search(words.before):
        return replace(claim, scope=replace(scope, period=None))
    if total := _total_at_quarter(case, claim, words):
        return replace(claim, scope=replace(scope, against=stated_when(total)))
    if claim.kind is ClaimKind.RANK and _OWN_PLACE_IS.search(words.before + words.quote.split()[0]):
        return replace(claim, scope=replace(scope, group=(), subject=()))
    if claim.kind in CHANGES and (on_then := _ON_THEN.match(words.after)):
        return replace(claim, scope=replace(scope, period=None, against=read_when(on_then["when"])))
    if claim.kind is ClaimKind.RANK and scope.group and _OTHER_GOES_ON.match(words.after):
        return replace(claim, scope=replace(scope, group=(), subject=()))
    if claim.kind is ClaimKind.LEVEL and scope.period is not None and _THAT.match(words.after):
        now = case.now_of(case.own, case.area)
        if scope.period.kind is WhenKind.YEAR_BEFORE:
            return replace(claim, scope=replace(scope, period=stated_when(now.shift(-2 * YEAR))))
    return None


def _of_which_thing(case: Case, claim: Claim, words: Around) -> Claim | None:
    """The place, the measure or the times that a claim goes on about."""
    scope = claim.scope
    if claim.kind in CHANGES | {ClaimKind.DIRECTION, ClaimKind.LEVEL} and (place := _which_place(case, words)):
        return replace(claim, scope=replace(scope, group=(place,), subject=()))
    if (
        claim.kind is ClaimKind.LEVEL
        and scope.group
        and words.before.rstrip().endswith((f"{case.area}'s", f"{case.area}s'"))
    ):
        return replace(claim, scope=replace(scope, group=()))
    if scope.group and claim.kind in OF_TIME and _is_among(claim, words):
        return replace(claim, scope=replace(scope, group=()))
    if claim.kind is ClaimKind.SHARE and _is_own_per_cent(case, claim, words):
        level = replace(claim, kind=ClaimKind.LEVEL, stated=replace(claim.stated, form="level", way=None))
        return replace(level, scope=replace(scope, subject=(), group=()))
    if claim.kind is ClaimKind.PEER_POSITION and scope.group == ("comparator",) and claim.stated.amount is not None:
        kind = ClaimKind.PERCENT_CHANGE if claim.stated.amount.unit is Unit.PER_CENT else ClaimKind.DIFFERENCE
        return replace(claim, kind=kind, stated=replace(claim.stated, form=""), scope=replace(scope, group=()))
    if claim.kind is ClaimKind.FROM_TO and (two := _two_times(case, claim)):
        return replace(claim, scope=replace(scope, period=two[1], against=two[0]))
    if claim.kind in CHANGES | {ClaimKind.LEVEL, ClaimKind.FROM_TO} and (measure := _in_front(case, words)):
        own_words = tuple(case.name(measure).lower().split())
        if case.measure_of(scope)[0] != measure:
            return replace(claim, scope=replace(scope, subject=own_words, group=()))
    told = scope.period is not None and scope.period.kind is WhenKind.STATED and scope.period.words in words.quote
    if claim.kind is ClaimKind.EXTREME and not told and (seen := _told_before(case, words)):
        return replace(claim, scope=replace(scope, period=stated_when(seen)))
    if _is_of_own_times(case, claim):
        return replace(claim, kind=ClaimKind.EXTREME, stated=replace(claim.stated, form="period", amount=None))
    if members := _together(claim, words):
        kind = ClaimKind.DIRECTION if claim.stated.form == "so many areas" else claim.kind
        stated = replace(claim.stated, form="", amount=None) if kind is not claim.kind else claim.stated
        return replace(claim, kind=kind, stated=stated, scope=replace(scope, group=(members,), subject=()))
    if claim.kind is ClaimKind.LEVEL and (when := _time_after(words)):
        return replace(claim, scope=replace(scope, period=when, against=None))
    if claim.kind is ClaimKind.DIRECTION and _EASES.search(words.quote) and _GROWTH.search(words.before):
        stated = replace(claim.stated, form="easing", word="slower")
        return replace(claim, kind=ClaimKind.TREND, stated=stated)
    return None


def _beside_which_time(case: Case, claim: Claim, words: Around) -> Claim | None:
    """The time that a change is told beside: "on the quarter", "than in May", the baseline."""
    scope = claim.scope
    if claim.kind in CHANGES | {ClaimKind.MULTIPLE} and from_the_start(words) and (first := first_given(case)):
        return replace(claim, scope=replace(scope, against=stated_when(first)))
    if claim.kind in CHANGES and (step := _ON_THE.search(words.before)):
        return replace(claim, scope=replace(scope, period=None, against=read_when(_ON_THE_STEP[step["unit"]])))
    if claim.kind in CHANGES and (quarter := _ON_QUARTER.match(words.after)):
        latest = stated_when(Period.ending(case.about.as_at, QUARTER))
        return replace(claim, scope=replace(scope, period=latest, against=read_when(quarter["quarter"])))
    if claim.kind in CHANGES and (when := than_then(words)):
        return replace(claim, scope=replace(scope, period=None, against=when))
    earlier = scope.against is not None and scope.against.kind is WhenKind.YEAR_BEFORE and scope.against.words
    if claim.kind in CHANGES and earlier and _CAME_BEFORE.search(words.before) and _of_then(words, earlier):
        then = stated_when(case.now_of(case.measure_of(scope)[0] or case.own, case.area).shift(-YEAR))
        return replace(claim, scope=replace(scope, period=then, against=None))
    if claim.kind in CHANGES and (month := _THAN_MONTH.match(words.after)):
        return replace(claim, scope=replace(scope, period=None, against=one_month(month[1])))
    if claim.kind in CHANGES and scope.against is None and _is_base(case, claim, words):
        return replace(claim, scope=replace(scope, period=None, against=scope.period))
    if claim.kind is ClaimKind.MULTIPLE and not scope.group:
        place = next((area for area in case.figures.areas if area != case.area and area in _clause(words.after)), "")
        return replace(claim, scope=replace(scope, group=(place,))) if place else None
    if claim.kind in CHANGES and scope.against is None and _BASE.search(_clause(words.after)):
        given = sorted(case.figures.periods(f"{case.own} baseline", case.area))
        return replace(claim, scope=replace(scope, against=stated_when(given[0]))) if len(given) == 1 else None
    return None


# What a change came after: "dipped this year after a rise of 4.9% the year before".
_CAME_BEFORE = re.compile(
    r"\b(?:after|following|follows|followed|despite|reversing|offsetting|undoing|on top of|on the back of|building on)"
    r" (?:an? |the )?(?:[a-z]+ )?$"
)


def _of_then(words: Around, when: str) -> bool:
    """Whether a change is told as one of the year before, and not as one on it: "a fall of 3% last year"."""
    told = words.quote + words.after[: len(when) + 8]
    return re.search(rf"(?<!on )(?<!than )(?<!against )(?<!from )(?:the )?{re.escape(when)}", told) is not None


def _is_base(case: Case, claim: Claim, words: Around) -> bool:
    """Whether the time read is that of a number told before, with which this change compares."""
    period = claim.scope.period
    if period is None or period.kind is not WhenKind.STATED or _is_bound(period, words):
        return False
    then, now = case.period_of(period, measure=case.own, area=case.area), case.now_of(case.own, case.area)
    if then is None or then.months != now.months or then.last >= now.last:
        return False
    return case.value(case.own, case.area, then.shift(-YEAR)) is None


def _clause(after: str) -> str:
    return _MARK.split(after)[0]


def only_two(case: Case) -> tuple[Period, Period] | None:
    """The two periods of which alone figures are given, where they are not a year apart."""
    given = sorted(case.figures.periods(case.own, case.area))
    if len(given) != 2 or given[0].months != given[1].months:  # noqa: PLR2004
        return None
    return None if given[1].shift(-YEAR) == given[0] else (given[0], given[1])


_FEWEST_TOLD = 3
_IN_TURN = re.compile(
    r"\b(?:then|follow\w*|successive\w*|in turn|already|over (?:that|this) (?:time|period|run|spell))\b"
)


def _periods_told(case: Case, words: Around) -> list[Period]:
    """The times whose figures are told nearby, when they are not the present one."""
    numbers = {float(told.replace(",", "")) for told in _NUMBER.findall(words.sentence)}
    now = case.now_of(case.own, case.area)
    given = case.figures.periods(case.own, case.area).items()
    return [
        period
        for period, figure in given
        if figure.value in numbers and period.months == now.months != 0 and period != now
    ]


def _pairs_told(case: Case, beside: Sequence[Claim], words: Around) -> Iterator[tuple[Period, Period]]:
    """The steps of a series, and the whole of it, where the text has just told it number by number."""
    now = case.now_of(case.own, case.area)
    given = case.figures.periods(case.own, case.area)
    run = sorted(period for period in given if period.months == now.months)
    told = {amount.value for other in beside for amount in (other.stated.amount, other.stated.earlier) if amount}
    if len(run) < _FEWEST_TOLD:
        return
    if (
        not told_of_earlier(words)
        and not _IN_TURN.search(words.sentence)
        and sum(given[period].value in told for period in run) < _FEWEST_TOLD - 1
    ):
        return
    yield from pairwise(run)
    yield run[0], run[-1]


def _times_named(beside: Sequence[Claim], claim: Claim, words: Around) -> Iterator[When]:
    """The times that the claims of the same sentence are read at, where they stand before this one."""
    for other in beside:
        if other.quote.lower() in words.sentence and other.start < claim.start:
            yield from (when for when in (other.scope.period, other.scope.against) if when is not None)
