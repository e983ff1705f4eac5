"""The pictures: what they draw, and that a page of any strictness may show them."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from quarterday.report import svg
from quarterday.report.chart import draw
from quarterday.report.chart_control import draw_control
from quarterday.report.chart_ranked import draw_ranked
from quarterday.report.document import (
    Chart,
    ControlChart,
    ControlLimits,
    ControlPoint,
    Document,
    PeerPlace,
    RankedChart,
    RateLimits,
)

SVG = "{http://www.w3.org/2000/svg}"


def point(place: int, value: int | None, *, way: str = "") -> ControlPoint:
    signals = ("above the upper limit",) if way else ()
    text = "not known" if value is None else str(value)
    return ControlPoint(place=place, month="2024-01", value=value, text=text, signals=signals, way=way)


def limits(start: int, stop: int, centre: float, *, reason: str = "") -> ControlLimits:
    return ControlLimits(
        start=start, stop=stop, centre=centre, lower=centre - 10, upper=centre + 10, reason=reason, text=""
    )


def control(*points: ControlPoint, lines: tuple[ControlLimits, ...], title: str = "Theft: high") -> ControlChart:
    chart = Chart(name="1-theft-months", drawn=True, title=title, alt="A chart of Theft.")
    return ControlChart(
        chart=chart, counted="Thefts a month", of_gaps=False, first="2024-01", months=len(points), points=points,
        limits=lines, flags=(), remarks=(), method=None,
    )  # fmt: skip


def ranked(*rates: float, own: int = 0, area: str = "Area") -> RankedChart:
    chart = Chart(name="1-theft-peers", drawn=True, title="Theft: 1st of 3", alt="Bars of Theft.")
    places = tuple(
        PeerPlace(
            area=f"{area} {at}", own=at == own, rate=rate, text=f"{rate:.1f}", position="in line with the average",
            limits=(
                RateLimits(name="95%", lower=2, upper=6, text="2.0 to 6.0"),
                RateLimits(name="99.8%", lower=1, upper=7, text="1.0 to 7.0"),
            ),
            rank=at + 1, rank_lower=1, rank_upper=3, tied=False, place=f"{at + 1} (1 to 3)",
        )
        for at, rate in enumerate(rates)
    )  # fmt: skip
    return RankedChart(
        chart=chart, counted="Thefts per 1,000 residents", average=4, average_text="4.0", places=places, remarks=(),
        method=None,
    )  # fmt: skip


def drawn(picture: str, tag: str) -> list[dict[str, str]]:
    """Every element of one kind, with its attributes."""
    return [element.attrib for element in ET.fromstring(picture).iter(f"{SVG}{tag}")]  # noqa: S314 - our own


def words(picture: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(picture).iter(f"{SVG}text")]  # noqa: S314 - our own


def corners(attributes: dict[str, str]) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in attributes["points"].split())]


PICTURES = (
    draw_control(control(point(0, 40), point(1, 60, way="up"), lines=(limits(0, 2, 45),))),
    draw_ranked(ranked(2, 4, 6)),
)


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_says_what_it_shows_to_those_who_do_not_see_it(picture: str) -> None:
    (root,) = drawn(picture, "svg")
    named = [element["id"] for tag in ("title", "desc") for element in drawn(picture, tag)]
    assert (root["role"], root["aria-labelledby"].split()) == ("img", named)
    assert all(name.startswith("1-theft-") for name in named)


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_has_nothing_that_a_strict_page_forbids(picture: str) -> None:
    assert not re.search(r"<style|<script|style=|\bon\w+=|href", picture)


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_has_no_number_that_is_none_and_none_of_needless_length(picture: str) -> None:
    assert not re.search(r"\b(nan|inf|None)\b", picture)
    assert not re.search(r"\d\.\d{2,}", picture)


@pytest.mark.parametrize("colour", [svg.BLUE, svg.PINK, svg.GREY, svg.INK])
def test_every_colour_stands_out_from_white_by_three_to_one(colour: str) -> None:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    luminance = sum(part * channel for part, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 3


def test_a_flagged_point_has_another_shape_and_points_the_way_it_went() -> None:
    up, down = (
        draw_control(control(point(0, 40), point(1, 60, way=way), lines=(limits(0, 2, 45),))) for way in ("up", "down")
    )
    for picture, tip in ((up, min), (down, max)):
        (triangle,) = drawn(picture, "polygon")
        heights = [y for _, y in corners(triangle)]
        assert heights.count(tip(heights)) == 1
        assert len(drawn(picture, "circle")) == 1


def test_a_missing_month_parts_the_line_and_has_no_mark() -> None:
    points = (point(0, 40), point(1, 42), point(2, None), point(3, 44), point(4, 41))
    picture = draw_control(control(*points, lines=(limits(0, 5, 42),)))
    assert len([line for line in drawn(picture, "polyline") if line["stroke"] == svg.BLUE]) == 2
    assert len(drawn(picture, "circle")) == 4


def test_limits_step_where_they_begin_anew() -> None:
    points = tuple(point(at, 40 if at < 3 else 80) for at in range(6))
    lines = (limits(0, 3, 40), limits(3, 6, 80, reason="counting changed"))
    picture = draw_control(control(*points, lines=lines))
    level = [corners(line) for line in drawn(picture, "polyline") if line["stroke"] == svg.GREY]
    assert len(level) == 6
    assert all(start[1] == end[1] for start, end in level)
    assert level[0][1][0] == level[3][0][0]
    assert "limits anew" in words(picture)


def test_the_lines_names_never_overlap() -> None:
    near = ControlLimits(start=0, stop=2, centre=40, lower=39.9, upper=40.1, reason="", text="")
    picture = draw_control(control(point(0, 0), point(1, 40), lines=(near,)))
    found = ET.fromstring(picture).iter(f"{SVG}text")  # noqa: S314 - our own
    heights = sorted(
        float(text.attrib["y"]) for text in found if re.match(r"upper|average|lower|\d+ latest", text.text or "")
    )
    assert len(heights) == 4
    assert all(later - earlier >= 14 for earlier, later in pairwise(heights))


def test_bars_are_as_long_as_their_rates_are_high_and_stand_on_nought() -> None:
    bars = drawn(draw_ranked(ranked(2, 4, 6)), "rect")
    assert len({bar["x"] for bar in bars}) == 1
    widths = [float(bar["width"]) for bar in bars]
    assert widths[1] / widths[0] == pytest.approx(2, abs=0.01)
    assert widths[2] / widths[0] == pytest.approx(3, abs=0.01)


def test_the_area_itself_is_told_apart_by_more_than_its_colour() -> None:
    picture = draw_ranked(ranked(2, 4, 6, own=1))
    bold = re.findall(r"<text[^>]*font-weight=\"600\"[^>]*>([^<]*)<", picture)
    assert bold == ["Area 1", "4.0", "2 (1–3)"]
    assert len(drawn(picture, "polygon")) == 1


def test_the_average_and_each_pair_of_limits_are_lines_with_a_key() -> None:
    picture = draw_ranked(ranked(2, 4, 6))
    assert {"average 4.0", "average", "95% limits", "99.8% limits"} <= set(words(picture))
    assert {line.get("stroke-dasharray", "") for line in drawn(picture, "polyline")} == {"", "5 3", "1.5 2.5"}


def test_limits_beyond_the_scale_are_said_to_be() -> None:
    assert "99.8% limits, upper off the scale" in words(draw_ranked(ranked(1, 2, 3)))


def test_names_are_words_and_never_markup() -> None:
    assert "<script" not in draw_ranked(ranked(2, 4, area="<script>alert(1)</script>"))
    title = draw_control(control(point(0, 40), point(1, 41), lines=(limits(0, 2, 45),), title='"<b>" & more'))
    assert drawn(title, "b") == []


@pytest.mark.parametrize(
    ("low", "high", "whole", "expected"),
    [
        (0, 209, True, (0, 50, 100, 150, 200, 250)),
        (0, 0, True, (0, 1)),
        (0, 1, True, (0, 1)),
        (97.6, 192, False, (80, 100, 120, 140, 160, 180, 200)),
        (0, 0.47, False, (0, 0.1, 0.2, 0.3, 0.4, 0.5)),
        (-12, 30, False, (-20, -10, 0, 10, 20, 30)),
    ],
)
def test_an_axis_has_few_round_numbers_that_hold_all_values(
    low: float,
    high: float,
    whole: bool,  # noqa: FBT001 - a case
    expected: tuple[float, ...],
) -> None:
    assert svg.ticks(low, high, whole=whole) == expected


def test_a_measure_without_totals_or_months_has_no_picture(redditch_document: Document) -> None:
    (table,) = redditch_document.measure_tables
    assert sorted(draw(redditch_document)) == sorted(row.chart.name for row in table.rows)
