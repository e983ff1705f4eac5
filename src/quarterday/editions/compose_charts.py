"""From what a control chart and a peer group show to the pictures of the document: everything worded, nothing drawn."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, takewhile

from quarterday.commentary.wording import capitalised, number, ordinal
from quarterday.domain.measure import Measure
from quarterday.domain.period import Period
from quarterday.editions.analyse import Analysis
from quarterday.report import document as doc
from quarterday.statistics import control, peers, result
from quarterday.statistics.control_drawing import Stretch
from quarterday.statistics.control_limits import Kind
from quarterday.statistics.control_rules import Rule, Signal

# What a title says of the latest point, by the rule that it meets and whether upwards.
_LATEST = {
    (Rule.BURST, True): "more in {month} than chance gives",
    (Rule.OUTSIDE, True): "unusually high in {month}",
    (Rule.OUTSIDE, False): "unusually low in {month}",
    (Rule.TREND, True): "rising for {run} months to {month}",
    (Rule.TREND, False): "falling for {run} months to {month}",
    (Rule.TWO_OF_THREE, True): "near the upper limit in two of three months to {month}",
    (Rule.TWO_OF_THREE, False): "near the lower limit in two of three months to {month}",
    (Rule.SHIFT, True): "above the usual for {run} months to {month}",
    (Rule.SHIFT, False): "below the usual for {run} months to {month}",
}
# Of months without an event, more are fewer events.
_LATEST_GAP = {
    (Rule.BURST, True): "more in {month} than chance gives",
    (Rule.OUTSIDE, True): "unusually long without any, to {month}",
    (Rule.TREND, True): "ever rarer to {month}",
    (Rule.TREND, False): "ever more frequent to {month}",
    (Rule.TWO_OF_THREE, True): "long without any, two times of three to {month}",
    (Rule.SHIFT, True): "rarer than usual, to {month}",
    (Rule.SHIFT, False): "more frequent than usual, to {month}",
}
# The rule that a point meets, as a reader may look it up in the list of rules.
_MET = {
    (Rule.BURST, True): "more in one month than chance gives",
    (Rule.OUTSIDE, True): "above the upper limit",
    (Rule.OUTSIDE, False): "below the lower limit",
    (Rule.TREND, True): "in a run of rising points",
    (Rule.TREND, False): "in a run of falling points",
    (Rule.TWO_OF_THREE, True): "two of three points near the upper limit",
    (Rule.TWO_OF_THREE, False): "two of three points near the lower limit",
    (Rule.SHIFT, True): "in a run of points above the centre",
    (Rule.SHIFT, False): "in a run of points below the centre",
}
_FLAGS_PRINTED = 5
_NOT_KNOWN = "not known"  # such as how long it was since the first event
_NOTHING = (0, 0, 0)  # the lines of months without any event
_KINDS = {Kind.XMR: "XmR", Kind.U_PRIME: "u\N{PRIME}", Kind.P_PRIME: "p\N{PRIME}"}
_WHY_RANKED = "The order shows who lies next to whom; the limits, what of it is more than areas usually differ by."


def control_chart(analysis: Analysis, *, name: str) -> doc.ControlChart:
    """The measure's months with their limits, or why there is no such chart."""
    made, measure = analysis.chart, analysis.measure
    if made is None:
        return _no_chart(measure, analysis.why_no_chart, name=name)
    months = analysis.months
    flags = tuple(_flag(made, months, spell) for spell in _spells(made))
    return doc.ControlChart(
        chart=doc.Chart(
            name=name,
            drawn=True,
            title=f"{measure.name}: {latest_words(made, months)}",
            alt=_alt_of_control(made, months, measure=measure, flags=flags),
        ),
        counted=_counted(made, measure),
        of_gaps=made.of_gaps,
        first=months[0].code,
        months=len(months),
        points=tuple(_point(point, months, analysis.month_marks) for point in made.points),
        limits=tuple(_limits(made, months)),
        flags=flags,
        remarks=tuple(_remarks(made, months)),
        method=_method(f"{_KINDS.get(made.kind, made.kind)} control chart", made.method, why=made.why),
    )


def ranked_chart(analysis: Analysis, *, name: str) -> doc.RankedChart | None:
    """The peers' rates in order; none where the measure is compared with no group."""
    found, group, measure = analysis.positions, analysis.group, analysis.measure
    if found is None or group is None:
        return None
    every = sorted((found.at(area) for area in found.areas), key=lambda at: (at.rank or 0, at.area != analysis.member))
    placed = [position for position in every if position.rate is not None]
    if not placed:
        return None
    own = next((position for position in placed if position.area == analysis.member), None)
    period = analysis.columns[-1]
    return doc.RankedChart(
        chart=doc.Chart(
            name=name,
            drawn=True,
            title=f"{measure.name}: {_place_words(own, placed)}",
            alt=_alt_of_ranks(own, placed, measure=measure, group=group.name, period=period),
        ),
        counted=f"{capitalised(measure.unit)} per 1,000 residents, {period.for_sentence()}",
        average=_plain(placed[0].average),
        average_text=_rate(placed[0].average, _places_of(placed)),
        places=tuple(_place(position, own=position is own, places=_places_of(placed)) for position in placed),
        remarks=tuple(_remarks_on_ranks(placed, group=f"{group.name}, {group.version}")),
        method=_method(found.method.name, found.method, why=_WHY_RANKED),
    )


def latest_words(made: control.Chart, months: Sequence[Period]) -> str:
    """What the chart says of its latest month, in the words of a title."""
    month, latest = months[-1].for_sentence(), made.latest
    if not made.of_gaps and not any(made.values):
        return f"none counted since {months[0].for_sentence()}"
    if latest is None:
        return f"no verdict, for {month} is not known"
    trial = ", on trial limits" if made.trial else ""
    if not latest.signals:
        return f"{_usual_since(made, months)}{trial}"
    first = latest.signals[0]
    words = (_LATEST_GAP if made.of_gaps else _LATEST)[first.rule, first.up]
    return words.format(month=month, run=_met_for(made, first)) + trial


def _met_for(made: control.Chart, signal: Signal) -> int:
    """How many points in a row, up to the latest, meet a rule."""
    return sum(1 for _ in takewhile(lambda signals: signal in signals, reversed(made.signals)))


def _usual_since(made: control.Chart, months: Sequence[Period]) -> str:
    flagged = [point.place for point in made.flagged]
    if flagged and flagged[-1] == len(months) - 2:
        return f"back within its usual range in {months[-1].for_sentence()}"
    since = months[flagged[-1] + 1 if flagged else 0]
    return f"within its usual range since {since.for_sentence()}"


def _no_chart(measure: Measure, why: str, *, name: str) -> doc.ControlChart:
    shown = doc.Chart(
        name=name,
        drawn=False,
        title=f"{measure.name}: no chart of its months",
        alt=f"There is no control chart of {measure.name}: {why}.",
    )
    return doc.ControlChart(
        chart=shown, counted="", of_gaps=False, first="", months=0, points=(), limits=(), flags=(), remarks=(),
        method=None,
    )  # fmt: skip


def _counted(made: control.Chart, measure: Measure) -> str:
    if made.of_gaps:
        return f"Months without any {measure.unit} before each month with some"
    return f"{capitalised(measure.unit)} a month"


def _point(point: control.Point, months: Sequence[Period], marks: Mapping[int, str]) -> doc.ControlPoint:
    return doc.ControlPoint(
        place=point.place,
        month=months[point.place].code,
        value=_plain(point.value),
        text=marks.get(point.place, _NOT_KNOWN) if point.value is None else number(point.value),
        signals=tuple(_MET[signal.rule, signal.up] for signal in point.signals),
        way=("up" if point.signals[0].up else "down") if point.signals else "",
    )


def _limits(made: control.Chart, months: Sequence[Period]) -> Iterator[doc.ControlLimits]:
    """One entry for each run of points that share their limits, within a stretch."""
    for stretch in made.stretches:
        lines = [
            (place, made.centre[at], made.lower[at], made.upper[at])
            for at, place in enumerate(made.places)
            if stretch.start <= place < stretch.stop
        ]
        runs = [(line, [place for place, *_ in run]) for line, run in groupby(lines, key=lambda line: line[1:])]
        starts = [stretch.start, *(places[0] for _, places in runs[1:])] if runs else []
        stops = [*starts[1:], stretch.stop] if runs else []
        for (line, _), start, stop in zip(runs, starts, stops, strict=True):
            reason = stretch.reason if start == stretch.start else ""
            yield _limits_of(line, stretch, reason=reason, start=start, stop=stop, months=months, of_gaps=made.of_gaps)


def _limits_of(
    line: tuple[float | None, ...],
    stretch: Stretch,
    *,
    reason: str,
    start: int,
    stop: int,
    months: Sequence[Period],
    of_gaps: bool,
) -> doc.ControlLimits:
    centre, lower, upper = (None, None, None) if line == _NOTHING else line
    span = Period.run(months[start], months[stop - 1]).for_sentence()
    said = _gap_limits_text(centre, upper, stretch) if of_gaps else _limits_text(centre, lower, upper)
    return doc.ControlLimits(
        start=start,
        stop=stop,
        centre=_plain(centre),
        lower=_plain(lower or None),  # counts cannot be under nought, so there it is no limit
        upper=_plain(upper),
        reason=reason,
        text=f"{capitalised(span)}: {said}{_trial_text(stretch)}.",
    )


def _limits_text(centre: float | None, lower: float | None, upper: float | None) -> str:
    if centre is None:
        return "none counted, so there are no limits"
    average = f"average {number(centre, places=1)}"
    if upper is None:
        return f"{average}, and too few months for limits"
    if not lower:
        return f"{average}, upper limit {number(upper, places=1)}, no lower limit"
    return f"{average}, limits {number(lower, places=1)} and {number(upper, places=1)}"


def _gap_limits_text(centre: float | None, upper: float | None, stretch: Stretch) -> str:
    if centre is None or upper is None:
        return "too few months with any for limits"
    burst = stretch.most_in_a_month
    said = f"{number(centre, places=1)} months without on average, upper limit {number(upper)}"
    return said if burst is None else f"{said}; more than {number(burst)} in one month are more than chance gives"


def _trial_text(stretch: Stretch) -> str:
    return f"; trial limits, for they rest on {stretch.known} points" if stretch.trial else ""


def _spells(made: control.Chart) -> Iterator[list[control.Point]]:
    """The flagged points, those together that follow each other and point the same way."""
    points = [point for point in made.points if point.value is not None or point.signals]
    for way, spell in groupby(points, key=lambda point: point.signals[0].up if point.signals else None):
        if way is not None:
            yield list(spell)


def _flag(made: control.Chart, months: Sequence[Period], spell: Sequence[control.Point]) -> str:
    """As a sentence: ``March 2012, 68: above the upper limit.`` or ``April 2011 to March 2012: in a run of ...``."""
    first, last = spell[0], spell[-1]
    met = dict.fromkeys(_MET[signal.rule, signal.up] for point in spell for signal in point.signals)
    start, end = (months[point.place].for_sentence() for point in (first, last))
    if len(spell) > 1:
        return f"{start} to {end}: {'; '.join(met)}."
    value = "" if first.value is None else f", {number(first.value)}{' months without' if made.of_gaps else ''}"
    return f"{start}{value}: {'; '.join(met)}."


def _remarks(made: control.Chart, months: Sequence[Period]) -> Iterator[str]:
    missing = [months[place] for place, value in zip(made.places, made.values, strict=True) if value is None]
    if missing and not made.of_gaps:
        yield f"Without a figure, so a gap: {_some([month.for_table() for month in missing])}."
    for stretch in made.stretches:
        if stretch.reason:
            yield f"Limits begin anew in {months[stretch.start].for_sentence()}: {stretch.reason.rstrip('.')}."
    if made.of_gaps:
        yield "High means longer without any, so fewer."


def _some(items: Sequence[str]) -> str:
    more = f" and {len(items) - _FLAGS_PRINTED} more" if len(items) > _FLAGS_PRINTED else ""
    return ", ".join(items[:_FLAGS_PRINTED]) + more


def _alt_of_control(made: control.Chart, months: Sequence[Period], *, measure: Measure, flags: Sequence[str]) -> str:
    span = f"{months[0].for_sentence()} to {months[-1].for_sentence()}"
    what = "months without any" if made.of_gaps else f"{len(months)} months"
    opening = f"Control chart of {measure.name}, {what}, {span}."
    *_, limits = _limits(made, months)
    if not flags:
        return f"{opening} {limits.text} No point is flagged."
    more = f" Earlier ones: {len(flags) - _FLAGS_PRINTED}." if len(flags) > _FLAGS_PRINTED else ""
    return f"{opening} {limits.text} Flagged: {' '.join(flags[-_FLAGS_PRINTED:])}{more}"


def _method(name: str, method: result.Method, *, why: str) -> doc.Method:
    options = {option.replace("_", " "): _option(value) for option, value in method.options.items()}
    return doc.Method(name=name, text=why, options=options, source=method.source)


def _option(value: result.Option) -> str:
    if value is None or value is False:
        return "no"
    if value is True:
        return "yes"
    return number(value) if isinstance(value, float) else str(value)


def _place_words(own: peers.Position | None, placed: Sequence[peers.Position]) -> str:
    if own is None or own.rank is None:
        return f"the rates of {len(placed)} areas"
    return f"{ordinal(own.rank)} of {own.of} (1 = lowest), {own.label}"


def _alt_of_ranks(
    own: peers.Position | None, placed: Sequence[peers.Position], *, measure: Measure, group: str, period: Period
) -> str:
    lowest, highest, places = placed[0], placed[-1], _places_of(placed)
    said = (
        f"Bars of {measure.name} per 1,000 residents in {period.for_sentence()}, {len(placed)} areas of {group}, from "
        f"{lowest.area} ({_rate(lowest.rate, places)}) to {highest.area} ({_rate(highest.rate, places)}), round an "
        f"average of {_rate(lowest.average, places)}."
    )
    if own is None:
        return said
    return (
        f"{said} {own.area}: {_rate(own.rate, places)}, {own.label}; place {own.rank}, between {own.rank_lower} and "
        f"{own.rank_upper} at 95% confidence."
    )


def _places_of(placed: Sequence[peers.Position]) -> int:
    """How many decimals tell the rates apart: one, or two where their average is under 1."""
    return 1 if (placed[0].average or 0) >= 1 else 2


def _rate(rate: float | None, places: int) -> str:
    return number(rate or 0, places=places)


def _place(position: peers.Position, *, own: bool, places: int) -> doc.PeerPlace:
    if position.rate is None or position.rank is None or position.rank_lower is None or position.rank_upper is None:
        raise ValueError(f"{position.area} has no rate, so it has no place.")
    return doc.PeerPlace(
        area=position.area,
        own=own,
        rate=_plain(position.rate) or 0,
        text=_rate(position.rate, places),
        limits=tuple(
            doc.RateLimits(
                name=_level(each),
                lower=each.lower,
                upper=each.upper,
                text=f"{_rate(each.lower, places)} to {_rate(each.upper, places)}",
            )
            for each in position.limits
        ),
        position=str(position.label),
        rank=position.rank,
        rank_lower=position.rank_lower,
        rank_upper=position.rank_upper,
        tied=bool(position.tied),
        place=f"{position.rank}{'=' if position.tied else ''} ({position.rank_lower} to {position.rank_upper})",
    )


def _level(limits: peers.Limits) -> str:
    return f"{limits.confidence * 100:g}%"


def _remarks_on_ranks(placed: Sequence[peers.Position], *, group: str) -> Iterator[str]:
    first = placed[0]
    levels = " and ".join(_level(each) for each in first.limits)
    yield (
        f"Peer group: {group}. Average {_rate(first.average, _places_of(placed))}; outside its limits at {levels} an "
        "area lies further from it than areas usually do. Places: 1 is the lowest rate; in brackets, the places "
        "that it may as well have at 95% confidence."
    )
    if any(position.tied for position in placed):
        yield "Areas with = share their place."


def _plain(value: float | None) -> int | float | None:
    """A whole number without a decimal point, so that it reads the same however it was kept."""
    return int(value) if value is not None and float(value).is_integer() else value
