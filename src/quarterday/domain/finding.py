"""One checkable statement about figures: the atom of a comment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from quarterday.domain.period import Period


class Strength(StrEnum):
    """How strong a wording the evidence supports."""

    NO_CLEAR_CHANGE = "no clear change"
    LIKELY = "likely"
    CLEAR = "clear"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the figures show, before any words.

    ``values`` holds the unrounded numbers by name; ``verdict`` is the polarity's word for them; ``method`` names the
    rule that gave it; ``p`` is a two-sided probability, ``None`` where nothing was tested; ``unavailable`` says why
    there is nothing to state, and is empty where there is.
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
