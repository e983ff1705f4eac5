"""Places of which no figures are given: a name in capitals right behind "than", or at the head of a later clause."""

import re

from quarterday.commentary.held import counts
from quarterday.commentary.lexicon import LETTERS, PLAIN_SUBJECTS
from quarterday.commentary.when import MONTH

# What stands before a place that is compared with: "than Kent", "than in Kent", "in line with Kent", "above Kent".
_COMPARES = re.compile("(?:[hYVa]|[haY]i)$")
_UNLIKE = ("unlike ", "unlike in ")
# What stands before a clause of its own, and what a place does in it: "…; Kent went from 28% to 27%".
_BEGINS = re.compile("[;,KA]$")
_MOVES = re.compile(
    r" (?:went|goes|fell|falls|rose|rises|dropped|moved|saw|had|has|recorded|climbed|increased|decreased|declined"
    r"|reduced|grew|improved|ticked|crept|edged|slipped|jumped|closed|ended|finished|experienced|registered|stood|remained|managed|reported|achieved|posted|was|is)\b"
)
_WORD = r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+){0,3}"
# Also a name that has one in front: "King's Lynn".
_NAME = re.compile(rf"(?:[A-Z][a-z]+'s )?{_WORD}(?:(?: upon| under)? {_WORD}){{0,3}}(?:'s?)?(?![\w-])")
_NO_PLACES = re.compile(
    rf"(?:{MONTH}|christmas|easter|hallowe?en|bonfire|covid|lockdown|summer|autumn|winter|spring|half|week|quarter|year"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|home|office|council|police|government|ministry|operation|plan|profile"
    r"|mayor|commissioner|service|authority|cabinet|board|baseline|standard|outturn|table|figure|chart|budget|trajectory|norm|base|normal|i|us|those|any|where|what|it)s?\b"
)


def unlisted_place(text: str, plain: str, start: int, code: str) -> int:
    """Where the name of such a place ends that begins at ``start``; nought where there is none."""
    begins = _BEGINS.search(code) is not None and not plain.endswith("the ", 0, start)
    compares = _COMPARES.search(code) is not None or plain.endswith(_UNLIKE, 0, start)
    found = _NAME.match(text, start) if begins or compares else None
    if found is None or _NO_PLACES.match(plain, start) or (begins and not _MOVES.match(plain, found.end())):
        return 0
    first = plain[start : found.end()].split(" ", maxsplit=1)[0].removesuffix("'s")
    return 0 if first in LETTERS or first in PLAIN_SUBJECTS or counts(first) else found.end()


def moves(text: str, at: int) -> bool:
    """Whether what stands in a text right before ``at`` is told to have moved: "Kent rose", "Kent: up"."""
    return _MOVES.match(text, at) is not None or _STANDS_ALONE.match(text, at) is not None


_STANDS_ALONE = re.compile(r"(?::| -| \u2013) (?:up|down|a |an |[+-]?\d)|,? (?:a|an|up|down|by) [+-]?\d")


def is_told(word: str) -> bool:
    """Whether a word means something by itself, and so names no place."""
    return word in LETTERS or word in PLAIN_SUBJECTS
