"""What is written short or drawn, in arrows, labels and pairs in brackets, is judged as it is meant."""

import pytest

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

YES, NO, OPEN = "supported", "contradicted", "not_checkable"
MARCH = read_code("2019-03")
YEARS = {"2017/18": 400.0, "2018/19": 300.0}
BURGLARY = {"Burglary": {"2017/18": 500.0, "2018/19": 450.0}}
WALES = {"Wales": {"2017/18": 4000.0, "2018/19": 3600.0}}
MONTHS = {f"2018-{month:02}": 20.0 + month for month in range(4, 13)} | {
    "2018-08": 40.0,
    "2019-01": 28.0,
    "2019-02": 10.0,
    "2019-03": 29.0,
}


def verdicts(
    text: str,
    values: dict[str, float] = YEARS,
    *,
    measure: str = "Robbery",
    as_at: Period = MARCH,
    beside: dict[str, dict[str, float]] | None = None,
    places: dict[str, dict[str, float]] | None = None,
) -> list[str]:
    """The verdicts on a comment about Alder, in order; ``beside`` by measure, ``places`` by place."""
    known = {(measure, "Alder"): values}
    known |= {(name, "Alder"): told for name, told in (beside or {}).items()}
    known |= {(measure, place): told for place, told in (places or {}).items()}
    figures = [
        Figure(name, place, read_code(when), v) for (name, place), told in known.items() for when, v in told.items()
    ]
    about = Subject(measure, "Alder", Polarity.LOWER, as_at, ())
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery 400->300.", [YES]),
        ("Robbery (400 \u2192 300) and burglary 500 -> 450", [YES, YES]),
        ("Robbery: 400 \u2192 310.", [NO]),
        ("Robbery offences 300 -> 400 (-25%)", [NO, YES]),
    ],
)
def test_an_arrow_leads_from_the_earlier_number_to_the_later(text: str, wanted: list[str]) -> None:
    assert verdicts(text, beside=BURGLARY) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery minus 100, burglary plus 50", [YES, NO]),
        ("Robbery plus 100; burglary minus 50.", [NO, YES]),
        ("Robbery 25% fewer, burglary minus 50", [YES, YES]),
    ],
)
def test_plus_and_minus_say_which_way_behind_each_name(text: str, wanted: list[str]) -> None:
    assert verdicts(text, beside=BURGLARY) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery fell more than in Wales (-25% v -10%).", [YES, YES, YES]),
        ("Compared with Wales, robbery fell faster (25% against 10%).", [YES, YES]),
        ("Robbery saw a bigger reduction than Wales (25%, 10%).", [YES, YES, YES]),
        ("Robbery saw a smaller reduction than Wales (25% v 14%).", [NO, YES, NO]),
        ("Alder saw a smaller decrease in robbery than Wales.", [NO]),
        ("Alder saw a bigger decrease in robbery than Wales.", [YES]),
    ],
)
def test_of_two_changes_in_brackets_the_first_is_ours(text: str, wanted: list[str]) -> None:
    assert verdicts(text, places=WALES) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Peak month: August (40). Lowest month: February (10).", [YES, YES]),
        ("Highest month - August, 40.", [YES]),
        ("Busiest month: 40 (August).", [YES]),
        ("Busiest month: August with 40.", [YES]),
        ("Peak month: July (27). Trough: March (29).", [NO, NO]),
    ],
)
def test_a_label_names_the_month_that_was_the_peak(text: str, wanted: list[str]) -> None:
    assert verdicts(text, MONTHS) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery has dropped by a quarter, a matter of 100 offences.", [YES, YES]),
        ("Robbery is down 25%, a matter of 90 crimes in all.", [YES, NO]),
        ("Robbery fell 25%; this was a matter of 100 offences.", [YES, YES]),
        ("It is a matter of concern that robbery rose by 100.", [NO]),
    ],
)
def test_what_a_change_is_a_matter_of_is_the_change(text: str, wanted: list[str]) -> None:
    assert verdicts(text) == wanted


def test_the_numbers_of_a_formula_are_no_claims() -> None:
    so_far = {"2017/18": 900.0, "2018-04/2018-08": 320.0}
    told = "Projection (months to date x 12/5): 768 by March."
    assert verdicts(told, so_far, as_at=read_code("2018-08")) == [YES]


@pytest.mark.parametrize(
    "text",
    [
        "There were 14.6 robberies for every thousand households.",
        "The robbery rate is 14.6 per 1,000 dwellings.",
        "There were 7 robberies per 10,000 vehicles.",
    ],
)
def test_a_rate_by_other_things_than_people_is_not_held_against_the_text(text: str) -> None:
    assert verdicts(text, beside={"Population": {"2018/19": 100000.0}}) == [OPEN]


@pytest.mark.parametrize(
    "text",
    [
        "The service took 33% fewer calls about noise.",
        "There were 33% fewer incidents regarding parking.",
    ],
)
def test_what_calls_were_about_may_be_another_thing(text: str) -> None:
    assert verdicts(text, measure="ASB incidents") == [OPEN]


def test_what_is_best_left_aside_is_no_extreme() -> None:
    assert NO not in verdicts("Percentages are best left aside here.")


GROUP = {"Sutton": {"2018/19": 200.0}, "Elm": {"2018/19": 100.0}}
PEOPLE = ("Alder", *GROUP)


def among_peers(text: str) -> list[str]:
    """The verdicts on a comment about Alder, the highest of three that have as many people each."""
    known = {"Alder": YEARS, **GROUP}
    figures = [
        Figure("Robbery", place, read_code(when), v) for place, told in known.items() for when, v in told.items()
    ]
    figures += [Figure("Population", place, read_code("2018/19"), 100000.0) for place in PEOPLE]
    about = Subject("Robbery", "Alder", Polarity.LOWER, MARCH, PEOPLE)
    return [item.verdict.value for item in check_comment(text, about=about, figures=figures)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The cluster mean is 200, so we are 50% above it.", [YES, YES]),
        ("The cluster mean is 200, so we are 33% above it.", [YES, NO]),
        ("Gap to MSG average: +50%.", [YES]),
        ("Difference from the family average +40%", [NO]),
        ("We sit 50% above the mean of our most similar forces (2.0).", [YES, YES]),
        ("We sit 50% above the mean of our most similar forces (2.5).", [YES, OPEN]),
        ("Rank 3.", [YES]),
        ("Robbery (rank 2).", [NO]),
        ("MSG position: 3 of 3", [YES]),
    ],
)
def test_a_group_is_known_by_its_short_names_and_labels(text: str, wanted: list[str]) -> None:
    assert among_peers(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery is half that of neighbouring Sutton.", [NO]),
        ("Robbery is 1.5 times that of nearby Sutton.", [YES]),
        ("No other borough comes near our 3.0 per 1,000.", [YES]),
        ("In neighbouring Sutton there were 200 robberies, against our 300.", [YES]),
        ("In neighbouring Sutton there were 210 robberies, against our 300.", [OPEN]),
        ("Robbery rate v MSG: 3.0 v 2.5.", [OPEN]),
    ],
)
def test_what_is_near_by_is_known_by_its_name_and_ours_is_ours(text: str, wanted: list[str]) -> None:
    assert among_peers(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The reduction to March was 25%.", [YES]),
        ("The fall in robbery to March was 20%.", [NO]),
        ("Growth was 5%.", [NO]),
        ("The increase was 12% last year.", [OPEN]),
        ("Burglary rose while robbery went the other way with a fall of 30%.", [NO]),
        ("Robbery fell 25%; the other fell 10%.", [YES, OPEN]),
        ("The longer-term picture shows a rise of 12%.", [OPEN]),
    ],
)
def test_a_change_is_held_against_the_text_where_its_time_is_plain(text: str, wanted: list[str]) -> None:
    assert verdicts(text, beside=BURGLARY) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Employment is 43%; the contract asks for 40%.", [YES, YES]),
        ("Employment is 43% and the grant stipulates 40%.", [YES, YES]),
        ("The contract specifies 40% and we reached 43%.", [YES, YES]),
        ("Employment came to 38%, beneath the 40% set by the Authority.", [NO, NO]),
    ],
)
def test_what_a_contract_asks_for_is_the_target(text: str, wanted: list[str]) -> None:
    asked = {"Employment (%) target": {"2018/19": 40.0}}
    assert verdicts(text, {"2017/18": 41.0, "2018/19": 43.0}, measure="Employment (%)", beside=asked) == wanted


LONDON = {"MPS": {"2017/18": 4000.0, "2018/19": 3600.0}}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("London-wide the reduction in robbery was 10%.", [YES]),
        ("London-wide, robbery fell by 25%.", [NO]),
        ("Across the capital robbery fell 10%.", [YES]),
        ("The borough has outperformed the capital.", [YES]),
        ("Robbery fell 25%, more than double the fall across London.", [YES, YES]),
        ("A capital bid fell by 12%.", [OPEN]),
    ],
)
def test_the_capital_is_the_force_whose_figures_are_given(text: str, wanted: list[str]) -> None:
    assert verdicts(text, places=LONDON) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mthly avg 25.", [YES]),
        ("Qtrly avg: 75.", [YES]),
        ("Avg 26 per mth.", [NO]),
        ("Robbery flattened.", [NO]),
        ("Since the 2011 Census robbery has fallen 25%.", [YES]),
        ("Eighty robberies fell under the 2015 Code.", [OPEN]),
    ],
)
def test_short_words_and_names_with_a_year_are_read(text: str, wanted: list[str]) -> None:
    assert verdicts(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robbery rose by 10 per cent between the third quarter and the fourth.", [YES]),
        ("Robbery: 77, down from 95 in the same quarter of 2018.", [YES, NO]),
        ("Robbery: 77, down from 90 in the same period of 2018.", [YES, YES]),
    ],
)
def test_a_quarter_is_known_by_the_one_named_beside_it(text: str, wanted: list[str]) -> None:
    assert verdicts(text, {"2017/18 Q4": 90.0, "2018/19 Q3": 70.0, "2018/19 Q4": 77.0}) == wanted
