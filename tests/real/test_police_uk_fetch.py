"""Three years of Leicestershire, fetched from a server on this machine that has the published files as an archive."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.sources.police_uk_fetch import Fetched, fetch_police_uk
from quarterday.sources.police_uk_files import find_police_files
from tests.unit.sources.archive_server import ArchiveServer, serving

NOON = datetime(2022, 12, 20, 12, tzinfo=UTC)
FIRST, LAST = Period.month(2019, 12), Period.month(2022, 10)


@pytest.fixture(scope="module")
def published(shared_data: Path) -> dict[str, Path]:
    """What the publisher's server would have, by its name there."""
    folder = shared_data / "police-uk"
    return {
        "/2022-10.zip": folder / "leicestershire-2019-12-to-2022-10.zip",
        "/2019-02.zip": folder / "west-mercia-2018-10-to-2019-02.zip",
    }


@pytest.fixture(scope="module")
def server(published: dict[str, Path]) -> Iterator[ArchiveServer]:
    with serving() as served:
        served.files = {name: path.read_bytes() for name, path in published.items()}
        yield served


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("police-uk")


@pytest.fixture(scope="module")
def fetched(server: ArchiveServer, cache: Path) -> Fetched:
    return fetch_police_uk(
        first=FIRST, last=LAST, forces=["Leicestershire"], cache=cache, fetched_at=NOON, archive=server.address
    )


def test_every_month_is_the_archive_s_own_byte_for_byte(fetched: Fetched, published: dict[str, Path]) -> None:
    with zipfile.ZipFile(published["/2022-10.zip"]) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert len(members) == 35
    assert {
        file.path.relative_to(fetched.folder).as_posix(): file.path.read_bytes() for file in fetched.files
    } == members
    assert fetched.months == tuple(Period.run(FIRST, LAST))


def test_what_the_archive_lacks_is_told(fetched: Fetched) -> None:
    """It has crimes only."""
    assert [(lack.force, lack.dataset, len(lack.months)) for lack in fetched.lacks] == [
        ("leicestershire", "outcomes", 35),
        ("leicestershire", "stop-and-search", 35),
    ]


def test_hardly_more_came_than_the_files_are_long(fetched: Fetched, published: dict[str, Path]) -> None:
    size = published["/2022-10.zip"].stat().st_size
    assert size <= fetched.received + 10_000
    assert fetched.received < size + 1_100_000


def test_again_and_offline_ask_nobody(fetched: Fetched, server: ArchiveServer, cache: Path) -> None:
    server.asked.clear()
    for offline in (False, True):
        again = fetch_police_uk(
            first=FIRST,
            last=LAST,
            forces=["leicestershire"],
            cache=cache,
            fetched_at=NOON,
            archive=server.address,
            offline=offline,
        )
        assert (again.files, again.lacks, again.received) == (fetched.files, fetched.lacks, 0)
    assert server.asked == []


def test_the_reader_of_police_uk_files_finds_them(fetched: Fetched) -> None:
    found = find_police_files(fetched.folder)
    assert [file.month for file in found.files] == [month.first for month in fetched.months]


def test_a_month_that_is_in_no_archive_is_said_to_be_in_none(server: ArchiveServer, tmp_path: Path) -> None:
    """From February 2019 the months before October 2018 are wanted from an archive that is not there."""
    with pytest.raises(InputError, match="There is no archive for September 2018"):
        fetch_police_uk(
            first=Period.month(2018, 8),
            last=Period.month(2019, 2),
            forces=["west-mercia"],
            cache=tmp_path,
            fetched_at=NOON,
            archive=server.address,
        )
    assert len(list(tmp_path.rglob("*.csv"))) == 5
