"""Fetching crimes, outcomes, and stops and searches from the archives at data.police.uk.

An archive is a zip at ``YYYY-MM.zip`` with the files of all forces for the months that end with its own: for 36 of
them, or in those up to March 2017 for all since December 2010. Which months are in one is read from it, not assumed.
Months are published about two months after they end, and published anew with revisions in every later archive.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.sources.download import PATIENT, AbsentError, ChangedError, Downloads, Patience, Remote
from quarterday.sources.faults import Faults
from quarterday.sources.police_uk_archive import Archive, DamagedError, Member
from quarterday.sources.police_uk_cache import Cache, Seen, open_cache
from quarterday.sources.police_uk_files import DATASETS
from quarterday.sources.range_file import RangeFile

ARCHIVE_URL = "https://data.police.uk/data/archive/"
FIRST_MONTH = Period.month(2010, 12)
FIRST_ARCHIVE = Period.month(2013, 12)
MONTHS_BEHIND = 2  # so long ago is, more or less, the latest month that is published
_ARCHIVE_NAME = re.compile(r"/(\d{4})-(0[1-9]|1[0-2])\.zip(?:\?|$)", re.ASCII)
_CLOSE = 3  # names that are offered for one that is misspelt

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """One file in the cache, and the SHA-256 of its bytes in hexadecimal."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Lack:
    """The wanted months for which the archives hold no file of a force and dataset."""

    force: str
    dataset: str
    months: tuple[Period, ...]

    @property
    def sentence(self) -> str:
        """What is lacking, and what may be done."""
        return (
            f"{self.force}, {self.dataset}: the publisher's archives have no file for {_in_runs(self.months)}. That is "
            "not available, and not nought; a later archive may have it."
        )


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is in the cache now. ``months`` are those with any file; ``received`` is the bytes that came over the net.

    ``files`` are CSV files where forces were named, else whole archives; the reader of police.uk files takes both.
    """

    folder: Path
    files: tuple[FetchedFile, ...]
    months: tuple[Period, ...]
    lacks: tuple[Lack, ...]
    received: int
    notes: tuple[str, ...]


def fetch_police_uk(
    *,
    first: Period,
    last: Period,
    forces: Sequence[str],
    cache: Path,
    fetched_at: datetime,
    archive: str = ARCHIVE_URL,
    offline: bool = False,
    progress: Progress | None = None,
    patience: Patience = PATIENT,
) -> Fetched:
    """Bring all files of ``forces`` from the first month of ``first`` to the last of ``last`` into the ``cache``.

    Of the archive that ends with the last month, and of as few earlier ones as cover the rest, only what is wanted is
    fetched. Without ``forces``, and from a server that sends no parts of a file, whole archives are fetched. What is in
    the cache and is the archive's own is not fetched again; the files are the same whatever was in it before.
    ``progress`` is told what is being fetched, and how many bytes of how many are there (0 where not known).

    ``offline`` asks no server: what is in the cache is checked, and what is not there is a fault.

    Raises ``InputError`` where anything cannot be had; what came so far is kept, and a next fetch goes on from there.
    """
    months = _months(first, last)
    with open_cache(cache) as held, Downloads(patience=patience) as downloads:
        fetch = _Fetch(
            held,
            downloads,
            archive.rstrip("/") + "/",
            tuple(dict.fromkeys(map(slug, forces))),
            fetched_at,
            offline,
            progress or _say_nothing,
        )
        fetch.run(months)
        return fetch.result()


def _months(first: Period, last: Period) -> Period:
    if last.last < first.first:
        raise InputError(f"the first month, {first.code}, comes after the last, {last.code}; turn the two round.")
    if first.first < FIRST_MONTH.first:
        raise InputError(
            f"data.police.uk begins with {FIRST_MONTH.for_sentence()}; asked for {first.for_sentence()}. Begin with "
            f"{FIRST_MONTH.code}, or load earlier months from the force's own extracts."
        )
    return Period.run(first, last)


def _say_nothing(_what: str, _done: int, _total: int) -> None:
    """Nobody asked."""


@dataclass(slots=True)
class _Fetch:
    """One fetch, and what has come of it so far."""

    cache: Cache
    downloads: Downloads
    archive: str
    forces: tuple[str, ...]
    fetched_at: datetime
    offline: bool
    progress: Progress
    files: dict[str, str] = field(default_factory=dict)
    months: set[Period] = field(default_factory=set)
    lacks: set[Member] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    def run(self, months: Period) -> None:
        """Take from archive after archive, the latest first, until every month was looked for."""
        left: Period | None = months
        while left:
            month = max(Period(left.last, 1), FIRST_ARCHIVE)
            taken = self._take(month, left)
            left = Period(left.first, taken.first - left.first) if taken.first > left.first else None
        self.faults.refuse_any()

    def result(self) -> Fetched:
        """What has come of it."""
        files = tuple(FetchedFile(self.cache.path(name), sha256) for name, sha256 in sorted(self.files.items()))
        lacks = tuple(_as_lacks(self.lacks))
        notes = (*self.notes, *(lack.sentence for lack in lacks))
        return Fetched(self.cache.folder, files, tuple(sorted(self.months)), lacks, self.downloads.received, notes)

    def _take(self, month: Period, left: Period) -> Period:
        """Those of the months ``left`` that the archive of ``month`` covers, when its files are in the cache."""
        take = self._take_members if self.forces else self._take_whole
        try:
            return take(month, left)
        except ChangedError:
            # What came before the change is compared with the new archive, like all that is in the cache.
            return take(month, left)
        except AbsentError as error:
            raise InputError(self._absent(month, error)) from error

    def _take_members(self, month: Period, left: Period) -> Period:
        if self.offline and not self._held_whole(month):
            return self._take_offline(left)
        if held := self._held(month, left):
            return held
        with self._open(month) as (archive, remote):
            self._refuse_unknown_forces(archive)
            covered = self._covered(archive, left)
            wanted = list(self._members(covered, self.forces))
            there = [member for member in wanted if member in archive.contents]
            self._bring(archive, remote, there)
            self._note_seen(archive, remote, (member for member in wanted if member not in archive.contents))
            return covered

    def _take_whole(self, month: Period, left: Period) -> Period:
        name = _zip_name(month)
        self._fetch_whole(month)
        with self.cache.path(name).open("rb") as file:
            archive = Archive(file, name=name)
            covered = self._covered(archive, left)
            wanted = list(self._members(covered, archive.forces))
        self.months.update(member.month for member in wanted if member in archive.contents)
        self.lacks.update(member for member in wanted if member not in archive.contents)
        self._count(name)
        return covered

    def _take_offline(self, left: Period) -> Period:
        """All that is left, from the cache and whatever archive it came from."""
        missing = []
        for member in self._members(left, self.forces):
            if self.cache.sound(member.name):
                self._count(member.name)
                self.months.add(member.month)
            elif self.cache.lacking(member.name):
                self.lacks.add(member)
            else:
                missing.append(member)
        for fault in self._missing(missing):
            self.faults.add(fault)
        self.notes.append(f"No server was asked: all files were in {self.cache.folder}.")
        return left

    def _held(self, month: Period, left: Period) -> Period | None:
        """The months covered, where the archive was looked into before and all that it has of them is in the cache."""
        url = self._url(month)
        seen = self.cache.seen(url)
        if not seen:
            return None
        covered = Period.run(max(_month_of(seen.first), Period(left.first, 1)), Period(left.last, 1))
        members = list(self._members(covered, self.forces))
        there = [member for member in members if member.name not in seen.lacks]
        records = [self.cache.sound(member.name) for member in there]
        if not all(record and record.url == url for record in records):
            return None
        for member in there:
            self._count(member.name)
        self.months.update(member.month for member in there)
        self.lacks.update(set(members) - set(there))
        self.notes.append(f"{_zip_name(month)}: all {len(there)} files wanted from it were fetched before.")
        return covered

    @contextmanager
    def _open(self, month: Period) -> Iterator[tuple[Archive, Remote]]:
        """The archive of a month: the one fetched whole, else the server's own, read where it lies if it can be."""
        name = _zip_name(month)
        remote = self._held_whole(month) or self.downloads.look(self._url(month))
        if remote.ranges:
            yield Archive(RangeFile(self.downloads, remote), name=name), remote
            return
        self._fetch_whole(month)
        with self.cache.path(name).open("rb") as file:
            yield Archive(file, name=name), remote

    def _held_whole(self, month: Period) -> Remote | None:
        """The archive of a month as it was fetched whole, where it was."""
        record = self.cache.sound(_zip_name(month))
        if record and (record.url == self._url(month) or self.offline):
            return Remote(record.url, record.length, record.etag, ranges=False)
        return None

    def _fetch_whole(self, month: Period) -> None:
        """Have the whole archive in the cache, every file in it checked."""
        name = _zip_name(month)
        if self._held_whole(month):
            return
        if self.offline:
            what = "is no longer what was fetched" if self.cache.record(name) else "is not there"
            raise InputError(f"{self.cache.path(name)} {what}; fetch it when a connection may be used.")
        remote = self.downloads.look(self._url(month))
        part = self.cache.path(f"{name}.part")
        self.cache.refuse_no_room((remote.size or 0) - (part.stat().st_size if part.exists() else 0))
        self.downloads.save(remote, part, progress=lambda done, total: self.progress(name, done, total))
        try:
            self._check_whole(part, name)
        except InputError:
            part.unlink()  # it has its full length, so going on from there would not mend it
            raise
        self.cache.put_whole(name, part, remote=remote, fetched_at=self.fetched_at)
        self.notes.append(f"{name}: all of it was fetched.")

    def _check_whole(self, part: Path, name: str) -> None:
        faults, done = Faults(), 0
        with part.open("rb") as file:
            archive = Archive(file, name=name)
            total = sum(info.file_size for info in archive.contents.values())
            for member in archive.contents:
                try:
                    for piece in archive.pieces(member):
                        done += len(piece)
                        self.progress(f"{name}, checked", done, total)
                except DamagedError as error:
                    faults.add(str(error))
        faults.refuse_any()

    def _bring(self, archive: Archive, remote: Remote, members: Iterable[Member]) -> None:
        """Have these members in the cache; what is damaged is a fault, and the others come all the same."""
        there = list(members)
        missing = [member for member in there if not self._adopt(archive, remote, member)]
        infos = [archive.contents[member] for member in missing]
        self.cache.refuse_no_room(sum(info.file_size for info in infos))
        done, total = 0, sum(info.compress_size for info in infos)
        for member, info in zip(missing, infos, strict=True):
            self.progress(f"{archive.name}: {member.name}", done, total)
            try:
                self.cache.put(member.name, archive.pieces(member), remote=remote, fetched_at=self.fetched_at)
            except DamagedError as error:
                self.faults.add(str(error))
            done += info.compress_size
        self.progress(archive.name, done, total)
        for member in there:
            self._count(member.name)
        self.months.update(member.month for member in there)
        self.notes.append(
            f"{archive.name}: {len(missing)} files fetched, {len(there) - len(missing)} were there already."
        )

    def _adopt(self, archive: Archive, remote: Remote, member: Member) -> bool:
        info = archive.contents[member]
        return self.cache.adopt(
            member.name, remote=remote, crc32=info.CRC, length=info.file_size, fetched_at=self.fetched_at
        )

    def _note_seen(self, archive: Archive, remote: Remote, lacking: Iterable[Member]) -> None:
        lacks = set(lacking)
        self.lacks |= lacks
        first, last = Period(archive.covers.first, 1).code, Period(archive.covers.last, 1).code
        names = tuple(sorted(member.name for member in lacks))
        self.cache.note_seen(Seen(remote.address, remote.version, first, last, names))

    def _count(self, name: str) -> None:
        if record := self.cache.record(name):
            self.files[name] = record.sha256

    def _covered(self, archive: Archive, left: Period) -> Period:
        if archive.covers.first > left.last:
            raise InputError(
                f"{archive.name}: there are {archive.covers.for_sentence()} in it, and not "
                f"{Period(left.last, 1).for_sentence()}, as its name says; check the address."
            )
        return Period.run(Period(max(archive.covers.first, left.first), 1), Period(left.last, 1))

    def _refuse_unknown_forces(self, archive: Archive) -> None:
        for force in self.forces:
            if force in archive.forces:
                continue
            close = difflib.get_close_matches(force, archive.forces, n=_CLOSE)
            named = f"Is {' or '.join(map(repr, close))} meant?" if close else f"It has {', '.join(archive.forces)}."
            self.faults.add(
                f"{archive.name} has no file of a force {force!r}. {named} Where the name is right the force sent "
                "nothing for these months: leave it out."
            )
        self.faults.refuse_any()

    def _members(self, months: Period, forces: Iterable[str]) -> Iterator[Member]:
        return (Member(month, force, dataset) for force in forces for dataset in DATASETS for month in months)

    def _missing(self, members: Iterable[Member]) -> Iterator[str]:
        """What the cache would have to hold, in sentences."""
        gone: set[Member] = set()
        for member in members:
            if self.cache.record(member.name) and self.cache.path(member.name).exists():
                yield (
                    f"{self.cache.path(member.name)} is no longer what was fetched; fetch it anew when a connection "
                    "may be used."
                )
            else:
                gone.add(member)
        for lack in _as_lacks(gone):
            yield (
                f"{self.cache.folder} lacks {lack.force}, {lack.dataset}, for {_in_runs(lack.months)}; fetch it when a "
                "connection may be used."
            )

    def _absent(self, month: Period, error: AbsentError) -> str:
        latest, likely = self._latest()
        ask = f"Ask for months up to {latest.code}, or wait" if latest.last < month.last else "Wait"
        return (
            f"There is no archive for {month.for_sentence()}, or it is not shown. {error} The latest one is{likely} "
            f"that of {latest.for_sentence()}. {ask}: a month is published some two months after its end. The page "
            f"{self.archive} lists what there is."
        )

    def _latest(self) -> tuple[Period, str]:
        """The month of the latest archive, which the publisher sends us on to; else what is likely, and that word."""
        try:
            found = _ARCHIVE_NAME.search(self.downloads.leads_to(f"{self.archive}latest.zip"))
        except InputError:
            found = None
        if found:
            return Period.month(int(found[1]), int(found[2])), ""
        return Period.month(self.fetched_at.year, self.fetched_at.month).shift(-MONTHS_BEHIND), " likely"

    def _url(self, month: Period) -> str:
        return self.archive + _zip_name(month)


def _zip_name(month: Period) -> str:
    return f"{month.code}.zip"


def _month_of(code: str) -> Period:
    year, month = code.split("-")
    return Period.month(int(year), int(month))


def _as_lacks(members: Iterable[Member]) -> Iterator[Lack]:
    months: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for member in sorted(members):
        months[member.force, member.dataset].append(member.month)
    return (Lack(force, dataset, tuple(found)) for (force, dataset), found in sorted(months.items()))


def _in_runs(months: Sequence[Period]) -> str:
    """The months, in order, as people say them: neighbours as one run."""
    runs: list[Period] = []
    for month in months:
        if runs and runs[-1].last + 1 == month.first:
            runs[-1] = Period.run(runs[-1], month)
        else:
            runs.append(month)
    return ", ".join(run.for_sentence() for run in runs)
