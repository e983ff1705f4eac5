"""Whether a file or folder is what was signed: which edition and version it is of, or that it is of none."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from quarterday.domain.faults import InputError
from quarterday.editions.archive import SEAL, Kept, kept_editions
from quarterday.editions.seal import Seal, alterations, digest_of, read_seal, seal_in

_HEX: Final = re.compile(r"[0-9a-f]{64}")


class Outcome(StrEnum):
    """What was found of a file, folder or hash."""

    UNCHANGED = "unchanged"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verified:
    """What was found, in a sentence; what is wrong, each in a sentence; and where the edition is kept, if here."""

    outcome: Outcome
    sentence: str
    faults: tuple[str, ...] = ()
    kept: Kept | None = None


def sealed_editions(archive: Path) -> Iterator[Kept]:
    """Every edition of the archive that was signed in it."""
    return (kept for kept in kept_editions(archive) if kept.is_sealed)


def verify_path(path: Path, *, archive: Path) -> Verified:
    """A folder against the seal in it; a file against the seal beside it, and else against those of the archive.

    Errors: nothing is there, or it is no file or folder.
    """
    if path.is_dir():
        return verify_folder(path)
    if not path.is_file():
        raise InputError(f"{path} is not there; give a file of an edition, or its folder.")
    if path.name == SEAL:
        return _seal_alone(path)
    beside = path.parent / SEAL
    if beside.is_file():
        return _beside(path, read_seal(beside))
    return verify_digest(digest_of(path), sealed_editions(archive), called=path.name)


def verify_folder(folder: Path) -> Verified:
    """Every file of an edition's folder against its seal."""
    try:
        seal = seal_in(folder)
    except InputError as error:
        return Verified(Outcome.ALTERED, f"{folder.name} was altered since it was signed.", error.faults)
    if seal is None:
        return Verified(Outcome.UNKNOWN, f"{folder.name} holds no {SEAL}, so it is no edition that was signed.")
    if found := tuple(alterations(folder, seal)):
        return Verified(Outcome.ALTERED, f"This is {seal.edition}, altered since it was signed.", found)
    return Verified(
        Outcome.UNCHANGED, f"This is {seal.edition}, as it was signed. Its hash is {seal.hash}.", (), Kept(folder)
    )


def verify_digest(digest: str, editions: Iterable[Kept], *, called: str = "", claims: str = "") -> Verified:
    """A hash, of a file or of a whole edition, against the seals of ``editions``.

    ``called`` is what to call the file; ``claims`` what it says of itself, where that is known: see ``claim_of``.
    """
    wanted = digest.strip().lower()
    if not _HEX.fullmatch(wanted):
        raise InputError("that is no hash; wanted the 64 letters a to f and digits of a SHA-256.")
    named: tuple[str, Kept] | None = None
    for kept in editions:
        try:
            seal = read_seal(kept.folder / SEAL)
        except InputError:
            continue
        if wanted == seal.hash:
            return Verified(Outcome.UNCHANGED, f"This is the hash of {seal.edition}.", (), kept)
        for name, held in seal.files.items():
            if held == wanted:
                return Verified(Outcome.UNCHANGED, f"This is {name} of {seal.edition}, as it was signed.", (), kept)
        if claims and claims == _name_of(seal):
            named = seal.edition, kept
    file = called or "This"
    if named:
        edition, kept = named
        return Verified(
            Outcome.ALTERED, f"{file} says that it is of {edition}, but it is not what was signed.", (), kept
        )
    return Verified(
        Outcome.UNKNOWN,
        f"{file} is no file of an edition that was signed here and that you may open: it was altered, is of a draft, "
        "or comes from elsewhere. What was signed can be downloaded again from the edition's page.",
    )


def claim_of(content: bytes) -> str:
    """Which edition a document in JSON says that it is; empty where it is none."""
    try:
        said = json.loads(content)
        return _named(said["partnership"], said["quarter"], said["version"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _name_of(seal: Seal) -> str:
    return _named(seal.partnership, seal.quarter, seal.version)


def _named(partnership: object, quarter: object, version: object) -> str:
    return f"{partnership}, {quarter}, {version}"


def _seal_alone(file: Path) -> Verified:
    try:
        seal = read_seal(file)
    except InputError as error:
        return Verified(Outcome.ALTERED, f"{file.name} is not as it was when the edition was signed.", error.faults)
    return Verified(Outcome.UNCHANGED, f"This is the seal of {seal.edition}. Its hash is {seal.hash}.")


def _beside(path: Path, seal: Seal) -> Verified:
    found = digest_of(path)
    for name, held in seal.files.items():
        if held == found:
            return Verified(
                Outcome.UNCHANGED,
                f"This is {name} of {seal.edition}, as it was signed. Its seal's hash is {seal.hash}.",
            )
    named = " It has the name of one." if path.name in {Path(name).name for name in seal.files} else ""
    return Verified(Outcome.ALTERED, f"{path.name} is no file of {seal.edition}, whose seal lies beside it.{named}")
