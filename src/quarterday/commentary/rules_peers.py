"""The forms of a comparison with others: ranks, averages of groups, other places, how many of them rose."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.ranked import (
    HAVING,
    first_of_all,
    group_size,
    groups_in,
    moved_place,
    named_place,
    other_of_two,
    placed,
    placed_in_figures,
    places_moved,
)
from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, at_letter, each_letter, rule, signed_way, way_near
from quarterday.commentary.rules_level import position_way
from quarterday.commentary.superlatives import scale_of
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Stated, Unit, Way

_Match = re.Match[str]
_COMPARATIVES = frozenset(
    ["smaller", "bigger", "larger", "greater", "lower", "higher", "lesser", "steeper", "sharper", "shallower"]
)


# "An increase of 38%, which outstrips London's": what is compared is the change.
_OF_WHICH = re.compile("(?:[ud]O%|%[ud]),Ke{0,2}$")
_GROUP_AS_A_WHOLE = frozenset(("peers", "group", "cluster", "family", "peer", "comparators", "msg"))


def _against_group(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Below the group average", "in line with the county", "8.8% above the mean of 129"."""
    side = at_letter(sentence, match, "VYSUDBWEz")
    way = (
        Way.SAME if sentence.code[side] in "YS" else position_way(sentence.words[side]) or WAYS.get(sentence.code[side])
    )
    before = [amount_at(sentence, at) for at in range(match.start(), side) if sentence.code[at] in "n%p"]
    after = [at for at in range(side, match.end()) if sentence.code[at] in "n%p"]
    by = [amount_at(sentence, at) for at in after if sentence.code[at - 1] == "b"]
    printed = [
        amount_at(sentence, at) for at in after if sentence.code[at - 1] != "b" and not sentence.words[at].isalpha()
    ]
    gap = next(iter(before or by), None)
    tested = "Z" in match[0] or (match.start() > 0 and sentence.code[match.start() - 1] == "Z")
    fares = " " in sentence.words[side] and _GROUP_AS_A_WHOLE & set(sentence.words[side + 1 : match.end()])
    average = "v" in match[0] or "norm" in sentence.words[match.start() : match.end()] or bool(fares)
    tail = " ".join(sentence.words[side : match.end() + 2])
    first = _first_of_change(sentence, match.start())
    of_which = _OF_WHICH.search(sentence.code[: match.start()])
    told = range(of_which.start(), of_which.end()) if of_which else ()
    of_change = [sentence.words[at] for at in told if sentence.code[at] in "ud"]
    change = scale_of(" ".join([*of_change, *sentence.words[first : match.end()]]))
    stated = Stated(
        way=way, amount=gap, earlier=printed[0] if printed else None, form="average" if average else "other",
        scale="tested" if tested else _scale_of(change, sentence.words[first : match.end()], tail),
        word=" ".join([*of_change, *sentence.words[first : match.end()]]),
    )  # fmt: skip
    groups = groups_in(sentence, side, match.end() - 1)
    last = match.end() - 1
    if printed and not average and sentence.code[last] == "%" and sentence.code[last - 1] == "G":
        yield Found(ClaimKind.PEER_POSITION, match.start(), last - 1, replace(stated, earlier=None), group=groups)
        speaks_of_change = re.search(r"[UDud]", sentence.code[: match.start()]) is not None
        if sentence.words[last - 1].endswith(("'s", "s'")) and not speaks_of_change:
            level = Stated(amount=printed[0], form="level")
            yield Found(ClaimKind.LEVEL, last, last, level, group=(sentence.words[last - 1],))
            return
        theirs = Stated(way=None, amount=printed[0], form="their change")
        yield Found(ClaimKind.PEER_POSITION, last, last, theirs, group=groups)
        return
    over_time = re.search(r"v[Oi]w?P|v[Oi]w{1,2}n[my]", sentence.code[side : last + 4]) is not None
    but_for = not _BESIDES.isdisjoint(sentence.words[side : match.end()])  # "lower than everywhere bar Kent"
    was_so = sentence.code[match.start() - 1 : match.start()] == "F"  # "moved from below the average to above it"
    yield Found(
        ClaimKind.PEER_POSITION, match.start(), last, stated, group=groups, is_open=over_time or was_so or but_for
    )


def _scale_of(told: str, words: list[str], tail: str) -> str:
    """The scale that two places are compared on: "fewer thefts than Kent" are numbers, "rose by less" is a change."""
    if told.endswith("change") or (len(words) > 1 and words[1] == "by"):
        return "change"
    if told == "number" and words[0] in {"fewer", "more"}:
        return "number"
    return "rate" if "rate" in tail else ""


def _first_of_change(sentence: Sentence, start: int) -> int:
    """Where the change that is compared begins: "the reduction was smaller than", "rose by less than"."""
    told = _CHANGE_SPOKEN_OF.search(sentence.code[:start])
    by = sentence.code[start - 1 : start] == "b"
    sizes = sentence.words[start] in _COMPARATIVES or (by and sentence.words[start] in {"less", "more"})
    sizes = sizes or sentence.code[start] == "z" or _SPED.isdisjoint(sentence.words[start + 1 : start + 2]) is False
    return told.start() if told and sizes else start


_CHANGE_SPOKEN_OF = re.compile("[ud](?:[iO][wN%]{1,4})?e{1,2}g?$|[UD]b?$")
_SPED = frozenset(("slowly", "quickly", "rapidly", "sharply", "steeply", "strongly", "gently", "gradually"))
_SPEEDS_UP = frozenset(("faster", "quicker", "sharper", "steeper"))


def _their_change(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Middlesbrough saw a smaller reduction (-7.4%)", "across the county there was a smaller fall"."""
    side = max(match.start("side"), match.start("side2"), match.start("side3"))
    by_more = match["side3"] and sentence.words[side] in {"more", "less"}
    if sentence.words[side] not in _COMPARATIVES and not by_more and sentence.code[side] != "z":
        return
    way = WAYS[sentence.code[max(match.start("move"), match.start("move2"), match.start("move3"))]]
    bigger = sentence.words[side] in _SPEEDS_UP or WAYS.get(sentence.code[side]) is Way.UP
    percent = at_letter(sentence, match, "%")
    stated = Stated(
        way=way,
        amount=amount_at(sentence, percent) if percent >= 0 else None,
        form="their change",
        word="bigger" if bigger else "smaller",
    )
    start = max(sentence.code.rfind(mark, 0, side) for mark in ",;:K") + 1
    groups = groups_in(sentence, start, side) or groups_in(sentence, side, match.end() - 1)
    if groups or match["move"]:
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=groups)


def _rank_alone(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Rank 8", whose group is that of the report."""
    if sentence.words[match.start()] in {"rank", "position", "ranked", "ranking"}:
        place = replace(amount_at(sentence, at_letter(sentence, match, "n")), unit=Unit.PLACE)
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, Stated(amount=place, form="place"), group=())


_OF_MEAN = re.compile(r"v(?:[Oi][wgG]{0,4}G)?\($|Gv\($")


def _mean_in_brackets(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Under the mean of its peers (7.2)"; it may as well be the report's own number."""
    at = match.start()
    if _OF_MEAN.search(sentence.code[:at]) and "G" in sentence.code[:at]:
        stated = Stated(amount=amount_at(sentence, at), form="mean value")
        groups = groups_in(sentence, max(0, at - 7), at)
        yield Found(ClaimKind.PEER_POSITION, at, at, stated, group=groups, is_open=True)


def _beside_it_first(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Compared with the county, the rate is lower"."""
    side = match.start("way")
    way = position_way(sentence.words[side]) or WAYS[sentence.code[side]]
    form = "average" if "v" in match[0] else "other"
    stated = Stated(way=way, form=form, word=" ".join(sentence.words[match.start() : match.end()]))
    groups = groups_in(sentence, match.start(), side)
    yield Found(ClaimKind.PEER_POSITION, match.start(), side, stated, group=groups)


_IN_ONE_WORD = {"above-average": Way.UP, "below-average": Way.DOWN}


def _in_one_word(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "An above-average rate"."""
    if way := _IN_ONE_WORD.get(sentence.words[match.start()]):
        stated = Stated(way=way, form="average", word=sentence.words[match.start()])
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.start(), stated, group=("group",), is_open=True)


_OUTDOES = frozenset((
    "outpaced", "outpacing", "outpaces", "outstripped", "outstripping", "outstrips", "bettered", "bettering", "betters",
    "surpassed", "surpassing", "surpasses", "exceeded", "exceeding", "exceeds", "topped", "topping", "eclipsed",
))  # fmt: skip
_LAGS = frozenset(("lagged", "lagging", "lags", "trailed", "trailing", "trails", "short of", "shy of"))


def _outdoes(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Outpacing the reduction for the force", where a change is told before or beside it."""
    verb = match.start("verb")
    if sentence.words[verb] not in _OUTDOES | _LAGS or "v" in sentence.code[match.end() : match.end() + 2]:
        return
    start = max(sentence.code.rfind(mark, 0, verb) for mark in ";(") + 1
    then = sentence.words[verb].endswith("ing") and re.search("[UDud][^UDud]{0,9},?$", sentence.code[start:verb])
    before = then or re.search("[ud][wOGNg%n]{0,5}e?D?$", sentence.code[start:verb])
    nouns = [at for at in range(verb, match.end()) if sentence.code[at] in "ud"]
    nouns += [start + before.start()] if before else []
    if not nouns:
        return
    told = "fall" if WAYS[sentence.code[nouns[0]]] is Way.DOWN else "rise"
    word = f"{told} {'bigger' if sentence.words[verb] in _OUTDOES else 'smaller'}"
    stated = Stated(way=WAYS[sentence.code[nouns[0]]], form="other", scale="change", word=word)
    groups = groups_in(sentence, verb, match.end() - 1)
    yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=groups)


_DISTANCES = frozenset(("distance", "difference", "gap", "variance", "variation", "deviation"))


def _distance(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Distance from MSG average +19%": the sign says on which side."""
    amount = amount_at(sentence, match.start("q"))
    if sentence.words[match.start()] in _DISTANCES and amount.signed:
        gap = replace(amount, value=abs(amount.value), signed=False)
        stated = Stated(way=signed_way(amount, None), amount=gap, form="average")
        groups = groups_in(sentence, match.start(), match.end() - 1)
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=groups)


def _mean_value(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = max(match.start("q"), match.start("of"))
    yield Found(
        ClaimKind.PEER_POSITION,
        match.start(),
        match.end() - 1,
        Stated(amount=amount_at(sentence, at), form="mean value"),
        group=groups_in(sentence, match.start(), match.end() - 1),
    )


def _beside_it(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Is above it by 23%", where "it" is the average named before."""
    side = at_letter(sentence, match, "V")
    if sentence.words[side + 1] not in {"it", "that", "this"} or not (
        "v" in sentence.code[:side] or "G" in sentence.code[:side]
    ):
        return
    if sentence.words[side].startswith("overt"):
        return  # "Crawley having overtaken it"
    number = at_letter(sentence, match, "n%")
    stated = Stated(
        way=position_way(sentence.words[side]),
        amount=amount_at(sentence, number) if number >= 0 else None,
        form="average",
    )
    start = max(sentence.code.rfind(mark, 0, side) for mark in ";K") + 1
    yield Found(
        ClaimKind.PEER_POSITION,
        match.start(),
        match.end() - 1,
        stated,
        group=(),
        subject=tuple(sentence.words[at] for at in range(start, side) if sentence.code[at] in "wNG"),
    )


_GAPS = frozenset(("gap", "margin", "difference", "distance"))


def _gap(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("q")
    yield Found(
        ClaimKind.PEER_POSITION, match.start(), match.end() - 1, Stated(amount=amount_at(sentence, at), form="gap")
    )


def _so_many_areas(sentence: Sentence, match: _Match) -> Iterator[Found]:
    numbers = [amount_at(sentence, at) for at in each_letter(sentence, match, "n")]
    way_at = max(each_letter(sentence, match, "UDudBW"))
    way = WAYS[sentence.code[way_at]]
    alone = sentence.words[match.start()].startswith("only")  # "the only one of the four to see a rise"
    own = len(numbers) > 1 and numbers[0].value == 1 and sentence.code[match.start() + 1] == "O" and not alone
    so_many = own and len(numbers) == 2 and _which_of_them(sentence, match)  # noqa: PLR2004
    many = numbers[1] if own and (so_many or len(numbers) > 2) else numbers[0]  # noqa: PLR2004
    of = int(numbers[-1].value) if len(numbers) > 1 and not so_many else 0
    if len(numbers) == 1 and sentence.code[: match.start()].endswith("nOG"):  # "four of Gwent's five districts"
        many, of = amount_at(sentence, match.start() - 3), int(numbers[0].value)
    stated = Stated(
        way=way,
        amount=many,
        of=of,
        form="so many areas",
        word="and it" if own and (so_many or len(numbers) > 2) else "",  # noqa: PLR2004
    )
    yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=())


def _which_of_them(sentence: Sentence, match: _Match) -> bool:
    """Whether the second number counts those that moved: "one of only two districts where burglary fell"."""
    second = each_letter(sentence, match, "n")[1]
    return "K" in match[0] or "Gt" in match[0] or sentence.words[second].startswith("only")


def _in_so_many(sentence: Sentence, match: _Match) -> Iterator[Found]:
    numbers = [amount_at(sentence, at) for at in each_letter(sentence, match, "n")]
    of = int(numbers[1].value) if len(numbers) > 1 else 0
    stated = Stated(way=WAYS[sentence.code[match.start()]], amount=numbers[0], of=of, form="so many areas")
    yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=())


def _area_has_more(sentence: Sentence, match: _Match) -> Iterator[Found]:
    way_at = max(each_letter(sentence, match, "UD"))
    groups = groups_in(sentence, match.start(), match.end() - 1)
    scale = scale_of(" ".join(sentence.words[match.start() : match.end()]))
    yield Found(
        ClaimKind.PEER_POSITION,
        match.start(),
        match.end() - 1,
        Stated(way=WAYS[sentence.code[way_at]], form="they have", scale=scale),
        group=groups,
    )


_EVERY = ("every", "any", "all", "each", "either", "no", "none")


def _so_many_have_more(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Only two areas have a higher rate": this one is third from that end."""
    if (HAVING | {"record", "records"}).isdisjoint(sentence.words[match.start() : match.end()]):
        return
    side = match.start("way")
    place = Amount(amount_at(sentence, match.start()).value + 1, unit=Unit.PLACE)
    scale = scale_of(" ".join(sentence.words[side : match.end() + 1]))
    stated = Stated(way=WAYS[sentence.code[side]], amount=place, scale=scale, form="first")
    yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated, group=())


def _all_but(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "All districts bar one recorded increases"."""
    if match["all"]:
        if sentence.words[match.start("all")].startswith("all"):
            stated = Stated(way=WAYS[sentence.code[match.start()]], form="all but")
            yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, replace(stated, way=None), is_open=True)
        return
    is_all = "G" in match[0] and sentence.words[match.start()].startswith(("all", "every", "each"))
    if is_all and sentence.words[match.start() + 1] in _BESIDES:
        side = match.start("way")
        stated = Stated(way=WAYS[sentence.code[side]], form="so many areas", word="all but")
        one = amount_at(sentence, at_letter(sentence, match, "n"))
        stated = replace(stated, amount=one)
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=(), is_open=True)


def _the_only_one(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.start()].startswith("only"):
        stated = Stated(way=WAYS[sentence.code[match.start("way")]], amount=Amount(1.0), form="so many areas")
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=(), is_open=True)


def _more_than_all(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Fewer robberies than any other district": first, or second where one is left out."""
    group = " ".join(sentence.words[match.start("group") - ("O" in match["group"]) : match.end("group")])
    if not group.startswith(_EVERY[:4]) or {"together", "combined"} & set(sentence.words[match.end() :][:2]):
        return
    side = match.start("way")
    moved = next((WAYS[sentence.code[at]] for at in range(match.start(), side) if sentence.code[at] in "udUD"), None)
    if match["move"]:  # "a greater fall than in any other"
        moved = WAYS[match["move"]]
    by_speed = sentence.code[side] == "z"
    scale = scale_of(" ".join(sentence.words[side : match.start("group")]))
    stated = Stated(
        way=_SPEEDS.get(sentence.words[side]) if by_speed else WAYS[sentence.code[side]],
        amount=Amount(2 if _BESIDES & set(sentence.words[match.start("group") : match.end()]) else 1, unit=Unit.PLACE),
        scale="per cent change" if by_speed else scale,
        of=group_size(group),
        form="first",
        word=moved.value if moved else "",
    )
    left_open = (moved is not None) is not (by_speed or bool(match["move"]))
    there = groups_in(sentence, side, match.start("group") - 1)  # "more offences in Newport than in any other area"
    yield Found(
        ClaimKind.RANK, match.start(), match.end() - 1, stated, group=there, subject=there or None, is_open=left_open
    )


_SPEEDS = {"faster": Way.UP, "quicker": Way.UP, "slower": Way.DOWN}
_BESIDES = frozenset(("bar", "except", "but", "save", "besides", "excepting"))


def _none_has_more(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "No force in the group has a lower rate": this one is first."""
    if not match_words(sentence, match).startswith(("no ", "none ", "nobody ", "nowhere ")):
        return
    side = max(match.start("way"), match.start("fell"))
    scale = scale_of(" ".join(sentence.words[side : match.end() + 2]))
    moved = next((WAYS[sentence.code[at]] for at in range(side, match.end()) if sentence.code[at] in "ud"), None)
    stated = Stated(
        way=WAYS[sentence.code[side]],
        amount=Amount(1, unit=Unit.PLACE),
        scale=scale,
        of=group_size(match_words(sentence, match)),
        form="first",
        word=moved.value if moved else "",
    )
    by_so_much = match["fell"] is not None
    yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated, group=(), is_open=by_so_much)


_QUANTILES = frozenset(("quartile", "quintile", "decile", "tercile", "third", "half", "quarter"))


def _among_best(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Among the best ten nationally", "in the bottom quartile": for which all the others must be known."""
    words = set(sentence.words[match.start() : match.end()])
    if words & {"top", "bottom", "best", "worst", "upper", "lower", "highest", "lowest", "middle", "first", "fourth"}:
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, Stated(form="among"), is_open=True)


def _leads(sentence: Sentence, match: _Match) -> Iterator[Found]:
    table = _TABLES & set(sentence.words[match.start() : match.end()]) or "G" in match[0][1:]
    if match["heads"] and not table:
        return
    if sentence.words[max(match.start("verb"), match.start("heads"))] in {
        "leads",
        "tops",
        "heads",
        "trails",
        "lags",
        "propping",
    }:
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, Stated(form="among"), is_open=True)


_TABLES = frozenset(("list", "table", "league", "rankings", "ranking", "region", "way", "field"))


def _of_so_many(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "iQuanta position: 5/8"."""
    told = set(sentence.words) & {"iquanta", "msg", "family", "league", "quartile", "peers"}
    if not told and "R" not in sentence.code:
        return
    place, of = (amount_at(sentence, at) for at in each_letter(sentence, match, "n"))
    stated = Stated(amount=Amount(place.value, unit=Unit.PLACE), of=int(of.value), form="place")
    yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated)


def _fares(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Compared with the rest of the county, it fares well": beside the place named before."""
    side = match.end() - 1
    if not sentence.words[side].endswith(("well", "badly", "poorly", "favourably")):
        return
    stated = Stated(way=position_way(sentence.words[side]), form="other")
    groups = groups_in(sentence, match.start(), side)
    yield Found(ClaimKind.PEER_POSITION, match.start(), side, stated, group=groups, is_open=True)


def _closer(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if {"closer", "nearer", "away", "apart", "converged", "converging"} & set(
        sentence.words[match.start() : match.end()]
    ):
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, Stated(form="closer"), is_open=True)


_ENDS = {"top": Way.BETTER, "bottom": Way.WORSE, "foot": Way.WORSE, "last": Way.WORSE}


def _at_end(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Bottom of its group". Of a crime the top may be the most or the best, so that it is left open."""
    at = next((at for at in range(match.start(), match.end()) if sentence.words[at] in _ENDS), -1)
    if at < 0:
        return
    counts = [amount_at(sentence, where) for where in each_letter(sentence, match, "n")]
    stated = Stated(
        way=_ENDS[sentence.words[at]],
        amount=Amount(1, unit=Unit.PLACE),
        of=int(counts[0].value) if counts else 0,
        form="first",
    )
    is_top = sentence.words[at] == "top"
    groups = groups_in(sentence, at, match.end() - 1)
    yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated, group=groups, is_open=is_top)


def _their_number(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("q")
    way = way_near(sentence, at)
    if way is not None:
        stated = Stated(way=way, amount=amount_at(sentence, at), form="their change")
        groups = groups_in(sentence, at, match.end() - 1)
        yield Found(ClaimKind.PEER_POSITION, at, match.end() - 1, stated, group=groups)


_AFTER_CHANGE = re.compile("[UDud][^,;:]*,$")


def _second_only(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Second only to Kent's"; where it is said of a change, the place is one among changes."""
    if sentence.words[match.start() + 1] != "only":
        return
    of_change = _AFTER_CHANGE.search(sentence.code[: match.start()]) is not None
    for found in placed(sentence, match):
        yield replace(found, group=(), subject=(), is_open=True) if of_change else found


PEERS_FIRST: tuple[Rule, ...] = (
    rule(
        "moved from place to place",
        r"(?:[UDBW]|e)?F?rtr(?:R|w?On(?![yN])|E(?:[Oi][wn]{0,2}G{1,2}|[Oi]n(?![yN]))?|(?:[iwOA][wnG]{0,4}G))?|(?:[UDBW]|e)Fr[wR]?(?:i?P)?tr",
        moved_place,
        needs="r",
        examples=(
            ("The position improved from 14th to 13th.", "improved from 14th to 13th"),
            (
                "It moved from third to sixth lowest of the eight forces.",
                "moved from third to sixth lowest of the eight forces",
            ),
        ),
    ),
    rule(
        "up so many places",
        r"[UDBWud][bO]?nR(?:[oah]i?P)?|nR[UDBW](?!h[wG])(?:wh?P|[oah]i?P)?|(?<=,)R[UDBW][oh]P",
        places_moved,
        needs="R",
        examples=(
            ("It is 5th, a place better than the year before.", "place better than the year before"),
            ("The area is up two places on last year.", "up two places on last year"),
            ("It is 6th, an improvement of five places.", "improvement of five places"),
            ("It is 7th, a gain of three places on 2011/12.", "gain of three places on 2011/12"),
            ("We are three places better off than a year ago.", "three places better off than a year ago"),
        ),
    ),
    rule(
        "a place in figures",
        r"\(nOn(?:[/,;]nOn)*\)",
        placed_in_figures,
        needs="(",
        examples=(("17,428 offences (21of32 / 8of15).", "21of32 / 8of15"),),
    ),
    rule(
        "among the best",
        r"i[wErUD]{1,2}(?:n|w|r|y)(?=[GiO,;]|$)G?",
        lambda sentence, match: (
            _among_best(sentence, match)
            if match[0].rstrip("G")[-1] == "n" or _QUANTILES & set(sentence.words[match.start() : match.end()])
            else iter(())
        ),
        needs="i",
        examples=(
            ("We are in the best ten nationally.", "in the best ten nationally"),
            ("The county is in the bottom quartile for theft.", "in the bottom quartile"),
        ),
    ),
    rule(
        "so many have more",
        r"n(?:O[wH]?n)?w?G{1,2}(?:[iO]w?G)?[we]{1,2}(?P<way>[UDBW])[wN]{0,3}(?=[,;]|h(?!i?[PM])|$)(?:h[wG]{1,2})?",
        _so_many_have_more,
        needs="G",
        examples=(
            ("Only two areas in the group have a higher rate.", "Only two areas in the group have a higher rate"),
        ),
    ),
    rule(
        "all but so many",
        r"(?:Gwn|HKn)O?[wH]?(?:G(?:iG)?)?[we]{0,3}(?P<way>[UDudBW])|(?P<way2>[UDBW])i(?P<all>HK|Gw)nO?G?",
        _all_but,
        needs="GH",
        examples=(("All districts bar one recorded increases.", "All districts bar one recorded increases"),),
    ),
    rule(
        "the only one that rose",
        r"(?:G[Kt]?|n[Kt])[wNe]{0,4}(?P<way>[UDudBW])",
        _the_only_one,
        needs="G",
        examples=(("Ours is the only district to record a rise.", "only district to record a rise"),),
    ),
    rule(
        "a place out of so many",
        r"(?:[eRi]{0,2}[wi]?)r[RN]?(?:w?[O]|/|i)[wHG]{0,2}n(?!y)[wG]{0,2}G?",
        placed,
        needs="r",
        examples=(
            ("The town is 14th out of 15.", "is 14th out of 15"),
            ("Ranked eighth of nine on the rate.", "Ranked eighth of nine"),
        ),
    ),
    rule(
        "the highest of a group",
        r"(?:r)?(?:E|(?<=r)[BW])[wNudsg%CGR]{0,4}(?:[Oit][wNX]{1,3})?(?:[iO]|a|tw)(?:[HG]|w(?!N)|n(?!y|m|w*P|N?C)|G|O)[wGnC]{0,3}(?<=[GwnC])(?:(?<=G)On[wG]?)?",
        lambda sentence, match: first_of_all(sentence, match) if _is_group(sentence, match) else iter(()),
        needs="E",
        examples=(
            ("It has the second highest rate in Kent.", "second highest rate in Kent"),
            ("Rutland has the lowest rate of the nine areas.", "lowest rate of the nine areas"),
        ),
    ),
    rule(
        "the largest increase",
        r"(?:r)?E(?:[s%wg]{0,2}[ud](?:OH)?|wN?|(?:wO)?N)(?=[;,\(\)]|$|AG|e{1,2}i?(?:w{1,2}|G)(?:[;,]|$))|r?E(?=[;,]|$)|(?<=G)r?E[wR]",
        lambda sentence, match: first_of_all(sentence, match) if _ranks_change(sentence, match) else iter(()),
        needs="E",
        examples=(("Rutland has the largest percentage increase.", "largest percentage increase"),),
    ),
    rule(
        "so many from the end",
        r"rE(?:[oi][wNO]{1,4})?(?=[,;:)]|$)",
        lambda sentence, match: (
            (replace(found, is_open="G" not in sentence.code) for found in first_of_all(sentence, match))
            if not re.search("[PM]e{0,2}w?$", sentence.code[: match.start()])
            else iter(())
        ),
        needs="r",
        examples=(("It is third lowest on the number of offences.", "third lowest on the number of offences"),),
    ),
    rule(
        "ranked at a place",
        r"r(?:R)?i[wG]On[wG]{0,2}|(?:[eo]?R[wegiaA]{0,3}|i)r(?:R)?(?:[biO][wG]{0,3}G(?:OnG?)?|i[wG]On[wG]{0,2})?|r(?:R)?[iO][wnG]{0,4}G|rR|(?<=\w)r(?=i[wG])i[wG]{1,2}|(?<=[ew])r(?=[,;\)]|$)|(?<=[ewPy])r(?=[io]N)|(?<=[wKe,])r,?o(?:wC?|NC)(?=[,;:()]|$)",
        placed,
        needs="r",
        examples=(
            ("In 15th place throughout.", "In 15th place"),
            ("It was ranked 15th by IQuanta.", "was ranked 15th by IQuanta"),
        ),
    ),
    rule(
        "at the end of a group",
        r"[eR]?i?w[Oi](?:[HwgE]{0,2}n?[wgE]{0,2}G)|Rw(?=[,;]|$)",
        _at_end,
        needs="G",
        examples=(("It is bottom of its 15 most similar areas.", "is bottom of its 15 most similar areas"),),
    ),
    rule(
        "second only to another",
        r"rwt[wG]{1,2}(?:iG)?",
        _second_only,
        needs="r",
        examples=(("Its rate is second only to Kent's in the group.", "second only to Kent's in the group"),),
    ),
    rule(
        "none has a lower one",
        r"(?:[!G](?:On(?=e))?|wOwn(?=[we])|(?<=A)w(?=e))[wGiO]{0,5}[we]{1,2}(?P<way>[UDBW])[wNuds%g]{0,4}|G(?:iG)?(?P<fell>[UDBW])b?(?:iw|g)(?=[,;h]|$)",
        _none_has_more,
        needs="GO!",
        examples=(("No district in the group has a lower rate.", "No district in the group has a lower rate"),),
    ),
    rule(
        "more than any other",
        r"(?:[UDud][gw]?)?(?P<way>[UDBWz])[wNgz]{0,3}(?:(?<=[UD])e{1,2}w{1,2}|(?<=N)(?:e{0,2}w{1,2}|i[wG]{1,2}))?(?P<move>[ud]?)h[iw]{0,2}(?P<group>G|Owne?)(?:wG|w(?=[,;]|$)|iG)?",
        _more_than_all,
        needs="h",
        examples=(
            ("It has fewer thefts than any other ward.", "fewer thefts than any other ward"),
            ("It saw a greater fall than any other ward.", "greater fall than any other ward"),
            ("The rate is higher than all other districts.", "higher than all other districts"),
        ),
    ),
    rule(
        "leads",
        r"[wG](?P<verb>[wV])(?=$|[;,\)])|[wGA](?P<heads>w)[wE]{0,2}(?:G|w(?=$|[;,\)]))",
        _leads,
        needs="wG",
        examples=(
            ("It was placed 4th; Marlford leads.", "Marlford leads"),
            ("Marlford heads the list.", "Marlford heads the list"),
        ),
    ),
    rule(
        "so many of so many places",
        r"n/n(?=[;,i\)]|$)|(?<![UDudsk])nOn(?=iw?G)|(?:(?<=[GR])|(?<=[GR]:)|(?<=^w:)|(?<=^ww:))nOn(?=[,;\)\(]|$)",
        _of_so_many,
        needs="n",
        examples=(("iQuanta position: 3/9 for theft.", "3/9"), ("Theft: 4 of 8 in MSG, a fair result.", "4 of 8")),
    ),
    rule(
        "rank so much",
        r"R[:,=]?n(?=[,;\)\(]|$)",
        _rank_alone,
        needs="R",
        examples=(("Above the family average; rank 8.", "rank 8"),),
    ),
    rule(
        "what the average is, in brackets",
        r"(?<=\()n(?=C?\))",
        _mean_in_brackets,
        needs="v",
        examples=(("It is 18% under the mean of its most similar forces (7.2).", "7.2"),),
    ),
    rule(
        "the lower of the two",
        r"(?P<way>[UDBW])(?:w)?On",
        other_of_two,
        needs="UDBW",
        examples=(("It was set beside the county, our rate being the lower of the two.", "lower of the two"),),
    ),
    rule(
        "fares well",
        r"(?:(?:aG[wG]{0,3},)[wGN]{0,3}|[wG](?=V(?:[,;]|$)))V",
        _fares,
        needs="V",
        examples=(
            (
                "Compared with the rest of the county, the town fares well.",
                "Compared with the rest of the county, the town fares well",
            ),
        ),
    ),
    rule(
        "closer to the others",
        r"[we]{0,2}w[itF][wG]{0,3}(?:v|(?<=G))",
        _closer,
        needs="vG",
        examples=(("The force has moved closer to the group average.", "has moved closer to the group average"),),
    ),
    rule(
        "better than so much elsewhere",
        r"(?P<way>[BWUD])h[%n][iO](?:w[Oi])?G{1,2}",
        _against_group,
        needs="G",
        examples=(("This is better than the 15% for the county.", "better than the 15% for the county"),),
    ),
    rule(
        "against so much elsewhere",
        r"(?<=a)(?P<q>%)[iO](?:w[Oi])?G{1,2}",
        _their_number,
        needs="G",
        examples=(("Burglary is up only 2.0% here against 11.8% in the county.", "11.8% in the county"),),
    ),
    rule(
        "so many areas rose",
        r"(?:nO[wD]?)?(?:n[Ow]{0,2})?nw?G(?:tw)?[wNegKH]{0,5}[UDudBW](?![Rh])|(?:nO[wD]?)?nO[wH]?n(?:GA)?G[wNegKH]{0,6}[UDudBW](?![Rh])|nO[wH]?n(?:[weg]{0,2}[UD]N?|[wg]{1,2}[ud])(?=[,;\)AK]|$)|(?P<which>nOK)[wNeg]{0,3}[UDudBW](?![Rhb])",
        _so_many_areas,
        needs="On",
        examples=(
            ("Five of the nine areas saw burglary increase.", "Five of the nine areas saw burglary increase"),
            ("It was one of only two districts where theft fell.", "one of only two districts where theft fell"),
        ),
    ),
    rule(
        "rose in so many areas",
        r"(?<![n%pf])[UDBWud](?:e{1,2}[wN])?i(?:n[HO]{1,2})?n[wE]?G",
        _in_so_many,
        needs="On",
        examples=(("Burglary rose in two of the four areas.", "rose in two of the four areas"),),
    ),
    rule(
        "the average of the group",
        r"(?<![VhYi])Gv(?:[wOe]){1,2}(?P<q>n)|vO[Hw]?n?[wE]?Ge(?P<of>[n%])",
        _mean_value,
        needs="v",
        examples=(("Against a group mean of 3.46 offences per 1,000.", "group mean of 3.46"),),
    ),
    rule(
        "beside it",
        r"[eg]{0,2}(?:%[gw]?)?V[wK](?:b[n%])?(?=[;,]|$)",
        _beside_it,
        needs="V",
        examples=(("It is below the group average; Stourfield is above it by 23%.", "is above it by 23%"),),
    ),
    rule(
        "a smaller fall there",
        r"(?P<side>[UDz])[s%g]{0,2}(?P<move>[ud])(?:\(%\))?(?!(?:[iO][wN]{1,4})?h|%)|(?P<move2>[ud])e{1,2}g?(?P<side2>[UDz])(?:iG)?(?:,i?%)?(?=$|[,;\)A\(])|G[we]{0,2}(?P<move3>[UD])b(?P<side3>[UD])(?=$|[,;\)AK\(])",
        _their_change,
        needs="udb",
        examples=(
            ("The county went up by less.", "county went up by less"),
            ("Middlesbrough saw a smaller reduction (-7.4%).", "smaller reduction (-7.4%)"),
            ("Across the force the reduction was smaller, at 6.0%.", "reduction was smaller, at 6.0%"),
        ),
    ),
    rule(
        "how far from the average",
        r"(?P<gap>w)[Ftiha]{1,2}G{0,2}v[:,Oe=]?(?P<q>[%p])",
        _distance,
        needs="v",
        examples=(("Distance from MSG average +19%.", "Distance from MSG average +19%"),),
    ),
    rule(
        "a place and whose",
        r"Gr(?=$|[,;])",
        named_place,
        needs="r",
        examples=(("We are ranked 1st and our neighbour 2nd.", "neighbour 2nd"),),
    ),
    rule(
        "on a side of the average, in one word",
        r"w(?=[wN]{1,2}(?:[,;.)iA]|$))|(?<=e)w(?=[,;.)i]|$)",
        _in_one_word,
        needs="w",
        examples=(("Theft has an above-average rate.", "above-average"),),
    ),
    rule(
        "beside it first",
        r"a[wHniO]{0,4}(?:G(?:AG)?|Gv|v(?:[iO][wHGn]{1,3})?),?[wNG]{1,4}(?:[iO][wN])?(?:LX|C|Ln)?(?:e{1,3}|cte)[cge]?(?P<way>[UDBW])(?=[,;.)A]|$)",
        _beside_it_first,
        needs="a",
        examples=(("Compared with the county, the rate is lower.", "Compared with the county, the rate is lower"),),
    ),
    rule(
        "outdoes another place",
        r"(?P<verb>[wV])(?:w(?=[KudOG]))?(?:K?[Oi]|[ud](?:[iO]|K?[Oi])?)?w?G{1,2}[ud]?",
        _outdoes,
        needs="G",
        examples=(
            ("The fall was 4%, outpacing the reduction for the force.", "outpacing the reduction for the force"),
            ("The rise fell short of the county's.", "short of the county's"),
        ),
    ),
    rule(
        "against the average",
        r"(?:[n%p]w?)?(?:Zg?|g)?(?:[UDBW]h|[VYS]|B|W)(?:[wi]|,)?(?:n-)?(?:[wiGA]{0,4}v(?:[iO]{1,2}[wniG]{1,4}?)?|v)(?:O?(?:n(?!G)|%))?(?:iG)?(?:b[n%p])?(?:ow(?=[;,]|$))?",
        _against_group,
        needs="v",
        examples=(
            ("It is below the group average.", "below the group average"),
            ("All crime is 8.8% above the group average.", "8.8% above the group average"),
        ),
    ),
    rule(
        "against another place",
        r"(?:[n%p]w?)?(?:Zg?|g)?(?:[UDBWz]|V|Y|B)(?:[wNudsgzBR]{0,3}(?:[hai]|(?<=[ud])[iO][wN]{1,4}h)|wO[ud]h|[wN]{0,2}e{1,2}w(?:i?[wG]{1,2})?h|[wN]{1,2}i[wG]{1,2}h)?"
        r"(?:%w)?(?:[wNieOKnH]{0,3}?|(?<=h)[ud]i)G{1,2}(?:AG(?![weUDud]))?[GwudUDv]{0,3}?(?:[%]|(?:,K?[we]{0,3}[ud]e[%])|(?=.|$))(?:b[n%p])?",
        lambda sentence, match: _against_group(sentence, match) if _is_comparison(sentence, match) else iter(()),
        needs="G",
        examples=(
            ("A better result than the MPS.", "better result than the MPS"),
            ("A smaller rise in robbery than England's.", "smaller rise in robbery than England's"),
            ("In line with national trends.", "In line with national"),
        ),
    ),
    rule(
        "another place has more",
        r"G[wNe]{0,3}[UD]N?(?=[;,\)]|$|w|e)",
        _area_has_more,
        needs="G",
        examples=(("Our neighbours having more offences.", "neighbours having more offences"),),
    ),
    rule(
        "a gap of so much",
        r"[wN](?:[FiaY][wG]{0,4}v?)?O(?P<q>[n%p])",
        lambda sentence, match: _gap(sentence, match) if sentence.words[match.start()] in _GAPS else iter(()),
        needs="O",
        examples=(("Above the peer mean of 129, a gap of 28%.", "gap of 28%"),),
    ),
)


_OURS = frozenset(("own", "ours", "here"))
_BE = re.compile("e{1,2}i?(?:w{1,2}|G)")


def _ranks_change(sentence: Sentence, match: _Match) -> bool:
    then = _BE.match(sentence.code, match.end())
    if then and sentence.words[then.end() - 1] not in _OURS and sentence.code[then.end() - 1] != "G":
        return sentence.words[then.end() - 1].endswith("'s")  # and no kind: "the largest fall was in shoplifting"
    if match[0] in {"E", "rE"}:
        return "G" in sentence.code[: match.start()]
    if match[0].endswith("N") and match[0][0] != "r":
        return "G" in sentence.code
    return "G" in sentence.code or scale_of(match_words(sentence, match)) != ""


def match_words(sentence: Sentence, match: _Match) -> str:
    """The words of the match."""
    return " ".join(sentence.words[match.start() : match.end()])


_NOT_GROUPS = frozenset((
    "table", "period", "periods", "series", "figures", "year", "years", "month", "months", "quarter", "report",
    "recent", "current", "financial", "last", "past", "half", "time", "data", "set", "run", "weeks", "days",
    "decade", "columns", "column", "bars", "totals",
))  # fmt: skip


def _is_group(sentence: Sentence, match: _Match) -> bool:
    """Whether a superlative stands among places and not among times."""
    if re.match(r"[wNoi]{0,3}x", sentence.code[match.end() :]):
        return False  # "the highest total of hate crime since records began"
    if "G" in match[0]:
        return True
    if re.search(r"[MP]e?w?$", sentence.code[: match.start()]) or {"them", "shown", "these"} & set(
        sentence.words[match.start() : match.end() + 1]
    ):
        return False
    at = at_letter(sentence, match, "E")
    tail = set(sentence.words[at : match.end() + 1])
    return not tail & _NOT_GROUPS and sentence.code[match.end() : match.end() + 1] not in {"P", "m", "y"}


def _is_comparison(sentence: Sentence, match: _Match) -> bool:
    """Whether a place is compared with, and not merely where something fell: "fell in the county" compares nothing."""
    code = match[0]
    if (
        re.match(
            r"(?:[n%p]w?)?(?:Zg?|g)?[UDB W](?![wNudsgzR]{0,3}(?:[ha]|(?<=[ud])[iO][wN]{1,4}h)"
            r"|wO[ud]h|[wN]{0,2}e{1,2}w(?:i?[wG]{1,2})?h|[wN]{1,2}i[wG]{1,2}h)",
            code,
        )
        and "z" not in code
        and not re.match(r"(?:[n%p]w?)?[VY]", code)
    ):
        return sentence.words[match.start()] in {"outperforming", "outperformed", "outperforms"}
    return True
