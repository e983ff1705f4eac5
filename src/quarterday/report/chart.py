"""The pictures of an edition, drawn once for every format."""

from collections.abc import Iterator, Mapping

from quarterday.report.chart_control import draw_control
from quarterday.report.chart_ranked import draw_ranked
from quarterday.report.chart_totals import draw_totals
from quarterday.report.document import Document, MeasureRow, MeasureTable


def draw(document: Document) -> Mapping[str, str]:
    """An SVG by chart name for every chart of the document that has something to show."""
    rows = ((table, row) for table in document.measure_tables for row in table.rows)
    return {name: svg for table, row in rows for name, svg in pictures_of(table, row)}


def pictures_of(table: MeasureTable, row: MeasureRow) -> Iterator[tuple[str, str]]:
    """The name and the SVG of each chart of one measure that has something to show."""
    if row.chart.drawn:
        yield row.chart.name, draw_totals(table, row)
    if row.control.chart.drawn:
        yield row.control.chart.name, draw_control(row.control)
    if row.ranked and row.ranked.chart.drawn:
        yield row.ranked.chart.name, draw_ranked(row.ranked)
