"""Redditch's quarter from draft to published edition and a correction, in a real browser, by role."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import Site, looked_at, pictured, sign_in, violations

pytestmark = pytest.mark.browser

QUARTER = "/partnerships/redditch/quarters/2011-12-q4/"
EDITION = "/editions/redditch/2011-12-q4/"


@pytest.fixture(scope="module")
def people(browser: Browser, site: Site) -> Iterator[dict[str, Page]]:
    """A browser for each role, signed in."""
    contexts = {role: browser.new_context(bypass_csp=True) for role in ("analyst", "manager", "signatory", "anonymous")}
    pages = {role: context.new_page() for role, context in contexts.items()}
    for role, page in pages.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        if role != "anonymous":
            sign_in(page, site, role)
    yield pages
    for context in contexts.values():
        context.close()


def said(page: Page) -> str:
    """What the banners say, when the page has come."""
    page.wait_for_load_state()
    return " ".join(page.locator(".govuk-notification-banner").all_inner_texts())


def press(page: Page, site: Site, words: str, address: str = QUARTER) -> str:
    page.goto(site.address + address)
    page.get_by_role("button", name=words, exact=True).or_(page.get_by_role("link", name=words, exact=True)).click()
    return said(page)


def override_contradictions(page: Page, site: Site) -> None:
    """Give a reason for each claim that the figures contradict."""
    page.goto(site.address + QUARTER)
    page.locator(".site-checklist--blocks").get_by_role("link", name=re.compile("^Put it right")).first.click()
    for box in page.get_by_label(re.compile("why it stays", re.IGNORECASE)).all():
        box.fill("As the board was told in April 2012.")
    page.get_by_role("button", name=re.compile("^Save")).first.click()


def test_a_quarter_goes_from_draft_to_print_and_a_correction(
    people: dict[str, Page], site: Site, tmp_path: Path
) -> None:
    analyst, manager, signatory, anybody = (people[role] for role in ("analyst", "manager", "signatory", "anonymous"))
    # What the figures contradict blocks.
    assert looked_at(analyst, site, "/?draft", f"{QUARTER}?draft") == []
    assert "the figures contradict" in press(analyst, site, "Submit for review").lower()
    override_contradictions(analyst, site)
    assert "A manager reviews it next" in press(analyst, site, "Submit for review")
    # The manager returns it, and the analyst submits it again.
    press(manager, site, "Return it")
    manager.get_by_label("What is to be changed").fill("Say why hate crime reports fell.")
    manager.get_by_role("button", name="Return it").click()
    assert "Returned" in said(manager)
    analyst.goto(site.address + QUARTER)
    assert "Say why hate crime reports fell." in analyst.content()
    assert "A manager reviews it next" in press(analyst, site, "Submit for review")
    # Nobody signs before the review.
    signatory.goto(f"{site.address}{QUARTER}sign/")
    assert "nobody has reviewed this version" in signatory.content()
    assert "A signatory signs it next" in press(manager, site, "Mark as reviewed")
    assert looked_at(signatory, site, QUARTER, f"{QUARTER}sign/", f"{QUARTER}preview/") == []
    press(signatory, site, "Sign")
    signatory.get_by_role("button", name="Sign version 1").click()
    assert "Signed, and frozen" in said(signatory)
    anybody.goto(site.address + EDITION)
    expect(anybody.locator("h1")).to_have_text("Page not found")
    assert "Published." in press(manager, site, "Publish")
    # Anybody reads it, and sees that what they have is what was signed.
    assert looked_at(anybody, site, EDITION, "/verify/", "/editions/") == []
    anybody.goto(site.address + EDITION)
    with anybody.expect_download() as coming:
        anybody.get_by_role("link", name=re.compile("^PDF")).click()
    file = tmp_path / "report.pdf"
    coming.value.save_as(file)
    verified = verify(anybody, site, file)
    assert "Unchanged" in verified
    assert "version 1 of the edition of Redditch Community Safety Partnership for Q4 2011/12" in verified
    file.write_bytes(file.read_bytes() + b" ")
    assert "Unknown" in verify(anybody, site, file)
    assert violations(anybody) == []
    correct(manager, site)
    # The correction is signed and published, by the same three, and says what it changed.
    press(analyst, site, "Submit for review")
    press(manager, site, "Mark as reviewed")
    press(signatory, site, "Sign")
    signatory.get_by_role("button", name="Sign version 2").click()
    anybody.goto(site.address + EDITION)
    assert "Version 1" in anybody.content()
    assert "Published." in press(manager, site, "Publish")
    anybody.goto(site.address + EDITION)
    anybody.get_by_role("link", name="Compare with version 1").click()
    expect(anybody.locator("main")).to_contain_text("A highlight was left out.")
    expect(anybody.locator("table")).to_contain_text("Note. Redditch")
    assert looked_at(anybody, site, f"{EDITION}compare/1/2/", EDITION, "/editions/redditch/2011-12-q4-version-1/") == []
    assert looked_at(manager, site, "/?as=manager", QUARTER, "/partnerships/redditch/begin-quarter/") == []


def correct(manager: Page, site: Site) -> None:
    press(manager, site, "Begin a correction")
    pictured(manager, "correct")
    assert violations(manager) == []
    manager.get_by_label("What is corrected, and why").fill("A highlight was left out.")
    manager.get_by_role("button", name="Begin the correction").click()
    assert "Version 2 was begun" in said(manager)
    assert looked_at(manager, site, QUARTER, f"{QUARTER}due/", f"{QUARTER}correct/") == []


def verify(page: Page, site: Site, file: Path) -> str:
    page.goto(f"{site.address}/verify/")
    page.get_by_label("A file of an edition").set_input_files(file)
    page.get_by_role("button", name="Verify").click()
    return page.locator(".site-verdict").inner_text()
