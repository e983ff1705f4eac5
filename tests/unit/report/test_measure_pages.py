"""What a page of one measure shows beside words: the shape of its row, and its figures as files."""

import csv
import re
from dataclasses import replace
from io import StringIO
from xml.etree import ElementTree as ET

import pytest

from quarterday.report.chart_csv import totals_csv
from quarterday.report.chart_sparkline import sparkline
from quarterday.report.document import Cell, Document, MeasureRow, MeasureTable
from quarterday.report.html import to_fragment, to_pictures


@pytest.fixture
def table(redditch_document: Document) -> MeasureTable:
    return redditch_document.measure_tables[0]


@pytest.fixture
def row(table: MeasureTable) -> MeasureRow:
    return table.rows[-1]


def heights(picture: str) -> list[float]:
    """How high each point of the lines lies, from the top."""
    return [
        float(point.split(",")[1]) for points in re.findall(r'points="([^"]+)"', picture) for point in points.split()
    ]


def test_a_shape_begins_at_nought_so_that_a_small_change_looks_small() -> None:
    small, large = (max(found) - min(found) for found in (heights(sparkline([100, 95])), heights(sparkline([100, 5]))))
    assert small < 2 < large


@pytest.mark.parametrize("values", [[None, None], []])
def test_a_row_without_totals_has_no_shape(values: list[None]) -> None:
    assert sparkline(values) == ""


@pytest.mark.parametrize("values", [[1, None, 3, 4], [0, 0], [5], [-2, 3], [7, 6, None]])
def test_a_shape_is_well_formed_with_a_gap_where_a_total_is_missing(values: list[float | None]) -> None:
    picture = ET.fromstring(sparkline(values))  # noqa: S314 - drawn a line above
    runs = "".join("n" if value is None else "x" for value in values).split("n")
    assert len(picture.findall("polyline")) == len([run for run in runs if run])
    assert len(picture.findall("circle")) == (values[-1] is not None)


def test_a_shape_has_nothing_that_a_strict_page_forbids() -> None:
    assert not re.search(r"style|script|xlink", sparkline([1, 2, 3]))


def test_totals_are_a_file_with_their_marks_and_reasons(table: MeasureTable, row: MeasureRow) -> None:
    gap = Cell(text="", marks=("[x]",), reason="=not come")
    lines = list(csv.reader(StringIO(totals_csv(table, replace(row, figures=(gap, *row.figures[1:]))))))
    assert lines[0] == ["period", "total", "marks", "reason"]
    assert lines[1] == [table.columns[0].period, "", "[x]", "'=not come"]
    assert [line[1] for line in lines[2:]] == [str(cell.value) for cell in row.figures[1:]]


def test_the_pictures_of_a_measure_have_their_figures_and_no_headings_of_their_own(
    table: MeasureTable, row: MeasureRow
) -> None:
    page = to_pictures(table, row, picture=lambda chart: f"/{chart.name}.svg")
    assert f'<img src="/{row.chart.name}.svg"' in page
    assert f'download="{row.chart.name}.csv"' in page
    assert not re.search(r"<h\d", page)


def test_an_overridden_claim_stands_with_its_reason_and_is_not_listed_at_the_head(redditch_document: Document) -> None:
    priority = redditch_document.priorities[0]
    assert priority.measures is not None
    *others, last = priority.measures.rows
    assert last.comment is not None
    kept = tuple(
        replace(claim, overridden="As the minutes have it.", overridden_by="Ann Lee")
        if claim.verdict == "contradicted"
        else claim
        for claim in last.comment.claims
    )
    rows = (*others, replace(last, comment=replace(last.comment, claims=kept)))
    document = replace(
        redditch_document, priorities=(replace(priority, measures=replace(priority.measures, rows=rows)),)
    )
    page = to_fragment(document, picture=lambda chart: chart.name)
    assert document.contradictions == ()
    assert "Comments that their figures contradict" not in page
    assert page.count("It stays because: As the minutes have it.") == 2
    assert "<mark>Worse than last year</mark>" in page
