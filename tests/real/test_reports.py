"""The report that the project starts from, as it was published."""

from pathlib import Path

import pytest

from quarterday.domain.checked_report import CheckedReport
from quarterday.domain.claim import Verdict
from quarterday.editions.check_report import check_report
from tests.conftest import ROOT

SEED = ROOT.parent / "shared" / "seed"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the published report is not at ../shared/seed")


@pytest.fixture(scope="module")
def report() -> CheckedReport:
    (path,) = SEED.glob("*.txt")
    return check_report(Path(path))


def test_only_what_is_said_of_domestic_abuse_is_contradicted(report: CheckedReport) -> None:
    assert [(finding.place, finding.quote) for finding in report.contradicted] == [
        ("line 7, column 10", "Worse than last year"),
        ("line 7, column 10", "showing an increasing trend"),
    ]


def test_the_other_claims_that_can_be_checked_are_supported(report: CheckedReport) -> None:
    said = " | ".join(f"{finding.place}: {finding.quote}" for finding in report.of(Verdict.SUPPORTED))
    for words in (
        "line 3, column 10: Better",
        "18 offences",
        "9.1%",
        "line 5, column 10: Worse",
        "6 offences",
        "from 73 to 79",
    ):
        assert words in said, words
    assert "48 per month" in said


def test_each_of_the_rest_says_what_is_missing(report: CheckedReport) -> None:
    rest = report.of(Verdict.NOT_CHECKABLE)
    assert any("14 th" in finding.quote for finding in rest)
    assert all(finding.why for finding in rest)


def test_its_one_table_of_measures_is_read_whole(report: CheckedReport) -> None:
    assert report.counted["figures"] == 40


def test_a_programme_that_will_go_on_in_a_year_that_has_ended_is_worth_a_look(report: CheckedReport) -> None:
    (stale,) = report.to_look_at
    assert (stale.place, stale.quote) == ("line 60, column 3", "will continue in 2011/12")
