"""What an edition finds: the kinds that a plan and the figures call for, and their way into the document."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterday.domain.figure import Figure
from quarterday.domain.finding import Finding, Kind, Strength
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.editions.analyse import analyse_plan
from quarterday.editions.build import edition_before, make_document
from quarterday.editions.gather import Gatherer
from quarterday.plan.entries import Plan
from quarterday.report.document import Document
from tests.unit.editions.test_build import QUARTER, THEFT, gatherer, plan

YEAR = Period.financial_year(2025)
WOODS = {"name": "Woods Partnership", "short_name": "Woods", "areas": [{"name": "Woods"}]}
FIVE_YEARS = Period(QUARTER.last - 59, 60)


def counts(values: Sequence[float], *, measure: str = "Theft", area: str = "Woods") -> list[Figure]:
    """The values as the months that end with the quarter."""
    return [
        Figure(measure, area, Period(QUARTER.last - len(values) + 1 + at, 1), value) for at, value in enumerate(values)
    ]


def woods(*measures: dict[str, Any], **other: Any) -> Plan:  # noqa: ANN401 - as a plan file has them
    return plan(partnership=WOODS, priorities=[{"name": "Safety", "measures": list(measures or [THEFT])}], **other)


def found(planned: Plan, gathered: Gatherer, *, last: Document | None = None) -> dict[str, dict[str, Finding]]:
    """The findings of each measure by their kind."""
    analysed = analyse_plan(planned, QUARTER, gathered, last=last)
    return {
        analysis.measure.name: {finding.kind: finding for finding in analysis.findings}
        for _, analyses in analysed
        for analysis in analyses
    }


def built(planned: Plan, gathered: Gatherer, *, quarter: Period = QUARTER, last: Document | None = None) -> Document:
    return make_document(gathered, planned, quarter=quarter, built_at="2026-04-20T09:00:00+00:00", last=last)


def test_a_measure_with_its_months_has_every_finding_on_them(tmp_path: Path) -> None:
    theft = found(woods(), gatherer(tmp_path, counts([20 + at % 5 for at in range(60)])))["Theft"]
    assert list(theft) == [
        Kind.CHANGE, Kind.MONTHS, Kind.MAKING_UP, Kind.CONTROL, Kind.TREND, Kind.QUARTERS, Kind.AVERAGES,
    ]  # fmt: skip


def test_a_trend_is_clear_only_if_it_stands_among_all_of_the_priority(tmp_path: Path) -> None:
    names = [f"Theft {at}" for at in range(8)]
    faint = [30 + round(0.12 * at) + 4 * (at % 2) for at in range(60)]
    flat = [30 + 4 * (at % 3) for at in range(60)]
    figures = [figure for name in names for figure in counts(faint if name == names[0] else flat, measure=name)]
    alone = found(woods(THEFT | {"name": names[0]}), gatherer(tmp_path / "alone", figures))[names[0]][Kind.TREND]
    among = found(woods(*(THEFT | {"name": name} for name in names)), gatherer(tmp_path / "all", figures))
    assert alone.strength is Strength.CLEAR
    assert (alone.p, alone.values) == (among[names[0]][Kind.TREND].p, among[names[0]][Kind.TREND].values)
    assert {trends[Kind.TREND].strength for name, trends in among.items() if name != names[0]} == {
        Strength.NO_CLEAR_CHANGE
    }


def test_a_target_that_ends_with_the_quarter_is_judged_and_told(tmp_path: Path) -> None:
    agreed = {"targets": [{"value": 200, "period": "2025/26"}, {"value": 100, "period": "2027/28"}]}
    (row,) = built(woods(THEFT | agreed), gatherer(tmp_path, counts([20] * 60))).measure_tables[0].rows
    assert "The target of 200 offences for 2025/26 was missed by 40." in row.drafted


def test_a_target_in_per_cent_is_one_of_its_baseline(tmp_path: Path) -> None:
    agreed = {
        "targets": [{"value": -10, "period": "2025/26", "kind": "per cent change", "tolerance": 5}],
        "baselines": [{"value": 260, "period": "2023/24"}],
    }
    target = found(woods(THEFT | agreed), gatherer(tmp_path, counts([20] * 60)))["Theft"][Kind.TARGET]
    assert target.values == {"target": 234, "value": 240, "gap": 6}
    assert target.labels["state"] == "missed, within tolerance"


def test_a_target_in_per_cent_without_a_baseline_says_so(tmp_path: Path) -> None:
    agreed = {"targets": [{"value": -10, "period": "2025/26", "kind": "per cent change"}]}
    target = found(woods(THEFT | agreed), gatherer(tmp_path, counts([20] * 60)))["Theft"][Kind.TARGET]
    assert target.unavailable == "no baseline before 2025/26 is agreed, of which it would be a per cent"


def test_a_type_of_crime_of_the_archive_is_a_share_of_all_crime(tmp_path: Path) -> None:
    theft = THEFT | {"name": "Burglary", "counted_as": "Burglary (police.uk)"}
    figures = [
        *counts([20] * 24, measure="Burglary (police.uk)"),
        *counts([100] * 12 + [200] * 12, measure="All crime (police.uk)"),
    ]
    share = found(woods(theft), gatherer(tmp_path, figures))["Burglary"][Kind.SHARE]
    assert (share.values["share"], share.values["earlier_share"]) == (10, 20)
    assert share.labels["whole"] == "all crime"


def test_incidents_that_are_no_crimes_are_no_share_of_them(tmp_path: Path) -> None:
    asb = THEFT | {"name": "ASB", "counted_as": "Anti-social behaviour (police.uk)"}
    figures = [
        *counts([20] * 24, measure="Anti-social behaviour (police.uk)"),
        *counts([100] * 24, measure="All crime (police.uk)"),
    ]
    assert Kind.SHARE not in found(woods(asb), gatherer(tmp_path, figures))["ASB"]


def test_totals_that_changed_since_the_last_edition_are_found(tmp_path: Path) -> None:
    earlier = gatherer(tmp_path / "then", counts([20] * 60))
    last = built(woods(), earlier, quarter=QUARTER.shift(-3))
    now = gatherer(tmp_path / "now", counts([20] * 54 + [25] + [20] * 5))
    revisions = found(woods(), now, last=last)["Theft"][Kind.REVISIONS]
    assert (revisions.values["compared"], revisions.values["revised"]) == (8, 1)
    assert revisions.periods == (Period.ending(QUARTER.shift(-3), 12),)
    assert revisions.labels["edition"] == "the edition of Q3 2025/26"


def test_without_an_edition_before_there_is_nothing_to_compare(tmp_path: Path) -> None:
    assert edition_before(tmp_path, "Woods", QUARTER) is None
    assert Kind.REVISIONS not in found(woods(), gatherer(tmp_path, counts([20] * 60)))["Theft"]


def test_every_number_of_a_drafted_sentence_leads_to_its_finding_in_the_document(tmp_path: Path) -> None:
    figures = counts([20 + at % 5 for at in range(59)] + [90])
    (row,) = built(woods(), gatherer(tmp_path, figures)).measure_tables[0].rows
    kinds = {finding.kind: finding for finding in row.findings}
    assert " ".join(sentence.text for sentence in row.sentences) == row.drafted
    spans = [span for sentence in row.sentences for span in sentence.spans]
    assert len(spans) > 5
    assert all(span.value in kinds[span.finding].values for span in spans)


def test_the_documents_findings_have_their_limits_and_labels(tmp_path: Path) -> None:
    (row,) = built(woods(), gatherer(tmp_path, counts([30 - at // 4 for at in range(60)]))).measure_tables[0].rows
    trend = next(finding for finding in row.findings if finding.kind == Kind.TREND)
    assert trend.labels == {"direction": "falling", "unit": "per cent"}
    assert trend.limits["annual"].confidence == 0.95


def test_the_note_names_the_methods_of_the_edition_with_their_options(tmp_path: Path) -> None:
    document = built(woods(), gatherer(tmp_path, counts([20 + at % 5 for at in range(60)])))
    notes = {method.name: method for method in document.methods}
    assert list(notes) == [
        "Change on last year", "Months that stand out", "Control chart", "Trend",
        "Quarter against the same quarter a year before", "Monthly average",
    ]  # fmt: skip
    assert notes["Control chart"].options["rule"] == "xmr control chart"
    assert "Wheeler" in notes["Control chart"].source


def test_a_measure_of_neither_polarity_is_told_with_both_readings(tmp_path: Path) -> None:
    reading = "A rise may mean more offences or more reporting."
    which = THEFT | {"polarity": Polarity.NEITHER, "polarity_note": reading}
    (row,) = built(woods(which), gatherer(tmp_path, counts([20] * 48 + [30] * 12))).measure_tables[0].rows
    assert row.drafted.startswith("Higher than last year")
    assert row.drafted.endswith(reading)
