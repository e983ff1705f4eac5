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
    peers: tuple[str, ...] = (),
) -> list[str]:
    """The verdicts on a comment about one of the places, in order."""
    figures = [Figure(measure, place, read_code(when), v) for place, told in places.items() for when, v in told.items()]
    figures += [
        Figure(name, area, read_code(when), v) for name, told in (beside or {}).items() for when, v in told.items()
    ]
    about = Subject(measure, area, Polarity.LOWER, MARCH, peers)
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
        ("There was a fall of 16%. London saw 7%.", [YES, YES]),
        ("There was a fall of 16%. London saw 16%.", [YES, OPEN]),
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


MONTHS = {
    "2018-04": 31.0, "2018-05": 44.0, "2018-06": 38.0, "2018-07": 29.0, "2018-08": 27.0, "2018-09": 40.0,
    "2018-10": 33.0, "2018-11": 52.0, "2018-12": 24.0, "2019-01": 17.0, "2019-02": 19.0, "2019-03": 25.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Burglary fluctuated, with the low point in January.", [YES]),
        ("Burglary fluctuated, with a high point in May.", [NO]),
        ("Burglary was at its lowest point in February.", [NO]),
        ("June to August were the quietest months of the year.", [NO]),
        ("December to February were the quietest months of the year.", [YES]),
        ("May and November were the two busiest months.", [YES]),
        ("April and May were the two busiest months of the year.", [NO]),
    ],
)
def test_months_that_are_named_are_set_beside_all_of_the_year(text: str, wanted: list[str]) -> None:
    told = verdicts(text, {"Camden": MONTHS})
    assert [verdict for verdict in told if verdict != OPEN] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It is the lowest figure in any of the four columns.", [NO]),
        ("This is the highest total of the four columns.", [YES]),
        ("Small it may be, yet burglary is higher than it was a year ago, by 160 offences.", [YES, YES]),
    ],
)
def test_columns_are_times_and_what_may_be_ends_where_what_is_begins(text: str, wanted: list[str]) -> None:
    years = {"2015/16": 700.0, "2016/17": 650.0, "2017/18": 840.0, "2018/19": 1000.0}
    assert verdicts(text, {"Camden": years}) == wanted


def test_what_is_taken_every_day_are_the_thefts() -> None:
    thefts = {"Camden": {"2017/18": 1500.0, "2018/19": 1467.0}}
    text = "The total was 1,467, or some four taken every day."
    assert verdicts(text, thefts, measure="Bicycle theft") == [YES, YES]
    assert verdicts(text, thefts, measure="All crime") == [YES, OPEN]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Alder had the largest fall of the three.", [YES]),
        ("Alder recorded the biggest cut of the three districts.", [YES]),
        ("Alder saw the sharpest percentage drop of the three.", [NO]),
        ("Birch recorded the biggest reduction of the three districts.", [YES]),
        ("Cedar saw the biggest cut of the three.", [NO]),
        ("Cedar had the largest jump in the group.", [YES]),
        ("Alder had the largest improvement of the three.", [OPEN]),
        ("The fall of 10% was the largest of the three.", [YES, NO]),
        ("The 10% fall was the largest of the three.", [YES, NO]),
        ("The fall of 100 was the largest of the three.", [YES, YES]),
    ],
)
def test_the_largest_fall_may_be_so_in_number_or_in_per_cent(text: str, wanted: list[str]) -> None:
    places = {
        "Alder": {"2017/18": 1000.0, "2018/19": 900.0},
        "Birch": {"2017/18": 100.0, "2018/19": 80.0},
        "Cedar": {"2017/18": 300.0, "2018/19": 310.0},
    }
    assert verdicts(text, places, area="Alder", peers=tuple(places)) == wanted
