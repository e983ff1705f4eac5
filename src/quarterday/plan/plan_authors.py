"""Who wrote what a plan file brings: nobody signs a text in a browser with the name of somebody else."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from quarterday.plan.entries import CommentEntry, EditionEntry, OverrideEntry, Plan, ProjectEntry, UpdateEntry
from quarterday.plan.entry_types import LONGEST_NAME

Text = TypeVar("Text", CommentEntry, OverrideEntry, UpdateEntry)

# What stays the same of a text for as long as it is its author's.
_SAID: Final = {
    CommentEntry: ("measure", "text"),
    OverrideEntry: ("quote", "why"),
    UpdateEntry: ("text",),
}
_Key = tuple[object, ...]


def with_authors(plan: Plan, held: Plan | None, *, by: str) -> Plan:
    """The plan, each text in it under its author in ``held`` where it stands there alike, and else under ``by``."""
    known = dict(_authors(held)) if held else {}
    name = by[:LONGEST_NAME]
    priorities = tuple(
        priority.model_copy(update={"projects": tuple(_project(each, known, name) for each in priority.projects)})
        for priority in plan.priorities
    )
    editions = tuple(_edition(each, known, name) for each in plan.editions)
    return plan.model_copy(update={"priorities": priorities, "editions": editions})


def _authors(plan: Plan) -> Iterator[tuple[_Key, str]]:
    for project in (each for priority in plan.priorities for each in priority.projects):
        yield from ((_key(update, project.name), update.author) for update in project.updates)
    for edition in plan.editions:
        for comment in edition.comments:
            yield _key(comment, edition.quarter, edition.version), comment.author
            for override in comment.overrides:
                yield _key(override, edition.quarter, edition.version, comment.measure), override.author


def _project(project: ProjectEntry, known: Mapping[_Key, str], by: str) -> ProjectEntry:
    updates = tuple(_signed(update, known, by, project.name) for update in project.updates)
    return project.model_copy(update={"updates": updates})


def _edition(edition: EditionEntry, known: Mapping[_Key, str], by: str) -> EditionEntry:
    comments = []
    for comment in edition.comments:
        here = (edition.quarter, edition.version)
        overrides = tuple(_signed(each, known, by, *here, comment.measure) for each in comment.overrides)
        comments.append(_signed(comment, known, by, *here).model_copy(update={"overrides": overrides}))
    return edition.model_copy(update={"comments": tuple(comments)})


def _signed(entry: Text, known: Mapping[_Key, str], by: str, *where: object) -> Text:
    return entry.model_copy(update={"author": known.get(_key(entry, *where), by)})


def _key(entry: CommentEntry | OverrideEntry | UpdateEntry, *where: object) -> _Key:
    return (type(entry), *where, *(getattr(entry, name) for name in _SAID[type(entry)]))
