"""Home, people and history, as their readers see them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quarterday.people.models import Role
from quarterday.plan.models import Change
from quarterday.plan.plan_file import read_plans
from quarterday.plan.services import plan_replace
from tests.world import REDDITCH, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive")]


def text_of(page: bytes) -> str:
    """What a reader sees, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def test_home_says_how_far_the_latest_edition_has_come_and_what_stands_in_its_way(world: World) -> None:
    said = text_of(world.client("analyst").get("/").content)
    assert "Q4 2011/12 of Redditch Community Safety Partnership , version 1 Draft" in said
    assert "What is next: an analyst or a manager submits it." in said
    blocks, overdue = said.index("What blocks signing"), said.index("Actions that are overdue")
    assert "the figures contradict “showing an increasing trend”" in said[blocks:overdue]
    assert "Redditch workshop scheduled. (RAHP)" in said[overdue:]
    assert "Elsewhere" not in said


def test_home_of_a_county_s_reader_has_all_its_partnerships(world: World) -> None:
    said = text_of(world.client("county reader").get("/").content)
    assert ("Wyre Forest Partnership" in said, "No edition has been begun." in said) == (True, True)


def test_home_of_many_partnerships_asks_the_database_hardly_more_often(world: World) -> None:
    client = world.client("county reader")
    (plan,) = read_plans(REDDITCH)
    client.get("/")  # so that what is kept ready is
    with CaptureQueriesContext(connection) as of_two:
        client.get("/")
    for name in ("Alton", "Beeston", "Calne"):
        named = plan.partnership.model_copy(update={"name": f"{name} Partnership", "short_name": name})
        plan_replace(plan.model_copy(update={"partnership": named}), by=None, why="A test.")
    client.get("/")
    with CaptureQueriesContext(connection) as of_five:
        content = client.get("/").content
    assert text_of(content).count("What blocks signing") == 4
    assert len(of_five) - len(of_two) == 3  # whether anything changed, of each


def test_an_administrator_sees_whom_to_help_and_nothing_of_the_work(world: World) -> None:
    said = text_of(world.client("administrator").get("/").content)
    assert ("Elsewhere Partnership" in said, "contradict" in said) == (True, False)


def test_somebody_without_a_role_is_told_how_to_get_one(world: World) -> None:
    assert "You have no role in a partnership yet." in text_of(world.client("stranger").get("/").content)


def test_a_change_is_shown_from_what_to_what_by_whom_and_why(world: World) -> None:
    (plan,) = read_plans(REDDITCH)
    county = plan.partnership.model_copy(update={"county": "Hereford & Worcester"})
    changed = plan.model_copy(update={"partnership": county})
    plan_replace(changed, by=world.people["manager"], why="As the county was called.")
    latest = Change.objects.first()
    assert latest is not None
    said = text_of(world.client("analyst").get(f"/partnerships/redditch/history/{latest.pk}/").content)
    assert "As the county was called. Some Manager," in said
    assert "county Worcestershire Hereford &amp; Worcester" in said


def test_what_a_person_types_is_shown_as_text(world: World) -> None:
    given = {
        "email": "new@example.org",
        "full_name": "<b>New</b>",
        "role": "reader",
        "why": "<script>alert(1)</script>",
    }
    client = world.client("manager")
    client.post("/partnerships/redditch/people/", given)
    for page in ("people", "history"):
        content = client.get(f"/partnerships/redditch/{page}/").content
        assert (b"<b>New" in content, b"<script>alert" in content) == (False, False)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"email": "x", "role": "reader", "why": "x"}, "This is no address"),
        ({"email": "new@example.org", "role": "reader", "why": "x"}, "no name came"),
        ({"email": "reader@example.org", "role": "reader", "why": "x"}, "held already"),
        ({"email": "reader@example.org", "role": "contributor", "why": "x"}, "is one of an agency"),
        ({"email": "manager@example.org", "role": "analyst", "why": "x"}, "may not give or end"),
        ({"email": "reader@example.org", "role": "administrator", "why": "x"}, "Select a valid choice"),
        ({"email": "administrator@example.org", "role": "signatory", "why": "x"}, "must not sign"),
    ],
)
def test_a_role_that_cannot_be_given_is_answered_beside_the_form(
    world: World, said: dict[str, str], words: str
) -> None:
    before = Role.objects.count()
    answer = world.client("manager").post("/partnerships/redditch/people/", said)
    assert (answer.status_code, words in text_of(answer.content)) == (200, True)
    assert Role.objects.count() == before


@pytest.mark.parametrize("viewer", ["anonymous", "stranger", "other manager"])
def test_what_is_not_for_somebody_looks_like_what_is_not_there(world: World, viewer: str) -> None:
    client = world.client(viewer)
    for kept_from_them, not_there in (
        ("/editions/redditch/2011-12-q4/", "/editions/nowhere/2011-12-q4/"),
        ("/partnerships/redditch/people/", "/partnerships/nowhere/people/"),
        ("/partnerships/redditch/history/1/", "/partnerships/nowhere/history/1/"),
    ):
        answers = [client.get(address) for address in (kept_from_them, not_there)]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].content.replace(b"redditch", b"nowhere") == answers[1].content
