"""Two counts compared."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.faults import InputError
from quarterday.statistics.change import SIGNIFICANCE, compare, dispersion_of, freedom_of, holm, quarters_from_rolling


@pytest.mark.parametrize(
    ("earlier", "later", "p"),
    [
        (198, 180, 0.38193),  # harassment offences of the reference report, and so on down its first table
        (23, 16, 0.33678),
        (73, 79, 0.68521),
        (59, 84, 0.04437),
        (581, 573, 0.83675),
    ],
)
def test_the_probability_is_that_of_the_exact_binomial_test(earlier: int, later: int, p: float) -> None:
    """Values from R's binom.test(later, earlier + later)."""
    assert compare(earlier, later).p == pytest.approx(p, abs=5e-6)


def test_a_fall_has_its_number_and_its_per_cent_of_the_earlier_count() -> None:
    change = compare(198, 180)
    assert change.difference == -18
    assert change.per_cent == pytest.approx(-9.0909, abs=1e-4)


def test_no_per_cent_is_given_of_a_small_base() -> None:
    change = compare(23, 16)
    assert change.per_cent is None
    assert change.why_no_per_cent == "the base is under 50"


def test_no_per_cent_is_given_of_nought() -> None:
    assert compare(0, 3).per_cent is None


@pytest.mark.parametrize("value", [-1, 1.5])
def test_what_is_no_count_is_compared_and_not_tested(value: float) -> None:
    change = compare(value, 3)
    assert (change.difference, change.p) == (3 - value, None)


def test_a_dispersion_is_of_counts() -> None:
    with pytest.raises(InputError, match="counts, which are whole and not negative"):
        dispersion_of([[1.5, 2], [3, 4]])


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_the_test_does_not_care_which_year_came_first(one: int, other: int) -> None:
    assert compare(one, other).p == pytest.approx(compare(other, one).p)
    assert 0 <= (compare(one, other).p or 0) <= 1


def test_holm_multiplies_the_smallest_by_all_and_never_falls() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))


def test_none_of_the_reference_reports_changes_stands_among_five_looks() -> None:
    pairs = [(198, 180), (23, 16), (73, 79), (59, 84), (581, 573)]
    assert min(holm([compare(*pair).p or 0 for pair in pairs])) > 0.05


def test_each_quarter_against_a_year_before_is_recovered_from_rolling_years() -> None:
    assert quarters_from_rolling([198, 209, 204, 190, 180]) == (11, -5, -14, -10)


@given(st.lists(st.integers(0, 1000), min_size=8, max_size=20))
def test_the_recovered_differences_are_exact(quarters: list[int]) -> None:
    rolling = [sum(quarters[at : at + 4]) for at in range(len(quarters) - 3)]
    expected = [quarters[at + 4] - quarters[at] for at in range(len(quarters) - 4)]
    assert list(quarters_from_rolling(rolling)) == expected


def test_months_that_vary_as_chance_would_have_no_dispersion_beyond_it() -> None:
    assert dispersion_of([[10, 12, 9, 11], [11, 10, 10, 12]]) == 1.0


def test_months_that_swing_have_a_dispersion_above_chance() -> None:
    """A two-way table of 4 by 2: chi-squared 40.0 on 3 degrees of freedom."""
    assert dispersion_of([[30, 10, 30, 10], [10, 30, 10, 30]]) == pytest.approx(40 / 3)


def test_a_season_alone_is_no_dispersion() -> None:
    assert dispersion_of([[10, 100, 20, 50], [20, 200, 40, 100]]) == 1.0


def test_a_series_of_noughts_has_no_dispersion() -> None:
    assert dispersion_of([[0, 0, 0], [0, 0, 0]]) == 1.0


def test_one_year_has_no_dispersion_to_speak_of() -> None:
    with pytest.raises(InputError, match="two or more runs of the same months"):
        dispersion_of([[1, 2, 3]])


def test_a_widened_test_is_the_quasi_poisson_one_on_eleven_degrees_of_freedom() -> None:
    """Here z = 100 / sqrt(4 * 2100) = 1.0911; twice the upper tail of Student's t on 11 is 0.2985."""
    assert compare(1000, 1100, dispersion=4).p == pytest.approx(0.2985, abs=1e-4)


def test_the_widened_test_keeps_its_level_on_clustered_months() -> None:
    """Months of mean 50 that vary three times as much as chance, 4,000 pairs of years without any change, seed 1."""
    generator = np.random.default_rng(1)
    shape = 50 / (3 - 1)
    months = generator.poisson(generator.gamma(shape, 50 / shape, size=(4000, 2, 12)))
    alarms = sum(
        (
            compare(
                int(earlier.sum()), int(later.sum()), dispersion=dispersion_of([earlier.tolist(), later.tolist()])
            ).p
            or 0
        )
        < SIGNIFICANCE
        for earlier, later in months
    )
    assert alarms / 4000 <= 0.06


def test_a_dispersion_below_chance_is_refused() -> None:
    with pytest.raises(InputError, match="1 or more"):
        compare(10, 20, dispersion=0.5)


@given(st.integers(0, 3000), st.integers(0, 3000), st.floats(1, 50))
def test_dispersion_never_makes_a_change_look_surer(earlier: int, later: int, dispersion: float) -> None:
    wide, exact = compare(earlier, later, dispersion=dispersion).p, compare(earlier, later).p
    assert wide is not None
    assert exact is not None
    assert wide >= exact - 1e-12


def test_the_degrees_of_freedom_are_those_of_the_months_that_count() -> None:
    assert freedom_of([[1] * 12, [2] * 12]) == 11
    assert freedom_of([[5, 6, 7], [8, 9, 4]]) == 2
    assert freedom_of([[5, 0, 7], [8, 0, 4]]) == 1
    assert freedom_of([[0, 0], [0, 0]]) == 0
