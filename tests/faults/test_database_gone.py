"""The database goes away for ten seconds: pages say so plainly and come back by themselves, and jobs go on."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

from tests.conftest import PROGRAM, ROOT
from tests.journeys.browsing import free_port, wait_for
from tests.postgres_server import Server, controlled_server, programs

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is on this machine"),
]

AWAY = 10.0  # seconds
MOST_WAITED = 60.0  # seconds until a page or a job is back, on a slow machine
LONGEST_PAGE = 15.0  # seconds until a page says that the database is away
LOAD = "/partnerships/redditch/load/"


@dataclass
class Site:
    """The demonstration, served on a database of which this is the server, and a visitor's browser."""

    address: str
    database: Server
    password: str
    opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def get(self, path: str) -> tuple[int, str]:
        """The page, and how it was answered."""
        return self._ask(Request(self.address + path))  # noqa: S310 - our own server

    def post(self, path: str, **said: str) -> tuple[int, str]:
        """Send a form."""
        return self._ask(Request(self.address + path, urlencode({**self._token(path), **said}).encode()))  # noqa: S310 - our own server

    def upload(self, name: str, content: str) -> tuple[int, str]:
        """Send a file."""
        parts = [
            f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'
            for key, value in self._token(f"{LOAD}new/").items()
        ]
        parts.append(f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{content}')
        body = "".join(f"--between\r\n{part}\r\n" for part in parts) + "--between--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=between"}
        return self._ask(Request(f"{self.address}{LOAD}new/", body.encode(), kind))  # noqa: S310 - our own server

    def _token(self, path: str) -> dict[str, str]:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path)[1])
        assert found is not None
        return {"csrfmiddlewaretoken": found[1]}

    def _ask(self, request: Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    port = free_port()
    command = [str(PROGRAM), "demo", "--out", str(tmp_path / "home"), "--serve", "--port", str(port)]
    with controlled_server() as database, (tmp_path / "said").open("wb") as said:
        around = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDAY_")}
        server = subprocess.Popen(
            command,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=around | {"QUARTERDAY_DATABASE": database.address},
        )
        try:
            for _ in range(10):  # it builds first
                try:
                    wait_for(port, server)
                    break
                except pytest.fail.Exception:
                    continue
            printed = dict(re.findall(r"(\w+)@demonstration\.example +(\S+)", (tmp_path / "said").read_text("utf-8")))
            yield Site(f"http://localhost:{port}", database, printed["analyst"])
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait(site: Site, path: str, wanted: str) -> str:
    """The page, once it says this."""
    until = time.monotonic() + MOST_WAITED
    while time.monotonic() < until:
        status, text = site.get(path)
        if status == 200 and wanted in text:
            return text
        time.sleep(0.5)
    pytest.fail(f"{path} did not say {wanted!r}: {status}")


def test_pages_and_jobs_outlive_ten_seconds_without_the_database(site: Site) -> None:
    site.post("/accounts/login/", login="analyst@demonstration.example", password=site.password)
    rows = "".join(f"Noise {name},Redditch,2011-{month:02d},4,,\n" for name in range(3000) for month in range(4, 13))
    status, _ = site.upload("noise.csv", "measure,area,period,value,status,note\n" + rows)
    assert status == 200
    site.database.stop()
    stopped = time.monotonic()
    for path in ("/", LOAD, "/accounts/login/"):
        asked = time.monotonic()
        status, text = site.get(path)
        assert (status, "The database does not answer" in text) == (503, True), text
        assert time.monotonic() - asked < LONGEST_PAGE
    time.sleep(max(0.0, AWAY - (time.monotonic() - stopped)))
    site.database.start()
    page = wait(site, LOAD, "noise.csv")
    key = re.search(rf"{LOAD}(\d+)/", page)
    assert key is not None
    read = wait(site, f"{LOAD}{key[1]}/", "27,000 new")
    assert "Load these figures" in read
