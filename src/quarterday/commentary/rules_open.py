"""The forms that leave open what they are of: found, supported where a figure shows them, and never called wrong."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, at_letter, change_of, each_letter, rule, way_near
from quarterday.commentary.superlatives import superlative
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated, Unit

_Match = re.Match[str]
_DONE = frozenset((
    "resulted", "led", "ended", "involved", "were", "was", "received", "attracted", "went", "ran", "related",
    "concerned", "featured", "took", "happened", "occurred", "involving", "resulting", "came",
))  # fmt: skip
# Plurals that a report counts without their being figures of crime: times, parts of a plan, places taking part.
NOT_COUNTED = frozenset((
    "years", "months", "weeks", "days", "hours", "minutes", "seconds", "quarters", "wards", "partners", "priorities",
    "themes", "phases", "stages", "areas", "sites", "locations", "streets", "miles", "metres", "pounds", "members",
    "officers", "staff", "meetings", "sessions", "schools", "actions", "objectives", "indicators", "measures", "times",
    "points", "places", "pages", "items", "sections", "ways", "reasons", "things", "occasions", "others", "grounds",
    "means", "bids", "projects", "volunteers", "organisations", "agencies", "spaces", "units", "parts", "steps",
))  # fmt: skip
_MOVED = frozenset((
    "rose", "risen", "rising", "fell", "fallen", "falling", "increased", "increasing", "decreased", "decreasing",
    "declined", "declining", "dropped", "dropping", "grew", "grown", "growing", "reduced", "climbed", "jumped",
    "improved", "worsened", "deteriorated", "soared", "tumbled", "plunged", "spiked", "dwindled",
))  # fmt: skip
_EMPTY_ENDS = frozenset(("best", "worst", "most", "least", "high", "low", "record", "highs", "lows", "greatest"))
_FEWEST_DIGITS_COUNTED = 2


def _number(sentence: Sentence, match: _Match) -> Iterator[Found]:
    stated = Stated(amount=amount_at(sentence, match.start("q")), form="level")
    yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, stated, is_open=True)


_BRACKETS = frozenset(("brackets", "parentheses"))


def _bracketed(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "612 (610)": behind a number, the one before it."""
    stated = Stated(amount=amount_at(sentence, match.start("q")), form="level")
    if re.search(r"[n%]N?\($", sentence.code[: match.start()]):
        stated = replace(stated, form="base")
    named = re.search(r"n([wgN]{1,3})\($", sentence.code[: match.start()])
    if named and not _BRACKETS.isdisjoint(sentence.words[: named.start()]):  # "last year in brackets: 57 serious (48)"
        subject = tuple(sentence.words[named.start(1) : named.end(1)])
        stated = replace(stated, form="base")
        yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, stated, subject=subject)
        return
    yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, stated, is_open=True)


def _owned(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "The borough's 22.1 is lower than the average"."""
    if sentence.words[match.start() - 1].endswith(("'s", "s'")):
        yield from _number(sentence, match)


def _counted(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "14 closure orders were processed": digits before a plural that is no part of a plan."""
    words = sentence.words[match.start("q") + 1 : match.end()]
    number = sentence.words[match.start("q")]
    if not number[:1].isdigit() or not words[-1].endswith("s") or words[-1].endswith("ss"):
        return
    if NOT_COUNTED.isdisjoint(words) and len(number) >= _FEWEST_DIGITS_COUNTED:
        found = Found(
            ClaimKind.LEVEL,
            match.start(),
            match.end() - 1,
            Stated(amount=amount_at(sentence, match.start("q")), form="level"),
            subject=tuple(words),
            is_open=True,
        )
        yield found


def _done(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.end()] in _DONE:
        yield from _number(sentence, match)


def _rate_of(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.start()] in {"rate", "rates", "figure", "level"}:
        stated = Stated(amount=amount_at(sentence, match.start("q")), form="share")
        yield Found(ClaimKind.SHARE, match.start(), match.end() - 1, stated, is_open=True)


_POSITIONS = frozenset(("position", "result", "picture", "performance", "outcome", "situation", "place"))
_PACES = frozenset(("accelerated", "quickened", "slowed", "eased", "steadied", "decelerated", "accelerating"))


def _position(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("way")
    if sentence.words[at + 1] in _POSITIONS:
        stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
        yield Found(ClaimKind.DIRECTION, at, match.end() - 1, stated, is_open=True)


def _pace(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.start("pace")] in _PACES:
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, Stated(form="halted"), is_open=True)


def _of_place(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Repeat victims: borough 28%, force 31%"."""
    at = match.start("q")
    if not amount_at(sentence, at).signed and not _clause_moves(sentence, at):
        stated = Stated(amount=amount_at(sentence, at), form="level")
        yield Found(ClaimKind.LEVEL, match.start(), at, stated, group=(sentence.words[at - 1],))


def _per_cent(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A per cent by itself: the change that the clause speaks of, else a value in per cent."""
    at = match.start()
    way = way_near(sentence, at) if _clause_moves(sentence, at) else None
    if way is None and not amount_at(sentence, at).signed:
        yield Found(ClaimKind.LEVEL, at, at, Stated(amount=amount_at(sentence, at), form="level"), is_open=True)
        return
    bound = amount_at(sentence, at).signed and at > 0 and sentence.code[at - 1] in "Nw"  # "robbery +4%"
    yield replace(change_of(sentence, at, first=at, last=at, way=None if bound else way), is_open=not bound)


def _clause_moves(sentence: Sentence, at: int) -> bool:
    start = max(sentence.code.rfind(mark, 0, at) for mark in ";:") + 1
    return any(letter in "UDud" for letter in sentence.code[start:at])


def _moved(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A verb of direction in a clause of which nothing else was read."""
    at = match.start("way")
    if sentence.words[at] in _MOVED and sentence.code[at] in WAYS:
        stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
        yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, stated, is_open=True)


_SINCE_EVENT = re.compile("x[wNe]")  # "since the unit was formed"


def _extreme(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "E")
    word = sentence.words[at]
    way = superlative(word)
    if way is None or word in _EMPTY_ENDS:
        return
    among = at > 0 and sentence.code[at - 1] == "r"  # "the fourth highest month"
    words = sentence.words[match.start() : match.end()]
    since = "event" if _SINCE_EVENT.search(match[0]) else "since" if "x" in match[0] else ""
    form = "among" if among else "period"
    stated = Stated(way=way, form=form, scale=since, word=" ".join(words), of=1)
    yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated, is_open=True)


def _is_last(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.end() - 1] == "last":
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, Stated(form="place"), is_open=True)


def _forecast(_sentence: Sentence, match: _Match) -> Iterator[Found]:
    yield Found(ClaimKind.PROJECTION, match.start(), match.end() - 1, Stated(form="projected"))


def _mean(sentence: Sentence, match: _Match) -> Iterator[Found]:
    way = way_near(sentence, match.start())
    stated = Stated(way=way, form="average")
    groups = tuple(sentence.words[at] for at in each_letter(sentence, match, "G"))
    yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=groups, is_open=True)


def _so_much_more(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Fell by 17, which at 6.4% is our largest cut": the change said before, in per cent."""
    at = match.start("q")
    way = way_near(sentence, at)
    if way is not None and amount_at(sentence, at).unit is Unit.PER_CENT:
        yield change_of(sentence, at, first=at, last=at, way=way)


STILL_CHANGES: tuple[Rule, ...] = (
    rule(
        "which at so much is",
        r"Ki(?P<q>%)(?=e)",
        _so_much_more,
        needs="K",
        examples=(("It fell by 17, which at 6.4% is a large cut.", "6.4%"),),
    ),
)

OPEN: tuple[Rule, ...] = (
    rule(
        "accounts for so many",
        r"sw?(?P<q>n)O[wN]",
        _number,
        needs="s",
        examples=(("The rise in reports accounts for 22 of these.", "accounts for 22 of these"),),
    ),
    rule(
        "a rate of so much",
        r"wO(?P<q>%)",
        _rate_of,
        needs="%",
        examples=(("Of the 212 burglaries 19 were solved, giving a solved rate of 9.0%.", "rate of 9.0%"),),
    ),
    rule(
        "so much in brackets",
        r"(?<=\()(?P<q>[n%])N?(?=\))",
        _bracketed,
        needs="(",
        examples=(("Ranked 2nd in the group on satisfaction with actions taken (82%).", "82%"),),
    ),
    rule(
        "its own number",
        r"(?<=w)(?P<q>[n%])(?![mykN])",
        _owned,
        needs="n%",
        examples=(("The rate is high, the borough's 22.1 being lower than the average of 24.3.", "22.1"),),
    ),
    rule(
        "so many counted",
        r"(?P<q>n)w{1,2}(?=[e,;)A]|$|i[^w])",
        _counted,
        needs="n",
        examples=(("In all 88 closure orders were processed.", "88 closure orders"),),
    ),
    rule(
        "so many of them did",
        r"(?P<q>n)Ow?N(?=[ew])",
        _number,
        needs="O",
        examples=(("Eight of the incidents were fatal.", "Eight of the incidents"),),
    ),
    rule(
        "so many did",
        r"(?:(?<=[;,:A\)])|(?<=^))(?P<q>n)(?=[we])",
        _done,
        needs="n",
        examples=(("Stop and searches totalled 1,966; 402 resulted in an arrest.", "402"),),
    ),
    rule(
        "is last",
        r"ew(?=[,;\)]|$)",
        _is_last,
        needs="e",
        examples=(("On detections the ward is last.", "is last"),),
    ),
    rule(
        "an average over years",
        r"(?<=A)[PG]v(?=[,;\)]|$)",
        _mean,
        needs="v",
        examples=(
            ("It is lower than both the same quarter in 2022 (1,302) and the five-year mean.", "the five-year mean"),
        ),
    ),
    rule(
        "the most, by itself",
        r"E[wN]{0,2}x[wNe]{1,3}|E[wyNmd](?:O[wN])?|E[wd]?e?i?P",
        _extreme,
        needs="E",
        examples=(
            ("Saturday nights generate the highest number of incidents.", "highest number of incidents"),
            ("Numbers are at their lowest since the unit was formed.", "lowest since the unit was formed"),
        ),
    ),
    rule(
        "is forecast",
        r"[eA](?:e)?J(?:t[ewi]{0,2})?(?![^;]{0,12}#)",
        _forecast,
        needs="J",
        examples=(("Theft is forecast to go into reverse.", "is forecast to go into"),),
    ),
    rule(
        "moved, by itself",
        r"e{0,3}g?(?P<way>[UDBW])(?![^,;]{0,8}[#n%pf])(?![hoa])",
        _moved,
        needs="UDBW",
        examples=(("Theft has fallen faster than robbery.", "has fallen"),),
    ),
    rule(
        "a better position",
        r"(?P<way>[BW])[Rw](?=[,;:\)]|$|[wi])",
        _position,
        needs="BW",
        examples=(("The Board regards that as a better position.", "better position"),),
    ),
    rule(
        "has accelerated",
        r"[wN]e{1,2}(?P<pace>w)(?=x|[iA]P)",
        _pace,
        needs="xP",
        examples=(("Vehicle crime has accelerated since June.", "crime has accelerated"),),
    ),
    rule(
        "a place with its per cent",
        r"(?<=[,:;])G(?P<q>%)(?=[,;\)]|$)",
        _of_place,
        needs="G",
        examples=(("Repeat victims: town 28%, force 31%.", "force 31%"),),
    ),
    rule(
        "a per cent by itself",
        r"%",
        _per_cent,
        needs="%",
        examples=(("On satisfaction some 82% said so.", "some 82%"),),
    ),
)
