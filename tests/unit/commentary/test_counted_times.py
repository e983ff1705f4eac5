"""Times that are counted or picked out, what leads up to a clause, and what goes on about a number told before."""

import pytest

from quarterday.commentary.held import Subject
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from tests.unit.commentary.test_weighing import (
    NO,
    YES,
    Rows,
    checked,
    of_incidents,
    of_rolling_years,
    of_vehicles,
    verdicts,
)

OPEN = "not_checkable"
FIRES = {"2012/13 Q3": 96, "2012/13 Q4": 102, "2013/14 Q1": 120, "2013/14 Q2": 110, "2013/14 Q3": 88, "2013/14 Q4": 99}
HATE: Rows = (
    ("Race hate crime", "Own", "2021/22", 918),
    ("Race hate crime", "Own", "2022/23", 1004),
    ("Religious hate crime", "Own", "2021/22", 62),
    ("Religious hate crime", "Own", "2022/23", 71),
    ("Disability hate crime", "Own", "2021/22", 187),
    ("Disability hate crime", "Own", "2022/23", 233),
)
THEFTS: Rows = (
    ("Theft from a vehicle", "Own", "2010/11", 398),
    ("Theft from a vehicle", "Own", "2011/12", 341),
    ("Theft of a vehicle", "Own", "2010/11", 214),
    ("Theft of a vehicle", "Own", "2011/12", 200),
)
ROADS: Rows = (
    ("Fatal casualties", "Own", "2018/19", 5),
    ("Fatal casualties", "Own", "2019/20", 3),
    ("Serious casualties", "Own", "2018/19", 48),
    ("Serious casualties", "Own", "2019/20", 57),
)


def of_years(text: str, measure: str, values: dict[str, float], *more: Rows, area: str = "Own") -> list[str]:
    last = Period.month(int(list(values)[-1][:4]) + 1, 3)
    about = Subject(measure, area, Polarity.LOWER, last)
    return verdicts(checked(text, about, values, tuple(row for rows in more for row in rows)))


def of_hate(text: str) -> list[str]:
    return of_years(text, "Hate crime", {"2021/22": 1480, "2022/23": 1702}, HATE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theft fell in three of the last four quarters.", YES),
        ("There were reductions in three of the last four quarters.", YES),
        ("Three of the last four quarters saw a fall in theft.", YES),
        ("There were falls in two of the last four quarters.", NO),
    ],
)
def test_so_many_steps_are_counted(text: str, expected: str) -> None:
    assert verdicts(of_rolling_years(text))[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Incidents were below the previous year's level in eight of the twelve months.", YES),
        ("In eight of the twelve months there were fewer incidents than a year earlier.", YES),
        ("Incidents were below the previous year's level in nine of the twelve months.", NO),
    ],
)
def test_so_many_months_are_each_set_against_a_year_before(text: str, expected: str) -> None:
    assert verdicts(of_incidents(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "After falls in 2017/18 and 2018/19 vehicle crime stands at 329.",
        "Following a fall in 2017/18, vehicle crime dropped by 42.",
        "Despite the reduction of 2017/18, vehicle crime fell by a further 42.",
        "Vehicle crime fell in 2017/18 and again in 2018/19.",
    ],
)
def test_what_leads_up_to_a_clause_tells_its_own_times(text: str) -> None:
    assert set(verdicts(of_vehicles(text))) == {YES}


def test_each_of_the_years_named_has_to_have_moved_so() -> None:
    assert verdicts(of_vehicles("Vehicle crime rose in both 2017/18 and 2018/19.")) == [NO]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASB rose only in March, June and July.", NO),
        ("Only in July were there more incidents than a year before.", NO),
        ("Incidents rose only in March, June, July and October.", YES),
    ],
)
def test_only_then_means_that_no_other_month_did(text: str, expected: str) -> None:
    assert expected in verdicts(of_incidents(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fires in the final quarter were up on the third.", YES),
        ("The fourth quarter was quieter than the third.", NO),
        ("In the final quarter there were 11 more fires than in the third.", YES),
        ("Each quarter of 2013/14 brought fewer fires than its counterpart the year before.", OPEN),
    ],
)
def test_a_quarter_is_meant_by_its_ordinal_beside_another(text: str, expected: str) -> None:
    assert of_years(text, "Fires", dict(FIRES)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "This ended a run of two consecutive falls.",
        "Two consecutive years of reductions came to an end.",
        "It broke a run of two successive annual reductions.",
    ],
)
def test_a_run_that_ended_was_before_the_last_turn(text: str) -> None:
    values = {"2008/09": 120, "2009/10": 110, "2010/11": 101, "2011/12": 130}
    assert NO not in of_years(text, "Robbery", values)


@pytest.mark.parametrize(
    "text",
    [
        "The year ended with a second successive annual fall.",
        "Robbery has fallen for two years running, with no end in sight.",
    ],
)
def test_the_end_of_a_year_ends_no_run(text: str) -> None:
    values = {"2008/09": 120, "2009/10": 110, "2010/11": 101, "2011/12": 130}
    assert NO in of_years(text, "Robbery", values)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theft of vehicles came down by 14, theft from vehicles by 57.", [YES, YES]),
        ("There were 57 fewer thefts from vehicles and 14 fewer thefts of motor vehicles.", [YES, YES]),
        ("Thefts from vehicles fell 14%.", [YES]),
        ("Theft of vehicles came down 14%.", [NO]),
    ],
)
def test_thefts_of_vehicles_and_from_them_are_two_measures(text: str, expected: list[str]) -> None:
    assert of_years(text, "Vehicle crime", {"2010/11": 612, "2011/12": 541}, THEFTS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KSIs stood at 60.", YES),
        ("KSIs rose by seven.", YES),
        ("KSIs fell by seven.", NO),
    ],
)
def test_those_killed_or_seriously_injured_are_both_together(text: str, expected: str) -> None:
    assert of_years(text, "Road casualties", {"2018/19": 217, "2019/20": 199}, ROADS) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Serious injuries rose by 19% and the number of children hurt on the school run halved.",
        "Serious injuries rose by 19% and those to children doubled.",
        "Serious casualties rose by 19%, and children hurt on their way to school fell by 12.",
    ],
)
def test_what_is_said_of_children_is_not_of_everybody(text: str) -> None:
    assert NO not in of_years(text, "Road casualties", {"2018/19": 217, "2019/20": 199}, ROADS)


@pytest.mark.parametrize("whole", ["the district", "the borough"])
def test_all_crime_in_a_place_is_no_other_place(whole: str) -> None:
    values = {"2012/13": 4988, "2013/14": 4310}
    text = f"All crime in {whole} was 4,310, 12% down on the 4,898 recorded in 2012/13."
    assert of_years(text, "All crime", values)[0] == YES
    shares: Rows = (("All crime", "Own", "2013/14", 2460),)
    assert of_years(f"Robbery makes up a third of all crime in {whole}.", "Robbery", {"2013/14": 290}, shares) == [NO]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Race remains the largest strand.", [YES]),
        ("Religion is the smallest category.", [YES]),
        ("Disability is the largest single strand.", [NO]),
        ("Religion: 71 (+9, 15%).", [YES, YES, YES]),
        ("Disability was the motive in 233 crimes, which is more than a quarter of the total.", [YES, NO]),
    ],
)
def test_a_kind_is_set_beside_the_other_kinds(text: str, expected: list[str]) -> None:
    assert of_hate(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ceiling of 340 was exceeded by 11.", NO),
        ("The target of 340 was beaten by 11.", YES),
        ("Off target.", NO),
    ],
)
def test_a_target_that_was_passed_is_judged_with_its_distance(text: str, expected: str) -> None:
    assert verdicts(of_vehicles(text)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The county recorded 60 fewer burglaries, a fall of 10%.", [YES, YES]),
        ("Countywide, burglary is down 60.", [YES]),
        ("Burglary in the county has fallen by 11.1%.", [NO]),
    ],
)
def test_of_a_county_the_county_is_said(text: str, expected: list[str]) -> None:
    values = {"2010/11": 600, "2011/12": 540}
    assert of_years(text, "Burglary", values, area="Northamptonshire") == expected


def test_of_a_district_the_county_is_another_place() -> None:
    values = {"2010/11": 600, "2011/12": 540}
    assert of_years("Burglary in the county has fallen by 11.1%.", "Burglary", values, area="Corby") == [OPEN]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On this form the year would finish on 480, 60 below 2010/11.", YES),
        ("At this rate the year would finish on 480, 50 below 2010/11.", NO),
    ],
)
def test_a_projected_total_is_set_beside_the_year_that_is_named(text: str, expected: str) -> None:
    about = Subject("Burglary", "Own", Polarity.LOWER, Period.month(2011, 9))
    found = checked(text, about, {"2010/11": 540, "2011-04/2011-09": 240})
    assert verdicts(found)[-1] == expected
