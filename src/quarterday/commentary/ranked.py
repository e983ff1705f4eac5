"""What the forms of a place in an order say: "14th out of 15", "from 9th to 6th", "the second highest rate in Kent"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.rule import WAYS, Found, amount_at, at_letter, each_letter
from quarterday.commentary.superlatives import scale_of, superlative
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Stated, Unit, Way

_Match = re.Match[str]


def groups_in(sentence: Sentence, first: int, last: int) -> tuple[str, ...]:
    """The groups and other places named from one token to another."""
    return tuple(
        sentence.words[at] for at in range(max(0, first), min(last + 1, len(sentence.code))) if sentence.code[at] == "G"
    )


_SIZE = re.compile(
    r"\b(?P<other>other )?(?P<many>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|\d{1,2})\b"
)
_SIZES = (
    "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def group_size(words: str) -> int:
    """How many the words say a group has, the place itself among them; nought where they do not say."""
    told = _SIZE.search(words)
    if told is None:
        return 0
    many = int(told["many"]) if told["many"].isdigit() else _SIZES.index(told["many"])
    return many + 1 if told["other"] else many


def _rank_scale(sentence: Sentence, first: int, last: int) -> str:
    """The scale that the claim's own words name, else the words of its clause."""
    own = scale_of(" ".join(sentence.words[first : last + 1]))
    if own:
        return own
    stops = (at for at in range(first) if sentence.code[at] in ",;K" and sentence.words[at] != "as the")
    start = max(stops, default=-1) + 1
    words = " ".join(sentence.words[start:first])
    return next((scale for scale, named in _SCALES_NAMED if named(words)), "")


_SCALES_NAMED = (
    ("number", re.compile(r"\b(?:by|on) (?:the )?(?:number|volume|count)").search),
    ("per cent change", re.compile(r"percentage terms").search),
    ("number", re.compile(r"^(?!.*\brate\b).*\b(?:numbers?|volumes?|counts?|totals?|tally)\b").search),
)
_TELLS_SCALE = re.compile(r"(?:on|by|per|when|for|in)\b")
_STOP = re.compile("[,;:(Kn]")
_FEW_WORDS = 6


def _words_to_stop(sentence: Sentence, first: int) -> str:
    """The next words up to a mark or a number: the offences of "15th in the group, with 516 offences" are no scale."""
    last = min(first + _FEW_WORDS, len(sentence.code))
    stop = _STOP.search(sentence.code, first, last)
    return " ".join(sentence.words[first : stop.start() if stop else last])


WORST_FIRST = re.compile(
    r"from (?:the )?(?:highest|worst)"
    r"|\b(?:1|one) ?(?:=|is|being|means|meaning|denotes|represents) (?:the )?(?:highest|most|worst)"
)


def placed(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A place such as "14th out of 15"; one among people is left open."""
    at = at_letter(sentence, match, "r")
    if match[0] == "ir" and sentence.words[at].isalpha():
        return  # "in the fourth"
    before = sentence.words[at - 1] if at else ""
    if match[0] == "r" and (before == "being" or {"quarter", "month"} & set(sentence.words[:at])):
        return  # "the lowest being first", "the lowest quarter was the first"
    if _is_among_people(sentence, match):
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, Stated(form="among"), is_open=True)
        return
    last = match.end() - 1
    counts = [amount_at(sentence, where) for where in each_letter(sentence, match, "n")]
    of = int(counts[0].value) if counts else 0
    tail = _words_to_stop(sentence, last + 1)
    scale = _rank_scale(sentence, match.start(), last) or scale_of(tail if _TELLS_SCALE.match(tail) else "")
    scale = "rate" if "C" in sentence.code and not scale else scale
    form = "from the highest" if WORST_FIRST.search(" ".join(sentence.words)) else "place"
    stated = Stated(amount=amount_at(sentence, at), of=of, scale=scale, form=form)
    yield Found(ClaimKind.RANK, match.start(), last, stated, group=groups_in(sentence, match.start(), last + 2))


def placed_in_figures(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "(21of32 / 8of15)"."""
    numbers = [amount_at(sentence, at) for at in each_letter(sentence, match, "n")]
    place = Amount(numbers[0].value, unit=Unit.PLACE)
    stated = Stated(amount=place, of=int(numbers[1].value), form="place", word="two groups" if len(numbers) > 2 else "")  # noqa: PLR2004
    yield Found(ClaimKind.RANK, match.start() + 1, match.end() - 2, stated)


def moved_place(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """From one place to another: "from 14th to 13th"."""
    earlier, later = each_letter(sentence, match, "r")[:2]
    end = at_letter(sentence, match, "E")
    way = superlative(sentence.words[end]) if end >= 0 else None
    stated = Stated(
        amount=amount_at(sentence, later),
        earlier=amount_at(sentence, earlier),
        form="from_to",
        word={Way.UP: "high first", Way.DOWN: "low first"}.get(way, "") if way else "",
    )
    yield Found(
        ClaimKind.RANK, match.start(), match.end() - 1, stated, group=groups_in(sentence, match.start(), match.end())
    )


def places_moved(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """So many places up or down: "a gain of three places"."""
    at = at_letter(sentence, match, "n")
    way_at = at_letter(sentence, match, "UDBWud")
    if at < 0 and sentence.words[at_letter(sentence, match, "R")] not in {"place", "position"}:
        return
    places = amount_at(sentence, at) if at >= 0 else Amount(1)  # "a place better than the year before"
    stated = Stated(way=WAYS.get(sentence.code[way_at]), amount=places, form="places moved")
    yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated)


def _is_among_people(sentence: Sentence, match: _Match) -> bool:
    """Whether a place is one among others than areas: "second among residents' priorities"."""
    told = range(match.start(), min(match.end() + 1, len(sentence.code)))
    at = next((at for at in told if sentence.words[at] in {"among", "amongst"}), -1)
    return at >= 0 and re.match("[wN']{1,4}(?:[,;)]|$)", sentence.code[at + 1 :]) is not None


def named_place(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """The place of another that is named: "and our neighbour 2nd"."""
    stated = Stated(amount=amount_at(sentence, match.end() - 1), form="place", scale=scale_of(" ".join(sentence.words)))
    if WORST_FIRST.search(" ".join(sentence.words)):
        stated = replace(stated, form="from the highest")
    yield Found(
        ClaimKind.RANK,
        match.start(),
        match.end() - 1,
        stated,
        group=(sentence.words[match.start()],),
        subject=(sentence.words[match.start()],),
    )


_COMMON = frozenset(("common", "frequent", "prevalent", "reported", "costly", "numerous", "committed", "recorded"))


def first_of_all(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A superlative among a group: "the second highest rate in Kent"."""
    if _is_among_people(sentence, match):
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, Stated(form="among"), is_open=True)
        return
    at = at_letter(sentence, match, "EBW")
    if sentence.words[at] == "most" and not _COMMON.isdisjoint(sentence.words[at + 1 : at + 2]):
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, Stated(form="among"), is_open=True)
        return  # "the third most common crime": among kinds
    way = superlative(sentence.words[at]) or WAYS.get(sentence.code[at])
    if way is None or sentence.words[at] in {"high", "low", "peak", "peaked", "peaking", "peaks", "troughed"}:
        return
    place = amount_at(sentence, match.start()) if sentence.code[match.start()] == "r" else Amount(1, unit=Unit.PLACE)
    numbers = [amount_at(sentence, at) for at in each_letter(sentence, match, "n") if sentence.code[at - 1] != "G"]
    of = int(numbers[-1].value) if numbers else 0  # and not that of "Family Group 2"
    scale = _rank_scale(sentence, at, match.end() - 1) or scale_of(_words_to_stop(sentence, at))
    moved = next(
        (WAYS[sentence.code[where]] for where in range(at, match.end()) if sentence.code[where] in "udUD"), None
    )
    of_change = re.search("%[ud]e{1,2}$", sentence.code[: match.start()])
    if of_change and way in {Way.BETTER, Way.WORSE}:
        scale = "change"  # "the 6.3% fall was the best in the group"
    of_move = re.search("(?<!%)(?P<move>[ud])(?:i[wG])?e{1,2}$", sentence.code[: match.start()])
    if of_move and not scale and moved is None:  # "the fall was the second largest of the five"
        scale, moved = "change", WAYS[of_move["move"]]
    stated = Stated(way=way, amount=place, of=of, scale=scale, form="first", word=moved.value if moved else "")
    headed = re.search("G(?:[wec]|e[wec])?$", sentence.code[: match.start()])
    if headed and "G" not in match[0] and sentence.words[match.start() - 1] in _WHOSE:
        stated = Stated(way=way, amount=place, of=of, scale=scale, form="first")  # "the county's lowest rate"
        its = _WHOSE_IT_IS.match(sentence.code, match.end())  # "the group's highest total was 690 in Morebridge"
        group = (sentence.words[its.end() - 1],) if its else ()
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated, group=group, subject=group or None)
        return
    before = sentence.words[match.start() - 1] if match.start() else ""
    is_name = before.removesuffix("'s") not in LETTERS  # "and Fordley the highest rate"
    if (
        headed
        and not {"G", "O"} & set(match[0])
        and (
            match[0] in {"E", "rE", "ER", "rER"}
            or not HAVING.isdisjoint(sentence.words[headed.start() : match.start()])
            or (sentence.code[match.start() - 1] == "G" and is_name)
        )
    ):
        named = (sentence.words[headed.start()],)  # "and Fordley the highest"
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated, group=named, subject=named)
        return
    if whose := _WHOSE_IT_IS.match(sentence.code, match.end()):
        named = (sentence.words[whose.end() - 1],)  # "the largest fall being Fordley's"
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated, group=named, subject=named)
        return
    tail = " ".join(sentence.words[match.start() : match.end() + 3])
    by_number = (
        scale == "change" and re.search(r"\b(?:in|by) (?:raw |absolute )?(?:number|volume|count)", tail) is not None
    )
    among_kinds = by_number or not _KINDS_OF.isdisjoint(sentence.words[at : match.end() + 1])
    groups = groups_in(sentence, at, match.end())
    among_kinds = among_kinds or sentence.code[match.start() - 1 : match.start()] == "n"  # "the two lowest numbers"
    yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated, group=groups, is_open=among_kinds)


_WHOSE_IT_IS = re.compile(
    "[wN]{0,2}(?:e{1,2}(?:[n%]N?)?[,(]?|,n?,?)i?G|(?:iG)?[wa]?(?:e{1,2}w?i|w?t|e{1,2}[wK]?O)G|(?:,O?[n%p]N?,|\\([n%p]N?\\))?e{1,2}i?G(?=[,;)]|$)"
)
_WHOSE = frozenset(("county's", "family's", "group's", "region's", "force's", "peers'", "country's"))
HAVING = frozenset(("having", "with", "has", "had", "have", "recording", "recorded", "showing", "seeing", "saw"))
_KINDS_OF = frozenset(("category", "categories", "type", "types", "strand", "strands"))


def other_of_two(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Its rate is the lower of the two": beside the average or the place named before."""
    if sentence.words[match.end() - 1] != "two":
        return
    before = sentence.code[: match.start()]
    if theirs := re.search("(?P<place>G)[we]{1,2}$", before):  # "Burnley having the higher rate of the two"
        scale = scale_of(" ".join(sentence.words[match.start() : match.end()]))
        stated = Stated(way=WAYS[sentence.code[match.start("way")]], form="they have", scale=scale)
        group = (sentence.words[theirs.start("place")],)
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=group)
        return
    form = "average" if "v" in before else "other"
    stated = Stated(way=WAYS[sentence.code[match.start("way")]], form=form)
    groups = groups_in(sentence, 0, match.start() - 1)
    yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=groups)
