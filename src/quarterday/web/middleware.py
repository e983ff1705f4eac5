"""What happens to every request."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control

from quarterday.people.models import Person
from quarterday.people.rules import Owner
from quarterday.people.second_step import must_set_one_up
from quarterday.web import security_log

Handler = Callable[[HttpRequest], HttpResponseBase]


class OwnerMiddleware:
    """In a workspace without people, on one machine, whoever comes may read what lies in its files."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the owner in, until somebody is added."""
        if settings.QUARTERDAY_OPEN and not Person.objects.exists():
            request.user = Owner()
        return self.get_response(request)


class PrivateMiddleware:
    """Nothing that was shown to somebody who signed in is kept by a browser or a proxy for the next one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the answer."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response


class SecondStepMiddleware:
    """Where it is demanded, an administrator or a signatory sets up a second step before any other page opens."""

    OPEN: Final = frozenset({"account", "edition-style", "password-judged"})
    SIGNING_IN: Final = "accounts/"  # allauth's pages, where it is set up

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing yet: which page is wanted is known later."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """Lead to where it is set up."""
        page = request.resolver_match
        if not settings.QUARTERDAY_SECOND_STEP or page is None:
            return None
        if page.route.startswith(self.SIGNING_IN) or page.url_name in self.OPEN or not must_set_one_up(request.user):
            return None
        messages.warning(
            request,
            "Your role needs a second step of signing in: add an authenticator app or a passkey here, then go on.",
        )
        return HttpResponseRedirect(reverse("mfa_index"))


class RefusalMiddleware:
    """Whoever is refused is seen in the log."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Tell the log."""
        response = self.get_response(request)
        if response.status_code in security_log.REFUSALS:
            security_log.refused(request, response.status_code)
        return response
