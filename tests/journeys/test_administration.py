"""An administrator and a manager at work, in a real browser: partnerships, people, and a plan changed by a file."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import run_program
from tests.journeys.browsing import Site, looked_at, reach, sign_in, violations
from tests.journeys.test_people import code_of

pytestmark = pytest.mark.browser

TEMPLATE = """format = 1
[partnership]
name = "Alton Community Safety Partnership"
short_name = "Alton"
county = "Dorset"
areas = [{name = "Alton"}]
"""


def test_pages_of_an_administrator_are_fit_for_everybody(page: Page, site: Site) -> None:
    sign_in(page, site, "administrator")
    page.goto(f"{site.address}/administration/people/")
    deactivate = page.get_by_role("link", name="Deactivate Demo Reader").get_attribute("href")
    addresses = (
        "/administration/",
        "/administration/people/",
        str(deactivate),
        "/administration/roles/",
        "/administration/plans/",
        "/administration/history/",
    )
    assert looked_at(page, site, *addresses) == []


def test_an_administrator_adds_a_partnership_by_a_file(page: Page, site: Site, tmp_path: Path) -> None:
    sign_in(page, site, "administrator")
    page.get_by_role("link", name="Administration").click()
    page.get_by_role("link", name="Add a partnership").click()
    (tmp_path / "alton.toml").write_text(TEMPLATE, "utf-8")
    page.get_by_label("Plan file").set_input_files(tmp_path / "alton.toml")
    page.get_by_role("button", name="See what it holds").click()
    page.get_by_role("heading", name="Alton Community Safety Partnership").wait_for()
    found = looked_at(page, site, page.url.removeprefix(site.address))
    page.get_by_label("Why").fill("Begins in April.")
    page.get_by_role("button", name="Add what it holds").click()
    page.get_by_text("the plan is the one of alton.toml now").wait_for()
    expect(page.get_by_role("row", name=re.compile("Alton Community Safety Partnership Alton Dorset"))).to_be_visible()
    assert (found, violations(page)) == ([], [])


def test_who_is_deactivated_is_out_and_comes_back(browser: Browser, page: Page, site: Site) -> None:
    context = browser.new_context()
    reader = context.new_page()
    sign_in(reader, site, "reader")
    reader.get_by_role("heading", name="Your partnerships").wait_for()
    sign_in(page, site, "administrator")
    page.goto(f"{site.address}/administration/people/?find=reader")
    page.get_by_role("link", name="Deactivate Demo Reader").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Deactivate Demo Reader?").wait_for()
    reach(page, "document.activeElement.name === 'why'")
    page.keyboard.type("Has left.")
    page.keyboard.press("Enter")
    page.get_by_text("Demo Reader: deactivated, and signed out everywhere.").wait_for()
    reader.goto(f"{site.address}/account/")
    assert "/accounts/login/" in reader.url
    sign_in(reader, site, "reader")
    reader.wait_for_url("**/accounts/inactive/")
    assert looked_at(page, site, "/administration/people/") == []
    page.get_by_role("link", name="Reactivate Demo Reader").click()
    assert violations(page) == []
    page.get_by_label("Why").fill("Is back.")
    page.get_by_role("button", name="Reactivate").click()
    page.get_by_text("Demo Reader: active again").wait_for()
    sign_in(reader, site, "reader")
    reader.get_by_role("heading", name="Your partnerships").wait_for()
    context.close()


def test_a_manager_changes_the_plan_by_a_file_and_sees_first_what_it_does(
    page: Page, site: Site, tmp_path: Path
) -> None:
    sign_in(page, site, "manager")
    page.goto(f"{site.address}/partnerships/redditch/plan/")
    found = looked_at(page, site, "/partnerships/redditch/plan/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the plan as a file").click()
    text = download.value.path().read_text("utf-8")
    text = text.replace('polarity = "lower"', 'polarity = "higher"', 1)
    text = re.sub(r"(?s)\[\[editions\.comments\]\].*?(?=\n\[)", "", text, count=1)
    (tmp_path / "changed.toml").write_text(text, "utf-8")
    page.get_by_role("link", name="Change the plan by a file").click()
    found += looked_at(page, site, "/partnerships/redditch/plan/import/")
    page.get_by_label("Plan file").set_input_files(tmp_path / "changed.toml")
    page.get_by_role("button", name="See what would change").click()
    page.get_by_text("What people wrote would be removed or written over.").wait_for()
    found += looked_at(page, site, page.url.removeprefix(site.address))
    row = page.get_by_role("row", name=re.compile("Changed measure: Harassment offences; polarity"))
    expect(row.get_by_text("higher")).to_be_visible()
    page.get_by_role("button", name="Discard the file").click()
    page.get_by_text("Discarded; nothing was changed.").wait_for()
    page.goto(f"{site.address}/partnerships/redditch/plan/")
    expect(page.get_by_text("Lower").first).to_be_visible()
    assert found == []


def test_pages_of_coming_in_are_fit_for_everybody(browser: Browser, page: Page, site: Site) -> None:
    """The link that lets a newcomer choose a password; the form of passkeys; and what stands in the way."""
    sign_in(page, site, "contributor")
    found = []
    page.goto(f"{site.address}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(site.passwords["contributor"])
    page.get_by_role("button", name="Confirm").click()
    found += looked_at(page, site, "/accounts/2fa/webauthn/add/")
    page.goto(f"{site.address}/accounts/2fa/totp/activate/")
    page.get_by_label("code").fill(code_of(page.get_by_label("Secret").input_value()))
    page.get_by_role("button", name="Add the app").click()
    page.get_by_text("recovery codes available").first.wait_for()
    for address in ("/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/generate/", "/account/"):
        found += looked_at(page, site, address)
    found += looked_at(page, site, "/accounts/2fa/totp/deactivate/")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("None").first).to_be_visible()
    context = browser.new_context(bypass_csp=True)
    new = context.new_page()
    named = ("people", "add", "new.comer@example.org", "--name", "New Comer")
    done = run_program(*named, environment={"QUARTERDAY_HOME": str(site.home)})
    address = re.search(r"/accounts/password/reset/key/\S+", done.stdout)
    assert address is not None, done.stderr
    new.goto(site.address + address[0])
    expect(new.get_by_role("heading", level=1)).to_be_visible()
    found += looked_at(new, site, new.url.removeprefix(site.address))
    for address_of_page in (
        "/accounts/inactive/",
        "/accounts/password/reset/key/done/",
        "/accounts/password/reset/done/",
    ):
        found += looked_at(new, site, address_of_page)
    context.close()
    assert found == []


def test_a_password_can_be_shown_while_it_is_typed(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/accounts/login/")
    field = page.get_by_label("Password")
    field.fill("amber lantern")
    page.get_by_role("button", name="Show what you type").click()
    expect(field).to_have_attribute("type", "text")
    assert violations(page) == []
    page.get_by_role("button", name="Hide what you type").click()
    expect(field).to_have_attribute("type", "password")
    assert looked_at(page, site, "/accounts/login/") == []


def test_the_strength_of_a_new_password_is_told_while_it_is_typed(page: Page, site: Site) -> None:
    sign_in(page, site, "reader")
    page.goto(f"{site.address}/accounts/password/change/")
    field, told = page.locator("#id_password1"), page.get_by_role("status")
    for password, words in (
        ("password", "Too easy"),
        ("amber lantern", "Good enough"),
        ("amber lantern on the quay", "Strong"),
    ):
        field.fill(password)
        expect(told).to_contain_text(words)
        assert violations(page) == []
    field.fill("")
    expect(told).to_be_empty()
