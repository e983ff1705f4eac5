"""What analysts tell in passing, in plain sentences of several clauses, is read with its own time, place and order."""

import pytest

from quarterday.commentary.check import Figures, Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

Told = dict[tuple[str, str], dict[str, int]]
# April 2017 to March 2019.
MONTHS = (58, 50, 49, 57, 66, 60, 52, 54, 51, 57, 50, 51, 52, 48, 45, 50, 61, 49, 47, 55, 44, 51, 42, 46)
TOTALS: Told = {
    ("Burglary", "Ashford"): {"2015/16": 640, "2016/17": 612, "2017/18": 655, "2018/19": 590},
    ("Robbery", "Ashford"): {"2016/17": 70, "2017/18": 82, "2018/19": 95},
    ("All crime", "Ashford"): {"2016/17": 8200, "2017/18": 8600, "2018/19": 8450},
    ("Burglary", "Kent"): {"2017/18": 7300, "2018/19": 7020},
    ("Burglary", "Dover"): {"2017/18": 700, "2018/19": 720},
    ("Burglary", "Swale"): {"2017/18": 810, "2018/19": 790},
    ("Burglary target", "Ashford"): {"2018/19": 600},
}
VEHICLES: Told = {
    ("Vehicle crime", "Marsh"): {"2008/09": 1310, "2009/10": 1184, "2010/11": 1021},
    ("Theft from vehicle", "Marsh"): {"2009/10": 842, "2010/11": 716},
    ("Theft of vehicle", "Marsh"): {"2009/10": 342, "2010/11": 305},
    ("Criminal damage", "Marsh"): {"2009/10": 2103, "2010/11": 1876},
    ("All crime", "Marsh"): {"2009/10": 9420, "2010/11": 8866},
    ("Vehicle crime", "Fenshire"): {"2009/10": 6900, "2010/11": 6480},
    ("Vehicle crime", "Holt"): {"2009/10": 930, "2010/11": 995},
    ("Vehicle crime", "Brant"): {"2009/10": 1240, "2010/11": 1105},
    ("Vehicle crime", "Lyde"): {"2009/10": 760, "2010/11": 702},
}
QUARTERS = {
    "2011/12 Q1": 812, "2011/12 Q2": 905, "2011/12 Q3": 701, "2011/12 Q4": 640,
    "2012/13 Q1": 770, "2012/13 Q2": 861, "2012/13 Q3": 655, "2012/13 Q4": 661,
}  # fmt: skip
YEARS: Told = {
    ("All crime", "Wyre"): {"2011/12": 5120, "2012/13": 4790},
    ("Serious violence", "Wyre"): {"2011/12": 48, "2012/13": 57},
    ("Domestic abuse", "Wyre"): {"2011/12": 1204, "2012/13": 1311},
    ("Hate crime", "Wyre"): {"2011/12": 31, "2012/13": 44},
    ("ASB incidents", "Lancashire"): {"2011/12": 48200, "2012/13": 44900},
}


def verdicts(text: str, about: Subject, told: Told, more: list[Figure]) -> set[str]:
    figures = [
        Figure(*of, read_code(when), float(value)) for of, values in told.items() for when, value in values.items()
    ]
    checked = check_comment(text, about=about, figures=Figures([*figures, *more]))
    return {item.verdict.value for item in checked}


def of_burglary(text: str) -> set[str]:
    april = Period.month(2017, 4)
    more = [Figure("Burglary", "Ashford", april.shift(at), float(value)) for at, value in enumerate(MONTHS)]
    people = {"Ashford": 130_000.0, "Dover": 118_000.0, "Swale": 150_000.0, "Kent": 1_580_000.0}
    more += [Figure("Population", area, read_code("2018/19"), value) for area, value in people.items()]
    group = ("Ashford", "Dover", "Swale")
    about = Subject("Burglary", "Ashford", Polarity.LOWER, Period.month(2019, 3), group)
    return verdicts(text, about, TOTALS, more)


def of_incidents(text: str) -> set[str]:
    about = Subject("ASB incidents", "Wyre", Polarity.LOWER, Period.month(2013, 3))
    return verdicts(text, about, {**YEARS, ("ASB incidents", "Wyre"): QUARTERS}, [])


@pytest.mark.parametrize(
    "text",
    [
        "August was the peak month with 61 offences, although that is five fewer than August 2017.",
        "The quietest month was February, when 42 burglaries were recorded compared with 50 in the same month of 2018.",
        "In 2016/17 there were 612 burglaries. That rose to 655 and has since dropped to 590.",
        "Robbery has risen by 25 offences, or 36%, since 2016/17.",
        "All crime dipped this year after a rise of 4.9% the year before.",
        "Burglary in Dover overtook Ashford's this year: 720 against 590.",
        "There were 93 burglaries in the first two months of 2019.",
        "With a month to go the total stood at 544.",
        "By Christmas 451 burglaries had been recorded, 46 fewer than by the same point in 2017.",
        "The target of 600 was achieved with ten to spare.",
        "Swale's 790 is 20 fewer than a year ago, Dover's 720 is 20 more.",
    ],
)
def test_what_is_right_is_found_right_however_it_is_told(text: str) -> None:
    assert of_burglary(text) == {"supported"}


@pytest.mark.parametrize(
    "text",
    [
        "August was the peak month with 61 offences, although that is nine fewer than August 2017.",
        "Robbery has risen by 31 offences, or 44%, since 2016/17.",
        "There were 97 burglaries in the first two months of 2019.",
        "Robbery rose by 25 offences this year.",
    ],
)
def test_what_is_wrong_is_found_wrong_however_it_is_told(text: str) -> None:
    assert "contradicted" in of_burglary(text)


@pytest.mark.parametrize(
    "text",
    [
        "The target was missed in 2017/18 but met in 2018/19.",
        "After two years in which it rose, fell and rose again, burglary is at its lowest since at least 2015/16.",
        "Although higher than in 2016/17 for most of the period, burglary ended below it.",
        "Half of the months were below 50.",
        "Seven of the twelve months had fewer than 50 burglaries.",
        "Kent's total of 7,020 was 280 below the year before.",
    ],
)
def test_what_is_told_of_other_times_is_not_called_wrong(text: str) -> None:
    assert "contradicted" not in of_burglary(text)


@pytest.mark.parametrize(
    "text",
    [
        "All crime fell by 330 (6.4%); ASB by 111 (3.6%).",
        "While all crime fell 6.4%, ASB fell by 3.6%.",
        "Serious violence, domestic abuse and hate crime all rose, by 9, 107 and 13 respectively.",
        "Over the year there were 2,947 incidents of ASB, 111 fewer than in 2011/12.",
        "On average there were eight incidents a day.",
        "The county recorded 44,900 incidents, 3,300 down, and Wyre's share was 6.6%.",
    ],
)
def test_a_years_number_is_found_right_where_only_quarters_are_given(text: str) -> None:
    assert of_incidents(text) == {"supported"}


def of_vehicles(text: str) -> set[str]:
    group = ("Marsh", "Holt", "Brant", "Lyde")
    about = Subject("Vehicle crime", "Marsh", Polarity.LOWER, Period.month(2011, 3), group)
    return verdicts(text, about, VEHICLES, [])


@pytest.mark.parametrize(
    "text",
    [
        "Vehicle crime fell by 163 offences, of which 126 were thefts from vehicles and 37 thefts of vehicles.",
        "Seven in ten vehicle crimes were thefts from vehicles.",
        "Last year's reduction of 9.6% has been followed by one of 13.8%.",
        "Holt was the only one of the four districts to see a rise, of 65 offences or 7%.",
        "Together vehicle crime and criminal damage make up a third of all crime.",
        "The drop in criminal damage accounts for 41% of the fall in all crime.",
    ],
)
def test_parts_of_a_whole_and_of_a_change_are_found_right(text: str) -> None:
    assert of_vehicles(text) == {"supported"}


@pytest.mark.parametrize(
    "text",
    [
        "Seven in ten vehicle crimes were thefts of vehicles.",
        "Brant was the only one of the four districts to see a rise.",
        "The drop in criminal damage accounts for 62% of the fall in all crime.",
    ],
)
def test_parts_that_are_wrong_are_found_wrong(text: str) -> None:
    assert "contradicted" in of_vehicles(text)
