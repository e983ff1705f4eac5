"""The page on people says of each role what the rules let it do."""

import pytest

from quarterday.people.rules import HISTORY, LEAD, LOAD, MANAGE, PLAN, READ, REVIEW, SIGN, WRITE, may
from quarterday.plan.selectors import partnership_row
from tests.conftest import ROOT
from tests.docs.test_documents import rows_of
from tests.world import World, quick_passwords, world

__all__ = ["quick_passwords", "world"]

# In the order of the page's columns and rows.
ROLES = ("reader", "contributor", "analyst", "manager", "signatory")
RIGHTS = (READ, LEAD, LOAD, WRITE, WRITE, REVIEW, PLAN, HISTORY, MANAGE, SIGN)


@pytest.mark.django_db
def test_the_table_of_roles_is_what_the_rules_say(world: World) -> None:
    redditch = partnership_row("Redditch")
    said = [[bool(cell) for cell in cells] for _, *cells in rows_of(ROOT / "docs" / "how-to" / "people.md")]
    assert said == [[may(world.people[role], right, redditch) for role in ROLES] for right in RIGHTS]
