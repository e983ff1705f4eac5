"""Peer groups as a file: an area and one of its peers a row."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.sources.faults import Faults
from quarterday.sources.files import open_file, read_rows

COLUMNS = ["area", "member"]


def read_peers(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The members of each area's peer group, the area itself among them; raises ``InputError`` with every fault."""
    file, faults = open_file(path), Faults()
    rows = read_rows(file, faults=faults)
    number, header = next(rows, (1, []))
    if header != COLUMNS:
        faults.add(f"{file.name}, row {number}: there is {', '.join(header) or 'nothing'}; wanted {','.join(COLUMNS)}.")
        faults.refuse_any()
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for number, cells in rows:
        if len(cells) != len(COLUMNS) or not all(cells):
            faults.add(
                f"{file.name}, row {number}: wanted an area and one of its peers, two cells with a name in each."
            )
        elif key_of(cells[1]) in groups[cells[0]]:
            faults.add(
                f"{file.name}, row {number}: {cells[1]!r} stands twice among the peers of {cells[0]!r}; keep one."
            )
        else:
            groups[cells[0]][key_of(cells[1])] = cells[1]
    for area, members in groups.items():
        if key_of(area) not in members:
            faults.add(f"{file.name}: {area!r} is not among its own peers; a group is ranked with the area in it.")
    faults.refuse_any()
    return {area: tuple(members.values()) for area, members in groups.items()}
