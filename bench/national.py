"""The country's street-level crime through the program and through its rivals, in one run, on the same made-up rows."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import rivals
from bench.country import write_geography, write_peers, write_residents
from bench.measure import Failed, Run, run, without_pandas
from bench.police_uk import ROWS, month_text, write_archive, write_years

PROGRAM = Path(sys.executable).with_name("quarterday")
YEARS = range(2016, 2026)
MORE = range(2026 * 12, 2026 * 12 + 3)  # months that are added one at a time
TENTH = 0.1
REPEATS = 3  # of what is compared, as other work on a machine moves times; the quickest counts
TURNS = 5  # of what takes seconds: the program and its rivals one after the other, so that each has the same moments
GIGABYTES = 12.0  # that ten full years need at most: archives, the rivals' Parquet, the program's, one unpacked month
FOLDER = "BENCH_FOLDER"
_NO_SUCH_COMMAND = 2  # what the program ends with where it does not know what it was asked for

_ROLLING = ("rolling", "--share-of", "All crime (police.uk)", "--peers", "{folder}/peers.csv", "--out", "{out}")
# Every line of the program that is measured here. What stands in braces is filled in.
COMMANDS: dict[str, tuple[str, ...]] = {
    "start": ("releases",),
    "geography": ("load", "geography", "{folder}/geography.csv"),
    "residents": ("load", "population", "{folder}/residents.csv"),
    "load": ("load", "police-uk", "{archive}"),
    "figures": _ROLLING,
    "figures at quarter ends": (*_ROLLING, "--quarter-ends"),  # which is what the rivals work out
    "count again": ("load", "geography", "{lookup}"),  # another look-up, by which all rows are counted anew
}
SET_UP = ("geography", "residents")  # what a new workspace is given first

# What is divided by what, and how much it should be at most.
RATIOS = (
    ("load one year", "bare pipeline, one year", "1.3"),
    ("load ten years, a zip at a time", "bare pipeline, ten years", "1.3"),
    ("add a month to ten years", "add a month to one year", "1"),
    ("all rows counted again, and the figures", "staged SQL from the rows", "1.3"),
    ("all rows counted again", "monthly counts by SQL", ""),
    ("figures at quarter ends from the monthly counts", "staged SQL from the monthly counts", ""),
    ("figures at quarter ends by Spark local[2]", "figures at quarter ends from the monthly counts", ""),
    ("figures at quarter ends by Spark, two workers", "figures at quarter ends from the monthly counts", ""),
    ("polars from the rows", "staged SQL from the rows", ""),
    ("pandas from the rows", "staged SQL from the rows", ""),
    ("Spark local[2] from the rows", "staged SQL from the rows", ""),
    ("Spark, two workers, from the rows", "staged SQL from the rows", ""),
)


@dataclass
class Bench:
    """The folders of one benchmark, and its rows so far: of each name the quickest run, or why there is none."""

    data: Path  # archives and tables, kept where the person says where
    scratch: Path
    rows: dict[str, Run | str] = field(default_factory=dict)

    def program(
        self, what: str, name: str, *, home: str, wanted: str = "", engine: str = "duckdb", **filled: Path
    ) -> None:
        """Measure a line of ``COMMANDS`` in a workspace, or say that the program has no such command."""
        line = [part.format(folder=self.data, **filled) for part in COMMANDS[name]]
        try:
            command = [PROGRAM, "--home", self.scratch / home, "--engine", engine, *line]
            self._measure(what, command, wanted=wanted, environment=without_pandas(self.scratch))
        except Failed as failed:
            if failed.code != _NO_SUCH_COMMAND:
                raise
            print(failed, file=sys.stderr)
            self.rows[what] = f"the program has no such command yet: {' '.join(COMMANDS[name])}"

    def rival(self, what: str, name: str, *, source: Path, out: Path) -> None:
        """Measure a rival, or say what it lacks."""
        if lacking := rivals.lacking(name):
            self.rows[what] = lacking
        else:
            self._measure(what, [sys.executable, "-m", "bench.rivals", name, source, out])

    def add_up(self, what: str, parts: list[str], *, wanted: str = "") -> None:
        """One more row, of several together; not measured where one of them was not."""
        taken = [self.rows[part] for part in parts]
        runs = [part for part in taken if isinstance(part, Run)]
        if len(runs) < len(taken):
            self.rows[what] = next(part for part in taken if isinstance(part, str))
        else:
            most = max(part.megabytes for part in runs)
            self.rows[what] = Run(what, sum(part.seconds for part in runs), most, wanted)

    def runs(self) -> dict[str, Run]:
        """What was measured."""
        return {what: row for what, row in self.rows.items() if isinstance(row, Run)}

    def _measure(
        self, what: str, command: list[str | Path], *, wanted: str = "", environment: dict[str, str] | None = None
    ) -> None:
        measured = run(what, command, wanted=wanted, environment=environment)
        print(f"{what}: {measured.seconds:.2f} s, {measured.megabytes:,.0f} MB", file=sys.stderr)
        earlier = self.rows.get(what)
        if not isinstance(earlier, Run) or measured.seconds < earlier.seconds:
            self.rows[what] = measured


def national(*, scale: float) -> None:
    """Ten years, each of ``scale`` times 6.5 million rows."""
    with _folders(scale) as (data, scratch):
        archives = write_data(data, scale=scale)
        megabytes = sum(archive.stat().st_size for archive in archives) / 1e6
        print(f"\nTen years of about {ROWS * scale:,.0f} rows each, made up; {megabytes:,.0f} MB in ten zips.")
        bench = Bench(data, scratch)
        set_up(bench)
        one_year(bench, archives[-1])
        ten_years(bench, archives)
        report_in_turns(bench)
        report_by_spark(bench)
        report_by_others(bench)
        add_months(bench)
        print_runs(bench.rows)
        print_ratios(bench.runs())


def write_data(data: Path, *, scale: float) -> list[Path]:
    """The tables, the ten archives and those of the months to add; archives that are there already stay."""
    write_geography(data / "geography.csv")
    write_geography(data / "geography-moved.csv", moved=100)
    write_residents(data / "residents.csv")
    write_peers(data / "peers.csv")
    for month in MORE:
        if not _month_archive(data, month).exists():
            write_archive(_month_archive(data, month), months=[month], scale=scale)
    (data / "years").mkdir(exist_ok=True)
    return write_years(data / "years", years=YEARS, scale=scale)


def one_year(bench: Bench, archive: Path) -> None:
    """The last year alone, by the program and by the bare pipeline, in turn."""
    for number in range(REPEATS):
        out = bench.scratch / f"bare-{number}"
        bench.rival("bare pipeline, one year", "bare", source=archive, out=out)
        shutil.rmtree(out)
        home = new_home(bench, f"one-{number}")
        bench.program("load one year", "load", home=home, archive=archive, wanted="1.3 × bare, 1,000 MB")


def ten_years(bench: Bench, archives: list[Path]) -> None:
    """All years, one after the other, into one workspace."""
    bench.rival("bare pipeline, ten years", "bare", source=bench.data / "years", out=bench.scratch / "raw")
    home = new_home(bench, "ten")
    loads = [f"load {year}, of ten years" for year in YEARS]
    for load, archive in zip(loads, archives, strict=True):
        bench.program(load, "load", home=home, archive=archive)
    bench.add_up("load ten years, a zip at a time", loads)


def set_up(bench: Bench) -> None:
    """Give a workspace what it needs before any rows come; ``new_home`` copies it."""
    for name in SET_UP:
        bench.program(f"load {name}", name, home="fresh")
    (bench.scratch / "fresh").mkdir(exist_ok=True)


def new_home(bench: Bench, home: str) -> str:
    """A workspace of that name that holds no rows yet."""
    shutil.copytree(bench.scratch / "fresh", bench.scratch / home)
    return home


def add_months(bench: Bench) -> None:
    """Load the months after the last year, one at a time, into the workspace of one year and into that of ten."""
    for month in MORE:
        archive = _month_archive(bench.data, month)
        bench.program("add a month to one year", "load", home=f"one-{REPEATS - 1}", archive=archive)
        bench.program("add a month to ten years", "load", home="ten", archive=archive)


def report_in_turns(bench: Bench) -> None:
    """Every figure of the ten years, from the monthly counts and from the rows, by the program and by SQL."""
    rivals.write_tables(bench.scratch, tables=bench.data, first=YEARS[0] * 12, last=YEARS[-1] * 12 + 11)
    out = bench.scratch / "figures.parquet"
    quarter_ends = "figures at quarter ends from the monthly counts"
    for _ in range(TURNS):
        bench.program("start of the program", "start", home="ten")
        bench.program("figures from the monthly counts", "figures", home="ten", out=out, wanted="1 s")
        bench.program(quarter_ends, "figures at quarter ends", home="ten", out=out, wanted="1 s")
        for name in ("geography-moved", "geography"):
            bench.program("all rows counted again", "count again", home="ten", lookup=bench.data / f"{name}.csv")
        bench.rival("monthly counts by SQL", "counts", source=bench.scratch, out=bench.scratch / "counts.parquet")
        _report(bench, "staged SQL from the monthly counts", "staged_from_counts")
        _report(bench, "staged SQL from the rows", "staged")
    parts = ["all rows counted again", quarter_ends]
    bench.add_up("all rows counted again, and the figures", parts, wanted="1.3 × staged SQL")


def report_by_spark(bench: Bench) -> None:
    """The same by the program's other engine: in one process, and on a cluster of a master and two workers."""
    out = bench.scratch / "figures.parquet"
    table = "figures at quarter ends"
    bench.program(f"{table} by Spark local[2]", table, home="ten", engine="local[2]", out=out)
    with rivals.cluster(scratch=bench.scratch) as master:
        bench.program(f"{table} by Spark, two workers", table, home="ten", engine=master, out=out)


def report_by_others(bench: Bench) -> None:
    """The report of the ten years by the other rivals; ends the benchmark where two of them do not agree."""
    _report(bench, "polars from the rows", "polars")
    _report(bench, "pandas from the rows", "pandas")
    bench.rival("Spark: a session, nothing asked", "spark_start", source=bench.scratch, out=bench.scratch / "none")
    _report(bench, "Spark local[2] from the rows", "spark_local")
    _report(bench, "Spark, two workers, from the rows", "spark_cluster")
    digests = {path.stem: rivals.digest(path) for path in bench.scratch.glob("report-*")}
    if len(set(digests.values())) != 1:
        raise SystemExit(
            "\n".join(["The rivals do not agree:", *(f"{key}: {value}" for key, value in digests.items())])
        )
    print(f"The {len(digests)} reports that the rivals wrote are the same, by the sums of their columns.")


def print_runs(rows: dict[str, Run | str]) -> None:
    """One row a run, or why there is none."""
    print("\n| run | seconds | MB at most | wanted at most |\n|---|---|---|---|")
    for what, row in rows.items():
        print(row if isinstance(row, Run) else f"| {what} | not measured: {row} | | |")


def print_ratios(runs: dict[str, Run]) -> None:
    """What the program takes for each second of its rivals."""
    print("\n| ratio | seconds | is | wanted at most |\n|---|---|---|---|")
    for over, under, wanted in RATIOS:
        if over in runs and under in runs:
            above, below = runs[over].seconds, runs[under].seconds
            print(f"| {over} / {under} | {above:.2f} / {below:.2f} | {above / below:.2f} | {wanted} |")
        else:
            print(f"| {over} / {under} | | not measured | {wanted} |")


def _report(bench: Bench, what: str, name: str) -> None:
    bench.rival(what, name, source=bench.scratch, out=bench.scratch / f"report-{name}.parquet")


def _month_archive(data: Path, month: int) -> Path:
    return data / f"{month_text(month)}.zip"


@contextmanager
def _folders(scale: float) -> Iterator[tuple[Path, Path]]:
    """Where the data stay, which is a folder that the person names or else a passing one, and where the rest passes."""
    named = os.environ.get(FOLDER)
    with tempfile.TemporaryDirectory(dir=named, prefix="bench-") as scratch:
        _refuse_small_disk(Path(scratch), scale)
        data = Path(named, f"police-uk-{scale:g}") if named else Path(scratch, "data")
        data.mkdir(exist_ok=True)
        yield data, Path(scratch)


def _refuse_small_disk(folder: Path, scale: float) -> None:
    free, needed = shutil.disk_usage(folder).free / 1e9, GIGABYTES * scale
    if free < needed:
        raise SystemExit(
            f"{folder.parent} has {free:.1f} GB free; ten years need {needed:.1f} GB. "
            f"Name another folder in {FOLDER}, or make room."
        )
