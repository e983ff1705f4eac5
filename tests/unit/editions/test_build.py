"""From a plan and figures to a document: which figures are taken, and what stands where."""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, missing
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.domain.status import Status
from quarterday.editions.analyse import Analysis, analyse_priority
from quarterday.editions.compose import compose
from quarterday.editions.gather import Gatherer, rolling_columns
from quarterday.editions.home import Home
from quarterday.plan.entries import Plan
from quarterday.report.document import Document
from quarterday.report.html import to_fragment
from quarterday.warehouse.base import Intake

QUARTER = Period.financial_quarter(2025, 4)
TWO_YEARS = Period(QUARTER.last - 32, 33)
THEFT = {"name": "Theft", "unit": "offences", "definition": "Thefts.", "source": "Police", "polarity": "lower"}


def plan(**parts: Any) -> Plan:  # noqa: ANN401 - as a plan file has them
    """A plan of one partnership over Ash and Beech, with what is given in the place of its parts."""
    content: dict[str, Any] = {
        "partnership": {
            "name": "Woods Partnership",
            "short_name": "Woods",
            "areas": [{"name": "Ash"}, {"name": "Beech"}],
        },
        "priorities": [{"name": "Safety", "measures": [THEFT]}],
    }
    return Plan.model_validate(content | parts)


def monthly(area: str, count: float, *, measure: str = "Theft", gap: Period | None = None) -> list[Figure]:
    """``count`` in each month of the table, but for the month that did not come."""
    return [
        missing(measure, area, month, "the return did not come")
        if month == gap
        else Figure(measure, area, month, count)
        for month in TWO_YEARS
    ]


def gatherer(folder: Path, figures: Iterable[Figure]) -> Gatherer:
    """A warehouse in which the figures have landed."""
    warehouse = Home(folder).warehouse()
    source = Source("Test figures", "Nobody", "", (SourceFile("test.csv", "0" * 64),))
    warehouse.land(Intake(source, "test 1", tuple(figures)), loaded_at=datetime(2026, 4, 20, tzinfo=UTC))
    return Gatherer(warehouse)


def analyse(plan: Plan, gathered: Gatherer) -> tuple[Analysis, ...]:
    return analyse_priority(plan, plan.priorities[0], QUARTER, gathered)


def document(plan: Plan, gathered: Gatherer) -> Document:
    analyses = {priority.name: analyse_priority(plan, priority, QUARTER, gathered) for priority in plan.priorities}
    return compose(
        plan, QUARTER, analyses, releases=gathered.warehouse.releases(), built_at="2026-04-20T09:00:00+00:00"
    )


def test_a_table_has_eight_windows_three_months_apart_that_end_with_the_quarter() -> None:
    columns = rolling_columns(QUARTER, window=12)
    assert [column.code for column in columns[-2:]] == ["2025-01/2025-12", "2025/26"]
    assert {later.first - earlier.first for earlier, later in itertools.pairwise(columns)} == {3}
    assert len(columns) == 8


def test_a_partnership_of_two_districts_has_the_sum_of_both(tmp_path: Path) -> None:
    (theft,) = analyse(plan(), gatherer(tmp_path, [*monthly("Ash", 3), *monthly("Beech", 4)]))
    assert [figure.value for figure in theft.figures] == [84] * 8


def test_what_one_district_lacks_the_partnership_lacks_and_says_so(tmp_path: Path) -> None:
    january = Period.month(2026, 1)
    (theft,) = analyse(plan(), gatherer(tmp_path, [*monthly("Ash", 3), *monthly("Beech", 4, gap=january)]))
    assert theft.figures[-2].value == 84
    assert (theft.figures[-1].value, theft.figures[-1].note) == (None, "January 2026: Beech: the return did not come")


def test_a_district_counts_while_it_is_in_the_partnership(tmp_path: Path) -> None:
    areas = [{"name": "Ash"}, {"name": "Beech", "until": datetime(2025, 12, 31, tzinfo=UTC).date()}]
    left = plan(partnership={"name": "Woods Partnership", "short_name": "Woods", "areas": areas})
    (theft,) = analyse(left, gatherer(tmp_path, [*monthly("Ash", 3), *monthly("Beech", 4)]))
    assert theft.figures[-1].value == 36


def test_a_partnership_without_an_area_in_the_quarter_is_refused(tmp_path: Path) -> None:
    areas = [{"name": "Ash", "since": datetime(2026, 4, 1, tzinfo=UTC).date()}]
    later = plan(partnership={"name": "Woods Partnership", "short_name": "Woods", "areas": areas})
    with pytest.raises(InputError, match="Woods Partnership had no area at the end of January to March 2026"):
        analyse(later, gatherer(tmp_path, monthly("Ash", 3)))


def test_a_measure_is_found_under_the_name_that_files_use(tmp_path: Path) -> None:
    named = plan(priorities=[{"name": "Safety", "measures": [THEFT | {"counted_as": "ALL  theft"}]}])
    figures = [*monthly("Ash", 3, measure="All Theft"), *monthly("Beech", 4, measure="All Theft")]
    (theft,) = analyse(named, gatherer(tmp_path, figures))
    assert theft.figures[-1].value == 84


def test_quarters_are_compared_with_a_year_before_whatever_the_window(tmp_path: Path) -> None:
    figures = [Figure("Theft", "Woods", month, 10 + (month.first > TWO_YEARS.last - 3)) for month in TWO_YEARS]
    in_threes = plan(
        partnership={"name": "Woods Partnership", "short_name": "Woods", "areas": [{"name": "Woods"}]},
        priorities=[{"name": "Safety", "measures": [THEFT | {"window": 3}]}],
    )
    (table,) = document(in_threes, gatherer(tmp_path, figures)).measure_tables
    assert [cell.value for cell in table.rows[0].figures] == [30, 30, 30, 30, 30, 30, 30, 33]
    said = "By quarter, against a year before: Q1 2025/26 no change, Q2 no change, Q3 no change and Q4 up 3."
    assert said in table.rows[0].drafted
    assert table.compared.startswith("Dark points are the two totals of 3 months")


def test_a_total_that_disagrees_with_its_months_is_said_so_and_taints_no_other(tmp_path: Path) -> None:
    figures = [Figure("Theft", "Woods", month, 10) for month in TWO_YEARS]
    wrong = Figure("Theft", "Woods", Period.financial_year(2024), 999)
    woods = plan(partnership={"name": "Woods Partnership", "short_name": "Woods", "areas": [{"name": "Woods"}]})
    made = document(woods, gatherer(tmp_path, [*figures, wrong]))
    assert [cell.value for cell in made.measure_tables[0].rows[0].figures] == [120, 120, 120, 999, 120, 120, 120, 120]
    assert "Theft: 2024/25 came in as 999, but 12 shorter periods held add up to 120." in made.notes


def test_values_that_are_no_counts_are_compared_without_a_test(tmp_path: Path) -> None:
    figures = [
        Figure("Theft", "Woods", Period.financial_year(year), value) for year, value in ((2024, 60.5), (2025, 54.2))
    ]
    woods = plan(partnership={"name": "Woods Partnership", "short_name": "Woods", "areas": [{"name": "Woods"}]})
    (row,) = document(woods, gatherer(tmp_path, figures)).measure_tables[0].rows
    assert row.drafted.startswith("Better than last year: down 6.3 offences (10.4%), from 60.5 to 54.2.")
    assert "chance" not in row.drafted


def ranked(**group: object) -> Plan:
    """Woods, a partnership of the one area of that name, among three."""
    return plan(
        partnership={"name": "Woods Partnership", "short_name": "Woods", "areas": [{"name": "Woods"}]},
        peer_groups=[
            {"name": "Neighbours", "version": "2026", "size": 3, "source": "us", "members": ["Woods", "Hill", "Dale"]}
            | group
        ],
        priorities=[{"name": "Safety", "measures": [THEFT | {"peer_group": "Neighbours", "population": "Population"}]}],
    )


def residents(**people: int) -> list[Figure]:
    return [Figure("Population", area, Period.calendar_year(2021), count) for area, count in people.items()]


def test_a_rate_is_of_the_latest_residents_before_it_and_its_rank_is_said(tmp_path: Path) -> None:
    figures = [*monthly("Woods", 10), *monthly("Hill", 5), *monthly("Dale", 20)]
    people = [
        *residents(Woods=12_000, Hill=12_000, Dale=12_000),
        Figure("Population", "Woods", Period.calendar_year(2031), 1),
    ]
    (row,) = document(ranked(), gatherer(tmp_path, figures + people)).measure_tables[0].rows
    (standing,) = row.standings
    assert (standing.basis, standing.rank, standing.of, standing.rate) == ("computed", 2, 3, 10)
    assert "Ranked 2nd of 3 (1 = lowest) in Neighbours (2026): 10.0 per 1,000 residents" in row.drafted


def test_a_member_without_a_rate_is_not_ranked_and_is_named(tmp_path: Path) -> None:
    gathered = gatherer(tmp_path, [*monthly("Woods", 10), *monthly("Hill", 5), *residents(Woods=12_000, Hill=12_000)])
    made = document(ranked(), gathered)
    assert made.measure_tables[0].rows[0].standings[0].of == 2
    assert "Not ranked, for want of a rate of Theft: Dale." in made.notes


def test_an_area_left_out_by_rule_is_named_with_the_reason(tmp_path: Path) -> None:
    left_out = ranked(left_out=[{"area": "Airport", "reason": "It has no residents."}])
    made = document(left_out, gatherer(tmp_path, monthly("Woods", 10)))
    assert "Left out of the comparison with Neighbours: Airport. It has no residents." in made.notes


def test_a_caveat_is_numbered_on_through_the_priorities_of_a_document(tmp_path: Path) -> None:
    measures = [THEFT | {"caveats": ["First."]}], [THEFT | {"name": "Robbery", "caveats": ["Second.", "First."]}]
    two = plan(priorities=[{"name": name, "measures": rows} for name, rows in zip("AB", measures, strict=True)])
    tables = document(two, gatherer(tmp_path, monthly("Ash", 3))).measure_tables
    assert [(note.marker, note.text) for table in tables for note in table.footnotes] == [
        ("1", "First."),
        ("2", "Second."),
        ("3", "First."),
    ]
    assert [row.footnotes for table in tables for row in table.rows] == [("1",), ("2", "3")]


def test_a_priority_of_projects_alone_has_no_table_of_measures(tmp_path: Path) -> None:
    priorities = [{"name": "Safety", "measures": [THEFT]}, {"name": "Youth", "projects": [{"name": "Club"}]}]
    made = document(plan(priorities=priorities), gatherer(tmp_path, monthly("Ash", 3)))
    assert [priority.measures is None for priority in made.priorities] == [False, True]
    assert made.title == "Woods: quarterly report, Q4 2025/26"


def test_a_highlight_about_nothing_in_particular_stands_with_the_first_priority(tmp_path: Path) -> None:
    edition = {
        "quarter": "2025/26 Q4",
        "highlights": [{"text": "A new chair."}, {"text": "Theft.", "measure": "Theft"}],
    }
    made = document(plan(editions=[edition]), gatherer(tmp_path, monthly("Ash", 3)))
    table = made.priorities[0].highlights
    assert table is not None
    assert [(row.about, row.text) for row in table.rows] == [("Woods", "A new chair."), ("Theft", "Theft.")]


def test_only_the_sources_of_figures_that_were_used_are_named(tmp_path: Path) -> None:
    gathered = gatherer(tmp_path, [*monthly("Ash", 3), *monthly("Beech", 4)])
    other = Source("Other figures", "", "", (SourceFile("other.csv", "1" * 64),))
    gathered.warehouse.land(
        Intake(other, "test 1", (Figure("Noise", "Ash", QUARTER, 1),)), loaded_at=datetime(2026, 4, 21, tzinfo=UTC)
    )
    assert [source.title for source in document(plan(), gathered).sources] == ["Test figures"]


def test_tables_are_numbered_in_the_order_in_which_they_are_read(tmp_path: Path) -> None:
    cell = {"status": "awaited", "reason": "Not sent.", "owner": "County"}
    county = {
        "priority": "Drugs",
        "quarter": "2025/26 Q4",
        "baseline_and_target": cell,
        "county": cell,
        "partnership": cell,
    }
    two = [
        {"name": "A", "measures": [THEFT], "projects": [{"name": "Club"}]},
        {"name": "B", "projects": [{"name": "Pub"}]},
    ]
    made = document(plan(priorities=two, countywide=[county]), gatherer(tmp_path, monthly("Ash", 3)))
    assert made.countywide is not None
    captions = [
        table.caption
        for priority in made.priorities
        for table in (priority.measures, priority.projects, priority.highlights)
        if table
    ]
    assert [caption.split(":")[0] for caption in [*captions, made.countywide.caption]] == [
        "Table 1", "Table 2", "Table 3", "Table 4",
    ]  # fmt: skip


def test_an_open_issue_is_carried_from_quarter_to_quarter_until_it_is_closed(tmp_path: Path) -> None:
    before = {
        "quarter": "2025/26 Q3",
        "highlights": [{"text": "Open one."}, {"text": "Closed one.", "state": "closed"}],
    }
    made = document(plan(editions=[before]), gatherer(tmp_path, monthly("Ash", 3)))
    table = made.priorities[0].highlights
    assert table is not None
    assert [(row.text, row.state) for row in table.rows] == [("Open one.", "open since Q3 2025/26")]


def test_what_was_carried_forward_stands_once_with_since_when_and_what_was_decided(tmp_path: Path) -> None:
    issue = {"kind": "issue", "text": "The alley is dark."}
    editions = [
        {"quarter": "2025/26 Q2", "highlights": [issue]},
        {"quarter": "2025/26 Q3", "highlights": [{**issue, "carried_from": "2025/26 Q2"}]},
        {
            "quarter": "2025/26 Q4",
            "highlights": [{**issue, "carried_from": "2025/26 Q3", "decision": "The council will light it."}],
        },
    ]
    made = document(plan(editions=editions), gatherer(tmp_path, monthly("Ash", 3)))
    table = made.priorities[0].highlights
    assert table is not None
    assert [(row.text, row.state, row.decision) for row in table.rows] == [
        ("The alley is dark.", "open since Q2 2025/26", "The council will light it.")
    ]
    closed = [
        *editions[:2],
        {"quarter": "2025/26 Q4", "highlights": [{**editions[2]["highlights"][0], "state": "closed"}]},
    ]
    table = document(plan(editions=closed), gatherer(tmp_path, monthly("Ash", 3))).priorities[0].highlights
    assert table is not None
    assert [row.state for row in table.rows] == ["closed"]


def test_an_action_says_who_does_it_and_what_came_of_it(tmp_path: Path) -> None:
    project = {
        "name": "Club",
        "actions": [{"text": "Open the club.", "state": "done", "lead": "YS", "outcome": "Forty came."}],
    }
    made = document(
        plan(
            agencies=[{"short_name": "YS", "name": "Youth Service"}],
            priorities=[{"name": "Safety", "measures": [THEFT], "projects": [project]}],
        ),
        gatherer(tmp_path, monthly("Ash", 3)),
    )
    assert made.priorities[0].projects is not None
    (action,) = made.priorities[0].projects.rows[0].actions
    assert (action.state, action.lead, action.outcome) == ("done", "Youth Service", "Forty came.")
    page = to_fragment(made, picture=lambda chart: chart.name)
    assert ("Youth Service" in page, "What came of it: Forty came." in page) == (True, True)


def test_what_is_said_to_come_in_a_time_that_has_ended_is_told_once(tmp_path: Path) -> None:
    project = {
        "name": "Club",
        "updates": [
            {"when": "Dec 2025", "text": "Workshops will be held in February 2026."},
            {"when": "Mar 2026", "text": "Workshops were held. They will be held again in May 2026."},
        ],
        "actions": [
            {"text": "A leaflet will be printed in January 2026."},
            {"when": "Feb 2026", "text": "A talk will be given in February 2026."},  # overdue, and told as that
        ],
    }
    edition = {"quarter": "2025/26 Q4", "highlights": [{"text": "The scheme will continue in 2025/26."}]}
    priority = {"name": "A", "measures": [THEFT], "projects": [project]}
    made = document(plan(priorities=[priority], editions=[edition]), gatherer(tmp_path, monthly("Ash", 3)))
    assert [(text.about, text.quote) for text in made.stale] == [
        ("Club", "will be printed in January 2026"),
        ("Woods", "will continue in 2025/26"),
    ]
    assert "January 2026 had ended by March 2026" in made.stale[0].why
    assert len(made.overdue) == 1


def test_targets_and_baselines_are_shown_beside_the_measure(tmp_path: Path) -> None:
    agreed = {"targets": [{"value": 80, "period": "2025/26"}], "baselines": [{"value": 100, "period": "2023/24"}]}
    planned = plan(priorities=[{"name": "Safety", "measures": [THEFT | agreed]}])
    (row,) = document(planned, gatherer(tmp_path, monthly("Ash", 3))).measure_tables[0].rows
    assert row.agreed == ("baseline 100 offences in 2023/24.", "target 80 offences in 2025/26.")


def test_each_mark_in_a_cell_has_its_reason_below_the_table(tmp_path: Path) -> None:
    woods = plan(partnership={"name": "Woods Partnership", "short_name": "Woods", "areas": [{"name": "Woods"}]})
    gap = Period.month(2026, 1)
    (table,) = document(woods, gatherer(tmp_path, monthly("Woods", 3, gap=gap))).measure_tables
    assert table.remarks == ("[x] Theft, Apr '25 - Mar '26: January 2026: the return did not come.",)


def test_a_partnership_may_be_called_otherwise_than_its_district(tmp_path: Path) -> None:
    safer = plan(partnership={"name": "Safer Ash Partnership", "short_name": "Safer Ash", "areas": [{"name": "Ash"}]})
    months = monthly("Ash", 3, gap=Period.month(2024, 6))
    whole = Figure("Theft", "Ash", Period.financial_year(2025), 36)
    (theft,) = analyse(safer, gatherer(tmp_path, [*months, whole]))
    assert [figure.value for figure in theft.figures] == [None] * 4 + [36] * 4


def test_figures_under_an_areas_name_and_its_code_are_one_areas(tmp_path: Path) -> None:
    coded = plan(partnership={"name": "W", "short_name": "W", "areas": [{"name": "Ash", "code": "E07000001"}]})
    figures = [Figure("Theft", "Ash" if month.first % 2 else "E07000001", month, 3) for month in TWO_YEARS]
    (theft,) = analyse(coded, gatherer(tmp_path, figures))
    assert [figure.value for figure in theft.figures] == [36] * 8


def test_only_a_partnership_of_one_district_has_a_place_among_districts(tmp_path: Path) -> None:
    two = {"name": "Woods Partnership", "short_name": "Woods", "areas": [{"name": "Woods"}, {"name": "Ash"}]}
    both = ranked().model_copy(update={"partnership": plan(partnership=two).partnership})
    figures = [*monthly("Woods", 10), *monthly("Ash", 1), *monthly("Hill", 5), *residents(Woods=12_000, Hill=12_000)]
    made = document(both, gatherer(tmp_path, figures))
    assert made.measure_tables[0].rows[0].standings == ()
    assert "No standing is computed: the partnership is not one of the members of Neighbours." in made.notes


def test_a_place_among_one_is_none(tmp_path: Path) -> None:
    made = document(ranked(), gatherer(tmp_path, [*monthly("Woods", 10), *residents(Woods=12_000)]))
    assert made.measure_tables[0].rows[0].standings == ()


def test_a_break_that_is_marked_on_a_figure_is_a_caveat_on_the_comparison(tmp_path: Path) -> None:
    months = [
        Figure("Theft", "Woods", month, 10, (Status.BREAK,) if month == Period.month(2025, 6) else (), "")
        for month in TWO_YEARS
    ]
    woods = plan(
        partnership={"name": "Woods Partnership", "short_name": "Woods", "areas": [{"name": "Woods"}]},
        editions=[{"quarter": "2025/26 Q4", "comments": [{"measure": "Theft", "text": "Worse than last year."}]}],
    )
    (row,) = document(woods, gatherer(tmp_path, months)).measure_tables[0].rows
    said = "It crosses a break in the series: one is marked in June 2025."
    assert said in row.drafted
    assert row.findings[0].caveats == (said,)
    assert row.comment is not None
    assert said in row.comment.claims[0].why


def test_two_measures_whose_names_look_alike_have_a_picture_each(tmp_path: Path) -> None:
    alike = [THEFT | {"name": name} for name in ("Theft (other)", "Theft – other", "盗難")]
    made = document(plan(priorities=[{"name": "Safety", "measures": alike}]), gatherer(tmp_path, monthly("Ash", 3)))
    names = [row.chart.name for row in made.measure_tables[0].rows]
    assert names == ["1-theft-other", "2-theft-other", "3-unnamed"]


def test_a_difference_and_its_two_values_are_written_alike(tmp_path: Path) -> None:
    pairs = ((2024, 10.4), (2025, 10.45))
    figures = [Figure("Theft", "Woods", Period.financial_year(year), value) for year, value in pairs]
    woods = plan(partnership={"name": "Woods Partnership", "short_name": "Woods", "areas": [{"name": "Woods"}]})
    (row,) = document(woods, gatherer(tmp_path, figures)).measure_tables[0].rows
    assert row.drafted.startswith("Worse than last year: up 0.05 offences, from 10.4 to 10.45.")
