"""Places that a text compares with and of which no figures are given: a name in capitals right behind "than"."""

import re

from quarterday.commentary.held import counts
from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.when import MONTH

# What stands before a place that is compared with: "than Kent", "than in Kent", "in line with Kent", "above Kent".
_COMPARES = re.compile("(?:[hYVa]|[ha]i)$")
_WORD = r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+){0,3}"
_NAME = re.compile(rf"{_WORD}(?:(?: upon| under)? {_WORD}){{0,3}}(?:'s?)?(?![\w-])")
_NO_PLACES = re.compile(
    rf"(?:{MONTH}|christmas|easter|hallowe?en|bonfire|covid|lockdown|summer|autumn|winter|spring|half|week|quarter|year"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|home|office|council|police|government|ministry|operation|plan|profile"
    r"|baseline|standard|outturn|table|figure|chart|budget|trajectory|norm|base|normal|i|us|those|any|where|what|it)s?\b"
)


def unlisted_place(text: str, plain: str, start: int, code: str) -> int:
    """Where the name of such a place ends that begins at ``start``; nought where there is none."""
    if not _COMPARES.search(code):
        return 0
    found = _NAME.match(text, start)
    if found is None or _NO_PLACES.match(plain, start):
        return 0
    first = plain[start : found.end()].split(" ", maxsplit=1)[0].removesuffix("'s")
    return 0 if first in LETTERS or counts(first) else found.end()
