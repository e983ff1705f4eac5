"""A partnership's plan is read, taken out and brought in; nothing lands before somebody has seen what it would do."""

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from quarterday.domain.faults import InputError
from quarterday.people.rules import areas_closed_to, figures_visible_to
from quarterday.people.services import role_give
from quarterday.plan import plan_template
from quarterday.plan.choices import EditionState, EditionStep
from quarterday.plan.entries import AreaEntry, EditionEntry, Plan
from quarterday.plan.models import (
    Action,
    Change,
    Comment,
    Edition,
    Highlight,
    Override,
    Partnership,
    PlanFile,
    Project,
    ProjectLead,
    Update,
    changing,
)
from quarterday.plan.plan_file import plan_text, plans_of
from quarterday.plan.selectors import partnership_row, plan_get
from quarterday.plan.services import plan_replace
from quarterday.plan.write_editions import correction_begin, step_take
from quarterday.plan.write_plan_files import LARGEST, MOST_PLANS, plan_file_accept, plan_file_bring, plan_file_proposal
from tests.world import WHY, World, plan_file_in, small_plan

pytestmark = pytest.mark.django_db

KEPT: tuple[type[Model], ...] = (
    Partnership, ProjectLead, Update, Action, Edition, Comment, Override, Highlight,
)  # fmt: skip
PLAN = "/partnerships/redditch/plan/"
ADDED = "/administration/plans/"
TEMPLATE = """format = 1
[template]
areas = [{name = "Alton"}, {name = "Brent"}]
[partnership]
name = "{area} Community Safety Partnership"
short_name = "{area}"
county = "Dorset"
"""


@pytest.fixture(autouse=True)
def room_for_files(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.QUARTERDAY_HOME = tmp_path_factory.mktemp("home")


def text_of(page: bytes) -> str:
    """What a reader sees, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def brought(client: Client, content: bytes, address: str = PLAN + "import/") -> HttpResponse:
    return client.post(address, {"file": SimpleUploadedFile("new.toml", content)}, follow=True)  # type: ignore[return-value]


def seen_on(page: HttpResponse) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    assert found is not None
    return found[1]


def held() -> Plan:
    return plan_get(partnership="Redditch")


def share_redditch() -> None:
    """Let Redditch be an area of Elsewhere too, as whoever runs the program may."""
    plan = plan_get(partnership="Elsewhere")
    areas = (*plan.partnership.areas, AreaEntry(name="Redditch"))
    entry = plan.partnership.model_copy(update={"areas": areas})
    plan_replace(plan.model_copy(update={"partnership": entry}), by=None, why="Police as one.")


def kept() -> dict[type[Model], list[dict[str, object]]]:
    """Every row with its key; lists are numbered anew."""
    rows = {table: list(table._default_manager.order_by("pk").values()) for table in KEPT}  # noqa: SLF001 - Django's name for it
    return {table: [{key: row[key] for key in row if key != "place"} for row in rows[table]] for table in KEPT}


def another_polarity() -> bytes:
    return plan_text(held()).replace('polarity = "lower"', 'polarity = "higher"', 1).encode()


def test_the_plan_is_read_with_what_was_agreed_of_each_measure(world: World) -> None:
    said = text_of(world.client("reader").get(PLAN).content)
    for measure in held().priorities[0].measures:
        assert f"{measure.name} Definition {measure.definition}" in said.replace("&#x27;", "'")
    assert "Which way is better Lower" in said
    assert "Change the plan by a file" not in said
    assert "Change the plan by a file" in text_of(world.client("manager").get(PLAN).content)


def test_the_file_that_is_taken_out_reads_back_equal(world: World) -> None:
    file = world.client("reader").get(PLAN + "plan.toml")
    assert plans_of(file.content, file="plan.toml") == (held(),)
    assert file["Content-Disposition"] == 'attachment; filename="redditch-plan.toml"'


def test_a_file_is_looked_at_first_and_lands_with_a_reason(world: World) -> None:
    client, before = world.client("manager"), held()
    page = brought(client, another_polarity())
    said = text_of(page.content)
    assert "Added: 0; Changed: 1; Removed: 0." in said
    assert "Changed measure: Harassment offences; polarity lower higher" in said
    assert held() == before
    address = page.redirect_chain[-1][0]  # type: ignore[attr-defined]
    assert "Say in a few words why." in text_of(client.post(address, {"seen": seen_on(page)}).content)
    assert held() == before
    client.post(address, {"seen": seen_on(page), "why": "Reports should rise."})
    assert held().priorities[0].measures[0].polarity == "higher"
    latest = Change.objects.first()
    assert latest is not None
    assert (latest.by, latest.why) == (world.people["manager"], "Reports should rise.")
    assert not PlanFile.objects.exists()


def test_what_people_wrote_and_would_go_is_named(world: World) -> None:
    lines = plan_text(held())
    cut = re.sub(r"(?s)\[\[editions\.comments\]\].*?(?=\n\[)", "", lines, count=1)
    said = text_of(brought(world.client("manager"), cut.encode()).content)
    assert "What people wrote would be removed or written over." in said
    assert re.search(r"Removed comment: 2011/12 Q4, 1, ", said)


def test_a_file_can_be_discarded(world: World) -> None:
    waits, before = plan_file_in(world, "Redditch"), held()
    answer = world.client("manager").post(f"{PLAN}import/{waits.pk}/discard/", follow=True)
    assert "Discarded; nothing was changed." in text_of(answer.content)
    assert (PlanFile.objects.exists(), held()) == (False, before)


def test_a_plan_that_changed_meanwhile_is_looked_at_again_and_nothing_is_lost(world: World) -> None:
    client = world.client("manager")
    page = brought(client, another_polarity())
    entry = held().partnership.model_copy(update={"marking": "OFFICIAL-SENSITIVE"})
    plan_replace(held().model_copy(update={"partnership": entry}), by=None, why="Meanwhile.")
    before = held()
    answer = client.post(page.redirect_chain[-1][0], {"seen": seen_on(page), "why": WHY})  # type: ignore[attr-defined]
    said = text_of(answer.content)
    assert "The plan here was changed since you looked" in said
    assert "marking OFFICIAL-SENSITIVE" in said
    assert held() == before


def test_the_second_who_accepts_is_told(world: World) -> None:
    waits, manager = plan_file_in(world, "Redditch"), world.people["manager"]
    seen = plan_file_proposal(waits).seen
    plan_file_accept(waits, by=manager, why=WHY, seen=seen)
    with pytest.raises(InputError, match="accepted or discarded already"):
        plan_file_accept(waits, by=manager, why=WHY, seen=seen)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"not toml", "not valid TOML"),
        (b"format = 2", "wanted the line &#x27;format = 1&#x27;"),
        (b"x" * (LARGEST + 1), "more than 1,000,000 bytes"),
        (plan_text(small_plan("Elsewhere", "Dorset")).encode(), "wanted the one of"),
        (TEMPLATE.encode(), "a template came, which makes new partnerships; wanted the plan of one"),
    ],
)
def test_what_is_no_plan_of_this_partnership_is_answered_beside_the_form(
    world: World, content: bytes, words: str
) -> None:
    answer = brought(world.client("manager"), content)
    assert words in text_of(answer.content)
    assert not PlanFile.objects.exists()


@pytest.mark.parametrize(("key", "value"), [("short_name", "Reddich"), ("county", "Dorset")])
def test_what_decides_who_may_read_a_partnership_is_not_changed_by_its_plan(world: World, key: str, value: str) -> None:
    entry = held().partnership.model_copy(update={key: value})
    content = plan_text(held().model_copy(update={"partnership": entry})).encode()
    assert f"{key} is &#x27;{value}&#x27; in the file" in text_of(brought(world.client("manager"), content).content)


def test_a_file_without_a_file_is_answered(world: World) -> None:
    assert "Choose the file." in text_of(world.client("manager").post(PLAN + "import/", {"file": ""}).content)


def test_a_person_s_second_file_takes_the_place_of_the_first(world: World) -> None:
    plan_file_in(world, "Redditch")
    plan_file_in(world, "Redditch")
    assert PlanFile.objects.count() == 1


def test_an_administrator_adds_partnerships_by_a_file(world: World) -> None:
    client = world.client("administrator")
    page = brought(client, TEMPLATE.encode(), "/administration/plans/")
    said = text_of(page.content)
    assert ("Alton Community Safety Partnership" in said, "Brent Community Safety Partnership" in said) == (True, True)
    assert not Partnership.objects.filter(short_name="Alton").exists()
    client.post(page.redirect_chain[-1][0], {"seen": seen_on(page), "why": "New in Dorset."})  # type: ignore[attr-defined]
    assert partnership_row("Alton").county == partnership_row("Brent").county == "Dorset"


def test_what_was_written_in_the_browser_comes_through_a_file_that_is_taken_out_and_brought_in(world: World) -> None:
    project = Project.objects.filter(partnership__short_name="Redditch").exclude(lead_rows=None)[0]
    edition = Edition.objects.get(partnership=project.partnership)
    with changing(by=world.people["manager"], why=WHY, partnership=project.partnership):
        lead = project.lead_rows.all()[0]
        lead.email = "lead@example.org"
        lead.save()
        project.updates.create(place=90, when="May 2012", text="Went\n\nwell.", author="Some Contributor")
        project.actions.create(place=90, text="Ring", state="done", lead=lead.agency, outcome="They rang back.")
        comment = edition.comments.all()[0]
        comment.overrides.create(place=0, quote=comment.text[:20], why="Counted since.", author="Some Analyst")
        edition.highlights.create(place=90, kind="issue", text="Decide", state="closed", decision="Agreed.")
    project.partnership.reminders = [7, -3]
    with changing(by=world.people["manager"], why=WHY, partnership=project.partnership):
        project.partnership.save()
    before = kept()
    client = world.client("manager")
    page = brought(client, client.get(PLAN + "plan.toml").content)
    assert "It is the plan as it is: nothing would change." in text_of(page.content)
    client.post(page.redirect_chain[-1][0], {"seen": seen_on(page), "why": "As it was."})  # type: ignore[attr-defined]
    assert kept() == before


def test_a_template_of_hundreds_of_areas_is_refused(world: World) -> None:
    areas = ", ".join(f'{{name = "Area {number}"}}' for number in range(MOST_PLANS + 1))
    content = TEMPLATE.replace('{name = "Alton"}, {name = "Brent"}', areas).encode()
    answer = brought(world.client("administrator"), content, "/administration/plans/")
    assert "101 areas came; at most 100 are added at once" in text_of(answer.content)


@pytest.mark.parametrize("written", ["{area}", "\\u007barea}"])
def test_a_template_that_unfolds_to_more_than_fits_is_refused(world: World, written: str) -> None:
    areas = ", ".join(f'{{name = "{"A" * 90} {number}"}}' for number in range(MOST_PLANS))
    content = TEMPLATE.replace('{name = "Alton"}, {name = "Brent"}', areas)
    assert "characters together" not in text_of(brought_new(world, content))
    content += f'[[priorities]]\nname = "Safety"\nsummary = "{written * 2_000}"\n'
    assert "characters together; at most 10,000,000 are added at once" in text_of(brought_new(world, content))


def brought_new(world: World, content: str) -> bytes:
    """The page after an administrator brought the plans of new partnerships."""
    return brought(world.client("administrator"), content.encode(), "/administration/plans/").content


def test_a_template_is_refused_before_it_is_unfolded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(plan_template, "_for_area", lambda *of: made.append(of) or {})
    areas = ", ".join(f'{{name = "Area {number}"}}' for number in range(MOST_PLANS + 1))
    brought(world.client("manager"), TEMPLATE.encode())
    brought(world.client("administrator"), TEMPLATE.replace('{name = "Alton"}', areas).encode(), ADDED)
    assert made == []
    brought(world.client("administrator"), TEMPLATE.encode(), ADDED)
    assert made != []


def test_a_file_that_is_too_large_is_never_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or b"format = 2")
    for viewer, address in (("manager", PLAN + "import/"), ("administrator", ADDED)):
        answer = brought(world.client(viewer), b"#" * (LARGEST + 1), address)
        assert (read, "more than 1,000,000 bytes" in text_of(answer.content)) == ([], True)
    brought(world.client("manager"), b"#")
    assert len(read) == 1


@pytest.mark.parametrize("area", [AreaEntry(name=" REDDITCH"), AreaEntry(name="Ours", code="redditch")])
def test_a_manager_names_no_area_of_another_partnership(world: World, area: AreaEntry) -> None:
    client, person = world.client("other manager"), world.people["other manager"]
    plan = plan_get(partnership="Elsewhere")
    entry = plan.partnership.model_copy(update={"areas": (*plan.partnership.areas, area)})
    taking = plan.model_copy(update={"partnership": entry})
    page = brought(client, plan_text(taking).encode(), "/partnerships/elsewhere/plan/import/")
    assert "one of Redditch Community Safety Partnership; whose an area is decides who sees" in text_of(page.content)
    with pytest.raises(InputError, match="changed at the terminal only"):
        plan_replace(taking, by=person, why=WHY)
    assert (plan_get(partnership="Elsewhere"), PlanFile.objects.exists()) == (plan, False)
    assert not figures_visible_to(person)("Harassment offences", "Redditch")


def test_an_administrator_adds_no_partnership_with_an_area_of_another(world: World) -> None:
    plan = small_plan("Newtown", "Dorset")
    entry = plan.partnership.model_copy(update={"areas": (AreaEntry(name="Wyre Forest"),)})
    content = plan_text(plan.model_copy(update={"partnership": entry})).encode()
    assert "one of Wyre Forest Partnership" in text_of(brought(world.client("administrator"), content, ADDED).content)


def test_an_area_that_two_partnerships_were_given_at_the_terminal_stays_theirs(world: World) -> None:
    share_redditch()
    client = world.client("other manager")
    page = brought(
        client, plan_text(plan_get(partnership="Elsewhere")).encode(), "/partnerships/elsewhere/plan/import/"
    )
    assert "nothing would change" in text_of(page.content)


def test_an_area_of_two_partnerships_is_loaded_by_who_may_load_in_both(world: World) -> None:
    share_redditch()
    closed = {"Redditch": "Redditch Community Safety Partnership"}
    assert areas_closed_to(world.people["other manager"], ["Redditch", "Elsewhere", "Peerton"]) == closed
    assert areas_closed_to(world.people["manager"], ["Redditch"]) == {"Redditch": "Elsewhere Partnership"}
    role_give(
        person=world.people["manager"], name="analyst", by=None, why=WHY, partnership=partnership_row("Elsewhere")
    )
    assert areas_closed_to(world.people["manager"], ["Redditch"]) == {}


def test_what_somebody_submitted_is_not_forgotten_by_a_plan_without_it(world: World) -> None:
    with transaction.atomic():
        step_take(Edition.objects.get(), EditionStep.SUBMITTED, by=world.people["manager"])
    with transaction.atomic():
        step_take(Edition.objects.get(), EditionStep.RETURNED, by=world.people["manager"], note="Once more.")
    plan = held()
    page = brought(world.client("manager"), plan_text(plan.model_copy(update={"editions": ()})).encode())
    assert "leaves out version 1 of Q4 2011/12, which is draft, and of which steps" in text_of(page.content)
    for by in (None, world.people["manager"]):
        with pytest.raises(InputError, match="leaves out version 1 of Q4 2011/12"):
            plan_replace(plan.model_copy(update={"editions": ()}), by=by, why=WHY)
    assert [step.name for step in Edition.objects.get().steps.all()] == ["submitted", "returned"]


@pytest.mark.parametrize("state", [state for state in EditionState if state != "draft"])
def test_a_file_from_a_browser_takes_no_step(world: World, state: EditionState) -> None:
    (entry,) = held().editions
    ahead = held().model_copy(update={"editions": (entry.model_copy(update={"state": state}),)})
    page = brought(world.client("manager"), plan_text(ahead).encode())
    assert f"version 1 of Q4 2011/12 is {state}, but nobody took a step" in text_of(page.content)
    with pytest.raises(InputError, match="nobody took a step"):
        plan_replace(ahead, by=world.people["manager"], why=WHY)
    plan_replace(ahead, by=None, why="As it was signed on paper.")
    assert "nothing would change" in text_of(brought(world.client("manager"), plan_text(ahead).encode()).content)


def test_a_new_partnership_comes_without_signatures(world: World) -> None:
    content = (TEMPLATE + '[[editions]]\nquarter = "2011/12 Q4"\nstate = "signed"\n').encode()
    answer = brought(world.client("administrator"), content, ADDED)
    assert "is signed, but nobody took a step" in text_of(answer.content)


def test_no_file_puts_a_version_above_one_that_was_signed(world: World) -> None:
    edition = Edition.objects.get()
    with changing(by=None, why=WHY, partnership=edition.partnership):
        edition.steps.create(name=EditionStep.SIGNED, by=world.people["signatory"])
        edition.state = "signed"
        edition.save()
    plan = held()
    second = EditionEntry(quarter=plan.editions[0].quarter, version=2)
    above = plan.model_copy(update={"editions": (*plan.editions, second)})
    page = brought(world.client("manager"), plan_text(above).encode())
    assert "puts version 2 of Q4 2011/12 above one" in text_of(page.content)
    correction_begin(edition, by=world.people["manager"], reason="Counted anew.")
    assert "nothing would change" in text_of(brought(world.client("manager"), plan_text(held()).encode()).content)


def test_nobody_writes_in_the_name_of_somebody_else_by_a_file(world: World) -> None:
    project = Project.objects.filter(partnership__short_name="Redditch")[0]
    with changing(by=None, why=WHY, partnership=project.partnership):
        project.updates.create(place=90, when="May 2012", text="Went well.", author="Some Contributor")
        first, second = Comment.objects.all()[:2]
        first.overrides.create(place=0, quote=first.text[:20], why="Counted since.", author="Some Analyst")
        Comment.objects.update(author="Some Analyst")
    text = plan_text(held()).replace('"Some Analyst"', '"Some Signatory"')
    text = text.replace('"Some Contributor"', '"Some Signatory"').replace("Went well.", "Went badly.")
    text = text.replace("Counted since.", "Counted anew.").replace(json.dumps(second.text)[1:-1], "All is well.")
    client = world.client("manager")
    page = brought(client, text.encode())
    assert "Some Signatory" not in text_of(page.content)
    client.post(page.redirect_chain[-1][0], {"seen": seen_on(page), "why": WHY})  # type: ignore[attr-defined]
    assert Comment.objects.get(text=first.text).author == "Some Analyst"
    assert Comment.objects.get(text="All is well.").author == "Some Manager"
    assert Override.objects.get(why="Counted anew.").author == "Some Manager"
    assert Update.objects.get(text="Went badly.").author == "Some Manager"


@pytest.mark.parametrize("short_name", ["Redditch", "REDDITCH", "Redditch."])
def test_an_administrator_changes_no_plan_that_is_there(world: World, short_name: str) -> None:
    plan = small_plan("Other", "Dorset")
    entry = plan.partnership.model_copy(update={"short_name": short_name})
    content = plan_text(plan.model_copy(update={"partnership": entry})).encode()
    with pytest.raises(InputError, match="is there already"):
        plan_file_bring(partnership=None, name="new.toml", content=content, by=world.people["administrator"])


def test_a_new_partnership_that_came_meanwhile_is_not_written_over(world: World) -> None:
    waits = plan_file_in(world)
    plan_replace(small_plan("Newtown", "Kent"), by=None, why=WHY)
    answer = world.client("administrator").post(f"/administration/plans/{waits.pk}/", {"seen": "new", "why": WHY})
    assert "is there already" in text_of(answer.content)
    assert partnership_row("Newtown").county == "Kent"
