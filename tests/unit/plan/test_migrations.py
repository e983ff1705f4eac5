"""Workspaces of every age have the same tables, and what an old one holds is where its trail begins."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command

from quarterday.people.history import lines_of
from quarterday.plan import models
from quarterday.plan.entries import Plan
from quarterday.plan.services import plan_replace
from tests.conftest import Program


def tables(folder: Path) -> set[tuple[str, ...]]:
    """The words that each table and index was made with, in whatever order, and how many rows a table has."""
    with closing(sqlite3.connect(folder / "plan.sqlite3")) as database:
        made = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
        rows = {
            name: str(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - our own names
            for kind, name, _ in made
            if kind == "table" and not name.startswith("sqlite_")  # SQLite's own count what is long gone
        }
        return {(kind, name, rows.get(name, ""), *sorted(re.findall(r"\w+", sql))) for kind, name, sql in made}


def test_a_new_workspace_has_the_tables_of_one_that_went_through_every_change(program: Program, tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    old.mkdir()
    through_every_change = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    settings = {"DJANGO_SETTINGS_MODULE": "quarterday.web.settings", "QUARTERDAY_HOME": str(old)}
    subprocess.run(through_every_change, env=os.environ | settings, check=True)
    subprocess.run([*through_every_change[:3], "createcachetable"], env=os.environ | settings, check=True)
    assert program("--home", new, "people", "list").returncode == 0
    assert tables(new) == tables(old)


@pytest.mark.django_db(transaction=True)
def test_what_was_held_before_is_the_first_entry_of_the_trail(redditch: Plan) -> None:
    plan_replace(redditch, by=None, why="Before.")
    call_command("migrate", "people", "zero", verbosity=0)
    call_command("migrate", "plan", "0001", verbosity=0)
    call_command("migrate", verbosity=0)
    county = redditch.partnership.model_copy(update={"county": "Elsewhere"})
    plan_replace(redditch.model_copy(update={"partnership": county}), by=None, why="Moved.")
    first, latest = models.Change.objects.order_by("pk")
    assert (first.why, latest.why) == ("Held before changes were kept.", "Moved.")
    (line,) = lines_of(latest)
    assert [(column.name, column.before, column.after) for column in line.columns] == [
        ("county", "Worcestershire", "Elsewhere")
    ]


def test_a_start_that_breaks_off_while_tables_are_made_leaves_none(program: Program, tmp_path: Path) -> None:
    broken = """
import sys
from django.db.migrations.recorder import MigrationRecorder
def breaks(*_):
    raise OSError("The disk is full.")
MigrationRecorder.record_applied = breaks
from quarterday.cli import main
main()
"""
    started = [sys.executable, "-c", broken, "--home", str(tmp_path), "people", "list"]
    assert subprocess.run(started, capture_output=True, check=False).returncode != 0
    assert tables(tmp_path) == set()
    assert program("--home", tmp_path, "people", "list").returncode == 0
