"""What the words beside a claim make of it: so many a month, a projection, a share, a move at every step."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quarterday.commentary.around import Around
from quarterday.commentary.case import YEAR, Case
from quarterday.commentary.caution import CHANGED
from quarterday.commentary.held import is_count, is_per_cent, is_total
from quarterday.commentary.judge_plan import projected
from quarterday.commentary.when import MONTH, month_of
from quarterday.domain.claim import Amount, Claim, ClaimKind, Unit, Way

MOVED_BY = re.compile(
    r"\b(?:reduction|decrease|fall|drop|decline|cut|rise|increase|growth|change|improvement|deterioration"
    r"|uplift|saving)s?"
    r"(?: (?:on|over|against|since|compared with) [^,;.()]{1,30},)?(?: of| by|:)?\W*$"
)
_MOVED = re.compile(
    r"\b(?:up|rose|rise[sn]?|risen|incr\w+|grew|grown|growth|climb\w+|down|fell|fall\w*|reduc\w+|decr\w+|drop\w*"
    r"|declin\w+|cut)\b"
)
_CHANGE_OF = re.compile(r"(?:[a-z]+ )?(reduction|decrease|fall|drop|decline|cut|rise|increase|growth|uplift)s? of\b")
_ON_AVERAGE_BEFORE = re.compile(
    r"\b(?P<unit>monthly|weekly|daily|quarterly) (?:mean|average|figure|number|total|rate)\b[^,;.]{0,40}$"
)
_ON_AVERAGE_AFTER = re.compile(r"^ (?:[a-z'-]+ ){0,5}?(?:a|per|each|every) (?P<unit>day|week|month|quarter)\b")
_LENGTH_OF = {"monthly": 1, "weekly": -7, "daily": -1, "quarterly": 3, "day": -1, "week": -7, "month": 1, "quarter": 3}
_CARRIED_ON = re.compile(
    r"\b(?:projecting|straight[ -]lin(?:e|ed|es|ing)|extrapolat\w+|annualis\w+|scal(?:ed|ing) up|pro rata"
    r"|carr(?:ied|ying))\b.*\b(?:gives?|giving|implies|implying|suggests?|yields?|produces?|points? to"
    r"|comes? to|makes?|would be)"
    r" (?:[a-z]+ ){0,2}$"
)
_SHARE_OF_CRIME = re.compile(r"\b(?:proportion|share|percentage|percent) of (?:all |total |overall |recorded )*crime\b")
_AT_EVERY = re.compile(
    r"^ (?:at|in|on|with|over|across|after) (?:every|each) (?:single |successive |consecutive |passing |new )?"
    r"(?:refresh|update|release|reading|step|point|period|quarter|month|year)\b(?! of)"
)
_IN_EACH = re.compile(
    r"^ (?:in (?:the )?[a-z ]{3,30} )?in (?:both|each|all|every one)(?: of)? the (?:last|past|latest)"
    r" (?P<many>two|three|four|five|six) (?P<unit>month|quarter|year)s\b"
)
_ALL_STEPS = re.compile(
    r"\b(?:all|each of|every)(?: the| of the)? (?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) )?"
    r"(?:steps?|movements?|changes?|refresh(?:es)?|updates?) (?:was |were |has been |have been |is |are )?$"
)
_LAST_STEPS = re.compile(
    r"\b(?:last|latest|past|previous) (?P<many>two|three|four|five|six) (?P<unit>month|quarter|year)s"
    r" (?:have |has |had |all |each |both |every one ){1,3}[^,;.]*$"
)
_ALL_MONTHS = re.compile(
    rf"\b(?P<first>{MONTH}) to (?P<last>{MONTH}) (?:were |was |had |have )?(?:all|each) (?:\w+ )?$"
)


def at_every_step(claim: Claim, words: Around) -> Claim | None:
    """A direction that is said of every step, or of every month from one to another; ``None`` where it is of none."""
    if claim.kind is not ClaimKind.DIRECTION:
        return None
    stated = claim.stated
    if _AT_EVERY.match(words.after) or _ALL_STEPS.search(words.before):
        bound = replace(claim.scope, is_open=False)
        return replace(claim, kind=ClaimKind.TREND, stated=replace(stated, form="run", amount=None), scope=bound)
    if latest := _LAST_STEPS.search(words.before) or _IN_EACH.match(words.after):
        many = Amount(float(("two", "three", "four", "five", "six").index(latest["many"]) + 2))
        steps = replace(stated, form="run", amount=many, scale=latest["unit"])
        return replace(claim, kind=ClaimKind.TREND, stated=steps, scope=replace(claim.scope, period=None, against=None))
    run = _ALL_MONTHS.search(words.before)
    if run is None:
        return None
    first, last = month_of(run["first"]), month_of(run["last"])
    months = tuple((first - 1 + step) % YEAR + 1 for step in range((last - first) % YEAR + 1))
    return replace(claim, kind=ClaimKind.NAMED_MONTHS, stated=replace(stated, form="each", months=months))


_PLACES_AFTER = re.compile(r"^ places?\b")


_OR_SO_MANY = re.compile(
    r"(?:%|\bper cent)\)?,? (?:\bor|(?:that|which) is|equating to|equivalent to|equal to|which equates to|representing)"
    r" (?:just |only |some )?$"
)
_THAT_IS = re.compile(r"\b(?:but|and) (?:that|this|it) (?:is|was|means|represents) (?:just |only |some )?$")
_AN = re.compile(r"(?<!than)(?<!against)(?<!after)(?<!despite)(?<!following)(?<!from)(?<!with)(?<!to) an? $")
MOVE_AFTER = re.compile(r"\W+(reduction|decrease|fall|drop|decline|cut|rise|increase|growth|uplift|jump)s?\b")


_RATE_OF_CHANGE = re.compile(
    r"\b(?:rate|pace) of (?P<noun>increase|growth|rise|decline|decrease|reduction|fall)\b[^.;%]*$"
)


def as_change(case: Case, claim: Claim, words: Around) -> Claim | None:
    """A number that tells a change again, or right before its noun: "rose by 84%, or 29 vehicles", "a 1.4% drop"."""
    stated, amount = claim.stated, claim.stated.amount
    if claim.kind is not ClaimKind.LEVEL or amount is None or stated.form != "level":
        return None
    per_cent = amount.unit is Unit.PER_CENT
    if per_cent and not is_per_cent(case.own) and (rate := _RATE_OF_CHANGE.search(words.before)):
        told_now = replace(stated, form="", way=way_of(rate["noun"]))
        scope = replace(claim.scope, subject=(), is_open=False)
        return replace(claim, kind=ClaimKind.PERCENT_CHANGE, stated=told_now, scope=scope)
    moved = MOVE_AFTER.match(words.after) if per_cent and _AN.search(words.before) else None
    told = _MOVED.findall(words.before) if _OR_SO_MANY.search(words.before) or _THAT_IS.search(words.before) else []
    if not moved and (per_cent or not told):
        return None
    way = way_of(moved[1] if moved else told[-1])
    subject = claim.scope.subject if moved or case.measure_of(claim.scope)[0] else ()
    kind = ClaimKind.PERCENT_CHANGE if per_cent else ClaimKind.DIFFERENCE
    scope = replace(claim.scope, subject=subject, is_open=False)
    return replace(claim, kind=kind, stated=replace(stated, form="", way=way), scope=scope)


_REACHED = re.compile(
    r"\b(?:(?P<met>achieve[sd]?|achieving|met|meets|meeting|hit|hits|reach(?:es|ed)|beat(?:en|s)?|exceed(?:s|ed|ing)"
    r"|surpass(?:es|ed)|attain(?:s|ed)|delivered)|missed|misses|missing|failed to (?:meet|hit|reach|achieve))"
    r" (?:its |the |our |their |a )?$"
)
_NOT = re.compile(r"\b(?:not|never|to|only|would|could|will|can|may|should|must|if|be|having)(?: \w+)? $")
_BEYOND_TARGET = re.compile(
    r"^(?:is |are |was |were )?[\d,.]*\d%? (?P<side>over|above|below|under|short of)"
    r" (?:the |its |our )?(?:(?P<year>(?:19|20)\d\d)(?:[/-]\d\d)? )?(?:target|ceiling|limit)\b"
)
_SIDES = {"over": Way.UP, "above": Way.UP}


def as_target(case: Case, claim: Claim, words: Around) -> Claim | None:
    """A target that a verb says was met or missed, or a distance from one: "achieved its 80% target"."""
    stated, amount = claim.stated, claim.stated.amount
    if claim.kind is not ClaimKind.LEVEL or amount is None:
        return None
    held = case.figures.periods(f"{case.own} target", case.area)
    is_held = any(figure.value == amount.value for figure in held.values()) and claim.scope.period is None
    reached = _REACHED.search(words.before) if is_held and stated.form == "target value" else None
    if reached and not _NOT.search(words.before[: reached.start()]):
        way = Way.BETTER if reached["met"] else Way.WORSE
        told = replace(stated, form="side", way=way, earlier=amount, amount=None)
        return replace(claim, kind=ClaimKind.TARGET, stated=told, scope=replace(claim.scope, subject=(), group=()))
    beyond = _BEYOND_TARGET.match(words.quote + words.after[:40]) if stated.form == "level" else None
    years = {str(month // YEAR) for period in held for month in (period.first, period.last)}
    if beyond is None or (beyond["year"] and beyond["year"] not in years):
        return None
    told = replace(stated, form="side", way=_SIDES.get(beyond["side"], Way.DOWN))
    return replace(claim, kind=ClaimKind.TARGET, stated=told)


_MOVED_MORE = re.compile(
    r"\b(?P<verb>rose|grew|risen|rising|grown|growing|increased|increasing|climbed|climbing|fell|fallen|falling"
    r"|dropped|dropping|decreased|decreasing|declined|declining|reduced|reducing"
    r"|(?:reduction|fall|drop|decrease|decline|rise|increase|growth) (?:was|is|has been))(?: by| at)?"
    r" (?:a |an |far |much |[a-z]+ly ){0,3}$"
)
_MORE = re.compile(r"(?:less|more|smaller|greater|larger|bigger|lower|higher|faster|slower|steeper)\b")


def as_change_beside(claim: Claim, words: Around) -> Claim | None:
    """Changes of two places, where the verb before tells so: "rose by less than across the county"."""
    if claim.kind is not ClaimKind.PEER_POSITION or claim.stated.form != "other" or not _MORE.match(words.quote):
        return None
    moved = _MOVED_MORE.search(words.before)
    if moved is None:
        return None
    noun = "rise" if way_of(moved["verb"]) is Way.UP else "fall"
    told = replace(claim.stated, scale="change", word=f"{noun} {claim.stated.word}")
    return replace(claim, stated=told)


_CHANGE_WAS = re.compile(
    r"\b(?P<noun>fall|rise|reduction|increase|decrease|cut|drop|growth|decline)s? (?:\S+ ){0,5}"
    r"(?:was|is|were|being|remains) (?:also |still )?(?:the )?$"
)
_BY_SIZE = re.compile(
    r"(?:the )?(?:(?P<large>largest|biggest|greatest|steepest|sharpest|steeper|sharper|larger|greater|bigger)"
    r"|smallest|smaller)\b"
)


_PER_CENT = re.compile("%|per ?cent")


def as_rank_of_changes(claim: Claim, words: Around) -> Claim | None:
    """A place among changes, where one is what is spoken of: "the fall of 4% was the largest"; else ``None``."""
    if claim.kind is not ClaimKind.RANK or claim.stated.form != "first" or claim.stated.scale == "change":
        return None
    noun, size = _CHANGE_WAS.search(words.before), _BY_SIZE.match(words.quote)
    if noun is None or size is None:
        return None
    fell = "" if way_of(noun["noun"]) is Way.UP else Way.DOWN.value
    in_per_cent = _PER_CENT.search(words.before, max(0, noun.start() - len("12.5 per cent "))) is not None
    scale = "per cent change" if in_per_cent else "change"
    told = replace(claim.stated, scale=scale, way=Way.UP if size["large"] else Way.DOWN, word=fell)
    return replace(claim, stated=told)


_STANDS_AFTER = re.compile(r"^(?: (?:rates?|offences|crimes|incidents|levels?|numbers?|figures?|totals?))?(?:[.,;]|$)")
_STANDING = re.compile(
    r"\b(?:recording|showing|having|with|have|had|has|posting|reporting) (?:a |an )?(?:more|fewer|higher|lower)$"
)


def as_standing(claim: Claim, words: Around) -> Claim | None:
    """So many places above or below this one: "two districts recording more offences"; else ``None``."""
    so_many = claim.kind is ClaimKind.PEER_POSITION and claim.stated.form == "so many areas"
    if not so_many or not _STANDING.search(words.quote) or not _STANDS_AFTER.match(words.after):
        return None
    return replace(claim, stated=replace(claim.stated, form="so many beyond"))


_PACE_TOLD = re.compile(
    r"\b(?:rate of|pace of|increase|growth|rise|decline|decrease|reduction|fall)\b[^.;%]*"
    r"\b(?:(?P<slower>slow\w*|eas(?:ed|es|ing)|moderat\w+|soften\w*|cool\w+|slacken\w*)"
    r"|quicken\w*|accelerat\w*|steepen\w*|intensif\w+|gone|went|moved) $"
)


def as_easing(case: Case, claim: Claim, words: Around) -> Claim | None:
    """Two rates of change: "the pace of growth has slowed from 20% to 10%"; ``None`` where none are told."""
    amount, earlier = claim.stated.amount, claim.stated.earlier
    pace = _PACE_TOLD.search(words.before) if claim.kind is ClaimKind.FROM_TO else None
    if pace is None or amount is None or earlier is None or amount.unit is not Unit.PER_CENT or is_per_cent(case.own):
        return None
    slower = pace["slower"] or (amount.value < earlier.value and pace[0].endswith(("gone ", "went ", "moved ")))
    told = replace(claim.stated, form="easing", way=Way.UP, word="slower" if slower else "faster")
    return replace(claim, kind=ClaimKind.TREND, stated=told, scope=replace(claim.scope, period=None, against=None))


PROJECTS = re.compile(
    r"\b(?:project\w*|straight[ -]line|extrapolat\w*|annualis\w*|full[ -]year|year[ -]end|on course"
    r"|heading (?:for|towards)|point(?:s|ing)? to"
    r"|(?:at|on) (?:this|the|current|present)(?: current| present)? (?:rate|pace|trend|form|levels)"
    r"|(?:will|would|should) (?:end|finish|close|be|give|mean|bring))\b"
)


def as_projected(case: Case, claim: Claim, words: Around) -> Claim | None:
    """What goes on about a projection: "pointing to about 396, or 24 fewer than 2023/24"; else ``None``."""
    stated = claim.stated
    if claim.kind not in CHANGED and stated.form not in {"stable", "direction"}:
        return None
    if case.now_of(case.own, case.area).months == YEAR:
        return None
    ends = projected(case, case.own, case.area) if PROJECTS.search(words.before) else None
    told = [when for when in (claim.scope.period, claim.scope.against) if when is not None]
    read = [case.period_of(when, measure=case.own, area=case.area) for when in told]
    if ends is None or ends[1].shift(-YEAR) not in read or not is_count(case.own):
        return None
    form = "change" if stated.amount is not None else "side"
    scope = replace(claim.scope, period=None, against=None, is_open=False)
    return replace(claim, kind=ClaimKind.PROJECTION, stated=replace(stated, form=form), scope=scope)


_OF_THE_MOVE = re.compile(
    r"\bof (?:the|this|that|our|these|all|its|those)(?: [\d,.]+| net| overall| total| whole| year's)* "
    r"(?:extra|additional|increase|rise|growth|reduction|fall|drop|decrease|decline|uplift)\b[^,;]*,? ?$"
)


def as_share_of_change(claim: Claim, words: Around) -> Claim | None:
    """A share whose whole is told first: "of the extra offences, 46% were thefts"; else ``None``."""
    amount = claim.stated.amount
    of_move = _OF_THE_MOVE.search(words.before) if amount is not None and amount.unit is Unit.PER_CENT else None
    if of_move is None or claim.stated.earlier is not None or not claim.scope.also:
        return None
    told = replace(claim.stated, form="of the change", way=None)
    return replace(claim, kind=ClaimKind.SHARE, stated=told, scope=replace(claim.scope, is_open=False, whole=()))


def told_apart(case: Case, claim: Claim, words: Around) -> Iterator[Claim]:
    """What the words right beside a claim, in so many words, make of it."""
    found: tuple[Claim | None, ...]
    if claim.kind is ClaimKind.LEVEL:
        found = (as_change(case, claim, words), as_target(case, claim, words), as_rate(case, claim, words))
    elif claim.kind is ClaimKind.PEER_POSITION:
        found = (as_change_beside(claim, words), as_standing(claim, words), as_times_of_change(case, claim, words))
    elif claim.kind in CHANGED:
        found = (as_share_of_change(claim, words), as_places(claim, words))
        found = (*found, as_rate(case, claim, words), as_count(case, claim, words), as_projected(case, claim, words))
    elif claim.kind is ClaimKind.SHARE:
        found = (as_share_of_change(claim, words),)
    elif claim.kind is ClaimKind.FROM_TO:
        found = (as_easing(case, claim, words), as_rate(case, claim, words))
    else:
        found = (
            at_every_step(claim, words),
            as_rank_of_changes(claim, words),
            as_projected(case, claim, words),
            as_times_of_change(case, claim, words),
            with_exceptions(claim, words),
        )
    yield from (one for one in found if one is not None)


_TIMES_THE_FALL = re.compile(
    r"(?:twice|double|treble|triple|half|times|fold)(?: (?:as|the|that))*(?: [a-z']+)??"
    r" (?:reduction|decrease|fall|drop|decline|cut|rise|increase|growth|change)\b"
)
_AT_TIMES_RATE = re.compile(
    r"(?:twice|double|treble|triple|half|times|fold)"
    r" (?:(?:the|that) (?:rate|pace|speed)|as (?:fast|quickly|sharply|steeply|far))\b"
)
_CHANGE_IS = re.compile(
    r"\b(?:reduction|decrease|fall|drop|decline|cut|rise|increase|growth|change)s? (?:(?:here|locally) )?"
    r"(?:was|is|being|has been) (?:\w+ )?$"
)


def as_times_of_change(case: Case, claim: Claim, words: Around) -> Claim | None:
    """A multiple of another place's change: "fell by 12%, twice the reduction in Kent"; else ``None``."""
    stated = claim.stated
    if claim.kind not in {ClaimKind.MULTIPLE, ClaimKind.PEER_POSITION} or stated.form != "times" or not stated.amount:
        return None
    told = _MARK.split(words.quote + words.after)[0]
    at_rate = _AT_TIMES_RATE.search(told) and _MOVED.search(words.before)
    if not at_rate and not _TIMES_THE_FALL.search(told) and not _CHANGE_IS.search(words.before):
        return None
    places = [area for area in case.figures.areas if area != case.area and area in told]
    if not places:
        return None
    scope = replace(claim.scope, group=(places[0],), subject=(), period=None, against=None, is_open=False)
    return replace(claim, kind=ClaimKind.PEER_POSITION, stated=replace(stated, scale="change"), scope=scope)


_MARK = re.compile(r"[,;:()]")
_SPARED = re.compile(
    r"^\W*(?:bar|but|save|except|excepting|barring|other than|apart from|with)(?: for)?(?: only| just)? "
    r"(?P<many>one|two|three|four|a single)(?: exceptions?)?\s*(?:$|[,;.)]|since\b|in\b)"
)


def with_exceptions(claim: Claim, words: Around) -> Claim | None:
    """A run with so many exceptions: "in every quarter bar two"; else ``None``."""
    if claim.kind is not ClaimKind.TREND or claim.stated.form != "run":
        return None
    spared = _SPARED.search(words.after)
    if spared is None:
        return None
    many = "one" if spared["many"] == "a single" else spared["many"]
    return replace(claim, scope=replace(claim.scope, also=("bar", many), is_open=False))


def as_places(claim: Claim, words: Around) -> Claim | None:
    """A change told in places is one of rank: "a gain of three places"; ``None`` where it is told in numbers."""
    if claim.kind is not ClaimKind.DIFFERENCE or not _PLACES_AFTER.match(words.after):
        return None
    scope = replace(claim.scope, against=None)
    return replace(claim, kind=ClaimKind.RANK, stated=replace(claim.stated, form="places moved"), scope=scope)


_RATE_BEFORE = re.compile(
    r"(?:^|[,;:(]|\b(?:and|but|while|with|as|although|though|meant|means|that|so|saw|left)\b) ?"
    r"(?:the |its |our |their )?"
    r"(?:(?:[a-z]+ )?rates?(?: (?:per|for every) [\d,]+[a-z ]*)?"
    r"|(?:number|total|figure|count|level|[a-z]+s)(?: of [a-z]+)?"
    r" (?:per|for (?:every|each)) (?:[\d,]{4,}|thousand|head)"
    r"(?: (?:of )?(?:the )?(?:people|population|residents|inhabitants|households|head))?)"
    r"(?: (?:has|have|had|was|is|are|were|also|been|stood|now|then))*,? $"
    r"|\b(?:per|for (?:every|each)) (?:[\d,]{4,}|thousand|head)"
    r"(?: (?:people|population|residents|inhabitants|households))?,?"
    r" (?:it|this|that|they|the (?:number|figure|total|level))(?: (?:has|have|had|was|were|also))* $"
)


def as_rate(case: Case, claim: Claim, words: Around) -> Claim | None:
    """A number whose own subject is the rate: "fell by 12% and the rate per 1,000 by 12.3%"; else ``None``.

    Where no rate is given, it is left open what the number is of.
    """
    measure = case.measure_of(claim.scope)[0]
    told = "rate" in words.before or "per " in words.before or "for e" in words.before
    if not told or not _RATE_BEFORE.search(words.before) or not is_count(measure):
        return None
    subject = tuple(f"{case.name(measure).removesuffix(' rate')} rate".lower().split())
    scope = replace(claim.scope, subject=subject)
    return replace(claim, scope=scope if not is_count(case.measure_of(scope)[0]) else replace(scope, is_open=True))


_COUNT_BEFORE = re.compile(
    r"\b(?:the|its|our|their) (?:actual |raw |overall |total )?(?:count|number|total|volume)s?"
    r"(?: of (?:offences|crimes|incidents|[a-z]+))?(?: (?:has|have|had|was|were|also|itself|went|gone))* $"
    r"|\b(?:recorded |reported |actual )(?:offences|crimes|incidents|calls)(?: (?:has|have|had|actually|went|gone))* $"
)


def as_count(case: Case, claim: Claim, words: Around) -> Claim | None:
    """A number whose own subject is the count, where the text has spoken of the rate; else ``None``."""
    measure = case.measure_of(claim.scope)[0]
    if not measure.endswith(" rate") or not _COUNT_BEFORE.search(words.before):
        return None
    return replace(claim, scope=replace(claim.scope, subject=tuple(measure.removesuffix(" rate").split())))


_NO_NOUN_AFTER = re.compile(r"^\W*(?:$|[.,;:)]|(?:and|but|in|for|last|this|then|now|against|up|down|from|to)\b)")
_LIKE = 3  # an average is followed by one of its size, and not by a total


def as_average_too(claim: Claim, words: Around, beside: Sequence[Claim]) -> Claim | None:
    """A bare number after an average, and of its size: "the average was 4 a month; for 2012/13 it is 7"."""
    amount = claim.stated.amount
    if claim.kind is not ClaimKind.LEVEL or amount is None or claim.stated.form not in {"level", "to"}:
        return None
    told = next((one for one in reversed(beside) if one.kind is ClaimKind.AVERAGE and one.stated.of), None)
    if told is None or told.stated.amount is None or told.quote.lower() not in words.near:
        return None
    before = told.stated.amount.value
    apart = claim.scope.period is not None and claim.scope.period != told.scope.period
    alike = apart and amount.unit is Unit.COUNT and before <= _LIKE * amount.value and amount.value <= _LIKE * before
    if not alike or not words.quote[-1].isdigit() or not _NO_NOUN_AFTER.match(words.after):
        return None
    stated = replace(told.stated, amount=amount, earlier=None, way=None, word="")
    return replace(claim, kind=ClaimKind.AVERAGE, stated=stated)


_BEFORE_A_RUN = re.compile(r"\b(?:after|following|despite|having|reversing)(?: the| a)? $")
_RUN_BEFORE = re.compile(r"^having\b|\b(?:previous|preceding|prior|earlier)\b")
_THEN_BEFORE = re.compile(r"^\W*(?:before|beforehand|previously|prior|until)\b")


def as_run_before(claim: Claim, words: Around) -> Claim | None:
    """A run that came before the present time: "after falls in each of the three years before"; else ``None``."""
    if claim.kind is not ClaimKind.TREND or claim.stated.form != "run" or claim.stated.word or "since" in claim.quote:
        return None
    said = _BEFORE_A_RUN.search(words.before) or _RUN_BEFORE.search(words.quote) or _THEN_BEFORE.match(words.after)
    return replace(claim, stated=replace(claim.stated, form="run before")) if said else None


def in_other_kind(case: Case, claim: Claim, words: Around) -> Claim | None:
    """The claim as the kind that the words beside it make it: so many a month, a projection, a share, every step."""
    stated, amount = claim.stated, claim.stated.amount
    if run := as_run_before(claim, words):
        return run
    if claim.kind is ClaimKind.LEVEL and amount is not None and stated.form in {"level", "to"}:
        if amount.unit is Unit.PER_CENT:
            whole = _SHARE_OF_CRIME.search(words.before) and not is_per_cent(case.own) and not is_total(case.own)
            shared = replace(claim.scope, whole=("all", "crime")) if whole else None
            return (
                replace(claim, kind=ClaimKind.SHARE, stated=replace(stated, form="share"), scope=shared)
                if shared
                else None
            )
        if unit := _ON_AVERAGE_BEFORE.search(words.before) or _ON_AVERAGE_AFTER.match(words.after):
            return replace(
                claim,
                kind=ClaimKind.AVERAGE,
                stated=replace(stated, form="average", of=_LENGTH_OF[unit["unit"]], way=None),
            )
        if _CARRIED_ON.search(words.before):
            known = claim.scope.subject if case.measure_of(claim.scope)[0] else ()
            scope = replace(claim.scope, subject=known, period=None, against=None, is_open=False)
            return replace(
                claim, kind=ClaimKind.PROJECTION, stated=replace(stated, form="total", way=None), scope=scope
            )
    if claim.kind in CHANGED and stated.way is None and (noun := _CHANGE_OF.match(words.quote)):
        return replace(claim, stated=replace(stated, way=way_of(noun[1])))
    return None


def way_of(word: str) -> Way:
    """The way that a noun of change tells: up for a rise, down for a cut."""
    up = ("ris", "rose", "incr", "grow", "grew", "climb", "upl", "up", "jump")
    return Way.UP if word.startswith(up) else Way.DOWN
