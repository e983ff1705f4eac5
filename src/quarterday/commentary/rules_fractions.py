"""The forms of a fraction that is a multiple: a third of what it was, half that of another place."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import Found, Rule, amount_at, each_letter, rule
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import Amount, ClaimKind, Stated, Unit, When, WhenKind

_Match = re.Match[str]
_LEVELS = frozenset(("level", "levels", "pace", "rate", "number", "total", "figure", "volume"))


def _of_what_it_was(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "A third of what it was in 2019/20", "half of Kent's": a fraction that is a multiple."""
    at = match.start("f")
    amount = amount_at(sentence, at)
    groups = tuple(sentence.words[where] for where in each_letter(sentence, match, "G"))
    after = set(sentence.words[at + 1 : match.end()])
    is_former = match[0].endswith(("fww", "fwS"))
    if is_former and sentence.words[at + 1] not in {"previous", "former", "earlier", "prior", "original", "old"}:
        return
    if not groups and not after & {"what", "that", "those"} and not _LEVELS & after:
        return
    whens = [when for when in sentence.values[at : match.end()] if isinstance(when, When)]
    if any(when.kind is WhenKind.CURRENT for when in whens) and not after & {"what", "that", "those"}:
        return  # "a quarter of the year's total"
    times = Amount(amount.value / 100, 0.1, Unit.TIMES, amount.loose, fraction=True)
    kind = ClaimKind.PEER_POSITION if groups else ClaimKind.MULTIPLE
    stated = Stated(amount=times, form="times")
    yield Found(kind, match.start(), match.end() - 1, stated, group=groups or None, is_open=is_former)


FRACTIONS: tuple[Rule, ...] = (
    rule(
        "a fraction of what it was",
        r"(?P<f>f)O?(?:[wK]w?e(?:iP|P)|[wK]O?i?P|[wK]O?G|G(?![wNv])|(?:(?<=f)|(?<=f[O]))[PM][wS]|(?<=f)w[wS])",
        _of_what_it_was,
        needs="f",
        examples=(
            ("It is a third of what it was in 2019/20.", "a third of what it was in 2019/20"),
            ("The rate is around half that of the county.", "around half that of the county"),
            ("It dropped to a third of its 2012 level.", "a third of its 2012 level"),
        ),
    ),
)
