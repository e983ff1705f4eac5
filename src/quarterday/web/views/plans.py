"""A partnership's plan: read as a page, taken out as a file, and changed by a file that somebody looked at first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quarterday.domain.area import slug
from quarterday.people.rules import PLAN, READ, may
from quarterday.plan.compare_plans import counted
from quarterday.plan.models import Partnership, PlanFile
from quarterday.plan.plan_file import plan_text
from quarterday.plan.selectors import plan_get
from quarterday.plan.write_plan_files import Proposal, plan_file_discard
from quarterday.web.forms_administration import AcceptForm, PlanFileForm
from quarterday.web.uploads import takes_files
from quarterday.web.views.administration import accepted, bring, proposed
from quarterday.web.views.doors import partnership_page


@require_safe
@partnership_page(READ)
def plan(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """The whole plan, to be read."""
    held = plan_get(partnership=partnership.name)
    shown = {"plan": held, "may_change": may(request.user, PLAN, partnership)}
    return render(request, "plan/plan.html", {**_of(partnership), **shown})


@require_safe
@partnership_page(READ)
def export(request: HttpRequest, partnership: Partnership) -> HttpResponse:  # noqa: ARG001 - as every page
    """The plan as a file, which loads back equal."""
    name = f"{slug(partnership.short_name)}-plan.toml"
    return HttpResponse(
        plan_text(plan_get(partnership=partnership.name)),
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@partnership_page(PLAN)
@takes_files
def bring_plan(request: HttpRequest, partnership: Partnership, *, refused: str) -> HttpResponse:
    """Send a plan file."""
    form = PlanFileForm(data=request.POST or None, files=request.FILES or None)
    brought = bring(request, form, partnership, refused=refused)
    if brought:
        return HttpResponseRedirect(reverse("plan-file", args=[slug(partnership.short_name), brought.pk]))
    waiting = PlanFile.objects.filter(partnership=partnership).select_related("by")
    return render(request, "plan/bring.html", {**_of(partnership), "form": form, "waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
@partnership_page(PLAN)
def plan_file(request: HttpRequest, partnership: Partnership, file: int) -> HttpResponse:
    """What the file would change, row by row; it can be accepted."""
    brought = get_object_or_404(PlanFile, pk=file, partnership=partnership)
    form = AcceptForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid() and accepted(request, form, brought):
        return HttpResponseRedirect(reverse("plan", args=[slug(partnership.short_name)]))
    shown = proposed(brought)
    proposal = shown.get("proposal")
    if isinstance(proposal, Proposal):
        lost = [each for each in proposal.differences if each.loses_what_people_wrote]
        shown |= {"counts": counted(proposal.differences), "lost": lost}
    return render(request, "plan/file.html", {**_of(partnership), "brought": brought, "form": form, **shown})


@require_POST
@partnership_page(PLAN)
def discard_plan(request: HttpRequest, partnership: Partnership, file: int) -> HttpResponse:
    """Forget the file."""
    plan_file_discard(get_object_or_404(PlanFile, pk=file, partnership=partnership))
    messages.success(request, "Discarded; nothing was changed.")
    return HttpResponseRedirect(reverse("bring-plan", args=[slug(partnership.short_name)]))


def _of(partnership: Partnership) -> dict[str, object]:
    return {"partnership": partnership, "slug": slug(partnership.short_name)}
