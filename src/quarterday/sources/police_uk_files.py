"""The files of a police.uk archive, wherever they lie: in a zip, in folders, or one alone."""

import hashlib
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.source import SourceFile
from quarterday.sources.faults import Faults

STREET, OUTCOMES, STOPS = "street", "outcomes", "stop-and-search"
DATASETS = (STREET, OUTCOMES, STOPS)
# The largest month of the largest force is some 25 MB.
MOST_BYTES = 1024**3
MOST_TIMES_SMALLER = 200  # a zip of such files is four or five times smaller than they are
# What zipfile raises for what it cannot make sense of, beside OSError.
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, OverflowError, ValueError
)  # fmt: skip
_NAME = re.compile(r"(\d{4})-(\d{2})-([a-z][a-z0-9-]{0,60})-(street|outcomes|stop-and-search)\.csv", re.ASCII)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others are unpacked at one go, however large
Listed = Mapping[str, Callable[[], IO[bytes]]]  # ways to open files, by their names
_CHUNK = 256 * 1024
_WANTED = "wanted names such as 2024-06-leicestershire-street.csv, as the archive at data.police.uk has them"
_NAMED = 5
_AGAIN = "Fetch it anew."


@dataclass(frozen=True, slots=True)
class PoliceFile:
    """One CSV file of the archive: a dataset of a force in a month. ``force`` is the word that its name has for it."""

    name: str
    dataset: str
    force: str
    month: int
    opened: Callable[[], IO[bytes]]

    def copy_to(self, path: Path) -> int:
        """Write the file to ``path``; how many line ends it holds. What no text can be is a fault."""
        ends = 0
        with self.open() as source, path.open("wb") as target:
            for chunk in iter(lambda: source.read(_CHUNK), b""):
                found = chunk.count(b"\n")
                if not found and len(chunk) == _CHUNK:
                    raise InputError(f"{self.name}: there is a line of more than {_CHUNK:,} bytes. {_AGAIN}")
                if b"\0" in chunk:
                    raise InputError(f"{self.name}: there is a NUL, which no text holds. {_AGAIN}")
                ends += found
                target.write(chunk)
        return ends

    def digest(self) -> str:
        """The SHA-256 of its bytes in hexadecimal."""
        with self.open() as source:
            return hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]  # any file of bytes does

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The file's bytes; a member that is damaged is a fault."""
        try:
            with self._begun() as source:
                yield source
        except _DAMAGES as error:
            raise InputError(f"{self.name}: the file is damaged in its zip ({error}). {_AGAIN}") from error

    def _begun(self) -> IO[bytes]:
        try:
            return self.opened()
        except OSError as error:  # a damaged zip may say that a member lies before its own beginning
            raise InputError(f"{self.name}: the file cannot be opened ({error}). {_AGAIN}") from error


@dataclass(frozen=True, slots=True)
class PoliceFiles:
    """All that was found under a path. ``sources`` are the files that a person named; ``passed_over`` was not read.

    After ``close`` no member of a zip can be opened any more.
    """

    title: str
    sources: tuple[SourceFile, ...]
    files: tuple[PoliceFile, ...]
    passed_over: tuple[str, ...]
    close: Callable[[], None]


def find_police_files(path: Path, *, forces: Iterable[str] = ()) -> PoliceFiles:
    """The files of the archive in a zip, in a folder and those below it, or the one file that ``path`` is.

    With ``forces``, only theirs. Raises ``InputError`` where there is none, or where one stands there twice.
    """
    with ExitStack() as archive:
        try:
            listed, sources = _listed(path, archive=archive)
        except OSError as error:
            raise InputError(f"{path} cannot be read ({error}); make it readable, or fetch it anew.") from error
        except _DAMAGES as error:
            raise InputError(f"{path.name} is a damaged zip ({error}). {_AGAIN}") from error
        found = [_police_file(name, opened) for name, opened in listed.items()]
        files = sorted((file for file in found if file), key=lambda file: (file.dataset, file.month, file.force))
        passed_over = tuple(name for name, file in zip(listed, found, strict=True) if not file)
        _refuse_unusable(files, path=path, passed_over=passed_over)
        wanted = _of_forces(files, forces=tuple(forces), path=path)
        hashed = sources or tuple(SourceFile(file.name, file.digest()) for file in wanted)
        return PoliceFiles(path.name or str(path), hashed, tuple(wanted), passed_over, archive.pop_all().close)


def _listed(path: Path, *, archive: ExitStack) -> tuple[Listed, tuple[SourceFile, ...]]:
    """What lies at the path, and the file that a person named; none where that is a folder."""
    if path.is_dir():
        return _in_folder(path), ()
    if not path.is_file():  # looking into a pipe would wait for what may never come
        raise _no_file(path)
    if zipfile.is_zipfile(path):
        listed = _in_zip(archive.enter_context(zipfile.ZipFile(path)), path=path)
    else:
        _refuse_large([path])
        listed = {path.name: partial(_bytes_of, path)}
    return listed, (SourceFile(path.name, _hash_of(path)),)


def _no_file(path: Path) -> InputError:
    if path.exists():
        return InputError(f"{path} is a device or a pipe; save what it gives as a file, and name that.")
    return InputError(f"There is no file or folder {path}; check the name and the folder.")


def _in_zip(archive: zipfile.ZipFile, *, path: Path) -> Listed:
    """Each member by its name; sizes that no such archive has are a fault."""
    faults = Faults()
    members = {}
    infos = [member for member in archive.infolist() if not member.is_dir()]
    # Members may share their bytes, so that each alone looks harmless.
    if (total := sum(member.file_size for member in infos)) > MOST_TIMES_SMALLER * path.stat().st_size:
        faults.add(f"{path.name} would become {total:,} bytes, which no zip of its size does. {_AGAIN}")
    for member in infos:
        place = f"{path.name}, {member.filename!r}"
        if member.file_size > MOST_BYTES or member.file_size > MOST_TIMES_SMALLER * max(member.compress_size, 1024):
            faults.add(
                f"{place}: {member.compress_size:,} bytes would become {member.file_size:,}, which no file of crimes "
                f"does. {_AGAIN}"
            )
        if member.compress_type not in _PACKED:
            faults.add(f"{place} is packed in a way that is not read here; unpack the zip, and load the folder.")
        if member.flag_bits & 1:
            faults.add(f"{place} is encrypted; unpack the zip with its password, and load the folder.")
        if member.filename in members:
            faults.add(f"{place} stands there twice. {_AGAIN}")
        members[member.filename] = partial(archive.open, member)
    faults.refuse_any()
    return members


def _in_folder(folder: Path) -> Listed:
    """Each file by its path below the folder; what a link leads to elsewhere is not followed."""
    found = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    files = sorted(path for path in found if path.is_file() and not path.is_symlink())
    _refuse_large(files)
    return {path.relative_to(folder).as_posix(): partial(_bytes_of, path) for path in files}


def _refuse_large(files: Iterable[Path]) -> None:
    faults = Faults()
    for path in files:
        if _NAME.fullmatch(path.name) and (size := path.stat().st_size) > MOST_BYTES:
            faults.add(f"{path} has {size:,} bytes; no file of crimes has more than {MOST_BYTES:,}. {_AGAIN}")
    faults.refuse_any()


def _bytes_of(path: Path) -> IO[bytes]:
    return path.open("rb")


def _police_file(name: str, opened: Callable[[], IO[bytes]]) -> PoliceFile | None:
    plain = re.split(r"[/\\]", name)[-1]
    found = _NAME.fullmatch(plain)
    if not found or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004  # months of a year
        return None
    return PoliceFile(plain, found[4], found[3], Period.month(int(found[1]), int(found[2])).first, opened)


def _refuse_unusable(files: list[PoliceFile], *, path: Path, passed_over: tuple[str, ...]) -> None:
    if not files:
        there = f"; there are {', '.join(map(repr, passed_over[:_NAMED]))}" if passed_over else ""
        raise InputError(f"{path.name}: there is no file of the archive in it{there}; {_WANTED}.")
    faults, seen = Faults(), set()
    for file in files:
        if file.name in seen:
            faults.add(f"{path.name}: {file.name} stands there twice, in two folders; keep one.")
        seen.add(file.name)
    faults.refuse_any()


def _of_forces(files: list[PoliceFile], *, forces: tuple[str, ...], path: Path) -> list[PoliceFile]:
    there = {file.force for file in files}
    missing = [force for force in forces if force not in there]
    if missing:
        raise InputError(
            f"{path.name} holds no file of the force {missing[0]!r}; there are {', '.join(sorted(there))}."
        )
    return [file for file in files if not forces or file.force in forces]


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
