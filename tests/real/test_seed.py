"""The Redditch edition against the report itself."""

from pathlib import Path

from quarterday.report.document import Document


def words(text: str) -> str:
    """The text without mark-up, footnote markers and differences of spacing or dashes."""
    plain = text.replace("<i>", "").replace("</i>", "").replace("<u>", "").replace("</u>", "").replace("¹", "")
    plain = plain.replace("15 th", "15th").replace("14 th", "14th").replace("co- ordination", "co-ordination")
    return "".join(plain.split()).replace(".", "").replace(":", "").replace("–", "-")


def test_every_total_of_the_report_stands_in_its_row(seed: Path, redditch_document: Document) -> None:
    printed = {}
    for line in seed.read_text("utf-8").splitlines():
        name, *cells = line.split("\t")
        if len(cells) >= 9 and cells[0].strip().isdigit():
            printed[name.strip()] = [int(cell) for cell in cells[:8]]
    (table,) = redditch_document.measure_tables
    assert len(printed) == 5
    assert {row.measure: [cell.value for cell in row.figures] for row in table.rows} == printed


def test_every_comment_of_the_report_stands_word_for_word(seed: Path, redditch_document: Document) -> None:
    report = words(seed.read_text("utf-8"))
    (table,) = redditch_document.measure_tables
    comments = [row.comment.text for row in table.rows if row.comment]
    assert len(comments) == 5
    assert [comment for comment in comments if words(comment) not in report] == []


def test_every_highlight_and_note_of_one_line_stands_word_for_word(seed: Path, redditch_document: Document) -> None:
    report = words(seed.read_text("utf-8"))
    (priority,) = redditch_document.priorities
    assert priority.highlights is not None
    assert [row.text for row in priority.highlights.rows if words(row.text) not in report] == []
