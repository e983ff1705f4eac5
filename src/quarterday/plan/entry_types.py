"""What one key of a plan may hold: names, texts, numbers, periods and date labels.

Each check takes what was given and returns it in its one spelling, or raises a ``ValueError`` whose sentence says
what came, what was wanted and what to do next.
"""

import datetime as dt
import re
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, PlainSerializer, PlainValidator, Strict

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code, read_period, readings_of
from quarterday.domain.status import read_statuses

Entry = TypeVar("Entry")

LONGEST_NAME = 200
LARGEST_COUNT = 1_000_000
# Floating-point numbers count in whole steps up to 2**53; no figure of a partnership comes near.
LARGEST_NUMBER = 10**15

# What TOML, XML or a database cannot hold, or a reader cannot see. Tab and line feed may stand in a text.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """What came, as a person would recognise it; never longer than a line."""
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        return f"a number beyond {LARGEST_NUMBER:,}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, dt.date | dt.time):
        return f"the date or time {value}"
    return "a list" if isinstance(value, list | tuple) else "a table"


def _text(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise ValueError("an empty text came; write the text, or leave the key out where the plan does without it.")
    if found := _UNPRINTABLE.search(text):
        raise ValueError(
            f"{shown(text)} holds the character U+{ord(found[0]):04X}, which cannot be printed; remove it."
        )
    return text


def _name(text: str) -> str:
    text = _text(text)
    if re.search(r"[\n\t\u2028\u2029]", text):
        raise ValueError(f"{shown(text)} holds a tab or a line break; write it in one line, with spaces.")
    if len(text) > LONGEST_NAME:
        raise ValueError(f"{shown(text)} has {len(text)} characters; shorten it to at most {LONGEST_NAME}.")
    return text


def _date_label(text: str) -> str:
    try:
        read_period(text)
    except InputError as error:
        raise ValueError(str(error)) from None
    return text


def _period(value: object) -> Period:
    """A period of Python goes through its file spelling, too, so that no plan holds one that cannot be written."""
    code = value.code if isinstance(value, Period) else value
    if not isinstance(code, str):
        raise ValueError(  # noqa: TRY004 - pydantic gathers only ValueErrors
            f'{shown(value)} came; wanted a period as text in quotes, such as "2012-03", "2011/12" or "2011/12 Q4".'
        )
    try:
        return read_code(_name(code))
    except InputError as error:
        readings = readings_of(code)  # as people write it, where that can mean one thing only
        if len(readings) == 1:
            return readings[0]
        raise ValueError(str(error)) from None


def _month(period: Period) -> Period:
    if period.months != 1:
        raise ValueError(f'{period.code!r} has {period.months} months; wanted one month, such as "2012-03".')
    return period


def _quarter(period: Period) -> Period:
    if not period.is_quarter:
        raise ValueError(f'{period.code!r} is no quarter; wanted a financial quarter, such as "2011/12 Q4".')
    return period


def _number(value: object) -> float:
    """A whole number stays whole, so that a file that is written again reads as before."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{shown(value)} came; wanted a number without quotes, such as 17.")  # noqa: TRY004 - as above
    if not abs(value) <= LARGEST_NUMBER:  # true of NaN, too
        raise ValueError(f"{shown(value)} came; wanted a number from {-LARGEST_NUMBER:,} to {LARGEST_NUMBER:,}.")
    return int(value) if value == int(value) else value


def _some(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    if not entries:
        raise ValueError("an empty list came; wanted at least one entry.")
    return entries


def _marks(text: str) -> str:
    try:
        return "".join(status.mark for status in read_statuses(text))
    except InputError as error:
        raise ValueError(str(error)) from None


Some = Annotated[tuple[Entry, ...], AfterValidator(_some)]
Name = Annotated[str, AfterValidator(_name)]
Text = Annotated[str, AfterValidator(_text)]
Marks = Annotated[Name, AfterValidator(_marks)]
DateLabel = Annotated[Name, AfterValidator(_date_label)]
AnyPeriod = Annotated[Period, PlainValidator(_period), PlainSerializer(lambda period: period.code, return_type=str)]
Month = Annotated[AnyPeriod, AfterValidator(_month)]
Quarter = Annotated[AnyPeriod, AfterValidator(_quarter)]
Number = Annotated[float, PlainValidator(_number)]
Count = Annotated[int, Strict(), Field(ge=1, le=LARGEST_COUNT)]
# A window longer than a year would share months with the same window a year before.
Window = Annotated[int, Strict(), Field(ge=1, le=12)]
Year = Annotated[int, Strict(), Field(ge=1000, le=9999)]
Flag = Annotated[bool, Strict()]
Day = Annotated[dt.date, Strict()]
