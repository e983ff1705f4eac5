"""A measure's standing among the members of a peer group."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from quarterday.commentary import find_peers
from quarterday.commentary.wording import listed
from quarterday.domain.area import Area
from quarterday.domain.figure import Figure
from quarterday.domain.finding import Finding
from quarterday.domain.measure import Measure
from quarterday.domain.period import Period
from quarterday.editions.gather import Gatherer
from quarterday.plan.entries import MeasureEntry, PeerGroupEntry
from quarterday.statistics.counts import is_count
from quarterday.statistics.peers import Positions


def _has_rate(count: Figure, people: Figure | None) -> bool:
    """Whether there is a count, and residents to divide it by."""
    return (
        people is not None
        and people.known >= 1
        and is_count(people.known)
        and count.value is not None
        and is_count(count.value)
    )


@lru_cache(maxsize=64)
def _positions(members: tuple[tuple[str, float, float], ...]) -> Positions | None:
    """Of each member its name, count and residents. Editions of one group ask for the same positions one by one."""
    return find_peers.positions_of(
        {name: count for name, count, _ in members}, {name: people for name, _, people in members}
    )


def member_of(group: PeerGroupEntry, areas: Sequence[Area]) -> str:
    """The member that the partnership is; none, so an empty name, where it is made of several districts or is none."""
    return next((member for member in group.members if len(areas) == 1 and areas[0].is_called(member)), "")


@dataclass(frozen=True)
class Comparison:
    """Where a partnership stands among its peers: ``used`` are all the figures that went in."""

    finding: Finding
    positions: Positions | None
    member: str
    used: tuple[Figure, ...]
    notes: tuple[str, ...]


def compare(
    measure: Measure,
    *,
    entry: MeasureEntry,
    group: PeerGroupEntry,
    area: str,
    period: Period,
    gatherer: Gatherer,
) -> Comparison:
    """The standing among the group's members; one without a count or a population is left out and named."""
    counts = {member: gatherer.total(measure.key, member, period) for member in group.members}
    people = {member: gatherer.latest_before(entry.population, member, period) for member in group.members}
    ranked = [member for member in group.members if _has_rate(counts[member], people[member])]
    absent = [member for member in group.members if member not in ranked]
    positions = _positions(
        tuple((member, counts[member].known, figure.known) for member in ranked if (figure := people[member]))
    )
    finding = find_peers.find_standing(
        measure, area=area, period=period, positions=positions, group=group.name, version=group.version
    )
    notes = [f"Left out of the comparison with {group.name}: {item.area}. {item.reason}" for item in group.left_out]
    if not area:
        notes.append(f"No standing is computed: the partnership is not one of the members of {group.name}.")
    notes += [f"Not ranked, for want of a rate of {measure.name}: {member}." for member in absent]
    years = sorted({figure.period.for_sentence().split()[-1] for figure in people.values() if figure})
    notes += [f"Rates are of residents in {listed(years)}."] if years else []
    used = (*(counts[member] for member in ranked), *(figure for figure in people.values() if figure))
    return Comparison(finding, positions, area, used, tuple(notes))
