"""What goes on about something told before: another time's average or share, a place, where a projection would end."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quarterday.commentary.around import Around, wider
from quarterday.commentary.case import YEAR, Case
from quarterday.commentary.caution import CHANGED
from quarterday.commentary.held import is_per_cent
from quarterday.commentary.judge_plan import projected
from quarterday.commentary.readings import stated_when
from quarterday.commentary.when import read_when
from quarterday.domain.claim import Amount, Claim, ClaimKind, Stated, Unit, Way, When, WhenKind

YEAR_BEFORE = read_when("the year before")
_OF_THEN_TOO = re.compile(
    r"(?:up |down )?(?:from|against|compared (?:with|to)|previously|having been)"
    r" (?:(?:only|just|about|around|some|nearly|almost|over|under) )*"
    r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
)
_OF_THEN_BEFORE = re.compile(r"\b(?:from|against|compared (?:with|to)|having been|previously) $")
_THEN_AFTER = re.compile(
    r"\s*(?:[.,;:)]|$|before|previously|earlier|then\b|(?:a|per|each) (?:month|week|day)|last\b"
    r"|in (?:\d|q[1-4]|the (?:\d|year|same|previous|preceding|prior))"
    r"|(?:the|a) (?:previous|preceding|prior|year))"
)
_STOOD = {ClaimKind.LEVEL, ClaimKind.AVERAGE, ClaimKind.RATE, ClaimKind.SHARE}
_FURTHEST = 45  # characters between what was told and what goes on about it


def as_said_before(case: Case, claim: Claim, words: Around, beside: Sequence[Claim]) -> Claim | None:
    """What was said before, of another place or time: "Hallowdale was one of them", "against 41 before"."""
    form = claim.stated.form
    if form == "one of them":
        told = next((one for one in reversed(beside) if one.stated.form == "so many areas" and one.stated.way), None)
        stated = replace(claim.stated, form="direction", way=told.stated.way) if told else None
        return replace(claim, stated=stated, scope=replace(claim.scope, period=None, against=None)) if stated else None
    if form == "as before" and beside and (beside[-1].stated.way is not None or beside[-1].kind in _STOOD):
        when = claim.scope.period or claim.scope.against
        return replace(beside[-1], scope=replace(beside[-1].scope, period=when, against=None)) if when else None
    if not beside:
        return None
    if ranked := _largest_of_them(case, claim, beside):
        return ranked
    told = beside[-1]
    if told.kind is ClaimKind.PROJECTION:
        return _after_projection(case, claim, words, told)
    if told.kind in CHANGED:
        return _change_then(case, claim, words, told)
    return _of_then(case, claim, words, told)


_LARGEST_OF_THEM = re.compile(r"(?:largest|biggest|greatest|steepest|sharpest) of (?:them|these|those|the \w+)$")


def _largest_of_them(case: Case, claim: Claim, beside: Sequence[Claim]) -> Claim | None:
    """A place among the changes told before: "four of the seven rose, Adur's being the largest of them"."""
    if claim.kind is not ClaimKind.EXTREME or not _LARGEST_OF_THEM.search(claim.quote.lower()):
        return None
    places = (one for one in reversed(beside) if one.scope.group or one.stated.form == "so many areas")
    told = next(
        (one for one in places if one.stated.way in {Way.UP, Way.DOWN} and one.start >= claim.start - 200), None
    )
    if told is None or (told.stated.amount is None and told.kind is not ClaimKind.DIRECTION):
        return None
    fell = "" if told.stated.way is Way.UP else Way.DOWN.value
    stated = Stated(way=Way.UP, amount=Amount(1.0, unit=Unit.PLACE), form="first", scale="change", word=fell)
    named = tuple(word for word in claim.scope.group if case.area_named(word))
    scope = replace(claim.scope, subject=(), group=named, is_open=False)
    return replace(claim, kind=ClaimKind.RANK, stated=stated, scope=scope)


def _of_then(case: Case, claim: Claim, words: Around, told: Claim) -> Claim | None:
    """The same share or average at another time: "31% of the total, against 33% previously"."""
    amount = claim.stated.amount or claim.stated.earlier
    near = 0 <= claim.start - told.end <= _FURTHEST and told.quote.lower() in words.before
    if not near or amount is None or claim.scope.group or told.scope.group:
        return None
    in_brackets = words.before.endswith("(") and bool(claim.scope.periods)
    beside = in_brackets or _OF_THEN_TOO.match(claim.quote.lower()) or _OF_THEN_BEFORE.search(words.before)
    if not beside or not _THEN_AFTER.match(words.after) or wider(words):
        return None
    by_name = claim.scope.whole and not claim.scope.whole[0].replace(",", "").isdigit()
    of_whole = told.kind is ClaimKind.SHARE and told.scope.whole and not by_name
    if of_whole and amount.unit is Unit.PER_CENT:
        both = claim.stated.earlier is not None  # "down from 31.5% to 29.4%"
        then = None if both else _then(claim)
        scope = replace(told.scope, whole=_whole_told(case, told), period=then, against=None)
        stated = replace(claim.stated, form="share", way=None) if both else Stated(earlier=amount, form="share")
        return replace(claim, kind=ClaimKind.SHARE, stated=stated, scope=replace(scope, is_open=False))
    averages = told.kind is ClaimKind.AVERAGE and told.stated.earlier is None and claim.kind is ClaimKind.LEVEL
    if averages and amount.unit is Unit.COUNT:
        stated = replace(told.stated, amount=amount, way=None, word="")
        scope = replace(told.scope, period=_then(claim), against=None, periods=())
        return replace(claim, kind=ClaimKind.AVERAGE, stated=stated, scope=scope)
    return None


def _then(claim: Claim) -> When | None:
    """The other time: the one said with the number, else the one of the clause where it is not the present."""
    own = claim.scope.period
    carried = own if own is not None and own.kind is not WhenKind.CURRENT and own.words in claim.quote.lower() else None
    return next(iter(claim.scope.periods), carried or YEAR_BEFORE)


_CHANGE_THEN = re.compile(r"\b(?:after|following|on top of|compared (?:with|to)|against)(?: one of| an?)? $")


def _change_then(case: Case, claim: Claim, words: Around, told: Claim) -> Claim | None:
    """The change of the time before, told beside this one's: "up 11% this year after 31% in the year before"."""
    amount, stated = claim.stated.amount, told.stated
    if amount is None or stated.amount is None or amount.unit is not stated.amount.unit or is_per_cent(case.own):
        return None
    moves = claim.kind in CHANGED and claim.quote[:1].isalpha() and claim.stated.way is not None  # "after falling 3%"
    if claim.scope.group or told.scope.group or claim.stated.form == "base":
        return None
    if not moves and (amount.unit is not Unit.PER_CENT or claim.stated.way not in {None, stated.way}):
        return None
    near = 0 <= claim.start - told.end <= _FURTHEST and told.quote.lower() in words.before
    if not near or not _CHANGE_THEN.search(words.before):
        return None
    said = (*claim.scope.periods, claim.scope.against, claim.scope.period)
    after = claim.quote.lower() + words.after[:_FURTHEST]
    then = next((when for when in said if when is not None and when.words in after), None)
    if then is None or then.kind not in {WhenKind.YEAR_BEFORE, WhenKind.STATED}:
        return None
    if then.kind is WhenKind.YEAR_BEFORE:
        then = stated_when(case.now_of(case.own, case.area).shift(-YEAR))
    scope = replace(told.scope, period=then, against=None, periods=(), is_open=False)
    way = claim.stated.way if moves else stated.way
    return replace(claim, kind=told.kind, stated=replace(stated, amount=amount, way=way), scope=scope)


def _whole_told(case: Case, told: Claim) -> tuple[str, ...]:
    """The whole by its name, where the text told it by its number: "31% of the 1,304"."""
    number = told.scope.whole[0].replace(",", "")
    if len(told.scope.whole) > 1 or not number.isdigit():
        return told.scope.whole
    for measure in case.figures.measures:
        if case.value(measure, case.area, case.now_of(measure, case.area)) == float(number):
            return tuple(case.name(measure).lower().split())
    return told.scope.whole


_AT_ITS_TIME = re.compile(r"\s*(?:in|during|so far|this|to date|already|since)\b")
_SIDES = {ClaimKind.DIRECTION, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE}
_GOES_ON = re.compile(
    r"(?: [a-z]+){0,2}(?: by [\w ]{1,20}| in [\w/]{1,12})?\W{1,3}"
    r"(?:(?:or|which|that|this|and|so|still|is|are|would|be|will|mean|means|represents?|an?|some|about|just|well) )*$"
)


def _after_projection(case: Case, claim: Claim, words: Around, told: Claim) -> Claim | None:
    """Where a projection would end: "on course for about 545, below last year's 588"."""
    side = claim.kind is ClaimKind.LEVEL and claim.stated.form == "side"
    if told.stated.form != "total" or told.stated.amount is None or claim.stated.way is None:
        return None
    if not (side or claim.kind in _SIDES) or not _GOES_ON.match(words.before.rpartition(told.quote.lower())[2] or "-"):
        return None
    ends = projected(case, case.own, case.area)
    if ends is None or _AT_ITS_TIME.match(words.after):
        return None
    for when in (claim.scope.period, claim.scope.against):
        other = when is not None and when.kind is WhenKind.STATED
        if other and when is not None and not {ends[1], ends[1].shift(-YEAR)} & set(when.periods):
            return None
    form = "side" if claim.stated.amount is None else "ends beside" if side else "change"
    scope = replace(told.scope, period=None, against=None, is_open=False)
    return replace(claim, kind=ClaimKind.PROJECTION, stated=replace(claim.stated, form=form), scope=scope)
