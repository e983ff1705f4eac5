"""The picture of a measure: one declarative specification, drawn once for every format."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from quarterday.report.document import Document, MeasureRow, MeasureTable

# The name ends in a digit, so it must stand in quotes; readers without the font see their own.
FONT = "'Source Sans 3', Arial, sans-serif"
_BLUE, _GREY, _INK = "#12436D", "#73828F", "#0b0c0c"  # the first is the Analysis Function's dark blue
_WIDTH, _HEIGHT = 560, 190
_VEGA_LITE = "5.20"


def draw(document: Document) -> Mapping[str, str]:
    """An SVG by chart name for every measure of the document that has a total."""
    return {
        row.chart.name: draw_totals(table, row)
        for table in document.measure_tables
        for row in table.rows
        if row.chart.drawn
    }


def draw_totals(table: MeasureTable, row: MeasureRow) -> str:
    """The totals of one measure as SVG, with its title and description for those who do not see it."""
    import vl_convert

    _register_fonts()
    svg: str = vl_convert.vegalite_to_svg(json.dumps(totals_specification(table, row)), vl_version=_VEGA_LITE)
    opening, rest = svg.split(">", 1)
    named = f'{opening} role="img" aria-labelledby="{row.chart.name}-title">'
    return f'{named}<title id="{row.chart.name}-title">{_escaped(row.chart.title)}</title>{rest}'


def totals_specification(table: MeasureTable, row: MeasureRow) -> dict[str, Any]:
    """The Vega-Lite specification: a total a column, counted from nought, a gap where there is no total.

    The last column and the one a year before it share no month: those two are dark, for they may be compared.
    """
    points = [
        {
            "column": column.label.replace(" - ", " -|"),
            "value": cell.value,
            "text": cell.text,
            "compared": place in {len(table.columns) - 1, len(table.columns) - 5},
        }
        for place, (column, cell) in enumerate(zip(table.columns, row.figures, strict=True))
    ]
    x = {
        "field": "column",
        "type": "ordinal",
        "sort": None,
        "axis": {"labelExpr": "split(datum.label, '|')", "title": None},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        # The axis goes on to the tick above the highest total; where all are nought it still stands on nought.
        "scale": {"domain": [0, 1]} if not any(cell.value for cell in row.figures) else {"zero": True, "nice": 4},
        "axis": {"title": None, "tickCount": 4, "format": ",~f"},
    }
    colour = {"condition": {"test": "datum.compared", "value": _BLUE}, "value": _GREY}
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "data": {"values": points},
        "encoding": {"x": x},
        "layer": [
            {"mark": {"type": "line", "color": _GREY, "strokeWidth": 2}, "encoding": {"y": y}},
            {
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
                "encoding": {"y": y, "color": colour},
            },
            {"mark": {"type": "text", "dy": -12}, "encoding": {"y": y, "text": {"field": "text"}}},
        ],
        "config": _CONFIG,
    }


_CONFIG = {
    "font": FONT,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13, "labelColor": _INK, "domainColor": _INK, "tickColor": _INK,
        "labelAngle": 0, "labelLimit": 0, "labelFont": FONT, "grid": False,
    },
    "text": {"fontSize": 14, "fontWeight": 600, "color": _INK, "font": FONT},
    "axisX": {"labelOverlap": False, "labelPadding": 6},
}  # fmt: skip


@cache
def _register_fonts() -> None:
    import vl_convert

    with as_file(files("quarterday.report").joinpath("fonts")) as folder:
        vl_convert.register_font_directory(str(folder))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
