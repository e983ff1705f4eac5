"""The plans that come with the package."""

import pytest

from quarterday.plan.entries import Plan
from quarterday.plan.plan_file import read_plans
from tests.unit.plan.plan_files import LONDON, REDDITCH


@pytest.fixture(scope="session")
def redditch() -> Plan:
    (plan,) = read_plans(REDDITCH)
    return plan


@pytest.fixture(scope="session")
def boroughs() -> tuple[Plan, ...]:
    return read_plans(LONDON)
