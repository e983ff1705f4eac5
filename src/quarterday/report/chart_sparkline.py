"""The shape of a row of totals, small enough for a cell of its table."""

from collections.abc import Sequence

from quarterday.report import svg

_WIDTH, _HEIGHT, _EDGE = 96, 28, 4


def sparkline(values: Sequence[float | None]) -> str:
    """A line from the first total to the last, which has a dot; a gap where one is missing, nothing where all are.

    It begins at nought, so that a small change looks small. Those who do not see it lose nothing: the totals stand in
    the same row.
    """
    known = [value for value in values if value is not None]
    if not known:
        return ""
    high = max(0, *known) or 1
    down = svg.Scale(min(0, *known), high, _HEIGHT - _EDGE, _EDGE)
    across = svg.Scale(0, max(len(values) - 1, 1), _EDGE, _WIDTH - _EDGE)
    places = [None if value is None else (across(at), down(value)) for at, value in enumerate(values)]
    last = places[-1]
    return svg.element(
        "svg",
        *(svg.line(run, svg.BLUE, width=2) for run in svg.runs(places)),
        svg.dot(*last, svg.BLUE, radius=3) if last else "",
        width=_WIDTH, height=_HEIGHT, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", aria_hidden="true", focusable="false",
    )  # fmt: skip
