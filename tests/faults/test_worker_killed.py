"""A worker killed with -9 while it has a load: the load ends, or begins again, and is done once."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import PROGRAM, ROOT

# A workspace with a file on its way is copied for each moment that is tried. A process does the jobs that wait there,
# and kills itself at that moment; another one does what then waits. Every statement to the database and every step on
# the disk is a moment; each process is a fork, so that nothing is imported anew.
MOMENTS = 8  # that are tried, of some hundred
KILLED = """
import json, os, shutil, signal, sys, traceback
from pathlib import Path

out, job, tries = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
os.environ["DJANGO_SETTINGS_MODULE"] = "quarterday.web.settings"
home = out / "home"
home.mkdir()
os.environ["QUARTERDAY_HOME"] = str(home)
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

last_moment, moments = -1, 0

def moment():
    global moments
    if moments == last_moment:
        os.kill(os.getpid(), signal.SIGKILL)
    moments += 1

def counted(call):
    def step(*arguments, **named):
        moment()
        return call(*arguments, **named)
    return step

def statement(execute, sql, params, many, context):
    moment()
    return execute(sql, params, many, context)

def apart(do, *arguments):
    "Do it in a process of its own; how that ended."
    child = os.fork()
    if not child:
        try:
            do(*arguments)
            for each in connections.all():
                each.close()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended)

def use(folder):
    settings.QUARTERDAY_HOME = str(folder)
    connection.settings_dict["NAME"] = str(folder / "plan.sqlite3")

def begin():
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from django.db import transaction
    from quarterday.editions.home import Home
    from quarterday.editions.uploads import Sent, upload_accept, upload_take, upload_withdraw, waiting_room
    from quarterday.people.services import person_add, role_give
    from quarterday.plan.entries import AreaEntry, PartnershipEntry, Plan
    from quarterday.plan.models import Upload
    from quarterday.plan.selectors import partnership_row
    from quarterday.plan.services import plan_replace
    from quarterday.web.jobs import do_waiting
    from quarterday.web.tasks.loading import land_upload, read_upload, take_back_upload
    import hashlib

    entry = PartnershipEntry(name="Redditch Partnership", short_name="Redditch", areas=(AreaEntry(name="Redditch"),))
    plan_replace(Plan(partnership=entry), by=None, why="A test.")
    partnership = partnership_row("Redditch")
    person = person_add(email="a@example.org", full_name="Ann Lee")
    role_give(person=person, name="analyst", by=None, why="A test.", partnership=partnership)

    def send(number):
        path = waiting_room(Home(home)) / "came"
        rows = (f"Theft,Redditch,2011-{month:02d},{number},," for month in range(4, 13))
        path.write_text("measure,area,period,value,status,note\\n" + "\\n".join(rows) + "\\n")
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        with transaction.atomic():
            sent = Sent("figures.csv", path, sha256, path.stat().st_size)
            upload = upload_take(Home(home), [sent], partnership=partnership, by=person)
            read_upload.enqueue(upload.pk)
        return upload.pk

    def accept(key):
        with transaction.atomic():
            assert upload_accept(Home(home), Upload.objects.get(pk=key), by=person)
            land_upload.enqueue(key)

    def work():
        do_waiting(home / "jobs")

    key = send(1)
    work()
    accept(key)
    work()
    key = send(2)
    if job != "read":
        work()
        accept(key)
    if job == "withdraw":
        work()
        with transaction.atomic():
            upload_withdraw(Upload.objects.get(pk=key), by=person, why="In error.")
            take_back_upload.enqueue(key, person.pk)

def work(folder, last):
    global last_moment, moments
    use(folder)
    from quarterday.web.jobs import do_waiting
    if last is not None:
        for owner, name in (
            (os, "fsync"), (Path, "replace"), (Path, "write_text"), (Path, "mkdir"), (Path, "unlink"),
            (Path, "symlink_to"), (shutil, "rmtree"),
        ):
            setattr(owner, name, counted(getattr(owner, name)))
        last_moment, moments = last, 0
        with connection.execute_wrapper(statement):
            do_waiting(folder / "jobs")
        (out / "moments").write_bytes(str(moments).encode())
    else:
        do_waiting(folder / "jobs")

def tell(folder):
    use(folder)
    from django_tasks_db.models import DBTaskResult
    from quarterday.editions.home import Home
    from quarterday.plan.models import Upload
    upload, warehouse = Upload.objects.first(), Home(folder).warehouse()
    figures = warehouse.holding("Theft", "Redditch").figures.values()
    steps = [row.state for row in upload.history.order_by("history_id")]
    said = {
        "state": upload.state,
        "faults": upload.faults,
        "jobs": sorted({job.status for job in DBTaskResult.objects.all()}),
        "releases": [bool(release.withdrawn_at) for release in warehouse.releases()],
        "sum": sum(figure.value for figure in figures),
        "ends": sum(state == upload.state for state in steps),
    }
    with (out / "told").open("a") as file:
        file.write(json.dumps(said) + "\\n")

assert apart(begin) == 0
def copied(name):
    shutil.copytree(home, out / name)
    return out / name
whole = copied("whole")
assert apart(work, whole, 10**9) == 0
number = int((out / "moments").read_bytes())
for at in range(0, number, max(1, number // tries)):
    folder = copied(f"{at:04d}")
    assert apart(work, folder, at) == -signal.SIGKILL, at
    assert apart(work, folder, None) == 0, at
    assert apart(tell, folder) == 0, at
    shutil.rmtree(folder)
"""


@pytest.mark.parametrize(
    ("job", "state", "releases", "total"),
    [
        ("read", "read", [False], 9),
        ("land", "landed", [False, False], 18),
        ("withdraw", "withdrawn", [False, True], 9),
    ],
)
def test_a_job_killed_at_any_moment_is_done_once(
    tmp_path: Path, job: str, state: str, releases: list[bool], total: int
) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDAY_")}
    command = [sys.executable, "-c", KILLED, str(tmp_path), job, str(MOMENTS)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in (tmp_path / "told").read_text().splitlines()]
    wanted = {
        "state": state, "faults": [], "jobs": ["SUCCESSFUL"], "releases": releases, "sum": total, "ends": 1,
    }  # fmt: skip
    assert len(told) >= MOMENTS
    assert [said for said in told if said != wanted] == []


WAITING = """
import django, hashlib
django.setup()
from pathlib import Path
from django.conf import settings
from quarterday.editions.home import Home
from quarterday.editions.uploads import Sent, upload_take, waiting_room
from quarterday.people.services import person_add, role_give
from quarterday.plan.selectors import partnership_row
from quarterday.web.tasks.loading import read_upload

home = Home(Path(settings.QUARTERDAY_HOME))
path = waiting_room(home) / "came"
rows = (f"Noise {name},Redditch,2011-{month:02d},4,," for name in range(3000) for month in range(4, 13))
path.write_text("measure,area,period,value,status,note\\n" + "\\n".join(rows) + "\\n")
sent = Sent("noise.csv", path, hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
person, partnership = person_add(email="a@example.org", full_name="Ann Lee"), partnership_row("redditch")
role_give(person=person, name="analyst", by=None, why="A test.", partnership=partnership)
read_upload.enqueue(upload_take(home, [sent], partnership=partnership, by=person).pk)
"""


def asked(home: Path, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(home / "plan.sqlite3", timeout=20)) as database:
        return database.execute(query).fetchall()


def wait_until(home: Path, state: str) -> None:
    for _ in range(2400):
        if asked(home, "select state from plan_upload") == [(state,)]:
            return
        time.sleep(0.05)
    pytest.fail(f"the upload was not {state} within two minutes")


def test_a_worker_that_is_killed_is_replaced_and_its_job_begun_again(redditch_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(redditch_home, tmp_path / "home")
    around = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDAY_")}
    environment = around | {"QUARTERDAY_HOME": str(home), "DJANGO_SETTINGS_MODULE": "quarterday.web.settings"}
    subprocess.run([sys.executable, "-c", WAITING], env=environment, cwd=ROOT, check=True)
    with subprocess.Popen([str(PROGRAM), "--home", str(home), "work"], cwd=ROOT, env=around) as program:
        try:
            wait_until(home, "reading")
            (lock,) = (home / "jobs").glob("*.lock")
            os.kill(int(lock.read_text()), signal.SIGKILL)
            wait_until(home, "read")
        finally:
            program.terminate()
        assert program.wait(timeout=30) == 0
    ((workers, status),) = asked(
        home, "select worker_ids, status from django_tasks_database_dbtaskresult where task_path like '%.read_upload'"
    )
    assert (len(json.loads(workers)), status) == (2, "SUCCESSFUL")
    assert list((home / "jobs").iterdir()) == []
