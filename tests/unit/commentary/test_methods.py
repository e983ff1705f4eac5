"""The note on methods says what the findings themselves say of how they were had."""

from dataclasses import replace

from quarterday.commentary.find import find_change
from quarterday.commentary.find_over_time import chart_of, find_control
from quarterday.commentary.methods import methods_of
from quarterday.domain.finding import Finding, Kind
from tests.unit.commentary.made_series import QUARTER, YEAR, measure, months, totals

RATED = Finding(Kind.TREND, "Theft", "R", (YEAR,), "trend", {"annual": 2}, source="A; B", options={"confidence": 0.9})


def test_each_option_in_force_is_told_with_its_source() -> None:
    change = find_change(measure(), totals((59, 0, 0, 0, 84)), YEAR)
    (note,) = methods_of([change])
    assert note.options == {
        "rule": "conditional test of two counts", "confidence": "0.95", "least_base": "50", "tails": "equal",
        "exposure": "equal", "dispersion": "1", "significance": "0.05",
    }  # fmt: skip
    assert note.source == change.source


def test_an_option_that_is_changed_changes_the_note() -> None:
    other = replace(RATED, options={"confidence": 0.99})
    assert methods_of([other])[0].options["confidence"] == "0.99"


def test_an_option_that_differs_between_measures_is_told_by_its_ends() -> None:
    (note,) = methods_of([RATED, replace(RATED, options={"confidence": 0.99})])
    assert (note.options["confidence"], note.source) == ("0.9 to 0.99", "A; B")


def test_only_methods_that_were_used_are_named_and_each_once() -> None:
    held = months([20 + month % 5 for month in range(30)])
    control = find_control(measure(), held, chart_of(measure(), held, last=QUARTER))
    unused = replace(RATED, unavailable="nothing was counted")
    assert [note.name for note in methods_of([control, control, unused])] == ["Control chart"]


def test_every_kind_of_finding_has_a_note() -> None:
    notes = methods_of([replace(RATED, kind=kind) for kind in Kind])
    assert len(notes) == len(Kind)
