"""Every address, asked for as everybody, answers as the table in rights.csv says."""

import copy
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from quarterday.people.history import changes_of
from quarterday.plan.selectors import partnership_row
from tests.world import VIEWERS, World

TABLE = Path(__file__).with_name("rights.csv")
WORDS = {200: "opens", 401: "refused", 403: "not for the role", 404: "not there", 405: "wrong method", 429: "too often"}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def patterns(within: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address that there is, as its pattern is written."""
    for entry in (within or get_resolver()).url_patterns:
        written = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield written
        else:
            yield from patterns(entry, written)


def word(response: HttpResponseBase) -> str:
    """What an answer comes to."""
    if response.status_code not in {301, 302}:
        return WORDS.get(response.status_code, str(response.status_code))
    target = response["Location"]
    if target.startswith("/accounts/login/"):
        return "sign in"
    return "prove it again" if "reauthenticate" in target else "leads on"


def answer(client: Client, row: dict[str, str], keys: dict[str, int]) -> str:
    """Ask, and undo whatever that did."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        asked = client.post if row["method"] == "POST" else client.get
        response = asked(row["address"].format(**keys))
        if response.streaming:
            b"".join(response.streaming_content)  # so that the file is closed
        transaction.set_rollback(True)
    client.cookies = cookies
    return word(response)


def test_every_address_has_a_line_in_the_table() -> None:
    assert set(patterns()) - {row["pattern"] for row in rows()} == set()


def test_no_line_of_the_table_is_of_an_address_that_is_gone() -> None:
    assert {row["pattern"] for row in rows()} - set(patterns()) == set()


@pytest.mark.usefixtures("archive")
def test_every_address_answers_everybody_as_the_table_says(world: World) -> None:
    latest = changes_of(partnership_row("Redditch")).first()
    assert latest is not None
    keys = {"role": world.role("signatory").pk, "own": world.role("manager").pk, "change": latest.pk}
    clients = {viewer: world.client(viewer) for viewer in VIEWERS}
    found = {
        (row["method"], row["address"], viewer): (row[viewer], answer(client, row, keys))
        for row in rows()
        for viewer, client in clients.items()
    }
    assert {asked: answers for asked, answers in found.items() if answers[0] != answers[1]} == {}
