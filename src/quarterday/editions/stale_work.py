"""What a project's page says is still to come, although the quarter has ended."""

from collections.abc import Mapping
from typing import TypeVar

from quarterday.commentary.stale import Stale, find_stale
from quarterday.domain.period import Period

Key = TypeVar("Key")


def stale_in(texts: Mapping[Key, str], quarter: Period) -> dict[Key, tuple[Stale, ...]]:
    """The passages of each text, by its key, that speak of a time as to come which had ended with the quarter."""
    as_at = Period(quarter.last, 1)
    found = {key: find_stale(text, as_at=as_at) for key, text in texts.items()}
    return {key: passages for key, passages in found.items() if passages}
