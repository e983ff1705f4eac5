"""Trends, months picked out, targets and projections: however they are told, the figures judge them alike."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

YES, NO, UNKNOWN = "supported", "contradicted", "not_checkable"
MARCH, DECEMBER = Period.month(2019, 3), Period.month(2018, 12)
Row = tuple[str, str, str, float]
# From April: in May, July and October more than a year before, in October by far; in all other months fewer.
BEFORE = (50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50)
AFTER = (44, 53, 45, 57, 43, 42, 60, 41, 40, 39, 30, 28)
MONTHS: tuple[Row, ...] = tuple(
    ("Burglary", "Redbrook", f"{year + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}", value)
    for year, values in ((2017, BEFORE), (2018, AFTER))
    for month, value in enumerate(values)
)
OTHERS: tuple[Row, ...] = (
    ("Robbery", "Redbrook", "2017/18", 120), ("Robbery", "Redbrook", "2018/19", 96),
    ("Burglary", "Ashford", "2017/18", 310), ("Burglary", "Ashford", "2018/19", 300),
)  # fmt: skip
YEARS: tuple[Row, ...] = tuple(
    ("Burglary", "Redbrook", year, value)
    for year, value in (("2014/15", 500), ("2015/16", 530), ("2016/17", 560), ("2017/18", 610), ("2018/19", 625))
)


def verdicts(text: str, rows: tuple[Row, ...], *, end: Period = MARCH) -> list[str]:
    figures = [Figure(name, area, read_code(period), float(value)) for name, area, period, value in rows]
    about = Subject("Burglary", "Redbrook", Polarity.LOWER, end, ("Redbrook", "Ashford"))
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("Every month bar May, July and October was lower than the year before.", YES),
        ("Every month but July was lower than the year before.", NO),
        ("In June and August, burglaries fell on the same month last year.", YES),
        ("In June and July, burglaries fell on the same month last year.", NO),
        ("May and July recorded more burglaries than in 2017/18.", YES),
        ("Burglary was higher than a year earlier in May and June.", NO),
        ("Falls in burglary were recorded in June and August against 2017/18.", YES),
        ("February and March showed the largest falls in burglary.", YES),
        ("June and August showed the largest falls in burglary.", NO),
        ("The rise in burglary was most marked in July and October.", YES),
        ("Burglary fell in every month compared with the previous year.", NO),
        # Of a place or a measure that is not given nothing is known.
        ("June and August were lower than the year before for vehicle crime.", UNKNOWN),
        ("Burglary in Cobham was lower than a year earlier in June and August.", UNKNOWN),
        ("In Cobham, June and August were quieter than a year ago.", UNKNOWN),
        ("June and August were quieter than a year ago for robbery.", UNKNOWN),
        ("Both June and August saw burglary fall year on year.", YES),
        ("May, July and October were the only months to exceed the previous year.", YES),
        ("May and July were the only months to exceed the previous year.", NO),
    ],
)
def test_months_picked_out_are_each_held_against_the_same_month_a_year_before(text: str, judged: str) -> None:
    assert verdicts(text, (*MONTHS, *OTHERS)) == [judged]


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("Burglary recorded a fourth consecutive monthly fall.", YES),
        ("Burglary has risen three months in a row.", NO),
        ("Burglary has fallen every month for the last five months.", YES),
        ("Burglary has fallen for two consecutive quarters.", YES),
        ("A third consecutive quarterly rise in burglary.", NO),
        ("Four consecutive falls in burglary.", YES),
    ],
)
def test_a_run_is_counted_in_the_months_quarters_or_years_that_it_names(text: str, judged: str) -> None:
    assert verdicts(text, (*MONTHS, *OTHERS)) == [judged]


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("Four consecutive increases in burglary.", YES),
        ("An unbroken run of four annual declines in burglary.", NO),
        ("Burglary has risen every year for the last three years.", YES),
        ("Another annual rise in burglary.", YES),
        ("Yet another fall in burglary.", NO),
        ("Burglary fell still further on last year.", NO),
        ("Burglary edged up by a fraction.", YES),
        ("Burglary rose by a large margin.", NO),
        ("There was hardly any change in burglary.", YES),
        ("A fractional decrease in the number of burglaries on last year.", NO),
        ("A significant fall in burglary year on year.", NO),
        ("Burglary in Cobham rose slightly.", UNKNOWN),
        ("In Cobham, burglary fell slightly.", UNKNOWN),
        ("In Cobham, burglary fell by 12.", UNKNOWN),
        ("In Milton Keynes, burglary fell slightly.", UNKNOWN),
        ("Robbery fell by 20%, with a slight increase in the number of burglaries on last year.", YES),
        ("Burglary continues to take up much time.", None),
    ],
)
def test_a_trend_is_judged_by_its_years_however_it_is_told(text: str, judged: str | None) -> None:
    assert verdicts(text, (*YEARS, *OTHERS))[-1:] == [judged] * (judged is not None)


SO_FAR: tuple[Row, ...] = (
    ("Burglary", "Redbrook", "2017/18", 640), ("Burglary", "Redbrook", "2018-04/2018-12", 450),
    ("Burglary target", "Redbrook", "2018/19", 620), ("Robbery", "Redbrook", "2017/18", 120),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("Burglary will meet its target.", YES),
        ("At this rate burglary will miss its target.", NO),
        ("The target for burglary will not be met on current trends.", NO),
        ("Burglary is unlikely to meet the year-end target.", NO),
        ("Burglary is set to exceed the target.", NO),
        ("Burglary is forecast to come in 20 below target.", YES),
        ("Hate crime is set to beat the target.", UNKNOWN),
        ("Burglary is projected to finish under last year's total.", YES),
        ("Burglary is set to rise on last year at the current rate.", NO),
        ("A straight-line projection puts burglary 40 under last year.", YES),
        ("Burglary is projected to end 6.2% over last year.", NO),
        ("It will be down 40 at this rate.", YES),
        ("Simply scaling up, burglary will be lower than last year.", YES),
        ("On the current trajectory burglary will end the year at 700.", NO),
    ],
)
def test_where_a_year_will_end_is_judged_in_straight_line(text: str, judged: str) -> None:
    assert verdicts(text, SO_FAR, end=DECEMBER) == [judged]


AIMED: tuple[Row, ...] = (("Burglary target", "Redbrook", "2018/19", 600), *YEARS)


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("Burglary misses the year's ceiling by 25.", YES),
        ("Burglary misses the year's ceiling by 11.", NO),
        ("Burglary missed target for the year by 4.2%.", YES),
        ("Burglary was unable to meet the target.", YES),
        ("Burglary outperformed its target.", NO),
        ("Burglary is inside the year's target.", NO),
        ("Burglary is off target for the year.", YES),
        ("Burglary is running in excess of target.", YES),
        ("By the year end, burglary was meeting the target.", NO),
        ("Burglary (status: amber).", UNKNOWN),
        ("Target missed for vehicle crime.", UNKNOWN),
        ("Robbery met its target.", UNKNOWN),
        ("The burglary target was exceeded by 25 offences.", YES),
        ("The target for burglary proved out of reach.", YES),
        ("Burglary in Cobham: target missed.", UNKNOWN),
    ],
)
def test_a_target_is_judged_however_it_is_said_to_be_met_or_missed(text: str, judged: str) -> None:
    assert verdicts(text, AIMED) == [judged]
