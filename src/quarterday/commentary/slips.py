"""The slips by which a right number becomes a wrong one: each is named, and what one explains is no other number."""

import math
from collections.abc import Iterator

from quarterday.commentary.case import YEAR, Case, Judged, Pair, contradicted, shown, supported
from quarterday.commentary.held import is_per_cent
from quarterday.commentary.rounding import fits, rounds_to
from quarterday.commentary.wording import number
from quarterday.domain.claim import Amount, Claim, ClaimKind, Loose, Unit

_CHANGES = {ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE}
_LEVELS = {ClaimKind.LEVEL, ClaimKind.EXTREME, ClaimKind.FROM_TO}
_PLAIN = {Loose.EXACT, Loose.NEARLY, Loose.OVER}
_FEWEST_DIGITS = 3
_LATER = "The per cent was taken of the later value; it is of the earlier one."
_AS_PER_CENT = "The number of the change was written as a per cent."
_SWAPPED = "Its digits are those of the right number in another order."


def of_change(case: Case, amount: Amount, pair: Pair) -> str:
    """The slip by which a change was told wrongly, in a sentence; empty where none would give the number."""
    per_cent = amount.unit is Unit.PER_CENT
    if per_cent and is_per_cent(pair.measure) and fits(amount, pair.difference):
        return f"{number(abs(amount.value))} is the change in percentage points, not in per cent."
    if per_cent and pair.later and rounds_to(amount, 100 * pair.difference / pair.later):
        return _LATER
    if per_cent and rounds_to(amount, pair.difference):
        return _AS_PER_CENT
    if not per_cent and pair.per_cent is not None and rounds_to(amount, pair.per_cent):
        return "The per cent of the change was written as its number."
    if not per_cent and (level := _as_level(amount, pair)):
        return level
    if are_swapped(amount, pair.per_cent if per_cent else pair.difference):
        return _SWAPPED
    return _of_another_time(case, amount, pair)


def _as_level(amount: Amount, pair: Pair) -> str:
    """Whether the number given as the change is one of the two that it lies between."""
    if rounds_to(amount, pair.earlier):
        return "That is the earlier value itself, the base, and not the change."
    return "That is the later value itself, and not the change." if rounds_to(amount, pair.later) else ""


def _of_another_time(case: Case, amount: Amount, pair: Pair) -> str:
    """The right number for other months, where there is one."""
    given = case.figures.periods(pair.measure, pair.area).values()
    known = [(figure.period, figure.value) for figure in given if figure.value is not None]
    per_cent = amount.unit is Unit.PER_CENT
    for now, later in known:
        for before, earlier in known:
            if now.months != before.months or before.first >= now.first or (per_cent and not earlier):
                continue
            value = 100 * (later - earlier) / earlier if per_cent else later - earlier
            if rounds_to(amount, value) and (now, before) != (pair.present, pair.before):
                return f"It would be right for {now.for_sentence()} against {before.for_sentence()}."
    return ""


def of_level(case: Case, amount: Amount, *, measure: str, area: str) -> str:
    """The slip by which a level was told wrongly, in a sentence; empty where none would give the number."""
    given = case.figures.periods(measure, area)
    for period, figure in given.items():
        if figure.value is not None and rounds_to(amount, figure.value):
            return f"It would be right for {period.for_sentence()}."
    digits = sorted(f"{amount.value:g}")
    if any(figure.value is not None and sorted(f"{figure.value:g}") == digits for figure in given.values()):
        return _SWAPPED
    return ""


def are_swapped(amount: Amount, true: float | None) -> bool:
    """Whether two neighbouring digits of the true number have changed places: 863 for 836."""
    if true is None:
        return False
    places = max(0, round(-math.log10(amount.step))) if amount.step < 1 else 0
    said, right = f"{abs(amount.value):.{places}f}", f"{abs(true):.{places}f}"
    apart = [at for at, pair in enumerate(zip(said, right, strict=False)) if pair[0] != pair[1]]
    if len(said) != len(right) or len(apart) != 2 or sum(map(str.isdigit, said)) < _FEWEST_DIGITS:  # noqa: PLR2004
        return False
    one, two = apart
    return two - one <= (2 if "." in said[one:two] else 1) and (said[one], said[two]) == (right[two], right[one])


_TELLING = 20  # a number from here on, or one with decimals, hardly equals a figure by chance


def is_figure(case: Case, claim: Claim) -> Judged | None:
    """Supported where the number is so exactly one of the figures that it can hardly be of anything else."""
    amount = claim.stated.amount
    area = case.area_of(claim.scope.group)
    if amount is None or area is None or claim.stated.earlier is not None or not _is_telling(amount):
        return None
    measure = case.measure_of(claim.scope)[0] or case.own
    if claim.kind in _CHANGES or (claim.kind is ClaimKind.LEVEL and _is_alone(claim, measure)):
        for pair in _pairs(case, claim, measure, area):
            value = pair.per_cent if amount.unit is Unit.PER_CENT else pair.difference
            if value is not None and fits(amount, value) and _goes_so(case, claim, pair):
                return supported(pair.words)
    if claim.kind is not ClaimKind.LEVEL or claim.stated.form == "target value":
        return None
    for period, figure in case.figures.periods(measure, area).items():
        if figure.value is not None and amount.loose is Loose.EXACT and rounds_to(amount, figure.value):
            return supported(f"{case.name(measure)}, {period.for_sentence()}: {shown(figure.value)}")
    return None


def _is_telling(amount: Amount) -> bool:
    return (
        not amount.fraction
        and amount.loose in _PLAIN | {Loose.ABOUT}
        and (amount.step < 1 or (abs(amount.value) >= _TELLING and amount.unit is Unit.COUNT))
    )


def _is_alone(claim: Claim, measure: str) -> bool:
    """Whether it is a percentage beside a count, which can only be of a change."""
    amount = claim.stated.amount
    return amount is not None and amount.unit is Unit.PER_CENT and not is_per_cent(measure)


def _goes_so(case: Case, claim: Claim, pair: Pair) -> bool:
    """Whether a change went the way that is told, where one is."""
    way = claim.stated.way
    sign = case.sign_of(way, measure=pair.measure) if way is not None else None
    return (way is None or sign is not None) and (sign is None or sign * pair.difference > 0)


def slipped(case: Case, claim: Claim) -> Judged | None:
    """Contradicted by the slip that explains the number, where the words alone would leave open what it is of."""
    amount = claim.stated.amount
    if amount is None or amount.fraction or amount.loose not in _PLAIN or claim.stated.form == "target value":
        return None
    area = case.area_of(claim.scope.group)
    if area is None:
        return None
    measure = case.measure_of(claim.scope)[0] or case.own
    if claim.kind in _CHANGES or (claim.kind is ClaimKind.LEVEL and _is_alone(claim, measure)):
        found = ((pair, _slip_of(case, claim, amount, pair)) for pair in _pairs(case, claim, measure, area))
        return next((_told(pair, slip) for pair, slip in found if slip), None)
    return _swapped_level(case, claim, measure, area) if claim.kind in _LEVELS else None


def _pairs(case: Case, claim: Claim, measure: str, area: str) -> Iterator[Pair]:
    """The change as it is read, and that on the year before."""
    now = case.now_of(measure, area)
    for pair in (
        case.pair(claim, measure=measure, area=area),
        case.pair_of(measure, area, before=now.shift(-YEAR), now=now),
    ):
        if not isinstance(pair, str) and pair.before.last <= pair.present.last:
            yield pair


def _slip_of(case: Case, claim: Claim, amount: Amount, pair: Pair) -> str:
    """A slip that few other numbers would fit by chance, in the direction that is told."""
    if not _goes_so(case, claim, pair):
        return ""
    if amount.unit is not Unit.PER_CENT:
        level = _as_level(amount, pair) if _is_telling(amount) and not fits(amount, pair.difference) else ""
        return level or (_SWAPPED if are_swapped(amount, pair.difference) else "")
    if pair.per_cent is None or fits(amount, pair.per_cent):
        return ""
    if is_per_cent(pair.measure) and rounds_to(amount, pair.difference):
        return f"{number(abs(amount.value))} is the change in percentage points, not in per cent."
    if pair.later and rounds_to(amount, 100 * pair.difference / pair.later):
        return _LATER
    if not is_per_cent(pair.measure) and rounds_to(amount, pair.difference):
        return _AS_PER_CENT
    return _SWAPPED if are_swapped(amount, pair.per_cent) else ""


def _told(pair: Pair, slip: str) -> Judged:
    per_cent = f" ({pair.per_cent:+.1f}%)" if pair.per_cent is not None else ""
    said = f"{pair.words}{per_cent}"
    return contradicted(said, f"The figures say otherwise: {said}. {slip}")


def _swapped_level(case: Case, claim: Claim, measure: str, area: str) -> Judged | None:
    """The one figure of the measure whose digits are told in another order, where no figure is as told."""
    amount = claim.stated.amount
    given = case.figures.periods(measure, area)
    if amount is None or any(figure.value is not None and fits(amount, figure.value) for figure in given.values()):
        return None
    told = claim.scope.period
    only = case.period_of(told, measure=measure, area=area) if told is not None else None
    ends = {period.last for period in told.periods} if told is not None else set()
    right = [
        (when, figure.value)
        for when, figure in given.items()
        if are_swapped(amount, figure.value) and (told is None or when == only or when.last in ends)
    ]
    if len(right) != 1 or right[0][1] is None:
        return None
    said = f"{case.name(measure)}, {right[0][0].for_sentence()}: {shown(right[0][1])}"
    return contradicted(said, f"The figures say otherwise: {said}. {_SWAPPED}")
