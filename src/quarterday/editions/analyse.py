"""What the figures of one priority show: its measures, their totals and their findings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from quarterday.commentary import find
from quarterday.commentary.wording import listed
from quarterday.domain.area import Area
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.finding import Finding
from quarterday.domain.measure import Measure
from quarterday.domain.period import Period
from quarterday.editions.gather import Gatherer, rolling_columns
from quarterday.plan.entries import MeasureEntry, PeerGroupEntry, Plan, PriorityEntry

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Analysis:
    """One measure of the plan with its totals, a column each, and its findings; the first finding is the change.

    ``used`` are all the figures that went in, peers' too; ``notes`` what the reader should know of them.
    """

    entry: MeasureEntry
    measure: Measure
    group: PeerGroupEntry | None
    columns: tuple[Period, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    used: tuple[Figure, ...]
    notes: tuple[str, ...]

    def finding(self, kind: str) -> Finding | None:
        """The finding of one kind, where there is one."""
        return next((finding for finding in self.findings if finding.kind == kind), None)


def analyse_priority(plan: Plan, priority: PriorityEntry, quarter: Period, gatherer: Gatherer) -> tuple[Analysis, ...]:
    """Every measure of a priority; whether a change is clear depends on how many were looked at together."""
    analyses = [_analyse(plan, entry, quarter, gatherer) for entry in priority.measures]
    changes = find.strengthen([analysis.findings[0] for analysis in analyses])
    return tuple(
        replace(analysis, findings=(change, *analysis.findings[1:]))
        for analysis, change in zip(analyses, changes, strict=True)
    )


def _analyse(plan: Plan, entry: MeasureEntry, quarter: Period, gatherer: Gatherer) -> Analysis:
    measure = entry.measure
    name = plan.partnership.short_name
    areas = _areas_in(plan, quarter)
    holding = gatherer.holding(measure.key, areas, name=name)
    columns, years = (rolling_columns(quarter, window=window) for window in (measure.window, MONTHS_OF_A_YEAR))
    figures = holding.over(columns).figures
    findings = [
        find.find_change(measure, holding, columns[-1]),
        find.find_quarters(measure, holding, years),
        find.find_averages(measure, holding, _financial_years(years)),
    ]
    group = plan.peer_group(entry.peer_group) if entry.peer_group and entry.population else None
    compared = None
    if group and group.members:
        member = _member(group, areas)
        compared = _compare(measure, entry=entry, group=group, area=member, period=columns[-1], gatherer=gatherer)
        findings.append(compared.finding)
    return Analysis(
        entry=entry,
        measure=measure,
        group=group,
        columns=columns,
        figures=figures,
        findings=tuple(findings),
        used=(*figures, *_months(holding, columns), *(compared.used if compared else ())),
        notes=(*_disagreements(measure, holding, columns), *(compared.notes if compared else ())),
    )


def _member(group: PeerGroupEntry, areas: Sequence[Area]) -> str:
    """The member that the partnership is; none, so an empty name, where it is made of several districts or is none."""
    return next((member for member in group.members if len(areas) == 1 and areas[0].is_called(member)), "")


def _disagreements(measure: Measure, holding: Holding, columns: Sequence[Period]) -> Iterator[str]:
    for column in columns:
        if said := holding.disagreement(column):
            yield f"{measure.name}: {said}."


def _months(holding: Holding, columns: Sequence[Period]) -> Iterator[Figure]:
    """The months of the two periods compared, which say how much counts vary."""
    last = columns[-1]
    return (
        holding.figures[month] for period in (last.shift(-12), last) for month in period if month in holding.figures
    )


def _areas_in(plan: Plan, quarter: Period) -> tuple[Area, ...]:
    """The districts that are in the partnership as the quarter ends: its figures are theirs, in earlier years too."""
    end = date((quarter.last + 1) // 12, (quarter.last + 1) % 12 + 1, 1) - timedelta(days=1)
    entries = [
        entry
        for entry in plan.partnership.areas
        if (entry.since is None or entry.since <= end) and (entry.until is None or entry.until >= end)
    ]
    if not entries:
        raise InputError(
            f"{plan.partnership.name} had no area at the end of {quarter.for_sentence()}; see the areas in its plan."
        )
    return tuple(entry.area for entry in entries)


def _financial_years(columns: Sequence[Period]) -> list[Period]:
    """The financial years that end within the table."""
    return [column for column in columns if column.is_financial_year]


def _has_rate(count: Figure, people: Figure | None) -> bool:
    return people is not None and people.known > 0 and count.value is not None and count.value >= 0


@dataclass(frozen=True)
class _Comparison:
    finding: Finding
    used: tuple[Figure, ...]
    notes: tuple[str, ...]


def _compare(
    measure: Measure,
    *,
    entry: MeasureEntry,
    group: PeerGroupEntry,
    area: str,
    period: Period,
    gatherer: Gatherer,
) -> _Comparison:
    """The standing among the group's members; one without a count or a population is left out and named."""
    counts = {member: gatherer.total(measure.key, member, period) for member in group.members}
    people = {member: gatherer.latest_before(entry.population, member, period) for member in group.members}
    ranked = [member for member in group.members if _has_rate(counts[member], people[member])]
    absent = [member for member in group.members if member not in ranked]
    finding = find.find_standing(
        measure,
        area=area,
        period=period,
        counts={member: counts[member].known for member in ranked},
        populations={member: figure.known for member in ranked if (figure := people[member])},
    )
    notes = [f"Left out of the comparison with {group.name}: {item.area}. {item.reason}" for item in group.left_out]
    if not area:
        notes.append(f"No standing is computed: the partnership is not one of the members of {group.name}.")
    notes += [f"Not ranked, for want of a rate of {measure.name}: {member}." for member in absent]
    years = sorted({figure.period.for_sentence().split()[-1] for figure in people.values() if figure})
    notes += [f"Rates are of residents in {listed(years)}."] if years else []
    used = (*(counts[member] for member in ranked), *(figure for figure in people.values() if figure))
    return _Comparison(finding, used, tuple(notes))
