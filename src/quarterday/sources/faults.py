"""The faults of one load, gathered so that a person mends them in one go."""

from collections.abc import Iterator
from contextlib import contextmanager

from quarterday.domain.faults import InputError

SHOWN = 20  # faults: a list that nobody reads to its end helps nobody
LONGEST = 600  # characters of a fault: a cell that it repeats may be endless


class Faults:
    """Gathers sentences, and refuses the load in the end where there are any."""

    def __init__(self) -> None:
        self.number = 0
        self._first: list[str] = []

    def add(self, sentence: str) -> None:
        """Note one fault."""
        self.number += 1
        if self.number <= SHOWN:
            half = LONGEST // 2
            long = len(sentence) > LONGEST
            self._first.append(f"{sentence[:half]} … {sentence[-half:]}" if long else sentence)

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Note an ``InputError`` raised meanwhile as a fault at ``place``, and go on after it."""
        try:
            yield
        except InputError as error:
            for fault in error.faults:
                self.add(f"{place}: {fault}")

    def refuse_any(self) -> None:
        """Raise one ``InputError`` with the first faults and the number of the others, if there are any."""
        if not self.number:
            return
        others = self.number - len(self._first)
        more = [f"There are {others:,} more; mend these first, then load again."] if others else []
        raise InputError(*self._first, *more)
