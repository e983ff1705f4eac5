"""A sentence that knows which of its numbers is which value of which finding."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, and the name of the finding's value that it is.

    The end of an interval is named ``limits.rank.lower`` or ``limits.rank.upper``.
    """

    text: str
    value: str


Piece = str | Number


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the sentence a number stands, and the name of the finding's value that it is."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said of one finding, and the kind of finding that carries its numbers; ``spans`` are in order."""

    text: str
    kind: str
    spans: tuple[Span, ...] = ()

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def sentence(kind: str, pieces: Iterable[Piece]) -> Sentence:
    """The sentence that the pieces make, one after the other."""
    text, spans = "", []
    for piece in pieces:
        written = piece.text if isinstance(piece, Number) else piece
        if isinstance(piece, Number):
            spans.append(Span(len(text), len(text) + len(written), piece.value))
        text += written
    return Sentence(text, kind, tuple(spans))


def plain(pieces: Iterable[Piece]) -> str:
    """The words alone."""
    return "".join(piece.text if isinstance(piece, Number) else piece for piece in pieces)


def joined(items: list[list[Piece]]) -> list[Piece]:
    """``a, b and c``, each of several pieces."""
    made: list[Piece] = []
    for at, item in enumerate(items):
        made += [" and " if at == len(items) - 1 else ", "] if at else []
        made += item
    return made
