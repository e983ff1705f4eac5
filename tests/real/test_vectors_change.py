"""Two counts compared, against the numbers of statsmodels' test suite (vectors/statsmodels, `poisson_two_sample`)."""

import json
from typing import Any

import pytest

from quarterday.statistics.change import compare
from quarterday.statistics.conditional import Tails
from tests.real.conftest import SHARED, present


@pytest.fixture(scope="module")
def cases() -> dict[str, Any]:
    path = present(SHARED / "vectors" / "statsmodels" / "cases.json", "the numbers of statsmodels are")
    return {case["id"]: case for case in json.loads(path.read_text("utf-8"))["poisson_two_sample"]}


def compared(case: dict[str, Any], *, null_ratio: float = 1.0, tails: Tails = Tails.EQUAL) -> Any:  # noqa: ANN401
    """A ratio other than 1 is tested by counting so many times the exposure."""
    return compare(
        case["count2"],
        case["count1"],
        earlier_exposure=case["exp2"],
        later_exposure=null_ratio * case["exp1"],
        tails=tails,
    )


def test_the_least_likely_splits_are_those_of_r(cases: dict[str, Any]) -> None:
    """Set statsmodels/poisson_two_sample, Gu1; tolerance 1e-8."""
    change = compared(cases["Gu1"], tails=Tails.LEAST_LIKELY)
    assert change.ratio == pytest.approx(cases["Gu1"]["ratio"], abs=1e-8)
    assert change.p == pytest.approx(cases["Gu1"]["exact_cond_two_sided_minlike_p"], abs=1e-8)


def test_twice_the_smaller_tail_is_twice_the_one_sided_probability(cases: dict[str, Any]) -> None:
    """Sets Gu1 and Gu2, printed to six and four digits; and one-sided at a ratio of 1.2, tolerance 1e-8."""
    assert compared(cases["Gu1"]).p == pytest.approx(2 * cases["Gu1"]["one_sided_p(ratio>1)"]["exact_cond"], abs=1e-6)
    gu2 = cases["Gu2"]
    found = compared(gu2, null_ratio=gu2["null_ratio"]).p
    assert found == pytest.approx(2 * gu2["one_sided_p"]["exact_cond"], abs=2 * gu2["tol_abs"])
    found = compared(cases["Gu1"], null_ratio=1.2).p
    assert found == pytest.approx(2 * cases["Gu1"]["one_sided_ratio_1.2"]["exact_greater"], abs=1e-8)


def test_the_limits_of_the_least_likely_splits_are_rs_as_far_as_r_goes(cases: dict[str, Any]) -> None:
    """Set Gu1. R's exactci stops its search early (about 3e-4): at its lower limit its own probability is 0.0441.

    So its limits are taken to 4e-4, and ours are held to what they mean: there the probability reaches 0.05.
    """
    change = compared(cases["Gu1"], tails=Tails.LEAST_LIKELY)
    lower, upper = cases["Gu1"]["exact_cond_ci_minlike"]
    assert (change.lower, change.upper) == pytest.approx((lower, upper), abs=4e-4)
    for limit, outside in [(change.lower, 1 - 1e-6), (change.upper, 1 + 1e-6)]:
        assert compared(cases["Gu1"], null_ratio=limit * outside, tails=Tails.LEAST_LIKELY).p < 0.05
        assert compared(cases["Gu1"], null_ratio=limit / outside, tails=Tails.LEAST_LIKELY).p >= 0.05
