"""The manual's page on plan files describes every key, truly."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, get_args

import pytest
from pydantic import TypeAdapter

from quarterday.plan.entries import CellEntry, Entry, Plan
from quarterday.plan.plan_template import Template
from tests.unit.plan.plan_files import read_text

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "plan-file.md").read_text(encoding="utf-8")


def entry_in(annotation: object) -> type[Entry] | None:
    kinds = [kind for kind in (annotation, *get_args(annotation)) if isinstance(kind, type)]
    return next((kind for kind in kinds if issubclass(kind, Entry)), None)


def sections(entry: type[Entry], path: str = "") -> dict[str, type[Entry]]:
    """The heading of each table of a plan, and what may stand under it."""
    found = {}
    for key, field in entry.model_fields.items():
        inner = entry_in(field.annotation)
        if inner:
            here = f"{path}.{key}".removeprefix(".")
            found[f"[{here}]" if field.annotation is inner else f"[[{here}]]"] = inner
            found |= sections(inner, here)
    return found


TABLES = sections(Plan)
CELLS = [heading for heading, entry in TABLES.items() if entry is CellEntry]
DESCRIBED = {heading: entry for heading, entry in TABLES.items() if heading not in CELLS[1:]} | {"[template]": Template}
FIELDS = [(heading, key) for heading, entry in DESCRIBED.items() for key in entry.model_fields]


def rows_under(heading: str) -> dict[str, dict[str, str]]:
    body = re.split(r"\n## ", PAGE.split(f"\n## {heading}\n")[1])[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in body.split("\n") if line.startswith("| `")
    ]
    return {
        key.strip("` "): {"default": default, "example": example.strip("`| ")} for key, _, default, example in cells
    }


def test_every_table_of_a_plan_has_its_section() -> None:
    assert set(re.findall(r"^## `(.+)`$", PAGE, re.MULTILINE)) == set(DESCRIBED)


def test_every_top_level_key_is_listed() -> None:
    assert set(rows_under("The top of the file")) == {"format", *Plan.model_fields}


@pytest.mark.parametrize("heading", DESCRIBED)
def test_a_section_lists_the_keys_of_its_table_in_order(heading: str) -> None:
    assert list(rows_under(f"`{heading}`")) == list(DESCRIBED[heading].model_fields)


@pytest.mark.parametrize(("heading", "key"), FIELDS)
def test_the_default_is_the_one_that_is_used(heading: str, key: str) -> None:
    field = DESCRIBED[heading].model_fields[key]
    said = rows_under(f"`{heading}`")[key]["default"]
    if field.is_required():
        assert said == "needed"
    elif field.default in ("", (), None):
        assert said == "none"
    else:
        assert tomllib.loads(f"x = {said.strip('`')}")["x"] == field.default


@pytest.mark.parametrize(("heading", "key"), FIELDS)
def test_the_example_is_accepted_or_is_a_heading_of_the_page(heading: str, key: str) -> None:
    field = DESCRIBED[heading].model_fields[key]
    example = rows_under(f"`{heading}`")[key]["example"]
    if example.startswith("["):
        assert example in TABLES
    else:
        value = tomllib.loads(example)[key]
        TypeAdapter(Annotated[field.annotation, key, *field.metadata]).validate_python(value)
        assert field.is_required() or value != field.default


@pytest.mark.parametrize("heading", [heading for heading, entry in TABLES.items() if entry is CellEntry])
def test_the_page_names_each_cell_of_the_countywide_table(heading: str) -> None:
    assert f"`{heading}`" in PAGE


@pytest.mark.parametrize("plan", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
def test_the_plans_on_the_page_can_be_read(plan: str) -> None:
    assert read_text(plan)


def test_every_word_of_a_closed_list_is_on_the_page() -> None:
    words = [
        word
        for entry in DESCRIBED.values()
        for field in entry.model_fields.values()
        for kind in (field.annotation, *get_args(field.annotation))
        if hasattr(kind, "__members__")
        for word in kind
    ]
    assert len(words) > 20
    assert [word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", PAGE)] == []
