"""The Redditch edition holds all that the report of 2012 held."""

import json
from typing import Any

import pytest

from quarterday.editions.archive import Kept

TOTALS = {
    "Harassment offences": [141, 167, 183, 198, 209, 204, 190, 180],
    "Hate crime reports to local authority": [22, 26, 24, 23, 20, 13, 14, 16],
    "Racially or religiously aggravated offences": [55, 59, 69, 73, 71, 80, 73, 79],
    "Crimes with vulnerable adult interest marker (as victim or offender)": [52, 56, 65, 59, 71, 86, 80, 84],
    "Crimes with domestic abuse interest marker": [539, 558, 581, 581, 585, 562, 567, 573],
}
LABELS = [
    "Jul '09 - Jun '10", "Oct '09 - Sept '10", "Jan '10 - Dec '10", "Apr '10 - Mar '11",
    "Jul '10 - Jun '11", "Oct '10 - Sept '11", "Jan '11 - Dec '11", "Apr '11 - Mar '12",
]  # fmt: skip
# Each project with the dates of its notes, the dates of its actions and its leads.
PROJECTS = [
    (
        'Operation STAYSAFE & "Straightline" alcohol referral',
        ["Feb 2012", "Mar 2012"],
        ["June – July 2012"],
        "Police YOS CST",
    ),
    (
        '"Adults with chaotic lifestyles" protocols - report to RCSP',
        ["Aug 2011", "2012"],
        [],
        "RBC Housing Police Mental Health Trust",
    ),
    ("Develop community hate-incident reporting centres", ["2012", "Mar 2012"], ["May & Jun 2012"], "RAHP"),
    ("Schools hate-crime prevention workshops", ["Sept 2011", "Feb 2012"], ["2012"], "RAHP"),
    ('"Keeping safe" workshops – learning disability', ["2011 to Mar 2012"], ["Mar 2012", "2012"], "RAHP"),
    ("Lesbian, Gay, Bisexual and Transgender initiatives", ["Feb & Mar 2012"], ["End 2012"], "RAHP"),
    ("New youth facilities & services options", ["Sep 2011", "Mar 2012"], [], ""),
    (
        "Programme of Support for Mothers or Female Carers Affected By Domestic Abuse",
        ["2010/11 & 2011/12", "Dec 11 – Mar 2012", "Apr 2012"],
        ["", "June 2012"],
        "RBC SureStart",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def edition(redditch: Kept) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((redditch.folder / "edition.json").read_text("utf-8"))
    return content


@pytest.fixture(scope="module")
def rows(edition: dict[str, Any]) -> dict[str, dict[str, Any]]:
    (priority,) = edition["priorities"]
    return {row["measure"]: row for row in priority["measures"]["rows"]}


def test_the_edition_names_its_priority_partnership_and_quarter(edition: dict[str, Any]) -> None:
    assert edition["title"] == "Partnership priority: Protecting Communities, Q4 2011/12"
    assert (edition["short_name"], edition["quarter_code"]) == ("Redditch", "2011/12 Q4")


def test_the_first_table_has_forty_totals_under_the_labels_of_the_report(edition: dict[str, Any]) -> None:
    table = edition["priorities"][0]["measures"]
    assert [column["label"] for column in table["columns"]] == LABELS
    assert {row["measure"]: [cell["value"] for cell in row["figures"]] for row in table["rows"]} == TOTALS


def test_each_measure_has_the_comment_that_was_written(rows: dict[str, dict[str, Any]]) -> None:
    starts = [row["comment"]["text"].split(",")[0].split(".")[0] for row in rows.values()]
    assert starts == [
        "Better than last year",
        "Better than this time last year",
        "Worse than last year",
        "Worse than last year",
        "Worse than last year",
    ]


def test_domestic_abuse_is_flagged_with_the_arithmetic_and_nothing_else_is(rows: dict[str, dict[str, Any]]) -> None:
    wrong = {
        name: [claim for claim in row["comment"]["claims"] if claim["verdict"] == "contradicted"]
        for name, row in rows.items()
    }
    *others, domestic_abuse = TOTALS
    assert {name: wrong[name] for name in others} == {name: [] for name in others}
    verdict, trend = wrong[domestic_abuse]
    assert (verdict["quote"], trend["quote"]) == ("Worse than last year", "showing an increasing trend")
    assert "581 in 2010/11, 573 in 2011/12, a fall of 8" in verdict["why"]


def test_a_sentence_is_drafted_beside_each_comment(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["Harassment offences"]["drafted"].startswith(
        "Better than last year: down 18 offences (9.1%), from 198 to 180. This is within the range of chance"
    )
    assert all(row["drafted"] for row in rows.values())


def test_the_caveat_stands_at_both_measures_that_carry_it(
    edition: dict[str, Any], rows: dict[str, dict[str, Any]]
) -> None:
    marked = [name for name, row in rows.items() if row["footnotes"] == ["1"]]
    assert marked == list(TOTALS)[3:]
    (footnote,) = edition["priorities"][0]["measures"]["footnotes"]
    assert "consistent use of the interest markers is required" in footnote["text"]


def test_the_standings_are_quoted_ones(rows: dict[str, dict[str, Any]]) -> None:
    quoted = {
        name: [(item["basis"], item["rank"], item["of"]) for item in row["standings"]] for name, row in rows.items()
    }
    assert quoted["Harassment offences"] == [("quoted", 15, 15)]
    assert quoted["Racially or religiously aggravated offences"] == [("quoted", 14, 15)]


def test_the_note_on_hate_reports_says_that_more_reporting_was_wanted(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["Hate crime reports to local authority"]
    assert row["polarity"] == "lower is better"
    assert "more reporting" in row["polarity_note"]


def test_the_countywide_rows_have_a_status_with_reason_and_owner_in_each_cell(edition: dict[str, Any]) -> None:
    rows = edition["countywide"]["rows"]
    assert [row["priority"] for row in rows] == ["Drugs and Alcohol", "Anti-social Behaviour", "Domestic abuse"]
    cells = [row[place] for row in rows for place in ("baseline_and_target", "county", "partnership")]
    assert {(cell["text"], *cell["marks"]) for cell in cells} == {("not yet formulated", "[z]")}
    assert all(cell["value"] is None and cell["reason"] and cell["owner"] for cell in cells)
    assert rows[0]["comment"].startswith("Measures still being formulated. Once measures approved")


def test_there_are_eight_projects_with_every_dated_note_action_and_lead(edition: dict[str, Any]) -> None:
    found = [
        (
            row["project"],
            [note["when"] for note in row["updates"]],
            [action["when"] for action in row["actions"]],
            " ".join(lead["short_name"] for lead in row["leads"]),
        )
        for row in edition["priorities"][0]["projects"]["rows"]
    ]
    assert found == PROJECTS


def test_an_undated_line_is_a_paragraph_of_the_note_above_it(edition: dict[str, Any]) -> None:
    first = edition["priorities"][0]["projects"]["rows"][0]
    assert len(first["updates"][0]["paragraphs"]) == 3


def test_a_project_keeps_its_own_counts(edition: dict[str, Any]) -> None:
    figures = edition["priorities"][0]["projects"]["rows"][2]["figures"]
    assert [(figure["label"], figure["cell"]["value"]) for figure in figures] == [("2009/10", 17), ("2010/11", 23)]


def test_an_open_action_whose_window_has_ended_is_overdue(edition: dict[str, Any]) -> None:
    rows = edition["priorities"][0]["projects"]["rows"]
    overdue = [action["text"] for row in rows for action in row["actions"] if action["state"] == "overdue"]
    assert overdue == ["Redditch workshop scheduled.", "Programme will continue in 2011/12."]


def test_the_highlights_are_tied_to_their_projects(edition: dict[str, Any]) -> None:
    rows = edition["priorities"][0]["highlights"]["rows"]
    assert [row["about"] for row in rows] == [PROJECTS[0][0], PROJECTS[7][0]]
    assert "Police availability is a constraint." in rows[0]["text"]


def test_every_mark_is_in_the_legend_and_every_figure_has_its_source(edition: dict[str, Any]) -> None:
    assert [entry["mark"] for entry in edition["legend"]] == ["[z]"]
    (source,) = edition["sources"]
    assert list(source["files"]) == ["figures.csv"]
