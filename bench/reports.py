"""One whole report that somebody else made, checked as a person would: the program's start is part of it."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from bench.measure import Run, run, without_pandas
from bench.national import PROGRAM

SEED = Path(__file__).resolve().parent.parent.parent / "shared" / "seed"
_PAGES = 20
_MEASURES = 15
# The check ends with 1 where something is contradicted, which is no failure here.
_CHECK = '"$0" check "$1" --format html; test $? -le 1'


def reports(folder: Path) -> Iterator[Run]:
    """The report that the project starts from, where it is there, and twenty pages of tables, .docx and .pdf."""
    folder.mkdir(parents=True, exist_ok=True)
    files = dict.fromkeys(["the first report"][: SEED.exists()], next(SEED.glob("*.txt"), SEED))
    files |= {f"{_PAGES} pages, .docx": _docx(folder), f"{_PAGES} pages, .pdf": _pdf(folder)}
    for what, path in files.items():
        command = ["sh", "-c", _CHECK, PROGRAM, path]
        yield run(f"Check a report: {what}", command, wanted="2 s", environment=without_pandas(folder / what))


def _rows(page: int) -> list[list[str]]:
    """A table of a page: counts, their change, and a comment that is right."""
    rows = [["Measure", "2010/11", "2011/12", "Change", "Comments"]]
    for number in range(_MEASURES):
        before, after = 400 + number, 380 + number + page
        comment = f"{'Down' if after < before else 'Up'} by {abs(after - before)} offences on last year."
        rows.append([f"Offence {page}-{number}", str(before), str(after), str(after - before), comment])
    return rows


def _docx(folder: Path) -> Path:
    import docx

    document = docx.Document()
    for page in range(_PAGES):
        rows = _rows(page)
        table = document.add_table(len(rows), len(rows[0]))
        for line, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts, strict=True):
                cell.text = text
        document.add_page_break()
    path = folder / "report.docx"
    document.save(str(path))
    return path


def _pdf(folder: Path) -> Path:
    import weasyprint

    style = "td {border: 1px solid; padding: 3px} table {border-collapse: collapse; page-break-after: always}"
    tables = (
        "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in _rows(page))
        for page in range(_PAGES)
    )
    path = folder / "report.pdf"
    weasyprint.HTML(string=f"<style>{style}</style>{''.join(f'<table>{rows}</table>' for rows in tables)}").write_pdf(
        path
    )
    return path
