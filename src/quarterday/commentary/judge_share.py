"""Shares against figures: a part of a whole, of a change, of the months or places of a year."""

import re

from quarterday.commentary.case import YEAR, Case, Judged, Pair, contradicted, shown, supported, unknown
from quarterday.commentary.held import (
    canonical,
    is_count,
    is_total,
    meant_by,
    stem,
    stems,
)
from quarterday.commentary.judge_change import PLAIN_NOUNS, times_of_place
from quarterday.commentary.lexicon import EMPTY_WORDS
from quarterday.commentary.rounding import fits, rounds_to
from quarterday.commentary.when import MONTH
from quarterday.commentary.wording import number
from quarterday.domain.claim import Amount, Claim
from quarterday.domain.period import Period

_MONTH = re.compile(MONTH)
_OF_ALL = frozenset((
    "overall", "total", "increase", "rise", "reduction", "fall", "decrease", "change", "growth", "net", "additional",
    "extra", "all", "crime", "offences",
))  # fmt: skip

# "Three quarters of the burglaries were insecure": what they were is the part, and nothing told before.
_PART_BEHIND = re.compile(r"\bof .{0,60} (?:were|was|are|is|had|have|has|involved|took|occurred|happened)\b")


def judge_share(case: Case, claim: Claim) -> Judged:
    """A part of a whole."""
    parts = _parts(case, claim)
    whole = _whole(case, claim)
    if parts == whole == case.own and set(claim.scope.whole) & {"offences", "crimes", "crime"}:
        whole = next((key for key in case.figures.measures if is_total(key)), whole)
    if claim.stated.amount is not None and claim.stated.amount.fraction and _is_of_place(case, claim, parts, whole):
        place = next(area for word in claim.scope.group if (area := case.area_named(word)))
        return times_of_place(case, claim, claim.stated.amount, place)
    if parts == whole == case.own and (wider := _one_that_holds(case, claim)):
        whole = wider
    named, (parts, whole) = whole, _larger_last(case, parts, whole)
    if claim.stated.form == "so many of":
        return _so_many_of(case, claim, parts, whole)
    areas = dict.fromkeys(case.area_named(word) for word in claim.scope.subject)
    places = tuple(key for key in areas if key not in {"", case.area})
    if whole and places and _BETWEEN_THEM & set(claim.scope.subject):
        return _share_of_places(case, claim, whole, places)
    if whole and not parts and (part_area := _area_among(case, claim.scope.subject)):
        return _share_of_places(case, claim, whole, (part_area,))
    if whole and (
        place := next((key for word in claim.scope.group if (key := case.area_named(word)) and key != case.area), "")
    ):
        return _share_of_places(case, claim, whole, (place,))
    if not whole or not parts:
        return unknown("the part and the whole are not both given")
    area = case.area
    if claim.stated.form == "of the change":
        return _share_of_change(case, claim, parts, whole)
    if isinstance(parts, tuple):
        return _share_of_months(case, claim, parts, whole)
    if parts == whole:
        return unknown("the part is not given")
    now, before = case.times(claim.scope, measure=whole, area=area)
    amount, earlier = claim.stated.amount, claim.stated.earlier
    if now is None:
        return unknown("it is not clear which months are meant")
    if amount is None and claim.scope.period is not None and claim.scope.against is None:
        before = now if now != case.now_of(whole, area) else before
    shares = []
    for stated, period in ((earlier, before), (amount, now)):
        if stated is None:
            continue
        part, total = (case.value(key, area, period) if period else None for key in (parts, whole))
        if part is None or not total or period is None:
            return unknown(
                f"no figures of {case.name(parts)} and {case.name(whole)} "
                f"for {period.for_sentence() if period else 'then'} are given"
            )
        shares.append(
            (stated, 100 * part / total, f"{shown(part)} of {shown(total)} is {number(100 * part / total, places=2)}%")
        )
    computed = "; ".join(words for _, _, words in shares)
    if all(fits(stated, value) for stated, value, _ in shares):
        return supported(computed)
    if whole != named and stems(named) <= canonical({stem(word) for word in claim.scope.whole}):
        return unknown("the part is not given")  # "40% of burglaries involved a vehicle": no part of vehicle crime
    return contradicted(
        computed,
        f"The figures say otherwise: {computed}. "
        + (share_mistake(case, parts, whole, amount) if amount is not None else ""),
    )


def _is_of_place(case: Case, claim: Claim, parts: str | tuple[int, ...], whole: str) -> bool:
    """As in "Levels are around half of Cardiff's": another place's level, which is no whole."""
    named = any(case.area_named(word) not in {"", case.area} for word in claim.scope.group)
    return named and parts in {"", whole} and not claim.scope.also and not is_count(whole or case.own)


def _one_that_holds(case: Case, claim: Claim) -> str:
    """The one larger measure that the words for the whole name: "all violence", of alcohol-related violence."""
    said = {stem(word) for word in claim.scope.whole}
    now = case.now_of(case.own, case.area)
    own = case.value(case.own, case.area, now) or 0.0
    named = [key for key in case.figures.measures if key != case.own and is_count(key) and stems(key) & said]
    larger = [key for key in named if (case.value(key, case.area, now) or 0.0) > own]
    return larger[0] if len(larger) == 1 else ""


def _larger_last(case: Case, part: str | tuple[int, ...], whole: str) -> tuple[str | tuple[int, ...], str]:
    """A part that is larger than its whole is the whole."""
    if isinstance(part, tuple) or not part or not whole:
        return part, whole
    one, other = (case.value(key, case.area, case.now_of(key, case.area)) for key in (part, whole))
    return (whole, part) if one is not None and other is not None and one > other else (part, whole)


def _so_many_of(case: Case, claim: Claim, part: str | tuple[int, ...], whole: str) -> Judged:
    """As in "62 of the 308", "81 of the 240 additional offences"."""
    if (
        isinstance(part, tuple)
        or not part
        or not whole
        or part == whole
        or claim.stated.amount is None
        or claim.stated.earlier is None
    ):
        return unknown("the breakdown is not given")
    if claim.stated.word == "of the change":
        pairs = [
            case.pair_of(key, case.area, before=case.present.shift(-YEAR), now=case.present) for key in (part, whole)
        ]
        if any(isinstance(pair, str) for pair in pairs):
            return unknown("the changes are not given")
        values: list[float | None] = [pair.difference for pair in pairs if isinstance(pair, Pair)]
    else:
        values = [case.value(key, case.area, case.present) for key in (part, whole)]
    if values[0] is None or values[1] is None:
        return unknown("the breakdown is not given")
    said = f"{shown(values[0])} of {shown(values[1])}"
    if fits(claim.stated.amount, values[0]) and fits(claim.stated.earlier, values[1]):
        return supported(said)
    if claim.stated.word == "of the change" and not fits(claim.stated.earlier, values[1]):
        return unknown("it is not clear of what change this is a part")
    return contradicted(said, f"The figures say otherwise: {said}.")


def share_mistake(case: Case, part: str, whole: str, amount: Amount) -> str:
    """What a wrong share is instead: of the change, or of the total of the year before; else empty."""
    pairs = [case.pair_of(key, case.area, before=case.present.shift(-YEAR), now=case.present) for key in (part, whole)]
    one, other = pairs
    if isinstance(one, str) or isinstance(other, str):
        return ""
    if other.difference and rounds_to(amount, 100 * one.difference / other.difference):
        return "That is its share of the change, not of the total."
    if other.earlier and rounds_to(amount, 100 * one.later / other.earlier):
        return "It was divided by the total of the year before."
    return ""


def _parts(case: Case, claim: Claim) -> str | tuple[int, ...]:
    """The measure that is the part, or the months; empty where neither is given."""
    keys = [key for key in case.figures.measures if not key.endswith(" rate")]
    words = set(claim.scope.also) | set(claim.scope.subject)
    if them := _said_of_them(claim):
        return _measure_among(case, them, keys)
    if derived := case.figures.derived_named(claim.scope.subject):
        return derived
    after = _measure_among(case, claim.scope.also, keys)
    if after and (after != case.own or not {stem(word) for word in claim.scope.whole} & stems(case.own)):
        return after
    of_months = any(_MONTH.fullmatch(word.removesuffix("'s")) for word in claim.scope.whole)
    if claim.scope.months and not of_months and case.figures.periods(case.own, case.area):
        return claim.scope.months
    told_behind = not claim.scope.subject or _PART_BEHIND.search(claim.quote.lower())
    if set(claim.scope.also) - EMPTY_WORDS - PLAIN_NOUNS - {"so", "far"} and told_behind and not after:
        return ""
    before = _measure_among(case, claim.scope.subject, keys)
    if before:
        return before
    told = {word for word in words if word not in EMPTY_WORDS and word != "|"}
    kinds = meant_by(tuple(claim.scope.subject), own=case.own, figures=case.figures)
    return case.own if kinds.key == case.own and (not told or not is_total(case.own)) and not claim.scope.also else ""


def _said_of_them(claim: Claim) -> tuple[str, ...]:
    """The words that pick out a part of what was told before: "half of them involved insecure premises"."""
    whole = claim.scope.whole
    if not whole or whole[0] not in {"them", "these", "those", "which"}:
        return ()
    return tuple(word for word in whole[1:] if word not in EMPTY_WORDS and word not in PLAIN_NOUNS)


def _measure_among(case: Case, words: tuple[str, ...], keys: list[str]) -> str:
    said = canonical({stem(word) for word in words if word not in EMPTY_WORDS}) - {"relat"}
    scored = [
        (_share_of_name(said, key), _nearness(said, key), key != case.own, key) for key in keys if said & stems(key)
    ]
    best = max(scored, default=(0.0, 0.0, False, ""))
    return best[3] if best[0] >= 0.5 else ""  # noqa: PLR2004


def _nearness(said: set[str], key: str) -> float:
    """How near a measure's name comes to what is said: all that both say, of all that either says."""
    return len(said & stems(key)) / max(1, len(said | stems(key)))


def _share_of_name(said: set[str], key: str) -> float:
    """How much of a measure's name is said; all of it where the name holds everything that is said."""
    return 1.0 if said <= stems(key) else len(said & stems(key)) / max(1, len(stems(key)))


def _whole(case: Case, claim: Claim) -> str:
    words = tuple(word for word in claim.scope.whole if word not in {"the", "whole"} and not word[:1].isdigit())
    words = tuple(word for word in words if not _MONTH.fullmatch(word.removesuffix("'s")))
    told = [word for word in words if word not in EMPTY_WORDS or word in {"crime", "crimes", "total"}]
    if claim.stated.form == "of the change" and set(words) <= _OF_ALL and not is_total(case.own):
        return next((key for key in case.figures.measures if is_total(key)), case.own)
    if not words and claim.stated.form in {"share", "from_to"}:
        return next((key for key in case.figures.measures if is_total(key)), "")
    own_named = {stem(word) for word in words} & stems(case.own)
    if not (own_named and not is_total(case.own)) and any(
        word.startswith("crime") or word in {"total", "notifiable"} or (word == "all" and "offences" in words)
        for word in words
    ):
        total = next((key for key in case.figures.measures if is_total(key)), "")
        if total or is_total(case.own):
            return total or case.own
        return (
            ""
            if any(word in {"total", "all", "crime", "crimes"} for word in words)
            and not is_total(case.own)
            and any(word.startswith("crime") for word in words)
            else case.own
        )
    if (
        not told
        or set(told) <= {"them", "it", "which", "those", "additional", "extra", "year", "thefts"}
        or {stem(word) for word in told} & stems(case.own)
    ):
        return case.own
    meant = meant_by(words, own=case.own, figures=case.figures)
    return meant.key


def _share_of_change(case: Case, claim: Claim, part: str | tuple[int, ...], whole: str) -> Judged:
    if isinstance(part, tuple) or part == whole:
        return unknown("the part is not given")
    now, before = case.times(claim.scope, measure=whole, area=case.area)
    one, other = (case.pair_of(key, case.area, before=before, now=now) for key in (part, whole))
    if isinstance(one, str) or isinstance(other, str) or not other.difference or claim.stated.amount is None:
        return unknown("the changes of the part and of the whole are not both given")
    share = 100 * one.difference / other.difference
    computed = f"{shown(one.difference)} of {shown(other.difference)} is {number(share, places=2)}%"
    return (
        supported(computed)
        if fits(claim.stated.amount, share)
        else contradicted(computed, f"The figures say otherwise: {computed}.")
    )


def _area_among(case: Case, words: tuple[str, ...]) -> str:
    """The area that the words name in other words than the figures: "the five wards with most deprivation"."""
    said = {stem(word) for word in words if word not in EMPTY_WORDS or word in {"ward", "town"}}
    scored = [
        (len(said & stems(area)) / len(stems(area)), area)
        for area in case.figures.areas
        if area != case.area and stems(area)
    ]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= 0.5 else ""  # noqa: PLR2004


# "Worcester and Redditch between them took 44%".
_BETWEEN_THEM = frozenset(("them", "together", "combined", "jointly"))


def _share_of_places(case: Case, claim: Claim, whole: str, places: tuple[str, ...]) -> Judged:
    now = case.period_of(claim.scope.period, measure=whole, area=case.area) or case.now_of(whole, case.area)
    total = case.value(whole, case.area, now)
    known = [value for place in places if (value := case.value(whole, place, now)) is not None]
    part = sum(known)
    if len(known) < len(places) or not total or claim.stated.amount is None or part > total:
        return unknown(f"no figures of {' and '.join(case.place(place) for place in places)} are given")
    share = 100 * part / total
    computed = f"{shown(part)} of {shown(total)} is {number(share, places=1)}%"
    return (
        supported(computed)
        if fits(claim.stated.amount, share)
        else contradicted(computed, f"The figures say otherwise: {computed}.")
    )


def _share_of_months(case: Case, claim: Claim, months: tuple[int, ...], whole: str) -> Judged:
    year = Period.ending(case.about.as_at, YEAR)
    total = case.value(whole, case.area, year)
    values = [case.value(whole, case.area, month) for month in year if month.first % YEAR + 1 in months]
    known = [value for value in values if value is not None]
    if not total or len(known) < len(months) or claim.stated.amount is None:
        return unknown("the months are not given")
    share = 100 * sum(known) / total
    computed = f"{shown(sum(known))} of {shown(total)} is {number(share, places=1)}%"
    return (
        supported(computed)
        if fits(claim.stated.amount, share)
        else contradicted(computed, f"The figures say otherwise: {computed}.")
    )
