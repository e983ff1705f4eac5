"""Administration: who comes in and who gives roles, each with a reason, and proved again where it matters."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from quarterday.domain.faults import InputError
from quarterday.people.deactivation import person_deactivate, person_reactivate
from quarterday.people.models import Deactivation, Person, Role, Token
from quarterday.plan.models import Change, changing
from quarterday.web.proof import LASTS
from tests.world import PASSWORD, WHY, World, prove

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PEOPLE = "/administration/people/"
ROLES = "/administration/roles/"


def text_of(page: bytes) -> str:
    """What a reader sees, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def sign_in(email: str) -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": email, "password": PASSWORD}).status_code == 302
    return client


def test_every_partnership_is_listed_with_its_places_and_people(world: World) -> None:
    said = text_of(world.client("administrator").get("/administration/").content)
    assert "Redditch Community Safety Partnership Redditch Worcestershire Redditch 5 measures" in said
    assert "Elsewhere Partnership Elsewhere Dorset Elsewhere Empty yet 1 in Elsewhere Partnership" in said


def test_people_are_found_by_a_part_of_their_name(world: World) -> None:
    said = text_of(world.client("administrator").get(PEOPLE, {"find": "SIGNATORY"}).content)
    assert ("signatory@example.org" in said, "analyst@example.org" in said) == (True, False)


def test_who_is_deactivated_is_out_at_once_everywhere(world: World) -> None:
    person, browser = world.people["reader"], sign_in("reader@example.org")
    assert browser.get("/account/").status_code == 200
    with changing(by=person, why=WHY, partnership=None):
        token = Token.objects.create(person=person, name="A program", digest="x", expires=timezone.localdate())
    asked = world.client("administrator").post(f"{PEOPLE}{person.pk}/deactivate/", {"why": "Has left."}, follow=True)
    assert "Some Reader: deactivated, and signed out everywhere." in text_of(asked.content)
    token.refresh_from_db()
    assert browser.get("/account/").status_code == 302
    assert token.ended_at is not None
    refused = Client().post("/accounts/login/", {"login": "reader@example.org", "password": PASSWORD})
    assert refused["Location"] == "/accounts/inactive/"


def test_who_is_reactivated_has_the_roles_of_before_and_no_session(world: World) -> None:
    person, browser = world.people["reader"], sign_in("reader@example.org")
    administrator = world.client("administrator")
    administrator.post(f"{PEOPLE}{person.pk}/deactivate/", {"why": "Ill."})
    administrator.post(f"{PEOPLE}{person.pk}/reactivate/", {"why": "Well again."})
    assert browser.get("/account/").status_code == 302
    assert sign_in("reader@example.org").get("/partnerships/redditch/plan/").status_code == 200
    said = text_of(administrator.get("/administration/history/").content)
    assert "Some Administrator Changed deactivation: Some Reader Well again." in said
    assert "Some Administrator Added deactivation: Some Reader Ill." in said


@pytest.mark.parametrize("change", [person_deactivate, person_reactivate])
def test_nobody_deactivates_themself_and_only_administrators_others(world: World, change: Callable[..., None]) -> None:
    administrator = world.people["administrator"]
    with pytest.raises(InputError, match="nobody does that to themself"):
        change(administrator, by=administrator, why=WHY, at=NOW)
    with pytest.raises(InputError, match="may not let people in or out"):
        change(world.people["reader"], by=world.people["manager"], why=WHY, at=NOW)
    client = world.client("administrator")
    assert client.get(f"{PEOPLE}{administrator.pk}/deactivate/").status_code == 404
    assert not Deactivation.objects.exists()


def test_the_second_who_deactivates_is_told(world: World) -> None:
    person = world.people["reader"]
    person_deactivate(person, by=None, why=WHY, at=NOW)
    with pytest.raises(InputError, match="deactivated already"):
        person_deactivate(person, by=None, why=WHY, at=NOW)
    person_reactivate(person, by=None, why=WHY, at=NOW)
    with pytest.raises(InputError, match="is active already"):
        person_reactivate(person, by=None, why=WHY, at=NOW)


def test_a_deactivation_without_a_reason_is_refused(world: World) -> None:
    client, person = world.client("administrator"), world.people["reader"]
    assert "Say in a few words why." in text_of(client.post(f"{PEOPLE}{person.pk}/deactivate/", {"why": ""}).content)
    with pytest.raises(InputError, match="no reason came"):
        person_deactivate(person, by=None, why=" ", at=NOW)
    assert Person.objects.get(pk=person.pk).is_active


def test_an_administrator_makes_another_and_gives_county_roles(world: World) -> None:
    client = world.client("administrator")
    new = {"email": "new@example.org", "full_name": "New Comer", "role": "administrator", "why": "A second one."}
    assert "New Comer, administrator: given. An e-mail" in text_of(client.post(ROLES, new, follow=True).content)
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]
    county = {"email": "stranger@example.org", "role": "analyst", "county": "Worcestershire", "why": "Joins the team."}
    assert client.post(ROLES, county).status_code == 302
    assert world.role("stranger").county == "Worcestershire"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"email": "stranger@example.org", "role": "analyst"}, "is one of a partnership or of a county"),
        ({"email": "stranger@example.org", "role": "administrator", "county": "Dorset"}, "is one everywhere"),
        ({"email": "stranger@example.org", "role": "analyst", "county": "Atlantis"}, "Select a valid choice"),
        ({"email": "stranger@example.org", "role": "signatory"}, "Select a valid choice"),
        ({"email": "signatory@example.org", "role": "administrator"}, "must not sign"),
        ({"email": "administrator@example.org", "role": "reader", "county": "Dorset"}, "may not give or end"),
    ],
)
def test_a_wide_role_that_cannot_be_given_is_answered_beside_the_form(
    world: World, said: dict[str, str], words: str
) -> None:
    before = Role.objects.count()
    answer = world.client("administrator").post(ROLES, said | {"why": WHY})
    assert (answer.status_code, words in text_of(answer.content), Role.objects.count()) == (200, True, before)


def test_a_wide_role_is_ended_with_a_reason_and_never_one_s_own(world: World) -> None:
    client = world.client("administrator")
    assert client.get(f"{ROLES}{world.role('administrator').pk}/end/").status_code == 404
    ended = world.role("county reader").pk
    assert client.post(f"{ROLES}{ended}/end/", {"why": "Post given up."}).status_code == 302
    assert not Role.objects.filter(pk=ended).exists()
    latest = Change.objects.filter(partnership=None).first()
    assert latest is not None
    assert latest.why == "Post given up."


@pytest.mark.parametrize(
    ("viewer", "address"),
    [
        ("manager", "/partnerships/redditch/people/"),
        ("manager", "/partnerships/redditch/people/{role}/end/"),
        ("administrator", ROLES),
        ("administrator", ROLES + "{wide}/end/"),
        ("administrator", PEOPLE + "{person}/deactivate/"),
    ],
)
def test_what_gives_or_takes_rights_wants_a_proof_of_the_last_quarter_of_an_hour(
    world: World, viewer: str, address: str
) -> None:
    keys = {"role": world.role("reader").pk, "wide": world.role("county reader").pk}
    address = address.format(**keys, person=world.people["analyst"].pk)
    client, roles = world.client(viewer), Role.objects.count()
    prove(client, world.people[viewer], ago=LASTS + 1)
    said = {"email": "stranger@example.org", "role": "reader", "why": WHY}
    said |= {"county": "Dorset"} if viewer == "administrator" else {}
    assert client.get(address).status_code == 200
    asked = client.post(address, said)
    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    assert (Role.objects.count(), Deactivation.objects.count()) == (roles, 0)
    done = client.post(asked["Location"], {"password": PASSWORD})
    assert done.status_code == 302, "the form that was sent goes on"
    assert (Role.objects.count() - roles, Deactivation.objects.count()) in {(1, 0), (-1, 0), (0, 1)}


def test_a_wrong_password_does_not_go_on_with_the_form(world: World) -> None:
    client, before = world.client("manager"), Role.objects.count()
    prove(client, world.people["manager"], ago=LASTS + 1)
    asked = client.post(
        "/partnerships/redditch/people/", {"email": "stranger@example.org", "role": "reader", "why": WHY}
    )
    assert client.post(asked["Location"], {"password": "wrong"}).status_code == 200
    assert Role.objects.count() == before


def test_who_has_no_password_here_signs_in_anew(world: World) -> None:
    person = world.people["manager"]
    client = world.client("manager")
    person.set_unusable_password()
    person.save()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    prove(client, person, ago=LASTS + 1)
    asked = client.post("/partnerships/redditch/people/", {"email": "x"})
    assert asked["Location"] == "/accounts/login/?next=/partnerships/redditch/people/"
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("viewer", ["administrator", "signatory"])
def test_whose_role_needs_a_second_step_sets_one_up_first(world: World, settings: Settings, viewer: str) -> None:
    settings.QUARTERDAY_SECOND_STEP = True
    client = world.client(viewer)
    for address in ("/", "/administration/", "/partnerships/redditch/people/", "/partnerships/redditch/plan/"):
        assert client.get(address)["Location"] == "/accounts/2fa/"
    assert client.post("/partnerships/redditch/people/", {"email": "x"})["Location"] == "/accounts/2fa/"
    said = text_of(client.get("/accounts/2fa/").content)
    assert "Your role needs a second step of signing in" in said
    assert client.get("/account/").status_code == 200
    Authenticator.objects.create(user=world.people[viewer], type="recovery_codes", data={})
    assert client.get("/").status_code == 302
    Authenticator.objects.create(user=world.people[viewer], type="totp", data={})
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("world")
def test_an_administrator_gets_in_by_setting_up_a_second_step(settings: Settings) -> None:
    settings.QUARTERDAY_SECOND_STEP = True
    client = sign_in("administrator@example.org")
    assert client.get("/administration/")["Location"] == "/accounts/2fa/"
    asked = client.get("/accounts/2fa/totp/activate/")
    form = client.post(asked["Location"], {"password": PASSWORD}, follow=True).content.decode()
    secret = re.search(r'id="authenticator_secret" type="text" value="(\w+)"', form)
    assert secret is not None
    code = format_hotp_value(hotp_value(secret[1], list(yield_hotp_counters_from_time())[1]))
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert client.get("/administration/").status_code == 200


def test_nobody_else_is_made_to_have_a_second_step(world: World, settings: Settings) -> None:
    settings.QUARTERDAY_SECOND_STEP = True
    assert world.client("manager").get("/").status_code == 200
    assert Client().get("/accounts/login/").status_code == 200


def test_an_address_is_confirmed_by_whoever_adds_the_person(world: World) -> None:
    new = {"email": "new@example.org", "full_name": "New Comer", "role": "administrator", "why": "A second one."}
    world.client("administrator").post(ROLES, new)
    assert EmailAddress.objects.get(email="new@example.org").verified
