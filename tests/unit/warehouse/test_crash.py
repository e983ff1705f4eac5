"""A writer killed at any step leaves the old state or the new one, whole, to whoever reads and to the next writer."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.warehouse.base import Intake, Release
from quarterday.warehouse.duckdb import DuckDBWarehouse
from quarterday.warehouse.store import Store

NOON = datetime(2012, 4, 16, 12, tzinfo=UTC)
YEAR = Period.financial_year(2011)

# Everything that touches the disk is a step; the process kills itself before the one with the number it was given.
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path

folder, last_step, steps = Path(sys.argv[1]), int(sys.argv[2]), 0

def counted(call):
    def step(*arguments, **named):
        global steps
        if steps == last_step:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1
        return call(*arguments, **named)
    return step

for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "write_text"), (Path, "mkdir"), (Path, "unlink")):
    setattr(owner, name, counted(getattr(owner, name)))

from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.warehouse.base import Intake, Release

figures = tuple(Figure("Theft", "Redditch", month, 2.0) for month in Period.financial_year(2011))
intake = Intake(Source("Second return", "", "", (SourceFile("return.csv", "2"),)), "made 1", figures)
noon = datetime.fromisoformat("2012-04-16T12:00:00+00:00")
"""
COMMIT = """
from quarterday.warehouse.store import Store

store, release = Store(folder), Release.of(intake, loaded_at=noon)
with store.writing("testing"):
    store.draft("part").write_text(release.id)
    store.commit(release, store.draft("part"))
"""
LAND = """
from quarterday.warehouse.duckdb import DuckDBWarehouse

DuckDBWarehouse(folder).land(intake, loaded_at=noon)
"""
REPORT = "print(steps)"

Made = Callable[..., Intake]


def run(script: str, folder: Path, *, last_step: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", KILLED + script + REPORT, str(folder), str(last_step)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def of_year(made: Made, value: float, content: str) -> Intake:
    return made(*(Figure("Theft", "Redditch", month, value) for month in YEAR), content=content)


def commit(store: Store, release: Release) -> None:
    with store.writing("testing"):
        store.draft("part").write_text(release.id)
        store.commit(release, store.draft("part"))


def whole(store: Store) -> list[str]:
    """The releases held, each with its own part."""
    releases = [release.id for release in store.releases(store.current())]
    assert [store.part(release).read_text() for release in releases] == releases
    return releases


def theft_in_the_year(warehouse: DuckDBWarehouse) -> float | None:
    return warehouse.holding("Theft", "Redditch").total(YEAR).value


@pytest.fixture
def held(tmp_path: Path, made: Made) -> Path:
    """A store with one release, to be copied."""
    store = Store(tmp_path / "held")
    commit(store, Release.of(of_year(made, 1, "1"), loaded_at=NOON))
    return store.folder


def test_a_commit_killed_before_any_step_leaves_a_whole_state(held: Path, made: Made, tmp_path: Path) -> None:
    process = run(COMMIT, shutil.copytree(held, tmp_path / "unharmed"), last_step=-1)
    output, _ = process.communicate()
    steps = int(output)
    folders = [shutil.copytree(held, tmp_path / str(step)) for step in range(steps)]
    killed = [run(COMMIT, folder, last_step=step) for step, folder in enumerate(folders)]
    while any(process.poll() is None for process in killed):
        assert all(len(whole(Store(folder))) in {1, 2} for folder in folders)
    held_after = []
    for process, folder in zip(killed, folders, strict=True):
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        held_after.append(len(whole(Store(folder))))
    # CURRENT.json is replaced in the last step but one; all that follows is the wait for the disk.
    assert held_after == [1] * (steps - 1) + [2]
    third = Release.of(of_year(made, 3, "3"), loaded_at=NOON)
    for folder, before in zip(folders, held_after, strict=True):
        store = Store(folder, patience=0.1)
        commit(store, third)
        assert len(whole(store)) == before + 1
        assert len(list((folder / "parts").iterdir())) == before + 1
        assert list((folder / "tmp").iterdir()) == []


def test_a_load_that_is_killed_lands_whole_or_not_at_all(made: Made, tmp_path: Path) -> None:
    for name in ("unharmed", "in the draft", "before the change", "after it"):
        DuckDBWarehouse(tmp_path / name).land(of_year(made, 1, "1"), loaded_at=NOON)
    output, _ = run(LAND, tmp_path / "unharmed", last_step=-1).communicate()
    expected = {"in the draft": (11, 12), "before the change": (2, 12), "after it": (1, 24)}
    warehouses = {name: DuckDBWarehouse(tmp_path / name) for name in expected}
    killed = {name: run(LAND, tmp_path / name, last_step=int(output) - left) for name, (left, _) in expected.items()}
    while any(process.poll() is None for process in killed.values()):
        assert all(theft_in_the_year(warehouse) in {12, 24} for warehouse in warehouses.values())
    for name, process in killed.items():
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert theft_in_the_year(warehouses[name]) == expected[name][1]
        warehouses[name].land(of_year(made, 3, "3"), loaded_at=NOON)
        assert theft_in_the_year(warehouses[name]) == 36
