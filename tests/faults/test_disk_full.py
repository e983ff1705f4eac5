"""Where the disk is full, what was held stays whole, and the upload says why it did not land."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from quarterday.editions.home import Home
from quarterday.plan.models import Upload
from quarterday.web.jobs import do_waiting
from tests.world import World

LOAD = "/partnerships/redditch/load/"
SIZE = 4  # MB


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, in memory; only the machine's owner may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def home(settings: Settings, disk: Path, tmp_path: Path) -> Home:
    """A workspace on it; the locks of workers lie elsewhere."""
    settings.QUARTERDAY_HOME = disk / "home"
    (tmp_path / "jobs").mkdir()
    return Home(disk / "home")


@pytest.fixture
def analyst(world: World, home: Home) -> Client:  # noqa: ARG001 - the workspace is asked for
    return world.client("analyst")


def figures(value: int, *, names: int = 1) -> SimpleUploadedFile:
    months = [f"2011-{month:02d}" for month in range(4, 13)]
    rows = (f"Theft {name},Redditch,{month},{value},," for name in range(names) for month in months)
    text = "measure,area,period,value,status,note\n" + "\n".join(rows) + "\n"
    return SimpleUploadedFile("figures.csv", text.encode())


def fill(disk: Path) -> None:
    """Leave no room."""
    with (disk / "other").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass


def free(disk: Path) -> None:
    (disk / "other").unlink()


def send(client: Client, file: SimpleUploadedFile, tmp_path: Path) -> Upload:
    client.post(f"{LOAD}new/", {"file": file})
    do_waiting(tmp_path / "jobs")
    return Upload.objects.latest("pk")


def act(client: Client, upload: Upload, what: str, tmp_path: Path) -> Upload:
    client.post(f"{LOAD}{upload.pk}/{what}/")
    do_waiting(tmp_path / "jobs")
    upload.refresh_from_db()
    return upload


def total(home: Home) -> float:
    return sum(figure.value or 0 for figure in home.warehouse().holding("Theft 0", "Redditch").figures.values())


def test_a_landing_without_room_changes_nothing_says_so_and_lands_once_there_is_room(
    analyst: Client, home: Home, disk: Path, tmp_path: Path
) -> None:
    act(analyst, send(analyst, figures(1), tmp_path), "accept", tmp_path)
    upload = send(analyst, figures(2), tmp_path)
    assert upload.state == "read"
    fill(disk)
    act(analyst, upload, "accept", tmp_path)
    assert (upload.state, total(home), len(home.warehouse().releases())) == ("read", 9, 1)
    assert "No space left on device" in upload.faults[0]
    page = analyst.get(f"{LOAD}{upload.pk}/").content.decode()
    assert "What went wrong" in page
    assert str(disk) not in page
    free(disk)
    act(analyst, upload, "accept", tmp_path)
    assert (upload.state, upload.faults, total(home)) == ("landed", [], 18)


def test_a_reading_without_room_refuses_and_can_be_had_again(
    analyst: Client, home: Home, disk: Path, tmp_path: Path
) -> None:
    analyst.post(f"{LOAD}new/", {"file": figures(1, names=2000)})
    fill(disk)
    do_waiting(tmp_path / "jobs")
    upload = Upload.objects.latest("pk")
    assert (upload.state, home.warehouse().releases()) == ("refused", ())
    assert any("No space left" in fault for fault in upload.faults)
    free(disk)
    act(analyst, upload, "again", tmp_path)
    assert upload.state == "read"


def test_an_upload_without_room_is_not_taken_and_leaves_nothing_behind(
    analyst: Client, home: Home, disk: Path, tmp_path: Path
) -> None:
    fill(disk)
    answer = analyst.post(f"{LOAD}new/", {"file": figures(1, names=2000)})
    assert "The server cannot keep the file: No space left on device" in answer.content.decode()
    assert not Upload.objects.exists()
    free(disk)
    assert list((disk / "home").rglob("*.*")) == []
    assert send(analyst, figures(1), tmp_path).state == "read"
    assert home.warehouse().releases() == ()
