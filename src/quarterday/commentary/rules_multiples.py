"""The forms of so many times as much: doubled, halved, a third of what it was, twice the rate of another place."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import Found, Rule, amount_at, at_letter, each_letter, rule
from quarterday.commentary.rules_change import THEN_WORDS
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Loose, Stated, Unit, When, WhenKind

_Match = re.Match[str]
_LOOSE_WORDS = {
    "almost": Loose.NEARLY, "nearly": Loose.NEARLY, "virtually": Loose.NEARLY, "than": Loose.OVER, "over": Loose.OVER,
    "about": Loose.ABOUT, "around": Loose.ABOUT, "roughly": Loose.ABOUT, "approximately": Loose.ABOUT,
}  # fmt: skip
_LEVELS = frozenset(("level", "levels", "pace", "rate", "number", "total", "figure", "volume"))


def _of_what_it_was(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "A third of what it was in 2019/20", "half of Kent's": a fraction that is a multiple."""
    at = match.start("f")
    amount = amount_at(sentence, at)
    groups = tuple(sentence.words[where] for where in each_letter(sentence, match, "G"))
    after = set(sentence.words[at + 1 : match.end()])
    is_former = match[0].endswith(("ww", "wS"))
    if is_former and sentence.words[match.end() - 2] not in {
        "previous",
        "former",
        "earlier",
        "prior",
        "original",
        "old",
    }:
        return
    is_then = match["then"] is not None and all(
        word in THEN_WORDS or letter == "n" for word, letter in _words_of(sentence, *match.span("then"))
    )
    is_then = is_then or (match["as"] is not None and sentence.words[at + 1] == "as")
    if not is_then and not groups and not after & {"what", "that", "those"} and not _LEVELS & after:
        return
    whens = [when for when in sentence.values[at : match.end()] if isinstance(when, When)]
    if not is_then and any(when.kind is WhenKind.CURRENT for when in whens) and not after & {"what", "that", "those"}:
        return  # "a quarter of the year's total"
    times = Amount(amount.value / 100, 0.1, Unit.TIMES, amount.loose, fraction=True)
    kind = ClaimKind.PEER_POSITION if groups else ClaimKind.MULTIPLE
    stated = Stated(amount=times, form="times")
    yield Found(kind, match.start(), match.end() - 1, stated, group=groups or None, is_open=is_former)


def _words_of(sentence: Sentence, first: int, end: int) -> list[tuple[str, str]]:
    return list(zip(sentence.words[first:end], sentence.code[first:end], strict=True))


def _times(sentence: Sentence, match: _Match) -> Iterator[Found]:
    at = at_letter(sentence, match, "k")
    value = sentence.values[at]
    times = value.value if isinstance(value, Amount) else float(value)  # type: ignore[arg-type]
    before = sentence.words[at - 1] if at else ""
    loose = _LOOSE_WORDS.get(before, value.loose if isinstance(value, Amount) else Loose.EXACT)
    first = match.start()
    if _is_of_occasions(sentence, at, times):
        yield Found(ClaimKind.LEVEL, at, at, Stated(amount=Amount(times, 1.0, loose=loose), form="level"))
        return
    form = "of the rate of change" if _speaks_of_rate_of_change(sentence, at) else "times"
    group = tuple(sentence.words[where] for where in each_letter(sentence, match, "G"))
    change = "change" if at_letter(sentence, match, "ud") >= 0 else ""
    over_time = "over time" if _is_over_time(sentence, match, at) else ""
    stated = Stated(amount=Amount(times, 0.1, Unit.TIMES, loose), form=form, scale=change, word=over_time)
    kind = ClaimKind.PEER_POSITION if group else ClaimKind.MULTIPLE
    after = sentence.words[match.end() : match.end() + 12]
    by_speed = not _SPEEDS.isdisjoint(sentence.words[at + 1 : at + 4])
    then = sentence.code[at + 1 : at + 2]
    how_often = (sentence.words[at].endswith("times") or sentence.words[at] == "twice") and (
        then in {"", ",", ";", ")"}
        or sentence.code[at + 1 : at + 3] in _OFTEN_THEN
        or (then == "i" and sentence.words[at + 1] != "as")
    )
    compares = how_often or ("many" in sentence.words[at + 1 : at + 3] and "as" in after[2:])
    yield Found(kind, first, match.end() - 1, stated, group=group or None, is_open=by_speed or compares)


def _is_over_time(sentence: Sentence, match: _Match, at: int) -> bool:
    """Whether a place said before is what changed: "Kent's robberies are three times the number in 2016/17"."""
    behind = re.match("[^,;:K()]{0,8}", sentence.code[match.end() :])
    clause = sentence.code[at + 1 : match.end() + (behind.end() if behind else 0)]
    return "G" not in clause and ("P" in clause or sentence.words[at] in _BECAME)


_BECAME = frozenset((
    "doubled", "trebled", "tripled", "quadrupled", "halved", "doubling", "trebling", "halving", "quintupled",
    "fourfold", "threefold", "four-fold", "three-fold",
))  # fmt: skip
_OFTEN_THEN = frozenset(("P", "P,", "P;", "P)"))  # "was used three times last year"
_MOST_TIMES_AS_MUCH = 20


def _is_of_occasions(sentence: Sentence, at: int, times: float) -> bool:
    """Whether something happened so often: "the marker was used 152 times"."""
    then = sentence.code[at + 1 : at + 2]
    return sentence.words[at].endswith(" times") and times >= _MOST_TIMES_AS_MUCH and then in {"", ",", ";", ")", "i"}


_SPEEDS = frozenset(("fast", "quickly", "quick", "steep", "steeply", "sharply", "rapidly", "slowly"))


def _speaks_of_rate_of_change(sentence: Sentence, at: int) -> bool:
    return re.search(r"w?O[ud][we]*$", sentence.code[: max(0, at - 2)]) is not None


FRACTIONS: tuple[Rule, ...] = (
    rule(
        "a fraction of what it was",
        r"(?P<f>f)O?(?:(?P<then>[wKSNRen][wKSNReinO]{0,5})P|(?P<as>i[wg][wNe]{0,5}i{1,2})P|[wK]w?e(?:iP|P)|[wK]O?i?P|[wK]O?G|G(?![wNv])|(?:(?<=f)|(?<=f[O]))[PM][wS]|(?:(?<=f)|(?<=f[O]))w[wS])",
        _of_what_it_was,
        needs="f",
        examples=(
            ("It is a third of what it was in 2019/20.", "a third of what it was in 2019/20"),
            ("The rate is around half that of the county.", "around half that of the county"),
            ("There were half as many thefts as in 2012/13.", "half as many thefts as in 2012/13"),
            ("It is a quarter of the 188 of a year ago.", "a quarter of the 188 of a year ago"),
            ("It dropped to a third of its 2012 level.", "a third of its 2012 level"),
        ),
    ),
)

MULTIPLES: tuple[Rule, ...] = (
    rule(
        "how many times as much",
        r"(?:Uh|h|[wi](?=k))?k[wOUm]{0,2}?(?:i[wgU][wNe]{0,5}i[iw]?(?=[PG])[PG]|iw[wN]{1,2}iG|[ud](?:Kw?|w|i[wN]{1,3})?[iO]?G|[ud](?=i[wN])|w?[GN][ud]|[wNOK]{0,3}G|(?=.))?(?:[oxhw]?P)?|(?:Uh|h|[wi](?=k))?k",
        _times,
        needs="k",
        examples=(
            ("Criminal damage more than halved.", "more than halved"),
            ("Robbery has doubled on last year.", "doubled on last year"),
            ("Robbery fell 16%, double the fall across England.", "double the fall across England"),
            ("The marker was used 152 times.", "152 times"),
            ("It fell 16%, double the reduction across the county.", "double the reduction across the county"),
        ),
    ),
)
