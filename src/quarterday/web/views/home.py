"""Home: my partnerships, and how far each has come."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from quarterday.domain.area import slug
from quarterday.domain.period import Period
from quarterday.editions.state import QuarterState, quarter_state
from quarterday.people.rules import HISTORY, MANAGE, READ, WRITE, may, partnerships_visible_to, roles_of
from quarterday.plan.models import Partnership
from quarterday.web.views.quarters import home as workspace
from quarterday.web.views.quarters import last_quarter


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The partnerships of somebody who has signed in; the editions, for anybody else."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("editions"))
    quarter = last_quarter()
    shown = [_shown(request, partnership, quarter) for partnership in partnerships_visible_to(request.user)]
    return render(request, "home.html", {"partnerships": shown, "quarter": quarter})


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What somebody can look after of their own: password, second step, sessions."""
    return render(request, "account.html", {"roles": roles_of(request.user)})


def _shown(request: HttpRequest, partnership: Partnership, quarter: Period) -> dict[str, Any]:
    name = slug(partnership.short_name)
    reads = may(request.user, READ, partnership)
    return {
        "name": partnership.name,
        "slug": name,
        "state": _state(partnership, quarter) if reads else None,
        "may_begin": may(request.user, WRITE, partnership),
        "manages": may(request.user, MANAGE, partnership),
        "has_history": may(request.user, HISTORY, partnership),
    }


def _state(partnership: Partnership, quarter: Period) -> QuarterState:
    return quarter_state(partnership, workspace(), this_quarter=quarter, today=timezone.localdate())
