"""What no other form has read: a number, a place, a fraction, a word of comparison that stands alone.

Each leaves open what it is of. They are tried last of all, so that nothing that counts is passed over in silence.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.held import counts
from quarterday.commentary.ranked import HAVING
from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, at_letter, change_of, each_letter, rule
from quarterday.commentary.rules_level import position_way
from quarterday.commentary.rules_open import NOT_COUNTED
from quarterday.commentary.superlatives import superlative
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Loose, Stated, Unit, Way, When, WhenKind

_Match = re.Match[str]
_FEWEST_DIGITS = 2
_COMES = (["comes"], ["came"], ["lies"], ["sits"], ["stands"], ["finished"], ["is"], ["ranks"], ["ranked"])
_NOT_PLACES = frozenset(("first", "second", "third"))
_GAPS = frozenset(("gap", "gaps", "difference", "disparity", "divide", "distance"))
_CLOSED = frozenset((
    "closed", "closing", "narrowed", "narrowing", "narrower", "widened", "widening", "wider", "grown", "shrunk",
    "halved", "opened", "disappeared",
))  # fmt: skip
_GONE = frozenset(("disappeared", "vanished", "eradicated", "eliminated", "ceased", "stopped"))
_ALL_BUT = frozenset(("but", "almost", "virtually", "nearly", "practically", "effectively"))
_SUPERLATIVES_ALONE = frozenset(("high", "low", "highs", "lows", "peak", "record", "most", "least"))
_AS_BEFORE = frozenset(("as", "so", "just"))


def _number(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A number in figures that counts nothing which is known to be no figure of crime."""
    at = match.start()
    word, following = sentence.words[at], sentence.words[at + 1 : at + 3]
    digits = sum(letter.isdigit() for letter in word)
    if amount_at(sentence, at).signed and sentence.code[max(0, at - 1) : at] in {"N", "w", ":", ""}:
        planned = "T" in sentence.code or sentence.code[at + 1 : at + 3] == "(P"
        yield replace(change_of(sentence, at, first=at, last=at, way=None), is_open=planned)  # "robbery -16"
        return
    if digits >= _FEWEST_DIGITS and NOT_COUNTED.isdisjoint(following):
        yield Found(ClaimKind.LEVEL, at, at, Stated(amount=amount_at(sentence, at), form="level"), is_open=True)


def _place(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A place in figures, or in a word where nothing follows that it would be the first or second of."""
    at = at_letter(sentence, match, "r")
    comes = sentence.words[at - 1 : at] in _COMES and sentence.code[at + 1 : at + 2] in {"", "(", ",", ";", "o"}
    if sentence.words[at].isalpha() and (
        (match.end() - 1 == at and not comes) or sentence.words[at] in _NOT_PLACES - ({"third"} if comes else set())
    ):
        return
    stated = Stated(amount=amount_at(sentence, at), form="place")
    first = sentence.code.find("r", 0, at)
    if first < 0 or sentence.code[at - 1] != "F" or not _MOVED_FROM.search(sentence.code[:at]):
        yield Found(ClaimKind.RANK, at, match.end() - 1, stated, is_open=True)
        return
    whens = [when for when in sentence.values[at : match.end()] if isinstance(when, When)]
    many = next((amount_at(sentence, where) for where in range(first, at) if _is_size(sentence, where)), None)
    stated = replace(stated, form="place before", of=int(many.value) if many else 0)
    long_ago = any(when.kind is not WhenKind.YEAR_BEFORE for when in whens)
    yield Found(ClaimKind.RANK, at, match.end() - 1, stated, is_open=long_ago)


_MOVED_FROM = re.compile("[UDBWwS]F$")


def _is_size(sentence: Sentence, at: int) -> bool:
    """Whether a number says how many places there are: "3rd of 8"."""
    return sentence.code[at] == "n" and sentence.code[at - 1] in "OwH"


def _fraction(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.code[match.start() - 1 : match.start()] == "n":
        return  # "110 a quarter"
    if sentence.words[match.start()] == "half" and sentence.code[match.end() : match.end() + 1] not in {"N", "O", "K"}:
        return  # "the first half", "the half-year"
    stated = Stated(amount=amount_at(sentence, match.start()), form="share")
    yield Found(ClaimKind.SHARE, match.start(), match.start(), stated, is_open=True)


def _side_alone(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Knife crime - ABOVE": a status that stands for limits which are not given."""
    if sentence.words[match.end() - 1] in {"above", "below", "inline", "in-line"}:
        yield Found(ClaimKind.PEER_POSITION, match.end() - 1, match.end() - 1, Stated(form="limit"), is_open=True)


def _most(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Most entries were through insecure doors"."""
    last = sentence.words[match.end() - 1]
    alone = last in {"most", "majority", "minority"}  # "most were taken from sheds", "are now the majority"
    if not alone and not last.endswith("s") and sentence.code[match.end() - 1] not in "ud":
        return
    if sentence.words[match.start()] == "most" or {"majority", "minority"} & set(
        sentence.words[match.start() : match.end()]
    ):
        yield Found(ClaimKind.SHARE, match.start(), match.end() - 1, Stated(form="most"), is_open=True)


_US = frozenset(("us", "ours", "here", "ourselves", "locally"))


def _than_us(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Only Marlford did worse than us": another place is the one spoken of."""
    if sentence.words[match.end() - 1] in _US:
        way = position_way(sentence.words[match.start()]) or WAYS.get(sentence.code[match.start()])
        stated = Stated(way=way, form="closer")
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, is_open=True)


def _and_than(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A place compared with after a time: "better than last year and than most other cities"."""
    at = max(match.start("way"), *(sentence.code.rfind(letter, 0, match.start()) for letter in "UDBW"))
    if at >= 0 and "h" in sentence.code[at : match.end()]:
        stated = Stated(way=WAYS[sentence.code[at]], form="other", word=f"{sentence.words[at]} than")
        group = (sentence.words[match.end() - 1],)
        yield Found(ClaimKind.PEER_POSITION, match.start() + 1, match.end() - 1, stated, group=group)


_HOURS = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|weekday|night|evening|afternoon|morning|daytime|overnight)s?"
)


def _at_hours(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """The days or hours on which most happened, of which no report has figures: "with Saturdays busiest"."""
    told = sentence.words[match.start() : match.end()]
    hours = next((at for at, word in enumerate(told) if _HOURS.fullmatch(word)), -1)
    way = superlative(sentence.words[at_letter(sentence, match, "E")])
    if hours >= 0 and way is not None:
        first = match.start() + (hours if match[0].endswith("E") else 0)
        yield Found(ClaimKind.EXTREME, first, match.end() - 1, Stated(way=way, form="hours"), is_open=True)


def _as_before(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Below average, as they were last year"."""
    if match.start() and sentence.words[match.start()] in _AS_BEFORE:
        yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, Stated(form="as before"), is_open=True)


def _gone(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.end() - 1] in _GONE and _ALL_BUT & set(sentence.words[match.start() : match.end()]):
        amount = Amount(0.0, loose=Loose.ABOUT)
        yield Found(ClaimKind.LEVEL, match.start(), match.end() - 1, Stated(amount=amount, form="level"), is_open=True)


def _record(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.code[match.end() - 2] == "o":
        if sentence.words[match.end() - 1] in {"record", "records", "file"}:
            stated = Stated(way=superlative(sentence.words[match.start()]), form="period", word="record", of=1)
            yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated, is_open=True)
        return
    at = match.end() - 1
    way = superlative(sentence.words[at])
    if way is not None and sentence.words[match.start()] in {"record", "all-time", "historic", "new"}:
        stated = Stated(way=way, form="period", word="record", of=1)
        yield Found(ClaimKind.EXTREME, match.start(), at, stated, is_open=True)


def _superlative(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Under-25s formed the biggest group", "Saturday was the worst day"."""
    word = sentence.words[match.start()]
    way = superlative(word)
    if way is not None and word not in _SUPERLATIVES_ALONE:
        stated = Stated(way=way, form="among", word=word, of=1)
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated, is_open=True)


def _beside_average(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Under the five-year average", "better than its three-year mean"."""
    side, over = match.start("side"), sentence.values[match.start("over")]
    if sentence.code[side] == "i" and sentence.words[side] not in {"under", "over"}:
        return
    if not isinstance(over, When) or over.kind is not WhenKind.SPAN:
        return
    groups = tuple(sentence.words[at] for at in each_letter(sentence, match, "G"))
    before = [amount_at(sentence, at) for at in range(match.start(), side) if sentence.code[at] in "n%p"]
    after = [amount_at(sentence, at) for at in range(side, match.end()) if sentence.code[at] == "n"]
    way = position_way(sentence.words[side]) or WAYS.get(sentence.code[side])
    stated = Stated(way=way, amount=next(iter(before), None), earlier=next(iter(after), None), form="average")
    yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=groups, is_open=True)


_BULK = frozenset(("bulk", "majority", "most", "minority", "lion's", "remainder", "rest", "half"))


def _bulk(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Accounts for the bulk of recorded crime"."""
    if sentence.words[match.start() + 1] in _BULK:
        yield Found(ClaimKind.SHARE, match.start(), match.end() - 1, Stated(form="most"), is_open=True)


def _every_tenth(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.start()] == "every":
        part = Amount(100 / amount_at(sentence, match.start() + 1).value, unit=Unit.PER_CENT, fraction=True)
        stated = Stated(amount=part, form="share")
        yield Found(ClaimKind.SHARE, match.start(), match.end() - 1, stated, is_open=True)


def _gap(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "The gap between the two groups has closed"."""
    if sentence.words[match.start()] in _GAPS and sentence.words[match.end() - 1] in _CLOSED:
        yield Found(ClaimKind.PERCENTAGE_POINTS, match.start(), match.end() - 1, Stated(form="gap"), is_open=True)


def _one_of_them(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Six of the eight areas rose, ours being one of them"."""
    them = match["among"] is None or sentence.words[match.end() - 1] == "them"
    one = sentence.words[max(match.start("one"), match.start("among"))]
    if one in {"one", "among", "included", "amongst"} and them:
        yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, Stated(form="one of them"), is_open=True)


def _within(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.start()] == "within":
        form = "average" if "v" in match[0] else "other"
        groups = tuple(sentence.words[at] for at in each_letter(sentence, match, "G"))
        stated = Stated(form=form)
        yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, stated, group=groups, is_open=True)


def _two_things(_sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "More burglaries than robberies": two things compared at one time."""
    yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, Stated(form="two things"), is_open=True)


AVERAGES_OVER_YEARS: tuple[Rule, ...] = (
    rule(
        "beside an average over years",
        r"(?:[n%p]N?)?(?P<side>[VUDBWYi])[hw]{0,2}[wG]{0,2}(?P<over>P)v(?:O?n)?",
        _beside_average,
        needs="v",
        examples=(
            (
                "Both were under the five-year average for the time of year.",
                "under the five-year average",
            ),
            ("Hate crime is 9% above the five-year average of 71.", "9% above the five-year average of 71"),
        ),
    ),
)

SHARES_THAT_MOVE: tuple[Rule, ...] = (
    rule(
        "a growing share",
        r"[UDBW]s(?:O[wNH]{1,3})?",
        lambda _sentence, match: iter(
            (Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, Stated(form="share"), is_open=True),)
        ),
        needs="s",
        examples=(("Such reports make up a growing share of the total.", "growing share of the total"),),
    ),
)


def _has_most(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Has the most criminal damage": first by number, among places."""
    told = sentence.words[match.start() + 1 : match.end()]
    way = _MOST_OF_IT.get(sentence.words[match.start()])
    if sentence.words[match.start() - 1] in HAVING and way is not None and counts(told[-1]):
        stated = Stated(way=way, amount=Amount(1, unit=Unit.PLACE), scale="number", form="first")
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, stated)


_MOST_OF_IT = {"most": Way.UP, "fewest": Way.DOWN, "least": Way.DOWN}


LEFT_OVER: tuple[Rule, ...] = (
    rule(
        "has the most of it",
        r"(?<=[ew])E[wN]{1,3}(?=A)",
        _has_most,
        needs="E",
        examples=(("Kirkham has the most criminal damage and Lytham the most fires.", "most criminal damage"),),
    ),
    rule(
        "the bulk of it",
        r"sw(?:O[wNH]{1,3})?",
        _bulk,
        needs="s",
        examples=(("Damage accounts for the bulk of recorded crime.", "accounts for the bulk of recorded crime"),),
    ),
    rule(
        "every tenth of them",
        r"HrN",
        _every_tenth,
        needs="H",
        examples=(("Every tenth crime is a burglary.", "Every tenth crime"),),
    ),
    rule(
        "the gap has closed",
        r"[wN][iwNAGO]{0,7}e{0,2}[wUDk](?=[,;:\)]|$|[FbiAKxP])",
        _gap,
        needs="wN",
        examples=(
            (
                "The gap between white and other callers has closed.",
                "gap between white and other callers has closed",
            ),
        ),
    ),
    rule(
        "a place by itself",
        r"r(?:i?[PM]|[oia]P)?",
        _place,
        needs="r",
        examples=(
            ("It was 9th this time last year.", "9th this time last year"),
            ("It comes fifth (1 = lowest).", "fifth"),
        ),
    ),
    rule(
        "most of them",
        r"(?:(?<=^)|(?<=[,;:KA]))(?:E|wO)[wN]{0,3}(?=e)|EO[wN]{0,2}[Nud]|e{1,2}w(?=[,;\)]|$)",
        _most,
        needs="EOe",
        examples=(("Most entries were through insecure doors.", "Most entries"),),
    ),
    rule(
        "a record",
        r"EE|wE(?!o)|E[wN]{0,2}ow",
        _record,
        needs="E",
        examples=(
            ("It is a record low for the town.", "record low"),
            ("Quarter two becomes the highest on record for it.", "highest on record"),
        ),
    ),
    rule(
        "the biggest of its kind",
        r"E[wgUD]{0,2}[wyNmdG]",
        _superlative,
        needs="E",
        examples=(("Under-25s formed the biggest group.", "biggest group"),),
    ),
    rule(
        "more of one than of another",
        r"[UD][wNud]{1,3}h[wN]{1,3}",
        _two_things,
        needs="h",
        examples=(("There were more burglaries than robberies.", "more burglaries than robberies"),),
    ),
    rule(
        "all but gone",
        r"[Hw]?[wKg]{1,2}w",
        _gone,
        needs="w",
        examples=(("Thefts have all but disappeared.", "all but disappeared"),),
    ),
    rule(
        "as it was then",
        r"[iw](?:[we]{1,3}|i)P",
        _as_before,
        needs="P",
        examples=(
            ("Outcomes are poor, as they were last year.", "as they were last year"),
            ("They averaged 5 each month, as in 2012/13.", "as in 2012/13"),
        ),
    ),
    rule(
        "the busiest of some hours",
        r"ww?(?:e{1,2}g?|w)?E|E(?:[yNw]e{1,2}|g?[oi]w?)w{1,2}",
        _at_hours,
        needs="E",
        examples=(("There were 14 a month, with Saturdays busiest and December the peak month.", "Saturdays busiest"),),
    ),
    rule(
        "and than another place",
        r"A(?P<way>[UDBW])?h[iw]{0,2}G",
        _and_than,
        needs="h",
        examples=(("Robbery is better than last year and than most other cities.", "than most other cities"),),
    ),
    rule(
        "one of them",
        r"[wG](?:e{1,2}(?P<one>n|w|i)(?:O?w)?|(?P<among>i)w)(?=[,;\)A]|$)",
        _one_of_them,
        needs="e",
        examples=(("Two of six did, Marlford being one of them.", "Marlford being one of them"),),
    ),
    rule(
        "in the middle",
        r"(?:(?<=[we])|(?<=i))w(?=[iO,;\)]|$)",
        lambda sentence, match: (
            iter((Found(ClaimKind.RANK, match.start(), match.start(), Stated(form="among"), is_open=True),))
            if sentence.words[match.start()] in {"mid-table", "mid-ranking", "middle-ranking"}
            else iter(())
        ),
        needs="w",
        examples=(("It sits mid-table in its family.", "mid-table"),),
    ),
    rule(
        "more than us",
        r"(?:[UDBW][wN]{0,2}h|V)w(?=[,;:\)]|$|[ioAK])",
        _than_us,
        needs="UDBWV",
        examples=(("Only Marlford did worse than us on repeat victims.", "did worse than us"),),
    ),
    rule(
        "above, by itself",
        r"(?<=[,:-])[VY](?=[,;\)]|$)|^[VY]$|(?<=[eg])V(?=[,;\)]|$)",
        _side_alone,
        needs="VY",
        examples=(("Knife crime: above.", "above"), ("Theft is average, whereas fraud is well below.", "below")),
    ),
    rule(
        "unlike another place",
        r"(?<=,)[aw]i?G",
        lambda sentence, match: (
            iter((Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, Stated(form="closer"), is_open=True),))
            if sentence.words[match.start()] in {"in contrast to", "by contrast with", "contrasted with", "unlike"}
            else iter(())
        ),
        needs="G",
        examples=(
            ("Theft rose by 27%, in contrast to the county as a whole.", "in contrast to the county"),
            ("Theft fell every year, unlike in Marlford.", "unlike in Marlford"),
        ),
    ),
    rule(
        "within so much of them",
        r"i[n%p]N?O[wG]{0,3}[vG]",
        _within,
        needs="vG",
        examples=(
            ("We are within a percentage point of the MSG average.", "within a percentage point of the MSG average"),
        ),
    ),
    rule(
        "points by themselves",
        r"p",
        lambda sentence, match: iter(
            (
                Found(
                    ClaimKind.PERCENTAGE_POINTS,
                    match.start(),
                    match.start(),
                    Stated(amount=amount_at(sentence, match.start())),
                    is_open=True,
                ),
            )
        ),
        needs="p",
        examples=(("The gap to them is 4.5 points.", "4.5 points"),),
    ),
    rule(
        "a fraction by itself",
        r"f",
        _fraction,
        needs="f",
        examples=(("Alcohol was a factor in a third.", "a third"),),
    ),
    rule(
        "a number by itself",
        r"n(?![mykrCj%-])",
        _number,
        needs="n",
        examples=(("Robbery (personal) 88, down on last year.", "88"), ("Robbery -16 (-14%).", "-16")),
    ),
)
