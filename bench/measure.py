"""What one run takes: the time and the memory of a program, from its start to its end."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """What one run took: seconds, and the most memory that it and the processes it started held at once, in MB."""

    what: str
    seconds: float
    megabytes: float
    wanted: str = ""

    def __str__(self) -> str:
        """A row of the table."""
        return f"| {self.what} | {self.seconds:.1f} | {self.megabytes:,.0f} | {self.wanted} |"


class Failed(Exception):  # noqa: N818 - a run failed; it is the benchmark that says whether that is an error
    """A run did not end well: ``code`` is what it ended with, and the message is what it wrote about that."""

    def __init__(self, what: str, code: int, complaint: str) -> None:
        super().__init__(f"{what} ended with {code}.\n{complaint}")
        self.code = code


def run(
    what: str, command: Sequence[str | Path], *, wanted: str = "", environment: Mapping[str, str] | None = None
) -> Run:
    """Run a command and measure it; raises ``Failed`` where it does not end well."""
    with tempfile.TemporaryFile("w+") as complaint:
        start = time.perf_counter()
        process = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=complaint, env=environment)
        most = 0
        while process.poll() is None:
            most = max(most, sum(held(number) for number in family(process.pid)))
            time.sleep(0.05)
        seconds = time.perf_counter() - start
        if process.returncode:
            complaint.seek(0)
            raise Failed(what, process.returncode, complaint.read())
    return Run(what, seconds, most / 1e6, wanted)


def without_pandas(scratch: Path) -> dict[str, str]:
    """The environment of a user, with a file in ``scratch``: where pandas is there, DuckDB imports it for a second."""
    hidden = scratch / "hidden" / "pandas"
    hidden.mkdir(parents=True, exist_ok=True)
    (hidden / "__init__.py").write_text("raise ImportError", "utf-8")
    return {**os.environ, "PYTHONPATH": str(hidden.parent)}


def family(number: int) -> Iterator[int]:
    """A process and all that it started.

    A child that still has its parent's command is about to become another program; until then its memory is its
    parent's, and would count twice.
    """
    yield number
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()
        own = command_line(number)
        grown = [int(child) for child in children if command_line(int(child)) != own]
    except OSError:
        return
    for child in grown:
        yield from family(child)


def command_line(number: int) -> bytes:
    """The command line of a process."""
    return Path(f"/proc/{number}/cmdline").read_bytes()


def held(number: int) -> int:
    """Bytes of memory that a process holds; none where it has ended."""
    try:
        return int(Path(f"/proc/{number}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0
