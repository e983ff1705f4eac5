"""The rules: who may do what. Every page, list, export and command asks here.

``visible_to`` functions give what somebody may see; ``may`` says whether somebody may do a thing. A viewer is a person,
somebody who has not signed in, or the ``Owner`` of a workspace without people.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

import rules
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from quarterday.domain.area import key_of
from quarterday.people.models import Person, Role, RoleName
from quarterday.plan.choices import EditionState, Marking
from quarterday.plan.models import Agency, Partnership

Viewer = AbstractBaseUser | AnonymousUser


class Owner(AnonymousUser):
    """Whoever sits at the machine that holds a workspace to which nobody was added: may read what is in its files."""


@dataclass(frozen=True)
class Paper:
    """What decides who may open an edition."""

    partnership: str
    marking: str
    state: str


READ: Final = "people.read"  # drafts, sensitive papers and the state of a partnership's work
LOAD: Final = "people.load"  # upload files, land what is in them, and withdraw it
WRITE: Final = "people.write"  # write comments, highlights, the countywide table and every project's page; submit
LEAD: Final = "people.lead"  # give updates of projects: all of them, or those of one's own agency
REVIEW: Final = "people.review"  # review what was submitted, return it, publish what was signed, begin a correction
PLAN: Final = "people.plan"  # bring a plan in from a file, over the one that is held
HISTORY: Final = "people.history"  # who changed what of a partnership's plan and roles, and why
MANAGE: Final = "people.manage"  # see, give and end roles in a partnership
SIGN: Final = "people.sign"  # sign a partnership's editions
ADMINISTER: Final = "people.administer"  # give and end roles in counties, and make administrators

PUBLISHED: Final = frozenset({EditionState.PUBLISHED, EditionState.CORRECTED})
FOR_ANYONE: Final = frozenset({Marking.OFFICIAL, Marking.NOT_PROTECTIVELY_MARKED})

_MANY: Final = (RoleName.READER, RoleName.CONTRIBUTOR, RoleName.ANALYST, RoleName.MANAGER, RoleName.SIGNATORY)


def roles_of(viewer: Viewer) -> QuerySet[Role]:
    """The roles that somebody has; none of those who have not signed in, or are no longer active."""
    if isinstance(viewer, Person) and viewer.is_active:
        return Role.objects.filter(person=viewer)
    return Role.objects.none()


def _holding(*names: RoleName) -> rules.Predicate:
    """Whether somebody has one of these roles in a partnership, or in its county."""

    @rules.predicate(f"holding:{','.join(names)}")
    def holds(viewer: Viewer, partnership: Partnership) -> bool:
        here = Q(partnership=partnership)
        if partnership.county:
            here |= Q(county__iexact=partnership.county)
        return roles_of(viewer).filter(here, name__in=names).exists()

    return holds


@rules.predicate
def _is_administrator(viewer: Viewer) -> bool:
    return roles_of(viewer).filter(name=RoleName.ADMINISTRATOR).exists()


rules.set_perm(READ, _holding(*_MANY))
rules.set_perm(LOAD, _holding(RoleName.ANALYST, RoleName.MANAGER))
rules.set_perm(WRITE, _holding(RoleName.ANALYST, RoleName.MANAGER))
rules.set_perm(LEAD, _holding(RoleName.CONTRIBUTOR, RoleName.ANALYST, RoleName.MANAGER))
rules.set_perm(REVIEW, _holding(RoleName.MANAGER))
rules.set_perm(PLAN, _holding(RoleName.MANAGER))
rules.set_perm(HISTORY, _holding(RoleName.ANALYST, RoleName.MANAGER, RoleName.SIGNATORY))
rules.set_perm(MANAGE, _is_administrator | _holding(RoleName.MANAGER))
rules.set_perm(SIGN, _holding(RoleName.SIGNATORY) & ~_is_administrator)
rules.set_perm(ADMINISTER, _is_administrator)


def may(viewer: Viewer, do: str, partnership: Partnership | None = None) -> bool:
    """Whether somebody may do this, in this partnership."""
    return bool(rules.has_perm(do, viewer, partnership))


def partnerships_visible_to(viewer: Viewer) -> QuerySet[Partnership]:
    """The partnerships that somebody may know of at all: those of their roles, and all of them for administrators."""
    if may(viewer, ADMINISTER):
        return Partnership.objects.all()
    return partnerships_read_by(viewer)


def partnerships_read_by(viewer: Viewer) -> QuerySet[Partnership]:
    """The partnerships whose drafts and sensitive papers somebody may read."""
    places = [
        Q(county__iexact=county) if county else Q(pk=partnership)
        for county, partnership in roles_of(viewer).values_list("county", "partnership")
        if county or partnership
    ]
    return Partnership.objects.filter(reduce(or_, places)) if places else Partnership.objects.none()


def agencies_spoken_for(viewer: Viewer, partnership: Partnership) -> QuerySet[Agency]:
    """The agencies whose projects somebody may give updates of: their own, and all for those who write the report."""
    agencies = Agency.objects.filter(partnership=partnership)
    if may(viewer, WRITE, partnership):
        return agencies
    own = roles_of(viewer).filter(name=RoleName.CONTRIBUTOR, partnership=partnership)
    return agencies.filter(pk__in=own.values("agency"))


def may_change_role(viewer: Viewer, role: Role) -> bool:
    """Whether somebody may give or end this role: never one of their own."""
    if isinstance(viewer, Person) and role.person_id == viewer.pk:
        return False
    return may(viewer, MANAGE, role.partnership) if role.partnership else may(viewer, ADMINISTER)


def papers_visible_to(viewer: Viewer) -> Callable[[Paper], bool]:
    """Whether somebody may open a paper; asked of many papers, the database is asked once."""
    if isinstance(viewer, Owner):
        return lambda _: True
    read = {key_of(name) for name in partnerships_read_by(viewer).values_list("name", flat=True)}
    return lambda paper: is_for_anyone(paper) or key_of(paper.partnership) in read


def is_for_anyone(paper: Paper) -> bool:
    """Whether the paper was published, with a marking that lets anyone read it."""
    return paper.state in PUBLISHED and paper.marking in FOR_ANYONE
