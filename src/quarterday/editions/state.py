"""How far a partnership's latest edition has come: what is next, who owes what, and what stands in the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from quarterday.commentary.wording import listed
from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions.archive import kept_version
from quarterday.editions.home import Home
from quarterday.editions.review import Review, Weight, review_of
from quarterday.plan.choices import FROZEN, ActionState, EditionState, EditionStep
from quarterday.plan.models import Action, Edition, Partnership, UpdateRequest
from quarterday.plan.write_editions import latest_review, quarter_of

_NEXT: Final[Mapping[str, str]] = {
    EditionState.DRAFT: "an analyst or a manager submits it",
    EditionState.IN_REVIEW: "a manager reviews it",
    EditionState.SIGNED: "a manager publishes it",
}
_REVIEWED: Final = "a signatory signs it"


@dataclass(frozen=True, kw_only=True)
class Owed:
    """An update that somebody was asked for and has not given."""

    project: str
    agency: str
    due: date
    is_overdue: bool


@dataclass(frozen=True, kw_only=True)
class QuarterState:
    """The latest edition of a partnership; ``state`` is empty where none was begun.

    ``address`` is the quarter's among addresses; ``reading`` that of the version as it lies in the archive, empty where
    it was not built. ``next`` says who does what now; ``to_look_at`` counts what the checklist has besides what blocks.
    """

    quarter: str = ""
    state: str = ""
    version: int = 0
    is_of_this_quarter: bool = False
    address: str = ""
    reading: str = ""
    due: date | None = None
    is_overdue: bool = False
    next: str = ""
    blocks: tuple[str, ...] = ()
    to_look_at: int = 0
    owed: tuple[Owed, ...] = ()
    overdue: tuple[str, ...] = ()


def quarter_state(partnership: Partnership, home: Home, *, this_quarter: Period, today: date) -> QuarterState:
    """What its plan, the figures and the archive say of the latest edition.

    ``this_quarter`` is the last one that has ended.
    """
    edition = Edition.objects.filter(partnership=partnership).order_by("-quarter", "-version").first()
    if edition is None:
        return QuarterState()
    quarter = quarter_of(edition)
    is_open = edition.state not in FROZEN
    found = review_of(home, edition, today=today) if is_open else Review((), "")
    return QuarterState(
        quarter=quarter.name,
        address=slug(quarter.code),
        reading=_reading(partnership, home, edition),
        state=edition.state,
        version=edition.version,
        is_of_this_quarter=quarter == this_quarter,
        due=edition.due,
        is_overdue=edition.due is not None and edition.due < today and edition.state in _NEXT,
        next=next_step(edition),
        blocks=tuple(item.text for item in found.blocks),
        to_look_at=len(found.of(Weight.LOOK)),
        owed=updates_owed(edition, today) if is_open else (),
        overdue=tuple(actions_overdue(edition)) if is_open else (),
    )


def next_step(edition: Edition) -> str:
    """Who does what now; nothing where all is done."""
    if edition.state == EditionState.IN_REVIEW and latest_review(edition):
        return _REVIEWED
    returned = edition.steps.last()
    if edition.state == EditionState.DRAFT and returned is not None and returned.name == EditionStep.RETURNED:
        return f"it was returned by {returned.by}; {_NEXT[edition.state]} again"
    return _NEXT.get(edition.state, "")


def updates_owed(edition: Edition, today: date) -> tuple[Owed, ...]:
    """The updates of the quarter that were asked for and not given, the longest overdue first."""
    asked = UpdateRequest.objects.filter(
        project__partnership=edition.partnership, quarter=edition.quarter, answered_at=None
    )
    return tuple(
        Owed(
            project=request.project.name,
            agency=request.agency.short_name,
            due=request.due,
            is_overdue=request.due < today,
        )
        for request in asked.select_related("project", "agency")
    )


def actions_overdue(edition: Edition) -> Iterator[str]:
    """Each action that is still open although its months ended with the quarter or before, and whose it is.

    Where it has no lead of its own, that is its project's.
    """
    held = Action.objects.filter(project__partnership=edition.partnership, state=ActionState.OPEN)
    for action in held.select_related("project", "lead").prefetch_related("project__leads"):
        if action.is_overdue(quarter_of(edition)):
            leads = [action.lead] if action.lead else action.project.leads.all()
            whose = listed([lead.short_name for lead in leads]) if leads else "nobody leads it"
            yield f"{action.project}: {action.text} ({whose})"


def _reading(partnership: Partnership, home: Home, edition: Edition) -> str:
    try:
        kept = kept_version(home.editions, partnership.short_name, quarter_of(edition).code, version=edition.version)
    except InputError:
        return ""
    return kept.folder.name
