"""Cautions about when: times that have no months, that are not given, or that may not be the ones compared."""

import re

from quarterday.commentary.around import Around, compared_with_more, follows, told_of_earlier
from quarterday.commentary.case import YEAR, Case
from quarterday.commentary.caution import ALL, CHANGED, COMPARES, OF_TIME, Caution, kinds, told
from quarterday.commentary.held import stem, stems
from quarterday.commentary.other_numbers import time_beside
from quarterday.commentary.readings import is_listed
from quarterday.commentary.when import MONTH
from quarterday.domain.claim import Claim, ClaimKind, WhenKind

_PARTS_OF_YEAR = (1, 3)
_FEWEST_LISTED = 3
_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter|christmas|easter|half[- ]term|school holidays?)\b")
_NEXT_CLAUSE = re.compile(r";|, (?:and|but|while|whilst|although|though)\b")
_SAME = re.compile(r"\b(?:same|equivalent|corresponding)\b")


def _in_a_season(_case: Case, claim: Claim, words: Around) -> bool:
    near = words.quote + _NEXT_CLAUSE.split(words.after[:40])[0]
    is_same = _SAME.search(near) is not None
    return claim.scope.against is not None and not is_same and _SEASON.search(near) is not None


def _in_a_row(case: Case, _claim: Claim, words: Around) -> bool:
    return is_listed(words) and time_beside(words) is None and not _lists_all(case, words)


def _lists_all(case: Case, words: Around) -> bool:
    """Whether the numbers near are the figures of the last times in their order, save one that is wrong."""
    numbers = [float(number.replace(",", "")) for number in _NUMBERS.findall(words.near)]
    now = case.now_of(case.own, case.area)
    given = sorted(case.figures.periods(case.own, case.area).items())
    run = [figure.value for period, figure in given if period.months == now.months and figure.value is not None]
    if len(run) < _FEWEST_LISTED:
        return True
    for order in (run, run[::-1]):
        for start in range(max(1, len(numbers) - len(order) + 1)):
            row = numbers[start : start + len(order)]
            if len(row) == len(order) and sum(a != b for a, b in zip(row, order, strict=True)) <= 1:
                return True
    return False


_ITSELF = re.compile(r"\b(?:itself|having)\b[^,;]*$")


def _after_another(_case: Case, claim: Claim, words: Around) -> bool:
    """Whether the change is one that came before another, or may be."""
    earlier = claim.scope.against is None and told_of_earlier(words)
    return earlier or follows(words) or _ITSELF.search(words.before) is not None


_FROM = re.compile(r"\bfrom (?:\w+ )?$")


def _from_an_average(_case: Case, claim: Claim, words: Around) -> bool:
    return claim.scope.period is None and _FROM.search(words.before) is not None


_IN_TURN = re.compile(
    rf"\bthen\b|\b(?:from|between|until|up to) (?:\w+ ){{0,2}}(?:{MONTH}|q[1-4]|spring|summer|autumn|winter)\b"
)
_THEN_BEFORE = re.compile(r"\b(?:then|before|until|after)\W*$")
_THEN_AFTER = re.compile(r"\W*(?:then|before|until)\b")


def _in_turn(_case: Case, claim: Claim, words: Around) -> bool:
    """Whether the clause tells of a part of the time only."""
    whole = claim.scope.period is not None and claim.scope.period.months == YEAR and " then " not in words.clause
    bound = claim.stated.form == "run" and bool(claim.scope.periods)
    told = words.clause.replace(words.quote, "") if bound else words.clause
    return (
        (not whole and _IN_TURN.search(told) is not None)
        or _THEN_BEFORE.search(words.before) is not None
        or _THEN_AFTER.match(words.after) is not None
    )


_RUN_SAID = re.compile(r"\b(?:in a row|consecutive|running|successive|each|every)\b")


def _has_assumed(case: Case, claim: Claim, words: Around) -> bool:
    """Whether the earlier time is only the one that is given, and its figure stands nowhere near."""
    measure, area = case.measure_of(claim.scope)[0], case.area_of(claim.scope.group)
    pair = case.pair(claim, measure=measure, area=area) if measure and area else ""
    if isinstance(pair, str) or not pair.assumed:
        return False
    if claim.kind is ClaimKind.FROM_TO and _RUN_SAID.search(words.sentence):
        return False
    numbers = {float(number.replace(",", "")) for number in _NUMBERS.findall(words.near)}
    return round(pair.earlier, 6) not in numbers


_A_PART = re.compile(
    r"\b(?:in|during|over|for) the (?:final|last|latest|closing|opening|first|second|third|fourth|past) "
    r"(?:(?:few|two|three|four|six|nine) )?(?:quarter|half|months?|weeks?)\b"
    r"(?! (?:year|in a row|running|in succession|on the trot|successive|consecutive))"
    r"|\b(?:over|during|in|at|through) (?:the )?(?:summer|winter|spring|autumn|christmas|easter|half[- ]term)\b"
    rf"|\bon the (?:month|quarter|week)\b|\bbetween {MONTH} and {MONTH}\b"
    r"|\bby (?:christmas|easter|the (?:spring|summer|autumn|winter))\b"
)


def _in_a_part(case: Case, claim: Claim, words: Around) -> bool:
    """Whether a change is one of a part of the year, though only whole years are compared."""
    if not _A_PART.search(f"{words.before[-40:]}{words.quote}{words.after[:40]}"):
        return False
    measure, area = case.measure_of(claim.scope)[0], case.area_of(claim.scope.group)
    pair = case.pair(claim, measure=measure, area=area) if measure and area else ""
    return not isinstance(pair, str) and pair.present.months == YEAR


_FROM_WHAT = re.compile(r"^ from (?:the )?(?P<what>[a-z]+)\b")


def _compared_with_more(case: Case, _claim: Claim, words: Around) -> bool:
    """Whether it is told what is compared, unless that is in the measure's name: "fewer thefts from vehicles"."""
    found = _FROM_WHAT.match(words.after)
    return compared_with_more(words) and not (found and stem(found["what"]) in stems(case.own))


_PEAKED = re.compile(r"\bpeaked? (?:at|of)\b")
_PEAK_IN = re.compile(rf"\bpeaked? (?:at|of) [\d,.]+ (?:[a-z]+ )?in (?:{MONTH}|(?:19|20)\d\d)\b")


def _peaked_sometime(_case: Case, claim: Claim, words: Around) -> bool:
    """Whether a peak is told and not when it was; what is compared may be compared with a peak whose time is told."""
    when = claim.scope.period
    stated = claim.stated.months or (when is not None and when.kind is WhenKind.STATED)
    apart = claim.kind is ClaimKind.AVERAGE and _PEAK_IN.search(words.clause) is not None
    told = stated if claim.kind is ClaimKind.EXTREME else apart
    return not told and _PEAKED.search(words.clause) is not None


_TURNED_AFTER = re.compile(r"^ (?:before|and then) [a-z]+ing\b")
_TURNED_BEFORE = re.compile(
    r"\b(?:low|high|peak|trough|nadir)(?: of)? $|\bfrom (?:the|its|a|that) [^,;]*\b(?:peak|high|low|trough)\b[^,;]*$"
    r"|^\W*not since\b"
)


def _at_a_turn(_case: Case, _claim: Claim, words: Around) -> bool:
    """Whether a number was reached and left again, or is told beside one that was."""
    return _TURNED_AFTER.match(words.after) is not None or _TURNED_BEFORE.search(words.before) is not None


_TOOK_PLACE = re.compile(
    r"(?:%|\b(?:per cent|(?:one|two|three|[123]) in \w+|thirds?|quarters?|half|most|majority|some|few)) of [^,;.]*$"
    r"|\b\d[\d,]* (?:of [^,;.]*|(?:more |such )?(?:offences|crimes|incidents|thefts|burglaries|robberies|cases) )$"
)


def _took_place(_case: Case, _claim: Claim, words: Around) -> bool:
    """Whether what "fell in January" is a part that lies there, and nothing was reduced."""
    return words.quote.startswith(("fell ", "falling ")) and _TOOK_PLACE.search(words.before) is not None


def _months_wanted(case: Case, claim: Claim, _words: Around) -> bool:
    given = case.figures.periods(case.own, case.area)
    return bool(claim.scope.months) and not any(period.months in _PARTS_OF_YEAR for period in given)


_SPARED = re.compile(r"\b(?:exceptions?|bar|barring|except|excepting|apart from|other than|save for|excluding)\b")


def _makes_exceptions(_case: Case, claim: Claim, words: Around) -> bool:
    """Whether something is said not to have gone as the rest, and not how often."""
    return "bar" not in claim.scope.also and _SPARED.search(words.after) is not None


_ROSE = r"(?:rose|increased|grew|climbed|went up|rising|increasing|climbing)"
_FELL = r"(?:fell|decreased|dropped|dipped|declined|went down|falling|dropping|decreasing)"
_AND_THEN = r"(?:,? (?:and|but|then|before|only to|and then|followed by)|,)(?: (?:then|it|again)){0,2} "

_REDUCTIONS = re.compile(r"\b(?:reduction|fall|rise|increase|drop|decrease|decline)s?, of \d[\d,]*(?: [a-z]+)?$")


def _one_of_several(_case: Case, _claim: Claim, words: Around) -> bool:
    """Whether a number is that of one of several changes told at once."""
    return _REDUCTIONS.search(words.before + words.quote) is not None


OF_WHEN = (
    Caution(
        "ups and downs", kinds(ClaimKind.DIRECTION, ClaimKind.TREND), told(
            "sentence", rf"\b(?:{_ROSE}{_AND_THEN}{_FELL}|{_FELL}{_AND_THEN}{_ROSE})\b",
        ),
        "it is not said when it rose and when it fell",
        "Robbery rose and fell again.",
    ),
    Caution(
        "for most of the time", kinds(ClaimKind.DIRECTION, ClaimKind.TREND), told(
            "after", r"^[^,.;]{0,20}\b(?:for|during|in|over) (?:most|much|part|some|half|the best part) of the\b",
        ),
        "it is not clear which months are meant",
        "Robbery was lower for most of the year.",
    ),
    Caution(
        "what came after an extreme", kinds(ClaimKind.EXTREME), told(
            "before", r"\b(?:after|since|following|from) (?:the|its|a|an) (?:[a-z]+ ){0,2}$",
        ),
        "it is not said when that was",
        "After the festival peak robbery fell.",
    ),
    Caution(
        "one of several told by its place", CHANGED, told(
            "before", r"\bthe (?:first|second|third|fourth|last|next|former|latter)(?: one)?,? (?:was |by )?$",
        ),
        "it is not clear which months are meant",
        "Robbery fell in each quarter, the first 30 down.",
    ),
    Caution(
        "one of several changes", kinds(ClaimKind.LEVEL), _one_of_several,
        "it is not clear what is counted",
        "Robbery and theft saw reductions, of 20 and 40.",
    ),
    Caution(
        "some of the times", kinds(ClaimKind.LEVEL), told(
            "before", r"\b(?:half|most|some|many|few|one|two|three|four|five|six|seven|eight|nine|ten|eleven|\d+) of "
            r"(?:the |our |those )?(?:[a-z]+ )?(?:months|quarters|weeks|years|days) (?:[a-z]+ ){0,3}$",
        ),
        "the months are not all given",
        "Half of the months were below 30.",
    ),
    Caution(
        "exceptions", kinds(ClaimKind.TREND), _makes_exceptions,
        "the text makes exceptions",
        "Robbery rose every month, with the exception of May.",
    ),
    Caution(
        "a run that ended", kinds(ClaimKind.TREND), told(
            "after",
            r"^ (?:to|until|up to|into) (?:a |the |its )?(?:(?:peak|high|low)\b.* )?(?:in )?"
            rf"(?:{MONTH}|q[1-4])\b",
        ),
        "it is not clear which months are meant",
        "Robbery rose in two consecutive months to a peak of 97 in August.",
    ),
    Caution(
        "a place at another time", kinds(ClaimKind.PEER_POSITION), told(
            "after",
            rf"^ (?:of|for) (?:the )?(?:time of )?year\b"
            rf"|^ (?:in|during|over|for) (?:the )?(?:{MONTH}|q[1-4]|(?:first|second|third|fourth|last|final)\b)",
        ),
        "it is not clear which months are compared",
        "Robbery is 30 short of Eastham in January.",
    ),
    Caution(
        "what took place then", kinds(ClaimKind.NAMED_MONTHS, ClaimKind.DIRECTION), _took_place,
        "it is not said that the number moved",
        "Some 30 robberies fell in January.",
    ),
    Caution(
        "a season", COMPARES, _in_a_season,
        "it is not clear which months are compared",
        "Robbery fell by 30 on last year over the summer.",
    ),
    Caution(
        "a row of numbers", kinds(ClaimKind.LEVEL), _in_a_row,
        "it is not clear which of the times this is",
        "Robberies: 190, 118, 109.",
    ),
    Caution(
        "a stage of the year", OF_TIME, told(
            "clause",
            r"\b(?:months? into|half[- ]?way|mid[- ]year|part[- ]way"
            r"|by (?:the end of )?(?:june|september|december|q[1-3])|at (?:the )?half[- ]time)\b",
        ),
        "it is not clear which months are meant",
        "Six months into the year robbery had fallen by 30.",
    ),
    Caution(
        "what came before", CHANGED, _after_another,
        "it is not clear which months are compared",
        "Robbery rose, after falling by 6.3%.",
    ),
    Caution(
        "a time without months", ALL - {ClaimKind.TREND}, told(
            "clause",
            r"\b(?:pre-?(?:pandemic|covid|lockdown)|before (?:the pandemic|covid|lockdown)|historic(?:al|ally)?"
            r"|(?:all-time|record) (?:high|low)|own (?:record|best|worst|peak)|(?:19|20)\d0'?s"
            r"|long(?:er)?[- ](?:term|run|view)(?! (?:shows?|showed|suggests?|confirms?|tells|is one|is that))"
            r"|(?:wider|broader|longer|bigger) (?:picture|perspective|view)|lta"
            r"|(?<!months )(?<!as )previously(?! (?:reported|noted|advised|stated|mentioned|discussed|highlighted"
            r"|flagged))"
            r"|formerly|used to|(?<!at )once(?! (?:again|more))|originally"
            r"|at one (?:time|point|stage)"
            r"|in its first)\b",
        ),
        "the time meant has no months",
        "Robbery is 30% below its pre-pandemic level.",
    ),
    Caution(
        "a part of the year", COMPARES, _in_a_part,
        "it is not clear which months are meant",
        "Robbery was down 12% in the final quarter.",
    ),
    Caution(
        "a run up to another time", kinds(ClaimKind.TREND), told(
            "after", r"^ (?:took|brought|carried|led)(?: us| it| them| the total)?(?: up| down)? to\b",
        ),
        "it is not clear which times are meant",
        "Two successive quarters of reduction took us to where we stood in 2019.",
    ),
    Caution(
        "a turn between times", kinds(ClaimKind.LEVEL), _at_a_turn,
        "it is not clear which time is meant",
        "Robbery fell to 190 before rising again.",
    ),
    Caution(
        "a peak that is spoken of", kinds(ClaimKind.EXTREME), told(
            "before",
            r"\b(?:under|below|beneath|off|from|above|over|short of|since|down on|up on|against|after|towards?)"
            r" (?:the|its|that|a|an|our|this)(?: (?:last|previous|earlier|recent|former))? $",
        ),
        "it is not clear which time is meant",
        "Robbery is 17 under the peak.",
    ),
    Caution(
        "where the year will end", OF_TIME, told("after", r"\bis where (?:the|this) year (?:would|will|could|is)\b"),
        "the clause speaks of what may come",
        "Some 30 more than last year is where the year would end.",
    ),
    Caution(
        "a peak of several months", kinds(ClaimKind.EXTREME), told(
            "before", r"\(\d[\d,]*\),? and [a-z]+ \(\d[\d,]*\) (?:were|are) (?:\w+ )?$",
        ),
        "it is not clear which months are meant",
        "November (31) and December (26) were the peak, and January had 12.",
    ),
    Caution(
        "a row of changes", CHANGED, told("sentence", r"\bby \d[^;]{1,40}\bby \d[^;]{1,40}\bby \d"),
        "it is not clear which times are compared",
        "Robbery rose by 54, fell by 69 and rose by 123.",
    ),
    Caution(
        "a peak without months", ALL - {ClaimKind.TREND}, _peaked_sometime,
        "the time meant has no months",
        "Robbery peaked at 190.",
    ),
    Caution(
        "a tally of a window", kinds(ClaimKind.LEVEL), told(
            "before",
            r"\bof the (?:last |past |previous |latest )?[\w-]+ (?:months|weeks|days|quarters|years)\b",
        ),
        "the months are not all given",
        "In most of the past twelve months there were 19 robberies.",
    ),
    Caution(
        "an average before", kinds(ClaimKind.AVERAGE), _from_an_average,
        "it is not clear which months are meant",
        "Robbery is down from 14 a month.",
    ),
    Caution(
        "a change of one month", CHANGED, told(
            "before", rf"\b{MONTH} (?:was|is|proved|stood out as) [^,;]*, (?:with |at |up |down )?$",
        ),
        "it is not clear which months are compared",
        "July was the standout month, 30 more than a year before.",
    ),
    Caution(
        "the one before", OF_TIME, told("clause", r"\b(?:the one before|(?:(?:quarter|month|year) )?before that)\b"),
        "it is not clear which months are meant",
        "The year before that there were 190 robberies.",
    ),
    Caution(
        "a part of the time", kinds(ClaimKind.TREND, ClaimKind.DIRECTION), _in_turn,
        "it is not clear which months are meant",
        "Robbery rose and then it fell.",
    ),
    Caution(
        "a year before that is not given", COMPARES, _has_assumed,
        "no figure of the year before is given",
        "Arson is down 30.",
    ),
    Caution(
        "compared with more", OF_TIME, _compared_with_more,
        "it is not clear what is compared with",
        "Robbery fell by 30 since the launch of the patrols.",
    ),
    Caution(
        "months that are not given", kinds(ClaimKind.EXTREME), _months_wanted,
        "no months are given",
        "December and January had the highest robbery of the year.",
    ),
    Caution(
        "a time set beside", OF_TIME, told(
            "before",
            r"\b(?:against|compared (?:with|to)|relative to|than in|unlike) [^,]*,? ?(?:where|when)\b[^,]*$",
        ),
        "it is not clear which months are compared",
        "Robbery is lower than in the year to June, when there were 190.",
    ),
)  # fmt: skip
