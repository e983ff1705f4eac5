"""Bringing in figures, looked at beside the plans held, and plans."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure
from quarterday.editions.home import Home
from quarterday.editions.load_rows import Loaded, overtaken
from quarterday.plan.plan_file import read_plans
from quarterday.plan.selectors import planned_names
from quarterday.plan.services import plans_replace
from quarterday.sources.extract import read_extract
from quarterday.sources.figures_csv import read_figures
from quarterday.sources.home_office_csp import read_home_office_csp
from quarterday.sources.home_office_forces import read_home_office_forces
from quarterday.sources.met_police import read_met_police
from quarterday.sources.monthly_return import read_monthly_return
from quarterday.sources.population import read_population
from quarterday.sources.published_table import read_published_table
from quarterday.warehouse.base import Intake

MOST_NAMED = 8

READERS: Mapping[str, Callable[..., Intake]] = {
    "figures": read_figures,
    "met-police": read_met_police,
    "population": read_population,
    "extract": read_extract,
    "home-office-csp": read_home_office_csp,
    "home-office-forces": read_home_office_forces,
    "monthly-return": read_monthly_return,
    "published-table": read_published_table,
}
"""What `quarterday load` reads, by the name that it goes under there."""


def load_figures(home: Home, kind: str, path: Path, *, loaded_at: datetime, **told: str | Path) -> Loaded:
    """Read ``path`` as one of ``READERS`` and land it whole; a fault in it changes nothing.

    ``told`` is what the reader must know besides: the ``area`` of a published table, the ``map_path`` of an extract.
    """
    intake, warehouse = READERS[kind](path, **told), home.warehouse()
    landing = warehouse.land(intake, loaded_at=loaded_at)
    return Loaded(landing, (*overtaken(landing, warehouse.releases()), *unplanned(intake.figures)))


def unplanned(figures: Collection[Figure]) -> Iterator[str]:
    """The names that no plan held knows: slips of the pen would else show as missing figures, much later."""
    known = planned_names()
    if not known.measures:
        return
    for kind, names, planned in (
        ("measure", {figure.measure for figure in figures}, known.measures),
        ("area", {figure.area for figure in figures}, known.areas),
    ):
        strangers = sorted(name for name in names if key_of(name) not in planned)
        if strangers:
            more = f" and {len(strangers) - MOST_NAMED} more" if len(strangers) > MOST_NAMED else ""
            yield f"No plan held names the {kind} {'; '.join(strangers[:MOST_NAMED])}{more}."


def load_plans(path: Path) -> tuple[str, ...]:
    """Put the plans of a file in the place of those before, all or none; the names of their partnerships."""
    plans = read_plans(path)
    plans_replace(plans, by=None, why=f"Plan loaded from {path.name}.")
    return tuple(plan.partnership.name for plan in plans)
