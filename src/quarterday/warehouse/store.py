"""What is held lies in a folder, in which a crash at any moment leaves the old state whole.

``parts/<release>.parquet``
    The figures of one release. Written once, never changed.
``manifests/00000001.json`` and on
    Every release held, in order; one more manifest for each change.
``CURRENT.json``
    Names the manifest that counts. Replacing it is the moment at which a release lands; before, all is draft.
``WRITER.lock``
    Held by the one that writes. Those that read need no lock.
``tmp/``
    Drafts. What a crash leaves here, or in ``parts`` and named by no manifest, the next writer removes.
"""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.warehouse.base import Release

FORMAT = 1
PATIENCE = 60.0  # seconds that a writer waits for another one
_PAUSE = 0.05  # seconds between two looks at the lock


class Store:
    """The folder, its releases and its lock; what a part holds is the warehouse's affair."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self.folder = folder
        self._patience = patience
        self._current = folder / "CURRENT.json"
        self._manifests = folder / "manifests"
        self._parts = folder / "parts"
        self._drafts = folder / "tmp"

    def current(self) -> str:
        """The name of the manifest that counts; empty while nothing has landed."""
        with _undamaged(self._current):
            try:
                return str(_content(self._current)["manifest"])
            except FileNotFoundError:
                # A writer makes it before any manifest, so where there is one it was lost: that is not "nothing held".
                if any(self._manifests.glob("*.json")) and not self._current.exists():
                    raise
                return ""

    def releases(self, manifest: str) -> tuple[Release, ...]:
        """The releases that ``manifest`` names, in the order in which they landed."""
        if not manifest:
            return ()
        path = self._manifests / manifest
        with _undamaged(path):
            return tuple(_release(entry) for entry in _content(path)["releases"])

    def refuse_damaged(self, manifest: str) -> None:
        """Raise ``InputError`` where a part is not what it was when it landed: bits that flip are figures that lie."""
        for release_id, expected in self._hashes(manifest).items():
            with _undamaged(self.part(release_id)):
                if _hash_of(self.part(release_id)) != expected:
                    raise ValueError("its content has changed since it landed")

    def _hashes(self, manifest: str) -> dict[str, str]:
        if not manifest:
            return {}
        with _undamaged(self._manifests / manifest):
            return dict(_content(self._manifests / manifest)["parts"])

    def part(self, release_id: str) -> Path:
        """Where the figures of a release lie."""
        return self._parts / f"{release_id}.parquet"

    def draft(self, name: str) -> Path:
        """A place for a file in the making; only for the one that holds the lock."""
        return self._drafts / name

    @contextmanager
    def writing(self, doing: str) -> Iterator[None]:
        """Be the only writer meanwhile; ``doing`` is what others that wait are told.

        Raises ``InputError`` where another writer does not end in time, and where the disk cannot be written.
        """
        try:
            for folder in (self._manifests, self._parts, self._drafts):
                folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "WRITER.lock").open("a+", encoding="utf-8") as lock:
                self._wait_for(lock)
                lock.truncate(0)
                lock.write(f"process {os.getpid()}, {doing}")
                lock.flush()
                self._clear_away()
                if not self._current.exists():
                    self._replace(self._current, {"format": FORMAT, "manifest": ""})
                yield
        except OSError as error:
            where = error.filename or self.folder
            raise InputError(
                f"{where} cannot be written: {error.strerror}. Nothing was changed. "
                "Make room, or allow writing there, then try again."
            ) from error

    def commit(self, release: Release, part: Path) -> None:
        """Make the draft ``part`` the figures of ``release``, and ``release`` the latest of those held."""
        _flush(part)
        part.replace(self.part(release.id))
        _flush(self._parts)
        others = (held for held in self.releases(self.current()) if held.id != release.id)
        self.commit_releases((*others, release))

    def commit_releases(self, releases: Iterable[Release]) -> None:
        """Make ``releases``, whose parts are there, the ones held."""
        manifest = f"{int(self.current().removesuffix('.json') or 0) + 1:08d}.json"
        held = list(releases)
        # A part is hashed as it lands and never again, or damage done to it since would pass for what landed.
        known = self._hashes(self.current())
        hashes = {release.id: known.get(release.id) or _hash_of(self.part(release.id)) for release in held}
        entries = [asdict(release) for release in held]
        self._replace(self._manifests / manifest, {"format": FORMAT, "releases": entries, "parts": hashes})
        self._replace(self._current, {"format": FORMAT, "manifest": manifest})

    def _wait_for(self, lock: TextIO) -> None:
        for _ in range(max(1, round(self._patience / _PAUSE))):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_PAUSE)
            else:
                return
        lock.seek(0)
        raise InputError(
            f"{self.folder} is being written by {lock.read() or 'another process'}; waited "
            f"{self._patience:g} seconds. Nothing was changed. Let the other one end, then try again."
        )

    def _clear_away(self) -> None:
        kept = {self.part(release.id) for release in self.releases(self.current())}
        for leftover in (*self._drafts.iterdir(), *(set(self._parts.iterdir()) - kept)):
            leftover.unlink()

    def _replace(self, path: Path, content: dict[str, Any]) -> None:
        draft = self.draft(path.name)
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
        _flush(draft)
        draft.replace(path)
        _flush(path.parent)


def _hash_of(part: Path) -> str:
    return hashlib.sha256(part.read_bytes()).hexdigest()


def _flush(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _content(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if content["format"] != FORMAT:
        raise ValueError(f"its format is {content['format']}, and {FORMAT} is the one that is known")
    return content


def _release(entry: dict[str, Any]) -> Release:
    source = entry["source"] | {"files": tuple(SourceFile(**file) for file in entry["source"]["files"])}
    covered, notes = Period(**entry["covered"]), tuple(entry["notes"])
    return Release(**entry | {"source": Source(**source), "covered": covered, "notes": notes})


@contextmanager
def _undamaged(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{path} is damaged or missing ({error}), so it is not known what is held; "
            "restore the folder from a backup."
        ) from error
