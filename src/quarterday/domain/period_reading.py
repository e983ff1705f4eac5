"""Reading a period from the many ways in which people write one."""

import calendar
import re
from collections.abc import Callable, Iterator
from contextlib import suppress

from quarterday.domain.faults import InputError
from quarterday.domain.period import FIRST_SHORT_YEAR, MONTH_NAMES, Kind, Period, month_number

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FINANCIAL = r"(?:fy|financial year)"
_FINANCIAL_YEAR = rf"(?:{_FINANCIAL} ?)?(?P<starting>\d{{4}}) ?[/-]? ?(?P<ending>\d{{2}}|\d{{4}})"
_QUARTER = r"(?:(?:q|qtr|quarter) ?(?P<number>[1-4]|one|two|three|four)|(?P<ordinal>first|second|third|fourth) quarter)"
_TO = r"(?:to date to|to|ending|ended|up to)(?: the)?(?: end of)?"
_EXAMPLES = (
    "'March 2012', '2011/12', 'Q4 2011/12', '12 months to March 2012', \"Apr '11 - Mar '12\" or '2011-04/2012-03'"
)

# A year that people write of a report lies here; 1112 is a slip for 2011/12, and 2102 one for 2012.
_WITHIN_MEMORY = Period.run(Period.calendar_year(1900), Period.calendar_year(2100))
# No period takes a paragraph to write; a longer text is not searched for one.
LONGEST_TEXT = 80

_COUNTS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        start=1,
    )
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_MONTHS_BY_START = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}


def read_period(text: str, *, meant: Kind | None = None) -> Period:
    """The period that a person wrote, from any of the spellings in the manual's list.

    ``2011`` alone is the calendar year; ``End 2012`` its last three months. ``201112`` may be the financial year or
    December 2011: a text with several readings is an error that shows them, unless ``meant`` is the kind of one.
    """
    if not text.strip():
        raise InputError(f"an empty text is no period; write it such as {_EXAMPLES}.")
    readings = readings_of(text)
    if len(readings) > 1 and meant is not None:
        readings = tuple(period for period in readings if period.kind is meant) or readings
    if len(readings) == 1:
        return readings[0]
    if readings:
        shown = " or ".join(_spelt_out(period) for period in readings)
        raise InputError(f"the period {text.strip()!r} can be read as {shown}; write the one that is meant.")
    raise InputError(f"{text.strip()!r} cannot be read as whole months of a stated year; write it such as {_EXAMPLES}.")


def readings_of(text: str) -> tuple[Period, ...]:
    """Every period that ``text`` may mean, earliest first; none where it names no run of whole months."""
    if len(text) > LONGEST_TEXT:
        return ()
    plain = _plain(text)
    found: set[Period] = set()
    for form in _FORMS:
        try:
            found.update(form(plain))
        except InputError:  # a month 13 or a run that ends before it begins: not a reading
            continue
    return tuple(sorted(period for period in found if period in _WITHIN_MEMORY))


def read_code(text: str) -> Period:
    """The period that a file spells ``2012-03``, ``2011/12``, ``2011/12 Q4``, ``2012`` or ``2011-04/2012-03``.

    In a file ``2011-12`` is always December 2011.
    """
    plain = _plain(text)
    for form in (_iso_month, _iso_run, _financial_year_code, _quarter_code, _calendar_year):
        try:
            for period in form(plain):
                return period
        except InputError as error:
            raise InputError(f"{text!r} is no period: {error}") from None
    raise InputError(
        f"{text!r} is no period; wanted a month 2012-03, a financial year 2011/12, a financial quarter 2011/12 Q4, "
        "a calendar year 2012 or a run of months 2011-04/2012-03."
    )


def _spelt_out(period: Period) -> str:
    first, last = Period(period.first, 1).for_sentence(), Period(period.last, 1).for_sentence()
    return first if period.months == 1 else f"{first} to {last}"


def _plain(text: str) -> str:
    """The text in lower case, with one kind of dash, apostrophe and space."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    plain = re.sub(r"[\u2018\u2019\u02bc`\u00b4]", "'", plain)
    plain = " ".join(plain.lower().split()).strip(" .,;:()")
    plain = re.sub(r"' (?=\d\d\b)", "'", plain)
    return re.sub(r"^(?:the|in|during|for|over) ", "", plain)


def _year(text: str) -> int:
    digits = text.removeprefix("'")
    if len(digits) == 4:
        return int(digits)
    return FIRST_SHORT_YEAR + (int(digits) - FIRST_SHORT_YEAR) % 100


def _month(text: str) -> int:
    return _MONTHS_BY_START[text[:3]]


def _consecutive(starting: int, ending: str) -> bool:
    return ending in {f"{(starting + 1) % 100:02d}", f"{starting + 1}"}


# Each form yields the periods that it reads the whole text as.


def _named_month(text: str) -> Iterator[Period]:
    if found := re.fullmatch(rf"(?:end (?:of )?)?{_MONTH}[ ,/-]*{_YEAR}", text):
        yield Period.month(_year(found["year"]), _month(found["month"]))


def _numbered_month(text: str) -> Iterator[Period]:
    if found := re.fullmatch(r"(?P<year>\d{4})(?P<month>\d{2})|(?P<month2>\d{1,2})/(?P<year2>\d{4}|\d{2})", text):
        year, month = found["year"] or found["year2"], found["month"] or found["month2"]
        yield Period.month(_year(year), int(month))


def _iso_month(text: str) -> Iterator[Period]:
    if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
        yield Period.month(int(found[1]), int(found[2]))


def _iso_run(text: str) -> Iterator[Period]:
    if found := re.fullmatch(r"(\d{4}-\d{2})/(\d{4}-\d{2})", text):
        (first,), (last,) = _iso_month(found[1]), _iso_month(found[2])
        yield Period.run(first, last)


def _calendar_year(text: str) -> Iterator[Period]:
    if found := re.fullmatch(r"(?:calendar year )?(\d{4})", text):
        yield Period.calendar_year(int(found[1]))


def _end_of_year(text: str) -> Iterator[Period]:
    if found := re.fullmatch(r"(?:the )?end (?:of )?(\d{4})", text):
        yield Period(month_number(int(found[1]), 10), 3)


def _financial_year(text: str) -> Iterator[Period]:
    if (found := re.fullmatch(_FINANCIAL_YEAR, text)) and _consecutive(int(found["starting"]), found["ending"]):
        yield Period.financial_year(int(found["starting"]))
    found = re.fullmatch(rf"(?:{_FINANCIAL} ?)?(?P<starting>\d{{2}})/(?P<ending>\d{{2}})", text)
    if found and _consecutive(_year(found["starting"]), found["ending"]):
        yield Period.financial_year(_year(found["starting"]))


def _financial_year_code(text: str) -> Iterator[Period]:
    if (found := re.fullmatch(r"(\d{4})/(\d{2})", text)) and _consecutive(int(found[1]), found[2]):
        yield Period.financial_year(int(found[1]))


def _quarter_code(text: str) -> Iterator[Period]:
    if found := re.fullmatch(r"(\d{4}/\d{2}) q([1-4])", text):
        for year in _financial_year_code(found[1]):
            yield year.each(3)[int(found[2]) - 1]


def _quarter(text: str) -> Iterator[Period]:
    """A quarter of a financial year; beside a calendar year it may mean any of three."""
    if not (
        found := re.fullmatch(
            rf"{_QUARTER}(?: of|,)? (?P<whole>.+)|(?P<whole2>.+?),? {_QUARTER.replace('<', '<_')}", text
        )
    ):
        return
    number = found["number"] or found["_number"]
    ordinal = found["ordinal"] or found["_ordinal"]
    whole = found["whole"] or found["whole2"]
    which = _ORDINALS[ordinal] if ordinal else _COUNTS.get(number) or int(number)
    for year in _financial_year(whole):
        yield year.each(3)[which - 1]
    for year in _calendar_year(whole):
        yield year.each(3)[which - 1]
        yield year.shift(3).each(3)[which - 1]
        yield year.shift(3 - 12).each(3)[which - 1]


def _months_to(text: str) -> Iterator[Period]:
    """So many months that end with a stated one."""
    numbers = "|".join(_COUNTS)
    lengths = (
        (rf"(?:rolling |latest |last )?(?P<count>\d{{1,3}}|{numbers})[ -]?(?:months?|mths?|m)", None),
        (r"r(?:olling )?(?P<count>\d{1,2})m?", None),
        (r"(?:rolling |full )?year", 12),
        (r"quarter", 3),
    )
    for length, months in lengths:
        if found := re.fullmatch(rf"{length} {_TO} (?P<end>.+)", text):
            count = months or _COUNTS.get(found["count"]) or int(found["count"])
            for last in (*_named_month(found["end"]), *_iso_month(found["end"]), *_last_day(found["end"])):
                yield Period.ending(last, count)


def _year_to_date(text: str) -> Iterator[Period]:
    """From April, where the financial year is named; else from April or from January."""
    if not (
        found := re.fullmatch(rf"(?P<year_kind>fytd|ytd|financial year to date|year to date) {_TO} (?P<end>.+)", text)
    ):
        return
    for last in (*_named_month(found["end"]), *_iso_month(found["end"]), *_last_day(found["end"])):
        yield Period(last.first - (last.first - 3) % 12, (last.first - 3) % 12 + 1)
        if not found["year_kind"].startswith("f"):
            yield Period(last.first - last.first % 12, last.first % 12 + 1)


def _first_day(text: str) -> Iterator[Period]:
    if (found := re.fullmatch(rf"{_DAY} {_MONTH}[ ,]*{_YEAR}", text)) and int(found["day"]) == 1:
        yield Period.month(_year(found["year"]), _month(found["month"]))


def _last_day(text: str) -> Iterator[Period]:
    if found := re.fullmatch(rf"{_DAY} {_MONTH}[ ,]*{_YEAR}", text):
        year, month = _year(found["year"]), _month(found["month"])
        if int(found["day"]) == calendar.monthrange(year, month)[1]:
            yield Period.month(year, month)


def _points(text: str) -> Iterator[Period]:
    for form in (_named_month, _numbered_month, _iso_month, _financial_year, _calendar_year, _quarter):
        with suppress(InputError):  # a month 13 is no reading, and no reason to give up the others
            yield from form(text)


def _run(text: str) -> Iterator[Period]:
    """From one month, quarter or year to another."""
    text = text.removeprefix("from ")
    for separator in re.finditer(r" ?- ?| to | until | through ", text):
        left, right = text[: separator.start()], text[separator.end() :]
        pairs = [(first, last) for last in _points(right) for first in (*_points(left), *_bare_month(left, last))]
        pairs += [(first, last) for last in _last_day(right) for first in _first_day_before(left, last)]
        # "March 2011 to 2012" may end with any month of the year that it names.
        pairs = [(first, last) for first, last in pairs if (first.kind, last.kind) != (Kind.MONTH, Kind.CALENDAR_YEAR)]
        alike = [(first, last) for first, last in pairs if first.kind is last.kind]
        yield from (Period.run(first, last) for first, last in alike or pairs if first.first < last.first)


def _bare_month(text: str, last: Period) -> Iterator[Period]:
    """The latest month of this name that is not after ``last``."""
    if found := re.fullmatch(_MONTH, text):
        yield Period(last.last - (last.last - (_month(found["month"]) - 1)) % 12, 1)


def _first_day_before(text: str, last: Period) -> Iterator[Period]:
    yield from _first_day(text)
    if found := re.fullmatch(rf"1(?:st)? {_MONTH}", text):
        yield from _bare_month(found["month"], last)


def _list(text: str) -> Iterator[Period]:
    """Neighbours named one by one: ``Feb & Mar 2012``, ``2010/11 & 2011/12``."""
    parts = re.split(r", and | ?, ?| ?& ?| and ", text)
    if len(parts) == 1:
        return
    for last in _points(parts[-1]):
        run = last
        for part in reversed(parts[:-1]):
            before = [item for item in (*_points(part), *_bare_month(part, run)) if item.last + 1 == run.first]
            if not before:
                break
            run = Period.run(before[0], run)
        else:
            yield run


_FORMS: tuple[Callable[[str], Iterator[Period]], ...] = (
    _named_month, _numbered_month, _iso_month, _iso_run, _calendar_year, _end_of_year, _financial_year,
    _quarter, _months_to, _year_to_date, _run, _list,
)  # fmt: skip
