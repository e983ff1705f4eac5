"""Signing in: by password with a lock against guessing, with a second step, and nobody adds themselves."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import global_settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from quarterday.people.invitation import way_in
from quarterday.people.models import Person
from quarterday.people.services import person_add
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive")]

SIGN_IN = "/accounts/login/"
NEW = "a lighthouse in the fog"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    """The answer's number: 302 leads on, 200 asks again, 429 is locked."""
    return client.post(SIGN_IN, {"login": email, "password": password}).status_code


@pytest.mark.usefixtures("world")
def test_the_right_password_leads_home() -> None:
    client = Client()
    response = client.post(SIGN_IN, {"login": "READER@example.org", "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == "/"
    assert b"Redditch Community Safety Partnership" in response.content


@pytest.mark.usefixtures("world")
def test_five_wrong_guesses_lock_the_address_even_for_the_right_one() -> None:
    client = Client()
    assert [sign_in(client, "reader@example.org", "wrong") for _ in range(5)] == [200] * 5
    answer = client.post(SIGN_IN, {"login": "reader@example.org", "password": PASSWORD})
    assert b"Too many failed login attempts" in answer.content
    assert sign_in(Client(), "analyst@example.org") == 302


@pytest.mark.usefixtures("world")
def test_a_stranger_and_a_wrong_password_are_answered_alike() -> None:
    answers = [
        Client().post(SIGN_IN, {"login": email, "password": "wrong"}).content.decode()
        for email in ("reader@example.org", "nobody@example.org")
    ]
    plain = [re.sub(r'(csrfmiddlewaretoken" value="|value=")[^"]*|reader@|nobody@', "", answer) for answer in answers]
    assert plain[0] == plain[1]


@pytest.mark.usefixtures("world")
def test_nobody_adds_themselves() -> None:
    before = Person.objects.count()
    said = Client().post("/accounts/signup/", {"email": "new@example.org", "password1": NEW})
    assert (Person.objects.count(), b"People are added by" in said.content) == (before, True)


@pytest.mark.usefixtures("world")
def test_a_newcomer_chooses_a_password_by_a_link_that_is_good_once() -> None:
    person = person_add(email="new@example.org", full_name="New Comer")
    client, address = Client(), way_in(person).removeprefix("http://127.0.0.1:8000")
    form = client.get(address, follow=True)
    done = client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert done.status_code == 302
    assert sign_in(Client(), "new@example.org", NEW) == 302
    assert b'name="password1"' not in Client().get(address, follow=True).content


def test_somebody_given_a_role_by_a_manager_is_sent_the_way_in(world: World) -> None:
    client = world.client("manager")
    given = {"email": "new@example.org", "full_name": "New Comer", "role": "reader", "why": "Joins the team."}
    page = client.post("/partnerships/redditch/people/", given, follow=True)
    assert b"New Comer, reader in Redditch Community Safety Partnership: given." in page.content
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    assert "/accounts/password/reset/key/" in letter.body


def test_a_second_step_is_asked_for_once_it_is_set_up(world: World) -> None:
    client = Client()
    sign_in(client, "analyst@example.org")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})  # before that, it is asked for again
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret" type="text" value="(\w+)"', page)
    assert secret is not None
    code = format_hotp_value(hotp_value(secret[1], list(yield_hotp_counters_from_time())[1]))
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    kept = Authenticator.objects.get(user=world.people["analyst"], type="totp")
    assert secret[1] not in str(kept.data)
    other = Client()
    answer = other.post(SIGN_IN, {"login": "analyst@example.org", "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert other.get("/account/").status_code == 302


@pytest.mark.usefixtures("world")
def test_a_session_can_be_ended_from_another() -> None:
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, "reader@example.org")
        client.get("/account/")
    here.post("/accounts/sessions/")
    assert (here.get("/account/").status_code, there.get("/account/").status_code) == (200, 302)


def test_an_ended_role_counts_at_once(world: World) -> None:
    client = world.client("reader")
    assert client.get("/editions/redditch/2011-12-q4/").status_code == 200
    role = world.role("reader")
    ended = world.client("manager").post(f"/partnerships/redditch/people/{role.pk}/end/", {"why": "Has left."})
    assert ended.status_code == 302
    assert client.get("/editions/redditch/2011-12-q4/").status_code == 404


def test_pages_of_somebody_who_signed_in_are_not_kept_by_browsers(world: World) -> None:
    assert "no-store" in world.client("reader").get("/")["Cache-Control"]


def test_a_form_from_elsewhere_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["manager"], "allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post("/partnerships/redditch/people/", {"email": "x@example.org"})
    assert (answer.status_code, b"Please send it again" in answer.content) == (403, True)


def test_a_workspace_is_open_to_its_owner_until_somebody_is_added(settings: Settings, client: Client) -> None:
    settings.QUARTERDAY_OPEN = True
    assert client.get("/editions/redditch/2011-12-q4/").status_code == 200
    person_add(email="new@example.org", full_name="New Comer")
    assert client.get("/editions/redditch/2011-12-q4/").status_code == 404


def change_password(client: Client) -> None:
    said = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", said).status_code == 302


@pytest.mark.usefixtures("world")
def test_a_changed_password_ends_the_sessions_elsewhere() -> None:
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, "reader@example.org")
    change_password(here)
    assert (here.get("/account/").status_code, there.get("/account/").status_code) == (200, 302)


@pytest.mark.parametrize(
    ("password", "words"),
    [("some reader", "Too easy to guess"), ("amber lantern", "Good enough"), (NEW, "Strong"), ("", "")],
)
def test_how_strong_a_password_is_is_shown_while_it_is_typed_and_nothing_of_it_is_kept(
    world: World, caplog: pytest.LogCaptureFixture, *, password: str, words: str
) -> None:
    browser = world.client("reader")
    for page in (browser.get("/accounts/password/change/"), browser.get(way_to_choose(), follow=True)):
        assert 'hx-post="/account/password-judged/"' in page.content.decode()
    answer = browser.post("/account/password-judged/", {"password1": password})
    assert words in answer.content.decode()
    assert bool(words) == bool(answer.content.strip())
    assert not password or password not in answer.content.decode() + caplog.text
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_passwords_are_judged_so_often_and_no_oftener(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"password_judged": "2/m/ip"}
    answers = [Client().post("/account/password-judged/", {"password1": NEW}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def way_to_choose() -> str:
    """Where a newcomer chooses a password, as a path."""
    return way_in(person_add(email="new@example.org", full_name="New Comer")).removeprefix("http://127.0.0.1:8000")


def test_a_changed_password_is_told_by_e_mail(world: World) -> None:
    change_password(world.client("reader"))
    assert [letter.to for letter in mail.outbox] == [["reader@example.org"]]


@pytest.mark.usefixtures("world")
def test_signing_in_gives_a_new_session(settings: Settings) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "chosen-by-somebody-else"
    sign_in(client, "reader@example.org")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "chosen-by-somebody-else"


@pytest.mark.usefixtures("world")
def test_signing_out_ends_the_session(settings: Settings) -> None:
    client, thief = Client(), Client()
    sign_in(client, "reader@example.org")
    thief.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert thief.get("/account/").status_code == 200
    client.post("/accounts/logout/")
    assert thief.get("/account/").status_code == 302


@pytest.mark.usefixtures("world")
def test_a_session_lasts_twelve_hours_at_most() -> None:
    client = Client()
    sign_in(client, "reader@example.org")
    before = Session.objects.get().expire_date
    client.get("/account/")
    assert Session.objects.get().expire_date == before
    assert before - timezone.now() <= timedelta(hours=12)


@pytest.mark.usefixtures("world")
def test_asking_for_a_new_password_tells_nobody_who_was_added() -> None:
    answers = []
    for email in ("reader@example.org", "nobody@example.org"):
        answer = Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        answers.append((answer.redirect_chain, answer.content))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [["reader@example.org"]]


def test_passwords_are_kept_by_a_slow_hash(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    person = person_add(email="new@example.org", full_name="New Comer", password=NEW)
    assert re.match(r"pbkdf2_sha256\$1000000\$", person.password)
