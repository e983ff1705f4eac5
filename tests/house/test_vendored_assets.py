"""What is carried from others: neutral, asking nothing of the network, and with its licence."""

import re
from pathlib import Path

import pytest

import quarterday

PACKAGE = Path(quarterday.__file__).parent
STATIC = PACKAGE / "web" / "static" / "quarterday"
FONTS = PACKAGE / "report" / "fonts"
CARRIED = ["govuk-frontend.min.css", "govuk-frontend.min.js"]


@pytest.mark.parametrize("name", CARRIED)
@pytest.mark.parametrize("word", ["gds transport", "crest", "sourcemappingurl"])
def test_carried_files_are_neutral(name: str, word: str) -> None:
    assert word not in (STATIC / name).read_text("utf-8").lower()


@pytest.mark.parametrize("name", CARRIED)
def test_carried_files_name_their_licence(name: str) -> None:
    assert "MIT, Crown Copyright" in (STATIC / name).read_text("utf-8")[:200]
    assert "Permission is hereby granted" in (STATIC / "LICENCES.md").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.css")), ids=lambda path: path.name)
def test_style_sheets_fetch_nothing_from_elsewhere(path: Path) -> None:
    fetched = re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""", path.read_text("utf-8"))
    assert [address for address in fetched if re.match(r"(\w+:)?//", address)] == []


def test_the_style_sheet_s_type_is_one_variable() -> None:
    css = (STATIC / "govuk-frontend.min.css").read_text("utf-8")
    assert set(re.findall(r"font-family:([^;}]+)", css)) == {"var(--quarterday-font)"}


def test_fonts_are_carried_with_their_licence() -> None:
    assert {path.stem for path in FONTS.glob("*.ttf")} == {"SourceSans3-Regular", "SourceSans3-Semibold"}
    assert "Reserved Font Name 'Source'" in (FONTS / "OFL.txt").read_text("utf-8")
