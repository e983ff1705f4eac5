"""Pages of measures and of their comments, asked for as a browser would."""

import csv
import re
from datetime import UTC, datetime
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from quarterday.domain.figure import Figure, missing
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.editions.home import Home
from quarterday.plan.models import Comment, Edition, Measure, Override, changing
from quarterday.sources.police_uk import read_police_uk
from quarterday.warehouse.base import Intake
from tests.made_archive import crime, streets
from tests.world import World

MEASURES = "/partnerships/redditch/quarters/2011-12-q4/measures/"
HTMX = {"HX-Request": "true"}
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx")

pytestmark = pytest.mark.usefixtures("archive")


def page_of(name: str) -> str:
    """The address of a measure's page."""
    return f"{MEASURES}{Measure.objects.get(name__startswith=name).pk}/"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return unescape(answer.content.decode())


def row_of(page: str, measure: str) -> str:
    return next(row for row in page.split("<tr") if measure in row)


def began(client: Client, address: str) -> str:
    found = re.search(r'name="began" value="(\w+)"', shown(client, f"{address}comment/"))
    assert found is not None
    return found[1]


def save(client: Client, address: str, text: str, **others: str) -> str:
    """Save a comment, and give the page that comes of it."""
    said = {"text": text, "began": began(client, address)} | others
    return unescape(client.post(f"{address}comment/", said, follow=True).content.decode())


# --- The list


def test_the_list_has_each_measure_with_its_totals_verdict_and_the_state_of_its_comment(world: World) -> None:
    page = shown(world.client("analyst"), MEASURES)
    row = row_of(page, "Crimes with domestic abuse interest marker")
    assert [f">{total}" in row for total in (539, 558, 581, 585, 562, 567, 573)] == [True] * 7
    assert "Better than last year: down 8 crimes (1.4%), from 581 to 573." in row
    assert "2 contradicted" in row
    assert "Blocks sign-off" in row
    assert "<svg" in row


def test_a_measure_without_a_comment_is_drafted_only(world: World) -> None:
    with changing(by=None, why="A test.", partnership=Edition.objects.get().partnership):
        Comment.objects.all().delete()
    row = row_of(shown(world.client("analyst"), MEASURES), "Harassment offences")
    assert "Drafted only" in row
    assert "Write" in row


def test_a_caveat_stands_wherever_its_measure_does(world: World) -> None:
    client, address = world.client("analyst"), page_of("Crimes with domestic abuse")
    places = (MEASURES, address, f"{address}comment/", f"{address}source/?period=2011/12")
    assert ["consistent use of the interest markers" in shown(client, place) for place in places] == [True] * 4


def test_only_those_who_write_are_led_to_the_editor(world: World) -> None:
    assert "/comment/" in shown(world.client("analyst"), MEASURES)
    assert "/comment/" not in shown(world.client("reader"), MEASURES)
    assert "/comment/" not in shown(world.client("reader"), page_of("Harassment"))


# --- A measure, and where its figures come from


def test_each_total_leads_to_its_file_and_row_and_the_hash_of_the_file(world: World) -> None:
    client = world.client("reader")
    links = re.findall(r'href="([^"]+/source/\?period=[^"]+)"', shown(client, page_of("Crimes with domestic abuse")))
    assert len(links) == 8
    page = shown(client, links[-1])
    assert "figures.csv, row 41" in page
    assert re.search(r"SHA-256 [0-9a-f]{64}", page)
    assert re.search(r"Loaded \d{1,2} \w+ \d{4}", page)


@pytest.mark.parametrize("period", ["", "2011/12/13", "March", "<script>", "1992-03/2012-03", "1753-01/9999-12"])
def test_a_period_that_is_none_has_no_page(world: World, period: str) -> None:
    address = page_of("Harassment")
    for page in ("source/", "source/rows.csv"):
        assert world.client("reader").get(f"{address}{page}", {"period": period}).status_code == 404


def test_a_measure_of_another_partnership_is_not_found_by_its_number(world: World) -> None:
    theirs = page_of("Harassment").replace("redditch", "elsewhere")
    assert world.client("other manager").get(theirs).status_code == 404
    with changing(by=None, why="A test.", partnership=Edition.objects.get().partnership):
        held = Edition.objects.get()
        held.pk, held.partnership_id = None, world.role("other manager").partnership_id
        held.save()
    assert world.client("other manager").get(theirs).status_code == 404


def test_rows_behind_a_total_come_page_by_page_and_as_a_file(world: World, settings: Settings, tmp_path: Path) -> None:
    settings.QUARTERDAY_HOME = tmp_path
    rows = [crime("2012-03", word=f"crime {number}") for number in range(60)]
    archive = streets(tmp_path / "police.zip", {"2012-03": rows})
    Home(tmp_path).warehouse().land_rows(read_police_uk(archive), loaded_at=datetime(2012, 4, 2, tzinfo=UTC))
    measure = Measure.objects.get(name="Harassment offences")
    with changing(by=None, why="A test.", partnership=measure.partnership):
        measure.counted_as = "Burglary (police.uk)"
        measure.save()
    client, address = world.client("reader"), f"{page_of('Harassment')}source/?period=2012-03"
    first, second = shown(client, address), shown(client, f"{address}&page=2")
    assert "Redditch: 60" in first
    assert [page.count("2012-03-west-mercia-street.csv</th>") for page in (first, second)] == [50, 10]
    answer = client.get(address.replace("source/", "source/rows.csv"))
    counted = [line["counted"] for line in csv.DictReader(StringIO(answer.content.decode(), newline=""))]
    assert counted == ["yes"] * 60


@pytest.mark.parametrize("start", FORMULAS)
def test_no_text_of_a_download_is_a_formula(world: World, settings: Settings, tmp_path: Path, start: str) -> None:
    settings.QUARTERDAY_HOME = tmp_path
    figures = (
        Figure("Harassment offences", "Redditch", Period.month(2012, 3), -5.0),
        missing("Harassment offences", "Redditch", Period.month(2012, 2), start),
    )
    source = Source(start, "", "", (SourceFile("figures.csv", "0" * 64),))
    Home(tmp_path).warehouse().land(Intake(source, "test 1", figures), loaded_at=datetime(2012, 4, 2, tzinfo=UTC))
    answer = world.client("reader").get(f"{page_of('Harassment')}figures.csv")
    lines = list(csv.DictReader(StringIO(answer.content.decode(), newline="")))
    assert answer["Content-Disposition"].startswith("attachment")
    assert [(line["value"], line["note"]) for line in lines] == [("", f"'{start}"), ("-5", "")]


# --- The comment


def test_a_check_while_typing_gives_the_marks_alone_and_keeps_nothing(world: World) -> None:
    address = page_of("Harassment")
    before = Comment.objects.get(measure__name="Harassment offences").text
    text = "Offences fell by 40 against last year."
    answer = world.client("analyst").post(f"{address}comment/check/", {"text": text}, headers=HTMX)
    page = unescape(answer.content.decode())
    assert "<html" not in page
    assert "Contradicted" in page
    assert "a fall of 18" in page
    assert 'hx-swap-oob="innerHTML">1 claim: 1 contradicted. What is contradicted blocks sign-off.' in page
    assert Comment.objects.get(measure__name="Harassment offences").text == before


def test_a_check_without_a_script_gives_the_whole_page_with_what_was_typed(world: World) -> None:
    address = page_of("Harassment")
    said = {"text": "Offences fell by 18.", "began": "mine", "do": "check"}
    page = unescape(world.client("analyst").post(f"{address}comment/check/", said).content.decode())
    assert "<html" in page
    assert "Offences fell by 18.</textarea>" in page
    assert 'name="began" value="mine"' in page
    assert "Supported" in page


def test_the_draft_is_put_after_what_was_written(world: World) -> None:
    address = page_of("Harassment")
    said = {"text": "Mine.", "do": "draft"}
    page = unescape(world.client("analyst").post(f"{address}comment/check/", said).content.decode())
    assert "Mine.\n\nBetter than last year: down 18 offences" in page


def test_a_contradicted_comment_is_kept_and_blocks_until_a_reason_is_given(world: World) -> None:
    client, address, text = world.client("analyst"), page_of("Harassment"), "Offences fell by 40 against last year."
    page = save(client, address, text)
    assert "It blocks sign-off: 1 claim is contradicted" in page
    assert "Blocks sign-off" in row_of(shown(client, MEASURES), "Harassment offences")
    reason = re.search(r'name="(reason-\w+)"', page)
    assert reason is not None
    page = save(client, address, text, **{reason[1]: "The force counts the cases that it closed."})
    assert "Overridden" in page
    assert "1 overridden" in row_of(shown(client, MEASURES), "Harassment offences")
    held = Override.objects.get()
    assert (held.why, held.author) == ("The force counts the cases that it closed.", "Some Analyst")
    assert "The force counts the cases that it closed." in shown(client, "/partnerships/redditch/history/")


def test_the_second_of_two_sees_both_texts_and_may_save_after_that(world: World) -> None:
    analyst, manager, address = world.client("analyst"), world.client("manager"), page_of("Harassment")
    first = began(analyst, address)
    save(manager, address, "The manager's.")
    page = unescape(analyst.post(f"{address}comment/", {"text": "The analyst's.", "began": first}).content.decode())
    assert "Some Manager saved another text while you wrote." in page
    assert "The manager's.</p>" in page
    assert "The analyst's.</textarea>" in page
    again = re.search(r'name="began" value="(\w+)"', page)
    assert again is not None
    analyst.post(f"{address}comment/", {"text": "The analyst's.", "began": again[1]})
    assert Comment.objects.get(measure__name="Harassment offences").text == "The analyst's."


def test_what_is_typed_is_never_markup(world: World) -> None:
    client, address = world.client("analyst"), page_of("Harassment")
    said = {"text": "<script>alert(1)</script> Offences fell by 40.", "reason-x": '"><script>'}
    answer = client.post(f"{address}comment/check/", said, headers=HTMX).content.decode()
    whole = client.post(f"{address}comment/check/", said).content.decode()
    assert "<script>alert" not in answer + whole


def test_a_text_beyond_all_measure_is_not_checked_and_not_kept(world: World) -> None:
    client, address, text = world.client("analyst"), page_of("Harassment"), "Offences fell by 40. " * 1000
    answer = client.post(f"{address}comment/check/", {"text": text}, headers=HTMX).content.decode()
    assert "Not checked: the text has 21,000 characters; shorten it to at most 8,000." in answer
    assert "Shorten it to at most 8,000 characters" in save(client, address, text)


def test_a_frozen_edition_shows_its_comment_and_takes_no_other(world: World) -> None:
    edition = Edition.objects.get()
    with changing(by=None, why="Signed.", partnership=edition.partnership):
        edition.state = "signed"
        edition.save()
    client, address = world.client("analyst"), page_of("Harassment")
    page = shown(client, f"{address}comment/")
    assert "begin a correction" in page
    assert '<form method="post" action="' + address + 'comment/" id="comment" novalidate hidden>' in page
    assert "begin a correction" in save(client, address, "Too late.")
    assert Comment.objects.get(measure__name="Harassment offences").text != "Too late."


def test_a_comment_from_elsewhere_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["analyst"], "allauth.account.auth_backends.AuthenticationBackend")
    address = page_of("Harassment")
    answers = [client.post(f"{address}comment/{tail}", {"text": "x"}).status_code for tail in ("", "check/")]
    assert answers == [403, 403]
