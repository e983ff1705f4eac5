"""Keys in TOML that would take for ever to read, found before anything reads them."""

import re

MOST_PARTS = 50  # the time that a dotted key takes grows with the square of its parts, and no key here has over two
_KEY = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
# No key begins behind a backslash. Looking there would take for ever in a text of escaped quotation marks.
_DEEP_KEY = re.compile(rf"""(?<![\w"'\\-])(?:{_KEY}[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}""")


def line_of_deep_key(text: str) -> int | None:
    """The line, from 1, of the first dotted key of more than ``MOST_PARTS`` parts; none where there is none."""
    found = _DEEP_KEY.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None
