"""The picture of a peer group: a bar an area in the order of their rates, round the average with its limits."""

from collections.abc import Iterator, Sequence

from quarterday.report import svg
from quarterday.report.document import PeerPlace, RankedChart

_TOP, _ROW, _FOOT = 40, 18, 30
_RATE, _PLACE = svg.WIDTH - 74, svg.WIDTH - 2
_BARS_END = _RATE - 44
_LONGEST_NAME = 26
_SIZE_OF_NAMES = 12.5  # small letters take less room than digits do
_DASHES = ("5 3", "1.5 2.5")
# Limits can lie so far out that bars would be slivers: the scale ends with so many times the longest bar at most.
_FURTHEST = 2


def draw_ranked(ranked: RankedChart) -> str:
    """The lowest rate first; the area itself is darker, bold and pointed at."""
    names = [_clipped(place.area) for place in ranked.places]
    left = max(svg.width_of(name, size=_SIZE_OF_NAMES) for name in names) + 28
    floor = _TOP + _ROW * len(ranked.places)
    across = svg.Scale(0, _end_of_scale(ranked.places), left, _BARS_END)
    return svg.picture(
        ranked.chart.name,
        title=ranked.chart.title,
        alt=ranked.chart.alt,
        height=floor + _FOOT,
        parts=[
            svg.text(0, 12, ranked.counted, size=12),
            svg.text(_RATE, _TOP - 8, "Rate", anchor="end", size=12),
            svg.text(_PLACE, _TOP - 8, "Place", anchor="end", size=12),
            *(
                _row(place, name, at, left, across)
                for at, (place, name) in enumerate(zip(ranked.places, names, strict=True))
            ),
            *_limits(ranked.places, across),
            *_average(ranked, across, floor),
            *_key(ranked.places, across.high, floor + 20),
        ],
    )


def _end_of_scale(places: Sequence[PeerPlace]) -> float:
    longest = max(place.rate for place in places)
    return min(max(longest, *(limit.upper for place in places for limit in place.limits)), _FURTHEST * longest) or 1


def _row(place: PeerPlace, name: str, at: int, left: float, across: svg.Scale) -> str:
    base = _TOP + _ROW * at + 13
    return "".join(
        [
            svg.pointer(3, base - 4.5, svg.BLUE) if place.own else "",
            svg.text(left - 6, base, name, anchor="end", bold=place.own),
            svg.bar(left, base - 11, max(across(place.rate) - left, 1), 13, svg.BLUE if place.own else svg.GREY),
            svg.text(_RATE, base, place.text, anchor="end", bold=place.own),
            svg.text(_PLACE, base, _place(place), anchor="end", bold=place.own),
        ]
    )


def _place(place: PeerPlace) -> str:
    return f"{place.rank}{'=' if place.tied else ''} ({place.rank_lower}–{place.rank_upper})"


def _limits(places: Sequence[PeerPlace], across: svg.Scale) -> Iterator[str]:
    """Each limit as a stepped line, for it is each area's own; where it lies beyond the scale, there is none."""
    for level, dashes in zip(range(len(places[0].limits)), _DASHES, strict=False):
        for end in ("lower", "upper"):
            steps: list[svg.Place | None] = []
            for at, place in enumerate(places):
                value = getattr(place.limits[level], end)
                steps += _step(across(value), at) if 0 < value <= across.high else [None]
            yield from (svg.clear_line(run, svg.INK, dashes=dashes) for run in svg.runs(steps))


def _step(x: float, at: int) -> list[svg.Place | None]:
    """Down the side of one row."""
    return [(x, _TOP + _ROW * at), (x, _TOP + _ROW * (at + 1))]


def _average(ranked: RankedChart, across: svg.Scale, floor: float) -> Iterator[str]:
    if ranked.average is not None:
        x = across(ranked.average)
        yield svg.clear_line([(x, _TOP - 4), (x, floor)], svg.INK, width=2)
        yield svg.text(x, _TOP - 8, f"average {ranked.average_text}", anchor="middle", size=12)


def _key(places: Sequence[PeerPlace], end: float, y: float) -> Iterator[str]:
    """What the lines are, and which of them lie beyond the scale."""
    lines = [("average", "")]
    for level, (limit, dashes) in enumerate(zip(places[0].limits, _DASHES, strict=False)):
        beyond = any(place.limits[level].upper > end for place in places)
        lines.append((f"{limit.name} limits{', upper off the scale' if beyond else ''}", dashes))
    x = 0.0
    for words, dashes in lines:
        yield svg.line([(x, y - 4), (x + 26, y - 4)], svg.INK, width=1.5 if dashes else 2, dashes=dashes)
        yield svg.text(x + 31, y, words, size=12)
        x += 31 + svg.width_of(words, size=11) + 10


def _clipped(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
