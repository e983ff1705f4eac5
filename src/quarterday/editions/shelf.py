"""What takes long to make is kept ready in each process that serves."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Shelf(Generic[Made]):
    """The latest few of what takes long to make; several threads may ask at once."""

    def __init__(self, room: int) -> None:
        self._room, self._lock = room, Lock()
        self._made: OrderedDict[Hashable, Made] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept under the key, made where there is none."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._room:
                self._made.popitem(last=False)
        return made
