"""The forms that name the month of a high or a low: "bottomed out at 27 in May", "the worst, 58, was September"."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import Found, Rule, amount_at, rule
from quarterday.commentary.superlatives import superlative
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated, Way, When, WhenKind

_Match = re.Match[str]
_ENDS = {"high": Way.UP, "low": Way.DOWN, "bottomed out": Way.DOWN}


def _named(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """A high or a low with its month, and its number where that is told."""
    told = {name.rstrip("2345"): match.start(name) for name, found in match.groupdict().items() if found}
    word = sentence.words[told["end"]]
    way = _ENDS.get(word) or superlative(word)
    when = sentence.values[match.end() - 1]
    if way is None or not isinstance(when, When):
        return
    period = when.periods[0] if len(when.periods) == 1 else None
    if period is not None and period.months == 1:
        months = (period.last % 12 + 1,)
    elif when.kind is WhenKind.MONTH_OF_YEAR and when.months == 1:
        months = (when.last,)
    else:
        return
    number = told.get("n", -1)
    stated = Stated(
        way=way,
        amount=amount_at(sentence, number) if number >= 0 else None,
        form="month",
        months=months,
        word=" ".join(sentence.words[match.start() : match.end()]),
    )
    yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated)


_STRUCK = frozenset(("struck", "active", "strike", "offended", "offend", "busy", "happened", "occurred", "vulnerable"))


def _at_times(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Burglars struck most on Fridays", of which no figures are given."""
    if sentence.words[match.start("end")] == "most" and sentence.words[match.start("end") - 1] in _STRUCK:
        stated = Stated(way=Way.UP, form="at times")
        yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated, is_open=True)


EXTREMES: tuple[Rule, ...] = (
    rule(
        "a high or a low with its month",
        r"(?P<end>S)(?:i(?P<n>n)N?)?i[PM]"
        r"|(?P<end2>E)(?:,(?P<n2>n)N?,|\((?P<n3>n)N?\))e{1,2}i?[PM]"
        r"|(?<!r)(?P<end3>E)[wmyN]{1,3}x[PM]e{1,2}(?:i|(?P<n4>n)N?i)?[PM](?![wN])"
        r"|(?P<end5>E)(?:Ne{1,2}w|e{1,2}w)i[PM]",
        _named,
        needs="ES",
        examples=(
            ("Theft bottomed out at 27 in May 2018.", "bottomed out at 27 in May 2018"),
            ("The worst, 58, was September.", "worst, 58, was September"),
        ),
    ),
    rule(
        "at times of the day or the week",
        r"(?<=w)(?P<end>E)[io][wnyP]",
        _at_times,
        needs="E",
        examples=(("Burglars struck most on Fridays.", "most on Fridays"),),
    ),
)
