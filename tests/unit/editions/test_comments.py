"""A quarter as it is now, and comments on it: checked against the figures, kept with a reason where they differ."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.editions import now as now_room
from quarterday.editions.comments import (
    MOST_MARKED,
    Checked,
    check,
    comment_write,
    counted,
    key_of_words,
    state_of,
    verdict_of,
)
from quarterday.editions.home import Home
from quarterday.editions.now import Now, quarter_now
from quarterday.people.models import Person
from quarterday.people.services import person_add
from quarterday.plan.models import Change, Comment, Edition, Measure, Partnership
from quarterday.plan.selectors import plan_get
from quarterday.plan.services import plan_replace
from quarterday.plan.write_comments import comment_written
from quarterday.plan.write_editions import quarter_open
from quarterday.report.document import CheckedQuote
from quarterday.warehouse.base import Intake
from tests.unit.editions.test_build import QUARTER, THEFT, TWO_YEARS, plan

pytestmark = pytest.mark.django_db

FELL = "Thefts fell against last year."
WHY = "The force closed its books early."


def land(home: Home, counts: dict[Period, float], *, file: str) -> None:
    figures = tuple(Figure("Theft", "Ash", month, count) for month, count in counts.items())
    source = Source(file, "Nobody", "", (SourceFile(file, file.encode().hex().ljust(64, "0")[:64]),))
    home.warehouse().land(Intake(source, "test 1", figures), loaded_at=datetime(2026, 4, 20, tzinfo=UTC))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A workspace in which thefts rose from 24 a year to 36."""
    home = Home(tmp_path)
    last = QUARTER.last - 12
    land(home, {month: 2 if month.last <= last else 3 for month in TWO_YEARS}, file="first.csv")
    return home


@pytest.fixture
def woods() -> Partnership:
    areas = [{"name": "Ash"}]
    alone = {"name": "Woods Partnership", "short_name": "Woods", "areas": areas}
    plan_replace(plan(partnership=alone), by=None, why="Plan loaded.")
    return Partnership.objects.get(short_name="Woods")


@pytest.fixture
def edition(woods: Partnership) -> Edition:
    return quarter_open(woods, QUARTER, by=None)


@pytest.fixture
def ann() -> Person:
    return person_add(email="ann@example.org", full_name="Ann Lee")


def write(now: Now, edition: Edition, text: str, *, by: Person, **reasons: str) -> tuple[CheckedQuote, ...]:
    """Save a comment on thefts, with reasons by the words of their claims; the claims as they stand then."""
    measure = Measure.objects.get(name="Theft")
    given = {key_of_words(words): why for words, why in reasons.items()}
    began = comment_written(edition, measure).digest
    checked, _ = comment_write(now, edition, measure, text, given=given, began=began, by=by)
    return checked.claims


def contradicted(now: Now) -> str:
    (claim,) = check(now, "Theft", FELL, {}).blocking
    return claim.quote


def test_a_claim_is_checked_against_the_figures_held_now(home: Home, edition: Edition) -> None:
    checked = check(quarter_now(home, edition.partnership, QUARTER), "Theft", FELL, {})
    assert [verdict_of(claim) for claim in checked.claims] == ["contradicted"]
    assert "24 in 2024/25, 36 in 2025/26" in checked.claims[0].why
    land(home, dict.fromkeys(Period.ending(QUARTER, 12), 1), file="second.csv")
    checked = check(quarter_now(home, edition.partnership, QUARTER), "Theft", FELL, {})
    assert [verdict_of(claim) for claim in checked.claims] == ["supported"]


def test_what_takes_long_is_done_once_while_nothing_changes(
    home: Home, edition: Edition, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = quarter_now(home, edition.partnership, QUARTER)
    assert quarter_now(home, edition.partnership, QUARTER).document is before.document

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("the figures were analysed again")

    monkeypatch.setattr(now_room, "analyse_plan", fail)
    write(before, edition, FELL, by=ann)
    after = quarter_now(home, edition.partnership, QUARTER)
    row = after.document.measure_tables[0].rows[0]
    assert row.comment is not None
    assert row.comment.text == FELL


def test_a_measure_that_changes_is_analysed_again(home: Home, edition: Edition) -> None:
    def drafted() -> str:
        return quarter_now(home, edition.partnership, QUARTER).document.measure_tables[0].rows[0].drafted

    assert drafted().startswith("Worse than last year")
    held = plan_get(partnership="Woods")
    higher = plan(priorities=[{"name": "Safety", "measures": [THEFT | {"polarity": "higher"}]}])
    changed = held.model_copy(update={"priorities": higher.priorities})
    plan_replace(changed, by=None, why="It was the wrong way round.")
    assert drafted().startswith("Better than last year")


def test_a_quarter_of_a_plan_without_measures_says_so(home: Home) -> None:
    bare = plan(priorities=[])
    plan_replace(bare, by=None, why="Plan loaded.")
    with pytest.raises(InputError, match="there is no measure in the plan"):
        quarter_now(home, Partnership.objects.get(), QUARTER)


def test_an_overridden_claim_blocks_no_longer_and_stands_in_the_document_with_its_reason(
    home: Home, edition: Edition, ann: Person
) -> None:
    now = quarter_now(home, edition.partnership, QUARTER)
    write(now, edition, FELL, by=ann)
    assert len(quarter_now(home, edition.partnership, QUARTER).document.contradictions) == 1
    write(now, edition, FELL, by=ann, **{contradicted(now): WHY})
    document = quarter_now(home, edition.partnership, QUARTER).document
    row = document.measure_tables[0].rows[0]
    assert document.contradictions == ()
    assert row.comment is not None
    (claim,) = row.comment.overrides
    assert (claim.verdict, claim.overridden, claim.overridden_by) == ("contradicted", WHY, "Ann Lee")
    assert state_of(row) == "Written: 1 overridden"


def test_a_reason_is_void_once_its_words_leave_the_text_or_the_figures_agree(
    home: Home, edition: Edition, ann: Person
) -> None:
    now = quarter_now(home, edition.partnership, QUARTER)
    quote = contradicted(now)
    write(now, edition, FELL, by=ann, **{quote: WHY})
    write(now, edition, "Thefts rose against last year.", by=ann, **{quote: WHY})
    (claim,) = write(now, edition, FELL, by=ann)
    assert verdict_of(claim) == "contradicted"
    write(now, edition, FELL, by=ann, **{quote: WHY})
    land(home, dict.fromkeys(Period.ending(QUARTER, 12), 1), file="second.csv")
    comment = quarter_now(home, edition.partnership, QUARTER).document.measure_tables[0].rows[0].comment
    assert comment is not None
    assert [(item.verdict, item.overridden) for item in comment.claims] == [("supported", "")]


def test_a_reason_for_what_is_not_contradicted_is_no_override(home: Home, edition: Edition, ann: Person) -> None:
    now = quarter_now(home, edition.partnership, QUARTER)
    rose = "Thefts rose against last year."
    (claim,) = check(now, "Theft", rose, {}).claims
    write(now, edition, rose, by=ann, **{claim.quote: WHY})
    assert comment_written(edition, Measure.objects.get(name="Theft")).reasons == {}


def test_the_text_is_cut_at_its_claims_and_loses_nothing(home: Home, edition: Edition) -> None:
    now = quarter_now(home, edition.partnership, QUARTER)
    text = "In all, thefts fell by 12 (50%), from 24 to 36. Locks were fitted."
    checked = check(now, "Theft", text, {})
    assert "".join(words for words, _ in checked.segments()) == text
    assert {number for _, number in checked.segments()} > {0, 1}
    assert counted(checked.claims).count(",") == len({verdict_of(claim) for claim in checked.claims}) - 1


def test_where_a_total_comes_from_is_told_for_each_district(home: Home) -> None:
    plan_replace(plan(), by=None, why="Plan loaded.")  # of Ash and Beech
    partnership = Partnership.objects.get()
    traces = quarter_now(home, partnership, QUARTER).trace("Theft", Period.ending(QUARTER, 12))
    assert [(trace.figure.area, trace.figure.value, len(trace.parts)) for trace in traces] == [
        ("Ash", 36, 12),
        ("Beech", None, 1),
    ]
    assert [release.source.title for release in traces[0].releases] == ["first.csv"]


def test_a_change_that_was_begun_before_the_latest_and_kept_after_it_is_seen(
    home: Home, edition: Edition, ann: Person
) -> None:
    now = quarter_now(home, edition.partnership, QUARTER)
    write(now, edition, FELL, by=ann)
    quarter_now(home, edition.partnership, QUARTER)
    Comment.objects.update(text="Another text.")  # as one server of two would see the other's work, come late
    Change.objects.bulk_create([Change(pk=-1, why="Begun first, kept last.", partnership=edition.partnership)])
    row = quarter_now(home, edition.partnership, QUARTER).document.measure_tables[0].rows[0]
    assert row.comment is not None
    assert row.comment.text == "Another text."


def test_of_very_many_claims_those_that_block_are_marked_first() -> None:
    verdicts = ["supported"] * (MOST_MARKED + 40) + ["contradicted"] * 20
    claims = tuple(
        CheckedQuote(quote="5", start=2 * at, end=2 * at + 1, verdict=verdict, why="")
        for at, verdict in enumerate(verdicts)
    )
    checked = Checked("5," * len(claims), claims)
    assert len(checked.marked) == MOST_MARKED
    assert [claim.verdict for claim in checked.marked].count("contradicted") == 20
    assert "".join(text for text, _ in checked.segments()) == checked.text
