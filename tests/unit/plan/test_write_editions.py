"""A quarter is begun, and what is open comes with it; each step is kept, and a frozen version never changes."""

from datetime import date

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.people.models import Person
from quarterday.people.services import person_add
from quarterday.plan.choices import EditionStep
from quarterday.plan.entries import Plan
from quarterday.plan.models import Change, Edition, Highlight, Override, Partnership, changing
from quarterday.plan.plan_file import plan_text, read_plans
from quarterday.plan.selectors import plan_get
from quarterday.plan.services import plan_replace
from quarterday.plan.write_editions import (
    acknowledge,
    correction_begin,
    edition_due,
    edition_open,
    quarter_open,
    step_take,
)

pytestmark = pytest.mark.django_db

Q4 = Period.financial_quarter(2011, 4)
Q1 = Q4.shift(3)
Q2 = Q4.shift(6)


@pytest.fixture
def person() -> Person:
    return person_add(email="ann@example.org", full_name="Ann Lee")


@pytest.fixture
def partnership(redditch: Plan) -> Partnership:
    plan_replace(redditch, by=None, why="Plan loaded.")
    return Partnership.objects.get()


def raised(edition: Edition, text: str, *, state: str = "open") -> Highlight:
    with changing(by=None, why="A test.", partnership=edition.partnership):
        return Highlight.objects.create(edition=edition, kind="issue", text=text, state=state, place=50)


def published(edition: Edition, person: Person) -> Edition:
    other = person_add(email=f"other-{edition.pk}@example.org", full_name="Somebody Else")
    for step in (EditionStep.SUBMITTED, EditionStep.REVIEWED):
        step_take(edition, step, by=person)
    step_take(edition, EditionStep.SIGNED, by=other, sealed="a hash")
    return step_take(edition, EditionStep.PUBLISHED, by=person)


def open_texts(edition: Edition) -> list[str]:
    return [highlight.text for highlight in edition.highlights.all() if highlight.state == "open"]


def test_a_quarter_that_was_not_begun_is_not_written(partnership: Partnership) -> None:
    with pytest.raises(InputError, match="Q1 2012/13 of Redditch has not been begun; begin the quarter first"):
        edition_open(partnership, Q1)


def test_a_quarter_opens_with_what_is_open_and_says_where_it_came_from(
    partnership: Partnership, person: Person
) -> None:
    last = edition_open(partnership, Q4)
    raised(last, "To be decided.")
    raised(last, "Was decided.", state="closed")
    before = open_texts(last)
    edition = quarter_open(partnership, Q1, by=person, due=date(2012, 8, 3))
    assert (edition.version, edition.state, edition.due) == (1, "draft", date(2012, 8, 3))
    assert open_texts(edition) == before
    assert {item.carried_from.edition for item in edition.highlights.all() if item.carried_from} == {last}
    change = Change.objects.first()
    assert change is not None
    assert (change.by, change.why) == (person, "Q1 2012/13 begun.")


def test_a_quarter_is_begun_once(partnership: Partnership, person: Person) -> None:
    with pytest.raises(InputError, match="Q4 2011/12 of Redditch has been begun already"):
        quarter_open(partnership, Q4, by=person)


def test_what_a_correction_copied_is_not_carried_on_twice(partnership: Partnership, person: Person) -> None:
    raised(edition_open(partnership, Q4), "To be decided.")
    first = published(edition_open(partnership, Q4), person)
    quarter_open(partnership, Q1, by=person)
    correction_begin(first, by=person, reason="A test.")
    assert open_texts(quarter_open(partnership, Q2, by=person)).count("To be decided.") == 1


def test_a_correction_has_the_texts_of_what_it_corrects(partnership: Partnership, person: Person) -> None:
    edition = edition_open(partnership, Q4)
    comment = edition.comments.all()[0]
    with changing(by=None, why="A test.", partnership=partnership):
        Override.objects.create(comment=comment, quote="Better", why="A test.", author="Ann Lee", place=0)
    raised(edition, "To be decided.")
    fresh = correction_begin(published(edition, person), by=person, reason=" February was counted twice. ")
    assert (fresh.version, fresh.state, fresh.reason) == (2, "draft", "February was counted twice.")
    assert list(fresh.comments.values_list("text", "author", "place")) == list(
        edition.comments.values_list("text", "author", "place")
    )
    assert Override.objects.get(comment__edition=fresh).why == "A test."
    assert list(fresh.highlights.values_list("text")) == list(edition.highlights.values_list("text"))
    assert edition_open(partnership, Q4) == fresh
    assert [step.name for step in fresh.steps.all()] == ["correction begun"]


def test_what_is_not_frozen_needs_no_correction(partnership: Partnership, person: Person) -> None:
    with pytest.raises(InputError, match="version 1 is a draft, and can be changed; no correction is needed"):
        correction_begin(edition_open(partnership, Q4), by=person, reason="A test.")


def test_a_version_that_was_followed_takes_no_more_steps(partnership: Partnership, person: Person) -> None:
    edition = edition_open(partnership, Q4)
    other = person_add(email="bob@example.org", full_name="Bob Low")
    for step in (EditionStep.SUBMITTED, EditionStep.REVIEWED):
        step_take(edition, step, by=person)
    signed = step_take(edition, EditionStep.SIGNED, by=other, sealed="a hash")
    correction_begin(signed, by=person, reason="A test.")
    with pytest.raises(InputError, match="version 1 has been followed by another"):
        step_take(signed, EditionStep.PUBLISHED, by=person)


def test_the_day_and_the_reasons_of_an_edition_survive_a_plan_file(
    partnership: Partnership, person: Person, tmp_path_factory: pytest.TempPathFactory
) -> None:
    edition_due(edition_open(partnership, Q4), date(2012, 5, 4), by=person)
    first = published(edition_open(partnership, Q4), person)
    correction_begin(first, by=person, reason="February was counted twice.")
    held = plan_get(partnership="Redditch")
    file = tmp_path_factory.mktemp("plans") / "plan.toml"
    file.write_text(plan_text(held), "utf-8")
    (read,) = read_plans(file)
    assert read == held
    keys = list(Edition.objects.values_list("pk", "hash", "state"))
    plan_replace(read, by=None, why="Plan loaded.")
    assert list(Edition.objects.values_list("pk", "hash", "state")) == keys
    assert plan_get(partnership="Redditch") == held


def test_an_acknowledgement_is_kept_with_its_reason(partnership: Partnership, person: Person) -> None:
    edition = edition_open(partnership, Q4)
    acknowledge(edition, "A total is missing.", by=person, why=" The system was down. ")
    step = edition.steps.get()
    assert (step.name, step.about, step.note, step.by) == (
        "acknowledged",
        "A total is missing.",
        "The system was down.",
        person,
    )
