"""What a person hands over is opened with bounds, hashed as it is, and refused plainly."""

import hashlib
import os
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.sources.faults import Faults
from quarterday.sources.files import InputFile, open_file, read_rows, read_text


def test_a_file_is_hashed_as_it_lies_there(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b\r\n")
    source = open_file(path).as_source
    assert source.name == "return.csv"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*return\.csv; check the name and the folder"):
        open_file(tmp_path / "return.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder; name the file in it"):
        open_file(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a device or a pipe"):
        open_file(tmp_path / "pipe")


def test_a_path_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        open_file(Path("return\0.csv"))


def test_a_file_over_the_bound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_bytes(b"x" * 1025)
    with pytest.raises(InputError, match=r"return\.csv is larger than 0\.000976562 MB, the most that is read"):
        open_file(path, most_bytes=1024)
    assert len(open_file(path, most_bytes=1025).data) == 1025


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"measure\nTheft \x96 all", r"line 2: the byte 0x96 is not UTF-8 \(in the older Windows-1252 it is '–'\)\."),
        (b"\x81", r"line 1: the byte 0x81 is not UTF-8\. In a spreadsheet program"),
        (b"measure\n\n\0", r"line 3: there is a NUL, which no text holds"),
        ("measure".encode("utf-16"), r"is saved as UTF-16 \('Unicode text'\); wanted UTF-8"),
        (b"PK\x03\x04...", "is a spreadsheet; wanted a CSV file"),
    ],
)
def test_bytes_that_are_no_utf_8_text_are_named_with_their_line(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        read_text(InputFile("return.csv", data))
    assert str(caught.value).startswith("return.csv")
    assert str(caught.value).endswith("'CSV UTF-8 (comma delimited)'.")


def test_rows_keep_the_numbers_that_a_spreadsheet_shows() -> None:
    data = b'a\n\n"b\nc"\n , \nd\n'
    assert list(read_rows(InputFile("return.csv", data), faults=Faults())) == [(1, ["a"]), (3, ["b\nc"]), (5, ["d"])]


def test_a_line_of_ten_megabytes_is_a_fault() -> None:
    faults = Faults()
    rows = list(read_rows(InputFile("return.csv", b"a\n" + b"x" * 10_000_000), faults=faults))
    assert rows == [(1, ["a"])]
    with pytest.raises(InputError, match=r"return\.csv, row 2: the cells cannot be told apart \(field larger than"):
        faults.refuse_any()
