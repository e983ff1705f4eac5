"""The forms of a number that stands: levels, rates, averages, shares, targets and projections."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.rule import (
    WAYS,
    Found,
    Rule,
    amount_at,
    at_letter,
    change_of,
    each_letter,
    rule,
    signed_way,
    words_between,
)
from quarterday.commentary.sought import set_target, sought, to_be
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Loose, Stated, Unit, Way, When, WhenKind

_Match = re.Match[str]
MET = frozenset((
    "met", "meet", "meets", "meeting", "hit", "hits", "hitting", "achieved", "achieve", "achieves", "achieving",
    "attained", "attaining", "reached", "reach", "reaches", "bettered", "surpassed", "delivered", "secured",
    "fulfilled", "cleared",
))  # fmt: skip
MISSED = frozenset(
    ["missed", "miss", "misses", "missing", "failed", "fails", "failing", "fail", "fell-short", "breached", "breach"]
)
_POSITION = {
    "above": Way.UP, "exceeded": Way.UP, "exceeds": Way.UP, "exceeding": Way.UP, "exceed": Way.UP, "over": Way.UP,
    "in excess of": Way.UP, "excess of": Way.UP, "below": Way.DOWN, "beneath": Way.DOWN, "under": Way.DOWN,
    "short of": Way.WORSE, "shy of": Way.WORSE, "behind": Way.WORSE, "adrift of": Way.WORSE,
    "wrong side of": Way.WORSE, "the wrong side of": Way.WORSE,
    "on the wrong side of": Way.WORSE, "ahead of": Way.BETTER, "clear of": Way.BETTER, "inside": Way.BETTER,
    "right side of": Way.BETTER,
    "the right side of": Way.BETTER, "on the right side of": Way.BETTER, "outside": Way.WORSE,
    "within": Way.BETTER, "beat": Way.BETTER,
    "beats": Way.BETTER, "beaten": Way.BETTER, "overtaking": Way.BETTER, "overtook": Way.BETTER,
    "overtaken": Way.BETTER, "overtaken by": Way.WORSE, "bettered": Way.BETTER, "betters": Way.BETTER,
    "bettering": Way.BETTER, "topped": Way.UP, "tops": Way.UP, "topping": Way.UP, "outstripped": Way.UP,
    "outstrips": Way.UP, "overshot": Way.UP, "overshoots": Way.UP,
    "overshooting": Way.UP, "outnumbered": Way.UP, "outnumber": Way.UP, "undercut": Way.DOWN,
    "undercuts": Way.DOWN, "passed": Way.UP, "passes": Way.UP, "passing": Way.UP,
    "undershot": Way.DOWN, "undershoots": Way.DOWN, "underneath": Way.DOWN,
}  # fmt: skip


def position_way(word: str) -> Way | None:
    """Which side "above", "short of", "fares well against" and their like say."""
    if word.startswith(_FARES):
        return Way.WORSE if re.search(r"unfav|badly|poorly|worse", word) else Way.BETTER
    return _POSITION.get(word)


_FARES = ("compare", "comparing", "fare", "faring", "perform", "stack", "holds up", "measures up", "does ", "did ")


_THEM = frozenset(("them", "it"))
_IT = frozenset(("it", "this", "that", "which"))


def _share(sentence: Sentence, match: _Match) -> Iterator[Found]:
    others = [match.start(name) for name in ("printed", "q2") if match.re.groupindex.get(name)]
    at = next((other for other in others if other >= 0), match.start("q"))
    amount = amount_at(sentence, at)
    told = max(match.start("q"), match.start())
    of_change = re.search(r"O[wNgeK]{0,2}([UDud])", sentence.code[told : match.end() + 1])
    form = "of the change" if of_change else "share"
    of_opinions = not _OPINIONS.isdisjoint(sentence.words[at : match.end() + 3])
    stated = Stated(amount=amount, form=form)
    start = max(sentence.code.rfind(mark, 0, match.start()) for mark in ",;:K") + 1
    of_them = re.search(r"Ow", match[0]) is not None and not _THEM.isdisjoint(sentence.words[at : match.end()])
    of_places = (
        of_them or re.match("n[OwH]{0,2}G", sentence.code[start : match.start()]) is not None
    )  # "three wards take 44%"
    is_open = of_opinions or of_places or _is_of_a_kind(sentence, at) or _is_dealt_with(sentence, at)
    yield Found(ClaimKind.SHARE, match.start(), match.end() - 1, stated, is_open=is_open)


def _is_of_a_kind(sentence: Sentence, at: int) -> bool:
    """Whether an adjective or a place alone says which part is meant: "over half was domestic", "were at a school"."""
    told = re.match("[%f](?:O?[wNHGP]{1,5}?)?e{1,2}(?:[iO](?=w)|w(?=[,;)]|$))", sentence.code[at:])
    ends = ("ic", "al", "ed", "ive", "ous", "ent", "ble", "ful")
    last = at + told.end() - 1 if told else at
    return told is not None and (sentence.code[last] in "iO" or sentence.words[last].endswith(ends))


_FORMED = frozenset(("formed", "contributed", "represented", "constituted", "generated", "produced", "caused"))


def _is_dealt_with(sentence: Sentence, at: int) -> bool:
    """Whether somebody did something in that part of the cases: "police attended 92% of burglaries"."""
    before = sentence.words[at - 1] if at and sentence.code[at - 1] == "w" else ""
    return before.endswith("ed") and before not in _FORMED


_OPINIONS = frozenset((
    "feel", "felt", "feeling", "think", "thought", "believe", "believed", "agree", "agreed", "satisfied", "confident",
    "aware", "worried", "said", "say", "told",
))  # fmt: skip


def _share_from_to(sentence: Sentence, match: _Match) -> Iterator[Found]:
    earlier, later = each_letter(sentence, match, "%f")[:2]
    stated = Stated(amount=amount_at(sentence, later), earlier=amount_at(sentence, earlier), form="from_to")
    yield Found(ClaimKind.SHARE, match.start(), match.end() - 1, stated)


def _so_many_of(sentence: Sentence, match: _Match) -> Iterator[Found]:
    first, second = each_letter(sentence, match, "n")[:2]
    stated = Stated(amount=amount_at(sentence, first), earlier=amount_at(sentence, second), form="so many of")
    if "U" in match[0] or "D" in match[0]:
        stated = Stated(amount=stated.amount, earlier=stated.earlier, form="so many of", word="of the change")
    yield Found(ClaimKind.SHARE, match.start(), match.end() - 1, stated)


_RATED_THINGS = frozenset((
    "indicators", "indicator", "measures", "targets", "objectives", "priorities", "kpis", "actions", "outcomes",
    "performance", "green", "red", "amber", "met", "achieved", "missed", "milestones", "standards", "projects",
))  # fmt: skip


def _so_many_indicators(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if _RATED_THINGS.isdisjoint(sentence.words[match.start() : match.end()]) and "T" not in sentence.code:
        return
    yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, Stated(form="ratings"))


def _target_value(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = (
        match.start("q")
        if match["q"]
        else match.start("q2")
        if match["q2"]
        else max(match.start("q3"), match.start("q4"))
    )
    between = set(sentence.words[match.start() : at])
    if match["q3"] and sentence.words[match.start() - 1] in MET | MISSED and match.start():
        return  # "achieved its 80% target"
    if sentence.code[at - 1] == "b" and re.search(r"[UDBWV][ohai]?$", sentence.code[: match.start()]):
        return  # "down on target by 12"
    if not _VARIANCES.isdisjoint(sentence.words[max(0, match.start() - 3) : match.start()]):
        margin = Stated(amount=amount_at(sentence, at), form="side")  # "the gap to target has narrowed to 0.8 points"
        yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, margin, is_open=True)
        return
    of_a_change = sentence.code[match.start() - 1 : match.start()] in {"u", "d"}
    of_a_change = of_a_change or re.search("e[UDw]b$", sentence.code[:at]) is not None  # "the target was raised by two"
    if sentence.code[at - 1] == "b" and (MET | MISSED) & set(sentence.words[max(0, match.start() - 3) : at]):
        return
    if {"with", "after", "at"} & between or (sentence.code[at - 1] == "b" and (MET | MISSED) & between):
        return
    amount = amount_at(sentence, at)
    way = next((WAYS[sentence.code[where]] for where in each_letter(sentence, match, "udUD")), None)
    if (last := sentence.words[match.end() - 1]) in MET | MISSED:
        met = Stated(way=Way.BETTER if last in MET else Way.WORSE, form="met")
        yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, met)
        return
    if way is None:
        asked = set(words_between(sentence, match.start(), at))
        lowered, raised = asked & {"reduce", "cut", "lower", "decrease"}, asked & {"raise", "increase", "improve"}
        way = Way.DOWN if lowered else Way.UP if raised else None
    yield Found(
        ClaimKind.LEVEL,
        match.start(),
        match.end() - 1,
        Stated(way=signed_way(amount, way), amount=amount, form="target value"),
        is_open=of_a_change and amount.unit is not Unit.PER_CENT,  # "a reduction target of 12"
    )


def said(sentence: Sentence, at: int) -> str:
    """The verb of a word that may be two: "miss" of "will miss"."""
    return sentence.words[at].rpartition(" ")[2] if sentence.code[at] == "J" else sentence.words[at]


def _target_met(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Whether a target was met: by the words for it, anywhere in a sentence that speaks of a target."""
    at = next((at for at in range(match.start(), match.end()) if said(sentence, at) in MET | MISSED), -1)
    if at < 0 or not _speaks_of_target(sentence, at):
        return
    likely = _UNLIKELY.isdisjoint(sentence.words[max(0, at - 3) : at])
    to_do = sentence.code[at - 1] == "t" and "J" not in sentence.code[:at] and likely
    if to_do and not _TRIED & set(sentence.words[at - 3 : at]):
        return  # "no more than 38 a month to hit the target"
    if sentence.words[at] in _DONE_BESIDES and not _of_target(sentence, at):
        return
    met = said(sentence, at) in MET
    denied = any(sentence.code[where] == "!" for where in range(max(0, at - 4), at))
    failed = any(word in _FAILING for word in sentence.words[max(0, at - 2) : at])
    failed = failed or sentence.words[max(0, at - 2) : at] == ["out", "of"]  # "out of reach"
    met = met != (denied or failed) if said(sentence, at) in MET else denied
    margin = next(
        (
            amount_at(sentence, where)
            for where in range(at + 1, match.end())
            if sentence.code[where] in "n%p" and sentence.code[where - 1] == "b"
        ),
        None,
    )
    first = max(match.start(), at - 2) if not denied else max(match.start(), at - 4)
    while first < at and sentence.code[first] not in "e!wg":
        first += 1
    last = match.end() - 1 if margin else at
    then = next(
        (sentence.values[where] for where in range(at, min(at + 4, len(sentence.code))) if sentence.code[where] == "P"),
        None,
    )
    if isinstance(then, When) and then.kind is WhenKind.YEAR_BEFORE:
        return
    ahead = any(sentence.code[where] == "J" and not is_at_end(sentence.words[where]) for where in range(at + 1))
    ahead = ahead or not likely or sentence.words[at - 1] in _MAY
    ahead = ahead or not _WILL.isdisjoint(sentence.words[max(0, at - 3) : at])
    form = "projected" if ahead else "met"
    kind = ClaimKind.PROJECTION if form == "projected" else ClaimKind.TARGET
    stated = Stated(way=Way.BETTER if met else Way.WORSE, amount=margin, form=form)
    verb_alone = sentence.words[at] == "missing" and at > 0 and sentence.code[at - 1] in ",A"
    yield Found(kind, first, last, stated, subject=() if verb_alone else None)


_FAILING = frozenset(("failed", "failing", "fails", "yet", "unable", "unlikely"))
_UNLIKELY = frozenset(("unlikely",))
_MAY = frozenset(("should", "could", "may", "might"))
_WILL = frozenset(("will", "would", "won't"))
_TRIED = frozenset(("failed", "failing", "fails", "yet", "managed", "able", "unable", "continued", "continues"))
_DONE_BESIDES = frozenset(("reached", "hit", "delivered", "achieved", "secured", "attained", "met"))


_ITS_TARGET = re.compile("[n%p][ud]?T")


def _of_target(sentence: Sentence, at: int) -> bool:
    """Whether the target stands in the clause of a word that speaks of other things as well: "calls were reached"."""
    start = max(sentence.code.rfind(mark, 0, at) for mark in ",;:(K") + 1
    ends = [where for mark in ",;:)K" if (where := sentence.code.find(mark, at)) >= 0]
    clause = sentence.code[start : min(ends, default=len(sentence.code))]
    then = sentence.code[at + 1 : at + 2]
    is_number = then in {"n", "%"} and _ITS_TARGET.match(sentence.code, at + 1) is None
    refers = not _IT.isdisjoint(sentence.words[start:at]) and not set("wNG") & set(clause[: at - start].lstrip("wi"))
    return (("T" in clause or refers) and not is_number) or "J" in sentence.code[start:at]


def _speaks_of_target(sentence: Sentence, at: int) -> bool:
    return "T" in sentence.code or ("it" in sentence.words[at : at + 3] and "J" in sentence.code[:at])


def _target_side(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "151 over target", "above its target of 402", "ahead of target"."""
    if match["out"] and not sentence.words[match.start("out")].startswith(("outperform", "underperform")):
        return
    at = at_letter(sentence, match, "VBWUD")
    if sentence.code[at - 1] == "t" and "J" not in sentence.code[:at] and _TRIED.isdisjoint(sentence.words[:at]):
        return  # "16 fewer would be needed to beat the target"
    first, by = match.start(), sentence.code.find("b", at, match.end())
    end = by if by >= 0 else match.end()
    before, inside = (
        next((amount_at(sentence, where) for where in told if sentence.code[where] in "n%p"), None)
        for told in (range(first, at), range(at, end))
    )
    margin, target = before if by < 0 else amount_at(sentence, match.end() - 1), inside
    if before is not None and (by >= 0 or sentence.words[at].startswith(_PASSING)):
        first, margin = at, None if by < 0 else margin  # "44.0% beat the target by two points": the level is told first
    way = position_way(sentence.words[at]) or WAYS.get(sentence.code[at])
    stated = Stated(way=way, amount=margin, earlier=target, form="side")
    own = _PLANS.isdisjoint(sentence.words[match.start() : match.end()])
    begins = max(sentence.code.rfind(mark, 0, first) for mark in ";:K") + 1
    if own and any(is_ahead(sentence, where) for where in range(begins, match.start())):
        ahead = replace(stated, amount=margin, form="projected")
        yield Found(ClaimKind.PROJECTION, first, match.end() - 1, ahead)
        return
    yield Found(ClaimKind.TARGET, first, match.end() - 1, stated, is_open=not own)


def is_at_end(word: str) -> bool:
    """Whether a word only tells the end of a year, which may be past: "by the year end it had met its target"."""
    return word.startswith("by ")


def is_ahead(sentence: Sentence, at: int) -> bool:
    """Whether a word is of what will be; "year end" is also of what was."""
    return sentence.code[at] == "J" and "year" not in sentence.words[at] and sentence.words[at] != "becoming"


_PASSING = ("beat", "exceed", "topp", "tops", "outstrip", "overshot", "overshoot", "undershot", "undershoot")


_PLANS = frozenset(["plan", "profile", "schedule", "trajectory", "standard"])


def _on_target(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if match[0][0] in "ahi" and sentence.words[match.start()] not in {"at", "in"}:
        if match.start() and sentence.words[match.start() - 1] in _COLOURS:
            yield Found(ClaimKind.TARGET, match.start() - 1, match.end() - 1, Stated(form="ratings"))
        return  # "performance against the target"
    on = Way.WORSE if sentence.words[match.start()] == "off" else Way.BETTER
    way = next((WAYS[sentence.code[where]] for where in each_letter(sentence, match, "UDBW")), on)
    margin = next((amount_at(sentence, where) for where in each_letter(sentence, match, "n%p")), None)
    yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, Stated(way=way, amount=margin, form="side"))


def _level(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("q")
    if sentence.words[at] == "one" and sentence.code[at + 1 : at + 2] in {"w", "K"}:
        return  # "the one category to show a rise"
    of_part = _OF_PART.search(sentence.code, 0, match.start()) is not None and match[0].startswith("e")
    if of_part or amount_at(sentence, at).signed or _KINDS_OF & set(sentence.words[at + 1 : at + 4]):
        return
    stated = Stated(amount=amount_at(sentence, at), form="level")
    of_change = not _WON.isdisjoint(sentence.words[at + 1 : at + 4])  # "52 was needed, 68 was achieved"
    yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, stated, is_open=of_change)


_OF_PART = re.compile("[%f]O[wNg]{1,3}$")  # "18% of victims were over 60"
_WON = frozenset(("achieved", "delivered", "secured", "managed", "saved", "needed", "required"))
_KINDS_OF = frozenset(("types", "categories", "kinds", "classes", "strands", "groupings", "headings"))
_FIGURES = frozenset(["figure", "rate", "total", "level", "number", "percentage", "norm", "count"])


def _level_elsewhere(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.start("of")] in _FIGURES:
        stated = Stated(amount=amount_at(sentence, match.start("q")), form="level")
        yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, stated, group=(sentence.words[match.start()],))


_COUNTS = frozenset(("figure", "total", "count", "number", "tally", "sum", "toll", "volume"))


def _so_many_was_total(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "341 was the total for arson": what it is of stands behind."""
    if sentence.words[match.start("count")] in _COUNTS:
        stated = Stated(amount=amount_at(sentence, match.start("q")), form="level")
        subject = tuple(sentence.words[match.start("of") : match.end("of")])
        yield Found(ClaimKind.LEVEL, match.start(), match.start("count"), stated, subject=subject)


def _none(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "There were no murders": a level of nought."""
    first = match.start("none")
    subject = (sentence.words[match.end() - 1],)
    stated = Stated(amount=Amount(0.0), form="level")
    yield Found(ClaimKind.LEVEL, first, match.end() - 1, stated, subject=subject, is_open=True)


def _in_month(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = max(match.start("q"), match.start("then"))
    when = sentence.values[match.start()]
    if isinstance(when, When) and (when.months == 1 or any(period.months == 1 for period in when.periods)):
        yield Found(ClaimKind.LEVEL, match.start(), at, Stated(amount=amount_at(sentence, at), form="level"))


_ENDS = frozenset(("finishing", "ending", "closing", "finished", "ended", "closed", "settling", "settled", "standing"))


def _base_level(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """The number that a change starts from: "on the 59 of last year", "up from 47"."""
    at = match.start("q")
    form = "level" if sentence.words[match.start() - 1] in _ENDS or "now" in sentence.words[at:] else "base"
    yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, Stated(amount=amount_at(sentence, at), form=form))


def _from_level(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("q")
    way_at = at_letter(sentence, match, "UDudBW")
    way = WAYS[sentence.code[way_at]] if way_at >= 0 else None
    if way is None and sentence.code[at] == "n" and sentence.code[match.end() : match.end() + 1] == "w":
        return  # "came from two estates"
    if way is None and sentence.words[at].startswith("a total of"):
        return  # "94.9 per 1,000, from a total of 14,720"
    if sentence.code[at] == "%" and _shares_before(sentence, match.start()):
        yield Found(
            ClaimKind.SHARE,
            match.start(),
            match.end() - 1,
            Stated(way=way, earlier=amount_at(sentence, at), form="share"),
        )
        return
    yield Found(
        ClaimKind.FROM_TO,
        match.start(),
        match.end() - 1,
        Stated(way=way, amount=None, earlier=amount_at(sentence, at), form="from"),
    )


def _to_level(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("q")
    way_at = at_letter(sentence, match, "UDudBWt")
    way = WAYS.get(sentence.code[way_at])
    later = match["then"] is None and bool(
        {"before", "then"} & set(sentence.words[max(0, match.start() - 3) : match.start()])
    )
    amount = amount_at(sentence, at)
    if amount.signed and amount.unit is Unit.PER_CENT:
        yield change_of(sentence, at, first=match.start(), last=match.end() - 1, way=None)  # "slowed to +2%"
        return
    headed = re.search(r"(?:^|[,;:])(?:i?)s[^;:]{1,9}$", sentence.code[: match.start()])
    if (
        amount.unit is Unit.PER_CENT
        and headed
        and sentence.words[headed.end(0) - len(headed[0].lstrip(",;:i"))].startswith("as a")
    ):
        yield Found(ClaimKind.SHARE, match.start(), match.end() - 1, Stated(way=way, amount=amount, form="share"))
        return  # "as a proportion of all crime, violence has risen to 32.3%"
    stated = Stated(way=way, amount=amount, form="to")
    yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, stated, is_open=later)


_MOVED_BEFORE = re.compile(r"[UDudBWk][^,;:K]*$")


def _side_of_level(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Remains above the 141 of the year to June 2010", "now above 2011/12"."""
    at = at_letter(sentence, match, "VUDBW")
    if sentence.words[at] == "over" and (
        at == 0 or sentence.code[at - 1] in ",:;" or _MOVED_BEFORE.search(sentence.code, 0, at)
    ):
        return  # "down 27% over the 2014/15 figure"
    numbers = each_letter(sentence, match, "n%")
    way = (
        Way.DOWN
        if sentence.words[at] in {"short of", "shy of"}
        else position_way(sentence.words[at]) or WAYS.get(sentence.code[at])
    )
    if sentence.words[at] in {"overtaken", "overtook"} and sentence.words[at - 1] not in {"was", "were", "been", "is"}:
        way = Way.UP  # "has overtaken the 299 of a year ago"
    stated = Stated(way=way, earlier=amount_at(sentence, numbers[-1]) if numbers else None, form="side")
    is_open = sentence.words[at] in {"ahead of", "behind"}
    yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, stated, is_open=is_open)


SHARES: tuple[Rule, ...] = (
    rule(
        "the share went from so much to so much",
        r"(?:s[wNOHe]{0,6}|[UD]?)F%(?:O[wNHs]{1,4}|iP){0,2}t%(?:iP)?(?:O[wNHiG]{1,3})?(?<=[wNHG])|s[wNOHeG]{0,6}[UD]?F%(?:iP)?t%(?:iP)?",
        _share_from_to,
        needs="F",
        examples=(
            ("It grew as a share of total crime from 9.2% to 9.6%.", "as a share of total crime from 9.2% to 9.6%"),
        ),
    ),
    rule(
        "so many of so many",
        r"n(?:N)?w?O[Hw]?n(?:w{0,3}N|[UD]N|w(?=$|[,;])|(?=K))[wNegi]{0,8}|(?<=s)nOn(?=[,;)]|$)",
        _so_many_of,
        needs="O",
        examples=(("Ten of the 11 hate crimes relate to one complaint.", "Ten of the 11 hate crimes relate"),),
    ),
    rule(
        "indicators on target",
        r"nO[Hw]?n(?:w|T|N)[wneA,]{1,14}",
        _so_many_indicators,
        needs="O",
        examples=(
            ("Nine of the 13 indicators are green, one is amber.", "Nine of the 13 indicators are green, one is amber"),
        ),
    ),
    rule(
        "so much of the whole",
        r"(?:s)?O?(?P<q>[%f])\)?O(?!%)K?[wNHgUDudnPiGM]{1,6}(?:iP|P)?(?:\((?P<printed>%)\))?(?:[e]w[iM]?[wM]?)?",
        _share,
        needs="O",
        examples=(
            ("The marker appeared on 0.8% of total crime in 2008/09.", "0.8% of total crime in 2008/09"),
            (
                "Violence accounted for 37.5% of the additional offences.",
                "accounted for 37.5% of the additional offences",
            ),
        ),
    ),
    rule(
        "one in so many",
        r"(?:s)?(?P<q>f)(?:w?N|(?=e|s))",
        _share,
        needs="f",
        examples=(("The town centre has one in four crimes.", "one in four crimes"),),
    ),
    rule(
        "making up so much",
        r"sO?(?:(?<=[sO]))(?P<q>[%f])",
        _share,
        needs="s",
        examples=(("Violence makes up 37.5%.", "makes up 37.5%"),),
    ),
    rule(
        "a share of so much",
        r"s[wNOHeia]{0,5}?[eO](?P<q>[%f])",
        _share,
        needs="s",
        examples=(("Its share of crime was 9.6%.", "share of crime was 9.6%"),),
    ),
    rule(
        "so much did or was",
        r"(?P<q>[%f])(?=[we]w)(?!w?w?[UDud])w{0,2}",
        lambda sentence, match: _share(sentence, match) if _is_of_cases(sentence, match) else iter(()),
        needs="%f",
        examples=(("64.0% closed with evidential difficulties.", "64.0% closed with"),),
    ),
    rule(
        "and so much then, of the whole",
        r"(?:o|a|(?<=A)|(?<=,)|(?<=\())(?P<q>[%])(?=i?P)i?P|(?<=\()P:?(?P<q2>%)(?=\))",
        lambda sentence, match: _share(sentence, match) if _shares_before(sentence, match.start()) else iter(()),
        needs="%",
        examples=(("It was 0.8% of total crime in 2008/09 and on 1.4% in 2011/12.", "on 1.4% in 2011/12"),),
    ),
)


_DONE = frozenset((
    "closed", "resulted", "ended", "led", "involved", "involving", "were", "was", "occurred", "happened", "took",
    "had", "related", "came", "concerned", "featured",
))  # fmt: skip


def _is_of_cases(sentence: Sentence, match: _Match) -> bool:
    at = match.start()
    if sentence.code[at - 1 : at] == "A" and sentence.code[at - 2 : at - 1] in {"%", "#"}:
        return False  # "reductions of 12% and 8% were seen"
    headed = sentence.words[0] == "of" and sentence.code[at - 1 : at] in {"P", "N", "w"}  # "of the 1,420 33% were"
    return sentence.words[match.start("q") + 1] in _DONE and match.start() in {
        at if headed else 0,
        0,
        *(at + 1 for at, letter in enumerate(sentence.code) if letter in ",;:KA"),
    }


def _shares_before(sentence: Sentence, at: int) -> bool:
    return re.search(r"[%f]O[wNH]|s", sentence.code[:at]) is not None


def _over_it(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Target 560, actual 604, 7% over": beside the target named before."""
    side = at_letter(sentence, match, "V")
    if side < match.end() - 1 and sentence.words[match.end() - 1] not in {"it", "this", "that"}:
        return
    way = position_way(sentence.words[side])
    amount = amount_at(sentence, match.start())
    if not _COLOURS.isdisjoint(sentence.words) and amount.loose is Loose.AT_MOST:
        return  # "amber up to 5% over" explains the colours
    if "T" in sentence.code[: match.start()]:
        yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, Stated(way=way, amount=amount, form="side"))
    elif sentence.words[side] in _BEHIND:
        move = _BEHIND[sentence.words[side]]
        found = change_of(sentence, match.start(), first=match.start(), last=side, way=move)
        yield replace(found, is_open=True)


_BEHIND = {"behind": Way.DOWN, "ahead": Way.UP}


def _short(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "7.4% against 8.0%. 0.6 points short", of a target that need not be named again."""
    word = sentence.words[match.end() - 1]
    if not _COLOURS.isdisjoint(sentence.words) and amount_at(sentence, match.start()).loose is not Loose.EXACT:
        return  # "amber is up to 5% adrift" explains the colours
    if word in {"short", "adrift", "shy", "shortfall", "overshoot", "overrun", "deficit", "surplus", "off"}:
        way = Way.BETTER if word == "surplus" else Way.WORSE
        stated = Stated(way=way, amount=amount_at(sentence, match.start()), form="side")
        yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, stated, is_open=True)


_TARGET_OR_CHANGE = frozenset("TUDud")


def _met_alone(sentence: Sentence, match: _Match) -> Iterator[Found]:
    word = sentence.words[match.end() - 1]
    headed = match.end() < len(sentence.code)
    if headed and _TARGET_OR_CHANGE.isdisjoint(sentence.code):
        return  # "Delivered: 14 workshops"
    refers = "we" not in match[0][:2] or sentence.words[match.start()] in {"this", "that", "it"}
    known = {"met", "missed", "achieved", "delivered"} if headed else {"met", "missed", "achieved", "exceeded"}
    if word in known and refers:
        met = (word != "missed") is not ("!" in match[0])
        stated = Stated(way=Way.BETTER if met else Way.WORSE, form="met")
        yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, stated)


_COLOURS = frozenset(("red", "amber", "green"))
_RATED = frozenset((
    "rated", "is", "was", "are", "were", "flagged", "turned", "remains", "stays", "hence", "now", "to", "at", "shows",
    "showing", "status", "so", "stayed", "remained", "graded", "assessed", "scored", "marked", "as",
))  # fmt: skip


def _colour(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Hence amber rather than red": a rating, whose bands are not given."""
    at = match.start("colour")
    before = at - 2 if sentence.code[at - 1] == ":" else at - 1
    if sentence.words[at] in _COLOURS | {"grey"} and sentence.words[before] in _RATED:
        yield Found(ClaimKind.TARGET, at, at, Stated(form="ratings"))


def _away(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.end() - 1] in {"hand", "spare"} and "T" in sentence.code:
        stated = Stated(way=Way.BETTER, amount=amount_at(sentence, match.start()), form="side")
        yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, stated)
    elif {"away", "off", "from"} & set(sentence.words[match.start() : match.end()]):
        stated = Stated(way=Way.WORSE, amount=amount_at(sentence, match.start()), form="side")
        yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, stated, is_open=True)


_VARIANCES = frozenset(["variance", "gap", "shortfall", "difference", "margin"])


def _variance(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Variance: +4.2pp", in a line that sets a result beside its target."""
    amount = amount_at(sentence, match.end() - 1)
    if sentence.words[match.start()] == "difference" and "T" not in sentence.code:
        yield change_of(sentence, match.end() - 1, first=match.start(), last=match.end() - 1, way=None)
    elif sentence.words[match.start()] in _VARIANCES:
        stated = Stated(way=signed_way(amount, None), amount=amount, form="side")
        yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, stated)


TARGETS: tuple[Rule, ...] = (
    rule(
        "so much over it",
        r"[n%p](?:\([n%p]N?\))?V(?:w(?=[,;\)]|$))?(?=[,;\)]|$)",
        _over_it,
        needs="V",
        examples=(("Target 560, actual 604, 7% over.", "7% over"),),
    ),
    rule(
        "so much short",
        r"[n%p]N?w(?=[,;:\)]|$|[KA])",
        _short,
        needs="n%p",
        examples=(("It was 7.4% against 8.0% before. 0.6 points short.", "0.6 points short"),),
    ),
    rule(
        "a target that was set",
        r"(?:(?P<q>[n%p])(?P<way>[udUD])|(?P<way2>[ud])O(?P<q2>[n%p]))(?:i[wNG]{1,3})?",
        lambda sentence, match: set_target(sentence, match) if match["q"] else iter(()),
        needs="ud",
        examples=(("The partnership set itself a 3% cut in assaults.", "3% cut in assaults"),),
    ),
    rule(
        "so much that was sought",
        r"[n%p][ud]?e?[wTJ](?=[,;:\)AK]|$)",
        sought,
        needs="n%p",
        examples=(("A cut of 4% against the 5% sought.", "5% sought"),),
    ),
    rule(
        "met, by itself",
        r"(?:^|(?<=[:;,]))(?:we!(?=w))?[!eg]{0,2}w(?=$|[:,])",
        lambda sentence, match: _met_alone(sentence, match) if not match.start() or "T" in sentence.code else iter(()),
        needs="w",
        examples=(
            ("Target: 85%. Actual: 82.4%. Not met.", "Not met"),
            ("Achieved: theft fell by 4% against a target of 3%.", "Achieved"),
            ("A cut of 5% was asked for. This was not delivered: theft rose.", "This was not delivered"),
        ),
    ),
    rule(
        "to be cut by so much",
        r"(?:et|t)e(?P<way>[UDBW])b?(?P<q>[n%p])",
        to_be,
        needs="t",
        examples=(("Casualties were to be brought down 40% by 2020.", "were to be brought down 40%"),),
    ),
    rule(
        "a colour",
        r"(?<=.)(?P<colour>w)(?=[,;\)A]|$|w?h|[FwK])",
        _colour,
        needs="w",
        examples=(("It was 0.6 points short, hence amber rather than red.", "amber"),),
    ),
    rule(
        "so far away from it",
        r"[n%p]N?w?[Fw][wN]{0,2}T|[n%p]N?[it]w",
        _away,
        needs="T",
        examples=(
            ("We are 12 offences away from the target.", "12 offences away from the target"),
            ("The target was met with 19 to spare.", "19 to spare"),
        ),
    ),
    rule(
        "the variance",
        r"w:?[%pn]",
        _variance,
        needs="%pn",
        examples=(("Variance: +4.2pp.", "Variance: +4.2pp"),),
    ),
    rule(
        "so far from the target",
        r"(?:e)?(?P<m>[n%p])?N?[gw]?(?:(?P<side>V)(?:[wNP]{0,4}?[%np]?T(?:w?O[n%p])?|w?[n%]w?T)|[BWUD]h[wNP]{0,2}T(?:O[n%p])?|(?P<out>[BW])[wNP]{0,2}T)(?:(?:iP|w)(?=b[n%p]))?(?:b[n%p])?",
        _target_side,
        needs="T",
        examples=(
            ("Criminal damage is 151 over target.", "is 151 over target"),
            ("It remains above the target of 86.", "remains above the target of 86"),
        ),
    ),
    rule(
        "a target of so much",
        r"(?:a)?(?:T[wNetUDudBWiOP]{0,8}?[ObFeta](?:P)?(?P<q>[n%p])(?:[ud])?(?:[iw][wNG]{1,4})?|T(?P<q2>[n%p])[ud]|(?P<q3>[n%p])(?:[ud]T|T(?=[e,;\)]|$))|(?<![n%p])T:?(?P<q4>[n%p])(?![ud]))",
        _target_value,
        needs="T",
        examples=(
            ("The target of 86 was met.", "target of 86"),
            ("against a target of -6.5%", "against a target of -6.5%"),
        ),
    ),
    rule(
        "met or missed",
        r"[ew!]{0,3}[wJ](?:[wtOP]{0,3})?(?:[%np]?[ud]?T)?(?:(?:iP|w)(?=b[n%p]))?(?:b[n%p])?|(?:[n%p]T)?e[!wg]{0,2}w(?:b[n%p])?",
        _target_met,
        needs="TJ",
        examples=(
            ("The target was missed by two points.", "was missed by two points"),
            ("Burglary has met its target.", "has met"),
            ("The target is not achieved.", "is not achieved"),
        ),
    ),
    rule(
        "on target",
        r"(?P<way>[UDBW])[ohai]Tb[n%p]|(?P<only>[UDBW])?[ohai]T(?!O)|(?:(?<=[ew])|^)wT(?=$|[,;:\)AKPJi])",
        lambda sentence, match: (
            _on_target(sentence, match)
            if sentence.code[match.start()] != "w" or sentence.words[match.start()] == "off"
            else iter(())
        ),
        needs="T",
        examples=(("It is green because it is down on target.", "down on target"),),
    ),
)

BASES: tuple[Rule, ...] = (
    rule(
        "up from so much",
        r"(?P<way>[UDudBW])?F(?P<q>[n%])(?!k|N?tX)N?(?:i?P)?",
        _from_level,
        needs="F",
        examples=(("3,291 incidents were logged, down from 3,608.", "down from 3,608"),),
    ),
    rule(
        "above the level of so much",
        r"e?[gc]?(?:V(?:[wNSO]{0,4}P?(?P<q>[n%])N?[we]?(?:i?P)?|i?P(?!v))|[UDBW]h(?P<q2>[n%])N?[we]?(?:[iO]?P))",
        _side_of_level,
        needs="VUDBW",
        examples=(
            (
                "It remains above the level of 141 recorded in the year to June 2010.",
                "remains above the level of 141 recorded in the year to June 2010",
            ),
            ("They are now above 2011/12.", "now above 2011/12"),
            ("It came to 2,412, worse than the 2,207 of 2021.", "worse than the 2,207 of 2021"),
        ),
    ),
    rule(
        "above other levels",
        r"e?g?V[wN]{1,3}(?:i[wN]AN?)?",
        lambda sentence, match: (
            iter((Found(ClaimKind.LEVEL, match.start(), match.end() - 1, Stated(form="side")),))
            if {"levels", "level", "expectations"} & set(sentence.words[match.start() : match.end()])
            else iter(())
        ),
        needs="V",
        examples=(("All major types are above historic levels.", "are above historic levels"),),
    ),
    rule(
        "on a base of so much",
        r"(?:(?:o|a|h)(?:wO)?|^(?P<base>wO))(?P<q>n)(?(base)|N?[we]?(?:[iO]?P)?)(?<!O)",
        lambda sentence, match: (
            _base_level(sentence, match)
            if _follows_change(sentence, match) or sentence.words[match.start()] == "base"
            else iter(())
        ),
        needs="n",
        examples=(
            ("Up 10.4% on 18,629.", "on 18,629"),
            ("13 more offences on a base of only six.", "on a base of only six"),
            ("A base of nine lies behind the rise of 178%.", "base of nine"),
        ),
    ),
)


def _follows_change(sentence: Sentence, match: _Match) -> bool:
    return re.search(r"[UDudBW%#]", sentence.code[: match.start()]) is not None


LEVELS: tuple[Rule, ...] = (
    rule(
        "the figure of another place",
        r"G(?P<of>w)[Oe]?(?P<q>[n%])(?![kmyr])(?:iP)?",
        _level_elsewhere,
        needs="G",
        examples=(("It is 8.4 against a county figure of 7.9.", "county figure of 7.9"),),
    ),
    rule(
        "so many was the total of them",
        r"(?P<q>n)(?![kmyr])e{1,2}w?(?P<count>w)[iO](?P<of>[wN]{1,4})",
        _so_many_was_total,
        needs="n",
        examples=(("341 was the total for arson in 2011/12.", "341 was the total"),),
    ),
    rule(
        "none of them",
        r"(?:e|(?<=^)|(?<=[,;:A]))(?P<none>!)(?:N|w[wN]{1,2}(?=e|$|[,;i]))",
        lambda sentence, match: (
            _none(sentence, match)
            if sentence.words[match.start("none")] == ("no" if match[0][-2:] == "!N" else "not")
            and (match[0][-2:] == "!N" or "single" in sentence.words[match.start() : match.end()])
            else iter(())
        ),
        needs="!",
        examples=(("There were no murders this year.", "no murders"),),
    ),
    rule(
        "a month with its number",
        r"[MP]\((?P<q>n)\)|M(?P<then>n)(?=[,;\)]|$)",
        _in_month,
        needs="MP",
        examples=(("It was followed by November (30) and July (29).", "November (30"),),
    ),
    rule(
        "so much, with its time, in brackets",
        r"(?<=\()(?P<q>[n%])N?,?[iOo]?P(?=\))",
        _level,
        needs="(",
        examples=(("Calls answered: 91.2% (91.8% last year).", "91.8% last year"),),
    ),
    rule(
        "reached so much",
        r"(?P<way>[UDBW])?t(?:w|[wES]{1,2}O)?(?P<q>[n%])(?![kmyr])N?(?P<then>i[PM])?",
        _to_level,
        needs="t",
        examples=(("The rate gained two points to 14.1%.", "to 14.1%"),),
    ),
    rule(
        "at so much",
        r"(?:[eRw]?i|e|[:=-]|O|R|j|(?<=[NwP,;AK^])(?=nN|niP|nP|n$|n[,;()]|new)|(?<=^))(?P<q>n)(?!-?[kmyCr]|[Of])(?:N(?:[we]w)?)?(?:[ioOw]?P)?(?!\w*G)",
        _level,
        needs="n",
        examples=(
            ("The total stands at 84 for 2011/12.", "stands at 84 for 2011/12"),
            ("Harassment offences: 79.", "79"),
            ("11 hate crimes were reported.", "11"),
        ),
    ),
    rule(
        "so many of them",
        r"(?P<q>n)(?![kmyr])w{0,3}N(?:[we]w)?(?:[iO]?P)?",
        _level,
        needs="n",
        examples=(("Officers said that 592 domestic burglaries came in.", "592 domestic burglaries"),),
    ),
    rule(
        "at so much per cent",
        r"(?:[e]i?|(?<=w)i|[:=]|,i|v)(?P<q>%)(?![UDudV])(?:iP)?",
        _level,
        needs="%",
        examples=(("The detection rate stands at 26.4%.", "stands at 26.4%"),),
    ),
    rule(
        "a number then",
        r"(?P<q>n)(?![kmyr])(?:i|O)?P",
        _level,
        needs="n",
        examples=(("On current levels it is on course to finish below the 592 of 2021/22.", "592 of 2021/22"),),
    ),
)
