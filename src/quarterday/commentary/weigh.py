"""Every reading that the words allow is tried before a number is held against a text.

A claim that one admissible reading makes true is supported. One that no reading makes true is contradicted only where
the words bind its reading; where they leave open what is meant, it is not checkable.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from quarterday.commentary.around import Around, around, order_told, wider
from quarterday.commentary.bound import left_open, may_be_of_others, restricted
from quarterday.commentary.case import YEAR, Case, Judged, contradicted, shown, supported, unknown
from quarterday.commentary.caution import CHANGED
from quarterday.commentary.elsewhere import another_place, counted_beside, in_own_place, named_elsewhere
from quarterday.commentary.held import is_count
from quarterday.commentary.in_order import in_order, of_both
from quarterday.commentary.judge_plan import told_beside_target
from quarterday.commentary.kinds_among import largest_kind
from quarterday.commentary.members import of_members
from quarterday.commentary.only_share import only_share, part_or_whole, points_of_share
from quarterday.commentary.other_kinds import as_average_too, told_apart
from quarterday.commentary.other_numbers import as_another_number
from quarterday.commentary.own_average import own_average
from quarterday.commentary.readings import lengths_told, only_two, readings, stated_when, told_beside, without_carried
from quarterday.commentary.rounding import fits
from quarterday.commentary.said_before import as_said_before
from quarterday.commentary.share_told import told_share
from quarterday.commentary.slips import is_figure, slipped
from quarterday.commentary.throughout import not_all_along, only_then
from quarterday.commentary.told_total import against_total_told, share_of_told
from quarterday.domain.claim import Claim, ClaimKind, Loose, Unit, Verdict, WhenKind
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period

Judge = Callable[[Case, Claim], Judged]
_WORDS_OF_CHANGE = {ClaimKind.TREND, ClaimKind.DIRECTION}
_LAX = {Loose.UNDER, Loose.AT_LEAST, Loose.AT_MOST}
_QUARTER_BEFORE = re.compile(r"(?<!to )\b(?:q|quarter )([1-4])(?: (?:of )?((?:19|20)\d\d)(?:/|-)\d\d)?\W*$")
_A_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:/|-)\d\d\b")


def weighed(case: Case, claim: Claim, judged: Judged, *, text: str, beside: Sequence[Claim], judge: Judge) -> Judged:
    """``judged``, unless another reading of the words is true or they leave open what is meant.

    What the words leave open is closed by a number that is exactly a figure, or one that a slip explains. Without its
    text, no claim is contradicted.
    """
    if not text:
        too_long = "the text is too long for every reading of it to be tried"
        return judged if judged.verdict is not Verdict.CONTRADICTED or claim.scope.denied else unknown(too_long)
    if own := in_own_place(case, claim, text):
        claim, judged = own, judge(case, own)
    words = around(text, claim)
    of_whole = told_share(case, claim, words)
    if of_whole and of_whole.verdict is not Verdict.NOT_CHECKABLE:
        return of_whole
    found = _weighed(case, claim, judged, words, text=text, beside=beside, judge=judge)
    if of_whole and found.verdict is Verdict.CONTRADICTED:
        return of_whole
    if found.verdict is not Verdict.NOT_CHECKABLE or claim.scope.denied:
        return found
    closed = is_figure(case, claim) or slipped(case, claim)
    if closed is None or may_be_of_others(case, claim, words):
        return found
    if judged.verdict is Verdict.CONTRADICTED and claim.scope.period is not None:
        closed = judged  # its time is told; that the number is another time's is how it came to be wrong
    apart = closed.verdict is Verdict.CONTRADICTED and (
        not case.measure_of(claim.scope)[0]  # "the group looked at arson, which came to 604"
        or counted_beside(case, claim, words)
        or named_elsewhere(case, claim, text)
    )
    return found if apart else of_whole or closed


def _weighed(
    case: Case, claim: Claim, judged: Judged, words: Around, *, text: str, beside: Sequence[Claim], judge: Judge
) -> Judged:
    if claim.scope.denied:
        return judged
    if of_number := _of_number_told(case, claim, beside):
        claim, judged = of_number, judge(case, of_number)
    if as_said := as_said_before(case, claim, words, beside):
        told = judge(case, as_said)
        own = tuple(case.name(case.own).lower().split())
        is_part = told.verdict is Verdict.NOT_CHECKABLE and as_said.kind is ClaimKind.SHARE
        return judge(case, replace(as_said, scope=replace(as_said.scope, subject=own, also=own))) if is_part else told
    if of_change := _of_change_before(claim, words, beside):
        return judge(case, of_change)
    if counted := of_members(case, claim, words):
        return counted
    if (ordered := in_order(case, claim, words)) and (
        told := judge(case, ordered)
    ).verdict is not Verdict.NOT_CHECKABLE:
        return told
    for apart in told_apart(case, claim, words):
        if (told := judge(case, apart)).verdict is not Verdict.NOT_CHECKABLE:
            reason = left_open(case, apart, words) if told.verdict is Verdict.CONTRADICTED else ""
            return unknown(reason) if reason else told
        if apart.scope.is_open and not claim.scope.is_open:
            return told  # it is of something of which no figures are given
    if both := of_both(case, claim, words):
        each = [judge(case, one) for one in both]
        wrong = [one for one in each if one.verdict is Verdict.CONTRADICTED]
        left = [one for one in each if one.verdict is Verdict.NOT_CHECKABLE]
        return (left or wrong or each)[0]
    if among := largest_kind(case, claim, words):
        return among
    if judged.verdict is Verdict.NOT_CHECKABLE and (of_told := share_of_told(case, claim, words, beside)):
        return of_told
    if judged.verdict is not Verdict.SUPPORTED and (of_target := told_beside_target(case, claim)):
        return of_target
    if one_alone := only_then(case, claim, words):
        return one_alone
    if judged.verdict is Verdict.SUPPORTED:
        if otherwise_then := not_all_along(case, claim, words, judge):
            return otherwise_then
        reason = "" if _has_number(claim) else restricted(case, claim, words)
        if not reason and claim.kind in _OF_ONE_PLACE and (place := another_place(case, claim, text)):
            reason = f"no figures are given for {place}"
        return unknown(reason) if reason else judged
    if averaged := as_average_too(claim, words, beside):
        return judge(case, averaged)
    if from_end := _in_order_told(case, claim, text):
        claim, judged = from_end, judge(case, from_end)
    if beside_it := told_beside(case, claim, words):
        claim, judged = beside_it, judge(case, beside_it)
    if quarter := _by_quarter(case, claim, words):
        return quarter
    if beside_own := own_average(case, claim, words):
        return beside_own
    if (_has_number(claim) or claim.kind in _WORDS_OF_CHANGE | {ClaimKind.EXTREME}) and (
        found := _other_reading(case, claim, words, beside, judge)
    ):
        return found
    if points := points_of_share(case, claim, words):
        return points
    share = only_share(case, claim, words)
    if share and share.verdict is Verdict.SUPPORTED:
        return share
    of_share = share is not None and claim.kind is ClaimKind.SHARE
    if (judged.verdict is Verdict.CONTRADICTED or of_share) and (reason := left_open(case, claim, words)):
        return share if share and not of_share else against_total_told(case, claim, beside) or unknown(reason)
    if judged.verdict is Verdict.CONTRADICTED and (
        place := named_elsewhere(case, claim, text) or another_place(case, claim, text)
    ):
        return unknown(f"no figures are given for {place}")
    if judged.verdict is Verdict.CONTRADICTED and (other := counted_beside(case, claim, words)):
        return unknown(f"no figures of {other!r} are given")
    return judged if judged.verdict is Verdict.CONTRADICTED else share or judged


_OF_ONE_PLACE = {ClaimKind.TREND, ClaimKind.NAMED_MONTHS, ClaimKind.TARGET, ClaimKind.PROJECTION}
_WHICH_IS = re.compile(r", (?:which|this) (?:is|was|means|represents|leaves) (?:us )?(?:in )?(?:a |an )?$")


def _of_change_before(claim: Claim, words: Around, beside: Sequence[Claim]) -> Claim | None:
    """What is called better or worse, where it is the change that the sentence has told: ", which is better"."""
    if claim.kind is not ClaimKind.DIRECTION or not beside or not _WHICH_IS.search(words.before):
        return None
    told = next((one for one in beside if one.kind in CHANGED and one.quote.lower() in words.before), None)
    return replace(claim, scope=replace(told.scope, subject=(), is_open=False)) if told else None


def _of_number_told(case: Case, claim: Claim, beside: Sequence[Claim]) -> Claim | None:
    """What is told of things that a number right before counts, which is the measure's: "372 calls are one a day"."""
    told = beside[-1] if beside else None
    if told is None or told.kind is not ClaimKind.LEVEL or case.measure_of(claim.scope)[0] or not claim.scope.subject:
        return None
    counted = set(claim.scope.subject) <= {*told.quote.lower().split(), "|"}
    return replace(claim, scope=replace(claim.scope, subject=())) if counted and is_figure(case, told) else None


_HIGH_ENDS = frozenset(("highest", "most", "busiest", "greatest", "largest"))
_LOW_ENDS = frozenset(("lowest", "fewest", "least"))


def _in_order_told(case: Case, claim: Claim, text: str) -> Claim | None:
    """A place counted from the end that the text says comes first: "rank 1 means the most"."""
    if claim.kind is not ClaimKind.RANK or claim.stated.form not in {"place", "from_to"}:
        return None
    end = order_told(text, claim)
    lower = case.about.better is not Polarity.HIGHER
    high = end in _HIGH_ENDS or (end == "worst" and lower) or (end == "best" and not lower)
    if not end or not (high or end in _LOW_ENDS or end in {"best", "worst"}):
        return None
    return replace(claim, stated=replace(claim.stated, word="high first" if high else "low first"))


def _by_quarter(case: Case, claim: Claim, words: Around) -> Judged | None:
    """A quarter's change on a year before where only rolling years are known: it is the change of the rolling year.

    R(t) - R(t-1) = Q(t) - Q(t-4), for rolling years that end a quarter apart.
    """
    named = _QUARTER_BEFORE.search(words.before)
    if named is None or claim.kind not in _WORDS_OF_CHANGE | {ClaimKind.DIFFERENCE} or not is_count(case.own):
        return None
    years = [named[2]] if named[2] else _A_YEAR.findall(words.before)
    if not years:
        return None
    quarter = Period((int(years[-1]) * YEAR + 3) + 3 * (int(named[1]) - 1), 3)
    if case.value(case.own, case.area, quarter) is not None:
        return None
    later = case.value(case.own, case.area, Period.ending(quarter, YEAR))
    earlier = case.value(case.own, case.area, Period.ending(quarter, YEAR).shift(-3))
    if later is None or earlier is None:
        return unknown(f"no figures of {quarter.for_sentence()} and a year before are given")
    return _judged_change(case, claim, round(later - earlier, 9), quarter)


def _judged_change(case: Case, claim: Claim, change: float, quarter: Period) -> Judged:
    said = f"the rolling year to {quarter.for_sentence()} changed by {shown(change)}, as its last quarter did"
    wanted = case.sign_of(claim.stated.way) if claim.stated.way else None
    amount = claim.stated.amount
    right = (amount is None or fits(amount, change)) and wanted in {None, (change > 0) - (change < 0)}
    return supported(said) if right else contradicted(said, f"The figures say otherwise: {said}.")


def _has_number(claim: Claim) -> bool:
    """Whether a number is stated that few other figures would fit."""
    numbers = [amount for amount in (claim.stated.amount, claim.stated.earlier) if amount is not None]
    return bool(numbers) and all(amount.loose not in _LAX or claim.kind is ClaimKind.AVERAGE for amount in numbers)


def _other_reading(case: Case, claim: Claim, words: Around, beside: Sequence[Claim], judge: Judge) -> Judged | None:
    """The first other reading that is true of the figures."""
    if claim.kind is ClaimKind.EXTREME:
        return _among_places(case, claim, words, judge)
    if not _has_number(claim):
        return (
            _between_the_two(case, claim, words, judge)
            or _at_its_own_time(case, claim, words, judge)
            or _over_length_told(case, claim, words, judge)
        )
    is_count_told = claim.stated.amount is not None and claim.stated.amount.unit is Unit.COUNT
    told = claim.kind is ClaimKind.LEVEL and is_count_told and _at_told_time(claim, words)
    for other in readings(case, claim, words, beside):
        if other is claim or (told and other.scope.period != claim.scope.period):
            continue  # it has been judged, or is of another time than the one told
        judged = judge(case, other)
        if judged.verdict is Verdict.SUPPORTED:
            return judged
    if claim.kind is ClaimKind.SHARE and (swapped := _as_swapped(case, claim, judge)):
        return swapped
    return None if told else as_another_number(case, claim, words) or part_or_whole(case, claim, words)


_AT_PRESENT = re.compile(
    r"(?:(?:is |are |was |were )?(?:standing|running|sitting|holding) at|stands at|sits at|runs at|now stands at"
    r"|(?:is|are) now(?: at)?|now at|currently at|currently stands at|are currently) [a-z ]{0,14}\d"
)
_GOES_ON_TO = re.compile(r"\W?(?: [a-z-]+){0,5} (?:in|during|for|by|over|across|the|at|back in)? ?$|^ ?\(?$")
_QUARTER = re.compile(r"\bq(?:uarter|tr)? ?[1-4]|quarter")
_TOLD_THEN = re.compile(r"\b(?:year|months?|time|point|period|stage)\b")


def _at_told_time(claim: Claim, words: Around) -> bool:
    """Whether no other year's number is meant: "standing at 40" is now, and "40 were made in 2012/13" then."""
    when = claim.scope.period
    if when is None:
        return _AT_PRESENT.match(words.quote) is not None
    is_told = when.kind is WhenKind.STATED or (
        when.kind is WhenKind.YEAR_BEFORE and when.words != "last year" and _TOLD_THEN.search(when.words) is not None
    )
    if not when.words or not is_told or _QUARTER.search(when.words):  # a quarter may be of either kind of year
        return False
    if when.words in words.quote or words.clause.lstrip().removeprefix("in ").startswith(when.words):
        return True
    at = words.after.find(when.words)
    return at >= 0 and _GOES_ON_TO.fullmatch(words.after[:at]) is not None


def _between_the_two(case: Case, claim: Claim, words: Around, judge: Judge) -> Judged | None:
    """A word of change between the only two periods that are given."""
    pair = only_two(case)
    if pair is None or claim.scope.against is not None or claim.scope.period is not None or wider(words):
        return None
    judged = judge(
        case, replace(claim, scope=replace(claim.scope, period=stated_when(pair[1]), against=stated_when(pair[0])))
    )
    return judged if judged.verdict is Verdict.SUPPORTED else None


def _at_its_own_time(case: Case, claim: Claim, words: Around, judge: Judge) -> Judged | None:
    """A word of change without the time of a clause before, of which no figures are given."""
    against = claim.scope.against
    carried = against is not None and against.words in words.before and against.words not in words.clause
    if claim.scope.period is not None and carried:
        # "Since 2010/11 it fell, although it rose in 2013/14": that is a year on the one before.
        judged = judge(case, replace(claim, scope=replace(claim.scope, against=None)))
        if judged.verdict is Verdict.SUPPORTED:
            return judged
    loose = without_carried(claim, words)
    if loose is None or not isinstance(case.pair(claim, measure=case.own, area=case.area), str):
        return None
    judged = judge(case, loose)
    return judged if judged.verdict is Verdict.SUPPORTED else None


def _over_length_told(case: Case, claim: Claim, words: Around, judge: Judge) -> Judged | None:
    """A word of change over the length of time that the sentence tells: "robbery was flat over the half year"."""
    judged = (judge(case, other) for other in lengths_told(case, claim, words))
    return next((one for one in judged if one.verdict is Verdict.SUPPORTED), None)


_OF_TIMES = re.compile(r"\b(?:months?|quarters?|years?|since|ever|record|total|figure|level|period|shown|table)\b")


def _among_places(case: Case, claim: Claim, words: Around, judge: Judge) -> Judged | None:
    """The highest of the places of the group, where the words name no times: "but has the fewest offences"."""
    if not case.peers or claim.stated.form != "period" or _OF_TIMES.search(words.quote + words.after[:30]):
        return None
    ranked = replace(claim, kind=ClaimKind.RANK, stated=replace(claim.stated, form="first", scale="", of=0))
    judged = judge(case, ranked)
    return judged if judged.verdict is Verdict.SUPPORTED else None


def _as_swapped(case: Case, claim: Claim, judge: Judge) -> Judged | None:
    """The comment's own measure as the part of the whole that is named: "41% of total theft"."""
    own = tuple(case.name(case.own).lower().split())
    judged = judge(case, replace(claim, scope=replace(claim.scope, subject=own, also=own)))
    return judged if judged.verdict is Verdict.SUPPORTED else None
