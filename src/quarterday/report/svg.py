"""Pictures as SVG, as far as charts need it: elements as text, everything escaped, numbers short.

There is no style sheet and no script in them, so that the strictest page may show them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from quarterday.commentary.wording import number

# The name ends in a digit, so it must stand in quotes; readers without the font see their own.
FONT = "'Source Sans 3', Arial, sans-serif"
INK = "#0b0c0c"
# The Analysis Function's palette, and a grey that stands out from white by 3.9 to 1.
BLUE, PINK, GREY = "#12436d", "#801650", "#73828f"
SIZE = 13
WIDTH = 440
# As wide as a letter or digit may be on average, in the widest of the fonts above.
_EM = 0.56

Place = tuple[float, float]


def picture(name: str, *, title: str, alt: str, height: float, parts: Iterable[str]) -> str:
    """A whole picture, with its title and description for those who do not see it; ``name`` makes its ids its own."""
    return element(
        "svg",
        element("title", escape(title), id=f"{name}-title"),
        element("desc", escape(alt), id=f"{name}-desc"),
        *parts,
        xmlns="http://www.w3.org/2000/svg", width=WIDTH, height=height, viewBox=f"0 0 {WIDTH} {_short(height)}",
        role="img", aria_labelledby=f"{name}-title {name}-desc", font_family=FONT, font_size=SIZE, fill=INK,
    )  # fmt: skip


def element(tag: str, *content: str, **attributes: str | float) -> str:
    """An element round content that is markup already; attributes are escaped, and ``_`` stands for their hyphens."""
    told = "".join(f' {key.replace("_", "-")}="{_attribute(value)}"' for key, value in attributes.items())
    return f"<{tag}{told}>{''.join(content)}</{tag}>" if content else f"<{tag}{told}/>"


def text(x: float, y: float, words: str, *, anchor: str = "start", size: float = SIZE, bold: bool = False) -> str:
    """Words, their base line at ``y``."""
    return element("text", escape(words), x=x, y=y, **_type(anchor, size, bold=bold))


def clear_text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    """Bold words with a white edge, which are read across a line."""
    edge = {"stroke": "#fff", "stroke_width": "4", "stroke_linejoin": "round"}
    outline = element("text", escape(words), x=x, y=y, **_type(anchor, SIZE, bold=True), **edge)
    return outline + text(x, y, words, anchor=anchor, bold=True)


def line(places: Sequence[Place], colour: str, *, width: float = 1.5, dashes: str = "") -> str:
    """A line from place to place."""
    points = " ".join(f"{_short(x)},{_short(y)}" for x, y in places)
    dashed = {"stroke_dasharray": dashes} if dashes else {}
    return element("polyline", points=points, fill="none", stroke=colour, stroke_width=width, **dashed)


def clear_line(places: Sequence[Place], colour: str, *, width: float = 1.5, dashes: str = "") -> str:
    """A line with a white edge, which is seen across bars."""
    return line(places, "#fff", width=width + 1.2) + line(places, colour, width=width, dashes=dashes)


def dot(x: float, y: float, colour: str, *, radius: float) -> str:
    """A round mark."""
    return element("circle", cx=x, cy=y, r=radius, fill=colour)


def arrowhead(x: float, y: float, colour: str, *, up: bool, size: float = 5) -> str:
    """A triangle round a place, pointing up or down."""
    way = -size if up else size
    corners = ((x - size, y - way * 0.8), (x + size, y - way * 0.8), (x, y + way))
    return element("polygon", points=" ".join(f"{_short(a)},{_short(b)}" for a, b in corners), fill=colour)


def pointer(x: float, y: float, colour: str) -> str:
    """A triangle that points to the right."""
    return element(
        "polygon",
        points=f"{_short(x)},{_short(y - 5)} {_short(x + 8)},{_short(y)} {_short(x)},{_short(y + 5)}",
        fill=colour,
    )


def bar(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, fill=colour)


def width_of(words: str, *, size: float = SIZE) -> float:
    """How much room words may take."""
    return len(words) * size * _EM


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places along an axis: ``low`` is at ``start`` and ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value lies."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, *, most: int = 5, whole: bool = False) -> tuple[float, ...]:
    """Round numbers, evenly stepped, from one at or under ``low`` to one at or over ``high``; whole ones if asked."""
    span = (high - low) or 1
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(power * by for by in (1, 2, 5, 10) if span / (power * by) <= most)
    step = max(1.0, step) if whole else step
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(round(step * at, 9) for at in range(first, max(last, first + 1) + 1))


def axis_room(levels: Sequence[float]) -> float:
    """How much room the numbers of an upright axis take."""
    return max(width_of(number(level)) for level in levels) + 10


def axes(levels: Sequence[float], down: Scale, *, left: float, right: float, floor: float) -> str:
    """An upright axis with its numbers, and a level one."""
    numbers = (text(left - 6, down(level) + 4, number(level), anchor="end") for level in levels)
    return "".join(numbers) + line([(left, down(levels[-1])), (left, floor), (right, floor)], INK, width=1)


def runs(places: Iterable[Place | None]) -> list[list[Place]]:
    """The places in runs, where ``None`` ends one."""
    found: list[list[Place]] = [[]]
    for place in places:
        if place is not None:
            found[-1].append(place)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def _type(anchor: str, size: float, *, bold: bool) -> dict[str, str | float]:
    """How words are set, where it is not as in the whole picture."""
    attributes: dict[str, str | float] = {} if anchor == "start" else {"text_anchor": anchor}
    if size != SIZE:
        attributes["font_size"] = size
    if bold:
        attributes["font_weight"] = 600
    return attributes


def _attribute(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else _short(value)


def _short(value: float) -> str:
    """A tenth of a unit is finer than any screen shows."""
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")  # adding nought makes -0 one
