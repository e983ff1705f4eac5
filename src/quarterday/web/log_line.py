"""Entries of the log, each on a line of its own."""

import logging
import re

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """Nothing that somebody sent can pass for an entry of its own: further lines are drawn in."""

    def format(self, record: logging.LogRecord) -> str:
        """The entry; a message in one line, a traceback below it."""
        text = super().format(record)
        first, *others = text.split("\n")
        return "\n".join([escaped(first), *(f"\t{escaped(line)}" for line in others)])


def escaped(text: str) -> str:
    """The text without characters that a terminal or a reader of logs would act on."""
    return _UNPRINTABLE.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
