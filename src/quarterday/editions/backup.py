"""A workspace as one file: database, figures, editions and uploads as they were at one moment, each file with its hash.

Nobody has to stop working meanwhile. Signing and uploading wait for as long as it takes to set files aside, which is
done by giving them second names, not by copying.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

import quarterday
from quarterday.domain.faults import InputError
from quarterday.editions import backup_rows
from quarterday.editions.archive import alone_in
from quarterday.editions.backup_contents import CONTENTS, FORMAT, ROWS, Contents, Member
from quarterday.editions.home import Home
from quarterday.warehouse.linking import link, link_state

_COMING: Final = "coming"  # in uploads: what is still on its way in
_DENSE: Final = {".parquet", ".pdf", ".zip", ".xlsx", ".ods"}  # get no smaller
_CHUNK: Final = 1 << 20


def key_mark() -> str:
    """What tells this workspace's key from others."""
    return hashlib.sha256(b"quarterday backup" + settings.SECRET_KEY.encode()).hexdigest()[:16]


def backup(home: Home, file: Path, *, made_at: datetime) -> Contents:
    """Write the workspace into ``file``, which only its owner can read: whole, or not at all.

    Errors: the file is there already; a part of the figures is damaged.
    """
    if file.exists():
        raise InputError(f"{file} is there already, and a backup writes over nothing; name another file.")
    with _beside(file) as draft, draft.open("wb") as out:
        return backup_through(home, out, made_at=made_at)


def backup_through(home: Home, out: BinaryIO, *, made_at: datetime) -> Contents:
    """Write the workspace into what takes bytes one after the other, such as a pipe to a program that encrypts them.

    Errors: a part of the figures is damaged; what was written until then lacks its list, and cannot be restored.
    """
    with zipfile.ZipFile(out, "w") as archive:
        with _set_aside(home) as (folder, held, hashes):
            written = [*_rows(archive, held), *_files(archive, folder)]
        _refuse_damaged(home, written, hashes)
        contents = Contents(
            made_at=made_at.isoformat(),
            version=quarterday.__version__,
            key=key_mark(),
            migrations=backup_rows.migrated_to(),
            files=tuple(written),
        )
        archive.writestr(CONTENTS, json.dumps({"format": FORMAT, **asdict(contents)}), zipfile.ZIP_DEFLATED)
    return contents


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A draft that becomes the file once it is whole."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # for its owner alone
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _set_aside(home: Home) -> Iterator[tuple[Path, BaseDatabaseWrapper, dict[str, str]]]:
    """A folder with second names of all files, and the database, both as they were at one moment; the parts' hashes."""
    folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=home.folder))
    try:
        with ExitStack() as held:
            with backup_rows.writers_held():
                database = held.enter_context(backup_rows.snapshot())
                hashes = link_state(home.folder / "warehouse", folder / "warehouse")
                _link_editions(home.editions, folder / "editions")
                _link_uploads(home.folder / "uploads", folder / "uploads")
            yield folder, database, hashes
    finally:
        shutil.rmtree(folder)


def _link_editions(archive: Path, into: Path) -> None:
    for partnership in sorted(archive.glob("[!.]*/")):
        with alone_in(partnership):
            for edition in partnership.glob("[!.]*/"):
                _link_all(edition, into / partnership.name / edition.name)


def _link_uploads(uploads: Path, into: Path) -> None:
    for upload in sorted(uploads.glob("[!.]*/")):
        if upload.name != _COMING:
            _link_all(upload, into / upload.name)


def _link_all(folder: Path, into: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
            try:
                link(file, into / file.relative_to(folder))
            except FileNotFoundError:  # a job has just done with it
                continue


def _rows(archive: zipfile.ZipFile, held: BaseDatabaseWrapper) -> Iterator[Member]:
    for model in backup_rows.tables():
        lines = (line.encode() for line in backup_rows.lines_of(model, held))
        yield _write(archive, f"{ROWS}/{backup_rows.file_of(model)}", lines)


def _files(archive: zipfile.ZipFile, folder: Path) -> Iterator[Member]:
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield _write(archive, file.relative_to(folder).as_posix(), _chunks(file))


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            yield chunk


def _write(archive: zipfile.ZipFile, name: str, chunks: Iterator[bytes]) -> Member:
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_STORED if Path(name).suffix in _DENSE else zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as member:
        for chunk in chunks:
            member.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Member(name, size, digest.hexdigest())


def _refuse_damaged(home: Home, written: list[Member], hashes: dict[str, str]) -> None:
    """Refuse parts that are not what they were when they landed: better no backup than one that hides that."""
    changed = [
        member.name
        for member in written
        if hashes.get(member.name.removeprefix("warehouse/"), member.sha256) != member.sha256
    ]
    if changed:
        raise InputError(
            *(f"{home.folder / name} is damaged: its content has changed since it landed." for name in changed),
            "No backup was made. Withdraw and load these again, or restore an earlier backup.",
        )
