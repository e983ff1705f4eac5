"""What the statistics of a whole country cost, and of one partnership's edition."""

import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from bench.measure import Run
from quarterday.commentary import find, find_over_time
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.measure import Measure, Polarity
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.editions.analyse import analyse_plan
from quarterday.editions.compose import compose
from quarterday.editions.gather import Gatherer
from quarterday.editions.home import Home
from quarterday.plan.entries import Plan
from quarterday.report.chart import draw
from quarterday.report.document import to_json
from quarterday.report.html import to_html
from quarterday.statistics import control, peers, trend
from quarterday.statistics.change import compare_all, dispersion_of, holm
from quarterday.warehouse.base import Intake

PARTNERSHIPS, MEASURES, MONTHS, GROUP = 330, 16, 120, 15
NAMES = [f"P{number}" for number in range(PARTNERSHIPS)]
LAST = Period.month(2026, 3)
QUARTER = Period.financial_quarter(2025, 4)
SEED = 1836
CLUSTERED = 0.5  # so many of the series vary twice as much as chance


def counts() -> np.ndarray:
    """Partnerships by measures by months: of 0.3 to 600 a month, with a season, some twice as varied as chance."""
    stream = np.random.default_rng(SEED)
    level = np.exp(stream.uniform(np.log(0.3), np.log(600), (PARTNERSHIPS, MEASURES, 1)))
    season = 1 + 0.15 * np.sin(2 * np.pi * np.arange(MONTHS) / 12)
    growth = np.exp(stream.normal(0, 0.03, (PARTNERSHIPS, MEASURES, 1)) * np.arange(MONTHS) / 12)
    mean = level * season * growth
    clustered = stream.random((PARTNERSHIPS, MEASURES, 1)) < CLUSTERED
    return np.where(clustered, stream.negative_binomial(np.maximum(mean, 0.01), 0.5), stream.poisson(mean))


def changes(made: np.ndarray) -> None:
    """The latest rolling year against the one before, widened by the months' own dispersion; Holm by partnership."""
    years = made[..., -24:].reshape(-1, 2, 12)
    totals = years.sum(axis=2)
    dispersions = [dispersion_of(pair) for pair in years.tolist()]
    found = compare_all(totals[:, 0].tolist(), totals[:, 1].tolist(), dispersion=dispersions)
    for start in range(0, len(found), MEASURES):
        holm([change.p for change in found[start : start + MEASURES] if change.p is not None])


def charts(made: np.ndarray) -> None:
    """Every control chart, each of the kind that its series asks for."""
    control.charts(made.reshape(-1, MONTHS))


def trends(made: np.ndarray) -> None:
    """Every trend."""
    trend.trends(made.reshape(-1, MONTHS))


def positions(made: np.ndarray) -> None:
    """Every measure's place in its group, with its interval, in each rolling year of the ten."""
    sums = np.cumsum(np.pad(made, ((0, 0), (0, 0), (1, 0))), axis=2)
    yearly = np.moveaxis(sums[..., 12:] - sums[..., :-12], (0, 1, 2), (2, 1, 0))
    peers.positions(yearly, np.broadcast_to(residents(), yearly.shape), areas=NAMES, groups=groups())


def residents() -> np.ndarray:
    """Of each partnership."""
    return np.random.default_rng(SEED).integers(40_000, 600_000, PARTNERSHIPS)


def groups() -> dict[str, list[str]]:
    """Each partnership's group: the fifteen round it."""
    first = np.clip(np.arange(PARTNERSHIPS) - GROUP // 2, 0, PARTNERSHIPS - GROUP).tolist()
    return {name: NAMES[start : start + GROUP] for name, start in zip(NAMES, first, strict=True)}


def findings(made: np.ndarray) -> None:
    """What one partnership's edition finds in its own figures, one measure after the other."""
    for number, values in enumerate(made[0].tolist()):
        measure = Measure(f"M{number}", "offences", "offence", Polarity.LOWER, "made up")
        figures = [Figure(measure.name, "P", LAST.shift(at + 1 - MONTHS), value) for at, value in enumerate(values)]
        held = Holding(measure.name, "P", {figure.period: figure for figure in figures})
        year = Period.ending(LAST, 12)
        find.find_change(measure, held, year)
        find_over_time.find_months(measure, held, year)
        find_over_time.find_control(measure, held, find_over_time.chart_of(measure, held, last=QUARTER))
        find_over_time.find_trend(measure, held, last=QUARTER)


def timed(what: str, work: Callable[[], object], *, wanted: str = "") -> Run:
    """How long a piece of work takes, and the most memory that this process has held by its end."""
    start = time.perf_counter()
    work()
    return Run(what, time.perf_counter() - start, _most_held(), wanted)


def _most_held() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def statistics() -> Iterator[Run]:
    """The country's statistics one after the other, their sum, and one edition."""
    made = counts()
    of = f"{PARTNERSHIPS} × {MEASURES} × {MONTHS}"
    runs = []
    for work in (changes, charts, trends, positions):
        runs.append(timed(f"Statistics of {of}: {work.__name__}", partial(work, made)))
        yield runs[-1]
    whole, worst = sum(run.seconds for run in runs), max(runs, key=lambda run: run.seconds)
    share = f"{worst.seconds / whole:.0%} of it {worst.what.split(': ')[1]}"
    yield Run(f"Statistics of {of}: all, {share}", whole, _most_held(), "20 s, 2,000 MB")
    yield timed(f"Findings of one partnership, {MEASURES} measures", partial(findings, made))
    yield from edition(made)


def edition(made: np.ndarray) -> Iterator[Run]:
    """One partnership's edition out of a warehouse with its group: findings, document and page."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Home(Path(folder)).warehouse()
        members = groups()[NAMES[0]]
        source = Source("Made up", "Nobody", "", (SourceFile("made-up.csv", "0" * 64),))
        intake = Intake(source, "bench 1", tuple(figures_of(made, members)))
        warehouse.land(intake, loaded_at=datetime(2026, 4, 20, tzinfo=UTC))
        gatherer, plan = Gatherer(warehouse.held_still()), plan_of(members)
        documents = []

        def build() -> None:
            analyses = {priority.name: found for priority, found in analyse_plan(plan, QUARTER, gatherer)}
            documents.append(compose(plan, QUARTER, analyses, releases=warehouse.releases(), built_at=""))

        def write() -> None:
            to_json(documents[-1])
            to_html(documents[-1], draw(documents[-1]))

        def both() -> None:
            build()
            write()

        both()  # what all editions share is loaded once
        what = f"Edition of one partnership, {MEASURES} measures"
        yield timed(f"{what}: findings and document", build)
        yield timed(f"{what}: pictures, JSON and HTML", write)
        yield timed(f"{what}: all of it", both, wanted="0.5 s")


def figures_of(made: np.ndarray, members: Sequence[str]) -> Iterator[Figure]:
    """The months of a group, and its residents."""
    for at, member in enumerate(members):
        for number in range(MEASURES):
            for month, value in enumerate(made[at, number].tolist()):
                yield Figure(f"M{number}", member, LAST.shift(month + 1 - MONTHS), value)
        yield Figure("Population", member, Period.calendar_year(2025), int(residents()[at]))


def plan_of(members: Sequence[str]) -> Plan:
    """A plan of the first of them, which is compared with all."""
    told = {"unit": "offences", "definition": "Made up.", "source": "Made up", "polarity": "lower"}
    ranked = {"population": "Population", "peer_group": "G"}
    group = {"name": "G", "version": "1", "size": GROUP, "source": "Made up", "members": list(members)}
    measures = [{"name": f"M{number}"} | told | ranked for number in range(MEASURES)]
    partnership = {"name": "Made up", "short_name": members[0], "areas": [{"name": members[0]}]}
    priorities = [{"name": "Safety", "measures": measures}]
    return Plan.model_validate({"partnership": partnership, "peer_groups": [group], "priorities": priorities})
