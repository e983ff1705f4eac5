"""What happens to every request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from quarterday.people.models import Person
from quarterday.people.rules import Owner

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
