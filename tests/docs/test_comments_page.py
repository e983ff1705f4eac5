"""The page on comments names every kind of finding, and the words that each strength supports."""

from quarterday.commentary.draft import MOST_WORDS
from quarterday.commentary.wording import A_TREND, BEYOND_CHANCE
from quarterday.domain.finding import Kind, Strength
from tests.docs.test_documents import DOCS

PAGE = " ".join((DOCS / "methods" / "comments.md").read_text("utf-8").split())


def test_every_kind_of_finding_is_on_the_page() -> None:
    kinds = {kind.value for kind in Kind} - {Kind.STANDING, Kind.QUOTED}
    assert [kind for kind in kinds if f"| {kind} |" not in PAGE] == []
    assert "| standing, computed or quoted |" in PAGE


def test_each_strength_is_on_the_page_with_its_words() -> None:
    said = {
        Strength.NO_CLEAR_CHANGE: "within the range of chance: no clear change",
        Strength.CLEAR: "beyond the range of chance: a clear change",
    }
    for strength, words in said.items():
        assert words in BEYOND_CHANCE[strength]
        assert f"| {strength.value} |" in PAGE
        assert f"*{words}*" in PAGE
    assert "likely" in BEYOND_CHANCE[Strength.LIKELY]
    assert A_TREND[Strength.LIKELY] == "a likely trend"


def test_the_length_of_a_comment_is_on_the_page() -> None:
    assert f"About {MOST_WORDS} words" in PAGE
