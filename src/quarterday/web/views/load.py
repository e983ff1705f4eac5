"""Load pages: a file comes, is read by a job, and lands once somebody has seen what it would do."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.editions import uploads
from quarterday.editions.load_kinds import KINDS
from quarterday.people.rules import LOAD, READ, may
from quarterday.plan.choices import UploadState
from quarterday.plan.models import Partnership, Upload
from quarterday.web.forms_load import KindForm, UploadForm, WithdrawForm
from quarterday.web.tasks.loading import home, land_upload, read_upload, take_back_upload
from quarterday.web.uploads import takes_files
from quarterday.web.views.doors import partnership_page, signed_in

_ON_A_PAGE = 25
_UNDER_WAY = frozenset(
    {
        UploadState.WAITING,
        UploadState.READING,
        UploadState.ACCEPTED,
        UploadState.LANDING,
        UploadState.WITHDRAWING,
    }
)
_HAS_LANDED = frozenset({UploadState.LANDED, UploadState.WITHDRAWING, UploadState.WITHDRAWN})
_WORDS = {
    UploadState.WAITING: "Waiting to be read",
    UploadState.READING: "Being read",
    UploadState.READ: "To be decided",
    UploadState.REFUSED: "Refused",
    UploadState.ACCEPTED: "Waiting to be loaded",
    UploadState.LANDING: "Being loaded",
    UploadState.LANDED: "Loaded",
    UploadState.DISCARDED: "Discarded",
    UploadState.WITHDRAWING: "Being withdrawn",
    UploadState.WITHDRAWN: "Withdrawn",
}


@require_safe
@partnership_page(READ)
def loads(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Every file that came, the latest first."""
    held = Upload.objects.filter(partnership=partnership).select_related("by")
    page = Paginator(held, _ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "upload": upload,
            "words": _words(upload),
            "kind": _kind(upload),
            "release": upload.release if upload.state in _HAS_LANDED else "",
        }
        for upload in page
    ]
    shown = {"page": page, "rows": rows, "may_load": may(request.user, LOAD, partnership)}
    return render(request, "load/loads.html", {**_of(partnership), **shown})


@require_http_methods(["GET", "HEAD", "POST"])
@partnership_page(LOAD)
@takes_files
def new_load(request: HttpRequest, partnership: Partnership, *, refused: str) -> HttpResponse:
    """Send a file."""
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = UploadForm(**sent, person=signed_in(request))
    if sent:
        if refused:
            form.errors.pop("file", None)  # it did not come, which is not for want of choosing it
            form.add_error(None, refused)
        elif form.is_valid() and (upload := _taken(request, partnership, form)):
            return _to(partnership, upload)
    return render(request, "load/new.html", {**_of(partnership), "form": form})


def _taken(request: HttpRequest, partnership: Partnership, form: UploadForm) -> Upload | None:
    """Keep what came, and have it read; where that cannot be, the form says why."""
    said = form.cleaned_data
    sent = [came.sent for came in (said["file"], said["second"]) if came]
    try:
        with transaction.atomic():
            upload = uploads.upload_take(
                home(), sent, partnership=partnership, by=signed_in(request), kind=said["kind"], area=said["area"]
            )
            read_upload.enqueue(upload.pk)
    except InputError as error:
        for fault in error.faults:
            form.add_error(None, fault)
        return None
    return upload


@require_safe
@partnership_page(READ)
def load(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    """One file: how far it is, what it would do or did, and what can be done with it."""
    held = _upload(partnership, upload)
    may_load = may(request.user, LOAD, partnership)
    again = may_load and held.state == UploadState.REFUSED
    said = {"kind": held.kind, "area": held.told.get("area", "")}
    shown = {
        "upload": held,
        "found": held.found,
        "words": _words(held),
        "kind": _kind(held),
        "under_way": held.state in _UNDER_WAY,
        "has_landed": held.state in _HAS_LANDED,
        "may_load": may_load,
        "others": held.told.get("others", ()),
        "steps": _steps(held),
        "form": KindForm(person=signed_in(request), initial=said) if again else None,
    }
    return render(request, "load/load.html", {**_of(partnership), **shown})


@require_POST
@partnership_page(LOAD)
def accept(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    """Let what was read land."""
    held = _upload(partnership, upload)
    try:
        with transaction.atomic():
            job = land_upload if uploads.upload_accept(home(), held, by=signed_in(request)) else read_upload
            job.enqueue(held.pk)
    except InputError as error:
        _say(request, error)
    else:
        if job is read_upload:
            messages.info(request, "Other figures were loaded since this file was read. It is being read again.")
    return _to(partnership, held)


@require_POST
@partnership_page(LOAD)
def discard(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    """Do away with a file that has not landed."""
    held = _upload(partnership, upload)
    try:
        uploads.upload_discard(home(), held, by=signed_in(request))
        messages.success(request, f"{held} was discarded. Nothing of it was loaded.")
    except InputError as error:
        _say(request, error)
    return _to(partnership, held)


@require_POST
@partnership_page(LOAD)
def read_again(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    """Have a file that was refused read again."""
    held = _upload(partnership, upload)
    form = KindForm(data=request.POST, person=signed_in(request))
    try:
        if not form.is_valid():
            raise InputError("choose what the file is from the list.")  # noqa: TRY301 - told as any
        with transaction.atomic():
            uploads.upload_again(held, by=signed_in(request), **form.cleaned_data)
            read_upload.enqueue(held.pk)
    except InputError as error:
        _say(request, error)
    return _to(partnership, held)


@require_http_methods(["GET", "HEAD", "POST"])
@partnership_page(LOAD)
def withdraw(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    """Ask why, and have what landed withdrawn."""
    held = _upload(partnership, upload)
    if held.state != UploadState.LANDED:
        messages.error(request, f"{held} is not loaded, so there is nothing to withdraw.")
        return _to(partnership, held)
    form = WithdrawForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = signed_in(request)
        try:
            with transaction.atomic():
                uploads.upload_withdraw(held, by=person, why=form.cleaned_data["why"])
                take_back_upload.enqueue(held.pk, person.pk)
        except InputError as error:
            _say(request, error)
        return _to(partnership, held)
    return render(request, "load/withdraw.html", {**_of(partnership), "upload": held, "form": form})


def _upload(partnership: Partnership, key: int) -> Upload:
    held = Upload.objects.filter(partnership=partnership).select_related("by", "accepted_by")
    return get_object_or_404(held, pk=key)


def _steps(upload: Upload) -> list[dict[str, object]]:
    """What happened to it, the latest first: one line a change of state."""
    kept = upload.history.select_related("change__by").order_by("-history_id")  # type: ignore[attr-defined]
    return [{"change": row.change, "words": _WORDS[UploadState(row.state)]} for row in kept]


def _words(upload: Upload) -> str:
    return _WORDS[UploadState(upload.state)]


def _kind(upload: Upload) -> str:
    return KINDS.get(upload.kind, "not told yet")


def _say(request: HttpRequest, error: InputError) -> None:
    for fault in error.faults:
        messages.error(request, fault[:1].upper() + fault[1:])


def _of(partnership: Partnership) -> dict[str, object]:
    return {"partnership": partnership, "slug": slug(partnership.short_name)}


def _to(partnership: Partnership, upload: Upload) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("load", args=[slug(partnership.short_name), upload.pk]))
