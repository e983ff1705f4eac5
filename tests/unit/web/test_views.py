"""The pages, asked for as a browser would."""

import shutil
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from quarterday.editions.archive import Kept

EDITION = "/editions/redditch/2011-12-q4/"


pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client: Client, settings: Settings, redditch_home: Path) -> Client:
    """A workspace without people, as its owner opens it."""
    settings.QUARTERDAY_HOME = redditch_home
    settings.QUARTERDAY_OPEN = True
    return client


def test_the_first_page_lists_the_editions_with_their_downloads(site: Client) -> None:
    page = site.get("/editions/").content.decode()
    assert "Redditch Community Safety Partnership" in page
    assert [f'href="{EDITION}edition.{ending}"' in page for ending in ("html", "pdf", "json")] == [True] * 3


def test_a_workspace_without_editions_says_how_to_build_one(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.QUARTERDAY_HOME, settings.QUARTERDAY_OPEN = tmp_path, True
    assert "quarterday build" in client.get("/editions/").content.decode()


def test_an_edition_is_shown_with_its_flag_and_its_charts(site: Client) -> None:
    page = site.get(EDITION).content.decode()
    assert "<mark>Worse than last year</mark>" in page
    assert page.count('<img src="/editions/redditch/2011-12-q4/charts/') == 5


def test_a_chart_is_served_as_a_picture(site: Client) -> None:
    response = site.get(f"{EDITION}charts/1-harassment-offences.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")


@pytest.mark.parametrize("ending", ["html", "pdf", "json"])
def test_a_download_is_kept_and_not_shown(site: Client, ending: str) -> None:
    response = site.get(f"{EDITION}edition.{ending}")
    assert response["Content-Disposition"] == f'attachment; filename="redditch-2011-12-q4.{ending}"'
    assert b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address",
    [
        "/editions/redditch/2012-13-q1/",
        "/editions/nowhere/2011-12-q4/",
        f"{EDITION}charts/no-such-chart.svg",
        f"{EDITION}edition.sqlite3",
        f"{EDITION}charts/..%2Fedition.svg",
        "/editions/..%2F..%2Fetc/2011-12-q4/",
    ],
)
def test_what_is_not_there_is_not_found(site: Client, address: str) -> None:
    assert site.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/", EDITION, f"{EDITION}edition.json"])
def test_pages_are_for_reading_only(site: Client, address: str) -> None:
    assert site.post(address).status_code == 405


def test_no_page_may_run_or_fetch_what_is_not_its_own(site: Client) -> None:
    policy = site.get(EDITION)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


def test_a_host_that_is_not_ours_is_refused(site: Client) -> None:
    assert site.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_one_damaged_edition_does_not_hide_the_others(
    client: Client, settings: Settings, redditch: Kept, tmp_path: Path
) -> None:
    settings.QUARTERDAY_HOME, settings.QUARTERDAY_OPEN = tmp_path, True
    for quarter in ("2011-12-q3", "2011-12-q4"):
        shutil.copytree(redditch.folder, tmp_path / "editions" / "redditch" / quarter)
    (tmp_path / "editions" / "redditch" / "2011-12-q3" / "edition.json").write_bytes(b"\xff{")
    page = client.get("/editions/").content.decode()
    assert "Redditch Community Safety Partnership" in page
    assert "These cannot be read, and need to be built again: redditch, 2011-12-q3." in page
    assert client.get("/editions/redditch/2011-12-q3/").status_code == 404
