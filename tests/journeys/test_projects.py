"""A manager asks for updates, and a lead answers in two minutes by the link in the e-mail, in a real browser."""

import re
from email import message_from_string, policy

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import Site, faults_of, reach, sign_in

pytestmark = pytest.mark.browser

QUARTER = "/partnerships/redditch/quarters/2011-12-q4/"
NARROW = {"width": 360, "height": 740}


def letters(site: Site) -> list[tuple[str, str]]:
    """To whom e-mails were printed, and their texts."""
    parts = re.findall(r"(Content-Type: text/plain.*?)\n-{70,}", site.said.read_text("utf-8"), re.DOTALL)
    read = [message_from_string(part, policy=policy.default) for part in parts]
    return [(letter["To"], letter.get_content()) for letter in read]


def link_to(site: Site, project: str) -> str:
    """The link for a project in the last e-mail to the lead who was asked."""
    (*_, text) = [text for receiver, text in letters(site) if receiver == "cay@example.org"]
    found = re.search(rf"{re.escape(project)}.*?\n(http\S+)", text)
    assert found is not None, text
    return re.sub(r"^http://[^/]+", site.address, found[1])


def open_project(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.address}{QUARTER}projects/")
    page.get_by_role("link", name=re.compile(name)).click()


def give_address(page: Page, site: Site, project: str, email: str) -> None:
    """Say whom to ask of a project."""
    open_project(page, site, project)
    page.get_by_role("link", name="Change leads and measures").click()
    page.get_by_label("E-mail address to ask for agency 1").fill(email)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Leads and measures were kept.").wait_for()


@pytest.fixture(scope="module")
def asked(browser: Browser, site: Site) -> Site:
    """The site once a manager has asked one lead of two projects."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    sign_in(page, site, "manager")
    give_address(page, site, "Schools hate-crime", "cay@example.org")
    give_address(page, site, "Lesbian, Gay", "cay@example.org")
    page.get_by_role("link", name="Projects").first.click()
    page.get_by_role("link", name="Ask for updates").click()
    found = faults_of(page, "ask")
    page.get_by_role("button", name="Ask for updates").click()
    page.get_by_text("Asked: 1 e-mail sent, for 2 projects.").wait_for()
    found += faults_of(page, "asked")
    context.close()
    assert found == []
    return site


def test_a_lead_answers_on_a_telephone_by_keyboard_and_the_analyst_sees_it(
    browser: Browser, page: Page, asked: Site
) -> None:
    context = browser.new_context(viewport=NARROW, bypass_csp=True)  # nobody has signed in here
    phone, complaints = context.new_page(), []
    phone.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    elsewhere: list[str] = []
    phone.on("request", lambda request: elsewhere.append(request.url) if asked.address not in request.url else None)
    phone.goto(link_to(asked, "Schools hate-crime prevention workshops"))
    found = faults_of(phone, "question", widths=(360, 320))
    reach(phone, "document.activeElement.name === 'text'")
    phone.keyboard.type("Workshops in two more schools.")
    reach(phone, "document.activeElement.name?.startsWith('state-')")
    phone.keyboard.press("ArrowRight")  # from open to done
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")  # without a word of what came of it
    phone.wait_for_function("document.title.startsWith('Error: ')")
    phone.wait_for_function("document.activeElement.textContent.trim().startsWith('There is a problem')")
    found += faults_of(phone, "question-error", widths=(360, 320))
    reach(phone, "document.activeElement.name?.startsWith('outcome-')")
    phone.keyboard.type("All three schools took part.")
    reach(phone, "document.activeElement.name === 'next_text'")
    phone.keyboard.type("Ask Woodfield Academy.")
    phone.keyboard.press("Tab")
    phone.keyboard.type("May 2012")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.get_by_role("heading", name="Thank you").wait_for()
    found += faults_of(phone, "thanks", widths=(360, 320))
    expect(phone.get_by_text("May 2012")).to_be_visible()
    assert context.cookies() == [cookie for cookie in context.cookies() if "csrf" in cookie["name"]]
    assert (found, complaints, elsewhere) == ([], [], [])
    phone.goto(f"{asked.address}{QUARTER}projects/")  # the link opens this one page, and no other
    assert "/accounts/login/" in phone.url
    context.close()

    sign_in(page, asked, "analyst")
    open_project(page, asked, "Schools hate-crime")
    expect(page.get_by_text("Workshops in two more schools.")).to_be_visible()
    expect(page.get_by_text("All three schools took part.")).to_be_visible()
    expect(page.get_by_text("Ask Woodfield Academy.").first).to_be_visible()
    expect(page.get_by_text("RAHP: answered")).to_be_visible()
    page.goto(f"{asked.address}/partnerships/redditch/history/")
    expect(page.get_by_text("Update by link sent to cay@example.org.")).to_be_visible()


def test_a_link_works_without_scripts_and_an_answer_is_changed(browser: Browser, asked: Site) -> None:
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)
    phone = context.new_page()
    phone.goto(link_to(asked, "Lesbian, Gay"))
    for text in ("Two evenings.", "Three evenings."):
        phone.get_by_label("What happened?").fill(text)
        phone.get_by_role("button", name="Send").click()
        expect(phone.get_by_text(text)).to_be_visible()
        phone.get_by_role("link", name="change your answer").click()
    context.close()


def test_a_link_that_was_cut_short_opens_nothing(page: Page, asked: Site) -> None:
    link = link_to(asked, "Lesbian, Gay")
    for forged in (f"{link[:-2]}/", link.replace("/updates/", "/updates/x")):
        answer = page.goto(forged)
        assert answer is not None
        assert answer.status == 404
    assert faults_of(page, "refused", widths=(360,)) == []


def test_pages_of_the_quarter_are_fit_for_everybody(page: Page, site: Site) -> None:
    sign_in(page, site, "analyst")
    open_project(page, site, "Keeping safe")
    project = page.url.removeprefix(site.address)
    addresses = {
        "projects": f"{QUARTER}projects/",
        "project-add": f"{QUARTER}projects/add/",
        "project": project,
        "leads": f"{project}leads/",
        "update-add": f"{project}updates/add/",
        "action-add": f"{project}actions/add/",
        "count-add": f"{project}counts/add/",
        "reminders": "/partnerships/redditch/reminders/",
        "countywide": f"{QUARTER}countywide/",
        "countywide-add": f"{QUARTER}countywide/add/",
        "highlights": f"{QUARTER}highlights/",
        "highlight-add": f"{QUARTER}highlights/add/",
    }
    found = []
    for name, address in addresses.items():
        page.goto(site.address + address)
        found += faults_of(page, name)
    for start, link, name in (
        ("project", re.compile("^Change the action"), "action"),
        ("project", re.compile("^Change the update"), "update"),
        ("countywide", re.compile("^Change Drugs"), "countywide-row"),
        ("countywide", re.compile("^Remove Drugs"), "countywide-remove"),
        ("highlights", re.compile("^Change, decide"), "highlight"),
    ):
        page.goto(site.address + addresses[start])
        page.get_by_role("link", name=link).first.click()
        found += faults_of(page, name)
    assert found == []


def test_an_issue_is_raised_decided_and_closed_by_keyboard(page: Page, site: Site) -> None:
    sign_in(page, site, "analyst")
    page.goto(f"{site.address}{QUARTER}highlights/add/")
    reach(page, "document.activeElement.name === 'kind'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Police availability is a constraint.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("was raised.").wait_for()
    page.get_by_role("link", name=re.compile("^Change, decide or close Police availability")).click()
    reach(page, "document.activeElement.name === 'decision'")
    page.keyboard.type("Two officers are offered.")
    reach(page, "document.activeElement.name === 'state'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_text("It was kept.").wait_for()
    expect(page.get_by_text("Decided: Two officers are offered.")).to_be_visible()
