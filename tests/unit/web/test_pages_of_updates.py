"""Leads are asked by e-mail, and answer by a link that opens one form and nothing else."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from quarterday.editions.asking import ask, link_to, remind, request_of, to_remind, token_of
from quarterday.people.models import Person
from quarterday.plan.models import (
    Action,
    Change,
    Edition,
    Partnership,
    ProjectLead,
    Update,
    UpdateRequest,
    changing,
)
from quarterday.plan.selectors import partnership_row
from quarterday.plan.write_requests import (
    OPEN_AFTER,
    Answer,
    Decided,
    answer_give,
    mark_of_question,
    reminders_change,
    updates_ask,
)
from quarterday.web.tasks.reminding import remind_leads
from tests.conftest import Program
from tests.unit.web.test_pages_of_projects import PROJECTS, address_of, sent, text_of
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive")]

TODAY = timezone.localdate()
DUE = TODAY + timedelta(days=10)
ASK = f"{PROJECTS}ask/"
REMINDERS = "/partnerships/redditch/reminders/"


@pytest.fixture
def asking(world: World) -> Partnership:  # noqa: ARG001 - it is the world's
    """The partnership, with somebody to ask of two projects, and somebody else of one of them, too."""
    partnership = partnership_row("Redditch")
    for name, agency, email in (
        ("Schools", "RAHP", "Cay.Poe@example.org"),
        ("STAYSAFE", "YOS", "cay.poe@example.org"),
        ("STAYSAFE", "Police", "dee@example.org"),
    ):
        lead = ProjectLead.objects.get(project__name__contains=name, agency__short_name=agency)
        lead.email = email
        with changing(by=None, why="A test.", partnership=partnership):
            lead.save()
    return partnership


def asked(partnership: Partnership, *, by: Person | None = None) -> list[UpdateRequest]:
    """The three requests, as sent."""
    edition = Edition.objects.get(partnership=partnership)
    requests = updates_ask(partnership, edition.quarter, due=DUE, today=TODAY, by=by)  # type: ignore[arg-type]
    ask(requests, today=TODAY)
    return requests


def asked_of(name: str) -> UpdateRequest:
    return UpdateRequest.objects.get(project__name__contains=name, email__iexact="cay.poe@example.org")


def seen_in(page: bytes) -> str:
    """The mark of what the form on a page shows."""
    found = re.search(r'name="seen" value="([^"]*)"', page.decode())
    assert found is not None
    return found[1]


def answer(request: UpdateRequest, **said: object) -> str:
    """What the page says once the form was filled in and sent, by somebody who has not signed in."""
    address = f"/updates/{token_of(request)}/"
    stand = {f"state-{action.pk}": "open" for action in request.project.actions.filter(state="open")}
    return sent(Client(), f"{address}?change", **{**stand, **said})


@pytest.mark.usefixtures("asking")
def test_asking_sends_one_e_mail_a_person_with_a_link_for_each_project(world: World) -> None:
    client = world.client("manager")
    assert "Lesbian, Gay" in text_of(client.get(ASK).content).split("Give these an address first:")[1]
    said = sent(client, ASK, due=DUE.isoformat())
    assert "Asked: 2 e-mails sent, for 3 projects." in said
    assert sorted(letter.to[0].lower() for letter in mail.outbox) == ["cay.poe@example.org", "dee@example.org"]
    (both,) = [letter for letter in mail.outbox if letter.to[0].lower().startswith("cay")]
    links = re.findall(r"http://\S+/updates/(\S+)/", both.body)
    assert {request_of(link).project.name[:7] for link in links} == {"Schools", "Operati"}  # type: ignore[union-attr]
    assert "Some Manager asks how your 2 projects went." in both.body
    assert both.subject == f"Your update for Redditch, Q4 2011/12, by {DUE.day} {DUE:%B %Y}"
    assert {tuple(held.sent) for held in UpdateRequest.objects.all()} == {(TODAY.isoformat(),)}


def test_nobody_is_asked_twice_and_a_new_day_holds_for_those_who_have_not_answered(
    world: World, asking: Partnership
) -> None:
    asked(asking)
    mail.outbox.clear()
    answer(asked_of("Schools"), text="All well.")
    later = DUE + timedelta(days=3)
    assert "was asked before" in sent(world.client("manager"), ASK, due=later.isoformat())
    assert mail.outbox == []
    assert (asked_of("Schools").due, asked_of("STAYSAFE").due) == (DUE, later)


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize("due", ["2012-04-30", "", "soon", "9999-01-01"])
def test_a_day_that_cannot_be_is_refused(world: World, due: str) -> None:
    assert "There is a problem" in sent(world.client("manager"), ASK, due=due)
    assert not UpdateRequest.objects.exists()


def test_a_lead_answers_without_signing_in(world: World, asking: Partnership) -> None:
    asked(asking, by=world.people["manager"])
    request = asked_of("Schools")
    client = Client()
    page = client.get(f"/updates/{token_of(request)}/")
    said = text_of(page.content)
    assert "Some Manager asks how it went" in said
    assert "What was said last time, Feb 2012" in said
    assert "2012: Plans to deliver in Kinglsey" in said
    (action,) = request.project.actions.all()
    following = {"next_text": "Invite South Bromsgrove High.", "next_when": "May 2012"}
    ended = {f"state-{action.pk}": "done", f"outcome-{action.pk}": "Three of three schools."}
    thanks = answer(request, text="Workshops in three schools.", **ended, **following)
    assert "Thank you Your update was kept" in thanks
    assert "What happened Workshops in three schools." in thanks
    assert "Done: Three of three schools." in thanks
    assert "What is next May 2012: Invite South Bromsgrove High." in thanks
    seen_by_analyst = text_of(world.client("analyst").get(address_of("Schools")).content)
    assert "Q4 2011/12: Workshops in three schools." in seen_by_analyst
    assert "Redditch Anti-Harassment Partnership, by e-mail" in seen_by_analyst
    assert "May 2012: Invite South Bromsgrove High. Open" in seen_by_analyst
    assert "What came of it: Three of three schools." in seen_by_analyst
    latest = Change.objects.first()
    assert latest is not None
    assert (latest.by, latest.why) == (None, "Update by link sent to Cay.Poe@example.org.")
    assert "sessionid" not in client.cookies
    assert not any("session" in name for name in client.cookies)


def test_an_answer_is_amended_and_is_still_one_answer(asking: Partnership) -> None:
    asked(asking)
    request = asked_of("Schools")
    (action,) = request.project.actions.all()
    before = Update.objects.count()
    answer(request, text="First.", **{f"state-{action.pk}": "done", f"outcome-{action.pk}": "Held."}, next_text="Next.")
    request.refresh_from_db()
    answer(request, text="Second.", **{f"state-{action.pk}": "open", f"outcome-{action.pk}": "Not quite."})
    action.refresh_from_db()
    assert (action.state, action.outcome) == ("open", "Not quite.")
    assert Update.objects.count() == before + 1
    assert Update.objects.latest("pk").text == "Second."
    assert not Action.objects.filter(text="Next.").exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": ""}, "Write what happened."),
        ({"text": "x" * 4_001}, "at most 4000 characters"),
        ({"text": "Well.", "state": "dropped"}, "is dropped; say in a line what came of it."),
        ({"text": "Well.", "next_when": "May 2012"}, "A month was chosen; write what is to be done by then"),
        ({"text": "Well.", "next_text": "More.", "next_when": "someday"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    asking: Partnership, said: dict[str, str], words: str
) -> None:
    asked(asking)
    request = asked_of("Schools")
    (action,) = request.project.actions.all()
    state = {f"state-{action.pk}": said.pop("state")} if "state" in said else {}
    shown = answer(request, **said, **state)
    assert ("There is a problem" in shown, words in shown) == (True, True)
    request.refresh_from_db()
    assert request.answered_at is None


def test_a_lead_is_told_where_an_action_was_ended_meanwhile(world: World, asking: Partnership) -> None:
    asked(asking)
    request = asked_of("Schools")
    (action,) = request.project.actions.all()
    client, address = Client(), f"/updates/{token_of(request)}/"
    seen = seen_in(client.get(address).content)
    state = {"text": action.text, "when": action.when, "lead": "", "state": "dropped", "outcome": "No room."}
    sent(world.client("analyst"), f"{address_of('Schools')}actions/{action.pk}/", **state)
    said = {"text": "All well.", f"state-{action.pk}": "open", f"outcome-{action.pk}": "Going on."}
    told = client.post(address, {"seen": seen, **said})
    assert "dropped: No room." in text_of(told.content)
    assert (b"All well." in told.content, b"Going on." in told.content) == (True, False)  # it is no longer theirs
    client.post(address, {"seen": seen_in(told.content), **said})
    action.refresh_from_db()
    assert (action.state, action.outcome) == ("dropped", "No room.")
    assert Update.objects.latest("pk").text == "All well."


def test_a_link_neither_shows_nor_changes_what_somebody_else_ended(asking: Partnership) -> None:
    project = ProjectLead.objects.filter(project__name__contains="Schools")[0].project
    with changing(by=None, why="A test.", partnership=asking):
        old = Action.objects.create(
            project=project, place=99, text="Of long ago.", state="done", outcome="Closed by the board."
        )
    asked(asking)
    request = asked_of("Schools")
    chosen = {f"state-{old.pk}": "dropped", f"outcome-{old.pk}": "Rewritten by link."}
    told = text_of(Client().post(f"/updates/{token_of(request)}/", {"seen": "other", "text": "Well."} | chosen).content)
    assert "There is a problem" in told
    for shown in (told, answer(request, text="", **chosen)):
        assert ("Of long ago." in shown, "Closed by the board." in shown) == (False, False)
    thanks = answer(request, text="All well.", **chosen)
    assert ("Your update was kept" in thanks, "Of long ago." in thanks) == (True, False)
    old.refresh_from_db()
    assert (old.state, old.outcome) == ("done", "Closed by the board.")


def test_an_answer_leaves_what_somebody_else_ended_whatever_it_says(asking: Partnership) -> None:
    asked(asking)
    request = asked_of("Schools")
    (action,) = request.project.actions.all()
    with changing(by=None, why="A test.", partnership=asking):
        action.state, action.outcome = "dropped", "No room."
        action.save()
    said = Answer(text="All well.", actions={action.pk: Decided("done", "Held.")})
    answer_give(request, said, seen=mark_of_question(request), at=timezone.now(), today=TODAY)
    action.refresh_from_db()
    assert (action.state, action.outcome) == ("dropped", "No room.")


def test_a_lead_is_told_where_their_answer_was_reworded_meanwhile(world: World, asking: Partnership) -> None:
    asked(asking)
    request = asked_of("Schools")
    answer(request, text="First.")
    client, address = Client(), f"/updates/{token_of(request)}/"
    seen = seen_in(client.get(f"{address}?change").content)
    note = Update.objects.get(text="First.")
    sent(world.client("analyst"), f"{address_of('Schools')}updates/{note.pk}/", when=note.when, text="Reworded.")
    (action,) = request.project.actions.all()
    said = {"text": "Second.", f"state-{action.pk}": "open"}
    told = client.post(address, {"seen": seen, **said})
    assert ("It now says: Reworded." in text_of(told.content), b"Second." in told.content) == (True, True)
    note.refresh_from_db()
    assert note.text == "Reworded."
    client.post(address, {"seen": seen_in(told.content), **said})
    note.refresh_from_db()
    assert note.text == "Second."


def test_looking_changes_nothing_however_often(asking: Partnership) -> None:
    asked(asking)
    before = Change.objects.count()
    client = Client()
    for method in (client.get, client.head, client.get):
        assert method(f"/updates/{token_of(asked_of('Schools'))}/").status_code == 200
    assert Change.objects.count() == before


def test_a_link_that_was_forged_or_cut_short_opens_nothing(asking: Partnership) -> None:
    asked(asking)
    request = asked_of("Schools")
    good = token_of(request)
    signed = signing.loads(good, salt="quarterday.update-request")
    other = signing.dumps(signed, salt="another purpose")
    number_alone = signing.dumps(request.pk, salt="quarterday.update-request")
    for token in (good[:-1], f"{good}x", good.swapcase(), other, number_alone, str(request.pk)):
        answered = Client().post(f"/updates/{token}/", {"text": "Forged."})
        assert answered.status_code == 404, token
    assert not Update.objects.filter(text="Forged.").exists()


def test_after_a_backup_was_restored_an_old_link_opens_nothing_of_others(asking: Partnership) -> None:
    """A restore takes the rows away that were made since the backup; then their numbers are given anew."""
    asked(asking)
    schools, other = asked_of("Schools"), asked_of("STAYSAFE")
    token, kept = token_of(schools), schools.pk
    for project, email in ((other.project, schools.email), (schools.project, "new@example.org")):
        UpdateRequest.objects.filter(pk=kept).update(project=project, email=email)
        answered = Client().post(f"/updates/{token}/", {"text": "Not mine."})
        assert (answered.status_code, "no link of ours" in text_of(answered.content)) == (404, True)
    assert not Update.objects.filter(text="Not mine.").exists()


def test_a_link_ends_two_weeks_after_its_day(asking: Partnership) -> None:
    asked(asking)
    request = asked_of("Schools")
    for due, status in ((TODAY - OPEN_AFTER, 200), (TODAY - OPEN_AFTER - timedelta(days=1), 410)):
        UpdateRequest.objects.filter(pk=request.pk).update(due=due)
        assert Client().get(f"/updates/{token_of(request)}/").status_code == status
    ended = Client().post(f"/updates/{token_of(request)}/", {"text": "Too late."})
    assert "This link was good until" in text_of(ended.content)
    assert not Update.objects.filter(text="Too late.").exists()


def test_a_link_ends_when_the_edition_is_signed_or_another_leads(asking: Partnership) -> None:
    asked(asking)
    schools, staysafe = asked_of("Schools"), asked_of("STAYSAFE")
    ProjectLead.objects.filter(project=schools.project).update(email="new@example.org")
    assert "has another lead now" in text_of(Client().get(f"/updates/{token_of(schools)}/").content)
    Edition.objects.filter(partnership=asking).update(state="signed")
    assert Client().get(f"/updates/{token_of(staysafe)}/").status_code == 410


def test_once_another_leads_the_link_of_who_did_ends_and_nothing_is_owed_by_them(
    world: World, asking: Partnership
) -> None:
    asked(asking)
    token = token_of(asked_of("Schools"))
    rahp = asking.agencies.get(short_name="RAHP").pk
    sent(world.client("analyst"), f"{address_of('Schools')}leads/", **{"agency-0": rahp, "email-0": "new@example.org"})
    ended = Client().get(f"/updates/{token}/")
    assert (ended.status_code, "has another lead now" in text_of(ended.content)) == (410, True)
    assert not UpdateRequest.objects.filter(project__name__startswith="Schools").exists()
    assert "Asked: 1 e-mail sent, for 1 project." in sent(world.client("manager"), ASK, due=DUE.isoformat())


def test_the_page_of_a_link_is_kept_by_nobody_and_told_to_nobody(asking: Partnership) -> None:
    asked(asking)
    page = Client().get(f"/updates/{token_of(asked_of('Schools'))}/")
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "strict-origin"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert re.findall(r'(?:href|src|action)="(?!#|/static/|\?)([^"]+)"', page.content.decode()) == []


def test_answers_are_taken_so_often_and_no_oftener(asking: Partnership) -> None:
    asked(asking)
    client, address = Client(), f"/updates/{token_of(asked_of('Schools'))}/"
    answers = [client.post(address, {"text": ""}).status_code for _ in range(31)]
    assert (set(answers[:30]), answers[30]) == ({200}, 429)


def test_who_has_not_answered_is_reminded_on_the_days_that_were_chosen_and_once_a_day(
    world: World, asking: Partnership, settings: Settings
) -> None:
    assert "were kept" in sent(world.client("analyst"), REMINDERS, days="0, \N{MINUS SIGN}7, 3")
    asking.refresh_from_db()
    assert asking.reminders == [-7, 0, 3]
    asked(asking)
    answer(asked_of("Schools"), text="All well.")
    mail.outbox.clear()
    letters = {}
    for day in range(-9, 20):
        today = DUE + timedelta(days=day)
        for _ in range(2):
            remind(settings.QUARTERDAY_HOME, today=today)
        letters[day] = len(mail.outbox)
        mail.outbox.clear()
    assert {day: count for day, count in letters.items() if count} == {-7: 2, 0: 2, 3: 2}


def test_a_reminder_names_only_what_is_still_open(asking: Partnership, settings: Settings) -> None:
    reminders_change(asking, [0], by=None)
    asked(asking)
    answer(asked_of("Schools"), text="All well.")
    mail.outbox.clear()
    remind(settings.QUARTERDAY_HOME, today=DUE)
    (cay,) = [letter for letter in mail.outbox if letter.to[0].startswith("cay")]
    assert cay.subject.startswith("Reminder: your update for Redditch, Q4 2011/12")
    assert ("STAYSAFE" in cay.body, "Schools" in cay.body) == (True, False)


def test_a_day_of_reminding_that_was_missed_is_made_up_for(asking: Partnership, settings: Settings) -> None:
    reminders_change(asking, [-2], by=None)
    asked(asking)
    assert [len(to_remind(today=DUE + timedelta(days=day))) for day in (-3, -2, 1)] == [0, 3, 3]
    remind(settings.QUARTERDAY_HOME, today=DUE + timedelta(days=1))
    assert to_remind(today=DUE + timedelta(days=2)) == []


def test_nobody_is_reminded_of_a_quarter_that_is_signed(asking: Partnership) -> None:
    reminders_change(asking, [0], by=None)
    asked(asking)
    Edition.objects.filter(partnership=asking).update(state="published")
    assert to_remind(today=DUE) == []


@pytest.mark.usefixtures("asking")
def test_an_e_mail_that_could_not_leave_is_tried_again(world: World, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    said = sent(world.client("manager"), ASK, due=DUE.isoformat())
    assert "No e-mail could be sent to" in said
    assert "no e-mail could be sent yet" in text_of(world.client("reader").get(PROJECTS).content)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind(settings.QUARTERDAY_HOME, today=TODAY).left == 2


@pytest.mark.parametrize("days", ["soon", "1.5", "0, 61", "1,2,3,4,5,6,7"])
def test_days_of_reminding_that_cannot_be_are_refused(world: World, days: str) -> None:
    assert "There is a problem" in sent(world.client("manager"), REMINDERS, days=days)


def test_an_address_that_two_agencies_share_is_asked_once_of_a_project(asking: Partnership) -> None:
    ProjectLead.objects.filter(email="dee@example.org").update(email="CAY.POE@example.org")
    assert len(asked(asking)) == 2


def test_links_are_of_the_address_that_people_type(asking: Partnership, settings: Settings) -> None:
    settings.QUARTERDAY_ADDRESS = "https://csp.council.example"
    (request, *_) = asked(asking)
    assert link_to(request).startswith("https://csp.council.example/updates/")


def test_the_log_of_refusals_does_not_hold_the_key(asking: Partnership, caplog: pytest.LogCaptureFixture) -> None:
    asked(asking)
    token = token_of(asked_of("Schools"))
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/updates/{token}/", {"text": "From elsewhere."}).status_code == 403
    said = [record.getMessage() for record in caplog.records if record.name == "quarterday.security"]
    assert (any("/updates/…/" in line for line in said), any(token in line for line in said)) == (True, False)


def test_the_job_of_every_day_sends_what_the_command_would(asking: Partnership, settings: Settings) -> None:
    reminders_change(asking, [0], by=None)
    asked(asking)
    UpdateRequest.objects.update(due=TODAY, sent=[(TODAY - timedelta(days=3)).isoformat()])
    mail.outbox.clear()
    remind_leads.call()
    assert len(mail.outbox) == 2
    assert remind(settings.QUARTERDAY_HOME, today=TODAY).left == 0


def test_the_command_says_how_many_left(program: Program, tmp_path: Path) -> None:
    done = program("--home", tmp_path / "home", "remind")
    assert (done.returncode, done.stdout) == (0, "0 reminders left.\n"), done.stderr
