"""Administration: which partnerships there are, who comes in, and who has a role in more than one partnership."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quarterday.domain.faults import InputError
from quarterday.people.deactivation import person_deactivate, person_reactivate
from quarterday.people.history import lines_of
from quarterday.people.invitation import invite
from quarterday.people.models import Person, Role
from quarterday.people.rules import may_change_role
from quarterday.people.second_step import with_second_step
from quarterday.people.services import role_end, role_give_to_address
from quarterday.plan.models import Change, Partnership, PlanFile
from quarterday.plan.write_plan_files import plan_file_accept, plan_file_bring, plan_file_discard, plan_file_proposal
from quarterday.web import security_log
from quarterday.web.forms import ReasonForm
from quarterday.web.forms_administration import AcceptForm, PlanFileForm, WideRoleForm
from quarterday.web.proof import proved_again
from quarterday.web.uploads import takes_files
from quarterday.web.views.doors import administration_page, signed_in

_ON_A_PAGE = 50


@require_safe
@administration_page
def partnerships(request: HttpRequest) -> HttpResponse:
    """Every partnership, and how much of it there is."""
    held = Partnership.objects.prefetch_related("areas").annotate(
        measures=Count("priorities__measures", distinct=True),
        projects=Count("priorities__projects", distinct=True),
        people=Count("roles__person", distinct=True),
    )
    return render(request, "administration/partnerships.html", {"partnerships": held})


@require_safe
@administration_page
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who was added, or those whose name or address has what is looked for."""
    wanted = request.GET.get("find", "").strip()
    held = with_second_step(Person.objects.prefetch_related("roles__partnership", "roles__agency"))
    if wanted:
        held = held.filter(Q(full_name__icontains=wanted) | Q(email__icontains=wanted))
    page = Paginator(held, _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/people.html", {"page": page, "find": wanted})


@require_http_methods(["GET", "HEAD", "POST"])
@administration_page
@proved_again
def deactivate(request: HttpRequest, person: int) -> HttpResponse:
    """Ask why somebody is no longer to come in, and let them in no more."""
    held = get_object_or_404(_others(request), pk=person, is_active=True)
    form = ReasonForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person_deactivate(held, by=signed_in(request), why=form.cleaned_data["why"], at=timezone.now())
            messages.success(request, f"{held}: deactivated, and signed out everywhere.")
        except InputError as error:  # somebody else was quicker
            messages.error(request, " ".join(error.faults))
        return HttpResponseRedirect(reverse("administration-people"))
    return render(request, "administration/deactivate.html", {"person": held, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@administration_page
@proved_again
def reactivate(request: HttpRequest, person: int) -> HttpResponse:
    """Ask why somebody is to come in again, and let them."""
    held = get_object_or_404(_others(request), pk=person, is_active=False)
    form = ReasonForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person_reactivate(held, by=signed_in(request), why=form.cleaned_data["why"], at=timezone.now())
            messages.success(request, f"{held}: active again, with the roles of before.")
        except InputError as error:  # somebody else was quicker
            messages.error(request, " ".join(error.faults))
        return HttpResponseRedirect(reverse("administration-people"))
    return render(request, "administration/reactivate.html", {"person": held, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@administration_page
@proved_again
def roles(request: HttpRequest) -> HttpResponse:
    """Who administers, and who has a role in a county; and such a role can be given."""
    counties = sorted({name for name in Partnership.objects.values_list("county", flat=True) if name})
    form = WideRoleForm(data=request.POST or None, counties=counties)
    if request.method == "POST" and form.is_valid() and _given(request, form):
        return HttpResponseRedirect(reverse("administration-roles"))
    rows = [{"role": role, "can_end": may_change_role(request.user, role)} for role in _wide_roles()]
    return render(request, "administration/roles.html", {"form": form, "roles": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@administration_page
@proved_again
def end_role(request: HttpRequest, role: int) -> HttpResponse:
    """Ask why such a role is to end, and end it."""
    held = get_object_or_404(_wide_roles().exclude(person=signed_in(request)), pk=role)
    form = ReasonForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            role_end(role=held, by=signed_in(request), why=form.cleaned_data["why"])
            messages.success(request, f"{held}: ended.")
        except InputError as error:  # somebody else was quicker
            messages.error(request, " ".join(error.faults))
        return HttpResponseRedirect(reverse("administration-roles"))
    return render(request, "administration/end_role.html", {"form": form, "role": held})


@require_safe
@administration_page
def history(request: HttpRequest) -> HttpResponse:
    """Every change that is of no single partnership: wide roles, people let in or not, programs' tokens."""
    held = Change.objects.filter(partnership=None).select_related("by")
    page = Paginator(held, _ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [{"change": change, "lines": list(lines_of(change))} for change in page]
    return render(request, "administration/history.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@administration_page
@takes_files
def bring_plan(request: HttpRequest, *, refused: str) -> HttpResponse:
    """Send the plan of a new partnership, or a template of several."""
    form = PlanFileForm(data=request.POST or None, files=request.FILES or None)
    brought = bring(request, form, None, refused=refused)
    if brought:
        return HttpResponseRedirect(reverse("administration-plan", args=[brought.pk]))
    waiting = PlanFile.objects.filter(partnership=None).select_related("by")
    return render(request, "administration/bring.html", {"form": form, "waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
@administration_page
def plan(request: HttpRequest, file: int) -> HttpResponse:
    """What the file would make; it can be accepted."""
    brought = get_object_or_404(PlanFile, pk=file, partnership=None)
    form = AcceptForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid() and accepted(request, form, brought):
        return HttpResponseRedirect(reverse("administration"))
    return render(request, "administration/plan.html", {"brought": brought, "form": form, **proposed(brought)})


@require_POST
@administration_page
def discard_plan(request: HttpRequest, file: int) -> HttpResponse:
    """Forget the file."""
    plan_file_discard(get_object_or_404(PlanFile, pk=file, partnership=None))
    messages.success(request, "Discarded; nothing was changed.")
    return HttpResponseRedirect(reverse("administration-bring"))


def bring(
    request: HttpRequest, form: PlanFileForm, partnership: Partnership | None, *, refused: str
) -> PlanFile | None:
    """Keep the file that came; where none did, or it is at fault, the form says so."""
    if request.method != "POST":
        return None
    if refused:
        form.errors.pop("file", None)  # it did not come, which is not for want of choosing it
        form.add_error(None, refused)
    if not form.is_valid():
        return None
    sent = form.cleaned_data["file"].sent
    try:
        return plan_file_bring(
            partnership=partnership, name=sent.name, content=sent.path.read_bytes(), by=signed_in(request)
        )
    except InputError as error:
        _add_faults(form, error)
    return None


def accepted(request: HttpRequest, form: AcceptForm, brought: PlanFile) -> bool:
    """Whether the file is the plan now; where it cannot be, the form says why."""
    said = form.cleaned_data
    try:
        plans = plan_file_accept(brought, by=signed_in(request), why=said["why"], seen=said["seen"])
    except InputError as error:
        _add_faults(form, error)
        return False
    names = " and ".join(each.partnership.name for each in plans)
    messages.success(request, f"{names}: the plan is the one of {brought.name} now.")
    return True


def proposed(brought: PlanFile) -> dict[str, object]:
    """What a page shows of a file that waits: what it would change, or why it cannot."""
    try:
        proposal = plan_file_proposal(brought)
    except InputError as error:
        return {"faults": error.faults}
    return {"proposal": proposal}


_MOST_FAULTS = 40


def _add_faults(form: PlanFileForm | AcceptForm | WideRoleForm, error: InputError) -> None:
    for fault in error.faults[:_MOST_FAULTS]:
        form.add_error(None, fault[:1].upper() + fault[1:])
    if len(error.faults) > _MOST_FAULTS:
        form.add_error(None, f"And {len(error.faults) - _MOST_FAULTS} more like these.")


def _given(request: HttpRequest, form: WideRoleForm) -> bool:
    said = form.cleaned_data
    try:
        role, is_new = role_give_to_address(
            email=said["email"],
            full_name=said["full_name"],
            name=said["role"],
            by=signed_in(request),
            why=said["why"],
            county=said["county"],
        )
    except InputError as error:
        if said["email"].strip().lower() == signed_in(request).email:
            security_log.own_role_tried(request)
        _add_faults(form, error)
        return False
    if is_new:
        invite(role.person)
    messages.success(request, f"{role}: given." + (" An e-mail tells them how to come in." if is_new else ""))
    return True


def _wide_roles() -> QuerySet[Role]:
    return Role.objects.filter(partnership=None).select_related("person")


def _others(request: HttpRequest) -> QuerySet[Person]:
    """Everybody but whoever is signed in: nobody deactivates themself."""
    return Person.objects.exclude(pk=signed_in(request).pk)
