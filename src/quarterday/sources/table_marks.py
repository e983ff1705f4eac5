"""What people write beside and in place of numbers: footnotes, status shorthand, and words for what is missing."""

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.status import Status
from quarterday.sources.cells import LARGEST_NUMBER, read_number, refuse_failure
from quarterday.sources.grid import GridCell

STATUS_OF_WORD: Mapping[str, Status] = {
    "n/a": Status.NOT_APPLICABLE,
    "na": Status.NOT_APPLICABLE,
    "n.a.": Status.NOT_APPLICABLE,
    "not applicable": Status.NOT_APPLICABLE,
    "..": Status.NOT_AVAILABLE,
    "not available": Status.NOT_AVAILABLE,
    "not yet available": Status.NOT_AVAILABLE,
    "nya": Status.NOT_AVAILABLE,
    "no data": Status.NOT_AVAILABLE,
    "awaiting data": Status.NOT_AVAILABLE,
    "awaiting information": Status.NOT_AVAILABLE,
    "tbc": Status.NOT_AVAILABLE,
}
"""The words that stand in a number's place and mean one thing."""

# Publishers disagree whether these stand for nought, for what is not known or for what is withheld.
UNCLEAR = ("-", "–", "—", "*", "**", ".", ":", "~", "x", "?")
_WHERE_THERE_IS_NONE = "a mark and the reason, such as: [x] the return did not come."

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_NAME = 200  # characters, as in a plan

_STATUS = {status.letter: status for status in Status}
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = r"\[(?:note )?(?:\d{1,2}|[a-z]|low)\]|\((?:note )?(?:\d{1,2}|[a-z])\)|[⁰¹²³⁴-⁹]+|\*+|[†‡]+"
_MARKS_AT_END = re.compile(rf"(?P<mark>{_MARK})$", re.IGNORECASE)
_ALL_MARKS_AT_END = re.compile(rf"(?:\s*+(?>{_MARK}))++$", re.IGNORECASE)  # possessive: twenty stars and a letter
_VALUE = re.compile(rf"(?P<number>-?[\d,.]*)\s*(?P<marks>(?:(?:{_MARK})\s*)*)(?P<reason>.*)", re.DOTALL | re.IGNORECASE)
_NUMBERS = re.compile(r"[\d,.% ]+")
_FOOTNOTE = re.compile(
    rf"(?P<mark>{_MARK}|(?:note )?\d{{1,2}}[.:)]?(?=\s)|(?:note )?[a-z][.:)](?=\s))\s*[-=:–.]*\s*(?P<text>\S.*)",
    re.DOTALL | re.IGNORECASE,
)

Footnotes = Mapping[str, str]
"""What the table's footnotes say, by the key of the mark that refers to each."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without the marks beside it, the statuses that they stand for, and what their footnotes say."""

    text: str
    statuses: tuple[Status, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """What one cell says: a number, or none, and then the statuses hold one that replaces it and the notes why."""

    number: float | None
    statuses: tuple[Status, ...] = ()
    notes: tuple[str, ...] = ()


def is_number(cell: GridCell) -> bool:
    """Whether a cell holds a number and nothing else, kept as a number or as text."""
    if isinstance(cell.content, str):
        with suppress(InputError):
            return bool(cell.text) and math.isfinite(read_number(cell.text))
    return isinstance(cell.content, float)


def is_word(cell: GridCell) -> bool:
    """Whether a cell holds words that are neither a number nor stand in the place of one."""
    return cell.text[:1].isalpha() and cell.text[-1:].isalnum() and key_of(cell.text) not in STATUS_OF_WORD


def without_marks(text: str) -> str:
    """The text up to the marks at its end; a text longer than any name as it stands."""
    return text if len(text) > LONGEST_NAME else _ALL_MARKS_AT_END.sub("", text)


def footnote_of(text: str) -> tuple[str, str] | None:
    """The key of the mark that a footnote begins with, and its text; none where ``text`` begins with no mark."""
    found = _FOOTNOTE.match(text)
    return (_key_of_mark(found["mark"]), found["text"]) if found else None


def read_marked(text: str, *, footnotes: Footnotes) -> Marked:
    """A name or a period without the marks at its end.

    A letter or number in round brackets is a mark only where there is such a footnote: it may be part of a name.
    """
    if len(text) > LONGEST_NAME:
        raise InputError(f"there are {len(text):,} characters; wanted a name of at most {LONGEST_NAME}.")
    refuse_failure(text)
    marks: list[str] = []
    while found := _MARKS_AT_END.search(text):
        if found["mark"].startswith("(") and _key_of_mark(found["mark"]) not in footnotes:
            break
        marks.insert(0, found["mark"])
        text = text[: found.start()].rstrip()
    return Marked(text, _statuses(marks), _notes(marks, footnotes))


def read_value(cell: GridCell, *, footnotes: Footnotes) -> Value:
    """What a cell says where a number is wanted; all that could be read two ways is an ``InputError``.

    A cell may hold a number and marks, marks in the place of a number and then the reason in words, or one of
    ``STATUS_OF_WORD``. A footnote's mark alone says that there is no number, and the footnote why.
    """
    if isinstance(cell.content, float) and abs(cell.content) <= LARGEST_NUMBER:
        return Value(cell.content or 0.0)  # of -0 too
    if not isinstance(cell.content, str):
        raise InputError(f"{cell.shown} is no number of anything counted; write one, as a number.")
    text = cell.text
    if not text:
        raise InputError(f"the cell is empty; write the number, 0 where nothing was counted, or {_WHERE_THERE_IS_NONE}")
    if key_of(text) in UNCLEAR:
        raise InputError(
            f"{text!r} may stand for nought, for a number that is not known or for one that is withheld; write 0, or "
            f"{_WHERE_THERE_IS_NONE}"
        )
    if status := STATUS_OF_WORD.get(key_of(text)):
        return Value(None, (status,), (f"The table says {text!r}.",))
    return _value(text, footnotes)


def _value(text: str, footnotes: Footnotes) -> Value:
    found = _VALUE.fullmatch(text)
    marks = re.findall(_MARK, found["marks"], re.IGNORECASE) if found else []
    statuses = _statuses(marks)
    reason = found["reason"].lstrip(" -–:=") if found else ""
    bracketed = any(mark.startswith("(") and _key_of_mark(mark) not in footnotes for mark in marks)
    if found is None or not marks or bracketed or (reason and not statuses) or _NUMBERS.fullmatch(reason):
        return Value(_number(text))
    number = _number(found["number"]) if found["number"] else None
    notes = (*_notes(marks, footnotes), *((reason,) if reason else ()))
    if number is None and not statuses:
        return Value(None, (Status.NOT_AVAILABLE,), _explained(marks, footnotes))
    if number is None and not notes:
        return Value(None, statuses, (f"Marked {''.join(marks)} in the table, without a reason.",))
    return Value(number, statuses, notes)


def _number(text: str) -> float:
    try:
        return read_number(text)
    except InputError:
        raise InputError(
            f"{text!r} is no number; write digits, such as 1234, 1,234 or 12.5, and where there is no number "
            f"{_WHERE_THERE_IS_NONE}"
        ) from None


def _explained(marks: list[str], footnotes: Footnotes) -> tuple[str, ...]:
    """What the footnotes say of a cell that holds nothing but their marks."""
    known = tuple(footnotes[key] for key in map(_key_of_mark, marks) if key in footnotes)
    if not known:
        raise InputError(
            f"the cell holds nothing but {''.join(marks)!r}, and the table has no such footnote; write the number, or "
            f"{_WHERE_THERE_IS_NONE}"
        )
    return known


def _notes(marks: list[str], footnotes: Footnotes) -> tuple[str, ...]:
    """What the footnotes say; of a status only where the table explains it."""
    wanted = [mark for mark in marks if _key_of_mark(mark) in footnotes or not _status(mark)]
    unknown = "Marked {} in the table, which has no such footnote."
    return tuple(footnotes.get(_key_of_mark(mark), unknown.format(mark)) for mark in wanted)


def _statuses(marks: list[str]) -> tuple[Status, ...]:
    return tuple(dict.fromkeys(status for mark in marks if (status := _status(mark))))


def _status(mark: str) -> Status | None:
    return _STATUS.get(mark[1:-1].lower()) if mark.startswith("[") else None


def _key_of_mark(mark: str) -> str:
    """``¹``, ``[1]``, ``(1)``, ``1.`` and ``Note 1:`` are one mark."""
    return mark.translate(_RAISED_DIGITS).lower().strip("[]().:").removeprefix("note ")


def guarded(text: str) -> str:
    """The text so that a spreadsheet program takes it for no formula; ``unguarded`` gives it back."""
    return f"'{text}" if text.lstrip("'")[:1] in _FORMULA else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'")[:1] in _FORMULA else text
