"""The marked copy of a report repeats it whole, marks each finding once, and trusts nothing that the report says."""

import re

import pytest

from quarterday.domain.checked_report import CheckedReport, Finding, ReportFinding
from quarterday.domain.claim import Verdict
from quarterday.domain.printed import Passage, PrintedCell, PrintedReport, PrintedTable
from quarterday.report.marked import to_marked_html

EVIL = "<script>alert('x')</script>\" onmouseover=\"x"


def cell(text: str, place: str) -> PrintedCell:
    return PrintedCell(text, place)


def finding(place: str, quote: str, verdict: Verdict, start: int = 0) -> ReportFinding:
    return ReportFinding(
        place, quote, Finding.CHANGE, verdict, quote, "5", f"Why {quote}.", "Theft", start, start + len(quote)
    )


WIDE = cell("2010/11", "t1")
TABLE = PrintedTable(
    ((cell("Measure", "t0"), WIDE, WIDE), (cell("Theft", "t2"), cell("5", "t3"), cell("", "t4"))),
    "table 1",
    "Crime & more",
)
REPORT = PrintedReport(
    "report.txt", (Passage("Heading", "p0", is_heading=True), Passage("Theft rose, then fell.", "p1"), TABLE)
)
FINDINGS = (
    finding("p1", "rose", Verdict.SUPPORTED, 6),
    finding("p1", "fell", Verdict.CONTRADICTED, 17),
    finding("t3", "5", Verdict.NOT_CHECKABLE),
)


@pytest.fixture(scope="module")
def page() -> str:
    return to_marked_html(
        CheckedReport(REPORT, FINDINGS, ("An assumption.",), ("A table was not read.",), (), {"tables": 1})
    )


def test_each_finding_is_marked_where_it_stands_and_listed_with_its_reason(page: str) -> None:
    marks = re.findall(r'<mark class="(\w+)" id="place-(\d+)">(\w+)<', page)
    assert marks == [("supported", "3", "rose"), ("contradicted", "1", "fell"), ("not_checkable", "2", "5")]
    assert all(f'id="finding-{number}"' in page and f'href="#finding-{number}"' in page for number in (1, 2, 3))
    assert page.index("Why fell.") < page.index("Why 5.") < page.index("Why rose.")


def test_the_verdict_is_told_in_words_and_signs_too(page: str) -> None:
    assert [page.count(sign) for sign in ("✗ Contradicted:", "✓ Supported:", "? Cannot be checked:")] == [1, 1, 1]


def test_a_merged_cell_is_printed_once(page: str) -> None:
    assert page.count('<th scope="col" colspan="2">2010/11</th>') == 1


def test_assumptions_and_what_was_not_read_are_told(page: str) -> None:
    assert "An assumption." in page
    assert "A table was not read." in page


def test_nothing_of_the_report_becomes_mark_up() -> None:
    evil = PrintedTable(((cell(EVIL, "c0"), cell(EVIL, "c1")),), EVIL, EVIL)
    report = PrintedReport(EVIL, (Passage(EVIL, "p1"), Passage(EVIL, "p2", is_heading=True), evil), (EVIL,))
    wrong = ReportFinding("p1", EVIL, EVIL, Verdict.CONTRADICTED, EVIL, EVIL, EVIL, EVIL, 0, len(EVIL))
    page = to_marked_html(CheckedReport(report, (wrong,), (EVIL,), (EVIL,), (wrong,)))
    assert "<script" not in page
    assert 'onmouseover="' not in page


def test_the_page_asks_for_nothing_from_elsewhere(page: str) -> None:
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)", page)
    assert "default-src 'none'" in page
