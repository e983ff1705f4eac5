"""A file that somebody uploads: kept, read by a job, looked at by a person, and only then landed by another job.

A job may be killed at any moment and begun again. Whatever state it finds its upload in tells it what is left to do:
reading is done over, and a landing looks first whether its own release stands already, by the time that it bears.
"""

import os
import re
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, transaction

from quarterday.domain.faults import InputError
from quarterday.editions.home import Home
from quarterday.editions.load import READERS
from quarterday.editions.load_kinds import EXTRACT, FOR_ALL, GEOGRAPHY, KINDS, MET_POLICE, POLICE_UK, kind_of
from quarterday.editions.load_preview import find, latest
from quarterday.people.models import Person
from quarterday.people.rules import areas_closed_to, may_load_for_all
from quarterday.plan.choices import UploadState
from quarterday.plan.models import Partnership, Upload
from quarterday.plan.write_uploads import upload_add, upload_move, upload_progress
from quarterday.sources.geography import read_geography
from quarterday.sources.police_uk import read_police_uk
from quarterday.warehouse.base import Landing, Release

KEPT_READ: Final = timedelta(days=30)
"""How long a file that was read waits to be accepted."""
KEPT_REFUSED: Final = timedelta(days=7)
"""How long a file that was refused can be read again."""
MOST_UNDECIDED: Final = 20  # files of one partnership
MOST_AREAS_NAMED: Final = 8

_ENDED = (UploadState.LANDED, UploadState.DISCARDED, UploadState.WITHDRAWING, UploadState.WITHDRAWN)
_UNFIT = re.compile(r"[^\w .,()&+'-]")
_LONGEST_NAME = 150  # bytes; a file system has 255
_TELLS_EVERY = 0.5  # seconds between two notes of how far a job is
_MOST_FILES = 2


@dataclass(frozen=True)
class Sent:
    """A file as it came: what its owner calls it, where it lies for now, and the SHA-256 of its bytes."""

    name: str
    path: Path
    sha256: str
    size: int


def waiting_room(home: Home) -> Path:
    """Where files lie while they come."""
    folder = _folder(home) / "coming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def upload_take(
    home: Home, files: Sequence[Sent], *, partnership: Partnership, by: Person, kind: str = "", area: str = ""
) -> Upload:
    """Keep what somebody sent until a job reads it. ``kind`` is one of ``KINDS``, or empty where the file is to tell.

    A second file is the other half of the Met Police's table, or the map of an extract. Errors: a kind that is
    none or that this person may not load, an extract without a map, too many files that wait to be decided about.
    """
    kind = kind or (EXTRACT if len(files) > 1 and files[1].name.lower().endswith(".toml") else "")
    _refuse_misfit(files, kind=kind, by=by)
    if Upload.objects.filter(partnership=partnership).exclude(state__in=_ENDED).count() >= MOST_UNDECIDED:
        raise InputError(f"{MOST_UNDECIDED} files wait to be decided about; load or discard some of them first.")
    first, *others = files
    told: dict[str, Any] = {"area": area} if area else {}
    told |= {"others": [{"name": each.name, "sha256": each.sha256, "size": each.size} for each in others]}
    with transaction.atomic():
        upload = upload_add(
            partnership=partnership, kind=kind, told=told, name=first.name, sha256=first.sha256, size=first.size, by=by
        )
        folder = _place(home, upload)
        shutil.rmtree(folder, ignore_errors=True)  # of an upload that was never kept
        folder.mkdir(parents=True)
        for number, each in enumerate(files):
            _flush(each.path)
            each.path.replace(folder / str(number))
        _flush(folder)
    return upload


def _refuse_misfit(files: Sequence[Sent], *, kind: str, by: Person) -> None:
    if kind and kind not in KINDS:
        raise InputError(f"{kind!r} is nothing that can be loaded; choose what the file is.")
    if len(files) > _MOST_FILES:
        raise InputError(f"{len(files)} files came; send one, or the two that belong together.")
    if kind == EXTRACT and len(files) == 1:
        raise InputError("An extract is read by its map; choose the map as the second file.")
    _refuse_for_all(kind, by)


def _refuse_for_all(kind: str, by: Person) -> None:
    if kind in FOR_ALL and not may_load_for_all(by):
        raise InputError(
            f"This is {KINDS[kind]}, by which every partnership of the workspace is counted; ask an administrator who "
            "also has a role here to load it."
        )


def upload_read(home: Home, key: int, *, now: datetime) -> None:
    """The job that reads a file, and says what it would do; nothing, where somebody has done away with it since."""
    upload = Upload.objects.select_related("by", "partnership").get(pk=key)
    if upload.state not in {UploadState.WAITING, UploadState.READING}:
        return
    again = ", from the start again" if upload.state == UploadState.READING else ""
    upload = upload_move(
        key, UploadState(upload.state), to=UploadState.READING, by=upload.by, why=f"{upload} is being read{again}."
    )
    try:
        with _reading(home, upload) as (sent, drafts):
            kind = upload.kind or kind_of(sent)
            path = sent.parent if kind == MET_POLICE and sent.is_file() else sent
            _refuse_for_all(kind, upload.by)
            found = find(
                home, kind, path, told=_told(upload, kind, path), drafts=drafts, now=now, progress=_teller(key)
            )
            _refuse_areas(found.areas, upload.by)
    except Exception as error:  # noqa: BLE001 - whatever it is, the upload must not hang
        _back(home, upload, error, since=UploadState.READING, to=UploadState.REFUSED, did="read")
        return
    upload_move(
        key,
        UploadState.READING,
        to=UploadState.READ,
        by=upload.by,
        why=f"{upload} was read; nothing of it has landed.",
        kind=kind,
        found=found.as_data(),
        faults=[],
        release=found.release,
    )


def _refuse_areas(areas: Sequence[str], by: Person) -> None:
    closed = areas_closed_to(by, areas)
    if closed:
        named = [f"{area} ({owner})" for area, owner in sorted(closed.items())]
        more = f" and {len(named) - MOST_AREAS_NAMED} more" if len(named) > MOST_AREAS_NAMED else ""
        raise InputError(
            f"It holds figures of areas of other partnerships, where {by} may not load: "
            f"{'; '.join(named[:MOST_AREAS_NAMED])}{more}. Leave these areas out, or ask somebody who may."
        )


def upload_accept(home: Home, upload: Upload, *, by: Person) -> bool:
    """Let what was read land, by a job; ``False`` where something else landed since, so that it must be read again.

    Errors: the person may not load all of it; there is nothing that would land; somebody else was quicker.
    """
    _refuse_for_all(upload.kind, by)
    _refuse_areas(upload.found.get("areas", ()), by)
    has_landed = _own_release(home, upload) is not None  # by a job that was given up before it could say so
    if upload.found.get("already_held") and not has_landed:
        raise InputError(f"{upload} is what was loaded last, so nothing would change; discard it.")
    if not has_landed and upload.found.get("after") != latest(home.warehouse().releases()):
        upload_move(
            upload.pk,
            UploadState.READ,
            to=UploadState.WAITING,
            by=by,
            why=f"{upload} was accepted, but other figures have landed since it was read; it is read again.",
        )
        return False
    upload_move(
        upload.pk,
        UploadState.READ,
        to=UploadState.ACCEPTED,
        by=by,
        why=f"{upload} was accepted.",
        accepted_by=by,
        faults=[],
    )
    return True


def upload_land(home: Home, key: int, *, now: datetime) -> None:
    """The job that lands what was accepted, once, however often it is begun."""
    upload = Upload.objects.select_related("accepted_by", "partnership").get(pk=key)
    if upload.state not in {UploadState.ACCEPTED, UploadState.LANDING}:
        return
    again = ", begun again" if upload.state == UploadState.LANDING else ""
    upload = upload_move(
        key,
        UploadState(upload.state),
        to=UploadState.LANDING,
        by=upload.accepted_by,
        why=f"{upload} is landing{again}.",
        loaded_at=upload.loaded_at or now.isoformat(timespec="seconds"),
    )
    try:
        landed = _landed(home, upload)
    except Exception as error:  # noqa: BLE001 - whatever it is, the upload must not hang
        _back(home, upload, error, since=UploadState.LANDING, to=UploadState.READ, did="loaded")
        return
    upload_move(
        key,
        UploadState.LANDING,
        to=UploadState.LANDED,
        by=upload.accepted_by,
        why=f"{upload} has landed as release {upload.release}.",
        found=upload.found | landed,
        faults=[],
    )
    _remove(home, upload)


def _landed(home: Home, upload: Upload) -> dict[str, int]:
    """Land it, unless that was done before this job was begun again; what it did, where that is known."""
    if _own_release(home, upload) is not None:
        return {}
    with _reading(home, upload) as (path, _):
        landing = _land(home, upload, path)
    if landing.already_held:
        raise InputError("These files were the last to be loaded, so nothing changed; discard them.")
    return {"new": landing.new, "unchanged": landing.unchanged, "revised": landing.revised}


def _land(home: Home, upload: Upload, path: Path) -> Landing:
    loaded_at, warehouse = datetime.fromisoformat(upload.loaded_at), home.warehouse()
    if upload.kind == GEOGRAPHY:
        return warehouse.land_lookup(read_geography(path), loaded_at=loaded_at)
    if upload.kind == POLICE_UK:
        return warehouse.land_rows(read_police_uk(path, progress=_teller(upload.pk)), loaded_at=loaded_at)
    return warehouse.land(READERS[upload.kind](path, **_told(upload, upload.kind, path)), loaded_at=loaded_at)


def _own_release(home: Home, upload: Upload) -> Release | None:
    """The release that this upload became, withdrawn or not; another load of the same bytes bears another time."""
    for release in home.warehouse().releases():
        if (release.id, release.loaded_at) == (upload.release, upload.loaded_at):
            return release
    return None


def upload_again(upload: Upload, *, kind: str, area: str, by: Person) -> None:
    """Have a file that was refused read again, as another kind or after what stood in its way is mended."""
    if kind and kind not in KINDS:
        raise InputError(f"{kind!r} is nothing that can be loaded; choose what the file is.")
    if kind == EXTRACT and not upload.told.get("others"):
        raise InputError("An extract is read by its map; upload both files together.")
    _refuse_for_all(kind, by)
    upload_move(
        upload.pk,
        UploadState.REFUSED,
        to=UploadState.WAITING,
        by=by,
        why=f"{upload} is to be read again.",
        kind=kind,
        told={**upload.told, "area": area},
        faults=[],
    )


def upload_discard(home: Home, upload: Upload, *, by: Person | None, why: str = "") -> None:
    """Do away with a file that has not landed."""
    upload_move(
        upload.pk,
        UploadState.WAITING,
        UploadState.READ,
        UploadState.REFUSED,
        to=UploadState.DISCARDED,
        by=by,
        why=why or f"{upload} was discarded.",
    )
    _remove(home, upload)


def upload_withdraw(upload: Upload, *, by: Person, why: str) -> None:
    """Have a job withdraw what has landed: what it revised stands again. Errors: no reason."""
    if not why.strip():
        raise InputError("No reason came; say in a few words why, since it is kept with the change.")
    _refuse_for_all(upload.kind, by)
    _refuse_areas(upload.found.get("areas", ()), by)
    upload_move(upload.pk, UploadState.LANDED, to=UploadState.WITHDRAWING, by=by, why=why.strip(), faults=[])


def upload_take_back(home: Home, key: int, *, by: Person, now: datetime) -> None:
    """The job that withdraws a release, once, however often it is begun."""
    upload = Upload.objects.get(pk=key)
    if upload.state != UploadState.WITHDRAWING:
        return
    try:
        release = _own_release(home, upload)
        if release is None:
            raise InputError("The same files were loaded again since; withdraw that load.")  # noqa: TRY301 - told as any
        if not release.withdrawn_at:
            home.warehouse().withdraw(release.id, withdrawn_at=now)
    except Exception as error:  # noqa: BLE001 - whatever it is, the upload must not hang
        _back(home, upload, error, since=UploadState.WITHDRAWING, to=UploadState.LANDED, did="withdrawn")
        return
    why = f"Release {upload.release} was withdrawn: what it revised stands again."
    upload_move(key, UploadState.WITHDRAWING, to=UploadState.WITHDRAWN, by=by, why=why)


def upload_given_up(key: int) -> None:
    """The job failed, or lost as many workers as it may: leave the upload where a person can go on."""
    upload = Upload.objects.get(pk=key)
    back = {
        UploadState.WAITING: UploadState.REFUSED,
        UploadState.READING: UploadState.REFUSED,
        UploadState.ACCEPTED: UploadState.READ,
        UploadState.LANDING: UploadState.READ,
        UploadState.WITHDRAWING: UploadState.LANDED,
    }
    state = UploadState(upload.state)
    if state in back:
        fault = (
            "The program gave it up: it failed, or ended without a word time and again, as it does where there is too "
            "little memory. Tell whoever runs it."
        )
        upload_move(key, state, to=back[state], by=None, why=f"{upload}: given up.", faults=[fault])


def clear_away(home: Home, *, now: datetime) -> None:
    """Discard what nobody had decided about by ``now``, and remove files that are needed no longer."""
    for state, kept in ((UploadState.READ, KEPT_READ), (UploadState.REFUSED, KEPT_REFUSED)):
        for upload in Upload.objects.filter(state=state, at__lte=now - kept):
            why = f"{upload} was discarded: nobody decided about it within {kept.days} days."
            upload_discard(home, upload, by=None, why=why)
    kept_keys = {str(key) for key in Upload.objects.exclude(state__in=_ENDED).values_list("pk", flat=True)}
    before = (now - timedelta(days=1)).timestamp()
    for folder in _folder(home).glob("*"):
        leftovers = folder.iterdir() if folder.name == "coming" else [folder]
        for leftover in leftovers:
            if leftover.name not in kept_keys and leftover.stat().st_mtime < before:
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink(missing_ok=True)


def _back(home: Home, upload: Upload, error: Exception, *, since: UploadState, to: UploadState, did: str) -> None:
    """Say why it failed, and let a person decide. Where the database is at fault the job begins again by itself."""
    if isinstance(error, DatabaseError):
        raise error
    faults = error.faults if isinstance(error, InputError) else [_fault(error)]
    upload_move(
        upload.pk,
        since,
        to=to,
        by=upload.accepted_by or upload.by,
        why=f"{upload} could not be {did}.",
        faults=[_without_places(home, upload, fault) for fault in faults],
        loaded_at="" if to == UploadState.READ else upload.loaded_at,
    )
    if not isinstance(error, (InputError, OSError)):
        raise error


def _without_places(home: Home, upload: Upload, fault: str) -> str:
    """The sentence without the places at which the server keeps things: they are nobody's business in a browser."""
    reading = _place(home, upload).resolve() / "reading"
    for place, name in ((f"{reading}/", ""), (str(reading), "the files"), (f"{home.folder}/", "")):
        fault = fault.replace(place, name)
    return fault


def _fault(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"The server could not write or read: {error.strerror or error}. Nothing was changed. Make room there."
    return f"The program failed ({type(error).__name__}), which is its fault and not the file's. Nothing was changed."


def _teller(key: int) -> Callable[[int, int], None]:
    """What notes how far a job is, now and then."""
    told_at = 0.0

    def tell(done: int, todo: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at > _TELLS_EVERY:
            told_at = time.monotonic()
            upload_progress(key, done=done, todo=todo)

    return tell


def _told(upload: Upload, kind: str, path: Path) -> dict[str, Any]:
    """What the reader must know besides the file."""
    if kind == "published-table":
        return {"area": upload.told.get("area", "")}
    if kind == EXTRACT:
        names = [each["name"] for each in upload.told.get("others", ())]
        if not names:
            raise InputError("An extract is read by its map; upload both files together.")
        return {"map_path": path.parent / "beside" / plain_name(names[0])}
    return {}


@contextmanager
def _reading(home: Home, upload: Upload) -> Iterator[tuple[Path, Path]]:
    """The file under the name that its owner knows, in a folder made for one reading, and a folder for drafts.

    For the Met Police's table it is the folder with both halves. Errors: the file is not what was sent, or gone.
    """
    kept, names = (
        _place(home, upload).resolve(),
        [upload.name, *(each["name"] for each in upload.told.get("others", ()))],
    )
    hashes = [upload.sha256, *(each["sha256"] for each in upload.told.get("others", ()))]
    folder, drafts = kept / "reading", kept / "drafts"
    if not all((kept / str(number)).exists() for number in range(len(names))):
        raise InputError("The file is no longer kept; discard it, and upload it again.")
    try:
        for each in (folder, drafts):
            shutil.rmtree(each, ignore_errors=True)
        halves = upload.kind == MET_POLICE or (not upload.kind and len(names) > 1)
        drafts.mkdir(parents=True)
        (folder / "beside").mkdir(parents=True)
        for number, (name, sha256) in enumerate(zip(names, hashes, strict=True)):
            held = kept / str(number)
            with held.open("rb") as file:
                if file_digest(file, "sha256").hexdigest() != sha256:
                    raise InputError(f"{name} is no longer what was sent; upload it again.")
            place = folder if halves or not number else folder / "beside"
            (place / (plain_name(name) if not (halves and number) else f"2 {plain_name(name)}")).symlink_to(held)
        yield folder if halves else folder / plain_name(names[0]), drafts
    finally:
        for each in (folder, drafts):
            shutil.rmtree(each, ignore_errors=True)


def plain_name(name: str) -> str:
    """A name that is safe as that of a file: what faults then call it is what its owner does, as far as that goes."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = _UNFIT.sub("_", last).strip(". ")
    while len(plain.encode()) > _LONGEST_NAME:
        plain = plain[1:]
    return plain.lstrip(". ") or "file"


def _folder(home: Home) -> Path:
    return home.folder / "uploads"


def _place(home: Home, upload: Upload) -> Path:
    return _folder(home) / str(upload.pk)


def _remove(home: Home, upload: Upload) -> None:
    shutil.rmtree(_place(home, upload), ignore_errors=True)


def _flush(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
