"""People come in and roles are given, in a real browser, in the demonstration with one user a role."""

import re
from dataclasses import replace

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import Site, looked_at, pictured, reach, sign_in, violations

pytestmark = pytest.mark.browser


def test_the_demonstration_has_one_user_a_role(site: Site) -> None:
    assert set(site.passwords) == {"reader", "contributor", "analyst", "manager", "signatory", "administrator"}


def test_pages_for_everybody_are_fit_for_everybody(page: Page, site: Site) -> None:
    addresses = ("/editions/", "/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/no-such-page/")
    assert looked_at(page, site, *addresses) == []


def test_pages_of_a_manager_are_fit_for_everybody(page: Page, site: Site) -> None:
    sign_in(page, site, "manager")
    page.goto(f"{site.address}/partnerships/redditch/history/")
    change = page.locator("tbody a").first.get_attribute("href")
    role = page.goto(f"{site.address}/partnerships/redditch/people/") and page.get_by_role(
        "link", name=re.compile("^End")
    ).first.get_attribute("href")
    addresses = (
        "/",
        "/account/",
        "/partnerships/redditch/people/",
        str(role),
        "/partnerships/redditch/history/",
        str(change),
        "/accounts/password/change/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/sessions/",
        "/accounts/logout/",
        "/accounts/reauthenticate/",
        "/accounts/3rdparty/",
        "/account/tokens/",
        "/api/",
    )
    assert looked_at(page, site, *addresses) == []


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        ("administrator", ("/?as=administrator", "/partnerships/redditch/people/?as=administrator")),
        (
            "contributor",
            ("/?as=contributor", "/editions/?as=contributor", "/partnerships/redditch/history/?as=contributor"),
        ),
    ],
)
def test_pages_of_others_are_fit_for_everybody(page: Page, site: Site, role: str, addresses: tuple[str, ...]) -> None:
    sign_in(page, site, role)
    assert looked_at(page, site, *addresses) == []


def test_a_manager_gives_a_role_by_keyboard_and_hears_what_is_wrong_first(page: Page, site: Site) -> None:
    sign_in(page, site, "manager")
    page.get_by_role("link", name="People of Redditch").click()
    reach(page, "document.activeElement.name === 'email'")
    page.keyboard.press("Enter")
    page.wait_for_function("document.title.startsWith('Error: ')")
    page.wait_for_function("document.activeElement.textContent.trim().startsWith('There is a problem')")
    assert violations(page) == []
    pictured(page, "error")
    reach(page, "document.activeElement.name === 'email'")
    page.keyboard.type("new@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("New Comer")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    reach(page, "document.activeElement.name === 'why'")
    page.keyboard.type("Joins the team.")
    page.keyboard.press("Enter")
    page.get_by_text("New Comer, reader in Redditch Community Safety Partnership: given.").wait_for()
    page.goto(f"{site.address}/partnerships/redditch/history/")
    row = page.get_by_role("row", name=re.compile("Joins the team"))
    expect(row.get_by_text("Demo Manager")).to_be_visible()


def test_a_token_is_made_shown_once_and_reads_what_it_is_good_for(page: Page, site: Site) -> None:
    sign_in(page, site, "reader")
    page.goto(f"{site.address}/account/tokens/")
    page.get_by_role("button", name="Make the token").click()
    page.get_by_text("There is a problem").wait_for()
    found = violations(page)
    page.get_by_label("What it is for").fill("board dashboard")
    page.get_by_label("Figures").check()
    page.get_by_label("Why").fill("The board's dashboard.")
    page.get_by_role("button", name="Make the token").click()
    page.get_by_role("heading", name="Your token for board dashboard").wait_for()
    found += violations(page)
    token = page.locator("main code").first.inner_text()
    headers = {"Authorization": f"Bearer {token}"}
    answers = [
        page.request.get(f"{site.address}/api/{call}", headers=headers)
        for call in ("figures?area=redditch", "partnerships")
    ]
    page.goto(f"{site.address}/account/tokens/")
    found += violations(page)
    page.get_by_role("link", name="End board dashboard").click()
    found += violations(page)
    assert ([answer.status for answer in answers], found) == ([200, 403], [])


def test_somebody_sets_up_a_second_step_and_is_asked_for_it(browser: Browser, page: Page, site: Site) -> None:
    sign_in(page, site, "analyst")
    page.goto(f"{site.address}/accounts/2fa/totp/activate/")
    page.get_by_label("Password").fill(site.passwords["analyst"])
    page.get_by_role("button", name="Confirm").click()
    assert looked_at(page, site, "/accounts/2fa/totp/activate/") == []
    secret = page.get_by_label("Secret").input_value()
    page.get_by_label("code").fill(code_of(secret))
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_text("recovery codes available").first).to_be_visible()
    found = looked_at(page, site, "/accounts/2fa/recovery-codes/", "/accounts/2fa/")
    context = browser.new_context(bypass_csp=True)
    other = context.new_page()
    sign_in(other, site, "analyst")
    found += violations(other)
    other.get_by_label("code").fill(code_of(secret))
    other.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
    expect(other.get_by_role("heading", name="Your partnerships")).to_be_visible()
    assert found == []
    context.close()


def code_of(secret: str) -> str:
    """What the app shows now: of the counters that are taken, the middle one."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def test_a_passkey_is_added_and_signs_in(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    chrome = context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    chrome.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    sign_in(page, site, "signatory")
    page.goto(f"{site.address}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(site.passwords["signatory"])
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile("/accounts/2fa/(recovery-codes/|webauthn/)$"))
    page.goto(f"{site.address}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site.address}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Your partnerships").wait_for()
    context.close()
    assert complaints == []


def test_everything_but_passkeys_works_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "reader")
    expect(page.get_by_role("heading", name="Your partnerships")).to_be_visible()
    page.get_by_role("link", name="Read it").click()
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site.address}/accounts/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).not_to_be_visible()
    context.close()


def test_guessing_locks_an_address_in_every_process_that_serves(page: Page, site: Site) -> None:
    wrong = replace(site, passwords={"contributor": "a wrong guess"})
    for _ in range(5):
        sign_in(page, wrong, "contributor")
        page.get_by_text("There is a problem").wait_for()
    for _ in range(4):  # as often as either process may answer
        sign_in(page, site, "contributor")
        page.get_by_text("Too many failed login attempts").first.wait_for()
