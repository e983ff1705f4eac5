"""What journeys share: a browser, axe, and a server that answers."""

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's own chromium; the switches let it run as root and keep it from calling out."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, "the server stopped before it served"
        time.sleep(0.1)
    pytest.fail("the server did not answer within 20 seconds")


def violations(page: Page) -> list[str]:
    """What axe finds on the page."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")
    return [f"{rule}: {places}" for rule, places in found]


def reach(page: Page, condition: str) -> None:
    """Go on from one thing that takes the focus to the next, until ``condition`` holds."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    pytest.fail(f"the Tab key did not reach what was wanted: {condition}")
