"""Plan files that people bring: looked at before anything lands, then accepted with a reason, or discarded."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from quarterday.domain.area import key_of, slug
from quarterday.domain.faults import InputError
from quarterday.plan import models
from quarterday.plan.compare_plans import Difference, differences
from quarterday.plan.entries import PartnershipEntry, Plan
from quarterday.plan.entry_types import LONGEST_NAME
from quarterday.plan.plan_authors import with_authors
from quarterday.plan.plan_file import plan_text, plans_of
from quarterday.plan.selectors import plan_get
from quarterday.plan.services import areas_of_others, plans_replace
from quarterday.plan.steps_taken import with_steps_taken

LARGEST: Final = 1_000_000  # bytes of a file that people bring; read while they wait

MOST_PLANS: Final = 100  # of a template that people bring; a county has some twelve partnerships

# What somebody may be adding to while a plan comes in, and the way from there to its partnership.
_WRITTEN_MEANWHILE: Final = (
    (models.Edition, "partnership"),
    (models.Measure, "partnership"),
    (models.Project, "partnership"),
    (models.CountywidePriority, "partnership"),
    (models.CountywideCell, "row__partnership"),
    (models.Comment, "edition__partnership"),
    (models.Override, "comment__edition__partnership"),
    (models.Highlight, "edition__partnership"),
    (models.Update, "project__partnership"),
    (models.Action, "project__partnership"),
)


@dataclass(frozen=True)
class Proposal:
    """What a plan file would do: the plans in it, what they change, and the mark of what they were compared with."""

    plans: tuple[Plan, ...]
    differences: tuple[Difference, ...]
    seen: str


def plan_file_bring(
    *, partnership: models.Partnership | None, name: str, content: bytes, by: AbstractBaseUser
) -> models.PlanFile:
    """Keep a plan file until it is accepted or discarded, in the place of the one that this person brought before.

    Without a partnership it is to make new ones. Errors: too large; no plan; the plan of another partnership, or of one
    that is there already.
    """
    name = " ".join(name.split())[-LONGEST_NAME:] or "plan.toml"
    if len(content) > LARGEST:
        raise InputError(f"{name} has more than {LARGEST:,} bytes; is it a plan? Bring a smaller one.")
    _proposal(partnership, content, name, by=by)
    with transaction.atomic():
        models.PlanFile.objects.filter(partnership=partnership, by_id=by.pk).delete()
        return models.PlanFile.objects.create(
            partnership=partnership, name=name, text=content.decode("utf-8-sig"), by_id=by.pk
        )


def plan_file_proposal(brought: models.PlanFile) -> Proposal:
    """What the file would change now. Errors: it no longer fits what is held."""
    return _proposal(brought.partnership, brought.text.encode(), brought.name, by=brought.by)


def plan_file_accept(brought: models.PlanFile, *, by: AbstractBaseUser, why: str, seen: str) -> tuple[Plan, ...]:
    """Make the file the plan. ``seen`` is the mark of the proposal that the person looked at.

    Errors: no reason; accepted or discarded by somebody else; what is held has changed since, which would be lost.
    """
    if not why.strip():
        raise InputError("no reason came; say in a few words why the plan changes, since it is kept with the change.")
    with transaction.atomic():
        _hold_still(brought.partnership)
        held = models.PlanFile.objects.select_for_update(of=("self",)).filter(pk=brought.pk).first()
        if held is None:
            raise InputError(f"{brought.name} was accepted or discarded already, by somebody else.")
        proposal = plan_file_proposal(held)
        if proposal.seen != seen:
            raise InputError(
                "the plan here was changed since you looked, so nothing was written; what the file would change now "
                "stands below. Look again, or export the plan and put your changes into it."
            )
        plans_replace(proposal.plans, by=by, why=why.strip())
        held.delete()
    return proposal.plans


def plan_file_discard(brought: models.PlanFile) -> None:
    """Forget the file; nothing of it was written."""
    models.PlanFile.objects.filter(pk=brought.pk).delete()


def _proposal(partnership: models.Partnership | None, content: bytes, name: str, *, by: AbstractBaseUser) -> Proposal:
    if partnership is None:
        return _proposal_of_new(plans_of(content, file=name, most=MOST_PLANS), name, by=by)
    (came,) = plans_of(content, file=name, most=1)
    before = plan_get(partnership=partnership.name)
    _refuse(name, _of_another(before.partnership, came.partnership))
    came = with_authors(came, before, by=str(by))
    after = with_steps_taken(came, partnership, in_browser=True)
    seen = hashlib.sha256(plan_text(before).encode()).hexdigest()
    return Proposal((came,), differences(before, after), seen)


def _proposal_of_new(plans: Sequence[Plan], name: str, *, by: AbstractBaseUser) -> Proposal:
    _refuse(name, _held_already(plans))
    _refuse(name, (fault for plan in plans for fault in areas_of_others(plan.partnership)))
    plans = tuple(with_steps_taken(with_authors(plan, None, by=str(by)), None, in_browser=True) for plan in plans)
    return Proposal(plans, tuple(each for plan in plans for each in differences(None, plan)), "new")


def _refuse(name: str, faults: Iterable[str]) -> None:
    if told := [f"{name}: {fault}" for fault in faults]:
        raise InputError(*told)


def _of_another(here: PartnershipEntry, came: PartnershipEntry) -> Iterator[str]:
    """What must stay as it is when a partnership changes its own plan: who may see it, and what, hangs on it."""
    if came.name != here.name:
        yield f"this is the plan of {came.name!r}; wanted the one of {here.name!r}, under exactly that name."
        return
    for key, what in (("short_name", "its address"), ("county", "which people of a county may read it")):
        old, new = getattr(here, key), getattr(came, key)
        if old != new:
            yield (
                f"{key} is {new!r} in the file and {old!r} here; it decides {what}, so it is changed at the terminal "
                "only. Put it back, or ask whoever runs the program to load the plan there."
            )
    yield from areas_of_others(came)


def _held_already(plans: Sequence[Plan]) -> Iterator[str]:
    held = list(models.Partnership.objects.values_list("name", "short_name"))
    keys = {key_of(name) for names in held for name in names}
    slugs = {slug(short_name) for _, short_name in held}
    for entry in (plan.partnership for plan in plans):
        if {key_of(entry.name), key_of(entry.short_name)} & keys or slug(entry.short_name) in slugs:
            yield (
                f"{entry.name} ({entry.short_name}): a partnership of this name, or whose address would be the same, "
                "is there already. Its manager changes its plan; for another partnership choose other names."
            )
        slugs.add(slug(entry.short_name))


def _hold_still(partnership: models.Partnership | None) -> None:
    """Let nobody change the plan until the transaction ends, so that nothing goes that was not seen."""
    if partnership is None:
        return
    models.Partnership.objects.select_for_update().get(pk=partnership.pk)
    for table, way in _WRITTEN_MEANWHILE:
        rows = table._default_manager.select_for_update(of=("self",)).filter(**{way: partnership})  # noqa: SLF001 - Django's name for it
        list(rows.order_by("pk").values_list("pk"))
