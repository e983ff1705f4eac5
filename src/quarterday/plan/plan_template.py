"""A template: one file that holds the plan of each of several areas.

``[template]`` lists the areas. Everything else is the plan of one of them, in which ``{area}`` stands for its name.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Self

from pydantic import ValidationError, model_validator

from quarterday.domain.area import key_of
from quarterday.plan.consistency import Fault, Location
from quarterday.plan.entries import AreaEntry, Entry, Plan
from quarterday.plan.entry_types import Some, shown
from quarterday.plan.plan_faults import Tables, entry_faults, plan_or_faults

PLACEHOLDER = "{area}"
MOST_UNFOLDED = 10_000_000  # characters of all plans together; a hundred like Redditch's have 1,500,000
_ANY_PLACEHOLDER = re.compile(r"\{[^{}\n]{0,40}\}")


class Template(Entry):
    """The areas that the file is applied to, one partnership each."""

    areas: Some[AreaEntry]

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        names = Counter(key_of(area.name) for area in self.areas)
        twice = [area.name for area in self.areas if names[key_of(area.name)] > 1]
        if twice:
            raise ValueError(f"areas holds {', '.join(map(shown, twice))}, which are one name; keep each name once.")
        return self


def plans_of_template(tables: Tables, *, text: str, most: int | None = None) -> tuple[list[Plan], list[Fault]]:
    """The plan of each area, and what is wrong with the file: a fault that many areas share is told once.

    Nothing is made of a template with more than ``most`` areas, nor of one whose ``text`` would unfold to more than
    ``MOST_UNFOLDED``, nor of any where only one plan is wanted.
    """
    too_many = None if most is None else _too_many(tables, text, most)
    if too_many:
        return [], [too_many]
    template = _template_or_faults(tables["template"])
    faults = [] if isinstance(template, Template) else template
    # With no list of areas the rest is checked all the same, under a name that changes nothing.
    areas = template.areas if isinstance(template, Template) else (AreaEntry(name=PLACEHOLDER),)
    pattern = {key: value for key, value in tables.items() if key != "template"}
    faults += _misused(pattern, several=len(areas) > 1)
    plans = []
    for area in areas:
        outcome = plan_or_faults(_for_area(pattern, area))
        if not isinstance(outcome, Plan):
            return [], [*faults, *outcome]
        plans.append(outcome)
    return plans, faults


def _too_many(tables: Tables, text: str, most: int) -> Fault | None:
    """Asked of the file as it stands: to unfold it first would be to do what is bounded here."""
    table = tables["template"]
    areas = table.get("areas") if isinstance(table, dict) else None
    came = areas if isinstance(areas, list) else []
    if most == 1:
        return Fault(("template",), "a template came, which makes new partnerships; wanted the plan of one.")
    if len(came) > most:
        return Fault(
            ("template", "areas"), f"{len(came):,} areas came; at most {most} are added at once, so part the file."
        )
    names = [str(area.get("name", "")) for area in came if isinstance(area, dict)]
    unfolded = len(text) * len(names) + _placeholders(tables) * sum(map(len, names))
    if unfolded > MOST_UNFOLDED:
        return Fault(
            ("template", "areas"),
            f"its plans would have {unfolded:,} characters together; at most {MOST_UNFOLDED:,} are added at once, so "
            "part the file.",
        )
    return None


def _placeholders(node: object) -> int:
    """How many there are, however the file writes them."""
    own = node.count(PLACEHOLDER) if isinstance(node, str) else 0
    return own + sum(_placeholders(item) for _, item in _items(node))


def _template_or_faults(table: object) -> Template | list[Fault]:
    try:
        return Template.model_validate(table)
    except ValidationError as error:
        return [Fault(("template", *fault.location), fault.sentence) for fault in entry_faults(error, Template)]


def _misused(pattern: Tables, *, several: bool) -> Iterator[Fault]:
    partnership = pattern.get("partnership")
    fields = partnership if isinstance(partnership, dict) else {}
    if "areas" in fields:
        yield Fault(("partnership", "areas"), "a template has its areas under [template]; remove these.")
    for key in ("name", "short_name"):
        text = fields.get(key)
        if several and isinstance(text, str) and PLACEHOLDER not in text:
            yield Fault(("partnership", key), f"{text!r} would name every partnership; write {PLACEHOLDER} in it.")
    yield from _unknown_placeholders(pattern)


def _unknown_placeholders(node: object, here: Location = ()) -> Iterator[Fault]:
    if isinstance(node, str):
        unknown = sorted({*_ANY_PLACEHOLDER.findall(node)} - {PLACEHOLDER})
        if unknown:
            yield Fault(here, f"{', '.join(unknown)} came; the only placeholder of a template is {PLACEHOLDER}.")
    for key, item in _items(node):
        yield from _unknown_placeholders(item, (*here, key))


def _items(node: object) -> Iterator[tuple[str | int, Any]]:
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)


def _for_area(pattern: Tables, area: AreaEntry) -> dict[str, Any]:
    tables = {key: _filled(value, area.name) for key, value in pattern.items()}
    if isinstance(tables.get("partnership"), dict):
        tables["partnership"]["areas"] = (area,)
    return tables


def _filled(node: Any, name: str) -> Any:  # noqa: ANN401 - whatever a file of TOML may hold
    if isinstance(node, str):
        return node.replace(PLACEHOLDER, name)
    if isinstance(node, list):
        return [_filled(item, name) for item in node]
    if isinstance(node, dict):
        return {key: _filled(item, name) for key, item in node.items()}
    return node
