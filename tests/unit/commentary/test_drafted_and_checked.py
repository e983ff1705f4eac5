"""What is drafted from figures is never contradicted by the same figures."""

from collections import Counter

from hypothesis import given, settings

from quarterday.commentary.check import Subject, check_comment
from quarterday.commentary.draft import CAVEAT, READING, draft
from quarterday.domain.claim import Verdict
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.finding import Kind
from quarterday.domain.measure import Measure
from quarterday.domain.period import Period
from tests.unit.commentary.made_series import HOLDINGS, MEASURES, YEAR, measure, totals
from tests.unit.commentary.test_find import every_finding

HARASSMENT = (141, 167, 183, 198, 209, 204, 190, 180)
# These speak of what stands elsewhere: another total, another edition, another's place, a target.
ELSEWHERE = {Kind.SHARE, Kind.QUOTED, Kind.REVISIONS, Kind.TARGET, CAVEAT, READING}


def told(which: Measure, held: Holding) -> str:
    sentences = draft(which, every_finding(which, held), most_words=None)
    return " ".join(sentence.text for sentence in sentences if sentence.kind not in ELSEWHERE)


def verdicts(which: Measure, held: Holding) -> list[tuple[Verdict, str, str]]:
    about = Subject(held.measure, held.area, which.polarity, Period(YEAR.last, 1))
    figures: list[Figure] = list(held.figures.values())
    checked = check_comment(told(which, held), about=about, figures=figures)
    return [(item.verdict, item.claim.quote, item.why) for item in checked]


@settings(max_examples=1000)
@given(MEASURES, HOLDINGS)
def test_a_drafted_comment_is_never_contradicted_by_its_own_figures(which: Measure, held: Holding) -> None:
    found = verdicts(which, held)
    assert [item for item in found if item[0] is Verdict.CONTRADICTED] == [], told(which, held)


def test_what_the_report_of_2012_gets_drafted_is_supported() -> None:
    found = Counter(verdict for verdict, _, _ in verdicts(measure(), totals(HARASSMENT)))
    assert found[Verdict.SUPPORTED] >= 4
    assert found[Verdict.CONTRADICTED] == 0
