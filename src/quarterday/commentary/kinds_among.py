"""The largest of the kinds that a whole is made of: "race remains the largest strand"."""

import re

from quarterday.commentary.around import Around
from quarterday.commentary.case import Case, Judged, contradicted, shown, supported
from quarterday.commentary.held import is_count, is_total, stems
from quarterday.commentary.superlatives import superlative
from quarterday.domain.claim import Claim, ClaimKind, Way

_KINDS = re.compile(
    r"\b(?P<end>largest|biggest|smallest|highest|lowest|greatest|commonest|most common) (?:single |individual )?"
    r"(?:strand|category|type|kind|component|element|grouping|(?:offence|crime|incident) type)\b"
)
_FEWEST = 3


def largest_kind(case: Case, claim: Claim, words: Around) -> Judged | None:
    """Judged among the measures that are given beside it, wholes left out; ``None`` where it is not of kinds."""
    found = _KINDS.search(words.quote + words.after[:30]) if claim.kind in {ClaimKind.EXTREME, ClaimKind.RANK} else None
    measure, sure = case.measure_of(claim.scope)
    if found is None or not sure or not measure or claim.stated.of > 1 or claim.scope.group:
        return None
    now = case.now_of(measure, case.area)
    counts = [key for key in case.figures.measures if is_count(key) and not is_total(key) and stems(key)]
    apart = [key for key in counts if not any(stems(key) < stems(other) for other in counts)]
    values = {key: value for key in apart if (value := case.value(key, case.area, now)) is not None}
    if measure not in values or len(values) < _FEWEST:
        return None
    high = superlative(found["end"].removeprefix("most common") or "most") is not Way.DOWN
    top = (max if high else min)(values, key=lambda key: values[key])
    said = f"{case.name(top)} has {shown(values[top])}, {case.name(measure)} {shown(values[measure])}"
    if values[top] == values[measure]:
        return supported(f"{case.name(measure)}, at {shown(values[measure])}, of {len(values)}")
    return contradicted(said, f"The figures say otherwise: {said}.")
