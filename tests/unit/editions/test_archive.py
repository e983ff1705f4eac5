"""Where built editions are kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.editions.archive import DOCUMENT, keep, kept_edition, kept_editions
from quarterday.report.document import Document, to_json


def files_of(document: Document) -> dict[str, bytes]:
    return {DOCUMENT: to_json(document).encode(), "charts/one.svg": b"<svg/>"}


def test_what_is_kept_is_read_back(redditch_document: Document, tmp_path: Path) -> None:
    kept = keep(tmp_path, redditch_document, files_of(redditch_document))
    assert kept.folder == tmp_path / "redditch" / "2011-12-q4"
    assert kept_edition(tmp_path, "Redditch", "2011/12 Q4").document() == redditch_document
    assert kept.chart("one") == "<svg/>"


def test_a_later_build_takes_the_place_of_an_earlier_one_whole(redditch_document: Document, tmp_path: Path) -> None:
    keep(tmp_path, redditch_document, files_of(redditch_document) | {"edition.pdf": b"old"})
    later = replace(redditch_document, version=2)
    kept = keep(tmp_path, later, files_of(later))
    assert kept.document().version == 2
    assert {file.name for file in kept.folder.iterdir()} == {DOCUMENT, "charts"}
    assert {entry.name for entry in kept.folder.parent.iterdir()} == {"2011-12-q4", ".lock"}


def test_editions_are_listed_by_partnership_with_the_latest_quarter_first(
    redditch_document: Document, tmp_path: Path
) -> None:
    for name, quarter in (("Redditch", "2011/12 Q3"), ("Redditch", "2011/12 Q4"), ("Ash", "2010/11 Q1")):
        document = replace(redditch_document, short_name=name, quarter_code=quarter)
        keep(tmp_path, document, files_of(document))
    listed = [(kept.folder.parent.name, kept.folder.name) for kept in kept_editions(tmp_path)]
    assert listed == [("ash", "2010-11-q1"), ("redditch", "2011-12-q4"), ("redditch", "2011-12-q3")]


def test_an_edition_that_was_not_built_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no edition of redditch for 2011-12-q4 has been built"):
        kept_edition(tmp_path, "redditch", "2011-12-q4")


@pytest.mark.parametrize(
    ("text", "name"),
    [("2011/12 Q4", "2011-12-q4"), ("../../etc/passwd", "etc-passwd"), ("…", "unnamed"), ("Ynys Môn", "ynys-mon")],
)
def test_a_folders_name_is_never_a_path(text: str, name: str) -> None:
    assert slug(text) == name


def test_two_partnerships_whose_names_make_one_folder_do_not_overwrite_each_other(
    redditch_document: Document, tmp_path: Path
) -> None:
    keep(tmp_path, redditch_document, files_of(redditch_document))
    other = replace(redditch_document, short_name="REDDITCH!")
    with pytest.raises(InputError, match="REDDITCH! and Redditch would be kept in one folder, redditch"):
        keep(tmp_path, other, files_of(other))


def test_an_edition_that_is_damaged_is_replaced(redditch_document: Document, tmp_path: Path) -> None:
    kept = keep(tmp_path, redditch_document, files_of(redditch_document))
    (kept.folder / DOCUMENT).write_text("{", "utf-8")
    assert keep(tmp_path, redditch_document, files_of(redditch_document)).document() == redditch_document


@pytest.mark.parametrize("state", ["signed", "published", "corrected"])
def test_a_version_that_was_signed_never_changes(redditch_document: Document, tmp_path: Path, state: str) -> None:
    published = replace(redditch_document, state=state)
    keep(tmp_path, published, files_of(published))
    with pytest.raises(InputError, match=f"version 1 of Q4 2011/12 is {state}, and never changes"):
        keep(tmp_path, redditch_document, files_of(redditch_document))
    assert kept_edition(tmp_path, "Redditch", "2011/12 Q4").document() == published


def test_a_correction_stands_beside_the_version_that_it_corrects(redditch_document: Document, tmp_path: Path) -> None:
    published = replace(redditch_document, state="published")
    keep(tmp_path, published, files_of(published))
    correction = replace(redditch_document, state="corrected", version=2)
    keep(tmp_path, correction, files_of(correction))
    kept = {edition.folder.name: edition.document().version for edition in kept_editions(tmp_path)}
    assert kept == {"2011-12-q4": 2, "2011-12-q4-version-1": 1}


def test_an_edition_that_was_taken_away_and_not_replaced_is_put_back(
    redditch_document: Document, tmp_path: Path
) -> None:
    """As a kill between the two renames would leave it."""
    kept = keep(tmp_path, redditch_document, files_of(redditch_document))
    kept.folder.rename(kept.folder.with_name(".2011-12-q4.old"))
    (kept.folder.with_name(".2011-12-q4.new")).mkdir()
    other = replace(redditch_document, quarter_code="2012/13 Q1")
    keep(tmp_path, other, files_of(other))
    assert {edition.folder.name for edition in kept_editions(tmp_path)} == {"2011-12-q4", "2012-13-q1"}
    assert not list(kept.folder.parent.glob(".2011*"))


def test_a_correction_that_cannot_be_written_leaves_the_signed_version_in_its_place(
    redditch_document: Document, tmp_path: Path
) -> None:
    published = replace(redditch_document, state="published")
    keep(tmp_path, published, files_of(published))
    correction = replace(redditch_document, version=2)
    with pytest.raises(OSError, match="name too long"):
        keep(tmp_path, correction, files_of(correction) | {"x" * 300: b""})
    assert kept_edition(tmp_path, "Redditch", "2011/12 Q4").document() == published
