"""A workspace with three partnerships, in two counties, and somebody in each role."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from quarterday.editions.archive import Kept
from quarterday.people.models import Person, Role
from quarterday.people.services import person_add, role_give
from quarterday.plan.entries import AreaEntry, PartnershipEntry, Plan
from quarterday.plan.plan_file import read_plans
from quarterday.plan.selectors import partnership_row
from quarterday.plan.services import plan_replace
from tests.conftest import ROOT

REDDITCH = ROOT / "src" / "quarterday" / "examples" / "redditch" / "plan.toml"
WHY = "A test."
PASSWORD = "amber lantern on the quay"  # noqa: S105 - everybody's, in tests

# Each viewer with their one role: its name, and the partnership, agency or county.
ROLES = {
    "stranger": {},
    "reader": {"name": "reader", "partnership": "Redditch"},
    "contributor": {"name": "contributor", "partnership": "Redditch", "agency": "YOS"},
    "analyst": {"name": "analyst", "partnership": "Redditch"},
    "manager": {"name": "manager", "partnership": "Redditch"},
    "signatory": {"name": "signatory", "partnership": "Redditch"},
    "county reader": {"name": "reader", "county": "Worcestershire"},
    "county manager": {"name": "manager", "county": "Worcestershire"},
    "other manager": {"name": "manager", "partnership": "Elsewhere"},
    "administrator": {"name": "administrator"},
}
VIEWERS = ("anonymous", *ROLES)

# What lies in the archive, by folder: its state and marking.
PAPERS = {
    "2011-12-q4": ("draft", "OFFICIAL"),
    "2011-12-q3": ("published", "OFFICIAL"),
    "2011-12-q2": ("published", "OFFICIAL-SENSITIVE"),
    "2011-12-q1": ("signed", "OFFICIAL"),
}


@dataclass(frozen=True)
class World:
    """Who there is."""

    people: dict[str, Person]

    def client(self, viewer: str) -> Client:
        """A browser in which this viewer has signed in."""
        client = Client()
        if viewer != "anonymous":
            client.force_login(self.people[viewer], "allauth.account.auth_backends.AuthenticationBackend")
        return client

    def role(self, viewer: str) -> Role:
        """The viewer's role."""
        return Role.objects.get(person=self.people[viewer])


def small_plan(name: str, county: str) -> Plan:
    """A partnership without anything but an area."""
    entry = PartnershipEntry(name=f"{name} Partnership", short_name=name, county=county, areas=(AreaEntry(name=name),))
    return Plan(partnership=entry)


def person_in(viewer: str, *, name: str = "", partnership: str = "", **place: str) -> Person:
    """Somebody with a role, or with none."""
    email = f"{viewer.replace(' ', '-')}@example.org"
    person = person_add(email=email, full_name=f"Some {viewer.title()}", password=PASSWORD)
    if name:
        where = partnership_row(partnership) if partnership else None
        role_give(person=person, name=name, by=None, why=WHY, partnership=where, **place)
    return person


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """The real way of keeping them takes a third of a second each, on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 - the database is asked for
    (redditch,) = read_plans(REDDITCH)
    for plan in (redditch, small_plan("Wyre Forest", "Worcestershire"), small_plan("Elsewhere", "Dorset")):
        plan_replace(plan, by=None, why="Plan loaded.")
    return World({viewer: person_in(viewer, **role) for viewer, role in ROLES.items()})


@pytest.fixture(scope="session")
def papers(redditch: Kept, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with an edition in each state and marking that matters."""
    home = tmp_path_factory.mktemp("papers")
    for quarter, (state, marking) in PAPERS.items():
        folder = home / "editions" / "redditch" / quarter
        shutil.copytree(redditch.folder, folder)
        content = json.loads((folder / "edition.json").read_text("utf-8"))
        (folder / "edition.json").write_text(json.dumps(content | {"state": state, "marking": marking}), "utf-8")
    return home


@pytest.fixture
def archive(settings: Settings, papers: Path) -> Path:
    settings.QUARTERDAY_HOME = papers
    return papers
