"""The words around a claim: what they leave open, so that a number may not be held against the text."""

import re
from dataclasses import dataclass

from quarterday.commentary.when import MONTH
from quarterday.domain.claim import Claim

_SENTENCE_ENDS = re.compile(r"[.!?](?=\s|$)|[\n;•]")
_CLAUSE_ENDS = re.compile(
    r",(?!\d)|[():]|\s[-\u2013\u2014]\s"
    r"|\b(?:but|while|whilst|whereas|although|though|which|hence"
    r"|and(?= (?:the|a|an|was|is|has|now|are|were|have|will|should|may|could)\b))\b"
)

# How a clause begins that goes on about the one before, up to its number.
_GOES_ON = re.compile(
    r"\W*(?:(?:in|by|for|during|over|at) [^,;]{3,40}?(?:,|(?= (?:it|they|this|that|there)\b)) ?)?"
    r"(?:(?:there|are|which|equals|gives|represents|put|with|at|it|they|this|that|or|now|just|only|also|still|and"
    r"|was|is|were|had been|has been|has|have|had|up|down|averaging|standing|totalling|reaching|running"
    r"|coming(?: in)?|finishing|ending|closing|numbering) ?){0,4}\W*",
    re.IGNORECASE,
)
_REFERS = re.compile(r"\b(?:it|they|this|that)\b", re.IGNORECASE)
_APART = re.compile(r"; |\b(?:but|while|whilst|whereas|although|though)\b|, and (?=[a-z])")

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
    first, last = _clause(text, claim)
    return text[first:last]


def head_of(text: str, claim: Claim) -> str:
    """What stands before a clause that names nothing itself: "arson in Ash, with 4 in May", "arson in Ash (4)"."""
    first = _clause(text, claim)[0]
    if not _GOES_ON.fullmatch(text, first, claim.start):
        return ""
    before = text[max(0, first - _FAR) : first]
    ends = [mark.end() for mark in _SENTENCE_ENDS.finditer(before, 0, max(0, len(before) - 2))]
    if not _REFERS.search(text, first, claim.start):
        ends += [mark.end() for mark in _APART.finditer(before)]
    return before[max(ends, default=0) :]


def _clause(text: str, claim: Claim) -> tuple[int, int]:
    start, end = _between(
        _SENTENCE_ENDS, text, claim, low=max(0, claim.start - _FAR), high=min(len(text), claim.end + _FAR)
    )
    return _between(_CLAUSE_ENDS, text, claim, low=start, high=end)


def _between(marks: re.Pattern[str], text: str, claim: Claim, *, low: int, high: int) -> tuple[int, int]:
    """The stretch between the marks nearest before and after a claim."""
    first = low
    for mark in marks.finditer(text, low, claim.start):
        first = mark.end()
    after = marks.search(text, claim.end, high)
    return first, (after.start() if after else high)


_AHEAD = re.compile(
    r"\b(?:(?:plan|aim|intention|ambition|objective|hope) (?:is|was)|aim(?:s|ing)? (?:to|for)|intend\w*"
    r"|(?<!as )(?<!than )(?<!as was )(?<!as had been )expect\w*|forecast\w*|(?<!as )predict(?!ab)\w*|model(?:s"
    r"|l?ed|l?ing)?|(?<!as )anticipat\w*|project(?:ed|ion|ions|ing)"
    r"|hop(?:e|es|ed|ing)|need(?:s|ed)?|returns? to|fear(?:s|ed|ing)?|worst[ -]case"
    r"|likely|would|could(?! not (?:quite )?(?:match|equal|keep))"
    r"|may (?:be|have|see|reach|well|rise|fall|still|not|yet|even)|might|should(?! be (?:noted|borne|stressed"
    r"|remembered|said|recorded|added|emphasised|pointed|recognised))"
    r"|straight-line|on course|heading for|set to|next (?:year|quarter|month)|if)\b"
)
_PLANNED = re.compile(
    r"\b(?:target\w*|stretch|ceiling|goal|threshold|trajectory|lpsa|psa|laa|allowance|afford|tolerance"
    r"|milestone|baseline|required|limit of|quota|cap of|promise[ds]?)\b"
)
_WIDER = re.compile(
    r"\b(?:nationally|regionally|county-?wide|force-?wide|london-?wide|the capital(?! [a-z])|"
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
    rf"\d|\b{MONTH}"
    r"|\b(?:years?|quarters?|months?|weeks?|time|period|last|previous|prior|before"
    r"|average|mean|peers?|group)\b"
)


_SIDE_AFTER = re.compile(
    r"^\s*(?:too many|too few|to spare|shy|clear|short of|below|above|under|over(?! in\b)|ahead of"
    r"|behind|adrift|inside|outside|off|better than|worse than)\b"
)


_ORDER_SAID = re.compile(
    r"\b(?:1|1st|rank 1|first) ?(?:being|is|means?|meaning|denotes?|denoting|represents?|representing|=|:|as)"
    r" ?(?:the )?(?P<end>lowest|fewest|least|best|highest|most|worst|busiest|greatest|largest)\b"
)
_SETS = re.compile(
    r"\b(?:(?:set (?:itself|ourselves|themselves|us|out|a target|the target)|aim(?:s|ed|ing)?"
    r"|pledg\w+|promise\w*|promising"
    r"|commit(?!tee)\w+|(?:been|was|were) set|agreed|sought|asked for|calls? for|called for|required?"
    r"|requires?|requiring|demand(?:s|ed|ing))"
    r"[^\w,;]+(?:[\w-]+[^\w,;]+){0,4}"
    r"|target(?:ed|s)? (?:of|is|was|for) (?:a |an )?)$"
)


_GIVES = re.compile(
    r"\b(?:provide\w*|providing|contribut\w+|deliver\w+|yield\w+|responsible for|account\w* for|adds?|added|adding"
    r"|brought|chipped in) (?:some |about |around |just |only )?$"
)
_START = re.compile(
    r"\b(?:than|on|from|since|against|with|over)(?: at| in| where| that of)?(?: the| its| our)?"
    r" (?:start|outset|beginning|opening|first (?:year|quarter|month|figure|column|point)"
    r"|(?:we|it|they) (?:began|started))\b"
)


def from_the_start(words: Around) -> bool:
    """Whether the words compare with the first of the times that are shown: "lower than at the start"."""
    return _START.search(words.quote + words.after[:50]) is not None


_OF_THAT = re.compile(r"\bof (?:the|this|that|these)\b")


def gives(words: Around) -> bool:
    """Whether the number is a part that something gave of another: "of the reduction burglary provided 100"."""
    return _GIVES.search(words.before) is not None and _OF_THAT.search(words.sentence) is not None


def order_told(text: str, claim: Claim) -> str:
    """The end that the text near a claim says comes first: "with 1 being the lowest rate" gives the lowest."""
    found = _ORDER_SAID.search(text[max(0, claim.start - _FAR) : claim.end + _FAR].lower())
    return found["end"] if found else ""


def set_as_plan(words: Around) -> bool:
    """Whether a number is what somebody set out to reach: "set itself a 3% cut"."""
    return _SETS.search(words.before) is not None


_TO_BE = re.compile(r"\b(?:to be|must be|to have|should be|(?:was|were|is|are|had|has|have) to)\W*$")


def to_be_done(words: Around) -> bool:
    """Whether a change is one that is asked for: "was to be brought down 40%"."""
    return _TO_BE.search(words.before) is not None


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


_CHANGE_BEFORE = re.compile(
    r"\b(?:by|up|down|rise of|fall of|increase of|reduction of|decrease of|fewer|more) [\d,]+(?: [a-z]+){0,2} ?\($"
    r"|\b[\d,]+ (?:fewer|more|additional|extra)(?: [a-z]+){0,2} ?\($"
)


def change_before(words: Around) -> bool:
    """Whether the number of a change stands right before a bracket, which tells it again: "up by 107 (3.9%)"."""
    return _CHANGE_BEFORE.search(words.before) is not None


_ADDS_UP = re.compile(r"\b(?:together|combined|between them|in combination|jointly|added together|collectively)\b")


def adds_up(words: Around) -> bool:
    """Whether the sentence adds things up: "taken together, burglary and robbery fell by 34"."""
    return _ADDS_UP.search(words.sentence) is not None


_FOLLOWS = re.compile(r"^\W*(?:following|after|on top of|hard on)\b")


def follows(words: Around) -> bool:
    """Whether the clause tells what the change came after: "following a reduction of 240 the year before"."""
    return _FOLLOWS.search(words.clause) is not None


_BEFORE_THIS = re.compile(r"\b(?:previous|preceding|earlier|prior)\b")


def told_of_earlier(words: Around) -> bool:
    """Whether the clause tells what came before: "after falling by 6.3%, …"."""
    at = max(0, words.clause.find(words.quote))
    explained = words.before.rpartition(",")[2] if words.before.rstrip().endswith("(") else ""
    told = _BEFORE_THIS.search(explained)
    return told is not None or _EARLIER.search(words.clause[: at + len(words.quote)]) is not None


def averaged(words: Around) -> bool:
    """Whether the sentence speaks of so many a month, or of another average."""
    return _AVERAGED.search(words.sentence) is not None


def distance(words: Around) -> bool:
    """Whether the number is a distance from another: "34 short of the 90 allowed"."""
    return _SIDE_AFTER.search(words.after) is not None


def ahead(words: Around) -> bool:
    """Whether the clause, or what leads up to it, speaks of what may come."""
    return _AHEAD.search(words.clause) is not None or _AHEAD.search(words.before.rpartition(":")[0]) is not None


def planned(words: Around) -> bool:
    """Whether the clause speaks of a target or a baseline, and not only what goes on behind it of how it stands."""
    at = max(0, words.clause.find(words.quote)) + len(words.quote)
    return _PLANNED.search(words.clause[:at] + _AND_STANDS.split(words.clause[at:])[0]) is not None


_AND_STANDS = re.compile(
    r",? (?:and|but) (?:(?:is|was|are|were|still|now|so|well|therefore|just) ){0,3}"
    r"(?:under|below|above|over|short of|ahead of|behind|within|inside|outside|adrift of) "
)


def wider(words: Around) -> str:
    """The words for a wider or another place in the clause."""
    at = words.clause.find(words.quote)
    told = words.clause[: at + len(words.quote)] + _COMPARED.split(words.clause[at + len(words.quote) :])[0]
    found = _WIDER.search(told)
    return found[0] if found else ""


_MARK = re.compile(r"[,;:()]")


def compared_with_more(words: Around) -> bool:
    """Whether the clause goes on to say what is compared, in words that name no number and no time."""
    found = _BEGINS.search(words.after)
    told = _MARK.split(words.after[found.end() :])[0] if found else ""
    return found is not None and not _TIMES_SAID.search(told.replace("before the", ""))
