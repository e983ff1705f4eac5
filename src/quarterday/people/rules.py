"""The rules: who may do what. Every page, list, export and command asks here.

``visible_to`` functions give what somebody may see; ``may`` says whether somebody may do a thing. A viewer is a person,
somebody who has not signed in, or the ``Owner`` of a workspace without people.
"""

from collections.abc import Callable, Iterable
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
from quarterday.plan.models import Agency, Partnership, Project, ProjectLead

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
ADMINISTER: Final = "people.administer"  # give and end roles anywhere, let people in or not, add partnerships

PUBLISHED: Final = frozenset({EditionState.PUBLISHED, EditionState.CORRECTED})
FOR_ANYONE: Final = frozenset({Marking.OFFICIAL, Marking.NOT_PROTECTIVELY_MARKED})

_MANY: Final = (RoleName.READER, RoleName.CONTRIBUTOR, RoleName.ANALYST, RoleName.MANAGER, RoleName.SIGNATORY)


def roles_of(viewer: Viewer) -> QuerySet[Role]:
    """The roles that somebody has; none of those who have not signed in, or are no longer active."""
    if isinstance(viewer, Person) and viewer.is_active:
        return Role.objects.filter(person=viewer)
    return Role.objects.none()


@dataclass(frozen=True)
class _Known:
    """Somebody whose roles were read already."""

    roles: tuple[Role, ...]


def _roles_in_hand(viewer: Viewer | _Known) -> Iterable[Role]:
    return viewer.roles if isinstance(viewer, _Known) else roles_of(viewer)


def _holding(*names: RoleName) -> rules.Predicate:
    """Whether somebody has one of these roles in a partnership, or in its county."""

    @rules.predicate(f"holding:{','.join(names)}")
    def holds(viewer: Viewer | _Known, partnership: Partnership) -> bool:
        return any(role.name in names and _is_here(role, partnership) for role in _roles_in_hand(viewer))

    return holds


def _is_here(role: Role, partnership: Partnership) -> bool:
    if role.county:
        return role.county.casefold() == partnership.county.casefold()
    return role.partnership_id == partnership.pk


@rules.predicate
def _is_administrator(viewer: Viewer | _Known) -> bool:
    return any(role.name == RoleName.ADMINISTRATOR for role in _roles_in_hand(viewer))


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


def rights_of(viewer: Viewer) -> Callable[[str, Partnership], bool]:
    """Whether somebody may do a thing in a partnership; asked of many, the database is asked once."""
    known = _Known(tuple(roles_of(viewer)))
    return lambda do, partnership: bool(rules.has_perm(do, known, partnership))


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


def may_load_for_all(viewer: Viewer) -> bool:
    """Whether somebody may load what every partnership is counted by, such as residents or a look-up of places."""
    return may(viewer, ADMINISTER) or Partnership.objects.count() == 1


def areas_closed_to(viewer: Viewer, names: Iterable[str]) -> dict[str, str]:
    """The areas, of these, that are others': each with a partnership that it is of, where this viewer may not load.

    An area of several is open to who may load in all of them: it is one set of figures, which each of them reports.
    Areas of no partnership, such as peers, are nobody's, and open.
    """
    owners: dict[str, list[Partnership]] = {}
    for partnership in Partnership.objects.prefetch_related("areas"):
        areas = [name for area in partnership.areas.all() for name in (area.name, area.code)]
        for key in {key_of(name) for name in (partnership.name, partnership.short_name, *areas) if name}:
            owners.setdefault(key, []).append(partnership)
    open_to = {owner.pk for owner in Partnership.objects.all() if may(viewer, LOAD, owner)}
    closed = {name: [owner.name for owner in owners.get(key_of(name), []) if owner.pk not in open_to] for name in names}
    return {name: theirs[0] for name, theirs in closed.items() if theirs}


def projects_spoken_for(viewer: Viewer, partnership: Partnership) -> QuerySet[Project]:
    """The projects whose pages somebody may write: those that an agency of theirs leads, and all for the analyst."""
    projects = Project.objects.filter(partnership=partnership)
    if may(viewer, WRITE, partnership):
        return projects
    led = ProjectLead.objects.filter(agency__in=agencies_spoken_for(viewer, partnership))
    return projects.filter(pk__in=led.values("project"))


def figures_visible_to(viewer: Viewer) -> Callable[[str, str], bool]:
    """Whether somebody may see the figures held of a measure in an area, by the two names as figures have them.

    Of the areas of a partnership that they read, every figure; of the peers in its plan, only what it measures itself.
    """
    if isinstance(viewer, Owner):
        return lambda *_: True
    own: set[str] = set()
    beside: set[tuple[str, str]] = set()
    tables = ("areas", "peer_groups", "priorities__measures")
    for partnership in partnerships_read_by(viewer).prefetch_related(*tables):
        own |= {key_of(name) for area in partnership.areas.all() for name in (area.name, area.code) if name}
        peers = {key_of(member) for group in partnership.peer_groups.all() for member in group.members}
        beside |= {(measure, peer) for measure in _measured(partnership) for peer in peers}
    return lambda measure, area: key_of(area) in own or (key_of(measure), key_of(area)) in beside


def _measured(partnership: Partnership) -> set[str]:
    """The keys of what the partnership's plan has figures of, residents included."""
    measures = [measure for priority in partnership.priorities.all() for measure in priority.measures.all()]
    names = {name for measure in measures for name in (measure.counted_as or measure.name, measure.population)}
    return {key_of(name) for name in names if name}


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
