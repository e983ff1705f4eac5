"""What is held of a person can be had; who left is forgotten, and what they did stays, under a number."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from quarterday.domain.faults import InputError
from quarterday.people.deactivation import person_deactivate, person_reactivate
from quarterday.people.forgetting import held_of, people_forget, person_forget
from quarterday.people.models import Person, Role
from quarterday.plan.models import Change
from tests.conftest import run_program
from tests.world import PASSWORD, WHY, World, token_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def who_left(world: World, viewer: str, *, at: datetime = NOW) -> Person:
    """Somebody who was deactivated then, and had a token and a second step."""
    person = world.people[viewer]
    token_of(person)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "of the app"})
    person_deactivate(person, by=world.people["administrator"], why=WHY, at=at)
    person.deactivations.update(since=at)
    return person


def everything() -> str:
    """All rows of all tables, as text."""
    return "\n".join(str(row) for table in apps.get_models(include_auto_created=True) for row in table.objects.values())


def test_all_that_is_held_of_a_person_can_be_had_but_for_what_lets_them_in(world: World) -> None:
    manager = world.people["manager"]
    token_of(manager)
    Authenticator.objects.create(user=manager, type=Authenticator.Type.TOTP, data={"secret": "of the app"})
    person_deactivate(world.people["reader"], by=world.people["administrator"], why="Has left.", at=NOW)
    held = held_of(manager)
    written = json.dumps(held)
    assert held["person"][0]["email"] == "manager@example.org"
    assert {"role, person", "historical role, person", "token, person", "email address, user"} <= set(held)
    assert [
        secret for secret in (manager.password, "of the app", manager.tokens.get().digest) if secret in written
    ] == []
    assert held_of(world.people["administrator"])["change, by"][0]["why"] == "Has left."


def test_of_who_is_forgotten_no_name_no_address_and_no_way_in_is_left(world: World) -> None:
    person = who_left(world, "analyst")
    person_forget(person, by=world.people["administrator"], why="As they asked.", at=NOW)
    held = everything()
    assert [text for text in ("Some Analyst", "analyst@example.org", "of the app") if text in held] == []
    forgotten = Person.objects.get(pk=person.pk)
    assert (forgotten.full_name, forgotten.email) == (f"Person {person.pk}", f"person-{person.pk}@forgotten.invalid")
    assert not forgotten.has_usable_password()
    assert not forgotten.check_password(PASSWORD)
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not Role.objects.filter(person=person).exists()


def test_what_somebody_did_stays_when_they_are_forgotten(world: World) -> None:
    person = who_left(world, "manager")
    before = Change.objects.count()
    person_forget(person, by=None, why="As they asked.", at=NOW)
    assert Change.objects.count() == before + 1
    assert Change.objects.latest("pk").why == "As they asked."
    assert held_of(Person.objects.get(pk=person.pk))["historical role, person"]


def test_who_may_still_come_in_is_not_forgotten_and_who_is_forgotten_does_not_come_back(world: World) -> None:
    by, reader = world.people["administrator"], world.people["reader"]
    with pytest.raises(InputError, match="deactivate them first"):
        person_forget(reader, by=by, why=WHY, at=NOW)
    who_left(world, "reader")
    person_forget(reader, by=by, why=WHY, at=NOW)
    with pytest.raises(InputError, match="forgotten already"):
        person_forget(reader, by=by, why=WHY, at=NOW)
    with pytest.raises(InputError, match="add the person anew"):
        person_reactivate(reader, by=by, why=WHY, at=NOW)


def test_only_an_administrator_has_somebody_forgotten_and_never_themself(world: World) -> None:
    reader = who_left(world, "reader")
    for by in ("manager", "reader"):
        with pytest.raises(InputError):
            person_forget(reader, by=world.people[by], why=WHY, at=NOW)
    assert Person.objects.get(pk=reader.pk).full_name == "Some Reader"


def test_who_left_is_forgotten_by_itself_once_the_time_is_over(world: World) -> None:
    long_ago = who_left(world, "reader", at=NOW - timedelta(days=31))
    lately = who_left(world, "analyst", at=NOW - timedelta(days=29))
    assert people_forget(after=0, at=NOW) == 0
    assert people_forget(after=30, at=NOW) == 1
    assert people_forget(after=30, at=NOW) == 0
    assert Person.objects.get(pk=long_ago.pk).full_name == f"Person {long_ago.pk}"
    assert Person.objects.get(pk=lately.pk).full_name == "Some Analyst"


def test_the_terminal_prints_what_is_held_and_forgets_whoever_was_deactivated(tmp_path: Path) -> None:
    def said(*arguments: str) -> str:
        done = run_program("--home", tmp_path / "home", "people", *arguments)
        return done.stdout if done.returncode == 0 else f"refused: {done.stderr}"

    said("add", "ben.roe@police.example", "--name", "Ben [Roe]", "--administrator")
    (person,) = json.loads(said("data", "ben.roe@police.example"))["person"]
    assert (person["full_name"], person["email"]) == ("Ben [Roe]", "ben.roe@police.example")
    assert "deactivate them first" in said("forget", "ben.roe@police.example")
    said("deactivate", "ben.roe@police.example")
    assert f"is from now on that of Person {person['id']}." in said("forget", "ben.roe@police.example")
    assert "nobody of that address" in said("data", "ben.roe@police.example")
    assert f"Person {person['id']} (deactivated)" in said("list")


def test_the_tables_of_people_are_as_the_models_say() -> None:
    call_command("makemigrations", "people", check=True, dry_run=True, verbosity=0)
