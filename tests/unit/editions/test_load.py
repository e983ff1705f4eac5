"""What a load says of itself."""

import gc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.editions.home import Home
from quarterday.editions.load_rows import load_geography, load_police_uk
from quarterday.sources.police_uk import read_police_uk
from tests.made_archive import crime, streets

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("reader", ["police-uk 0", "police-uk 1"])
def test_an_older_table_is_told_from_a_newer_one_whichever_version_read_that(tmp_path: Path, reader: str) -> None:
    january = [crime("2019-01", word=word) for word in "abc"]
    newer = streets(tmp_path / "newer.zip", {"2019-01": january, "2019-02": [crime("2019-02", word="d")]})
    older = streets(tmp_path / "older.zip", {"2019-01": january[:1]})
    home = Home(tmp_path / "home")
    home.warehouse().land_rows(replace(read_police_uk(newer), reader=reader), loaded_at=NOON)
    [doubt] = load_police_uk(home, older, loaded_at=NOON).doubts
    assert doubt.startswith("This release ends with January 2019, earlier than one already held, which ends with Feb")


def test_a_newer_table_overtakes_without_a_word(tmp_path: Path) -> None:
    older = streets(tmp_path / "older.zip", {"2019-01": [crime("2019-01", word="a")]})
    newer = streets(tmp_path / "newer.zip", {"2019-01": [], "2019-02": [crime("2019-02", word="b")]})
    home = Home(tmp_path / "home")
    assert load_police_uk(home, older, loaded_at=NOON).doubts == ()
    assert load_police_uk(home, newer, loaded_at=NOON).doubts == ()


def test_a_look_up_that_is_refused_leaves_python_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("LSOA21CD,LAD24NM\nno code,Redditch\n", "utf-8")
    with pytest.raises(InputError, match="is no code of LSOAs"):
        load_geography(Home(tmp_path / "home"), path, loaded_at=NOON)
    assert gc.isenabled()
