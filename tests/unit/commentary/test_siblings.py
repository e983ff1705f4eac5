"""The same thing said in other words: each form stands beside two or three of its siblings."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

Rows = dict[str, float]
ROLLING: Rows = {
    "2010-07/2011-06": 702, "2010-10/2011-09": 718, "2011-01/2011-12": 745, "2011-04/2012-03": 731,
    "2011-07/2012-06": 760, "2011-10/2012-09": 784,
}  # fmt: skip
TWO: Rows = {"2011/12": 410, "2012/13": 451}
HELD: Rows = {"2011/12": 410, "2012/13": 411}
MONTHS: Rows = {
    "2020-08": 78, "2020-09": 61, "2020-10": 80, "2020-11": 77, "2020-12": 55, "2021-01": 46, "2021-02": 33,
    "2021-03": 44, "2021-04": 47, "2021-05": 43, "2021-06": 51, "2021-07": 52, "2021-08": 60, "2021-09": 49,
    "2021-10": 58, "2021-11": 50, "2021-12": 48, "2022-01": 45, "2022-02": 54, "2022-03": 71,
}  # fmt: skip


def figures_of(measure: str, area: str, rows: Rows) -> list[Figure]:
    return [Figure(measure, area, read_code(period), value) for period, value in rows.items()]


def verdicts(text: str, rows: Rows, *, measure: str = "Robbery", extra: tuple[Figure, ...] = ()) -> dict[str, str]:
    figures = figures_of(measure, "Westham", rows)
    last = max(figure.period.last for figure in figures)
    about = Subject(measure, "Westham", Polarity.LOWER, Period(last, 1), ("Westham", "London"))
    found = check_comment(text, about=about, figures=[*figures, *extra])
    return {item.claim.quote: item.verdict.value for item in found}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Each quarter since Jul '10 - Jun '11 has seen the total rise.", "contradicted"),
        ("Every quarter since Jul '10 - Jun '11 has brought an increase.", "contradicted"),
        ("Each quarter since Apr '11 - Mar '12 has seen the total rise.", "supported"),
    ],
)
def test_each_time_since_another_is_a_run(text: str, verdict: str) -> None:
    assert list(verdicts(text, ROLLING).values()) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "The minutes record a rise of 10%.",
        "What the paper calls a spike of 10% is shown.",
        "The briefing describes an increase of 10%.",
    ],
)
def test_what_a_paper_says_is_of_the_measure(text: str) -> None:
    assert list(verdicts(text, TWO).values()) == ["supported"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Robbery was 24 over Jul '11 - Jun '12, at 784.", "supported"),
        ("At 784, robbery was 24 above the Jul '11 - Jun '12 total.", "supported"),
        ("At 784, robbery was 14 under the Jul '11 - Jun '12 total.", "contradicted"),
    ],
)
def test_a_total_is_so_much_over_or_under_that_of_a_time(text: str, verdict: str) -> None:
    assert verdict in verdicts(text, ROLLING).values()


def test_the_time_of_a_superlative_is_no_time_of_the_rise_behind_it() -> None:
    said = verdicts("Robbery is the highest in six years following a rise of 10%.", TWO)
    assert list(said.values()) == ["not_checkable", "supported"]


@pytest.mark.parametrize(
    "often", ["usually climbs in the autumn", "always rises once it is dark", "tends to rise in autumn"]
)
def test_a_habit_is_of_every_year_and_of_none(often: str) -> None:
    assert list(verdicts(f"Robbery {often}.", TWO).values()) == ["not_checkable"]


@pytest.mark.parametrize("text", ["Robbery is up by a single offence.", "Robbery rose by a single case."])
def test_a_single_one_is_one(text: str) -> None:
    assert list(verdicts(text, HELD).values()) == ["supported"]
    assert list(verdicts(text, TWO).values()) == ["contradicted"]


def test_how_often_something_happened_is_no_multiple() -> None:
    assert verdicts("The marker was used 451 times.", TWO, measure="Crimes with marker") == {"451 times": "supported"}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("March 2022, with 71, was the peak of the year.", "supported"),
        ("March 2022 (71) was the highest of the year.", "supported"),
        ("October 2021, with 58, was the peak of the year.", "contradicted"),
    ],
)
def test_the_peak_of_the_year_is_among_its_own_months(text: str, verdict: str) -> None:
    assert list(verdicts(text, MONTHS).values()) == [verdict]


LONDON = tuple(figures_of("Robbery", "London", {"2011/12": 4100, "2012/13": 4182}))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("An increase of 10%, which outstrips that seen across London.", "supported"),
        ("An increase of 10%, which is below that seen across London.", "contradicted"),
        ("Robbery has grown by 10%, more than the growth across London.", "supported"),
        ("Robbery has grown by 10%, less than the rise in London.", "contradicted"),
    ],
)
def test_a_change_is_set_beside_the_change_elsewhere(text: str, verdict: str) -> None:
    assert list(verdicts(text, TWO, extra=LONDON).values()) == ["supported", verdict]


TARGET = tuple(figures_of("Robbery target (% change)", "Westham", {"2012/13": -3}))


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("Achieved: robbery fell against a target of a 3% reduction.", "Achieved", "contradicted"),
        ("Missed: robbery rose against a target of a 3% reduction.", "Missed", "supported"),
        ("A cut of 3% was asked for. This was not delivered: robbery rose.", "This was not delivered", "supported"),
        ("Robbery: 3% reduction required, delivered, with 10% fewer.", "delivered", "contradicted"),
    ],
)
def test_a_target_is_met_or_missed_in_one_word(text: str, quote: str, verdict: str) -> None:
    assert verdicts(text, TWO, extra=TARGET)[quote] == verdict


@pytest.mark.parametrize(
    "text",
    [
        "Robbery has gone up since the last quarter as well as against the position twelve months earlier.",
        "Robbery was up on the previous quarter as well as on a year earlier.",
    ],
)
def test_a_direction_goes_on_to_a_second_time(text: str) -> None:
    assert list(verdicts(text, ROLLING).values()) == ["supported", "supported"]


def test_what_is_tipped_is_of_tipping() -> None:
    text = "Twice as many fly-tips as last year."
    assert list(verdicts(text, TWO, measure="Fly-tipping incidents").values()) == ["contradicted"]


def test_words_of_the_name_are_no_part_and_no_hours() -> None:
    said = verdicts("Domestic burglary has risen by a quarter.", TWO, measure="Domestic burglary")
    assert list(said.values()) == ["contradicted"]
    said = verdicts("That takes those feeling safe after dark to 451.", HELD, measure="Feel safe after dark")
    assert list(said.values()) == ["contradicted"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Every month from August to October was below the year before.", "supported"),
        ("Every month from August to October 2021 was below the year before.", "supported"),
        ("Each month from August to January was under its level of a year before.", "supported"),
        ("Every month from August to February was below the year before.", "contradicted"),
    ],
)
def test_every_month_of_those_named_is_no_other(text: str, verdict: str) -> None:
    assert list(verdicts(text, MONTHS).values()) == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In each of the last two months the number was above that of a year before.", "supported"),
        ("In each of the last two months robberies have been higher than a year earlier.", "supported"),
        ("In each of the last three months robberies were higher than a year earlier.", "contradicted"),
    ],
)
def test_each_of_the_last_months_is_beside_its_own(text: str, verdict: str) -> None:
    assert list(verdicts(text, MONTHS).values()) == [verdict]


@pytest.mark.parametrize("text", ["Robbery has not been this low since 2006.", "Robbery was never as low since 2006."])
def test_not_so_low_since_is_of_all_the_years_between(text: str) -> None:
    assert list(verdicts(text, {"2011/12": 451, "2012/13": 410}).values()) == ["not_checkable"]


def test_a_base_is_the_number_of_the_time_before() -> None:
    said = verdicts("A base of just 410 lies behind the 10% rise.", TWO)
    assert list(said.values()) == ["supported", "supported"]


def test_workshops_delivered_are_no_target_met() -> None:
    assert "contradicted" not in verdicts("Delivered: 14 workshops in schools.", TWO, extra=TARGET).values()
