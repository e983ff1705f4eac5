"""What the figures of a partnership's quarter show, before anything is written of it."""

from collections.abc import Sequence

from quarterday.commentary.wording import listed
from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions.analyse import Analysis, analyse_plan
from quarterday.editions.build import edition_before
from quarterday.editions.gather import Gatherer
from quarterday.editions.home import Home
from quarterday.plan.selectors import plan_get


def findings_of(home: Home, partnership: str, *, quarter: Period, measure: str = "") -> tuple[Analysis, ...]:
    """Each measure of the plan, or the one named, with its findings; strong words allow for all of its priority.

    A partnership without a plan, a measure that is not in it and a quarter without figures are errors that say what
    there is.
    """
    plan = plan_get(partnership=partnership)
    gatherer = Gatherer(home.warehouse().held_still())
    last = edition_before(home.editions, plan.partnership.short_name, quarter)
    analyses = [analysis for _, found in analyse_plan(plan, quarter, gatherer, last=last) for analysis in found]
    names = [analysis.measure.name for analysis in analyses]
    wanted = [item for item in analyses if not measure or key_of(item.measure.name) == key_of(measure)]
    if not wanted:
        raise InputError(f"{partnership} has no measure {measure!r} in its plan; there are {', '.join(names)}.")
    _check_quarter(wanted, quarter)
    return tuple(wanted)


def _check_quarter(analyses: Sequence[Analysis], quarter: Period) -> None:
    """Refuse a quarter of which nothing at all is held."""
    if any(figure.value is not None for analysis in analyses for figure in analysis.figures):
        return
    held = [period for analysis in analyses if analysis.holding for period in analysis.holding.figures]
    if not held:
        names = listed([analysis.measure.name for analysis in analyses])
        raise InputError(f"no figures are held of {names}; load them first: quarterday load --help.")
    span = Period.run(min(held), max(held, key=lambda period: period.last))
    raise InputError(
        f"nothing is known for {quarter.name} nor for the two years before it; the figures held of these measures run "
        f"from {Period(span.first, 1).for_sentence()} to {Period(span.last, 1).for_sentence()}."
    )
