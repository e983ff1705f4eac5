"""What the words beside a claim make of it: so many a month, a projection, a share, a move at every step."""

import re
from dataclasses import replace

from quarterday.commentary.around import Around
from quarterday.commentary.case import YEAR, Case
from quarterday.commentary.caution import CHANGED
from quarterday.commentary.held import is_count, is_per_cent, is_total
from quarterday.commentary.when import MONTH, month_of
from quarterday.domain.claim import Claim, ClaimKind, Unit, Way

MOVED_BY = re.compile(
    r"\b(?:reduction|decrease|fall|drop|decline|cut|rise|increase|growth|change|improvement|deterioration"
    r"|uplift|saving)s?"
    r"(?: (?:on|over|against|since|compared with) [^,;.()]{1,30},)?(?: of| by|:)?\W*$"
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
    r"^ (?:at|in|on|with|over|across|after) (?:every|each) (?:single )?"
    r"(?:refresh|update|release|reading|step|point|period|quarter|month|year)\b(?! of)"
)
_ALL_STEPS = re.compile(
    r"\b(?:all|each of|every)(?: the| of the)? (?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) )?"
    r"(?:steps?|movements?|changes?|refresh(?:es)?|updates?) (?:was |were |has been |have been |is |are )?$"
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
    run = _ALL_MONTHS.search(words.before)
    if run is None:
        return None
    first, last = month_of(run["first"]), month_of(run["last"])
    months = tuple((first - 1 + step) % YEAR + 1 for step in range((last - first) % YEAR + 1))
    return replace(claim, kind=ClaimKind.NAMED_MONTHS, stated=replace(stated, form="each", months=months))


_PLACES_AFTER = re.compile(r"^ places?\b")


def as_places(claim: Claim, words: Around) -> Claim | None:
    """A change told in places is one of rank: "a gain of three places"; ``None`` where it is told in numbers."""
    if claim.kind is not ClaimKind.DIFFERENCE or not _PLACES_AFTER.match(words.after):
        return None
    scope = replace(claim.scope, against=None)
    return replace(claim, kind=ClaimKind.RANK, stated=replace(claim.stated, form="places moved"), scope=scope)


_RATE_BEFORE = re.compile(r"(?:^|[,;]|\b(?:and|but|while)) ?(?:the |its |our )?rate(?: per [\d,]+[a-z ]*)?,? $")


def as_rate(case: Case, claim: Claim, words: Around) -> Claim | None:
    """A change whose own subject is the rate: "fell by 12% and the rate per 1,000 by 12.3%"; else ``None``."""
    measure = case.measure_of(claim.scope)[0]
    if claim.kind not in CHANGED or not _RATE_BEFORE.search(words.before) or not is_count(measure):
        return None
    subject = tuple(f"{case.name(measure).removesuffix(' rate')} rate".lower().split())
    return replace(claim, scope=replace(claim.scope, subject=subject))


def in_other_kind(case: Case, claim: Claim, words: Around) -> Claim | None:
    """The claim as the kind that the words beside it make it: so many a month, a projection, a share, every step."""
    stated, amount = claim.stated, claim.stated.amount
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
    return Way.UP if word.startswith(("ris", "incr", "grow", "upl", "jump")) else Way.DOWN
