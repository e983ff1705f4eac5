"""Print the benchmarks. Each line is a whole run of the program, as a person would start it.

python -m bench             all but the last: Redditch, London, statistics, pages, claims, a tenth of the country
python -m bench --pages     pages under load alone
python -m bench --national  ten full years of the country alone
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.claims import claims
from bench.measure import Failed, Run, run, without_pandas
from bench.national import PROGRAM, TENTH, national
from bench.pages import HEAD, pages
from bench.reports import reports
from bench.statistics import statistics

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data"
LONDON = ROOT / "src" / "quarterday" / "examples" / "london" / "plan.toml"
NAME = "Redditch Community Safety Partnership"


def program(what: str, *arguments: str | Path, wanted: str = "") -> Run:
    """Run the program and measure it; a run that fails stops the benchmark."""
    with tempfile.TemporaryDirectory() as scratch:
        return run(what, [PROGRAM, *arguments], wanted=wanted, environment=without_pandas(Path(scratch)))


def redditch(folder: Path) -> Iterator[Run]:
    """The demonstration, first and warm."""
    yield program("Redditch: demo, first", "demo", "--out", folder)
    yield program("Redditch: demo, warm", "demo", "--out", folder, wanted="5 s, 400 MB")
    options = ("build", "--partnership", NAME, "--quarter", "2011/12 Q4", "--format")
    yield program("Redditch: build, HTML and JSON", "--home", folder, *options, "html,json")
    yield program("Redditch: build, HTML, PDF and JSON", "--home", folder, *options, "html,pdf,json")


def london(folder: Path) -> Iterator[Run]:
    """Every London borough, from the real tables."""
    yield program("London: load the plans", "--home", folder, "load", "plan", LONDON)
    for vintage in ("2025-02", "2026-02"):
        tables = REAL / "met-police" / vintage
        yield program(f"London: load the tables of {vintage}", "--home", folder, "load", "met-police", tables)
    people = REAL / "geography" / "london-borough-population-1801-to-2021.xlsx"
    yield program("London: load residents", "--home", folder, "load", "population", people)
    options = ("build", "--all", "--quarter", "2024/25 Q4", "--format")
    yield program("London: 32 editions, HTML and JSON", "--home", folder, *options, "html,json", wanted="20 s")
    yield program("London: 32 editions, HTML, PDF and JSON", "--home", folder, *options, "html,pdf,json")


def demo_and_london() -> None:
    """Run each, and print a table."""
    print("| run | seconds | MB at most | wanted at most |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        runs = [redditch(Path(folder, "redditch")), reports(Path(folder, "reports"))]
        runs += [london(Path(folder, "london"))] if REAL.exists() else []
        runs += [statistics()]
        for measured in (item for group in runs for item in group):
            print(measured, flush=True)
    if not REAL.exists():
        print(f"\nLondon was not measured: {REAL.relative_to(ROOT.parent)} is absent.")


def served() -> None:
    """Run the pages, and print a table."""
    print(f"\nPages, with two processes that serve and eight browsers that ask:\n\n{HEAD}")
    with tempfile.TemporaryDirectory() as folder:
        for measured in pages(Path(folder)):
            print(measured, flush=True)


def main() -> None:
    """Say what the machine is, and run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what the software costs.")
    parser.add_argument("--national", action="store_true", help="ten full years of the country, and nothing else")
    parser.add_argument("--pages", action="store_true", help="pages under load, and nothing else")
    chosen = parser.parse_args()
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%d %B %Y}, {machine}\n")
    try:
        if chosen.pages:
            served()
            return
        if not chosen.national:
            demo_and_london()
            served()
            claims()
        national(scale=1.0 if chosen.national else TENTH)
    except Failed as failed:
        raise SystemExit(str(failed)) from failed


if __name__ == "__main__":
    main()
