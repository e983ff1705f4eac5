"""What the words of a run of steps say: how many, by which step, and beside which time."""

import re

from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import When, WhenKind

_Match = re.Match[str]
APART = frozenset(("apart", "except", "excluding", "barring", "excepting", "aside"))
_UPDATES = frozenset(("updates", "refreshes", "periods", "totals", "readings", "editions", "releases"))
_PERIODS = frozenset(("period", "update", "refresh", "edition", "reading", "interval", "report", "release"))
_STEP_WORDS = frozenset(("steps", "quarters", "months", "years", "moves", "changes", "periods"))
_NO_STEPS = frozenset(
    ("category", "type", "respect", "case", "cases", "crime", "offence", "area", "way", "kind", "count")
)


def counts_steps(sentence: Sentence, match: _Match) -> bool:
    """Whether "in every ..." is of times: "at every single refresh", and not "in every category"."""
    if not match[0].endswith("w") or re.search(r"iHw{1,2}$", match[0]) is None:
        return True
    last = sentence.words[match.end() - 1]
    after = set(sentence.words[match.start() + match[0].rfind("H") : match.end()])
    at = sentence.words[match.start() + match[0].rfind("i")] == "at" or not _PERIODS.isdisjoint(after)
    return at and last not in _NO_STEPS


def is_of_each_time(sentence: Sentence, match: _Match) -> bool:
    """Whether "each" is of times: "every year higher", "each of the quarterly updates has brought a lower total"."""
    words = sentence.words[match.start() : match.end()]
    if match[0].startswith("Hn") and words[2] in _STEP_WORDS:
        return True
    told = match[0][:2] != "HO" or "P" in match[0] or not _UPDATES.isdisjoint(words)
    return told and words[0].startswith(("each", "every"))


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


# Articles are left out of what is read.
_ENDING = re.compile(
    r"\b(?:ended|ends|ending|broke|breaks|breaking|halt(?:ed|s|ing)|stopped|interrupt(?:ed|s|ing)|snapped|end to)"
    r"(?: (?:the|its|our|this|that|previous|long|run|spell|sequence|series|of))* $"
)
_ENDED = re.compile(
    r"^ (?:(?:has|have|had|was|were|is|been|now|then|here) )*"
    r"(?:ended|broken|halted|stopped|interrupted|snapped|(?:came|comes?|brought|drew|drawn) to (?:end|close|halt))\b"
)


def has_ended(sentence: Sentence, match: _Match) -> bool:
    """Whether a run is one that came to an end: it was before the last turn."""
    before = " ".join(sentence.words[max(0, match.start() - 6) : match.start()])
    after = " ".join(sentence.words[match.end() : match.end() + 6])
    return _ENDING.search(f"{before} ") is not None or _ENDED.match(f" {after}") is not None


def counted(words: list[str]) -> int:
    """How many steps the words say; nought where they say none."""
    counts = {
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2, "second": 2, "third": 3, "fourth": 4,
        "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    }  # fmt: skip
    return next((counts[part] for word in words for part in re.split(r"[ -]", word) if part in counts), 0)
