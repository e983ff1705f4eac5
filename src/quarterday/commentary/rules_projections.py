"""The forms of what is still to come: where a year will end by a projection, or by somebody's own forecast."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, at_letter, rule, signed_way, way_near
from quarterday.commentary.rules_level import MET, MISSED, is_at_end, position_way, said
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated, Unit, Way, When, WhenKind

_Match = re.Match[str]


_TURNS = frozenset(("yet", "but", "although", "though"))


def _turns_to_what_is(sentence: Sentence, at: int) -> bool:
    """As in "Last it may be, yet the town is better than a year ago, by 27"."""
    start = max(0, sentence.code.rfind("J", 0, at))
    turn = next((where for where in range(start, at) if sentence.words[where] in _TURNS), at)
    return "e" in sentence.code[turn:at]


_PAST = frozenset(("was", "were", "had", "recorded", "logged", "stood", "finished", "ended", "closed"))


def _has_been(sentence: Sentence, start: int, at: int) -> bool:
    """As in "At year end it was 47", "the 60 had become 47"."""
    before = sentence.words[start - 1] if start else ""
    ended = sentence.words[start].removeprefix("by ").removeprefix("the ") in {"year end", "year-end"}
    at_the_end = ended and before in {"at", "by", "and"} and not _PAST.isdisjoint(sentence.words[start + 1 : at + 6])
    return at_the_end or (before == "had" and sentence.words[start] == "become")


def _projection(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("q")
    amount = amount_at(sentence, at)
    if sentence.code[at - 1 : at] == "b" and (MET | MISSED) & set(sentence.words[max(0, at - 4) : at]):
        return  # "the target will be missed by 20"
    if at and sentence.words[at - 1] in {"first", "last", "next", "remaining", "other", "final"}:
        return  # "if the remaining months repeat the first six"
    if _turns_to_what_is(sentence, at) or _has_been(sentence, match.start(), at):
        return
    if is_at_end(sentence.words[match.start()]) and not _ENDED.isdisjoint(sentence.words[match.start() : at]):
        return  # "by the year end it had closed 4% above target"
    beside = re.match("N?V", sentence.code[at + 1 :])
    of_target = beside is not None and "T" in sentence.code[at + 1 + beside.end() : at + 6]  # "18 over target"
    beside = None if of_target else beside
    way = way_near(sentence, at) if amount.unit is not Unit.COUNT or _has_change_word(sentence, at) else None
    if sentence.code[match.end() - 2 : match.end()] == "VP":
        way = position_way(sentence.words[match.end() - 2])
    way = _way_right_after(sentence, at) or way or _over_then(sentence, at)
    bracketed = sentence.code[at - 1 : at] == "("
    if bracketed and amount.unit is Unit.COUNT:
        way = way_near(sentence, at) or signed_way(amount, None)
    elif amount.unit is Unit.COUNT and sentence.words[at].startswith("some") and sentence.code[at - 1 : at] == ",":
        way = way_near(sentence, at)
    way = position_way(sentence.words[at + beside.end()]) if beside else way
    first = max(match.start("from"), at - 4) if match.start("from") >= 0 else at
    form = "change" if way is not None or amount.unit is not Unit.COUNT else "total"
    stated = Stated(way=signed_way(amount, way), amount=amount, form=form)
    hoped = not _HOPES.isdisjoint(sentence.words[match.start() : at])  # somebody's own forecast, by no method told
    yield Found(ClaimKind.PROJECTION, first, match.end() - 1, stated, is_open=hoped or of_target)


_ENDED = frozenset(("ended", "finished", "closed", "was", "were", "came", "had", "stood"))


def _way_right_after(sentence: Sentence, at: int) -> Way | None:
    """As in "set to close 68 higher than last year"; what a clause before says is another's."""
    beside = re.match("N?(?P<way>[UDBW])[ohai]{1,2}P", sentence.code[at + 1 :])
    return WAYS[beside["way"]] if beside else None


def _over_then(sentence: Sentence, at: int) -> Way | None:
    """Which way "over" and "under" say, beside a year before: "to end 6.2% over last year"."""
    beside = re.match("N?iP", sentence.code[at + 1 :])
    if beside is None:
        return None
    return _OVER.get(sentence.words[at + beside.end() - 1])


_OVER = {"over": Way.UP, "under": Way.DOWN}
_HOPES = frozenset((
    "expect", "expects", "expecting", "anticipate", "anticipates", "anticipating", "envisage", "envisages", "foresee",
    "foresees",
))  # fmt: skip


_GIVES = frozenset(("gives", "give", "giving", "yields", "yield", "produces", "implies", "makes", "suggests", "gave"))


def _gives(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.start()] in _GIVES and "J" in sentence.code[: match.start()]:
        amount = amount_at(sentence, match.start("q"))
        yield Found(ClaimKind.PROJECTION, match.start(), match.start("q"), Stated(amount=amount, form="total"))


def _from_so_many(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "A projection from the first five months (215)": the number that is projected from."""
    amount = amount_at(sentence, match.start("q"))
    yield Found(ClaimKind.LEVEL, match.start("q"), match.start("q"), Stated(amount=amount, form="level"))


def _has_change_word(sentence: Sentence, at: int) -> bool:
    return (
        re.search(r"[UDudBW][bONw]{0,2}$", sentence.code[:at]) is not None
        or re.match(r"N?[UDud]", sentence.code[at + 1 :]) is not None
    )


def _more_projections(sentence: Sentence, match: _Match) -> Iterator[Found]:
    start = sentence.code.find("J")
    if (
        start < 0
        or start > match.start()
        or {"after", "following", "so far this year", "compared"} & set(sentence.words[start : match.start() + 2])
    ):
        return
    if not _has_been(sentence, start, match.start("q")):
        yield from _projection(sentence, match)


_FINISH = frozenset(("finish", "end", "close", "be", "in", "total", "land", "outturn", "come", "year", "settle"))


def _is_over_then(sentence: Sentence, at: int) -> bool:
    """Whether "over" stands between how a year will end and the year before: "set to finish over last year"."""
    when = sentence.values[at + 1]
    before = sentence.words[at - 1].rpartition(" ")[2]
    is_before = isinstance(when, When) and when.kind in {WhenKind.YEAR_BEFORE, WhenKind.STATED}
    return sentence.words[at] in _OVER and is_before and before in _FINISH


def _projected_side(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if match["over"] and not _is_over_then(sentence, match.start("over")):
        return
    at = match.start("over") if match["over"] else at_letter(sentence, match, "VUDBWud")
    way = position_way(sentence.words[at]) or _OVER.get(sentence.words[at]) or WAYS.get(sentence.code[at])
    yield Found(ClaimKind.PROJECTION, match.start(), at, Stated(way=way, form="side"))


def _colour(sentence: Sentence, match: _Match) -> Iterator[Found]:
    told = set(sentence.words[match.start() : match.end()])
    if told & {"red", "amber", "green"} and told & {"will", "should", "would"}:
        yield Found(ClaimKind.PROJECTION, match.start(), match.end() - 1, Stated(form="projected"), is_open=True)


_FORESEEN = ("predict", "forecast", "expected", "anticipated", "project", "estimate", "modelling", "outlook")


def _beside_forecast(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Lower than predicted by the seasonal model": no report has the figures that were foreseen."""
    if sentence.words[at_letter(sentence, match, "J")].startswith(_FORESEEN):
        yield Found(ClaimKind.PROJECTION, match.start(), match.end() - 1, Stated(form="projected"), is_open=True)


PROJECTIONS: tuple[Rule, ...] = (
    rule(
        "will be of a colour",
        r"w[we]t?w(?:i?J|b?P)?",
        _colour,
        needs="w",
        examples=(("It is amber and should return to green by year end.", "should return to green by year end"),),
    ),
    rule(
        "it will end at so much",
        r"J(?P<from>(?:[^;:.$JVT,%npf]|,(?!A)){0,12}?:?)(?P<q><Q>)(?!-?[myj])(?:[UDud])?N?(?:[ohai]i?P|V(?:[wO]{0,2}i?P)?)?",
        _projection,
        needs="J",
        examples=(("The year-end projection is a reduction of 0.9%.", "is a reduction of 0.9%"),),
    ),
    rule(
        "it will end above or below",
        r"J[wetPiNJ]{0,6}(?:V(?=[hOPegA]|[wi]?n|$|[,;])|[UDBW](?=[hOPegA]|[wi]n|$|[,;])|(?<=[eJ])[ud](?=oPw?(?![,]?[Obn%]))|(?P<over>i)(?=P))",
        _projected_side,
        needs="J",
        examples=(
            (
                "On current levels it is on course to finish the year below the 592 of 2021/22.",
                "On current levels it is on course to finish the year below",
            ),
        ),
    ),
    rule(
        "on course for the target",
        r"J[iOwh]{0,3}P?w?T",
        lambda sentence, match: (
            iter((Found(ClaimKind.PROJECTION, match.start(), match.end() - 1, Stated(form="projected")),))
            if (MET | MISSED).isdisjoint(said(sentence, at) for at in range(match.start(), match.end()))
            else iter(())
        ),
        needs="T",
        examples=(("We are on course for the year-end target.", "on course for the year-end target"),),
    ),
    rule(
        "which gives so much",
        r"w(?P<q>n)N?(?:[bi]?[PM])?(?![UDud%kmy])",
        _gives,
        needs="J",
        examples=(("A straight-line projection gives 560 by March.", "gives 560"),),
    ),
    rule(
        "a rise is forecast",
        r"[cgSw]?[ud](?:[iw]{1,3})?[eA]{0,2}J(?!.{0,9}[n%])",
        lambda sentence, match: (
            iter((Found(ClaimKind.PROJECTION, match.start(), match.end() - 1, Stated(form="projected")),))
            if "year end" not in sentence.words[match.end() - 1].replace("-", " ")
            else iter(())
        ),
        needs="J",
        examples=(("A further rise is forecast for 2018/19.", "further rise is forecast"),),
    ),
    rule(
        "beside what was forecast",
        r"(?:[UDBW]h|V[wei]{0,2}|Y)[we]{0,2}J[SwN]?(?!O?[n%p])(?:[bi][wG]{1,3})?",
        _beside_forecast,
        needs="J",
        examples=(
            ("Burglary was lower than predicted by the seasonal model.", "lower than predicted by the seasonal model"),
            ("Burglary is in line with the forecast.", "in line with the forecast"),
        ),
    ),
    rule(
        "and in the end by so much",
        r"[,\(](?P<from>[UDudBWbO]{0,3})(?P<q><Q>)(?!-?[my])N?(?:VP|(?![ud])(?:[UD])?(?:[oah]i?P)?|(?<=%)[ud](?=$|[,;\)]))",
        _more_projections,
        needs="J",
        examples=(
            ("The year will end 2.4% up (242).", "242"),
            ("At this rate the year would finish on 423, 51 below 2008/09.", "51 below 2008/09"),
        ),
    ),
    rule(
        "projected from so many",
        r"(?:F|(?<=w)i|o)[wN]{0,2}P\((?P<q>n)\)",
        lambda sentence, match: _from_so_many(sentence, match) if "J" in sentence.code[: match.start()] else iter(()),
        needs="J",
        examples=(("A straight-line projection from the first five months (215) gives 560.", "215"),),
    ),
)
