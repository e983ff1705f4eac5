"""The forms of a target, or a ceiling, that was passed: "the ceiling of 395 was exceeded by 13"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quarterday.commentary.rule import WAYS, Found, Rule, amount_at, rule
from quarterday.commentary.sought import SOUGHT
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


def _exceeded_sought(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "Exceeded the 20% reduction sought by the Mayor", "the 10% cut asked of us was beaten"."""
    verb, at = max(match.start("verb"), match.start("then")), max(match.start("target"), match.start("target2"))
    target = amount_at(sentence, at)
    asked = sentence.words[at + 2] in SOUGHT
    side = sentence.words[verb].removesuffix("s")
    if asked and (side in _PASSED or side in _PASSES):
        fell = WAYS[sentence.code[at + 1]] is Way.DOWN
        target = replace(target, value=-abs(target.value) if fell else target.value)
        yield Found(
            ClaimKind.TARGET,
            match.start(),
            match.end() - 1,
            Stated(way=Way.BETTER, earlier=target, form="met"),
            subject=(),
        )


_PASSES = frozenset(("exceed", "beat", "exceeding", "overtook", "top", "topping"))


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
    rule(
        "what was sought was exceeded",
        r"(?P<verb>V)(?P<target>%)[ud]w|(?P<target2>%)[ud]w(?:O?[wiNe]{0,5})?e[g!]?(?P<then>V)(?=[,;)]|$)",
        _exceeded_sought,
        needs="V",
        examples=(
            ("The town has exceeded the 20% reduction sought by the Mayor.", "exceeded the 20% reduction sought"),
            ("The 10% reduction asked of us was exceeded.", "10% reduction asked of us was exceeded"),
        ),
    ),
)
