"""An analyst loads figures in a real browser: sees what they would do, and accepts; a bad file shows its faults."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from quarterday.domain.period import Period
from quarterday.sources.monthly_return import write_monthly_return_template
from tests.conftest import PROGRAM, ROOT
from tests.journeys.browsing import browser, free_port, page, reach, violations, wait_for
from tests.journeys.test_people import Site, looked_at, sign_in

__all__ = ["browser", "page"]

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("QUARTERDAY_PICTURES")
FIGURES = ROOT / "src" / "quarterday" / "examples" / "redditch" / "figures.csv"
LOAD = "/partnerships/redditch/load/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    port, out = free_port(), tmp_path_factory.mktemp("loading")
    command = [str(PROGRAM), "demo", "--out", str(out / "home"), "--serve", "--port", str(port)]
    with (out / "said").open("wb") as said:
        server = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, cwd=ROOT)
    try:
        for _ in range(6):  # it builds first
            try:
                wait_for(port, server)
                break
            except pytest.fail.Exception:
                continue
        printed = re.findall(r"(\w+)@demonstration\.example +(\S+)", (out / "said").read_text("utf-8"))
        yield Site(f"http://localhost:{port}", dict(printed))
    finally:
        server.terminate()
        server.wait(timeout=20)


def seen(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, wide and narrow."""
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"load-{name}-{width}.png", full_page=True)
        found += [f"{name} at {width}: {wrong}" for wrong in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} at {width} scrolls sideways")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


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
    found = seen(page, "none")
    found += looked_at(page, site, f"{LOAD}new/")
    send(page, site, revised, until="To be decided")
    assert page.get_by_text("1 revised").is_visible()
    assert page.get_by_role("region", name="Revisions").get_by_text(" before, ").is_visible()
    found += seen(page, "read")
    reach(page, "document.activeElement.textContent === 'Load these figures'")
    page.keyboard.press("Enter")
    page.get_by_text("Loaded", exact=True).first.wait_for()
    found += seen(page, "landed")
    page.get_by_role("link", name="Measures", exact=True).click()
    assert page.get_by_role("row", name=re.compile("Harassment")).get_by_text("187").first.is_visible()
    page.goto(site.address + LOAD)
    found += seen(page, "list")
    page.get_by_role("link", name=re.compile("redditch-april.csv")).click()
    page.get_by_role("link", name="Withdraw this load").click()
    page.get_by_role("button", name="Withdraw the load").click()
    found += seen(page, "withdraw")
    page.get_by_label("Why").fill("Sent in error.")
    page.get_by_role("button", name="Withdraw the load").click()
    page.get_by_text("Withdrawn", exact=True).first.wait_for()
    assert page.get_by_text("Sent in error.").is_visible()
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
    assert seen(page, "refused") == []
    good = tmp_path / "return.csv"
    good.write_text("\n".join([*filled[:3], "Graffiti removed,12,12,11", "Needles found,3,0,0"]) + "\n", "utf-8")
    send(page, site, good, until="To be decided")
    page.get_by_role("button", name="Load these figures").click()
    page.get_by_text("Loaded", exact=True).first.wait_for()
    assert page.get_by_text("6 new, 0 as they stand, 0 revised").is_visible()


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
    assert page.get_by_text("was discarded. Nothing of it was loaded.").is_visible()
    context.close()
