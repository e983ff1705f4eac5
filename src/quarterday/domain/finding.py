"""One checkable statement about figures: the atom of a comment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from quarterday.domain.period import Period

Option = str | int | float | bool | None


class Kind(StrEnum):
    """What a finding on a measure is about; each measure of an edition has at most one of a kind."""

    CHANGE = "change on last year"
    QUARTERS = "quarters against a year before"
    MONTHS = "months that stand out"
    MAKING_UP = "months that make up the change"
    CONTROL = "latest month on its chart"
    TREND = "trend"
    AVERAGES = "monthly average by financial year"
    SHARE = "share of total"
    STANDING = "standing"
    QUOTED = "quoted standing"
    TARGET = "target"
    REVISIONS = "revisions since the last edition"


class Strength(StrEnum):
    """How strong a wording the evidence supports."""

    NO_CLEAR_CHANGE = "no clear change"
    LIKELY = "likely"
    CLEAR = "clear"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Limits:
    """The interval that holds a value so often; ``None`` where it has no bound. ``confidence`` is a fraction."""

    lower: float | None
    upper: float | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What the figures show, before any words.

    ``values`` holds the unrounded numbers by name, ``limits`` the intervals of some of them by the same names, and
    ``labels`` what is said in words and no number: a state, a position, a group's version. ``verdict`` is the
    polarity's word for them; ``p`` is a two-sided probability, ``None`` where nothing was tested; ``strength`` is how
    strong a wording that supports. ``method`` names the rule that gave it, with its ``source`` and the ``options`` in
    force. ``unavailable`` says why there is nothing to state, and is empty where there is.
    """

    kind: str
    measure: str
    area: str
    periods: tuple[Period, ...]
    method: str
    values: Mapping[str, float] = field(default_factory=dict)
    verdict: str = ""
    strength: Strength = Strength.UNTESTED
    p: float | None = None
    caveats: tuple[str, ...] = ()
    unavailable: str = ""
    limits: Mapping[str, Limits] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    options: Mapping[str, Option] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The finding in the types that JSON has, periods by their codes."""
        return {
            "kind": str(self.kind),
            "measure": self.measure,
            "area": self.area,
            "periods": [period.code for period in self.periods],
            "values": dict(self.values),
            "limits": {
                name: {"lower": interval.lower, "upper": interval.upper, "confidence": interval.confidence}
                for name, interval in self.limits.items()
            },
            "labels": dict(self.labels),
            "verdict": self.verdict,
            "strength": self.strength.value,
            "p": self.p,
            "method": {"name": self.method, "source": self.source, "options": dict(self.options)},
            "caveats": list(self.caveats),
            "unavailable": self.unavailable,
        }
