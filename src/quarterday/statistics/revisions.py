"""What was published against what is known now."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Generic, TypeVar

from quarterday.domain.faults import InputError
from quarterday.statistics.result import Method

Key = TypeVar("Key", bound=Hashable)

_METHOD = Method("Published figures against their values now", "docs/methods/revisions.md")


class RevisionKind(StrEnum):
    """What became of a published figure."""

    REVISED = "revised"
    WITHDRAWN = "withdrawn"  # a number then, none now
    FILLED = "filled"  # a mark then, a number now


@dataclass(frozen=True, slots=True)
class Revision(Generic[Key]):
    """One figure that is not what it was; ``difference`` is ``None`` unless both are numbers.

    ``reason`` is ``None`` where none was given, which a reader must be told.
    """

    figure: Key
    kind: RevisionKind
    old: float | None
    new: float | None
    difference: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Revisions(Generic[Key]):
    """The figures that differ, in the order published, among how many that were compared."""

    compared: int
    revised: tuple[Revision[Key], ...]
    method: Method = _METHOD

    @property
    def without_reason(self) -> tuple[Key, ...]:
        """The figures that differ for a reason that nobody gave."""
        return tuple(revision.figure for revision in self.revised if revision.reason is None)


def revisions_of(
    published: Mapping[Key, float | None], now: Mapping[Key, float | None], *, reasons: Mapping[Key, str] | None = None
) -> Revisions[Key]:
    """Every published figure compared with its value now.

    A figure's key says what it is of: measure, area and period, such as a tuple of these. ``None`` is a figure with a
    mark in the place of its number. A key that is not in ``now`` has no number now; what was not published is no
    revision. Any difference counts, however small. A reason for a figure that was not published is an error, and so is
    a number that is not finite.
    """
    given = reasons or {}
    _check(published, now, given)
    found = (_revision(key, old, now.get(key), given.get(key)) for key, old in published.items())
    return Revisions(len(published), tuple(revision for revision in found if revision is not None))


def _revision(key: Key, old: float | None, new: float | None, reason: str | None) -> Revision[Key] | None:
    if old == new:
        return None
    if old is None:
        return Revision(key, RevisionKind.FILLED, old, new, None, reason)
    if new is None:
        return Revision(key, RevisionKind.WITHDRAWN, old, new, None, reason)
    return Revision(key, RevisionKind.REVISED, old, new, new - old, reason)


def _check(published: Mapping[Key, float | None], now: Mapping[Key, float | None], reasons: Mapping[Key, str]) -> None:
    faults = [
        f"the figure {when} for {_written(key)} is {value}; wanted a number, or None where a mark stands."
        for when, figures in (("published", published), ("now", now))
        for key, value in figures.items()
        if value is not None and not isfinite(value)
    ]
    faults += [
        f"a reason came for {_written(key)}, which was not published; give it for a figure that was."
        for key in reasons
        if key not in published
    ]
    if faults:
        raise InputError(*faults)


def _written(key: Hashable) -> str:
    return ", ".join(map(str, key)) if isinstance(key, Iterable) and not isinstance(key, str) else str(key)
