"""The pages under load: two workers that serve, eight browsers that ask, somebody signed in.

The browsers are another program, but share the machine; what a page takes of the processors is counted in the processes
that serve, and nowhere else.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from bench.county import PARTNERSHIPS, QUARTERS, make_county
from bench.load import Wanted, asked
from bench.measure import Failed
from bench.national import PROGRAM
from quarterday.domain.area import slug

PLAN = Path(__file__).resolve().parent.parent / "src" / "quarterday" / "examples" / "redditch" / "plan.toml"
HEAD = "| pages | a second | ms, half | ms, 95% | ms, 99% | processor ms | wanted |\n|---|---|---|---|---|---|---|"

_TEXT = (
    "Worse than last year: NUMBER offences, up from 198 in 2010/11, a rise of 4%. In March 2012 there were 9 offences."
)
_CSRF = "a" * 32

# Run beside, for Django is made ready once for one workspace. It prints what a browser that has signed in sends.
_SIGN_IN = """
import sys
from pathlib import Path
from quarterday.cli.workspace import open_plans
open_plans(Path(sys.argv[1]))
from django.test import Client
from quarterday.people.services import person_add, role_give
from quarterday.plan.models import Measure
person = person_add(email="ann@example.org", full_name="Ann Lee")
role_give(person=person, name="analyst", county="Worcestershire", by=None, why="A benchmark.")
client = Client()
client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
measures = Measure.objects.filter(priority__partnership__short_name=sys.argv[2]).order_by("pk")
print(client.cookies["quarterday-session"].value, measures.first().pk)
"""


@dataclass(frozen=True)
class Load:
    """What was measured of some pages: how many a second, and in milliseconds how long they took."""

    what: str
    a_second: float
    half: float
    most: float
    all_but_one: float
    processor: float
    wanted: str = ""

    def __str__(self) -> str:
        """A row of the table."""
        numbers = f"{self.half:.1f} | {self.most:.1f} | {self.all_but_one:.1f} | {self.processor:.1f}"
        return f"| {self.what} | {self.a_second:,.0f} | {numbers} | {self.wanted} |"


def pages(folder: Path) -> Iterator[Load]:
    """Of a workspace with one edition, and of a county's."""
    one, county = folder / "one", folder / "county"
    subprocess.run([PROGRAM, "demo", "--out", one], check=True, stdout=subprocess.DEVNULL)
    yield from _measured(one, "One edition", ["/editions/redditch/2011-12-q4/"], partnership="Redditch", wanted=_WANTED)
    make_county(county, like=one, plan=PLAN)
    quarters = [quarter.lower().replace("/", "-").replace(" ", "-") for quarter in QUARTERS]
    every = [f"/editions/place-{number}/{quarter}/" for quarter in quarters for number in range(1, PARTNERSHIPS + 1)]
    yield from _measured(county, "County, 480 editions", every, partnership="Place 7", wanted=_WANTED_OF_COUNTY)


_WANTED = {"edition": "100 a second, 99% in 250 ms, 20 ms of processor", "check": "95% in 100 ms"}
_WANTED_OF_COUNTY = {"edition": "twice the time of one", "check": "twice the time of one"}


def _measured(
    home: Path, what: str, editions: Sequence[str], *, partnership: str, wanted: dict[str, str]
) -> Iterator[Load]:
    session, measure = _signed_in(home, partnership)
    cookies = {"Cookie": f"quarterday-session={session}; quarterday-csrf={_CSRF}"}
    checks = f"/partnerships/{slug(partnership)}/quarters/2011-12-q4/measures/{measure}/comment/check/"
    posting = cookies | {
        "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": _CSRF, "HX-Request": "true",
    }  # fmt: skip
    with _served(home) as (port, server):
        asking = Wanted(port, editions, cookies)
        if len(editions) > 1:
            _asked(what, replace(asking, paths=["/account/"], seconds=3.0))  # so that it has started
            yield _load(f"{what}: edition page, many for the first time", asking, server, warm=0)
        yield _load(f"{what}: edition page", asking, server, wanted["edition"], warm=2 + len(editions) / 40)
        yield _load(f"{what}: edition page, nobody else there", replace(asking, clients=1), server)
        yield _load(f"{what}: list of editions", replace(asking, paths=["/editions/"]), server)
        yield _load(f"{what}: home", replace(asking, paths=["/"]), server)
        checking = replace(asking, paths=[checks], headers=posting, body=urlencode({"text": _TEXT}), clients=1)
        yield _load(f"{what}: check of a comment", checking, server, wanted["check"])


def _signed_in(home: Path, partnership: str) -> list[str]:
    command = [sys.executable, "-c", _SIGN_IN, str(home), partnership]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


@contextmanager
def _served(home: Path) -> Iterator[tuple[int, int]]:
    """The port at which the workspace is served, and the process that serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [PROGRAM, "--home", home, "serve", "--no-worker", "--port", str(port)]
    with subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Failed("serve", 1, "it did not answer within 30 seconds")


def _load(what: str, wanted: Wanted, server: int, limit: str = "", *, warm: float = 2) -> Load:
    """Ask for so many seconds without measuring, since each worker reads what it needs once; then measure."""
    if warm:
        _asked(what, replace(wanted, seconds=warm))
    before = _processor_seconds(server)
    took = sorted(_asked(what, wanted))
    processor = (_processor_seconds(server) - before) * 1000 / len(took)
    hundredths = quantiles(took, n=100)
    return Load(what, len(took) / wanted.seconds, hundredths[49], hundredths[94], hundredths[98], processor, limit)


def _asked(what: str, wanted: Wanted) -> list[float]:
    command = [sys.executable, "-m", "bench.load"]
    done = subprocess.run(command, input=asked(wanted), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    if found["wrong"]:
        raise Failed(what, 1, ", ".join(found["wrong"]))
    return list(found["took"])


def _processor_seconds(server: int) -> float:
    """What the processes that serve have had of the processors."""
    ticks = 0
    for number in _with_children(server):
        fields = Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _with_children(number: int) -> Iterator[int]:
    yield number
    for child in Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split():
        yield from _with_children(int(child))
