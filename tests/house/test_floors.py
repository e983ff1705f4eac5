"""The lower floors start without the heavy guests, and no room below the doors looks at a clock."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import quarterday
from tests.made_archive import crime, streets

PACKAGE = Path(quarterday.__file__).parent
HEAVY = ["django", "docx", "duckdb", "lxml", "pandas", "pptx", "pypdfium2", "pyspark", "weasyprint"]
IMPORT_ALL = """
import importlib, pkgutil, sys
import quarterday, quarterday.domain
for module in pkgutil.walk_packages(quarterday.domain.__path__, "quarterday.domain."):
    importlib.import_module(module.name)
print(*sorted(set(sys.argv[1:]) & set(sys.modules)))
"""


def test_the_front_door_and_the_ground_floor_import_no_heavy_guest() -> None:
    command = [sys.executable, "-c", IMPORT_ALL, *HEAVY]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout.split() == []


RUN = """
import sys
from quarterday.cli import main
try:
    main()
except SystemExit:
    print(*sorted({"django", "scipy"} & set(sys.modules)))
"""


def test_rows_are_loaded_without_what_only_plans_and_statistics_need(tmp_path: Path) -> None:
    """Each takes a third of a second to import, of the second that a month takes."""
    archive = streets(tmp_path / "may.zip", {"2024-05": [crime("2024-05")]})
    command = [sys.executable, "-c", RUN, "--home", str(tmp_path / "home"), "load", "police-uk", str(archive)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-1] == ""


# Methods that read a clock whatever they are called on, and functions of the time module that do.
CLOCK_METHODS = {"localdate", "now", "today", "utcnow"}
CLOCK_FUNCTIONS = {"ctime", "gmtime", "localtime", "strftime", "time", "time_ns"}
CLOCK_MODULES = {"django.utils.timezone", "time"}


def clocks(tree: ast.Module) -> Iterator[str]:
    """Every place that reads a clock, or takes one in by name."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="time"), attr=name) if name in CLOCK_FUNCTIONS:
                yield f"line {node.lineno}: time.{name}"
            case ast.Attribute(attr=name) if name in CLOCK_METHODS:
                yield f"line {node.lineno}: .{name}"
            case ast.ImportFrom(module=module, names=names) if module in CLOCK_MODULES:
                taken = {alias.name for alias in names} & (CLOCK_METHODS | CLOCK_FUNCTIONS)
                yield from (f"line {node.lineno}: {module}.{name}" for name in sorted(taken))


@pytest.mark.parametrize(
    "room", ["commentary", "domain", "editions", "people", "plan", "report", "sources", "statistics", "warehouse"]
)
def test_no_clock_below_the_doors(room: str) -> None:
    modules = sorted(PACKAGE.joinpath(room).rglob("*.py"))
    assert modules, f"{room} has no modules to look at"
    found = {str(path): list(clocks(ast.parse(path.read_text("utf-8")))) for path in modules}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now()",
        "datetime.datetime.now(UTC)",
        "date.today()",
        "time.time()",
        "timezone.now()",
        "field(default_factory=datetime.now)",
        "from time import time",
        "from django.utils.timezone import now",
    ],
)
def test_a_clock_is_seen(line: str) -> None:
    assert list(clocks(ast.parse(line)))
