"""Whether words bind what a number is of so firmly that it may be held against them."""

import re
from collections.abc import Sequence

from quarterday.commentary.around import (
    Around,
    adds_up,
    ahead,
    allowed,
    among_some,
    as_a_whole,
    aside,
    averaged,
    beside_a_rate,
    compared_with_more,
    distance,
    done_about,
    ends_range,
    excludes,
    explains_order,
    follows,
    gives,
    had_it_been,
    in_a_season,
    in_turn,
    level_before,
    limits,
    long_ago,
    of_other_whole,
    of_the_rest,
    other_method,
    other_target,
    part_of_number,
    partway,
    per_other_unit,
    persons,
    planned,
    ranks_changes,
    set_as_plan,
    survey,
    tallied,
    tally,
    target_told,
    the_one_before,
    times_of_other,
    told_of_earlier,
    wider,
    within_a_time,
)
from quarterday.commentary.case import Case
from quarterday.commentary.held import counts, is_per_cent, is_total, stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.other_numbers import time_beside
from quarterday.commentary.readings import OF_TIME, is_bare, is_listed, is_named, measures_named
from quarterday.commentary.tokens import quantity
from quarterday.commentary.when import MONTH
from quarterday.domain.claim import Claim, ClaimKind

_MONTH = re.compile(MONTH)
_MONTHS = re.compile(rf"{MONTH}-{MONTH}")
_PARTS_OF_YEAR = (1, 3)
_STANDS = {ClaimKind.LEVEL, ClaimKind.AVERAGE, ClaimKind.DIFFERENCE, ClaimKind.FROM_TO}
_PLACES = {ClaimKind.RANK, ClaimKind.EXTREME, ClaimKind.PEER_POSITION}
_CHANGED = {ClaimKind.PERCENT_CHANGE, ClaimKind.DIFFERENCE, ClaimKind.PERCENTAGE_POINTS}
_MEASURED = {
    ClaimKind.LEVEL, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENTAGE_POINTS, ClaimKind.FROM_TO,
    ClaimKind.TREND, ClaimKind.DIRECTION, ClaimKind.MULTIPLE, ClaimKind.AVERAGE,
}  # fmt: skip
_THEN_OF = re.compile(r"^\W*(?:in|of|for|among|amongst)\s+((?:[a-z][a-z'-]*\s*){1,4})")
_WORDS = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_JOINED = re.compile(
    r"\b(?:while|whilst|whereas|and|but|with|after|before|as|which|that|although|though|when|where|despite|because|so"
    r"|is|are|was|were|has|have|had)\b"
)
_PLAIN = frozenset((
    "comparison", "terms", "fact", "line", "respect", "context", "response", "relation", "addition", "turn",
    "order", "course", "rolling", "rolling-year", "note", "financial", "calendar", "spring", "summer", "autumn",
    "winter", "christmas", "easter", "half", "first", "second", "report", "them", "us", "our", "my", "me",
    "comparator", "corresponding", "same", "ytd", "r", "q", "volume", "raw", "real", "percentage", "unit",
    "recent", "past", "current", "each", "every", "previous", "latest", "preceding", "prior", "series", "table",
    "set", "update", "updates", "shown", "given", "row", "one", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "eleven", "twelve", "third", "fourth", "fifth", "tenth", "dozen", "hundred", "basis",
    "ending", "to", "date", "both", "all", "which", "what", "half-year", "stage", "having", "itself", "ourselves",
    "qtr", "rate", "whom", "place", "part", "partnership", "division",
))  # fmt: skip


def left_open(case: Case, claim: Claim, words: Around) -> str:
    """Why the words leave open what is meant; empty where they bind it."""
    if words.asks:
        return "the text asks it"
    if claim.kind in _PLACES and explains_order(words):
        return "the words tell how places are counted"
    if claim.kind is ClaimKind.RANK and claim.stated.scale != "change" and _MOVED.search(words.before):
        return "it is not clear whether changes or numbers are compared"
    if claim.kind is ClaimKind.RANK and claim.stated.scale != "change" and (ranks_changes(words) or among_some(words)):
        return "it is not clear what is ranked"
    if claim.kind is ClaimKind.PEER_POSITION and excludes(words):
        return "something is left out of the average"
    if claim.kind is ClaimKind.RATE and beside_a_rate(words):
        return "it is not clear how far from what is meant"
    if claim.kind in _COMPARES and in_a_season(words) and claim.scope.against is not None:
        return "it is not clear which months are compared"
    if claim.kind in _COMPARES and (place := _beside_place(case, words)):
        return f"it is not clear how {place} compares"
    if claim.kind is ClaimKind.AVERAGE and per_other_unit(words):
        return "no figures are given of what the average is over"
    if claim.kind is ClaimKind.LEVEL and tallied(words):
        return "it is not clear of what there are so many"
    if claim.kind in _CHANGED and (done := done_about(words)) and stem(done) not in stems(case.own):
        return f"no figures of those {done} are given"
    in_a_row = claim.kind is ClaimKind.LEVEL and is_listed(words) and time_beside(words) is None
    if in_a_row and not _lists_all(case, words):
        return "it is not clear which of the times this is"
    if claim.kind in OF_TIME and of_the_rest(words):
        return "no figures of the rest are given"
    if claim.kind in {ClaimKind.MULTIPLE, ClaimKind.PEER_POSITION} and times_of_other(words):
        return "it is not clear which changes are compared"
    said = {stem(word) for word in _WORDS.findall(re.sub(r"\([^)]*\)", "", words.before) + words.quote)}
    if claim.kind in OF_TIME and as_a_whole(words) and not stems(case.own) <= said:
        return "no figures of the whole are given"
    if claim.kind is ClaimKind.SHARE and not claim.scope.whole and of_other_whole(words):
        return "it is not clear of what it is a share"
    if claim.kind in _COMPARES and "without" not in case.own and "without" not in words.sentence and excludes(words):
        return "something is left out of what is compared"
    if claim.kind is ClaimKind.RANK and claim.quote.lower().startswith("most of"):
        return "no figures of the parts are given"
    if claim.kind in OF_TIME and (whom := persons(words)) and stem(whom) not in stems(case.own):
        return f"no figures of {whom!r} are given"
    if claim.kind in OF_TIME and (had_it_been(words) or partway(words)):
        return "it is not clear which months are meant"
    if claim.kind is ClaimKind.TARGET and _TO_DO.search(f"{words.before}{words.quote.split(' ')[0]} "):
        return "the text tells what would meet the target"
    if claim.kind is ClaimKind.MULTIPLE and planned(words):
        return "it is not clear which target is meant"
    if claim.kind is ClaimKind.AVERAGE and allowed(words):
        return "it is not clear which target is meant"
    if claim.kind is ClaimKind.LEVEL and part_of_number(words):
        return "it is not clear of what the number is a part"
    against = claim.scope.against
    if claim.kind in _CHANGED and (
        (against is None and told_of_earlier(words))
        or follows(words)
        or re.search(r"\b(?:itself|having)\b[^,;]*$", words.before)
    ):
        return "it is not clear which months are compared"
    if claim.kind is ClaimKind.DIFFERENCE and averaged(words) and _tells_average(case, words):
        return "it is not clear whether totals or averages are compared"
    if claim.kind in {ClaimKind.LEVEL, ClaimKind.FROM_TO} and averaged(words) and _is_small(case, claim):
        return "it is not clear over what time it is an average"
    if claim.kind is ClaimKind.LEVEL and gives(words):
        return "it is not clear of what the number is a part"
    if claim.kind in _CHANGED and _is_beside_other(case, words):
        return "it is not clear what the number beside it is of"
    if claim.kind is ClaimKind.PERCENT_CHANGE and is_per_cent(case.own) and is_bare(words):
        return "it is not clear whether it is a change"
    if claim.kind in OF_TIME and (part := _part_named(case, claim, words)):
        return f"no figures of {part!r} are given"
    if claim.kind in OF_TIME and adds_up(words) and len(measures_named(case, words)) > 1:
        return "it is not clear what is added up"
    if claim.kind in _CHANGED and claim.stated.amount and claim.stated.amount.fraction and is_bare(words):
        return "it is not clear what the fraction is of"
    if claim.kind is ClaimKind.TARGET and (within_a_time(words) or _is_for_other(case, words)):
        return "it is not clear which target is meant"
    if claim.kind in _CHANGED and set_as_plan(words):
        return "it is not clear which target is meant"
    if claim.kind is not ClaimKind.PROJECTION and ahead(words) and claim.kind is not ClaimKind.TARGET:
        return "the clause speaks of what may come"
    if limits(words) and claim.kind in _STANDS | {ClaimKind.EXTREME}:
        return "no limits are given"
    if long_ago(words) and claim.kind is not ClaimKind.TREND:
        return "the time meant has no months"
    if claim.kind in _STANDS and claim.stated.form != "target value" and planned(words):
        return "it is not clear which target is meant"
    if (claim.kind is ClaimKind.TARGET or claim.stated.form == "target value") and _other_target(case, words):
        return "it is not clear which target is meant"
    if claim.kind is ClaimKind.LEVEL and tally(words):
        return "the months are not all given"
    since = claim.scope.period is None and re.search(r"\bfrom (?:\w+ )?$", words.before) is not None
    if claim.kind is ClaimKind.AVERAGE and since:
        return "it is not clear which months are meant"
    if claim.kind in {ClaimKind.LEVEL, ClaimKind.EXTREME} and claim.stated.amount and distance(words):
        return "it is not clear how far from what is meant"
    if claim.kind in OF_TIME and the_one_before(words):
        return "it is not clear which months are meant"
    if claim.kind is ClaimKind.PROJECTION and other_method(words):
        return "the method is another than a straight line"
    if claim.kind is ClaimKind.MULTIPLE and any(_is_other(case, area, words.before) for area in case.figures.areas):
        return "it is not clear which of the two is the larger"
    if claim.kind in {ClaimKind.TREND, ClaimKind.DIRECTION} and in_turn(words):
        return "it is not clear which months are meant"
    if claim.kind in OF_TIME and "respectively" in words.sentence and claim.kind is not ClaimKind.LEVEL:
        return "it is not clear which of them is meant"
    if (place := _names_other_area(case, claim, words)) and claim.kind in OF_TIME:
        return f"it is not clear whether {place} is meant"
    named = [area for word in claim.scope.group if (area := case.area_named(word))]
    apart = not any(place_word in area for area in named for place_word in wider(words).split()[-1:])
    if (
        (place := wider(words))
        and apart
        and place.split()[-1] not in case.area
        and not _among_peers(case, claim, place)
    ):
        return f"no figures are given for what is told {place}"
    if (source := survey(words)) and source not in case.own:
        return f"no figures of the {source} are given"
    if claim.kind in _STANDS and ends_range(words):
        return "it is not clear what the range is of"
    if claim.kind is ClaimKind.PROJECTION and claim.stated.form != "projected" and planned(words):
        return "it is not clear what is projected beside the target"
    if claim.kind in _COMPARES and _has_assumed(case, claim, words):
        return "no figure of the year before is given"
    if claim.kind in OF_TIME and compared_with_more(words):
        return "it is not clear what is compared with"
    if claim.kind is ClaimKind.EXTREME and claim.scope.months and not _has_months(case):
        return "no months are given"
    if claim.kind in OF_TIME and aside(words):
        return "it is not clear which months are compared"
    return _of_something_else(case, claim, words)


_FOR = re.compile(r"^ for (?:all |the |its |our )?(?P<whom>[a-z-]+)")


def _is_for_other(case: Case, words: Around) -> bool:
    """Whether a target is said to be that of something else: "the target for adults generally"."""
    found = _FOR.match(words.after)
    if found is None or not re.search(r"\b(?:target|ceiling|goal|threshold)$", words.quote):
        return False
    whom = found["whom"]
    plain = whom in PLAIN_NOUNS or whom in _PLAIN or _MONTH.fullmatch(whom) or whom in case.area
    return not plain and stem(whom) not in stems(case.own)


def _lists_all(case: Case, words: Around) -> bool:
    """Whether the numbers near are the figures of the last times in their order, save one that is wrong."""
    told = [float(number.replace(",", "")) for number in _NUMBERS.findall(words.near)]
    now = case.now_of(case.own, case.area)
    given = sorted(case.figures.periods(case.own, case.area).items())
    run = [figure.value for period, figure in given if period.months == now.months and figure.value is not None]
    if len(run) < _FEWEST_LISTED:
        return True
    for order in (run, run[::-1]):
        for start in range(max(1, len(told) - len(order) + 1)):
            row = told[start : start + len(order)]
            if len(row) == len(order) and sum(a != b for a, b in zip(row, order, strict=True)) <= 1:
                return True
    return False


_BESIDE = re.compile(r"^\W*(?:compared (?:with|to)|unlike|like|against|beside|alongside|relative to) (?P<told>[^,]*),")
_THAN = re.compile(r"^\W*(?:\w+ ){0,2}than (?:in |at |that of |the |those in )?(?P<told>[^,;.]*)")


def _beside_place(case: Case, words: Around) -> str:
    """A place that is compared with, and not a time: "compared with Corley, Aston has 100 fewer"."""
    told = " ".join(
        found["told"] for found in (_BESIDE.match(words.sentence), _THAN.match(words.after)) if found is not None
    )
    return next((case.place(area) for area in case.figures.areas if told and area in told), "")


def _tells_average(case: Case, words: Around) -> bool:
    """Whether one of the numbers of the sentence is the present average."""
    now = case.now_of(case.own, case.area)
    value = case.value(case.own, case.area, now)
    told = [float(number.replace(",", "")) for number in _NUMBERS.findall(words.sentence)]
    units = (now.months, now.months / 12 * 52, now.months / 12 * 365)
    return value is not None and any(abs(value / unit - number) <= _AVERAGE_STEP for unit in units for number in told)


_WITH = re.compile(r"^ (?:with|among|amongst|for|involving|by|at|of|from) (?:the |our |those )?(?P<part>[a-z][a-z-]+)")


def _part_named(case: Case, claim: Claim, words: Around) -> str:
    """A part of the measure that stands beside its name: "disability hate crime", "satisfaction with follow-up"."""
    before = re.sub(r", (?=(?:at|from|to|by)? ?$)", " ", words.before)
    before = re.split(r"[,;:()]|\b(?:but|while|whereas|although|and)\b", before)[-1]
    measure = case.measure_of(claim.scope)[0] or case.own
    found = list(_WORDS.finditer(before))
    for place, word in enumerate(found):
        if stem(word[0]) not in stems(measure):
            continue
        told = [
            one[0]
            for one in found[max(0, place - 2) : place]
            if not re.search("[^a-z '-]", before[one.end() : word.start()])
        ]
        told = told[-1:] if told and told[-1] in PLAIN_NOUNS else told
        after = _WITH.match(before[word.end() :])
        for part in (*told, after["part"] if after else ""):
            plain = len(part) < _SHORTEST or part.endswith("ing") or quantity(part)[0] != "w"
            if part and not plain and not _is_known(case, claim, part) and stem(part) not in stems(measure):
                return part
    return ""


def _is_small(case: Case, claim: Claim) -> bool:
    """Whether a number is so far below the present figure that it may be one of a month or a week."""
    now = case.value(case.own, case.area, case.now_of(case.own, case.area))
    numbers = [abs(amount.value) for amount in (claim.stated.amount, claim.stated.earlier) if amount is not None]
    return now is not None and bool(numbers) and 2 * max(numbers) < now


def _is_beside_other(case: Case, words: Around) -> bool:
    """Whether the number in front of the bracket is no figure of the measure."""
    told = level_before(words)
    given = case.figures.periods(case.own, case.area).values()
    return told is not None and all(
        figure.value is None or round(figure.value, 1) != round(told, 1) for figure in given
    )


_COMPARES = _CHANGED | {ClaimKind.FROM_TO, ClaimKind.MULTIPLE, ClaimKind.TREND, ClaimKind.DIRECTION}
_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_RUN_SAID = re.compile(r"\b(?:in a row|consecutive|running|successive|each|every)\b")


def _has_assumed(case: Case, claim: Claim, words: Around) -> bool:
    """Whether the earlier time is only the one that is given, and its figure stands nowhere near."""
    measure, area = case.measure_of(claim.scope)[0], case.area_of(claim.scope.group)
    pair = case.pair(claim, measure=measure, area=area) if measure and area else ""
    if isinstance(pair, str) or not pair.assumed:
        return False
    if claim.kind is ClaimKind.FROM_TO and _RUN_SAID.search(words.sentence):
        return False
    told = {float(number.replace(",", "")) for number in _NUMBERS.findall(words.near)}
    return round(pair.earlier, 6) not in told


_FEWEST_LISTED = 3
_SHORTEST = 3
_AVERAGE_STEP = 0.5
_TO_DO = re.compile(r"(?:^|[,;:] ?|\bin order )\W*to (?:\w+ ){1,2}$")
_MOVED = re.compile(
    r"\b(?:fell|rose|down|up|dropped|grew|increased|decreased|declined|cut|reduced|improved|worsened)(?: by)?\W*$"
)
_SET_APART = re.compile(r"\b(?:than|against|compared|relative|versus|and)\b")
_SAID_AFTER = 40
_PART_BEFORE = re.compile(
    r"\b(?:from|of|among|amongst|involving|against|at) (?:the |our |those |these )?"
    r"(?P<part>[a-z][a-z-]+(?: [a-z][a-z-]+)?)"
    r" (?:[a-z]+ ){0,4}$"
)
_ELSEWHERE_AFTER = re.compile(
    r"^\W*(?:now |also |still |being |seen |in evidence ){0,3}(?:in|across|at|around) "
    r"(?:the |our |some |certain |parts of )*"
    r"(?:north|south|east|west|centre|central|neighbouring|surrounding|adjoining|rural|urban|outlying|other|some"
    r"|certain|town centre|city centre)\b"
)
_ALONGSIDE = re.compile(
    r"^\W*(?:in (?:line|step|tandem) with|alongside|as (?:has|have|did)) (?:the |that of |our )?(?P<what>[a-z-]+)"
)
_AMONG_OTHERS = re.compile(
    r"\b(?:only|one of (?:the )?few) (?:[a-z]+ ){1,4}(?:still |to |that (?:is|has) |which (?:is|has) )?$"
    r"|\b(?:fastest|slowest)[ -]$"
)


def restricted(case: Case, claim: Claim, words: Around) -> str:
    """Why a word of change is not of the whole measure, though it would fit; empty where it is."""
    if claim.scope.group or claim.kind not in {ClaimKind.DIRECTION, ClaimKind.TREND}:
        return ""
    if _ELSEWHERE_AFTER.search(words.after) or _AMONG_OTHERS.search(words.before):
        return "no figures of the others are given"
    alongside = _ALONGSIDE.search(words.after)
    if alongside and not _is_known(case, claim, alongside["what"]):
        return f"no figures of {alongside['what']!r} are given"
    before = words.clause[: max(0, words.clause.find(words.quote))]
    if {stem(word) for word in _WORDS.findall(words.quote + words.after[:_SAID_AFTER])} & stems(case.own):
        return ""
    part = _PART_BEFORE.search(before)
    told = [word for word in part["part"].split() if not _is_known(case, claim, word)] if part else []
    told = told or [word for word in _foreign_subject(case, claim) if word in before]
    return f"no figures of {' '.join(told)!r} are given" if told else ""


def _is_known(case: Case, claim: Claim, word: str) -> bool:
    return not _foreign(case, claim, [word]) or word in _SAYING or word.endswith(("ly", "ed"))


def _is_other(case: Case, area: str, told: str) -> bool:
    return area != case.area and is_named(case, area, told)


def _other_target(case: Case, words: Around) -> bool:
    """Whether a target besides the one that is held is told, with its number."""
    held = case.figures.periods(f"{case.own} target", case.area).values()
    told = target_told(words)
    return other_target(words) and told is not None and all(figure.value != told for figure in held)


def _names_other_area(case: Case, claim: Claim, words: Around) -> str:
    """Another area that the clause names, where the claim was not read as of it."""
    if claim.scope.group:
        return ""
    others = (area for area in case.figures.areas if area != case.area)
    at = words.clause.find(words.quote) + len(words.quote)
    told = words.clause[:at] + _SET_APART.split(words.clause[at:])[0]
    return next((case.place(area) for area in others if is_named(case, area, told)), "")


def _has_months(case: Case) -> bool:
    return any(period.months in _PARTS_OF_YEAR for period in case.figures.periods(case.own, case.area))


def _among_peers(case: Case, claim: Claim, place: str) -> bool:
    """Whether a rank or a position in the region is one in the group whose figures are given."""
    if claim.kind is ClaimKind.RANK and claim.stated.form == "first":
        return True  # whoever is first there is first here too
    if claim.kind is ClaimKind.PEER_POSITION:
        return any(case.area_named(word) for word in claim.scope.group) or bool(case.peers)
    return bool(case.peers) and claim.kind is ClaimKind.RANK and place.startswith("in the")


def _of_something_else(case: Case, claim: Claim, words: Around) -> str:
    """Another thing that the words name after the claim: "a sharp reduction in street drinking"."""
    if claim.kind not in _MEASURED:
        return ""
    after = _THEN_OF.match(_unfinished(words))
    told = _foreign(case, claim, _WORDS.findall(_JOINED.split(after[1])[0])) if after else []
    told = told or _foreign_subject(case, claim)
    return f"no figures of {' '.join(told)!r} are given" if told else ""


def _foreign_subject(case: Case, claim: Claim) -> list[str]:
    """The words of a subject that names something besides the measure and not the whole of its name."""
    said = {stem(word) for word in claim.scope.subject}
    measure = case.measure_of(claim.scope)[0] or case.own
    if stems(measure) <= said or is_total(measure):
        return []
    telling = [word for word in claim.scope.subject if word != "|" and not said & stems(measure)]
    told = [word for word in _foreign(case, claim, telling) if not word.endswith("ed") and word not in _SAYING]
    return told if len(told) > 1 or any(counts(word) for word in told) else []


_SAYING = frozenset((
    "show", "shows", "showing", "equates", "equate", "equating", "should", "council", "council's", "service",
    "team", "officers", "staff", "members", "partners", "hit", "stretch", "half-year", "long-term", "short-term",
    "long", "short", "term", "together", "categories", "category", "members'", "analyst", "chart", "graph",
    "appendix", "paragraph", "section", "shops", "street", "streets", "community", "safety", "police",
    "neighbourhood", "i", "e", "g", "etc", "pedal", "hospital", "calendar", "cumulative", "in-year", "headline", "say",
    "says", "told",
))  # fmt: skip


def _unfinished(words: Around) -> str:
    """What follows a claim, with the last words of its quotation where they already begin it: "reduction in street"."""
    found = re.search(r" (?:in|of|for|among) [a-z' -]+$", words.quote)
    return f"{found[0] if found else ''}{words.after}"


def _foreign(case: Case, claim: Claim, told: Sequence[str]) -> list[str]:
    """The words that name neither the measure, nor a place, nor a time, nor anything plain."""
    measure = case.measure_of(claim.scope)[0] or case.own
    known = stems(measure) | stems(case.own)
    names = set(case.area.split()) | {part for area in case.figures.areas for part in area.split()}
    kept = [word for word in told if word not in PLAIN_NOUNS and word not in LETTERS and not _MONTH.fullmatch(word)]
    if any(stem(word) in known for word in told):
        return []
    kept = [word for word in kept if word.removesuffix("'s") not in names and word not in _PLAIN]
    return [word for word in kept if not _MONTHS.fullmatch(word)]
