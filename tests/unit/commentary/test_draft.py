"""What is drafted from findings: in the register of a report, and nothing that a finding does not carry."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.commentary.draft import CAVEAT, MOST_WORDS, READING, Sentence, draft, write
from quarterday.commentary.find import find_averages, find_change, find_quarters, strengthen
from quarterday.commentary.find_over_time import chart_of, find_control, find_months, find_trend
from quarterday.commentary.find_peers import find_quoted, find_standing, positions_of
from quarterday.commentary.find_revisions import find_revisions
from quarterday.commentary.find_share import find_share
from quarterday.commentary.find_target import Target, find_target
from quarterday.commentary.wording import number, per_cent
from quarterday.domain.figure import Holding
from quarterday.domain.finding import Finding, Kind, Strength
from quarterday.domain.measure import Measure, Polarity
from quarterday.domain.period import Period
from quarterday.statistics.control_rules import Rule
from tests.unit.commentary.made_series import HOLDINGS, MEASURES, QUARTER, YEAR, measure, months, totals
from tests.unit.commentary.test_find import FALLING, TWO_YEARS, every_finding

COLUMNS = [YEAR.shift(-3 * back) for back in reversed(range(8))]
QUOTED = {"group": "iQuanta", "version": "2011/12", "source": "iQuanta", "position": "significantly worse"}
CAUSES = r"\b(because|due to|owing to|as a result|caused|led to|driven|thanks to|following|therefore|explain\w*)\b"
# Numbers that are no values: dates, the unit of rates, and which end of a scale is 1.
NO_VALUES = re.compile(
    r"\d{4}/\d\d|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
    r"|Q\d|per 1,000 residents|\(1 = (?:lowest|best)|the \d+ months to"
)


def said(*findings: Finding, which: Measure | None = None) -> str:
    return " ".join(sentence.text for sentence in draft(which or measure(), findings))


def own(held: Holding, which: Measure | None = None) -> list[Finding]:
    """What an edition finds in a measure's own figures."""
    measured = which or measure()
    return [
        find_change(measured, held, YEAR),
        *find_months(measured, held, YEAR),
        find_control(measured, held, chart_of(measured, held, last=QUARTER)),
        find_trend(measured, held, last=QUARTER),
        find_quarters(measured, held, COLUMNS),
        find_averages(measured, held, [YEAR.shift(-12), YEAR]),
    ]


CHANCE = "This is within the range of chance: no clear change."
SEVERAL = "This is likely more than chance, but not clear among all measures."
QUARTERS = "By quarter, against a year before:"
REPORT: dict[tuple[int, ...], str] = {
    (141, 167, 183, 198, 209, 204, 190, 180): (
        f"Better than last year: down 18 offences (9.1%), from 198 to 180. {CHANCE} "
        f"{QUARTERS} Q1 2011/12 up 11, Q2 down 5, Q3 down 14 and Q4 down 10. "
        "The monthly average was 16.5 in 2010/11 and 15.0 in 2011/12."
    ),
    (22, 26, 24, 23, 20, 13, 14, 16): (
        f"Better than last year: down 7 offences, from 23 to 16. {CHANCE} "
        f"{QUARTERS} Q1 2011/12 down 3, Q2 down 7, Q3 up 1 and Q4 up 2. "
        "The monthly average was 1.9 in 2010/11 and 1.3 in 2011/12."
    ),
    (55, 59, 69, 73, 71, 80, 73, 79): (
        f"Worse than last year: up 6 offences (8.2%), from 73 to 79. {CHANCE} "
        f"{QUARTERS} Q1 2011/12 down 2, Q2 up 9, Q3 down 7 and Q4 up 6. "
        "The monthly average was 6.1 in 2010/11 and 6.6 in 2011/12."
    ),
    (52, 56, 65, 59, 71, 86, 80, 84): (
        f"Worse than last year: up 25 offences (42.4%), from 59 to 84. {SEVERAL} "
        f"{QUARTERS} Q1 2011/12 up 12, Q2 up 15, Q3 down 6 and Q4 up 4. "
        "The monthly average was 4.9 in 2010/11 and 7.0 in 2011/12."
    ),
    (539, 558, 581, 581, 585, 562, 567, 573): (
        f"Better than last year: down 8 offences (1.4%), from 581 to 573. {CHANCE} "
        f"{QUARTERS} Q1 2011/12 up 4, Q2 down 23, Q3 up 5 and Q4 up 6. "
        "The monthly average was 48.4 in 2010/11 and 47.8 in 2011/12."
    ),
}


@pytest.mark.parametrize(("figures", "expected"), REPORT.items())
def test_the_measures_of_the_report_get_the_comment_that_their_figures_carry(
    figures: Sequence[float], expected: str
) -> None:
    assert said(*own(totals(figures))) == expected


def test_months_that_stand_out_come_after_the_change() -> None:
    assert said(*own(months(TWO_YEARS))).startswith(
        f"Better than last year: down 30 offences (14.3%), from 210 to 180. {CHANCE} "
        "July 2011 (down 19) stood out against the same month a year before."
    )


def test_a_latest_month_outside_its_limits_is_told_with_them() -> None:
    told = said(*own(months([*(20 + month % 5 for month in range(29)), 90])))
    assert "March 2012 had 90 offences, above the usual monthly range of 14.1 to 34.3." in told


# Every rule that a month of counts can meet, and a gap: a gap is never too short, and a burst never low.
MET = [("counts", rule, up) for rule in Rule for up in (True, False) if up or rule is not Rule.BURST]
MET += [
    ("months without any", rule, up) for rule in Rule for up in (True, False) if up or rule in {Rule.TREND, Rule.SHIFT}
]


@pytest.mark.parametrize(("of", "rule", "up"), MET)
def test_every_rule_that_a_month_can_meet_has_its_words(of: str, rule: Rule, up: bool) -> None:  # noqa: FBT001
    finding = Finding(
        Kind.CONTROL, "Theft", "R", (Period.month(2012, 3),), "", {"value": 9, "lower": 1, "upper": 7},
        labels={"of": of, "rule": rule.value, "way": "high" if up else "low"}, strength=Strength.LIKELY,
    )  # fmt: skip
    text = write(measure(), finding).text
    assert "March 2012" in text
    assert text.endswith(".")


def test_a_trend_is_told_with_its_strength() -> None:
    found = own(months(FALLING))
    assert "There is a likely trend of −21.6% a year since April 2007." in said(*found)
    assert "There is a clear trend of −21.6% a year since April 2007." in said(*strengthen(found))


def test_a_trend_of_years_is_told_by_its_direction_alone() -> None:
    found = find_trend(measure(), totals((621, 599, 556, 535, 447), step=12), last=QUARTER)
    assert write(measure(), found).text == "The five financial years to March 2012 pass the test for a fall."


def test_a_share_is_told_with_what_moved_it() -> None:
    held, whole = totals((84, 0, 0, 0, 86)), totals((6000, 0, 0, 0, 5000))
    assert write(measure(), find_share(measure(), held, whole, YEAR, whole_name="all crime")).text == (
        "It was 1.7% of all crime, against 1.4% a year before; the total moved more than the measure."
    )


def test_a_standing_says_its_place_that_one_is_lowest_and_the_version_of_the_group() -> None:
    people = dict.fromkeys(("Barnet", "Brent", "Camden"), 1000)
    positions = positions_of({"Barnet": 5, "Brent": 9, "Camden": 7}, people)
    finding = find_standing(measure(), area="Brent", period=YEAR, positions=positions, group="London", version="2025")
    assert write(measure(), finding).text == (
        "Ranked 3rd of 3 (1 = lowest) in London (2025), or 1st to 3rd by chance: 9.0 per 1,000 residents, above "
        "the group average of 7.0, but not unusually."
    )


def test_a_quoted_standing_is_said_to_be_quoted() -> None:
    finding = find_quoted(measure(), area="R", period=YEAR, rank=15, of=15, **QUOTED)
    assert write(measure(), finding).text == (
        "Quoted: 15th of 15 (1 = lowest) in 2011/12, significantly worse (iQuanta, 2011/12)."
    )


def test_a_quoted_place_keeps_its_sources_scale_where_the_lowest_is_not_the_best() -> None:
    finding = find_quoted(measure(Polarity.HIGHER), area="R", period=YEAR, rank=2, of=15, **QUOTED)
    assert "2nd of 15 (1 = best)" in write(measure(Polarity.HIGHER), finding).text


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (Target(573, YEAR), "The target of 573 offences for 2011/12 was met, at 573."),
        (Target(560, YEAR), "The target of 560 offences for 2011/12 was missed by 13."),
        (Target(560, YEAR, 20), "The target of 560 offences for 2011/12 was missed by 13, within tolerance."),
    ],
)
def test_a_target_is_told_by_its_state(target: Target, expected: str) -> None:
    assert write(measure(), find_target(measure(), totals((573,)), target, last=QUARTER)).text == expected


def test_a_target_that_runs_is_told_by_what_is_projected() -> None:
    held = months([20 + month % 3 for month in range(42)], last=Period.month(2012, 9))
    found = find_target(measure(), held, Target(400, Period.financial_year(2012)), last=Period.month(2012, 9))
    assert write(measure(), found).text == (
        "The target of 400 offences for 2012/13 is likely to be met: 252 are projected, between 222 and 285."
    )


def test_totals_that_were_revised_are_told_with_the_latest() -> None:
    found = find_revisions(
        measure(), area="R", printed={YEAR.shift(-12): 190, YEAR: 9}, now={YEAR.shift(-12): 192, YEAR: 9},
        edition="the edition of Q3 2011/12",
    )  # fmt: skip
    assert write(measure(), found).text == (
        "1 of 2 totals printed in the edition of Q3 2011/12 has been revised since: 2010/11 from 190 to 192."
    )


def test_a_measure_of_neither_polarity_says_higher_or_lower_and_both_readings() -> None:
    reading = "A rise may mean more crime or more reporting."
    which = measure(Polarity.NEITHER, polarity_note=reading)
    sentences = draft(which, own(totals((20, 0, 0, 0, 50)), which))
    assert sentences[0].text.startswith("Higher than last year: up 30")
    assert (sentences[-1].text, sentences[-1].kind) == (reading, READING)
    assert not any(re.search(r"better|worse", sentence.text, re.IGNORECASE) for sentence in sentences)


def test_more_is_said_when_it_is_asked_for() -> None:
    found = own(months(FALLING))
    short, whole = draft(measure(), found), draft(measure(), found, most_words=None)
    assert {sentence.kind for sentence in short} < {sentence.kind for sentence in whole}
    assert {Kind.MONTHS, Kind.CONTROL} <= {sentence.kind for sentence in whole}


def test_the_weightiest_is_kept_where_not_all_fits() -> None:
    change = find_change(measure(), totals((59, 0, 0, 0, 84)), YEAR)
    missed = find_target(measure(), totals((84,)), Target(50, YEAR), last=QUARTER)
    quarters = find_quarters(measure(), totals((59, 60, 70, 80, 84)), COLUMNS[-5:])
    kept = draft(measure(), [quarters, missed, change], most_words=40)
    assert [sentence.kind for sentence in kept] == [Kind.CHANGE, Kind.TARGET]


def numbers_outside(sentence: Sentence) -> list[str]:
    """The numbers of a sentence that no span claims, and that are no dates."""
    text = list(sentence.text)
    for span in sentence.spans:
        text[span.start : span.end] = " " * (span.end - span.start)
    return re.findall(r"\d+", NO_VALUES.sub(" ", "".join(text)))


def value_of(finding: Finding, name: str) -> float | None:
    if not name.startswith("limits."):
        return finding.values[name]
    _, of, end = name.split(".")
    return getattr(finding.limits[of], end)  # type: ignore[no-any-return]


@settings(max_examples=300)
@given(MEASURES, HOLDINGS, st.sampled_from(Strength))
def test_whatever_is_held_is_told_within_bounds_and_every_number_has_its_finding(
    which: Measure, held: Holding, strength: Strength
) -> None:
    found = every_finding(which, held)
    found = [replace(item, strength=strength) if item.kind == Kind.CHANGE and item.p else item for item in found]
    of_kind = {finding.kind: finding for finding in found}
    for sentence in (*draft(which, found), *draft(which, found, most_words=None)):
        if sentence.kind in {CAVEAT, READING}:
            continue
        assert not re.search(CAUSES, sentence.text), sentence.text
        assert re.search(r"[.]$", sentence.text), sentence.text
        finding = of_kind[sentence.kind]
        assert finding.unavailable or not numbers_outside(sentence), sentence
        for span in sentence.spans:
            value = value_of(finding, span.value)
            assert value is not None
            written = re.sub(r"^[+−]|(%|st|nd|rd|th)$", "", sentence.text[span.start : span.end])
            forms = {number(form, places=places) for form in (abs(value),) for places in (None, 0, 1, 2)}
            assert written in forms | {per_cent(value).removesuffix("%")}, (sentence, span, value)
    short = [sentence for sentence in draft(which, found) if sentence.kind not in {CAVEAT, READING}]
    if not of_kind[Kind.CHANGE].unavailable:
        assert sum(sentence.words for sentence in short) <= MOST_WORDS
