"""What keeps others out, on every page; and what those who run the program can see of who tried."""

import logging
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from quarterday.people.invitation import way_in
from quarterday.people.models import Role
from quarterday.people.services import person_add
from quarterday.web.log_line import OneLine
from tests.unit.web.test_rights import rows
from tests.unit.web.test_settings import PRODUCTION
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db

LOG = "quarterday.security"
Captured = Callable[..., AbstractContextManager[object]]


def entries(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.name == LOG]


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("viewer", ["anonymous", "manager", "administrator"])
def test_every_page_carries_what_keeps_others_out(world: World, viewer: str) -> None:
    client, wrong = world.client(viewer), []
    for row in rows():
        if row["method"] != "GET" or "logout" in row["address"]:
            continue
        answer = client.get(row["address"].format_map(defaultdict(lambda: 1)), HTTP_ORIGIN="https://elsewhere.example")
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[arg-type]  # so that the file is closed
        policy = answer.headers.get("Content-Security-Policy", "")
        held = {
            "policy": "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy,
            "frames": answer.headers.get("X-Frame-Options") == "DENY",
            "kinds": answer.headers.get("X-Content-Type-Options") == "nosniff",
            "referrer": answer.headers.get("Referrer-Policy") in {"same-origin", "strict-origin"},
            "opener": answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
            "cache": viewer == "anonymous"
            or "no-store" in answer.headers.get("Cache-Control", "")
            or row["address"].startswith("/api/"),  # where being signed in in a browser opens nothing
            "sharing": "Access-Control-Allow-Origin" not in answer.headers,
            "charset": not answer.headers.get("Content-Type", "").startswith("text/html")
            or "charset=utf-8" in answer.headers["Content-Type"],
        }
        wrong += [f"{row['address']}: {name}" for name, holds in held.items() if not holds]
    assert wrong == []


def test_in_production_every_answer_is_bound_to_https() -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDAY_")}
    environment = plain | {"DJANGO_SETTINGS_MODULE": "quarterday.web.settings"} | PRODUCTION
    code = """
import django; django.setup()
from django.test import Client
for secure in (False, True):
    answer = Client(SERVER_NAME="csp.example").get("/style/edition.css", secure=secure)
    print(answer.status_code, answer.headers.get("Location"), answer.headers.get("Strict-Transport-Security"))
print(Client(SERVER_NAME="elsewhere.example").get("/style/edition.css", secure=True).status_code)
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "301 https://csp.example/style/edition.css None",
        "200 None max-age=31536000; includeSubDomains; preload",
        "400",
    ]


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/reauthenticate/", "/accounts/logout/"])
def test_nobody_is_led_to_another_host(world: World, address: str, next_page: str) -> None:
    client = Client() if "login" in address else world.client("reader")
    said = {"login": "reader@example.org", "password": PASSWORD, "next": next_page}
    answer = client.post(f"{address}?next={next_page}", said)
    assert answer.status_code == 302
    assert answer["Location"] in {"/", "/account/", "/editions/"}


def test_an_error_tells_its_reader_nothing_of_the_inside(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_viewer: object) -> None:
        raise RuntimeError("the secret of the inside")

    monkeypatch.setattr("quarterday.web.views.home.partnerships_visible_to", fail)
    client = world.client("reader")
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert not re.search(rb"secret|Traceback|RuntimeError|quarterday/web|Django", answer.content)
    assert any(record.exc_info for record in caplog.records), "those who run the program see it"


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace", "options"])
def test_methods_that_no_page_knows_are_refused(world: World, method: str) -> None:
    client = world.client("administrator")
    for address in ("/", "/administration/", "/administration/roles/", "/partnerships/redditch/people/"):
        assert getattr(client, method)(address).status_code == 405


def test_a_failed_sign_in_is_seen_by_the_person_s_number_alone(world: World, caplog: pytest.LogCaptureFixture) -> None:
    for email in ("reader@example.org", "nobody@example.org"):
        Client().post("/accounts/login/", {"login": email, "password": "not the one"})
    number = world.people["reader"].pk
    assert entries(caplog) == [
        f"sign-in failed: person {number} from 127.0.0.1",
        "sign-in failed: nobody known from 127.0.0.1",
    ]
    assert "@" not in caplog.text
    assert "not the one" not in caplog.text


@pytest.mark.usefixtures("world")
def test_a_lock_against_guessing_is_seen(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(6):
        Client().post("/accounts/login/", {"login": "reader@example.org", "password": "not the one"})
    assert entries(caplog)[-1] == "sign-in locked: nobody known from 127.0.0.1"


def test_a_refusal_is_seen_with_who_and_what_was_asked(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.client("reader").get("/administration/roles/?why=private")
    number = world.people["reader"].pk
    assert entries(caplog)[-1] == f"refused 403: GET /administration/roles/, person {number} from 127.0.0.1"


def test_roles_that_are_given_and_ended_are_seen(
    world: World, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Captured
) -> None:
    client, people = world.client("manager"), "/partnerships/redditch/people/"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(people, {"email": "stranger@example.org", "role": "reader", "why": "A private reason."})
    role = Role.objects.latest("pk")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{people}{role.pk}/end/", {"why": "Another."})
    manager, stranger = world.people["manager"].pk, world.people["stranger"].pk
    which = f"role {role.pk} (reader, partnership {role.partnership_id}) of person {stranger}"
    assert [entry for entry in entries(caplog) if entry.startswith("rights:")] == [
        f"rights: {which} added by person {manager}",
        f"rights: {which} removed by person {manager}",
    ]
    assert "private" not in caplog.text


def test_what_was_not_done_is_not_seen_as_done(
    world: World, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        refused = {"email": "reader@example.org", "role": "reader", "why": "Again."}
        world.client("manager").post("/partnerships/redditch/people/", refused)
    assert not [entry for entry in entries(caplog) if entry.startswith("rights:")]


@pytest.mark.usefixtures("world")
def test_nobody_writes_an_entry_of_their_own_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(enforce_csrf_checks=True)
    client.post("/accounts/oidc/a%0d%0a%1b[31mforged/login/")
    (entry,) = [entry for entry in entries(caplog) if entry.startswith("refused 403")]
    assert ("\r" in entry, "\x1b" in entry, r"\x0d\x0a\x1b[31mforged" in entry) == (False, False, True)


@pytest.mark.usefixtures("world")
def test_the_key_of_a_link_never_comes_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    Client(enforce_csrf_checks=True).post("/accounts/password/reset/key/1-the-secret-key/")
    assert entries(caplog) == ["refused 403: POST /accounts/password/reset/key/1-…/, nobody known from 127.0.0.1"]


def test_a_log_s_lines_cannot_be_forged() -> None:
    record = logging.LogRecord(LOG, logging.ERROR, "", 0, "a\n2026-01-01 INFO signed in\x1b[2K\u2028", (), None)
    shown = OneLine("%(levelname)s %(message)s").format(record)
    assert shown == "ERROR a\n\t2026-01-01 INFO signed in\\x1b[2K\\x2028"


def test_secrets_stand_in_no_address_that_the_site_asks_for() -> None:
    client, person = Client(), person_add(email="new@example.org", full_name="New Comer")
    key = way_in(person).rsplit("-", 1)[1].strip("/")
    page = client.get(way_in(person).removeprefix("http://127.0.0.1:8000"), follow=True)
    assert key not in page.redirect_chain[-1][0]
    assert key not in page.content.decode()
    assert not re.search(r'<form[^>]*method="get"[^>]*>(?s:.*?)type="password"', page.content.decode())


def test_a_letter_to_somebody_is_not_bent_by_what_was_typed(world: World) -> None:
    said = {"email": "x@example.org\nBcc: all@example.org", "full_name": "X", "role": "reader", "why": "x"}
    world.client("manager").post("/partnerships/redditch/people/", said)
    named = {"email": "y@example.org", "full_name": "Y\r\nBcc: all@example.org", "role": "reader", "why": "x"}
    world.client("manager").post("/partnerships/redditch/people/", named)
    assert [letter.recipients() for letter in mail.outbox] == [["y@example.org"]]
    assert "\nBcc" not in mail.outbox[0].message().as_string()


def test_no_page_takes_more_than_its_share_of_a_form(world: World, settings: Settings) -> None:
    client = world.client("manager")
    client.raise_request_exception = False
    more = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = client.post(
        "/partnerships/redditch/people/", f"why={more}", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in {400, 413}


def test_a_form_takes_no_more_than_it_shows(world: World) -> None:
    stranger = world.people["stranger"]
    shown = {"email": stranger.email, "role": "reader", "why": "Joins."}
    hidden = {"name": "administrator", "partnership": "3", "county": "Dorset", "person": "1", "is_active": ""}
    world.client("manager").post("/partnerships/redditch/people/", hidden | shown)
    role = world.role("stranger")
    assert (role.name, str(role.partnership), role.county) == ("reader", "Redditch Community Safety Partnership", "")
    stranger.refresh_from_db()
    assert stranger.is_active


@pytest.mark.parametrize("wanted", ["' OR '1'='1", "%", "_", "x'; DROP TABLE people_person; --", "\\"])
def test_what_is_looked_for_never_becomes_a_query(world: World, wanted: str) -> None:
    answer = world.client("administrator").get("/administration/people/", {"find": wanted})
    assert (answer.status_code, b"Nobody is found." in answer.content) == (200, True)
