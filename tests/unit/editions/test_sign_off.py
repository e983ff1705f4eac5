"""A quarter from draft to published edition, and its correction."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions import sign_off
from quarterday.editions.archive import SEAL, kept_edition, kept_version
from quarterday.editions.build import build_editions
from quarterday.editions.home import Home
from quarterday.editions.review import Weight, review_of
from quarterday.editions.rights import edition_visible_to, editions_visible_to
from quarterday.editions.verify import Outcome, verify_digest, verify_folder, verify_path
from quarterday.people.models import Person
from quarterday.people.services import role_give
from quarterday.plan.entries import Plan
from quarterday.plan.models import Comment, Edition, Highlight, Override, changing
from quarterday.plan.plan_file import read_plans
from quarterday.plan.selectors import partnership_row, plan_get
from quarterday.plan.services import plan_replace
from quarterday.plan.write_editions import acknowledge, edition_open, quarter_open
from tests.world import REDDITCH, WHY, World, quick_passwords, world

__all__ = ["quick_passwords", "world"]

Q4 = Period.financial_quarter(2011, 4)
AT = datetime(2012, 5, 4, 10, tzinfo=UTC)
DOUBTED = ("Worse than last year", "showing an increasing trend")


@pytest.fixture
def home(redditch_home: Path, tmp_path: Path) -> Home:
    shutil.copytree(redditch_home / "warehouse", tmp_path / "warehouse")
    return Home(tmp_path)


@pytest.fixture
def edition(world: World) -> Edition:
    """Redditch's draft, with a reason for each claim that its figures contradict."""
    assert world
    held = edition_open(partnership_row("Redditch"), Q4)
    comment = Comment.objects.get(edition=held, measure__name="Crimes with domestic abuse interest marker")
    with changing(by=None, why=WHY, partnership=held.partnership):
        for place, quote in enumerate(DOUBTED):
            Override.objects.create(comment=comment, quote=quote, place=place, why="As printed in 2012.", author="A")
    return held


def signed(home: Home, edition: Edition, world: World) -> Edition:
    sign_off.submit(home, edition, by=world.people["analyst"], at=AT)
    sign_off.review(home, edition, by=world.people["manager"], at=AT)
    return sign_off.sign(home, edition, by=world.people["signatory"], at=AT)


def published(home: Home, edition: Edition, world: World) -> Edition:
    return sign_off.publish(home, signed(home, edition, world), by=world.people["manager"])


def highlight_add(edition: Edition, text: str) -> None:
    with changing(by=None, why=WHY, partnership=edition.partnership):
        Highlight.objects.create(edition=edition, kind="issue", text=text, state="open", place=90)


def test_an_edition_goes_from_draft_to_print_in_the_hands_of_three_people(
    home: Home, edition: Edition, world: World
) -> None:
    done = published(home, edition, world)
    assert (done.state, [step.name for step in done.steps.all()]) == (
        "published",
        ["submitted", "reviewed", "signed", "published"],
    )
    kept = kept_edition(home.editions, "redditch", "2011-12-q4")
    assert (kept.state, kept.document().state, kept.document().built_at) == ("published", "signed", AT.isoformat())
    found = verify_folder(kept.folder)
    assert (found.outcome, done.hash in found.sentence) == (Outcome.UNCHANGED, True)


def test_an_edition_that_was_returned_comes_again(home: Home, edition: Edition, world: World) -> None:
    analyst, manager = world.people["analyst"], world.people["manager"]
    sign_off.submit(home, edition, by=analyst, at=AT)
    with pytest.raises(InputError, match="say in a few words what is to be changed"):
        sign_off.send_back(edition, by=manager, note=" ")
    returned = sign_off.send_back(edition, by=manager, note="Say why hate crime fell.")
    assert (returned.state, returned.steps.last().note) == ("draft", "Say why hate crime fell.")
    assert sign_off.submit(home, edition, by=analyst, at=AT).state == "in review"


@pytest.mark.parametrize("viewer", ["reader", "contributor", "signatory", "county reader", "other manager"])
def test_who_does_not_write_does_not_submit(home: Home, edition: Edition, world: World, viewer: str) -> None:
    with pytest.raises(InputError, match="submitted by an analyst or a manager of the partnership, which you are not"):
        sign_off.submit(home, edition, by=world.people[viewer], at=AT)


@pytest.mark.parametrize("viewer", ["analyst", "manager", "county manager", "administrator"])
def test_only_a_signatory_signs(home: Home, edition: Edition, world: World, viewer: str) -> None:
    sign_off.submit(home, edition, by=world.people["analyst"], at=AT)
    sign_off.review(home, edition, by=world.people["manager"], at=AT)
    with pytest.raises(InputError, match="signed by a signatory who is no administrator"):
        sign_off.sign(home, edition, by=world.people[viewer], at=AT)


def both(person: Person) -> Person:
    role_give(person=person, name="manager", by=None, why=WHY, partnership=partnership_row("Redditch"))
    return person


@pytest.mark.parametrize("step", [sign_off.submit, sign_off.review])
def test_who_submitted_or_reviewed_a_version_does_not_sign_it(
    home: Home, edition: Edition, world: World, step: Callable[..., Edition]
) -> None:
    signatory = both(world.people["signatory"])
    manager = world.people["manager"]
    for each in (sign_off.submit, sign_off.review):
        each(home, edition, by=signatory if each is step else manager, at=AT)
    with pytest.raises(InputError, match="a second person always does"):
        sign_off.sign(home, edition, by=signatory, at=AT)


def test_a_step_out_of_turn_says_where_the_edition_is(home: Home, edition: Edition, world: World) -> None:
    with pytest.raises(InputError, match="version 1 is a draft, and only one that is in review can be signed"):
        sign_off.sign(home, edition, by=world.people["signatory"], at=AT)
    sign_off.submit(home, edition, by=world.people["analyst"], at=AT)
    with pytest.raises(InputError, match="nobody has reviewed this version since it was submitted"):
        sign_off.sign(home, edition, by=world.people["signatory"], at=AT)
    with pytest.raises(InputError, match="only one that is a draft can be submitted"):
        sign_off.submit(home, edition, by=world.people["analyst"], at=AT)


def test_a_contradiction_without_a_reason_blocks_every_step(home: Home, edition: Edition, world: World) -> None:
    sign_off.submit(home, edition, by=world.people["analyst"], at=AT)
    with changing(by=None, why=WHY, partnership=edition.partnership):
        Override.objects.get(quote=DOUBTED[0]).delete()
    for step, viewer in ((sign_off.review, "manager"), (sign_off.submit, "analyst")):
        with pytest.raises(InputError, match=f"the figures contradict “{DOUBTED[0]}”"):
            step(home, edition, by=world.people[viewer], at=AT)
        if step is sign_off.review:
            sign_off.send_back(edition, by=world.people["manager"], note="Put it right.")


def test_a_reason_that_was_given_is_shown_to_who_signs(home: Home, edition: Edition) -> None:
    decided = review_of(home, edition, today=AT.date()).of(Weight.DECIDED)
    assert [item.decided for item in decided] == ["A: As printed in 2012."] * 2


def test_what_was_changed_after_the_review_is_reviewed_again(home: Home, edition: Edition, world: World) -> None:
    sign_off.submit(home, edition, by=world.people["analyst"], at=AT)
    sign_off.review(home, edition, by=world.people["manager"], at=AT)
    highlight_add(edition, "The board should hear this.")
    with pytest.raises(InputError, match="not what was reviewed"):
        sign_off.sign(home, edition, by=world.people["signatory"], at=AT)
    sign_off.review(home, edition, by=world.people["manager"], at=AT)
    assert sign_off.sign(home, edition, by=world.people["signatory"], at=AT).state == "signed"


def test_a_missing_total_blocks_until_somebody_says_why_it_may(home: Home, world: World) -> None:
    assert world
    partnership, manager = partnership_row("Redditch"), world.people["manager"]
    later = quarter_open(partnership, Q4.shift(3), by=manager)
    (first, *_) = [item for item in review_of(home, later, today=AT.date()).blocks if item.can_acknowledge]
    assert first.text.startswith("Harassment offences: 1 of 8 totals are missing")
    with pytest.raises(InputError, match="the reason is kept"):
        sign_off.acknowledge(home, later, first.text, by=manager, at=AT, why="")
    sign_off.acknowledge(home, later, first.text, by=manager, at=AT, why="The force's system was down.")
    found = review_of(home, later, today=AT.date())
    assert first.text not in {item.text for item in found.blocks}
    assert f"{manager}: The force's system was down." in {item.decided for item in found.of(Weight.DECIDED)}
    with pytest.raises(InputError, match="no longer missing"):
        sign_off.acknowledge(home, later, "Something else.", by=manager, at=AT, why="No reason.")


def test_what_an_edition_of_a_quarter_without_updates_waits_for_is_named(home: Home, world: World) -> None:
    later = quarter_open(partnership_row("Redditch"), Q4.shift(3), by=world.people["manager"])
    texts = [item.text for item in review_of(home, later, today=AT.date()).of(Weight.LOOK)]
    assert any("no update of Q1 2012/13" in text for text in texts)
    assert any("is overdue" in text for text in texts)
    assert any("the latest figure is of March 2012, and the quarter ended with June 2012" in text for text in texts)


def test_a_frozen_edition_is_not_written_in_any_way(home: Home, edition: Edition, world: World) -> None:
    signed(home, edition, world)
    with pytest.raises(InputError, match="version 1 of Q4 2011/12 is signed, and never changes; begin a correction"):
        edition_open(edition.partnership, Q4)
    with pytest.raises(InputError, match="begin a correction"):
        acknowledge(edition, "Anything.", by=world.people["manager"], why="No reason.")
    with pytest.raises(InputError, match="version 1 of Q4 2011/12 is signed, and never changes"):
        list(build_editions(home, ["Redditch"], quarter=Q4, built_at=AT.isoformat(), formats=()))


def plan_of_redditch() -> Plan:
    (plan,) = read_plans(REDDITCH)
    return plan


def test_a_plan_that_comes_again_leaves_what_was_signed(home: Home, edition: Edition, world: World) -> None:
    signed(home, edition, world)
    held = plan_get(partnership="Redditch")
    plan_replace(held, by=None, why=WHY)
    assert plan_get(partnership="Redditch") == held
    with pytest.raises(InputError, match="would change comments of version 1 of Q4 2011/12, which is signed"):
        plan_replace(plan_of_redditch(), by=None, why=WHY)
    with pytest.raises(InputError, match="leaves out version 1 of Q4 2011/12, which is signed"):
        plan_replace(plan_of_redditch().model_copy(update={"editions": ()}), by=None, why=WHY)
    assert Edition.objects.get(pk=edition.pk).state == "signed"


def test_a_plan_does_not_sign_for_anybody_where_steps_were_taken(home: Home, edition: Edition, world: World) -> None:
    sign_off.submit(home, edition, by=world.people["analyst"], at=AT)
    held = plan_get(partnership="Redditch")
    (entry,) = held.editions
    by_hand = held.model_copy(update={"editions": (entry.model_copy(update={"state": "published"}),)})
    with pytest.raises(InputError, match="says that version 1 of Q4 2011/12 is published, but here it is in review"):
        plan_replace(by_hand, by=None, why=WHY)
    plan_replace(held.model_copy(update={"editions": (entry.model_copy(update={"state": "draft"}),)}), by=None, why=WHY)
    assert Edition.objects.get(pk=edition.pk).state == "in review"


def test_a_correction_takes_the_place_of_the_first_version_once_it_is_published(
    home: Home, edition: Edition, world: World
) -> None:
    first = published(home, edition, world)
    with pytest.raises(InputError, match="say in a few words what is corrected"):
        sign_off.begin_correction(first, by=world.people["manager"], reason="")
    second = sign_off.begin_correction(first, by=world.people["manager"], reason="A highlight was left out.")
    with pytest.raises(InputError, match="a correction of version 1 has been begun already"):
        sign_off.begin_correction(first, by=world.people["manager"], reason="Again.")
    assert (second.version, second.state, second.comments.count()) == (2, "draft", first.comments.count())
    highlight_add(second, "The board should hear this.")
    list(build_editions(home, ["Redditch"], quarter=Q4, built_at=AT.isoformat(), formats=()))
    assert kept_edition(home.editions, "redditch", "2011-12-q4").document().version == 1
    signed(home, second, world)
    anybody = [(kept.state, document.version) for kept, document in editions_visible_to(_nobody(), home.editions)]
    assert anybody == [("published", 1)]
    sign_off.publish(home, second, by=world.people["manager"])
    anybody = [(kept.state, document.version) for kept, document in editions_visible_to(_nobody(), home.editions)]
    assert anybody == [("corrected", 1), ("published", 2)]
    assert (
        edition_visible_to(_nobody(), home.editions, partnership="redditch", quarter="2011-12-q4").heading().version
        == 2
    )
    assert verify_folder(kept_version(home.editions, "Redditch", Q4.code, version=1).folder).outcome == "unchanged"
    assert Edition.objects.get(pk=first.pk).state == "corrected"


def _nobody() -> "AnonymousUser":
    return AnonymousUser()


def test_what_was_altered_in_the_archive_is_found_and_not_published(home: Home, edition: Edition, world: World) -> None:
    done = signed(home, edition, world)
    folder = kept_edition(home.editions, "redditch", "2011-12-q4").folder
    page = folder / "edition.html"
    page.write_text(page.read_text("utf-8").replace("573", "537"), "utf-8")
    (folder / "charts" / "more.svg").write_text("<svg/>", "utf-8")
    found = verify_folder(folder)
    assert (found.outcome, found.faults) == (
        Outcome.ALTERED,
        ("edition.html was altered.", "charts/more.svg was added."),
    )
    assert verify_path(page, archive=home.editions).outcome is Outcome.ALTERED
    with pytest.raises(InputError, match="not what was signed, so it is not published"):
        sign_off.publish(home, done, by=world.people["manager"])
    assert Edition.objects.get(pk=done.pk).state == "signed"


def test_a_seal_that_was_rewritten_tells(home: Home, edition: Edition, world: World) -> None:
    signed(home, edition, world)
    seal = kept_edition(home.editions, "redditch", "2011-12-q4").folder / SEAL
    content = json.loads(seal.read_text("utf-8"))
    seal.write_text(json.dumps(content | {"files": content["files"] | {"edition.pdf": "0" * 64}}), "utf-8")
    assert verify_folder(seal.parent).outcome is Outcome.ALTERED
    assert "its hash is not that of what it says" in verify_path(seal, archive=home.editions).faults[0]


def test_a_file_is_known_wherever_it_lies(home: Home, edition: Edition, world: World, tmp_path: Path) -> None:
    done = published(home, edition, world)
    kept = kept_edition(home.editions, "redditch", "2011-12-q4")
    copy = shutil.copy(kept.folder / "edition.pdf", tmp_path / "from-an-email.pdf")
    found = verify_path(Path(copy), archive=home.editions)
    assert (found.outcome, found.sentence) == (
        Outcome.UNCHANGED,
        f"This is edition.pdf of version 1 of the edition of {done.partnership} for Q4 2011/12, as it was signed.",
    )
    assert verify_digest(done.hash.upper(), [kept]).kept == kept
    assert verify_digest("0" * 64, [kept]).outcome is Outcome.UNKNOWN
    with pytest.raises(InputError, match="that is no hash"):
        verify_digest("edition.pdf", [kept])


def test_a_signing_that_was_killed_before_the_database_knew_is_done_again(
    home: Home, edition: Edition, world: World
) -> None:
    """The archive is written last within the transaction, so that only its end can be missing."""
    sign_off.submit(home, edition, by=world.people["analyst"], at=AT)
    sign_off.review(home, edition, by=world.people["manager"], at=AT)
    with transaction.atomic():
        sign_off.sign(home, edition, by=world.people["signatory"], at=AT)
        transaction.set_rollback(True)
    assert Edition.objects.get(pk=edition.pk).state == "in review"
    later = AT + timedelta(hours=1)
    done = sign_off.sign(home, edition, by=world.people["signatory"], at=later)
    kept = kept_edition(home.editions, "redditch", "2011-12-q4")
    assert (kept.document().built_at, done.hash in verify_folder(kept.folder).sentence) == (later.isoformat(), True)
