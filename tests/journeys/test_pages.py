"""The pages in a real browser: nothing that axe finds, no sideways scrolling, all by keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from quarterday.editions.archive import Kept
from tests.journeys.browsing import reach, serving, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(redditch_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The program, serving the Redditch workspace, in which nobody is."""
    with serving("--home", redditch_home, "serve", said=tmp_path_factory.mktemp("pages") / "said") as address:
        yield address


@pytest.mark.parametrize("address", ["/", "/editions/redditch/2011-12-q4/"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_a_page(page: Page, site: str, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    answer = page.goto(site + address)
    assert answer is not None
    assert (answer.status, violations(page)) == (200, [])


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
    expect(page.get_by_text("down 8 crimes (1.4%), from 581 to 573").first).to_be_visible()
    table = "Table 1: Protecting Communities in Redditch, rolling 12-month totals"
    reach(page, f"document.activeElement.getAttribute('aria-label') === '{table}'")
