"""What somebody hears of a password while they type it."""

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from quarterday.people.models import Person
from quarterday.people.passwords import judge_password


@require_POST
@never_cache
@sensitive_post_parameters()
def judged(request: HttpRequest) -> HttpResponse:
    """How good the password is, as part of the page on which it is typed; it is neither kept nor said again."""
    if not consume(request, action="password_judged"):
        return HttpResponse(status=429)
    password = request.POST.get("password1", "")
    person = request.user if isinstance(request.user, Person) else None
    found = judge_password(password, person) if password else None
    return render(request, "account/password_judged.html", {"judged": found})
