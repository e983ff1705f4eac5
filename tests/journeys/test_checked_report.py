"""A report is checked from the terminal; its marked copy in a real browser: nothing that axe finds, no scrolling."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from quarterday.editions.check_report import check_report
from quarterday.report.marked import to_marked_html
from tests.conftest import ROOT, Program
from tests.made_report import as_docx

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")

RIGHT = "Measure\t2010/11\t2011/12\tComments\nBurglary\t581\t573\tBetter than last year.\n"


def test_it_ends_with_1_where_something_is_contradicted_and_else_with_0(program: Program, tmp_path: Path) -> None:
    (tmp_path / "right.txt").write_text(RIGHT, "utf-8")
    (tmp_path / "wrong.txt").write_text(RIGHT.replace("Better", "Worse"), "utf-8")
    (tmp_path / "none.pdf").write_bytes(b"%PDF-1.7 nothing")
    ends = [program("check", tmp_path / name) for name in ("right.txt", "wrong.txt", "none.pdf", "absent.docx")]
    assert [end.returncode for end in ends] == [0, 1, 1, 1]
    assert "CONTRADICTED  line 2, column 4 (Burglary)" in ends[1].stdout
    assert "none.pdf: this PDF cannot be read" in ends[2].stderr
    assert "Traceback" not in "".join(end.stderr for end in ends)


def test_the_findings_are_written_as_data_and_as_a_copy(program: Program, tmp_path: Path) -> None:
    report, copy = tmp_path / "report.txt", tmp_path / "copy.html"
    report.write_text(RIGHT, "utf-8")
    as_json = program("check", report, "--format", "json", "--better", "higher")
    assert json.loads(as_json.stdout)["findings"][0]["verdict"] == "contradicted"
    assert as_json.returncode == 1
    assert program("check", report, "--format", "html", "--out", copy).returncode == 0
    assert '<mark class="supported"' in copy.read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_the_marked_copy_is_accessible(width: int, tmp_path: Path) -> None:
    report, copy = tmp_path / "quarterly_report_of_2011_12_final.docx", tmp_path / "copy.html"
    report.write_bytes(as_docx())
    copy.write_text(to_marked_html(check_report(report)), "utf-8")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True).new_page()
        page.goto(copy.as_uri())
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run(document)")["violations"]
        scrolls = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        first = page.locator("ol.findings a").first
        first.click()
        there = page.evaluate("document.querySelector(location.hash).textContent")
        chromium.close()
    assert [violation["id"] for violation in found] == []
    assert not scrolls
    assert "9.1%" in there
