"""Highlights and issues are raised, decided, carried forward and closed; the countywide table is kept row by row."""

import re
from pathlib import Path

import pytest

from quarterday.domain.period import Period
from quarterday.plan.models import Change, CountywideCell, CountywidePriority, Edition, Highlight, Measure, Project
from quarterday.plan.plan_file import plan_text, read_plans
from quarterday.plan.selectors import partnership_row, plan_get
from quarterday.plan.services import plan_replace
from quarterday.plan.write_editions import quarter_open
from tests.unit.web.test_pages_of_projects import QUARTER, sent, text_of
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive")]

NEXT = "/partnerships/redditch/quarters/2012-13-q1/"
HIGHLIGHTS, COUNTYWIDE = f"{QUARTER}highlights/", f"{QUARTER}countywide/"
CELL = {"value": "573, to fall by 5%", "status": "", "reason": "", "owner": ""}
ROW = {
    f"{column}-{name}": value
    for column in ("baseline_and_target", "county", "partnership")
    for name, value in CELL.items()
}


def begin_next(world: World) -> None:
    """Sign this quarter, and begin the next one."""
    partnership = partnership_row("Redditch")
    Edition.objects.filter(partnership=partnership).update(state="signed")
    quarter_open(partnership, Period.financial_quarter(2012, 1), by=world.people["manager"])


def raised(world: World, **said: object) -> Highlight:
    issue = {"kind": "issue", "text": "Police availability is a constraint.", "about": "", **said}
    sent(world.client("analyst"), f"{HIGHLIGHTS}add/", **issue)
    return Highlight.objects.latest("pk")


def test_what_is_raised_is_about_a_project_a_measure_or_neither(world: World) -> None:
    project, measure = Project.objects.first(), Measure.objects.first()
    assert project is not None
    assert measure is not None
    for about, row in ((f"project-{project.pk}", project), (f"measure-{measure.pk}", measure), ("", None)):
        held = raised(world, about=about)
        assert (held.project or held.measure) == row
    said = text_of(world.client("reader").get(HIGHLIGHTS).content)
    assert f"On the measure {measure.name}" in said
    assert "On the partnership's work at large" in said


def test_something_of_another_partnership_is_no_choice(world: World) -> None:
    before = Highlight.objects.count()
    said = {"kind": "issue", "text": "Theirs.", "about": "project-999999"}
    assert "Select a valid choice" in sent(world.client("analyst"), f"{HIGHLIGHTS}add/", **said)
    assert Highlight.objects.count() == before


def test_what_the_board_decided_is_kept_and_printed(world: World) -> None:
    held = raised(world)
    decided = {"kind": held.kind, "text": held.text, "about": "", "state": "closed", "decision": "Two officers."}
    said = sent(world.client("analyst"), f"{HIGHLIGHTS}{held.pk}/", **decided)
    assert "Closed Police availability is a constraint. Decided: Two officers." in said
    latest = Change.objects.first()
    assert latest is not None
    assert latest.why == "Issue closed."
    entry = plan_get(partnership="Redditch").editions[0].highlights[-1]
    assert (entry.state, entry.decision) == ("closed", "Two officers.")


def test_what_stays_open_is_in_the_next_quarter_with_since_when_and_is_closed_there(world: World) -> None:
    held = raised(world)
    begin_next(world)
    client = world.client("analyst")
    said = text_of(client.get(f"{NEXT}highlights/").content)
    assert "Issue Open since Q4 2011/12 Police availability is a constraint." in said
    copy = Highlight.objects.get(carried_from=held)
    address = f"{NEXT}highlights/{copy.pk}/"
    assert "keeps the words in which it was raised" in text_of(client.get(address).content)
    reworded = {"kind": "highlight", "text": "Solved.", "about": "", "state": "closed", "decision": "Solved in May."}
    sent(client, address, **reworded)
    copy.refresh_from_db()
    held.refresh_from_db()
    assert (copy.kind, copy.text, copy.state) == (held.kind, held.text, "closed")
    assert held.state == "open"


def test_what_was_raised_after_the_next_quarter_was_begun_is_carried_by_whoever_says_something_of_it(
    world: World,
) -> None:
    partnership = partnership_row("Redditch")
    quarter_open(partnership, Period.financial_quarter(2012, 1), by=world.people["manager"])
    held = raised(world, text="Raised late.")
    client = world.client("analyst")
    assert "Raised late." in text_of(client.get(f"{NEXT}highlights/").content)
    decided = {"about": "", "state": "open", "decision": "Report in July."}
    said = sent(client, f"{NEXT}highlights/{held.pk}/", **decided)
    assert said.count("Raised late.") == 2  # once as the words of its link
    copy = Highlight.objects.get(carried_from=held)
    assert (copy.edition.quarter, copy.decision) == (Period.financial_quarter(2012, 1), "Report in July.")


def test_a_plan_keeps_what_was_carried_from_where(world: World, tmp_path: Path) -> None:
    raised(world)
    begin_next(world)
    plan = plan_get(partnership="Redditch")
    file = tmp_path / "plan.toml"
    file.write_text(plan_text(plan), "utf-8")
    assert read_plans(file) == (plan,)
    rows = list(Highlight.objects.order_by("pk").values_list("pk", "carried_from"))
    changes = Change.objects.count()
    plan_replace(plan, by=None, why="Plan loaded.")
    assert list(Highlight.objects.order_by("pk").values_list("pk", "carried_from")) == rows
    assert Change.objects.count() == changes


def test_of_two_who_decide_at_once_the_second_is_told(world: World) -> None:
    held = raised(world)
    address = f"{HIGHLIGHTS}{held.pk}/"
    second = world.client("manager")
    seen = re.search(r'name="seen" value="([^"]*)"', second.get(address).content.decode())
    assert seen is not None
    said = {"kind": held.kind, "text": held.text, "about": "", "state": "closed"}
    sent(world.client("analyst"), address, **said, decision="First.")
    answer = second.post(address, {**said, "decision": "Second.", "seen": seen[1]})
    assert ("First." in text_of(answer.content), b"Second." in answer.content) == (True, True)


def test_a_cell_holds_a_text_or_a_status_with_its_reason_and_owner(world: World) -> None:
    client = world.client("analyst")
    awaited = {"county-value": "", "county-status": "awaited", "county-reason": "Not sent yet.", "county-owner": "WCC"}
    said = sent(client, f"{COUNTYWIDE}add/", priority="Road safety", comment="", **{**ROW, **awaited})
    assert "Road safety 573, to fall by 5% Awaited Not sent yet. From WCC 573, to fall by 5%" in said
    row = CountywidePriority.objects.get(priority="Road safety")
    sent(client, f"{COUNTYWIDE}{row.pk}/", comment="Now it came.", **ROW)
    cell = CountywideCell.objects.get(row=row, column="county")
    assert (cell.value, cell.status, cell.reason, cell.owner) == ("573, to fall by 5%", "", "", "")
    entry = plan_get(partnership="Redditch").countywide[-1]
    assert (entry.priority, entry.comment, entry.county.value) == ("Road safety", "Now it came.", "573, to fall by 5%")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"priority": ""}, "Write the county's priority."),
        ({"county-value": ""}, "Write the text, or choose what stands in its place."),
        ({"county-status": "awaited"}, "A text and a status came"),
        ({"county-value": "", "county-status": "not applicable"}, "Say why there is no text."),
        ({"county-value": "", "county-status": "awaited", "county-reason": "Late."}, "Name the body that owes it."),
        ({"priority": "drugs and  alcohol"}, "has a row in Q4 2011/12 already"),
    ],
)
def test_a_row_that_says_nothing_is_refused(world: World, wrong: dict[str, str], words: str) -> None:
    before = CountywidePriority.objects.count()
    said = {"priority": "Road safety", "comment": "", **ROW, **wrong}
    answer = sent(world.client("analyst"), f"{COUNTYWIDE}add/", **said).replace("&#x27;", "'")
    assert words in answer
    assert CountywidePriority.objects.count() == before


def test_the_next_quarter_takes_over_the_rows_that_it_has_not(world: World) -> None:
    client = world.client("analyst")
    begin_next(world)
    assert "Carry over these 3 rows" in text_of(client.get(f"{NEXT}countywide/").content)
    answer = client.post(f"{NEXT}countywide/carry/", follow=True)
    assert "Rows carried over: 3." in text_of(answer.content)
    assert "Carry over" not in text_of(answer.content)
    before, after = (
        [
            (entry.priority, entry.cells, entry.comment)
            for entry in plan_get(partnership="Redditch").countywide
            if entry.quarter == quarter
        ]
        for quarter in (Period.financial_quarter(2011, 4), Period.financial_quarter(2012, 1))
    )
    assert before == after


def test_a_row_is_removed_and_the_history_keeps_it(world: World) -> None:
    client = world.client("analyst")
    row = CountywidePriority.objects.get(priority="Drugs and Alcohol")
    said = text_of(client.post(f"{COUNTYWIDE}{row.pk}/remove/", follow=True).content)
    assert "Drugs and Alcohol: removed." in said
    kept = CountywidePriority.history.filter(id=row.pk, history_type="-").get()  # type: ignore[attr-defined]
    assert kept.change.why == "Countywide priority removed: Drugs and Alcohol."


def test_a_frozen_quarter_s_table_and_highlights_are_not_written(world: World) -> None:
    client = world.client("analyst")
    Edition.objects.filter(partnership=partnership_row("Redditch")).update(state="published")
    before = Change.objects.count()
    said = {"kind": "issue", "text": "Too late.", "about": ""}
    assert "begin a correction" in sent(client, f"{HIGHLIGHTS}add/", **said)
    row = CountywidePriority.objects.first()
    assert row is not None
    assert "begin a correction" in text_of(client.post(f"{COUNTYWIDE}{row.pk}/remove/", follow=True).content)
    assert Change.objects.count() == before
