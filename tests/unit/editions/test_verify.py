"""A seal, and whether files and folders are what was sealed."""

import hashlib
import json
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.editions.archive import DOCUMENT, SEAL, STATE
from quarterday.editions.seal import read_seal, seal_of
from quarterday.editions.verify import Outcome, claim_of, verify_path
from quarterday.editions.versions import differences
from quarterday.report.document import Document, to_json
from tests.conftest import Program


@pytest.fixture
def folder(redditch_document: Document, tmp_path: Path) -> Path:
    """An edition as it lies in an archive, sealed."""
    place = tmp_path / "home" / "editions" / "redditch" / "2011-12-q4"
    (place / "charts").mkdir(parents=True)
    files = {DOCUMENT: to_json(redditch_document).encode(), "charts/one.svg": b"<svg/>"}
    for name, content in files.items():
        (place / name).write_bytes(content)
    (place / SEAL).write_bytes(seal_of(redditch_document, files).written())
    return place


def test_the_hash_of_a_seal_is_of_its_content_as_sorted_json(folder: Path) -> None:
    """As the decision on it says, so that others can work it out."""
    said = json.loads((folder / SEAL).read_text("utf-8"))
    covered = {name: value for name, value in said.items() if name not in {"schema", "hash"}}
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert said["hash"] == hashlib.sha256(text.encode()).hexdigest()
    assert said["files"]["charts/one.svg"] == hashlib.sha256(b"<svg/>").hexdigest()


def test_what_became_of_an_edition_since_is_no_alteration(folder: Path, tmp_path: Path) -> None:
    (folder / STATE).write_text('{"state": "published"}', "utf-8")
    assert verify_path(folder, archive=tmp_path).outcome is Outcome.UNCHANGED


def test_a_file_that_is_gone_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "charts" / "one.svg").unlink()
    found = verify_path(folder, archive=tmp_path)
    assert (found.outcome, found.faults) == (Outcome.ALTERED, ("charts/one.svg is missing.",))


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"schema": "quarterday/seal/1", "files": 3}'])
def test_what_is_no_seal_is_an_error_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / SEAL).write_bytes(content)
    with pytest.raises(InputError, match="no seal of an edition"):
        read_seal(tmp_path / SEAL)


def test_a_folder_without_a_seal_and_a_file_that_is_not_there_are_said(tmp_path: Path) -> None:
    assert verify_path(tmp_path, archive=tmp_path).outcome is Outcome.UNKNOWN
    with pytest.raises(InputError, match="is not there"):
        verify_path(tmp_path / "report.pdf", archive=tmp_path)


def test_an_altered_file_that_does_not_say_whose_it_is_leads_to_what_was_signed(folder: Path, tmp_path: Path) -> None:
    altered = tmp_path / "edition.pdf"
    altered.write_bytes(b"%PDF-1.7 altered")
    found = verify_path(altered, archive=folder.parent.parent)
    assert (found.outcome, "was altered" in found.sentence) == (Outcome.UNKNOWN, True)
    assert found.sentence.endswith("What was signed can be downloaded again from the edition's page.")


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"partnership": "A"}'])
def test_what_says_of_no_edition_that_it_is_of_it_claims_nothing(content: bytes) -> None:
    assert claim_of(content) == ""


def test_the_program_says_which_edition_a_file_is_of(program: Program, folder: Path, tmp_path: Path) -> None:
    home, mine = tmp_path / "home", tmp_path / "mine.json"
    mine.write_bytes((folder / DOCUMENT).read_bytes())
    found = program("--home", home, "verify", mine)
    assert (found.returncode, found.stdout.startswith("Unchanged. This is edition.json of version 1")) == (0, True)
    mine.write_bytes(mine.read_bytes() + b" ")
    found = program("--home", home, "verify", mine)
    assert (found.returncode, found.stdout.startswith("Unknown. mine.json is no file")) == (1, True)
    (folder / DOCUMENT).write_bytes(mine.read_bytes())
    found = program("--home", home, "verify", folder)
    assert (found.returncode, found.stdout.splitlines()[1]) == (1, "  edition.json was altered.")


def test_a_document_differs_from_itself_in_nothing(redditch_document: Document) -> None:
    assert differences(redditch_document, redditch_document) == ()
