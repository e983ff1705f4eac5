"""A workspace with three partnerships, in two counties, and somebody in each role."""

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from quarterday.editions.archive import Kept
from quarterday.people.models import Person, Role
from quarterday.people.services import person_add, role_give
from quarterday.people.tokens import Scope, token_make
from quarterday.plan.choices import UploadState
from quarterday.plan.entries import AreaEntry, PartnershipEntry, Plan
from quarterday.plan.models import PlanFile, Upload
from quarterday.plan.plan_file import plan_text, read_plans
from quarterday.plan.selectors import partnership_row, plan_get
from quarterday.plan.services import plan_replace
from quarterday.plan.write_plan_files import plan_file_bring
from quarterday.plan.write_uploads import upload_add, upload_move
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
        """A browser in which this viewer has just signed in."""
        client = Client()
        if viewer != "anonymous":
            client.force_login(self.people[viewer], "allauth.account.auth_backends.AuthenticationBackend")
            prove(client, self.people[viewer])
        return client

    def program(self, viewer: str) -> Client:
        """A program of this viewer's, with a token that is good for everything."""
        if viewer == "anonymous":
            return Client()
        return Client(headers={"Authorization": f"Bearer {token_of(self.people[viewer])}"})

    def role(self, viewer: str) -> Role:
        """The viewer's role."""
        return Role.objects.get(person=self.people[viewer])


def token_of(person: Person) -> str:
    """The text of a token of somebody's that is good today."""
    today = timezone.localdate()
    return token_make(person, name="A program", scope=list(Scope), expires=today, today=today, why=WHY)[1]


def upload_in(world: World, partnership: str) -> Upload:
    """A file that was read, and waits for somebody to decide."""
    upload = upload_add(
        partnership=partnership_row(partnership),
        kind="figures",
        told={},
        name="figures.csv",
        sha256="0" * 64,
        size=1,
        by=world.people["manager"],
    )
    return upload_move(upload.pk, UploadState.WAITING, to=UploadState.READ, by=None, why=WHY)


def prove(client: Client, person: Person, *, ago: float = 0) -> None:
    """Let the browser's session know that the person typed their password so many seconds ago."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def plan_file_in(world: World, partnership: str = "") -> PlanFile:
    """A plan file that waits for somebody to decide: of a partnership, or of a new one."""
    plan = plan_get(partnership=partnership) if partnership else small_plan("Newtown", "Dorset")
    return plan_file_bring(
        partnership=partnership_row(partnership) if partnership else None,
        name="plan.toml",
        content=plan_text(plan).encode(),
        by=world.people["manager" if partnership else "administrator"],
    )


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


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's connection holds the transaction that is undone after it; a worker must not close it on the way."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


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
    shutil.copytree(redditch.folder.parents[2] / "warehouse", home / "warehouse")
    for quarter, (state, marking) in PAPERS.items():
        folder = home / "editions" / "redditch" / quarter
        shutil.copytree(redditch.folder, folder)
        content = json.loads((folder / "edition.json").read_text("utf-8"))
        (folder / "edition.json").write_text(json.dumps(content | {"state": state, "marking": marking}), "utf-8")
        if state != "draft":
            (folder / "seal.json").write_text("{}", "utf-8")
    return home


@pytest.fixture
def archive(settings: Settings, papers: Path) -> Path:
    settings.QUARTERDAY_HOME = papers
    return papers
