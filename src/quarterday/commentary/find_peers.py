"""From the counts and residents of a peer group to where an area stands in it, and what others said of that."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from quarterday.commentary.find import told_by
from quarterday.domain.finding import Finding, Kind, Limits, Strength
from quarterday.domain.measure import Measure, Polarity
from quarterday.domain.period import Period
from quarterday.statistics import peers
from quarterday.statistics.peers import Label
from quarterday.statistics.ranking import RANKING

_STRENGTHS = {
    Label.WELL_BELOW: Strength.CLEAR,
    Label.BELOW: Strength.LIKELY,
    Label.IN_LINE: Strength.NO_CLEAR_CHANGE,
    Label.ABOVE: Strength.LIKELY,
    Label.WELL_ABOVE: Strength.CLEAR,
}


def positions_of(counts: Mapping[str, float], populations: Mapping[str, float]) -> peers.Positions | None:
    """Each member's place among those that have both a count and residents; ``None`` where fewer than two have."""
    members = [member for member in counts if member in populations]
    if len(members) < peers.LEAST_MEMBERS:
        return None
    return peers.positions(
        [counts[member] for member in members], [populations[member] for member in members], areas=members
    )


def find_standing(
    measure: Measure,
    *,
    area: str,
    period: Period,
    positions: peers.Positions | None,
    group: str = "",
    version: str = "",
) -> Finding:
    """The place by rate per 1,000 residents, and whether it lies further from the average than areas usually do."""
    finding = Finding(Kind.STANDING, measure.name, area, (period,), method="rank of rates per 1,000 residents")
    if positions is None or area not in positions.areas:
        return replace(finding, unavailable=f"no rate for {area} and some peer in {period.for_sentence()}")
    place = positions.at(area)
    numbers = {
        "rate": place.rate,
        "average": place.average,
        "difference": place.difference,
        "per_cent": place.per_cent,
        "rank": place.rank,
        "of": place.of,
        "tied_with": int(np.ma.sum(positions.rank == place.rank)) - 1,
        "phi": place.phi,
        "tau2": place.tau2,
    }
    funnel = {f"rate at {limits.confidence:.1%}": limits for limits in place.limits}
    ranks = Limits(place.rank_lower, place.rank_upper, RANKING.confidence)
    label = place.label or Label.IN_LINE
    return replace(
        told_by(finding, positions.method),
        values={name: value for name, value in numbers.items() if value is not None},
        limits={"rank": ranks} | {name: Limits(at.lower, at.upper, at.confidence) for name, at in funnel.items()},
        labels={"position": label.value, "scale": "1 = lowest", "group": group, "version": version},
        verdict=measure.polarity.verdict(place.difference or 0) if label is not Label.IN_LINE else "",
        strength=_STRENGTHS[label],
    )


def find_quoted(
    measure: Measure,
    *,
    area: str,
    period: Period,
    rank: int,
    of: int,
    position: str,
    group: str,
    version: str,
    source: str,
) -> Finding:
    """A standing that came from elsewhere, as it was quoted: 1 is the best place, as its source counts.

    That is the lowest where lower is better.
    """
    return Finding(
        kind=Kind.QUOTED,
        measure=measure.name,
        area=area,
        periods=(period,),
        method="quoted, and not checked",
        source=source,
        values={"rank": rank, "of": of},
        labels={
            "position": position,
            "scale": "1 = lowest" if measure.polarity is Polarity.LOWER else "1 = best",
            "group": group,
            "version": version,
            "source": source,
        },
    )
