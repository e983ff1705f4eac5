"""Who calls, with which token, and how often."""

import time
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from quarterday.people.rules import Owner, Viewer
from quarterday.people.second_step import must_set_one_up
from quarterday.people.tokens import Scope, token_known
from quarterday.web import security_log

_MINUTE: Final = 60  # seconds


class ByToken(HttpBearer):
    """A token of somebody's, good for this; where it is for ``anyone``, no token, too.

    Being signed in in a browser counts for nothing here, so that no other site can have a browser ask.
    """

    def __init__(self, scope: Scope, *, anyone: bool = False) -> None:
        super().__init__()
        self._scope, self._anyone = scope, anyone

    def __call__(self, request: HttpRequest) -> Viewer:
        """Whoever calls; from here on the request is theirs."""
        said = request.headers.get("Authorization", "")
        request.user = self._of_token(said) if said else self._of_nobody(request)  # type: ignore[assignment]
        if said:
            security_log.read(request)
        return request.user

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ANN401 - as django-ninja has it
        """Not asked: ``__call__`` says all."""

    def _of_token(self, said: str) -> Viewer:
        kind, _, text = said.partition(" ")
        token = token_known(text.strip(), today=timezone.localdate()) if kind.lower() == "bearer" else None
        if token is None:
            raise HttpError(
                401,
                "what came in the header Authorization is no token that is good today; wanted: Bearer TOKEN. "
                "Make one at Your account, Tokens.",
            )
        if self._scope not in token.scope:
            raise HttpError(
                403, f"the token is good for {', '.join(token.scope)}; wanted one that is good for {self._scope}."
            )
        if settings.QUARTERDAY_SECOND_STEP and must_set_one_up(token.person):
            raise HttpError(403, "the token is of somebody whose role needs a second step of signing in; set one up.")
        return token.person

    def _of_nobody(self, request: HttpRequest) -> Viewer:
        if isinstance(request.user, Owner):
            return request.user
        if not self._anyone:
            raise HttpError(
                401, "no token came; wanted one in the header Authorization: Bearer TOKEN. See the page of the API."
            )
        return AnonymousUser()


class PerMinute(BaseThrottle):
    """So many calls a minute for each person or, without a token, each address."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the call, in a place that all processes share."""
        caller = request.user.pk or _address_of(request)
        key = f"api-{caller}-{int(time.time() // _MINUTE)}"
        if cache.add(key, 1, timeout=2 * _MINUTE):
            return True
        try:
            return cache.incr(key) <= settings.QUARTERDAY_API_CALLS
        except ValueError:  # it was cleared away
            return True

    def wait(self) -> float:
        """Seconds until it starts anew."""
        return _MINUTE - time.time() % _MINUTE


def _address_of(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # none that can be read: all of these share what one may ask for
        return "unknown"
