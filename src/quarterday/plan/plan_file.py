"""Plan files: TOML read into plans, and plans written as TOML."""

import stat
import tomllib
from pathlib import Path
from typing import Any

import tomli_w

from quarterday.domain.faults import InputError
from quarterday.plan.consistency import Fault
from quarterday.plan.entries import Plan
from quarterday.plan.entry_types import shown
from quarterday.plan.plan_faults import Tables, in_words, plan_or_faults
from quarterday.plan.plan_template import plans_of_template
from quarterday.sources.toml_keys import MOST_PARTS, line_of_deep_key

FORMAT = 1
LARGEST_FILE = 5_000_000  # bytes; the plan of Redditch has some 15,000


def read_plans(path: Path) -> tuple[Plan, ...]:
    """The plans that the file holds: one, or one for each area of a template."""
    return plans_of(_content(path), file=str(path))


def plans_of(content: bytes, *, file: str, most: int | None = None) -> tuple[Plan, ...]:
    """The plans that a file of this content holds; ``file`` is what its faults call it.

    Of a template, at most ``most`` plans are made. Errors: it has more areas, or too much for each of them; it is one,
    where one plan is wanted.
    """
    try:
        text = _text(content, file=file)
        tables = _tables(text, file=file)
        plans, faults = plans_of_template(tables, text=text, most=most) if "template" in tables else _only_plan(tables)
        sentences = [f"{file}: {in_words(fault, tables)}" for fault in faults]
    except RecursionError:
        raise InputError(f"{file}: lists or tables stand too deep in each other; a plan needs six levels.") from None
    if sentences:
        raise InputError(*sentences)
    return tuple(plans)


def plan_text(plan: Plan) -> str:
    """The plan as a file, without the keys that hold their defaults; ``read_plans`` reads it back equal."""
    tables = {"format": FORMAT, **plan.model_dump(exclude_defaults=True)}
    return tomli_w.dumps(tables, multiline_strings=True)


def _only_plan(tables: Tables) -> tuple[list[Plan], list[Fault]]:
    outcome = plan_or_faults(tables)
    return ([outcome], []) if isinstance(outcome, Plan) else ([], outcome)


def _content(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for what may never come
            raise InputError(f"{path}: the file cannot be read (it is a folder, a device or a pipe); name a file.")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read ({error.strerror}); check its name and place.") from None
    if len(content) > LARGEST_FILE:
        raise InputError(f"{path}: the file has more than {LARGEST_FILE:,} bytes; is it a plan? Load a smaller one.")
    return content


def _text(content: bytes, *, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(f"{file}: line {line} is not UTF-8 text; save the file with the encoding UTF-8.") from None


def _tables(text: str, *, file: str) -> dict[str, Any]:
    """What the file holds, less the number of its format."""
    if line := line_of_deep_key(text):
        raise InputError(f"{file}: line {line}: a key has over {MOST_PARTS} parts; no key of a plan has over two.")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"{file}: the file is not valid TOML: {error}. Correct it there, then load it again."
        ) from None
    except ValueError:  # Python's bound on the digits of a number
        raise InputError(f"{file}: a number has thousands of digits; write one that can be counted.") from None
    found = tables.pop("format", None)
    if found != FORMAT or isinstance(found, bool):
        came = "nothing" if found is None else shown(found)
        raise InputError(f"{file}: format: {came} came; wanted the line 'format = {FORMAT}' above the first table.")
    return tables
