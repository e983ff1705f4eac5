"""Shares: what they are of, what moved them, and whether two of them can be of one whole."""

import pytest

from quarterday.domain.faults import InputError
from quarterday.statistics.result import as_json
from quarterday.statistics.share import Basis, implied_whole, share, share_change

HERE = Basis("Redditch", "April 2011 to March 2012", "April 2012")


def test_a_share_of_one_area_period_and_release_is_had() -> None:
    assert share(84, 6000, part_of=HERE, whole_of=Basis(*as_json(HERE).values())) == pytest.approx(1.4)


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (Basis("Bromsgrove", HERE.period, HERE.release), "the whole of Bromsgrove"),
        (Basis(HERE.area, "April 2010 to March 2011", HERE.release), "Redditch, April 2010 to March 2011"),
        (Basis(HERE.area, HERE.period, "July 2012"), "of release July 2012"),
    ],
)
def test_a_part_and_a_whole_of_different_things_make_no_share(other: Basis, named: str) -> None:
    with pytest.raises(InputError, match=named):
        share(84, 6000, part_of=HERE, whole_of=other)


@pytest.mark.parametrize("part", [float("nan"), float("inf")])
def test_what_is_not_finite_is_no_share(part: float) -> None:
    with pytest.raises(InputError, match="is no share"):
        share(part, 6000)


def test_a_share_that_rose_because_its_whole_fell_is_flagged() -> None:
    change = share_change((84, 6000), (86, 5000))
    assert (change.points, change.part_per_cent, change.whole_per_cent) == pytest.approx((0.32, 2.380952, -16.666667))
    assert change.whole_moved_more


def test_a_share_that_rose_because_its_part_rose_is_not() -> None:
    assert not share_change((59, 6000), (84, 5800)).whole_moved_more


@pytest.mark.parametrize(("later", "flagged"), [((200, 499), True), ((200, 501), False), ((100, 1001), True)])
def test_doubling_is_as_far_as_halving(later: tuple[int, int], *, flagged: bool) -> None:
    assert share_change((100, 1000), later).whole_moved_more is flagged


def test_a_part_that_came_from_nought_moved_more_than_any_whole() -> None:
    change = share_change((0, 6000), (1, 3000))
    assert change.part_per_cent is None
    assert not change.whole_moved_more


def test_a_share_that_did_not_move_is_not_flagged() -> None:
    assert not share_change((84, 6000), (84, 6000)).whole_moved_more


def test_a_printed_share_implies_its_whole_as_far_as_it_was_rounded() -> None:
    assert implied_whole(84, 1.4) == pytest.approx((84 / 0.0145, 84 / 0.0135))
    assert implied_whole(2, 0.0) == (pytest.approx(4000), None)


@pytest.mark.parametrize(("part", "per_cent"), [(-1, 5.0), (5, -3.0), (5, 101.0), (float("nan"), 5.0)])
def test_what_is_printed_as_no_share_is_refused(part: float, per_cent: float) -> None:
    with pytest.raises(InputError, match="wanted a count, not negative, and a per cent"):
        implied_whole(part, per_cent)
