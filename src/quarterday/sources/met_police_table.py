"""One of the Metropolitan Police Service's files: offences and boroughs down, months across."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from quarterday.domain.area import key_of
from quarterday.domain.period import Period
from quarterday.domain.source import SourceFile
from quarterday.sources.cells import column_letters
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile

# The major groups, each with the other names that a vintage has given it.
FRAUD = "Fraud and forgery"
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Arson and criminal damage": (),
    "Burglary": (),
    "Drug offences": (),
    FRAUD: ("Historical Fraud and Forgery", "NFIB Fraud"),
    "Miscellaneous crimes against society": (),
    "Possession of weapons": (),
    "Public order offences": (),
    "Robbery": (),
    "Sexual offences": (),
    "Theft": (),
    "Vehicle offences": (),
    "Violence against the person": (),
}
_GROUP_BY_KEY = {key_of(name): group for group, others in GROUPS.items() for name in (group, *others)}

_ROLES = {"majortext": "major", "minortext": "minor", "boroughname": "area", "lookup_boroughname": "area"}
_IN_ORDER = ("major", "minor", "area")
_MONTH = re.compile(r"\d{6}", re.ASCII)
_MOST_DIGITS = 9  # of a count
_COUNT = re.compile(rf"\d{{1,{_MOST_DIGITS}}}", re.ASCII)

Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's counts added up by major group.

    ``counts`` are by group and by the area's key, one a month of ``covered``; ``areas`` the names as published, by
    key; ``offences`` the names of the major and minor group, as published, whose rows make up each group.
    """

    file: SourceFile
    covered: Period
    counts: Mapping[tuple[str, str], Sequence[int]]
    areas: Mapping[str, str]
    offences: Mapping[str, set[tuple[str, str]]]
    rows: int


def is_table(header: Sequence[str]) -> bool:
    """Whether a file that begins so means to be one of these tables."""
    return not {"majortext", "minortext"}.isdisjoint(map(key_of, header))


def read_table(file: InputFile, first: tuple[int, Sequence[str]], rows: Rows, *, faults: Faults) -> Table | None:
    """The table of ``rows`` below the ``first``, noting each cell at fault; none where the columns make no sense."""
    top, header = f"{file.name}, row {first[0]}", first[1]
    columns = _text_columns(header, place=top, faults=faults)
    covered = _covered(header, place=top, faults=faults) if columns else None
    if columns is None or covered is None:
        return None
    counts: dict[tuple[str, str], list[int]] = {}
    areas: dict[str, str] = {}
    offences: dict[str, set[tuple[str, str]]] = {}
    rows_by_name: dict[tuple[str, ...], int] = {}
    for number, cells in rows:
        place = f"{file.name}, row {number}"
        if len(cells) != len(header):
            faults.add(f"{place}: there are {len(cells)} cells; wanted {len(header)}, as in row {first[0]}.")
            continue
        names = major, minor, area = [cells[column] for column in columns]
        earlier = rows_by_name.setdefault(tuple(map(key_of, names)), number)
        if earlier != number:
            faults.add(f"{place}: {', '.join(names)} stands in row {earlier} already; keep one of them.")
        group = _group(names, header=[header[column] for column in columns], place=place, faults=faults)
        numbers = _counts(cells[len(columns) :], header=header, place=place, faults=faults)
        if group and numbers:
            key = key_of(area)
            areas[key] = area
            offences.setdefault(group, set()).add((major, minor))
            before = counts.get((group, key))
            counts[group, key] = list(map(add, before, numbers)) if before else numbers
    if not rows_by_name:
        faults.add(f"{file.name}: there is no row below the names of the columns; fetch the file anew.")
    return Table(file.as_source, covered, counts, areas, offences, len(rows_by_name))


def _text_columns(header: Sequence[str], *, place: str, faults: Faults) -> list[int] | None:
    """Where the major group, the minor group and the area stand among the first three columns, from 0."""
    roles = [_ROLES.get(key_of(name)) for name in header[: len(_IN_ORDER)]]
    if set(roles) == set(_IN_ORDER):
        return [roles.index(role) for role in _IN_ORDER]
    faults.add(
        f"{place}: the columns begin with {', '.join(header[:4])}; wanted MajorText, MinorText and BoroughName or "
        "LookUp_BoroughName, each once, and then one month a column."
    )
    return None


def _covered(header: Sequence[str], *, place: str, faults: Faults) -> Period | None:
    """The months that head the columns: every one once, in order."""
    months = header[len(_IN_ORDER) :]
    column = column_letters(len(_IN_ORDER) + 1)
    if not months or not _MONTH.fullmatch(months[0]):
        faults.add(f"{place}, column {column}: wanted a month, such as 202403; fetch the file anew.")
        return None
    covered = None
    with faults.at(f"{place}, column {column}"):
        covered = Period(Period.month(int(months[0][:4]), int(months[0][4:])).first, len(months))
    for number, (came, month) in enumerate(zip(months, covered or (), strict=False), start=len(_IN_ORDER) + 1):
        wanted = month.code.replace("-", "")
        if came != wanted:
            faults.add(
                f"{place}, column {column_letters(number)}: {came!r} stands where {wanted} was wanted; "
                "every month has a column, in order. Fetch the file anew."
            )
            return None
    return covered


def _group(names: Sequence[str], *, header: Sequence[str], place: str, faults: Faults) -> str | None:
    for name, column in zip(names, header, strict=True):
        if not name:
            faults.add(f"{place}, column {column}: the cell is empty; fetch the file anew.")
    group = _GROUP_BY_KEY.get(key_of(names[0]))
    if names[0] and group is None:
        faults.add(
            f"{place}, column {header[0]}: {names[0]!r} is no major group that is known; wanted one of "
            f"{', '.join(GROUPS)}. Where the publisher has renamed one, the table of names in Quarterday needs it."
        )
    return group if all(names) else None


def _counts(cells: Sequence[str], *, header: Sequence[str], place: str, faults: Faults) -> list[int] | None:
    digits = "".join(cells)
    if all(cells) and digits.isascii() and digits.isdigit() and max(map(len, cells)) <= _MOST_DIGITS:
        return list(map(int, cells))
    for number, cell in enumerate(cells, start=len(_IN_ORDER) + 1):
        if not _COUNT.fullmatch(cell):
            column = f"column {column_letters(number)} ({header[number - 1]})"
            what = f"{cell!r} is no count" if cell else "the cell is empty"
            faults.add(f"{place}, {column}: {what}; wanted a whole number, 0 or more. Fetch the file anew.")
    return None
