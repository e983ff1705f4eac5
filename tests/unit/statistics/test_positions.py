"""Places among peers, with their limits and intervals."""

import json
from statistics import mean

import numpy as np
import numpy.typing as npt
import pytest

from quarterday.domain.faults import InputError
from quarterday.statistics.funnel import Spreading
from quarterday.statistics.peers import Label, positions, ranks, rate
from quarterday.statistics.ranking import Ranking
from quarterday.statistics.result import as_json

COUNTS = [1900, 2300, 2300, 610, 0, 305]
RESIDENTS = [389_344, 339_816, 210_136, 122_000, 40_000, 61_000]
NAMES = ["Barnet", "Brent", "Camden", "Derry", "Ely", "Fowey"]


def test_each_area_has_its_rate_rank_and_distance_from_the_plain_mean() -> None:
    found = positions(COUNTS, RESIDENTS, areas=NAMES)
    rates = [rate(count, residents) for count, residents in zip(COUNTS, RESIDENTS, strict=True)]
    assert found.rate.tolist() == pytest.approx(rates)
    assert found.rank.tolist() == list(ranks(rates))
    assert found.average == pytest.approx(mean(rates))
    camden = found.at("Camden")
    assert camden.rate == pytest.approx(10.945, abs=5e-4)
    assert camden.difference == pytest.approx(rates[2] - mean(rates))
    assert camden.per_cent == pytest.approx(100 * (rates[2] / mean(rates) - 1))
    assert (camden.rank, camden.of) == (6, 6)


def test_ties_share_the_better_place_and_say_so() -> None:
    found = positions(COUNTS, RESIDENTS, areas=NAMES)  # Derry and Fowey both have 5.0
    assert [(found.at(name).rank, found.at(name).tied) for name in ("Derry", "Fowey", "Brent")] == [
        (3, True),
        (3, True),
        (5, False),
    ]


def test_the_weighted_average_is_of_all_counts_over_all_residents() -> None:
    found = positions(COUNTS, RESIDENTS, average="weighted")
    assert found.average == pytest.approx(1000 * sum(COUNTS) / sum(RESIDENTS))


def test_an_area_far_out_is_well_above_and_one_in_the_crowd_in_line() -> None:
    counts, residents = [100, 104, 97, 110, 95, 102, 99, 108, 400], [10_000] * 9
    found = positions(counts, residents)
    assert found.label.tolist() == [*["in line with the average"] * 8, "well above the average"]
    assert found.at("9").label is Label.WELL_ABOVE


def test_the_label_says_on_which_side_of_which_limits_a_rate_lies() -> None:
    random = np.random.default_rng(5)
    residents = random.integers(20_000, 300_000, 60)
    found = positions(random.poisson(residents * 0.01 * random.gamma(20, 1 / 20, 60)), residents, overdispersion=False)
    inner, outer = found.limits
    expected = np.full(60, "in line with the average", dtype=object)
    expected[found.rate > inner.upper], expected[found.rate < inner.lower] = "above the average", "below the average"
    expected[found.rate > outer.upper] = "well above the average"
    expected[found.rate < outer.lower] = "well below the average"
    assert found.label.tolist() == expected.tolist()
    assert len(set(expected)) == 5


def test_one_pair_of_limits_knows_no_well() -> None:
    found = positions([100, 104, 97, 900], [10_000] * 4, confidence=[0.95], overdispersion=False)
    assert set(found.label.tolist()) == {"above the average", "below the average"}


def test_many_months_and_measures_at_once_give_what_each_gives_alone() -> None:
    random = np.random.default_rng(6)
    residents = random.integers(20_000, 300_000, 7)
    counts = random.poisson(residents * 0.004 * random.gamma(10, 0.1, (3, 4, 7)))
    found = positions(counts, residents)
    alone = positions(counts[1, 2], residents)
    assert (found.rate.shape, np.shape(found.average)) == ((3, 4, 7), (3, 4))
    assert as_json(found.at("5", 1, 2)) == as_json(alone.at("5"))


def test_an_area_has_its_position_in_its_own_group_which_need_not_be_mutual() -> None:
    groups = {"Camden": ["Camden", "Brent", "Barnet"], "Barnet": ["Barnet", "Derry"], "Brent": ["Derry", "Brent"]}
    found = positions(COUNTS, RESIDENTS, areas=NAMES, groups=groups)
    of_three = positions(
        [COUNTS[place] for place in (2, 1, 0)], [RESIDENTS[place] for place in (2, 1, 0)], areas=groups["Camden"]
    )
    assert found.areas == ("Camden", "Barnet", "Brent")
    assert found.of.tolist() == [3, 2, 2]
    assert as_json(found.at("Camden")) == as_json(of_three.at("Camden"))
    assert found.at("Barnet").rank == 1


def test_a_member_that_is_missing_is_passed_over() -> None:
    counts: list[float | None] = [*COUNTS, None]
    found = positions(counts, [*RESIDENTS, 90_000], areas=[*NAMES, "Grays"])
    without = positions(COUNTS, RESIDENTS, areas=NAMES)
    assert as_json(found.at("Brent")) == as_json(without.at("Brent"))
    grays = found.at("Grays")
    assert (grays.rate, grays.rank, grays.label, grays.of) == (None, None, None, 6)


def test_a_month_in_which_one_area_came_says_nothing_and_the_next_one_does() -> None:
    found = positions([[5, None, None], [5, 6, 7]], 1000)
    assert as_json(found.rank) == [[None, None, None], [1, 2, 3]]
    assert as_json(found.average) == [None, pytest.approx(6)]


def test_where_nothing_happened_all_are_in_line_and_tied_for_the_first_place() -> None:
    found = positions([0, 0, 0], [1000, 2000, 3000])
    assert found.label.tolist() == ["in line with the average"] * 3
    assert (found.rank.tolist(), found.tied.tolist()) == ([1, 1, 1], [True] * 3)
    assert (found.rank_lower.tolist(), found.rank_upper.tolist()) == ([1, 1, 1], [3, 3, 3])
    assert as_json(found.per_cent) == [None] * 3


def test_a_rank_that_nothing_else_can_be_has_itself_for_its_interval() -> None:
    found = positions([100, 1000, 10_000], 100_000)
    assert (found.rank_lower.tolist(), found.rank_upper.tolist()) == ([1, 2, 3], [1, 2, 3])


def test_ranks_of_areas_that_hardly_differ_say_next_to_nothing() -> None:
    found = positions([100, 103, 98, 101, 99, 104], 50_000)
    assert (found.rank_lower.tolist(), found.rank_upper.tolist()) == ([1] * 6, [6] * 6)


@pytest.mark.parametrize("resample", ["shrunken", "counts"])
def test_a_rank_lies_within_its_interval_and_the_same_counts_give_the_same_one(resample: str) -> None:
    random = np.random.default_rng(7)
    counts = random.poisson(300 * random.gamma(20, 1 / 20, (5, 15)))
    ranking = Ranking(resample=resample, resamples=1000)  # type: ignore[arg-type]
    first, again = (positions(counts, 50_000, ranking=ranking) for _ in range(2))
    assert np.all((first.rank_lower <= first.rank) & (first.rank <= first.rank_upper))
    assert first.rank_upper.tolist() == again.rank_upper.tolist()
    assert np.any(first.rank_lower < first.rank_upper)


def test_proportions_are_per_cent_and_have_their_own_limits() -> None:
    found = positions([12, 30, 25, 90], [100, 110, 95, 100], kind="proportion", overdispersion=False)
    assert found.rate.tolist()[0] == pytest.approx(12)
    assert found.at("4").label is Label.WELL_ABOVE
    assert found.limits[1].upper.max() <= 100
    spread = positions([12, 30, 25, 90], [100, 110, 95, 100], kind="proportion")
    assert spread.method.options["scale"] == "arcsine"
    assert np.all(spread.limits[0].upper > found.limits[0].upper)


def test_positions_turn_into_json_with_the_options_in_force() -> None:
    found = json.loads(json.dumps(as_json(positions(COUNTS, RESIDENTS, areas=NAMES))))
    assert found["label"][0] == "in line with the average"
    assert found["method"]["options"] == {
        "average": "mean",
        "overdispersion": True,
        "confidence": "95.0%, 99.8%",
        "kind": "rate",
        "multiplier": 1000,
        "scale": "sqrt",
        "trim": "winsorise",
        "trim_share": 0.1,
        "corrected": True,
        "rank_confidence": 0.95,
        "resample": "shrunken",
        "resamples": 400,
        "seed": 1836,
    }


@pytest.mark.parametrize(
    ("counts", "options", "message"),
    [
        ([1, 2], {"areas": ["A", "B"], "groups": {"A": ["B"]}}, r"A is not among its peer group \(B\).*so add it"),
        ([1, 2], {"areas": ["A", "B"], "groups": {"A": ["A", "C"]}}, "names C, for which no counts came"),
        ([1, 2], {"areas": ["A", "B"], "groups": {"A": ["A", "A"]}}, "names a member twice"),
        ([1, 2], {"areas": ["A", "B"], "groups": {"A": ["A"]}}, "no other member"),
        ([1, 2], {"groups": {}}, "no peer group came"),
        ([1, 2], {"areas": ["A"]}, "1 areas' names came for the counts of 2"),
        ([1, 2], {"areas": ["A", "A"]}, "none twice"),
        ([1, 2], {"confidence": (0.998, 0.95)}, "the smaller first"),
        ([1, 2], {"confidence": ()}, "wanted one confidence"),
        (5, {}, "one area came"),
        ([5], {}, "fewer than two areas"),
        ([5, None], {}, "fewer than two areas"),
        ([], {}, "no count came"),
        ([5, -2], {}, "a count of -2 came at place 2"),
        ([5, 2.5], {}, r"a count of 2\.5"),
        ([5, float("nan")], {}, "a count of nan"),
    ],
)
def test_what_is_no_group_is_refused(counts: object, options: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        positions(counts, 1000, **options)  # type: ignore[arg-type]


def test_the_position_of_an_area_outside_the_group_is_an_error() -> None:
    with pytest.raises(InputError, match=r"Redditch is not among its peer group \(Barnet, Brent"):
        positions(COUNTS, RESIDENTS, areas=NAMES).at("Redditch")


def test_so_few_resamples_that_there_are_no_ends_are_refused() -> None:
    with pytest.raises(InputError, match="wanted at least 40"):
        Ranking(resamples=20)


def many(spread: float, mean: float, *, members: int, groups: int, seed: int) -> tuple[npt.NDArray[np.float64], ...]:
    """True rates, counts and residents of made groups whose members' rates are spread by so much on the log scale."""
    random = np.random.default_rng(seed)
    residents = np.round(150_000 * np.exp(0.4 * random.standard_normal((groups, members))))
    rates = np.exp(spread * random.standard_normal((groups, members))) * mean / 150_000
    return rates, random.poisson(rates * residents).astype(float), residents


@pytest.mark.parametrize("mean", [5, 20, 100, 500])
@pytest.mark.parametrize("spread", [0.001, 0.1, 0.4])
def test_rank_intervals_hold_the_true_rank_at_least_94_times_in_100(spread: float, mean: float) -> None:
    """Over groups of 15, areas alike or far apart, counts small or large; all members together."""
    rates, counts, residents = many(spread, mean, members=15, groups=400, seed=8)
    found = positions(counts, residents)
    true = 1 + (rates[:, None, :] < rates[:, :, None]).sum(2)
    assert np.mean((found.rank_lower <= true) & (true <= found.rank_upper)) >= 0.94


def test_the_plain_bootstrap_does_not_hold_the_ranks_of_areas_that_are_alike() -> None:
    """Why it is not the default."""
    rates, counts, residents = many(0.001, 100, members=15, groups=60, seed=9)
    found = positions(counts, residents, ranking=Ranking(resample="counts"))
    true = 1 + (rates[:, None, :] < rates[:, :, None]).sum(2)
    assert np.mean((found.rank_lower <= true) & (true <= found.rank_upper)) < 0.9


@pytest.mark.parametrize("members", [8, 15, 50])
@pytest.mark.parametrize("between", [0.1, 0.2])
def test_the_funnel_flags_about_its_nominal_share_of_areas_that_differ_without_outliers(
    members: int, between: float
) -> None:
    """Normal spread on the scale of the funnel: 5 in 100 within two points, and 2 in 1,000 within three."""
    random = np.random.default_rng(10)
    residents = np.round(150_000 * np.exp(0.4 * random.standard_normal((2000, members))))
    rates = (np.sqrt(300 / 150_000) * (1 + between * random.standard_normal((2000, members)))) ** 2
    counts = random.poisson(rates * residents)
    label = positions(counts, residents, ranking=Ranking(resamples=40)).label
    assert np.mean(label != Label.IN_LINE) == pytest.approx(0.05, abs=0.02)
    assert np.mean((label == Label.WELL_ABOVE) | (label == Label.WELL_BELOW)) == pytest.approx(0.002, abs=0.003)


def test_without_the_correction_it_flags_twice_its_nominal_share() -> None:
    """As Spiegelhalter's and FunnelPlotR's do: see docs/methods/standing.md."""
    _, counts, residents = many(0.3, 500, members=15, groups=2000, seed=11)
    found = positions(
        counts, residents, spreading=Spreading(corrected=False), average="weighted", ranking=Ranking(resamples=40)
    )
    assert np.mean(found.label != Label.IN_LINE) > 0.09
