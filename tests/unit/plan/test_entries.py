"""What one entry of a plan may say, and what it means."""

import datetime as dt

import pytest
from pydantic import ValidationError

from quarterday.domain.area import Area
from quarterday.domain.measure import Break, Measure, Polarity
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.plan.choices import CellStatus
from quarterday.plan.entries import (
    ActionEntry,
    AreaEntry,
    BreakEntry,
    CellEntry,
    EditionEntry,
    Entry,
    HighlightEntry,
    MeasureEntry,
    PartnershipEntry,
    PeerGroupEntry,
    Plan,
    ProjectFigureEntry,
    StandingEntry,
    TargetEntry,
    UpdateEntry,
)

MARCH_END = dt.date(2012, 3, 31)
MARCH = Period.month(2012, 3)
YEAR = Period.financial_year(2011)
QUARTER = Period.financial_quarter(2011, 4)
HARASSMENT = {
    "name": "Harassment",
    "unit": "offences",
    "definition": "Harassment.",
    "source": "Police",
    "polarity": "lower",
}
STANDING = {"group": "G", "version": "1", "period": YEAR, "position": "worse", "source": "iQuanta"}


def refused(kind: type[Entry], **keys: object) -> str:
    with pytest.raises(ValidationError) as error:
        kind(**keys)
    return str(error.value)


def test_a_measure_entry_makes_the_measure_of_the_domain() -> None:
    entry = MeasureEntry(
        **HARASSMENT,
        population="Population",
        caveats=("Recorded crime only.",),
        breaks=(BreakEntry(month=MARCH, reason="New rules."),),
    )
    assert entry.measure == Measure(
        name="Harassment",
        unit="offences",
        unit_singular="offences",
        polarity=Polarity.LOWER,
        source="Police",
        definition="Harassment.",
        caveats=("Recorded crime only.",),
        breaks=(Break(MARCH, "New rules."),),
    )


def test_an_area_entry_makes_the_area_of_the_domain() -> None:
    assert AreaEntry(name="Redditch", code="E07000236").area == Area("Redditch", "E07000236")


def test_an_area_does_not_leave_before_it_comes() -> None:
    assert "until 2012-03-31 comes before since 2012-04-01" in refused(
        AreaEntry, name="A", since=MARCH_END.replace(month=4, day=1), until=MARCH_END
    )


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        UpdateEntry(when="Feb 2012", text="x").text = "y"


def test_an_update_keeps_its_label_and_knows_its_months() -> None:
    update = UpdateEntry(when="Dec 11 – Mar 2012", text="Bid rejected.")
    assert update.when == "Dec 11 – Mar 2012"
    assert update.period == Period.run(Period.month(2011, 12), MARCH)


def test_an_action_takes_its_months_from_its_label_or_else_from_its_window() -> None:
    assert ActionEntry(when="End 2012", text="x").period == Period.financial_quarter(2012, 3)
    assert ActionEntry(window="2011/12", text="x").period == YEAR
    assert ActionEntry(text="x").period is None
    assert "keep one of the two" in refused(ActionEntry, when="2012", window="2012", text="x")


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        ("not applicable", Status.NOT_APPLICABLE),
        ("not yet formulated", Status.NOT_APPLICABLE),
        ("awaited", Status.NOT_AVAILABLE),
    ],
)
def test_a_cell_without_a_value_has_a_mark(status: str, mark: Status) -> None:
    assert CellEntry(status=status, reason="Being written.", owner="County").status.mark is mark


def test_a_cell_is_never_empty_and_never_says_two_things() -> None:
    assert "neither a value nor a status" in refused(CellEntry)
    assert "neither a value nor a status" in refused(CellEntry, status="not applicable")
    assert "an empty text came" in refused(CellEntry, value="")
    assert "keep one" in refused(CellEntry, value="573", status="not applicable", reason="x")
    assert "name the body that owes it" in refused(CellEntry, status="awaited", reason="x")
    assert CellEntry(status="not applicable", reason="x").status is CellStatus.NOT_APPLICABLE


def test_a_rank_lies_within_the_areas_ranked() -> None:
    assert StandingEntry(**STANDING, rank=15, of=15).rank == 15
    assert "rank 16 of 15 came; wanted a rank from 1 to 15" in refused(StandingEntry, **STANDING, rank=16, of=15)


def test_a_peer_group_has_as_many_members_as_it_says() -> None:
    assert PeerGroupEntry(name="G", version="1", size=15, source="iQuanta").members == ()
    assert "size 3 came with 2 members" in refused(
        PeerGroupEntry, name="G", version="1", size=3, source="x", members=("A", "B")
    )


def test_an_area_is_not_both_a_member_and_left_out() -> None:
    left_out = ({"area": "b", "reason": "x"},)
    assert "a member that is left out, too" in refused(
        PeerGroupEntry, name="G", version="1", size=2, source="x", members=("A", "B"), left_out=left_out
    )


def test_a_project_figure_without_a_value_has_a_mark_and_a_reason() -> None:
    gap = ProjectFigureEntry(name="Visits", period="2012-03", status="x", note="Not kept.")
    assert gap.status == "[x]"
    assert gap.figure("Redditch").statuses == (Status.NOT_AVAILABLE,)
    assert "there is no value" in refused(ProjectFigureEntry, name="Visits", period="2012-03")
    assert "which is no known mark" in refused(ProjectFigureEntry, name="Visits", period="2012-03", status="?")


def test_a_tolerance_is_a_distance() -> None:
    assert "wanted 0 or more" in refused(TargetEntry, value=5, period=YEAR, tolerance=-1)


def test_a_highlight_is_about_one_thing() -> None:
    assert "keep the one it is about" in refused(HighlightEntry, text="x", project="P", measure="M")


def test_a_break_starts_with_one_month() -> None:
    assert "'2011/12' has 12 months; wanted one month" in refused(BreakEntry, month="2011/12", reason="x")


def test_a_period_that_no_file_can_spell_is_refused() -> None:
    assert "is no period" in refused(TargetEntry, value=5, period=Period(0, 1))


def test_the_line_ends_of_a_form_are_those_of_a_file() -> None:
    assert UpdateEntry(when="2012", text=" One.\r\n\r\nTwo. ").text == "One.\n\nTwo."


def test_a_whole_number_stays_whole() -> None:
    assert repr(TargetEntry(value=500.0, period=YEAR).value) == "500"
    assert repr(TargetEntry(value=2.5, period=YEAR).value) == "2.5"


def test_the_latest_version_stands_for_a_quarter_and_the_last_for_a_group() -> None:
    group = PeerGroupEntry(name="G", version="2011", size=15, source="x")
    plan = Plan(
        partnership=PartnershipEntry(name="P", short_name="P", areas=(AreaEntry(name="A"),)),
        peer_groups=(group, group.model_copy(update={"version": "2014"})),
        editions=(EditionEntry(quarter=QUARTER, version=2), EditionEntry(quarter=QUARTER)),
    )
    assert plan.peer_group("G").version == "2014"
    assert plan.peer_group("H") is None
    assert plan.edition(QUARTER).version == 2
    assert plan.edition(QUARTER.shift(3)) is None
