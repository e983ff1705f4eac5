"""What the look-ups that stand say, kept: working it out anew takes longer than reading a month of a force."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from quarterday.domain.places import Places

_FORMAT = 3  # another one whenever an answer changes its meaning


@dataclass(frozen=True, slots=True)
class KeptPlaces:
    """The answers of ``Places``; see there."""

    districts: Mapping[str, str]
    successors: Mapping[str, str]
    forces: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    doubts: tuple[str, ...]

    def district_of_lsoa(self) -> Mapping[str, str]:
        """The present district of each LSOA, by its code."""
        return self.districts

    def successor_of(self) -> Mapping[str, str]:
        """The present district that holds the whole of an old one."""
        return self.successors

    def force_of_district(self) -> Mapping[str, str]:
        """The area of the force that polices each district."""
        return self.forces

    def partnerships(self) -> Mapping[str, tuple[str, ...]]:
        """The districts that make up each partnership which is made of whole ones."""
        return self.members

    def unclear(self) -> tuple[str, ...]:
        """A sentence for each place of which the look-ups leave unclear where it lies."""
        return tuple(self.doubts)


def answers_of(places: Places) -> KeptPlaces:
    """What ``places`` answer, worked out once."""
    return KeptPlaces(
        districts=places.district_of_lsoa(),
        successors=places.successor_of(),
        forces=places.force_of_district(),
        members=places.partnerships(),
        doubts=places.unclear(),
    )


def kept_places(folder: Path, lookups: Sequence[str], *, worked_out: Callable[[], KeptPlaces]) -> KeptPlaces:
    """The answers of the look-ups with these hashes, in this order; ``worked_out`` is asked where none are kept.

    They are kept in ``folder`` with a hash of their own. What is lost or damaged there is worked out anew, and where it
    cannot be written it is done without.
    """
    digest = hashlib.sha256("\n".join((str(_FORMAT), *lookups)).encode()).hexdigest()
    path = folder / f"places-{digest[:16]}.json"
    try:
        sha256, text = path.read_text("utf-8").split("\n", 1)
        if hashlib.sha256(text.encode()).hexdigest() == sha256:
            return KeptPlaces(**json.loads(text))
    except (OSError, ValueError):
        pass
    answers = worked_out()
    text = json.dumps({entry.name: getattr(answers, entry.name) for entry in fields(answers)}, ensure_ascii=False)
    try:
        folder.mkdir(exist_ok=True)
        draft = path.with_suffix(".part")
        draft.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}", "utf-8")
        draft.replace(path)
    except OSError:
        pass
    return answers
