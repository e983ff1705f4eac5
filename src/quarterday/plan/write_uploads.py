"""Uploads from the moment they come to the release that they become: every step is kept, with who and why."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from quarterday.domain.faults import InputError
from quarterday.plan.choices import UploadState
from quarterday.plan.entry_types import LONGEST_NAME
from quarterday.plan.models import Partnership, Upload, changing


def upload_add(
    *,
    partnership: Partnership,
    kind: str,
    told: Mapping[str, Any],
    name: str,
    sha256: str,
    size: int,
    by: AbstractBaseUser,
) -> Upload:
    """A file has come, and waits for a job to read it. ``kind`` is empty where the file is to tell; see ``Upload``."""
    upload = Upload(
        partnership=partnership,
        kind=kind,
        told=dict(told),
        name=name[:LONGEST_NAME],
        sha256=sha256,
        size=size,
        state=UploadState.WAITING,
        by_id=by.pk,
    )
    with transaction.atomic(), changing(by=by, why=f"{upload.name} was uploaded.", partnership=partnership):
        upload.save()
    return upload


def upload_move(
    key: int,
    *since: UploadState,
    to: UploadState,
    by: AbstractBaseUser | None,
    why: str,
    **columns: Any,  # noqa: ANN401 - of the row
) -> Upload:
    """Bring an upload from one of the states ``since`` to another one, and set other ``columns`` with it.

    Errors: it is in another state, for somebody else was quicker, or gone.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update().filter(pk=key).first()
        if upload is None or upload.state not in since:
            state = upload.state if upload else "gone"
            raise InputError(f"{upload or 'The file'} is {state} by now, so nothing was done; look at it again.")
        with changing(by=by, why=why, partnership=upload.partnership):
            for name, value in {"state": to, "done": 0, "todo": 0, **columns}.items():
                setattr(upload, name, value)
            upload.save()
    return upload


def upload_progress(key: int, *, done: int, todo: int) -> None:
    """Say how far a job is; the trail does not keep it."""
    Upload.objects.filter(pk=key).update(done=done, todo=todo)
