"""Building an edition: gather, find, draft, check, compose; then draw, write and keep."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions.analyse import analyse_plan
from quarterday.editions.archive import Kept, kept_edition
from quarterday.editions.compose import compose
from quarterday.editions.gather import Gatherer
from quarterday.editions.home import Home
from quarterday.editions.write import write_editions
from quarterday.plan.entries import Plan
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
            plan = plan_get(partnership=name)
            last = edition_before(home.editions, plan.partnership.short_name, quarter)
            documents.append(make_document(gatherer, plan, quarter=quarter, built_at=built_at, last=last))
        except InputError as error:
            faults.extend(f"{name}: {fault}" for fault in error.faults)
    yield from write_editions(documents, archive=home.editions, formats=formats)
    if faults:
        raise InputError(*faults)


def make_document(
    gatherer: Gatherer, plan: Plan, *, quarter: Period, built_at: str, last: Document | None = None
) -> Document:
    """The frozen document of one partnership's quarter, from its plan and the figures held.

    ``last`` is the edition before, whose totals are compared with what they are now.
    """
    analyses = {priority.name: found for priority, found in analyse_plan(plan, quarter, gatherer, last=last)}
    return compose(plan, quarter, analyses, releases=gatherer.warehouse.releases(), built_at=built_at)


def edition_before(archive: Path, short_name: str, quarter: Period) -> Document | None:
    """The edition of the quarter before as it is kept; none where there is none, or none that can be read."""
    try:
        return kept_edition(archive, short_name, quarter.shift(-quarter.months).code).document()
    except InputError:
        return None
