"""What a number is of: the words that bind it, and those that leave it open."""

import pytest

from quarterday.commentary.check import CheckedClaim, Figures, Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

YES, NO, OPEN = "supported", "contradicted", "not_checkable"
GROUP = ("Alder", "Briar", "Clover", "Dock")
Row = tuple[str, str, str, float]
BURGLARY: tuple[Row, ...] = (
    ("Burglary", "Alder", "2017/18", 400), ("Burglary", "Alder", "2018/19", 360),
    ("Burglary", "Briar", "2017/18", 300), ("Burglary", "Briar", "2018/19", 330),
    ("Burglary", "Clover", "2017/18", 500), ("Burglary", "Clover", "2018/19", 470),
    ("Burglary", "Dock", "2017/18", 200), ("Burglary", "Dock", "2018/19", 180),
)  # fmt: skip
CASUALTIES: tuple[Row, ...] = (
    ("Road casualties", "Alder", "2016/17", 240), ("Road casualties", "Alder", "2017/18", 300),
    ("Road casualties", "Alder", "2018/19", 260), ("Cyclist road casualties", "Alder", "2018/19", 65),
)  # fmt: skip
RATES: tuple[Row, ...] = tuple(
    ("Nuisance rate", area, "2018/19", rate) for area, rate in zip(GROUP, (31.0, 24.0, 42.5, 37.2), strict=True)
)
TARGET: tuple[Row, ...] = (
    ("Robbery", "Alder", "2017/18", 120), ("Robbery", "Alder", "2018/19", 111),
    ("Robbery target (% change)", "Alder", "2018/19", -4),
)  # fmt: skip
QUARTERS: tuple[Row, ...] = tuple(
    ("Fires", "Alder", f"{year} Q{quarter}", value)
    for (year, quarter), value in zip(
        ((year, quarter) for year in ("2017/18", "2018/19") for quarter in (1, 2, 3, 4)),
        (40, 52, 31, 28, 36, 47, 33, 24),
        strict=True,
    )
)


def checked(text: str, rows: tuple[Row, ...], measure: str, group: tuple[str, ...] = ()) -> tuple[CheckedClaim, ...]:
    figures = [Figure(name, area, read_code(period), float(value)) for name, area, period, value in rows]
    about = Subject(measure, "Alder", Polarity.LOWER, Period.month(2019, 3), group)
    return check_comment(text, about=about, figures=Figures(figures))


def verdicts(text: str, rows: tuple[Row, ...], measure: str, group: tuple[str, ...] = ()) -> list[str]:
    return [item.verdict.value for item in checked(text, rows, measure, group)]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The four districts together fell by 4.3%.", YES),
        ("The other three districts combined were down by 2.0%.", YES),
        ("The four districts together fell by 9%.", NO),
        ("Each of the four districts fell.", NO),
        ("All but one of the districts recorded a fall.", YES),
        ("Three quarters of districts saw burglary fall.", YES),
        ("Only two of the four areas managed a decrease.", NO),
        ("Break-ins fell by more here than in any other district.", OPEN),
        ("Alder accounts for 27% of burglary across the four districts.", YES),
        ("Alder accounts for 35% of burglary across the four districts.", NO),
    ],
)
def test_a_group_may_be_counted_as_one_or_member_by_member(text: str, verdict: str) -> None:
    found = verdicts(text, BURGLARY, "Burglary", GROUP)
    assert verdict in found
    assert verdict == NO or NO not in found


def test_a_text_may_say_from_which_end_places_are_counted() -> None:
    text = "Rank 1 is the highest here: Alder is ranked 3rd of 4."
    assert YES in verdicts(text, RATES, "Nuisance", GROUP)
    assert verdicts("Alder is ranked 3rd of 4.", RATES, "Nuisance", GROUP) == [NO]
    assert NO not in verdicts("Alder is 2nd of 4, with 1 being the lowest rate.", RATES, "Nuisance", GROUP)


@pytest.mark.parametrize(
    "text",
    [
        "Cyclists made up a quarter of road casualties.",
        "Of the 260 casualties 65 were cyclists (25%).",
        "Now 260 (was 300).",
        "Casualties: 240, then 300 and now 260; a rise of a quarter, followed by a fall of 13.3%.",
        "Casualties are 8.3% higher than in the first year.",
    ],
)
def test_numbers_beside_one_another_tell_what_each_is_of(text: str) -> None:
    found = verdicts(text, CASUALTIES, "Road casualties")
    assert YES in found
    assert NO not in found


@pytest.mark.parametrize(
    "text",
    [
        "Cyclists made up 40% of road casualties.",
        "Of the 260 casualties 65 were cyclists (31%).",
        "Casualties are 20% higher than in the first year.",
    ],
)
def test_a_part_that_the_figures_hold_is_held_against_a_wrong_share(text: str) -> None:
    assert NO in verdicts(text, CASUALTIES, "Road casualties")


@pytest.mark.parametrize(
    "text",
    [
        "Are casualties up on last year?",
        "An average of 9 casualties per weekend was recorded.",
        "Insurers closed 88 (-6) of their claims.",
        "Arrests of drivers fell by a third.",
        "Casualties at school gates are lower.",
        "Casualties have fallen in neighbouring districts.",
        "Thirty fewer casualties were screened.",
        "Scooter casualties are the fastest growing.",
        "Casualties are four times lower than in the 1990s.",
    ],
)
def test_what_is_said_of_a_part_of_another_place_or_of_another_count_is_left_open(text: str) -> None:
    assert set(verdicts(text, CASUALTIES, "Road casualties")) <= {OPEN}


@pytest.mark.parametrize(
    "text",
    [
        "The partnership set itself a 4% cut in robbery for 2018/19.",
        "Robbery was to be brought down 4% in 2018/19.",
        "Robbery beat the goal, falling by 7.5%.",
    ],
)
def test_what_somebody_set_out_to_reach_is_a_target_and_no_change(text: str) -> None:
    found = verdicts(text, TARGET, "Robbery")
    assert YES in found
    assert NO not in found


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("This quarter was the lowest of the last eight.", YES),
        ("It was the highest quarter of the last eight.", NO),
        ("The quarter was 25% below its four-quarter average.", NO),
        ("The quarter's 24 fires are below the average of the four previous quarters (36).", YES),
        ("The quarter's 24 fires are below the average of the four previous quarters (41).", NO),
        ("This quarter is a record low.", OPEN),
        ("Saturday was the peak day for fires.", OPEN),
    ],
)
def test_a_measure_is_set_beside_its_own_times(text: str, verdict: str) -> None:
    found = verdicts(text, QUARTERS, "Fires")
    assert verdict in found
    assert verdict == NO or NO not in found


def test_a_change_is_not_held_against_the_text_where_the_year_before_is_not_given() -> None:
    rows = tuple(row for row in CASUALTIES if row[2] != "2017/18")
    assert NO not in verdicts("Casualties fell by 13.3%.", rows, "Road casualties")
    assert NO in verdicts("Casualties were 240 and now stand at 260, up by 20%.", rows, "Road casualties")
    assert NO not in verdicts("Burglary peaked in April and May.", BURGLARY, "Burglary")


SERIES: tuple[Row, ...] = (
    ("Vehicle crime", "Alder", "2015/16", 512), ("Vehicle crime", "Alder", "2016/17", 480),
    ("Vehicle crime", "Alder", "2017/18", 430), ("Vehicle crime", "Alder", "2018/19", 465),
    ("Theft from vehicle", "Alder", "2017/18", 300), ("Theft from vehicle", "Alder", "2018/19", 345),
    ("All crime", "Alder", "2017/18", 4000), ("All crime", "Alder", "2018/19", 3800),
    ("Vehicle crime", "Wessex force", "2017/18", 9000), ("Vehicle crime", "Wessex force", "2018/19", 8700),
    ("Vehicle crime target", "Alder", "2018/19", 440),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Thefts from vehicles rose by 45 while the rest fell by 10.",
        "A year ago the total stood at 430, itself 50 lower than in 2016/17.",
        "After falling by 6.3% and then 10.4%, vehicle crime rose by 8.1% this year.",
        "The 8.1% rise equates to about three more offences a month.",
        "On average 39 vehicle crimes a month were recorded, up from 36.",
        "465 victims is 25 too many.",
        "The reduction of the previous two years (82 offences) has been partly lost.",
        "Alder did worse than the force, which saw a fall of 3.3%.",
        "Vehicle crime rose by 35, following a reduction of 50 (10.4%) the year before.",
        "The 2018/19 total was still 47 below that of 2015/16.",
        "To stay within the target only 9 a month can be afforded.",
        "Over-60s: 120 victims, 15 more than last year.",
        "Car park vehicle crime fell 3%, from 100 to 97.",
        "Vehicle crime rose 8%, more than twice the rate of the force.",
        "Had vehicle crime fallen by a tenth, there would have been 387 offences.",
        "Six months into the year vehicle crime was down 9%.",
        "Of the 465 vehicle crimes, 40 were at stations.",
        "Compared with Wessex force, Alder has far fewer offences but a higher rate.",
        "Motorbike theft doubled, from 20 to 40.",
        "Vehicle crime peaked in 2015/16 and had dropped in each year to 2017/18.",
        "Vehicle crime is 25 over its ceiling of 440; complaints about parking were 5% over theirs.",
        "Vehicle crime rose by 8.1% and complaints about parking by 30%.",
        "Half-term weeks were the busiest for vehicle crime.",
        "Residents were asked twice about vehicle crime.",
        "Vehicle crime is 4% above what was expected.",
        "The force saw a fall of 3.3% while the district saw a rise of 8.1%.",
        "The fall two years ago is forgotten.",
        "Three wards generate 44% of vehicle crime.",
        "Vehicle crime stood at 465 (2017/18: 430), 8.1% higher.",
        "Theft from vehicles was up by 45 and damage to vehicles down slightly.",
        "Vehicle crime rose to 465 from 430 and burglary from dwellings by 7.2%.",
        "One in ten of the vehicle crimes fell in March.",
        "A rise on last year, of 35 offences.",
        "Vehicle crime fell by 12 in the two weeks before Christmas.",
        "Including attempts, vehicle crime was down 3%.",
        "If vans are left out, vehicle crime was 410.",
        "A third of the vehicle crimes were at car parks.",
        "Compared with the five-year average, vehicle crime is down by 22%.",
        "Vehicle crime fell by 4% following the launch of the scheme in November.",
        "Victims aged over 70 numbered 52, eight fewer than the year before.",
        "Vehicle crime ranks second among residents' priorities.",
        "The three-month average of vehicle crime is down to 28.",
        "The trend line falls by about 0.4 a month.",
        "Some 33 owners were hit twice or more.",
        "An earlier draft gave 452.",
        "Police attended 92% of vehicle crimes.",
        "Vehicle crime was the third most common crime in the borough.",
        "A modest 2% fall is our aim.",
        "Budgets were cut by 12%.",
        "Response times for vehicle crime fell from 41 minutes to 33.",
        "The best performer of the four saw a drop of 12%.",
        "Vehicle crime averaged four a week at the station.",
        "The force saw a fall of 3.3% and Hallowdale one of 9%.",
        "Vehicle crime is expected to rise, and the force anticipates 700 in 2019/20.",
    ],
)
def test_a_true_sentence_of_another_time_part_or_place_is_not_accused(text: str) -> None:
    assert NO not in verdicts(text, SERIES, "Vehicle crime")
