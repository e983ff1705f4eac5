"""Settings: safe without a word for one machine; in production, refused until they keep others out."""

import os
import subprocess
import sys

import pytest

from quarterday.domain.faults import InputError
from quarterday.web.environment import Environment, database, email_server, identity_provider, read_environment
from tests.conftest import ROOT

KEY = "a-key-that-only-this-test-knows-" * 3
PRODUCTION = {
    "QUARTERDAY_PRODUCTION": "true",
    "QUARTERDAY_SECRET_KEY": KEY,
    "QUARTERDAY_HOSTS": "csp.example",
    "QUARTERDAY_ADDRESS": "https://csp.example",
}


def test_djangos_own_check_of_production_finds_nothing() -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDAY_")}
    environment = plain | {"DJANGO_SETTINGS_MODULE": "quarterday.web.settings"} | PRODUCTION
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", ["QUARTERDAY_SECRET_KEY", "QUARTERDAY_HOSTS", "QUARTERDAY_ADDRESS"])
def test_production_does_not_start_on_a_default(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv(missing)
    with pytest.raises(InputError, match=missing):
        read_environment()


def test_a_setting_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDAY_PRODUCTION", "perhaps")
    monkeypatch.setenv("QUARTERDAY_PROXIES", "many")
    with pytest.raises(InputError) as refused:
        read_environment()
    assert [fault.split(" is ")[0] for fault in refused.value.faults] == ["QUARTERDAY_PRODUCTION", "QUARTERDAY_PROXIES"]


def test_one_setting_names_the_database() -> None:
    said = database(Environment(database="postgresql://me:p%40ss@db.example:5433/plans"))
    assert {name: said[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "plans",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
    }
    assert database(Environment(database=""))["ENGINE"].endswith("sqlite3")


@pytest.mark.parametrize("address", ["mysql://db/plans", "plans", "postgresql://db"])
def test_a_database_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="wanted postgresql://"):
        database(Environment(database=address))


def test_no_e_mail_leaves_without_a_server_that_was_named() -> None:
    assert email_server(Environment())["EMAIL_BACKEND"].endswith("console.EmailBackend")
    named = email_server(Environment(email="smtp+starttls://me:secret@mail.example"))
    assert (named["EMAIL_HOST"], named["EMAIL_PORT"], named["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    with pytest.raises(InputError, match="wanted smtp"):
        email_server(Environment(email="mail.example"))


def test_the_organisation_s_sign_in_is_there_where_it_is_named() -> None:
    assert identity_provider(Environment()) == {}
    (app,) = identity_provider(Environment(oidc_server="https://id.example"))["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == "https://id.example"


def test_cookies_are_kept_to_this_host_and_from_scripts() -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDAY_")}
    environment = plain | {"DJANGO_SETTINGS_MODULE": "quarterday.web.settings"} | PRODUCTION
    code = """
from django.conf import settings as s
for kind in ("SESSION", "CSRF"):
    parts = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")
    print(*(getattr(s, f"{kind}_COOKIE_{what}") for what in parts))
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "__Host-session True True Lax / None",
        "__Host-csrf True True Lax / None",
    ]


def test_in_production_no_workspace_is_open_however_empty() -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDAY_")}
    for said in (PRODUCTION, {"QUARTERDAY_PROXIES": "1"}):
        environment = plain | {"DJANGO_SETTINGS_MODULE": "quarterday.web.settings", "QUARTERDAY_OPEN": "true"} | said
        code = "from django.conf import settings as s; print(s.QUARTERDAY_OPEN, s.QUARTERDAY_ALONE)"
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["False", "False"]
