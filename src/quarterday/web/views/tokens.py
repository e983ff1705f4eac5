"""The tokens with which somebody's programs come in."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from quarterday.domain.faults import InputError
from quarterday.people.models import Token
from quarterday.people.tokens import token_end, token_make, tokens_of
from quarterday.web.forms import ReasonForm
from quarterday.web.forms_tokens import TokenForm
from quarterday.web.proof import proved_again
from quarterday.web.views.doors import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@proved_again
@sensitive_variables("text")
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens that are good; and one can be made, which is shown on the page that answers, and never again."""
    form = TokenForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid() and (text := _made(request, form)):
        return render(request, "tokens/made.html", {"text": text, "name": form.cleaned_data["name"]})
    held = tokens_of(signed_in(request), today=timezone.localdate())
    return render(request, "tokens/tokens.html", {"form": form, "tokens": held})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end_token(request: HttpRequest, token: int) -> HttpResponse:
    """Ask why a token is to end, and end it."""
    held = get_object_or_404(Token, pk=token, person=signed_in(request), ended_at=None)
    form = ReasonForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token_end(held, by=signed_in(request), at=timezone.now(), why=form.cleaned_data["why"])
            messages.success(request, f"{held.name}: ended.")
        except InputError as error:  # ended meanwhile
            messages.error(request, " ".join(error.faults))
        return HttpResponseRedirect(reverse("tokens"))
    return render(request, "tokens/end.html", {"form": form, "token": held})


def _made(request: HttpRequest, form: TokenForm) -> str:
    """The text of the token; empty where none could be made, and the form says why."""
    said, today = form.cleaned_data, timezone.localdate()
    try:
        _, text = token_make(
            signed_in(request),
            name=said["name"],
            scope=said["scope"],
            expires=today + timedelta(days=int(said["days"])),
            today=today,
            why=said["why"],
        )
    except InputError as error:
        for fault in error.faults:
            form.add_error(None, fault)
        return ""
    return text
