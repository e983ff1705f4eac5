"""How far a partnership's latest edition has come: what is next, who owes what, and what stands in the way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import OuterRef, Subquery

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


def quarter_states(
    partnerships: Collection[Partnership], home: Home, *, this_quarter: Period, today: date
) -> dict[int, QuarterState]:
    """What the plans, the figures and the archive say of each partnership's latest edition, by the partnership's key.

    ``this_quarter`` is the last one that has ended. Of many the database is hardly asked more often than of one.
    """
    latest = _latest_editions(partnerships)
    are_open = [edition for edition in latest.values() if edition.state not in FROZEN]
    owed, overdue = updates_owed(are_open, today=today), _actions_overdue(are_open)
    reviews = {edition.pk: review_of(home, edition, today=today) for edition in are_open}
    states = {partnership.pk: QuarterState() for partnership in partnerships}
    for key, edition in latest.items():
        quarter, found = quarter_of(edition), reviews.get(edition.pk, Review(()))
        states[key] = QuarterState(
            quarter=quarter.name,
            address=slug(quarter.code),
            reading=_reading(home, edition),
            state=edition.state,
            version=edition.version,
            is_of_this_quarter=quarter == this_quarter,
            due=edition.due,
            is_overdue=edition.due is not None and edition.due < today and edition.state in _NEXT,
            next=next_step(edition),
            blocks=tuple(item.text for item in found.blocks),
            to_look_at=len(found.of(Weight.LOOK)),
            owed=owed.get(edition.pk, ()),
            overdue=overdue.get(edition.pk, ()),
        )
    return states


def _latest_editions(partnerships: Collection[Partnership]) -> dict[int, Edition]:
    """Of each partnership that has one, by the partnership's key."""
    own = Edition.objects.filter(partnership=OuterRef("pk")).order_by("-quarter", "-version")
    keys = Partnership.objects.filter(pk__in=[each.pk for each in partnerships]).values(
        key=Subquery(own.values("pk")[:1])
    )
    held = Edition.objects.filter(pk__in=keys).select_related("partnership").prefetch_related("steps__by")
    return {edition.partnership_id: edition for edition in held}


def next_step(edition: Edition) -> str:
    """Who does what now; nothing where all is done."""
    if edition.state == EditionState.IN_REVIEW and latest_review(edition):
        return _REVIEWED
    *_, last = (None, *edition.steps.all())
    if edition.state == EditionState.DRAFT and last is not None and last.name == EditionStep.RETURNED:
        return f"it was returned by {last.by}; {_NEXT[edition.state]} again"
    return _NEXT.get(edition.state, "")


def updates_owed(editions: Collection[Edition], *, today: date) -> dict[int, tuple[Owed, ...]]:
    """The updates of each edition's quarter that were asked for and not given, the longest overdue first.

    They are by the edition's key, and of no two editions of one partnership.
    """
    own = {edition.partnership_id: edition for edition in editions}
    asked = UpdateRequest.objects.filter(
        project__partnership__in=own, quarter__in={edition.quarter for edition in editions}, answered_at=None
    )
    found: dict[int, tuple[Owed, ...]] = {}
    for request in asked.select_related("project", "agency"):
        edition = own[request.project.partnership_id]
        if request.quarter == edition.quarter:
            owed = Owed(
                project=request.project.name,
                agency=request.agency.short_name,
                due=request.due,
                is_overdue=request.due < today,
            )
            found[edition.pk] = (*found.get(edition.pk, ()), owed)
    return found


def _actions_overdue(editions: Collection[Edition]) -> dict[int, tuple[str, ...]]:
    """Each action that is still open although its months ended with the quarter or before, and whose it is.

    Where it has no lead of its own, that is its project's. They are by the edition's key.
    """
    own = {edition.partnership_id: edition for edition in editions}
    held = Action.objects.filter(project__partnership__in=own, state=ActionState.OPEN)
    found: dict[int, tuple[str, ...]] = {}
    for action in held.select_related("project", "lead").prefetch_related("project__leads"):
        edition = own[action.project.partnership_id]
        if action.is_overdue(quarter_of(edition)):
            leads = [action.lead] if action.lead else action.project.leads.all()
            whose = listed([lead.short_name for lead in leads]) if leads else "nobody leads it"
            found[edition.pk] = (*found.get(edition.pk, ()), f"{action.project}: {action.text} ({whose})")
    return found


def _reading(home: Home, edition: Edition) -> str:
    try:
        name = edition.partnership.short_name
        kept = kept_version(home.editions, name, quarter_of(edition).code, version=edition.version)
    except InputError:
        return ""
    return kept.folder.name
