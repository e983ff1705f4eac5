"""Who must have a second step of signing in: those whose password alone would open too much."""

from typing import Final

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from quarterday.people.models import Person, RoleName
from quarterday.people.rules import Viewer, roles_of

NEEDING: Final = frozenset({RoleName.ADMINISTRATOR, RoleName.SIGNATORY})
"""The roles that do not work without one, where the settings demand it."""

_STEPS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def must_set_one_up(viewer: Viewer) -> bool:
    """Whether somebody has a role that does not work without a second step, and no such step."""
    needing = roles_of(viewer).filter(name__in=NEEDING)
    return needing.exists() and not Authenticator.objects.filter(user_id=viewer.pk, type__in=_STEPS).exists()


def with_second_step(people: QuerySet[Person]) -> QuerySet[Person]:
    """The people, each with whether it ``has_second_step``."""
    steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=_STEPS)
    return people.annotate(has_second_step=Exists(steps))
