"""The forms that speak of limits: outliers, control limits, confidence intervals."""

import re
from collections.abc import Iterator

from quarterday.commentary.rule import WAYS, Found, Rule, rule
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated

_Match = re.Match[str]


def _control_limit(sentence: Sentence, match: _Match) -> Iterator[Found]:
    moved = _MOVE_BESIDE.search(sentence.code[: match.start()])
    way = WAYS[moved["way"]] if moved else None
    yield Found(ClaimKind.PEER_POSITION, match.start(), match.end() - 1, Stated(way=way, form="limit"))


_MOVE_BESIDE = re.compile("(?P<way>[ud])(?:[iO][wNG]{1,4})?e{0,3}$")


LIMITS: tuple[Rule, ...] = (
    rule(
        "a control limit",
        r"(?:[Vwi])?[wZ]{0,2}(?<=Z)(?:i[rw]+mQ|i[rw]+[my][wQ]?)?",
        lambda sentence, match: (
            _control_limit(sentence, match)
            if any(
                "limit" in word or "outlier" in word or "special" in word or "interval" in word
                for word in sentence.words[match.start() : match.end()]
            )
            else iter(())
        ),
        needs="Z",
        examples=(
            (
                "Burglary is above the upper control limit for the third month running.",
                "above the upper control limit for the third month running",
            ),
        ),
    ),
)
