"""Trends, words of size, highest and lowest, months picked out, against figures."""

import re
from dataclasses import replace
from itertools import pairwise

from quarterday.commentary.case import YEAR, Case, Judged, contradicted, shown, supported, unknown
from quarterday.commentary.judge_change import changes_so_far, direction_of, target_of
from quarterday.commentary.judge_counted import in_some, in_these
from quarterday.commentary.rounding import fits
from quarterday.commentary.when import MONTH, periods_of
from quarterday.domain.claim import Claim, Verdict, Way, When, WhenKind
from quarterday.domain.measure import Polarity
from quarterday.domain.period import MONTH_NAMES, Period

# No report says what its words of size mean: these cut-offs are this product's own.
SLIGHT_PER_CENT = 5.0
STABLE_PER_CENT = 5.0
SHARP_PER_CENT = 15.0
TREND_PER_CENT = 5.0
TREND_STEPS = 0.6
SAME_RATE_POINTS = 2.0
FEWEST_FOR_TREND = 3
_OF_CHANGES = re.compile(
    r"(?:largest|biggest|greatest|smallest|steepest|sharpest|best|worst) (?:\w+ )?"
    r"(?:cut|fall|rise|drop|increase|decrease|reduction|decline|growth|gap|change|jump)"
)
_OF_OTHER_TIMES = re.compile(
    r"\b(?:time|times|hour|hours|day|days|night|nights|weekend|weekends|evening|morning|christmas|easter|half-term)\b"
)
# The number of times that are compared, and no figure: "of the last eight".
_COUNTED = re.compile(
    r"\b(?:last|past|previous|latest|of the|these|those) "
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})\b"
)
_ANY_BEFORE = re.compile(r"\bany (?:previous|other|earlier)\b")
_RECORD = re.compile(r"\brecords?\b|\bever\b|\ball[- ]time\b|\bon record\b")
# "The lowest third quarter" is the lowest of third quarters.
_SAME_MONTHS = re.compile(
    rf"est (?:(?:first|second|third|fourth|final|[1-4](?:st|nd|rd|th)) quarter|q[1-4]|{MONTH})\b(?! of)"
)
_MONTH = re.compile(MONTH)
_OVER_YEARS = re.compile(r"\b(?:last|past|previous) (?P<many>two|three|four|five|six|seven|eight|nine|ten) years\b")
Run = list[tuple[Period, float]]


def judge_trend(case: Case, claim: Claim) -> Judged:
    """Trend words and words of size."""
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    match claim.stated.form:
        case "slight" | "sharp" | "stable" | "tested":
            return _sized(case, claim, measure, area)
        case "steady" if claim.stated.way is not None and "trend" not in claim.quote:
            return _steps(case, claim, measure, area)
        case "trend" | "steady":
            return _trend(case, claim, measure, area)
        case "easing":
            return _easing(case, claim, measure, area)
        case "goes on":
            return _goes_on(case, claim, measure, area)
        case "same rate":
            return _same_rate(case, claim, measure, area)
        case "run":
            return _run(case, claim, measure, area)
        case "run before":
            return _run_before(case, claim, measure, area)
        case "in some":
            return in_some(case, claim, measure, area)
        case "in these":
            return in_these(case, claim, measure, area)
    return unknown("the word has no agreed meaning")


def _sized(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    form, way = claim.stated.form, claim.stated.way
    if form == "steady":
        return _steps(case, claim, measure, area)
    pair = case.pair(_with_that_time(claim), measure=measure, area=area)
    if isinstance(pair, str):
        return unknown(pair)
    change = pair.per_cent
    if change is None:
        return unknown("a change from nought has no per cent")
    said = f"{pair.words} ({change:+.1f}%)"
    if form == "stable":
        exactly = (claim.stated.word == "exactly" and pair.difference == 0) or "identical" in claim.quote.lower()
        limit = 1e-9 if exactly else STABLE_PER_CENT
        if abs(change) <= limit:
            return supported(said)
        return contradicted(said, f"The figures say otherwise: {said}; stable is within {STABLE_PER_CENT:.0f}% here.")
    if way is not None:
        verdict = direction_of(case, way, pair)
        if verdict.verdict.value != "supported":
            return verdict
    if form == "tested":
        return unknown(f"no test and no limits are given for the word; the figures give {said}")
    if form == "slight":
        ok = abs(change) < SLIGHT_PER_CENT
        rule = f"slight is under {SLIGHT_PER_CENT:.0f}% here"
    else:
        ok = abs(change) >= SHARP_PER_CENT
        rule = f"sharp is {SHARP_PER_CENT:.0f}% or more here"
        if not ok and abs(change) >= SLIGHT_PER_CENT:
            return unknown(f"the word has no agreed meaning for {said}")
    return supported(said) if ok else contradicted(said, f"The figures say otherwise: {said}; {rule}.")


def _with_that_time(claim: Claim) -> Claim:
    """As in "Was comparable to 2012/13": the time in the words is the one compared with."""
    when = claim.scope.period
    if when is None or claim.stated.form != "stable" or claim.scope.against is not None:
        return claim
    if not re.search(rf"\b(?:to|with|as|from|of|at)(?: the| in)? {re.escape(when.words)}", claim.quote.lower()):
        return claim
    return replace(claim, scope=replace(claim.scope, period=None, against=when))


def series(case: Case, measure: str, area: str, months: int) -> Run:
    """The known values of periods of so many months up to the report's end, in order."""
    known = case.figures.periods(measure, area)
    return sorted(
        (period, figure.value)
        for period, figure in known.items()
        if figure.value is not None and period.months == months and period.last <= case.about.as_at.last
    )


def _run_of(case: Case, claim: Claim, measure: str, area: str) -> Run:
    """The run that a trend word speaks of: the months of the year where it says so, else the longest run given."""
    wanted = {"month": 1, "quarter": 3, "year": YEAR}.get(claim.stated.scale, 0)
    lengths = {period.months for period in case.figures.periods(measure, area)}
    runs = [(len(run), months, run) for months in lengths if (run := series(case, measure, area, months))]
    if not runs:
        return []
    if wanted == _QUARTER:
        return _by_quarters(case, measure, area) or max(runs, key=lambda item: item[:2])[2]
    by_month = "month" in claim.quote and not _SO_MANY_MONTHS.search(claim.quote)
    if wanted == 1 or "through the year" in claim.quote or by_month:
        run = series(case, measure, area, 1)
        if wanted == 1 or run:
            return [pair for pair in run if pair[0].last > case.about.as_at.last - YEAR] if wanted != 1 else run
    if wanted == YEAR:
        return _yearly(series(case, measure, area, YEAR))
    rolling = series(case, measure, area, YEAR)
    if len(rolling) >= FEWEST_FOR_TREND:
        return rolling
    run = max(runs, key=lambda item: item[:2])[2]
    if len(run) >= 2 * YEAR - 1 and run[0][0].months == 1 and "through" in claim.quote:
        return run[-YEAR:]
    return run


_QUARTER = 3
_SO_MANY_MONTHS = re.compile(
    r"\b(?:twelve|12|six|6|nine|9|three|3) months\b(?! (?:running|in a row|in succession|on the))"
)


def _by_quarters(case: Case, measure: str, area: str) -> Run:
    """The rolling years that end a quarter apart, where three are given, else the quarters up to the report's end."""
    rolling = _unbroken(series(case, measure, area, YEAR))
    if len(rolling) >= FEWEST_FOR_TREND and rolling[-1][0].first - rolling[-2][0].first == _QUARTER:
        return rolling
    run: Run = []
    now = Period.ending(case.about.as_at, _QUARTER)
    while (value := case.value(measure, area, now)) is not None:
        run.append((now, value))
        now = now.shift(-_QUARTER)
    return run[::-1]


def _yearly(run: Run) -> Run:
    """Of rolling years, those that end a whole number of years before the last."""
    if not run:
        return []
    last = run[-1][0].last
    return [pair for pair in run if (last - pair[0].last) % YEAR == 0]


def _steps_of(run: Run) -> list[float]:
    return [later[1] - earlier[1] for earlier, later in pairwise(run)]


def _unbroken(run: Run) -> Run:
    """The last part of a run in which no time is left out."""
    gaps = [later[0].first - earlier[0].first for earlier, later in pairwise(run)]
    broken = next((at for at in range(len(gaps) - 1, -1, -1) if gaps[at] != gaps[-1]), -1)
    return run[broken + 1 :]


def _listed(run: Run) -> str:
    return ", ".join(shown(value) for _, value in run[-8:])


def _trend(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if sign is None:
        return case.no_direction
    run = _run_of(case, claim, measure, area)
    if "through" in claim.quote and run and run[0][0].months == 1:
        run = [pair for pair in run if pair[0].last > case.about.as_at.last - YEAR]
    if "already" in claim.quote and len(run) > FEWEST_FOR_TREND:
        run = run[:-1]
    if len(run) < FEWEST_FOR_TREND:
        return _too_few(case, claim, measure, area, sign)
    steps = _steps_of(run)
    up = sum(step * sign > 0 for step in steps) / len(steps)
    first, last = run[0][1], run[-1][1]
    moved = sign * (last - first) >= TREND_PER_CENT / 100 * abs(first)
    before = case.value(measure, area, run[-1][0].shift(-YEAR))
    kept = before is None or sign * (last - before) >= 0
    every = claim.stated.form == "steady"
    ok = all(step * sign > 0 for step in steps) if every else up >= TREND_STEPS and moved and kept
    said = _listed(run)
    if ok:
        return supported(said)
    return contradicted(said, f"The figures do not show it: {said}.")


def _too_few(case: Case, claim: Claim, measure: str, area: str, sign: int) -> Judged:
    pair = case.pair(claim, measure=measure, area=area)
    if not isinstance(pair, str) and pair.difference * sign < 0 and claim.stated.form == "goes on":
        return contradicted(pair.words, f"The figures say otherwise: {pair.words}.")
    return unknown("there are too few figures for a trend")


def _goes_on(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if sign is None:
        return case.no_direction
    run = _run_of(case, claim, measure, area)
    if span := _OVER_YEARS.search(claim.quote.lower()):  # "its decline of the last three years"
        run = _yearly(series(case, measure, area, YEAR))[-_NUMBERS[span["many"]] - 1 :]
        if len(run) <= _NUMBERS[span["many"]]:
            return unknown("the figures of those years are not given")
        return _judge_steps(run, sign)
    if len(run) < FEWEST_FOR_TREND:
        return _too_few(case, claim, measure, area, sign)
    steps = _steps_of(run)[-2:]
    said = _listed(run[-3:])
    if all(step * sign > 0 for step in steps):
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _same_rate(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    changes = changes_so_far(case, measure, area)
    rates = [pair.per_cent for pair in changes if pair.per_cent is not None]
    if len(rates) < 2:  # noqa: PLR2004
        return unknown("two rates of change are not given")
    said = f"{rates[-2]:+.1f}% then, {rates[-1]:+.1f}% now"
    sign = case.sign_of(claim.stated.way or Way.UP) or 1
    if abs(rates[-1] - rates[-2]) <= SAME_RATE_POINTS and rates[-1] * sign > 0:
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _easing(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    """Whether the later rate of change is smaller (or larger)."""
    rates = [pair.per_cent for pair in changes_so_far(case, measure, area) if pair.per_cent is not None]
    to = claim.stated.amount
    if len(rates) == 1 and to is not None and claim.stated.earlier is None:
        said = f"{rates[0]:+.1f}% now"
        return supported(said) if fits(to, rates[0]) else contradicted(said, f"The figures say otherwise: {said}.")
    if len(rates) < 2:  # noqa: PLR2004
        return unknown("two rates of change are not given")
    said = f"{rates[-2]:+.1f}% then, {rates[-1]:+.1f}% now"
    ok = abs(rates[-1]) < abs(rates[-2]) if claim.stated.word == "slower" else abs(rates[-1]) > abs(rates[-2])
    told = ((claim.stated.earlier, rates[-2]), (to, rates[-1]))
    ok = ok and all(amount is None or fits(amount, rate) for amount, rate in told)
    return supported(said) if ok else contradicted(said, f"The figures say otherwise: {said}.")


def _steps(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if sign is None:
        return case.no_direction
    when = claim.scope.against
    run = _run_of(case, claim, measure, area)
    if when is not None and when.kind is WhenKind.SPAN:
        run = [pair for pair in run if pair[0].last > case.about.as_at.last - when.months]
    if len(run) < FEWEST_FOR_TREND:
        return unknown("the figures at each step are not given")
    return _judge_steps(run, sign)


def _judge_steps(run: Run, sign: int, *, spared: int = 0) -> Judged:
    said = _listed(run)
    if sum(step * sign <= 0 for step in _steps_of(run)) == spared:
        return supported(said)
    return contradicted(said, f"There are exceptions: {said}.")


_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
_SO_MANYTH = re.compile(
    rf"\b(?P<many>{'|'.join(_ORDINALS)}) (?:(?:successive|consecutive) |\w+ (?:in a row|running|in succession)\b)"
)


def _steps_wanted(claim: Claim) -> int:
    """How many steps are said to have gone one way: "in three consecutive months", "for the third year running"."""
    if claim.stated.amount is not None:
        return int(claim.stated.amount.value)
    if found := _SO_MANYTH.search(claim.quote.lower()):
        return _ORDINALS[found["many"]]
    return 0


def _run(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    """So many steps in a row, or every step since a time."""
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if sign is None:
        return case.no_direction
    spared = _spared(claim)
    if spared is None and not claim.stated.months:
        return unknown("the text makes exceptions")
    if claim.stated.word == "year before":
        return _each_against_year_before(case, claim, measure, area, sign)
    run = _run_of(case, claim, measure, area)
    steps = _steps_of(run)
    wanted = _steps_wanted(claim)
    since = _since(case, claim, measure, area)
    if ends := _ends_told(case, claim, measure, area):
        run = [
            pair
            for pair in series(case, measure, area, ends[0].months)
            if ends[0].first <= pair[0].first <= ends[1].first
        ]
        if len(run) < FEWEST_FOR_TREND or (run[0][0], run[-1][0]) != ends:
            return unknown("the figures at each step are not given")
        if "until" in claim.quote and _steps_of(run)[-1] * sign < 0:
            run = run[:-1]  # "fell in each year until 2011/12", when it rose
        steps = _steps_of(run)
    elif since is not None:
        run = [pair for pair in run if pair[0].last >= since.last]
        if not run or run[0][0].last != since.last:
            return unknown(f"the figures since {since.for_sentence()} are not given")
        steps = _steps_of(run)
        if wanted and len(steps) != wanted:
            return unknown("the figures at each step are not given")
    elif wanted:
        if not claim.stated.scale and (fitting := _run_that_fits(case, measure, area, wanted, sign)):
            return supported(_listed(fitting))
        run = _unbroken(run)
        steps = _steps_of(run)
        tail = steps[-wanted:]
        if len(tail) < wanted:
            return _broken_run(tail, sign, run)
        run = run[-wanted - 1 :]
        steps = tail
    if not steps or (not wanted and len(steps) < 2):  # noqa: PLR2004
        return unknown("the figures at each step are not given")
    return _judge_steps(run, sign, spared=spared or 0)


def _run_that_fits(case: Case, measure: str, area: str, wanted: int, sign: int) -> Run:
    """The years, quarters or months whose last steps all went one way; where a text does not say which it means."""
    given = (
        _yearly(series(case, measure, area, YEAR)),
        _by_quarters(case, measure, area),
        series(case, measure, area, 1),
    )
    for run in map(_unbroken, given):
        if len(run) > wanted and all(step * sign > 0 for step in _steps_of(run)[-wanted:]):
            return run[-wanted - 1 :]
    return []


_SPARING = frozenset(("except", "excepting", "bar", "barring", "apart", "excluding", "save"))


def _spared(claim: Claim) -> int | None:
    """How many steps are said to be exceptions: "in every quarter bar one"; ``None`` where that is not said."""
    told = [*claim.scope.also]
    at = next((at for at, word in enumerate(told) if word in _SPARING), -1)
    if at < 0:
        return 0
    return next((_NUMBERS[word] for word in told[at + 1 : at + 3] if word in _NUMBERS), None)


_UP_TO = re.compile(r"\b(?:to|until|till) (?:the )?$")
_SINCE_AN_EVENT = re.compile(r"\bsince (?:the |a |an |its |our )?[a-z-]+ [a-z]")


def _ends_told(case: Case, claim: Claim, measure: str, area: str) -> tuple[Period, Period] | None:
    """The first and the last time of a run that has ended: "in each year after 2006/07 up to 2010/11"."""
    told = [when for when in claim.scope.periods if when.kind in {WhenKind.STATED, WhenKind.MONTH_OF_YEAR}]
    now = Period.ending(case.about.as_at, 1) if all(when.months == 1 for when in told) else None
    read = [case.period_of(when, measure=measure, area=area, now=now) for when in told]
    ends = [period for period in read if period is not None]
    of_months = len(told) == len(ends) == 1 and told[0].kind is WhenKind.MONTH_OF_YEAR
    if of_months and len(_MONTH.findall(told[0].words)) > 1:
        return Period(ends[0].first, 1), Period(ends[0].last, 1)  # "from August to December"
    if len(ends) == 1 and _UP_TO.search(claim.quote.lower().partition(told[0].words)[0]):
        known = series(case, measure, area, ends[0].months)
        return (known[0][0], ends[0]) if known and known[0][0].first < ends[0].first else None
    if len(told) != 2 or len(ends) != 2 or ends[0].months != ends[1].months or ends[0].first >= ends[1].first:  # noqa: PLR2004
        return None
    return ends[0], ends[1]


def _broken_run(tail: list[float], sign: int, run: Run) -> Judged:
    if tail and any(step * sign < 0 for step in tail):
        return contradicted(_listed(run), f"There are exceptions: {_listed(run)}.")
    return unknown("the figures at each step are not given")


def _since(case: Case, claim: Claim, measure: str, area: str) -> Period | None:
    if "since" not in claim.quote:
        return None
    told = [when for when in claim.scope.periods if when.kind in {WhenKind.STATED, WhenKind.MONTH_OF_YEAR}]
    after = claim.quote.lower().rpartition("since")[2]
    when = next((when for when in told if when.words in after), claim.scope.against or claim.scope.period)
    if not any(when.words in after for when in told) and _SINCE_AN_EVENT.search(claim.quote.lower()):
        return None
    of_month = when is not None and when.kind is WhenKind.MONTH_OF_YEAR and when.months == 1
    now = Period.ending(case.about.as_at, 1) if of_month else None
    return case.period_of(when, measure=measure, area=area, now=now) if when is not None else None


def _each_against_year_before(case: Case, claim: Claim, measure: str, area: str, sign: int) -> Judged:
    than = claim.scope.against
    last_year = Period.ending(case.about.as_at, YEAR).shift(-YEAR)
    if than is not None and than.kind is WhenKind.STATED and last_year not in than.periods:
        return unknown("the figures of another year are compared")
    months = {"month": 1, "quarter": 3}.get(claim.stated.scale, 1)
    wanted = int(claim.stated.amount.value) if claim.stated.amount else 0
    seen = []
    when = claim.scope.period
    told = when.periods[0] if when is not None and when.kind is WhenKind.STATED and len(when.periods) == 1 else None
    told = told if told is not None and months < told.months < YEAR else None  # "from April to September 2010"
    for back in range(wanted or (told.months if told else YEAR) // months):
        now = Period.ending(told or case.about.as_at, months).shift(-months * back)
        same = periods_of(than, now=now) if than is not None and than.kind is WhenKind.SAME_MONTHS_OF else ()
        pair = case.pair_of(measure, area, before=same[0] if same else now.shift(-YEAR), now=now)
        if isinstance(pair, str) and (wanted or back < 2 or months > 1):  # noqa: PLR2004
            return unknown(pair)
        if isinstance(pair, str):
            break
        seen.append(pair)
    said = "; ".join(pair.words for pair in seen)
    apart = [pair for pair in seen if pair.present.first % YEAR + 1 in claim.stated.months]
    seen = [pair for pair in seen if pair not in apart]
    if any(pair.difference * sign > 0 for pair in apart):
        return unknown("the text makes an exception of what was no other")
    none_beyond = claim.quote.lower().startswith("no ")  # "no month was lower" lets it be as high
    if all(pair.difference * sign > 0 or (none_beyond and not pair.difference) for pair in seen):
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _run_before(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    """A run of rises or falls that came before the present one, or before the last turn."""
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    wanted = int(claim.stated.amount.value) if claim.stated.amount else 2
    run = _run_of(case, claim, measure, area)
    steps = _steps_of(run)
    turn = len(steps)
    while turn > 0 and steps[turn - 1] * (sign or 0) <= 0:
        turn -= 1
    runs = [steps[end - wanted : end] for end in {turn, len(steps) - 1} if end >= wanted]
    if sign is None or not runs:
        return unknown("the figures of the times before are not given")
    said = _listed(run)
    if any(all(step * sign > 0 for step in before) for before in runs):
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


_OTHER_WINDOW = re.compile(r"\b(?:since|record|ever|any|history|years)\b")
_SO_MANY_MONTHS = re.compile(r"\b(?P<many>\d{1,2}) months\b")
_OF_FOUR = re.compile(r"\bquarter (?:of|in) (?:the|this) (?:financial )?year\b|\bof the four\b")
_NAMES_NONE = re.compile(r"\b(?:highest|lowest|busiest|quietest|worst|best|peak|largest|smallest|biggest) month$")


def judge_extreme(case: Case, claim: Claim) -> Judged:
    """The highest or lowest of a run, or the bounds of one; where no run is told, that of its own year will do."""
    judged = _judge_extreme(case, claim)
    if judged.verdict is Verdict.SUPPORTED or claim.stated.form not in {"month", "period"}:
        return judged
    if of_year := _of_its_year(case, claim):
        return of_year
    names_none = claim.scope.period is None and not claim.stated.months and _NAMES_NONE.search(claim.quote.lower())
    return unknown("it is not said which month is meant") if names_none else judged


def _of_its_year(case: Case, claim: Claim) -> Judged | None:
    """Whether the month or quarter named is the extreme of its year, or of the months told; ``None`` where open."""
    target, high = target_of(case, claim), _high_end(case, claim.stated.way)
    if isinstance(target, Judged) or high is None or claim.stated.of > 1 or _OTHER_WINDOW.search(claim.quote.lower()):
        return None
    told = [when for when in (claim.scope.period, *claim.scope.periods) if when is not None]
    times = [case.period_of(when, measure=target[0], area=target[1]) for when in told]
    named = {time for time in times if time is not None and time.months in {1, 3}}
    if len(named) != 1:
        return None
    own = named.pop()
    wrong: Judged | None = None
    count = _SO_MANY_MONTHS.search(claim.quote.lower())
    ends = Period.ending(case.about.as_at, int(count["many"]) if count else YEAR)
    financial = Period(own.first - (own.first - 3) % YEAR, YEAR)
    for window in (ends,) if count else (ends, financial):
        starts = range(window.first, window.last + 1, own.months)
        values = [case.value(*target, Period(first, own.months)) for first in starts]
        value, known = case.value(*target, own), [value for value in values if value is not None]
        if len(known) < len(values) or value is None or not window.first <= own.first <= own.last <= window.last:
            continue
        amount = claim.stated.amount
        counted = amount is None or count is not None or fits(amount, value)
        if value == (max if high else min)(known) and counted:
            return supported(f"{shown(value)} is the {'highest' if high else 'lowest'} of {len(known)}")
        if own.months > 1 and _OF_FOUR.search(claim.quote.lower()):
            best = (max if high else min)(known)
            said = (
                f"the {'highest' if high else 'lowest'} of the four quarters is {shown(best)}, against {shown(value)}"
            )
            wrong = wrong or contradicted(said, f"The figures say otherwise: {said}.")
    return wrong


def _judge_extreme(case: Case, claim: Claim) -> Judged:
    """The extreme of the run that the claim's form tells."""
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    if _OF_OTHER_TIMES.search(claim.quote.lower()):
        return unknown("no figures of those times are given")
    match claim.stated.form:
        case "range":
            return _range(case, claim, measure, area)
        case "no month":
            return _no_month(case, claim, measure, area)
        case "month":
            return _extreme_months(case, claim, measure, area)
        case "same month":
            return _extreme_of_its_months(case, claim, measure, area)
        case "period" if _is_of_month(case, claim, measure, area):
            return _extreme_months(case, claim, measure, area)
        case "period" if _OF_CHANGES.search(claim.quote.lower()):
            return _extreme_change(case, claim, measure, area)
        case "period" if claim.stated.scale == "event":
            return unknown("it is not known since when")
        case "period":
            return _extreme_period(case, claim, measure, area)
    return unknown("the figures of the times before are not given")


def _is_of_month(case: Case, claim: Claim, measure: str, area: str) -> bool:
    """Whether a peak is a month's: "August was the peak", "the highest month of the half-year"."""
    when = claim.scope.period
    named = when is not None and when.kind is WhenKind.MONTH_OF_YEAR and when.months == 1
    said = re.search(r"\bmonth\b", claim.quote.lower()) is not None
    return (named or said) and "since" not in claim.quote and len(series(case, measure, area, 1)) >= FEWEST_FOR_TREND


def _months_of_year(case: Case, measure: str, area: str, claim: Claim) -> Run:
    """The months of the year spoken of; none unless all are known."""
    longer = [when for when in claim.scope.periods if when.periods and when.periods[0].months > 1]
    when = longer[-1] if longer else claim.scope.period
    if when is not None and when.kind is WhenKind.MONTH_OF_YEAR and len(claim.stated.months) > 1:
        when = None  # "June to August were the quietest months": among all of the year
    period = case.period_of(when, measure=measure, area=area) if when and when.months != 1 else None
    year = period if period is not None and period.months > 1 else Period.ending(case.about.as_at, YEAR)
    now = case.now_of(measure, area)
    if 1 < now.months < YEAR and period is None:
        year = now
    values = [(month, case.value(measure, area, month)) for month in year]
    known = [(month, value) for month, value in values if value is not None]
    if len(known) == len(values):
        return known
    # Without the whole year, the months of the financial year so far, where the text speaks of no longer time.
    so_far = [pair for pair in known if pair[0].first >= case.about.as_at.last - (case.about.as_at.last - 3) % YEAR]
    complete = len(so_far) == (case.about.as_at.last - 3) % YEAR + 1
    return (
        so_far
        if complete
        and len(so_far) >= FEWEST_FOR_TREND
        and period is None
        and "year" not in claim.quote.replace("half year", "")
        else []
    )


def _range(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    run = _months_of_year(case, measure, area, claim) or list(
        series(case, measure, area, case.now_of(measure, area).months)
    )
    low, high = claim.stated.earlier, claim.stated.amount
    if len(run) < FEWEST_FOR_TREND or low is None or high is None:
        return unknown("no months are given")
    values = [value for _, value in run]
    said = f"between {shown(min(values))} and {shown(max(values))}"
    ok = fits(low, min(values)) and fits(high, max(values))
    return supported(said) if ok else contradicted(said, f"The figures say otherwise: {said}.")


def _no_month(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    run = _months_of_year(case, measure, area, claim)
    if not run or claim.stated.amount is None:
        return unknown("no months are given")
    values = [value for _, value in run]
    high = claim.stated.way is Way.UP
    ok = max(values) <= claim.stated.amount.value if high else min(values) >= claim.stated.amount.value
    said = f"the {'highest' if high else 'lowest'} month had {shown(max(values) if high else min(values))}"
    return supported(said) if ok else contradicted(said, f"The figures say otherwise: {said}.")


def _high_end(case: Case, way: Way | None) -> bool | None:
    if way in {Way.UP, Way.DOWN}:
        return way is Way.UP
    if case.about.better is Polarity.NEITHER or way is None:
        return None
    return (way is Way.BETTER) is (case.about.better is Polarity.HIGHER)


def _extreme_months(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    high = _high_end(case, claim.stated.way)
    if high is None:
        return case.no_direction
    since = claim.scope.against if "since" in claim.quote else None
    months = series(case, measure, area, 1)
    named = set(claim.stated.months) or _month_spoken_of(claim)
    stated = [
        when.periods[0]
        for when in claim.scope.periods
        if when.kind is WhenKind.STATED and when.periods and when.periods[0].months == 1
    ]
    if since is not None:
        start = case.period_of(since, measure=measure, area=area, now=Period.ending(case.about.as_at, 1))
        run = [pair for pair in months if start is not None and pair[0].first >= start.first]
        if start is None or not months or months[0][0].first > start.first:
            return unknown("no months are given")
        stated = [when for when in stated if start is None or when != start]
    elif (count := _years_said(claim)) is not None and count[0] > 1:
        first = case.about.as_at.last - count[0] * max(count[1], 1)
        run = [pair for pair in months if pair[0].last > first]
        if len(run) < count[0] * max(count[1], 1):
            return unknown("no months are given")
    else:
        run = _months_of_year(case, measure, area, claim) or _months_shown(claim, months)
    if not run:
        return unknown("no months are given")
    ordered = sorted(run, key=lambda pair: pair[1], reverse=high)
    exact = set() if named else {period for period in stated if period in dict(run)}
    wanted = set(named) or {period.first % YEAR + 1 for period in stated} or {case.about.as_at.first % YEAR + 1}
    if not wanted <= {pair[0].first % YEAR + 1 for pair in run}:
        return unknown("the months named are not all given")
    own = [value for period, value in run if period.first % YEAR + 1 in wanted and (not exact or period in exact)]
    if claim.stated.of > 1 and len(own) == 1:  # "the second highest month was October"
        return _so_far_from_top(claim, run, own[0], whole=True, high=high)
    top = ordered[: len(wanted)]
    cut = top[-1][1]
    best = {pair[0] for pair in run if (pair[1] >= cut if high else pair[1] <= cut)}
    fine = {period.first % YEAR + 1 for period in best if not exact or period in exact}
    said = ", ".join(f"{MONTH_NAMES[period.first % YEAR]} {shown(value)}" for period, value in top)
    right_number = claim.stated.amount is None or len(wanted) > 1 or fits(claim.stated.amount, top[0][1])
    if wanted <= fine and right_number:
        return supported(said)
    return contradicted(said, f"The {'highest' if high else 'lowest'}: {said}.")


def _extreme_of_its_months(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    """One month among the same months of other years: "the busiest August for five years"."""
    high = _high_end(case, claim.stated.way)
    if high is None:
        return case.no_direction
    number = claim.stated.months[0] - 1
    run = [pair for pair in series(case, measure, area, 1) if pair[0].first % YEAR == number]
    if len(run) < 2 or run[-1][0].last <= case.about.as_at.last - YEAR:  # noqa: PLR2004
        return unknown("no months are given")
    said, own = _listed(run), run[-1][1]
    if own != (max if high else min)(value for _, value in run):
        return contradicted(said, f"The figures say otherwise: {said}.")
    count = _years_said(claim)
    return supported(said) if count and len(run) >= count[0] else unknown("the earlier figures are not all given")


def _month_spoken_of(claim: Claim) -> set[int]:
    """The one month that the clause is about, as its number from 1."""
    when = claim.scope.period
    if when is None or claim.stated.form != "period":
        return set()
    if when.kind is WhenKind.MONTH_OF_YEAR and when.months == 1:
        return {when.last}
    return {when.periods[0].first % YEAR + 1} if when.periods and when.periods[0].months == 1 else set()


def _months_shown(claim: Claim, months: Run) -> Run:
    """All the months that are given, where the words speak of no longer time than they are."""
    words = claim.quote.lower()
    whole_year = "year" in words.replace("half year", "").replace("half-year", "") or claim.scope.against is not None
    return months if len(months) >= FEWEST_FOR_TREND and not whole_year else []


def _extreme_period(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    high = _high_end(case, claim.stated.way)
    if high is None:
        return case.no_direction
    now = case.now_of(measure, area)
    now = _as_long_as_said(case, claim, now)
    stated = [when for when in claim.scope.periods if when.kind is WhenKind.STATED or _is_as_long(when, now)]
    since = _since(case, claim, measure, area)
    if since is None and stated and claim.stated.scale != "since":
        now = case.period_of(stated[0], measure=measure, area=area) or now
    elif claim.scope.period is not None and claim.scope.period.kind is WhenKind.STATED:
        now = case.period_of(claim.scope.period, measure=measure, area=area) or now
    run = series(case, measure, area, now.months)
    run = _yearly(run) if _SAME_MONTHS.search(claim.quote.lower()) else run
    own = case.value(measure, area, now)
    if own is None or len(run) < (FEWEST_FOR_TREND if _ANY_BEFORE.search(claim.quote.lower()) else 2):
        return unknown("the earlier figures are not given")
    whole = True
    if claim.stated.scale == "since" or since is not None:
        if since is None:
            return unknown("the earlier figures are not given")
        start = since.last if since.months == now.months else since.first + now.months - 1
        whole = run[0][0].last <= start
        after = [pair for pair in run if pair[0].last > start]
        # "The highest since April" may be lower than April, or not.
        holds = after and own == (max if high else min)(value for _, value in after)
        run = after if holds or since.months != now.months else [pair for pair in run if pair[0].last >= start]
    elif (count := _years_said(claim)) is not None:
        years, unit = count
        all_shown = len(run) == years
        span = (
            [pair for pair in run if pair[0].last > now.last - years * unit] if unit and not all_shown else run[-years:]
        )
        whole = all_shown or run[0][0].last <= now.last - (years - 1) * (unit or 1) if unit else len(run) >= years
        run = span
    elif claim.stated.scale != "so many" and len(run) < FEWEST_FOR_TREND:
        whole = False
    if claim.stated.of > 1:
        return _so_far_from_top(claim, run, own, whole=whole, high=high)
    best = (max if high else min)(run, key=lambda pair: pair[1]) if run else (now, own)
    said = f"the {'highest' if high else 'lowest'} is {shown(best[1])}, in {best[0].for_sentence()}"
    if best[1] > own if high else best[1] < own:
        if best[0] == case.now_of(measure, area) != now and claim.scope.period not in claim.scope.periods:
            now_meant = replace(claim, scope=replace(claim.scope, period=None))
            return _extreme_period(case, now_meant, measure, area)  # the time was that of a clause before
        return contradicted(said, f"The figures say otherwise: {said}, against {shown(own)} in {now.for_sentence()}.")
    if not whole or _RECORD.search(claim.quote.lower()):
        return unknown("the earlier figures are not all given")
    amount = claim.stated.amount
    if amount is not None and not _COUNTED.search(claim.quote.lower()) and not fits(amount, own):
        return contradicted(said, f"The figures say otherwise: {said}.")
    return supported(said)


def _as_long_as_said(case: Case, claim: Claim, now: Period) -> Period:
    """The present month, quarter or year, where the words say which of them is meant."""
    words = claim.quote.lower()
    months = (
        3 if re.search(r"\bquarter(?:s|ly)?\b", words) else 1 if re.search(r"\bmonth(?:ly)?\b", words) else now.months
    )
    return Period.ending(case.about.as_at, months)


def _is_as_long(when: When, now: Period) -> bool:
    """Whether months without their year are one of the times that are compared: "Q1 was the highest"."""
    return when.kind is WhenKind.MONTH_OF_YEAR and when.months == now.months


def _extreme_change(case: Case, claim: Claim, measure: str, area: str) -> Judged:
    """The largest of the changes on a year before: "our largest cut for five years"."""
    runs = changes_so_far(case, measure, area)
    now = case.now_of(measure, area)
    changes = [pair for pair in runs if pair.present.months == now.months]
    count = _years_said(claim)
    if len(changes) < max(FEWEST_FOR_TREND, count[0] if count else 0) or changes[-1].present != now:
        return unknown("the earlier changes are not given")
    sign = -1 if re.search(r"cut|fall|drop|decrease|reduction|decline", claim.quote.lower()) else 1
    run = changes[-count[0] :] if count else changes
    best = max(run, key=lambda pair: pair.difference * sign)
    said = f"the largest is {shown(best.difference)}, in {best.present.for_sentence()}"
    if (best.difference <= changes[-1].difference and sign > 0) or (
        best.difference >= changes[-1].difference and sign < 0
    ):
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _so_far_from_top(claim: Claim, run: Run, own: float, *, whole: bool, high: bool) -> Judged:
    """As in "The third highest of the five"."""
    place = 1 + sum(value > own if high else value < own for _, value in run)
    said = f"it is {place} from the {'highest' if high else 'lowest'} of {len(run)}: {_listed(run)}"
    whole = whole and not _RECORD.search(claim.quote.lower())
    if not whole and place <= claim.stated.of:
        return unknown("the earlier figures are not all given")
    return supported(said) if place == claim.stated.of else contradicted(said, f"The figures say otherwise: {said}.")


_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}


def _years_said(claim: Claim) -> tuple[int, int] | None:
    """The length of the run that the text names: so many, and months to each; 0 months where they are columns."""
    words = (
        claim.quote.lower().replace("-", " ").replace("a decade", "ten years").replace("decade", "ten years").split()
    )
    for word, after in zip(words, [*words[1:], ""], strict=True):
        many = _NUMBERS.get(word) or (int(word) if word.isdigit() and len(word) < 3 else 0)  # noqa: PLR2004
        if not many:
            continue
        if after.startswith("year"):
            return many, YEAR
        if after.startswith(("rolling", "period", "column", "quarter", "figure", "total", "reported")):
            return many, 0
    return None


def judge_named_months(case: Case, claim: Claim) -> Judged:
    """Months against the same months a year before."""
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if claim.stated.form == "season" or not claim.stated.months or sign is None:
        return unknown("no months are given")
    year = Period.ending(case.about.as_at, YEAR)
    changes: dict[int, float] = {}
    for month in year:
        later, earlier = case.value(measure, area, month), case.value(measure, area, month.shift(-YEAR))
        if later is not None and earlier is not None:
            changes[month.first % YEAR + 1] = later - earlier
    named = [changes.get(number) for number in claim.stated.months]
    if any(change is None for change in named):
        return unknown("no months are given")
    said = ", ".join(f"{MONTH_NAMES[number - 1]} {changes[number]:+g}" for number in claim.stated.months)
    if claim.stated.form == "largest changes":
        return _largest_changes(case, claim, measure, area, changes)
    if any(changes[number] * sign <= 0 for number in claim.stated.months):
        return contradicted(said, f"The figures say otherwise: against the same months a year before, {said}.")
    if claim.stated.form == "largest falls" and len(changes) == YEAR:
        cut = sorted((change * sign for change in changes.values()), reverse=True)[len(named) - 1]
        if any(changes[number] * sign < cut for number in claim.stated.months):
            return unknown(f"it is not clear how low is meant; the figures give {said}")
    return supported(said)


def _largest_changes(case: Case, claim: Claim, measure: str, area: str, changes: dict[int, float]) -> Judged:
    """Whether no other months rose or fell by more: on the same months a year before, or each on the one before."""
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    steps = {
        later[0].first % YEAR + 1: later[1] - earlier[1]
        for earlier, later in pairwise(series(case, measure, area, 1)[-YEAR - 1 :])
    }
    if sign is None or len(changes) < YEAR:
        return unknown("no months are given")
    said = ", ".join(f"{MONTH_NAMES[number - 1]} {changes[number]:+g}" for number in claim.stated.months)
    if any(_are_largest(claim.stated.months, moved, sign) for moved in (changes, steps)):
        return supported(said)
    return contradicted(said, f"The figures say otherwise: against the same months a year before, {said}.")


def _are_largest(months: tuple[int, ...], moved: dict[int, float], sign: int) -> bool:
    cut = sorted((change * sign for change in moved.values()), reverse=True)[: len(months)]
    return all(number in moved and moved[number] * sign >= max(cut[-1], 1e-9) for number in months)
