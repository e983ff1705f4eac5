"""The part and the whole of a share as the words round the number tell them: "Castle ward had a third of burglary"."""

import re
from dataclasses import dataclass

from quarterday.commentary.around import Around, adds_up
from quarterday.commentary.case import YEAR, Case, Judged, Pair, contradicted, shown, supported, unknown
from quarterday.commentary.foreign import is_month
from quarterday.commentary.held import canonical, counts, is_count, is_total, stem, stems, vehicle_tags
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.commentary.judge_share import share_mistake
from quarterday.commentary.lexicon import EMPTY_WORDS, LETTERS
from quarterday.commentary.rounding import fits
from quarterday.commentary.when import MONTH
from quarterday.commentary.wording import number
from quarterday.domain.claim import Claim, ClaimKind, Unit
from quarterday.domain.period import Period

_PARTS = r"(?:half|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_AMOUNT = re.compile(
    rf"\d[\d,]*(?:\.\d+)?(?: ?%| ?per ?cent\b)|\b(?:(?:an?|{_COUNT})[ -]{_PARTS}|{_COUNT} (?:in"
    rf"|out of)(?: every)? {_COUNT}|half)\b"
)
_LOOSE = (
    r"(?:(?:only|just|now|still|some|about|around|roughly|approximately|nearly|almost|over|under|more than"
    r"|less than|fewer"
    r" than|exactly|a little|well|equivalent to|or|an?|the|at|to|up|for|as|which (?:is|was|represents)|that is"
    r"|representing"
    r"|making up|i\.e\.|=) ?)*"
)
_MAKES = (
    r"(?:ma(?:de|kes?|king) up|account(?:s|ed|ing)? for|represent(?:s|ed|ing)?|compris(?:es|ed|e|ing)"
    r"|constitut(?:es|ed|e|ing)"
    r"|form(?:s|ed|ing)?|contribut(?:es|ed|e|ing)|amount(?:s|ed)? to|equat(?:es|ed) to|equal(?:s|led)|stood at"
    r"|stands at"
    r"|t(?:ook|akes?)(?: up)?|cover(?:s|ed)|(?:was|is|were|are) responsible for|(?:was|is|were|are) behind|drove|drives"
    r"|explain(?:s|ed)?|fuel(?:s|led)|g(?:ave|ives) rise to|generates?|generated|produc(?:es|ed|e)|had|has|have|saw"
    r"|sees|was|is|were|are|provided)"
)
_WERE = (
    r"(?:(?:was|were|is|are|has been|have been|being) (?:(?:recorded|classed|classified|categorised|flagged|logged"
    r"|coded"
    r"|counted) as|(?:down|due|attributable|linked|related) to|made up of|found in|seen in|recorded in|committed in"
    r"|concentrated in|located in)|c(?:ame|omes?|oming) (?:from|under|in)|(?:took|takes?|taking) place (?:in|at|on)"
    r"|(?:occur(?:s|red)?|happen(?:s|ed)?) (?:in|at|on)|involv(?:es?|ed)|concern(?:s|ed)?|relat(?:es?|ed) to|fell under"
    r"|arose (?:in|from)|(?:was|were|is|are)(?: in| at| on)?)"
)
_CHANGE = re.compile(
    r"^(?:the |this |that |its |our )?(?:overall |total |net |whole |recorded |year-on-year )?(?:rise|increase"
    r"|growth|uplift|fall"
    r"|decrease|reduction|drop|decline|change)(?: in (?P<of>.+))?$"
)
_ENDS = re.compile(
    r"[,;:.()\[\]\u2013\u2014]| - |\b(?:and|but|while|whilst|whereas|although|though|which|that|who|compared"
    r"|against(?= (?:the (?:same|previous|year)|last|\d))|up from|down from"
    r"|after|following|because)\b"
)
_TIMES = re.compile(
    rf"\b(?:in|during|for|over|throughout) (?:the (?:year|12 months|twelve months|period)(?: to [a-z]+ \d{{4}})?"
    rf"|this (?:year|period)"
    rf"|(?:19|20)\d\d(?:[/-]\d\d)?|{MONTH}(?: \d{{4}})?)\b|\bthis year\b"
)
_THEM = frozenset(("them", "these", "those", "it", "they"))
_ALL_CRIME = re.compile(
    r"^(?:all |total |overall |the |recorded |notifiable )*(?:(?:crime|crimes)(?: overall| in total| as a whole)?"
    r"|(?<=all )offences"
    r"|(?<=all recorded )offences|(?<=total recorded )offences)$"
)
_LEFT_OUT = frozenset((
    "ward", "wards", "number", "numbers", "level", "volume", "volumes", "figure", "total", "share", "percentage",
    "proportion",
    "alone", "itself", "now", "also", "together", "still", "continues", "classed", "overall", "whole", "count", "again",
    "remains", "reported", "recorded", "logged", "committed", "classified", "occurring", "currently",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """What a phrase names: a measure, a place, both; or neither, where it names what is not given."""

    measure: str = ""
    area: str = ""
    them: bool = False

    @property
    def is_given(self) -> bool:
        return bool(self.measure or self.area or self.them)


def told_share(case: Case, claim: Claim, words: Around) -> Judged | None:
    """Judged by the part and the whole that the words name; ``None`` where their form is not known."""
    amount, scope = claim.stated.amount, claim.scope
    if amount is None or amount.unit is not Unit.PER_CENT or claim.kind not in _MAY_BE or scope.denied:
        return None
    if claim.stated.earlier is not None or scope.against is not None or not is_count(case.own) or adds_up(words):
        return None
    phrases = _phrases(words)
    if phrases is None or (claim.kind is not ClaimKind.SHARE and amount.signed):
        return None
    part_words, whole_words = (_TIMES.sub(" ", phrase).strip() for phrase in phrases)
    if any(_OTHER_PART.search(phrase) for phrase in (part_words, whole_words)):
        return unknown("no figures of the other part are given")
    change = _CHANGE.match(whole_words)
    whole = _named(case, (change["of"] or "") if change else whole_words, is_whole=True)
    part = _named(case, part_words)
    if part is None or whole is None:
        return None
    for told, said in ((part, part_words), (whole, whole_words)):
        if not told.is_given:
            return unknown(f"no figures of {said!r} are given")
    return _judged(case, claim, part, whole, is_change=change is not None)


_MAY_BE = {ClaimKind.SHARE, ClaimKind.LEVEL, ClaimKind.PERCENT_CHANGE}
_BEHIND = re.compile(rf"^ of (?P<whole>[^,;:.()]{{2,70}}?) {_WERE} (?P<part>.+)$")
_THEIRS = re.compile(rf"^ {_WERE} (?P<part>.+)$")
_OF_WHOLE = re.compile(r"^ of (?P<whole>.+)$")
_OF_BEFORE = re.compile(rf"(?:^ ?|[.;:,] |\b(?:and|but|that|while) )of (?P<whole>[^,;:.()]{{2,60}}), {_LOOSE}$")
_MADE_UP = re.compile(rf"(?P<part>[^,;:.()]+?),? (?:now |also |still |alone |again )*{_MAKES} {_LOOSE}$")
_WHICH = re.compile(rf"(?P<part>[^,;:.()]+?), (?:which|who) (?:now |also |still |alone )*{_MAKES} {_LOOSE}$")
_AS_SHARE = re.compile(
    rf"(?P<part>[^,;:.()]+?),? +as an? (?:share|proportion|percentage) of (?P<whole>[^,;:.()]+?),? {_MAKES} {_LOOSE}$"
)
_SHARE_AS = re.compile(
    rf"as an? (?:share|proportion|percentage) of (?P<whole>[^,;:.()]+), (?P<part>[^,;:.()]+?) {_MAKES} {_LOOSE}$"
)
_SHARE_OF = re.compile(rf"(?P<part>[^,;:.()]+?)(?:'s?)? +share of (?P<whole>[^,;:.()]+?) {_MAKES} {_LOOSE}$")
_SHARE_THAT = re.compile(
    rf"\b(?:the )?(?:share|proportion|percentage) of (?P<whole>[^,;:.()]+?) (?:that (?:is|are|was|were)|which (?:is"
    rf"|are|was|were)"
    rf"|classed as|made up (?:by|of)|recorded as|coming from|occurring in|in"
    rf"|from) (?P<part>[^,;:.()]+?) {_MAKES} {_LOOSE}$"
)
_IN_BRACKETS = re.compile(
    rf"(?P<part>[^,;:.()\u2013\u2014]+?)(?: were recorded)?(?: \((?:[\d,]+[,;:]? )?| [\u2013\u2014-] |, (?:with "
    rf"|at )?)(?:or |which (?:is|was) )?{_LOOSE}$"
)
_OF_COUNT = re.compile(rf"\d of (?P<whole>[^,;:.()]+?) \((?:or )?{_LOOSE}$")
_OTHER_PART = re.compile(r"\b(?:not|never|neither|non|except|excluding|outside|other than|apart from|elsewhere)\b")
_SO_MANY_IN = re.compile(r" (?:in|out of) ")
_FAR = 160
_ALONE = re.compile(rf"^\W*{_LOOSE}$")
_HEADS = re.compile(
    r"^.*\b(?:that|and|but|while|whilst|whereas|although|there (?:were|was|are)|noted|shows?)\b |^(?:\W|[\d,]+ )+"
)


def _phrases(words: Around) -> tuple[str, str] | None:
    """The words for the part and for the whole."""
    found = _AMOUNT.search(words.quote)
    if found is None:
        return None
    ahead = words.near[: max(0, words.near.find(words.quote))].rpartition(".")[2]
    left = f"{ahead if ahead.rstrip().endswith(';') else words.before[-_FAR:]}{words.quote[: found.start()]}"
    right = f"{words.quote[found.end() :]}{words.after[:_FAR]}"
    right = re.sub(r"^ of (?:the |all )?(?=the rest)", " ", right)
    if _SO_MANY_IN.search(found[0]) and not right.startswith(" of "):
        right = f" of{right}"  # "seven in ten vehicle crimes were thefts from vehicles"
    if told := _BEHIND.match(right):
        return _ended(told["part"]), told["whole"].strip()
    if told := _OF_BEFORE.search(left):
        then = _THEIRS.match(right)
        return (_ended(then["part"]), told["whole"].strip()) if then else None
    for form in (_AS_SHARE, _SHARE_AS, _SHARE_THAT, _SHARE_OF):
        if told := form.search(left):
            return _started(told["part"]), told["whole"].strip()
    if (told := _OF_COUNT.search(left)) and (then := _THEIRS.match(right.removeprefix(")"))):
        return _ended(then["part"]), told["whole"].strip()
    of_whole = _OF_WHOLE.match(right)
    if of_whole is None:
        then = _THEIRS.match(right) if _ALONE.search(left) else None
        return (_ended(then["part"]), "") if then else None
    for form in (_WHICH, _MADE_UP, _IN_BRACKETS):
        if told := form.search(left):
            return _started(told["part"]), _ended(of_whole["whole"])
    return None


def _ended(phrase: str) -> str:
    """A phrase up to where it ends."""
    return re.sub(r"^(?:in|at|on) ", "", _ENDS.split(phrase, maxsplit=1)[0]).strip()


def _started(phrase: str) -> str:
    """A phrase from where it starts, without what leads up to it."""
    return _HEADS.sub("", phrase).strip()


def _named(case: Case, phrase: str, *, is_whole: bool = False) -> _Told | None:
    """What a phrase names; ``None`` where it cannot be told whether that is given."""
    if not phrase:
        return _Told(them=True) if is_whole else None
    if _ALL_CRIME.match(phrase):
        total = next((key for key in case.figures.measures if is_total(key)), "")
        return _Told(total) if total else None
    area, rest = _place_in(case, phrase.replace("-injury", " injury"))
    told = [word for word in re.findall(r"[a-z&]+(?:[-'][a-z]+)*", rest) if word not in _LEFT_OUT]
    kinds = [word for word in told if word not in EMPTY_WORDS and word not in PLAIN_NOUNS and word not in _THEM]
    if not kinds:
        if area and not is_whole:
            return _Told(area=area)
        if is_whole and (
            set(told) & _THEM or area or {"total", "offences", "incidents", "reports"} & set(rest.split())
        ):
            return _Told(area=area, them=True)
        return None
    kinds = [word for word in kinds if counts(word) or not word.endswith("ing")]
    said = canonical({stem(word) for word in kinds} | ({"asb"} if "anti-social" in told else set())) | vehicle_tags(
        rest
    )
    said -= {"behaviour", "antisoc", "relat", "abuse", "abus"} - stems(case.own)
    keys = [key for key in case.figures.measures if is_count(key) and not is_total(key)]
    same = [key for key in keys if said == stems(key)] or [key for key in keys if said < stems(key)]
    if len(same) == 1 or case.own in same:
        return _Told(case.own if case.own in same else same[0], area)
    apart = frozenset[str]().union(*(stems(key) for key in keys)) - stems(case.own)
    if said & apart or not _is_thing(told) or not said - stems(case.own):
        return None
    if same or (area and not any(said & stems(key) for key in keys)):
        return None
    return _Told()


# "Though it", "theft rose by 661 and", "everything we record", "the year's thefts": no name of a thing.
_NO_NAMES = frozenset((
    "it", "we", "everything", "they", "this", "that", "extra", "additional", "other", "others", "last", "county",
    "county's",
    "borough's", "district's", "districts", "force", "force's", "region",
    "remaining", "remains", "therefore", "tnos", "tno", "notifiable",
    "combined", "between", "most", "who", "all",
))  # fmt: skip
_OF_TIMES = frozenset(("year's", "month's", "quarter's", "week's"))


def _is_thing(told: list[str]) -> bool:
    """Whether words can name a thing, a place or people: no verb of change, month or pronoun is among them."""
    return not any(
        word in _NO_NAMES
        or word in _OF_TIMES
        or is_month(word.removesuffix("'s"))
        or LETTERS.get(word, ("w", None))[0] in "UDudSPM"
        for word in told
    )


def _place_in(case: Case, phrase: str) -> tuple[str, str]:
    """The place that a phrase names, and the phrase without it."""
    for area in sorted({*case.figures.areas, case.area}, key=len, reverse=True):
        found = re.search(
            rf"(?:\b(?:in|across|within|for|of) )?(?:the )?(?<![\w-]){re.escape(area)}(?:'s?)?(?![\w-])(?! (?:street"
            rf"|road|lane|avenue|park"
            r"|school|estate|station))(?: wards?\b)?",
            phrase,
        )
        if found:
            return area, f"{phrase[: found.start()]} {phrase[found.end() :]}".strip()
    return "", re.sub(r"\b(?:in|across|within) the (?:borough|district|town|city|area|division)\b", " ", phrase).strip()


def _judged(case: Case, claim: Claim, part: _Told, whole: _Told, *, is_change: bool) -> Judged | None:
    measure = whole.measure or case.own
    inner = part.measure or measure
    place, wider = part.area or case.area, whole.area or case.area
    if (inner == measure) is (place == wider) or (part.area and part.area in case.peers and not whole.area):
        return None
    if whole.area and not part.area and inner != measure:
        place = wider
    period = case.period_of(claim.scope.period, measure=measure, area=case.area)
    if period is None:
        return None
    one, other = _of(case, inner, place, period, is_change), _of(case, measure, wider, period, is_change)
    if one is None or not other:
        return unknown("the part and the whole are not both given")
    share = 100 * one / other
    if claim.stated.amount is None:
        return None
    if not 0 < share <= 100:  # noqa: PLR2004
        return unknown("the part and the whole are not both given")
    computed = f"{shown(one)} of {shown(other)} is {number(share, places=2)}%"
    if fits(claim.stated.amount, share):
        return supported(computed)
    mistake = "" if is_change or place != wider else share_mistake(case, inner, measure, claim.stated.amount)
    return contradicted(computed, f"The figures say otherwise: {computed}. {mistake}".rstrip())


def _of(case: Case, measure: str, area: str, period: Period, is_change: bool) -> float | None:  # noqa: FBT001
    if not is_change:
        return case.value(measure, area, period)
    pair = case.pair_of(measure, area, before=period.shift(-YEAR), now=period)
    return pair.difference if isinstance(pair, Pair) else None
