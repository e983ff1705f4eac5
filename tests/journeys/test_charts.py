"""Charts of months and of peers in a real browser: for those who do not see them, at any width, under our policy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Program
from tests.journeys.browsing import serving, violations

pytestmark = pytest.mark.browser

ADDRESS = "/editions/ash/2025-26-q4/"
AREAS = {"Ash": 40, "Beech": 55, "Cedar": 30, "Elm": 90}
MONTHS = [f"{2022 + (3 + at) // 12}-{(3 + at) % 12 + 1:02d}" for at in range(48)]
RARE_EVERY = 5
PLAN = """
format = 1

[partnership]
name = "Ash Partnership"
short_name = "Ash"
areas = [{ name = "Ash" }]

[[peer_groups]]
name = "Woods"
version = "2025"
size = 4
source = "A test"
members = ["Ash", "Beech", "Cedar", "Elm"]

[[priorities]]
name = "Safety"

[[priorities.measures]]
name = "Theft"
unit = "offences"
unit_singular = "offence"
definition = "Thefts."
source = "Police"
polarity = "lower"
peer_group = "Woods"
population = "Residents"

[[priorities.measures]]
name = "Arson"
unit = "fires"
unit_singular = "fire"
definition = "Fires set."
source = "Fire service"
polarity = "lower"
"""


def thefts(area: str, at: int) -> str:
    """About as many each month, but for one that is not known and a last one that is far too high."""
    if area != "Ash":
        return str(AREAS[area] + at % 7)
    return {10: "", 47: "80"}.get(at, str(AREAS[area] + at % 7))


def figures() -> str:
    lines = ["measure,area,period,value,status,note"]
    for at, month in enumerate(MONTHS):
        for area in AREAS:
            value = thefts(area, at)
            lines.append(f"Theft,{area},{month},{value},{'' if value else '[x]'},{'' if value else 'not sent'}")
        lines.append(f"Arson,Ash,{month},{int(at % RARE_EVERY == 0)},,")
    lines += [f"Residents,{area},2025,{50_000},," for area in AREAS]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def home(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with an edition of a partnership whose months and peers are known."""
    folder = tmp_path_factory.mktemp("charts")
    plan, counts, home = folder / "plan.toml", folder / "figures.csv", folder / "home"
    plan.write_text(PLAN, "utf-8")
    counts.write_text(figures(), "utf-8")
    for command in (
        ["load", "plan", plan],
        ["load", "figures", counts],
        ["build", "--partnership", "Ash Partnership", "--quarter", "2025/26 Q4", "--format", "html,json"],
    ):
        done = program("--home", home, *command)
        assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def served(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The edition's page, where the program serves that workspace."""
    with serving("--home", home, "serve", said=tmp_path_factory.mktemp("served") / "said") as address:
        yield address + ADDRESS


def opened(page: Page, address: str, *, width: int = 1280) -> Page:
    """The page with every list of figures unfolded."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    return page


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_a_page_with_all_charts(page: Page, served: str, width: int) -> None:
    assert violations(opened(page, served, width=width)) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_only_tables_scroll_sideways(page: Page, served: str, width: int) -> None:
    opened(page, served, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_picture_is_shown_and_described_under_our_own_policy(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(served)
    shown = page.evaluate("[...document.images].map(image => [image.naturalWidth > 0, image.alt])")
    context.close()
    assert len(shown) == 5
    assert all(drawn and alt for drawn, alt in shown)
    assert complaints == []


def test_the_finding_is_read_beside_each_picture(page: Page, served: str) -> None:
    titles = opened(page, served).locator("figcaption").all_inner_texts()
    assert "Theft: unusually high in March 2026" in titles
    assert any("2nd of 4 (1 = lowest)" in title for title in titles)
    assert any(title.startswith("Arson: within its usual range since April 2022") for title in titles)


def test_a_month_that_is_missing_shows_its_mark_and_the_marks_are_explained(page: Page, served: str) -> None:
    opened(page, served)
    expect(page.locator("table.months").first).to_contain_text("[x]")
    expect(page.locator("section.small")).to_contain_text("[x] not available")


def test_the_figures_of_a_chart_are_one_press_away(page: Page, served: str) -> None:
    opened(page, served)
    with page.expect_download() as begun:
        page.locator("a[download='1-theft-months.csv']").click()
    lines = Path(begun.value.path()).read_text("utf-8").splitlines()
    assert begun.value.suggested_filename == "1-theft-months.csv"
    assert lines[0] == "month,value,centre,lower limit,upper limit,flagged"
    assert (lines[11].split(",")[:2], lines[48].split(",")[:2]) == (["2023-02", ""], ["2026-03", "80"])
