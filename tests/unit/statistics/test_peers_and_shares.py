"""Places among peers, shares and averages."""

import pytest

from quarterday.domain.faults import InputError
from quarterday.statistics.peers import ranks, rate
from quarterday.statistics.share import monthly_average, share


def test_a_rate_is_per_thousand_residents() -> None:
    assert rate(573, 84_214) == pytest.approx(6.804, abs=1e-3)


def test_a_rate_needs_residents() -> None:
    with pytest.raises(InputError, match="at least one resident"):
        rate(5, 0)


def test_the_lowest_rate_ranks_first() -> None:
    assert ranks([9.5, 3.1, 7.0]) == (3, 1, 2)


def test_ties_share_the_better_place() -> None:
    assert ranks([5.0, 3.0, 5.0, 8.0]) == (2, 1, 2, 4)


def test_a_share_is_a_per_cent_of_the_whole() -> None:
    assert share(84, 6000) == pytest.approx(1.4)


@pytest.mark.parametrize(("part", "whole"), [(5, 0), (7, 5), (-1, 5)])
def test_a_part_greater_than_its_whole_is_no_share(part: int, whole: int) -> None:
    with pytest.raises(InputError, match="is no share"):
        share(part, whole)


def test_a_monthly_average_is_unrounded() -> None:
    assert monthly_average(573, 12) == 47.75
