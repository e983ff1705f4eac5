"""The document as a page, on paper and as pictures."""

import csv
import re
from dataclasses import replace
from html import unescape
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import unquote

import page as pdf_rules
import pikepdf
import pytest

from quarterday.report import chart
from quarterday.report.document import (
    Cell,
    Chart,
    Comment,
    ControlChart,
    ControlLimits,
    ControlPoint,
    Document,
    DraftedSentence,
    FindingEntry,
    MeasureRow,
    MeasureTable,
    Method,
    PeerPlace,
    RankedChart,
    RateLimits,
    Span,
)
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


METHOD = Method(name="XmR control chart", text="Counts are large.", source="Wheeler", options={"run length": "7"})


def with_row(document: Document, row: MeasureRow) -> Document:
    """The document with ``row`` for its first measure."""
    (priority,), table = document.priorities, first_table(document)
    rows = (row, *table.rows[1:])
    return replace(document, priorities=(replace(priority, measures=replace(table, rows=rows)),))


def control_of(row: MeasureRow) -> ControlChart:
    """Fourteen months from February 2011, of which the third is not known and the last is flagged."""
    values = (15, 16, None, 14, 15, 17, 16, 15, 14, 15, 16, 15, 16, 40)
    return ControlChart(
        chart=Chart(name=row.control.chart.name, drawn=True, title=f"{row.measure}: high", alt="A control chart."),
        counted="Offences a month", of_gaps=False, first="2011-02", months=len(values),
        points=tuple(
            ControlPoint(
                place=at, month=f"{2011 + (at + 1) // 12}-{(at + 1) % 12 + 1:02d}", value=value,
                text="not known" if value is None else str(value),
                signals=("above the upper limit",) if value == 40 else (), way="up" if value == 40 else "",
            )
            for at, value in enumerate(values)
        ),
        limits=(ControlLimits(start=0, stop=14, centre=15.5, lower=None, upper=21.25, reason="", text="Average."),),
        flags=("March 2012, 40: above the upper limit.",), remarks=("Not known: Apr '11.",), method=METHOD,
    )  # fmt: skip


def ranked_of(row: MeasureRow, *, area: str = "Redditch") -> RankedChart:
    """Two areas."""
    limits = (RateLimits(name="95%", lower=1.5, upper=3.25, text="1.5 to 3.3"),)
    places = tuple(
        PeerPlace(
            area=name, own=at == 0, rate=at + 1.125, text=f"{at + 1}.1", limits=limits, rank=at + 1, rank_lower=1,
            position="in line with the average", rank_upper=2, tied=False, place=f"{at + 1} (1 to 2)",
        )
        for at, name in enumerate((area, "Bromsgrove"))
    )  # fmt: skip
    return RankedChart(
        chart=Chart(name=f"{row.chart.name}-peers", drawn=True, title=f"{row.measure}: 1st of 2", alt="Bars."),
        counted="Offences per 1,000 residents", average=1.625, average_text="1.6", places=places,
        remarks=("Peer group: two.",), method=METHOD,
    )  # fmt: skip


@pytest.fixture(scope="module")
def charted_document(redditch_document: Document) -> Document:
    """Redditch's, as if months and peers of its first measure were known."""
    row = first_table(redditch_document).rows[0]
    return with_row(redditch_document, replace(row, control=control_of(row), ranked=ranked_of(row)))


def file_in(html: str, name: str) -> list[list[str]]:
    """The lines of the file that a link of the page carries."""
    (address,) = re.findall(rf'href="([^"]+)" download="{name}"', html)
    return list(csv.reader(StringIO(unquote(unescape(address).removeprefix("data:text/csv;charset=utf-8,")))))


def test_the_figures_of_months_stand_in_a_table_by_years_with_what_is_flagged(charted_document: Document) -> None:
    html = to_html(charted_document, chart.draw(charted_document))
    (table,) = re.findall(r'<table class="months">(.*?)</table>', html, flags=re.DOTALL)
    years = re.findall(r'<th scope="row">([^<]+)</th>', table)
    assert years == ["2010/11", "2011/12"]
    cells = re.findall(r'<td class="number">(.*?)</td>', table)
    assert len(cells) == 24
    assert (cells[:10], cells[10:13]) == ([""] * 10, ["15", "16", "not known"])
    assert 'flagged: above the upper limit</span><span class="sign" aria-hidden="true">▲' in cells[-1]


def test_each_chart_has_its_figures_as_a_file_within_the_page(charted_document: Document) -> None:
    html = to_html(charted_document, chart.draw(charted_document))
    months = file_in(html, "1-harassment-offences-months.csv")
    assert months[0] == ["month", "value", "centre", "lower limit", "upper limit", "flagged"]
    assert months[3] == ["2011-04", "", "15.5", "", "21.25", ""]
    assert months[-1] == ["2012-03", "40", "15.5", "", "21.25", "above the upper limit"]
    peers = file_in(html, "1-harassment-offences-peers.csv")
    assert peers[1] == ["Redditch", "1.125", "1.625", "1.5", "3.25", "in line with the average", "1", "1", "2"]


def test_no_name_in_a_file_is_taken_for_a_formula(charted_document: Document) -> None:
    row = first_table(charted_document).rows[0]
    document = with_row(charted_document, replace(row, ranked=ranked_of(row, area="=1+1")))
    html = to_html(document, chart.draw(document))
    assert file_in(html, "1-harassment-offences-peers.csv")[1][0] == "'=1+1"


def test_each_chart_names_its_method_and_why_it_was_chosen(charted_document: Document) -> None:
    html = to_html(charted_document, chart.draw(charted_document))
    assert html.count("XmR control chart. Counts are large. Source: Wheeler.") == 2
    assert "Options in force: run length: 7." in html


def test_the_links_and_names_of_a_page_with_all_charts_are_sound(charted_document: Document) -> None:
    html = to_html(charted_document, chart.draw(charted_document))
    names = re.findall(r'\bid="([^"]+)"', html)
    regions = re.findall(r'role="region" aria-label="([^"]+)"', html)
    assert (len(names), len(regions)) == (len(set(names)), len(set(regions)))
    assert set(re.findall(r'(?:src|href)="(?!#)([a-z]+:)', html)) == {"data:"}


def test_the_pdf_has_the_months_but_nothing_that_only_a_screen_can_open(charted_document: Document) -> None:
    drawn = chart.draw(charted_document)
    on_paper = to_html(charted_document, drawn, on_paper=True)
    assert ("<details" in on_paper, "data:text/csv" in on_paper, 'class="months"' in on_paper) == (False, False, True)
    report = pdf_rules.validate_pdf_bytes(to_pdf(charted_document, drawn), profile=pdf_rules.ValidationProfile.PDF_UA_1)
    assert "no failures" in str(report)


def test_a_number_in_a_drafted_sentence_names_the_finding_that_it_is_of(redditch_document: Document) -> None:
    row = first_table(redditch_document).rows[0]
    finding = FindingEntry(
        kind="standing", periods=("2011/12",), values={"rate": 2.125}, verdict="", strength="clear", p=None, method="",
        caveats=(), unavailable="", sentence="",
    )  # fmt: skip
    sentence = DraftedSentence(
        text="At 2.1 it is high.", finding="standing", spans=(Span(start=3, end=6, finding="standing", value="rate"),)
    )
    document = with_row(redditch_document, replace(row, findings=(finding,), sentences=(sentence,)))
    html = to_html(document, chart.draw(document))
    assert 'At <data value="2.125" data-finding="standing" data-value="rate">2.1</data> it is high.' in html


def test_the_page_shows_each_flag_once_in_its_row_and_once_at_the_top(
    redditch_document: Document, charts: dict[str, str]
) -> None:
    html = unescape(to_html(redditch_document, charts))
    flagged = [claim for _, claim in redditch_document.contradictions]
    assert "Worse than last year" in {claim.quote for claim in flagged}
    assert html.count('class="flag"') == len(flagged)
    for claim in flagged:
        assert f"<mark>{claim.quote}</mark>" in html
        assert html.count(f"“{claim.quote}”. {claim.why}") == 2


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
    picture = chart.draw(document)[row.chart.name]
    assert picture.count("<circle") == 7


def test_a_chart_says_what_it_shows_to_those_who_do_not_see_it(charts: dict[str, str]) -> None:
    svg = charts["1-harassment-offences"]
    assert 'role="img"' in svg
    assert ">Harassment offences: down 18 offences (9.1%), no clear change</title>" in svg


def test_a_chart_prints_each_total_and_the_last_month_of_each(charts: dict[str, str]) -> None:
    svg = charts["5-crimes-with-domestic-abuse-interest-marker"]
    texts = set(re.findall(r">([^<>]+)</text>", svg))
    assert {"539", "558", "581", "585", "562", "567", "573"} <= texts
    assert {"Jun '10", "Mar '12"} <= set(map(unescape, texts))


def test_a_measure_without_months_says_why_there_is_no_control_chart(
    redditch_document: Document, charts: dict[str, str]
) -> None:
    html = to_html(redditch_document, charts)
    for row in first_table(redditch_document).rows:
        assert not row.control.chart.drawn
        assert f"There is no control chart of {row.measure}: " in html


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
