"""Peer groups from a file: whole, or refused with every fault."""

from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.sources.peers_csv import read_peers


def test_each_area_has_its_members_in_order(tmp_path: Path) -> None:
    file = tmp_path / "peers.csv"
    file.write_text("area,member\nRedditch,Redditch\nRedditch,Corby\nCorby,Corby\n", "utf-8")
    assert read_peers(file) == {"Redditch": ("Redditch", "Corby"), "Corby": ("Corby",)}


def test_every_fault_is_named_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "peers.csv"
    file.write_text("area,member\nRedditch,Corby\nRedditch,CORBY\nRedditch,\n", "utf-8")
    with pytest.raises(InputError) as refused:
        read_peers(file)
    assert refused.value.faults == (
        "peers.csv, row 3: 'CORBY' stands twice among the peers of 'Redditch'; keep one.",
        "peers.csv, row 4: wanted an area and one of its peers, two cells with a name in each.",
        "peers.csv: 'Redditch' is not among its own peers; a group is ranked with the area in it.",
    )


def test_other_columns_are_named(tmp_path: Path) -> None:
    file = tmp_path / "peers.csv"
    file.write_text("csp,peer\n", "utf-8")
    with pytest.raises(InputError, match="row 1: there is csp, peer; wanted area,member"):
        read_peers(file)
