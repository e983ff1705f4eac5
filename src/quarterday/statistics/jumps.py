"""Months from which a monthly count stands at another level, as after a change in recording, and not only then."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, takewhile

from quarterday.statistics.counts import is_count

YEAR = 12  # each month is set against the same month of the year before, so that seasons fall out
# Half a year tells a level from a bad quarter.
LEAST_PAIRS = 6
LEAST_MONTHS = YEAR + LEAST_PAIRS
# A district's year seldom holds half as much again as the one before; where what is recorded changes, it often does.
LEAST_RATIO = 1.5
# A load has thousands of series, and each is looked at in a hundred months: chance must give next to none.
MOST_CHANCE = 1e-4
# Of six months five go the same way: it is no spike.
LEAST_SAME_WAY = 5 / 6
# A trend moves by little from one quarter to the next, a jump by as much as from year to year.
QUARTER = 3
LEAST_AT_ONCE = 0.5
# What is nearer than so many standard errors has a probability far above MOST_CHANCE: there is no need to test it.
_SCREEN = 3.0
_Year = tuple[float, float]


class Turn(StrEnum):
    """What a series does from a month on."""

    RISES = "rises"
    FALLS = "falls"
    BEGINS = "begins"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Jump:
    """``at`` is the place, from 0, of the first month at the new level; ``before`` and ``after`` are averages a month.

    ``p`` is the two-sided probability of so great a difference were there no change, in this one month's comparison.
    """

    turn: Turn
    at: int
    before: float
    after: float
    p: float


def jumps_of(months: Sequence[float | None]) -> tuple[Jump, ...]:
    """Each month from which the counts stand at another level for a year, or as far as is known; in order.

    A missing month is ``None``, and never taken for zero. The months from a month on, up to twelve, are set against the
    same months a year before. The level has jumped where all of this holds: six or more such pairs are known; one side
    holds half as many again as the other; five pairs of six go that way; the years beside do not go on like
    it; half of it stands between two neighbouring quarters, seasons allowed for; and the test of ``change.compare``
    gives a probability under 1 in 10,000. Of such months within a year of each other the clearest counts. Zeros at the
    end, six or more, after months that held counts are an end, and those at the start a beginning. A series that holds
    what is no count has no jumps. How often chance alone gives one: docs/methods/jumps.md.
    """
    if not all(is_count(value) for value in {*months} - {None} if value is not None):
        return ()
    found = [turn for turn in (_begins(months), _ends(months)) if turn is not None]
    for _, step in sorted(_steps(months), key=lambda item: item[0], reverse=True):
        if all(abs(step.at - other.at) >= YEAR for other in found):
            found.append(step)
    return tuple(sorted(found, key=lambda jump: jump.at))


def _steps(months: Sequence[float | None]) -> Iterator[tuple[tuple[float, float], Jump]]:
    """Each known month at which a jump may stand; how many standard errors it measures, and how much of it is at once.

    Near the ends neighbouring months have the same pairs: then the second tells where it is.
    """
    years = _years(months)
    for at, year in enumerate(years):
        if year is None or months[at] is None or not _is_large(*year):
            continue
        change, (earlier, later) = _change(*year), _pairs(months, at)
        same_way = sum((new - old) * change > 0 for old, new in zip(earlier, later, strict=True))
        at_once = _at_once(months, at, change)
        if same_way < LEAST_SAME_WAY * len(earlier) or _goes_on(years, at, change) or at_once < LEAST_AT_ONCE:
            continue
        from quarterday.statistics.change import compare, dispersion_of, freedom_of  # noqa: PLC0415 - see _ends

        dispersion, freedom = dispersion_of([earlier, later]), freedom_of([earlier, later])
        p = compare(*year, dispersion=dispersion, freedom=freedom).p
        if p is not None and p < MOST_CHANCE:
            turn = Turn.RISES if change > 0 else Turn.FALLS
            distance = abs(year[1] - year[0]) / math.sqrt(dispersion * sum(year))
            yield (distance, at_once), Jump(turn, at, year[0] / len(earlier), year[1] / len(later), p)


def _years(months: Sequence[float | None]) -> list[_Year | None]:
    """For each month, what its pairs hold: the months a year before, and those from it on; few pairs tell nothing."""
    if len(months) < LEAST_MONTHS:
        return []
    pairs = [
        (0, 0.0, 0.0) if old is None or new is None else (1, old, new)
        for old, new in zip(months, months[YEAR:], strict=False)
    ]
    known, before, after = (list(accumulate(column, initial=0.0)) for column in zip(*pairs, strict=True))
    spans = ((min(max(0, at - YEAR), len(pairs)), min(at, len(pairs))) for at in range(len(months)))
    return [
        (before[stop] - before[start], after[stop] - after[start])
        if known[stop] - known[start] >= LEAST_PAIRS
        else None
        for start, stop in spans
    ]


def _is_large(before: float, after: float) -> bool:
    less, more = (before, after) if before < after else (after, before)
    return more >= LEAST_RATIO * less and (more - less) ** 2 > _SCREEN**2 * (more + less)


def _change(before: float, after: float) -> float:
    """How far it moved on the scale of ratios; half a count more on either side keeps that of nothing within bounds."""
    return math.log((after + 0.5) / (before + 0.5))


def _pairs(months: Sequence[float | None], at: int) -> tuple[list[float], list[float]]:
    """The months from a month on, up to twelve, and the same months a year before, where both are known."""
    start = max(0, at - YEAR)
    both = zip(months[start:at], months[start + YEAR : at + YEAR], strict=False)
    known = [(old, new) for old, new in both if old is not None and new is not None]
    return [old for old, _ in known], [new for _, new in known]


def _goes_on(years: Sequence[_Year | None], at: int, change: float) -> bool:
    """Whether the years beside move on average half as far the same way: then it is a trend."""
    beside = [years[place] for place in (at - YEAR, at + YEAR) if 0 <= place < len(years)]
    changes = [_change(*year) for year in beside if year is not None]
    return bool(changes) and sum(changes) / len(changes) / change > LEAST_AT_ONCE


def _at_once(months: Sequence[float | None], at: int, change: float) -> float:
    """How much of the change stands between the quarter before the month and the one from it on.

    Seasons turn between quarters, too: what stands there a year earlier and a year later is taken off.
    """
    here = _between_quarters(months, at)
    beside = (_between_quarters(months, at - YEAR), _between_quarters(months, at + YEAR))
    seasons = [found for found in beside if found is not None]
    season = sum(seasons) / len(seasons) if seasons else 0.0
    return 0.0 if here is None else (here - season) / change


def _between_quarters(months: Sequence[float | None], at: int) -> float | None:
    """How far the quarter from a month on lies from the one before; nothing where either has no known month."""
    if at < 0:
        return None
    last = [value for value in months[max(0, at - QUARTER) : at] if value is not None]
    first = [value for value in months[at : at + QUARTER] if value is not None]
    return _change(sum(last) / len(last), sum(first) / len(first)) if last and first else None


def _ends(months: Sequence[float | None]) -> Jump | None:
    """Zeros at the end, after months that held too much for that to be chance."""
    known = [(place, value) for place, value in enumerate(months) if value is not None]
    zeros = sum(1 for _ in takewhile(lambda item: item[1] == 0, reversed(known)))
    compared = min(zeros, len(known) - zeros, YEAR)
    if compared < LEAST_PAIRS:
        return None
    start = len(known) - zeros
    held = sum(value for _, value in known[start - compared : start])
    from quarterday.statistics.change import compare  # noqa: PLC0415 - costly to import, and most loads have no jump

    p = compare(held, 0).p
    if p is None or p >= MOST_CHANCE:
        return None
    return Jump(Turn.ENDS, known[start][0], held / compared, 0.0, p)


def _begins(months: Sequence[float | None]) -> Jump | None:
    """Zeros at the start: an end, seen from the other side."""
    end = _ends(months[::-1])
    if end is None:
        return None
    at = next(place for place, value in enumerate(months) if value)
    return Jump(Turn.BEGINS, at, 0.0, end.before, end.p)
