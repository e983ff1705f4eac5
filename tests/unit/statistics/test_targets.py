"""How a count stands against its target."""

import json
import math

import numpy as np
import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.statistics.result import as_json
from quarterday.statistics.targets import Judgement, Projection, State, judge, project

SEASON = 1 + 0.4 * np.sin(np.arange(12) / 12 * 2 * np.pi)
START = Period.month(2008, 4)
LEVEL = [40, 44, 48, 52, 60, 56, 48, 44, 40, 36, 32, 40]


def projected(counts: list[float | None], *, years: int = 3) -> Projection:
    periods = [START.shift(step) for step in range(len(counts))]
    return project(counts, periods=periods, period=Period.financial_year(2008 + years))


def fewer_is_better(target: float | None, value: float | None = None, **options: object) -> Judgement:
    return judge(target, value, polarity=Polarity.LOWER, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "state", "letter", "words", "gap"),
    [
        (540, State.MET, "G", "met", -1),
        (541, State.MET, "G", "met", 0),
        (553, State.NEARLY_MET, "A", "missed by 12, within tolerance", 12),
        (573, State.MISSED, "R", "missed by 32", 32),
    ],
)
def test_once_over_a_target_is_met_or_missed_by_so_many(
    value: float, state: State, letter: str, words: str, gap: float
) -> None:
    found = fewer_is_better(541, value)
    assert (found.state, found.letter, found.words, found.gap) == (state, letter, words, gap)


def test_where_more_is_better_a_target_is_a_floor() -> None:
    assert judge(100, 100, polarity=Polarity.HIGHER).state is State.MET
    assert judge(100, 82, polarity=Polarity.HIGHER).words == "missed by 18"
    assert judge(80.5, 79, polarity=Polarity.HIGHER, tolerance=0).words == "missed by 1.5"


def test_the_tolerance_is_an_option() -> None:
    assert fewer_is_better(100, 105).state is State.NEARLY_MET
    assert fewer_is_better(100, 105, tolerance=0).state is State.MISSED
    assert fewer_is_better(100, 109, tolerance=0.1).state is State.NEARLY_MET


def test_without_a_target_there_is_nothing_to_judge() -> None:
    found = fewer_is_better(None, 573)
    assert (found.state, found.letter, found.words) == (State.NO_TARGET, "–", "no target")


def test_while_the_period_runs_without_a_projection_it_is_not_known() -> None:
    assert (fewer_is_better(541).state, fewer_is_better(541).letter) == (State.NOT_KNOWN, "–")
    thin = fewer_is_better(541, projection=projected([5] * 20, years=1))
    assert (thin.state, thin.why) == (State.NOT_KNOWN, "20 months are known, and a projection needs 24 or more")


def test_a_steady_series_goes_on_as_it_was() -> None:
    """Three years alike and half of the fourth: the year comes to 540 again."""
    found = projected(LEVEL * 3 + LEVEL[:6])
    assert found.total == pytest.approx(540)
    assert (found.so_far, found.months_known, found.dispersion) == (300, 6, 1)
    assert found.lower is not None
    assert found.upper is not None
    assert 490 < found.lower < 540 < found.upper < 590


def test_a_growth_goes_on() -> None:
    """Years that grow by a quarter without noise: 540, 675, 843.75, and so 1054.69."""
    counts = [float(count * 4 ** (2 - year) * 5**year) for year in range(3) for count in LEVEL]
    found = projected([*counts])
    assert found.total == pytest.approx(540 * 16 * 1.25**3)


def test_the_more_is_known_of_a_year_the_narrower_its_limits() -> None:
    widths = []
    for known in (0, 4, 8, 11):
        found = projected(LEVEL * 3 + LEVEL[:known])
        widths.append((found.upper or 0) - (found.lower or 0))
    assert widths == sorted(widths, reverse=True)


def test_a_whole_year_is_its_own_total() -> None:
    found = projected(LEVEL * 4)
    assert (found.total, found.lower, found.upper) == (540, 540, 540)
    assert fewer_is_better(540, projection=found).state is State.MET
    assert fewer_is_better(500, projection=found).words == "missed by 40"


def test_months_after_the_year_do_not_change_it() -> None:
    assert projected([*LEVEL * 3, *LEVEL, 900, 900]) == projected(LEVEL * 4)


def test_a_missing_month_is_projected_and_never_taken_for_nought() -> None:
    counts: list[float | None] = [*LEVEL * 3, *LEVEL]
    counts[40] = None
    found = projected(counts)
    assert found.total == pytest.approx(540)
    assert (found.so_far, found.months_known) == (480, 11)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([0] * 30, "do not tell a trend"),
        ([4] * 12 + [0] * 24, "do not tell a trend"),
        ([4] * 23, "23 months are known"),
    ],
)
def test_what_cannot_be_projected_says_why(counts: list[float | None], reason: str) -> None:
    found = projected(counts)
    assert found.total is None
    assert reason in found.why_not
    assert found.chance_of_at_most(100) is None


@pytest.mark.parametrize(
    ("target", "state", "letter"),
    [(600, State.LIKELY, "G"), (540, State.UNCERTAIN, "A"), (480, State.UNLIKELY, "R"), (299, State.MISSED, "R")],
)
def test_while_the_period_runs_a_target_is_likely_or_unlikely(target: float, state: State, letter: str) -> None:
    found = fewer_is_better(target, projection=projected(LEVEL * 3 + LEVEL[:6]))
    assert (found.state, found.letter) == (state, letter)
    assert found.method.options["likely"] == 0.66


def test_where_more_is_better_the_chances_turn_round() -> None:
    projection = projected(LEVEL * 3 + LEVEL[:6])
    at_least = judge(530, polarity=Polarity.HIGHER, projection=projection).chance
    at_most = fewer_is_better(529, projection=projection).chance
    assert at_least == pytest.approx(1 - (at_most or 0))
    assert judge(300, polarity=Polarity.HIGHER, projection=projection).state is State.MET
    assert judge(480, polarity=Polarity.HIGHER, projection=projection).state is State.LIKELY


def test_what_is_already_passed_says_so() -> None:
    found = fewer_is_better(250, projection=projected(LEVEL * 3 + LEVEL[:6]))
    assert (found.words, found.why) == ("missed by 50", "passed before the period is over")


@pytest.mark.parametrize("dispersion", [1, 3])
def test_the_limits_of_a_projection_hold_the_years_total(dispersion: float) -> None:
    """1,000 seasonal series of each kind, known for some months of their last year, seed 1; standard error 0.75%."""
    generator = np.random.default_rng(1)
    held = []
    for number in range(1000):
        years, mean = [(2, 3), (3, 20), (4, 1), (6, 10)][number % 4]
        growth, known = generator.choice([-0.1, 0, 0.1]), int(generator.integers(3, 12))
        means = np.tile(SEASON * mean, years + 1) * np.exp(growth * np.arange(12 * years + 12) / 12)
        shape = mean / (dispersion - 1) if dispersion > 1 else math.inf
        counts = generator.poisson(means if dispersion == 1 else generator.gamma(shape, means / shape))
        found = projected(counts[: 12 * years + known].tolist(), years=years)
        if found.lower is not None and found.upper is not None:
            held.append(found.lower <= counts[12 * years :].sum() <= found.upper)
    assert len(held) > 990
    assert sum(held) / len(held) >= 0.94


def test_likely_is_as_often_right_as_it_says() -> None:
    """Targets about the total: those called likely are met in 66% of cases or more, the unlikely in 34% or less."""
    generator = np.random.default_rng(2)
    met: dict[State, list[bool]] = {state: [] for state in State}
    for _ in range(600):
        means = np.tile(SEASON * 10, 5)
        counts = generator.poisson(generator.gamma(10, means / 10))
        target = float(generator.integers(90, 150))
        found = fewer_is_better(target, projection=projected(counts[:52].tolist(), years=4))
        met[found.state].append(bool(counts[48:].sum() <= target))
    assert min(len(met[State.LIKELY]), len(met[State.UNLIKELY])) > 100
    assert sum(met[State.LIKELY]) / len(met[State.LIKELY]) >= 0.66
    assert sum(met[State.UNLIKELY]) / len(met[State.UNLIKELY]) <= 0.34


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"polarity": Polarity.NEITHER}, "neither way is better"),
        ({"polarity": Polarity.LOWER, "tolerance": 5}, "a fraction of the target"),
        ({"polarity": Polarity.LOWER, "likely": 0.4}, "a chance above 0.5"),
        ({"polarity": Polarity.LOWER, "value": math.nan}, "a value of nan is none"),
    ],
)
def test_an_option_out_of_bounds_is_refused(options: dict[str, object], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        judge(541, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts", "periods", "complaint"),
    [
        ([1, 2], [START], "2 counts came with 1 periods"),
        ([1], [Period.financial_year(2008)], "2008/09 is 12 of them"),
        ([1, 2], [START, START], "a month came twice"),
        ([-1] * 30, [START.shift(step) for step in range(30)], "wanted a whole number"),
        ([math.nan] * 30, [START.shift(step) for step in range(30)], "wanted a whole number"),
    ],
)
def test_what_is_no_run_of_months_is_refused(counts: list[float], periods: list[Period], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        project(counts, periods=periods, period=Period.financial_year(2010))


def test_a_confidence_out_of_bounds_is_refused() -> None:
    with pytest.raises(InputError, match="a confidence of 95 is none"):
        project([1], periods=[START], period=Period.financial_year(2010), confidence=95)


def test_the_results_say_their_method_and_turn_into_json() -> None:
    projection = projected(LEVEL * 3 + LEVEL[:6])
    written = json.loads(json.dumps(as_json(fewer_is_better(541, projection=projection))))
    assert written["state"] == "as likely as not to be met"
    assert json.loads(json.dumps(as_json(projection)))["method"]["name"] == "projection from the seasonal trend"
