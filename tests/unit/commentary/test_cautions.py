"""Every caution is named once, says why, and has an example that it is needed for."""

import itertools

import pytest

from quarterday.commentary.around import around
from quarterday.commentary.bound import CAUTIONS, OF_OTHERS
from quarterday.commentary.case import Case
from quarterday.commentary.caution import Caution
from quarterday.commentary.held import Figures, Subject
from quarterday.commentary.read import read_claims
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

ROWS = (
    *(("Robbery", "Westham", year, value) for year, value in (("2021/22", 150), ("2022/23", 137), ("2023/24", 129))),
    ("All crime", "Westham", "2022/23", 1740), ("All crime", "Westham", "2023/24", 1680),
    ("Burglary", "Westham", "2022/23", 140), ("Burglary", "Westham", "2023/24", 180),
    ("Arson", "Westham", "2021/22", 40), ("Arson", "Westham", "2023/24", 30),
    ("Satisfaction (%)", "Westham", "2022/23", 81), ("Satisfaction (%)", "Westham", "2023/24", 83),
    ("Theft of vehicle", "Westham", "2022/23", 60), ("Theft of vehicle", "Westham", "2023/24", 44),
    ("Population", "Westham", "2023/24", 40_000),
    ("Robbery", "Eastham", "2022/23", 90), ("Robbery", "Eastham", "2023/24", 84),
)  # fmt: skip
FIGURES = Figures(Figure(measure, area, read_code(period), value) for measure, area, period, value in ROWS)


def is_held_back(caution: Caution, text: str, *, measure: str, peers: tuple[str, ...] = ()) -> bool:
    about = Subject(measure, "Westham", Polarity.LOWER, Period.ending(Period.financial_year(2023), 1), peers)
    claims = read_claims(text, as_at=about.as_at, names=FIGURES.names_of_others(about.area))
    case = Case(about, FIGURES)
    return any(
        claim.kind in caution.kinds and bool(caution.holds(case, claim, around(text, claim))) for claim in claims
    )


def test_no_two_cautions_share_a_name() -> None:
    names = [caution.name for caution in CAUTIONS]
    assert len(set(names)) == len(names)


def test_the_cautions_that_no_slip_closes_are_among_them() -> None:
    assert {caution.name for caution in CAUTIONS} >= OF_OTHERS


@pytest.mark.parametrize("caution", CAUTIONS, ids=[caution.name for caution in CAUTIONS])
def test_a_caution_holds_of_its_example(caution: Caution) -> None:
    measures = ("Robbery", "Arson", "Theft of vehicle", "Satisfaction (%)")
    subjects = itertools.product(measures, ((), ("Westham", "Eastham")))
    assert any(is_held_back(caution, caution.example, measure=measure, peers=peers) for measure, peers in subjects)


@pytest.mark.parametrize("caution", CAUTIONS, ids=[caution.name for caution in CAUTIONS])
def test_a_plain_sentence_meets_no_caution(caution: Caution) -> None:
    assert not is_held_back(caution, "Robbery fell by 18, from 147 to 129, or 12%.", measure="Robbery")
