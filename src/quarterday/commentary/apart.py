"""Whether a number is of a part of the place, a stretch of days or another count, and so not held against the text."""

import re

from quarterday.commentary.rule import Found
from quarterday.commentary.tokens import Sentence
from quarterday.domain.claim import ClaimKind, When

_MEASURED = {
    ClaimKind.DIRECTION, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENTAGE_POINTS, ClaimKind.LEVEL,
    ClaimKind.FROM_TO, ClaimKind.TREND, ClaimKind.MULTIPLE,
}  # fmt: skip
CHANGES = {
    ClaimKind.DIRECTION, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENTAGE_POINTS,
    ClaimKind.MULTIPLE,
    ClaimKind.TREND, ClaimKind.PROJECTION,
}  # fmt: skip
_PARTS_OF_PLACES = frozenset((
    "wards", "estates", "streets", "hotspots", "hotspot", "zones", "zone", "villages", "parks", "roads", "premises",
    "pubs", "schools", "shops", "households", "neighbourhoods", "parishes", "hospitals",
    "sites", "venues", "stations", "locations", "addresses", "buildings",
))  # fmt: skip
_TOGETHER = frozenset(("together", "combined", "collectively", "jointly"))
_TIMES_TOLD = frozenset(
    (
        "baseline",
        "base",
        "start",
        "beginning",
        "outset",
        "then",
        "records",
        "record",
        "peak",
        "we",
        "half-year",
        "mid-year",
        "halfway",
    )
)


def stands_apart(sentence: Sentence, item: Found, start: int, end: int, *, beside: When | None) -> bool:
    """Whether the words of the clause from ``start`` to ``end`` leave open what a claim is of.

    ``beside`` is the time that the claim compares with.
    """
    return (
        (item.kind in _COUNTED_THERE and _is_at_a_place(sentence, item, end))
        or (item.kind in _MEASURED and _leaves_open(sentence, item, start, end))
        or (beside is None and _follows_average(sentence, item))
        or (item.kind in _OF_WHOLE and _is_of_some(sentence, item, start, end))
    )


_OF_WHOLE = (_MEASURED | {ClaimKind.AVERAGE, ClaimKind.RATE}) - {ClaimKind.TREND}
# Times that no figures are kept for.
_STRETCHES = frozenset((
    "weeks", "weekend", "weekends", "days", "nights", "night", "overnight", "evening", "evenings", "daylight",
    "summer", "autumn", "winter", "spring", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays",
    "sundays", "fortnight", "term-time",
))  # fmt: skip
_WITH_OR_WITHOUT = frozenset((
    "including", "excluding", "omitting", "counting", "adding", "ignoring", "discounting", "if", "were", "unless",
    "once",
))  # fmt: skip
_NOT_FINAL = frozenset(("draft", "earlier", "provisional", "interim", "unrevised"))
_FOLLOWED = frozenset(("followed", "follows", "following", "after"))
_AFTER = frozenset(("following", "after", "before"))


def _is_of_some(sentence: Sentence, item: Found, start: int, end: int) -> bool:
    """Whether a number is of some days, of what an event left, or of all but a kind: "if sheds are left out, 210"."""
    words, code = sentence.words, sentence.code
    if not _STRETCHES.isdisjoint(words[start : item.first]) or not _STRETCHES.isdisjoint(words[item.last + 1 : end]):
        return True
    if not _NOT_FINAL.isdisjoint(
        word for word, letter in zip(words[start:end], code[start:end], strict=True) if letter == "w"
    ):
        return True
    if re.search("GAG[^,;]*[n%]A$", code[start : item.first]):
        return True  # "in Briar and Clover by +10% and -9%": the second
    if re.match("E[wN]{0,2}[Oi][wHGn]{1,3}[we]", code[start : item.first]):
        return True  # "the best performer of the four saw a drop of 12%"
    if start and words[0] in _WITH_OR_WITHOUT and "J" not in code[:start]:
        return True
    if re.match(",?K(?:[wg]i|i)[wNG]", code[item.last + 1 :]) and "only" in words[item.last + 1 : item.last + 5]:
        return True  # "fell 40%, but only in the pilot areas"
    if item.first and words[item.first - 1] in _FOLLOWED and re.search("[UDud].{0,2}P$", code[: item.last + 1]):
        return True  # "the 40 fewer followed 22 fewer the year before"
    return words[item.last + 1 : item.last + 2] != [] and words[item.last + 1] in _AFTER and _is_event(code, item.last)


def _is_event(code: str, last: int) -> bool:
    """Whether what stands behind "following" is no change, number or time: "the launch of the scheme"."""
    told = re.match("[wN]{1,3}(?=[Oi,;)]|$)", code[last + 2 :])
    return told is not None


def _leaves_open(sentence: Sentence, item: Found, start: int, end: int) -> bool:
    """Whether a claim is of a part of the place, or since an event: "down 15% in the two target wards"."""
    code = sentence.code
    there = re.match(r"i[nwTHGN]{0,3}", code[item.last + 1 : end])
    if there and not _PARTS_OF_PLACES.isdisjoint(sentence.words[item.last + 1 : item.last + 1 + there.end()]):
        return True
    if re.search(r"M(?:,M){0,9},?AM", code[start:end]) or _is_so_far(sentence, end):
        return True
    together = not _TOGETHER.isdisjoint(sentence.words[start:end])
    if together and "G" not in code[start:end]:
        return True
    if item.kind in CHANGES and re.search(r"P[ud]$", code[: item.first + 1]):
        told = sentence.words[item.first - 1]
        return told.endswith("'s") and told.startswith(("last", "previous"))  # "last year's fall of 38"
    since = re.search(r"x[wgNi]{1,4}", code[:end])
    if item.kind not in CHANGES or since is None or re.search(r"x.{0,5}[PM]", code[: end + 2]):
        return False
    return _TIMES_TOLD.isdisjoint(sentence.words[since.start() + 1 : since.end() + 1])


_COUNTED_THERE = {ClaimKind.LEVEL, ClaimKind.AVERAGE}
_NO_PLACES = frozenset((
    "end", "start", "beginning", "time", "point", "stage", "rate", "rates", "pace", "level", "levels", "moment", "peak",
    "height", "least", "most", "once", "present", "outset", "same", "close", "turn", "half", "half-year", "year",
    "year-end", "quarter", "month", "last", "all", "current", "any", "that", "this", "figure", "total", "number",
))  # fmt: skip


def _is_at_a_place(sentence: Sentence, item: Found, end: int) -> bool:
    """Whether what is counted was so only at one place: "four a week were taken at the station"."""
    there = re.match("(?:e{0,2}w|N)?i(?=w)", sentence.code[item.last + 1 : end])
    if there is None:
        return False
    at = item.last + there.end()
    return sentence.words[at] in {"at", "outside", "near", "inside"} and sentence.words[at + 1] not in _NO_PLACES


_COMPARATIVES = frozenset(("higher", "lower", "more", "fewer", "above", "below", "greater", "better", "worse"))


def _follows_average(sentence: Sentence, item: Found) -> bool:
    """Whether so much higher may be meant beside an average told before: "the average is 204; this 13% higher"."""
    told = sentence.words[item.last] in _COMPARATIVES and item.kind in {ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE}
    if item.kind in CHANGES and re.match("a[^,;]*v[^,;]*,[^,;]*$", sentence.code[: item.first]):
        return True  # "compared with the five-year average, it is down by 22%"
    return told and re.search("v[^;]*;[^;]*$", sentence.code[: item.first]) is not None


def _is_so_far(sentence: Sentence, end: int) -> bool:
    """Whether a part of the year is told whose start is not: "by the end of December", "nine months in"."""
    told = " ".join(sentence.words[:end])
    if re.search(
        r"\bby (?:the )?end (?:of )?(?:[a-z]+)|\bmonths (?:in(?! a row| row| succession)|into|through)\b", told
    ):
        return True
    apart = " ".join(word for word, letter in zip(sentence.words[:end], sentence.code, strict=False) if letter != "P")
    return re.search(r"\b(?:to|until) (?:the )?end (?:of )?[a-z]+", apart) is not None
