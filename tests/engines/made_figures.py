"""Figures of several lengths, with gaps, and what is asked of them, made up for tests."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

from hypothesis import strategies as st

from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure, missing
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.warehouse.engine import Engine, steps
from quarterday.warehouse.reference_rolling import RollingLaw, RollingRow
from quarterday.warehouse.rolling import Rolling, rolling_table

FIRST = Period.month(2018, 4).first
MEASURES = ("All crime", "Theft", "Robbery")
AREAS = ("Redditch", "Bromsgrove", "Wyre Forest")
RESIDENTS = "Residents"
COLUMN_TYPES = {
    "measure": "varchar",
    "measure_key": "varchar",
    "area": "varchar",
    "area_key": "varchar",
    "first_month": "integer",
    "months": "integer",
    "value": "double",
    "status": "varchar",
    "note": "varchar",
    "release": "varchar",
}
"""The columns of figures held, as held.sql leaves them."""


@dataclass(frozen=True)
class Case:
    """Figures held, and what is asked of them; and what an earlier release said in the place of some of them."""

    figures: tuple[Figure, ...]
    asked: Rolling
    earlier: tuple[Figure, ...] = ()


# Halves add up exactly in any order; what others add up to is an example of its own.
_values = st.integers(0, 40).map(float) | st.integers(-3, 120).map(lambda half: half / 2)


@st.composite
def _months(draw: st.DrawFn, measure: str, area: str) -> list[Figure]:
    """A run of months, of which some may be missing, or have no number."""
    first = FIRST + draw(st.integers(0, 3))
    values = draw(st.lists(_values, min_size=1, max_size=20))
    gaps = draw(st.sets(st.integers(0, 19), max_size=2))
    unknown = draw(st.sets(st.integers(0, 19), max_size=2))
    return [
        missing(measure, area, Period(first + place, 1), "no return came")
        if place in unknown
        else Figure(measure, area, Period(first + place, 1), value)
        for place, value in enumerate(values)
        if place not in gaps
    ]


@st.composite
def _longer(draw: st.DrawFn, measure: str, area: str) -> list[Figure]:
    """Totals over several months, side by side with others; some are not to be given away."""
    periods = st.builds(Period, st.integers(FIRST, FIRST + 16), st.sampled_from([1, 2, 3, 3, 12]))
    found = draw(st.lists(periods, min_size=1, max_size=8, unique=True))
    return [
        Figure(measure, area, period, None, (Status.CONFIDENTIAL,), "small numbers")
        if draw(st.integers(0, 9)) == 0
        else Figure(measure, area, period, draw(_values))
        for period in found
    ]


@st.composite
def _residents(draw: st.DrawFn, area: str) -> list[Figure]:
    periods = st.builds(Period, st.integers(FIRST - 24, FIRST + 12), st.sampled_from([1, 6, 12]))
    numbers = st.sampled_from([0.0, 700.0, 1000.0, 30_011.0, None])
    return [
        missing(RESIDENTS, area, period, "not yet known") if number is None else Figure(RESIDENTS, area, period, number)
        for period, number in draw(st.lists(st.tuples(periods, numbers), max_size=3, unique_by=lambda pair: pair[0]))
    ]


@st.composite
def cases(draw: st.DrawFn, *, windows: Sequence[int] = (1, 2, 3, 12)) -> Case:
    """Up to three measures in up to three areas, each of which has figures of one length or of several."""
    figures: list[Figure] = []
    for area in AREAS:
        figures += draw(_residents(area))
        for measure in MEASURES:
            kind = draw(st.sampled_from(["months", "months", "months", "longer", "none"]))
            if kind != "none":
                figures += draw((_months if kind == "months" else _longer)(measure, area))
    replaced = draw(st.lists(st.sampled_from(figures), unique=True)) if figures and draw(st.booleans()) else []
    names = [*MEASURES, "Nothing held"]
    members = st.lists(st.sampled_from([*AREAS, "ELSEWHERE"]), max_size=4)
    return Case(
        tuple(figures),
        Rolling(
            least_base=draw(st.sampled_from([0.5, 20.0])),
            window=draw(st.sampled_from(windows)),
            residents=draw(st.sampled_from([RESIDENTS, "residents", ""])),
            wholes=draw(st.dictionaries(st.sampled_from(names), st.sampled_from(names), max_size=3)),
            peers=draw(st.dictionaries(st.sampled_from([*AREAS, "REDDITCH"]), members, max_size=3)),
            quarter_ends=draw(st.booleans()),
        ),
        tuple(replace(figure, value=5.0, statuses=(), area=figure.area.upper()) for figure in replaced),
    )


def together(made: Sequence[Case]) -> Case:
    """Several cases of one window as one, in which no area is that of another; the first says what is asked."""
    figures, earlier = (
        tuple(replace(figure, area=f"{figure.area} {n}") for n, case in enumerate(made) for figure in getattr(case, of))
        for of in ("figures", "earlier")
    )
    peers = {
        f"{area} {number}": [f"{member} {number}" for member in members]
        for number, case in enumerate(made)
        for area, members in case.asked.peers.items()
    }
    return Case(figures, replace(made[0].asked, residents=RESIDENTS, peers=peers), earlier)


def held_rows(figures: Sequence[Figure]) -> list[tuple[object, ...]]:
    """The figures as rows of ``held``."""
    return [
        (
            figure.measure,
            key_of(figure.measure),
            figure.area,
            key_of(figure.area),
            *astuple(figure.period),
            figure.value,
            "".join(status.mark for status in figure.statuses),
            figure.note,
            "made-1",
        )
        for figure in figures
    ]


def landed(engine: Engine, made: Sequence[Sequence[Figure]]) -> None:
    """Make the steps of newest.sql out of releases, in the order in which they landed."""
    rows = [(place, *row[:-1], f"made-{place}") for place, figures in enumerate(made) for row in held_rows(figures)]
    engine.table("landed", {"place": "integer", **COLUMN_TYPES}, rows)
    engine.run(steps("newest"))


def rolled_by(engine: Engine, case: Case) -> list[RollingRow]:
    """What an engine makes of a case."""
    landed(engine, [case.earlier, case.figures])
    rolling_table(engine, case.asked)
    return [RollingRow(*row[:-1]) for row in engine.rows("select * from rolling order by cell")]


def rolled_by_law(case: Case) -> list[RollingRow]:
    """What the law makes of it."""
    return RollingLaw(case.figures, case.asked).rows()
