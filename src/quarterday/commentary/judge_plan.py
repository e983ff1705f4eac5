"""Targets and projections against figures."""

from quarterday.commentary.case import YEAR, Case, Judged, contradicted, shown, supported, unknown
from quarterday.commentary.held import is_count, is_per_cent
from quarterday.commentary.judge_change import target_of
from quarterday.commentary.judge_time import STABLE_PER_CENT
from quarterday.commentary.rounding import fits
from quarterday.domain.claim import Amount, Claim, ClaimKind, Unit, Way, WhenKind
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period

_TARGET, _TARGET_CHANGE = " target", " target (% change)"


def judge_target(case: Case, claim: Claim) -> Judged:
    """Whether a target was met, and by how much."""
    if claim.stated.form == "ratings":
        return unknown("the ratings of the other indicators are not given")
    if not case.measure_of(claim.scope)[0]:
        return unknown(f"no target for {' '.join(claim.scope.subject)!r} is given")
    measure = case.measure_of(claim.scope)[0]
    told = set(claim.quote.lower().split()) & set(measure.split()) - set(case.own.split())
    if measure != case.own and told and not case.figures.periods(measure + _TARGET, case.area):
        return unknown(f"no target for {case.name(measure)!r} is given")
    found = _result(case)
    if found is None:
        return unknown("no target is given")
    when = claim.scope.period
    then = case.period_of(when, measure=case.own, area=case.area) if when and when.kind is WhenKind.STATED else None
    if then is not None and then.last < case.present.first:
        return unknown(f"no target for {then.for_sentence()} is given")
    actual, target, good, said = found
    stated, amount, way = claim.stated.earlier, claim.stated.amount, claim.stated.way
    if stated is not None and not fits(stated, target):
        return contradicted(said, f"The target is {shown(target)}.")
    if way is None:
        return unknown("it is not clear what is said of the target")
    if way in {Way.UP, Way.DOWN}:
        ok = (actual - target) * (1 if way is Way.UP else -1) > 0
    else:
        ok = good is (way is Way.BETTER)
    if (
        not ok
        and amount is not None
        and actual > target
        and "exceeded" in claim.quote
        and fits(amount, actual - target)
    ):
        return supported(said)  # "exceeded by 15" of what should be few: by so much too many
    if not ok:
        return contradicted(said, f"The figures say otherwise: {said}.")
    if amount is None:
        return supported(said)
    margin = (
        100 * (actual - target) / target
        if amount.unit is Unit.PER_CENT and not is_per_cent(case.own) and target
        else actual - target
    )
    if fits(amount, margin):
        return supported(said)
    return contradicted(said, f"The side is right, the distance is not: {said}, a distance of {shown(abs(margin))}.")


def names_target(case: Case, claim: Claim) -> bool:
    """Whether a standard or a profile is the target that is held, by its number: "below the 85% standard"."""
    told = claim.stated.earlier
    if claim.kind is not ClaimKind.TARGET or told is None:
        return False
    held = case.figures.periods(case.own + _TARGET, case.area).values()
    return any(figure.value is not None and fits(told, figure.value) for figure in held)


def told_beside_target(case: Case, claim: Claim) -> Judged | None:
    """A number told beside the target: "15 above profile (219 against 204)"."""
    now, target = claim.stated.amount, claim.stated.earlier
    found = _result(case) if claim.kind is ClaimKind.FROM_TO and now and target and not claim.scope.against else None
    if found is None or now is None or target is None or not (fits(now, found[0]) and fits(target, found[1])):
        return None
    return supported(found[3])


def _result(case: Case) -> tuple[float, float, bool, str] | None:
    """What came about, the target, whether it was met, and both in words."""
    better_low = case.about.better is not Polarity.HIGHER
    for suffix in (_TARGET, _TARGET_CHANGE):
        known = case.figures.periods(case.own + suffix, case.area)
        now = case.now_of(case.own, case.area)
        order = sorted(known.items(), key=lambda item: (item[0] == now, item[0].last), reverse=True)
        for period, figure in order:
            if figure.value is None:
                continue
            if suffix == _TARGET:
                actual = case.value(case.own, case.area, period)
                unit = ""
            else:
                base = _baseline(case, period)
                actual, unit = base, "%"
            if actual is None:
                continue
            target = figure.value
            good = actual <= target if better_low else actual >= target
            return actual, target, good, f"{shown(actual)}{unit} against a target of {shown(target)}{unit}"
    return None


def _baseline(case: Case, period: Period) -> float | None:
    """The change in per cent since the baseline, or since a year before where there is none."""
    later = case.value(case.own, case.area, period)
    baselines = [
        figure.value
        for figure in case.figures.periods(case.own + " baseline", case.area).values()
        if figure.value is not None
    ]
    earlier = baselines[0] if baselines else case.value(case.own, case.area, period.shift(-YEAR))
    if earlier is None and (first := case.only_before(case.own, case.area, period, whole=False)):
        earlier = case.value(case.own, case.area, first)
    return 100 * (later - earlier) / earlier if later is not None and earlier else None


def judge_projection(case: Case, claim: Claim) -> Judged:
    """A straight line from the months so far to the whole year."""
    if claim.stated.form == "projected":
        return _projected_target(case, claim)
    target = target_of(case, claim)
    if isinstance(target, Judged):
        return target
    measure, area = target
    if set(claim.scope.subject) & {"repeat", "repeats", "repeated", "modelling", "model", "forecast"}:
        return unknown("the method is another than a straight line")
    if any(
        word in claim.quote.lower() for word in ("next year", "forecast", "predict", "next quarter")
    ) or not is_count(measure):
        return unknown("no forecast and no method are given")
    found = projected(case, measure, area)
    if found is None:
        return unknown("no figures to project from are given")
    value, year, words = found
    when = claim.scope.period
    if when is not None and when.kind is WhenKind.STATED and all(told.first > year.last for told in when.periods):
        return unknown("no forecast and no method are given")
    amount, way = claim.stated.amount, claim.stated.way
    if claim.stated.form == "total" and amount is not None:
        if fits(amount, value):
            return supported(words)
        return contradicted(words, f"The months so far, scaled to twelve, give {words}.")
    if claim.stated.form == "ends beside" and amount is not None:
        ok = (value - amount.value) * (case.sign_of(way) or 0 if way else 0) > 0
        return supported(words) if ok else contradicted(words, f"The months so far, scaled to twelve, give {words}.")
    before = case.value(measure, area, year.shift(-YEAR))
    if before is None:
        return unknown(f"no figure for {year.shift(-YEAR).for_sentence()} is given")
    if claim.stated.earlier is not None and not fits(claim.stated.earlier, before):
        return contradicted(words, f"The figures say otherwise: {words}, against {shown(before)} the year before.")
    return _against_year_before(case, amount, way, value=value, before=before, words=words)


def _projected_target(case: Case, claim: Claim) -> Judged:
    """Whether a target will be met, in straight line."""
    if not case.measure_of(claim.scope)[0]:
        return unknown(f"no target for {' '.join(claim.scope.subject)!r} is given")
    ends = projected(case, case.own, case.area) if is_count(case.own) else None
    found = case.figures.periods(case.own + _TARGET, case.area)
    target = next((figure.value for period, figure in found.items() if ends and period == ends[1]), None)
    if ends is None or target is None or claim.stated.way is None or "next" in claim.scope.also:
        return unknown("no forecast is given")
    good = ends[0] <= target if case.about.better is not Polarity.HIGHER else ends[0] >= target
    said = f"{ends[2]}, against a target of {shown(target)}"
    way, amount = claim.stated.way, claim.stated.amount
    side = ends[0] - target if way is Way.UP else target - ends[0]
    right = side > 0 if way in {Way.UP, Way.DOWN} else good is (way is Way.BETTER)
    if right and (amount is None or _is_distance(amount, ends[0], target)):
        return supported(said)
    return contradicted(said, f"The months so far, scaled to twelve, give {said}.")


def _is_distance(amount: Amount, value: float, target: float) -> bool:
    if amount.unit is Unit.PER_CENT:
        return target != 0 and fits(amount, 100 * (value - target) / target)
    return fits(amount, value - target) or fits(amount, round(value) - target)


def _against_year_before(
    case: Case, amount: Amount | None, way: Way | None, *, value: float, before: float, words: str
) -> Judged:
    said = f"{words}, against {shown(before)} the year before ({100 * (value - before) / before:+.1f}%)"
    sign = case.sign_of(way) if way is not None else None
    if sign == 0:
        alike = abs(value - before) <= STABLE_PER_CENT / 100 * before
        return supported(said) if alike else contradicted(said, f"The months so far, scaled to twelve, give {said}.")
    if sign is not None and (value - before) * sign <= 0:
        return contradicted(said, f"The months so far, scaled to twelve, give {said}.")
    if amount is None:
        return supported(said)
    true = 100 * (value - before) / before if amount.unit is Unit.PER_CENT else value - before
    if amount.unit is Unit.COUNT:
        true = round(value) - before
    if fits(amount, true):
        return supported(said)
    return contradicted(said, f"The months so far, scaled to twelve, give {said}.")


def projected(case: Case, measure: str, area: str) -> tuple[float, Period, str] | None:
    """The year to March, or the calendar year, in straight line from the months so far."""
    end = case.about.as_at
    for month_before in (3, 0):  # the year from April, or that from January
        months = (end.last - month_before) % YEAR + 1
        so_far = Period.ending(end, months)
        total = case.value(measure, area, so_far)
        if total is not None and months < YEAR:
            value = total / months * YEAR
            said = f"{shown(total)} in {months} months is {shown(round(value))} in twelve"
            return value, Period(so_far.first, YEAR), said
    return None
