"""The forms that count times: so many of so many quarters, or two years picked out by name."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, at_letter, rule
from quarterday.commentary.rules_level import position_way
from quarterday.commentary.run_words import counted
from quarterday.commentary.tokens import Sentence, quantity
from quarterday.domain.claim import Amount, ClaimKind, Stated, Way, When, WhenKind

_Match = re.Match[str]
_UNITS = ("month", "quarter", "year", "period", "update", "report", "week")
_WORDS = re.compile("[a-z0-9]+")


def _in_some(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Down in seven of the last eight months", "below the year before in ten of the twelve months"."""
    side = max(match.start("side"), match.start("side2"))
    way = position_way(sentence.words[side]) if sentence.code[side] == "V" else WAYS[sentence.code[side]]
    at = max(match.start("so"), match.start("so2"))
    link = sentence.code.find("O", at)
    told = _WORDS.findall(" ".join(sentence.words[link + 1 : match.end()]))
    unit = next((unit for word in told for unit in _UNITS if word.rstrip("s") == unit), "")
    numbers = (value for word in told if isinstance(value := quantity(word)[1], Amount))
    many = next((int(value.value) for value in numbers), 0)
    on_year = any(
        isinstance(when, When) and when.kind in {WhenKind.YEAR_BEFORE, WhenKind.SAME_MONTHS_OF}
        for when in sentence.values
    )
    word = "year before" if on_year else ""
    stated = Stated(way=way, amount=amount_at(sentence, at), form="in some", scale=unit, of=many, word=word)
    yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated)


def _just_as_then(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.start() : match.start() + 2] == ["exactly", "as"]:
        stated = Stated(way=Way.SAME, form="stable", word="exactly")
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated)


def _latest_gap(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Above the mean of its group, most recently by 39%"."""
    side = sentence.code.rfind("V", 0, match.start())
    if side >= 0 and "v" in sentence.code[side : match.start()] and ";" not in sentence.code[side : match.start()]:
        stated = Stated(
            way=position_way(sentence.words[side]), amount=amount_at(sentence, match.start("q")), form="average"
        )
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=())


def _each_on_year(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Each quarter of 2013/14 brought fewer fires than its counterpart the year before"."""
    when = sentence.values[match.end() - 1]
    told = sentence.words[match.start()].startswith(("each", "every"))
    if told and isinstance(when, When) and when.kind in {WhenKind.YEAR_BEFORE, WhenKind.SAME_MONTHS_OF}:
        words = " ".join(sentence.words[match.start() : match.end()])
        unit = next((unit for unit in ("month", "quarter") if unit in words), "")
        stated = Stated(way=WAYS[match["way"]], form="run", scale=unit, word="year before")
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated, is_open=not unit)


def _each_beside(sentence: Sentence, match: _Match) -> Iterator[Found]:
    way = position_way(sentence.words[at_letter(sentence, match, "V")])
    then = sentence.values[match.start() + 2] if sentence.code[match.start() + 1] == "F" else None
    if isinstance(then, When) and then.kind is not WhenKind.STATED:
        return  # "from August to October": those months, and not the last twelve
    if way is not None and re.match(r"(?:each|every)\b", sentence.words[match.start()]):
        unit = next((word for word in ("month", "quarter", "year") if word in " ".join(sentence.words)), "")
        many = counted(sentence.words[match.start() : match.end()]) if match[0].startswith("HOP") else 0
        so_many = Amount(float(many)) if many else None
        stated = Stated(way=way, amount=so_many, form="run", scale=unit, word="year before")
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated)


def _every_area(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Every force in the group recorded an increase"."""
    if sentence.words[match.start()].startswith(("every ", "each ", "all ")) and "all but" not in sentence.words:
        way = WAYS[sentence.code[match.start("way")]]
        stated = Stated(way=way, amount=Amount(0.0), form="so many areas", word="all")
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=(), subject=())


def _in_these(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Falls in 2012 and 2013": each year against the one before it."""
    whens = [sentence.values[at] for at in range(match.start(), match.end()) if sentence.code[at] == "P"]
    years = [when for when in whens if isinstance(when, When) and when.kind is WhenKind.STATED and when.periods]
    apart = "between" in sentence.words[match.start() : match.end()]
    if len(years) == len(whens) and not apart:
        stated = Stated(way=WAYS[sentence.code[match.start()]], form="in these")
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated)


COUNTED: tuple[Rule, ...] = (
    rule(
        "in so many of so many",
        r"(?P<side>[UDBWudV])[wN]{0,2}(?:h?[iw]{0,2}P[wSN]?)?i(?P<so>n)O(?:P|[wn]{1,3}[my])"
        r"|(?P<so2>n)O(?:P|[wn]{1,3}[my])[we][wN]{0,3}e{0,2}(?P<side2>[UDBWudV])(?:h?i?P)?",
        _in_some,
        needs="O",
        examples=(
            ("Burglary was down in seven of the last eight months.", "down in seven of the last eight months"),
            (
                "In only two of the last ten quarters has it been higher.",
                "only two of the last ten quarters has it been higher",
            ),
            ("There were rises in three of the last four quarters.", "rises in three of the last four quarters"),
            (
                "It was below the previous year's level in ten of the twelve months.",
                "below the previous year's level in ten of the twelve months",
            ),
            ("Three of the last four quarters saw a fall.", "Three of the last four quarters saw a fall"),
        ),
    ),
    rule(
        "and by so much",
        r"(?<=,)E?w?b(?P<q>[%n])(?=[,;)]|$)",
        _latest_gap,
        needs="b",
        examples=(
            ("It has been above the mean of its group in each year, most recently by 39%.", "most recently by 39%"),
        ),
    ),
    rule(
        "each against its counterpart",
        r"(?:j|Hm|Hy)(?:[iO]P)?[we]{1,3}(?P<way>[UD])[wN]{0,3}h[iwK]{0,3}P",
        _each_on_year,
        needs="jH",
        examples=(
            (
                "Each quarter of 2013/14 brought fewer fires than its counterpart the year before.",
                "Each quarter of 2013/14 brought fewer fires than its counterpart the year before",
            ),
        ),
    ),
    rule(
        "each below its counterpart",
        r"(?:(?:Hy|Hm|j)(?:[iOF]P)?[ewi]{1,3}|HOP[wN]{0,2}e{1,2})V(?:[wK][wiO]{0,2}P|i?P)",
        _each_beside,
        needs="V",
        examples=(
            (
                "Every quarter of 2015/16 was below its equivalent in 2014/15.",
                "Every quarter of 2015/16 was below its equivalent in 2014/15",
            ),
        ),
    ),
    rule(
        "every area rose",
        r"G(?:[iO]G)?[we]{1,3}g?(?P<way>[UDud])(?![hb]|O?[n%])",
        _every_area,
        needs="G",
        examples=(
            (
                "Every force in the group recorded an increase.",
                "Every force in the group recorded an increase",
            ),
            ("All districts have fallen.", "All districts have fallen"),
        ),
    ),
    rule(
        "just as then",
        r"gi(?P<then>P)(?=[,;:)]|$)",
        _just_as_then,
        needs="g",
        examples=(("There were 868 offences, exactly as last year.", "exactly as last year"),),
    ),
    rule(
        "in these years",
        r"[UDud]iH?O?P(?:,P)*,?A[cg]?i?P(?![ha])",
        _in_these,
        needs="A",
        examples=(
            ("After falls in 2012 and 2013 the number has risen.", "falls in 2012 and 2013"),
            ("Casualties rose in both 2011/12 and 2012/13.", "rose in both 2011/12 and 2012/13"),
        ),
    ),
)
