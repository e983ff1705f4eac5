"""The editions that were built, each in a folder of its own: written whole, read back checked.

A quarter's folder holds the version that readers get. Beside it, in ``…-version-2``, lie versions that came before it,
and a correction for as long as it is not published.
"""

import fcntl
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.plan.choices import FROZEN, EditionState
from quarterday.report.document import Document, from_json

DOCUMENT = "edition.json"
CHARTS = "charts"
SEAL = "seal.json"
# What became of a version since it was signed: beside what the seal covers, which stays as it is.
STATE = "state.json"

_VERSION: Final = re.compile(r"(?P<quarter>.+)-version-(?P<version>\d+)")
_READABLE: Final = (EditionState.PUBLISHED, EditionState.CORRECTED)


@dataclass(frozen=True, slots=True)
class Heading:
    """What an edition says of itself at its head: enough for a list, and for who may open it."""

    title: str
    partnership: str
    short_name: str
    quarter: str
    quarter_code: str
    version: int
    state: str
    marking: str
    built_at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One edition as it lies in the archive."""

    folder: Path

    def document(self) -> Document:
        """The frozen document, checked against its schema."""
        file = self.folder / DOCUMENT
        return _read(file, file.stat().st_mtime_ns)

    def heading(self) -> Heading:
        """The head of the document, read once for as long as it is not written again."""
        return _heading(self.folder / DOCUMENT, self.written)

    @property
    def written(self) -> int:
        """When the document was written, in nanoseconds: what was made of it is good until that is another."""
        return (self.folder / DOCUMENT).stat().st_mtime_ns

    def chart(self, name: str) -> str:
        """The SVG of one chart."""
        return (self.folder / CHARTS / f"{name}.svg").read_text("utf-8")

    @property
    def state(self) -> str:
        """How far the edition has come: what it says of itself, unless it has come further since it was signed."""
        return self.state_since(self.heading())

    def state_since(self, heading: Heading) -> str:
        """The same, for whoever has the heading in hand."""
        return _state_beside(self.folder) or heading.state

    @property
    def is_sealed(self) -> bool:
        """Whether it was signed here, and so has a seal."""
        return (self.folder / SEAL).is_file()


@lru_cache(maxsize=64)
def _read(file: Path, _written: int) -> Document:
    """Checking takes longer than reading, so a document that was not written again is not checked again."""
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{file} is no text; build the edition again.") from None
    return from_json(text, where=str(file))


@lru_cache(maxsize=8192)
def _heading(file: Path, written: int) -> Heading:
    """Of all editions of a county, whose documents would not find room."""
    document = _read(file, written)
    return Heading(**{each.name: getattr(document, each.name) for each in fields(Heading)})


def keep(archive: Path, document: Document, files: Mapping[str, bytes], *, signing: bool = False) -> Kept:
    """Put ``files`` in the place of the edition's earlier ones: all of them are written before any is replaced.

    One keeper at a time works in a partnership's folder, and mends what one that was killed left there. ``signing``:
    the version is known not to be signed, so what an earlier signing left, before it was killed, is replaced.
    """
    main = folder_of(archive, document.short_name, document.quarter_code)
    with alone_in(main.parent):
        folder = _place(main, document, signing=signing)
        fresh, gone = (folder.with_name(f".{folder.name}.{kind}") for kind in ("new", "old"))
        old = _place_of_old(folder, document) or gone
        for name, content in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(gone, ignore_errors=True)
        if folder == main:
            _clear_draft(_beside(main, document.version))
    return Kept(folder)


def publish(archive: Path, *, partnership: str, quarter: str, version: int) -> Kept:
    """Let readers have a version that was signed, in the place of the one before; again, it changes nothing."""
    main = folder_of(archive, partnership, quarter)
    with alone_in(main.parent):
        folder = next((each for each in (main, _beside(main, version)) if _version_in(each) == version), None)
        if folder is None:
            raise InputError(f"version {version} of {quarter} is not in the archive, so it cannot be published.")
        _say_state(folder, EditionState.PUBLISHED)
        if folder != main:
            if main.exists():
                before = Kept(main)
                if before.state == EditionState.PUBLISHED:
                    _say_state(main, EditionState.CORRECTED)
                main.rename(_beside(main, before.document().version))
            folder.rename(main)
    return Kept(main)


def folder_of(archive: Path, partnership: str, quarter: str) -> Path:
    """Where the version lies that readers get."""
    return archive / slug(partnership) / slug(quarter)


def _beside(main: Path, version: int) -> Path:
    return main.with_name(f"{main.name}-version-{version}")


@contextmanager
def alone_in(parent: Path) -> Iterator[None]:
    """Be the only one that keeps editions in a partnership's folder meanwhile."""
    parent.mkdir(parents=True, exist_ok=True)
    with (parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _mend(parent)
        yield


def _mend(parent: Path) -> None:
    """Put an edition back that was taken away before the new one came, and clear away what is left over."""
    for old in parent.glob(".*.old"):
        folder = old.with_name(old.name.removeprefix(".").removesuffix(".old"))
        if not folder.exists():
            old.rename(folder)
    for leftover in (*parent.glob(".*.old"), *parent.glob(".*.new")):
        shutil.rmtree(leftover)
    for main in {match["quarter"] for folder in parent.iterdir() if (match := _VERSION.fullmatch(folder.name))}:
        if not (parent / main).exists() and (latest := _latest_readable(parent / main)):
            latest.rename(parent / main)


def _latest_readable(main: Path) -> Path | None:
    """The last of the versions beside that readers may have; none where there is none."""
    beside = {int(match["version"]): folder for folder in main.parent.glob(f"{main.name}-version-*")
              if (match := _VERSION.fullmatch(folder.name))}  # fmt: skip
    readable = [version for version, folder in beside.items() if _state_in(folder) in _READABLE]
    return beside[max(readable)] if readable else None


def _place(main: Path, document: Document, *, signing: bool) -> Path:
    """Where the document goes: a version that readers have keeps its place until the correction is published.

    Another partnership's edition is not written over, nor a signed version by another of its own number.
    """
    before = _content_of(main)
    if before.get("short_name", document.short_name) != document.short_name:
        raise InputError(
            f"{document.short_name} and {before['short_name']} would be kept in one folder, {main.parent.name}; "
            "give one of them another short name."
        )
    beside = _beside(main, document.version)
    for folder in (main, beside):
        if _state_in(folder) in FROZEN and _version_in(folder) >= document.version and not (
            signing and _version_in(folder) == document.version
        ):  # fmt: skip
            raise InputError(
                f"version {_version_in(folder)} of {document.quarter} is {_state_in(folder)}, and never changes. "
                f"For a correction begin version {_version_in(folder) + 1}, in the browser or in the plan."
            )
    stays = _state_in(main) in FROZEN and _version_in(main) < document.version and document.state not in _READABLE
    return beside if stays else main


def _place_of_old(folder: Path, document: Document) -> Path | None:
    """Where the signed version goes in whose place its correction comes; nowhere, where what lies there is a draft."""
    if _state_in(folder) in FROZEN and _version_in(folder) < document.version:
        return _beside(folder, _version_in(folder))
    return None


def _clear_draft(folder: Path) -> None:
    if folder.exists() and _state_in(folder) not in FROZEN:
        shutil.rmtree(folder)


def _content_of(folder: Path) -> dict[str, Any]:
    """The edition that lies there; nothing where there is none or it is damaged, for then it may be replaced."""
    try:
        content = json.loads((folder / DOCUMENT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _state_in(folder: Path) -> str:
    """The state of what lies there; something sealed is frozen even where it is damaged."""
    sealed = EditionState.SIGNED if (folder / SEAL).is_file() else ""
    return _state_beside(folder) or sealed or str(_content_of(folder).get("state", ""))


def _version_in(folder: Path) -> int:
    try:
        return int(json.loads((folder / SEAL).read_text("utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return int(_content_of(folder).get("version", 0))


def _state_beside(folder: Path) -> str:
    try:
        return str(json.loads((folder / STATE).read_text("utf-8"))["state"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _say_state(folder: Path, state: EditionState) -> None:
    fresh = folder.with_name(f".{folder.name}.{STATE}")  # beside, for what lies in the folder is sealed
    fresh.write_text(json.dumps({"state": state}) + "\n", "utf-8")
    fresh.replace(folder / STATE)


def kept_editions(archive: Path) -> tuple[Kept, ...]:
    """Every edition in the archive, by partnership and then the latest quarter first."""
    folders = sorted(
        (file.parent for file in archive.glob(f"*/[!.]*/{DOCUMENT}")),
        key=lambda folder: folder.name,
        reverse=True,
    )
    return tuple(Kept(folder) for folder in sorted(folders, key=lambda folder: folder.parent.name))


def kept_edition(archive: Path, partnership: str, quarter: str) -> Kept:
    """The edition of a partnership and a quarter, by their slugs: the version that readers get."""
    folder = folder_of(archive, partnership, quarter)
    if not (folder / DOCUMENT).is_file():
        # Between the two steps of publishing a correction neither lies in its place.
        folder = _latest_readable(folder) or folder
    if not (folder / DOCUMENT).is_file():
        raise InputError(f"no edition of {partnership} for {quarter} has been built; build it with quarterday build.")
    return Kept(folder)


def kept_version(archive: Path, partnership: str, quarter: str, *, version: int) -> Kept:
    """One version of an edition, wherever it lies."""
    main = folder_of(archive, partnership, quarter)
    for folder in (main, _beside(main, version)):
        if (folder / DOCUMENT).is_file() and _version_in(folder) == version:
            return Kept(folder)
    raise InputError(f"version {version} of {quarter} of {partnership} has not been built.")


def kept_versions(archive: Path, partnership: str, quarter: str) -> Iterator[Kept]:
    """Every version of an edition, by the slugs of any of them."""
    folder = folder_of(archive, partnership, quarter)
    match = _VERSION.fullmatch(folder.name)
    main = match["quarter"] if match else folder.name
    for each in (folder.with_name(main), *folder.parent.glob(f"{main}-version-*")):
        if (each / DOCUMENT).is_file():
            yield Kept(each)
