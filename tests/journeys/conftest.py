"""What journeys share: a browser, and the demonstration with one user a role, as it is served."""

import re
import shutil
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.browsing import CHROMIUM, Site, serving


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


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The demonstration, built once, and the passwords that it printed; it is not served any longer."""
    folder = tmp_path_factory.mktemp("demonstration")
    home, said = folder / "home", folder / "said"
    with serving("demo", "--out", home, "--serve", said=said) as address:
        urlopen(address).close()  # noqa: S310 - our own; one that still starts is slow to stop
        printed = re.findall(r"(\w+)@demonstration\.example +(\S+)", said.read_text("utf-8"))
    return Site(address, dict(printed), home, said)


@pytest.fixture(scope="module")
def site(demonstration: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the demonstration for the tests of one file, which they may change."""
    folder = tmp_path_factory.mktemp("site")
    home, said = folder / "home", folder / "said"
    shutil.copytree(demonstration.home, home)
    with serving("--home", home, "serve", said=said) as address:
        yield Site(address, demonstration.passwords, home, said)
