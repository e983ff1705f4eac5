"""The pictures of an edition, drawn once for every format."""

from collections.abc import Iterator, Mapping

from quarterday.report.chart_control import draw_control
from quarterday.report.chart_ranked import draw_ranked
from quarterday.report.chart_totals import draw_totals
from quarterday.report.document import Document, MeasureRow, MeasureTable


def draw(document: Document) -> Mapping[str, str]:
    """An SVG by chart name for every chart of the document that has something to show."""
    return {name: svg for table in document.measure_tables for row in table.rows for name, svg in _pictures(table, row)}


def _pictures(table: MeasureTable, row: MeasureRow) -> Iterator[tuple[str, str]]:
    if row.chart.drawn:
        yield row.chart.name, draw_totals(table, row)
    if row.control.chart.drawn:
        yield row.control.chart.name, draw_control(row.control)
    if row.ranked and row.ranked.chart.drawn:
        yield row.ranked.chart.name, draw_ranked(row.ranked)
