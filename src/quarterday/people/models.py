"""People and their roles."""

from enum import StrEnum
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from quarterday.plan.models import Agency, Partnership
from quarterday.plan.models.columns import always, name_column, one_of
from quarterday.plan.models.trail import record


class RoleName(StrEnum):
    """What somebody is to a partnership, or to the whole workspace."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    ANALYST = "analyst"
    MANAGER = "manager"
    SIGNATORY = "signatory"
    ADMINISTRATOR = "administrator"


COUNTY_ROLES = (RoleName.READER, RoleName.ANALYST, RoleName.MANAGER)
"""The roles that can be had in every partnership of a county at once."""


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their e-mail address, in any letter case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of this address."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody who can sign in, by e-mail address. Kept for good: the trail says who did what."""

    email = models.EmailField("e-mail address", unique=True)
    full_name = name_column()
    is_active = models.BooleanField(default=True)
    last_login = None  # the list of sessions says more

    objects: ClassVar[PersonManager] = PersonManager()  # type: ignore[misc]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        """One row a person."""

        verbose_name_plural = "people"
        ordering = ("full_name", "email")
        constraints = (always(Q(email=models.functions.Lower("email")), "address_in_small_letters"),)

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """The name that others see."""
        return self.full_name


class Role(models.Model):
    """What a person is: in a partnership, in every partnership of a county, or to the workspace (administrator).

    A role that ends is removed; the trail keeps it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    name = name_column()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="roles", null=True, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="roles", null=True, blank=True)
    county = name_column(blank=True)

    class Meta:
        """One row a role, in one place."""

        ordering = ("person__full_name", "person__email", "name")
        constraints = (
            one_of("name", RoleName),
            models.UniqueConstraint(
                "person", "name", "partnership", condition=Q(agency=None), name="people_role_one_in_a_partnership"
            ),
            models.UniqueConstraint("person", "agency", name="people_role_one_for_an_agency"),
            models.UniqueConstraint(
                "person", "name", "county", condition=Q(partnership=None), name="people_role_one_in_a_county"
            ),
            always(
                Q(name=RoleName.ADMINISTRATOR.value, partnership=None, county="")
                | ~Q(name=RoleName.ADMINISTRATOR.value) & (Q(partnership=None) ^ Q(county="")),
                "in_one_place",
            ),
            always(Q(county="") | Q(name__in=[name.value for name in COUNTY_ROLES]), "fit_for_a_county"),
            always(
                Q(name=RoleName.CONTRIBUTOR.value, agency__isnull=False)
                | ~Q(name=RoleName.CONTRIBUTOR.value) & Q(agency=None),
                "agency_of_a_contributor",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.name} {self.place}".strip()

    @property
    def place(self) -> str:
        """Where the role holds, as read after its name; nothing for an administrator."""
        if self.agency:
            return f"for {self.agency} in {self.partnership}"
        return f"in {self.partnership or self.county}" if self.partnership or self.county else ""


class Token(models.Model):
    """What a program of somebody's signs in with: it may do what the person may, as far as ``scope`` goes.

    Only ``digest`` of the token is kept, so that nobody can read the token itself here. One that ended stays.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    name = name_column()
    digest = name_column(unique=True)
    scope = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    expires = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.name} of {self.person}"


class Deactivation(models.Model):
    """For as long as ``ended_at`` is open, the person cannot sign in; the trail says who decided it, and why.

    ``forgotten_at`` is when name and address were removed, which is for good.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="deactivations")
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One open row a person, at most."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint("person", condition=Q(ended_at=None), name="people_deactivation_one_open"),
        )

    def __str__(self) -> str:
        return f"{self.person}, deactivated"


record(Role, Token, Deactivation)
