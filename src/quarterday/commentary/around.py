"""The words around a claim: what they leave open, so that a number may not be held against the text."""

import re
from dataclasses import dataclass

from quarterday.commentary.when import MONTH
from quarterday.domain.claim import Claim

_SENTENCE_ENDS = re.compile(r"[.!?](?=\s|$)|[\n;•]")
_CLAUSE_ENDS = re.compile(
    r",(?!\d)|[():]|\s[-\u2013\u2014]\s"
    r"|\b(?:but|while|whilst|whereas|although|though|which|hence|and(?= (?:the|a|an|was|is|has|now)\b))\b"
)

_NEAR = 120  # what stands nearer than this is told beside it, also behind a semicolon
_FAR = 500  # nobody's sentence is longer, and the time stays in proportion to the length


@dataclass(frozen=True, slots=True)
class Around:
    """The sentence and the clause of a claim, in lower case, and what stands before and after it.

    ``asks`` says that the sentence is a question; ``near`` is what stands near, in whatever sentence.
    """

    sentence: str
    clause: str
    before: str
    after: str
    quote: str
    asks: bool = False
    near: str = ""


def around(text: str, claim: Claim) -> Around:
    """The words around ``claim`` in the ``text`` that it was read from."""
    start, end = _between(
        _SENTENCE_ENDS, text, claim, low=max(0, claim.start - _FAR), high=min(len(text), claim.end + _FAR)
    )
    first, last = _between(_CLAUSE_ENDS, text, claim, low=start, high=end)
    return Around(
        text[start:end].lower(),
        text[first:last].lower(),
        text[start : claim.start].lower(),
        text[claim.end : end].lower(),
        claim.quote.lower(),
        text[end : end + 1] == "?",
        text[max(0, claim.start - _NEAR) : claim.end + _NEAR].lower(),
    )


def clause_of(text: str, claim: Claim) -> str:
    """The clause of a claim as it is written, capitals and all."""
    start, end = _between(
        _SENTENCE_ENDS, text, claim, low=max(0, claim.start - _FAR), high=min(len(text), claim.end + _FAR)
    )
    first, last = _between(_CLAUSE_ENDS, text, claim, low=start, high=end)
    return text[first:last]


def _between(marks: re.Pattern[str], text: str, claim: Claim, *, low: int, high: int) -> tuple[int, int]:
    """The stretch between the marks nearest before and after a claim."""
    before = [mark.end() for mark in marks.finditer(text, low, claim.start)]
    after = marks.search(text, claim.end, high)
    return (before[-1] if before else low), (after.start() if after else high)


_AHEAD = re.compile(
    r"\b(?:expect\w*|forecast\w*|predict\w*|model(?:s|l?ed|l?ing)?|anticipat\w*|project(?:ed|ion|ions|ing)"
    r"|hop(?:e|es|ed|ing)|need(?:s|ed)?|returns? to|fear(?:s|ed|ing)?|worst[ -]case"
    r"|likely|would|could|may (?:be|have|see|reach|well|rise|fall|still|not|yet|even)|might|should"
    r"|straight-line|on course|heading for|set to|next (?:year|quarter|month)|if)\b"
)
_PLANNED = re.compile(
    r"\b(?:target\w*|stretch|ceiling|goal|threshold|trajectory|lpsa|psa|laa|allowance|afford|tolerance"
    r"|milestone|baseline|required|limit of|quota|cap of|promise[ds]?)\b"
)
_LIMITS = re.compile(
    r"\b(?:limits?|range[sd]?|ranging|usual|usually|normal|normally|band|bands|by chance|confidence|bounds?)\b"
)
_LONG_AGO = re.compile(
    r"\b(?:pre-?(?:pandemic|covid|lockdown)|before (?:the pandemic|covid|lockdown)|historic(?:al|ally)?"
    r"|(?:all-time|record) (?:high|low)|(?:19|20)\d0'?s"
    r"|peaked? (?:at|of)|long[- ](?:term|run)|lta|previously|once|originally|at one (?:time|point|stage)"
    r"|in its first)\b"
)
_WIDER = re.compile(
    r"\b(?:nationally|regionally|county-?wide|force-?wide|"
    r"britain|england|wales|uk|nationwide"
    r"|(?:in|across|for) the (?:county|force|region|country|rest|bcu)|the (?:west|east|north|south)(?! of)"
    r"|national(?:ly)? (?:rate|figure|average|total|picture|rise|fall|increase|reduction))\b"
)
_BEGINS = re.compile(
    r"^\W*(?:since|compared (?:with|to)|against|versus|vs|than|relative to|set beside|from|over|on)\b"
    r"(?! (?:top|average|track|course|target))"
)
_COMPARED = re.compile(r"\b(?:against|compared|versus|vs|than|relative)\b")
_TIMES_SAID = re.compile(
    r"\d|\b(?:years?|quarters?|months?|weeks?|time|period|last|previous|prior|before"
    r"|average|mean|peers?|group)\b"
)
_RANGE = re.compile(r"\d\s?[-\u2013]\s?$")
_ASIDE = re.compile(r"\b(?:against|compared (?:with|to)|relative to|than in|unlike) [^,]*,? ?(?:where|when)\b[^,]*$")
_ELSEWHERE_COUNTED = re.compile(
    r"\b(?:surveys?|polls?|questionnaires?|consultations?|perceptions?"
    r"|self-report\w*|anecdotal\w*|focus groups?"
    r"|(?:reports?|calls?|complaints?|referrals?) (?:made )?to (?:the |our )?(?:landlord|hotline|helpline|school)"
    r"|insurance|insurers?|ambulance)\b"
)
_OTHER_TARGET = re.compile(
    r"\b(?:stretch|interim|original|local|internal|national|county-?wide|revised|aspirational|minimum)\b"
)
_TALLY = re.compile(r"\bof the (?:last |past |previous |latest )?[\w-]+ (?:months|weeks|days|quarters|years)\b")
_IN_TURN = re.compile(
    rf"\bthen\b|\b(?:from|between|until|up to) (?:\w+ ){{0,2}}(?:{MONTH}|q[1-4]|spring|summer|autumn|winter)\b"
)


def other_target(words: Around) -> bool:
    """Whether a target besides the one that is held may be meant: a stretch target, an interim one."""
    return _OTHER_TARGET.search(words.sentence) is not None


def target_told(words: Around) -> float | None:
    """The number of the target that the sentence tells."""
    found = re.search(r"\b(?:target|ceiling|goal|threshold)\b(?: \w+){0,2} (\d[\d,]*(?:\.\d+)?)", words.sentence)
    return float(found[1].replace(",", "")) if found else None


_SIDE_AFTER = re.compile(
    r"^\s*(?:too many|too few|to spare|shy|clear|short of|below|above|under|over|ahead of"
    r"|behind|adrift|inside|outside|off|better than|worse than)\b"
)
_ONE_BEFORE = re.compile(r"\b(?:the one before|before that|(?:quarter|month|year) before that)\b")
_IF = re.compile(
    r"\bif\b(?! (?:the |this |that |these |our |current |present |it )*(?:rate|trend|pace|level|pattern|current"
    r"|present|performance|continue|maintain|numbers?|volumes?|figures?|offences|offending|months?))"
)
_SAME_AGAIN = re.compile(
    r"\b(?:same again|repeat(?:s|ed|ing)?|match(?:es|ed|ing)?|seasonal\w*"
    r"|last year's (?:pattern|profile|final))\b"
)
_ALLOWED = re.compile(r"\b(?:afford\w*|allow\w*|needed|required|to (?:hit|meet|reach|stay))\b")
_PART_OF = re.compile(
    r"\bof (?:the|these|those|its|our) (?:total of )?\d[\d,]*\b[^,;]*, (?:(?:only|some|just|about|around) )?$"
)
_SHORTER = re.compile(
    r"\b(?:next|this|the|coming|following|march|june|september|december) (?:quarter|month|week|weekend)\b"
)


_ORDER = re.compile(
    r"(?<![\d.,])\b(?:1|1st|one|first|rank 1)\W{1,2}"
    r"(?:being|is|means?|meaning|denot(?:es?|ing)|represent(?:s|ing)?)\W*(?:the )?$"
)
_ORDER_SAID = re.compile(
    r"\b(?:1|1st|rank 1|first) ?(?:being|is|means?|meaning|denotes?|denoting|represents?|representing|=|:|as)"
    r" ?(?:the )?(?P<end>lowest|fewest|least|best|highest|most|worst|busiest|greatest|largest)\b"
)
_SETS = re.compile(
    r"\b(?:(?:set (?:itself|ourselves|themselves|us|out|a target|the target)|aim(?:s|ed|ing)?"
    r"|pledg\w+|promise\w*|promising"
    r"|commit\w+|(?:been|was|were) set|agreed|sought|asked for|calls? for|called for|required?"
    r"|requires?|requiring|demand\w*)"
    r"\W+(?:[\w-]+\W+){0,4}"
    r"|target(?:ed|s)? (?:of|is|was|for) (?:a |an )?)$"
)
_OTHER_UNIT = re.compile(
    r"^\W*(?:a|an|per|each|every) (?:weekend|weekday|night|evening|shift|hour|officer|ward|household|head|person|school"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|visit|event|offender|victim|hectare|mile|team|beat)\b"
)
_TALLIED = re.compile(
    r"^(?:out )?of (?:the |these |those |its |our )?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$"
)
_SO_MANY_OF = re.compile(r"\d[\d,]*(?: [a-z-]+)? (?:out )?$")


_LEVEL_BEFORE = re.compile(
    r"\b(?:stood at|stands at|numbered|totall?ed|at|were|was) (?P<number>\d[\d,]*(?:\.\d+)?)%? ?\(\W?$"
)
_GIVES = re.compile(
    r"\b(?:provide\w*|providing|contribut\w+|deliver\w+|yield\w+|responsible for|account\w* for|adds?|added|adding"
    r"|brought|chipped in) (?:some |about |around |just |only )?$"
)
_WITHIN = re.compile(r"\b(?:inside|within|in under) \S+ (?:second|minute|hour|day|week|working day)s?\b")
_START = re.compile(
    r"\b(?:than|on|from|since|against|with|over)(?: at| in| where| that of)?(?: the| its| our)?"
    r" (?:start|outset|beginning|opening|first (?:year|quarter|month|figure|column|point)"
    r"|(?:we|it|they) (?:began|started))\b"
)


def from_the_start(words: Around) -> bool:
    """Whether the words compare with the first of the times that are shown: "lower than at the start"."""
    return _START.search(words.quote + words.after[:50]) is not None


def level_before(words: Around) -> float | None:
    """The number in front of the bracket that a claim stands in: "stood at 88 (-6)"."""
    found = _LEVEL_BEFORE.search(words.before)
    return float(found["number"].replace(",", "")) if found else None


def gives(words: Around) -> bool:
    """Whether the number is a part that something gave of another: "of the reduction burglary provided 100"."""
    return (
        _GIVES.search(words.before) is not None
        and re.search(r"\bof (?:the|this|that|these)\b", words.sentence) is not None
    )


def within_a_time(words: Around) -> bool:
    """Whether the clause tells how soon something was done: "reached inside 15 minutes"."""
    return _WITHIN.search(words.clause) is not None


def order_told(text: str, claim: Claim) -> str:
    """The end that the text near a claim says comes first: "with 1 being the lowest rate" gives the lowest."""
    found = _ORDER_SAID.search(text[max(0, claim.start - _FAR) : claim.end + _FAR].lower())
    return found["end"] if found else ""


def explains_order(words: Around) -> bool:
    """Whether the words tell how places are counted, and no place: "1 being the lowest rate"."""
    return _ORDER.search(words.before) is not None


def set_as_plan(words: Around) -> bool:
    """Whether a number is what somebody set out to reach: "set itself a 3% cut"."""
    return _SETS.search(words.before) is not None


_TO_BE = re.compile(r"\b(?:to be|must be|to have|should be|(?:was|were|is|are|had|has|have) to)\W*$")


def to_be_done(words: Around) -> bool:
    """Whether a change is one that is asked for: "was to be brought down 40%"."""
    return _TO_BE.search(words.before) is not None


def per_other_unit(words: Around) -> bool:
    """Whether an average is over a unit that no figures are held for: "11 assaults per weekend"."""
    return _OTHER_UNIT.search(words.after) is not None


def tallied(words: Around) -> bool:
    """Whether the number says of how many: "the lower of the two", "114 of the 181"."""
    told = words.quote.startswith(("of ", "out of ")) and _SO_MANY_OF.search(words.before)
    return _TALLIED.match(words.quote) is not None or bool(told)


_DONE = re.compile(
    r"\b(?:was|were|been|being) (?:\w+ly )?(?P<done>solved|detected|cleared|charged|prosecuted|convicted|recovered"
    r"|attended|arrested|cautioned|screened|closed|resolved|referred)\b"
)


def done_about(words: Around) -> str:
    """What was done about the things that are counted: "thirty fewer burglaries were solved"."""
    found = _DONE.search(words.clause)
    return found["done"] if found else ""


_REST = re.compile(
    r"\b(?:(?:the|all) (?:rest|remainder|others?)|others|the remaining [a-z]+|(?:all )?other (?:[a-z]+ ){0,2}"
    r"(?:offences|crimes?|incidents|types|categories|thefts|burglaries|areas|districts|wards|cases|reports))\b[^,;]*$"
)
_EARLIER = re.compile(
    r"^\W*(?:after|following|having|despite|notwithstanding|reversing|undoing|from|in contrast to|compared with"
    r"|unlike)\b"
    r"|\b(?:the|its|our) (?:previous|preceding|earlier|prior|last two|last three)\b"
    r"|\blast year's\b|\bitself (?:\w+ ){0,3}$"
    r"|\b(?:reversing|undoing|wiping out|cancelling|offsetting|follows|following|after|on top of|since)"
    r" (?:a|an|the|last|falls?|rises?|two)\b[^,;]*$"
)
_AVERAGED = re.compile(
    r"\b(?:averag\w+|mean|(?:a|per|each|every) (?:month|week|day|quarter)|monthly|weekly|daily|quarterly)\b"
)


_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter|christmas|easter|half[- ]term|school holidays?)\b")
_EXCLUDES = re.compile(r"\b(?:excluding|without|apart from|leaving out|other than|exclusive of|not counting)\b")
_CHANGE_IS = re.compile(
    r"\b(?:fall|rise|reduction|increase|decrease|cut|change|drop|growth|improvement)s? (?:\w+ ){0,3}"
    r"(?:was|is|were|being|remains) (?:the )?$"
)
_SUBSET = re.compile(r"^\W*(?:\w+ )?(?:that|which|where|whose|to have) \b")
_BESIDE_RATE = re.compile(r"^\W*(?:above|below|higher|lower|more|less|over|under|better|worse|short|ahead|behind)\b")


def in_a_season(words: Around) -> bool:
    """Whether the sentence speaks of a season, which no figure is given of."""
    told = words.quote + words.after[:40]
    return _SEASON.search(told) is not None and not re.search(r"\b(?:same|equivalent|corresponding)\b", told)


def excludes(words: Around) -> bool:
    """Whether something is left out of what is spoken of."""
    return _EXCLUDES.search(words.sentence) is not None


def ranks_changes(words: Around) -> bool:
    """Whether it is a change that is said to be the largest: "the fall was the smallest"."""
    return _CHANGE_IS.search(words.before) is not None


def among_some(words: Around) -> bool:
    """Whether the group is only some of the places: "of the four districts that fell"."""
    return _SUBSET.search(words.after) is not None


def beside_a_rate(words: Around) -> bool:
    """Whether a rate is a distance from another: "1.2 per 1,000 above the average"."""
    return _BESIDE_RATE.search(words.after) is not None


_ADDS_UP = re.compile(r"\b(?:together|combined|between them|in combination|jointly|added together|collectively)\b")


def adds_up(words: Around) -> bool:
    """Whether the sentence adds things up: "taken together, burglary and robbery fell by 34"."""
    return _ADDS_UP.search(words.sentence) is not None


def allowed(words: Around) -> bool:
    """Whether the sentence tells what may or must be, and not what is: "only 60 more can be afforded"."""
    return _ALLOWED.search(words.sentence) is not None


def part_of_number(words: Around) -> bool:
    """Whether a number is a part of one told before: "of the 66 fires, 40 were secondary"."""
    return _PART_OF.search(words.before) is not None


_TIMES_THAT = re.compile(
    r"\b(?:twice|double|treble|triple|half|times|fold)\b(?: (?:the|that|our|their|its))*(?: \w+)? ?"
    r"(?:rate|rise|increase|fall|reduction|pace|growth|change|that)(?: of| in| for| seen)\b"
)
_AS_A_WHOLE = re.compile(r"\b(?:as a whole|altogether|of all (?:kinds|types)|of any kind|all types of|all forms of)\b")
_OF_OTHER_WHOLE = re.compile(
    r"(?:%|per cent|third|quarter|half) of (?:all |the |our )*"
    r"(?!all\b|the\b|our\b|crime|recorded|total|offences|notifiable)[a-z]"
)
_PERSONS = re.compile(
    r"\b(?:(?:under|over)-?\d+s?|aged \d+|men|women|boys|girls|males|females|pensioners|students|teenagers|white|bme"
    r"|bame|asian|black|disabled|lgbt\w*|tourists|visitors|students)\b"
)


def times_of_other(words: Around) -> bool:
    """Whether a multiple is of another change: "twice the rate of all crime"."""
    return _TIMES_THAT.search(words.quote + words.after[:40]) is not None


def as_a_whole(words: Around) -> bool:
    """Whether the clause speaks of a whole of which the measure is a part: "violence as a whole"."""
    return _AS_A_WHOLE.search(words.before) is not None


def of_other_whole(words: Around) -> bool:
    """Whether the sentence has told a share of something besides all crime."""
    return _OF_OTHER_WHOLE.search(words.sentence) is not None


def persons(words: Around) -> str:
    """The people that the clause is about: "under-18s: 120 victims"."""
    found = _PERSONS.search(words.before[-80:])
    return found[0] if found else ""


_HAD_IT = re.compile(r"^\W*(?:had|were|should) .*\bwould\b")
_PARTWAY = re.compile(
    r"\b(?:months? into|half[- ]?way|mid[- ]year|part[- ]way|by (?:the end of )?(?:june|september|december|q[1-3])"
    r"|at (?:the )?half[- ]time)\b"
)
_FOLLOWS = re.compile(r"^\W*(?:following|after|on top of|hard on)\b")


def had_it_been(words: Around) -> bool:
    """Whether the sentence tells what would have been: "had it fallen by 8%, there would have been 2,539"."""
    return _HAD_IT.search(words.sentence) is not None


def partway(words: Around) -> bool:
    """Whether the clause is about a stage of the year that has passed: "six months into the year"."""
    return _PARTWAY.search(words.clause) is not None


def follows(words: Around) -> bool:
    """Whether the clause tells what the change came after: "following a reduction of 240 the year before"."""
    return _FOLLOWS.search(words.clause) is not None


def of_the_rest(words: Around) -> bool:
    """Whether the clause is about what is left besides the measure or its part: "while the rest fell by 10"."""
    at = max(0, words.clause.find(words.quote))
    return _REST.search(words.clause[:at]) is not None


def told_of_earlier(words: Around) -> bool:
    """Whether the clause tells what came before: "after falling by 6.3%, …"."""
    at = max(0, words.clause.find(words.quote))
    explained = words.before.rpartition(",")[2] if words.before.rstrip().endswith("(") else ""
    told = re.search(r"\b(?:previous|preceding|earlier|prior)\b", explained)
    return told is not None or _EARLIER.search(words.clause[: at + len(words.quote)]) is not None


def averaged(words: Around) -> bool:
    """Whether the sentence speaks of so many a month, or of another average."""
    return _AVERAGED.search(words.sentence) is not None


def distance(words: Around) -> bool:
    """Whether the number is a distance from another: "34 short of the 90 allowed"."""
    return _SIDE_AFTER.search(words.after) is not None


def the_one_before(words: Around) -> bool:
    """Whether the clause goes back a step further than the times that are read."""
    return _ONE_BEFORE.search(words.clause) is not None


def other_method(words: Around) -> bool:
    """Whether a projection is by another way than a straight line to the year's end."""
    return (
        _IF.search(words.sentence) is not None
        or _SAME_AGAIN.search(words.sentence) is not None
        or _SHORTER.search(words.clause) is not None
    )


def tally(words: Around) -> bool:
    """Whether what stands before is a tally of a window: "of the twelve months, nine …"."""
    return _TALLY.search(words.before) is not None


def in_turn(words: Around) -> bool:
    """Whether the clause tells of a part of the time only: "rose until July, then fell"."""
    return _IN_TURN.search(words.clause) is not None or (
        re.search(r"\b(?:then|before|until|after)\W*$", words.before) is not None
        or re.match(r"\W*(?:then|before|until)\b", words.after) is not None
    )


def ahead(words: Around) -> bool:
    """Whether the clause, or what leads up to it, speaks of what may come."""
    return _AHEAD.search(words.clause) is not None or _AHEAD.search(words.before.rpartition(":")[0]) is not None


def planned(words: Around) -> bool:
    """Whether the clause speaks of a target or a baseline."""
    return _PLANNED.search(words.clause) is not None


def limits(words: Around) -> bool:
    """Whether the clause, or what a bracket explains, speaks of the limits within which numbers usually lie."""
    explained = words.before[-60:] if words.before.rstrip().endswith("(") else ""
    return _LIMITS.search(words.clause) is not None or _LIMITS.search(explained) is not None


def long_ago(words: Around) -> bool:
    """Whether the clause speaks of a time that has no months."""
    return _LONG_AGO.search(words.clause) is not None


def wider(words: Around) -> str:
    """The words for a wider or another place in the clause."""
    at = words.clause.find(words.quote)
    told = words.clause[: at + len(words.quote)] + _COMPARED.split(words.clause[at + len(words.quote) :])[0]
    found = _WIDER.search(told)
    return found[0] if found else ""


def compared_with_more(words: Around) -> bool:
    """Whether the clause goes on to say what is compared, in words that name no number and no time."""
    found = _BEGINS.search(words.after)
    told = re.split(r"[,;:()]", words.after[found.end() :])[0] if found else ""
    return found is not None and not _TIMES_SAID.search(told.replace("before the", ""))


def aside(words: Around) -> bool:
    """Whether the words before tell of a time that is set beside: "against the year to September, where …"."""
    return _ASIDE.search(words.before) is not None


def survey(words: Around) -> str:
    """The word for another source of numbers in the clause."""
    found = _ELSEWHERE_COUNTED.search(words.clause)
    return found[0] if found else ""


def ends_range(words: Around) -> bool:
    """Whether the number is the second end of a range that is written with a dash: "flats 1-40"."""
    return _RANGE.search(words.before) is not None
