"""A plan goes into the database whole, or not at all, and comes back equal."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, given, settings

from quarterday.domain.faults import InputError
from quarterday.plan import models, services
from quarterday.plan.entries import AreaEntry, PartnershipEntry, Plan
from quarterday.plan.plan_file import plan_text
from quarterday.plan.selectors import partnership_names, plan_get
from quarterday.plan.services import plan_replace, plans_replace
from tests.unit.plan.plan_strategies import plans

pytestmark = pytest.mark.django_db

AT_TERMINAL = {"by": None, "why": "Plan loaded."}


def plan_of(name: str, short_name: str) -> Plan:
    return Plan(partnership=PartnershipEntry(name=name, short_name=short_name, areas=(AreaEntry(name=short_name),)))


def test_redditch_comes_back_equal_and_is_written_out_alike(redditch: Plan) -> None:
    plan_replace(redditch, **AT_TERMINAL)
    held = plan_get(partnership="Redditch Community Safety Partnership")
    assert held == redditch
    assert plan_text(held) == plan_text(redditch)


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(plans())
def test_any_plan_comes_back_equal(plan: Plan) -> None:
    with models.changing(by=None, why="Another example.", partnership=None):
        models.Partnership.objects.all().delete()
    plan_replace(plan, **AT_TERMINAL)
    held = plan_get(partnership=plan.partnership.name)
    assert held == plan
    assert plan_text(held) == plan_text(plan)


def test_every_borough_comes_back_equal(boroughs: tuple[Plan, ...]) -> None:
    plans_replace(boroughs, **AT_TERMINAL)
    assert [plan_get(partnership=plan.partnership.short_name) for plan in boroughs] == list(boroughs)


def test_a_plan_takes_the_place_of_the_one_of_its_name(redditch: Plan) -> None:
    plan_replace(redditch, **AT_TERMINAL)
    key = models.Partnership.objects.get().pk
    shorter = redditch.model_copy(update={"editions": (), "countywide": ()})
    plan_replace(shorter, **AT_TERMINAL)
    assert plan_get(partnership="Redditch") == shorter
    assert models.Partnership.objects.get().pk == key
    assert not models.Comment.objects.exists()


def test_another_partnership_is_left_alone(redditch: Plan, boroughs: tuple[Plan, ...]) -> None:
    plan_replace(redditch, **AT_TERMINAL)
    plan_replace(boroughs[0], **AT_TERMINAL)
    plan_replace(boroughs[0], **AT_TERMINAL)
    assert plan_get(partnership="Redditch") == redditch


def test_a_plan_that_cannot_be_written_changes_nothing(redditch: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_replace(redditch, **AT_TERMINAL)

    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(services, "_editions_write", fail)
    with pytest.raises(DatabaseError):
        plan_replace(redditch.model_copy(update={"priorities": (), "editions": ()}), **AT_TERMINAL)
    assert plan_get(partnership="Redditch") == redditch


def test_of_several_plans_all_are_written_or_none() -> None:
    with pytest.raises(InputError):
        plans_replace(
            [plan_of("Exampleton Partnership", "Exampleton"), plan_of("Another", "exampleton")], **AT_TERMINAL
        )
    assert partnership_names() == ()


@pytest.mark.parametrize(
    ("name", "short_name"),
    [("Another Partnership", "EXAMPLETON"), ("Exampleton", "Another"), ("exampleton partnership", "Another")],
)
def test_a_name_that_another_partnership_has_is_refused(name: str, short_name: str) -> None:
    plan_replace(plan_of("Exampleton Partnership", "Exampleton"), **AT_TERMINAL)
    with pytest.raises(InputError, match=r"is the name of a partnership that is held already, Exampleton Partnership"):
        plan_replace(plan_of(name, short_name), **AT_TERMINAL)


def test_a_partnership_goes_by_either_name_in_any_case(redditch: Plan) -> None:
    plan_replace(redditch, **AT_TERMINAL)
    assert plan_get(partnership="redditch") == redditch
    assert plan_get(partnership="REDDITCH  community safety partnership") == redditch


def test_an_unknown_partnership_is_answered_with_the_known_ones() -> None:
    plans_replace([plan_of("B Partnership", "B"), plan_of("A Partnership", "A")], **AT_TERMINAL)
    with pytest.raises(InputError, match="'C' came, but no partnership of that name is held; wanted one of 'A', 'B'"):
        plan_get(partnership="C")
    assert partnership_names() == ("A Partnership", "B Partnership")


def test_where_no_plan_is_held_the_error_says_what_to_do() -> None:
    with pytest.raises(InputError, match="none is held yet: load its plan first"):
        plan_get(partnership="Redditch")


def test_reading_takes_as_many_queries_for_a_large_plan_as_for_a_small_one(
    redditch: Plan, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    plan_replace(redditch, **AT_TERMINAL)
    with django_assert_num_queries(29):
        plan_get(partnership="Redditch")
