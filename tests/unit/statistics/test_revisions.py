"""What was published against what is known now."""

import pytest

from quarterday.domain.faults import InputError
from quarterday.statistics.result import as_json
from quarterday.statistics.revisions import Revision, RevisionKind, revisions_of

BURGLARY, ARSON, HATE = (
    ("burglary", "Redditch", "2011-12"),
    ("arson", "Redditch", "2011-12"),
    ("hate", "Redditch", "2011-12"),
)


def test_each_figure_that_differs_has_its_old_and_new_value_their_difference_and_the_reason() -> None:
    found = revisions_of(
        {BURGLARY: 301, ARSON: 12, HATE: 16},
        {BURGLARY: 298, ARSON: 12, HATE: 16},
        reasons={BURGLARY: "three were no crimes"},
    )
    assert found.compared == 3
    assert found.revised == (Revision(BURGLARY, RevisionKind.REVISED, 301, 298, -3, "three were no crimes"),)
    assert found.without_reason == ()


def test_a_figure_that_differs_without_a_reason_is_named() -> None:
    assert revisions_of({BURGLARY: 301, HATE: 16}, {BURGLARY: 298, HATE: 17}).without_reason == (BURGLARY, HATE)


def test_a_number_that_is_gone_is_withdrawn_and_a_mark_that_has_one_is_filled() -> None:
    found = revisions_of({BURGLARY: 301, ARSON: 12, HATE: None}, {BURGLARY: None, HATE: 16})
    assert [(each.kind, each.old, each.new, each.difference) for each in found.revised] == [
        ("withdrawn", 301, None, None),
        ("withdrawn", 12, None, None),
        ("filled", None, 16, None),
    ]


def test_a_mark_that_still_stands_is_no_revision_and_nor_is_what_was_not_published() -> None:
    assert revisions_of({HATE: None}, {HATE: None, BURGLARY: 301}).revised == ()


def test_the_smallest_difference_counts() -> None:
    assert revisions_of({"rate": 6.8}, {"rate": 6.8000001}).revised[0].difference == pytest.approx(1e-7)


def test_revisions_turn_into_json_with_the_method() -> None:
    found = as_json(revisions_of({"rate": 6.8}, {"rate": 7}))
    assert found["revised"][0]["kind"] == "revised"
    assert found["method"]["name"] == "Published figures against their values now"


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(InputError) as refused:
        revisions_of({BURGLARY: float("nan")}, {BURGLARY: float("inf")}, reasons={ARSON: "recoded"})
    assert refused.value.faults == (
        "the figure published for burglary, Redditch, 2011-12 is nan; wanted a number, or None where a mark stands.",
        "the figure now for burglary, Redditch, 2011-12 is inf; wanted a number, or None where a mark stands.",
        "a reason came for arson, Redditch, 2011-12, which was not published; give it for a figure that was.",
    )
