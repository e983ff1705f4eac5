"""What several rooms' tests share: the Redditch edition, built once by the program itself."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler.loadscope import LoadScopeScheduling

from quarterday.editions.archive import Kept
from quarterday.report.document import Document

ROOT = Path(__file__).resolve().parent.parent
ENGINES = "tests/engines/"
PROGRAM = Path(sys.executable).with_name("quarterday")
_NEEDS_DATABASE = frozenset(("db", "transactional_db", "django_db_reset_sequences", "live_server"))
# How long an example takes depends on what else the machine does.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
Program = Callable[..., subprocess.CompletedProcess[str]]


def run_program(
    *arguments: str | Path, epoch: int | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would; ``epoch`` stands for the time of day where the bytes must not differ."""
    around = {name: value for name, value in os.environ.items() if name != "QUARTERDAY_HOME"} | dict(environment or {})
    if epoch is not None:
        around["SOURCE_DATE_EPOCH"] = str(epoch)
    command = [str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=around, cwd=ROOT, check=False)


class ByFile(LoadScopeScheduling):
    """The tests of a file go to one process, so that what they share is made once, and so do all that need Spark."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", maxsplit=1)[0]
        return ENGINES if file.startswith(ENGINES) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """How the tests are shared out. ``--dist loadgroup`` groups nothing with pytest 9.2: pytest-xdist, issue 1386."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the database is marked, so that all of it can be run on another one too.

    The longest come first, lest one process does them while the other has nothing left: they run others on PostgreSQL.
    """
    items.sort(key=lambda item: item.get_closest_marker("postgres") is None)
    for item in items:
        if _NEEDS_DATABASE.intersection(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def program() -> Program:
    """The program, to be run with arguments."""
    return run_program


@pytest.fixture(scope="session")
def redditch_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the demonstration was built."""
    home = tmp_path_factory.mktemp("redditch") / "home"
    done = run_program("demo", "--out", home, epoch=1_335_000_000)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="session")
def redditch(redditch_home: Path) -> Kept:
    """The Redditch edition for quarter 4 of 2011/12, as it is kept."""
    return Kept(redditch_home / "editions" / "redditch" / "2011-12-q4")


@pytest.fixture(scope="session")
def redditch_document(redditch: Kept) -> Document:
    """Its document."""
    return redditch.document()
