"""The steps of a calculation, one text for every engine, and what an engine must be able to do with them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

_STEP = re.compile(r"^-- step: (\w+)( \(kept\))?\n", re.MULTILINE)
_EACH_MONTH = re.compile(r"^(?!--).*\{month\}.*$", re.MULTILINE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One ``select`` with a name that later steps may select from.

    ``kept`` steps are worked out once and kept; the others are worked out anew wherever they are selected from.
    """

    name: str
    text: str
    kept: bool


@cache
def steps(name: str) -> tuple[Step, ...]:
    """The steps of ``sql/<name>.sql``, in order: each begins with ``-- step: name``, or ``-- step: name (kept)``.

    A line with ``{month}`` stands for twelve, one for each month of a year, of which ``{at}`` is the place, from 0: as
    columns or arguments, as a sum where the line begins with a plus, and as all rows together where it is a ``select``.
    """
    text = files("quarterday.warehouse").joinpath("sql", f"{name}.sql").read_text("utf-8")
    _, *pieces = _STEP.split(_EACH_MONTH.sub(_of_each_month, text))
    found = zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    return tuple(Step(name, text.strip(), kept=bool(kept)) for name, kept, text in found)


def _of_each_month(line: re.Match[str]) -> str:
    word = line[0].split()[0]
    between = {"+": "\n", "select": "\nunion all\n"}.get(word, ",\n")
    return between.join(line[0].replace("{month}", month).replace("{at}", str(at)) for at, month in enumerate(_MONTHS))


class Engine(Protocol):
    """Tables and steps by name, for one calculation; ``close`` forgets them all.

    Types of columns are ``varchar``, ``integer``, ``bigint``, ``double`` and ``boolean``.
    """

    def parts(self, name: str, paths: Sequence[Path]) -> None:
        """Make a view of Parquet parts, of which there is at least one.

        Its columns are those of the parts, and ``part_row``: the place of a row in its part, from 0.
        """

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Make a small table of ``rows``; ``columns`` gives the type of each."""

    def run(self, steps: Sequence[Step]) -> None:
        """Make each step selectable by its name."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a ``select`` answers, in Python's own types."""

    def write(self, query: str, part: Path) -> None:
        """Write what a ``select`` answers as one Parquet file, in the order that it states.

        Several threads may do so at once.
        """

    def close(self) -> None:
        """Let go of everything."""
