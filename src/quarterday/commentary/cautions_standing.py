"""Cautions about how things stand: ranks, averages, rates, distances and limits."""

import re

from quarterday.commentary.around import Around, averaged, distance
from quarterday.commentary.case import Case
from quarterday.commentary.caution import STANDS, Caution, Holds, kinds, told
from quarterday.commentary.cautions_counted import excludes
from quarterday.commentary.held import is_count
from quarterday.commentary.readings import is_named
from quarterday.domain.claim import Claim, ClaimKind, Way

_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_AVERAGE_STEP = 0.5


def _unless_of_changes(holds: Holds) -> Holds:
    """Where the rank is not already read as one of changes."""
    return lambda case, claim, words: "change" not in claim.stated.scale and bool(holds(case, claim, words))


_TIMES_THAT = re.compile(
    r"\b(?:twice|double|treble|triple|half|times|fold)\b(?: (?:the|that|our|their|its))*(?: \w+)? ?"
    r"(?:rate|rise|increase|fall|reduction|pace|growth|change|that)(?: of| in| for| seen)\b"
)


_RATE_OF = re.compile(
    r"\b(?:twice|double|treble|triple|half|times) the rate (?:of|in|for|seen in)\b(?! (?:growth|change|increase))"
)


_CHANGE_TOLD = re.compile(
    r"\b(?:rise|rose|rising|fall|fell|falling|incre\w+|decre\w+|reduc\w+|up|down|grew|growth|drop\w*|declin\w+|cut)\b"
)


def _times_of_other(case: Case, claim: Claim, words: Around) -> bool:
    told = words.quote + words.after[:40]
    of_place = any(area != case.area and area for area in map(case.area_named, claim.scope.group)) or (
        "that of" in told and any(is_named(case, area, told) for area in case.figures.areas)
    )
    if claim.stated.scale == "change" or (of_place and not _CHANGE_TOLD.search(words.sentence)):
        return False  # "at 23.6 per 1,000, less than half that of Worcester"
    if _RATE_OF.search(told) and any(area in words.quote + words.after for area in case.figures.areas):
        return False
    return _TIMES_THAT.search(told) is not None


def _total_or_average(case: Case, _claim: Claim, words: Around) -> bool:
    """Whether one of the numbers of the sentence is the present average."""
    if not averaged(words):
        return False
    now = case.now_of(case.own, case.area)
    value = case.value(case.own, case.area, now)
    numbers = [float(number.replace(",", "")) for number in _NUMBERS.findall(words.sentence)]
    units = (now.months, now.months / 12 * 52, now.months / 12 * 365)
    return value is not None and any(
        abs(value / unit - number) <= _AVERAGE_STEP for unit in units for number in numbers
    )


def _small_beside_average(case: Case, claim: Claim, words: Around) -> bool:
    """Whether a number is so far below the present figure that it may be one of a month or a week."""
    if not averaged(words):
        return False
    now = case.value(case.own, case.area, case.now_of(case.own, case.area))
    numbers = [abs(amount.value) for amount in (claim.stated.amount, claim.stated.earlier) if amount is not None]
    return now is not None and bool(numbers) and 2 * max(numbers) < now


_TWICE = re.compile(r"(?:^|.* )(?:twice|double)$")
_OF_WHAT = re.compile(
    r"^ (?:as|the|that|those|what|its|their|our|last|this|in|by|over|since|than|of|on|from|[a-z]+'s)\b"
    r"(?! (?:figure|digit))"
)


def _times_of_nothing(_case: Case, _claim: Claim, words: Around) -> bool:
    """Whether "twice" stands alone: so many times over, and no multiple."""
    return _TWICE.match(words.quote) is not None and _OF_WHAT.match(words.after) is None


_LIMITS = re.compile(
    r"\b(?:limits?|range[sd]?|ranging|usual|usually|normal|normally|band|bands|by chance|confidence|bounds?)\b"
)


_FROM = re.compile(r"\bfrom (?:being |a )?$")


def _where_before(_case: Case, claim: Claim, words: Around) -> bool:
    """Whether a place is one held before, where the claim is not already read as that."""
    return claim.stated.form != "place before" and _FROM.search(words.before) is not None


_CHANGE_BEFORE = re.compile(
    r"\b(?:by|up|down|rise|fall|increase|decrease|reduction|drop|change|growth|cut|-|\+)(?: of| by)? ?-?\d[\d,.]*"
    r"(?: ?%| per cent)?[^;]*$"
)
_OF_LEVELS = re.compile(r"\b(?:rates?|average|mean|per (?:1,000|thousand|head)|(?:more|fewer) [a-z]+s)\b")


def _beside_a_change(case: Case, claim: Claim, words: Around) -> bool:
    """Whether a side is told of another place right after a change, and not of rates or numbers."""
    plain = claim.stated.form == "other" and claim.stated.scale != "change" and claim.stated.way in {Way.UP, Way.DOWN}
    levels = is_count(case.measure_of(claim.scope)[0] or case.own) and not _CHANGE_TOLD.search(words.quote)
    return plain and levels and _CHANGE_BEFORE.search(words.before) is not None and not _OF_LEVELS.search(words.clause)


def _limits(_case: Case, claim: Claim, words: Around) -> bool:
    """Whether the clause, or what a bracket explains, speaks of the limits within which numbers usually lie."""
    if claim.stated.form == "range":
        return False
    explained = words.before[-60:] if words.before.rstrip().endswith("(") else ""
    return _LIMITS.search(words.clause) is not None or _LIMITS.search(explained) is not None


def _is_distance(_case: Case, claim: Claim, words: Around) -> bool:
    return claim.stated.amount is not None and distance(words)


_NO_FIGURE_OF = (
    r"(?:^|[,;:]|\band\b) ?(?:the )?(?:[a-z-]+ ){0,2}\b"
    r"(?:weeks?|days?|nights?|weekends?|evenings?|afternoons?|mornings?|hours?|half[- ]term|holidays?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b[^,;.]*$"
)
OF_STANDING = (
    Caution(
        "people and not what is counted", kinds(ClaimKind.RANK, ClaimKind.PEER_POSITION), told(
            "quote",
            r"\b(?:more|fewer|most|fewest|largest|smallest) (?:people|residents|inhabitants|households|population)\b",
        ),
        "it is not said what is counted of them",
        "Alder has fewer people than any of its peers.",
    ),
    Caution(
        "a rank in time", kinds(ClaimKind.RANK), told("quote", r"\b(?:generation|decade|history|memory|on record)\b"),
        "it is not clear whether places or times are compared",
        "Robbery saw the highest figure in a generation.",
    ),
    Caution(
        "times without figures", kinds(ClaimKind.EXTREME), told("before", _NO_FIGURE_OF),
        "no figures of those times are given",
        "Robbery fell; half-term weeks were the busiest.",
    ),
    Caution(
        "a smaller place", kinds(ClaimKind.RANK, ClaimKind.EXTREME), told(
            "before",
            r"\b(?:ward|estate|beat|sector|neighbourhood|street)(?: \w+)? (?:had|has|saw|recorded|reported)(?: the)? $",
        ),
        "no figures of that place are given",
        "Robbery fell; Abbey ward had the lowest total.",
    ),
    Caution(
        "where it was before", kinds(ClaimKind.PEER_POSITION, ClaimKind.RANK, ClaimKind.TARGET), _where_before,
        "it is not clear when it was so",
        "Robbery has gone from below the group average to above it.",
    ),
    Caution(
        "two groups", kinds(ClaimKind.RANK), told(
            "before", r"\b(?:in|of) (?:the|its|our) (?:peer )?(?:group|family)\b[^.;]*\band (?:is |was |comes )?$",
        ),
        "no figures of the others are given",
        "It is the highest in the group, and is 5th of the London boroughs.",
    ),
    Caution(
        "moved the fastest", kinds(ClaimKind.EXTREME), told(
            "before",
            r"\b(?:fell|falls?|rose|rises?|grew|dropped|declined|increased|decreased|reduced|moved|changed) (?:the )?$",
        ),
        "it is not clear what is compared",
        "Robbery fell fastest.",
    ),
    Caution(
        "a place that did not change", kinds(ClaimKind.TREND), told(
            "before", r"(?:\b\d+(?:st|nd|rd|th)|\b(?:place|position|rank(?:ing)?)(?: \w+){0,3})[,;:(]+ ?(?:with )?$",
        ),
        "no figures of the others in the group are given",
        "Position in the group: 8th, no change.",
    ),
    Caution(
        "worse than others", kinds(ClaimKind.TREND, ClaimKind.DIRECTION), told(
            "after", r"^(?: at present)?[:,] [^;]*\b(?:average|group|peers|iquanta|msg|family)\b",
        ),
        "it is not clear what is compared",
        "Significantly worse: the rate is above the average of its group.",
    ),
    Caution(
        "by itself twice", kinds(ClaimKind.MULTIPLE), _times_of_nothing,
        "it is not clear of what it is a multiple",
        "Fewer than one in ten were robbed twice.",
    ),
    Caution(
        "a change beside another place", kinds(ClaimKind.PEER_POSITION), _beside_a_change,
        "it is not clear whether changes or totals are compared",
        "Robbery fell by 4%, below the force.",
    ),
    Caution(
        "how places are counted", kinds(ClaimKind.RANK, ClaimKind.EXTREME, ClaimKind.PEER_POSITION), told(
            "before",
            r"(?<![\d.,])\b(?:1|1st|one|first|rank 1)\W{1,2}"
            r"(?:being|is|means?|meaning|denot(?:es?|ing)|represent(?:s|ing)?)\W*(?:the )?$",
        ),
        "the words tell how places are counted",
        "Westham is ranked fourth, first being best in the group.",
    ),
    Caution(
        "a rank of what moved", kinds(ClaimKind.RANK), _unless_of_changes(told(
            "before",
            r"\b(?:fell|rose|down|up|dropped|grew|increased|decreased|declined|cut|reduced|improved|worsened)"
            r"(?: by)?\W*$",
        )),
        "it is not clear whether changes or numbers are compared",
        "Robbery fell most in Westham.",
    ),
    Caution(
        "a rank of changes", kinds(ClaimKind.RANK), _unless_of_changes(told(
            "before",
            r"\b(?:fall|rise|reduction|increase|decrease|cut|change|drop|growth|improvement)s? (?:\w+ ){0,3}"
            r"(?:was|is|were|being|remains) (?:the )?$",
        )),
        "it is not clear what is ranked",
        "The fall seen was the smallest of the group.",
    ),
    Caution(
        "a rank among some", kinds(ClaimKind.RANK), _unless_of_changes(told(
            "after", r"^[^\w,]*(?:\w+ )?(?:that(?! of)|which|where|whose|to have) \b",
        )),
        "it is not clear what is ranked",
        "Westham is second of the four districts that fell.",
    ),
    Caution(
        "an average without some", kinds(ClaimKind.PEER_POSITION), excludes,
        "something is left out of the average",
        "Excluding Eastham, Westham is above the average.",
    ),
    Caution(
        "a rate that is a distance", kinds(ClaimKind.RATE), told(
            "after", r"^\W*(?:above|below|higher|lower|more|less|over|under|better|worse|short|ahead|behind)\b",
        ),
        "it is not clear how far from what is meant",
        "Robbery is 1.2 per 1,000 above the average.",
    ),
    Caution(
        "an average over another unit", kinds(ClaimKind.AVERAGE), told(
            "after",
            r"^\W*(?:a|an|per|each|every) (?:weekend|weekday|night|evening|shift|hour|officer|ward|household|head"
            r"|person|school|(?:mon|tues|wednes|thurs|fri|satur|sun)day|visit|event|offender|victim|hectare|mile|team"
            r"|beat)\b",
        ),
        "no figures are given of what the average is over",
        "There was an average of 11 robberies per weekend.",
    ),
    Caution(
        "times another change", kinds(ClaimKind.MULTIPLE, ClaimKind.PEER_POSITION), _times_of_other,
        "it is not clear which changes are compared",
        "Robbery fell at twice the rate of all crime.",
    ),
    Caution(
        "most of the parts", kinds(ClaimKind.RANK), told("quote", r"^most of"),
        "no figures of the parts are given",
        "Most of the group fell.",
    ),
    Caution(
        "a total or an average", kinds(ClaimKind.DIFFERENCE), _total_or_average,
        "it is not clear whether totals or averages are compared",
        "Robbery averaged 10.8 a month, 30 fewer than last year.",
    ),
    Caution(
        "small beside an average", kinds(ClaimKind.LEVEL, ClaimKind.FROM_TO), _small_beside_average,
        "it is not clear over what time it is an average",
        "The monthly figure fell from 20 to 9 robberies.",
    ),
    Caution(
        "limits", STANDS | {ClaimKind.EXTREME}, _limits,
        "no limits are given",
        "Robbery has been within its usual range at 190.",
    ),
    Caution(
        "a distance", kinds(ClaimKind.LEVEL, ClaimKind.EXTREME), _is_distance,
        "it is not clear how far from what is meant",
        "Robbery ended the year 34 short of the 90 allowed.",
    ),
)  # fmt: skip
