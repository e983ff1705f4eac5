"""A plan goes into a file and comes back, and a file that is none is refused in words."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from quarterday.domain.faults import InputError
from quarterday.plan.entries import Plan, UpdateEntry
from quarterday.plan.plan_file import plan_text, read_plans
from tests.unit.plan.plan_files import REDDITCH, faults_of, read_text
from tests.unit.plan.plan_strategies import plans, texts


def said_of(text: str | bytes) -> str:
    return "\n".join(faults_of(text))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_what_is_exported_loads_back_equal(plan: Plan) -> None:
    assert read_text(plan_text(plan)) == (plan,)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_an_export_of_an_export_is_the_same_text(plan: Plan) -> None:
    (again,) = read_text(plan_text(plan))
    assert plan_text(again) == plan_text(plan)


@given(texts, st.sampled_from([*map(chr, range(9)), "\x0b", "\r", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"]))
def test_a_character_that_cannot_be_printed_is_refused_and_named(text: str, character: str) -> None:
    with pytest.raises(ValidationError, match=f"U\\+{ord(character):04X}"):
        UpdateEntry(when="Feb 2012", text=f"a{character}{text}")


def test_a_character_may_not_be_smuggled_in_as_an_escape() -> None:
    said = said_of(REDDITCH.read_text(encoding="utf-8").replace('"Youth Offending Service"', '"Youth\\u0000Service"'))
    assert "agencies[6].name, of 'YOS': 'Youth\\x00Service' holds the character U+0000" in said


def test_defaults_are_left_out_of_an_export(redditch: Plan) -> None:
    text = plan_text(redditch)
    assert "OFFICIAL" not in text
    assert "includes_area" not in text
    assert "state =" not in text


def test_an_export_keeps_paragraphs_as_lines_and_whole_numbers_whole(redditch: Plan) -> None:
    text = plan_text(redditch)
    assert "operations.\n\nCST wins £5,000" in text
    assert "value = 17 }" in text


def test_a_file_saved_by_windows_reads_the_same() -> None:
    saved = "\ufeff" + REDDITCH.read_text(encoding="utf-8").replace("\n", "\r\n")
    assert read_text(saved) == read_plans(REDDITCH)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError, match=r"nowhere/plan\.toml: the file cannot be read \(No such file"):
        read_plans(Path("nowhere/plan.toml"))


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_plans(tmp_path)


def test_another_encoding_is_refused_with_the_line() -> None:
    latin = (
        REDDITCH.read_text(encoding="utf-8").replace("£", "PST").encode("latin-1", "replace").replace(b"PST", b"\xa3")
    )
    line = REDDITCH.read_text(encoding="utf-8").split("£")[0].count("\n") + 1
    assert f"line {line} is not UTF-8 text; save the file with the encoding UTF-8." in said_of(latin)


def test_a_mistake_of_syntax_is_shown_with_line_and_column() -> None:
    said = said_of("format = 1\n[partnership\nname = 'x'\n")
    assert "the file is not valid TOML" in said
    assert "line 2, column 13" in said


def test_a_file_that_is_far_too_large_is_not_read() -> None:
    assert "more than 5,000,000 bytes" in said_of(b"#" * 5_000_001)


@pytest.mark.parametrize(
    ("first", "came"), [("", "nothing"), ("format = 2\n", "the number 2"), ("format = true\n", "true")]
)
def test_another_format_is_refused(first: str, came: str) -> None:
    assert f"format: {came} came; wanted the line 'format = 1'" in said_of(first)


@pytest.mark.parametrize(
    "hostile",
    [
        b"\x00",
        b"\xff\xfe\x00",
        b"format = 1\n" + b"a = " + b"[" * 5000,
        b"format = 1\n[template]\nareas = [{ name = 'A' }]\n[" + b".".join([b"x"] * 1500) + b"]\n",
        b"format = 1\na = " + b"9" * 5000,
        b"format = 1\na = 0x" + b"f" * 5000,
        b"format = 1\npartnership = 1\nagencies = 'x'\npriorities = [[[1]], { measures = [1] }, { projects = {} }]",
        b"format = 1\npeer_groups = ['a', 'a', 1979-05-27]\neditions = [{ quarter = 07:32:00, version = [] }]",
        b"format = 1\n[[agencies]]\nshort_name = []\npart_of = {}\n[[agencies]]\nshort_name = []\n",
        b"format = 1\ntemplate = 5\n",
        b"format = 1\npartnership = []\n[template]\nareas = [{ name = 'A' }, { name = 'a' }, 5]\n",
    ],
)
def test_hostile_bytes_get_sentences(hostile: bytes) -> None:
    assert all(fault.endswith((".", "?")) for fault in said_of(hostile).split("\n"))


@settings(max_examples=200)
@given(st.data())
def test_damaged_bytes_are_a_plan_or_an_error_in_words(data: st.DataObject) -> None:
    content = bytearray(REDDITCH.read_bytes())
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=4)
    ):
        content[place] = byte
    with contextlib.suppress(InputError):
        read_text(bytes(content))


@pytest.mark.parametrize("part", ["a", '"a b"', "'a b'", '"a \\" b"', "a . b"])
def test_a_key_of_very_many_parts_is_refused_at_once(part: str) -> None:
    (fault,) = faults_of("format = 1\n" + f"{part}." * 400_000 + "b = 1\n")
    assert fault == "line 2: a key has over 50 parts; no key of a plan has over two."


def test_a_text_of_quotation_marks_takes_no_time() -> None:
    assert faults_of("format = 1\nx = '" + '\\"' * 400_000 + "'\n")


def test_a_long_text_is_no_key() -> None:
    plain = REDDITCH.read_text("utf-8").replace("Gay nights held", "w" * 500_000 + " e.g. www.a.b.c held")
    assert len(read_text(plain)) == 1
