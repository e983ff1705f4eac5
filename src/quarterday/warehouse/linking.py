"""The state of a warehouse as it is at one moment, set aside without copying, whatever lands meanwhile."""

import shutil
from pathlib import Path
from typing import Final

from quarterday.domain.faults import InputError
from quarterday.warehouse.store import HeldParts, Store

_TRIES: Final = 5


def link_state(folder: Path, into: Path) -> dict[str, str]:
    """Set aside in ``into`` all files that the releases held need; the SHA-256 of each part, by its name below there.

    A writer clears away what its own manifest no longer names, so where a part is gone by the time that it is wanted,
    the newer state is set aside instead.
    """
    for _ in range(_TRIES):
        shutil.rmtree(into, ignore_errors=True)
        try:
            return _link_state(folder, into)
        except FileNotFoundError:
            continue
    raise InputError(
        f"{folder}: parts that its manifest names are missing, so there is nothing whole to set aside; "
        "restore the folder from a backup."
    )


def _link_state(folder: Path, into: Path) -> dict[str, str]:
    store = Store(folder)
    manifest = store.current()
    if not manifest:
        return {}
    hashes = dict(_parts(list(store.held(manifest).values())))
    for name in (f"manifests/{manifest}", *hashes):
        link(folder / name, into / name)
    # Last, and the text that was read: by now it may name a later one.
    (into / "CURRENT.json").write_text(_naming(folder, manifest), "utf-8")
    return hashes


def _parts(held: list[HeldParts]) -> list[tuple[str, str]]:
    parts = [(f"parts/{each.file}", each.sha256) for each in held]
    return parts + [(f"rows/{row.file}", row.sha256) for each in held for row in each.rows]


def _naming(folder: Path, manifest: str) -> str:
    text = (folder / "CURRENT.json").read_text("utf-8")
    if manifest not in text:
        raise FileNotFoundError(manifest)
    return text


def link(file: Path, to: Path) -> None:
    """Give a file that never changes a second name; a copy, where the disk knows no second names."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        to.hardlink_to(file)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(file, to)
