"""The forms of a target, or a ceiling, that was passed: "the ceiling of 395 was exceeded by 13"."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import Found, Rule, amount_at, rule
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated, Way

_Match = re.Match[str]
_PASSED = frozenset(("exceeded", "beaten", "overtaken", "overshot", "topped", "surpassed"))
_CEILINGS = frozenset(("ceiling", "limit", "threshold", "cap", "maximum", "allowance", "quota"))


def _exceeded(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "The target was exceeded": a target is passed on its good side, a ceiling on its bad one."""
    if sentence.words[match.start("verb")] not in _PASSED:
        return
    several = re.search("[iO].*A", match[0]) is not None
    told = {part for word in sentence.words[match.start() : match.end()] for part in word.split()}
    passed = _CEILINGS.isdisjoint(told)
    way = Way.BETTER if passed is not ("!" in match[0]) else Way.WORSE
    target, by = (amount_at(sentence, match.start(name)) if match[name] else None for name in ("target", "by"))
    stated = Stated(way=way, amount=by, earlier=target, form="met")
    yield Found(ClaimKind.TARGET, match.start(), match.end() - 1, stated, is_open=several)


EXCEEDED: tuple[Rule, ...] = (
    rule(
        "the target was exceeded",
        r"T(?:[wN]{0,2}|O(?P<target>[n%p])N?(?:iP)?|[iO][wNHAg]{1,9})e{1,3}[g!]?(?P<verb>V)"
        r"(?:b(?P<by>[n%p])N?)?(?![n%TwGpP])",
        _exceeded,
        needs="T",
        examples=(
            ("The target has been exceeded.", "target has been exceeded"),
            ("The 2014 ceiling of 395 was exceeded by 17 casualties.", "ceiling of 395 was exceeded by 17 casualties"),
        ),
    ),
)
