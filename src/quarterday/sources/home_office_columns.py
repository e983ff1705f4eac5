"""What the Home Office's tables share: columns found by name, measures named alike, no licence stated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quarterday.domain.area import key_of
from quarterday.sources.cells import column_letters
from quarterday.sources.faults import Faults

PUBLISHER = "Home Office"
LICENCE_NOTE = "The file states no licence; check the publisher's before anything made from it is published."


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column that is read stands, from 0, and its name there; ``others`` names those left alone."""

    positions: Mapping[str, int]
    names: Mapping[str, str]
    others: tuple[str, ...]

    def called(self, role: str) -> str:
        """What a fault calls the column, such as ``column D (CSP Name)``."""
        return f"column {column_letters(self.positions[role] + 1)} ({self.names[role]})"


def qualified(offence: str) -> str:
    """The measure's name, ``Robbery (Home Office)``: other publications count under the same words."""
    return f"{offence} ({PUBLISHER})"


def find_columns(header: Sequence[str], *, spellings: Mapping[str, Sequence[str]]) -> Columns:
    """The column of each role, under any of its spellings; one that is missing or there twice is a fault."""
    roles = {key_of(name): role for role, names in spellings.items() for name in names}
    positions: dict[str, int] = {}
    faults = Faults()
    for position, name in enumerate(header):
        role = roles.get(key_of(name))
        if role in positions:
            letters = column_letters(positions[role] + 1), column_letters(position + 1)
            faults.add(f"columns {' and '.join(letters)} are both the {spellings[role][0]}; keep one.")
        elif role:
            positions[role] = position
    for role, names in spellings.items():
        if role in positions:
            continue
        wanted = " or ".join(map(repr, names))
        faults.add(f"there is no column {wanted}; the columns are {', '.join(header) or 'none'}. Fetch the file anew.")
    faults.refuse_any()
    others = tuple(name for position, name in enumerate(header) if name and position not in positions.values())
    return Columns(positions, {role: header[position] for role, position in positions.items()}, others)
