"""From a text to its sentences of tokens, each with the letter of the code that the rules are written in.

One pass over the text; no part of a pattern can match the same characters in more than a few ways, so the time is in
proportion to the length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.phrases import PHRASES
from quarterday.commentary.unlisted import unlisted_place
from quarterday.commentary.when import MONTH, WHEN, one_month, read_when
from quarterday.domain.claim import Amount, Loose, Unit, Way

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER_WORDS = {word: number for number, word in enumerate(_ONES, start=1)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
_FRACTION_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "eighth": 8, "tenth": 10, "tenths": 10, "seventh": 7, "ninth": 9,
}  # fmt: skip
_LOOSE = {
    Loose.OVER: ("passed", "passing", "past", "beyond", "more than", "over", "upwards of", "upward of", "in excess of", "just over", "well over", "slightly over",
                 "a little over", "slightly more than", "a little more than", "just above", "just more than", "a fraction over", "fractionally over", "marginally over",
                 "a little above", "slightly above", "a shade above", "exceeding", "north of", "some way over", "a shade over", "a touch over"),
    Loose.NEARLY: ("nearly", "almost", "just under", "close to", "approaching", "not quite", "virtually", "just short of",
                   "slightly under", "a little under", "slightly less than", "just below", "getting on for", "just shy of", "shy of", "a shade under", "a touch under", "a whisker under", "just less than", "a fraction under", "fractionally under", "marginally under",
                   "a little below", "slightly below", "a shade below", "a touch below", "a little short of", "nigh on"),
    Loose.UNDER: ("less than", "fewer than", "under", "below"),
    Loose.ABOUT: ("near to", "near", "about", "around", "some", "roughly", "approximately", "approx.", "approx", "circa", "c.", "~", "in the region of", "somewhere around",
                  "of the order of", "in the order of", "broadly", "around about", "an estimated"),
    Loose.AT_LEAST: ("at least", "no fewer than", "no less than", "not less than"),
    Loose.AT_MOST: ("at most", "no more than", "up to", "a maximum of"),
}  # fmt: skip
_LOOSE_BY_WORDS = {words: loose for loose, group in _LOOSE.items() for words in group}
_LOOSE_PATTERN = "|".join(re.escape(words) for words in sorted(_LOOSE_BY_WORDS, key=len, reverse=True))
# "The past ten days" are a length of time, and no number above ten.
_LOOSE_PATTERN = _LOOSE_PATTERN.replace("past", r"past(?! [a-z\d]{1,9} (?:weeks|days|hours|minutes|nights)\b)")

_WORD_NUMBER = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[:9])}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))})"
    r"(?: hundred(?: and (?:\w+(?:-\w+)?))?| thousand| dozen| and a (?:half|third"
    r"|quarter)(?= times))?\b|an?(?=(?: single| full| whole)? (?:percentage )?points?(?: (?:of"
    r"|from|behind|ahead|above|below|short|lower|higher|up|down|better|worse|more|less|off|adrift"
    r"|clear)|$))|(?<![a-z] )a single\b|(?<=by )a single\b|(?<=up )a single\b"
    r"|(?<=down )a single\b|(?:zero|nil)\b(?!-| (?:net |overall )?(?:change|movement|variation))"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_FRACTION = (
    r"(?:(?:an?|one) (?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)|half"
    r"|(?:two|three|four|seven|nine)[ -](?:thirds|fifths|tenths|eighths)|three-quarters"
    r"|three quarters(?= of|$)|(?:(?<=almost )|(?<=nearly )|(?<=than )|(?<=by )"
    r"|(?<=reduction of )|(?<=fall of ))three quarters"
    r"|one (?:offence|crime|incident|burglary|theft|robbery|assault|fire|call|victim|case"
    r"|report) in (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty)(?! (?:years?|months?|weeks?|days?|quarters?|districts?|areas?|wards?)\b)"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|\d) (?:in|out of) (?:every )?(?:two|three"
    r"|four|five|six(?:teen)?|seven(?:teen)?|eight(?:een)?|nine(?:teen)?|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|\d{1,2})"
    r"(?! (?:peers|boroughs|areas|districts)))(?![\w-]|,\d)"
    r"(?! (?:consecutive|successive|straight|year|month|quarter|annual|quarterly|monthly)\b(?![ -](?:on|of last)\b))"
)
_SUFFIX = (
    r"(?P<points> ?(?:percentage|%|per ?cent|pct)[ -]?points?\b| ?-?ppts?\b| ?pp\b| ?p\.p\."
    r"|[ -]points?\b(?! (?:to|towards)\b(?! \d))|%[ -]?pts?\b)"
    r"|(?P<per_cent> ?%| ?per[ -]?cent(?:age)?\b| ?pct\b| ?pc\b)"
    r"|(?P<times>[ -]?fold\b| times\b(?! (?:a|per|each|every) (?:day|week|month)\b))"
    r"|(?P<place>(?:st|nd|rd|th)\b| (?:st|nd|rd|th)\b)"
    r"|(?P<many> ?(?:k|thousand)\b| ?(?:m|million)\b)"
)
_QUANTITY = (
    r"(?!one of (?:about |just |some |over |nearly |almost )?\d)(?:(?:only|just(?! (?:under|over|above|below|short|shy|more|less)\b)|another|a total of"
    rf"|exactly|a further|a net) )?(?:(?P<loose>(?:{_LOOSE_PATTERN})(?= )|c\.(?=\d)|~(?=\d)) ?(?!(?:two|three|four|five|six"
    rf"|ten|\d{{1,2}})[ -](?:years?|(?<!(?:st|ly|an) three )quarters"
    rf"|months)\b)(?!20\d{{4}}(?!\d))(?!(?:19|20)\d\d(?! ?[a-z]*(?:offences|crimes|incidents"
    r"|reports|calls|cases|victims)|[,.]?\d|%)))?"
    rf"(?:(?P<fraction>{_FRACTION})|(?P<sign>(?<![\w)])[+-](?=\d)|minus (?=\d)|(?:(?<=[:;,(-] )"
    rf"|(?<=[(:])|^)plus (?=\d)|(?<=[a-z] )plus (?=[\d,]+%?(?:[;.)]|,(?!\d)|$)))?(?P<digits>{_DIGITS})"
    rf"|(?P<word_number>{_WORD_NUMBER}))(?:{_SUFFIX})?"
)
_MONEY = r"-?[£$€] ?\d[\d,.]{0,20}(?: ?(?:k|m|bn|million|billion|thousand)\b)?|\d[\d,.]{0,20} ?(?:pounds|pence)\b"
_LABELS = (
    "section|sections|sec|s|ss|item|items|ni|mopac|room|rooms|ref|reference|ext|extension|no|nos|junction|class|classes|"
    "groups?(?= \\d+-)|tier|ward|wards|phase|stage|page|pages|pp|table|tables|figure|fig|figs|appendix|annex|paragraph|para|paras|"
    "chapter|pc|ps|sgt|dc|unit|band|schedule|part|article|clause|form|letter|operation|op|plan|priority|objective|measure|indicator|"
    "minute|minutes|recommendation|action|version|act|bpm|area|beat|sector|zone|agenda item|aged|age|ages|tel|telephone|"
    "street|slide|day|week|cohort|code|grade|category|route|bus|platform|gate|floor|block|flats?|mile post|quoting|crime number|incident number|plot|car|lot|question|covid|option|channel|query"
)
_MONTH_DAY = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:(?: ?(?:-|to|and|&) ?)\d{{1,2}}(?:st|nd|rd"
    rf"|th)?)? (?:of )?{MONTH}(?:,? (?:19|20)\d\d)?"
)
_NOTHING = "|".join((
    (
        r"\d{1,2}[:.]\d\d ?(?:am|pm|hrs?|hours)\b|\d{1,2}:\d\d|\d{1,2} ?(?:am|pm|noon|midnight)\b"
        r"|24/7|24-hour\b|24 hours?\b"
    ),
    r"(?:19|20)\d\d (?:acts?|code|strategy|regulations|bill|guidance|agreement|white paper|census|olympics|election)\b",
    (
        r"0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}|(?:101|111|999)\b(?= (?:call|number|line|abandon|service"
        r"|non-emergency|contact|system|demand|performance|answer|wait|and))|(?<=on )101\b"
        r"|(?<=call )(?:101|111|999)\b|(?<=calls to )(?:101|111|999)\b|(?:101|111) and 999\b"
        r"|(?<=and )999\b"
    ),
    _MONTH_DAY,
    rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)(?:,? (?:19|20)\d\d)?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d+/(?:\d{{3,}})",
    (
        r"(?:on|by) the \d{1,2}(?:st|nd|rd|th)(?: and \d{1,2}(?:st|nd|rd|th))?(?! (?:of|place|out"
        r"|highest|lowest|best|worst))"
    ),
    (
        rf"(?:{_LABELS})\.? ?(?:no\.? ?|number )?[a-z]?\d+[a-z]?(?:[./-]\d+)*(?:(?: and |, | to "
        r"|-)\d+)*(?![a-z]|[\d%,.]\d|[.,]?\d| ?%| ?per ?cent)"
    ),
    r"(?!q[1-4]\b|h[12]\b|r12|fy\d|qtr|of\d)[a-z]{1,4}\d+\w*|[a-z]+-\d+\b",
    (
        r"\d{1,3}(?:-\d{1,3})? (?:[a-z]+ ){0,2}(?:street|road(?! (?:[a-z]+ )?(?:traffic|safety"
        r"|deaths?|casualt|fatal|collision|accident|user|injur))|lane|avenue|high road|high street"
        r"|square|crescent|terrace|drive|close(?= |[.,]))\b"
    ),
    (
        r"(?:under|over)-\d+s?|\d+-year-olds?|\d+(?:-| to )\d+ ?(?:-| )year(?:-| )olds?"
        r"|\d+ years? old|(?:under|over) (?:16|18|21|25|65)s?\b(?! \w+ (?:fewer|more))"
    ),
    r"one (?:another|such|or two)\b|no one\b|at one\b|day one|stage one|one-off|one-stop|another one|each one",
    (
        r"(?:over|in|within|for|of|after) (?:the )?\d+ (?:days|weeks|hours|minutes|miles|officers"
        r"|posts|instalments|partners)\b"
    ),
    (
        r"\d+ (?:days|weeks|hours|minutes|miles|metres|instalments|officers|posts|pcsos|partners"
        r"|(?<!of \d\d )(?<!of \d )wards|(?<!of \d\d )(?<!of \d )(?<!the \d )(?<!the \d\d )members"
        r"|staff|attendees|volunteers|cohorts|sessions|meetings|cameras)\b(?! (?:fewer|more|higher"
        r"|lower))"
    ),
    r"(?:and|or) half\b(?= (?:an|the) )",
    r"years \d{1,2} (?:and|to|&) \d{1,2}\b|\d{1,2}(?:-| to )\d{1,2}(?: age| year|-year|s\b)",
    (
        r"(?:(?:up to|a further|another|a total of|at least|more than|over|about|around|some|nearly"
        r"|almost|only|just) )?(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
        r"|thirteen|fourteen|fifteen|sixteen|twenty|thirty) (?:more |other |further |local |partner "
        r"|primary |secondary |new )?(?:schools|agencies|organisations|volunteers|hours|minutes|miles"
        r"|metres|attendees|workshops|bids|grants|pcsos|councillors|businesses (?:signed|joined|took)"
        r"|wards taking)\b(?! (?:fewer|more|higher|lower))"
    ),
    (
        r"(?:with |where )?(?:rank |place |position )?(?:1|one)(?:st)? ?(?:=|is|being|means|meaning"
        r"|denotes|denoting|represents|indicates) (?:the )?(?:lowest|highest|best|worst|most|least"
        r"|fewest|top|bottom)(?: rates?| numbers?| performing)?(?! (?:month|quarter|year|since|for))\b"
    ),
    r"(?:x|\u00d7|\*|multiplied by) ?\d{1,3}(?: ?(?:/|\u00f7|divided by) ?\d{1,3}|(?= ?[,;)=]))",
    r"(?:x|\u00d7|\*|multiplied by) ?\d{1,3}(?: ?(?:/|\u00f7|divided by) ?\d{1,3}|(?= ?[,;)=]))",
    r"(?:\+ ?/ ?-|\u00b1|plus or minus) ?\d[\d,.]*(?: ?%| per cent)?",
))  # fmt: skip
_PER_HEAD = (
    r"(?:(?:per|(?:for|in|to) (?:every|each)|each|a) |/ ?)(?P<base>1,?000|thousand|100,?000|hundred thousand"
    r"|10,?000|head|capita|million)"
    r"(?:(?: of)?(?: the)? (?:resident |head of )?(?:population|people|residents|inhabitants|pop\b"
    r"|persons|households|head|heads))?"
)
_PER_TIME = (
    r"(?:(?:per|each|every|a(?! quarter)|an|in an? (?:typical|average|normal|usual)) (?:calendar )?(?P<time>month|mth|week|wk|day|quarter|qtr"
    r"|year)(?![ -](?:ago|before|earlier|back|on year|later|previously|end|to (?:date|end|the|\d|jan"
    r"|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|long|high|low))\b)|(?P<adverb>monthly|mthly|weekly|wkly"
    r"|daily|p/m|pcm|p/w)\b"
)
_PHRASES = "|".join(f"(?P<{letter}_>{'|'.join(forms)})" for letter, forms in PHRASES)
_TOKEN = (
    rf"(?P<nothing>(?<![\w.'])(?:{_NOTHING}))|(?P<money>{_MONEY})|(?<![a-z0-9'])(?:{WHEN})(?![a-z0-9])"
    rf"|(?<![a-z0-9])(?P<per_head>{_PER_HEAD})\b|(?<![a-z0-9])(?P<per_time>{_PER_TIME})"
    rf"|(?:(?<![a-z0-9.])|(?<=\dof))(?P<quantity>{_QUANTITY})|(?<![a-z0-9])(?:{_PHRASES})\b"
    r"|(?P<drop>(?:msg|msf|iquanta)(?= ?:| (?:table|chart|graph|data|figures|comparisons?|report"
    r"|page|site|website|bulletin)\b(?! (?:is|are|was|were) (?:up|down)))"
    r"|only (?=(?:very )?(?:slight|marginal|modest|fractional|small|a little|gradual|slow)\w*)"
    r"|(?<=since )at least (?=(?:19|20)\d\d)|as well(?! as)\b|too(?= ?(?:[.,;:)]|$))|(?:(?<=%)|(?<=% )|(?<=cent ))of (?:itself\b|(?:its"
    r"|their) (?:own )?value\b)|(?<=[a-z] )as a whole\b|, (?:too|however|meanwhile|though"
    r"|by contrast|in contrast|likewise|moreover|again|therefore|then|in turn|of course|indeed"
    r"|in fact|to date|overall)(?=,)|more or less\b|up and down\b|indeed\b|in fact\b|(?:joint"
    r"|equal)[- ](?=[a-z0-9-]*(?:est|st|nd|rd|th|most|first|second|third)\b)|or (?:fewer|less"
    r"|lower|below|under|better)\b(?! than))|(?P<word>[a-z]+(?:['-][a-z]+)*)|(?P<mark>[^\sa-z0-9]"
    r"|[\n\r])|(?P<rest>\w+)"
)
_TOKENS = re.compile(_TOKEN)
_WHEN_GROUPS = frozenset(
    (
        "unplaced",
        "before_last",
        "year_before",
        "previous_quarter",
        "previous_month",
        "stated",
        "length_to",
        "months_of_year",
        "current",
        "quarter",
        "span",
        "same_of",
        "half",
        "part",
    )
)
_MORE_THAN = re.compile(r"(?:more|fewer|less)(?= than\b)")
_A_QUARTER = re.compile(r"an? quarter\b(?! (?:of|lower|higher|more|fewer|less|up|down))")
_NAME_GOES_ON = re.compile(r" [A-Z][a-z]+")
_OFF = re.compile(r"off(?= (?:the|its|our|their|last|that) (?!(?:[a-z-]+ )?(?:target|ceiling|mark|pace|goal)\b))")
_UP_TO = re.compile(r"up(?= to \d)")
_PLAIN = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
    "\u2014": "-", "\u2212": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\u201c": '"', "\u201d": '"',
})  # fmt: skip
_QUANTITY_ALONE = re.compile(_QUANTITY)
_MONTH_ALONE = re.compile(MONTH)
_DAYS = {
    "month": 1,
    "monthly": 1,
    "mth": 1,
    "mthly": 1,
    "wk": -7,
    "wkly": -7,
    "quarter": 3,
    "qtr": 3,
    "year": 12,
    "week": -7,
    "weekly": -7,
    "day": -1,
    "daily": -1,
    "p/m": 1,
    "pcm": 1,
    "p/w": -7,
}
_BASES = {"thousand": 1000, "head": 1, "capita": 1, "million": 1_000_000, "hundred thousand": 100_000}
MOST_QUANTITIES_KEPT = 8192
# Nobody writes a longer sentence; what is longer is read in parts, so that the time stays in proportion to the length.
LONGEST_SENTENCE = 100


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence: their letters, places, what they mean, and the words as they were read."""

    code: str
    starts: list[int]
    ends: list[int]
    values: list[object]
    words: list[str]


def sentences_of(text: str, *, names: re.Pattern[str] | None = None) -> Iterator[Sentence]:
    """The sentences of ``text``; ``names`` finds the names of other places, which are then read as groups."""
    plain = _plain(text)
    named = {found.start(): found.end() for found in names.finditer(plain)} if names else {}
    value: object
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[object] = []
    words: list[str] = []
    at, length = 0, len(plain)
    search = _TOKENS.search
    while at < length:
        found = search(plain, at)
        if found is None:
            break
        start, end = found.span()
        group = found.lastgroup or "rest"
        moved = _moved_apart(plain, start, letters, words)
        if (
            group == "word"
            and letters
            and plain[start] in "tlfs"
            and (named_again := _THIS_OR_LAST.match(plain, start))
            and (time := _time_again(named_again[0], letters, words))
        ):
            end, letter, value = named_again.end(), "P", time
        elif moved:
            end, letter, value = moved.end(), *(_MOVED_APART.get(moved[0]) or LETTERS.get(moved[0]) or ("j", 3))
        elif group == "word" and end + 1 in named and plain[start:end] in _NEAR_BY:
            letter, value = " ", None  # "neighbouring Sutton"
        elif (
            group == "word"
            and letters
            and text[start].isupper()
            and (end_of_name := unlisted_place(text, plain, start, "".join(letters[-2:])))
        ):
            end, letter, value = end_of_name, "G", plain[start:end_of_name]
        elif named and start in named and group in {"word", "nothing"}:
            end = named[start]
            letter, value = "G", plain[start:end]
        else:
            letter, value, end = _classed(group, found, plain, text, end)
        at = end
        if letter == "." or len(letters) >= LONGEST_SENTENCE:
            if letters:
                yield Sentence("".join(letters), starts, ends, values, words)
                letters, starts, ends, values, words = [], [], [], [], []
            if letter == ".":
                continue
        if letter == " ":
            continue
        letters.append(letter)
        starts.append(start)
        ends.append(end)
        values.append(value)
        words.append(plain[start:end].strip())
    if letters:
        yield Sentence("".join(letters), starts, ends, values, words)


def _moved_apart(plain: str, start: int, letters: list[str], words: list[str]) -> re.Match[str] | None:
    """A word that goes with what is before it, and makes no number loose: "seven more than 2016", "back up to 39"."""
    if not letters:
        return None
    last = letters[-1]
    if last in "n%pf" or (last == "N" and len(letters) > 1 and letters[-2] in "n%p"):
        if off := _OFF.match(plain, start):
            return off
        return _MORE_THAN.match(plain, start) or (_A_QUARTER.match(plain, start) if last in "nN" else None)
    return _UP_TO.match(plain, start) if words[-1] in _MOVED_WORDS else None


_NEAR_BY = frozenset(("neighbouring", "nearby", "adjacent", "adjoining", "bordering"))
_THIS_OR_LAST = re.compile(r"(?:this|last|first|second|third|fourth)(?= ?[.,;:)/]|$)")
_QUARTER_SAID = re.compile(r"\bquarter\b|\bq[1-4]\b")
_LAST = {"year": "last year", "quarter": "last quarter", "month": "last month"}


def _time_again(word: str, letters: list[str], words: list[str]) -> object:
    """The time that a lone word names beside another: "3.3k this year, 2.9k last", "the final quarter than the third"."""
    if word not in {"this", "last"}:
        behind = letters[-1] in "hoaFit" or (letters[-1] == "A" and "between" in words)
        told = behind and any(
            letter == "P" and _QUARTER_SAID.search(other) for letter, other in zip(letters, words, strict=True)
        )
        return read_when(f"the {word} quarter") if told else None
    if letters[-1] not in "n%NA":
        return None
    at = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] == "P"), -1)
    unit = words[at].split(" ")[-1] if at >= 0 else ""
    other = words[at].startswith(("this", "the current")) if word == "last" else words[at].startswith("last")
    if unit not in _LAST or not other:
        return None
    return read_when(_LAST[unit] if word == "last" else f"this {unit}")


_MOVED_APART = {"off": ("D", Way.DOWN)}
_MOVED_WORDS = frozenset((
    "back", "went", "gone", "going", "goes", "go", "moved", "came", "crept", "shot", "climbed", "is", "was", "are",
    "were", "now", "again", "pushed", "jumped", "right", "and", "volumes", "numbers", "total",
))  # fmt: skip


def _plain(text: str) -> str:
    """The text in lower case with one kind of dash and quotation mark, character for character as long."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lowered.translate(_PLAIN)


def _classed(group: str, found: re.Match[str], plain: str, text: str, end: int) -> tuple[str, object, int]:
    """The letter and the meaning of one token, and where it ends."""
    start = found.start()
    if group == "word":
        word = plain[start:end]
        ordinal, _, rest = word.partition("-")
        if ordinal in _ORDINALS and LETTERS.get(rest, " ")[0] in "EBWR":
            return "r", Amount(_ORDINALS[ordinal], unit=Unit.PLACE), start + len(ordinal) + 1
        if word in _IN_NAMES and text[start].isupper() and _NAME_GOES_ON.match(text, end):
            return "w", None, end  # "Greater Manchester"
        return (" ", None, end) if word in _DETERMINERS else (*_word(word, text[start]), end)
    if group == "drop":
        return " ", None, end
    if group == "mark":
        if plain[start] in _ARROWS:
            letter = _ARROWS[plain[start]]
            return letter, _PHRASE_WAYS[letter], end
        if plain[start] in "\n\r":
            return ("." if _ends_line(text, start) else " "), None, end
        if plain[start] == "\u2192" or plain.startswith("->", start):
            return "t", None, end + (plain[start] == "-")  # "61 -> 48"
        if plain[start] == "\u2192" or plain.startswith("->", start):
            return "t", None, end + (plain[start] == "-")  # "61 -> 48"
        return _mark(plain, start), None, end
    if group in _WHEN_GROUPS:
        return _time(plain[start:end], plain, start, end)
    if group == "quantity" or group in {
        "points",
        "per_cent",
        "times",
        "place",
        "many",
        "digits",
        "word_number",
        "fraction",
    }:
        words = plain[start:end]
        if words.isalpha() and text[start].isupper() and _NAME_GOES_ON.match(text, end):
            return "w", None, end  # "Three Rivers"
        if words == "one" and not plain[end : end + 2].strip(" .,;:)\n").strip():
            return "w", None, end  # "an improving one."
        letter, value = quantity(words)
        return letter, value, end
    if group == "nothing":
        return "X", None, end
    if group == "money":
        return "$", None, end
    if group in {"per_head", "base"}:
        base = found["base"].replace(",", "")
        return "C", _BASES.get(base) or int(base), end
    if group in {"per_time", "time", "adverb"}:
        return "j", _DAYS[found["time"] or found["adverb"]], end
    if group.endswith("_"):
        letter = group[0]
        return letter, LETTERS.get(found[0], (letter, _PHRASE_WAYS.get(letter)))[1] or _PHRASE_WAYS.get(letter), end
    return "w", None, end


_ARROWS = {
    "\u2191": "U", "\u25b2": "U", "\u2197": "U", "\u2b06": "U", "\u2193": "D", "\u25bc": "D", "\u2198": "D", "\u2b07": "D",
}  # fmt: skip
_NEW_LINE = re.compile(
    r"[\r\n][ \t]{0,8}[\r\n]{1,2}|\s{1,8}(?:[-*\u2022\u25cf\u25aa\u2013]|\d{1,3}[.)])\s|\s{1,8}[A-Z][^\n.:]{0,60}:\s"
)


def _ends_line(text: str, at: int) -> bool:
    """Whether a line ends its sentence: before an empty line, a bullet or a heading, or behind a bracket or a figure."""
    behind = text[max(0, at - 1) : at]
    return _NEW_LINE.match(text, at) is not None or (behind in {")", "%", ":", ";"} and text[at + 1 : at + 2].isupper())


_IN_NAMES = frozenset(("greater", "high", "lower", "peak", "great", "little", "much", "low", "upper", "best"))
_DETERMINERS = frozenset(("the", "a", "an", "its", "their", "our", "it's"))
_PHRASE_WAYS = {"U": Way.UP, "D": Way.DOWN, "S": Way.SAME, "B": Way.BETTER, "W": Way.WORSE}


def _word(word: str, first: str) -> tuple[str, object]:
    if first.isupper() and _MONTH_ALONE.fullmatch(word.removesuffix("'s")):
        return "M", one_month(word.removesuffix("'s"))
    if word in _ORDINALS:
        return "r", Amount(_ORDINALS[word], unit=Unit.PLACE)
    known = LETTERS.get(word)
    if known is not None:
        return known
    plain = word.removesuffix("'s").removesuffix("'")
    if plain != word and (known := LETTERS.get(plain)) is not None:
        return known
    if "-" in word:
        return next(
            (
                LETTERS[part]
                for part in word.split("-")[::-1]
                if part in LETTERS and LETTERS[part][0] in "UDBWudNGE" and part not in _HALVES_OF_WORDS
            ),
            ("w", None),
        )
    return "w", None


# In "let-up", "low-level" and "high-risk" no more than in their like is anything said to be up, low or high.
_HALVES_OF_WORDS = frozenset(
    ("up", "down", "low", "high", "most", "cut", "drop", "record", "more", "gain", "well", "peak")
)


def _mark(plain: str, at: int) -> str:
    mark = plain[at]
    if mark in ".!?":
        after = plain[at + 1 : at + 2]
        before = plain[max(0, at - 3) : at]
        if before.endswith("i.e"):
            return " "
        return "'" if after.isalnum() or before.endswith("e.g") else "."
    if mark == "-" and plain[at - 1 : at] == " " == plain[at + 1 : at + 2]:
        return ","
    return {"[": "(", "]": ")", "-": "-", "&": "A", "=": "=", "\u2022": ";"}.get(
        mark, mark if mark in ",;:()/+" else "'"
    )


def _time(words: str, plain: str, start: int, end: int) -> tuple[str, object, int]:
    when = read_when(words)
    if when is None:
        return "w", None, end
    if words[0].isdigit() and len(words) == len("2012") and _counts_something(plain, start, end):
        return (*quantity(words), end)
    return "P", when, end


_COUNTED_AFTER = re.compile(
    r" (?:offences|crimes|incidents|reports|victims|cases|thefts|burglaries|calls|fewer|more|recorded|per\b)"
)


def _counts_something(plain: str, _start: int, end: int) -> bool:
    """Whether four digits that look like a year count something."""
    return _COUNTED_AFTER.match(plain, end) is not None


@lru_cache(MOST_QUANTITIES_KEPT)
def quantity(words: str) -> tuple[str, object]:
    """The letter of a written number, and the amount that it states."""
    found = _QUANTITY_ALONE.fullmatch(words)
    if found is None:
        return "w", None
    loose = _LOOSE_BY_WORDS.get(found["loose"] or "", Loose.EXACT)
    if found["fraction"]:
        value = _fraction(found["fraction"])
        return "f", Amount(value, unit=Unit.PER_CENT, loose=loose, fraction=True)
    if found["digits"]:
        value, step = _digits(found["digits"])
    else:
        value, step = _number_in_words(found["word_number"]), 1.0
    sign = (found["sign"] or "").strip()
    value = -value if sign in {"-", "minus"} else value
    signed = bool(sign)
    if found["many"]:
        times = 1000.0 if found["many"].strip() in {"k", "thousand"} else 1_000_000.0
        return "n", Amount(value * times, step * times, loose=loose, signed=signed)
    if found["points"]:
        return "p", Amount(value, step, Unit.POINTS, loose, signed)
    if found["per_cent"]:
        return "%", Amount(value, step, Unit.PER_CENT, loose, signed)
    if found["times"]:
        return "k", Amount(value, step, Unit.TIMES, loose)
    if found["place"]:
        return "r", Amount(value, unit=Unit.PLACE)
    return "n", Amount(value, step, loose=loose, signed=signed)


def _digits(digits: str) -> tuple[float, float]:
    plain = digits.replace(",", "")
    places = len(plain.partition(".")[2])
    return float(plain), round(10.0**-places, places)


def _number_in_words(words: str) -> float:
    total = 1.0 if words in {"a", "an", "a single"} else 0.0
    for word in re.findall(r"[a-z]+", words):
        if word == "hundred":
            total *= 100
        elif word == "thousand":
            total *= 1000
        elif word == "dozen":
            total *= 12
        elif word in _FRACTION_PARTS:
            total += 1 / _FRACTION_PARTS[word]
        else:
            total += _NUMBER_WORDS.get(word, 0)
    return total


def _fraction(words: str) -> float:
    if words == "half":
        return 50.0
    if found := re.fullmatch(r"(\w+)(?: [a-z]+)? (?:in|out of) (?:every )?(\w+)", words):
        over, under = (float(_NUMBER_WORDS.get(word, 0)) or float(word) for word in found.groups())
        return 100 * over / under if under else 0.0
    first, part = re.split(r"[ -]", words)
    return 100 * _NUMBER_WORDS.get(first, 1) / _FRACTION_PARTS[part]
