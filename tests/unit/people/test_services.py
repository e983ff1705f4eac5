"""Roles are given and ended by those who may, and each is kept with who and why."""

import pytest
from django.db.models import ProtectedError

from quarterday.domain.faults import InputError
from quarterday.people.history import changes_of, lines_of
from quarterday.people.models import Person, Role
from quarterday.people.services import person_add, person_get, role_end, role_give, role_give_to_address
from quarterday.plan.models import Agency, Partnership
from quarterday.plan.plan_file import read_plans
from quarterday.plan.selectors import partnership_row
from quarterday.plan.services import plan_replace
from tests.world import PASSWORD, REDDITCH, WHY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def redditch(world: World) -> Partnership:  # noqa: ARG001 - it has loaded the plan
    return partnership_row("Redditch")


def test_somebody_is_known_by_an_address_in_any_letter_case() -> None:
    person = person_add(email=" Ann.Lee@Example.ORG ", full_name="Ann  Lee")
    assert (person.email, person.full_name) == ("ann.lee@example.org", "Ann Lee")
    assert person_get(email="ANN.LEE@example.org") == person
    with pytest.raises(InputError, match="added already"):
        person_add(email="Ann.Lee@example.org", full_name="Ann Lee")


def test_who_is_added_without_a_password_cannot_sign_in_with_one() -> None:
    assert not person_add(email="a@example.org", full_name="A").has_usable_password()


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"email": "ann", "full_name": "Ann"}, "is no e-mail address"),
        ({"email": "a@example.org", "full_name": " "}, "no name came"),
        ({"email": "a@example.org", "full_name": "A", "password": "short"}, "too easy to guess"),
        ({"email": "a@example.org", "full_name": "A", "password": "password1234"}, "too easy to guess"),
    ],
)
def test_what_is_no_person_is_refused(columns: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        person_add(**columns)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"name": "boss", "partnership": "Redditch"}, "is no role; wanted one of reader, contributor"),
        ({"name": "reader"}, "one of a partnership or of a county"),
        ({"name": "reader", "partnership": "Redditch", "county": "Dorset"}, "one of a partnership or of a county"),
        ({"name": "signatory", "county": "Dorset"}, "nobody is signatory of a county"),
        ({"name": "contributor", "partnership": "Redditch"}, "is one of an agency"),
        ({"name": "reader", "partnership": "Redditch", "agency": "YOS"}, "is one of an agency"),
        ({"name": "contributor", "partnership": "Redditch", "agency": "NASA"}, "is no agency of Redditch"),
        ({"name": "administrator", "partnership": "Redditch"}, "an administrator is one everywhere"),
    ],
)
def test_a_role_that_fits_no_place_is_refused(world: World, place: dict[str, str], words: str) -> None:
    where = partnership_row(place.pop("partnership")) if "partnership" in place else None
    with pytest.raises(InputError, match=words):
        role_give(person=world.people["stranger"], by=None, why=WHY, partnership=where, **place)


def test_a_role_without_a_reason_is_refused(world: World, redditch: Partnership) -> None:
    with pytest.raises(InputError, match="no reason came"):
        role_give(person=world.people["stranger"], name="reader", by=None, why=" ", partnership=redditch)


def test_a_role_is_had_once(world: World, redditch: Partnership) -> None:
    with pytest.raises(InputError, match="held already"):
        role_give(person=world.people["reader"], name="reader", by=None, why=WHY, partnership=redditch)


@pytest.mark.parametrize("giver", ["manager", "county manager", "administrator"])
@pytest.mark.parametrize("role", ["reader", "signatory"])
def test_managers_and_administrators_give_roles(world: World, redditch: Partnership, giver: str, role: str) -> None:
    stranger = world.people["stranger"]
    role_give(person=stranger, name=role, by=world.people[giver], why=WHY, partnership=redditch)
    assert world.role("stranger").name == role


@pytest.mark.parametrize("giver", ["reader", "contributor", "analyst", "signatory", "county reader", "other manager"])
def test_nobody_else_gives_or_ends_roles(world: World, redditch: Partnership, giver: str) -> None:
    person = world.people[giver]
    with pytest.raises(InputError, match="may not give or end"):
        role_give(person=world.people["stranger"], name="reader", by=person, why=WHY, partnership=redditch)
    with pytest.raises(InputError, match="may not give or end"):
        role_end(role=world.role("manager"), by=person, why=WHY)


@pytest.mark.parametrize("giver", ["manager", "county manager", "administrator"])
def test_nobody_changes_a_role_of_their_own(world: World, redditch: Partnership, giver: str) -> None:
    person = world.people[giver]
    with pytest.raises(InputError, match="may not give or end"):
        role_give(person=person, name="analyst", by=person, why=WHY, partnership=redditch)
    with pytest.raises(InputError, match="may not give or end"):
        role_end(role=world.role(giver), by=person, why=WHY)


def test_county_roles_are_given_by_administrators_only(world: World) -> None:
    stranger = world.people["stranger"]
    with pytest.raises(InputError, match="may not give or end"):
        role_give(person=stranger, name="reader", by=world.people["county manager"], why=WHY, county="Worcestershire")
    role_give(person=stranger, name="reader", by=world.people["administrator"], why=WHY, county="Worcestershire")


def test_an_administrator_cannot_sign_nor_a_signatory_administer(world: World, redditch: Partnership) -> None:
    for viewer, name, place in (("administrator", "signatory", redditch), ("signatory", "administrator", None)):
        with pytest.raises(InputError, match="must not sign"):
            role_give(person=world.people[viewer], name=name, by=None, why=WHY, partnership=place)


def test_a_newcomer_is_added_with_their_role_or_not_at_all(world: World, redditch: Partnership) -> None:
    newcomer = {"email": "new@example.org", "full_name": "New", "by": world.people["manager"], "why": WHY}
    with pytest.raises(InputError, match="is no agency"):
        role_give_to_address(**newcomer, name="contributor", partnership=redditch, agency="NASA")  # type: ignore[arg-type]
    assert not Person.objects.filter(email="new@example.org").exists()
    role, is_new = role_give_to_address(**newcomer, name="reader", partnership=redditch)  # type: ignore[arg-type]
    assert (role.person.email, is_new) == ("new@example.org", True)


def test_the_trail_keeps_a_role_given_and_ended(world: World, redditch: Partnership) -> None:
    manager, stranger = world.people["manager"], world.people["stranger"]
    role = role_give(person=stranger, name="analyst", by=manager, why="Covers for Ann.", partnership=redditch)
    role_end(role=role, by=manager, why="Ann is back.")
    ended, given = changes_of(redditch)[:2]
    assert [(change.by, change.why) for change in (given, ended)] == [
        (manager, "Covers for Ann."),
        (manager, "Ann is back."),
    ]
    assert [line.what for change in (given, ended) for line in lines_of(change)] == ["Added", "Removed"]
    assert next(lines_of(ended)).name == "Some Stranger, analyst"


def test_a_role_ends_once_however_many_end_it(world: World) -> None:
    role, manager = world.role("reader"), world.people["manager"]
    role_end(role=role, by=manager, why=WHY)
    with pytest.raises(InputError, match="ended already"):
        role_end(role=role, by=manager, why=WHY)
    assert Role.history.filter(id=role.pk, history_type="-").count() == 1  # type: ignore[attr-defined]


def test_who_did_something_is_kept_for_good(world: World) -> None:
    manager = world.people["manager"]
    world.role("manager")
    with pytest.raises(ProtectedError):
        manager.delete()


def test_a_plan_that_comes_again_keeps_the_roles_that_point_at_it(world: World, redditch: Partnership) -> None:
    before = {role.pk: (role.partnership_id, role.agency_id) for role in Role.objects.all()}
    (plan,) = read_plans(REDDITCH)
    plan_replace(plan.model_copy(update={"editions": ()}), by=None, why=WHY)
    assert {role.pk: (role.partnership_id, role.agency_id) for role in Role.objects.all()} == before
    assert world.role("contributor").agency == Agency.objects.get(partnership=redditch, short_name="YOS")


def test_a_plan_that_leaves_out_a_contributor_s_agency_is_refused_and_changes_nothing(
    world: World, redditch: Partnership
) -> None:
    (plan,) = read_plans(REDDITCH)
    without = plan.model_copy(update={"agencies": (), "priorities": (), "editions": ()})
    with pytest.raises(InputError, match="still needed by Some Contributor, contributor for YOS in Redditch"):
        plan_replace(without, by=None, why=WHY)
    assert redditch.agencies.count() == len(plan.agencies)
    assert world.people["contributor"].check_password(PASSWORD)
