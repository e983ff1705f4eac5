"""What is unusual is told to administrators by e-mail, and who read what is not public is in the log."""

import shutil
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from quarterday.web.jobs import do_waiting
from quarterday.web.tasks import alerting
from quarterday.web.tasks.alerting import MOST, Unusual, look_at_editions, noticed
from tests.unit.web.test_security import entries
from tests.world import World

pytestmark = pytest.mark.django_db

EDITION = "/editions/redditch/2011-12-"


@pytest.fixture(autouse=True)
def nothing_told_yet(settings: Settings, tmp_path: Path) -> None:
    settings.QUARTERDAY_MAILS = True
    settings.QUARTERDAY_HOME = tmp_path
    alerting._this_hour.number = 0  # noqa: SLF001 - each process has one
    cache.clear()


def told(folder: Path) -> list[str]:
    """The subjects of the e-mails that have left, once a worker has done what waits."""
    do_waiting(folder / "jobs")
    return [letter.subject.removeprefix("Quarterday: ") for letter in mail.outbox]


def test_many_failed_sign_ins_are_told_to_administrators_once_an_hour(world: World, tmp_path: Path) -> None:
    for number in range(2 * MOST[Unusual.SIGN_INS]):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(
            "/accounts/login/", {"login": f"nobody{number}@example.org", "password": "not the one"}
        )
    assert told(tmp_path) == ["many sign-ins failed"]
    assert mail.outbox[0].recipients() == [world.people["administrator"].email]
    assert "nobody1@" not in mail.outbox[0].body


def test_many_refused_pages_are_told(world: World, tmp_path: Path) -> None:
    client = world.client("reader")
    for _ in range(MOST[Unusual.REFUSALS] - 1):
        client.get("/administration/")
    assert told(tmp_path) == []
    client.get("/administration/")
    assert told(tmp_path) == ["many pages were refused"]


def test_one_person_who_reads_very_much_is_told_and_many_who_read_a_little_are_not(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST, Unusual.READING, 4)
    pages = [f"/partnerships/redditch/{page}" for page in ("plan/", "plan/plan.toml", "load/", "quarters/2011-12-q4/")]
    for viewer in ("reader", "analyst", "manager", "signatory"):
        for _ in range(4):  # one page, again and again
            world.client(viewer).get(pages[0])
    assert told(tmp_path) == []
    for page in pages[1:]:
        world.client("analyst").get(page)
    assert told(tmp_path) == ["one person opened very many pages"]


@pytest.mark.parametrize(
    ("viewer", "address", "role"),
    [
        ("manager", "/partnerships/redditch/people/", "signatory"),
        ("manager", "/partnerships/redditch/people/{own}/end/", ""),
        ("administrator", "/administration/roles/", "manager"),
    ],
)
def test_a_role_of_one_s_own_that_is_tried_is_told(
    world: World, tmp_path: Path, *, viewer: str, address: str, role: str
) -> None:
    said = {"email": f"{viewer.title()}@example.org", "role": role, "county": "Worcestershire", "why": "For me."}
    world.client(viewer).post(address.format(own=world.role(viewer).pk), said)
    assert told(tmp_path) == ["somebody tried to change a role of their own"]


@pytest.mark.usefixtures("world")
def test_an_edition_that_was_altered_is_told(papers: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.copytree(papers / "editions", tmp_path / "editions")  # their seals do not fit them
    shutil.rmtree(tmp_path / "editions" / "redditch" / "2011-12-q2")
    shutil.rmtree(tmp_path / "editions" / "redditch" / "2011-12-q1")
    look_at_editions.call()
    assert entries(caplog) == ["edition altered: redditch/2011-12-q3"]
    assert told(tmp_path) == ["an edition was altered after it was signed"]


@pytest.mark.usefixtures("world")
def test_nobody_is_told_where_no_server_for_e_mail_is_named(settings: Settings, tmp_path: Path) -> None:
    settings.QUARTERDAY_MAILS = False
    noticed(Unusual.OWN_ROLE)
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    "address",
    [
        f"{EDITION}q4/",
        f"{EDITION}q2/",
        f"{EDITION}q2/edition.pdf",
        f"{EDITION}q2/charts/1-harassment-offences.svg",
        f"{EDITION}q2/seal.json",
        "/partnerships/redditch/plan/",
        "/partnerships/redditch/quarters/2011-12-q4/preview/",
    ],
)
@pytest.mark.usefixtures("archive")
def test_who_read_what_is_not_public_is_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    answer = world.client("reader").get(address)
    answer.close()
    assert answer.status_code in {200, 302}
    assert entries(caplog)[1:] == [f"read: GET {address}, person {world.people['reader'].pk} from 127.0.0.1"]


@pytest.mark.usefixtures("archive")
def test_what_is_read_in_answer_to_a_form_or_as_part_of_a_page_is_in_the_log_too(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    client, number = world.client("manager"), world.people["manager"].pk
    client.get("/partnerships/redditch/plan/", headers={"HX-Request": "true"})
    client.post("/partnerships/redditch/people/", {})
    assert [entry for entry in entries(caplog) if entry.startswith("read:")] == [
        f"read: GET /partnerships/redditch/plan/, person {number} from 127.0.0.1",
        f"read: POST /partnerships/redditch/people/, person {number} from 127.0.0.1",
    ]


@pytest.mark.usefixtures("archive")
def test_who_reads_what_is_for_anyone_or_is_refused_has_read_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.client("reader").get(f"{EDITION}q3/")
    world.client("stranger").get(f"{EDITION}q2/")
    assert not [entry for entry in entries(caplog) if entry.startswith("read:")]


@pytest.mark.usefixtures("archive")
def test_what_a_program_reads_is_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.program("reader").get("/api/editions/redditch/2011-12-q2")
    address = "/api/editions/redditch/2011-12-q2"
    assert entries(caplog)[-1] == f"read: GET {address}, person {world.people['reader'].pk} from 127.0.0.1"
