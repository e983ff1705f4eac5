"""A file on a server as one that is read here, so that of a large zip only what is wanted is fetched."""

import io
from typing import TYPE_CHECKING

from quarterday.domain.faults import InputError
from quarterday.sources.download import Downloads, Remote

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 1024**2  # bytes fetched where nobody said how far the reading goes
MOST_HELD = 16 * BLOCK  # that are held in memory at a time
MOST_AT_ONCE = 64 * BLOCK  # that one reading may ask for: a zip's list of contents is far shorter


class RangeFile(io.RawIOBase):
    """A file on a server as one that is read here: what is not at hand is fetched, a block or more at a time."""

    def __init__(self, downloads: Downloads, remote: Remote) -> None:
        super().__init__()
        if remote.size is None:
            raise InputError(f"{remote.address}: the server does not tell the file's length.")
        self._downloads = downloads
        self._remote = remote
        self._size = remote.size
        self._at = 0
        self._expected = range(0)
        self._held = b""
        self._held_from = 0

    def expect(self, start: int, stop: int) -> None:
        """Be told that the bytes from ``start`` to before ``stop`` will be read, so that they are fetched as one."""
        self._expected = range(start, stop)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next reading begins."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Begin the next reading elsewhere."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError(f"there is nothing {-base - offset} bytes before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill ``buffer``, but for what lies beyond the end."""
        view = memoryview(buffer).cast("B")
        stop = min(self._at + len(view), self._size)
        wanted = self._bytes(self._at, stop) if stop > self._at else b""
        view[: len(wanted)] = wanted
        self._at += len(wanted)
        return len(wanted)

    def _bytes(self, start: int, stop: int) -> bytes:
        if not (self._held_from <= start and stop <= self._held_from + len(self._held)):
            if stop - start > MOST_AT_ONCE:
                raise InputError(
                    f"{self._remote.address}: {stop - start:,} bytes would have to be read at once, which no archive "
                    "of this publisher needs; it is damaged, or not theirs."
                )
            since, until = self._around(start)
            until = min(max(stop, until), self._size)
            self._held = b"".join(self._downloads.pieces(self._remote, start=since, stop=until))
            self._held_from = since
        return self._held[start - self._held_from : stop - self._held_from]

    def _around(self, start: int) -> tuple[int, int]:
        """What to fetch where ``start`` is to be read. A zip is read from its end backwards, so that is one block."""
        if start in self._expected:
            return start, min(self._expected.stop, start + MOST_HELD)
        return min(start, max(0, self._size - BLOCK)), start + BLOCK
