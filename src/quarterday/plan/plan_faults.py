"""What is wrong with the tables of a plan file, in words for the person who wrote it."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from quarterday.plan.consistency import Fault, Location, consistency_faults
from quarterday.plan.entries import INCONSISTENT, Entry, Plan
from quarterday.plan.entry_types import LONGEST_SHOWN, shown

Tables = Mapping[str, Any]

# What each of pydantic's own refusals wanted; checks of ours bring their whole sentence.
_WANTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number without quotes",
    "bool_type": "true or false, without quotes",
    "date_type": "a date without quotes, such as 2012-04-01",
    "tuple_type": "a list in [brackets], or tables under [[double brackets]]",
    "model_type": "a table of keys",
    "enum": "{expected}",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
}
# What an entry is known by; a standing or update is known by the measure or project that it is of.
_NAMING = ("short_name", "name", "priority", "measure", "quarter")


def plan_or_faults(tables: Tables) -> Plan | list[Fault]:
    """The plan that the tables hold, or everything that is wrong with them."""
    try:
        return Plan.model_validate(tables)
    except ValidationError as error:
        faults = list(entry_faults(error, Plan))
        # pydantic leaves out whether the parts agree where one of them has the wrong shape.
        agreed = all(detail["type"] != INCONSISTENT for detail in error.errors(include_input=False))
        return [*faults, *consistency_faults(tables)] if agreed else faults


def entry_faults(error: ValidationError, entry: type[Entry]) -> Iterator[Fault]:
    """What pydantic found wrong with an ``entry``, each with its sentence."""
    for detail in error.errors(include_url=False):
        yield Fault(detail["loc"], _sentence(detail, entry))


def in_words(fault: Fault, tables: Tables) -> str:
    """The fault with its place: the keys, entries counted from 1, and the name of the entry where it has one."""
    keys = "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key[:LONGEST_SHOWN]}" for key in fault.location)
    name = _name_at(fault.location, tables)
    return f"{keys.removeprefix('.')}{name and f', of {shown(name)}'}: {fault.sentence}"


def _sentence(detail: ErrorDetails, entry: type[Entry]) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return "nothing came, but a plan needs this key; add it."
        case "extra_forbidden":
            return _no_such_key(detail["loc"], entry)
        case "value_error":
            return str(context["error"])
        case kind if kind in _WANTED:
            return f"{shown(detail['input'])} came; wanted {_WANTED[kind].format(**context)}."
    return detail["msg"]


def _no_such_key(location: Location, entry: type[Entry]) -> str:
    for key in location[:-1]:
        if isinstance(key, str):
            entry = _entry_in(entry.model_fields[key].annotation)
    close = difflib.get_close_matches(str(location[-1]), entry.model_fields, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"the keys here are {', '.join(entry.model_fields)}."
    return f"there is no such key; {hint}"


def _entry_in(annotation: object) -> type[Entry]:
    """The class of the entries that a field holds."""
    kinds = (annotation, *get_args(annotation))
    return next(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Entry))


def _name_at(location: Location, tables: Tables) -> str:
    """What the innermost entry around the fault calls itself."""
    name, node = "", cast("Any", tables)
    for key in (*location, None):
        if isinstance(node, Mapping):
            names = [node[naming] for naming in _NAMING if naming != key and isinstance(node.get(naming), str)]
            name = names[0] if names else name
            node = node.get(key)
        elif isinstance(node, list) and isinstance(key, int):
            node = node[key] if key < len(node) else None
    return name
