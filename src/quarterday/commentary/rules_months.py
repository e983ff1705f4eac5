"""The forms of months picked out, each against the same month a year before."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import WAYS, Found, Rule, each_letter, rule
from quarterday.commentary.rules_level import position_way
from quarterday.commentary.superlatives import superlative
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated, Way, When, WhenKind

_Match = re.Match[str]
SOME_MONTHS = r"M(?:,M)*(?:,?AM)?"


def months_in(sentence: Sentence, match: _Match) -> tuple[int, ...]:
    """The months that a match names, from 1."""
    months: list[int] = []
    for at in each_letter(sentence, match, "MP"):
        when = sentence.values[at]
        if isinstance(when, When) and when.months and when.first and when.months < 12:  # noqa: PLR2004
            months += [(when.first - 1 + step) % 12 + 1 for step in range(when.months)]
    return tuple(months)


def _named_months(sentence: Sentence, match: _Match) -> Iterator[Found]:
    months = months_in(sentence, match)
    side = next((at for at in each_letter(sentence, match, "UDEVud")), -1)
    if not months or side < 0:
        return
    word = sentence.words[side]
    if sentence.code[match.start() - 2 : match.start()] == "Ei" and "," in sentence.code[match.start() : side]:
        return  # "highest in May, lowest in January"
    if sentence.code[side] == "D" and _is_part_that_fell(sentence, side):
        return
    last_month = max(each_letter(sentence, match, "MP"))
    between = sentence.code[last_month + 1 : side]
    if "w" in between and "e" not in between and sentence.code[match.start() - 1 : match.start()] == "i":
        return  # "In February the count rose": how the count was, and not how the month was
    if sentence.code[side] == "E" and (
        word not in {"high", "low", "highs", "lows", "highest", "lowest"}
        or sentence.words[side + 1 : side + 2] == ["point"]
    ):
        return
    way = WAYS.get(sentence.code[side]) or superlative(word) or position_way(word)
    if word in {"highest", "lowest"}:
        stated = Stated(way=way, form="month", months=months, word=word, of=1)
        since = "x" in sentence.code[match.end() : match.end() + 3]
        yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated, is_open=since)
        return
    largest = sentence.code[side] == "E"
    form = "largest falls" if largest else "each"
    stated = Stated(way=way, form=form, months=months)
    spared = sentence.words[match.start() - 1 : match.start()] in (["but"], ["except"], ["bar"], ["save"], ["for"])
    yield Found(ClaimKind.NAMED_MONTHS, match.start(), match.end() - 1, stated, is_open=spared)


def _is_part_that_fell(sentence: Sentence, at: int) -> bool:
    """Whether a part came about then, and did not sink: "one in ten of the crimes fell in January"."""
    start = max(sentence.code.rfind(mark, 0, at) for mark in ",;:K") + 1
    part = re.search("(?:[f%]O?|HrN|wO|EO?)[wNPHG]{1,6}$", sentence.code[start:at])
    return sentence.words[at] in {"fell", "fall", "falls"} and part is not None


def _season(_sentence: Sentence, match: _Match) -> Iterator[Found]:
    yield Found(ClaimKind.NAMED_MONTHS, match.start(), match.end() - 1, Stated(way=Way.UP, form="season"))


_SAW = frozenset(["saw", "showed", "recorded", "had", "registered", "brought", "shows", "see", "experienced"])


_HABITS = frozenset((
    "usually", "always", "typically", "normally", "traditionally", "invariably", "tend", "tends", "often",
))  # fmt: skip


def _habit(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Numbers usually climb in the autumn", which is of every year and of none."""
    if sentence.words[match.start()] in _HABITS:
        yield from _season(sentence, match)


_SPARE_ONE = r"(?:[wK][Fhi]?|[iw]wO)M(?:,M)*(?:,?AM)?"
_SPARED = frozenset((
    "but", "except", "excepting", "bar", "barring", "apart", "excluding", "save", "other", "exception", "besides",
    "aside",
))  # fmt: skip
_ALL_MONTHS = r"(?:j|Hm|HP|HOm)(?:[Oi]P)?"
_BESIDE = r"(?:[oah]w?[ia]?P|(?<=V)P)(?:w(?![wNn]))?"
_BEFORE = frozenset((WhenKind.YEAR_BEFORE, WhenKind.SAME_MONTHS_OF))


def _is_of_months(words: str) -> bool:
    return words.startswith(("every month", "each month", "all")) and "month" in words


def _all_months(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Every month bar May was quieter than in 2012/13": each on a year before, and the others not."""
    name = "" if match["all"] else "2"
    words = sentence.words[match.start(f"all{name}") : match.end(f"all{name}")]
    spared = sentence.words[match.start(f"spared{name}") : match.end(f"spared{name}")]
    if not _is_of_months(" ".join(words)) or (spared and _SPARED.isdisjoint(spared)):
        return
    if not any(_is_year_before(sentence.values[at]) for at in each_letter(sentence, match, "P") if at):
        return
    months = months_in(sentence, match) if spared else ()
    at = next(at for at in each_letter(sentence, match, "UDBWV"))
    way = position_way(sentence.words[at]) or WAYS.get(sentence.code[at])
    stated = Stated(way=way, form="run", scale="month", word="year before", months=months)
    yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated)


def _is_year_before(when: object) -> bool:
    if not isinstance(when, When):
        return False
    whole = when.kind is WhenKind.STATED and bool(when.periods) and when.periods[0].months == 12  # noqa: PLR2004
    return whole or when.kind in _BEFORE


def _beside_year(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Months that are told first, and how a number was in them beside a year before."""
    months = months_in(sentence, match)
    at = next((at for at in each_letter(sentence, match, "UDVBW")), -1)
    saw = "saw" not in match.re.groupindex or sentence.words[match.start("saw")] in _SAW
    beside = any(_is_year_before(sentence.values[where]) for where in each_letter(sentence, match, "P"))
    if months and saw and at >= 0 and beside:
        way = position_way(sentence.words[at]) or WAYS.get(sentence.code[at])
        stated = Stated(way=way, form="each", months=months)
        yield Found(ClaimKind.NAMED_MONTHS, match.start(), match.end() - 1, stated)


def _only_then(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.start() - 1] == "only":
        stated = Stated(way=WAYS[match["side"]], form="each", months=months_in(sentence, match))
        yield Found(ClaimKind.NAMED_MONTHS, match.start(), match.end() - 1, stated)


def _all_but(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = next(at for at in each_letter(sentence, match, "UDBWV"))
    way = position_way(sentence.words[at]) or WAYS.get(sentence.code[at])
    stated = Stated(way=way, form="run", scale="month", word="year before", months=months_in(sentence, match))
    if "only" in sentence.words[match.start() : at]:
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated)


def _rises_then(sentence: Sentence, match: _Match) -> Iterator[Found]:
    months = months_in(sentence, match)
    if months and sentence.code[match.start() - 1 : match.start()] != "E":
        stated = Stated(way=WAYS[match["side"]], form="each", months=months)
        yield Found(ClaimKind.NAMED_MONTHS, match.start(), match.end() - 1, stated)


_MOST = frozenset((
    "largest", "biggest", "greatest", "sharpest", "steepest", "most", "highest", "heaviest", "strongest",
))  # fmt: skip


def _largest_changes(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "September and July showing the largest falls": each fell, and none of the others by more."""
    months = months_in(sentence, match)
    told = match["most"] or match.re.groupindex.get("most2") is None
    most, side = ("most", "side") if told else ("most2", "side2")
    if not months or sentence.words[match.start(most)] not in _MOST:
        return
    beside = any(_is_year_before(sentence.values[at]) for at in each_letter(sentence, match, "P"))
    stated = Stated(way=WAYS[match[side]], form="largest changes", months=months)
    yield Found(ClaimKind.NAMED_MONTHS, match.start(), match.end() - 1, stated, is_open=len(months) == 1 and not beside)


_HEAVY = {"heavy": Way.UP, "busy": Way.UP, "quiet": Way.DOWN, "light": Way.DOWN, "calm": Way.DOWN}


def _heavy(sentence: Sentence, match: _Match) -> Iterator[Found]:
    way = _HEAVY.get(sentence.words[match.end() - 1])
    if way is not None:
        stated = Stated(way=way, form="largest falls", months=months_in(sentence, match))
        yield Found(ClaimKind.NAMED_MONTHS, match.start(), match.end() - 1, stated, is_open=True)


LARGEST: tuple[Rule, ...] = (
    rule(
        "months with the largest rises",
        rf"{SOME_MONTHS}[we,]{{1,5}}(?P<most>E)(?P<side>[ud])(?:i[wN]{{1,4}})?(?:O[wN]{{1,3}})?(?:[oah]i?P)?(?!,?O?[n%])",
        _largest_changes,
        needs="M",
        examples=(
            (
                "Burglary fell, with September, October and July showing the largest falls.",
                "September, October and July showing the largest falls",
            ),
        ),
    ),
    rule(
        "the largest rises, and which months",
        rf"(?P<most>E)(?P<side>[ud])(?:i[wN]{{1,4}})?(?:O[wN]{{1,3}})?(?:[oah]i?P)?e{{1,2}}w?i?{SOME_MONTHS}(?![(]|e)|(?P<side2>[ud])(?:i[wN]{{1,4}})?(?:O[wN]{{1,3}})?e{{1,2}}(?P<most2>E)[gw]?i{SOME_MONTHS}",
        _largest_changes,
        needs="M",
        examples=(
            (
                "The largest increases in burglary were in July and May.",
                "largest increases in burglary were in July and May",
            ),
            (
                "The fall in burglary was most marked in May and June.",
                "fall in burglary was most marked in May and June",
            ),
        ),
    ),
)

MONTHS: tuple[Rule, ...] = (
    rule(
        "all months, then how they were",
        rf"i?(?P<all>{_ALL_MONTHS})(?P<spared>,?{_SPARE_ONE})?,?[wNOie]{{0,7}}[gc]?(?:[UDBW]N?|V){_BESIDE}",
        _all_months,
        needs="jH",
        examples=(
            (
                "Every month bar May was quieter than in 2012/13.",
                "Every month bar May was quieter than in 2012/13",
            ),
            (
                "In all twelve months burglary was lower than the same month last year.",
                "In all twelve months burglary was lower than the same month last year",
            ),
        ),
    ),
    rule(
        "how it was in all months",
        rf"(?:[UDBW]|V)(?:{_BESIDE}i(?P<all>{_ALL_MONTHS})(?P<spared>,?{_SPARE_ONE})?|i(?P<all2>{_ALL_MONTHS})(?P<spared2>,?{_SPARE_ONE})?{_BESIDE})",
        _all_months,
        needs="jH",
        examples=(
            (
                "Burglary rose in every month but October compared with the previous year.",
                "rose in every month but October compared with the previous year",
            ),
            (
                "Burglary was lower than a year earlier in every month except May.",
                "lower than a year earlier in every month except May",
            ),
        ),
    ),
    rule(
        "in these months it was so beside a year before",
        rf"(?<=i){SOME_MONTHS},?[wNGO]{{1,5}}e{{0,2}}[gc]?(?:[UDBW]|V){_BESIDE}",
        _beside_year,
        needs="M",
        examples=(
            (
                "In August and January, recorded burglary increased on the same month last year.",
                "August and January, recorded burglary increased on the same month last year",
            ),
        ),
    ),
    rule(
        "so beside a year before in these months",
        rf"(?:[UDBW]|V){_BESIDE}i{SOME_MONTHS}",
        _beside_year,
        needs="M",
        examples=(
            ("Burglary was lower than a year earlier in May and June.", "lower than a year earlier in May and June"),
        ),
    ),
    rule(
        "only then it moved so",
        rf"(?<=w)i{SOME_MONTHS}[we][wNOG]{{1,5}}(?P<side>[udUDBW]){_BESIDE}?",
        _only_then,
        needs="M",
        examples=(
            ("Only in May did burglary fall on the year before.", "in May did burglary fall on the year before"),
        ),
    ),
    rule(
        "the only months that were so",
        rf"{SOME_MONTHS}ewmte?[gc]?(?:[UDBW]|V){_BESIDE}",
        _beside_year,
        needs="M",
        examples=(
            (
                "May and July were the only months to exceed the previous year.",
                "May and July were the only months to exceed the previous year",
            ),
        ),
    ),
    rule(
        "the only months that were not so",
        rf"{SOME_MONTHS}ewm!t?e?[gc]?(?:[UDBW]|V){_BESIDE}",
        _all_but,
        needs="M",
        examples=(
            (
                "May was the only month not to be lower than the previous year.",
                "May was the only month not to be lower than the previous year",
            ),
        ),
    ),
    rule(
        "months that saw it so beside a year before",
        rf"{SOME_MONTHS}H?(?P<saw>w)[wNG]{{0,5}}[gc]?(?:[UDBW]N{{0,2}}|V){_BESIDE}",
        _beside_year,
        needs="M",
        examples=(
            (
                "December and May saw burglary below the same month last year.",
                "December and May saw burglary below the same month last year",
            ),
            (
                "May and November recorded more burglaries than 2017/18.",
                "May and November recorded more burglaries than 2017/18",
            ),
        ),
    ),
    rule(
        "a rise of something in these months",
        rf"(?P<side>[ud])(?:i[wN]{{1,4}}(?:O[wN]{{1,3}})?(?:e{{1,2}}w)?|e{{1,2}}w)i{SOME_MONTHS}(?:[oah]i?P)?(?![,;A(]?n|[,we]{{0,2}}[%#bO]|,[HwgZ]{{0,3}}[UDV])",
        _rises_then,
        needs="M",
        examples=(
            (
                "Rises in burglary were recorded in May and June against 2017/18.",
                "Rises in burglary were recorded in May and June against 2017/18",
            ),
        ),
    ),
    rule(
        "months that were heavy",
        rf"{SOME_MONTHS}e{{1,2}}[wgZ]{{0,2}}w(?=[,;)]|$|[AKai])",
        _heavy,
        needs="M",
        examples=(("January and February were unusually heavy.", "January and February were unusually heavy"),),
    ),
    rule(
        "months picked out, then how they were",
        rf"(?:mO)?(?:{SOME_MONTHS}|[HEm]{{1,2}}[Fi]P|P(?=eH))[,:weAHmZgO]{{0,6}}?(?:iw?)?(?P<side>[DEUV])(?![NFtb]|[rnEO])(?:[wigoahx,]|aim|aimO|mO){{0,5}}(?:m?O?P)?",
        _named_months,
        needs="MP",
        examples=(
            (
                "July, October and February were notably low against the year before.",
                "July, October and February were notably low against the year before",
            ),
        ),
    ),
    rule(
        "how months were, then which",
        rf"[wg]?(?P<side>[ED])(?:[ai]P[we]{{0,4}}(?:mO)?|[ew]{{1,3}}i){SOME_MONTHS}(?:[oa]i?P)?",
        _named_months,
        needs="M",
        examples=(
            (
                "Particularly low against the previous year were the months of July and October.",
                "Particularly low against the previous year were the months of July and October",
            ),
        ),
    ),
    rule(
        "months that saw a rise",
        rf"{SOME_MONTHS}H?(?P<saw>w)[wN]{{0,3}}(?P<side>[ud])(?:[oahx]i?P|P)?(?!O?[n%b])",
        lambda sentence, match: (
            _named_months(sentence, match) if sentence.words[match.start("saw")] in _SAW else iter(())
        ),
        needs="M",
        examples=(
            (
                "May and June each saw increases compared with 2016.",
                "May and June each saw increases compared with 2016",
            ),
        ),
    ),
    rule(
        "a rise in these months",
        rf"(?P<side>[udUDE])(?:[wN]{{0,2}}i)?{SOME_MONTHS}(?:\(HE\))?(?![,;A(]?n|[,we]{{0,2}}[%#])",
        lambda sentence, match: (
            _named_months(sentence, match)
            if "i" in match[0] or sentence.words[match.start()] in {"high", "low", "higher", "lower"}
            else iter(())
        ),
        needs="M",
        examples=(
            ("Reductions in June and August were offset by September.", "Reductions in June and August"),
            ("It was offset by a very high September.", "high September"),
        ),
    ),
    rule(
        "which months were high",
        rf"[wg]?(?P<side>E)m[e]{SOME_MONTHS}",
        _named_months,
        needs="M",
        examples=(
            (
                "Particularly high months were November and February.",
                "Particularly high months were November and February",
            ),
        ),
    ),
    rule(
        "each month from one to another",
        r"(?:[j]|Hm)[FiO]?(?:[FiO]P)?e?[gw]?(?:(?P<side>[DU])h|V(?:[KS][iO]?|i)?)P",
        _named_months,
        needs="jH",
        examples=(
            (
                "Each month from April to June was lower than the year before.",
                "Each month from April to June was lower than the year before",
            ),
        ),
    ),
    rule(
        "at this time of year",
        r"[wet]{0,4}[wu]i(?:w?w)OP|[weut]{0,3}[wu]i[w]{0,2}Oy|wt[wue]{0,2}[uUEV]i(?:w[mM]|M|P|w)",
        lambda sentence, match: (
            _season(sentence, match)
            if {"spike", "peak", "rise", "higher", "tend", "tends", "highest", "increase"}
            & set(sentence.words[match.start() : match.end()])
            else iter(())
        ),
        needs="O",
        examples=(("It tends to spike at this time of year.", "It tends to spike at this time of year"),),
    ),
    rule(
        "moves so every year",
        r"w(?:t[e]?)?[UDud](?!b?[n%p])(?:i[w]{0,2}|w{1,2}|iP)",
        _habit,
        needs="UDud",
        examples=(
            ("Numbers usually climb in the autumn.", "usually climb in the autumn"),
            ("Burglary always rises once the clocks go back.", "always rises once the clocks"),
            ("Calls tend to fall during the winter.", "tend to fall during the winter"),
        ),
    ),
)
