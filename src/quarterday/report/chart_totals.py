"""The picture of a measure's rolling totals: a point a column of its table, counted from nought."""

from collections.abc import Iterator

from quarterday.commentary.wording import capitalised
from quarterday.report import svg
from quarterday.report.document import Column, MeasureRow, MeasureTable

_TOP, _FLOOR, _HEIGHT, _RIGHT = 42, 192, 214, 10
# The last column and the one a year before it.
_YEAR_OF_COLUMNS = 4


def draw_totals(table: MeasureTable, row: MeasureRow) -> str:
    """A total a column, and a gap where there is none.

    The last column and the one a year before it share no month: those two are dark, for they may be compared.
    """
    values = [cell.value for cell in row.figures]
    known = [value for value in values if value is not None]
    levels = svg.ticks(min(0, *known), max(0, *known), most=4, whole=all(isinstance(value, int) for value in known))
    left = svg.axis_room(levels)
    down = svg.Scale(levels[0], levels[-1], _FLOOR, _TOP)
    step = (svg.WIDTH - _RIGHT - left) / len(values)
    across = [left + (at + 0.5) * step for at in range(len(values))]
    places = [None if value is None else (x, down(value)) for x, value in zip(across, values, strict=True)]
    return svg.picture(
        row.chart.name,
        title=row.chart.title,
        alt=row.chart.alt,
        height=_HEIGHT,
        parts=[
            svg.text(0, 12, f"{capitalised(row.unit)}, rolling totals by their last month", size=12),
            svg.axes(levels, down, left=left, right=svg.WIDTH - _RIGHT, floor=_FLOOR),
            *(_column_label(x, column) for x, column in zip(across, table.columns, strict=True)),
            *(svg.line(run, svg.GREY, width=2) for run in svg.runs(places)),
            *_points(row, places),
        ],
    )


def _points(row: MeasureRow, places: list[svg.Place | None]) -> Iterator[str]:
    compared = {len(places) - 1, len(places) - 1 - _YEAR_OF_COLUMNS}
    for at, (place, cell) in enumerate(zip(places, row.figures, strict=True)):
        if place is not None:
            yield svg.dot(*place, svg.BLUE if at in compared else svg.GREY, radius=5 if at in compared else 4)
            yield svg.clear_text(place[0], place[1] - 9, cell.text, anchor="middle")


def _column_label(x: float, column: Column) -> str:
    """The last month alone, for there is no room for two."""
    return svg.text(x, _FLOOR + 17, column.label.rpartition(" - ")[2], anchor="middle", size=12)
