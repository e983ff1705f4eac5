"""Two who sign at once make one edition; a process killed with -9 as it builds, signs or publishes leaves it whole."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROGRAM, ROOT
from tests.postgres_server import postgres_server, programs

MOMENTS = 8  # that are tried, of those at which a job touches the disk or the database

BEGIN = """
import json, os, shutil, signal, sys, threading, traceback
from datetime import UTC, datetime
from pathlib import Path

home_folder = Path(sys.argv[1])
os.environ["DJANGO_SETTINGS_MODULE"] = "quarterday.web.settings"
os.environ["QUARTERDAY_HOME"] = str(home_folder)
import django
django.setup()
from django.db import connection, connections
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions import archive, build, freeze, sign_off
from quarterday.editions.home import Home
from quarterday.editions.verify import verify_folder
from quarterday.people.services import person_add, person_get, role_give
from quarterday.plan.models import Comment, Edition, Override, Step, changing
from quarterday.plan.selectors import partnership_row

freeze.FORMATS = ("html", "json")  # a PDF takes a second, and is a file like the others
Q4 = Period.financial_quarter(2011, 4)
AT = datetime(2012, 5, 4, tzinfo=UTC)

def somebody(name, role):
    person = person_add(email=f"{name}@example.org", full_name=name)
    role_give(person=person, name=role, by=None, why="A test.", partnership=partnership_row("Redditch"))
    return person

def latest():
    return Edition.objects.select_related("partnership").latest("version")

def reviewed(home):
    edition = latest()
    comment = Comment.objects.get(edition=edition, measure__name="Crimes with domestic abuse interest marker")
    with changing(by=None, why="A test.", partnership=edition.partnership):
        for place, quote in enumerate(("Worse than last year", "showing an increasing trend")):
            Override.objects.get_or_create(comment=comment, quote=quote, defaults={"place": place, "why": "A test."})
    manager = person_get(email="ann@example.org")
    sign_off.submit(home, edition, by=manager, at=AT)
    sign_off.review(home, edition, by=manager, at=AT)
"""

AT_ONCE = (
    BEGIN
    + """
home = Home(home_folder)
somebody("ann", "manager")
signatories = [somebody("bob", "signatory"), somebody("cai", "signatory")]
reviewed(home)
ready, said = threading.Barrier(2), []

def sign(person):
    ready.wait()
    try:
        sign_off.sign(home, latest(), by=person, at=AT)
        said.append("signed")
    except InputError as error:
        said.append(" ".join(error.faults))
    finally:
        connections.close_all()

threads = [threading.Thread(target=sign, args=(person,)) for person in signatories]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
kept = archive.kept_edition(home.editions, "redditch", "2011-12-q4")
print(json.dumps({
    "said": sorted(said), "steps": Step.objects.filter(name="signed").count(), "state": latest().state,
    "whole": verify_folder(kept.folder).outcome, "same": latest().hash in verify_folder(kept.folder).sentence,
}))
"""
)

KILLED = (
    BEGIN
    + """
job, tries = sys.argv[2], int(sys.argv[3])
out = home_folder.parent
last_moment, moments = -1, 0

def moment():
    global moments
    if moments == last_moment:
        os.kill(os.getpid(), signal.SIGKILL)
    moments += 1

def counted(owner, name):
    call = getattr(owner, name)
    def step(*arguments, **named):
        moment()
        return call(*arguments, **named)
    setattr(owner, name, step)

def statement(execute, sql, params, many, context):
    moment()
    return execute(sql, params, many, context)

def apart(do, *arguments):
    child = os.fork()
    if not child:
        try:
            do(*arguments)
            connections.close_all()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended)

def use(folder):
    connection.settings_dict["NAME"] = str(folder / "plan.sqlite3")

def begin():
    somebody("ann", "manager"), somebody("bob", "signatory")
    home = Home(home_folder)
    if job == "build":
        return
    reviewed(home)
    if job == "publish":
        bob, ann = person_get(email="bob@example.org"), person_get(email="ann@example.org")
        sign_off.sign(home, latest(), by=bob, at=AT)
        sign_off.publish(home, latest(), by=ann)
        sign_off.begin_correction(latest(), by=ann, reason="A test.")
        reviewed(home)
        sign_off.sign(home, latest(), by=bob, at=AT)

def do(folder):
    home = Home(folder)
    if job == "build":
        list(build.build_editions(home, ["Redditch"], quarter=Q4, built_at=AT.isoformat(), formats=("html",)))
    elif job == "sign":
        sign_off.sign(home, latest(), by=person_get(email="bob@example.org"), at=AT)
    else:
        sign_off.publish(home, latest(), by=person_get(email="ann@example.org"))

def watched(folder, count=None):
    use(folder)
    for owner, name in ((Path, "write_bytes"), (Path, "write_text"), (Path, "rename"), (Path, "replace"),
                        (shutil, "rmtree")):
        counted(owner, name)
    with connection.execute_wrapper(statement):
        do(folder)
    if count:
        Path(count).open("w").write(str(moments))

def look(folder, into):
    "What a reader finds, and what the database says."
    use(folder)
    edition = latest()
    kept = archive.kept_edition(Home(folder).editions, "redditch", "2011-12-q4")
    found = verify_folder(kept.folder)
    into.write_text(json.dumps({
        "state": edition.state, "version": kept.document().version, "reading": kept.state,
        "sealed": kept.is_sealed, "whole": found.outcome, "files": len(list(kept.folder.rglob("*.svg"))),
        "same": bool(edition.hash) and edition.hash in found.sentence,
    }))

def again(folder):
    use(folder)
    try:
        do(folder)
    except InputError:
        traceback.print_exc()

assert apart(begin) == 0
connections.close_all()
copy = lambda name: Path(shutil.copytree(home_folder, out / name))
assert apart(watched, copy("counted"), str(out / "moments")) == 0
whole = int((out / "moments").read_text())
found = []
for number in range(tries):
    last_moment = number * (whole - 1) // (tries - 1)
    folder = copy(f"home-{number}")
    ended = apart(watched, folder)
    assert apart(look, folder, out / "first") == 0
    apart(again, folder)
    assert apart(look, folder, out / "then") == 0
    found.append({"ended": ended, "first": json.loads((out / "first").read_text()),
                  "then": json.loads((out / "then").read_text())})
    shutil.rmtree(folder)
print(json.dumps(found))
"""
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What the environment says of the database."""
    if request.param == "sqlite":
        yield {}
        return
    if programs() is None:
        pytest.skip("no PostgreSQL server is on this machine")
    with postgres_server() as address:
        yield {"QUARTERDAY_DATABASE": address}


def run(script: str, home: Path, *arguments: str, **environment: str) -> object:
    command = [sys.executable, "-c", script, str(home), *arguments]
    around = os.environ | environment
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=around, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_two_who_sign_at_once_make_one_edition(database: dict[str, str], tmp_path: Path) -> None:
    around = os.environ | database
    command = [str(PROGRAM), "demo", "--out", str(tmp_path / "home")]
    subprocess.run(command, check=True, capture_output=True, env=around, cwd=ROOT)
    found = run(AT_ONCE, tmp_path / "home", **database)
    assert isinstance(found, dict)
    (done, refused) = found.pop("said")
    assert found == {"steps": 1, "state": "signed", "whole": "unchanged", "same": True}
    assert done == "signed"
    assert "version 1 is signed, and only one that is in review can be signed" in refused


def killed(job: str, home: Path, tmp_path: Path) -> list[dict[str, dict[str, object]]]:
    shutil.copytree(home, tmp_path / "home")
    found = run(KILLED, tmp_path / "home", job, str(MOMENTS))
    assert isinstance(found, list)
    assert {each["ended"] for each in found} == {-9}
    return found


def test_a_build_that_is_killed_leaves_the_old_edition_or_the_new(redditch_home: Path, tmp_path: Path) -> None:
    for each in killed("build", redditch_home, tmp_path):
        assert each["first"]["files"] == each["then"]["files"] != 0


def test_a_signing_that_is_killed_is_done_again_and_leaves_one_seal(redditch_home: Path, tmp_path: Path) -> None:
    for each in killed("sign", redditch_home, tmp_path):
        first, then = each["first"], each["then"]
        assert not first["sealed"] or first["whole"] == "unchanged"
        assert first["state"] == "in review" or first["same"]
        assert (then["state"], then["sealed"], then["whole"], then["same"]) == ("signed", True, "unchanged", True)


def test_a_correction_whose_publication_is_killed_never_leaves_readers_without(
    redditch_home: Path, tmp_path: Path
) -> None:
    for each in killed("publish", redditch_home, tmp_path):
        first, then = each["first"], each["then"]
        assert (first["version"], first["reading"]) in ((1, "published"), (1, "corrected"), (2, "published"))
        assert first["whole"] == "unchanged"
        assert (then["version"], then["reading"], then["state"], then["same"]) == (2, "published", "published", True)
