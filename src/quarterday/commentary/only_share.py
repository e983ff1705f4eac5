"""A percentage beside the only part and whole that the figures hold, or beside both their numbers in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quarterday.commentary.around import Around, change_before
from quarterday.commentary.case import TOGETHER, YEAR, Case, Judged, contradicted, shown, supported
from quarterday.commentary.held import canonical, counts, is_count, is_per_cent, stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.readings import is_bare, is_named
from quarterday.commentary.rounding import fits
from quarterday.commentary.wording import number
from quarterday.domain.claim import Amount, Claim, ClaimKind, Unit, Way
from quarterday.domain.period import Period

_MAY_BE_SHARES = {ClaimKind.SHARE, ClaimKind.LEVEL, ClaimKind.PERCENT_CHANGE}
_STANDS = {ClaimKind.LEVEL, ClaimKind.SHARE, ClaimKind.FROM_TO, ClaimKind.RANK}
_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORDS = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_STOP = re.compile(r"[.!?]\s")
_ALL = frozenset((
    "everything", "we", "all", "total", "overall", "whole", "those", "them", "work", "workload", "caseload", "demand",
    "recorded", "record", "our", "borough's", "county's", "city's", "town's", "force's", "district's", "happen",
    "happened", "occurred", "occur", "took", "place", "come", "comes", "came", "took place", "committed", "reported",
    "who", "that", "which", "said", "were", "was", "is", "are",
))  # fmt: skip
_OF_KSI = frozenset(("death", "injur", "serious", "seriously", "casualt"))
_OF_CRIME = frozenset(("offences", "offence", "crimes", "crime", "incidents", "incident", "reports", "cases"))


@dataclass(frozen=True, slots=True)
class _Pair:
    part: float
    whole: float
    part_words: frozenset[str]
    whole_words: frozenset[str]
    place: str = ""
    within: str = ""  # the wider place that the own one lies in

    def __str__(self) -> str:
        return f"{shown(self.part)} of {shown(self.whole)} is {number(100 * self.part / self.whole, places=2)}%"


def only_share(case: Case, claim: Claim, words: Around) -> Judged | None:
    """Judged by the one part and whole that can be meant; ``None`` where there are none or several."""
    amount = claim.stated.amount
    if amount is None or not _may_be_share(claim, amount, words):
        return None
    period = case.period_of(claim.scope.period, measure=case.own, area=case.area)
    if period is None or claim.scope.against is not None or claim.scope.denied:
        return None
    pairs = list(_of_group(case, claim, period, words)) or list(_pairs(case, period))
    numbers = {float(told.replace(",", "")) for told in _NUMBERS.findall(_said_with(words))}
    told = [pair for pair in pairs if pair.part in numbers and pair.whole in numbers]
    if len(told) != 1:
        bound = claim.kind is ClaimKind.SHARE and not claim.scope.is_open and len(pairs) == 1
        alone = bound and _names(case, claim, pairs[0], words)
        told = pairs if alone else [pair for pair in pairs if not pair.place and _were_so(pair, words)]
    if len(told) != 1:
        return None
    pair = told[0]
    if fits(amount, 100 * pair.part / pair.whole):
        return supported(str(pair))
    return contradicted(str(pair), f"The figures say otherwise: {pair}.")


def points_of_share(case: Case, claim: Claim, words: Around) -> Judged | None:
    """A change in points of the one share that the figures hold: "25% were detected, five points better"."""
    amount = claim.stated.amount
    points = claim.kind is ClaimKind.PERCENTAGE_POINTS
    if amount is None or is_per_cent(case.own) or not (points or claim.kind is ClaimKind.PERCENT_CHANGE):
        return None
    if "%" not in words.sentence.replace(words.quote, "") and "per cent" not in words.sentence.replace(words.quote, ""):
        return None
    now = case.now_of(case.own, case.area)
    ends = [[pair for pair in _pairs(case, when) if not pair.place] for when in (now.shift(-YEAR), now)]
    if any(len(pairs) != 1 for pairs in ends) or ends[0][0].part_words != ends[1][0].part_words:
        return None
    before, after = (100 * pair.part / pair.whole for pair in (ends[0][0], ends[1][0]))
    sign = {Way.UP: 1, Way.DOWN: -1}.get(claim.stated.way, 0) if claim.stated.way else 0
    right = fits(amount, after - before) and sign * (after - before) >= 0
    said = f"{ends[0][0]}, then {ends[1][0]}"
    if points:
        return supported(said) if right else contradicted(said, f"The figures say otherwise: {said}.")
    slip = right and not words.clause.startswith(words.quote) and words.sentence.count("%") > _BOTH_SHARES
    return contradicted(said, f"That is the change of the share in points, not in per cent: {said}.") if slip else None


_BOTH_SHARES = 2
_WERE = re.compile(r"^ (?:were|was|have been|had been|are|is) (?P<so>[a-z]+)\b")


def _were_so(pair: _Pair, words: Around) -> bool:
    """Whether the part is what the words right after say of the whole: "of the 1,420 offences 33% were detected"."""
    found = _WERE.match(words.after)
    return found is not None and pair.part_words == {stem(found["so"])}


def part_or_whole(case: Case, claim: Claim, words: Around) -> Judged | None:
    """A number that is the part or the whole of two in the text, which the figures hold: "114 of the 181"."""
    amount = claim.stated.amount
    if amount is None or claim.kind not in _STANDS or claim.stated.form == "target value":
        return None
    numbers = {float(told.replace(",", "")) for told in _NUMBERS.findall(_said_with(words))}
    for pair in _pairs(case, case.now_of(case.own, case.area)):
        if {pair.part, pair.whole} <= numbers and amount.value in {pair.part, pair.whole}:
            earlier = claim.stated.earlier
            if earlier is None or earlier.value in {pair.part, pair.whole}:
                return supported(str(pair))
    return None


def _said_with(words: Around) -> str:
    """What stands near a claim, up to a full stop on each side."""
    at = max(0, words.near.find(words.quote))
    before, after = words.near[:at], words.near[at:]
    return _STOP.split(before)[-1] + _STOP.split(after)[0]


def _may_be_share(claim: Claim, amount: Amount, words: Around) -> bool:
    if amount.unit is not Unit.PER_CENT or amount.signed or claim.kind not in _MAY_BE_SHARES:
        return False
    if claim.kind is ClaimKind.PERCENT_CHANGE and change_before(words):
        return False
    if claim.stated.form == "of the change" or claim.stated.earlier is not None:
        return False
    return claim.kind is ClaimKind.SHARE or (is_bare(words) and not amount.fraction)


def _pairs(case: Case, period: Period) -> Iterator[_Pair]:
    """The comment's own number in another, another in it, at its own place; and between its place and others."""
    own = case.value(case.own, case.area, period)
    if own is None or not own or not is_count(case.own):
        return
    for measure in case.figures.measures:
        other = case.value(measure, case.area, period) if measure != case.own and is_count(measure) else None
        if other is not None and 0 < other < own:
            yield _Pair(other, own, stems(measure) - stems(case.own) or stems(measure), stems(case.own))
        if other is not None and own < other:
            yield _Pair(own, other, stems(case.own) - stems(measure) or stems(case.own), stems(measure))
    for area in case.figures.areas:
        other = case.value(case.own, area, period) if area != case.area and area not in case.peers else None
        if other is not None and 0 < other < own:
            yield _Pair(other, own, frozenset(), stems(case.own), area)
        if other is not None and own < other:
            yield _Pair(own, other, frozenset(), stems(case.own), case.area, within=area)


_GROUP = re.compile(r"\b(?:districts|boroughs|wards|divisions|areas|forces|authorities|sectors|towns|group|county)\b")


def _of_group(case: Case, claim: Claim, period: Period, words: Around) -> Iterator[_Pair]:
    """This place's part of the whole group, or of its people."""
    if claim.kind is not ClaimKind.SHARE or not case.peers:
        return
    if "population" in words.quote or "residents" in words.quote:
        people = [case.figures.population(peer, period) for peer in case.peers]
        own, known = case.figures.population(case.area, period), [count for count in people if count is not None]
        if own and len(known) == len(people):
            yield _Pair(own, sum(known), frozenset(), stems(case.own) | {"population", "resident"}, case.area)
    elif _GROUP.search(words.clause):
        own, whole = (case.value(case.own, area, period) for area in (case.area, TOGETHER))
        if own and whole:
            yield _Pair(own, whole, frozenset(), stems(case.own), case.area)


def _names(case: Case, claim: Claim, pair: _Pair, words: Around) -> bool:
    """Whether the words name the part, and no other part or whole."""
    clause = _WORDS.findall(words.clause)
    said = canonical({stem(word) for word in clause})
    if pair.place and pair.place != case.area and not is_named(case, pair.place, words.clause):
        return False
    kinds = {stem(word) for word in claim.scope.whole} & stems(case.own)
    if pair.within and kinds and kinds != stems(case.own) and not is_named(case, pair.within, words.clause):
        return False  # "accounts for 52% of violence", where violence without injury is meant
    if not pair.place and not pair.part_words & said:
        return False
    whole = [word for word in claim.scope.whole if not word[:1].isdigit()]
    of_what = canonical({stem(word) for word in whole})
    if not pair.place and pair.part_words <= of_what and pair.whole_words.isdisjoint(of_what):
        return False  # "a third of burglaries" is of burglaries, and no part that they are of something else
    both = pair.part_words | pair.whole_words | {part for area in case.figures.areas for part in area.split()}
    both |= _OF_KSI if "ksi" in both else frozenset()
    if any(not _is_plain(word) and stem(word) not in both for word in whole):
        return False
    return not any(_is_foreign(word) and stem(word) not in both for word in clause)


def _is_plain(word: str) -> bool:
    return word in _ALL or word in _OF_CRIME or word in PLAIN_NOUNS or LETTERS.get(word, ("", None))[0] in {"G", "P"}


def _is_foreign(word: str) -> bool:
    """Whether a word names another thing that is counted."""
    if word in _OF_CRIME or word in PLAIN_NOUNS:
        return False
    return counts(word) or LETTERS.get(word, ("", None))[0] == "N"
