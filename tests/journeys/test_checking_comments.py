"""Checking comments at the terminal: what is printed, and how it ends."""

import json
from pathlib import Path

import pytest

from tests.conftest import Program

FIGURES = "measure,area,period,value\nTheft,Redditch,2010/11,198\nTheft,Redditch,2011/12,180\n"
ABOUT = ("--measure", "Theft", "--area", "Redditch", "--as-at", "2012-03", "--better", "lower")
CASE = {
    "id": "one",
    "text": "Better than last year, by 18 offences (10%).",
    "context": {"measure": "Theft", "area": "Redditch", "better": "lower", "as_at": "2012-03"},
    "figures": [
        {"measure": "Theft", "area": "Redditch", "period": "2010/11", "value": 198},
        {"measure": "Theft", "area": "Redditch", "period": "2011/12", "value": 180},
    ],
}


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    file = tmp_path / "figures.csv"
    file.write_text(FIGURES, "utf-8")
    return file


def test_a_comment_with_a_wrong_number_ends_with_one_and_shows_the_right_one(
    program: Program, figures: Path, tmp_path: Path
) -> None:
    text = tmp_path / "comment.txt"
    text.write_text("Better than last year, by 18 offences (10%).", "utf-8")
    done = program("check", "--figures", figures, *ABOUT, text)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == ["supported", "supported", "contradicted"]
    assert "18 of 198 is 9.09%" in lines[2]


def test_a_true_comment_ends_with_nought(program: Program, figures: Path, tmp_path: Path) -> None:
    text = tmp_path / "comment.txt"
    text.write_text("Better than last year, by 18 offences (9.1%).", "utf-8")
    done = program("check", "--figures", figures, *ABOUT, "--format", "json", text)
    assert done.returncode == 0
    assert {claim["verdict"] for claim in json.loads(done.stdout)["claims"]} == {"supported"}


def test_a_page_escapes_the_text_and_marks_with_more_than_colour(
    program: Program, figures: Path, tmp_path: Path
) -> None:
    text, page = tmp_path / "comment.txt", tmp_path / "page.html"
    text.write_text("Theft fell by 10%. <script>alert(1)</script>", "utf-8")
    program("check", "--figures", figures, *ABOUT, "--format", "html", "--out", page, text)
    written = page.read_text("utf-8")
    assert "<script>" not in written
    assert '<mark class="contradicted">' in written
    assert "contradicted</strong>" in written


def test_cases_give_one_line_each_and_end_with_nought(program: Program, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(f"{json.dumps(CASE)}\n{json.dumps(CASE | {'id': 'two', 'text': 'No claim.'})}\n", "utf-8")
    done = program("check", "--cases", cases)
    assert done.returncode == 0
    one, two = [json.loads(line) for line in done.stdout.splitlines()]
    assert (one["id"], two) == ("one", {"id": "two", "claims": []})
    assert set(one["claims"][0]) == {"quote", "start", "end", "kind", "verdict", "stated", "computed", "why"}
    assert [claim["verdict"] for claim in one["claims"]] == ["supported", "supported", "contradicted"]


def test_every_fault_of_a_file_of_cases_is_named_with_line_and_field(program: Program, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    wrong = CASE | {"context": CASE["context"] | {"better": "down", "as_at": "spring"}}  # type: ignore[operator]
    figure = CASE | {"id": "b", "figures": [{"measure": "Theft", "area": "R", "period": "2012-13", "value": "x"}]}
    cases.write_text(f"{json.dumps(wrong)}\nno json\n{json.dumps(figure)}\n", "utf-8")
    done = program("check", "--cases", cases)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for told in (
        "line 1, context, better",
        "line 1, context, as_at",
        "line 2: this is no JSON",
        "line 3, figure 1, value",
    ):
        assert told in done.stderr


def test_a_measure_that_the_figures_lack_is_an_error_that_names_theirs(program: Program, figures: Path) -> None:
    done = program("check", "--figures", figures, "--measure", "Arson", *ABOUT[2:], figures)
    assert done.returncode == 1
    assert "'Theft'" in done.stderr


def test_a_comment_without_its_subject_is_wrong_use(program: Program, figures: Path) -> None:
    done = program("check", "--figures", figures, figures)
    assert done.returncode == 2
    assert "--measure" in done.stderr
