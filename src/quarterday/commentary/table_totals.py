"""Totals against their parts, counts that can only grow, and tables that should say the same."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise

from quarterday.commentary.printed_columns import Column, Role
from quarterday.commentary.printed_numbers import shown
from quarterday.commentary.printed_tables import ReadTable, TableRow, is_total
from quarterday.commentary.table_arithmetic import rounding_of
from quarterday.domain.area import key_of
from quarterday.domain.checked_report import Finding, ReportFinding
from quarterday.domain.claim import Verdict
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period

FEWEST_PARTS = 2
MOST_TABLES = 100  # that are held against each other
FARTHEST = 0.25  # of a total: parts that are farther from it make up something else
MOST_TOTALS = 100  # rows of a table
MOST_DOUBTFUL = 50  # differences that a person would look at
_MONTHS_OF_A_YEAR = 12
_FEWEST_STEPS = 3  # from one count of a year so far to the next
_FEW_FALLS = 1 / 3  # of them
_GROWN = 1.5  # times the first count of a year
_GOES_ON = re.compile(r"\bcumulative|\bytd\b|year to date", re.IGNORECASE)
FEWEST_SHARED = 3  # figures that two tables have in common before a difference says anything
SHARE_ALIKE = 2 / 3  # of them


_NO_COUNT = re.compile(
    r"\brates?\b|average|\bmean\b|%|per ?cent|satisf|\bdays\b|\btimes?\b|confiden|\bscore|\brank|\bchange|differ",
    re.IGNORECASE,
)
# What is there at one time, or counts people once however often they come, is more or less than the sum of its parts.
_STOCK = re.compile(
    r"caseload|\bopen\b|active|managed|at (?:the )?end|snapshot|waiting|cohort|populat|unique|repeat|people|person"
    r"|client|individual|offenders|victims|household|participa|officers|staff|members|families|children",
    re.IGNORECASE,
)


def _is_count(row: TableRow) -> bool:
    return not _NO_COUNT.search(row.name)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A total's cell, what it says, and what its parts add up to."""

    row: TableRow
    column: Column
    printed: float
    added: float
    parts: int
    slack: float = 0.0

    @property
    def fits(self) -> bool:
        return abs(self.printed - self.added) <= self.slack


def check_totals(table: ReadTable) -> Iterator[ReportFinding]:
    """Rows that add up those above them, columns that add up those to their left, and years beside all their months.

    A total is held to be wrong only where the same parts make up another total of its row or column exactly, and
    most of them.
    """
    totals = [at for at, row in enumerate(table.rows) if is_total(row)]
    for at in totals[:MOST_TOTALS]:
        yield from _judged(
            _best([list(_sums_above(table, table.rows[at], parts)) for parts in _parts_above(table.rows, at)])
        )
    for column in table.columns_of(Role.TOTAL):
        yield from _judged(_best([list(_sums_across(table, column, parts)) for parts in _parts_before(table, column)]))
    longer = [(column, parts) for column in table.dated if len(parts := _inside(table, column)) >= FEWEST_PARTS]
    yield from _judged(list(chain.from_iterable(_sums_across(table, column, parts) for column, parts in longer)))


def _best(ways: Sequence[list[_Sum]]) -> list[_Sum]:
    return max(ways, key=lambda sums: sum(held.fits for held in sums), default=[])


def _judged(sums: Sequence[_Sum]) -> Iterator[ReportFinding]:
    fitting = sum(held.fits for held in sums)
    if not fitting or fitting < len(sums) - fitting:
        return
    for held in sums:
        cell = held.row.cells[held.column.at]
        why = f"The {held.parts} parts add up to {shown(held.added)}."
        verdict = Verdict.SUPPORTED if held.fits else Verdict.CONTRADICTED
        if not held.fits:
            others = f"{fitting} other total{'s' if fitting > 1 else ''}"
            why = f"{why} The cell says {cell.text}; the same parts make up {others} of this table."
        yield ReportFinding(
            cell.place, cell.text, Finding.TOTAL, verdict, cell.text, shown(held.added), why,
            f"{held.row.name or held.row.area}, {held.column.heading}", 0, len(cell.text),
        )  # fmt: skip


def _parts_above(rows: Sequence[TableRow], at: int) -> Iterator[list[TableRow]]:
    """The rows that a total may add up: those since the total before it, else all that are no totals."""
    before = next((number for number in range(at - 1, -1, -1) if is_total(rows[number])), -1)
    since, below = list(rows[before + 1 : at]), [row for row in rows[at + 1 :] if not is_total(row)]
    everything = [row for row in rows[:at] if not is_total(row)]
    for parts in (since, everything, below if at == 0 else []):
        if len(parts) >= FEWEST_PARTS:
            yield parts


def _sums_above(table: ReadTable, total: TableRow, parts: Sequence[TableRow]) -> Iterator[_Sum]:
    slack = rounding_of(table) / 2 * (len(parts) + 1)
    for column in (*table.values, *table.columns_of(Role.TOTAL)):
        numbers = [row.number(column) for row in (total, *parts)]
        counts = [number.value for number in numbers if number is not None and number.is_exact]
        if len(counts) == len(numbers) and counts[0]:
            yield _Sum(total, column, counts[0], sum(counts[1:]), len(parts), slack)


def _inside(table: ReadTable, whole: Column) -> list[Column]:
    """The columns of the same group whose periods make up that of ``whole`` without a gap."""
    period = whole.period
    if period is None:
        return []
    alike = [column for column in table.dated if column.group == whole.group]
    held = sorted((c for c in alike if c.period and c.period != period and c.period in period), key=_first)
    lengths = {column.period.months for column in held if column.period}
    months = sum(column.period.months for column in held if column.period)
    follow = all(a.period and b.period and b.period.first == a.period.last + 1 for a, b in pairwise(held))
    return held if len(lengths) == 1 and months == period.months and follow else []


def _last(column: Column) -> int:
    return column.period.last if column.period else 0


def _first(column: Column) -> int:
    return column.period.first if column.period else 0


def _parts_before(table: ReadTable, total: Column) -> Iterator[list[Column]]:
    before = [column for column in table.values if column.at < total.at]
    lengths = {column.period.months for column in before if column.period}
    overlap = any(a.period and b.period and a.period.overlaps(b.period) for a, b in combinations(before[:24], 2))
    if len(before) >= FEWEST_PARTS and len(lengths) <= 1 and not overlap:
        yield before


def _sums_across(table: ReadTable, total: Column, parts: Sequence[Column]) -> Iterator[_Sum]:
    slack = rounding_of(table) / 2 * (len(parts) + 1)
    for row in table.rows:
        numbers = [row.number(column) for column in (total, *parts)]
        counts = [number.value for number in numbers if number is not None and number.is_exact]
        if not parts or len(counts) != len(numbers) or not counts[0] or not _is_count(row) or _STOCK.search(row.name):
            continue
        added = sum(counts[1:])
        if abs(added - counts[0]) <= FARTHEST * counts[0]:
            yield _Sum(row, total, counts[0], added, len(parts), slack)


# --- counts that can only grow


def check_cumulative(table: ReadTable) -> Iterator[ReportFinding]:
    """A count from one first month on that is smaller to a later month than to an earlier one.

    The columns say where their counts begin, or the row or the table says that it goes on counting through the year.
    """
    runs: dict[tuple[int, str], list[Column]] = {}
    years: dict[tuple[int, str], list[Column]] = {}
    for column in table.dated:
        if column.period is not None:
            runs.setdefault((column.period.first, column.group), []).append(column)
            if column.period.months < _MONTHS_OF_A_YEAR:
                years.setdefault(((column.period.first - 3) // 12, column.group), []).append(column)
    for row in table.rows:
        said = _GOES_ON.search(f"{row.name} {row.label.text}")
        goes_on = said or (_GOES_ON.search(table.context) and _mostly_grows(row, years.values()))
        for columns in (years if goes_on and len(runs) > len(years) else runs).values():
            yield from _falls(row, sorted(columns, key=_last))


def _mostly_grows(row: TableRow, years: Iterable[Sequence[Column]]) -> bool:
    """Whether a row's counts are seen to go on: words above a table may be of one of its columns only."""
    steps = falls = 0
    for columns in years:
        numbers = [number.value for column in sorted(columns, key=_last) if (number := row.number(column)) is not None]
        steps += len(numbers) - 1
        falls += sum(later < earlier for earlier, later in pairwise(numbers))
        if len(numbers) > 1 and numbers[-1] < _GROWN * numbers[0]:
            return False
    return steps >= _FEWEST_STEPS and falls <= _FEW_FALLS * steps


def _falls(row: TableRow, columns: Sequence[Column]) -> Iterator[ReportFinding]:
    for earlier, later in pairwise(columns):
        before, after = row.number(earlier), row.number(later)
        if _last(earlier) == _last(later):
            continue
        if before is None or after is None or not (before.is_exact and after.is_exact) or after.value >= before.value:
            continue
        cell = row.cells[later.at]
        if not _is_count(row) or _STOCK.search(row.name):
            continue
        why = (
            f"Both counts begin in the same month, so the later one cannot be smaller: {shown(before.value)} for "
            f"{earlier.heading}, {shown(after.value)} for {later.heading}. Unless records were taken back, one is "
            "wrong."
        )
        yield ReportFinding(
            cell.place, cell.text, Finding.CUMULATIVE, Verdict.CONTRADICTED, cell.text,
            f"at least {shown(before.value)}", why, row.name or row.area, 0, len(cell.text),
        )  # fmt: skip


# --- tables that should say the same


def compare_tables(
    tables: Sequence[tuple[ReadTable, Sequence[Figure]]],
) -> tuple[list[ReportFinding], list[ReportFinding]]:
    """Figures that two tables print differently: contradictions, and those that are only worth a look.

    Two tables are of the same thing where they agree on most of what they share; a difference without such agreement
    may be that of two areas, and only where their areas are not told apart is it worth a look.
    """
    wrong: list[ReportFinding] = []
    doubtful: list[ReportFinding] = []
    held = [(table, {_key(figure): figure for figure in figures}) for table, figures in tables]
    for (_, first), (table, second) in combinations(held[:MOST_TABLES], 2):
        shared = [key for key in second if key in first]
        differing = [key for key in shared if first[key].value != second[key].value]
        alike = len(shared) - len(differing)
        if not differing or not _comparable(table):
            continue
        if len(shared) >= FEWEST_SHARED and alike >= SHARE_ALIKE * len(shared):
            wrong += [_differs(first[key], second[key], alike) for key in differing]
        elif alike and len(doubtful) < MOST_DOUBTFUL:
            doubtful += [_differs(first[key], second[key], alike) for key in differing]
    return wrong, doubtful


def _comparable(table: ReadTable) -> bool:
    return len(table.groups) <= 1


def _key(figure: Figure) -> tuple[str, str, Period]:
    return key_of(figure.measure), key_of(figure.area), figure.period


def _differs(first: Figure, second: Figure, alike: int) -> ReportFinding:
    values = f"{first.known:,.10g}", f"{second.known:,.10g}"
    agree = f"the two tables agree on {alike} other figure{'s' if alike > 1 else ''}"
    why = (
        f"{first.measure}, {first.period.for_sentence()}: {values[0]} in {first.origin}, {values[1]} in "
        f"{second.origin}; {agree}, so one of these is wrong or comes from another extract."
    )
    return ReportFinding(
        second.origin,
        values[1],
        Finding.TWO_TABLES,
        Verdict.CONTRADICTED,
        values[1],
        values[0],
        why,
        second.measure,
        0,
        len(values[1]),
    )
