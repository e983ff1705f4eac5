"""A quarter as the plan and the figures held have it now, whatever was built before.

Working it out takes about a second where a measure has peers. So it is kept ready in each process that serves: the
analysis until figures come, the plan's measures change or the edition before is another; the document until anything
does.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions.analyse import Analysis, analyse_plan, areas_in
from quarterday.editions.build import edition_before
from quarterday.editions.compose import compose
from quarterday.editions.gather import Gatherer
from quarterday.editions.home import Home
from quarterday.editions.shelf import Shelf
from quarterday.editions.trace import Trace, trace_in
from quarterday.plan.entries import Plan
from quarterday.plan.models import Change, Partnership
from quarterday.plan.selectors import plan_get
from quarterday.report.document import Document, MeasureRow, MeasureTable
from quarterday.warehouse.base import Warehouse


@dataclass(frozen=True)
class Now:
    """A quarter's document as it would be built now, and the analysis of each measure by the measure's name.

    ``made_of`` is another after any change of the plan, the figures or the edition before.
    """

    home: Home
    plan: Plan
    quarter: Period
    document: Document
    analyses: Mapping[str, Analysis]
    warehouse: Warehouse
    made_of: Hashable

    def trace(self, measure: str, period: Period) -> tuple[Trace, ...]:
        """Where the total of a measure over a period comes from: one trace for each district of the partnership."""
        areas = areas_in(self.plan, self.quarter)
        key = self.analyses[measure].measure.key
        return _traces.get(
            (self.home, self.warehouse.releases(), key, areas, period),
            lambda: trace_in(self.warehouse, key, areas, period=period),
        )

    def row(self, measure: str) -> tuple[MeasureTable, MeasureRow]:
        """The row of a measure, and the table in which it stands."""
        for table in self.document.measure_tables:
            for row in table.rows:
                if row.measure == measure:
                    return table, row
        raise InputError(f"{measure!r} is no measure of the plan as it is now.")


def quarter_now(home: Home, partnership: Partnership, quarter: Period) -> Now:
    """What the quarter's document would say if it were built now; nothing is written.

    Errors: a plan without measures, and what no edition could be built of.
    """
    change = _changes(partnership)  # read first: what is kept under it can only be newer
    plan, agreed = _plans.get((home, partnership.pk, change), lambda: _planned(partnership))
    warehouse = _warehouse(home).held_still()
    last = edition_before(home.editions, plan.partnership.short_name, quarter)
    before = (last.version, last.built_at) if last else None
    held = (home, partnership.pk, quarter, agreed, before, warehouse.releases())
    found = _analyses.get(held, lambda: dict(_analysed(plan, quarter, warehouse, last)))
    made_of = (*held, change)
    document = _documents.get(
        made_of, lambda: compose(plan, quarter, found, releases=warehouse.releases(), built_at="")
    )
    by_name = {analysis.measure.name: analysis for analyses in found.values() for analysis in analyses}
    return Now(home, plan, quarter, document, by_name, warehouse, made_of)


_plans = Shelf[tuple[Plan, Hashable]](room=64)
_analyses = Shelf[dict[str, tuple[Analysis, ...]]](room=64)
_documents = Shelf[Document](room=64)
_traces = Shelf[tuple[Trace, ...]](room=8)  # each may hold the rows of a year


@lru_cache(maxsize=4)
def _warehouse(home: Home) -> Warehouse:
    """One a workspace, so that the figures are read once while nothing lands."""
    return home.warehouse()


def _changes(partnership: Partnership) -> Hashable:
    """What differs after any change of the partnership's plan.

    How many there are, for one that was begun before the latest may be kept after it; and the time of the latest, for
    one that is undone gives its number back.
    """
    made = Change.objects.filter(partnership=partnership)
    return tuple(made.aggregate(number=Count("pk"), latest=Max("pk"), at=Max("at")).values())


def _planned(partnership: Partnership) -> tuple[Plan, Hashable]:
    """The plan, and the part of it that decides what figures show."""
    plan = plan_get(partnership=partnership.name)
    measures = tuple((priority.name, priority.measures) for priority in plan.priorities)
    return plan, (plan.partnership, plan.peer_groups, measures)


def _analysed(
    plan: Plan, quarter: Period, warehouse: Warehouse, last: Document | None
) -> list[tuple[str, tuple[Analysis, ...]]]:
    found = analyse_plan(plan, quarter, Gatherer(warehouse), last=last)
    return [(priority.name, analyses) for priority, analyses in found]
