"""A whole quarter of Redditch in a real browser: from nothing held to a published edition, and its correction."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, run_program
from tests.journeys.browsing import Site, serving, sign_in

pytestmark = pytest.mark.browser

REDDITCH = ROOT / "src" / "quarterday" / "examples" / "redditch"
QUARTER = "/partnerships/redditch/quarters/2011-12-q4/"
PASSWORD = "amber lantern on the quay"  # noqa: S105 - everybody's, in tests
WRITTEN = "Lower than last year: 573 offences against 581, a fall of 8."
CORRECTED = "Lower than last year by 8 offences, from 581 to 573."


@pytest.fixture(scope="module")
def ways_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A workspace that holds Redditch's plan and no figure, and the address at which each person chooses a password."""
    home = tmp_path_factory.mktemp("quarter") / "home"
    ran = [run_program("--home", home, "load", "plan", REDDITCH / "plan.toml")]
    ways = {}
    for role in ("analyst", "manager", "signatory"):
        email = f"{role}@demonstration.example"
        added = run_program("--home", home, "people", "add", email, "--name", f"Real {role.capitalize()}")
        given = run_program("--home", home, "people", "role", email, "--role", role, "--partnership", "Redditch")
        ways[role] = re.search(r"/accounts/\S+", added.stdout)[0]  # type: ignore[index]
        ran += [added, given]
    assert [done.stderr for done in ran if done.returncode] == []
    return home, ways


@pytest.fixture(scope="module")
def site(ways_in: tuple[Path, dict[str, str]]) -> Iterator[Site]:
    home, ways = ways_in
    said = home.with_name("said")
    with serving("--home", home, "serve", said=said) as address:
        yield Site(address, dict.fromkeys(ways, PASSWORD), home, said)


@pytest.fixture(scope="module")
def people(browser: Browser, site: Site, ways_in: tuple[Path, dict[str, str]]) -> Iterator[dict[str, Page]]:
    """A browser for each role, in which they have chosen a password and signed in, and one for anybody."""
    pages = {role: browser.new_context().new_page() for role in (*ways_in[1], "anybody")}
    for role, way in ways_in[1].items():
        page = pages[role]
        page.goto(site.address + way)
        for box in page.locator("input[type=password]").all():
            box.fill(PASSWORD)
        page.locator("main form button[type=submit]").click()
        sign_in(page, site, role)
    yield pages
    for page in pages.values():
        page.context.close()


def press(page: Page, site: Site, words: str) -> str:
    """Press a button of the quarter's page, and give what the banner then says."""
    page.goto(site.address + QUARTER)
    page.get_by_role("button", name=words, exact=True).or_(page.get_by_role("link", name=words, exact=True)).click()
    page.wait_for_load_state()
    return " ".join(page.locator(".govuk-notification-banner").all_inner_texts())


def write(page: Page, site: Site, text: str) -> None:
    """Write the comment on domestic abuse."""
    page.goto(f"{site.address}{QUARTER}measures/")
    page.get_by_role("link", name=re.compile("domestic abuse")).first.click()
    page.get_by_role("link", name=re.compile("comment", re.IGNORECASE)).first.click()
    page.get_by_label("Your comment").fill(text)
    page.get_by_role("button", name=re.compile("^Save")).first.click()
    page.wait_for_load_state()


def sign_and_publish(people: dict[str, Page], site: Site, *, version: int) -> None:
    assert "A manager reviews it next" in press(people["analyst"], site, "Submit for review")
    assert "A signatory signs it next" in press(people["manager"], site, "Mark as reviewed")
    press(people["signatory"], site, "Sign")
    people["signatory"].get_by_role("button", name=f"Sign version {version}").click()
    assert "Published." in press(people["manager"], site, "Publish")


def test_a_quarter_goes_from_a_file_to_print_and_a_correction(people: dict[str, Page], site: Site) -> None:
    analyst, anybody = people["analyst"], people["anybody"]
    analyst.goto(site.address + QUARTER)
    expect(analyst.locator(".site-checklist--blocks")).to_contain_text("no figure", ignore_case=True)
    # The figures come in.
    analyst.goto(f"{site.address}/partnerships/redditch/load/new/")
    analyst.get_by_label("File", exact=True).set_input_files(REDDITCH / "figures.csv")
    analyst.get_by_role("button", name="Upload").click()
    analyst.get_by_text("To be decided", exact=True).first.wait_for()
    analyst.get_by_role("button", name="Load these figures").click()
    analyst.get_by_text("Loaded", exact=True).first.wait_for()
    # They contradict a comment, which is mended.
    analyst.goto(site.address + QUARTER)
    expect(analyst.locator(".site-checklist--blocks")).to_contain_text("contradict")
    write(analyst, site, WRITTEN)
    analyst.goto(site.address + QUARTER)
    assert analyst.locator(".site-checklist--blocks").count() == 0
    sign_and_publish(people, site, version=1)
    anybody.goto(f"{site.address}/editions/")
    anybody.get_by_role("link", name=re.compile("Redditch|Protecting")).first.click()
    expect(anybody.locator("main")).to_contain_text(WRITTEN)
    # A correction is another version, signed and published as the first was.
    press(people["manager"], site, "Begin a correction")
    people["manager"].get_by_label("What is corrected, and why").fill("The sentence is plainer.")
    people["manager"].get_by_role("button", name="Begin the correction").click()
    write(analyst, site, CORRECTED)
    sign_and_publish(people, site, version=2)
    anybody.goto(f"{site.address}/editions/redditch/2011-12-q4/")
    expect(anybody.locator("main")).to_contain_text(CORRECTED)
    anybody.get_by_role("link", name="Compare with version 1").click()
    for text in ("The sentence is plainer.", WRITTEN, CORRECTED):
        expect(anybody.locator("main")).to_contain_text(text)
