"""The figures of a chart as a CSV file, unrounded."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from quarterday.report.document import ControlChart, ControlLimits, MeasureRow, MeasureTable, RankedChart
from quarterday.sources.table_marks import guarded

Value = str | int | float | None


def totals_csv(table: MeasureTable, row: MeasureRow) -> str:
    """A line a column of the table: its period, the total, and the marks with their reason."""
    rows = (
        (column.period, cell.value, "".join(cell.marks), guarded(cell.reason))
        for column, cell in zip(table.columns, row.figures, strict=True)
    )
    return _written(("period", "total", "marks", "reason"), rows)


def control_csv(control: ControlChart) -> str:
    """A line a point: its month, value, centre and limits, and the rules that it meets."""
    headings = (
        "month",
        "months without" if control.of_gaps else "value",
        "centre",
        "lower limit",
        "upper limit",
        "flagged",
    )
    rows = (
        (point.month, point.value, *_lines_at(point.place, control.limits), "; ".join(point.signals))
        for point in control.points
    )
    return _written(headings, rows)


def ranked_csv(ranked: RankedChart) -> str:
    """A line an area in the order of rates: its rate, the average, limits, position and place."""
    names = [f"{end} {limit.name} limit" for limit in ranked.places[0].limits for end in ("lower", "upper")]
    rows = (
        (
            guarded(place.area),
            place.rate,
            ranked.average,
            *(end for limit in place.limits for end in (limit.lower, limit.upper)),
            place.position,
            place.rank,
            place.rank_lower,
            place.rank_upper,
        )
        for place in ranked.places
    )
    return _written(("area", "rate", "average", *names, "position", "place", "lowest place", "highest place"), rows)


def _lines_at(place: int, limits: Sequence[ControlLimits]) -> tuple[Value, Value, Value]:
    within = next((each for each in limits if each.start <= place < each.stop), None)
    return (within.centre, within.lower, within.upper) if within else (None, None, None)


def _written(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()
