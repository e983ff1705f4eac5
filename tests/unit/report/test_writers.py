"""The document as a page, on paper and as pictures."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import page as pdf_rules
import pikepdf
import pytest

from quarterday.report import chart
from quarterday.report.document import Cell, Comment, Document, MeasureTable
from quarterday.report.html import to_html
from quarterday.report.pdf import to_pdf

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} & 'quoted' \"twice\""


@pytest.fixture(scope="module")
def charts(redditch_document: Document) -> dict[str, str]:
    return dict(chart.draw(redditch_document))


@pytest.fixture(scope="module")
def paper(redditch_document: Document, charts: dict[str, str]) -> bytes:
    return to_pdf(redditch_document, charts)


def first_table(document: Document) -> MeasureTable:
    (table,) = document.measure_tables
    return table


def with_comment(document: Document, text: str) -> Document:
    """The document with ``text`` for the comment on its first measure."""
    (priority,), table = document.priorities, first_table(document)
    rows = (replace(table.rows[0], comment=Comment(text=text)), *table.rows[1:])
    return replace(document, priorities=(replace(priority, measures=replace(table, rows=rows)),))


def test_the_page_shows_the_flag_once_in_its_row_and_once_at_the_top(
    redditch_document: Document, charts: dict[str, str]
) -> None:
    html = to_html(redditch_document, charts)
    assert html.count('class="flag"') == 1
    assert html.count("<mark>Worse than last year</mark>") == 1
    assert html.count("down 8 crimes (1.4%), from 581 to 573. For this measure lower is better.") == 2


def test_what_a_person_wrote_is_never_markup(redditch_document: Document, charts: dict[str, str]) -> None:
    html = to_html(with_comment(redditch_document, HOSTILE), charts)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}" in html


def test_names_in_the_page_are_not_given_twice(redditch_document: Document, charts: dict[str, str]) -> None:
    names = re.findall(r'\bid="([^"]+)"', to_html(redditch_document, charts))
    assert len(names) == len(set(names))


def test_every_link_within_the_page_leads_somewhere(redditch_document: Document, charts: dict[str, str]) -> None:
    html = to_html(redditch_document, charts)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'\bid="([^"]+)"', html))


def test_the_page_needs_nothing_from_elsewhere(redditch_document: Document, charts: dict[str, str]) -> None:
    html = to_html(redditch_document, charts)
    assert set(re.findall(r'(?:src|href)="(?!#)([a-z]+:)', html)) == {"data:"}


def test_a_missing_total_shows_its_mark_and_leaves_a_gap_in_the_chart(redditch_document: Document) -> None:
    table = first_table(redditch_document)
    gap = Cell(text="", marks=("[x]",), reason="no figure for July 2011")
    row = replace(table.rows[0], figures=(*table.rows[0].figures[:7], gap))
    (priority,) = redditch_document.priorities
    changed = replace(priority, measures=replace(table, rows=(row,)))
    document = replace(redditch_document, priorities=(changed,))
    assert '<td class="number"><span class="marks">[x]</span></td>' in to_html(document, chart.draw(document))
    values = chart.totals_specification(table, row)["data"]["values"]
    assert values[7]["value"] is None


def test_a_chart_says_what_it_shows_to_those_who_do_not_see_it(charts: dict[str, str]) -> None:
    svg = charts["1-harassment-offences"]
    assert 'role="img"' in svg
    assert ">Harassment offences: down 18 offences (9.1%), no clear change</title>" in svg
    assert "NaN" not in svg


def test_a_chart_prints_each_total_and_label(charts: dict[str, str]) -> None:
    svg = charts["5-crimes-with-domestic-abuse-interest-marker"]
    assert {"539", "558", "581", "585", "562", "567", "573"} <= set(re.findall(r">([^<>]+)</text>", svg))
    assert ">Apr '11 -</tspan>" in svg or ">Apr '11 -<" in svg


def test_the_pdf_keeps_every_rule_of_pdf_ua_1(paper: bytes) -> None:
    report = pdf_rules.validate_pdf_bytes(paper, profile=pdf_rules.ValidationProfile.PDF_UA_1)
    assert "Result: no failures in implemented checks" in str(report)


def test_the_pdf_keeps_the_rules_with_a_hostile_comment(redditch_document: Document, charts: dict[str, str]) -> None:
    report = pdf_rules.validate_pdf_bytes(
        to_pdf(with_comment(redditch_document, HOSTILE), charts), profile=pdf_rules.ValidationProfile.PDF_UA_1
    )
    assert "no failures" in str(report)


def test_the_pdf_has_its_title_language_and_build_time(paper: bytes, redditch_document: Document) -> None:
    with pikepdf.open(BytesIO(paper)) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"{redditch_document.title} – Redditch"
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:2012042109")


def test_each_cell_of_each_table_refers_to_its_row_and_its_column(paper: bytes) -> None:
    """A table that runs over several pages has its column headings on each."""
    with pikepdf.open(BytesIO(paper)) as pdf:
        tables = [node for node in nodes(pdf.Root.StructTreeRoot) if node.S == "/Table"]
        assert len(tables) >= 4
        for table in tables:
            headings, *rows = [
                [cell for cell in nodes(row) if cell.S in ("/TH", "/TD")] for row in nodes(table) if row.S == "/TR"
            ]
            for name, *cells in rows:
                expected = [[str(name.ID), str(heading.ID)] for heading in headings[1:]]
                assert [[str(header) for header in cell.A.Headers] for cell in cells] == expected


def nodes(node: Any) -> list[Any]:  # noqa: ANN401 - an object of a PDF
    """Every element of the structure under ``node``, in reading order."""
    kids = node.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [kid, *nodes(kid)]
    return found
