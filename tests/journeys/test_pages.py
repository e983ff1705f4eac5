"""The pages in a real browser: nothing that axe finds, no sideways scrolling, all by keyboard."""

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from quarterday.editions.archive import Kept
from tests.conftest import PROGRAM, ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = pytest.mark.browser


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


@pytest.fixture(scope="module")
def site(redditch_home: Path) -> Iterator[str]:
    """The program, serving the Redditch workspace."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(PROGRAM), "--home", str(redditch_home), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, "the server stopped before it served"
        time.sleep(0.1)
    pytest.fail("the server did not answer within 20 seconds")


def violations(page: Page) -> list[str]:
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")
    return [f"{rule}: {places}" for rule, places in found]


@pytest.mark.parametrize("address", ["/", "/editions/redditch/2011-12-q4/"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_a_page(page: Page, site: str, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + address)
    assert violations(page) == []


def test_axe_finds_nothing_in_the_file_that_stands_alone(page: Page, redditch: Kept) -> None:
    page.goto((redditch.folder / "edition.html").as_uri())
    assert violations(page) == []


@pytest.mark.parametrize("address", ["/", "/editions/redditch/2011-12-q4/"])
def test_a_narrow_page_scrolls_sideways_only_within_its_tables(page: Page, site: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_pages_own_policy_stops_nothing_that_it_needs(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site}/editions/redditch/2011-12-q4/")
    drawn = page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    context.close()
    assert (drawn, complaints) == (True, [])


def test_a_reader_gets_from_the_list_to_the_flag_by_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    reach(page, "document.activeElement.textContent.startsWith('Q4 2011/12')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/editions/redditch/2011-12-q4/"))
    assert page.get_by_text("down 8 crimes (1.4%), from 581 to 573").first.is_visible()
    table = "Table 1: Protecting Communities in Redditch, rolling 12-month totals"
    reach(page, f"document.activeElement.getAttribute('aria-label') === '{table}'")


def reach(page: Page, condition: str) -> None:
    """Go on from one thing that takes the focus to the next, until ``condition`` holds."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    pytest.fail(f"the Tab key did not reach what was wanted: {condition}")
