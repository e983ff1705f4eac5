"""The seal of a signed edition: one hash over its document, figures, sources and the software that made it.

The seal names every file with its SHA-256. Its own hash is of those names and hashes and of what edition it is, so that
nothing in the folder can be changed, added or taken away without one of the two telling.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from quarterday.domain.faults import InputError
from quarterday.editions.archive import SEAL, STATE
from quarterday.report.document import Document

SCHEMA: Final = "quarterday/seal/1"
_NAMED: Final = ("partnership", "short_name", "quarter", "version", "made_by")
_PIECE: Final = 1 << 20  # bytes read at a time


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What was sealed: an edition, and its files with their SHA-256; ``hash`` is the one over all of it."""

    partnership: str
    short_name: str
    quarter: str
    version: int
    made_by: str
    files: Mapping[str, str]
    hash: str

    @property
    def edition(self) -> str:
        """Which edition it is, as a sentence has it."""
        return f"version {self.version} of the edition of {self.partnership} for {self.quarter}"

    def written(self) -> bytes:
        """The seal as its file has it."""
        content = {"schema": SCHEMA, **_covered(self), "hash": self.hash}
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def seal_of(document: Document, files: Mapping[str, bytes]) -> Seal:
    """The seal over these files of the edition."""
    named: dict[str, Any] = {
        "partnership": document.partnership,
        "short_name": document.short_name,
        "quarter": document.quarter,
        "version": document.version,
        "made_by": document.made_by,
        "files": {name: digest(content) for name, content in sorted(files.items())},
    }
    return Seal(**named, hash=_hash(named))


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def read_seal(file: Path) -> Seal:
    """The seal that a file holds. Errors: it is none, or its hash is not that of what it says."""
    try:
        content = json.loads(file.read_text("utf-8"))
        if content["schema"] != SCHEMA:
            raise InputError(f"{file.name}: the schema is {content['schema']!r}; this version reads {SCHEMA!r}.")
        named = {name: content[name] for name in (*_NAMED, "files")}
        seal = Seal(**named, hash=content["hash"])
        stated = all(isinstance(found, str) for pair in seal.files.items() for found in pair)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{file.name} is no seal of an edition, or was damaged.") from None
    if not stated or _hash(named) != seal.hash:
        raise InputError(f"{file.name} was altered: its hash is not that of what it says.")
    return seal


def seal_in(folder: Path) -> Seal | None:
    """The seal of the edition in a folder; none where it was not signed here. Errors: those of ``read_seal``."""
    return read_seal(folder / SEAL) if (folder / SEAL).exists() else None


def alterations(folder: Path, seal: Seal) -> Iterator[str]:
    """What differs in a folder from what was sealed, each as a sentence."""
    for name, wanted in seal.files.items():
        file = folder / name
        if not file.is_file():
            yield f"{name} is missing."
        elif digest_of(file) != wanted:
            yield f"{name} was altered."
    held = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    for name in sorted(held - seal.files.keys() - {SEAL, STATE}):
        yield f"{name} was added."


def _covered(seal: Seal) -> dict[str, Any]:
    return {name: getattr(seal, name) for name in _NAMED} | {"files": dict(sorted(seal.files.items()))}


def _hash(named: Mapping[str, Any]) -> str:
    """Of the text of it all: its keys in order, no white space, letters as they are."""
    text = json.dumps(named, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return digest(text.encode())
