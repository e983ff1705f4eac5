"""The newest DuckDB that is supported answers as the oldest does, which is the one that these tests run with."""

import os
import subprocess
import sys
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT

NEWEST = "2.0.0"
TESTS = (
    "tests/engines/test_counting_agrees.py",
    "tests/engines/test_engine_promises.py",
    "tests/engines/test_engines_agree.py",
    "tests/engines/test_held_agrees.py",
    "tests/engines/test_rolling_agrees.py",
    "tests/unit/warehouse/test_duckdb.py",
)


@pytest.fixture(scope="session")
def newest() -> Path:
    """A folder that holds it; made once beside the environment's own. Where it cannot be had, the test fails."""
    folder = Path(sys.prefix, f"duckdb-{NEWEST}")
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=sys.prefix) as draft:
            target = Path(draft, "installed")
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target)]
            done = subprocess.run([*command, f"duckdb=={NEWEST}"], capture_output=True, text=True, check=False)
            assert done.returncode == 0, (
                f"DuckDB {NEWEST} cannot be installed, so nothing is known of it: {done.stderr}"
            )
            with suppress(FileExistsError):  # another run of the tests was quicker
                target.rename(folder)
    return folder


def test_these_tests_run_with_the_oldest() -> None:
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))["project"]
    assert f"duckdb>={duckdb.__version__},<{int(NEWEST.partition('.')[0]) + 1}" in project["dependencies"]


def test_the_newest_agrees_with_the_law(newest: Path) -> None:
    around = os.environ | {"PYTHONPATH": str(newest)}
    version = [sys.executable, "-c", "import duckdb; print(duckdb.__version__)"]
    assert subprocess.check_output(version, env=around, text=True).strip() == NEWEST
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not spark", *TESTS]
    done = subprocess.run(command, env=around, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
