"""Projects, actions and counts, as those who may write them do, and those who may not."""

import re

import pytest
from django.test import Client

from quarterday.plan.models import Action, Change, Edition, Project, ProjectFigure, ProjectLead, Update
from quarterday.plan.selectors import partnership_row, plan_get
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive")]

QUARTER = "/partnerships/redditch/quarters/2011-12-q4/"
PROJECTS = f"{QUARTER}projects/"


def text_of(page: bytes) -> str:
    """What a reader sees, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def address_of(name: str) -> str:
    return f"{PROJECTS}{Project.objects.get(name__contains=name).pk}/"


def sent(client: Client, address: str, **said: object) -> str:
    """What the page says once the form, as it is shown, was filled in and sent."""
    shown = client.get(address)
    assert shown.status_code == 200
    seen = re.search(r'name="seen" value="([^"]*)"', shown.content.decode())
    answer = client.post(address, {"seen": seen[1] if seen else "", **said}, follow=True)
    return text_of(answer.content)


def freeze() -> None:
    edition = Edition.objects.get(partnership=partnership_row("Redditch"))
    Edition.objects.filter(pk=edition.pk).update(state="signed")


def test_the_list_says_of_each_project_who_leads_it_what_was_said_last_and_what_is_overdue(world: World) -> None:
    said = text_of(world.client("reader").get(PROJECTS).content)
    assert "Schools hate-crime prevention workshops RAHP Feb 2012 1 Not asked" in said
    assert "New youth facilities &amp; services options Nobody yet Mar 2012 0" in said
    assert '"Keeping safe" workshops' in said.replace("&quot;", '"')
    assert "1 overdue" in said


def test_a_project_says_what_is_out_of_date(world: World) -> None:
    said = text_of(world.client("reader").get(address_of("Programme of Support")).content)
    assert "Programme will continue in 2011/12. Overdue" in said
    assert "Out of date “will continue in 2011/12”: 2011/12 had ended by March 2012; say what came of it." in said


def test_an_update_is_kept_with_its_author_and_can_be_reworded_by_them(world: World) -> None:
    client, address = world.client("analyst"), address_of("Schools")
    said = sent(client, f"{address}updates/add/", when="Q4 2011/12", text="Two schools took part.")
    assert "The update was kept." in said
    assert "Q4 2011/12: Two schools took part. Some Analyst Change" in said
    added = Update.objects.get(text="Two schools took part.")
    sent(client, f"{address}updates/{added.pk}/", when="Mar 2012", text="Three schools took part.")
    added.refresh_from_db()
    assert (added.when, added.text, added.author) == ("Mar 2012", "Three schools took part.", "Some Analyst")
    latest = Change.objects.first()
    assert (latest.by, latest.why) == (world.people["analyst"], f"Update of {added.project.name} reworded.")
    assert plan_get(partnership="Redditch").priorities[0].projects[3].updates[-1].author == "Some Analyst"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"when": "Mar 2012", "text": ""}, "Write what happened."),
        ({"when": "", "text": "Done."}, "Write when it happened."),
        ({"when": "last month", "text": "Done."}, "cannot be read as whole months"),
        ({"when": "Mar 2012", "text": "A bell: \x07"}, "cannot be printed"),
        ({"when": "Mar 2012", "text": "x" * 4_001}, "at most 4000 characters"),
    ],
)
def test_an_update_that_is_none_is_answered_beside_the_field(world: World, said: dict[str, str], words: str) -> None:
    answer = sent(world.client("analyst"), f"{address_of('Schools')}updates/add/", **said)
    assert ("There is a problem" in answer, words in answer) == (True, True)


def test_a_contributor_writes_their_own_agency_s_projects_and_no_others(world: World) -> None:
    client = world.client("contributor")
    own, other = address_of("STAYSAFE"), address_of("Schools")
    assert "Add an update" in text_of(client.get(own).content)
    assert "Add an update" not in text_of(client.get(other).content)
    for part in ("updates/add/", "actions/add/", "counts/add/"):
        assert client.get(own + part).status_code == 200
        assert client.get(other + part).status_code == 403
        assert client.post(other + part, {"when": "Mar 2012", "text": "Mine."}).status_code == 403
    assert client.get(f"{own}leads/").status_code == 403
    note = Update.objects.filter(project__name__contains="STAYSAFE").first()
    assert client.get(f"{own}updates/{note.pk}/").status_code == 403
    sent(client, f"{own}updates/add/", when="Mar 2012", text="Our own.")
    mine = Update.objects.get(text="Our own.")
    assert client.get(f"{own}updates/{mine.pk}/").status_code == 200
    assert client.get(f"{other}updates/{mine.pk}/").status_code == 403


def test_a_note_of_an_earlier_quarter_stays_as_it_was(world: World) -> None:
    note = Update.objects.get(when="Sept 2011", project__name__startswith="Schools")
    assert world.client("analyst").get(f"{address_of('Schools')}updates/{note.pk}/").status_code == 403


def test_an_action_is_followed_to_its_end(world: World) -> None:
    client, address = world.client("manager"), address_of("Schools")
    lead = partnership_row("Redditch").agencies.get(short_name="RAHP").pk
    sent(client, f"{address}actions/add/", text="Write to the schools.", when="May 2012", lead=lead)
    action = Action.objects.get(text="Write to the schools.")
    change = f"{address}actions/{action.pk}/"
    held = {"text": action.text, "when": "May 2012", "lead": lead}
    said = sent(client, change, **held, state="done", outcome="")
    assert "say in a line what came of it, since the action is done" in said
    said = sent(client, change, **held, state="done", outcome="Five answered.")
    assert "Write to the schools. Done What came of it: Five answered." in said
    entry = plan_get(partnership="Redditch").priorities[0].projects[3].actions[-1]
    assert (entry.state, entry.lead, entry.outcome) == ("done", "RAHP", "Five answered.")


def test_of_two_who_change_one_action_the_second_is_told_and_loses_nothing(world: World) -> None:
    first, second = world.client("analyst"), world.client("manager")
    action = Action.objects.get(project__name__startswith="Schools")
    address = f"{address_of('Schools')}actions/{action.pk}/"
    seen = re.search(r'name="seen" value="([^"]*)"', second.get(address).content.decode())
    held = {"text": action.text, "when": action.when, "lead": ""}
    sent(first, address, **held, state="dropped", outcome="No school has room.")
    answer = second.post(address, {**held, "seen": seen[1], "state": "done", "outcome": "My own line."})
    said = text_of(answer.content)
    assert "Somebody else changed this while you typed." in said
    assert "dropped: No school has room." in said
    assert b"My own line." in answer.content
    action.refresh_from_db()
    assert action.state == "dropped"
    now = re.search(r'name="seen" value="([^"]*)"', answer.content.decode())
    second.post(address, {**held, "seen": now[1], "state": "done", "outcome": "My own line."})
    action.refresh_from_db()
    assert (action.state, action.outcome) == ("done", "My own line.")


def test_a_count_is_added_once_and_can_be_put_right(world: World) -> None:
    client, address = world.client("analyst"), address_of("reporting centres")
    count = {"name": "Hate incident reports received by RBC", "period": "2011/12", "value": "31", "status": "[p]"}
    said = sent(client, f"{address}counts/add/", **count)
    assert "2011/12 31 [p]" in said
    assert "is held already" in sent(client, f"{address}counts/add/", **count)
    held = ProjectFigure.objects.get(value=31)
    sent(client, f"{address}counts/{held.pk}/", value="", status="[x]", note="Not counted yet.")
    held.refresh_from_db()
    assert (held.value, held.status, held.note) == (None, "[x]", "Not counted yet.")
    assert "There is a problem" in sent(client, f"{address}counts/{held.pk}/", value="", status="", note="")
    assert ProjectFigure.objects.get(pk=held.pk).note == "Not counted yet."


def test_leads_have_an_order_and_an_address_and_are_named_once(world: World) -> None:
    client, address = world.client("analyst"), f"{address_of('Schools')}leads/"
    agencies = {agency.short_name: agency.pk for agency in partnership_row("Redditch").agencies.all()}
    chosen = {"agency-0": agencies["YOS"], "email-0": "yos@example.org", "agency-1": agencies["RAHP"], "email-1": ""}
    sent(client, address, **chosen)
    leads = ProjectLead.objects.filter(project__name__startswith="Schools")
    assert [(lead.agency.short_name, lead.email) for lead in leads] == [("YOS", "yos@example.org"), ("RAHP", "")]
    assert "stands above already" in sent(client, address, **{**chosen, "agency-1": agencies["YOS"]})
    assert "came without its agency" in sent(client, address, **{**chosen, "agency-0": ""})
    assert "This is no address" in sent(client, address, **{**chosen, "email-0": "yos"})
    assert leads.count() == 2


def test_a_project_is_added_under_a_name_of_its_own(world: World) -> None:
    client = world.client("analyst")
    priority = partnership_row("Redditch").priorities.get().pk
    said = sent(client, f"{PROJECTS}add/", name="schools hate-crime  prevention workshops", priority=priority)
    assert "is the name of a project already" in said
    assert "Street pastors" in sent(client, f"{PROJECTS}add/", name="Street pastors", priority=priority)


def test_a_frozen_quarter_is_shown_and_never_written(world: World) -> None:
    client, address = world.client("analyst"), address_of("Schools")
    freeze()
    page = text_of(client.get(address).content)
    assert ("is signed, and never changes" in page, "Add an update" in page) == (True, False)
    before = Change.objects.count()
    said = sent(client, f"{address}updates/add/", when="Mar 2012", text="Too late.")
    assert "begin a correction" in said
    assert Change.objects.count() == before
