"""Building an edition: gather, find, draft, check, compose; then draw, write and keep."""

from collections.abc import Collection, Iterable, Iterator

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions.analyse import analyse_priority
from quarterday.editions.archive import Kept
from quarterday.editions.compose import compose
from quarterday.editions.gather import Gatherer
from quarterday.editions.home import Home
from quarterday.editions.write import write_editions
from quarterday.plan.selectors import plan_get
from quarterday.report import FORMATS
from quarterday.report.document import Document


def build_editions(
    home: Home, partnerships: Iterable[str], *, quarter: Period, built_at: str, formats: Collection[str] = FORMATS
) -> Iterator[Kept]:
    """Build the edition of each partnership, in the place of an earlier build, and give each as it is kept.

    ``built_at`` is ISO 8601 with its zone. The same plan, figures and version of the software give the same bytes but
    for it. Those at fault are named together, once the others are built.
    """
    gatherer = Gatherer(home.warehouse().held_still())  # one state, however long it takes
    documents: list[Document] = []
    faults: list[str] = []
    for name in partnerships:
        try:
            documents.append(make_document(gatherer, partnership=name, quarter=quarter, built_at=built_at))
        except InputError as error:
            faults.extend(f"{name}: {fault}" for fault in error.faults)
    yield from write_editions(documents, archive=home.editions, formats=formats)
    if faults:
        raise InputError(*faults)


def make_document(gatherer: Gatherer, *, partnership: str, quarter: Period, built_at: str) -> Document:
    """The frozen document of one partnership's quarter, from its plan and the figures held."""
    plan = plan_get(partnership=partnership)
    if not any(priority.measures for priority in plan.priorities):
        raise InputError("there is no measure in the plan, so there is nothing to report; add one and load the plan.")
    analyses = {priority.name: analyse_priority(plan, priority, quarter, gatherer) for priority in plan.priorities}
    return compose(plan, quarter, analyses, releases=gatherer.warehouse.releases(), built_at=built_at)
