"""How journeys go: a server that answers, somebody who signs in, and what is wrong with a page."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import PROGRAM, ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
PICTURES = os.environ.get("QUARTERDAY_PICTURES")  # a folder for pictures of every page, to be looked at


@dataclass(frozen=True)
class Site:
    """A workspace as it is served, the passwords of its people, and the file of what its server has printed."""

    address: str
    passwords: Mapping[str, str]
    home: Path
    said: Path


@contextmanager
def serving(*arguments: str | Path, said: Path) -> Iterator[str]:
    """The address at which the program serves with these arguments meanwhile; it prints into ``said``, at once."""
    port = free_port()
    with said.open("wb") as printed:
        server = subprocess.Popen(
            [str(PROGRAM), *map(str, arguments), "--port", str(port)],
            stdout=printed,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
    try:
        wait_for(port, server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until it answers there, which it does after it has built what it was told to."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, "the server stopped before it served"
        time.sleep(0.1)
    pytest.fail("the server did not answer within two minutes")


def sign_in(page: Page, site: Site, role: str) -> None:
    """Come in as the user of a role."""
    page.goto(f"{site.address}/accounts/login/")
    page.get_by_label("Email").fill(f"{role}@demonstration.example")
    page.get_by_label("Password").fill(site.passwords[role])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


def violations(page: Page) -> list[str]:
    """What axe finds on the page, which may still be loading."""
    page.wait_for_load_state()
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")
    return [f"{rule}: {places}" for rule, places in found]


def pictured(page: Page, name: str) -> None:
    """Keep a picture of the whole page, where pictures are wanted."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{re.sub(r'[/?]', '_', name)}.png", full_page=True)


def faults_of(page: Page, name: str, *, widths: tuple[int, ...] = (1280, 320)) -> list[str]:
    """What is wrong with the page as it stands, in each width; then it is as wide as the first again."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        pictured(page, f"{name}-{width}")
        found += [f"{name} at {width}: {wrong}" for wrong in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} at {width} scrolls sideways")
    page.set_viewport_size({"width": widths[0], "height": 800})
    return found


def looked_at(page: Page, site: Site, *addresses: str) -> list[str]:
    """What is wrong with pages when they are opened, wide and narrow."""
    found = []
    for address in addresses:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(site.address + address)
            found += faults_of(page, address, widths=(width,))
    return found


def reach(page: Page, condition: str) -> None:
    """Go on from one thing that takes the focus to the next, until ``condition`` holds.

    A page that has loaded may have moved the focus, to its errors; until then it is no use to begin.
    """
    page.wait_for_load_state()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    pytest.fail(f"the Tab key did not reach what was wanted: {condition}")
