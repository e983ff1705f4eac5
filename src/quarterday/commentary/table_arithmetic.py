"""Columns that say what other columns already say: changes, per cents and shares, worked out anew from the counts.

Which two counts a column compares is told by its own cells: the two that explain most of them. A cell is called wrong
only where its column is explained by others, and where no other two counts explain it: a false accusation costs more
than a miss.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations

from quarterday.commentary.printed_columns import Column, Role
from quarterday.commentary.printed_numbers import PrintedNumber, shown
from quarterday.commentary.printed_tables import ReadTable, TableRow, is_total
from quarterday.domain.checked_report import Finding, ReportFinding
from quarterday.domain.claim import Verdict

MOST_VALUES = 10  # columns of values that are tried beside a change: the nearest
MOST_CHANGES = 40  # columns of a table
_TRIED = 30  # rows: a way to read a column that explains none of them is given up
FEWEST_EXPLAINED = 2  # cells
SHARE_EXPLAINED = 2 / 3  # of a column's cells
_ROUND_UNITS = (1000, 500, 100, 50, 10, 5)  # to which publishers round counts
_FEWEST_ROUND = 8  # numbers that are all multiples of one before it is taken for rounding
_FEW_TURNED = 0.2  # of a column: where more have the other sign, a plus may say better
_NOISE = 1e-9
_ROUNDED_TWICE = 0.05
_MOST_DECIMALS = 3  # that a sentence shows: a spreadsheet keeps a dozen


@dataclass(frozen=True, slots=True)
class Known:
    """A number, and by how much it may be off for being printed rounded."""

    value: float
    slack: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to explain a column: the later value against the earlier one, ``scale`` times the result."""

    earlier: Column
    later: Column
    form: str
    scale: float = 1.0

    def answer(self, before: Known, after: Known) -> Known | None:
        """What the cell should say; none where there is nothing to divide by."""
        difference = after.value - before.value
        slack = before.slack + after.slack
        if self.form == "difference":
            return Known(difference, slack)
        if self.form == "size":
            return Known(abs(difference), slack)
        if before.value <= before.slack:
            return None
        low = before.value - before.slack
        change = difference / before.value
        return Known(change * self.scale, self.scale * slack * (1 + abs(after.value / before.value)) / low)


@dataclass(frozen=True, slots=True)
class _Case:
    """A cell beside the two counts that it is held against."""

    row: TableRow
    printed: PrintedNumber
    before: Known
    after: Known
    answer: Known

    @property
    def fits(self) -> bool:
        return agrees(self.printed, self.answer)


def agrees(printed: PrintedNumber, answer: Known) -> bool:
    """Whether a number is the answer as far as both are printed: half a unit of the last place, a tie either way."""
    slack = (0 if printed.is_exact and not answer.slack and answer.value.is_integer() else printed.half) + answer.slack
    return abs(printed.value - answer.value) <= slack + _NOISE * max(1.0, abs(answer.value))


def check_changes(table: ReadTable) -> Iterator[ReportFinding]:
    """A finding for each cell of a change, in numbers or in per cent, whose column could be explained."""
    rounding = rounding_of(table)
    for column in table.columns_of(Role.CHANGE, Role.PER_CENT)[:MOST_CHANGES]:
        explained = _explanations(table, column, rounding)
        if not explained:
            continue
        best, cases = explained[0]
        turned = [case for case in cases if not case.fits and _is_turned(case)]
        for case in cases:
            if case in turned and len(turned) > 1 and len(turned) > _FEW_TURNED * len(cases):
                continue
            place = case.row.cells[column.at]
            if case.fits:
                yield _finding(column, case, best, Verdict.SUPPORTED)
            elif not any(_explains(other, place.place) for _, other in explained[1:]):
                yield _finding(column, case, best, Verdict.CONTRADICTED)


def _explains(cases: Sequence[_Case], place: str) -> bool:
    return any(case.fits for case in cases if any(cell.place == place for cell in case.row.cells))


def _explanations(table: ReadTable, column: Column, rounding: float) -> list[tuple[Reading, list[_Case]]]:
    """The ways that explain most of the column's cells, the best first; none where the best explains too few."""
    found = []
    for reading in _readings(table, column):
        coming = _cases(table, column, reading, rounding)
        cases = list(islice(coming, _TRIED))
        if not any(case.fits for case in cases):
            continue
        cases += coming
        if (fitting := sum(case.fits for case in cases)) and _enough(fitting, cases, table):
            found.append((fitting, -abs(column.at - reading.later.at), reading, cases))
    found.sort(key=lambda item: item[:2], reverse=True)
    return [(reading, cases) for _, _, reading, cases in found]


def _enough(fitting: int, cases: Sequence[_Case], table: ReadTable) -> bool:
    """Two cells and two thirds of all, or half beside known mistakes.

    Where a table has but two counts and two rows, one beside a known mistake.
    """
    if fitting >= FEWEST_EXPLAINED and fitting >= SHARE_EXPLAINED * len(cases):
        return True
    if fitting >= FEWEST_EXPLAINED and 2 * fitting >= len(cases):
        return all(case.fits or _mistake(case) for case in cases)
    few = len(table.values) == FEWEST_EXPLAINED and len(cases) <= FEWEST_EXPLAINED
    return few and all(case.fits or _mistake(case) for case in cases)


def _readings(table: ReadTable, column: Column) -> Iterator[Reading]:
    values = sorted(table.values, key=lambda value: (value.at > column.at, abs(value.at - column.at)))[:MOST_VALUES]
    for earlier, later in permutations(values, 2):
        if (
            earlier.period
            and later.period
            and not (earlier.period.first < later.period.first and earlier.period.months == later.period.months)
        ):
            continue
        if earlier.group != later.group:
            continue
        if column.role is Role.PER_CENT:
            yield Reading(earlier, later, "per cent", 100.0)
            yield Reading(earlier, later, "per cent", 1.0)
        else:
            yield Reading(earlier, later, "difference")
            yield Reading(earlier, later, "size")


def _cases(table: ReadTable, column: Column, reading: Reading, rounding: float) -> Iterator[_Case]:
    numbers = [number for row in table.rows if (number := row.number(column)) is not None]
    as_fractions = reading.form == "per cent" and reading.scale == 1.0
    if as_fractions and any(number.unit for number in numbers):
        return
    if reading.form == "size" and any(number.value < 0 or number.signed for number in numbers):
        return
    for row in table.rows:
        printed, before, after = row.number(column), row.number(reading.earlier), row.number(reading.later)
        if printed is None or before is None or after is None or before.unit != after.unit:
            continue
        if reading.form != "per cent" and printed.unit == "%" and not before.unit:
            continue
        earlier, later = known(before, rounding), known(after, rounding)
        answer = reading.answer(earlier, later)
        if answer is not None:
            yield _Case(row, printed, earlier, later, answer)


def known(number: PrintedNumber, rounding: float) -> Known:
    """A count as it stands, else with what its rounding leaves open."""
    return Known(number.value, rounding / 2 if number.is_exact else number.half, number.unit)


def rounding_of(table: ReadTable) -> float:
    """To what the counts of the table are rounded: told by its headings, or by all of them being multiples."""
    words = " ".join((table.context, *(column.heading for column in table.values))).casefold()
    if "thousand" in words or "000s" in words or "(000" in words:
        return 1.0
    numbers = [row.number(column) for row in table.rows for column in table.values]
    counts = [number.value for number in numbers if number is not None and number.is_exact and number.value]
    if len(counts) < _FEWEST_ROUND:
        return 0.0
    return float(next((unit for unit in _ROUND_UNITS if all(count % unit == 0 for count in counts)), 0))


def _finding(column: Column, case: _Case, reading: Reading, verdict: Verdict) -> ReportFinding:
    cell = case.row.cells[column.at]
    per_cent = reading.form == "per cent"
    decimals = _decimals(case.printed)
    computed = shown(case.answer.value, decimals=decimals, unit="%" if per_cent and reading.scale > 1 else "")
    why = f"{_worked(case, per_cent=per_cent)}: {reading.later.heading} against {reading.earlier.heading}."
    if verdict is Verdict.CONTRADICTED:
        why = f"{why} The cell says {cell.text}.{_mistake(case)}"
    kind = Finding.PER_CENT if per_cent else Finding.CHANGE
    name = case.row.name or case.row.area
    return ReportFinding(cell.place, cell.text, kind, verdict, cell.text, computed, why, name, 0, len(cell.text))


def _worked(case: _Case, *, per_cent: bool) -> str:
    """How the answer is worked out, and the answer."""
    before, after = _said(case.before), _said(case.after)
    difference = case.after.value - case.before.value
    if per_cent:
        answer = shown(100 * difference / case.before.value, decimals=max(_decimals(case.printed), 1), unit="%")
        return f"({after} − {before}) ÷ {before} is {answer}"
    decimals = 0 if case.before.value.is_integer() and case.after.value.is_integer() else 1
    return f"{after} − {before} is {shown(difference, decimals=decimals)}"


def _decimals(printed: PrintedNumber) -> int:
    return min(printed.decimals, _MOST_DECIMALS)


def _said(number: Known) -> str:
    text = f"{number.value:,.10g}"
    return f"{text}{number.unit}"


def _is_turned(case: _Case) -> bool:
    """Whether the cell has the number that it should have, with the other sign."""
    answer = case.answer.value
    return abs(answer) > case.printed.half and agrees(case.printed, replace(case.answer, value=-answer))


def _mistake(case: _Case) -> str:
    """The mistake that the cell looks like, as a sentence with a space before; empty where it looks like none."""
    printed, before, after = case.printed, case.before.value, case.after.value
    difference = after - before

    def says(value: float, slack: float = 0.0) -> bool:
        return agrees(printed, Known(value, slack)) and abs(value - case.answer.value) > printed.half

    is_per_cent = case.answer.value != difference
    if _is_turned(case):
        return " The number is right and its sign is the wrong way round."
    if is_per_cent and difference and says(difference):
        said = "in percentage points" if case.before.unit == "%" else "in numbers"
        return f" That is the change {said}, not in per cent."
    if is_per_cent and after and says(100 * difference / after, _ROUNDED_TWICE):
        return " That is the change as a per cent of the later number; it is measured against the earlier one."
    if says(before) or says(after):
        return " That is one of the two numbers, not the change between them."
    digits = f"{abs(case.answer.value):.{_decimals(printed)}f}"
    if sorted(digits) == sorted(f"{abs(printed.value):.{_decimals(printed)}f}"):
        return " Two of its digits may have changed places."
    return ""


def check_shares(table: ReadTable) -> Iterator[ReportFinding]:
    """A finding for each cell of a column of shares, where the shares of one column of counts explain most of them."""
    for column in table.columns_of(Role.SHARE, Role.PER_CENT):
        ways = []
        for value in table.values:
            for total, how in _wholes(table, value):
                cases = list(_share_cases(table, column, value, total))
                fitting = sum(case.fits for case in cases)
                if fitting > FEWEST_EXPLAINED and fitting >= SHARE_EXPLAINED * len(cases):
                    ways.append((fitting, value, total, how, cases))
        if not ways:
            continue
        _, value, total, how, cases = max(ways, key=lambda way: way[0])
        fine = {case.row.cells[column.at].place for way in ways for case in way[4] if case.fits}
        yield from (
            _share_finding(case, column, total, how, is_fine=case.row.cells[column.at].place in fine) for case in cases
        )


def _share_finding(case: _Case, column: Column, total: float, how: str, *, is_fine: bool) -> ReportFinding:
    cell = case.row.cells[column.at]
    decimals = _decimals(case.printed)
    scale = 1 if case.answer.value > 1 or case.printed.unit else 100
    share = f"{scale * case.answer.value:.{max(decimals, 1)}f}%"
    why = f"{_said(case.after)} of {total:,.10g}, {how}, is {share}."
    return ReportFinding(
        cell.place,
        cell.text,
        Finding.SHARE,
        Verdict.SUPPORTED if is_fine else Verdict.CONTRADICTED,
        cell.text,
        share,
        why if is_fine else f"{why} The cell says {cell.text}.",
        case.row.name or case.row.area,
        0,
        len(cell.text),
    )


def _wholes(table: ReadTable, value: Column) -> Iterator[tuple[float, str]]:
    numbers = [(row, number) for row in table.rows if (number := row.number(value)) is not None and number.is_exact]
    for row, number in numbers:
        if is_total(row) and number.value > 0:
            yield number.value, f"the total for {value.heading}"
    if (total := sum(number.value for row, number in numbers if not is_total(row))) > 0:
        yield total, f"the sum for {value.heading}"


def _share_cases(table: ReadTable, column: Column, value: Column, total: float) -> Iterator[_Case]:
    for row in table.rows:
        printed, count = row.number(column), row.number(value)
        if printed is not None and count is not None and count.is_exact and not is_total(row):
            scale = 100.0 if printed.unit == "%" or abs(printed.value) > 1 else 1.0
            yield _Case(row, printed, Known(total, 0), Known(count.value, 0), Known(scale * count.value / total, 0))
