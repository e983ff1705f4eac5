"""Ask for pages as several browsers would that wait for each answer, and print how long each took.

Run as a program of its own, so that it takes no time from what asks it: python -m bench.load, with what is wanted as
JSON on standard input.
"""

import itertools
import json
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection


@dataclass(frozen=True)
class Wanted:
    """What to ask for, of a server on this machine: ``paths`` in turn.

    A ``body`` is sent to each of them, with another number each time where it says NUMBER.
    """

    port: int
    paths: Sequence[str]
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    clients: int = 8
    seconds: float = 5.0


def main() -> None:
    """Print how many milliseconds each answer took, and what any took that was none."""
    wanted = Wanted(**json.load(sys.stdin))
    paths = itertools.cycle(wanted.paths)
    took: list[float] = []
    wrong: list[str] = []
    ends = time.perf_counter() + wanted.seconds
    browsers = [
        threading.Thread(target=_browse, args=(wanted, _next(paths), took, wrong, ends)) for _ in range(wanted.clients)
    ]
    for browser in browsers:
        browser.start()
    for browser in browsers:
        browser.join()
    json.dump({"took": took, "wrong": wrong[:5]}, sys.stdout)


def _next(paths: Iterator[str]) -> Iterator[str]:
    lock = threading.Lock()
    while True:
        with lock:
            path = next(paths)
        yield path


def _browse(wanted: Wanted, paths: Iterator[str], took: list[float], wrong: list[str], ends: float) -> None:
    connection = HTTPConnection("127.0.0.1", wanted.port, timeout=30)
    while (start := time.perf_counter()) < ends:
        path = next(paths)
        body = wanted.body.replace("NUMBER", str(len(took)))
        connection.request("POST" if body else "GET", path, body=body or None, headers=dict(wanted.headers))
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - start) * 1000)
        if answer.status != 200:  # noqa: PLR2004 - all is well
            wrong.append(f"{answer.status} {path}")


def asked(wanted: Wanted) -> str:
    """What the program reads."""
    return json.dumps(asdict(wanted))


if __name__ == "__main__":
    main()
