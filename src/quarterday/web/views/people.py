"""The people of a partnership, and the history of what was changed in it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.people.history import changes_of, counted, lines_of
from quarterday.people.invitation import invite
from quarterday.people.models import Role
from quarterday.people.rules import HISTORY, MANAGE, may_change_role
from quarterday.people.services import role_end, role_give_to_address
from quarterday.plan.models import Partnership
from quarterday.web import security_log
from quarterday.web.forms import ReasonForm, RoleForm
from quarterday.web.proof import proved_again
from quarterday.web.views.doors import partnership_page, signed_in

_ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@partnership_page(MANAGE)
@proved_again
def people(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who has which role; and a role can be given."""
    form = RoleForm(data=request.POST or None, partnership=partnership)
    if request.method == "POST" and form.is_valid() and _given(request, partnership, form):
        return HttpResponseRedirect(_address(partnership))
    roles = [
        {"role": role, "can_end": role.partnership_id is not None and may_change_role(request.user, role)}
        for role in _roles_in(partnership)
    ]
    return render(request, "people/people.html", {"partnership": partnership, "form": form, "roles": roles})


@require_http_methods(["GET", "HEAD", "POST"])
@partnership_page(MANAGE)
@proved_again
def end_role(request: HttpRequest, partnership: Partnership, role: int) -> HttpResponse:
    """Ask why a role is to end, and end it."""
    held = get_object_or_404(Role, pk=role, partnership=partnership)
    if not may_change_role(request.user, held):
        if held.person_id == request.user.pk:
            security_log.own_role_tried(request)
        raise Http404
    form = ReasonForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            role_end(role=held, by=signed_in(request), why=form.cleaned_data["why"])
            messages.success(request, f"{held}: ended.")
        except InputError as error:  # somebody else was quicker
            messages.error(request, " ".join(error.faults))
        return HttpResponseRedirect(_address(partnership))
    return render(request, "people/end_role.html", {"partnership": partnership, "form": form, "role": held})


@require_safe
@partnership_page(HISTORY)
def history(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Every change of the plan and of roles: when, who and why."""
    page = Paginator(changes_of(partnership), _ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"partnership": partnership, "slug": slug(partnership.short_name), "page": page}
    return render(request, "people/history.html", shown)


@require_safe
@partnership_page(HISTORY)
def change(request: HttpRequest, partnership: Partnership, change: int) -> HttpResponse:
    """One change: each row that it touched, from what to what."""
    held = get_object_or_404(changes_of(partnership), pk=change)
    lines = list(lines_of(held))
    shown = {"partnership": partnership, "slug": slug(partnership.short_name), "change": held, "lines": lines}
    return render(request, "people/change.html", {**shown, "counts": counted(lines)})


def _given(request: HttpRequest, partnership: Partnership, form: RoleForm) -> bool:
    """Give the role; where that cannot be, the form says why."""
    said = form.cleaned_data
    try:
        role, is_new = role_give_to_address(
            email=said["email"],
            full_name=said["full_name"],
            name=said["role"],
            by=signed_in(request),
            why=said["why"],
            partnership=partnership,
            agency=said["agency"],
        )
    except InputError as error:
        if said["email"].strip().lower() == signed_in(request).email:
            security_log.own_role_tried(request)
        for fault in error.faults:
            form.add_error(None, fault)
        return False
    if is_new:
        invite(role.person)
    messages.success(request, f"{role}: given." + (" An e-mail tells them how to come in." if is_new else ""))
    return True


def _roles_in(partnership: Partnership) -> list[Role]:
    here = Q(partnership=partnership)
    if partnership.county:
        here |= Q(county__iexact=partnership.county)
    return list(Role.objects.filter(here).select_related("person", "agency", "partnership"))


def _address(partnership: Partnership) -> str:
    return reverse("people", args=[slug(partnership.short_name)])
