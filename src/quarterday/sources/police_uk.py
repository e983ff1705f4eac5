"""The archive of street-level crimes, outcomes and stops that the police publish at data.police.uk."""

import csv
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.source import Source
from quarterday.sources.faults import Faults
from quarterday.sources.police_uk_files import OUTCOMES, STOPS, STREET, PoliceFile, PoliceFiles, find_police_files
from quarterday.sources.police_uk_names import FORCES
from quarterday.warehouse.base import RowFile, RowPart

READER = "police-uk 1"
LICENCE = "Open Government Licence v3.0"
PUBLISHER = "data.police.uk"

_PLACED = ("Crime ID", "Month", "Reported by", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    STREET: (*_PLACED, "Crime type", "Last outcome category"),
    OUTCOMES: (*_PLACED, "Outcome type"),
    # Nothing about the person who was stopped is kept: it is not counted.
    STOPS: ("Date", "Latitude", "Longitude", "Object of search", "Outcome"),
}
"""The columns that are read of each dataset, wherever they stand; others are passed over."""

_ID = re.compile(r"[0-9a-f]{64}", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,12})?", re.ASCII)
_AGAIN = "Fetch the file anew."
_NO_OBJECT = "Object not stated"

# What each part holds, out of the columns of the file. `error` ends the reading of a month, which is then read again
# slowly, row by row, to say what is wrong and where.
_SELECT_PLACED = """
select
    '{dataset}' as dataset,
    case when "Month" = '{month_text}' then {month} else error('month') end::integer as month,
    coalesce("Reported by", error('force')) as force,
    case when length("Crime ID") <> 64 then error('id') else unhex("Crime ID") end as id,
    "LSOA code" as lsoa, "LSOA name" as lsoa_name,
    coalesce("{category}", error('category')) as category, {outcome} as outcome,
    "Longitude" as longitude, "Latitude" as latitude, "Location" as location
from {read}
"""
_SELECT_STOPS = """
select
    '{dataset}' as dataset,
    case when starts_with("Date", '{month_text}-') then {month} else error('month') end::integer as month,
    '{force}' as force, null::blob as id, null::varchar as lsoa, null::varchar as lsoa_name,
    coalesce("Object of search", '{no_object}') as category, "Outcome" as outcome,
    "Longitude" as longitude, "Latitude" as latitude, null::varchar as location
from {read}
"""
_READ = """
read_csv(
    {paths}, columns = {columns}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    strict_mode = true, null_padding = false
)
"""
# Packed harder a part is a fiftieth smaller, and takes a quarter longer; nobody asks it for a single value.
_PARQUET = "format parquet, compression zstd, compression_level 1, write_bloom_filter false"


@dataclass(frozen=True)
class PoliceRows:
    """The rows of an archive, ready to be written: see ``quarterday.warehouse.base.Rows``."""

    found: PoliceFiles
    forces: tuple[str, ...] = ()
    progress: Callable[[int, int], None] | None = None
    reader: str = READER

    @property
    def told(self) -> str:
        """The forces to which the reading was confined."""
        return ", ".join(sorted(self.forces))

    @property
    def source(self) -> Source:
        """What was published, with the files that a person named."""
        months = Period.run(*(Period(end(file.month for file in self.found.files), 1) for end in (min, max)))
        title = f"Police.uk archive, {months.for_sentence()}"
        return Source(title, PUBLISHER, LICENCE, self.found.sources)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of the reading."""
        others = self.found.passed_over
        if not others:
            return ()
        what = "1 other file was" if len(others) == 1 else f"{len(others):,} other files were"
        return (f"{what} not read, such as {others[0]!r}.",)

    def write(self, folder: Path) -> Iterator[RowPart]:
        """Write a part for each dataset and month, several at once; all faults of all files are gathered.

        Files are unpacked a month at a time, and what was unpacked is removed again. It can be done once.
        """
        by_part = groupby(self.found.files, key=lambda file: (file.dataset, file.month))
        batches = [list(files) for _, files in by_part]
        faults, rows = Faults(), 0
        processors = len(os.sched_getaffinity(0))
        workers = min(processors, len(batches))
        with closing(self.found), ThreadPoolExecutor(workers) as pool:
            results = pool.map(lambda files: _written(files, folder=folder, threads=processors // workers), batches)
            for number, result in enumerate(results, start=1):
                if isinstance(result, InputError):
                    for fault in result.faults:
                        faults.add(fault)
                elif not faults.number:
                    rows += sum(file.rows for file in result.files)
                    yield result
                if self.progress:
                    self.progress(number, len(batches))
        if not rows and not faults.number:
            faults.add(f"{self.found.title}: none of its files has a row. {_AGAIN}")
        faults.refuse_any()


def read_police_uk(
    path: Path, *, forces: Sequence[str] = (), progress: Callable[[int, int], None] | None = None
) -> PoliceRows:
    """The crimes, outcomes and stops of an archive: a zip of many months, a folder, or a single file.

    A row without an ID is never taken for another one again. Rows of one force whose IDs agree are one crime, counted
    once, where it stands first: in its earliest month, and there in the file's order. With ``forces``, such as
    ``leicestershire``, the files of others are left alone. ``progress`` is told how many months are read, of how many.

    Raises ``InputError`` where there is nothing to read; faults within the files are raised by ``write``.
    """
    return PoliceRows(find_police_files(path, forces=forces), tuple(forces), progress)


def _written(files: Sequence[PoliceFile], *, folder: Path, threads: int) -> RowPart | InputError:
    """The part of one dataset and month. An error is an answer, so that the other months' faults are heard, too."""
    try:
        return _part(files, folder=folder, threads=threads)
    except InputError as error:
        return error


def _part(files: Sequence[PoliceFile], *, folder: Path, threads: int) -> RowPart:
    first = files[0]
    name = f"{first.dataset}-{Period(first.month, 1).code}.parquet"
    with TemporaryDirectory(dir=folder) as scratch:
        copies = [(file, Path(scratch, f"{number}.csv")) for number, file in enumerate(files)]
        counts = [file.copy_to(path) - 1 for file, path in copies]
        rows = _converted(copies, part=folder / name, threads=threads)
        if rows != sum(counts):  # quoted line ends, empty lines, or none at the very end
            counts = [sum(1 for _ in _checked_rows(file, path)) for file, path in copies]
    if rows != sum(counts):
        raise InputError(f"{first.name}: {rows:,} rows were read where there are {sum(counts):,}. {_AGAIN}")
    kept = (RowFile(file.name, file.force, count) for file, count in zip(files, counts, strict=True))
    return RowPart(name, first.dataset, first.month, tuple(kept))


def _converted(copies: Sequence[tuple[PoliceFile, Path]], *, part: Path, threads: int) -> int:
    """Write the part; how many rows it holds."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "autoinstall_known_extensions": False,  # where one is missing, DuckDB would fetch it from the network
        "autoload_known_extensions": False,
    }
    faults, selects = Faults(), []
    for file, path in copies:
        with faults.at(file.name):
            selects.append((_header(file, path), file, path))
    faults.refuse_any()
    query = " union all ".join(
        _select(header, [(file, path) for _, file, path in alike]) for header, alike in _alike(selects)
    )
    try:
        with duckdb.connect(config=config) as connection:
            copy = f"copy ({query}) to '{_quoted(part)}' ({_PARQUET})"
            [(rows,)] = connection.execute(copy).fetchall()
    except duckdb.Error as error:
        for file, path in copies:
            for _ in _checked_rows(file, path, faults=faults):
                pass
        faults.refuse_any()
        raise InputError(f"{copies[0][0].name} cannot be read: {error} {_AGAIN}") from error
    return int(rows)


def _alike(
    selects: Iterable[tuple[tuple[str, ...], PoliceFile, Path]],
) -> Iterator[tuple[tuple[str, ...], list[tuple[tuple[str, ...], PoliceFile, Path]]]]:
    """Files in a row that can be read by one command: with the same columns and, where rows do not say it, force."""
    grouped = groupby(selects, key=lambda item: (item[0], item[1].force if item[1].dataset == STOPS else ""))
    return ((header, list(items)) for (header, _), items in grouped)


def _select(header: Sequence[str], copies: Sequence[tuple[PoliceFile, Path]]) -> str:
    first = copies[0][0]
    columns = ", ".join(f"'{_quoted(name)}': '{_type(name)}'" for name in header)
    paths = ", ".join(f"'{_quoted(path)}'" for _, path in copies)
    street = first.dataset == STREET
    return (_SELECT_STOPS if first.dataset == STOPS else _SELECT_PLACED).format(
        dataset=first.dataset,
        month=first.month,
        month_text=Period(first.month, 1).code,
        force=_quoted(FORCES.get(first.force, (first.force, ""))[0]),
        category="Crime type" if street else "Outcome type",
        outcome='"Last outcome category"' if street else "null::varchar",
        no_object=_NO_OBJECT,
        read=_READ.format(paths=f"[{paths}]", columns=f"{{{columns}}}"),
    )


def _type(column: str) -> str:
    return "DOUBLE" if column in {"Longitude", "Latitude"} else "VARCHAR"


def _quoted(text: object) -> str:
    """The text as it stands between single quotation marks in SQL."""
    return str(text).replace("'", "''")


def _header(file: PoliceFile, path: Path) -> tuple[str, ...]:
    """The names of the columns, in the file's order: DuckDB reads by position, so a column that moved must be seen."""
    with path.open("rb") as opened:
        line = opened.readline(10_000)
    try:
        header = next(csv.reader(io.StringIO(line.decode("utf-8-sig"))), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"the first line is no text in UTF-8 ({error}). {_AGAIN}") from error
    names = tuple(name.strip() for name in header)
    missing = [name for name in COLUMNS[file.dataset] if name not in names]
    if missing:
        there = ", ".join(names)[:300] or "nothing"
        raise InputError(f"there is no column {missing[0]!r} in its first line; there is {there}. {_AGAIN}")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"the column {twice!r} stands there twice. {_AGAIN}")
    return names


def _checked_rows(file: PoliceFile, path: Path, *, faults: Faults | None = None) -> Iterator[Mapping[str, str]]:
    """Each row by column, read slowly; what is wrong in one is a fault with its number, from 2 below the header."""
    faults = faults or Faults()
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as opened:
        table = csv.reader(opened, strict=True)
        header = [name.strip() for name in next(table, [])]
        number = 1
        try:
            for number, cells in enumerate(table, start=2):
                if not cells:
                    continue
                place = f"{file.name}, row {number}"
                if len(cells) != len(header):
                    faults.add(f"{place}: there are {len(cells)} cells; wanted {len(header)}. {_AGAIN}")
                    continue
                row = dict(zip(header, cells, strict=True))
                for fault in _faults_of(row, file):
                    faults.add(f"{place}, {fault} {_AGAIN}")
                yield row
        except csv.Error as error:
            faults.add(f"{file.name}, row {number + 1}: the cells cannot be told apart ({error}). {_AGAIN}")


def _faults_of(row: Mapping[str, str], file: PoliceFile) -> Iterator[str]:
    for column in COLUMNS[file.dataset]:
        if not row[column].isprintable() and any("\udc80" <= letter <= "\udcff" for letter in row[column]):
            yield f"{column}: a byte is not UTF-8."
    for column in ("Longitude", "Latitude"):
        if row[column] and not _NUMBER.fullmatch(row[column]):
            yield f"{column}: {row[column]!r} is no number of degrees."
    month = Period(file.month, 1).code
    if file.dataset == STOPS:
        if not row["Date"].startswith(f"{month}-"):
            yield f"Date: {row['Date']!r} does not lie in {month}, the month of the file."
        return
    if row["Month"] != month:
        yield f"Month: {row['Month']!r} is not {month}, the month of the file."
    if row["Crime ID"] and not _ID.fullmatch(row["Crime ID"]):
        yield f"Crime ID: {row['Crime ID']!r} is not 64 digits in hexadecimal."
    for column in ("Reported by", COLUMNS[file.dataset][len(_PLACED)]):
        if not row[column]:
            yield f"{column}: the cell is empty."
