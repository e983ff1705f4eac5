"""What is read as a claim: each rule's own examples, what is no claim, places in the text, and time."""

import gc
import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.commentary.read import RULES, read_claims
from quarterday.commentary.rule import Rule
from quarterday.commentary.scope import OWN_PLACE
from quarterday.domain.claim import ClaimKind, Way
from quarterday.domain.period import Period

FRAGMENTS = (
    "up ", "by ", "18 ", "9.1% ", "from ", "to ", "last year ", "than ", "in ", "of ", "(", "a ", "and ", "July, ",
    "highest ", "rate ", "per 1,000 ", "average ", "target ", "more than ", "year-", "Apr '11 - ", "2011/12 ",
    "one in ", "worse than the group average ", "15th ", "significantly ", "slightly ", "each of the last ", "not ",
    "share ", "of all crime ", "£1", "+", "-", "0", "1,", "1.", "'", " ", "\n", "é", "İ", "doubled ", "continues to ",
    "forecast ", "on course to ", "12 months to ", "section 27", "twenty-", "x",
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_finds_each_of_its_examples(rule: Rule) -> None:
    assert rule.examples
    for text, quote in rule.examples:
        assert (rule.name, quote) in [(claim.rule, claim.quote) for claim in read_claims(text)]


def test_no_two_rules_have_one_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    "text",
    [
        "The panel meets on 6 June 2012 at 7.00 pm in Committee Room 2.",
        "Section 27 notices were used under Operation STAYSAFE.",
        "CST won £5,000 of DAAT funding, and £1.1m in reward money followed.",
        "Officers may be reached on 01527 534 101 or ext. 3206.",
        "The scheme began in May 2011 and covers Q4.",
        "Item 6, Appendix B, page 12 and table 3 have the detail.",
        "The rise is thought to be caused by better recording.",
        "Contact PC 4417 about the under-18s and the 24/7 line.",
        "Red means more than 10% above target, amber up to 10% and green is within it.",
        "Talks were given at three schools, to Years 9 and 10, and lasted up to 40 minutes.",
        "A firearms let-up was discussed; low-level and high-risk cases were not.",
    ],
)
def test_what_is_no_claim_is_left_alone(text: str) -> None:
    assert read_claims(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Offences fell by 18 (9.1%).",
        "There was a reduction of 18 offences, or 9.1 per cent.",
        "There were 18 fewer offences, a 9.1% fall.",
        "Eighteen fewer offences (-9.1%) were recorded.",
        "An 18-offence fall, equating to a decrease of 9.1%.",
    ],
)
def test_one_change_is_read_from_its_many_wordings(text: str) -> None:
    read = [(claim.kind, claim.stated.amount and abs(claim.stated.amount.value)) for claim in read_claims(text)]
    assert read == [(ClaimKind.DIFFERENCE, 18), (ClaimKind.PERCENT_CHANGE, 9.1)]


def test_a_number_from_and_a_number_to_are_read_with_their_times() -> None:
    (claim,) = read_claims("Theft fell from 198 in 2010/11 to 180 in 2011/12.")
    assert (claim.kind, claim.stated.way) == (ClaimKind.FROM_TO, Way.DOWN)
    assert claim.scope.period is not None
    assert claim.scope.against is not None
    assert claim.scope.period.periods == (Period.financial_year(2011),)
    assert claim.scope.against.periods == (Period.financial_year(2010),)


def test_respectively_gives_each_thing_its_own_number() -> None:
    first, second = read_claims("Burglary and robbery fell by 11.2% and 4.5% respectively.")
    assert (first.scope.subject, second.scope.subject) == (("burglary",), ("robbery",))
    row = read_claims("Arson, robbery and bicycle theft fell by 4%, 12% and 2% respectively.")
    assert [claim.scope.subject for claim in row] == [("arson",), ("robbery",), ("bicycle", "theft")]


def test_a_subject_goes_on_into_the_next_sentence() -> None:
    (claim,) = read_claims("Violence was discussed at length. It rose by 7%.")
    assert "violence" in claim.scope.subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("There was a rise in moped theft, up from 31 to 40.", "moped"),
        ("The target to reduce shed burglary by 4% was missed: it had risen by 2%.", "burglary"),
        ("Concern was raised about deliberate fires, which fell by 9%.", "fires"),
        ("Burglary - commercial: 97 (+9).", "commercial"),
        ("Eleven arsons were logged, leading to a rise of 19 per cent.", "arsons"),
        ("Robbery was discussed. The latest figure is 12 lower.", "robbery"),
        ("Robbery climbed to 40 in May, before settling back at 31 in June.", "robbery"),
        ("Robbery, too, has held level.", "robbery"),
        ("Robbery fell by 4% and complaints about noise by 11%.", "complaints"),
    ],
)
def test_a_claim_is_of_what_was_told_before_it(text: str, subject: str) -> None:
    assert subject in read_claims(text)[-1].scope.subject


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Across the force, robbery rose by 4%.", ("force",)),
        ("Its rate is 6.4 per 1,000 and the county comes next.", ()),
        ("Best in the family (38.2%).", OWN_PLACE),
        ("The rate of 6.4 per 1,000 compares with a county rate of 5.8.", ("county",)),
        ("The force as a whole was down (-4.6%).", ("force",)),
        ("The force rose by 2% while the borough saw a fall of 3%.", OWN_PLACE),
        ("Repeat victims: town 28%, force 31%.", ("force",)),
    ],
)
def test_a_number_is_of_the_place_that_its_clause_names(text: str, group: tuple[str, ...]) -> None:
    assert [claim.scope.group for claim in read_claims(text) if claim.stated.amount][-1] == group


@pytest.mark.parametrize(
    ("text", "period", "against"),
    [
        ("There were 61 in 2017, seven more than 2016.", "2017", "2016"),
        ("Fires went from 12 in May to 9 in June.", "june", "may"),
        ("In 2021/22 there were 450; there are now 62 fewer.", None, "2021/22"),
        ("Robbery is up from 47 in 2012/13.", None, "2012/13"),
        ("The two-year reduction is 14%.", None, "the two-year"),
        (
            "The year to March 2022 is 5.5% under the year to March 2021.",
            "the year to march 2022",
            "the year to march 2021",
        ),
        ("There was a small uptick two years ago.", "two years ago", None),
        ("They peaked in 2019/20 and have fallen in every year since.", None, "2019/20"),
        ("It is identical to last year at 266.", None, "last year"),
        ("It is 24% this year (29% last).", "last year", None),
        ("Noise complaints totalled 3,300 this year, 2,900 last.", "last year", None),
        ("Down 7 on Q1 and 12 on Q1 last year.", None, "q1 last year"),
        ("There were 388 in 2023/24 (2022/23: 412), 5.8% fewer.", "2023/24", "2022/23"),
        ("Calls in 2022 were almost double those of 2009.", "2022", "2009"),
    ],
)
def test_a_claim_is_of_the_time_that_it_names(text: str, period: str | None, against: str | None) -> None:
    scope = read_claims(text, as_at=Period.ending(Period.financial_year(2023), 1))[-1].scope
    assert (scope.period and scope.period.words, scope.against and scope.against.words) == (period, against)


@pytest.mark.parametrize(
    "text",
    [
        "Fires fell by 15% in the two target wards.",
        "Since the launch of the scheme, fires have fallen by 15%.",
        "The average over the last five years is 440.",
        "October brought a spike of 64 fires.",
        "Fires went from 52 to 43, 45 and now 39.",
        "Fires are 8.3% above the three-year baseline.",
        "Calls are some 9% above what was expected.",
        "Half-term weeks were the busiest.",
        "Three wards take 44% of calls.",
        "It was a victim's second report, or was made twice.",
        "The average is 204; this year's total is 13% higher.",
        "It moved from below the group average to above it.",
    ],
)
def test_what_its_words_leave_open_is_never_held_against_a_text(text: str) -> None:
    assert any(claim.scope.is_open for claim in read_claims(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It is two and a half times the county's rate.", 2.5),
        ("Theft of bicycles: minus 12.", -12),
        ("We are a point behind the group mean.", 1),
        ("One in thirteen crimes was a robbery.", 100 / 13),
        ("It is back up to 39.", 39),
        ("They made up three-quarters of the whole.", 75),
    ],
)
def test_a_number_is_read_in_words_and_in_figures(text: str, value: float) -> None:
    amounts = [claim.stated.amount for claim in read_claims(text)]
    assert [amount.value for amount in amounts if amount] == [pytest.approx(value)]


def test_a_month_at_the_end_of_a_sentence_ends_it() -> None:
    first, second = read_claims("It rose by 4 until August. Theft fell by 9.")
    assert (first.scope.subject, second.scope.subject) == ((), ("theft",))


def test_a_claim_stands_where_it_says() -> None:
    text = "At its meeting the panel heard that burglary had fallen by “3.3k” offences – or 12 % – on last year…"
    claims = read_claims(text)
    assert [text[claim.start : claim.end] for claim in claims] == [claim.quote for claim in claims]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=40).map("".join))
def test_any_text_is_read_and_its_claims_do_not_overlap(text: str) -> None:
    claims = read_claims(text)
    assert all(0 <= claim.start < claim.end <= len(text) for claim in claims)
    assert all(one.end <= other.start for one, other in itertools.pairwise(claims))
    assert all(text[claim.start : claim.end] == claim.quote for claim in claims)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_ten_thousand_hostile_characters_are_read_in_a_second_of_work(fragment: str) -> None:
    took = []
    gc.disable()  # what lies in the memory of the tests is not looked through on account of a text
    try:
        for _ in range(3):
            started = time.process_time()
            read_claims((fragment * 10_000)[:10_000])
            took.append(time.process_time() - started)
    finally:
        gc.enable()
    assert min(took) < 1


def test_time_is_in_proportion_to_length() -> None:
    sentence = "Burglary fell by 18 offences (9.1%) on last year, from 198 to 180, "
    times = []
    for many in (100, 400):
        started = time.process_time()
        read_claims(sentence * many)
        times.append(time.process_time() - started)
    assert times[1] < 12 * times[0]
