"""The picture of a control chart: months, their centre and limits, and the points that meet a rule as triangles."""

from collections.abc import Iterator, Sequence

from quarterday.commentary.wording import number
from quarterday.domain.period import FINANCIAL_YEAR_STARTS, Period
from quarterday.report import svg
from quarterday.report.document import ControlChart, ControlLimits, ControlPoint

_TOP, _FLOOR, _HEIGHT = 28, 192, 216
_LEAST_BETWEEN_NAMES = 14
_ROOM_OF_A_MONTH = 50
_STEPS = (3, 6, 12, 24, 36, 60, 120)
# Where points lie within so small a part of their height, the scale need not begin at nought.
_FAR_FROM_NOUGHT = 0.5
_DASHES = "6 4"
_LATEST = "latest"


def draw_control(control: ControlChart) -> str:
    """The points in order, a gap where a month is not known; limits are stepped where they change."""
    levels, names = _levels(control), _names(control)
    left = svg.axis_room(levels)
    right = svg.WIDTH - 8 - max((svg.width_of(words, size=12) for words, _ in names), default=0)
    down = svg.Scale(levels[0], levels[-1], _FLOOR, _TOP)
    across = svg.Scale(-0.5, control.months - 0.5, left, right)
    return svg.picture(
        control.chart.name,
        title=control.chart.title,
        alt=control.chart.alt,
        height=_HEIGHT,
        parts=[
            svg.text(0, 12, f"{control.counted}{_where_it_begins(levels)}", size=12),
            svg.axes(levels, down, left=left, right=right, floor=_FLOOR),
            *_month_labels(control, across),
            *_lines(control.limits, across, down),
            *_beginnings(control.limits, across),
            *_named(names, down, x=right + 5),
            *_series(control.points, across, down),
        ],
    )


def _levels(control: ControlChart) -> tuple[float, ...]:
    lines = [line for each in control.limits for line in (each.centre, each.lower, each.upper) if line is not None]
    values = [point.value for point in control.points if point.value is not None]
    low, high = min([*values, *lines], default=0), max([*values, *lines], default=0)
    whole = all(isinstance(value, int) for value in values)
    return svg.ticks(low if low < 0 or low > _FAR_FROM_NOUGHT * high else 0, high, whole=whole)


def _where_it_begins(levels: Sequence[float]) -> str:
    return f"; the scale begins at {number(levels[0])}" if levels[0] > 0 else ""


def _month_labels(control: ControlChart, across: svg.Scale) -> Iterator[str]:
    """As many months as there is room for, so that Aprils are among them."""
    first = Period.month(*map(int, control.first.split("-"))).first
    room = (across.end - across.start) / control.months
    step = next((step for step in _STEPS if step * room >= _ROOM_OF_A_MONTH), _STEPS[-1])
    for place in range(control.months):
        if (first + place - FINANCIAL_YEAR_STARTS + 1) % step == 0:
            x = across(place)
            yield svg.line([(x, _FLOOR), (x, _FLOOR + 5)], svg.INK, width=1)
            yield svg.text(x, _FLOOR + 19, Period(first + place, 1).for_table(), anchor="middle", size=12)


def _lines(limits: Sequence[ControlLimits], across: svg.Scale, down: svg.Scale) -> Iterator[str]:
    for each in limits:
        ends = across(each.start - 0.5), across(each.stop - 0.5)
        for value, dashes in ((each.lower, _DASHES), (each.centre, ""), (each.upper, _DASHES)):
            if value is not None:
                yield svg.line([(x, down(value)) for x in ends], svg.GREY, dashes=dashes)


def _beginnings(limits: Sequence[ControlLimits], across: svg.Scale) -> Iterator[str]:
    """Where a person had limits begin anew."""
    for each in limits:
        if each.reason:
            x = across(each.start - 0.5)
            yield svg.line([(x, _TOP), (x, _FLOOR)], svg.INK, width=1, dashes="2 3")
            yield svg.text(x + 4, _TOP + 2, "limits anew", size=12)


def _names(control: ControlChart) -> list[tuple[str, float]]:
    """What the latest lines are called, from the top, and last the latest value, which may have none."""
    limits, latest = control.limits[-1], control.points[-1]
    lines = (("upper", limits.upper), ("average", limits.centre), ("lower", limits.lower))
    named = [(f"{name} {number(value, places=1)}", value) for name, value in lines if value is not None]
    return named if latest.value is None else [*named, (f"{latest.text} {_LATEST}", latest.value)]


def _named(names: Sequence[tuple[str, float]], down: svg.Scale, *, x: float) -> Iterator[str]:
    """The names beside their lines, kept clear of each other; the latest value's where there is room."""
    taken: list[float] = []
    for words, value in names:
        is_latest = words.endswith(_LATEST)
        taken.append(_nearest_free(down(value), taken) if is_latest else _below(down(value), taken))
        yield svg.text(x, taken[-1] + 4, words, size=12, bold=is_latest)


def _below(wanted: float, taken: Sequence[float]) -> float:
    return max(wanted, taken[-1] + _LEAST_BETWEEN_NAMES) if taken else wanted


def _nearest_free(wanted: float, taken: Sequence[float]) -> float:
    """The place itself, or the nearest above or under another's that no third one takes."""
    beside = [y + way * _LEAST_BETWEEN_NAMES for y in taken for way in (-1, 1)]
    free = (y for y in (wanted, *beside) if all(round(abs(y - each), 6) >= _LEAST_BETWEEN_NAMES for each in taken))
    return min(free, key=lambda y: abs(y - wanted))


def _series(points: Sequence[ControlPoint], across: svg.Scale, down: svg.Scale) -> Iterator[str]:
    places = [None if point.value is None else (across(point.place), down(point.value)) for point in points]
    yield from (svg.line(run, svg.BLUE) for run in svg.runs(places))
    for point, place in zip(points, places, strict=True):
        if place is not None:
            yield _mark(point, place)


def _mark(point: ControlPoint, place: svg.Place) -> str:
    if point.way:
        return svg.arrowhead(*place, svg.PINK, up=point.way == "up")
    return svg.dot(*place, svg.BLUE, radius=2.2)
