"""An analyst loads figures in a real browser: sees what they would do, and accepts; a bad file shows its faults."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from quarterday.domain.period import Period
from quarterday.sources.monthly_return import write_monthly_return_template
from tests.conftest import ROOT
from tests.journeys.browsing import Site, faults_of, looked_at, reach, sign_in

pytestmark = pytest.mark.browser

FIGURES = ROOT / "src" / "quarterday" / "examples" / "redditch" / "figures.csv"
LOAD = "/partnerships/redditch/load/"


def send(page: Page, site: Site, file: Path, *, until: str) -> None:
    """Upload a file, and wait until the page, which looks again by itself, says this."""
    page.goto(f"{site.address}{LOAD}new/")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    page.get_by_text(until, exact=True).first.wait_for()


@pytest.fixture
def revised(tmp_path: Path) -> Path:
    """The Redditch figures with one of them otherwise."""
    lines = FIGURES.read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines) if ",Redditch,2011-04/2012-03," in line)
    cells = lines[number].split(",")
    lines[number] = ",".join([*cells[:3], str(int(cells[3]) + 7), *cells[4:]])
    path = tmp_path / "redditch-april.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_an_analyst_sees_what_a_file_would_do_loads_it_and_withdraws_it(page: Page, site: Site, revised: Path) -> None:
    sign_in(page, site, "analyst")
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(f"{message.text} {message.location}") if message.type == "error" else None,
    )
    page.goto(site.address + LOAD)
    found = faults_of(page, "load-none")
    found += looked_at(page, site, f"{LOAD}new/")
    send(page, site, revised, until="To be decided")
    expect(page.get_by_text("1 revised")).to_be_visible()
    expect(page.get_by_role("region", name="Revisions").get_by_text(" before, ")).to_be_visible()
    found += faults_of(page, "load-read")
    reach(page, "document.activeElement.textContent === 'Load these figures'")
    page.keyboard.press("Enter")
    page.get_by_text("Loaded", exact=True).first.wait_for()
    found += faults_of(page, "load-landed")
    page.get_by_role("link", name="Measures", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("Harassment")).get_by_text("187").first).to_be_visible()
    page.goto(site.address + LOAD)
    found += faults_of(page, "load-list")
    page.get_by_role("link", name=re.compile("redditch-april.csv")).click()
    page.get_by_role("link", name="Withdraw this load").click()
    page.get_by_role("button", name="Withdraw the load").click()
    found += faults_of(page, "load-withdraw")
    page.get_by_label("Why").fill("Sent in error.")
    page.get_by_role("button", name="Withdraw the load").click()
    page.get_by_text("Withdrawn", exact=True).first.wait_for()
    expect(page.get_by_text("Sent in error.")).to_be_visible()
    assert (found, complaints) == ([], [])


def test_a_monthly_return_with_slips_shows_every_fault_and_then_lands(page: Page, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    write_monthly_return_template(
        path, measures=["Graffiti removed", "Needles found"], area="Redditch", months=Period.financial_quarter(2011, 4)
    )
    filled = path.read_text("utf-8-sig").splitlines()
    bad = tmp_path / "slips.csv"
    bad.write_text("\n".join([*filled[:3], "Graffiti removed,12,twelve,11", "Needles found,3,,o"]) + "\n", "utf-8")
    sign_in(page, site, "analyst")
    send(page, site, bad, until="Refused")
    faults = page.locator("#load li").all_text_contents()
    assert [fault.split(" (")[0] for fault in faults] == [
        f"slips.csv, row {place}" for place in ("4, column C", "5, column C", "5, column D")
    ]
    assert faults_of(page, "load-refused") == []
    good = tmp_path / "return.csv"
    good.write_text("\n".join([*filled[:3], "Graffiti removed,12,12,11", "Needles found,3,0,0"]) + "\n", "utf-8")
    send(page, site, good, until="To be decided")
    page.get_by_role("button", name="Load these figures").click()
    page.get_by_text("Loaded", exact=True).first.wait_for()
    expect(page.get_by_text("6 new, 0 as they stand, 0 revised")).to_be_visible()


def test_all_of_it_works_without_scripts(browser: Browser, site: Site, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "manager")
    path = tmp_path / "small.csv"
    path.write_text("measure,area,period,value,status,note\nNoise complaints,Redditch,2012-01,4,,\n", "utf-8")
    page.goto(f"{site.address}{LOAD}new/")
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="Upload").click()
    for _ in range(60):
        if page.get_by_role("button", name="Discard the file").is_visible():
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="Discard the file").click()
    expect(page.get_by_text("was discarded. Nothing of it was loaded.")).to_be_visible()
    context.close()
