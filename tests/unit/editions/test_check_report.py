"""A report that somebody else made is checked as it comes: every format alike, and nothing right is accused."""

import json
from pathlib import Path

import pytest

from quarterday.domain.checked_report import CheckedReport
from quarterday.domain.claim import Verdict
from quarterday.domain.measure import Polarity
from quarterday.editions.check_report import check_report
from quarterday.report.marked import as_data, to_text
from tests.made_report import FORMATS, WRONG


def checked(folder: Path, text: str, *, better: Polarity | None = None, area: str = "") -> CheckedReport:
    path = folder / "report.txt"
    path.write_text(text, "utf-8")
    return check_report(path, better=better, area=area)


def quotes(report: CheckedReport, verdict: Verdict = Verdict.CONTRADICTED) -> list[str]:
    return [finding.quote for finding in report.of(verdict)]


HEAD = "Measure\t2010/11\t2011/12\tComments\n"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_findings(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FORMATS[name]())
    report = check_report(path)
    plain = {"1790": "1,790"}  # a workbook keeps the number, not how it is shown
    assert {(plain.get(finding.quote, finding.quote), str(finding.kind)) for finding in report.contradicted} == WRONG
    supported = quotes(report, Verdict.SUPPORTED)
    assert {"Better than last year", "by 20 offences", "5.0%", "from 50 to 55", "rose by 10.0% on last year"} <= set(
        supported
    )
    assert not report.unread


def test_a_finding_says_where_it_stands_and_what_the_table_says(tmp_path: Path) -> None:
    report = checked(tmp_path, f"{HEAD}Burglary\t581\t573\tWorse than last year.\n")
    (finding,) = report.contradicted
    assert (finding.place, finding.quote, finding.measure) == ("line 2, column 4", "Worse than last year", "Burglary")
    assert (finding.start, finding.end) == (0, 20)
    assert "581" in finding.why
    assert "573" in finding.why


def test_what_is_assumed_to_be_better_is_told_and_can_be_changed(tmp_path: Path) -> None:
    text = f"{HEAD}Burglary\t581\t573\tBetter than last year.\n"
    assert "Taken as lower is better: Burglary. Say --better to change it." in checked(tmp_path, text).assumptions
    assert quotes(checked(tmp_path, text, better=Polarity.HIGHER)) == ["Better than last year"]
    assert checked(tmp_path, text, better=Polarity.HIGHER).assumptions == ()


def test_more_reports_may_be_better_or_worse_so_neither_is_assumed(tmp_path: Path) -> None:
    report = checked(tmp_path, f"{HEAD}Hate crime reports\t23\t16\tBetter than last year.\n")
    assert quotes(report, Verdict.NOT_CHECKABLE) == ["Better than last year"]
    assert "neither direction is better" in report.assumptions[0]


def test_a_polarity_that_the_report_states_is_used(tmp_path: Path) -> None:
    report = checked(tmp_path, f"{HEAD}Satisfaction points; higher is better\t20\t30\tBetter than last year.\n")
    assert quotes(report, Verdict.SUPPORTED) == ["Better than last year"]


def test_two_sections_of_other_places_are_not_held_against_each_other(tmp_path: Path) -> None:
    first = f"Redditch\n\n{HEAD}Burglary\t10\t12\t\nRobbery\t5\t6\t\n"
    second = f"Wyre Forest\n\n{HEAD}Burglary\t30\t25\tDown.\nRobbery\t8\t7\t\n"
    report = checked(tmp_path, f"{first}\n{second}\nBurglary rose by 2 offences.\n")
    assert report.contradicted == report.to_look_at == ()
    assert "rose by 2 offences" not in " ".join(quotes(report, Verdict.SUPPORTED))


@pytest.mark.parametrize(
    "comment",
    [
        "December 2011 (down 47) stood out against the same month a year before.",
        "It ranks 8 of 32 (1 = lowest) in the county.",
        "The last month is above the usual range of 377.6 to 629.7 a month.",
        "By quarter, against a year before: Q1 2011/12 down 3, Q2 down 7, Q3 up 1 and Q4 up 2.",
        "By quarter, against the same quarter a year before: -48, -427, -56, -88.",
        "An increase, which 14 wards shared.",
    ],
)
def test_what_may_be_said_of_something_else_is_not_accused(comment: str, tmp_path: Path) -> None:
    rows = f"Burglary\t590\t585\t581\t573\t{comment}\n"
    head = "Measure\tJul '10 - Jun '11\tOct '10 - Sep '11\tJan '11 - Dec '11\tApr '11 - Mar '12\tComments\n"
    assert quotes(checked(tmp_path, head + rows)) == []


def test_a_bare_number_in_a_paragraph_is_never_called_wrong(tmp_path: Path) -> None:
    prose = "Burglary was discussed by 12 members in 3 meetings. Burglary: 7 arrests. Section 27 was used for burglary."
    assert quotes(checked(tmp_path, f"{HEAD}Burglary\t581\t573\t\n\n{prose}\n")) == []


def test_what_is_to_come_in_a_time_that_has_ended_is_worth_a_look_and_no_contradiction(tmp_path: Path) -> None:
    text = f"{HEAD}Burglary\t581\t573\t\n\nThe scheme will continue in 2011/12. The fair will be held in May 2012.\n"
    report = checked(tmp_path, text)
    (stale,) = report.to_look_at
    assert (stale.place, stale.quote) == ("line 4", "will continue in 2011/12")
    assert report.contradicted == ()


def test_a_table_that_is_not_read_is_told(tmp_path: Path) -> None:
    report = checked(tmp_path, "Year\tApril\tMay\n2010/11\t1\t2\n2010/11\t3\t4\n")
    (said,) = report.unread
    assert said.startswith("the table in lines 1 to 3 was not read: it has years down and months across")


def test_the_list_names_what_is_wrong_first_and_the_data_hold_every_finding(tmp_path: Path) -> None:
    report = checked(tmp_path, f"{HEAD}Burglary\t581\t573\tWorse than last year. Down by 8 offences. 14th of 15.\n")
    lines = to_text(report).splitlines()
    assert lines[0].startswith("report.txt: 1 table, 2 figures, ")
    assert lines[2] == "CONTRADICTED  line 2, column 4 (Burglary)"
    assert "Supported:" in lines
    data = json.loads(json.dumps(as_data(report)))
    assert [held["verdict"] for held in data["findings"]].count("contradicted") == 1
    assert data["counted"]["figures"] == 2
    assert data["assumptions"]


def test_years_down_and_months_across_are_read_with_their_totals(tmp_path: Path) -> None:
    rows = "2009/10\t10\t20\t30\t40\t100\n2010/11\t11\t20\t30\t40\t110\n2011/12\t12\t20\t30\t40\t102\n"
    prose = "Robbery rose by 7% in 2011/12 compared with 2010/11."
    report = checked(tmp_path, f"Robbery by quarter\n\nYear\tQ1\tQ2\tQ3\tQ4\tTotal\n{rows}\n{prose}\n")
    assert quotes(report)[:1] == ["110"]
    assert any("rose by 7%" in quote for quote in quotes(report))


def test_measures_that_differ_in_small_words_are_not_taken_for_each_other(tmp_path: Path) -> None:
    rows = "Violence with injury\t410\t402\t\nViolence without injury\t380\t421\t\n"
    report = checked(tmp_path, f"{HEAD}{rows}\nViolence without injury increased from 380 to 421.\n")
    assert quotes(report) == []


def test_shares_that_no_one_total_makes_fit_are_worth_a_look(tmp_path: Path) -> None:
    rows = "Theft marker\t59\t84\tThis is 1.4% of total crime.\nAbuse marker\t581\t573\tThis is 7.6% of total crime.\n"
    report = checked(tmp_path, HEAD + rows)
    (found,) = report.to_look_at
    assert "are said to be of one total" in found.why
    assert report.contradicted == ()
    assert checked(tmp_path, HEAD + rows.replace("7.6%", "9.6%")).to_look_at == ()


def test_a_verdict_of_one_word_is_held_against_its_row(tmp_path: Path) -> None:
    head = "Measure\t2010/11\t2011/12\tCompared to last year\n"
    report = checked(tmp_path, f"{head}Robbery\t60\t63\tBetter\nBurglary\t420\t396\tBetter\n")
    assert [(finding.quote, finding.measure) for finding in report.contradicted] == [("Better", "Robbery")]


@pytest.mark.parametrize(
    "prose",
    [
        "Nationally, burglary rose by 3%.",
        "Over five years burglary has risen by 40%.",
        "Burglary has fallen in the time shown, from 640 to 573 (10.5%).",
    ],
)
def test_what_a_sentence_says_of_other_places_and_times_is_not_accused(prose: str, tmp_path: Path) -> None:
    head = "Measure\t2009/10\t2010/11\t2011/12\n"
    assert quotes(checked(tmp_path, f"{head}Burglary\t640\t581\t573\n\n{prose}\n")) == []


def test_brackets_are_falls_in_a_column_of_changes(tmp_path: Path) -> None:
    rows = "A\t400\t380\t(20)\nB\t50\t55\t5\nC\t820\t801\t(91)\n"
    assert quotes(checked(tmp_path, f"Measure\t2010/11\t2011/12\tDifference\n{rows}")) == ["(91)"]


def test_tables_side_by_side_are_two(tmp_path: Path) -> None:
    head = "Offence\t2010/11\t2011/12\t\tWard\t2010/11\t2011/12\n"
    report = checked(tmp_path, f"{head}Theft\t40\t38\t\tAbbey\t22\t30\nArson\t9\t11\t\tLodge\t5\t6\n")
    assert report.counted["tables"] == 2
    assert report.contradicted == ()


def test_a_measure_of_which_tables_differ_is_not_taken_for_one_of_a_like_name(tmp_path: Path) -> None:
    first = f"{HEAD}Burglary\t600\t612\t\nVehicle crime\t900\t790\t\n"
    second = f"{HEAD}Burglary\t11\t15\t\nVehicle crime\t7\t8\t\nBurglary offences\t9\t9\t\nVehicle\t5\t4\t\n"
    prose = "Burglary fell by 2.0%. Vehicle crime rose from 900 to 970."
    assert quotes(checked(tmp_path, f"{first}\nSecond\n\n{second}\n{prose}\n")) == []
