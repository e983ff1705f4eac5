"""A position against the average of the measure's own times before: "9% below its three-year average"."""

import re

from quarterday.commentary.around import Around
from quarterday.commentary.case import YEAR, Case, Judged, contradicted, shown, supported, unknown
from quarterday.commentary.held import is_count
from quarterday.commentary.rounding import fits
from quarterday.commentary.tokens import quantity
from quarterday.domain.claim import Amount, Claim, ClaimKind, Unit, Way
from quarterday.domain.period import Period

_MANY = "two|three|four|five|six|seven|eight|nine|ten|twelve"
_NUMBERS = {name: count for count, name in enumerate(_MANY.split("|")[:-1], start=2)} | {"twelve": 12}
_AVERAGE = re.compile(
    rf"\b(?P<one>{_MANY}|\d{{1,2}})[- ](?P<unit>year|quarter|month)s?'?(?: [a-z0-9-]+){{0,2}} (?:average|mean)\b"
    rf"|\b(?:average|mean) (?:of|for|over|across) (?:the |its )?(?:last |previous |preceding |prior |past )?"
    rf"(?P<two>{_MANY}|\d{{1,2}})"
    r" (?:previous |preceding |prior |financial |earlier )?(?P<units>year|quarter|month)s\b"
)
_SIDE = re.compile(
    r"\b(?P<up>above|over|higher than|more than|greater than|exceed\w*|up on|ahead of)"
    r"|\b(?P<down>below|under|lower than|fewer than|less than|down on|beneath|short of)"
)
_PRINTED = re.compile(r"^\W{0,2}(?:\(|of )(?P<number>\d[\d,]*(?:\.\d+)?)\b(?!%)")
_DISTANCE = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)? ?(?:%|per cent)?) (?:[a-z]+ )?$")
_LENGTHS = {"year": YEAR, "quarter": 3, "month": 1}
_JUDGED = {ClaimKind.PEER_POSITION, ClaimKind.AVERAGE, ClaimKind.LEVEL, ClaimKind.PERCENT_CHANGE, ClaimKind.DIFFERENCE}


def own_average(case: Case, claim: Claim, words: Around) -> Judged | None:
    """Judged against the mean of so many times before, with or without the present; ``None`` where none is told."""
    if "average" not in words.clause and "mean" not in words.clause:
        return None
    at = words.clause.find(words.quote)
    found = next((one for one in _AVERAGE.finditer(words.clause) if one.end() > at), None)
    if claim.kind not in _JUDGED or found is None or not _reaches(claim, words, at, found) or not is_count(case.own):
        return None
    side = _side(claim, words.clause[: found.start()])
    now, means, whole = _means(case, found)
    own = case.value(case.own, case.area, now)
    if own is None or not means or not side:
        return unknown("the figures of those times are not all given") if not means else None
    said = f"{shown(own)} against a mean of {' or '.join(shown(mean) for mean in dict.fromkeys(means))}"
    printed, distance = _numbers(claim, words, found, at)
    if any(_holds(own, mean, side=side, printed=printed, distance=distance) for mean in means):
        return supported(said)
    if not whole:
        return unknown("the figures of those times are not all given")
    return contradicted(said, f"The figures say otherwise: {said}.")


def _reaches(claim: Claim, words: Around, at: int, found: re.Match[str]) -> bool:
    """Whether the claim is the position itself, or the number that says how far."""
    between = words.clause[at + len(words.quote) : found.start()]
    if claim.kind is ClaimKind.PEER_POSITION or at <= found.start() < at + len(words.quote):
        return True
    return re.fullmatch(r" (?:[a-z]+ ){0,2}(?:the |its |our )?", f" {between.strip()} ") is not None and bool(
        _SIDE.search(between + words.quote)
    )


def _side(claim: Claim, before: str) -> int:
    sides = list(_SIDE.finditer(before))
    if sides:
        return 1 if sides[-1]["up"] else -1
    return {Way.UP: 1, Way.DOWN: -1}.get(claim.stated.way, 0) if claim.stated.way else 0


def _means(case: Case, found: re.Match[str]) -> tuple[Period, list[float], bool]:
    """The present time, the means of so many before it and of so many with it, and whether all before it are known."""
    told = found["one"] or found["two"]
    many = _NUMBERS.get(told) or int(told)
    unit = _LENGTHS[found["unit"] or found["units"]]
    now = case.now_of(case.own, case.area)
    if unit < YEAR and now.months != unit:
        now = Period.ending(case.about.as_at, unit)
    runs = [[now.shift(-unit * (back + first)) for back in range(many)] for first in (1, 0)]
    values = [[case.value(case.own, case.area, when) for when in run] for run in runs]
    known = [[value for value in run if value is not None] for run in values]
    return now, [sum(run) / many for run in known if len(run) == many], len(known[0]) == many


def _numbers(claim: Claim, words: Around, found: re.Match[str], at: int) -> tuple[Amount | None, Amount | None]:
    """The average as printed behind the words, and the distance before them."""
    printed = _PRINTED.match(words.clause[found.end() :]) or _PRINTED.match(
        words.sentence[words.sentence.find(words.clause) + found.end() :]
    )
    amount = claim.stated.amount
    if amount is None and (distance := _DISTANCE.search(words.clause[:at])):
        read = quantity(distance["number"].strip())[1]
        amount = read if isinstance(read, Amount) else None
    told = quantity(printed["number"])[1] if printed else None
    return told if isinstance(told, Amount) else None, amount


def _holds(own: float, mean: float, *, side: int, printed: Amount | None, distance: Amount | None) -> bool:
    if (own - mean) * side <= 0 or (printed is not None and not fits(printed, mean)):
        return False
    if distance is None or fits(distance, mean):
        return True
    gap = 100 * (own - mean) / mean if distance.unit is Unit.PER_CENT and mean else own - mean
    return fits(distance, gap)
