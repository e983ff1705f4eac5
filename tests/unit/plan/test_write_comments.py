"""A comment is kept with who wrote it and why; of two who write at once nobody's text is lost."""

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.people.models import Person
from quarterday.people.services import person_add
from quarterday.plan.entries import Plan
from quarterday.plan.models import Change, Comment, Edition, Measure, Override, changing
from quarterday.plan.selectors import plan_get
from quarterday.plan.services import plan_replace
from quarterday.plan.write_comments import (
    LONGEST,
    OvertakenError,
    Written,
    comment_save,
    comment_text,
    comment_written,
    reason_text,
)

pytestmark = pytest.mark.django_db

QUARTER = Period.financial_quarter(2011, 4)
WORSE = "Worse than last year"


@pytest.fixture
def edition(redditch: Plan) -> Edition:
    plan_replace(redditch, by=None, why="Plan loaded.")
    return Edition.objects.get()


@pytest.fixture
def measure(edition: Edition) -> Measure:
    return Measure.objects.get(name="Harassment offences", partnership=edition.partnership)


@pytest.fixture
def ann() -> Person:
    return person_add(email="ann@example.org", full_name="Ann Lee")


def save(edition: Edition, measure: Measure, text: str, *, by: Person, began: str = "", **reasons: str) -> bool:
    """Save a text; begun, where nothing is said of it, with what is held."""
    began = began or comment_written(edition, measure).digest
    given = {words.replace("_", " "): why for words, why in reasons.items()}
    return comment_save(edition, measure, text, reasons=given, began=began, by=by, author=by.full_name)


def test_a_comment_is_kept_with_who_wrote_it_and_the_trail_says_so(
    edition: Edition, measure: Measure, ann: Person
) -> None:
    assert save(edition, measure, "Fewer.\r\n\r\nFar fewer.  ", by=ann)
    assert comment_written(edition, measure) == Written("Fewer.\n\nFar fewer.", "Ann Lee", {})
    change = Change.objects.first()
    assert change is not None
    assert (change.by, change.why) == (ann, "Comment on Harassment offences changed.")


def test_saving_what_is_held_changes_nothing(edition: Edition, measure: Measure, ann: Person) -> None:
    save(edition, measure, "Fewer.", by=ann)
    before = Change.objects.count()
    assert not save(edition, measure, " Fewer. ", by=ann, began="whatever")
    assert Change.objects.count() == before


def test_the_second_of_two_is_told_and_both_texts_are_there(edition: Edition, measure: Measure, ann: Person) -> None:
    began = comment_written(edition, measure).digest
    save(edition, measure, "Theirs.", by=ann)
    with pytest.raises(OvertakenError, match="Ann Lee saved another text while you wrote") as told:
        save(edition, measure, "Mine.", by=ann, began=began)
    assert told.value.held.text == comment_written(edition, measure).text == "Theirs."
    assert save(edition, measure, "Mine.", by=ann, began=told.value.held.digest)


def test_one_who_gave_a_reason_meanwhile_is_not_overwritten(edition: Edition, measure: Measure, ann: Person) -> None:
    save(edition, measure, WORSE, by=ann)
    began = comment_written(edition, measure).digest
    save(edition, measure, WORSE, by=ann, Worse_than_last_year="As the minutes have it.")
    with pytest.raises(OvertakenError):
        save(edition, measure, f"{WORSE}.", by=ann, began=began)


def test_a_reason_is_in_the_trail_and_outlives_a_plan_that_comes_again(
    edition: Edition, measure: Measure, ann: Person
) -> None:
    save(edition, measure, WORSE, by=ann, Worse_than_last_year="As the minutes have it.")
    change = Change.objects.first()
    assert change is not None
    assert f"“{WORSE}” stays although the figures contradict it: As the minutes have it." in change.why
    key = Override.objects.get().pk
    plan = plan_get(partnership="Redditch")
    plan_replace(plan, by=None, why="The same again.")
    held = Override.objects.get()
    assert (held.pk, held.quote, held.why, held.author) == (key, WORSE, "As the minutes have it.", "Ann Lee")


def test_a_reason_goes_with_its_claim(edition: Edition, measure: Measure, ann: Person) -> None:
    save(edition, measure, WORSE, by=ann, Worse_than_last_year="As the minutes have it.")
    save(edition, measure, "Better than last year", by=ann)
    assert not Override.objects.exists()


def test_an_empty_text_removes_the_comment(edition: Edition, measure: Measure, ann: Person) -> None:
    save(edition, measure, "Fewer.", by=ann)
    assert save(edition, measure, "  \n ", by=ann, anything="a reason without a text")
    assert comment_written(edition, measure) == Written()
    assert save(edition, measure, "Again.", by=ann)
    assert Comment.objects.get(measure=measure).text == "Again."


def test_a_frozen_edition_takes_no_comment(edition: Edition, measure: Measure, ann: Person) -> None:
    with changing(by=ann, why="Signed.", partnership=edition.partnership):
        edition.state = "signed"
        edition.save()
    with pytest.raises(InputError, match="begin a correction"):
        save(edition, measure, "Too late.", by=ann)
    assert comment_written(edition, measure).text != "Too late."


@pytest.mark.parametrize("text", ["one\x0btwo", "one\rtwo", "one\u2028two"])
def test_line_ends_of_word_processors_are_line_ends(text: str) -> None:
    assert comment_text(text) == "one\ntwo"
    assert reason_text(text) == "one two"


@pytest.mark.parametrize(("text", "told"), [("a\x07b", "U\\+0007"), ("x" * (LONGEST + 1), "8,001 characters")])
def test_what_cannot_be_kept_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        comment_text(text)
