"""What is drafted from figures, and what the figures say of a written verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.commentary import find
from quarterday.commentary.check import CheckedClaim, Subject, Verdict, check_comment
from quarterday.commentary.draft import draft
from quarterday.commentary.read import read_claims
from quarterday.commentary.wording import listed, number, ordinal, per_cent, signed
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.finding import Strength
from quarterday.domain.measure import Break, Measure, Polarity
from quarterday.domain.period import Period
from quarterday.statistics.change import compare

YEAR = Period.financial_year(2011)
COLUMNS = tuple(YEAR.shift(-3 * back) for back in reversed(range(8)))
HARASSMENT = (141, 167, 183, 198, 209, 204, 190, 180)
DOMESTIC_ABUSE = (539, 558, 581, 581, 585, 562, 567, 573)


def measure(polarity: Polarity = Polarity.LOWER, **other: object) -> Measure:
    return Measure("Harassment", "offences", "offence", polarity, "police", **other)  # type: ignore[arg-type]


def holding(totals: tuple[int, ...]) -> Holding:
    figures = {
        period: Figure("Harassment", "Redditch", period, total) for period, total in zip(COLUMNS, totals, strict=True)
    }
    return Holding("Harassment", "Redditch", figures)


def two_years(earlier: int, later: int) -> Holding:
    figures = {period: Figure("H", "R", period, count) for period, count in ((YEAR.shift(-12), earlier), (YEAR, later))}
    return Holding("H", "R", figures)


def drafted(totals: tuple[int, ...], which: Measure) -> str:
    held = holding(totals)
    findings = [
        find.find_change(which, held, YEAR),
        find.find_quarters(which, held, COLUMNS),
        find.find_averages(which, held, [YEAR.shift(-12), YEAR]),
    ]
    return " ".join(sentence.text for sentence in draft(which, findings))


def checked(text: str, held: Holding, which: Measure) -> tuple[CheckedClaim, ...]:
    about = Subject(held.measure, held.area, which.polarity, Period(YEAR.last, 1))
    return check_comment(text, about=about, figures=tuple(held.figures.values()))


def verdict_on(text: str, totals: tuple[int, ...], which: Measure) -> set[Verdict]:
    return {claim.verdict for claim in checked(text, holding(totals), which)}


def test_a_draft_says_verdict_number_per_cent_and_chance() -> None:
    assert drafted(HARASSMENT, measure()) == (
        "Better than last year: down 18 offences (9.1%), from 198 to 180. "
        "This is within the range of chance: no clear change. "
        "By quarter, against a year before: Q1 2011/12 up 11, Q2 down 5, Q3 down 14 and Q4 down 10. "
        "The monthly average was 16.5 in 2010/11 and 15.0 in 2011/12."
    )


def test_a_draft_follows_the_measures_polarity() -> None:
    assert drafted(HARASSMENT, measure(Polarity.HIGHER)).startswith("Worse than last year: down 18")
    assert drafted(HARASSMENT, measure(Polarity.NEITHER)).startswith("Lower than last year: down 18")


def test_a_draft_of_no_change_says_so() -> None:
    assert drafted((5, 5, 5, 581, 5, 5, 5, 581), measure()).startswith(
        "The same as last year: 581 offences in both years."
    )


def test_a_draft_keeps_the_singular() -> None:
    assert "up 1 offence, from 1 to 2" in drafted((1, 1, 1, 1, 1, 1, 1, 2), measure())


def test_a_draft_says_why_nothing_can_be_compared() -> None:
    short = Holding("Harassment", "Redditch", {YEAR: Figure("Harassment", "Redditch", YEAR, 180)})
    change = find.find_change(measure(), short, YEAR)
    assert draft(measure(), [change])[0].text.startswith(
        "No comparison with last year can be made: no total for 2010/11"
    )


def test_a_comparison_across_a_break_carries_its_caveat() -> None:
    broken = measure(breaks=(Break(Period.month(2011, 6), "A new recording system."),))
    assert "It crosses a break in the series: A new recording system." in drafted(HARASSMENT, broken)


def test_a_change_is_clear_only_when_it_stands_among_all_that_were_looked_at() -> None:
    changes = [find.find_change(measure(), two_years(*pair), YEAR) for pair in ((59, 84), (198, 180), (100, 300))]
    assert [finding.strength for finding in changes] == [
        Strength.LIKELY,
        Strength.NO_CLEAR_CHANGE,
        Strength.LIKELY,
    ]
    strengths = [finding.strength for finding in find.strengthen(changes)]
    assert strengths == [Strength.LIKELY, Strength.NO_CLEAR_CHANGE, Strength.CLEAR]


@pytest.mark.parametrize(
    "text",
    [
        "Worse than last year, showing an increasing trend.",
        "worse than this time last year",
        "WORSE than the previous year",
    ],
)
def test_a_verdict_against_its_figures_is_contradicted(text: str) -> None:
    assert verdict_on(text, DOMESTIC_ABUSE, measure()) == {Verdict.CONTRADICTED}


def test_a_verdict_that_the_figures_show_is_supported() -> None:
    assert verdict_on("Better than last year, by 18 offences (9.1%).", HARASSMENT, measure()) == {Verdict.SUPPORTED}


def test_better_cannot_be_checked_where_neither_way_is_agreed_to_be() -> None:
    assert verdict_on("Better than last year", HARASSMENT, measure(Polarity.NEITHER)) == {Verdict.NOT_CHECKABLE}
    assert verdict_on("Lower than last year", HARASSMENT, measure(Polarity.NEITHER)) == {Verdict.SUPPORTED}


def test_a_contradiction_shows_the_arithmetic() -> None:
    (claim,) = checked("Worse than last year", holding(DOMESTIC_ABUSE), measure())
    assert claim.why == (
        "The figures say otherwise: 581 in 2010/11, 573 in 2011/12, a fall of 8. For this measure lower is better."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Reporting is better.",
        "Last year was worse.",
        "Better lighting than last year.",
        "Not better than last year.",
        "No worse than last year.",
        "We hoped to be better than last year, but were not.",
        "Worcestershire as a whole is better than last year.",
        "The winter was better than last year.",
        "Better than last year in Q1 only.",
        "Neither better nor worse than last year",
    ],
)
def test_what_is_no_verdict_against_last_year_is_never_accused(text: str) -> None:
    for totals in (HARASSMENT, DOMESTIC_ABUSE, tuple(reversed(HARASSMENT))):
        assert Verdict.CONTRADICTED not in verdict_on(text, totals, measure())


def test_a_claim_knows_its_place_in_the_text() -> None:
    text = "Overall: better than last year."
    (claim,) = read_claims(text)
    assert text[claim.start : claim.end] == claim.quote == "better than last year"


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(Polarity))
def test_a_drafted_verdict_is_never_contradicted(earlier: int, later: int, polarity: Polarity) -> None:
    which = measure(polarity)
    change = find.find_change(which, two_years(earlier, later), YEAR)
    text = draft(which, [change])[0].text
    found = checked(text, two_years(earlier, later), which)
    assert Verdict.CONTRADICTED not in {claim.verdict for claim in found}


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1234, 0, "1,234"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-18, 0, "−18"),
        (48.4166, 1, "48.4"),
        (47.75, 1, "47.8"),
        (-0.01, 1, "0.0"),
    ],
)
def test_numbers_are_rounded_half_up_and_written_one_way(value: float, places: int, text: str) -> None:
    assert number(value, places=places) == text


def test_small_words_for_numbers() -> None:
    assert [ordinal(place) for place in (1, 2, 3, 11, 12, 13, 15, 21, 112)] == [
        "1st", "2nd", "3rd", "11th", "12th", "13th", "15th", "21st", "112th",
    ]  # fmt: skip
    assert (signed(11), signed(-5), signed(0)) == ("+11", "−5", "0")
    assert per_cent(-9.0909) == "9.1%"
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a and b", "a, b and c")


def test_three_months_tell_the_dispersion_by_two_degrees_of_freedom() -> None:
    quarter = Period.financial_quarter(2011, 4)
    counts = dict(zip([*quarter.shift(-12), *quarter], (30, 10, 20, 40, 50, 15), strict=True))
    held = Holding("H", "R", {month: Figure("H", "R", month, count) for month, count in counts.items()})
    finding = find.find_change(measure(), held, quarter)
    dispersion = finding.values["dispersion"]
    assert dispersion > 1
    assert (
        finding.p == compare(60, 105, dispersion=dispersion, freedom=2).p != compare(60, 105, dispersion=dispersion).p
    )
