"""A quarter's pages: the checklist, each step, who is refused and why; home, verification and versions."""

import json
import re
import shutil
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.client import encode_multipart
from django.utils import timezone
from pytest_django import Settings

from quarterday.editions.home import Home
from quarterday.plan.models import Comment, Edition, Override, changing
from quarterday.plan.selectors import partnership_row
from quarterday.web import hashing
from quarterday.web.jobs import do_waiting
from quarterday.web.proof import LASTS
from quarterday.web.tasks.building import build_draft
from tests.world import PASSWORD, World, prove

QUARTER = "/partnerships/redditch/quarters/2011-12-q4/"
EDITION = "/editions/redditch/2011-12-q4/"
DOUBTED = ("Worse than last year", "showing an increasing trend")


@pytest.fixture
def workspace(world: World, settings: Settings, redditch_home: Path, tmp_path: Path) -> World:
    """The world, with Redditch's figures."""
    shutil.copytree(redditch_home / "warehouse", tmp_path / "warehouse")
    settings.QUARTERDAY_HOME = tmp_path
    return world


def override() -> None:
    comment = Comment.objects.get(measure__name="Crimes with domestic abuse interest marker")
    with changing(by=None, why="A test.", partnership=comment.edition.partnership):
        for place, quote in enumerate(DOUBTED):
            Override.objects.create(comment=comment, quote=quote, place=place, why="As printed.", author="Ann Lee")


def text(response: HttpResponse) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def said(response: HttpResponse) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def post(client: Client, step: str, **fields: object) -> str:
    """Take a step, and give what the banner says."""
    return said(client.post(f"{QUARTER}{step}/", fields))


def sign_all(world: World) -> None:
    override()
    post(world.client("analyst"), "submit")
    post(world.client("manager"), "review")
    post(world.client("signatory"), "sign")


def publish_all(world: World) -> None:
    sign_all(world)
    assert post(world.client("manager"), "publish") == "Published."


def test_the_checklist_says_what_blocks_and_leads_to_where_it_is_put_right(workspace: World) -> None:
    page = workspace.client("analyst").get(QUARTER)
    assert "What blocks it (2)" in text(page)
    assert "awaited from" not in text(page), "what is not yet formulated is owed by nobody yet"
    assert "the figures contradict “Worse than last year”" in text(page)
    comment = Comment.objects.get(measure__name="Crimes with domestic abuse interest marker")
    assert f"{QUARTER}measures/{comment.measure_id}/comment/" in page.content.decode()


def test_what_was_decided_is_shown_with_its_reason(workspace: World) -> None:
    override()
    shown = text(workspace.client("reader").get(QUARTER))
    assert "What blocks it Nothing." in shown
    assert "stays although the figures contradict it." in shown
    assert "Ann Lee: As printed." in shown


def test_each_sees_the_steps_that_their_role_may_take(workspace: World) -> None:
    override()

    def buttons(viewer: str) -> list[str]:
        page = workspace.client(viewer).get(QUARTER).content.decode()
        offered = page.partition("What you can do")[2].partition("<h2")[0].partition("build/")[0]
        return re.findall(r'class="govuk-button[^>]*>([^<]+)<', offered)

    assert (buttons("reader"), buttons("signatory")) == ([], [])
    assert buttons("analyst") == ["Submit for review"]
    post(workspace.client("analyst"), "submit")
    assert buttons("manager") == ["Mark as reviewed", "Return it"]
    assert "You cannot sign it now: nobody has reviewed" in text(workspace.client("signatory").get(QUARTER))
    post(workspace.client("manager"), "review")
    assert buttons("signatory") == ["Sign"]


def test_a_step_that_is_refused_says_why(workspace: World) -> None:
    assert "the figures contradict" in post(workspace.client("analyst"), "submit")
    assert "only one that is in review can be reviewed" in post(workspace.client("manager"), "review")
    assert "only one that is signed can be published" in post(workspace.client("manager"), "publish")
    assert Edition.objects.get().state == "draft"


def test_a_return_wants_a_word_on_what_is_to_be_changed(workspace: World) -> None:
    override()
    post(workspace.client("analyst"), "submit")
    manager = workspace.client("manager")
    assert "Say in a few words what is to be changed." in text(manager.post(f"{QUARTER}return/", {"note": ""}))
    assert "Returned." in post(manager, "return", note="Say why.")
    shown = text(workspace.client("analyst").get(QUARTER))
    assert "returned by Some Manager Say why." in shown
    assert "What is next: it was returned by Some Manager" in shown


def test_a_published_edition_is_anybodys_with_its_hash(workspace: World) -> None:
    sign_all(workspace)
    assert Client().get(EDITION).status_code == 404
    assert workspace.client("reader").get(EDITION).status_code == 200
    assert post(workspace.client("manager"), "publish") == "Published."
    shown = text(Client().get(EDITION))
    assert "Published Version 1." in shown
    assert f"under the hash {Edition.objects.get().hash}" in shown
    seal = b"".join(Client().get(f"{EDITION}seal.json").streaming_content)  # type: ignore[attr-defined]
    assert Edition.objects.get().hash in seal.decode()


def test_anybody_verifies_a_file_that_is_published_and_nobody_learns_of_another(
    workspace: World, tmp_path: Path
) -> None:
    sign_all(workspace)
    content = (Home(tmp_path).editions / "redditch" / "2011-12-q4" / "edition.json").read_bytes()

    def verify(client: Client, content: bytes) -> str:
        return text(client.post("/verify/", {"file": SimpleUploadedFile("mine.json", content)}))

    altered = content.replace(b"573", b"537")
    for sent in (content, altered):
        assert "Unknown mine.json is no file of an edition" in verify(Client(), sent)
    assert "Unchanged This is edition.json of version 1" in verify(workspace.client("reader"), content)
    post(workspace.client("manager"), "publish")
    assert "Unchanged This is edition.json of version 1" in verify(Client(), content)
    assert "Altered mine.json says that it is of version 1" in verify(Client(), altered)
    digest = Edition.objects.get().hash
    assert "Unchanged This is the hash of version 1" in text(Client().post("/verify/", {"digest": digest}))


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "Choose a file, or type a hash."),
        ({"digest": "edition.pdf"}, "that is no hash"),
    ],
)
def test_what_cannot_be_verified_is_said(workspace: World, fields: dict[str, str], fault: str) -> None:
    assert workspace
    assert fault in text(Client().post("/verify/", fields))


def test_a_file_that_is_too_large_to_be_of_an_edition_is_not_read_to_its_end(
    workspace: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workspace
    monkeypatch.setattr(hashing, "MOST", 1_000_000)
    shown = text(Client().post("/verify/", {"file": SimpleUploadedFile("mine.pdf", b"x" * 1_200_000)}))
    assert "More than 1 MB came, which no file of an edition has." in shown


class Body(BytesIO):
    """What a server passes on: read by lines, all of this would come at once."""

    def readline(self, size: int | None = -1, /) -> bytes:
        raise AssertionError(size)


@pytest.mark.parametrize(("thrown_away", "unread"), [(10_000_000, 0), (500_000, 700_000)])
def test_the_rest_of_a_file_that_is_refused_is_thrown_away_in_pieces_and_up_to_a_bound(
    workspace: World, monkeypatch: pytest.MonkeyPatch, thrown_away: int, unread: int
) -> None:
    assert workspace
    monkeypatch.setattr(hashing, "MOST", 1_000_000)
    monkeypatch.setattr(hashing, "THROWN_AWAY", thrown_away)
    form = encode_multipart("B", {"file": SimpleUploadedFile("mine.pdf", b"x" * 2_400_000)})
    body = Body(form)
    kind = "multipart/form-data; boundary=B"
    answer = Client().generic("POST", "/verify/", form, content_type=kind, **{"wsgi.input": body})
    assert "More than 1 MB came" in text(answer)
    assert unread <= len(form) - body.tell() <= unread + 200_000


def test_of_a_long_file_no_more_than_its_hash_is_looked_at(workspace: World, tmp_path: Path) -> None:
    """As long as it takes to read a document that is made to take long."""
    sign_all(workspace)
    post(workspace.client("manager"), "publish")
    said = json.loads((Home(tmp_path).editions / "redditch" / "2011-12-q4" / "edition.json").read_bytes())
    named = {name: said[name] for name in ("partnership", "quarter", "version")}
    claim = json.dumps(named).encode().removesuffix(b"}") + b', "x": ['
    for blanks, outcome in ((1_000, "Altered"), (1_500_000, "Unknown")):
        sent = SimpleUploadedFile("mine.json", claim + b" " * blanks + b"]}")
        assert f"{outcome} mine.json" in text(Client().post("/verify/", {"file": sent}))


def test_files_are_looked_at_so_often_and_no_oftener(workspace: World) -> None:
    assert workspace
    client = Client()
    answers = [client.post("/verify/", {"digest": "0" * 64}) for _ in range(61)]
    assert ({answer.status_code for answer in answers[:60]}, answers[60].status_code) == ({200}, 429)
    assert "That was sent too often" in text(answers[60])
    assert client.get("/verify/").status_code == 200


def test_a_correction_is_compared_with_what_it_corrects(workspace: World) -> None:
    publish_all(workspace)
    manager = workspace.client("manager")
    assert "Say in a few words what is corrected." in text(manager.post(f"{QUARTER}correct/", {"reason": ""}))
    assert "Version 2 was begun" in post(manager, "correct", reason="The comment was wrong.")
    comment = Comment.objects.get(edition__version=2, measure__name="Harassment offences")
    with changing(by=None, why="A test.", partnership=comment.edition.partnership):
        comment.text = "Better than last year."
        comment.save()
    assert "Version 1." in text(Client().get(EDITION))
    post(workspace.client("analyst"), "submit")
    post(manager, "review")
    post(workspace.client("signatory"), "sign")
    assert Client().get(f"{EDITION}compare/1/2/").status_code == 404
    post(manager, "publish")
    shown = text(Client().get(f"{EDITION}compare/1/2/"))
    assert "Why: The comment was wrong." in shown
    assert "Comment. Harassment offences: Text Better than last year, by 18 offences" in shown
    assert "This version was corrected." in text(Client().get("/editions/redditch/2011-12-q4-version-1/"))
    assert "Compare with version 1" in text(Client().get(EDITION))
    leads = Client().get(f"{EDITION}version/1/")
    assert leads["Location"] == "/editions/redditch/2011-12-q4-version-1/"


def test_a_quarter_is_begun_and_its_missing_totals_are_acknowledged(workspace: World) -> None:
    manager = workspace.client("manager")
    page = manager.get("/partnerships/redditch/begin-quarter/")
    assert 'value="2012-13-q1"' in page.content.decode()
    begun = manager.post("/partnerships/redditch/begin-quarter/", {"quarter": "2012-13-q1", "due": "2012-08-03"})
    assert begun["Location"] == "/partnerships/redditch/quarters/2012-13-q1/"
    shown = manager.get(begun["Location"])
    assert "Wanted by 3 August 2012" in text(shown)
    (first, *_) = re.findall(r'href="(/partnerships/[^"]+/acknowledge/[^"]+)"', shown.content.decode())
    assert "Say in a few words why." in text(manager.post(first, {"why": ""}))
    assert said(manager.post(first, {"why": "The system was down."})) == "Acknowledged. Your reason is kept."
    assert "Some Manager: The system was down." in text(manager.get(begun["Location"]))
    assert "no longer missing" in said(manager.get(first))


def test_home_says_what_blocks_what_is_next_and_what_is_overdue(workspace: World) -> None:
    edition = Edition.objects.get()
    with changing(by=None, why="A test.", partnership=edition.partnership):
        edition.due = timezone.localdate().replace(year=2012)
        edition.save()
    shown = text(workspace.client("manager").get("/"))
    assert "Overdue It was wanted by" in shown
    assert "What is next: an analyst or a manager submits it." in shown
    assert "the figures contradict “Worse than last year”" in shown
    assert "Redditch workshop scheduled. (" in shown
    assert "nobody leads it" not in shown
    assert "Begin a quarter" in shown
    assert "Begin a quarter" not in text(workspace.client("reader").get("/"))


def test_the_day_by_which_an_edition_is_wanted_can_be_changed_until_it_is_signed(workspace: World) -> None:
    analyst = workspace.client("analyst")
    assert post(analyst, "due", due="2012-05-04") == "The day was changed."
    assert "This is no day" in text(analyst.post(f"{QUARTER}due/", {"due": "soon"}))
    sign_all(workspace)
    assert "begin a correction" in post(analyst, "due", due="2012-05-05")
    assert str(Edition.objects.get(partnership=partnership_row("Redditch")).due) == "2012-05-04"


def test_the_files_of_a_draft_are_made_by_a_job_and_only_of_a_draft(workspace: World, tmp_path: Path) -> None:
    analyst = workspace.client("analyst")
    assert "are being made" in post(analyst, "build")
    do_waiting(tmp_path / "jobs")
    assert "Its files, as they were made on" in text(analyst.get(QUARTER))
    pdf = workspace.client("reader").get(f"{EDITION}edition.pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert Client().get(EDITION).status_code == 404
    sign_all(workspace)
    signed = (Home(tmp_path).editions / "redditch" / "2011-12-q4" / "seal.json").read_bytes()
    assert "is signed, and never changes" in post(analyst, "build")
    build_draft.enqueue(Edition.objects.get().pk)
    do_waiting(tmp_path / "jobs")
    assert (Home(tmp_path).editions / "redditch" / "2011-12-q4" / "seal.json").read_bytes() == signed


def test_the_edition_is_read_as_it_would_be_signed(workspace: World) -> None:
    page = workspace.client("reader").get(f"{QUARTER}preview/")
    assert "as it would be signed now" in text(page)
    (picture, *_) = re.findall(r'<img src="([^"]+)"', page.content.decode())
    assert workspace.client("reader").get(picture)["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize(
    ("viewer", "step", "before"), [("signatory", "sign", "in review"), ("manager", "publish", "signed")]
)
def test_signing_and_publishing_want_a_proof_of_the_last_quarter_of_an_hour(
    workspace: World, viewer: str, step: str, before: str
) -> None:
    override()
    post(workspace.client("analyst"), "submit")
    post(workspace.client("manager"), "review")
    if step == "publish":
        post(workspace.client("signatory"), "sign")
    client = workspace.client(viewer)
    prove(client, workspace.people[viewer], ago=LASTS + 1)
    asked = client.post(f"{QUARTER}{step}/")
    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    assert Edition.objects.get().state == before
    client.post(asked["Location"], {"password": PASSWORD})
    assert Edition.objects.get().state != before
