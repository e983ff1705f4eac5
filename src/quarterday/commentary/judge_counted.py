"""Times that are counted, or picked out by name, against figures: each against the one before it or a year before."""

from collections.abc import Iterator
from itertools import pairwise

from quarterday.commentary.case import YEAR, Case, Judged, Pair, contradicted, shown, supported, unknown
from quarterday.domain.claim import Claim, Loose
from quarterday.domain.period import Period

_MONTHS = {"month": 1, "quarter": 3, "year": YEAR, "period": 0, "update": 0, "report": 0}


def in_some(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    """So many of so many steps in one direction: from each to the next, or each on a year before."""
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    amount, of = claim.stated.amount, claim.stated.of
    if sign is None:
        return case.no_direction
    if amount is None or not of or claim.stated.scale not in _MONTHS:
        return unknown("it is not clear which times are counted")
    seen = [steps for steps in _readings(case, claim, measure, area) if len(steps) == of]
    if not seen:
        return unknown("the figures at each step are not given")
    counts = [sum(step * sign > 0 for step in steps) for steps in seen]
    said = " or ".join(dict.fromkeys(f"{count} of the {of}" for count in counts))
    at_least = amount.loose in {Loose.AT_LEAST, Loose.OVER}
    if any(count == amount.value or (at_least and count > amount.value) for count in counts):
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _readings(case: Case, claim: Claim, measure: str, area: str) -> Iterator[list[float]]:
    """The last so many changes, by each way that the words may be read."""
    of, months = claim.stated.of, _MONTHS[claim.stated.scale]
    given = case.figures.periods(measure, area)
    known = {period: figure.value for period, figure in given.items() if figure.value is not None}
    now = case.now_of(measure, area)
    if claim.stated.word != "year before":
        for length in dict.fromkeys((months, now.months)):
            ends = sorted(when for when in known if when.months == length and when.last <= case.about.as_at.last)
            apart = YEAR if months == YEAR else 0
            ends = [when for when in ends if not apart or (ends[-1].last - when.last) % apart == 0]
            yield [known[later] - known[earlier] for earlier, later in pairwise(ends)][-of:]
    latest = Period.ending(case.about.as_at, months or now.months)
    back = (latest.shift(-latest.months * step) for step in range(of))
    pairs = [case.pair_of(measure, area, before=when.shift(-YEAR), now=when) for when in back]
    yield [pair.difference for pair in pairs if isinstance(pair, Pair)]


def in_these(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    """Each of the years that are named, against the one before it."""
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if sign is None:
        return case.no_direction
    pairs: list[Pair] = []
    for when in claim.scope.periods:
        now = case.period_of(when, measure=measure, area=area)
        pair = case.pair_of(measure, area, before=now.shift(-YEAR) if now else None, now=now)
        if isinstance(pair, str):
            return unknown(pair)
        pairs.append(pair)
    if not pairs:
        return unknown("it is not clear which times are meant")
    said = "; ".join(f"{pair.words} ({shown(pair.difference)})" for pair in pairs)
    if all(pair.difference * sign > 0 for pair in pairs):
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")
