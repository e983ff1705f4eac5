"""What every result says of itself: by which method it was had, with which options, and whose method that is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from typing import Any

Option = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Method:
    """A rule by its name, the options in force, and the source that it is taken from."""

    name: str
    source: str
    options: Mapping[str, Option] = field(default_factory=dict)


def as_json(result: object) -> Any:  # noqa: ANN401  # whatever JSON can be
    """A result, or what one holds, in the types that JSON has; a number that is not finite is an error of ours."""
    if is_dataclass(result):
        return {entry.name: as_json(getattr(result, entry.name)) for entry in fields(result)}
    if isinstance(result, Enum):
        return result.value
    if isinstance(result, Mapping):
        return {str(name): as_json(value) for name, value in result.items()}
    if hasattr(result, "tolist"):  # of NumPy
        return as_json(result.tolist())
    if isinstance(result, (tuple, list)):
        return [as_json(item) for item in result]
    if isinstance(result, float) and not math.isfinite(result):
        raise ValueError(f"{result} is no number that a result may hold; it is None where there is none.")
    return result
