"""What a report says in passing: of a place without figures, a run that ended, a pace, a projection, a quiet month."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

Rows = dict[str, float]
YEARS: Rows = {
    "2006/07": 9880, "2007/08": 9412, "2008/09": 9120, "2009/10": 8655, "2010/11": 8390, "2011/12": 8402,
}  # fmt: skip
MONTHS: Rows = {
    "2020-07": 402, "2020-08": 391, "2020-09": 355, "2021-04": 288, "2021-05": 301, "2021-06": 312, "2021-07": 330,
    "2021-08": 341, "2021-09": 349,
}  # fmt: skip
SO_FAR: Rows = {"2018-04/2018-09": 640, "2019-04/2019-09": 768, "2018-04/2018-12": 990, "2019-04/2019-12": 1089}
PART: Rows = {"2014/15": 612, "2015-04/2015-10": 322}
TWO: Rows = {"2016/17": 1092, "2017/18": 1196}


def verdicts(text: str, rows: Rows, *, measure: str = "All crime", extra: tuple[Figure, ...] = ()) -> list[str]:
    figures = [Figure(measure, "Westham", read_code(period), value) for period, value in rows.items()]
    last = max(figure.period.last for figure in figures)
    about = Subject(measure, "Westham", Polarity.LOWER, Period(last, 1))
    return [item.verdict for item in check_comment(text, about=about, figures=[*figures, *extra])]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Crime fell in each year after 2006/07 up to 2010/11.", "supported"),
        ("Crime fell in every year between 2006/07 and 2010/11.", "supported"),
        ("Crime fell year after year from 2006/07 to 2011/12.", "contradicted"),
        ("Crime dropped each year up to 2010/11.", "supported"),
        ("Crime dropped each year until 2011/12.", "supported"),
    ],
)
def test_a_run_that_has_ended_is_judged_to_its_end(text: str, verdict: str) -> None:
    assert verdicts(text, YEARS) == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Each of the last three months was lower than the same month of 2020.", "supported"),
        ("Each of the last three months was higher than the same month of 2020.", "contradicted"),
        ("In each of the last three months calls were lower than a year earlier.", "supported"),
        ("ASB has risen month by month since April.", "supported"),
        ("ASB has fallen month after month since April.", "contradicted"),
        ("No month had fewer than 280 calls.", "supported"),
        ("No month has been lower than 290.", "contradicted"),
    ],
)
def test_months_are_set_beside_those_that_are_named(text: str, verdict: str) -> None:
    assert verdicts(text, MONTHS, measure="Anti-social behaviour") == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Crime fell faster than Kent as a whole, where crime was down 3.2%.",
        "It was a better performance than Kent overall, which was down 3.2%.",
        "No other Tees Valley authority has fared worse.",
        "It was a longer run of falls than any other Dyfed-Powys county.",
        "The total is above the Merseyside share.",
        "It is falling more quickly than in Gwynedd.",
    ],
)
def test_a_place_in_capitals_that_has_no_figures_is_no_part_of_the_measure(text: str) -> None:
    assert set(verdicts(text, YEARS)) == {"not_checkable"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The rate of increase has eased from 20% at the half-year.", ["supported"]),
        ("The pace of growth has slowed from 20% to 10%.", ["supported"]),
        ("The rate of increase has gone from 20% to 12%.", ["contradicted"]),
        ("The rate of increase has quickened since the half-year and now stands at 20%.", ["contradicted"] * 2),
        ("The rise has moderated from 18%.", ["contradicted"]),
    ],
)
def test_a_rate_of_change_is_judged_as_one(text: str, said: list[str]) -> None:
    assert verdicts(text, SO_FAR, measure="Vehicle crime") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The projection is 552, level with 2014/15.", ["supported", "contradicted"]),
        ("On the straight line the year will end on 552, which is 9.8% lower than 2014/15.", ["supported"] * 2),
        ("Thefts are pointing to a full-year figure near 552, or 60 fewer than 2014/15.", ["supported"] * 2),
        ("If the seven-month pace continues theft will end the year above 2014/15.", ["contradicted"]),
        ("Theft is predicted to be higher again.", ["not_checkable"]),
    ],
)
def test_what_goes_on_about_a_projection_is_of_the_whole_year(text: str, said: list[str]) -> None:
    assert verdicts(text, PART, measure="Theft") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Officers attended 23 incidents a week on average, up from 22.", ["supported", "contradicted"]),
        ("Incidents averaged 23 a week, up from 21.", ["supported"] * 2),
        ("The weekly average was 23, compared with 21 the year before.", ["supported"] * 2),
        ("The monthly average was 100, against 131 in 2004/05.", ["supported", "not_checkable"]),
        ("Officers dealt with 104 more incidents, leaving the total 9.5% higher.", ["supported"] * 2),
    ],
)
def test_who_dealt_with_so_many_is_not_what_is_counted(text: str, said: list[str]) -> None:
    assert verdicts(text, TWO, measure="Domestic abuse incidents") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Crime rose over the year, reaching a total of 1,196.", ["supported"] * 2),
        ("Crime rose, finishing on a total of 1,196.", ["supported"] * 2),
        ("Crime went from 1,196 to 1,092 between the two financial years.", ["contradicted"]),
        ("Crime rose to a level of 1,196.", ["supported"]),
        ("There was an increase of 1,196 offences.", ["contradicted"]),
        ("Crime rose by 9.5% and public order by about a fifth.", ["supported", "not_checkable"]),
        ("The fall in crime is outside the confidence interval.", ["contradicted"]),
        ("The rise in crime is outside the confidence interval.", ["not_checkable"]),
        ("Crime rose, and fewer were charged.", ["supported", "not_checkable"]),
        ("Crime rose, with the summer months particularly quiet.", ["supported", "not_checkable"]),
        ("Crime rose, fewest in February.", ["supported", "not_checkable"]),
        ("It was the quietest March on record.", ["not_checkable"]),
        ("It is at its lowest since the hub opened.", ["not_checkable"]),
        ("And so the measure remains worse than last year.", ["supported"]),
    ],
)
def test_what_a_sentence_says_besides_is_judged_by_itself(text: str, said: list[str]) -> None:
    assert verdicts(text, TWO) == said


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("July 2014 was the worst month of the two years with 82.", "supported"),
        ("June 2015 was the worst month of the two years with 74.", "contradicted"),
        ("The highest month of the two years was July 2014.", "supported"),
        ("It was the quietest March for two years.", "supported"),
        ("It was the busiest March for two years.", "contradicted"),
    ],
)
def test_a_month_is_set_beside_all_the_years_that_are_told(text: str, verdict: str) -> None:
    values = (64, 71, 69, 82, 77, 60, 66, 58, 49, 52, 47, 61, 59, 66, 74, 63, 61, 64, 51, 60, 45, 50, 55, 57)
    start = read_code("2014-04")
    rows = {str(at): float(value) for at, value in enumerate(values)}
    figures = [Figure("Theft", "Westham", start.shift(int(at)), value) for at, value in rows.items()]
    about = Subject("Theft", "Westham", Polarity.LOWER, start.shift(23))
    assert [item.verdict for item in check_comment(text, about=about, figures=figures)] == [verdict]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Theft met its 5% reduction target.", ["contradicted", "supported"]),
        ("Theft is 3% down, so the indicator is on target.", ["supported", "contradicted"]),
    ],
)
def test_a_target_that_is_a_change_is_met_or_missed_by_the_change(text: str, said: list[str]) -> None:
    target = Figure("Theft target (% change)", "Westham", read_code("2014-04/2014-12"), -5)
    rows = {"2013-04/2013-12": 810.0, "2014-04/2014-12": 786.0}
    assert verdicts(text, rows, measure="Theft", extra=(target,)) == said


def test_a_distance_from_a_ceiling_that_is_a_percentage_is_one() -> None:
    target = Figure("Repeat cases (%) target", "Westham", read_code("2013/14 Q2"), 28)
    text = "Repeat cases are two points over the 28% ceiling."
    rows = {"2012/13 Q2": 31.0, "2013/14 Q2": 26.0}
    assert verdicts(text, rows, measure="Repeat cases (%)", extra=(target,)) == ["contradicted"]


def test_a_share_of_the_year_before_is_of_the_same_part_and_whole() -> None:
    years = (("2008/09", 3212), ("2009/10", 3105))
    whole = tuple(Figure("Violence against the person", "Westham", read_code(year), value) for year, value in years)
    rows = {"2008/09": 1120.0, "2009/10": 1015.0}
    text = "It now makes up 32.7% of all violence, down from {}%."
    said = {
        told: verdicts(text.format(told), rows, measure="Alcohol-related violence", extra=whole)
        for told in ("34.9", "36")
    }
    assert said == {"34.9": ["supported"] * 2, "36": ["supported", "contradicted"]}


SEVERAL = (
    *(("Burglary", "Ashby", year, value) for year, value in zip(
        ("2011/12", "2012/13", "2013/14", "2014/15"), (512, 488, 455, 419), strict=True,
    )),
    ("All crime", "Ashby", "2013/14", 6020), ("All crime", "Ashby", "2014/15", 5870),
    ("Robbery", "Ashby", "2013/14", 88), ("Robbery", "Ashby", "2014/15", 73),
    ("Burglary", "Corby", "2013/14", 430), ("Burglary", "Corby", "2014/15", 390),
)  # fmt: skip


def of_several(text: str) -> list[str]:
    figures = [Figure(measure, area, read_code(year), value) for measure, area, year, value in SEVERAL]
    about = Subject("Burglary", "Ashby", Polarity.LOWER, Period(figures[3].period.last, 1), ("Ashby", "Corby"))
    return [item.verdict for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Burglary and robbery both fell.", ["supported"]),
        ("While burglary and all crime are up, robbery is down.", ["contradicted", "supported"]),
        ("Robbery and public order have both fallen.", ["not_checkable"]),
        ("Burglary and robbery were 7.9% and 17.0% down.", ["supported"] * 2),
    ],
)
def test_two_measures_told_as_one_are_judged_each_by_itself(text: str, said: list[str]) -> None:
    assert of_several(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Corby saw a bigger fall than Ashby.", ["supported"]),
        ("Corby saw a smaller fall than Ashby.", ["contradicted"]),
        ("Burglary is 12th in the region.", ["not_checkable"]),
        ("Corby used to be the worst in the group.", ["not_checkable"]),
        ("The rate is below the national average.", ["not_checkable"]),
    ],
)
def test_places_are_compared_from_where_the_text_stands(text: str, said: list[str]) -> None:
    assert of_several(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Twelve months ago burglary stood at 455; it is now 419.", ["supported"] * 2),
        ("Twelve months ago burglary stood at 419; it is now 455.", ["contradicted"] * 2),
        ("Last year burglary fell by 33; this year it fell by 36.", ["supported"] * 2),
        ("Burglary is back at the level of 2012/13.", ["contradicted"]),
        ("Compared to last year, burglary has increased (419 from 455).", ["contradicted"]),
        ("Burglary has fallen by between 20 and 40 in each year.", ["not_checkable"] * 2),
        ("Burglary fell by 24, 33 and 36.", ["not_checkable", "not_checkable", "supported"]),
        ("Just under 450 burglaries were recorded.", ["contradicted"]),
        ("Burglary was down on each of the previous three years.", ["supported"]),
    ],
)
def test_a_number_is_of_the_time_that_its_clause_tells(text: str, said: list[str]) -> None:
    assert of_several(text) == said
