"""A measure beside what stands elsewhere: what it is part of, standings quoted, targets, and the last edition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quarterday.commentary import find_peers, find_revisions, find_share, find_target
from quarterday.domain.area import Area, key_of
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.finding import Finding, Kind
from quarterday.domain.measure import Measure
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_period
from quarterday.editions.gather import Gatherer
from quarterday.plan.choices import TargetKind
from quarterday.plan.entries import BaselineEntry, MeasureEntry, Plan, TargetEntry
from quarterday.report.document import Document
from quarterday.sources.police_uk_names import ALL_CRIME, ANTI_SOCIAL, TYPES

_CRIMES = {key_of(f"{kind} (police.uk)") for kind in TYPES if kind != ANTI_SOCIAL}


@dataclass(frozen=True)
class Whole:
    """What a measure is a part of over ``period``, by the name that readers see."""

    name: str
    holding: Holding
    period: Period

    @property
    def used(self) -> tuple[Figure, ...]:
        """The totals of both years."""
        return self.holding.total(self.period.shift(-12)), self.holding.total(self.period)

    def finding(self, measure: Measure, part: Holding) -> Finding:
        """The share that ``part`` is of it."""
        return find_share.find_share(measure, part, self.holding, self.period, whole_name=self.name)


def whole_of(
    plan: Plan, measure: Measure, areas: Sequence[Area], *, gatherer: Gatherer, period: Period
) -> Whole | None:
    """All crime, for a type of crime of the police.uk archive; of other measures no plan says what they are part of."""
    if measure.key not in _CRIMES:
        return None
    key = key_of(ALL_CRIME)
    measures = [entry.measure for priority in plan.priorities for entry in priority.measures]
    name = next((each.name for each in measures if each.key == key), "All crime")
    holding = gatherer.holding(key, areas, name=plan.partnership.short_name)
    return Whole(name[:1].lower() + name[1:], holding, period) if holding.figures else None


def quoted(entry: MeasureEntry, measure: Measure, area: str, period: Period) -> Iterator[Finding]:
    """The latest standing that was quoted of some month of the period."""
    found = [item for item in entry.standings if item.period.overlaps(period)]
    if found:
        latest = max(found, key=lambda item: (item.period.last, item.period.months))
        yield find_peers.find_quoted(
            measure,
            area=area,
            period=latest.period,
            rank=latest.rank,
            of=latest.of,
            position=latest.position,
            group=latest.group,
            version=latest.version,
            source=latest.source,
        )


def targets_running(entry: MeasureEntry, measure: Measure, holding: Holding, quarter: Period) -> Iterator[Finding]:
    """The target whose period runs in the quarter, and where there are several the one that ends first."""
    running = [target for target in entry.targets if target.period.overlaps(quarter)]
    if not running:
        return
    agreed = min(running, key=lambda target: target.period.last)
    wanted = _in_counts(agreed, entry.baselines)
    if wanted is None:
        why = f"no baseline before {agreed.period.for_sentence()} is agreed, of which it would be a per cent"
        yield Finding(
            Kind.TARGET, measure.name, holding.area, (agreed.period,), "value against target", unavailable=why
        )
        return
    yield find_target.find_target(measure, holding, wanted, last=quarter)


def _in_counts(target: TargetEntry, baselines: Sequence[BaselineEntry]) -> find_target.Target | None:
    """The target as a value; one in per cent is of the latest baseline before it."""
    if target.kind is TargetKind.VALUE:
        return find_target.Target(target.value, target.period, target.tolerance)
    earlier = [item for item in baselines if item.period.last < target.period.last]
    if not earlier:
        return None
    base = max(earlier, key=lambda item: item.period.last).value
    return find_target.Target(base + base * target.value / 100, target.period, abs(base) * target.tolerance / 100)


def revisions_since(measure: Measure, holding: Holding, last: Document | None) -> Iterator[Finding]:
    """The totals that the last edition printed, against those of now."""
    if last is None:
        return
    tables = last.measure_tables
    found = [(table, row) for table in tables for row in table.rows if row.measure == measure.name]
    printed = {
        read_period(column.period): cell.value
        for table, row in found[:1]
        for column, cell in zip(table.columns, row.figures, strict=True)
    }
    now = {period: holding.total(period).value for period in printed}
    yield find_revisions.find_revisions(
        measure, area=holding.area, printed=printed, now=now, edition=f"the edition of {last.quarter}"
    )
