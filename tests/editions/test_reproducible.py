"""The same inputs give the same bytes."""

import json
from pathlib import Path

from tests.conftest import Program


def files_of(home: Path) -> dict[str, bytes]:
    editions = home / "editions"
    return {
        str(file.relative_to(editions)): file.read_bytes() for file in sorted(editions.rglob("[!.]*")) if file.is_file()
    }


def test_two_builds_at_one_time_give_the_same_bytes_in_every_format(
    redditch_home: Path, program: Program, tmp_path: Path
) -> None:
    assert program("demo", "--out", tmp_path, epoch=1_335_000_000).returncode == 0
    again, before = files_of(tmp_path), files_of(redditch_home)
    assert {name for name in before if again.get(name) != before[name]} == set()
    assert {Path(name).suffix for name in before} == {".html", ".pdf", ".json", ".svg"}


def test_two_builds_at_two_times_differ_in_one_field(redditch_home: Path, program: Program, tmp_path: Path) -> None:
    assert program("demo", "--out", tmp_path, epoch=1_400_000_000).returncode == 0
    name = "redditch/2011-12-q4/edition.json"
    one, other = (json.loads(files_of(home)[name]) for home in (redditch_home, tmp_path))
    assert {field for field in one if one[field] != other[field]} == {"built_at"}
