"""The editions that were built, each in a folder of its own: written whole, read back checked."""

import fcntl
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.report.document import Document, from_json

DOCUMENT = "edition.json"
CHARTS = "charts"
# The states in which an edition never changes.
FROZEN = {"signed", "published", "corrected"}


@dataclass(frozen=True, slots=True)
class Kept:
    """One edition as it lies in the archive."""

    folder: Path

    def document(self) -> Document:
        """The frozen document, checked against its schema."""
        file = self.folder / DOCUMENT
        return _read(file, file.stat().st_mtime_ns)

    def chart(self, name: str) -> str:
        """The SVG of one chart."""
        return (self.folder / CHARTS / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=64)
def _read(file: Path, _written: int) -> Document:
    """Checking takes longer than reading, so a document that was not written again is not checked again."""
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{file} is no text; build the edition again.") from None
    return from_json(text, where=str(file))


def keep(archive: Path, document: Document, files: Mapping[str, bytes]) -> Kept:
    """Put ``files`` in the place of the edition's earlier ones: all of them are written before any is replaced.

    One keeper at a time works in a partnership's folder, and mends what one that was killed left there.
    """
    folder = archive / slug(document.short_name) / slug(document.quarter_code)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _mend(folder.parent)
        fresh, gone = (folder.with_name(f".{folder.name}.{kind}") for kind in ("new", "old"))
        old = _place_beside(folder, document) or gone
        for name, content in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(gone, ignore_errors=True)
    return Kept(folder)


def _mend(parent: Path) -> None:
    """Put an edition back that was taken away before the new one came, and clear away what is left over."""
    for old in parent.glob(".*.old"):
        folder = old.with_name(old.name.removeprefix(".").removesuffix(".old"))
        if not folder.exists():
            old.rename(folder)
    for leftover in (*parent.glob(".*.old"), *parent.glob(".*.new")):
        shutil.rmtree(leftover)


def _place_beside(folder: Path, document: Document) -> Path | None:
    """Where a version that was signed goes when its correction comes; nowhere, where what lies there is a draft.

    Another partnership's edition is not written over, nor a signed version by another of its own number.
    """
    before = _kept_content(folder / DOCUMENT)
    if before.get("short_name", document.short_name) != document.short_name:
        raise InputError(
            f"{document.short_name} and {before['short_name']} would be kept in one folder, {folder.parent.name}; "
            "give one of them another short name."
        )
    if before.get("state") not in FROZEN:
        return None
    if before.get("version", 0) >= document.version:
        raise InputError(
            f"version {before['version']} of {document.quarter} is {before['state']}, and never changes. "
            f"For a correction give the edition in the plan version {before['version'] + 1}."
        )
    return folder.with_name(f"{folder.name}-version-{before['version']}")


def _kept_content(file: Path) -> dict[str, Any]:
    """The edition that lies there; nothing where there is none or it is damaged, for then it may be replaced."""
    try:
        content = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def kept_editions(archive: Path) -> tuple[Kept, ...]:
    """Every edition in the archive, by partnership and then the latest quarter first."""
    folders = sorted(
        (file.parent for file in archive.glob(f"*/[!.]*/{DOCUMENT}")),
        key=lambda folder: folder.name,
        reverse=True,
    )
    return tuple(Kept(folder) for folder in sorted(folders, key=lambda folder: folder.parent.name))


def kept_edition(archive: Path, partnership: str, quarter: str) -> Kept:
    """The edition of a partnership and a quarter, by their slugs."""
    folder = archive / slug(partnership) / slug(quarter)
    if not (folder / DOCUMENT).is_file():
        raise InputError(f"no edition of {partnership} for {quarter} has been built; build it with quarterday build.")
    return Kept(folder)
