"""Whether the parts of a plan agree: names stand once, and what is referred to is there."""

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quarterday.domain.area import key_of
from quarterday.plan.entry_types import LARGEST_COUNT, shown

# A file with thousands of wrong names is answered in a moment, not compared name by name.
_MOST_COMPARED = 200
_MOST_LISTED = 20

Path = tuple[str, ...]
Location = tuple[str | int, ...]
Table = dict[str, object]


class Fault(NamedTuple):
    """Where the plan is at fault, as keys and list indices from 0, and the sentence that says how."""

    location: Location
    sentence: str


class _Reference(NamedTuple):
    kind: str
    path: Path


class _Unique(NamedTuple):
    """Entries that must differ: in the whole plan, else within their own list."""

    path: Path
    keys: tuple[str, ...] = ()
    everywhere: bool = False


_DECLARED: dict[str, Path] = {
    "agency": ("agencies", "short_name"),
    "peer group": ("peer_groups", "name"),
    "measure": ("priorities", "measures", "name"),
    "project": ("priorities", "projects", "name"),
}

_REFERENCES = (
    _Reference("agency", ("agencies", "part_of")),
    _Reference("agency", ("priorities", "projects", "leads")),
    _Reference("agency", ("priorities", "projects", "actions", "lead")),
    _Reference("measure", ("priorities", "projects", "measures")),
    _Reference("measure", ("editions", "comments", "measure")),
    _Reference("measure", ("editions", "highlights", "measure")),
    _Reference("project", ("editions", "highlights", "project")),
    _Reference("peer group", ("priorities", "measures", "peer_group")),
    _Reference("peer group", ("priorities", "measures", "standings", "group")),
)

_UNIQUE = (
    _Unique(("partnership", "areas"), ("name",)),
    _Unique(("agencies",), ("short_name",)),
    _Unique(("peer_groups",), ("name", "version")),
    _Unique(("peer_groups", "members")),
    _Unique(("peer_groups", "left_out"), ("area",)),
    _Unique(("priorities",), ("name",)),
    _Unique(("priorities", "measures"), ("name",), everywhere=True),
    _Unique(("priorities", "measures", "caveats")),
    _Unique(("priorities", "measures", "breaks"), ("month",)),
    _Unique(("priorities", "measures", "targets"), ("period", "kind")),
    _Unique(("priorities", "measures", "baselines"), ("period",)),
    _Unique(("priorities", "measures", "standings"), ("group", "version", "period")),
    _Unique(("priorities", "projects"), ("name",), everywhere=True),
    _Unique(("priorities", "projects", "leads")),
    _Unique(("priorities", "projects", "measures")),
    _Unique(("priorities", "projects", "figures"), ("name", "period")),
    _Unique(("countywide",), ("priority", "quarter")),
    _Unique(("editions",), ("quarter", "version")),
    _Unique(("editions", "comments"), ("measure",)),
    _Unique(("editions", "comments", "overrides"), ("quote",)),
)


def consistency_faults(plan: object) -> Iterator[Fault]:
    """Every disagreement in ``plan``, the tables and lists of a plan file, whatever else is wrong with it."""
    for unique in _UNIQUE:
        yield from _duplicates(plan, unique)
    for reference in _REFERENCES:
        yield from _unknown(plan, reference)
    yield from _circles(plan)
    yield from _misquoted(plan)
    yield from _not_carried(plan)


def _found(node: object, path: Path, here: Location = ()) -> Iterator[tuple[Location, object]]:
    """What stands at ``path``, in each entry of each list on the way, and where."""
    if isinstance(node, list | tuple):
        for index, item in enumerate(node):
            yield from _found(item, path, (*here, index))
    elif not path:
        yield here, node
    elif isinstance(node, dict) and path[0] in node:
        yield from _found(node[path[0]], path[1:], (*here, path[0]))


def _texts(plan: object, path: Path) -> Iterator[tuple[Location, str]]:
    for location, value in _found(plan, path):
        if isinstance(value, str):
            yield location, value.strip()


def _duplicates(plan: object, unique: _Unique) -> Iterator[Fault]:
    seen: set[object] = set()
    for location, entry in _found(plan, unique.path):
        parts = _parts(entry, unique.keys)
        scope = () if unique.everywhere else location[:-1]
        identity = (scope, *(key_of(part) for part in parts.values()))
        if parts and identity in seen:
            came = ", ".join(f"{key} {shown(part)}".strip() for key, part in parts.items())
            yield Fault(location, f"{came} came, but stands above already; remove one, or rename it.")
        seen.add(identity)


def _parts(entry: object, keys: tuple[str, ...]) -> dict[str, str]:
    """What tells the entry from others; nothing where some of it is missing or of the wrong type."""
    if isinstance(entry, str) and not keys:
        return {"": entry.strip()}
    values = [entry.get(key) for key in keys] if isinstance(entry, dict) else [None]
    usable = [isinstance(value, str) or (isinstance(value, int) and 0 < value <= LARGEST_COUNT) for value in values]
    return {key: f"{value}".strip() for key, value in zip(keys, values, strict=True)} if all(usable) else {}


def _unknown(plan: object, reference: _Reference) -> Iterator[Fault]:
    known = tuple(dict.fromkeys(text for _, text in _texts(plan, _DECLARED[reference.kind])))
    held = {"", *known}
    unknown = [(location, name) for location, name in _texts(plan, reference.path) if name not in held]
    for number, (location, name) in enumerate(unknown):
        hint = _hint(name, known, compared=number < _MOST_COMPARED)
        yield Fault(location, f"{shown(name)} came, but no {reference.kind} of this plan has that name; {hint}")


# How like a name another must be to be taken for the one that was meant; below it the known names are listed.
_CLOSE = 0.75


def _hint(name: str, known: Sequence[str], *, compared: bool = True) -> str:
    close = difflib.get_close_matches(name, known[:_MOST_COMPARED], n=1, cutoff=_CLOSE) if compared else []
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known: {', '.join(map(repr, known[:_MOST_LISTED])) or 'none'}."


def _circles(plan: object) -> Iterator[Fault]:
    """An agency that is part of itself, directly or by way of others."""
    agencies = [(location, entry) for location, entry in _found(plan, ("agencies",)) if isinstance(entry, dict)]
    wholes = {_text(entry, "short_name"): _text(entry, "part_of") for _, entry in agencies}
    for location, entry in agencies:
        start, passed = _text(entry, "short_name"), set[str]()
        above = wholes[start]
        while above and above not in passed:
            passed.add(above)
            above = wholes.get(above, "")
        if start in passed:
            yield Fault(
                (*location, "part_of"), f"{shown(start)} comes out as a part of itself; say which is the whole."
            )


def _misquoted(plan: object) -> Iterator[Fault]:
    """A standing in a version of a group that is not there, or among more areas than the group has."""
    sizes: dict[str, dict[str, object]] = {}
    for _, group in _found(plan, ("peer_groups",)):
        if isinstance(group, dict):
            sizes.setdefault(_text(group, "name"), {})[_text(group, "version")] = group.get("size")
    for location, standing in _found(plan, ("priorities", "measures", "standings")):
        if isinstance(standing, dict):
            yield from _misquoted_standing(location, standing, sizes.get(_text(standing, "group"), {}))


def _misquoted_standing(location: Location, standing: Table, sizes: Table) -> Iterator[Fault]:
    """What is wrong with one standing, given the sizes of its group by version, if there are any."""
    version, name = _text(standing, "version"), shown(_text(standing, "group"))
    of, size = standing.get("of"), sizes.get(version)
    if version and sizes and version not in sizes:
        hint = _hint(version, tuple(sizes))
        yield Fault((*location, "version"), f"{shown(version)} came, but no version of {name} is called that; {hint}")
    elif isinstance(of, int) and isinstance(size, int) and size < of <= LARGEST_COUNT:
        yield Fault((*location, "of"), f"{of} came, but the group {name} has {size} members; correct one of them.")


def _not_carried(plan: object) -> Iterator[Fault]:
    """What is said to be carried from a quarter whose edition does not hold it."""
    highlights = [
        (location, _text(edition, "quarter"), entry)
        for at, edition in _found(plan, ("editions",))
        if isinstance(edition, dict)
        for below, entry in _found(edition, ("highlights",))
        for location in [(*at, *below)]
        if isinstance(entry, dict)
    ]
    held = {(key_of(quarter), _kind(entry), _text(entry, "text")) for _, quarter, entry in highlights}
    for location, quarter, entry in highlights:
        before = _text(entry, "carried_from")
        if not before:
            continue
        if key_of(before) >= key_of(quarter):  # the spelling of quarters is in the order of time
            yield Fault((*location, "carried_from"), f"{shown(before)} came; wanted a quarter before {shown(quarter)}.")
        elif (key_of(before), _kind(entry), _text(entry, "text")) not in held:
            yield Fault(
                (*location, "carried_from"),
                f"{shown(before)} came, but no edition of that quarter has this {_kind(entry)}, word for word; "
                "correct the quarter or the text, or leave the key out.",
            )


def _kind(entry: Table) -> str:
    return _text(entry, "kind") or "highlight"


def _text(entry: Table, key: str) -> str:
    """The text under ``key``; empty where there is none."""
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""
