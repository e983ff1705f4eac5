"""What is said beside another place or an earlier time is held against the figures of that place or time."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period_reading import read_code

YES, NO, OPEN = "supported", "contradicted", "not_checkable"
MARCH = read_code("2019-03")
FELL_16 = {"2017/18": 1000.0, "2018/19": 840.0}
FELL_7 = {"2017/18": 40000.0, "2018/19": 37200.0}
ROSE_30 = {"2017/18": 100.0, "2018/19": 130.0}
ROSE_44 = {"2017/18": 100.0, "2018/19": 144.0}


def verdicts(
    text: str,
    places: dict[str, dict[str, float]],
    *,
    area: str = "Camden",
    measure: str = "Burglary",
    beside: dict[str, dict[str, float]] | None = None,
) -> list[str]:
    """The verdicts on a comment about one of the places, in order."""
    figures = [Figure(measure, place, read_code(when), v) for place, told in places.items() for when, v in told.items()]
    figures += [
        Figure(name, area, read_code(when), v) for name, told in (beside or {}).items() for when, v in told.items()
    ]
    about = Subject(measure, area, Polarity.LOWER, MARCH, ())
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Burglary fell 16%, a better reduction than London's.", [YES, YES]),
        ("Burglary fell 16%, more than double the reduction across London.", [YES, YES]),
        ("Burglary fell 16%, three times the fall seen in London.", [YES, NO]),
        ("Burglary fell by more than in the capital.", [YES]),
        ("Across London burglary fell by 7%.", [YES]),
        ("The reduction in London was 16%.", [NO]),
        ("Burglary fell 16% near London Road.", [YES]),
        ("Burglary fell 7% in the City of London.", [OPEN]),
    ],
)
def test_london_is_where_the_metropolitan_police_is(text: str, wanted: list[str]) -> None:
    assert verdicts(text, {"Camden": FELL_16, "MPS": FELL_7}) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The MPS could not match the borough's reduction in burglary.", [YES]),
        ("The MPS failed to match this fall.", [YES]),
        ("The MPS is not coming down as quickly as Camden.", [YES]),
        ("The fall in the MPS was not as large as Camden's.", [YES]),
        ("Burglary is not falling as fast as in the MPS.", [NO]),
        ("Burglary has not come down as much as in the MPS.", [NO]),
    ],
)
def test_a_change_is_denied_to_be_as_large_as_another_place_s(text: str, wanted: list[str]) -> None:
    assert verdicts(text, {"Camden": FELL_16, "MPS": FELL_7}) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Leyton did better.", [YES]), ("The picture in Leyton was better.", [YES]), ("Leyton did worse.", [YES])],
)
def test_better_elsewhere_may_be_than_here_or_than_before(text: str, wanted: list[str]) -> None:
    assert verdicts(text, {"Camden": ROSE_44, "Leyton": ROSE_30}) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norwich logged more burglary than King's Lynn and West Norfolk.", [YES]),
        ("Norwich recorded fewer offences than King's Lynn.", [NO]),
        ("Telford recorded fewer offences than King's Lynn.", [YES]),
        ("Burglary was down 16% in Telford.", [NO]),
        ("Burglary was down 40% in Telford & Wrekin.", [YES]),
    ],
)
def test_a_place_is_known_by_the_first_word_of_its_name(text: str, wanted: list[str]) -> None:
    places = {
        "King's Lynn and West Norfolk": FELL_16,
        "Norwich": FELL_7,
        "Telford and Wrekin": {"2017/18": 500.0, "2018/19": 300.0},
    }
    assert verdicts(text, places, area="King's Lynn and West Norfolk") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Burglary is lower than it was a year ago.", [YES]),
        ("Burglary is better now than it was in 2017/18.", [YES]),
        ("The 2018/19 total is a worse result than that of 2016/17.", [YES]),
        ("Burglary remains higher than it had been in 2017/18.", [NO]),
        ("There were fewer burglaries than there were in 2016/17.", [NO]),
        ("The total is lower than the figure for 2016/17.", [NO]),
        ("The fall is smaller than it was a year ago.", [OPEN]),
    ],
)
def test_what_it_was_then_is_an_earlier_figure(text: str, wanted: list[str]) -> None:
    assert verdicts(text, {"Camden": {"2016/17": 800.0, **FELL_16}}) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Vehicle crime fell by a quarter, and three quarters of the burglaries were insecure premises.", [YES, OPEN]),
        ("Vehicle crime fell by a quarter, and two thirds of the burglaries had no forced entry.", [YES, OPEN]),
        ("Vehicle crime fell by a quarter and 40% of burglaries involved a vehicle.", [YES, OPEN]),
        ("Vehicle crime fell by a quarter, while a third of burglaries happened at night.", [YES, OPEN]),
    ],
)
def test_a_part_that_is_not_given_is_nothing_told_before_it(text: str, wanted: list[str]) -> None:
    beside = {"Vehicle crime": {"2017/18": 1600.0, "2018/19": 1200.0}}
    assert verdicts(text, {"Camden": FELL_16}, beside=beside) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Burglary fell 16%, vehicle crime 400 lower and all crime 50 fewer (1%).", [YES, YES, YES, YES]),
        ("Burglary fell 16%, vehicle crime fell by 400 and all crime 50 fewer (7%).", [YES, YES, YES, NO]),
        ("Burglary fell by 160 and vehicle crime 400 lower (25%).", [YES, YES, YES]),
    ],
)
def test_a_number_in_brackets_is_of_the_subject_right_before_it(text: str, wanted: list[str]) -> None:
    beside = {
        "Vehicle crime": {"2017/18": 1600.0, "2018/19": 1200.0},
        "All crime": {"2017/18": 5000.0, "2018/19": 4950.0},
    }
    assert verdicts(text, {"Camden": FELL_16}, beside=beside) == wanted
