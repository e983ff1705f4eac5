"""A writer killed at any step leaves the old state or the new one, whole, to whoever reads and to the next writer."""

import subprocess
import sys
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest

from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.sources.police_uk import read_police_uk
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.base import Intake
from quarterday.warehouse.duckdb import DuckDBWarehouse
from tests.made_archive import crime, streets

NOON = datetime(2012, 4, 16, 12, tzinfo=UTC)
YEAR = Period.financial_year(2011)

# Everything that touches the disk is a step. A copy of the store is made for each step of the change, and a process
# that makes the change in it kills itself before that step; each is a fork, so that nothing is imported anew.
KILLED = """
import os, shutil, signal, sys, traceback
from datetime import datetime
from pathlib import Path

from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.places import Kind, Link, Place
from quarterday.domain.source import Source, SourceFile
from quarterday.sources.police_uk import read_police_uk
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.base import Intake, Lookup
from quarterday.warehouse.duckdb import DuckDBWarehouse

held, made, change = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
noon = datetime.fromisoformat("2012-04-16T12:00:00+00:00")
last_step, steps = -1, 0

def counted(call):
    def step(*arguments, **named):
        global steps
        if steps == last_step:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1
        return call(*arguments, **named)
    return step

def make(folder):
    warehouse = DuckDBWarehouse(folder, counting={"police-uk": PoliceCounting()})
    if change == "land":
        figures = tuple(Figure("Theft", "Redditch", month, 2.0) for month in Period.financial_year(2011))
        source = Source("Second return", "", "", (SourceFile("return.csv", "2"),))
        warehouse.land(Intake(source, "made 1", figures), loaded_at=noon)
    elif change == "land rows":
        warehouse.land_rows(read_police_uk(made / "later.zip"), loaded_at=noon)
    elif change == "land a look-up":
        places = (Place(Kind.LSOA, "E01032001", "", 2021), Place(Kind.DISTRICT, "", "Newtown", 2024))
        source = Source("Look-up", "", "", (SourceFile("places.csv", "3"),))
        warehouse.land_lookup(Lookup(source, "geography 1", (Link(*places),)), loaded_at=noon)
    elif change == "withdraw":
        warehouse.withdraw(warehouse.releases()[-1].id, withdrawn_at=noon)

for owner, name in (
    (os, "fsync"), (Path, "replace"), (Path, "write_text"), (Path, "mkdir"), (Path, "unlink"), (shutil, "rmtree")
):
    setattr(owner, name, counted(getattr(owner, name)))

killed, attempt = True, -1
while killed:
    attempt += 1
    folder = made / "tried" / f"{attempt:03d}"
    shutil.copytree(held, folder.with_suffix(".part"))
    os.rename(folder.with_suffix(".part"), folder)
    child = os.fork()
    if not child:
        try:
            last_step, steps = attempt, 0
            make(folder)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL
    if ended and not killed:
        sys.exit(f"the change ended with {ended}")
"""


def opened(folder: Path) -> DuckDBWarehouse:
    return DuckDBWarehouse(folder, counting={"police-uk": PoliceCounting()})


def sums(folder: Path) -> tuple[float | None, ...]:
    """What a reader adds up: the return's year, and the burglaries of each district in the archive's months."""
    warehouse = opened(folder).held_still()
    months = Period(Period.month(2012, 1).first, 2)
    burglaries = (warehouse.holding("Burglary (police.uk)", area) for area in ("Redditch", "Bromsgrove", "Newtown"))
    return (
        warehouse.holding("Theft", "Redditch").total(YEAR).value,
        *(holding.total(months).value for holding in burglaries),
    )


@pytest.fixture
def made_folder(tmp_path: Path) -> Path:
    """A store with a return and an archive of two months, and beside it a later archive that revises them."""
    (tmp_path / "tried").mkdir()
    rows = {
        "2012-01": [crime("2012-01", word="a"), crime("2012-01", lsoa="Bromsgrove 002B", word="b")],
        "2012-02": [crime("2012-02", word="c"), crime("2012-02", word="a")],
    }
    earlier = streets(tmp_path / "earlier.zip", rows)
    rows["2012-02"] = [crime("2012-02", word="c"), crime("2012-02", word="d"), crime("2012-02", word="e")]
    streets(tmp_path / "later.zip", rows)
    warehouse = opened(tmp_path / "held")
    figures = tuple(Figure("Theft", "Redditch", month, 1.0) for month in YEAR)
    source = Source("Return", "", "", (SourceFile("return.csv", "1"),))
    warehouse.land(Intake(source, "made 1", figures), loaded_at=NOON)
    warehouse.land_rows(read_police_uk(earlier), loaded_at=NOON)
    return tmp_path


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ("land", (12, 2, 1, None), (24, 2, 1, None)),
        ("land rows", (12, 2, 1, None), (12, 4, 1, None)),
        ("land a look-up", (12, 2, 1, None), (12, None, 1, 2)),
        ("withdraw", (12, 2, 1, None), (12, None, None, None)),
    ],
)
def test_a_change_killed_before_any_step_is_made_whole_or_not_at_all(
    made_folder: Path, change: str, before: tuple[float | None, ...], after: tuple[float | None, ...]
) -> None:
    tried = made_folder / "tried"
    command = [sys.executable, "-c", KILLED, str(made_folder / "held"), str(made_folder), change]
    complaint = made_folder / "complaint.txt"
    with complaint.open("w") as file:
        writer = subprocess.Popen(command, stderr=file)
    while writer.poll() is None:
        assert all(sums(folder) in {before, after} for folder in sorted(tried.glob("???"))[-1:])
    assert (writer.returncode, complaint.read_text()) == (0, "")
    folders = sorted(tried.glob("???"))
    found = [sums(folder) for folder in folders]
    # The pointer is replaced in one step: up to there it is the old state, from there the new one.
    assert [state for state, _ in groupby(found)] == [before, after]
    assert len(folders) > 5
    for folder in folders[::4]:
        opened(folder).land(_third(), loaded_at=NOON)
        assert sums(folder)[0] == 36
        assert list((folder / "tmp").iterdir()) == []


def _third() -> Intake:
    figures = tuple(Figure("Theft", "Redditch", month, 3.0) for month in YEAR)
    return Intake(Source("Third return", "", "", (SourceFile("return.csv", "3"),)), "made 1", figures)
