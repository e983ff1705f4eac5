"""The forms said in passing: fewer of something else, longer than elsewhere, a quiet summer, the quietest December."""

import re
from collections.abc import Iterator

from quarterday.commentary.lexicon import EMPTY_WORDS
from quarterday.commentary.rule import WAYS, Found, Rule, rule
from quarterday.commentary.superlatives import superlative
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, Stated, Way, When

_Match = re.Match[str]
_RECORDED = frozenset(("recorded", "reported", "logged", "committed", "received", "registered", "seen", "noted"))
_SEASONS = frozenset(
    ("spring", "summer", "autumn", "winter", "christmas", "easter", "holiday", "holidays", "half-term")
)
_QUIET = {
    "quiet": Way.DOWN, "quieter": Way.DOWN, "calm": Way.DOWN, "low": Way.DOWN, "busy": Way.UP, "busier": Way.UP,
    "high": Way.UP, "bad": Way.WORSE, "difficult": Way.WORSE, "poor": Way.WORSE, "good": Way.BETTER,
}  # fmt: skip


def _fewer_done(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "And fewer were charged": of what was done, unless it only says that they were recorded."""
    done = sentence.words[max(match.start("done"), match.start("ended"))]
    if sentence.words[match.start()] not in {"fewer", "more"} or not done.endswith(("ed", "en", "ght", "wn", "led")):
        return
    stated = Stated(way=WAYS[sentence.code[match.start()]], word=sentence.words[match.start()], form="direction")
    told = tuple(sentence.words[at] for at in range(match.start() + 1, match.end()) if sentence.code[at] in "wN")
    subject = None if done in _RECORDED or done in EMPTY_WORDS else told
    yield Found(ClaimKind.DIRECTION, match.start(), match.end() - 1, stated, subject=subject, is_open=True)


def _than_elsewhere(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "A longer run of falls than any other county": no scale that figures are given on."""
    word = sentence.words[match.start()]
    if word.endswith("er") and word not in {
        "other",
        "another",
        "however",
        "rather",
        "number",
        "under",
        "after",
        "order",
    }:
        yield Found(ClaimKind.RANK, match.start(), match.end() - 1, Stated(form="among"), is_open=True)


def _quiet_season(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "The summer months were particularly quiet"."""
    season, how = sentence.words[match.start()], sentence.words[match.start("how")]
    named = season in _SEASONS or sentence.code[match.start()] == "M"
    way = _QUIET.get(how) or superlative(how)
    if named and way is not None:
        stated = Stated(way=way, form="season")
        yield Found(ClaimKind.NAMED_MONTHS, match.start(), match.end() - 1, stated, is_open=True)


def _same_month(sentence: Sentence, match: _Match) -> Iterator[Found]:
    """As in "The quietest December on record": among the Decembers."""
    way, when = superlative(sentence.words[match.start()]), sentence.values[match.start("month")]
    if way is not None and isinstance(when, When):
        words = " ".join(sentence.words[match.start() : match.end()])
        stated = Stated(way=way, form="same month", months=(when.last,), word=words)
        yield Found(ClaimKind.EXTREME, match.start(), match.end() - 1, stated)


SAME_MONTHS: tuple[Rule, ...] = (
    rule(
        "the quietest of its months",
        r"E(?P<month>M)(?:o[wE]|x[wN]{0,3}e?P|x[wN]{1,3}|i(?:P|[wn]{1,3}y|w{1,3}))",
        _same_month,
        needs="M",
        examples=(
            ("It was the quietest December on record.", "quietest December on record"),
            ("It was the busiest August for five years.", "busiest August for five years"),
        ),
    ),
)
ASIDE: tuple[Rule, ...] = (
    rule(
        "fewer had it done",
        r"[UD][wN]{0,2}(?:e{1,2}(?P<done>w)|(?P<ended>w)[it][wN]{1,3})(?=[,;:)A]|$)",
        _fewer_done,
        needs="UD",
        examples=(
            ("Theft has doubled, and fewer were charged.", "fewer were charged"),
            ("More thefts resulted in a charge.", "More thefts resulted in a charge"),
        ),
    ),
    rule(
        "longer than anywhere else",
        r"w[weNudO]{0,4}hi?G",
        _than_elsewhere,
        needs="h",
        examples=(
            ("Crime fell, a longer run of falls than any other county.", "longer run of falls than any other county"),
        ),
    ),
    rule(
        "a quiet season",
        r"[wM](?:m|w)?e{0,2}[wg]?(?P<how>[wEUD])(?=[,;:)A]|$)",
        _quiet_season,
        needs="wM",
        examples=(("Reports fell, with the summer months particularly quiet.", "summer months particularly quiet"),),
    ),
)
