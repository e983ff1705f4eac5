"""What a backup is made of, and what it says of itself."""

from dataclasses import dataclass, field
from typing import Final

FORMAT: Final = 1
CONTENTS: Final = "backup.json"
ROWS: Final = "rows"
FOLDERS: Final = ("warehouse", "editions", "uploads")


@dataclass(frozen=True)
class Member:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself; ``key`` tells whether a workspace has the same key, and not what it is."""

    made_at: str
    version: str
    key: str
    migrations: dict[str, list[str]]
    files: tuple[Member, ...] = field(default=(), repr=False)

    @property
    def size(self) -> int:
        """Bytes of all files as they were."""
        return sum(file.size for file in self.files)
