"""``figures.csv``: what is written is read back; what cannot be read one way only is refused, all of it at once."""

import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.sources.figures_csv import read_figures, write_figures
from quarterday.warehouse.base import Intake

HEADER = "measure,area,period,value,status,note\n"

Read = Callable[..., Intake]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def of(text: str, *, encoding: str = "utf-8") -> Intake:
        path = tmp_path / "figures.csv"
        path.write_bytes(text.encode(encoding))
        return read_figures(path)

    return of


def faults_of(read: Read, text: str, **named: str) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        read(text, **named)
    return caught.value.faults


def rows(*lines: str) -> str:
    return HEADER + "".join(f"{line}\n" for line in lines)


def test_a_row_is_a_figure(read: Read) -> None:
    [figure] = read(rows("Theft,Redditch,2012-03,1234,[p][r],counted twice")).figures
    statuses = (Status.PROVISIONAL, Status.REVISED)
    assert figure == Figure("Theft", "Redditch", Period.month(2012, 3), 1234, statuses, "counted twice")


@pytest.mark.parametrize(
    ("spelling", "period"),
    [
        ("2012-03", Period.month(2012, 3)),
        ("2011-12", Period.month(2011, 12)),
        ("2011/12", Period.financial_year(2011)),
        ("2011/12 Q4", Period.financial_quarter(2011, 4)),
        ("2011-04/2012-03", Period.financial_year(2011)),
        ("2009-07/2010-06", Period(Period.month(2009, 7).first, 12)),
        ("2012", Period.calendar_year(2012)),
    ],
)
def test_a_period_has_one_spelling_a_kind(read: Read, spelling: str, period: Period) -> None:
    assert read(rows(f"Theft,Redditch,{spelling},5,,")).figures[0].period == period


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("5", 5), ("5.25", 5.25), ("007", 7), ('"1,234"', 1234), ('"12,345,678.5"', 12345678.5), ("-3", -3)],
)
def test_a_value_is_plain_digits(read: Read, text: str, number: float) -> None:
    assert read(rows(f"Theft,Redditch,2012-03,{text},,")).figures[0].value == number


@pytest.mark.parametrize(
    "text",
    ["nan", "inf", "1e5", "5%", "£5", "+5", "- 5", "−5", "1 234", '"1,23"', '"12,34"', '"0,123"', "1.234.567",
     "1_000", "0x1F", "٣", "n/a", "-", "..", "[x]", "5.", ".5", "9" * 400],
)  # fmt: skip
def test_a_value_that_is_no_plain_number_is_refused(read: Read, text: str) -> None:
    [fault] = faults_of(read, rows(f"Theft,Redditch,2012-03,{text},,"))
    assert fault.startswith("figures.csv, row 2")
    assert "number" in fault


def test_an_empty_value_with_its_mark_and_reason_is_a_missing_figure(read: Read) -> None:
    [figure] = read(rows("Theft,Redditch,2012-03,,[x],the return did not come")).figures
    assert (figure.value, figure.statuses) == (None, (Status.NOT_AVAILABLE,))


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("Theft,Redditch,2012-03,,,", "give the status that stands in its place"),
        ("Theft,Redditch,2012-03,,[p],", "give the status that stands in its place"),
        ("Theft,Redditch,2012-03,,[x],", "say in the note why it is missing"),
        ("Theft,Redditch,2012-03,5,[c],hidden", "which replaces a number; keep one"),
        ("Theft,Redditch,2012-03,5,[q],", "column status: status '[q]' holds 'q', which is no known mark"),
        ("Theft,Redditch,Mar-12,5,,", "column period: 'Mar-12' is no period; wanted a month 2012-03"),
        ("Theft,Redditch,2011/13,5,,", "column period: '2011/13' is no period"),
        ("Theft,Redditch,2012-13,5,,", "column period: '2012-13' is no period"),
        ("Theft,Redditch,,5,,", "column period: '' is no period"),
        (",Redditch,2012-03,5,,", "column measure: the cell is empty; write the measure's name"),
        ("Theft, ,2012-03,5,,", "column area: the cell is empty; write the area's name"),
        ("Theft,Redditch,2012-03,5", "there are 4 cells; wanted 6, one for each column"),
        ("Theft,Redditch,2012-03,1,234,,", "there are 7 cells; wanted 6, one for each column"),
        ('Theft,"Redditch,2012-03,5,,', "the cells cannot be told apart (unexpected end of data)"),
        ('Theft,"Redd"itch,2012-03,5,,', "the cells cannot be told apart (',' expected after '\"')"),
    ],
)
def test_a_row_at_fault_is_named_with_what_was_wanted(read: Read, row: str, wanted: str) -> None:
    [fault] = faults_of(read, rows("Theft,Redditch,2012-02,5,,", row))
    assert fault.startswith("figures.csv, row 3")
    assert wanted in fault


def test_all_faults_are_named_at_once(read: Read) -> None:
    faults = faults_of(read, rows(",Redditch,March,five,[?],", "Theft,Redditch,2012-03,5,,", "Theft,,2012-03,5,,"))
    places = [fault.split(":")[0] for fault in faults]
    assert places == [
        "figures.csv, row 2, column measure",
        "figures.csv, row 2, column period",
        "figures.csv, row 2, column value",
        "figures.csv, row 2, column status",
        "figures.csv, row 4, column area",
    ]


def test_faults_before_quotation_marks_that_do_not_pair_up_are_named_too(read: Read) -> None:
    faults = faults_of(read, rows("Theft,Redditch,March,5,,", 'Theft,"Redditch,2012-03,5,,'))
    assert [fault.split(":")[0] for fault in faults] == ["figures.csv, row 2, column period", "figures.csv, row 3"]


def test_twenty_faults_are_shown_and_the_others_counted(read: Read) -> None:
    faults = faults_of(read, rows(*(f"Theft,Redditch,2012-03,bad{number},," for number in range(1025))))
    assert len(faults) == 21
    assert "'bad19'" in faults[19]
    assert faults[20] == "There are 1,005 more; mend these first, then load again."


def test_a_fault_never_repeats_an_endless_cell(read: Read) -> None:
    [fault] = faults_of(read, rows(f"Theft,Redditch,{'2012' * 20_000},5,,"))
    assert len(fault) < 700
    assert fault.startswith("figures.csv, row 2, column period")
    assert fault.endswith("a run of months 2011-04/2012-03.")


def test_a_figure_that_stands_there_twice_is_named_with_both_rows(read: Read) -> None:
    [fault] = faults_of(read, rows("Theft,Redditch,2011/12,5,,", "\n", "THEFT,redditch,2011-04/2012-03,6,,"))
    assert fault == "figures.csv, rows 2 and 5: THEFT, redditch, 2011/12 stands there twice; keep one row."


def test_columns_may_stand_in_any_order_and_case_and_two_may_be_left_out(read: Read) -> None:
    [figure] = read("Value,PERIOD, Area ,measure\n5,2012-03,Redditch,Theft\n").figures
    assert figure == Figure("Theft", "Redditch", Period.month(2012, 3), 5)


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("measure,area,period,value,state,note", "column E: 'state' is no column of such a file"),
        ("measure,area,value", "there is no column 'period'; wanted measure, area, period, value"),
        ("measure,area,period,value,value", "the column 'value' stands there 2 times; keep one"),
        ("measure,area,period,value,", "column E: '' is no column of such a file"),
        ("measure;area;period;value", "is one cell; wanted"),
        ("measure\tarea\tperiod\tvalue", "Save the file with commas between cells"),
    ],
)
def test_columns_at_fault_are_named(read: Read, header: str, wanted: str) -> None:
    [fault] = faults_of(read, f"{header}\n")
    assert fault.startswith("figures.csv, row 1")
    assert wanted in fault


@pytest.mark.parametrize("text", ["", "\n\n", " , \n"])
def test_an_empty_file_is_told_which_columns_are_wanted(read: Read, text: str) -> None:
    assert "there is no column 'measure'" in faults_of(read, text)[0]


def test_columns_without_a_row_are_no_figures(read: Read) -> None:
    assert faults_of(read, HEADER) == (
        "figures.csv: there is no row below the names of the columns; write one figure a row.",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_file_is_utf_8_with_or_without_a_byte_order_mark(read: Read, encoding: str) -> None:
    [figure] = read(rows("Théft – all,Redditch,2012-03,5,,"), encoding=encoding).figures
    assert figure.measure == "Théft – all"


def test_rows_may_end_as_on_any_system_and_empty_ones_are_passed_over(read: Read) -> None:
    text = rows("Theft,Redditch,2012-02,5,,", "", ",,,,,", "Theft,Redditch,2012-03,6,,").replace("\n", "\r\n")
    assert [figure.value for figure in read(text).figures] == [5, 6]


def test_values_below_zero_are_accepted_and_said(read: Read) -> None:
    intake = read(rows(*(f"Net change,Redditch,2012-0{month},-{month},," for month in range(1, 8))))
    assert intake.figures[0].value == -1
    assert intake.notes == (
        "Below zero, which a change may be but no count can: the values in row 2, 3, 4, 5, 6 and others.",
    )


def test_the_intake_names_file_hash_and_reader(read: Read) -> None:
    intake = read(rows("Theft,Redditch,2012-03,5,,"))
    [file] = intake.source.files
    assert (intake.reader, intake.source.title, file.name) == ("figures 1", "figures.csv", "figures.csv")
    assert len(file.sha256) == 64


# --- what is written is read back

LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20).map(str.strip)
NAMES = LINES.filter(bool) | st.sampled_from(["=1+1", "+5", "-5", "@SUM(A1)", '"', "a,b", "a\r\nb", "a\rb"])
MONTHS = st.integers(Period.month(1500, 1).first, Period.month(9900, 1).first)
PERIODS = st.builds(Period, MONTHS, st.integers(1, 40))
BESIDE = st.lists(st.sampled_from([status for status in Status if not status.replaces_number]), unique=True)
REPLACING = st.sampled_from([status for status in Status if status.replaces_number])
NUMBERS = st.tuples(st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15), BESIDE.map(tuple), LINES)
GAPS = st.tuples(st.none(), st.tuples(REPLACING), LINES.filter(bool))


def identity(figure: Figure) -> tuple[str, str, Period]:
    return key_of(figure.measure), key_of(figure.area), figure.period


FIGURES = st.builds(
    lambda measure, area, period, rest: Figure(measure, area, period, *rest), NAMES, NAMES, PERIODS, NUMBERS | GAPS
)


@given(figures=st.lists(FIGURES, min_size=1, max_size=5, unique_by=identity))
def test_what_is_written_is_read_back_equal(figures: list[Figure]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figures.csv"
        write_figures(figures, path)
        assert read_figures(path).figures == tuple(figures)


def test_figures_can_be_written_to_what_is_open_already() -> None:
    file = io.StringIO(newline="")
    write_figures([Figure("Theft", "Redditch", Period.month(2012, 3), 5.0)], file)
    assert file.getvalue() == "measure,area,period,value,status,note\r\nTheft,Redditch,2012-03,5,,\r\n"


def test_the_manuals_example_loads(read: Read) -> None:
    manual = Path(__file__).parents[3] / "docs" / "reference" / "figures-file.md"
    [example] = [block.split("```")[0] for block in manual.read_text("utf-8").split("```csv\n")[1:]]
    figures = read(example).figures
    assert [figure.value for figure in figures] == [198, 180, 14, 1287, None, 84214]
    assert figures[4].note == "The police awaited a new system, and sent none"
