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
from quarterday.editions.analyse import Analysis, analyse_priority
from quarterday.editions.compose import compose
from quarterday.editions.gather import Gatherer, rolling_columns
from quarterday.editions.home import Home
from quarterday.plan.entries import Plan
from quarterday.report.document import Document
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
    with pytest.raises(InputError, match="Woods Partnership had no area in January to March 2026"):
        analyse(later, gatherer(tmp_path, monthly("Ash", 3)))


def test_a_measure_is_found_under_the_name_that_files_use(tmp_path: Path) -> None:
    named = plan(priorities=[{"name": "Safety", "measures": [THEFT | {"counted_as": "ALL  theft"}]}])
    figures = [*monthly("Ash", 3, measure="All Theft"), *monthly("Beech", 4, measure="All Theft")]
    (theft,) = analyse(named, gatherer(tmp_path, figures))
    assert theft.figures[-1].value == 84


def test_measures_of_two_windows_cannot_share_a_table(tmp_path: Path) -> None:
    mixed = plan(priorities=[{"name": "Safety", "measures": [THEFT, THEFT | {"name": "Robbery", "window": 3}]}])
    with pytest.raises(InputError, match="windows of 3 and 12 months, which cannot share a table"):
        analyse(mixed, gatherer(tmp_path, monthly("Ash", 3)))


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
    assert "At 10.0 offences per 1,000 residents it ranks 2 of 3 (1 = lowest)" in row.drafted


def test_a_member_without_a_rate_is_not_ranked_and_is_named(tmp_path: Path) -> None:
    gathered = gatherer(tmp_path, [*monthly("Woods", 10), *monthly("Hill", 5), *residents(Woods=12_000, Hill=12_000)])
    made = document(ranked(), gathered)
    assert made.measure_tables[0].rows[0].standings[0].of == 2
    assert "Dale has no rate of Theft for 2025/26, so it is not ranked." in made.notes


def test_an_area_left_out_by_rule_is_named_with_the_reason(tmp_path: Path) -> None:
    left_out = ranked(left_out=[{"area": "Airport", "reason": "it has no residents"}])
    made = document(left_out, gatherer(tmp_path, monthly("Woods", 10)))
    assert "Airport is left out of the comparison with Neighbours: it has no residents" in made.notes


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
