"""The same thing told in other words is judged the same; what is told of something else is never called wrong."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

YES, NO, UNKNOWN = "supported", "contradicted", "not_checkable"
MARCH, SEPTEMBER = Period.month(2019, 3), Period.month(2018, 9)
GROUP = ("Alder", "Briar", "Clover", "Greater Elm")
Row = tuple[str, str, str, float]
THEFT: tuple[Row, ...] = (
    ("Theft", "Alder", "2017/18", 5010), ("Theft", "Alder", "2018/19", 5060),
    ("Population", "Alder", "2017/18", 158_400), ("Population", "Alder", "2018/19", 168_900),
)  # fmt: skip
GROWTH: tuple[Row, ...] = tuple(
    (name, area, year, value)
    for name, area, values in (
        ("Violence without injury", "Alder", (2104, 2451)), ("Violence without injury", "Greater Elm", (9000, 10_200)),
        ("All crime", "Alder", (30_000, 60_180)),
    )
    for year, value in zip(("2017/18", "2018/19"), values, strict=True)
)  # fmt: skip
PLACES: tuple[Row, ...] = tuple(
    row
    for area, count, people in zip(GROUP, (40, 38, 41, 90), (1000, 1200, 900, 2600), strict=True)
    for row in (("Theft", area, "2018/19", count), ("Population", area, "2018/19", people))
)
MONTHS: tuple[Row, ...] = tuple(
    ("Fly-tipping", "Alder", f"{2018 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}", value)
    for month, value in enumerate((82, 87, 90, 94, 98, 93, 91, 86, 79, 84, 80, 86))
)
YEARS: tuple[Row, ...] = tuple(
    ("Fires", "Alder", year, value)
    for year, value in (("2014/15", 90), ("2015/16", 60), ("2016/17", 72), ("2017/18", 70), ("2018/19", 81))
)
SO_FAR: tuple[Row, ...] = (
    ("Theft", "Alder", "2017-04/2017-06", 540), ("Theft", "Alder", "2018-04/2018-06", 664),
    ("Theft", "Alder", "2017-04/2017-09", 1105), ("Theft", "Alder", "2018-04/2018-09", 1207),
)  # fmt: skip
TREATED: tuple[Row, ...] = (
    ("Treatment completed (%)", "Alder", "2017/18", 41.2), ("Treatment completed (%)", "Alder", "2018/19", 44.0),
    ("Treatment completed (%) target", "Alder", "2018/19", 42.0),
)  # fmt: skip


def verdicts(
    text: str,
    rows: tuple[Row, ...],
    *,
    group: tuple[str, ...] = (),
    end: Period = MARCH,
    better: Polarity = Polarity.LOWER,
) -> list[str]:
    figures = [Figure(name, area, read_code(period), float(value)) for name, area, period, value in rows]
    about = Subject(rows[0][0], "Alder", better, end, group)
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Theft went up by 50; the number per 1,000 people fell from 31.6 to 30.0.", YES),
        ("Theft went up by 50 but thefts for every 1,000 residents fell from 31.6 to 30.2.", NO),
        ("Theft went up by 50, while the rate fell by 1.7.", YES),
    ],
)
def test_a_number_whose_own_subject_is_the_rate_is_one_of_rates(text: str, verdict: str) -> None:
    assert verdicts(text, THEFT)[-1] == verdict


def test_a_rate_of_which_no_people_are_given_is_not_called_wrong() -> None:
    text = "Theft went up by 50; the number per 1,000 people fell from 31.6 to 30.0."
    assert verdicts(text, THEFT[:2])[-1] == UNKNOWN


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The rise is a little below the rise seen across Greater Elm.", NO),
        ("The rise is above the rise in Greater Elm.", YES),
        ("It has risen at a slower pace than in Greater Elm.", NO),
        ("It rose faster than in Greater Elm.", YES),
    ],
)
def test_the_name_of_a_place_says_nothing_of_how_great_a_change_is(text: str, verdict: str) -> None:
    assert verdicts(text, GROWTH)[-1] == verdict


@pytest.mark.parametrize("text", ["Ranked 3rd of 4 in its group, with 40 offences.", "With 40 thefts it is 3rd of 4."])
def test_a_place_is_by_rate_though_a_number_is_told_beside_it(text: str) -> None:
    assert set(verdicts(text, PLACES, group=GROUP)) == {YES}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In 2017/18 the average was 6 a month; for 2018/19 it is 7.", YES),
        ("The monthly average was 6 in 2017/18. In 2018/19 it was 8.", NO),
        ("They averaged 7 a month, as in 2015/16.", NO),
    ],
)
def test_a_bare_number_after_an_average_is_another(text: str, verdict: str) -> None:
    assert verdicts(text, YEARS)[-1] == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("No month of 2018/19 passed 90.", NO),
        ("No month saw fewer than 79.", YES),
        ("Every month stayed under 99.", YES),
        ("Monthly totals never exceeded 97.", NO),
        ("It peaked at 98 in September.", NO),
        ("It was worst in August.", YES),
        ("It peaked at 98 in August and averaged 89 a month.", NO),
        ("It is busiest on Saturdays, with Fridays the calmest day.", UNKNOWN),
    ],
)
def test_bounds_and_peaks_of_months_are_told_in_many_words(text: str, verdict: str) -> None:
    assert verdicts(text, MONTHS)[-1] == verdict


@pytest.mark.parametrize(
    "text",
    [
        "August took a tenth of it; 18% of victims were over 60.",
        "August took a tenth of fly-tipping and a third of offenders were caught.",
    ],
)
def test_the_part_that_a_share_is_of_is_told_after_it_and_not_by_the_months_before(text: str) -> None:
    assert NO not in verdicts(text, MONTHS)[1:]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Fires have climbed year on year since 2015/16.", NO),
        ("Fires rose to 81, a third year of growth.", NO),
        ("Fires are up for a third year.", NO),
        ("Fires fell to 81 and the trend continues.", NO),
    ],
)
def test_a_run_of_years_is_told_in_many_words(text: str, verdict: str) -> None:
    assert verdicts(text, YEARS)[-1] == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Theft was 23% up at the end of June.", YES),
        ("Theft was 23% higher by June.", YES),
        ("In June theft rose by 12%.", UNKNOWN),
    ],
)
def test_the_end_of_a_month_is_the_year_so_far_where_the_month_is_not_known(text: str, verdict: str) -> None:
    assert verdicts(text, SO_FAR, end=SEPTEMBER) == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Completions at 44.0% beat the target by two points.", YES),
        ("Completions are three points clear of the target.", NO),
        ("The target is 42% and, at 44.0%, it has been achieved.", YES),
        ("The aim was 42%, so the target has been missed.", NO),
    ],
)
def test_what_is_told_of_a_target_is_its_distance_and_not_the_level(text: str, verdict: str) -> None:
    assert verdicts(text, TREATED, better=Polarity.HIGHER)[-1] == verdict


def test_a_change_told_again_in_brackets_is_no_share() -> None:
    assert verdicts("It went up by 347 (4.1%).", GROWTH) == [YES, NO]
    assert verdicts("It rose to 2,451 (4.1% of all crime).", GROWTH) == [YES, YES]


@pytest.mark.parametrize(
    "text",
    [
        "Theft was lower than predicted by the seasonal model.",
        "The quarter is inside the warning limits.",
        "Theft is better than in most other core cities.",
    ],
)
def test_what_no_report_has_figures_of_is_found_and_left_open(text: str) -> None:
    assert verdicts(text, THEFT) == [UNKNOWN]


def test_a_place_may_be_compared_with_after_a_time() -> None:
    text = "Violence without injury is worse than last year and than Greater Elm."
    assert verdicts(text, GROWTH) == [YES, YES]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("There have been two rises and one fall since 2015/16.", YEARS),
        ("Fires fell to 60 before rising to 72.", YEARS),
        ("Fires fell by 30, rose by 12, fell by 2 and rose by 11.", YEARS),
        ("Fires rose by 11, with Dover down 14%.", YEARS),
        ("Of 11 more fires, 8 were deliberate.", YEARS),
        ("The force's target is 5%.", TREATED),
        ("The target has been raised by two points.", TREATED),
        ("Completions were 44.0%; 312 people answered, 12% fewer than last time.", TREATED),
        ("The rate fell to 30.0 per 1,000 as the population grew by 6.6%.", THEFT),
        ("Theft was 40 below the centre line.", THEFT),
        ("It rose by 347 and accounts for 52% of violence.", GROWTH),
        ("September was the fourth highest month.", MONTHS),
    ],
)
def test_what_is_told_of_something_else_is_not_called_wrong(text: str, rows: tuple[Row, ...]) -> None:
    assert NO not in verdicts(text, rows)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("There were 30.0 thefts per 1,000 people, fewer than the 31.6 of the year before.", YES),
        ("Theft is 50 above where it stood in 2017/18.", YES),
        ("Theft is 60 above where it stood in 2017/18.", NO),
    ],
)
def test_what_a_number_is_set_beside_is_bound_by_its_own_words(text: str, verdict: str) -> None:
    assert verdicts(text, THEFT)[-1] == verdict
