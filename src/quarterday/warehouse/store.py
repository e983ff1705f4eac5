"""What is held lies in a folder, in which a crash at any moment leaves the old state whole.

``parts/<release>.<manifest>.parquet``
    The figures of one release, or the links of a look-up. Written once, never changed: what is counted anew is written
    beside it, and named by a later manifest.
``rows/<release>.<dataset>-<month>.<manifest>.parquet``
    The rows of which the figures of a release are counts, where it came as rows; and what was found of them then.
``manifests/00000001.json`` and on
    Every release held, in order; one more manifest for each change.
``CURRENT.json``
    Names the manifest that counts. Replacing it is the moment at which a release lands; before, all is draft.
``WRITER.lock``
    Held by the one that writes. Those that read need no lock.
``cache/``
    What can be worked out anew from the parts at any time.
``tmp/``
    Drafts. What a crash leaves here, or in ``parts`` and named by no manifest, the next writer removes.
"""

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.warehouse.base import Release, ReleaseKind, RowFile, RowPart

FORMAT = 2
PATIENCE = 900.0  # seconds that a writer waits for another one, which may be loading the country
_PAUSE = 0.05  # seconds between two looks at the lock


@dataclass(frozen=True, slots=True)
class HeldRows:
    """A part of rows: the name of its file, and the file's SHA-256."""

    part: RowPart
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class HeldParts:
    """What is kept of a release: the name of the file of its figures or links, the file's SHA-256, and its rows."""

    file: str
    sha256: str
    rows: tuple[HeldRows, ...] = ()


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What a manifest says, and which file said it."""

    version: tuple[str, int, int, int] | None = None
    releases: tuple[Release, ...] = ()
    parts: Mapping[str, HeldParts] = field(default_factory=dict)


class Store:
    """The folder, its releases and its lock; what a part holds is the warehouse's affair."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self.folder = folder
        self._patience = patience
        self._current = folder / "CURRENT.json"
        self._manifests = folder / "manifests"
        self._parts = folder / "parts"
        self._rows = folder / "rows"
        self._drafts = folder / "tmp"
        self._read = _Manifest()

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
        return self._manifest(manifest).releases

    def held(self, manifest: str) -> Mapping[str, HeldParts]:
        """The parts of each release that ``manifest`` names."""
        return self._manifest(manifest).parts

    def _manifest(self, name: str) -> "_Manifest":
        """What a manifest says, read once: ten years by the month are half a megabyte."""
        if not name:
            return _Manifest()
        path = self._manifests / name
        with _undamaged(path):
            file = path.stat()
            version = (name, file.st_ino, file.st_size, file.st_mtime_ns)
            if (read := self._read).version != version:
                content = _content(path)
                read = self._read = _Manifest(
                    version,
                    tuple(_release(entry) for entry in content["releases"]),
                    {release: _held_parts(entry) for release, entry in content["parts"].items()},
                )
            return read

    def refuse_damaged(self, manifest: str) -> None:
        """Raise ``InputError`` where a part is not what it was when it landed: bits that flip are figures that lie.

        Rows are looked at when they are read: ``rows_part``.
        """
        for held in self.held(manifest).values():
            self._refuse_changed(self.part(held), expected=held.sha256)

    def part(self, held: HeldParts) -> Path:
        """Where the figures of a release lie, or its links."""
        return self._parts / held.file

    def rows_part(self, part: HeldRows) -> Path:
        """Where rows lie, which are as they were when they landed."""
        path = self._rows / part.file
        self._refuse_changed(path, expected=part.sha256)
        return path

    def _refuse_changed(self, path: Path, *, expected: str) -> None:
        with _undamaged(path):
            if _hash_of(path) != expected:
                raise ValueError("its content has changed since it landed")

    def draft(self, name: str) -> Path:
        """A place for a file in the making; only for the one that holds the lock."""
        return self._drafts / name

    @contextmanager
    def writing(self, doing: str) -> Iterator[None]:
        """Be the only writer meanwhile; ``doing`` is what others that wait are told.

        Raises ``InputError`` where another writer does not end in time, and where the disk cannot be written.
        """
        try:
            for folder in (self._manifests, self._parts, self._rows, self._drafts):
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

    def commit(
        self,
        release: Release,
        part: Path,
        *,
        rows: Sequence[tuple[RowPart, Path]] = (),
        counted_anew: Mapping[Release, Path] | None = None,
    ) -> None:
        """Make the draft ``part`` the figures of ``release``, with the drafts of its rows, and it the latest held.

        ``counted_anew`` holds drafts that take the place of the figures of other releases at the same moment.
        """
        manifest = self._next()
        with ThreadPoolExecutor() as pool:
            kept = tuple(pool.map(lambda row: self._kept_rows(release.id, row[0], row[1], manifest), rows))
        own = {release.id: HeldParts(*self._kept(release.id, part, manifest), kept)}
        others = [held for held in self.releases(self.current()) if held.id != release.id]
        self._commit(manifest, [*others, release], counted_anew or {}, own)

    def commit_releases(
        self, releases: Iterable[Release], *, counted_anew: Mapping[Release, Path] | None = None
    ) -> None:
        """Make ``releases``, whose parts are there, the ones held."""
        self._commit(self._next(), list(releases), counted_anew or {}, {})

    def _next(self) -> str:
        return f"{int(self.current().removesuffix('.json') or 0) + 1:08d}.json"

    def _kept(self, release_id: str, part: Path, manifest: str) -> tuple[str, str]:
        """Move a draft to where it is kept; its name there, and its hash, which is taken here and never again.

        Else damage done to it since would pass for what landed.
        """
        return _moved(part, self._parts / f"{release_id}.{Path(manifest).stem}.parquet")

    def _kept_rows(self, release_id: str, part: RowPart, path: Path, manifest: str) -> HeldRows:
        kept = self._rows / f"{release_id}.{Path(part.part).stem}.{Path(manifest).stem}.parquet"
        return HeldRows(part, *_moved(path, kept))

    def _commit(
        self,
        manifest: str,
        releases: Iterable[Release],
        counted_anew: Mapping[Release, Path],
        own: Mapping[str, HeldParts],
    ) -> None:
        parts = {**self.held(self.current()), **own}
        for release, part in counted_anew.items():
            parts[release.id] = HeldParts(*self._kept(release.id, part, manifest), parts[release.id].rows)
        anew = {release.id: release for release in counted_anew}
        listed = [anew.get(release.id, release) for release in releases]
        for folder in (self._parts, self._rows):
            _flush(folder)
        content = {
            "format": FORMAT,
            "releases": [asdict(release) for release in listed],
            "parts": {release.id: asdict(parts[release.id]) for release in listed},
        }
        self._replace(self._manifests / manifest, content)
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
        held = self.held(self.current()).values()
        kept = {self._parts / parts.file for parts in held}
        kept |= {self._rows / part.file for parts in held for part in parts.rows}
        for leftover in (*self._drafts.iterdir(), *({*self._parts.iterdir(), *self._rows.iterdir()} - kept)):
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()

    def _replace(self, path: Path, content: dict[str, Any]) -> None:
        draft = self.draft(path.name)
        draft.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        _flush(draft)
        draft.replace(path)
        _flush(path.parent)


def _moved(draft: Path, kept: Path) -> tuple[str, str]:
    _flush(draft)
    sha256 = _hash_of(draft)
    draft.replace(kept)
    return kept.name, sha256


def _hash_of(part: Path) -> str:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _content(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if content["format"] not in {1, FORMAT}:
        raise ValueError(f"its format is {content['format']}, and {FORMAT} is the latest that is known")
    if content["format"] == 1 and "parts" in content:  # where a part bore its release's name alone
        parts = content["parts"].items()
        content["parts"] = {release: {"file": f"{release}.parquet", "sha256": sha256} for release, sha256 in parts}
    return content


def _held_parts(entry: dict[str, Any]) -> HeldParts:
    rows = (HeldRows(_row_part(part["part"]), part["file"], part["sha256"]) for part in entry.get("rows", ()))
    return HeldParts(entry["file"], entry["sha256"], tuple(rows))


def _row_part(entry: dict[str, Any]) -> RowPart:
    return RowPart(**entry | {"files": tuple(RowFile(**file) for file in entry["files"])})


def _release(entry: dict[str, Any]) -> Release:
    source = entry["source"] | {"files": tuple(SourceFile(**file) for file in entry["source"]["files"])}
    covered, notes = Period(**entry["covered"]), tuple(entry["notes"])
    kind = ReleaseKind(entry.get("kind", ReleaseKind.FIGURES))
    return Release(**entry | {"source": Source(**source), "covered": covered, "notes": notes, "kind": kind})


@contextmanager
def _undamaged(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{path} is damaged or missing ({error}), so it is not known what is held; "
            "restore the folder from a backup."
        ) from error
