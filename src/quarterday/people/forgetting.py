"""What is held of a person, for them to see; and how somebody who left is forgotten.

What people did stays, for an edition must be able to say how it came about: only the name and the address go, and the
number that the trail knows them by takes their place.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Model, QuerySet

from quarterday.domain.faults import InputError
from quarterday.people.deactivation import refuse_without_right
from quarterday.people.models import Deactivation, Person
from quarterday.people.services import reason_given
from quarterday.plan.models import ProjectLead, Update, UpdateRequest, changing

NOWHERE: Final = "forgotten.invalid"
"""Where addresses are that are none: no e-mail leaves for a host that ends so (RFC 2606)."""

_SECRET: Final = {"password", "digest", "data", "session_key"}  # what would let somebody in
_OWN: Final = (EmailAddress, Authenticator, SocialAccount, UserSession)  # of use to the person only

Rows = list[dict[str, Any]]


def held_of(person: Person) -> dict[str, Rows]:
    """Every row that is theirs, points at them or has their name or address, by table, but for secrets."""
    return {name: rows for name, rows in _held(person) if rows}


def _held(person: Person) -> Iterator[tuple[str, Rows]]:
    yield "person", _rows(Person.objects.filter(pk=person.pk))
    for relation in Person._meta.get_fields(include_hidden=True):  # noqa: SLF001 - documented
        field = getattr(relation, "field", None)
        if field is not None and field.name != "history_user":  # that the change says already
            table: type[Model] = field.model
            yield _name(table, field.name), _rows(table._base_manager.filter(**{field.name: person}))  # noqa: SLF001 - documented
    yield "project lead, by address", _rows(ProjectLead.objects.filter(email__iexact=person.email))
    yield "update request, by address", _rows(UpdateRequest.objects.filter(email__iexact=person.email))
    yield "update, by name", _rows(Update.objects.filter(author=person.full_name))


def _name(table: type[Model], column: str) -> str:
    return f"{table._meta.verbose_name}, {column}"  # noqa: SLF001 - documented


def _rows(rows: QuerySet[Any]) -> Rows:
    return [{name: _plain(value) for name, value in row.items() if name not in _SECRET} for row in rows.values()]


def _plain(value: object) -> object:
    return value if isinstance(value, (str, int, float, list, dict, type(None))) else str(value)


def person_forget(person: Person, *, by: Person | None, why: str, at: datetime) -> Person:
    """Remove the name, the address and every way in of somebody who was deactivated; their roles end.

    ``by`` is ``None`` at the terminal and for the job. Errors: by somebody who may not, or of oneself; still active;
    forgotten already.
    """
    refuse_without_right(person, by=by)
    with transaction.atomic():
        held = Person.objects.select_for_update().get(pk=person.pk)
        open_row = Deactivation.objects.filter(person=held, ended_at=None).first()
        if open_row is None:
            raise InputError(f"{person} can still sign in; deactivate them first.")
        if open_row.forgotten_at is not None:
            raise InputError(f"{person} was forgotten already; there is nothing to do.")
        with changing(by=by, why=reason_given(why), partnership=None):
            open_row.forgotten_at = at
            open_row.save()
            for role in held.roles.all():
                role.delete()
        for table in _OWN:
            table.objects.filter(user=held).delete()
        held.full_name, held.email = f"Person {held.pk}", f"person-{held.pk}@{NOWHERE}"
        held.set_unusable_password()
        held.save()
    return held


def people_forget(*, after: int, at: datetime) -> int:
    """Forget everybody who was deactivated ``after`` days ago or earlier, and say how many; 0 days is never."""
    if not after:
        return 0
    due = Deactivation.objects.filter(ended_at=None, forgotten_at=None, since__lte=at - timedelta(days=after))
    people = [row.person for row in due.select_related("person")]
    for person in people:
        person_forget(person, by=None, why=f"Deactivated {after} days ago or earlier.", at=at)
    return len(people)
