"""Print the benchmarks. Each line is a whole run of the program, as a person would start it."""

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = Path(sys.executable).with_name("quarterday")
REAL = ROOT.parent / "shared" / "data"
LONDON = ROOT / "src" / "quarterday" / "examples" / "london" / "plan.toml"
NAME = "Redditch Community Safety Partnership"


@dataclass(frozen=True)
class Run:
    """What one run took: seconds, and the most memory that it and the processes it started held at once, in MB."""

    what: str
    seconds: float
    megabytes: float
    wanted: str = ""


def run(what: str, *arguments: str | Path, wanted: str = "") -> Run:
    """Run the program and measure it; a run that fails stops the benchmark."""
    start = time.perf_counter()
    process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, sum(held(number) for number in family(process.pid)))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"{what} ended with {process.returncode}")
    return Run(what, time.perf_counter() - start, most / 1e6, wanted)


def family(number: int) -> Iterator[int]:
    """A process and all that it started.

    A child that still has its parent's command is about to become another program; until then its memory is its
    parent's, and would count twice.
    """
    yield number
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()
        own = command(number)
        grown = [int(child) for child in children if command(int(child)) != own]
    except OSError:
        return
    for child in grown:
        yield from family(child)


def command(number: int) -> bytes:
    """The command line of a process."""
    return Path(f"/proc/{number}/cmdline").read_bytes()


def held(number: int) -> int:
    """Bytes of memory that a process holds; none where it has ended."""
    try:
        return int(Path(f"/proc/{number}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


def redditch(folder: Path) -> Iterator[Run]:
    """The demonstration, first and warm."""
    yield run("Redditch: demo, first", "demo", "--out", folder)
    yield run("Redditch: demo, warm", "demo", "--out", folder, wanted="5 s, 400 MB")
    options = ("build", "--partnership", NAME, "--quarter", "2011/12 Q4", "--format")
    yield run("Redditch: build, HTML and JSON", "--home", folder, *options, "html,json")
    yield run("Redditch: build, HTML, PDF and JSON", "--home", folder, *options, "html,pdf,json")


def london(folder: Path) -> Iterator[Run]:
    """Every London borough, from the real tables."""
    yield run("London: load the plans", "--home", folder, "load", "plan", LONDON)
    for vintage in ("2025-02", "2026-02"):
        tables = REAL / "met-police" / vintage
        yield run(f"London: load the tables of {vintage}", "--home", folder, "load", "met-police", tables)
    people = REAL / "geography" / "london-borough-population-1801-to-2021.xlsx"
    yield run("London: load residents", "--home", folder, "load", "population", people)
    options = ("build", "--all", "--quarter", "2024/25 Q4", "--format")
    yield run("London: 32 editions, HTML and JSON", "--home", folder, *options, "html,json", wanted="20 s")
    yield run("London: 32 editions, HTML, PDF and JSON", "--home", folder, *options, "html,pdf,json")


def main() -> None:
    """Run each, and print a table."""
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%d %B %Y}, {machine}\n")
    print("| run | seconds | MB at most | wanted at most |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        runs = [redditch(Path(folder, "redditch"))]
        runs += [london(Path(folder, "london"))] if REAL.exists() else []
        for measured in (item for group in runs for item in group):
            figures = f"{measured.seconds:.1f} | {measured.megabytes:,.0f} | {measured.wanted}"
            print(f"| {measured.what} | {figures} |", flush=True)
    if not REAL.exists():
        print(f"\nLondon was not measured: {REAL.relative_to(ROOT.parent)} is absent.")


if __name__ == "__main__":
    main()
