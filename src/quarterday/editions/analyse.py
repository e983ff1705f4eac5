"""What the figures of one priority show: its measures, their totals and their findings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from quarterday.commentary import find, find_over_time
from quarterday.commentary.held import Figures
from quarterday.domain.area import Area
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.finding import Finding, Kind
from quarterday.domain.measure import Measure
from quarterday.domain.period import Period
from quarterday.editions.agreed import Whole, quoted, revisions_since, targets_running, whole_of
from quarterday.editions.compare import Comparison, compare, member_of
from quarterday.editions.gather import Gatherer, rolling_columns
from quarterday.plan.entries import MeasureEntry, PeerGroupEntry, Plan, PriorityEntry
from quarterday.report.document import Document
from quarterday.statistics.control import Chart
from quarterday.statistics.peers import Positions

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Analysis:
    """One measure of the plan with its totals, a column each, and its findings; the first finding is the change.

    ``used`` are all the figures that went in, peers' too; ``notes`` what the reader should know of them. ``chart`` is
    the control chart of ``months``, one a place, or ``None`` where ``why_no_chart`` says why; ``month_marks`` stand in
    the place of missing months. ``positions`` are those of the peer group, in which this partnership is ``member``.
    ``holding`` is all that is held of it.
    """

    entry: MeasureEntry
    measure: Measure
    group: PeerGroupEntry | None
    columns: tuple[Period, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    used: tuple[Figure, ...]
    notes: tuple[str, ...]
    chart: Chart | None = None
    months: tuple[Period, ...] = ()
    month_marks: Mapping[int, str] = field(default_factory=dict)
    why_no_chart: str = ""
    positions: Positions | None = None
    member: str = ""
    holding: Holding | None = None

    @cached_property
    def evidence(self) -> tuple[Figure, ...]:
        """What a claim may be held against, the measure's own figures first; a mark without a number is none."""
        held = () if self.holding is None else self.holding.figures.values()
        every = dict.fromkeys((*held, *self.figures, *self.used))
        return tuple(figure for figure in every if figure.value is not None)

    @cached_property
    def evidence_by_name(self) -> Figures:
        """The same, made ready once for every text that is checked."""
        return Figures(self.evidence)

    def finding(self, kind: str) -> Finding | None:
        """The finding of one kind, where there is one."""
        return next((finding for finding in self.findings if finding.kind == kind), None)


def analyse_plan(
    plan: Plan, quarter: Period, gatherer: Gatherer, *, last: Document | None = None
) -> tuple[tuple[PriorityEntry, tuple[Analysis, ...]], ...]:
    """Every priority with its measures, analysed; a plan without any measure is an error."""
    if not any(priority.measures for priority in plan.priorities):
        raise InputError("there is no measure in the plan, so there is nothing to report; add one and load the plan.")
    return tuple(
        (priority, analyse_priority(plan, priority, quarter, gatherer, last=last)) for priority in plan.priorities
    )


def analyse_priority(
    plan: Plan, priority: PriorityEntry, quarter: Period, gatherer: Gatherer, *, last: Document | None = None
) -> tuple[Analysis, ...]:
    """Every measure of a priority; what is clear depends on how many were looked at together.

    ``last`` is the edition before, whose totals are compared with what they are now.
    """
    analyses = tuple(_analyse(plan, entry, quarter, gatherer, last) for entry in priority.measures)
    for kind in (Kind.CHANGE, Kind.MONTHS, Kind.TREND):
        analyses = _strengthened(analyses, kind)
    return analyses


def _strengthened(analyses: Sequence[Analysis], kind: Kind) -> tuple[Analysis, ...]:
    """The same, with the findings of one kind judged together."""
    found = [next(finding for finding in analysis.findings if finding.kind == kind) for analysis in analyses]
    return tuple(
        replace(analysis, findings=tuple(after if finding is before else finding for finding in analysis.findings))
        for analysis, before, after in zip(analyses, found, find.strengthen(found), strict=True)
    )


def _analyse(plan: Plan, entry: MeasureEntry, quarter: Period, gatherer: Gatherer, last: Document | None) -> Analysis:
    measure = entry.measure
    name = plan.partnership.short_name
    areas = areas_in(plan, quarter)
    holding = gatherer.holding(measure.key, areas, name=name)
    columns = rolling_columns(quarter, window=measure.window)
    figures = holding.over(columns).figures
    charted = find_over_time.chart_of(measure, holding, last=quarter)
    group = plan.peer_group(entry.peer_group) if entry.peer_group and entry.population else None
    compared = None
    if group and group.members:
        member = member_of(group, areas)
        compared = compare(measure, entry=entry, group=group, area=member, period=columns[-1], gatherer=gatherer)
    whole = whole_of(plan, measure, areas, gatherer=gatherer, period=columns[-1])
    findings = [
        *_over_time(measure, holding, quarter, charted),
        *([whole.finding(measure, holding)] if whole else []),
        *([compared.finding] if compared else []),
        *quoted(entry, measure, name, columns[-1]),
        *targets_running(entry, measure, holding, quarter),
        *revisions_since(measure, holding, last),
    ]
    return Analysis(
        entry=entry,
        measure=measure,
        group=group,
        columns=columns,
        figures=figures,
        findings=tuple(findings),
        used=tuple(_used(holding, figures, (*_months_compared(columns[-1]), *charted.months), (compared, whole))),
        notes=(*_disagreements(measure, holding, columns), *(compared.notes if compared else ())),
        chart=charted.chart,
        months=charted.months,
        month_marks=charted.marks,
        why_no_chart=charted.why_not,
        positions=compared.positions if compared else None,
        member=compared.member if compared else "",
        holding=holding,
    )


def _over_time(measure: Measure, holding: Holding, quarter: Period, charted: find_over_time.Charted) -> list[Finding]:
    """What the measure's own figures tell; the change comes first."""
    period = Period.ending(quarter, measure.window)
    years = rolling_columns(quarter, window=MONTHS_OF_A_YEAR)
    return [
        find.find_change(measure, holding, period),
        *find_over_time.find_months(measure, holding, period),
        find_over_time.find_control(measure, holding, charted),
        find_over_time.find_trend(measure, holding, last=quarter),
        find.find_quarters(measure, holding, years),
        find.find_averages(measure, holding, _financial_years(years)),
    ]


def _used(
    holding: Holding, analysed: Iterable[Figure], months: Iterable[Period], others: Iterable[Comparison | Whole | None]
) -> Iterator[Figure]:
    """All that went in: totals, months, peers, and what the measure is a part of."""
    yield from analysed
    yield from (holding.figures[month] for month in dict.fromkeys(months) if month in holding.figures)
    for other in others:
        yield from other.used if other else ()


def _months_compared(period: Period) -> Iterator[Period]:
    """The months of a period and of the one a year before, which say how much counts vary."""
    yield from period.shift(-MONTHS_OF_A_YEAR)
    yield from period


def _disagreements(measure: Measure, holding: Holding, columns: Sequence[Period]) -> Iterator[str]:
    for column in columns:
        if said := holding.disagreement(column):
            yield f"{measure.name}: {said}."


def areas_in(plan: Plan, quarter: Period) -> tuple[Area, ...]:
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
