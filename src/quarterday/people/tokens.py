"""Tokens, with which a program of somebody's comes in: made, ended, and known again."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.people.models import Person, Token
from quarterday.people.services import reason_given
from quarterday.plan.models import changing

MOST: Final = 20  # that one person has at a time
LONGEST: Final = 366  # days
_MARK: Final = "quarterday_"  # by which one is known that lies where it should not
_BYTES: Final = 32


class Scope(StrEnum):
    """What a token is good for."""

    FIGURES = "figures"
    FINDINGS = "findings"
    EDITIONS = "editions"
    PLAN = "plan"


def token_make(
    person: Person, *, name: str, scope: Iterable[str], expires: date, today: date, why: str
) -> tuple[Token, str]:
    """A token of the person's own, and its text, which is told now and never again.

    It is good to the end of the day on which it ``expires``. Errors: no name or one that another has, no scope or none
    that there is, too late a day or a past one, too many.
    """
    called = " ".join(name.split())
    wanted = [known for known in Scope if known in set(scope)]
    _refuse_unfit(called, set(scope) - set(Scope), wanted, expires=expires, today=today)
    text = _MARK + secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        _refuse_more(person, called, today=today)
        token = Token(person=person, name=called, digest=digest_of(text), scope=wanted, expires=expires)
        with changing(by=person, why=reason_given(why), partnership=None):
            token.save()
    return token, text


def token_end(token: Token, *, by: Person, at: datetime, why: str) -> None:
    """Let a token open nothing any more. Errors: it is somebody else's, or has ended."""
    with transaction.atomic():
        held = Token.objects.select_for_update().filter(pk=token.pk, person=by, ended_at=None).first()
        if held is None:
            raise InputError(f"{token.name}: ended already, or not yours; there is nothing to do.")
        held.ended_at = at
        with changing(by=by, why=reason_given(why), partnership=None):
            held.save()


def token_known(text: str, *, today: date) -> Token | None:
    """The token of this text, where it is good today and its person still comes in."""
    good = _good(Token.objects.all(), today).filter(person__is_active=True)
    return good.select_related("person").filter(digest=digest_of(text)).first()


def tokens_of(person: Person, *, today: date) -> QuerySet[Token]:
    """The tokens of a person that are good today, the latest first."""
    return _good(Token.objects.filter(person=person), today)


def digest_of(text: str) -> str:
    """What is kept of a token. It is random and long, so that nobody finds it by trying, however quick the hash."""
    return hashlib.sha256(text.encode()).hexdigest()


def _good(tokens: QuerySet[Token], today: date) -> QuerySet[Token]:
    return tokens.filter(Q(ended_at=None), expires__gte=today)


def _refuse_unfit(name: str, unknown: set[str], wanted: list[Scope], *, expires: date, today: date) -> None:
    faults = []
    if not name:
        faults.append("no name came; say what the token is for, such as: board dashboard.")
    if unknown or not wanted:
        faults.append(f"a token is good for {', '.join(Scope)}; choose one or more of these.")
    if not today <= expires <= date.fromordinal(today.toordinal() + LONGEST):
        faults.append(f"a token is good for a day at least and for {LONGEST} at most; choose another last day.")
    if faults:
        raise InputError(*faults)


def _refuse_more(person: Person, name: str, *, today: date) -> None:
    held = list(tokens_of(person, today=today))
    if key_of(name) in {key_of(token.name) for token in held}:
        raise InputError(f"you have a token {name!r} already; choose another name, or end that one first.")
    if len(held) >= MOST:
        raise InputError(f"you have {MOST} tokens, and nobody has more; end one first.")
