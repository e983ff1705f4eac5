"""A workspace that was made before the trail was kept goes on, and its first change says from what to what."""

import pytest
from django.core.management import call_command

from quarterday.people.history import lines_of
from quarterday.plan import models
from quarterday.plan.entries import Plan
from quarterday.plan.services import plan_replace


@pytest.mark.django_db(transaction=True)
def test_what_was_held_before_is_the_first_entry_of_the_trail(redditch: Plan) -> None:
    plan_replace(redditch, by=None, why="Before.")
    call_command("migrate", "people", "zero", verbosity=0)
    call_command("migrate", "plan", "0001", verbosity=0)
    call_command("migrate", verbosity=0)
    county = redditch.partnership.model_copy(update={"county": "Elsewhere"})
    plan_replace(redditch.model_copy(update={"partnership": county}), by=None, why="Moved.")
    first, latest = models.Change.objects.order_by("pk")
    assert (first.why, latest.why) == ("Held before changes were kept.", "Moved.")
    (line,) = lines_of(latest)
    assert [(column.name, column.before, column.after) for column in line.columns] == [
        ("county", "Worcestershire", "Elsewhere")
    ]
