"""Tables with years down and their months or quarters across, laid out anew: a row a measure, a column a period."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quarterday.commentary.printed_numbers import without_marks
from quarterday.commentary.printed_periods import readings_in, readings_of_heading
from quarterday.domain.area import key_of
from quarterday.domain.printed import PrintedCell, PrintedRow, PrintedTable

_YEAR = 12  # months
_LEFTMOST = 3  # columns among which names and years stand
_MOSTLY = 0.6  # of a column's cells
_MOST_COLUMNS = 400  # of periods
_WHOLE = frozenset({
    "total", "totals", "year", "full year", "year total", "annual total", "annual", "year end", "year to date", "ytd",
})  # fmt: skip
# What a title says of how its table is laid out, and not of what is counted.
_LAYOUT = re.compile(
    r"[,:]? *\(?(?:by|per|each) (?:calendar |financial )?(?:month|quarter|year)s?\b.*$|[,:]? *\(?cumulative\b.*$"
    r"|^(?:monthly|quarterly|number of|count of|recorded)\b *",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unrolled:
    """The table laid out anew below two rows of headings, and the rows of numbers that name no year."""

    table: PrintedTable
    left: tuple[str, ...]


def unrolled(table: PrintedTable, height: int, *, title: str) -> Unrolled | None:
    """The table with a column for each month or quarter of each year; none where it is laid out otherwise.

    Rows without a name of their own belong to the last that has one; where none has, ``title`` says what is counted.
    """
    body = [row for row in table.rows[height:] if any(cell.text for cell in row)]
    at = next((at for at in range(min(_LEFTMOST, table.width)) if _holds_years(body, at)), None)
    if at is None or not height:
        return None
    dated = [row for row in body if _is_year(row[at].text)]
    across = _across(table.rows[height - 1], at, dated[0][at].text)
    years = list(dict.fromkeys(row[at].text for row in dated))
    if sum(not whole for _, whole in across) < 2 or len(years) * len(across) > _MOST_COLUMNS:  # noqa: PLR2004
        return None
    named = _named(dated, at, PrintedCell(name_in(title) or "All", table.place))
    if named is None:
        return None
    blank = PrintedCell("", table.place)
    cells = [(year, column, whole) for year in years for column, whole in across]
    leaves = table.rows[height - 1]
    upper = (blank, *(PrintedCell(year, table.place) for year, _, _ in cells))
    lower = (
        blank,
        *(PrintedCell(year if whole else leaves[column].text, table.place) for year, column, whole in cells),
    )
    rows = [
        (name, *(row[column] if (row := held.get(year)) else blank for year, column, _ in cells))
        for name, held in named.items()
    ]
    left = tuple(row[0].text or row[at].text for row in body if row not in dated and any(c.text for c in row[at + 1 :]))
    return Unrolled(PrintedTable((upper, lower, *rows), table.place, table.caption), left)


def name_in(title: str) -> str:
    """What a title says is counted, without what it says of months and years."""
    return _LAYOUT.sub("", title).strip(" -–:,.()")


def _holds_years(body: Sequence[PrintedRow], at: int) -> bool:
    held = [row[at].text for row in body if row[at].text]
    years = sum(map(_is_year, held))
    return years > 1 and years >= _MOSTLY * len(held)


def _is_year(text: str) -> bool:
    found, rest = readings_in(text)
    return not rest and any(period.months == _YEAR for period in found)


def _across(leaves: PrintedRow, at: int, year: str) -> list[tuple[int, bool]]:
    """The columns of months or quarters, and of whole years, with which of the two they are."""
    held = []
    for column in range(at + 1, len(leaves)):
        text = without_marks(leaves[column].text)
        if key_of(text) in _WHOLE:
            held.append((column, True))
        elif text and (found := readings_of_heading((year, text))[0]) and all(p.months < _YEAR for p in found):
            held.append((column, False))
    return held


def _named(
    rows: Sequence[PrintedRow], at: int, otherwise: PrintedCell
) -> dict[PrintedCell, dict[str, PrintedRow]] | None:
    """The rows by what they count and their year; none where two are of one year."""
    named: dict[str, tuple[PrintedCell, dict[str, PrintedRow]]] = {}
    name = otherwise
    for row in rows:
        name = next((cell for cell in row[:at] if any(map(str.isalpha, cell.text))), name)
        _, held = named.setdefault(key_of(name.text), (name, {}))
        if row[at].text in held:
            return None
        held[row[at].text] = row
    return dict(named.values())
