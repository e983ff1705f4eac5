"""The editions that were built, each in a folder of its own: written whole, read back checked."""

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from quarterday.domain.faults import InputError
from quarterday.report.document import Document, from_json

DOCUMENT = "edition.json"
CHARTS = "charts"


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
    return from_json(file.read_text("utf-8"), where=str(file))


def slug(text: str) -> str:
    """The text as a name of a folder, and as a part of an address: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "unnamed"


def keep(archive: Path, document: Document, files: Mapping[str, bytes]) -> Kept:
    """Put ``files`` in the place of the edition's earlier ones: all of them are written before any is replaced."""
    folder = archive / slug(document.short_name) / slug(document.quarter_code)
    other = _short_name_in(folder / DOCUMENT)
    if other not in {None, document.short_name}:
        raise InputError(
            f"{document.short_name} and {other} would be kept in one folder, {folder.parent.name}; "
            "give one of them another short name."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=folder.parent) as scratch:
        fresh = Path(scratch, "new")
        for name, content in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        fresh.chmod(0o755)
        if folder.exists():
            folder.replace(Path(scratch, "old"))
        fresh.replace(folder)
    return Kept(folder)


def _short_name_in(file: Path) -> str | None:
    """Whose edition lies there; none where there is none or it is damaged, for then it may be replaced."""
    try:
        return str(json.loads(file.read_text("utf-8"))["short_name"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def kept_editions(archive: Path) -> tuple[Kept, ...]:
    """Every edition in the archive, by partnership and then the latest quarter first."""
    folders = sorted(
        (file.parent for file in archive.glob(f"*/*/{DOCUMENT}")),
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
