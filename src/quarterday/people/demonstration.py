"""One user a role, for the demonstration."""

import secrets
from collections.abc import Iterator

from django.db import transaction

from quarterday.people.models import Person, RoleName
from quarterday.people.services import person_add, role_give
from quarterday.plan.selectors import partnership_row

_WHY = "Made for the demonstration."


@transaction.atomic
def people_add(partnership: str) -> list[tuple[Person, str]]:
    """A person for each role in this partnership, with a fresh password; those there already get a new one."""
    return list(_people(partnership))


def _people(name: str) -> Iterator[tuple[Person, str]]:
    partnership = partnership_row(name)
    for role in RoleName:
        password = secrets.token_urlsafe(12)
        person = Person.objects.filter(email=f"{role}@demonstration.example").first()
        if person is None:
            person = person_add(email=f"{role}@demonstration.example", full_name=f"Demo {role.capitalize()}")
            agency = partnership.agencies.first() if role == RoleName.CONTRIBUTOR else None
            role_give(
                person=person,
                name=role,
                by=None,
                why=_WHY,
                partnership=None if role == RoleName.ADMINISTRATOR else partnership,
                agency=agency.short_name if agency else "",
            )
        person.set_password(password)
        person.save()
        yield person, password
