"""The tables refuse what must never hold, and keep periods in the order of time."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.models import Model

from quarterday.domain.period import Period
from quarterday.plan import models
from quarterday.plan.period_field import PeriodField

pytestmark = pytest.mark.django_db

YEAR = Period.financial_year(2011)
Q4 = Period.financial_quarter(2011, 4)


@pytest.fixture(autouse=True)
def change() -> Iterator[None]:
    with models.changing(by=None, why="A test.", partnership=None):
        yield


@pytest.fixture
def partnership() -> models.Partnership:
    return models.Partnership.objects.create(name="P", short_name="P", marking="OFFICIAL")


@pytest.fixture
def measure(partnership: models.Partnership) -> models.Measure:
    priority = models.Priority.objects.create(partnership=partnership, place=0, name="Safer homes")
    owned = {"partnership": partnership, "priority": priority, "place": 0}
    return models.Measure.objects.create(**owned, name="Burglary", polarity="lower", window=12)


@pytest.fixture
def project(measure: models.Measure) -> models.Project:
    return models.Project.objects.create(
        partnership=measure.partnership, priority=measure.priority, place=0, name="Locks"
    )


@pytest.fixture
def edition(partnership: models.Partnership) -> models.Edition:
    return models.Edition.objects.create(partnership=partnership, place=0, quarter=Q4, version=1, state="draft")


@pytest.fixture
def owners(project: models.Project, measure: models.Measure, edition: models.Edition) -> dict[str, object]:
    """What a row may belong to."""
    return {
        "partnership": measure.partnership,
        "priority": measure.priority,
        "measure": measure,
        "project": project,
        "edition": edition,
        "place": 0,
    }


def test_migrations_make_the_tables_that_the_models_describe() -> None:
    call_command("makemigrations", "plan", check=True, dry_run=True, verbosity=0)


def test_a_period_is_kept_as_its_first_and_last_month(measure: models.Measure) -> None:
    models.Baseline.objects.create(measure=measure, place=0, value=573, period=YEAR)
    with connection.cursor() as cursor:
        cursor.execute("select period from plan_baseline")
        assert cursor.fetchone() == ("2011-04/2012-03",)
    assert models.Baseline.objects.get().period == YEAR


def test_periods_are_found_and_sorted_by_time(measure: models.Measure) -> None:
    for place, period in enumerate([YEAR, Period.month(2012, 3), Period.month(2009, 12)]):
        models.Baseline.objects.create(measure=measure, place=place, value=1, period=period)
    by_time = models.Baseline.objects.order_by("period").values_list("period", flat=True)
    assert list(by_time) == [Period.month(2009, 12), YEAR, Period.month(2012, 3)]
    assert models.Baseline.objects.get(period="2012-03").place == 1
    assert models.Baseline.objects.filter(period__gte=YEAR).count() == 2


def test_a_period_field_reads_what_a_form_gives() -> None:
    assert PeriodField().to_python("2011/12") == YEAR
    assert PeriodField().to_python("") is None
    with pytest.raises(ValidationError, match="is no period"):
        PeriodField().to_python("soon")


def test_a_marking_is_a_known_one() -> None:
    with pytest.raises(IntegrityError, match="known_marking"):
        models.Partnership.objects.create(name="P", short_name="P", marking="SECRET")


@pytest.mark.parametrize(
    ("model", "columns", "constraint"),
    [
        (models.Partnership, {"name": "Q", "short_name": "P", "marking": "OFFICIAL"}, "short_name"),
        (models.Measure, {"name": "Theft", "polarity": "better", "window": 12}, "known_polarity"),
        (
            models.Measure,
            {"name": "Burglary", "polarity": "lower", "window": 12},
            "measure.(name|one_partnership_name)",
        ),
        (models.Measure, {"name": "Theft", "polarity": "lower", "window": 0}, "window_of_a_month_or_more"),
        (models.Target, {"value": 1, "period": YEAR, "tolerance": -1, "kind": "value"}, "tolerance_either_way"),
        (models.Target, {"value": 1, "period": YEAR, "tolerance": 0, "kind": "guess"}, "known_kind"),
        (models.Action, {"text": "x", "state": "late"}, "known_state"),
        (models.Action, {"text": "x", "state": "open", "when": "2012", "window": YEAR}, "one_window"),
        (models.ProjectFigure, {"name": "Visits", "period": YEAR}, "no_gap_without_a_reason"),
        (models.Edition, {"quarter": Q4, "version": 1, "state": "draft"}, "edition.(quarter|one_partnership_quarter)"),
        (models.Edition, {"quarter": Q4, "version": 2, "state": "lost"}, "known_state"),
        (models.Highlight, {"text": "x", "kind": "issue", "state": "open"}, "on_one_thing"),
        (models.PartnershipArea, {"name": "A", "since": "2012-04-01", "until": "2012-03-31"}, "in_order"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused(
    owners: dict[str, object], model: type[Model], columns: dict[str, object], constraint: str
) -> None:
    owned = {name: owner for name, owner in owners.items() if hasattr(model, name)}
    with pytest.raises(IntegrityError, match=constraint):
        model._default_manager.create(**owned, **columns)  # noqa: SLF001 - Django's name for it


def test_a_rank_lies_within_the_areas_ranked(measure: models.Measure) -> None:
    group = models.PeerGroup.objects.create(
        partnership=measure.partnership, place=0, name="G", version="1", size=15, includes_area=True
    )
    quoted = {"measure": measure, "group": group, "place": 0, "period": YEAR}
    with pytest.raises(IntegrityError, match="rank_within_the_group"):
        models.QuotedStanding.objects.create(**quoted, rank=16, of=15)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"value": "573", "status": "awaited"},
        {"status": "awaited"},
        {"status": "lost", "reason": "x"},
    ],
)
def test_a_cell_says_one_thing(partnership: models.Partnership, said: dict[str, str]) -> None:
    row = models.CountywidePriority.objects.create(partnership=partnership, place=0, priority="Drugs", quarter=Q4)
    with pytest.raises(IntegrityError, match="value_or_status"):
        models.CountywideCell.objects.create(row=row, column="county", **said)
