"""The forms that tell of several things, places or times in a row, each with its own number or direction."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, change_of, each_letter, rule, signed_way
from quarterday.commentary.rules_level import position_way
from quarterday.commentary.rules_time import run_of_steps
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated, Unit

_Match = re.Match[str]


def _run_of_numbers(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "455, 412, 388 and 341": one for each time in turn, which the words do not name."""
    for at in each_letter(sentence, match, "n"):
        stated = Stated(amount=amount_at(sentence, at), form="level")
        yield Found(ClaimKind.LEVEL, at, at, stated, is_open=True)


def _respectively(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Two quantities in the order of two things before them."""
    first, second = each_letter(sentence, match, "n%pf")[-2:]
    way = WAYS[sentence.code[match.start("way")]]
    halves = _two_subjects(sentence, match.start("way"))
    for number, at in enumerate((first, second)):
        found = change_of(sentence, at, first=match.start("way") if at == first else at, last=at, way=way)
        if halves is None:
            alike = amount_at(sentence, first).unit is amount_at(sentence, second).unit
            yield replace(found, is_open=alike and "respectively" not in sentence.words)
            continue
        named, groups = halves[number]
        yield Found(found.kind, found.first, found.last, found.stated, group=groups, subject=named)


def _two_subjects(sentence: Sentence, before: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]] | None:
    """The two things joined by "and" before the verb, each as words of what is counted and of a place."""
    code = sentence.code
    start = max(code.rfind(mark, 0, before) for mark in ",;:K") + 1
    joined = code.rfind("A", start, before)
    if joined <= start:
        return _two_named_after(sentence, before)
    halves = []
    for first, last in ((start, joined), (joined + 1, before)):
        words = tuple(
            sentence.words[at]
            for at in range(first, last)
            if code[at] in "wNHg" and sentence.words[at] not in _VERBS_OF_CHANGE
        )
        halves.append((words, tuple(sentence.words[at] for at in range(first, last) if code[at] == "G")))
    return halves


def _many_respectively(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Three quantities or more in the order of as many things before them."""
    ats = each_letter(sentence, match, "n%pf")
    at = match.start("way")
    named = _subjects_in_row(sentence, at)
    if "respectively" not in sentence.words or len(named) != len(ats):
        if len(named) == 1 and "j" not in sentence.code:  # "fell by 24, 33 and 36 in the last three years"
            for first, quantity in zip((at, *ats[1:]), ats, strict=True):
                found = change_of(sentence, quantity, first=first, last=quantity, way=WAYS[sentence.code[at]])
                yield replace(found, is_open=True)
        return
    for number, (quantity, (words, groups)) in enumerate(zip(ats, named, strict=True)):
        found = change_of(
            sentence, quantity, first=quantity if number else at, last=quantity, way=WAYS[sentence.code[at]]
        )
        yield replace(found, group=groups, subject=words)


def _subjects_in_row(sentence: Sentence, before: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The things before a verb that commas and "and" part, each as words of what is counted and of a place."""
    code = sentence.code
    start = max(code.rfind(mark, 0, before) for mark in ";:K(") + 1
    edges = [start - 1, *(at for at in range(start, before) if code[at] in ",A"), before]
    parts = [range(first + 1, last) for first, last in itertools.pairwise(edges) if last > first + 1]
    return [
        (
            tuple(
                sentence.words[at] for at in part if code[at] in "wNHg" and sentence.words[at] not in _VERBS_OF_CHANGE
            ),
            tuple(sentence.words[at] for at in part if code[at] == "G"),
        )
        for part in parts
    ]


_VERBS_OF_CHANGE = frozenset(["recorded", "saw", "showed", "registered", "experienced", "reported", "achieved"])


def _two_named_after(sentence: Sentence, after: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]] | None:
    """The two things named behind: "reductions of 12% and 8% were seen in burglary and robbery"."""
    found = re.compile(r"i((?:[wNG]){1,3})A((?:[wNG]){1,3})").search(sentence.code, after)
    if found is None:
        return None
    return [
        (
            tuple(sentence.words[at] for at in range(*found.span(half)) if sentence.code[at] in "wN"),
            tuple(sentence.words[at] for at in range(*found.span(half)) if sentence.code[at] == "G"),
        )
        for half in (1, 2)
    ]


def _and_on(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Fallen on the previous quarter and on a year earlier": the direction goes on to the second time."""
    at = match.start("way")
    way = WAYS[sentence.code[at]]
    yield Found(
        ClaimKind.DIRECTION,
        match.start(),
        match.start("and") - 1,
        Stated(way=way, word=sentence.words[at], form="direction"),
    )
    first = match.start("and") + 1
    yield Found(ClaimKind.DIRECTION, first, match.end() - 1, Stated(way=way, word=sentence.words[at], form="direction"))


def _in_both_places(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Fell in both Northside and Eastside": of each place by itself."""
    at, joined = match.start("way"), match.start("and")
    stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
    for first, last in ((match.start(), joined - 1), (joined + 1, match.end() - 1)):
        named = tuple(word for word, letter in _between(sentence, first, last) if letter == "G")
        own = tuple(word for word, letter in _between(sentence, max(first, at + 1), last) if letter == "w")
        yield Found(ClaimKind.DIRECTION, first, last, stated, group=named, is_open=not named and not own)


def _between(sentence: Sentence, first: int, last: int) -> list[tuple[str, str]]:
    return list(zip(sentence.words[first : last + 1], sentence.code[first : last + 1], strict=True))


_NO_LEVELS = frozenset(("higher", "lower", "more", "fewer", "less", "greater"))


def _in_both_units(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "134 (9.4%) above 2015": one change, in number and in per cent."""
    first, second, side = match.start("q"), match.start("q2"), match.start("way")
    units = {amount_at(sentence, at).unit for at in (first, second)}
    if units != {Unit.COUNT, Unit.PER_CENT}:
        return
    way = position_way(sentence.words[side]) or WAYS.get(sentence.code[side])
    # "1,664 (9.4%) up on last year" may be the number itself.
    may_be_level = sentence.code[side] != "V" and sentence.words[side] not in _NO_LEVELS
    found = change_of(sentence, first, first=first, last=first, way=way)
    yield replace(found, is_open=may_be_level and amount_at(sentence, first).unit is Unit.COUNT)
    yield change_of(sentence, second, first=second, last=match.end() - 1, way=way)


RUNS_IN_WHICH: tuple[Rule, ...] = (
    rule(
        "so many in a row in which it rose",
        r"(?:[rn]Q[my]|PQ|[iA]QP)(?:iK|K|,)?[wNOe]{0,6}(?P<way>[UDBW])(?!(?:b|O)?<Q>|h|t)",
        run_of_steps,
        needs="Q",
        examples=(
            (
                "This is the third consecutive quarter in which theft has increased.",
                "third consecutive quarter in which theft has increased",
            ),
            ("For a third successive year thefts rose.", "third successive year thefts rose"),
        ),
    ),
)

IN_BOTH_UNITS: tuple[Rule, ...] = (
    rule(
        "so much and in brackets so much above or below",
        r"(?P<q>[n%])N?\((?P<q2>[n%])N?\)(?P<way>[UDV])(?=[hoaKPwnx])(?!.{0,5}[TGv])(?:[hoax]{0,2}i?w?P)?",
        _in_both_units,
        needs="(",
        examples=(
            ("Robbery stood 134 (9.4%) above 2015.", "134"),
            ("There were 12 thefts (8%) fewer than in 2015.", "8%) fewer than in 2015"),
        ),
    ),
)

RUNS: tuple[Rule, ...] = (
    rule(
        "a run of numbers",
        r"(?<![bUDudO])n(?:,A?n|An){2,}(?![%kpr])",
        _run_of_numbers,
        needs="n",
        examples=(("The annual totals were 455, 412, 388 and 341.", "412"),),
    ),
)


def _here_and_there(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """The change of the one place and then of the other: "a smaller rise than Wales (+4.8% v +7.7%)"."""
    start = sentence.code.rfind(";", 0, match.start()) + 1
    places = [at for at in range(start, match.start()) if sentence.code[at] == "G"]
    told = sentence.code[start : match.start()]
    moves = [letter for letter in told if letter in "ud"][-1:] or [letter for letter in told if letter in "UD"]
    beside = _BESIDE_PLACE.search(sentence.code, start, match.start())
    if len(places) != 1 or not beside or not moves:
        return
    for name, group in (("here", ()), ("there", (sentence.words[places[0]],))):
        at = match.start(name)
        amount = amount_at(sentence, at)
        way = signed_way(amount, None) or WAYS[moves[0]]
        yield replace(change_of(sentence, at, first=at, last=at, way=way), group=group)


_BESIDE_PLACE = re.compile("[ha][wiOK]{0,2}G")


RESPECTIVELY: tuple[Rule, ...] = (
    rule(
        "here and then there, in brackets",
        r"\([gw]?(?P<here>%)(?:a|,|,?A)[gw]?(?P<there>%)(?=w?\))",
        _here_and_there,
        needs="(",
        examples=(("Powys has seen a smaller increase than Wales (+4.8% v +7.7%).", "+7.7%"),),
    ),
    rule(
        "two, respectively",
        r"(?P<way>[UDudBW])[bO]?(?P<q><Q>)N?A(?<!B)<Q>(?!N?[UDud])",
        _respectively,
        needs="A",
        examples=(("Burglary and robbery fell by 11.2% and 4.5% respectively.", "4.5%"),),
    ),
    rule(
        "three or more, respectively",
        r"(?P<way>[UDudBW])(?:,?[bO])?<Q>(?:,<Q>)+,?A<Q>",
        _many_respectively,
        needs=",",
        examples=(
            ("Arson, robbery and theft fell by 4%, 12% and 2% respectively.", "12%"),
            ("Arson, robbery and theft all fell, by 4%, 12% and 2% respectively.", "12%"),
        ),
    ),
)

BOTH: tuple[Rule, ...] = (
    rule(
        "moved on then and on another time",
        r"(?P<way>[UDBW])[gw]?[oahx][iAHw]{0,2}[PM](?P<and>A|K(?=[oahx]))[oahxiR]{0,2}[PM](?![,]?[AM]|,?[wNSgOi]{0,6}[eUDBWkV])",
        _and_on,
        needs="UDBW",
        examples=(
            ("Reports had fallen on the previous quarter and on a year earlier.", "on a year earlier"),
            ("June was the worst, with more than either April or May.", "May"),
        ),
    ),
    rule(
        "moved in two places",
        r"e{0,2}(?P<way>[UDBW])iH(?:G|w)(?P<and>A)(?:G|w)(?=$|[,;:\)AK])",
        lambda sentence, match: (
            _in_both_places(sentence, match) if "both" in sentence.words[match.start() : match.end()] else iter(())
        ),
        needs="H",
        examples=(("Theft fell in both Northside and Eastside.", "Eastside"),),
    ),
)
