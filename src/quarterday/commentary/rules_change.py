"""The forms of a change: by so much, from so much to so much, in which direction, how many times as much."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.beside_a_side import BELOW, above_or_below, counts_moves
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
    way_near,
)
from quarterday.commentary.rules_average import per_in
from quarterday.commentary.time_roles import role
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Stated, Unit, Way, When, WhenKind

_Match = re.Match[str]
_COMPARATIVES = frozenset(
    ("higher", "lower", "more", "fewer", "less", "greater", "smaller", "larger", "better", "worse")
)


def _counts_places(sentence: Sentence, at: int) -> bool:
    """Whether a number in words, with "the" before it, counts those that are compared: "of the four"."""
    after_the = sentence.starts[at] > sentence.ends[at - 1] + 1
    return sentence.code[at - 1 : at + 1] == "On" and after_the and sentence.words[at].isalpha()


def _moved_by(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Direction first: the quantity is the last token of the match but for its noun."""
    ats = each_letter(sentence, match, "n%pf")
    first = match.start()
    word = sentence.words[first]
    if (word in _COMPARATIVES and sentence.code[ats[0] - 1] == "O") or sentence.words[first + 1] == "with":
        return  # "4.7% up with 287 more"
    if _counts_places(sentence, ats[-1]):
        return  # "the largest improvement of the four"
    if sentence.code[ats[-1] - 1] == "O" and sentence.words[ats[-1] - 2] in _LEVEL_WORDS:
        return  # "an increase on the 2014/15 total of 892"
    amount = amount_at(sentence, ats[-1])
    if amount.unit is Unit.COUNT and sentence.words[ats[-1]].startswith(("below", "just below", "above", "just above")):
        stated = Stated(way=WAYS[sentence.code[first]], amount=amount, form="to")  # "dropped below 400"
        yield Found(ClaimKind.LEVEL, first, match.end() - 1, stated)
        return
    found = change_of(sentence, ats[-1], first=first, last=match.end() - 1, way=WAYS[sentence.code[first]])
    bought = word == "saving" and sentence.code[match.end() : match.end() + 2] == "ow"  # "a saving of 15% on alarms"
    # "A spike of 64 offences" may be all of them.
    happened = ats[-1] < match.end() - 1 and sentence.words[match.end() - 1] in _BEFORE_THIS
    happened = happened and sentence.code[match.end() - 2] in "n%pfN"
    yield replace(found, is_open=bought or happened or word in {"spike", "spikes", "surge"})


_LEVEL_WORDS = frozenset(("total", "figure", "level", "levels", "count", "baseline", "peak", "high", "low", "outturn"))
# "The increase was 25% last year" may be that of the year before.
_BEFORE_THIS = frozenset((
    "last year", "the previous year", "previous year", "a year before", "the year before", "the preceding year",
    "a year ago", "a year earlier", "a year previously",
))  # fmt: skip


def _better_than_change(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "An improvement on the 25% increase": two changes compared, the second of which is a claim by itself."""
    at = match.start("way")
    stated = Stated(way=WAYS[sentence.code[at]], earlier=amount_at(sentence, match.start("q")), form="than change")
    yield Found(ClaimKind.DIRECTION, match.start(), match.start("q") - 1, stated)


def _by(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "n%pf")
    if sentence.code[match.start()] == "O" and not re.search("[ud][oahx]i?P,$", sentence.code[: match.start()]):
        return  # only "an increase on last year, of three"
    way = way_near(sentence, at) or _side_before(sentence, at)
    if way is not None:
        yield change_of(sentence, at, first=match.start("by"), last=match.end() - 1, way=way)


def _side_before(sentence: Sentence, before: int) -> Way | None:
    """The side said before: "all undercut last year's, November by 30"."""
    at = sentence.code.rfind("V", 0, before)
    way = _SIDES.get(sentence.words[at]) if at >= 0 else None
    return way if at >= 0 and "T" not in sentence.code else None


_SIDES = {"undercut": Way.DOWN, "undershot": Way.DOWN, "overshot": Way.UP, "exceeded": Way.UP, "outstripped": Way.UP}


_DID = frozenset((
    "rose", "fell", "increased", "decreased", "declined", "dropped", "grew", "improved", "worsened", "deteriorated",
))  # fmt: skip


def _moved(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Quantity first: "18 fewer", "9% lower", "a 12% reduction"."""
    at = match.start()
    if sentence.words[at] == "one" and at and sentence.words[at - 1] in {"bar", "but", "except", "save"}:
        return  # "all districts bar one recorded increases"
    way_at = match.start("way")
    if {"before", "after", "then", "when"} & set(sentence.words[at + 1 : way_at]) or counts_moves(sentence, at, way_at):
        return  # "to 71 before climbing back", "two rises and one fall"
    if sentence.code[at - 1 : at] == "(" and sentence.code[way_at] in "BW" and _beside_target(sentence, at):
        side = Stated(way=WAYS[sentence.code[way_at]], amount=amount_at(sentence, at), form="side")
        yield Found(ClaimKind.TARGET, at, match.end() - 1, side)
        return
    if sentence.words[way_at] in _DID and way_at == at + 1 and sentence.code[at] == "n":
        stated = Stated(way=WAYS[sentence.code[way_at]], amount=amount_at(sentence, at), form="so many areas")
        yield Found(ClaimKind.PEER_POSITION, at, way_at, stated, group=())  # "four rose and three fell"
        return
    found = change_of(sentence, at, first=at, last=match.end() - 1, way=WAYS[sentence.code[way_at]])
    each = sentence.code[match.end() : match.end() + 1] == "j" or "m" in sentence.code[at:way_at]
    sought = re.match("e{1,2}[wgN]{0,2}T", sentence.code[match.end() :]) is not None  # "a 2% fall is our aim"
    yield replace(found, is_open=each or sought)


def _bracketed(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """Quantities in brackets after a change, or with their own signs."""
    inside = sentence.code[match.start() + 1 : match.end() - 1]
    own = next((WAYS[letter] for letter in inside if letter in "UDudBW"), None)
    if own in {Way.BETTER, Way.WORSE} and _beside_target(sentence, match.start()):
        at = at_letter(sentence, match, "n%pf")
        stated = Stated(way=own, amount=amount_at(sentence, at), form="side")
        yield Found(ClaimKind.TARGET, at, match.end() - 2, stated)
        return
    before = sentence.code[match.start() - 1 : match.start()]
    signed: Way | None = None
    for at in each_letter(sentence, match, "n%pf"):
        amount = amount_at(sentence, at)
        signed = signed_way(amount, None) or signed
        if (
            before == "P"
            and re.search("[oaht]i?P$", sentence.code[: match.start()])
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
            None
            if amount.signed and sentence.code[match.start() - 1] in "nN%"
            else _way_before(sentence, match.start()) or signed
        )
        if way is None and not amount.signed:
            continue
        last = at + 1 if sentence.code[at + 1] == "N" else at
        found = change_of(sentence, at, first=at, last=last, way=way)
        yield replace(found, is_open=_is_list(sentence, match))


def _way_before(sentence: Sentence, before: int) -> Way | None:
    """The direction said last before a bracket: one said behind it belongs to something else."""
    for at in range(before - 1, -1, -1):
        if sentence.code[at] in "UDudBW":
            return WAYS[sentence.code[at]]
        if (
            sentence.code[at] == "V"
            and re.search("[n%p]N?$", sentence.code[:at])
            and "T" not in sentence.code[at:before]
        ):
            return Way.DOWN if sentence.words[at] in BELOW else Way.UP  # "27 below last year (14.4%)"
    return None


def _way_of_pair(sentence: Sentence, before: int) -> Way | None:
    """The direction of two numbers right before a bracket: "from 402 to 497 (23.6%), a worse position"."""
    told = re.search("F(?P<one>[n%]).{0,4}t(?P<two>[n%])N?$", sentence.code[:before])
    if told is None:
        return None
    one, two = amount_at(sentence, told.start("one")).value, amount_at(sentence, told.start("two")).value
    return Way.UP if two > one else Way.DOWN if two < one else None


def _beside_target(sentence: Sentence, before: int) -> bool:
    start = max(sentence.code.rfind(mark, 0, before) for mark in ",;K") + 1
    return "T" in sentence.code[start:before]


_TIMES_WITH_NUMBERS = re.compile(r"iP\([n%]")


def _is_list(sentence: Sentence, match: _Match) -> bool:
    """Whether the bracket gives one number for each of several things: "Eastmarch and Southby rose (10 and 20)"."""
    inside = match[0]
    units = {amount_at(sentence, at).unit for at in each_letter(sentence, match, "n%p")}
    if len(_TIMES_WITH_NUMBERS.findall(sentence.code)) > 1:
        return True  # "more slowly in 2013/14 (6.8%) than in 2014/15 (7.9%)"
    return "A" in inside and len(units) == 1 and len(each_letter(sentence, match, "n%p")) > 1


def _tells_target(sentence: Sentence, before: int) -> bool:
    """Whether the bracket stands behind a target: "the target of a 5% reduction (2,945)"."""
    start = max(sentence.code.rfind(mark, 0, before) for mark in ",;:K") + 1
    return "T" in sentence.code[start:before] and not any(letter in "eV" for letter in sentence.code[start:before])


_AVERTED = frozenset(("averted", "prevented", "saved", "avoided"))


def _averted(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if sentence.words[match.end() - 1] in _AVERTED:
        yield change_of(sentence, match.start(), first=match.start(), last=match.end() - 1, way=Way.DOWN)


def _as_many_again(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Half as many again": a rise by that part."""
    if sentence.words[match.start() + 3] == "again":
        yield change_of(sentence, match.start(), first=match.start(), last=match.end() - 1, way=Way.UP)


_RECORDED = frozenset((
    "recorded", "logged", "received", "reported", "registered", "saw", "had", "total", "totalled", "were", "was", "are",
    "is", "there were", "there was", "there are", "committed",
    "reached", "hit", "stood", "touched", "numbered",
))  # fmt: skip


def _and_so(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A signed quantity, or one after a change: ", or 16.4%", ", +12, +13.8%"."""
    at = match.start("q")
    amount = amount_at(sentence, at)
    between = sentence.words[match.start() + 1 : at]
    if "matter of" in between:
        between = []  # "this was a matter of 96 offences"
    if amount.unit is Unit.COUNT and not amount.signed and (_RECORDED & set(between) or _arrives(sentence, at)):
        return
    if sentence.code[match.start()] == "(" and "also" in between:
        return
    if sentence.code[match.start()] in ":=" and not amount.signed:
        return
    noun = sentence.code[match.end() : match.end() + 1] == "N" and not _TELLS_CHANGE.issuperset(between[-2:] or ("",))
    if sentence.code[at - 1] == "O" and not _TELLS_CHANGE.issuperset(between[-2:]):
        return
    if noun and sentence.words[at - 1] not in {"or", "that is", "i.e", "ie", "i.e.", "matter of"}:
        return
    bracketed = sentence.code[match.start()] == "(" and amount.unit is Unit.COUNT
    way = None if amount.signed else (_way_before if bracketed else way_near)(sentence, at)
    if sentence.code[match.start()] == "(" and way in {Way.BETTER, Way.WORSE}:
        way = _way_of_pair(sentence, match.start()) or way
    if way is not None or amount.signed:
        paired = _PAIRED.match(sentence.code, at + 1) or _AFTER_ONE.search(sentence.code[:at])
        each = paired and re.search("[wNG]A[wNG]", sentence.code[: match.start()])  # "Ash and Elm fell most, 36 and 40"
        yield replace(change_of(sentence, at, first=at, last=match.end() - 1, way=way), is_open=bool(each))


_PAIRED, _AFTER_ONE = re.compile("A[n%p]"), re.compile("[n%p]N?A$")
_TELLS_CHANGE = frozenset((
    "representing", "equating to", "amounting to", "equivalent to", "movement", "difference", "change", "of", "swing",
    "variance", "which", "this", "that", "represents", "equates to", "shift",
))  # fmt: skip
_TELLS_AGAIN = frozenset(("representing", "equating", "meaning", "making", "amounting", "being"))


def _arrives(sentence: Sentence, at: int) -> bool:
    """Whether a number is where something has come to: "reaching 660", "and a total of 660"."""
    before = sentence.words[at - 1]
    told = sentence.code[at - 1] == "w" and before.endswith("ing") and before not in _TELLS_AGAIN
    return told or sentence.words[at].startswith("a total of")


def _from_to(sentence: Sentence, match: _Match) -> Iterator[Found]:
    earlier, later = each_letter(sentence, match, "n%p")[:2]
    way_at = at_letter(sentence, match, "UDudBWk")
    way = WAYS.get(sentence.code[way_at]) if way_at >= 0 else None
    found = _pair(sentence, match, earlier, later, way=way)
    goes_on = re.match(r",?(?:A|,)?[we]{0,2}[n%](?![kpr])", sentence.code[match.end() :]) is not None
    yield replace(found, is_open=found.is_open or goes_on)  # "from 520 to 431, 450 and now 388"


def _to_in_short(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "(4 to 12)"; behind a name only with an arrow: "Nuisance 702 -> 655"."""
    drawn = _ARROWS & set(sentence.words[match.start() : match.end()])
    if drawn or (match.start() and sentence.code[match.start() - 1] in "(:,"):
        yield from _from_to(sentence, match)


_ARROWS = frozenset(("->", "\u2192"))


def _to_from(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """The later number first: "79 against 73", "fell to 49 from 58"."""
    later, earlier = each_letter(sentence, match, "n%p")[:2]
    way_at = at_letter(sentence, match, "UDudBW")
    way = WAYS.get(sentence.code[way_at]) if way_at >= 0 else None
    found = _pair(sentence, match, earlier, later, way=way)
    dated = "F" not in match[0] and "P" in sentence.code[earlier : match.end()]
    joined = sentence.code.find("a", later, earlier)
    if found.kind is ClaimKind.AVERAGE and dated:
        for first, last, at in ((match.start(), later, later), (earlier, match.end() - 1, earlier)):
            stated = Stated(amount=amount_at(sentence, at), form="average", of=per_in(sentence))
            yield Found(ClaimKind.AVERAGE, first, last, stated)
    elif found.kind is ClaimKind.AVERAGE and way is None and joined > 0:  # each is a claim by itself
        yield replace(found, last=joined - 1, stated=Stated(amount=found.stated.amount, form="average", of=1))
        yield Found(ClaimKind.LEVEL, joined, found.last, Stated(amount=found.stated.earlier, form="base"))
    else:
        yield found


def _bracketed_pair(sentence: Sentence, match: _Match) -> Iterator[Found]:
    later, earlier = each_letter(sentence, match, "n%")
    yield _pair(sentence, match, earlier, later, way=_way_before(sentence, match.start() - 1))


_WAS = frozenset(("was", "were", "had been"))


def _was(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """The later number, then what it was: "88, was 94"."""
    numbers = each_letter(sentence, match, "n%")
    if sentence.words[numbers[-1] - 1] not in _WAS:
        return
    earlier = amount_at(sentence, numbers[-1])
    if len(numbers) == 1:
        yield Found(ClaimKind.FROM_TO, match.start(), match.end() - 1, Stated(earlier=earlier, form="from"))
        return
    yield _pair(sentence, match, numbers[-1], numbers[0], way=None)


def _became(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "The 44 robberies of 2016/17 had become 40"."""
    if {"become", "became"} & set(sentence.words[match.start() : match.end()]):
        yield _pair(sentence, match, match.start("one"), match.start("two"), way=None)


def _in_both(sentence: Sentence, match: _Match) -> Iterator[Found]:
    if {"v", "j"} & set(sentence.code[: match.start()]):
        return
    last = sentence.words[match.end() - 1]
    if sentence.words[match.end() - 2] == "both" or last.startswith("both") or "HPA" in match[0]:
        number = match.start()
        yield _pair(sentence, match, number, number, way=None)


def _then_and_now(sentence: Sentence, match: _Match) -> Iterator[Found]:
    first, second = each_letter(sentence, match, "n")[:2]
    words = sentence.words[match.start() : match.end()]
    if "now" not in words or not {"then", "before", "previously"} & set(words):
        return
    is_now_first = "now" in sentence.words[first:second]
    earlier, later = (second, first) if is_now_first else (first, second)
    yield _pair(sentence, match, earlier, later, way=None)


def _pair(sentence: Sentence, match: _Match, earlier: int, later: int, *, way: Way | None) -> Found:
    one, two = amount_at(sentence, earlier), amount_at(sentence, later)
    of_a_gap = not _GAPS.isdisjoint(sentence.words[: match.start()])
    one = _same_unit(one, two)
    code, form = sentence.code, ""
    if "v" in code[: match.end()] and {one.unit, two.unit} == {Unit.COUNT}:
        form = "average"
    kind = ClaimKind.AVERAGE if form else ClaimKind.FROM_TO
    return Found(
        kind,
        match.start(),
        match.end() - 1,
        Stated(way=way, amount=two, earlier=one, form=form or "from_to"),
        is_open=of_a_gap,
    )


_GAPS = frozenset(("gap", "margin", "distance", "disparity", "differential"))


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


def _direction(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("way")
    before = sentence.words[at - 1] if at else ""
    if sentence.words[at] in _COMPARATIVES and (before == "or" or (at and sentence.code[at - 1] in "n%pf")):
        return  # "twice or more", and "two more than last year" of what stands before
    if _is_of_last_year(sentence, match.start()) or _is_of_another_noun(sentence, match, at):
        return
    if _is_of_people(sentence, at):
        return
    stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
    of_a_change = sentence.words[at] in _SIZES and bool(re.search(r"[ud][^,;:K]*$", sentence.code[: match.start()]))
    of_target = re.search("T[e]*$", sentence.code[:at]) is not None  # "the places target has slipped"
    yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, stated, is_open=of_a_change or of_target)


_SIZES = frozenset(("larger", "smaller", "bigger", "greater", "steeper", "shallower"))
_PLAIN = frozenset((
    "position", "result", "performance", "picture", "outcome", "outturn", "figure", "figures", "situation", "level",
    "rate", "total", "value",
))  # fmt: skip


def _is_of_last_year(sentence: Sentence, start: int) -> bool:
    """As in "Last year was worse" says nothing of this one."""
    at = start - 1
    while at >= 0 and sentence.code[at] == "e":
        at -= 1
    if at > 0 and sentence.code[at - 1] in "aohx":
        return False  # "compared with last year there has been an increase"
    when = sentence.values[at] if at >= 0 else None
    return isinstance(when, When) and when.kind is WhenKind.YEAR_BEFORE and at in {0, start - 2}


_GROWS = frozenset(("grown", "grew", "growing", "grows", "expanded", "expanding"))
_PEOPLE = frozenset((
    "town", "city", "population", "borough", "village", "estate", "university", "area", "district", "economy",
    "community", "footfall", "workforce", "team", "cohort",
))  # fmt: skip


def _is_of_people(sentence: Sentence, at: int) -> bool:
    """As in "The town has grown", which says why the numbers are as they are."""
    if sentence.words[at] not in _GROWS:
        return False
    back = at - 1
    while back >= 0 and sentence.code[back] in "eg":
        back -= 1
    return back >= 0 and sentence.words[back] in _PEOPLE


def _is_of_another_noun(sentence: Sentence, match: _Match, at: int) -> bool:
    """As in "Better lighting than last year" is about lighting."""
    link = next((where for where in range(at + 1, match.end()) if sentence.code[where] in "hoax"), at + 1)
    return sentence.code[at] in "BW" and any(
        sentence.code[where] == "w" and sentence.words[where] not in _PLAIN for where in range(at + 1, link)
    )


def _fewer(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Fewer thefts from vehicles than last year": what is counted stands inside the claim."""
    at = match.start("way")
    if sentence.code[match.end() - 1] == "w" and sentence.words[match.end() - 1] not in {"last", "before", "then"}:
        return
    words = tuple(sentence.words[where] for where in each_letter(sentence, match, "wN"))
    stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
    one_only = re.search("w[my][iwK]{1,3}$", sentence.code[:at]) is not None and "only" in sentence.words[:at]
    yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, stated, subject=words, is_open=one_only)


def _not_as(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Not as good as last year": the comparison stands in the word of direction."""
    at = at_letter(sentence, match, "UDBW")
    if not sentence.words[at].startswith("not as"):
        return
    stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
    yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, stated)


def _faster(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = match.start("way")
    yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, Stated(way=WAYS[sentence.code[at]], form="faster"))


FROM_TO: tuple[Rule, ...] = (
    rule(
        "from so much to so much",
        r"[UDBWudg]?[bAP]?(?:i[PM])?F(?:[PwE]{1,3}O)?[n%p](?:[CNO]|w?i[PM]|w{1,2}N|oP|P|\(P\)|[wi]{1,2}(?=t)){0,4}t[n%p](?:w{0,2}N(?:Fw)?)?C?(?:[iwb]{0,4}[PM](?!F))?(?![kpr])",
        _from_to,
        needs="F",
        examples=(
            ("Theft rose from 73 to 79.", "rose from 73 to 79"),
            ("It fell from 506 the previous year to 486.", "fell from 506 the previous year to 486"),
            (
                "The rate went from 105.6 per 1,000 in 2004 to 53.8 in 2014.",
                "from 105.6 per 1,000 in 2004 to 53.8 in 2014",
            ),
            ("Break-ins went from 12 in May to 9 in June.", "from 12 in May to 9 in June"),
            ("They dropped from a high of 97 in May to 41 in July.", "dropped from a high of 97 in May to 41 in July"),
        ),
    ),
    rule(
        "so much, was so much",
        r"[n%]N?,?e[n%](?=[,;)]|$)|(?<=\()e(?P<base>[n%])(?:i?P)?(?=\))",
        _was,
        needs="e",
        examples=(
            ("Thefts (88, was 94) were fewer.", "88, was 94"),
            ("Satisfaction is now 84% (was 79%).", "was 79%"),
        ),
    ),
    rule(
        "so much became so much",
        r"(?P<one>n)[wN]{0,4}(?:i[wG]{1,3})?(?:[iO]?[PM])?(?:ee?J|e)(?P<two>n)N?(?:[ibw]?[PM])?(?![kpr])",
        _became,
        needs="e",
        examples=(
            ("The 44 thefts of 2016/17 had become 40 by 2018/19.", "44 thefts of 2016/17 had become 40 by 2018/19"),
            ("The 12 fires in April became 9 in May.", "12 fires in April became 9 in May"),
        ),
    ),
    rule(
        "between then and then, in brackets",
        r"(?:[UDBW]|e)?[iF]?Pw?\(n\)[At]Pw?\(n\)",
        _from_to,
        needs="(",
        examples=(
            (
                "Caseload rose between the 2021/22 outturn (104) and the 2022/23 outturn (118).",
                "rose between the 2021/22 outturn (104) and the 2022/23 outturn (118)",
            ),
        ),
    ),
    rule(
        "the same number both times",
        r"[n%]N?(?:iH[yPm]|w?HPAP(?=$|[,;:\)]))",
        _in_both,
        needs="H",
        examples=(
            ("There were 17 robberies in both years.", "17 robberies in both years"),
            ("Crews met 134 fires both this year and last.", "134 fires both this year and last"),
        ),
    ),
    rule(
        "to so much from so much",
        r"[UDBW]t[n%](?:w{0,2}N)?(?:[ib]?[PM])?,?F[n%]N?(?:w?[iw]?[PM])?",
        _to_from,
        needs="F",
        examples=(("The monthly average fell to 49 from 58 in 2020/21.", "fell to 49 from 58 in 2020/21"),),
    ),
    rule(
        "so much against so much",
        r"(?<![du]O)(?<![UDBWb])n[Nw]?(?:ew)?(?:iP|P)?,?(?:a|wh(?=nN?P))n(?!%)N?(?:[iw]?P|iiP)?",
        _to_from,
        needs="a",
        examples=(
            ("190 offences against 183", "190 offences against 183"),
            ("46 offences this year against 51 last year.", "46 offences this year against 51 last year"),
        ),
    ),
    rule(
        "so much from so much, in brackets",
        r"(?<=\()[n%]N?(?:iP)?,?F[n%](?:i?P)?(?=\))",
        _bracketed_pair,
        needs="F",
        examples=(("Theft has increased (419 from 455).", "419 from 455"),),
    ),
    rule(
        "so much to so much",
        r"(?<=[\(:,wNA/=P])n(?:\(P\))?N?tn(?:\(P\))?(?=[\),;(]|$)",
        _to_in_short,
        needs="t",
        examples=(("Theft trebled, though on small numbers (4 to 12).", "4 to 12"),),
    ),
    rule(
        "so many then, so many now",
        r"n[Nw]?[we],?A?n[Nw]?[we]",
        _then_and_now,
        needs="n",
        examples=(("It has fallen: 64 then, 58 now.", "64 then, 58 now"),),
    ),
    rule(
        "each time with its number",
        r"P[=:]n(?:[,;]P[=:]n)+",
        _listed,
        needs="=:",
        examples=(("Incidents: 2009/10 = 17, 2010/11 = 23.", "2009/10 = 17"),),
    ),
)

CHANGES: tuple[Rule, ...] = (
    rule(
        "better than that change",
        r"K?(?P<way>[BW])[wNRge]{0,2}[oh](?P<q>%)(?=[gw]?[ud])",
        _better_than_change,
        needs="BW",
        examples=(("This is an improvement on the 25% increase in April to September.", "This is an improvement on"),),
    ),
    rule(
        "better than then",
        r"(?:(?<=^)|(?<=[^n%pfN]))(?P<way>[BW])[wNegR]{0,2}[hoa](?:[ia]?|iwi?)P(?!,?F)",
        _direction,
        needs="BW",
        examples=(
            ("Better than last year, by 10 offences.", "Better than last year"),
            ("This is a better position than last year.", "better position than last year"),
        ),
    ),
    rule(
        "moved by so much",
        r"(?P<way><WAY>)(?:[wNgeiPcZmyhGMAs]|o(?=P)|O(?!<Q>)){0,9}?[bO]g?(?P<q><Q>)(?![kmyCr])(?!O(?:N|w))[N]?(?:[ohax]i?P)?",
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
        "so many averted",
        r"(?P<q>n)w{0,2}N{1,2}e{0,2}w(?=[,;:\)]|$|[iA])",
        _averted,
        needs="N",
        examples=(("That is 1,019 crimes averted.", "1,019 crimes averted"),),
    ),
    rule(
        "half as many again",
        r"fi[wg][eg](?:i[wKReNOiSE]{0,6}P)?",
        _as_many_again,
        needs="f",
        examples=(("It was half as many again as in 2010/11.", "half as many again as in 2010/11"),),
    ),
    rule(
        "the rise was so much",
        r"(?P<way>[ud])(?:[aohxti]i?[PM]|[iO][wN]{1,3}(?:[it][PM])?(?=e)|[iO][wNGOSH]{1,7}(?:[it][wNG]{1,2})?(?:[oahxFi]i?P)?(?=ei|et|wt|K|e)|iG|[wgi]{0,3}?)(?:ei|et|e|wt|w|R|K)(?P<q>[n%p]|f(?!O?(?:K|G)))(?![kmyCr])N?(?![UDud])(?:P(?=[,;]|$))?",
        _moved_by,
        needs="ud",
        examples=(
            ("The reduction amounts to 7.6%.", "reduction amounts to 7.6%"),
            ("The latest rise was 10.1%.", "rise was 10.1%"),
            ("The rise in the county was 10.1%.", "rise in the county was 10.1%"),
            ("Growth to September was 6%.", "Growth to September was 6%"),
        ),
    ),
    rule(
        "so much above that number",
        r"(?P<q>%)(?P<way>V)n[w]{0,2}(?:[io]?P)?",
        above_or_below,
        needs="V",
        examples=(
            (
                "At 612 it is 216% above the 194 recorded two years ago.",
                "216% above the 194 recorded two years ago",
            ),
        ),
    ),
    rule(
        "so much above or below",
        r"(?P<q><Q>)N?(?P<way>V|i(?=P))(?=[wKPGv])(?:[wKve]{0,3}(?:(?:i|O)?P|w?M))?",
        above_or_below,
        needs="Vi",
        examples=(
            ("Thefts came in 1.3% over 2005/06.", "1.3% over 2005/06"),
            ("The latest figure is twelve below it.", "twelve below"),
            ("It is 106 below that published a year ago.", "106 below that published a year ago"),
        ),
    ),
    rule(
        "by so much",
        r"(?P<by>b|(?<=,)O)(?P<q><Q>)(?![kmyC])N?",
        _by,
        needs="bO",
        examples=(
            ("Better than last year, by 18 offences.", "by 18 offences"),
            ("A slight increase on last year, of three thefts.", "of three thefts"),
        ),
    ),
    rule(
        "so much moved",
        r"<Q>(?![kmyCr])[-N]{0,2}[gwPZHm]{0,2}(?P<way><WAY>)(?!F|b(?![PM]))(?!(?<=[UDBW])t)(?!<Q>)(?:h?[ia]?P|[hoax]i?P|N(?:hi?P)?)?",
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
        r"\((?:[UDudBWb=gw]{0,3}<Q>N?(?:[/,A;]|Aw|,A)?){1,3}(?:[UDoha]i?P?|[UD]|w)?\)",
        _bracketed,
        needs="(",
        examples=(("Better than last year (9.1%).", "9.1%"), ("Theft is up (216% / 6 offences).", "6 offences")),
    ),
    rule(
        "or so much",
        r"[,A;K/\(:=-](?:[wKAe]{0,3}|wO)(?P<q>[n%pf])(?=[,;\(\).A#]|$|[oax]i?P|a|N(?:[,;\)]|$|o|i[wH](?:[,;\)]|$)))",
        _and_so,
        needs="n%pf",
        examples=(
            ("Theft is down 18, or 9.1%.", "9.1%"),
            ("Theft rose by 84%, or 29 vehicles.", "29"),
            ("Robbery: 87, +12, +13.8%.", "+13.8%"),
        ),
    ),
)


def _and_then(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Fell by 43 in 2013/14, 24 in 2014/15 and 47 in 2015/16": each its own change."""
    at = match.start("q")
    way = way_near(sentence, at)
    if way is not None and re.search(
        r"[UDud][gw]?[bO]?[n%p]N?iP(?:[,A]{1,2}[n%p]N?iP)*(?:[,A]{1,2}|,?w)$", sentence.code[:at]
    ):
        yield change_of(sentence, at, first=at, last=match.end() - 1, way=way)


CHANGES_THEN: tuple[Rule, ...] = (
    rule(
        "and so much then",
        r"(?<=[,Aw])(?P<q>[n%p])N?iP",
        _and_then,
        needs="P",
        examples=(("It fell by 43 in 2013/14, 24 in 2014/15 and 47 in 2015/16.", "24 in 2014/15"),),
    ),
)

_IT = frozenset((
    "it", "they", "that", "those", "what", "figure", "figures", "level", "levels", "total", "number", "rate", "result",
    "one", "ones", "outturn", "position", "count", "performance", "there",
))  # fmt: skip


def _than_it_was(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Better than it was a year ago"; a rise that is lower than it was compares two changes."""
    if sentence.words[match.start("it")].split()[0] not in _IT:
        return
    of_a_change = re.search("[ud][^,;:K]*$", sentence.code[: match.start()])
    said = range(match.start("way") + 1, match.start("it"))
    counted = tuple(sentence.words[at] for at in said if sentence.code[at] in "wN") if "N" in match[0] else None
    for found in _direction(sentence, match):
        way = None if of_a_change else found.stated.way
        yield replace(found, stated=replace(found.stated, way=way), subject=counted)


# What may stand between a comparison and its time: "lower than was recorded in", "above the level of".
THEN_WORDS = frozenset((
    "was", "were", "had", "been", "is", "recorded", "seen", "reported", "logged", "registered", "noted", "experienced",
    "achieved", "observed", "reached", "counted", "shown", "set", "level", "levels", "figure", "figures", "total",
    "totals", "number", "numbers", "count", "volume", "volumes", "reading", "result", "outturn", "position", "peak",
    "rate", "rates", "value", "it", "they", "that", "those", "we", "what", "where", "of", "in", "at", "for", "from",
    "back", "end", "start", "close", "same", "stood", "baseline", "seen in", "comparable", "during", "over", "on", "to",
    "as", "out", "equivalent", "corresponding", "used", "be", "as at", "did", "saw", "reported", "stands", "base",
    "high", "low", "standing", "lay", "ran", "running", "annual", "quarterly", "monthly", "overall", "published",
))  # fmt: skip
_BELOW = BELOW | {"undercut", "undercuts", "undershot", "undershoots", "undershooting"}


def _tells_then(sentence: Sentence, match: _Match) -> bool:
    """Whether what stands between a comparison and its time names nothing else that is compared."""
    return THEN_WORDS.issuperset(sentence.words[slice(*match.span("then"))])


def _beside_then(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Lower than was seen in 2014/15", "fewer were logged than the level recorded in 2015/16"."""
    at = match.start("way")
    counted = match.groupdict().get("of") or ""
    of_a_change = sentence.words[at] in _COMPARATIVES and re.search("[ud][^,;:K]*$", sentence.code[: match.start()])
    if of_a_change or not _tells_then(sentence, match) or (counted and sentence.words[at] not in _COMPARATIVES):
        return
    if counted:
        words = tuple(sentence.words[where] for where in range(*match.span("of")) if sentence.code[where] in "wN")
        stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
        yield Found(ClaimKind.DIRECTION, at, match.end() - 1, stated, subject=words)
    else:
        yield from _direction(sentence, match)


def _past_then(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Exceeds its level of a year earlier", "remains under where it was in 2014/15"."""
    at = match.start("way")
    if not _tells_then(sentence, match):
        return
    word = sentence.words[at]
    way = Way.WORSE if word == "adrift of" else Way.DOWN if word in _BELOW else Way.UP
    stated = Stated(way=way, word=sentence.words[at], form="direction")
    yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, stated)


def _beside_other_number(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Compared with a higher number in 2017/18": what was higher then is lower now."""
    at = match.start("way")
    way = Way.DOWN if sentence.code[at] == "U" else Way.UP
    if sentence.words[at] in _COMPARATIVES and _tells_then(sentence, match):
        stated = Stated(way=way, word=sentence.words[at], form="direction")
        yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, stated)


_SAW = frozenset((
    "saw", "seen", "recorded", "reported", "posted", "registered", "experienced", "noted", "shown", "showed", "had",
    "has", "have", "sustained", "suffered", "enjoyed", "achieved", "logged", "returned", "delivered", "witnessed",
    "undergone", "produced", "shows", "see", "seeing", "recording", "showing", "marked", "is", "was", "are", "were",
    "represents", "represented", "be", "been", "the year", "the quarter", "the period", "year", "quarter", "records",
    "reflects", "constitutes", "remains", "further", "another",
))  # fmt: skip
_TOLD = frozenset((
    "recorded", "seen", "reported", "observed", "achieved", "occurred", "experienced", "evident", "registered",
    "apparent", "witnessed", "noted", "delivered", "shown", "noticed", "visible", "found", "secured", "logged",
))  # fmt: skip


def _saw_a_rise(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Burglary posted a rise on 2014/15": what is told of is the rise itself."""
    at = match.start("way")
    before = sentence.words[at - 1] if at else ""
    if sentence.code[at - 1 : at] == "g" and at > 1:
        before = sentence.words[at - 2]
    if before not in _SAW or not _indefinite(sentence, at) or (match["then"] and not _tells_then(sentence, match)):
        return
    stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
    yield Found(ClaimKind.DIRECTION, at, match.end() - 1, stated)


def _rise_was_seen(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "A rise in burglary was recorded": not "the rise in burglary was noted"."""
    at = match.start("way")
    if (
        sentence.words[match.end() - 1] not in _TOLD
        or sentence.code[match.end() - 1 : match.end() + 2] == "wiw"
        or not _indefinite(sentence, at)
    ):
        return
    words = tuple(sentence.words[where] for where in range(*match.span("of")) if sentence.code[where] in "wN")
    stated = Stated(way=WAYS[sentence.code[at]], word=sentence.words[at], form="direction")
    yield Found(ClaimKind.DIRECTION, at, match.end() - 1, stated, subject=(*words, "|") if words else None)


def _indefinite(sentence: Sentence, at: int) -> bool:
    """Whether no "the" stands before a noun: what is known already is told of, and not told."""
    first = at - 1 if sentence.code[at - 1 : at] == "g" else at
    gap = sentence.starts[first] - (sentence.ends[first - 1] if first else sentence.starts[0])
    return gap <= _AN


_AN = 4  # " an " stands between two words that follow one another


DIRECTIONS: tuple[Rule, ...] = (
    rule(
        "higher than it was then",
        r"e?(?P<way>[UDBW])[wgNeR]{0,3}h(?P<it>[wKe])w?e{0,2}[iO]?[PM]",
        _than_it_was,
        needs="h",
        examples=(
            ("Crime is higher again than it was in 2010/11.", "is higher again than it was in 2010/11"),
            ("Mansfield is better than it was a year ago.", "is better than it was a year ago"),
            ("It is a worse result than that of 2014/15.", "is a worse result than that of 2014/15"),
            ("Thefts are fewer than they had been last year.", "are fewer than they had been last year"),
        ),
    ),
    rule(
        "lower than was seen then",
        r"e?(?P<way>[UDBW])(?P<of>[wN][wNFiOeG]{0,8})??[gw]?[oahx](?P<then>[wKReNOiSEo]{1,7})[PM](?!,?F)",
        _beside_then,
        needs="UDBW",
        examples=(
            ("Robbery is lower than was seen in 2014/15.", "is lower than was seen in 2014/15"),
            (
                "Fewer thefts were logged than the level recorded in 2015/16.",
                "Fewer thefts were logged than the level recorded in 2015/16",
            ),
            ("Theft is up on where it stood in 2016/17.", "is up on where it stood in 2016/17"),
        ),
    ),
    rule(
        "above where it was then",
        r"e{0,2}[gc]?(?P<way>V)(?P<then>[wKReNOiSE]{1,7})[PM]",
        _past_then,
        needs="V",
        examples=(
            ("Theft now exceeds its level of a year earlier.", "now exceeds its level of a year earlier"),
            ("Theft remains under where it was in 2018/19.", "remains under where it was in 2018/19"),
        ),
    ),
    rule(
        "against a higher number then",
        r"(?P<head>[UD]F|a)(?P<way>[UD])(?P<then>[wNRS]{1,2}[iO]?)P",
        _beside_other_number,
        needs="UD",
        examples=(
            ("It was 735, compared with a higher number in 2017/18.", "compared with a higher number in 2017/18"),
            ("It was 735, down from a higher figure in 2017/18.", "down from a higher figure in 2017/18"),
        ),
    ),
    rule(
        "a rise was seen",
        r"(?P<way>[ud])(?:[iO](?P<of>[wNHG]{1,2}(?:[wNHGOi]{0,5}[wNHG])?))?(?:(?:[oahx]|F)[iw]?P)?(?:e{1,2}[gw]{0,1})?w",
        _rise_was_seen,
        needs="ud",
        examples=(("A rise in burglary has been recorded.", "rise in burglary has been recorded"),),
    ),
    rule(
        "it saw a rise on then",
        r"(?P<way>[ud])(?:[iO][wNG]{1,5})?(?:[oahxFV])(?P<then>[wKReNOiSE]{1,7})??[iaH]?[PM](?!t)",
        _saw_a_rise,
        needs="ud",
        examples=(
            ("Burglary posted a rise on 2014/15.", "rise on 2014/15"),
            ("Theft finished the year a reduction on where it was in 2016/17.", "reduction on where it was in 2016/17"),
        ),
    ),
    rule(
        "fewer of them than then",
        r"(?<![n%pfgk])(?P<way>[UD])[wNe](?:[wNFiOe]{0,8})(?:i?P)?h(?:[ia]?[PM]|w(?=[,;()]|$))",
        lambda sentence, match: _fewer(sentence, match) if sentence.words[match.start()] in _COMPARATIVES else iter(()),
        needs="UD",
        examples=(
            ("There were fewer thefts from vehicles than last year.", "fewer thefts from vehicles than last year"),
            ("Fewer were recorded than in 2011/12.", "Fewer were recorded than in 2011/12"),
        ),
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
        r"(?:e)?(?P<way>[UDBW]|(?<=[eK,])[ud])[gwN]?(?:[oahx]|V(?=P)|(?P<from>F)(?=iP|P(?!t)))(?:[iaHw]|Hw{1,2}(?=P))?[PM]"
        r"|(?P<equal>e?!?[UDBW])P",
        lambda sentence, match: (
            _not_as(sentence, match)
            if match["equal"]
            else _direction(sentence, match)
            if not match["from"] or role(sentence, match.end() - 1) == "against"
            else iter(())
        ),
        needs="UDBWud",
        examples=(
            ("The total is lower than last year.", "is lower than last year"),
            ("Burglary in April was better than March.", "was better than March"),
            ("It is not as good as last year.", "is not as good as last year"),
        ),
    ),
    rule(
        "moved",
        r"(?:(?<=^)|(?<=[wNe,gAKPH!G:\)]))(?P<way>[UDBW])(?=[,;\)]|$|iP|P|i[wNG]|A|K|[ewg](?:[,;\)]|$))(?![^,;A]{1,6}#)",
        _direction,
        needs="UDBW",
        examples=(("The number of crimes rose.", "rose"), ("Detection rates improved.", "improved")),
    ),
    rule(
        "a rise",
        r"(?:(?<=e)|(?<=K)|(?<=ew)|(?<=w))(?P<way>[ud])(?=[;,\)]|$|i[wNHG]|oP)(?![^,;:]{0,9}[F#])(?:oP)?",
        _direction,
        needs="ud",
        examples=(("There was an increase in burglary.", "increase"),),
    ),
)
