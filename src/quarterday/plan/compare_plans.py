"""What a plan that comes in would change, row by row, as it will be written: by what each row is called."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from quarterday.domain.area import key_of
from quarterday.domain.period import Period
from quarterday.plan.entries import (
    ActionEntry,
    AgencyEntry,
    AreaEntry,
    BaselineEntry,
    BreakEntry,
    CommentEntry,
    CountywideEntry,
    EditionEntry,
    Entry,
    HighlightEntry,
    MeasureEntry,
    OverrideEntry,
    PartnershipEntry,
    PeerGroupEntry,
    Plan,
    PriorityEntry,
    ProjectEntry,
    ProjectFigureEntry,
    StandingEntry,
    TargetEntry,
    UpdateEntry,
)

ADDED: Final = "Added"
CHANGED: Final = "Changed"
REMOVED: Final = "Removed"

# What each kind of entry is called, and the keys that tell one from another, as the database keeps it.
_NAMED: Final[Mapping[type[Entry], tuple[str, tuple[str, ...]]]] = {
    PartnershipEntry: ("partnership", ()),
    AreaEntry: ("area", ("name",)),
    AgencyEntry: ("agency", ("short_name",)),
    PeerGroupEntry: ("peer group", ("name", "version")),
    PriorityEntry: ("priority", ("name",)),
    MeasureEntry: ("measure", ("name",)),
    BreakEntry: ("break", ("month",)),
    TargetEntry: ("target", ("period", "kind")),
    BaselineEntry: ("baseline", ("period",)),
    StandingEntry: ("standing", ("group", "version", "period")),
    ProjectEntry: ("project", ("name",)),
    UpdateEntry: ("update", ("when",)),
    ActionEntry: ("action", ("text",)),
    ProjectFigureEntry: ("figure of a project", ("name", "period")),
    CountywideEntry: ("countywide priority", ("priority", "quarter")),
    EditionEntry: ("edition", ("quarter", "version")),
    CommentEntry: ("comment", ("measure",)),
    OverrideEntry: ("override", ("quote",)),
    HighlightEntry: ("highlight or issue", ("kind", "text")),
}
# Known in the whole partnership, so that one that moves to another priority stays the same.
_MOVING: Final = (MeasureEntry, ProjectEntry)
_WRITTEN: Final = frozenset({"update", "action", "comment", "override", "highlight or issue"})


@dataclass(frozen=True)
class Cell:
    """One key of an entry, before and after; empty where nothing stood or will stand."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One row that would be added, changed or removed."""

    what: str
    kind: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def loses_what_people_wrote(self) -> bool:
        """Whether an update, an action, a comment, an override, a highlight or an issue would go or be rewritten."""
        return self.kind in _WRITTEN and self.what != ADDED and any(cell.before for cell in self.cells)


@dataclass(frozen=True)
class _Row:
    name: str
    within: str  # the list that it stands in
    cells: Mapping[str, str]


_Identity = tuple[str, str, int]


def differences(before: Plan | None, after: Plan) -> tuple[Difference, ...]:
    """Every row that would be added, changed, removed or moved, in the order of the plans."""
    old = _rows(before) if before else {}
    new = _rows(after)
    removed = [_difference(REMOVED, identity, old[identity], None) for identity in old if identity not in new]
    others = [
        _difference(CHANGED if identity in old else ADDED, identity, old.get(identity), row)
        for identity, row in new.items()
        if identity not in old or old[identity].cells != row.cells
    ]
    return (*removed, *others, *_moved(old, new))


def counted(found: tuple[Difference, ...]) -> dict[str, int]:
    """How many rows would be added, changed and removed."""
    return {what: sum(each.what == what for each in found) for what in (ADDED, CHANGED, REMOVED)}


def _difference(what: str, identity: _Identity, old: _Row | None, new: _Row | None) -> Difference:
    before, after = (row.cells if row else {} for row in (old, new))
    cells = [Cell(key, before.get(key, ""), after.get(key, "")) for key in {**before, **after}]
    shown = tuple(cell for cell in cells if cell.before != cell.after)
    row = new or old
    return Difference(what, identity[0], row.name if row else "", shown)


def _moved(old: Mapping[_Identity, _Row], new: Mapping[_Identity, _Row]) -> Iterator[Difference]:
    """The lists whose rows stand in another order."""
    lists: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for at, rows in enumerate((old, new)):
        for identity, row in rows.items():
            if identity in old and identity in new:
                lists.setdefault((identity[0], row.within), ([], []))[at].append(row.name)
    for (kind, within), (before, after) in lists.items():
        if sorted(map(key_of, before)) == sorted(map(key_of, after)) and [*map(key_of, before)] != [
            *map(key_of, after)
        ]:
            name = ", ".join(filter(None, (kind, within)))
            yield Difference(CHANGED, "order", name, (Cell("order", _list(before), _list(after)),))


def _rows(plan: Plan) -> dict[_Identity, _Row]:
    """Each row of the plan under what it is known by; those known by the same are numbered."""
    seen = Counter[tuple[str, str]]()
    rows = {}
    for kind, known_by, row in _walk_plan(plan):
        seen[kind, known_by] += 1
        rows[kind, known_by, seen[kind, known_by]] = row
    return rows


def _walk_plan(plan: Plan) -> Iterator[tuple[str, str, _Row]]:
    yield from _walk(plan.partnership, ())
    for entries in (plan.agencies, plan.peer_groups, plan.priorities, plan.countywide, plan.editions):
        for entry in entries:
            yield from _walk(entry, ())


def _walk(entry: Entry, owners: tuple[str, ...], priority: str = "") -> Iterator[tuple[str, str, _Row]]:
    kind, naming = _NAMED[type(entry)]
    names = tuple(_said(getattr(entry, key)) for key in naming)
    owned = () if isinstance(entry, _MOVING) else owners
    parts = {key: value for key, value in entry if isinstance(value, tuple) and value and type(value[0]) in _NAMED}
    said = ((key, _said(value)) for key, value in entry if key not in parts and key != "caveats")
    cells = {key.replace("_", " "): text for key, text in said if text}
    if priority:
        cells["priority"] = priority
    yield (
        kind,
        key_of(" · ".join((*owned, *names))),
        _Row(", ".join((*owned, *names)), ", ".join(owned) or priority, cells),
    )
    here = (*owned, *names)
    if isinstance(entry, MeasureEntry):
        for text in entry.caveats:
            yield "caveat", key_of(" · ".join((*here, text))), _Row(", ".join(here), ", ".join(here), {"text": text})
    above = names[0] if isinstance(entry, PriorityEntry) else ""
    for part in (part for entries in parts.values() for part in entries):
        yield from _walk(part, here, above)


def _said(value: object) -> str:
    """A value as a reader of the plan sees it; nothing for what is not there."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Period):
        return value.code
    if isinstance(value, Entry):
        return "; ".join(f"{key.replace('_', ' ')}: {said}" for key, part in value if (said := _said(part)))
    if isinstance(value, tuple):
        return _list([_said(item) for item in value])
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _list(names: list[str]) -> str:
    return " · ".join(names)
