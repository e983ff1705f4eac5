"""What the words of a run of steps say: how many, by which step, and beside which time."""

import re

from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import When, WhenKind

_Match = re.Match[str]
APART = frozenset(("apart", "except", "excluding", "barring", "excepting", "aside"))
STEP_WORDS = frozenset(("steps", "quarters", "months", "years", "moves", "changes", "periods"))
_NO_STEPS = frozenset(
    ("category", "type", "respect", "case", "cases", "crime", "offence", "area", "way", "kind", "count")
)


def counts_steps(sentence: Sentence, match: _Match) -> bool:
    """Whether "in every ..." is of times: "at every single refresh", and not "in every category"."""
    if not match[0].endswith("w") or re.search(r"iHw{1,2}$", match[0]) is None:
        return True
    last = sentence.words[match.end() - 1]
    return sentence.words[match.start() + match[0].rfind("i")] == "at" and last not in _NO_STEPS


def is_step_by_step(sentence: Sentence, match: _Match) -> bool:
    """Whether "month by month" is said, or "month on month" of times that are named."""
    words = sentence.words[match.start("step")].replace("-", " ")
    alone = match.end() == match.start("step") + 1 and sentence.code[match.end() : match.end() + 1] != "Q"
    return any(f" {step} " in words for step in (("by", "after") if alone else ("on", "by", "after")))


_YEARS_BEFORE = {WhenKind.YEAR_BEFORE, WhenKind.SAME_MONTHS_OF}
_BESIDE = re.compile("[UDBWud][wN]{0,2}[hoa][ia]?P")
_YEAR = 12


def is_beside_year(sentence: Sentence, match: _Match, unit: str) -> bool:
    """Whether each time is set beside its own of a year before: "every month was higher than in 2020/21"."""
    than = match[0].find("h") + match.start()
    whens = sentence.values[than : match.end()] if than >= match.start() else ()
    if any(isinstance(when, When) and when.kind in _YEARS_BEFORE for when in whens):
        return True
    if "year-on-year" in sentence.words[: match.start() + 1]:
        return True
    beside = _BESIDE.match(sentence.code, match.start("way")) if "way" in match.re.groupindex else None
    when = sentence.values[beside.end() - 1] if beside and unit in {"month", "quarter"} else None
    if not isinstance(when, When):
        return False
    is_whole = when.kind is WhenKind.STATED and bool(when.periods) and when.periods[0].months == _YEAR
    return is_whole or when.kind in _YEARS_BEFORE


def is_one_month(when: object) -> bool:
    """Whether a time is one month, with its year or without."""
    return isinstance(when, When) and (when.months == 1 or (bool(when.periods) and when.periods[0].months == 1))


def counted(words: list[str]) -> int:
    """How many steps the words say; nought where they say none."""
    counts = {
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2, "second": 2, "third": 3, "fourth": 4,
        "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    }  # fmt: skip
    return next((counts[part] for word in words for part in re.split(r"[ -]", word) if part in counts), 0)
