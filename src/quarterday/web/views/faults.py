"""What is shown where a page fails."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error

_AGAIN_AFTER = 10  # seconds


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    """Where the database is away, that this passes; else that the fault is ours. Neither page asks the database."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(_AGAIN_AFTER)})
    return server_error(request)
