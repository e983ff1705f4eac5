"""The forms of a number over time or over people: so many a month, so many per head."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, at_letter, change_of, each_letter, rule
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Loose, Stated, When, WhenKind

_Match = re.Match[str]


def _rate(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("q")
    if moved := re.search(r"[UDud][gw]?[bO]$", sentence.code[:at]):
        way = WAYS[sentence.code[moved.start()]]
        yield change_of(sentence, at, first=moved.start(), last=match.end() - 1, way=way)  # "a fall of 0.7 per 1,000"
        return
    per = at_letter(sentence, match, "C")
    base = sentence.values[per] if per >= 0 else 1000
    stated = Stated(amount=amount_at(sentence, at), form="rate", of=int(base) if isinstance(base, int) else 1000)
    theirs = re.search("Gw$|Gw?O$", sentence.code[: match.start()])  # "compares with a county rate of 58"
    group = (sentence.words[theirs.start()],) if theirs else None
    yield Found(ClaimKind.RATE, match.start(), match.end() - 1, stated, group=group)


def _per_head_first(sentence: Sentence, match: _Match) -> Iterator[Found]:
    base = sentence.values[match.start()]
    at = match.start("q")
    stated = Stated(amount=amount_at(sentence, at), form="rate", of=int(base) if isinstance(base, int) else 1000)
    yield Found(ClaimKind.RATE, match.start(), match.end() - 1, stated)


def _one_in(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "One burglary for every 212 residents"."""
    last = each_letter(sentence, match, "n")[-1]
    if amount_at(sentence, match.start()).value == 1:
        yield Found(
            ClaimKind.RATE, match.start(), match.end() - 1, Stated(amount=amount_at(sentence, last), form="one in")
        )


def _average(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("q")
    per = at_letter(sentence, match, "j")
    months = sentence.values[per] if per >= 0 else per_in(sentence)
    word = "at least" if re.match(r"[wA]{0,2}U", sentence.code[at + 1 :]) and sentence.words[at + 1] == "or" else ""
    two = sentence.code[match.start() : match.end()].count("P")
    stated = Stated(
        amount=amount_at(sentence, at), form="average", of=months if isinstance(months, int) else 1, word=word
    )
    way_at = at_letter(sentence, match, "UD")
    if way_at >= 0 and "F" in sentence.code[way_at:at]:
        stated = Stated(
            stated.way, stated.amount, form="average", of=stated.of, word=f"{WAYS[sentence.code[way_at]].value} from"
        )
    del two
    times = [*each_letter(sentence, match, "P"), max(0, match.start() - 1)]
    over_years = per < 0 and any(_is_of_years(sentence.values[where]) for where in times)
    told = " ".join(sentence.words[max(0, at - 3) : at])
    of_a_change = (
        re.search(r"\bequiv|\bequat", told) is not None and re.search("[UDud]", sentence.code[:at]) is not None
    )
    by_so_much = _BY_SO_MUCH.search(sentence.code[:at]) is not None  # "falls by 0.4 a month"
    moving = sentence.code[match.start()] == "v" and _is_moving(sentence, match.start())
    is_open = over_years or of_a_change or by_so_much or moving
    yield Found(ClaimKind.AVERAGE, match.start(), match.end() - 1, stated, is_open=is_open)


_BY_SO_MUCH = re.compile("[UDud][gw]?b(?:[iF]n[At])?$")  # "by 4 a month", "by between 20 and 40 in each year"


def _is_moving(sentence: Sentence, at: int) -> bool:
    """Whether an average is one over some months that move on: "the three-month average"."""
    when = sentence.values[at - 1] if at else None
    if re.search("n-?m$", sentence.code[:at]):
        return True
    return isinstance(when, When) and when.kind is WhenKind.SPAN and when.months < _YEARS_AVERAGED // 2


_YEARS_AVERAGED = 24


def _is_of_years(when: object) -> bool:
    """Whether a time is a number of years: "the average for the last three years" is a yearly one."""
    return isinstance(when, When) and when.kind is WhenKind.SPAN and when.months >= _YEARS_AVERAGED


_TYPICAL = frozenset(("typical", "normal", "ordinary", "usual", "given"))


def _so_many_is_average(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "81 is the monthly average for arson": what it is of stands behind."""
    for found in _average(sentence, match):
        of_it = _OF_IT.match(sentence.code, match.end())
        told = sentence.words[of_it.start(1) : of_it.end(1)] if of_it else []
        yield replace(found, subject=tuple(told))


_OF_IT = re.compile("[iO]([wN]{1,4})")
_UNITS = {"month": 1, "quarter": 3, "year": 12, "week": -7, "day": -1}


def _average_unit(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if match["per"]:
        if sentence.words[match.start()].startswith("in a"):  # "in a typical month there were 12"
            months = sentence.values[match.start()]
            stated = Stated(amount=amount_at(sentence, match.start("q2")), form="average", of=int(str(months)))
            yield Found(ClaimKind.AVERAGE, match.start(), match.end() - 1, stated)
        return
    months = _UNITS.get(sentence.words[match.start("unit")])
    if months is not None and (match[0][0] == "v" or sentence.words[match.start()] in _TYPICAL):
        stated = Stated(amount=amount_at(sentence, match.start("q")), form="average", of=months)
        yield Found(ClaimKind.AVERAGE, match.start(), match.end() - 1, stated)


def per_in(sentence: Sentence) -> int:
    """The unit that a sentence averages over: months, weeks as -7, days as -1."""
    per = next((value for letter, value in zip(sentence.code, sentence.values, strict=True) if letter == "j"), None)
    if isinstance(per, int):
        return per
    return next(
        (
            unit
            for word, unit in (("week", -7), ("weekly", -7), ("day", -1), ("daily", -1), ("quarterly", 3), ("qtrly", 3))
            if word in sentence.words
        ),
        1,
    )


def _more_averages(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "…, rising to 5 in 2010/11 and 7 in 2011/12", once the sentence speaks of averages."""
    if not {"v", "j"} & set(sentence.code[: match.start()]) or "under" in sentence.words[match.start() : match.end()]:
        return
    yield from _average(sentence, match)


RATES: tuple[Rule, ...] = (
    rule(
        "so many per head",
        r"(?P<q>[n%])(?:N?[wUDhe]{0,2}|w{1,3}N|[wNFi]{1,5})C",
        _rate,
        needs="C",
        examples=(("The rate is 5.3 burglaries for every 1,000 people.", "5.3 burglaries for every 1,000 people"),),
    ),
    rule(
        "per head there were so many",
        r"(?:^|(?<=^w)|(?<=[,;:A]))C,?[we]{0,3}e(?P<q>n)N?",
        _per_head_first,
        needs="C",
        examples=(("Per 1,000 residents there were 5.3 burglaries.", "Per 1,000 residents there were 5.3 burglaries"),),
    ),
    rule(
        "one for so many people",
        r"n[Nw]?iHn[Nw]?(?:iP)?",
        _one_in,
        needs="H",
        examples=(("There was one burglary for every 212 residents.", "one burglary for every 212 residents"),),
    ),
    rule(
        "a rate of",
        r"(?<=w)[Oei]{1,2}(?P<q>n)(?=[e,;VRK]|[iw]G|$)(?![mykN])",
        lambda sentence, match: _rate(sentence, match) if sentence.words[match.start() - 1] == "rate" else iter(()),
        needs="n",
        examples=(
            ("The rate of 7.2 is in line with the average.", "of 7.2"),
            ("A rate of 5.1 places the county in line with the average.", "of 5.1"),
        ),
    ),
)


def _once(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Roughly once a day during 2022"."""
    if sentence.words[match.start("once")] != "once":
        return
    about = bool(match["about"]) and sentence.words[match.start("about")] in _ABOUT
    amount = Amount(1.0, 0.1, loose=Loose.ABOUT if about else Loose.EXACT)
    per = sentence.values[match.start("once") + 1]
    stated = Stated(amount=amount, form="average", of=per if isinstance(per, int) else 1)
    first = match.start("about") if about else match.start("once")
    yield Found(ClaimKind.AVERAGE, first, match.end() - 1, stated, subject=(), is_open=True)


_ABOUT = frozenset(("roughly", "about", "around", "approximately"))


AVERAGES: tuple[Rule, ...] = (
    rule(
        "once a day",
        r"(?P<about>[wi])?(?P<once>w)j(?:iP)?",
        _once,
        needs="j",
        examples=(("A knife was used roughly once a day during 2022.", "roughly once a day during 2022"),),
    ),
    rule(
        "so many a month",
        r"(?P<q>n)(?:[NwUiF-]{0,5}|w{0,3}N[we]{2,3}(?:tw)?)j(?![UDBW])(?:[i]?P)?",
        _average,
        needs="j",
        examples=(
            ("Burglary averaged 58 a month in 2021/22.", "58 a month in 2021/22"),
            ("27 missing person reports were taken each day.", "27 missing person reports were taken each day"),
        ),
    ),
    rule(
        "an average month had so many",
        r"[vw](?P<unit>[my])[we]{1,3}(?P<q>n)N?|(?P<per>j),?[we]{1,3}(?P<q2>n)w{0,2}N",
        _average_unit,
        needs="myj",
        examples=(
            ("The average quarter had 85 offences.", "average quarter had 85 offences"),
            ("A typical month saw 12 burglaries.", "typical month saw 12 burglaries"),
            ("In a typical week there were 12 burglaries.", "In a typical week there were 12 burglaries"),
        ),
    ),
    rule(
        "so many is the average",
        r"(?P<q>n)N?e{1,2}w?j?v(?!N?O?G|P)",
        _so_many_is_average,
        needs="v",
        examples=(("81 is the monthly average for criminal damage.", "81 is the monthly average"),),
    ),
    rule(
        "the average was so many",
        r"(?:iPAP|iP)?(?:j,?)?v[wNj]{0,3}?(?:[iO][wN]{1,4}){0,2}(?:iP|P)?[weSAUDOti:=-]{0,4}(?P<q>[n])(?!%|[wE]?G|N?[jm][UDBW])(?:AUD?|AU)?N?j?(?:i?H?P(?:AP)?)?",
        _average,
        needs="v",
        examples=(
            (
                "In 2008/09 and 2009/10 the monthly average was 4, rising to 5.",
                "In 2008/09 and 2009/10 the monthly average was 4",
            ),
            (
                "The monthly average is 48 in both 2010/11 and 2011/12.",
                "monthly average is 48 in both 2010/11 and 2011/12",
            ),
        ),
    ),
    rule(
        "and so many then, in brackets",
        r"(?<=\()P:(?P<q>n)(?=\))",
        _more_averages,
        needs="(",
        examples=(("The monthly mean dropped to 344 in 2022/23 (2021/22: 402).", "2021/22: 402"),),
    ),
    rule(
        "and so many then",
        r"(?:[UD]?[tF]|(?<=[A,;(])|(?<=e)|a)(?P<q>n)(?!%)j?(?:i?H?P(?:AP)?|(?:(?<=[UD]Fn)|(?<=[UD]Fnj))(?=[,;\)]|$))(?!N)",
        _more_averages,
        needs="n",
        examples=(
            ("The monthly average was 4 in 2009/10, rising to 5 in 2010/11.", "rising to 5 in 2010/11"),
            ("Officers attended 23 incidents a week on average, up from 22.", "up from 22"),
        ),
    ),
)
