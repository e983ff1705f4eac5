"""Fetching from an archive server that is real, on this machine, and fails in the ways that servers do."""

import hashlib
import io
import json
import random
import resource
import shutil
import struct
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from quarterday import __version__
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.sources.download import Downloads, Patience, Remote, refuse_open
from quarterday.sources.police_uk_fetch import Fetched, fetch_police_uk
from quarterday.sources.range_file import RangeFile
from tests.unit.sources.archive_server import Answer, ArchiveServer, serving, zip_of

NOON = datetime(2023, 1, 5, 12, tzinfo=UTC)
OCTOBER, NOVEMBER = Period.month(2022, 10), Period.month(2022, 11)
SEPTEMBER = Period.month(2022, 9)
DATASETS = ("street", "outcomes", "stop-and-search")
STREET = "2022-10/2022-10-leicestershire-street.csv"
BEFORE = (None, None)  # what is asked before any file: the first look, and the list of contents
CONTENTS = 1_060_000  # bytes that those bring along at most
QUICK = Patience(tries=4, first_wait=0.001, longest_wait=0.002, silence=0.3)


def noise(name: str, length: int = 3000) -> bytes:
    """Bytes that no zip makes shorter, the same each time."""
    return random.Random(name).randbytes(length)  # noqa: S311 # no secret


def name_of(month: Period, force: str, dataset: str) -> str:
    return f"{month.code}/{month.code}-{force}-{dataset}.csv"


def members_of(
    months: Period, forces: tuple[str, ...] = ("leicestershire",), *, length: int = 3000
) -> dict[str, bytes]:
    names = [name_of(month, force, dataset) for month in months for force in forces for dataset in DATASETS]
    return {name: noise(name, length) for name in names}


@pytest.fixture
def server() -> Iterator[ArchiveServer]:
    with serving() as served:
        yield served


@pytest.fixture
def waits() -> list[float]:
    """The seconds that were waited between tries, none of which passes."""
    return []


@pytest.fixture
def fetch(server: ArchiveServer, tmp_path: Path, waits: list[float]) -> partial[Fetched]:
    """Leicestershire's files of October 2022, unless asked for others."""
    return partial(
        fetch_police_uk,
        first=OCTOBER,
        last=OCTOBER,
        forces=["leicestershire"],
        cache=tmp_path / "cache",
        fetched_at=NOON,
        archive=server.address,
        patience=replace(QUICK, sleep=waits.append),
    )


def held(folder: Path) -> dict[str, bytes]:
    """Every CSV file in a cache, also where none should be."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.csv")}


def refused(fetch: partial[Fetched], **changes: Any) -> str:  # noqa: ANN401 # whatever a fetch is told
    with pytest.raises(InputError) as caught:
        fetch(**changes)
    return str(caught.value)


# --- what is fetched


def test_only_the_wanted_files_are_fetched_byte_for_byte(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    """Of an archive of 2 MB with two forces and three months, the 9 kB that one force sent for one."""
    others = members_of(Period.run(Period.month(2022, 8), SEPTEMBER), ("leicestershire", "west-mercia"), length=200_000)
    wanted = members_of(OCTOBER)
    server.files["/2022-10.zip"] = whole = zip_of({**others, **wanted, **members_of(OCTOBER, ("west-mercia",))})
    fetched = fetch()
    assert held(fetched.folder) == wanted
    assert [(file.path.read_bytes(), file.sha256) for file in fetched.files] == [
        (wanted[name], hashlib.sha256(wanted[name]).hexdigest()) for name in sorted(wanted)
    ]
    assert fetched.months == (OCTOBER,)
    assert fetched.lacks == ()
    assert fetched.received < len(whole) / 1.5
    assert not any(asked.range is None for asked in server.asked)


def test_a_force_may_be_written_as_people_write_it(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER, ("west-mercia",)))
    assert len(fetch(forces=["West Mercia", "west-mercia"]).files) == 3


def test_the_fewest_archives_cover_the_months(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    """Four years lie in two archives of 36 months; each month comes from the later one that has it."""
    for end in (OCTOBER, Period.month(2019, 10), Period.month(2021, 10)):
        server.files[f"/{end.code}.zip"] = zip_of(members_of(Period.ending(end, 36), length=100))
    first = Period.month(2018, 11)
    fetched = fetch(first=first)
    assert {asked.path for asked in server.asked} == {"/2022-10.zip", "/2019-10.zip"}
    assert held(fetched.folder) == members_of(Period.run(first, OCTOBER), length=100)
    assert fetched.months == tuple(Period.run(first, OCTOBER))


def test_an_archive_that_goes_further_back_spares_the_next_one(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    """Those up to March 2017 hold every month since December 2010."""
    months = Period.run(Period.month(2010, 12), Period.month(2017, 3))
    server.files["/2017-03.zip"] = zip_of(members_of(months, length=10))
    assert len(fetch(first=months, last=months).files) == 3 * months.months


def test_months_before_the_first_archive_come_from_it(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2013-12.zip"] = zip_of(members_of(Period.run(Period.month(2010, 12), Period.month(2013, 12))))
    fetched = fetch(first=Period.month(2011, 1), last=Period.month(2011, 3))
    assert fetched.months == tuple(Period.run(Period.month(2011, 1), Period.month(2011, 3)))


def test_what_the_archives_lack_is_told_per_force_and_dataset(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    months = Period.run(Period.month(2022, 7), OCTOBER)
    members = members_of(months, ("leicestershire", "gwent"))
    for month in (Period.month(2022, 7), Period.month(2022, 8), OCTOBER):
        del members[name_of(month, "gwent", "outcomes")]
    server.files["/2022-10.zip"] = zip_of(members)
    fetched = fetch(first=months, forces=["leicestershire", "gwent"])
    (lack,) = fetched.lacks
    assert (lack.force, lack.dataset) == ("gwent", "outcomes")
    assert "no file for July to August 2022, October 2022." in lack.sentence
    assert lack.sentence in fetched.notes
    assert fetch(first=months, forces=["gwent", "leicestershire"]).lacks == fetched.lacks, "also from the cache"


def test_progress_is_told_up_to_the_whole(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    told: list[tuple[str, int, int]] = []
    fetch(progress=lambda *what: told.append(what))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1][1] == told[-1][2] > 9000


def test_the_publisher_is_told_who_asks_and_for_plain_bytes(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    fetch()
    assert {asked.headers["User-Agent"] for asked in server.asked} == {f"Quarterday/{__version__}"}
    assert {asked.headers["Accept-Encoding"] for asked in server.asked} == {"identity"}


# --- what is there already


def test_nothing_is_asked_again_for_what_is_there(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(Period.run(SEPTEMBER, OCTOBER)))
    first = fetch(first=SEPTEMBER)
    server.asked.clear()
    again = fetch(first=SEPTEMBER)
    assert (server.asked, again.received) == ([], 0)
    assert (again.files, again.months) == (first.files, first.months)
    assert fetch().months == (OCTOBER,), "nor for a part of it"
    assert server.asked == []


def test_a_fetch_that_failed_goes_on_with_what_is_missing(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    wanted = members_of(OCTOBER, length=1_500_000)
    server.files["/2022-10.zip"] = zip_of(wanted)
    server.answer_next(*BEFORE, None, *[Answer(status=503)] * 4)
    assert "503 Service Unavailable; tried 4 times in a row" in refused(fetch)
    assert len(held(fetch.keywords["cache"])) == 1
    fetched = fetch()
    assert held(fetched.folder) == wanted
    assert "2 files fetched, 1 were there already" in fetched.notes[0]
    assert fetched.received < 2 * 1_510_000 + CONTENTS


def test_files_of_a_fetch_that_was_killed_are_taken_as_they_are(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    """They are in no record, but their length and CRC-32 are the archive's."""
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER, length=1_500_000))
    cache = fetch().folder
    (cache / "fetched.json").unlink()
    (cache / "2022-10" / ".begun.csv.new").write_bytes(b"half of it")
    again = fetch()
    assert again.received < CONTENTS
    assert "0 files fetched, 3 were there already" in again.notes[0]


def test_a_file_that_was_changed_is_fetched_again(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    cache = fetch().folder
    (cache / STREET).write_bytes(b"no longer")
    assert "1 files fetched" in fetch().notes[0]
    assert held(cache) == members_of(OCTOBER)


def test_a_later_archive_replaces_what_it_revised_and_keeps_the_rest(
    server: ArchiveServer, fetch: partial[Fetched]
) -> None:
    """So the files are those of the archives asked for, whatever was in the cache before."""
    early, late = members_of(OCTOBER), members_of(Period.run(OCTOBER, NOVEMBER)) | {STREET: noise("revised")}
    server.files = {"/2022-10.zip": zip_of(early), "/2022-11.zip": zip_of(late)}
    fetch()
    fetched = fetch(last=NOVEMBER)
    assert held(fetched.folder) == late
    assert "4 files fetched, 2 were there already" in fetched.notes[0]
    assert held(fetch().folder) == late | early


def test_the_record_says_where_each_file_came_from(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    cache = fetch().folder
    content = json.loads((cache / "fetched.json").read_text("utf-8"))
    record = next(record for record in content["files"] if record["member"] == STREET)
    assert record["url"] == f"{server.address}/2022-10.zip"
    assert record["etag"].startswith('"')
    assert record["sha256"] == hashlib.sha256(noise(STREET)).hexdigest()
    assert record["length"] == 3000
    assert record["fetched_at"] == "2023-01-05T12:00:00+00:00"
    assert {path.name for path in cache.iterdir()} == {"2022-10", "fetched.json", ".lock"}


@pytest.mark.parametrize("text", ["", "{", '{"format": 1}', '{"format": 9, "archives": [], "files": []}'])
def test_a_record_that_cannot_be_read_says_what_to_do(
    server: ArchiveServer, fetch: partial[Fetched], text: str
) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    record = fetch().folder / "fetched.json"
    record.write_text(text, "utf-8")
    said = refused(fetch)
    assert str(record) in said
    assert "fetch again" in said
    assert record.read_text("utf-8") == text


def test_two_fetches_do_not_write_into_one_folder(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    assert "another fetch is at work" in refused(fetch, progress=lambda *_: fetch())


# --- offline


def test_offline_asks_nobody_and_gives_the_same(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    members = members_of(Period.run(SEPTEMBER, OCTOBER))
    del members[STREET]
    server.files["/2022-10.zip"] = zip_of(members)
    online = fetch(first=SEPTEMBER)
    server.asked.clear()
    offline = fetch(first=SEPTEMBER, offline=True)
    assert server.asked == []
    assert (offline.files, offline.lacks, offline.months) == (online.files, online.lacks, online.months)


def test_offline_says_what_is_missing_and_what_was_changed(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    cache = fetch().folder
    (cache / STREET).write_bytes(b"no longer")
    said = refused(fetch, first=Period.month(2022, 8), forces=["leicestershire", "gwent"], offline=True).splitlines()
    assert f"{cache / STREET} is no longer what was fetched" in said[0]
    assert "lacks gwent, outcomes, for August to October 2022" in said[1]
    assert sum("leicestershire, street, for August to September 2022" in fault for fault in said) == 1
    assert len(said) == 7


# --- faults of the network


def test_a_connection_cut_within_a_file_goes_on_from_the_last_byte(
    server: ArchiveServer, fetch: partial[Fetched]
) -> None:
    wanted = members_of(OCTOBER, length=1_500_000)
    server.files["/2022-10.zip"] = whole = zip_of(wanted)
    server.answer_next(*BEFORE, Answer(cut_after=700_000), Answer(cut_after=100_000))
    fetched = fetch()
    assert held(fetched.folder) == wanted
    cut, after, last = (asked.range or "" for asked in server.asked[2:5])
    begun, went_on, ended = (int(asked.removeprefix("bytes=").split("-")[0]) for asked in (cut, after, last))
    assert (went_on - begun, ended - went_on) == (700_000, 100_000)
    assert fetched.received < len(whole) + CONTENTS, "nothing came twice but the list of contents"


def test_a_server_that_falls_silent_is_asked_again(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    server.answer_next(Answer(stall_after=10), None, Answer(stall_after=1000))
    began = time.monotonic()
    assert held(fetch().folder) == members_of(OCTOBER)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_may_pass_is_tried_again_after_ever_longer_waits(
    server: ArchiveServer, fetch: partial[Fetched], waits: list[float], status: int
) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    server.answer_next(*[Answer(status=status)] * 3)
    fetch(patience=Patience(tries=4, first_wait=1, longest_wait=3, sleep=waits.append))
    assert len(waits) == 3
    assert all(longest / 2 <= wait <= longest for wait, longest in zip(waits, (1, 2, 3), strict=True))


def test_the_tries_have_an_end(server: ArchiveServer, fetch: partial[Fetched], waits: list[float]) -> None:
    server.always = Answer(status=502)
    said = refused(fetch)
    assert "the server answered 502 Bad Gateway; tried 4 times in a row" in said
    assert (len(server.asked), len(waits)) == (4, 3)


def test_a_server_is_left_alone_for_as_long_as_it_asks(
    server: ArchiveServer, fetch: partial[Fetched], waits: list[float]
) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    asks = ("7", in_a_minute, "soon")
    server.answer_next(*[Answer(status=429, headers={"Retry-After": asked}) for asked in asks])
    fetch()
    assert waits[0] == 7
    assert 50 < waits[1] <= 60
    assert waits[2] < 1, "no sense can be made of that one"


def test_who_asks_for_hours_is_not_waited_for(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.always = Answer(status=503, headers={"Retry-After": "7200"})
    assert "asks to wait for 7,200 seconds" in refused(fetch)
    assert len(server.asked) == 1


def test_a_server_that_is_not_there_is_a_fault_in_plain_words(fetch: partial[Fetched]) -> None:
    with serving() as gone:
        address = gone.address
    assert "tried 4 times in a row. Check that this machine reaches the internet" in refused(fetch, archive=address)


def test_a_server_that_cannot_prove_who_it_is_gets_no_second_try(
    server: ArchiveServer, fetch: partial[Fetched]
) -> None:
    secure = server.address.replace("http:", "https:")
    assert "could not prove who it is" in refused(fetch, archive=secure)


def test_an_archive_replaced_meanwhile_is_begun_anew(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    old = members_of(OCTOBER, length=1_500_000)
    new = old | {STREET: noise("new", 1_500_000)}
    server.files["/2022-10.zip"] = zip_of(old)
    server.answer_next(*BEFORE, Answer(turns_into=zip_of(new)))
    assert held(fetch().folder) == new


def test_an_archive_that_changes_all_the_time_is_a_fault(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    first, second, third = (zip_of({STREET: noise(name, 1_500_000)}) for name in "abc")
    server.files["/2022-10.zip"] = first
    server.answer_next(None, Answer(turns_into=second), None, Answer(turns_into=third))
    assert "was replaced while it was being fetched" in refused(fetch)


@pytest.mark.parametrize("status", [403, 404, 410])
def test_an_archive_that_is_not_there_is_not_tried_again(
    server: ArchiveServer, fetch: partial[Fetched], status: int
) -> None:
    server.answer_next(Answer(status=status))
    said = refused(fetch, first=NOVEMBER, last=NOVEMBER)
    assert "There is no archive for November 2022" in said
    assert "The latest one is likely that of November 2022" in said
    assert len(server.asked_for("/2022-11.zip")) == 1


def test_the_latest_month_is_the_one_that_the_publisher_leads_to(
    server: ArchiveServer, fetch: partial[Fetched]
) -> None:
    server.files["/2022-09.zip"] = zip_of(members_of(SEPTEMBER))
    server.moved["/latest.zip"] = "/2022-09.zip"
    said = refused(fetch)
    assert "The latest one is that of September 2022. Ask for months up to 2022-09, or wait" in said


def test_a_web_page_in_the_place_of_the_archive_is_named_by_its_title(
    server: ArchiveServer, fetch: partial[Fetched]
) -> None:
    page = b"<!doctype html><html><head><title>\n Sign in &amp; accept  our terms </title></head></html>"
    server.always = Answer(status=200, headers={"Content-Type": "text/html"}, body=page)
    said = refused(fetch)
    assert "got a web page with the title 'Sign in & accept our terms'; wanted a zip file" in said
    assert len(server.asked) == 1


# --- where we are sent on to


def test_where_we_are_sent_on_to_is_remembered(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    """The publisher keeps the archives elsewhere; its own server is asked once an archive."""
    server.files["/elsewhere/2022-10.zip"] = zip_of(members_of(OCTOBER))
    server.moved["/2022-10.zip"] = f"{server.address}/elsewhere/2022-10.zip"
    assert held(fetch().folder) == members_of(OCTOBER)
    assert len(server.asked_for("/2022-10.zip")) == 1


def test_a_place_that_we_were_sent_to_and_that_expires_is_asked_for_anew(
    server: ArchiveServer, fetch: partial[Fetched]
) -> None:
    server.files["/elsewhere/2022-10.zip"] = zip_of(members_of(OCTOBER))
    server.moved["/2022-10.zip"] = "/elsewhere/2022-10.zip"
    server.answer_next(None, None, Answer(status=403))
    assert held(fetch().folder) == members_of(OCTOBER)
    assert len(server.asked_for("/2022-10.zip")) == 2


@pytest.mark.parametrize(
    "place", ["http://data.example/2022-10.zip", "ftp://127.0.0.1/2022-10.zip", "file:///etc/passwd", "https:///x"]
)
def test_we_are_sent_on_over_https_only(server: ArchiveServer, fetch: partial[Fetched], place: str) -> None:
    server.moved["/2022-10.zip"] = place
    said = refused(fetch)
    assert f"is sent on to {place}: wanted an address that begins with https://" in said
    assert len(server.asked) == 1


def test_only_this_machine_leads_to_itself() -> None:
    """Else a publisher could have us ask what only this machine may be asked."""
    refuse_open("http://127.0.0.1:8000/", asked="http://localhost/")
    with pytest.raises(InputError, match="is sent on to http://127"):
        refuse_open("http://127.0.0.1:8000/", asked="https://data.police.uk/")


@pytest.mark.parametrize("archive", ["http://data.example/", "ftp://data.example/", "data.example", "file:///tmp/"])
def test_an_address_that_is_not_https_is_refused(fetch: partial[Fetched], archive: str) -> None:
    assert "wanted an address that begins with https://" in refused(fetch, archive=archive)


def test_being_sent_on_has_an_end(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.moved["/2022-10.zip"] = "/2022-10.zip"
    assert "is sent on more than 5 times" in refused(fetch)


def test_a_proxy_that_the_environment_names_is_used(
    server: ArchiveServer, fetch: partial[Fetched], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving() as proxy:
        proxy.files = {f"{server.address}/2022-10.zip": server.files["/2022-10.zip"]}
        monkeypatch.setenv("http_proxy", proxy.address)
        fetch()
        assert proxy.asked
    assert server.asked == []


# --- whole archives


def test_without_forces_whole_archives_are_fetched_and_checked(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    members = members_of(OCTOBER, ("leicestershire", "gwent"))
    del members[name_of(OCTOBER, "gwent", "outcomes")]
    server.files["/2022-10.zip"] = whole = zip_of(members)
    fetched = fetch(forces=[])
    (file,) = fetched.files
    assert (file.path.name, file.path.read_bytes()) == ("2022-10.zip", whole)
    assert file.sha256 == hashlib.sha256(whole).hexdigest()
    assert [(lack.force, lack.dataset) for lack in fetched.lacks] == [("gwent", "outcomes")]
    server.asked.clear()
    assert fetch(forces=[]).files == fetched.files
    assert fetch(forces=[], offline=True).files == fetched.files
    assert held(fetch(offline=True).folder) == members_of(OCTOBER), "a force is taken out of it"
    assert server.asked == []


def test_a_server_that_sends_no_parts_is_asked_for_the_whole(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER, ("leicestershire", "gwent")))
    server.ranges = False
    fetched = fetch()
    assert held(fetched.folder) == members_of(OCTOBER)
    assert any("all of it was fetched" in note for note in fetched.notes)
    server.asked.clear()
    fetch(forces=["gwent"])
    assert server.asked == []


@pytest.mark.parametrize("ranges", [True, False])
def test_a_whole_archive_cut_off_goes_on(server: ArchiveServer, fetch: partial[Fetched], ranges: bool) -> None:  # noqa: FBT001
    server.files["/2022-10.zip"] = whole = zip_of(members_of(OCTOBER, length=300_000))
    server.ranges = ranges
    server.answer_next(None, Answer(cut_after=500_000), Answer(cut_after=100_000))
    (file,) = fetch(forces=[]).files
    assert file.path.read_bytes() == whole
    assert [asked.status for asked in server.asked[2:]] == ([206, 206] if ranges else [200, 200])


def test_tries_that_make_headway_are_not_counted(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    """A thousand and more connections may be needed for a gigabyte; only those in a row that bring nothing end it."""
    server.files["/2022-10.zip"] = whole = zip_of(members_of(OCTOBER, length=300_000))
    server.answer_next(None, *[Answer(cut_after=100_000)] * 7)
    (file,) = fetch(forces=[]).files
    assert file.path.read_bytes() == whole


def test_a_whole_archive_goes_on_in_the_next_fetch(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = whole = zip_of(members_of(OCTOBER, length=300_000))
    server.answer_next(None, Answer(cut_after=500_000), *[Answer(status=503)] * 3)
    assert "What came so far is kept" in refused(fetch, forces=[])
    server.asked.clear()
    (file,) = fetch(forces=[]).files
    assert file.path.read_bytes() == whole
    assert server.asked[1].range == f"bytes=500000-{len(whole) - 1}"
    assert [path.name for path in file.path.parent.glob("2022*")] == ["2022-10.zip"]


def test_a_whole_archive_replaced_meanwhile_is_begun_anew(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER, length=300_000))
    new = zip_of({STREET: noise("new", 300_000)})
    server.answer_next(None, Answer(cut_after=500_000), Answer(turns_into=new))
    (file,) = fetch(forces=[]).files
    assert file.path.read_bytes() == new


def test_a_part_of_which_no_version_is_known_is_not_gone_on_with(
    server: ArchiveServer, fetch: partial[Fetched]
) -> None:
    server.files["/2022-10.zip"] = whole = zip_of(members_of(OCTOBER, length=300_000))
    server.etags = False
    server.answer_next(None, Answer(cut_after=500_000), *[Answer(status=503)] * 3)
    refused(fetch, forces=[])
    server.asked.clear()
    (file,) = fetch(forces=[]).files
    assert file.path.read_bytes() == whole
    assert server.asked[1].range == f"bytes=0-{len(whole) - 1}"


def test_a_length_that_is_announced_too_long_is_a_fault(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    server.ranges = False
    server.always = Answer(longer=10)
    said = refused(fetch, forces=[])
    assert "tried 4 times in a row" in said
    assert "10 more expected" in said


def test_a_length_that_is_announced_too_short_is_a_fault(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER))
    server.ranges = False
    server.always = Answer(longer=-100)
    assert "2022-10.zip: it cannot be read as a zip" in refused(fetch, forces=[])
    assert list(fetch.keywords["cache"].glob("2022*")) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("bytes 7-90/{size}", "asked for bytes from 0 on, and got those from 7"),
        ("bytes 0-90/999999", "was replaced while it was being fetched"),
        ("bytes */{size}", "does not say which one"),
        ("", "does not say which one"),
    ],
)
def test_a_part_other_than_the_one_asked_for_is_refused(
    server: ArchiveServer, fetch: partial[Fetched], told: str, said: str
) -> None:
    server.files["/2022-10.zip"] = whole = zip_of(members_of(OCTOBER))
    wrong = Answer(headers={"Content-Range": told.format(size=len(whole))})
    server.answer_next(None, wrong, None, wrong)
    assert said in refused(fetch)
    assert held(fetch.keywords["cache"]) == {}


def test_a_file_without_end_is_not_fetched(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.always = Answer(status=206, headers={"Content-Range": "bytes 0-4095/99999999999999"}, body=b"PK" * 2048)
    assert "99,999,999,999,999 bytes or more; the most that is fetched" in refused(fetch)


# --- faults of the archive


def damaged(whole: bytes, name: str) -> bytes:
    """The zip with the last byte of a member turned."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        info = archive.getinfo(name)
    at = info.header_offset + 30 + len(name) + info.compress_size - 1
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_file_is_named_and_the_others_come(
    server: ArchiveServer,
    fetch: partial[Fetched],
    packed: bool,  # noqa: FBT001
) -> None:
    whole = zip_of(members_of(OCTOBER), packed=packed)
    server.files["/2022-10.zip"] = damaged(whole, STREET)
    assert f"2022-10.zip, {STREET}: the file is damaged in its zip" in refused(fetch)
    assert set(held(fetch.keywords["cache"])) == set(members_of(OCTOBER)) - {STREET}
    server.files["/2022-10.zip"] = whole
    assert "1 files fetched, 2 were there already" in fetch().notes[0]


def test_a_damaged_file_in_a_whole_archive_is_named(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = damaged(zip_of(members_of(OCTOBER)), STREET)
    assert f"2022-10.zip, {STREET}: the file is damaged in its zip" in refused(fetch, forces=[])


@pytest.mark.parametrize("body", [b"", b"x" * 30, b"PK\x03\x04" + b"\0" * 5000, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(server: ArchiveServer, fetch: partial[Fetched], body: bytes) -> None:
    server.files["/2022-10.zip"] = body
    assert "2022-10.zip" in refused(fetch)


def test_a_zip_of_something_else_is_refused(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of({"readme.txt": b"hello"})
    assert "there is no file in it such as" in refused(fetch)


def test_an_archive_of_other_months_is_refused(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(NOVEMBER))
    assert "there are November 2022 in it, and not October 2022" in refused(fetch)


def test_names_that_lead_elsewhere_are_never_written(
    server: ArchiveServer, fetch: partial[Fetched], tmp_path: Path
) -> None:
    hostile = ["../evil.csv", "/evil.csv", "2022-10/../../evil.csv", "2022-10/2022-10-../evil-street.csv", "evil.csv"]
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER) | dict.fromkeys(hostile, b"evil"))
    assert held(fetch().folder) == members_of(OCTOBER)
    assert list(tmp_path.rglob("*evil*")) == []


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_file_that_stands_there_twice_is_refused(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of([(STREET, b"one"), (STREET, b"two")])
    assert f"{STREET} stands there twice" in refused(fetch)


def listed_with(whole: bytes, changes: Mapping[int, bytes]) -> bytes:
    """The zip with bytes of its list of contents' first entry changed."""
    start = whole.index(b"PK\x01\x02")
    for at, new in changes.items():
        whole = whole[: start + at] + new + whole[start + at + len(new) :]
    return whole


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({8: b"\x01\x00"}, "it wants a password"),
        ({10: b"\x0e\x00"}, "packed in a way that is not read here"),
        ({24: struct.pack("<I", 2**30)}, "1,073,741,824 bytes; the most that is read"),
        ({24: struct.pack("<I", 5000)}, "3,000 bytes came; its list of contents says 5,000"),
        ({20: struct.pack("<I", 5)}, "the file is damaged in its zip"),
        ({42: struct.pack("<I", 7)}, "the file is damaged in its zip"),
    ],
)
def test_a_list_of_contents_that_lies_is_found_out(
    server: ArchiveServer, fetch: partial[Fetched], changes: Mapping[int, bytes], said: str
) -> None:
    server.files["/2022-10.zip"] = listed_with(zip_of({STREET: noise(STREET)}), changes)
    assert said in refused(fetch)
    assert held(fetch.keywords["cache"]) == {}


# --- faults of the one who asks


def test_a_force_misspelt_is_answered_with_those_like_it(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER, ("leicestershire", "lincolnshire", "gwent")))
    said = refused(fetch, forces=["Liecestershire", "gwent", "zz"]).splitlines()
    assert "has no file of a force 'liecestershire'. Is 'leicestershire' or" in said[0]
    assert "It has gwent, leicestershire, lincolnshire." in said[1]
    assert held(fetch.keywords["cache"]) == {}


def test_months_the_wrong_way_round_or_before_the_first_are_refused(
    server: ArchiveServer, fetch: partial[Fetched]
) -> None:
    assert "2022-11, comes after the last, 2022-10" in refused(fetch, first=NOVEMBER)
    assert "data.police.uk begins with December 2010" in refused(fetch, first=Period.month(2010, 11))
    assert server.asked == []


def test_a_full_disk_is_a_fault_and_what_came_is_kept(server: ArchiveServer, fetch: partial[Fetched]) -> None:
    """A limit on the size of files stands in for a disk that is full: the system refuses the write."""
    wanted = members_of(OCTOBER) | {STREET: noise(STREET, 3_000_000)}
    server.files["/2022-10.zip"] = zip_of(wanted)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        assert "File too large. Make room" in refused(fetch)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path for path in fetch.keywords["cache"].rglob("*") if "new" in path.name] == []
    assert held(fetch().folder) == wanted


def test_too_little_room_is_said_before_anything_is_fetched(
    server: ArchiveServer, fetch: partial[Fetched], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["/2022-10.zip"] = zip_of(members_of(OCTOBER, length=3_000_000))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 20_000_000))  # type: ignore[attr-defined]  # noqa: SLF001
    assert "9 MB are to be fetched, and the disk has room for 20 MB" in refused(fetch)
    assert held(fetch.keywords["cache"]) == {}


# --- a file on the server, as one that is read here


def test_reading_here_and_there_gives_the_file_s_own_bytes(server: ArchiveServer) -> None:
    server.files["/file"] = whole = noise("file", 3_000_000)
    draw = random.Random(1)  # noqa: S311 # no secret
    with Downloads(patience=QUICK) as downloads:
        file = RangeFile(downloads, downloads.look(f"{server.address}/file"))
        for _ in range(60):
            at, length = draw.randrange(len(whole) + 10), draw.choice([0, 1, 22, 4096, 1_500_000])
            if draw.random() < 0.5:
                file.expect(at, at + draw.randrange(1, 1_000_000))
            file.seek(*draw.choice([(at, 0), (at - file.tell(), 1), (at - len(whole), 2)]))
            assert file.read(length) == whole[at : at + length]
    assert len(server.asked) < 60


def test_more_than_any_archive_needs_is_not_held_in_memory(server: ArchiveServer) -> None:
    with Downloads(patience=QUICK) as downloads:
        file = RangeFile(downloads, Remote(f"{server.address}/file", 10**9, '"1"', ranges=True))
        with pytest.raises(InputError, match="100,000,000 bytes would have to be read at once"):
            file.read(10**8)
    assert server.asked == []
