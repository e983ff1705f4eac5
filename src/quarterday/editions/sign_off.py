"""From draft to published edition: who may take which step, what it checks, and what it leaves in the archive."""

from datetime import datetime
from typing import Final

from django.db import transaction

from quarterday.domain.faults import InputError
from quarterday.editions import archive
from quarterday.editions.freeze import frozen, mark_of
from quarterday.editions.home import Home
from quarterday.editions.now import quarter_now
from quarterday.editions.review import Review, review_now, review_of
from quarterday.editions.seal import alterations, seal_in
from quarterday.people.models import Person
from quarterday.people.rules import REVIEW, SIGN, WRITE, may
from quarterday.plan import write_editions
from quarterday.plan.choices import EditionStep
from quarterday.plan.models import Edition
from quarterday.plan.write_editions import latest_review, quarter_of, refuse_step, step_take

RIGHT_TO: Final = {
    EditionStep.SUBMITTED: WRITE,
    EditionStep.RETURNED: REVIEW,
    EditionStep.REVIEWED: REVIEW,
    EditionStep.SIGNED: SIGN,
    EditionStep.PUBLISHED: REVIEW,
    EditionStep.CORRECTION_BEGUN: REVIEW,
    EditionStep.ACKNOWLEDGED: WRITE,
}
"""The right that each step needs, in the partnership."""

_WHO: Final = {WRITE: "an analyst or a manager", REVIEW: "a manager", SIGN: "a signatory who is no administrator"}


def submit(home: Home, edition: Edition, *, by: Person, at: datetime, note: str = "") -> Edition:
    """Hand a draft over for review. Errors: what blocks signing; see ``step_take`` for all steps."""
    return _take_checked(home, edition, EditionStep.SUBMITTED, by=by, at=at, note=note)


def review(home: Home, edition: Edition, *, by: Person, at: datetime, note: str = "") -> Edition:
    """Say that the edition, as it is now, may be signed. Errors: what blocks signing."""
    return _take_checked(home, edition, EditionStep.REVIEWED, by=by, at=at, note=note)


def send_back(edition: Edition, *, by: Person, note: str) -> Edition:
    """Return the edition to whoever writes it, and say what is to be changed."""
    _refuse_without_right(edition, EditionStep.RETURNED, by)
    with transaction.atomic():
        return step_take(edition, EditionStep.RETURNED, by=by, note=note)


def sign(home: Home, edition: Edition, *, by: Person, at: datetime) -> Edition:
    """Sign the edition: it is built again, checked again, and frozen under one hash; all of it, or nothing.

    Errors: what blocks signing; what would be signed is not what was reviewed; this person worked on the version.
    """
    edition = Edition.objects.select_related("partnership").get(pk=edition.pk)
    _refuse_without_right(edition, EditionStep.SIGNED, by)
    refuse_step(edition, EditionStep.SIGNED, by=by)
    now = quarter_now(home, edition.partnership, quarter_of(edition))
    _refuse_unready(review_now(now, edition, today=at.date()), edition)
    # Drawing takes a second, in which nobody has to wait for the database.
    document, files, seal = frozen(now, edition, signed_by=by, built_at=at.isoformat())
    with transaction.atomic():
        held = step_take(edition, EditionStep.SIGNED, by=by, seen=mark_of(document), sealed=seal.hash)
        _refuse_changed(home, held, signed=mark_of(document))
        archive.keep(home.editions, document, files, signing=True)
    return held


def publish(home: Home, edition: Edition, *, by: Person) -> Edition:
    """Let readers have what was signed. Errors: it is no longer what was signed."""
    _refuse_without_right(edition, EditionStep.PUBLISHED, by)
    with transaction.atomic():
        held = step_take(edition, EditionStep.PUBLISHED, by=by)
        name, quarter = held.partnership.short_name, quarter_of(held).code
        kept = archive.kept_version(home.editions, name, quarter, version=held.version)
        _refuse_altered(kept, held)
        archive.publish(home.editions, partnership=name, quarter=quarter, version=held.version)
    return held


def begin_correction(edition: Edition, *, by: Person, reason: str) -> Edition:
    """Begin the version that corrects this one; this one stays what readers get until the other is published."""
    _refuse_without_right(edition, EditionStep.CORRECTION_BEGUN, by)
    return write_editions.correction_begin(edition, by=by, reason=reason)


def acknowledge(home: Home, edition: Edition, about: str, *, by: Person, at: datetime, why: str) -> None:
    """Keep why the edition may go on without something. Errors: it is no longer missing, or no such thing."""
    _refuse_without_right(edition, EditionStep.ACKNOWLEDGED, by)
    items = review_of(home, edition, today=at.date()).blocks
    if about not in {item.text for item in items if item.can_acknowledge}:
        raise InputError("that is no longer missing, or is missing otherwise; look at the checklist again.")
    write_editions.acknowledge(edition, about, by=by, why=why)


def why_not(edition: Edition, step: EditionStep, *, by: Person) -> str:
    """Why this person cannot take the step now, whatever the checklist says; empty where they can."""
    try:
        _refuse_without_right(edition, step, by)
        refuse_step(edition, step, by=by)
    except InputError as error:
        return " ".join(error.faults)
    return ""


def _take_checked(home: Home, edition: Edition, step: EditionStep, *, by: Person, at: datetime, note: str) -> Edition:
    _refuse_without_right(edition, step, by)
    with transaction.atomic():
        held = write_editions.held_still(edition)
        refuse_step(held, step, by=by)
        found = review_of(home, held, today=at.date())
        found.refuse_blocked()
        return step_take(held, step, by=by, note=note, seen=found.mark)


def _refuse_without_right(edition: Edition, step: EditionStep, by: Person) -> None:
    needed = RIGHT_TO[step]
    if not may(by, needed, edition.partnership):
        raise InputError(f"an edition is {step} by {_WHO[needed]} of the partnership, which you are not.")


def _refuse_unready(found: Review, edition: Edition) -> None:
    found.refuse_blocked()
    reviewed = latest_review(edition)
    if reviewed is None or reviewed.seen != found.mark:
        raise InputError(
            "what would be signed is not what was reviewed: a text, the plan or the figures were changed since. "
            "A manager has to review it again."
        )


def _refuse_changed(home: Home, edition: Edition, *, signed: str) -> None:
    """The last look, with the edition held still: nobody changed anything while it was drawn."""
    now = quarter_now(home, edition.partnership, quarter_of(edition))
    if mark_of(now.document) != signed:
        raise InputError("somebody changed a text, the plan or the figures in this moment; look at it again.")


def _refuse_altered(kept: archive.Kept, edition: Edition) -> None:
    seal = seal_in(kept.folder)
    if seal is None or seal.hash != edition.hash:
        raise InputError("what lies in the archive is not what was signed, so it is not published.")
    if found := list(alterations(kept.folder, seal)):
        raise InputError("what lies in the archive is not what was signed, so it is not published.", *found)
