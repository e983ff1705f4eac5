"""The repository holds nothing that belongs to one machine or one registry."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK_FILES = {
    "Pipfile.lock",
    "package-lock.json",
    "pdm.lock",
    "pnpm-lock.yaml",
    "poetry.lock",
    "uv.lock",
    "yarn.lock",
}
LARGEST = 1_500_000  # bytes

# Put together here so that this file does not name what it looks for.
REGISTRIES = [
    ".".join(words)
    for words in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("debian", "org"),
        ("anaconda", "org"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
    ]
]
HOMES = ["home", "root", "work", "Users"]
PATTERNS = {
    "a registry's address": "|".join(map(re.escape, REGISTRIES)),
    # An absolute path starts a word; /work/ inside an address or after a variable is none.
    "a path of one machine": rf"(?<![\w.}})>\]$*-])/(?:{'|'.join(HOMES)})/\w",
}


def kept_files() -> list[Path]:
    """What git tracks or would track."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def kept() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: no list of files to look at")
    return kept_files()


@pytest.mark.parametrize("what", PATTERNS)
def test_no_file_names(what: str, kept: list[Path]) -> None:
    pattern = re.compile(PATTERNS[what].encode())
    found = {path.relative_to(ROOT).as_posix(): pattern.findall(path.read_bytes()) for path in kept}
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_no_lock_file_is_kept(kept: list[Path]) -> None:
    assert [path for path in kept if path.name in LOCK_FILES] == []


def test_no_large_file_is_kept(kept: list[Path]) -> None:
    assert [path for path in kept if path.stat().st_size > LARGEST] == []
