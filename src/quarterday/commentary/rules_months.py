"""The forms of months picked out, each against the same month a year before."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import WAYS, Found, Rule, each_letter, rule
from quarterday.commentary.rules_level import position_way
from quarterday.commentary.superlatives import superlative
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated, Way, When

_Match = re.Match[str]


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


SOME_MONTHS = r"M(?:,M)*(?:,?AM)?"


_HABITS = frozenset((
    "usually", "always", "typically", "normally", "traditionally", "invariably", "tend", "tends", "often",
))  # fmt: skip


def _habit(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Numbers usually climb in the autumn", which is of every year and of none."""
    if sentence.words[match.start()] in _HABITS:
        yield from _season(sentence, match)


MONTHS: tuple[Rule, ...] = (
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
        rf"{SOME_MONTHS}H?w(?P<side>[ud])(?:[oahx]i?P)?(?!O?[n%])",
        lambda sentence, match: (
            _named_months(sentence, match) if sentence.words[match.start("side") - 1] in _SAW else iter(())
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
