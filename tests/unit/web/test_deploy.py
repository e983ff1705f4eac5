"""What is offered for running it in production is fit to run, as far as can be told without doing so."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from quarterday.web.environment import Environment
from tests.conftest import PROGRAM, ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer"})
KEY = "a-key-that-only-this-test-knows-" * 3


def example() -> dict[str, str]:
    """The settings of the example, those too that are commented out."""
    lines = re.findall(
        r"^#?(QUARTERDAY_\w+)=(.*)$", (DEPLOY / "quarterday.env.example").read_text("utf-8"), re.MULTILINE
    )
    return dict(lines)


def checked(settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDAY_")}
    environment = plain | {"DJANGO_SETTINGS_MODULE": "quarterday.web.settings"} | settings
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_example_of_settings_needs_a_key_and_nothing_else() -> None:
    settings = example()
    assert settings["QUARTERDAY_SECRET_KEY"] == ""
    assert "QUARTERDAY_SECRET_KEY has 0 characters" in checked(settings).stderr
    done = checked(settings | {"QUARTERDAY_SECRET_KEY": KEY})
    assert done.returncode == 0, done.stderr


def test_the_example_has_settings_that_there_are_and_no_secret() -> None:
    settings = example()
    assert {name.removeprefix("QUARTERDAY_").lower() for name in settings} <= set(Environment.model_fields)
    assert not [value for value in settings.values() if len(value) >= 50 and "example" not in value]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_one_that_systemd_takes(unit: Path, tmp_path: Path) -> None:
    for each in UNITS:
        text = each.read_text("utf-8").replace("/opt/quarterday/bin/quarterday", str(PROGRAM))
        (tmp_path / each.name).write_text(text, "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    about_it = [line for line in done.stderr.splitlines() if "quarterday" in line]
    assert (done.returncode, about_it) == (0, [])


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_a_service_calls_a_command_that_there_is(unit: Path) -> None:
    (command,) = re.findall(r"bin/quarterday (\w+)", unit.read_text("utf-8"))
    done = subprocess.run([PROGRAM, command, "--help"], capture_output=True, check=False)
    assert done.returncode == 0


def test_the_container_names_no_registry() -> None:
    images = re.findall(r"^FROM (\S+)", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE)
    assert images == ["python:3.11-slim"] * 2


@pytest.mark.django_db
def test_whoever_watches_hears_that_all_is_well_and_nothing_else(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.QUARTERDAY_HOME = tmp_path
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (
        200,
        {"well": True, "database": "can be read", "figures": "can be read"},
    )
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_whoever_watches_hears_what_cannot_be_read(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.QUARTERDAY_HOME = tmp_path
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "CURRENT.json").write_text("{", "utf-8")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE plan_partnership RENAME TO gone")
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (
        503,
        {"well": False, "database": "cannot be read", "figures": "cannot be read"},
    )


@pytest.mark.django_db
def test_whoever_watches_need_not_speak_https(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.QUARTERDAY_HOME, settings.SECURE_SSL_REDIRECT = tmp_path, True
    assert client.get("/health").status_code == 200
    assert client.get("/editions/").status_code == 301
