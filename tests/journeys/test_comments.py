"""An analyst writes comments in a real browser: checked as they type, blocked, overridden with a reason, seen later."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import Site, looked_at, pictured, reach, sign_in, violations

pytestmark = pytest.mark.browser

MEASURES = "/partnerships/redditch/quarters/2011-12-q4/measures/"


def comment_on(page: Page, site: Site, measure: str) -> str:
    """Open the editor of a measure's comment, and say where it is."""
    page.goto(site.address + MEASURES)
    page.get_by_role("row", name=measure).get_by_role("link", name=re.compile("the comment on")).click()
    page.wait_for_url("**/comment/")
    return page.url.removeprefix(site.address)


def test_pages_of_measures_are_fit_for_everybody(page: Page, site: Site) -> None:
    sign_in(page, site, "analyst")
    comment = comment_on(page, site, "domestic abuse")
    measure = comment.removesuffix("comment/")
    page.goto(site.address + measure)
    source = str(page.get_by_role("link", name=re.compile("^Source")).last.get_attribute("href"))
    addresses = (MEASURES, measure, source, comment)
    assert looked_at(page, site, *addresses) == []


def test_no_page_of_measures_breaks_its_policy(browser: Browser, site: Site) -> None:
    context = browser.new_context()  # here the policy holds
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign_in(page, site, "analyst")
    address = comment_on(page, site, "Hate crime")
    page.get_by_label("Your comment").fill("Fewer reports than last year.")
    page.locator(".site-claims__item").first.wait_for()
    page.goto(site.address + address.removesuffix("comment/"))
    assert complaints == []
    context.close()


def test_a_contradicted_claim_is_put_right_blocked_or_overridden_by_keyboard_alone(page: Page, site: Site) -> None:
    sign_in(page, site, "analyst")
    comment_on(page, site, "Harassment")
    reach(page, "document.activeElement.name === 'text'")
    page.keyboard.press("Control+A")
    page.keyboard.type("Offences fell by 40 against last year.")
    marked = page.locator("mark.site-claim--contradicted")
    marked.first.wait_for()
    item = page.locator(".site-claims__item", has_text="Contradicted").first
    expect(item).to_contain_text("18")  # what it fell by
    expect(page.locator("#check-summary")).to_contain_text("blocks sign-off")
    assert violations(page) == []
    pictured(page, "comment-contradicted")

    reach(page, "document.activeElement.textContent === 'Save'")
    page.keyboard.press("Enter")
    page.get_by_text("Comment saved. It blocks sign-off").wait_for()
    page.goto(site.address + MEASURES)
    row = page.get_by_role("row", name=re.compile("Harassment"))
    expect(row.get_by_text("Blocks sign-off")).to_be_visible()

    comment_on(page, site, "Harassment")
    reach(page, "(document.activeElement.name || '').startsWith('reason-')")
    page.keyboard.type("The force counts the cases that it closed.")
    page.keyboard.press("Enter")
    page.get_by_text("Comment saved.", exact=True).wait_for()
    expect(page.locator("mark.site-claim--overridden").first).to_be_visible()
    pictured(page, "comment-overridden")
    page.goto(site.address + MEASURES)
    row = page.get_by_role("row", name=re.compile("Harassment"))
    expect(row.get_by_text("1 overridden")).to_be_visible()
    expect(row.get_by_text("Blocks sign-off")).not_to_be_visible()

    page.goto(f"{site.address}/partnerships/redditch/history/")
    kept = page.get_by_role("row", name=re.compile("The force counts the cases that it closed"))
    expect(kept.get_by_text("Demo Analyst")).to_be_visible()


def test_a_reason_that_is_being_typed_outlives_the_marks_that_arrive(page: Page, site: Site) -> None:
    sign_in(page, site, "analyst")
    comment_on(page, site, "Racially")
    page.get_by_label("Your comment").fill("Offences rose by 400 against last year.")
    reason = page.get_by_label(re.compile("^Why it stays"))
    reason.fill("Half")
    text = page.get_by_label("Your comment")
    with page.expect_response("**/check/"):
        text.press_sequentially(" It is so.")
    expect(reason).to_have_value("Half")


def test_the_draft_is_copied_and_nothing_written_is_lost(page: Page, site: Site) -> None:
    sign_in(page, site, "analyst")
    comment_on(page, site, "vulnerable adult")
    text, drafted = page.get_by_label("Your comment"), page.locator("#draft-text").inner_text()
    text.fill("Mine.")
    page.get_by_role("button", name="Use the draft").click()
    expect(text).to_have_value(f"Mine.\n\n{drafted}")
    page.locator("mark.site-claim--supported").first.wait_for()


def test_without_scripts_all_of_it_works_by_buttons(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    sign_in(page, site, "manager")
    page.goto(site.address + MEASURES)
    page.get_by_role("row", name="vulnerable adult").get_by_role("link", name=re.compile("the comment on")).click()
    page.get_by_label("Your comment").fill("Crimes rose by 300 against last year.")
    page.get_by_role("button", name="Check").click()
    expect(page.locator("mark.site-claim--contradicted").first).to_be_visible()
    page.get_by_label(re.compile("^Why it stays")).first.fill("As the minutes have it.")
    page.get_by_role("button", name="Use the draft").click()
    expect(page.get_by_label("Your comment")).to_have_value(re.compile("^Crimes rose by 300 against last year[.]"))
    expect(page.get_by_label(re.compile("^Why it stays")).first).to_have_value("As the minutes have it.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Comment saved.", exact=True)).to_be_visible()
    context.close()


def test_the_second_of_two_who_write_sees_both_texts(browser: Browser, page: Page, site: Site) -> None:
    sign_in(page, site, "analyst")
    address = comment_on(page, site, "Hate crime")
    context = browser.new_context(bypass_csp=True)
    other = context.new_page()
    sign_in(other, site, "manager")
    other.goto(site.address + address)
    other.get_by_label("Your comment").fill("What the manager wrote.")
    other.get_by_role("button", name="Save").click()
    other.get_by_text("Comment saved.", exact=True).wait_for()
    context.close()
    page.get_by_label("Your comment").fill("What the analyst wrote.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Demo Manager saved another text while you wrote.").wait_for()
    expect(page.locator("#their-text")).to_have_text("What the manager wrote.")
    expect(page.get_by_label("Your comment")).to_have_value("What the analyst wrote.")
    assert violations(page) == []
    pictured(page, "comment-overtaken")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Comment saved.", exact=True).wait_for()


def test_somebody_who_is_no_longer_signed_in_hears_of_it_before_they_save(page: Page, site: Site) -> None:
    sign_in(page, site, "analyst")
    comment_on(page, site, "Harassment")
    page.context.clear_cookies(name="quarterday-session")
    page.get_by_label("Your comment").fill("Fewer.")
    page.get_by_text("You are no longer signed in. Copy your text").wait_for()
    expect(page.get_by_label("Your comment")).to_have_value("Fewer.")
