"""The folder: one writer at a time, leftovers cleared away, damage and a full disk named plainly."""

import json
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.warehouse.base import Intake, Release
from quarterday.warehouse.store import Store

NOON = datetime(2012, 4, 16, 12, tzinfo=UTC)

Made = Callable[..., Intake]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "warehouse", patience=0.1)


@pytest.fixture
def release(made: Made) -> Callable[[int], Release]:
    def of(value: int) -> Release:
        figure = Figure("Theft", "Redditch", Period.month(2012, 3), value)
        return Release.of(made(figure, title="Return of “März”"), loaded_at=NOON)

    return of


Releases = Callable[[int], Release]


def commit(store: Store, release: Release) -> None:
    with store.writing("testing"):
        draft = store.draft("part")
        draft.write_text(release.id)
        store.commit(release, draft)


def part_of(store: Store, release: Release) -> Path:
    return store.part(store.held(store.current())[release.id])


def test_a_committed_release_is_read_back_equal(store: Store, release: Releases) -> None:
    commit(store, release(1))
    commit(store, release(2))
    assert store.releases(store.current()) == (release(1), release(2))
    assert part_of(store, release(1)).read_text() == release(1).id


def test_each_change_leaves_the_manifests_before_it(store: Store, release: Releases) -> None:
    commit(store, release(1))
    commit(store, release(2))
    assert store.current() == "00000002.json"
    assert store.releases("00000001.json") == (release(1),)


def test_a_writer_who_waits_in_vain_is_told_who_writes(store: Store) -> None:
    other = Store(store.folder, patience=0.1)
    told = rf"is being written by process {os.getpid()}, loading Westminster; waited 0.1 seconds.*try again"
    with store.writing("loading Westminster"), pytest.raises(InputError, match=told), other.writing("loading Camden"):
        raise AssertionError("two writers at once")


def test_a_writer_waits_for_the_one_before_it(store: Store) -> None:
    order: list[str] = []
    begun = threading.Event()

    def first() -> None:
        with store.writing("loading Westminster"):
            begun.set()
            time.sleep(0.1)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait()
    with Store(store.folder, patience=10).writing("loading Camden"):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_what_a_crash_left_is_cleared_away_and_what_is_held_stays(store: Store, release: Releases) -> None:
    commit(store, release(1))
    orphan, draft = store.folder / "parts" / "orphan.parquet", store.draft("rows.csv")
    orphan.write_text("written, but never committed")
    draft.write_text("half a")
    with store.writing("testing"):
        assert not orphan.exists()
        assert not draft.exists()
        assert part_of(store, release(1)).exists()


def test_a_manifest_that_a_crash_left_is_replaced(store: Store, release: Releases) -> None:
    commit(store, release(1))
    (store.folder / "manifests" / "00000002.json").write_text("half a manif")
    commit(store, release(2))
    assert store.releases(store.current()) == (release(1), release(2))


@pytest.mark.parametrize("name", ["CURRENT.json", "manifests/00000001.json"])
@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"manifest": ""}', '{"format": 3, "manifest": "", "releases": []}', '{"format": 1}', "\xff"],
)
def test_a_damaged_state_is_named_and_never_taken_for_an_empty_one(
    store: Store, release: Releases, name: str, content: str
) -> None:
    commit(store, release(1))
    (store.folder / name).write_bytes(content.encode("latin-1"))
    with pytest.raises(InputError, match="is damaged or missing"):
        store.releases(store.current())


def test_a_lost_pointer_is_named_and_nothing_is_cleared_away(store: Store, release: Releases) -> None:
    commit(store, release(1))
    part = part_of(store, release(1))
    (store.folder / "CURRENT.json").unlink()
    with pytest.raises(InputError, match=r"CURRENT\.json is damaged or missing"):
        commit(store, release(2))
    assert part.exists()


def test_a_first_load_that_failed_leaves_nothing_held(store: Store, release: Releases) -> None:
    with store.writing("testing"):
        store.draft("part").write_text("half a")
    assert store.releases(store.current()) == ()
    commit(store, release(1))
    assert store.releases(store.current()) == (release(1),)


def test_a_missing_manifest_is_named(store: Store, release: Releases) -> None:
    commit(store, release(1))
    (store.folder / "manifests" / "00000001.json").unlink()
    with pytest.raises(InputError, match=r"00000001\.json is damaged or missing"):
        store.releases(store.current())


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    place = tmp_path / "warehouse"
    place.write_text("not a folder")
    with (
        pytest.raises(InputError, match=r"warehouse.* cannot be written: .*Nothing was changed"),
        Store(place).writing("x"),
    ):
        pass
    with pytest.raises(InputError, match=r"CURRENT\.json is damaged or missing"):
        Store(place).current()


def test_a_full_disk_leaves_the_old_state(store: Store, release: Releases, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(store, release(1))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(InputError, match="cannot be written: No space left on device"):
            commit(store, release(2))
    assert store.releases(store.current()) == (release(1),)
    commit(store, release(2))
    assert store.releases(store.current()) == (release(1), release(2))


def test_the_manifest_can_be_read_by_a_person(store: Store, release: Releases) -> None:
    commit(store, release(1))
    entry = json.loads((store.folder / "manifests" / "00000001.json").read_text("utf-8"))["releases"][0]
    assert entry["source"]["title"] == "Return of “März”"
    assert entry["loaded_at"] == "2012-04-16T12:00:00+00:00"
