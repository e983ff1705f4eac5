"""A real PostgreSQL server, started in a folder of its own and stopped again. It refuses to run as root."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/bin", "/usr/bin")


def programs() -> Path | None:
    """The folder with the newest server's programs, if there is one."""
    found = [folder for place in _PLACES for folder in Path("/").glob(place[1:]) if (folder / "initdb").exists()]
    return max(found, default=None)


@dataclass(frozen=True)
class Server:
    """A server that runs: the address of its database, for QUARTERDAY_DATABASE, and how it is controlled."""

    address: str
    _control: tuple[str | Path, ...]
    _start: tuple[str | Path, ...]

    def stop(self) -> None:
        """Stop it at once, and hang up on everybody."""
        _as_user(*self._control, "-m", "immediate", "stop")

    def start(self) -> None:
        """Start it again with all that it held."""
        _as_user(*self._control, *self._start)


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a fresh server's database; it listens on a socket only."""
    with controlled_server() as server:
        yield server.address


@contextmanager
def controlled_server() -> Iterator[Server]:
    """A fresh server, which can be stopped and started meanwhile."""
    where = programs()
    if where is None:
        raise FileNotFoundError("No PostgreSQL server is on this machine; on Debian: apt-get install postgresql.")
    folder = Path(tempfile.mkdtemp(prefix="quarterday-postgres-", dir="/tmp"))  # short, for a socket's name
    try:
        folder.chmod(0o755)
        (folder / "socket").mkdir()
        if os.geteuid() == 0:
            for place in (folder, folder / "socket"):
                shutil.chown(place, "nobody")
        _as_user(where / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "--locale=C.UTF-8")
        options = f"-k {folder / 'socket'} -c listen_addresses='' -c fsync=off"
        control = (where / "pg_ctl", "-D", folder / "data", "-w")
        start = ("-l", folder / "log", "-o", options, "start")
        server = Server(f"postgresql://postgres@/postgres?host={folder / 'socket'}", control, start)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _as_user(*command: str | Path) -> None:
    before = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*before, *map(str, command)], capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
