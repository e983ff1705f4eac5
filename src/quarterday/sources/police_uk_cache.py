"""A folder of files fetched from data.police.uk, and what is known of where each came from.

``YYYY-MM/YYYY-MM-force-dataset.csv``
    One member of an archive. It is put in its place when it is whole and checked, and not before.
``YYYY-MM.zip``
    An archive fetched whole; while it comes, ``YYYY-MM.zip.part``.
``fetched.json``
    What each file is, and what the archives that were looked into lack.
``.lock``
    Held by the one that fetches.
"""

import fcntl
import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from quarterday.domain.faults import InputError
from quarterday.sources.download import Remote

FORMAT = 1
MANIFEST = "fetched.json"
_PIECE = 1024**2
_SPARE = 16 * 1024**2  # bytes of the disk that are left to others


@dataclass(frozen=True, slots=True)
class Record:
    """One file of the cache as it was fetched: ``member`` of the archive at ``url``, or that archive itself."""

    url: str
    etag: str
    member: str
    sha256: str
    length: int
    crc32: int
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of the archive at ``url``: its first and last month, and which of the wanted files it lacks."""

    url: str
    etag: str
    first: str
    last: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Manifest:
    format: int
    archives: tuple[Seen, ...]
    files: tuple[Record, ...]


_MANIFEST = TypeAdapter(_Manifest)
_Kept = TypeVar("_Kept")


class Cache:
    """The folder, and the records of what is in it."""

    def __init__(self, folder: Path, manifest: _Manifest) -> None:
        self.folder = folder
        self._archives = {seen.url: seen for seen in manifest.archives}
        self._records = {record.member: record for record in manifest.files}

    def path(self, name: str) -> Path:
        """Where the file ``name`` lies or is to lie."""
        return self.folder / name

    def sound(self, name: str) -> Record | None:
        """The record of the file, where it is there and still what it was when it was fetched."""
        record = self._records.get(name)
        return record if record and self.path(name).is_file() and self._hashes(name)[0] == record.sha256 else None

    def record(self, name: str) -> Record | None:
        """What is known of the file, if it was fetched at some time."""
        return self._records.get(name)

    def seen(self, url: str) -> Seen | None:
        """What was seen of an archive, if it was looked into."""
        return self._archives.get(url)

    def lacking(self, name: str) -> bool:
        """Whether an archive that was looked into has no such file."""
        return any(name in seen.lacks for seen in self._archives.values())

    def note_seen(self, seen: Seen) -> None:
        """Remember what an archive holds; what the same one was seen to lack before stands."""
        before = self._archives.get(seen.url)
        known = before.lacks if before and before.etag == seen.etag else ()
        self._archives[seen.url] = replace(seen, lacks=tuple(sorted({*known, *seen.lacks})))

    def adopt(self, name: str, *, remote: Remote, crc32: int, length: int, fetched_at: datetime) -> bool:
        """Whether the file that is there is the archive's own, so that it need not be fetched; it is recorded so.

        Also one that is in no record, which is what a fetch that was killed leaves.
        """
        path, before = self.path(name), self._records.get(name)
        if not path.is_file() or path.stat().st_size != length:
            return False
        sha256, found = self._hashes(name)
        if found != crc32 or (before and before.sha256 != sha256):
            return False
        at = before.fetched_at if before else fetched_at
        self._records[name] = Record(remote.address, remote.version, name, sha256, length, crc32, at)
        return True

    def put(self, name: str, pieces: Iterable[bytes], *, remote: Remote, fetched_at: datetime) -> None:
        """Write the file and its record. Where ``pieces`` fails, what was there before stays."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.new")
        sha256, crc32, length = hashlib.sha256(), 0, 0
        try:
            with draft.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
                    sha256.update(piece)
                    crc32, length = zlib.crc32(piece, crc32), length + len(piece)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        self._records[name] = Record(
            remote.address, remote.version, name, sha256.hexdigest(), length, crc32, fetched_at
        )

    def put_whole(self, name: str, part: Path, *, remote: Remote, fetched_at: datetime) -> None:
        """Let ``part``, an archive that is whole, be the file ``name``."""
        part.replace(self.path(name))
        sha256, crc32 = self._hashes(name)
        length = self.path(name).stat().st_size
        self._records[name] = Record(remote.address, remote.version, name, sha256, length, crc32, fetched_at)

    def refuse_no_room(self, wanted: int) -> None:
        """Raise ``InputError`` where the disk has no room for so many bytes."""
        free = shutil.disk_usage(self.folder).free
        if wanted + _SPARE > free:
            raise InputError(
                f"{self.folder}: {_megabytes(wanted)} are to be fetched, and the disk has room for {_megabytes(free)}. "
                "Make room, or name another folder."
            )

    def save(self) -> None:
        """Write the records, at once or not at all."""
        content = _Manifest(FORMAT, tuple(_by_key(self._archives)), tuple(_by_key(self._records)))
        draft = self.path(f".{MANIFEST}.new")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(content), file, ensure_ascii=False, indent=1, default=datetime.isoformat)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path(MANIFEST))

    def _hashes(self, name: str) -> tuple[str, int]:
        sha256, crc32 = hashlib.sha256(), 0
        with self.path(name).open("rb") as file:
            while piece := file.read(_PIECE):
                sha256.update(piece)
                crc32 = zlib.crc32(piece, crc32)
        return sha256.hexdigest(), crc32


@contextmanager
def open_cache(folder: Path) -> Iterator[Cache]:
    """The cache in ``folder``, for one at a time; what is learnt meanwhile is recorded, also where a fetch fails.

    Raises ``InputError`` where another one fetches into it, and where the disk fails or is full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            _take(lock.fileno(), folder)
            cache = Cache(folder, _read_manifest(folder / MANIFEST))
            try:
                yield cache
            finally:
                cache.save()
    except OSError as error:
        raise InputError(
            f"{error.filename or folder} cannot be read or written: {error.strerror}. Make room, or allow writing "
            "there, then fetch again: what came so far is kept."
        ) from error


def _take(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError(f"{folder}: another fetch is at work there; let it end, then fetch again.") from None


def _read_manifest(path: Path) -> _Manifest:
    try:
        manifest = _MANIFEST.validate_json(path.read_bytes())
    except FileNotFoundError:
        return _Manifest(FORMAT, (), ())
    except ValidationError as error:
        raise InputError(
            f"{path} is damaged ({error.errors()[0]['msg']}), so it is not known where the files beside it came from. "
            "Delete it and fetch again: files that are the publisher's own are not fetched anew."
        ) from error
    if manifest.format != FORMAT:
        raise InputError(
            f"{path} has the format {manifest.format}; {FORMAT} is the one that is known. Name another folder, or "
            "delete this file and fetch again."
        )
    return manifest


def _by_key(found: Mapping[str, _Kept]) -> Iterator[_Kept]:
    return (found[key] for key in sorted(found))


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
