"""What the words for a pace of change say: that it eased or quickened, and from or to what rate."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import WAYS, Found, amount_at, at_letter
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated

_Match = re.Match[str]
_SLOWED = frozenset((
    "slowed", "slowing", "slows", "eased", "easing", "eases", "moderated", "moderating", "softened", "softening",
    "slackened", "slackening", "abating", "cooled", "cooling", "decelerated", "decelerating", "tapering", "tapered",
    "waning", "weakening", "weakened", "tailed off", "tailing off", "eased off", "eased back", "dropped off",
))  # fmt: skip
_QUICKENED = frozenset((
    "accelerated", "accelerating", "accelerates", "quickened", "quickening", "steepened", "steepening", "intensified",
    "intensifying",
))  # fmt: skip


_PACE_WORDS = {
    "gathered": "quickened", "gathering": "quickened", "gained": "quickened", "lost": "slowed", "losing": "slowed",
}  # fmt: skip
_PACES = frozenset(("rate", "pace", "pressure", "momentum", "trend", "trajectory", "march", "drift"))


def easing(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "The rate of increase has eased from 20%": the later rate of change beside the earlier one."""
    numbered = 2 * any(match[name] for name in ("from", "to"))
    last = sentence.words[match.end() - 1 - numbered]
    if last in {"pace", "momentum", "speed"}:
        last = _PACE_WORDS.get(sentence.words[match.end() - 2 - numbered], "")
    if last in _SLOWED | _QUICKENED and (
        sentence.code[match.start()] in "ud" or _PACES & set(sentence.words[match.start() : match.end() - 1])
    ):
        at = at_letter(sentence, match, "udUD")
        amounts = {name: amount_at(sentence, match.end() - 1) if match[name] else None for name in ("from", "to")}
        word = "slower" if last in _SLOWED else "faster"
        stated = Stated(WAYS[sentence.code[at]], amounts["to"], amounts["from"], form="easing", word=word)
        yield Found(ClaimKind.TREND, match.start(), match.end() - 1, stated)
