"""Bringing in what came from outside: figures into the warehouse, plans into the database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from quarterday.editions.home import Home
from quarterday.plan.plan_file import read_plans
from quarterday.plan.services import plans_replace
from quarterday.sources.figures_csv import read_figures
from quarterday.sources.met_police import read_met_police
from quarterday.sources.population import read_population
from quarterday.warehouse.base import Intake, Landing

READERS: Mapping[str, Callable[[Path], Intake]] = {
    "figures": read_figures,
    "met-police": read_met_police,
    "population": read_population,
}
"""What `quarterday load` reads, by the name that it goes under there."""


def load_figures(home: Home, kind: str, path: Path, *, loaded_at: datetime) -> Landing:
    """Read ``path`` as one of ``READERS`` and land it whole; a fault in it changes nothing."""
    return home.warehouse().land(READERS[kind](path), loaded_at=loaded_at)


def load_plans(path: Path) -> tuple[str, ...]:
    """Put the plans of a file in the place of those before, all or none; the names of their partnerships."""
    plans = read_plans(path)
    plans_replace(plans)
    return tuple(plan.partnership.name for plan in plans)
