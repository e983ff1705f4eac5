"""Tokens are made by whom they are for, kept as digests only, and ended at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from quarterday.domain.faults import InputError
from quarterday.people.models import Token
from quarterday.people.tokens import LONGEST, MOST, Scope, digest_of, token_end, token_known, token_make, tokens_of
from tests.world import PASSWORD, WHY, World, quick_passwords, world

__all__ = ["quick_passwords", "world"]

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
FIT = {"name": "Dashboard", "scope": ["plan", "figures"], "expires": TODAY, "today": TODAY, "why": WHY}


def test_a_token_is_known_by_its_text_of_which_only_a_digest_is_kept(world: World) -> None:
    made, text = token_make(world.people["reader"], **FIT)
    assert token_known(text, today=TODAY) == made
    held = Token.objects.values().get()
    assert (held["digest"], held["scope"]) == (digest_of(text), ["figures", "plan"])
    assert text not in str(held)
    assert len(text) > 43
    assert token_make(world.people["manager"], **FIT)[1] != text


def test_a_token_is_good_to_the_end_of_its_last_day(world: World) -> None:
    _, text = token_make(world.people["reader"], **FIT)
    assert token_known(text, today=TODAY + timedelta(days=1)) is None
    assert not tokens_of(world.people["reader"], today=TODAY + timedelta(days=1))


def test_a_token_ends_at_once_and_for_whose_it_is_alone(world: World) -> None:
    made, text = token_make(world.people["reader"], **FIT)
    with pytest.raises(InputError, match="not yours"):
        token_end(made, by=world.people["manager"], at=NOW, why=WHY)
    token_end(made, by=world.people["reader"], at=NOW, why=WHY)
    assert token_known(text, today=TODAY) is None
    with pytest.raises(InputError, match="ended already"):
        token_end(made, by=world.people["reader"], at=NOW, why=WHY)


def test_the_trail_keeps_who_made_and_ended_a_token_and_why(world: World) -> None:
    made, _ = token_make(world.people["reader"], **FIT)
    token_end(made, by=world.people["reader"], at=NOW, why="Lost.")
    kept = [(row.history_type, row.change.by, row.change.why) for row in Token.history.order_by("pk")]  # type: ignore[attr-defined]
    assert kept == [("+", world.people["reader"], WHY), ("~", world.people["reader"], "Lost.")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "no name came"),
        ({"scope": []}, "choose one or more"),
        ({"scope": ["figures", "everything"]}, "choose one or more"),
        ({"expires": TODAY - timedelta(days=1)}, "choose another last day"),
        ({"expires": TODAY + timedelta(days=LONGEST + 1)}, "choose another last day"),
        ({"why": " "}, "no reason came"),
    ],
)
def test_what_is_no_token_is_refused(world: World, change: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        token_make(world.people["reader"], **{**FIT, **change})
    assert not Token.objects.exists()


def test_nobody_has_two_of_one_name_or_very_many(world: World) -> None:
    token_make(world.people["reader"], **FIT)
    with pytest.raises(InputError, match="already"):
        token_make(world.people["reader"], **FIT | {"name": "dashboard"})
    for number in range(MOST - 1):
        token_make(world.people["reader"], **FIT | {"name": f"Number {number}"})
    with pytest.raises(InputError, match=f"you have {MOST} tokens"):
        token_make(world.people["reader"], **FIT | {"name": "One more"})


def signed_in(world: World, viewer: str) -> Client:
    """By the password, just now, as making a token asks for."""
    client = Client()
    client.post("/accounts/login/", {"login": world.people[viewer].email, "password": PASSWORD})
    return client


ASKED = {"name": "Dashboard", "scope": ["figures"], "days": "90", "why": WHY}


def test_a_token_is_shown_once_on_the_page_and_ended_there(world: World) -> None:
    browser = signed_in(world, "reader")
    page = browser.post("/account/tokens/", ASKED).content.decode()
    text = page.partition("<code>")[2].partition("</code>")[0]
    made = Token.objects.get()
    assert digest_of(text) == made.digest
    listed = browser.get("/account/tokens/").content.decode()
    assert ("Dashboard" in listed, text in listed) == (True, False)
    browser.post(f"/account/tokens/{made.pk}/end/", {"why": "Lost."})
    assert "Dashboard: ended." in browser.get("/account/tokens/").content.decode()
    assert Client(headers={"Authorization": f"Bearer {text}"}).get("/api/partnerships").status_code == 401


def test_the_page_says_what_is_wrong(world: World) -> None:
    browser = signed_in(world, "reader")
    page = browser.post("/account/tokens/", {"name": "Dashboard"}).content.decode()
    assert all(words in page for words in ("Choose what it may read", "Choose how long", "Say in a few words why"))
    browser.post("/account/tokens/", ASKED)
    assert "you have a token" in browser.post("/account/tokens/", ASKED).content.decode()
    assert Token.objects.count() == 1


def test_a_token_of_somebody_else_is_not_there(world: World) -> None:
    made, _ = token_make(world.people["reader"], **FIT)
    assert signed_in(world, "manager").get(f"/account/tokens/{made.pk}/end/").status_code == 404


def test_every_scope_can_be_chosen(world: World) -> None:
    page = signed_in(world, "reader").get("/account/tokens/").content.decode()
    assert page.count('type="checkbox"') == len(Scope)
    assert all(f'value="{scope}" id="id_scope_' in page for scope in Scope)
