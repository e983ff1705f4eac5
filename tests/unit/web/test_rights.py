"""Every address, asked for as everybody, answers as the table in rights.csv says."""

import copy
import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from quarterday.domain.period import Period
from quarterday.editions.asking import token_of
from quarterday.people.history import changes_of
from quarterday.plan.models import CountywidePriority, Highlight, Measure, Project, UpdateRequest, changing
from quarterday.plan.selectors import partnership_row
from tests.world import VIEWERS, World, plan_file_in, upload_in

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


def answer(client: Client, row: dict[str, str], keys: Mapping[str, int | str]) -> str:
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


def keys_of_projects() -> dict[str, int | str]:
    """A project that the contributor's agency leads, with a note and an action; one that it does not; and the rest."""
    led = Project.objects.get(leads__short_name="YOS")
    other = Project.objects.get(figures__period=Period.financial_year(2009))
    with changing(by=None, why="A test.", partnership=led.partnership):
        request = UpdateRequest.objects.create(
            project=led,
            agency=led.leads.get(short_name="YOS"),
            email="yos@example.org",
            quarter=Period.financial_quarter(2011, 4),
            due=timezone.localdate(),
        )
        led.lead_rows.filter(agency=request.agency).update(email=request.email)
    rows = {
        "project": led,
        "unled": other,
        "update": led.updates.first(),
        "action": led.actions.first(),
        "figure": other.figures.first(),
        "row": CountywidePriority.objects.first(),
        "highlight": Highlight.objects.first(),
    }
    return {name: row.pk for name, row in rows.items() if row} | {"token": token_of(request)}


def test_every_address_has_a_line_in_the_table() -> None:
    assert set(patterns()) - {row["pattern"] for row in rows()} == set()


def test_no_line_of_the_table_is_of_an_address_that_is_gone() -> None:
    assert {row["pattern"] for row in rows()} - set(patterns()) == set()


@pytest.mark.usefixtures("archive")
def test_every_address_answers_everybody_as_the_table_says(world: World) -> None:
    latest = changes_of(partnership_row("Redditch")).first()
    assert latest is not None
    keys: dict[str, int | str] = {
        "role": world.role("signatory").pk,
        "own": world.role("manager").pk,
        "change": latest.pk,
    }
    keys |= {"upload": upload_in(world, "Redditch").pk}
    keys |= {"wide": world.role("county reader").pk, "person": world.people["reader"].pk}
    keys |= {"new_plan": plan_file_in(world).pk, "plan_file": plan_file_in(world, "Redditch").pk}
    keys |= {"measure": Measure.objects.get(name="Harassment offences").pk}
    keys |= keys_of_projects()
    programs = {viewer: world.program(viewer) for viewer in VIEWERS}
    keys |= {"made": world.people["analyst"].tokens.get().pk}
    clients = {viewer: world.client(viewer) for viewer in VIEWERS}
    found = {
        (row["method"], row["address"], viewer): (row[viewer], answer(client, row, keys))
        for row in rows()
        for viewer, client in (programs if row["address"].startswith("/api/") else clients).items()
    }
    assert {asked: answers for asked, answers in found.items() if answers[0] != answers[1]} == {}
