"""How a text says what time it speaks of: the phrases, and what each means."""

import re
from functools import lru_cache

from quarterday.domain.claim import When, WhenKind
from quarterday.domain.period import Kind, Period
from quarterday.domain.period_reading import readings_of

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:\.(?= ?['\d/-]))?"
)
_CENTURY = r"(?:19|20)\d\d(?!\d)"
_FINANCIAL = rf"(?:(?:fy|financial year) ?)?(?:{_CENTURY} ?[/-] ?(?:20\d\d|\d\d)(?!\d|[/-]\d)|20\d{{4}}(?!\d)|\d\d/\d\d(?![/\d]))"
_MONTH_YEAR = rf"{MONTH}(?:,? ?'\d\d\b|-\d\d(?!\d)|[, /-]{{0,2}}{_CENTURY})"
_MONTH_SHORT_YEAR = rf"{MONTH} ?(?:[0-3]\d|9\d)(?!\d|[,.%]\d| ?%| (?:fewer|more|less|offences|crimes|incidents|burglaries|thefts|reports|calls)\b)"
_ANY_YEAR = rf"(?:{_FINANCIAL}|{_CENTURY})"
_QUARTER = r"(?:q(?:uarter|tr)? ?[1-4]|quarter (?:one|two|three|four)|(?:the )?(?:first|second|third|fourth|final(?= quarter (?:of|in))) quarter)\b"
_QUARTERS = r"q[1-4] ?(?:-|to) ?q?[1-4](?!\d)"
_LENGTHS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "eighteen": 18, "twenty-four": 24,
}  # fmt: skip
_LENGTH = rf"(?:\d{{1,2}}|{'|'.join(_LENGTHS)})"
_TO = r"(?:to|ending|ended|up to|ending in|ended in|to the end of|ending at the end of|to end of|to end)"
_DAY = r"(?:(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? )?"
_BEFORE = r"(?:ago|before|earlier|previously|prior|beforehand|back(?! in\b))"
_PREVIOUS = r"(?:last|previous|prior|preceding)"
_SAME = r"(?:same|corresponding|equivalent|comparable|matching|like)"
_STRETCH = rf"(?:time|point|stage|position|period|quarter|months?|half(?:-year)?|half year|{_LENGTH}[ -]months?|{_LENGTH} quarters|quarter [1-4])"

# A phrase that states its months in full.
_STATED = "|".join((
    (
        rf"(?:the )?(?:{_LENGTH}[ -]?(?:months?|mths?|m)|(?:(?:rolling|full|calendar|financial|whole) ){{0,2}}year|quarter"
        rf"|r12m?|rolling 12) {_TO} {_DAY}(?:{_MONTH_YEAR}|{_MONTH_SHORT_YEAR})"
    ),
    rf"(?:{_MONTH_YEAR}|{_MONTH_SHORT_YEAR}|{MONTH}) ?(?:-|/|to|until|through) ?(?:{_MONTH_YEAR}|{_MONTH_SHORT_YEAR})",
    rf"{MONTH} ?(?:-|to|until|through|and|&) ?{MONTH},? {_CENTURY}",
    rf"{_QUARTERS},? (?:of )?{_FINANCIAL}|{_FINANCIAL},? {_QUARTERS}",
    rf"{_QUARTER}(?: of|,)? ?(?:the )?{_ANY_YEAR}",
    rf"{_FINANCIAL},? {_QUARTER}",
    _MONTH_YEAR,
    rf"(?:calendar year )?{_CENTURY}(?=-\d\d calendar)",
    _FINANCIAL,
    rf"(?:calendar year )?{_CENTURY}",
))  # fmt: skip

_YEAR_BEFORE = "|".join((
    rf"(?:the )?{_SAME} {_STRETCH}(?: (?:of|in|during|for))? (?:the )?(?:{_PREVIOUS}|past) (?:financial |performance |reporting |calendar |rolling )?year",
    rf"(?:the )?{_SAME} {_STRETCH},? (?:a|one|the) year {_BEFORE}",
    rf"(?:the )?{_SAME} {_STRETCH} (?:12|twelve) months {_BEFORE}",
    r"(?:this|that) (?:time|point|stage|month|quarter)(?: in time)? (?:last year|a year ago|the year before)",
    rf"(?:the )?year to date (?:figure |position |total )?(?:last|{_PREVIOUS}) year|{_PREVIOUS} year(?:'s)?(?: to date| ytd)?|{_PREVIOUS} (?:financial |performance |reporting |calendar |rolling |fiscal |survey |school |academic |council |plan |tax )year(?:'s)?",
    rf"(?:the |a |one )?(?:full |whole |financial )?year {_BEFORE}",
    rf"(?:12|twelve) months {_BEFORE}",
    r"(?:the )?(?:previous|preceding|prior) (?:rolling )?(?:(?:12|twelve)[ -]months?(?: period)?|twelve(?! [a-z]+s\b))",
    r"(?:ly|py|lytd|pytd)|(?:last|prev|previous|prior) (?:yr|ytd|fytd)",
    r"year[ -](?:on|over|to|after|by)[ -]year(?! (?:in|for) each)|y-o-y|yoy|y/y",
    r"(?:on|over) the (?:year|12 months|twelve months)(?! (?:to|ending|end|before|earlier|previous|prior|ago)\b)",
    rf"(?:the )?{_SAME} {_STRETCH}(?! as\b)",
    r"(?:the )?previous (?:period|outturn|cohort)",
    rf"(?:the )?(?:previous|preceding) {MONTH}",
    r"(?:previous|prior|last) (?:r12m?|rolling (?:12|twelve|year))",
    rf"(?:the )?(?:first|second) half of (?:last year|the {_PREVIOUS} (?:financial )?year)|(?:last|{_PREVIOUS}) year's (?:{_QUARTER}|{_SAME} {_STRETCH}|(?:first|second) half)",
    r"(?:the |its |our )?(?:comparator|comparison|comparable) (?:year|quarter|period|month|months)",
    rf"{_QUARTER} (?:of )?(?:the )?(?:last|previous|preceding|prior) (?:financial )?year",
))  # fmt: skip

_CURRENT = "|".join((
    r"at (?:the )?(?:financial )?year[ -]end(?! (?:target|ceiling|limit|position|projection|forecast|estimate|outturn|total|figure))",
    r"(?:in |over |during |for |across )?the (?:last|past|latest|current) (?:rolling )?(?:year|12[ -]months?|twelve[ -]months?)(?: period)?",
    r"(?:last|past|latest) (?:12|twelve)[ -]months?",
    r"(?:this|the|current) (?:financial |performance |reporting |calendar )?year(?: to date)?(?![ -]end\b|-on-)(?:'s)?",
    r"rolling[ -]year(?: to date)?|(?:financial )?year[ -]to[ -]date|fytd|ytd|r12m?|rolling 12(?:[ -]months?)?|rolling twelve[ -]months?",
    r"so far(?: this (?:financial |calendar )?year)?(?! (?:as|from|ahead|behind|away|above|below|short|the)\b)",
    r"(?:this|the|the current|the latest) (?:quarter|month|period)|this (?:yr|ytd|fytd)",
    r"(?:the )?final quarter(?! (?:of|in))",
    rf"the {_LENGTH} months|12[ -]month|twelve[ -]month",
    r"(?:the )?(?:year|quarter|month|12 months|twelve months) (?:just|now|recently) (?:ended|gone|finished|closed|completed)",
))  # fmt: skip

_PREVIOUS_QUARTER = (
    rf"(?:the )?(?:{_PREVIOUS}|last) (?:rolling )?quarter(?:'s)?|(?:the |a |one )?quarter {_BEFORE}|quarter[ -](?:on|by|to|after)[ -]quarter"
    r"|the last (?:report|update)|between (?:the |these )?(?:last |latest |most recent )?two quarters\b"
)
_PREVIOUS_MONTH = (
    rf"(?:the )?{_PREVIOUS} month(?:'s)?|(?:the |a |one )?month {_BEFORE}|month[ -](?:on|by|to|after)[ -]month"
)
_AGO = rf"(?:some )?{_LENGTH} (?:financial |calendar )?(?:years|quarters|months) (?:ago|before|earlier|previously|prior|beforehand)|a decade (?:ago|earlier)"
_SPAN = (
    rf"{_AGO}|(?:the |a )?(?:(?:last|past) )?decade(?! ago)|(?!three-quarters|three quarters of)(?:the |these |those )?(?:last |past |previous |preceding |latest )?{_LENGTH}[ -](?:preceding |previous |financial |rolling |calendar )?"
    r"(?:years?|quarters|months|quarterly (?:updates|reports|figures)|reporting periods)(?: period)?(?![- ]old)"
)

# The same months of a stated year.
_SAME_OF = rf"this (?:time|point|stage|quarter|month) (?:in|of) {_ANY_YEAR}|(?:the )?{_SAME} {_STRETCH},? (?:in|of|during|for) {_ANY_YEAR}|(?:its|the) {_ANY_YEAR} (?:equivalent|counterpart)"
_HALF = (
    rf"(?:(?:the )?(?:first|second) half(?: of|,)?|h[12]|half year [12]) (?:the )?(?:financial year )?{_ANY_YEAR}"
    rf"|(?:the )?(?:first|last) {_LENGTH} months (?:of|in) (?:the )?(?:financial year )?{_ANY_YEAR}"
)

# The first months of the financial year.
_PART = (
    rf"(?:the )?first {_LENGTH} months(?: of (?:the|this) (?:financial )?year)?"
    r"|(?:the )?(?:first|second) half(?: of (?:the|this) (?:financial )?year)?"
    r"|(?<!as )at (?:the )?half[- ]year(?: point| stage| mark)?"
)

# Months without their year: of the latest year that has them.
_MONTHS_OF_YEAR = rf"between {MONTH} and {MONTH}|{MONTH} ?(?:-|to|until|through) ?{MONTH}"
_LENGTH_TO_MONTH = (
    rf"(?:the )?(?:{_LENGTH}[ -]months?|(?:rolling |financial |full )?year|quarter) {_TO} (?:the end of )?{_DAY}{MONTH}"
)

# A time that counts on from one told before; see onward.py.
_UNIT = r"(?:year|quarter|month)"
ONWARD = (
    rf"(?:the )?(?:next|following|subsequent|ensuing) (?:financial |calendar )?{_UNIT}"
    rf"|(?:the )?(?:next|following|subsequent) (?:12|twelve) months"
    rf"|the (?:financial |calendar )?{_UNIT} (?:that followed|following|afterwards|after(?= it\b|[,.;:)]|$| (?:and|but|when)\b))"
    rf"|(?:a|one|1) {_UNIT} (?:later|afterwards|after that|on(?= (?:and|but|it)\b|[,.;:)]|$))|(?:12|twelve) months (?:later|afterwards|on(?= (?:and|but|it)\b|[,.;:)]|$))"
    rf"|{_LENGTH} {_UNIT}s (?:later|afterwards|on(?= (?:and|but|it)\b|[,.;:)]|$))"
)
# A time that no figures can be matched to by its words alone.
_UNPLACED = (
    rf"(?:the )?{_LENGTH} (?:years|quarters|months) before (?:that|then)\b|{ONWARD}|the year after\b(?! (?:that|the|next)\b)|"
    r"(?:the )?(?:coming|next|following) (?:financial |calendar )?(?:year|quarter|month|12 months|twelve months)"
    r"|(?:the )?(?:(?:early|mid|late)[- ])?(?:19|20)\d0'?s|the (?:nineties|noughties|eighties)"
    r"|(?:the )?(?:year|quarter|months?) ahead|pre-(?:pandemic|covid|lockdown)(?: (?:levels?|baseline|position|figures?))?|before (?:the )?(?:pandemic|covid|lockdowns?)"
)

WHEN = (
    rf"(?P<unplaced>{_UNPLACED})|(?P<same_of>{_SAME_OF})|(?P<half>{_HALF})|(?P<before_last>(?:the )?year before last)|(?P<year_before>{_YEAR_BEFORE})|(?P<previous_quarter>{_PREVIOUS_QUARTER})|(?P<previous_month>{_PREVIOUS_MONTH})"
    rf"|(?P<stated>{_STATED})|(?P<length_to>{_LENGTH_TO_MONTH})|(?P<months_of_year>{_MONTHS_OF_YEAR})"
    rf"|(?P<part>{_PART})|(?P<current>{_CURRENT})|(?P<quarter>{_QUARTER})|(?P<span>{_SPAN})"
)
_WHEN = re.compile(WHEN)
_MONTH = re.compile(MONTH)
_STARTS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KINDS = {
    "year_before": WhenKind.YEAR_BEFORE,
    "previous_quarter": WhenKind.PREVIOUS_QUARTER,
    "previous_month": WhenKind.PREVIOUS_MONTH,
    "current": WhenKind.CURRENT,
}
_QUARTER_NUMBERS = {"1": 1, "2": 2, "3": 3, "4": 4, "one": 1, "two": 2, "three": 3, "four": 4, "first": 1,
                    "second": 2, "third": 3, "fourth": 4, "final": 4}  # fmt: skip
MOST_PHRASES_KEPT = 4096


def month_of(word: str) -> int:
    """The number of the month that a word names, from 1."""
    return _STARTS.index(word[:3]) + 1


def is_ago(when: When) -> bool:
    """Whether a span is a point in time, as "two years ago" is."""
    return when.kind is WhenKind.SPAN and when.words.endswith(
        ("before last", "ago", "before", "earlier", "previously", "prior", "beforehand", "back")
    )


@lru_cache(MOST_PHRASES_KEPT)
def read_when(words: str) -> When | None:
    """What the phrase means; ``None`` where it only looks like a time. ``words`` are in lower case."""
    found = _WHEN.fullmatch(words)
    if found is None or found.lastgroup is None:
        return None
    if found.lastgroup == "unplaced":
        return When(WhenKind.STATED, words=words)
    if found.lastgroup == "stated":
        return _stated(words)
    if found.lastgroup in {"months_of_year", "length_to"}:
        return _months(words)
    if found.lastgroup == "same_of":
        year = re.search(_ANY_YEAR, words)
        read = _stated(year[0]) if year else None
        return (
            When(WhenKind.SAME_MONTHS_OF, periods=read.periods, months=_months_said(words), words=words)
            if read
            else None
        )
    if found.lastgroup == "half":
        return _half(words)
    if found.lastgroup == "part":
        return _part(words)
    if found.lastgroup == "quarter":
        return _quarter(words)
    if found.lastgroup == "before_last":
        return When(WhenKind.SPAN, months=24, words=words)
    if found.lastgroup == "span":
        if "decade" in words:
            return When(WhenKind.SPAN, months=120, words=words)
        unit = 12 if "year" in words else 3 if "quarter" in words or "period" in words else 1
        return When(WhenKind.SPAN, months=unit * length_of(words), words=words)
    kind = _KINDS[found.lastgroup]
    return When(kind, months=_months_said(words), words=words)


def _months_said(words: str) -> int:
    """The length that a phrase names: nothing, a month, a quarter or a year."""
    if "month" in words and ("12" in words or "twelve" in words):
        return 12
    if found := re.search(rf"({_LENGTH})[ -]months?", words):
        return length_of(found[1])
    if "quarter" in words or re.match(r"q[1-4]\b", words):
        return 3
    if found := re.search(rf"\b({_LENGTH})[ -]months?", words):
        return length_of(found[1])
    if re.search(rf"\b{_SAME} month\b", words):
        return 1
    if words.endswith(" month") or _MONTH.search(words):
        return 1
    if "rolling" in words or "r12" in words:
        return 12
    return -1 if "to date" in words or "ytd" in words or "so far" in words else 0


def length_of(words: str) -> int:
    """The number that a length of time is told by; one where there is none."""
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?|\d+", words):
        if word.isdigit():
            return int(word)
        if (plain := word.removesuffix("-month").removesuffix("-year")) in _LENGTHS:
            return _LENGTHS[plain]
    return 1


def _quarters(words: str) -> When | None:
    """So many quarters of a stated financial year: "Q1 to Q3 2018/19"."""
    first, last = (int(number) for number in re.findall(r"(?<![\d/])[1-4](?!\d)", re.sub(_FINANCIAL, "", words))[:2])
    year = re.search(_FINANCIAL, words)
    read = _stated(year[0]) if year and first <= last else None
    if read is None:
        return None
    periods = tuple(Period(period.first + 3 * (first - 1), 3 * (last - first + 1)) for period in read.periods)
    return When(WhenKind.STATED, periods=periods, words=words)


def _stated(words: str) -> When | None:
    if re.search(_QUARTERS, words):
        return _quarters(words)
    plain = words.replace("final quarter", "fourth quarter").removeprefix("the ")
    plain = re.sub(r"\b(?:full|whole|financial|calendar) (?=year (?:to|end))", "", plain).replace(" end of ", " ")
    plain = re.sub(r"(ending|ended) in", r"\1", plain).replace("to end ", "to ")
    readings = readings_of(plain) or readings_of(re.sub(r"(?<=[a-z]) ?(?=\d\d$)", " '", plain))
    # A financial year goes before the month that its six digits may also be.
    years = tuple(period for period in readings if period.kind is Kind.FINANCIAL_YEAR)
    return When(WhenKind.STATED, periods=years or readings, words=words) if readings else None


def _half(words: str) -> When | None:
    year = re.search(rf"{_ANY_YEAR}$", words)
    read = _stated(year[0]) if year else None
    if read is None:
        return None
    if "months" in words:
        last, months = "last" in words, length_of(words.partition(" months")[0])
        periods = tuple(Period(year.last + 1 - months if last else year.first, months) for year in read.periods)
        return When(WhenKind.STATED, periods=periods, words=words)
    number = 1 if "second" in words or re.search(r"h2|year 2", words) else 0
    return When(WhenKind.STATED, periods=tuple(period.each(6)[number] for period in read.periods), words=words)


def _months(words: str) -> When:
    named = [month_of(name) for name in _MONTH.findall(words)]
    last = named[-1]
    length = (last - named[0]) % 12 + 1
    if len(named) == 1:
        length = 3 if words.replace("the ", "").startswith("quarter") else 12 if "year " in words else length_of(words)
    return When(WhenKind.MONTH_OF_YEAR, first=(last - length) % 12 + 1, last=last, months=length, words=words)


def _part(words: str) -> When:
    """So many months from April, or the half of the year from October."""
    length = 6 if "half" in words else length_of(words.replace("first ", ""))
    first = 10 if "second" in words else 4
    return When(WhenKind.MONTH_OF_YEAR, first=first, last=(first + length - 2) % 12 + 1, months=length, words=words)


def _quarter(words: str) -> When:
    number = next(number for word, number in _QUARTER_NUMBERS.items() if re.search(rf"(?:\b|q){word}\b", words))
    last = (number * 3 + 2) % 12 + 1
    return When(WhenKind.MONTH_OF_YEAR, first=(last - 3) % 12 + 1, last=last, months=3, words=words)


def one_month(word: str) -> When:
    """The month named without its year."""
    number = month_of(word)
    return When(WhenKind.MONTH_OF_YEAR, first=number, last=number, months=1, words=word)


def periods_of(when: When, *, now: Period) -> tuple[Period, ...]:
    """The periods that ``when`` may mean beside a comparison of ``now``, likeliest first.

    A month without its year is the latest that has not ended after ``now``.
    """
    match when.kind:
        case WhenKind.STATED:
            return when.periods
        case WhenKind.MONTH_OF_YEAR:
            return (Period.ending(Period(now.last - (now.last - (when.last - 1)) % 12, 1), when.months),)
        case WhenKind.SAME_MONTHS_OF:
            return tuple(_same_months(now, year) for year in when.periods)
        case WhenKind.YEAR_BEFORE:
            return (now.shift(-12),)
        case WhenKind.PREVIOUS_QUARTER:
            return (now.shift(-3),)
        case WhenKind.PREVIOUS_MONTH:
            return (now.shift(-1),)
        case WhenKind.SPAN:
            return (now.shift(-when.months),)
        case WhenKind.CURRENT:
            return (now,)


def _same_months(now: Period, year: Period) -> Period:
    """The months of ``now``, so many years before that they end in ``year``."""
    return now.shift(-12 * max(1, -((year.last - now.last) // 12)) if now.last > year.last else 0)
