"""Editions from the opening of a quarter to a correction: each step is kept, with who took it, when and why."""

from collections.abc import Iterable
from datetime import date
from typing import Final, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.plan.choices import FROZEN, EditionState, EditionStep, HighlightState
from quarterday.plan.models import Comment, Edition, Highlight, Override, Partnership, Step, changing

Row = TypeVar("Row", Comment, Override, Highlight)

_NEXT: Final = {
    EditionStep.SUBMITTED: (EditionState.DRAFT, EditionState.IN_REVIEW),
    EditionStep.RETURNED: (EditionState.IN_REVIEW, EditionState.DRAFT),
    EditionStep.REVIEWED: (EditionState.IN_REVIEW, EditionState.IN_REVIEW),
    EditionStep.SIGNED: (EditionState.IN_REVIEW, EditionState.SIGNED),
    EditionStep.PUBLISHED: (EditionState.SIGNED, EditionState.PUBLISHED),
}


def edition_open(partnership: Partnership, quarter: Period) -> Edition:
    """The version of a quarter's edition that may be written: the latest, as a draft or in review.

    Within a transaction it stays so until the end of it. Errors: the quarter was not begun; what there is, is frozen.
    """
    edition = edition_latest(partnership, quarter)
    if edition is None:
        raise InputError(f"{quarter.name} of {partnership.short_name} has not been begun; begin the quarter first.")
    if edition.state in FROZEN:
        raise InputError(
            f"version {edition.version} of {quarter.name} is {edition.state}, and never changes; begin a correction, "
            "which makes a new version that can be written."
        )
    return edition


def edition_latest(partnership: Partnership, quarter: Period) -> Edition | None:
    """The latest version of a quarter's edition, held still within a transaction; none where none was begun."""
    held = Edition.objects.filter(partnership=partnership, quarter=quarter).order_by("-version")
    if transaction.get_connection().in_atomic_block:
        held = held.select_for_update()
    return held.first()


def quarter_open(
    partnership: Partnership, quarter: Period, *, by: AbstractBaseUser | None, due: date | None = None
) -> Edition:
    """Begin a quarter: version 1 as a draft, with the highlights and issues that are still open from the one before.

    Actions belong to projects, and stay there until they are done. Errors: the quarter was begun already.
    """
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)  # two who begin at once: the second is told
        if edition_latest(partnership, quarter) is not None:
            raise InputError(f"{quarter.name} of {partnership.short_name} has been begun already.")
        with changing(by=by, why=f"{quarter.name} begun.", partnership=partnership):
            edition = _edition_add(partnership, quarter, version=1, due=due)
            _highlights_carry(_still_to_hear(partnership, quarter), into=edition)
    return edition


def quarter_of(edition: Edition) -> Period:
    """The quarter of an edition, for those who check types."""
    return edition.quarter  # type: ignore[return-value]  # a column that holds a period


def edition_due(edition: Edition, due: date | None, *, by: AbstractBaseUser) -> None:
    """Say by which day the edition is wanted. Errors: it is frozen."""
    with transaction.atomic():
        held = _still_open(edition)
        with changing(by=by, why=f"Due day of {quarter_of(held).name}.", partnership=held.partnership):
            held.due = due
            held.save()


def step_take(
    edition: Edition,
    step: EditionStep,
    *,
    by: AbstractBaseUser,
    note: str = "",
    seen: str = "",
    sealed: str = "",
) -> Edition:
    """Take an edition a step on, or back, and keep who did so. Open a transaction around it.

    ``seen`` is the mark of the document that the step is about, ``sealed`` the hash that it was frozen under. Errors:
    the edition is not where the step is taken from; a second person is wanted; no note says why it is returned.
    """
    held = held_still(edition)
    refuse_step(held, step, by=by)
    if step == EditionStep.RETURNED and not note.strip():
        raise InputError("say in a few words what is to be changed, since whoever wrote the edition reads it.")
    why = f"{quarter_of(held).name}, version {held.version}: {step}."
    with changing(by=by, why=why, partnership=held.partnership):
        _, held.state = _NEXT[step]
        held.hash = sealed or held.hash
        held.save()
        Step.objects.create(edition=held, name=step, by_id=by.pk, note=note.strip(), seen=seen)
        if step == EditionStep.PUBLISHED:
            _supersede(held)
    return held


def refuse_step(edition: Edition, step: EditionStep, *, by: AbstractBaseUser) -> None:
    """Say in words why this person cannot take this step now; nothing where they can."""
    wanted, _ = _NEXT[step]
    if edition.state != wanted:
        raise InputError(
            f"version {edition.version} is {_said(edition.state)}, and only one that is {_said(wanted)} can be {step}. "
            "Somebody else may have been quicker; look at the steps taken."
        )
    if _is_superseded(edition):
        raise InputError(f"version {edition.version} has been followed by another; go on with that one.")
    if step == EditionStep.SIGNED:
        _refuse_signing(edition, by)


def _said(state: str) -> str:
    return "a draft" if state == EditionState.DRAFT else state


def _refuse_signing(edition: Edition, by: AbstractBaseUser) -> None:
    if by.pk in {taken.by_id for taken in edition.steps.all() if taken.name in _WORKED}:
        raise InputError(
            f"{by} submitted or reviewed this version; somebody else has to sign it, for a second person always does."
        )
    if latest_review(edition) is None:
        raise InputError("nobody has reviewed this version since it was submitted; a manager does that first.")


_WORKED: Final = frozenset({EditionStep.SUBMITTED, EditionStep.REVIEWED})


def latest_review(edition: Edition) -> Step | None:
    """The review that was not followed by a return or another submission, where there is one."""
    taken = [step for step in edition.steps.all() if step.name != EditionStep.ACKNOWLEDGED]
    return taken[-1] if taken and taken[-1].name == EditionStep.REVIEWED else None


def acknowledge(edition: Edition, about: str, *, by: AbstractBaseUser, why: str) -> None:
    """Keep that somebody saw what is missing, and why the edition may go on without it."""
    if not why.strip():
        raise InputError("say in a few words why the edition may go on without it; the reason is kept.")
    with transaction.atomic():
        held = _still_open(edition)
        with changing(by=by, why=f"Acknowledged: {about}", partnership=held.partnership):
            Step.objects.create(edition=held, name=EditionStep.ACKNOWLEDGED, by_id=by.pk, note=why.strip(), about=about)


def correction_begin(edition: Edition, *, by: AbstractBaseUser, reason: str) -> Edition:
    """Begin another version, as a draft, with the comments and highlights of this one, and say why.

    Errors: no reason came; the edition is not frozen, or not the latest.
    """
    if not reason.strip():
        raise InputError("say in a few words what is corrected; it is printed with the new version.")
    with transaction.atomic():
        held = held_still(edition)
        if held.state not in FROZEN:
            raise InputError(
                f"version {held.version} is {_said(held.state)}, and can be changed; no correction is needed."
            )
        if _is_superseded(held):
            raise InputError(f"a correction of version {held.version} has been begun already; go on with that one.")
        why = f"{quarter_of(held).name}, version {held.version + 1}: {EditionStep.CORRECTION_BEGUN}."
        with changing(by=by, why=why, partnership=held.partnership):
            fresh = _edition_add(held.partnership, quarter_of(held), version=held.version + 1, reason=reason.strip())
            Step.objects.create(edition=fresh, name=EditionStep.CORRECTION_BEGUN, by_id=by.pk, note=reason.strip())
            _texts_copy(held, fresh)
    return fresh


def held_still(edition: Edition) -> Edition:
    """The edition as it is now, and stays until the transaction ends."""
    held = Edition.objects.select_for_update(of=("self",)).select_related("partnership")
    return held.get(pk=edition.pk)


def _still_open(edition: Edition) -> Edition:
    held = held_still(edition)
    if held.state in FROZEN:
        raise InputError(f"version {held.version} is {held.state}, and never changes; begin a correction.")
    return held


def _is_superseded(edition: Edition) -> bool:
    later = Edition.objects.filter(partnership=edition.partnership, quarter=edition.quarter)
    return later.filter(version__gt=edition.version).exists()


def _supersede(edition: Edition) -> None:
    """The versions that were published before are corrected ones from now on."""
    before = Edition.objects.filter(partnership=edition.partnership, quarter=edition.quarter)
    for version in before.filter(version__lt=edition.version, state=EditionState.PUBLISHED):
        version.state = EditionState.CORRECTED
        version.save()


def _still_to_hear(partnership: Partnership, quarter: Period) -> list[Highlight]:
    """What is open of earlier quarters, as their latest versions have it, and was not carried on yet."""
    editions = Edition.objects.filter(partnership=partnership).order_by("quarter", "version")
    latest = {held.quarter: held for held in editions if quarter_of(held) < quarter}
    # A correction has copies of what was carried on from the version before it.
    carried = set(
        Highlight.objects.filter(edition__partnership=partnership, carried_from__isnull=False).values_list(
            "carried_from__edition__quarter", "kind", "text"
        )
    )
    return [
        highlight
        for edition in latest.values()
        for highlight in edition.highlights.filter(state=HighlightState.OPEN)
        if (edition.quarter, highlight.kind, highlight.text) not in carried
    ]


def _edition_add(
    partnership: Partnership, quarter: Period, *, version: int, due: date | None = None, reason: str = ""
) -> Edition:
    last = Edition.objects.filter(partnership=partnership).aggregate(last=Max("place"))["last"]
    return Edition.objects.create(
        partnership=partnership,
        place=0 if last is None else last + 1,
        quarter=quarter,  # type: ignore[misc]  # a column that holds a period
        version=version,
        state=EditionState.DRAFT,
        due=due,
        reason=reason,
    )


def _texts_copy(edition: Edition, into: Edition) -> None:
    for comment in edition.comments.all():
        copy = _copy(comment, edition=into)
        for override in comment.overrides.all():
            _copy(override, comment=copy)
    for highlight in edition.highlights.all():
        _copy(highlight, edition=into)


def _highlights_carry(highlights: Iterable[Highlight], *, into: Edition) -> None:
    for place, highlight in enumerate(highlights):
        _copy(highlight, edition=into, place=place, decision="", carried_from=highlight)


def _copy(row: Row, **columns: object) -> Row:
    """Another row like this one but for ``columns``."""
    held = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}  # noqa: SLF001 - documented
    return type(row)._default_manager.create(**held | columns)  # noqa: SLF001 - Django's name for it
