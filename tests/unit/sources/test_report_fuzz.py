"""No bytes at all, and no report that was good before somebody touched it, make anything but blocks or a sentence.

Each test makes the same examples on every run.
"""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.faults import InputError
from quarterday.editions.check_report import check_printed
from quarterday.sources import report_pdf
from quarterday.sources.report_files import read_report
from quarterday.sources.report_pdf_pages import TooMuch, laid_out
from tests.made_report import FORMATS
from tests.unit.sources.test_fuzz import examples, touched

GOOD = {name: make() for name, make in FORMATS.items()}
PACKED = {
    "report.docx": ("word/document.xml", "word/styles.xml", "[Content_Types].xml"),
    "report.pptx": ("ppt/slides/slide1.xml", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"),
    "report.xlsx": ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"),
}
BEGINNINGS = [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xef\xbb\xbf"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("touched")


@pytest.fixture(autouse=True)
def pages_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of a PDF are read in this process, since starting another for each example takes too long."""

    def contents(file: report_pdf.InputFile) -> list[dict]:
        try:
            return json.loads(json.dumps(laid_out(file.data)))
        except TooMuch as error:
            raise InputError(f"{file.name}: {error}") from error
        except Exception as error:
            raise InputError(f"{file.name}: this PDF cannot be read ({error}).") from error

    monkeypatch.setattr(report_pdf, "_contents", contents)


def end_of(path: Path) -> tuple[object, ...]:
    """The findings, or the faults."""
    try:
        return check_printed(read_report(path)).findings
    except InputError as error:
        return error.faults or ("no fault at all",)


def checked(folder: Path, name: str, data: bytes) -> None:
    """Read and check the file twice: with the same end, and each fault names the file."""
    path = folder / name
    path.write_bytes(data)
    end = end_of(path)
    assert all(name in found if isinstance(found, str) else 0 <= found.start <= found.end for found in end), end
    assert end_of(path) == end


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_touched_below_was_good(name: str, folder: Path) -> None:
    path = folder / name
    path.write_bytes(GOOD[name])
    assert check_printed(read_report(path)).findings


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.dat"])
@given(start=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=300))
@examples(60)
def test_any_bytes(name: str, folder: Path, start: bytes, rest: bytes) -> None:
    checked(folder, name, start + rest)


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
@examples(40)
def test_a_touched_report(name: str, folder: Path, data: st.DataObject) -> None:
    checked(folder, name, data.draw(touched(GOOD[name])))


@pytest.mark.parametrize(("name", "part"), [(name, part) for name, parts in PACKED.items() for part in parts])
@given(data=st.data())
@examples(25)
def test_a_touched_part_of_a_packed_report(name: str, part: str, folder: Path, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD[name])) as archive:
        parts = {held: archive.read(held) for held in archive.namelist()}
    parts[part] = data.draw(touched(parts[part]))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for held, content in parts.items():
            archive.writestr(held, content)
    checked(folder, name, file.getvalue())


CELLS = st.sampled_from(
    ["", "Measure", "Area", "Theft", "Apr 2011", "201112", "2011", "Total", "Change", "% change", "% of total", "¹",
     "Comments", "(a) x", "*", "-", "[x]", "N/A", "1,234*", "73¹", "-5%", "1e309", "9" * 39, "0", "5", "10", "0.5",
     "Q1", "2010/11", "2011/12", "Fell by 5 (10%).", "Worse than last year", "\u0662\u0660\u0661\u0661", "\u202etfeht"]
)  # fmt: skip


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=7))
@examples(400)
def test_a_table_of_any_cells(folder: Path, rows: list[list[str]]) -> None:
    checked(folder, "a.txt", "\n".join("\t".join(row) for row in rows).encode())


@given(text=st.text(alphabet=st.sampled_from("a1|-\t \n*<>&#%,.(¹’") | st.characters(codec="utf-8"), max_size=200))
@examples(200)
def test_any_text(folder: Path, text: str) -> None:
    checked(folder, "a.md", text.encode())
