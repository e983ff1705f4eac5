"""What those who run the program must be able to see: who failed to come in, was refused, was given rights, or read.

One line an event, to the logger ``quarterday.security``. People stand there by number, never by name or address, and
nothing that somebody typed stands there but an address that was asked for, with its control characters escaped.
"""

import logging
from typing import Any, Final

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as second_step
from allauth.usersessions.signals import session_client_changed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from simple_history.signals import post_create_historical_record

from quarterday.people.models import Deactivation, Person, Role, Token
from quarterday.web.log_line import escaped
from quarterday.web.tasks.alerting import Unusual, noticed

LOG: Final = logging.getLogger("quarterday.security")

REFUSALS: Final = frozenset({401, 403, 429})
_LONGEST = 200  # characters of an address that are kept
_WORDS: Final = {"+": "added", "~": "changed", "-": "removed"}


def refused(request: HttpRequest, status: int) -> None:
    """Somebody was refused."""
    address = escaped(_address(request)[:_LONGEST])
    LOG.warning("refused %s: %s %s, %s", status, request.method, address, _who(request, request.user))
    noticed(Unusual.REFUSALS)


def read(request: HttpRequest) -> None:
    """Somebody was shown what is not for anyone: a page of a partnership, a draft, or a paper that is sensitive.

    However it was asked for: what answers to a form shows figures, too.
    """
    address = escaped(_address(request)[:_LONGEST])
    LOG.info("read: %s %s, %s", request.method, address, _who(request, request.user))
    noticed(Unusual.READING, whose=str(request.user.pk), which=address)


def own_role_tried(request: HttpRequest) -> None:
    """Somebody tried to give or end a role of their own, which is refused."""
    LOG.warning("role of one's own tried: %s", _who(request, request.user))
    noticed(Unusual.OWN_ROLE)


def locked(request: HttpRequest) -> None:
    """An address or a caller is locked, for it was guessed at too often."""
    LOG.warning("sign-in locked: %s", _who(request))


def _address(request: HttpRequest) -> str:
    """The address that was asked for, without what is a key to it."""
    address = request.path
    for name, value in (request.resolver_match.kwargs if request.resolver_match else {}).items():
        if name in {"token", "key"}:
            address = address.replace(str(value), "…")
    return address


def _who(request: HttpRequest | None, person: Any = None) -> str:  # noqa: ANN401 - whoever it is, signed in or not
    key = getattr(person, "pk", None)
    return f"{f'person {key}' if key else 'nobody known'} from {_caller(request)}"


def _caller(request: HttpRequest | None) -> str:
    try:
        return get_adapter().get_client_ip(request) if request else "the terminal"
    except PermissionDenied:  # no address that can be read
        return "an unknown address"


def _sign_in_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: object) -> None:
    email = str(credentials.get("email") or credentials.get("username") or "").lower()
    LOG.warning("sign-in failed: %s", _who(request, Person.objects.filter(email=email).first()))
    noticed(Unusual.SIGN_INS)


def _second_step_failed(request: HttpRequest, user: Person, **_: object) -> None:
    LOG.warning("second step failed: %s", _who(request, user))


def _told(event: str) -> Any:  # noqa: ANN401 - a receiver
    def tell(request: HttpRequest | None = None, user: Person | None = None, **_: object) -> None:
        LOG.info("%s: %s", event, _who(request, user))

    return tell


def _elsewhere(request: HttpRequest, **_: object) -> None:
    LOG.warning("a session goes on from another address or program: %s", _who(request, request.user))


def _rights_changed(instance: Any, history_instance: Any, **_: object) -> None:  # noqa: ANN401 - rows of any table
    by = history_instance.history_user_id
    if by is None:  # at the terminal, whose owner sees it there
        return
    kind, word = type(instance).__name__.lower(), _WORDS[history_instance.history_type]
    which = f"{kind} {history_instance.id} ({_scope(instance)}) of person {instance.person_id}"
    transaction.on_commit(lambda: LOG.info("rights: %s %s by person %s", which, word, by))


def _scope(row: Any) -> str:  # noqa: ANN401 - a role, a token or a deactivation
    if isinstance(row, Role):
        return f"{row.name}, partnership {row.partnership_id or 'none'}"
    return "ended" if row.ended_at else "open"


_RECEIVERS: Final = [
    (user_login_failed, _sign_in_failed, None),
    (second_step.authentication_failed, _second_step_failed, None),
    (user_logged_in, _told("signed in"), None),
    (user_logged_out, _told("signed out"), None),
    (account.password_changed, _told("password changed"), None),
    (account.password_reset, _told("password chosen by a link"), None),
    (second_step.authenticator_added, _told("second step added"), None),
    (second_step.authenticator_removed, _told("second step removed"), None),
    (second_step.authenticator_reset, _told("recovery codes made anew"), None),
    (session_client_changed, _elsewhere, None),
    *(
        (post_create_historical_record, _rights_changed, table.history.model)  # type: ignore[union-attr]
        for table in (Role, Token, Deactivation)
    ),
]


def begin() -> None:
    """Listen to what happens, from the start of the program."""
    for number, (signal, receiver, sender) in enumerate(_RECEIVERS):
        signal.connect(receiver, sender=sender, weak=False, dispatch_uid=f"{__name__} {number}")
