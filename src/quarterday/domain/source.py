"""Where a figure came from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was read: its name without folders, and the SHA-256 of its bytes in hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """A release of figures: what was published, by whom, under which licence, and the files it was read from.

    ``licence`` is empty where the publisher states none.
    """

    title: str
    publisher: str
    licence: str
    files: tuple[SourceFile, ...]
