"""The plans that come with the package hold what the reports and tables hold."""

import csv

import pytest

from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code
from quarterday.domain.status import Status
from quarterday.plan.entries import Plan, PriorityEntry
from quarterday.sources.met_police_table import GROUPS
from tests.unit.plan.plan_files import EXAMPLES

Q4 = Period.financial_quarter(2011, 4)

TOTALS = {
    "Harassment offences": (141, 167, 183, 198, 209, 204, 190, 180),
    "Hate crime reports to local authority": (22, 26, 24, 23, 20, 13, 14, 16),
    "Racially or religiously aggravated offences": (55, 59, 69, 73, 71, 80, 73, 79),
    "Crimes with vulnerable adult interest marker (as victim or offender)": (52, 56, 65, 59, 71, 86, 80, 84),
    "Crimes with domestic abuse interest marker": (539, 558, 581, 581, 585, 562, 567, 573),
}

# Project: leads, labels of its dated notes, labels of its further actions.
PROJECTS = {
    'Operation STAYSAFE & "Straightline" alcohol referral': (
        ("Police", "YOS", "CST"),
        ("Feb 2012", "Mar 2012"),
        ("June – July 2012",),
    ),
    '"Adults with chaotic lifestyles" protocols - report to RCSP': (
        ("RBC Housing", "Police", "Mental Health Trust"),
        ("Aug 2011", "2012"),
        (),
    ),
    "Develop community hate-incident reporting centres": (("RAHP",), ("2012", "Mar 2012"), ("May & Jun 2012",)),
    "Schools hate-crime prevention workshops": (("RAHP",), ("Sept 2011", "Feb 2012"), ("2012",)),
    '"Keeping safe" workshops – learning disability': (("RAHP",), ("2011 to Mar 2012",), ("Mar 2012", "2012")),
    "Lesbian, Gay, Bisexual and Transgender initiatives": (("RAHP",), ("Feb & Mar 2012",), ("End 2012",)),
    "New youth facilities & services options": ((), ("Sep 2011", "Mar 2012"), ()),
    "Programme of Support for Mothers or Female Carers Affected By Domestic Abuse": (
        ("RBC SureStart",),
        ("2010/11 & 2011/12", "Dec 11 – Mar 2012", "Apr 2012"),
        ("", "June 2012"),
    ),
}


@pytest.fixture
def priority(redditch: Plan) -> PriorityEntry:
    (priority,) = redditch.priorities
    return priority


def test_the_figures_are_the_forty_totals_of_the_report() -> None:
    with (EXAMPLES / "redditch" / "figures.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ends = [Period.ending(Period.month(2010, 6).shift(3 * step), 12) for step in range(8)]
    assert {row["area"] for row in rows} == {"Redditch"}
    assert [(row["measure"], read_code(row["period"]), int(row["value"])) for row in rows] == [
        (measure, end, total)
        for measure, totals in TOTALS.items()
        for end, total in zip(ends, totals, strict=True)
    ]  # fmt: skip


def test_the_five_measures_stand_in_the_order_of_the_report(redditch: Plan, priority: PriorityEntry) -> None:
    assert redditch.partnership.short_name == "Redditch"
    assert priority.name == "Protecting Communities"
    assert [measure.name for measure in priority.measures] == list(TOTALS)
    assert {measure.polarity for measure in priority.measures} == {Polarity.LOWER}


def test_the_marker_measures_alone_carry_the_footnote(priority: PriorityEntry) -> None:
    with_caveats = [measure.name for measure in priority.measures if measure.caveats]
    assert with_caveats == list(TOTALS)[3:]
    assert priority.measures[3].caveats == priority.measures[4].caveats


def test_the_polarity_of_the_hate_reports_is_explained(priority: PriorityEntry) -> None:
    explained = {measure.name for measure in priority.measures if measure.polarity_note}
    assert explained == {"Hate crime reports to local authority"}


def test_the_two_standings_are_quoted(redditch: Plan, priority: PriorityEntry) -> None:
    quoted = [
        (measure.name, item.rank, item.of, item.period) for measure in priority.measures for item in measure.standings
    ]
    assert quoted == [
        ("Harassment offences", 15, 15, Period.financial_year(2011)),
        ("Racially or religiously aggravated offences", 14, 15, Period.financial_year(2011)),
    ]
    assert redditch.peer_groups[0].members == ()


def test_the_three_countywide_rows_have_a_status_with_reason_and_owner_in_every_cell(redditch: Plan) -> None:
    assert [row.priority for row in redditch.countywide] == [
        "Drugs and Alcohol",
        "Anti-social Behaviour",
        "Domestic abuse",
    ]
    cells = [cell for row in redditch.countywide for cell in row.cells.values()]
    assert {cell.status.mark for cell in cells} == {Status.NOT_APPLICABLE}
    assert {cell.owner for cell in cells} == {"Worcestershire (countywide)"}
    assert all(cell.reason for cell in cells)


def test_every_project_has_its_leads_notes_and_actions(priority: PriorityEntry) -> None:
    held = {
        project.name: (
            project.leads,
            tuple(update.when for update in project.updates),
            tuple(action.when for action in project.actions),
        )
        for project in priority.projects
    }
    assert held == PROJECTS


def test_an_undated_line_is_a_further_paragraph_of_the_note_above(priority: PriorityEntry) -> None:
    assert [len(update.text.split("\n\n")) for update in priority.projects[0].updates] == [3, 1]
    assert priority.projects[5].updates[0].text.split("\n\n")[1].startswith("Liaising with premises")


def test_an_undated_action_has_the_window_that_its_text_names(priority: PriorityEntry) -> None:
    undated = priority.projects[7].actions[0]
    assert undated.text == "Programme will continue in 2011/12."
    assert undated.period == Period.financial_year(2011)


def test_the_hate_incidents_are_figures_of_their_project(priority: PriorityEntry) -> None:
    figures = [(figure.period.code, figure.value) for project in priority.projects for figure in project.figures]
    assert figures == [("2009/10", 17), ("2010/11", 23)]


def test_each_measure_has_its_comment_and_two_projects_are_highlighted(redditch: Plan, priority: PriorityEntry) -> None:
    edition = redditch.edition(Q4)
    assert [comment.measure for comment in edition.comments] == list(TOTALS)
    assert edition.comments[4].text.startswith("Worse than last year, showing an increasing trend.")
    assert [item.project for item in edition.highlights] == [priority.projects[0].name, priority.projects[7].name]


def test_every_london_borough_has_a_plan(boroughs: tuple[Plan, ...]) -> None:
    assert [plan.partnership.areas[0].code for plan in boroughs] == [f"E090000{number:02}" for number in range(2, 34)]
    assert boroughs[0].partnership.short_name == "Barking and Dagenham"
    assert boroughs[-1].partnership.short_name == "Westminster"


def test_the_boroughs_are_compared_with_one_another_and_with_nobody_else(boroughs: tuple[Plan, ...]) -> None:
    (group,) = boroughs[0].peer_groups
    assert list(group.members) == [plan.partnership.areas[0].name for plan in boroughs]
    assert {item.area for item in group.left_out} == {"Unknown", "London Heathrow and London City Airports"}


def test_the_boroughs_count_eleven_groups_and_not_fraud(boroughs: tuple[Plan, ...]) -> None:
    measures = boroughs[0].priorities[0].measures
    assert len(measures) == 11
    assert not any("raud" in measure.name for measure in measures)
    assert all(measure.population and measure.peer_group and measure.caveats for measure in measures)


def test_the_boroughs_count_what_the_met_police_published_under_names_without_it(boroughs: tuple[Plan, ...]) -> None:
    measures = [measure for plan in boroughs for measure in plan.priorities[0].measures]
    assert {measure.name for measure in measures} < set(GROUPS)
    assert all(measure.counted_as == f"{measure.name} (Met Police)" for measure in measures)


def test_a_polarity_of_neither_is_explained(boroughs: tuple[Plan, ...]) -> None:
    undecided = [measure for measure in boroughs[0].priorities[0].measures if measure.polarity is Polarity.NEITHER]
    assert {measure.name for measure in undecided} == {"Drug offences", "Possession of weapons", "Sexual offences"}
    assert all(measure.polarity_note for measure in undecided)
