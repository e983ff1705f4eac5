"""Places beside others, ranks and extremes, told in the many ways that people tell them."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period_reading import read_code

YES, NO, OPEN = "supported", "contradicted", "not_checkable"
# People, and burglaries in 2017/18 and 2018/19.
GWENT = {
    "Torfaen": (100_000, 400, 360),  # 3.6 per 1,000, -10%
    "Newport": (150_000, 900, 855),  # 5.7, -5%
    "Caerphilly": (180_000, 720, 756),  # 4.2, +5%
    "Monmouthshire": (90_000, 180, 171),  # 1.9, -5%
    "Blaenau Gwent": (70_000, 350, 308),  # 4.4, -12%
    "Gwent": (590_000, 2550, 2450),  # 4.15, -3.9%
}
PEERS = ("Torfaen", "Newport", "Caerphilly", "Monmouthshire", "Blaenau Gwent")
# By month from April 2016; September 2018 is the most of all, June 2018 the least of its year.
MONTHS = {
    2016: (30, 31, 28, 33, 35, 36, 34, 38, 41, 40, 37, 37),
    2017: (34, 33, 20, 35, 36, 37, 33, 35, 36, 34, 33, 34),
    2018: (29, 28, 22, 30, 31, 44, 32, 31, 30, 29, 27, 27),
}


def verdicts(text: str) -> list[str]:
    """The verdicts on a comment about burglary in Torfaen, beside Gwent and its five districts."""
    figures = [Figure("Population", place, read_code("2018/19"), float(told[0])) for place, told in GWENT.items()]
    for place, (_, before, now) in GWENT.items():
        figures += [Figure("Burglary", place, read_code("2017/18"), float(before))]
        figures += [Figure("Burglary", place, read_code("2018/19"), float(now))]
    for year, counts in MONTHS.items():
        codes = [f"{year + (at > 8)}-{(at + 3) % 12 + 1:02d}" for at in range(12)]
        figures += [
            Figure("Burglary", "Torfaen", read_code(code), float(count))
            for code, count in zip(codes, counts, strict=True)
        ]
    about = Subject("Burglary", "Torfaen", Polarity.LOWER, read_code("2019-03"), PEERS)
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Torfaen has the second lowest rate of the five Gwent areas.", [YES]),
        ("Torfaen has the lowest rate of the five.", [NO]),
        ("The rate is second lowest out of the five.", [YES]),
        ("The rate is the lowest of the eleven wards.", [OPEN]),
        ("The rate is the lowest of the 43 forces in England and Wales.", [OPEN]),
        ("Newport has the highest number of offences of the five.", [YES]),
        ("The highest rate of burglary in the group was found in Caerphilly.", [NO]),
        ("The highest rate in the group is that of Newport.", [YES]),
        ("Our number of offences ranks as the third lowest in the group.", [YES]),
        ("Torfaen has the lowest rate of arson in the group.", [OPEN]),
        ("Torfaen is second for burglary.", [YES]),
        ("We came fourth for burglary.", [NO]),
        ("Torfaen is 2nd in a group of five.", [YES]),
        ("Torfaen is 2nd in a group of fifteen.", [OPEN]),
        ("Torfaen is third in the list of 32 areas.", [OPEN]),
        ("More were taken here than anywhere else in the group.", [NO]),
        ("There were more offences in Newport than in any other area.", [YES]),
        ("The rate is lower than in any of the other four.", [NO]),
        ("None of the other four recorded a lower rate.", [NO]),
        ("No London borough has a lower rate.", [OPEN]),
        ("The fall was the second largest of the five.", [YES]),
    ],
)
def test_a_group_told_by_its_size_is_the_group_where_the_size_agrees(text: str, wanted: list[str]) -> None:
    assert verdicts(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The rate is below Newport's.", [YES]),
        ("Burglary is below Monmouthshire's.", [NO]),
        ("Torfaen exceeded Newport.", [NO]),
        ("The rate is lower than both Newport and Caerphilly.", [YES]),
        ("The rate is lower than either Newport or Monmouthshire.", [NO]),
        ("The rate is below Swansea's.", [OPEN]),
        ("Fewer offences were recorded in Torfaen than in Newport.", [YES]),
        ("More offences were recorded in Torfaen than in Newport.", [NO]),
        ("Compared with Newport, the rate is lower.", [YES]),
        ("Compared with Newport, the rate of burglary is now higher.", [NO]),
        ("The rate is below the force average.", [YES]),
        ("The rate is above the Gwent rate.", [NO]),
        ("The rate is below the average for the 43 forces.", [OPEN]),
        ("The rate is below the English average.", [OPEN]),
        ("Burglary fell by 10%, below Monmouthshire.", [YES, OPEN]),
        ("An above-average rate.", [OPEN]),
        ("A below-average rate.", [YES]),
        ("Torfaen is ahead of Newport on burglary.", [YES]),
        ("Torfaen is behind Newport on burglary.", [NO]),
    ],
)
def test_rates_are_compared_where_the_words_do_not_say(text: str, wanted: list[str]) -> None:
    assert verdicts(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Burglary fell by 10%, outstripping the reduction for the force.", [YES, YES]),
        ("The fall outpaced that of Blaenau Gwent.", [NO]),
        ("The fall fell short of the reduction in Blaenau Gwent.", [YES]),
        ("Burglary fell more slowly than in Newport.", [NO]),
        ("Burglary came down by more than in Newport.", [YES]),
        ("The fall was lesser than that seen in the force.", [NO]),
        ("Blaenau Gwent fell by more.", [YES]),
        ("Monmouthshire came down by more.", [NO]),
        ("Falls were recorded in four of the five areas.", [YES]),
        ("Falls were recorded in three of the five areas.", [NO]),
        ("Four of the five saw a reduction.", [YES]),
        ("One of the five increased.", [YES]),
        ("Swansea's fall was 9.3%.", [OPEN]),
        ("The panel noted that Swansea saw a fall of 9.3%.", [OPEN]),
    ],
)
def test_changes_are_compared_however_they_are_told(text: str, wanted: list[str]) -> None:
    assert verdicts(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("September was the worst month of the year.", [YES]),
        ("June 2018 was the quietest month of the year.", [YES]),
        ("January was the worst month of the year.", [NO]),
        ("The second highest month was October 2018.", [YES]),
        ("The second highest month was June 2018.", [NO]),
        ("Burglary bottomed out in June 2018.", [YES]),
        ("The worst, 44, was September.", [YES]),
        ("The worst, 32, was October.", [NO]),
        ("The most burglaries were recorded in September.", [YES]),
        ("July to September was the busiest quarter of the year.", [YES]),
        ("April to June was the busiest quarter of the year.", [NO]),
        ("Burglars struck most on Fridays.", [OPEN]),
        ("Abbey ward had the lowest total.", [OPEN]),
        ("The lowest monthly figure since April 2009.", [NO]),
    ],
)
def test_a_month_or_quarter_is_the_extreme_of_its_year_where_no_time_is_told(text: str, wanted: list[str]) -> None:
    assert verdicts(text) == wanted
