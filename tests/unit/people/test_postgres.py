"""Whatever is kept in a database is kept in PostgreSQL as it is in SQLite: the same tests, run there."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROGRAM, ROOT
from tests.journeys.browsing import free_port, wait_for
from tests.postgres_server import postgres_server, programs
from tests.world import REDDITCH

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is on this machine"),
]


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgres_server() as address:
        yield address


@pytest.mark.parametrize(
    "tests", [("-m", "database", "tests"), ("tests/journeys/test_quarter.py",)], ids=["database", "a whole quarter"]
)
def test_the_same_tests_pass_there(tests: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    with postgres_server() as empty:
        around = os.environ | {"QUARTERDAY_DATABASE": empty}
        done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-10_000:] + done.stderr


def test_the_program_keeps_plans_and_people_there(database: str, tmp_path: Path) -> None:
    environment = os.environ | {"QUARTERDAY_DATABASE": database, "QUARTERDAY_HOME": str(tmp_path)}

    def said(*arguments: str) -> str:
        command = [str(PROGRAM), *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    said("load", "plan", str(REDDITCH))
    said("people", "add", "ann@example.org", "--name", "Ann Lee")
    said("people", "role", "ann@example.org", "--partnership", "redditch", "--role", "analyst")
    assert "analyst in Redditch Community Safety Partnership" in said("people", "list")
    assert not (tmp_path / "plan.sqlite3").exists()


def test_it_serves_from_there(database: str, tmp_path: Path) -> None:
    """Processes that serve are copies of the one that made the tables, and must not share its connections."""
    port = free_port()
    environment = os.environ | {"QUARTERDAY_DATABASE": database, "QUARTERDAY_HOME": str(tmp_path)}
    server = subprocess.Popen([str(PROGRAM), "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        for _ in range(10):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/") as page:
                assert b"Sign in" in page.read()
    finally:
        server.terminate()
        server.wait(timeout=20)
