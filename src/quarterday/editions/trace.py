"""Asking what is held, and where a number comes from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quarterday.domain.area import Area, key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.editions.gather import Gatherer
from quarterday.warehouse.base import Release, SourceRow, Warehouse


@dataclass(frozen=True)
class Trace:
    """A figure, the figures that it was worked out from (itself, where it came in), their releases and rows.

    ``rows`` are those that were counted, and the repeats among them that were not; none where figures came as such.
    ``origins`` says where in its file a part stands, by its period.
    """

    figure: Figure
    parts: tuple[Figure, ...]
    releases: tuple[Release, ...]
    rows: tuple[SourceRow, ...]
    origins: Mapping[Period, str]


def figures_held(
    warehouse: Warehouse,
    *,
    measure: str = "",
    area: str = "",
    within: Period | None = None,
    rolling: int | None = None,
    release: str = "",
) -> tuple[Figure, ...]:
    """The figures of a measure in an area that end in ``within``, as they came in; of all where one is not named.

    With ``rolling``, the total over so many months to the end of each of them instead, missing ones with their reason.
    With ``release``, those that came with it, whatever has been loaded since.
    """
    held = _holdings(warehouse, measure, area, release=release)
    return tuple(figure for holding in held for figure in figures_of(holding, within=within, rolling=rolling))


def figures_of(holding: Holding, *, within: Period | None = None, rolling: int | None = None) -> list[Figure]:
    """The figures of a holding that end in ``within``, by time; with ``rolling``, the totals to each of those ends."""
    kept = [
        figure
        for figure in holding.figures.values()
        if within is None or within.first <= figure.period.last <= within.last
    ]
    kept.sort(key=lambda figure: (figure.period.last, figure.period.months))
    if rolling is None:
        return kept
    ends = dict.fromkeys(figure.period.last for figure in kept)
    return [holding.total(Period(end - rolling + 1, rolling)) for end in ends]


def _holdings(warehouse: Warehouse, measure: str, area: str, *, release: str) -> Sequence[Holding]:
    if release:
        return _of_release(warehouse.figures_in(release), measure=key_of(measure), area=key_of(area))
    if measure and area:
        return [_holding(warehouse, measure, area)]
    measures = [measure] if measure else warehouse.measures()
    held = [holding for name in measures for holding in warehouse.holdings(name).values()]
    wanted = [holding for holding in held if not area or key_of(holding.area) == key_of(area)]
    if not wanted:
        raise InputError(_nothing_held(warehouse, measure, area))
    return wanted


def _of_release(figures: Sequence[Figure], *, measure: str, area: str) -> Sequence[Holding]:
    found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        found[key_of(figure.measure), key_of(figure.area)].append(figure)
    wanted = (held for key, held in found.items() if measure in {"", key[0]} and area in {"", key[1]})
    return [Holding(held[0].measure, held[0].area, {figure.period: figure for figure in held}) for held in wanted]


def trace(warehouse: Warehouse, *, measure: str, area: str, period: Period) -> Trace:
    """Where the total over ``period`` comes from."""
    return _traced(warehouse, _holding(warehouse, measure, area), period)


def trace_in(warehouse: Warehouse, measure: str, areas: Sequence[Area], *, period: Period) -> tuple[Trace, ...]:
    """Where the total of an area made of several comes from: one trace an area, also of those without figures."""
    gatherer = Gatherer(warehouse)
    return tuple(_traced(warehouse, gatherer.held_in(measure, area), period) for area in areas)


def _traced(warehouse: Warehouse, holding: Holding, period: Period) -> Trace:
    figure = holding.total(period)
    parts = tuple(holding.figures[part] for part in figure.parts) or (figure,)
    names = {name for part in parts for name in part.releases}
    releases = tuple(release for release in warehouse.releases() if release.id in names)
    rows: list[SourceRow] = []
    origins: dict[Period, str] = {}
    for release in releases:
        for (measure, area), came in _by_name(parts, release.id).items():
            periods = tuple(part.period for part in came)
            rows += warehouse.rows_behind(release.id, measure=measure, area=area, periods=periods)
            said = warehouse.origins(release.id, measure=measure, area=area)
            origins |= {
                part.period: said[part.period]
                for part in came
                if part.period in said and part.releases == (release.id,)
            }
    return Trace(figure, parts, releases, tuple(rows), origins)


def _by_name(parts: Sequence[Figure], release: str) -> Mapping[tuple[str, str], list[Figure]]:
    """The parts that came with a release, by the measure's and the area's name there: a name, or a code."""
    found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for part in parts:
        if release in part.releases:
            found[part.measure, part.area].append(part)
    return found


def _holding(warehouse: Warehouse, measure: str, area: str) -> Holding:
    holding = Gatherer(warehouse).holding(measure, [Area(area)], name=area)
    if not holding.figures:
        raise InputError(_nothing_held(warehouse, measure, area))
    return holding


def _nothing_held(warehouse: Warehouse, measure: str, area: str) -> str:
    """Which of the two names is not known, and what is."""
    areas = sorted(holding.area for holding in warehouse.holdings(measure).values())
    if area and not measure:
        return f"no figures are held for {area!r}; quarterday figures --measure NAME lists the areas of a measure."
    if areas:
        return f"no figures of {measure!r} are held for {area!r}; held are those for {_some(areas)}."
    return f"no figures of a measure {measure!r} are held; held are {_some(warehouse.measures())}."


def _some(names: Sequence[str], most: int = 40) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more if names else "none at all"
