"""The forms of a change: by so much, from so much to so much, in which direction, how many times as much."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import (
    WAYS,
    Found,
    Rule,
    amount_at,
    at_letter,
    change_of,
    each_letter,
    rule,
    way_near,
)
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Loose, Stated, Unit, Way, When, WhenKind

_Match = re.Match[str]
_COMPARATIVES = frozenset(
    ("higher", "lower", "more", "fewer", "less", "greater", "smaller", "larger", "better", "worse")
)
_LOOSE_WORDS = {
    "almost": Loose.NEARLY, "nearly": Loose.NEARLY, "virtually": Loose.NEARLY, "than": Loose.OVER, "over": Loose.OVER,
    "about": Loose.ABOUT, "around": Loose.ABOUT, "roughly": Loose.ABOUT, "approximately": Loose.ABOUT,
}  # fmt: skip


def _moved_by(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Direction first: the quantity is the last token of the match but for its noun."""
    ats = each_letter(sentence, match, "n%pf")
    first = match.start()
    word = sentence.words[first]
    if word in _COMPARATIVES and sentence.code[ats[0] - 1] == "O":
        return
    yield change_of(sentence, ats[-1], first=first, last=match.end() - 1, way=WAYS[sentence.code[first]])


def _above_or_below(sentence: Sentence, match: _Match) -> Iterator[Found]:
    way = Way.DOWN if sentence.words[match.start("way")] in {"below", "beneath", "under", "short of"} else Way.UP
    if "v" in sentence.code[match.end() - 1 : match.end() + 3]:
        return
    found = change_of(sentence, match.start("q"), first=match.start("q"), last=match.end() - 1, way=way)
    yield found.stating(word="it") if sentence.words[match.end() : match.end() + 1] == ["it"] else found


def _better_than_change(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "An improvement on the 25% increase": two changes compared, the second of which is a claim by itself."""
    at = match.start("way")
    stated = Stated(way=WAYS[sentence.code[at]], earlier=amount_at(sentence, match.start("q")), form="than change")
    yield Found(ClaimKind.DIRECTION, match.start(), match.start("q") - 1, stated)


def _by(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "n%pf")
    way = way_near(sentence, at)
    if way is not None:
        yield change_of(sentence, at, first=match.start("by"), last=match.end() - 1, way=way)


def _moved(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Quantity first: "18 fewer", "9% lower", "a 12% reduction"."""
    at = match.start()
    way_at = match.start("way")
    yield change_of(sentence, at, first=at, last=match.end() - 1, way=WAYS[sentence.code[way_at]])


def _bracketed(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Quantities in brackets after a change, or with their own signs."""
    inside = sentence.code[match.start() + 1 : match.end() - 1]
    own = next((WAYS[letter] for letter in inside if letter in "UDudBW"), None)
    before = sentence.code[match.start() - 1 : match.start()]
    for at in each_letter(sentence, match, "n%pf"):
        amount = amount_at(sentence, at)
        if (
            before == "P"
            and sentence.code[match.start() - 2 : match.start() - 1] in {"o", "a", "h", "t"}
            and amount.unit is Unit.COUNT
            and not amount.signed
            and own is None
            and at == match.start() + 1
        ):
            yield Found(ClaimKind.LEVEL, at, at, Stated(amount=amount, form="base"))
            continue
        if _tells_target(sentence, match.start()) and amount.unit is Unit.COUNT and not amount.signed and own is None:
            yield Found(ClaimKind.LEVEL, at, at, Stated(amount=amount, form="target value"))
            continue
        way = own or (
            None if amount.signed and sentence.code[match.start() - 1] in "nN%" else way_near(sentence, match.start())
        )
        if way is None and not amount.signed:
            continue
        last = at + 1 if sentence.code[at + 1] == "N" else at
        yield change_of(sentence, at, first=at, last=last, way=way)


def _tells_target(sentence: Sentence, before: int) -> bool:
    """Whether the bracket stands behind a target: "the target of a 5% reduction (2,945)"."""
    start = max(sentence.code.rfind(mark, 0, before) for mark in ",;:K") + 1
    return "T" in sentence.code[start:before] and not any(letter in "eV" for letter in sentence.code[start:before])


def _and_so(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A signed quantity, or one after a change: ", or 16.4%", ", +12, +13.8%"."""
    at = match.start("q")
    amount = amount_at(sentence, at)
    way = None if amount.signed else way_near(sentence, at)
    if way is not None or amount.signed:
        yield change_of(sentence, at, first=at, last=match.end() - 1, way=way)


def _respectively(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Two quantities in the order of two things before them."""
    first, second = each_letter(sentence, match, "n%pf")[-2:]
    way = WAYS[sentence.code[match.start("way")]]
    halves = _two_subjects(sentence, match.start("way"))
    for number, at in enumerate((first, second)):
        found = change_of(sentence, at, first=match.start("way") if at == first else at, last=at, way=way)
        if halves is None:
            yield found
            continue
        named, groups = halves[number]
        yield Found(found.kind, found.first, found.last, found.stated, group=groups, subject=named)


def _two_subjects(sentence: Sentence, before: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]] | None:
    """The two things joined by "and" before the verb, each as words of what is counted and of a place."""
    code = sentence.code
    start = max(code.rfind(mark, 0, before) for mark in ",;:K") + 1
    joined = code.rfind("A", start, before)
    if joined <= start:
        return None
    halves = []
    for first, last in ((start, joined), (joined + 1, before)):
        words = tuple(sentence.words[at] for at in range(first, last) if code[at] in "wNHg")
        halves.append((words, tuple(sentence.words[at] for at in range(first, last) if code[at] == "G")))
    return halves


def _from_to(sentence: Sentence, match: _Match) -> Iterator[Found]:
    earlier, later = each_letter(sentence, match, "n%p")[:2]
    way_at = at_letter(sentence, match, "UDudBWk")
    way = WAYS.get(sentence.code[way_at]) if way_at >= 0 else None
    yield _pair(sentence, match, earlier, later, way=way)


def _to_from(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """The later number first: "79 against 73", "fell to 49 from 58"."""
    later, earlier = each_letter(sentence, match, "n%p")[:2]
    way_at = at_letter(sentence, match, "UDudBW")
    way = WAYS.get(sentence.code[way_at]) if way_at >= 0 else None
    yield _pair(sentence, match, earlier, later, way=way)


def _pair(sentence: Sentence, match: _Match, earlier: int, later: int, *, way: Way | None) -> Found:
    one, two = amount_at(sentence, earlier), amount_at(sentence, later)
    one = _same_unit(one, two)
    code, form = sentence.code, ""
    if "v" in code[: match.end()] and {one.unit, two.unit} == {Unit.COUNT}:
        form = "average"
    kind = ClaimKind.AVERAGE if form else ClaimKind.FROM_TO
    return Found(kind, match.start(), match.end() - 1, Stated(way=way, amount=two, earlier=one, form=form or "from_to"))


def _same_unit(one: Amount, two: Amount) -> Amount:
    """As in "From 78 to 82 per cent": the unit said last holds for both."""
    if one.unit is Unit.COUNT and two.unit is Unit.PER_CENT:
        return Amount(one.value, one.step, Unit.PER_CENT, one.loose)
    return one


def _listed(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "2009/10 = 17, 2010/11 = 23": each its own level."""
    for at in each_letter(sentence, match, "n%"):
        stated = Stated(amount=amount_at(sentence, at), form="level")
        yield Found(ClaimKind.LEVEL, at - 2 if sentence.code[at - 1] in "=:" else at, at, stated)


def _times(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "k")
    value = sentence.values[at]
    times = value.value if isinstance(value, Amount) else float(value)  # type: ignore[arg-type]
    before = sentence.words[at - 1] if at else ""
    loose = _LOOSE_WORDS.get(before, value.loose if isinstance(value, Amount) else Loose.EXACT)
    first = match.start()
    form = "of the rate of change" if _speaks_of_rate_of_change(sentence, at) else "times"
    group = tuple(sentence.words[where] for where in each_letter(sentence, match, "G"))
    change = "change" if at_letter(sentence, match, "ud") >= 0 else ""
    stated = Stated(amount=Amount(times, 0.1, Unit.TIMES, loose), form=form, scale=change)
    kind = ClaimKind.PEER_POSITION if group else ClaimKind.MULTIPLE
    yield Found(kind, first, match.end() - 1, stated, group=group or None)


def _speaks_of_rate_of_change(sentence: Sentence, at: int) -> bool:
    return re.search(r"w?O[ud][we]*$", sentence.code[: max(0, at - 2)]) is not None


def _direction(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("way")
    if _is_of_last_year(sentence, match.start()) or _is_of_another_noun(sentence, match, at):
        return
    stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
    yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, stated)


_PLAIN = frozenset((
    "position", "result", "performance", "picture", "outcome", "outturn", "figure", "figures", "situation", "level",
    "rate", "total", "value",
))  # fmt: skip


def _is_of_last_year(sentence: Sentence, start: int) -> bool:
    """As in "Last year was worse" says nothing of this one."""
    at = start - 1
    while at >= 0 and sentence.code[at] == "e":
        at -= 1
    when = sentence.values[at] if at >= 0 else None
    return isinstance(when, When) and when.kind is WhenKind.YEAR_BEFORE and at in {0, start - 2}


def _is_of_another_noun(sentence: Sentence, match: _Match, at: int) -> bool:
    """As in "Better lighting than last year" is about lighting."""
    link = next((where for where in range(at + 1, match.end()) if sentence.code[where] in "hoax"), at + 1)
    return sentence.code[at] in "BW" and any(
        sentence.code[where] == "w" and sentence.words[where] not in _PLAIN for where in range(at + 1, link)
    )


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


def _faster(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("way")
    yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, Stated(way=WAYS[sentence.code[at]], form="faster"))


FROM_TO: tuple[Rule, ...] = (
    rule(
        "from so much to so much",
        r"[UDBWudg]?[bAP]?(?:iP)?F[n%](?:[CNO]|iP|oP|P|\(P\)|[wi]{1,2}(?=t)){0,4}t[n%]N?C?(?:[iw]*P(?!F))?(?![kpr])",
        _from_to,
        needs="F",
        examples=(
            ("Theft rose from 73 to 79.", "rose from 73 to 79"),
            ("It fell from 506 the previous year to 486.", "fell from 506 the previous year to 486"),
            (
                "The rate went from 105.6 per 1,000 in 2004 to 53.8 in 2014.",
                "from 105.6 per 1,000 in 2004 to 53.8 in 2014",
            ),
        ),
    ),
    rule(
        "to so much from so much",
        r"[UDBW]t[n%]N?(?:iP)?,?F[n%](?:[iw]?P)?",
        _to_from,
        needs="F",
        examples=(("The monthly average fell to 49 from 58 in 2020/21.", "fell to 49 from 58 in 2020/21"),),
    ),
    rule(
        "so much against so much",
        r"(?<![du]O)(?<![UDBWb])n[Nw]?(?:iP|P)?,?(?:a|wh(?=nN?P))n(?!%)N?(?:[iw]?P|iiP)?",
        _to_from,
        needs="a",
        examples=(
            ("190 offences against 183", "190 offences against 183"),
            ("46 offences this year against 51 last year.", "46 offences this year against 51 last year"),
        ),
    ),
    rule(
        "so much to so much",
        r"(?<=[\(:,])n(?:\(P\))?N?tn(?:\(P\))?(?=[\),;]|$)",
        _from_to,
        needs="t",
        examples=(("Theft trebled, though on small numbers (4 to 12).", "4 to 12"),),
    ),
    rule(
        "each time with its number",
        r"P[=:]n(?:[,;]P[=:]n)+",
        _listed,
        needs="=:",
        examples=(("Incidents: 2009/10 = 17, 2010/11 = 23.", "2009/10 = 17"),),
    ),
)

MULTIPLES: tuple[Rule, ...] = (
    rule(
        "how many times as much",
        r"(?:Uh|h|[wi](?=k))?k[wOUm]{0,2}?(?:w?[GN][ud]|[wNO]{0,3}G|(?=.))?(?:[oxhw]?P)?|(?:Uh|h|[wi](?=k))?k",
        _times,
        needs="k",
        examples=(
            ("Criminal damage more than halved.", "more than halved"),
            ("Robbery has doubled on last year.", "doubled on last year"),
        ),
    ),
)

CHANGES: tuple[Rule, ...] = (
    rule(
        "two, respectively",
        r"(?P<way>[UDudBW])[bO]?(?P<q><Q>)N?A(?<!B)<Q>(?!N?[UDud])",
        _respectively,
        needs="A",
        examples=(("Burglary and robbery fell by 11.2% and 4.5% respectively.", "4.5%"),),
    ),
    rule(
        "better than that change",
        r"K?(?P<way>[BW])[oh](?P<q>%)(?=[gw]?[ud])",
        _better_than_change,
        needs="BW",
        examples=(("This is an improvement on the 25% increase in April to September.", "This is an improvement on"),),
    ),
    rule(
        "better than then",
        r"(?:(?<=^)|(?<=[^n%pfN]))(?P<way>[BW])[wNegR]{0,2}[hoa][ia]?P(?!,?F)",
        _direction,
        needs="BW",
        examples=(
            ("Better than last year, by 10 offences.", "Better than last year"),
            ("This is a better position than last year.", "better position than last year"),
        ),
    ),
    rule(
        "moved by so much",
        r"(?P<way><WAY>)(?:[wNgeiPcZmyhGMAs]|o(?=P)|O(?!<Q>)){0,9}?[bO](?P<q><Q>)(?![kmyCr])(?!O(?:N|w))[N]?(?:[ohax]i?P)?",
        _moved_by,
        needs="bO",
        examples=(
            ("Offences fell by 18.", "fell by 18"),
            ("There was an increase in burglary of 18 offences.", "increase in burglary of 18 offences"),
            ("Down by 10% on last year.", "Down by 10% on last year"),
        ),
    ),
    rule(
        "moved so much",
        r"(?P<way><WAY>)[gw]?(?P<q><Q>)(?![kmyCr])(?!O(?:N|w))[N]?(?:[ohax]i?P)?",
        _moved_by,
        needs="UDudBW",
        examples=(("Crime rose 17 per cent in 2017/18.", "rose 17 per cent"), ("Offences are up 22.", "up 22")),
    ),
    rule(
        "the rise was so much",
        r"(?P<way>[ud])[wgi]{0,3}?(?:e|wt|w|R)(?P<q><Q>)(?![kmyCr])N?(?![UDud])",
        _moved_by,
        needs="ud",
        examples=(
            ("The reduction amounts to 7.6%.", "reduction amounts to 7.6%"),
            ("The latest rise was 10.1%.", "rise was 10.1%"),
        ),
    ),
    rule(
        "so much above or below",
        r"(?P<q><Q>)N?(?P<way>V)(?=[wKPGv])(?:[wKv]{0,2}(?:i|O)?P)?",
        _above_or_below,
        needs="V",
        examples=(
            ("The latest figure is twelve below it.", "twelve below"),
            ("It is 106 below that published a year ago.", "106 below that published a year ago"),
        ),
    ),
    rule(
        "by so much",
        r"(?P<by>b)(?P<q><Q>)(?![kmyC])N?",
        _by,
        needs="b",
        examples=(("Better than last year, by 18 offences.", "by 18 offences"),),
    ),
    rule(
        "so much moved",
        r"<Q>(?![kmyCr])[-N]{0,2}[gwPZHm]{0,2}(?P<way><WAY>)(?![Fbt])(?!<Q>)(?:h?[ia]?P|[hoax]i?P|N(?:hi?P)?)?",
        _moved,
        needs="UDudBW",
        examples=(
            ("There were 18 fewer offences than last year.", "18 fewer offences than last year"),
            ("Crime overall was 9% lower.", "9% lower"),
            ("There was a 12% reduction in fires.", "12% reduction"),
        ),
    ),
    rule(
        "in brackets",
        r"\((?:[UDudBWb=gw]{0,3}<Q>N?(?:[/,A;]|Aw)?){1,3}(?:[UDoha]i?P?|[UD]|w)?\)",
        _bracketed,
        needs="(",
        examples=(("Better than last year (9.1%).", "9.1%"), ("Theft is up (216% / 6 offences).", "6 offences")),
    ),
    rule(
        "or so much",
        r"[,A;K/\(\-][wKAe]{0,3}(?P<q>[n%pf])(?=[,;\(\).A#]|$|[oax]i?P|a)",
        _and_so,
        needs="n%pf",
        examples=(("Theft is down 18, or 9.1%.", "9.1%"), ("Robbery: 87, +12, +13.8%.", "+13.8%")),
    ),
)

DIRECTIONS: tuple[Rule, ...] = (
    rule(
        "moved on then and on another time",
        r"(?P<way>[UDBW])[gw]?[oahx][iAHw]{0,2}P(?P<and>A)[oahx]?P",
        _and_on,
        needs="UDBW",
        examples=(("Reports had fallen on the previous quarter and on a year earlier.", "on a year earlier"),),
    ),
    rule(
        "falling faster",
        r"(?:[wN]N?)?(?P<way>[UD])z(?=[;,\)]|$)",
        _faster,
        needs="z",
        examples=(("Burglary grew as a share, because total crime fell faster.", "total crime fell faster"),),
    ),
    rule(
        "moved on then",
        r"(?:e)?(?P<way>[UDBW]|(?<=[eK,])[ud])[gwN]?[oahx][iaHw]?P",
        _direction,
        needs="UDBWud",
        examples=(("The total is lower than last year.", "is lower than last year"),),
    ),
    rule(
        "moved",
        r"(?:(?<=^)|(?<=[wNe,gAKPH!G:\)]))(?P<way>[UDBW])(?=[,;\)]|$|iP|P|i[wN]|A|K)(?![^,;A]{1,6}#)",
        _direction,
        needs="UDBW",
        examples=(("The number of crimes rose.", "rose"), ("Detection rates improved.", "improved")),
    ),
    rule(
        "a rise",
        r"(?:(?<=e)|(?<=K)|(?<=ew)|(?<=w))(?P<way>[ud])(?=[;,\)]|$|iw|iN|oP)(?![^,;]{0,9}[F#])(?:oP)?",
        _direction,
        needs="ud",
        examples=(("There was an increase in burglary.", "increase"),),
    ),
)
