"""The forms of words about a run of time: trends, words of size, highest and lowest, months picked out."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.pace import easing
from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, at_letter, each_letter, rule, way_near
from quarterday.commentary.rules_bounds import BOUNDS, none_beyond
from quarterday.commentary.rules_level import position_way
from quarterday.commentary.rules_months import SOME_MONTHS, months_in
from quarterday.commentary.run_words import (
    APART,
    counted,
    counts_steps,
    has_ended,
    is_beside_year,
    is_of_each_time,
    is_one_month,
    is_step_by_step,
)
from quarterday.commentary.superlatives import superlative
from quarterday.commentary.time_roles import RETURNED
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Stated, Unit, Way, When, WhenKind

_Match = re.Match[str]
_SLIGHT = frozenset((
    "slightly", "slight", "marginal", "marginally", "fractionally", "fractional", "small", "minor", "modest",
    "modestly", "tiny", "barely", "little", "fraction", "whisker", "touch", "hair", "shade", "tad",
))  # fmt: skip
_SHARP = frozenset((
    "sharp", "sharply", "steep", "steeply", "dramatic", "dramatically", "marked", "markedly", "substantial",
    "substantially", "considerable", "considerably", "rapid", "rapidly", "large", "big", "huge", "strong",
    "strongly", "well", "heavily", "much", "wide", "deal",
))  # fmt: skip
_STEADY = frozenset(["steady", "steadily", "gradually", "gradual", "consistent", "consistently", "slowly"])


def size_of(words: list[str]) -> str:
    """What size the words claim: slight, sharp, steady, or nothing."""
    for word in " ".join(words).split():
        if word in _SLIGHT:
            return "slight"
        if word in _SHARP:
            return "sharp"
        if word in _STEADY:
            return "steady"
    return ""


def _sized(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "UDudBW")
    size = size_of(sentence.words[match.start() : match.end()])
    # "More slowly" and "slightly more slowly" compare two changes.
    compared = sentence.words[at] in {"more", "less"} and sentence.code[at + 1 : at + 2] == "g"
    compared = compared or re.match("[UD][gw]", sentence.code[match.end() :]) is not None
    if size and not compared and not _is_with_verb(sentence, at):
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(way=WAYS[sentence.code[at]], form=size))


_SEASONS = frozenset(("spring", "summer", "autumn", "winter", "christmas", "easter"))


def _sized_side(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "V")
    size = size_of(sentence.words[match.start() : match.end()])
    if match["season"]:
        if size and sentence.words[match.start("season")] in _SEASONS:
            yield Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(form="of a season"))
        return
    if size:
        yield Found(
            ClaimKind.TREND, match.start(), match.end() - 1, Stated(way=position_way(sentence.words[at]), form=size)
        )


_UNDID = frozenset((
    "reversed", "reversing", "reverses", "undid", "undone", "undoing", "cancelled", "erased", "unwound", "offset",
))  # fmt: skip


def _undid(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Reversed last year's increase": the change of now is the other way."""
    if sentence.words[match.start()] in _UNDID:
        way = Way.DOWN if sentence.code[match.start("way")] == "u" else Way.UP
        stated = Stated(way=way, form="direction", word="reversed")
        yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, stated, is_open=True)


def _tested(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "UDudBW")
    way = WAYS[sentence.code[at]] if at >= 0 else None
    yield Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(way=way, form="tested"))


def _same(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "SY")
    word = sentence.words[at]
    if (
        word in {"same", "similar", "comparable", "consistent", "level", "constant", "the same", "steady"}
        and "e" not in match[0]
    ):
        return
    exact = (
        word in {"unchanged", "no change", "the same", "no different"} and not {"t", "w"} & set(match[0])
    ) or word.startswith(("identical", "the same as"))
    stated = Stated(way=Way.SAME, form="stable", word="exactly" if exact else "")
    of_place = re.search("Re*$", sentence.code[: match.start()]) or re.match("i?r|Ri", sentence.code[match.end() :])
    yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated, is_open=bool(of_place))


def _trend(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "UDudBW")
    form = "steady" if any(word in _STEADY for word in sentence.words[match.start() : match.end()]) else "trend"
    yield Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(way=WAYS[sentence.code[at]], form=form))


def _is_with_verb(sentence: Sentence, at: int) -> bool:
    """Whether "up" or "down" belongs to a verb of another meaning: "continues to take up officers' time"."""
    verb = sentence.words[at - 1]
    plain = sentence.code[at - 2 : at] == "tw" and not verb.endswith("ly")
    return plain and sentence.words[at] in {"up", "down"} and verb not in _MOVES


_STILL = frozenset(("again", "further", "once again"))
_MOVES = frozenset(("move", "edge", "creep", "track", "trend", "drift", "nudge", "inch", "head", "tick", "push"))


_AS_FAST = re.compile(r"\bas (?:quickly|fast|sharply|steeply|rapidly) as\b")


def _goes_on(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "UDudBW")
    way = WAYS[sentence.code[at]] if at >= 0 else way_near(sentence, match.start())
    still = match.start("still")
    if way is None or _is_with_verb(sentence, at) or (still >= 0 and sentence.words[still] not in _STILL):
        return
    near = " ".join(sentence.words[match.start() : match.end() + 4])
    same_rate = _AS_FAST.search(near) is not None or (
        "rate" in sentence.words[match.start() : match.end() + 4] and "same" in near
    )
    yield Found(
        ClaimKind.TREND,
        match.start(),
        match.end() - 1,
        Stated(way=way, form="same rate" if same_rate else "goes on"),
    )


def _goes_on_at_rate(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "UDud")
    yield Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(way=WAYS[sentence.code[at]], form="same rate"))


_YEAR_OF = re.compile("r[my]O[ud]$")
_FOR_A_YEAR = re.compile("[UDBW]ir[my]$")


def _is_so_manieth(sentence: Sentence, match: _Match) -> bool:
    """Whether a year is told by its place in a run: "the third year of reduction", "down for a third year"."""
    if _YEAR_OF.match(match[0]):
        return sentence.words[match.start()] != "first"
    return _FOR_A_YEAR.match(match[0]) is not None and sentence.words[match.start() + 1] == "for"


_UNBROKEN = re.compile("Q[ud]iP")  # "an unbroken decline over the five years": a length, and no number of steps


_UNITS = {
    "year": "year", "quarter": "quarter", "month": "month", "period": "period", "annual": "year", "yearly": "year",
    "quarterly": "quarter", "monthly": "month", "month-on-month": "month", "year-on-year": "year",
}  # fmt: skip
_MONTHS_TO = {"year": 12, "quarter": 3, "month": 1}


def run_of_steps(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """So many steps in one direction, without exception."""
    at = next((where for where in each_letter(sentence, match, "UDudBW")), -1)
    way = WAYS[sentence.code[at]] if at >= 0 else way_near(sentence, match.start())
    if way is None:
        return
    places = [amount_at(sentence, where) for where in each_letter(sentence, match, "rn")]
    words = sentence.words[match.start() : match.end()]
    many = int(places[-1].value) if places else 0 if _UNBROKEN.match(match[0]) else counted(words)
    unit = next(
        (
            _UNITS[word.rstrip("s")]
            for word in (words[:1] if words[0].startswith(("every ", "each ")) else reversed(words))
            for word in [word.split(" ")[-1]]
            if word.rstrip("s") in _UNITS
        ),
        "",
    )
    span = sentence.values[match.end() + 1] if sentence.code[match.end() : match.end() + 2] == "iP" else None
    if isinstance(span, When) and span.kind is WhenKind.SPAN and unit in _MONTHS_TO and "j" in match[0]:
        many = span.months // _MONTHS_TO[unit]  # "fell every year for the last three years"
    against = "year before" if is_beside_year(sentence, match, unit) else ""
    stated = Stated(way=way, amount=Amount(float(many)) if many else None, form="run", scale=unit, word=against)
    if has_ended(sentence, match):  # "this ended four years of falls in a row"
        before = replace(stated, form="run before")
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, before)
        return
    to_peak = re.match("[tF]E|t[PM]", sentence.code[match.end() :]) is not None  # "for two months to a peak in August"
    to_peak = to_peak or not APART.isdisjoint(sentence.words[: match.start()])
    yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated, is_open=to_peak)


def _is_back_then(sentence: Sentence, match: _Match) -> bool:
    """Whether "back" only tells how long ago it was: "217, as against 242 back in 2016/17"."""
    at = match.start()
    before = sentence.code[at - 1 : at]
    return match[0] == "wiP" and sentence.words[at] == "back" and before not in {"e", "U", "D", "t"}


def _same_as_then(match: _Match) -> Iterator[Found]:
    yield Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(way=Way.SAME, form="stable"))


def _on_every_occasion(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.end() - 1] in {"occasion", "case", "instance", "time", "count"}:
        words = " ".join(sentence.words)
        unit = next((word for word in ("month", "quarter", "year") if word in words), "")
        stated = Stated(way=WAYS[sentence.code[match.start("way")]], form="run", scale=unit, word="year before")
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated)


def _after_run(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "After two years of falls": the run before the last turn."""
    at = max(each_letter(sentence, match, "UDudBW"))
    numbers = counted(sentence.words[match.start() : match.end()])
    yield Found(
        ClaimKind.TREND,
        match.start(),
        match.end() - 1,
        Stated(way=WAYS[sentence.code[at]], amount=Amount(float(numbers or 2)), form="run before", scale="year"),
    )


def _extreme(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "E")
    of_a_change = re.search(r"[ud]O?[n%]?N?e+$", sentence.code[:at]) is not None
    apart = match[0] == "E" and sentence.code[at - 1 : at] == ")"
    way = superlative(sentence.words[at])
    if sentence.words[at] == "best" and not _TREATED.isdisjoint(sentence.words[at + 1 : at + 2]):
        return  # "percentages are best left aside"
    if way is None or (
        sentence.words[at] in {"high", "low", "highs", "lows"} and sentence.words[at + 1 : at + 2] != ["point"]
    ):
        return
    numbers = [
        amount_at(sentence, where) for where in each_letter(sentence, match, "n") if not _is_length(sentence, where)
    ]
    months = tuple(
        month.last for where in each_letter(sentence, match, "M") if isinstance(month := sentence.values[where], When)
    )
    if not months and "months" in sentence.words[at : match.end()]:
        months = months_in(sentence, match)  # "June to August were the quietest months"
    if not months and "the year" in sentence.words[at : match.end()]:
        months = _month_told(sentence, range(match.start(), at))
    form = (
        "month"
        if "month" in sentence.words[at : match.end()] or "months" in sentence.words[at : match.end()] or months
        else "period"
    )
    words = " ".join(sentence.words[at : match.end()])
    scope = "since" if "x" in match[0] else "so many" if re.search(r"years|months|quarters|periods", words) else ""
    places = [amount_at(sentence, where) for where in (*each_letter(sentence, match, "r"), at - 1) if where >= 0]
    places = [place for place in places if place.unit is Unit.PLACE]
    on_record = {"record", "records"} & set(sentence.words[at + 1 : match.end()])
    if form == "month" and not months and "m" in match[0]:
        months = _month_named_last(sentence, match.start())
    stated = Stated(
        way=way,
        amount=numbers[0] if numbers else None,
        form=form,
        scale=scope,
        months=months,
        word=words,
        of=int(places[0].value) if places else 1,
    )
    alone = not scope and _names_quarter(sentence, match)
    of_part = re.search(r"\bof the (?:quarter|term|three months)\b", words) is not None
    in_days = not _SMALL_TIMES.isdisjoint(sentence.words[max(0, match.start() - 2) : match.end()])
    left_open = (
        of_part or in_days or bool(on_record) or of_a_change or apart or alone or _names_no_months(sentence, match)
    )
    yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated, is_open=left_open)


_TREATED = frozenset((
    "left", "avoided", "treated", "read", "taken", "viewed", "described", "put", "summarised", "explained",
    "understood", "illustrated", "handled", "regarded", "judged", "ignored", "interpreted", "considered", "used",
))  # fmt: skip
_SMALL_TIMES = frozenset((
    "week", "weeks", "day", "days", "night", "nights", "weekend", "weekends", "hour", "hours", "evening", "evenings",
    "street", "streets", "estate", "venue", "premises", "friday", "saturday", "sunday", "fridays", "saturdays",
))  # fmt: skip


def _names_no_months(sentence: Sentence, match: _Match) -> bool:
    """Whether a time is told that has no months: "its 1990s peak"."""
    whens = [sentence.values[at] for at in each_letter(sentence, match, "P")]
    return any(isinstance(when, When) and when.kind is WhenKind.STATED and not when.periods for when in whens)


def _names_quarter(sentence: Sentence, match: _Match) -> bool:
    """Whether a quarter is called the highest without a word of which others: "Quarter 2 saw the most"."""
    whens = [sentence.values[at] for at in each_letter(sentence, match, "P")]
    return any(isinstance(when, When) and when.first > 0 and when.months > 1 for when in whens)


def _month_told(sentence: Sentence, places: range) -> tuple[int, ...]:
    """The one month that is named there with its year: "March 2022, with 71, was the peak of the year"."""
    whens = [sentence.values[at] for at in places if sentence.code[at] == "P" and is_one_month(sentence.values[at])]
    told = [when.periods[0].last % 12 + 1 for when in whens if isinstance(when, When) and when.periods]
    return tuple(told) if len(told) == 1 else ()


def _month_named_last(sentence: Sentence, before: int) -> tuple[int, ...]:
    """As in "In December there were 74, the highest of any month"."""
    for at in range(before - 1, -1, -1):
        when = sentence.values[at]
        if sentence.code[at] not in "MP" or not isinstance(when, When):
            continue
        if when.months == 1 and when.last:
            return (when.last,)
        if when.periods and when.periods[0].months == 1:
            return (when.periods[0].last % 12 + 1,)
    return ()


_FEW = {"few": Way.DOWN, "low": Way.DOWN, "little": Way.DOWN, "many": Way.UP, "high": Way.UP, "much": Way.UP}


def _not_since(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Not since 2009/10 have so few been recorded"."""
    at = max(match.start("few"), match.start("few2"))
    way = _FEW.get(sentence.words[at])
    if way is not None and sentence.words[at - 1] in {"so", "this", "as"}:
        words = " ".join(sentence.words[match.start() : match.end()])
        stated = Stated(way=way, form="period", scale="since", word=words, of=1)
        yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated)


def _none_since(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "No year since 2009/10 has had fewer": the present is the extreme of all since."""
    if each := none_beyond(sentence, match):
        yield each
        return
    words = sentence.words[match.start() : match.end()]
    stated = Stated(
        way=WAYS[sentence.code[match.start("way")]], form="period", scale="since", word=" ".join(words), of=1
    )
    yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated, is_open="x" not in match[0])


def _than_any(sentence: Sentence, match: _Match) -> Iterator[Found]:
    stated = Stated(
        way=WAYS[sentence.code[match.start()]],
        form="period",
        scale="since" if "x" in match[0] else "so many",
        word=" ".join(sentence.words[match.start() : match.end()]),
        of=1,
    )
    yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated)


def _is_length(sentence: Sentence, at: int) -> bool:
    return (
        sentence.code[at + 1 : at + 2] in {"y", "m", "w"}
        or sentence.code[at + 1 : at + 3] == "Em"
        or sentence.code[at - 1 : at] == "O"
    )


def _year_high(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "E")
    way = superlative(sentence.words[at])
    if way is not None:
        yield Found(
            ClaimKind.EXTREME,
            match.start(),
            match.end() - 1,
            Stated(way=way, form="period", scale="so many", word=" ".join(sentence.words[match.start() : match.end()])),
        )


_AT_ENDS = frozenset(
    ("worst", "best", "busiest", "quietest", "heaviest", "lightest", "strongest", "weakest", "calmest")
)
_POINTS = frozenset(("point", "ebb"))
_TURNS = frozenset(("peaked", "peak", "peaking", "peaks", "trough", "troughed", "nadir", "low", "high"))


def _is_most_then(sentence: Sentence, match: _Match) -> bool:
    """Whether a superlative stands alone before its month: "12 a day, fewest in February"."""
    alone = match.start() and sentence.code[match.start() - 1] in ",;(:wAe" and "M" in match[0]
    return bool(alone) and superlative(sentence.words[match.start()]) is not None


def _peaked(sentence: Sentence, match: _Match) -> Iterator[Found]:
    months = months_in(sentence, match)
    word = sentence.words[match.start()]
    way = superlative(word)
    if match.groupdict().get("point") and sentence.words[match.start("point")] not in _POINTS:
        return
    at_end = word in _AT_ENDS and months and sentence.code[match.end() : match.end() + 1] != "x"
    labels = re.match("E[my][,:-]", match[0]) is not None
    if word not in _TURNS and not at_end and not labels and not _is_most_then(sentence, match):
        return
    numbers = [amount_at(sentence, where) for where in each_letter(sentence, match, "n")]
    form = "month" if months else "period"
    yield Found(
        ClaimKind.EXTREME,
        match.start(),
        match.end() - 1,
        Stated(way=way, form=form, months=months, amount=numbers[0] if numbers else None, word="peaked"),
    )


EXTREMES: tuple[Rule, ...] = (
    *BOUNDS,
    rule(
        "the peak months were these",
        rf"Em(?:i[wNG]{{1,4}})?[eO]{{1,2}}(?:{SOME_MONTHS})(?!e)",
        lambda sentence, match: _peaked(sentence, match) if sentence.words[match.start() + 1] == "months" else iter(()),
        needs="m",
        examples=(
            ("The peak months for it were May, June and July.", "peak months for it were May, June and July"),
            ("A half fell in the peak months of May and June.", "peak months of May and June"),
        ),
    ),
    rule(
        "peaked in these months",
        rf"E(?P<point>w)?(?:in)?i(?:{SOME_MONTHS}(?!e)|P)(?:w?n|\(n\))?|E[my]?[,:-](?:{SOME_MONTHS}(?:\(n\)|,n|wn)|n\(M\))",
        _peaked,
        needs="E",
        examples=(
            ("Bicycle theft peaked in April, May and June.", "peaked in April, May and June"),
            ("Bicycle theft was worst in April and the summer.", "worst in April"),
            ("Thefts fell, with the low point in February.", "low point in February"),
            ("Busiest month: August (102).", "Busiest month: August (102)"),
        ),
    ),
    rule(
        "the highest figure came in this month",
        r"E[jwmyN]{1,3}(?:,n,?|\(n\))?[we]{1,3}iM|E[jwmyN]{0,3}(?:,n,?|\(n\))iM",
        _extreme,
        needs="E",
        examples=(("The lowest monthly figure, 21, came in February.", "lowest monthly figure, 21, came in February"),),
    ),
    rule(
        "not since then so few",
        r"!xPe?[wK](?P<few>[wU])N?|!e{0,2}[wi](?P<few2>[EwU])xP",
        _not_since,
        needs="!",
        examples=(
            ("Not since 2009/10 have so few burglaries been recorded.", "Not since 2009/10 have so few burglaries"),
            ("Robbery has not been this low since 2006.", "not been this low since 2006"),
        ),
    ),
    rule(
        "no year since had fewer",
        r"![ym](?:[xio][wi]?P)?[we]{1,3}(?P<way>[UDBW])(?:[wN]{0,3}(?:h[i]?[PMw])?)",
        _none_since,
        needs="!",
        examples=(
            (
                "No year since 2009/10 has produced fewer deliberate fires than 2014/15.",
                "No year since 2009/10 has produced fewer deliberate fires than 2014/15",
            ),
            ("No month has been worse.", "No month has been worse"),
        ),
    ),
    rule(
        "the highest was this month",
        rf"[gw]?E[wmyN]{{0,2}}(?:[Oi]P)?e{{1,3}}(?:(?:i)?(?:{SOME_MONTHS}|(?P<then>P))(?:,?[wi]{{0,2}}nN?|\(n\))?|nN?[io](?:M|P))",
        lambda sentence, match: (
            _extreme(sentence, match)
            if match["then"] is None or is_one_month(sentence.values[match.start("then")])
            else iter(())
        ),
        needs="E",
        examples=(
            ("The worst month was December with 33 thefts.", "worst month was December with 33 thefts"),
            ("It averaged 27, the highest being June.", "highest being June"),
        ),
    ),
    rule(
        "these were the highest months",
        rf"(?:w|i)?(?:{SOME_MONTHS}|P)(?:,?(?:[io]|w(?=n,))n,?|\(n\))?[,we]{{0,3}}(?:Ke{{1,2}})?(?:n(?=Em))?E(?:w(?=$|[,;])|[mywN]|(?=,[iw]?n)|(?=$|[;]|O[yP]))(?:,?i?n|w|[Oi]P|P|in|w?xP|xw{{0,3}}P|OyO?|O[wny]+|in|Oyin|OPin){{0,3}}",
        _extreme,
        needs="E",
        examples=(
            (
                "October 2021 was the highest month of the year with 67.",
                "October 2021 was the highest month of the year with 67",
            ),
        ),
    ),
    rule(
        "the highest since or among times",
        r"(?:P,?(?:in,?)?e{1,2})?(?:ei)?r?E[wNudSPjy]{0,3}(?:(?<=y)ow)?(?:O[wN]{1,4}(?=x))?(?:oE|xNw(?=[,;]|$)|(?:iP)?x[wiNo]{0,6}(?:P|M)|xNw|Ow?n[we]?(?=$|[,;])|iwO[wn]{1,2}w|[iO][Hw]{0,3}(?:P|[wn]{0,2}(?:[my]|w)[wiy]{0,4})|P|(?=[;,]|$))",
        _extreme,
        needs="E",
        examples=(
            ("It is at its highest for five years.", "is at its highest for five years"),
            ("The lowest since 2001.", "lowest since 2001"),
            ("It is the lowest of the eight periods in the table.", "lowest of the eight periods in the table"),
        ),
    ),
    rule(
        "lower than ever since",
        r"[UDBW][weN]{0,4}[ho]i?HOP|[UDBW][weN]{0,4}h[iw]{0,4}(?:(?:[wmy]|O){0,3}xP|O?(?:P|[wn]{1,2}[my]))(?<!hP)(?<!hiP)",
        lambda sentence, match: (
            _than_any(sentence, match)
            if {"any", "each", "every", "all"} & set(" ".join(sentence.words[match.start() : match.end()]).split())
            else iter(())
        ),
        needs="ho",
        examples=(
            ("It is lower than at any point since 2012/13.", "lower than at any point since 2012/13"),
            (
                "There are fewer thefts than at any time in the past five years.",
                "fewer thefts than at any time in the past five years",
            ),
            ("It is higher than in any of the last five years.", "higher than in any of the last five years"),
            ("It is down on each of the last five years.", "down on each of the last five years"),
        ),
    ),
    rule(
        "a five-year high",
        r"[Pnw](?:[-y]{0,2})?E(?:On(?:iP)?)?(?=[;,(]|$)|EiP$",
        _year_high,
        needs="E",
        examples=(("It is now at a five-year high.", "five-year high"),),
    ),
    rule(
        "the first time since",
        r"rw?[xi]?P",
        lambda sentence, match: (
            iter((Found(ClaimKind.EXTREME, match.start(), match.end() - 1, Stated(form="first since"), is_open=True),))
            if sentence.words[match.start()] == "first"
            and sentence.words[match.start() + 1]
            in {"time", "since"} | ({"for"} if sentence.code[match.start() - 1 : match.start()] == "," else set())
            else iter(())
        ),
        needs="r",
        examples=(("It is the first time since 2012 that it was so.", "first time since 2012"),),
    ),
    rule(
        "the first fall since",
        r"rduxP|r[ud]x[wO]{0,4}P|r[ud]iP",
        lambda _sentence, match: iter(
            (Found(ClaimKind.EXTREME, match.start(), match.end() - 1, Stated(form="first since")),)
        ),
        needs="r",
        examples=(
            (
                "It is the first reduction since the start of the financial year.",
                "first reduction since the start of the financial year",
            ),
        ),
    ),
)

LEFT_OVER: tuple[Rule, ...] = (
    rule(
        "is significant",
        r"e?Z",
        lambda sentence, match: iter(
            (
                Found(
                    ClaimKind.TREND,
                    match.start(),
                    match.end() - 1,
                    Stated(way=way_near(sentence, match.start()), form="tested"),
                ),
            )
        ),
        needs="Z",
        examples=(("The increase of 64 offences is statistically significant.", "is statistically significant"),),
    ),
)

TRENDS: tuple[Rule, ...] = (
    rule(
        "so many in a row",
        r"(?:i?PQ|[ij]?Qi?P),?O?[gwN]{0,2}(?P<ahead>[UDBW])|(?<!r)(?<!n)Q[ud](?:iP|x[PM])|[rn][gwmyj]?[wQmyj]{0,2}[ud](?:Q)?(?<=[Qdu])(?!O)|(?:P|n[my])OQ[ud]|Q?eOn[wmyjQ]{0,2}[ud]|(?:[UDBW]i)?r[Qw]{0,3}[my][OQ]?[ud]?(?:Q)?|[UDBW]i?(?:P|n[my])Q|[UDBW]inQ[my]|nQ[my]O[ud]",
        lambda sentence, match: (
            run_of_steps(sentence, match)
            if "Q" in match[0]
            or (match[0][0] == "e" and sentence.words[match.start()] == "run")
            or (sentence.code[match.start()] in "rUD" and "Q" in sentence.code[match.start() : match.end() + 2])
            or _is_so_manieth(sentence, match)
            else iter(())
        ),
        needs="Qym",
        examples=(
            ("The fourth fall in a row.", "fourth fall in a row"),
            ("It is the third successive annual fall.", "third successive annual fall"),
            ("Down 27%, a third year of reduction.", "third year of reduction"),
        ),
    ),
    rule(
        "at every step",
        r"e?(?<![n%pf])(?P<way>[UDBWud])(?:ew)?(?:h(?:P|yw))?i?(?:HO?(?:[wn]{0,3}[my]|P|f|(?<=O)[wn]{1,3}w(?=[,;\)]|$))|j|Hm|Hw?f|HP|HOP|Pi?j|HnP|HQ[wmy]|(?<=i)Hw{1,2}(?=[,;\)Ax]|$))(?:x[wi]?[PM]|x(?=[,;\)]|$)|[Fiw][PM](?:U?t|A|w)[PM]|(?:U?t|w|F)[PM])?|[UDBW](?:g?[iw]{0,2}Q|(?P<step>P))(?:F[PM](?:t[PM])?|i?[PM]A?[PM]?|x[wi]?[PM]|(?=Q)|(?<=P)(?=[,;]|$))",
        lambda sentence, match: (
            run_of_steps(sentence, match)
            if counts_steps(sentence, match) and (match["step"] is None or is_step_by_step(sentence, match))
            else iter(())
        ),
        needs="HjPQ",
        examples=(
            (
                "It has increased at every quarter since Jul '09 - Jun '10.",
                "has increased at every quarter since Jul '09 - Jun '10",
            ),
            ("It has gone up at each of the last two quarters.", "gone up at each of the last two quarters"),
            ("Thefts rose month on month from May to August.", "rose month on month from May to August"),
            ("Thefts rose without a break between May and August.", "rose without a break between May and August"),
        ),
    ),
    rule(
        "after a run",
        r"(?:w|i)(?:P|ny|f|y)O[ud]|^POg?[ud]",
        lambda sentence, match: (
            _after_run(sentence, match)
            if sentence.words[match.start()] in {"after", "following", "followed"} or match[0][0] == "P"
            else iter(())
        ),
        needs="ud",
        examples=(
            ("After two years of falls, offences have risen.", "After two years of falls"),
            ("Five quarters of growth have been followed by a plateau.", "Five quarters of growth"),
        ),
    ),
    rule(
        "each year higher",
        r"(?:HQ?y|HQ?m|HQw|j|HOP|HOw{1,2}(?:xP)?|Hn[ymw])(?:xP)?(?:ew{1,2}|[weN]?e?w?g?|[wN]{1,2}e{1,2}g?)(?P<way>[UDBWud])(?:h(?:w|P|y))?(?!(?:b|O)?[n%])",
        lambda sentence, match: run_of_steps(sentence, match) if is_of_each_time(sentence, match) else iter(()),
        needs="Hj",
        examples=(
            ("It rose, with every year higher than its predecessor.", "every year higher than its predecessor"),
            ("Each of the last six years has brought a cut.", "Each of the last six years has brought a cut"),
            ("Each quarter since June 2011 has seen it fall.", "Each quarter since June 2011 has seen it fall"),
        ),
    ),
    rule(
        "back to where it was",
        r"(?<!h)[we][ti]S?[wKeOi]{0,4}P",
        lambda sentence, match: (
            _same_as_then(match)
            if sentence.words[match.start()] in RETURNED and not _is_back_then(sentence, match)
            else iter(())
        ),
        needs="ti",
        examples=(
            ("Violence has returned to the level of 2019/20.", "returned to the level of 2019/20"),
            ("Violence is back at the level of 2019/20.", "back at the level of 2019/20"),
        ),
    ),
    rule(
        "significant",
        r"(?P<w>[ud])e?w?Z|Zg?[UDudBW](?!V|h(?!i?P))(?:[oh]i?P)?|[UD]g?Z",
        _tested,
        needs="Z",
        examples=(
            ("A significant decrease is reported.", "significant decrease"),
            ("Burglaries were down significantly.", "down significantly"),
        ),
    ),
    rule(
        "steady",
        r"e{1,2}(?P<way>g)(?=P|[,;:)]|$|[AK])(?:P)?",
        lambda sentence, match: (
            iter((Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(way=Way.SAME, form="stable")),))
            if sentence.words[match.start("way")] == "steady"
            else iter(())
        ),
        needs="g",
        examples=(("Demand has been steady quarter on quarter.", "has been steady quarter on quarter"),),
    ),
    rule(
        "lower on every occasion",
        r"e?(?P<way>[UDBW])h[ia]?P[oi]Hw",
        _on_every_occasion,
        needs="h",
        examples=(
            (
                "It was lower than in the same quarter of 2012/13 on every occasion.",
                "was lower than in the same quarter of 2012/13 on every occasion",
            ),
        ),
    ),
    rule(
        "the fall has halted",
        r"[udI](?:O[wmy]{1,3}|i?P)?e{0,2}w(?=[,;:A]|$)",
        lambda sentence, match: (
            iter((Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(form="halted"), is_open=True),))
            if sentence.words[match.end() - 1]
            in {"halted", "stopped", "ended", "ceased", "stalled", "paused", "reversed"}
            else iter(())
        ),
        needs="udI",
        examples=(("The decline of recent years has halted.", "decline of recent years has halted"),),
    ),
    rule(
        "no trend",
        r"!w{0,2}I",
        lambda _sentence, match: iter(
            (Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(way=Way.SAME, form="stable"), is_open=True),)
        ),
        needs="I",
        examples=(("There is no discernible trend.", "no discernible trend"),),
    ),
    rule(
        "undid the rise before",
        r"(?P<verb>w)w{0,2}P?(?P<way>[ud])(?=[,;]|$|[AiO])",
        _undid,
        needs="ud",
        examples=(("Thefts reversed the previous year's increase.", "reversed the previous year's increase"),),
    ),
    rule(
        "goes on at the same rate",
        r"ct?[UDud][iw]{1,3}S?w?(?:[aiw]{1,4}(?:P)?)?",
        lambda sentence, match: (
            _goes_on_at_rate(sentence, match) if "rate" in sentence.words[match.start() : match.end() + 2] else iter(())
        ),
        needs="c",
        examples=(
            (
                "Shoplifting continues to rise at the same rate as at the half-year point.",
                "continues to rise at the same rate as at the half-year point",
            ),
        ),
    ),
    rule(
        "goes on",
        r"c[tiew]{0,2}[UDudBWg]{1,2}(?<=[UDudBW])(?:oP)?(?:OP)?|cI?[ud](?:OP)?|[UD]e{0,2}(?P<still>[cg])(?=[,;)A]|$|[oaxi]P)|Ie{0,2}c(?=[,;)iA]|$)",
        _goes_on,
        needs="c",
        examples=(
            ("Reports continue to fall.", "continue to fall"),
            ("There was a further increase.", "further increase"),
            ("Thefts fell to 301 and the trend continues.", "trend continues"),
        ),
    ),
    rule(
        "a trend",
        r"[wg]?(?:[UDBWud])I(?:[we]{0,3})?(?:iP)?|I[e]?[wi]{0,2}[UDBW]",
        _trend,
        needs="I",
        examples=(
            ("Showing an increasing trend.", "Showing an increasing trend"),
            ("It is within an upward trajectory.", "upward trajectory"),
        ),
    ),
    rule(
        "so stable",
        r"(?:e{1,2}[gi]{0,2}|i|c)?S{1,2}(?!Fr)(?:w)?(?:[toahi]{1,2}P)?|eg?Yw?[PM]|(?<=[,;\(A])Yi?w?P",
        _same,
        needs="SY",
        examples=(
            ("It remained stable on the same point in 2010/11.", "remained stable on the same point in 2010/11"),
        ),
    ),
    rule(
        "the rate of increase has slowed",
        r"(?:wO)?[udUD]w?[iwNO!A]{0,6}e{0,2}w?[wD](?=[,;:A(Kjxi]|$|F%|t%)(?:(?P<from>F%)|(?P<to>t%))?",
        easing,
        needs="ud",
        examples=(
            ("The rate of increase in domestic abuse has slowed.", "rate of increase in domestic abuse has slowed"),
            ("Growth has slowed to 2%.", "Growth has slowed to 2%"),
            ("The rise has eased from 20% at the half-year.", "rise has eased from 20%"),
        ),
    ),
    rule(
        "well below then",
        r"e?gV(?:K?[wO]{0,3}P|w(?P<season>w)(?=[,;)]|$))",
        _sized_side,
        needs="V",
        examples=(("The total is now sharply below that of a year ago.", "now sharply below that of a year ago"),),
    ),
    rule(
        "moved so steeply",
        r"g(?:A[gw]|P)?[UDudBW](?:[oahx]i?[PM]|iN|iwN?(?!O))?(?!(?:b|O)<Q>|<Q>)|[UDBW]g(?!<Q>|b<Q>)(?:[oah]i?P|iP)?",
        _sized,
        needs="g",
        examples=(
            ("It had increased slightly.", "increased slightly"),
            ("A steady year-on-year decline in fires.", "steady year-on-year decline in fires"),
            ("A slight increase on the previous year.", "slight increase on the previous year"),
        ),
    ),
)
