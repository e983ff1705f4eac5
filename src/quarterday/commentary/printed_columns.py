"""What each column of a printed table is for, and its period, told by its headings and by what stands in it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quarterday.commentary.printed_numbers import Mark, PrintedNumber, read_change, read_printed, without_marks
from quarterday.commentary.printed_periods import readings_in, readings_of_heading, settle
from quarterday.domain.area import key_of
from quarterday.domain.period import Period
from quarterday.domain.printed import PrintedRow

_LONG_TEXT = 25  # characters, and words below: in a column without a heading such texts are comments
_MANY_WORDS = 4
_A_YEAR = 12  # months
_FEWEST_GROUPS = 2  # of columns, below one heading each
AREA_HEADINGS = frozenset({
    "area", "areas", "district", "districts", "borough", "boroughs", "local authority", "csp", "partnership", "ward",
    "wards", "force", "police force", "division", "neighbourhood", "place", "region", "county", "town", "locality",
    "lpa", "local policing area",
})  # fmt: skip
NAME_HEADINGS = frozenset({
    "measure", "measures", "indicator", "indicators", "offence", "offences", "crime type", "crime", "category",
    "offence type", "offence group", "kpi",
})  # fmt: skip


class Role(StrEnum):
    """What a column is for."""

    NAME = "names"
    AREA = "areas"
    VALUE = "values"
    CHANGE = "changes"
    PER_CENT = "changes in per cent"
    SHARE = "shares"
    TOTAL = "totals"
    TARGET = "targets"
    RATE = "rates"
    COMMENT = "comments"
    OTHER = "something else"


_PER_CENT = r"(?:%|per ?cent|percentage|pct)"
_CHANGE = r"(?:\bchang|\bdiff|varianc|variation|\bincrease|\bdecrease|\breduction|movement|\+ ?/ ?-)"
# The first that fits counts. A heading is in lower case, with one space between words.
_ROLES = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.COMMENT, r"comment|narrative|explanation|overview|what happened|further action|reason|summary|analysis"),
        (Role.COMMENT, r"update|notes?\b"),
        (Role.OTHER, r"\brank|quartile|\brag\b|status|direction of travel|\bdot\b|trend|position|lead\b"),
        (
            Role.OTHER,
            r"average|\bavg\b|\bmean\b|median|deviation|\bmsg\b|similar|confidence|limit|significance|significant",
        ),
        (Role.OTHER, r"forecast|project"),
        (Role.TARGET, r"target|trajectory|\bgoal\b|baseline"),
        (Role.PER_CENT, rf"(?=.*{_PER_CENT})(?=.*{_CHANGE})"),
        (Role.SHARE, rf"{_PER_CENT} (?:of|share)|\bshare\b|proportion"),
        (Role.CHANGE, _CHANGE),
        (Role.OTHER, _PER_CENT),
        (Role.RATE, r"\brate\b|per 1,?000|per 10,?000|per 100,?000|per head"),
        (Role.TOTAL, r"^(?:grand |overall |year |annual )?totals?$|^sum$"),
    )
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's place from 0, its heading, what it is for, its period, and the words that group it with others.

    ``is_rate`` tells values that are rates.
    """

    at: int
    heading: str
    role: Role
    period: Period | None = None
    group: str = ""
    is_rate: bool = False


def with_spans(head: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows of headings, an upper one going on over empty cells where the headings below it repeat group by group.

    A text has no merged cells: ``Burglary`` stands over the first of the columns that it heads.
    """
    leaves = [key_of(cell.text) for cell in head[-1]]
    return [_spread(row, leaves) for row in head[:-1]] + list(head[-1:])


def _spread(row: PrintedRow, leaves: Sequence[str]) -> PrintedRow:
    starts = [at for at, cell in enumerate(row) if at and cell.text and leaves[at] and cell.text != row[at - 1].text]
    if len(starts) < _FEWEST_GROUPS:
        return row
    pattern = leaves[starts[0] : starts[1]]
    groups = [(start, start + len(pattern)) for start in starts]
    repeats = len(pattern) > 1 and all(leaves[start:end] == pattern for start, end in groups)
    if not repeats or any(
        row[at].text not in {"", row[start].text} for start, end in groups for at in range(start, end)
    ):
        return row
    spread = list(row)
    for start, end in groups:
        spread[start:end] = [row[start]] * len(pattern)
    return tuple(spread)


def heading_parts(head: Sequence[PrintedRow], at: int) -> tuple[str, ...]:
    """What stands above a column, from the top; an empty cell of an upper row goes on with the one to its left."""
    parts: list[str] = []
    for number, row in enumerate(head):
        text = row[at].text
        if not text and number < len(head) - 1 and at:
            left = next((cell.text for cell in reversed(row[1:at]) if cell.text), "")
            text = left if left and head[-1][at].text and readings_in(left)[0] else ""
        if text and text not in parts:
            parts.append(" ".join(text.split()))
    return tuple(parts)


def columns_of(words: Sequence[tuple[str, ...]], body: Sequence[PrintedRow]) -> list[Column]:
    """Each column with what it is for, its period still open; ``words`` are the parts of each heading."""
    columns: list[Column] = []
    for at, parts in enumerate(words):
        heading = " ".join(parts)
        role = _role(parts, [row[at].text for row in dict.fromkeys(body)])
        beside_change = bool(columns) and columns[-1].role is Role.CHANGE and key_of(parts[-1] if parts else "") == "%"
        columns.append(Column(at, heading, Role.PER_CENT if beside_change else role))
    readings = {}
    for column in columns:
        if column.role in {Role.VALUE, Role.RATE, Role.TARGET} and words[column.at]:
            found, rest = readings_of_heading(words[column.at])
            readings[column.at] = (found, " ".join(part for part in rest if part))
    return [_with_readings(column, readings) for column in columns]


@dataclass(frozen=True, slots=True)
class _Open(Column):
    """A column of which several periods may be meant."""

    readings: tuple[Period, ...] = ()


def _with_readings(column: Column, readings: dict[int, tuple[tuple[Period, ...], str]]) -> Column:
    if column.at not in readings:
        return column
    found, rest = readings[column.at]
    return _Open(column.at, column.heading, column.role, None, _group(rest) if found else "", readings=found)


_NO_GROUP = re.compile(
    r"\b(?:number|count|volume|no|total|offences|crimes?|recorded|actual|figures?|of|the|in|performance|rolling|12|twelve"
    r"|months?|year|ending|ended|financial|calendar|fy|ytd|data|period|quarter|result|outturn)\b\.?",
    re.IGNORECASE,
)


def _group(words: str) -> str:
    """The words above a column that tell it from others; those that every such table has tell nothing."""
    return " ".join(words.split()) if _NO_GROUP.sub("", words).strip(" .,:()-–") else ""


_THIS_YEAR = re.compile(
    r"(?:this|current|latest)(?: (?:financial|fiscal))?(?: (?:year|ytd|period|12 months))?(?: to date)?|ytd"
)
_YEAR_BEFORE = re.compile(
    r"(?:last|previous|prior)(?: (?:financial|fiscal))? (?:year|ytd|period)(?: (?:ytd|to date))?|same period last year"
)


def dated_by(columns: Sequence[Column], context: str) -> list[Column]:
    """Columns headed this year and last year, dated by the one period that the text above the table names."""
    named, _ = readings_in(context)
    if len(named) != 1 or any(column.period for column in columns if column.role is Role.VALUE):
        return list(columns)
    (period,) = named
    return [
        replace(column, period=period if _THIS_YEAR.fullmatch(words) else period.shift(-_A_YEAR))
        if column.role is Role.VALUE
        and ((words := key_of(column.heading)) and (_THIS_YEAR.fullmatch(words) or _YEAR_BEFORE.fullmatch(words)))
        else column
        for column in columns
    ]


def settled(columns: Sequence[Column]) -> list[Column]:
    """The columns with the one period that is meant, where neighbours of one role tell.

    Two that are headed alike count two things, of which nothing is known.
    """
    known: dict[int, Period] = {}
    for role, group in dict.fromkeys((c.role, c.group) for c in columns):
        held = [c for c in columns if isinstance(c, _Open) and c.role is role and c.group == group and c.readings]
        periods = settle([c.readings for c in held]) if held else None
        for column, period in zip(held, periods or [], strict=False):
            known[column.at] = period
        if periods is None:
            known |= {c.at: c.readings[0] for c in held if len(c.readings) == 1}
    counted = Counter((c.role, c.group, known[c.at]) for c in columns if c.at in known)
    alone = {c.at: known[c.at] for c in columns if c.at in known and counted[c.role, c.group, known[c.at]] == 1}
    return [Column(c.at, c.heading, c.role, alone.get(c.at), c.group) for c in columns]


def _role(parts: Sequence[str], texts: Sequence[str]) -> Role:
    """What a column is for: by its heading, and by what stands in it."""
    held = [text for text in texts if text]
    numbers = sum(isinstance(read_printed(text), PrintedNumber) for text in held)
    changes = sum(isinstance(read_change(text), PrintedNumber) for text in held)
    marks = sum(isinstance(read_printed(text), Mark) for text in held)
    wordy = sum(len(text) > _LONG_TEXT and len(text.split()) >= _MANY_WORDS for text in held)
    words = key_of(without_marks(" ".join(parts)))
    leaf = key_of(without_marks(parts[-1])) if parts else ""
    for role, pattern in _ROLES:
        if pattern.search(leaf) or (role is not Role.TOTAL and pattern.search(words) and not readings_in(leaf)[0]):
            if role is Role.COMMENT and numbers > len(held) - numbers:
                return Role.OTHER
            if role is Role.CHANGE and changes and _mostly_per_cent(held):
                return Role.PER_CENT
            told = changes if role in {Role.CHANGE, Role.PER_CENT} else numbers
            return role if role is Role.COMMENT or told else Role.OTHER
    if numbers and numbers + marks >= 0.5 * len(held):
        return Role.VALUE
    return Role.COMMENT if wordy and not numbers and not leaf else Role.OTHER


def _mostly_per_cent(held: Sequence[str]) -> bool:
    numbers = [found for text in held if isinstance(found := read_change(text), PrintedNumber)]
    return sum(found.unit == "%" for found in numbers) > 0.5 * len(numbers)


def name_column(columns: Sequence[Column], words: Sequence[tuple[str, ...]], body: Sequence[PrintedRow]) -> int | None:
    """The column that names the rows: the one headed so, else the leftmost of words that tells most rows apart."""
    for at, parts in enumerate(words):
        if parts and key_of(without_marks(parts[-1])) in NAME_HEADINGS:
            return at
    first = min((c.at for c in columns if c.role not in {Role.OTHER, Role.COMMENT}), default=len(columns))
    best, most = None, 0
    for column in columns[: max(first, 1)]:
        texts = {row[column.at].text for row in body if any(map(str.isalpha, row[column.at].text))}
        if len(texts) > most:
            best, most = column.at, len(texts)
    return best
