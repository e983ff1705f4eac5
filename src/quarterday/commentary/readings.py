"""The other ways in which the words of a claim may be read: another measure, place, time or kind of number.

What a text names in so many words binds; what it leaves out may be any of the things that the figures hold.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from quarterday.commentary.around import Around, ahead, compared_with_more
from quarterday.commentary.case import YEAR, Case
from quarterday.commentary.held import counts, is_per_cent, is_total, stem, stems
from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.when import MONTH, WHEN, one_month, read_when
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
_MOVED_BY = re.compile(
    r"\b(?:reduction|decrease|fall|drop|decline|cut|rise|increase|growth|change|improvement|deterioration"
    r"|uplift|saving)s?"
    r"(?: of| by|:)?\W*$"
)
_MOVES = re.compile(
    r"\b(?:up|down|rose|fell|rise|fall|more|fewer|less|higher|lower|incr\w+|decr\w+|reduc\w+|dropp?\w*|by"
    r"|grew|cut)\b|[+\u2212-]"
)
_MOVE_AFTER = re.compile(r"\W+(reduction|decrease|fall|drop|decline|cut|rise|increase|growth|uplift|jump)s?\b")
_PER = re.compile(r"\W?(?:a|per|each|every) (month|week|day|quarter)\b")
_UNITS = {"month": 1, "week": -7, "day": -1, "quarter": 3}
_SHORT = 3
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
BARE = re.compile(r"^\W*[\d,.]+\W*(?:%|per ?cent)?$")


def readings(case: Case, claim: Claim, words: Around, beside: Sequence[Claim]) -> Iterator[Claim]:
    """The same words about another measure, place or time that the sentence names, or as another kind of number."""
    for kind in _kinds(case, claim, words):
        yield from _about_others(case, kind, words)
        if kind.kind in OF_TIME:
            yield from _at_other_times(case, kind, words, beside)


def _kinds(case: Case, claim: Claim, words: Around) -> Iterator[Claim]:
    yield claim
    stated, amount = claim.stated, claim.stated.amount
    if amount is None or stated.earlier is not None:
        return
    if claim.kind is ClaimKind.LEVEL and _MOVED_BY.search(words.before + words.quote.partition(" ")[0]):
        yield replace(claim, kind=ClaimKind.DIFFERENCE, stated=replace(stated, form=""))
    if claim.kind in CHANGES and not amount.signed and is_bare(words):
        level = replace(claim, kind=ClaimKind.LEVEL, stated=replace(stated, form="level", way=None))
        yield level
        if claim.scope.against is not None:
            yield replace(level, scope=replace(claim.scope, period=claim.scope.against, against=None))
        if words.before.rstrip().endswith("("):
            before = stated_when(case.now_of(case.own, case.area).shift(-YEAR))
            yield replace(level, scope=replace(claim.scope, period=before, against=None))
    if claim.kind in CHANGES and (moved := _MOVE_AFTER.match(words.after)):
        yield replace(claim, stated=replace(stated, way=_way(moved[1])))
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


def _way(word: str) -> Way:
    return Way.UP if word.startswith(("ris", "incr", "grow", "upl", "jump")) else Way.DOWN


def is_bare(words: Around) -> bool:
    """Whether a number stands alone, with no word of a change at its side."""
    return bool(BARE.match(words.quote)) and not _MOVES.search(words.before[-12:] + words.after[:10])


def _about_others(case: Case, claim: Claim, words: Around) -> Iterator[Claim]:
    yield claim
    said = frozenset(stem(word) for word in re.findall(r"[a-z]+(?:[-'][a-z]+)*", words.sentence))
    for measure in case.figures.measures:
        name = stems(measure)
        if not case.measure_of(claim.scope)[0]:
            break
        total = is_total(measure) and re.search(r"\bcrimes?\b", words.clause)
        if measure != case.own and (total or (name and name <= said)):
            yield replace(claim, scope=replace(claim.scope, subject=tuple(case.name(measure).lower().split())))
    if _is_telling(claim) and _names_no_count(case, claim):
        yield replace(claim, scope=replace(claim.scope, subject=()))
    if claim.scope.group and all(word in _GROUPS for word in claim.scope.group):
        yield replace(claim, scope=replace(claim.scope, group=()))
    if claim.kind in OF_TIME and not claim.scope.group:
        for area in case.figures.areas:
            if area != case.area and is_named(case, area, words.sentence):
                yield replace(claim, scope=replace(claim.scope, group=(area,)))


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
    if scope.against is not None and re.search(r"\b(?:where|when)\b[^,]*$", words.before):
        yield replace(claim, scope=replace(scope, period=scope.against, against=None))
    yield from _quarters(case, claim)
    if scope.period is None:
        for when in _whens(words.sentence):
            yield replace(claim, scope=replace(scope, period=when))
    if scope.against is None and not compared_with_more(words) and (pair := only_two(case)):
        yield replace(claim, scope=replace(scope, period=stated_when(pair[1]), against=stated_when(pair[0])))
    if (
        scope.period is None
        and (scope.against is None or scope.against.kind in _BEFORE)
        and claim.kind is not ClaimKind.AVERAGE
    ):
        for when in _times_named(beside, claim, words):
            yield replace(claim, scope=replace(scope, period=when))


_BEFORE = {WhenKind.YEAR_BEFORE, WhenKind.PREVIOUS_MONTH, WhenKind.PREVIOUS_QUARTER}
_BACK = {WhenKind.PREVIOUS_QUARTER: 3, WhenKind.PREVIOUS_MONTH: 1}


def _quarters(case: Case, claim: Claim) -> Iterator[Claim]:
    """Quarters of calendar years; and "the last quarter" as the one that has just ended."""
    scope, period = claim.scope, claim.scope.period
    if period is None:
        return
    if period.kind in _BACK:
        last = Period.ending(case.about.as_at, _BACK[period.kind])
        yield replace(claim, scope=replace(scope, period=stated_when(last)))
    read = case.period_of(period, measure=case.own, area=case.area)
    if read is not None and read.months == QUARTER and re.search(r"q[1-4]|quarter", period.words):
        for back in (-QUARTER, YEAR - QUARTER):
            yield replace(claim, scope=replace(scope, period=stated_when(read.shift(back))))


def _is_bound(when: When, words: Around) -> bool:
    """Whether a time stands in the claim or right beside it."""
    near = f"{words.before[-len(when.words) - 8 :]} {words.quote} {words.after[: len(when.words) + 8]}"
    return not when.words or when.words in near


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


_HERE = re.compile(r"\b(?:here|locally)\b")
_THAN_MONTH = re.compile(rf"\s*(?:than|on|against|from|compared (?:with|to))(?: in| that of)? ({MONTH})\b(?! \d)")


def told_beside(case: Case, claim: Claim, words: Around) -> Claim | None:
    """The claim with what the words right after it say it is compared with: a base year, another place."""
    scope = claim.scope
    if scope.group and _HERE.search(words.clause) and claim.kind in OF_TIME | {ClaimKind.DIRECTION}:
        return replace(claim, scope=replace(scope, group=()))
    if claim.kind is ClaimKind.LEVEL and scope.period is not None and re.match(r"\s*that\b", words.after):
        now = case.now_of(case.own, case.area)
        if scope.period.kind is WhenKind.YEAR_BEFORE:
            return replace(claim, scope=replace(scope, period=stated_when(now.shift(-2 * YEAR))))
    if claim.kind in CHANGES and (month := _THAN_MONTH.match(words.after)):
        return replace(claim, scope=replace(scope, period=None, against=one_month(month[1])))
    if claim.kind in CHANGES and scope.against is None and _is_base(case, claim, words):
        return replace(claim, scope=replace(scope, period=None, against=scope.period))
    if claim.kind is ClaimKind.MULTIPLE and not scope.group:
        place = next((area for area in case.figures.areas if area != case.area and area in _clause(words.after)), "")
        return replace(claim, scope=replace(scope, group=(place,))) if place else None
    if (
        claim.kind in CHANGES
        and scope.against is None
        and re.search(r"\bbase(?:line)?(?: year)?\b", _clause(words.after))
    ):
        given = sorted(case.figures.periods(f"{case.own} baseline", case.area))
        return replace(claim, scope=replace(scope, against=stated_when(given[0]))) if len(given) == 1 else None
    return None


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
    return re.split(r"[,;:()]", after)[0]


def only_two(case: Case) -> tuple[Period, Period] | None:
    """The two periods of which alone figures are given, where they are not a year apart."""
    given = sorted(case.figures.periods(case.own, case.area))
    if len(given) != 2 or given[0].months != given[1].months:  # noqa: PLR2004
        return None
    return None if given[1].shift(-YEAR) == given[0] else (given[0], given[1])


def _times_named(beside: Sequence[Claim], claim: Claim, words: Around) -> Iterator[When]:
    """The times that the claims of the same sentence are read at, where they stand before this one."""
    for other in beside:
        if other.quote.lower() in words.sentence and other.start < claim.start:
            yield from (when for when in (other.scope.period, other.scope.against) if when is not None)
