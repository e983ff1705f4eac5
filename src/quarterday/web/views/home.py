"""Home: my partnerships, and how far each has come."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from quarterday.domain.area import slug
from quarterday.editions.state import quarter_states
from quarterday.people.rules import HISTORY, MANAGE, READ, WRITE, partnerships_visible_to, rights_of, roles_of
from quarterday.web.views.quarters import home as workspace
from quarterday.web.views.quarters import last_quarter


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The partnerships of somebody who has signed in; the editions, for anybody else."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("editions"))
    quarter, may_here = last_quarter(), rights_of(request.user)
    partnerships = list(partnerships_visible_to(request.user))
    read = [partnership for partnership in partnerships if may_here(READ, partnership)]
    states = quarter_states(read, workspace(), this_quarter=quarter, today=timezone.localdate())
    shown = [
        {
            "name": partnership.name,
            "slug": slug(partnership.short_name),
            "state": states.get(partnership.pk),
            "may_begin": may_here(WRITE, partnership),
            "manages": may_here(MANAGE, partnership),
            "has_history": may_here(HISTORY, partnership),
        }
        for partnership in partnerships
    ]
    return render(request, "home.html", {"partnerships": shown, "quarter": quarter})


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What somebody can look after of their own: password, second step, sessions."""
    return render(request, "account.html", {"roles": roles_of(request.user)})
