"""What an archive of data.police.uk holds: one CSV file a month, force and dataset, in a zip."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import IO

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.sources.police_uk_files import DATASETS
from quarterday.sources.range_file import RangeFile

LARGEST_MEMBER = 512 * 1024**2  # bytes: twenty times the largest force's month
MOST_MEMBERS = 100_000
_NAME = re.compile(rf"(\d{{4}})-(0[1-9]|1[0-2])/\1-\2-([a-z0-9-]{{1,60}}?)-({'|'.join(DATASETS)})\.csv", re.ASCII)
_READ_HERE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LOCKED = 0x1  # the flag of a member that wants a password
_SLACK = 512  # bytes: what stands before a member's own may be longer than the list of contents says
_PIECE = 1024**2
# All that the zipfile module raises at a zip that is damaged or of a sort that it does not know.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class DamagedError(InputError):
    """One file of an archive cannot be read; the others may be sound."""


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One file of an archive: what a force sent as one dataset for one month."""

    month: Period
    force: str
    dataset: str

    @property
    def name(self) -> str:
        """Where the publisher keeps it in an archive, and we in the cache."""
        return f"{self.month.code}/{self.month.code}-{self.force}-{self.dataset}.csv"


class Archive:
    """One archive, open: its contents by month, force and dataset. Other members are not looked at.

    Raises ``InputError`` where it is no zip, or none of this publisher's.
    """

    def __init__(self, file: IO[bytes] | RangeFile, *, name: str) -> None:
        self.name = name
        self._file = file
        with _told_plainly(name, "it cannot be read as a zip"):
            self._zip = zipfile.ZipFile(file)  # type: ignore[arg-type] # it needs no more than reading and seeking
            listed = self._zip.infolist()
        if len(listed) > MOST_MEMBERS:
            raise InputError(f"{name}: {len(listed):,} files are in it; the most that is read is {MOST_MEMBERS:,}.")
        self.contents = self._known(listed)
        if not self.contents:
            raise InputError(
                f"{name}: there is no file in it such as 2020-01/2020-01-leicestershire-street.csv, which an archive "
                "of data.police.uk holds; check the address."
            )

    def _known(self, listed: list[zipfile.ZipInfo]) -> dict[Member, zipfile.ZipInfo]:
        found: dict[Member, zipfile.ZipInfo] = {}
        for info in listed:
            if not (parts := _NAME.fullmatch(info.filename)):
                continue
            member = Member(Period.month(int(parts[1]), int(parts[2])), parts[3], parts[4])
            if member in found:
                raise InputError(f"{self.name}: {member.name} stands there twice; fetch the archive again.")
            found[member] = info
        return found

    @cached_property
    def forces(self) -> tuple[str, ...]:
        """Every force that sent anything, in order."""
        return tuple(sorted({member.force for member in self.contents}))

    @cached_property
    def covers(self) -> Period:
        """From the first month that any force has a file for to the last."""
        months = {member.month for member in self.contents}
        return Period.run(min(months), max(months))

    def pieces(self, member: Member) -> Iterator[bytes]:
        """The member's bytes; ``DamagedError`` where at the end its length or its CRC-32 is not as listed."""
        info = self.contents[member]
        self._refuse_unsound(info)
        if isinstance(self._file, RangeFile):
            ahead = info.header_offset + len(info.filename) + len(info.extra) + _SLACK + info.compress_size
            self._file.expect(info.header_offset, ahead)
        with (
            _told_plainly(f"{self.name}, {info.filename}", "the file is damaged in its zip"),
            self._zip.open(info) as file,
        ):
            length = 0
            while piece := file.read(_PIECE):
                length += len(piece)
                yield piece
            if length != info.file_size:
                raise ValueError(f"{length:,} bytes came; its list of contents says {info.file_size:,}")

    def _refuse_unsound(self, info: zipfile.ZipInfo) -> None:
        place = f"{self.name}, {info.filename}"
        if info.flag_bits & _LOCKED:
            raise DamagedError(f"{place}: it wants a password, which the publisher's files do not; check the address.")
        if info.compress_type not in _READ_HERE:
            raise DamagedError(f"{place}: it is packed in a way that is not read here ({info.compress_type}).")
        if info.file_size > LARGEST_MEMBER:
            raise DamagedError(f"{place}: {info.file_size:,} bytes; the most that is read is {LARGEST_MEMBER:,}.")


@contextmanager
def _told_plainly(place: str, what: str) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise DamagedError(
            f"{place}: {what} ({error}). Fetch again; where it stays so, the publisher's own file is damaged."
        ) from error
