"""Proof of who somebody is, asked for again before what would hurt most in the hands of a stranger at their desk."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

Page = Callable[..., HttpResponse]

LASTS: Final = 15 * 60  # seconds from the password, the code, the passkey or the organisation's own sign-in


def proved_again(page: Page) -> Page:
    """A page whose form is taken only from somebody who proved who they are within ``LASTS``; reading it is free.

    Whoever did not is asked for the password or the second step, and then goes on with the form that they sent. Who
    has neither here, but comes in by the organisation's own sign-in, signs in anew.
    """

    @wraps(page)
    def guarded(request: HttpRequest, *others: Any, **named: Any) -> HttpResponse:  # noqa: ANN401 - the page's own
        if request.method != "POST" or is_proved(request):
            return page(request, *others, **named)
        if get_adapter().get_reauthentication_methods(request.user):
            raise ReauthenticationRequired
        logout(request)
        return redirect_to_login(request.get_full_path())

    return guarded


def is_proved(request: HttpRequest) -> bool:
    """Whether the last proof in this session is recent."""
    proofs = [float(proof["at"]) for proof in get_authentication_records(request, request.user)]  # type: ignore[arg-type]
    return bool(proofs) and time.time() - max(proofs) < LASTS
