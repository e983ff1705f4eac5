"""A plan that comes again changes rows where they stand, and the trail keeps who changed what, and why."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings

from quarterday.people.models import Person
from quarterday.plan import models
from quarterday.plan.entries import Plan
from quarterday.plan.models.trail import UNALTERABLE, Unalterable
from quarterday.plan.selectors import plan_get
from quarterday.plan.services import plan_replace
from tests.unit.plan.plan_strategies import plans

pytestmark = pytest.mark.django_db

WHO_AND_WHY = {"by": None, "why": "Plan loaded."}


def keys() -> dict[str, list[int]]:
    return {
        table.__name__: list(table._default_manager.order_by("pk").values_list("pk", flat=True))  # noqa: SLF001 - Django's name for it
        for table in models.RECORDED
    }


def with_first_measure(plan: Plan, **columns: object) -> Plan:
    (priority, *others) = plan.priorities
    (measure, *more) = priority.measures
    changed = priority.model_copy(update={"measures": (measure.model_copy(update=columns), *more)})
    return plan.model_copy(update={"priorities": (changed, *others)})


def test_the_trail_keeps_the_changes_of_every_table_of_plans_and_of_roles() -> None:
    tables = {table for room in ("plan", "people") for table in apps.get_app_config(room).get_models()}
    # A plan file that waits is no plan yet; what comes of it is kept when it is accepted.
    own = {table for table in tables if not issubclass(table, Unalterable)} - {Person, models.PlanFile}
    assert own == set(models.RECORDED)


def test_a_plan_that_comes_again_changes_nothing_and_leaves_no_trace(redditch: Plan) -> None:
    plan_replace(redditch, **WHO_AND_WHY)
    before = keys(), models.Change.objects.count()
    plan_replace(redditch, **WHO_AND_WHY)
    assert (keys(), models.Change.objects.count()) == before


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(plans(), plans())
def test_any_plan_can_take_the_place_of_any_other(first: Plan, second: Plan) -> None:
    with transaction.atomic():
        plan_replace(first, **WHO_AND_WHY)
        second = second.model_copy(
            update={"partnership": second.partnership.model_copy(update={"name": first.partnership.name})}
        )
        plan_replace(second, **WHO_AND_WHY)
        assert plan_get(partnership=first.partnership.name) == second
        transaction.set_rollback(True)


def test_what_is_named_as_before_keeps_its_row_whatever_else_is_said_of_it(redditch: Plan) -> None:
    plan_replace(redditch, **WHO_AND_WHY)
    before = keys()
    plan_replace(with_first_measure(redditch, definition="Counted otherwise."), **WHO_AND_WHY)
    assert keys() == before
    assert models.Measure.objects.order_by("pk")[0].definition == "Counted otherwise."


def test_a_measure_that_moves_to_another_priority_keeps_its_row(redditch: Plan) -> None:
    plan_replace(redditch, **WHO_AND_WHY)
    measure = models.Measure.objects.get(name=redditch.priorities[0].measures[0].name)
    (priority,) = redditch.priorities
    moved = priority.model_copy(update={"name": "Another priority"})
    plan_replace(redditch.model_copy(update={"priorities": (moved,)}), **WHO_AND_WHY)
    again = models.Measure.objects.get(name=measure.name)
    assert (again.pk, again.priority.name) == (measure.pk, "Another priority")


def test_another_spelling_of_a_name_is_the_same_thing(redditch: Plan) -> None:
    plan_replace(redditch, **WHO_AND_WHY)
    before = models.Agency.objects.get(short_name="YOS").pk
    agencies = tuple(
        agency.model_copy(update={"short_name": "Yos"}) if agency.short_name == "YOS" else agency
        for agency in redditch.agencies
    )
    plan_replace(redditch.model_copy(update={"agencies": agencies, "priorities": (), "editions": ()}), **WHO_AND_WHY)
    assert models.Agency.objects.get(short_name="Yos").pk == before


def test_the_trail_says_from_what_to_what_and_why(redditch: Plan) -> None:
    plan_replace(redditch, **WHO_AND_WHY)
    plan_replace(with_first_measure(redditch, definition="Counted otherwise."), by=None, why="The Home Office's rules.")
    measure = models.Measure.objects.order_by("pk")[0]
    after, before = measure.history.all()[:2]  # type: ignore[attr-defined]
    assert (before.definition, after.definition) == (
        redditch.priorities[0].measures[0].definition,
        "Counted otherwise.",
    )
    assert [before.change.why, after.change.why] == ["Plan loaded.", "The Home Office's rules."]
    assert {before.change.partnership, after.change.partnership} == {measure.partnership}


def test_what_is_left_out_is_removed_and_the_trail_keeps_it(redditch: Plan) -> None:
    plan_replace(redditch, **WHO_AND_WHY)
    plan_replace(redditch.model_copy(update={"editions": ()}), by=None, why="Begun anew.")
    removed = models.Comment.history.filter(history_type="-")  # type: ignore[attr-defined]
    assert removed.count() == sum(len(edition.comments) for edition in redditch.editions)
    assert {row.change.why for row in removed} == {"Begun anew."}


def test_no_row_is_written_without_a_change_that_says_who_and_why(redditch: Plan) -> None:
    plan_replace(redditch, **WHO_AND_WHY)
    measure = models.Measure.objects.order_by("pk")[0]
    measure.definition = "Nobody said why."
    with pytest.raises(IntegrityError), transaction.atomic():
        measure.save()


def test_what_the_trail_keeps_is_not_altered(redditch: Plan) -> None:
    plan_replace(redditch, **WHO_AND_WHY)
    change, kept = models.Change.objects.get(), models.Measure.history.first()  # type: ignore[attr-defined]
    for alter in (change.save, change.delete, kept.save, kept.delete):
        with pytest.raises(TypeError, match=UNALTERABLE):
            alter()
    for rows in (models.Change.objects.all(), models.Measure.history.all(), type(kept).objects.all()):  # type: ignore[attr-defined]
        with pytest.raises(TypeError, match=UNALTERABLE):
            rows.delete()
        with pytest.raises(TypeError, match=UNALTERABLE):
            rows.update(history_type="+")


def test_a_plan_that_cannot_be_written_leaves_no_trace(redditch: Plan) -> None:
    with transaction.atomic():
        plan_replace(redditch, **WHO_AND_WHY)
        transaction.set_rollback(True)
    assert not models.Change.objects.exists()
