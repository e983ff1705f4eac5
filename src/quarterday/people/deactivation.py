"""Somebody who is no longer to come in: out at once everywhere, and kept, for the trail says what they did."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from quarterday.domain.faults import InputError
from quarterday.people.models import Deactivation, Person
from quarterday.people.rules import ADMINISTER, may
from quarterday.people.services import reason_given
from quarterday.plan.models import changing


def person_deactivate(person: Person, *, by: Person | None, why: str, at: datetime) -> None:
    """Let nobody in as this person any more; their sessions and tokens end at once, their roles wait.

    ``by`` is ``None`` at the terminal. Errors: by somebody who may not, or of oneself; not active already.
    """
    refuse_without_right(person, by=by)
    with transaction.atomic():
        held = Person.objects.select_for_update().get(pk=person.pk)
        if not held.is_active:
            raise InputError(f"{person} was deactivated already, by somebody else; there is nothing to do.")
        with changing(by=by, why=reason_given(why), partnership=None):
            Deactivation.objects.create(person=held)
            _switch(held, active=False)
            for token in held.tokens.filter(ended_at=None):
                token.ended_at = at
                token.save()
        for session in UserSession.objects.filter(user=held):
            session.end()


def person_reactivate(person: Person, *, by: Person | None, why: str, at: datetime) -> None:
    """Let the person in again, with the roles that they had; tokens that ended stay so.

    Errors: by somebody who may not, or of oneself; active already; forgotten.
    """
    refuse_without_right(person, by=by)
    with transaction.atomic():
        held = Person.objects.select_for_update().get(pk=person.pk)
        if held.is_active:
            raise InputError(f"{person} is active already; there is nothing to do.")
        if held.deactivations.exclude(forgotten_at=None).exists():
            raise InputError(f"{person} was forgotten, and has no address to sign in by; add the person anew.")
        with changing(by=by, why=reason_given(why), partnership=None):
            for deactivation in Deactivation.objects.filter(person=held, ended_at=None):
                deactivation.ended_at = at
                deactivation.save()
            _switch(held, active=True)


def _switch(person: Person, *, active: bool) -> None:
    person.is_active = active
    person.save(update_fields=["is_active"])


def refuse_without_right(person: Person, *, by: Person | None) -> None:
    """Errors: by somebody who may not, or of oneself. At the terminal, whoever runs it holds the database anyhow."""
    if by is None:
        return
    if person.pk == by.pk:
        raise InputError("nobody does that to themself; ask another administrator.")
    if not may(by, ADMINISTER):
        raise InputError(f"{by} may not let people in or out. Ask an administrator.")
