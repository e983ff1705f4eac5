"""Each line of the pages on security and threats names tests that there are, or says that it is not met yet."""

import re

import pytest

from tests.conftest import ROOT
from tests.docs.test_documents import rows_of


@pytest.mark.parametrize("page", ["security.md", "threats.md"])
def test_every_line_is_proved_or_said_not_to_be_met(page: str) -> None:
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)\(", written))
    rows = [row for row in rows_of(ROOT / "docs" / page) if row[0] not in {"line", "who", "who, through which door"}]
    assert len(rows) > 20
    for line, *_, proof in rows:
        named = re.findall(r"`(test_\w+)`", proof)
        assert named or proof == "not yet", line
        assert set(named) <= there, line
