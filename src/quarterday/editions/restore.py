"""A workspace from a backup, into a place where there is none: checked first, then all of it or nothing.

What is read was perhaps altered by somebody. Nothing is unpacked under a name that was not looked at, nothing grows
larger than the backup says, and nothing counts before every hash is right.
"""

import hashlib
import json
import lzma
import re
import shutil
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError

from quarterday.domain.faults import InputError
from quarterday.editions.backup_contents import CONTENTS, FOLDERS, FORMAT, ROWS, Contents, Member

STAGE: Final = ".restoring"
"""In a workspace: what is being restored, or what a restore that was cut short has left."""

_OWN: Final = {".secret-key", ".lock", STAGE}  # what may lie in a workspace that is restored into
_LARGEST_CONTENTS: Final = 200_000_000  # bytes
_DEEPEST: Final = 8
_PART: Final = re.compile(r"[^/\\\x00-\x1f]{1,255}")
_CHUNK: Final = 1 << 20
_UNREADABLE: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, lzma.LZMAError,
    EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    size: NonNegativeInt
    sha256: str


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    format: int
    made_at: str
    version: str
    key: str
    migrations: dict[str, list[str]]
    files: list[_Entry]


def refuse_occupied(folder: Path) -> None:
    """Refuse a workspace that holds something. What a restore that was cut short has left is cleared away."""
    if (folder / STAGE).exists():
        for name in (*FOLDERS, STAGE):
            shutil.rmtree(folder / name, ignore_errors=True)
        for file in folder.glob("plan.sqlite3*"):
            file.unlink()
    held = sorted(each.name for each in folder.iterdir() if each.name not in _OWN) if folder.exists() else []
    if held:
        raise InputError(
            f"{folder} holds {', '.join(held[:4])} already; restore into a workspace that is empty or not there: "
            "quarterday --home NEW restore FILE."
        )


def unpack(file: Path, folder: Path) -> Contents:
    """Unpack a backup into ``folder/.restoring``; every name, size and hash is as the backup says.

    Errors: the file is no backup, is damaged, or was altered.
    """
    stage = folder / STAGE
    stage.mkdir(parents=True)
    try:
        with _readable(file), zipfile.ZipFile(file) as archive:
            contents = _contents(archive, file)
            _refuse_too_large(contents, folder, file)
            for member in contents.files:
                _unpack(archive, member, stage, file)
    except BaseException:
        shutil.rmtree(stage)
        raise
    return contents


def land(folder: Path) -> None:
    """Let what was unpacked become the workspace: until the last of it has its place, nobody can open that."""
    stage = folder / STAGE
    for path in stage.iterdir():
        if path.name != ROWS:
            path.rename(folder / path.name)
    shutil.rmtree(stage)


def abandon(folder: Path) -> None:
    """Clear away what was unpacked."""
    shutil.rmtree(folder / STAGE, ignore_errors=True)


def _refuse_too_large(contents: Contents, folder: Path, file: Path) -> None:
    free = shutil.disk_usage(folder).free
    if contents.size > free:
        raise InputError(f"{file} needs {contents.size:,} bytes, and {folder} has room for {free:,}; make room first.")


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    try:
        yield
    except InputError:
        raise
    except _UNREADABLE as error:
        raise InputError(f"{file} is no backup, or is damaged ({error}); nothing was restored.") from None


def _contents(archive: zipfile.ZipFile, file: Path) -> Contents:
    try:
        entry = archive.getinfo(CONTENTS)
    except KeyError:
        raise InputError(f"{file} is no backup: it has no {CONTENTS}. Name a file of quarterday backup.") from None
    if entry.file_size > _LARGEST_CONTENTS:
        raise InputError(f"{file}: {CONTENTS} in it has {entry.file_size:,} bytes; no backup's has as many.")
    try:
        said: Any = json.loads(archive.read(entry))
    except (ValueError, RecursionError):
        raise InputError(f"{file}: {CONTENTS} in it is not JSON; the backup is damaged.") from None
    if isinstance(said, dict) and said.get("format", FORMAT) != FORMAT:
        raise InputError(
            f"{file} is of format {said['format']}, and {FORMAT} is the one that is known; "
            "restore with the version of Quarterday that made it."
        )
    try:
        written = _Written.model_validate(said)
    except ValidationError as error:
        raise InputError(f"{file}: {CONTENTS} in it is not as wanted: {error.errors()[0]['msg']}.") from None
    members = tuple(Member(entry.name, entry.size, entry.sha256) for entry in written.files)
    _refuse_misfit(members, archive, file)
    return Contents(written.made_at, written.version, written.key, written.migrations, members)


def _refuse_misfit(members: tuple[Member, ...], archive: zipfile.ZipFile, file: Path) -> None:
    """Refuse names that lead elsewhere, and files that are named but not there, or there but not named."""
    strange = [member.name for member in members if not _is_fit(member.name)]
    if strange:
        raise InputError(f"{file}: {strange[0]!r} in it is no name of a file in a backup; nothing was restored.")
    named = Counter([CONTENTS, *(member.name for member in members)])
    there = Counter(archive.namelist())
    other = sorted((named - there) + (there - named))
    if other or max(there.values()) > 1:
        name = other[0] if other else next(name for name, times in there.items() if times > 1)
        raise InputError(f"{file}: {name!r} is missing in it, or more than it says; nothing was restored.")


def _is_fit(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if "/".join(parts) != name or not 1 < len(parts) <= _DEEPEST:
        return False
    if parts[0] not in {*FOLDERS, ROWS}:
        return False
    return all(_PART.fullmatch(part) and not part.startswith(".") for part in parts)


def _unpack(archive: zipfile.ZipFile, member: Member, stage: Path, file: Path) -> None:
    place = stage / member.name
    place.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with archive.open(member.name) as source, place.open("xb") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > member.size:
                break
            target.write(chunk)
            digest.update(chunk)
    if (size, digest.hexdigest()) != (member.size, member.sha256):
        raise InputError(f"{file}: {member.name} in it is damaged; nothing was restored. Take another backup.")
